"""The examples of the vendors' documents as rows: an oracle that neither this generator nor the client composed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from codegen.contracts.arguments import ArgumentTables
from codegen.contracts.calls import Arguments, Caller
from codegen.contracts.facts import Shown, shown_replies, shown_requests
from codegen.contracts.failures import polling
from codegen.contracts.oracle import get
from codegen.contracts.pages import ServicePages, in_import_order
from codegen.contracts.replies import addresses
from codegen.contracts.rows import Anchors, CallRow, ShownRow
from codegen.contracts.samples import Unsampled
from codegen.python.model import OperationModel
from codegen.python.text import Docstring, Identifier, Literal

_SOURCES = 3
"""So many statements are named beside an example; the catalog has them all."""


@dataclass(frozen=True)
class DocumentedPage:
    """One test module: what the documents show of an operation."""

    title: Docstring
    kind: str
    module: Identifier
    """The test module of the operation, which says where it is."""
    anchors: tuple[tuple[Identifier, Any], ...]
    examples: tuple[CallRow, ...]
    replies: tuple[ShownRow, ...]
    reports: tuple[ShownRow, ...]
    makes_files: bool

    @property
    def origins(self) -> tuple[Identifier, ...]:
        """What the module takes from that of the operation."""
        named = {"ENDPOINT"} | ({"SMALLEST"} if self.replies or self.reports else set())
        return in_import_order(named | ({"POLL", "POLL_CALL"} if self.reports else set()))

    @property
    def oracles(self) -> tuple[Identifier, ...]:
        return in_import_order({"exact"} if self.reports or (self.replies and self.makes_files) else set())

    @property
    def row_names(self) -> tuple[Identifier, ...]:
        named = {"at"} | ({"Call"} if self.examples else set())
        return in_import_order(named | ({"Shown"} if self.replies or self.reports else set()))

    @property
    def helpers(self) -> tuple[Identifier, ...]:
        named = {"Stage"} | ({"request_of"} if self.examples else set())
        answers = self.replies and self.kind != "submit" and not self.makes_files
        return in_import_order(named | ({"dumped"} if answers else set()))


def documented_page(pages: ServicePages, operation: OperationModel, module: Identifier) -> DocumentedPage | None:
    """The page of one operation; None where no document shows anything of it."""
    caller = Caller(pages.service, operation, pages.sampler)
    anchors = Anchors({"DOCUMENT": "", "OPERATION": operation.pointer})
    replies = [_reply(shown, operation, anchors) for shown in shown_replies(caller.oracle, operation.pointer)]
    reports = _reports(pages, operation, anchors)
    page = DocumentedPage(
        title=Docstring.of(f"What the documents show of {pages.service.client}.{operation.qualified}"),
        kind=operation.kind,
        module=module,
        examples=tuple(_examples(caller, anchors)),
        replies=tuple(row for row in replies if row is not None),
        reports=tuple(reports),
        makes_files=operation.kind == "generate" and bool(operation.media),
        anchors=anchors.printed(),
    )
    return page if page.examples or page.replies or page.reports else None


def _examples(caller: Caller, anchors: Anchors) -> Iterator[CallRow]:
    for shown in shown_requests(caller.oracle, caller.operation.pointer):
        arguments = _arguments(caller, shown.value)
        if arguments is None:
            continue
        request = caller.request(arguments)
        row = ArgumentTables(caller, anchors).row(shown.name, arguments, [shown.pointer])
        # The body is the document's to say, and not what this generator would have made of the arguments.
        if request.has_body:
            yield row.as_documented(Literal(shown.value), _sources(shown))


def _arguments(caller: Caller, body: Any) -> Arguments | None:
    """The call that a documented body is of; None where the catalog has no parameter for a part of it."""
    inside = get(body, caller.operation.body_at or "")
    if not isinstance(inside, Mapping):
        return None
    by_wire = {found.wire_name: str(found.name) for found in caller.parameters.values() if found.location == "body"}
    if not inside.keys() <= by_wire.keys():
        return None
    smallest = caller.smallest()
    elsewhere = {name: value for name, value in smallest.items() if caller.parameters[name].location != "body"}
    return {**elsewhere, **{by_wire[name]: value for name, value in inside.items()}}


def _reply(shown: Shown, operation: OperationModel, anchors: Anchors) -> ShownRow | None:
    if operation.kind == "submit" and operation.task is not None:
        return _row(shown, shown.value, get(shown.value, operation.task.id), anchors)
    return _row(shown, shown.value, get(shown.value, operation.reply_at), anchors)


def _reports(pages: ServicePages, operation: OperationModel, anchors: Anchors) -> Iterator[ShownRow]:
    """The documented reports on tasks of this operation: by its name among the examples of the polling operation."""
    task = operation.task
    if task is None or task.result is None:
        return
    try:
        poll = polling(pages.service, operation)
    except Unsampled:
        return
    for shown in shown_replies(pages.sampler.oracle, poll.pointer):
        if shown.starter != operation.operation_id:
            continue
        result = get(shown.value, task.result)
        row = _row(shown, shown.value, _decoded(result) if task.result_is_text else result, anchors)
        if row is not None:
            yield replace(row, proves=anchors.proofs([shown.report]))


def _decoded(text: Any) -> Any:
    """JSON inside a string; None where it is none."""
    try:
        return json.loads(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _row(shown: Shown, reply: Any, gives: Any, anchors: Anchors) -> ShownRow | None:
    """None where the catalog points at nothing in the reply: the coverage report says so."""
    if gives is None:
        return None
    return ShownRow(
        Literal(shown.name),
        Literal(reply),
        Literal(gives),
        Literal(tuple(sorted(addresses(gives)))) if any(addresses(gives)) else None,
        _sources(shown),
        anchors.proofs([shown.pointer]),
    )


def _sources(shown: Shown) -> Literal:
    return Literal(shown.sources[:_SOURCES])


__all__ = ["DocumentedPage", "documented_page"]
