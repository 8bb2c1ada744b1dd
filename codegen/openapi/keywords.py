"""Every keyword of OpenAPI 3.0 and 3.1 and of JSON Schema, and what the client makes of it: one table, as data."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
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
