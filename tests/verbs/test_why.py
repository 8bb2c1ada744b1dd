"""The verb `why`: who states a fact, what holds, and what proves it."""

from __future__ import annotations

import functools
import re
import shutil
from pathlib import Path

import pytest

from codegen.updates import contract_cases
from tests.verbs.conftest import Run, in_place_of_the_repository

collected = functools.cache(contract_cases.tables)


@pytest.fixture(scope="module")
def copied(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy what was made of Lumen once: the verb writes nothing."""
    target = tmp_path_factory.mktemp("why")
    shutil.copytree(made, target, dirs_exist_ok=True)
    return target


@pytest.fixture
def scratch(copied: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put what was made of Lumen in place of the repository's specs, and collect its contract tests once."""
    monkeypatch.setattr(contract_cases, "tables", collected)
    return in_place_of_the_repository(copied, monkeypatch)


DOCUMENT = "c_api_doc_detail/c_api_doc_detail.json"


@pytest.mark.parametrize("name", ["lumen.sketch.style", "client.lumen.sketch.style", "lumen.sketch.body.data.style"])
def test_a_parameter_has_its_claims_their_places_and_its_tests(run: Run, name: str) -> None:
    done = run("why", name)
    assert done.status == 0
    assert done.out.startswith("client.lumen.sketch(style=)\nat the vendor: sketch style\n")
    assert "enum: ink, chalk, " in done.out
    assert f"  ink, chalk: {DOCUMENT}:" in done.out
    assert re.search(r"c_api_doc_detail.json:\d+ \(.+, \d{4}-\d\d-\d\d\)", done.out)
    assert "proven by:\n  generated/contract_tests/lumen/" in done.out
    assert "generated/contract_tests/lumen/test_sketch.py accepted (1 row)\n" in done.out


@pytest.mark.parametrize("name", ["client.lumen.sketch(style=)", "Lumen/Sketch/style", "lumen.sketch(style='ink')"])
def test_the_names_of_reports_and_other_spellings_are_found(run: Run, name: str) -> None:
    assert run("why", name).out == run("why", "lumen.sketch.style").out


def test_an_operation_says_what_else_one_can_ask_for(run: Run) -> None:
    done = run("why", "lumen.sketch")
    assert "url: https://api.lumen.example/draw/sketch, " in done.out
    assert "ask also for: lumen.sketch" in done.out
    assert "lumen.sketch.prompt" in done.out


def test_an_unknown_subject_gives_the_nearest_names(run: Run) -> None:
    done = run("why", "lumen.sketch.stile")
    assert (done.status, done.out) == (1, "")
    assert "lumen.sketch.style" in done.faults[0]


def test_a_value_of_a_choice_has_those_who_list_it(run: Run) -> None:
    done = run("why", "lumen.sketch.style.chalk")
    assert "enum chalk: holds\n  " in done.out
    assert "style.steel: is nothing" in run("why", "lumen.sketch.style.steel").faults[0]


def test_a_field_of_a_reply_is_found_by_its_last_part(run: Run) -> None:
    assert run("why", "lumen.sketch.task_id").out == run("why", "lumen.sketch.data.task_id").out.replace("data.", "", 2)


def test_a_host_is_found_with_and_without_its_scheme(run: Run) -> None:
    done = run("why", "lumen.api.lumen.example")
    assert "url: https://api.lumen.example/draw/sketch, " in done.out
    assert run("why", "lumen.https://api.lumen.example").out.splitlines()[1:] == done.out.splitlines()[1:]


def test_a_service_alone_says_what_one_can_ask_for(run: Run) -> None:
    assert "lumen.sketch" in run("why", "lumen").out


@pytest.mark.parametrize(("name", "label"), [("", "SUBJECT"), (".", "."), ("client.", "client.")])
def test_a_question_without_a_name_is_a_fault(run: Run, name: str, label: str) -> None:
    done = run("why", name)
    assert (done.status, done.out) == (1, "")
    assert done.faults[0].startswith(f"{label}: ")
    assert "ask for a service (lumen), or for what is below it" in done.faults[0]


def test_the_last_part_of_a_name_gives_the_places_that_end_so(run: Run) -> None:
    assert "nearest: lumen.sketch.style" in run("why", "style").faults[0]
