"""What is told of every edit, kept as a record: what changes in it was meant to, or is a fault.

WONDERGEN_RECORD=1 writes it anew; the difference is for a person to judge.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

from codegen.catalog.diff import Report, diff
from codegen.catalog.diff.rules import EXISTENCE, FACTS
from tests.catalog.diff.edit_rows import ALL_EDITS, DRAW, FIELD, GONE, OLD, STARTED, edited, report_of

RECORD = Path(__file__).with_name("record.txt")
SERVICE = "/x-error-codes/at/code"
TOGETHER = [
    ("/info/title", "Forms"),
    ("/servers/1", GONE),
    (SERVICE, "/status"),
    ("/security", [{"other": []}]),
    (f"{DRAW}/summary", "Paint"),
    (f"{DRAW}/x-python/method", "paint"),
    (f"{FIELD}/prompt/description", "The idea."),
    (f"{FIELD}/size/enum/3", "XL"),
    (f"{FIELD}/scale/maximum", 8),
    (f"{STARTED}/properties/trace", {"type": "string"}),
]
"""Changes of every severity, of the service, of several operations and of one."""


def test_every_edit_is_told_as_it_was_before() -> None:
    report = (
        "\n".join([*_edits(), "", "# many edits, in two services and one that is new", "", _many().to_text()]) + "\n"
    )
    if os.environ.get("WONDERGEN_RECORD"):
        RECORD.write_text(report, encoding="utf-8")
    assert report == RECORD.read_text(encoding="utf-8")


def test_changes_of_several_services_are_in_one_order_whatever_order_the_services_have() -> None:
    new = edited(*TOGETHER)
    turned = diff({"b": OLD, "a": OLD}, {"c": OLD, "b": new, "a": new})
    assert turned == _many()


def _many() -> Report:
    new = edited(*TOGETHER)
    return diff({"a": OLD, "b": OLD}, {"a": new, "b": new, "c": OLD})


def _edits() -> Iterator[str]:
    for edit in ALL_EDITS:
        yield f"# {edit[0]}: {'gone' if edit[1] is GONE else json.dumps(edit[1])}"
        for change in report_of(edit).changes:
            yield f"{change.severity} {change.kind} of {change.operation or 'all'} at {change.pointer or 'the top'}"
            yield f"    {change.message}"


def test_every_rule_has_a_row() -> None:
    kinds = re.findall(r"^(?:breaking|additive|neutral) (\S+) of ", RECORD.read_text(encoding="utf-8"), re.MULTILINE)
    things = {kind.split(".")[0].removeprefix("request-").removeprefix("reply-") for kind in kinds}
    facts = {kind.split(".")[1].replace("-", " ") for kind in kinds}
    # A service comes and goes, and an operation moves, in test_diff_report.py; the bounds of files are all of one kind.
    assert {kind for kind in EXISTENCE if kind.replace(" ", "-") not in things} <= {"service", "request body", "result"}
    missing = {name for name in FACTS if name.replace("-", " ") not in facts}
    assert {name for name in missing if not name.startswith(("file ", "keyword "))} <= {"path", "method"}
