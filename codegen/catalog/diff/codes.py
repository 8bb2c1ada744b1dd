"""Error codes as subjects of the diff."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from codegen.catalog.diff.subject import Subject, mapping, rest, stated
from codegen.openapi import pointers

_KNOWN = frozenset({"error", "meaning", "retry", "key", "cause", "advice", "operations", "x-claims"})


def error_codes(errors: dict[str, Any], pointer: str, *, paid: bool, operation: str = "") -> Iterator[Subject]:
    """Yield the codes of a service or an operation. For paid calls a looser retry is the dangerous direction."""
    for channel, title in (("codes", "code"), ("http", "HTTP status")):
        for code, found in mapping(errors.get(channel)).items():
            meaning = mapping(found)
            yield Subject(
                "error code",
                f"{title} {code}",
                pointers.join(pointer, channel, code),
                # To repeat what is only read costs nothing: the column of the table that allows it.
                "request" if paid else "reply",
                operation,
                stated(
                    error=meaning.get("error"),
                    retry=meaning.get("retry", "never"),
                    meaning=meaning.get("meaning"),
                    advice=[meaning.get("cause"), meaning.get("advice")] if {"cause", "advice"} & {*meaning} else None,
                    key_state=meaning.get("key"),
                    operations=meaning.get("operations"),
                    claims=meaning.get("x-claims"),
                    other_error_keys=rest(meaning, _KNOWN),
                ),
            )
