"""The documents' examples, held against the limits that won: the sound ones are shown, the others reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from codegen.catalog.compare import Points, Reading, canonical
from codegen.catalog.emit import JSON
from codegen.catalog.emit_finish import operations

_PLACEHOLDERS = frozenset({"<text>", "<url>"})
"""What a claim holds in place of free text and of addresses."""

_ADDRESSES = {"image": "https://files.example.org/picture.png", "video": "https://files.example.org/clip.mp4"}


@dataclass(frozen=True, order=True)
class Unsound:
    """An example that breaks the limits of its operation."""

    operation: str
    sources: tuple[str, ...]
    problems: tuple[str, ...]


def add_examples(
    document: dict[str, Any], points: Points, vendor_names: Mapping[tuple[str, str], str]
) -> list[Unsound]:
    """Put the sound examples, or else the smallest request, under each request body; return the others."""
    unsound: list[Unsound] = []
    for path, method, operation in operations(document):
        content = operation.get("requestBody", {}).get("content", {}).get(JSON)
        if not content:
            continue
        sound: dict[str, dict[str, Any]] = {}
        for reading in _examples(points, vendor_names[path, method]):
            value = _filled(reading.value, parameters(content["schema"]), operation)
            if found := problems(value, parameters(content["schema"])):
                unsound.append(Unsound(operation["operationId"], reading.sources, found))
            else:
                _keep(sound, value, reading.sources, content["schema"])
        sound = sound or _listed(points, vendor_names[path, method], content["schema"])
        content["examples"] = sound or {"smallest": {"value": _whole_smallest(content["schema"])}}
    return sorted(unsound)


def parameters(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The object whose properties are the parameters: the body, or the one closed object that it wraps."""
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


def _listed(points: Points, operation: str, schema: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """A closed list of parameters that are all required is a whole call, though its values are ours."""
    required = set(parameters(schema).get("required", ()))
    for point, readings in points.items():
        if (point.operation, point.subject, point.fact) == (operation, "list", "names"):
            for reading in readings:
                if required and set(reading.value) == required:
                    claims = {"value": list(reading.sources)}
                    return {"documented-1": {"value": _whole_smallest(schema), "x-claims": claims}}
    return {}


def _keep(
    sound: dict[str, dict[str, Any]], value: dict[str, Any], sources: Iterable[str], schema: Mapping[str, Any]
) -> None:
    whole = _wrapped(value, schema)
    for example in sound.values():
        if canonical("", example["value"]) == canonical("", whole):
            known = example["x-claims"]["value"]
            known.extend(source for source in sources if source not in known)
            return
    sound[f"documented-{len(sound) + 1}"] = {"value": whole, "x-claims": {"value": list(sources)}}


def _filled(arguments: Mapping[str, Any], schema: Mapping[str, Any], operation: Mapping[str, Any]) -> dict[str, Any]:
    """Our own words where the claim says that there was text. Path parameters are not part of a body."""
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
    return sample(schema) if isinstance(value, str) and value in _PLACEHOLDERS else value


def _whole_smallest(schema: Mapping[str, Any]) -> dict[str, Any]:
    return _wrapped(_smallest(schema), schema)


def _smallest(schema: Mapping[str, Any]) -> dict[str, Any]:
    inner = parameters(schema)
    return {name: sample(inner["properties"][name]) for name in inner.get("required", ())}


def sample(schema: Mapping[str, Any]) -> Any:
    """A value that the schema accepts."""
    for key in ("examples", "enum"):
        if schema.get(key):
            return schema[key][0]
    if "default" in schema:
        return schema["default"]
    kind = schema.get("type", "string")
    if kind == "array":
        return [sample(schema.get("items", {}))]
    if kind in {"integer", "number"}:
        return schema.get("minimum", schema.get("maximum", 1))
    if kind == "boolean":
        return True
    if schema.get("format") == "uri":
        return _ADDRESSES.get(schema.get("x-media", {}).get("kind", ""), "https://files.example.org/hook")
    return "A short text"


def problems(value: Any, schema: Mapping[str, Any]) -> tuple[str, ...]:
    """What a schema has against an example, each once, in words."""
    errors = Draft202012Validator(dict(schema)).iter_errors(value)
    return tuple(sorted({words for error in errors for words in _in_words(error)}))


def _in_words(error: ValidationError) -> Iterable[str]:
    name = ".".join(str(step) for step in error.absolute_path)
    keyword, limit = str(error.validator), error.schema[error.validator]  # type: ignore[index]
    if keyword == "required" and isinstance(error.instance, dict):
        yield from (f"{missing} is missing" for missing in limit if missing not in error.instance)
    elif keyword == "additionalProperties" and isinstance(error.instance, dict):
        known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
        yield from (f"{extra} is no parameter" for extra in sorted(set(error.instance) - set(known)))
    else:
        yield f"{name} is {error.instance!r}, against {keyword} {limit!r}"
