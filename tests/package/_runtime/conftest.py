"""Each test of the runtime has one definition and runs twice: on the async source and on its sync side."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from itertools import product

import pytest

from tests.package._runtime.harness import Harness
from tests.package._runtime.sample_service import CANARY


@pytest.fixture(params=["async", "sync"])
def harness(request: pytest.FixtureRequest) -> Iterator[Harness]:
    """Return the runtime under test, async or sync, behind one way to call it."""
    with Harness(request.param) as harness:
        yield harness


@pytest.fixture(params=product(["async", "sync"], ["default", "httpx", "httpx2"]), ids="-".join)
def each_harness(request: pytest.FixtureRequest) -> Iterator[Harness]:
    """Return the runtime, async or sync, over each transport: the default one and clients of both libraries."""
    with Harness(*request.param) as harness:
        yield harness


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        facts = {key: value for key, value in vars(record).items() if key not in {"exc_info"}}
        self.lines.append(f"{record.getMessage()} {facts}")


@pytest.fixture(autouse=True)
def no_canary_in_any_log() -> Iterator[None]:
    """Check that no test logs the key, at any level, in any logger: httpx and httpcore included."""
    collector, root = _Collector(), logging.getLogger()
    level = root.level
    root.addHandler(collector)
    root.setLevel(logging.DEBUG)
    yield
    root.removeHandler(collector)
    root.setLevel(level)
    assert not [line for line in collector.lines if CANARY in line]
