"""Disagreements that are new, changed or gone since last time."""

from __future__ import annotations

from typing import Any

from codegen.updates.disagreements import by_cause, compare, with_skills


def row(*readings: tuple[str, str], **more: Any) -> dict[str, Any]:
    stated = [{"value": value, "sources": [source]} for value, source in readings]
    point = {"operation": "draw", "subject": "parameter", "name": "max_size", "fact": "max_length"}
    return {**point, "readings": stated, "holds": readings[0][0], "rule": "authority", **more}


OLD = row(("2500", "shop/api.json:7"), ("1500", "shop/a.md:9"))


def test_a_new_one_names_parameter_values_documents_and_what_holds() -> None:
    (found,) = compare({"shop": []}, {"shop": [OLD]})
    assert (found.how, str(found)) == (
        "new",
        "shop: draw: parameter max_size max length: 2500 (shop/api.json:7); 1500 (shop/a.md:9). "
        "Holds: 2500, by authority",
    )


def test_one_that_is_gone_is_named_too() -> None:
    (found,) = compare({"shop": [OLD]}, {"shop": []})
    assert found.how == "gone"


def test_a_line_that_moved_is_no_news() -> None:
    moved = row(("2500", "shop/api.json:8"), ("1500", "shop/a.md:99"))
    assert compare({"shop": [OLD]}, {"shop": [moved]}) == ()


def test_another_value_is_a_change() -> None:
    (found,) = compare({"shop": [OLD]}, {"shop": [row(("2500", "shop/api.json:7"), ("900", "shop/a.md:9"))]})
    assert (found.how, found.readings[1][0]) == ("changed", "900")


def test_another_winner_is_a_change() -> None:
    (found,) = compare({"shop": [OLD]}, {"shop": [{**OLD, "holds": "1500", "rule": "decision"}]})
    assert (found.how, found.holds) == ("changed", "1500")


def test_one_more_document_that_agrees_is_no_news() -> None:
    more = {**OLD, "readings": [{"value": "2500", "sources": ["shop/api.json:7", "shop/c.md:1"]}, OLD["readings"][1]]}
    assert compare({"shop": [OLD]}, {"shop": [more]}) == ()


def test_an_example_is_known_by_what_it_breaks() -> None:
    old = row(("breaks them", "shop/a.md:3"), subject="example", name="", fact="limits", reason="size is 9")
    elsewhere = row(("breaks them", "shop/b.md:3"), subject="example", name="", fact="limits", reason="size is 9")
    other = {**elsewhere, "reason": "size is 12"}
    assert compare({"shop": [old]}, {"shop": [elsewhere]}) == ()
    (new, gone) = compare({"shop": [old]}, {"shop": [other]})
    assert (new.how, new.readings[0][0], gone.how) == ("new", "size is 12", "gone")


def test_what_several_operations_have_in_common_is_one_row_for_people() -> None:
    rows = [{**OLD, "operation": name} for name in ("draw", "paint")]
    other = {**row(("9", "shop/api.json:7"), ("8", "shop/a.md:9")), "operation": "sketch"}
    found = by_cause(compare({}, {"shop": [*rows, other]}))
    assert [one.operation for one in found] == ["draw, paint", "sketch"]


def test_those_that_a_skill_took_along_are_counted_by_skill() -> None:
    other = row(("9", "lamp/SKILL.md#aaaaaa"), ("8", "shop/a.md#bbbbbb"), name="height")
    rows = compare({"shop": [OLD, other]}, {"shop": []}, {"shop/api.json:7", "shop/a.md:9", "shop/a.md"})
    assert [found.went_with for found in rows] == ["lamp", ""]
    assert with_skills(rows) == ["lamp took its side of 1 along: --format json has them"]
    assert [found.how for found in compare({"shop": [OLD]}, {"shop": []}) if not found.went_with] == ["gone"]
