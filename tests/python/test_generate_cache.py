"""A generation of which nothing has changed is skipped, and says the same; whatever has changed is made again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from codegen import __main__ as verbs
from codegen import assemble, generate_cache
from tests.python.support import document


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the arguments of a generation of one document, with a cache of its own."""
    monkeypatch.setattr(generate_cache, "CACHE", tmp_path / "cache")
    specs = tmp_path / "specs"
    specs.mkdir()
    (specs / "painter.json").write_text(json.dumps(document()))
    return ["generate", "--specs", str(specs), "--output", str(tmp_path / "out"), "--package", "painters"]


def test_what_is_as_it_was_is_not_made_again(
    run: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verbs.main(run) == 0
    output = capsys.readouterr().out
    with monkeypatch.context() as patch:
        patch.setattr(assemble, "generate_all", None)
        assert verbs.main(run) == 0
    assert capsys.readouterr().out == output
    made = tmp_path / "out" / "painters" / "painter" / "client.py"
    whole = made.read_text()
    made.write_text(whole + "# changed\n")
    assert verbs.main(run) == 0
    assert made.read_text() == whole


def test_a_changed_document_is_made_again(run: list[str], tmp_path: Path) -> None:
    assert verbs.main(run) == 0
    (tmp_path / "specs" / "painter.json").write_text(json.dumps({**document(), "info": {"title": "A", "version": "1"}}))
    assert verbs.main(run) == 0
    assert "Client of A." in (tmp_path / "out" / "painters" / "painter" / "client.py").read_text()


def test_strict_stays_strict(run: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = {"get": {"responses": {}, "parameters": [{"in": "body", "name": "a"}]}}
    (tmp_path / "specs" / "painter.json").write_text(json.dumps(document({**document()["paths"], "/bad": bad})))
    assert [verbs.main(run), verbs.main([*run, "--strict"])] == [0, 1]
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert len(set(lines)) == 1
    assert "/paths/~1bad/get/parameters/0" in lines[0]
