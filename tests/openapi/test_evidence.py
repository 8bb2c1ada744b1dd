"""The evidence beside a document: each of its pointers names something in the document."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from codegen.faults import Fault, InputFault
from codegen.python.read import read_catalog
from tests.python.support import document, operation

SIZE = "paint/requestBody/content/application~1json/schema/properties/size"
OVERLAY = """\
overlay: 1.0.0
info: {title: Painter, version: "1"}
actions:
  - {target: "$.paths['/paint'].post.requestBody.content['application/json'].schema.properties.size", remove: true}
"""


def catalog(folder: Path, evidence: str) -> Path:
    """Write a document with a size, and its evidence beside it."""
    paint = operation({"size": {"type": "integer", "minimum": 1}})
    for name, text in {
        "openapi/painter.json": json.dumps(document({"/paint": {"post": paint}})),
        "evidence/painter.yaml": evidence,
    }.items():
        (folder / name).parent.mkdir()
        (folder / name).write_text(text)
    return folder / "openapi"


@pytest.mark.parametrize("key", ["facts", "cites"])
def test_evidence_for_what_the_document_does_not_have_is_refused(key: str, tmp_path: Path) -> None:
    specs = catalog(tmp_path, f"{key}: {{{SIZE}/minimum: [draw#a], {SIZE}/maximum: [draw#a]}}")
    with pytest.raises(InputFault) as error:
        read_catalog(specs, "painters", "1.0.0")
    place = f"/paths/~1paint/post/{SIZE.partition('/')[2]}/maximum"
    (fault,) = error.value.faults
    assert fault == Fault("evidence/painter.yaml", place, "evidence for what is not there", fault.remedy)


def test_evidence_of_an_operation_that_is_gone_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(InputFault, match="draw: evidence for what is not there"):
        read_catalog(catalog(tmp_path, "facts: {draw: [draw#a]}"), "painters", "1.0.0")


def test_what_an_overlay_removes_may_have_evidence(tmp_path: Path) -> None:
    specs = catalog(tmp_path, f"facts: {{{SIZE}/minimum: [draw#a]}}")
    (tmp_path / "overlays").mkdir()
    (tmp_path / "overlays" / "painter.yaml").write_text(OVERLAY)
    (service,) = read_catalog(specs, "painters", "1.0.0", tmp_path / "overlays").services
    assert "size" not in {parameter.name for parameter in service.operations[0].parameters}
