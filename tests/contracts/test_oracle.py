"""The oracle of the contract tests follows references and reads pointers by itself."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from codegen import paths
from codegen.contracts.general.expected_replies import ReplyParts, class_of
from codegen.contracts.oracle import Oracle
from codegen.contracts.oracle_pointers import get, pointer_of, put

CAT = {"type": "object", "properties": {"kind": {"const": "cat"}, "born": {"type": "string", "format": "date"}}}
REFERENCE = "#/paths/~1a%7Bid%7D/get/responses/200/content/application~1json/schema"
EITHER: dict[str, Any] = {
    "oneOf": [{"$ref": REFERENCE}, {"$ref": "#/components/schemas/D%6Fg"}],
    "discriminator": {"propertyName": "kind", "mapping": {"cat": REFERENCE, "dog": "#/components/schemas/Dog"}},
}
DOCUMENT: dict[str, Any] = {
    "paths": {"/a{id}": {"get": {"responses": {"200": {"content": {"application/json": {"schema": CAT}}}}}}},
    "components": {
        "schemas": {
            "Dog": {"type": "object", "properties": {"kind": {"const": "dog"}, "age": {"type": "integer"}}},
            "Either": EITHER,
            "Pair": {"type": "object", "properties": {"first": {"$ref": "#/components/schemas/Either"}}},
            "Short": {"$ref": "#/components/schemas/Text", "maxLength": 3},
            "Text": {"type": "string"},
            "Round": {"$ref": "#/components/schemas/Round"},
        }
    },
}
AT = "/components/schemas"


@pytest.mark.parametrize(
    ("reference", "pointer"),
    [("#", ""), ("#/a~1b/%7Bid%7D", "/a~1b/{id}"), ("other.yaml#/a", None), ("#anchor", None), ({"a": 1}, None)],
)
def test_a_reference_to_the_same_document_names_a_pointer_percent_decoded(reference: Any, pointer: str | None) -> None:
    assert pointer_of(reference) == pointer


@pytest.mark.parametrize("step", ["2", "-1", "\u0661", "9" * 5000])
def test_a_step_that_names_no_item_of_a_list_leads_nowhere(step: str) -> None:
    assert get(["a", "b"], f"/{step}") is None
    assert put(["a", "b"], f"/{step}", "c") == {step: "c"}


def test_an_alternative_behind_a_percent_encoded_reference_is_read_in_a_reply() -> None:
    parts = ReplyParts(Oracle(DOCUMENT))
    parts.read(f"{AT}/Pair", {"first": {"kind": "cat", "born": "2026-01-31"}})
    assert ("/first/born", "date") in parts.classes


def test_a_percent_encoded_reference_names_the_class_of_a_reply() -> None:
    assert class_of(Oracle(DOCUMENT), f"{AT}/Either", {"kind": "dog"}) == "Dog"


def test_a_keyword_beside_a_reference_counts() -> None:
    oracle = Oracle(DOCUMENT)
    assert [oracle.accepts(f"{AT}/Short", text) for text in ("abc", "abcd")] == [True, False]


def test_a_step_is_looked_for_beside_a_reference_and_then_behind_it() -> None:
    oracle = Oracle(DOCUMENT)
    assert oracle.place(f"{AT}/Short/maxLength") == f"{AT}/Short/maxLength"
    assert oracle.place(f"{AT}/Short/type") == f"{AT}/Text/type"


def test_a_circle_of_references_describes_nothing() -> None:
    oracle = Oracle(DOCUMENT)
    assert oracle.node(f"{AT}/Round") == ({}, f"{AT}/Round")
    assert not oracle.accepts(f"{AT}/Round", 1)


@pytest.mark.parametrize(("mode", "is_accepted"), [("schema", False), ("request", True), ("reply", False)])
def test_a_required_property_that_is_only_read_is_not_asked_for_in_a_request(mode: str, is_accepted: bool) -> None:
    id_of = {"$ref": "#/components/schemas/Id"}
    pet = {"required": ["id"], "properties": {"id": id_of}}
    schemas = {"Id": {"allOf": [{"type": "string"}, {"readOnly": True}]}, "Pet": pet}
    assert Oracle({"components": {"schemas": schemas}}).accepts(f"{AT}/Pet", {}, mode) is is_accepted


@pytest.mark.parametrize(
    ("name", "shared"),
    [
        ("oracle", set()),
        ("oracle_pointers", set()),
        ("oracle_validators", {"codegen.openapi.keywords", "codegen.openapi.validation"}),
        ("oracle_samples", {"codegen.openapi.json_values", "codegen.openapi.samples"}),
    ],
)
def test_the_oracle_shares_with_the_generator_only_what_its_docstrings_say(name: str, shared: set[str]) -> None:
    tree = ast.parse((paths.ROOT / f"codegen/contracts/{name}.py").read_text(encoding="utf-8"))
    modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {module for module in modules if module.startswith(("codegen.openapi", "codegen.python"))} == shared


def test_all_contract_tests_read_pointers_with_those_of_the_oracle() -> None:
    for path in (paths.ROOT / "codegen/contracts").rglob("*.py"):
        assert "from codegen.openapi.pointers" not in path.read_text(encoding="utf-8"), path


@pytest.mark.parametrize("mode", ["schema", "request", "client"])
def test_alternatives_that_share_a_schema_are_asked_once_for_a_value(mode: str) -> None:
    schemas: dict[str, Any] = {"A40": {"type": "object"}}
    for index in range(40):
        shared = {"$ref": f"#/components/schemas/A{index + 1}"}
        schemas[f"A{index}"] = {"anyOf": [shared, {"allOf": [shared]}]}
    oracle = Oracle({"components": {"schemas": schemas}})
    assert oracle.breach("/components/schemas/A0", 7, mode) == "anyOf"
    assert oracle.breach("/components/schemas/A0", {}, mode) is None
