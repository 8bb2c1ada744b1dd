"""Texts about parameters for docstrings: unit, range, default and disputed facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from codegen.openapi.json_values import as_object, texts
from codegen.python.model import RuleModel, Sentence

_MAX_CHOICES = 12
"""Longer lists of values stand in the signature only."""


def sentences(schema: Mapping[str, Any], source: Mapping[str, Any], *, enum: str | None = None) -> tuple[Sentence, ...]:
    """Return what there is to say about a parameter.

    `schema` is the resolved schema, `source` the same place in the document, extensions included.
    """
    media = source.get("x-media") or as_object(source.get("items")).get("x-media")
    description = _text(schema.get("description")) or _text(schema.get("title"))
    rows = [
        Sentence("about", "Deprecated" if schema.get("deprecated") is True else ""),
        Sentence("about", description),
        Sentence(
            "values", _choices(schema.get("enum", []), description, as_object(source.get("x-choices")).get("texts"))
        ),
        *(Sentence("limit", text) for text in _limits(schema, enum)),
        Sentence("limit", _media(media) if isinstance(media, Mapping) else ""),
        Sentence("default", _default(schema)),
        Sentence("disputed", _disputed(source.get("x-disputed"))),
    ]
    return tuple(one._replace(text=sentence(one.text)) for one in rows if one.text)


def traits(operation: Mapping[str, Any]) -> str:
    """Return one paragraph: what an operation is good for (`x-traits`); "" where nothing says so."""
    of_model = as_object(operation.get("x-traits"))
    best, strengths = ([text.strip() for text in texts(of_model.get(key))] for key in ("best_for", "strengths"))
    compared = [f"{key} {of_model[key]}" for key in ("price", "speed") if _text(of_model.get(key))]
    rows = [
        f"Best for: {'; '.join(text.rstrip('.') for text in best)}" if best else "",
        f"Strengths: {', '.join(strengths)}" if strengths else "",
        f"Compared with others of its kind: {', '.join(compared)}" if compared else "",
    ]
    return " ".join(sentence(row) for row in rows if row)


def rule_sentences(rules: Iterable[RuleModel]) -> dict[str, list[Sentence]]:
    """Return parameter → sentences about the rules that it is part of."""
    by_name: dict[str, list[Sentence]] = {}

    def add(name: str, text: str) -> None:
        by_name.setdefault(name, []).append(Sentence("limit", text))

    for rule in rules:
        where = (
            " and ".join(
                f"{name} is {alternatives([str(value) for value in values])}" if values else f"{name} is given"
                for name, values in rule.when.items()
            )
            or "a body is sent"
        )
        for name in rule.required:
            add(name, f"Required if {where}.")
        for name, values in rule.allowed.items():
            add(name, f"Only {alternatives([str(value) for value in values])} if {where}.")
        for name in rule.any_of:
            others = [other for other in rule.any_of if other != name]
            add(name, f"Give this or {alternatives(others)}.")
    return by_name


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def sentence(text: str) -> str:
    """Return text with a full stop, where there is any."""
    return text if not text or text.endswith((".", "!", "?", ")")) else f"{text}."


def number(value: Any) -> str:
    """Return a number with thousands separators: 2,000 and 0.5."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _limits(schema: Mapping[str, Any], enum: str | None) -> Iterable[str]:
    numbers = _range(schema, "")
    yield f"A number{numbers and f' ({numbers})'}, or a name of {enum}" if enum else _capital(numbers)
    if step := schema.get("multipleOf"):
        yield f"A multiple of {number(step)}"
    yield _capital(_span(schema.get("minLength"), schema.get("maxLength"), "character"))
    yield _capital(_span(schema.get("minItems"), schema.get("maxItems"), "item"))
    items = as_object(schema.get("items"))
    inner = [
        part for part in (_range(items, ""), _span(items.get("minLength"), items.get("maxLength"), "character")) if part
    ]
    if items.get("enum"):
        inner.append(f"one of {', '.join(str(choice) for choice in items['enum'][:_MAX_CHOICES])}")
    if inner:
        yield f"Each {', '.join(inner)}"
    examples = [item for item in schema.get("examples", []) if isinstance(item, (str, int, float))]
    # Examples are shown for open lists of words. A sentence or a URL as an example adds nothing.
    if examples := [item for item in examples if not re.search(r"\s|://", str(item))]:
        words = [str(item) for item in examples[:_MAX_CHOICES]]
        are_words = all(isinstance(item, str) for item in examples)
        yield f"For example {', '.join(sorted(words) if are_words else words)}"


def _choices(enum: list[Any], description: str, texts: Any) -> str:
    """Return the allowed values, each with its meaning where `x-choices` has all; "" where the description has them."""
    choices = [choice for choice in enum if choice is not None]
    if choices and all(as_object(texts).get(str(choice)) for choice in choices):
        return " ".join(sentence(f"`{choice}`: {texts[str(choice)]}") for choice in choices)
    if set(map(str, choices)) == {"True", "False"} or len(choices) > _MAX_CHOICES:
        return ""
    if not choices or all(f"`{choice}`" in description for choice in choices):
        return ""
    if len(choices) == 1:
        return f"Only {choices[0]} is allowed"
    return f"One of {', '.join(str(choice) for choice in choices)}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _range(schema: Mapping[str, Any], unit: str) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    above, below = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
    if low is not None and low == high:
        return f"exactly {number(low)}{unit}"
    if low is not None and high is not None:
        return f"{number(low)} to {number(high)}{unit}"
    parts = [
        f"{word} {number(bound)}"
        for word, bound in (("at least", low), ("more than", above), ("at most", high), ("less than", below))
        if bound is not None
    ]
    return " and ".join(parts) + unit if parts else ""


def _span(low: Any, high: Any, noun: str) -> str:
    many = noun if (high or low) == 1 else f"{noun}s"
    if low in (None, 0):
        return "" if high is None else f"at most {number(high)} {many}"
    if high is None:
        return "not empty" if low == 1 else f"at least {number(low)} {many}"
    return f"exactly {number(low)} {many}" if low == high else f"{number(low)} to {number(high)} {many}"


def _default(schema: Mapping[str, Any]) -> str:
    default = schema.get("default")
    if default is None or isinstance(default, (dict, list)):
        return ""
    return f"Default: {number(default) if isinstance(default, (int, float)) else default or 'empty'}"


def _media(media: Mapping[str, Any]) -> str:
    parts = []
    formats = [item for item in media.get("formats", []) if isinstance(item, str)]
    if formats:
        parts.append(alternatives([name.upper() for name in formats]))
    units = (("bytes", ""), ("width", " pixels wide"), ("height", " pixels high"), ("aspect", " width to height"))
    for key, unit in (*units, ("frame_rate", " frames a second"), ("seconds", " seconds")):
        limits = {name: value for name, value in as_object(media.get(key)).items() if value != 0}
        if key == "bytes":
            limits = {name: _bytes(value) for name, value in limits.items()}
        if words := _range(limits, unit):
            parts.append(words)
    if isinstance(media.get("resolution"), str):
        parts.append(f"exactly {media['resolution']} pixels")
    if isinstance(media.get("same_size_as"), str):
        parts.append(f"of the size of {media['same_size_as']}")
    return _capital(", ".join(parts))


def alternatives(words: list[str]) -> str:
    """Join alternatives: PNG, JPEG or GIF."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _bytes(value: Any) -> str:
    if not isinstance(value, (int, float)):
        return str(value)
    for unit, size in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if value >= size:
            return f"{number(round(value / size, 2))} {unit}"
    return f"{number(value)} byte{'' if value == 1 else 's'}"


def _disputed(readings: Any) -> str:
    words = []
    for item in readings if isinstance(readings, list) else [readings]:
        text = _text(item) or _text(as_object(item).get("reading"))
        if text:
            words.append(text.rstrip("."))
    return f"The documents disagree: some say {', others say '.join(words)}" if words else ""
