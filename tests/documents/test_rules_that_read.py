"""A rule that claims something of a line has read it: no later rule reads the line in another sense."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from codegen.documents import markdown
from codegen.documents.context import Context
from codegen.documents.line_accounting import LineAccounting
from codegen.documents.sections import Passage
from tests.documents.conftest import ReadFolder

LAYOUTS = sorted(Path(__file__).parent.glob("layouts/*.md")) + sorted(Path(__file__).parent.glob("record/*/SKILL.md"))
Rule = Callable[[Passage, Context], bool]


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """Note each line of which a rule claims something, and what the rule answers."""
    noted: list[tuple[str, bool]] = []
    lines: list[int] = []
    claim = LineAccounting.claim

    def counted(accounting: LineAccounting, line: int, *rest: Any) -> None:
        lines.append(line)
        claim(accounting, line, *rest)

    def noting(rule: Rule) -> Rule:
        def asks(passage: Passage, context: Context) -> bool:
            before = len(lines)
            answer = rule(passage, context)
            if len(lines) > before:
                noted.append((f"{rule.__name__}: {passage.text}", answer is True))
            return answer

        return asks

    monkeypatch.setattr(LineAccounting, "claim", counted)
    monkeypatch.setattr(markdown, "_RULES", tuple(noting(rule) for rule in markdown._RULES))
    return noted


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_rule_that_claims_something_of_a_line_says_that_it_has_read_it(
    read_folder: ReadFolder, answers: list[tuple[str, bool]], path: Path
) -> None:
    read_folder({"SKILL.md": path.read_text(encoding="utf-8")})
    assert [line for line, is_read in answers if not is_read] == []
    assert answers
