"""The rules of the diff: breaking, additive and neutral changes, and differences that are not changes."""

from __future__ import annotations

import json

import pytest

from codegen import paths
from codegen.catalog.diff import Report, operation_subjects, schema_subjects, service_subjects
from codegen.openapi import pointers
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


def test_every_extension_of_the_grammar_has_a_rule_or_is_words_only() -> None:
    grammar = json.loads((paths.SPECS / "extensions.schema.json").read_text(encoding="utf-8"))["properties"]
    ruled = {*schema_subjects._OURS, *operation_subjects._OURS, *service_subjects._OURS}
    words = {"x-choices", "x-locales", "x-prompting", "x-traits"}
    names = {name for kind in grammar.values() for name in kind["properties"]}
    assert "x-task" in names
    assert names - ruled == words
