"""A batch on a service that bills."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from wondergen.batch import Batch, registry

from tests.chosen_operations import PICTURE, VIDEO
from tests.package.batch.billing_service import StandIn

Make = Callable[..., Batch]


@pytest.fixture
def service() -> Iterator[StandIn]:
    with StandIn() as service:
        yield service


@pytest.fixture
def make(service: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Return a batch on the stand-in, with clients of its own: the same store each time."""
    made = []
    timeouts: list[float | None] = [None]

    def client(name: str, uploader: Any = None) -> Any:
        if name == PICTURE.service:
            options: dict[str, Any] = {"max_retries": 0, "timeout": timeouts[-1], "uploader": uploader}
            return PICTURE.async_client(**PICTURE.keys, base_url=service.url, **options)
        return VIDEO.async_client(**VIDEO.keys, base_url=service.url, max_retries=0)

    monkeypatch.setattr(registry, "make_client", client)

    def batch(*, timeout: float | None = None, **options: Any) -> Batch:
        timeouts.append(timeout)
        made.append(Batch(tmp_path / "jobs.sqlite", **{"first_interval": 0.001, "max_interval": 0.001, **options}))
        return made[-1]

    yield batch
    for one in made:
        one.close()


def fill(batch: Batch, count: int, operation: str = "") -> None:
    operation = operation or VIDEO.full
    others = VIDEO.others if operation == VIDEO.full else {}
    for number in range(count):
        batch.add(operation, {**others, "prompt": f"scene {number}"}, key=f"scene-{number}")
