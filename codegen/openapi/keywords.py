"""Every keyword of OpenAPI 3.0 and 3.1 and of JSON Schema, and what the client makes of it: one table, as data."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml


@cache
def table() -> dict[str, dict[str, list[Any]]]:
    """Return object → keyword → [what becomes of it, words for people]."""
    text = files("codegen.openapi").joinpath("keywords.yaml").read_text("utf-8")
    found: dict[str, dict[str, list[Any]]] = yaml.safe_load(text)
    return found


@cache
def left_to_the_service() -> frozenset[str]:
    """Return the keywords of a schema that the client does not check: the service does."""
    return frozenset(name for name, row in table()["schema"].items() if row[0] == "test")


_USES = {
    "used": "used",
    "test": "checked by the contract tests only",
    "told": "for people only",
    "unsupported": "makes the operation unsupported",
}
_HEAD = """# Keywords

Every keyword of OpenAPI 3.0 and 3.1 and of JSON Schema, and what a generated client makes of it.

- *used*: it changes the client, and a test fails without it.
- *checked by the contract tests only*: the client sends what it is given, and the service checks it. The oracle of the
  contract tests knows the keyword: no generated test sends a value that breaks it.
- *for people only*: it says nothing about what is sent or answered.
- *makes the operation unsupported*: the operation is left out, and the report says so.

Written from `codegen/openapi/keywords.yaml` by `python -m codegen.openapi.keywords`.
"""


def markdown() -> str:
    """Return the table as a page of the documentation."""
    parts = [_HEAD]
    for kind, rows in table().items():
        parts.append(f"## {kind[:1].upper()}{kind[1:]}\n\n| keyword | what becomes of it | |\n| --- | --- | --- |")
        parts[-1] += "".join(f"\n| `{name}` | {_USES[use]} | {words} |" for name, (use, words) in rows.items()) + "\n"
    return "\n".join(parts)


if __name__ == "__main__":
    Path("docs/KEYWORDS.md").write_text(markdown(), encoding="utf-8")
