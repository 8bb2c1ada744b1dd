"""What the package tells of its operations: words from the docstrings, values and sources from the catalog."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from wondergen._catalog import index
from wondergen._catalog.facts import OperationFacts, disagreements, operation_facts
from wondergen._catalog.service_document import Catalog, load, names_of_services

from codegen import paths, yamlio
from tests import catalog_values
from tests.chosen_operations import CREDITS, DIAGRAM, MOVED, PICTURE, SOUND, VIDEO, WITH_SOUND


def facts(service: str, operation: str) -> OperationFacts:
    catalog = load(service)
    return operation_facts(catalog, catalog.endpoints[operation])


EVERY = [(service, name) for service in names_of_services() for name in load(service).endpoints]


def test_every_operation_has_facts() -> None:
    assert len(EVERY) == catalog_values.count()


@pytest.mark.parametrize("service, operation", EVERY)
def test_everything_that_is_told_of_an_operation_has_words_and_sources(service: str, operation: str) -> None:
    found = facts(service, operation)
    assert found.summary
    assert any(statement.sources for statement in found.statements)
    for parameter in found.parameters:
        assert index.text(parameter.sentences), parameter.name
        assert parameter.annotation


def test_a_parameter_has_its_values_with_the_documents_that_state_them() -> None:
    duration = next(p for p in facts(*SOUND.place).parameters if p.name == "duration")
    stated = {statement.fact: statement for statement in duration.statements}
    schema = catalog_values.parameter(*SOUND.place, "duration")
    assert (stated["minimum"].value, stated["maximum"].value) == (schema["minimum"], schema["maximum"])
    assert any(source.endswith("/SKILL.md") for source in stated["maximum"].sources)
    assert stated["required"].value is True
    span = f"{schema['minimum']} to {schema['maximum']}."
    assert index.text(duration.sentences) == f"Length of the result. In seconds. {span}"
    assert index.text(duration.sentences, "about") == span


def test_positional_parameters_come_first_as_in_the_signature() -> None:
    parameters = facts(*WITH_SOUND.place).parameters
    assert [(p.name, p.is_positional, p.is_required) for p in parameters[:2]] == [
        ("prompt", True, True),
        ("image", False, True),
    ]


def test_a_parameter_of_the_path_is_found_too() -> None:
    (task_id,) = facts(*PICTURE.report.place).parameters
    assert (task_id.name, task_id.location, task_id.is_required) == ("task_id", "path", True)


def test_disagreements_of_an_operation_are_told_with_what_holds() -> None:
    rows = [
        (service, name, row)
        for service in names_of_services()
        for name in catalog_values.operations(service)
        for row in facts(service, name).disagreements
        if row.get("subject") == "parameter" and row["fact"] in ("minimum", "maximum")
    ]
    assert rows
    for service, name, row in rows:
        holds = str(catalog_values.parameter(service, name, row["name"])[row["fact"]])
        assert row["holds"] == holds
        assert {holds} < {reading["value"] for reading in row["readings"]}
    for service in names_of_services():
        evidence = yamlio.load(paths.SPECS / "evidence" / f"{service}.yaml")
        assert len(disagreements(load(service))) == len(evidence.get("disagreements", ()))


def test_facts_need_no_validator() -> None:
    code = (
        "import sys; from wondergen._catalog.service_document import load\n"
        "from wondergen._catalog.facts import operation_facts\n"
        f"c = load('{DIAGRAM.service}'); operation_facts(c, c.endpoints['{DIAGRAM.name}'])\n"
        "print('jsonschema' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_text_does_not_come_from_docstrings() -> None:
    code = (
        "import sys; from wondergen.cli import main\n"
        f"sys.argv = ['wondergen', '{VIDEO.service}', '{VIDEO.words[1]}', '--help']; main()"
    )
    done = subprocess.run([sys.executable, "-OO", "-c", code], capture_output=True, text=True, check=True)
    for text in ("Best for", "--resolution", "Default: "):
        assert text in done.stdout


def test_an_operation_has_the_names_of_its_vendor_and_its_traits() -> None:
    found = facts(*WITH_SOUND.place)
    assert found.vendor == WITH_SOUND.vendor
    assert found.vendor.keys() >= {"name", "id", "state"}
    assert found.traits["audio"] == "optional"
    assert found.traits_sources


def test_advice_names_the_documents_behind_it() -> None:
    every = [found for place in EVERY if (found := facts(*place).prompting) is not None]
    assert [one for found in every for one in found.every if not one.sources] == []
    assert any(source.endswith(".md") for found in every for one in found.advice for source in one.sources)


def test_what_costs_nothing_needs_no_prompt() -> None:
    assert facts(*CREDITS.place).prompting is None


def test_every_camera_movement_is_described() -> None:
    movement = next(one for one in facts(*MOVED.place).parameters if one.name == "camera_move_index")
    schema = catalog_values.parameter(*MOVED.place, "camera_move_index")
    assert len(movement.choices) == schema["maximum"] - schema["minimum"] + 1
    assert movement.choices["pan-left"] == "Swings to the left"


def test_an_operation_with_a_host_of_its_own_is_shown_there() -> None:
    known = load(SOUND.service)
    operations = [
        replace(one.operation, server="https://music.example") if name == SOUND.name else one.operation
        for name, one in known.endpoints.items()
    ]
    catalog = Catalog(known.service, operations, known.document)
    assert "https://music.example" in catalog.bases
    urls = {name: operation_facts(catalog, catalog.endpoints[name]).url for name in (SOUND.name, SOUND.report.name)}
    path = known.endpoints[SOUND.name].operation.path
    assert urls == {
        SOUND.name: f"https://music.example{path}",
        SOUND.report.name: SOUND.report.url,
    }
