# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Documented failures of Tomoviee: the in-band codes and HTTP statuses that hold for every operation."""

from __future__ import annotations

from wondergen import AuthenticationError, BadRequest

from ..rows import Failure, Reply, at

ERRORS = "/x-error-codes"

PAID_STATUSES = (
    Failure(
        "400",
        Reply(400, {"canary": "canary"}),
        BadRequest,
        1,
        proves=at(ERRORS, "/http/400"),
    ),
    Failure(
        "401",
        Reply(401, {"canary": "canary"}),
        AuthenticationError,
        1,
        proves=at(ERRORS, "/http/401"),
    ),
    Failure(
        "413",
        Reply(413, {"canary": "canary"}),
        BadRequest,
        1,
        proves=at(ERRORS, "/http/413"),
    ),
    Failure(
        "422",
        Reply(422, {"canary": "canary"}),
        BadRequest,
        1,
        proves=at(ERRORS, "/http/422"),
    ),
)

QUERY_STATUSES = (
    Failure(
        "400",
        Reply(400, {"canary": "canary"}),
        BadRequest,
        1,
        proves=at(ERRORS, "/http/400"),
    ),
    Failure(
        "401",
        Reply(401, {"canary": "canary"}),
        AuthenticationError,
        1,
        proves=at(ERRORS, "/http/401"),
    ),
    Failure(
        "413",
        Reply(413, {"canary": "canary"}),
        BadRequest,
        1,
        proves=at(ERRORS, "/http/413"),
    ),
    Failure(
        "422",
        Reply(422, {"canary": "canary"}),
        BadRequest,
        1,
        proves=at(ERRORS, "/http/422"),
    ),
)
