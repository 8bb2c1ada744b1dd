"""A shell with a state of its own, and a server on this machine for it to talk to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from wondergen._runtime.sync import primitives
from wondergen.cli.names import services
from wondergen.offline import Running, Settings, running

from tests.package.cli.shell import KEYS, Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """No key is set."""
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
    """Keys are set, obviously fake ones."""
    shell.environment |= KEYS
    return shell


@pytest.fixture
def server() -> Iterator[Running]:
    """Tasks are done at once."""
    with running(Settings(task_seconds=0)) as server:
        yield server


@pytest.fixture
def slow_server() -> Iterator[Running]:
    """Tasks take longer than any test."""
    with running(Settings(task_seconds=86400)) as server:
        yield server


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client does not sleep in this process."""
    monkeypatch.setattr(primitives.Clock, "sleep", lambda _, seconds: None)


@pytest.fixture(scope="session", params=services())
def service(request: pytest.FixtureRequest) -> str:
    """Each service."""
    return str(request.param)
