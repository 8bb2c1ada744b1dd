"""Documents as people write them: 3.0, several files, small faults, and what would make a reader hang."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from codegen.faults import InputFault
from codegen.openapi import loader, validation
from codegen.python.read import read_catalog
from tests.python.support import document, faults, of_value, operation, read


def _value(schema: Any, version: str = "3.0.3") -> Any:
    """Return the lifted schema of one property."""
    root = {**of_value(schema), "openapi": version}
    content = read(root).document["paths"]["/paint"]["post"]["requestBody"]["content"]
    return content["application/json"]["schema"]["properties"]["value"]


@pytest.mark.parametrize(
    "old, new",
    [
        ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
        ({"type": "string", "enum": ["a"], "nullable": True}, {"type": ["string", "null"], "enum": ["a", None]}),
        ({"type": "integer", "minimum": 3, "exclusiveMinimum": True}, {"type": "integer", "exclusiveMinimum": 3}),
        ({"type": "integer", "minimum": 3, "exclusiveMinimum": False}, {"type": "integer", "minimum": 3}),
        ({"type": "string", "example": "a"}, {"type": "string", "examples": ["a"]}),
        (
            {"allOf": [{"type": "string"}], "nullable": True},
            {"anyOf": [{"allOf": [{"type": "string"}]}, {"type": "null"}]},
        ),
    ],
)
def test_a_schema_of_3_0_is_lifted_to_3_1(old: Any, new: Any) -> None:
    assert _value(old) == new


def test_what_stands_beside_a_reference_of_3_0_has_no_meaning() -> None:
    root = {**of_value({"$ref": "#/components/schemas/A", "maxLength": 1}), "openapi": "3.0.0"}
    root["components"] = {"schemas": {"A": {"type": "string"}}}
    assert read(root).operations[0].parameters[0].type == "StrictStr"
    root["openapi"] = "3.1.0"
    assert "max_length=1" in read(root).operations[0].parameters[0].type


def test_each_reference_on_the_way_to_a_schema_counts_with_what_stands_beside_it() -> None:
    root = document({"/paint": {"post": operation({"value": {"$ref": "#/components/schemas/C"}})}})
    body = root["paths"]["/paint"]["post"]["requestBody"]["content"]["application/json"]
    body["schema"] = {"$ref": "#/components/schemas/C", "dependentRequired": {"z": ["x"]}}
    root["components"] = {
        "schemas": {
            "A": {"type": "object", "properties": {"x": {"type": ["string", "integer"]}, "z": {"type": "string"}}},
            "B": {"$ref": "#/components/schemas/A", "required": ["x"], "dependentRequired": {"x": ["y"]}},
            "C": {"$ref": "#/components/schemas/B", "properties": {"x": {"type": "string"}, "y": {"type": "string"}}},
        }
    }
    (model,) = read(root).operations
    assert {one.name: one.required for one in model.parameters} == {"x": True, "y": False, "z": False}
    assert next(one for one in model.parameters if one.name == "x").type == "StrictStr"
    assert {(tuple(rule.when), rule.required) for rule in model.rules} == {(("z",), ("x",)), (("x",), ("y",))}


@pytest.mark.parametrize("second", [{}, {"required": ["x"]}])
def test_references_in_a_circle_have_one_fault_whatever_stands_beside_them(second: dict[str, Any]) -> None:
    root = document({"/paint": {"post": operation({"value": {"$ref": "#/components/schemas/A"}})}})
    root["components"] = {
        "schemas": {
            "A": {"$ref": "#/components/schemas/B", "dependentRequired": {"x": ["y"]}},
            "B": {"$ref": "#/components/schemas/A", **second},
        }
    }
    body = root["paths"]["/paint"]["post"]["requestBody"]["content"]["application/json"]
    body["schema"] = {"$ref": "#/components/schemas/A"}
    assert "refers to itself" in {fault.problem for fault in faults(root)}


def test_a_file_of_the_folder_is_part_of_the_document(tmp_path: Path) -> None:
    root = of_value({"$ref": "parts/my%20schemas.yaml#/Tree"})
    (tmp_path / "painter.json").write_text(json.dumps(root))
    (tmp_path / "parts").mkdir()
    tree = "Tree: {type: object, properties: {children: {type: array, items: {$ref: '#/Tree'}}}}\n"
    (tmp_path / "parts" / "my schemas.yaml").write_text(tree)
    (service,) = read_catalog(tmp_path, "painters", "1").services
    assert "children: list[Tree]" in service.arguments


def _folder(path: Path, **files: Any) -> Path:
    """Write files into a folder, __ in their names for the slash of a folder in it."""
    for name, root in files.items():
        file = path / (name.replace("__", "/") + ".yaml")
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(root))
    return path


@pytest.mark.parametrize(
    "reference",
    ["https://shop.example/specs/parts/tree.yaml#/Tree", "/specs/parts/tree.yaml#/Tree", "parts/tree.yaml#/Tree"],
)
def test_a_file_is_found_by_its_url_where_the_document_says_its_own(tmp_path: Path, reference: str) -> None:
    root = {**of_value({"$ref": reference}), "openapi": "3.2.0", "$self": "https://shop.example/specs/painter.yaml"}
    back = {"$ref": "https://shop.example/specs/parts/leaf.yaml"}
    tree = {"Tree": {"type": "object", "properties": {"leaf": back}}}
    leaf = {"type": "object", "properties": {"green": {"type": "boolean"}}}
    folder = _folder(tmp_path, painter=root, parts__tree=tree, parts__leaf=leaf)
    (service,) = read_catalog(folder, "painters", "1").services
    assert not service.refused
    assert "green: StrictBool" in service.arguments


def test_a_url_beside_that_of_the_document_names_no_file(tmp_path: Path) -> None:
    root = {**of_value({"$ref": "https://other.example/specs/parts/leaf.yaml"}), "openapi": "3.2.0"}
    root["$self"] = "https://shop.example/specs/painter.yaml"
    with pytest.raises(InputFault, match=r"outside this document"):
        read_catalog(_folder(tmp_path, painter=root, parts__leaf={"type": "string"}), "painters", "1")


def test_a_file_to_which_only_a_file_of_another_folder_refers_is_no_document(tmp_path: Path) -> None:
    folder = _folder(
        tmp_path,
        painter=of_value({"$ref": "parts/tree.yaml"}),
        parts__tree={"type": "object", "properties": {"leaf": {"$ref": "../leaf.yaml"}}},
        leaf={"type": "object", "properties": {"green": {"type": "boolean"}}},
    )
    (service,) = read_catalog(folder, "painters", "1").services
    assert "class Leaf(BaseModel)" in service.arguments


def test_a_schema_of_3_0_is_lifted_wherever_it_stands_in_its_file(tmp_path: Path) -> None:
    root = {**of_value({"$ref": "parts.yaml#/anywhere/Leaf"}), "openapi": "3.0.3"}
    parts = {"anywhere": {"Leaf": {"type": "string", "nullable": True}}}
    (service,) = read_catalog(_folder(tmp_path, painter=root, parts=parts), "painters", "1").services
    assert service.operations[0].parameters[0].nullable


def test_a_discriminator_may_name_a_schema_by_its_file(tmp_path: Path) -> None:
    part = {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}}
    pets: dict[str, Any] = {"oneOf": [{"$ref": "cat.yaml"}, {"$ref": "./dog.yaml"}]}
    pets["discriminator"] = {"propertyName": "kind", "mapping": {"c": "./cat.yaml", "d": "dog.yaml"}}
    root = of_value(pets)
    (service,) = read_catalog(_folder(tmp_path, painter=root, cat=part, dog=part), "painters", "1").services
    assert "Tag('c')" in service.arguments
    assert "Tag('d')" in service.arguments


@pytest.mark.parametrize("target", ["../outside.yaml#/A", "/etc/passwd", "https://a.example/x.yaml", "link.yaml#/A"])
def test_no_reference_leads_out_of_the_folder(tmp_path: Path, target: str) -> None:
    folder = tmp_path / "specs"
    folder.mkdir()
    (tmp_path / "outside.yaml").write_text("A: {type: string}\n")
    (folder / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    (folder / "painter.json").write_text(json.dumps(of_value({"$ref": target})))
    with pytest.raises(InputFault, match="outside this document"):
        read_catalog(folder, "painters", "1")


@pytest.mark.parametrize(
    "schema, problem",
    [
        ({"type": "object", "required": ["a", "a"], "properties": {"a": {}}}, "requires a property twice"),
        ({"type": "number", "exclusiveMinimum": True, "minimum": 0}, "has a boolean bound"),
        ({"type": "string", "description": 5}, "has a description that is not text"),
        ({"type": "object", "discriminator": "kind"}, "has text as its discriminator"),
        ({"type": "object", "discriminator": 1}, "has a discriminator that does not name a property"),
        (
            {"type": "object", "discriminator": {"propertyName": "kind", "mapping": ["a"]}},
            "has a discriminator whose mapping is not an object",
        ),
        ({"type": "string", "examples": {"one": {"value": "a"}}}, "has named examples"),
        ({"type": "string", "description": None}, "has null as its description"),
        ({"type": None}, "has the type null without quotes"),
        ({"type": ["string", None]}, "has the type null without quotes"),
        ({"type": "string", "enum": [1, True, "a"]}, "has values in its enum that are not of its type"),
        ({"type": ["integer", "null"], "enum": ["1", None]}, "has values in its enum that are not of its type"),
    ],
)
def test_a_small_fault_with_one_meaning_is_mended_and_said(schema: Any, problem: str) -> None:
    service = read(of_value(schema))
    assert len(service.operations) == 1
    assert any(problem in note.problem for note in service.notes)


@pytest.mark.parametrize(
    "schema, values",
    [
        ({"type": "string", "enum": [1, True, "a"]}, ["1", "true", "a"]),
        ({"type": ["string", "null"], "enum": [1, None]}, ["1", None]),
        ({"type": "integer", "enum": ["1", "-2", "03"]}, [1, -2, "03"]),
        ({"enum": [1, "a"]}, [1, "a"]),
    ],
)
def test_the_values_of_an_enum_are_those_of_its_type(schema: Any, values: list[Any]) -> None:
    assert _value(schema, "3.1.0")["enum"] == values


@pytest.mark.parametrize(
    "old, new",
    [
        (
            {"$schema": "http://json-schema.org/draft-04/schema#", "maximum": 9, "exclusiveMaximum": True},
            {"exclusiveMaximum": 9},
        ),
        ({"items": [{"type": "string"}]}, {"prefixItems": [{"type": "string"}]}),
        ({"items": [{}], "additionalItems": False}, {"prefixItems": [{}], "items": False}),
        ({"items": {}, "additionalItems": False}, {"items": {}}),
        (
            {"dependencies": {"a": ["b"], "c": {"minProperties": 2}}},
            {"dependentRequired": {"a": ["b"]}, "dependentSchemas": {"c": {"minProperties": 2}}},
        ),
    ],
)
def test_a_keyword_of_an_older_draft_is_read_as_that_of_openapi_3_1(old: Any, new: Any) -> None:
    assert _value(old, "3.1.0") == new


def test_a_key_without_a_value_says_nothing() -> None:
    root = of_value({"type": "string"})
    root["tags"] = root["info"]["description"] = root["paths"]["/none"] = None
    root["paths"]["/paint"]["post"]["parameters"] = None
    service = read(root)
    assert len(service.operations) == 1
    places = [note.place for note in service.notes if note.problem == "is null, which says nothing"]
    assert sorted(places) == ["/info/description", "/paths/~1none", "/paths/~1paint/post/parameters", "/tags"]


def test_an_object_as_xml_is_text_and_that_is_said() -> None:
    shape = {"application/xml": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}}
    node = {"requestBody": {"content": shape}, "responses": {"200": {"description": "Done.", "content": shape}}}
    service = read(document({"/paint": {"post": {"operationId": "paint", **node}}}))
    assert [row.annotation.within() for row in service.operations[0].parameters] == ["str"]
    assert [note.problem for note in service.notes] == ["is an object as application/xml"] * 2


HARD: dict[str, Any] = {
    "a pattern that backtracks": {"type": "string", "pattern": "^(a+)+$", "examples": ["a" * 60 + "!"]},
    "a class of letters": {"type": "string", "pattern": r"^\p{L}+$"},
    "a length of gigabytes": {"type": "string", "minLength": 2_000_000_000},
    "a list of very many items": {"type": "array", "minItems": 200_000, "items": {"type": "string"}},
    "a bound without end": {"type": "array", "maxItems": 10**30, "items": {}},
    "very many values": {"enum": [f"v{index}" for index in range(50_000)]},
    "values that are objects": {"enum": [{"a": 1}, {"a": 2}]},
}


@pytest.mark.parametrize("case", HARD)
def test_a_hard_schema_is_read_and_its_tests_are_made(case: str) -> None:
    from codegen.contracts.general import ContractPages

    service = read(of_value(HARD[case]))
    assert len(service.operations) == 1
    ContractPages(service).of(service.operations[0])


def _chain(last: Any, step: Any, length: int) -> dict[str, Any]:
    schemas = {f"A{index}": step(f"#/components/schemas/A{index + 1}") for index in range(length)}
    return {**of_value({"$ref": "#/components/schemas/A0"}), "components": {"schemas": {**schemas, f"A{length}": last}}}


@pytest.mark.parametrize("key", ["allOf", "anyOf"])
def test_references_that_multiply_take_time_in_proportion_to_the_document(key: str) -> None:
    from codegen.contracts.general import ContractPages

    root = _chain({"type": "object", "properties": {}}, lambda target: {key: [{"$ref": target}, {"$ref": target}]}, 40)
    service = read(root)
    ContractPages(service).of(service.operations[0])


def test_schemas_inside_each_other_have_a_bound() -> None:
    def step(target: str) -> dict[str, Any]:
        return {"type": "object", "properties": {"a": {"$ref": target}}}

    assert len(read(_chain({"type": "string"}, step, 900)).operations) == 1
    with pytest.raises(InputFault, match="nested in more than 1000 schemas"):
        read(_chain({"type": "string"}, step, 1_100))


@pytest.mark.parametrize(
    "target, problem",
    [("#/servers/²", "which is not there"), ("#/components/schemas/A", "refers to itself")],
)
def test_a_reference_that_leads_nowhere_is_a_fault(target: str, problem: str) -> None:
    root = {**of_value({"$ref": target}), "components": {"schemas": {"A": {"allOf": [{"$ref": target}]}}}}
    with pytest.raises(InputFault, match=problem):
        read(root)


def test_a_pipe_is_no_document(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "painter.json")
    with pytest.raises(InputFault, match="not a regular file"):
        loader.load(tmp_path / "painter.json", "painter.json")


def test_a_number_of_thousands_of_digits_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"openapi": "3.1.0", "x": ' + "9" * 5_000 + "}")
    with pytest.raises(InputFault, match="thousands of digits"):
        loader.load(tmp_path / "a.json", "a.json")


def test_an_operation_that_cannot_be_made_leaves_the_others_alone() -> None:
    style = [{"name": "a", "in": "query", "style": "matrix", "schema": {"type": "string"}}]
    root = document({"/a": {"get": {"parameters": style, "responses": {}}}, "/b": {"post": operation()}})
    service = read(root)
    assert [result.operation_id for result in service.operations] == ["paint"]
    (fault,) = service.refused
    assert (fault.place, "has the style 'matrix'" in fault.problem) == ("/paths/~1a/get/parameters/0", True)


@pytest.mark.parametrize(
    "pattern, client",
    [
        (r"^\d+$", "^[0-9]+$"),
        (r"[\w.-]", "[A-Za-z0-9_.-]"),
        (r"^\/a$", "^/a$"),
        (r"\u0041", r"\x{0041}"),
        (r"(?=a)", None),
        (r"(a)\1", None),
    ],
)
def test_a_pattern_of_ecma_is_written_as_the_client_reads_it(pattern: str, client: str | None) -> None:
    assert validation.client_pattern(pattern) == client


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("openapi: 3.1.0\ninfo: {}", True),
        ('{"components": {"x": "' + "x" * 300_000 + '"}, "openapi":"3.0.0"}', True),
        ("swagger: '2.0'", True),
        ("Pet:\n  properties:\n    openapi: {type: string}", False),
        ('{"Pet": {"openapi": {"type": "string"}}}', False),
    ],
)
def test_a_document_says_what_it_is_wherever_its_version_stands(tmp_path: Path, text: str, is_one: bool) -> None:
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    assert loader.is_openapi(tmp_path / "a.yaml") is is_one


@pytest.mark.parametrize(
    "schema, is_right",
    [
        ({"type": "string", "default": "a"}, True),
        ({"type": "string", "default": 1}, False),
        ({"type": "string", "default": None}, False),
        ({"type": ["string", "null"], "default": None}, True),
        ({"type": "integer", "default": "1"}, False),
        ({"type": "integer", "default": 1.0}, True),
        ({"type": "integer", "default": True}, False),
        ({"type": "number", "default": 1}, True),
        ({"type": "boolean", "default": "false"}, False),
        ({"type": "array", "default": "a"}, False),
        ({"enum": ["a", "b"], "default": "c"}, False),
        ({"type": "integer", "maximum": 3, "default": 4}, False),
        ({"$ref": "#/components/schemas/Short", "default": "abcd"}, False),
        ({"$ref": "#/components/schemas/Short", "default": "abc"}, True),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}], "default": None}, True),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}], "default": "x"}, False),
        ({"default": "anything"}, True),
    ],
)
def test_a_default_that_its_schema_does_not_accept_is_told(schema: dict[str, Any], is_right: bool) -> None:
    root = {**of_value(schema), "components": {"schemas": {"Short": {"type": "string", "maxLength": 3}}}}
    service = read(root)
    notes = [note.place for note in service.notes if "its own schema does not accept" in note.problem]
    assert (notes == []) is is_right
    assert len(service.operations) == 1


def test_a_document_may_say_a_value_once_and_use_it_in_several_places(tmp_path: Path) -> None:
    (tmp_path / "painter.yaml").write_text(
        "openapi: 3.1.0\ninfo: {title: A, version: '1'}\nservers: [{url: 'https://a.example'}]\n"
        "x-shared: &seen {'200': {description: Seen.}}\n"
        "paths:\n  /a: {get: {operationId: a, responses: *seen}}\n"
        "  /b: {get: {operationId: b, responses: {<<: *seen, '404': {description: Gone.}}}}\n"
    )
    (service,) = read_catalog(tmp_path, "painters", "1").services
    assert [[error.code for error in result.errors] for result in service.operations] == [[], ["404"]]


@pytest.mark.parametrize(
    ("part", "problem"),
    [
        ({"links": {"next": {"operationId": "nowhere"}}}, "leads to the operation 'nowhere', which is not there"),
        ({"links": {"next": {"operationRef": "#/paths/none"}}}, "refers to '#/paths/none', which is not there"),
        ({"links": {"next": {"$ref": "#/components/links/none"}}}, "refers to '#/components/links/none', which is not"),
        (
            {"content": {"application/json": {"examples": {"one": {"$ref": "#/components/examples/none"}}}}},
            "refers to '#/components/examples/none', which is not there",
        ),
    ],
)
def test_a_link_or_example_that_leads_nowhere_is_noted_and_its_operation_is_made(
    part: dict[str, Any], problem: str
) -> None:
    operation = {"operationId": "draw", "responses": {"200": {"description": "Drawn.", **part}}}
    service = read(document({"/draw": {"get": operation}}))
    assert [str(operation.name) for operation in service.operations] == ["draw"]
    assert any(note.problem.startswith(problem) for note in service.notes)
