"""Of which parameters a contract test sends null: those of which the document says that they may be null."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.contracts.general.cases import Composer
from codegen.contracts.general.statements import Statements
from codegen.contracts.oracle import Oracle
from codegen.openapi.document import Document
from codegen.openapi.samples import Samples
from codegen.openapi.schemas import Schemas
from tests.python.support import of_value, read


def _composer(schema: Any) -> Composer:
    service = read(of_value(schema))
    (operation,) = service.operations
    oracle, schemas = Oracle(service.document), Schemas(Document(service.document))
    return Composer(service, operation, oracle, schemas, Samples(schemas, "request"), Statements(service, oracle))


@pytest.mark.parametrize(
    "schema, is_sent",
    [
        ({"type": ["integer", "null"]}, True),
        ({"enum": ["a", None]}, True),
        ({"type": ["object", "array", "string", "null"]}, True),
        ({"type": "integer"}, False),
        ({}, False),
        ({"properties": {"a": {"type": "string"}}, "required": ["a"]}, False),
        ({"anyOf": [{"properties": {"a": {}}, "required": ["a"]}, {"type": "object", "required": ["b"]}]}, False),
    ],
)
def test_null_is_sent_where_the_document_says_so_and_not_for_want_of_a_type(schema: Any, is_sent: bool) -> None:
    assert _composer(schema).nullable({}) == ([("value", "value")] if is_sent else [])


@pytest.mark.parametrize(
    "schema, is_left_out",
    [
        ({"type": "integer"}, True),
        ({"type": ["integer", "null"]}, False),
        ({"oneOf": [{"type": ["object", "null"]}, {"properties": {"a": {"type": "string"}}}]}, False),
    ],
)
def test_none_leaves_out_what_no_reading_of_the_document_lets_be_null(schema: Any, is_left_out: bool) -> None:
    # Null fits both alternatives of the last schema: read to the letter, neither.
    assert [*_composer(schema).omitted()] == (["value"] if is_left_out else [])
