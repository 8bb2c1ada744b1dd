"""The rules of the diff: breaking, additive and neutral changes, and differences that are not changes."""

from __future__ import annotations

import pytest

from codegen.catalog.diff import Report
from codegen.catalog.diff.subject import WORDS
from codegen.openapi import pointers
from codegen.openapi.extensions import KINDS
from tests.catalog.diff.edit_rows import (
    ADDITIVE,
    BREAKING,
    DATA,
    DRAW,
    FIELD,
    GONE,
    NEUTRAL,
    OLD,
    REQUEST,
    RESULT,
    Edit,
    compare,
    edited,
    report_of,
)


def kinds(report: Report, severity: str) -> set[str]:
    return {change.kind for change in report.changes if change.severity == severity}


@pytest.mark.parametrize(("edit", "kind"), BREAKING)
def test_breaks_a_caller(edit: Edit, kind: str) -> None:
    report = report_of(edit)
    assert kind in kinds(report, "breaking")
    assert (report.verdict, report.bump) == ("breaking", "major")


@pytest.mark.parametrize(("edit", "kind"), ADDITIVE)
def test_adds_to_what_a_caller_can_do(edit: Edit, kind: str) -> None:
    report = report_of(edit)
    assert kinds(report, "additive") == {kind}
    assert (report.verdict, report.bump) == ("additive", "minor")


@pytest.mark.parametrize(("edit", "kind"), NEUTRAL)
def test_says_it_in_other_words(edit: Edit, kind: str) -> None:
    report = report_of(edit)
    assert kinds(report, "neutral") == {kind}
    assert (report.verdict, report.bump) == ("neutral", "patch")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param([(f"{FIELD}/size/enum", ["S", "L"])], [(f"{FIELD}/size/enum", ["L", "S"])], id="order of an enum"),
        pytest.param(
            [(f"{FIELD}/size/enum", ["S"])], [(f"{FIELD}/size/enum", GONE), (f"{FIELD}/size/const", "S")], id="const"
        ),
        pytest.param([], [(f"{FIELD}/prompt/type", ["string"])], id="a list of one type"),
        pytest.param([(f"{FIELD}/tint/type", ["integer", "string"])], [], id="order of types"),
        pytest.param([], [(f"{FIELD}/scale/minimum", -1)], id="a bound that another one covers"),
        pytest.param(
            [(f"{FIELD}/prompt/anyOf", [{"type": "string"}, {"type": "null"}]), (f"{FIELD}/prompt/type", GONE)],
            [(f"{FIELD}/prompt/type", ["string", "null"])],
            id="a branch for null",
        ),
        pytest.param(
            [(f"{FIELD}/prompt/nullable", True)], [(f"{FIELD}/prompt/type", ["string", "null"])], id="nullable of 3.0"
        ),
        pytest.param(
            [(f"{FIELD}/scale/minimum", 1), (f"{FIELD}/scale/exclusiveMinimum", True)],
            [(f"{FIELD}/scale/exclusiveMinimum", 1)],
            id="an exclusive bound of 3.0",
        ),
        pytest.param(
            [(f"{FIELD}/pen", {"type": "integer", "exclusiveMinimum": 0, "maximum": 5.5})],
            [(f"{FIELD}/pen", {"type": "integer", "minimum": 1.0, "exclusiveMaximum": 6, "multipleOf": 1})],
            id="bounds of an integer",
        ),
        pytest.param(
            [(f"{FIELD}/size", {"type": "string", "enum": ["S", "L"]})],
            [(f"{FIELD}/size", {"oneOf": [{"const": "L", "title": "Large"}, {"const": "S"}]})],
            id="constants as alternatives",
        ),
        pytest.param(
            [(f"{FIELD}/size", {"enum": [1, 2]})],
            [(f"{FIELD}/size", {"type": "number", "enum": [1.0, 2], "maximum": 9, "maxLength": 3})],
            id="limits that each value of a choice keeps",
        ),
        pytest.param(
            [(f"{FIELD}/size", {"type": ["string", "null"], "enum": ["S", None]})],
            [(f"{FIELD}/size", {"anyOf": [{"type": "null"}, {"const": "S"}]})],
            id="a branch for null beside a choice",
        ),
        pytest.param(
            [(f"{FIELD}/tint", {"type": "array", "items": {}, "minItems": 0})],
            [(f"{FIELD}/tint", {"anyOf": [{"type": "array"}], "pattern": "x"})],
            id="keywords that say nothing",
        ),
        pytest.param([], [(f"{FIELD}/size/x-python", {"name": "size"})], id="the Python name that it has anyway"),
        pytest.param([], [(f"{RESULT}/parameters/1/style", "form")], id="the style that it has anyway"),
        pytest.param([], [(f"{DRAW}/x-python/group", "shapes")], id="the same once more"),
        pytest.param(
            [(f"{REQUEST}/required", ["prompt", "size"])],
            [(f"{REQUEST}/required", ["size", "prompt"])],
            id="order of required",
        ),
        pytest.param(
            [],
            [("/components/schemas/New", pointers.resolve(OLD, REQUEST)), (f"{DATA}/$ref", "#/components/schemas/New")],
            id="another name of a component",
        ),
        pytest.param(
            [],
            [
                (REQUEST, {"allOf": [{"$ref": "#/components/schemas/Base"}]}),
                ("/components/schemas/Base", pointers.resolve(OLD, REQUEST)),
            ],
            id="composed of parts",
        ),
    ],
)
def test_the_same_in_another_form_is_no_change(before: list[Edit], after: list[Edit]) -> None:
    assert compare(edited(*before), edited(*after)).changes == ()


def test_what_one_of_several_alternatives_demands_is_not_demanded() -> None:
    one, more = ([{"required": [name]} for name in names] for names in (("prompt", "size"), ("pen", "tint")))
    free = edited((f"{REQUEST}/required", []))
    chosen = edited((f"{REQUEST}/allOf", [{"anyOf": one}]), document=free)
    (change,) = compare(free, chosen).changes
    assert (change.kind, change.severity) == ("request-property.alternatives.narrowed", "breaking")
    assert change.words == "alternatives: only with prompt, with size (was any)"
    twice = edited((f"{REQUEST}/allOf", [{"anyOf": one}, {"anyOf": more}]), document=free)
    assert compare(chosen, twice).verdict == "breaking"


def test_every_extension_of_the_grammar_has_a_rule_or_is_words_only() -> None:
    names = {name for name in KINDS for (pointer, _), _ in (*BREAKING, *ADDITIVE) if f"/{name}" in pointer}
    assert KINDS.keys() - names == WORDS | {"x-disputed"}
