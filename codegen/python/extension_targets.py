"""Where the pointers and names of our extensions lead. One that leads nowhere is a mistake of who wrote the extension.

A place that no schema describes is left to the service: many documents type their replies loosely.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from codegen.openapi import extension_rules
from codegen.openapi.document import Document, described
from codegen.openapi.finding import Finding
from codegen.openapi.json_values import as_list, as_object
from codegen.openapi.pointers import is_pointer, join, steps
from codegen.openapi.walk import COMPOSITION
from codegen.python.operations import SourceOperation
from codegen.python.reply_types import successes

Kinds = frozenset[str]
_WORD: Kinds = frozenset({"string", "integer", "number"})
_STATUS: Kinds = _WORD | {"boolean", "null"}
_TEXT: Kinds = frozenset({"string"})
_ANY: Kinds = frozenset()
_OPEN: Mapping[str, Any] = {}
"""The schema of a place that none describes."""

_SUBMITTED: Mapping[str, Kinds] = {"id": _WORD, "status_url": _TEXT}
"""Pointers of `x-task` into the reply to a submit, and the types that they may lead to; none: any."""
_REPORTED: Mapping[str, Kinds] = {"status": _STATUS, "progress": _WORD, "reason": _ANY, "error": _ANY, "result": _ANY}
_URLS = ("result_url", "cancel_url")
"""Pointers into the report on a task, or into the reply to the submit."""


def check(document: Document, operations: list[SourceOperation]) -> None:
    """Note a fault for everything in an extension that leads nowhere, or to what it cannot be."""
    targets = _Targets(document, operations)
    for finding in (*extension_rules.media(document), *extension_rules.choices(document), *targets.findings()):
        document.fault(*finding)
    for finding in (*targets.envelope("message", "trace"), *targets.states()):
        document.note(*finding)  # a call works without them


class _Targets:
    """Follows the pointers of the extensions of one document."""

    def __init__(self, document: Document, operations: list[SourceOperation]) -> None:
        self._document = document
        self._operations = operations
        self._by_id = {str(source.node.get("operationId")): source for source in operations}

    def findings(self) -> Iterator[Finding]:
        """Yield what leads nowhere."""
        yield from self.envelope("code")
        for source in self._operations:
            if source.media:
                continue
            replies = self._replies(source)
            yield from self._task(source, replies)
            yield from self._pages(source, replies)
            at = source.node.get("x-python", {}).get("reply")
            yield from self._leads(replies, at, join(source.pointer, "x-python", "reply"), _ANY, "the reply")

    def _task(self, source: SourceOperation, replies: list[Any]) -> Iterator[Finding]:
        task, at = source.task, join(source.pointer, "x-task")
        report, reply = self._report(source), task.get("reply", {})
        if task.get("kind") == "submit":
            for name, kinds in _SUBMITTED.items():
                yield from self._leads(replies, task.get(name), join(at, name), kinds, "the reply of this operation")
            for name, kinds in _REPORTED.items():
                inside = self._content(source, report) if name == "result" else report
                yield from self._leads(inside, reply.get(name), join(at, "reply", name), kinds, "the report on a task")
            for name in _URLS:
                either = [*report, *replies] if report else []
                words = "the report on a task, or the reply of this operation"
                yield from self._leads(either, task.get(name), join(at, name), _TEXT, words)
            yield from self._leads(
                report, task.get("content_id"), join(at, "content_id"), _WORD, "the report on a task"
            )
        elif task.get("kind") == "generate":
            place = join(at, "reply", "result")
            yield from self._leads(replies, reply.get("result"), place, _ANY, "the reply of this operation")
        else:
            yield from self._leads(replies, task.get("balance"), join(at, "balance"), _WORD, "the reply")
            yield from self._leads(replies, task.get("report"), join(at, "report"), _STATUS, "the reply")
        yield from self._assets(source, self._results(source, replies, report), join(at, "assets"))

    def _assets(self, source: SourceOperation, results: list[Any], at: str) -> Iterator[Finding]:
        assets = source.task.get("assets", {})
        for name in ("at", "encoded"):
            for index, pointer in enumerate(assets.get(name, ())):
                place = join(at, name, index)
                bad = list(self._leads(results, pointer, place, _ANY, "the result"))
                yield from bad
                if results and not bad and not any(map(self._holds_text, self._below(results, pointer))):
                    yield Finding(place, f"{pointer!r} leads to nothing that can hold text", "correct the pointer")
        for pointer in assets.get("sources", {}):
            yield from self._leads(results, pointer, join(at, "sources", pointer), _TEXT, "the result")
        body = source.node.get("requestBody")
        requests = self._schemas_of(self._document.resolve(body).get("content")) if body else []
        yield from self._leads(requests, assets.get("count"), join(at, "count"), _WORD, "the request body")

    def _pages(self, source: SourceOperation, replies: list[Any]) -> Iterator[Finding]:
        pages, at = source.node.get("x-pages"), join(source.pointer, "x-pages")
        if not isinstance(pages, Mapping):
            return
        for name, kinds in (("items", _ANY), ("next", _WORD), ("more", _STATUS), ("total", _WORD)):
            yield from self._leads(replies, pages.get(name), join(at, name), kinds, "the reply")
        items = [one for schema in self._below(replies, pages["items"]) for one in self._lead(schema, "/*")]
        yield from self._leads(items, pages.get("last_item"), join(at, "last_item"), _WORD, "an item")

    def envelope(self, *names: str) -> Iterator[Finding]:
        """Yield these pointers of `x-error-codes` that lead to nothing in every reply."""
        places = self._document.root.get("x-error-codes", {}).get("at", {})
        every: list[Any] = []
        for source in self._operations if places else ():
            for response in as_object(source.node.get("responses")).values():
                every += self._schemas_of(self._document.resolve(response).get("content"))
        for name in names:
            yield from self._leads(every, places.get(name), f"/x-error-codes/at/{name}", _STATUS, "any reply")

    def states(self) -> Iterator[Finding]:
        """Yield the documented statuses of a task that `x-task.states` gives no meaning."""
        for source in self._operations:
            pointer = source.task.get("reply", {}).get("status")
            states = source.task.get("states", {})
            ends = self._below(self._report(source), pointer) if is_pointer(pointer) else []
            branches = [branch for end in ends for branch in self._document.branches(end)]
            words = {_as_text(word) for branch in branches for word in _stated_values(branch) if word is not None}
            spellings = {word.casefold() for word in states}
            for word in sorted(word for word in words if word.casefold() not in spellings):
                problem = f"does not say what the documented status {word!r} means: such a task is of unknown status"
                yield Finding(join(source.pointer, "x-task", "states"), problem, f"add {word!r}")

    def _report(self, source: SourceOperation) -> list[Any]:
        """Return the schemas of the report on a task; none where no document describes it."""
        reporting = self._by_id.get(str(source.task.get("result")))
        return self._replies(reporting) if reporting else []

    def _content(self, source: SourceOperation, report: list[Any]) -> list[Any]:
        """Return the schemas of what `reply.result` points into."""
        if "result_url" in source.task:
            return []
        content = self._by_id.get(str(source.task.get("content")))
        return report if content is None else self._replies(content)

    def _results(self, source: SourceOperation, replies: list[Any], report: list[Any]) -> list[Any]:
        """Return the schemas of a result."""
        task = source.task
        if "output" in task:
            return [{"$ref": task["output"]}]
        is_submit = task.get("kind") == "submit"
        inside = self._content(source, report) if is_submit else replies
        found_at = task.get("reply", {}).get("result", source.node.get("x-python", {}).get("reply", ""))
        return [self._decoded(schema) for schema in self._below(inside, found_at)]

    def _decoded(self, schema: Any) -> Any:
        """Return the schema of a result: where it is text, that text may be JSON."""
        is_text = self._types(schema) - {"null"} == {"string"}
        return self._document.resolve(schema).get("contentSchema", _OPEN) if is_text else schema

    def _replies(self, source: SourceOperation) -> list[Any]:
        """Return the schemas of the JSON that an operation may answer with; none where one is not described."""
        with self._document.collecting():
            ways = list(successes(self._document, source.node, source.pointer, source.method))
        return [way.schema for way in ways if way.form == "json" and way.schema is not None]

    @staticmethod
    def _schemas_of(content: Any) -> list[Any]:
        rows = as_object(content).values()
        return [row["schema"] for row in rows if isinstance(row, Mapping) and "schema" in row]

    def _leads(self, schemas: list[Any], pointer: Any, place: str, kinds: Kinds, into: str) -> Iterator[Finding]:
        """Yield the fault of a pointer into one of these schemas. Without a schema nothing is known."""
        if not schemas or not is_pointer(pointer):
            return
        ends = self._below(schemas, pointer)
        if not ends:
            near = ", ".join(f"/{name}" for name in self._names(schemas)[:8])
            hint = f"; at its top are {near}" if near else ""
            yield Finding(place, f"{pointer!r} leads to nothing in {into}{hint}", "correct the pointer or the schema")
            return
        types = [self._types(schema) for schema in ends]
        if kinds and all(types) and not any(kinds & own for own in types):
            others = ", ".join(sorted(set().union(*types)))
            problem = f"{pointer!r} leads to {others} in {into}, where {' or '.join(sorted(kinds))} is needed"
            yield Finding(place, problem, "correct the pointer")

    def _names(self, schemas: list[Any]) -> list[str]:
        return list(dict.fromkeys(name for schema in schemas for name in self._document.properties(schema)))

    def _below(self, schemas: list[Any], pointer: str) -> list[Any]:
        return [end for schema in schemas for end in self._lead(schema, pointer)]

    def _lead(self, schema: Any, pointer: str) -> list[Any]:
        """Return the schemas of what a pointer leads to in a value of a schema; one that says nothing where none is."""
        current = [schema]
        for step in steps(pointer):
            ends = (end for one in current for end in self._step(one, step))
            current = list({id(end): end for end in ends}.values())  # a circle of schemas has many ways to one
        return current

    def _step(self, schema: Any, step: str) -> list[Any]:
        branches = list(self._document.branches(schema)) if isinstance(schema, Mapping) else []
        if not branches:
            return [_OPEN]
        ends = [end for branch in branches for end in described(branch, step)]
        return ends or [_OPEN] * any(_is_open(branch, step) for branch in branches)

    def _types(self, schema: Any) -> set[str]:
        """Return the types of JSON that a schema allows; none where it does not say."""
        types: set[str] = set()
        for branch in self._document.branches(schema) if isinstance(schema, Mapping) else ():
            types |= _stated_types(branch)
            types |= {"object"} if "properties" in branch else set()
            words = _stated_values(branch) if "type" not in branch else []
            types |= {_TYPES.get(type(word), "string") for word in words}
        return types

    def _holds_text(self, schema: Any) -> bool:
        """Return whether there can be text anywhere in a value of a schema."""
        waiting, seen = [schema], set[int]()
        while waiting:
            one = waiting.pop()
            types = self._types(one)
            if not types or "string" in types:
                return True
            if id(one) not in seen and types & {"array", "object"}:
                waiting += self._step(one, "*")
            seen.add(id(one))
        return False


_TYPES = {
    str: "string", bool: "boolean", int: "integer", float: "number", list: "array", dict: "object", type(None): "null"
}  # fmt: skip


def _as_text(word: Any) -> str:
    """Return a status as `x-task.states` has it: true, 3."""
    is_whole = isinstance(word, float) and word.is_integer()
    return word.strip() if isinstance(word, str) else json.dumps(int(word) if is_whole else word)


def _stated_values(schema: Mapping[str, Any]) -> list[Any]:
    return [*as_list(schema.get("enum")), *([schema["const"]] if "const" in schema else ())]


def _stated_types(schema: Mapping[str, Any]) -> set[str]:
    value = schema.get("type")
    listed = value if isinstance(value, list) else [value]
    return {word for word in listed if isinstance(word, str)}


_SAYS = frozenset({"properties", "items", "prefixItems", "enum", "const", "contentSchema", *COMPOSITION})


def _is_open(schema: Mapping[str, Any], step: str) -> bool:
    """Return whether a schema leaves it to the service what is below it."""
    if schema.get("additionalProperties") in (True, {}) or schema.get("items") is True:
        return True
    if _SAYS & schema.keys() or schema.get("additionalProperties") is False:
        return False
    types = _stated_types(schema) or {"object", "array"}
    return "object" in types or ("array" in types and (step == "*" or step.isdecimal()))
