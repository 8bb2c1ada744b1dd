"""What an overlay writes into a field, held against the type that the documents state for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from codegen import yamlio
from codegen.catalog.overlay_values import unfit
from codegen.faults import InputFault
from codegen.openapi.overlay import AppliedValue, OverlaySource, merge
from tests.catalog.reconcile.shop_claims import OVERLAY, claim, own, settled


def faults(field: dict[str, Any], update: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return the field after an update, and the faults of the update."""
    operation = {"operationId": "draw", "schema": {"properties": {"prompt": field}}}
    document = {"paths": {"/draw": {"post": operation}}}
    overlay = {
        "overlay": "1.0.0",
        "info": {"title": "words", "version": "1.0.0"},
        "actions": [{"target": "$..properties.prompt", "update": update}],
    }
    written: list[AppliedValue] = []
    merged, found = merge(document, OverlaySource("shop.yaml", overlay, (7,)), written=written)
    assert not found
    problems = [str(fault) for fault in unfit(merged, written)]
    result: dict[str, Any] = merged["paths"]["/draw"]["post"]["schema"]["properties"]["prompt"]
    return result, problems


@pytest.mark.parametrize(
    ("kind", "update"),
    [
        ("array", {"examples": ["a fox"]}),
        ("integer", {"examples": ["a fox"]}),
        ("boolean", {"default": "True"}),
        ("integer", {"default": True}),
        ("integer", {"enum": [1, "2"]}),
        ("integer", {"x-wire": "integer-text"}),
        ("array", {"x-media": {"kind": "image"}}),
        ("array", {"x-choices": {"texts": {"a": "first"}}}),
        ("integer", {"format": "uri"}),
        ("integer", {"pattern": "a"}),
        ("string", {"maximum": 4}),
        ("string", {"maxItems": 4}),
        (["integer", "null"], {"examples": ["a fox"]}),
    ],
)
def test_a_value_that_the_type_refuses_is_a_fault_with_its_line_and_is_taken_away(
    kind: Any, update: dict[str, Any]
) -> None:
    field, (problem,) = faults({"type": kind}, update)
    (key,) = update
    assert field == {"type": kind}
    assert problem.startswith(f"shop.yaml: line 7: writes {key} into prompt of draw, where it does not fit")
    assert problem.endswith("correct it, or delete it")


@pytest.mark.parametrize(
    ("kind", "update"),
    [
        ("string", {"examples": ["a fox"], "format": "uri", "x-media": {"kind": "image"}}),
        ("array", {"examples": [["a fox"]], "description": "Foxes."}),
        ("number", {"default": 5, "minimum": 1}),
        ("boolean", {"default": False, "x-choices": {"texts": {}}}),
        (["string", "null"], {"examples": ["a fox", None]}),
        ("string", {"type": "integer", "default": 5}),
    ],
)
def test_a_value_of_the_type_stays(kind: Any, update: dict[str, Any]) -> None:
    field, problems = faults({"type": kind}, update)
    assert problems == []
    assert field == {"type": kind, **update}


def test_one_cause_is_one_fault_and_its_remedy_can_be_pasted(tmp_path: Path) -> None:
    overlay = OVERLAY + "  - target: $..properties['prompt', 'title']\n    update: {examples: [A fox]}\n"
    documents = [own(claim(6, {"type": "array", "items": "string"}, name="title"))]
    with pytest.raises(InputFault) as caught:
        settled(tmp_path, documents, overlay=overlay)
    (fault,) = caught.value.faults
    line = next(number for number, row in enumerate(overlay.splitlines(), 1) if "'title'" in row)
    assert (fault.file, fault.place) == ("specs/overlays/shop.yaml", f"line {line}")
    action = fault.remedy.partition("`")[2].rstrip("`")
    field = settled(tmp_path, documents, overlay=f"{overlay}  {action}\n").openapi["shop"]
    properties = field["components"]["schemas"]["DrawRequest"]["properties"]
    assert "examples" not in properties["title"]
    assert properties["prompt"]["examples"] == ["A fox"]
    assert yamlio.loads(action, "remedy")[0]["remove"] is True


def test_choices_that_the_documents_have_withdrawn_are_one_fault_of_the_overlay(tmp_path: Path) -> None:
    words = {name: f"Of {name}." for name in ("red", "blue", "green")}
    overlay = OVERLAY + f"  - target: $..properties.colour\n    update: {{x-choices: {{texts: {words}}}}}\n"
    colour = claim(6, {"type": "string", "enum": ["red"]}, name="colour")
    with pytest.raises(InputFault) as caught:
        settled(tmp_path, [own(colour)], overlay=overlay)
    (fault,) = caught.value.faults
    assert (fault.file, fault.place) == ("specs/overlays/shop.yaml", f"line {overlay.count(chr(10)) - 1}")
    assert fault.problem.startswith("'blue' is not a value of the field")
    assert fault.problem.endswith("; the same of 'green'")
