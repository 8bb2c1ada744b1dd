"""The verb `drift`: what recorded replies show and the catalog does not have, as claims."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from codegen.documents import claims
from tests.verbs.conftest import Run, copy_of


@pytest.fixture
def scratch(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put what was made of Lumen in place of the repository's specs."""
    return copy_of(made, tmp_path, monkeypatch)


def recording(folder: Path, data: dict[str, Any]) -> Path:
    """Write a cassette of one call of Lumen."""
    row = {"service": "lumen", "operation": "sketch", "request": {}, "status": 200, "reply": {"code": 0, "data": data}}
    (folder / "calls.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    return folder / "calls.jsonl"


def test_replies_as_documented_propose_nothing(run: Run, scratch: Path) -> None:
    done = run("drift", recording(scratch, {"address": "https://lumen.example/1"}))
    assert (done.status, done.out) == (0, "1 exchanges: every reply is as the catalog says\n")


def test_a_field_that_no_document_has_becomes_a_claim_of_a_file_that_can_be_read(run: Run, scratch: Path) -> None:
    done = run("drift", recording(scratch, {"address": "https://lumen.example/1", "inks": 3}))
    assert done.status == 1
    assert "add 'lumen-recorded' to `skills` in specs/decisions/lumen.yaml" in done.out
    document = claims.from_yaml(done.out, "calls.jsonl.yaml")
    assert (document.skill, document.document) == ("lumen-recorded", "lumen-recorded/calls.jsonl")
    assert {(claim.operation, claim.by, claim.facts["type"]) for claim in document.claims} == {
        ("sketch", "example", "integer")
    }


def test_what_is_no_recording_is_a_fault(run: Run, scratch: Path) -> None:
    (scratch / "no.jsonl").write_text("text\n", encoding="utf-8")
    done = run("drift", scratch / "no.jsonl", scratch / "missing.jsonl")
    assert (done.status, done.out) == (1, "")
    assert [line.partition(": ")[0].rpartition("/")[2] for line in done.faults] == ["missing.jsonl", "no.jsonl"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{}", "line 1: is no recorded exchange: it has no operation, request, service, status"),
        ("\n[1]\n7", "line 2: is no recorded exchange"),
        ('{"log": {"entries": []}}', "is no recorded exchange"),
        ("[" * 5000, "line 1: is no JSON"),
        ("", "holds no exchange"),
    ],
)
def test_each_line_that_is_no_exchange_is_named(run: Run, scratch: Path, text: str, problem: str) -> None:
    (scratch / "odd.jsonl").write_text(text, encoding="utf-8")
    done = run("drift", scratch / "odd.jsonl", scratch)
    assert (done.status, done.out) == (1, "")
    assert any(problem in line for line in done.faults)
    assert any("is a folder" in line for line in done.faults)


def test_several_recordings_give_a_file_each(run: Run, scratch: Path) -> None:
    paths = []
    for name in ("monday", "tuesday"):
        (scratch / name).mkdir()
        paths.append(recording(scratch / name, {"address": "https://lumen.example/1", "inks": 3}))
    done = run("drift", *paths)
    assert done.status == 1
    assert [line for line in done.out.splitlines() if line.startswith("document: ")] == [
        "document: lumen-recorded/monday-calls.jsonl",
        "document: lumen-recorded/tuesday-calls.jsonl",
    ]
