"""What is made once in a run and used by all its workers."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from codegen import assemble, paths
from codegen.python.read import read_catalog

LIBRARY = "library_of_the_tests"
LIBRARY_DOCUMENTS = {
    "clock": "tests/package/testing/plain.yaml",
    "library": "tests/package/testing/plain.yaml",
    "painter": "tests/python/mini.yaml",
    "render": "tests/package/testing/render.yaml",
    "studio": "tests/package/testing/studio.yaml",
    "tasks": "tests/package/testing/plain.yaml",
}
"""Service → its document. One is called like a part of the test kit, one like a command."""


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that the first worker to need it makes. The others wait and take it as it is."""
    base = factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = base / name
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            make(folder)
    return folder


def type_checked(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run `mypy --strict` in a folder with what `make types` has found out, one after the other: they write it, too."""
    cache = paths.ROOT / ".mypy_cache"
    cache.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "mypy", "--strict", f"--cache-dir={cache}", *arguments]
    with (cache / "tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@contextmanager
def importable(folder: Path) -> Iterator[None]:
    """Make what is in a folder importable."""
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))


def package_of(documents: Mapping[str, str], name: str, folder: Path) -> None:
    """Generate a package of documents of this repository, each service at a host of its own."""
    catalog = folder.with_name(f"{folder.name}-catalog")
    catalog.mkdir()
    for service, source in documents.items():
        text = (paths.ROOT / source).read_text(encoding="utf-8")
        (catalog / f"{service}.yaml").write_text(text.replace("library.", f"{service}."), encoding="utf-8")
    assemble.write(assemble.package_files(read_catalog(catalog, name, "1.2.3")), folder)
