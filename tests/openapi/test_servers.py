"""Where a client sends its requests: what the document says, and what base_url= may say instead."""

from __future__ import annotations

from typing import Any

import pytest

from tests.openapi.made import made

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
