"""What a method returns: open models under names that we decide, and the life of a task."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from codegen.faults import InputFault
from codegen.python import docstrings
from tests.python.support import document, of_get, only, operation, read


def classes(source: str) -> dict[str, list[str]]:
    """Return the classes of a module by name, each with its fields."""
    result = (node for node in ast.parse(source).body if isinstance(node, ast.ClassDef))
    return {node.name: [ast.unparse(row) for row in node.body if isinstance(row, ast.AnnAssign)] for node in result}


def _see(schema: Any, python: dict[str, Any] | None = None, **schemas: Any) -> dict[str, Any]:
    reply = {"description": "Seen.", "content": {"application/json": {"schema": schema}}}
    node = {"operationId": "see", "x-python": python or {}, "responses": {"200": reply}}
    return document({"/see": {"get": node}}, components={"schemas": schemas})


def test_a_component_gives_its_name() -> None:
    service = read(_see({"$ref": "#/components/schemas/picture"}, picture={"type": "object"}))
    assert service.operations[0].returns == "Picture"
    assert classes(service.models) == {"Picture": []}


def test_a_schema_without_a_name_is_named_after_the_operation() -> None:
    assert read(_see({"type": "object"})).operations[0].returns == "SeeReply"


def test_the_document_may_name_what_is_returned_and_where_it_is() -> None:
    schema = {
        "type": "object",
        "properties": {"data": {"type": "object", "properties": {"credits": {"type": "integer"}}}},
    }
    service = read(_see(schema, {"reply": "/data", "returns": "Credits"}))
    assert service.operations[0].reply_at == "/data"
    assert classes(service.models) == {"Credits": ["credits: int | None = None"]}


def test_a_success_without_a_body_returns_nothing() -> None:
    service = read(
        document({"/see": {"delete": {"operationId": "see", "responses": {"204": {"description": "Gone."}}}}})
    )
    assert service.operations[0].reply.kind == "none"


@pytest.mark.parametrize(
    "schema, kept",
    [
        ({"type": "string", "enum": ["a"], "maxLength": 3}, "str | None"),
        ({"type": ["string", "null"]}, "str | None"),
        ({"oneOf": [{"type": "string"}, {"type": "integer"}]}, "str | int | None"),
        ({"type": "array", "items": {"const": 1}}, "list[int] | None"),
        ({"type": "object"}, "dict[str, Any] | None"),
        ({"not": {}}, "Any"),
    ],
)
def test_of_a_reply_only_names_and_types_are_kept(schema: Any, kept: Any) -> None:
    service = read(_see({"type": "object", "properties": {"value": schema}}))
    assert classes(service.models)["SeeReply"] == [f"value: {kept} = None"]


def test_objects_inside_get_names_that_we_decide() -> None:
    inner = {"type": "object", "properties": {"at": {"type": "number"}}}
    schema = {"type": "object", "properties": {"one": inner, "many": {"type": "array", "items": inner}}}
    assert set(classes(read(_see(schema)).models)) == {"SeeReply", "SeeReplyOne", "SeeReplyManyItem"}


def test_a_model_may_refer_to_itself() -> None:
    tree = {
        "type": "object",
        "properties": {"children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}},
    }
    service = read(_see({"$ref": "#/components/schemas/Tree"}, Tree=tree))
    assert "children: list[Tree] | None = None" in service.models


def test_all_parts_of_allof_are_in_the_model() -> None:
    base = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}
    schema = {"allOf": [{"$ref": "#/components/schemas/Base"}, {"properties": {"b": {"type": "string"}}}]}
    result = classes(read(_see(schema, Base=base)).models)["SeeReply"]
    assert sorted(result) == ["a: str", "b: str | None = None"]


def test_a_post_without_a_lifecycle_returns_its_typed_reply() -> None:
    result = read(document()).operations[0]
    assert (result.kind, result.media, result.returns) == ("generate", "", "PaintReply")


@pytest.mark.parametrize("filled", [{"parameters": {"query.key": "$x"}}, {"requestBody": {"key": "$x"}}])
def test_a_link_says_which_parameter_takes_the_id_of_a_task(filled: dict[str, Any]) -> None:
    rows: list[dict[str, Any]] = [
        {"name": name, "in": "query", "required": False, "schema": {"type": "string"}} for name in ("app", "key")
    ]
    look: dict[str, Any] = {
        "operationId": "look",
        "parameters": rows,
        "responses": {"200": {"description": "How far it is."}},
    }
    task = {"kind": "submit", "id": "/id", "result": "look", "reply": {"status": "/s"}, "states": {"1": "queued"}}
    links: dict[str, Any] = {"look": {"operationId": "look", **filled}}
    paint = {**operation(), "x-task": task, "responses": {"200": {"description": "Started.", "links": links}}}
    painted = read(document({"/paint": {"post": paint}, "/look": {"get": look}})).operations[0]
    assert painted.task is not None
    assert (painted.task.poll, painted.task.poll_argument) == ("look", "key_")


def test_of_two_required_parameters_none_is_taken_for_the_id_of_a_task() -> None:
    rows = [{"name": name, "in": "query", "required": True, "schema": {"type": "string"}} for name in ("app", "key")]
    look = {"operationId": "look", "parameters": rows, "responses": {"200": {"description": "How far it is."}}}
    task = {"kind": "submit", "id": "/id", "result": "look", "reply": {"status": "/s"}, "states": {"1": "queued"}}
    paint = {**operation(), "x-task": task}
    with pytest.raises(InputFault) as caught:
        read(document({"/paint": {"post": paint}, "/look": {"get": look}}))
    (fault,) = caught.value.faults
    assert fault.place.startswith("/paths/~1paint/post/x-task")


def test_a_parameter_that_nothing_is_said_of_says_where_it_goes() -> None:
    rows: list[Any] = [{"name": "app", "in": place, "required": True, "schema": {}} for place in ("query", "header")]
    look = {"operationId": "look", "parameters": rows, "responses": {"200": {"description": "How far it is."}}}
    (result,) = read(document({"/look": {"get": look}})).operations
    texts = [docstrings.parameter(item).text for item in result.parameters]
    assert texts == ["In the query.", "Sent as app in the header."]


STATUSES = [
    ("400", "BadRequest"),
    ("401", "AuthenticationError"),
    ("402", "InsufficientCredits"),
    ("403", "AuthenticationError"),
    ("404", "NotFound"),
    ("409", "BadRequest"),
    ("429", "RateLimited"),
    ("499", "BadRequest"),
    ("500", "ServerError"),
    ("503", "ServerError"),
]


@pytest.mark.parametrize("status, name", STATUSES)
def test_a_documented_status_is_an_error_by_the_rules_of_http(status: str, name: str) -> None:
    root = _see({"type": "object"})
    root["paths"]["/see"]["get"]["responses"][status] = {"description": "It goes wrong."}
    (error,) = read(root).operations[0].errors
    assert (error.code, error.error, error.channel) == (status, name, "http")
    assert error.retry == ("after_delay" if status == "429" else "never")


def test_what_stands_beside_allof_is_in_the_model_too() -> None:
    schema = {"allOf": [{"properties": {"a": {"type": "integer"}}}], "properties": {"b": {"type": "string"}}}
    source = read(_see(schema)).models
    assert "a: int | None = None" in source
    assert "b: str | None = None" in source


def test_documented_statuses_of_an_operation_are_errors_by_the_rules_of_http() -> None:
    root = _see({"type": "object"})
    root["paths"]["/see"]["get"]["responses"]["429"] = {"description": "Slow down."}
    (error,) = read(root).operations[0].errors
    assert (error.code, error.error, error.retry, error.channel) == ("429", "RateLimited", "after_delay", "http")


def test_a_required_name_that_nothing_defines_has_a_field_of_its_own() -> None:
    schema = {"type": "object", "required": ["name"], "properties": {"Name": {"type": "string"}}}
    assert classes(read(_see(schema)).models)["SeeReply"] == [
        "name: Annotated[str | None, Field(alias='Name')] = None",
        "name_2: Annotated[Any, Field(alias='name')] = None",
    ]


def test_a_mapping_beside_a_class_is_a_class_of_its_own_and_the_status_decides() -> None:
    # A mapping takes every object: the fields of the other reply would be lost.
    def row(schema: dict[str, Any]) -> dict[str, Any]:
        return {"description": "Done.", "content": {"application/json": {"schema": schema}}}

    empty = {"type": "object", "properties": {}, "additionalProperties": False}
    run = {"type": "object", "properties": {"run_id": {"type": "integer"}}}
    model = only(of_get(responses={"200": row(empty), "202": row(run)}))
    assert {status: str(name) for status, name in model.reply.by_status.items()} == {
        "200": "SeeReply",
        "202": "SeeReply2",
    }
