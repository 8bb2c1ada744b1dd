"""Bad input: exit status 1, one clear line a fault, no traceback, nothing written."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from codegen import yamlio
from codegen.__main__ import main
from tests.verbs.conftest import Outcome, Run, keep


def refused(outcome: Outcome, *words: str) -> None:
    """Check the faults: one line each, file, place, problem; remedy."""
    assert outcome.status == 1
    assert outcome.changed == []
    assert outcome.faults
    for line in outcome.faults:
        assert "Traceback" not in line
        assert ": " in line, line
        assert "; " in line, line
    for word in words:
        assert any(word in line for line in outcome.faults), (word, outcome.faults)


@pytest.fixture
def few_claims(scratch: Path) -> Path:
    """Use the scratch copy with one service in it: an import reads the claims of all."""
    keep(scratch, "edrawmax")
    return scratch


def test_a_missing_document_is_named(run: Run, few_claims: Path) -> None:
    refused(run("import", few_claims / "nowhere.txt"), "nowhere.txt")


def test_every_missing_document_is_named_at_once(run: Run, few_claims: Path) -> None:
    refused(run("import", few_claims / "one.txt", few_claims / "two.txt"), "one.txt", "two.txt")


def test_a_text_without_markers_is_no_bundle(run: Run, few_claims: Path) -> None:
    (few_claims / "notes.txt").write_text("just some notes\n", encoding="utf-8")
    refused(run("import", few_claims / "notes.txt"), "notes.txt", "FILE:")


def test_broken_json_names_the_line(run: Run, few_claims: Path) -> None:
    (few_claims / "c_api_doc_detail.json").write_text('[\n{"name": "One",\n"method" "POST"}\n]\n', encoding="utf-8")
    refused(run("import", few_claims / "c_api_doc_detail.json"), "c_api_doc_detail.json", "line 3")


def test_two_entries_of_one_name_are_refused(run: Run, few_claims: Path) -> None:
    entry = {
        "id": 1,
        "name": "One",
        "model_code": "one",
        "method": "POST",
        "endpoint": "https://api.example.com/one",
        "api_body": json.dumps({"category": [{"list": []}]}),
    }
    (few_claims / "c_api_doc_detail.json").write_text(
        json.dumps([entry, {**entry, "id": 2}], indent=1), encoding="utf-8"
    )
    refused(run("import", few_claims / "c_api_doc_detail.json"), "One", "c_api_doc_detail.json")


def test_a_document_that_is_not_utf8_is_refused(run: Run, few_claims: Path) -> None:
    (few_claims / "bundle.txt").write_bytes(b"FILE:a\n\xff\xfe\n")
    refused(run("import", few_claims / "bundle.txt"), "UTF-8")


@pytest.mark.parametrize("folder", ["decisions", "overlays", "claims"])
def test_a_duplicate_yaml_key_names_file_and_line(run: Run, scratch: Path, folder: str) -> None:
    keep(scratch, "edrawmax")
    path = sorted((scratch / "specs" / folder).rglob("*.yaml"))[0]
    path.write_text(path.read_text(encoding="utf-8") + "twice: 1\ntwice: 2\n", encoding="utf-8")
    refused(run("reconcile"), path.name, "twice", "line")


@pytest.mark.parametrize("folder", ["decisions", "overlays", "claims"])
def test_a_pipe_in_the_place_of_a_file_is_refused_and_not_waited_for(run: Run, scratch: Path, folder: str) -> None:
    keep(scratch, "edrawmax")
    path = sorted((scratch / "specs" / folder).rglob("*.yaml"))[0]
    path.unlink()
    os.mkfifo(path)
    refused(run("reconcile"), path.name, "is not a regular file")


def test_a_file_in_the_place_of_a_folder_is_named(run: Run, scratch: Path) -> None:
    keep(scratch, "edrawmax")
    shutil.rmtree(scratch / "specs" / "openapi")
    (scratch / "specs" / "openapi").write_text("mine", encoding="utf-8")
    refused(run("reconcile"), "specs/openapi: cannot be read or written (file exists)")


@pytest.mark.parametrize("option", ["--specs", "--output"])
def test_links_in_a_circle_are_named(run: Run, scratch: Path, option: str) -> None:
    keep(scratch, "edrawmax")
    (scratch / "round").symlink_to("round")
    refused(run("generate", "--output", scratch / "out", option, scratch / "round"), "round")


def test_a_long_subject_is_cut_in_the_message(run: Run, few_claims: Path) -> None:
    outcome = run("why", "a" * 5_000)
    refused(outcome, "is nothing that the documents or the catalog know")
    assert len(outcome.faults[0]) < 1_000


def test_an_overlay_action_that_matches_nothing_is_refused(run: Run, scratch: Path) -> None:
    keep(scratch, "edrawmax")
    path = sorted((scratch / "specs" / "overlays").glob("*.yaml"))[0]
    overlay = yamlio.load(path)
    overlay["actions"].append({"target": "$.paths['/nowhere']", "update": {"summary": "Nothing"}})
    path.write_text(yamlio.dumps(overlay), encoding="utf-8")
    refused(run("reconcile"), path.name, "/nowhere")


def test_an_undecided_disagreement_stops_reconcile(run: Run, scratch: Path) -> None:
    keep(scratch, "tomoviee")
    path = scratch / "specs" / "decisions" / "tomoviee.yaml"
    decisions = yamlio.load(path)
    undecided = len(decisions.pop("decisions"))
    path.write_text(yamlio.dumps(decisions), encoding="utf-8")
    outcome = run("reconcile")
    refused(outcome, "specs/decisions")
    assert len(outcome.faults) == undecided >= 2


def test_specs_that_are_not_there_are_named(run: Run, scratch: Path) -> None:
    refused(run("generate", "--specs", scratch / "none", "--output", scratch / "out"), "none")


def test_a_package_name_that_is_no_identifier_is_refused(run: Run, scratch: Path) -> None:
    refused(run("generate", "--output", scratch / "out", "--package", "not-a-name"), "not-a-name")


def test_generate_does_not_replace_a_folder_that_is_not_its_own(run: Run, scratch: Path) -> None:
    keep(scratch, "edrawmax")
    mine = scratch / "out" / "wondergen" / "precious.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine", encoding="utf-8")
    refused(run("generate", "--output", scratch / "out"), "wondergen")
    assert mine.read_text(encoding="utf-8") == "mine"


def test_diff_names_a_catalog_that_is_not_there(run: Run, scratch: Path) -> None:
    refused(run("diff", scratch / "old", scratch / "specs" / "openapi"), "old")


@pytest.mark.parametrize("arguments", [[], ["unknown"], ["import"], ["diff", "one"], ["generate", "--nonsense"]])
def test_wrong_usage_is_exit_status_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
