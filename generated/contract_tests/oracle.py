# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Check requests and replies against the OpenAPI documents.

This is an oracle of its own on purpose: it reads the documents with jsonschema-rs and shares no code with the client or
with its generator, so that a mistake of theirs is not repeated here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jsonschema_rs import Draft202012Validator, FancyRegexOptions, Registry, ValidationError

Alteration = Callable[[Any, Collection[str]], Any]
"""Change a documented reply so that it is not quite as documented."""
FOLDER = Path(__file__).parent / "catalog"


class Catalog:
    """One OpenAPI document without its descriptions. References are resolved inside it only."""

    def __init__(self, service: str) -> None:
        self.service = service
        self.document = json.loads((FOLDER / f"{service}.json").read_text(encoding="utf-8"))
        self._registry = Registry([("urn:catalog", self.document)])
        self._validators: dict[str, Draft202012Validator] = {}
        self._known: dict[tuple[str, str], list[str]] = {}
        """Faults by schema and value: many tests have the same stub."""
        self._choices: dict[str, list[Any]] | None = None

    def faults(self, schema: str, value: Any) -> list[str]:
        """Return the faults of a value against the schema at a pointer."""
        key = (schema, exact(value))
        if key not in self._known:
            self._known[key] = [f"{error.instance_path}: {error.message}" for error in self._errors(schema, value)]
        return self._known[key]

    def choices(self, name: str) -> list[Any]:
        """Return the values in the enums of all properties of this name."""
        if self._choices is None:
            self._choices = {}
            for property_name, value in _choices(self.document):
                self._choices.setdefault(property_name, []).append(value)
        return self._choices.get(name, [])

    def _errors(self, schema: str, value: Any) -> Iterator[ValidationError]:
        if schema not in self._validators:
            reference = {"$ref": f"urn:catalog#{quote(schema, safe='/~')}"}
            self._validators[schema] = Draft202012Validator(
                reference, registry=self._registry, pattern_options=FancyRegexOptions(backtrack_limit=100_000)
            )
        return self._validators[schema].iter_errors(value)


@cache
def catalog(service: str) -> Catalog:
    """Return the document of a service, read once."""
    return Catalog(service)


def exact(value: Any) -> str:
    """Return JSON as text in which 1, 1.0 and true differ."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)


def as_text(value: Any) -> str:
    """Return JSON as a string: some services send results so."""
    return json.dumps(value)


def get(document: Any, pointer: str) -> Any:
    """Return the value at a JSON pointer; None if there is none."""
    for step in _steps(pointer):
        if isinstance(document, Mapping):
            document = document.get(step)
        elif isinstance(document, list) and step.isdecimal() and int(step) < len(document):
            document = document[int(step)]
        else:
            return None
    return document


def put(document: Any, pointer: str, value: Any) -> Any:
    """Return a copy with the value at a JSON pointer set."""
    steps = _steps(pointer)
    if not steps:
        return value
    rest = "".join("/" + escaped(step) for step in steps[1:])
    if isinstance(document, list):
        return [put(item, rest, value) if str(index) == steps[0] else item for index, item in enumerate(document)]
    known = dict(document) if isinstance(document, Mapping) else {}
    return {**known, steps[0]: put(known.get(steps[0]), rest, value)}


def with_unknown_fields(reply: Any, needed: Collection[str]) -> Any:
    """Return a copy with one more field in every object. `needed` is ignored."""
    if isinstance(reply, Mapping):
        return {**{name: with_unknown_fields(value, needed) for name, value in reply.items()}, "canary_field": [None]}
    return [with_unknown_fields(item, needed) for item in reply] if isinstance(reply, list) else reply


def with_nulls(reply: Any, needed: Collection[str], at: str = "") -> Any:
    """Return a copy with null for each value that is not at, around or inside a needed place."""
    if at in needed:
        return reply
    is_around = any(f"{place}/".startswith(f"{at}/") for place in needed)
    if isinstance(reply, list) and is_around:
        return [with_nulls(item, needed, f"{at}/{index}") for index, item in enumerate(reply)]
    if isinstance(reply, Mapping) and is_around:
        steps = {name: escaped(name) for name in reply}
        return {name: with_nulls(value, needed, f"{at}/{steps[name]}") for name, value in reply.items()}
    return None


def _choices(node: Any) -> Iterator[tuple[str, Any]]:
    """Yield each property that has an enum, with each of its values."""
    if isinstance(node, list):
        for item in node:
            yield from _choices(item)
    elif isinstance(node, Mapping):
        properties = node.get("properties")
        for name, schema in properties.items() if isinstance(properties, Mapping) else ():
            values = schema.get("enum") if isinstance(schema, Mapping) else None
            yield from ((name, value) for value in values or () if isinstance(value, str | int))
        for item in node.values():
            yield from _choices(item)


def escaped(step: str) -> str:
    """Return one step of a JSON pointer."""
    return step.replace("~", "~0").replace("/", "~1")


def _steps(pointer: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
