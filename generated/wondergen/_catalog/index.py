# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The index of the package: names, help texts, types and traits of every operation, as data made at generation.

It is read without the client, the schemas or any library, so that help and tables come at once.
"""

from __future__ import annotations

import difflib
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from .._runtime.spelling import plain

Row = Mapping[str, Any]
Sentences = Sequence[tuple[str, str]]
"""What is said of a parameter: kind (about, values, limit, default, disputed) and text of each sentence."""

_FOLDER = os.path.dirname(os.path.abspath(__file__))
"""Not a Path: to import pathlib takes longer than to read the index."""


@cache
def load() -> Row:
    """Return the whole index."""
    return _read_json("index.json")


def rules() -> Mapping[str, str]:
    """Return the rules by which the documents were reconciled: name → sentence."""
    return _read_json("rules.json")


def _read_json(name: str) -> Row:
    with open(os.path.join(_FOLDER, name), encoding="utf-8") as file:
        content: Row = json.load(file)
    return content


def text(sentences: Sentences, *without: str) -> str:
    """Return the sentences about a parameter but for those of some kinds."""
    return " ".join(text for kind, text in sentences if kind not in without)


def skill() -> dict[str, str]:
    """Return the files of the Agent Skill by path."""
    from pathlib import Path

    folder = Path(_FOLDER, "skill")
    paths = sorted(folder.rglob("*.md"), key=lambda path: (path.name != "SKILL.md", path))
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def services() -> Mapping[str, Row]:
    """Return the services by the names of their modules."""
    rows: Mapping[str, Row] = load()["services"]
    return rows


def operations(service: str) -> Mapping[str, Row]:
    """Return the operations of a service by their names in Python, group included."""
    rows: Mapping[str, Row] = services()[service]["operations"]
    return rows


def every() -> Iterator[tuple[str, str, Row]]:
    """Yield service, name and row of every operation."""
    for service in services():
        for name, row in operations(service).items():
            yield service, name, row


def find(text: str, service: str | None = None) -> list[tuple[str, str]]:
    """Return the operations that a name means: in Python, of the model, of the vendor, an operationId.

    Case and punctuation make no difference. Several operations may have one name, such as those of a
    model that makes videos of a prompt and of an image.
    """
    plain_text = plain(text)
    scores: dict[tuple[str, str], int] = {}
    for owner, name, row in every():
        if service not in (None, owner) or not plain_text:
            continue
        vendor = row.get("vendor", {})
        exact = [name, f"{owner}.{name}", row["id"], vendor.get("name", ""), str(vendor.get("id", ""))]
        if any(plain(one) == plain_text for one in exact):
            scores[owner, name] = 0
        elif plain(name.rpartition(".")[2]) == plain_text:
            scores[owner, name] = 1
    best = min(scores.values(), default=0)
    return [key for key, rank in scores.items() if rank == best]


def near_names(text: str) -> list[str]:
    """Return names that vendors give their models and that are spelled nearly like a text, the nearest first."""
    names = {plain(name): name for *_, row in every() if (name := row.get("vendor", {}).get("name"))}
    return [names[word] for word in difflib.get_close_matches(plain(text), names, n=8, cutoff=0.7)]


def suggestions(text: str) -> list[tuple[str, str]]:
    """Return the operations whose triggers or names share words with what somebody wants to do, the best first."""
    words = {word for word in re.findall(r"[\w']+", text.lower()) if len(word) > 2}
    scores: dict[tuple[str, str], float] = {}
    for owner, name, row in every():
        traits = row.get("traits", {})
        triggers = [set(re.findall(r"[\w']+", trigger.lower())) for trigger in traits.get("triggers", ())]
        rest = " ".join([name.replace("_", " ").replace(".", " "), row["summary"], *traits.get("best_for", ())])
        score = sum(2.0 * len(words & trigger) / len(trigger) for trigger in triggers if trigger)
        score += 0.5 * len(words & set(re.findall(r"[\w']+", rest.lower())))
        if score:
            scores[owner, name] = score
    return sorted(scores, key=lambda key: -scores[key])


def lasts(row: Row, seconds: float) -> bool:
    """Return whether what an operation makes can last exactly so long."""
    return any(_covers(text, seconds) for text in row.get("durations", ()))


def _covers(text: str, seconds: float) -> bool:
    match = re.match(r"([0-9.]*?)\.\.([0-9.]+)", text)
    if match:
        return float(match[1] or 0) <= seconds <= float(match[2])
    return text.rstrip("s").replace(".", "", 1).isdecimal() and float(text.rstrip("s")) == seconds


@cache
def client_class(service: str, *, is_async: bool = False) -> Any:
    """Return the client of a service, by the name of its module."""
    module = import_module(f"..{service}.{'async_client' if is_async else 'client'}", __package__)
    name = services()[service]["client"]
    return getattr(module, f"Async{name}" if is_async else name)
