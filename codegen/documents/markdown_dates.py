"""The day a Markdown document says it was made on."""

from __future__ import annotations

import re


def generated_on(line: str) -> str | None:
    """- Generated at: 2026-01-31 17:26:49 → the day."""
    match = re.match(r"^[-*\s]*generated at:\s*(\d{4}-\d{2}-\d{2})\b", line, re.IGNORECASE)
    return match[1] if match else None
