"""The verbs in a row: a vendor's document becomes a client, and one changed fact a small diff."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from codegen import staleness
from tests.verbs.conftest import Run, copy_of
from tests.verbs.lumen import lay_out


@pytest.fixture
def scratch(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put what was made of Lumen in place of the repository's specs."""
    return copy_of(made, tmp_path, monkeypatch)


@pytest.fixture
def lumen(scratch: Path) -> Path:
    return scratch


def test_a_document_becomes_a_client_whose_contract_tests_pass(lumen: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(lumen / "generated")}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "error", "contract_tests"]
    done = subprocess.run(command, cwd=lumen / "generated", env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:]
    assert " passed" in done.stdout


def test_one_new_enum_value_changes_a_few_files_and_no_test_by_hand(lumen: Path, run: Run) -> None:
    before = lumen / "before"
    shutil.copytree(lumen / "specs" / "openapi", before)
    document = lay_out(lumen, ["ink", "chalk", "coal"])
    changed = [
        *run("import", document).changed,
        *run("reconcile").changed,
        *run("generate", "--output", lumen / "generated").changed,
    ]
    assert [name for name in changed if "catalog" not in name] == [
        "specs/claims/c_api_doc_detail/c_api_doc_detail.json.yaml",
        "specs/openapi/lumen.yaml",
        "docs/reference/lumen.md",
        "generated/contract_tests/lumen/test_sketch.py",
        "generated/wondergen/lumen/arguments.py",
        "generated/wondergen/lumen/async_client.py",
        "generated/wondergen/lumen/client.py",
    ]
    compared = run("diff", before, lumen / "specs" / "openapi", "--format", "json")
    verdict = json.loads(compared.out)
    assert (verdict["verdict"], verdict["bump"]) == ("additive", "minor")


def test_check_is_content_with_what_was_just_made(lumen: Path) -> None:
    assert list(staleness.stale(lumen / "c_api_doc_detail.json")) == []


def test_check_shows_the_diff_of_every_file_that_was_edited_by_hand(lumen: Path, run: Run) -> None:
    edited = []
    folders = ("specs/claims", "specs/openapi", "specs/evidence", "docs/reference", "generated/wondergen")
    for folder in (*folders, "generated/contract_tests"):
        suffixes = {".yaml", ".py", ".md"}
        files = [file for file in (lumen / folder).rglob("*") if file.suffix in suffixes and file.stat().st_size]
        edited.append(sorted(files)[-1])
        edited[-1].write_text(edited[-1].read_text(encoding="utf-8") + "# edited by hand\n", encoding="utf-8")
    done = run("check", "--documents", lumen / "c_api_doc_detail.json")
    assert done.status == 1
    assert done.out.count("-# edited by hand") == len(edited)
    assert all(path.name in done.out for path in edited)
    assert f"{len(edited)} files are stale" in done.faults[0]


def test_check_shows_a_file_that_is_missing_and_one_that_should_not_be_there(lumen: Path, run: Run) -> None:
    (lumen / "generated" / "wondergen" / "lumen" / "models.py").unlink()
    (lumen / "generated" / "wondergen" / "lumen" / "extra.py").write_text("stray = 1\n", encoding="utf-8")
    done = run("check")
    assert done.status == 1
    assert "/dev/null" in done.out
    assert "-stray = 1" in done.out


def test_check_names_an_empty_file_that_is_missing_and_one_that_should_not_be_there(lumen: Path, run: Run) -> None:
    (lumen / "generated" / "wondergen" / "py.typed").unlink()
    (lumen / "generated" / "wondergen" / "lumen" / "extra.py").touch()
    done = run("check")
    assert done.status == 1
    assert "generated/wondergen/py.typed: is missing: it is an empty file" in done.out
    assert "generated/wondergen/lumen/extra.py: is empty and should not be there" in done.out
