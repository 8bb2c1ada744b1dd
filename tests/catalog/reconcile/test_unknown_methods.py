"""A method that no document states stops the run, unless a body or an example shows that something is sent."""

from __future__ import annotations

import pytest

from codegen.catalog import settling
from codegen.catalog.compare import Point, points
from codegen.catalog.decide import UNUSED, Decision, Settlement, settle
from codegen.documents.claims import Claim
from codegen.yamlio import HandWritten
from tests.catalog.reconcile.shop_claims import claim, document

FILE = HandWritten("specs/decisions/shop.yaml", "skills: [shop]\n")
METHOD = Point("draw", "operation", "", "method")
URL = claim(7, {"url": "https://api.shop.example/draw"}, name="", subject="operation")


def settled(*claims: Claim) -> dict[Point, Settlement]:
    return {
        point: Settlement(point, readings, readings[0].value, readings[0].sources, None)
        for point, readings in points([document("shop/0.md", *claims)]).items()
    }


def test_an_operation_without_a_method_is_a_fault_with_the_entry_to_paste() -> None:
    decided, (fault,) = settling.resolve_methods(settled(URL), {}, FILE)
    assert not decided
    assert (fault.file, fault.place) == ("shop/0.md", "line 7")
    assert "`  - {operation: draw, fact: method, winner: POST, reason: '…'}`" in fault.remedy


def test_a_decision_names_the_method() -> None:
    decision = Decision(METHOD, "GET", False, "It only reads.", "specs/decisions/shop.yaml", "line 3")
    decided, faults = settling.resolve_methods(settled(URL), {METHOD: decision}, FILE)
    assert (decided[METHOD].value, faults) == ("GET", [])


@pytest.mark.parametrize(
    "evidence",
    [
        claim(9, {"body_wrapper": "data"}, name="", subject="operation"),
        claim(9, {"content_type": "multipart/form-data"}, name="", subject="operation"),
        claim(9, {"arguments": {"size": 4}}, name="draw", subject="example"),
        claim(9, {"method": "GET"}, name="", subject="operation"),
    ],
    ids=["body", "form", "example", "method"],
)
def test_a_body_an_example_or_a_method_is_enough(evidence: Claim) -> None:
    assert settling.resolve_methods(settled(URL, evidence), {}, FILE) == ({}, [])


def test_documents_may_differ_in_how_often_to_ask() -> None:
    stated_rows = [
        claim(9, {"poll_seconds": pause}, name="", subject="operation") for pause in ([5, 5], [2, 30], [3, 3])
    ]
    compared = points([document(f"shop/{index}.md", row) for index, row in enumerate(stated_rows)])
    point = Point("draw", "operation", "", "poll_seconds")
    outcome = settle(point, compared[point])
    assert isinstance(outcome, Settlement)
    assert (outcome.value, outcome.rule) == ([5, 5], UNUSED)
