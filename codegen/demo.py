"""`make demo`: regenerate everything in a scratch folder, show what came out, make one call per vendor."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from codegen import VERSION, paths
from codegen.catalog import reconcile
from codegen.documents import importer
from codegen.fake import FakeServer
from codegen.python import generate
from codegen.python.model import PackageModel
from codegen.python.read import read_catalog
from codegen.trees import differences, read_tree

CALLS = """\
from pathlib import Path
import sys

from wondergen import EdrawMax, MediaIO, Tomoviee

base, out = sys.argv[1], Path(sys.argv[2])

with EdrawMax(base_url=f"{base}/edrawmax") as client:
    diagram = client.flowchart("sign-up and sign-in")
    print("EdrawMax  flowchart            ", *[path.name for path in diagram.save(out)])

with MediaIO(api_key="not-a-real-key", base_url=f"{base}/mediaio") as client:
    image = client.text_to_image.imagen_4("a lighthouse at dusk", ratio="16:9", counts=1)
    print("Media.io  text_to_image.imagen_4", *[path.name for path in image.wait(first_interval=0.05).save(out)])

with Tomoviee(app_key="not-a-real-key", app_secret="not-a-real-secret", base_url=f"{base}/tomoviee") as client:
    task = client.text_to_video("A golden retriever in a sunlit meadow", resolution="1080p")
    video = task.wait(first_interval=0.05, on_update=lambda task: print("          ", task))
    print("Tomoviee  text_to_video        ", *[path.name for path in video.save(out)])
"""


def main() -> int:
    """Tell the story; 0 where every step did what it should."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="wondergen-demo-") as scratch:
        folder = Path(scratch)
        _heading("1. Regenerate, in a scratch folder")
        documents = importer.load_claims(paths.CLAIMS)
        catalog = reconcile.reconcile(documents, paths.DECISIONS, paths.OVERLAYS)
        reconcile.write(catalog, folder / "specs")
        model = read_catalog(folder / "specs" / "openapi", "wondergen", VERSION)
        generate.write(generate.render(model), folder / "generated")
        fresh = read_tree(folder / "generated")
        stale = list(differences(read_tree(paths.GENERATED), fresh, "generated"))
        print(f"{len(documents)} documents, {sum(len(document.claims) for document in documents)} claims")
        print(catalog.summary())
        print(
            f"generated/: {len(fresh)} files, {'the same bytes as committed' if not stale else f'{len(stale)} differ'}"
        )
        _heading("2. What came out")
        _table(_rows(model, fresh))
        _heading("3. One call per vendor, over real HTTP, against a fake on this machine")
        status = _calls(model, folder)
    print(f"\nDone in {time.monotonic() - started:.0f} s. Next: `make test`, or a first call with your key.")
    return status or bool(stale)


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


def _calls(model: PackageModel, folder: Path) -> int:
    script = folder / "calls.py"
    script.write_text(CALLS, encoding="utf-8")
    with FakeServer(model) as fake:
        base = fake.url("").rstrip("/")
        environment = {**os.environ, "PYTHONPATH": str(folder / "generated")}
        done = subprocess.run([sys.executable, str(script), base, str(folder / "out")], env=environment)
        print(f"the fake saw {len(fake.requests)} requests")
    return done.returncode


def _heading(text: str) -> None:
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


def _table(rows: Iterable[Sequence[object]]) -> None:
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    for row in cells:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


if __name__ == "__main__":
    sys.exit(main())
