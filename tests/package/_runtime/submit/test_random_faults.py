"""Never pay twice, whatever comes: random schedules of faults against a server that bills.

`WONDERGEN_SOAK=5000` sets how many schedules are tried on each transport and side; `make soak` does.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codegen.package._runtime import errors
from codegen.package._runtime.request import CallOptions
from tests.package._runtime.call_faults import GOOD, Fault, faults
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Loopback, answer
from tests.package._runtime.sample_service import DRAW, MAKE, Drawing

SCHEDULES = int(os.environ.get("WONDERGEN_SOAK", "30"))
QUICK = [fault for fault in faults() if not fault.slow and "bomb" not in fault.name]
_GOOD = answer({**GOOD, "data": {**GOOD["data"], "url": "https://cdn.sample.invalid/1.png"}})  # type: ignore[dict-item]


@pytest.mark.parametrize("transport", ["default", "httpx", "httpx2"])
@pytest.mark.parametrize("kind", ["async", "sync"])
@settings(max_examples=SCHEDULES, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    schedule=st.lists(st.sampled_from(QUICK), max_size=5),
    calls=st.lists(st.sampled_from([MAKE, DRAW]), min_size=1, max_size=3),
    retries=st.integers(0, 4),
    jitter=st.floats(0, 1),
)
def test_no_schedule_of_faults_bills_a_call_twice(
    kind: str, transport: str, schedule: list[Fault], calls: list[object], retries: int, jitter: float
) -> None:
    steps = [step for fault in schedule for step in fault.steps]
    with Harness(kind, transport) as harness, Loopback(*steps) as server:
        server.on("POST", MAKE.path, otherwise=_GOOD)
        server.on("POST", DRAW.path, otherwise=_GOOD)
        client = harness.client(server.url, max_retries=retries, jitter=lambda: jitter)
        for operation in calls:
            before = server.billed
            error = _call(harness, client, operation)
            assert server.billed - before <= 1
            if error is None:
                assert server.billed - before == 1
            elif server.billed > before:
                assert isinstance(error, errors.OutcomeUnknown | errors.InvalidResponse)


def _call(harness: Harness, client: object, operation: object) -> errors.WondergenError | None:
    try:
        if operation is MAKE:
            harness.submit(client)
        else:
            harness.call(client._generate, DRAW, Drawing, {"prompt": "a cat"}, CallOptions())  # type: ignore[attr-defined]
    except errors.WondergenError as error:
        return error
    return None
