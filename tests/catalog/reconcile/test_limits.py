"""A limit that the type of its parameter cannot have stops the catalog until a decision drops it."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen.faults import InputFault
from tests.catalog.reconcile.shop_claims import claim, document, own, settled

LENGTH = claim(20, {"max_length": 800}, name="size")
DECISION = "decisions: [{operation: draw, parameter: size, fact: %s, winner: null, reason: It is a number.}]"


def test_a_limit_that_the_type_of_another_document_cannot_have_stops(tmp_path: Path) -> None:
    with pytest.raises(InputFault) as caught:
        settled(tmp_path, [own(), document("shop/more.md", LENGTH)])
    (fault,) = map(str, caught.value.faults)
    assert fault.startswith("shop/more.md: line 20: states the max length 800 of parameter 'size' of draw, whose type ")
    assert "fact: max_length, winner: null" in fault


def test_a_decision_drops_such_a_limit(tmp_path: Path) -> None:
    catalog = settled(tmp_path, [own(LENGTH)], decisions=DECISION % "max_length")
    size = catalog.openapi["shop"]["components"]["schemas"]["DrawRequest"]["properties"]["size"]
    assert (size["type"], size["maximum"], "maxLength" in size) == ("integer", 9, False)


def test_a_decision_drops_no_limit_that_the_type_has(tmp_path: Path) -> None:
    with pytest.raises(InputFault):
        settled(tmp_path, [own()], decisions=DECISION % "maximum")
