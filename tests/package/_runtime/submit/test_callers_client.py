"""A caller's client: what its hooks and transports raise proves nothing of the service, before or after the request."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest

from codegen.package._runtime.errors import AuthenticationError, ConnectFailed, NotFound, OutcomeUnknown, WondergenError
from codegen.package._runtime.network import tls_context
from codegen.package._runtime.request import CallOptions
from tests.package._runtime.call_faults import GOOD
from tests.package._runtime.download.served_files import MP4, file, result
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Loopback, answer
from tests.package._runtime.sample_service import MAKE

OTHERS: tuple[Exception, ...] = (
    OSError("no"),
    ConnectionResetError(),
    ConnectionRefusedError(),
    TimeoutError(),
    ssl.SSLError("no"),
    ValueError("no"),
    KeyError("no"),
    RuntimeError("no"),
    StopAsyncIteration(),
    ExceptionGroup("no", [ValueError("no")]),
    UnicodeDecodeError("utf-8", b"a", 0, 1, "no"),
    EOFError(),
    MemoryError(),
    ConnectFailed("make", "another client of ours"),
)


def raised(library: Any) -> list[Exception]:
    """Return one error of each class of a library, and of classes that others raise."""
    classes = {kind for kind in vars(library).values() if isinstance(kind, type) and issubclass(kind, Exception)}
    found = []
    for kind in sorted(classes, key=lambda kind: str(kind.__name__)):
        request = library.Request("POST", "https://elsewhere.invalid/metrics")
        for options in (
            {},
            {"request": request},
            {"request": request, "response": library.Response(400, request=request)},
        ):
            for words in (("no",), ()):
                try:
                    found.append(kind(*words, **options))
                except TypeError:
                    continue
                break
            else:
                continue
            break
    assert len(found) >= 25
    return [*found, *OTHERS]


def a_client(harness: Harness, library: Any, **options: Any) -> Any:
    kind = library.AsyncClient if harness.is_async else library.Client
    return kind(trust_env=False, verify=tls_context(), **options)


def raising(harness: Harness, error: Exception) -> Any:
    """Return a hook that fails."""

    async def fail_async(_: object) -> None:
        raise error

    def fail(_: object) -> None:
        raise error

    return fail_async if harness.is_async else fail


@pytest.mark.parametrize("library", [httpx, httpx2])
def test_a_request_hook_that_fails_lets_nothing_out_and_is_known_to(harness: Harness, library: Any) -> None:
    http_client = a_client(harness, library)
    with Loopback() as server:
        client = harness.client(server.url, http_client=http_client, max_retries=0)
        for error in raised(library):
            http_client.event_hooks = {"request": [raising(harness, error)]}
            with pytest.raises(ConnectFailed, match="Nothing was accepted"):
                harness.submit(client)
        assert server.connections == 0
    harness.close_http(http_client)


@pytest.mark.parametrize("library", [httpx, httpx2])
def test_a_response_hook_that_fails_takes_no_task_away(harness: Harness, library: Any) -> None:
    http_client, errors = a_client(harness, library), raised(library)
    with Loopback() as server:
        server.on("POST", "/v1/make", otherwise=answer(GOOD))
        client = harness.client(server.url, http_client=http_client)
        for error in errors:
            http_client.event_hooks = {"response": [raising(harness, error)]}
            assert harness.submit(client).id == "t-1"
        assert server.billed == len(server.requests) == len(errors)
    harness.close_http(http_client)


@pytest.mark.parametrize("library", [httpx, httpx2])
@pytest.mark.parametrize("delivers", [True, False], ids=["after", "before"])
def test_a_transport_of_the_caller_proves_nothing_by_what_it_raises(
    harness: Harness, library: Any, delivers: bool
) -> None:
    sent: list[str] = []
    errors = raised(library)
    left = iter(errors)

    def lose(request: Any) -> Any:
        if delivers:
            sent.append(request.method)
        raise next(left)

    http_client = a_client(harness, library, transport=library.MockTransport(lose))
    client = harness.client("https://api.sample.invalid", http_client=http_client)
    for _ in errors:
        with pytest.raises(OutcomeUnknown):
            harness.submit(client)
    harness.close_http(http_client)
    assert len(sent) == len(errors) * delivers


@pytest.mark.parametrize("library", [httpx, httpx2])
def test_a_body_that_fails_after_the_head_keeps_its_id(harness: Harness, library: Any) -> None:
    async def parts_async() -> Any:
        yield b'{"code": 0, "data": {"task_id": "t-1"},'
        raise library.ReadError("cut")

    def parts() -> Any:
        yield b'{"code": 0, "data": {"task_id": "t-1"},'
        raise library.ReadError("cut")

    def reply(request: Any) -> Any:
        return library.Response(200, content=parts_async() if harness.is_async else parts())

    http_client = a_client(harness, library, transport=library.MockTransport(reply))
    with pytest.raises(OutcomeUnknown) as caught:
        harness.submit(harness.client("https://api.sample.invalid", http_client=http_client))
    assert caught.value.task_id == "t-1"
    harness.close_http(http_client)


@pytest.mark.parametrize("library", [httpx, httpx2])
def test_authentication_redirects_and_cookies_of_a_caller_send_nothing_twice(harness: Harness, library: Any) -> None:
    class Again(library.Auth):  # type: ignore[misc]
        def auth_flow(self, request: Any) -> Any:
            yield request
            yield request

    other = Loopback()
    elsewhere = {"Location": f"{other.url}/v1/make", "Set-Cookie": "a=b"}
    with other, Loopback(answer(GOOD, 307, elsewhere), answer(GOOD, 401)) as server:
        http_client = a_client(harness, library, auth=Again(), follow_redirects=True)
        client = harness.client(server.url, http_client=http_client)
        for _ in range(2):
            with pytest.raises(WondergenError):
                harness.submit(client)
        harness.close_http(http_client)
        assert len(server.requests) == 2
        assert other.connections == 0
        assert {name for name, _ in server.requests[1].headers} & {"Cookie", "Authorization"} == set()


@pytest.mark.parametrize("library", [httpx, httpx2])
def test_a_client_that_a_hook_closes_sends_nothing(harness: Harness, library: Any) -> None:
    async def close_async(request: Any) -> None:
        await http_client.aclose()

    def close(request: Any) -> None:
        http_client.close()

    http_client = a_client(harness, library, event_hooks={"request": [close_async if harness.is_async else close]})
    with Loopback() as server:
        with pytest.raises(ConnectFailed, match="the http_client is closed"):
            harness.submit(harness.client(server.url, http_client=http_client, max_retries=0))
        assert server.connections == 0


@pytest.mark.parametrize("each_harness", [("async", "httpx"), ("async", "httpx2")], indirect=True, ids="-".join)
def test_a_client_of_another_event_loop_is_refused_before_anything_is_sent(each_harness: Harness) -> None:
    harness = each_harness
    with Loopback(answer(GOOD)) as server:
        client = harness.client(server.url, max_retries=0)
        assert harness.submit(client).id == "t-1"

        async def submit() -> None:
            await client._submit(MAKE, harness.result, {"prompt": "a cat"}, CallOptions())

        with pytest.raises(ConnectFailed, match="belong to another process or event loop"):
            asyncio.run(submit())
        assert server.billed == 1


STORMS = [("async", transport) for transport in ("default", "httpx", "httpx2")]


@pytest.mark.parametrize("each_harness", STORMS, indirect=True, ids="-".join)
def test_after_hundreds_of_cancelled_calls_there_is_room_for_all_others(each_harness: Harness) -> None:
    harness = each_harness
    with Loopback() as server:
        server.on("POST", MAKE.path, otherwise=answer(GOOD))
        client = harness.client(server.url, timeout=300.0)

        def begin(count: int) -> list[asyncio.Future[Any]]:
            made = ((MAKE, harness.result, {"prompt": "a cat"}, CallOptions()) for _ in range(count))
            return [asyncio.ensure_future(client._submit(*call)) for call in made]

        async def storm() -> list[str]:
            for steps in range(0, 40, 8):
                calls = begin(50)
                for _ in range(steps):
                    await asyncio.sleep(0)
                for call in calls:
                    call.cancel()
                await asyncio.gather(*calls, return_exceptions=True)
            return [task.id for task in await asyncio.gather(*begin(60))]

        assert harness.call(storm) == ["t-1"] * 60


@pytest.mark.parametrize("library", [httpx, httpx2])
@pytest.mark.parametrize("status, error", [(401, AuthenticationError), (404, NotFound)])
def test_a_client_that_raises_for_a_status_by_itself_leaves_the_refusal_as_it_is(
    harness: Harness, library: Any, status: int, error: type[Exception]
) -> None:
    http_client = a_client(harness, library)
    send = http_client.send

    async def strict_async(request: Any, **options: Any) -> Any:
        reply = await send(request, **options)
        await reply.aread()
        return reply.raise_for_status()

    def strict(request: Any, **options: Any) -> Any:
        reply = send(request, **options)
        reply.read()
        return reply.raise_for_status()

    http_client.send = strict_async if harness.is_async else strict
    with Loopback(answer({"code": "x", "msg": "not today"}, status)) as server:
        with pytest.raises(error, match="not today"):
            harness.submit(harness.client(server.url, http_client=http_client, max_retries=0))
        assert len(server.requests) == 1
    harness.close_http(http_client)


@pytest.mark.parametrize("library", [httpx, httpx2])
def test_a_changed_client_sees_the_downloads_too(harness: Harness, library: Any, tmp_path: Path) -> None:
    http_client, seen = a_client(harness, library), []
    send = http_client.send

    def noting(request: Any, **options: Any) -> Any:
        seen.append(request.url.path)
        return send(request, **options)

    http_client.send = noting
    with Loopback(file()) as server:
        client = harness.client(server.url, http_client=http_client)
        (path,) = harness.call(result(harness, client, server.url + "/film").save, tmp_path)
        server.assert_fired()
    harness.close_http(http_client)
    assert path.read_bytes() == MP4
    assert seen == ["/film"]


@pytest.mark.parametrize("library", [httpx, httpx2])
@pytest.mark.parametrize("name", ["get", "request"])
def test_a_shortcut_that_is_changed_gets_the_polls(harness: Harness, library: Any, name: str) -> None:
    http_client, seen = a_client(harness, library), []
    shortcut = getattr(http_client, name)

    def noting(*arguments: Any, **options: Any) -> Any:
        seen.append(str(arguments[-1]).rpartition("/")[2])
        return shortcut(*arguments, **options)

    setattr(http_client, name, noting)
    with Loopback(answer({"code": 0, "data": {"status": 2}})) as server:
        client = harness.client(server.url, http_client=http_client)
        task = harness.name("task", "Task")(client._session, MAKE, harness.result, "t-1")
        assert harness.call(task.refresh).status == "running"
        server.assert_fired()
    harness.close_http(http_client)
    assert seen == ["t-1"]


@pytest.mark.parametrize("library", [httpx, httpx2])
def test_a_response_hook_sees_each_cookie(harness: Harness, library: Any) -> None:
    seen: list[list[str]] = []

    async def note_async(response: Any) -> None:
        seen.append(response.headers.get_list("set-cookie"))

    def note(response: Any) -> None:
        seen.append(response.headers.get_list("set-cookie"))

    http_client = a_client(harness, library, event_hooks={"response": [note_async if harness.is_async else note]})
    with Loopback(answer(GOOD, headers=[("Set-Cookie", "a=1, 2"), ("Set-Cookie", "b=3")])) as server:
        harness.submit(harness.client(server.url, http_client=http_client))
    harness.close_http(http_client)
    assert seen == [["a=1, 2", "b=3"]]
