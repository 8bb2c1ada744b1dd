"""The tables about what a caller gives: calls, values that are sent, values that never leave, rules over several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from codegen.contracts.bounds import Bound, bounds
from codegen.contracts.calls import Arguments, Caller
from codegen.contracts.facts import frame_facts, object_at, property_fact, required_fact
from codegen.contracts.oracle import join
from codegen.contracts.rows import Anchors, BrokenRow, CallRow, Chunks, Printed, RefusedRow, ValueRow, is_long
from codegen.contracts.samples import Unsampled
from codegen.contracts.wire import natural_forms, wire_of
from codegen.python.model import Parameter, RuleModel
from codegen.python.text import Literal

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
        """The smallest and the fullest call, and one for each value outside the body."""
        operation = self.caller.operation
        fullest = self.caller.fullest()
        small = [operation.pointer, "/servers/0/url", *self._defaults(), *self._security(), *self._frame()]
        full = [self.fact(self.caller.parameters[name]) for name in fullest]
        rows = [self._call("smallest", self.smallest, small), self._call("fullest", fullest, full)]
        for name, value, argument, proves in self._sent(outside=True):
            call = {**self.smallest, name: value}
            rows.append(self._call(f"{name}-{len(rows)}", {**call, name: argument}, list(proves)))
        return rows

    def _call(self, name: str, call: Mapping[str, Any], proves: list[str]) -> CallRow:
        request = self.caller.request(call)
        return CallRow(
            Literal(name),
            Literal(dict(call)),
            Chunks.of(request.raw_path),
            Literal(request.body) if request.has_body else None,
            Literal(request.query) if request.query else None,
            Literal(dict(request.headers)) if request.headers else None,
            self.anchors.proofs(proves),
        )

    def row(self, name: str, call: Mapping[str, Any], proves: list[str]) -> CallRow:
        """A call that was composed elsewhere."""
        return self._call(name, call, proves)

    def poll_call(self, name: str, value: str) -> CallRow:
        """The call that asks for a task."""
        return self._call("poll", {name: value}, [])

    def _defaults(self) -> Iterator[str]:
        """A default is the service's to apply: the smallest call proves that the client sends none."""
        for parameter in self.caller.parameters.values():
            place, schema = self.caller.oracle.schema(parameter.pointer)
            if "default" in schema and parameter.name not in self.smallest:
                yield join(place, "default")
        for place, node in self.caller.client_headers():
            if "default" in node.get("schema", {}):
                yield join(place, "schema", "default")

    def _frame(self) -> Iterator[str]:
        """The objects around the parameters."""
        body, at = self.caller.body_schema, self.caller.operation.body_at
        if body is not None and at is not None:
            yield from frame_facts(self.caller.oracle, body, at)

    def _security(self) -> Iterator[str]:
        yield from (header.pointer for header in self.caller.service.auth)

    def fact(self, parameter: Parameter) -> str:
        """The pointer that says the parameter exists."""
        if parameter.location == "body" and self.object_place is not None:
            return property_fact(self.caller.oracle, self.object_place, parameter.wire_name)
        return parameter.pointer.removesuffix("/schema")

    def _required(self, parameter: Parameter) -> str:
        if parameter.location == "body" and self.object_place is not None:
            found = required_fact(self.caller.oracle, self.object_place, parameter.wire_name)
            return found or self.fact(parameter)
        return join(self.fact(parameter), "required")

    def _sent(self, *, outside: bool) -> Iterator[tuple[str, Any, Any, tuple[str, ...]]]:
        """Parameter, wire value, argument, proofs: of everything the schemas allow, natural forms included."""
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
        if parameter.location == "header":
            return not isinstance(value, str) or (value.isascii() and value.isprintable() and value.strip() == value)
        return parameter.location != "path" or value not in ("", ".", "..")

    def values(self) -> list[ValueRow]:
        """Every value worth sending of every parameter in the body, on top of the smallest call."""
        rows = []
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
            rows.append(self._value(name, value, argument, beside, proves))
        return rows

    def _value(self, name: str, wire: Any, argument: Any, beside: Arguments, proves: tuple[str, ...]) -> ValueRow:
        names = {key: self.caller.parameters[key].wire_name for key in (*beside, name)}
        beside_wire = {names[key]: item for key, item in beside.items()}
        same = type(argument) is type(wire) and argument == wire
        return ValueRow(
            Literal(name),
            Printed.of(argument),
            None if same else Printed.of(wire),
            None if names[name] == name else Literal(names[name]),
            Literal(beside) if beside else None,
            None if beside_wire == beside else Literal(beside_wire),
            self.anchors.proofs(proves),
        )

    def _bounds(self, parameter: Parameter) -> Iterator[Bound]:
        """The values at and beyond the limits of a parameter, and the neighbours of those it allows."""
        place = self.caller.oracle.place(parameter.pointer)
        yield from bounds(self.caller.sampler, place)
        known = self.caller.oracle.schema(place)[1].get("enum") or []
        yield from (Bound(value, False, (join(place, "enum"),)) for value in _neighbours(known))

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
        """Every value just outside what the schemas allow."""
        return [
            RefusedRow(Literal(name), Printed.of(value), self.anchors.proofs(proves), Literal(asked) if asked else None)
            for name, value, proves in self._refusals()
            for asked in [self._asked_for(name)]
        ]

    def _asked_for(self, name: str) -> Arguments:
        """What the rules require where a parameter is given, whatever its value, and the smallest call has not."""
        rules = [rule for rule in self.caller.operation.rules if rule.when.get(name) == ()]
        missing = [required for rule in rules for required in rule.required if required not in self.smallest]
        return {required: self.caller.value(required, "smallest") for required in missing}

    def missing(self) -> list[RefusedRow]:
        """The required parameters."""
        return [
            RefusedRow(Literal(name), Printed.of(None), self.anchors.proofs([self._required(parameter)]))
            for name, parameter in self.caller.parameters.items()
            if parameter.required
        ]

    def every_fault(self) -> Literal | None:
        """A call in which everything is wrong at once; None where too little can be wrong."""
        wrong: Arguments = {name: None for name, found in self.caller.parameters.items() if found.required}
        for name, value, _ in self._refusals():
            if not is_long(value):
                wrong.setdefault(name, value)
        return Literal(wrong) if len(wrong) > 1 else None

    def broken(self) -> list[BrokenRow]:
        """Each rule over several parameters, broken in each way it can be."""
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
            kept = self.caller.whole({**self.smallest, **when})
        except Unsampled:
            self.gaps.append(rule.pointer)
            return
        for name in rule.required:
            call = {key: value for key, value in kept.items() if key != name}
            if not self.caller.accepts(call):
                yield name, call
        for name, values in rule.allowed.items():
            place = self.caller.parameters[name].pointer
            others = (bound.value for bound in bounds(self.caller.sampler, place) if bound.allowed)
            other = next((value for value in others if value not in values), _GONE)
            if other is not _GONE and not self.caller.accepts({**kept, name: other}):
                yield name, {**kept, name: other}


_GONE = object()
"""No value at all: None is one."""


def _neighbours(known: Sequence[Any]) -> list[str]:
    """Values that look like allowed ones: 16s where 15s is allowed, 9:17 where 9:16 is."""
    texts = [value for value in known if isinstance(value, str)]
    found: dict[str, None] = {}
    for text in texts:
        for number in reversed(list(re.finditer(r"[0-9]+", text))):
            for near in (int(number[0]) + 1, int(number[0]) * 2):
                found[f"{text[: number.start()]}{near}{text[number.end() :]}"] = None
    return [value for value in found if value not in known][:_NEIGHBOURS]
