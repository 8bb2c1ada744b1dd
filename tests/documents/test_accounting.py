"""The accounting by fact: what a document states is claimed, kept as advice, set aside with a reason, or unread."""

from __future__ import annotations

from dataclasses import replace

import pytest

from codegen.documents.accounts import account, total
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
