"""One generated package for all tests: to generate takes seconds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shared import importable, made_once, package_of

PACKAGE = "painters_of_the_tests"
DOCUMENTS = {"painter": "tests/python/mini.yaml"}


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the folder with the package of mini.yaml, importable as `painters_of_the_tests`."""
    folder = made_once(tmp_path_factory, "painters", lambda path: package_of(DOCUMENTS, PACKAGE, path))
    with importable(folder):
        yield folder
