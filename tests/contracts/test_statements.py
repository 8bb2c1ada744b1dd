"""What the contract tests read of a document by themselves, to hold the generated client against it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from codegen.contracts.general.statements import Statements
from codegen.contracts.oracle import Oracle
from tests.python.support import document, operation, read

FIELDS = {"prompt": {"type": "string"}, "size": {"type": "integer"}}


def chain(length: int) -> dict[str, Any]:
    """Return schemas of which each has the next as a part, and the last leads back to the first."""
    parts = {f"S{at}": {"allOf": [{"$ref": f"#/components/schemas/S{at + 1}"}]} for at in range(length)}
    return {**parts, f"S{length}": {"required": ["prompt"], "allOf": [{"$ref": "#/components/schemas/S0"}]}}


@pytest.mark.parametrize("length", [0, 1, 12])
def test_a_body_requires_what_its_parts_require_however_deep_they_are(length: int) -> None:
    service = read(document({"/paint": {"post": operation(FIELDS)}}))
    (row,) = service.operations
    # The model requires nothing: what the document requires is read without it.
    row = replace(row, parameters=tuple(replace(one, required=False) for one in row.parameters))
    root = document(
        {"/paint": {"post": operation(FIELDS, body={"allOf": [{"$ref": "#/components/schemas/S0"}]})}},
        components={"schemas": chain(length)},
    )
    assert Statements(service, Oracle(root)).required(row) == ("prompt",)
