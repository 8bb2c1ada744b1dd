"""One page for each file of the suite: everything its template prints, decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from codegen.contracts.arguments import ArgumentTables
from codegen.contracts.calls import Caller, auth_value
from codegen.contracts.facts import reply_facts, task_facts
from codegen.contracts.failures import FailureTables, polling
from codegen.contracts.oracle import Oracle, get, join, put
from codegen.contracts.replies import TASK_ID, Answer, Answerer
from codegen.contracts.rows import (
    Anchors,
    BrokenRow,
    CallRow,
    FailureRow,
    Proof,
    RefusedRow,
    StateRow,
    ValueRow,
)
from codegen.contracts.samples import Sampler, Unsampled
from codegen.python.model import OperationModel, PackageModel, ServiceModel
from codegen.python.text import Docstring, Identifier, Literal


@dataclass(frozen=True)
class EndpointBlock:
    name: Literal
    service: Literal
    method: Literal
    origin: Literal
    headers: Literal | None
    """None where they are those of ENDPOINT."""
    request_schema: Proof | None
    body_at: Literal
    reply_schema: Proof | None
    status: Literal
    reply: Literal
    result_at: Literal | None
    """Where RESULT belongs as JSON in a string."""
    proves: tuple[Proof, ...]


@dataclass(frozen=True)
class TaskBlock:
    """The life of a task."""

    id: Literal
    endpoint: EndpointBlock
    call: CallRow
    status: Literal
    done: Literal
    waiting: Literal | None
    progress: Literal
    reason: Literal
    states: tuple[StateRow, ...]


@dataclass(frozen=True)
class ResultBlock:
    """What a task or a call makes."""

    value: Literal
    urls: Literal


@dataclass(frozen=True)
class OperationPage:
    """One test module."""

    title: Docstring
    package: Identifier
    kind: str
    anchors: tuple[tuple[Identifier, Any], ...]
    endpoint: EndpointBlock
    smallest: CallRow
    calls: tuple[CallRow, ...]
    values: tuple[ValueRow, ...]
    refused: tuple[RefusedRow, ...]
    missing: tuple[RefusedRow, ...]
    broken: tuple[BrokenRow, ...]
    every_fault: Literal | None
    has_body: bool
    returns: Literal
    reply_at: Literal
    unknown_at: Literal
    bent_at: Literal | None
    """A field of the reply that may become anything without losing the reply."""
    reply_is_typed: bool
    result: ResultBlock | None
    task: TaskBlock | None
    failures: tuple[FailureRow, ...]
    service_failures: tuple[Identifier, ...]
    undocumented: tuple[Identifier, ...]
    documented: Literal

    @property
    def errors(self) -> tuple[Identifier, ...]:
        """The error classes the module names."""
        named = {str(row.error) for row in self.failures} | {"InvalidRequest"}
        if self.task is not None:
            named |= {"OutcomeUnknown"} | {str(row.ends) for row in self.task.states if row.ends is not None}
        return in_import_order(named)

    @property
    def oracles(self) -> tuple[Identifier, ...]:
        """The functions of the oracle the module calls."""
        typed = {"get", "put"} if self.reply_is_typed and self.kind != "submit" else set()
        typed |= {"exact"} if self.result is not None else set()
        typed |= {"as_text"} if self.task is not None and self.task.endpoint.result_at is not None else set()
        return in_import_order(typed | ({"exact", "put"} if self.task is not None else set()))

    @property
    def row_names(self) -> tuple[Identifier, ...]:
        """The kinds of rows the module has."""
        named = {"Call", "Endpoint", "Failure", "at"}
        named |= {"Value"} if self.values or self.has_body else set()
        named |= {"Refused"} if self.refused else set()
        named |= {"Missing"} if self.missing else set()
        named |= {"Broken"} if self.broken else set()
        named |= {"Reply"} if self.failures or self.task is not None or self.reply_is_typed else set()
        named |= {"State", "TASK_ID"} if self.task is not None else set()
        rows = [row.argument for row in self.values] + [row.argument for row in self.refused]
        named |= {"text"} if any(row.length is not None for row in rows) else set()
        return in_import_order(named)

    @property
    def table_tools(self) -> tuple[Identifier, ...]:
        """What the module makes tests of its tables with."""
        named = {"about", "name_of", "tables"} | ({"without"} if self.missing else set())
        named |= {"with_value"} if self.values or self.has_body else set()
        named |= {"documented"} if self.task is not None else set()
        return in_import_order(named | ({"by_parameter"} if self.values or self.refused else set()))

    @property
    def helpers(self) -> tuple[Identifier, ...]:
        """What the module needs of the support."""
        named = {"Stage", "names", "request_of", "expected", "outcome"}
        named |= {"dumped"} if self.reply_is_typed and self.kind != "submit" and self.result is None else set()
        return in_import_order(named)


def in_import_order(names: Iterable[str]) -> tuple[Identifier, ...]:
    """In the order that import sorting wants: constants, classes, functions."""
    return tuple(
        Identifier(name) for name in sorted(names, key=lambda name: (not name.isupper(), name.islower(), name))
    )


def _number(body: Any, at: str | None) -> float | None:
    found = None if at is None else get(body, at)
    return float(found) if isinstance(found, int | float) else None


def _text(body: Any, at: str | None) -> str | None:
    found = None if at is None else get(body, at)
    return found.strip() if isinstance(found, str) else None


@dataclass
class ServicePages:
    """Makes the pages of one service."""

    package: PackageModel
    service: ServiceModel

    def __post_init__(self) -> None:
        self.sampler = Sampler(Oracle(self.service.document, self.service.evidence))
        self.answerer = Answerer(self.service, self.sampler)
        self.failures = FailureTables(self.service, self.answerer)

    def operation(self, operation: OperationModel, tables: Iterable[str]) -> OperationPage:
        """The page of one operation. `tables` are those of the service. Raises Unsampled."""
        caller = Caller(self.service, operation, self.sampler)
        answer = self.answerer.success(operation)
        anchors = Anchors(self._anchors(caller, answer))
        arguments = ArgumentTables(caller, anchors)
        smallest, *calls = arguments.calls()
        paid = operation.kind != "query"
        task = self._task(operation, anchors) if operation.task is not None else None
        own = [error for error in operation.errors if error not in self.service.errors]
        rows = self.failures.codes(own, [operation], anchors) + self.failures.statuses(own, paid=paid, anchors=anchors)
        endpoint = self._endpoint(operation, caller, answer, anchors)
        title = f"The contract of {self.service.client}.{operation.qualified}: {operation.method} {operation.path}"
        wanted = {"CODES", "PAID_STATUSES" if paid else "QUERY_STATUSES"}
        return OperationPage(
            title=Docstring.of(title),
            package=self.package.name,
            kind=operation.kind,
            endpoint=endpoint,
            smallest=smallest,
            calls=tuple(calls),
            values=tuple(arguments.values()),
            refused=tuple(arguments.refused()),
            missing=tuple(arguments.missing()),
            broken=tuple(arguments.broken()),
            every_fault=arguments.every_fault(),
            has_body=operation.body_at is not None,
            returns=Literal(str(operation.returns)),
            reply_at=Literal(operation.reply_at),
            unknown_at=Literal(join(operation.reply_at, "canary_field")),
            bent_at=self._bent(operation, answer),
            reply_is_typed=answer.schema is not None and isinstance(get(answer.body, operation.reply_at), dict),
            result=self._result(operation, answer),
            task=task,
            failures=tuple(rows),
            service_failures=tuple(Identifier(name) for name in tables if name in wanted),
            undocumented=self._undocumented(operation, answer),
            documented=Literal(tuple(sorted({int(e.code) for e in operation.errors if e.channel == "http"}))),
            anchors=anchors.printed(),
        )

    def _anchors(self, caller: Caller, answer: Answer) -> dict[str, str]:
        known = {"DOCUMENT": "", "OPERATION": caller.operation.pointer}
        body = ArgumentTables(caller, Anchors(known)).object_place
        if body is not None:
            known |= {"BODY": body, "PARAMETERS": f"{body}/properties"}
        if answer.schema is not None:
            known["REPLY"] = caller.oracle.place(answer.schema)
        return known

    def _endpoint(
        self, operation: OperationModel, caller: Caller, answer: Answer, anchors: Anchors, result_at: str | None = None
    ) -> EndpointBlock:
        headers = {header.header.lower(): auth_value(header) for header in self.service.auth}
        if operation.body_at is not None:
            headers["content-type"] = "application/json"
        parts = urlsplit(self.service.base_url)
        facts = [*reply_facts(caller.oracle, answer.schema)] if answer.schema is not None else []
        facts += [fact for fact in task_facts(caller.oracle, operation.pointer) if "/states/" not in fact]
        return EndpointBlock(
            name=Literal(operation.qualified),
            service=Literal(str(self.service.module)),
            method=Literal(operation.method),
            origin=Literal(f"{parts.scheme}://{parts.netloc}"),
            headers=Literal(headers),
            request_schema=anchors.proofs([caller.body_schema])[0] if caller.body_schema is not None else None,
            body_at=Literal(operation.body_at),
            reply_schema=anchors.proofs([answer.schema])[0] if answer.schema is not None else None,
            status=Literal(answer.status),
            reply=Literal(answer.body if result_at is None else put(answer.body, result_at, "")),
            result_at=None if result_at is None else Literal(result_at),
            proves=anchors.proofs(facts),
        )

    def _task(self, operation: OperationModel, anchors: Anchors) -> TaskBlock | None:
        task = operation.task
        if task is None:
            return None
        poll = polling(self.service, operation)
        caller = Caller(self.service, poll, self.sampler)
        result = self.answerer.result(operation)
        result_at = task.result if task.result_is_text else None
        done = next((word for word, state in task.states.items() if state == "succeeded"), None)
        if done is None:
            # A task that cannot succeed: nothing can be shown of its result.
            raise Unsampled(task.pointer)
        answer = self.answerer.report(operation, poll, done, result)
        states = self.failures.states(operation, poll, result, anchors)
        call = ArgumentTables(caller, anchors).poll_call(str(task.poll_argument), TASK_ID)
        endpoint = replace(self._endpoint(poll, caller, answer, anchors, result_at), proves=())
        if (poll.body_at is None) is (operation.body_at is None):
            endpoint = replace(endpoint, headers=None)
        waiting = [row.word for row in states if row.status.value in ("queued", "running")]
        return TaskBlock(
            id=Literal(task.id),
            endpoint=endpoint,
            call=call,
            status=Literal(task.status),
            done=Literal(get(answer.body, task.status)),
            waiting=waiting[-1] if waiting else None,
            progress=Literal(_number(answer.body, task.progress)),
            reason=Literal(_text(answer.body, task.reason)),
            states=tuple(states),
        )

    def _result(self, operation: OperationModel, answer: Answer) -> ResultBlock | None:
        if operation.task is not None:
            value = self.answerer.result(operation)
        elif operation.kind == "generate" and operation.media:
            value = get(answer.body, operation.reply_at)
        else:
            return None
        return ResultBlock(Literal(value), Literal(self.answerer.urls(operation, value)))

    def _bent(self, operation: OperationModel, answer: Answer) -> Literal | None:
        envelope = "" if self.service.envelope is None else self.service.envelope.code
        reply = get(answer.body, operation.reply_at)
        fields = [join(operation.reply_at, name) for name in reply] if isinstance(reply, dict) else []
        return next((Literal(field) for field in fields if field != envelope), None)

    def _undocumented(self, operation: OperationModel, answer: Answer) -> tuple[Identifier, ...]:
        """The tables of replies no document describes that make sense for an operation."""
        name = "QUERY" if operation.kind == "query" else "PAID"
        named = [name]
        if answer.schema is not None:
            named.append(f"{name}_UNREADABLE")
        if answer.schema is not None and isinstance(answer.body, dict):
            checked = self.service.envelope is not None or operation.kind == "submit"
            named.append(f"{name}_NOT_AN_OBJECT" if checked else "PLAIN_NOT_AN_OBJECT")
        return tuple(Identifier(word) for word in sorted(named))
