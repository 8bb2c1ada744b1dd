"""Every line of every document is in exactly one account, and nothing that looks like a fact passes for prose."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codegen.documents.claims import Claim, VendorDocument
from codegen.documents.importer import read_sources
from codegen.documents.line_accounting import ACCOUNTS, LineAccounting
from codegen.documents.signals import signal_of
from tests.documents.conftest import ReadFolder
from tests.documents.invented_service import META, SCRIPT, SKILL, bundled, described, entry

GUIDE = """\
# How to write lyrics
## Formula
1. **Subject**: Optional, what the song is about
- Good: "A song of 99 bottles"
- `very sad and very glad`
```
"Sing 3 songs"
```
"""
FILES = {
    "SKILL.md": SKILL,
    "_meta.json": META,
    "scripts/song_client.py": SCRIPT,
    "scripts/api.json": described(entry()),
    "references/lyrics_guide.md": GUIDE,
    "license.txt": "You may use at most 3 copies.\n",
    "requirements.txt": "choirlib>=1.2,<2\n",
    "notes.txt": "At most 3 songs a day.\nNothing else.\n",
}


def test_the_accounts_add_up_to_the_length_of_each_document(read_folder: ReadFolder) -> None:
    documents = read_folder(FILES)
    assert set(documents) == set(FILES)
    for path, document in documents.items():
        assert tuple(document.lines) == ACCOUNTS
        assert sum(document.lines.values()) == len(FILES[path].splitlines())
        assert document.lines["unread"] == len(document.unread)


def test_kinds_come_from_place_and_form(read_folder: ReadFolder) -> None:
    kinds = {path: document.kind for path, document in read_folder(FILES).items()}
    assert kinds == {
        "SKILL.md": "skill",
        "_meta.json": "metadata",
        "scripts/song_client.py": "script",
        "scripts/api.json": "api-description",
        "references/lyrics_guide.md": "guide",
        "license.txt": "other",
        "requirements.txt": "other",
        "notes.txt": "other",
    }


def test_a_statement_no_rule_understands_is_unread_with_its_place(read_folder: ReadFolder) -> None:
    files = {
        **FILES,
        "references/more.md": "# More\nThe choir rests after 7 songs.\nIt is a good choir.\n- Singers must not eat.\n",
    }
    document = read_folder(files)["references/more.md"]
    assert [(row.line, row.signal) for row in document.unread] == [(2, "number"), (4, "must")]
    assert document.lines == {"read": 0, "structure": 1, "prose": 1, "code": 0, "unread": 2}


@pytest.mark.parametrize(
    "line", ["[page]: https://choir.example/limits", ">" * 50 + " at most 3 songs", "- " * 50 + "at most 3 songs"]
)
def test_what_the_parser_leaves_out_is_not_left_out_here(read_folder: ReadFolder, line: str) -> None:
    document = read_folder({**FILES, "references/more.md": f"# More\n{line}\n"})["references/more.md"]
    assert [row.line for row in document.unread] == [2]


def test_half_a_line_understood_is_not_understood(read_folder: ReadFolder) -> None:
    files = {
        **FILES,
        "references/more.md": "# More\n### Parameters\n- `pitch` (required): range `1-9`, at most twice a day\n",
    }
    document = read_folder(files)["references/more.md"]
    assert [row.line for row in document.unread] == [3]
    assert [claim.name for claim in document.claims if claim.subject == "parameter"] == ["pitch"]


def test_other_files_are_judged_line_by_line(read_folder: ReadFolder) -> None:
    documents = read_folder(FILES)
    assert [row.line for row in documents["notes.txt"].unread] == [1]
    assert documents["license.txt"].lines["prose"] == 1
    assert documents["requirements.txt"].lines["structure"] == 1


def test_example_prompts_and_advice_on_words_are_prose_or_code(read_folder: ReadFolder) -> None:
    guide = read_folder(FILES)["references/lyrics_guide.md"]
    assert not guide.unread
    assert guide.lines["code"] == 1


SIGNS = [
    ("up to you", "up to"),
    ("It holds 5", "number"),
    ("see `x`", "code span"),
    ("at https://choir.example", "URL"),
    ("The default is loud", "default"),
]


@pytest.mark.parametrize("text, signal", SIGNS)
def test_signs_of_a_fact(text: str, signal: str) -> None:
    assert signal_of(text) == signal


@pytest.mark.parametrize(
    "text",
    [
        "A plain line.",
        'Good: "Sing 5 songs, only 5"',
        "see `scripts/choir.py`",
        "run `pip install choir`",
        "call `choir.sing(a, b)`",
        "`choir>=2.1,<3`",
        "`[who] + [what]`",
        "`loud and clear and long`",
        "an MP3",
    ],
)
def test_what_is_no_sign_of_a_fact(text: str) -> None:
    assert signal_of(text) is None


def test_a_span_that_repeats_a_known_name_is_no_sign() -> None:
    assert signal_of("get `task_id` back", {"task_id"}) is None


def test_a_stronger_account_keeps_its_line() -> None:
    accounting = LineAccounting(["one", "two"])
    accounting.assign(1, "code")
    accounting.claim(1, "server", "x", {})
    accounting.assign(1, "prose")
    accounting.unread(2, "number")
    accounting.assign(2, "read")
    assert accounting.counts() == {"read": 1, "structure": 0, "prose": 0, "code": 0, "unread": 1}


def test_the_same_claim_twice_is_one_and_a_bare_mention_gives_way() -> None:
    accounting = LineAccounting(["one"])
    for facts in ({}, {"type": "string"}, {"type": "string"}):
        accounting.claim(1, "response", "a", facts)
    assert accounting.claims == (Claim(1, "response", "a", {"type": "string"}),)


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "",
                "# Title",
                "### Parameters",
                "- `pitch` (required): range `1-9`",
                "  - aspect ratio: `<3`",
                "- `1` queued",
                "Status codes:",
                "```python",
                "```",
                "| a | b |",
                "|---|---|",
                "---",
                "> said",
                "1. first",
                "client.sing_song(lyrics='x')",
                "{",
                '"a": 1',
                "    deep",
                "**Notes**:",
            ]
        ),
        st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=12),
    ),
    max_size=14,
)


def read(files: dict[str, str]) -> dict[str, VendorDocument]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bundle.txt"
        path.write_text(bundled(files), encoding="utf-8")
        return {document.document.split("/", 1)[1]: document for document in read_sources([path])}


@settings(max_examples=20)
@given(lines=LINES)
def test_any_markdown_is_accounted_for_line_by_line(lines: list[str]) -> None:
    text = "\n".join(["# Any", *lines])
    document = read({"SKILL.md": SKILL, "any.md": text})["any.md"]
    assert sum(document.lines.values()) == len([line for line in text.splitlines() if line.strip()])


@settings(max_examples=15)
@given(lines=LINES)
def test_any_script_is_accounted_for_line_by_line(lines: list[str]) -> None:
    text = "\n".join(["x = 1", *lines])
    document = read({"SKILL.md": SKILL, "any.py": text})["any.py"]
    assert sum(document.lines.values()) == len([line for line in text.splitlines() if line.strip()])
