# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Values that a schema accepts: small, plain and the same at every run. What cannot be made has to be given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any

from .._runtime.pointer import MISSING, get, join
from .service_document import Catalog

_MOST_ITEMS = 100
"""Items of a list that are made for the sake of one of them."""

_DEEPEST = 6
SAMPLE_URL = "https://files.example.com/1.png"
_FORMATS = {
    "uri": SAMPLE_URL,
    "date-time": "2026-01-01T00:00:00Z",
    "date": "2026-01-01",
    "email": "someone@example.com",
    "uuid": "00000000-0000-4000-8000-000000000000",
}


def sample(catalog: Catalog, schema: str, *, whole: bool = True, depth: int = 0) -> Any:
    """Return a value of the schema at a pointer: an object with all its properties, or with the required ones alone."""
    at, node = catalog.follow(schema)
    if node is True or not isinstance(node, Mapping):
        return {}
    for word in ("const", "default"):
        if word in node:
            return node[word]
    for word in ("enum", "examples"):
        if node.get(word) and isinstance(node[word], list):
            return node[word][0]
    choice = next((f"{at}/{word}/0" for word in ("anyOf", "oneOf") if node.get(word)), None)
    if choice is not None and "properties" not in node:
        return _decided(node, sample(catalog, choice, whole=whole, depth=depth), catalog.follow(choice)[0])
    kinds = catalog.types(schema)
    if "object" in kinds or "properties" in node or "allOf" in node or not kinds:
        return _object(catalog, schema, whole, depth)
    if "array" in kinds:
        count = max(int(node.get("minItems", 0)), 1 if whole and depth < _DEEPEST and "items" in node else 0)
        return [sample(catalog, f"{at}/items", whole=whole, depth=depth + 1) for _ in range(count)]
    return _scalar(kinds, node)


def _decided(node: Mapping[str, Any], value: Any, at: str) -> Any:
    """Return a sample of an alternative with the word by which a discriminator names it."""
    discriminator = node.get("discriminator")
    if not isinstance(discriminator, Mapping) or not isinstance(value, dict):
        return value
    name, last = discriminator.get("propertyName"), at.rpartition("/")[2]
    mapping = discriminator.get("mapping")
    words = [word for word, target in mapping.items() if target in (f"#{at}", last)] if mapping else []
    is_free = value.get(name) in (None, "text")  # a schema that says its word has given it
    return {**value, name: (words or [last])[0]} if words or is_free else value


def _object(catalog: Catalog, schema: str, whole: bool, depth: int) -> dict[str, Any]:
    required = {name for _, node in catalog.variants(schema) for name in node.get("required", ())}
    properties = catalog.properties(schema)
    return {
        name: sample(catalog, place, whole=whole, depth=depth + 1)
        for name, place in properties.items()
        if name in required or (whole and depth < _DEEPEST)
    }


def _scalar(kinds: Set[str], node: Mapping[str, Any]) -> Any:
    if "string" in kinds and node.get("contentMediaType") == "application/json":
        return "{}"
    if "string" in kinds:
        text = _FORMATS.get(str(node.get("format")), "text")
        return text.ljust(int(node.get("minLength", 0)), "x")[: int(node.get("maxLength", 1000))]
    if "integer" in kinds or "number" in kinds:
        return _number(node)
    return False if "boolean" in kinds else None


def _number(node: Mapping[str, Any]) -> int | float:
    step = node.get("multipleOf", 1)
    lowest = node.get("minimum", node.get("exclusiveMinimum", 0))
    value = lowest if lowest > 0 else 0
    if value == node.get("exclusiveMinimum"):
        value += step
    value = -(-value // step) * step
    highest: int | float | None = node.get("maximum", node.get("exclusiveMaximum"))
    return value if highest is None or value <= highest else highest


_URL_NAMES = ("url", "uri", "href", "link", "src", "file", "image", "video", "audio", "output")
"""What stands in the name of a field that holds the URL of a file, likeliest first."""


def holding(catalog: Catalog, schema: str | None, texts: Sequence[str], names: Sequence[str] = _URL_NAMES) -> Any:
    """Return a value of the schema with these texts in it: one text, a list, a map, or objects around them.

    `names`: words in the names of fields, of which an object takes the first that it has. Without a schema: a list.
    """
    if schema is None:
        return list(texts)
    kinds = catalog.types(schema)
    if "string" in kinds and ("array" not in kinds or len(texts) < 2):
        return texts[0] if texts else ""
    if "array" in kinds:
        items = catalog.below(schema, "*")
        return [text if items is None else holding(catalog, items, [text], names) for text in texts]
    properties = catalog.properties(schema)
    if properties:
        name = _field(catalog, properties, names)
        return sample(catalog, schema) | ({name: holding(catalog, properties[name], texts, names)} if name else {})
    if (values := catalog.below(schema, "*")) is not None:
        return {f"file_{number}": holding(catalog, values, [text], names) for number, text in enumerate(texts, 1)}
    return list(texts)


def _field(catalog: Catalog, properties: Mapping[str, str], names: Sequence[str]) -> str | None:
    """Return the field that holds texts: by its format, by its name, or the first text."""
    texts = [name for name, at in properties.items() if "string" in catalog.types(at)]
    uris = [name for name in texts if catalog.follow(properties[name])[1].get("format") == "uri"]
    by_name = [name for word in names for name in properties if word in name.lower()]
    return next(iter([*uris, *by_name, *texts, *properties]), None)


def place_of_urls(catalog: Catalog, schema: str | None, *, depth: int = 0) -> tuple[str, ...] | None:
    """Return the steps to where a value of the schema has URLs of files; None where nothing says so."""
    if schema is None or depth > _DEEPEST:
        return None
    node = catalog.follow(schema)[1]
    kinds = catalog.types(schema)
    if {"enum", "const"} & set(node):
        return None
    if "string" in kinds or "array" in kinds:
        return ()
    properties = catalog.properties(schema)
    if not properties:
        return () if isinstance(node.get("additionalProperties"), Mapping) else None
    holders = {name: place for name, place in properties.items() if catalog.types(place) & {"object", "array"}}
    uris = [name for name, place in properties.items() if catalog.follow(place)[1].get("format") == "uri"]
    by_name = [name for word in _URL_NAMES for name in properties if word in name.lower()]
    for name in [*uris, *by_name, *holders]:
        urls = place_of_urls(catalog, properties[name], depth=depth + 1)
        if urls is not None:
            return (name, *urls)
    return None


def replace_text(value: Any, text: str, by: str) -> Any:
    """Return a copy of a JSON value in which another text stands wherever this one stood."""
    if isinstance(value, Mapping):
        return {name: replace_text(item, text, by) for name, item in value.items()}
    if isinstance(value, list):
        return [replace_text(item, text, by) for item in value]
    return by if value == text else value


def put(target: Any, steps: tuple[str, ...], value: Any) -> Any:
    """Return a copy of a JSON value with a place of it set; with MISSING, without the field of the last step."""
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(target, list) and is_index(step) and int(step) < len(target):
        return [put(item, rest, value) if index == int(step) else item for index, item in enumerate(target)]
    members = dict(target) if isinstance(target, Mapping) else {}
    if value is MISSING and (not rest or step not in members):
        return {name: item for name, item in members.items() if name != step}
    return {**members, step: put(members.get(step), rest, value)}


def put_sampled(catalog: Catalog, schema: str | None, target: Any, steps: tuple[str, ...], value: Any) -> Any:
    """Return a copy of a value of a schema with a place of it set. What is missing on the way there is sampled.

    Of several alternatives of the schema, the first is taken that the value fits.
    """
    if not steps or schema is None:
        return put(target, steps, value)
    options = _alternatives(catalog, schema, steps[0])
    ways = ((start, option) for start in (target, None) for option in options)
    values = [_placed_below(catalog, option, start, steps, value) for start, option in ways]
    fitting = (one for one in values if not catalog.faults(schema, one))
    return values[0] if options == [schema] else next(fitting, values[0])


def _placed_below(catalog: Catalog, schema: str, target: Any, steps: tuple[str, ...], value: Any) -> Any:
    step, below = steps[0], catalog.below(schema, steps[0])
    if not isinstance(target, Mapping | list):
        target = sample(catalog, schema, whole=False)
    if isinstance(target, list) and is_index(step):
        more = min(int(step) + 1, _MOST_ITEMS) - len(target)
        target = [*target, *(sample(catalog, below, whole=False) if below else {} for _ in range(more))]
    inner = get(target, join("", step))
    return put(target, (step,), put_sampled(catalog, below, None if inner is MISSING else inner, steps[1:], value))


def _alternatives(catalog: Catalog, schema: str, step: str) -> list[str]:
    """Return the alternatives of a schema in which a step leads somewhere; itself where it has none."""
    at, node = catalog.follow(schema)
    if not isinstance(node, Mapping) or "properties" in node:
        return [schema]
    options = [f"{at}/{word}/{index}" for word in ("anyOf", "oneOf") for index in range(len(node.get(word, ())))]
    inner = [place for one in options if catalog.below(one, step) for place in _alternatives(catalog, one, step)]
    return inner or [schema]


def with_texts(catalog: Catalog, schema: str | None, target: Any, steps: tuple[str, ...], texts: Sequence[str]) -> Any:
    """Return a value of a schema with these texts at a place of it. A step `*` has one in each item, or each value."""
    index = steps.index("*") if "*" in steps else len(steps)
    before, rest = steps[:index], steps[index + 1 :]
    place = catalog.schema_at(schema, join("", *before))
    if index == len(steps):
        return put_sampled(catalog, schema, target, steps, holding(catalog, place, texts))
    below = catalog.below(place, "*") if place else None
    current = get(target, join("", *before))
    names = [f"file_{number}" for number in range(1, len(texts) + 1)]
    is_map = place is not None and "array" not in catalog.types(place) and below is not None
    olds = (
        current
        if isinstance(current, Mapping)
        else dict(zip(names, current if isinstance(current, list) else (), strict=False))
    )
    items = {
        name: with_texts(catalog, below, olds[name] if name in olds else _whole(catalog, below), rest, [text])
        for name, text in zip(names, texts, strict=True)
    }
    return put_sampled(catalog, schema, target, before, items if is_map else list(items.values()))


def _whole(catalog: Catalog, schema: str | None) -> Any:
    return sample(catalog, schema) if schema else {}


def is_index(step: str) -> bool:
    """Return whether a step of a pointer may be the number of an item."""
    return step.isascii() and step.isdigit() and len(step) < 10
