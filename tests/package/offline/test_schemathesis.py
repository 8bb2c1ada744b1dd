"""Schemathesis finds no fault in the offline upstream against the documents that it serves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from wondergen._catalog.service_document import load, names_of_services
from wondergen.offline import Settings, running
from wondergen.offline.upstream import Upstream
from wondergen.offline.upstream_reply import Reply

from codegen import paths
from tests import catalog_values
from tests.chosen_operations import DIAGRAM, PICTURE, VIDEO
from tests.package.offline.envelopes import REPLACED, meant

KEYS = ["-a", "fake:fake"]
for _service in (PICTURE.service, VIDEO.service):
    KEYS += ["-H", f"{catalog_values.key_header(_service)}: fake"]
EXAMPLES = int(os.environ.get("WONDERGEN_FUZZ", "0"))
"""How many examples an operation gets in `make fuzz`, in every phase."""
PHASES = "examples,coverage,fuzzing" if EXAMPLES else "examples,fuzzing"
BOUNDS = ["--seed", "4", "--max-examples", str(EXAMPLES or 3), "--workers", "2", "--phases", PHASES]


class Counting(Upstream):
    """Counts what was accepted and refused, by operation."""

    def __init__(self) -> None:
        super().__init__(Settings(credits=10**9, task_seconds=0))
        self.accepted: Counter[tuple[str, str]] = Counter()
        self.refused: Counter[tuple[str, str]] = Counter()

    def answer(self, service: str, method: str, path: str, **given: Any) -> Reply:
        answered = super().answer(service, method, path, **given)
        catalog = self.catalogs[service]
        found = catalog.match(method, path)
        if found:
            status = meant(dict(catalog.document), answered.status, answered.body)
            counted = self.accepted if status < 300 else self.refused
            counted[service, found[0].operation.name] += 1
        return answered


class Careless(Counting):
    """Refuses nothing: what it has refused in-band is told as a success."""

    def answer(self, service: str, method: str, path: str, **given: Any) -> Reply:
        answered = super().answer(service, method, path, **given)
        return replace(answered, body=answered.body.replace(b'"code":400', b'"code":0'))


RUN = """
import json, sys
from schemathesis.cli import schemathesis

failed = 0
for arguments in json.loads(sys.argv[1]):
    try:
        schemathesis(arguments)
    except SystemExit as done:
        failed = failed or done.code
sys.exit(failed)
"""
"""Several runs in one process: to import everything takes as long as one of them."""


def search(upstream: Upstream, services: Iterable[str], folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Let schemathesis search for faults."""
    environment = {
        **os.environ,
        "SCHEMATHESIS_HOOKS": "tests.package.offline.envelope_checks",
        "PYTHONPATH": str(paths.ROOT),
    }
    with running(upstream=upstream) as server:
        checks = ["--checks", "all", "--exclude-checks", ",".join(REPLACED), "--no-color", *more]
        runs = [["run", f"{server.base_url(name)}/openapi.json", *KEYS, *BOUNDS, *checks] for name in services]
        command = [sys.executable, "-c", RUN, json.dumps(runs)]
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=1800)


def test_no_fault_is_found(tmp_path: Path) -> None:
    upstream, services = Counting(), names_of_services()
    done = search(upstream, services, tmp_path)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    assert done.stdout.count("No issues found") == len(services) == len(catalog_values.services())
    operations = {(service, name) for service in services for name in load(service).endpoints}
    assert len(operations) == catalog_values.count()
    assert set(upstream.accepted) == operations, "every operation has done something"
    assert set(upstream.refused) == operations, "and has refused something"


def test_a_fault_would_be_found(tmp_path: Path) -> None:
    done = search(
        Careless(),
        [DIAGRAM.service],
        tmp_path,
        "--max-failures",
        "1",
        "--include-operation-id",
        DIAGRAM.node["operationId"],
    )
    assert done.returncode == 1
    assert "Schema-violating request accepted" in done.stdout
