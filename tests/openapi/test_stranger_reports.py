"""What strangers reported of generated clients: unions inside unions, lists in deep objects, replies of few words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.openapi.package_of_document import ImportedPackage, package_of, refused_by_the_stand_in
from tests.openapi.reports import BYTES, INTEGER, JSON, NUMBER, TEXT, array, named, query, record, sends

BOOLEAN = {"type": "boolean"}
SCHEMAS: dict[str, Any] = {
    "Fish": {
        **record("kind", kind=TEXT),
        "discriminator": {"propertyName": "kind", "mapping": {"shark": "#/components/schemas/Shark"}},
    },
    "Shark": {
        "allOf": [named("Fish"), record("breed", breed=TEXT)],
        "discriminator": {"propertyName": "breed", "mapping": {"saw": "#/components/schemas/Saw"}},
    },
    "Saw": {"allOf": [named("Shark"), record(teeth=INTEGER)]},
    "Salmon": {"allOf": [named("Fish"), record(friends=array(named("Fish")))]},
    "Far": record("far", far={**BOOLEAN, "const": True}, host=TEXT),
    "Near": record("far", far={**BOOLEAN, "const": False}, path=TEXT),
    "Mean": record(style={"const": "mean"}, value=NUMBER),
    "Rank": record(style={"const": "rank"}, value=NUMBER),
    "Expression": {"oneOf": [named("And"), named("Leaf")]},
    "And": record("all", all=array(named("Expression"))),
    "Leaf": record("field", field=TEXT, value=named("Value")),
    "Value": {
        "anyOf": [
            TEXT,
            NUMBER,
            BOOLEAN,
            array(named("Value")),
            {"type": "object", "additionalProperties": named("Value")},
        ]
    },
}
REPLIES: dict[str, Any] = {
    "fish": named("Fish"),
    "places": array({"oneOf": [named("Near"), named("Far")], "discriminator": {"propertyName": "far"}}),
    "figure": {"anyOf": [named("Mean"), named("Rank")]},
    "expression": named("Expression"),
    "number": record(id=NUMBER, many={"type": "array", "items": NUMBER}),
}
REQUESTS: dict[str, dict[str, Any]] = {
    "fish_sent": sends(body=record(fish=named("Fish"))),
    "place_sent": sends(
        body=record(place={"oneOf": [named("Near"), named("Far")], "discriminator": {"propertyName": "far"}})
    ),
    "deep": sends(
        query("f", record(**{"or": array(record(a=TEXT, tags=array(TEXT)))}, ids=array(INTEGER)), style="deepObject"),
        query("expand", array(TEXT), style="deepObject"),
    ),
    "deep_form": sends(
        content={
            "application/x-www-form-urlencoded": {
                "schema": record(expand=array(TEXT), items=array(record(price=TEXT))),
                "encoding": {name: {"style": "deepObject", "explode": True} for name in ("expand", "items")},
            }
        }
    ),
    "headers": sends(
        {"name": "X-Tags", "in": "header", "schema": array(TEXT)},
        {"name": "X-Filter", "in": "header", "content": {JSON: {"schema": record(a=TEXT)}}},
    ),
    "measures": sends(query("least", NUMBER), query("steps", array(NUMBER), explode=False)),
    "pictures": sends(content={"image/png": {}, "image/jpeg": {}}),
    "file": sends(content={"multipart/form-data": {"schema": record(file=BYTES)}}),
}
CSV = {"text/csv": {"schema": BYTES}, JSON: {"schema": named("Mean")}}
RESPONSES: dict[str, Any] = {
    "table": {"200": {"description": "Done.", "content": CSV}},
    "removed": {"204": {"description": "Done.", "content": {JSON: {"schema": named("Mean")}}}},
    "unsaid": {"404": {"description": "No."}},
}


def _document() -> dict[str, Any]:
    done = {"204": {"description": "Done."}}
    paths: dict[str, Any] = {}
    for name, schema in REPLIES.items():
        answers = {"200": {"description": "Done.", "content": {JSON: {"schema": schema}}}}
        paths[f"/replies/{name}"] = {"get": {"operationId": name, "responses": answers}}
    for name, taken in REQUESTS.items():
        paths[f"/requests/{name}"] = {"post": {"operationId": name, **taken, "responses": done}}
    for name, responses in RESPONSES.items():
        paths[f"/responses/{name}"] = {"get": {"operationId": name, "responses": responses}}
    paths["/responses/peek"] = {"head": {"operationId": "peek", "responses": RESPONSES["table"]}}
    paths["/names/{用户}"] = {"get": {"operationId": "用户", "responses": done}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Reports", "version": "1"},
        "servers": [{"url": "https://reports.example"}],
        "paths": paths,
        "components": {"schemas": SCHEMAS},
    }


@pytest.fixture(scope="module")
def package() -> Iterator[ImportedPackage]:
    with package_of(_document(), "reports.json") as package:
        yield package


SALMON = {"kind": "Salmon", "friends": [{"kind": "shark", "breed": "saw", "teeth": 3}, {"kind": "eel"}]}


@pytest.mark.parametrize(
    "name, answer, typed",
    [
        ("fish", {"kind": "shark", "breed": "saw", "teeth": 3}, "Saw(teeth=3, breed='saw', kind='shark')"),
        ("fish", {"kind": "shark", "breed": "new"}, "Shark(breed='new', kind='shark')"),
        (
            "fish",
            SALMON,
            "Salmon(friends=[Saw(teeth=3, breed='saw', kind='shark'), Fish(kind='eel')], kind='Salmon')",
        ),
        ("places", [{"far": True}, {"far": False}], "[Far(far=True, host=None), Near(far=False, path=None)]"),
        ("figure", {"style": "rank", "value": 1}, "Rank(style='rank', value=1)"),
        ("figure", {"value": 0.5}, "Mean(style=None, value=0.5)"),
        (
            "expression",
            {"all": [{"field": "a", "value": {"b": [1, "c"]}}, {"all": []}]},
            "And(all=[Leaf(field='a', value={'b': [1, 'c']}), And(all=[])])",
        ),
        ("number", {"id": 1768907445451174113, "many": [1, 0.5]}, "NumberReply(id=1768907445451174113, many=[1, 0.5])"),
    ],
)
def test_a_value_has_the_class_that_is_meant_at_every_depth(
    package: ImportedPackage, name: str, answer: Any, typed: str
) -> None:
    assert repr(getattr(package.client(httpx.Response(200, json=answer)), name)()) == typed


@pytest.mark.parametrize(
    "name, arguments, problem",
    [
        ("fish_sent", {"fish": {"kind": "shark", "breed": "saw", "teeth": "x"}}, "fish.teeth"),
        ("fish_sent", {"fish": {"kind": "shark"}}, "fish"),
        ("place_sent", {"place": {"far": "false"}}, "place.far"),
        ("headers", {"x_tags": ["a,b"]}, "x_tags: has an item with a comma"),
    ],
)
def test_what_does_not_fit_is_refused(
    package: ImportedPackage, name: str, arguments: dict[str, Any], problem: str
) -> None:
    with pytest.raises(package.module.InvalidRequest) as caught:
        getattr(package.client(), name)(**arguments)
    assert problem in str(caught.value)
    assert package.sent == []


@pytest.mark.parametrize(
    "name, arguments, target",
    [
        ("deep", {"f": {"or": [{"a": "x", "tags": ["t", "u"]}]}}, "f[or][0][a]=x&f[or][0][tags]=t&f[or][0][tags]=u"),
        ("deep", {"f": {"ids": [1, 2]}}, "f[ids]=1&f[ids]=2"),
        ("deep", {"expand": ["a", "b"]}, "expand[0]=a&expand[1]=b"),
        ("measures", {"least": 1e-7, "steps": [1e22, 0.5]}, "least=0.0000001&steps=10000000000000000000000,0.5"),
    ],
)
def test_a_query_loses_nothing(package: ImportedPackage, name: str, arguments: dict[str, Any], target: str) -> None:
    getattr(package.client(), name)(**arguments)
    assert package.target.partition("?")[2] == target


def test_a_form_is_written_with_numbered_lists(package: ImportedPackage) -> None:
    package.client().deep_form(expand=["a"], items=[{"price": "p"}, {"price": "q"}])
    assert package.sent[-1].content == b"expand[0]=a&items[0][price]=p&items[1][price]=q"


def test_json_in_a_header_is_ascii(package: ImportedPackage) -> None:
    package.client().headers(x_filter={"a": "é 日"})
    assert json.loads(package.sent[-1].headers["x-filter"].encode("ascii")) == {"a": "é 日"}


@pytest.mark.parametrize(("file", "media"), [("a.jpg", "image/jpeg"), ("a.png", "image/png"), ("a", "image/png")])
def test_a_body_that_may_be_of_several_kinds_is_of_that_of_its_name(
    package: ImportedPackage, file: str, media: str
) -> None:
    package.client().pictures(body=(file, b"1"))
    assert package.sent[-1].headers["content-type"] == media


@pytest.mark.parametrize(("file", "media"), [("a.png", b"image/png"), ("a", b"application/octet-stream")])
def test_a_part_of_which_no_kind_is_stated_is_of_that_of_its_name(
    package: ImportedPackage, file: str, media: bytes
) -> None:
    package.client().file(file=(file, b"1"))
    assert b"Content-Type: " + media + b"\r\n" in package.sent[-1].content


def test_a_table_that_is_documented_beside_json_is_its_bytes(package: ImportedPackage) -> None:
    reply = package.client(httpx.Response(200, content=b"a,b", headers={"content-type": "text/csv"})).table()
    assert reply.content == b"a,b"


@pytest.mark.parametrize(("name", "status"), [("removed", 204), ("peek", 200), ("unsaid", 200), ("unsaid", 204)])
def test_a_reply_that_has_no_body_is_none(package: ImportedPackage, name: str, status: int) -> None:
    assert getattr(package.client(httpx.Response(status)), name)() is None


def test_a_success_of_which_nothing_is_said_is_any_value(package: ImportedPackage) -> None:
    assert package.client(httpx.Response(200, json={"a": [1]})).unsaid() == {"a": [1]}


def test_a_name_without_latin_letters_is_one_from_method_and_path(package: ImportedPackage) -> None:
    names = {str(operation.name) for operation in package.service.operations}
    assert {name for name in names if name.startswith("get_")} == {"get_names_by"}


def test_the_stand_in_accepts_what_is_sent(package: ImportedPackage) -> None:
    assert refused_by_the_stand_in(package) == []
