"""Every error: under one root, picklable, with a message that says what is wrong and what to do."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, datetime
from typing import Any

import pytest

from codegen.package._runtime import errors
from codegen.package._runtime.errors import (
    APIError,
    ArgumentFault,
    ConnectFailed,
    DownloadError,
    InvalidRequest,
    InvalidResponse,
    MissingCredentials,
    OutcomeUnknown,
    RateLimited,
    TaskCancelled,
    TaskFailed,
    TaskTimedOut,
    UntrustedHost,
    WaitTimeout,
    WondergenError,
)

SENT = datetime(2026, 5, 1, 12, tzinfo=UTC)
ALL = [
    InvalidRequest("make", [ArgumentFault("duration", "120 is above the maximum 95", "at most 95")]),
    MissingCredentials("sample", ["no api_key: set SAMPLE_API_KEY or pass api_key="]),
    ConnectFailed("make", "ConnectError: refused"),
    OutcomeUnknown("make", "ReadTimeout", digest="ab" * 32, sent_at=SENT, http_status=502),
    InvalidResponse("make", "the reply is not JSON", http_status=200, raw={"a": 1}),
    TaskFailed("make", "t-1", reason="bad input", code="7", raw_status=4),
    TaskCancelled("make", "t-1"),
    TaskTimedOut("make", "t-1", raw_status="timeout"),
    WaitTimeout("make", "t-1", waited=600.2, status="running", token="{}", task=object()),
    DownloadError("the file is cut", host="cdn.invalid", operation="make"),
    UntrustedHost("is a private address", host="10.0.0.1"),
    *(
        kind("make", code="400", message="slow", http_status=429, trace_id="tr", meaning="Too fast.", retry_after=2.0)
        for kind in (
            APIError,
            errors.AuthenticationError,
            errors.BadRequest,
            errors.ContentRejected,
            errors.InsufficientCredits,
            errors.NotFound,
            RateLimited,
            errors.ServerError,
        )
    ),
]


def test_a_reason_that_is_a_sentence_ends_once() -> None:
    assert str(ConnectFailed("make", "Server disconnected.")) == (
        "make: Server disconnected. Nothing was accepted; the call may be made again."
    )


def test_an_unknown_outcome_names_the_task_where_the_reply_does() -> None:
    facts: dict[str, Any] = {
        "digest": "ab" * 32,
        "sent_at": SENT,
        "http_status": 502,
        "task_id": "t-1",
        "token": "{}",
        "raw": {"a": 1},
    }
    error = OutcomeUnknown("make", "ReadTimeout", **facts)
    assert vars(error) | facts == vars(error)
    assert "The reply names the task t-1: client.resume(error.token) goes on with it." in str(error)
    assert "client.resume" not in str(OutcomeUnknown("make", "ReadTimeout", **{**facts, "token": None}))


def test_every_error_of_the_package_is_in_this_test() -> None:
    classes = {one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, WondergenError)}
    assert {type(error) for error in ALL} == classes - {WondergenError}


@pytest.mark.parametrize("error", ALL, ids=lambda error: type(error).__name__)
def test_an_error_survives_pickle_and_copy(error: WondergenError) -> None:
    for copied in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(copied) is type(error)
        assert str(copied) == str(error)
        assert {**vars(copied), "task": None} == {**vars(error), "task": None}


def test_a_note_survives_pickle() -> None:
    error = ConnectFailed("make", "refused")
    error.add_note("tried twice")
    assert pickle.loads(pickle.dumps(error)).__notes__ == ["tried twice"]


@pytest.mark.parametrize(
    "error, message",
    [
        (
            ALL[3],
            "make: ReadTimeout. It may have been accepted and charged, so it was not sent again. Look at the account's "
            "task list and credits before you repeat it. (sent 2026-05-01T12:00:00+00:00, request sha256 abababababab)",
        ),
        (ALL[5], "make: task t-1 failed: bad input (status 4, code 7)"),
        (ALL[6], "make: task t-1 was cancelled"),
        (ALL[7], "make: task t-1 timed out at the service (status timeout)"),
        (
            ALL[8],
            "make: task t-1 is running after 600 s. It goes on at the service: "
            "call wait() again, or client.resume(error.token).",
        ),
        (ALL[9], "make from cdn.invalid: the file is cut"),
        (ALL[11], "make: Too fast. The service says: slow (code 400, HTTP 429, trace tr)"),
        (APIError("make", http_status=418), "make: The service refused the call (HTTP 418)"),
    ],
)
def test_what_an_error_says(error: WondergenError, message: str) -> None:
    assert str(error) == message


def test_an_invalid_request_is_a_value_error() -> None:
    assert issubclass(InvalidRequest, ValueError)
