"""What is said of a value that no form of a union fits: what each form lacks, and not what all of them lack."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.openapi.package_of_document import ImportedPackage, package_of
from tests.openapi.reports import array, document, record, sends

TEXT, INTEGER = {"type": "string"}, {"type": "integer"}
URL = record("type", "url", type={"const": "url"}, url=TEXT)
FILE = record("type", "id", type={"const": "file"}, id=TEXT)
CLOSED = [{**record(**{name: TEXT}), "additionalProperties": False} for name in ("a", "b")]


@pytest.fixture(scope="module")
def package() -> Iterator[ImportedPackage]:
    root = document()
    fields = {
        "either": {"anyOf": [record("a", a=TEXT), record("b", "c", b=TEXT, c=TEXT)]},
        "source": {"oneOf": [TEXT, URL, FILE]},
        "closed": {"oneOf": CLOSED},
        "several": {"type": ["string", "integer", "array"], "items": INTEGER},
        "alike": {
            "anyOf": [record("a", a=TEXT, b=TEXT), record("a", a=TEXT, c=TEXT), record("d", "a", d=TEXT, a=TEXT)]
        },
        "rows": array({"anyOf": [record("a", a=TEXT), record("b", b=TEXT)]}),
    }
    answers = {"204": {"description": "Done."}}
    root["paths"] = {"/x": {"post": {"operationId": "x", **sends(body=record(**fields)), "responses": answers}}}
    with package_of(root, "reports.json") as package:
        yield package


@pytest.mark.parametrize(
    ("arguments", "faults"),
    [
        ({"either": {}}, ["either: fits none of its forms: a is required, or b is required and c is required"]),
        ({"either": {"b": "x"}}, ["either: fits none of its forms: a is required, or c is required"]),
        ({"either": 5}, ["either: 5 is not an object (dict)"]),
        ({"source": {"type": "url"}}, ["source.url: is required"]),
        ({"source": 5}, ["source: 5 is neither text nor an object (dict)"]),
        (
            {"closed": {"a": "x", "b": "y"}},
            ["closed: fits none of its forms: b is not known here, or a is not known here"],
        ),
        ({"several": ["x"]}, ["several[0]: 'x' is not a whole number"]),
        ({"alike": {"d": "x"}}, ["alike.a: is required"]),
        ({"alike": {}}, ["alike: fits none of its forms: a is required, or d is required and a is required"]),
        ({"rows": [{"a": "x"}, {}]}, ["rows[1]: fits none of its forms: a is required, or b is required"]),
    ],
)
def test_a_fault_says_what_each_form_lacks(
    package: ImportedPackage, arguments: dict[str, Any], faults: list[str]
) -> None:
    with pytest.raises(package.module.InvalidRequest) as caught:
        package.client().x(**arguments)
    assert [f"{fault.parameter}: {fault.problem}" for fault in caught.value.faults] == faults


def test_a_word_that_names_no_form_is_said_with_the_words_of_all(package: ImportedPackage) -> None:
    with pytest.raises(package.module.InvalidRequest) as caught:
        package.client().x(source={"type": "zip"})
    (fault,) = caught.value.faults
    assert fault.parameter == "source"
    assert "type 'zip' is not one of 'url'" in fault.problem
    assert "or type 'zip' is not one of 'file'" in fault.problem
