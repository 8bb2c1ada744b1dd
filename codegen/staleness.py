"""Is anything committed stale? Every machine-written file is made anew and compared."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from codegen import VERSION, assemble, paths, reference, sync_codegen
from codegen.catalog import reconcile
from codegen.documents import importer
from codegen.faults import Fault, InputFault
from codegen.python.read import read_catalog
from codegen.trees import differences, read_tree


def stale(documents: Path | None) -> Iterator[str]:
    """Yield a unified diff for each stale file: claims (given the documents), catalog, package, contract tests."""
    if documents is not None:
        yield from _stale_claims(documents)
    yield from _stale_catalog()
    yield from _stale_code()


def _stale_claims(source: Path) -> Iterator[str]:
    """Import once more into a copy: what import replaces there has to be what is there already."""
    committed = read_tree(paths.CLAIMS)
    with tempfile.TemporaryDirectory(prefix="codegen-") as scratch:
        copy = Path(scratch) / "claims"
        if paths.CLAIMS.exists():
            shutil.copytree(paths.CLAIMS, copy)
        earlier = importer.earlier_imports(importer.load_claims(paths.CLAIMS))
        importer.write_claims(importer.read_sources([source], earlier), copy)
        yield from differences(committed, read_tree(copy), "specs/claims")


def _stale_catalog() -> Iterator[str]:
    documents = importer.load_claims(paths.CLAIMS)
    catalog = reconcile.reconcile(documents, paths.DECISIONS, paths.OVERLAYS)
    committed = {f"openapi/{name}": text for name, text in read_tree(paths.OPENAPI).items()}
    committed |= {f"evidence/{name}": text for name, text in read_tree(paths.EVIDENCE).items()}
    if paths.REPORT.is_file():
        committed[paths.REPORT.name] = paths.REPORT.read_text(encoding="utf-8")
    yield from differences(committed, reconcile.render(catalog), "specs")


def _stale_code() -> Iterator[str]:
    folder = sync_codegen.RUNTIME / "sync"
    by_hand = {name: (folder / name).read_text(encoding="utf-8") for name in sync_codegen.BY_HAND}
    yield from differences(read_tree(folder), sync_codegen.committed_form() | by_hand, "codegen/package/_runtime/sync")
    model = read_catalog(paths.OPENAPI, "wondergen", VERSION)
    yield from differences(reference.committed(), reference.repository_files(model), ".")
    fresh = assemble.formatted(assemble.render(model))
    if not fresh:
        raise InputFault(Fault("specs/openapi", "", "gives no code at all", "run `python -m codegen reconcile`"))
    yield from differences(read_tree(paths.GENERATED), fresh, "generated")
