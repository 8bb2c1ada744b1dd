"""Changed documents: the same for one seed, and whatever breaks the law is reported."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from codegen.openapi import loader
from tests.python.support import MINI, ODD
from tools import mutated_documents

ROOTS = [loader.load(path, path.name) for path in (MINI, ODD)]


def test_a_seed_gives_the_same_document_and_leaves_the_original_as_it_is() -> None:
    before = copy.deepcopy(ROOTS)
    assert [mutated_documents.mutated(ROOTS, seed) for seed in (1, 2, 1)][::2] == [
        mutated_documents.mutated(ROOTS, 1)
    ] * 2
    assert mutated_documents.mutated(ROOTS, 1) != mutated_documents.mutated(ROOTS, 2)
    assert before == ROOTS


@pytest.mark.parametrize("seed", range(30))
def test_a_changed_document_is_generated_or_refused_in_clear_lines(seed: int) -> None:
    assert mutated_documents.tried(mutated_documents.mutated(ROOTS, seed)) == ""


@pytest.mark.parametrize(
    ("error", "expected"),
    [(TypeError("odd"), "TypeError: 'odd'"), (TimeoutError(), "takes more than"), (RecursionError(), "RecursionError")],
)
def test_what_breaks_the_law_is_reported_and_kept(
    error: Exception, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object) -> None:
        raise error

    monkeypatch.setattr(mutated_documents, "read_catalog", fails)
    assert mutated_documents.main([str(MINI), "--count", "1", "--seed", "7", "--keep", str(tmp_path)]) == 1
    assert f"seed 7: {expected}" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["seed-7.json"]
