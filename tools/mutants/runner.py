"""A scratch copy of the project, worked on by two processes; nothing is changed in place."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from tools.mutants.mutant import Mutant
from tools.mutants.results import Result
from tools.mutants.selection import ExecutedLines, KeptLines

Worker = subprocess.Popen[str]
Job = Callable[[], dict[str, Any]]
"""Makes what a worker is sent, or the answer, when it is due: the texts of thousands of mutants are large."""
WORKERS = 2
PARTS = ("codegen", "generated", "specs", "docs", "llms.txt", "tests", "pyproject.toml")
PRELOADED = (
    "asyncio sqlite3 ssl httpx hypothesis jsonschema pydantic referencing respx "
    "jinja2 jsonpath markdown_it openapi_spec_validator yaml"
)
"""What takes long to import and is not a part of the project."""
SHORTEST_LIMIT = 20.0
PATIENCE = 5.0
"""Times the duration of the unmutated tests, until a mutant is said to hang."""
SHORTEST_TEST = 15.0
TEST_PATIENCE = 20.0
"""The same for a single test."""


class NotSound(Exception):
    """The tests fail without any mutant, so that nothing can be said."""


def run(
    root: Path,
    mutants: Sequence[Mutant],
    progress: Callable[[Result], object],
    parts: Sequence[str] = PARTS,
    workers: int = WORKERS,
    lines: Path | None = None,
) -> list[Result]:
    """Return every mutant against its tests, in the order given. Raises NotSound.

    `lines` keeps which test runs which line: to find out takes minutes, and holds while nothing changes.
    """
    by_id = {mutant.id: mutant for mutant in mutants}
    assert len(by_id) == len(mutants), "two mutants with one id"
    results: dict[str, Result] = {}

    def note(answer: Mapping[str, Any]) -> None:
        result = Result(by_id[answer["id"]], answer["outcome"], answer["by"], answer["seconds"])
        results[result.mutant.id] = result
        progress(result)

    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        trees = _copied(root, Path(folder), parts, workers)
        swappable = [mutant for mutant in mutants if mutant.is_swappable]
        cold = {mutant.id: mutant.tests for mutant in mutants if not mutant.is_swappable}
        executed, kept = ExecutedLines(root), KeptLines(lines, trees[0])
        for answer in swapped(trees, swappable, executed, kept) if swappable else ():
            if answer["outcome"] == "cold":
                cold[answer["id"]] = answer["tests"]
            elif answer["outcome"] == "survived" and by_id[answer["id"]].is_checked:
                cold[answer["id"]] = ()
            else:
                note(answer)
        tests = {test for names in cold.values() for test in names} - executed.seconds.keys()
        is_checked = any(by_id[name].is_checked for name in cold)
        durations = executed.seconds | baseline(trees, sorted(tests), is_checked)
        jobs = [partial(_job, by_id[name], tests, durations) for name, tests in cold.items()]
        for answer in work([_cold(tree) for tree in trees], jobs):
            note(answer)
    return [results[mutant.id] for mutant in mutants]


def _copied(root: Path, folder: Path, parts: Sequence[str], workers: int) -> list[Path]:
    """Copy the project once for each worker."""
    trees = [folder / str(number) for number in range(1, workers + 1)]
    copy_project(root, trees[0], parts)
    for tree in trees[1:]:
        shutil.copytree(trees[0], tree, symlinks=True)
    return trees


def swapped(
    trees: Sequence[Path], mutants: Sequence[Mutant], lines: ExecutedLines, kept: KeptLines
) -> Iterator[dict[str, Any]]:
    """Yield the answers to mutants of functions, each tried by the tests that run its lines; "cold" for the others."""
    tests = sorted({test for mutant in mutants for test in mutant.tests})
    files = {mutant.path: mutant for mutant in mutants}
    folders = sorted({name.rpartition("/")[0] for mutant in files.values() for name in mutant.files()})
    commands = [_warm(tree, folders, tests) for tree in trees]
    with ExitStack() as stack:
        workers = [stack.enter_context(_started(command)) for command in commands]
        first, *_ = [_answer(worker) for worker in workers]
        lines.add_imported(first["imported"])
        by_file: dict[str, list[str]] = {}
        for test in first["tests"]:
            by_file.setdefault(test.partition("::")[0], []).append(test)
        for file, names in by_file.items():
            lines.add(kept.of(file, names))
        waiting = {file: names for file, names in by_file.items() if not kept.of(file, names)}
        for answer in answers_of(workers, [partial(_trace, file, names) for file, names in waiting.items()]):
            lines.add(answer["tests"])
            kept.add(answer["id"], answer["tests"])
        if lines.failed or len(lines.seconds) < len(first["tests"]):
            missing = [test for test in first["tests"] if test not in lines.seconds]
            raise NotSound("\n".join(sorted([*lines.failed, *missing])))
        by_id = {mutant.id: mutant for mutant in mutants}
        for answer in answers_of(workers, [partial(_swap, mutant, lines) for mutant in mutants]):
            if answer["outcome"] == "noticed":
                lines.add_noticed(by_id[answer["id"]], answer["by"])
            yield answer


def _trace(file: str, tests: Sequence[str]) -> dict[str, Any]:
    return {"id": file, "trace": tests}


def _swap(mutant: Mutant, lines: ExecutedLines) -> dict[str, Any]:
    """Return the job of a mutant, or the answer where it is none of this kind."""
    files = dict(mutant.files())
    if not lines.is_swappable(files):
        return {"id": mutant.id, "outcome": "cold", "tests": lines.tests_for_import(mutant, files) or mutant.tests}
    tests = [(test, SHORTEST_TEST + TEST_PATIENCE * lines.seconds[test]) for test in lines.tests_for(mutant, files)]
    if not tests:
        return {"id": mutant.id, "outcome": "survived", "by": "", "seconds": 0.0}
    return {"id": mutant.id, "files": files, "tests": tests}


def _job(mutant: Mutant, tests: Sequence[str], durations: Mapping[str, float]) -> dict[str, Any]:
    return {
        "id": mutant.id,
        "files": dict(mutant.files()),
        "tests": list(tests),
        "check": mutant.is_checked,
        "limit": max(SHORTEST_LIMIT, PATIENCE * sum(durations[test] for test in tests)),
    }


def copy_project(root: Path, target: Path, parts: Sequence[str]) -> None:
    """Copy what the tests need, without anything compiled."""
    for part in parts:
        source = root / part
        if source.is_dir():
            shutil.copytree(source, target / part, ignore=shutil.ignore_patterns("__pycache__", ".hypothesis"))
        else:
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target / part)


def baseline(trees: Sequence[Path], tests: Sequence[str], is_checked: bool) -> dict[str, float]:
    """Return how long each test file takes without a mutant. Leaves compiled files behind, which make the rest fast."""
    jobs = [{"id": test, "files": {}, "tests": [test], "warm": True, "limit": 600.0} for test in tests]
    if is_checked:
        jobs.append({"id": "codegen check", "files": {}, "tests": [], "check": True, "limit": 600.0})
    answers = list(work([_cold(trees[0])] * len(trees), [partial(dict, job) for job in jobs]))
    bad = [
        f"{answer['id']}: {answer['by'] or answer['outcome']}" for answer in answers if answer["outcome"] != "survived"
    ]
    if bad:
        raise NotSound("\n".join(sorted(bad)))
    return {answer["id"]: answer["seconds"] for answer in answers}


def work(commands: Sequence[Sequence[str]], jobs: Sequence[Job]) -> Iterator[dict[str, Any]]:
    """Yield the answers to all jobs, as they come, from a process for each command."""
    with ExitStack() as stack:
        yield from answers_of([stack.enter_context(_started(command)) for command in commands] if jobs else [], jobs)


def answers_of(workers: Sequence[Worker], jobs: Sequence[Job]) -> Iterator[dict[str, Any]]:
    """Yield the answers of these workers to all jobs, as they come."""
    waiting, answers = deque(jobs), deque[dict[str, Any]]()
    threads = [threading.Thread(target=_serve, args=(worker, waiting, answers)) for worker in workers]
    for thread in threads:
        thread.start()
    given = 0
    while given < len(jobs):
        while answers:
            given += 1
            yield answers.popleft()
        if not any(thread.is_alive() for thread in threads) and not answers and given < len(jobs):
            raise RuntimeError("the workers ended before the jobs did")
        time.sleep(0.02)
    for thread in threads:
        thread.join()


def _serve(worker: Worker, waiting: deque[Job], answers: deque[dict[str, Any]]) -> None:
    assert worker.stdin is not None
    while True:
        try:
            job = waiting.popleft()()
        except IndexError:
            return
        if "outcome" not in job:
            worker.stdin.write(json.dumps(job) + "\n")
            worker.stdin.flush()
            job = _answer(worker)
        answers.append(job)


def _answer(worker: Worker) -> dict[str, Any]:
    assert worker.stdout is not None
    answer: dict[str, Any] = json.loads(worker.stdout.readline())
    return answer


def _cold(tree: Path) -> list[str]:
    """Return the command of a worker that imports the project for every job."""
    return _worker("worker", tree, PRELOADED.split())


def _warm(tree: Path, folders: Sequence[str], tests: Sequence[str]) -> list[str]:
    """Return the command of a worker that has imported all tests."""
    return _worker("warm", tree, [",".join(folders), *tests])


def _worker(module: str, tree: Path, arguments: Sequence[str]) -> list[str]:
    """Return the command of a worker. This repository comes last on its path: what it tests is the scratch tree."""
    repository = str(Path(__file__).resolve().parents[2])
    start = f"import sys; sys.path.append({repository!r}); from tools.mutants.{module} import main; main(sys.argv[1:])"
    return [sys.executable, "-P", "-c", start, str(tree), *arguments]


@contextmanager
def _started(command: Sequence[str]) -> Iterator[Worker]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    pipe = subprocess.PIPE
    worker = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment)
    try:
        yield worker
    finally:
        worker.terminate()
        worker.wait()
        for stream in (worker.stdin, worker.stdout):
            if stream is not None:
                stream.close()
