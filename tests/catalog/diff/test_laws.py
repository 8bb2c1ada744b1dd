"""The laws of the diff: whatever the change, they hold."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codegen.catalog.diff import Report
from codegen.openapi import pointers
from tests.catalog.diff.edit_rows import ADDITIVE, ALL_EDITS, OLD, Edit, compare, edited, report_of

CATALOGS = st.lists(st.sampled_from(ALL_EDITS), max_size=3, unique_by=lambda edit: edit[0]).map(
    lambda edits: [edit for edit in edits if not any(inside(edit[0], other[0]) for other in edits)]
)
SEVERITY = ["neutral", "additive", "breaking"]


def inside(pointer: str, other: str) -> bool:
    """Return whether two edits are not independent: one is inside what the other replaces, or in a list it extends."""
    beside = other.rpartition("/")[0]
    above = beside if isinstance(pointers.resolve(OLD, beside), list) else other
    return pointer != other and (pointer.startswith(f"{above}/") or pointer.rpartition("/")[0] == beside)


def shuffled(value: Any) -> Any:
    """Return the same document, keys in another order."""
    if isinstance(value, dict):
        return {key: shuffled(value[key]) for key in reversed(value)}
    return [shuffled(entry) for entry in value] if isinstance(value, list) else value


@settings(max_examples=30)
@given(CATALOGS)
def test_nothing_differs_from_itself_in_whatever_order_it_is_written(edits: list[Edit]) -> None:
    document = edited(*edits)
    assert compare(document, shuffled(document)).changes == ()


@settings(max_examples=30)
@given(CATALOGS, CATALOGS)
def test_the_order_of_keys_does_not_change_the_report(one: list[Edit], other: list[Edit]) -> None:
    old, new = edited(*one), edited(*other)
    assert compare(old, new) == compare(shuffled(old), shuffled(new))


@settings(max_examples=20)
@given(CATALOGS)
def test_a_report_on_several_edits_is_at_least_as_severe_as_on_each(edits: list[Edit]) -> None:
    together = SEVERITY.index(compare(OLD, edited(*edits)).verdict)
    assert all(together >= SEVERITY.index(report_of(edit).verdict) for edit in edits)


@pytest.mark.parametrize("edit", ALL_EDITS, ids=lambda edit: edit[0])
def test_what_is_found_one_way_is_found_the_other_way(edit: Edit) -> None:
    there, back = report_of(edit), _report_back(edit)
    assert len(there.changes) == len(back.changes) > 0
    assert sorted(opposite(change.kind) for change in there.changes) == sorted(change.kind for change in back.changes)


def _report_back(edit: Edit) -> Report:
    if repr(edit) not in _BACK:
        _BACK[repr(edit)] = compare(edited(edit), OLD)
    return _BACK[repr(edit)]


_BACK: dict[str, Report] = {}


def opposite(kind: str) -> str:
    """Return how the same difference is called from the other side."""
    what, _, how = kind.rpartition(".")
    pairs = {"added": "removed", "removed": "added", "widened": "narrowed", "narrowed": "widened", "changed": "changed"}
    return f"{what}.{pairs[how]}"


# To take back a deprecation, or the word of an error, breaks nobody; that a reply may lack something again does.
HARMLESS = ("deprecated.added", "sunset.added", "error-response.added")
ADDED = [edit for edit, kind in ADDITIVE if kind.endswith(".added") and not kind.endswith(HARMLESS)]


@pytest.mark.parametrize("edit", ADDED, ids=lambda edit: edit[0])
def test_what_adds_one_way_breaks_the_other_way(edit: Edit) -> None:
    assert _report_back(edit).verdict == "breaking"


JUNK: list[Any] = [None, True, -1.5, "x", [], [{}], [[]], {}, {"": {}}, {"$ref": "#/"}, {"$ref": []}]


@settings(max_examples=30)
@given(st.sampled_from(ALL_EDITS), st.sampled_from(JUNK), st.booleans())
def test_no_junk_in_a_document_makes_it_crash(edit: Edit, junk: Any, above: bool) -> None:
    place = edit[0].rpartition("/")[0] if above and edit[0].count("/") > 1 else edit[0]
    broken = edited((place, junk))
    compare(OLD, broken)
    compare(broken, OLD).to_text()
