"""`resume`: go on with a task that this or another process submitted."""

from __future__ import annotations

import sys
from typing import Any

import click

from ..._catalog.service_document import load
from ..._runtime.errors import InvalidRequest
from ..._runtime.hosts import is_loopback_url
from ..._runtime.journal import Journal
from ..._runtime.token import Token, parse
from .. import command_names, connect, shared_options
from ..command_names import typed_path
from ..connect import Line, open_line
from ..work import CallOutcome, can_be_saved, follow, print_outcome


def _resume(token: str, service: str | None, **values: Any) -> None:
    options = shared_options.take(values)
    text = (sys.stdin.read() if token == "-" else token).strip()
    target = _task(text, service, options)
    provider = target.provider if isinstance(target, Token) else target[0]
    name = f"{provider}.{target.operation}" if isinstance(target, Token) else provider
    outcome = CallOutcome(name, offline=options.offline)
    with print_outcome(outcome, options, {"token_or_id": "TOKEN"}) as lines:
        can_be_saved(options)
        with open_line(provider, options) as line:
            lines.append(line)
            task = line.client.resume(_here(target, line))
            outcome.operation = f"{provider}.{task.operation}"
            path = " ".join(typed_path(provider, task.operation))
            try:
                follow(task, outcome, options, f"{'offline: ' if options.offline else ''}{path} {task.id}")
            finally:
                if isinstance(target, Token) and options.offline:
                    _note(target, outcome, line)


def _task(text: str, service: str | None, options: shared_options.Options) -> Token | tuple[str, str]:
    """Return the token that was typed; or service and id, where only the id is known."""
    if text.startswith("{"):
        return _check_token(parse(text), service, options)
    if not text:
        raise click.UsageError("no token: give the token that was printed, or the id of a task")
    journal = command_names.journal_file(options.journal, is_offline=options.offline)
    runs = [run for run in connect.read_runs(journal) if run.task_id == text and service in {None, run.provider}]
    tokens = {run.token for run in runs if run.token}
    if len(tokens) == 1:
        return _check_token(parse(tokens.pop()), service, options)
    if service is not None:
        return command_names.service_named(service), text
    where = "several tasks" if tokens else "no task"
    raise click.UsageError(f"the journal has {where} with the id {text!r}: give the token, or --service with the id")


def _check_token(token: Token, service: str | None, options: shared_options.Options) -> Token:
    """Return a token that belongs here: its own words never decide where a key goes."""
    provider = command_names.service_named(token.provider)
    if service is not None and command_names.service_named(service) != provider:
        raise click.UsageError(f"the token is of {provider}, not of {service}")
    is_local = is_loopback_url(token.base_url)
    if options.offline and not is_local:
        raise click.UsageError(f"the task is at {token.base_url}, not in the offline stand-in: leave out --offline")
    if not options.offline and not options.base_url:
        home = load(provider).service.base_url
        if token.base_url.rstrip("/") != home.rstrip("/"):
            what = "--offline if that was an offline run, else " if is_local else "if you trust that URL, "
            raise click.UsageError(f"the task is at {token.base_url}, not at {home}: add {what}--base-url")
    return token


def _here(target: Token | tuple[str, str], line: Line) -> str:
    """Return the token or the id for the client: a stand-in has the same tasks at another port in each process."""
    if not isinstance(target, Token):
        return target[1]
    return str(target.replace(base_url=line.client.base_url) if line.options.offline else target)


def _note(token: Token, outcome: CallOutcome, line: Line) -> None:
    """Record the end of a task in the journal, where it has the port of the process that submitted it."""
    if line.journal is None or outcome.status not in {"succeeded", "failed", "cancelled", "timed_out"}:
        return
    try:
        journal = Journal(line.journal, token.provider, token.base_url)
    except InvalidRequest:
        return
    journal.finished(token.id, outcome.status)
    if outcome.files:
        journal.saved(token.id)
    journal.close()


command = click.Command(
    "resume",
    callback=_resume,
    params=[
        click.Argument(["token"]),
        shared_options.service("The service, where TOKEN is only an id."),
        *shared_options.SAVING,
        shared_options.AS_JSON,
        shared_options.TASK_TIMEOUT,
        *shared_options.CONNECTION,
        shared_options.JOURNAL,
    ],
    help="Continue a task: wait for it and save its files. It costs nothing.\n\n"
    "TOKEN is what was printed when the task was submitted, the id of a task in the journal, or - for a token on "
    "standard input.",
)
