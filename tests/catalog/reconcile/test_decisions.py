"""A file of decisions: what it may hold, and what is said of one that holds something else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from codegen import paths, yamlio
from codegen.catalog import decide
from codegen.catalog.compare import Point
from codegen.catalog.decide import Decision, Decisions, Placement, read_decisions
from codegen.faults import InputFault
from tests.catalog.reconcile.shop_claims import claim, own, settled

NAME = "specs/decisions/shop.yaml"


def reading(folder: Path, text: str) -> Decisions:
    """Return the decisions in a file of that text."""
    (folder / "shop.yaml").write_text(text, encoding="utf-8")
    return read_decisions(folder / "shop.yaml", NAME)


def test_a_decision_is_about_a_point_and_a_place_about_a_field(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        "skills: [shop, 'shop-*']\n"
        "decisions:\n"
        "- {operation: draw, parameter: size, fact: maximum, winner: 12, reason: Newer models draw more.}\n"
        "- {status: done, fact: state, winner: succeeded, reason: Ask it.}\n"
        "- {operation: draw, fact: method, winner: POST, reason: It sends a body.}\n"
        "- {operation: draw, parameter: size, fact: default, dispute: true, reason: Nobody knows.}\n"
        "- {operation: [draw, paint], parameter: lang, fact: enum, winner: [en], reason: Of both.}\n"
        "places:\n"
        "- {operation: draw_*, response: path, belongs: {operation: report, response: data.path}, reason: It is.}\n"
        "- {operation: draw, response: id, belongs: {response: data.id}, reason: As in all.}\n",
    )
    assert found.skills == ("shop", "shop-*")
    assert found.decisions == [
        Decision(Point("draw", "parameter", "size", "maximum"), 12, False, "Newer models draw more.", NAME, "line 3"),
        Decision(Point("", "status", "done", "state"), "succeeded", False, "Ask it.", NAME, "line 4"),
        Decision(Point("draw", "operation", "", "method"), "POST", False, "It sends a body.", NAME, "line 5"),
        Decision(Point("draw", "parameter", "size", "default"), None, True, "Nobody knows.", NAME, "line 6"),
        Decision(Point("draw", "parameter", "lang", "enum"), ["en"], False, "Of both.", NAME, "line 7"),
        Decision(Point("paint", "parameter", "lang", "enum"), ["en"], False, "Of both.", NAME, "line 7"),
    ]
    assert found.places == [
        Placement("draw_*", "path", "report", "data.path", "It is.", NAME, "line 9"),
        Placement("draw", "id", "", "data.id", "As in all.", NAME, "line 10"),
    ]


@pytest.mark.parametrize(
    "text, problem",
    [
        ("[]", "is not a mapping; start with `skills`"),
        ("7", "is not a mapping"),
        ("decisions: []", "names no skills; write `skills:"),
        ("skills: []", "names no skills"),
        ("skills: [shop]\nrules: []", "/rules: unknown key 'rules'; use claims, decisions, places"),
        ("skill: [shop]", "/skill: unknown key 'skill'; use claims, decisions, places"),
        ("skills: shop", "/skills: is not a list"),
    ],
)
def test_a_file_names_its_skills_and_has_no_other_keys(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(InputFault) as caught:
        reading(tmp_path, text)
    (fault,) = map(str, caught.value.faults)
    assert problem in fault


def test_a_misspelled_key_of_a_decision_is_named_at_its_line(tmp_path: Path) -> None:
    row = "decisions:\n- {operation: draw, fact: method, winner: POST, reason: a}\n- {fact: cost, winner: 1, reson: x}"
    with pytest.raises(InputFault, match="line 4: has 'reson', which is neither a subject nor one of dispute, fact"):
        reading(tmp_path, f"skills: [shop]\n{row}\n")


def test_the_documentation_names_every_key_of_a_decisions_file() -> None:
    text = (paths.SPECS / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```yaml\n(skills: .*?)```", text, re.DOTALL)
    documented = yamlio.loads(block.replace("…", "words"), "specs/README.md")
    assert set(documented) == decide.FILE_KEYS
    assert {key for row in documented["withdrawn"] for key in row} == decide.WITHDRAWN_KEYS
    assert {key for row in documented["servers"] for key in row} == {"url", "refused", "reason"}
    assert {key for row in documented["places"] for key in row} == decide.PLACE_KEYS
    assert {key for row in documented["decisions"] for key in row} >= decide.KEYS


GOOD = {"operation": "draw", "response": "path", "belongs": "{response: data.path}", "reason": "So."}


@pytest.mark.parametrize(
    "changes, problem",
    [
        ({"reason": None}, "needs belongs, operation, reason, response"),
        ({"line": "7"}, "needs belongs, operation, reason, response"),
        ({"belongs": "data.path"}, "needs `belongs: {response: path}`"),
        ({"belongs": "{operation: report}"}, "needs `belongs: {response: path}`"),
        ({"belongs": "{response: a, line: 7}"}, "needs `belongs: {response: path}`"),
    ],
)
def test_a_malformed_place_is_said_to_be_one(tmp_path: Path, changes: dict[str, str | None], problem: str) -> None:
    row = ", ".join(f"{key}: {value}" for key, value in {**GOOD, **changes}.items() if value is not None)
    with pytest.raises(InputFault) as caught:
        reading(tmp_path, f"skills: [shop]\nplaces:\n- 7\n- {{{row}}}\n")
    assert [str(fault).partition(" ")[0] for fault in caught.value.faults] == [f"{NAME}:"] * 2
    assert any(f"line 4: {problem}" in str(fault) for fault in caught.value.faults)


ANOTHER = claim(
    60, {"url": "https://api.example.com/paint", "method": "POST"}, name="", operation="paint", subject="operation"
)
GONE = "withdrawn: [{skill: shop-paint, keep: false, operations: [paint], reason: It ended.}]"


def test_what_other_skills_state_of_a_removed_operation_is_set_aside_and_listed(tmp_path: Path) -> None:
    kept = settled(tmp_path, [own()])
    removed = settled(tmp_path, [own(ANOTHER)], decisions=GONE)
    assert removed.openapi == kept.openapi
    assert "- **paint** is withdrawn: It ended. Set aside: shop/SKILL.md" in removed.report


def test_the_operations_of_a_withdrawn_skill_that_is_kept_are_deprecated(tmp_path: Path) -> None:
    keeping = "withdrawn: [{skill: shop, keep: true, reason: It ends in May.}]"
    assert settled(tmp_path, [own()], decisions=keeping).openapi["shop"]["paths"]["/draw"]["post"]["deprecated"] is True


@pytest.mark.parametrize(
    "row, problem",
    [
        ("{skill: shop, reason: So.}", "needs `skill`, `keep` and `reason`"),
        ("{skill: shop, keep: maybe, reason: So.}", "says `keep: true` or `keep: false`"),
        ("{skill: shop, keep: true, operations: [draw], reason: So.}", "only beside `keep: false`"),
        ("{skill: shop, keep: false, operations: draw, reason: So.}", "lists in `operations` names of the vendor"),
    ],
)
def test_a_withdrawn_skill_is_named_and_kept_or_not(tmp_path: Path, row: str, problem: str) -> None:
    with pytest.raises(InputFault, match=problem):
        reading(tmp_path, f"skills: [shop]\nwithdrawn: [{row}]\n")
