"""What a change of one fact is called: "now at most 60, was 95"."""

from __future__ import annotations

import json
from typing import Any

from codegen.catalog.diff.comparisons import How, text
from codegen.catalog.diff.rules import ComparisonRule
from codegen.openapi.json_values import texts

_SHORT = 60


def phrase(rule: ComparisonRule, how: How, was: Any, now: Any) -> str:
    """Return the change of one fact in words."""
    if rule.label in {"required", "read-only", "write-only", "deprecation"}:
        return {
            "required": ("now required", "no longer required"),
            "deprecation": ("now deprecated", "no longer deprecated"),
        }.get(rule.label, (f"now {rule.label}", f"no longer {rule.label}"))[was is not None]
    if isinstance(was, list) and isinstance(now, list) and not _open_bound(was) and not _open_bound(now):
        if listed := _lists(rule.label, was, now):
            return listed
    elif isinstance(was, list) and now is None and not _open_bound(was):
        return f"{rule.label}: any (was {_listed(was)})"
    elif isinstance(now, list) and was is None and not _open_bound(now):
        return f"{rule.label}: only {_listed(now)} (was any)" if how == "narrowed" else f"{rule.label}: {_listed(now)}"
    if isinstance(was, dict) or isinstance(now, dict):
        return _objects(rule.label, how, was, now)
    if rule.phrase:
        if now is None:
            return f"no longer {rule.phrase.format(short(was))}"
        return f"now {rule.phrase.format(short(now))}, was {'not stated' if was is None else short(was)}"
    if was is None:
        return f"{rule.label} now {short(now)}"
    return f"{rule.label} {how} ({short(was)} → {short(now)})"


def _lists(label: str, was: list[Any], now: list[Any]) -> str:
    old, new = set(map(text, was)), set(map(text, now))
    come = ", ".join(short(entry) for entry in now if text(entry) not in old)
    values = ", ".join(short(entry) for entry in was if text(entry) not in new)
    if come and values and not old & new:
        return f"{label}: now {come}, was {values}"
    if come and values:
        return f"{label}: added {come}; removed {values}"
    return f"{label}: now also {come}" if come else f"{label}: no longer {values}" if values else ""


def stated(rule: ComparisonRule, value: Any) -> str:
    """Return one fact of what is new: "at most 60"."""
    if rule.phrase:
        return rule.phrase.format(short(value))
    return f"{rule.label} {_listed(value) if isinstance(value, list) else short(value)}"


def _objects(label: str, how: How, was: Any, now: Any) -> str:
    """Return what differs inside, where that is short enough for a line; the JSON has it in full."""
    old, new = (value if isinstance(value, dict) else {} for value in (was, now))
    differing = [key for key in sorted({*old, *new}) if text(old.get(key)) != text(new.get(key))]
    parts = [f"{key}: {short(old.get(key))} → {short(new.get(key))}" for key in differing]
    line = "; ".join(parts)
    return f"{label} {how} ({line})" if line and len(line) <= 2 * _SHORT else f"{label} {how} ({', '.join(differing)})"


def _listed(values: list[Any]) -> str:
    joined = ", ".join(short(value) for value in values)
    return joined if len(joined) <= 2 * _SHORT else f"{joined[: 2 * _SHORT - 1]}…"


def _open_bound(value: list[Any]) -> bool:
    return len(value) == 2 and value[1] is True and not isinstance(value[0], bool)


def short(value: Any) -> str:
    """Return a value in a line of text."""
    if value is None:
        return "not stated"
    if isinstance(value, list) and _open_bound(value):
        return f"{value[0]} (exclusive)"
    if isinstance(value, dict) and [*value] == ["required"] and value["required"] == texts(value["required"]):
        return f"with {' and '.join(value['required'])}"
    encoded = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return encoded if len(encoded) <= _SHORT else f"{encoded[: _SHORT - 1]}…"
