"""The generated client and a paid task: sent once whatever breaks, followed to its end whichever it is."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from wondergen import OutcomeUnknown, TaskStatus

from tests.chosen_operations import VIDEO

BROKEN_OFF = [httpx.WriteError, httpx.WriteTimeout, httpx.ReadError, httpx.ReadTimeout, httpx.RemoteProtocolError]
FINAL = ("succeeded", "failed", "cancelled", "timed_out")
ENDINGS = {word: state for word, state in VIDEO.node["x-task"]["states"].items() if state in FINAL}

Answer = Callable[[httpx.Request], httpx.Response]


def follow(side: str, answer: Answer) -> list[TaskStatus]:
    """Start a task and follow it: every state that was seen."""
    transport = httpx.MockTransport(answer)
    options: Any = {"timeout": 5, "first_interval": 0.001, "max_interval": 0.001}
    if side == "sync":
        with httpx.Client(transport=transport) as http, VIDEO.client(**VIDEO.keys, http_client=http) as client:
            return [task.status for task in VIDEO.call(client, "rain").updates(**options)]

    async def run() -> list[TaskStatus]:
        async with (
            httpx.AsyncClient(transport=transport) as http,
            VIDEO.async_client(**VIDEO.keys, http_client=http) as client,
        ):
            task = await VIDEO.call(client, "rain")
            return [seen.status async for seen in task.updates(**options)]

    return asyncio.run(run())


@pytest.mark.parametrize("side", ["sync", "async"])
@pytest.mark.parametrize("broken", BROKEN_OFF)
def test_a_paid_request_that_breaks_off_is_sent_once(side: str, broken: type[httpx.TransportError]) -> None:
    sent: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request.method)
        raise broken("broken off", request=request)

    with pytest.raises(OutcomeUnknown):
        follow(side, answer)
    assert sent == ["POST"]


@pytest.mark.parametrize("side", ["sync", "async"])
@pytest.mark.parametrize("word", sorted(ENDINGS))
def test_updates_end_with_every_final_state(side: str, word: str) -> None:
    polls = itertools.count()

    def answer(request: httpx.Request) -> httpx.Response:
        data: dict[str, Any] = {"task_id": "t-1"}
        if request.url.path == urlsplit(VIDEO.report.url).path:
            assert json.loads(request.content) == {"task_id": "t-1"}
            seen = (VIDEO.status("queued"), VIDEO.status("running"), VIDEO.word(word))[min(next(polls), 2)]
            data = {"status": seen, "result": "{}"}
        return httpx.Response(200, json={"code": 0, "msg": "", "data": data})

    assert follow(side, answer) == ["queued", "running", ENDINGS[word]]
    assert next(polls) == 3


@pytest.mark.parametrize("status", list(TaskStatus))
def test_four_states_are_final(status: TaskStatus) -> None:
    assert status.is_final is (status.value in FINAL)
