"""Tiny documents, said in a line each."""

from __future__ import annotations

from typing import Any

from codegen.documents.claims import By, Claim, Kind, Subject, VendorDocument


def claim(
    line: int, facts: dict[str, Any], *, name: str = "size", operation: str | None = "draw",
    subject: Subject = "parameter", by: By = "statement",
) -> Claim:  # fmt: skip
    """Return a claim on the parameter `size` of the operation `draw`, unless another is given."""
    return Claim(line, subject, name, facts, operation, by)


def document(
    name: str,
    *claims: Claim,
    kind: Kind = "skill",
    capability: tuple[str, ...] = ("draw",),
    published: str | None = None,
) -> VendorDocument:
    """Return a document of the skill `shop`."""
    return VendorDocument(
        document=name,
        kind=kind,
        skill="shop",
        sha256="0" * 64,
        published=published,
        capability=capability,
        claims=claims,
    )


def listing(line: int, *names: str, operation: str | None = "draw") -> Claim:
    """Return a closed list of parameters."""
    return claim(line, {"names": list(names)}, name="parameters", operation=operation, subject="list")
