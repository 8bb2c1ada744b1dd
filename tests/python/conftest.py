"""One generated package for all tests: to generate takes seconds."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from codegen.python import generate
from codegen.python.read import read_catalog
from tests.python.support import MINI

PACKAGE = "painters_of_the_tests"


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder with the package of mini.yaml, importable as `painters_of_the_tests`."""
    catalog = tmp_path_factory.mktemp("catalog")
    (catalog / "painter.yaml").write_bytes(MINI.read_bytes())
    folder = tmp_path_factory.mktemp("generated") / "out"
    model = read_catalog(catalog, PACKAGE, "1.2.3")
    generate.write(generate.package_files(model), folder)
    sys.path.insert(0, str(folder))
    yield folder
    sys.path.remove(str(folder))
