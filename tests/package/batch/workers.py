"""Processes that run a batch and may be killed. One that has everything imported makes a child for each."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

_NURSERY = """
import json, logging, os, sys
from wondergen._runtime import owner
from wondergen.batch import Batch, engine, registry
from wondergen.batch import store as store_module
import wondergen._runtime.aio.client, sqlite3
from tests.chosen_operations import PICTURE, VIDEO
for one in (PICTURE, VIDEO):
    one.async_client(**one.keys)

def live(store, url, save, options):
    def client(name, uploader=None):
        if name == PICTURE.service:
            return PICTURE.async_client(**PICTURE.keys, base_url=url, max_retries=1)
        return VIDEO.async_client(**VIDEO.keys, base_url=url, max_retries=1)
    registry.make_client = client
    engine.backoff = lambda tries, hint: 0.02
    if (machine := options.pop("machine", None)) is not None:
        owner._machine = lambda: machine
    if (silent := options.pop("silent", None)) is not None:
        store_module.SILENT_SECONDS, engine.HEARTBEAT_SECONDS = silent, silent / 6
    batch = Batch(store, first_interval=0.005, max_interval=0.05, **options)
    for done in batch.run(save=save):
        pass
    batch.close()

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            live(*json.loads(line))
            code = 0
        except BaseException:
            import traceback
            traceback.print_exc()
        finally:
            os._exit(code)
    print(child, flush=True)
    if os.environ.get("TOGETHER") != "1":
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Nursery:
    """Makes processes that run a batch: one after the other, or with `together` several at a time."""

    def __init__(self, *, together: bool = False) -> None:
        self._together = together
        root = Path(__file__).parents[3]
        environment = {**os.environ, "PYTHONPATH": str(root / "generated"), "TOGETHER": "1" if together else "0"}
        self._process = subprocess.Popen(
            [sys.executable, "-c", _NURSERY],
            cwd=root,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(60)

    def start(self, store: str, url: str, save: str | None, **options: Any) -> int:
        """Start a run; return its process id.

        `machine`: the name of another machine that it is to be taken for. `silent`: seconds after which a worker that
        is not heard of is taken for dead.
        """
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([store, url, save, options]) + "\n")
        self._process.stdin.flush()
        return self._number()

    def ended(self) -> int:
        """Wait for a run to end; return its exit status."""
        return self._number()

    def _number(self) -> int:
        assert self._process.stdout is not None
        return int(self._process.stdout.readline())


def kill(process: int) -> None:
    """End a process as nothing can be done about."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
