"""Where a client sends its requests: what the document says, and what base_url= may say instead."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from codegen.contracts.general.statements import USUAL_ORIGIN, Statements
from codegen.contracts.oracle import Oracle
from codegen.openapi.document import Document
from codegen.python.servers import base_url
from tests.openapi.package_of_document import package_of

ROOT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Shop", "version": "1"},
    "paths": {"/x": {"get": {"operationId": "x", "responses": {"200": {"description": "Done."}}}}},
}
HTTP, HTTPS = [{"url": "http://api.shop.example"}], [{"url": "https://api.shop.example"}]


@pytest.mark.parametrize("servers", [HTTP, [], [{"url": "/v1"}]])
def test_plain_http_is_taken_from_base_url_where_no_https_url_is_known(servers: Any) -> None:
    with package_of({**ROOT, "servers": servers}) as package:
        with pytest.raises(package.module.InvalidRequest, match="base_url: is required"):
            package.client()
        package.client(base_url="http://api.shop.example/v1").x()
        assert str(package.sent[-1].url) == "http://api.shop.example/v1/x"


@pytest.mark.parametrize(
    ("url", "why"),
    {
        "/v1": "is not a whole URL: '/v1'",
        "https://{tenant}.shop.example": "has a variable without a default: 'https://{tenant}.shop.example'",
        "https://user@shop.example": "has a user name, which is no part of a URL that is written down",
        "http://shop.example": "is not encrypted: 'http://shop.example'",
        "HTTPS://Shop.Example/V1/": "",
        "https://shop.example:443/v1": "",
        "http://[::1]:8000": "",
    }.items(),
)
def test_a_url_that_no_key_may_be_sent_to_is_said_with_the_reason(url: str, why: str) -> None:
    document = Document({**ROOT, "servers": [{"url": url}]})
    result = {
        "HTTPS://Shop.Example/V1/": "https://shop.example/V1",
        "https://shop.example:443/v1": "https://shop.example/v1",
    }
    assert base_url(document, [""]) == ("" if why else result.get(url, url))
    assert [note.problem.startswith(why) for note in document.notes] == ([True] if why else [])


def test_plain_http_to_another_machine_is_refused_where_an_https_url_is_known() -> None:
    with package_of({**ROOT, "servers": HTTPS}) as package:
        with pytest.raises(package.module.InvalidRequest, match="is plain http to another machine"):
            package.client(base_url="http://api.shop.example")
        package.client(base_url="http://127.0.0.1:8000").x()
        assert str(package.sent[-1].url) == "http://127.0.0.1:8000/x"


@pytest.mark.parametrize("url", ["https://a.example/v1?tenant=x", "https://a.example/v1#x", "https://a.example/?t={t}"])
def test_the_contract_tests_give_base_url_where_a_server_has_a_query_or_a_fragment(url: str) -> None:
    root = {**ROOT, "servers": [{"url": url, "variables": {"t": {"enum": ["x", "y"], "default": "x"}}}]}
    with package_of(root) as package:
        statements = Statements(package.service, Oracle(package.service.document))
        assert (package.service.base_url, statements.base_url) == ("", "")
        assert statements.server(package.service.operations[0]) == USUAL_ORIGIN
        package.client(base_url=statements.server(package.service.operations[0])).x()
        assert str(package.sent[-1].url) == f"{USUAL_ORIGIN}/x"


def _with_own(servers: Any, document: Any) -> dict[str, Any]:
    """Return a document with an operation that has servers of its own beside one that has none."""
    operation = ROOT["paths"]["/x"]["get"]
    paths = {"/x": {"get": {**operation, "servers": servers}}, "/y": {"get": {**operation, "operationId": "y"}}}
    return {
        **ROOT,
        "paths": paths,
        "servers": [{"url": "https://api.shop.example/v1"}] if document is None else document,
    }


def test_a_server_of_the_document_that_is_repeated_without_its_variables_has_them() -> None:
    region = {"url": "https://{region}.shop.example", "variables": {"region": {"default": "eu"}}}
    item = {"get": {"operationId": "x", "servers": [{"url": region["url"]}], "responses": {"200": {"description": ""}}}}
    with package_of({**ROOT, "servers": [region], "paths": {"/x": item}}) as package:
        package.client(httpx.Response(200)).x()
        assert str(package.sent[-1].url) == "https://eu.shop.example/x"
        assert [note.place for note in package.service.notes] == ["/paths/~1x/get/servers/0"]


_OWN = {
    "relative": ([{"url": "/admin"}], "https://api.shop.example/admin/x"),
    "relative, with a slash at its end": ([{"url": "/admin/"}], "https://api.shop.example/admin/x"),
    "the root of the host": ([{"url": "/"}], "https://api.shop.example/x"),
    "without scheme": ([{"url": "//files.shop.example/up"}], "https://files.shop.example/up/x"),
    "whole": ([{"url": "https://files.shop.example/up/"}], "https://files.shop.example/up/x"),
    "upper case": ([{"url": "HTTPS://Files.Shop.example/Up"}], "https://files.shop.example/Up/x"),
    "with a port": ([{"url": "https://files.shop.example:8443"}], "https://files.shop.example:8443/x"),
    "this machine": ([{"url": "http://localhost:8000/v2"}], "http://localhost:8000/v2/x"),
    "the first that can be called": (
        [{"url": "http://plain.example"}, {"url": "https://two.example"}],
        "https://two.example/x",
    ),
    "that of the document": ([{"url": "https://api.shop.example/v1/"}], "https://api.shop.example/v1/x"),
    "none": ([], "https://api.shop.example/v1/x"),
    "variables": (
        [
            {
                "url": "{scheme}://{region}.shop.example:{port}/{base}",
                "variables": {
                    "scheme": {"default": "https"},
                    "region": {"enum": ["eu", "us"], "default": "us"},
                    "port": {"default": 8443},
                    "base": {"default": "v2"},
                },
            }
        ],
        "https://us.shop.example:8443/v2/x",
    ),
    "a variable of the path": (
        [{"url": "/{base}", "variables": {"base": {"default": "v2"}}}],
        "https://api.shop.example/v2/x",
    ),
}


def _each_with_own(rows: list[Any]) -> dict[str, Any]:
    """Return a document with two operations for each list of servers, which the operation or its path item has."""
    operation, paths = ROOT["paths"]["/x"]["get"], {}
    for index, servers in enumerate(rows):
        own, of_item = f"o{index}", f"i{index}"
        paths[f"/{own}"] = {"get": {**operation, "operationId": own, "servers": servers}}
        paths[f"/{of_item}"] = {"get": {**operation, "operationId": of_item}, "servers": servers}
    paths["/y"] = {"get": {**operation, "operationId": "y"}}
    return {**ROOT, "paths": paths, "servers": [{"url": "https://api.shop.example/v1"}]}


def test_an_operation_is_called_at_its_own_server_or_that_of_its_path_item() -> None:
    with package_of(_each_with_own([servers for servers, _ in _OWN.values()])) as package:
        statements = Statements(package.service, Oracle(package.service.document))
        stated = {str(row.name): statements.server(row) for row in package.service.operations}
        client, expected = package.client(), dict[str, str]()
        for index, (_, url) in enumerate(_OWN.values()):
            expected |= {name: url.removesuffix("/x") for name in (f"o{index}", f"i{index}")}
        expected["y"] = "https://api.shop.example/v1"
        for name in expected:
            getattr(client, name)()
        sent = {url.rpartition("/")[2]: url.rpartition("/")[0] for url in (str(one.url) for one in package.sent)}
        assert sent == expected
        assert stated == expected


_NOT_CALLED = {
    "http://plain.example": "is not encrypted",
    "ftp://files.example": "is not a whole URL",
    "up": "is not a whole URL",
    "./up": "is not a whole URL",
    "https://files.example/a/../b": "has a segment '.' or '..'",
    "https://user:word@files.example": "has a user name",
    "https://files.example?x=1": "has a query or a fragment",
    "https://files.example#x": "has a query or a fragment",
    "https://{tenant}.example": "has a variable without a default",
    "https://files.example:99999": "is not a URL",
    "": "is not a whole URL",
}


def test_an_operation_whose_server_cannot_be_called_is_left_out_and_never_sent_elsewhere() -> None:
    with package_of(_each_with_own([[{"url": url}] for url in _NOT_CALLED])) as package:
        assert [str(operation.name) for operation in package.service.operations] == ["y"]
        problems = {fault.place: fault.problem for fault in package.service.refused}
        for index, why in enumerate(_NOT_CALLED.values()):
            for place in (f"/paths/~1o{index}/get/servers", f"/paths/~1i{index}/servers"):
                assert problems[place].startswith(why), problems[place]


def test_where_every_operation_has_its_own_server_no_base_url_is_needed() -> None:
    one, other = ([{"url": f"https://{name}.example"}] for name in ("one", "other"))
    root = _with_own(one, HTTP)
    root["paths"]["/y"]["servers"] = other
    with package_of(root) as package:
        client = package.client()
        client.x()
        client.y()
        assert [str(request.url) for request in package.sent] == ["https://one.example/x", "https://other.example/y"]


@pytest.mark.parametrize("url", ["/v1", "http://api.shop.example"])
def test_a_server_that_an_operation_repeats_from_the_document_is_what_base_url_says(url: str) -> None:
    with package_of(_with_own([{"url": url}], [{"url": url}])) as package:
        package.client(base_url="https://api.shop.example/v7").x()
        assert str(package.sent[-1].url) == "https://api.shop.example/v7/x"


def test_a_path_has_no_server_to_be_on_where_the_document_has_no_whole_url() -> None:
    with package_of(_with_own([{"url": "/admin"}], [{"url": "/v1"}])) as package:
        (fault,) = package.service.refused
        assert fault.problem == "is a path, and the document has no https URL that it is on: '/admin'"
        assert fault.remedy == "give it an https URL, or the document one as servers[0].url"


def test_a_server_beside_a_document_without_one_is_said_to_need_a_client_of_its_own() -> None:
    with package_of(_with_own([{"url": "https://files.example"}], HTTP)) as package:
        notes = [note for note in package.service.notes if note.place == "/paths/~1x/get/servers"]
        assert [note.remedy for note in notes] == ["give base_url='https://files.example' to a client that calls it"]
