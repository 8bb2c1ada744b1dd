"""A parameter whose type no reader knows stops the run, until a decision names the type."""

from __future__ import annotations

from codegen.catalog import settling
from codegen.catalog.compare import Point, points
from codegen.catalog.decide import DECISION, Decision, Settlement
from tests.catalog.reconcile.claims_of import claim, document

SIZE = Point("draw", "parameter", "size", "type")
FILE = "specs/decisions/shop.yaml"


def settled(*facts: dict[str, object]) -> dict[Point, Settlement]:
    documents = [document(f"shop/{index}.md", claim(7, row)) for index, row in enumerate(facts)]
    return {
        point: Settlement(point, readings, readings[0].value, readings[0].sources, None)
        for point, readings in points(documents).items()
    }


def test_an_unknown_type_is_a_fault_with_file_line_and_type() -> None:
    decided, (fault,) = settling.resolve_types(settled({"unknown_type": "vec3"}), {}, FILE)
    assert not decided
    assert (fault.file, fault.place) == ("shop/0.md", "line 7")
    assert "'vec3'" in fault.problem
    assert fault.remedy.startswith("write in specs/decisions/shop.yaml, under `decisions`")
    assert "`- {operation: draw, parameter: size, fact: type, winner: string, reason: '…'}`" in fault.remedy


def test_a_type_that_another_document_knows_is_enough() -> None:
    assert settling.resolve_types(settled({"unknown_type": "vec3"}, {"type": "integer"}), {}, FILE) == ({}, [])


def test_a_decision_names_the_type() -> None:
    decision = Decision(SIZE, "integer", False, "Tried it.", "specs/decisions/shop.yaml", "/decisions/0")
    decided, faults = settling.resolve_types(settled({"unknown_type": "vec3"}), {SIZE: decision}, FILE)
    assert not faults
    assert (decided[SIZE].value, decided[SIZE].rule) == ("integer", DECISION)


def test_a_list_of_which_no_document_says_of_what_asks_for_its_items() -> None:
    bare: dict[str, object] = {"type": "array", "unknown_type": "array"}
    decided, (fault,) = settling.resolve_types(settled(bare), {}, FILE)
    assert not decided
    assert "is a list, and no document says of what" in fault.problem
    assert "{operation: draw, parameter: size, fact: items, winner: string, reason: '…'}" in fault.remedy


def test_a_list_whose_items_are_known_or_decided_asks_for_nothing() -> None:
    bare: dict[str, object] = {"type": "array", "unknown_type": "array"}
    items = Point("draw", "parameter", "size", "items")
    assert settling.resolve_types(settled(bare, {"type": "array", "items": "string"}), {}, FILE) == ({}, [])
    decision = Decision(items, "number", False, "Tried it.", "specs/decisions/shop.yaml", "/decisions/0")
    decided, faults = settling.resolve_types(settled(bare), {items: decision}, FILE)
    assert not faults
    assert decided[items].value == "number"
