"""Documented replies as examples: the fields that documents show or read, filled with words of our own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import count
from typing import Any

from codegen.catalog import pointers
from codegen.catalog.compare import PRESENCE, Points
from codegen.catalog.emit import JSON
from codegen.catalog.emit_examples import Unsound, problems, sample
from codegen.catalog.emit_finish import operations

_ENDINGS = {"image": "png", "video": "mp4", "audio": "mp3", "diagram": "svg"}
Claims = dict[str, list[str]]
"""Pointer into an example, its slash left off as everywhere before the end → the statements behind it."""


def add_replies(document: dict[str, Any], points: Points, vendor_names: Mapping[tuple[str, str], str]) -> list[Unsound]:
    """Put the documented replies under each success; return those that break their schema."""
    replies = _Replies(document, points, vendor_names)
    unsound: list[Unsound] = []
    for path, method, operation in operations(document):
        content = operation["responses"]["200"]["content"][JSON]
        sound: dict[str, Any] = {}
        for name, value, claims in replies.of(vendor_names[path, method], operation):
            if found := problems(value, content.get("schema", {})):
                sources = tuple(sorted({source for stated in claims.values() for source in stated}))
                unsound.append(Unsound(operation["operationId"], sources, found))
            else:
                sound[name] = {"value": value, "x-claims": claims}
        if sound:
            content["examples"] = sound
    return sorted(unsound)


class _Replies:
    """Composes the replies of one service from what is claimed of their fields, never from their schemas' fields."""

    def __init__(
        self, document: Mapping[str, Any], points: Points, vendor_names: Mapping[tuple[str, str], str]
    ) -> None:
        self._points = points
        self._envelope = document.get("x-error-codes", {}).get("at", {})
        self._starters = [
            (vendor_names[path, method], operation)
            for path, method, operation in operations(document)
            if operation.get("x-task", {}).get("kind") == "submit"
        ]

    def of(self, vendor: str, operation: Mapping[str, Any]) -> Iterator[tuple[str, Any, Claims]]:
        """Name, value and claims of each reply: one of its own, or one for each result that it reports on."""
        if not any(self._fields(vendor)):
            return
        reports = [
            (name, *self._report(vendor, operation, starter, keys))
            for started, starter in self._starters
            if starter["x-task"].get("result") == operation["operationId"]
            for name, keys in self._results(started, str(starter["operationId"]))
        ]
        if reports:
            yield from reports
        else:
            yield ("documented-1", *self._reply(vendor, operation))

    def _fields(self, vendor: str) -> Iterator[tuple[str, list[str]]]:
        """The fields that documents name of this operation's reply, each with its statements."""
        for point, readings in self._points.items():
            if (point.operation, point.subject, point.fact) == (vendor, "response", PRESENCE):
                yield point.name, list(dict.fromkeys(source for reading in readings for source in reading.sources))

    def _reply(self, vendor: str, operation: Mapping[str, Any]) -> tuple[Any, Claims]:
        """The reply with every field in its place."""
        schema = operation["responses"]["200"]["content"][JSON].get("schema", {})
        addresses = _addresses(operation.get("x-task", {}).get("assets", {}).get("media", ""))
        value: dict[str, Any] = {}
        claims: Claims = {}
        statuses, silent = self._places(operation)
        fields = dict(self._fields(vendor))
        for name, sources in fields.items():
            at = pointers.join("", *name.split("."))
            if any(other.startswith(f"{name}.") for other in fields):
                continue
            claims[f"value{at}"] = sources
            if at == self._envelope.get("code") and self._envelope.get("success"):
                _put(value, at, _as_typed(self._envelope["success"][0], _schema_at(schema, at)))
            elif at in statuses and self._success is not None:
                word, source = self._success
                _put(value, at, _as_typed(word, _schema_at(schema, at)))
                claims[f"value{at}"] = list(dict.fromkeys([*sources, source]))
            else:
                _put(value, at, "" if at in silent else _filled(_schema_at(schema, at), addresses))
        return value, claims

    def _places(self, operation: Mapping[str, Any]) -> tuple[set[str], set[str]]:
        """Where the reply has the status of a task, and where it would say what went wrong, had anything."""
        tasks = [starter["x-task"] for _, starter in self._starters]
        replies = [task.get("reply", {}) for task in tasks if task.get("result") == operation["operationId"]]
        statuses = {str(reply["status"]) for reply in replies if "status" in reply}
        return statuses, {str(self._envelope.get("message")), *(str(reply.get("reason")) for reply in replies)}

    @cached_property
    def _success(self) -> tuple[str, str] | None:
        """The best-founded word for a task that has succeeded, and where it stands."""
        said = [
            (statement.order, point.name, statement.source)
            for point, readings in self._points.items()
            if (point.subject, point.fact) == ("status", "state")
            for reading in readings
            if reading.value == "succeeded"
            for statement in reading.statements
        ]
        return min(said)[1:] if said else None

    def _results(self, vendor: str, name: str) -> Iterator[tuple[str, dict[str, list[str]]]]:
        """The keys of a decoded result, as each document that shows one has them."""
        shown: dict[str, dict[str, list[str]]] = {}
        for point, readings in self._points.items():
            if (point.operation, point.subject, point.fact) == (vendor, "result", PRESENCE) and point.name:
                for statement in (statement for reading in readings for statement in reading.statements):
                    shown.setdefault(statement.document, {}).setdefault(point.name, []).append(statement.source)
        merged: dict[tuple[str, ...], dict[str, list[str]]] = {}
        for keys in shown.values():
            known = merged.setdefault(tuple(sorted(keys)), {})
            for key, sources in keys.items():
                known.setdefault(key, []).extend(sources)
        for number, key_set in enumerate(merged, start=1):
            yield name if number == 1 else f"{name}-{number}", merged[key_set]

    def _report(
        self, vendor: str, operation: Mapping[str, Any], starter: Mapping[str, Any], keys: Mapping[str, list[str]]
    ) -> tuple[Any, Claims]:
        """The report on a task that has succeeded, with its result."""
        value, claims = self._reply(vendor, operation)
        task = starter["x-task"]
        addresses = _addresses(task.get("assets", {}).get("media", ""))
        result = {key: self._addressed(vendor, key, next(addresses), starter) for key in keys}
        at = task.get("reply", {}).get("result")
        schema = _schema_at(operation["responses"]["200"]["content"][JSON].get("schema", {}), at)
        _put(value, at, json.dumps(result) if schema.get("type") == "string" else result)
        stated = [source for sources in keys.values() for source in sources]
        # First of all it shows this result.
        told = {f"value{at}": list(dict.fromkeys([*stated, *claims.get(f"value{at}", ())]))}
        return value, {**told, **{place: sources for place, sources in claims.items() if place not in told}}

    def _addressed(self, vendor: str, key: str, address: str, starter: Mapping[str, Any]) -> Any:
        kind = starter["x-task"].get("output", {}).get("properties", {}).get(key, {}).get("type", "array")
        return [address] if kind == "array" else address


def _addresses(media: str) -> Iterator[str]:
    return (f"https://files.example.org/{number}.{_ENDINGS.get(media, 'bin')}" for number in count(1))


def _filled(schema: Mapping[str, Any], addresses: Iterator[str]) -> Any:
    if schema.get("format") == "uri":
        return next(addresses)
    return {} if schema.get("type") == "object" else sample(schema)


def _as_typed(word: str, schema: Mapping[str, Any]) -> Any:
    return int(word) if schema.get("type") in {"integer", "number"} and word.lstrip("-").isdecimal() else word


def _schema_at(schema: Mapping[str, Any], at: str) -> Mapping[str, Any]:
    """The schema of a field; before the end schemas stand where they are used."""
    for token in pointers.tokens(at):
        schema = schema.get("properties", {}).get(token, {})
    return schema


def _put(value: dict[str, Any], at: str, leaf: Any) -> None:
    *parents, last = pointers.tokens(at)
    for token in parents:
        value = value.setdefault(token, {})
    value[last] = leaf
