"""Source → files on disk: formatted, parsed again, held against what generated code consists of, swapped in at once."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from ruff import find_ruff_bin  # type: ignore[import-untyped]

from codegen.faults import Fault, InputFault
from codegen.trees import read_text, write_text

_PART = re.compile(r"[A-Za-z0-9_.][A-Za-z0-9_.-]{0,120}")
_RUFF = ["--isolated", "--no-cache", "--quiet", "--line-length", "120", "--target-version", "py311"]
_HAND_WRITTEN = (
    "_runtime",
    "_catalog",
    "_media",
    "testing",
    "offline",
    "cli",
    "mcp",
    "batch",
    "upload.py",
    "callbacks.py",
    "__main__.py",
)
"""What in the package is a copy: it is not an output of templates."""
_COPIED = "_runtime"
"""A copy through and through: nothing of a document is in it, and ruff has parsed it."""
_STATEMENTS = (ast.Import, ast.ImportFrom, ast.ClassDef, ast.FunctionDef, ast.Assign, ast.AnnAssign)
"""What a generated module consists of at its top, besides docstrings and `if TYPE_CHECKING`."""


class Malformed(Exception):
    """The generator produced code that is not allowed. This is a fault of the generator, not of the input."""


def formatted(files: Mapping[str, str]) -> dict[str, str]:
    """Format with ruff, imports in order and unused ones gone. Raises Malformed."""
    _check_paths(files)
    with tempfile.TemporaryDirectory(prefix="codegen-") as scratch:
        root = Path(scratch).resolve()
        _lay_out(files, root)
        # To its tests the package is what it is to everyone: something installed. Wherever it lies, it sorts the same.
        ours = ", ".join(f'"{name}"' for name in sorted({path.partition("/")[0] for path in files}))
        order = ["--select", "I,F401", "--config", f"lint.isort.known-third-party = [{ours}]"]
        _ruff(root, "check", "--fix", *order, "--per-file-ignores", "**/_runtime/**:F401")
        models = [path for path in files if path.endswith(("/models.py", "/arguments.py"))]
        if models:
            # What stands on three lines only for its last comma goes back on one.
            _ruff(root, "format", "--config", "format.skip-magic-trailing-comma = true", *models, every=False)
        _ruff(root, "format")
        result = {path: read_text(root / path) for path in sorted(files)}
    for path, source in result.items():
        if path.endswith(".py") and path.split("/")[1] != _COPIED:
            _check_source(path, source)
    return result


def _check_paths(files: Iterable[str]) -> None:
    for path in files:
        parts = path.split("/")
        if len(parts) < 2 or any(not _PART.fullmatch(part) or set(part) == {"."} for part in parts):
            raise Malformed(f"{path!r} is not a path of the output")
    folded = [path.casefold() for path in files]
    if len(set(folded)) != len(folded):
        raise Malformed("two files differ in case alone")


def _lay_out(files: Mapping[str, str], root: Path) -> None:
    for path, source in files.items():
        target = root / PurePosixPath(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        write_text(target, source)


def _ruff(root: Path, verb: str, *arguments: str, every: bool = True) -> None:
    # The folder is passed as the working directory: which modules are first-party depends on nothing else.
    command = [find_ruff_bin(), verb, *_RUFF, *arguments, *(["."] if every else [])]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        raise Malformed(f"ruff {verb}: {(run.stdout + run.stderr).strip()[:2000]}")


def _check_source(path: str, source: str) -> None:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError) as error:
        raise Malformed(f"{path}: does not parse: {error}") from None
    if path.startswith("contract_tests/") or path.split("/")[1] in _HAND_WRITTEN:
        return
    for node in tree.body:
        if not (isinstance(node, _STATEMENTS) or _is_expected(node)):
            raise Malformed(f"{path}:{node.lineno}: has a statement that generated code never has")


def _is_expected(node: ast.stmt) -> bool:
    """Return whether a statement is a docstring, `if TYPE_CHECKING`, or a call of model_rebuild()."""
    if isinstance(node, ast.If):
        return ast.unparse(node.test) in {"TYPE_CHECKING", "not TYPE_CHECKING"}
    if not isinstance(node, ast.Expr):
        return False
    return isinstance(node.value, ast.Constant) or bool(re.fullmatch(r"\w+\.model_rebuild\(\)", ast.unparse(node)))


def replace(files: Mapping[str, str], output: Path, marker: str) -> None:
    """Put each top-level folder of `files` in the place of the old one. Nothing is written before all can be."""
    folders = sorted({path.partition("/")[0] for path in files})
    _check_target(output, folders, marker)
    output.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".generating-", dir=output))
    try:
        _lay_out(files, staging / "new")
        (staging / "old").mkdir()
        _swap(output, staging, folders)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _check_target(output: Path, folders: list[str], marker: str) -> None:
    faults = []
    for place in (output, *(output / folder for folder in folders)):
        if place.is_symlink():
            faults.append(Fault(str(place), "", "is a symbolic link", "name the folder itself"))
        elif place.exists() and not place.is_dir():
            faults.append(Fault(str(place), "", "is a file", "name a folder"))
    for folder in folders:
        place = output / folder
        if place.is_dir() and not place.is_symlink() and any(place.iterdir()) and not (place / marker).is_file():
            problem = f"was not made by the generator (it has no {marker})"
            faults.append(Fault(str(place), "", problem, "choose another folder, or remove it"))
    if faults:
        raise InputFault(faults)


def _swap(output: Path, staging: Path, folders: list[str]) -> None:
    """Move the old folders out and the new ones in; on any failure everything goes back."""
    done: list[str] = []
    try:
        for folder in folders:
            if (output / folder).exists():
                (output / folder).rename(staging / "old" / folder)
            done.append(folder)
            (staging / "new" / folder).rename(output / folder)
    except BaseException:
        for folder in done:
            if (output / folder).exists():
                (output / folder).rename(staging / "new" / folder)
            if (staging / "old" / folder).exists():
                (staging / "old" / folder).rename(output / folder)
        raise
