# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Documented failures of EdrawMax: the in-band codes and HTTP statuses that hold for every operation."""

from __future__ import annotations

from wondergen import APIError, BadRequest, ContentRejected, RateLimited, ServerError

from ..rows import Failure, Reply, at

ERRORS = "/x-error-codes"

CODES = (
    Failure(
        "400",
        Reply(200, {"code": 400, "msg": "canary message"}, documented=True),
        BadRequest,
        1,
        code="400",
        message="canary message",
        meaning="A parameter is missing or has a value that is not allowed.",
        proves=at(ERRORS, "/codes/400"),
    ),
    Failure(
        "500",
        Reply(200, {"code": 500, "msg": "canary message"}, documented=True),
        ServerError,
        1,
        code="500",
        message="canary message",
        meaning="The service failed.",
        proves=at(ERRORS, "/codes/500"),
    ),
    Failure(
        "2406",
        Reply(200, {"code": 2406, "msg": "canary message"}, documented=True),
        ContentRejected,
        1,
        code="2406",
        message="canary message",
        meaning="The content check refused the description.",
        proves=at(ERRORS, "/codes/2406"),
    ),
    Failure(
        "3001",
        Reply(200, {"code": 3001, "msg": "canary message"}, documented=True),
        RateLimited,
        2,
        code="3001",
        message="canary message",
        meaning="Too many requests of this user are being worked on.",
        proves=at(ERRORS, "/codes/3001"),
    ),
    Failure(
        "212200",
        Reply(200, {"code": 212200, "msg": "canary message"}, documented=True),
        ServerError,
        2,
        code="212200",
        message="canary message",
        meaning="The model made no diagram.",
        proves=at(ERRORS, "/codes/212200"),
    ),
    Failure(
        "212201",
        Reply(200, {"code": 212201, "msg": "canary message"}, documented=True),
        ServerError,
        2,
        code="212201",
        message="canary message",
        meaning="The diagram could not be drawn or stored.",
        proves=at(ERRORS, "/codes/212201"),
    ),
    Failure(
        "1",
        Reply(200, {"code": 1, "msg": "canary message"}, documented=True),
        APIError,
        1,
        code="1",
        message="canary message",
        proves=at(ERRORS + "/at", "/code /message /success"),
    ),
    Failure(
        "-1",
        Reply(200, {"code": -1, "msg": "canary message"}, documented=True),
        APIError,
        1,
        code="-1",
        message="canary message",
        proves=at(ERRORS + "/at", "/code /message /success"),
    ),
    Failure(
        "200",
        Reply(200, {"code": 200, "msg": "canary message"}, documented=True),
        APIError,
        1,
        code="200",
        message="canary message",
        proves=at(ERRORS + "/at", "/code /message /success"),
    ),
    Failure(
        "987654",
        Reply(200, {"code": 987654, "msg": "canary message"}, documented=True),
        APIError,
        1,
        code="987654",
        message="canary message",
        proves=at(ERRORS + "/at", "/code /message /success"),
    ),
)
