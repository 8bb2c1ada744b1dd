"""What a reply becomes: text without its quotes, numbers with every digit, forms of a union, results."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, RootModel, Tag

from codegen.package._runtime.bodies import NumberText, from_json, success_body
from codegen.package._runtime.byte_replies import Content, encoded_files
from codegen.package._runtime.errors import WondergenError
from codegen.package._runtime.next_page import without_key
from codegen.package._runtime.operation import Assets
from codegen.package._runtime.reply import task_id_in
from codegen.package._runtime.request import CallOptions
from codegen.package._runtime.states import value_at
from codegen.package._runtime.typed import as_model
from codegen.package._runtime.values import OTHERS, UnknownVariant, decided_by
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Loopback, answer
from tests.package._runtime.sample_service import CREDITS, MAKE, SERVICE

PLAIN = CREDITS.replace(service=SERVICE.replace(envelope=None), reply_at="")
UNQUOTED = PLAIN.replace(replies=("json", "unquoted"))


@pytest.mark.parametrize(
    "content, media, body",
    [
        (b"done", "text/plain", "done"),
        (b"done", "", "done"),
        (b"done", "application/json", "done"),
        (b"7", "application/json", "7"),
        (b'"done"', "application/json", "done"),
        (b"true", "application/json", "true"),
        ("é".encode("latin-1"), "text/plain; charset=latin-1", "é"),
    ],
)
def test_a_text_that_is_documented_as_json_is_read_without_its_quotes_too(
    content: bytes, media: str, body: object
) -> None:
    found = success_body(UNQUOTED, 200, {"content-type": media}, content)
    assert (found, type(found)) == (body, type(body))


@pytest.mark.parametrize(
    "content, media",
    [
        (b"", "text/plain"),
        (b'"cut', "application/json"),
        (b'{"cut', "application/json"),
        (b"[1", "application/json"),
        (b" <html>", "text/plain"),
        (b"a page", "text/html"),
        (b"\x00", "image/png"),
    ],
)
def test_a_page_and_json_that_is_cut_are_no_text(content: bytes, media: str) -> None:
    found = success_body(UNQUOTED, 200, {"content-type": media}, content)
    assert not isinstance(found, str)
    assert found is success_body(PLAIN, 200, {"content-type": media}, content)


@pytest.mark.parametrize(
    "content, text",
    [
        ('{"a": "é"} more'.encode(), "é"),
        ('\ufeff{"a": "é"}'.encode(), "é"),
        ('{"a": "é"}'.encode("latin-1"), "é"),
    ],
)
def test_a_body_that_is_utf_8_is_read_so_whatever_its_media_type_states(content: bytes, text: str) -> None:
    assert from_json(content, "application/json; charset=latin-1") == {"a": text}


def test_a_number_keeps_every_digit_where_the_document_has_decimals() -> None:
    text = "0.1234567890123456789"
    exact, usual = (from_json(f"[{text}, 7]".encode(), "application/json", exact) for exact in (True, False))
    assert isinstance(exact, list)
    assert isinstance(exact[0], NumberText)
    assert (exact[0].text, exact[0], exact[1]) == (text, float(text), 7)
    assert isinstance(usual, list)
    assert usual == exact
    assert [type(item) for item in usual] == [float, int]


class Cat(BaseModel):
    model_config = ConfigDict(extra="allow")
    kind: Literal["cat"]
    age: int


class Dog(BaseModel):
    model_config = ConfigDict(extra="allow")
    kind: Literal["dog"]
    names: list[str] = []


Pet = Annotated[
    Annotated[Cat, Tag("cat")] | Annotated[Dog, Tag("dog")] | Annotated[UnknownVariant, Tag(OTHERS)],
    decided_by("kind", ("cat", "dog")),
]


class Home(BaseModel):
    pets: list[Pet]
    first: Annotated[Cat, "for people"] | None = None
    either: int | list[int] | None = None


def test_a_reply_that_breaks_its_schema_has_the_form_that_its_field_says() -> None:
    home = as_model(Home, {"pets": [{"kind": "cat", "age": "nine"}, {"kind": "dog", "names": [1]}, {"kind": "eel"}, 7]})
    assert home is not None
    assert [type(pet) for pet in home.pets] == [Cat, Dog, UnknownVariant, int]
    pets: list[Any] = home.pets
    assert (pets[0].age, pets[1].names, pets[3]) == ("nine", [1], 7)


def test_a_part_of_a_reply_is_as_near_to_its_type_as_it_comes() -> None:
    home = as_model(Home, {"pets": 7, "first": {"kind": "cat", "age": "nine"}, "either": ["x", 2]})
    found: Any = home
    assert (found.pets, found.first.age, found.either) == (7, "nine", ["x", 2])
    assert isinstance(found.first, Cat)


class Value(RootModel[Any]):
    """Any JSON."""


class Left(BaseModel):
    left: int


@pytest.mark.parametrize("status, kind", [(200, Left), (202, dict)])
def test_a_reply_of_several_models_is_the_one_of_its_status(harness: Harness, status: int, kind: type) -> None:
    operation = PLAIN.replace(reply_models={"200": Left})
    with Loopback(answer({"left": 7}, status)) as server:
        reply = harness.call(harness.client(server.url)._query, operation, Value, {}, CallOptions())
    assert type(reply) is Value
    assert type(reply.root) is kind


def test_a_reply_of_another_shape_stays_as_it_came(harness: Harness) -> None:
    operation = PLAIN.replace(reply_models={"200": Left})
    with Loopback(answer([1])) as server:
        reply = harness.call(harness.client(server.url)._query, operation, Value, {}, CallOptions())
    assert reply.root == [1]


def test_a_query_may_answer_with_a_result_that_has_files(harness: Harness) -> None:
    with Loopback(answer({"url": "https://cdn.sample.invalid/1.png"})) as server:
        result = harness.call(harness.client(server.url)._query, PLAIN, harness.result, {}, CallOptions())
    assert result.urls == ["https://cdn.sample.invalid/1.png"]


def test_a_result_has_the_texts_that_its_files_were_made_of_by_the_names_of_their_fields(harness: Harness) -> None:
    assets = Assets(sources={"/data/mermaid": ".mmd", "/svg": ".svg", "/empty": ".txt", "/gone": ".txt"})
    raw = {"data": {"mermaid": "graph TD"}, "svg": 7, "empty": ""}
    operations = [MAKE.replace(assets=assets), MAKE.replace(assets=None)]
    session = harness.client()._session
    results = [harness.result.build(raw, session=session, operation=operation) for operation in operations]
    assert [result.sources for result in results] == [{"mermaid": "graph TD"}, {}]


@pytest.mark.parametrize("status, message", [(300, "no such size"), (404, "no such size")])
def test_a_refusal_says_what_stands_where_services_usually_say_it(harness: Harness, status: int, message: str) -> None:
    with Loopback(answer({"error": {"message": message}}, status, bills=False)) as server:
        client = harness.client(server.url, max_retries=0)
        with pytest.raises(WondergenError, match=message):
            harness.call(client._query, PLAIN, Value, {}, CallOptions())


def test_a_reply_that_is_a_file_is_one_of_its_own_files() -> None:
    assert encoded_files(Content(content=b"1"), ()) == [b"1"]


@pytest.mark.parametrize(
    "value, text",
    [(7, "7"), (7.0, "7"), (" t-1 ", "t-1"), (7.5, None), (True, None), (2.0**53, None), (None, None), (["t"], None)],
)
def test_the_id_of_a_task_is_text_or_a_whole_number(value: object, text: str | None) -> None:
    assert task_id_in(MAKE, {"data": {"task_id": value}}, str) == text


def test_the_place_of_a_value_may_be_a_header_of_the_reply() -> None:
    assert value_at("$response.header.X-Task", {}, {"x-task": "t-1"}) == "t-1"
    assert value_at("/id", {"id": 1}, {"id": "2"}) == 1
    assert MAKE.task is not None
    operation = MAKE.replace(task=MAKE.task.replace(id="$response.header.X-Task"))
    assert task_id_in(operation, {}, str, {"x-task": "t-1"}) == "t-1"
    assert task_id_in(operation, {"x-task": "t-1"}, str, {}) is None


def test_a_reply_that_reports_on_a_task_is_a_report_whatever_its_code_says(harness: Harness) -> None:
    report = CREDITS.replace(report="/data/status", reply_at="")
    with Loopback(
        answer({"code": 300, "data": {"status": 4}}), answer({"code": 300, "data": {"status": None}})
    ) as server:
        client = harness.client(server.url, max_retries=0)
        assert harness.call(client._query, report, Value, {}, CallOptions()).root["data"] == {"status": 4}
        with pytest.raises(Exception, match="The drawing failed"):
            harness.call(client._query, report, Value, {}, CallOptions())


@pytest.mark.parametrize(
    "url, key, without",
    [
        ("https://a.invalid/b?page=2&key=s", "key=s", "https://a.invalid/b?page=2"),
        ("https://a.invalid/b?user=u&page=2&pass=p#top", "user=u&pass=p", "https://a.invalid/b?page=2"),
        ("https://a.invalid/b?key=other", "key=s", "https://a.invalid/b"),
        ("https://a.invalid/b?keys=1&&c", "key=s", "https://a.invalid/b?keys=1&c"),
    ],
)
def test_the_url_of_the_next_page_has_no_key_of_the_one_before(url: str, key: str, without: str) -> None:
    assert without_key(url, key) == without
