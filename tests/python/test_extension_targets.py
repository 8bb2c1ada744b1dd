"""What an extension points to is there, or the document is refused with the place and a remedy."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from codegen import contracts, paths
from codegen.faults import Fault, InputFault
from codegen.openapi import loader
from codegen.python.render import client_files
from tests.python.support import document, faults, read, read_all

REPORT: dict[str, Any] = {
    "type": "object",
    "properties": {
        "id": {"type": "string"},
        "state": {"type": "string", "enum": ["going", "done", "broken"]},
        "share": {"type": ["number", "null"]},
        "failed": {"type": "boolean"},
        "files": {"type": "array", "items": {"type": "object", "properties": {"url": {"type": "string"}}}},
        "sizes": {"type": "array", "items": {"type": "integer"}},
        "made": {"anyOf": [{"type": "null"}, {"type": "object", "properties": {"url": {"type": "string"}}}]},
        "named": {"type": "object", "additionalProperties": {"type": "string"}},
        "free": {"type": "object"},
        "mixed": {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": True},
    },
}
TASK: dict[str, Any] = {
    "kind": "submit",
    "id": "/id",
    "result": "look",
    "reply": {"status": "/state", "progress": "/share", "result": ""},
    "states": {"going": "running", "done": "succeeded", "broken": "failed"},
    "assets": {"at": ["/files/*/url"]},
}
CODES: dict[str, Any] = {"code": "/id", "success": ["ok"]}


def answering(schema: Any, **more: Any) -> dict[str, Any]:
    answer = {"description": "ok", "content": {"application/json": {"schema": schema}}}
    return {"responses": {"200": answer}, **more}


def changed_document(place: str, value: Any) -> dict[str, Any]:
    """Return the document with another value at a place of its x-task, or of its error codes."""
    task, codes = copy.deepcopy(TASK), dict(CODES)
    *parents, last = place.split("/")
    node: Any = {"task": task, "codes": codes}
    for step in parents:
        node = node.setdefault(step, {})
    node[last] = value
    id_ = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    body = {"content": {"application/json": {"schema": {"type": "object", "properties": {"n": {"type": "integer"}}}}}}
    start = answering(REPORT, operationId="start", requestBody=body, **{"x-task": task})
    look = answering(REPORT, operationId="look", parameters=[id_])
    root = document({"/start": {"post": start}, "/look/{id}": {"get": look}})
    return {**root, "x-error-codes": {"at": codes}}


RIGHT: list[tuple[str, Any]] = [
    ("task/id", "/made/url"),
    ("task/id", "/files/0/url"),
    ("task/id", "/free/id"),
    ("task/id", "/mixed/id"),
    ("task/id", "$response.header.X-Id"),
    ("task/reply/status", "/failed"),
    ("task/reply/status", "/named/state"),
    ("task/reply/status", "/free/any/thing"),
    ("task/reply/reason", "/made"),
    ("task/assets/at", ["/files", "/named/*", "/made/url", "/free"]),
    ("task/assets/at", [""]),
    ("task/assets/encoded", ["/files/*/url"]),
    ("task/assets/count", "/n"),
]


@pytest.mark.parametrize("place, value", RIGHT)
def test_a_pointer_that_leads_somewhere_is_taken(place: str, value: Any) -> None:
    assert [str(row.name) for row in read(changed_document(place, value)).operations] == ["start", "look"]


WRONG: list[tuple[str, Any, str]] = [
    ("task/id", "/key", "'/key' leads to nothing in the reply of this operation; at its top are /id, /state"),
    ("task/id", "/failed", "'/failed' leads to boolean in the reply of this operation, where integer or number or"),
    ("task/id", "/files", "'/files' leads to array"),
    ("task/status_url", "/url", "'/url' leads to nothing in the reply"),
    ("task/result", "lok", "there is no operation 'lok'"),
    ("task/cancel", "stop", "there is no operation 'stop'"),
    ("task/content", "fetch", "there is no operation 'fetch'"),
    ("task/content_id", "/files/*/id", "'/files/*/id' leads to nothing in the report on a task"),
    ("task/reply/status", "/states", "'/states' leads to nothing in the report on a task"),
    ("task/reply/status", "/files", "'/files' leads to array"),
    ("task/reply/status", "/state/word", "'/state/word' leads to nothing"),
    ("task/reply/progress", "/files", "'/files' leads to array"),
    ("task/reply/reason", "/why", "'/why' leads to nothing"),
    ("task/reply/error", "/error", "'/error' leads to nothing"),
    ("task/reply/result", "/output", "'/output' leads to nothing in the report on a task"),
    ("task/result_url", "/result_url", "leads to nothing in the report on a task, or the reply of this operation"),
    ("task/cancel_url", "/share", "'/share' leads to null, number"),
    ("task/assets/at", ["/picture"], "'/picture' leads to nothing in the result"),
    ("task/assets/at", ["/files/*/href"], "'/files/*/href' leads to nothing in the result"),
    ("task/assets/at", ["/sizes"], "'/sizes' leads to nothing that can hold text"),
    ("task/assets/encoded", ["/failed"], "'/failed' leads to nothing that can hold text"),
    ("task/assets/sources", {"/text": "md"}, "'/text' leads to nothing in the result"),
    ("task/assets/count", "/number", "'/number' leads to nothing in the request body"),
    ("codes/code", "/code", "'/code' leads to nothing in any reply"),
]


def _faults_of(root: dict[str, Any]) -> tuple[Fault, ...]:
    """Return what is wrong with a document, or with an operation that is left out of it."""
    try:
        return read(root).refused
    except InputFault as error:
        return tuple(error.faults)


def test_a_wrong_pointer_of_a_task_leaves_out_its_operation_alone() -> None:
    service = read(changed_document("task/id", "/nowhere"))
    assert [fault.place for fault in service.refused] == ["/paths/~1start/post/x-task/id"]
    assert "POST /start" not in [f"{row.method} {row.path}" for row in service.operations]
    assert service.operations


@pytest.mark.parametrize("place, value, problem", WRONG)
def test_a_pointer_that_leads_nowhere_is_a_fault_of_who_wrote_it(place: str, value: Any, problem: str) -> None:
    (fault,) = _faults_of(changed_document(place, value))
    assert "/x-task/" in fault.place or fault.place.startswith("/x-error-codes/at/")
    assert problem in fault.problem
    assert fault.remedy


def test_the_place_of_a_message_that_no_schema_has_is_noted() -> None:
    service = read(changed_document("codes/message", "/why"))
    assert [note.place for note in service.notes] == ["/x-error-codes/at/message"]


def test_a_task_whose_report_cannot_be_generated_is_left_out_with_it() -> None:
    root = changed_document("task/id", "/id")
    root["paths"]["/look/{id}"]["get"]["parameters"] = [{"name": "id", "in": "nowhere"}]
    with pytest.raises(InputFault) as caught:
        read(root)
    assert ["/x-task" in fault.place for fault in caught.value.faults] == [False] * len(caught.value.faults)
    assert any("needs 'look', which is left out" in fault.problem for fault in caught.value.faults)


def test_a_documented_status_without_a_meaning_is_noted() -> None:
    assert read(changed_document("task/states", TASK["states"])).notes == ()
    (note,) = read(changed_document("task/states", {"Going": "running", "done": "succeeded"})).notes
    assert (note.place.endswith("/x-task/states"), note.remedy) == (True, "add 'broken'")


def test_a_task_alone_without_the_operation_of_its_result_is_one_fault() -> None:
    root = loader.load(paths.ROOT / "tests/python/odd.yaml", "odd.yaml")
    root["paths"] = {"/toil": root["paths"]["/toil"]}
    assert [(fault.place, fault.problem) for fault in faults(root)] == [
        ("/paths/~1toil/post/x-task/result", "there is no operation 'check'")
    ]


@pytest.mark.parametrize("value", ["text", True, []])
def test_an_output_that_is_no_object_of_the_document_leaves_the_result_its_usual_words(value: Any) -> None:
    root = loader.load(paths.ROOT / "tests/python/odd.yaml", "odd.yaml")
    root["components"]["schemas"]["Work"] = value
    files = client_files(read_all({"odd.json": root}))
    assert "that the task made" in files["odd/results.py"]


@pytest.mark.parametrize("links", ["text", {"check": {"operationId": "check", "parameters": "job"}}, {"check": 7}])
def test_links_that_say_nothing_leave_the_id_to_the_only_parameter_that_is_required(links: Any) -> None:
    root = loader.load(paths.ROOT / "tests/python/odd.yaml", "odd.yaml")
    root["paths"]["/toil"]["post"]["responses"]["202"]["links"] = links
    model = read_all({"odd.json": root})
    assert "test_work.py" in " ".join(contracts.render(model))
    work = next(row for row in model.services[0].operations if row.operation_id == "work")
    assert work.task is not None
    assert str(work.task.poll_argument) == "job"
