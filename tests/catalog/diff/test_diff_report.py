"""What a report says and how; how catalogs are read."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from codegen.catalog.diff import Change, Report, diff, load_catalog
from codegen.faults import InputFault
from codegen.openapi import pointers
from tests.catalog.diff.edit_rows import DRAW, FIELD, GONE, OLD, REPORT, SHAPE, compare, edited


def test_a_service_is_removed_or_added_as_a_whole() -> None:
    report = diff({"a": OLD, "b": OLD, "c": OLD}, {"b": OLD, "c": OLD, "d": OLD})
    assert [(change.service, change.kind, change.severity) for change in report.changes] == [
        ("a", "service.removed", "breaking"),
        ("d", "service.added", "additive"),
    ]


def test_two_lone_documents_are_compared_whatever_they_are_called() -> None:
    assert diff({"yesterday": OLD}, {"today": OLD}).changes == ()


def test_a_path_or_method_that_moved_is_a_change_of_the_operation_not_another_one() -> None:
    moved = edited(("/paths/~1paint", {"put": OLD["paths"]["/draw"]["post"]}), ("/paths/~1draw", GONE))
    report = compare(OLD, moved)
    assert {change.kind for change in report.changes} == {"operation.path.changed", "operation.method.changed"}
    assert {change.pointer for change in report.changes} == {"/paths/~1paint/put"}


def test_a_change_says_where_in_which_operation_and_what_it_was() -> None:
    (change,) = compare(OLD, edited((f"{FIELD}/prompt/maxLength", 10))).changes
    assert change == Change(
        service="shapes",
        pointer=f"{FIELD}/prompt",
        operation="draw",
        kind="request-property.longest.narrowed",
        severity="breaking",
        message="property body.data.prompt: now at most 10 characters, was 20",
        before=20,
        after=10,
        subject="property",
        name="body.data.prompt",
        fact="longest",
    )


def test_a_list_that_changed_is_told_by_what_came_and_what_went() -> None:
    before, after = (edited((f"{FIELD}/size/enum", values)) for values in (["S", "M"], ["M", "L"]))
    (change,) = compare(before, after).changes
    assert change.message == 'property body.data.size: allowed values: added "L"; removed "S"'


def test_what_is_gone_is_pointed_at_in_the_old_document() -> None:
    (change,) = compare(OLD, edited((f"{FIELD}/size", GONE))).changes
    assert (change.pointer, change.message) == (f"{FIELD}/size", "property body.data.size removed")


def test_what_is_inside_something_new_is_not_told_again() -> None:
    deep = {"type": "object", "required": ["a"], "properties": {"a": {"type": "object", "properties": {"b": {}}}}}
    assert len(compare(OLD, edited((f"{FIELD}/deep", deep))).changes) == 1


def test_a_schema_that_contains_itself_is_compared_once() -> None:
    tree = {
        "type": "object",
        "properties": {"below": {"$ref": "#/components/schemas/Tree"}, "leaf": {"type": "string"}},
    }
    old = edited((f"{FIELD}/tree", {"$ref": "#/components/schemas/Tree"}), ("/components/schemas/Tree", tree))
    new = edited(("/components/schemas/Tree/properties/leaf/type", "integer"), document=old)
    assert [change.kind for change in compare(old, new).changes] == ["request-property.type.changed"]


def test_components_that_use_each_other_many_times_are_compared_in_no_time() -> None:
    chain = {
        f"S{level}": {"properties": {side: {"$ref": f"#/components/schemas/S{level + 1}"} for side in "ab"}}
        for level in range(60)
    }
    schemas = {**OLD["components"]["schemas"], **chain, "S60": {"type": "string"}}
    old = edited(("/components/schemas", schemas), (f"{FIELD}/deep", {"$ref": "#/components/schemas/S0"}))
    new = edited(("/components/schemas/S60/type", "integer"), document=old)
    assert compare(old, new).verdict == "breaking"


def test_what_an_alternative_refers_to_is_compared() -> None:
    either = {"anyOf": [{"$ref": "#/components/schemas/Shape"}, {"type": "null"}]}
    old = edited((f"{REPORT}/progress", either))
    new = edited((f"{SHAPE}/width", GONE), document=old)
    assert "property reply 200.data.progress.width removed" in {
        change.message for change in compare(old, new).changes if change.operation == "getResult"
    }


def test_json_has_verdict_bump_and_changes() -> None:
    report = json.loads(compare(OLD, edited((f"{FIELD}/prompt/maxLength", 10))).to_json())
    assert list(report) == ["verdict", "bump", "changes"]
    assert (report["verdict"], report["bump"]) == ("breaking", "major")
    assert (
        list(report["changes"][0])
        == "service pointer operation kind severity message before after name python hint".split()
    )


def test_text_says_once_what_is_the_same_in_many_operations() -> None:
    (same,) = compare(OLD, edited((f"{DRAW}/x-python/method", "paint"))).changes
    report = Report.of(replace(same, operation=name, name=name) for name in ("one", "two", "three"))
    heading, line = report.to_text().splitlines()[3:5]
    assert heading == "  shapes: 3 operations (one, three, two)"
    assert line == '    operation now named "paint", was "draw"'


def test_what_is_gone_beside_something_like_it_may_be_a_rename() -> None:
    new = edited((f"{FIELD}/images", GONE), (f"{FIELD}/pictures", pointers.resolve(OLD, f"{FIELD}/images")))
    hints = {change.name: change.hint for change in compare(OLD, new).changes}
    assert hints == {
        "body.data.images": "may be renamed to body.data.pictures",
        "body.data.pictures": "may be the new name of body.data.images",
    }


def test_what_has_nothing_in_common_with_what_is_new_is_no_rename() -> None:
    new = edited((f"{FIELD}/images", GONE), (f"{FIELD}/strength", {"type": "number", "maximum": 1}))
    assert {change.hint for change in compare(OLD, new).changes} == {""}


def test_an_operation_that_moved_with_another_id_is_found_by_its_python_name() -> None:
    moved = {**OLD["paths"]["/draw"]["post"], "operationId": "paint"}
    new = edited(("/paths/~1paint", {"post": moved}), ("/paths/~1draw", GONE))
    kinds = {change.kind for change in compare(OLD, new).changes}
    assert {"operation.operation-id.changed", "operation.path.changed"} <= kinds
    assert "operation.removed" not in kinds


def test_evidence_is_reported_only_on_demand() -> None:
    new = edited(("/x-claims", {"/paths": ["b.md#draw"]}))
    assert diff({"a": OLD}, {"a": new}).changes == ()
    assert [change.fact for change in diff({"a": OLD}, {"a": new}, evidence=True).changes] == ["claims"]


def test_markdown_keeps_names_as_text() -> None:
    report = compare(OLD, edited((f"{FIELD}/prompt/pattern", "*a*")))
    assert report.to_markdown().startswith("**Verdict: breaking** (a major version)")
    assert r"\*a\*" in report.to_markdown()


def test_text_says_so_where_nothing_changed() -> None:
    assert compare(OLD, OLD).to_text() == "verdict: neutral (patch)\n\nnothing changed"


def test_a_folder_is_a_catalog_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text("openapi: 3.1.0\n")
    (tmp_path / "a.json").write_text('{"openapi": "3.1.0"}')
    (tmp_path / "README.md").write_text("no document")
    assert load_catalog(tmp_path) == {"a": {"openapi": "3.1.0"}, "b": {"openapi": "3.1.0"}}


def test_one_file_is_a_catalog_of_one(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("openapi: 3.1.0\n")
    assert list(load_catalog(tmp_path / "a.yaml")) == ["a"]


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({}, "holds no OpenAPI document"),
        ({"a.yaml": "a: [", "b.yaml": "openapi: 3.1.0"}, "is not YAML"),
        ({"a.yaml": "- 1"}, "is not an OpenAPI document"),
        ({"a.yaml": "openapi: 3.1.0", "a.json": '{"openapi": "3.1.0"}'}, "is a second document named 'a'"),
        ({"a.yaml": "openapi: 3.1.0\npaths: {1: {}}"}, "key 1 is not text"),
    ],
)
def test_a_catalog_that_cannot_be_read_is_a_fault(tmp_path: Path, files: dict[str, str], problem: str) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(InputFault, match=problem):
        load_catalog(tmp_path)


PETS = """
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        '200': {description: All., content: {application/json: {schema: {$ref: 'parts.yaml#/Pet'}}}}
"""


def test_a_change_in_a_file_that_a_document_refers_to_is_found(tmp_path: Path) -> None:
    for name, part in (
        ("old", "{Pet: {type: object, properties: {id: {type: string}}}}"),
        ("new", "{Pet: {type: object}}"),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "pets.yaml").write_text(PETS)
        (tmp_path / name / "parts.yaml").write_text(part)
    old, new = load_catalog(tmp_path / "old"), load_catalog(tmp_path / "new")
    assert list(new) == ["pets"]
    assert [change.kind for change in diff(old, new).changes] == ["reply-property.removed"]


@pytest.mark.parametrize("kind", ["array", "integer", "boolean"])
def test_a_field_of_another_type_is_one_change_and_not_one_for_each_limit(kind: str) -> None:
    old = edited((f"{FIELD}/note", {"type": "string", "maxLength": 9, "enum": ["a", "b"], "default": "a"}))
    new = edited((f"{FIELD}/note", {"type": kind, "items": {"type": "string"}, "minItems": 1}))
    (change,) = compare(old, new).changes
    assert (change.kind, change.severity) == ("request-property.type.changed", "breaking")


def test_a_field_that_takes_more_types_keeps_its_other_changes() -> None:
    old = edited((f"{FIELD}/note", {"type": "integer", "maximum": 9}))
    new = edited((f"{FIELD}/note", {"type": "number", "maximum": 8}))
    assert len(compare(old, new).changes) == 2
