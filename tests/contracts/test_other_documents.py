"""The generated suite of documents of no vendor passes: what the generator prints of any catalog is sound."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from codegen import assemble, paths
from codegen.python.read import read_catalog
from tests.openapi import reports
from tests.openapi.test_parts_of_forms import document_of_parts
from tests.openapi.test_subtypes import document_of_bases

DOCUMENTS = (
    "tests/python/mini.yaml",
    "tests/python/odd.yaml",
    "tests/package/testing/plain.yaml",
    "tests/contracts/acme.yaml",
    "tests/openapi/shop.yaml",
)

KEY_IN_THE_QUERY = {
    "openapi": "3.1.0",
    "info": {"title": "Keyed", "version": "1"},
    "servers": [{"url": "https://api.keyed.example"}],
    "security": [{"key": []}],
    "paths": {
        "/draw": {
            "post": {
                "operationId": "draw",
                "parameters": [{"name": "size", "in": "query", "schema": {"type": "integer"}}],
                "responses": {"200": {"description": "Drawn."}, "500": {"description": "It failed."}},
            }
        }
    },
    "components": {"securitySchemes": {"key": {"type": "apiKey", "in": "query", "name": "token"}}},
}
"""A call whose outcome is unknown after a 500, and whose URL carries a key that no digest has."""


@pytest.fixture
def generated(tmp_path: Path) -> Path:
    catalog = tmp_path / "catalog"
    catalog.mkdir()
    for document in DOCUMENTS:
        (catalog / Path(document).name).write_bytes((paths.ROOT / document).read_bytes())
    (catalog / "reports.json").write_text(json.dumps(reports.document()))
    (catalog / "keyed.json").write_text(json.dumps(KEY_IN_THE_QUERY))
    (catalog / "parts.json").write_text(json.dumps(document_of_parts()))
    (catalog / "bases.json").write_text(json.dumps(document_of_bases()))
    assemble.write(assemble.render(read_catalog(catalog, "shop_of_the_tests", "1.0.0")), tmp_path / "generated")
    return tmp_path / "generated"


def test_the_contract_tests_of_any_documents_pass(generated: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(generated)}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "error", "contract_tests"]
    done = subprocess.run(command, cwd=generated, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-4000:]
    assert {"mini", "odd", "plain", "acme", "shop", "reports", "keyed", "parts", "bases"} <= {
        path.name for path in (generated / "contract_tests").iterdir()
    }
    assert " passed" in done.stdout
