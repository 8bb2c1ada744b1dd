# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Clients of MediaIO with made-up credentials."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from wondergen import AsyncMediaIO, MediaIO

from ..oracle import catalog
from ..support import MAX_RETRIES, Harness, Stage
from . import SECRETS


@pytest.fixture(scope="module", autouse=True)
def credentials() -> Iterator[None]:
    """Set the credentials in the environment."""
    with pytest.MonkeyPatch.context() as patch:
        for variable, secret in SECRETS.items():
            patch.setenv(variable, secret)
        yield


@pytest.fixture
def make(harness: Harness) -> Iterator[Callable[..., Stage]]:
    """Make clients over stubs. A request without a stub fails the test, and so does an unused stub."""
    kind: Any = AsyncMediaIO if harness.is_async else MediaIO
    stages: list[Stage] = []

    def stage(**arguments: Any) -> Stage:
        client = kind(**{**harness.arguments, "max_retries": MAX_RETRIES, **arguments})
        stages.append(Stage(harness, client, catalog("mediaio"), tuple(SECRETS.values())))
        return stages[-1]

    yield stage
    try:
        for opened in stages:
            opened.close()
    finally:
        harness.clear()


@pytest.fixture
def stage(make: Callable[..., Stage]) -> Stage:
    """Provide a client with the default options."""
    return make()
