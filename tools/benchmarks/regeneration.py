"""What regenerating costs: beside another generator, with nothing changed, and with many operations.

The other generator is not a dependency of this project. It is found at `.bench/bin`, or where WONDERGEN_BENCH_GENERATOR
names its command: `python -m venv .bench && .bench/bin/pip install openapi-python-client==0.29.1 ruff==0.17.6`.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

from tools.benchmarks.measure import ROUNDS, Figure

ROOT = Path(__file__).resolve().parents[2]
HOW = "python -m venv .bench && .bench/bin/pip install openapi-python-client==0.29.1 ruff==0.17.6"
REMARK = (
    "Regenerating: our package with its contract tests, and only the client of openapi-python-client 0.29.1, of the "
    "same three documents without their callbacks, which that one cannot read; seconds of processor."
)
MANY = int(os.environ.get("WONDERGEN_BENCH_OPERATIONS", "4000"))


def rows() -> list[Figure]:
    """Measure all of it."""
    with tempfile.TemporaryDirectory() as folder:
        return [*_beside_another(Path(folder)), _unchanged(Path(folder)), *_many(Path(folder))]


def _beside_another(folder: Path) -> list[Figure]:
    name = "regenerating with tests ÷ openapi-python-client"
    other = Path(os.environ.get("WONDERGEN_BENCH_GENERATOR", ROOT / ".bench" / "bin" / "openapi-python-client"))
    if not other.exists():
        return [Figure(name, 0.9, (), reason=f"openapi-python-client is not there: {HOW}")]
    documents = _without_callbacks(folder / "documents")
    environment = {**os.environ, "PATH": f"{other.parent}{os.pathsep}{os.environ['PATH']}"}

    def theirs(number: int) -> float:
        target = folder / f"other-{number}"
        return sum(
            _spent(
                [str(other), "generate", "--path", str(one), "--meta", "none", "--output-path", f"{target}-{one.stem}"],
                environment,
            )
            for one in sorted(documents.iterdir())
        )

    values = []
    for number in range(ROUNDS + 1):
        before = theirs(2 * number)
        mine = _generate(documents, folder / f"ours-{number}")
        after = theirs(2 * number + 1)
        if number:
            values.append(2 * mine / (before + after))
    return [Figure(name, 0.9, tuple(values))]


def _unchanged(folder: Path) -> Figure:
    target = folder / "unchanged"
    _generate(ROOT / "specs" / "openapi", target, package="wondergen")
    values = [_generate(ROOT / "specs" / "openapi", target, package="wondergen") for _ in range(ROUNDS)]
    return Figure("regenerating when nothing changed", 0.3, tuple(values), " s")


def _many(folder: Path) -> list[Figure]:
    """Measure milliseconds an operation, and how they grow from a quarter of the operations to all of them."""
    costs = {}
    for count in (MANY // 4, MANY):
        specs = folder / f"specs-{count}"
        specs.mkdir()
        (specs / "things.yaml").write_text(json.dumps(_document(count)), encoding="utf-8")
        costs[count] = _generate(specs, folder / f"things-{count}", package="things") / count
    growth = costs[MANY] / costs[MANY // 4]
    return [
        Figure(f"generating {MANY:,} operations, each", 20, (costs[MANY] * 1000,), " ms"),
        Figure(f"an operation of {MANY:,} ÷ one of {MANY // 4:,}", 1.2, (growth,)),
    ]


def _generate(specs: Path, target: Path, package: str = "wondergen") -> float:
    options = ["--specs", str(specs), "--output", str(target), "--package", package]
    return _spent([sys.executable, "-m", "codegen", "generate", *options], dict(os.environ))


def _spent(command: list[str], environment: dict[str, str]) -> float:
    """Return the seconds of processor that a command and its children take."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**environment, "PYTHONDONTWRITEBYTECODE": ""}  # pip has compiled the other generator
    process = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: {(process.stdout + process.stderr)[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _without_callbacks(folder: Path) -> Path:
    folder.mkdir()
    for path in sorted((ROOT / "specs" / "openapi").glob("*.yaml")):
        document: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        document.get("components", {}).pop("callbacks", None)
        for item in document["paths"].values():
            for operation in item.values():
                if isinstance(operation, dict):
                    operation.pop("callbacks", None)
        (folder / path.name).write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")
    return folder


def _document(count: int) -> dict[str, Any]:
    """Return a document of so many operations, each with a request and a reply of its own."""
    paths = {}
    for number in range(count):
        properties = {
            "prompt": {"type": "string", "minLength": 1, "description": "What to make."},
            "size": {"type": "integer", "minimum": 1, "maximum": number + 2},
            "style": {"type": "string", "enum": ["plain", "bold"]},
        }
        request = {"type": "object", "required": ["prompt"], "properties": properties}
        reply = {"type": "object", "properties": {"id": {"type": "string"}, "count": {"type": "integer"}}}
        paths[f"/things/{number}"] = {
            "post": {
                "operationId": f"make_thing_{number}",
                "summary": f"Make thing {number}.",
                "requestBody": {"required": True, "content": {"application/json": {"schema": request}}},
                "responses": {
                    "200": {"description": "Done.", "content": {"application/json": {"schema": reply}}},
                },
            }
        }
    servers = [{"url": "https://things.example"}]
    return {"openapi": "3.1.0", "info": {"title": "Things", "version": "1"}, "servers": servers, "paths": paths}
