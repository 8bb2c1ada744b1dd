"""A shell with a state of its own, and a server on this machine for it to talk to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from wondergen._runtime.sync import primitives
from wondergen.cli.command_names import services
from wondergen.offline import Running, Settings, running

from tests.package.cli.shell import KEYS, Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """Return a shell in which no key is set."""
    names = (*KEYS, "WONDERGEN_JOURNAL", "WONDERGEN_DEBUG", "COLUMNS", "NO_COLOR")
    return Shell(
        tmp_path,
        {
            **dict.fromkeys(names),
            "XDG_STATE_HOME": str(tmp_path / "state"),
            "WONDERGEN_OFFLINE_TASK_SECONDS": "0",
        },
    )


@pytest.fixture
def paying(shell: Shell) -> Shell:
    """Set keys, obviously fake ones."""
    shell.environment |= KEYS
    return shell


@pytest.fixture
def server() -> Iterator[Running]:
    """Run a server whose tasks are done at once."""
    with running(Settings(task_seconds=0)) as server:
        yield server


@pytest.fixture
def slow_server() -> Iterator[Running]:
    """Run a server whose tasks take longer than any test."""
    with running(Settings(task_seconds=86400)) as server:
        yield server


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the client in this process from sleeping."""
    monkeypatch.setattr(primitives.Clock, "sleep", lambda _, seconds: None)


@pytest.fixture(scope="session", params=services())
def service(request: pytest.FixtureRequest) -> str:
    """Return each service."""
    return str(request.param)
