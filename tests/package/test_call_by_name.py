"""`client.call(name, arguments)`: the vendor's router's call, by any name that an operation has."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from wondergen import AsyncMediaIO, InvalidRequest, MediaIO, Tomoviee
from wondergen._catalog import index
from wondergen._runtime import calls
from wondergen.edrawmax.operations import SERVICE as EDRAWMAX
from wondergen.mediaio.operations import SERVICE as MEDIAIO
from wondergen.testing import Fake
from wondergen.tomoviee.operations import SERVICE as TOMOVIEE

from tests.examples import WITH_SOUND

URL = "https://files.example.org/picture.png"
SERVICES = {service.name: service for service in (EDRAWMAX, MEDIAIO, TOMOVIEE)}


@pytest.mark.parametrize(
    "name",
    [
        WITH_SOUND.vendor["name"],
        WITH_SOUND.vendor["name"].lower().replace(" ", "-"),
        WITH_SOUND.vendor["id"],
        WITH_SOUND.name,
    ],
)
@pytest.mark.parametrize("seconds", [10, "10s"])
def test_every_name_makes_the_same_request(fake: Fake, name: str, seconds: object) -> None:
    with MediaIO() as client:
        client.call(name, {"image": URL, "prompt": "A fox", "duration": seconds, "generate_audio": "True"})
    (sent,) = fake.mediaio.calls
    assert sent.operation == WITH_SOUND.name
    assert sent.body == {"data": {"image": URL, "prompt": "A fox", "duration": "10s", "generate_audio": "True"}}


def test_an_asynchronous_client_calls_by_name_too(fake: Fake) -> None:
    async def run() -> Any:
        async with AsyncMediaIO() as client:
            return await client.call("Credits")

    assert asyncio.run(run()).credits >= 0
    assert fake.mediaio.calls[0].operation == "credits"


@pytest.mark.parametrize(
    "name, arguments, problem",
    [
        ("text_to_vidio", {}, "did you mean 'text_to_video'"),
        ("text_to_video", {"prompt": "A fox", "colour": "red"}, "colour: text_to_video has no such argument"),
        ("tm_text2video_b", {"camera_move_index": 3, "size": 1}, "size: text_to_video has no such argument"),
    ],
)
def test_a_wrong_name_is_refused_before_anything_is_sent(name: str, arguments: dict[str, Any], problem: str) -> None:
    with pytest.raises(InvalidRequest, match=problem), Tomoviee(app_key="fake-key", app_secret="fake-key") as client:
        client.call(name, arguments)


@pytest.mark.parametrize("service, name, row", list(index.every()))
def test_the_names_of_an_operation_lead_to_it(service: str, name: str, row: dict[str, Any]) -> None:
    vendor = row["vendor"]
    for spelled in (name, row["id"], vendor["id"], vendor.get("name", name)):
        assert calls.found(SERVICES[service], spelled, {})[0] == name
