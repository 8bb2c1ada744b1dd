"""From settled facts to a document: URLs, types that nobody names, schemas of one title, example values."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from codegen.catalog.complete import ordered
from codegen.catalog.examples import sample
from codegen.catalog.reconcile import render
from codegen.documents.claims import Claim, VendorDocument
from codegen.faults import InputFault
from tests.catalog.reconcile.shop_claims import (
    OVERLAY,
    SERVER,
    TASKS,
    URL_CLAIM,
    claim,
    document,
    listing,
    own,
    settled,
    with_task,
)

PROMPT = claim(3, {"type": "string", "required": True}, name="prompt")
LONGER = claim(8, {}, name="https://api.example.com/v1/", subject="server", operation=None)
LISTED = claim(4, {"names": ["prompt", "size", "mood"]}, name="parameters", subject="list")


def url_claim(url: str, operation: str = "draw", line: int = 1) -> Claim:
    return claim(line, {"url": url, "method": "POST"}, name="", operation=operation, subject="operation")


@pytest.mark.parametrize(
    "claims, servers",
    [
        ([URL_CLAIM], ["https://api.example.com"]),
        ([url_claim("/draw"), SERVER], ["https://api.example.com"]),
        (
            [url_claim("https://api.example.com/v1/draw"), SERVER, LONGER],
            ["https://api.example.com/v1", "https://api.example.com"],
        ),
    ],
    ids=["of the URL alone", "of a path", "the longest first"],
)
def test_a_path_is_what_an_address_has_beyond_its_server(
    tmp_path: Path, claims: list[Claim], servers: list[str]
) -> None:
    root = settled(tmp_path, [document("shop/SKILL.md", *claims, PROMPT)]).openapi["shop"]
    assert ([server["url"] for server in root["servers"]], list(root["paths"])) == (servers, ["/draw"])


def test_another_path_of_one_operation_moves_no_other_line(tmp_path: Path) -> None:
    root, action, update = OVERLAY.partition("  - target: $.paths")
    names = ("draw", "look", "work")
    overlay = root + "".join(
        action + update.replace(".*.post", f".*[?@.operationId == '{name}']").replace(": draw", f": {name}")
        for name in names
    )

    def lines(path: str) -> dict[str, list[str]]:
        paths = {"draw": path, "look": "/look", "work": "/make"}
        urls = [url_claim(f"https://api.example.com{paths[name]}", name, at) for at, name in enumerate(names)]
        prompts = [replace(PROMPT, operation=name) for name in names]
        catalog = settled(tmp_path, [document("shop/SKILL.md", *urls, *prompts)], overlay=overlay)
        return {name: text.splitlines() for name, text in render(catalog).items()}

    before, after = lines("/a"), lines("/z")
    assert [name for name in before if before[name] != after[name]] == ["openapi/shop.yaml"]
    assert ["  /z:" if row == "  /a:" else row for row in before["openapi/shop.yaml"]] == after["openapi/shop.yaml"]


@pytest.mark.parametrize(
    "claims, problem",
    [
        ([url_claim("/draw")], "no document of shop names a server"),
        ([url_claim("https://b.example.com/draw"), SERVER], "the documents name several hosts"),
        ([URL_CLAIM, SERVER, url_claim("https://api.example.com/draw", "look", 9)], "POST /draw is also draw"),
    ],
)
def test_an_operation_without_a_place_of_its_own_is_a_fault(tmp_path: Path, claims: list[Claim], problem: str) -> None:
    with pytest.raises(InputFault, match=problem):
        settled(tmp_path, [document("shop/SKILL.md", *claims, PROMPT)])


def test_a_service_without_documents_is_one_fault_that_names_the_files_to_delete(tmp_path: Path) -> None:
    with pytest.raises(InputFault) as raised:
        settled(tmp_path, [], overlay=TASKS)
    (fault,) = raised.value.faults
    assert (fault.file, fault.problem) == ("specs/decisions/shop.yaml", "no document of shop is among the claims")
    assert fault.remedy.endswith("delete this file, specs/overlays/shop.yaml")


def test_a_service_of_withdrawn_skills_has_their_claims_among_what_to_delete(tmp_path: Path) -> None:
    with pytest.raises(InputFault) as raised:
        settled(tmp_path, [], decisions="withdrawn: [{skill: shop-draw, keep: false, reason: Gone.}]")
    (fault,) = raised.value.faults
    assert fault.remedy.endswith("specs/overlays/shop.yaml, the folder specs/claims/shop-draw")


@pytest.mark.parametrize(
    "facts, kind",
    [
        ({"default": True}, "boolean"),
        ({"enum": [1, 2]}, "integer"),
        ({"enum": ["a"]}, "string"),
        ({"maximum": 0.5}, "number"),
        ({"minimum": 1}, "integer"),
        ({}, "string"),
    ],
)
def test_a_type_that_no_document_names_is_that_of_the_values(tmp_path: Path, facts: dict[str, Any], kind: str) -> None:
    facts = {"required": False, **facts}
    root = settled(tmp_path, [own(claim(8, facts, name="mood"), LISTED)])
    assert root.openapi["shop"]["components"]["schemas"]["DrawRequest"]["properties"]["mood"]["type"] == kind


@pytest.mark.parametrize("stated, written", [("0.4:1", "2:5"), (0.4, "2:5"), ("3", "3:1"), ("16:9", "16:9")])
def test_a_ratio_is_written_in_whole_numbers(tmp_path: Path, stated: Any, written: str) -> None:
    image = claim(5, {"required": False, "format": "uri", "media": "image", "min_aspect": stated}, name="size")
    root = settled(tmp_path, [document("shop/SKILL.md", URL_CLAIM, SERVER, PROMPT, image)]).openapi["shop"]
    assert root["components"]["schemas"]["DrawRequest"]["properties"]["size"]["x-media"]["aspect"] == {
        "minimum": written
    }


def test_a_ratio_by_nothing_is_left_to_the_lint(tmp_path: Path) -> None:
    image = claim(5, {"required": False, "format": "uri", "media": "image", "min_aspect": "1:0"}, name="size")
    with pytest.raises(InputFault, match="1:0"):
        settled(tmp_path, [document("shop/SKILL.md", URL_CLAIM, SERVER, PROMPT, image)])


WORDS = """\
  - target: $.paths['/draw'].post.requestBody.content['application/json'].schema.properties.{one}
    update: {{title: Word}}
  - target: $.paths['/report'].post.requestBody.content['application/json'].schema.properties.id
    update: {{title: Word}}
"""


def test_equal_schemas_of_one_title_are_one_with_the_claims_of_both(tmp_path: Path) -> None:
    catalog = settled(tmp_path, [with_task()], overlay=TASKS + WORDS.format(one="prompt"))
    root, facts = catalog.openapi["shop"], catalog.evidence["shop"]["facts"]
    assert root["components"]["schemas"]["Word"]["type"] == "string"
    claims = ["shop/SKILL.md#draw/parameter/prompt", "shop/SKILL.md#report/parameter/id"]
    assert facts["/components/schemas/Word/type"] == claims
    assert root["components"]["schemas"]["ReportRequest"]["properties"]["id"] == {"$ref": "#/components/schemas/Word"}


def test_unequal_schemas_of_one_title_are_a_fault(tmp_path: Path) -> None:
    overlay = TASKS + WORDS.format(one="size")
    with pytest.raises(InputFault) as caught:
        settled(tmp_path, [with_task()], overlay=overlay)
    (fault,) = (row for row in caught.value.faults if "title 'Word'" in row.problem)
    assert fault.problem == "two operations have different schemas of the title 'Word', one in report"
    (entry,) = re.findall(r"as line \d+: `(.*)`$", fault.remedy)
    schemas = settled(tmp_path, [with_task()], overlay=f"{overlay}{entry}\n").openapi["shop"]["components"]["schemas"]
    assert (schemas["Word"]["type"], schemas["ReportWord"]["type"]) == ("integer", "string")


def test_a_tag_is_described_by_the_last_who_does_and_one_that_nobody_uses_is_left_out(tmp_path: Path) -> None:
    more = "  - target: $\n    update: {tags: [{name: drawing, description: Paint.}, {name: none, description: No.}]}\n"
    root = settled(tmp_path, [own()], overlay=OVERLAY + more).openapi["shop"]
    assert root["tags"] == [{"name": "drawing", "description": "Paint."}]


def test_a_dispute_over_a_parameter_says_each_side(tmp_path: Path) -> None:
    other = document(
        "shop/other.md", claim(1, {"names": ["prompt"]}, name="parameters", subject="list"), published="2026-03-01"
    )
    mood = claim(8, {"required": True}, name="mood")
    decision = "decisions: [{operation: draw, parameter: mood, fact: presence, dispute: true, reason: Nobody knows.}]"
    root = settled(tmp_path, [own(mood, LISTED), other], decisions=decision).openapi["shop"]
    schema = root["components"]["schemas"]["DrawRequest"]
    readings = [row["reading"] for row in schema["properties"]["mood"]["x-disputed"]]
    assert readings == ["it exists and is required", "it does not exist"]
    assert schema["required"] == ["prompt"]


def either(mood_facts: dict[str, Any]) -> tuple[list[VendorDocument], str]:
    """Return documents of which one lists the parameter `mood` and one the parameter `tone` in its place."""
    first = document(
        "shop/SKILL.md",
        URL_CLAIM,
        SERVER,
        PROMPT,
        claim(5, mood_facts, name="mood"),
        listing(6, "prompt", "mood"),
        published="2026-03-01",
    )
    second = document(
        "shop/more.md",
        claim(5, {"required": True, "type": "string"}, name="tone"),
        listing(6, "prompt", "tone"),
        published="2026-03-01",
    )
    rows = [
        f"{{operation: draw, parameter: {name}, fact: presence, dispute: true, reason: x}}" for name in ("mood", "tone")
    ]
    return [first, second], f"decisions: [{', '.join(rows)}]"


def test_where_each_document_demands_another_parameter_a_call_needs_one_of_them(tmp_path: Path) -> None:
    documents, decisions = either({"type": "string"})
    catalog = settled(tmp_path, documents, decisions=decisions)
    schema = catalog.openapi["shop"]["components"]["schemas"]["DrawRequest"]
    assert schema["allOf"] == [{"anyOf": [{"required": ["mood"]}, {"required": ["tone"]}]}]
    assert "/components/schemas/DrawRequest/allOf/0/anyOf/1/required/0" in catalog.evidence["shop"]["facts"]


def test_where_one_document_demands_none_of_the_disputed_parameters_a_call_needs_none(tmp_path: Path) -> None:
    documents, decisions = either({"type": "string", "required": False})
    tone = "decisions: [{" + decisions.partition("}, {")[2]
    schema = settled(tmp_path, documents, decisions=tone).openapi["shop"]["components"]["schemas"]["DrawRequest"]
    assert "allOf" not in schema


def test_what_has_to_be_given_is_neither_empty_nor_blank(tmp_path: Path) -> None:
    schema = settled(tmp_path, [own()]).openapi["shop"]["components"]["schemas"]["DrawRequest"]
    assert schema["properties"]["prompt"] | {"minLength": 1, "pattern": r"\S"} == schema["properties"]["prompt"]
    assert "pattern" not in schema["properties"]["size"]


SAMPLES = [
    ({"examples": ["a cat"], "enum": ["b"]}, "a cat"),
    ({"enum": ["b", "c"], "default": "c"}, "b"),
    ({"default": "c", "type": "string"}, "c"),
    ({"type": "array", "items": {"type": "integer", "minimum": 4}}, [4]),
    ({"type": "array"}, ["A short text"]),
    ({"type": "number", "maximum": 0.5}, 0.5),
    ({"type": "integer"}, 1),
    ({"type": "boolean"}, True),
    ({"type": "string", "format": "uri", "x-media": {"kind": "video"}}, "https://files.example.org/clip.mp4"),
    ({"type": "string", "format": "uri"}, "https://files.example.org/hook"),
    ({}, "A short text"),
]


@pytest.mark.parametrize("schema, value", SAMPLES)
def test_an_example_value_is_the_first_that_the_schema_tells(schema: dict[str, Any], value: Any) -> None:
    assert sample(schema) == value


def test_keys_stand_in_the_order_a_reader_expects_and_names_in_that_of_the_documents() -> None:
    schema = {
        "x-a": 1,
        "b": 2,
        "properties": {"z": {"type": "string"}, "a": {}},
        "type": "object",
        "a": [{"x-b": []}],
    }
    done = ordered(schema)
    assert list(done) == ["type", "properties", "a", "b", "x-a"]
    assert list(done["properties"]) == ["z", "a"]
    assert done["a"] == [{"x-b": []}]


def test_a_result_field_of_one_of_the_operations_that_share_a_title_names_it(tmp_path: Path) -> None:
    replies = [
        claim(60, {"type": "string"}, name="data.seed", subject="response"),
        claim(61, {"type": "string"}, name="data.id", subject="response"),
        claim(62, {"type": "string"}, name="data.id", operation="report", subject="response"),
    ]
    data = "$.paths.*.*.responses['200'].content.*.schema.properties.data"
    overlay = f"{TASKS}  - target: {data}\n    update: {{title: Drawn}}\n"
    catalog = settled(tmp_path, [with_task(*replies)], overlay=overlay)
    fields = catalog.openapi["shop"]["components"]["schemas"]["Drawn"]["properties"]
    assert fields["seed"]["description"] == "Only the documents of draw state it."
    assert "description" not in fields["id"]
    assert "- `Drawn.seed` is stated of draw, not of report: an overlay gives their results one title" in catalog.report


def test_a_callback_of_all_that_one_call_cannot_have_is_taken_away_by_what_the_fault_says(tmp_path: Path) -> None:
    overlay = (
        TASKS
        + """  - target: $.paths['/draw'].post
    update:
      x-task: {callback: {id: /id, echoed: [/params]}}
      callbacks:
        finished:
          '{$request.body#/callback}':
            post:
              operationId: drawFinished
              summary: A task is over
              requestBody: {content: {application/json: {schema: {title: Payload, type: object}}}}
              responses: {'200': {description: Received.}}
"""
    )
    with pytest.raises(InputFault) as caught:
        settled(tmp_path, [with_task()], overlay=overlay)
    (fault,) = (row for row in caught.value.faults if "gives draw a callback" in row.problem)
    entries = re.findall(r"`( *- \{.*?\})`", fault.remedy)
    assert [entry.count("remove: true") for entry in entries] == [1, 1]
    catalog = settled(tmp_path, [with_task()], overlay=overlay + "".join(f"{entry}\n" for entry in entries))
    draw = catalog.openapi["shop"]["paths"]["/draw"]["post"]
    assert "callbacks" not in draw
    assert "callback" not in draw["x-task"]


def test_a_callback_whose_payload_nobody_states_is_taken_away_by_what_the_fault_says(tmp_path: Path) -> None:
    overlay = (
        TASKS
        + """  - target: $.paths['/draw'].post
    update:
      x-task: {callback: {id: /id, status: /status}}
      callbacks:
        finished:
          '{$request.body#/callback}':
            post:
              operationId: drawFinished
              summary: A task is over
              requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/CallbackPayload'}}}}
              responses: {'200': {description: Received.}}
"""
    )
    with pytest.raises(InputFault) as caught:
        settled(tmp_path, [with_task()], overlay=overlay)
    (fault,) = (row for row in caught.value.faults if "whose payload no document states" in row.problem)
    entries = re.findall(r"`( *- \{.*?\})`", fault.remedy)
    catalog = settled(tmp_path, [with_task()], overlay=overlay + "".join(f"{entry}\n" for entry in entries))
    draw = catalog.openapi["shop"]["paths"]["/draw"]["post"]
    assert "callbacks" not in draw
    assert "callback" not in draw["x-task"]


def test_a_place_of_files_that_one_reply_does_not_have_can_be_taken_away_there(tmp_path: Path) -> None:
    overlay = TASKS + "  - target: $.paths['/draw'].post.x-task.assets\n    update: {at: [/files, /none]}\n"
    with pytest.raises(InputFault) as raised:
        settled(tmp_path, [with_task()], overlay=overlay)
    (fault,) = raised.value.faults
    (action,) = re.findall(r"by an action at the end: `(- .*)`", fault.remedy)
    task = settled(tmp_path, [with_task()], overlay=f"{overlay}  {action}\n").openapi["shop"]["paths"]["/draw"]["post"]
    assert task["x-task"]["assets"]["at"] == ["/files"]
