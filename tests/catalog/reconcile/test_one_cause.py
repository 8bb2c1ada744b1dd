"""What several operations have in common is one fault, and one decision settles it for all of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from codegen import yamlio
from codegen.catalog.compare import points
from codegen.catalog.decide import read_decisions
from codegen.catalog.settling import settle_all
from codegen.documents.claims import VendorDocument
from codegen.faults import Fault
from tests.catalog.reconcile.shop_claims import claim, document

NAME = "specs/decisions/shop.yaml"
OPERATIONS = ("draw", "paint", "sketch")
SEVERAL = "[draw, paint, sketch]"


def shared(line: int, facts: dict[str, Any]) -> VendorDocument:
    """Return a document that states facts of `lang` for every operation of the skill."""
    return document(f"shop/{line}.md", claim(line, facts, name="lang", operation=None), capability=OPERATIONS)


def sent(operation: str, method: str) -> VendorDocument:
    """Return a document that states the method of one operation."""
    row = claim(5, {"method": method}, name="", operation=operation, subject="operation")
    return document(f"shop/{operation}.{method}.md", row, capability=(operation,))


def settling(folder: Path, documents: list[VendorDocument], decisions: str) -> list[Fault]:
    """Return what stops the catalog of these documents with these decisions."""
    (folder / "shop.yaml").write_text(decisions, encoding="utf-8")
    found = read_decisions(folder / "shop.yaml", NAME)
    return settle_all(points(documents), found.decisions, {}, found.file)[1]


def entry(fault: Fault) -> str:
    """Return the first entry that a fault gives to paste."""
    found = re.search(r"`( *- \{.*?\})`", fault.remedy)
    assert found, fault.remedy
    return found[1]


@pytest.mark.parametrize(
    "rows, problem",
    [
        ([{"enum": ["en"]}, {"enum": ["en", "cn"]}], "on draw, paint, sketch parameter lang enum"),
        ([{"unknown_type": "vec3"}], "'lang' of draw, paint, sketch has the type 'vec3'"),
        ([{"type": "array", "unknown_type": "array"}], "'lang' of draw, paint, sketch is a list"),
        ([{"type": "integer"}, {"max_length": 9}], "'lang' of draw, paint, sketch, whose type"),
    ],
)
def test_one_cause_is_one_fault_and_its_decision_settles_all(
    tmp_path: Path, rows: list[dict[str, Any]], problem: str
) -> None:
    documents = [shared(line, row) for line, row in enumerate(rows, start=5)]
    (fault,) = settling(tmp_path, documents, "skills: [shop]\n")
    assert problem in fault.problem
    assert f"operation: {SEVERAL}" in entry(fault)
    assert settling(tmp_path, documents, f"skills: [shop]\ndecisions:\n{entry(fault)}\n") == []


def test_the_same_change_in_the_document_of_each_operation_is_one_cause(tmp_path: Path) -> None:
    documents = [sent(operation, method) for operation in OPERATIONS for method in ("POST", "PUT")]
    (fault,) = settling(tmp_path, documents, "skills: [shop]\n")
    assert fault.problem.count("shop/paint.") == 2
    assert settling(tmp_path, documents, f"skills: [shop]\ndecisions:\n{entry(fault)}\n") == []


def test_a_method_that_is_stated_in_general_is_held_against_that_of_each_operation(tmp_path: Path) -> None:
    general = claim(4, {"method": "PUT"}, name="", operation=None, subject="operation")
    documents = [
        document("shop/SKILL.md", general, capability=OPERATIONS),
        *(sent(name, "POST") for name in OPERATIONS),
    ]
    (fault,) = settling(tmp_path, documents, "skills: [shop]\n")
    assert fault.problem.startswith(f"the documents disagree on {', '.join(OPERATIONS)} operation method")
    assert settling(tmp_path, documents, f"skills: [shop]\ndecisions:\n{entry(fault)}\n") == []


def test_other_values_are_another_cause(tmp_path: Path) -> None:
    texts = {operation: ["POST", "PUT", "PATCH"][at:][:2] for at, operation in enumerate(OPERATIONS[:2])}
    documents = [sent(operation, method) for operation, methods in texts.items() for method in methods]
    faults = settling(tmp_path, documents, "skills: [shop]\n")
    assert [fault.problem.split()[4] for fault in faults] == ["draw", "paint"]


def test_faults_that_ask_for_one_list_give_its_key_once(tmp_path: Path) -> None:
    documents = [shared(5, {"unknown_type": "vec3"}), shared(6, {"enum": [1]}), shared(7, {"enum": [2]})]
    faults = settling(tmp_path, documents, "skills: [shop]\ndecisions: []\n")
    assert len(faults) == 2
    assert all("in place of line 2: `decisions:`, once for all entries, and below it" in row.remedy for row in faults)
    whole = "\n".join(["skills: [shop]", "decisions:", *map(entry, faults)])
    assert len(yamlio.loads(whole, NAME)["decisions"]) == 2
    assert settling(tmp_path, documents, whole) == []


def test_a_decision_for_several_that_is_of_no_use_is_one_fault(tmp_path: Path) -> None:
    row = f"  - {{operation: {SEVERAL}, parameter: lang, fact: enum, winner: [en], reason: Once.}}"
    (fault,) = settling(tmp_path, [shared(5, {"enum": ["en"]})], f"skills: [shop]\ndecisions:\n{row}\n")
    assert str(fault).startswith(f"{NAME}: line 3: decides draw, paint, sketch parameter lang enum, on which the")


def test_a_decision_for_what_nobody_says_any_more_names_what_they_say(tmp_path: Path) -> None:
    documents = [shared(5, {"enum": ["en"]}), shared(6, {"enum": ["fr"]})]
    row = f"  - {{operation: {SEVERAL}, parameter: lang, fact: enum, winner: [de], reason: Once.}}"
    faults = settling(tmp_path, documents, f"skills: [shop]\ndecisions:\n{row}\n")
    (fault,) = [one for one in faults if one.place == "line 3"]
    assert "nobody says ['de']; stated are ['en'] (" in fault.problem
    assert fault.remedy == "write `winner: [en]` or `winner: [fr]` there"
