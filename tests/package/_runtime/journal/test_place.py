"""A journal whose file is moved, deleted or replaced while it is in use: nothing is sent, and no key is free again."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from codegen.package._runtime import database
from codegen.package._runtime.database import AnotherFile
from codegen.package._runtime.errors import ConnectFailed, InvalidRequest, WondergenError
from codegen.package._runtime.journal import Journal
from codegen.package._runtime.journal_rows import all_runs
from codegen.package._runtime.request import CallOptions
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Loopback, answer
from tests.package._runtime.sample_service import ACCEPTED, MAKE

BASE = "https://api.acme.example"
KEY = CallOptions(key="k")
Back = Callable[[], object]
Way = Callable[[Path], Back]


def claimed(journal: Journal, key: str) -> bool:
    """Take a key for a request, and note the task that it became."""
    claim = journal.claim(key, "make", "digest", 10.0)
    if claim.is_ours:
        journal.accepted(claim.run.id, f"t-{key}")
    return claim.is_ours


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "folder").mkdir()
    return tmp_path / "folder" / "runs.sqlite"


def beside(path: Path) -> Path:
    return path.parent.parent / "kept.sqlite"


def moved(path: Path) -> Back:
    path.rename(beside(path))
    return lambda: beside(path).rename(path)


def deleted(path: Path) -> Back:
    os.link(path, beside(path))
    path.unlink()
    return lambda: beside(path).rename(path)


def another(path: Path) -> Back:
    back = moved(path)
    with closing(Journal(path, "acme", BASE)) as journal:
        claimed(journal, "other")
    return back


def an_empty_one(path: Path) -> Back:
    back = moved(path)
    path.touch()
    return back


def an_equal_copy(path: Path) -> Back:
    back = moved(path)
    shutil.copyfile(beside(path), path)
    return back


def its_folder(path: Path) -> Back:
    path.parent.rename(path.parent.with_name("elsewhere"))
    return lambda: path.parent.with_name("elsewhere").rename(path.parent)


def a_link(path: Path) -> Back:
    """Move it behind a link, which is seen as the same file, and let the link lead to another one."""
    back = moved(path)
    shutil.copyfile(beside(path), path.with_name("other.sqlite"))
    path.symlink_to(path.with_name("other.sqlite"))

    def put_back() -> None:
        path.unlink()
        back()

    return put_back


WAYS: dict[str, Way] = {
    "moved": moved,
    "deleted": deleted,
    "replaced by another": another,
    "replaced by an empty one": an_empty_one,
    "replaced by an equal copy": an_equal_copy,
    "with its folder moved": its_folder,
    "with its link turned": a_link,
}


@pytest.mark.parametrize("change", WAYS.values(), ids=WAYS)
def test_a_file_that_is_not_there_any_more_takes_no_key_and_has_all_of_them_when_it_is_back(
    path: Path, change: Way
) -> None:
    with closing(Journal(path, "acme", BASE)) as journal:
        assert claimed(journal, "before")
        on_its_way = journal.claim("on its way", "make", "digest", 10.0)
        back = change(path)
        stood = path.exists()
        journal.accepted(on_its_way.run.id, "t-on its way")
        for key in ("before", "after"):
            with pytest.raises(AnotherFile, match=r"runs.sqlite' is not the file that it was: .* put it back"):
                journal.claim(key, "make", "digest", 10.0)
        with pytest.raises(WondergenError, match=r"cannot be used: .* put it back"):
            journal.find("before")
        assert path.exists() is stood
        back()
        assert [claimed(journal, key) for key in ("before", "on its way", "after")] == [False, False, True]
    assert sorted((run.key, run.task_id) for run in all_runs(path)) == [
        ("after", "t-after"), ("before", "t-before"), ("on its way", "t-on its way"),
    ]  # fmt: skip


def overwritten(path: Path, content: Path) -> None:
    """Write into the file itself. By another program: one that closes it here would drop the locks of SQLite."""
    subprocess.run(["cp", content, path], check=True)


def test_an_older_copy_over_the_same_file_takes_no_key(path: Path, tmp_path: Path) -> None:
    older, newer = tmp_path / "older.sqlite", tmp_path / "newer.sqlite"
    with closing(Journal(path, "acme", BASE)) as journal:
        assert claimed(journal, "a")
        shutil.copyfile(path, older)
        assert claimed(journal, "b")
        shutil.copyfile(path, newer)
        overwritten(path, older)
        with pytest.raises(AnotherFile, match=r"runs.sqlite' is older than it was: .* put the newer one back"):
            journal.claim("b", "make", "digest", 10.0)
        overwritten(path, newer)
        assert not claimed(journal, "b")


def test_a_journal_is_where_it_was_though_the_process_goes_to_another_folder(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    with closing(Journal(path.name, "acme", BASE)) as journal:
        monkeypatch.chdir(tmp_path)
        assert claimed(journal, "a")
        assert not claimed(journal, "a")
    assert len(all_runs(path)) == 1
    assert not (tmp_path / path.name).exists()


def test_transactions_beside_a_file_that_is_held_open_elsewhere_are_a_part_of_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)  # it cannot be brought to another mode
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("CREATE TABLE notes (text)")
        with closing(Journal(path, "acme", BASE)) as journal:
            assert claimed(journal, "a")
            beside = path.with_name(f"{path.name}-wal")
            beside.rename(path.with_name("kept"))
            with pytest.raises(AnotherFile, match="put it back"):
                journal.claim("b", "make", "digest", 10.0)
            path.with_name("kept").rename(beside)
            assert claimed(journal, "b")
            assert not claimed(journal, "a")


def test_a_journal_takes_no_file_but_the_one_that_it_was_made_for(path: Path) -> None:
    with closing(Journal(path, "acme", BASE)) as journal:
        claimed(journal, "a")
    with closing(Journal(path, "acme", BASE)) as journal:
        back = moved(path)
        with pytest.raises(AnotherFile):
            claimed(journal, "a")
        back()
        assert not claimed(journal, "a")


def test_a_journal_that_was_closed_goes_on_with_its_file_and_no_other(path: Path) -> None:
    journal = Journal(path, "acme", BASE)
    assert claimed(journal, "a")
    journal.close()
    back = moved(path)
    with pytest.raises(AnotherFile):
        claimed(journal, "a")
    back()
    assert not claimed(journal, "a")
    journal.close()


def test_an_outcome_that_a_closed_journal_could_not_write_is_written_by_the_next_one(path: Path) -> None:
    with closing(Journal(path, "acme", BASE)) as journal:
        on_its_way = journal.claim("k", "make", "digest", 10.0)
        back = moved(path)
        journal.accepted(on_its_way.run.id, "t-k")
    del journal
    back()
    with closing(Journal(path, "acme", BASE)) as journal:
        assert journal.claim("k", "make", "digest", 10.0).run.task_id == "t-k"


@pytest.fixture
def service() -> Iterator[Loopback]:
    with Loopback() as server:
        server.on("POST", MAKE.path, otherwise=answer(ACCEPTED))
        yield server


def test_a_file_that_is_moved_between_the_note_and_the_request_lets_nothing_out(
    harness: Harness, service: Loopback, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim, backs = Journal.claim, []

    def claim_and_move(journal: Journal, *arguments: object) -> object:
        found = claim(journal, *arguments)  # type: ignore[arg-type]
        backs.append(moved(path))
        return found

    client = harness.client(service.url, journal=path)
    with monkeypatch.context() as patch:
        patch.setattr(Journal, "claim", claim_and_move)
        with pytest.raises(InvalidRequest, match=r"journal: cannot be written .* so nothing was sent"):
            harness.submit(client, options=KEY)
    assert service.connections == 0  # nothing was sent
    backs[0]()
    assert harness.submit(client, options=KEY).id == "t-1"


@pytest.mark.parametrize("is_forgotten", [False, True])
def test_a_request_that_was_held_up_until_others_took_it_for_lost_is_not_sent(
    harness: Harness, service: Loopback, path: Path, monkeypatch: pytest.MonkeyPatch, is_forgotten: bool
) -> None:
    claim = Journal.claim

    def claim_and_sleep(journal: Journal, *arguments: object) -> object:
        found = claim(journal, *arguments)  # type: ignore[arg-type]
        with closing(Journal(path, "sample", service.url, now=lambda: time.time() + 10_000)) as other:
            assert claim(other, *arguments).run.state == "unknown"  # type: ignore[arg-type]
            if is_forgotten:
                other.forget("k")
        journal._now = lambda: time.time() + 10_000
        return found

    client = harness.client(service.url, journal=path)
    with monkeypatch.context() as patch:
        patch.setattr(Journal, "claim", claim_and_sleep)
        with pytest.raises(InvalidRequest, match="held up for so long that it was taken for lost"):
            harness.submit(client, options=KEY)
    assert service.connections == 0
    assert harness.submit(client, options=KEY).id == "t-1"


def test_a_request_that_was_held_up_and_is_still_ours_is_sent(harness: Harness, service: Loopback, path: Path) -> None:
    client = harness.client(service.url, journal=path)
    client.journal._now = iter_of_hours().__next__
    assert harness.submit(client, options=KEY).id == "t-1"


def iter_of_hours() -> Iterator[float]:
    now = time.time()
    while True:
        yield now
        now += 3600.0


def test_a_call_whose_time_is_over_before_it_is_noted_is_not_sent(
    harness: Harness, service: Loopback, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = harness.client(service.url, journal=path)
    claim = Journal.claim

    def claim_late(journal: Journal, *arguments: object) -> object:
        """Wait as for another process that holds the file."""
        found = claim(journal, *arguments)  # type: ignore[arg-type]
        time.sleep(0.002)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "claim", claim_late)
        with pytest.raises(ConnectFailed, match="the time of the call was over before it could be sent"):
            harness.submit(client, options=CallOptions(key="k", timeout=0.001))
    assert service.connections == 0
    assert harness.submit(client, options=KEY).id == "t-1"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_call_in_whose_middle_the_process_is_forked_is_sent_by_the_parent_alone(
    harness: Harness, service: Loopback, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, parent = harness.client(service.url, journal=path), os.getpid()
    confirm = Journal.confirm

    def as_in_the_child(journal: Journal, run_id: str) -> None:
        confirm(journal, run_id)
        monkeypatch.setattr(os, "getpid", lambda: parent + 1)

    monkeypatch.setattr(Journal, "confirm", as_in_the_child)
    with pytest.raises(WondergenError, match="forked during the call"):
        harness.submit(client, options=KEY)
    monkeypatch.undo()
    assert service.connections == 0
    assert [run.state for run in all_runs(path)] == ["sending"]
