# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The page of one operation: what is known of it, and the form that makes the call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from ..._runtime.errors import InvalidRequest
from ..._runtime.messages import root
from ..._runtime.operation import Operation
from .. import host_guard
from . import call_history, task_page, view_models
from .code_examples import CodeExample, command, examples, python_call
from .form_fields import PREFIX, inputs, read, texts_of
from .page_context import PageContext, base_of
from .view_models import OperationView

_LARGEST = 1_000_000
"""Bytes of a form."""
_RECENT = 50

Faults = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was filled in, and its outcome."""

    arguments: Mapping[str, Any]
    texts: Mapping[str, str]
    """By parameter, as in the inputs."""
    faults: Faults = field(default_factory=dict)
    """By parameter: what the client has against it."""
    call: call_history.RecordedCall | None = None
    unchecked: bool = False
    """Whether it was to be sent all the same."""


class Trying:
    """Answers for every operation."""

    def __init__(self, context: PageContext) -> None:
        self._context = context

    async def answer(self, request: Request) -> Response:
        """Return the form, filled in from a document; after it was sent, with its outcome."""
        entry = self._context.entry(request.path_params["service"], request.path_params["name"])
        if entry is None:
            return self._context.missing("There is no such operation in the catalog.")
        if request.method == "POST":
            return await self._submit(request, entry)
        examples = self._examples(entry)
        name = request.query_params.get("example")
        example = next((one for one in examples if one.name == name), examples[0])
        texts = texts_of(entry.facts.parameters, {**example.arguments, **self._newest(entry)})
        return self._page(request, entry, example, Attempt(example.arguments, texts))

    async def _submit(self, request: Request, entry: OperationView) -> Response:
        if reason := host_guard.foreign_form(request):
            why = f"This form is sent from these pages alone, and {reason}. Nothing was done."
            return self._context.refused(403, "Refused", why)
        content = bytearray()
        async for chunk in request.stream():
            content += chunk
            if len(content) > _LARGEST:
                return self._context.refused(413, "Too large", f"The form has more than {_LARGEST:,} bytes.")
        form = dict(parse_qsl(content.decode("utf-8", "replace"), keep_blank_values=True))
        texts = {name.removeprefix(PREFIX): text for name, text in form.items() if name.startswith(PREFIX)}
        attempt = await self._attempt(request, entry, texts, unchecked="unchecked" in form)
        return self._page(request, entry, CodeExample("", attempt.arguments, ()), attempt)

    async def _attempt(
        self, request: Request, entry: OperationView, texts: Mapping[str, str], *, unchecked: bool
    ) -> Attempt:
        operation, base = entry.endpoint.operation, base_of(request) + entry.facts.service
        arguments, unread = read(entry.facts.parameters, texts)
        faults = {**_faults(operation, arguments, base), **unread}
        if faults and not unchecked:
            return Attempt(arguments, texts, faults)
        try:
            wire = call_history.request_of(operation, arguments, base_url=base, unchecked=unchecked)
        except InvalidRequest:  # what no URL can carry
            return Attempt(arguments, texts, faults, unchecked=unchecked)
        call = await call_history.send(request.app, operation, wire)
        return Attempt(arguments, texts, faults, call, unchecked)

    def _page(self, request: Request, entry: OperationView, example: CodeExample, tried: Attempt) -> Response:
        facts, service = entry.facts, self._context.services[entry.facts.service]
        base = base_of(request) + service.name
        tasks = self._tasks_of(entry, tried.call)
        names = {parameter.name for parameter in facts.parameters}
        elsewhere = {name: rows for name, rows in tried.faults.items() if name not in names}
        return self._context.page(
            "operation.html",
            422 if tried.faults and tried.call is None else 200,
            here=entry.path,
            service=service,
            entry=entry,
            facts=facts,
            examples=self._examples(entry),
            chosen=example,
            inputs=inputs(facts.parameters, tried.texts, tried.faults),
            tried=tried,
            elsewhere=elsewhere,
            tasks=tasks,
            summary=task_page.summary(tasks),
            python=python_call(self._context.package, service, facts, base, example.arguments),
            command=command(self._context.package, facts, example.arguments),
            disagreements=view_models.disputes([service], entry.endpoint),
            reporting=service.catalog.poll_of(entry.endpoint),
        )

    def _examples(self, entry: OperationView) -> list[CodeExample]:
        return examples(self._context.services[entry.facts.service].catalog, entry.endpoint)

    def _tasks_of(self, entry: OperationView, call: call_history.RecordedCall | None) -> list[task_page.TaskView]:
        task = self._context.task(entry.facts.service, call.task_id) if call and call.task_id else None
        return [task] if task else []

    def _newest(self, entry: OperationView) -> dict[str, str]:
        """Return the id of the newest task, for an operation that reports on tasks."""
        catalog = self._context.services[entry.facts.service].catalog
        tasks_by_name = {one.operation.name: one.operation.task for one in catalog.submits_of(entry.endpoint)}
        for row in self._context.upstream.tasks(_RECENT) if tasks_by_name else ():
            task = tasks_by_name.get(row.operation) if row.service == entry.facts.service else None
            if task:
                return {task.poll_argument: row.id}
        return {}


def _faults(operation: Operation, arguments: Mapping[str, Any], base: str) -> Faults:
    """Return what the client has against the arguments, by parameter."""
    try:
        call_history.request_of(operation, arguments, base_url=base)
    except InvalidRequest as error:
        faults: Faults = {}
        for fault in error.faults:
            name = root(fault.parameter)
            # A fault inside of a list or an object says where.
            text = fault.problem if name == fault.parameter else str(fault)
            faults[name] = (*faults.get(name, ()), text)
        return faults
    return {}
