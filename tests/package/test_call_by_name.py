"""`client.call(name, arguments)`: the vendor's router's call, by any name that an operation has."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from wondergen import AsyncMediaIO, InvalidRequest, MediaIO, Tomoviee
from wondergen._catalog import index
from wondergen._runtime import call_by_name
from wondergen.edrawmax.operations import SERVICE as EDRAWMAX
from wondergen.mediaio.operations import SERVICE as MEDIAIO
from wondergen.testing import Fake
from wondergen.tomoviee.operations import SERVICE as TOMOVIEE

from tests.chosen_operations import WITH_SOUND, example

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
        assert call_by_name.found(SERVICES[service], spelled, {})[0] == name


@pytest.mark.parametrize("camera, number", [("orbit", 1), ("Timelapse landscape", 23), (23, 23)])
def test_a_camera_movement_has_a_name(fake: Fake, camera: object, number: int) -> None:
    with Tomoviee(app_key="fake-key", app_secret="fake-key") as client:
        client.call("text_to_video", {"prompt": "A fox", "camera_move_index": camera})
    assert fake.tomoviee.calls[0].body["camera_move_index"] == number


@pytest.mark.parametrize("given", [{"prompt": "a dog"}, {"control_type": "1"}])
def test_recognition_takes_a_prompt_or_a_control_type(fake: Fake, given: dict[str, Any]) -> None:
    with Tomoviee(app_key="fake-key", app_secret="fake-key") as client:
        client.call("image_recognition", {"image": URL, **given})
        assert str(client.image_recognition.__doc__).count("Give this or") == 2
    assert fake.tomoviee.calls[0].body == {"image": URL, **given}


def test_an_empty_list_of_images_is_refused_before_anything_is_sent(fake: Fake) -> None:
    chosen = example("mediaio", given={"prompt": "A fox", "images": [URL]})
    chosen.of(fake.mediaio).invalid_request()
    with pytest.raises(InvalidRequest, match="images: has 0 items"), MediaIO() as client:
        chosen.of(client)(prompt="A fox", images=[])
    assert not fake.mediaio.calls
