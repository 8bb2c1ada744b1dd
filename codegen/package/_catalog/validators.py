"""Validators of the schemas of one document: compiled once, with references put in place, which makes them fast.

They are those of jsonschema, not of jsonschema-rs: the extras `testing`, `offline` and `cli` stay pure Python, and the
messages about a wrong request are built from the failing keyword of each error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from .._runtime.messages import URI
from .._runtime.pointer import MISSING, fragment, get

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, FormatChecker
    from referencing import Registry

_URI = re.compile(URI)
_NAME = "urn:catalog"
_DECIDED = "x-decided"
"""Word of a discriminator → the alternative that it names."""
_OF_SCHEMAS = frozenset({"properties", "patternProperties", "dependentSchemas", "$defs", "definitions"})
"""Keywords that hold schemas by names of their own, which are not keywords."""
_DATA = frozenset({"enum", "const", "default", "example", "examples", "required", "dependentRequired"})


class Validators:
    """Makes and keeps them. References are resolved within the document and nowhere else."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._made: dict[tuple[str, bool, bool], Draft202012Validator] = {}

    def at(self, pointer: str, *, formats: bool = False, is_request: bool = False) -> Draft202012Validator:
        """Return the validator of the schema at a pointer.

        `formats`: a `uri` has to be one. `is_request`: what is read only is not asked for, else what is write only.
        """
        key = pointer, formats, is_request
        if key not in self._made:
            schema, checker = (
                self._whole({"$ref": f"#{quote(pointer, safe='/~$')}"}, ()),
                _formats() if formats else None,
            )
            validator = _kind("readOnly" if is_request else "writeOnly")
            self._made[key] = validator(schema, registry=self._registry, format_checker=checker)
        return self._made[key]

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
        values = {word: self._value(word, value, above) for word, value in schema.items() if word != "$ref"}
        reference = schema.get("$ref")
        if isinstance(schema.get("discriminator"), Mapping) and isinstance(schema.get("oneOf"), list):
            values[_DECIDED] = dict(self._words(schema, values["oneOf"]))
        if not isinstance(reference, str):
            return values
        target = get(self._document, fragment(reference)) if reference.startswith("#/") else MISSING
        if target is MISSING or reference in above:
            return {**values, "$ref": _NAME + reference}
        inner = self._whole(target, (*above, reference))
        return {**values, "allOf": [inner, *values.get("allOf", [])]} if values else inner

    def _words(self, schema: Mapping[str, Any], options: list[Any]) -> Iterator[tuple[str, Any]]:
        """Yield the words of a discriminator, each with the alternative that it names."""
        discriminator = schema["discriminator"]
        mapping = discriminator.get("mapping")
        for option, whole in zip(schema["oneOf"], options, strict=True):
            reference = option.get("$ref") if isinstance(option, Mapping) else None
            if not isinstance(reference, str):
                continue
            place = fragment(reference)
            name = place.rpartition("/")[2]
            rows = mapping.items() if isinstance(mapping, Mapping) else ()
            own = [word for word, target in rows if isinstance(target, str) and fragment(target) in (place, name)]
            yield from (
                (word, whole) for word in own or stated_words(whole, discriminator.get("propertyName")) or [name]
            )

    def _value(self, word: str, value: Any, above: tuple[str, ...]) -> Any:
        if word in _DATA or word.startswith("x-"):
            return value
        if word in _OF_SCHEMAS and isinstance(value, Mapping):
            return {name: self._whole(schema, above) for name, schema in value.items()}
        return self._whole(value, above)


def stated_words(schema: Any, name: Any) -> list[str]:
    """Return the words that a property may be, by what a schema without references says."""
    if not isinstance(schema, Mapping):
        return []
    properties = schema.get("properties")
    node = properties.get(name) if isinstance(properties, Mapping) else None
    words = [word for part in schema.get("allOf", ()) for word in stated_words(part, name)]
    if isinstance(node, Mapping):
        words += [node["const"]] if "const" in node else node.get("enum", [])
    return [word for word in words if isinstance(word, str)]


@cache
def _kind(keyword: str) -> Any:
    """Return the class of validators that do not ask for properties with a keyword: `readOnly`, `writeOnly`."""
    from jsonschema import Draft202012Validator, validators  # who asks for facts alone needs none

    usual = Draft202012Validator.VALIDATORS

    def required(validator: Any, names: Any, value: Any, schema: Any) -> Iterator[Any]:
        properties = schema.get("properties", {})
        required = [name for name in names if not _says(properties.get(name), keyword)]
        yield from usual["required"](validator, required, value, schema)

    def one_of(validator: Any, options: Any, value: Any, schema: Any) -> Iterator[Any]:
        name = schema.get("discriminator", {}).get("propertyName")
        word = value.get(name) if isinstance(value, Mapping) else None
        alternative = schema.get(_DECIDED, {}).get(word) if isinstance(word, str) else None
        if alternative is None:
            yield from usual["oneOf"](validator, options, value, schema)
        else:
            yield from validator.descend(value, alternative)

    extend: Any = validators.extend
    return extend(Draft202012Validator, {"required": required, "oneOf": one_of})


def _says(node: Any, word: str) -> bool:
    if not isinstance(node, Mapping):
        return False
    return node.get(word) is True or any(_says(part, word) for part in node.get("allOf", ()))


@cache
def _formats() -> FormatChecker:
    """Return the formats that jsonschema knows by itself, and URLs."""
    from jsonschema import Draft202012Validator, FormatChecker

    checker = FormatChecker(formats=())
    checker.checkers = {**Draft202012Validator.FORMAT_CHECKER.checkers, "uri": (_is_uri, ())}
    return checker


def _is_uri(value: object) -> bool:
    return not isinstance(value, str) or _URI.fullmatch(value) is not None
