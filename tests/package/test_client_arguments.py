"""The generated client as a caller meets it: every fault of a call at once, and nothing sent."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import pytest
import wondergen
from wondergen import InvalidRequest

from tests import catalog_values
from tests.chosen_operations import SOUND

KEYS: Any = {"app_key": "not-a-real-key", "app_secret": "not-a-real-secret"}
LIMITS = {name: catalog_values.parameter(SOUND.service, SOUND.name, name) for name in ("duration", "qty")}
LEAST: int = LIMITS["duration"]["minimum"]
TOO_MANY: int = LIMITS["qty"]["maximum"] + 1
ACCEPTED = {"code": 0, "msg": "", "data": {"task_id": "t-1"}}


class Service:
    """Accepts everything and remembers it."""

    def __init__(self) -> None:
        self.bodies: list[Any] = []

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.bodies.append(json.loads(request.content))
        return httpx.Response(200, json=ACCEPTED)

    def call(self, side: str, *args: Any, **kwargs: Any) -> Any:
        """Call an operation, by one of the two clients."""
        transport = httpx.MockTransport(self.answer)
        if side == "sync":
            with httpx.Client(transport=transport) as http, SOUND.client(**SOUND.keys, http_client=http) as client:
                return SOUND.of(client)(*args, **kwargs)

        async def call() -> Any:
            async with (
                httpx.AsyncClient(transport=transport) as http,
                SOUND.async_client(**SOUND.keys, http_client=http) as client,
            ):
                return await SOUND.of(client)(*args, **kwargs)

        return asyncio.run(call())


def test_what_the_package_exports_has_the_package_as_its_module() -> None:
    assert {value.__module__ for value in (wondergen.Task, wondergen.AsyncTask, wondergen.callback)} == {"wondergen"}


@pytest.mark.parametrize("side", ["sync", "async"])
@pytest.mark.parametrize(
    "args, kwargs, faults",
    [
        (("rain",), {"duration": 10_000, "qty": TOO_MANY}, {"duration", "qty"}),
        (("",), {"duration": -1, "qty": 0}, {"prompt", "duration", "qty"}),
        (("rain",), {"duration": LEAST, "qty": TOO_MANY, "timeout": -1}, {"qty", "timeout"}),
    ],
)
def test_every_fault_of_a_call_is_reported_at_once_and_nothing_is_sent(
    side: str, args: Any, kwargs: Any, faults: set[str]
) -> None:
    service = Service()
    with pytest.raises(InvalidRequest) as caught:
        service.call(side, *args, **kwargs)
    assert {fault.parameter for fault in caught.value.faults} == faults
    assert service.bodies == []


@pytest.mark.parametrize("side", ["sync", "async"])
@pytest.mark.parametrize(
    "args, kwargs",
    [
        ((), {"duration": LEAST, "qty": 1}),
        (("rain",), {"duration": LEAST, "qty": 1, "lenght": 3}),
        (("rain", LEAST), {"qty": 1}),
        (("rain",), {"prompt": "snow", "duration": LEAST, "qty": 1}),
    ],
)
def test_a_call_that_does_not_fit_the_signature_is_a_type_error_and_nothing_is_sent(
    side: str, args: Any, kwargs: Any
) -> None:
    service = Service()
    with pytest.raises(TypeError, match=SOUND.name):
        service.call(side, *args, **kwargs)
    assert service.bodies == []


@pytest.mark.parametrize("side", ["sync", "async"])
def test_what_extra_body_adds_is_sent(side: str) -> None:
    service = Service()
    task = service.call(side, "rain", duration=LEAST, qty=1, extra_body={"qty": 2, "seed": 7})
    assert task.id == "t-1"
    assert service.bodies == [{"prompt": "rain", "duration": LEAST, "qty": 2, "seed": 7}]
