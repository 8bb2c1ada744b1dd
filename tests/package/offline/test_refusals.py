"""A stand-in refuses as its service would: keys first, then arguments, then the account."""

from __future__ import annotations

import base64
import json
from typing import Any

import httpx
import pytest
from wondergen import AuthenticationError, BadRequest, InsufficientCredits, NotFound
from wondergen.offline import Running

from tests import catalog_values
from tests.chosen_operations import CREDITS, DIAGRAM, PICTURE, VIDEO
from tests.package.offline.conftest import Harness
from tests.package.offline.valid_calls import a_call

SUBMIT = VIDEO.path
APP_KEY, API_KEY = catalog_values.key_header(VIDEO.service), catalog_values.key_header(CREDITS.service)


def basic(user: str) -> dict[str, str]:
    """Return the headers of an application key."""
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:fake".encode()).decode(), APP_KEY: "fake"}


MISSING, WRONG_KEY, EXPIRED = (
    CREDITS.code(error="AuthenticationError", key=key) for key in ("missing", "invalid", "expired")
)
KEYS: list[tuple[str, str, dict[str, str], int, int]] = [
    (CREDITS.service, CREDITS.path, {}, 200, MISSING),
    (CREDITS.service, CREDITS.path, {API_KEY: ""}, 200, MISSING),
    (CREDITS.service, CREDITS.path, {API_KEY: "wrong-key"}, 200, WRONG_KEY),
    (CREDITS.service, CREDITS.path, {API_KEY: "expired-key"}, 200, EXPIRED),
    (CREDITS.service, CREDITS.path, {API_KEY: "any"}, 200, 0),
    (VIDEO.service, SUBMIT, {}, 401, 401),
    (VIDEO.service, SUBMIT, {APP_KEY: "fake"}, 401, 401),
    (VIDEO.service, SUBMIT, {APP_KEY: "fake", "Authorization": "Basic !"}, 401, 401),
    (VIDEO.service, SUBMIT, basic("wrong"), 401, 401),
    (VIDEO.service, SUBMIT, basic("expired-1"), 401, 401),
    (VIDEO.service, SUBMIT, basic("any"), 200, 0),
]


@pytest.mark.parametrize("service, path, headers, status, code", KEYS)
def test_a_key_is_refused_as_the_documents_say(
    server: Running, service: str, path: str, headers: dict[str, str], status: int, code: int
) -> None:
    body = VIDEO.body("A fox") if path == SUBMIT else {}
    response = httpx.post(server.base_url(service) + path, json=body, headers=headers)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert "fake" not in response.json()["msg"], "no key is told"


def test_the_client_sees_a_refused_key(harness: Harness) -> None:
    with pytest.raises(AuthenticationError, match=str(EXPIRED)):
        harness.run(CREDITS.of(harness.client(CREDITS.service, **dict.fromkeys(CREDITS.keys, "expired-key")))())


WRONG: list[tuple[str, str, Any, int, int, list[str]]] = [
    (DIAGRAM.service, DIAGRAM.path, {"lang": "xx"}, 200, 400, ["'prompt' is a required", "lang: 'xx' is not"]),
    (DIAGRAM.service, DIAGRAM.path, [], 200, 400, ["[] is not of type 'object'"]),
    (VIDEO.service, SUBMIT, VIDEO.body(5, size=1), 400, 400, ["prompt: 5 is not of type", "'size' was unexpected"]),
    (VIDEO.service, SUBMIT, VIDEO.body("a", callback="here"), 400, 400, ["callback: 'here' is not a 'uri'"]),
    (PICTURE.service, PICTURE.path, {"data": {}}, 400, 400, ["data: 'prompt' is a required"]),
]


@pytest.mark.parametrize("service, path, body, status, code, words", WRONG)
def test_wrong_arguments_are_refused_with_all_that_is_wrong(
    server: Running, service: str, path: str, body: Any, status: int, code: int, words: list[str]
) -> None:
    headers = {**basic("any"), "X-API-KEY": "any"}
    before = server.upstream.balance(service)
    response = httpx.post(server.base_url(service) + path, json=body, headers=headers)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert [word for word in words if word not in response.json()["msg"]] == []
    assert server.upstream.balance(service) == before


DEEP = b'{"prompt": ' + b"[" * 900 + b"]" * 900 + b"}"
BODIES = [DEEP, b"", b"{", b"\xff", b'{"prompt": NaN}', b"[" * 100_000, b'"\\ud800"']


@pytest.mark.parametrize("content", BODIES, ids=range(len(BODIES)))
def test_a_body_that_is_no_json_or_far_too_deep_is_refused(server: Running, content: bytes) -> None:
    headers = {**basic("any"), "Content-Type": "application/json"}
    response = httpx.post(server.base_url(VIDEO.service) + SUBMIT, content=content, headers=headers)
    assert response.status_code == 400


def test_half_a_surrogate_pair_is_kept_out_of_the_way(server: Running) -> None:
    headers = {**basic("any"), "Content-Type": "application/json"}
    response = httpx.post(
        server.base_url(VIDEO.service) + SUBMIT,
        content=json.dumps(VIDEO.body("\ud800", params="\udfff")).encode(),
        headers=headers,
    )
    assert response.json()["code"] == 0
    assert server.upstream.tasks(1)[0].text == "\\ud800"


def test_a_body_that_is_too_large_is_refused(server: Running) -> None:
    response = httpx.post(server.base_url(DIAGRAM.service) + DIAGRAM.path, content=b" " * (17 * 1024 * 1024))
    assert (response.status_code, response.json()) == (413, {"code": 413, "msg": "The body is too large"})


def test_the_real_client_reads_a_refusal(harness: Harness) -> None:
    with pytest.raises(BadRequest, match="'surprise' was unexpected"):
        harness.run(DIAGRAM.call(harness.client(DIAGRAM.service), "Plan", extra_body={"surprise": 1}))


@pytest.mark.parametrize("method_, path, status", [("POST", "/none", 404), ("GET", SUBMIT, 405), ("PUT", SUBMIT, 405)])
def test_other_paths_and_methods_are_refused(server: Running, method_: str, path: str, status: int) -> None:
    response = httpx.request(method_, server.base_url(VIDEO.service) + path, headers=basic("any"))
    assert response.status_code == status
    assert response.headers.get("allow") == (None if status == 404 else "POST")


@pytest.mark.parametrize("service, status", [(PICTURE.service, 200), (VIDEO.service, 404)])
def test_a_task_that_nobody_started_is_not_found(harness: Harness, service: str, status: int) -> None:
    with pytest.raises(NotFound, match="no task with this id") as caught:
        harness.run(harness.client(service).resume("no-such-task").refresh())
    assert caught.value.http_status == status


def test_a_task_is_not_found_at_another_service(harness: Harness) -> None:
    task = harness.run(VIDEO.call(harness.client(VIDEO.service), "A fox"))
    with pytest.raises(NotFound):
        harness.run(harness.client(PICTURE.service).resume(task.id).refresh())


def test_credits_count_down_to_the_refusal(harness: Harness) -> None:
    client, call = harness.client(PICTURE.service), a_call(PICTURE.service, PICTURE.name)
    harness.server.upstream.store.set_balance(CREDITS.service, 2)
    seen = [harness.run(CREDITS.of(client)()).credits]
    for _ in range(2):
        harness.run(PICTURE.of(client)(**call))
        seen.append(harness.run(CREDITS.of(client)()).credits)
    assert seen == [2, 1, 0]
    with pytest.raises(InsufficientCredits, match=str(PICTURE.code(error="InsufficientCredits"))):
        harness.run(PICTURE.of(client)(**call))
    assert harness.run(CREDITS.of(client)()).credits == 0


def test_where_no_document_has_that_refusal_the_calls_go_on(harness: Harness) -> None:
    harness.server.upstream.store.set_balance(DIAGRAM.service, 0)
    assert harness.run(DIAGRAM.call(harness.client(DIAGRAM.service), "Plan")).urls
    assert harness.server.upstream.balance(DIAGRAM.service) == 0
