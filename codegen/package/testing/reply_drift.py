"""How a reply differs from the catalog: what the client forgives, and what someone should hear of."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from .._catalog.service_document import Catalog, Endpoint, load
from .._runtime import reply as replies
from .._runtime.aio import exchange as async_exchange
from .._runtime.operation import Operation
from .._runtime.pointer import MISSING, fragment, get, parts
from .._runtime.sync import exchange

_ON_THE_WAY = frozenset({"408", "425", "429", "502", "503", "504"})
"""What any gateway may answer. A test does not fail for it; in a cassette it is news."""
_TYPES = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}


@dataclass(frozen=True, slots=True)
class Drift:
    """One difference. Subject, name and facts are those of a claim."""

    operation: str
    subject: str
    """Empty where there is nothing to claim: the client itself cannot read the reply."""
    name: str
    problem: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.operation}: {self.subject} {self.name}: {self.problem}"


def drifts(
    catalog: Catalog, operation: str, status: int, content: bytes, started: Endpoint | None = None
) -> list[Drift]:
    """Return everything in one reply that the catalog does not have.

    `started`: what started the task that it reports on.
    """
    endpoint = catalog.endpoints[operation]
    return list(_Reader(catalog, endpoint, started).read(status, content))


def watch_replies(patch: pytest.MonkeyPatch, note: Callable[[Drift], None]) -> None:
    """Hold every reply that a client of this package reads against the catalog, wherever the reply comes from."""
    original = replies.read

    def read(operation: Operation, reply: replies.HTTPReply, **more: Any) -> replies.Answer | replies.Refusal:
        for drift in drifts(load(operation.service.name), operation.name, reply.status, reply.content):
            if drift.subject and not (drift.subject == "error" and drift.name in _ON_THE_WAY):
                note(drift)
        return original(operation, reply, **more)

    patch.setattr(exchange, "read", read)
    patch.setattr(async_exchange, "read", read)


class _Reader:
    def __init__(self, catalog: Catalog, endpoint: Endpoint, started: Endpoint | None) -> None:
        self._catalog = catalog
        self._endpoint = endpoint
        self._started = started

    def read(self, status: int, content: bytes) -> Iterator[Drift]:
        """Yield the HTTP status, the form, the code, and then what the schema says."""
        try:
            body = json.loads(content)
        except ValueError:
            body = MISSING
        success = 200 <= status < 300
        if not success and not self._catalog.knows_status(self._endpoint, status):
            yield self._drift("error", str(status), "no document has this HTTP status", {"channel": "http"})
        if body is MISSING:
            if success and (content or self._endpoint.reply):
                yield self._drift("", "", "the reply is not JSON")
            return
        code = self._code(body)
        is_documented = code in self._success() or code in self._catalog.codes
        if code is not None and not is_documented and (success or code != str(status)):
            yield self._drift("error", code, "no document has this code", {"channel": "in-band"})
        if success and (code is None or code in self._success()):
            yield from self._body(body)

    def _body(self, body: Any) -> Iterator[Drift]:
        if self._endpoint.reply is None:
            return
        yield from self._value(self._endpoint.reply, body, "response", ())
        for task in self._catalog.submits_of(self._endpoint)[:1]:
            yield from self._report(task, body)
        if "output" in self._endpoint.task and self._endpoint.task.get("kind") == "generate":
            place = self._endpoint.task["reply"]["result"]
            yield from self._result([self._endpoint], get(body, place), parts(place))

    def _report(self, task: Endpoint, body: Any) -> Iterator[Drift]:
        """Yield a task as it is reported: its status, and what is in its result."""
        place = task.task["reply"]
        word = get(body, place["status"])
        words = {word.casefold() for one in self._catalog.submits_of(self._endpoint) for word in one.task["states"]}
        if word is not MISSING and word is not None and str(word).strip().casefold() not in words:
            # What it means for the task no reply says: that is for a person.
            yield self._drift("status", str(word), "no document has this status", {"state": None})
        if "result" in place:
            result = get(body, place["result"])
            possible = [self._started] if self._started else self._catalog.submits_of(self._endpoint)
            yield from self._result(possible, result, parts(place["result"]))

    def _result(self, endpoints: Sequence[Endpoint], result: Any, steps: tuple[str, ...]) -> Iterator[Drift]:
        if isinstance(result, str) and result:
            try:
                result = json.loads(result)
            except ValueError:
                yield self._drift("response", ".".join(steps), "is not JSON inside text")
                return
        if not isinstance(result, Mapping):
            return
        outputs = {fragment(str(one.task["output"])) for one in endpoints if "output" in one.task}
        fitting = [output for output in sorted(outputs) if not self._catalog.faults(output, result)]
        names = {name for output in outputs for name in self._catalog.properties(output)}
        # A result is what the operation makes that started the task, whoever reports on it.
        name_of = endpoints[0].operation.name if len(endpoints) == 1 else self._endpoint.operation.name
        if outputs and not fitting:
            for error in self._catalog.errors(min(outputs), result):
                place = ".".join(str(step) for step in error.absolute_path if isinstance(step, str))
                yield Drift(name_of, "result", place, error.message, _facts(error))
        for name in result:
            if names and name not in names:
                yield Drift(name_of, "result", name, "no document has this field", {"type": _type(result[name])})

    def _value(self, schema: str, value: Any, subject: str, steps: tuple[str, ...]) -> Iterator[Drift]:
        """Yield what the schema refuses, and the fields it does not name even where it allows others."""
        for error in self._catalog.errors(schema, value):
            place = tuple(str(step) for step in error.absolute_path if isinstance(step, str))
            yield self._drift(subject, ".".join(place), error.message, _facts(error))
        yield from self._unknown(schema, value, subject, steps)

    def _unknown(self, schema: str, value: Any, subject: str, steps: tuple[str, ...]) -> Iterator[Drift]:
        if isinstance(value, list):
            items = [f"{at}/items" for at, node in self._catalog.variants(schema) if "items" in node]
            for item in value if items else []:
                yield from self._unknown(items[0], item, subject, steps)
        properties = self._catalog.properties(schema)
        if not isinstance(value, Mapping) or not properties:
            return
        for name, item in value.items():
            if name in properties:
                yield from self._unknown(properties[name], item, subject, (*steps, name))
            else:
                facts = {"type": _type(item)}
                yield self._drift(subject, ".".join((*steps, name)), "no document has this field", facts)

    def _code(self, body: Any) -> str | None:
        code = MISSING if self._catalog.envelope is None else get(body, self._catalog.envelope["code"])
        return None if code is MISSING or code is None else str(code).strip()

    def _success(self) -> set[str]:
        return set((self._catalog.envelope or {}).get("success", ()))

    def _drift(self, subject: str, name: str, problem: str, facts: Mapping[str, Any] | None = None) -> Drift:
        return Drift(self._endpoint.operation.name, subject, name, problem, facts or {})


def _facts(error: Any) -> dict[str, Any]:
    """Return what the reply shows instead, as facts of a claim."""
    if error.validator == "enum":
        return {"enum": [*error.validator_value, error.instance]}
    return {"type": _type(error.instance)} if error.validator == "type" else {}


def _type(value: Any) -> str | None:
    return _TYPES.get(type(value))
