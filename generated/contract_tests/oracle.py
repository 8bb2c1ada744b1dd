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
    """One document, without the text for people. References are resolved within it and nowhere else."""

    def __init__(self, service: str) -> None:
        self.service = service
        self.document = json.loads((FOLDER / f"{service}.json").read_text(encoding="utf-8"))
        self._registry = Registry([("urn:catalog", self.document)])
        self._validators: dict[str, Draft202012Validator] = {}
        self._known: dict[tuple[str, str], list[str]] = {}
        """Results for a schema and a value: the same stub stands in many tests."""
        self._choices: dict[str, list[Any]] | None = None

    def faults(self, schema: str, value: Any) -> list[str]:
        """The faults of a value by the schema at a pointer."""
        key = (schema, exact(value))
        if key not in self._known:
            self._known[key] = [f"{error.instance_path}: {error.message}" for error in self._errors(schema, value)]
        return self._known[key]

    def choices(self, name: str) -> list[Any]:
        """Every value that any property of this name may have, where it has a list of them."""
        if self._choices is None:
            self._choices = {}
            for found, value in _choices(self.document):
                self._choices.setdefault(found, []).append(value)
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
    """The document of a service, read once."""
    return Catalog(service)


def exact(value: Any) -> str:
    """JSON as text that tells 1 from 1.0 and from True."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)


def as_text(value: Any) -> str:
    """JSON as a string, as some results come."""
    return json.dumps(value)


def get(document: Any, pointer: str) -> Any:
    """The value at a JSON pointer; None where there is none."""
    for step in _steps(pointer):
        if isinstance(document, Mapping):
            document = document.get(step)
        elif isinstance(document, list) and step.isdecimal() and int(step) < len(document):
            document = document[int(step)]
        else:
            return None
    return document


def put(document: Any, pointer: str, value: Any) -> Any:
    """A copy with the value at a JSON pointer set."""
    steps = _steps(pointer)
    if not steps:
        return value
    rest = "".join("/" + escaped(step) for step in steps[1:])
    if isinstance(document, list):
        return [put(item, rest, value) if str(index) == steps[0] else item for index, item in enumerate(document)]
    known = dict(document) if isinstance(document, Mapping) else {}
    return {**known, steps[0]: put(known.get(steps[0]), rest, value)}


def with_unknown_fields(reply: Any, needed: Collection[str]) -> Any:
    """A copy with a field more in every object, whatever is needed of it."""
    if isinstance(reply, Mapping):
        return {**{name: with_unknown_fields(value, needed) for name, value in reply.items()}, "canary_field": [None]}
    return [with_unknown_fields(item, needed) for item in reply] if isinstance(reply, list) else reply


def with_nulls(reply: Any, needed: Collection[str], at: str = "") -> Any:
    """A copy with null in place of everything but what is at, around or in the needed places."""
    if at in needed:
        return reply
    if isinstance(reply, Mapping) and any(f"{place}/".startswith(f"{at}/") for place in needed):
        steps = {name: escaped(name) for name in reply}
        return {name: with_nulls(value, needed, f"{at}/{steps[name]}") for name, value in reply.items()}
    return None


def _choices(node: Any) -> Iterator[tuple[str, Any]]:
    """The name of each property that has a list of values, with each value."""
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
    """One step of a JSON pointer."""
    return step.replace("~", "~0").replace("/", "~1")


def _steps(pointer: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
