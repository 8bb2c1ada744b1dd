"""What the generated contract tests prove: the rows of their tables, each with the places in the document it proves.

Run as a process of its own, because the tests of one folder are imported by name:
`python -m codegen.updates.contract_cases`.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from codegen import paths
from codegen.contracts.coverage import SUITE


def tables(service: str, folder: Path) -> list[tuple[str, list[str]]]:
    """Return each row of the tables of a service: file and table, and the pointers that it proves."""
    if not (folder / SUITE / service).is_dir():
        return []
    command = [sys.executable, "-m", "codegen.updates.contract_cases", service, str(folder)]
    process = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=False)
    return [(where, pointers) for where, pointers in json.loads(process.stdout)] if process.returncode == 0 else []


def _read(service: str, folder: Path) -> Iterator[tuple[str, list[str]]]:
    sys.path.insert(0, str(folder))
    seen: set[int] = set()
    for path in sorted((folder / SUITE / service).glob("*.py")):
        if path.stem == "conftest":
            continue
        module = importlib.import_module(f"{SUITE}.{service}.{path.stem}")
        for name, table in _tables(module):
            for row, pointers in _rows(table):
                if id(row) not in seen:
                    seen.add(id(row))
                    yield f"{folder.name}/{SUITE}/{service}/{path.name} {name}", pointers


def _tables(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """Yield the tables of a module: its own, and those of the test classes that it defines."""
    for name, value in vars(module).items():
        if not isinstance(value, type):
            yield name, value
        elif value.__module__ == module.__name__:
            # The table of calls begins with the smallest one; `poll` is the endpoint of another operation.
            yield from ((key, table) for key, table in vars(value).items() if key not in {"smallest", "poll"})


def _rows(value: Any) -> Iterator[tuple[object, list[str]]]:
    """Yield each row that proves something, with the pointers that it proves."""
    if isinstance(value, (tuple, dict)):
        for row in value.values() if isinstance(value, dict) else value:
            yield from _rows(row)
    elif isinstance(pointers := getattr(value, "proves", ()), tuple) and pointers:
        yield value, list(pointers)


if __name__ == "__main__":
    print(json.dumps(list(_read(sys.argv[1], Path(sys.argv[2])))))
