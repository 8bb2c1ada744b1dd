"""A fork waits until no other thread holds what a child would wait for without end."""

from __future__ import annotations

import importlib
import os
import signal
import sqlite3
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pydantic.main
import pytest

from codegen.package._runtime import database as database_module
from codegen.package._runtime import forks
from codegen.package._runtime.database import BUSY_SECONDS, SQLiteDatabase

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")


def forked_while(begin: Callable[[threading.Event, threading.Event], object], child: Callable[[], object]) -> int:
    """Return the status of a child that was forked while a thread was in the middle of something, which then ended."""
    forks.watch()
    is_inside, may_go = threading.Event(), threading.Event()
    thread = threading.Thread(target=begin, args=(is_inside, may_go))
    thread.start()
    is_inside.wait(5)
    threading.Timer(0.05, may_go.set).start()
    process = os.fork()
    if process == 0:
        signal.alarm(10)  # ends a child that waits for ever
        child()
        os._exit(0)
    status = os.waitpid(process, 0)[1]
    thread.join()
    return status


def test_a_fork_waits_for_the_import_of_another_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "slow_to_import.py").write_text("import builtins\nbuiltins.of_the_test()\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(forks, "_NEEDED", frozenset({"slow_to_import"}))

    def begin(is_inside: threading.Event, may_go: threading.Event) -> None:
        def wait() -> None:
            is_inside.set()
            may_go.wait(5)

        monkeypatch.setattr("builtins.of_the_test", wait, raising=False)
        importlib.import_module("slow_to_import")

    assert forked_while(begin, lambda: importlib.import_module("slow_to_import")) == 0
    monkeypatch.delitem(sys.modules, "slow_to_import")


@pytest.mark.parametrize("needed", [{"imported_meanwhile"}, {"another"}, set()], ids=["needed", "another", "none"])
def test_an_import_is_waited_for_where_calls_need_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, needed: set[str]
) -> None:
    (tmp_path / "imported_meanwhile.py").write_text("import builtins\nbuiltins.of_the_test()\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(forks, "_NEEDED", frozenset(needed))
    is_inside, may_go = threading.Event(), threading.Event()

    def wait() -> None:
        is_inside.set()
        may_go.wait(5)

    monkeypatch.setattr("builtins.of_the_test", wait, raising=False)
    thread = threading.Thread(target=importlib.import_module, args=("imported_meanwhile",))
    thread.start()
    is_inside.wait(5)
    is_importing = forks._is_importing()
    may_go.set()
    thread.join()
    assert is_importing is ("imported_meanwhile" in needed)
    assert not forks._is_importing()
    monkeypatch.delitem(sys.modules, "imported_meanwhile")


def test_a_fork_waits_for_the_model_that_another_thread_builds() -> None:
    lock: Any = vars(pydantic.main)["_rebuild_lock"]

    def begin(is_inside: threading.Event, may_go: threading.Event) -> None:
        with lock:
            is_inside.set()
            may_go.wait(5)

    assert forked_while(begin, lambda: lock.acquire()) == 0


def test_a_fork_in_the_middle_of_an_import_of_the_same_thread_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "forks_at_once.py").write_text(
        "import os\nchild = os.fork()\nif child == 0:\n    os._exit(3)\nstatus = os.waitpid(child, 0)[1]\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(forks, "_NEEDED", frozenset({"forks_at_once"}))
    # Of this module alone: a journal of an earlier test may have a thread that sleeps.
    never = SimpleNamespace(monotonic=time.monotonic, sleep=lambda _: pytest.fail("it waits for itself"))
    monkeypatch.setattr(forks, "time", never)
    forks.watch()
    assert os.waitstatus_to_exitcode(importlib.import_module("forks_at_once").status) == 3
    monkeypatch.delitem(sys.modules, "forks_at_once")


def test_no_lock_is_noted_and_no_other_fork_begins_while_one_holds_the_locks() -> None:
    noted = threading.Event()
    lock = threading.Lock()

    def note() -> None:
        forks.hold_during_fork(lock)
        noted.set()

    forks._hold()
    try:
        thread = threading.Thread(target=note)
        thread.start()
        assert not noted.wait(0.02)
    finally:
        forks._release()
    assert noted.wait(5)
    thread.join()


def test_the_lock_of_a_file_is_looked_for_often_and_a_commit_still_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, looks = tmp_path / "a.sqlite", []
    database = SQLiteDatabase(path)
    with database.transaction() as connection:
        connection.execute("CREATE TABLE a (b)")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    def look(seconds: float) -> None:
        looks.append(seconds)
        if len(looks) == 3:
            other.execute("ROLLBACK")

    monkeypatch.setattr(database_module, "time", SimpleNamespace(monotonic=time.monotonic, sleep=look))
    with database.transaction() as connection:
        assert connection.execute("PRAGMA busy_timeout").fetchone() == (BUSY_SECONDS * 1000,)
    assert len(looks) == 3
    assert max(looks) < 0.01
    other.close()
    database.close()
