"""The life of a task: from status words, result keys and replies to x-task."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from codegen.faults import InputFault
from tests.catalog.reconcile.shop_claims import TASKS, claim, document, own, settled, with_task


def test_a_task_knows_every_documented_status_in_the_order_of_its_life(tmp_path: Path) -> None:
    task = settled(tmp_path, [with_task()], overlay=TASKS).openapi["shop"]["paths"]["/draw"]["post"]["x-task"]
    assert list(task["states"].items()) == [("waiting", "queued"), ("done", "succeeded"), ("broken", "failed")]
    assert task["assets"] == {"at": ["/files"], "hosts": [], "media": "image"}
    assert task["output"] == "#/components/schemas/Drawing"


def test_a_task_on_which_no_operation_reports_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(InputFault, match="result names no operation: 'nowhere'"):
        settled(tmp_path, [with_task()], overlay=TASKS.replace("result: report", "result: nowhere"))


def test_a_result_inside_a_string_has_a_content_schema(tmp_path: Path) -> None:
    document_ = settled(tmp_path, [with_task()], overlay=TASKS).openapi["shop"]
    reply = document_["paths"]["/report"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert reply["properties"]["data"]["properties"]["result"]["contentSchema"] == {
        "anyOf": [{"$ref": "#/components/schemas/Drawing"}]
    }
    assert list(OpenAPIV31SpecValidator(document_).iter_errors()) == []


def test_two_vocabularies_of_one_service_add_up(tmp_path: Path) -> None:
    other = document("shop/other.md", claim(1, {"state": "failed"}, name="lost", operation=None, subject="status"))
    catalog = settled(tmp_path, [with_task(), other], overlay=TASKS)
    assert catalog.openapi["shop"]["paths"]["/draw"]["post"]["x-task"]["states"]["lost"] == "failed"
    assert "vocabularies add up" in catalog.report


@pytest.mark.parametrize("state", [None, "paused"])
def test_a_status_without_a_state_that_the_catalog_has_is_a_fault(tmp_path: Path, state: str | None) -> None:
    seen = document("shop/seen.md", claim(7, {"state": state}, name="odd", operation=None, subject="status"))
    with pytest.raises(InputFault, match=f"shop/seen.md: line 7: the status 'odd' has the state {state!r}, none of"):
        settled(tmp_path, [with_task(), seen], overlay=TASKS)


def test_a_task_has_the_name_of_claims_where_its_path_does_not_end_with_it(tmp_path: Path) -> None:
    url_claim = {"url": "https://api.example.com/balance", "method": "POST"}
    query_claim = claim(70, url_claim, name="", operation="ask-balance", subject="operation")
    query = "  - {target: \"$.paths['/balance'].post\", update: {x-python: {method: b}, x-task: {kind: query}}}\n"
    paths = settled(tmp_path, [with_task(query_claim)], overlay=TASKS + query).openapi["shop"]["paths"]
    assert paths["/balance"]["post"]["x-task"]["vendor"] == "ask-balance"
    assert "vendor" not in paths["/draw"]["post"]["x-task"]


def test_a_field_listed_without_its_place_is_put_where_the_decisions_say(tmp_path: Path) -> None:
    place = "places: [{operation: report, response: note, belongs: {response: data.note}, reason: The list is flat.}]"
    note = claim(60, {"type": "string"}, name="note", operation="report", subject="response")
    catalog = settled(tmp_path, [with_task(note)], overlay=TASKS, decisions=place)
    reply = catalog.openapi["shop"]["paths"]["/report"]["post"]["responses"]["200"]["content"]["application/json"][
        "schema"
    ]
    assert "note" not in reply["properties"]
    assert "note" in reply["properties"]["data"]["properties"]
    assert "listed without its place: shop/SKILL.md" in catalog.report


@pytest.mark.parametrize(
    ("facts", "costs"),
    [
        ({"cost": "free"}, "free"),
        ({"cost": "free", "for_now": True}, "free_for_now"),
        ({"cost": 30}, "credits"),
        ({"cost": 2.5, "for_now": True}, "credits"),
        ({"cost": 0}, "free"),
    ],
)
def test_what_a_call_costs_is_credits_or_free_or_free_for_now(
    tmp_path: Path, facts: dict[str, Any], costs: str
) -> None:
    stated = claim(70, facts, name="", operation=None, subject="operation")
    document_ = settled(tmp_path, [own(stated)]).openapi["shop"]
    assert document_["paths"]["/draw"]["post"]["x-task"]["costs"] == costs


def test_a_code_with_data_is_a_report_where_it_is_decided(tmp_path: Path) -> None:
    texts = claim(71, {"with_data": "error"}, name="code", operation=None, subject="response")
    script = document(
        "shop/client.py",
        claim(3, {"with_data": "report"}, name="code", operation=None, subject="response", by="example"),
        kind="script",
    )
    with pytest.raises(InputFault, match="response code"):
        settled(tmp_path, [with_task(texts), script], overlay=TASKS)
    decided = "decisions: [{response: code, fact: with_data, winner: report, reason: The data is paid for.}]"
    document_ = settled(tmp_path, [with_task(texts), script], overlay=TASKS, decisions=decided).openapi["shop"]
    assert document_["paths"]["/report"]["post"]["x-task"]["report"] == "/data/status"
