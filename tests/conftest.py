"""What tests of several folders share: certificates, and a package that is made of documents of no vendor."""

from __future__ import annotations

import functools
import gc
import os
import signal
import ssl
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.shared import LIBRARY, LIBRARY_DOCUMENTS, importable, made_once, package_of

# To read all certificates takes longer than most tests, and whatever they call is on this machine.
ssl.create_default_context = functools.cache(ssl.create_default_context)  # type: ignore[assignment]

# A shell without job control starts background jobs with SIGINT ignored, and programs that tests start inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

MEMORY = Path("/dev/shm")
ENOUGH_MEMORY = 4 * 2**30
"""Bytes: several times what a run of all tests writes."""

# What tests write is thrown away, and they write what has to reach the disk: in memory they wait for no disk.
if "TMPDIR" not in os.environ and MEMORY.is_dir() and os.access(MEMORY, os.W_OK):
    free = os.statvfs(MEMORY)
    if free.f_bavail * free.f_frsize >= ENOUGH_MEMORY:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None

# No test measures time: a loaded machine takes longer than the 200 ms of the default.
hypothesis.settings.register_profile("without_deadline", deadline=None)
hypothesis.settings.load_profile("without_deadline")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Keep the garbage collector away from what is collected: it would search all tests again and again."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session", autouse=True)
def _no_plugins_of_others() -> Iterator[None]:
    """Keep a pytest that a test starts from loading every plugin that is installed: that takes it a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
        yield


@pytest.fixture(scope="session")
def library_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the importable folder of the package `LIBRARY`, which the extras are tried on beside the real one."""
    folder = made_once(tmp_path_factory, "library", lambda path: package_of(LIBRARY_DOCUMENTS, LIBRARY, path))
    with importable(folder):
        yield folder
