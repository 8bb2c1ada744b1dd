"""`batch` checks all rows before any is paid, runs each once, and goes on where it was."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from wondergen._media import make
from wondergen._runtime.aio import primitives
from wondergen.batch import Batch, engine
from wondergen.batch.store import StoreFailed
from wondergen.cli.command_names import Code
from wondergen.cli.commands import batch as batch_command

from tests.chosen_operations import CREDITS, DIAGRAM, FILE, FROM_FILE, FROM_IMAGE, MASKED, VIDEO
from tests.package.cli.shell import Shell


def table(text: str) -> str:
    """Return a table with the columns that the operation requires besides."""
    head, *rows = text.splitlines(keepends=True)
    names, values = ("".join(f"{one}," for one in given) for given in (VIDEO.others, VIDEO.others.values()))
    return f"{names}{head}" + "".join(f"{values}{row}" for row in rows)


LENGTH, SHARP = VIDEO.choice("duration"), VIDEO.choice("resolution")
TABLE = table(
    f"key,prompt,duration,resolution\na,A fox,{LENGTH},{VIDEO.choices('resolution')[0]}\nb,A cat,,\n,A dog,,{SHARP}\n"
)
LINES = [
    {"key": "a", "operation": VIDEO.full, "arguments": VIDEO.body("A fox")},
    {"operation": DIAGRAM.full, "arguments": {"prompt": "sign in"}},
]


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    async def sleep(clock: Any, seconds: float) -> None:
        return None

    monkeypatch.setattr(primitives.AsyncClock, "sleep", sleep)


def write(shell: Shell, name: str, text: str) -> str:
    path = shell.folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def results(folder: Path) -> dict[str, Any]:
    lines = (folder / "results.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["key"]: row for row in map(json.loads, lines)}


def test_a_table_becomes_a_folder_of_files(shell: Shell) -> None:
    file, out = write(shell, "rows.csv", TABLE), shell.folder / "out"
    options = ("--operation", VIDEO.full, "-o", str(out), "--offline")
    result = shell("batch", file, *options)
    assert (result.exit_code, result.stdout) == (Code.DONE, "")
    assert "3 done" in result.stderr
    found = results(out)
    assert found.keys() >= {"a", "b"}
    assert {row["state"] for row in found.values()} == {"done"}
    assert {Path(path).name for row in found.values() for path in row["files"]} >= {"a-1.mp4", "b-1.mp4"}
    assert all(Path(path).is_file() for row in found.values() for path in row["files"])
    again = shell("batch", file, *options)
    assert again.exit_code == Code.DONE
    assert results(out) == found


def test_lines_of_json_may_be_of_several_services(shell: Shell) -> None:
    given = "\n".join(map(json.dumps, LINES))
    result = shell("batch", "-", "-o", str(shell.folder / "out"), "--offline", "--json", given=given)
    assert result.exit_code == Code.DONE
    assert json.loads(result.stdout)["states"] == {"done": 2}


def test_all_rows_are_checked_before_anything_is_made(shell: Shell) -> None:
    rows = [*LINES, {"operation": VIDEO.full, "arguments": VIDEO.body(7)}]
    rows += [{"key": "a", "operation": VIDEO.full, "arguments": VIDEO.body("A dog")}]
    file = write(shell, "rows.jsonl", "\n".join(map(json.dumps, rows)))
    result = shell("batch", file, "-o", str(shell.folder / "out"), "--offline")
    assert result.exit_code == Code.NOT_SENT
    assert f"{file}:3 /arguments/prompt: 7 is not text" in result.stderr
    assert not (shell.folder / "out").exists()


def test_a_key_of_two_requests_is_a_fault_of_the_file(shell: Shell) -> None:
    rows = [LINES[0], {**LINES[0], "arguments": VIDEO.body("A dog")}]
    result = shell("batch", "-", "--offline", given="\n".join(map(json.dumps, rows)))
    assert result.exit_code == Code.NOT_SENT
    assert "standard input:2: key: 'a' stands for another request at 1" in result.stderr


@pytest.mark.parametrize(
    "text, problem",
    [
        ("prompt\nA fox\n", ":1: there is no column 'operation'"),
        ("operation,prompt,prompt\nx,a,b\n", ":1: the column 'prompt' stands twice"),
        (f"operation,prompt\n{VIDEO.full}\n", ":2: has 1 cells"),
        ("operation,prompt\n", ": has no rows"),
        ('"operation"s,prompt\n', ":1: is not CSV: "),
        (f"operation,prompt,length\n{VIDEO.full},a,5\n", ":1: the column 'length' is not an argument here"),
        (f"operation,zzz\n{VIDEO.full},5\n", ":1: the column 'zzz' is not an argument here; there are "),
        (f"operation,prompt\n{CREDITS.full},\n", f":2: operation: '{CREDITS.full}' costs nothing"),
    ],
)
def test_a_fault_of_a_table_is_told_with_its_line(shell: Shell, text: str, problem: str) -> None:
    file = write(shell, "rows.csv", text)
    result = shell("batch", file, "--offline")
    assert result.exit_code == Code.NOT_SENT
    assert f"{file}{problem}" in result.stderr


def test_the_end_of_a_broken_run_claims_no_more_than_was_measured(shell: Shell, monkeypatch: Any) -> None:
    fault = StoreFailed("jobs.sqlite", OSError("disk full"))
    monkeypatch.setattr(Batch, "run", Mock(side_effect=fault))
    monkeypatch.setattr(Batch, "spent", Mock(return_value={"studio": 3.0}))
    monkeypatch.setattr(Batch, "counts", Mock(return_value={"done": 4, "later": 2, "running": 1, "waiting": 5}))
    result = shell("batch", write(shell, "rows.csv", TABLE), "--operation", VIDEO.full, "--offline")
    assert result.exit_code == Code.FAILED
    assert "at least 3 credits of studio were spent" in result.stderr
    assert "later: 2 of the rows were accepted" in result.stderr
    assert "8 rows are left" in result.stderr


def test_a_dry_run_counts_and_leaves_nothing_behind(shell: Shell) -> None:
    file = write(shell, "rows.csv", TABLE)
    out = str(shell.folder / "out")
    result = shell("batch", file, "--operation", VIDEO.full, "-o", out, "--dry-run", "--json")
    assert result.exit_code == Code.DONE
    plan = json.loads(result.stdout)
    assert plan == {
        "new": 3,
        "states": {"waiting": 3},
        "left": {VIDEO.full: {"rows": 3, "credits": None}},
    }
    assert not Path(out).exists()


def test_a_missing_key_is_told_and_costs_no_row(shell: Shell) -> None:
    file, out = write(shell, "rows.jsonl", json.dumps(LINES[0])), shell.folder / "out"
    result = shell("batch", file, "-o", str(out))
    assert result.exit_code == Code.NO_KEY
    assert next(iter(VIDEO.variables)) in result.stderr
    assert shell("batch", file, "-o", str(out), "--store", str(out / "jobs.sqlite"), "--offline").exit_code == Code.DONE


def test_that_no_budget_can_be_held_is_said(shell: Shell) -> None:
    given = json.dumps(LINES[0])
    result = shell("batch", "-", "-o", str(shell.folder), "--offline", "--budget", "5", given=given)
    assert f"no budget holds for {VIDEO.service}" in result.stderr


def test_a_result_line_that_a_crash_cut_off_is_written_anew(shell: Shell) -> None:
    out = shell.folder / "out"
    given = "\n".join(map(json.dumps, LINES))
    shell("batch", "-", "-o", str(out), "--offline", given=given)
    whole = (out / "results.jsonl").read_text(encoding="utf-8")
    (out / "results.jsonl").write_text(whole[: whole.index("\n") + 20], encoding="utf-8")
    shell("batch", "-", "-o", str(out), "--offline", given=given)
    lines = (out / "results.jsonl").read_text(encoding="utf-8").splitlines()
    readable = [json.loads(line)["key"] for line in lines if line.endswith("}")]
    assert len(readable) == len(set(readable)) == 2


def test_the_same_key_on_the_command_line_is_one_task(shell: Shell) -> None:
    made = [
        json.loads(
            shell(*VIDEO.words, "A fox", *VIDEO.options, "--offline", "--key", "k", "--json", "--no-save").stdout
        )
        for _ in range(2)
    ]
    assert made[0]["id"] == made[1]["id"]
    other = shell(*VIDEO.words, "A cat", *VIDEO.options, "--offline", "--key", "k")
    assert other.exit_code == Code.NOT_SENT
    assert "stands for another request" in other.stderr


def test_local_files_of_a_table_are_uploaded(shell: Shell) -> None:
    (shell.folder / "cat.png").write_bytes(make("png", width=640, height=480))
    path = shell.folder / "cat.png"
    table = f"operation,key,prompt,image\n{FROM_FILE.full},a,A cat,{path}\n"
    result = shell("batch", write(shell, "rows.csv", table), "-o", str(shell.folder / "out"), "--offline")
    assert result.exit_code == Code.DONE, result.stderr
    assert results(shell.folder / "out")["a"]["state"] == "done"


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_table_is_read_as_spreadsheets_write_it(shell: Shell, start: str, end: str, mark: str) -> None:
    rows = [
        ["key", "prompt", "duration"],
        ["a", '"A fox, two; three; four; five; six"', str(LENGTH)],
        ["b", "A cat", ""],
    ]
    cells = [[*VIDEO.others], *[[*map(str, VIDEO.others.values())]] * 2]
    text = start + "".join(mark.join(row + more) + end for row, more in zip(rows, cells, strict=True))
    (shell.folder / "rows.csv").write_bytes(text.encode())
    options = ("--operation", VIDEO.full, "-o", str(shell.folder / "out"), "--offline", "--dry-run")
    result = shell("batch", str(shell.folder / "rows.csv"), *options)
    assert result.exit_code == Code.DONE, result.stderr
    assert "2 new" in result.stderr


def test_a_line_of_results_that_was_cut_short_is_written_anew(shell: Shell) -> None:
    rows = [{**LINES[0], "key": key, "arguments": VIDEO.body("A\u2028fox")} for key in ("a", "c")]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\r\n" for row in rows)
    file, out = write(shell, "rows.jsonl", lines), shell.folder / "out"
    assert shell("batch", file, "-o", str(out), "--offline", "--no-save").exit_code == Code.DONE
    whole = (out / "results.jsonl").read_text(encoding="utf-8")
    (out / "results.jsonl").write_text(whole[:-20], encoding="utf-8", newline="")
    assert shell("batch", file, "-o", str(out), "--offline", "--no-save").exit_code == Code.DONE
    read = []
    for line in (out / "results.jsonl").read_text(encoding="utf-8").split("\n"):
        try:
            read.append(json.loads(line)["key"])
        except ValueError:
            continue
    assert sorted(read) == ["a", "c"]


def test_a_local_file_in_a_line_is_checked_by_its_bytes(shell: Shell) -> None:
    path = shell.folder / "cat.png"
    lines = json.dumps({"operation": FROM_FILE.full, "arguments": {"prompt": "a", "image": str(path)}})
    file = write(shell, "rows.jsonl", lines)
    path.write_bytes(b"GIF89a")
    refused = shell("check", file)
    assert refused.exit_code == Code.NOT_SENT
    assert "is gif, and must be one of" in refused.output
    path.write_bytes(make("png", width=640, height=480))
    assert shell("check", file).exit_code == Code.DONE
    assert shell("batch", file, "-o", str(shell.folder / "out"), "--offline").exit_code == Code.DONE


@pytest.mark.parametrize("name, text", [("a.json", "[]"), ("a.csv", "prompt\n"), ("a.csv", "prompt\n,\n\n")])
def test_a_file_without_rows_is_a_fault(shell: Shell, name: str, text: str) -> None:
    result = shell("batch", write(shell, name, text), "--operation", VIDEO.full, "--offline")
    assert result.exit_code == Code.NOT_SENT
    assert "has no rows" in result.stderr


def test_a_cell_may_be_as_long_as_a_text_of_json(shell: Shell) -> None:
    file = write(shell, "a.csv", table(f"prompt,key\n{'x' * 200_000},long\n"))
    result = shell("batch", file, "--operation", VIDEO.full, "--dry-run", "--offline")
    assert result.exit_code == Code.DONE
    assert "1 new" in result.stderr


def test_sigterm_ends_in_order_and_says_how_to_go_on(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def write_and_stop(out: Any, done: Any) -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    before = signal.getsignal(signal.SIGTERM)
    file = write(shell, "a.csv", table("prompt\n" + "".join(f"scene {number}\n" for number in range(9))))
    options = ("--operation", VIDEO.full, "-o", str(shell.folder / "out"), "--offline", "--at-once", "1")
    with monkeypatch.context() as patch:
        patch.setattr("wondergen.cli.commands.batch._write", write_and_stop)
        result = shell("batch", file, *options)
    assert result.exit_code == Code.STOPPED
    assert "of them paid for and to be collected at no cost; to go on:" in result.stderr
    assert signal.getsignal(signal.SIGTERM) is before
    again = shell("batch", file, *options)
    assert again.exit_code == Code.DONE
    assert len(results(shell.folder / "out")) == 9


def test_a_column_that_no_operation_has_is_one_fault_of_the_first_line(shell: Shell) -> None:
    file = write(shell, "rows.csv", "Key,prompt,Durations\na,A fox,5\nb,A cat,6\n")
    result = shell("batch", file, "--operation", VIDEO.full, "--offline", "--dry-run")
    assert result.exit_code == Code.NOT_SENT
    assert f"{file}:1: the column 'Key' is not an argument here; did you mean 'key'?\n" in result.stderr
    assert f"{file}:1: the column 'Durations' is not an argument here; did you mean 'duration'?\n" in result.stderr
    assert "2 faults; nothing was sent" in result.stderr


def test_a_fault_of_many_rows_is_said_once_with_their_places(shell: Shell) -> None:
    row = {"operation": VIDEO.full, "arguments": VIDEO.body("")}
    for name, text, place, others in (
        ("rows.jsonl", f"{json.dumps(row)}\n" * 14, ":1 /arguments/prompt", "2, 3, 4, 5, 6, 7, 8, 9, 10, 11"),
        ("rows.json", json.dumps([row] * 14), " /0/arguments/prompt", "/1, /2, /3, /4, /5, /6, /7, /8, /9, /10"),
    ):
        result = shell("batch", write(shell, name, text), "-o", str(shell.folder / "out"))
        assert result.exit_code == Code.NOT_SENT
        (line,) = [line for line in result.stderr.splitlines() if "/arguments/prompt" in line]
        assert f"{name}{place}: " in line
        assert line.endswith(f"(so in 13 rows more: {others} and 3 more)")


def test_a_local_file_without_an_uploader_is_said_in_words_of_the_command_line(shell: Shell) -> None:
    image = shell.folder / "cat.png"
    image.write_bytes(make("png"))
    file = write(shell, "rows.csv", f"prompt,init_image,mask_url\na,{image},{FILE}\nb,{image},{FILE}\n")
    result = shell("batch", file, "-o", str(shell.folder / "out"), "--operation", MASKED.full)
    how = "--upload-to or WONDERGEN_UPLOAD names an object store"
    assert (
        f"init_image: is a local file, and the client has no uploader: {how} (so in 1 row more: 3)\n" in result.stderr
    )


def test_a_file_that_is_not_there_and_a_rate_that_is_none_are_named(shell: Shell) -> None:
    result = shell(*FROM_IMAGE.words, "a", "--image", "no-such.png", "--offline")
    assert "--image: cannot be read: there is no file 'no-such.png'" in result.stderr
    file = write(shell, "rows.jsonl", json.dumps(LINES[0]))
    result = shell("batch", file, "-o", str(shell.folder / "out"), "--offline", "--rate", "fast")
    assert "rate: 'fast' is not a rate such as 20/s, 100/min or 500/h" in result.stderr


def test_an_option_that_cannot_be_is_named_before_any_row_is_read(shell: Shell) -> None:
    file = write(shell, "rows.jsonl", "no rows")
    result = shell("batch", file, "-o", str(shell.folder / "out"), "--offline", "--rate", "fast")
    assert result.exit_code == Code.NOT_SENT
    assert "rate: 'fast' is not a rate such as" in result.stderr
    assert "rows.jsonl" not in result.stderr


def test_a_column_that_an_operation_needs_is_one_fault_of_the_first_line(shell: Shell) -> None:
    file = write(shell, "rows.csv", "key\na\nb\n")
    result = shell("batch", file, "--operation", VIDEO.full, "--offline", "--dry-run")
    assert result.exit_code == Code.NOT_SENT
    assert f"{file}:1: there is no column 'prompt', which {VIDEO.full} needs\n" in result.stderr
    assert "is required" not in result.stderr


def test_rows_that_wait_though_they_are_paid_for_are_told_apart_and_so_are_those_that_were_collected(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stopped(own: engine.Engine, task: Any) -> None:
        own.stop()
        raise engine.Stopped

    file = write(shell, "a.csv", table("prompt\nA fox\nA cat\nA dog\n"))
    options = ("--operation", VIDEO.full, "-o", str(shell.folder / "out"), "--offline", "--json", "--at-once", "1")
    with monkeypatch.context() as patch:
        patch.setattr(engine.Engine, "_wait", stopped)
        result = shell("batch", file, *options)
    assert "3 rows are left, 1 of them paid for and to be collected at no cost; to go on:" in result.stderr
    assert json.loads(result.stdout)["paid_left"] == 1
    again = shell("batch", file, *options)
    assert "1 of the done rows were paid for before this run, which has collected their results" in again.stderr
    assert [json.loads(again.stdout)[name] for name in ("collected", "paid_left")] == [1, 0]


def test_to_go_on_after_a_used_budget_takes_a_larger_one(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(batch: Any, output: Path, store: str, values: dict[str, Any]) -> Code:
        batch.stopped = "the budget of 5 credits is used up: 5 spent of acme"
        return batch_command._finish(batch, output, store, values, Code.DONE)

    monkeypatch.setattr(batch_command, "_run", run)
    file = write(shell, "rows.jsonl", json.dumps(LINES[0]))
    result = shell("batch", file, "-o", str(shell.folder / "out"), "--offline", "--budget", "5")
    assert "--offline --budget MORE\n" in result.stderr


def test_rows_that_stand_twice_and_rows_of_another_file_are_said(shell: Shell) -> None:
    out = str(shell.folder / "out")
    options = ("--operation", VIDEO.full, "-o", out, "--offline", "--store", str(shell.folder / "s"))
    first = write(shell, "a.csv", table("key,prompt\na,A fox\nb,A cat\n"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("wondergen.cli.commands.batch._run", lambda *arguments: Code.DONE)  # broken off before it began
        assert shell("batch", first, *options).exit_code == Code.DONE
    other = write(shell, "b.csv", table("key,prompt\nb,A cat\nc,A dog\nc,A dog\n"))
    result = shell("batch", other, *options)
    assert "1 row stands more than once with the same key, and is run once" in result.stderr
    assert "1 of the rows that are left in the store are not in the file, and are run as well: a\n" in result.stderr
    assert results(shell.folder / "out").keys() == {"a", "b", "c"}
    again = shell("batch", first, *options)
    assert "not in the file" not in again.stderr


def test_where_a_row_has_changed_nothing_of_the_file_is_added_or_paid(shell: Shell) -> None:
    out = str(shell.folder / "out")
    options = ("--operation", VIDEO.full, "-o", out, "--offline")
    assert (
        shell("batch", write(shell, "a.csv", table("key,prompt\na,A fox\nb,A cat\n")), *options).exit_code == Code.DONE
    )
    changed = write(shell, "b.csv", table("prompt,key\nA dog,new\nA wolf,a\nA cat,b\n"))
    result = shell("batch", changed, *options)
    assert result.exit_code == Code.NOT_SENT
    assert "key: 'a' is in the batch with another request, of other values of prompt: give the row a" in result.stderr
    assert results(shell.folder / "out").keys() == {"a", "b"}
    reordered = write(shell, "c.csv", table("prompt,key\nA cat,b\nA dog,new\nA fox,a\n"))
    assert shell("batch", reordered, *options).exit_code == Code.DONE
    assert results(shell.folder / "out").keys() == {"a", "b", "new"}
