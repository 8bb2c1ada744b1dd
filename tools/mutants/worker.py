"""Runs mutants one after the other in a scratch tree, each in a fork that has the heavy imports already.

Started with the tree and what to import beforehand. Reads one job a line from standard input and writes one result a
line: {"id", "outcome", "by", "seconds"}.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

LARGEST_MEMORY = 16 * 1024**3
"""Of addresses, not of pages: a test with hundreds of threads reserves much and uses little."""
OPTIONS = "--disable-plugin-autoload -x -q -p no:cacheprovider --no-header --tb=line".split()
HUNG = 124
CHECK_SECONDS = 120.0
"""A check that takes longer hangs. It takes a tenth of that."""


def main(arguments: Sequence[str]) -> None:
    """Run the jobs."""
    root = Path(arguments[0]).resolve()
    os.chdir(root)
    for name in arguments[1:]:
        importlib.import_module(name)
    for line in sys.stdin:
        job = json.loads(line)
        start = time.monotonic()
        with applied(root, job["files"]):
            outcome, by = staged(root, job)
        print(json.dumps({"id": job["id"], "outcome": outcome, "by": by, "seconds": time.monotonic() - start}))
        sys.stdout.flush()


@contextlib.contextmanager
def applied(root: Path, files: Mapping[str, str]) -> Iterator[None]:
    """Change the files, and put them back. Their times change too, so that no compiled file is taken for theirs."""
    kept: dict[Path, tuple[bytes, os.stat_result]] = {}
    try:
        for name, text in files.items():
            path = root / name
            kept[path] = path.read_bytes(), path.stat()
            path.write_text(text, encoding="utf-8")
            os.utime(path, (kept[path][1].st_atime, kept[path][1].st_mtime + 10))
        yield
    finally:
        for path, (content, times) in kept.items():
            path.write_bytes(content)
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def staged(root: Path, job: Mapping[str, Any]) -> tuple[str, str]:
    """Return the nearest tests first and by themselves: most mutants end there, before the others are even collected.

    `codegen check` comes last: it takes longest.
    """
    first, rest = job["tests"][:1], job["tests"][1:]
    outcome = "survived", ""
    for stage in (first, rest):
        if stage and outcome[0] == "survived":
            outcome = forked(root, {**job, "tests": stage, "check": False})
    if job.get("check") and outcome[0] == "survived":
        outcome = forked(root, {**job, "limit": CHECK_SECONDS})
    return outcome


def forked(root: Path, job: Mapping[str, Any]) -> tuple[str, str]:
    """Run the job in a child with a group of its own, which ends with it: outcome, and what noticed it."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as output_file:
        child = os.fork()
        if child == 0:
            os.setsid()
            resource.setrlimit(resource.RLIMIT_AS, (LARGEST_MEMORY, LARGEST_MEMORY))
            for descriptor in (1, 2):
                os.dup2(output.fileno(), descriptor)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            if not job.get("warm"):
                # What a mutant leaves compiled, here or in a process of its tests, the next of its size is taken for.
                sys.dont_write_bytecode = True
                os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
            code = 1
            try:
                code = check(root, output_file.fileno()) if job.get("check") else tests(root, job, output_file.fileno())
            finally:
                os._exit(code)
        code = waited(child, job["limit"])
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        output_file.seek(0)
        output.seek(0)
        by = output_file.read().decode(errors="replace")
        if code == HUNG:
            return "noticed", "it hangs"
        if code == int(pytest.ExitCode.OK):
            return "survived", ""
        if code == int(pytest.ExitCode.NO_TESTS_COLLECTED):
            return "error", "no test was found"
        return "noticed", by or output.read()[-300:].decode(errors="replace")


def waited(child: int, limit: float) -> int:
    """Return the exit code of a child; HUNG where it takes too long and is ended."""
    end = time.monotonic() + limit
    pause = 0.005
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(pause)
        pause = min(pause * 1.5, 0.1)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return HUNG


class FirstFailure:
    """Tells which test failed first."""

    def __init__(self, output_file: int) -> None:
        self._report: int | None = output_file

    def _tell(self, what: str) -> None:
        if self._report is not None:
            os.write(self._report, what.encode())
            self._report = None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note that a test, or its preparation, failed."""
        if report.failed:
            self._tell(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note that a module cannot be imported."""
        if report.failed:
            self._tell(f"{report.nodeid} (import)")


def tests(root: Path, job: Mapping[str, Any], output_file: int) -> int:
    """Return the exit code of pytest on the tests of the job."""
    arguments = [*OPTIONS, "--rootdir", str(root), "-c", str(root / "pyproject.toml"), *job["tests"]]
    if job.get("warm"):
        arguments.remove("-x")
    return int(pytest.main(arguments, plugins=[FirstFailure(output_file)]))


def check(root: Path, output_file: int) -> int:
    """Return 1 where `codegen check` finds something stale or wrong: the first finding is enough."""
    sys.path.insert(0, str(root))
    from codegen.faults import InputFault
    from codegen.staleness import stale

    try:
        found = next(stale(None), None)
    except InputFault as error:
        os.write(output_file, f"codegen check: {error.faults[0]}".encode()[:300])
        return 1
    if found is not None:
        os.write(output_file, f"codegen check: stale {found.splitlines()[0]}".encode()[:300])
    return 0 if found is None else 1
