"""`python -m tools.mutants.ignored_keywords`: what the contract tests notice of a client that ignores a keyword.

`--places` tries each limit of a schema in each place that it may stand in, too.

A client that ignores a keyword is the client of the same document without it. Each keyword that the table calls used
has a small document, and is tried in two ways. *client*: the tests of the whole document run against such a client.
*generator*: the generator is ignorant too, so the tests themselves are made from its model, and only their oracle has
the whole document. Where nothing fails, the table has to say why.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from codegen import assemble, contracts
from codegen.openapi import keywords
from codegen.openapi.pointers import steps
from codegen.python.model import PackageModel
from codegen.python.read import read_catalog
from tools.mutants import keyword_places
from tools.mutants.keyword_documents import EXAMPLES, KeywordExample

_PACKAGE = "ignorant"
_FAILED = re.compile(r"^(?:FAILED|ERROR) contract_tests/(\w+)/(\S+)", re.MULTILINE)
Keyword = tuple[str, str]
"""Kind of object, and keyword."""


@dataclass(frozen=True)
class KeywordResult:
    """The tests that fail for one keyword."""

    name: str
    whole: tuple[str, ...]
    """Against the client of the whole document: there should be none."""
    client: tuple[str, ...]
    generator: tuple[str, ...]

    @property
    def is_noticed(self) -> bool:
        return bool(self.client and self.generator) and not self.whole


def used() -> list[Keyword]:
    """Return every keyword that the table calls used."""
    return [(kind, name) for kind, rows in keywords.table().items() for name, row in rows.items() if row[0] == "used"]


def excused() -> dict[Keyword, str]:
    """Return the used keywords that no contract test can notice, each with the reason that the table states."""
    rows = keywords.table()
    return {(kind, name): rows[kind][name][2] for kind, name in used() if len(rows[kind][name]) > 2}


def examples(chosen: Collection[Keyword]) -> dict[str, KeywordExample]:
    """Return the name of each keyword → its document."""
    return {"/".join(keyword): EXAMPLES[keyword[0]][keyword[1]] for keyword in chosen}


def outcomes(chosen: Mapping[str, KeywordExample], folder: Path) -> Iterator[KeywordResult]:
    """Try keywords. All their documents are one package, so that three runs of the tests do for all."""
    rows = {f"keyword{number}": row for number, row in enumerate(chosen.values())}
    whole = model_of({stem: row.document for stem, row in rows.items()}, folder / "whole")
    ignorant = model_of({stem: without(row) for stem, row in rows.items()}, folder / "ignorant")
    documents = {service.module: service.document for service in whole.services}
    hybrid = replace(
        ignorant,
        services=tuple(replace(service, document=documents[service.module]) for service in ignorant.services),
    )
    outcomes = [
        failures(client, tests, folder / name)
        for name, client, tests in (("1", whole, whole), ("2", ignorant, whole), ("3", ignorant, hybrid))
    ]
    for name, stem in zip(chosen, rows, strict=True):
        yield KeywordResult(name, *(tuple(run.get(stem, ())) for run in outcomes))


def without(example: KeywordExample) -> dict[str, Any]:
    """Return the document as a client reads it that ignores the keyword."""
    root = copy.deepcopy(example.document)
    *before, last = steps(example.pointer)
    node: Any = root
    for step in before:
        node = node[int(step)] if isinstance(node, list) else node[step]
    key: Any = int(last) if isinstance(node, list) else last
    if example.new is None:
        del node[key]
    else:
        node[key] = example.new
    return root


def model_of(documents: Mapping[str, Any], folder: Path) -> PackageModel:
    """Return the model of documents by name. None of their operations is left out."""
    folder.mkdir()
    for stem, root in documents.items():
        (folder / f"{stem}.json").write_text(json.dumps(root), encoding="utf-8")
    model = read_catalog(folder, _PACKAGE, "1.0.0")
    assert not any(service.refused for service in model.services), [s.refused for s in model.services if s.refused]
    return model


def failures(
    client: PackageModel, tests: PackageModel, folder: Path, modules: str = "test_*.py", words: str = ""
) -> dict[str, list[str]]:
    """Return module of a service → the contract tests that fail with a client: of some modules, with some words."""
    files = {**assemble.package_files(client, frozenset()), **contracts.render(tests)}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "error", "--tb=no", "-rfE"]
    command += ["--assert=plain", "-o", f"python_files={modules}", "-k", words]
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "COLUMNS": "1000"}
    done = subprocess.run(
        [*command, "contract_tests"], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode in (0, 1), (done.stdout + done.stderr)[-2_000:]
    failures: dict[str, list[str]] = {}
    for module, test in _FAILED.findall(done.stdout):
        failures.setdefault(module, []).append(test.rpartition("::")[2])
    return failures


def main(arguments: Sequence[str] | None = None) -> int:
    """Try every keyword. 0: each is noticed, or the table says why not; 1: one is not."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutants.ignored_keywords", description=__doc__)
    parser.add_argument("--match", default="", metavar="TEXT", help="only those with this in their name")
    parser.add_argument("--places", action="store_true", help="limits of schemas in every place, in place of keywords")
    options = parser.parse_args(arguments)
    reasons = excused()
    chosen = examples([row for row in used() if row not in reasons])
    chosen = dict(keyword_places.examples()) if options.places else chosen
    chosen = {name: row for name, row in chosen.items() if options.match in name}
    with tempfile.TemporaryDirectory(prefix="keywords-") as folder:
        results = list(outcomes(chosen, Path(folder)))
    for row in results:
        words = "noticed" if row.is_noticed else "FAILS WITHOUT A CHANGE" if row.whole else "SURVIVED"
        seen = {"client": row.client, "generator": row.generator, "whole": row.whole}
        print(f"{words:9} {row.name}: {', '.join(f'{k}: {v[0]}' for k, v in seen.items() if v)}")
    missed = sum(not row.is_noticed for row in results)
    left_out = "" if options.places else f"; {len(reasons)} for a reason are left out"
    print(f"{len(results)} tried, {len(results) - missed} noticed{left_out}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
