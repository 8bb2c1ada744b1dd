"""What a batch does with a refusal after which the documents allow no further attempt."""

from __future__ import annotations

from pathlib import Path

import pytest
from wondergen import ServerError
from wondergen._catalog.service_document import load
from wondergen.batch import Batch
from wondergen.testing import Fake

from tests.chosen_operations import DIAGRAM, PICTURE, VIDEO, Example

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
