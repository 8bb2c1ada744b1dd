"""Plain operators on the lines of the generator: what reads documents, settles the catalog and writes Python.

The nearest tests come first. Where none of them notices, `codegen check` has the last word: what is committed was made
by this generator, so a wrong one makes something else of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from mutants.lines import changes
from mutants.mutant import Change, Mutant
from mutants.source import Source

SAMPLE = 240
"""Of some thousands, where nobody asks for more."""
_RECONCILE = "catalog/reconcile/test_record.py catalog/reconcile"
_DOCUMENTS = "documents/test_record.py documents"
_PYTHON = (
    "python/test_record.py python/test_signatures.py python/test_replies.py python/test_output.py "
    "python/test_faults.py python/test_package.py python/test_docs.py proofs"
)
CONCERNED: Mapping[str, str] = {
    "codegen/catalog/diff": "catalog/diff/test_record.py catalog/diff",
    "codegen/catalog/lint": "catalog/lint",
    "codegen/catalog/overlay.py": "catalog/overlay",
    "codegen/catalog/nodes.py": f"{_RECONCILE} catalog/lint",
    "codegen/catalog/pointers.py": f"{_RECONCILE} catalog/overlay catalog/lint",
    "codegen/catalog": _RECONCILE,
    "codegen/documents": _DOCUMENTS,
    "codegen/python/names.py": f"python/test_names.py {_PYTHON}",
    "codegen/python/text.py": f"python/test_text.py {_PYTHON}",
    "codegen/python/twin.py": "runtime/twin",
    "codegen/python/proofs": "python/test_record.py proofs",
    "codegen/python": _PYTHON,
}
"""File or folder → its tests, the nearest first. What comes first and fits is taken."""
UNCHECKED = "codegen/documents/"
"""`codegen check` reads the committed claims, not the documents that they were read from."""
CHECKED = ("codegen/documents/claims.py", "codegen/documents/importer.py")


def generator_mutants(root: Path) -> Iterator[tuple[str, Mutant]]:
    """Every mutant of every line of the generator, with the stem of its id."""
    for package in ("catalog", "documents", "python"):
        for path in sorted((root / "codegen" / package).rglob("*.py")):
            name = path.relative_to(root).as_posix()
            source = Source(path.read_text(encoding="utf-8"))
            for found in changes(source):
                operator = found.operator.replace("line: ", "generator: ")
                stem = f"{operator.replace(': ', '-')}/{name.removesuffix('.py')}/{found.subject}"
                files = partial(_changed, name, source, found)
                checked = name in CHECKED or not name.startswith(UNCHECKED)
                yield stem, Mutant("", operator, name, found.line, found.what, files, tests_of(name), checked)


def _changed(name: str, source: Source, found: Change) -> dict[str, str]:
    return {name: source.apply(found.edits)}


def tests_of(name: str) -> tuple[str, ...]:
    """The tests that a file of the generator concerns."""
    tests = next(tests for place, tests in CONCERNED.items() if f"{name}/".startswith(f"{place}/"))
    return tuple(f"tests/{test}" for test in tests.split())
