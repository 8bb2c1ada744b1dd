"""Skills that are gone: what hangs on them, and what a decision says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from codegen import paths
from codegen.catalog import reconcile as reconciling
from codegen.catalog.decide import Decisions, Withdrawn
from codegen.documents import importer
from codegen.documents.claims import Claim, VendorDocument
from codegen.faults import InputFault
from codegen.updates.new_facts import ClaimsNews
from codegen.updates.skills import is_partial, missing
from codegen.updates.steps import Imported, by_gone_skills, calls_of_gone_operations
from codegen.yamlio import HandWritten
from tests.catalog.reconcile.shop_claims import OVERLAY, claim, document, own


def skill(name: str, *operations: str) -> VendorDocument:
    claims = tuple(Claim(1, "operation", "", {}, operation=operation) for operation in operations)
    return VendorDocument(f"{name}/SKILL.md", "skill", name, "0", capability=operations, claims=claims)


OLD = [skill("shop-draw", "draw", "report"), skill("shop-paint", "paint", "report"), skill("shop-cut", "cut")]
FILE = HandWritten("specs/decisions/shop.yaml", "skills: [shop-*]\n")
SHOP = {"shop": Decisions(("shop-*",), (), (), file=FILE)}


def test_a_skill_that_is_gone_is_named_with_what_hangs_on_it_alone() -> None:
    (found,) = missing(OLD, [OLD[0], OLD[2]], SHOP)
    assert (found.skill, found.operations, found.claims) == ("shop-paint", ("paint",), 2)
    assert "specs/decisions/shop.yaml" in str(found)
    assert "`  - {skill: shop-paint, keep: false, operations: [paint], reason: …}`" in str(found)


def test_an_operation_that_no_other_skill_describes_hangs_on_it_too() -> None:
    described = {"url": "https://api.shop.example/v1/frame"}
    claims = tuple(Claim(1, "operation", "", described, operation=name) for name in ("frame", "cut"))
    guide = VendorDocument("shop-paint/frames.md", "reference", "shop-paint", "0", capability=("paint",), claims=claims)
    (found,) = missing([*OLD, guide], [OLD[0], OLD[2]], SHOP)
    assert found.operations == ("frame", "paint")


def test_what_a_decision_says_is_repeated_instead_of_asked() -> None:
    for keep, decision in ((True, "keep"), (False, "remove")):
        services = {"shop": Decisions(("shop-*",), (), (), (Withdrawn("shop-paint", keep, "Gone."),))}
        (found,) = missing(OLD, [OLD[0], OLD[2]], services)
        assert found.decision == decision
        assert "import again" not in str(found)


def test_a_skill_that_is_renamed_takes_its_operations_along() -> None:
    (found,) = missing(OLD, [OLD[0], OLD[2], skill("shop-colour", "paint", "report")], SHOP)
    assert (found.skill, found.operations, found.successor) == ("shop-paint", (), "shop-colour")
    assert "no operation hangs on it; it may be renamed: shop-colour" in str(found)
    assert "`  - {skill: shop-paint, keep: false, reason: …}`" in str(found)


def test_a_document_that_came_alone_says_nothing_about_skills() -> None:
    assert missing(OLD, [VendorDocument("c_api_doc_detail.json", "api-description", "", "0")], SHOP) == ()


def test_the_import_of_one_skill_of_many_is_a_partial_one() -> None:
    assert is_partial(OLD, missing(OLD, [OLD[0]], SHOP))
    assert not is_partial(OLD, missing(OLD, [OLD[0], OLD[2]], SHOP))


def test_files_that_call_an_operation_which_is_gone_are_named(tmp_path: Path) -> None:
    def catalog(*methods: str) -> dict[str, Any]:
        rows = {f"/{name}": {"post": {"operationId": name, "x-python": {"method": name}}} for name in methods}
        return {"shop": {"openapi": "3.1.0", "paths": rows}}

    (tmp_path / "README.md").write_text("Draw.\n\nwondergen shop draw-line 'a line'\n", encoding="utf-8")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_draw.py").write_text("client.shop.draw_line()\nclient.shop.draw_lines()\n")
    found = calls_of_gone_operations(catalog("draw_line", "draw_lines"), catalog("draw_lines"), tmp_path)
    places = "README.md:3, tests/test_draw.py:1"
    assert found == [f"client.shop.draw_line() is gone; name another operation in {places}"]
    assert calls_of_gone_operations(catalog("draw_line"), catalog("draw_line", "more"), tmp_path) == []


def test_faults_that_end_with_a_skill_which_is_gone_are_that_skill(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claimed = {
        "shop-draw": own(),
        "shop-paint": document("shop/old.md", claim(7, {}, name="https://old.example.com", subject="server")),
    }
    rows = [replace(row, skill=skill, document=f"{skill}/SKILL.md") for skill, row in claimed.items()]
    for name, text in (("decisions", "skills: [shop-*]\n"), ("overlays", OVERLAY)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "shop.yaml").write_text(text, encoding="utf-8")
        monkeypatch.setattr(paths, name.upper(), tmp_path / name)
    monkeypatch.setattr(importer, "load_claims", lambda folder: rows)
    with pytest.raises(InputFault) as stopped:
        reconciling.reconcile(rows, paths.DECISIONS, paths.OVERLAYS)
    assert "several hosts" in str(stopped.value)
    (gone,) = missing(rows, rows[:1], SHOP)
    (found,) = by_gone_skills(stopped.value.faults, [gone])
    assert found.file == "specs/claims/shop-paint"
    assert "https://old.example.com" in found.problem
    assert "`  - {skill: shop-paint, keep: false, reason: …}`" in found.remedy
    assert by_gone_skills(stopped.value.faults, []) == list(stopped.value.faults)


def test_of_many_skills_that_are_missing_the_first_has_the_entry_that_removes_it() -> None:
    withdrawn = {"shop": Decisions(("shop-*",), (), (), (Withdrawn("shop-paint", False, "Gone."),), file=FILE)}
    rows = missing(OLD, [OLD[0]], withdrawn)
    lines = Imported("", ClaimsNews(), rows, partial=True).lines()
    assert "not among these documents, kept as they were: shop-cut" in lines
    assert any(line.startswith("  shop-cut, for one: If the vendor withdrew it, add to ") for line in lines)
    assert any(line.startswith("  shop-paint: 1 documents") and "Removed, as" in line for line in lines)
    assert [bool(row.to_data()["remedy"]) for row in rows] == [True, False]


def test_files_that_name_the_client_of_a_service_which_is_gone_are_named(tmp_path: Path) -> None:
    operation = {"operationId": "draw", "x-python": {"method": "draw"}}
    shop = {"openapi": "3.1.0", "x-python": {"client": "Shop"}, "paths": {"/draw": {"post": operation}}}
    (tmp_path / "README.md").write_text(
        "Two services.\n\n| `Shop` |\n\nwith AsyncShop() as client:\n", encoding="utf-8"
    )
    found = calls_of_gone_operations({"shop": shop}, {}, tmp_path)
    assert found == ["the client Shop is gone; take it out of README.md:3, README.md:5"]
    assert calls_of_gone_operations({"shop": shop}, {"shop": shop}, tmp_path) == []
