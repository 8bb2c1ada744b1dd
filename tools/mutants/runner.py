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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.mutants.mutant import Mutant

WORKERS = 2
PARTS = ("codegen", "generated", "specs", "tests", "pyproject.toml")
PRELOADED = (
    "asyncio sqlite3 ssl httpx hypothesis jsonschema pydantic referencing respx "
    "jinja2 jsonpath markdown_it openapi_spec_validator yaml"
)
"""What takes long to import and is not a part of the project."""
SHORTEST_LIMIT = 20.0
PATIENCE = 5.0
"""Times the duration of the unmutated tests, until a mutant is said to hang."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one mutant."""

    mutant: Mutant
    outcome: str
    """noticed, survived, or error: then the tool is at fault, not the tests."""
    by: str
    """The test that failed first."""
    seconds: float


class NotSound(Exception):
    """The tests fail without any mutant, so that nothing can be said."""


def run(
    root: Path, mutants: Sequence[Mutant], progress: Callable[[Result], object], parts: Sequence[str] = PARTS
) -> list[Result]:
    """Return every mutant against its tests, in the order given. Raises NotSound."""
    by_id = {mutant.id: mutant for mutant in mutants}
    assert len(by_id) == len(mutants), "two mutants with one id"
    found: dict[str, Result] = {}
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        first = Path(folder) / "1"
        copy_project(root, first, parts)
        tests = sorted({test for mutant in mutants for test in mutant.tests})
        durations = baseline(first, tests, any(mutant.is_checked for mutant in mutants))
        trees = [first, *(Path(folder) / str(number) for number in range(2, WORKERS + 1))]
        for tree in trees[1:]:
            shutil.copytree(first, tree, symlinks=True)
        jobs = [_job(mutant, durations) for mutant in mutants]
        for answer in work(trees, jobs):
            result = Result(by_id[answer["id"]], answer["outcome"], answer["by"], answer["seconds"])
            found[result.mutant.id] = result
            progress(result)
    return [found[mutant.id] for mutant in mutants]


def _job(mutant: Mutant, durations: Mapping[str, float]) -> dict[str, Any]:
    seconds = sum(durations[test] for test in mutant.tests)
    return {
        "id": mutant.id,
        "files": dict(mutant.files()),
        "tests": list(mutant.tests),
        "check": mutant.is_checked,
        "limit": max(SHORTEST_LIMIT, PATIENCE * seconds),
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


def baseline(tree: Path, tests: Sequence[str], is_checked: bool) -> dict[str, float]:
    """Return how long each test file takes without a mutant. Leaves compiled files behind, which make the rest fast."""
    jobs = [{"id": test, "files": {}, "tests": [test], "warm": True, "limit": 600.0} for test in tests]
    if is_checked:
        jobs.append({"id": "codegen check", "files": {}, "tests": [], "check": True, "limit": 600.0})
    answers = list(work([tree] * WORKERS, jobs))
    bad = [
        f"{answer['id']}: {answer['by'] or answer['outcome']}" for answer in answers if answer["outcome"] != "survived"
    ]
    if bad:
        raise NotSound("\n".join(sorted(bad)))
    return {answer["id"]: answer["seconds"] for answer in answers}


def work(trees: Sequence[Path], jobs: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the answers to all jobs, as they come. One process a tree."""
    waiting, answers = deque(jobs), deque[dict[str, Any]]()
    with ExitStack() as stack:
        workers = [stack.enter_context(_started(tree)) for tree in trees]
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


def _serve(worker: subprocess.Popen[str], waiting: deque[Mapping[str, Any]], answers: deque[dict[str, Any]]) -> None:
    assert worker.stdin is not None
    assert worker.stdout is not None
    while True:
        try:
            job = waiting.popleft()
        except IndexError:
            return
        worker.stdin.write(json.dumps(job) + "\n")
        worker.stdin.flush()
        answers.append(json.loads(worker.stdout.readline()))


@contextmanager
def _started(tree: Path) -> Iterator[subprocess.Popen[str]]:
    """Start a worker in a tree. `-P`: not with this package's folder on its path."""
    script = Path(__file__).with_name("worker.py")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    worker = subprocess.Popen(
        [sys.executable, "-P", str(script), str(tree), *PRELOADED.split()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    try:
        yield worker
    finally:
        worker.terminate()
        worker.wait()
        for pipe in (worker.stdin, worker.stdout):
            if pipe is not None:
                pipe.close()
