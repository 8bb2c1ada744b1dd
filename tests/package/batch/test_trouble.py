"""A batch whose disk is full, whose database goes away, or whose clock is set: no row is lost or paid for twice."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from wondergen import WondergenError
from wondergen._runtime import journal as journals
from wondergen._runtime import owner
from wondergen._runtime.database import DatabaseFailure
from wondergen._runtime.journal import Journal
from wondergen.batch import Batch, engine, file_names
from wondergen.batch import store as store_module
from wondergen.batch.pace import Rate
from wondergen.batch.store import BatchStore

from tests.chosen_operations import VIDEO
from tests.package.batch.billing_service import StandIn
from tests.package.batch.conftest import Make, fill
from tests.package.batch.postgres import Cut, make_database, server


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    with server() as url:
        yield url


def full(*arguments: Any, **keywords: Any) -> Any:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("where", ["placing a file", "writing a file"])
def test_a_full_disk_ends_the_run_and_the_next_one_saves_what_was_paid(
    make: Make, service: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    batch = make(at_once=2)
    fill(batch, 10)
    with monkeypatch.context() as patch:
        if where == "placing a file":
            patch.setattr(file_names, "place", full)
        else:
            patch.setattr("wondergen._runtime.part.PartFile.write", full)
        rows = list(batch.run(save=tmp_path / "out"))
    assert {row.state for row in rows} == {"later"}
    assert 1 <= service.bills.total() < 10
    assert batch.stopped is not None
    assert "No space left on device" in batch.stopped
    again = list(make().run(save=tmp_path / "out"))
    assert {row.state for row in again} == {"done"}, [row.error for row in again]
    assert set(service.bills.values()) == {1}
    assert len(list((tmp_path / "out").iterdir())) == 10


def test_any_fault_of_a_file_leaves_the_row_for_later_because_it_is_paid_for(
    make: Make, service: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(*arguments: Any, **keywords: Any) -> Any:
        raise ValueError("a fault of a file system")

    batch = make()
    fill(batch, 1)
    with monkeypatch.context() as patch:
        patch.setattr(file_names, "place", wrong)
        (row,) = batch.run(save=tmp_path / "out")
    assert row.state == "later"
    assert [row.state for row in batch.run(save=tmp_path / "out", retry_failed=True)] == ["done"]
    assert service.bills.total() == 1


def pages(path: Path) -> int:
    with closing(sqlite3.connect(path)) as file:
        return int(file.execute("PRAGMA page_count").fetchone()[0])


@pytest.mark.parametrize("spare", range(1, 7))
def test_a_store_on_a_full_disk_ends_the_run_in_words_and_loses_no_row(
    make: Make, service: StandIn, tmp_path: Path, spare: int
) -> None:
    batch = make(at_once=3)
    fill(batch, 60)
    with batch._store.database.transaction() as connection:
        connection.execute("SELECT 1")
    limit = pages(tmp_path / "jobs.sqlite") + spare
    open_connection: Any = batch._store.database
    open_connection._open[1].execute(f"PRAGMA max_page_count = {limit}")
    with pytest.raises(WondergenError, match=r"store .* cannot be used: database or disk is full"):
        list(batch.run())
    batch.close()
    list(make().run())
    counts = make().counts()
    assert counts.get("done", 0) + counts.get("unknown", 0) == 60
    assert set(service.bills.values()) == {1}
    assert service.bills.total() <= 60


def test_connections_to_postgresql_that_break_cost_no_row(
    service: StandIn, make: Make, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """End every connection again and again, and let nobody in for a while."""
    import psycopg

    monkeypatch.setattr(engine, "PATIENCE_SECONDS", 30.0)
    make()  # its clients are those of the stand-in
    store = make_database(postgres, "breaks")
    over = threading.Event()

    def end_connections() -> None:
        with psycopg.connect(postgres, autocommit=True) as connection:
            for turn in range(6):
                if over.wait(0.15):
                    break
                connection.execute(f"ALTER DATABASE breaks ALLOW_CONNECTIONS {'false' if turn % 2 == 0 else 'true'}")
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'breaks'"
                ).fetchall()
            connection.execute("ALTER DATABASE breaks ALLOW_CONNECTIONS true")

    with Batch(store, at_once=4, first_interval=0.001, max_interval=0.001) as batch:
        fill(batch, 150)
        breaker = threading.Thread(target=end_connections)
        breaker.start()
        try:
            list(batch.run())
        finally:
            over.set()
            breaker.join()
        counts = batch.counts()
    assert counts.get("done", 0) + counts.get("unknown", 0) == 150
    assert set(service.bills.values()) == {1}


def test_a_server_that_stays_away_ends_the_run_in_words(
    service: StandIn, make: Make, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import psycopg

    monkeypatch.setattr(engine, "PATIENCE_SECONDS", 0.2)
    make()
    store = make_database(postgres, "away")
    with Batch(store, first_interval=0.001) as batch, psycopg.connect(postgres, autocommit=True) as connection:
        fill(batch, 40)
        rows = batch.run()
        next(rows)
        connection.execute("ALTER DATABASE away ALLOW_CONNECTIONS false")
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'away'").fetchall()
        with pytest.raises(WondergenError, match="cannot be used"):
            list(rows)
        connection.execute("ALTER DATABASE away ALLOW_CONNECTIONS true")
        list(batch.run())
        counts = batch.counts()
        assert counts.get("done", 0) + counts.get("unknown", 0) == 40
    assert set(service.bills.values()) == {1}


@pytest.mark.parametrize("is_replaced", [False, True])
def test_a_store_that_is_moved_in_the_middle_ends_the_run_and_pays_nothing_twice(
    make: Make, service: StandIn, tmp_path: Path, is_replaced: bool
) -> None:
    batch = make(at_once=2)
    fill(batch, 30)
    shutil.copyfile(tmp_path / "jobs.sqlite", tmp_path / "older.sqlite")
    rows = batch.run()
    next(rows)
    (tmp_path / "jobs.sqlite").rename(tmp_path / "moved.sqlite")
    if is_replaced:
        (tmp_path / "older.sqlite").rename(tmp_path / "jobs.sqlite")
    with pytest.raises(WondergenError, match=r"jobs.sqlite' is not the file that it was: .* put it back"):
        list(rows)
    assert (tmp_path / "jobs.sqlite").exists() is is_replaced
    (tmp_path / "moved.sqlite").replace(tmp_path / "jobs.sqlite")
    list(make(timeout=0.1).run())
    assert set(service.bills.values()) == {1}


LOST = {
    "claim_of_a_key": b"INSERT INTO runs",
    "claim_of_rows": b"SET state = 'running'",
    "end_of_a_row": b"SET state = $1",
    "turn": b"INSERT INTO batch_turns",
}


@pytest.mark.parametrize("what", LOST)
def test_a_transaction_whose_reply_is_lost_leaves_no_row_unknown(
    service: StandIn, make: Make, postgres: str, what: str
) -> None:
    make()
    cut = Cut(make_database(postgres, f"lost_{what}"), after=LOST[what], times=3)
    try:
        with Batch(cut.url, at_once=2, rate="1000/s", first_interval=0.001, max_interval=0.001) as batch:
            fill(batch, 8)
            rows = list(batch.run())
            counts = batch.counts()
    finally:
        cut.close()
    assert cut.left == 0
    assert counts == {"done": 8}, [row.error for row in rows]
    assert sorted(service.bills.values()) == [1] * 8


@pytest.mark.parametrize("was_refused", [False, True])
def test_a_claim_whose_reply_was_lost_is_free_and_another_s_is_not(
    postgres: str, monkeypatch: pytest.MonkeyPatch, was_refused: bool
) -> None:
    monkeypatch.setattr(journals, "FIRST_PAUSE", 60.0)  # or it is free by itself before another one looks
    place = make_database(postgres, f"claim_{was_refused}".lower())
    cut = Cut(place, after=b"INSERT INTO runs")
    cut.left = 0
    with closing(Journal(cut.url, "acme", "https://a.example")) as ours, closing(
        Journal(place, "acme", "https://a.example")
    ) as other:  # fmt: skip
        if was_refused:
            ours.refused(ours.claim("k", "make", "d", 10.0).run.id)
        cut.left = 1
        with pytest.raises(DatabaseFailure):
            ours.claim("k", "make", "d", 10.0)
        assert other.claim("k", "make", "d", 10.0).is_being_sent
        assert ours.claim("k", "make", "d", 10.0).is_ours
        assert other.claim("k", "make", "d", 10.0).is_being_sent
        assert ours.claim("k", "make", "d", 10.0).is_being_sent
    cut.close()


class Clock:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1_700_000_000.0
        monkeypatch.setattr(time, "time", lambda: self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def store(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[BatchStore]:
    """Return a store whose workers cannot see each other's processes, as on other machines."""
    monkeypatch.setattr(owner, "is_gone", lambda owner: None)
    with closing(BatchStore(tmp_path / "jobs.sqlite")) as store:
        yield store


def test_who_slept_takes_nobody_for_dead(store: BatchStore, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    def beat(worker: str) -> list[str]:
        monkeypatch.setattr(owner, "current", lambda: f"machine of {worker}")
        return store.beat(worker)

    beat("a")
    beat("b")
    clock.now += 3600
    assert [beat("a"), beat("b")] == [[], []]
    gone = []
    for _ in range(8):
        clock.now += 5
        gone += beat("a")
    assert gone == ["machine of b"]  # b is silent, and a was not


def test_a_clock_that_is_set_back_holds_no_turn_and_no_row_for_long(store: BatchStore, clock: Clock) -> None:
    interval = Rate(20, 1.0).interval
    store.add([store_module.NewRow("k", VIDEO.service, VIDEO.name, "{}", "digest")])
    store.enter("a")
    (row,) = store.claim("a", 1, 1)
    store.turn(VIDEO.service, interval)
    store.postpone("a", row.key, 30.0)
    clock.now -= 7200
    assert store.turn(VIDEO.service, interval) < 70
    store.beat("a")
    assert [row.key for row in store.claim("a", 1, 1)] == ["k"]


def test_a_rate_that_was_slower_in_an_earlier_run_holds_nothing_up(store: BatchStore) -> None:
    for _ in range(5):
        store.turn(VIDEO.service, 3600.0)
    assert store.turn(VIDEO.service, 0.05) < 70


def test_names_of_files_fit_whatever_the_key_is(tmp_path: Path) -> None:
    keys = ["ж" * 200, "x" * 255, "a/b", "CON", "..", "é" * 254 + "1", "é" * 254 + "2"]
    placed = []
    for number, key in enumerate(keys):
        saved = tmp_path / f"{number}.mp4"
        saved.write_bytes(str(number).encode())
        placed += file_names.place(
            [saved], tmp_path / "out", "{operation}-{key:>230}-{index:02}{suffix}",
            key=key, number=number, operation=VIDEO.name, task="t",
        )  # fmt: skip
    assert len({path.name for path in placed}) == len(keys)
    assert all(path.parent == tmp_path / "out" and path.is_file() for path in placed)
    assert all(path.suffix == ".mp4" for path in placed)


@pytest.mark.parametrize("template", ["{number:03d}{suffix}", "{key}/{index:02}{suffix}", "{operation}/{task}{suffix}"])
def test_a_template_may_have_folders_and_numbers_of_a_width(tmp_path: Path, template: str) -> None:
    file_names.check_template(template)
