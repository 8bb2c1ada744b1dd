# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""`batch`: many paid calls from a file, each sent once, with files and results as they come."""

from __future__ import annotations

import json
import shlex
import signal
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any, TextIO

import click

from ..._runtime.database import is_postgres, printable_place
from ..._runtime.errors import InvalidRequest, MissingCredentials, WondergenError, plural
from ..._runtime.secret import stand_ins
from .. import batchfile, command_names, error_reports, requestfile, shared_options, upload_option
from ..command_names import Code
from ..connect import NoKey, missing_text
from ..progress import LiveCounts
from ..screen import NotSent, hint, plain, say, show_json, table
from ..shared_options import check_writable, make_folder

RESULTS = "results.jsonl"


def _batch(file: TextIO, **values: Any) -> None:
    from ...batch.table import check_options

    check_options(*(values[name] for name in ("rate", "at_once", "budget", "stop_after", "template")))
    values["file_name"] = file.name if file.name != "<stdin>" else "-"
    output = Path(values["output"])
    with ExitStack() as stack:
        uploader = stack.enter_context(upload_option.uploader(values["upload_to"], is_offline=values["offline"]))
        rows = _rows(file, values["operation"], has_uploader=uploader is not None)
        clients = stack.enter_context(
            _offline({str(row.operation).partition(".")[0] for row in rows}, values["offline"], uploader)
        )
        store = _store(values, output, stack)
        batch = stack.enter_context(_open(store, values, clients, uploader))
        is_new = batch.add_all((row.operation, row.arguments, row.key) for row in rows)
        _say_rows(batch, rows)
        _say_budget(batch, values["budget"])
        if values["dry_run"]:
            _show_plan(batch, is_new, values["as_json"])
            return
        check_writable(output)
        make_folder(output, "the results", "-o FOLDER")
        code = _run(batch, output, store, values)
    if code:
        raise click.exceptions.Exit(int(code))


def _rows(file: TextIO, operation: str | None, *, has_uploader: bool) -> list[batchfile.FileRow]:
    """Return the rows, or end with everything that is wrong with any of them. Nothing is sent by then."""
    name, text = requestfile.read_text(file)
    rows, faults = batchfile.read(text, is_csv=batchfile.looks_like_csv(name, text), operation=operation)
    rows = batchfile.with_local_files(rows)
    faults += batchfile.faults_of(rows, has_uploader=has_uploader)
    for fault in faults:
        click.echo(plain(f"{name}{fault}"), err=True)
    if faults:
        raise NotSent(f"{name}: {plural(len(faults), 'fault')}; nothing was sent")
    return rows


@contextmanager
def _offline(services: set[str], is_offline: bool, uploader: Any) -> Iterator[dict[str, Any]]:
    """Return makers of clients of the offline stand-in; none where the services themselves are meant."""
    if not is_offline:
        yield {}
        return
    from ..._catalog.index import client_class
    from ..._catalog.service_document import load
    from ..offline_option import upstream

    def maker(service: str, url: str) -> Any:
        keys = stand_ins(load(service).service)
        return lambda: client_class(service, is_async=True)(**keys, base_url=url, uploader=uploader)

    with upstream() as base_url:
        yield {service: maker(service, base_url(service)) for service in services}


def _store(values: dict[str, Any], output: Path, stack: ExitStack) -> str:
    option: str | None = values["store"]
    default = "offline-jobs.sqlite" if values["offline"] else "jobs.sqlite"
    place = option or str(output / default)
    if values["dry_run"] and not is_postgres(place) and not Path(place).exists():
        return str(Path(stack.enter_context(tempfile.TemporaryDirectory())) / default)
    if not is_postgres(place):
        make_folder(Path(place).parent, "the store", "--store FILE")
    return place


def _open(store: str, values: dict[str, Any], clients: dict[str, Any], uploader: Any) -> Any:
    from ...batch import Batch

    return Batch(
        store,
        at_once=values["at_once"],
        rate=values["rate"],
        budget=values["budget"],
        clients=clients,
        stop_after=values["stop_after"],
        template=values["template"],
        task_timeout=values["timeout"] or 3600.0,
        allow_hosts=values["allow_host"],
        uploader=uploader,
    )


def _say_rows(batch: Any, rows: list[batchfile.FileRow]) -> None:
    """Print which rows stand twice and are run once, and which are run although they do not stand in the file."""
    keys = {row.key for row in rows}
    if twice := len(rows) - len(keys):
        rows_stand, are = ("row stands", "is") if twice == 1 else ("rows stand", "are")
        say(f"{twice} {rows_stand} more than once with the same key, and {are} run once")
    if others := sorted(batch.keys_left() - keys):
        first = ", ".join(others[:3]) + (", …" if len(others) > 3 else "")
        say(f"{len(others)} of the rows that are left in the store are not in the file, and are run as well: {first}")
        hint("another --store keeps batches apart")


def _say_budget(batch: Any, budget: float | None) -> None:
    if budget is not None:
        if unmeasured := batch.unmeasured:
            say(f"no budget holds for {', '.join(unmeasured)}: no document describes how to ask for the credits there")
        say("the budget is measured by the balance, so other spending of the account counts as well")


def _show_plan(batch: Any, is_new: int, as_json: bool) -> None:
    """Print what a run would do, and what it should cost by the prices that were measured."""
    counts, estimate = batch.counts(), batch.estimate()
    if as_json:
        plan = {name: {"rows": count, "credits": credits} for name, (count, credits) in estimate.items()}
        show_json({"new": is_new, "states": counts, "left": plan})
        return
    rows = [(name, str(count), "?" if cost is None else f"{cost:g}") for name, (count, cost) in estimate.items()]
    table(rows, ("OPERATION", "ROWS LEFT", "CREDITS"))
    over = ", ".join(f"{count} {state}" for state, count in sorted(counts.items()))
    say(f"{is_new} new; in all {over or 'no rows'}; nothing was sent")
    if any(cost is None for _, cost in estimate.values()):
        hint("?: no price was measured yet. A run measures it by the balance, where the service tells one.")


def _run(batch: Any, output: Path, store: str, values: dict[str, Any]) -> Code:
    results = output / RESULTS
    counts: Counter[str] = Counter(batch.counts())
    progress = LiveCounts(total=sum(counts.values()), before=counts["done"], running=lambda: batch.running)
    code = Code.DONE
    try:
        _catch_up(batch, results)
        rows = batch.run(save=None if values["no_save"] else output, retry_failed=values["retry_failed"])
        with _stopped_by_sigterm(), progress, open(results, "a", encoding="utf-8") as out, closing(rows):
            for done in rows:
                _write(out, done)
                is_printed = done.error is not None and not values["as_json"]
                progress.note(done.state, f"{done.key}: {done.state}: {done.error}" if is_printed else None)
    except KeyboardInterrupt:
        code = Code.STOPPED
    except MissingCredentials as error:
        raise NoKey(missing_text(error)) from error
    except InvalidRequest as error:
        raise NotSent(str(error)) from error
    except OSError as error:
        say(f"{results}: cannot be written: {error.strerror or error}; the next run writes what is missing")
        code = Code.FAILED
    except WondergenError as error:
        code = error_reports.report(error)
    return _finish(batch, results, store, values, code)


@contextmanager
def _stopped_by_sigterm() -> Iterator[None]:
    """Let SIGTERM, by which services and containers are stopped, end the run in order as Ctrl-C does."""

    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():  # which alone can have handlers
        yield
        return
    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _finish(batch: Any, results: Path, store: str, values: dict[str, Any], code: Code) -> Code:
    """Print how the rows stand and how to go on; return the exit status."""
    try:
        counts = batch.counts()
    except WondergenError as error:
        return code or error_reports.report(error)
    _say_end(batch, counts, store, values, is_broken=code not in (Code.DONE, Code.STOPPED))
    if values["as_json"]:
        outcome = {"states": counts, "results": str(results), "spent": batch.spent(), "stopped": batch.stopped}
        show_json({**outcome, "collected": batch.collected, "paid_left": batch.paid_left()})
    if code:
        return code
    if counts.get("unknown"):
        return Code.UNKNOWN
    if counts.get("failed") or counts.get("later"):
        return Code.FAILED
    return Code.STILL_RUNNING if counts.get("waiting") else Code.DONE


def _catch_up(batch: Any, results: Path) -> None:
    """Write lines for rows that were done by a process which died before it wrote them, or by another worker."""
    states = {}
    if results.exists():
        lines = results.read_text(encoding="utf-8", errors="replace").split("\n")
        for line in lines:
            try:
                row = json.loads(line)
                states[row["key"]] = row["state"]
            except (ValueError, KeyError, TypeError):
                continue  # a line that was cut short is written anew
        if lines[-1]:  # the last line has no end: a process died while it wrote it
            with open(results, "a", encoding="utf-8") as out:
                out.write("\n")
    with open(results, "a", encoding="utf-8") as out:
        for done in batch.results():
            if states.get(done.key) != done.state:
                _write(out, done)


def _write(out: TextIO, done: Any) -> None:
    out.write(json.dumps(done.as_json(), ensure_ascii=False) + "\n")
    out.flush()


def _say_end(batch: Any, counts: dict[str, int], store: str, values: dict[str, Any], *, is_broken: bool) -> None:
    say(", ".join(f"{counts[state]} {state}" for state in sorted(counts)) or "no rows")
    if later := counts.get("later"):
        say(f"later: {later} of the rows were accepted, and their results are not there yet or their files not saved")
    if batch.stopped:
        say(f"ended before its rows did: {batch.stopped}")
    for service, credits in batch.spent().items():
        least = "at least " if is_broken else ""
        say(f"{least}{credits:g} credits of {service} were spent since the first run, by the balance")
        if is_broken:
            hint("the balance was not asked for at the end of this run")
    if batch.collected:
        say(f"{batch.collected} of the done rows were paid for before this run, which has collected their results")
    remaining = sum(counts.get(state, 0) for state in ("waiting", "running", "later"))
    is_used_up = bool(batch.stopped) and batch.stopped.startswith("the budget")
    command = _command(store, {**values, "budget": None} if is_used_up else values)
    if remaining:
        paid_count = batch.paid_left()
        say(f"{remaining} rows are left, {paid_count} of them paid for and to be collected at no cost; to go on:")
        hint(f"{command} --budget MORE" if is_used_up else command)
    if counts.get("failed"):
        hint(f"failed rows once more, each a new paid call: {command} --retry-failed")
    if counts.get("unknown"):
        say(f"{counts['unknown']} rows may have been accepted and are not sent again. Look at the account, then")
        hint("batch.resolve(key, task_id=...) or batch.forget(key) records the outcome of one")


def _command(store: str, values: dict[str, Any]) -> str:
    printable = printable_place(store) if is_postgres(store) else store
    parts = [command_names.PACKAGE, "batch", shlex.quote(values["file_name"]), "--store", shlex.quote(printable)]
    parts += ["-o", shlex.quote(values["output"])]
    for name, usual in (("operation", None), ("rate", None), ("budget", None), ("at_once", 10), ("upload_to", None)):
        if values[name] != usual:
            parts += [f"--{name.replace('_', '-')}", shlex.quote(str(values[name]))]
    parts += [f"--{name.replace('_', '-')}" for name in ("no_save", "offline") if values[name]]
    return " ".join(parts)


command = click.Command(
    "batch",
    callback=_batch,
    params=[
        click.Argument(["file"], type=click.File(encoding="utf-8")),
        click.Option(
            ["operation", "--operation"], metavar="NAME", help="SERVICE.NAME of a table without such a column."
        ),
        click.Option(
            ["store", "--store"], metavar="PLACE", help="SQLite file or postgresql:// URL. Default: jobs.sqlite in -o."
        ),
        click.Option(["output", "-o", "--output"], metavar="FOLDER", default=".", help="Where files and results go."),
        click.Option(["at_once", "--at-once"], type=int, default=10, metavar="N", help="Rows at a time. Default: 10."),
        click.Option(["rate", "--rate"], metavar="RATE", help="Paid requests to each service: 20/s, 100/min, 500/h."),
        click.Option(["budget", "--budget"], type=float, metavar="CREDITS", help="Credits to spend at most."),
        click.Option(["stop_after", "--stop-after"], type=int, metavar="N", help="End after so many failed rows."),
        click.Option(
            ["template", "--template"],
            default="{key}-{index}{suffix}",
            metavar="TEXT",
            help="Names of files, of {key} {index} {suffix} {number} {operation} {task}.",
        ),
        click.Option(["retry_failed", "--retry-failed"], is_flag=True, help="Failed rows once more, each paid anew."),
        click.Option(["dry_run", "--dry-run"], is_flag=True, help="Check and count the rows; send nothing."),
        click.Option(["no_save", "--no-save"], is_flag=True, help="Save no files."),
        shared_options.ALLOW_HOST,
        click.Option(
            ["timeout", "--timeout"], type=float, metavar="SECONDS", help="To wait for one task. Default: 3600."
        ),
        shared_options.UPLOAD_TO,
        shared_options.AS_JSON,
        shared_options.offline("Use the offline stand-in: no key, no credits."),
    ],
    help="Run the requests in FILE, each paid for once; - is standard input.\n\n"
    'FILE is JSON Lines with a request {"key": "...", "operation": "SERVICE.NAME", "arguments": {...}} a line, a JSON '
    "list of them, or CSV with a column for each argument. All rows are checked before anything is paid. A line of "
    "results.jsonl has the outcome of each row. Run it again after a stop or a crash: it continues, and "
    "rows that may have been accepted are never sent again.",
)
