"""What the documents state against what the client sends: hosts and headers that an overlay alone cannot keep right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from codegen.catalog.decide import Settlement
from codegen.catalog.diff.subject import mapping
from codegen.documents.claims import VendorDocument
from codegen.faults import Fault
from codegen.openapi.document import Document as OpenAPI

_TECHNICAL = frozenset(
    {"accept", "accept-encoding", "connection", "content-length", "content-type", "host", "user-agent"}
)
"""Headers of HTTP itself, which every client sends as its library does."""


def wrong_hosts(service: str, document: dict[str, Any], settlements: Iterable[Settlement]) -> Iterator[Fault]:
    """Yield each operation whose documents state another host than the one that its calls go to."""
    servers = document.get("servers") or [{}]
    base = str(mapping(servers[0]).get("url", ""))
    own = {_vendor(row.value, row.path): row for row in OpenAPI(document).operations if row.outgoing}
    for one in settlements:
        point = one.point
        if (point.subject, point.fact) != ("operation", "url") or point.operation not in own:
            continue
        row = own[point.operation]
        if "servers" in row.value or "servers" in row.item.value:
            continue
        host = urlsplit(str(one.value)).netloc
        if host and base and host != urlsplit(base).netloc:
            problem = f"the documents state {one.value} for {point.operation}, and the client would call {base}"
            remedy = (
                f"decide the URL of {point.operation} in specs/decisions/{service}.yaml, or give the operation "
                f"`servers: [{{url: {urlsplit(str(one.value)).scheme}://{host}}}]` in specs/overlays/{service}.yaml"
            )
            yield Fault(one.sources[0].partition("#")[0] if one.sources else service, "", problem, remedy)


def _vendor(operation: Mapping[str, Any], path: str) -> str:
    return str(mapping(operation.get("x-vendor")).get("id") or path.rstrip("/").rpartition("/")[2])


def wrong_headers(service: str, document: dict[str, Any], documents: Sequence[VendorDocument]) -> Iterator[Fault]:
    """Yield each header that documents require and no call sends, and each key header that no document knows."""
    by_name: dict[str, tuple[str, int, str]] = {}
    for one in documents:
        for claim in one.claims:
            if claim.subject == "header" and (claim.facts.get("required") or claim.facts.get("value")):
                by_name.setdefault(claim.name.lower(), (one.document, claim.line, claim.name))
    names = set(_sent(document))
    keys = {name for name in _key_headers(document) if by_name and name.lower() not in by_name}
    file = f"specs/overlays/{service}.yaml"
    for name, (source, line, spelling) in sorted(by_name.items()):
        if name not in names | _TECHNICAL:
            instead = f"; the overlay writes {', '.join(sorted(keys))}, which no document has" if keys else ""
            remedy = f"write {spelling} in {file}, or say there why it is not sent"
            yield Fault(
                source, f"line {line}", f"has the header {spelling}, which the client does not send{instead}", remedy
            )


def _sent(document: dict[str, Any]) -> Iterator[str]:
    yield from (name.lower() for name in _key_headers(document))
    catalog = OpenAPI(document)
    for node in catalog.of("security scheme"):
        if node.value.get("type") in {"http", "oauth2", "openIdConnect"}:
            yield "authorization"
    for row in catalog.operations:
        for node in catalog.parameters(row):
            if node.value.get("in") == "header":
                yield str(node.value.get("name")).lower()


def _key_headers(document: dict[str, Any]) -> Iterator[str]:
    for node in OpenAPI(document).of("security scheme"):
        if node.value.get("type") == "apiKey" and node.value.get("in") == "header":
            yield str(node.value.get("name"))
