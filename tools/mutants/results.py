"""The outcome of each mutant, and the file that keeps outcomes so that a run can be stopped and resumed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tools.mutants.mutant import Mutant


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of one mutant."""

    mutant: Mutant
    outcome: str
    """noticed, survived, or error: then the tool is at fault, not the tests."""
    by: str
    """The test that failed first."""
    seconds: float


class ResultsFile:
    """One JSON line a result. A result holds while the mutated file, and for survivors the tests, stay the same."""

    def __init__(self, root: Path, path: Path) -> None:
        self._path = path
        self._root = root
        self._text = cache(lambda name: (root / name).read_bytes())
        self._tests = cache(self._digest_of_tests)

    def known(self, mutants: Iterable[Mutant]) -> list[Result]:
        """Return the results that still hold. A line that a killed run left incomplete is ignored."""
        found: dict[str, dict[str, str]] = {}
        for line in self._path.read_text(encoding="utf-8").splitlines() if self._path.exists() else ():
            if line.endswith("}"):
                kept = json.loads(line)
                found[kept["key"]] = kept
        results = []
        for mutant in mutants:
            kept = found.get(self._key(mutant))
            if kept and (kept["outcome"] == "noticed" or kept["tests"] == self._tests(mutant.tests)):
                results.append(Result(mutant, kept["outcome"], kept["by"], float(kept["seconds"])))
        return results

    def add(self, result: Result) -> None:
        """Append a result."""
        kept = {
            "key": self._key(result.mutant),
            "tests": self._tests(result.mutant.tests),
            "path": result.mutant.path,
            "what": result.mutant.what,
            "outcome": result.outcome,
            "by": result.by,
            "seconds": round(result.seconds, 2),
        }
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(kept, ensure_ascii=False) + "\n")

    def _key(self, mutant: Mutant) -> str:
        digest = hashlib.sha256(self._text(mutant.path) + mutant.what.encode()).hexdigest()[:16]
        return f"{mutant.id} {digest}"

    def _digest_of_tests(self, tests: Sequence[str]) -> str:
        files = {
            file
            for test in tests
            for file in ((self._root / test).rglob("*.py") if "." not in test else [self._root / test])
        }
        texts = b"".join(file.read_bytes() for file in sorted(files))
        return hashlib.sha256(texts).hexdigest()[:16]
