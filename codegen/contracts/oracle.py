"""What the schemas of an OpenAPI document say and accept, by jsonschema-rs.

This is an oracle of its own on purpose: it shares no code with `codegen.openapi`, which the client generator reads
documents with, so that a mistake there is not repeated in the tests of its output. Its patterns are those of ECMA, and
a pattern or a value that would take for ever is refused instead.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import quote, unquote

from jsonschema_rs import Draft202012Validator, FancyRegexOptions, Registry

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
"""Independent of `codegen.openapi` on purpose, as all of this module."""
_NAME = "urn:catalog"
_UNCHECKED = (
    *("date", "time", "date-time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6"),
    *(
        "uri-reference",
        "iri",
        "iri-reference",
        "uri-template",
        "uuid",
        "json-pointer",
        "relative-json-pointer",
        "regex",
    ),
)
_FORMATS: dict[str, Any] = {name: lambda _: True for name in _UNCHECKED}
"""Of the formats only `uri` is checked, as in the client."""
_SIZES = ("minItems", "maxItems", "minLength", "maxLength")
_NUMBERS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_KINDS: Mapping[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("oneOf", "anyOf", "allOf", "enum", "required", "examples"), list),
    **dict.fromkeys(_SIZES, int),
    **dict.fromkeys(_NUMBERS, (int, float)),
    **dict.fromkeys(("format", "pattern"), str),
    "properties": dict,
}
"""The kinds of the values of the keywords that are read here and by those who propose values."""
_BACKTRACKS = 100_000
"""A pattern that needs more steps than this for a value does not match it."""
_MAX_REFERENCES = 32
"""A chain of references longer than this is a circle."""


class Oracle:
    """One OpenAPI document; every schema in it is addressed by its JSON pointer."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document: dict[str, Any] = json.loads(json.dumps(document))
        self._validators: dict[str, Draft202012Validator | None] = {}
        self._places: dict[str, str] = {}

    @cached_property
    def _registry(self) -> Registry:
        return Registry([(_NAME, self.document)])

    def at(self, pointer: str) -> Any:
        """Return the node at a pointer, references not followed; None where there is none."""
        node: Any = self.document
        for step in steps(pointer):
            if isinstance(node, Mapping):
                node = node.get(step)
            elif isinstance(node, list) and step.isdecimal() and int(step) < len(node):
                node = node[int(step)]
            else:
                return None
        return node

    def place(self, pointer: str) -> str:
        """Return the pointer of the same node with every reference on the way followed: one fact, one pointer."""
        above = self._places.get(pointer)
        if above is None:
            place = above = ""
            for step in steps(pointer):
                place = f"{above}/{escape(step)}"
                above = self._places.get(place)
                if above is None:
                    above = self._places[place] = self._follow(place)
            self._places[pointer] = above
        return above

    def _follow(self, pointer: str) -> str:
        for _ in range(_MAX_REFERENCES):
            node = self.at(pointer)
            target = node.get("$ref") if isinstance(node, Mapping) else None
            if not isinstance(target, str) or not target.startswith("#/"):
                return pointer
            pointer = unquote(target[1:])
        return pointer

    def schema(self, pointer: str) -> tuple[str, Mapping[str, Any]]:
        """Return the schema at a pointer, references followed, with the place it stands at.

        `true` is the empty schema. A keyword with a value of another kind than its own is left out.
        """
        place = self.place(pointer)
        node = self.at(place)
        if not isinstance(node, Mapping):
            return place, {}
        wrong = {name for name, kind in _KINDS.items() if name in node and not isinstance(node[name], kind)}
        return place, {name: value for name, value in node.items() if name not in wrong} if wrong else node

    def accepts(self, pointer: str, value: Any) -> bool:
        """Return whether the schema at a pointer accepts a value. One that is not a schema accepts none."""
        place = self.place(pointer)
        if place not in self._validators:
            self._validators[place] = self._validator(place)
        validator = self._validators[place]
        return validator is not None and validator.is_valid(value)

    def _validator(self, place: str) -> Draft202012Validator | None:
        reference = {"$ref": f"{_NAME}#{quote(place, safe='/~')}"}
        try:
            return Draft202012Validator(
                reference,
                registry=self._registry,
                formats=_FORMATS,
                validate_formats=True,
                pattern_options=FancyRegexOptions(backtrack_limit=_BACKTRACKS),
            )
        except ValueError:
            return None


def join(pointer: str, *steps: str | int) -> str:
    """Return a pointer some steps further down."""
    return pointer + "".join(f"/{escape(str(step))}" for step in steps)


def get(document: Any, pointer: str) -> Any:
    """Return the value at a pointer of a JSON value; None where there is none."""
    for step in steps(pointer):
        if isinstance(document, Mapping):
            document = document.get(step)
        elif isinstance(document, list) and step.isdecimal() and int(step) < len(document):
            document = document[int(step)]
        else:
            return None
    return document


def put(document: Any, pointer: str, value: Any) -> Any:
    """Return a copy of a JSON value with one place set; the objects on the way are made where they are missing."""
    way = list(steps(pointer))
    if not way:
        return value
    first, rest = way[0], join("", *way[1:])
    if isinstance(document, list) and first.isdecimal() and int(first) < len(document):
        return [put(item, rest, value) if index == int(first) else item for index, item in enumerate(document)]
    members = dict(document) if isinstance(document, Mapping) else {}
    return {**members, first: put(members.get(first), rest, value)}


def concrete(document: Any, pointer: str) -> list[str]:
    """Return the places that a pointer with steps `*` names in a value; where there is none yet, the first there is."""
    head, star, rest = pointer.partition("/*")
    if not star or rest[:1] not in ("", "/"):
        return [pointer]
    value = get(document, head)
    names = [str(index) for index in range(len(value))] if isinstance(value, list) else []
    names = [escape(name) for name in value] if isinstance(value, Mapping) else names
    return [place for name in names or ["0"] for place in concrete(document, f"{head}/{name}{rest}")]


def steps(pointer: str) -> Iterator[str]:
    """Yield the steps of a pointer, unescaped."""
    return (step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])


def escape(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")
