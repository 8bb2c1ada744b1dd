"""Claims that no rule reads are listed with a reason, and what the list says is true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from codegen import paths
from codegen.catalog import usage
from codegen.catalog.reconcile import reconcile
from codegen.documents.claims import VendorDocument
from codegen.documents.importer import load_claims
from codegen.faults import InputFault
from tests.catalog.reconcile.shop_claims import claim, own, settled

RECORD = Path(__file__).parent / "reconcile" / "record"
SHOP = load_claims(RECORD / "claims")
STATED = sorted({(one.subject, fact) for document in SHOP for one in document.claims for fact in one.facts})


def test_every_claim_of_the_documents_is_read_or_excused() -> None:
    documents = load_claims(paths.CLAIMS)
    assert documents
    assert usage.unread(documents) == [], "add a rule, or a reason to codegen/catalog/usage.py"


def test_a_fact_that_no_rule_reads_is_listed(tmp_path: Path) -> None:
    strange = claim(9, {"smell": "roses"})
    assert usage.unread([own(strange)]) == [("parameter", "smell")]
    assert "| parameter smell | no rule reads it |" in settled(tmp_path, [own(strange)]).report


def outcome(documents: tuple[VendorDocument, ...]) -> Mapping[str, Any] | None:
    """Return what comes of the claims; None where they stop."""
    try:
        catalog = reconcile(documents, RECORD / "decisions", RECORD / "overlays")
    except InputFault:
        return None
    return {"openapi": catalog.openapi, "evidence": catalog.evidence}


@pytest.mark.parametrize("kind", [kind for kind in STATED if not usage.is_used(kind)], ids=" ".join)
def test_what_is_listed_as_not_used_changes_nothing(kind: tuple[str, str]) -> None:
    subject, fact = kind
    without = tuple(
        replace(
            document,
            claims=tuple(
                replace(one, facts={name: one.facts[name] for name in one.facts if name != fact})
                if one.subject == subject
                else one
                for one in document.claims
            ),
        )
        for document in SHOP
    )
    facts = outcome(without)
    assert facts is None or facts["openapi"] == outcome(SHOP)["openapi"]  # type: ignore[index]
