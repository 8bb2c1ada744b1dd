"""`client.call(name, arguments)`: the vendor's router's call, by any name that an operation has."""

from __future__ import annotations

import asyncio
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from wondergen import InvalidRequest
from wondergen._catalog import index
from wondergen._runtime import call_by_name
from wondergen.testing import Fake

from tests import catalog_values
from tests.chosen_operations import CREDITS, EDITED, MOVED, VIDEO, WITH_SOUND

URL = "https://files.example.org/picture.png"
SECONDS = WITH_SOUND.seconds("duration")
SERVICES = {name: import_module(f"wondergen.{name}.operations").SERVICE for name in catalog_values.services()}


@pytest.mark.parametrize(
    "name",
    [
        WITH_SOUND.vendor["name"],
        WITH_SOUND.vendor["name"].lower().replace(" ", "-"),
        WITH_SOUND.vendor["id"],
        WITH_SOUND.name,
    ],
)
@pytest.mark.parametrize("seconds", [SECONDS, f"{SECONDS}s"])
def test_every_name_makes_the_same_request(fake: Fake, name: str, seconds: object) -> None:
    with WITH_SOUND.client() as client:
        client.call(name, {"image": URL, "prompt": "A fox", "duration": seconds, "generate_audio": "True"})
    (sent,) = fake.calls
    assert sent.operation == WITH_SOUND.name
    assert sent.body == {"data": {"image": URL, "prompt": "A fox", "duration": f"{SECONDS}s", "generate_audio": "True"}}


def test_an_asynchronous_client_calls_by_name_too(fake: Fake) -> None:
    async def run() -> Any:
        async with CREDITS.async_client() as client:
            return await client.call(CREDITS.vendor["name"])

    assert asyncio.run(run()).credits >= 0
    assert fake.calls[0].operation == CREDITS.name


@pytest.mark.parametrize(
    "name, arguments, problem",
    [
        (f"{VIDEO.name}e", {}, f"did you mean '{VIDEO.name}'"),
        (VIDEO.name, VIDEO.body("A fox", colour="red"), f"colour: {VIDEO.name} has no such argument"),
        (VIDEO.vendor["id"], {"size": 1}, f"size: {VIDEO.name} has no such argument"),
        ("zzz", {}, f"no operation of {VIDEO.service} is called so; explain lists the operations"),
    ],
)
def test_a_wrong_name_is_refused_before_anything_is_sent(name: str, arguments: dict[str, Any], problem: str) -> None:
    with pytest.raises(InvalidRequest, match=problem), VIDEO.client(**VIDEO.keys) as client:
        client.call(name, arguments)


@pytest.mark.parametrize("service, name, row", list(index.every()))
def test_the_names_of_an_operation_lead_to_it(service: str, name: str, row: dict[str, Any]) -> None:
    vendor = row["vendor"]
    for spelled in (name, row["id"], vendor["id"], vendor.get("name", name)):
        assert call_by_name.resolve(SERVICES[service], spelled, {})[0] == name


@pytest.mark.parametrize("camera, number", [("orbit", 1), ("Timelapse landscape", 23), (23, 23)])
def test_a_camera_movement_has_a_name(fake: Fake, camera: object, number: int) -> None:
    with MOVED.client() as client:
        client.call(MOVED.name, MOVED.body("A fox", camera_move_index=camera))
    assert fake.calls[0].body["camera_move_index"] == number


def test_an_empty_list_of_images_is_refused_before_anything_is_sent(fake: Fake) -> None:
    EDITED.of(fake).invalid_request()
    with pytest.raises(InvalidRequest, match="images: has 0 items"), EDITED.client() as client:
        EDITED.of(client)(prompt="A fox", images=[])
    assert not fake.calls


def test_a_key_makes_a_paid_call_by_name_once(fake: Fake, tmp_path: Path) -> None:
    with VIDEO.client(**VIDEO.keys, journal=tmp_path / "journal.sqlite") as client:
        tasks = [client.call(VIDEO.name, VIDEO.body("A fox"), key="scene-17") for _ in range(2)]
    assert tasks[0].id == tasks[1].id
    assert len(fake.calls) == 1
