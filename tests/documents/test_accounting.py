"""The accounting by fact: what a document states is claimed, kept as advice, set aside with a reason, or unread."""

from __future__ import annotations

from dataclasses import replace

import pytest

from codegen.documents.accounts import BY_DECISION, account, total
from codegen.documents.claims import line_hash
from tests.documents.choir import FILES
from tests.documents.conftest import Read, ReadFolder

ADVICE = """\
# Song
## Best Practices
- Name the mood first.
- Keep the verse short.
## Notes
All rights reserved.
Plain words about songs.
- `mystery` must be at most 3 of them
"""


def test_each_line_of_a_fact_is_counted_once(own: Read) -> None:
    (row,) = account([own(ADVICE)])
    assert row.set_aside == {"advice": 2, "legal notice": 1}
    assert len(row.unread) == 1
    assert row.stated == row.claimed + 2 + 1 + 1


def test_advice_that_an_overlay_keeps_is_not_set_aside(own: Read) -> None:
    document = own(ADVICE)
    (row,) = account([document], {document.document: [line_hash("- Name the mood first."), "zzzzzz"]})
    assert (row.advice, row.set_aside["advice"], row.stale) == (1, 1, ("zzzzzz",))


def test_a_line_that_no_reader_understands_is_settled_by_an_overlay_or_a_decision(own: Read) -> None:
    document = own(ADVICE)
    line = {document.document: [line_hash("- `mystery` must be at most 3 of them")]}
    (kept,) = account([document], line)
    assert (kept.unread, kept.advice) == ((), 1)
    (aside,) = account([document], decided=line)
    assert (aside.unread, aside.set_aside[BY_DECISION]) == ((), 1)
    assert aside.stated == account([document])[0].stated == kept.stated


def test_the_total_is_the_sum(read_folder: ReadFolder) -> None:
    documents = read_folder(FILES).values()
    rows = account(documents)
    assert total(rows).stated == sum(row.stated for row in rows) > 0


def test_a_claim_without_facts_is_one_fact(own: Read) -> None:
    document = own("# Song\n")
    assert account([replace(document, claims=())])[0].claimed == 0


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("目前为限时免费。", {"cost": "free", "for_now": True}),
        ("The service is free of charge.", {"cost": "free"}),
        ("A song costs 20 credits.", {"cost": 20}),
    ],
)
def test_what_it_costs_is_a_claim(own: Read, line: str, facts: dict[str, object]) -> None:
    assert [dict(claim.facts) for claim in own(f"# Song\n{line}\n").claims if "cost" in claim.facts] == [facts]


def test_chinese_is_a_language(own: Read) -> None:
    assert [row.signal for row in own("# Song\n歌曲长度最多为十分钟。\n").unread] == ["最多"]


SECOND_FACTS = [
    "- Status code `1` queued, and at most 40 tasks wait",
    "- `401`: invalid API key. The `rhyme` field is optional.",
    "- `401`: invalid API key, after 3 tries",
    "- Base URL: `https://api.choir.example`, or `https://eu.choir.example` in Europe",
    "- Poll every 5 seconds; each song costs 7 credits",
    "- `401`: invalid API key. Retrying must not be automatic.",
    "- Method: POST https://api.choir.example/v1/verse, limited to 12 verses",
    "- `401`：密钥无效，每天最多 3 次",
    "- 每隔 5 秒轮询一次，`rhyme` 必须为空",
    "- 每次生成消耗 7 积分，`rhyme` 可选",
]


@pytest.mark.parametrize("line", SECOND_FACTS)
def test_a_second_fact_of_a_line_is_unread_though_a_rule_reads_the_first(own: Read, line: str) -> None:
    document = own(f"# Song\n## Errors and notes\n{line}\n")
    assert [row.line for row in document.unread] == [3]


ONE_FACT = [
    "- `401`: invalid API key",
    "- `401`：密钥无效",
    "- Poll every 3 to 5 seconds",
    "- 每隔 5 秒轮询一次",
    "- 每次生成消耗 7 积分",
    "- Poll every 5 seconds, for at most 10 minutes",
]


@pytest.mark.parametrize("line", ONE_FACT)
def test_a_line_whose_facts_are_all_claimed_is_read(own: Read, line: str) -> None:
    document = own(f"# Song\n## Errors and notes\n{line}\n")
    assert not document.unread
    assert any(claim.line == 3 for claim in document.claims)
