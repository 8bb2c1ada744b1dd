"""Values outside a JSON body as OpenAPI writes them: by place, style and explode, in forms and in their parts."""

from __future__ import annotations

import re
from typing import Any

import pytest

from codegen.package._runtime import serialize
from codegen.package._runtime.operation import Field
from codegen.package._runtime.request import CallOptions, ClientHeaders, build
from codegen.package._runtime.secret import Credentials
from tests.package._runtime.sample_service import CANARY, SEARCH, SERVICE

LIST = ["blue", "black"]
OBJECT = {"R": 100, "G": 200}
IN_PATHS: list[tuple[str, bool, str, str, str]] = [
    ("simple", False, "blue", "blue,black", "R,100,G,200"),
    ("simple", True, "blue", "blue,black", "R=100,G=200"),
    ("label", False, ".blue", ".blue,black", ".R,100,G,200"),
    ("label", True, ".blue", ".blue.black", ".R=100.G=200"),
    ("matrix", False, ";color=blue", ";color=blue,black", ";color=R,100,G,200"),
    ("matrix", True, ";color=blue", ";color=blue;color=black", ";R=100;G=200"),
]
IN_QUERIES: list[tuple[str, bool, str, str]] = [
    ("form", True, "color=blue&color=black", "R=100&G=200"),
    ("form", False, "color=blue,black", "color=R,100,G,200"),
    ("spaceDelimited", False, "color=blue%20black", "color=R%20100%20G%20200"),
    ("pipeDelimited", False, "color=blue%7Cblack", "color=R%7C100%7CG%7C200"),
    ("deepObject", True, "color[0]=blue&color[1]=black", "color[R]=100&color[G]=200"),
]


@pytest.mark.parametrize("style, explode, text, listed, named", IN_PATHS)
def test_a_path_has_a_value_by_style_and_explode(style: str, explode: bool, text: str, listed: str, named: str) -> None:
    field = Field("color", "color", "path", style=style, explode=explode)
    assert [serialize.path(field, value) for value in ("blue", LIST, OBJECT)] == [text, listed, named]


@pytest.mark.parametrize("style, explode, listed, named", IN_QUERIES)
def test_a_query_has_a_value_by_style_and_explode(style: str, explode: bool, listed: str, named: str) -> None:
    field = Field("color", "color", "query", style=style, explode=explode)
    assert ["&".join(serialize.query(field, value)) for value in (LIST, OBJECT)] == [listed, named]


@pytest.mark.parametrize(
    "value, text",
    [(1e-7, "0.0000001"), (1e22, "10000000000000000000000"), (1.5, "1.5"), (True, "true"), (False, "false"), (7, "7")],
)
def test_a_number_is_written_without_an_exponent_and_a_boolean_in_lower_case(value: object, text: str) -> None:
    fields = [Field("a", "a", location) for location in ("path", "query", "header", "cookie")]
    assert serialize.path(fields[0], value) == text
    assert list(serialize.query(fields[1], [value])) == [f"a={text}"]
    assert [serialize.header(fields[2], value), serialize.cookie(fields[3], value)] == [text, f"a={text}"]


def test_what_nests_stands_in_brackets_or_as_json() -> None:
    deep = Field("f", "f", "query", style="deepObject")
    plain = Field("f", "f", "query")
    nested = {"a": {"b": 1}, "c": [1, 2], "d": [{"e": 3}]}
    assert list(serialize.query(deep, nested)) == ["f[a][b]=1", "f[c]=1", "f[c]=2", "f[d][0][e]=3"]
    assert list(serialize.query(plain, {"a": {"b": 1}})) == ["a=%7B%22b%22%3A1%7D"]
    assert list(serialize.query(Field("f", "f", "query", content="application/json"), [1])) == ["f=%5B1%5D"]


@pytest.mark.parametrize(
    "explode, listed, named", [(False, "blue,black", "R,100,G,200"), (True, "blue,black", "R=100,G=200")]
)
def test_a_header_has_its_items_with_commas(explode: bool, listed: str, named: str) -> None:
    field = Field("color", "X-Color", "header", explode=explode)
    assert [serialize.header(field, value) for value in ("blue", LIST, OBJECT)] == ["blue", listed, named]


@pytest.mark.parametrize(
    "explode, named", [(False, "color=R,100,G,200"), (True, "R=100; G=200"), (None, "R=100; G=200")]
)
def test_a_cookie_has_an_object_in_one_or_in_a_cookie_a_field(explode: bool | None, named: str) -> None:
    field = Field("color", "color", "cookie", explode=explode)
    assert serialize.cookie(field, OBJECT) == named
    assert serialize.cookie(field, LIST) == "color=blue,black"
    assert serialize.cookie(Field("c", "c", "cookie", content="application/json"), {"a": 1}) == "c=%7B%22a%22%3A1%7D"


def test_the_cookies_of_a_call_stand_in_one_header_and_in_no_log() -> None:
    fields = (Field("query", "q", "query"), Field("limit", "limit", "cookie"), Field("language", "lang", "cookie"))
    headers = ClientHeaders(Credentials(SERVICE, {"api_key": CANARY}, {}), ())
    arguments = {"query": "cat", "limit": 5, "language": "en"}
    operation = SEARCH.replace(fields=fields)
    request = build(operation, arguments, CallOptions(), base_url="https://api.sample.invalid", headers=headers)
    assert [value.reveal() for name, value in request.headers.items() if name == "Cookie"] == ["limit=5; lang=en"]
    assert "lang=en" not in repr(request)


def test_a_form_has_pairs_by_style_and_objects_as_json() -> None:
    fields = {name: Field(name, name, style=style, explode=explode) for name, style, explode in (("b", "form", False),)}
    values: dict[str, Any] = {"a": [1, 2], "b": [1, 2], "c": {"d": 1}, "e": "x y&z"}
    assert serialize.form(fields, values) == b"a=1&a=2&b=1,2&c=%7B%22d%22%3A1%7D&e=x%20y%26z"


def test_a_multipart_body_has_a_part_for_each_file_and_field() -> None:
    fields = {"file": Field("file", "file", is_file=True, content="image/png")}
    values = {"file": [("a.png", b"1"), b"2"], "note": 'a "b"', "data": {"x": 1}}
    body, mark = serialize.multipart(fields, values)
    heads = 'Content-Disposition: form-data; name="{}"'
    parts = [
        f'{heads.format("file")}; filename="a.png"\r\nContent-Type: image/png\r\n\r\n1',
        f'{heads.format("file")}; filename="file"\r\nContent-Type: image/png\r\n\r\n2',
        f'{heads.format("note")}\r\n\r\na "b"',
        f'{heads.format("data")}\r\nContent-Type: application/json\r\n\r\n{{"x":1}}',
    ]
    assert body.decode() == "".join(f"--{mark}\r\n{part}\r\n" for part in parts) + f"--{mark}--\r\n"
    assert re.fullmatch("[0-9a-f]{32}", mark)
    assert serialize.multipart(fields, values) == (body, mark)


NULLS: list[tuple[str, Field, Any, bool]] = [
    ("form", Field("a", "a"), None, True),
    ("form", Field("a", "a"), [None], True),
    ("form", Field("a", "a"), {"b": None}, False),  # JSON, where no style is stated
    ("form", Field("a", "a", style="form"), {"b": None}, True),
    ("form", Field("a", "a", content="application/json"), None, False),
    ("multipart", Field("a", "a"), {"b": None}, False),
    ("multipart", Field("a", "a"), None, True),
    ("json", Field("a", "a"), None, False),
]


@pytest.mark.parametrize("kind, field, value, is_refused", NULLS)
def test_a_form_has_no_null_but_that_of_json(kind: str, field: Field, value: Any, is_refused: bool) -> None:
    faults = list(serialize.form_faults(kind, {"a": field}, {"a": value}))
    assert faults == ([("a", "is or has null, for which there is no text in a form")] if is_refused else [])
