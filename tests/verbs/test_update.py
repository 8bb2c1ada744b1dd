"""The verb `update`: all steps, or none of them; and a report on what is new."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from codegen import paths
from codegen.catalog.diff.report import escaped
from codegen.updates import update
from codegen.updates.backup import Backup
from tests.verbs.conftest import Run, copy_of
from tests.verbs.lumen import lay_out


@pytest.fixture
def scratch(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put what was made of Lumen in place of the repository's specs."""
    return copy_of(made, tmp_path, monkeypatch)


@pytest.fixture
def untested(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run no tests: the first test proves that they are run."""
    monkeypatch.setattr(update, "_pytest", lambda folders: ("0 passed", []))


def unread_line(document: Path) -> None:
    """Add to the document a parameter that no reader understands."""
    text = document.read_text(encoding="utf-8")
    described = "Style parameter."
    assert described in text
    document.write_text(text.replace(described, "Style parameter. Between 3 and twelve 7 of 9."), encoding="utf-8")


def test_one_changed_fact_is_reported_from_the_document_to_the_version(scratch: Path, run: Run) -> None:
    document = lay_out(scratch, ["ink", "chalk", "coal"])
    done = run("update", document, "--format", "json")
    report = json.loads(done.out)
    assert done.status == 0
    (fact,) = [fact for row in report["documents"] for fact in row["facts"] if fact["fact"] == "enum"]
    assert (fact["how"], fact["before"], fact["after"]) == ("changed", ["ink", "chalk"], ["ink", "chalk", "coal"])
    (change,) = report["client"]["changes"]
    assert (change["python"], change["severity"]) == ("client.lumen.sketch(style=)", "additive")
    assert report["tests"]["result"].count("passed") == 1
    assert report["version"]["calls_for"]
    assert set(report["seconds"]) == {"import", "reconcile", "generate", "tests"}
    assert report["sizes"]["specs"]["files"] >= 2
    assert not (scratch / ".codegen-update").exists()


def test_nothing_new_is_said_in_words_and_changes_no_file(scratch: Path, run: Run) -> None:
    done = run("update", scratch / "c_api_doc_detail.json")
    assert (done.status, done.changed) == (0, [])
    assert "no fact of any document is new" in done.out
    assert "nothing changes for code that uses the client" in done.out


def test_a_step_that_stops_leaves_every_file_as_it_was_and_says_what_was_new(scratch: Path, run: Run) -> None:
    document = lay_out(scratch, ["ink", "coal"])
    overlay = paths.OVERLAYS / "lumen.yaml"
    overlay.write_text(overlay.read_text() + "  - {target: $.nowhere, update: {a: 1}}\n", encoding="utf-8")
    done = run("update", document)
    assert (done.status, done.changed) == (1, [])
    assert "Stopped at reconcile: every file is as it was" in done.out
    assert 'enum ["ink", "coal"], was ["ink", "chalk"]' in done.out
    (fault,) = (line for line in done.faults if "nowhere" in line)
    assert fault not in done.out, "once, on standard error"


@pytest.mark.usefixtures("untested")
def test_strict_writes_nothing_where_a_line_is_not_understood(scratch: Path, run: Run) -> None:
    document = lay_out(scratch, ["ink", "chalk"])
    unread_line(document)
    strict = run("update", document, "--strict")
    assert (strict.status, strict.changed) == (1, [])
    assert any("not understood: " in line and "twelve" in line for line in strict.faults)
    assert run("update", document).status == 0


@pytest.mark.usefixtures("untested")
def test_markdown_is_for_a_pull_request(scratch: Path, run: Run) -> None:
    done = run("update", lay_out(scratch, ["ink", "chalk", "coal"]), "--format", "markdown")
    assert done.out.startswith("# Update of the vendors' documents\n")
    assert "## The client: additive" in done.out
    assert not re.search(r"^ *- [-+] ", done.out, re.MULTILINE), "a list within the list"
    assert r"client.lumen.sketch(style=) allowed values: now also \"coal\"".replace(r"\"", '"') in done.out


def test_an_update_that_was_killed_is_undone_by_the_next(scratch: Path, run: Run) -> None:
    Backup().take()
    catalog = paths.OPENAPI / "lumen.yaml"
    good = catalog.read_text(encoding="utf-8")
    catalog.write_text("half", encoding="utf-8")
    done = run("update", scratch / "c_api_doc_detail.json")
    assert done.status == 0
    assert catalog.read_text(encoding="utf-8") == good


def test_an_inventory_that_differs_says_what_to_write_where_and_the_update_is_not_done(
    scratch: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    inventory = scratch / "tests" / "inventory"
    inventory.mkdir(parents=True)
    write = "tests/inventory/inventory.yaml: line 7: write of lumen.sketch `style: {type: string}`; was: type integer"
    printed = [
        "E       AssertionError: the catalog differs from what a person read",
        f"E       {write}",
        "FAILED tests/inventory/test_inventory.py::test_the_catalog_has_what_a_person_read_in_the_documents[lumen] - E",
        "FAILED tests/inventory/test_committed.py::test_costs - AssertionError: assert 'a' == 'b'",
        "FAILED tests/inventory/test_committed.py::test_words - AssertionError: specs/overlays/a.yaml: write words",
    ]
    monkeypatch.setattr(update, "_pytest", lambda folders: ("", printed if inventory in folders else []))
    done = run("update", lay_out(scratch, ["ink", "chalk", "coal"]))
    assert done.status == 1
    _, _, by_hand = done.out.partition("To do by hand\n-------------\n")
    assert by_hand.splitlines()[1:4] == [
        f"  {write}",
        "  tests/inventory/test_committed.py::test_costs: correct what it states of the catalog",
        "  tests/inventory/test_committed.py::test_words: specs/overlays/a.yaml: write words",
    ]


def test_what_is_to_be_pasted_stays_code_in_markdown() -> None:
    assert (
        update._item("  a_b: add `  - {a: [*b*]}` <i>")
        == f"  - {escaped('a_b: add ')}`  - {{a: [*b*]}}`{escaped(' <i>')}"
    )
    assert update._item("one ` alone") == f"- {escaped('one ` alone')}"
