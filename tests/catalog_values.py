"""What the catalog says of services: tests take hosts, headers, paths and counts from here, so that a changed document
changes no test."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import urlsplit

from codegen import paths, yamlio


@cache
def document(service: str) -> dict[str, Any]:
    """Return the OpenAPI document of a service."""
    found: dict[str, Any] = yamlio.load(paths.OPENAPI / f"{service}.yaml")
    return found


def services() -> list[str]:
    """Return the names of all services."""
    found = sorted(path.stem for path in paths.OPENAPI.glob("*.yaml"))
    assert found
    return found


def clients() -> list[str]:
    """Return the names of the clients of all services."""
    return [document(service)["x-python"]["client"] for service in services()]


def operations(service: str) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return the operations of a service by their names in Python, each with its path."""
    rows = [(path, node) for path, item in document(service)["paths"].items() for node in item.values()]
    named = {(node["x-python"].get("group", ""), node["x-python"]["method"]): (path, node) for path, node in rows}
    assert len(named) == len(rows)
    return {".".join(filter(None, name)): found for name, found in named.items()}


def count() -> int:
    """Return the number of all operations."""
    return sum(len(operations(service)) for service in services())


def origin(service: str) -> str:
    """Return the URL of the default server, without its path."""
    parts = urlsplit(document(service)["servers"][0]["url"])
    return f"{parts.scheme}://{parts.netloc}"


def path(service: str, name: str) -> str:
    """Return the path of an operation, that of its server included."""
    return urlsplit(url(service, name)).path


def url(service: str, name: str) -> str:
    """Return the URL of an operation, at its own server where it has one."""
    place, node = operations(service)[name]
    server: str = node.get("servers", document(service)["servers"])[0]["url"]
    return server.rstrip("/") + place


def key_header(service: str) -> str:
    """Return the header that carries the key alone."""
    schemes = document(service)["components"]["securitySchemes"].values()
    (name,) = {scheme["name"] for scheme in schemes if scheme["type"] == "apiKey"}
    return str(name)


def parameter(service: str, name: str, wire_name: str) -> dict[str, Any]:
    """Return the schema of a parameter in the body of an operation."""
    body = operations(service)[name][1]["requestBody"]["content"]["application/json"]["schema"]
    place = schema(service, body)
    while wire_name not in place["properties"]:
        (place,) = (schema(service, node) for node in place["properties"].values())
    found: dict[str, Any] = place["properties"][wire_name]
    return found


def schema(service: str, node: dict[str, Any]) -> dict[str, Any]:
    """Return the schema that a node is, or refers to."""
    schemas = document(service)["components"]["schemas"]
    found: dict[str, Any] = schemas[node["$ref"].rpartition("/")[2]] if "$ref" in node else node
    return found
