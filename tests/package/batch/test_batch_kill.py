"""kill -9 at random moments, with a service that has random faults: no row is billed twice, and none is lost.

WONDERGEN_SOAK_BATCH=1 (`make soak-batch`): 2,000 rows and 200 kills, on SQLite and on PostgreSQL.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from wondergen.batch import Batch
from wondergen.batch.store import SILENT_SECONDS

from tests.chosen_operations import PICTURE, VIDEO
from tests.package.batch.billing_service import StandIn
from tests.package.batch.postgres import make_database, server
from tests.package.batch.workers import Nursery, kill

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")

IS_SOAK = os.environ.get("WONDERGEN_SOAK_BATCH", "") not in {"", "0"}
ROWS, KILLS = (2000, 200) if IS_SOAK else (60, 6)
DATABASE_ERRORS = {"limited": 0.05, "reset": 0.01, "lost": 0.01, "refused": 0.005, "failed": 0.01, "gone": 0.005}
OPERATION = VIDEO.full


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    with server() as url:
        yield url


def fill(store: str) -> Batch:
    batch = Batch(store)
    batch.add_all((OPERATION, VIDEO.body(f"scene {number}"), f"k{number}") for number in range(ROWS))
    return batch


def check_outcome(batch: Batch, service: StandIn) -> None:
    """Check that every row has one outcome, and what was billed agrees with it."""
    rows = list(batch.results())
    states = Counter(row.state for row in rows)
    print(f"\n{states} of {ROWS} rows; bills {service.bills.total()}, most for one row {max(service.bills.values())}")
    assert len(rows) == ROWS
    assert set(service.bills.values()) == {1}, "billed twice"
    for row in rows:
        billed = service.bills[f"scene {row.key[1:]}"]
        if row.state in ("done", "later"):
            assert billed == 1
        else:
            assert row.error is not None
        assert row.task_id is None or billed == 1
    unknown = {row.key for row in batch.unknown()}
    known = {row.key for row in rows if row.task_id}
    paid = {f"k{prompt.split()[1]}" for prompt in service.bills}
    assert paid <= known | unknown, "a task that was paid for is lost"


def run_and_kill(store: str, service: StandIn, out: Path) -> int:
    """Kill workers at random moments, then run to the end; return how many were killed at work."""
    chance, kills = random.Random(7), 0
    with Nursery() as nursery:
        for _ in range(KILLS):
            before = service.posts
            process = nursery.start(store, service.url, str(out), at_once=6)
            end = time.monotonic() + 10
            goal = before + chance.randint(0, max(1, 2 * ROWS // KILLS))
            while service.posts < goal and time.monotonic() < end:
                time.sleep(0.002)
            time.sleep(chance.random() * 0.02)
            kill(process)
            if nursery.ended() == 0:
                break
            kills += 1
        while True:
            nursery.start(store, service.url, str(out), at_once=6)
            assert nursery.ended() == 0
            with Batch(store) as batch:
                if not set(batch.counts()) & {"waiting", "running", "later"}:
                    return kills


def test_kill_9_on_one_machine(tmp_path: Path) -> None:
    store = str(tmp_path / "jobs.sqlite")
    with StandIn(seed=1, polls=3) as service:
        service.faults = DATABASE_ERRORS
        batch = fill(store)
        kills = run_and_kill(store, service, tmp_path / "out")
        check_outcome(batch, service)
        print(f"{kills} workers killed at work")
        assert kills >= KILLS // 2
        batch.close()


def test_kill_9_on_postgresql(tmp_path: Path, postgres: str) -> None:
    store = make_database(postgres, "kills")
    with StandIn(seed=2, polls=3) as service:
        service.faults = DATABASE_ERRORS
        batch = fill(store)
        kills = run_and_kill(store, service, tmp_path / "out")
        check_outcome(batch, service)
        print(f"{kills} workers killed at work")
        assert kills >= KILLS // 2
        batch.close()


def test_of_three_workers_on_postgresql_one_dies_and_the_others_take_over(tmp_path: Path, postgres: str) -> None:
    """Kill a worker as if on another machine: nobody sees its process end, only that it is silent."""
    store = make_database(postgres, "three")
    silent = SILENT_SECONDS if IS_SOAK else 0.6
    with StandIn(seed=3, polls=5) as service, Nursery(together=True) as nursery:
        batch = fill(store)
        options = {"at_once": 12, "rate": "100/s", "silent": silent}
        workers = [
            nursery.start(store, service.url, str(tmp_path / "out"), machine=machine, **options)
            for machine in ("first", "second", "second")
        ]
        while service.posts < ROWS // 4:
            time.sleep(0.005)
        kill(workers[0])
        killed_at = time.monotonic()
        held = rows_of(store, "first")
        while rows_of(store, "first"):
            time.sleep(0.05)
            assert time.monotonic() - killed_at < 60
        taken_after = time.monotonic() - killed_at
        while set(batch.counts()) & {"waiting", "running"}:
            time.sleep(0.05)
            assert time.monotonic() - killed_at < 60 + ROWS / 10
        check_outcome(batch, service)
        lost = sum(1 for _ in batch.unknown())  # tasks of the dead worker that nobody knows of stay open in the service
        assert service.most_open <= 12 + lost
        assert service.most_in(1.0) <= 100
        print(f"most at once {service.most_open} of 12 and {lost} lost, most in a second {service.most_in(1.0)} of 100")
        print(f"{held} rows of the dead worker were taken over after {taken_after:.1f} s")
        for worker in workers:
            _wait_for(worker)
        batch.close()


def rows_of(store: str, machine: str) -> int:
    """Return how many rows the workers of a machine hold."""
    import psycopg

    with psycopg.connect(store, autocommit=True) as connection:
        query = "SELECT count(*) FROM batch_rows WHERE state = 'running' AND worker LIKE %s"
        found = connection.execute(query, (f"{machine}/%",)).fetchone()
    return 0 if found is None else int(found[0])


def test_the_budget_holds_across_three_workers(tmp_path: Path, postgres: str) -> None:
    store = make_database(postgres, "budget")
    with StandIn(seed=4) as service, Nursery(together=True) as nursery:
        batch = Batch(store)
        rows = range(40)
        name = PICTURE.full
        batch.add_all((name, {"prompt": f"scene {number}"}, f"k{number}") for number in rows)
        workers = [nursery.start(store, service.url, None, at_once=9, budget=255) for _ in range(3)]
        for worker in workers:
            _wait_for(worker)
        print(f"spent {service.bills.total() * service.price} of 255 credits")
        assert service.bills.total() * service.price == 250
        assert set(service.bills.values()) == {1}
        assert batch.spent() == {PICTURE.service: 250.0}
        batch.close()


def _wait_for(process: int) -> None:
    """Wait until a process that is not ours has ended: it stays a zombie of the one that made it."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            if Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] == "Z":
                return
        except FileNotFoundError:
            return
        time.sleep(0.02)
    raise AssertionError(f"worker {process} has not ended")
