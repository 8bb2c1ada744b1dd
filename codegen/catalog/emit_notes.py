"""Settled facts that no keyword of OpenAPI can carry → sentences that end the description of what they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from codegen.catalog.decide import Settlement
from codegen.faults import Fault, InputFault

NOTES = "x-notes"
LABELS = "x-labels"
"""Both stand in the document only until the overlays have been applied."""


def of_parameter(facts: Mapping[str, Settlement]) -> dict[str, tuple[str, ...]]:
    """Sentence → its sources."""
    return dict(_sentences(facts, _PARAMETER))


def of_operation(facts: Mapping[str, Settlement], output: Mapping[str, Settlement]) -> dict[str, tuple[str, ...]]:
    """Sentence → its sources, of an operation and of the files that it makes."""
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
            yield template.format(_in_words(fact, settlement.value)), settlement.sources


def _in_words(fact: str, value: Any) -> str:
    if fact == "meaning" and isinstance(value, Mapping):
        return "; ".join(f"{name}: {meaning}" for name, meaning in value.items()).capitalize()
    if isinstance(value, Mapping):
        return " to ".join(str(value[key]) for key in ("minimum", "maximum") if key in value)
    if isinstance(value, (list, tuple)):
        joint = " to " if fact.endswith("_seconds") else " or " if fact == "sample_rate" else " and "
        return joint.join(_in_words("", item) for item in value)
    return str(value).upper() if fact == "format" else str(value)


def append(node: Any, file: str, pointer: str = "") -> None:
    """Move every note behind the description it belongs to; values without a name of their own are explained there."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            append(item, file, f"{pointer}/{index}")
    elif isinstance(node, dict):
        notes = node.pop(NOTES, None)
        labels = node.pop(LABELS, None)
        sentences = list(notes) if isinstance(notes, list) else []
        if isinstance(labels, dict):
            sentences += _explained(labels, node.get("x-python", {}).get("names"), file, pointer)
        if sentences:
            node["description"] = " ".join([*([node["description"]] if "description" in node else []), *sentences])
        for key, item in node.items():
            append(item, file, f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}")


def _explained(labels: Mapping[str, str], names: Mapping[str, str] | None, file: str, pointer: str) -> Iterable[str]:
    if names is None:
        return ["; ".join(f"`{value}`: {label}" for value, label in labels.items()) + "."]
    if missing := [value for value in labels if value not in names]:
        problem = f"documented values without a name: {', '.join(missing)}"
        raise InputFault(Fault(file, pointer, problem, "add them to x-python.names in the overlay"))
    return []
