"""The lint: nothing to say about a good document, and one seeded defect a rule, each found at its place."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codegen import yamlio
from codegen.catalog.lint import CATALOG, EXTENSIONS, OPENAPI, READABLE, VALUES, lint
from codegen.faults import Fault
from codegen.openapi import pointers
from codegen.openapi.document import Document
from codegen.openapi.finding import Finding, Rule

GOOD: dict[str, Any] = yamlio.load(Path(__file__).with_name("good.yaml"))
EVIDENCE: dict[str, list[str]] = yamlio.load(Path(__file__).with_name("good.evidence.yaml"))["facts"]
GONE = object()

DRAW = "/paths/~1draw/post"
SKETCH = "/paths/~1sketch/post"
RESULT = "/paths/~1result~1{task_id}/get"
REQUEST = "/components/schemas/DrawRequest"
FIELD = f"{REQUEST}/properties"
LINK = f"{DRAW}/responses/200/links/result"
CALLBACK = f"{DRAW}/callbacks/done/{{$request.body#~1data~1callback}}"


def with_defect(pointer: str, value: Any) -> dict[str, Any]:
    """Return the good document with one value set or taken away."""
    document = deepcopy(GOOD)
    *above, last = pointers.steps(pointer)
    holder = pointers.resolve(document, pointers.join("", *above))
    if value is GONE and isinstance(holder, list):
        del holder[int(last)]
    elif value is GONE:
        del holder[last]
    elif isinstance(holder, list):
        holder.insert(int(last), value)
    else:
        holder[last] = value
    return document


def by_rules(rules: tuple[Rule, ...], document: dict[str, Any]) -> list[Finding]:
    return [finding for rule in rules for finding in rule(Document(document, evidence=EVIDENCE))]


def places_and_problems(faults: list[Fault]) -> list[tuple[str, str]]:
    return [(fault.place, fault.problem) for fault in faults]


OPENAPI_DEFECTS = [
    # references
    (f"{FIELD}/size", {"$ref": "#/components/schemas/Size"}, f"{FIELD}/size/$ref", "dangling reference"),
    (f"{FIELD}/size", {"$ref": "other.yaml#/Size"}, f"{FIELD}/size/$ref", "remote reference"),
    (f"{FIELD}/size", {"$ref": "https://a.example/b"}, f"{FIELD}/size/$ref", "remote reference"),
    (f"{FIELD}/size", {"$ref": 5}, f"{FIELD}/size/$ref", "a reference is not text"),
    (f"{FIELD}/size", {"$ref": "#/paths/~1draw/post"}, f"{FIELD}/size/$ref", "names operation"),
    (
        "/components/schemas/A",
        {"$ref": "#/components/schemas/A"},
        "/components/schemas/A/$ref",
        "back to itself",
    ),
    # operations
    (f"{SKETCH}/operationId", "draw", f"{SKETCH}/operationId", "operationId 'draw' is taken"),
    (f"{CALLBACK}/post/operationId", "draw", f"{CALLBACK}/post/operationId", "operationId 'draw' is taken"),
    (f"{RESULT}/parameters/0", GONE, RESULT, "path parameter 'task_id' is not declared"),
    (
        f"{RESULT}/parameters/0",
        {"name": "page", "in": "path", "required": True, "schema": {"type": "string"}},
        f"{RESULT}/parameters/0",
        "path parameter 'page' does not occur",
    ),
    (f"{RESULT}/parameters/0/required", False, f"{RESULT}/parameters/0", "path parameter 'task_id' is not required"),
    (
        f"{RESULT}/parameters/2",
        {"name": "detail", "in": "query", "schema": {}},
        f"{RESULT}/parameters/2",
        "parameter 'detail' in query is listed twice",
    ),
    ("/paths/~1result~1{id}", {}, "/paths/~1result~1{id}", "is the same path as"),
    ("/paths/~1result~1{zoom}", {}, "/paths/~1result~1{zoom}", "is the same path as"),
    ("/security", [{"token": []}], "/security/0/token", "security scheme 'token' is not defined"),
    (f"{DRAW}/security", [{}, {"token": []}], f"{DRAW}/security/1/token", "security scheme 'token' is not defined"),
    # links and callbacks
    (f"{LINK}/operationId", "getReport", LINK, "link names no operation: 'getReport'"),
    (
        f"{LINK}/parameters/id",
        "$response.body#/data/task_id",
        LINK,
        "link parameter 'id' is not a parameter of the operation",
    ),
    (
        f"{LINK}/parameters/detail",
        "$response.body#/data/depth",
        f"{LINK}/parameters/detail",
        "names nothing that the response has",
    ),
    (f"{LINK}/parameters/detail", "$reply.body", f"{LINK}/parameters/detail", "is not a runtime expression"),
    (f"{LINK}/requestBody", {"task": 1}, LINK, "link sends 'task', which the operation it names does not take"),
    (
        f"{LINK}/requestBody",
        {"task": "$response.body#/data/depth"},
        f"{LINK}/requestBody/task",
        "names nothing that the response has",
    ),
    (
        f"{LINK}/parameters/detail",
        "$response.header.",
        f"{LINK}/parameters/detail",
        "names nothing that the response has",
    ),
    (
        f"{DRAW}/callbacks/done",
        {"{$request.body#/data/nowhere}": {}},
        f"{DRAW}/callbacks/done/{{$request.body#~1data~1nowhere}}",
        "names nothing that the request has",
    ),
    (f"{DRAW}/callbacks/done", {"/fixed": {}}, f"{DRAW}/callbacks/done/~1fixed", "holds no expression"),
    # schemas
    (f"{FIELD}/size/nullable", True, f"{FIELD}/size/nullable", "`nullable` means nothing"),
    (f"{FIELD}/prompt/type", "text", f"{FIELD}/prompt/type", "not a JSON Schema"),
    (f"{FIELD}/prompt/maxLength", "20", f"{FIELD}/prompt/maxLength", "not a JSON Schema"),
    (f"{FIELD}/count/pattern", "[", f"{FIELD}/count/pattern", "not a JSON Schema"),
    (f"{FIELD}/pen/minimum", 9, f"{FIELD}/pen", "minimum 9 is above maximum 3"),
    (f"{FIELD}/size/default", "M", f"{FIELD}/size/default", "default breaks its schema"),
    (f"{RESULT}/parameters/1/schema/default", 5, f"{RESULT}/parameters/1/schema/default", "default breaks its schema"),
    (f"{FIELD}/size/enum/2", 3, f"{FIELD}/size/enum/2", "enum value breaks its schema"),
    (f"{FIELD}/size/enum/2", "S", f"{FIELD}/size/enum/2", "enum has 'S' twice"),
    (f"{FIELD}/prompt/examples/0", "x" * 21, f"{FIELD}/prompt/examples/0", "example breaks its schema"),
    (
        f"{FIELD}/image/examples",
        ["a cat"],
        f"{FIELD}/image/examples/0",
        "'a cat' is not a 'uri'",
    ),
    (f"{FIELD}/prompt/example", 1, f"{FIELD}/prompt/example", "example breaks its schema"),
    (
        f"{DRAW}/requestBody/content/application~1json/examples/smallest/value/data",
        {},
        f"{DRAW}/requestBody/content/application~1json/examples/smallest",
        "example breaks its schema: /data: 'prompt' is a required property",
    ),
    (f"{RESULT}/parameters/1/example", 4, f"{RESULT}/parameters/1/example", "example breaks its schema"),
]

SPECIFICATION_DEFECTS = [
    (f"{DRAW}/colour", "red", DRAW, "not OpenAPI 3.1"),
    (f"{DRAW}/responses/200/description", GONE, f"{DRAW}/responses/200", "not OpenAPI 3.1"),
    ("/info/title", GONE, "/info", "not OpenAPI 3.1: 'title' is a required property"),
]

EXTENSION_DEFECTS = [
    (
        "/tags",
        [{"name": "a", "x-task": {"kind": "query"}}],
        "/tags/0/x-task",
        "x-task does not belong on the tag object",
    ),
    ("/x-error-codes/at/status", "/x", "/x-error-codes/at", "x-error-codes: Additional properties are not allowed"),
    ("/x-error-codes/at", GONE, "/x-error-codes", "x-error-codes: 'at' is a dependency of 'codes'"),
    ("/x-error-codes/codes/7/error", "Oops", "/x-error-codes/codes/7/error", "'Oops' is not one of"),
    ("/x-error-codes/codes/7/retry", "often", "/x-error-codes/codes/7/retry", "'often' is not one of"),
    ("/x-error-codes/codes/7/meaning", GONE, "/x-error-codes/codes/7", "'meaning' is a required property"),
    ("/x-error-codes/http/4xx", {}, "/x-error-codes/http", "does not match"),
    ("/x-error-codes/at/code", "/error/code", "/x-error-codes/at/code", "'/error/code' is in no reply"),
    (
        f"{RESULT}/responses/200/content/application~1json/schema",
        {"type": "object", "properties": {}},
        f"{RESULT}/responses/200/content/application~1json/schema",
        "where x-error-codes says that the code is",
    ),
    ("/x-error-codes/at/success", ["7"], "/x-error-codes/codes/7", "code '7' means success"),
    (f"{DRAW}/x-task/kind", "start", f"{DRAW}/x-task/kind", "'start' is not one of"),
    (f"{DRAW}/x-task/priority", 1, f"{DRAW}/x-task", "Additional properties are not allowed"),
    (f"{DRAW}/x-task/states", GONE, f"{DRAW}/x-task", "'states' is a required property"),
    (f"{DRAW}/x-task/result", GONE, f"{DRAW}/x-task", "needs result and id, or status_url"),
    (f"{DRAW}/x-task/id", "data/task_id", f"{DRAW}/x-task/id", "is not a JSON pointer: write '/data/task_id'"),
    (f"{DRAW}/x-task/assets/hosts", ["https://a"], f"{DRAW}/x-task/assets/hosts/0", "does not match"),
    (f"{DRAW}/x-task/states/3", "done", f"{DRAW}/x-task/states/3", "'done' is not one of"),
    (f"{DRAW}/x-task/states/3", "running", f"{DRAW}/x-task/states", "no status means succeeded"),
    (f"{DRAW}/x-task/states/1", GONE, f"{DRAW}/x-task/states", "status '1' of the reply's enum has no state"),
    (f"{DRAW}/x-task/reply/status", "/data/state", f"{DRAW}/x-task/reply/status", "resolves to nothing"),
    (f"{DRAW}/x-task/result", "getReport", f"{DRAW}/x-task/result", "result names no operation: 'getReport'"),
    (f"{DRAW}/x-task/result", "sketch", f"{DRAW}/x-task/result", "the result operation is not a query"),
    (f"{DRAW}/x-task/output", "#/components/schemas/No", f"{DRAW}/x-task/output", "dangling reference"),
    (f"{DRAW}/x-task/assets/at", ["/files"], f"{DRAW}/x-task/assets/at/0", "resolves to nothing"),
    (f"{DRAW}/x-task/assets/encoded", ["/files"], f"{DRAW}/x-task/assets/encoded/0", "resolves to nothing"),
    (f"{DRAW}/x-task/assets/sources", {"/text": "mmd"}, f"{DRAW}/x-task/assets/sources/~1text", "resolves to nothing"),
    (f"{DRAW}/x-task/assets/count", "/data/qty", f"{DRAW}/x-task/assets/count", "'/data/qty' resolves to nothing"),
    (f"{DRAW}/x-task/callback/id", "/id", f"{DRAW}/x-task/callback/id", "in the payload of the callback"),
    (f"{DRAW}/x-task/callback/echoed", ["/task_id"], f"{DRAW}/x-task/callback/echoed", "in the request body"),
    (f"{DRAW}/callbacks", GONE, f"{DRAW}/x-task/callback", "the operation has no callback with a body"),
    ("/x-error-codes/codes/7/key", "expired", "/x-error-codes/codes/7/key", "code '7' is not an AuthenticationError"),
    ("/x-error-codes/codes/8/key", "lost", "/x-error-codes/codes/8/key", "'lost' is not one of"),
    (f"{SKETCH}/x-task/reply/result", "/image", f"{SKETCH}/x-task/reply/result", "resolves to nothing"),
    (f"{FIELD}/seconds/x-wire", "minutes", f"{FIELD}/seconds/x-wire", "'minutes' is not one of"),
    (
        f"{FIELD}/filled/enum",
        ["yes", "no"],
        f"{FIELD}/filled/x-wire",
        "enum value 'yes' is not of the form boolean-word",
    ),
    (f"{FIELD}/seconds/enum", ["5"], f"{FIELD}/seconds/x-wire", "enum value '5' is not of the form seconds-text"),
    (f"{FIELD}/prompt/x-wire", "seconds-text", f"{FIELD}/prompt/x-wire", "does not say what a seconds-text looks like"),
    (f"{FIELD}/count/pattern", "^.*$", f"{FIELD}/count/x-wire", "does not say what a integer-text looks like"),
    (f"{FIELD}/image/x-media/kind", "sound", f"{FIELD}/image/x-media/kind", "'sound' is not one of"),
    (f"{FIELD}/image/x-media/aspect/minimum", "3:1", f"{FIELD}/image/x-media/aspect", "lower bound is above"),
    (f"{FIELD}/size/x-choices/texts/M", "Medium", f"{FIELD}/size/x-choices", "'M' is not a value of the field"),
    (f"{FIELD}/pen/x-choices/texts/4", "Red", f"{FIELD}/pen/x-choices", "'4' is not a value of the field"),
    (f"{FIELD}/size/x-locales/fr", "XL", f"{FIELD}/size/x-locales", "'XL' is not a value of the field"),
    (f"{FIELD}/mask/x-media/same_size_as", "photo", f"{FIELD}/mask/x-media/same_size_as", "'photo' is not a field"),
    (f"{SKETCH}/x-python/method", "class", f"{SKETCH}/x-python/method", "'class' is not a name in Python"),
    (f"{SKETCH}/x-python/method", "draw it", f"{SKETCH}/x-python/method", "does not match"),
    (f"{SKETCH}/x-python/method", "task_result", f"{RESULT}/x-python", "method 'task_result' is taken by"),
    (f"{SKETCH}/x-python/method", "shapes", f"{SKETCH}/x-python", "method 'shapes' is a group as well"),
    (f"{DRAW}/x-python/positional", ["text"], f"{DRAW}/x-python/positional", "'text' is not a parameter"),
    (f"{DRAW}/x-python/colour", "red", f"{DRAW}/x-python", "Additional properties are not allowed"),
    (f"{RESULT}/x-python/reply", "/result", f"{RESULT}/x-python/reply", "'/result' is not in the reply"),
    (f"{SKETCH}/x-python/body", "/data", f"{SKETCH}/x-python/body", "'/data' is not in the request body"),
    (f"{FIELD}/pen/x-python/names/2", "INK", f"{FIELD}/pen/x-python/names", "1 and 2 are both named 'INK'"),
    (f"{FIELD}/pen/x-python/names/4", "OIL", f"{FIELD}/pen/x-python/names", "stands for 4, which the schema refuses"),
    (f"{FIELD}/pen/x-python/names/x", "OIL", f"{FIELD}/pen/x-python/names", "stands for 'x', which is not a number"),
]

CATALOG_DEFECTS = [
    ("/components/schemas/A", {}, "/components/schemas/A", "component 'A' is named by nothing"),
    ("/info/x-logo", "a.png", "/info/x-logo", "unknown extension 'x-logo'"),
    (f"{FIELD}/prompt/x-unit", "s", f"{FIELD}/prompt/x-unit", "unknown extension 'x-unit'"),
    ("/x-python", GONE, "", "document without x-python"),
    (f"{SKETCH}/operationId", GONE, SKETCH, "operation without operationId"),
    (f"{SKETCH}/x-task", GONE, SKETCH, "operation without x-task"),
    (f"{SKETCH}/x-python", GONE, SKETCH, "operation without x-python"),
    (f"{DRAW}/responses/200/links", GONE, DRAW, "no link hands $response.body#/data/task_id to getResult"),
    (f"{FIELD}/prompt/maxLenght", 3, f"{FIELD}/prompt/maxLenght", "unknown keyword 'maxLenght'"),
    ("/components/schemas/Shape/required", ["url"], "/components/schemas/Shape/required", "required names 'url'"),
    (f"{REQUEST}/if/properties/colour", {}, f"{REQUEST}/if/properties", "properties names 'colour'"),
    (f"{REQUEST}/then/required", ["photo"], f"{REQUEST}/then/required", "required names 'photo'"),
    (f"{REQUEST}/required/1", "size", f"{REQUEST}/required/1", "required of 'size' without evidence"),
    (f"{FIELD}/pen/exclusiveMaximum", 4, f"{FIELD}/pen", "exclusiveMaximum of 'pen' without evidence"),
    (f"{FIELD}/size/minLength", 1, f"{FIELD}/size", "minLength of 'size' without evidence"),
    (f"{FIELD}/size/default", GONE, f"{FIELD}/size/default", "evidence for what is not there"),
    (f"{RESULT}/parameters/1/required", True, f"{RESULT}/parameters/1", "required of 'detail' without evidence"),
    (
        "/x-error-codes/codes/9",
        {"error": "NotFound", "meaning": "None."},
        "/x-error-codes/codes/9",
        "error code '9' without evidence",
    ),
]

DEFECTS = [*OPENAPI_DEFECTS, *EXTENSION_DEFECTS, *CATALOG_DEFECTS]


def test_nothing_is_found_in_the_good_document() -> None:
    assert lint(GOOD, "good.yaml", evidence=EVIDENCE) == []
    assert lint(GOOD, "good.yaml") == []


@pytest.mark.parametrize(("pointer", "value", "place", "problem"), SPECIFICATION_DEFECTS)
def test_what_openapi_spec_validator_says_is_a_fault_at_its_place(
    pointer: str, value: Any, place: str, problem: str
) -> None:
    found = places_and_problems(lint(with_defect(pointer, value), "bad.yaml"))
    assert any(where == place and problem in what for where, what in found), found


def test_a_link_may_name_a_header_of_the_reply() -> None:
    document = with_defect(f"{LINK}/parameters/detail", "$response.header.X-Next")
    found = by_rules((*READABLE, *OPENAPI), document)
    assert [what for where, what, _ in found if where == f"{LINK}/parameters/detail"] == []


@pytest.mark.parametrize("values, is_fault", [([1, 2], False), ([1, 2, 3], False), ([1, 3], True), ([], True)])
def test_a_name_is_for_a_number_of_the_list(values: list[int], is_fault: bool) -> None:
    pen = {"type": "integer", "enum": values, "x-python": {"enum": "Pen", "names": {"1": "INK", "2": "CHALK"}}}
    found = by_rules(EXTENSIONS, with_defect(f"{FIELD}/pen", pen))
    assert any("stands for 2, which the schema refuses" in what for _, what, _ in found) is is_fault


@pytest.mark.parametrize(("pointer", "value", "place", "problem"), OPENAPI_DEFECTS)
def test_what_no_openapi_document_may_have_is_found_at_its_place(
    pointer: str, value: Any, place: str, problem: str
) -> None:
    document = with_defect(pointer, value)
    found = by_rules((*READABLE, *OPENAPI), document) or by_rules(VALUES, document)
    assert any(where == place and problem in what for where, what, _ in found), found


@pytest.mark.parametrize(("pointer", "value", "place", "problem"), EXTENSION_DEFECTS)
def test_a_wrong_extension_is_found_at_its_place(pointer: str, value: Any, place: str, problem: str) -> None:
    found = by_rules(EXTENSIONS, with_defect(pointer, value))
    assert any(where == place and problem in what for where, what, _ in found), found


@pytest.mark.parametrize(("pointer", "value", "place", "problem"), CATALOG_DEFECTS)
def test_what_only_the_catalog_asks_is_found_at_its_place_and_by_no_other_rule(
    pointer: str, value: Any, place: str, problem: str
) -> None:
    document = with_defect(pointer, value)
    found = by_rules(CATALOG, document)
    assert any(where == place and problem in what for where, what, _ in found), found
    assert by_rules((*READABLE, *OPENAPI, *VALUES, *EXTENSIONS), document) == []


def test_a_defect_of_each_group_is_found_in_one_run() -> None:
    document = with_defect(f"{FIELD}/size/default", "M")
    for pointer, value in (
        (f"{DRAW}/colour", "red"),
        ("/security", [{"token": []}]),
        (f"{DRAW}/x-task/states/3", "done"),
    ):
        *above, last = pointers.steps(pointer)
        pointers.resolve(document, pointers.join("", *above))[last] = value
    theirs = lint(document, "bad.yaml")
    assert [fault.place for fault in theirs] == [
        f"{FIELD}/size/default",
        DRAW,
        f"{DRAW}/x-task/states",
        f"{DRAW}/x-task/states/3",
        "/security/0/token",
    ]
    del document["paths"]["/sketch"]["post"]["x-task"]
    assert [fault.place for fault in lint(document, "bad.yaml", evidence=EVIDENCE) if fault not in theirs] == [SKETCH]


def test_a_plain_document_without_extensions_passes_as_somebody_elses() -> None:
    plain = {
        "openapi": "3.1.0",
        "info": {"title": "Plain", "version": "1", "x-logo": "a.png"},
        "paths": {"/a": {"get": {"responses": {"200": {"description": "Fine."}}}}},
    }
    assert lint(plain, "plain.yaml") == []
    assert len(lint(plain, "plain.yaml", evidence={})) == 5


@pytest.mark.parametrize("document", [None, [], {}, {"openapi": "3.0.3"}, {"openapi": 3.1}, {"swagger": "2.0"}])
def test_what_is_no_openapi_3_1_is_one_fault(document: Any) -> None:
    (fault,) = lint(document, "bad.yaml")
    assert fault.problem == "is not an OpenAPI 3.1 document"


def test_a_key_that_is_no_text_is_a_fault() -> None:
    document = {"openapi": "3.1.0", "paths": {"/a": {"get": {"responses": {200: {}}}}}}
    found = places_and_problems(lint(document, "bad.yaml"))
    assert found == [("/paths/~1a/get/responses", "key 200 is not text")]


def test_nothing_is_fetched_even_where_a_reference_hides_in_an_example() -> None:
    document = with_defect(f"{FIELD}/prompt/examples/0", {"$ref": "http://127.0.0.1:9/never"})
    assert places_and_problems(lint(document, "bad.yaml"))[0][0] == f"{FIELD}/prompt/examples/0"


def test_a_schema_that_contains_itself_without_end_is_a_fault_not_a_crash() -> None:
    document = with_defect("/components/schemas/A", {"default": 1, "allOf": [{"$ref": "#/components/schemas/A"}]})
    found = places_and_problems(lint(document, "bad.yaml"))
    assert found[0] == ("/components/schemas/A/default", "default breaks its schema: it refers to itself without end")


def test_a_tree_like_schema_is_fine() -> None:
    tree = {"type": "object", "properties": {"below": {"$ref": "#/components/schemas/Tree"}}, "default": {"below": {}}}
    assert lint(with_defect("/components/schemas/Tree", tree), "good.yaml") == []


def test_the_order_of_keys_does_not_change_what_is_found() -> None:
    document = with_defect(f"{FIELD}/size/default", "M")
    del document["paths"]["/sketch"]["post"]["x-task"]
    assert lint(document, "a") == lint(json.loads(json.dumps(document, sort_keys=True)), "a")


PLACES = sorted(
    {
        pointers.join("", *tokens[:depth])
        for pointer, *_ in DEFECTS
        for tokens in [pointers.steps(pointer)]
        for depth in (1, 2, 3, 5)
    }
)
JUNK: list[Any] = [None, True, 0, -1.5, "", "x", "#/paths", [], [{}], [[]], {}, {"": {}}, {"$ref": "#/"}]


@settings(max_examples=15)
@given(st.data())
def test_no_junk_in_any_place_makes_it_crash(data: st.DataObject) -> None:
    document = deepcopy(GOOD)
    for place in data.draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=3)):
        *above, last = pointers.steps(place)
        try:
            holder = pointers.resolve(document, pointers.join("", *above))
        except KeyError:
            continue
        if isinstance(holder, dict):
            holder[last] = data.draw(st.sampled_from(JUNK))
    lint(document, "junk.yaml")


def test_every_rule_has_a_seeded_defect() -> None:
    documents = [with_defect(pointer, value) for pointer, value, *_ in DEFECTS]
    rules = (*READABLE, *OPENAPI, *EXTENSIONS, *CATALOG)
    assert [rule.__name__ for rule in rules if not any(by_rules((rule,), document) for document in documents)] == []
