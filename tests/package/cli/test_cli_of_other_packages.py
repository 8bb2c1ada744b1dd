"""The command line knows no vendor: a package of another name, made of other documents, has one of its own."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.shared import LIBRARY as PACKAGE

KEYS = {"LIBRARY_TOKEN": "fake", "LIBRARY_API_KEY": "fake", "PAINTER_APP_KEY": "fake", "PAINTER_APP_SECRET": "fake"}


@pytest.fixture(scope="module")
def other(library_folder: Path) -> Any:
    """Return the root of the other package's command line."""
    return importlib.import_module(f"{PACKAGE}.cli.program").program()


class _Shell:
    def __init__(self, root: Any, folder: Path) -> None:
        self._root = root
        self._environment = {"XDG_STATE_HOME": str(folder), f"{PACKAGE.upper()}_OFFLINE_TASK_SECONDS": "0"}

    def __call__(self, *words: str) -> Result:
        return CliRunner(env=self._environment).invoke(self._root, list(words), prog_name=PACKAGE)


@pytest.fixture
def run(other: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> _Shell:
    primitives = importlib.import_module(f"{PACKAGE}._runtime.sync.primitives")
    monkeypatch.setattr(primitives.Clock, "sleep", lambda _, seconds: None)
    return _Shell(other, tmp_path)


def test_it_has_its_own_name_and_its_own_variables(run: _Shell) -> None:
    help_text = run("--help").stdout
    assert help_text.startswith(f"Usage: {PACKAGE} ")
    assert f"{PACKAGE.upper()}_JOURNAL" in help_text
    assert "wondergen" not in help_text.lower()
    assert run("--version").stdout == f"{PACKAGE} 1.2.3\n"


def test_its_help_names_the_variables_of_its_services(run: _Shell) -> None:
    help_text = run("--help").stdout
    assert "LIBRARY_BASE_URL" in help_text
    assert "PAINTER_BASE_URL" in help_text


def test_advice_on_prompts_is_offered_only_where_there_is_some(run: _Shell) -> None:
    assert "--prompting" not in run("painter", "text-to-film", "--help").stdout


@pytest.mark.parametrize(
    "words, hint",
    [
        (("zzzz",), f"there is no command 'zzzz'; {PACKAGE} --help lists what there is"),
        (("explain", "library", "zzzz"), "library has no 'zzzz'; it has add-book, list-books, "),
    ],
)
def test_a_name_that_is_like_no_other_leads_to_those_there_are(run: _Shell, words: tuple[str, ...], hint: str) -> None:
    refused = run(*words)
    assert refused.exit_code == 2
    assert hint in " ".join(refused.stderr.split())


def test_its_operations_are_commands(run: _Shell) -> None:
    assert "text-to-film" in run("painter", "--help").stdout
    assert "brush-2" in run("painter", "text-to-picture", "--help").stdout
    help_text = run("painter", "text-to-film", "--help").stdout
    for word in ("--quality [720p|1080p]", "--sound / --no-sound", "--camera NAME|NUMBER", "--images TEXT", "PROMPT"):
        assert word in help_text


def test_a_service_that_is_called_like_a_command_is_still_reached(run: _Shell) -> None:
    assert "List paid calls that are not finished" in run("tasks", "--help").stdout
    assert "add-book" in run("service-tasks", "--help").stdout


def test_it_makes_and_saves(run: _Shell, tmp_path: Path) -> None:
    made = run("painter", "text-to-film", "a", "--camera", "pan-left", "--offline", "-o", str(tmp_path))
    assert made.exit_code == 0, made.stderr
    assert Path(made.stdout.strip()).suffix == ".mp4"
    token = run("painter", "text-to-film", "a", "--offline", "--no-wait").stdout.strip()
    assert run("resume", token, "--offline", "-o", str(tmp_path)).exit_code == 0


def test_objects_are_written_in_json(run: _Shell) -> None:
    words = [
        "painter",
        "text-to-picture",
        "brush-2",
        "oil",
        "--prompt",
        "a",
        "--width",
        "512",
        "--offline",
        "--no-save",
    ]
    assert run(*words, "--schema", '{"a": "b"}').exit_code == 0
    wrong = run(*words, "--schema", '{"a": 1}', "--count", "7")
    assert wrong.exit_code == 2
    assert "--schema.a: 1 is not text" in wrong.stderr
    assert "is not JSON" in run(*words, "--schema", "{a}").stderr


def test_documents_without_our_extensions_work_too(run: _Shell) -> None:
    output = json.loads(run("library", "list-books", "--page", "2", "--tag", "new", "--offline", "--json").stdout)
    assert output["operation"] == "library.list_books"
    assert run("library", "remove-book", "b1", "--offline").exit_code == 0
    assert run("explain", "library", "add-book").exit_code == 0
    assert run("check", "-").exit_code == 2
    assert "no document describes" in run("credits").stderr
    assert run("models", "--service", "painter").exit_code == 0
    assert run("doctor").exit_code == 0


def test_a_file_of_a_form_is_given_by_its_path(run: _Shell, tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"\x00\xff")
    command = ["studio", "upload-file", "--purpose", "input", "--offline", "--file"]
    sent = run(*command, str(tmp_path / "a.bin"))
    assert (sent.exit_code, sent.stdout) == (0, "id  text\n")
    missing = run(*command, str(tmp_path / "b.bin"))
    assert missing.exit_code == 2
    assert f"--file: no such file: '{tmp_path / 'b.bin'}'" in missing.stderr
    assert "--file FILE" in run("studio", "upload-file", "--help").stdout


def test_a_key_is_offered_where_the_method_takes_one(run: _Shell) -> None:
    assert "--key" not in run("studio", "create-clip", "--help").stdout
    assert run("studio", "create-clip", "--prompt", "a", "--offline").exit_code == 0
    assert "--key" in run("painter", "text-to-film", "--help").stdout


@pytest.mark.parametrize("command, name", [("get-content", "get-content.mp4"), ("make-sound", "make-sound.mp3")])
def test_a_reply_of_bytes_is_saved(run: _Shell, tmp_path: Path, command: str, name: str) -> None:
    words = ["studio", command, "c1", "--offline", "-o", str(tmp_path / "out")]
    assert run(*words).stdout == f"{tmp_path / 'out' / name}\n"
    assert json.loads(run(*words, "--json").stdout)["files"] == [str(tmp_path / "out" / name)]
    (tmp_path / "out" / name).write_bytes(b"mine")
    assert "--overwrite replaces it" in run(*words).stderr
    assert run(*words, "--overwrite").exit_code == 0


def test_a_command_of_a_service_is_suggested_at_the_root(run: _Shell) -> None:
    assert "did you mean 'studio create-clip'?" in run("create-clip").stderr
    assert "did you mean 'painter text-to-picture brush-2'?" in run("painter", "brush-2").stderr
    assert "did you mean" not in run("add-book").stderr  # three services have it
