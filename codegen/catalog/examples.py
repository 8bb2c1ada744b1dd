"""The documents' calls and replies as examples of the catalog: the sound ones are shown, the others reported."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from codegen.catalog.build import JSON
from codegen.catalog.collected_evidence import Stated
from codegen.catalog.compare import PRESENCE, Points, Reading, canonical
from codegen.catalog.complete import operations, vendor_of
from codegen.openapi import pointers
from codegen.openapi.samples import FORMATS, numbers
from codegen.openapi.schemas import needed_one_of

_PLACEHOLDERS = frozenset({"<text>", "<url>"})
"""What a claim holds in place of free text and of URLs."""

_URLS = {"image": "https://files.example.org/picture.png", "video": "https://files.example.org/clip.mp4"}


_ENDINGS = {"image": "png", "video": "mp4", "audio": "mp3", "diagram": "svg"}
Claims = dict[str, list[str]]
"""Path below an example → the claims behind it."""


@dataclass(frozen=True, order=True)
class Unsound:
    """An example that breaks the limits of its operation."""

    operation: str
    sources: tuple[str, ...]
    problems: tuple[str, ...]
    added: tuple[str, ...] = ()
    """Where that is all that is wrong: what it sends and no document with a say lists. The example is kept without."""


def add_examples(document: dict[str, Any], points: Points) -> list[Unsound]:
    """Put the sound calls and replies under each request body and success; return those that break their schema."""
    return _add_requests(document, points) + _add_replies(document, points)


def _add_requests(document: dict[str, Any], points: Points) -> list[Unsound]:
    """Return where no example of a document is sound, the smallest request stands in."""
    unsound: list[Unsound] = []
    for _, _, operation in operations(document):
        content = operation.get("requestBody", {}).get("content", {}).get(JSON)
        if not content:
            continue
        sound: dict[str, Stated] = {}
        for reading in _examples(points, vendor_of(operation)):
            schema = parameters(content["schema"])
            value = _filled(reading.value, schema, operation)
            known_fields = {name: one for name, one in value.items() if name in schema.get("properties", {})}
            faults = problems(value, schema)
            if faults:
                added = (
                    ()
                    if not known_fields or problems(known_fields, schema)
                    else tuple(sorted(value.keys() - known_fields))
                )
                unsound.append(Unsound(operation["operationId"], reading.sources, faults, added))
            if not faults or unsound[-1].added:
                _keep(sound, known_fields if faults else value, reading.sources, content["schema"])
        sound = sound or _listed(points, vendor_of(operation), content["schema"])
        content["examples"] = sound or {"smallest": Stated({"value": _whole_smallest(content["schema"])})}
    return sorted(unsound)


def parameters(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the object whose properties are the parameters: the body, or the one closed object that it wraps."""
    inner: list[Mapping[str, Any]] = list(schema.get("properties", {}).values())
    return inner[0] if len(inner) == 1 and inner[0].get("type") == "object" else schema


def _wrapped(value: dict[str, Any], schema: Mapping[str, Any]) -> dict[str, Any]:
    if parameters(schema) is schema:
        return value
    return {next(iter(schema["properties"])): value}


def _examples(points: Points, operation: str) -> Iterable[Reading]:
    for point, readings in points.items():
        if (point.operation, point.subject, point.fact) == (operation, "example", "arguments"):
            yield from readings


def _listed(points: Points, operation: str, schema: Mapping[str, Any]) -> dict[str, Stated]:
    """Return a closed list of parameters that are all required is a whole call, though its values are ours."""
    required = set(parameters(schema).get("required", ()))
    for point, readings in points.items():
        if (point.operation, point.subject, point.fact) == (operation, "list", "names"):
            for reading in readings:
                if required and set(reading.value) == required:
                    claims = {"value": reading.sources}
                    return {"documented-1": Stated({"value": _whole_smallest(schema)}, claims=claims)}
    return {}


def _keep(sound: dict[str, Stated], value: dict[str, Any], sources: Iterable[str], schema: Mapping[str, Any]) -> None:
    whole = _wrapped(value, schema)
    for example in sound.values():
        if canonical("", example["value"]) == canonical("", whole):
            listed = example.claims["value"]
            listed.extend(source for source in sources if source not in listed)
            return
    sound[f"documented-{len(sound) + 1}"] = Stated({"value": whole}, claims={"value": sources})


def _filled(arguments: Mapping[str, Any], schema: Mapping[str, Any], operation: Mapping[str, Any]) -> dict[str, Any]:
    """Put our own words where a claim states that there was text. Path parameters are not part of a body."""
    elsewhere = {parameter["name"] for parameter in operation.get("parameters", ())}
    properties = schema.get("properties", {})
    return {
        name: _fill(value, properties.get(name, {}))
        for name, value in sorted(arguments.items())
        if name not in elsewhere
    }


def _fill(value: Any, schema: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_fill(item, schema.get("items", {})) for item in value]
    if isinstance(value, dict):
        return {name: _fill(item, schema.get("properties", {}).get(name, {})) for name, item in value.items()}
    # A text where the schema has a list is left as it is, for the two to be compared.
    is_text = isinstance(value, str) and value in _PLACEHOLDERS and schema.get("type", "string") != "array"
    return sample(schema) if is_text else value


def _whole_smallest(schema: Mapping[str, Any]) -> dict[str, Any]:
    return _wrapped(_smallest(schema), schema)


def _smallest(schema: Mapping[str, Any]) -> dict[str, Any]:
    inner = parameters(schema)
    choices = (needed_one_of(part) for part in inner.get("allOf", ()))
    names = [*inner.get("required", ()), *(names[0] for names in choices if names)]
    return {name: sample(inner["properties"][name]) for name in names}


def sample(schema: Mapping[str, Any]) -> Any:
    """Return a value that the schema accepts."""
    for key in ("examples", "enum"):
        if schema.get(key):
            return schema[key][0]
    if "default" in schema:
        return schema["default"]
    kind = schema.get("type", "string")
    if kind == "array":
        return [sample(schema.get("items", {}))] * max(1, schema.get("minItems", 1))
    if kind == "object":
        return {name: sample(schema["properties"][name]) for name in schema.get("required", ())}
    if kind in {"integer", "number"}:
        return next(numbers(schema, whole=kind == "integer", size="smallest"), 1)
    if kind == "boolean":
        return True
    if schema.get("format") == "uri":
        return _URLS.get(schema.get("x-media", {}).get("kind", ""), "https://files.example.org/hook")
    text = FORMATS.get(str(schema.get("format")), "A short text")
    least = schema.get("minLength", 0)
    return (text * (1 + least // len(text)))[: max(least, len(text))][: schema.get("maxLength")]


def problems(value: Any, schema: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a schema has against an example, each once, in words."""
    errors = Draft202012Validator(dict(schema)).iter_errors(value)
    return tuple(sorted({words for error in errors for words in _in_words(error)}))


def _in_words(error: ValidationError) -> Iterable[str]:
    name = ".".join(str(step) for step in error.absolute_path)
    keyword, limit = str(error.validator), error.schema[error.validator]  # type: ignore[index]
    if keyword == "required" and isinstance(error.instance, dict):
        yield from (f"{missing} is missing" for missing in limit if missing not in error.instance)
    elif keyword == "additionalProperties" and isinstance(error.instance, dict):
        properties = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
        yield from (f"{extra} is not a parameter" for extra in sorted(set(error.instance) - set(properties)))
    else:
        yield f"{name} is {error.instance!r}, against {keyword} {limit!r}"


def _add_replies(document: dict[str, Any], points: Points) -> list[Unsound]:
    """Return the fields that documents show or read, filled with values of our own."""
    replies = _Replies(document, points)
    unsound: list[Unsound] = []
    for _, _, operation in operations(document):
        content = operation["responses"]["200"]["content"][JSON]
        sound: dict[str, Any] = {}
        for name, value, claims in replies.of(vendor_of(operation), operation):
            if faults := problems(value, content.get("schema", {})):
                sources = tuple(sorted({source for listed in claims.values() for source in listed}))
                unsound.append(Unsound(operation["operationId"], sources, faults))
            else:
                sound[name] = Stated({"value": value}, claims=claims)
        if sound:
            content["examples"] = sound
    return sorted(unsound)


class _Replies:
    """Composes the replies of one service from what is claimed of their fields, never from their schemas' fields."""

    def __init__(self, document: Mapping[str, Any], points: Points) -> None:
        self._points = points
        self._envelope = document.get("x-error-codes", {}).get("at", {})
        self._starters = [
            (vendor_of(operation), operation)
            for _, _, operation in operations(document)
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
        """Yield the fields that documents name of this operation's reply, each with its statements."""
        for point, readings in self._points.items():
            if (point.operation, point.subject, point.fact) == (vendor, "response", PRESENCE):
                yield point.name, list(dict.fromkeys(source for reading in readings for source in reading.sources))

    def _reply(self, vendor: str, operation: Mapping[str, Any]) -> tuple[Any, Claims]:
        """Return the reply with every field in its place."""
        schema = operation["responses"]["200"]["content"][JSON].get("schema", {})
        urls = _urls(operation.get("x-task", {}).get("assets", {}).get("media", ""))
        value: dict[str, Any] = {}
        claims: Claims = {}
        statuses, silent = self._places(operation)
        fields = dict(self._fields(vendor))
        for name, sources in fields.items():
            at = pointers.join("", *_steps(schema, name.split(".")))
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
                _put(value, at, "" if at in silent else _leaf(_schema_at(schema, at), urls))
        return value, claims

    def _places(self, operation: Mapping[str, Any]) -> tuple[set[str], set[str]]:
        """Return where the reply has the status of a task, and where it would say what went wrong, had anything."""
        tasks = [starter["x-task"] for _, starter in self._starters]
        replies = [task.get("reply", {}) for task in tasks if task.get("result") == operation["operationId"]]
        statuses = {str(reply["status"]) for reply in replies if "status" in reply}
        return statuses, {str(self._envelope.get("message")), *(str(reply.get("reason")) for reply in replies)}

    @cached_property
    def _success(self) -> tuple[str, str] | None:
        """The best-founded word for a task that has succeeded, and where it stands."""
        candidates = [
            (statement.order, point.name, statement.source)
            for point, readings in self._points.items()
            if (point.subject, point.fact) == ("status", "state")
            for reading in readings
            if reading.value == "succeeded"
            for statement in reading.statements
        ]
        return min(candidates)[1:] if candidates else None

    def _results(self, vendor: str, name: str) -> Iterator[tuple[str, dict[str, list[str]]]]:
        """Yield the keys of a decoded result, as each document that shows one has them."""
        by_document: dict[str, dict[str, list[str]]] = {}
        for point, readings in self._points.items():
            if (point.operation, point.subject, point.fact) == (vendor, "result", PRESENCE) and point.name:
                for statement in (statement for reading in readings for statement in reading.statements):
                    by_document.setdefault(statement.document, {}).setdefault(point.name, []).append(statement.source)
        merged: dict[tuple[str, ...], dict[str, list[str]]] = {}
        for keys in by_document.values():
            claims_by_key = merged.setdefault(tuple(sorted(keys)), {})
            for key, sources in keys.items():
                claims_by_key.setdefault(key, []).extend(sources)
        for number, key_set in enumerate(merged, start=1):
            yield name if number == 1 else f"{name}-{number}", merged[key_set]

    def _report(
        self, vendor: str, operation: Mapping[str, Any], starter: Mapping[str, Any], keys: Mapping[str, list[str]]
    ) -> tuple[Any, Claims]:
        """Return the report on a task that has succeeded, with its result."""
        value, claims = self._reply(vendor, operation)
        task = starter["x-task"]
        urls = _urls(task.get("assets", {}).get("media", ""))
        result = {key: self._with_urls(key, next(urls), starter) for key in keys}
        at = task.get("reply", {}).get("result")
        schema = _schema_at(operation["responses"]["200"]["content"][JSON].get("schema", {}), at)
        _put(value, at, json.dumps(result) if schema.get("type") == "string" else result)
        of_keys = [source for sources in keys.values() for source in sources]
        # First of all it shows this result.
        sources_of_value = {f"value{at}": list(dict.fromkeys([*of_keys, *claims.get(f"value{at}", ())]))}
        return value, {
            **sources_of_value,
            **{place: sources for place, sources in claims.items() if place not in sources_of_value},
        }

    def _with_urls(self, key: str, url: str, starter: Mapping[str, Any]) -> Any:
        kind = starter["x-task"].get("output", {}).get("properties", {}).get(key, {}).get("type", "array")
        return [url] if kind == "array" else url


def _urls(media: str) -> Iterator[str]:
    return (f"https://files.example.org/{number}.{_ENDINGS.get(media, 'bin')}" for number in count(1))


def _leaf(schema: Mapping[str, Any], urls: Iterator[str]) -> Any:
    if schema.get("format") == "uri":
        return next(urls)
    return {} if schema.get("type") == "object" else sample(schema)


def _as_typed(word: str, schema: Mapping[str, Any]) -> Any:
    return int(word) if schema.get("type") in {"integer", "number"} and word.lstrip("-").isdecimal() else word


def _schema_at(schema: Mapping[str, Any], at: str) -> Mapping[str, Any]:
    """Return the schema of a field; before the end schemas stand where they are used."""
    for token in pointers.steps(at):
        is_item = token == "0" and schema.get("type") == "array"
        schema = schema.get("items", {}) if is_item else schema.get("properties", {}).get(token, {})
    return schema


def _steps(schema: Mapping[str, Any], names: Sequence[str]) -> Iterator[str]:
    """Yield the steps to a field, with "0" for the first item of each list on the way."""
    for index, name in enumerate(names):
        yield name
        schema = schema.get("properties", {}).get(name, {})
        if schema.get("type") == "array" and index + 1 < len(names):
            yield "0"
            schema = schema.get("items", {})


def _put(value: Any, at: str, leaf: Any) -> None:
    *parents, last = pointers.steps(at)
    for token, following in zip(parents, [*parents, last][1:], strict=True):
        if token != "0" or not isinstance(value, list):
            value = value.setdefault(token, [{}] if following == "0" else {})
        else:
            value = value[0]
    value[last] = leaf
