"""Validators of the schemas of one document: compiled once, with references put in place, which makes them fast."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from .._runtime.pointer import MISSING, get

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, FormatChecker
    from referencing import Registry

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*")
_NAME = "urn:catalog"
_OF_SCHEMAS = frozenset({"properties", "patternProperties", "dependentSchemas", "$defs", "definitions"})
"""Keywords that hold schemas by names of their own, which are no keywords."""
_DATA = frozenset({"enum", "const", "default", "example", "examples", "required", "dependentRequired"})


class Validators:
    """Makes and keeps them. References are resolved within the document and nowhere else."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._made: dict[tuple[str, bool], Draft202012Validator] = {}

    def at(self, pointer: str, *, formats: bool = False) -> Draft202012Validator:
        """Return the validator of the schema at a pointer. `formats`: a `uri` has to be one."""
        if (pointer, formats) not in self._made:
            # Who asks for facts alone needs no jsonschema.
            from jsonschema import Draft202012Validator

            schema, checker = self._whole({"$ref": f"#{pointer}"}, ()), _formats() if formats else None
            made = Draft202012Validator(schema, registry=self._registry, format_checker=checker)
            self._made[pointer, formats] = made
        return self._made[pointer, formats]

    @cached_property
    def _registry(self) -> Registry[Any]:
        """For what refers to itself, which can never be put in place."""
        from referencing import Registry
        from referencing.jsonschema import DRAFT202012

        empty: Registry[Any] = Registry()
        registry: Registry[Any] = empty.with_resource(_NAME, DRAFT202012.create_resource(dict(self._document)))
        return registry

    def _whole(self, schema: Any, above: tuple[str, ...]) -> Any:
        if isinstance(schema, list):
            return [self._whole(item, above) for item in schema]
        if not isinstance(schema, Mapping):
            return schema
        found = {word: self._value(word, value, above) for word, value in schema.items() if word != "$ref"}
        reference = schema.get("$ref")
        if not isinstance(reference, str):
            return found
        target = get(self._document, reference.removeprefix("#")) if reference.startswith("#/") else MISSING
        if target is MISSING or reference in above:
            return {**found, "$ref": _NAME + reference.replace("%", "%25")}
        inner = self._whole(target, (*above, reference))
        return {**found, "allOf": [inner, *found.get("allOf", [])]} if found else inner

    def _value(self, word: str, value: Any, above: tuple[str, ...]) -> Any:
        if word in _DATA or word.startswith("x-"):
            return value
        if word in _OF_SCHEMAS and isinstance(value, Mapping):
            return {name: self._whole(schema, above) for name, schema in value.items()}
        return self._whole(value, above)


@cache
def _formats() -> FormatChecker:
    """Return the formats that jsonschema knows by itself, and URLs."""
    from jsonschema import Draft202012Validator, FormatChecker

    checker = FormatChecker(formats=())
    checker.checkers = {**Draft202012Validator.FORMAT_CHECKER.checkers, "uri": (_is_uri, ())}
    return checker


def _is_uri(value: object) -> bool:
    return not isinstance(value, str) or _URI.fullmatch(value) is not None
