"""The accounting by fact: what a document states is claimed, kept as advice, set aside with a reason, or unread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from codegen.documents.accounts import BY_DECISION, account, total
from codegen.documents.claims import line_hash
from tests.documents.conftest import Read, ReadFolder
from tests.documents.invented_service import FILES

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
    "- Base URL: `https://api.choir.example`, or `https://eu.choir.example` for 2 regions",
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


IN_WORDS = [
    "Three songs may be sung at the same time.",
    "QPS is five.",
    "Requests are throttled to five per second.",
    "Songs are deleted after seven days.",
    "The link is valid for one hour.",
    "Uploads larger than ten megabytes are refused.",
    "The lyrics need to be in English.",
    "French is unsupported.",
    "Please do not call the endpoint more than once a minute.",
    "The lyrics parameter is ignored when a length is given.",
    "If `lyrics` is given, the melody follows it.",
    "length is counted in beats.",
    "Status halted means that somebody stopped the song.",
    "The task moves to paused when credits run out.",
    "Send the header X-Region with every call.",
    "Error TOO_LOUD tells of a loud song.",
    "The webhook is called twice.",
    "This endpoint is deprecated.",
    "Calls without a key are rejected.",
    "Songs with a picture cost double.",
    "Students are free of charge.",
    "Retries are safe.",
    "Times are in UTC.",
    "并发上限为三个。",
    "每秒请求数不得超过五次。",
    "QPS为五",
    "失败后重试五次。",
    "需要先开通服务。",
    "结果保留七天。",
    "链接一小时内有效。",
    "歌词应为英文。",
    "歌词请勿包含网址。",
    "状态为暂停。",
    "该接口已废弃。",
    "二者必选其一。",
    "前三次免费。",
    "歌曲价格翻倍。",
]
FORMS = ["{}", "- {}", "1. {}", "> **Note:** {}", "| Item | Remark |\n|---|---|\n| Song | {} |"]


def remarks(sentence: str, forms: Sequence[str]) -> str:
    """Return a section that says one sentence in each form."""
    return "# Song\n## Remarks\n\n" + "\n\n".join(form.format(sentence) for form in forms) + "\n"


@pytest.mark.parametrize("sentence", IN_WORDS)
def test_a_fact_in_words_alone_is_unread(own: Read, sentence: str) -> None:
    text = remarks(sentence, FORMS)
    lines = [number for number, line in enumerate(text.splitlines(), 1) if sentence in line]
    assert len(lines) == len(FORMS)
    assert [row.line for row in own(text).unread] == lines


PLAIN = [
    "The editors have read this page again.",
    "Choir sings what you write.",
    "Thank you for the music.",
    "A choir is a group of singers.",
    "我们感谢您。",
    "合唱团由歌手组成。",
]


@pytest.mark.parametrize("sentence", PLAIN)
def test_a_sentence_without_a_fact_is_prose(own: Read, sentence: str) -> None:
    assert not own(remarks(sentence, FORMS[:4])).unread


def test_advice_on_prompts_may_say_should_but_not_of_calls(own: Read) -> None:
    lines = "- The verse should rhyme.\n- Never name two moods.\n- A call should not be repeated.\n- 每个任务应等待。\n"
    assert [row.line for row in own(f"# Song\n## Writing prompts\n{lines}").unread] == [5, 6]


MODELS = """\
# Songs
## Text To Song-1 Choir 3 (model_code: t2s-choir-3)
POST `https://api.choir.example/v1/t2s-choir-3`
## Hum To Song-2 Choir 3 (model_code: h2s-choir-3)
POST `https://api.choir.example/v1/h2s-choir-3`
## Text To Song-3 Choir 4 Pro (model_code: t2s-choir-4-pro)
POST `https://api.choir.example/v1/t2s-choir-4-pro`
## Remarks
"""
CHOIR_3 = {"t2s-choir-3", "h2s-choir-3"}
OF_MODELS: list[tuple[str, dict[str, object], set[str]]] = [
    ("A call of Choir 4 Pro costs 20 credits.", {"cost": 20}, {"t2s-choir-4-pro"}),
    ("Choir 4 Pro 每次调用消耗 20 积分。", {"cost": 20}, {"t2s-choir-4-pro"}),
    ("Choir 3 is free for now.", {"cost": "free", "for_now": True}, CHOIR_3),
    ("Choir 3 (Hum To Song) costs 5 credits.", {"cost": 5}, {"h2s-choir-3"}),
    ("Generation time: Choir 4 Pro 30 seconds to 2 minutes.", {"typical_seconds": [30, 120]}, {"t2s-choir-4-pro"}),
    ("Choir 3 generation time: 30 seconds to 2 minutes.", {"typical_seconds": [30, 120]}, CHOIR_3),
    ("Choir 3 and Choir 4 Pro cost 5 credits.", {"cost": 5}, {*CHOIR_3, "t2s-choir-4-pro"}),
]


@pytest.mark.parametrize(("line", "facts", "operations"), OF_MODELS)
def test_a_fact_that_names_a_model_reaches_that_model(
    own: Read, line: str, facts: dict[str, object], operations: set[str]
) -> None:
    document = own(MODELS + line + "\n")
    found = [claim for claim in document.claims if claim.line == 9]
    assert [dict(claim.facts) for claim in found] == [facts] * len(operations)
    assert {claim.operation for claim in found} == operations
    assert not [row for row in document.unread if row.line == 9]


NOT_OF_EVERY_CALL = [
    "Choir 9 costs 20 credits.",
    "Choir 4 Pro costs 20 credits per second.",
    "Choir 4 Pro costs 20 credits with drums.",
    "A song costs 20 credits.",
    "Each second costs 5 credits.",
    "每秒消耗 5 积分",
    "Signing up is free.",
    "Choir 4 Pro sounds best.",
]


@pytest.mark.parametrize("line", NOT_OF_EVERY_CALL)
def test_what_does_not_hold_for_each_call_of_one_model_is_unread(own: Read, line: str) -> None:
    document = own(MODELS + line + "\n")
    assert [row.line for row in document.unread] == [9]
    assert not [claim for claim in document.claims if claim.line == 9 and "cost" in claim.facts]


def test_a_number_of_operations_is_checked(own: Read) -> None:
    lines = "Choir has three song APIs.\nChoir has four song APIs.\n"
    assert [row.line for row in own(MODELS + lines).unread] == [10]


COMMENTS = [
    "at most 3 songs at a time",
    "QPS 5",
    "retry up to five times",
    "costs 5 credits",
    "the link is valid for one hour",
    "not supported in French",
    "最多同时运行三个任务",
    "每次 5 积分",
    "链接一小时内有效",
]
EXAMPLES = {
    "python": "```python\n# {}\nsing('la')\n```",
    "behind code": "```python\nsing('la')  # {}\n```",
    "shell": "```bash\nexport CHOIR_REGION=eu  # {}\n```",
    "json": '```json\n{{\n  "verse": "la" // {}\n}}\n```',
    "javascript": "```js\n// {}\nsing('la')\n```",
}


@pytest.mark.parametrize("form", EXAMPLES)
@pytest.mark.parametrize("comment", COMMENTS)
def test_a_fact_in_a_comment_of_an_example_is_unread(own: Read, comment: str, form: str) -> None:
    document = own(f"# Song\n## Remarks\n{EXAMPLES[form].format(comment)}\n")
    assert len(document.unread) == 1


def test_a_fact_in_a_comment_of_a_script_is_unread(read_folder: ReadFolder) -> None:
    lines = "# Sings a song.\n# Step 1: sing.\nx = 1  # at most 3 songs at a time\n# QPS 5\n"
    document = read_folder({**FILES, "scripts/more.py": lines})["scripts/more.py"]
    assert [row.line for row in document.unread] == [3, 4]


@pytest.mark.parametrize("comment", ["in Europe use eu.choir.example", "use https://eu.choir.example in Europe"])
@pytest.mark.parametrize("form", EXAMPLES)
def test_a_host_in_a_comment_is_compared_with_the_hosts_of_the_service(own: Read, comment: str, form: str) -> None:
    document = own(f"# Song\n## Remarks\n{EXAMPLES[form].format(comment)}\n")
    assert {claim.name for claim in document.claims if claim.subject == "server"} == {"https://eu.choir.example"}


OF_PARAMETERS = [
    "ignored in French songs",
    "deprecated, use the other one",
    "costs credits of its own",
    "not supported by old choirs",
    "a link that expires",
    "words longer than a page are cut",
    "已废弃",
    "过长会被截断",
    "价格翻倍",
]


@pytest.mark.parametrize("words", OF_PARAMETERS)
@pytest.mark.parametrize(
    "form",
    [
        "- `melody` (string, optional): A tune, {}",
        "| Name | Type | Description |\n|---|---|---|\n| `melody` | string | A tune, {} |",
    ],
    ids=["bullet", "cell"],
)
def test_a_second_fact_in_the_description_of_a_parameter_is_unread(own: Read, words: str, form: str) -> None:
    document = own(f"# Song\n## Parameters\n{form.format(words)}\n")
    assert len(document.unread) == 1
    assert any(claim.name == "melody" for claim in document.claims)


@pytest.mark.parametrize("words", ["the frame rate", "free text", "encoded in base64", "the first of both tunes"])
def test_words_of_what_a_parameter_is_are_no_second_fact(own: Read, words: str) -> None:
    assert not own(f"# Song\n## Parameters\n- `melody` (string, optional): A tune, {words}\n").unread


@pytest.mark.parametrize("title", ["Limit: 5 requests a second", "QPS 5", "3. At most 3 tasks", "每次 5 积分"])
def test_an_amount_in_a_heading_is_unread(own: Read, title: str) -> None:
    assert [row.line for row in own(f"# Song\n## {title}\n").unread] == [2]


@pytest.mark.parametrize("title", ["3. Tasks", "Choir-2 Credits", "Version 2.0", "2) Send requests", "限制"])
def test_the_number_of_a_heading_is_no_amount(own: Read, title: str) -> None:
    assert not own(f"# Song\n## {title}\n").unread
