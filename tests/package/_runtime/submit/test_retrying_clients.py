"""A client of the caller that sends a request again by itself: what is paid for leaves once all the same."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import httpx
import httpx2
import pytest

from codegen.package._runtime.delivery import Left, TransportError
from codegen.package._runtime.errors import OutcomeUnknown
from codegen.package._runtime.one_shot import one_shot
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Loopback, answer, reset
from tests.package._runtime.sample_service import ACCEPTED

LIBRARIES = [httpx, httpx2]


def again_and_again(library: ModuleType, method: Callable[..., Any], *, is_async: bool) -> Callable[..., Any]:
    """Return a method that is called up to three times, until it raises nothing."""

    def send(*arguments: Any, **keywords: Any) -> Any:
        for _ in range(2):
            try:
                return method(*arguments, **keywords)
            except library.TransportError:
                pass
        return method(*arguments, **keywords)

    async def asend(*arguments: Any, **keywords: Any) -> Any:
        for _ in range(2):
            try:
                return await method(*arguments, **keywords)
            except library.TransportError:
                pass
        return await method(*arguments, **keywords)

    return asend if is_async else send


def retrying(library: ModuleType, where: str, *, is_async: bool) -> Any:
    """Return a client of a library that retries: itself, or its transport."""
    transport = (library.AsyncHTTPTransport if is_async else library.HTTPTransport)()
    method = "handle_async_request" if is_async else "handle_request"
    if where == "transport":
        setattr(transport, method, again_and_again(library, getattr(transport, method), is_async=is_async))
    client = (library.AsyncClient if is_async else library.Client)(transport=transport)
    if where == "client":
        client.send = again_and_again(library, client.send, is_async=is_async)
    return client


@pytest.mark.parametrize("where", ["client", "transport"])
@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library.__name__)
def test_a_client_that_retries_by_itself_sends_a_paid_request_once(
    harness: Harness, library: ModuleType, where: str
) -> None:
    http_client = retrying(library, where, is_async=harness.is_async)
    with Loopback(reset("request", bills=True), answer(ACCEPTED)) as server:
        client = harness.client(server.url, http_client=http_client)
        with pytest.raises(OutcomeUnknown, match="the http_client sends a request again by itself"):
            harness.submit(client)
        assert server.billed == 1
    harness.close_http(http_client)


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library.__name__)
def test_a_body_is_read_once(library: ModuleType) -> None:
    body = one_shot(library)(b"content")
    assert b"".join(body) == b"content"
    with pytest.raises(TransportError) as raised:
        b"".join(body)
    assert raised.value.left is Left.UNKNOWN
