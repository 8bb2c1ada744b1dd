"""Every command line that the READMEs show is run, or is known to be run elsewhere; none is forgotten."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from codegen import paths
from tests.chosen_operations import VIDEO
from tests.package.cli.shell import KEYS, Shell
from tests.readme.readme_snippets import snippets

LINES = [
    (str(snippet), line.partition("#")[0].strip())
    for snippet in snippets()
    if snippet.language == "sh"
    for line in snippet.text.splitlines()
    if line.partition("#")[0].strip()
]
CHAINED = ("echo ", "token=", 'wondergen resume "$token" ', "wondergen check requests.jsonl")
"""Beginnings of the lines that need each other: they are run together, by a shell."""
OURS = [
    (place, line)
    for place, line in LINES
    if line.startswith("wondergen ") and "serve" not in line and not line.startswith(CHAINED)
]
TARGETS = [line.split()[1] for _, line in LINES if line.startswith("make ")]
FACT = next(line.split()[-1] for _, line in LINES if line.startswith("python -m codegen why "))
SUITE = next(line.rpartition("/")[2] for _, line in LINES if "generated/contract_tests/" in line)
ELSEWHERE = {
    "source .venv/bin/activate": "not ours",
    "pytest examples": "a part of this suite",
    "git diff": "not ours",
    **dict.fromkeys((line for _, line in LINES if line.startswith("python -m tools.mutants ")), "tests/tools/mutants"),
    "pre-commit install": "not ours",
    "python -m pytest -q tests/documents": "a part of this suite",
    "python -m pytest -q tests/python -k names": "a part of this suite",
    f"python -m pytest -q generated/contract_tests/{SUITE}": "a part of this suite",
    "wondergen serve --offline": "below",
    "python -m codegen diff HEAD~1 specs/openapi": "tests/updates/test_revisions.py",
    f"python -m codegen why {FACT}": "below",
    'python examples/storyboard.py "A fox crosses a frozen lake" out/': "examples/test_storyboard.py",
    "python examples/tour.py out/": "test_demo.py",
}


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Run the command line in this process: no key, a state folder of its own, and tasks that take no time."""
    monkeypatch.chdir(tmp_path)
    state = {"XDG_STATE_HOME": str(tmp_path / "state"), "WONDERGEN_OFFLINE_TASK_SECONDS": "0"}
    return Shell(tmp_path, {**dict.fromkeys((*KEYS, "WONDERGEN_JOURNAL")), **state})


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Provide an environment without key, with a state folder of its own and tasks that take no time."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("TOMOVIEE_", "MEDIAIO_"))}
    state = {"XDG_STATE_HOME": str(tmp_path / "state"), "WONDERGEN_OFFLINE_TASK_SECONDS": "0.1"}
    return plain | state | {"PYTHONPATH": str(paths.GENERATED)}


def wondergen(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "wondergen", *arguments]


def run(command: list[str], folder: Path, environment: dict[str, str]) -> str:
    """Return what the command prints; where that is nothing, what it prints on stderr."""
    process = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert process.returncode == 0, process.stdout + process.stderr
    return process.stdout or process.stderr


def test_every_line_is_accounted_for() -> None:
    run_here = {line for _, line in LINES if line.startswith(("make ", "grep ", *CHAINED))}
    expected = {line for _, line in OURS} | set(ELSEWHERE) | run_here
    assert {line for _, line in LINES} == expected
    assert len(OURS) >= 8
    assert len([line for _, line in LINES if line.startswith(CHAINED)]) == len(CHAINED)


def test_every_target_is_in_the_makefile() -> None:
    makefile = (paths.ROOT / "Makefile").read_text(encoding="utf-8")
    assert {"demo", "test"} <= set(TARGETS)
    assert [name for name in TARGETS if not re.search(rf"^{name}:", makefile, re.M)] == []


@pytest.mark.parametrize("line", [line for _, line in OURS])
def test_a_command_does_what_it_says(line: str, shell: Shell, tmp_path: Path) -> None:
    process = shell(*shlex.split(line)[1:])
    assert process.exit_code == 0, process.output
    assert process.output.strip()
    if " -o out/" in line:
        files = [tmp_path / name for name in process.stdout.splitlines()]
        assert files
        assert all(path.stat().st_size for path in files)


def test_requests_are_checked_and_a_task_is_resumed_by_its_token(environment: dict[str, str], tmp_path: Path) -> None:
    command = f'wondergen() {{ {shlex.join(wondergen())} "$@"; }}'
    script = "\n".join(["set -e", command, *(line for _, line in LINES if line.startswith(CHAINED))])
    (path,) = run(["bash", "-c", script], tmp_path, environment).splitlines()
    assert (tmp_path / path).suffix == ".mp4"


def test_the_offline_upstream_says_where_it_is_and_shows_its_page(environment: dict[str, str]) -> None:
    command = wondergen("serve", "--offline", "--port", "0")
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        url = re.search(r"http://127\.0\.0\.1:\d+/", server.stdout.readline())
        assert url
        page = httpx.get(url[0], timeout=30).text
        server.send_signal(signal.SIGINT)
    assert f"/operations/{VIDEO.page}" in page
    assert server.returncode == 0


@pytest.mark.parametrize("line", [line for _, line in LINES if line.startswith("grep ")])
def test_a_fact_is_found_where_the_text_says(line: str, environment: dict[str, str]) -> None:
    assert "duration" in run(shlex.split(line), paths.ROOT, environment)


def test_a_fact_is_explained() -> None:
    command = [sys.executable, "-m", "codegen", "why", FACT]
    text = run(command, paths.ROOT, dict(os.environ))
    assert text.startswith("client.{}.{}({}=)".format(*FACT.split(".")))
    assert "maximum: " in text
