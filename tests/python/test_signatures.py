"""What a method takes: one tiny document a feature."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.python.model import RuleModel
from tests.python.support import document, only, operation, parameter, read


@pytest.mark.parametrize(
    "schema, annotation",
    [
        ({"type": "string"}, "str"),
        ({"type": "string", "format": "uri"}, "str"),
        ({"type": "integer"}, "int"),
        ({"type": "number"}, "float"),
        ({"type": "boolean"}, "bool"),
        ({}, "object"),
        ({"type": "string", "enum": ["720p", "1080p"]}, "Literal['720p', '1080p']"),
        ({"type": "integer", "enum": [1, 2]}, "Literal[1, 2]"),
        ({"const": "on"}, "Literal['on']"),
        ({"type": "array", "items": {"type": "string"}}, "list[str]"),
        ({"type": "array", "items": {"enum": ["a"]}}, "list[Literal['a']]"),
        ({"type": "object"}, "Mapping[str, object]"),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, "Mapping[str, int]"),
        ({"anyOf": [{"type": "string"}, {"type": "integer"}]}, "str | int"),
        ({"type": ["string", "integer", "null"]}, "str | int"),
        ({"type": "string", "enum": ["True", "False"], "x-wire": "boolean-word"}, "bool"),
        ({"type": "string", "enum": ["5s", "10s"], "x-wire": "seconds-text"}, "Literal['5s', '10s', 5, 10]"),
        ({"type": "string", "enum": ["1", "2"], "x-wire": "integer-text"}, "Literal['1', '2', 1, 2]"),
        ({"type": "string", "x-wire": "seconds-text"}, "int | str"),
        ({"allOf": [{"type": "string"}, {"maxLength": 3}]}, "str"),
        (
            {"type": "integer", "x-python": {"enum": "CameraMovement", "names": {"1": "pan_left"}}},
            "CameraMovement | int | str",
        ),
    ],
)
def test_a_value_has_its_natural_type(schema: dict[str, Any], annotation: str) -> None:
    assert str(parameter(schema).annotation) == annotation


def test_positional_comes_before_required_comes_before_optional_each_in_document_order() -> None:
    model = only(
        document(
            {
                "/paint": {
                    "post": operation(
                        {name: {"type": "string"} for name in ("d", "c", "b", "a")},
                        body={"required": ["b", "c"]},
                        **{"x-python": {"positional": ["a"]}},
                    )
                }
            }
        )
    )
    assert [str(item.name) for item in model.parameters] == ["a", "c", "b", "d"]


def test_a_path_parameter_is_positional_where_nothing_else_is_said() -> None:
    row = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    (result,) = only(document({"/paint/{id}": {"get": {"operationId": "see", "parameters": [row]}}})).parameters
    assert (result.name, result.location, result.positional) == ("id", "path", True)


def test_the_parameters_of_a_path_belong_to_each_of_its_operations() -> None:
    row = {"name": "page-size", "in": "query", "schema": {"type": "integer"}}
    (result,) = only(document({"/paint": {"parameters": [row], "get": {"operationId": "see"}}})).parameters
    assert (result.name, result.wire_name, result.location) == ("page_size", "page-size", "query")


def test_the_properties_of_a_wrapped_object_become_keywords() -> None:
    body = {"properties": {"data": {"type": "object", "properties": {"prompt": {"type": "string"}}}}}
    model = only(document({"/paint": {"post": operation(body=body, **{"x-python": {"body": "/data"}})}}))
    assert [str(item.name) for item in model.parameters] == ["prompt"]
    assert model.body_at == "/data"


def test_an_operation_without_a_body_sends_none() -> None:
    assert only(document({"/paint": {"post": {"operationId": "paint"}}})).body_at is None


def test_an_operation_with_an_empty_body_object_sends_one() -> None:
    assert only(document()).body_at == ""


def test_a_header_with_a_client_argument_goes_to_the_constructor() -> None:
    row = {
        "name": "X-User",
        "in": "header",
        "description": "Who calls",
        "schema": {"type": "string"},
        "x-python": {"client_argument": "user_id"},
    }
    service = read(document({"/paint": {"get": {"operationId": "see", "parameters": [row]}}}))
    assert service.client_headers == {"X-User": "user_id"}
    assert service.header_docs["X-User"].text == "Who calls."
    assert service.operations[0].parameters == ()


def test_references_are_written_out() -> None:
    schemas = {"Prompt": {"type": "string", "maxLength": 9}}
    root = document(
        {"/paint": {"post": operation({"prompt": {"$ref": "#/components/schemas/Prompt"}})}},
        components={"schemas": schemas},
    )
    assert only(root).parameters[0].schema == {"type": "string", "maxLength": 9}


def test_a_parameter_knows_its_default_and_its_place() -> None:
    item = parameter({"type": "integer", "default": 3})
    assert item.default == 3
    assert item.pointer == "/paths/~1paint/post/requestBody/content/application~1json/schema/properties/value"


RULES: list[tuple[dict[str, Any], RuleModel]] = [
    (
        {
            "if": {"properties": {"kind": {"const": "2"}}, "required": ["kind"]},
            "then": {"required": ["image"]},
        },
        RuleModel({"kind": ("2",)}, ("image",), {}, ""),
    ),
    (
        {
            "if": {"properties": {"kind": {"enum": ["1", "2"]}}, "required": ["kind"]},
            "then": {"properties": {"image": {"enum": ["a", "b"]}}},
        },
        RuleModel({"kind": ("1", "2")}, (), {"image": ("a", "b")}, ""),
    ),
    ({"dependentRequired": {"kind": ["image"]}}, RuleModel({"kind": ()}, ("image",), {}, "")),
    ({"if": {"required": ["kind"]}, "then": {"required": ["image"]}}, RuleModel({"kind": ()}, ("image",), {}, "")),
    ({"anyOf": [{"required": ["kind"]}, {"required": ["image"]}]}, RuleModel({}, (), {}, "", ("kind", "image"))),
]


@pytest.mark.parametrize("inside", [False, True], ids=["itself", "in allOf"])
@pytest.mark.parametrize("schema, rule", RULES)
def test_a_rule_over_several_parameters(schema: dict[str, Any], rule: RuleModel, inside: bool) -> None:
    properties = {"kind": {"type": "string"}, "image": {"type": "string"}}
    model = only(document({"/paint": {"post": operation(properties, body={"allOf": [schema]} if inside else schema)}}))
    stated = [(row.when, row.required, row.allowed, row.any_of) for row in model.rules]
    assert stated == [(rule.when, rule.required, rule.allowed, rule.any_of)]


@pytest.mark.parametrize("options", [[{"required": ["kind", "image"]}, {"required": ["kind"]}], [{}, {"required": []}]])
def test_alternatives_that_ask_for_several_parameters_are_left_to_the_service(options: list[Any]) -> None:
    properties = {"kind": {"type": "string"}, "image": {"type": "string"}}
    model = only(document({"/paint": {"post": operation(properties, body={"anyOf": options})}}))
    assert model.rules == ()


@pytest.mark.parametrize(
    "schema, words",
    [
        ({"type": "integer", "minimum": 512, "maximum": 2048}, "512 to 2,048."),
        ({"type": "number", "exclusiveMinimum": 0, "maximum": 1}, "More than 0 and at most 1."),
        ({"type": "string", "minLength": 1, "maxLength": 2000}, "1 to 2,000 characters."),
        ({"type": "string", "enum": ["a", "b"], "default": "a"}, "One of a, b. Default: a."),
        ({"type": "integer", "multipleOf": 8}, "A multiple of 8."),
        (
            {"type": "array", "items": {"type": "integer", "minimum": 2}, "maxItems": 1},
            "At most 1 item. Each at least 2.",
        ),
        ({"type": "string", "description": "How large"}, "How large."),
        (
            {"type": "string", "x-disputed": [{"reading": "default is 1", "sources": ["a:1"]}, {"reading": "none"}]},
            "The documents disagree: some say default is 1, others say none.",
        ),
        (
            {
                "type": "string",
                "x-media": {
                    "kind": "image",
                    "formats": ["png", "jpeg"],
                    "bytes": {"minimum": 0, "maximum": 20_000_000},
                    "width": {"exclusiveMinimum": 512, "exclusiveMaximum": 2048},
                    "aspect": {"minimum": "1:2", "maximum": "2:1"},
                    "same_size_as": "value",
                },
            },
            "PNG or JPEG, at most 20 MB, more than 512 and less than 2,048 pixels wide, 1:2 to 2:1 width to height, "
            "of the size of value.",
        ),
    ],
)
def test_the_docstring_says_what_is_allowed(schema: dict[str, Any], words: str) -> None:
    assert " ".join(text for _, text in parameter(schema).sentences) == words


def test_a_rule_stands_at_the_parameter_that_it_limits() -> None:
    rule = {
        "if": {"properties": {"size": {"const": "L"}}, "required": ["size"]},
        "then": {"required": ["paper"], "properties": {"paper": {"enum": ["thick", "rough"]}}},
    }
    properties = {"size": {"type": "string"}, "paper": {"type": "string"}}
    model = only(document({"/paint": {"post": operation(properties, body=rule)}}))
    assert [text for _, text in model.parameters[1].sentences] == [
        "Required if size is L.",
        "Only thick or rough if size is L.",
    ]


def test_what_stands_outside_the_body_is_required_only_where_that_is_said() -> None:
    places = [
        ("id", "path", {"required": True}),
        ("lang", "query", {}),
        ("mode", "query", {"required": True}),
        ("X-Note", "header", {}),
    ]
    parameters = [{"name": name, "in": place, "schema": {"type": "string"}, **more} for name, place, more in places]
    model = only(document({"/paint/{id}": {"post": operation({"a": {}}, parameters=parameters)}}))
    assert {item.wire_name: (item.location, item.required, item.positional) for item in model.parameters} == {
        "id": ("path", True, True),
        "lang": ("query", False, False),
        "mode": ("query", True, False),
        "X-Note": ("header", False, False),
        "a": ("body", False, False),
    }


INNER = {"type": "object", "properties": {"deep-name": {"type": "string"}, "$more": {"type": "integer"}}}


@pytest.mark.parametrize(
    "shape, note",
    [
        (INNER, ""),
        ({**INNER, "additionalProperties": {"type": "string"}}, ""),
        ({"type": "object", "properties": {"a b": {}}}, ""),
        ({"type": "object", "properties": {"a": {}}, "required": ["b"]}, ""),
        ({"type": "object", "properties": {"a-b": {}, "a_b": {}}}, "'a_b' reads like another name"),
    ],
)
def test_an_object_inside_a_parameter_keeps_the_names_of_its_properties(shape: dict[str, Any], note: str) -> None:
    service = read(document({"/paint": {"post": operation({"shape": shape})}}))
    assert str(service.operations[0].parameters[0].name) == "shape"
    assert [row.problem for row in service.notes] == ([note] if note else [])


def test_what_a_part_of_the_body_asks_for_is_asked_for() -> None:
    part = {"type": "object", "required": ["b"], "properties": {"b": {"type": "string"}, "c": {"type": "string"}}}
    model = only(document({"/paint": {"post": operation({"a": {"type": "string"}}, body={"allOf": [part]})}}))
    assert {item.wire_name: item.required for item in model.parameters} == {"a": False, "b": True, "c": False}


def test_what_stands_in_a_part_of_the_body_is_pointed_at_there() -> None:
    part = {"type": "object", "properties": {"size": {"type": "integer"}}}
    (row,) = only(document({"/paint": {"post": operation(body={"allOf": [part]})}})).parameters
    assert row.pointer == "/paths/~1paint/post/requestBody/content/application~1json/schema/allOf/0/properties/size"
