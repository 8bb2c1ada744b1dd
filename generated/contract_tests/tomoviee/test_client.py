# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Contract tests of the constructor of Tomoviee: credentials, headers and URLs, sync and async."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from wondergen import InvalidRequest, MissingCredentials, RateLimited, WondergenError

from ..rows import Credential, Reply
from ..support import BAD_HEADERS, Stage, names, request_of
from . import SECRETS
from . import test_task_result as sample

CREDENTIALS = (
    Credential(
        "app_key",
        "TOMOVIEE_APP_KEY",
        "canary-other",
        {"x-app-key": "canary-other", "authorization": "Basic Y2FuYXJ5LW90aGVyOmNhbmFyeS1hcHAtc2VjcmV0"},
    ),
    Credential(
        "app_secret",
        "TOMOVIEE_APP_SECRET",
        "canary-other",
        {"authorization": "Basic Y2FuYXJ5LWFwcC1rZXk6Y2FuYXJ5LW90aGVy"},
    ),
)
AUTH_HEADERS = ["Authorization", "X-App-Key"]
ENDPOINT, SMALLEST = sample.TestTaskResult.endpoint, sample.TestTaskResult.smallest
BASE_URL = re.sub(r"[^A-Z0-9]", "_", ENDPOINT.service.upper()) + "_BASE_URL"

REFUSED_URLS = (
    "http://api.example.com",
    "ftp://api.example.com",
    "https://user:canary-word@api.example.com",
    "https://api.example.com?a=1",
    "https://api.example.com:65536",
    "https://api.example.com/a/../b",
    "api.example.com",
    "",
)


@pytest.mark.parametrize("row", CREDENTIALS, ids=lambda row: row.id)
@pytest.mark.parametrize("value", [None, "", " ", "canary\nx-canary: 1"], ids=["unset", "empty", "blank", "line-break"])
def test_a_missing_credential_is_named(
    make: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch, row: Credential, value: str | None
) -> None:
    if value is None:
        monkeypatch.delenv(row.variable)
    else:
        monkeypatch.setenv(row.variable, value)
    with pytest.raises(MissingCredentials) as caught:
        make()
    (problem,) = caught.value.problems
    assert problem in str(caught.value)
    assert row.variable in problem
    assert row.parameter in problem
    assert caught.value.service == ENDPOINT.service
    assert not any(secret in str(caught.value) for secret in SECRETS.values())


@pytest.mark.parametrize("row", CREDENTIALS, ids=lambda row: row.id)
def test_an_argument_wins_over_the_environment(make: Callable[..., Stage], row: Credential) -> None:
    stage = make(**{row.parameter: row.other})
    stage.send(ENDPOINT, SMALLEST)
    sent = stage.sent[0].headers
    assert {name: sent.get(name) for name in row.headers} == row.headers
    assert SECRETS[row.variable] not in str(sent)


def test_no_secret_is_shown(stage: Stage) -> None:
    text = f"{stage.client!r} {stage.client} {vars(stage.client)}"
    assert not any(secret in text for secret in SECRETS.values())


@pytest.mark.parametrize("header", AUTH_HEADERS)
def test_an_extra_header_cannot_replace_a_credential(stage: Stage, header: str) -> None:
    error = stage.fails(ENDPOINT, {**SMALLEST.arguments, "extra_headers": {header: "canary"}})
    assert (type(error), stage.sent) == (InvalidRequest, [])


def test_extra_headers_are_sent_and_those_of_the_call_win(make: Callable[..., Stage]) -> None:
    stage = make(extra_headers={"X-Canary": "client", "X-Canary-2": "client"})
    stage.answers(ENDPOINT, SMALLEST)
    stage.call(ENDPOINT, {**SMALLEST.arguments, "extra_headers": {"x-canary": "call"}})
    expected = request_of(ENDPOINT, SMALLEST)
    assert stage.sent[0].headers == {**expected.headers, "x-canary": "call", "x-canary-2": "client"}


@pytest.mark.parametrize("headers", BAD_HEADERS, ids=repr)
def test_an_extra_header_is_a_name_and_a_text_on_one_line(stage: Stage, headers: object) -> None:
    error = stage.fails(ENDPOINT, {**SMALLEST.arguments, "extra_headers": headers})
    assert (type(error), names(error), stage.sent) == (InvalidRequest, {"extra_headers"}, [])


def test_the_time_of_the_client_is_that_of_its_calls(make: Callable[..., Stage]) -> None:
    stage = make(timeout=7)
    stage.send(ENDPOINT, SMALLEST)
    assert stage.seconds == [7.0]


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), float("inf"), True, "5"], ids=repr)
def test_a_time_of_a_call_is_seconds_above_0(stage: Stage, timeout: object) -> None:
    error = stage.fails(ENDPOINT, {**SMALLEST.arguments, "timeout": timeout})
    assert (type(error), stage.sent) == (InvalidRequest, [])


@pytest.mark.parametrize("retries", [0, 1, 5])
def test_a_client_retries_as_often_as_max_retries_says(make: Callable[..., Stage], retries: int) -> None:
    stage = make(max_retries=retries)
    error = stage.send_failing(ENDPOINT, SMALLEST, Reply(429, content=b""))
    assert (type(error), len(stage.sent)) == (RateLimited, retries + 1)


def test_a_client_with_a_journal_keeps_one(make: Callable[..., Stage], tmp_path: Path) -> None:
    stage = make(journal=tmp_path / "journal.db")
    assert (stage.client.journal.unknown(), (tmp_path / "journal.db").is_file()) == ([], True)
    assert make().client.journal.unknown() == []


@pytest.mark.parametrize("url", REFUSED_URLS)
def test_a_base_url_that_would_give_away_the_key_is_refused(make: Callable[..., Stage], url: str) -> None:
    with pytest.raises(WondergenError) as caught:
        make(base_url=url)
    assert "canary-word" not in str(caught.value)


@pytest.mark.parametrize("is_argument", [True, False], ids=["argument", "environment"])
@pytest.mark.parametrize("url", ["http://127.0.0.1:8080", "http://localhost:8080/", "https://proxy.example.com"])
def test_another_base_url_is_called_in_place_of_the_service(
    make: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch, url: str, is_argument: bool
) -> None:
    monkeypatch.setenv(BASE_URL, "https://other.example.com" if is_argument else url)
    stage = make(**({"base_url": url} if is_argument else {}))
    endpoint = dataclasses.replace(ENDPOINT, origin=url.rstrip("/"))
    call = dataclasses.replace(SMALLEST, raw_path=ENDPOINT.path_of(SMALLEST).removeprefix(""))
    stage.send(endpoint, call)
    assert stage.differences(request_of(endpoint, call)) == []
