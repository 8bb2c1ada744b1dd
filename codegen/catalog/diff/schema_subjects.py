"""Schemas as subjects of the diff: references followed, compositions merged, annotations told from constraints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from codegen.catalog.diff.rules import KEYWORDS, Direction
from codegen.catalog.diff.same_values import in_one_form
from codegen.catalog.diff.subject import (
    Subject,
    by_name,
    extensions,
    mapping,
    python_name,
    rest,
    stated,
)
from codegen.openapi.document import Document
from codegen.openapi.json_values import is_number, texts
from codegen.openapi.pointers import chain

_ANNOTATIONS = frozenset(
    "title description default examples example deprecated readOnly writeOnly $comment externalDocs xml".split()
)
_CONDITIONS = ("if", "then", "else")
_BY_NAME = 2
_MEDIA_RANGES = ("bytes", "width", "height", "aspect", "frame_rate", "seconds")
_MEDIA_KEYS = frozenset({"kind", "formats", "same_size_as", *_MEDIA_RANGES})


@dataclass(frozen=True)
class ValueOwner:
    """The part of a document that a schema belongs to."""

    document: Document
    operation: str
    direction: Direction

    def subject(self, kind: str, name: str, schema: Any, *, required: bool = False, pointer: str = "") -> Subject:
        """Return the subject of one schema and everything inside it."""
        resolved = {"not": {}} if schema is False else self.document.resolve(schema)
        merged = self._merged(resolved)
        reference, place = self._follow(schema)
        if self.direction == "request" and merged.get("readOnly") is True:
            required = False  # the service fills it in, whatever the list of required properties says
        own_name = name.rpartition(" (in ")[0] if kind == "parameter" else name.rpartition(".")[2]
        python_key = mapping(merged.get("x-python")).get("name")
        python = python_name(python_key, own_name) if kind in {"parameter", "property"} else None
        return Subject(
            kind,
            name,
            place or pointer,
            self.direction,
            self.operation,
            {**self._facts(merged), **stated(required=required or None, python_name=python)},
            lambda: by_name(self._parts(name, merged)),
            reference,
        )

    def _follow(self, schema: Any) -> tuple[str, str]:
        """Return the last reference on the way to the schema itself, and its place in the document."""
        nodes = [node for node, _ in chain(self.document.root, schema) if isinstance(node, dict)]
        references = [node["$ref"] for node in nodes if isinstance(node.get("$ref"), str)]
        is_whole = bool(nodes) and "$ref" not in nodes[-1]
        return references[-1] if references else "", self.document.place(nodes[-1]) if is_whole else ""

    def _merged(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Return the schema as one object: `allOf` merged in, a branch for null as a type, bounds of 3.0 rewritten."""
        merged = {key: value for key, value in schema.items() if key != "allOf"}
        conditions = [_conditions(schema)]
        for branch in self._demanded(schema):
            conditions.append(_conditions(branch))
            for key, value in branch.items():
                if key in ("anyOf", "oneOf") and key in merged:
                    conditions.append({key: value})  # one more choice that has to be made
                elif key != "allOf":
                    merged[key] = _both(key, merged[key], value) if key in merged else value
        merged = {key: value for key, value in merged.items() if key not in _CONDITIONS}
        if rules := [condition for condition in conditions if condition]:
            merged["if"] = rules
        return in_one_form(self._nullable(self._only(_bounds_of_3_0(merged))))

    def _only(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Return the schema with the one alternative that it has merged into it."""
        for key in ("anyOf", "oneOf"):
            if len(branches := _list(schema.get(key)) or []) == 1 and "$ref" not in mapping(branches[0]):
                beside = {name: value for name, value in schema.items() if name != key}
                return self._merged({**beside, "allOf": branches})
        return schema

    def _demanded(self, schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Yield the schemas of `allOf`, at any depth; what only one of several alternatives demands is left to them."""
        waiting, seen = [*(_list(schema.get("allOf")) or [])], set[int]()
        while waiting:
            part = waiting.pop(0)
            if id(part) not in seen:
                seen.add(id(part))
                branch = self.document.resolve(part)
                yield branch
                waiting += _list(branch.get("allOf")) or []

    def _nullable(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Return the schema with one branch beside a branch for null merged into it as a nullable type."""
        for key in ("anyOf", "oneOf"):
            branches = [self.document.resolve(branch) for branch in _list(schema.get(key)) or []]
            others = [branch for branch in branches if not (branch.get("type") == "null" and len(branch) == 1)]
            if len(branches) == 2 and len(others) == 1:
                beside = {name: value for name, value in schema.items() if name != key}
                whole = {**self._merged(others[0]), **beside}
                kinds = _list(whole.get("type"))
                if "const" in whole or "enum" in whole:
                    whole["enum"] = [*([whole.pop("const")] if "const" in whole else whole["enum"]), None]
                return {**whole, "type": [*kinds, "null"]} if kinds and "null" not in kinds else whole
        return schema

    def _parts(self, name: str, schema: dict[str, Any]) -> list[Subject]:
        required = texts(schema.get("required"))
        parts = [
            self.subject("property", f"{name}.{key}" if name else key, below, required=key in required)
            for key, below in mapping(schema.get("properties")).items()
        ]
        if isinstance(items := schema.get("items"), dict):
            parts.append(self.subject("items", f"{name}[]", items))
        if isinstance(content := schema.get("contentSchema"), dict):
            parts.append(self.subject("text content", f"{name} (as JSON)", content))
        if isinstance(others := schema.get("additionalProperties"), dict) and others:
            parts.append(self.subject("property", f"{name}.*", others))
        for part in _alternatives(schema):
            if isinstance(reference := mapping(part).get("$ref"), str):
                parts.append(self.subject("alternative", f"{name} as {reference.rpartition('/')[2]}", part))
        for value, member in mapping(mapping(schema.get("x-python")).get("names")).items():
            parts.append(Subject("enum member", f"{name} {value}", "", facts=stated(member=member)))
        return parts

    def _facts(self, schema: dict[str, Any]) -> dict[str, Any]:
        discriminator = mapping(schema.get("discriminator"))
        return {
            **stated(
                type=_types(schema),
                enum=[schema["const"]] if "const" in schema else _list(schema.get("enum")),
                lower_bound=_lowest(schema),
                upper_bound=_highest(schema),
                multiple_of=schema.get("multipleOf"),
                shortest=schema.get("minLength"),
                longest=schema.get("maxLength"),
                fewest_items=schema.get("minItems"),
                most_items=schema.get("maxItems"),
                fewest_properties=schema.get("minProperties"),
                most_properties=schema.get("maxProperties"),
                unique_items=schema.get("uniqueItems") or None,
                pattern=schema.get("pattern"),
                format=schema.get("format"),
                default=schema.get("default"),
                unit=_unit(schema.get("description")),
                closed=True if schema.get("additionalProperties") is False else None,
                content=schema.get("contentMediaType"),
                content_encoding=schema.get("contentEncoding"),
                conditions=self._essence(schema.get("if")) or None,
                # References stay by name here: what they name is compared by itself.
                alternatives=[self._essence(part, _BY_NAME) for part in _alternatives(schema)] or None,
                exactly_one=True if "oneOf" in schema else None,
                discriminator=discriminator.get("propertyName"),
                discriminator_values=mapping(discriminator.get("mapping")) or None,
                discriminator_default=discriminator.get("defaultMapping"),
                read_only=schema.get("readOnly") or None,
                write_only=schema.get("writeOnly") or None,
            ),
            **_extensions(schema),
            **_annotations(schema),
            **{f"keyword {key}": self._essence(schema[key]) for key in KEYWORDS if key in schema},
            **_media(mapping(schema.get("x-media"))),
        }

    def _essence(self, value: Any, depth: int = 0) -> Any:
        """Return a schema without annotations and order: equal where the meaning is.

        References are followed a little way.
        """
        if isinstance(value, list):
            return [self._essence(entry, depth) for entry in value]
        if not isinstance(value, dict):
            return value
        if isinstance(reference := value.get("$ref"), str):
            if depth >= _BY_NAME:
                return {"$ref": reference}
            depth, value = depth + 1, self.document.resolve(value)
        constraints = {
            key: below for key, below in value.items() if key not in _ANNOTATIONS and not key.startswith("x-")
        }
        return {
            key: sorted(below) if key == "required" and texts(below) == below else self._essence(below, depth)
            for key, below in sorted(constraints.items())
        }


_IN_UNITS = re.compile(
    r"\bin ((?:(?:milli|micro|nano)?second|minute|hour|day|week|month|year|frame|pixel|percent|(?:kilo|mega|giga)?byte|"
    r"character|word|token|cent|dollar|credit)s?)\b",
    re.IGNORECASE,
)


def _unit(description: Any) -> str | None:
    """Return the unit that the words about a value name, if it is one."""
    units = {
        unit.lower().rstrip("s") for unit in _IN_UNITS.findall(description if isinstance(description, str) else "")
    }
    return f"{units.pop()}s" if len(units) == 1 else None


def _both(key: str, one: Any, other: Any) -> Any:
    """Merge two values of one keyword that hold together: the stricter where there is one, else the first."""
    if key == "properties":
        return {**mapping(other), **mapping(one)}
    if key == "required":
        return sorted({*texts(one), *texts(other)})
    if key in _STRICTER and is_number(one) and is_number(other):
        return _STRICTER[key](one, other)
    if key == "enum" and isinstance(one, list) and isinstance(other, list):
        return [entry for entry in one if entry in other]
    if key == "additionalProperties" and False in (one, other):
        return False
    return one


_STRICTER = {
    **dict.fromkeys(("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"), max),
    **dict.fromkeys(("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"), min),
}


def _extensions(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a schema states for clients in Python, and in extensions that are not ours."""
    python = mapping(schema.get("x-python"))
    return stated(
        wire=schema.get("x-wire"),
        enum_class=python.get("enum"),
        client_argument=python.get("client_argument"),
        other_python_keys=rest(python, {"enum", "names", "client_argument", "name"}),
        extensions=extensions(schema, "schema"),
    )


def _annotations(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a schema states for people, and about itself."""
    return stated(
        title=schema.get("title"),
        description=schema.get("description"),
        examples=schema.get("examples", schema.get("example")),
        external_docs=schema.get("externalDocs"),
        deprecated=schema.get("deprecated") or None,
        sunset=schema.get("x-sunset"),
        disputed=schema.get("x-disputed"),
    )


def _conditions(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {key: schema[key] for key in _CONDITIONS if key in schema}


def _bounds_of_3_0(schema: dict[str, Any]) -> dict[str, Any]:
    """Rewrite bounds of OpenAPI 3.0, where `exclusiveMinimum: true` makes `minimum` exclusive."""
    plain = dict(schema)
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if isinstance(flag := plain.get(exclusive), bool):
            del plain[exclusive]
            if flag and bound in plain:
                plain[exclusive] = plain.pop(bound)
    return plain


def _alternatives(schema: dict[str, Any]) -> list[Any]:
    return [part for key in ("anyOf", "oneOf") for part in _list(schema.get(key)) or []]


def _types(schema: Mapping[str, Any]) -> list[Any] | None:
    kinds = _list(schema.get("type"))
    return [*kinds, "null"] if kinds and schema.get("nullable") is True and "null" not in kinds else kinds


def _list(value: Any) -> list[Any] | None:
    return value if isinstance(value, list) or value is None else [value]


def _lowest(schema: Mapping[str, Any]) -> Any:
    """Return the lower bound in force: a number, or [number, true] where the number itself is out."""
    bounds = [(schema[key], is_open) for key, is_open in _LOWER if is_number(schema.get(key))]
    return _bound(max(bounds)) if bounds else None


def _highest(schema: Mapping[str, Any]) -> Any:
    bounds = [(schema[key], not is_open) for key, is_open in _UPPER if is_number(schema.get(key))]
    if not bounds:
        return None
    number, is_closed = min(bounds)
    return _bound((number, not is_closed))


_LOWER = (("minimum", False), ("exclusiveMinimum", True))
_UPPER = (("maximum", False), ("exclusiveMaximum", True))


def _bound(bound: tuple[Any, bool]) -> Any:
    number, is_open = bound
    return [number, True] if is_open else number


def _media(media: dict[str, Any]) -> dict[str, Any]:
    facts = stated(
        file_kind=media.get("kind"),
        file_formats=_list(media.get("formats")),
        same_size_as=media.get("same_size_as"),
        other_file_limits=rest(media, _MEDIA_KEYS),
    )
    for name in _MEDIA_RANGES:
        limits = mapping(media.get(name))
        for end, keys in (("lower", _LOWER), ("upper", _UPPER)):
            # Bounds of an aspect are texts; one bound an end is all that the catalog knows.
            bounds = [_bound((limits[key], is_open)) for key, is_open in keys if key in limits]
            if bounds:
                facts[f"file {name} {end}"] = bounds[0]
    return facts
