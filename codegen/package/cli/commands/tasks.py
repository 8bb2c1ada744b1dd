"""`tasks`: the paid calls in the journal, and the command that continues each."""

from __future__ import annotations

import shlex
from typing import Any

import click

from ..._catalog.service_document import load
from ..._runtime.journal_rows import Run
from .. import command_names, connect, shared_options
from ..command_names import typed_path
from ..screen import hint, plain, show_json, table


def _tasks(show_all: bool, **values: Any) -> None:
    options = shared_options.take(values)
    journal = command_names.journal_file(options.journal, is_offline=options.offline)
    if options.journal and not journal.exists():
        raise click.UsageError(f"there is no journal {options.journal!r}")
    runs = connect.read_runs(journal)
    selection = [run for run in runs if show_all or connect.is_open_run(run)]
    if options.as_json:
        show_json([_as_json(run, options) for run in selection])
        return
    if not selection:
        what = f"{len(runs)} paid calls, none of them open: --all shows them" if runs else "no paid call yet"
        click.echo(f"{plain(journal)}: {what}", err=True)
        return
    rows = [
        (_when(run), _path(run), run.task_id or f"request {run.digest[:12]}", connect.state_of_run(run))
        for run in selection
    ]
    table(rows, ("SENT", "OPERATION", "TASK", "STATE"))
    _what_now(selection, options)


def _what_now(selection: list[Run], options: shared_options.Options) -> None:
    """Print what can be done, once for each kind."""
    resumable = [run for run in selection if connect.is_open_run(run) and run.task_id]
    if resumable:
        click.echo("\nTo continue a task and save its files, at no cost:")
        for run in resumable:
            click.echo(f"  {plain(_command(run, options))}")
    if any(connect.state_of_run(run) == "unknown" for run in selection):
        click.echo("\nUnknown: the request may have been accepted and charged, or is being sent now.", err=True)
        hint("Check the account's task list and credits before you repeat it.")


def _command(run: Run, options: shared_options.Options) -> str:
    """Return the command that continues a task; the rest of its token is in the journal."""
    parts = [command_names.PACKAGE, "resume", shlex.quote(run.task_id or "")]
    if options.offline:
        return " ".join([*parts, "--offline"])
    home = load(run.provider).service.base_url if run.provider in command_names.services() else run.base_url
    parts += ["--base-url", shlex.quote(run.base_url)] if run.base_url != home.rstrip("/") else []
    parts += ["--journal", shlex.quote(options.journal)] if options.journal else []
    return " ".join(parts)


def _when(run: Run) -> str:
    return run.sent_at.astimezone().strftime("%Y-%m-%d %H:%M")


def _path(run: Run) -> str:
    return " ".join(typed_path(run.provider, run.operation))


def _as_json(run: Run, options: shared_options.Options) -> dict[str, Any]:
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
        "resume": _command(run, options) if is_open else None,
    }


command = click.Command(
    "tasks",
    callback=_tasks,
    params=[
        click.Option(["show_all", "--all"], is_flag=True, help="Include calls that are finished and saved."),
        shared_options.AS_JSON,
        shared_options.offline("The journal of offline runs."),
        shared_options.JOURNAL,
    ],
    help="List paid calls that are not finished, not saved, or of unknown outcome.\n\n"
    "They are read from the journal. No service is contacted.",
)
