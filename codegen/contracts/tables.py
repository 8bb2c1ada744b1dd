"""The tables of the suite: calls, accepted and refused values, failures, statuses, and what the document shows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from codegen.contracts.exchanges import (
    MESSAGE,
    TRACE,
    Answerer,
    Arguments,
    Caller,
    natural_forms,
    spellings,
    urls_of,
    wire_of,
)
from codegen.contracts.fact_pointers import (
    Example,
    example_replies,
    example_requests,
    frame_facts,
    object_at,
    property_fact,
    required_fact,
)
from codegen.contracts.oracle import Oracle
from codegen.contracts.oracle_pointers import get, join
from codegen.contracts.oracle_samples import BoundaryValue, Unsampled, bounds
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
    RefusedRow,
    StateRow,
    Values,
)
from codegen.openapi.json_values import as_object
from codegen.python.model import ErrorModel, OperationModel, Parameter, RuleModel, ServiceModel
from codegen.python.text import Identifier, Literal

_TRICKY_SEGMENTS = ("a/b", "élan 词", "100%", "a?b#c", "a%2Fb", "..%2f")
"""Path values that lead elsewhere where they are not escaped."""
_NEIGHBOURS = 6
"""Of the values that look like allowed ones, so many are tried: what other operations accept has no say here."""


@dataclass
class ArgumentTables:
    """Builds the tables of one operation. Raises Unsampled where not even the smallest call can be composed."""

    caller: Caller
    anchors: Anchors
    gaps: list[str] = field(default_factory=list)
    """Pointers about which nothing could be proven."""

    @cached_property
    def smallest(self) -> Arguments:
        return self.caller.smallest()

    @cached_property
    def object_place(self) -> str | None:
        """The schema of the object whose properties are the parameters."""
        if self.caller.body_schema is None:
            return None
        return object_at(self.caller.oracle, self.caller.body_schema, self.caller.operation.body_at or "")

    def calls(self) -> list[CallRow]:
        """Return the smallest and the fullest call, and one for each value outside the body."""
        operation = self.caller.operation
        fullest = self.caller.fullest()
        server = f"{operation.pointer}/servers/0/url" if operation.server else "/servers/0/url"
        small = [operation.pointer, server, *self._defaults(), *self._security(), *self._frame()]
        full = [self.fact(self.caller.parameters[name]) for name in fullest]
        others: dict[str, tuple[str, Arguments, list[str]]] = {}
        for name, value, argument, proves in self._sent(outside=True):
            call = {**self.smallest, name: value, **({} if argument is value else {name: argument})}
            if json.dumps(call) == json.dumps(self.smallest):
                small += proves
            else:
                others.setdefault(json.dumps(call), (f"{name}-{len(others) + 2}", call, []))[2].extend(proves)
        rows = [self.call("smallest", self.smallest, small), self._fullest(fullest, full)]
        return rows + [self.call(*other) for other in others.values()]

    def _fullest(self, call: Arguments, facts: Sequence[str]) -> CallRow:
        """Return the call that proves that its parameters exist."""
        inside = [name for name in call if self.caller.parameters[name].location == "body"]
        each = [join(self.object_place or "", "properties", name) for name in inside]
        if not set(each) <= set(facts) or not each or "PARAMETERS" not in self.anchors.starts:
            return self.call("fullest", call, facts)
        self.anchors.used.add("PARAMETERS")
        rest = [fact for fact in facts if fact not in each]
        return replace(self.call("fullest", call, rest), proves_each_at=Identifier("PARAMETERS"))

    @cached_property
    def given(self) -> AsGiven | None:
        """How the calls have their arguments as they are; None where there is no body."""
        if self.caller.operation.body_at is None:
            return None
        outside = [parameter for parameter in self.caller.operation.parameters if parameter.location != "body"]
        headers = {
            str(parameter.name): parameter.wire_name.lower() for parameter in outside if parameter.location == "header"
        }
        elsewhere = tuple(str(parameter.name) for parameter in outside if parameter.location != "header")
        beside = {name: value for name, value in self.smallest.items() if name in headers}
        return AsGiven(Literal(self.caller.operation.body_at), Literal(headers), Literal(elsewhere), Literal(beside))

    def call(self, name: str, call: Mapping[str, Any], proves: Iterable[str]) -> CallRow:
        """Return a call that becomes the request worked out from the document."""
        request = self.caller.request(call)
        return CallRow(
            Literal(name),
            Literal(dict(call)),
            None if request.raw_path == self.caller.plain_path else Chunks.of(request.raw_path),
            Literal(request.body) if request.has_body else None,
            self.given,
            Literal(request.query) if request.query else None,
            Literal(dict(request.headers)) if request.headers else None,
            self.anchors.proofs(proves),
        )

    def poll_call(self, name: str, value: str | int) -> CallRow:
        """Return the call that asks for a task."""
        return self.call("poll", {name: value}, [])

    def _defaults(self) -> Iterator[str]:
        """Yield the defaults. The service applies them: the smallest call proves that the client sends none."""
        for parameter in self.caller.parameters.values():
            place, schema = self.caller.oracle.schema(parameter.pointer)
            if "default" in schema and parameter.name not in self.smallest:
                yield join(place, "default")
        for place, node in self.caller.client_headers():
            if "default" in node.get("schema", {}):
                yield join(place, "schema", "default")

    def _frame(self) -> Iterator[str]:
        """Yield the objects around the parameters."""
        body, at = self.caller.body_schema, self.caller.operation.body_at
        if body is not None and at is not None:
            yield from frame_facts(self.caller.oracle, body, at)

    def _security(self) -> Iterator[str]:
        yield from (header.pointer for header in self.caller.service.auth)

    def fact(self, parameter: Parameter) -> str:
        """Return the pointer that says the parameter exists."""
        if parameter.location == "body" and self.object_place is not None:
            return property_fact(self.caller.oracle, self.object_place, parameter.wire_name)
        return parameter.pointer.removesuffix("/schema")

    def _required(self, parameter: Parameter) -> str:
        if parameter.location == "body" and self.object_place is not None:
            fact = required_fact(self.caller.oracle, self.object_place, parameter.wire_name)
            return fact or self.fact(parameter)
        return join(self.fact(parameter), "required")

    def _sent(self, *, outside: bool) -> Iterator[tuple[str, Any, Any, tuple[str, ...]]]:
        """Yield parameter, wire value, argument and proofs of everything the schemas allow, natural forms included."""
        for name, parameter in self.caller.parameters.items():
            if (parameter.location != "body") is not outside:
                continue
            place = self.caller.oracle.place(parameter.pointer)
            for bound in bounds(self.caller.sampler, place):
                if bound.allowed and self._sendable(parameter, bound.value):
                    yield name, bound.value, bound.value, bound.proves
                    for natural in natural_forms(parameter, bound.value):
                        yield name, bound.value, natural, (join(place, "x-wire"),)
            if parameter.location == "path":
                tricky = (value for value in _TRICKY_SEGMENTS if self.caller.oracle.accepts(place, value))
                yield from ((name, value, value, (self.fact(parameter),)) for value in tricky)

    def _sendable(self, parameter: Parameter, value: Any) -> bool:
        if value is None:
            # None stands for a parameter that is left out.
            return False
        if parameter.location == "header":
            return not isinstance(value, str) or (value.isascii() and value.isprintable() and value.strip() == value)
        return parameter.location != "path" or value not in ("", ".", "..")

    def accepted(self) -> list[AcceptedRow]:
        """Return every value worth sending of every parameter in the body, on top of the smallest call."""
        accepted_rows: dict[str, _Group] = {}
        for name, value, argument, proves in self._sent(outside=False):
            try:
                call = self.caller.whole({**self.smallest, name: value})
            except Unsampled:
                self.gaps.extend(proves)
                continue
            beside = {key: item for key, item in call.items() if key != name and self.smallest.get(key, _GONE) != item}
            if call[name] != value or not self.smallest.keys() <= call.keys():
                self.gaps.extend(proves)
                continue
            same = type(argument) is type(value) and argument == value
            group = accepted_rows.setdefault(json.dumps([name, same, beside]), _Group(name, same, beside))
            group.arguments.append(argument)
            group.wire.append(value)
            group.proves += proves
        return [self._accepted(group) for group in accepted_rows.values()]

    def _accepted(self, group: _Group) -> AcceptedRow:
        names = {key: self.caller.parameters[key].wire_name for key in (*group.beside, group.name)}
        beside_wire = {names[key]: item for key, item in group.beside.items()}
        return AcceptedRow(
            Literal(group.name),
            Values(tuple(group.arguments)),
            None if group.same else Values(tuple(group.wire)),
            None if names[group.name] == group.name else Literal(names[group.name]),
            Literal(group.beside) if group.beside else None,
            None if beside_wire == group.beside else Literal(beside_wire),
            self.anchors.proofs(group.proves),
        )

    def _bounds(self, parameter: Parameter) -> Iterator[BoundaryValue]:
        """Yield the values at and beyond the limits of a parameter, and the neighbours of those it allows."""
        place = self.caller.oracle.place(parameter.pointer)
        yield from bounds(self.caller.sampler, place)
        values = self.caller.oracle.schema(place)[1].get("enum") or []
        yield from (BoundaryValue(value, False, (join(place, "enum"),)) for value in _neighbours(values))

    def _refusals(self) -> Iterator[tuple[str, Any, tuple[str, ...]]]:
        for name, parameter in self.caller.parameters.items():
            place = self.caller.oracle.place(parameter.pointer)
            typed = False
            for bound in self._bounds(parameter):
                if bound.allowed or self.caller.oracle.accepts(place, wire_of(parameter, bound.value)):
                    continue
                of_type = bound.proves == (join(place, "type"),)
                if of_type and typed and isinstance(bound.value, dict):
                    continue
                typed = typed or of_type
                yield name, bound.value, bound.proves

    def refused(self) -> list[RefusedRow]:
        """Return every value just outside what the schemas allow."""
        refused_rows: dict[str, tuple[list[Any], list[str]]] = {}
        for name, value, proves in self._refusals():
            values, pointers = refused_rows.setdefault(name, ([], []))
            values.append(value)
            pointers += proves
        return [
            RefusedRow(
                Literal(name), Values(tuple(values)), Literal(beside) if beside else None, self.anchors.proofs(proves)
            )
            for name, (values, proves) in refused_rows.items()
            for beside in [self._beside(name)]
        ]

    def _beside(self, name: str) -> Arguments:
        """Return what the rules require where a parameter is given, whatever its value, and the smallest call lacks."""
        rules = [rule for rule in self.caller.operation.rules if rule.when.get(name) == ()]
        missing = [required for rule in rules for required in rule.required if required not in self.smallest]
        return {required: self.caller.value(required, "smallest") for required in missing}

    def missing(self) -> list[MissingRow]:
        """Return the required parameters."""
        return [
            MissingRow(Literal(name), self.anchors.proofs([self._required(parameter)]))
            for name, parameter in self.caller.parameters.items()
            if parameter.required
        ]

    def broken(self) -> list[BrokenRow]:
        """Return each rule over several parameters, broken in each way it can be."""
        rows = []
        for rule in self.caller.operation.rules:
            for parameter, call in self._breaches(rule):
                rows.append(BrokenRow(Literal(parameter), Literal(call), self.anchors.proofs([rule.pointer])))
        return rows

    def _breaches(self, rule: RuleModel) -> Iterator[tuple[str, Arguments]]:
        try:
            when = {
                name: values[0] if values else self.caller.value(name, "smallest") for name, values in rule.when.items()
            }
            whole = self.caller.whole({**self.smallest, **when})
        except Unsampled:
            self.gaps.append(rule.pointer)
            return
        for name in rule.required:
            call = {key: value for key, value in whole.items() if key != name}
            if not self.caller.accepts(call):
                yield name, call
        if rule.any_of:
            yield rule.any_of[0], {key: value for key, value in whole.items() if key not in rule.any_of}
        for name, values in rule.allowed.items():
            place = self.caller.parameters[name].pointer
            others = (bound.value for bound in bounds(self.caller.sampler, place) if bound.allowed)
            other = next((value for value in others if value not in values), _GONE)
            if other is not _GONE and not self.caller.accepts({**whole, name: other}):
                yield name, {**whole, name: other}


@dataclass
class _Group:
    """Accepted values of one parameter that are sent in the same way."""

    name: str
    same: bool
    """Whether the arguments are sent as they are."""
    beside: Arguments
    arguments: list[Any] = field(default_factory=list)
    wire: list[Any] = field(default_factory=list)
    proves: tuple[str, ...] = ()


_GONE = object()
"""No value at all: None is one."""


def _neighbours(values: Sequence[Any]) -> list[str]:
    """Return values that look like allowed ones: 16s where 15s is allowed, 9:17 where 9:16 is."""
    texts = [value for value in values if isinstance(value, str)]
    neighbours: dict[str, None] = {}
    for text in texts:
        for number in reversed(list(re.finditer(r"[0-9]+", text))):
            for near in (int(number[0]) + 1, int(number[0]) * 2):
                neighbours[f"{text[: number.start()]}{near}{text[number.end() :]}"] = None
    return [value for value in neighbours if value not in values][:_NEIGHBOURS]


MAX_RETRIES = 2
"""What the generated suite makes its clients with."""
_SENT = {"never": 1, "once": 2, "after_delay": MAX_RETRIES + 1}
_UNKNOWN = ("1", "-1", "200", "400", "987654")
"""Codes that may look like success to a careless client."""
_ENDS = {"failed": "TaskFailed", "cancelled": "TaskCancelled", "timed_out": "TaskTimedOut"}


@dataclass
class FailureTables:
    """Builds the tables of one service."""

    service: ServiceModel
    answerer: Answerer

    def codes(
        self, errors: Iterable[ErrorModel], operations: list[OperationModel], anchors: Anchors
    ) -> list[FailureRow]:
        """Return the in-band codes: HTTP says 200, the body says otherwise."""
        if self.service.envelope is None or not operations:
            return []
        return [
            replace(
                self._code(error.code, error.error, _SENT[error.retry], [error.pointer], operations, anchors),
                meaning=Chunks.of(error.meaning),
            )
            for error in errors
            if error.channel == "in-band"
        ]

    def unknown_codes(self, operations: list[OperationModel], anchors: Anchors) -> list[FailureRow]:
        """Return in-band codes that no document explains: the service refused, and the request is not sent again."""
        envelope = self.service.envelope
        if envelope is None:
            return []
        errors = [*self.service.errors, *(error for operation in operations for error in operation.errors)]
        documented = {error.code for error in errors if error.channel == "in-band"} | set(envelope.success)
        proves = [join("/x-error-codes/at", key) for key in self.answerer.oracle.at("/x-error-codes/at") or ()]
        return [
            self._code(code, Identifier("APIError"), 1, proves, operations, anchors)
            for code in _UNKNOWN
            if code not in documented
        ]

    def _code(
        self,
        code: str,
        error: Identifier,
        sent: int,
        proves: list[str],
        operations: list[OperationModel],
        anchors: Anchors,
    ) -> FailureRow:
        envelope = self.service.envelope
        answer = self.answerer.refusal(operations[0], code)
        schemas = [schema for operation in operations if (schema := self.answerer.place(operation)[1]) is not None]
        documented = answer.schema is not None and all(
            self.answerer.oracle.accepts(schema, answer.body) for schema in schemas
        )
        return FailureRow(
            Literal(code),
            Literal(answer.status),
            Literal(answer.body),
            documented,
            error,
            Literal(sent),
            Literal(code),
            Literal(MESSAGE) if envelope and envelope.message else None,
            Literal(TRACE) if envelope and envelope.trace else None,
            anchors.proofs(proves),
        )

    def statuses(self, errors: Iterable[ErrorModel], *, paid: bool, anchors: Anchors) -> list[FailureRow]:
        """Return the HTTP statuses. The outcome of a paid call is unknown after any 5xx; a query is sent again."""
        rows = []
        for error in errors:
            if error.channel != "http":
                continue
            status, kind, sent = int(error.code), error.error, _SENT[error.retry]
            meaning: Chunks | None = Chunks.of(error.meaning)
            if status >= 500 and paid:
                kind, sent, meaning = Identifier("OutcomeUnknown"), 1, None
            elif status >= 500:
                sent = MAX_RETRIES + 1
            json: dict[str, Any] = {"canary": "canary"}
            proofs = anchors.proofs([error.pointer])
            rows.append(
                FailureRow(
                    Literal(error.code),
                    Literal(status),
                    Literal(json),
                    False,
                    kind,
                    Literal(sent),
                    None,
                    None,
                    None,
                    proofs,
                    meaning,
                )
            )
        return rows

    def states(self, starter: OperationModel, poll: OperationModel, result: Any, anchors: Anchors) -> list[StateRow]:
        """Return each documented status of a task. Raises Unsampled where the polling operation could not say it."""
        task = starter.task
        if task is None:
            return []
        rows = []
        for word, state in task.states.items():
            answer = self.answerer.report(starter, poll, word, result)
            raw = next(raw for raw in spellings(word) if get(answer.body, task.status) == raw)
            ends = Identifier(_ENDS[state]) if state in _ENDS else None
            rows.append(
                StateRow(Literal(raw), Literal(state), ends, anchors.proofs([join(task.pointer, "states", word)]))
            )
        return rows


def polling(service: ServiceModel, starter: OperationModel) -> OperationModel:
    """Return the operation that reports on the tasks of another. Raises Unsampled."""
    for operation in service.operations:
        if starter.task is not None and operation.operation_id == starter.task.poll:
            return operation
    raise Unsampled(starter.pointer)


def poll_argument(oracle: Oracle, starter: OperationModel, poll: OperationModel) -> str:
    """Return which parameter takes the id of a task: the one that the document's link fills, else the model's."""
    for status in as_object(oracle.at(join(starter.pointer, "responses"))):
        links = oracle.schema(join(starter.pointer, "responses", status, "links"))
        for name in links[1]:
            link = oracle.schema(join(links[0], name))[1]
            rows = link.get("parameters"), link.get("requestBody")
            targets = [str(name) for row in rows if isinstance(row, Mapping) for name in row]
            if link.get("operationId") == poll.operation_id and len(targets) == 1:
                argument_name = targets[0].rpartition(".")[2]
                names = (str(item.name) for item in poll.parameters if item.wire_name == argument_name)
                return next(names, str(starter.task.poll_argument if starter.task else ""))
    return str(starter.task.poll_argument) if starter.task else ""


@dataclass
class DocumentedTables:
    """What the document shows of one operation: an oracle that neither this generator nor the client composed."""

    caller: Caller
    anchors: Anchors

    def requests(self) -> Iterator[CallRow]:
        """Yield the bodies of the examples, each with the call that has to send it."""
        for example in example_requests(self.caller.oracle, self.caller.operation.pointer):
            arguments = self._arguments(example.value)
            if arguments is not None:
                row = ArgumentTables(self.caller, self.anchors).call(example.name, arguments, [example.pointer])
                # The body is what the document shows, and not what this generator would make of the arguments.
                yield replace(row, body=Literal(example.value))

    def _arguments(self, body: Any) -> Arguments | None:
        """Return the call that sends a body; None where the catalog has no parameter for a part of it."""
        inside = get(body, self.caller.operation.body_at or "")
        if not isinstance(inside, Mapping) or self.caller.operation.body_at is None:
            return None
        parameters = self.caller.parameters
        by_wire = {
            parameter.wire_name: str(parameter.name)
            for parameter in parameters.values()
            if parameter.location == "body"
        }
        if not inside.keys() <= by_wire.keys():
            return None
        smallest = self.caller.smallest()
        elsewhere = {name: value for name, value in smallest.items() if parameters[name].location != "body"}
        return {**elsewhere, **{by_wire[name]: value for name, value in inside.items()}}

    def replies(self) -> Iterator[DocumentedRow]:
        """Yield the replies of the examples, each with what the client has to make of it."""
        operation = self.caller.operation
        submits = operation.kind == "submit" and operation.task is not None
        place = operation.task.id if submits and operation.task is not None else operation.reply_at
        envelope = self.caller.service.envelope
        for example in example_replies(self.caller.oracle, operation.pointer):
            # An example without its envelope is a part of a reply: the client takes none for an answer.
            if envelope is None or get(example.value, envelope.code) is not None:
                yield from self._row(example, get(example.value, place), example.pointer)

    def reports(self, poll: OperationModel) -> Iterator[DocumentedRow]:
        """Yield the reports on tasks of this operation: the examples of the polling operation that have its name."""
        task = self.caller.operation.task
        if task is None:
            return
        for example in example_replies(self.caller.oracle, poll.pointer):
            if example.starter == self.caller.operation.operation_id:
                # Without a place for the result the whole report is the result.
                result = example.value if task.result is None else get(example.value, task.result)
                yield from self._row(example, _decoded(result) if task.result_is_text else result, example.report)

    def _row(self, example: Example, gives: Any, proves: str) -> Iterator[DocumentedRow]:
        """Yield nothing where the document points at nothing in the reply: the coverage report says so."""
        if gives is not None:
            urls = tuple(sorted(urls_of(self.caller.operation, gives)))
            proofs = self.anchors.proofs([proves])
            yield DocumentedRow(
                Literal(example.name), Literal(example.value), Literal(gives), Literal(urls) if urls else None, proofs
            )


def _decoded(text: Any) -> Any:
    """Return the JSON inside a string; None where it is none."""
    try:
        return json.loads(text) if isinstance(text, str) else None
    except ValueError:
        return None
