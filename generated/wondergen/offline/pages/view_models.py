# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The catalog as the pages show it: services, groups of operations as in the client, disagreements counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..._catalog.facts import OperationFacts, disagreements, operation_facts
from ..._catalog.service_document import Catalog, Endpoint


@dataclass(frozen=True, slots=True)
class OperationView:
    """One operation in a list."""

    facts: OperationFacts
    endpoint: Endpoint

    @property
    def path(self) -> str:
        """Of its page."""
        return f"/operations/{self.facts.service}/{self.facts.name}"

    @property
    def method(self) -> str:
        """Its name without the group."""
        return self.facts.name.rpartition(".")[2]

    @property
    def choice(self) -> str:
        """What tells it from others of its kind, on one line: strengths, price, speed, sound, length, resolution."""
        traits = self.facts.traits
        words = [*traits.get("strengths", ())[:3]]
        words += [f"{traits[name]} {word}" for name, word in (("price", "price"),) if name in traits]
        words += [str(traits["speed"])] if traits.get("speed") not in (None, *words) else []
        words += ["sound"] if traits.get("audio") in ("optional", "always") and "audio" not in words else []
        words += [f"up to {traits['max_seconds']} s"] if "max_seconds" in traits else []
        words += [f"up to {traits['max_resolution']}"] if "max_resolution" in traits else []
        return " · ".join(words) or "; ".join(traits.get("best_for", ())[:2])


@dataclass(frozen=True, slots=True)
class GroupView:
    """Operations that stand together in the client, or under one tag of the document."""

    title: str
    is_attribute: bool
    """Whether the title is an attribute of the client."""
    description: str
    entries: tuple[OperationView, ...]


@dataclass(frozen=True, slots=True)
class ServiceView:
    """One service."""

    catalog: Catalog
    client: str
    title: str
    description: str
    groups: tuple[GroupView, ...]

    @property
    def name(self) -> str:
        """Of its module, and of its path on this server."""
        return self.catalog.service.name

    @property
    def entries(self) -> tuple[OperationView, ...]:
        """All of its operations."""
        return tuple(entry for group in self.groups for entry in group.entries)


def services(catalogs: Iterable[Catalog]) -> list[ServiceView]:
    """Return every service, by title."""
    return sorted((_service(catalog) for catalog in catalogs), key=lambda service: service.title)


def _service(catalog: Catalog) -> ServiceView:
    entries = [OperationView(operation_facts(catalog, endpoint), endpoint) for endpoint in catalog.endpoints.values()]
    info = catalog.document.get("info", {})
    return ServiceView(
        catalog=catalog,
        client=entries[0].facts.client,
        title=str(info.get("title", entries[0].facts.client)),
        description=str(info.get("description", "")),
        groups=tuple(_groups(catalog, entries)),
    )


def _groups(catalog: Catalog, entries: list[OperationView]) -> Iterator[GroupView]:
    descriptions = {tag["name"]: tag.get("description", "") for tag in catalog.document.get("tags", ())}
    entries_by_group: dict[tuple[bool, str], list[OperationView]] = {}
    for entry in entries:
        attribute = entry.facts.name.rpartition(".")[0]
        key = (True, attribute) if attribute else (False, _tag(entry).capitalize())
        entries_by_group.setdefault(key, []).append(entry)
    # What makes something comes before what only asks.
    makes = {key: any(entry.facts.kind != "query" for entry in rows) for key, rows in entries_by_group.items()}
    for key in sorted(entries_by_group, key=lambda key: (not makes[key], key[1])):
        rows = sorted(entries_by_group[key], key=lambda entry: entry.facts.name)
        yield GroupView(key[1], key[0], descriptions.get(_tag(rows[0]), ""), tuple(rows))


def _tag(entry: OperationView) -> str:
    return str(next(iter(entry.endpoint.node.get("tags", ())), "operations"))


def counts(rows: Iterable[ServiceView]) -> Mapping[str, int]:
    """Return how much there is of what."""
    every = list(rows)
    facts = [entry.facts for service in every for entry in service.entries]
    parameters = [parameter for one in facts for parameter in one.parameters]
    return {
        "services": len(every),
        "operations": len(facts),
        "parameters": len(parameters),
        "facts": sum(len(one.statements) for one in facts) + sum(len(one.statements) for one in parameters),
        "disagreements": sum(len(disagreements(service.catalog)) for service in every),
    }


@dataclass(frozen=True, slots=True)
class DisagreementView:
    """One point on which the documents differ."""

    service: ServiceView
    entry: OperationView | None
    """The operation; None where it holds for the whole service."""
    row: Mapping[str, Any]

    @property
    def rule(self) -> str:
        """By which it was settled."""
        return str(self.row.get("rule", ""))

    @property
    def holds(self) -> str | None:
        """What is taken for true, where one value is."""
        return self.row.get("holds")

    @property
    def reason(self) -> str:
        """Of a decision."""
        return str(self.row.get("reason", ""))

    @property
    def point(self) -> str:
        """What it is about."""
        words = (self.row.get("subject"), self.row.get("name"), self.row.get("fact"))
        return " · ".join(str(word) for word in words if word)


def disputes(rows: Iterable[ServiceView], operation: Endpoint | None = None) -> list[DisagreementView]:
    """Return the disagreements of these services, or those on one operation."""
    operation_id = operation.node.get("operationId") if operation else None
    disputes = []
    for service in rows:
        entries = {entry.endpoint.node.get("operationId"): entry for entry in service.entries}
        for row in disagreements(service.catalog, operation_id):
            disputes.append(DisagreementView(service, entries.get(row.get("operation")), row))
    return disputes


def by_rule(rows: Iterable[DisagreementView]) -> Mapping[str, Mapping[str, int]]:
    """Return rule → service → how many it settled, the busiest rule first."""
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        counts.setdefault(row.rule, Counter())[row.service.name] += 1
    return dict(sorted(counts.items(), key=lambda item: -sum(item[1].values())))
