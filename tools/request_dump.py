"""Dump every request that the contract tests of a checkout send, and compare two such dumps.

    python -m tools.request_dump write ROOT FILE        ROOT: the folder of a checkout, of this revision or an older one
    python -m tools.request_dump compare OLD NEW        exit status 1 where a request is in one of them only

A request is its method, URL, headers in their order and body. Tests are renamed; so the requests are compared without
their tests, which are listed with what differs.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import respx

_FILE = "REQUEST_DUMP"
Dump = Mapping[str, Sequence[str]]
"""Request as JSON → the tests that send it."""


class RequestDump:
    """Notes what reaches the stubs of respx during each test."""

    def __init__(self) -> None:
        self.requests: defaultdict[str, list[str]] = defaultdict(list)
        self._test = ""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Note which test is run."""
        self._test = nodeid

    def record(self, request: httpx.Request) -> None:
        """Note a request."""
        headers = [f"{name.decode('latin-1')}: {value.decode('latin-1')}" for name, value in request.headers.raw]
        facts = [request.method, str(request.url), headers, request.read().decode(errors="backslashreplace")]
        tests = self.requests[json.dumps(facts)]
        if self._test not in tests:
            tests.append(self._test)


def pytest_configure(config: pytest.Config) -> None:
    """Record, as a plugin of the checkout's pytest."""
    recorder = RequestDump()
    config.pluginmanager.register(recorder)
    resolver = respx.Router.resolver

    @contextmanager
    def recording(self: respx.Router, request: httpx.Request) -> Iterator[Any]:
        recorder.record(request)
        with resolver(self, request) as reference:
            yield reference

    respx.Router.resolver = recording  # type: ignore[method-assign]

    def write() -> None:
        Path(os.environ[_FILE]).write_text(json.dumps(recorder.requests, indent=0, sort_keys=True), encoding="utf-8")

    config.add_cleanup(write)


def write(root: Path, file: Path) -> int:
    """Run the contract tests of a checkout and write what they send. Return pytest's exit status."""
    folder = str(Path(__file__).resolve().parent)
    environment = {**os.environ, "PYTHONPATH": folder, _FILE: str(file.resolve())}
    command = [sys.executable, "-m", "pytest", "-q", "-p", Path(__file__).stem, "-p", "no:cacheprovider"]
    return subprocess.run([*command, "generated/contract_tests"], cwd=root, env=environment).returncode


def differences(old: Dump, new: Dump) -> Iterator[str]:
    """Yield the requests that only one dump has, each with its tests."""
    for sign, one, other in (("-", old, new), ("+", new, old)):
        for request in sorted(one.keys() - other.keys()):
            method, url, headers, body = json.loads(request)
            yield "\n".join([f"{sign} {method} {url}", *(f"    {line}" for line in (*headers, body, *one[request]))])


def compare(old: Dump, new: Dump) -> int:
    """Print the differences and how many requests are in both. Return 1 where there are differences or no requests."""
    lines = list(differences(old, new))
    print("\n".join([*lines, f"{len(old)} requests, {len(new)} requests, {len(old.keys() & new.keys())} in both"]))
    return 1 if lines or not old else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or compare."""
    parser = argparse.ArgumentParser(prog="python -m tools.request_dump", description=__doc__)
    parser.add_argument("verb", choices=("write", "compare"))
    parser.add_argument("first", type=Path, metavar="ROOT|OLD")
    parser.add_argument("second", type=Path, metavar="FILE|NEW")
    options = parser.parse_args(arguments)
    if options.verb == "write":
        return write(options.first, options.second)
    old, new = (json.loads(path.read_text(encoding="utf-8")) for path in (options.first, options.second))
    return compare(old, new)


if __name__ == "__main__":
    sys.exit(main())
