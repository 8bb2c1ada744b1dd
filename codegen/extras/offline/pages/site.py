"""Which page stands where."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from ..._runtime.errors import InvalidRequest
from . import calls, safety, shown, tasks
from .examples import Example, client_line, command, examples, python_call
from .inputs import PREFIX, inputs, read, texts_of
from .render import Pages
from .shown import Entry, ServiceShown

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from ..upstream import Upstream

_GUARDED = [Middleware(safety.Guarded)]
_LARGEST = 1_000_000
"""Bytes of a form."""
_LATEST = 4
_MANY = 50


class Site:
    """The pages over one upstream."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream
        rows = shown.services(upstream.catalogs.values())
        self._services: Mapping[str, ServiceShown] = {row.name: row for row in rows}
        self._package = __name__.split(".", 1)[0]
        self._pages = Pages(package=self._package, services=rows, counts=shown.counts(rows), faults=_faults())

    def routes(self) -> list[BaseRoute]:
        """Every route, each with the headers that keep it to itself."""
        static = StaticFiles(directory=Path(__file__).parent / "static")
        return [
            Route("/", self._home, middleware=_GUARDED),
            Route("/operations/{service}/{name}", self._operation, methods=["GET", "POST"], middleware=_GUARDED),
            Route("/tasks", self._tasks, middleware=_GUARDED),
            Route("/tasks/live", self._live, middleware=_GUARDED),
            Route("/tasks/{service}/{id}", self._task, middleware=_GUARDED),
            Route("/tasks/{service}/{id}/live", self._live_task, middleware=_GUARDED),
            Route("/disagreements", self._disagreements, middleware=_GUARDED),
            Mount("/static", static, middleware=_GUARDED),
        ]

    async def _home(self, request: Request) -> Response:
        balances = {name: self._upstream.balance(name) for name in self._services}
        latest = self._latest(_LATEST)
        base = _base(request)
        starts = {name: client_line(row, base + name) for name, row in self._services.items()}
        summary = tasks.summary(latest)
        return self._pages.page(
            "home.html", here="/", starts=starts, balances=balances, tasks=latest, summary=summary
        )

    async def _tasks(self, request: Request) -> Response:
        rows = self._latest(_MANY)
        return self._pages.page("tasks.html", here="/tasks", tasks=rows, summary=tasks.summary(rows), most=_MANY)

    async def _live(self, request: Request) -> Response:
        wanted = request.query_params.get("limit", "")
        rows = self._latest(min(int(wanted), _MANY) if wanted.isdecimal() and len(wanted) < 4 else _MANY)
        return self._pages.page("task_list.html", tasks=rows, summary=tasks.summary(rows))

    async def _live_task(self, request: Request) -> Response:
        found = self._found(request)
        if found is None:
            return self._missing(request, "There is no such task.")
        return self._pages.page("task_list.html", tasks=[found], summary=tasks.summary([found]))

    async def _task(self, request: Request) -> Response:
        found = self._found(request)
        if found is None:
            return self._missing(request, "There is no such task. The upstream forgets them when it stops.")
        report = await self._report(request, found)
        return self._pages.page("task.html", here="/tasks", task=found, report=report, summary=tasks.summary([found]))

    async def _disagreements(self, request: Request) -> Response:
        every = shown.disputes(self._services.values())
        service, rule = request.query_params.get("service", ""), request.query_params.get("rule", "")
        rows = [row for row in every if service in ("", row.service.name) and rule in ("", row.rule)]
        if not rows and (service or rule):
            return self._missing(request, "There is no disagreement of this service under this rule.")
        table = shown.by_rule(every)
        return self._pages.page(
            "disagreements.html", here="/disagreements", rows=rows, table=table, service=service, rule=rule
        )

    async def _operation(self, request: Request) -> Response:
        service = self._services.get(request.path_params["service"])
        wanted = request.path_params["name"]
        entry = next((entry for entry in service.entries if entry.facts.name == wanted), None) if service else None
        if service is None or entry is None:
            return self._missing(request, "There is no such operation in the catalog.")
        if request.method == "POST":
            return await self._tried(request, service, entry)
        known = examples(service.catalog, entry.endpoint)
        name = request.query_params.get("example")
        chosen = next((one for one in known if one.name == name), known[0])
        texts = texts_of(entry.facts.parameters, {**self._newest(entry), **chosen.arguments})
        return self._form(request, service, entry, known, chosen, texts)

    async def _tried(self, request: Request, service: ServiceShown, entry: Entry) -> Response:
        if reason := safety.foreign(request):
            why = f"This form is sent from these pages alone, and {reason}. Nothing was done."
            return self._pages.page("refused.html", 403, here="", title="Refused", why=why)
        content = bytearray()
        async for chunk in request.stream():
            content += chunk
            if len(content) > _LARGEST:
                why = f"The form has more than {_LARGEST:,} bytes. Nothing was done."
                return self._pages.page("refused.html", 413, here="", title="Too large", why=why)
        form = dict(parse_qsl(content.decode("utf-8", "replace"), keep_blank_values=True))
        texts = {name.removeprefix(PREFIX): text for name, text in form.items() if name.startswith(PREFIX)}
        known = examples(service.catalog, entry.endpoint)
        return await self._sent(request, service, entry, known, texts, unchecked="unchecked" in form)

    async def _sent(
        self,
        request: Request,
        service: ServiceShown,
        entry: Entry,
        known: list[Example],
        texts: Mapping[str, str],
        *,
        unchecked: bool,
    ) -> Response:
        arguments, faults = read(entry.facts.parameters, texts)
        example = Example("", arguments, ())
        call = None
        base = _base(request) + service.name
        operation = entry.endpoint.operation
        try:
            if not faults or unchecked:
                wire = calls.request_of(operation, arguments, base_url=base, unchecked=unchecked)
                call = await calls.send(request.app, operation, wire)
            if unchecked:
                calls.request_of(operation, arguments, base_url=base, unchecked=False)
            elif faults:
                calls.request_of(operation, arguments, base_url=base, unchecked=False)
        except InvalidRequest as error:
            for fault in error.faults:
                name = fault.parameter.split(".", 1)[0].split("[", 1)[0]
                where = fault.problem if name == fault.parameter else f"{fault.parameter} {fault.problem}"
                faults.setdefault(name, (where,))
        return self._form(request, service, entry, known, example, texts, faults=faults, call=call, unchecked=unchecked)

    def _form(
        self,
        request: Request,
        service: ServiceShown,
        entry: Entry,
        known: list[Example],
        chosen: Example,
        texts: Mapping[str, str],
        *,
        faults: Mapping[str, tuple[str, ...]] | None = None,
        call: calls.Call | None = None,
        unchecked: bool = False,
    ) -> Response:
        facts = entry.facts
        base = _base(request) + service.name
        started = self._started(service, call)
        names = {parameter.name for parameter in facts.parameters}
        return self._pages.page(
            "operation.html",
            422 if faults and call is None else 200,
            here=entry.path,
            service=service,
            entry=entry,
            facts=facts,
            base=base,
            examples=known,
            chosen=chosen,
            inputs=inputs(facts.parameters, texts, faults),
            faults=faults or {},
            others=[f"{name} {one}" for name, rows in (faults or {}).items() if name not in names for one in rows],
            call=call,
            unchecked=unchecked,
            tasks=started,
            summary=tasks.summary(started),
            python=python_call(self._package, service, facts, base, chosen.arguments),
            command=command(self._package, facts, chosen.arguments),
            disagreements=shown.disputes([service], entry.endpoint),
            reporting=service.catalog.reporting(entry.endpoint),
        )

    def _latest(self, limit: int) -> list[tasks.TaskShown]:
        return tasks.shown(self._upstream.tasks(limit), self._services, time.time())

    def _found(self, request: Request) -> tasks.TaskShown | None:
        service, wanted = request.path_params["service"], request.path_params["id"]
        return self._by_id(service, wanted)

    def _by_id(self, service: str, wanted: str) -> tasks.TaskShown | None:
        rows = (task for task in self._latest(1000) if task.service.name == service and task.row.id == wanted)
        return next(rows, None)

    def _started(self, service: ServiceShown, call: calls.Call | None) -> list[tasks.TaskShown]:
        found = self._by_id(service.name, call.task_id) if call and call.task_id else None
        return [found] if found else []

    def _newest(self, entry: Entry) -> dict[str, str]:
        """For an operation that reports on tasks: the newest one."""
        reported = {
            (endpoint.operation.name, endpoint.operation.task.poll_argument)
            for endpoint in self._services[entry.facts.service].catalog.reported(entry.endpoint)
            if endpoint.operation.task
        }
        for task in self._latest(_MANY) if reported else ():
            for name, argument in reported:
                if task.service.name == entry.facts.service and task.row.operation == name:
                    return {argument: task.row.id}
        return {}

    async def _report(self, request: Request, task: tasks.TaskShown) -> calls.Call | None:
        """What the service says of a task, in its own words."""
        operation = task.entry.endpoint.operation if task.entry else None
        if operation is None or operation.task is None:
            return None
        app: ASGIApp = request.app
        base = _base(request) + task.service.name
        arguments = {operation.task.poll_argument: task.row.id}
        wire = calls.request_of(operation.task.poll, arguments, base_url=base, unchecked=True)
        return await calls.send(app, operation.task.poll, wire)

    def _missing(self, request: Request, why: str) -> Response:
        return self._pages.page("refused.html", 404, here="", title="Not found", why=why)


def _base(request: Request) -> str:
    """Where this server is, as the browser knows it, with a slash at the end."""
    return str(request.base_url)


def _faults() -> list[object]:
    """What can be made to go wrong."""
    from ..faults import FAULTS

    return list(FAULTS.values())
