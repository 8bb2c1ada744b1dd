"""The second document of reports: the wire and the typed reply of each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.openapi import tracker_reports
from tests.openapi.package_of_document import ImportedPackage, package_of, refused_by_the_stand_in


@pytest.fixture(scope="module")
def package() -> Iterator[ImportedPackage]:
    with package_of(tracker_reports.document(), "reports.json") as package:
        yield package


def test_every_operation_is_made(package: ImportedPackage) -> None:
    assert package.service.refused == ()
    names = {str(operation.name) for operation in package.service.operations}
    assert names >= {*tracker_reports.REPLIES, *tracker_reports.REQUESTS, *tracker_reports.METHODS.values()}


CLASSES = (
    "f0=List(size=0), f1=Any_(size=1), f2=Union_(size=2), f3=Datetime(size=3), f4=None_(size=4), f5=Exception(size=5), "
    "f6=BaseModel_(size=6), f7=Literal_(size=7), f8=Result_(size=8), f9=Foo(size=9), f10=Foo2(size=10), "
    "f11=PageUser(size=11), f12=UserRead(size=12), f13=Model123(size=13), f14=Field_(size=14), f15=Inputs(size=15), "
    "f16=Models(size=16)"
)
FIELDS = (
    "id='id', id_2='Id', id_3='ID', id_4='_id', field_1st='1st', from_='from', self='self', "
    "additional_properties='additional_properties', model_config_='model_config', json_='json', type_='@type', "
    "a_b='a.b', a_b_2='a-b', field='', naive='naïve', none='None', any='Any', dict_='dict'"
)


@pytest.mark.parametrize(
    "name, answer, typed",
    [
        ("list_or_null", None, "None"),
        ("list_or_null", [{"name": "a"}], "[Pet(name='a', age=None)]"),
        (
            "keywords",
            {"$ref": "a", "properties": {"a": 1}, "required": True, "items": ["a"], "const": 3},
            "Keywords(ref='a', type_=None, properties=KeywordsProperties(a=1), required=True, items=['a'], enum=None, "
            "default=None, all_of=None, example=None, const=3)",
        ),
        ("odd_names", {name: name for name in tracker_reports.ODD_NAMES}, f"Odd({FIELDS})"),
        ("class_names", {f"f{index}": {"size": index} for index in range(17)}, f"ClassNamesReply({CLASSES})"),
        ("moments", {"at": None, "on": "2026-01-01"}, "MomentsReply(at=None, on=datetime.date(2026, 1, 1))"),
        ("loose_or_right", {"b": 1}, "Right(b=1)"),
        ("loose_or_right", {}, "Loose(a=None)"),
        ("left_or_right", {"b": 1}, "Right(b=1)"),
        ("left_or_right", {"b": "x"}, "{'b': 'x'}"),
        ("number_or_text", [1, "1", "a"], "[1, '1', 'a']"),
        ("three_scalars", [True, "true", 1.5, "1"], "[True, 'true', 1.5, '1']"),
        ("moment_or_text", {"v": "hello", "w": 5}, "MomentOrTextReply(v='hello', w=5)"),
        ("node", {"kids": [{}], "up": None}, "Node(kids=[Node(kids=None, by=None, up=None)], by=None, up=None)"),
        ("wrapped", {"id": "1", "b": 2}, "WrappedRight(id='1', b=2)"),
        ("beside", {"id": "1", "a": "x"}, "BesideLeft(id='1', a='x')"),
        ("made", {"one": {"id": "1", "name": "n"}}, "MadeHolder(one=Made(id='1', name='n'), many=None)"),
        ("kind", {"kind": "unknown", "size": 7}, "KindReply(kind='unknown', size=7)"),
        ("titles", {"a": {"a": 1}, "b": {"b": 1}}, "TitlesReply(a=First(a=1), b=Second(b=1))"),
        ("pets", {"petType": "kitten", "legs": 1}, "Cat(pet_type='kitten', legs=1)"),
        ("pets", {"petType": "bird"}, "UnknownVariant(petType='bird')"),
        ("outer", {"petType": "dog", "bark": True}, "Dog(pet_type='dog', bark=True)"),
        ("outer", {"b": 1}, "Right(b=1)"),
        ("map_of_lists", {"x": [{"name": "a"}]}, "{'x': [Pet(name='a', age=None)]}"),
        ("map_of_unions", {"x": {"a": "1"}, "y": {"b": 2}}, "{'x': Left(a='1'), 'y': Right(b=2)}"),
        ("map_or_list", {"a": 1}, "{'a': 1}"),
        ("map_or_list", [1], "[1]"),
        ("one_of_two_lists", ["a"], "['a']"),
        ("one_of_two_lists", [{"name": "a"}], "[Pet(name='a', age=None)]"),
        ("pair_of_types", {"p": [1.5, "a"]}, "PairOfTypesReply(p=[1.5, 'a'])"),
        (
            "untyped_parts",
            {"a": [1], "b": [{}], "c": {"x": 1}, "d": 5, "e": None},
            "UntypedPartsReply(a=[1], b=[{}], c={'x': 1}, d=5, e=None)",
        ),
        ("closed", {"a": 1, "b": 2}, "ClosedReply(a=1, b=2)"),
        ("without_a_type", {"a": 1}, "WithoutATypeReply(a=1)"),
        ("times", {"t": "12:00:00", "d": "P1D"}, "TimesReply(t='12:00:00', d='P1D')"),
        ("lists_of_lists", [[{"name": "a"}]], "[[Pet(name='a', age=None)]]"),
        ("odd_enums", {"f": 0.5, "b": True, "n": None}, "OddEnumsReply(f=0.5, b=True, n=None)"),
        ("escaped_reference", {"size": 1}, "PageUser(size=1)"),
        ("large", {"n": 2**70, "f": 5}, "LargeReply(n=1180591620717411303424, f=5)"),
        ("titled", {"a": 1}, "TitledReply(a=1)"),
        ("any_type", {"name": "a"}, "Pet(name='a', age=None)"),
        ("any_application", {"name": "a"}, "Pet(name='a', age=None)"),
        ("json_with_a_charset", {"name": "a"}, "Pet(name='a', age=None)"),
        ("hal", {"name": "a"}, "Pet(name='a', age=None)"),
    ],
)
def test_a_reply_is_typed(package: ImportedPackage, name: str, answer: Any, typed: str) -> None:
    body = httpx.Response(200, content=json.dumps(answer), headers={"content-type": "application/json"})
    assert repr(getattr(package.client(body), name)()) == typed


@pytest.mark.parametrize(
    "name, media, content",
    [
        ("table_of_text", "text/csv", "a,b"),
        ("file_of_swagger", "application/pdf", b"%PDF"),
        ("picture_of_a_kind", "image/png", b"1"),
    ],
)
def test_a_reply_that_is_no_json_is_text_or_a_file(
    package: ImportedPackage, name: str, media: str, content: Any
) -> None:
    reply = getattr(package.client(httpx.Response(200, content=content, headers={"content-type": media})), name)()
    assert (reply if isinstance(content, str) else reply.content) == content


NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "name, arguments, sent",
    [
        ("text_as_json", {"body": "hi"}, "hi"),
        ("number_or_text_as_json", {"body": 5}, 5),
        ("number_or_text_as_json", {"body": "5"}, "5"),
        ("pet_or_null", {"body": None}, None),
        ("made_again", {"one": {"name": "a", "secret": "s"}}, {"one": {"name": "a", "secret": "s"}}),
        ("needed", {"id": "x"}, {"id": "x"}),
        ("wrapped_sent", {"body": {"id": "1", "b": 2}}, {"id": "1", "b": 2}),
        ("kinds_sent", {"kind": "", "f": 1, "b": True}, {"kind": "", "f": 1, "b": True}),
        ("titled_constants", {"c": "a"}, {"c": "a"}),
        ("price", {"price": Decimal("1.10")}, {"price": "1.10"}),
        ("price", {"price": 1.5}, {"price": 1.5}),
        ("keywords_sent", {"ref": "a", "type_": "b"}, {"$ref": "a", "type": "b"}),
        ("odd_names_sent", {"id": "1", "id_2": "2", "naive": "3"}, {"id": "1", "Id": "2", "naïve": "3"}),
        ("wrong_defaults", {}, {}),
        ("hundredths", {"m": 0.07, "big": 10**20}, {"m": 0.07, "big": 10**20}),
        ("pets_sent", {"body": {"petType": "kitten", "legs": 1}}, {"petType": "kitten", "legs": 1}),
        ("outer_sent", {"body": {"b": 1}}, {"b": 1}),
        ("vendor_json", {"name": "a"}, {"name": "a"}),
        ("intersection", {"v": "b"}, {"v": "b"}),
        ("delimited", {"a": "abc", "b": "ABC"}, {"a": "abc", "b": "ABC"}),
    ],
)
def test_a_body_is_sent_as_the_schema_has_it(
    package: ImportedPackage, name: str, arguments: dict[str, Any], sent: Any
) -> None:
    getattr(package.client(httpx.Response(204)), name)(**arguments)
    assert package.body == sent


@pytest.mark.parametrize(
    "name, arguments, problem",
    [
        ("kinds_sent", {"kind": "zz"}, "kind: 'zz' is not one of 'A', 'a'"),
        ("titled_constants", {"c": "z"}, "c: 'z' is not one of 'a', 'b'"),
        ("hundredths", {"m": 0.075}, "m: 0.075 is not a multiple of 0.01"),
        ("intersection", {"v": "a"}, "v: 'a' is not 'b'"),
        ("delimited", {"a": "ABC"}, "a: 'ABC' does not match"),
    ],
)
def test_what_a_schema_refuses_is_not_sent(
    package: ImportedPackage, name: str, arguments: dict[str, Any], problem: str
) -> None:
    with pytest.raises(package.module.InvalidRequest) as caught:
        getattr(package.client(), name)(**arguments)
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    "name, arguments, target",
    [
        (
            "odd_queries",
            {"when": [date(2026, 1, 1)], "flags": [True, False], "ids": [1, 2], "filter_name": "x", "top": 3},
            "?when=2026-01-01&flags=true&flags=false&ids%5B%5D=1&ids%5B%5D=2&filter%5Bname%5D=x&%24top=3",
        ),
        ("odd_queries", {"a_b": "y", "page_size": 1}, "?a.b=y&page%20size=1"),
        ("union_in_a_query", {"v": ["a", "b"]}, "?v=a&v=b"),
        ("union_in_a_query", {"v": "a", "u": UUID(int=1)}, "?v=a&u=00000000-0000-0000-0000-000000000001"),
        ("deep", {"f": {"a": [1, 2], "b": {"c": "x"}}}, "?f[a]=1&f[a]=2&f[b][c]=x"),
    ],
)
def test_a_query_is_sent_as_its_style_has_it(
    package: ImportedPackage, name: str, arguments: dict[str, Any], target: str
) -> None:
    getattr(package.client(httpx.Response(204)), name)(**arguments)
    assert package.target == f"/v1/requests/{name}{target}"


def test_a_value_in_a_path_a_header_or_a_form_is_text(package: ImportedPackage) -> None:
    package.client(httpx.Response(204)).by_path("a/b c", 5)
    assert package.target == "/v1/path/a%2Fb%20c/5.json"
    package.client(httpx.Response(204)).typed_headers(x_ids=[1, 2], x_on=True, x_at=NOON)
    headers = package.sent[-1].headers
    assert (headers["x-ids"], headers["x-on"], headers["x-at"]) == ("1,2", "true", "2026-01-01T12:00:00+00:00")
    package.client(httpx.Response(204)).form_of_parts(name="a b", on=True, tags=["x", "y"], o={"x": 1})
    assert package.sent[-1].content == b"name=a%20b&on=true&tags=x&tags=y&o=%7B%22x%22%3A1%7D"
    package.client(httpx.Response(204)).files_of_swagger(f=("a.txt", b"1"))
    assert b'name="f"; filename="a.txt"' in package.sent[-1].content


def test_one_schema_for_two_errors_is_one_class(package: ImportedPackage) -> None:
    for status in (400, 401):
        with pytest.raises(package.module.APIError) as caught:
            package.client(httpx.Response(status, json={"a": "x"})).by_path("a", 1)
        assert repr(caught.value.body) == "Left(a='x')"


def test_the_stand_in_accepts_what_is_sent(package: ImportedPackage) -> None:
    assert refused_by_the_stand_in(package) == []
