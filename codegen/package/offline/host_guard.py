"""Who may speak to the server: no other site reaches it, embeds its pages or sends their forms."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .._runtime.hosts import is_address, is_loopback

_ANYWHERE = frozenset({"0.0.0.0", "::", ""})


class Guard:
    """Refuses requests for other hosts (a name that was bound anew to this machine), and from pages of other hosts."""

    def __init__(self, app: ASGIApp, hosts: Collection[str] = ()) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts) - _ANYWHERE
        self._any_address = bool(_ANYWHERE & set(hosts))
        self._known: set[bytes] = set()
        """Values of the header that were found to be right."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            fault = self._fault(scope)
            if fault:
                await _refuse(send, fault)
                return
        await self._app(scope, receive, send)

    def _fault(self, scope: Scope) -> str | None:
        host = origin = None
        for name, value in scope["headers"]:
            if name == b"host":
                host = value if host is None else b"two"
            elif name == b"origin":
                origin = value
        if host is None or not self._is_ours(host):
            return "The Host header names another machine. Call this server by 127.0.0.1 or localhost."
        if origin is not None and not self._is_ours(origin.partition(b"://")[2]):
            return "A page of another machine may not call this server."
        return None

    def _is_ours(self, netloc: bytes) -> bool:
        if netloc in self._known:
            return True
        host = None
        with suppress(ValueError, UnicodeDecodeError):
            host = urlsplit(f"//{netloc.decode('ascii')}").hostname
        if host is None or not (is_loopback(host) or host in self._hosts or (self._any_address and is_address(host))):
            return False
        if len(self._known) < 100:
            self._known.add(netloc)
        return True


async def _refuse(send: Send, text: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": 421, "headers": headers})
    await send({"type": "http.response.body", "body": f"{text}\n".encode()})


PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # With `no-referrer` a browser would send the forms with the origin `null`.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class GuardedPages:
    """Puts the headers on every reply of an application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in PAGE_HEADERS.items():
                    headers[name] = value
                # Tasks move, and another version may be served here tomorrow.
                headers.setdefault("Cache-Control", "no-cache")
            await send(message)

        await self._app(scope, receive, guarded)


def foreign_form(request: Request) -> str | None:
    """Return why a form was not sent from these pages; None where it was, or by no browser at all."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in {"same-origin", "none"}:
        return f"the browser says that it comes from elsewhere (Sec-Fetch-Site: {site})"
    origin = request.headers.get("origin")
    if origin is not None and origin.partition("://")[2] != request.headers.get("host"):
        return f"it comes from {origin}"
    return None
