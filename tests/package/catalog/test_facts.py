"""What the package tells of its operations: words from the docstrings, values and sources from the catalog."""

from __future__ import annotations

import subprocess
import sys

import pytest
from wondergen._catalog import docs
from wondergen._catalog.document import load, names_of_services
from wondergen._catalog.facts import OperationFacts, disagreements, operation_facts


def facts(service: str, operation: str) -> OperationFacts:
    catalog = load(service)
    return operation_facts(catalog, catalog.endpoints[operation])


EVERY = [(service, name) for service in names_of_services() for name in load(service).endpoints]


def test_every_operation_has_facts() -> None:
    assert len(EVERY) == 40


@pytest.mark.parametrize("service, operation", EVERY)
def test_everything_that_is_told_of_an_operation_has_words_and_sources(service: str, operation: str) -> None:
    found = facts(service, operation)
    assert found.summary
    assert found.description
    assert any(statement.sources for statement in found.statements)
    for parameter in found.parameters:
        assert parameter.text, parameter.name
        assert parameter.annotation


def test_a_parameter_has_its_values_with_the_documents_that_state_them() -> None:
    duration = next(p for p in facts("tomoviee", "text_to_music").parameters if p.name == "duration")
    stated = {statement.fact: statement for statement in duration.statements}
    assert (stated["minimum"].value, stated["maximum"].value) == (0, 95)
    assert "tomoviee-text-to-music/SKILL.md" in stated["maximum"].sources
    assert stated["required"].value is True
    assert duration.text == "Length of the result. In seconds. 0 to 95."


def test_positional_parameters_come_first_as_in_the_signature() -> None:
    parameters = facts("mediaio", "image_to_video.kling_3_0").parameters
    assert [(p.name, p.is_positional, p.is_required) for p in parameters[:2]] == [
        ("prompt", True, True),
        ("image", False, True),
    ]


def test_a_parameter_of_the_path_is_found_too() -> None:
    (task_id,) = facts("mediaio", "task_result").parameters
    assert (task_id.name, task_id.location, task_id.is_required) == ("task_id", "path", True)


def test_disagreements_of_an_operation_are_told_with_what_holds() -> None:
    rows = [row for row in facts("tomoviee", "text_to_music").disagreements if row.get("name") == "duration"]
    maximum = next(row for row in rows if row["fact"] == "maximum")
    assert (maximum["holds"], maximum["rule"]) == ("95", "authority")
    assert {reading["value"] for reading in maximum["readings"]} == {"95", "900"}
    assert sum(len(disagreements(load(service))) for service in names_of_services()) >= 79


def test_facts_need_no_validator() -> None:
    code = (
        "import sys; from wondergen._catalog.document import load\n"
        "from wondergen._catalog.facts import operation_facts\n"
        "c = load('edrawmax'); operation_facts(c, c.endpoints['flowchart']); print('jsonschema' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_docstring_is_read_back_into_its_parts() -> None:
    doc = docs.read(
        """Draw it.

        Starts a task that
        draws.

        Args:
            prompt: What it shows. At most 5
                words: no more.
            size: How large.

        Raises:
            NotFound: 7 (gone).

        Source:
            a.md, b.md.
        """
    )
    assert (doc.summary, doc.description, doc.source) == ("Draw it", "Starts a task that draws.", "a.md, b.md")
    assert doc.args == {"prompt": "What it shows. At most 5 words: no more.", "size": "How large."}
    assert doc.raises == {"NotFound": "7 (gone)."}
