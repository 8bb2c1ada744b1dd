"""`tasks`: the paid calls in the journal, and the command that continues each."""

from __future__ import annotations

import shlex
from typing import Any

import click

from ..._catalog.service_document import load
from ..._runtime.journal import Run
from .. import command_names, connect, options
from ..command_names import typed_path
from ..screen import hint, plain, show_json, table


def _tasks(show_all: bool, **values: Any) -> None:
    stated = options.take(values)
    journal = command_names.journal_file(stated.journal, is_offline=stated.offline)
    if stated.journal and not journal.exists():
        raise click.UsageError(f"there is no journal {stated.journal!r}")
    known = connect.read_runs(journal)
    listed = [run for run in known if show_all or connect.is_open_run(run)]
    if stated.as_json:
        show_json([_as_json(run, stated) for run in listed])
        return
    if not listed:
        what = f"{len(known)} paid calls, none of them open: --all shows them" if known else "no paid call yet"
        click.echo(f"{plain(journal)}: {what}", err=True)
        return
    rows = [
        (_when(run), _path(run), run.task_id or f"request {run.digest[:12]}", connect.state_of_run(run))
        for run in listed
    ]
    table(rows, ("SENT", "OPERATION", "TASK", "STATE"))
    _what_now(listed, stated)


def _what_now(listed: list[Run], stated: options.Options) -> None:
    """Print what can be done, once for each kind."""
    resumable = [run for run in listed if connect.is_open_run(run) and run.task_id]
    if resumable:
        click.echo("\nTo continue a task and save its files, at no cost:")
        for run in resumable:
            click.echo(f"  {plain(_command(run, stated))}")
    if any(connect.state_of_run(run) == "unknown" for run in listed):
        click.echo("\nUnknown: the request may have been accepted and charged, or is being sent now.", err=True)
        hint("Check the account's task list and credits before you repeat it.")


def _command(run: Run, stated: options.Options) -> str:
    """Return the command that continues a task; the rest of its token is in the journal."""
    parts = [command_names.PACKAGE, "resume", shlex.quote(run.task_id or "")]
    if stated.offline:
        return " ".join([*parts, "--offline"])
    home = load(run.provider).service.base_url if run.provider in command_names.services() else run.base_url
    parts += ["--base-url", shlex.quote(run.base_url)] if run.base_url != home.rstrip("/") else []
    parts += ["--journal", shlex.quote(stated.journal)] if stated.journal else []
    return " ".join(parts)


def _when(run: Run) -> str:
    return run.sent_at.astimezone().strftime("%Y-%m-%d %H:%M")


def _path(run: Run) -> str:
    return " ".join(typed_path(run.provider, run.operation))


def _as_json(run: Run, stated: options.Options) -> dict[str, Any]:
    is_open = connect.is_open_run(run) and run.task_id
    return {
        "operation": f"{run.provider}.{run.operation}",
        "id": run.task_id,
        "token": run.token,
        "state": connect.state_of_run(run),
        "status": run.status,
        "sent_at": run.sent_at.isoformat(timespec="seconds"),
        "base_url": run.base_url,
        "digest": run.digest,
        "resume": _command(run, stated) if is_open else None,
    }


command = click.Command(
    "tasks",
    callback=_tasks,
    params=[
        click.Option(["show_all", "--all"], is_flag=True, help="Include calls that are finished and saved."),
        options.as_json(),
        click.Option(["offline", "--offline"], is_flag=True, help="The journal of offline runs."),
        options.journal(),
    ],
    help="List paid calls that are not finished, not saved, or of unknown outcome.\n\n"
    "They are read from the journal. No service is contacted.",
)
