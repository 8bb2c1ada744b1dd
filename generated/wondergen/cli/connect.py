# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""A client for one command: its keys, its journal with what is open in it, and where the service is."""

from __future__ import annotations

import os
import shlex
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from .._catalog.index import client_class
from .._catalog.service_document import load
from .._runtime.errors import MissingCredentials
from .._runtime.journal_rows import Run, all_runs
from .._runtime.secret import stand_ins
from . import command_names
from .command_names import Code
from .listening import print_warnings
from .screen import NotSent
from .shared_options import Options, make_folder
from .upload_option import uploader


class NoKey(NotSent):
    """A key is missing or unusable."""

    exit_code = int(Code.NO_KEY)


@dataclass(frozen=True, slots=True)
class Line:
    """A client, and how it was made."""

    client: Any
    journal: Path | None
    options: Options

    def resume_command(self, token: str) -> str:
        """Return what to type to go on with a task."""
        options = self.options
        parts = [command_names.PACKAGE, "resume", shlex.quote(token)]
        parts += ["--base-url", shlex.quote(options.base_url)] if options.base_url else []
        parts += ["-o", shlex.quote(options.output)] if options.output != "." else []
        return " ".join([*parts, *self._journal()])

    def tasks_command(self) -> str:
        """Return what to type to see the journal."""
        return " ".join([command_names.PACKAGE, "tasks", *self._journal()])

    def _journal(self) -> list[str]:
        options = self.options
        return (
            ["--journal", shlex.quote(options.journal)] if options.journal else ["--offline"] if options.offline else []
        )


@contextmanager
def open_line(service: str, options: Options, *, is_paid: bool = True) -> Iterator[Line]:
    """Open a client until the end of the command. Only paid calls are recorded in the journal."""
    with ExitStack() as stack:
        base_url, journal = options.base_url, None
        if options.offline:
            from .offline_option import upstream

            base_url = stack.enter_context(upstream())(service)
        if is_paid:
            journal = command_names.journal_file(options.journal, is_offline=options.offline)
            make_folder(journal.parent, "the journal", "XDG_STATE_HOME" if options.offline else "--journal FILE")
        stack.enter_context(print_warnings())
        files = stack.enter_context(uploader(options.upload_to, is_offline=options.offline)) if is_paid else None
        client = _client(service, options, base_url, journal, files)
        stack.callback(client.close)
        yield Line(client, journal, options)


def _client(service: str, options: Options, base_url: str | None, journal: Path | None, files: Any) -> Any:
    keys = _keys(service, is_offline=options.offline)
    try:
        return client_class(service)(
            **keys,
            **options.headers,
            base_url=base_url,
            journal=None if journal is None else str(journal),
            uploader=files,
        )
    except MissingCredentials as error:
        raise NoKey(missing_text(error)) from error


def missing_text(error: MissingCredentials) -> str:
    """Return which key is missing, and what to do: in the environment, since no argument takes one."""
    text = str(error)
    for one in load(error.service).service.credentials:
        text = text.replace(f" or pass {one.argument}=", "").replace(f"{one.argument}=", one.variable)
    return text


def _keys(service: str, *, is_offline: bool) -> Mapping[str, str]:
    """Return keys beside those of the environment: typed where nobody sees them, or obviously none."""
    definition = load(service).service
    if is_offline:
        return stand_ins(definition)
    missing = [one for one in definition.credentials if one.variable not in os.environ]
    if not missing or not _is_interactive():
        return {}
    return {
        one.argument: click.prompt(f"{one.variable} is not set. Its value (not shown)", hide_input=True, err=True)
        for one in missing
    }


def _is_interactive() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def read_runs(journal: Path) -> list[Run]:
    """Return every run in the journal, oldest first; none where there is no journal yet."""
    try:
        return all_runs(journal) if journal.exists() else []
    except (sqlite3.Error, OSError) as error:
        raise NotSent(f"{journal}: the journal cannot be read: {error}") from error


def state_of_run(run: Run) -> str:
    """Return the outcome as text."""
    if run.state == "finished" and run.status == "succeeded" and run.task_id is not None:
        return "not saved"
    words = {"sending": "unknown", "accepted": "not finished", "finished": run.status or "done"}
    return words.get(run.state, run.state)


def is_open_run(run: Run) -> bool:
    """Return whether something is left to do or to find out."""
    return state_of_run(run) in {"unknown", "not finished", "not saved"}
