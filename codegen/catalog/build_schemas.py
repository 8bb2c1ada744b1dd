"""Settled facts → JSON Schema: one parameter, the object of all parameters, and the tree of a reply."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from codegen.catalog.collected_evidence import Stated
from codegen.catalog.compare import KEYS, PRESENCE, Point, split_label
from codegen.catalog.decide import SIGNATURE, Settlement
from codegen.documents.vocabulary import AUDIO_FORMATS, IMAGE_FORMATS, VIDEO_FORMATS
from codegen.openapi.evidence import documents_of

KEYWORDS: Mapping[str, str] = {
    "type": "type",
    "items": "items",
    "format": "format",
    "enum": "enum",
    "default": "default",
    "minimum": "minimum",
    "maximum": "maximum",
    "exclusive_minimum": "exclusiveMinimum",
    "exclusive_maximum": "exclusiveMaximum",
    "multiple_of": "multipleOf",
    "min_length": "minLength",
    "max_length": "maxLength",
    "min_items": "minItems",
    "max_items": "maxItems",
}
"""Facts that JSON Schema has a keyword for, in the order in which they are written."""

_ON_THE_LIST = frozenset({"minItems", "maxItems", "default", "x-disputed"})
"""Of an array parameter, what is said of the array and not of its items."""

_OF_THE_LIST = ("type", "required", "in", "minItems", "maxItems", "default", "description")
"""The claims that go with it."""


@dataclass(frozen=True)
class ReconciledFacts:
    """The facts that hold after reconciliation, with their sources."""

    settlements: Mapping[Point, Settlement]

    def of(self, operation: str, subject: str, name: str = "") -> dict[str, Settlement]:
        """Return every settled fact of one subject."""
        return self._by_subject.get((operation, subject, name), {})

    @cached_property
    def _by_subject(self) -> dict[tuple[str, str, str], dict[str, Settlement]]:
        index: dict[tuple[str, str, str], dict[str, Settlement]] = {}
        for point, settlement in self.settlements.items():
            index.setdefault((point.operation, point.subject, point.name), {})[point.fact] = settlement
        return index

    def value(self, operation: str, subject: str, name: str, fact: str) -> Any:
        """Return one value, or None where no document speaks."""
        settlement = self.settlements.get(Point(operation, subject, name, fact))
        return settlement.value if settlement else None

    def names(self, operation: str, subject: str) -> list[str]:
        """Return the names of all subjects of one kind, best placed first."""
        best: dict[str, tuple[Any, ...]] = {}
        for point, settlement in self.settlements.items():
            if (point.operation, point.subject) != (operation, subject):
                continue
            order = min(statement.order[:3] for reading in settlement.readings for statement in reading.statements)
            best[point.name] = min(best.get(point.name, order), order)
        return sorted(best, key=lambda name: (best[name], name))

    def result_keys(self, operation: str) -> list[str]:
        """Return every documented key of the decoded result, those that won first."""
        best = self.value(operation, "result", "", KEYS) or []
        return [*best, *(name for name in self.names(operation, "result") if name and name not in best)]

    def url(self, operation: str) -> Settlement | None:
        """Return where an operation is: its URL, or its path below the server."""
        about = self.of(operation, "operation")
        return about.get("url") or about.get("path")

    def operations(self) -> list[str]:
        """Return the operations, by identifier. One with a URL alone is another name of the one that has more."""
        operations = sorted(
            {point.operation for point in self.settlements if point.subject == "operation" and point.operation}
        )
        by_url: dict[str, list[str]] = {}
        for name in operations:
            if url := self.url(name):
                by_url.setdefault(str(url.value), []).append(name)
        stated_names = {name for name in operations if "method" in self.of(name, "operation")}
        return sorted(
            name
            for names in by_url.values()
            for name in names
            if name in stated_names or not stated_names.intersection(names)
        )

    def labels(self, operation: str, parameter: str) -> dict[str, str]:
        """Return what the documents call the values of a parameter."""
        labels: dict[str, str] = {}
        parameters = self.names(operation, "parameter")
        for owner in (operation, ""):
            for name in self.names(owner, "label"):
                labelled = split_label(name, parameters)
                words = self.value(owner, "label", name, "label")
                if labelled and labelled[0] == parameter and words is not None:
                    labels.setdefault(labelled[1], str(words))
        return labels

    def parameters(self, operation: str) -> list[str]:
        """Return the parameters that exist, in the order of the best list that a document gives."""
        parameters = self.value(operation, "list", "parameters", "names") or []
        existing = [
            name
            for name in self.names(operation, "parameter")
            if self.value(operation, "parameter", name, PRESENCE) is True
        ]
        place = {name: index for index, name in enumerate(parameters)}
        return sorted(existing, key=lambda name: (place.get(name, len(place)), existing.index(name)))


def parameter_schema(facts: Mapping[str, Settlement]) -> Stated:
    """Return the schema of one parameter's value on the wire."""
    schema: dict[str, Any] = {}
    claims: dict[str, list[str]] = {}
    _write_type(schema, claims, facts)
    for fact, keyword in KEYWORDS.items():
        settlement = facts.get(fact)
        if settlement is None or settlement.value is None or fact == "type":
            continue
        if fact == "enum" and "open_enum" in facts and facts["open_enum"].value:
            keyword = "examples"
        schema[keyword] = list(settlement.value) if isinstance(settlement.value, (list, tuple)) else settlement.value
        claims[keyword] = list(settlement.sources)
    for fact in ("required", "in"):
        if fact in facts:
            claims[fact] = list(facts[fact].sources)
    _write_media(schema, claims, facts)
    _write_wire(schema, claims)
    notes = parameter_notes(facts)
    if notes:
        sources = {source for sources in notes.values() for source in sources}
        claims["description"] = sorted(sources.union(claims.get("description", ())))
    if disputes := _disputes(facts):
        schema["x-disputed"] = disputes
    if schema["type"] == "array":
        return _as_array(schema, claims, notes)
    return Stated(schema, claims=claims, notes=notes)


def _write_type(schema: dict[str, Any], claims: dict[str, list[str]], facts: Mapping[str, Settlement]) -> None:
    if "type" in facts:
        schema["type"] = facts["type"].value
        claims["type"] = list(facts["type"].sources)
        return
    # No document names the type: the values that they give show it, else it is text.
    for fact in ("enum", "default", "minimum", "maximum"):
        if fact in facts and facts[fact].value is not None:
            value = facts[fact].value
            schema["type"] = _type_of(value[0] if isinstance(value, (list, tuple)) and value else value)
            claims["type"] = list(facts[fact].sources)
            return
    schema["type"] = "string"
    claims["type"] = list(facts[PRESENCE].sources)


def _type_of(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    return "number" if isinstance(value, float) else "string"


def _as_array(schema: dict[str, Any], claims: dict[str, list[str]], notes: Iterable[str]) -> Stated:
    """Move the limits of the values to the items, for a list of values."""
    outer: dict[str, Any] = {"type": "array"}
    items: dict[str, Any] = {"type": schema.pop("items", "string")}
    outer_claims = {key: claims[key] for key in _OF_THE_LIST if key in claims}
    for key, value in schema.items():
        if key in _ON_THE_LIST:
            outer[key] = value
        elif key != "type":
            items[key] = value
    kinds = claims.get("items", claims["type"])
    inner = Stated(items, claims={**{key: claims[key] for key in items if key in claims}, "type": kinds})
    return Stated({**outer, "items": inner}, claims=outer_claims, notes=notes)


_RANGES = (
    ("bytes", "exclusive_bytes"),
    ("width", "exclusive_pixels"),
    ("height", "exclusive_pixels"),
    ("aspect", "exclusive_aspect"),
    ("frame_rate", ""),
    ("seconds", ""),
)
"""What of a file is limited from below and above, and the fact that says that the limits themselves are out."""


def _write_media(schema: dict[str, Any], claims: dict[str, list[str]], facts: Mapping[str, Settlement]) -> None:
    sources: list[str] = []

    def take(fact: str) -> Any:
        settlement = facts.get(fact)
        if settlement is None or settlement.value is None:
            return None
        sources.extend(settlement.sources)
        return settlement.value

    kind = take("media")
    formats = list(dict.fromkeys(str(name).lower() for name in take("formats") or ()))
    media: dict[str, Any] = {"formats": formats} if formats else {}
    for key, exclusive in _RANGES:
        if limits := _limits(key, take(f"min_{key}"), take(f"max_{key}"), bool(take(exclusive))):
            media[key] = limits
    if same := take("same_size_as"):
        media["same_size_as"] = same
    kind = kind or next(
        (name for name, formats_of_kind in _KINDS.items() if formats and formats_of_kind.issuperset(formats)), None
    )
    if not media and not kind:
        return
    if kind is None and formats:
        schema["description"] = f"Formats: {', '.join(formats)}."  # of no kind that a client can look at
        claims["description"] = list(dict.fromkeys(sources))
        return
    schema["x-media"] = {"kind": kind or "image", **media}
    claims["x-media"] = list(dict.fromkeys(sources))
    if schema.get("type") == "string" and "format" not in schema:
        schema["format"] = "uri"  # what it says is about the file behind the URL
        claims["format"] = claims["x-media"]


_KINDS = {"image": IMAGE_FORMATS, "video": VIDEO_FORMATS, "audio": AUDIO_FORMATS}


def _limits(key: str, low: Any, high: Any, exclusive: bool) -> dict[str, Any]:
    names = ("exclusiveMinimum", "exclusiveMaximum") if exclusive else ("minimum", "maximum")
    bounds = {name: value for name, value in zip(names, (low, high), strict=True) if value is not None}
    return {name: _ratio(value) for name, value in bounds.items()} if key == "aspect" else bounds


def _ratio(value: Any) -> str:
    """Return the simplest form of a ratio: 0.4:1, 2:5 and 0.4 are the same."""
    width, _, height = str(value).partition(":")
    try:
        ratio = Fraction(width) / Fraction(height or "1")
    except (ValueError, ZeroDivisionError):
        return str(value)  # no ratio, as the lint will say
    return f"{ratio.numerator}:{ratio.denominator}"


def _write_wire(schema: dict[str, Any], claims: dict[str, list[str]]) -> None:
    """Choose the wire form: booleans and seconds have one natural reading; digits in quotes may be a mere code."""
    values = schema.get("enum")
    if schema.get("type") != "string" or not values or not all(isinstance(value, str) for value in values):
        return
    if set(values) == {"True", "False"}:
        schema["x-wire"] = "boolean-word"
    elif all(re.fullmatch(r"[0-9]+s", value) for value in values):
        schema["x-wire"] = "seconds-text"
    else:
        return
    claims["x-wire"] = claims["enum"]


def _disputes(facts: Mapping[str, Settlement]) -> list[Stated]:
    rows = []
    for fact, settlement in sorted(facts.items()):
        if settlement.disputed:
            for reading in settlement.readings:
                words = _in_words(fact, reading.value, facts)
                row = {"reading": words, "sources": documents_of(reading.sources)}
                rows.append(Stated(row, claims={"": reading.sources}))
    return rows


def _in_words(fact: str, value: Any, facts: Mapping[str, Settlement]) -> str:
    if fact == PRESENCE and value:
        required = facts.get("required")
        return "it exists and is required" if required is not None and required.value else "it exists"
    if fact == PRESENCE:
        return "it does not exist"
    if fact == "required":
        return "it is required" if value else "it is optional"
    return f"{fact.replace('_', ' ')} is {value}"


def parameter_notes(facts: Mapping[str, Settlement]) -> dict[str, tuple[str, ...]]:
    """Return the facts of a parameter that no keyword carries: sentence → its sources."""
    notes = dict(_sentences(facts, _PARAMETER))
    default, required = facts.get("default"), facts.get("required")
    is_optional = required is None or required.value is not True
    if default is not None and default.rule is SIGNATURE and len(default.readings) == 1 and is_optional:
        value = default.readings[0].value
        if value not in (None, ""):
            notes[f"No document states a default; the vendor's own script sends {value}."] = default.sources
    return notes


def operation_notes(facts: Mapping[str, Settlement], output: Mapping[str, Settlement]) -> dict[str, tuple[str, ...]]:
    """Return the same of an operation and of the files that it makes."""
    return {**dict(_sentences(facts, _OPERATION)), **dict(_sentences(output, _OUTPUT))}


_PARAMETER = {
    "unit": "In {}s.",
    "max_tokens": "Only the first {} tokens count.",
    "exact_resolution": "The resolution of the file must be {}.",
    "recommended_resolution": "A resolution of at least {} is recommended.",
    "meaning": "{}.",
}
_OPERATION = {
    "output_seconds": "The result is {} seconds long.",
    "typical_seconds": "Usually takes {} seconds.",
}
_OUTPUT = {
    "format": "The files are {}.",
    "sample_rate": "Sample rate: {} Hz.",
    "bitrate": "Bit rate: {} bit/s.",
    "channels": "Channels: {}.",
}


def _sentences(facts: Mapping[str, Settlement], templates: Mapping[str, str]) -> Iterable[tuple[str, tuple[str, ...]]]:
    for fact, template in templates.items():
        if (settlement := facts.get(fact)) and settlement.value is not None:
            yield template.format(_note(fact, settlement.value)), settlement.sources


def _note(fact: str, value: Any) -> str:
    if fact == "meaning" and isinstance(value, Mapping):
        return "; ".join(f"{name}: {meaning}" for name, meaning in value.items()).capitalize()
    if isinstance(value, Mapping):
        return " to ".join(str(value[key]) for key in ("minimum", "maximum") if key in value)
    if isinstance(value, (list, tuple)):
        joint = " to " if fact.endswith("_seconds") else " or " if fact == "sample_rate" else " and "
        return joint.join(_note("", item) for item in value)
    return str(value).upper() if fact == "format" else str(value)


def object_schema(
    properties: Mapping[str, dict[str, Any]], required: Sequence[str], rules: list[Any]
) -> dict[str, Any]:
    """Return a closed object: what the catalog does not know is refused before it is sent."""
    schema: dict[str, Any] = {"type": "object", "additionalProperties": False}
    if required:
        schema["required"] = list(required)
    schema["properties"] = dict(properties)
    if rules:
        schema["allOf"] = rules
    return schema


def reply_schema(fields: Mapping[str, Mapping[str, Settlement]]) -> dict[str, Any]:
    """Return an open object from dotted paths: a reply may always say more than is documented."""
    root = _open_object()
    for path in sorted(fields, key=lambda path: (path.count("."), list(fields).index(path))):
        node = root
        *parents, name = path.split(".")
        for parent in parents:
            node = node["properties"].setdefault(parent, {})
            if node.get("type") == "array":
                node = node["items"]
            node.update({key: value for key, value in _open_object().items() if key not in node})
        node["properties"][name] = _reply_field(fields[path])
    return root


def _open_object() -> dict[str, Any]:
    return {"type": "object", "additionalProperties": True, "properties": {}}


def _reply_field(facts: Mapping[str, Settlement]) -> Stated:
    """Return the schema of a field that is only read: no document need state its type."""
    schema: dict[str, Any] = {}
    claims: dict[str, list[str]] = {}
    for fact, keyword in (("type", "type"), ("format", "format")):
        if fact in facts and facts[fact].value:
            schema[keyword] = facts[fact].value
            claims[keyword] = list(facts[fact].sources)
    if schema.get("type") == "object":
        schema["additionalProperties"] = True
    if schema.get("type") == "array":
        schema["items"] = {}
    if (contains := facts.get("contains")) and contains.value == "json":
        schema["contentMediaType"] = "application/json"
        claims["contentMediaType"] = list(contains.sources)
    if not claims:
        claims[""] = list(facts[PRESENCE].sources)
    return Stated(schema, claims=claims)
