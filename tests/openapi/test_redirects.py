"""A redirect that a document states is a result: it is not followed, and its headers say where it leads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.openapi.package_of_document import ImportedPackage, package_of
from tests.openapi.reports import JSON, document, record

PLACE = {"Location": {"schema": {"type": "string", "format": "uri"}}}
TAG = {"ETag": {"schema": {"type": "string"}}}
DONE = {"description": "Done.", "content": {JSON: {"schema": record(n={"type": "integer"})}}}
ANSWERS: dict[str, dict[str, Any]] = {
    "leads": {"302": {"description": "There.", "headers": PLACE}},
    "bare": {"307": {"description": "There."}, "default": {"description": "Wrong."}},
    "either": {"200": DONE, "303": {"description": "There.", "headers": PLACE}},
    "any_of_them": {"200": DONE, "3XX": {"description": "There."}},
    "unchanged": {"200": {**DONE, "headers": TAG}, "304": {"description": "As before.", "headers": TAG}},
    "both_say": {"200": DONE, "302": {**DONE, "headers": PLACE}},
    "plain": {"200": DONE},
}


@pytest.fixture(scope="module")
def package() -> Iterator[ImportedPackage]:
    root = document()
    root["paths"] = {
        f"/{name}": {
            "get": {"operationId": name, "responses": answers},
            "post": {"operationId": f"make_{name}", "responses": answers},
        }
        for name, answers in ANSWERS.items()
    }
    with package_of(root, "reports.json") as package:
        yield package


URL = "https://other.example/x"
LEADING = [("leads", 302), ("bare", 307), ("either", 303), ("any_of_them", 308), ("both_say", 302)]


@pytest.mark.parametrize("verb", ["", "make_"])
@pytest.mark.parametrize(("name", "status"), LEADING)
@pytest.mark.parametrize("page", [b"", b"<html>Moved</html>"])
def test_a_documented_redirect_is_a_result_and_is_not_followed(
    package: ImportedPackage, name: str, status: int, verb: str, page: bytes
) -> None:
    reply = httpx.Response(status, headers={"Location": URL, "Content-Type": "text/html"}, content=page)
    client = package.client(reply)
    result, headers = getattr(client, f"{verb}{name}_with_headers")()
    assert (getattr(result, "root", None), headers.location) == (None, URL)
    getattr(client, f"{verb}{name}")()
    assert [request.url.host for request in package.sent] == ["api.reports.example"] * 2


def test_what_the_document_states_beside_a_redirect_is_read_as_before(package: ImportedPackage) -> None:
    client = package.client(httpx.Response(200, json={"n": 1}))
    assert [getattr(client, name)().n for name in ("either", "any_of_them", "unchanged", "both_say")] == [1, 1, 1, 1]


def test_a_redirect_with_a_documented_body_has_it(package: ImportedPackage) -> None:
    reply = package.client(httpx.Response(302, headers={"Location": URL}, json={"n": 2})).both_say()
    assert reply.n == 2


def test_what_is_not_modified_is_none_with_its_headers(package: ImportedPackage) -> None:
    reply, headers = package.client(httpx.Response(304, headers={"ETag": '"a"'})).unchanged_with_headers()
    assert (getattr(reply, "root", None), headers.etag) == (None, '"a"')


@pytest.mark.parametrize(("name", "status"), [("plain", 302), ("either", 302), ("unchanged", 302), ("leads", 301)])
def test_a_redirect_that_no_document_states_is_an_error(package: ImportedPackage, name: str, status: int) -> None:
    with pytest.raises(package.module.APIError, match="redirect, which is not followed"):
        getattr(package.client(httpx.Response(status, headers={"Location": URL})), name)()
