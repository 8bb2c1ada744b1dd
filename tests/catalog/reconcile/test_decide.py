"""How each rule settles a disagreement."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.catalog.compare import KEYS, PRESENCE, Point, points
from codegen.catalog.decide import (
    AUTHORITY,
    DECISION,
    DISPUTE,
    NEWER,
    OMISSION,
    SIGNATURE,
    VOCABULARY,
    Decision,
    Settlement,
    Undecided,
    settle,
)
from codegen.documents.claims import VendorDocument
from tests.catalog.reconcile.shop_claims import claim, document, listing


def outcome(
    *documents: VendorDocument, fact: str = "maximum", name: str = "size", **decision: Any
) -> Settlement | Undecided:
    point = Point("draw", "parameter", name, fact)
    made = None
    if decision:
        made = Decision(
            point, decision.get("winner"), decision.get("dispute", False), "because", "d.yaml", "/decisions/0"
        )
    return settle(point, points(documents)[point], made)


def won(settlement: Settlement | Undecided) -> tuple[Any, Any]:
    assert isinstance(settlement, Settlement)
    return settlement.value, settlement.rule


def test_agreement_needs_no_rule_and_keeps_every_source() -> None:
    settled = outcome(document("a.md", claim(3, {"maximum": 9})), document("b.md", claim(4, {"maximum": 9})))
    assert won(settled) == (9, None)
    assert isinstance(settled, Settlement)
    assert settled.sources == ("a.md#draw/parameter/size", "b.md#draw/parameter/size")


def test_the_api_description_wins_over_the_own_skill() -> None:
    described = document("api.json", claim(1, {"maximum": 9}), kind="api-description")
    assert won(outcome(document("a.md", claim(1, {"maximum": 5})), described)) == (9, AUTHORITY)


def test_the_own_skill_wins_over_an_overview_in_another_skill() -> None:
    overview = document("other.md", claim(1, {"maximum": 900}), capability=("sing",))
    assert won(outcome(overview, document("own.md", claim(1, {"maximum": 95})))) == (95, AUTHORITY)


def test_an_overview_wins_over_a_guide() -> None:
    overview = document("other.md", claim(1, {"maximum": 900}), capability=("sing",))
    guide = document("guide.md", claim(1, {"maximum": 95}), kind="guide")
    assert won(outcome(overview, guide)) == (900, AUTHORITY)


def test_between_equals_the_newer_wins() -> None:
    older = document("a.md", claim(1, {"maximum": 5}), published="2026-03-01")
    newer = document("b.md", claim(1, {"maximum": 9}), published="2026-03-02")
    assert won(outcome(older, newer)) == (9, NEWER)


def test_an_undated_document_is_neither_newer_nor_older() -> None:
    dated = document("a.md", claim(1, {"maximum": 5}), published="2026-03-01")
    assert isinstance(outcome(dated, document("b.md", claim(1, {"maximum": 9}))), Undecided)


def test_authority_comes_before_newer() -> None:
    own = document("own.md", claim(1, {"maximum": 95}), published="2026-03-01")
    overview = document("other.md", claim(1, {"maximum": 900}), capability=("sing",), published="2026-03-02")
    assert won(outcome(own, overview)) == (95, AUTHORITY)


def test_a_document_wins_over_a_signature() -> None:
    script = document("a.py", claim(1, {"required": False}, by="signature"), kind="script")
    assert won(outcome(document("z.md", claim(1, {"required": True})), script, fact="required")) == (True, SIGNATURE)


def test_a_signature_adds_no_parameter() -> None:
    script = document("a.py", claim(1, {"type": "string"}, name="old", by="signature"), kind="script")
    listed = document("b.md", listing(1, "size"), claim(2, {}))
    assert won(outcome(script, listed, fact=PRESENCE, name="old")) == (False, SIGNATURE)


def test_an_optional_parameter_that_an_equal_omits_exists() -> None:
    naming = document("a.md", claim(1, {"required": False}, name="hook"))
    omitting = document("b.md", listing(1, "size"), claim(2, {}))
    assert won(outcome(naming, omitting, fact=PRESENCE, name="hook")) == (True, OMISSION)


@pytest.mark.parametrize("facts", [{"required": True}, {"maximum": 3}])
def test_a_parameter_that_nobody_calls_optional_needs_a_decision_where_an_equal_omits_it(facts: dict[str, Any]) -> None:
    naming = document("a.md", claim(1, facts, name="hook"))
    omitting = document("b.md", listing(1, "size"), claim(2, {}))
    assert isinstance(outcome(naming, omitting, fact=PRESENCE, name="hook"), Undecided)


def test_a_parameter_of_an_overview_loses_against_the_own_list() -> None:
    overview = document("other.md", claim(1, {"required": True}, name="mask"), capability=("sing",))
    own = document("own.md", listing(1, "size"), claim(2, {}))
    assert won(outcome(overview, own, fact=PRESENCE, name="mask")) == (False, AUTHORITY)


def test_formats_of_equals_add_up() -> None:
    one = document("a.md", claim(1, {"formats": ["png", "jpg"]}))
    two = document("b.md", claim(1, {"formats": ["jpg", "webp"]}))
    assert won(outcome(one, two, fact="formats")) == (["png", "jpg", "webp"], VOCABULARY)


def test_another_order_of_the_same_values_is_no_disagreement() -> None:
    one = document("a.md", claim(1, {"enum": ["x", "y"]}))
    two = document("b.md", claim(1, {"enum": ["y", "x"]}))
    assert won(outcome(two, one, fact="enum")) == (["x", "y"], None)


def test_what_no_rule_settles_stays_undecided() -> None:
    assert isinstance(outcome(document("a.md", claim(1, {"maximum": 5}), claim(2, {"maximum": 9}))), Undecided)


def test_a_decision_settles_what_no_rule_does() -> None:
    torn = document("a.md", claim(1, {"maximum": 5}), claim(2, {"maximum": 9}))
    settled = outcome(torn, winner=9)
    assert won(settled) == (9, DECISION)
    assert isinstance(settled, Settlement)
    assert (settled.sources, settled.reason) == (("a.md#draw/parameter/size",), "because")


def test_a_decision_for_a_value_that_nobody_says_settles_nothing() -> None:
    torn = document("a.md", claim(1, {"maximum": 5}), claim(2, {"maximum": 9}))
    assert isinstance(outcome(torn, winner=7), Undecided)


@pytest.mark.parametrize(
    "fact, one, two, open_value",
    [("maximum", 5, 9, 9), ("minimum", 5, 9, 5), ("required", True, False, False), ("enum", ["a"], ["b"], ["a", "b"])],
)
def test_a_dispute_accepts_every_reading(fact: str, one: Any, two: Any, open_value: Any) -> None:
    torn = document("a.md", claim(1, {fact: one}), claim(2, {fact: two}))
    assert won(outcome(torn, fact=fact, dispute=True)) == (open_value, DISPUTE)


def test_the_keys_of_a_result_are_compared_document_by_document() -> None:
    own = document("own.md", claim(1, {"type": "array"}, subject="result", name="files", by="example"))
    other = document(
        "other.md", claim(1, {"type": "array"}, subject="result", name="file", by="example"), capability=("sing",)
    )
    point = Point("draw", "result", "", KEYS)
    assert won(settle(point, points([other, own])[point])) == (["files"], AUTHORITY)


def test_what_a_document_says_of_a_parameter_in_general_holds_for_the_operations_it_names_it_for() -> None:
    general = document(
        "a.md", claim(1, {}, operation="draw"), claim(2, {"maximum": 4}, operation=None), capability=("draw", "sing")
    )
    found = points([general])
    assert Point("draw", "parameter", "size", "maximum") in found
    assert Point("sing", "parameter", "size", "maximum") not in found
