"""`make demo`: the whole story, from claims to files, on what was just regenerated."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from codegen import paths

SIGNS = {".png": rb"\x89PNG\r\n\x1a\n", ".svg": rb"<svg ", ".mp4": rb"....ftyp", ".mp3": rb"ID3|\xff[\xe0-\xff]"}
"""How a file of each kind begins."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Run the demonstration once; return the folder it leaves and what it prints."""
    folder = tmp_path_factory.mktemp("demo") / "files"
    command = [sys.executable, "-m", "tools.demo", "--output", str(folder)]
    plain = {**os.environ, "PYTHONIOENCODING": "ascii"}  # a terminal without letters for anything else
    process = subprocess.run(command, cwd=paths.ROOT, env=plain, capture_output=True, text=True, check=False)
    assert process.returncode == 0, process.stdout + process.stderr
    return folder, process.stdout


def test_it_leaves_five_files_of_every_kind(demo: tuple[Path, str]) -> None:
    folder, _ = demo
    files = sorted(folder.iterdir())
    assert len(files) >= 5
    assert {path.suffix for path in files} == set(SIGNS)
    for path in files:
        assert re.match(SIGNS[path.suffix], path.read_bytes(), re.S), path.name


def test_it_says_where_the_files_are_and_what_to_do_next(demo: tuple[Path, str]) -> None:
    folder, output = demo
    assert "the same bytes as committed" in output
    assert all(f"saved {path}" in output for path in folder.iterdir())
    assert "wondergen serve --offline" in output


TOUR = [sys.executable, str(paths.ROOT / "examples" / "tour.py")]


def test_what_goes_wrong_on_the_tour_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    process = subprocess.run([*TOUR, str(tmp_path / "file")], capture_output=True, text=True, check=False)
    assert process.returncode == 1
    assert process.stderr.startswith("tour: flowchart: the folder ")
    assert len(process.stderr.splitlines()) == 1


def test_ctrl_c_ends_the_tour_in_order(tmp_path: Path) -> None:
    with subprocess.Popen([*TOUR, str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as tour:
        assert tour.stdout is not None
        while not tour.stdout.readline().startswith("  ["):  # the first task is on its way
            assert tour.poll() is None
        tour.send_signal(signal.SIGINT)
        _, errors = tour.communicate()
    assert (tour.returncode, errors) == (130, "")
