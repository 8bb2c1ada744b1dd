"""The checks of oasdiff and ours: docs/oasdiff.yaml says which we have, and what we say where it says otherwise."""

from __future__ import annotations

from typing import Any

from codegen import paths, yamlio
from codegen.catalog.diff.rules import EXISTENCE, FACTS, Direction, existence

CHECKS: list[dict[str, Any]] = yamlio.load(paths.ROOT / "docs" / "oasdiff.yaml")["checks"]
OURS = [row for row in CHECKS if "ours" in row]
FACT_OF = {name.replace(" ", "-"): name for name in FACTS}
THING_OF = {name.replace(" ", "-"): name for name in EXISTENCE}


def test_every_check_is_answered_once() -> None:
    assert len(CHECKS) == len({row["oasdiff"] for row in CHECKS}) > 500
    assert [row["oasdiff"] for row in CHECKS if ("ours" in row) != ("verdict" in row)] == []


def test_a_check_that_does_not_apply_says_why() -> None:
    assert [row["oasdiff"] for row in CHECKS if "ours" not in row and not row.get("why")] == []


def _verdicts(row: dict[str, Any]) -> set[str]:
    """Return the verdicts that our rule can give."""
    if "read-only-property" in row["oasdiff"] or "write-only-property" in row["oasdiff"]:
        return {"neutral"}  # it never travels in this direction
    thing, *fact, how = row["ours"].split(".")
    direction: Direction = "reply" if thing.startswith(("reply-", "response", "header")) else "request"
    if fact:
        return {FACTS[FACT_OF[fact[0]]].severity(how, direction)}
    kind = THING_OF.get(thing) or THING_OF[thing.removeprefix("request-").removeprefix("reply-")]
    return {existence(kind, direction, required=one, added=how == "added") for one in (True, False)}


def test_the_verdict_is_that_of_the_rule() -> None:
    assert [row["oasdiff"] for row in OURS if row["verdict"] not in _verdicts(row)] == []


def test_another_verdict_than_that_of_oasdiff_has_a_reason() -> None:
    unexplained = {("error", False), ("info", True)}
    differing = [row for row in OURS if (row["level"], row["verdict"] == "breaking") in unexplained]
    assert differing
    assert [row["oasdiff"] for row in differing if not row.get("why")] == []
