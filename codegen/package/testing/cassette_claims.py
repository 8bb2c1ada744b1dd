"""What a cassette shows and the catalog does not have, as lines for a file of claims."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from typing import Any

from .._catalog.service_document import Catalog, Endpoint, load
from .._runtime.pointer import get
from .cassette import read
from .reply_drift import Drift, drifts

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
_NOT_PLAIN = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def differences(path: str | os.PathLike[str]) -> list[str]:
    """Return what recorded replies have and the catalog has not, each as a line for a file of claims, once.

    The line numbers are those of the cassette. A claim without a state or an error is for a person to complete.
    """
    differences: dict[str, str] = {}
    submits: dict[tuple[str, str], Endpoint] = {}
    for number, exchange in enumerate(read(path), 1):
        catalog = load(exchange.service)
        endpoint = catalog.endpoints[exchange.operation]
        if "id" in endpoint.task:
            submits[exchange.service, str(get(exchange.reply, endpoint.task["id"]))] = endpoint
        keys = [(exchange.service, text) for text in _texts(exchange.request)]
        task = next((submits[key] for key in keys if key in submits), None)
        for drift in drifts(catalog, exchange.operation, exchange.status, exchange.content, task):
            claim = _claim(catalog, drift)
            line = f"# line {number}, {drift.operation}: " if claim is None else f"- {{line: {number}, {claim}}}  # "
            differences.setdefault(claim or str(drift), line + " ".join(drift.problem.split()))
    return list(differences.values())


def _claim(catalog: Catalog, drift: Drift) -> str | None:
    """Return the claim, without its line: what it is about, that it was seen rather than said, and the facts."""
    endpoint = catalog.endpoints[drift.operation]
    if not drift.subject or (drift.subject == "result" and (not drift.name or "output" not in endpoint.task)):
        # Nothing that could be stated, or nobody knows of which operation.
        return None
    row: dict[str, Any] = {}
    if drift.subject in ("response", "result"):
        steps = [step for step in endpoint.operation.path.split("/") if step and "{" not in step]
        row["operation"] = endpoint.task.get("vendor") or "/".join(steps[-1:])
    row[drift.subject] = drift.name
    row["by"] = "example"
    return ", ".join(f"{key}: {_yaml(value)}" for key, value in {**row, "facts": drift.facts}.items())


def _texts(value: Any) -> list[str]:
    """Return every text in a request that was kept."""
    if isinstance(value, Mapping):
        return [text for item in value.values() for text in _texts(item)]
    return [value] if isinstance(value, str) else []


def _yaml(value: Any) -> str:
    """Return a value in YAML's flow style. Text is quoted where it could be read as anything else."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_yaml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_yaml(item) for item in value) + "]"
    if not isinstance(value, str) or not value.isprintable():
        return json.dumps(value)
    if _PLAIN.fullmatch(value) and value.lower() not in _NOT_PLAIN:
        return value
    return "'" + value.replace("'", "''") + "'"
