"""What the suite leaves unproven, each with the reason a person gave: specs/unproven.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from codegen import yamlio
from codegen.faults import Fault, InputFault

Excused = Mapping[tuple[str, str], str]
"""Service and what is unproven (the pointer of a fact, or "reply of <operationId>") → the reason."""

_KEYS = {"service", "what", "reason"}


def read_excused(path: Path) -> Excused:
    """The reasons in a file; none where there is no file."""
    if not path.exists():
        return {}
    value = yamlio.load(path)
    rows = value.get("unproven") if isinstance(value, dict) and set(value) == {"unproven"} else None
    if not isinstance(rows, list):
        raise InputFault(Fault(path.as_posix(), "", "is no list under `unproven`", "see specs/README.md"))
    faults = [
        Fault(path.as_posix(), f"/unproven/{index}", f"needs {sorted(_KEYS)}, each a text", "see specs/README.md")
        for index, row in enumerate(rows)
        if not _is_sound(row)
    ]
    if faults:
        raise InputFault(faults)
    return {(row["service"], row["what"]): row["reason"] for row in rows}


def _is_sound(row: Any) -> bool:
    return isinstance(row, dict) and set(row) == _KEYS and all(isinstance(text, str) for text in row.values())
