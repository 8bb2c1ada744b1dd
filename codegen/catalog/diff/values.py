"""Schemas as subjects of the diff: references followed, compositions merged, annotations told from constraints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from codegen.catalog.diff.rules import Direction
from codegen.catalog.diff.subject import Subject, by_name, mapping, stated
from codegen.catalog.nodes import Document, texts

_ANNOTATIONS = frozenset(
    "title description default examples example deprecated readOnly writeOnly $comment externalDocs xml".split()
)
_RULES = ("if", "then", "else", "not", "dependentRequired", "dependentSchemas")
_OTHER = (
    "multipleOf uniqueItems minProperties maxProperties minContains maxContains contains prefixItems patternProperties "
    "propertyNames unevaluatedProperties unevaluatedItems".split()
)
_BY_NAME = 2
_MEDIA_RANGES = ("bytes", "width", "height", "aspect", "frame_rate", "seconds")


@dataclass(frozen=True)
class Value:
    """What a schema belongs to."""

    document: Document
    operation: str
    direction: Direction

    def subject(self, kind: str, name: str, schema: Any, *, required: bool = False, pointer: str = "") -> Subject:
        """The subject of one schema and everything inside it."""
        merged = self._merged(self.document.resolve(schema))
        reference, place = self._follow(schema)
        return Subject(
            kind,
            name,
            place or pointer,
            self.direction,
            self.operation,
            {**self._facts(merged), **stated(required=required or None)},
            lambda: by_name(self._parts(name, merged)),
            reference,
        )

    def _follow(self, schema: Any) -> tuple[str, str]:
        """The last reference on the way to the schema itself, and its place in the document."""
        seen: list[str] = []
        current = schema
        while isinstance(current, dict) and isinstance(reference := current.get("$ref"), str) and reference not in seen:
            seen.append(reference)
            try:
                current = self.document.target(reference)
            except KeyError:
                current = None
        place = self.document.place(current) if isinstance(current, dict) else ""
        return seen[-1] if seen else "", place

    def _merged(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The schema with its `allOf` merged in: a property is a property wherever it is written."""
        merged = {key: value for key, value in schema.items() if key != "allOf"}
        branches = list(self.document.branches({"allOf": schema["allOf"]}))[1:] if "allOf" in schema else []
        for branch in branches:
            for key, value in branch.items():
                if key == "properties":
                    merged[key] = {**mapping(value), **mapping(merged.get(key))}
                elif key == "required":
                    merged[key] = sorted({*texts(value), *texts(merged.get(key))})
                elif key != "allOf":
                    merged.setdefault(key, value)
        return merged

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
        python = mapping(schema.get("x-python"))
        return {
            **stated(
                type=_list(schema.get("type")),
                enum=_list(schema["enum"]) if "enum" in schema else [schema["const"]] if "const" in schema else None,
                lower_bound=_lowest(schema),
                upper_bound=_highest(schema),
                shortest=schema.get("minLength"),
                longest=schema.get("maxLength"),
                fewest_items=schema.get("minItems"),
                most_items=schema.get("maxItems"),
                pattern=schema.get("pattern"),
                format=schema.get("format"),
                default=schema.get("default"),
                closed=True if schema.get("additionalProperties") is False else None,
                content=schema.get("contentMediaType") or schema.get("contentEncoding"),
                other_keywords=self._essence({key: schema[key] for key in _OTHER if key in schema}) or None,
                rules=self._essence({key: schema[key] for key in _RULES if key in schema}) or None,
                # References stay by name here: what they name is compared by itself.
                alternatives=[self._essence(part, _BY_NAME) for part in _alternatives(schema)] or None,
                wire=schema.get("x-wire"),
                enum_class=python.get("enum"),
                client_argument=python.get("client_argument"),
                title=schema.get("title"),
                description=schema.get("description"),
                examples=schema.get("examples", schema.get("example")),
                deprecated=schema.get("deprecated") or None,
                claims=schema.get("x-claims"),
                disputed=schema.get("x-disputed"),
            ),
            **_media(mapping(schema.get("x-media"))),
        }

    def _essence(self, value: Any, depth: int = 0) -> Any:
        """A schema without annotations and order: equal where the meaning is. References are followed a little way."""
        if isinstance(value, list):
            return [self._essence(entry, depth) for entry in value]
        if not isinstance(value, dict):
            return value
        if isinstance(reference := value.get("$ref"), str):
            if depth >= _BY_NAME:
                return {"$ref": reference}
            depth, value = depth + 1, self.document.resolve(value)
        kept = {key: below for key, below in value.items() if key not in _ANNOTATIONS and not key.startswith("x-")}
        return {
            key: sorted(below) if key == "required" and texts(below) == below else self._essence(below, depth)
            for key, below in sorted(kept.items())
        }


def _alternatives(schema: dict[str, Any]) -> list[Any]:
    return [part for key in ("anyOf", "oneOf") for part in _list(schema.get(key)) or []]


def _list(value: Any) -> list[Any] | None:
    return value if isinstance(value, list) or value is None else [value]


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _lowest(schema: Mapping[str, Any]) -> Any:
    """The lower bound in force: a number, or [number, true] where the number itself is out."""
    bounds = [(schema[key], is_open) for key, is_open in _LOWER if _number(schema.get(key))]
    return _shown(max(bounds)) if bounds else None


def _highest(schema: Mapping[str, Any]) -> Any:
    bounds = [(schema[key], not is_open) for key, is_open in _UPPER if _number(schema.get(key))]
    if not bounds:
        return None
    number, is_closed = min(bounds)
    return _shown((number, not is_closed))


_LOWER = (("minimum", False), ("exclusiveMinimum", True))
_UPPER = (("maximum", False), ("exclusiveMaximum", True))


def _shown(bound: tuple[Any, bool]) -> Any:
    number, is_open = bound
    return [number, True] if is_open else number


def _media(media: dict[str, Any]) -> dict[str, Any]:
    facts = stated(
        file_kind=media.get("kind"), file_formats=_list(media.get("formats")), same_size_as=media.get("same_size_as")
    )
    for name in _MEDIA_RANGES:
        limits = mapping(media.get(name))
        for end, keys in (("lower", _LOWER), ("upper", _UPPER)):
            # Bounds of an aspect are texts; one bound an end is all that the catalog knows.
            found = [_shown((limits[key], is_open)) for key, is_open in keys if key in limits]
            if found:
                facts[f"file {name} {end}"] = found[0]
    return facts
