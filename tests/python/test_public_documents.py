"""What public documents do, and few of our own: each was the fault of a document that many people use."""

from __future__ import annotations

import ast
import sys
import types
from typing import Any

import pytest

from codegen.python.render import client_files
from tests.python.support import document, faults, only, operation, read, read_all


def _see(schema: Any, **schemas: Any) -> dict[str, Any]:
    reply = {"description": "Seen.", "content": {"application/json": {"schema": schema}}}
    node = {"operationId": "see", "responses": {"200": reply}}
    return document({"/see": {"get": node}}, components={"schemas": schemas})


def _module(source: str) -> types.ModuleType:
    """Execute a module of models without its package."""
    tree = ast.parse(source)
    for row in tree.body:
        if isinstance(row, ast.ImportFrom) and row.level:
            row.level, row.module = 0, f"codegen.package.{row.module}"
    module = types.ModuleType("models_of_a_stranger")
    sys.modules[module.__name__] = module
    try:
        exec(compile(tree, "models", "exec"), vars(module))
    finally:
        del sys.modules[module.__name__]
    return module


def test_a_union_that_holds_itself_has_a_class() -> None:
    tree = {
        "oneOf": [
            {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Tree"}}},
            {"type": "object", "properties": {"leaf": {"type": "string"}}},
        ]
    }
    reply = {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/Tree"}}}
    models = _module(read(_see(reply, Tree=tree)).models)
    assert models.SeeReply.model_validate({"a": {"next": {"leaf": "b"}}}).a.next.leaf == "b"


def test_a_tagged_union_as_the_whole_reply_is_a_plain_type_in_the_signature() -> None:
    kinds = {name: {"type": "object", "properties": {"kind": {"const": name}}} for name in ("cat", "dog")}
    options = [{"$ref": f"#/components/schemas/{name}"} for name in kinds]
    union = {"oneOf": options, "discriminator": {"propertyName": "kind"}}
    reply = only(_see(union, **kinds)).reply
    assert reply.type.replace("\0", "") == "Cat | Dog | UnknownVariant"
    assert "decided_by('kind', ('cat', 'dog'))" in read(_see(union, **kinds)).models.replace('"', "'")


def test_an_empty_enum_is_left_out_and_said() -> None:
    service = read(document({"/paint": {"post": operation({"kind": {"type": "string", "enum": []}})}}))
    assert service.operations[0].parameters[0].type == "StrictStr"
    assert any("empty enum" in note.problem for note in service.notes)


def test_a_property_that_is_required_and_not_defined_is_asked_for() -> None:
    owner = {"type": "object", "properties": {"login": {"type": "string"}}, "required": ["id"]}
    arguments = read(document({"/paint": {"post": operation({"owner": owner}, body={"required": ["size"]})}})).arguments
    assert "    id: Any\n" in arguments
    assert "    size: Any\n" in arguments


@pytest.mark.parametrize(
    "path, sent, note",
    [
        ("/files/{id}#shared", "/files/{id}", "has the fragment 'shared' in its path"),
        ("/files/{id}?beta=true", "/files/{id}?beta=true", "has the query 'beta=true' in its path"),
        ("/files/{id}?beta=true#shared", "/files/{id}?beta=true", "has the fragment 'shared' in its path"),
        ("/files/{id}?", "/files/{id}", None),
    ],
)
def test_a_path_may_have_a_fragment_and_a_query(path: str, sent: str, note: str | None) -> None:
    service = read(document({path: {"get": {"operationId": "see", "responses": {"200": {"description": "Seen."}}}}}))
    assert service.operations[0].path == sent
    assert note is None or note in [row.problem for row in service.notes]


def test_two_schemas_may_narrow_one_property_of_a_common_base() -> None:
    base = {
        "type": "object",
        "properties": {"stream": {"type": "boolean"}, "to": {"$ref": "#/components/schemas/Place"}},
    }
    place = {"type": "object", "properties": {"name": {"type": "string"}}}

    def narrowed(stream: bool, least: int) -> dict[str, Any]:
        more = {"stream": {"enum": [stream]}, "to": {"properties": {"name": {"minLength": least}}}}
        body = {"allOf": [{"$ref": "#/components/schemas/Base"}, {"type": "object", "properties": more}]}
        node = {"operationId": f"paint_{stream}", "responses": {"200": {"description": "Done."}}}
        return {**node, "requestBody": {"content": {"application/json": {"schema": body}}}}

    paths = {"/a": {"post": narrowed(True, 1)}, "/b": {"post": narrowed(False, 2)}}
    service = read(document(paths, components={"schemas": {"Base": base, "Place": place}}))
    assert [str(item.parameters[0].type) for item in service.operations] == [
        "Annotated[Any, OneOf((True,))]",
        "Annotated[Any, OneOf((False,))]",
    ]
    assert [f"min_length={least}" in service.arguments for least in (1, 2)] == [True, True]


def test_a_circle_that_two_schemas_narrow_has_an_end() -> None:
    base = {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Base"}, "a": {"type": "string"}}}
    more = {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/More"}, "b": {"type": "string"}}}
    schemas = {"Base": base, "More": {"allOf": [{"$ref": "#/components/schemas/Base"}, more]}}
    service = read(_see({"$ref": "#/components/schemas/More"}, **schemas))
    models = _module(service.models)
    result = models.More.model_validate({"next": {"next": {"b": "x"}}})
    assert result.next.next.b == "x"


def test_a_discriminator_without_a_mapping_goes_by_what_its_options_say() -> None:
    kinds = {
        f"{name.title()}Message": {"type": "object", "properties": {"role": {"enum": [name]}}, "required": ["role"]}
        for name in ("user", "tool")
    }
    options = [{"$ref": f"#/components/schemas/{name}"} for name in kinds]
    union = {"oneOf": options, "discriminator": {"propertyName": "role"}}
    paths = {"/paint": {"post": operation({"message": union})}}
    (result,) = read(document(paths, components={"schemas": kinds})).operations[0].parameters
    assert [f"Tag({word!r})" in result.type.replace('"', "'") for word in ("user", "tool")] == [True, True]


def test_what_a_part_requires_is_sent_though_another_says_that_it_is_read_only() -> None:
    base = {"type": "object", "properties": {"type": {"type": "string", "readOnly": True}}}
    own = {"type": "object", "properties": {"type": {"enum": ["team"]}}, "required": ["type"]}
    team = {"allOf": [{"$ref": "#/components/schemas/Base"}, own]}
    service = read(document({"/paint": {"post": operation({"team": team})}}, components={"schemas": {"Base": base}}))
    assert "type_: Annotated[Literal['team'], Field(alias='type')]" in service.arguments.replace('"', "'")


@pytest.mark.parametrize("wrong", [{"enum": 5}, {"anyOf": 5}, {"examples": 5}, {"oneOf": {}}, {"enum": "abc"}])
def test_a_reference_to_what_is_no_schema_is_a_fault_wherever_it_is_merged(wrong: dict[str, Any]) -> None:
    schemas = {"A": {"allOf": [{"$ref": "#/components/schemas/B"}]}, "B": wrong}
    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}}
    node = {"operationId": "paint", "requestBody": body, "responses": {"200": {"description": "Done."}}}
    rows = faults(document({"/paint": {"post": node}}, components={"schemas": schemas}))
    assert any("is not a JSON Schema" in fault.problem for fault in rows)


def test_a_default_beside_an_odd_type_is_no_error_of_ours() -> None:
    (fault,) = faults(document({"/paint": {"post": operation({"size": {"type": [5, {}], "default": {}}})}}))
    assert "is not a JSON Schema" in fault.problem


def test_a_task_whose_document_has_no_models_needs_none() -> None:
    task = {"kind": "submit", "status_url": "/ask", "reply": {"status": "/s"}, "states": {"done": "succeeded"}}
    root = document({"/paint": {"post": operation({"size": {"type": "string"}}, **{"x-task": task})}})
    files = client_files(read_all({"painter.json": root}))
    assert "painter/models.py" not in files
    assert "import models" not in files["painter/results.py"]


def test_null_is_not_allowed_where_one_of_two_parts_forbids_it() -> None:
    parts = [{"type": "integer"}, {"anyOf": [{"type": "integer", "maximum": 5}, {"type": "null"}]}]
    result = only(document({"/paint": {"post": operation({"size": {"allOf": parts}, "left": parts[1]})}})).parameters
    assert {item.wire_name: item.nullable for item in result} == {"size": False, "left": True}
