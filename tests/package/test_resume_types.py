"""A type checker knows the class of the result of a resumed task where the token says which."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import wondergen
from wondergen import TaskToken
from wondergen.tomoviee.results import VideoResult

ROOT = Path(__file__).parents[2]
SOURCE = """
from typing import assert_type, Any
from wondergen import AsyncTask, AsyncTomoviee, Task, TaskToken, Tomoviee
from wondergen.tomoviee.async_results import AsyncVideoResult
from wondergen.tomoviee.results import VideoResult

client = Tomoviee()
task = client.text_to_video("A fox")
assert_type(task.token(), TaskToken[VideoResult])
assert_type(client.resume(task.token()), Task[VideoResult])
assert_type(client.resume(task.token()).wait(), VideoResult)
stored = input()
assert_type(client.resume(stored), Task[Any])
assert_type(client.resume(TaskToken[VideoResult](stored)).wait(), VideoResult)
other = AsyncTomoviee()
assert_type(other.resume(TaskToken[AsyncVideoResult](stored)), AsyncTask[AsyncVideoResult])
"""


def test_mypy_knows_the_class_of_the_result(tmp_path: Path) -> None:
    (tmp_path / "snippet.py").write_text(SOURCE)
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--cache-dir",
        str(ROOT / ".mypy_cache"),
        str(tmp_path / "snippet.py"),
    ]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


def test_at_run_time_a_token_is_plain_text() -> None:
    token = TaskToken[VideoResult]("t-1")
    assert (type(token), token) == (str, "t-1")
    assert type(wondergen.TaskToken("t-1")) is str
