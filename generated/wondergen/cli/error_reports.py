# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What went wrong, in words for a person at a shell, and the exit status that goes with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from .._runtime.errors import (
    ArgumentFault,
    ConnectFailed,
    DownloadError,
    InvalidRequest,
    MissingCredentials,
    OutcomeUnknown,
    WaitTimeout,
    WondergenError,
    plural,
)
from .._runtime.messages import root
from .._runtime.uploads import HOW as HOW_TO_UPLOAD
from . import command_names
from .command_names import Code
from .screen import hint, say

_CODES: tuple[tuple[type[BaseException], Code], ...] = (
    (KeyboardInterrupt, Code.STOPPED),
    (InvalidRequest, Code.NOT_SENT),
    (MissingCredentials, Code.NO_KEY),
    (OutcomeUnknown, Code.UNKNOWN),
    (ConnectFailed, Code.NOT_REACHED),
    (WaitTimeout, Code.STILL_RUNNING),
)
_SPELLING = {
    "journal": "--journal",
    "base_url": "--base-url",
    "timeout": "--timeout",
    "extra_body": "--extra-body",
    "token_or_id": "TOKEN",
}


def code_of(error: BaseException) -> Code:
    """Return the exit status for an error. What is none of the known kinds is a failure."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), Code.FAILED)


def report(error: BaseException, spelling: Mapping[str, str] | None = None) -> Code:
    """Print what went wrong; return the exit status. `spelling`: how parameters are written here."""
    if isinstance(error, InvalidRequest):
        say(f"nothing was sent: {plural(len(error.faults), 'fault')}")
        for fault in error.faults:
            hint(fault_text(fault, spelling))
    elif isinstance(error, MissingCredentials):
        from .connect import missing_text

        say(missing_text(error))
    else:
        say(message(error))
    return code_of(error)


def fault_text(fault: ArgumentFault, spelling: Mapping[str, str] | None = None) -> str:
    """Return one fault, with the parameter as it is written here."""
    spellings = {**_SPELLING, **(spelling or {})}
    name = root(fault.parameter)
    problem = fault.problem.replace(
        HOW_TO_UPLOAD, f"--upload-to or {command_names.UPLOAD_VARIABLE} names an object store"
    )
    return f"{spellings.get(name, name)}{fault.parameter[len(name) :]}: {problem}"


def message(error: BaseException) -> str:
    """Return one error in words."""
    if isinstance(error, KeyboardInterrupt):
        return "stopped"
    if isinstance(error, WaitTimeout):
        return f"{error.operation}: task {error.task_id} is still {error.status} after {error.waited:.0f} s"
    if isinstance(error, DownloadError):
        text = str(error).replace("overwrite=True", "--overwrite")  # advice for Python, as it is given here
        return text.replace(f"allow_hosts=({error.host!r},)", f"--allow-host {error.host}")
    if isinstance(error, WondergenError):
        return str(error)
    if isinstance(error, sqlite3.Error):
        return f"the journal cannot be used: {error}"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or 'the output cannot be written'}: {error.strerror}"
    return f"{type(error).__name__}: {error} ({command_names.DEBUG_VARIABLE}=1 shows where)"


def as_json(error: BaseException) -> dict[str, Any]:
    """Return one error for scripts."""
    facts = ("code", "message", "http_status", "trace_id", "reason", "digest", "retry_after", "raw")
    facts_of_error = {name: value for name in facts if (value := getattr(error, name, None)) is not None}
    if isinstance(error, InvalidRequest):
        facts_of_error["faults"] = [
            {"parameter": fault.parameter, "problem": fault.problem, "expected": fault.expected}
            for fault in error.faults
        ]
    return {"kind": type(error).__name__, "text": message(error), **facts_of_error}
