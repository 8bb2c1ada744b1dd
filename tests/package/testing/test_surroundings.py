"""What surrounds the fake: the clock, the network, the environment, other mocks, and what is recorded."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from socket import getaddrinfo

import httpx
import pytest
import respx
import wondergen
from wondergen.testing import Fake, NetworkRefused

from tests import catalog_values
from tests.chosen_operations import DIAGRAM, PICTURE, VIDEO, WITH_SOUND
from tests.package.testing.conftest import Harness


def test_waiting_takes_no_time(fake: Fake, harness: Harness) -> None:
    began = time.monotonic()
    VIDEO.of(fake).succeeds(after=30)
    harness.waited(VIDEO.call(harness.client(VIDEO), "A fox"))
    assert fake.clock.slept == pytest.approx(fake.clock.elapsed)
    assert fake.clock.slept > 200
    assert time.monotonic() - began < 5


def test_waits_side_by_side_overlap(fake: Fake) -> None:
    async def main() -> None:
        async with VIDEO.async_client() as client:
            tasks = [await VIDEO.call(client, f"Fox {number}") for number in range(8)]
            await asyncio.gather(*(task.wait() for task in tasks))

    asyncio.run(main())
    assert fake.clock.slept > 8 * fake.clock.elapsed / 2 > fake.clock.elapsed


def test_whoever_is_due_first_wakes_first(fake: Fake) -> None:
    woken: list[int] = []

    async def nap(seconds: int) -> None:
        await fake.clock.sleep_async(seconds)
        woken.append(seconds)

    async def main() -> None:
        await asyncio.gather(*(nap(seconds) for seconds in (15, 1, 5)))

    asyncio.run(main())
    assert woken == [1, 5, 15]
    assert fake.clock.elapsed == 15


async def _stream() -> None:
    await asyncio.open_connection("example.com", 80)


def _datagram() -> socket.socket:
    return socket.socket(socket.AF_INET, socket.SOCK_DGRAM)


async def _never() -> None:
    async with VIDEO.async_client() as client:
        await (await VIDEO.call(client, "A fox")).wait(timeout=None)


def test_a_loop_that_stands_still_holds_up_no_other(fake: Fake) -> None:
    VIDEO.of(fake).succeeds(after=10**6).succeeds(after=100)
    still, other = asyncio.new_event_loop(), asyncio.new_event_loop()
    waiting = still.create_task(_never())
    still.run_until_complete(asyncio.sleep(0))
    while not fake.clock.sleeps:
        still.run_until_complete(asyncio.sleep(0))
    other.run_until_complete(asyncio.wait_for(_never(), 30))
    waiting.cancel()
    still.run_until_complete(asyncio.gather(waiting, return_exceptions=True))
    still.close()
    other.close()


REACHING: dict[str, Callable[[], object]] = {
    "a name": lambda: socket.getaddrinfo("example.com", 443),
    "a name, by a function taken before": lambda: getaddrinfo("example.com", 443),
    "an old look-up": lambda: socket.gethostbyname("example.com"),
    "the name of an address": lambda: socket.getnameinfo(("192.0.2.1", 80), 0),
    "an address": lambda: socket.create_connection(("192.0.2.1", 80), 1),
    "an address without an error": lambda: socket.socket().connect_ex(("192.0.2.1", 80)),
    "a datagram": lambda: _datagram().sendto(b"x", ("192.0.2.1", 53)),
    "a message": lambda: _datagram().sendmsg([b"x"], [], 0, ("192.0.2.1", 53)),
    "a stream": lambda: asyncio.run(_stream()),
    "another client": lambda: httpx.get("https://example.com"),
}


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("way", REACHING)
def test_nothing_reaches_the_network(fake: Fake, way: str) -> None:
    with pytest.raises(NetworkRefused):
        REACHING[way]()


def test_this_machine_can_be_reached(fake: Fake) -> None:
    assert socket.getfqdn()
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()[:2]) as client:
        assert client.getpeername() == server.getsockname()


def test_the_environment_has_keys_that_are_plainly_none_and_gets_its_own_back() -> None:
    keys = {**VIDEO.variables, **PICTURE.variables}
    before = {name: os.environ.get(name) for name in keys}
    with Fake():
        assert all(os.environ[name] == f"fake-{name.lower().replace('_', '-')}" for name in keys)
    assert {name: os.environ.get(name) for name in before} == before


def test_the_network_is_back_when_the_last_fake_is_gone() -> None:
    with Fake():
        with Fake():
            pass
        with pytest.raises(NetworkRefused):
            socket.getaddrinfo("192.0.2.1", 80)
    assert socket.getaddrinfo("192.0.2.1", 80)


def test_a_client_that_was_made_before_is_routed_too(harness: Harness) -> None:
    client = harness.client(VIDEO, **dict.fromkeys(VIDEO.keys, "mine"))
    with Fake() as fake:
        harness.waited(VIDEO.call(client, "A fox"))
        assert len(fake.calls) == 3


def test_transports_can_be_given_by_hand(fake: Fake, harness: Harness) -> None:
    if harness.is_async:
        http_client: object = httpx.AsyncClient(transport=fake.async_transport())
    else:
        http_client = httpx.Client(transport=fake.transport())
    assert harness.waited(VIDEO.call(harness.client(VIDEO, http_client=http_client), "A fox")).urls


def test_the_fake_lives_beside_routes_of_respx(fake: Fake, harness: Harness) -> None:
    with respx.mock:
        respx.get("https://other.example/hook").respond(json={"ok": True})
        assert httpx.get("https://other.example/hook").json() == {"ok": True}
        assert harness.waited(VIDEO.call(harness.client(VIDEO), "A fox")).urls


def test_a_route_of_respx_can_lead_to_the_fake(fake: Fake) -> None:
    with respx.mock(base_url=catalog_values.origin(VIDEO.service)) as router:
        route = router.route().mock(side_effect=fake.transport().handler)
        with httpx.Client(transport=httpx.MockTransport(router.handler)) as http_client:
            VIDEO.call(VIDEO.client(http_client=http_client), "A fox")
        assert route.called


SECONDS = WITH_SOUND.seconds("duration")


def test_a_call_is_recorded_as_it_was_sent(fake: Fake, harness: Harness) -> None:
    client = harness.client(PICTURE)
    harness.run(WITH_SOUND.of(client)("Pan", image="https://a.example/b.png", duration=SECONDS, generate_audio=True))
    (call,) = WITH_SOUND.of(fake).calls
    assert call is fake.calls[0] is PICTURE.plans(fake).calls[0]
    assert call.name == WITH_SOUND.full
    assert call.arguments == {
        "prompt": "Pan",
        "image": "https://a.example/b.png",
        "duration": SECONDS,
        "generate_audio": True,
    }
    assert call.body["data"]["duration"] == f"{SECONDS}s"
    assert call.headers[catalog_values.key_header(WITH_SOUND.service).lower()] == "***"
    assert (call.method, call.faults) == ("POST", ())


def test_nothing_secret_is_recorded(fake: Fake) -> None:
    with VIDEO.client(**dict.fromkeys(VIDEO.keys, "key-of-mine")) as client:
        VIDEO.call(client, "A fox")
    assert "of-mine" not in repr(fake.calls)
    assert "Basic" not in repr(fake.calls)


def test_headers_and_path_values_are_arguments_too(fake: Fake) -> None:
    DIAGRAM.call(DIAGRAM.client(user_id="7"), "Sign up")
    PICTURE.of(fake).has_task("t/1")
    PICTURE.report.of(PICTURE.client())("t/1")
    assert DIAGRAM.plans(fake).calls[0].headers["x-user-id"] == "7"
    assert PICTURE.report.of(fake).calls[0].arguments == {"task_id": "t/1"}


def test_importing_the_package_does_not_import_the_kit() -> None:
    folder = Path(wondergen.__file__).parents[1]
    code = f"""import sys, wondergen; wondergen.{VIDEO.client_name}; print("wondergen.testing" in sys.modules)
import wondergen.testing.plugin; print("jsonschema" in sys.modules)"""
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_a_missing_extra_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jsonschema", None)
    with pytest.raises(ImportError, match=r"pip install 'wondergen\[testing\]'"):
        Fake()


def test_threads_share_a_fake(fake: Fake) -> None:
    VIDEO.of(fake).rate_limited(times=4)
    with VIDEO.client(max_retries=5) as client, ThreadPoolExecutor(8) as pool:
        videos = list(pool.map(lambda number: VIDEO.call(client, f"Fox {number}").wait(), range(16)))
    assert len({video.urls[0] for video in videos}) == 16
    assert len(VIDEO.of(fake).calls) == 20
