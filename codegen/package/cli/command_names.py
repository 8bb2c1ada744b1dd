"""Names of the command line: commands, exit statuses, files of its own. Imports nothing of the client."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING

import click

from .._catalog import index
from .._runtime.spelling import kebab
from .commands import COMMANDS

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = (__package__ or "").rpartition(".")[0]
VARIABLES = re.sub(r"\W", "_", PACKAGE).upper()
"""What the names of our environment variables begin with."""
JOURNAL_VARIABLE = f"{VARIABLES}_JOURNAL"
DEBUG_VARIABLE = f"{VARIABLES}_DEBUG"
TASK_SECONDS_VARIABLE = f"{VARIABLES}_OFFLINE_TASK_SECONDS"
UPLOAD_VARIABLE = f"{VARIABLES}_UPLOAD"


def kebabs(names: Iterable[str]) -> dict[str, str]:
    """Return typed name → name in Python, for names that stand side by side: two never become one."""
    commands: dict[str, str] = {}
    for name in names:
        short = kebab(name)
        commands[name if short in commands else short] = name
    return commands


@cache
def services() -> tuple[str, ...]:
    """Return the services of this package, by the names of their modules."""
    return tuple(sorted(index.services()))


def about(service: str) -> str:
    """Return what a service is for: the first sentence of its document."""
    return str(index.services()[service]["about"])


def command_of(service: str) -> str:
    """Return the name of a service on the command line; a longer one where a command of ours has it."""
    short = kebab(service)
    return f"service-{short}" if short in COMMANDS else short


def typed_path(service: str, name: str) -> list[str]:
    """Return the words that lead to an operation."""
    return [command_of(service), *(kebab(part) for part in name.split("."))]


def paths_ending_in(word: str, among: Iterable[str]) -> list[str]:
    """Return the paths of the operations of these services whose last word is this one."""
    paths = (typed_path(service, name) for service in among for name in index.operations(service))
    return [" ".join(path) for path in paths if path[-1] == word]


def service_named(text: str) -> str:
    """Return the service that is meant, typed either way. UsageError says which there are."""
    commands = {command_of(service): service for service in services()}
    if text in services():
        return text
    if text not in commands:
        raise click.UsageError(f"there is no service {text!r}; there are {', '.join(commands)}")
    return commands[text]


def version() -> str:
    """Return the version of the package."""
    return str(index.load()["version"])


def state_folder() -> Path:
    """Return where journal and offline state are. The folder need not be there yet."""
    from pathlib import Path

    folder = os.environ.get("XDG_STATE_HOME") or (os.environ.get("LOCALAPPDATA") if sys.platform == "win32" else None)
    if folder and Path(folder).is_absolute():  # a relative one is to be ignored, says its specification
        return Path(folder) / PACKAGE
    try:
        return Path("~/.local/state").expanduser() / PACKAGE
    except RuntimeError as error:
        raise click.UsageError("there is no home folder to remember paid calls in: set XDG_STATE_HOME") from error


def journal_file(option: str | None, *, is_offline: bool) -> Path:
    """Return the journal of a run: offline runs have their own, so that they never stand among paid ones."""
    from pathlib import Path

    if is_offline:
        return state_folder() / "offline-journal.sqlite"
    place = option or os.environ.get(JOURNAL_VARIABLE)
    return Path(place) if place else state_folder() / "journal.sqlite"


class Code(IntEnum):
    """What a script can tell from the exit status."""

    DONE = 0
    FAILED = 1
    NOT_SENT = 2
    NO_KEY = 3
    UNKNOWN = 4
    NOT_REACHED = 5
    STILL_RUNNING = 6
    STOPPED = 130


MEANINGS = {
    Code.DONE: "Done.",
    Code.FAILED: "The service refused, the task did not succeed, or a file could not be saved.",
    Code.NOT_SENT: "Wrong usage or an invalid request. Nothing was sent.",
    Code.NO_KEY: "A key is missing or unusable. Nothing was sent.",
    Code.UNKNOWN: "A paid request may have been accepted. It was not sent again.",
    Code.NOT_REACHED: "The service was not reached.",
    Code.STILL_RUNNING: "The wait ended before the task did. Its token is printed.",
    Code.STOPPED: "Stopped by Ctrl-C.",
}


class CommandGroup(click.Group):
    """A group that guesses what was meant. Its subclasses list their commands without importing them."""

    def commands_elsewhere(self, name: str) -> list[str]:
        """Return the paths of the commands below this group that have the name."""
        return []

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is named first. UsageError says what may have been meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            if args[0].startswith("-"):
                raise
            from .._runtime.messages import guess

            elsewhere = self.commands_elsewhere(args[0])
            hint = (
                f"; did you mean {elsewhere[0]!r}?" if len(elsewhere) == 1 else guess(args[0], self.list_commands(ctx))
            )
            text = f"there is no command {args[0]!r}{hint or f'; {ctx.command_path} --help lists what there is'}"
            raise click.UsageError(text, ctx) from error
