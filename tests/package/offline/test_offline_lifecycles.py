"""Every operation works through the real client over real HTTP, from the call to the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.package.offline.conftest import Harness
from tests.package.offline.valid_calls import OPERATIONS, a_call, method


@pytest.mark.parametrize("service, operation", OPERATIONS)
def test_every_operation_works(harness: Harness, tmp_path: Path, service: str, operation: str) -> None:
    client = harness.client(service)
    made = harness.run(method(client, operation)(**harness.known_task(service, a_call(service, operation))))
    if not hasattr(made, "wait"):
        assert made is not None
        return
    result = harness.run(made.wait())
    saved = harness.run(result.save(tmp_path))
    assert saved
    assert all(path.stat().st_size > 20 for path in saved)
