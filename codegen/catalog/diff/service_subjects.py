"""A document of the catalog as a subject of the diff: its servers, keys, error codes and operations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from codegen.catalog.diff.operation_subjects import Calls, further, operation, servers
from codegen.catalog.diff.subject import Subject, by_name, error_codes, extensions, mapping, rest, stated
from codegen.openapi import pointers
from codegen.openapi.document import Document
from codegen.openapi.json_values import texts
from codegen.openapi.walk import Node

_ENVELOPE = frozenset({"at", "codes", "http"})


def service(name: str, root: dict[str, Any]) -> Subject:
    """Return the whole document."""
    document = Document(root)
    info, errors, python = (mapping(root.get(key)) for key in ("info", "x-error-codes", "x-python"))
    urls = servers(root.get("servers"))
    calls = Calls(document)
    parts = [
        *(Subject("server", url, "/servers") for url in urls[1:]),
        *_schemes(document),
        *error_codes(errors, "/x-error-codes", paid=calls.paid),
        *(operation(calls, row) for row in (*document.operations, *further(document))),
    ]
    facts = stated(
        title=info.get("title"),
        description=info.get("description"),
        version=info.get("version"),
        client=python.get("client"),
        server=urls[0] if urls else None,
        server_variables=_variables(root.get("servers")) or None,
        dialect=root.get("jsonSchemaDialect"),
        envelope=_envelope(mapping(errors.get("at"))) or None,
        tags=root.get("tags"),
        external_docs=root.get("externalDocs"),
        claims=root.get("x-claims"),
        disagreements=root.get("x-disagreements"),
        other_python_keys=rest(python, {"client"}),
        other_error_keys=rest(errors, _ENVELOPE),
        extensions=extensions(root, "document"),
    )
    return Subject("service", name, "", facts=facts, parts=lambda: by_name(parts))


def _variables(listed: Any) -> dict[str, Any]:
    """Return the values that variables of the servers may have; their defaults are part of the URL."""
    variables = [mapping(mapping(server).get("variables")) for server in listed] if isinstance(listed, list) else []
    return {name: sorted(texts(mapping(value).get("enum"))) for one in variables for name, value in one.items()}


def _envelope(at: dict[str, Any]) -> dict[str, Any]:
    return {**at, "success": sorted(texts(at["success"]))} if "success" in at else at


def _schemes(document: Document) -> Iterator[Subject]:
    for node in document.of("security scheme"):
        python = mapping(node.value.get("x-python"))
        credentials = {
            role: {key: value for key, value in mapping(keywords).items() if key != "obtain"}
            for role, keywords in python.items()
        }
        yield Subject(
            "security scheme",
            pointers.steps(node.pointer)[-1],
            node.pointer,
            facts=stated(
                scheme=_scheme(node),
                scopes=_scopes(node) or None,
                bearer_format=node.value.get("bearerFormat"),
                deprecated=node.value.get("deprecated") or None,
                credential=credentials or None,
                obtain=[mapping(keywords).get("obtain") for keywords in python.values()] or None,
                description=node.value.get("description"),
                extensions=extensions(node.value, "security scheme"),
            ),
        )


def _scheme(node: Node) -> dict[str, Any]:
    """Return how a caller proves who it is: without words, and without the scopes, which are compared one by one."""
    plain = {key: value for key, value in node.value.items() if not key.startswith("x-")}
    for key in ("description", "bearerFormat", "deprecated"):
        plain.pop(key, None)
    if "flows" in plain:
        plain["flows"] = {
            name: {key: value for key, value in mapping(flow).items() if key != "scopes"}
            for name, flow in mapping(plain["flows"]).items()
        }
    return plain


def _scopes(node: Node) -> list[str]:
    flows = mapping(node.value.get("flows"))
    return sorted(f"{name}: {scope}" for name, flow in flows.items() for scope in mapping(mapping(flow).get("scopes")))
