"""Plain operators on the lines of the generator: what reads documents, settles the catalog and writes Python.

The nearest tests come first. Where none of them notices, `codegen check` has the last word: what is committed was made
by this generator, so a wrong one makes something else of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tools.mutants.lines import changes
from tools.mutants.mutant import Mutant, SourceChange
from tools.mutants.source import PythonSource

SAMPLE = 240
"""Of some thousands, where nobody asks for more."""
PACKAGES = ("catalog", "contracts", "documents", "python")
"""The folders of the generator. The tests of each stand in the folder of `tests` that has its name."""
UNCHECKED = "codegen/documents/"
"""`codegen check` reads the committed claims, not the documents that they were read from."""
CHECKED = ("codegen/documents/claims.py", "codegen/documents/importer.py")


def generator_mutants(root: Path) -> Iterator[tuple[str, Mutant]]:
    """Yield every mutant of every line of the generator, with the stem of its id."""
    for package in PACKAGES:
        for path in sorted((root / "codegen" / package).rglob("*.py")):
            name = path.relative_to(root).as_posix()
            source = PythonSource(path.read_text(encoding="utf-8"))
            for found in changes(source):
                operator = found.operator.replace("line: ", "generator: ")
                stem = f"{operator.replace(': ', '-')}/{name.removesuffix('.py')}/{found.subject}"
                files = partial(_changed, name, source, found)
                checked = name in CHECKED or not name.startswith(UNCHECKED)
                yield stem, Mutant("", operator, name, found.line, found.what, files, tests_of(name), checked)


def _changed(name: str, source: PythonSource, found: SourceChange) -> dict[str, str]:
    return {name: source.apply(found.edits)}


def tests_of(name: str) -> tuple[str, ...]:
    """Return the tests that concern a file of the generator, those of its own folder first."""
    folder = name.split("/")[1]
    return tuple(f"tests/{other}" for other in dict.fromkeys((folder, "python")))
