# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Documented failures of MediaIO: the in-band codes and HTTP statuses that hold for every operation."""

from __future__ import annotations

from wondergen import APIError, AuthenticationError, InsufficientCredits, NotFound

from ..rows import Failure, Reply, at

ERRORS = "/x-error-codes"

CODES = (
    Failure(
        "374004",
        Reply(200, {"code": 374004, "msg": "canary message", "trace_id": "canary-trace"}, documented=True),
        AuthenticationError,
        1,
        code="374004",
        message="canary message",
        trace_id="canary-trace",
        meaning="No valid API key came with the request.",
        proves=at(ERRORS, "/codes/374004"),
    ),
    Failure(
        "490505",
        Reply(200, {"code": 490505, "msg": "canary message", "trace_id": "canary-trace"}, documented=True),
        InsufficientCredits,
        1,
        code="490505",
        message="canary message",
        trace_id="canary-trace",
        meaning="The account has too few credits left.",
        proves=at(ERRORS, "/codes/490505"),
    ),
    Failure(
        "40001",
        Reply(200, {"code": 40001, "msg": "canary message", "trace_id": "canary-trace"}, documented=True),
        AuthenticationError,
        1,
        code="40001",
        message="canary message",
        trace_id="canary-trace",
        meaning="The API key is not valid.",
        proves=at(ERRORS, "/codes/40001"),
    ),
    Failure(
        "40002",
        Reply(200, {"code": 40002, "msg": "canary message", "trace_id": "canary-trace"}, documented=True),
        AuthenticationError,
        1,
        code="40002",
        message="canary message",
        trace_id="canary-trace",
        meaning="The API key has expired.",
        proves=at(ERRORS, "/codes/40002"),
    ),
    Failure(
        "40003",
        Reply(200, {"code": 40003, "msg": "canary message", "trace_id": "canary-trace"}, documented=True),
        NotFound,
        1,
        code="40003",
        message="canary message",
        trace_id="canary-trace",
        meaning="There is no task with this id.",
        proves=at(ERRORS, "/codes/40003"),
    ),
    Failure(
        "1",
        Reply(200, {"code": 1, "msg": "canary message", "trace_id": "canary-trace"}, documented=True),
        APIError,
        1,
        code="1",
        message="canary message",
        trace_id="canary-trace",
        proves=at(ERRORS + "/at", "/code /message /success /trace"),
    ),
    Failure(
        "-1",
        Reply(200, {"code": -1, "msg": "canary message", "trace_id": "canary-trace"}, documented=True),
        APIError,
        1,
        code="-1",
        message="canary message",
        trace_id="canary-trace",
        proves=at(ERRORS + "/at", "/code /message /success /trace"),
    ),
    Failure(
        "200",
        Reply(200, {"code": 200, "msg": "canary message", "trace_id": "canary-trace"}, documented=True),
        APIError,
        1,
        code="200",
        message="canary message",
        trace_id="canary-trace",
        proves=at(ERRORS + "/at", "/code /message /success /trace"),
    ),
    Failure(
        "400",
        Reply(200, {"code": 400, "msg": "canary message", "trace_id": "canary-trace"}, documented=True),
        APIError,
        1,
        code="400",
        message="canary message",
        trace_id="canary-trace",
        proves=at(ERRORS + "/at", "/code /message /success /trace"),
    ),
    Failure(
        "987654",
        Reply(200, {"code": 987654, "msg": "canary message", "trace_id": "canary-trace"}, documented=True),
        APIError,
        1,
        code="987654",
        message="canary message",
        trace_id="canary-trace",
        proves=at(ERRORS + "/at", "/code /message /success /trace"),
    ),
)
