"""Which thing of the new document is taken for one of the old, and which of several is the likeliest new name."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.catalog.diff.pairs import paired, with_hints
from codegen.catalog.diff.report import Change
from codegen.catalog.diff.subject import Parts, Subject


def operations(**facts_by_name: dict[str, Any]) -> Parts:
    rows = (Subject("operation", name, f"/{name}", facts=facts) for name, facts in facts_by_name.items())
    return {(row.kind, row.name): row for row in rows}


def names(old: Parts, new: Parts) -> list[tuple[str, str]]:
    return [(one.name if one else "", other.name if other else "") for one, other in paired(old, new)]


DRAW = {"method": "post", "path": "/draw", "python name": "draw"}


@pytest.mark.parametrize(
    ("facts", "is_the_same"),
    [
        ({**DRAW, "python name": "paint"}, True),
        ({**DRAW, "path": "/paint"}, True),
        ({**DRAW, "path": "/paint", "python name": "paint"}, False),
        ({**DRAW, "path": "/paint", "group": "pictures"}, False),
    ],
)
def test_an_operation_by_another_name_is_the_same_at_its_place_or_by_its_name_in_python(
    facts: dict[str, Any], is_the_same: bool
) -> None:
    pairs = names(operations(draw=DRAW), operations(paint=facts))
    assert pairs == ([("draw", "paint")] if is_the_same else [("draw", ""), ("", "paint")])


def test_operations_without_a_name_in_python_are_not_the_same_for_that() -> None:
    old, new = operations(draw={"path": "/draw"}), operations(paint={"path": "/paint"})
    assert names(old, new) == [("draw", ""), ("", "paint")]


def test_of_two_operations_with_one_name_in_python_none_is_chosen() -> None:
    old, new = operations(draw=DRAW), operations(a={**DRAW, "path": "/a"}, b={**DRAW, "path": "/b"})
    assert ("draw", "") in names(old, new)


def change(how: str, name: str, subject: str = "operation") -> Change:
    facts = {"type": "string"}
    operation = "" if subject == "operation" else "draw"
    return Change("shop", "", operation, f"{subject}.{how}", "breaking", "", facts, facts, subject, name)


def hints(*changes: Change) -> list[str]:
    return [row.hint for row in with_hints(changes)]


def test_the_likeliest_new_name_is_taken_first_wherever_it_stands() -> None:
    rows = [change("removed", "drawPicture"), change("removed", "drawPictures"), change("added", "drawPictures2")]
    expected = ["", "may be renamed to drawPictures2", "may be the new name of drawPictures"]
    assert hints(*rows) == expected
    assert hints(*reversed(rows)) == expected[::-1]


@pytest.mark.parametrize(
    ("old", "new", "is_like"),
    [("size (in query)", "sizes (in query)", True), ("size (in query)", "tone (in query)", False)],
)
def test_parameters_are_alike_by_their_names_and_not_by_their_places(old: str, new: str, is_like: bool) -> None:
    removal = change("removed", old, "parameter")
    assert any(hints(removal, change("added", new, "parameter"))) is is_like
