"""What vendors' documents show becomes rows of its own, and what they do not show is told with a reason."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from codegen.contracts.coverage import CoverageReport, coverage, read_excused
from codegen.contracts.fact_pointers import EXAMPLES, facts_by_kind
from codegen.contracts.modules import OperationModule, ServiceModules
from codegen.faults import InputFault
from tests.contracts.test_tables import SPEC, model_of, named


def module_of(spec: Any, folder: Path, name: str = "make_video") -> OperationModule:
    model = model_of(spec, folder)
    return ServiceModules(model, model.services[0]).operation(named(model.services[0], name), [])


def test_a_documented_body_is_what_has_to_arrive_and_its_arguments_are_those_of_the_client(tmp_path: Path) -> None:
    module = module_of(SPEC, tmp_path)
    (row,) = module.examples
    assert row.body is not None
    assert (row.arguments.value, row.body.value) == (
        {"prompt": "A tide", "duration": "5s"},
        {"data": {"prompt": "A tide", "duration": "5s"}},
    )


def test_a_documented_reply_gives_the_id_of_the_task(tmp_path: Path) -> None:
    module = module_of(SPEC, tmp_path)
    (row,) = module.documented
    assert row.gives.value == "task-0001"


def test_a_documented_report_gives_the_result_and_its_urls(tmp_path: Path) -> None:
    module = module_of(SPEC, tmp_path)
    (row,) = module.reports
    assert row.urls is not None
    assert row.gives.value == {"video_path": ["https://files.example.org/1.mp4"]}
    assert row.urls.value == ("https://files.example.org/1.mp4",)


def test_a_url_at_no_named_place_is_not_one_of_the_files_of_a_documented_result(tmp_path: Path) -> None:
    spec = copy.deepcopy(SPEC)
    content = spec["paths"]["/v1/result/{task_id}"]["post"]["responses"]["200"]["content"]["application/json"]
    data = content["examples"]["makeVideo"]["value"]["data"]
    is_text = isinstance(data["result"], str)
    result = json.loads(data["result"]) if is_text else data["result"]
    result["page"] = "https://www.example.org/about"
    data["result"] = json.dumps(result) if is_text else result
    spec["paths"]["/v1/make"]["post"]["x-task"]["assets"]["at"] = ["/video_path"]
    (row,) = module_of(spec, tmp_path).reports
    assert row.gives.value["page"] == "https://www.example.org/about"
    assert row.urls is not None
    assert row.urls.value == ("https://files.example.org/1.mp4",)


def test_a_report_that_is_the_result_as_a_whole_has_a_row_too(tmp_path: Path) -> None:
    spec = copy.deepcopy(SPEC)
    del spec["paths"]["/v1/make"]["post"]["x-task"]["reply"]["result"]
    content = spec["paths"]["/v1/result/{task_id}"]["post"]["responses"]["200"]["content"]["application/json"]
    (row,) = module_of(spec, tmp_path).reports
    assert row.gives.value == content["examples"]["makeVideo"]["value"]


def test_an_example_that_its_schema_refuses_is_no_oracle(tmp_path: Path) -> None:
    spec = copy.deepcopy(SPEC)
    examples = spec["paths"]["/v1/make"]["post"]["requestBody"]["content"]["application/json"]["examples"]
    for example in examples.values():
        example["value"] = {"data": {"prompt": 7}}
    assert module_of(spec, tmp_path).examples == ()
    assert not [fact for fact in facts_by_kind(spec)[EXAMPLES] if "/requestBody/" in fact]


def test_an_example_the_catalog_has_no_parameter_for_is_left_unproven(tmp_path: Path) -> None:
    spec = copy.deepcopy(SPEC)
    examples = spec["paths"]["/v1/make"]["post"]["requestBody"]["content"]["application/json"]["examples"]
    examples["documented-1"]["value"]["data"]["colour"] = "red"
    module = module_of(spec, tmp_path)
    assert module.examples == ()
    (pointer,) = (fact for fact in facts_by_kind(spec)[EXAMPLES] if "requestBody" in fact)
    assert pointer.endswith("/documented-1")


def test_a_reply_in_which_the_catalog_points_at_nothing_is_left_unproven(tmp_path: Path) -> None:
    spec = copy.deepcopy(SPEC)
    spec["paths"]["/v1/make"]["post"]["x-task"]["id"] = "/trace_id"
    module = module_of(spec, tmp_path)
    assert module.documented == ()


@pytest.mark.parametrize("result", ["{", 3, None])
def test_a_report_without_a_decodable_result_is_left_unproven(tmp_path: Path, result: Any) -> None:
    spec = copy.deepcopy(SPEC)
    content = spec["paths"]["/v1/result/{task_id}"]["post"]["responses"]["200"]["content"]["application/json"]
    content["examples"]["makeVideo"]["value"]["data"]["result"] = result
    module = module_of(spec, tmp_path)
    assert module.reports == ()


def test_what_no_document_shows_needs_a_reason() -> None:
    reported = coverage("acme", SPEC, frozenset(set[str]().union(*facts_by_kind(SPEC).values())))
    gap = ("acme", "request of taskResult")
    assert reported.missing == (("taskResult", "request"),)
    assert not CoverageReport((reported,), {}).is_whole
    assert CoverageReport((reported,), {gap: "It has no body."}).is_whole
    assert not CoverageReport((reported,), {gap: "It has no body.", ("acme", "/nothing"): "Old."}).is_whole


def test_the_report_is_a_table_and_the_reasons() -> None:
    reported = coverage("acme", SPEC, frozenset(set[str]().union(*facts_by_kind(SPEC).values())) - {"/servers/0/url"})
    lines = CoverageReport((reported,), {("acme", "request of taskResult"): "It has no body."}).lines
    words = [line.split() for line in lines]
    assert ["documented", "examples", "4/4"] in words
    assert ["servers", "and", "credentials", "1/2"] in words
    assert "Vendor examples: 1 of 2 requests, 2 of 2 replies" in lines
    assert "  no document shows: acme request of taskResult: It has no body." in lines
    assert "  unproven: acme /servers/0/url: NO REASON IS GIVEN" in lines
    assert lines[-1] == "Unproven without a reason: 1"


@pytest.mark.parametrize("text", ["- a\n", "unproven: [{service: acme, what: x}]\n", "unproven: [1]\n"])
def test_a_list_of_reasons_that_is_none_is_a_fault(tmp_path: Path, text: str) -> None:
    path = tmp_path / "unproven.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputFault):
        read_excused(path)


def test_reasons_for_what_is_unproven_are_read_by_service_and_what(tmp_path: Path) -> None:
    path = tmp_path / "unproven.yaml"
    assert read_excused(path) == {}
    path.write_text(
        "unproven:\n- {service: acme, what: reply of draw, reason: No document shows it.}\n", encoding="utf-8"
    )
    assert read_excused(path) == {("acme", "reply of draw"): "No document shows it."}


@pytest.mark.parametrize("text", ["{}", "[]", "unproven: 7", "unproven: []\nmore: 1", "excused: []"])
def test_a_file_of_reasons_holds_one_list(tmp_path: Path, text: str) -> None:
    (tmp_path / "unproven.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputFault, match="is not a list under `unproven`"):
        read_excused(tmp_path / "unproven.yaml")
