"""A type checker knows the class of the result of a resumed task where the token says which."""

from __future__ import annotations

from pathlib import Path

import wondergen
from wondergen import TaskToken

from codegen import paths
from tests.chosen_operations import VIDEO
from tests.shared import type_checked

SOURCE = """
from typing import assert_type, Any
from wondergen import AsyncTask, AsyncCLIENT, Task, TaskToken, CLIENT
from wondergen.SERVICE.async_results import AsyncRESULT
from wondergen.SERVICE.results import RESULT

client = CLIENT()
task = client.NAME(**ARGUMENTS)
assert_type(task.token(), TaskToken[RESULT])
assert_type(client.resume(task.token()), Task[RESULT])
assert_type(client.resume(task.token()).wait(), RESULT)
stored = input()
assert_type(client.resume(stored), Task[Any])
assert_type(client.resume(TaskToken[RESULT](stored)).wait(), RESULT)
other = AsyncCLIENT()
assert_type(other.resume(TaskToken[AsyncRESULT](stored)), AsyncTask[AsyncRESULT])
"""


def test_mypy_knows_the_class_of_the_result(tmp_path: Path) -> None:
    words = {"CLIENT": VIDEO.client_name, "SERVICE": VIDEO.service, "RESULT": VIDEO.result_name, "NAME": VIDEO.name}
    arguments = ", ".join(f"{name}={value!r}" for name, value in VIDEO.body("A fox").items())
    source = SOURCE.replace("**ARGUMENTS", arguments)
    for word, name in words.items():
        source = source.replace(word, name)
    (tmp_path / "snippet.py").write_text(source)
    ran = type_checked(str(tmp_path / "snippet.py"), folder=paths.ROOT)
    assert ran.returncode == 0, ran.stdout


def test_at_run_time_a_token_is_plain_text() -> None:
    token = TaskToken[str]("t-1")
    assert (type(token), token) == (str, "t-1")
    assert type(wondergen.TaskToken("t-1")) is str
