"""Odd input ends in one clear line, and no text makes a reader hang."""

from __future__ import annotations

import os
import string
import subprocess
import sys
from pathlib import Path

import pytest

from codegen.documents import sources
from codegen.documents.claims import MAX_LINE, TOO_LONG
from codegen.documents.importer import read_sources
from codegen.faults import InputFault
from tests.documents.conftest import ReadFolder

HEAD = "---\nname: long\ndescription: Long.\n---\n# Long\n## Parameters\n"
LONG = 100_000


def fault_of(path: Path) -> str:
    with pytest.raises(InputFault) as caught:
        read_sources([path])
    (fault,) = caught.value.faults
    return str(fault).removeprefix(f"{path.as_posix()}: ")


def test_a_fifo_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert fault_of(tmp_path / "pipe") == "is not a regular file; give a file or a folder"


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    assert fault_of(tmp_path).startswith("holds no SKILL.md")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert fault_of(tmp_path / "none").startswith("cannot be read (no such file or directory)")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "holds no FILE: markers"),
        ("FILE:SKILL.md".encode("utf-16"), "line 1: is UTF-16, not UTF-8"),
        (b"FILE:SKILL.md\n\xff\xff", "line 2: is not UTF-8"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "line 3: holds a NUL byte"),
    ],
)
def test_a_file_that_is_no_text_is_named_with_its_line(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "bundle.txt"
    path.write_bytes(content)
    if content.startswith(b"\x89"):
        path.write_bytes(b"a\nb\n\x00")
    assert fault_of(path).startswith(message)


def test_a_file_above_the_bound_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(sources.MAX_BYTES + 1)
    assert fault_of(path) == f"is larger than {sources.MAX_BYTES} bytes; split it"


@pytest.mark.parametrize(("length", "is_read"), [(MAX_LINE, True), (MAX_LINE + 1, False)])
def test_a_line_is_read_up_to_the_bound(read_folder: ReadFolder, length: int, is_read: bool) -> None:
    start = "- `size` (required): "
    document = read_folder({"SKILL.md": HEAD + start + "x" * (length - len(start)) + "\n"})["SKILL.md"]
    assert [row.signal for row in document.unread] == ([] if is_read else [TOO_LONG])
    assert any(claim.name == "size" for claim in document.claims) == is_read


def test_a_number_of_thousands_of_digits_is_named(tmp_path: Path) -> None:
    path = tmp_path / "c_api_doc_detail.json"
    path.write_text(f'[{{"id": {"9" * 10_000}}}]', encoding="utf-8")
    assert "Number of thousands of digits" in fault_of(path)


TEXTS = {
    "a long word": "x" * LONG,
    "a long word in a bullet": f"- `size` (required): {'x' * LONG}",
    "a long word in a table": f"| a | b |\n|---|---|\n| {'x' * LONG} | y |",
    "a long address": f"- Endpoint: https://a.example/{'x/' * (LONG // 2)}",
    "a long fence": f"```json\n{'{' * LONG}\n```\n```python\n{'(' * LONG}\n```\n```bash\ncurl {'x' * LONG}\n```",
    "a long continued bullet": "- a\n" + "  b\n" * 7_500,
    "many words of the grammar": "\n".join(f"- `a{i}` (required): up to 1 - 2 default `a`, `b`" for i in range(1000)),
    "each punctuation": "\n\n".join(mark * LONG for mark in string.punctuation + "，：（、"),
    "each punctuation in a bullet": "\n".join(f"- `a` (string): {mark * LONG}" for mark in string.punctuation),
    "short lines": "a\n" * 15_000,
    "a long line of calls": f"```bash\n{'curl ' * (LONG // 5)}\n```",
    "a long line of keys": "```json\n{" + '"a": 1, ' * (LONG // 8) + "}\n```",
}


READ_EACH = """
import pathlib, resource, sys
from codegen.documents.importer import read_sources

resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    print(path.name, flush=True)
    read_sources([path])
print("done")
"""
"""One process for all: to import the readers takes longer than to read most of the texts. Its bound is processor time,
some ten times what it needs: how long it takes by the clock depends on what else the machine does."""


def test_no_text_makes_the_reader_hang(tmp_path: Path) -> None:
    for name, text in TEXTS.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "SKILL.md").write_text(HEAD + text + "\n", encoding="utf-8")
    command = [sys.executable, "-c", READ_EACH, str(tmp_path)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    assert done.stdout.splitlines() == [*sorted(TEXTS), "done"], f"status {done.returncode}: the last text is not read"
