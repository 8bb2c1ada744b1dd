"""A batch pays for each row once, goes on where it was, and holds its rate and its budget."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from wondergen import (
    AuthenticationError,
    DownloadError,
    InsufficientCredits,
    InvalidRequest,
    OutcomeUnknown,
    TaskFailed,
    WondergenError,
)
from wondergen._media import make as render
from wondergen.batch import Batch, Done, balances, engine

from tests.chosen_operations import CREDITS, FROM_IMAGE, PICTURE, VIDEO
from tests.package.batch.billing_service import FILM, StandIn
from tests.package.batch.conftest import Make, fill


def test_each_row_is_paid_once_and_its_files_have_the_names_of_the_template(
    make: Make, service: StandIn, tmp_path: Path
) -> None:
    batch = make(at_once=4)
    fill(batch, 9)
    fill(batch, 9)
    done = list(batch.run(save=tmp_path / "out"))
    assert {row.key for row in done} == {f"scene-{number}" for number in range(9)}
    assert {(row.state, row.error) for row in done} == {("done", None)}
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        f"scene-{number}-1.mp4" for number in range(9)
    ]
    assert (tmp_path / "out/scene-3-1.mp4").read_bytes() == FILM
    assert set(service.bills.values()) == {1}
    assert list(batch.run(save=tmp_path / "out")) == []
    assert batch.stopped is None
    assert [row.key for row in batch.results()] == [f"scene-{number}" for number in range(9)]
    assert service.most_open <= 4


def test_asynchronous_iteration_is_the_same(make: Make, service: StandIn) -> None:
    async def main() -> list[Done]:
        batch = make()
        fill(batch, 5)
        return [done async for done in batch.arun()]

    assert {row.state for row in asyncio.run(main())} == {"done"}
    assert service.bills.total() == 5


def test_a_synchronous_client_serves_as_well(make: Make, service: StandIn, tmp_path: Path) -> None:
    with VIDEO.client(**VIDEO.keys, base_url=service.url) as client:
        batch = make(clients={VIDEO.service: client}, at_once=3)
        fill(batch, 6)
        assert {row.state for row in batch.run(save=tmp_path / "out")} == {"done"}
    assert service.bills.total() == 6
    assert len(list((tmp_path / "out").iterdir())) == 6


def test_a_wrong_row_is_refused_with_all_its_faults(make: Make, service: StandIn) -> None:
    batch = make()
    with pytest.raises(InvalidRequest) as caught:
        batch.add(VIDEO.full, {**VIDEO.others, "promt": "a", "resolution": "9k"}, key="")
    assert {fault.parameter for fault in caught.value.faults} == {"key", "promt", "prompt", "resolution"}
    for name, problem in (
        (f"{VIDEO.service}e.{VIDEO.name}", VIDEO.service),
        (f"{VIDEO.full}e", VIDEO.name),
        (CREDITS.full, "costs nothing"),
    ):
        with pytest.raises(InvalidRequest, match=problem):
            batch.add(name, {}, key="a")
    assert batch.counts() == {}


def test_a_key_with_another_request_is_refused(make: Make) -> None:
    batch = make()
    assert batch.add(VIDEO.full, VIDEO.body("a"), key="k") is True
    assert batch.add(VIDEO.full, VIDEO.body("a"), key="k") is False
    with pytest.raises(
        InvalidRequest, match=r"with another request, of other values of \w+: give the row a key of its"
    ):
        batch.add(VIDEO.full, VIDEO.body("b"), key="k")
    with pytest.raises(InvalidRequest, match=f"of the operation {VIDEO.full}, not {PICTURE.full}: "):
        batch.add(PICTURE.full, PICTURE.body("a"), key="k")


def test_rate_limits_cost_no_row(make: Make, service: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "backoff", lambda tries, hint: 0.01)
    service.faults = {"limited": 0.5}
    batch = make(at_once=10)
    fill(batch, 12)
    assert [row.error for row in batch.run()] == [None] * 12
    assert set(service.bills.values()) == {1}


def test_an_unknown_row_is_never_sent_again_until_a_person_says_what_became_of_it(make: Make, service: StandIn) -> None:
    service.faults = {"lost": 1.0}
    batch = make()
    fill(batch, 2)
    assert [type(row.error) for row in batch.run()] == [OutcomeUnknown] * 2
    service.faults = {}
    assert list(make().run(retry_failed=True)) == []
    assert {row.key for row in batch.unknown()} == {"scene-0", "scene-1"}
    assert service.posts == 2
    batch.resolve("scene-0", task_id="t1")
    batch.forget("scene-1")
    assert {row.key: (row.state, row.task_id) for row in make().run()} == {
        "scene-0": ("done", "t1"),
        "scene-1": ("done", "t3"),
    }
    assert service.posts == 3


def test_failed_rows_are_paid_anew_only_on_request(make: Make, service: StandIn) -> None:
    service.faults = {"failed": 1.0}
    batch = make()
    fill(batch, 2)
    assert [type(row.error) for row in batch.run()] == [TaskFailed] * 2
    service.faults = {}
    assert list(batch.run()) == []
    assert [row.state for row in batch.run(retry_failed=True)] == ["done"] * 2
    assert service.bills == {"scene 0": 2, "scene 1": 2}


def test_a_lost_file_does_not_cost_the_row(make: Make, service: StandIn, tmp_path: Path) -> None:
    service.faults = {"gone": 1.0}
    batch = make()
    fill(batch, 1)
    [row] = batch.run(save=tmp_path / "out")
    assert (row.state, len(row.urls)) == ("later", 1)
    assert isinstance(row.error, DownloadError)
    assert row.as_json()["error"]["kind"] == "DownloadError"
    service.faults = {}
    [row] = batch.run(save=tmp_path / "out")
    assert (row.state, row.error, len(row.files)) == ("done", None, 1)
    assert service.bills.total() == 1


def test_a_file_of_that_name_is_never_overwritten(make: Make, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/scene-0-1.mp4").write_bytes(b"mine")
    batch = make()
    fill(batch, 1)
    [row] = batch.run(save=tmp_path / "out")
    assert row.files == [str(tmp_path / "out/scene-0-1~2.mp4")]
    assert (tmp_path / "out/scene-0-1.mp4").read_bytes() == b"mine"


def test_the_rate_holds_in_any_second(make: Make, service: StandIn) -> None:
    batch = make(at_once=30, rate="20/s")
    fill(batch, 45)
    assert len(list(batch.run())) == 45
    assert 10 <= service.most_in(1.0) <= 20


def test_the_budget_is_not_passed_and_the_run_says_why_it_ended(make: Make, service: StandIn) -> None:
    batch = make(at_once=8, budget=95)
    fill(batch, 20, PICTURE.full)
    rows = list(batch.run())
    assert {row.state for row in rows} == {"done"}
    assert service.bills.total() * service.price == 90
    assert batch.stopped is not None
    assert "budget of 95 credits" in batch.stopped
    assert batch.spent() == {PICTURE.service: 90.0}
    assert batch.estimate() == {PICTURE.full: (11, 110.0)}
    more = make(at_once=8, budget=1000)
    assert len(list(more.run())) == 11


def test_a_budget_that_is_used_up_leaves_no_row_that_was_paid_for(make: Make, service: StandIn) -> None:
    service._polls = 40
    batch = make(at_once=8, budget=50)
    fill(batch, 20, PICTURE.full)
    rows = list(batch.run())
    assert {row.state for row in rows} == {"done"}
    assert len(rows) == service.bills.total() == 5
    assert "budget of 50 credits" in str(batch.stopped)


def test_what_an_earlier_run_paid_for_is_collected_with_a_used_budget(make: Make, service: StandIn) -> None:
    service._polls = 20
    first = make(at_once=4, budget=70)
    fill(first, 9, PICTURE.full)
    run = iter(first.run())
    next(run)
    service._polls = 1_000_000
    while service.bills.total() < 3:
        time.sleep(0.005)
    run.close()  # type: ignore[attr-defined]  # whoever reads no further ends the run
    paid, done = service.bills.total(), list(first.results())
    assert paid > len(done)
    service._polls = 1
    again = make(at_once=2, budget=10)
    rows = list(again.run())
    assert {row.state for row in rows} == {"done"}
    assert (len(rows), service.bills.total()) == (paid - len(done), paid)
    assert "is used up" in str(again.stopped)


UNREADABLE: list[tuple[int, object, float]] = [
    (500, b"{}", 0.0),
    (404, b"{}", 0.0),
    (200, {"code": 0, "data": {}}, 0.0),
    (200, {"code": 0, "data": {"credits": "many"}}, 0.0),
    (200, b'{"code": 0, "data": {"credits": NaN}}', 0.0),
    (200, b'{"code": 0, "data": {"credits": 1e999}}', 0.0),
    (200, b"", 0.0),
    (200, b'{"code": 0, "data": {"cre', 0.0),
    (200, {"code": 99, "msg": "no"}, 0.0),
    (200, b"{}", 1.0),
]


@pytest.mark.parametrize(
    "reply, from_look", [*((reply, 1) for reply in UNREADABLE), *((reply, 4) for reply in UNREADABLE[::5])]
)
def test_a_balance_that_cannot_be_read_ends_a_run_with_a_budget_in_words(
    make: Make, service: StandIn, monkeypatch: pytest.MonkeyPatch, reply: tuple[int, object, float], from_look: int
) -> None:
    monkeypatch.setattr(balances, "backoff", lambda tries, hint: 0.001)
    service.balance, service.balance_from = reply, from_look
    batch = make(at_once=3, budget=95, timeout=0.05 if reply[2] else None)
    fill(batch, 12, PICTURE.full)
    with pytest.raises(WondergenError):
        list(batch.run())
    assert batch.stopped is not None
    assert f"balance of {PICTURE.service} cannot be read" in batch.stopped
    counts = batch.counts()
    assert set(counts) <= {"done", "waiting"}, "a row was given up for a balance"
    assert service.bills.total() == counts.get("done", 0)
    assert counts.get("done", 0) == 0 if from_look == 1 else service.bills.total() * service.price <= 95
    service.balance = None
    assert {row.state for row in make(at_once=3, budget=95).run()} == {"done"}
    assert service.bills.total() * service.price == 90


def test_a_refused_key_ends_a_run_with_a_budget_before_anything_is_paid(make: Make, service: StandIn) -> None:
    service.balance = (401, b"{}", 0.0)
    batch = make(budget=95)
    fill(batch, 3, PICTURE.full)
    with pytest.raises(AuthenticationError):
        list(batch.run())
    assert batch.counts() == {"waiting": 3}
    assert service.bills.total() == 0


def test_a_balance_below_zero_or_as_text_is_a_balance(make: Make, service: StandIn) -> None:
    service.price = 0
    for credits in (-1000, "-1000", "-1e3"):
        service.balance = (200, {"code": 0, "data": {"credits": credits}}, 0.0)
        batch = make(at_once=3, budget=5)
        fill(batch, 3, PICTURE.full)
        assert {row.state for row in batch.run()} <= {"done"}
        assert batch.counts() == {"done": 3}
        assert batch.spent() == {PICTURE.service: 0.0}


def test_a_balance_that_never_falls_sets_no_price_so_that_one_call_at_a_time_is_sent(
    make: Make, service: StandIn
) -> None:
    service.balance = (200, {"code": 0, "data": {"credits": 500}}, 0.0)
    batch = make(at_once=9, budget=50)
    fill(batch, 5, PICTURE.full)
    assert {row.state for row in batch.run()} == {"done"}
    assert service.most_open == 1
    assert batch.estimate() == {}
    batch.add(PICTURE.full, {"prompt": "one more"}, key="more")
    assert batch.estimate() == {PICTURE.full: (1, None)}


def test_a_balance_that_is_away_for_a_while_costs_no_row(
    make: Make, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(balances, "backoff", lambda tries, hint: 0.001)
    service.balance, service.balance_from, service.balance_times = (500, b"{}", 0.0), 3, 2
    batch = make(at_once=3, budget=95)
    fill(batch, 12, PICTURE.full)
    assert {row.state for row in batch.run()} == {"done"}
    assert service.bills.total() * service.price == 90


def test_a_top_up_during_a_run_does_not_hide_what_was_spent(make: Make, service: StandIn) -> None:
    service.top_up = 500
    batch = make(at_once=4, budget=95)
    fill(batch, 20, PICTURE.full)
    list(batch.run())
    assert service.bills.total() * service.price <= 95
    assert batch.spent()[PICTURE.service] >= service.bills.total() * 10


def test_without_a_budget_the_balance_tells_what_a_run_cost_and_prices_the_next(make: Make, service: StandIn) -> None:
    batch = make(at_once=4)
    fill(batch, 6, PICTURE.full)
    assert len(list(batch.run())) == 6
    assert batch.spent() == {PICTURE.service: 60.0}
    fill(batch, 9, PICTURE.full)
    assert batch.estimate() == {PICTURE.full: (3, 30.0)}


@pytest.mark.parametrize("reply", [*UNREADABLE[::3], (401, b"{}", 0.0)])
def test_without_a_budget_a_balance_that_cannot_be_read_changes_nothing(
    make: Make, service: StandIn, monkeypatch: pytest.MonkeyPatch, reply: tuple[int, object, float]
) -> None:
    service.balance = reply
    monkeypatch.setattr(balances, "_SECONDS_OF_A_LOOK", 0.05 if reply[2] else 10.0)
    batch = make()
    fill(batch, 3, PICTURE.full)
    assert {row.state for row in batch.run()} == {"done"}
    assert batch.spent() == {}


async def _listed(batch: Batch) -> list[Done]:
    return [done async for done in batch.arun()]


def test_a_run_that_only_collects_spends_nothing_and_tells_so(make: Make, service: StandIn) -> None:
    service._polls = 1_000_000
    first = make(at_once=3)
    fill(first, 3, PICTURE.full)

    async def submit() -> None:
        run = asyncio.create_task(_listed(first))
        while await asyncio.to_thread(first.paid_left) < 3:
            await asyncio.sleep(0.002)
        first._engine.stop()  # type: ignore[union-attr]
        await run

    asyncio.run(submit())
    assert (first.counts(), first.collected, first.spent()) == ({"waiting": 3}, 0, {PICTURE.service: 30.0})
    service._polls = 1
    again = make()
    assert {row.state for row in again.run()} == {"done"}
    assert (again.collected, again.paid_left(), service.bills.total()) == (3, 0, 3)
    assert again.spent() == {PICTURE.service: 30.0}


def test_no_budget_can_be_held_where_no_balance_is_told_and_that_is_said(make: Make) -> None:
    batch = make(budget=5)
    fill(batch, 2)
    assert batch.unmeasured == [VIDEO.service]


def test_the_run_ends_after_so_many_failures(make: Make, service: StandIn) -> None:
    service.faults = {"refused": 1.0}
    batch = make(at_once=1, stop_after=3)
    fill(batch, 9)
    assert len(list(batch.run())) == 3
    assert batch.stopped == "3 rows failed"
    assert batch.counts() == {"failed": 3, "waiting": 6}


def test_an_account_without_credits_ends_the_run_and_costs_no_row(make: Make, service: StandIn) -> None:
    service.credits = 35
    batch = make(at_once=1)
    fill(batch, 9, PICTURE.full)
    with pytest.raises(InsufficientCredits):
        list(batch.run())
    assert batch.counts() == {"done": 3, "waiting": 6}


def test_breaking_off_ends_in_order_and_the_next_run_goes_on(make: Make, service: StandIn) -> None:
    batch = make(at_once=3)
    fill(batch, 12)
    for _, _row in zip(range(4), batch.run(), strict=False):
        pass
    assert batch.counts().get("running", 0) == 0
    assert batch.stopped == "stopped"
    list(make().run())
    assert make().counts() == {"done": 12}
    assert set(service.bills.values()) == {1}


@pytest.mark.parametrize(
    "option",
    [
        {"at_once": 0},
        {"budget": -1},
        {"rate": "fast"},
        {"stop_after": 0},
        {"template": "{key}"},
        {"template": "../{key}{suffix}"},
        {"template": "C:{key}{suffix}"},
        {"template": "a\\..\\..\\{key}{suffix}"},
        {"template": "{key}\0{suffix}"},
        {"template": "{key}{suffix}\n"},
        {"template": ".partial/{key}{suffix}"},
        {"template": "{key:>1000000000}{suffix}"},
        {"clients": {"acme": None}},
    ],
)
def test_an_option_that_cannot_be_is_refused(tmp_path: Path, option: dict[str, Any]) -> None:
    with pytest.raises(InvalidRequest):
        Batch(tmp_path / "jobs.sqlite", **option)


def test_a_store_of_a_newer_package_is_refused(tmp_path: Path) -> None:
    Batch(tmp_path / "jobs.sqlite").close()
    with closing(sqlite3.connect(tmp_path / "jobs.sqlite")) as other, other:
        other.execute("UPDATE batch_schema SET version = 99")
    with pytest.raises(InvalidRequest, match="newer package"):
        Batch(tmp_path / "jobs.sqlite")


def test_a_run_whose_store_becomes_one_of_a_newer_package_goes_on_and_the_next_is_refused(
    make: Make, service: StandIn, tmp_path: Path
) -> None:
    batch = make(at_once=1)
    fill(batch, 4)
    rows = batch.run()
    next(rows)
    with closing(sqlite3.connect(tmp_path / "jobs.sqlite")) as other, other:
        other.execute("UPDATE batch_schema SET version = 99")
    assert len(list(rows)) == 3
    assert set(service.bills.values()) == {1}
    with pytest.raises(InvalidRequest, match=r"schema 99, and this one knows 1.*: upgrade the package"):
        make()


def test_batches_that_open_one_new_store_at_the_same_moment_run_each_row_once(make: Make, service: StandIn) -> None:
    start = threading.Barrier(4)

    def work() -> None:
        start.wait(10)
        batch = make(at_once=3)
        fill(batch, 12)
        list(batch.run())

    with ThreadPoolExecutor(4) as workers:
        for done in [workers.submit(work) for _ in range(4)]:
            done.result()
    assert make().counts() == {"done": 12}
    assert sorted(service.bills.values()) == [1] * 12


def test_of_rows_of_which_one_is_refused_none_is_added(make: Make) -> None:
    batch = make()
    name = VIDEO.full
    batch.add(name, VIDEO.body("a"), key="a")
    with pytest.raises(InvalidRequest, match="is in the batch with another request") as caught:
        batch.add_all([(name, VIDEO.body(str(number)), key) for number, key in enumerate([*"bcd", "a", "e"])])
    assert len(caught.value.faults) == 1
    assert batch.counts() == {"waiting": 1}


def test_a_row_of_results_is_json(make: Make) -> None:
    batch = make()
    fill(batch, 1)
    [row] = batch.run()
    assert json.loads(json.dumps(row.as_json()))["result"][VIDEO.files]


def picture(folder: Path, name: str = "cat.png", side: int = 640) -> Path:
    path = folder / name
    path.write_bytes(render("png", width=side, height=side))
    return path


IMAGE = FROM_IMAGE.full
LENGTH = FROM_IMAGE.choice("duration")


def test_local_files_are_uploaded_when_their_row_is_run(make: Make, service: StandIn, tmp_path: Path) -> None:
    uploads: list[bytes] = []

    def upload(path: Path) -> str:
        uploads.append(path.read_bytes())
        return f"https://files.invalid/{len(uploads)}.png"

    first, second = picture(tmp_path), picture(tmp_path, "dog.png", 500)
    batch = make(uploader=upload)
    common = {"prompt": "scene 1", "duration": LENGTH}
    assert batch.add(IMAGE, {"image": first, **common}, key="a")
    with open(second, "rb") as file:
        assert batch.add(IMAGE, {"image": file, **common, "prompt": "scene 2"}, key="b")
    content = second.read_bytes()
    second.unlink()
    moved = first.rename(tmp_path / "moved.png")
    assert not batch.add(IMAGE, {"image": moved, **common}, key="a"), "the same bytes are the same request"
    moved.rename(first)
    assert uploads == []
    assert {row.state for row in batch.run()} == {"done"}
    assert sorted(uploads) == sorted([first.read_bytes(), content])
    assert service.images == {"https://files.invalid/1.png", "https://files.invalid/2.png"}


def test_a_local_file_is_checked_when_its_row_is_added(make: Make, tmp_path: Path) -> None:
    small = picture(tmp_path, side=20)
    with pytest.raises(InvalidRequest) as caught:
        make().add(IMAGE, {"image": small, "prompt": "a", "duration": LENGTH}, key="a")
    text = str(caught.value)
    assert "has no uploader" in text
    assert "below the minimum" in text


def test_a_file_that_changed_or_went_fails_its_row_and_costs_nothing(
    make: Make, service: StandIn, tmp_path: Path
) -> None:
    batch = make(uploader=lambda path: "https://files.invalid/1.png")
    for name in ("changed", "gone"):
        path = picture(tmp_path, f"{name}.png")
        batch.add(IMAGE, {"image": path, "prompt": "a", "duration": LENGTH}, key=name)
    picture(tmp_path, "changed.png", 500)
    (tmp_path / "gone.png").unlink()
    found = {row.key: str(row.error) for row in batch.run()}
    assert "has changed since" in found["changed"]
    assert "cannot be read" in found["gone"]
    assert service.posts == 0
    picture(tmp_path, "gone.png")
    assert [
        (row.key, row.state)
        for row in make(uploader=lambda path: "https://f.invalid/1.png").run(retry_failed=True)
        if row.state == "done"
    ] == [("gone", "done")]
