"""What is wrong with an argument, in words for a person: one table from schema errors to sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from . import wire
from .errors import ArgumentFault
from .operation import Field, WireForm

if TYPE_CHECKING:
    from pydantic import BaseModel

URI = r"^[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$"
"""What `format: uri` asks of a text, as far as an expression can."""
_DAY = (
    r"(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    r"|02-(?:0[1-9]|1[0-9]|2[0-8]))|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)"
)
DATE_TIME = (
    rf"^{_DAY}[Tt](?:[01][0-9]|2[0-3]):[0-5][0-9]"
    r":(?:[0-5][0-9]|60)(?:\.[0-9]+)?(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])$"
)
"""RFC 3339."""
DATE = f"^{_DAY}$"
UUID = r"^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$"
FORMATS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        URI: ("URL", "https:// or another scheme, and %20 for a space"),
        DATE_TIME: ("moment", "a date, a time and an offset, as in 2026-01-31T12:00:00Z"),
        DATE: ("date", "year, month and day, as in 2026-01-31"),
        UUID: ("UUID", "32 hexadecimal digits in five groups"),
    }
)
"""Pattern of a format → what a text that fits it is, and what it needs."""
NOT_BLANK = r"\S"
"""The pattern of a text that has more than spaces."""
LONGEST_VALUE = 60
MOST_CHOICES = 50

_SENTENCES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "greater_than_equal": ("{value} is below the minimum {ge}", "at least {ge}"),
        "greater_than": ("{value} is not above {gt}", "above {gt}"),
        "less_than_equal": ("{value} is above the maximum {le}", "at most {le}"),
        "less_than": ("{value} is not below {lt}", "below {lt}"),
        "multiple_of": ("{value} is not a multiple of {multiple_of}", "a multiple of {multiple_of}"),
        "finite_number": ("{value} is not a finite number", "a finite number"),
        "string_too_short": (
            "has {length} characters, below the minimum {min_length}",
            "at least {min_length} characters",
        ),
        "string_too_long": (
            "has {length} characters, above the maximum {max_length}",
            "at most {max_length} characters",
        ),
        "string_pattern_mismatch": ("{value} does not match the pattern {pattern}", "the pattern {pattern}"),
        "too_short": ("has {actual_length} items, below the minimum {min_length}", "at least {min_length} items"),
        "too_long": ("has more than the maximum of {max_length} items", "at most {max_length} items"),
        "union_tag_invalid": ("has {tag!r} at {discriminator}, not one of {expected_tags}", "one of {expected_tags}"),
        "union_tag_not_found": ("has nothing at {discriminator}, which says what it is", "a value at {discriminator}"),
        "missing": ("is required", "a value"),
        "extra_forbidden": ("is not known here", "no such key"),
    }
)
"""Kind of schema error → problem, expected; both filled from the error's context."""

_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "string_type": "text",
        "int_type": "a whole number",
        "int_from_float": "a whole number",
        "float_type": "a number",
        "bool_type": "True or False",
        "list_type": "a list",
        "tuple_type": "a list",
        "dict_type": "an object (dict)",
        "model_type": "an object (dict)",
        "model_attributes_type": "an object (dict)",
        "none_required": "None",
        "date_from_datetime_parsing": "a date",
        "datetime_from_date_parsing": "a date and time",
        "uuid_parsing": "a UUID",
        "url_parsing": "a URL",
    }
)
"""Kind of schema error → what the value is not."""


def short_repr(value: object) -> str:
    """Return a value in a message: short, on one line."""
    text = repr(value)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"


def guess(word: object, candidates: Iterable[object]) -> str:
    """Return "; did you mean 'x'?" where something known is close."""
    names = {str(name): name for name in candidates}
    close = get_close_matches(str(word), names, n=1, cutoff=0.6)
    if not close:
        close = [name for name in names if name.lower() == str(word).lower()]
    return f"; did you mean {names[close[0]]!r}?" if close else ""


def join_choices(choices: Sequence[object]) -> str:
    """Join choices for a message."""
    text = ", ".join(repr(choice) for choice in choices[:MOST_CHOICES])
    return text if len(choices) <= MOST_CHOICES else f"{text}… ({len(choices)} in all)"


def not_one_of(value: object, choices: Sequence[object]) -> tuple[str, str]:
    """Return problem and expectation for a value outside an enumeration."""
    if len(choices) == 1:
        return f"{short_repr(value)} is not {choices[0]!r}, the only value there is", repr(choices[0])
    text = join_choices(choices)
    return f"{short_repr(value)} is not one of {text}{guess(value, choices)}", f"one of {text}"


def explain(
    model: type[BaseModel],
    fields: Mapping[str, Field],
    arguments: Mapping[str, object],
    errors: Iterable[Mapping[str, Any]],
) -> list[ArgumentFault]:
    """Return the errors of one validation as faults, one a place, and one for a union of which no form fits."""
    places: dict[str, list[Mapping[str, Any]]] = {}
    unions: dict[str, dict[object, dict[str, list[Mapping[str, Any]]]]] = {}
    for error in errors:
        place, union, form = _place(error, arguments)
        places.setdefault(place, []).append(error)
        if place != union:
            unions.setdefault(union, {}).setdefault(form, {}).setdefault(place, []).append(error)
    faults: list[ArgumentFault] = []
    for union, forms in unions.items():
        rows = [row for row in forms.values() if not _is_another_form(row)] or list(forms.values())
        if union and len(forms) > 1:
            for place in {place for by_place in forms.values() for place in by_place}:
                places.pop(place, None)  # another union may have it, too
            inner = [[_fault(model, fields, arguments, *row) for row in _likely(by_place)] for by_place in rows]
            differing = list({tuple((row.parameter, row.problem) for row in form): form for form in inner}.values())
            faults += differing[0] if len(differing) == 1 else [_no_form(union, differing)]
    return faults + [_fault(model, fields, arguments, *row) for row in _likely(places, unions)]


def _likely(
    by_place: Mapping[str, Sequence[Mapping[str, Any]]], unions: Iterable[str] = ()
) -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
    """Yield the errors of each place, but for what a value may be beside what was meant: something inside it is wrong.

    `unions`: places inside which something is wrong, too.
    """
    around = {place[: mark.start()] for place in by_place for mark in re.finditer(r"[.\[]", place)} | set(unions)
    for place, errors in by_place.items():
        if place not in around or any(error["type"] not in _TYPES for error in errors):
            yield place, errors


def _is_another_form(by_place: Mapping[str, Sequence[Mapping[str, Any]]]) -> bool:
    """Return whether a field that says which form of a union is meant names another."""
    return any(error["type"] in ("literal_error", "value_check") for errors in by_place.values() for error in errors)


def _no_form(place: str, forms: Sequence[Sequence[ArgumentFault]]) -> ArgumentFault:
    """Return the fault of a value that fits none of the forms of a union: what each of them lacks."""
    some = [
        " and ".join(f"{fault.parameter.removeprefix(place).lstrip('.')} {fault.problem}" for fault in form)
        for form in forms[:MOST_CHOICES]
    ]
    return ArgumentFault(place, f"fits none of its forms: {', or '.join(some)}", "one of the forms")


def root(place: str) -> str:
    """Return the parameter of a place: images[1] is in images."""
    return place.split(".", 1)[0].split("[", 1)[0]


def _place(error: Mapping[str, Any], arguments: Mapping[str, object]) -> tuple[str, str, object]:
    """Return the path of an error, without the marks that the branches of a union leave in it.

    And the path of the outermost union, with the mark of its branch; "" where there is none.
    """
    head, *rest = error["loc"] or ("call",)
    place: object = arguments.get(head)
    text = str(head)
    union, form = "", None
    for index, part in enumerate(rest):
        is_name = error["type"] in {"missing", "extra_forbidden"} and index == len(rest) - 1
        if isinstance(part, int) and isinstance(place, list) and part < len(place):
            place, text = place[part], f"{text}[{part}]"
        elif isinstance(place, dict) and (part in place or is_name):
            place, text = place.get(part), f"{text}.{part}"
        elif not union:
            union, form = text, part
    return text, union, form


def _fault(
    model: type[BaseModel],
    fields: Mapping[str, Field],
    arguments: Mapping[str, object],
    place: str,
    errors: Sequence[Mapping[str, Any]],
) -> ArgumentFault:
    head = root(place)
    field = fields.get(head)
    top = place == head
    first = errors[0]
    if first["type"] == "extra_forbidden":
        return ArgumentFault(place, _SENTENCES["extra_forbidden"][0] + (guess(head, fields) if top else ""))
    if first["type"] == "missing":
        return ArgumentFault(place, *_SENTENCES["missing"])
    value = arguments.get(head) if top else first["input"]
    form = field.wire if field else None
    choices = _choices(model.model_fields[head].annotation) if top and head in model.model_fields else []
    parts = [_part(error, value, form, choices) for error in _relevant(errors)]
    problems = [problem for problem, _ in parts]
    expected = list(dict.fromkeys(expected for _, expected in parts))
    if len(expected) == 1:
        return ArgumentFault(place, problems[0], expected[0])
    return ArgumentFault(place, f"{short_repr(value)} is neither {' nor '.join(expected)}", " or ".join(expected))


def _relevant(errors: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """Return the branches of a union whose type fits, if any does."""
    fitting = [error for error in errors if error["type"] not in _TYPES and _may_be_meant(error)]
    return fitting or errors


def _may_be_meant(error: Mapping[str, Any]) -> bool:
    """Return whether a word may be a misspelt choice; a number beside a list of words is of the wrong type."""
    return error["type"] != "literal_error" or isinstance(error["input"], str)


def _part(error: Mapping[str, Any], value: object, form: WireForm | None, choices: Sequence[object]) -> tuple[str, str]:
    kind = error["type"]
    if kind in {"literal_error", "enum"}:
        if choices:
            as_text = form == "seconds-text" and isinstance(value, str)  # who writes "7s" is answered with "5s"
            return not_one_of(value, choices if as_text else [wire.natural(choice, form) for choice in choices])
        expected = error["ctx"]["expected"]
        return f"{short_repr(value)} is not one of {expected}", f"one of {expected}"
    if kind == "float_type" and isinstance(value, wire.DecimalText) and value.lstrip("-")[0].isdigit():
        return f"{short_repr(value)} has more digits than a number keeps", "about 15 digits"
    if kind in _TYPES:
        return f"{short_repr(value)} is not {_TYPES[kind]}", _TYPES[kind]
    if kind == "string_pattern_mismatch" and error["ctx"]["pattern"] == NOT_BLANK:
        return f"{short_repr(value)} has nothing but spaces", "a text"
    if kind == "string_pattern_mismatch" and error["ctx"]["pattern"] in FORMATS:
        what, needs = FORMATS[error["ctx"]["pattern"]]
        return f"{short_repr(value)} is not a {what}: it needs {needs}", f"a {what}"
    if kind in _SENTENCES:
        length = len(error["input"]) if isinstance(error["input"], str) else 0
        context = {"value": short_repr(value), "length": length, **error.get("ctx", {})}
        if "discriminator" in context:
            context["discriminator"] = repr(str(context["discriminator"]).strip("'").removesuffix("()"))
        problem, expected = _SENTENCES[kind]
        return problem.format_map(context), expected.format_map(context)
    if kind == "value_check":
        return f"{short_repr(value)} {error['ctx']['problem']}", str(error["ctx"]["expected"])
    reason = str(error["msg"]).removeprefix("Input ").rstrip(".")
    return f"{short_repr(value)} is not valid: it {reason}", reason


def _choices(annotation: object) -> list[object]:
    """Return the values a parameter's type enumerates."""
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [member.value for member in annotation]
    return [choice for part in get_args(annotation) if part is not None for choice in _choices(part)]
