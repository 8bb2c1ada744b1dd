"""Never pay twice: each fault on the way of a call, against a server that bills what it accepts."""

from __future__ import annotations

import pytest

from codegen.runtime import errors
from codegen.runtime.request import CallOptions
from tests.runtime.faults import GOOD, Fault, faults
from tests.runtime.loopback import Loopback, answer
from tests.runtime.service import CREDITS, MAKE, Credits
from tests.runtime.world import World

ROWS = faults()
SHORT = 0.2
"""Seconds for the faults that only the client's own patience ends."""


def test_the_table_has_the_faults_it_should() -> None:
    assert len(ROWS) >= 100
    assert len({row.name for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("fault", ROWS, ids=str)
def test_a_paid_call_is_billed_once_at_most(world: World, fault: Fault) -> None:
    with Loopback(*fault.steps) as server:
        server.on("POST", MAKE.path, otherwise=answer(GOOD))
        client = world.client(server.url, timeout=SHORT if fault.slow else 5.0)
        if fault.paid == "ok":
            assert world.submit(client).id == "t-1"
            assert server.billed == 1
        else:
            with pytest.raises(errors.WondergenError) as caught:
                world.submit(client)
            assert type(caught.value).__name__ == fault.paid
            assert server.billed <= 1
            assert server.billed == 0 or fault.paid == "OutcomeUnknown"
        server.assert_fired()
        assert len(server.requests) <= len(fault.steps) + 1
        if fault.paid == "OutcomeUnknown":
            assert server.connections == 1, "a request of unknown outcome was sent again"


@pytest.mark.parametrize("fault", ROWS, ids=str)
def test_a_free_call_is_made_again_where_that_may_help(
    world: World, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    if fault.slow:
        monkeypatch.setattr(world.module("exchange"), "QUERY_SECONDS", SHORT)
    with Loopback(*fault.steps) as server:
        server.on("GET", CREDITS.path, otherwise=answer(GOOD))
        client = world.client(server.url)
        if fault.free == "ok":
            assert world.call(client._query, CREDITS, Credits, {}, CallOptions()).left == 7
        else:
            with pytest.raises(errors.WondergenError) as caught:
                world.call(client._query, CREDITS, Credits, {}, CallOptions())
            assert type(caught.value).__name__ == fault.free
        server.assert_fired()
        assert server.billed == 0
