"""What the contract tests of any document try: each row here goes red for one mistake of a client."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.contracts.general.suite_files import ContractPages, Page
from tests.python import support

WORDS = {"type": "array", "items": {"type": "string"}}


def _page(root: dict[str, Any]) -> Page:
    (service,) = support.read_all({"painter.json": root}).services
    page = ContractPages(service).of(service.operations[0])
    assert page is not None
    return page


@pytest.mark.parametrize(
    ("schema", "coerced"),
    [
        ({"type": "integer"}, "5"),
        ({"type": "integer"}, True),
        ({"type": "number"}, "5"),
        ({"type": "boolean"}, "true"),
        ({"type": "boolean"}, 1),
        ({"type": "string"}, 7),
        ({"type": "array", "items": {"type": "integer"}}, ["5"]),
        ({"type": "object", "properties": {"a": {"type": "boolean"}}}, {"a": "true"}),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, {"canary_key": "5"}),
        ({"type": "string", "format": "uri"}, "not documented"),
        ({"type": "string", "format": "date"}, "not documented"),
        ({"type": "integer", "minimum": 3}, 2),
        ({"type": "integer", "exclusiveMaximum": 9}, 9),
        ({"type": "string", "maxLength": 3}, "xxxx"),
        ({**WORDS, "uniqueItems": True}, ["text canary", "text canary"]),
        ({"enum": ["a", "b"]}, "not documented"),
    ],
)
def test_a_value_that_a_lax_client_would_take_is_tried(schema: dict[str, Any], coerced: Any) -> None:
    refused = [row.value for row in _page(support.of_value(schema)).refused]

    assert any(name == "value" and value == coerced and type(value) is type(coerced) for name, value in refused)


@pytest.mark.parametrize("place", ["query", "header", "cookie"])
def test_a_list_outside_the_body_is_sent_by_the_fullest_call(place: str) -> None:
    page = _page(support.of_row(**{"in": place, "schema": WORDS}))

    assert [row.arguments.value for row in page.cases][-1]["size"]


@pytest.mark.parametrize("place", ["query", "header", "cookie"])
def test_an_empty_list_that_is_required_is_tried(place: str) -> None:
    page = _page(support.of_row(**{"in": place, "required": True, "schema": WORDS}))

    assert ("size", []) in [row.value for row in page.refused]


def test_reserved_characters_are_sent_where_they_stay_as_they_are() -> None:
    page = _page(support.of_row(allowReserved=True))

    assert page.cases[-1].target.value.endswith("?size=a/b?c:d,e%20f")


def test_a_failure_that_no_document_names_shows_what_a_call_costs() -> None:
    query, paid = _page(support.of_get()), _page(support.document())

    assert [row.error.value for row in query.failures] == ["ServerError"]
    assert [row.error.value for row in paid.failures] == ["OutcomeUnknown"]


def test_no_parameter_is_left_out_where_there_are_many() -> None:
    number = {"type": "integer", "minimum": 3, "maximum": 9}
    page = _page(support.document({"/paint": {"post": support.operation({f"n{i}": number for i in range(40)})}}))

    assert {row.value[0] for row in page.refused} == {f"n{i}" for i in range(40)}


def test_a_file_of_no_known_type_is_tried_where_the_service_takes_some() -> None:
    schema = {"type": "string", "format": "binary"}
    content = {"image/*": {"schema": schema}}
    page = _page(support.of_get(requestBody={"required": True, "content": content}))

    assert page.cases[0].headers.value["content-type"] == "image/canary"
    assert ("body", ("canary.bin", "of no known media type")) in [row.value for row in page.refused]


def test_each_kind_of_a_value_is_sent() -> None:
    kinds = {word: {"type": "object", "required": ["kind"], "properties": {"kind": {"const": word}}} for word in "abc"}
    union = {
        "oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in kinds],
        "discriminator": {"propertyName": "kind"},
    }
    root = support.of_value({"type": "array", "items": union})
    root.setdefault("components", {}).setdefault("schemas", {}).update(kinds)

    cases = [row.arguments.value for row in _page(root).cases]

    assert {row["kind"] for case in cases for row in case.get("value", ())} == set("abc")


def test_a_failure_of_a_range_and_of_none_is_tried_with_the_fields_of_its_body() -> None:
    body = {"type": "object", "properties": {"reason": {"type": "string"}}}
    failure = {"description": "No.", "content": {"application/json": {"schema": body}}}
    for stated, status in (("4XX", 418), ("5XX", 598), ("default", 418)):
        root = support.of_get(responses={"200": {"description": "Done."}, stated: failure})

        rows = {row.status.value: row.fields.value for row in _page(root).failures}

        assert rows[status] == ("reason",)


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"enum": ["a", "b", "c"]}, "b"),
        ({"type": "integer", "minimum": 3, "maximum": 12}, 12),
        ({"type": "number", "exclusiveMinimum": 0, "maximum": 1}, 0.5),
        ({"type": "string", "minLength": 2, "maxLength": 30}, "xx"),
        ({"type": "string", "minLength": 2, "maxLength": 30}, "x" * 30),
        ({**WORDS, "maxItems": 4}, ["text canary"] * 4),
        ({"type": "array", "items": {"enum": ["a", "b", "c"]}}, ["b"]),
        ({"type": "object", "properties": {"a": {"enum": ["x", "y", "z"]}}}, {"a": "y"}),
        ({"anyOf": [{"enum": ["a", "b"]}, {"type": "integer", "maximum": 9}]}, 9),
    ],
)
def test_each_choice_and_each_limit_is_sent(schema: dict[str, Any], value: Any) -> None:
    page = _page(support.of_value(schema))
    sent = [row.arguments.value.get("value") for row in page.cases] + [row.value[1] for row in page.allowed]

    assert sent.count(value) == 1


def test_a_value_that_needs_another_parameter_is_no_limit_of_its_own() -> None:
    condition = {"properties": {"value": {"const": "a"}}, "required": ["value"]}
    root = support.of_value({"enum": ["a", "b", "c"]})
    for operation in root["paths"].values():
        body = operation["post"]["requestBody"]["content"]["application/json"]["schema"]
        body["properties"]["price"] = {"type": "integer"}
        body |= {"if": condition, "then": {"required": ["price"]}}

    assert "a" not in [row.value[1] for row in _page(root).allowed]


OBJECT = {"type": "object", "required": ["code"], "properties": {"code": {"type": "integer"}, "n": {"type": "integer"}}}


@pytest.mark.parametrize(
    ("content", "form"),
    [
        ({"application/json": {"schema": OBJECT}}, "json"),
        ({"application/json": {}}, "json"),
        ({"video/mp4": {}}, "bytes"),
        ({"text/vtt": {"schema": {"type": "string"}}}, "text"),
        ({}, "none"),
    ],
)
def test_a_success_is_tried_also_where_replies_carry_codes(content: dict[str, Any], form: str) -> None:
    codes = {
        "at": {"code": "/code", "success": ["0"]},
        "codes": {"7": {"error": "NotFound", "meaning": "No file.", "retry": "never"}},
    }
    other = {"get": {"responses": {"200": {"description": "", "content": {"application/json": {"schema": OBJECT}}}}}}
    paths = {"/a": {"get": {"responses": {"200": {"description": "", "content": content}}}}, "/b": other}
    page = _page(support.document(paths, **{"x-error-codes": codes}))

    assert {row.form.value for row in page.successes} == {form}
    assert form != "json" or all(row.body.value["code"] == 0 for row in page.successes)


def test_what_a_method_returns_of_a_reply_is_tried_by_its_place() -> None:
    data = {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}}
    reply = {"type": "object", "required": ["data"], "properties": {"data": data}}
    content = {"text/plain": {"schema": {"type": "string"}}, "application/json": {"schema": reply}}
    operation = {"responses": {"200": {"description": "", "content": content}}, "x-python": {"reply": "/data"}}
    page = _page(support.document({"/a": {"get": operation}}))

    assert page.reply_at.value == "/data"
    assert {row.form.value for row in page.successes} == {"json"}
    assert all(set(row.body.value["data"]) == {"n"} for row in page.successes)
