"""A type, a state or an error that no reader knows stops the run, until a decision names it."""

from __future__ import annotations

from dataclasses import replace

from codegen.catalog import settling
from codegen.catalog.compare import Point, points
from codegen.catalog.decide import DECISION, Decision, Settlement
from codegen.documents.claims import Claim
from codegen.yamlio import HandWritten
from tests.catalog.reconcile.shop_claims import claim, document

SIZE = Point("draw", "parameter", "size", "type")
FILE = HandWritten("specs/decisions/shop.yaml", "skills: [shop]\n")


def settled(*facts: dict[str, object]) -> dict[Point, Settlement]:
    documents = [document(f"shop/{index}.md", claim(7, row)) for index, row in enumerate(facts)]
    return {
        point: Settlement(point, readings, readings[0].value, readings[0].sources, None)
        for point, readings in points(documents).items()
    }


def words(*claims: Claim) -> dict[Point, Settlement]:
    documents = [document(f"shop/{index}.md", row) for index, row in enumerate(claims)]
    return {
        point: Settlement(point, readings, readings[0].value, readings[0].sources, None)
        for point, readings in points(documents).items()
    }


FILE = HandWritten("specs/decisions/shop.yaml", "skills: [shop]\n")
PURPLE = claim(7, {"unknown_state": True}, name="purple", subject="status", operation=None)
CODE = claim(9, {"unknown_error": True, "channel": "in-band"}, name="499", subject="error", operation=None)


def test_a_state_that_no_reader_knows_is_a_fault_with_the_entry_to_paste() -> None:
    decided, (fault,) = settling.resolve_meanings(words(PURPLE), {}, FILE)
    assert not decided
    assert (fault.file, fault.place) == ("shop/0.md", "line 7")
    assert "'purple'" in fault.problem
    assert "`  - {status: purple, fact: state, winner: queued, reason: '…'}`" in fault.remedy
    assert "queued, running, succeeded, failed, cancelled, timed_out" in fault.remedy


def test_an_error_that_no_reader_knows_is_a_fault_with_the_entry_to_paste() -> None:
    _, (fault,) = settling.resolve_meanings(words(CODE), {}, FILE)
    assert "`  - {error: '499', fact: error, winner: AuthenticationError, reason: '…'}`" in fault.remedy


def test_a_state_that_another_document_knows_is_asked_for_with_what_it_says() -> None:
    known = claim(3, {"state": "failed"}, name="purple", subject="status", operation=None)
    decided, (fault,) = settling.resolve_meanings(words(PURPLE, known), {}, FILE)
    assert not decided
    assert "(failed by shop/1.md:3)" in fault.problem
    assert "winner: failed" in fault.remedy


def test_a_state_that_only_a_guide_does_not_know_is_known() -> None:
    known = claim(3, {"state": "failed"}, name="purple", subject="status", operation=None)
    guide = replace(document("shop/guide.md", PURPLE), kind="guide")
    settled_ = {
        point: Settlement(point, readings, readings[0].value, readings[0].sources, None)
        for point, readings in points([document("shop/0.md", known), guide]).items()
    }
    assert settling.resolve_meanings(settled_, {}, FILE) == ({}, [])


def test_an_error_that_another_document_knows_is_enough() -> None:
    known = claim(3, {"error": "RateLimited"}, name="499", subject="error", operation=None)
    assert settling.resolve_meanings(words(CODE, known), {}, FILE) == ({}, [])


def test_a_decision_names_the_state_and_only_one_of_the_vocabulary() -> None:
    point = Point("", "status", "purple", "state")
    decided, faults = settling.resolve_meanings(
        words(PURPLE), {point: Decision(point, "failed", False, "Tried it.", FILE.name, "line 3")}, FILE
    )
    assert not faults
    assert decided[point].value == "failed"
    odd = {point: Decision(point, "lost", False, "Tried it.", FILE.name, "line 3")}
    assert len(settling.resolve_meanings(words(PURPLE), odd, FILE)[1]) == 1


def test_an_unknown_type_is_a_fault_with_file_line_and_type() -> None:
    decided, (fault,) = settling.resolve_types(settled({"unknown_type": "vec3"}), {}, FILE)
    assert not decided
    assert (fault.file, fault.place) == ("shop/0.md", "line 7")
    assert "'vec3'" in fault.problem
    assert fault.remedy.startswith("add to specs/decisions/shop.yaml at the end: `decisions:`, once for all entries, ")
    assert "`  - {operation: draw, parameter: size, fact: type, winner: string, reason: '…'}`" in fault.remedy


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
