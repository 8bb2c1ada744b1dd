"""Unions of a document: their alternatives, and the field that says which of them a value is."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from codegen.openapi.json_values import same
from codegen.openapi.pointers import join
from codegen.openapi.schemas import Schemas, View, both, tags
from codegen.python import names

MAX_ALTERNATIVES = 2_000
"""Alternatives of a union: each has a class, and a value is tried against one after the other."""
_TITLE = re.compile("[A-Za-z][A-Za-z0-9 ]{0,39}")


def alternatives(schemas: Schemas, view: View, keyword: str) -> Iterator[tuple[View, Any]]:
    """Yield the alternatives of `oneOf` or `anyOf`, each with what stands beside the keyword, and as it is written."""
    schema = view.schema
    if len(schema[keyword]) > MAX_ALTERNATIVES:
        place = join(view.pointer, keyword)
        schemas.document.fault(place, f"has more than {MAX_ALTERNATIVES} alternatives", "leave out what is not used")
        return
    base = {key: value for key, value in schema.items() if key not in {keyword, "discriminator", "$defs"}}
    is_bare = not {"type", "properties", "required", "enum", "items", "additionalProperties"} & base.keys()
    beside = View(base, view.pointer, None, view.places)
    for index, option in enumerate(schema[keyword]):
        part = schemas.view(option, join(view.pointer, keyword, index))
        if not is_bare:
            kinds = part.schema.get("type"), base.get("type")
            if None not in kinds and not _overlap(*kinds):
                continue
            merged = both(part, beside, f"{view.key}/{keyword}/{index}")
            part = part if same(merged.schema, part.schema) else replace(merged, identity=None)
        yield part, option


def hints_of(hint: str, found: Sequence[tuple[View, str]], taken: Container[str]) -> list[str]:
    """Return a name for each alternative that has none: its title, or a number where there are several.

    `found`: alternatives, each with the name of the schema that it refers to, or "". `taken`: names of classes.
    """
    several = sum(not is_null(part.schema) for part, _ in found) > 1
    hints = []
    for index, (part, word) in enumerate(found):
        title = part.schema.get("title")
        plain = title if isinstance(title, str) and _TITLE.fullmatch(title) else ""
        number = "".join(text[0].upper() + text[1:] for text in plain.split()) or str(index + 1) if several else ""
        # What stands beside the union makes another schema of the one that is referred to.
        is_other = part.identity is None and str(names.pascal(names.plain(word))) in taken
        hints.append((f"{hint} {word}" if is_other else word) if word else f"{hint}{number}")
    return hints


def is_null(schema: Mapping[str, Any]) -> bool:
    """Return whether null is the only value of a schema."""
    return schema.get("type") in ("null", ["null"]) or schema.get("enum") == [None] or schema.get("const", 0) is None


def tags_of(
    schemas: Schemas, discriminator: Any, found: list[tuple[View, Any]]
) -> dict[int, tuple[str, tuple[str, ...]]]:
    """Return alternative → the field of a discriminator and the words that name it; {} where it does not say enough."""
    if not isinstance(discriminator, Mapping) or not isinstance(discriminator.get("propertyName"), str):
        return {}
    rows = [tuple(tags(schemas, discriminator, option, view)) for view, option in found]
    words = [word for row in rows for word in row]
    if not all(rows) or len(words) != len(set(words)):
        return {}
    return {index: (discriminator["propertyName"], row) for index, row in enumerate(rows)}


def stated_tags(schemas: Schemas, found: list[tuple[View, Any]]) -> dict[int, tuple[str, tuple[str, ...]]]:
    """Return the same for a union without a discriminator: a field that each alternative requires and that names it.

    Its words are those of `const` or `enum`, and no two alternatives share one.
    """
    rows = [schemas.properties(view) for view, _ in found]
    for name in rows[0] if len(rows) > 1 else ():
        words = [_required_words(schemas, view, name) for view, _ in found]
        every = [word for row in words for word in row]
        if all(words) and len(every) == len(set(every)):
            return {index: (name, row) for index, row in enumerate(words)}
    return {}


def _required_words(schemas: Schemas, view: View, name: str) -> tuple[str, ...]:
    """Return the words that a required field may be; () where it may be something else."""
    required = view.schema.get("required")
    if name not in schemas.properties(view) or not isinstance(required, list) or name not in required:
        return ()
    place = view.places.get(name) or join(view.pointer, "properties", name)
    inner = schemas.view(schemas.properties(view)[name], place).schema
    values = inner.get("enum", [inner["const"]] if "const" in inner else [])
    is_plain = isinstance(values, list) and all(type(value) in (str, int) for value in values)
    return tuple(map(str, values)) if is_plain else ()


def _overlap(one: Any, other: Any) -> bool:
    first = {one} if isinstance(one, str) else set(one)
    second = {other} if isinstance(other, str) else set(other)
    return bool(first & second) or bool({"integer", "number"} >= (first | second))
