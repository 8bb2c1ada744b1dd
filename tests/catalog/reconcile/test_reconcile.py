"""From claims to a catalog: what the documents hold, that it is the same every time, and what bad input says."""

from __future__ import annotations

import random
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import OpenAPIV31SpecValidator

from codegen import yamlio
from codegen.catalog.reconcile import ReconciledCatalog, render, write
from codegen.documents.claims import Claim
from codegen.faults import InputFault
from tests.catalog.reconcile.shop_claims import OVERLAY, PROMPT, SERVER, claim, document, own, settled

TORN = claim(6, {"maximum": 12}, name="size")
DECIDED = "decisions: [{operation: draw, parameter: size, fact: maximum, winner: 12, reason: Newer models draw more.}]"


def request(catalog: ReconciledCatalog) -> dict[str, Any]:
    schema: dict[str, Any] = catalog.openapi["shop"]["components"]["schemas"]["DrawRequest"]
    return schema


def faults(folder: Path, *more: Any, **options: Any) -> list[str]:
    with pytest.raises(InputFault) as caught:
        settled(folder, [own(*more)], **options)
    return [str(fault) for fault in caught.value.faults]


def test_the_catalog_is_valid_openapi(tmp_path: Path) -> None:
    document_ = settled(tmp_path, [own()]).openapi["shop"]
    assert list(OpenAPIV31SpecValidator(document_).iter_errors()) == []
    assert list(document_["paths"]) == ["/draw"]


def test_every_fact_of_a_parameter_names_its_sources(tmp_path: Path) -> None:
    catalog = settled(tmp_path, [own()])
    size, facts = request(catalog)["properties"]["size"], catalog.evidence["shop"]["facts"]
    assert {key: size[key] for key in ("type", "maximum")} == {"type": "integer", "maximum": 9}
    assert {at: facts[at] for at in facts if "/size" in at} == {
        f"/components/schemas/DrawRequest/properties/size{end}": ["shop/SKILL.md#draw/parameter/size"]
        for end in ("", "/maximum", "/type")
    }


def test_requests_are_closed_and_replies_are_open(tmp_path: Path) -> None:
    reply = claim(7, {"type": "string"}, name="data.address", subject="response")
    catalog = settled(tmp_path, [own(reply)])
    assert request(catalog)["additionalProperties"] is False
    found = catalog.openapi["shop"]["paths"]["/draw"]["post"]["responses"]["200"]["content"]["application/json"][
        "schema"
    ]
    assert found["additionalProperties"] is True
    assert found["properties"]["data"]["additionalProperties"] is True
    assert found["properties"]["data"]["properties"]["address"]["type"] == "string"


def test_what_is_said_of_all_replies_goes_no_deeper_than_the_envelope(tmp_path: Path) -> None:
    code = claim(7, {"type": "integer"}, name="code", subject="response", operation=None)
    inside = claim(8, {"type": "string"}, name="data.address", subject="response", operation=None)
    catalog = settled(tmp_path, [own(code, inside)])
    found = catalog.openapi["shop"]["paths"]["/draw"]["post"]["responses"]["200"]["content"]["application/json"][
        "schema"
    ]
    assert list(found["properties"]) == ["code"]


def test_a_parameter_in_the_path_is_required_whatever_is_said_of_it(tmp_path: Path) -> None:
    url_claim = claim(1, {"url": "https://api.example.com/draw/{id}", "method": "POST"}, name="", subject="operation")
    rest = [
        claim(8, {"type": "string"}, name="id"),
        claim(9, {"type": "string", "in": "query"}, name="lang"),
        claim(10, {"type": "string", "in": "query", "required": True}, name="mode"),
    ]
    catalog = settled(tmp_path, [document("shop/SKILL.md", url_claim, SERVER, PROMPT, *rest)])
    found = catalog.openapi["shop"]["paths"]["/draw/{id}"]["post"]["parameters"]
    assert [(one["name"], one["in"], one["required"]) for one in found] == [
        ("id", "path", True),
        ("lang", "query", False),
        ("mode", "query", True),
    ]


def test_what_was_found_is_said_in_a_line_a_service(tmp_path: Path) -> None:
    assert settled(tmp_path, [own()]).summary() == "shop: 1 operations, 12 facts, 0 disagreements settled (none)"
    torn = settled(tmp_path, [own(TORN)], decisions=DECIDED)
    assert (torn.settled, torn.summary().partition(", ")[2]) == (1, "12 facts, 1 disagreements settled (1 by decision)")


def test_a_wrapper_holds_the_parameters(tmp_path: Path) -> None:
    wrapper = claim(8, {"body_wrapper": "data"}, name="", subject="operation", by="example")
    overlay = OVERLAY.replace("{method: draw}", "{method: draw, body: /data}")
    schemas = settled(tmp_path, [own(wrapper)], overlay=overlay).openapi["shop"]["components"]["schemas"]
    assert schemas["DrawRequest"]["properties"] == {"data": {"$ref": "#/components/schemas/DrawParameters"}}
    assert list(schemas["DrawParameters"]["properties"]) == ["prompt", "size"]


def test_a_parameter_needed_with_a_value_of_another_is_an_if_then(tmp_path: Path) -> None:
    size = claim(5, {"required_when": {"prompt": ["long"]}}, name="size")
    (rule,) = request(settled(tmp_path, [own(size)]))["allOf"]
    assert rule["if"] == {"required": ["prompt"], "properties": {"prompt": {"enum": ["long"]}}}
    assert rule["then"]["required"] == ["size"]


def test_a_value_allowed_with_a_value_of_another_is_an_if_then(tmp_path: Path) -> None:
    mode = claim(
        5, {"allowed_when": {"fine": {"size": [6]}}, "enum": ["fine", "rough"], "required": False}, name="mode"
    )
    (rule,) = request(settled(tmp_path, [own(mode)]))["allOf"]
    assert rule["if"] == {"required": ["mode"], "properties": {"mode": {"enum": ["fine"]}}}
    assert rule["then"] == {"properties": {"size": {"enum": [6]}}}


def test_limits_of_a_file_go_to_x_media(tmp_path: Path) -> None:
    facts = {"format": "uri", "media": "image", "formats": ["PNG"], "max_bytes": 5, "exclusive_bytes": True}
    image = claim(9, {**facts, "min_aspect": "0.4:1", "required": False}, name="image")
    found = request(settled(tmp_path, [own(image)]))["properties"]["image"]["x-media"]
    assert found == {
        "kind": "image",
        "formats": ["png"],
        "bytes": {"exclusiveMaximum": 5},
        "aspect": {"minimum": "2:5"},
    }


@pytest.mark.parametrize(
    "values, form", [(["True", "False"], "boolean-word"), (["5s", "10s"], "seconds-text"), (["0", "1"], None)]
)
def test_words_with_one_natural_reading_get_a_wire_form(tmp_path: Path, values: list[str], form: str | None) -> None:
    word = claim(9, {"type": "string", "enum": values, "required": False}, name="word")
    assert request(settled(tmp_path, [own(word)]))["properties"]["word"].get("x-wire") == form


def test_a_default_of_a_script_is_dropped_where_a_document_asks_for_the_value(tmp_path: Path) -> None:
    filled = claim(1, {"default": "a cat"}, name="prompt", by="signature")
    catalog = settled(tmp_path, [own(), document("shop/a.py", filled, kind="script", published="2026-03-01")])
    assert "default" not in request(catalog)["properties"]["prompt"]
    assert "document over signature" in catalog.report


@pytest.mark.parametrize("facts, kept", [({"default": 20}, False), ({"default": 7}, True)])
def test_a_default_of_an_overview_is_dropped_where_it_breaks_the_own_limits(
    tmp_path: Path, facts: dict[str, Any], kept: bool
) -> None:
    overview = document("shop/other.md", claim(1, facts, name="size"), capability=())
    assert ("default" in request(settled(tmp_path, [own(), overview]))["properties"]["size"]) is kept


def test_a_sound_example_is_shown_with_its_source(tmp_path: Path) -> None:
    example = claim(20, {"arguments": {"prompt": "<text>", "size": 3}}, name="draw", subject="example", by="example")
    catalog = settled(tmp_path, [own(example)])
    body = catalog.openapi["shop"]["paths"]["/draw"]["post"]["requestBody"]
    (own_example,) = body["content"]["application/json"]["examples"].values()
    assert own_example["value"]["size"] == 3
    (claims,) = (rows for at, rows in catalog.evidence["shop"]["facts"].items() if at.endswith("documented-1/value"))
    assert claims == ["shop/SKILL.md#draw/example/draw@example"]


@pytest.mark.parametrize(
    "arguments, problem",
    [
        ({"prompt": "<text>", "size": 300}, "size is 300, against maximum 9"),
        ({"size": 3}, "prompt is missing"),
        ({"prompt": "<text>", "colour": "red"}, "colour is not a parameter"),
        ({"prompt": "<text>", "size": "big"}, "size is 'big', against type 'integer'"),
    ],
)
def test_an_example_outside_the_limits_is_reported_and_changes_nothing(
    tmp_path: Path, arguments: dict[str, Any], problem: str
) -> None:
    example = claim(20, {"arguments": arguments}, name="draw", subject="example", by="example")
    catalog = settled(tmp_path, [own(example)])
    assert f"shop/SKILL.md: {problem}" in catalog.report
    assert request(catalog)["properties"]["size"]["maximum"] == 9
    assert catalog.settled == 1


def test_an_example_that_only_sends_more_is_kept_without_that(tmp_path: Path) -> None:
    arguments = {"prompt": "<text>", "size": 3, "colour": "red"}
    example = claim(20, {"arguments": arguments}, name="draw", subject="example", by="example")
    template = claim(21, {"required": False}, name="colour", by="example")
    catalog = settled(tmp_path, [own(example, template)])
    body = catalog.openapi["shop"]["paths"]["/draw"]["post"]["requestBody"]["content"]["application/json"]
    (example_kept,) = body["examples"].values()
    assert set(example_kept["value"]) == {"prompt", "size"}
    assert "shop/SKILL.md: colour is not a parameter" in catalog.report
    (row,) = catalog.evidence["shop"]["disagreements"]
    assert (row["subject"], row["holds"]) == ("example", "the limits, without its colour")


def test_a_dispute_is_marked_with_every_reading(tmp_path: Path) -> None:
    torn = claim(6, {"required": False}, name="prompt")
    decision = "decisions: [{operation: draw, parameter: prompt, fact: required, dispute: true, reason: Nobody knows.}]"
    catalog = settled(tmp_path, [own(torn)], decisions=decision)
    assert "required" not in request(catalog)
    assert request(catalog)["properties"]["prompt"]["x-disputed"] == [
        {"reading": "it is required", "sources": ["shop/SKILL.md"]},
        {"reading": "it is optional", "sources": ["shop/SKILL.md"]},
    ]


def test_the_report_names_sources_winner_rule_and_reason(tmp_path: Path) -> None:
    text = settled(tmp_path, [own(TORN)], decisions=DECIDED).report
    assert "**parameter `size` maximum**" in text
    assert "`9`: shop/SKILL.md (own skill)" in text
    assert "holds: `12`, by *decision*. Newer models draw more." in text


def test_an_undecided_disagreement_stops(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, TORN)
    assert fault.startswith("shop/SKILL.md: line 5: the documents disagree on draw parameter size maximum")
    sides = [
        f"`  - {{operation: draw, parameter: size, fact: maximum, winner: {side}, reason: …}}`" for side in (9, 12)
    ]
    sides.append("`  - {operation: draw, parameter: size, fact: maximum, dispute: true, reason: …}`")
    assert fault.replace("'…'", "…").endswith(
        "write in specs/decisions/shop.yaml in place of line 2: `decisions:`, once for all entries, "
        f"and below it {' or '.join(sides)}"
    )


@pytest.mark.parametrize(
    "decision, problem",
    [
        (DECIDED.replace("size", "colour"), "on which no document speaks"),
        (DECIDED, "on which the documents agree"),
    ],
)
def test_a_decision_of_no_use_stops(tmp_path: Path, decision: str, problem: str) -> None:
    (fault,) = faults(tmp_path, decisions=decision)
    assert fault.startswith("specs/decisions/shop.yaml: line 2: ")
    assert problem in fault


def test_a_decision_that_has_to_go_names_all_its_lines(tmp_path: Path) -> None:
    row = "decisions:\n  - operation: draw\n    parameter: size\n    fact: maximum\n    winner: 12\n    reason: x"
    (fault,) = faults(tmp_path, decisions=row)
    assert fault.endswith("; delete lines 3 to 7, or correct what it names")


def test_a_decision_for_several_operations_keeps_those_that_are_left(tmp_path: Path) -> None:
    row = f"decisions:\n  - {DECIDED.partition('[')[2].rpartition(']')[0].replace(': draw', ': [draw, gone]')}"
    (fault,) = faults(tmp_path, TORN, decisions=row)
    assert "decides gone parameter size maximum, on which no document speaks" in fault
    assert fault.endswith("; write `operation: [draw]` there, or correct what it names")


def test_a_decision_for_a_winner_that_nobody_named_stops(tmp_path: Path) -> None:
    found = faults(tmp_path, TORN, decisions=DECIDED.replace("12", "13"))
    assert any("nobody says 13; stated are " in fault for fault in found)


@pytest.mark.parametrize(
    "row, problem",
    [
        ("{fact: maximum, winner: 1, reason: x}", "needs one subject"),
        ("{parameter: size, winner: 1, reason: x}", "needs `fact` and `reason`"),
        ("{parameter: size, fact: maximum, reason: x}", "either `winner` or `dispute: true`"),
        ("{parameter: size, fact: formats, dispute: true, reason: x}", "cannot leave 'formats' open"),
        ("7", "is not a mapping"),
        ("{operation: [draw, draw], parameter: size, fact: maximum, winner: 1, reason: x}", "each once"),
        ("{operation: [7], parameter: size, fact: maximum, winner: 1, reason: x}", "a list of names"),
    ],
)
def test_a_malformed_decision_is_said_to_be_one(tmp_path: Path, row: str, problem: str) -> None:
    assert any(problem in fault for fault in faults(tmp_path, decisions=f"decisions: [{row}]"))


def test_an_overlay_that_cannot_be_read_comes_alone(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, TORN, overlay=OVERLAY + "  - {target: $.paths\n")
    assert fault.startswith("specs/overlays/shop.yaml: line ")
    assert "is not YAML" in fault
    (fault,) = faults(tmp_path, TORN, overlay=OVERLAY.replace("actions:", "action:"))
    assert fault.startswith("specs/overlays/shop.yaml: unknown key 'action'")


def test_decisions_that_cannot_be_read_come_alone(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, TORN, decisions="decisions: [{")
    assert fault.startswith("specs/decisions/shop.yaml: line ")
    assert "is not YAML" in fault


def test_an_overlay_that_matches_nothing_stops(tmp_path: Path) -> None:
    overlay = OVERLAY + "  - {target: $.paths.nowhere, update: {summary: x}}\n"
    (fault,) = faults(tmp_path, overlay=overlay)
    assert fault.startswith("specs/overlays/shop.yaml: ")


@pytest.mark.parametrize(
    "action, problem",
    [
        ("target: $.paths, update: {/invented: {post: {operationId: x}}}", "adds an operation that no document states"),
        ("target: $.paths.*.post.operationId, remove: true", "without an operationId"),
        ("target: \"$.paths.*.post.responses['200']\", remove: true", "without its reply"),
    ],
)
def test_an_overlay_neither_invents_an_operation_nor_takes_from_one(tmp_path: Path, action: str, problem: str) -> None:
    assert any(problem in fault for fault in faults(tmp_path, overlay=OVERLAY + f"  - {{{action}}}\n"))


def test_a_skill_of_no_service_stops(tmp_path: Path) -> None:
    with pytest.raises(InputFault, match=r"skill 'stranger' belongs to no service; .*`skills: \[stranger\]`"):
        settled(tmp_path, [own(), replace(own(), document="x.md", skill="stranger")])


@pytest.mark.parametrize("name, remedy", [("draww", "write 'draw'"), ("sing", "state its URL")])
def test_a_claim_about_an_operation_without_a_url_stops(tmp_path: Path, name: str, remedy: str) -> None:
    (fault,) = faults(tmp_path, claim(6, {"maximum": 9}, operation=name))
    assert f"line 6: speaks of the operation {name!r}, whose URL no document states; {remedy}" in fault


def test_what_the_lint_finds_stops(tmp_path: Path) -> None:
    found = faults(tmp_path, overlay=OVERLAY.replace("tags: [drawing]", "security: [{nobody: []}]"))
    assert any("security scheme 'nobody' is not defined" in fault for fault in found)
    assert all(fault.startswith(("shop/", "specs/overlays/shop.yaml")) for fault in found)


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    lengths = [claim(7, {"max_length": 300}, name="prompt"), claim(8, {"max_length": 400}, name="prompt")]
    assert len(faults(tmp_path, TORN, *lengths)) == 2


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10_000))
def test_any_order_of_documents_and_claims_gives_the_same_bytes(tmp_path: Path, seed: int) -> None:
    other = document("shop/z.md", claim(1, {"maximum": 5}, name="size"), claim(2, {"default": 2}, name="size"))
    documents = [own(), replace(other, capability=())]
    shuffled = [
        replace(one, claims=tuple(random.Random(seed).sample(one.claims, len(one.claims)))) for one in documents
    ]
    random.Random(seed).shuffle(shuffled)
    assert render(settled(tmp_path, shuffled)) == render(settled(tmp_path, documents))


def test_writing_replaces_what_was_there_and_leaves_nothing_else(tmp_path: Path) -> None:
    catalog = settled(tmp_path, [own()])
    specs = tmp_path / "specs"
    (specs / "openapi").mkdir(parents=True)
    (specs / "openapi" / "gone.yaml").write_text("old", encoding="utf-8")
    write(catalog, specs)
    files = sorted(path for path in specs.rglob("*") if path.is_file())
    written = [path.relative_to(specs).as_posix() for path in files]
    assert written == ["RECONCILIATION.md", "evidence/shop.yaml", "openapi/shop.yaml"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o644}
    assert yamlio.load(specs / "openapi" / "shop.yaml") == catalog.openapi["shop"]


def test_a_file_that_cannot_be_written_leaves_no_part_of_it(tmp_path: Path) -> None:
    specs = tmp_path / "specs"
    (specs / "openapi" / "shop.yaml" / "in the way").mkdir(parents=True)
    with pytest.raises(OSError, match=r"shop\.yaml"):
        write(settled(tmp_path, [own()]), specs)
    assert [path.name for path in (specs / "openapi").iterdir()] == ["shop.yaml"]


def test_error_codes_go_to_the_channel_they_come_by(tmp_path: Path) -> None:
    coded = claim(
        61, {"error": "RateLimited", "retry": "once", "channel": "in-band"}, name="7", operation=None, subject="error"
    )
    http = claim(62, {"error": "BadRequest", "channel": "http"}, name="413", operation=None, subject="error")
    at = claim(63, {"success": "0", "type": "integer"}, name="code", operation=None, subject="response")
    catalog = settled(tmp_path, [own(coded, http, at)])
    document_, facts = catalog.openapi["shop"], catalog.evidence["shop"]["facts"]
    codes = document_["x-error-codes"]
    assert codes["at"] == {"code": "/code", "success": ["0"]}
    assert codes["codes"]["7"]["retry"] == "once"
    assert facts["/x-error-codes/codes/7"] == ["shop/SKILL.md#*/error/7"]
    assert list(codes["http"]) == ["413"]
    assert "413" in document_["paths"]["/draw"]["post"]["responses"]


def test_what_no_keyword_carries_ends_the_description(tmp_path: Path) -> None:
    size = claim(64, {"unit": "pixel", "enum": [1, 2]}, name="size")
    label = claim(65, {"label": "small"}, name="size.1", subject="label")
    overlay = OVERLAY + "  - {target: $..properties.size, update: {description: How wide.}}\n"
    found = request(settled(tmp_path, [own(size, label)], overlay=overlay))["properties"]["size"]
    assert found["description"] == "How wide. In pixels. `1`: small."


def test_a_documented_value_needs_a_name_where_others_have_one(tmp_path: Path) -> None:
    label = claim(65, {"label": "small"}, name="size.1", subject="label")
    named = "  - {target: $..properties.size, update: {x-python: {enum: Size, names: {'2': LARGE}}}}\n"
    found = faults(tmp_path, label, overlay=OVERLAY + named)
    line = (OVERLAY + named).splitlines().index(named.rstrip("\n")) + 1
    problem = "names the values of size, and not 1 (small); add to the names `'1': SMALL`"
    assert f"specs/overlays/shop.yaml: line {line}: {problem}" in found


def test_a_fact_that_only_an_example_shows_is_no_fact(tmp_path: Path) -> None:
    own_example = claim(66, {"minimum": 2}, name="size", by="example")
    assert "minimum" not in request(settled(tmp_path, [own(own_example)]))["properties"]["size"]


def test_a_place_for_a_field_that_nobody_lists_stops(tmp_path: Path) -> None:
    place = "places: [{operation: draw, response: note, belongs: {response: data.note}, reason: x}]"
    assert faults(tmp_path, decisions=place) == [
        "specs/decisions/shop.yaml: line 2: no document lists 'note' of draw; delete it, or correct what it names"
    ]


ALSO = claim(
    30, {"url": "https://api.example.com/sing", "method": "POST"}, name="", operation="sing", subject="operation"
)
SINGING = """  - target: $.paths['/sing'].post
    update: {operationId: sing, x-python: {method: sing}}
"""


def coded(code: str, operation: str | None = None, **facts: Any) -> Claim:
    stated = {"error": "BadRequest", "channel": "in-band", **facts}
    return claim(60, stated, name=code, operation=operation, subject="error")


def test_a_code_of_one_operation_names_it_and_a_code_of_all_names_none(tmp_path: Path) -> None:
    at = claim(63, {"success": "0", "type": "integer"}, name="code", operation=None, subject="response")
    catalog = settled(tmp_path, [own(ALSO, at, coded("7"), coded("8", "sing"))], overlay=OVERLAY + SINGING)
    codes = catalog.openapi["shop"]["x-error-codes"]["codes"]
    assert codes["8"]["operations"] == ["sing"]
    assert "operations" not in codes["7"]


def test_an_error_of_files_is_none_of_an_operation_that_takes_no_file(tmp_path: Path) -> None:
    picture = claim(33, {"type": "string", "format": "uri", "media": "image"}, name="picture")
    large = coded("413", channel="http", about="file")
    document_ = settled(tmp_path, [own(ALSO, picture, large)], overlay=OVERLAY + SINGING).openapi["shop"]
    responses = {path: set(item["post"]["responses"]) for path, item in document_["paths"].items()}
    assert {path for path, found in responses.items() if "413" in found} == {"/draw"}
    assert document_["x-error-codes"]["http"]["413"]["operations"] == ["draw"]


def test_a_limit_of_all_files_of_a_kind_holds_for_each_parameter_whatever_its_name(tmp_path: Path) -> None:
    paths = [
        claim(line, {"type": "string", "format": "uri", "media": kind}, name=name)
        for line, name, kind in ((33, "first", "image"), (34, "cover_url", "image"), (35, "film", "video"))
    ]
    limit = claim(9, {"max_bytes": 9000000}, name="image", subject="limit")
    guide = document("shop/guide.md", limit, kind="guide")
    found = request(settled(tmp_path, [own(*paths), guide]))["properties"]
    limits = {name: schema["x-media"].get("bytes") for name, schema in found.items() if "x-media" in schema}
    assert limits == {"first": {"maximum": 9000000}, "cover_url": {"maximum": 9000000}, "film": None}
