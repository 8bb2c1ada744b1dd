"""The replies of a service in its tests: as the document allows, with known values where the client looks."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.contracts.exchanges import Answerer, Caller, ExpectedReply, spellings, urls_in, urls_of
from codegen.contracts.oracle import Oracle
from codegen.contracts.oracle_samples import Sampler, Unsampled
from codegen.python.model import OperationModel
from tests.python.support import document, operation, read

ENVELOPE = {"x-error-codes": {"at": {"code": "/code", "success": ["0"], "message": "/msg", "trace": "/trace"}}}
SEE = "/paths/~1see/get/responses/200/content/application~1json/schema"
URL = {"type": "string", "format": "uri"}


def answerer_and_operations(
    schema: Any, *, task: Any = None, more: Any = None, **root: Any
) -> tuple[Answerer, dict[str, OperationModel]]:
    """Return a service with `see`, which answers by this schema, and the operations in `more`."""
    reply = {"200": {"description": "Seen.", "content": {"application/json": {"schema": schema}}}}
    see: dict[str, Any] = {
        "operationId": "see",
        "responses": reply if schema is not None else {"default": {"description": ""}},
    }
    service = read(document({"/see": {"get": {**see, **({"x-task": task} if task else {})}}, **(more or {})}, **root))
    return Answerer(service, Sampler(Oracle(service.document))), {row.operation_id: row for row in service.operations}


def test_an_operation_without_a_documented_success_is_answered_without_a_schema() -> None:
    answers, operations = answerer_and_operations(None, **ENVELOPE)
    assert answers.success(operations["see"]) == ExpectedReply(200, {"code": 0}, None)


def test_without_an_envelope_a_reply_is_what_the_schema_asks_for() -> None:
    answers, operations = answerer_and_operations({"type": "object", "properties": {"a": {"const": 1}}})
    assert answers.success(operations["see"]) == ExpectedReply(200, {"a": 1}, SEE)
    with pytest.raises(Unsampled):
        answers.refusal(operations["see"], "7")


@pytest.mark.parametrize("kind, code", [("integer", 0), ("string", "0")])
def test_the_code_of_success_is_of_the_type_that_the_document_says(kind: str, code: Any) -> None:
    answers, operations = answerer_and_operations(
        {"type": "object", "properties": {"code": {"type": kind}}}, **ENVELOPE
    )
    assert answers.success(operations["see"]).body["code"] == code


def test_a_refusal_has_code_message_and_trace_and_a_schema_where_one_accepts_it() -> None:
    schema = {"type": "object", "required": ["data"], "properties": {"data": {"type": "object"}, "code": {}}}
    answers, operations = answerer_and_operations(schema, **ENVELOPE)
    body = {"data": {}, "code": 7, "msg": "canary message", "trace": "canary-trace"}
    assert answers.refusal(operations["see"], "7") == ExpectedReply(200, body, SEE)
    answers, operations = answerer_and_operations({"type": "object", "required": ["other"]}, **ENVELOPE)
    assert answers.refusal(operations["see"], "7").schema is None


def test_a_reply_that_no_code_fits_is_not_made_up() -> None:
    answers, operations = answerer_and_operations(
        {"type": "object", "properties": {"code": {"enum": ["never"]}}}, **ENVELOPE
    )
    with pytest.raises(Unsampled):
        answers.success(operations["see"])


def test_a_result_that_no_schema_describes_has_addresses_somewhere() -> None:
    answers, operations = answerer_and_operations(
        {"type": "object"}, task={"kind": "generate", "reply": {"result": ""}, "assets": {}}
    )
    result = answers.result(operations["see"])
    urls = ["https://files.example.com/canary-1.bin", "https://files.example.com/canary-2.bin"]
    assert (result, urls_of(operations["see"], result)) == ({"canary": urls}, urls)


def test_the_files_of_a_result_are_where_the_document_places_them_and_one_address_more_is_none() -> None:
    schema = {
        "type": "object",
        "properties": {
            "pages": {"type": "array", "items": URL},
            "cover": URL,
            "no": {"type": ["string", "integer"], "const": 1},
        },
    }
    assets = {"at": ["/pages", "/cover", "/no"], "hosts": [".painter.example"], "media": "image"}
    task = {"kind": "generate", "reply": {"result": ""}, "output": "#/components/schemas/Film", "assets": assets}
    answers, operations = answerer_and_operations(
        {"type": "object"}, task=task, components={"schemas": {"Film": schema}}
    )
    result = answers.result(operations["see"])
    urls = [f"https://files.painter.example/canary-{number}.png" for number in (1, 2, 3)]
    page = "https://www.example.com/canary"
    assert result == {"pages": urls[:2], "cover": urls[2], "no": 1, "canary_page": page}
    assert urls_of(operations["see"], result) == urls
    assert list(urls_in({"a": [urls[0], {"b": "http://c"}], "d": urls[1]})) == urls[:2]


def test_a_report_has_the_status_the_progress_and_the_result_in_their_forms() -> None:
    task = {
        "kind": "submit",
        "id": "/id",
        "result": "look",
        "reply": {"status": "/s", "progress": "/p", "result": "/r"},
        "states": {"1": "queued"},
    }
    fields = {"s": {"type": "string"}, "r": {"type": "string"}}
    schema = {"properties": fields, "additionalProperties": True}
    look = {
        "operationId": "look",
        "parameters": [{"name": "id", "in": "query", "required": True, "schema": {"type": "string"}}],
        "responses": {"200": {"description": "", "content": {"application/json": {"schema": schema}}}},
    }
    answers, operations = answerer_and_operations({"type": "object"}, task=task, more={"/look": {"get": look}})
    report = answers.report(operations["see"], operations["look"], "1", {"a": 1})
    assert report.body == {"s": "1", "p": 50, "r": '{"a": 1}'}
    assert answers.success(operations["see"]).body == {"id": "canary-task-1"}
    with pytest.raises(Unsampled):
        answers.report(operations["look"], operations["look"], "1", {})


@pytest.mark.parametrize("word, forms", [("7", [7, "7"]), ("-1", [-1, "-1"]), ("ok", ["ok"])])
def test_a_code_is_a_number_where_it_can_be_one_and_else_text(word: str, forms: list[Any]) -> None:
    assert list(spellings(word)) == forms


def test_the_fullest_call_is_grown_where_not_all_parameters_go_together() -> None:
    rules = [
        {
            "if": {"required": [name], "properties": {name: {"enum": [1]}}},
            "then": {"properties": {"b": {"enum": [value]}}},
        }
        for name, value in (("a", 1), ("c", 2))
    ]
    fields = {"a": {"enum": [1]}, "b": {"enum": [1, 2]}, "c": {"enum": [1]}, "d": {"type": "boolean"}}
    service = read(document({"/paint": {"post": operation(fields, body={"allOf": rules, "required": ["b"]})}}))
    caller = Caller(service, service.operations[0], Sampler(Oracle(service.document)))
    assert caller.smallest() == {"b": 1}
    assert caller.fullest() == {"b": 1, "a": 1, "d": True}


def test_what_has_no_sample_is_left_out_of_the_fullest_call_and_stops_the_smallest() -> None:
    hard = {"type": "string", "pattern": "^ZQ[0-9]{17}$"}
    service = read(document({"/paint": {"post": operation({"a": {"type": "boolean"}, "b": hard})}}))
    caller = Caller(service, service.operations[0], Sampler(Oracle(service.document)))
    assert caller.fullest() == {"a": True}
    service = read(document({"/paint": {"post": operation({"b": hard}, body={"required": ["b"]})}}))
    with pytest.raises(Unsampled):
        Caller(service, service.operations[0], Sampler(Oracle(service.document))).smallest()
