"""A document that is wrong, or asks for what the client would not enforce, is refused in one clear line a fault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from codegen.faults import InputFault
from codegen.openapi.document import printable
from codegen.python.read import read_catalog
from tests.python.support import GET, document, faults, of_get, of_value, operation, read, read_all


def _required(name: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": True, "schema": {"type": "string"}}


TASK = {"kind": "submit", "id": "/id", "result": "see", "reply": {"status": "/s"}, "states": {"1": "queued"}}
LINK = {"see": {"operationId": "see", "parameters": {"id": "$response.body#/id"}}}
STARTS = {**operation(), "x-task": TASK, "responses": {"200": {"description": "Started.", "links": LINK}}}

WRONG: dict[str, tuple[Any, str]] = {
    "OpenAPI 4": ({**document(), "openapi": "4.0.0"}, "is OpenAPI '4.0.0'"),
    "no document at all": ({"paths": {}}, "is not an OpenAPI document"),
    "Swagger": ({"swagger": "2.0"}, "is a document of Swagger 2.0"),
    "a list": ([1], "is not an OpenAPI document"),
    "broken JSON": ("{", "is not JSON"),
    "a duplicate key": ('{"openapi": "3.1.0", "openapi": "3.1.0"}', "duplicate key 'openapi'"),
    "half a surrogate pair": ({**document(), "info": {"title": "\ud800", "version": "1"}}, "surrogate"),
    "a number that JSON has not": ('{"openapi": "3.1.0", "x": NaN}', "JSON does not have"),
    "a structure that OpenAPI has not": (document({"/paint": {"get": []}}), "is not an object"),
    "no operation": (document({}), "has no operation"),
    "a group named as a module": (of_get(**{"x-python": {"group": "operations"}}), "the module operations"),
    "a class that two things want": (of_get(**{"x-python": {"group": "painter"}}), "the class Painter"),
    "a path that walks": (document({"/a/../b": {"get": GET}}), "has a segment '.' or '..'"),
    "a path without a slash": (document({"a": {"get": GET}}), "does not begin with a slash"),
    "a positional that is not there": (of_get(**{"x-python": {"positional": ["prompt"]}}), "there is no 'prompt'"),
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
    "a remote reference": (of_value({"$ref": "https://evil.example/x.json"}), "outside this document"),
    "a reference to a file": (of_value({"$ref": "file:///etc/passwd"}), "outside this document"),
    "a dangling reference": (of_value({"$ref": "#/components/schemas/No"}), "which is not there"),
    "a reference in a circle": (
        {
            **of_value({"$ref": "#/components/schemas/A"}),
            "components": {"schemas": {"A": {"$ref": "#/components/schemas/A"}}},
        },
        "refers to itself",
    ),
    "a schema that is none": (of_value({"type": "money"}), "is not a JSON Schema"),
    "a bound that is none": (of_value({"minimum": "one"}), "is not a JSON Schema"),
    "a rule of a part that is none": (
        {
            **document({"/paint": {"post": operation({}, body={"allOf": [{"$ref": "#/components/schemas/A"}]})}}),
            "components": {"schemas": {"A": {"type": "object", "dependentRequired": {"a": [1]}}}},
        },
        "is not a JSON Schema",
    ),
    "an unknown word in x-python": (of_get(**{"x-python": {"methd": "a"}}), "x-python"),
    "a method name that is code": (of_get(**{"x-python": {"method": "a(); b"}}), "x-python"),
    "an unknown wire form": (of_value({"type": "string", "x-wire": "base64"}), "x-wire"),
    "a task without states": (of_get(**{"x-task": {**TASK, "states": {}}}), "x-task"),
    "a task that nothing reports on": (of_get(**{"x-task": {**TASK, "result": "no"}}), "there is no operation 'no'"),
    "a report of which the id's place is unclear": (of_get(**{"x-task": TASK}), "which parameter"),
    "a class the runtime has": ({**document(), "x-python": {"client": "NotFound"}}, "both give the name NotFound"),
    "a class that generated code imports": ({**document(), "x-python": {"client": "APIClient"}}, "is taken"),
    "an unknown error": (
        {**document(), "x-error-codes": {"at": {"code": "/c", "success": ["0"]}, "codes": {"1": {"error": "Oops"}}}},
        "x-error-codes",
    ),
    "a security scheme that is not there": ({**document(), "security": [{"no": []}]}, "is not defined"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_document_is_refused(case: str) -> None:
    root, words = WRONG[case]
    result = [str(fault) for fault in faults(root)]
    assert any(words in line for line in result), result
    assert all("\n" not in line and line.startswith(("painter.json", "/")) for line in result)


@pytest.mark.parametrize("content, problem", [(b"\xff{}", "is not UTF-8"), (b" " * 20_000_001, "is larger than")])
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    (tmp_path / "a.json").write_bytes(content)
    with pytest.raises(InputFault, match=problem):
        read_catalog(tmp_path, "painters", "1")


@pytest.mark.parametrize("key", ["true", "1.5", "null"])
def test_a_key_that_is_neither_text_nor_a_whole_number_is_refused(key: str) -> None:
    rows = faults(f"openapi: 3.1.0\ninfo: {{{key}: 1}}\n", "painter.yaml")
    assert [fault for fault in rows if fault.problem.startswith("has the key ")] == rows


def test_a_folder_in_place_of_a_document_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").mkdir()
    with pytest.raises(InputFault, match="not a regular file"):
        read_catalog(tmp_path, "painters", "1")


def test_a_version_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputFault, match=r"'1;2' is not a version"):
        read_catalog(tmp_path, "painters", "1;2")


def test_dates_of_yaml_are_text_and_numbers_as_keys_are_names(tmp_path: Path) -> None:
    text = (
        "openapi: 3.1.0\ninfo: {title: Painter, version: 2026-01-31}\nservers: [{url: 'https://a.example'}]\n"
        "paths: {/a: {get: {operationId: see, responses: {200: {description: Seen.}}}}}\n"
    )
    root = read_all({"painter.yaml": text}).services[0].document
    assert root["info"]["version"] == "2026-01-31"
    assert list(root["paths"]["/a"]["get"]["responses"]) == ["200"]


def test_every_fault_of_every_document_is_told_at_once() -> None:
    with pytest.raises(InputFault) as caught:
        read_all(
            {"a.json": {**document(), "openapi": "2.0"}, "b.json": of_get(**{"x-python": {"methd": 1}, "x-task": 1})}
        )
    assert {fault.file for fault in caught.value.faults} == {"a.json", "b.json"}
    assert len(caught.value.faults) == 3


def test_a_folder_without_documents_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputFault, match="holds no OpenAPI document"):
        read_catalog(tmp_path, "painters", "1")


def test_a_file_in_place_of_a_folder_of_documents_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("openapi: [", encoding="utf-8")
    with pytest.raises(InputFault, match="is a file, not a folder of documents; name the folder that it is in"):
        read_catalog(tmp_path / "a.yaml", "painters", "1")
    with pytest.raises(InputFault, match=r"a\.yaml: line .*: is not YAML"):
        read_catalog(tmp_path, "painters", "1")


def test_two_documents_that_want_one_name_are_refused() -> None:
    with pytest.raises(InputFault, match="both give the name"):
        read_all({"my-api.json": document(), "my_api.json": document()})


@pytest.mark.parametrize(
    "package", ["", "a.b", "../a", "class", "contract_tests", "_x", "ﬁeld", "httpx", "json", "match"]
)
def test_a_package_name_that_is_no_module_is_refused(package: str) -> None:
    with pytest.raises(InputFault, match="--package"):
        read_all({"a.json": document()}, package)


@pytest.mark.parametrize("stem", ["import-it", "a;b", "testing", "ﬁeld"])
def test_a_file_name_that_is_no_module_is_refused_or_made_one(stem: str) -> None:
    if stem == "import-it":
        assert read_all({f"{stem}.json": document()}).services[0].module == "import_it"
        return
    with pytest.raises(InputFault):
        read_all({f"{stem}.json": document()})


def test_text_in_a_message_is_one_printable_line_of_300_characters_at_most() -> None:
    assert printable("a\nb\u200bc") == r"a\nb\u200bc"
    assert printable("x" * 300) == "x" * 300
    assert printable("x" * 301) == "x" * 300 + "…"


def test_a_fault_that_is_met_twice_is_reported_once() -> None:
    broken = {"operationId": "look", "responses": {"200": {"$ref": "other.json"}}}
    refused = read(document({"/a": {"get": broken}, "/b": {"get": GET}})).refused
    assert [fault.place for fault in refused] == ["/paths/~1a/get/responses/200"]


@pytest.mark.parametrize("place", ["parameters", "requestBody"])
def test_a_reference_that_leads_nowhere_is_said_in_one_line(place: str) -> None:
    missing = {"$ref": f"#/components/{place}/No"}
    rows = faults(of_get(**{place: [missing] if place == "parameters" else missing}))
    assert [fault.problem for fault in rows] == [f"refers to {missing['$ref']!r}, which is not there"]


def test_tags_that_are_no_list_are_said_and_refuse_nothing() -> None:
    service = read({**document(), "tags": {"name": "a"}})
    assert "/tags" in [note.place for note in service.notes]
