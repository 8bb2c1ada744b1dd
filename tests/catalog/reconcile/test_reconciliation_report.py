"""RECONCILIATION.md: who said what, what holds and why; and what is lost with a parameter that does not exist."""

from __future__ import annotations

from pathlib import Path

from tests.catalog.reconcile.shop_claims import claim, document, listing, own, settled

OVERVIEW = document(
    "other/SKILL.md",
    listing(3, "prompt", "size", "colour"),
    claim(4, {"maximum": 12}),
    claim(7, {"enum": ["red", "blue"], "default": "red", "max_items": 3}, name="colour"),
    claim(9, {"default": "red"}, name="colour"),
    capability=("paint",),
)


def report_lines(folder: Path) -> list[str]:
    """Return the report on `draw`, line by line."""
    lines = settled(folder, [own(), OVERVIEW]).report.splitlines()
    return lines[lines.index("### draw") :]


def test_a_disagreement_is_told_with_all_who_spoke_and_what_holds(tmp_path: Path) -> None:
    lines = report_lines(tmp_path)
    at = lines.index("- **parameter `size` maximum**")
    assert lines[at + 1 : at + 4] == [
        "  - `9`: shop/SKILL.md (own skill)",
        "  - `12`: other/SKILL.md (overview)",
        "  - holds: `9`, by *authority*.",
    ]


def test_what_was_said_of_a_parameter_that_does_not_exist_is_told(tmp_path: Path) -> None:
    lines = report_lines(tmp_path)
    at = lines.index("- **parameter `colour` presence**")
    assert lines[at + 1 :][:6] == [
        "  - does not exist: shop/SKILL.md (own skill)",
        "  - exists: other/SKILL.md (overview)",
        "  - holds: does not exist, by *authority*.",
        "  - set aside with it: default `red`: other/SKILL.md (overview)",
        "  - set aside with it: enum `red`, `blue`: other/SKILL.md (overview)",
        "  - set aside with it: max items `3`: other/SKILL.md (overview)",
    ]


def test_nothing_is_set_aside_with_a_parameter_that_exists(tmp_path: Path) -> None:
    assert sum("set aside with it" in line for line in report_lines(tmp_path)) == 3


def test_documents_that_agree_are_said_to(tmp_path: Path) -> None:
    report = settled(tmp_path, [own()]).report
    assert report.rstrip().endswith("## shop\n\nThe documents agree.")
    assert "| facts | " in report
    assert "| disagreements | 0 | 0 |" in report


def test_the_disagreements_are_counted_by_rule(tmp_path: Path) -> None:
    report = settled(tmp_path, [own(), OVERVIEW]).report
    assert "| disagreements | 2 | 2 |" in report
    assert "| settled by: authority | 2 | 2 |" in report


def test_a_disagreement_on_the_method_names_both_and_who_holds(tmp_path: Path) -> None:
    other = claim(8, {"method": "PUT"}, name="", subject="operation")
    catalog = settled(tmp_path, [own(), document("other/SKILL.md", other, capability=("paint",))])
    lines = catalog.report.splitlines()
    at = lines.index("- **operation method**")
    assert lines[at + 1 : at + 4] == [
        "  - `POST`: shop/SKILL.md (own skill)",
        "  - `PUT`: other/SKILL.md (overview)",
        "  - holds: `POST`, by *authority*.",
    ]
