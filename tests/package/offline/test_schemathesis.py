"""Schemathesis finds no fault in the offline upstream against the documents that it serves."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import pytest
from wondergen._catalog.service_document import load, names_of_services
from wondergen.offline import Running, Settings, running
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

for arguments in json.loads(sys.argv[1]):
    try:
        schemathesis(arguments)
    except SystemExit as done:
        print("status", done.code)
"""
"""All runs in one process: to import everything takes as long as one of them."""


@dataclass(frozen=True)
class Search:
    """What was found in an upstream for each service, and in a careless one."""

    upstream: Counting
    found: list[tuple[str, str]]
    """Output and status of each run, the last with the careless upstream."""
    errors: str


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Search:
    """Let schemathesis search for faults."""
    environment = {
        **os.environ,
        "SCHEMATHESIS_HOOKS": "tests.package.offline.envelope_checks",
        "PYTHONPATH": str(paths.ROOT),
    }
    upstream = Counting()
    with running(upstream=upstream) as server, running(upstream=Careless()) as careless:
        runs = [_arguments(server, name) for name in names_of_services()]
        one = ("--max-failures", "1", "--include-operation-id", DIAGRAM.node["operationId"])
        runs.append([*_arguments(careless, DIAGRAM.service), *one])
        command = [sys.executable, "-c", RUN, json.dumps(runs)]
        folder = tmp_path_factory.mktemp("search")
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=1800)
    parts = re.split(r"^status (.*)\n", done.stdout, flags=re.MULTILINE)
    return Search(upstream, list(zip(parts[::2], parts[1::2], strict=False)), parts[-1] + done.stderr)


def _arguments(server: Running, service: str) -> list[str]:
    checks = ["--checks", "all", "--exclude-checks", ",".join(REPLACED), "--no-color"]
    return ["run", f"{server.base_url(service)}/openapi.json", *KEYS, *BOUNDS, *checks]


def test_no_fault_is_found(search: Search) -> None:
    upstream, services = search.upstream, names_of_services()
    assert len(search.found) == len(services) + 1 == len(catalog_values.services()) + 1, search.errors[-2000:]
    for output, status in search.found[:-1]:
        assert status == "0", output[-8000:]
        assert output.count("No issues found") == 1
    operations = {(service, name) for service in services for name in load(service).endpoints}
    assert len(operations) == catalog_values.count()
    assert set(upstream.accepted) == operations, "every operation has done something"
    assert set(upstream.refused) == operations, "and has refused something"


def test_a_fault_would_be_found(search: Search) -> None:
    output, status = search.found[-1]
    assert status == "1", search.errors[-2000:]
    assert "Schema-violating request accepted" in output
