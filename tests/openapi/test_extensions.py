"""The grammar of our extensions: one file, which documentation, catalog and readers hold to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from jsonschema import Draft202012Validator

from codegen import paths, yamlio
from codegen.catalog.lint import lint
from codegen.faults import Fault, InputFault
from codegen.openapi import extensions
from codegen.openapi.document import Document
from codegen.openapi.pointers import join, resolve
from codegen.package._runtime.operation import ErrorCode
from codegen.python.model import ErrorModel
from codegen.python.read import read_catalog

README = (paths.SPECS / "README.md").read_text(encoding="utf-8")
TASK = {"kind": "submit", "reply": {"status": "/status"}, "states": {"ok": "succeeded"}}


def test_the_grammar_is_a_json_schema() -> None:
    Draft202012Validator.check_schema(dict(extensions.SCHEMA))


@pytest.mark.parametrize(
    "before, after, fault",
    [
        ('"$defs": {', '"$defs": {{', "line "),
        ('"type": "object"', '"type": "objekt"', "/"),
        ('"$defs"', '"$defz"', "/$defs: is not there, and the generator reads it"),
    ],
    ids=["no JSON", "no JSON Schema", "a part is missing"],
)
def test_a_grammar_that_cannot_be_read_is_one_fault(tmp_path: Path, before: str, after: str, fault: str) -> None:
    text = paths.EXTENSIONS.read_text(encoding="utf-8")
    (tmp_path / "grammar.json").write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(InputFault) as caught:
        extensions.read_schema(tmp_path / "grammar.json")
    (only,) = map(str, caught.value.faults)
    assert only.startswith(f"specs/extensions.schema.json: {fault}")


def test_the_table_of_the_documentation_is_that_of_the_grammar() -> None:
    assert extensions.table() in README


def _blocks() -> list[tuple[str, Any]]:
    """Return the examples of specs/README.md: extension and value."""
    result = []
    for block in re.findall(r"```yaml\n(x-.*?)```", README, re.DOTALL):
        for part in re.split(r"\n(?=x-)", block):
            result += list(yamlio.loads(part.replace("…", "words").replace("[words]", "[a]"), "README.md").items())
    return result


BLOCKS = _blocks()


def test_the_documentation_shows_every_extension_but_those_in_its_tables() -> None:
    assert {name for name, _ in BLOCKS} | {"x-wire", "x-python"} == set(extensions.KINDS)


def _keys(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from node.get("properties", {})
        yield from (key for value in node.values() for key in _keys(value))
    elif isinstance(node, list):
        yield from (key for value in node for key in _keys(value))


def test_the_documentation_names_every_key_of_the_grammar() -> None:
    keys = set(_keys(dict(extensions.SCHEMA)))
    assert keys
    assert [key for key in sorted(keys) if not re.search(rf"\b{re.escape(key)}\b", README)] == []


@pytest.mark.parametrize(("name", "value"), BLOCKS)
def test_what_the_documentation_shows_is_what_the_grammar_accepts(name: str, value: Any) -> None:
    assert [] in [extensions.problems(name, value, kind) for kind in extensions.KINDS[name]]


@pytest.mark.parametrize(
    ("beside", "is_accepted"),
    [
        ({"id": "/id", "result": "getTask"}, True),
        ({"status_url": "/urls/status", "cancel_url": "/urls/cancel"}, True),
        ({"id": "/id"}, False),
        ({"result": "getTask"}, False),
        ({"id": "/id", "result": "getTask", "progress_scale": "fraction", "content": "getFile"}, True),
        ({"id": "/id", "result": "getTask", "progress_scale": "permille"}, False),
    ],
)
def test_a_task_is_asked_for_by_its_id_or_at_a_url(beside: dict[str, Any], is_accepted: bool) -> None:
    assert (extensions.problems("x-task", {**TASK, **beside}, "operation") == []) is is_accepted


@pytest.mark.parametrize(
    ("pages", "is_accepted"),
    [
        ({"pattern": "cursor", "items": "/data", "parameter": "after", "last_item": "/id"}, True),
        ({"pattern": "cursor", "items": "/data", "parameter": "after"}, False),
        ({"pattern": "page", "items": "/data"}, False),
        ({"pattern": "link", "items": ""}, True),
        ({"pattern": "url", "items": "/data"}, False),
    ],
)
def test_pages_say_what_leads_to_the_next_one(pages: dict[str, Any], is_accepted: bool) -> None:
    assert (extensions.problems("x-pages", pages, "operation") == []) is is_accepted


def test_a_field_may_have_a_name_of_its_own_on_every_kind_that_is_one() -> None:
    for kind in ("parameter", "schema"):
        assert extensions.problems("x-python", {"name": "seconds"}, kind) == []


def test_a_problem_says_where_it_is() -> None:
    (problem,) = extensions.problems("x-media", {"kind": "image", "width": {"minimum": -1}}, "schema")
    assert problem.path == ("width", "minimum")


_CONTENT = "content/application~1json"
_PLACES = {
    "document": "",
    "operation": "/paths/~1draw/post",
    "parameter": "/paths/~1draw/post/parameters/0",
    "schema": f"/paths/~1draw/post/requestBody/{_CONTENT}/schema/properties/size",
    "security scheme": "/components/securitySchemes/key",
    "request body": "/paths/~1draw/post/requestBody",
    "response": "/paths/~1draw/post/responses/200",
    "media type": f"/paths/~1draw/post/requestBody/{_CONTENT}",
    "path item": "/paths/~1draw",
    "tag": "/tags/0",
    "info": "/info",
    "a schema that only a reference leads to": "/x-schemas/Colour",
}
"""Kind of object → where the document of these tests has one."""
_DATA = [
    f"/paths/~1draw/post/requestBody/{_CONTENT}/schema/properties",
    f"/paths/~1draw/post/requestBody/{_CONTENT}/schema/example",
    f"/paths/~1draw/post/requestBody/{_CONTENT}/schema/examples/0",
    f"/paths/~1draw/post/requestBody/{_CONTENT}/schema/properties/default/default",
    f"/paths/~1draw/post/requestBody/{_CONTENT}/schema/properties/default/enum/0",
    f"/paths/~1draw/post/requestBody/{_CONTENT}/schema/properties/fixed/const",
    f"/paths/~1draw/post/requestBody/{_CONTENT}/examples/one/value",
    "/components/schemas",
    "/x-own",
]
"""Where a service's data stand, and names of its choice: a key that looks like an extension is none there."""


def _document() -> dict[str, Any]:
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {
            "size": {"type": "integer"},
            "colour": {"$ref": "#/x-schemas/Colour"},
            "default": {"type": "object", "default": {}, "enum": [{}]},
            "fixed": {"const": {}},
        },
        "example": {},
        "examples": [{}],
    }
    body = {"content": {"application/json": {"schema": schema, "examples": {"one": {"value": {}}}}}}
    reply = {"description": "ok", "content": {"application/json": {"schema": {"type": "object"}}}}
    operation = {
        "operationId": "draw",
        "security": [{"key": []}],
        "parameters": [{"name": "ratio", "in": "query", "schema": {"type": "string"}}],
        "requestBody": body,
        "responses": {"200": reply},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": "https://api.shop.example"}],
        "tags": [{"name": "pictures"}],
        "paths": {"/draw": {"post": operation}},
        "components": {"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}}, "schemas": {}},
        "x-schemas": {"Colour": {"type": "string"}},
        "x-own": {},
    }


def _faults(folder: Path, root: dict[str, Any]) -> tuple[set[Fault], set[Fault]]:
    """Return what the lint and what the generator have against the extensions of a document."""
    (folder / "shop.json").write_text(json.dumps(root), encoding="utf-8")
    generated: list[Fault] = []
    try:
        read_catalog(folder, "shop_extensions", "1.0.0")
    except InputFault as error:
        generated.extend(error.faults)
    linted = lint(root, "shop.json")
    return _of_extensions(linted), _of_extensions(generated)


def _of_extensions(faults: list[Fault]) -> set[Fault]:
    return {one for one in faults if re.match(r"x-[a-z-]+(:| does not belong)", one.problem)}


VALUES = [*dict(BLOCKS).items(), ("x-wire", "integer-text"), ("x-python", {"name": "text"}), ("x-task", 7)]


@pytest.mark.parametrize("place", _PLACES)
@pytest.mark.parametrize(("name", "value"), [*VALUES, ("x-python", {"method": "draw"}), ("x-media", True)])
def test_lint_and_generator_have_the_same_against_an_extension(
    tmp_path: Path, name: str, value: Any, place: str
) -> None:
    root = _document()
    resolve(root, _PLACES[place])[name] = value
    linted, generated = _faults(tmp_path, root)
    assert linted == generated
    kind = "schema" if place.startswith("a schema") else place
    is_right = kind in extensions.KINDS[name] and not extensions.problems(name, value, kind)
    assert (linted == set()) is is_right
    assert all(fault.place.startswith(join(_PLACES[place], name)) for fault in linted)


@pytest.mark.parametrize("place", _DATA)
@pytest.mark.parametrize(("name", "value"), VALUES)
def test_data_that_looks_like_an_extension_is_none(tmp_path: Path, name: str, value: Any, place: str) -> None:
    root = _document()
    resolve(root, place)[name] = {"type": "string"} if place.endswith(("properties", "schemas")) else value
    assert _faults(tmp_path, root) == (set(), set())


def test_a_fault_of_a_property_called_like_an_extension_leaves_one_operation_out(tmp_path: Path) -> None:
    root = _document()
    other = {**_document()["paths"]["/draw"]["post"], "operationId": "paint"}
    root["paths"]["/paint"] = {"post": other}
    other["requestBody"]["content"]["application/json"]["schema"]["properties"]["x-task"] = {"$ref": "#/nowhere"}
    (tmp_path / "shop.json").write_text(json.dumps(root), encoding="utf-8")
    (service,) = read_catalog(tmp_path, "shop_extensions", "1.0.0").services
    assert [operation.operation_id for operation in service.operations] == ["draw"]
    (fault,) = service.refused
    assert "/properties/x-task" in fault.place
    assert not Document(root).is_in_extension(fault.place)


def test_every_reader_has_the_retries_of_the_grammar() -> None:
    # A type is written out; the package imports nothing of the generator.
    for model in (ErrorModel, ErrorCode):
        assert get_args(get_type_hints(model)["retry"]) == extensions.RETRIES
