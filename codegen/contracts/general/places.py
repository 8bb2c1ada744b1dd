"""The places of a value that a schema speaks of, each with a whole value around it: a limit counts in every one."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from codegen.contracts.oracle_pointers import join
from codegen.openapi.json_values import as_object
from codegen.openapi.samples import Samples, Size
from codegen.openapi.schemas import Schemas, View, both, tags

_MOST_PLACES = 60
"""SchemaPlaces of one parameter."""
_DEEPEST = 6
_MOST_OPTIONS = 6
EXTRA = "canary_key"
"""A name that no schema has."""
_SIZES: tuple[Size, ...] = ("smallest", "fullest")
Embed = Callable[[Any], Any]


@dataclass(frozen=True)
class SchemaPlace:
    """One schema inside another."""

    view: View
    embed: Embed
    """Puts a value there into a value of the whole."""
    depth: int = 0
    name: str = "text"
    tag: str = ""
    """The property that says which alternative of a union this is."""

    def inner(self, view: View, embed: Embed, name: str = "text", tag: str = "") -> SchemaPlace:
        """Return a place inside this one."""
        return SchemaPlace(view, lambda value: self.embed(embed(value)), self.depth + 1, name, tag)

    @property
    def tags(self) -> set[str]:
        """Return the properties that say which alternative of a union a value is."""
        discriminator = self.view.schema.get("discriminator")
        own = discriminator.get("propertyName") if isinstance(discriminator, Mapping) else ""
        return {self.tag, str(own)}

    @property
    def is_class(self) -> bool:
        """Return whether its schema becomes one class, wherever it is used."""
        return self.view.identity is not None and bool(self.view.schema.get("properties"))


class SchemaPlaces:
    """Finds the places in the schemas of a document."""

    def __init__(self, schemas: Schemas, samples: Samples) -> None:
        self._schemas = schemas
        self._samples = samples

    def of(self, view: View, name: str, elsewhere: Set[str]) -> Iterator[SchemaPlace]:
        """Yield the places in a schema, the outermost first, none that is known and none twice."""
        waiting, seen = deque([SchemaPlace(view, lambda value: value, 0, name)]), {view.key, *elsewhere}
        for _ in range(_MOST_PLACES):
            if not waiting:
                return
            place = waiting.popleft()
            yield place
            for inner in self._inside(place) if place.depth < _DEEPEST else ():
                if not inner.is_class or inner.view.key not in seen:
                    seen.add(inner.view.key)
                    waiting.append(inner)

    def good(self, place: SchemaPlace, kind: type[Any]) -> Any:
        """Return a value of a type for a place; None where there is none."""
        for size in _SIZES:
            values = self._samples.of(place.view.schema, place.view.pointer, size, place.name)
            for value in islice(values, 4):
                if isinstance(value, kind) and not (value == [] and size == "smallest"):
                    return value
        return None

    def different(self, view: View, number: int) -> list[Any]:
        """Return values of a schema that differ from each other, as many as are there."""
        values: list[Any] = []
        for size in _SIZES:
            for value in self._samples.of(view.schema, view.pointer, size):
                if len(values) >= number:
                    return values
                if value not in values:
                    values.append(value)
        return values

    def items(self, view: View) -> View | None:
        """Return the schema of the items of a list; None where they have none, or several."""
        items = view.schema.get("items")
        if not isinstance(items, Mapping) or "prefixItems" in view.schema:
            return None
        return self._schemas.view(items, join(view.pointer, "items"))

    def rest(self, view: View) -> View | None:
        """Return the schema of the values that no property is named for; None where there is none."""
        values = view.schema.get("additionalProperties")
        if not isinstance(values, Mapping) or not values:
            return None
        return self._schemas.view(values, join(view.pointer, "additionalProperties"))

    def properties(self, view: View) -> Iterator[tuple[str, View]]:
        """Yield the properties of an object that are sent."""
        for name, schema in view.properties.items():
            inner = self._schemas.property(view, name)
            if inner.schema.get("readOnly") is not True and schema is not False:
                yield name, inner

    def options(self, view: View) -> Iterator[tuple[View, dict[str, Any]]]:
        """Yield the alternatives of a union with what a discriminator asks each for, where there is one."""
        for keyword in ("oneOf", "anyOf"):
            options = view.schema.get(keyword)
            if not isinstance(options, list):
                continue
            rest = {key: value for key, value in view.schema.items() if key not in (keyword, "discriminator")}
            is_plain = not {"type", "properties", "required", "items"} & rest.keys()
            for index, option in enumerate(options[:_MOST_OPTIONS]):
                inner = self._schemas.view(option, join(view.pointer, keyword, index))
                if inner.schema.get("type") == "null":
                    continue
                if not is_plain:
                    base = View(rest, view.pointer, None, view.places)
                    inner = replace(both(inner, base, f"{view.key}/{keyword}/{index}"), identity=None)
                tag = self._tag(view.schema.get("discriminator"), option, inner)
                if tag or "discriminator" not in view.schema:
                    yield inner, tag
            return

    def _tag(self, discriminator: Any, option: Any, view: View) -> dict[str, Any]:
        name = as_object(discriminator).get("propertyName")
        words = tags(self._schemas, discriminator, option, view) if isinstance(name, str) else []
        return {str(name): words[0]} if words else {}

    def _inside(self, place: SchemaPlace) -> Iterator[SchemaPlace]:
        view = place.view
        yield from self._in_list(place)
        yield from self._in_object(place)
        for option, tag in self.options(view):
            yield place.inner(option, tagged(tag), place.name, next(iter(tag), ""))

    def _in_list(self, place: SchemaPlace) -> Iterator[SchemaPlace]:
        inner = self.items(place.view)
        if inner is not None:
            others = (self.good(place, list) or [])[1:]
            yield place.inner(inner, lambda value: [value, *others])

    def _in_object(self, place: SchemaPlace) -> Iterator[SchemaPlace]:
        rest = self.rest(place.view)
        properties = list(self.properties(place.view))
        good = self.good(place, dict) if properties or rest is not None else None
        if good is None:
            return
        for name, inner in properties:
            if name in place.tags:
                continue
            yield place.inner(inner, _with(good, name), name)
        if rest is not None:
            names = {name for name, _ in properties}
            yield place.inner(rest, _with(good, next((name for name in good if name not in names), EXTRA)))


def _with(good: dict[str, Any], name: str) -> Embed:
    return lambda value: {**good, name: value}


def tagged(tag: dict[str, Any]) -> Embed:
    """Return what puts the word of an alternative into its values."""
    return lambda value: {**value, **tag} if isinstance(value, dict) else value
