"""What a format has no place for is refused, and each documented way to write a request can be chosen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.openapi.package_of_document import ImportedPackage, package_of, refused_by_the_stand_in
from tests.openapi.reports import array, document, query, record, sends

FORM = "application/x-www-form-urlencoded"
TEXT = {"type": "string"}
LIMITS = {
    "int8": (-(2**7), 2**7 - 1),
    "int32": (-(2**31), 2**31 - 1),
    "int64": (-(2**63), 2**63 - 1),
    "uint32": (0, 2**32 - 1),
    "uint64": (0, 2**64 - 1),
}
WIDER = {"type": "integer", "format": "int32", "minimum": -(2**40), "maximum": 2**40}


def _form(schema: Any, **encoding: Any) -> dict[str, Any]:
    return {"content": {FORM: {"schema": schema, "encoding": encoding}}}


def _operations() -> dict[str, Any]:
    days = [query(name, {"type": "string", "format": name}) for name in ("date", "date-time")]
    numbers = [query(name, {"type": "integer", "format": name}) for name in LIMITS]
    words = {media: {"schema": TEXT} for media in ("text/plain", "text/csv")}
    files = {"type": "object", "additionalProperties": {**TEXT, "format": "binary"}}
    return {
        "ask": sends(*days, *numbers, query("wider", WIDER)),
        "flat": {"requestBody": _form(record(words=array(TEXT)), words={"explode": False})},
        "fields": {"requestBody": _form(record(pair=record(a=TEXT)), pair={"explode": True})},
        "write": {"requestBody": {"required": True, "content": words}},
        "say": {"requestBody": {"required": True, "content": {"application/json": {"schema": TEXT}, **words}}},
        "attach": {"requestBody": {"content": {"multipart/form-data": {"schema": files}}}},
        "attach_more": {"requestBody": {"content": {"multipart/form-data": {"schema": {**files, **record(a=TEXT)}}}}},
        "see": {"security": [{"key": []}]},
        "look": {"security": [{"nameless": []}]},
    }


@pytest.fixture(scope="module")
def package() -> Iterator[ImportedPackage]:
    root = document()
    root["paths"] = {
        f"/{name}": {"post": {"operationId": name, "responses": {"200": {"description": "Done."}}, **row}}
        for name, row in _operations().items()
    }
    root["components"]["securitySchemes"] = {
        "key": {"type": "apiKey", "in": "query", "name": "api key&x"},
        "nameless": {"type": "apiKey", "in": "header"},
    }
    with package_of(root) as package:
        yield package


@pytest.mark.parametrize("day", ["2023-02-29", "2024-02-30", "1900-02-29", "2024-04-31", "2024-13-01", "2024-01-00"])
def test_a_day_that_no_calendar_has_is_refused(package: ImportedPackage, day: str) -> None:
    for arguments in ({"date": day}, {"date_time": f"{day}T00:00:00Z"}):
        with pytest.raises(package.module.InvalidRequest):
            package.client(httpx.Response(200)).ask(**arguments)
        assert package.sent == []


@pytest.mark.parametrize("day", ["2024-02-29", "2000-02-29", "2023-02-28", "2024-04-30", "2024-12-31"])
def test_a_day_of_the_calendar_is_sent(package: ImportedPackage, day: str) -> None:
    package.client(httpx.Response(200)).ask(date=day)
    assert package.target == f"/ask?date={day}"


@pytest.mark.parametrize("name", LIMITS)
def test_a_whole_number_has_the_limits_of_its_format(package: ImportedPackage, name: str) -> None:
    low, high = LIMITS[name]
    for value in (low, high):
        package.client(httpx.Response(200)).ask(**{name: value})
        assert package.target == f"/ask?{name}={value}"
    for value in (low - 1, high + 1):
        with pytest.raises(package.module.InvalidRequest):
            package.client(httpx.Response(200)).ask(**{name: value})


def test_the_limits_that_a_schema_states_itself_count_before_those_of_its_format(package: ImportedPackage) -> None:
    package.client(httpx.Response(200)).ask(wider=2**40)
    assert package.target == f"/ask?wider={2**40}"


def test_explode_counts_in_a_form_without_a_style(package: ImportedPackage) -> None:
    client = package.client(httpx.Response(200))
    client.flat(words=["a", "b"])
    assert package.sent[-1].content == b"words=a,b"
    client.fields(pair={"a": "b"})
    assert package.sent[-1].content == b"a=b"


def test_each_text_that_a_body_may_be_can_be_chosen(package: ImportedPackage) -> None:
    client = package.client(httpx.Response(200))
    for method, more, media in (
        (client.write, {}, "text/plain"),
        (client.write, {"content_type": "text/csv"}, "text/csv"),
        (client.say_as_text, {}, "text/plain"),
    ):
        method(body="a,b", **more)
        assert (package.sent[-1].headers["content-type"], package.sent[-1].content) == (
            f"{media}; charset=utf-8",
            b"a,b",
        )
    client.say(body="a,b")
    assert package.body == "a,b"


def test_files_of_any_name_are_refused_or_said(package: ImportedPackage) -> None:
    (refused,) = [fault for fault in package.service.refused if "attach" in fault.place]
    (note,) = [fault for fault in package.service.notes if "attach" in fault.place]
    assert "/paths/~1attach/" in refused.place
    assert "/paths/~1attach_more/" in note.place
    assert {fault.problem for fault in (refused, note)} == {"is a file of any name, which no parameter takes"}


def test_a_key_in_the_query_may_have_any_name(package: ImportedPackage) -> None:
    package.client(httpx.Response(200), api_key="canary").see()
    assert package.target == "/see?api%20key%26x=canary"


def test_a_key_without_a_name_is_not_sent(package: ImportedPackage) -> None:
    (fault,) = [fault for fault in package.service.refused if "look" in fault.place]
    assert "'nameless' is not supported" in fault.problem


def test_the_stand_in_takes_what_is_sent(package: ImportedPackage) -> None:
    assert refused_by_the_stand_in(package) == []
