"""Tiny documents, said in a line each."""

from __future__ import annotations

from typing import Any

from codegen.documents.claims import By, Claim, Document, Kind, Subject


def claim(
    line: int, facts: dict[str, Any], *, name: str = "size", operation: str | None = "draw",
    subject: Subject = "parameter", by: By = "statement",
) -> Claim:  # fmt: skip
    """A claim on the parameter `size` of the operation `draw`, unless said otherwise."""
    return Claim(line, subject, name, facts, operation, by)


def document(
    name: str,
    *claims: Claim,
    kind: Kind = "skill",
    capability: tuple[str, ...] = ("draw",),
    published: str | None = None,
) -> Document:
    """A document of the skill `shop`."""
    return Document(
        document=name,
        kind=kind,
        skill="shop",
        sha256="0" * 64,
        published=published,
        capability=capability,
        claims=claims,
    )


def listing(line: int, *names: str, operation: str | None = "draw") -> Claim:
    """A closed list of parameters."""
    return claim(line, {"names": list(names)}, name="parameters", operation=operation, subject="list")
