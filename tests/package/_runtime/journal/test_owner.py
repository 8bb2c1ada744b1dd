"""The name of a process that sends a request: whether that process has ended, and where that cannot be seen."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from codegen.package._runtime import owner


def other(process: int, started: str = "1") -> str:
    """Return the name of another process of this machine."""
    machine, _, _ = owner.current().partition("/")
    return f"{machine}/{process}/{started}"


def test_a_process_that_runs_is_not_gone() -> None:
    assert owner.is_gone(owner.current()) is False
    assert owner.is_gone(other(os.getpid(), "")) is False  # when it started could not be seen


def test_a_process_that_has_ended_is_gone() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
        assert owner.is_gone(other(process.pid)) is True


@pytest.mark.skipif(sys.platform != "linux", reason="when a process started is read from /proc")
def test_a_process_whose_number_another_one_has_by_now_is_gone() -> None:
    assert owner.is_gone(other(os.getpid(), "1")) is True


def test_a_process_of_somebody_else_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(process: int, signal: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "kill", refused)
    assert owner.is_gone(owner.current()) is False


@pytest.mark.parametrize("name", [None, "", "elsewhere/1/2", "elsewhere", other(1).replace("/1/", "/x/")])
def test_of_another_machine_or_of_no_process_nothing_can_be_seen(name: str | None) -> None:
    assert owner.is_gone(name) is None
