"""The work for a body with many rules grows with the body, and not with its square."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.contracts.general.cases import Composer
from codegen.contracts.general.statements import Statements
from codegen.contracts.oracle import Oracle
from codegen.openapi.document import Document
from codegen.openapi.samples import Samples
from codegen.openapi.schemas import Schemas
from tests.python.support import document, operation, read


def _looks(rules: int, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """Return how often a body with so many rules is held against its schema, and how many calls break one of them."""
    properties: dict[str, Any] = {f"p{index}": {"type": "string"} for index in range(rules)}
    properties["mode"] = {"type": "string", "enum": [f"m{index}" for index in range(rules)]}
    parts = [
        {
            "if": {"properties": {"mode": {"const": f"m{index}"}}, "required": ["mode"]},
            "then": {"required": [f"p{index}"]},
        }
        for index in range(rules)
    ]
    service = read(document({"/paint": {"post": operation(properties, body={"allOf": parts})}}))
    oracle, schemas = Oracle(service.document), Schemas(Document(service.document))
    (row,) = service.operations
    composer = Composer(service, row, oracle, schemas, Samples(schemas, "request"), Statements(service, oracle))
    count, accepts = 0, oracle.accepts

    def counted(pointer: str, value: Any, mode: str) -> bool:
        nonlocal count
        count += 1
        return accepts(pointer, value, mode)

    monkeypatch.setattr(oracle, "accepts", counted)
    return len(composer.refused_calls({})), count


def test_the_rules_of_a_body_are_tried_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    few, many = _looks(5, monkeypatch), _looks(300, monkeypatch)
    assert few[0] == 5
    assert many[0] > 5
    assert many[1] <= 4 * 60
