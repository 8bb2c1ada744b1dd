# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The offline stand-in inside this process, with a state that the next process finds again."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import click

from .._runtime.extras import calls_to_a_stand_in
from . import command_names
from .screen import NotSent
from .shared_options import make_folder

STATE = "offline.sqlite"


@contextmanager
def upstream() -> Iterator[Callable[[str], str]]:
    """Run the stand-in until the command ends; return the base URL of a service."""
    running, settings = import_upstream()
    folder = command_names.state_folder()
    make_folder(folder, "the offline stand-in", "XDG_STATE_HOME")
    try:
        upstream_settings = settings(state=str(folder / STATE), **_task_seconds())
    except ValueError as error:
        raise click.UsageError(f"{command_names.TASK_SECONDS_VARIABLE}: {error}") from error
    with ExitStack() as stack:
        try:
            server = stack.enter_context(running(upstream_settings))
        except (sqlite3.Error, ValueError) as error:
            text = f"the offline stand-in does not start: {error}, or remove this one: it holds offline tasks alone"
            raise NotSent(text) from error
        with calls_to_a_stand_in():
            yield server.base_url


def import_upstream() -> tuple[Any, Any]:
    """Import `running` and `Settings`, where the extra that brings what they need is installed."""
    try:
        from ..offline import running
        from ..offline.settings import Settings
    except ImportError as error:
        text = f"the offline stand-in needs {error.name or 'an extra'}: pip install '{command_names.PACKAGE}[offline]'"
        raise NotSent(text) from error
    return running, Settings


def _task_seconds() -> dict[str, float]:
    text = os.environ.get(command_names.TASK_SECONDS_VARIABLE)
    if not text:
        return {}
    try:
        return {"task_seconds": float(text)}
    except ValueError as error:
        raise ValueError(f"{text!r} is not a number of seconds") from error
