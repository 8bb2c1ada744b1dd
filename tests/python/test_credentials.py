"""Who a client calls as: security schemes become headers, and the arguments of the constructor that fill them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.python.support import document, operation, read


def schemes(**more: Any) -> dict[str, Any]:
    return {"components": {"securitySchemes": more}}


CASES: list[tuple[dict[str, Any], tuple[str, str, tuple[str, ...]], list[tuple[str, str]]]] = [
    (
        {"type": "apiKey", "in": "header", "name": "X-Key"},
        ("X-Key", "plain", ("api_key",)),
        [("api_key", "PAINTER_API_KEY")],
    ),
    (
        {"type": "http", "scheme": "Bearer"},
        ("Authorization", "bearer", ("token",)),
        [("token", "PAINTER_TOKEN")],
    ),
    (
        {"type": "http", "scheme": "basic"},
        ("Authorization", "basic", ("username", "password")),
        [("username", "PAINTER_USERNAME"), ("password", "PAINTER_PASSWORD")],
    ),
    (
        {
            "type": "http",
            "scheme": "bearer",
            "x-python": {"plain": {"argument": "app_token", "variable": "APP_TOKEN", "obtain": "Ask\n nicely."}},
        },
        ("Authorization", "bearer", ("app_token",)),
        [("app_token", "APP_TOKEN")],
    ),
]


@pytest.mark.parametrize("scheme, header, credentials", CASES)
def test_a_scheme_is_a_header_and_its_credentials(
    scheme: dict[str, Any], header: tuple[str, str, tuple[str, ...]], credentials: list[tuple[str, str]]
) -> None:
    service = read(document(security=[{"a": []}], **schemes(a=scheme)))
    (result,) = service.auth
    assert (result.header, result.scheme, result.credentials, result.pointer) == (
        *header,
        "/components/securitySchemes/a",
    )
    assert [(row.argument, row.variable) for row in service.credentials] == credentials
    words = "Ask nicely." if "x-python" in scheme else ""
    assert {row.obtain for row in service.credentials} == {words}


def test_each_operation_has_the_alternatives_that_it_asks_for() -> None:
    key, other = ({"type": "apiKey", "in": "header", "name": name} for name in ("X-A", "X-B"))
    service = read(document(security=[{"b": []}, {"a": []}], **schemes(a=key, b=other)))
    assert [header.header for header in service.auth] == ["X-B", "X-A"]
    assert [row.argument for row in service.credentials] == ["api_key", "a"]
    assert (service.operations[0].security, service.keys_required) == ((("b",), ("a",)), False)
    paths = {"/a": {"post": operation(operationId="a")}, "/b": {"post": operation(security=[{"a": []}])}}
    service = read(document(paths, **schemes(a=key)))
    assert [result.security for result in service.operations] == [(), (("a",),)]
    assert read(document(security=[{}], **schemes(a=key))).auth == ()


@pytest.mark.parametrize(
    "scheme, location",
    [
        ({"type": "apiKey", "in": "query", "name": "key"}, "query"),
        ({"type": "apiKey", "in": "cookie", "name": "key"}, "cookie"),
        ({"type": "oauth2", "flows": {}}, "header"),
        ({"type": "openIdConnect", "openIdConnectUrl": "https://a.example"}, "header"),
    ],
)
def test_keys_in_other_places_and_ready_tokens_are_taken(scheme: dict[str, Any], location: str) -> None:
    (result,) = read(document(security=[{"a": []}], **schemes(a=scheme))).auth
    assert result.location == location


def test_an_operation_whose_every_alternative_is_unsupported_is_left_out() -> None:
    paths = {"/a": {"post": operation(operationId="a", security=[{"m": []}])}, "/b": {"post": operation()}}
    service = read(document(paths, **schemes(m={"type": "mutualTLS"})))
    assert [result.operation_id for result in service.operations] == ["paint"]
    assert ["'m' is a certificate of the connection" in fault.problem for fault in service.refused] == [True]
    assert ["with the certificate" in fault.remedy for fault in service.refused] == [True]


def test_a_credential_that_two_headers_carry_is_one_argument() -> None:
    plain = {"argument": "key", "variable": "KEY"}
    both = {
        name: {"type": "apiKey", "in": "header", "name": f"X-{name}", "x-python": {"plain": plain}}
        for name in ("a", "b")
    }
    service = read(document(security=[{"a": [], "b": []}], **schemes(**both)))
    assert ([row.argument for row in service.credentials], len(service.auth)) == (["key"], 2)


_BASIC, _BEARER = {"type": "http", "scheme": "basic"}, {"type": "http", "scheme": "bearer"}


def _key(location: str, name: str) -> dict[str, Any]:
    return {"type": "apiKey", "in": location, "name": name}


@pytest.mark.parametrize(
    "one, other, place",
    [
        (_BASIC, _BEARER, "header, 'Authorization'"),
        (_BEARER, {"type": "oauth2", "flows": {}}, "header, 'Authorization'"),
        (_BASIC, _key("header", "authorization"), "header, 'Authorization'"),
        (_key("header", "X-Key"), _key("header", "x-key"), "header, 'X-Key'"),
        (_key("query", "key"), _key("query", "key"), "query, 'key'"),
        (_key("cookie", "key"), _key("cookie", "key"), "cookie, 'key'"),
    ],
)
def test_two_schemes_of_one_alternative_that_write_one_place_are_refused(
    one: dict[str, Any], other: dict[str, Any], place: str
) -> None:
    paths = {"/a": {"post": operation(operationId="a", security=[{"p": [], "q": []}])}, "/b": {"post": operation()}}
    service = read(document(paths, **schemes(p=one, q=other)))
    assert [result.operation_id for result in service.operations] == ["paint"]
    (fault,) = service.refused
    assert (fault.place, fault.problem) == (
        "/paths/~1a/post/security",
        f"the schemes 'p' and 'q' write the same {place}",
    )
    assert fault.remedy == "use a key, basic, bearer, or a token, each in a place of its own"
    assert (service.auth, service.credentials) == ((), ())


def test_an_alternative_that_can_be_sent_is_taken_and_only_its_keys_are_arguments() -> None:
    service = read(document(security=[{"p": [], "q": []}, {"q": []}], **schemes(p=_BASIC, q=_BEARER)))
    assert service.operations[0].security == (("q",),)
    assert ([row.argument for row in service.credentials], service.keys_required) == (["token"], True)


@pytest.mark.parametrize(
    "one, other",
    [
        (_key("header", "key"), _key("query", "key")),
        (_key("query", "Key"), _key("query", "key")),
        (_BASIC, _key("cookie", "Authorization")),
    ],
)
def test_two_schemes_that_write_different_places_are_sent_together(one: dict[str, Any], other: dict[str, Any]) -> None:
    service = read(document(security=[{"p": [], "q": []}], **schemes(p=one, q=other)))
    assert (service.operations[0].security, len(service.auth)) == ((("p", "q"),), 2)
