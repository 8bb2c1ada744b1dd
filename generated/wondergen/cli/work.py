# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""One call from its arguments to its files: submit, wait, save, and print its outcome."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import Any

import click

from .._catalog.service_document import Endpoint
from .._runtime.byte_replies import Content
from .._runtime.errors import InvalidRequest, NotFound, OutcomeUnknown, TaskFailed, plural
from .._runtime.local_files import has_local
from .._runtime.request import CallOptions, call_faults
from .._runtime.sync.result import Result
from .._runtime.sync.task import Task
from . import error_reports
from .command_names import Code, typed_path
from .connect import Line, open_line
from .listening import report_answers
from .progress import Live
from .screen import NotSent, hint, plain, say, show_json, table, words
from .shared_options import Options, check_writable
from .upload_option import with_paths


@dataclass(slots=True)
class CallOutcome:
    """The outcome of a call: what --json prints."""

    operation: str
    """With the service before it, as `check` reads it."""
    id: str | None = None
    token: str | None = None
    status: str | None = None
    urls: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    """Texts that the files were made of: Mermaid of a flowchart, for one."""
    result: Any = None
    offline: bool = False
    error: dict[str, Any] | None = None

    def of_task(self, task: Task[Any]) -> None:
        """Take id, token and status from a task."""
        self.id, self.token, self.status = task.id, task.token(), str(task.status)


def run(endpoint: Endpoint, arguments: Mapping[str, Any], options: Options, spelling: Mapping[str, str]) -> None:
    """Run the command of an operation. `spelling`: parameter → how the command line writes it."""
    operation = endpoint.operation
    service, is_paid = operation.service.name, operation.kind != "query"
    outcome = CallOutcome(f"{service}.{operation.name}", offline=options.offline)
    with print_outcome(outcome, options, spelling) as lines:
        of_call = CallOptions(options.timeout, options.extra_body)
        arguments = with_paths(operation, arguments)
        if not has_local(operation, arguments) and (faults := call_faults(operation, arguments, of_call)):
            raise InvalidRequest(operation.name, faults)
        if is_paid and not options.no_wait:
            can_be_saved(options)
        with open_line(service, options, is_paid=is_paid) as line:
            lines.append(line)
            title = _title(service, operation.name, options)
            method = attrgetter(operation.name)(line.client)
            keywords: dict[str, Any] = {**arguments, "extra_body": options.extra_body}
            if operation.kind != "submit":
                keywords["timeout"] = options.timeout
            if not is_paid:
                _reply(method(**keywords), outcome, options)
                return
            if options.key is not None:
                keywords["key"] = options.key
            with Live(title) as live, report_answers(live.note_answer):
                result = method(**keywords)
                if isinstance(result, Task):
                    result = _wait(result, outcome, options, live)
                if isinstance(result, Result):
                    _save(result, outcome, options, live)
                elif isinstance(result, Content):
                    _save_content(result, outcome, options)
            _print(result, outcome, options)


def can_be_saved(options: Options) -> None:
    """Raise NotSent where no file can be saved: better now than after paying."""
    if not options.no_save:
        check_writable(Path(options.output))


def follow(task: Task[Any], outcome: CallOutcome, options: Options, title: str) -> None:
    """Wait for a task that another process submitted, and save what it made."""
    with Live(title, "querying") as live, report_answers(live.note_answer):
        outcome.of_task(task)
        result = task.wait(timeout=options.wait, on_update=_updating(live, outcome))
        _save(result, outcome, options, live)
    _print(result, outcome, options)


@contextmanager
def print_outcome(
    outcome: CallOutcome, options: Options, spelling: Mapping[str, str] | None = None
) -> Iterator[list[Line]]:
    """Print the outcome of the block at its end, and set the exit status."""
    lines: list[Line] = []
    code = Code.DONE
    try:
        yield lines
    except NotSent as error:
        error.show()
        code = Code(error.exit_code)
        outcome.error = {"kind": type(error).__name__, "text": error.message}
    except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
        raise
    except (Exception, KeyboardInterrupt) as error:
        if click.get_current_context().find_root().params.get("debug") and not isinstance(error, KeyboardInterrupt):
            raise
        code = error_reports.report(error, spelling)
        outcome.error = error_reports.as_json(error)
        if lines:
            _what_now(error, outcome, lines[0])
    if options.as_json:
        show_json(asdict(outcome))
    if code:
        raise click.exceptions.Exit(int(code))


def _what_now(error: BaseException, outcome: CallOutcome, line: Line) -> None:
    """Print how to go on: what was paid for is not lost."""
    if isinstance(error, TaskFailed | InvalidRequest | NotFound):
        return
    if outcome.token is not None:
        is_made = outcome.status == "succeeded"
        hint("to save the files, at no cost:" if is_made else "the task goes on at the service; to go on with it:")
        hint(line.resume_command(outcome.token))
    elif outcome.urls:
        hint("the files are at the service for a while:")
        for url in outcome.urls:
            hint(url)
    elif line.journal is not None and isinstance(error, KeyboardInterrupt | OutcomeUnknown):
        hint("the request may have been accepted; it is in the journal:")
        hint(line.tasks_command())


def _wait(task: Task[Any], outcome: CallOutcome, options: Options, live: Live) -> Any:
    """Return the result of a task that was just submitted, or the task itself where nobody wants to wait."""
    outcome.of_task(task)
    service, _, name = outcome.operation.partition(".")
    live.update(str(task.status), title=f"{_title(service, name, options)} {task.id}")
    if options.no_wait:
        return task
    return task.wait(timeout=options.wait, on_update=_updating(live, outcome))


def _updating(live: Live, outcome: CallOutcome) -> Any:
    def update(task: Task[Any]) -> None:
        outcome.of_task(task)
        word = str(task.status) if task.status != "unknown" else f"unknown ({task.raw_status})"
        live.update(word, task.progress)

    return update


def _save(result: Any, outcome: CallOutcome, options: Options, live: Live) -> None:
    outcome.urls, outcome.result, outcome.sources = list(result.urls), result.raw, result.sources
    outcome.status = outcome.status or "succeeded"
    if options.no_save or not outcome.urls:
        live.update("succeeded")
        return
    live.update("saving")
    paths: list[Path] = result.save(options.output, overwrite=options.overwrite, allow_hosts=options.allow_host)
    paths += _save_sources(result, paths, options)
    outcome.files = [str(path) for path in paths]
    live.update(f"saved {plural(len(paths), 'file')}")


def _save_content(content: Content, outcome: CallOutcome, options: Options) -> None:
    """Save a reply that is a file: under the name that the service gives it, else that of the operation."""
    if options.no_save:
        return
    from mimetypes import guess_extension

    folder = Path(options.output)
    folder.mkdir(parents=True, exist_ok=True)
    suffix = guess_extension(content.media_type.partition(";")[0].strip()) or ""
    path = folder / (content.filename or f"{typed_path(*outcome.operation.split('.', 1))[-1]}{suffix}")
    _check_same(path, content.content, options)
    outcome.files = [str(content.save(path))]


def _save_sources(result: Any, paths_of_files: list[Path], options: Options) -> list[Path]:
    """Put the texts that the files were made of beside the files, under their name. Returns where they are."""
    paths = []
    for pointer, suffix in result._origin.operation.assets.sources.items():
        text = result.sources.get(pointer.rpartition("/")[2])
        if text is None or not paths_of_files:
            continue
        path = paths_of_files[0].with_suffix(f".{suffix}")
        _check_same(path, text.encode(), options)
        path.write_bytes(text.encode())
        paths.append(path)
    return paths


def _check_same(path: Path, content: bytes, options: Options) -> None:
    """Raise FileExistsError where another file has the name and may not be replaced."""
    if path.exists() and not options.overwrite and path.read_bytes() != content:
        raise FileExistsError(f"{path} is there and differs; --overwrite replaces it")


def _print(output: Any, outcome: CallOutcome, options: Options) -> None:
    if options.as_json:
        return
    if isinstance(output, Task):
        click.echo(outcome.token)
        return
    if not isinstance(output, Result) and not outcome.files:
        _show(output)
        return
    for text in outcome.files or outcome.urls:
        click.echo(plain(text))
    for text in outcome.sources.values() if not outcome.files else ():
        click.echo(plain(text))
    if isinstance(output, Result) and not outcome.urls and not outcome.sources:
        say("the result names no files; this is what came")
        _show(output)


def _reply(reply: Any, outcome: CallOutcome, options: Options) -> None:
    outcome.result = _plain_value(reply)
    if isinstance(reply, Content):
        _save_content(reply, outcome, options)
    _print(reply, outcome, options)


def _show(reply: Any) -> None:
    """Print a reply for people: names and values; what is deeper is JSON."""
    value = _plain_value(reply)
    if isinstance(value, dict) and value:
        table([(str(name), words(item) if item is not None else "-") for name, item in value.items()])
    elif value is None:
        say("done")
    else:
        click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _plain_value(reply: Any) -> Any:
    if isinstance(reply, Result):
        return reply.raw
    if isinstance(reply, Content):
        return {"media_type": reply.media_type, "filename": reply.filename, "bytes": len(reply)}
    return reply.model_dump(mode="json", warnings=False) if hasattr(reply, "model_dump") else reply


def _title(service: str, operation: str, options: Options) -> str:
    path = " ".join(typed_path(service, operation))
    return f"offline: {path}" if options.offline else path
