"""A document that is wrong, or asks for what the client would not enforce, is refused in one clear line a fault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from codegen.faults import InputFault
from codegen.python import spec
from codegen.python.read import read_catalog
from tests.python.support import document, faults, operation, read_all

GET: dict[str, Any] = {"operationId": "see", "responses": {"200": {"description": "Seen."}}}


def _value(schema: Any, **more: Any) -> dict[str, Any]:
    return document({"/paint": {"post": operation({"value": schema}, **more)}})


def _get(**more: Any) -> dict[str, Any]:
    return document({"/paint": {"get": {**GET, **more}}})


def _row(**more: Any) -> dict[str, Any]:
    return _get(parameters=[{"name": "size", "in": "query", "schema": {"type": "string"}, **more}])


def _required(name: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": True, "schema": {"type": "string"}}


TASK = {"kind": "submit", "id": "/id", "result": "see", "reply": {"status": "/s"}, "states": {"1": "queued"}}
LINK = {"see": {"operationId": "see", "parameters": {"id": "$response.body#/id"}}}
STARTS = {**operation(), "x-task": TASK, "responses": {"200": {"description": "Started.", "links": LINK}}}

WRONG: dict[str, tuple[Any, str]] = {
    "OpenAPI 3.0": ({**document(), "openapi": "3.0.3"}, "is OpenAPI '3.0.3'"),
    "OpenAPI 3.2": ({**document(), "openapi": "3.2.0"}, "is OpenAPI '3.2.0'"),
    "no document at all": ({"swagger": "2.0"}, "is no OpenAPI document"),
    "a list": ([1], "is no OpenAPI document"),
    "broken JSON": ("{", "is not JSON"),
    "a duplicate key": ('{"openapi": "3.1.0", "openapi": "3.1.0"}', "duplicate key 'openapi'"),
    "half a surrogate pair": ({**document(), "info": {"title": "\ud800", "version": "1"}}, "surrogate"),
    "a number that JSON has not": ('{"openapi": "3.1.0", "x": NaN}', "JSON does not have"),
    "a structure that OpenAPI has not": (document({"/paint": {"get": []}}), "breaks OpenAPI 3.1"),
    "no operation": (document({}), "has no operation"),
    "no operationId": (document({"/paint": {"get": {"responses": GET["responses"]}}}), "has no operationId"),
    "an operationId twice": (document({"/a": {"get": GET}, "/b": {"get": GET}}), "is used again"),
    "an operationId that is no name": (_get(operationId="see;evil"), "has the operationId"),
    "two methods of one name": (
        document({"/a": {"get": GET}, "/b": {"get": {**GET, "operationId": "See"}}}),
        "both give the method see",
    ),
    "a method and a group of one name": (
        document({"/a": {"get": GET}, "/b": {"get": {**GET, "operationId": "b", "x-python": {"group": "see"}}}}),
        "is a method and a group",
    ),
    "a group named as a module": (_get(**{"x-python": {"group": "operations"}}), "the module operations"),
    "a class that two things want": (_get(**{"x-python": {"group": "painter"}}), "the class Painter"),
    "a path that walks": (document({"/a/../b": {"get": GET}}), "no plain path"),
    "a path with a quote": (document({'/a"b': {"get": GET}}), "no plain path"),
    "an undeclared path parameter": (document({"/a/{id}": {"get": GET}}), "path parameter 'id' is not declared"),
    "servers of an operation": (_get(servers=[{"url": "https://b.example"}]), "servers of its own"),
    "no server": ({key: value for key, value in document().items() if key != "servers"}, "/servers: is missing"),
    "a server without encryption": ({**document(), "servers": [{"url": "http://a.example"}]}, "is not encrypted"),
    "a server that is no address": ({**document(), "servers": [{"url": "//a"}]}, "gives the address"),
    "a server with a user": ({**document(), "servers": [{"url": "https://u:p@a.example"}]}, "gives the address"),
    "a cookie parameter": (_row(**{"in": "cookie"}), "is a parameter in 'cookie'"),
    "a style of its own": (_row(style="spaceDelimited"), "has a style"),
    "an object in the query": (_row(schema={"type": "object"}), "sends an object in the query"),
    "a parameter without a name in Python": (_row(name="3d"), "give it x-python.name"),
    "a parameter with a quote": (_row(name='a"b'), "is no plain name"),
    "two parameters of one name": (
        _get(parameters=[{"name": name, "in": "query", "schema": {}} for name in ("pageSize", "page-size")]),
        "both give the keyword page_size",
    ),
    "a positional that is not there": (_get(**{"x-python": {"positional": ["prompt"]}}), "there is no 'prompt'"),
    "a form as body": (
        document({"/a": {"post": {**GET, "requestBody": {"content": {"multipart/form-data": {}}}}}}),
        "only JSON bodies",
    ),
    "a list as body": (document({"/paint": {"post": operation(body={"type": "array"})}}), "is no object"),
    "a picture as reply": (
        _get(responses={"200": {"description": "", "content": {"image/png": {}}}}),
        "only JSON replies",
    ),
    "something beside the wrapper": (
        document(
            {
                "/a": {
                    "post": operation(
                        {"data": {"type": "object"}, "model": {"type": "string"}}, **{"x-python": {"body": "/data"}}
                    )
                }
            }
        ),
        "stands beside 'data'",
    ),
    "a remote reference": (_value({"$ref": "https://evil.example/x.json"}), "outside this document"),
    "a reference to a file": (_value({"$ref": "file:///etc/passwd"}), "outside this document"),
    "a dangling reference": (_value({"$ref": "#/components/schemas/No"}), "which is not there"),
    "a reference in a circle": (
        {
            **_value({"$ref": "#/components/schemas/A"}),
            "components": {"schemas": {"A": {"$ref": "#/components/schemas/A"}}},
        },
        "refers to itself",
    ),
    "a schema that is none": (_value({"type": "text"}), "is no JSON Schema"),
    "a bound that is none": (_value({"minimum": "1"}), "is no JSON Schema"),
    "a parameter that allows nothing": (_value(False), "allows no value at all"),
    "an empty enum": (_value({"enum": []}), "is empty"),
    "an enum of fractions": (_value({"enum": [0.5]}), "lists the value 0.5"),
    "a pattern the client cannot run": (
        _value({"type": "string", "pattern": "(?=a)"}),
        "no pattern the client can run",
    ),
    "a rule that says nothing": (
        document({"/a": {"post": operation({"a": {}}, body={"if": {}, "then": {"required": ["a"]}})}}),
        "says nothing",
    ),
    "a rule of bounds": (
        document(
            {
                "/a": {
                    "post": operation(
                        {"a": {}, "b": {}},
                        body={"if": {"required": ["a"]}, "then": {"properties": {"b": {"minimum": 3}}}},
                    )
                }
            }
        ),
        "is no const or enum",
    ),
    "a rule that holds where nothing is given": (
        document(
            {
                "/a": {
                    "post": operation(
                        {"a": {}, "b": {}},
                        body={"if": {"properties": {"a": {"const": 1}}}, "then": {"required": ["b"]}},
                    )
                }
            }
        ),
        "holds too where 'a' is left out",
    ),
    "a rule over what is not there": (
        document({"/a": {"post": operation({"a": {}}, body={"dependentRequired": {"a": ["b"]}})}}),
        "speaks of 'b'",
    ),
    "a required property that is not there": (
        document({"/a": {"post": operation({}, body={"required": ["b"]})}}),
        "requires 'b'",
    ),
    "an unknown word in x-python": (_get(**{"x-python": {"methd": "a"}}), "x-python"),
    "a method name that is code": (_get(**{"x-python": {"method": "a(); b"}}), "x-python"),
    "an unknown wire form": (_value({"type": "string", "x-wire": "base64"}), "x-wire"),
    "a task without states": (_get(**{"x-task": {**TASK, "states": {}}}), "x-task"),
    "a task that nothing reports on": (_get(**{"x-task": {**TASK, "result": "no"}}), "there is no operation 'no'"),
    "a report of which the id's place is unclear": (_get(**{"x-task": TASK}), "which parameter"),
    "a report that needs more than the id": (
        document(
            {"/paint": {"post": STARTS}, "/see": {"get": {**GET, "parameters": [_required("id"), _required("app")]}}}
        ),
        "asks 'see', which also requires 'app'",
    ),
    "a class the runtime has": ({**document(), "x-python": {"client": "NotFound"}}, "both give the name NotFound"),
    "a class that generated code imports": ({**document(), "x-python": {"client": "APIClient"}}, "is taken"),
    "an unknown error": (
        {**document(), "x-error-codes": {"at": {"code": "/c", "success": ["0"]}, "codes": {"1": {"error": "Oops"}}}},
        "x-error-codes",
    ),
    "a security scheme that is not there": ({**document(), "security": [{"no": []}]}, "is not defined"),
    "a security scheme we have not": (
        {
            **document(),
            "security": [{"a": []}],
            "components": {"securitySchemes": {"a": {"type": "apiKey", "in": "query", "name": "key"}}},
        },
        "is a scheme that is not supported",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_document_is_refused(case: str) -> None:
    root, words = WRONG[case]
    found = [str(fault) for fault in faults(root)]
    assert any(words in line for line in found), found
    assert all("\n" not in line and line.startswith(("painter.json", "/")) for line in found)


def _body(**body: Any) -> dict[str, Any]:
    return document({"/paint": {"post": operation({"a": {}, "b": {}}, body=body)}})


def _header(argument: str) -> dict[str, Any]:
    header = {"name": "X-User", "in": "header", "schema": {"type": "string"}}
    return {**header, "x-python": {"client_argument": argument}}


def _both(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return document({"/a": {"get": {**GET, **one}}, "/b": {"get": {**GET, "operationId": "look", **other}}})


def _numbers(enum: str = "Pen", **names: str) -> dict[str, Any]:
    return {"type": "integer", "x-python": {"enum": enum, "names": {key[1:]: word for key, word in names.items()}}}


def _secured(security: Any, **schemes: dict[str, Any]) -> dict[str, Any]:
    return {**document(), "security": security, "components": {"securitySchemes": schemes}}


def _key(argument: str, variable: str = "KEY", name: str = "X-Key") -> dict[str, Any]:
    plain = {"argument": argument, "variable": variable}
    return {"type": "apiKey", "in": "header", "name": name, "x-python": {"plain": plain}}


def _makes(name: str, output: str) -> dict[str, Any]:
    task = {"kind": "generate", "reply": {"result": ""}, "output": f"#/components/schemas/{output}"}
    return {"x-task": task, "x-python": {"returns": name}}


THREE = {"$ref": "#/components/schemas/3D"}
MADE = {"components": {"schemas": {name: {"type": "object"} for name in ("One", "Two")}}}
ALSO_WRONG: dict[str, tuple[Any, str]] = {
    "an allOf that says a bound twice": (
        _value({"allOf": [{"minimum": 1}, {"minimum": 2}]}),
        "restricts 'minimum' twice",
    ),
    "a bound beside anyOf": (
        _value({"anyOf": [{"type": "string"}], "maxLength": 3}),
        "stands beside anyOf: 'maxLength'",
    ),
    "a step that is no whole number": (_value({"type": "number", "multipleOf": 0.1}), "is no whole number"),
    "values of any name beside named ones": (
        _value({"type": "object", "properties": {"a": {}}, "additionalProperties": {"type": "string"}}),
        "stands beside properties",
    ),
    "a wrapper that is not there": (
        document({"/a": {"post": operation({}, **{"x-python": {"body": "/data"}})}}),
        "has no property 'data' as x-python.body says",
    ),
    "a keyword over all parameters": (_body(minProperties=1), "uses 'minProperties' over the parameters"),
    "keywords without a name": (_body(additionalProperties={"type": "string"}), "allows keywords without a name"),
    "a property in two parts": (_body(allOf=[{"properties": {"a": {"type": "string"}}}]), "defines 'a' again"),
    "an if without then": (_body(**{"if": {"required": ["a"]}}), "has `if` without `then`"),
    "a then without if": (_body(then={"required": ["a"]}), "has `if` without `then`"),
    "a keyword in a rule": (
        _body(**{"if": {"required": ["a"], "minProperties": 1}, "then": {"required": ["b"]}}),
        "uses 'minProperties' in a rule",
    ),
    "a step through a number": (
        _value({"$ref": "#/info/title/x"}),
        "refers to '#/info/title/x', which is not there",
    ),
    "a step beyond the end of a list": (_value({"$ref": "#/servers/1"}), "refers to '#/servers/1', which is not there"),
    "a client argument that every client has": (_get(parameters=[_header("timeout")]), "which every constructor has"),
    "two arguments for one header": (
        _both({"parameters": [_header("user")]}, {"parameters": [_header("person")]}),
        "gives X-User a second argument",
    ),
    "a parameter without a schema": (
        _get(parameters=[{"name": "a", "in": "query", "content": {"a/b": {}}}]),
        "content of its own",
    ),
    "a header that is none": (_row(**{"in": "header", "name": "a b"}), "which is no header"),
    "two numbers of one name": (_value(_numbers(_1="INK", _2="INK")), "names two numbers INK"),
    "one enum with other names": (
        document({"/a": {"post": operation({"a": _numbers(_1="INK"), "b": _numbers(_1="OIL")})}}),
        "defines Pen differently",
    ),
    "a number without a name": (_value(_numbers(_1="_")), "has a name that"),
    "a result of two schemas": ({**_both(_makes("Film", "One"), _makes("Film", "Two")), **MADE}, "has two schemas"),
    "results that read like twins": (
        {**_both(_makes("Film", "One"), _makes("AsyncFilm", "One")), **MADE},
        "results Film and AsyncFilm collide",
    ),
    "a reply of which a pointer leads nowhere": (
        _get(
            responses={
                "200": {
                    "description": "",
                    "content": {"application/json": {"schema": {"properties": {}, "additionalProperties": False}}},
                }
            },
            **{"x-python": {"reply": "/data"}},
        ),
        "has no property 'data', to which a pointer leads",
    ),
    "a reply named by a number": (
        {
            **_get(responses={"200": {"description": "", "content": {"application/json": {"schema": THREE}}}}),
            "components": {"schemas": {"3D": {"type": "object"}}},
        },
        "gives the class name '3D'",
    ),
    "two fields of one name": (
        _get(
            responses={
                "200": {
                    "description": "",
                    "content": {"application/json": {"schema": {"properties": {"pageSize": {}, "page-size": {}}}}},
                }
            }
        ),
        "gives the field page_size again",
    ),
    "a result named by a number": (
        {**_get(**{"x-task": _makes("Film", "3D")["x-task"]}), "components": {"schemas": {"3D": {"type": "object"}}}},
        "returns a class whose name",
    ),
    "servers of a path": (
        document({"/a": {"servers": [{"url": "https://b.example"}], "get": GET}}),
        "servers of its own",
    ),
    "operations that need other credentials": (
        {
            **_secured([{"a": []}], a=_key("key"), b=_key("other")),
            "paths": {"/a": {"get": {**GET, "security": [{"b": []}]}}},
        },
        "needs other credentials for some operations: b",
    ),
    "a credential that every client has": (_secured([{"a": []}], a=_key("timeout")), "gives an argument that"),
    "a credential of two variables": (
        _secured([{"a": [], "b": []}], a=_key("key", "KEY"), b=_key("key", "OTHER", "X-Other")),
        "defines key differently",
    ),
    "a credential named as a header's argument": (
        {
            **_secured([{"a": []}], a=_key("user")),
            "paths": {"/a": {"get": {**GET, "parameters": [_header("user")]}}},
        },
        "gives the argument user twice",
    ),
    "a text that is too long": (
        {**document(), "info": {"title": "x" * 100_001, "version": "1"}},
        "is longer than 100000",
    ),
    "JSON that is nested too deeply": ("[" * 100_000, "is nested too deeply"),
    "a tree that is nested too deeply": ("[" * 300 + "]" * 300, "nested too deeply"),
}


@pytest.mark.parametrize("case", ALSO_WRONG)
def test_what_cannot_become_a_client_is_refused(case: str) -> None:
    root, words = ALSO_WRONG[case]
    found = [str(fault) for fault in faults(root)]
    assert any(words in line for line in found), found


@pytest.mark.parametrize(
    "content, problem", [(b"\xff{}", "is not UTF-8"), (b" " * (20 * 1024 * 1024 + 1), "is larger than")]
)
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    (tmp_path / "a.json").write_bytes(content)
    with pytest.raises(InputFault, match=problem):
        read_catalog(tmp_path, "painters", "1")


@pytest.mark.parametrize("key", ["true", "1.5", "null"])
def test_a_key_that_is_neither_text_nor_a_whole_number_is_refused(key: str) -> None:
    found = faults(f"openapi: 3.1.0\ninfo: {{{key}: 1}}\n", "painter.yaml")
    assert [fault for fault in found if fault.problem.startswith("has the key ")] == found


def test_a_folder_in_place_of_a_document_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").mkdir()
    with pytest.raises(InputFault, match="cannot be read"):
        read_catalog(tmp_path, "painters", "1")


def test_a_version_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputFault, match=r"'1;2' is no version"):
        read_catalog(tmp_path, "painters", "1;2")


def test_dates_of_yaml_are_text_and_numbers_as_keys_are_names(tmp_path: Path) -> None:
    text = (
        "openapi: 3.1.0\ninfo: {title: Painter, version: 2026-01-31}\nservers: [{url: 'https://a.example'}]\n"
        "paths: {/a: {get: {operationId: see, responses: {200: {description: Seen.}}}}}\n"
    )
    root = read_all({"painter.yaml": text}).services[0].document
    assert root["info"]["version"] == "2026-01-31"
    assert list(root["paths"]["/a"]["get"]["responses"]) == ["200"]


UNENFORCED: dict[str, dict[str, Any]] = {
    "not": {"not": {"type": "string"}},
    "oneOf": {"oneOf": [{"type": "string"}, {"type": "integer"}]},
    "uniqueItems": {"type": "array", "uniqueItems": True},
    "contains": {"type": "array", "contains": {"const": 1}},
    "patternProperties": {"type": "object", "patternProperties": {"a": {}}},
    "minProperties": {"type": "object", "minProperties": 1},
    "prefixItems": {"type": "array", "prefixItems": [{}]},
    "if": {"if": {"const": 1}, "then": {"const": 1}},
    "$dynamicRef": {"$dynamicRef": "#a"},
    "propertyNames": {"type": "object", "propertyNames": {"maxLength": 3}},
}


@pytest.mark.parametrize("keyword", UNENFORCED)
@pytest.mark.parametrize("place", ["value", "items", "properties", "anyOf"])
def test_a_keyword_the_client_would_not_enforce_is_refused_wherever_it_stands(keyword: str, place: str) -> None:
    schema = UNENFORCED[keyword]
    if place == "items":
        schema = {"type": "array", "items": schema}
    if place == "properties":
        schema = {"type": "object", "properties": {"inner": schema}}
    if place == "anyOf":
        schema = {"anyOf": [schema]}
    assert any(f"uses '{keyword}'" in str(fault) for fault in faults(_value(schema)))


def test_every_fault_of_every_document_is_told_at_once() -> None:
    with pytest.raises(InputFault) as caught:
        read_all(
            {"a.json": {**document(), "openapi": "3.0.0"}, "b.json": _get(operationId="a;b", servers=[{"url": "x"}])}
        )
    assert {fault.file for fault in caught.value.faults} == {"a.json", "b.json"}
    assert len(caught.value.faults) == 3


def test_a_folder_without_documents_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputFault, match="holds no OpenAPI document"):
        read_catalog(tmp_path, "painters", "1")


def test_two_documents_that_want_one_name_are_refused() -> None:
    with pytest.raises(InputFault, match="both give the name"):
        read_all({"my-api.json": document(), "my_api.json": document()})


@pytest.mark.parametrize("package", ["", "a.b", "../a", "class", "a b", "contract_tests", "_x", "ﬁeld"])
def test_a_package_name_that_is_no_module_is_refused(package: str) -> None:
    with pytest.raises(InputFault, match="--package"):
        read_all({"a.json": document()}, package)


@pytest.mark.parametrize("stem", ["import-it", "3d", "a;b", "testing", "ﬁeld", "Task"])
def test_a_file_name_that_is_no_module_is_refused_or_made_one(stem: str) -> None:
    if stem == "import-it":
        assert read_all({f"{stem}.json": document()}).services[0].module == "import_it"
        return
    with pytest.raises(InputFault):
        read_all({f"{stem}.json": document()})


def test_references_that_multiply_are_stopped() -> None:
    schemas: dict[str, Any] = {"A0": {"type": "string"}}
    for level in range(1, 30):
        one = {"$ref": f"#/components/schemas/A{level - 1}"}
        schemas[f"A{level}"] = {"type": "object", "properties": {"a": one, "b": one}}
    root = {**_value({"$ref": "#/components/schemas/A29"}), "components": {"schemas": schemas}}
    assert any("without bound" in str(fault) for fault in faults(root))


def test_text_in_a_message_is_one_printable_line_of_300_characters_at_most() -> None:
    assert spec.shown("a\nb\u200bc") == r"a\nb\u200bc"
    assert spec.shown("x" * 300) == "x" * 300
    assert spec.shown("x" * 301) == "x" * 300 + "…"
