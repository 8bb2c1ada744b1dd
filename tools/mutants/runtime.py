"""Where a file of the runtime stands, in which copies, and which tests concern it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from codegen.sync_codegen import derive_sync
from tools.mutants.mutant import Mutant, SourceChange
from tools.mutants.source import PythonSource

RUNTIME = "codegen/package/_runtime"
COPY = "generated/wondergen/_runtime"

_TASK = "task/test_task.py task/test_wait.py"
_SUBMIT = "submit/test_paid_calls.py submit/test_submit_faults.py submit/test_never_delivered.py"
_DOWNLOAD = "download/test_where.py download/test_download.py download/test_not_saved.py download/test_media.py"
CONCERNED: Mapping[str, str] = {
    "aio/client.py": f"submit/test_paid_calls.py secrets {_TASK} validate test_runtime_limits.py",
    "aio/download.py": f"{_DOWNLOAD} test_runtime_limits.py",
    "aio/exchange.py": f"{_SUBMIT} submit/test_transport.py retry",
    "aio/adapter.py": f"submit/test_transport.py {_SUBMIT} secrets test_runtime_limits.py",
    "aio/connections.py": (
        f"submit/test_connections.py submit/test_transport.py submit/test_deadlines.py {_SUBMIT} secrets "
        "test_runtime_limits.py submit/test_proxies.py download/test_framing.py download/test_download.py"
    ),
    "aio/tunnels.py": "submit/test_proxies.py",
    "aio/result.py": f"task/test_states.py {_TASK} {_DOWNLOAD}",
    "aio/task.py": _TASK,
    "aio/paid.py": (
        "journal/test_paid_run.py submit/test_paid_calls.py journal/test_key.py journal/test_journal.py telemetry "
        "test_runtime_limits.py journal/test_interrupts.py"
    ),
    "database.py": "journal/test_database.py journal/test_journal.py journal/test_key.py journal/test_damage.py",
    "delivery.py": (
        f"submit/test_received.py submit/test_connections.py submit/test_transport.py {_SUBMIT} secrets "
        "test_runtime_limits.py"
    ),
    "journal.py": "journal/test_journal.py journal/test_key.py journal/test_damage.py journal/test_database.py",
    "journal_schema.py": "journal/test_journal.py journal/test_key.py journal/test_damage.py journal/test_database.py",
    "deadline.py": "task/test_deadline.py task/test_wait.py test_runtime_limits.py",
    "headers.py": "secrets hosts validate",
    "hosts.py": "hosts download/test_where.py test_runtime_limits.py",
    "operation.py": f"{_TASK} task/test_states.py",
    "pointer.py": "reply task/test_states.py",
    "retry.py": f"retry {_SUBMIT} task/test_wait.py",
    "reply.py": f"reply {_SUBMIT} test_runtime_limits.py",
    "request.py": "validate submit/test_paid_calls.py secrets",
    "secret.py": "secrets",
    "states.py": f"task/test_states.py {_TASK}",
    "validate.py": "validate",
    "wire.py": "validate",
}
"""File of the runtime → its tests, the nearest first."""
PACKAGE: Mapping[str, str] = {
    **dict.fromkeys(("aio/exchange.py", "aio/connections.py", "aio/task.py"), "test_paid_tasks.py"),
    **dict.fromkeys(("operation.py", "states.py", "retry.py", "reply.py"), "test_paid_tasks.py"),
    **dict.fromkeys(("request.py", "validate.py"), "test_client_arguments.py"),
    **dict.fromkeys(("journal.py", "aio/paid.py"), "callbacks upload test_paid_tasks.py"),
    "database.py": "batch/test_batch.py",
}
"""File of the runtime → the tests of the whole client that it concerns too."""


def everywhere(root: Path, file: str, text: str) -> dict[str, str]:
    """Return a changed file of the runtime where it is written and where it is copied to, the sync side included."""
    files = {f"{RUNTIME}/{file}": text}
    copies = {f"{COPY}/{file}": text}
    if file.startswith("aio/") and file != "aio/primitives.py":
        sync = derive_sync(text, file)
        copies |= {f"{folder}/sync/{file.removeprefix('aio/')}": sync for folder in (COPY, RUNTIME)}
    for path, copy in copies.items():
        head, _, _ = (root / path).read_text(encoding="utf-8").partition("\n")
        files[path] = f"{head}\n{copy}"
    return files


def tests_of(file: str) -> tuple[str, ...]:
    """Return the tests of the runtime that a file concerns, and those of the whole client."""
    near = [f"tests/package/runtime/{name}" for name in CONCERNED.get(file, "").split()] or ["tests/package/runtime"]
    return (*near, *(f"tests/package/{name}" for name in PACKAGE.get(file, "").split()))


def mutant_of(root: Path, file: str, source: PythonSource, found: SourceChange) -> tuple[str, Mutant]:
    """Return a change of a file as a mutant, with the stem of its id."""
    stem = f"{found.operator.replace(': ', '-')}/{file.removesuffix('.py')}/{found.subject}"
    files = partial(_changed, root, file, source, found)
    path = f"{RUNTIME}/{file}"
    return stem, Mutant("", found.operator, path, found.line, found.what, files, tests_of(file), is_swappable=True)


def _changed(root: Path, file: str, source: PythonSource, found: SourceChange) -> dict[str, str]:
    return everywhere(root, file, source.apply(found.edits))
