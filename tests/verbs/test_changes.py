"""Single changes to a document, from the import to the verdict: each arrives, is reported, and goes back.

Import and reconcile again change nothing, and the old document gives back the same bytes.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from codegen import paths
from codegen.catalog.diff import diff, load_catalog
from codegen.trees import read_tree
from tests.verbs.conftest import Run, copy_of

Item = dict[str, Any]


@pytest.fixture
def scratch(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put what was made of Lumen in place of the repository's specs. Nobody here looks at what is generated."""
    copied = copy_of(made, tmp_path, monkeypatch)
    shutil.rmtree(copied / "generated")
    return copied


def parameters(change: Callable[[list[Item]], object]) -> Callable[[Item], None]:
    """Return a change of the parameters of the operation."""

    def changed(item: Item) -> None:
        body = json.loads(item["api_body"])
        change(body["category"][0]["list"])
        item["api_body"] = json.dumps(body)

    return changed


def reply(change: Callable[[list[Item]], object]) -> Callable[[Item], None]:
    """Return a change of the fields of the reply."""

    def changed(item: Item) -> None:
        body = json.loads(item["api_response"])
        change(body["list"])
        item["api_response"] = json.dumps(body)

    return changed


def words(place: int, old: str, new: str) -> Callable[[Item], None]:
    """Return a change of the description of a parameter."""

    def changed(rows: list[Item]) -> None:
        assert old in rows[place]["describe"]
        rows[place]["describe"] = rows[place]["describe"].replace(old, new)

    return parameters(changed)


def more(name: str, kind: str, describe: str, *, required: bool = False) -> Callable[[Item], None]:
    """Return a parameter more."""
    row = {"name": name, "type": kind, "describe": describe, "required": required}
    return parameters(lambda rows: rows.append(row))


def key(name: str, value: object) -> Callable[[Item], None]:
    """Return another value of a key of the description."""
    return lambda item: item.update({name: value})


def choices(*values: str) -> Callable[[Item], None]:
    """Return another list of styles, in the words and in the keywords."""

    def changed(rows: list[Item]) -> None:
        rows[1]["describe"] = f"Style parameter. Options: {', '.join(values)}. Default is {values[0]}."
        rows[1]["keywords"] = list(values)

    return parameters(changed)


def renamed(rows: list[Item]) -> None:
    rows[1]["name"] = "manner"


def required(place: int, *, value: bool) -> Callable[[Item], None]:
    """Return a parameter that has to be given, or need not."""
    return parameters(lambda rows: rows[place].update(required=value))


CHANGES: dict[str, tuple[Callable[[Item], None], str, str]] = {
    "a value more": (choices("ink", "chalk", "coal"), "additive", "now also"),
    "a value less": (choices("ink"), "breaking", "no longer"),
    "values in another order": (choices("ink", "chalk"), "neutral", ""),
    "another default": (choices("chalk", "ink"), "breaking", "by default"),
    "a narrower limit": (words(0, "80", "60"), "breaking", "now at most 60"),
    "a wider limit": (words(0, "80", "90"), "additive", "now at most 90"),
    "no limit": (words(0, " Maximum string length: 80.", ""), "additive", "at most"),
    "a text in other words": (words(0, "What to draw.", "The picture to draw."), "neutral", ""),
    "required": (required(1, value=True), "breaking", "now required"),
    "optional": (required(0, value=False), "additive", "no longer required"),
    "a renamed parameter": (parameters(renamed), "breaking", "may be renamed"),
    "a parameter less": (parameters(lambda rows: rows.pop()), "breaking", "is gone"),
    "a text": (more("mood", "string", "The mood."), "additive", "is new"),
    "a required text": (more("mood", "string", "The mood.", required=True), "breaking", "is new"),
    "an integer": (more("seed", "integer", "A number between 0 and 9."), "additive", "is new"),
    "an int64": (more("seed", "int64", "A number between 0 and 9."), "additive", "is new"),
    "a number": (more("weight", "float", "Between 0 and 1."), "additive", "is new"),
    "a boolean": (more("frame", "boolean", "Whether there is a frame. Default is false."), "additive", "is new"),
    "a list": (more("tags", "array<string>", "Up to 4 tags."), "additive", "is new"),
    "another method": (key("method", "PUT"), "breaking", "now sent by"),
    "another path": (key("endpoint", "https://api.lumen.example/draw/sketches"), "breaking", "operation now"),
    "another number": (key("id", 2), "neutral", ""),
    "a field of the reply more": (
        reply(
            lambda rows: rows.append({"name": "size", "type": "integer", "describe": "Located within the data object"})
        ),
        "additive",
        "size",
    ),
}


def state() -> dict[str, Any]:
    return {name: read_tree(getattr(paths, name)) for name in ("CLAIMS", "OPENAPI", "EVIDENCE")}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_arrives_once_with_its_verdict_and_goes_back(scratch: Path, run: Run, name: str) -> None:
    change, verdict, text = CHANGES[name]
    document = scratch / "c_api_doc_detail.json"
    before, old = state(), load_catalog(paths.OPENAPI)
    original = document.read_text(encoding="utf-8")
    items = json.loads(original)
    change(items[0])
    document.write_text(json.dumps(items, indent=1), encoding="utf-8")

    faults = [*run("import", document).faults, *run("reconcile").faults]
    report = diff(old, load_catalog(paths.OPENAPI))
    assert (faults, report.verdict) == ([], verdict)
    assert text in report.to_text()

    after = state()
    assert run("import", document).changed == run("reconcile").changed == []
    assert state() == after
    document.write_text(original, encoding="utf-8")
    assert [*run("import", document).faults, *run("reconcile").faults] == []
    assert state() == before
