"""A valid call of every operation, made from the catalog alone."""

from __future__ import annotations

from typing import Any

from wondergen._catalog.received_request import ReceivedRequest, arguments
from wondergen._catalog.sample_values import sample
from wondergen._catalog.service_document import Catalog, Endpoint, load, names_of_services

OPERATIONS = [(service, name) for service in names_of_services() for name in sorted(load(service).endpoints)]
TASKS = [(service, name) for service, name in OPERATIONS if load(service).endpoints[name].operation.kind == "submit"]


def a_call(service: str, operation: str) -> dict[str, Any]:
    """Return arguments for the method: those that are required, of the smallest valid values."""
    catalog = load(service)
    endpoint = catalog.endpoints[operation]
    body = a_body(catalog, endpoint)
    places = {row["name"]: "some-id" for row in endpoint.parameters if row["in"] == "path"}
    return arguments(endpoint, ReceivedRequest(places), body)


def a_body(catalog: Catalog, endpoint: Endpoint) -> Any:
    """Return a body that the schema accepts."""
    if endpoint.request is None:
        return None
    body = sample(catalog, endpoint.request, whole=False)
    faults = catalog.faults(endpoint.request, body)
    assert not faults, faults
    return body


def method(client: Any, operation: str) -> Any:
    """Return the method of a client by the name of its operation."""
    for part in operation.split("."):
        client = getattr(client, part)
    return client
