"""Which page stands where."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from .. import host_guard
from . import call_history, task_page, view_models
from .code_examples import client_line
from .page_context import PageContext, base_of
from .trying import Trying

if TYPE_CHECKING:
    from ..upstream import Upstream

_GUARDED = [Middleware(host_guard.GuardedPages)]
_LATEST = 4
_MANY = 50


class Site:
    """The pages over one upstream."""

    def __init__(self, upstream: Upstream) -> None:
        self._context = PageContext(upstream)
        self._trying = Trying(self._context)

    def routes(self) -> list[BaseRoute]:
        """Return every route, each with the headers that keep it to itself."""
        static = StaticFiles(directory=Path(__file__).parent / "static")
        trying = self._trying.answer
        return [
            Route("/", self._home, middleware=_GUARDED),
            Route("/operations/{service}/{name}", trying, methods=["GET", "POST"], middleware=_GUARDED),
            Route("/tasks", self._tasks, middleware=_GUARDED),
            Route("/tasks/live", self._live, middleware=_GUARDED),
            Route("/tasks/{service}/{id}", self._task, middleware=_GUARDED),
            Route("/tasks/{service}/{id}/live", self._live_task, middleware=_GUARDED),
            Route("/disagreements", self._disagreements, middleware=_GUARDED),
            Mount("/static", static, middleware=_GUARDED),
            # Whoever puts more routes beside these puts them before these.
            Route("/{path:path}", self._nowhere, middleware=_GUARDED),
        ]

    async def _home(self, request: Request) -> Response:
        context, base = self._context, base_of(request)
        latest = context.latest(_LATEST)
        return context.page(
            "home.html",
            here="/",
            starts={name: client_line(row, base + name) for name, row in context.services.items()},
            balances={name: context.upstream.balance(name) for name in context.services},
            tasks=latest,
            summary=task_page.summary(latest),
        )

    async def _tasks(self, request: Request) -> Response:
        rows = self._context.latest(_MANY)
        return self._context.page("tasks.html", here="/tasks", tasks=rows, summary=task_page.summary(rows), most=_MANY)

    async def _live(self, request: Request) -> Response:
        limit_text = request.query_params.get("limit", "")
        is_number = limit_text.isascii() and limit_text.isdecimal() and len(limit_text) < 4
        rows = self._context.latest(min(int(limit_text), _MANY) if is_number else _MANY)
        return self._context.page("task_list.html", tasks=rows, summary=task_page.summary(rows))

    async def _live_task(self, request: Request) -> Response:
        facts = self._task_view(request)
        if facts is None:
            return self._context.missing("There is no such task.")
        return self._context.page("task_list.html", tasks=[facts], summary=task_page.summary([facts]))

    async def _task(self, request: Request) -> Response:
        facts = self._task_view(request)
        if facts is None:
            return self._context.missing(
                "There is no such task. Without a file for its state, the upstream forgets them."
            )
        report = await self._report(request, facts)
        summary = task_page.summary([facts])
        return self._context.page("task.html", here="/tasks", task=facts, report=report, summary=summary)

    async def _disagreements(self, request: Request) -> Response:
        every = view_models.disputes(self._context.services.values())
        service, rule = request.query_params.get("service", ""), request.query_params.get("rule", "")
        rows = [row for row in every if service in ("", row.service.name) and rule in ("", row.rule)]
        if not rows and (service or rule):
            return self._context.missing("There is no disagreement of this service under this rule.")
        table = view_models.by_rule(every)
        return self._context.page(
            "disagreements.html", here="/disagreements", rows=rows, table=table, service=service, rule=rule
        )

    async def _nowhere(self, request: Request) -> Response:
        return self._context.missing("There is no page here.")

    def _task_view(self, request: Request) -> task_page.TaskView | None:
        return self._context.task(request.path_params["service"], request.path_params["id"])

    async def _report(self, request: Request, task: task_page.TaskView) -> call_history.RecordedCall | None:
        """Return what the service says of a task, in its own words; None where the call was answered at once."""
        operation = task.entry.endpoint.operation if task.entry else None
        if operation is None or operation.task is None:
            return None
        arguments = {operation.task.poll_argument: task.row.id}
        base = base_of(request) + task.service.name
        wire = call_history.request_of(operation.task.poll, arguments, base_url=base)
        return await call_history.send(request.app, operation.task.poll, wire)
