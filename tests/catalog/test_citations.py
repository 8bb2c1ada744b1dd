"""An overlay cites the lines behind its advice; a citation whose line has changed stops the catalog."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.catalog import citations
from codegen.documents.claims import Document, line_hash
from codegen.faults import InputFault

LINES = ("# Lamps", "", "Good for reading at night.", "Never touch it with wet hands.")
GUIDE = Document("lamp/guide.md", "guide", "lamp", "0" * 64, hashes=tuple(map(line_hash, LINES)))


def cited(line: str) -> str:
    return f"lamp/guide.md#{line_hash(line)}"


def document(*cites: str) -> dict[str, Any]:
    traits = {"best_for": ["Reading"], "cites": list(cites)}
    return {"paths": {"/lamp": {"post": {"operationId": "lamp", "x-traits": traits}}}}


def test_a_citation_becomes_evidence_of_the_object_that_has_the_extension() -> None:
    found = document(cited(LINES[2]), cited(LINES[3]))
    citations.settle(found, [GUIDE], "specs/overlays/lamp.yaml")
    operation = found["paths"]["/lamp"]["post"]
    assert operation["x-traits"] == {"best_for": ["Reading"]}
    assert operation["x-claims"] == {"x-traits": ["lamp/guide.md:3", "lamp/guide.md:4"]}


def test_each_advice_has_evidence_of_its_own() -> None:
    prompting = {"advice": [{"text": "Be short."}, {"text": "Dry hands.", "cites": [cited(LINES[3])]}]}
    found = {"x-prompting": prompting}
    citations.settle(found, [GUIDE], "lamp")
    assert found == {
        "x-prompting": {"advice": [{"text": "Be short."}, {"text": "Dry hands."}]},
        "x-claims": {"x-prompting/advice/1": ["lamp/guide.md:4"]},
    }


def test_the_lines_of_an_error_code_stand_with_its_other_lines() -> None:
    code = {"error": "BadRequest", "meaning": "Wet.", "x-claims": ["lamp/api.md:1"], "cites": [cited(LINES[3])]}
    citations.settle({"x-error-codes": {"codes": {"7": code}}}, [GUIDE], "lamp")
    assert code["x-claims"] == ["lamp/api.md:1", "lamp/guide.md:4"]


@pytest.mark.parametrize(
    ("citation", "problem"),
    [
        (cited("Good for reading by day."), "cites a line of lamp/guide.md that has changed"),
        (f"lamp/other.md#{line_hash(LINES[2])}", "cites lamp/other.md, which is no document of this service"),
        ("lamp/guide.md:3", "'lamp/guide.md:3' is no citation"),
    ],
)
def test_a_citation_that_no_line_answers_is_a_fault(citation: str, problem: str) -> None:
    with pytest.raises(InputFault) as caught:
        citations.settle(document(cited(LINES[2]), citation), [GUIDE], "specs/overlays/lamp.yaml")
    assert [fault.problem for fault in caught.value.faults] == [problem]
    assert {fault.place for fault in caught.value.faults} == {"/paths/~1lamp/post/x-traits/cites"}
