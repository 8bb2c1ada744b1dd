"""Lint rules about x-error-codes: the envelope it describes is the envelope of the replies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from codegen.catalog.lint.extensions import extension
from codegen.catalog.lint.finding import Finding
from codegen.openapi import pointers
from codegen.openapi.document import Document, texts


def envelope(document: Document) -> Iterator[Finding]:
    """Report pointers of x-error-codes that a reply does not have, and codes of success that are listed as errors."""
    found = extension(document.root, "x-error-codes")
    at = extension(found, "at")
    for name in ("code", "message", "trace"):
        pointer = at.get(name)
        if not isinstance(pointer, str) or not pointer.startswith("/"):
            continue
        for operation in document.operations:
            for reply in document.replies(operation) if operation.outgoing else []:
                if document.find(reply.value, pointer) is None:
                    where = f"/x-error-codes/at/{name}"
                    problem = f"{pointer!r} is not in the reply at {reply.pointer}"
                    yield Finding(where, problem, "correct the pointer or the schema")
    yield from _keys(found)
    codes = extension(found, "codes")
    for code in texts(at.get("success")):
        if code in codes:
            where = pointers.join("/x-error-codes/codes", code)
            yield Finding(where, f"code {code!r} means success", "remove it from one of the two lists")


def _keys(found: dict[str, Any]) -> Iterator[Finding]:
    """Report codes about keys that are not an AuthenticationError."""
    for channel in ("codes", "http"):
        for code, row in extension(found, channel).items():
            if isinstance(row, dict) and "key" in row and row.get("error") != "AuthenticationError":
                where = pointers.join("/x-error-codes", channel, code, "key")
                yield Finding(where, f"code {code!r} is no AuthenticationError", "remove it")
