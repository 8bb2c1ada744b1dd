"""`make demo`: regenerate everything in a scratch folder, show what came out, and use it on the offline upstream."""

from __future__ import annotations

import argparse
import ast
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from codegen import VERSION, assemble, paths
from codegen.catalog import reconcile
from codegen.documents import importer
from codegen.python.model import PackageModel
from codegen.python.read import read_catalog
from codegen.trees import differences, read_tree

TOUR = paths.ROOT / "examples" / "tour.py"
NEXT = (
    (".venv/bin/wondergen tomoviee text-to-video --help", "every call is a command; --offline needs no key"),
    (".venv/bin/wondergen serve --offline", "the upstream to play with, its catalog in your browser"),
    ("make test", "the proof of all this"),
    ("README.md", "recipes, and a first call with your own key"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Tell the story; 0 where every step did what it should."""
    parser = argparse.ArgumentParser(prog="python -m tools.demo", description=__doc__)
    parser.add_argument(
        "--output", default="demo_output", metavar="DIR", help="where the files go; default: %(default)s"
    )
    output = parser.parse_args(arguments).output
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="wondergen-demo-") as scratch:
        folder = Path(scratch)
        _heading("1. Regenerate, in a scratch folder")
        documents = importer.load_claims(paths.CLAIMS)
        claims = sum(len(document.claims) for document in documents)
        _line(f"specs/claims: {claims:,} statements of {len(documents)} documents of the vendors")
        catalog = reconcile.reconcile(documents, paths.DECISIONS, paths.OVERLAYS)
        reconcile.write(catalog, folder / "specs")
        facts = sum(len(service.settlements) for service in catalog.findings)
        _line(f"specs/openapi: {facts:,} facts; {catalog.settled} disagreements between the documents are settled")
        model = read_catalog(folder / "specs" / "openapi", "wondergen", VERSION)
        assemble.write(assemble.render(model), folder / "generated")
        fresh = read_tree(folder / "generated")
        stale = list(differences(read_tree(paths.GENERATED), fresh, "generated"))
        verdict = "the same bytes as committed" if not stale else f"{len(stale)} differ from what is committed"
        _line(f"generated/: {len(fresh)} files, {verdict}")
        _heading("2. What came out")
        _table(_rows(model, fresh))
        _heading("3. Use it: the real clients, over real HTTP, on an offline upstream made from the same catalog")
        status = _tour(folder / "generated", output)
    if status:
        return status
    _heading("4. What next")
    _table(NEXT)
    print(f"\nDone in {time.monotonic() - start:.0f} s; the files are in {output}/.")
    return bool(stale)


def _rows(model: PackageModel, files: dict[str, str]) -> Iterable[Sequence[object]]:
    yield "client", "operations", "parameters", "error codes", "files", "test functions"
    for service in model.services:
        module = f"wondergen/{service.module}/"
        tests = [text for name, text in files.items() if name.startswith(f"contract_tests/{service.module}/")]
        yield (
            f"{service.client}, Async{service.client}",
            len(service.operations),
            sum(len(operation.parameters) for operation in service.operations),
            len(service.errors),
            sum(name.startswith(module) for name in files),
            sum(_tests(text) for text in tests),
        )


def _tests(text: str) -> int:
    return sum(
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
        for node in ast.walk(ast.parse(text))
    )


def _tour(package: Path, output: str) -> int:
    """Run the tour on the package that was just made, not on the one in the repository."""
    environment = {**os.environ, "PYTHONPATH": str(package), "PYTHONSAFEPATH": "1"}
    return subprocess.run([sys.executable, str(TOUR), output], env=environment, cwd=paths.ROOT).returncode


def _line(text: str) -> None:
    """Print a line at once: the next step may take some seconds."""
    print(text, flush=True)


def _heading(text: str) -> None:
    is_plain = "NO_COLOR" in os.environ or not sys.stdout.isatty()
    print(f"\n{text}\n{'-' * len(text)}" if is_plain else f"\n\x1b[1m{text}\x1b[0m", flush=True)


def _table(rows: Iterable[Sequence[object]]) -> None:
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    for row in cells:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
