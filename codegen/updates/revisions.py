"""Catalogs by name: a folder, one document, or what git has of one at a revision."""

from __future__ import annotations

import posixpath
import re
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from codegen import paths, yamlio
from codegen.catalog.diff import load_catalog
from codegen.faults import Fault, InputFault

DEFAULT = "specs/openapi"
"""Where a revision has its catalog."""
_REFERENCE = re.compile(r"""\$ref['"]?\s*:\s*['"]?([^'"#\s]+)""")
EVIDENCE = "specs/evidence"
"""Where it has the claims behind the catalog."""


def catalog(name: str, *, evidence: bool = False) -> dict[str, dict[str, Any]]:
    """Return service → document of a folder, a document, a revision (`HEAD~1`) or a path in one (`v1.2:specs`).

    With `evidence`, what stands in the folder `evidence` beside that of the documents goes with each of them.
    """
    path = Path(name)
    if path.exists():
        return _load(path, evidence=evidence)
    revision, _, place = name.partition(":")
    commit = resolve(revision)
    if commit is None:
        problem = "is neither a path nor a revision of this repository"
        remedy = "name a folder of OpenAPI documents, one document, HEAD~1, v1.2, or REVISION:specs/openapi"
        raise InputFault(Fault(name, "", problem, remedy))
    with tempfile.TemporaryDirectory(prefix="codegen-") as scratch:
        folder = export(commit, place or DEFAULT, Path(scratch))
        if evidence and list(_files(commit, EVIDENCE)):
            export(commit, EVIDENCE, Path(scratch))
        try:
            return _load(folder, evidence=evidence)
        except InputFault as error:
            label = f"{revision}:{place or DEFAULT}"
            raise InputFault(
                replace(fault, file=fault.file.replace(folder.as_posix(), label)) for fault in error.faults
            ) from None


def _load(path: Path, *, evidence: bool) -> dict[str, dict[str, Any]]:
    catalog_read = load_catalog(path)
    folder = (path if path.is_dir() else path.parent).parent / "evidence"
    for name, document in catalog_read.items() if evidence and folder.is_dir() else ():
        if (file := folder / f"{name}.yaml").is_file():
            beside = yamlio.load(file)
            document["x-claims"] = beside.get("facts")
            document["x-disagreements"] = beside.get("disagreements")
    return catalog_read


def resolve(revision: str) -> str | None:
    """Return the commit that a revision names; None where it names none, or this is not a repository."""
    if not revision or revision.startswith("-"):
        return None
    process = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return process.stdout.decode().strip() if process is not None and process.returncode == 0 else None


def export(commit: str, place: str, target: Path) -> Path:
    """Write one file or folder of a commit below `target`, and return where it is. Raises InputFault.

    The files that a document refers to are written too, wherever in the commit they are.
    """
    names = list(_files(commit, place))
    if not names:
        remedy = "name the folder that had the OpenAPI documents then: REVISION:FOLDER"
        raise InputFault(Fault(f"{commit[:12]}:{place}", "", "is not in that revision", remedy))
    files = frozenset(_files(commit, "."))
    written: set[str] = set()
    while names:
        name = names.pop()
        if name not in written:
            written.add(name)
            content = _content(commit, name)
            file = target / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            names += files.intersection(_references(name, content))
    return target / place


def _content(commit: str, name: str) -> bytes:
    blob = _git("cat-file", "blob", f"{commit}:{name}")
    if blob is None or blob.returncode != 0:
        raise InputFault(Fault(f"{commit[:12]}:{name}", "", "cannot be read", "fetch the whole repository"))
    return blob.stdout


def _references(name: str, content: bytes) -> Iterator[str]:
    """Yield the files that a document may refer to, as paths in its repository."""
    for match in _REFERENCE.finditer(content.decode("utf-8", "replace")):
        yield posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(match[1])))


def _files(commit: str, place: str) -> Iterator[str]:
    output = _git("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit, "--", place)
    if output is not None and output.returncode == 0:
        yield from (name for name in output.stdout.decode("utf-8", "replace").split("\0") if name)


def _git(*arguments: str) -> subprocess.CompletedProcess[bytes] | None:
    """Run git in the repository; None where there is no git."""
    try:
        return subprocess.run(["git", "-C", str(paths.ROOT), *arguments], capture_output=True, check=False)
    except OSError:
        return None
