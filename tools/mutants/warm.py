"""Runs mutants in forks of one process that has imported and collected all tests: a mutant costs its tests, no imports.

A mutant of a function is put in the place of the function's code in every object that has it, and into its files too,
for what the tests import later or in processes of their own. Started with the tree, the folders whose lines count,
and the tests. The first line it writes is {"tests", "imported"}; then it reads one job a line:

- {"id", "trace": [test, …]} → {"id", "tests": {test: {"seconds", "failed", "lines": {file: [line, …]}}}}
- {"id", "files", "tests": [[test, longest seconds], …]} → {"id", "outcome", "by", "seconds"}
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import resource
import signal
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest

from tools.mutants.worker import LARGEST_MEMORY, applied

OPTIONS = (
    "--disable-plugin-autoload -q -p no:cacheprovider --no-header --tb=line -o tmp_path_retention_policy=none".split()
)
NOTICED = 3
Lines = dict[str, set[int]]
CodeKey = tuple[str, int]
"""Qualified name, and which of that name in its file: a property has two or three."""


class LineTrace:
    """Notes which lines run, of files in some folders."""

    def __init__(self, root: Path, folders: Sequence[str]) -> None:
        self._prefixes = tuple(f"{root}/{folder}/" for folder in folders)
        self._root = len(f"{root}/")
        self._counts: dict[str, bool] = {}
        self._complete: set[int] = set()
        self._lines_of: dict[int, set[int | None]] = {}
        self._lines: defaultdict[str, set[int]] = defaultdict(set)

    def start(self) -> None:
        """Note lines from now on, in all threads that start in the meantime too."""
        threading.settrace(self._called)
        sys.settrace(self._called)

    def stop(self) -> None:
        """Note no more lines."""
        sys.settrace(None)
        threading.settrace(None)

    def taken(self) -> dict[str, list[int]]:
        """Return the lines since the last time, by file."""
        found = {name[self._root :]: sorted(lines) for name, lines in self._lines.items()}
        self._lines = defaultdict(set)
        self._complete = set()
        return found

    def _called(self, frame: FrameType, event: str, argument: object) -> Any:
        code = frame.f_code
        name = code.co_filename
        counts = self._counts.get(name)
        if counts is None:
            counts = self._counts[name] = name.startswith(self._prefixes)
        if not counts or id(code) in self._complete:
            return None
        lines = self._lines[name]
        lines.add(frame.f_lineno)

        def ran(frame: FrameType, event: str, argument: object) -> Any:
            if event == "line":
                lines.add(frame.f_lineno)
            elif event == "return" and lines >= self._all_lines(code):
                self._complete.add(id(code))  # nothing new can come from it, and tracing is slow
            return ran

        return ran

    def _all_lines(self, code: CodeType) -> set[int | None]:
        if id(code) not in self._lines_of:
            self._lines_of[id(code)] = {line for _, _, line in code.co_lines() if line}
        return self._lines_of[id(code)]


class Loop:
    """Takes the place of pytest's loop over the tests."""

    def __init__(self, root: Path, folders: Sequence[str], jobs: int, answers: int) -> None:
        self._root = root
        self._jobs = os.fdopen(jobs)
        self._answers = os.fdopen(answers, "w")
        self._trace = LineTrace(root, folders)
        self._items: dict[str, pytest.Item] = {}
        self._functions: dict[str, dict[CodeKey, list[FunctionType]]] = {}
        self._first_failure = ""
        self._trace.start()  # what runs while the tests are imported, those of conftest.py before the others

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note which test failed first."""
        if report.failed and not self._first_failure:
            self._first_failure = report.nodeid

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Do the jobs."""
        self._trace.stop()
        self._items = {item.nodeid: item for item in session.items}
        self._functions = functions_by_file(self._root)
        self._say({"tests": list(self._items), "imported": self._trace.taken()})
        gc.collect()
        gc.freeze()
        for line in self._jobs:
            job = json.loads(line)
            self._say({"id": job["id"], **(self._traced(job["trace"]) if "trace" in job else self._tried(job))})
        return True

    def _say(self, answer: Mapping[str, Any]) -> None:
        self._answers.write(json.dumps(answer) + "\n")
        self._answers.flush()

    def _traced(self, tests: Sequence[str]) -> dict[str, Any]:
        def work(file: int) -> int:
            found = {}
            for test, following in zip(tests, [*tests[1:], None], strict=True):
                self._first_failure = ""
                start = time.monotonic()
                self._trace.start()
                self._run(test, following)
                self._trace.stop()
                seconds = time.monotonic() - start
                found[test] = {"seconds": seconds, "failed": self._first_failure, "lines": self._trace.taken()}
            with os.fdopen(file, "w") as output:
                json.dump(found, output)
            return 0

        code, text = forked(work)
        return {"tests": json.loads(text) if code == 0 else {}}

    def _tried(self, job: Mapping[str, Any]) -> dict[str, Any]:
        def work(file: int) -> int:
            for name, text in job["files"].items():
                swap(self._functions.get(name, {}), self._root / name, text)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            tests = [test for test, _ in job["tests"]]
            for (test, seconds), following in zip(job["tests"], [*tests[1:], None], strict=True):
                os.pwrite(file, test.encode().ljust(1000), 0)
                signal.setitimer(signal.ITIMER_REAL, seconds)
                self._run(test, following)
                if self._first_failure:
                    return NOTICED
            return 0

        start = time.monotonic()
        with applied(self._root, job["files"]):
            code, last = forked(work)
        outcome = "noticed" if code else "survived"
        why = {0: "", NOTICED: "", -signal.SIGALRM: ": it hangs"}.get(code, f": ends with {code}")
        by = f"{last.strip()}{why}" if code else ""
        return {"outcome": outcome, "by": by, "seconds": time.monotonic() - start}

    def _run(self, test: str, following: str | None) -> None:
        item = self._items[test]
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=self._items[following] if following else None)


def functions_by_file(root: Path) -> dict[str, dict[CodeKey, list[FunctionType]]]:
    """Return every function there is whose code is of a file of the tree, by its key."""
    gc.unfreeze()  # what a conftest.py has frozen is in no list of objects
    keys: dict[str, dict[CodeType, CodeKey]] = {}
    found: dict[str, dict[CodeKey, list[FunctionType]]] = {}
    for each in gc.get_objects():
        if type(each) is not FunctionType or not each.__code__.co_filename.startswith(f"{root}/"):
            continue
        path = Path(each.__code__.co_filename)
        name = path.relative_to(root).as_posix()
        if name not in keys:
            keys[name] = {code: key for key, code in codes(compiled(path, path.read_text(encoding="utf-8"))).items()}
        if each.__code__ in keys[name]:
            found.setdefault(name, {}).setdefault(keys[name][each.__code__], []).append(each)
    return found


def compiled(path: Path, text: str) -> CodeType:
    """Return the code of a module."""
    return compile(text, str(path), "exec", dont_inherit=True)


def codes(module: CodeType) -> dict[CodeKey, CodeType]:
    """Return all code in a module by its key."""
    codes: dict[CodeKey, CodeType] = {}
    waiting = [module]
    while waiting:
        inner = [constant for constant in waiting.pop(0).co_consts if isinstance(constant, CodeType)]
        waiting += inner
        for code in inner:
            number = sum(name == code.co_qualname for name, _ in codes)
            codes[code.co_qualname, number] = code
    return codes


def swap(functions: Mapping[CodeKey, Sequence[FunctionType]], path: Path, text: str) -> None:
    """Give the functions of a file the code that they have in another text of it."""
    new = codes(compiled(path, text))
    for key, objects in functions.items():
        code = new.get(key)
        for each in objects:
            if code is not None and code != each.__code__ and len(code.co_freevars) == len(each.__code__.co_freevars):
                each.__code__ = code


def forked(work: Callable[[int], int]) -> tuple[int, str]:
    """Do work in a child with a group of its own, which ends with it. Return its exit code and what it wrote."""
    with tempfile.TemporaryFile() as output:
        child = os.fork()
        if child == 0:
            code = 1
            try:
                os.setsid()
                resource.setrlimit(resource.RLIMIT_AS, (LARGEST_MEMORY, LARGEST_MEMORY))
                os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
                # What a mutant leaves compiled, the next of its size is taken for.
                sys.dont_write_bytecode = True
                os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
                code = work(os.dup(output.fileno()))
            finally:
                os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        output.seek(0)
        return code, output.read().decode(errors="replace")


def main(arguments: Sequence[str]) -> None:
    """Collect the tests and do the jobs."""
    root, folders, *tests = Path(arguments[0]).resolve(), arguments[1], *arguments[2:]
    jobs, answers = os.dup(0), os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.chdir(root)
    scratch = root.with_name(f"{root.name}-scratch")  # of its own: pytest clears what other runs leave
    options = [*OPTIONS, f"--basetemp={scratch}", f"--rootdir={root}", "-c", str(root / "pyproject.toml"), *tests]
    pytest.main(options, plugins=[Loop(root, folders.split(","), jobs, answers)])
