"""Where a client sends its requests: what the document says, and what base_url= may say instead."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.contracts.general.document_oracle import DocumentOracle
from codegen.contracts.general.statements import USUAL_ORIGIN, Statements
from tests.openapi.made_package import made

ROOT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Shop", "version": "1"},
    "paths": {"/x": {"get": {"operationId": "x", "responses": {"200": {"description": "Done."}}}}},
}
HTTP, HTTPS = [{"url": "http://api.shop.example"}], [{"url": "https://api.shop.example"}]


@pytest.mark.parametrize("servers", [HTTP, [], [{"url": "/v1"}]])
def test_plain_http_is_taken_from_base_url_where_no_https_url_is_known(servers: Any) -> None:
    with made({**ROOT, "servers": servers}) as package:
        with pytest.raises(package.module.InvalidRequest, match="base_url: is required"):
            package.client()
        package.client(base_url="http://api.shop.example/v1").x()
        assert str(package.sent[-1].url) == "http://api.shop.example/v1/x"


def test_plain_http_to_another_machine_is_refused_where_an_https_url_is_known() -> None:
    with made({**ROOT, "servers": HTTPS}) as package:
        with pytest.raises(package.module.InvalidRequest, match="is plain http to another machine"):
            package.client(base_url="http://api.shop.example")
        package.client(base_url="http://127.0.0.1:8000").x()
        assert str(package.sent[-1].url) == "http://127.0.0.1:8000/x"


@pytest.mark.parametrize("url", ["https://a.example/v1?tenant=x", "https://a.example/v1#x", "https://a.example/?t={t}"])
@pytest.mark.parametrize("is_own", [False, True], ids=["document", "operation"])
def test_the_contract_tests_give_base_url_where_a_server_has_a_query_or_a_fragment(url: str, is_own: bool) -> None:
    servers = [{"url": url, "variables": {"t": {"enum": ["x", "y"], "default": "x"}}}]
    operation = {**ROOT["paths"]["/x"]["get"], **({"servers": servers} if is_own else {})}
    root = {**ROOT, "paths": {"/x": {"get": operation}}, "servers": HTTPS if is_own else servers}
    with made(root) as package:
        oracle = DocumentOracle(package.service.document)
        statements = Statements(package.service, oracle)
        expected = "https://api.shop.example" if is_own else ""
        assert (package.service.base_url, statements.base_url) == (expected, expected)
        assert statements.server(package.service.operations[0]) == (expected or USUAL_ORIGIN)
        package.client(base_url=statements.server(package.service.operations[0])).x()
        assert str(package.sent[-1].url) == f"{expected or USUAL_ORIGIN}/x"
