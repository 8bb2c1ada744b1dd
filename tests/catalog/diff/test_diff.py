"""The diff of two catalogs: one rule a row, and the laws that hold for all of them."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codegen import yamlio
from codegen.catalog import pointers
from codegen.catalog.diff import Change, Report, diff, load_catalog
from codegen.catalog.diff.rules import EXISTENCE, FACTS
from codegen.faults import InputFault

OLD: dict[str, Any] = yamlio.load(Path(__file__).with_name("old.yaml"))
GONE = object()

DRAW = "/paths/~1draw/post"
RESULT = "/paths/~1result~1{task_id}/get"
REQUEST = "/components/schemas/DrawRequest"
FIELD = f"{REQUEST}/properties"
STARTED = "/components/schemas/Started"
REPORT = "/components/schemas/Report/properties/data/properties"
DATA = f"{DRAW}/requestBody/content/application~1json/schema/properties/data"
SHAPE = "/components/schemas/Shape/properties"
DONE = f"{DRAW}/callbacks/done/{{$request.body#~1data~1callback}}/post/requestBody/content/application~1json/schema"

Edit = tuple[str, Any]


def edited(*edits: Edit, document: dict[str, Any] = OLD) -> dict[str, Any]:
    """The document with some values set or taken away."""
    changed = deepcopy(document)
    for pointer, value in edits:
        *above, last = pointers.tokens(pointer)
        holder = pointers.get(changed, pointers.join("", *above))
        key: Any = int(last) if isinstance(holder, list) else last
        if value is GONE:
            del holder[key]
        elif isinstance(holder, list):
            holder.insert(key, deepcopy(value))
        else:
            holder[key] = deepcopy(value)
    return changed


def compare(old: dict[str, Any], new: dict[str, Any]) -> Report:
    return diff({"shapes": old}, {"shapes": new})


BREAKING: list[tuple[Edit, str]] = [
    # the service
    (("/servers/0/url", "https://other.example"), "service.server.changed"),
    (("/servers/1", GONE), "server.removed"),
    (("/x-python/client", "Forms"), "service.client.changed"),
    (("/security", [{"other": []}]), "operation.authentication.changed"),
    ((f"{DRAW}/security", []), "operation.authentication.removed"),
    (("/components/securitySchemes/key/name", "X-Token"), "security-scheme.scheme.changed"),
    (("/components/securitySchemes/key/x-python/plain/variable", "KEY"), "security-scheme.credential.changed"),
    (("/components/securitySchemes/key", GONE), "security-scheme.removed"),
    (("/x-error-codes/at/code", "/status"), "service.envelope.changed"),
    (("/x-error-codes/at/success", ["0", "200"]), "service.envelope.changed"),
    (("/x-error-codes/codes/7/error", "BadRequest"), "error-code.error.changed"),
    (("/x-error-codes/codes/7/retry", "once"), "error-code.retry.changed"),
    (("/x-error-codes/codes/7", GONE), "error-code.removed"),
    # operations
    ((DRAW, GONE), "operation.removed"),
    ((f"{DRAW}/operationId", "paint"), "operation.removed"),
    ((f"{DRAW}/x-python/method", "paint"), "operation.python-name.changed"),
    ((f"{DRAW}/x-python/group", GONE), "operation.group.removed"),
    ((f"{DRAW}/x-python/positional", []), "operation.positional.removed"),
    ((f"{DRAW}/x-python/positional", ["prompt", "size"]), "operation.positional.changed"),
    ((f"{DRAW}/x-python/returns", "Form"), "operation.returns.changed"),
    ((f"{RESULT}/x-python/reply", ""), "operation.reply-at.changed"),
    # tasks
    ((f"{DRAW}/x-task/kind", "generate"), "operation.kind.changed"),
    ((f"{DRAW}/x-task/id", "/data/id"), "operation.task.changed"),
    ((f"{DRAW}/x-task/reply/status", "/status"), "operation.task.changed"),
    ((f"{DRAW}/x-task/result", "getReport"), "operation.result-operation.changed"),
    ((f"{DRAW}/x-task/states/4", "cancelled"), "status.state.changed"),
    ((f"{DRAW}/x-task/states/4", GONE), "status.removed"),
    ((f"{DRAW}/x-task/assets/at", []), "operation.assets.changed"),
    ((f"{DRAW}/x-task/assets/media", "video"), "operation.media.changed"),
    ((f"{DRAW}/x-task/assets/hosts", [".example.com"]), "operation.hosts.narrowed"),
    # parameters
    ((f"{RESULT}/parameters/1", GONE), "parameter.removed"),
    ((f"{RESULT}/parameters/1/required", True), "parameter.required.added"),
    ((f"{RESULT}/parameters/1/schema/maximum", 2), "parameter.upper-bound.narrowed"),
    ((f"{RESULT}/parameters/2/x-python", GONE), "parameter.client-argument.removed"),
    (
        (f"{RESULT}/parameters/0", {"name": "lang", "in": "query", "required": True, "schema": {}}),
        "parameter.added",
    ),
    # requests
    ((f"{FIELD}/size", GONE), "request-property.removed"),
    ((f"{REQUEST}/required", ["prompt", "size"]), "request-property.required.added"),
    ((f"{FIELD}/prompt/type", "integer"), "request-property.type.changed"),
    ((f"{FIELD}/tint/type", "string"), "request-property.type.narrowed"),
    ((f"{FIELD}/scale/type", "integer"), "request-property.type.narrowed"),
    ((f"{FIELD}/size/enum", ["S", "M"]), "request-property.enum.narrowed"),
    ((f"{FIELD}/size/enum", ["S", "M", "XL"]), "request-property.enum.changed"),
    ((f"{FIELD}/prompt/enum", ["a"]), "request-property.enum.narrowed"),
    ((f"{FIELD}/size/default", "L"), "request-property.default.changed"),
    ((f"{FIELD}/size/default", GONE), "request-property.default.removed"),
    ((f"{FIELD}/prompt/minLength", 2), "request-property.shortest.narrowed"),
    ((f"{FIELD}/prompt/maxLength", 10), "request-property.longest.narrowed"),
    ((f"{FIELD}/prompt/pattern", "^a"), "request-property.pattern.narrowed"),
    ((f"{FIELD}/scale/maximum", 8.5), "request-property.upper-bound.narrowed"),
    ((f"{FIELD}/scale/exclusiveMaximum", 9), "request-property.upper-bound.narrowed"),
    ((f"{FIELD}/scale/exclusiveMinimum", 1), "request-property.lower-bound.narrowed"),
    ((f"{FIELD}/images/maxItems", 8), "request-property.most-items.narrowed"),
    ((f"{FIELD}/images/minItems", 1), "request-property.fewest-items.narrowed"),
    ((f"{FIELD}/images/items/maxLength", 9), "request-items.longest.narrowed"),
    ((f"{FIELD}/seconds/x-wire", GONE), "request-property.wire.removed"),
    ((f"{FIELD}/pen/x-python/enum", "Nib"), "request-property.enum-class.changed"),
    ((f"{FIELD}/pen/x-python/names/1", "OIL"), "enum-member.member.changed"),
    ((f"{FIELD}/pen/x-python/names/1", GONE), "enum-member.removed"),
    ((f"{FIELD}/image/x-media/formats", ["png"]), "request-property.file-formats.narrowed"),
    ((f"{FIELD}/image/x-media/bytes/maximum", 99), "request-property.file-bytes-upper.narrowed"),
    ((f"{FIELD}/image/x-media/aspect/minimum", "2:3"), "request-property.file-aspect-lower.narrowed"),
    ((f"{REQUEST}/additionalProperties", False), "request-property.closed.narrowed"),
    ((f"{REQUEST}/then/required", ["image", "seconds"]), "request-property.rules.changed"),
    # replies
    ((f"{DRAW}/responses/413", GONE), "response.removed"),
    ((f"{STARTED}/properties/msg", GONE), "reply-property.removed"),
    ((f"{STARTED}/properties/code/type", "string"), "reply-property.type.changed"),
    ((f"{STARTED}/properties/code/type", ["integer", "null"]), "reply-property.type.widened"),
    ((f"{STARTED}/required", GONE), "reply-property.required.removed"),
    ((f"{REPORT}/result/contentMediaType", "text/plain"), "reply-property.content.changed"),
    ((f"{SHAPE}/width", GONE), "reply-property.removed"),
    ((f"{SHAPE}/urls/items/type", "integer"), "reply-items.type.changed"),
    ((f"{DRAW}/responses/200/links/result", GONE), "link.removed"),
    ((f"{DRAW}/callbacks/done", GONE), "callback.removed"),
    # what a callback sends is read by the client
    ((f"{DONE}/properties/note", GONE), "reply-property.removed"),
    ((f"{DONE}/required", []), "reply-property.required.removed"),
]

ADDITIVE: list[tuple[Edit, str]] = [
    (("/servers/2", {"url": "https://api3.example.com"}), "server.added"),
    (("/x-error-codes/codes/9", {"error": "NotFound", "meaning": "Gone.", "retry": "never"}), "error-code.added"),
    (("/x-error-codes/http", {"413": {"error": "BadRequest", "retry": "never"}}), "error-code.added"),
    (("/paths/~1draw/get", {"operationId": "shapes", "responses": {}}), "operation.added"),
    ((f"{DRAW}/deprecated", True), "operation.deprecated.added"),
    ((f"{DRAW}/x-task/states/5", "failed"), "status.added"),
    ((f"{DRAW}/x-task/assets/hosts/2", ".example.org"), "operation.hosts.widened"),
    ((f"{DRAW}/x-task/assets/hosts", []), "operation.hosts.widened"),
    ((f"{DRAW}/responses/500", {"description": "Down."}), "response.added"),
    ((f"{RESULT}/parameters/0", {"name": "lang", "in": "query", "schema": {}}), "parameter.added"),
    ((f"{FIELD}/colour", {"type": "string"}), "request-property.added"),
    ((f"{REQUEST}/required", []), "request-property.required.removed"),
    ((f"{FIELD}/prompt/type", ["string", "integer"]), "request-property.type.widened"),
    ((f"{FIELD}/pen/type", "number"), "request-property.type.widened"),
    ((f"{FIELD}/size/enum/3", "XL"), "request-property.enum.widened"),
    ((f"{FIELD}/size/enum", GONE), "request-property.enum.widened"),
    ((f"{FIELD}/prompt/maxLength", GONE), "request-property.longest.widened"),
    ((f"{FIELD}/prompt/minLength", 0), "request-property.shortest.widened"),
    ((f"{FIELD}/prompt/default", "a cat"), "request-property.default.added"),
    ((f"{FIELD}/scale/maximum", 10), "request-property.upper-bound.widened"),
    ((f"{FIELD}/images/items/maxLength", GONE), "request-items.longest.widened"),
    ((f"{FIELD}/pen/x-python/names/3", "OIL"), "enum-member.added"),
    ((f"{FIELD}/image/x-media/bytes/maximum", 200), "request-property.file-bytes-upper.widened"),
    ((f"{FIELD}/image/x-media/formats/2", "webp"), "request-property.file-formats.widened"),
    ((f"{STARTED}/properties/trace", {"type": "string"}), "reply-property.added"),
    ((f"{STARTED}/required", ["code", "msg"]), "reply-property.required.added"),
    ((f"{REPORT}/status/enum/3", 5), "reply-property.enum.widened"),
    ((f"{SHAPE}/height", {"type": "integer"}), "reply-property.added"),
]

NEUTRAL: list[tuple[Edit, str]] = [
    (("/info/title", "Forms"), "service.title.changed"),
    (("/info/version", "2"), "service.version.changed"),
    (("/info/description", GONE), "service.description.removed"),
    (("/tags", [{"name": "a"}]), "service.tags.added"),
    (("/x-error-codes/codes/7/meaning", "Slow down."), "error-code.meaning.changed"),
    (("/components/securitySchemes/key/x-python/plain/obtain", "Ask."), "security-scheme.obtain.changed"),
    ((f"{DRAW}/summary", "Paint"), "operation.summary.changed"),
    ((f"{DRAW}/description", "Paints."), "operation.description.changed"),
    ((f"{DRAW}/x-claims", {"path": ["b.md:2"]}), "operation.claims.changed"),
    ((f"{DRAW}/responses/200/description", "Begun."), "response.description.changed"),
    ((f"{FIELD}/prompt/description", "The idea."), "request-property.description.changed"),
    ((f"{FIELD}/prompt/examples", ["a cat"]), "request-property.examples.added"),
    ((f"{FIELD}/prompt/x-claims", {"type": ["a.md:1"]}), "request-property.claims.added"),
    ((f"{FIELD}/prompt/x-disputed", ["a", "b"]), "request-property.disputed.added"),
    ((f"{REPORT}/progress/maximum", 99), "reply-property.upper-bound.narrowed"),
]


def kinds(report: Report, severity: str) -> set[str]:
    return {change.kind for change in report.changes if change.severity == severity}


@pytest.mark.parametrize(("edit", "kind"), BREAKING)
def test_breaks_a_caller(edit: Edit, kind: str) -> None:
    report = compare(OLD, edited(edit))
    assert kind in kinds(report, "breaking")
    assert (report.verdict, report.bump) == ("breaking", "major")


@pytest.mark.parametrize(("edit", "kind"), ADDITIVE)
def test_adds_to_what_a_caller_can_do(edit: Edit, kind: str) -> None:
    report = compare(OLD, edited(edit))
    assert kinds(report, "additive") == {kind}
    assert (report.verdict, report.bump) == ("additive", "minor")


@pytest.mark.parametrize(("edit", "kind"), NEUTRAL)
def test_says_it_in_other_words(edit: Edit, kind: str) -> None:
    report = compare(OLD, edited(edit))
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
        pytest.param([], [(f"{FIELD}/prompt/x-note", 1)], id="an extension that is not ours"),
        pytest.param([], [(f"{DRAW}/x-python/group", "shapes")], id="the same once more"),
        pytest.param(
            [(f"{REQUEST}/required", ["prompt", "size"])],
            [(f"{REQUEST}/required", ["size", "prompt"])],
            id="order of required",
        ),
        pytest.param(
            [],
            [("/components/schemas/New", pointers.get(OLD, REQUEST)), (f"{DATA}/$ref", "#/components/schemas/New")],
            id="another name of a component",
        ),
        pytest.param(
            [],
            [
                (REQUEST, {"allOf": [{"$ref": "#/components/schemas/Base"}]}),
                ("/components/schemas/Base", pointers.get(OLD, REQUEST)),
            ],
            id="composed of parts",
        ),
    ],
)
def test_the_same_in_another_form_is_no_change(before: list[Edit], after: list[Edit]) -> None:
    assert compare(edited(*before), edited(*after)).changes == ()


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
        message="property body.data.prompt: longest length narrowed (20 → 10)",
        before=20,
        after=10,
    )


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


def test_json_has_verdict_bump_and_changes() -> None:
    report = json.loads(compare(OLD, edited((f"{FIELD}/prompt/maxLength", 10))).to_json())
    assert list(report) == ["verdict", "bump", "changes"]
    assert (report["verdict"], report["bump"]) == ("breaking", "major")
    assert list(report["changes"][0]) == "service pointer operation kind severity message before after".split()


def test_text_says_once_what_is_the_same_in_many_operations() -> None:
    report = compare(OLD, edited(("/security", [{"other": []}])))
    assert report.to_text().splitlines()[:2] == ["verdict: breaking (major)", ""]
    (line,) = [line for line in report.to_text().splitlines() if "authentication" in line]
    assert "3 operations (draw, drawDone, getResult): operation: authentication changed" in line


def test_text_says_so_where_nothing_changed() -> None:
    assert compare(OLD, OLD).to_text() == "verdict: neutral (patch)\n\nnothing changed"


# Laws.

ALL_EDITS = [edit for edit, _ in (*BREAKING, *ADDITIVE, *NEUTRAL)]
CATALOGS = st.lists(st.sampled_from(ALL_EDITS), max_size=3, unique_by=lambda edit: edit[0]).map(
    lambda edits: [edit for edit in edits if not any(inside(edit[0], other[0]) for other in edits)]
)
SEVERITY = ["neutral", "additive", "breaking"]


def inside(pointer: str, other: str) -> bool:
    """Edits inside what another edit replaces, or in the same list, would not be independent."""
    return pointer != other and (
        pointer.startswith(other + "/") or pointer.rpartition("/")[0] == other.rpartition("/")[0]
    )


def shuffled(value: Any) -> Any:
    """The same document, keys in another order."""
    if isinstance(value, dict):
        return {key: shuffled(value[key]) for key in reversed(value)}
    return [shuffled(entry) for entry in value] if isinstance(value, list) else value


@settings(max_examples=30, deadline=None)
@given(CATALOGS)
def test_nothing_differs_from_itself_in_whatever_order_it_is_written(edits: list[Edit]) -> None:
    document = edited(*edits)
    assert compare(document, shuffled(document)).changes == ()


@settings(max_examples=30, deadline=None)
@given(CATALOGS, CATALOGS)
def test_the_order_of_keys_does_not_change_the_report(one: list[Edit], other: list[Edit]) -> None:
    old, new = edited(*one), edited(*other)
    assert compare(old, new) == compare(shuffled(old), shuffled(new))


@settings(max_examples=40, deadline=None)
@given(CATALOGS)
def test_a_report_on_several_edits_is_at_least_as_severe_as_on_each(edits: list[Edit]) -> None:
    together = SEVERITY.index(compare(OLD, edited(*edits)).verdict)
    assert all(together >= SEVERITY.index(compare(OLD, edited(edit)).verdict) for edit in edits)


@pytest.mark.parametrize("edit", ALL_EDITS, ids=lambda edit: edit[0])
def test_what_is_found_one_way_is_found_the_other_way(edit: Edit) -> None:
    new = edited(edit)
    there, back = compare(OLD, new), compare(new, OLD)
    assert len(there.changes) == len(back.changes) > 0
    assert sorted(opposite(change.kind) for change in there.changes) == sorted(change.kind for change in back.changes)


def opposite(kind: str) -> str:
    """How the same difference is called from the other side."""
    what, _, how = kind.rpartition(".")
    pairs = {"added": "removed", "removed": "added", "widened": "narrowed", "narrowed": "widened", "changed": "changed"}
    return f"{what}.{pairs[how]}"


# To take a deprecation back breaks nobody; that a reply may lack something again does.
ADDED = [edit for edit, kind in ADDITIVE if kind.endswith(".added") and kind != "operation.deprecated.added"]


@pytest.mark.parametrize("edit", ADDED, ids=lambda edit: edit[0])
def test_what_adds_one_way_breaks_the_other_way(edit: Edit) -> None:
    assert compare(edited(edit), OLD).verdict == "breaking"


JUNK: list[Any] = [None, True, -1.5, "x", [], [{}], [[]], {}, {"": {}}, {"$ref": "#/"}, {"$ref": []}]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ALL_EDITS), st.sampled_from(JUNK), st.booleans())
def test_no_junk_in_a_document_makes_it_crash(edit: Edit, junk: Any, above: bool) -> None:
    place = edit[0].rpartition("/")[0] if above and edit[0].count("/") > 1 else edit[0]
    broken = edited((place, junk))
    compare(OLD, broken)
    compare(broken, OLD).to_text()


def test_every_row_of_the_tables_has_an_example() -> None:
    told = {change.kind for edit in ALL_EDITS for change in compare(OLD, edited(edit)).changes}
    assert {kind.split(".")[0].removeprefix("request-").removeprefix("reply-") for kind in told} >= {
        kind.replace(" ", "-") for kind in EXISTENCE
    } - {"request-body", "service", "items", "text-content", "result"}
    assert len({kind.split(".")[1] for kind in told} & {name.replace(" ", "-") for name in FACTS}) > 50


# Loading.


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
