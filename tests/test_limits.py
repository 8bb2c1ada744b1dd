"""The limits of the generator: what a document may be at most. Those of the runtime are in tests/package/runtime."""

from __future__ import annotations

import pytest

from codegen import yamlio
from codegen.documents import jsonlines, sources
from codegen.openapi import document, loader
from codegen.python import text

LIMITS = [
    (yamlio.MAX_BYTES, 5_242_880),  # bytes of a YAML or JSON file of the catalog
    (yamlio.MAX_DEPTH, 100),  # levels in it
    (loader.MAX_TEXT, 1_000_000),  # characters of one text in an OpenAPI document
    (loader.MAX_NODES, 2_000_000),  # values in one
    (loader.MAX_BYTES, 20_000_000),  # bytes of one
    (loader.MAX_FILES, 200),  # other files that one refers to
    (document.MAX_FAULTS, 100),  # breaches of the schema of OpenAPI that are reported
    (text.MAX_IDENTIFIER, 80),  # characters of a name in Python
    (sources.MAX_BYTES, 20_971_520),  # bytes of a vendor's document, or of a bundle of them
    (jsonlines.MAX_DEPTH, 60),  # levels of JSON in one
]


@pytest.mark.parametrize("limit, number", LIMITS)
def test_a_limit_is_this_number(limit: int, number: int) -> None:
    assert limit == number
