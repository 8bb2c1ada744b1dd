"""Every operation works through the real client over real HTTP, from the call to the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.package.offline.calls import OPERATIONS, a_call, method
from tests.package.offline.conftest import World


@pytest.mark.parametrize("service, operation", OPERATIONS)
def test_every_operation_works(world: World, tmp_path: Path, service: str, operation: str) -> None:
    client = world.client(service)
    made = world.run(method(client, operation)(**world.known_task(service, a_call(service, operation))))
    if not hasattr(made, "wait"):
        assert made is not None
        return
    result = world.run(made.wait())
    saved = world.run(result.save(tmp_path))
    assert saved
    assert all(path.stat().st_size > 20 for path in saved)
