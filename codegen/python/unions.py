"""Unions of a document: their alternatives, and the field that says which of them a value is."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from codegen.openapi.inheritance import ITSELF
from codegen.openapi.json_values import as_list, same
from codegen.openapi.loader import FILES
from codegen.openapi.pointers import join, steps, target_of
from codegen.openapi.schemas import Schemas, View, both, tags, word_of_value, words_of_field
from codegen.python import names
from codegen.python.text import Literal as Source

MAX_ALTERNATIVES = 2_000
"""Alternatives of a union: each has a class, and a value is tried against one after the other."""
Tags = Mapping[int, tuple[str, tuple[str, ...]]]
"""Alternative → the field that decides a union, and the words by which it names this one."""
NUMBER = "int | float"
"""The type of a number in a reply."""
MAX_BARS = 100
"""Members of a union that are written with bars: each is a level for who parses them."""
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
    options = {_target(option) for option in schema[keyword]}
    for index, option in enumerate(schema[keyword]):
        part = schemas.view(option, join(view.pointer, keyword, index))
        if "discriminator" in schema and _lists_only(part, options) and _by_one_field(part.schema, schema):
            part = base_alone(part)  # its own subtypes stand beside it in this union
        if not is_bare:
            kinds = part.schema.get("type"), base.get("type")
            if None not in kinds and not _overlap(*kinds):
                continue
            merged = both(part, beside, f"{view.key}/{keyword}/{index}")
            part = part if same(merged.schema, part.schema) else replace(merged, identity=None)
        yield part, option


def base_alone(view: View) -> View:
    """Return the base of a union as a schema of its own: what stands beside the union."""
    schema = {key: value for key, value in view.schema.items() if key not in {"oneOf", "anyOf", "discriminator"}}
    return View(schema, view.pointer, None, view.places, f"{view.key} alone", is_base_alone=True)


def is_base(option: Any) -> bool:
    """Return whether an alternative is the base of the union itself."""
    return isinstance(option, Mapping) and ITSELF in option


def _lists_only(view: View, options: Container[str]) -> bool:
    """Return whether a schema is a base whose subtypes are all among the options of a union."""
    own = view.schema.get("anyOf")
    return isinstance(own, list) and all(is_base(option) or _target(option) in options for option in own)


def _by_one_field(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether one field decides two unions; a base without a discriminator has no say."""
    discriminators = [row.get("discriminator") for row in (one, other)]
    fields = [row.get("propertyName") for row in discriminators if isinstance(row, Mapping)]
    return len(set(map(str, fields))) < 2


def _target(option: Any) -> str:
    return str(option.get("$ref", "")) if isinstance(option, Mapping) else ""


def hints_of(schemas: Schemas, hint: str, options: Sequence[tuple[View, Any]], taken: Container[str]) -> list[str]:
    """Return a name for each alternative: that of the schema it refers to, its title, or a number.

    `taken`: names of classes.
    """
    references = schemas.document.references
    several = sum(not is_null(part.schema) for part, _ in options) > 1
    hints = []
    for index, (part, option) in enumerate(options):
        if is_base(option):
            hints.append(hint)
            continue
        word = _word_of_option(option)
        title = part.schema.get("title")
        plain = title if isinstance(title, str) and _TITLE.fullmatch(title) else ""
        number = "".join(text[0].upper() + text[1:] for text in plain.split()) or str(index + 1) if several else ""
        # What stands beside the union makes another schema of the one that is referred to, here or elsewhere.
        is_shared = references[_target(option)] > 1 and not part.is_base_alone
        is_other = part.identity is None and (is_shared or str(names.pascal(names.plain(word))) in taken)
        hints.append((f"{hint} {word}" if is_other else word) if word else f"{hint}{number}")
    return hints


def word_of(identity: str) -> str:
    """Return the name of a schema that a reference names by its place; of a whole file, that of the file."""
    *above, last = steps(identity)
    return PurePosixPath(last).name.partition(".")[0] if above == [FILES] else last


def _word_of_option(option: Any) -> str:
    """Return the name of the schema that an option of a union refers to; "" where it stands there itself."""
    target = target_of(option)
    return word_of(target) if target else ""


def is_null(schema: Mapping[str, Any]) -> bool:
    """Return whether null is the only value of a schema."""
    return schema.get("type") in ("null", ["null"]) or schema.get("enum") == [None] or schema.get("const", 0) is None


def tags_of(schemas: Schemas, discriminator: Any, options: list[tuple[View, Any]]) -> Tags:
    """Return alternative → the field of a discriminator and the words that name it; {} where it does not say enough.

    No words: what is named by none of the others.
    """
    if not isinstance(discriminator, Mapping) or not isinstance(discriminator.get("propertyName"), str):
        return {}
    rows = [tuple(tags(schemas, discriminator, option, view)) for view, option in options]
    for view, option in options:
        own_words = tuple(words_of_field(schemas, view, discriminator["propertyName"])) if is_base(option) else ()
        if own_words and own_words in rows:  # a subtype with the words of its base has only inherited them
            return {}
    words = [word for row in rows for word in row]
    others = [is_base(option) for _, option in options]
    if not all(row or other for row, other in zip(rows, others, strict=True)) or len(words) != len(set(words)):
        return {}
    return {index: (discriminator["propertyName"], row) for index, row in enumerate(rows)}


def stated_tags(schemas: Schemas, options: list[tuple[View, Any]], *, required: bool) -> Tags:
    """Return the same for a union without a discriminator: a field that names each alternative.

    Its words are those of `const` or `enum`, and no two alternatives share one. `required`: each alternative asks for
    the field.
    """
    for name in options[0][0].properties if len(options) > 1 else ():
        words = [_listed_words(schemas, view, name, required=required) for view, _ in options]
        every = [word for row in words for word in row]
        if all(words) and len(every) == len(set(every)):
            return {index: (name, row) for index, row in enumerate(words)}
    return {}


def nested_tags(schemas: Schemas, options: list[tuple[View, Any]]) -> tuple[Tags, str]:
    """Return the tags of a field that stands in an object of each alternative, and the name of that object.

    Each alternative asks for the object, and each object for the field. {} and "" where there is none.
    """
    for name in options[0][0].properties if len(options) > 1 else ():
        views = [_required_field(schemas, view, name) for view, _ in options]
        pairs = [(view, option) for view, (_, option) in zip(views, options, strict=True) if view is not None]
        own_tags = stated_tags(schemas, pairs, required=True) if len(pairs) == len(options) else {}
        if own_tags:
            return own_tags, name
    return {}, ""


def _required_field(schemas: Schemas, view: View, name: str) -> View | None:
    return schemas.property(view, name) if name in view.properties and name in view.required else None


def _listed_words(schemas: Schemas, view: View, name: str, *, required: bool) -> tuple[str, ...]:
    """Return the words that a field may be; () where it may be something else."""
    if name not in view.properties or (required and name not in view.required):
        return ()
    inner = schemas.property(view, name).schema
    values = as_list(inner.get("enum", [inner["const"]] if "const" in inner else []))
    words = tuple(word for word in map(word_of_value, values) if word is not None)
    return words if len(words) == len(values) else ()


def _overlap(one: Any, other: Any) -> bool:
    first = {one} if isinstance(one, str) else set(one)
    second = {other} if isinstance(other, str) else set(other)
    return bool(first & second) or bool({"integer", "number"} >= (first | second))


def joined(options: list[str]) -> str:
    """Return the union of types: each once, None last."""
    if "Any" in options:
        return "Any"
    parts = [part for option in options for part in (option.split(" | ") if option == NUMBER else (option,))]
    if any(option != "None" and option.endswith(" | None") for option in parts):
        parts = [option.removesuffix(" | None") for option in parts] + ["None"]
    if "None" in parts:
        parts = [option for option in parts if option != "None"] + ["None"]
    members = list(dict.fromkeys(parts))
    if len(members) > MAX_BARS:
        return f"Union[{', '.join(members)}]"
    return " | ".join(members)


def tagged_union(tags: Tags, texts: list[str], others: str, outer: str = "") -> str | None:
    """Return a union that a field decides; None where it does not say enough. `others`: what no word names.

    `outer`: the field that holds the object in which the deciding field stands.
    """
    if len(tags) < len(texts) or len({*texts, others} - {""}) < 2:
        return None
    name = tags[0][0]
    words = {word: texts[index] for index, (_, own) in tags.items() for word in own}
    others = next((texts[index] for index, (_, own) in tags.items() if not own), others)
    members = [f"Annotated[{text}, UnionTag({Source(word)})]" for word, text in words.items()]
    members += [f"Annotated[{others}, UnionTag(OTHERS)]"] if others else []
    others_text = f", {Source(tuple(words))}" if others else ""
    others_text += f", outer={Source(outer)}" if outer else ""
    return f"Annotated[{' | '.join(members)}, decided_by({Source(name)}{others_text})]"
