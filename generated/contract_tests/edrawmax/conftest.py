# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The clients of EdrawMax, with credentials that are plainly none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from wondergen import AsyncEdrawMax, EdrawMax

from ..oracle import catalog
from ..support import MAX_RETRIES, Harness, Stage
from . import SECRETS


@pytest.fixture(scope="module", autouse=True)
def credentials() -> Iterator[None]:
    """The credentials are in the environment."""
    with pytest.MonkeyPatch.context() as patch:
        for variable, secret in SECRETS.items():
            patch.setenv(variable, secret)
        yield


@pytest.fixture
def make(harness: Harness) -> Iterator[Callable[..., Stage]]:
    """Make a client over a stubbed service. A request without a stub fails the test, and a stub without a request."""
    kind: Any = AsyncEdrawMax if harness.is_async else EdrawMax
    made: list[Stage] = []

    def stage(**arguments: Any) -> Stage:
        client = kind(**{**harness.arguments, "max_retries": MAX_RETRIES, **arguments})
        made.append(Stage(harness, client, catalog("edrawmax"), tuple(SECRETS.values())))
        return made[-1]

    yield stage
    try:
        for one in made:
            one.close()
    finally:
        harness.clear()


@pytest.fixture
def stage(make: Callable[..., Stage]) -> Stage:
    """A client as most tests want it."""
    return make()
