"""The offline upstream over HTTP: services, files and control under one URL, pages for people at its root."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp, Receive, Scope, Send

from . import control, pages
from .callback_posts import Poster
from .host_guard import Guard
from .upstream import Upstream
from .upstream_reply import Reply

LARGEST_BODY = 16 * 1024 * 1024


def app(upstream: Upstream, *, hosts: Collection[str] = ()) -> Starlette:
    """Return the application. `hosts`: names by which it may be called, beside those of this machine for itself."""
    reserved = sorted({"files", "control"} & set(upstream.catalogs))
    if reserved:
        raise ValueError(f"the path /{reserved[0]} is the server's own: give the service {reserved[0]!r} another name")
    routes: list[BaseRoute] = [
        *(Mount(f"/{name}", app=_service(upstream, name)) for name in upstream.catalogs),
        Mount("/files", app=_files(upstream)),
        Mount("/control", routes=control.routes(upstream)),
        *pages.routes(upstream),
    ]
    return Starlette(routes=routes, middleware=[Middleware(Guard, hosts=hosts)], lifespan=_lifespan(upstream))


def _lifespan(upstream: Upstream) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        """Post callbacks for as long as the application runs."""
        poster = Poster(upstream.store, upstream.clock, upstream.callback)
        upstream.state.watchers.append(poster.wake)
        work = asyncio.create_task(poster.run())
        try:
            yield
        finally:
            upstream.state.watchers.remove(poster.wake)
            work.cancel()
            with suppress(asyncio.CancelledError):
                await work

    return lifespan


def _service(upstream: Upstream, name: str) -> ASGIApp:
    prefix = f"/{name}"

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        content = await _body(receive)
        if content is None:
            await _send(upstream.too_large(name), scope, receive, send)
            return
        path = scope["raw_path"].decode("latin-1")
        headers = [(key.decode("latin-1"), value.decode("latin-1")) for key, value in scope["headers"]]
        query = scope["query_string"]
        reply = upstream.answer(
            name,
            scope["method"],
            path.removeprefix(prefix) if path.startswith(f"{prefix}/") else "/",
            query=parse_qsl(query.decode("latin-1"), keep_blank_values=True) if query else (),
            headers=headers,
            content=content,
            base_url=_base_url(scope, headers),
        )
        await _send(reply, scope, receive, send)

    return answer


def _files(upstream: Upstream) -> ASGIApp:
    prefix = len("/files/")

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        header = _header(scope)
        place, query = scope["raw_path"].decode("latin-1")[prefix:], scope["query_string"].decode("latin-1")
        # A film takes a moment to make: others are served meanwhile.
        reply = await asyncio.to_thread(upstream.files.answer, scope["method"], place, query, header)
        await _send(reply, scope, receive, send)

    return answer


def _header(scope: Scope) -> Callable[[str], str | None]:
    headers = {key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]}
    return headers.get


def _base_url(scope: Scope, headers: Collection[tuple[str, str]]) -> str:
    host = next((value for name, value in headers if name == "host"), "127.0.0.1")
    return f"{scope['scheme']}://{host}"


async def _body(receive: Receive) -> bytes | None:
    """Return the whole body; None where it is too large."""
    message = await receive()
    if not message.get("more_body"):
        content: bytes = message.get("body", b"")
        return content if len(content) <= LARGEST_BODY else None
    pieces, size = [message["body"]], len(message["body"])
    while message.get("more_body") and size <= LARGEST_BODY:
        message = await receive()
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
    return b"".join(pieces) if size <= LARGEST_BODY else None


async def _send(reply: Reply, scope: Scope, receive: Receive, send: Send) -> None:
    if reply.delay:
        await asyncio.sleep(reply.delay)
    if reply.is_lost:
        await _hang_up(scope, receive)
        return
    headers = [(key.encode("latin-1"), value.encode("latin-1")) for key, value in reply.headers.items()]
    if reply.status not in (204, 304):
        headers.append((b"content-length", str(len(reply.body)).encode()))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else reply.body})


async def _hang_up(scope: Scope, receive: Receive) -> None:
    """Close the connection without a word."""
    transport = scope.get("state", {}).get("transport")
    if transport is None:
        raise ConnectionAbortedError("the connection breaks, as asked for")
    transport.close()
    while (await receive())["type"] != "http.disconnect":
        pass
