"""The command line as a test types it: in this process, or in one of its own."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result
from wondergen.cli.program import program

from codegen import paths
from tests import catalog_values
from tests.chosen_operations import credentials

KEYS = {variable: "fake-key" for name in catalog_values.services() for variable in credentials(name).values()}
PACKAGE = "wondergen"


class Shell:
    """A folder of its own for state, and no key unless a test sets one."""

    def __init__(self, folder: Path, environment: Mapping[str, str | None]) -> None:
        self.folder = folder
        self.environment = dict(environment)

    def __call__(self, *words: str, given: str | None = None, **environment: str) -> Result:
        """Run a command in this process, in a folder of its own."""
        runner = CliRunner(env={**self.environment, **environment})
        with contextlib.chdir(self.folder):
            return runner.invoke(program(), list(words), input=given, prog_name=PACKAGE)

    def process(self, *words: str, code: str | None = None, **options: Any) -> subprocess.Popen[str]:
        """Start a command in a process of its own."""
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
        process = subprocess.Popen(
            [sys.executable, *(("-m", PACKAGE) if code is None else ("-c", code)), *words],
            env=self._whole(),
            cwd=self.folder,
            text=True,
            encoding=self.environment.get("PYTHONIOENCODING") or "utf-8",
            **pipes,
        )
        watch = threading.Timer(60, process.kill)  # where a test waits for a line that never comes
        watch.daemon = True
        watch.start()
        return process

    def finished(self, *words: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run a command in a process of its own to its end."""
        process = self.process(*words, stdin=subprocess.PIPE)
        out, err = process.communicate(given, timeout=60)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def python(self, code: str) -> subprocess.CompletedProcess[str]:
        """Run a program of Python to its end."""
        process = self.process(code=code)
        out, err = process.communicate(timeout=60)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def _whole(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        stated = {name: value for name, value in self.environment.items() if value is not None}
        return {**kept, "PYTHONPATH": str(paths.ROOT / "generated"), "PYTHONIOENCODING": "utf-8", **stated}
