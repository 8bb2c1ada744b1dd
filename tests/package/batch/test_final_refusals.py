"""What a batch does with a refusal after which the documents allow no further attempt."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from wondergen import ServerError
from wondergen._catalog.service_document import load
from wondergen._runtime.aio.task import AsyncTask
from wondergen._runtime.retry import ROW
from wondergen.batch import Batch, engine
from wondergen.testing import Fake

from tests.chosen_operations import DIAGRAM, PICTURE, VIDEO, Example
from tests.package.batch.billing_service import StandIn
from tests.package.batch.conftest import Make, fill

REFUSALS = [
    (operation, code)
    for operation in (DIAGRAM, PICTURE, VIDEO)
    for code, row in load(operation.service).codes.items()
    if row["error"] == "ServerError" and row["retry"] in ("never", "once")
]


@pytest.mark.parametrize("operation, code", REFUSALS, ids=str)
def test_a_call_that_is_refused_for_good_is_not_made_again(operation: Example, code: str, tmp_path: Path) -> None:
    with Fake() as fake, Batch(tmp_path / "jobs.sqlite") as batch:
        plan = fake.services[operation.service].operations[operation.name].refuses(code)
        batch.add(operation.full, operation.body("A plan"), key="a")
        (row,) = batch.run()
    assert (row.state, type(row.error)) == ("failed", ServerError)
    assert len(plan.calls) <= 2  # a client makes the one attempt more that a code allows


def test_a_paid_row_goes_on_after_a_final_refusal_of_a_poll(
    make: Make, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusal = ServerError("poll", code="77", http_status=200)
    refusal._is_final = True
    wait = AsyncTask.wait

    async def refused_once(task: AsyncTask[Any], **options: Any) -> Any:
        monkeypatch.setattr(AsyncTask, "wait", wait)
        raise refusal

    monkeypatch.setattr(AsyncTask, "wait", refused_once)
    batch = make()
    fill(batch, 1)
    assert [row.state for row in batch.run()] == ["done"]
    assert service.posts == 1


def test_a_paid_row_whose_polls_are_refused_to_the_end_is_collected_by_the_next_run(
    make: Make, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(task: AsyncTask[Any], **options: Any) -> Any:
        raise ServerError("poll", code="77", http_status=200)

    with monkeypatch.context() as patch:
        patch.setattr(AsyncTask, "wait", refuse)
        patch.setattr(engine, "ROW", ROW.replace(in_a_row=1))
        batch = make()
        fill(batch, 1)
        assert [row.state for row in batch.run()] == ["later"]
    assert [row.state for row in make().run()] == ["done"]
    assert service.posts == 1


LIMITS = [
    (operation, code)
    for operation in (DIAGRAM, PICTURE, VIDEO)
    for code, row in load(operation.service).codes.items()
    if row["error"] == "RateLimited" and row["retry"] == "once"
]


@pytest.mark.parametrize("operation, code", LIMITS, ids=str)
def test_a_call_beyond_the_limit_of_requests_at_a_time_is_made_later(
    operation: Example, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "backoff", lambda tries, hint: 0.01)
    with Fake() as fake, Batch(tmp_path / "jobs.sqlite") as batch:
        plan = fake.services[operation.service].operations[operation.name]
        plan.refuses(code, times=4)
        batch.add(operation.full, operation.body("A plan"), key="a")
        (row,) = batch.run()
    assert row.state == "done"
    assert len(plan.calls) == 5
