"""What people reported about other generators and clients, tried on ours: the wire and the typed reply of each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import httpx
import pytest

from tests.openapi import reports
from tests.openapi.package_of_document import ImportedPackage, package_of, refused_by_the_stand_in

METACLASS = "MetaclassReply(register_='a', mro_='b', model_fields_='c')"


@pytest.fixture(scope="module")
def package() -> Iterator[ImportedPackage]:
    with package_of(reports.document(), "reports.json") as package:
        yield package


def test_every_operation_is_made(package: ImportedPackage) -> None:
    assert package.service.refused == ()
    assert len(package.service.operations) == len(reports.REQUESTS) + len(reports.REPLIES) + 1


@pytest.mark.parametrize(
    "name, arguments, query, body",
    [
        ("numbers", {"least": Decimal("0.10"), "price": Decimal("2.50")}, "least=0.1", {"price": 2.5}),
        ("numbers", {"count": Decimal("3"), "exact": Decimal("1.10")}, "", {"count": 3, "exact": "1.10"}),
        ("numbers", {"rows": [Decimal("0.5"), 1]}, "", {"rows": [0.5, 1]}),
        ("pet", {"pet": {"kind": "d"}}, "", {"pet": {"kind": "d"}}),
        ("by_pattern", {"body": {"x-a": 1}}, "", {"x-a": 1}),
        ("by_pattern_inside", {"o": {"x-a": 1}}, "", {"o": {"x-a": 1}}),
        ("by_pattern_beside", {"o": {"a": "b", "y-a": "c"}}, "", {"o": {"a": "b", "y-a": "c"}}),
        ("pet", {"pet": None}, "", {"pet": None}),
        ("fractional_bounds", {"count": 1}, "", {"count": 1}),
        ("fractional_bounds", {"count": 3}, "", {"count": 3}),
        ("one_of_two", {"b": 1}, "", {"b": 1}),
        ("pair", {"pair": ["a", 1]}, "", {"pair": ["a", 1]}),
        ("blank_or_null", {"word": ""}, "", {"word": ""}),
        ("blank_or_null", {"word": None}, "", {"word": None}),
        ("blank_or_null", {}, "", {}),
        ("plain", {"q": "a b"}, "q=a%20b", None),
    ],
)
def test_a_value_is_sent_as_the_schema_has_it(
    package: ImportedPackage, name: str, arguments: dict[str, Any], query: str, body: Any
) -> None:
    getattr(package.client(), name)(**arguments)
    sent = package.sent[-1]
    assert sent.url.query.decode() == query
    assert (json.loads(sent.content) if sent.content else None) == body


@pytest.mark.parametrize(
    "name, arguments, problem",
    [
        ("numbers", {"price": Decimal("0.1234567890123456789")}, "has more digits than a number keeps"),
        ("numbers", {"count": Decimal("1.5")}, "count: Decimal('1.5') is not a whole number"),
        ("numbers", {"price": Decimal("NaN")}, "price: Decimal('NaN') is not a number"),
        ("latin", {"body": "5 €"}, "body: has '€', which text/plain; charset=iso-8859-1 does not have"),
        ("by_pattern", {"body": {"y-a": 1}}, "body"),
        ("by_pattern_beside", {"o": {"b": 1}}, "o: {'b': 1} has 'b', which is not known here"),
        ("fractional_bounds", {"count": 0}, "count: 0 is below the minimum 1"),
        ("fractional_bounds", {"count": 4}, "count: 4 is not below 4"),
        ("one_of_two", {}, "a: is missing: give a or b"),
        ("pet", {"pet": {"kind": "e"}}, "pet: has 'e' at 'kind', not one of 'c', 'd'"),
        ("pet", {"pet": {"size": 1}}, "pet: has nothing at 'kind', which says what it is"),
    ],
)
def test_what_cannot_be_sent_is_refused_in_words(
    package: ImportedPackage, name: str, arguments: dict[str, Any], problem: str
) -> None:
    with pytest.raises(package.module.InvalidRequest) as caught:
        getattr(package.client(), name)(**arguments)
    assert problem in str(caught.value)
    assert package.sent == []


@pytest.mark.parametrize(
    "name, arguments, media, content",
    [
        ("latin", {"body": "é"}, "text/plain; charset=iso-8859-1", b"\xe9"),
        ("lines_sent", {"body": "1\n2\n"}, "application/x-ndjson; charset=utf-8", b"1\n2\n"),
        ("picture", {"body": ("a.png", b"1", "image/webp")}, "image/webp", b"1"),
        ("picture", {"body": ("a.png", b"1")}, "image/png", b"1"),
    ],
)
def test_a_body_has_the_media_type_that_fits_it(
    package: ImportedPackage, name: str, arguments: dict[str, Any], media: str, content: bytes
) -> None:
    getattr(package.client(), name)(**arguments)
    assert package.sent[-1].headers["content-type"] == media
    assert package.sent[-1].content == content


@pytest.mark.parametrize(
    "arguments, head",
    [
        ({"photo": ("a.jpg", b"1")}, b'name="photo"; filename="a.jpg"\r\nContent-Type: image/jpeg'),
        ({"photo": ("a.gif", b"1")}, b'name="photo"; filename="a.gif"\r\nContent-Type: image/png'),
        ({"photo": b"1"}, b'name="photo"; filename="file"\r\nContent-Type: image/png'),
        ({"plan": b"1"}, b'name="plan"; filename="file"\r\nContent-Type: image/svg+xml'),
    ],
)
def test_a_part_has_the_media_type_that_fits_it(
    package: ImportedPackage, arguments: dict[str, Any], head: bytes
) -> None:
    package.client().parts(**arguments)
    assert head in package.sent[-1].content


@pytest.mark.parametrize(
    "name, answer, typed",
    [
        ("union_or_null", {"pet": {"kind": "d"}}, "UnionOrNullReply(pet=Dog(kind='d', size=None))"),
        ("union_or_null", {"pet": None}, "UnionOrNullReply(pet=None)"),
        ("union_of_constants", {"form": "box"}, "Square(form='box', size=None)"),
        ("union_of_numbers", {"version": 2}, "Second(version=2, size=None)"),
        ("list_of_union", [{"kind": "d"}, {"kind": "?"}], "[Dog(kind='d', size=None), UnknownVariant(kind='?')]"),
        ("list_of_union", [{"kind": "d", "size": "L"}], "[Dog(kind='d', size='L')]"),
        ("lines", {"rows": [{"count": 1}, {}]}, "LinesReply(rows=[Line(count=1, name=None), Line(name=None)])"),
        ("lines", {"by_name": {"a": {}}, "last": {}}, "LinesReply(by_name={'a': Line()}, last=Line())"),
        ("dotted_names", {"kind": "com.acme.Dog"}, "ComAcmeDog(kind='com.acme.Dog', size=None)"),
        ("one_of_its_subtypes", {"kind": "bee", "stings": True}, "Bee(stings=True, kind='bee')"),
        ("one_of_its_subtypes", {"kind": "Moth", "wings": 4}, "Moth(wings=4, kind='Moth')"),
        ("variants_by_name", {"kind": "l", "more": "x"}, "Long(kind='l', more='x')"),
        ("metaclass", {"register": "a", "mro": "b", "model_fields": "c"}, METACLASS),
        ("name_with_a_slash", {"size": 1}, "AB(size=1)"),
        ("open", {"name": "n", "a": {"count": 1}}, "OpenReply(name='n', a=Line(count=1, name=None))"),
        ("open", {"a": {"name": "x"}}, "OpenReply(a=Line(name='x'))"),
    ],
)
def test_a_reply_is_typed_as_far_as_it_fits(package: ImportedPackage, name: str, answer: Any, typed: str) -> None:
    reply = getattr(package.client(httpx.Response(200, json=answer)), name)()
    assert _without_none(repr(reply)) == _without_none(typed)


@pytest.mark.parametrize(
    "name, arguments, parts",
    [
        (
            "optional_files",
            {"file": b"1", "other": b"2", "many": [b"3", b"4"], "named": b"5"},
            "file other many many named",
        ),
        ("optional_files", {"file": None}, ""),
        ("image", {"image": b"1"}, "image"),
        ("image", {"image": [b"1", b"2"], "link": b"3"}, "image image link"),
    ],
)
def test_a_file_that_may_be_null_a_list_or_a_url_is_sent_as_a_file(
    package: ImportedPackage, name: str, arguments: dict[str, Any], parts: str
) -> None:
    getattr(package.client(), name)(**arguments)
    result = re.findall(rb'name="(\w+)"; filename="file"', package.sent[-1].content)
    assert b" ".join(result).decode() == parts


def test_text_in_place_of_a_file_is_sent_where_the_document_has_both(package: ImportedPackage) -> None:
    package.client().image(image=b"1", link="https://a.example/b")
    assert b'name="link"\r\n\r\nhttps://a.example/b' in package.sent[-1].content
    with pytest.raises(package.module.InvalidRequest, match="image: is not a file: text may be a path or the content"):
        package.client().image(image="photo.png")


@pytest.mark.parametrize("media", reports.STREAMS)
def test_a_stream_is_given_as_its_whole_text(package: ImportedPackage, media: str) -> None:
    lines = '{"a":1}\n{"a":2}\n'
    client = package.client(httpx.Response(200, content=lines.encode(), headers={"content-type": media}))
    assert client.streams(accept=media) == lines
    assert package.sent[-1].headers["accept"] == media


@pytest.mark.parametrize("name", ["numbers_or_nothing", "text_or_nothing"])
def test_no_content_is_none_where_the_document_has_a_value(package: ImportedPackage, name: str) -> None:
    assert getattr(package.client(httpx.Response(204)), name)() is None


def _without_none(text: str) -> str:
    """Return a representation without the fields that are None, whether they were set or not."""
    return re.sub(r"(, )?\b\w+=None(?=[,)])", "", text).replace("(, ", "(")


def test_a_reply_that_is_no_list_is_no_list(package: ImportedPackage) -> None:
    client = package.client(httpx.Response(200, json={"kind": "d"}))
    with pytest.raises(package.module.InvalidResponse, match="the reply is dict, not a list"):
        client.list_of_union()


@pytest.mark.parametrize(
    "arguments, content",
    [({}, b""), ({"size": 1}, b'{"size":1}'), ({"extra_body": {"size": 1}}, b'{"size":1}')],
)
@pytest.mark.parametrize("name", ["bodiless", "unstated"])
def test_a_body_that_is_not_required_is_sent_where_something_is_given(
    package: ImportedPackage, arguments: dict[str, Any], content: bytes, name: str
) -> None:
    getattr(package.client(), name)(**arguments)
    assert package.sent[-1].content == content
    assert ("content-type" in package.sent[-1].headers) is bool(content)


@pytest.mark.parametrize(("name", "missing"), [("bodiless", "size"), ("unstated", "size"), ("unstated_form", "file")])
def test_a_body_that_is_sent_has_what_it_requires(package: ImportedPackage, name: str, missing: str) -> None:
    client = package.client()
    with pytest.raises(package.module.InvalidRequest, match=f"{missing}: is required where a body is sent"):
        getattr(client, name)(name="a")
    assert package.sent == []
    getattr(client, name)()
    assert package.sent[-1].content == b""
    getattr(client, name)(name="a", **{missing: b"1" if missing == "file" else 1})
    assert b"a" in package.sent[-1].content


def test_a_user_may_have_no_password(package: ImportedPackage) -> None:
    package.client(username="fake-key", password="").signed_in()
    assert package.sent[-1].headers["authorization"] == "Basic ZmFrZS1rZXk6"


def test_a_key_in_a_cookie_stays_as_it_is(package: ImportedPackage) -> None:
    package.client(session="fake-key/+==").with_a_session()
    assert package.sent[-1].headers["cookie"] == "sid=fake-key/+=="


@pytest.mark.parametrize(
    "media, content, result",
    [
        ("application/json", b'{"a":1}', {"a": 1}),
        ("text/plain", b"[1]", [1]),
        ("image/png", b"\x89PNG", b"\x89PNG"),
        ("application/octet-stream", b"{}", b"{}"),
    ],
)
def test_a_file_where_nothing_is_said_of_the_json_is_its_bytes(
    package: ImportedPackage, media: str, content: bytes, result: Any
) -> None:
    client = package.client(httpx.Response(200, content=content, headers={"content-type": media}))
    reply = client.anything()
    assert (reply.content if isinstance(result, bytes) else reply) == result


def test_a_web_page_is_no_reply_where_nothing_is_said_of_the_json(package: ImportedPackage) -> None:
    client = package.client(httpx.Response(200, content=b"<html>", headers={"content-type": "text/html"}))
    with pytest.raises(package.module.InvalidResponse, match="is not JSON"):
        client.anything()


def test_keys_that_go_together_are_asked_for_together(package: ImportedPackage) -> None:
    with pytest.raises(package.module.MissingCredentials) as caught:
        package.client(api_key="fake-key").two_keys()
    words = "two_keys needs api_key= (REPORTS_API_KEY) and two= (REPORTS_TWO) or username= (REPORTS_USERNAME) and"
    assert words in str(caught.value)


def test_the_stand_in_accepts_what_is_sent(package: ImportedPackage) -> None:
    assert refused_by_the_stand_in(package) == []


def test_a_cookie_is_written_as_the_form_style_has_it(package: ImportedPackage) -> None:
    size = {"w": 1, "h": 2}
    package.client().cookies(ids=[1, 2], color={"r": 1, "g": "a;b"}, word="a,b", size=size)
    assert package.sent[-1].headers["cookie"] == "ids=1,2; r=1; g=a%3Bb; word=a%2Cb; size=w,1,h,2"
