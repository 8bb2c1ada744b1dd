# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Documented failures of Tomoviee: the in-band codes and HTTP statuses that hold for every operation."""

from __future__ import annotations

from wondergen import APIError, AuthenticationError, BadRequest

from ..rows import Failure, Reply, at

ERRORS = "/x-error-codes"

CODES = (
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
        "400",
        Reply(200, {"code": 400, "msg": "canary message"}, documented=True),
        APIError,
        1,
        code="400",
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

PAID_STATUSES = (
    Failure(
        "400",
        Reply(400, {"canary": "canary"}),
        BadRequest,
        1,
        meaning="A parameter is missing or has a value that is not allowed.",
        proves=at(ERRORS, "/http/400"),
    ),
    Failure(
        "401",
        Reply(401, {"canary": "canary"}),
        AuthenticationError,
        1,
        meaning="The application key or its secret is not valid.",
        proves=at(ERRORS, "/http/401"),
    ),
    Failure(
        "413",
        Reply(413, {"canary": "canary"}),
        BadRequest,
        1,
        meaning="A file is too large.",
        proves=at(ERRORS, "/http/413"),
    ),
    Failure(
        "422",
        Reply(422, {"canary": "canary"}),
        BadRequest,
        1,
        meaning="A file has a format or a size that is not allowed.",
        proves=at(ERRORS, "/http/422"),
    ),
)

QUERY_STATUSES = (
    Failure(
        "400",
        Reply(400, {"canary": "canary"}),
        BadRequest,
        1,
        meaning="A parameter is missing or has a value that is not allowed.",
        proves=at(ERRORS, "/http/400"),
    ),
    Failure(
        "401",
        Reply(401, {"canary": "canary"}),
        AuthenticationError,
        1,
        meaning="The application key or its secret is not valid.",
        proves=at(ERRORS, "/http/401"),
    ),
    Failure(
        "413",
        Reply(413, {"canary": "canary"}),
        BadRequest,
        1,
        meaning="A file is too large.",
        proves=at(ERRORS, "/http/413"),
    ),
    Failure(
        "422",
        Reply(422, {"canary": "canary"}),
        BadRequest,
        1,
        meaning="A file has a format or a size that is not allowed.",
        proves=at(ERRORS, "/http/422"),
    ),
)
