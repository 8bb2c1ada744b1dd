"""Evidence: the claims behind each fact of a document. It is collected with the facts and written beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from codegen.openapi import pointers


class Stated(dict[str, Any]):
    """An object of the catalog under construction, with facts about it that no keyword of OpenAPI states."""

    def __init__(
        self,
        value: Mapping[str, Any] | None = None,
        *,
        claims: Mapping[str, Iterable[str]] | None = None,
        notes: Iterable[str] = (),
        labels: Mapping[str, str] | None = None,
        vendor: str = "",
    ) -> None:
        super().__init__(value or {})
        self.claims = {fact: list(sources) for fact, sources in (claims or {}).items()}
        """Keyword of this object, or path below it → the claims behind it. "": the object as a whole."""
        self.notes = list(notes)
        """Sentences that end its description."""
        self.labels = dict(labels or {})
        """What the documents call its values."""
        self.vendor = vendor
        """The vendor's name of an operation."""


class Collector:
    """The evidence of one document, as its objects are written one by one."""

    def __init__(self) -> None:
        self._stated: dict[tuple[str, str], list[str]] = {}

    def add(self, pointer: str, claims: Mapping[str, Sequence[str]]) -> None:
        """Note the claims of the object that is written at a pointer. Equal objects at one place add up."""
        for fact, sources in claims.items():
            listed = self._stated.setdefault((pointer, fact), [])
            listed += [source for source in dict.fromkeys(sources) if source not in listed]

    def facts(self, document: Mapping[str, Any]) -> dict[str, list[str]]:
        """Return pointer → claims; what the document has no keyword for is evidence of the object itself."""
        facts: dict[str, list[str]] = {}
        for (pointer, fact), sources in self._stated.items():
            if sources:
                listed = facts.setdefault(_place(document, pointer, fact), [])
                listed += [source for source in sources if source not in listed]
        return in_order(document, facts)


def in_order(document: Mapping[str, Any], rows: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Sort rows by their pointers; those of a path stand where the path does, so that a new path moves none."""
    rank = {pointers.join("/paths", path): f"/paths/{at:06}" for at, path in enumerate(document.get("paths", {}))}

    def key(pointer: str) -> str:
        path = "/".join(pointer.split("/", 3)[:3])
        return rank.get(path, path) + pointer.removeprefix(path)

    return {pointer: rows[pointer] for pointer in sorted(rows, key=key)}


def _place(document: Mapping[str, Any], pointer: str, fact: str) -> str:
    at = f"{pointer}/{fact}" if fact else pointer
    if fact == "required" and (place := _required(document, pointer)):
        return place  # and not in its own list, which is about the fields inside it
    return at if _resolves(document, at) else pointer


def _required(document: Mapping[str, Any], pointer: str) -> str:
    """Return where the object around a property says that it is required; "" where it does not."""
    *above, key, name = pointers.steps(pointer)
    owner = pointers.join("", *above)
    if key != "properties" or not _resolves(document, f"{owner}/required"):
        return ""
    required = pointers.resolve(document, f"{owner}/required")
    return pointers.join(owner, "required", required.index(name)) if name in required else ""


def _resolves(document: Mapping[str, Any], pointer: str) -> bool:
    try:
        pointers.resolve(document, pointer)
    except KeyError:
        return False
    return True
