"""When a skill was published and as what: `_meta.json`, or the day a document says it was made on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from codegen.documents import jsonlines
from codegen.documents.line_accounting import LineAccounting
from codegen.documents.sources import Source
from codegen.faults import Fault, InputFault


@dataclass(frozen=True)
class Publication:
    """The version and date of a skill."""

    version: str | None = None
    published: str | None = None


def load(source: Source) -> Publication:
    """Parse the metadata of a skill. Raises InputFault where it is not JSON or says no date that can be one."""
    root = jsonlines.parse_source(source)
    moment = root.get("publishedAt")
    published = None
    if moment is not None:
        try:
            published = datetime.fromtimestamp(int(moment.value) / 1000, UTC).date().isoformat()
        except (TypeError, ValueError, OverflowError, OSError):
            fault = Fault(
                source.origin, f"line {moment.line}", "publishedAt is not a time in milliseconds", "correct it"
            )
            raise InputFault(fault) from None
    return Publication(root.text("version") or None, published)


def read(source: Source, accounting: LineAccounting) -> None:
    """Record the lines: version and date are read, the rest only holds them together."""
    for number, line in enumerate(source.lines, 1):
        accounting.assign(number, "read" if re.search(r'"(?:version|publishedAt)"\s*:', line) else "structure")


def generated_on(line: str) -> str | None:
    """Read - Generated at: 2026-01-31 17:26:49: the day."""
    match = re.match(r"^[-*\s]*generated at:\s*(\d{4}-\d{2}-\d{2})\b", line, re.IGNORECASE)
    return match[1] if match else None
