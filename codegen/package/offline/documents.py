"""The document of a service as it is served: the catalog's, at this URL, and with what the stand-in adds to it."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from .._catalog.service_document import Catalog

_OURS: Mapping[str, str] = {
    "400": "The arguments are wrong, or the words in a prompt ask for a fault that no document allows.",
    "401": "The key is missing, is not valid, or has expired.",
    "404": "There is nothing with this id.",
    "413": "The body is too large.",
    "429": "There are too many calls: a fault that was asked for.",
    "5XX": "A fault that was asked for.",
}


def served(catalog: Catalog, base_url: str) -> dict[str, Any]:
    """Return the document as served: a response that no document of the service lists is marked as ours."""
    document: dict[str, Any] = copy.deepcopy(dict(catalog.document))
    document["servers"] = [{"url": base_url, "description": "The offline upstream."}]
    for item in document.get("paths", {}).values():
        # A path or an operation may name a host of its own: here everything is answered by this server.
        for node in (item, *item.values()):
            if isinstance(node, dict):
                node.pop("servers", None)
    for endpoint in catalog.endpoints.values():
        node = document
        for step in endpoint.at.split("/")[1:]:
            node = node[step.replace("~1", "/").replace("~0", "~")]
        responses = dict(node.get("responses", {}))
        listed = set(responses)
        for status, text in _OURS.items():
            if not listed & {status, f"{status[0]}XX", "default"}:
                responses[status] = {"description": f"{text} Of the offline upstream alone."}
        node["responses"] = responses
    return document
