"""What is not saved: wrong bytes, too many of them, what has expired, what would be written over something else."""

from __future__ import annotations

import errno
import gzip
import os
from pathlib import Path
from typing import Any

import pytest

from codegen.package._runtime import part
from codegen.package._runtime.errors import DownloadError, InvalidRequest
from codegen.package._runtime.operation import Assets
from codegen.package._runtime.part import PartFile
from tests.package._runtime.download.served_files import (
    CHUNKED,
    ETAG,
    FILM,
    MP4,
    NAME,
    PNG,
    chunk,
    file,
    left,
    mp4,
    result,
    save,
)
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Loopback, Step, answer, bomb, head_of, raw
from tests.package._runtime.task.sample_task import FILM as FILM_TASK
from tests.package._runtime.task.sample_task import state


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_under_the_name_of_a_part_is_not_followed(harness: Harness, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    (tmp_path / "make-t-1-1.part").symlink_to(tmp_path / "mine")
    with Loopback() as server, pytest.raises(DownloadError, match="cannot write"):
        save(harness, server, tmp_path)
    assert (tmp_path / "mine").read_text() == "mine"


WRONG: list[tuple[str, bytes, str]] = [
    ("a web page", b"<!doctype html><title>Sorry</title>", "html, not a video"),
    ("an error in XML", b"<?xml version='1.0'?><Error/>", "xml, not a video"),
    ("an error in JSON", b'{"code": 403}', "json, not a video"),
    ("another kind", PNG, "png, not a video"),
    ("noise", b"\x00\x01\x02\x03" * 100, "of no known type, not a video"),
    ("nothing", b"", "empty, not a video"),
]


@pytest.mark.parametrize("content, words", [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_bytes_that_are_not_what_was_paid_for_get_no_name(
    harness: Harness, tmp_path: Path, content: bytes, words: str
) -> None:
    with Loopback(file(content, {"Content-Type": "video/mp4"})) as server:
        with pytest.raises(DownloadError, match=f"make from 127.0.0.1: what came is {words}"):
            save(harness, server, tmp_path)
        server.assert_fired()
    assert left(tmp_path) == []


@pytest.mark.parametrize("content, name", [(PNG, "make-t-1-1.png"), (b"\x00\x01\x02\x03", "make-t-1-1.bin")])
def test_a_file_that_the_catalog_does_not_place_may_be_of_any_type(
    harness: Harness, tmp_path: Path, content: bytes, name: str
) -> None:
    with Loopback(file(content)) as server:
        operation = FILM.replace(assets=Assets(media="video"))
        assert save(harness, server, tmp_path, operation=operation) == [tmp_path / name]


def test_gzip_that_was_not_asked_for_is_unpacked(harness: Harness, tmp_path: Path) -> None:
    with Loopback(file(gzip.compress(MP4), {"Content-Encoding": "gzip"})) as server:
        assert save(harness, server, tmp_path)[0].read_bytes() == MP4


def test_an_encoding_that_was_not_asked_for_is_refused(harness: Harness, tmp_path: Path) -> None:
    with Loopback(file(MP4, {"Content-Encoding": "br"})) as server, pytest.raises(DownloadError, match="'br'"):
        save(harness, server, tmp_path)


BIG = 1_000_000
TOO_BIG: list[tuple[str, Step]] = [
    ("declared", raw("10 GB", head_of(200, [("Content-Length", "10000000000"), *ETAG.items()]), bills=False)),
    ("chunks", raw("chunks", head_of(200, CHUNKED) + chunk(mp4(BIG)) + b"0\r\n\r\n", bills=False)),
    ("no length", raw("no length", head_of(200) + mp4(BIG), bills=False)),
    ("a gzip bomb", file(bomb(b"\x00", 50), {"Content-Encoding": "gzip"})),
]


@pytest.mark.parametrize("step", [step for _, step in TOO_BIG], ids=[name for name, _ in TOO_BIG])
def test_a_file_over_the_limit_is_refused_and_leaves_nothing(harness: Harness, tmp_path: Path, step: Step) -> None:
    with Loopback(step) as server:
        with pytest.raises(DownloadError, match="max_bytes=500000"):
            save(harness, server, tmp_path, max_bytes=500_000)
        server.assert_fired()
    assert left(tmp_path) == []


@pytest.mark.parametrize("step", [raw("no length", head_of(200) + MP4, bills=False), file()], ids=["", "declared"])
@pytest.mark.parametrize("more, is_saved", [(0, True), (-1, False)])
def test_a_file_may_be_as_large_as_the_limit(
    harness: Harness, tmp_path: Path, step: Step, more: int, is_saved: bool
) -> None:
    with Loopback(step) as server:
        if is_saved:
            assert save(harness, server, tmp_path, max_bytes=len(MP4) + more)[0].read_bytes() == MP4
        else:
            with pytest.raises(DownloadError, match="max_bytes"):
                save(harness, server, tmp_path, max_bytes=len(MP4) + more)
    assert left(tmp_path) == [NAME] * is_saved


def test_a_version_that_cannot_be_gone_on_with_leaves_no_notes_of_the_last_one(tmp_path: Path) -> None:
    with PartFile(tmp_path / "film.part") as part_file:
        part_file.restart('"v1"', 10)
        assert left(tmp_path) == ["film.part", "film.part.json"]
        part_file.restart(None)
        assert left(tmp_path) == ["film.part"]


def test_a_finished_download_leaves_the_part_of_the_next_one_alone(tmp_path: Path) -> None:
    with PartFile(tmp_path / "film.part") as part_file:
        part_file.write(MP4)
        part_file.finish(tmp_path / "film.mp4")
        (tmp_path / "film.part").write_bytes(b"of another process")
    assert left(tmp_path) == ["film.mp4", "film.part"]
    assert (tmp_path / "film.mp4").read_bytes() == MP4


@pytest.mark.parametrize("status", [204, 300, 400, 405, 451])
def test_an_answer_that_is_no_file_is_an_error_at_once(harness: Harness, tmp_path: Path, status: int) -> None:
    with Loopback(answer(b"", status, bills=False)) as server:
        with pytest.raises(DownloadError, match=f"HTTP {status}"):
            save(harness, server, tmp_path)
        server.assert_fired()


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_an_expired_url_is_fetched_anew_from_the_task_once(harness: Harness, tmp_path: Path, status: int) -> None:
    gone = answer(b"<Error/>", status, bills=False)
    with Loopback() as server:
        server.on("GET", "/old", gone)
        server.on("GET", "/v1/tasks/t-1", state(3, result={"url": server.url + "/new"}))
        server.on("GET", "/new", file())
        client = harness.client(server.url)
        task = harness.name("task", "Task")(client._session, FILM_TASK, harness.result, "t-1")
        made = result(harness, client, server.url + "/old", task=task)
        assert harness.call(made.save, tmp_path)[0].read_bytes() == MP4
        server.assert_fired()
        assert server.billed == 0


def test_a_fresh_url_that_does_not_work_either_is_an_error(harness: Harness, tmp_path: Path) -> None:
    with Loopback() as server:
        server.on("GET", "/old", *[answer(b"", 403, bills=False)] * 2)
        server.on("GET", "/v1/tasks/t-1", state(3, result={"url": server.url + "/old"}))
        client = harness.client(server.url)
        task = harness.name("task", "Task")(client._session, FILM_TASK, harness.result, "t-1")
        with pytest.raises(DownloadError, match="HTTP 403"):
            harness.call(result(harness, client, server.url + "/old", task=task).save, tmp_path)
        server.assert_fired()


@pytest.mark.parametrize("reply", [answer({}, 404), state(3), state(3, result={"url": []}), state(4)])
def test_a_task_that_names_no_fresh_url_is_an_error(harness: Harness, tmp_path: Path, reply: Step) -> None:
    with Loopback() as server:
        server.on("GET", "/old", answer(b"", 403, bills=False))
        server.on("GET", "/v1/tasks/t-1", reply)
        client = harness.client(server.url)
        task = harness.name("task", "Task")(client._session, FILM_TASK, harness.result, "t-1")
        with pytest.raises(DownloadError, match="the URL has expired"):
            harness.call(result(harness, client, server.url + "/old", task=task).save, tmp_path)
        server.assert_fired()


def test_an_expired_url_without_a_task_is_an_error(harness: Harness, tmp_path: Path) -> None:
    with Loopback(answer(b"", 403, bills=False)) as server:
        made = harness.result.build(
            {"url": server.url + "/a"}, session=harness.client(server.url)._session, operation=FILM
        )
        with pytest.raises(DownloadError, match="expired"):
            harness.call(made.save, tmp_path)
        server.assert_fired()


def test_a_file_that_is_there_is_kept(harness: Harness, tmp_path: Path) -> None:
    with Loopback(file(), file()) as server:
        assert save(harness, server, tmp_path) == save(harness, server, tmp_path)
        server.assert_fired()


def test_a_file_that_is_there_is_no_result_where_the_server_refuses_it(harness: Harness, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(MP4)
    with Loopback(answer(b"", 403, bills=False)) as server, pytest.raises(DownloadError):
        save(harness, server, tmp_path)


def test_a_file_that_is_there_is_compared_where_the_server_does_not_say_its_size(
    harness: Harness, tmp_path: Path
) -> None:
    chunked = raw("chunked", head_of(200, CHUNKED) + chunk(MP4) + b"0\r\n\r\n", bills=False)
    with Loopback(chunked, chunked, chunked) as server:
        (tmp_path / NAME).touch()  # left over from a crash
        assert save(harness, server, tmp_path)[0].read_bytes() == MP4
        assert save(harness, server, tmp_path)[0].read_bytes() == MP4
        (tmp_path / NAME).write_bytes(MP4[:-1])
        with pytest.raises(DownloadError, match="another size"):
            save(harness, server, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_every_file_is_tried_and_the_error_says_what_was_saved(harness: Harness, tmp_path: Path) -> None:
    with Loopback() as server:
        for name, step in (("a", answer(b"", 418, bills=False)), ("b", file()), ("c", answer(b"", 418, bills=False))):
            server.on("GET", f"/{name}", otherwise=step)
        made = result(harness, harness.client(server.url), *(f"{server.url}/{name}" for name in "abc"))
        with pytest.raises(DownloadError, match=r"2 of 3 files were not saved: .*HTTP 418") as caught:
            harness.call(made.save, tmp_path)
        assert [path.read_bytes() for path in caught.value.saved] == [MP4]
        assert [str(error) for error in caught.value.failed] == ["make from 127.0.0.1: HTTP 418"] * 2


def test_a_second_name_of_somebodys_file_is_not_emptied(harness: Harness, tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes(b"precious")
    os.link(tmp_path / "mine", tmp_path / f"{NAME.removesuffix('.mp4')}.part")
    with Loopback(file()) as server:
        assert save(harness, server, tmp_path)[0].read_bytes() == MP4
    assert (tmp_path / "mine").read_bytes() == b"precious"


@pytest.mark.parametrize("missing", ["flock", "fsync", "fcntl"])
def test_a_folder_without_locks_or_syncing_serves(
    harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    def unsupported(*_: object) -> None:
        raise OSError(errno.ENOTSUP, "not supported")

    if missing == "fcntl":
        monkeypatch.setattr(part, "fcntl", None)
    else:
        monkeypatch.setattr(os if missing == "fsync" else vars(part)["fcntl"], missing, unsupported)
    with Loopback(file()) as server:
        assert save(harness, server, tmp_path)[0].read_bytes() == MP4


def test_a_file_that_is_there_with_another_size_is_not_overwritten_unless_asked(
    harness: Harness, tmp_path: Path
) -> None:
    (tmp_path / NAME).write_bytes(b"mine")
    with Loopback(file(), file()) as server:
        with pytest.raises(DownloadError, match="overwrite=True"):
            save(harness, server, tmp_path)
        assert (tmp_path / NAME).read_bytes() == b"mine"
        assert save(harness, server, tmp_path, overwrite=True)[0].read_bytes() == MP4
        server.assert_fired()


def full_disk(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    write = PartFile.write

    def fail(self: PartFile, content: bytes) -> None:
        write(self, content[:1000])
        raise OSError(code, "the disk says no")

    monkeypatch.setattr(PartFile, "write", fail)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_a_full_disk_is_an_error_that_leaves_nothing_in_the_way(
    harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    full_disk(monkeypatch, code)
    with Loopback(file(), file()) as server:
        with pytest.raises(DownloadError, match=r"cannot write make-t-1-1: the disk says no"):
            save(harness, server, tmp_path)
        assert left(tmp_path) == []
        monkeypatch.undo()
        assert save(harness, server, tmp_path)[0].read_bytes() == MP4
        server.assert_fired()


def test_a_disk_that_fails_at_the_last_moment_leaves_no_name(
    harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(handle: int) -> None:
        raise OSError(errno.ENOSPC, "the disk says no")

    monkeypatch.setattr(os, "fsync", fail)
    with Loopback(file()) as server, pytest.raises(DownloadError, match="cannot write"):
        save(harness, server, tmp_path)
    assert NAME not in left(tmp_path)


def test_a_folder_that_cannot_be_made_is_an_error_before_anything_is_asked(harness: Harness, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with Loopback() as server:
        with pytest.raises(DownloadError, match="cannot be made"):
            save(harness, server, tmp_path / "taken")
        assert server.requests == []


def test_two_downloads_never_write_one_file(harness: Harness, tmp_path: Path) -> None:
    with Loopback() as server, PartFile(tmp_path / "make-t-1-1.part"):
        with pytest.raises(DownloadError, match="another download is writing"):
            save(harness, server, tmp_path)
        assert server.requests == []


@pytest.mark.skipif(os.name == "nt", reason="there is no flock")
def test_a_file_that_another_download_just_finished_is_not_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    growing, final = tmp_path / "a.part", tmp_path / "a.mp4"
    growing.write_bytes(MP4)
    lock = fcntl.flock

    def finished_meanwhile(file: Any, how: int) -> None:
        if growing.exists() and not final.exists():
            os.replace(growing, final)
        lock(file, how)

    monkeypatch.setattr(fcntl, "flock", finished_meanwhile)
    with PartFile(growing) as part:
        part.restart(None)
        part.write(b"other")
        assert final.read_bytes() == MP4
    assert left(tmp_path) == ["a.mp4"]


def test_a_result_without_files_says_so(harness: Harness, tmp_path: Path) -> None:
    with Loopback() as server:
        made = harness.result.build({"text": "a cat"}, session=harness.client(server.url)._session, operation=FILM)
        with pytest.raises(DownloadError, match="names no file"):
            harness.call(made.save, tmp_path)


def test_a_result_without_a_client_says_so(harness: Harness, tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="resume"):
        harness.call(harness.result.model_validate({"url": "https://a.example/b"}).save, tmp_path)


@pytest.mark.parametrize("options", [{"timeout": -1}, {"max_bytes": 0}])
def test_limits_without_sense_are_refused(harness: Harness, tmp_path: Path, options: dict[str, Any]) -> None:
    with Loopback() as server, pytest.raises(InvalidRequest):
        save(harness, server, tmp_path, **options)
