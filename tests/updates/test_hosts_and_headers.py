"""Hosts and headers: what the documents state, and what the client sends."""

from __future__ import annotations

from typing import Any

from codegen.catalog.compare import Point
from codegen.catalog.decide import Settlement
from codegen.documents.claims import Claim, VendorDocument
from codegen.updates.hosts_and_headers import wrong_headers, wrong_hosts


def catalog(**operation: Any) -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "servers": [{"url": "https://api.shop.example"}],
        "components": {"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-App-Key"}}},
        "paths": {"/draw": {"post": {"operationId": "draw", "responses": {}, **operation}}},
    }


def url(value: str) -> Settlement:
    return Settlement(Point("draw", "operation", "", "url"), (), value, ("shop/SKILL.md#draw/operation",), None)


def document(*headers: str) -> VendorDocument:
    claims = tuple(Claim(7, "header", name, {"required": True}) for name in headers)
    return VendorDocument("shop/SKILL.md", "skill", "shop", "0", claims=claims)


def test_an_operation_that_moved_to_another_host_stops_until_somebody_decides() -> None:
    (fault,) = wrong_hosts("shop", catalog(), [url("https://new.shop.example/draw")])
    assert fault.file == "shop/SKILL.md"
    assert "the client would call https://api.shop.example" in fault.problem
    assert "servers: [{url: https://new.shop.example}]" in fault.remedy


def test_the_host_of_the_service_and_one_of_its_own_are_fine() -> None:
    assert list(wrong_hosts("shop", catalog(), [url("https://api.shop.example/draw")])) == []
    moved = catalog(servers=[{"url": "https://new.shop.example"}])
    assert list(wrong_hosts("shop", moved, [url("https://new.shop.example/draw")])) == []


def test_a_header_that_only_the_documents_or_only_the_overlay_has_is_named() -> None:
    (fault,) = wrong_headers("shop", catalog(), [document("X-Client-Key", "Content-Type")])
    assert (fault.file, fault.place) == ("shop/SKILL.md", "line 7")
    assert "X-Client-Key, which the client does not send; the overlay writes X-App-Key" in fault.problem


def test_the_same_header_in_other_letters_is_the_same() -> None:
    assert list(wrong_headers("shop", catalog(), [document("x-app-key")])) == []
