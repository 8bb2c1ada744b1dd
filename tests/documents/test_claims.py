"""The file of claims: a claim is known by what it says, and its line stands in the index alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from codegen.documents.claims import Claim, VendorDocument, from_yaml, line_hash, to_yaml
from codegen.faults import InputFault
from tests.documents.conftest import ReadFolder
from tests.documents.invented_service import FILES

TEXT = ("# Songs", "", "- `length` (required): 5-9", "  - `length` (required):   5-9")
SONG = VendorDocument(
    document="choir/song.md",
    kind="reference",
    skill="choir",
    sha256="0" * 64,
    claims=(
        Claim(3, "parameter", "length", {"minimum": 5, "maximum": 9}, "sing"),
        Claim(4, "operation", "", {"url": "https://a.example/sing"}, "sing"),
        Claim(4, "parameter", "length", {"minimum": 5, "maximum": 9}, "sing"),
    ),
    hashes=tuple(line_hash(line) for line in TEXT),
)


def changed_lines(old: str, new: str) -> int:
    return len(set(new.splitlines()) - set(old.splitlines()))


def test_a_claim_of_two_lines_is_one_row_and_comes_back_as_two() -> None:
    text = to_yaml(SONG)
    assert text.count("parameter: length") == 1
    assert "claims: '4 3+4'" in text
    assert from_yaml(text, "song") == SONG


def test_a_line_that_moves_changes_the_index_alone() -> None:
    moved = replace(
        SONG, claims=tuple(replace(claim, line=claim.line + 1) for claim in SONG.claims), hashes=("", *SONG.hashes)
    )
    assert to_yaml(moved).split("index:")[0] == to_yaml(SONG).split("index:")[0]


def test_a_sentence_without_a_fact_changes_five_lines(read_folder: ReadFolder) -> None:
    old = to_yaml(read_folder(FILES)["SKILL.md"])
    text = FILES["SKILL.md"].replace("\n# ", "\nSinging together makes people happy.\n\n# ", 1)
    assert text != FILES["SKILL.md"]
    assert 1 <= changed_lines(old, to_yaml(read_folder({**FILES, "SKILL.md": text})["SKILL.md"])) <= 5


def test_a_cited_line_stands_while_its_words_do() -> None:
    assert SONG.line_of(line_hash("-  `length`  (required): 5-9")) == 3
    assert SONG.line_of(line_hash("- `length` (required): 5-8")) is None


def test_an_empty_line_cannot_be_cited() -> None:
    assert line_hash("  ") == ""
    assert SONG.line_of("") is None


def test_a_file_without_an_index_says_the_line_in_each_row() -> None:
    text = "document: a\nkind: other\nskill: b\nsha256: c\ncapability: []\nunread: []\nclaims:\n"
    document = from_yaml(text + "- {line: 2, status: '9', facts: {state: running}}\n", "a")
    assert document.claims == (Claim(2, "status", "9", {"state": "running"}),)


def test_an_index_that_names_too_few_lines_is_refused() -> None:
    with pytest.raises(InputFault, match="index names 1 lines for 2 claims"):
        from_yaml(to_yaml(SONG).replace("claims: '4 3+4'", "claims: '4'"), "song")


BY_HAND = """\
document: song/recorded.jsonl
kind: other
skill: song
sha256: '00'
capability: []
claims:
- {line: 2, operation: sing, response: length, facts: {type: integer}}
- ROW
unread: []
"""


@pytest.mark.parametrize(
    "row, problem",
    [
        ("{line: 3, operation: sing, response: length, fcts: {}}", "has the unknown key 'fcts'"),
        ("{operation: sing, response: length, facts: {}}", "has no key 'line'"),
        (
            "{line: 3, operation: sing, response: a, status: b, facts: {}}",
            "speaks of several subjects: response, stat",
        ),
        ("{line: 3, operation: sing, facts: 7}", "has facts that are not a mapping"),
        ("7", "is not a mapping"),
    ],
)
def test_a_malformed_claim_written_by_hand_is_named_at_its_line(row: str, problem: str) -> None:
    with pytest.raises(InputFault) as caught:
        from_yaml(BY_HAND.replace("ROW", row), "song.yaml")
    (fault,) = map(str, caught.value.faults)
    assert fault.startswith(f"song.yaml: line 8: {problem}")


def test_a_claims_file_without_its_keys_is_one_fault() -> None:
    with pytest.raises(InputFault, match="it has no key 'kind', 'skill', 'sha256', 'capability', 'claims', 'unread'"):
        from_yaml("document: song", "song.yaml")
