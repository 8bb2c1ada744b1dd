# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The control path: what a test or a person changes while the offline upstream runs."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from .fault_kinds import parse
from .settings import are_seconds, is_count
from .state import Order
from .upstream import Upstream
from .upstream_reply import JSON

_MOST_TASKS = 1000


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be asked for."""

    method: str
    path: str
    """Below /control."""
    text: str
    """What it does, in a sentence."""
    body: str = ""
    """One that it takes; empty where it takes none."""


ACTS: Mapping[str, Act] = {
    "order": Act(
        "PUT",
        "/faults",
        "These faults and no others are to come, each for so many calls.",
        '[{"fault": "rate_limited", "times": 2}]',
    ),
    "faults": Act("GET", "/faults", "What is still to go wrong."),
    "clear": Act("DELETE", "/faults", "Nothing is to go wrong any more."),
    "clock": Act("POST", "/clock", "Let time pass at once: tasks end, URLs of files expire.", '{"advance": 60}'),
    "set_credits": Act(
        "POST", "/credits", "Give every account so many credits, or that of one `service`.", '{"credits": 5}'
    ),
    "credits": Act("GET", "/credits", "What every account has left."),
    "tasks": Act("GET", "/tasks", "The newest tasks first; `?limit=1000` for more of them."),
    "reset": Act("POST", "/reset", "As at the start: no tasks, full accounts, the true time, no faults to come."),
}
"""By the names of the methods below."""


def routes(upstream: Upstream) -> list[BaseRoute]:
    """Return the routes below /control."""
    control = _Control(upstream)
    return [Route(act.path, _endpoint(getattr(control, name)), methods=[act.method]) for name, act in ACTS.items()]


def _endpoint(act: Callable[[Request], Awaitable[Any]]) -> Callable[[Request], Awaitable[Response]]:
    """Return what it gives as JSON; what is wrong as HTTP 400."""

    async def endpoint(request: Request) -> Response:
        try:
            status, value = 200, await act(request)
        except ValueError as error:
            status, value = 400, {"message": str(error)}
        # In ASCII: half a surrogate pair, which a caller may have written, is not text of its own.
        return Response(json.dumps(value), status, media_type=JSON)

    return endpoint


class _Control:
    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream

    async def faults(self, _: Request) -> Any:
        """Return what is still to go wrong."""
        return [
            {"service": order.service, "operation": order.operation, "fault": str(order.wish), "times": order.times}
            for order in self._upstream.state.fault_injector.orders
        ]

    async def order(self, request: Request) -> Any:
        """Inject these faults and no others."""
        rows = await _json(request)
        if not isinstance(rows, list):
            raise ValueError('give a list such as [{"fault": "rate_limited", "times": 2}]')
        self._upstream.state.fault_injector.orders = [
            self._order(row, f"entry {number}") for number, row in enumerate(rows, 1)
        ]
        return await self.faults(request)

    def _order(self, row: Any, place: str) -> Order:
        keys = {"service", "operation", "fault", "times"}
        if not isinstance(row, dict) or not isinstance(row.get("fault"), str) or set(row) - keys:
            raise ValueError(f"{place}: give an object with `fault`, and optionally service, operation and times")
        service, operation, times = _name(row, "service"), _name(row, "operation"), row.get("times", 1)
        if not isinstance(times, int) or isinstance(times, bool) or times < 1:
            raise ValueError(f"{place}: times is {times!r}: give a whole number from 1")
        order = Order(parse(row["fault"]), service, operation, times)
        obstacles = self._upstream.obstacles(order.wish, service, operation)
        if obstacles:
            raise ValueError(f"{place}: {obstacles}")
        return order

    async def clear(self, request: Request) -> Any:
        """Stop injecting faults."""
        self._upstream.state.fault_injector.orders = []
        return await self.faults(request)

    async def reset(self, request: Request) -> Any:
        """Go back to the start: no tasks, full accounts, the true time."""
        self._upstream.reset()
        return await self.clear(request)

    async def clock(self, request: Request) -> Any:
        """Let time pass at once."""
        body = await _json(request)
        seconds = body.get("advance") if isinstance(body, dict) else None
        if not are_seconds(seconds):
            raise ValueError('give {"advance": SECONDS}, from 0 to 1000000000')
        self._upstream.advance(float(seconds))
        return {"now": self._upstream.clock.now()}

    async def credits(self, _: Request) -> Any:
        """Return what every account has left."""
        return {service: self._upstream.balance(service) for service in self._upstream.catalogs}

    async def set_credits(self, request: Request) -> Any:
        """Give an account, or all of them, so many credits."""
        body = await _json(request)
        credits = body.get("credits") if isinstance(body, dict) else None
        service = _name(body, "service") if isinstance(body, dict) else None
        if not is_count(credits):
            raise ValueError('give {"credits": NUMBER}, and optionally "service"')
        if service is not None and service not in self._upstream.catalogs:
            raise ValueError(f"there is no service {service!r}; there are {', '.join(self._upstream.catalogs)}")
        for name in self._upstream.catalogs if service is None else [service]:
            self._upstream.store.set_balance(name, credits)
        return await self.credits(request)

    async def tasks(self, request: Request) -> Any:
        """Return the newest tasks first."""
        limit = request.query_params.get("limit", "50")
        if not limit.isdecimal() or not 1 <= int(limit) <= _MOST_TASKS:
            raise ValueError(f"limit is {limit!r}: give a number from 1 to {_MOST_TASKS}")
        return [asdict(row) for row in self._upstream.tasks(int(limit))]


def _name(row: dict[str, Any], key: str) -> str | None:
    value = row.get(key)
    if value is None or isinstance(value, str):
        return value
    raise ValueError(f"{key} is {value!r}: give a name")


async def _json(request: Request) -> Any:
    try:
        return json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise ValueError("the body is not JSON") from error
