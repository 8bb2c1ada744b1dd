"""The content of the test module of an operation, decided in full. Templates print it and decide nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from codegen.contracts.exchanges import (
    TASK_ID,
    Answerer,
    Caller,
    ExpectedReply,
    Request,
    auth_value,
    canary,
    placed_urls,
    urls_of,
)
from codegen.contracts.fact_pointers import reply_facts, task_facts
from codegen.contracts.oracle import Oracle
from codegen.contracts.oracle_pointers import get, join, put
from codegen.contracts.oracle_samples import Sampler, Unsampled, kind_of, plain
from codegen.contracts.rows import (
    AcceptedRow,
    Anchors,
    AsGiven,
    BrokenRow,
    CallRow,
    Chunks,
    DocumentedRow,
    FailureRow,
    MissingRow,
    Proof,
    RefusedRow,
    StateRow,
)
from codegen.contracts.tables import ArgumentTables, DocumentedTables, FailureTables, poll_argument, polling
from codegen.python import names
from codegen.python.model import OperationModel, PackageModel, ServiceModel
from codegen.python.text import Docstring, Identifier, Literal

_VERBS = frozenset({"get", "post", "put", "patch", "delete", "head", "options"})
"""The methods for which a respx router has a function of that name."""


def in_import_order(names: Iterable[str]) -> tuple[Identifier, ...]:
    """Return the names in the order that import sorting wants: constants, classes, functions."""
    return tuple(
        Identifier(name) for name in sorted(set(names), key=lambda name: (not name.isupper(), name.islower(), name))
    )


def module_name(operation: OperationModel) -> Identifier:
    """Return the name of the test module of an operation."""
    return Identifier(f"test_{operation.group}_{operation.name}" if operation.group else f"test_{operation.name}")


def class_name(operation: OperationModel) -> Identifier:
    """Return the name of the test class of an operation."""
    return Identifier(f"Test{names.class_name(module_name(operation).removeprefix('test_'))}")


@dataclass(frozen=True)
class EndpointBlock:
    name: Literal
    service: Literal
    method: Literal
    origin: Literal
    path: Chunks
    headers: Literal
    request_schema: Proof | None
    body_at: Literal
    reply_schema: Proof | None
    status: Literal
    reply: Literal
    proves: tuple[Proof, ...]


@dataclass(frozen=True)
class PollBlock:
    """The report on a task that succeeded."""

    module: Identifier
    class_name: Identifier
    status: Literal
    reply: Literal
    result_at: Literal | None
    """Where the result belongs as JSON in a string."""
    call: CallRow


@dataclass(frozen=True)
class TaskBlock:
    poll: PollBlock
    task: tuple[tuple[Identifier, Literal], ...]
    """The fields of the Task row."""
    states: tuple[StateRow, ...]


@dataclass(frozen=True)
class WrittenRequest:
    """One request of the exchange that is written out."""

    name: Identifier
    """The variable of its route."""
    verb: Identifier | None
    """The function of the respx router; None where it has none for the method."""
    method: Literal
    url: Chunks
    status: Literal | None
    """None where it is 200."""
    reply: Literal | None
    """None where there is no body."""
    headers: tuple[tuple[Literal, Literal], ...]
    body: Literal | None


@dataclass(frozen=True)
class Wire:
    """The exchange that is written out: the call, each request, and the result."""

    client: Identifier
    credentials: tuple[tuple[Identifier, Literal], ...]
    path: tuple[Identifier, ...]
    """The method below the client."""
    arguments: tuple[tuple[Identifier, Literal], ...]
    start: WrittenRequest
    poll: WrittenRequest | None
    gives: Literal | None
    """The URLs of the files, or the reply; None where the reply has no documented form."""

    @property
    def variable(self) -> Identifier:
        """What the call returns."""
        return Identifier("task" if self.poll is not None else "_" if self.gives is None else "reply")


@dataclass(frozen=True)
class OperationModule:
    """The test module of one operation."""

    name: Identifier
    title: Docstring
    package: Identifier
    class_name: Identifier
    base: Identifier
    anchors: tuple[tuple[Identifier, Chunks], ...]
    endpoint: EndpointBlock
    smallest: CallRow
    given: AsGiven | None
    parameters: Literal
    calls: tuple[CallRow, ...]
    accepted: tuple[AcceptedRow, ...]
    refused: tuple[RefusedRow, ...]
    missing: tuple[MissingRow, ...]
    broken: tuple[BrokenRow, ...]
    choices: Literal | None
    examples: tuple[CallRow, ...]
    documented: tuple[DocumentedRow, ...]
    reports: tuple[DocumentedRow, ...]
    failures: tuple[FailureRow, ...]
    service_failures: tuple[Identifier, ...]
    undocumented: tuple[Identifier, ...]
    statuses: Literal | None
    attributes: tuple[tuple[Identifier, Literal], ...]
    """What else the class has: returns, reply_at, altered_at, typed, result, urls."""
    files: tuple[tuple[Identifier, Literal], ...]
    task: TaskBlock | None
    wire: Wire

    @property
    def exports(self) -> tuple[Identifier, ...]:
        """What the module imports of the package."""
        words = {str(row.error) for row in self.failures} | {str(self.wire.client)}
        states = self.task.states if self.task is not None else ()
        return in_import_order(words | {str(row.ends) for row in states if row.ends is not None})

    @property
    def oracles(self) -> tuple[Identifier, ...]:
        """What it imports of the oracle."""
        text = self.task is not None and self.task.poll.result_at is not None
        return in_import_order({"as_text", "put"} if text else ())

    @property
    def row_names(self) -> tuple[Identifier, ...]:
        """The kinds of rows it has."""
        tables = {
            "Accepted": self.accepted,
            "Refused": self.refused,
            "Missing": self.missing,
            "Broken": self.broken,
            "DocumentedReply": self.documented + self.reports,
            "Failure": self.failures,
            "Reply": self.failures,
            "Files": self.files,
            "Task": self.task,
            "State": self.task and self.task.states,
        }
        words = {"Call", "Endpoint", "at"} | {name for name, rows in tables.items() if rows}
        words |= {"AsGiven"} if self.given is not None else set()
        return in_import_order(words)

    @property
    def helpers(self) -> tuple[Identifier, ...]:
        """What it imports of the support."""
        typed = self.wire.gives is not None and self.task is None and not self.files_are_made
        values = [row.arguments for row in self.accepted] + [row.arguments for row in self.refused]
        values += [row.wire for row in self.accepted if row.wire is not None]
        words = {"USER_AGENT", "Sent", "assert_equal"} | ({"dumped"} if typed else set())
        return in_import_order(words.union(*(value.helpers for value in values)))

    @property
    def files_are_made(self) -> bool:
        """Whether the result has files."""
        return self.base == "GenerateContract"


@dataclass
class ServiceModules:
    """Makes the modules of one service."""

    package: PackageModel
    service: ServiceModel
    sampler: Sampler = field(init=False)
    answerer: Answerer = field(init=False)
    failures: FailureTables = field(init=False)

    def __post_init__(self) -> None:
        self.sampler = Sampler(Oracle(self.service.document))
        self.answerer = Answerer(self.service, self.sampler)
        self.failures = FailureTables(self.service, self.answerer)

    def operation(self, operation: OperationModel, tables: Iterable[str]) -> OperationModule:
        """Return the module of one operation. `tables` are those of the service. Raises Unsampled."""
        caller = Caller(self.service, operation, self.sampler)
        answer = self.answerer.success(operation)
        anchors = Anchors(self._anchors(caller, answer))
        arguments, documented = ArgumentTables(caller, anchors), DocumentedTables(caller, anchors)
        smallest, *calls = arguments.calls()
        task = self._task(operation, anchors) if operation.task is not None else None
        endpoint = self._endpoint(operation, caller, answer, anchors)
        shared_tables = {"CODES", "QUERY_STATUSES" if operation.kind == "query" else "PAID_STATUSES"}
        poll = polling(self.service, operation) if task is not None else None
        return OperationModule(
            name=module_name(operation),
            title=self._title(operation),
            package=self.package.name,
            class_name=class_name(operation),
            base=_base(operation),
            endpoint=endpoint,
            smallest=smallest,
            given=arguments.given,
            parameters=Literal(tuple(caller.parameters)),
            calls=tuple(calls),
            accepted=tuple(arguments.accepted()),
            refused=tuple(arguments.refused()),
            missing=tuple(arguments.missing()),
            broken=tuple(arguments.broken()),
            choices=self._choices(operation),
            examples=tuple(documented.requests()),
            documented=tuple(documented.replies()),
            reports=tuple(documented.reports(poll)) if poll is not None else (),
            failures=tuple(self._failures(operation, anchors)),
            service_failures=tuple(Identifier(name) for name in tables if name in shared_tables),
            undocumented=self._undocumented(operation, answer),
            statuses=_statuses(operation),
            attributes=tuple(self._attributes(operation, answer)),
            files=self._files(operation, answer),
            task=task,
            wire=self._wire(operation, caller, arguments, answer, task),
            anchors=anchors.printed(),
        )

    def _title(self, operation: OperationModel) -> Docstring:
        name = f"{self.service.client}.{operation.qualified}"
        return Docstring.of(f"Contract tests of {name}: {operation.method} {operation.path}")

    def _failures(self, operation: OperationModel, anchors: Anchors) -> list[FailureRow]:
        """Return the failures that the operation does not share with the others of the service."""
        own = [error for error in operation.errors if error not in self.service.errors]
        statuses = self.failures.statuses(own, paid=operation.kind != "query", anchors=anchors)
        return self.failures.codes(own, [operation], anchors) + statuses

    def _anchors(self, caller: Caller, answer: ExpectedReply) -> dict[str, str]:
        anchors = {"DOCUMENT": "", "OPERATION": caller.operation.pointer}
        body = ArgumentTables(caller, Anchors(anchors)).object_place
        if body is not None:
            anchors |= {"BODY": body, "PARAMETERS": f"{body}/properties"}
        if caller.body_schema is not None:
            anchors["EXAMPLES"] = join(caller.body_schema.rpartition("/")[0], "examples")
        if answer.schema is not None:
            anchors["REPLY"] = caller.oracle.place(answer.schema)
        return anchors

    def _headers(self, operation: OperationModel) -> dict[str, str]:
        headers = {header.header.lower(): auth_value(header) for header in self.service.auth}
        if operation.body_at is not None:
            headers["content-type"] = "application/json"
        return headers

    def _endpoint(
        self, operation: OperationModel, caller: Caller, answer: ExpectedReply, anchors: Anchors
    ) -> EndpointBlock:
        facts = [*reply_facts(caller.oracle, answer.schema)] if answer.schema is not None else []
        facts += [fact for fact in task_facts(caller.oracle, operation.pointer) if "/states/" not in fact]
        return EndpointBlock(
            name=Literal(operation.qualified),
            service=Literal(str(self.service.module)),
            method=Literal(operation.method),
            origin=Literal(_origin(caller)),
            path=Chunks.of(caller.plain_path),
            headers=Literal(self._headers(operation)),
            request_schema=anchors.proofs([caller.body_schema])[0] if caller.body_schema is not None else None,
            body_at=Literal(operation.body_at),
            reply_schema=anchors.proofs([answer.schema])[0] if answer.schema is not None else None,
            status=Literal(answer.status),
            reply=Literal(answer.body),
            proves=anchors.proofs(facts),
        )

    def _report(self, operation: OperationModel) -> tuple[OperationModel, ExpectedReply]:
        """Return the polling operation, and what it says of a task that succeeded. Raises Unsampled."""
        task = operation.task
        if task is None:
            raise Unsampled(operation.pointer)
        done = next((word for word, state in task.states.items() if state == "succeeded"), None)
        if done is None:
            # A task that cannot succeed: nothing can be stated of its result.
            raise Unsampled(task.pointer)
        poll = polling(self.service, operation)
        failure = Unsampled(task.pointer)
        for result in [None] if task.result is None else self.answerer.results(operation, poll):
            try:
                return poll, self.answerer.report(operation, poll, done, result)
            except Unsampled as error:
                failure = error
        raise failure

    def _result(self, operation: OperationModel) -> Any:
        """Return what an operation makes: of a task whose `x-task` names no place of the result, the whole report."""
        task = operation.task
        if task is None:
            return self.answerer.result(operation)
        body = self._report(operation)[1].body
        result = body if task.result is None else get(body, task.result)
        return json.loads(result) if task.result is not None and task.result_is_text else result

    def _task(self, operation: OperationModel, anchors: Anchors) -> TaskBlock | None:
        task = operation.task
        if task is None:
            return None
        poll, answer = self._report(operation)
        result = self._result(operation)
        states = self.failures.states(operation, poll, result, anchors)
        as_text = task.result_is_text and task.result is not None
        block = PollBlock(
            module=module_name(poll),
            class_name=class_name(poll),
            status=Literal(answer.status),
            reply=Literal(put(answer.body, task.result, "") if as_text and task.result else answer.body),
            result_at=Literal(task.result) if as_text else None,
            call=ArgumentTables(Caller(self.service, poll, self.sampler), anchors).poll_call(
                poll_argument(self.sampler.oracle, operation, poll), self._poll_value(operation, poll)
            ),
        )
        waiting = [row.word.value for row in states if row.status.value in ("queued", "running")]
        fields: dict[str, Any] = {
            "id": task.id,
            "status": task.status,
            "done": get(answer.body, task.status),
            "waiting": waiting[-1] if waiting else None,
            "progress": _number(answer.body, task.progress),
            "reason": _text(answer.body, task.reason),
        }
        if task.result is not None and isinstance(result, dict):
            envelope = () if self.service.envelope is None else (self.service.envelope.code,)
            fields["needed"] = (*envelope, task.id, task.status, task.result)
            fields |= {"result": task.result} | ({"as_text": True} if as_text else {})
            if any(at.count("/") > 1 for at in operation.assets_at):
                fields["files_at"] = operation.assets_at
        if self.answerer.task_id(operation) != TASK_ID:
            fields["value"] = self.answerer.task_id(operation)
        return TaskBlock(block, _named(fields), tuple(states))

    def _poll_value(self, operation: OperationModel, poll: OperationModel) -> str | int:
        """Return the id of a task as the operation that reports on it takes it."""
        value = self.answerer.task_id(operation)
        name = poll_argument(self.sampler.oracle, operation, poll)
        kinds = [str(row.annotation) for row in poll.parameters if str(row.name) == name]
        return value if "int" in kinds else str(value)

    def _attributes(self, operation: OperationModel, answer: ExpectedReply) -> Iterator[tuple[Identifier, Literal]]:
        """Yield what else a class has, by kind of operation."""
        fields: dict[str, Any] = {"returns": str(operation.returns)}
        if operation.kind == "submit" or _makes_files(operation):
            submits = operation.task is not None
            result = self._result(operation) if submits else get(answer.body, operation.reply_at)
            fields |= {"result": result, "urls": urls_of(operation, result)}
        elif answer.schema is not None and isinstance(get(answer.body, operation.reply_at), dict):
            fields["typed"] = True
        if operation.kind != "submit":
            altered_at = self._altered_at(operation, answer)
            fields |= {"reply_at": operation.reply_at} if operation.reply_at else {}
            fields |= {"altered_at": altered_at} if altered_at is not None else {}
        yield from _named(fields)

    def _altered_at(self, operation: OperationModel, answer: ExpectedReply) -> str | None:
        """Return a field of the reply that may become anything without losing the reply; None where there is none."""
        envelope = "" if self.service.envelope is None else self.service.envelope.code
        reply = get(answer.body, operation.reply_at)
        fields = [join(operation.reply_at, name) for name in reply] if isinstance(reply, dict) else []
        return next((field for field in fields if field != envelope), None)

    def _choices(self, operation: OperationModel) -> Literal | None:
        """Return the parameters in the body that have one of a list of texts or numbers, by their names on the wire."""
        choices: dict[str, tuple[Any, ...]] = {}
        for parameter in operation.parameters:
            _, schema = self.sampler.oracle.schema(parameter.pointer)
            values = tuple(value for value in schema.get("enum", ()) if value is not None)
            if parameter.location == "body" and {type(value) for value in values} in ({str}, {int}):
                choices[parameter.wire_name] = values
        return Literal(choices) if choices else None

    def _files(self, operation: OperationModel, answer: ExpectedReply) -> tuple[tuple[Identifier, Literal], ...]:
        """Return the fields of the Files row; () where the operation makes no files, or files at several hosts."""
        if operation.kind == "query" or not operation.media:
            return ()
        submits = operation.task is not None
        result = self._result(operation) if submits else get(answer.body, operation.reply_at)
        urls, placed = urls_of(operation, result), bool(placed_urls(operation, result))
        hosts = {urlsplit(url).netloc for url in urls}
        if len(hosts) != 1:
            return ()
        fields: dict[str, Any] = {"media": operation.media, "placed": placed, "host": hosts.pop()}
        return _named(fields | ({"hosts": operation.hosts} if operation.hosts else {}))

    def _undocumented(self, operation: OperationModel, answer: ExpectedReply) -> tuple[Identifier, ...]:
        """Return the tables of replies no document describes that make sense for an operation."""
        name = "QUERY" if operation.kind == "query" else "PAID"
        words = [name]
        if answer.schema is not None:
            words.append(f"{name}_UNREADABLE")
        # Only where an object is documented: what a union makes of a list is not for all replies the same.
        if answer.schema is not None and kind_of(self.sampler.oracle.schema(answer.schema)[1]) == "object":
            if self.service.envelope is not None or operation.kind == "submit":
                words.append(f"{name}_NOT_AN_OBJECT")
            elif not operation.media:  # a result with files is whatever came
                words.append("PLAIN_NOT_AN_OBJECT")
        return tuple(Identifier(word) for word in sorted(words))

    def _wire(
        self,
        operation: OperationModel,
        caller: Caller,
        arguments: ArgumentTables,
        answer: ExpectedReply,
        task: TaskBlock | None,
    ) -> Wire:
        credentials = {
            str(credential.argument): canary(str(credential.argument)) for credential in self.service.credentials
        }
        call = arguments.smallest
        poll = None
        gives: Any = get(answer.body, operation.reply_at) if answer.schema is not None else None
        if task is not None and operation.task is not None:
            polled, report = self._report(operation)
            asking = Caller(self.service, polled, self.sampler)
            poll_value = self._poll_value(operation, polled)
            request = asking.request({poll_argument(self.sampler.oracle, operation, polled): poll_value})
            poll = self._wire_request("report", asking, request, report)
            gives = urls_of(operation, self._result(operation))
        elif _makes_files(operation):
            gives = urls_of(operation, get(answer.body, operation.reply_at))
        path = [*([operation.group] if operation.group else []), operation.name]
        return Wire(
            client=self.service.client,
            credentials=_named(credentials),
            path=tuple(path),
            arguments=_named(call),
            start=self._wire_request("start", caller, caller.request(call), answer),
            poll=poll,
            gives=None if gives is None else Literal(plain(gives)),
        )

    def _wire_request(self, name: str, caller: Caller, request: Request, answer: ExpectedReply) -> WrittenRequest:
        operation = caller.operation
        url = _origin(caller) + request.raw_path + (f"?{request.query}" if request.query else "")
        host = urlsplit(caller.base_url).netloc
        headers = {"host": host, "accept": "application/json", **self._headers(operation), **request.headers}
        verb = operation.method.lower()
        return WrittenRequest(
            name=Identifier(name),
            verb=Identifier(verb) if verb in _VERBS else None,
            method=Literal(operation.method),
            url=Chunks.of(url),
            status=None if answer.status == 200 else Literal(answer.status),
            reply=None if answer.status == 204 else Literal(plain(answer.body)),
            headers=tuple((Literal(name), Literal(value)) for name, value in headers.items()),
            body=Literal(request.body) if request.has_body else None,
        )


def _origin(caller: Caller) -> str:
    """Return the URL of the server of an operation, without its path."""
    parts = urlsplit(caller.base_url)
    return f"{parts.scheme}://{parts.netloc}"


def _statuses(operation: OperationModel) -> Literal | None:
    """Return the HTTP statuses that the document describes itself."""
    statuses = sorted({int(error.code) for error in operation.errors if error.channel == "http"})
    return Literal(tuple(statuses)) if statuses else None


def _base(operation: OperationModel) -> Identifier:
    """Return the class of contract_tests/contracts.py that has the tests of an operation."""
    if operation.kind == "submit":
        return Identifier("SubmitContract")
    if operation.kind == "query":
        return Identifier("QueryContract")
    return Identifier("GenerateContract" if _makes_files(operation) else "PaidReplyContract")


def _makes_files(operation: OperationModel) -> bool:
    return operation.kind == "generate" and bool(operation.media)


def _named(fields: Mapping[str, Any]) -> tuple[tuple[Identifier, Literal], ...]:
    return tuple((Identifier(name), Literal(value)) for name, value in fields.items())


def _number(body: Any, at: str | None) -> float | None:
    value = None if at is None else get(body, at)
    return float(value) if isinstance(value, int | float) else None


def _text(body: Any, at: str | None) -> str | None:
    value = None if at is None else get(body, at)
    return value.strip() if isinstance(value, str) else None
