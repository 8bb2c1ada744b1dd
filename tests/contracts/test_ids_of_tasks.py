"""The contract tests of a task: its id is of the type that the document says, and its report may be its result."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from codegen import contracts
from codegen.contracts.exchanges import TASK_ID, TASK_NUMBER
from tests.python.support import document, read_all

_BODY = {"content": {"application/json": {"schema": {"type": "object", "properties": {"n": {"type": "integer"}}}}}}
_TASK: dict[str, Any] = {
    "kind": "submit",
    "id": "/id",
    "result": "look",
    "reply": {"status": "/state", "result": ""},
    "states": {"going": "running", "done": "succeeded"},
    "assets": {"at": ["/url"]},
}


def _source(id_type: str, poll_type: str, **body: Any) -> str:
    """Return the contract tests of an operation that starts tasks."""
    report = {
        "type": "object",
        "properties": {"id": {"type": id_type}, "state": {"type": "string"}, "url": {"type": "string"}},
    }
    answer = {"200": {"description": "", "content": {"application/json": {"schema": report}}}}
    start = {"operationId": "start", "requestBody": {**_BODY, **body}, "responses": answer, "x-task": _TASK}
    taken = {"name": "id", "in": "path", "required": True, "schema": {"type": poll_type}}
    look = {"operationId": "look", "parameters": [taken], "responses": answer}
    root = document({"/start": {"post": start}, "/look/{id}": {"get": look}})
    untested: list[Any] = []
    files = contracts.render(read_all({"painter.json": copy.deepcopy(root)}), untested)
    assert untested == []
    return files["contract_tests/painter/test_start.py"]


@pytest.mark.parametrize(
    ("id_type", "poll_type", "call"),
    [
        ("string", "string", f"{{'id': {TASK_ID!r}}}, '/look/{TASK_ID}'"),
        ("integer", "integer", f"{{'id': {TASK_NUMBER}}}, '/look/{TASK_NUMBER}'"),
        ("integer", "string", f"{{'id': '{TASK_NUMBER}'}}, '/look/{TASK_NUMBER}'"),
    ],
)
def test_an_id_is_stated_and_poll_type_as_the_document_says(id_type: str, poll_type: str, call: str) -> None:
    source = _source(id_type, poll_type)
    assert call in source
    assert (f"value={TASK_NUMBER}" in source) is (id_type == "integer")


def test_a_call_of_a_body_that_is_not_required_has_a_value_for_it() -> None:
    assert "smallest = Call('smallest', {'n': " in _source("string", "string")
    assert "smallest = Call('smallest', {}" in _source("string", "string", required=True)
