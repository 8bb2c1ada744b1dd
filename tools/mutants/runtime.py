"""The files of the runtime, the copies of each, and the tests that may notice a change of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from codegen.python.output import formatted
from codegen.sync_codegen import BY_HAND, derive_sync
from tools.mutants.mutant import Mutant, SourceChange
from tools.mutants.source import PythonSource

RUNTIME = "codegen/package/_runtime"
COPY = "generated/wondergen/_runtime"

NEAR = ("tests/package/_runtime",)
OTHERS = tuple(
    f"tests/package/{name}"
    for name in "test_paid_tasks.py test_client_arguments.py callbacks upload batch/test_batch.py".split()
)
"""The tests of the runtime, and those of the whole client: of these the runner takes what runs a changed line."""


def files(root: Path) -> list[str]:
    """Return the files of the runtime that are written by hand and say more than names and versions."""
    folder = root / RUNTIME
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.py"))
    return [name for name in names if not name.startswith("sync/") and not name.endswith(("__init__.py", "version.py"))]


def everywhere(root: Path, file: str, text: str) -> dict[str, str]:
    """Return a changed file of the runtime where it is written and where it is copied to, the sync side included."""
    texts = {f"{RUNTIME}/{file}": text}
    copies = {f"{COPY}/{file}": text}
    if file.startswith("aio/") and file.removeprefix("aio/") not in BY_HAND:
        name = f"package/_runtime/sync/{file.removeprefix('aio/')}"
        sync = formatted({name: derive_sync(text, file)})[name]  # else each other line of it would count as changed
        copies |= {f"{folder}/sync/{file.removeprefix('aio/')}": sync for folder in (COPY, RUNTIME)}
    for path, copy in copies.items():
        head, _, _ = (root / path).read_text(encoding="utf-8").partition("\n")
        texts[path] = f"{head}\n{copy}"
    return texts


def mutant_of(root: Path, file: str, source: PythonSource, found: SourceChange) -> tuple[str, Mutant]:
    """Return a change of a file as a mutant, with the stem of its id."""
    stem = f"{found.operator.replace(': ', '-')}/{file.removesuffix('.py')}/{found.subject}"
    texts = partial(_changed, root, file, source, found)
    path = f"{RUNTIME}/{file}"
    return stem, Mutant("", found.operator, path, found.line, found.what, texts, (*NEAR, *OTHERS), is_swappable=True)


def _changed(root: Path, file: str, source: PythonSource, found: SourceChange) -> dict[str, str]:
    return everywhere(root, file, source.apply(found.edits))
