"""A file is saved whole and under its name, or not at all; what broke is gone on with; nothing is submitted again."""

from __future__ import annotations

import errno
import gzip
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from codegen.runtime.errors import DownloadError, InvalidRequest
from codegen.runtime.operation import Assets
from codegen.runtime.part import PartFile
from tests.runtime.download.files import ETAG, FILM, MP4, NAME, PNG, cut, file, left, mp4, rest, result, save
from tests.runtime.loopback import Loopback, Step, answer, close, drip, head_of, raw, reset, stall
from tests.runtime.service import CANARY
from tests.runtime.task.sample import FILM as FILM_TASK
from tests.runtime.task.sample import state
from tests.runtime.world import World

DATE = {"Last-Modified": "Sun, 22 Nov 2026 10:00:00 GMT"}
CHUNKED = [("Transfer-Encoding", "chunked")]
FIRST = 40_000


def chunk(content: bytes) -> bytes:
    return f"{len(content):x}\r\n".encode() + content + b"\r\n"


def test_a_file_is_saved_under_a_name_from_task_and_type(world: World, tmp_path: Path) -> None:
    with Loopback(file()) as server:
        paths = save(world, server, tmp_path / "new" / "folder", path="/../%2e%2e/evil.exe?x=1")
        server.assert_fired()
    assert paths == [tmp_path / "new" / "folder" / NAME]
    assert paths[0].read_bytes() == MP4
    assert left(paths[0].parent) == [NAME]


def test_no_credential_goes_with_a_download(world: World, tmp_path: Path) -> None:
    cookie = {"Set-Cookie": "session=1; Path=/", "Location": "/film"}
    with Loopback(answer(b"", 302, cookie), file()) as server:
        client = world.client(server.url, extra_headers={"X-Mine": "1"})
        world.call(result(world, client, server.url + "/film").save, tmp_path)
        server.assert_fired()
        for request in server.requests:
            assert CANARY not in str(request)
            names = {name.lower() for name, _ in request.headers}
            assert names <= {"host", "accept", "accept-encoding", "user-agent"}
            assert request.header("Accept-Encoding") == "identity"


def test_every_file_of_a_result_is_saved_in_order(world: World, tmp_path: Path) -> None:
    with Loopback(file(mp4(2560)), file(mp4(5120))) as server:
        made = result(world, world.client(server.url), server.url + "/a", server.url + "/b")
        paths = world.call(made.save, tmp_path)
    assert [path.name for path in paths] == ["make-t-1-1.mp4", "make-t-1-2.mp4"]
    assert [path.read_bytes() for path in paths] == [mp4(2560), mp4(5120)]


def test_a_result_without_a_task_is_named_by_its_file_whatever_the_signature(world: World, tmp_path: Path) -> None:
    with Loopback(file(), file()) as server:
        for signature in "ab":
            made = world.result.build(
                {"url": f"{server.url}/film?sign={signature}"}, client=world.client(server.url), operation=FILM
            )
            world.call(made.save, tmp_path)
        server.assert_fired()
    assert len(left(tmp_path)) == 1


@pytest.mark.parametrize(
    "fault, headers",
    [
        (cut(FIRST), {"Range": f"bytes={FIRST}-", "If-Range": '"v1"'}),
        (cut(FIRST, headers=DATE), {"Range": f"bytes={FIRST}-", "If-Range": DATE["Last-Modified"]}),
        (
            raw("cut chunks", head_of(200, [*CHUNKED, *ETAG.items()]) + chunk(MP4[:FIRST]), bills=False),
            {"Range": f"bytes={FIRST}-", "If-Range": '"v1"'},
        ),
    ],
    ids=["etag", "date", "chunks"],
)
def test_a_cut_download_goes_on_where_it_stopped(
    world: World, tmp_path: Path, fault: Step, headers: dict[str, str]
) -> None:
    with Loopback(fault, rest(FIRST, headers={})) as server:
        assert save(world, server, tmp_path)[0].read_bytes() == MP4
        server.assert_fired()
        assert {name: server.requests[1].header(name) for name in headers} == headers


@pytest.mark.parametrize("headers", [{}, {"ETag": 'W/"v1"'}, {"ETag": "v1"}, {"ETag": 'W/"v1"', **DATE}])
def test_only_a_version_that_is_exact_is_gone_on_with(world: World, tmp_path: Path, headers: dict[str, str]) -> None:
    with Loopback(cut(FIRST, headers=headers), file()) as server:
        assert save(world, server, tmp_path)[0].read_bytes() == MP4
        assert server.requests[1].header("If-Range") == headers.get("Last-Modified")
        assert (server.requests[1].header("Range") is None) == ("Last-Modified" not in headers)


FAULTS: list[tuple[str, Step]] = [
    ("cut, version unknown", cut(FIRST, headers={})),
    ("cut, version weak", cut(FIRST, headers={"ETag": 'W/"v1"'})),
    ("cut, range ignored", cut(FIRST)),
    ("cut without a length", raw("cut", head_of(200) + MP4[:FIRST], bills=False)),
    ("cut chunks", raw("cut", head_of(200, CHUNKED) + b"ffff\r\n" + MP4[:FIRST], bills=False)),
    ("closed at once", close("accept")),
    ("closed before the reply", close(bills=False)),
    ("closed in the head", close(sent=b"HTTP/1.1 200 OK\r\nContent-", bills=False)),
    ("reset at once", reset("accept")),
    ("reset before the reply", reset(bills=False)),
    ("reset in the body", reset(sent=head_of(200, [("Content-Length", "200000")]) + MP4[:FIRST], bills=False)),
    ("not HTTP", raw("garbage", b"SSH-2.0-hello\r\n\r\n", bills=False)),
    ("two lengths", answer(b"", 200, [("Content-Length", "1"), ("Content-Length", "2")], bills=False, keeps=False)),
    ("a bad length", answer(b"", 200, [("Content-Length", "-5")], bills=False, keeps=False)),
    ("408", answer(b"", 408)),
    ("425", answer(b"", 425)),
    ("429", answer(b"", 429, {"Retry-After": "3"})),
    ("500", answer(b"<html>", 500)),
    ("502", answer(b"<html>", 502)),
    ("503", answer(b"", 503, {"Retry-After": "soon"})),
    ("504", answer(b"", 504)),
    ("520", answer(b"", 520)),
    ("416", answer(b"", 416, {"Content-Range": f"bytes */{len(MP4)}"})),
    ("gzip that is broken", file(b"no gzip", {"Content-Encoding": "gzip"})),
    ("gzip that is cut", file(gzip.compress(MP4)[:-9], {"Content-Encoding": "gzip"})),
]


@pytest.mark.parametrize("fault", [step for _, step in FAULTS], ids=[name for name, _ in FAULTS])
def test_a_download_that_fails_is_made_again(world: World, tmp_path: Path, fault: Step) -> None:
    with Loopback(fault, file()) as server:
        assert save(world, server, tmp_path)[0].read_bytes() == MP4
        server.assert_fired()
        assert server.billed == 0
    assert left(tmp_path) == [NAME]
    assert len(world.clock.sleeps) == 1


CHANGED: list[tuple[str, Step]] = [
    ("another version", answer(MP4[FIRST:], 206, {"ETag": '"v2"', "Content-Range": f"bytes {FIRST}-100/{len(MP4)}"})),
    ("another place", answer(MP4, 206, {**ETAG, "Content-Range": f"bytes 0-{len(MP4) - 1}/{len(MP4)}"})),
    ("no place", answer(MP4[FIRST:], 206, ETAG)),
    ("nonsense", answer(MP4[FIRST:], 206, {**ETAG, "Content-Range": "bytes much"})),
    ("encoded", answer(b"", 206, {"Content-Encoding": "gzip", "Content-Range": f"bytes {FIRST}-{FIRST}/{len(MP4)}"})),
    ("shorter now", answer(b"", 416, {"Content-Range": "bytes */7"})),
    ("no range at all", answer(b"", 416)),
]


@pytest.mark.parametrize("fault", [step for _, step in CHANGED], ids=[name for name, _ in CHANGED])
def test_a_file_that_changed_meanwhile_is_downloaded_whole(world: World, tmp_path: Path, fault: Step) -> None:
    with Loopback(cut(FIRST), fault, file()) as server:
        assert save(world, server, tmp_path)[0].read_bytes() == MP4
        server.assert_fired()
        assert server.requests[2].header("Range") is None


def test_a_file_that_was_whole_but_not_yet_named_is_only_named(world: World, tmp_path: Path) -> None:
    with PartFile(tmp_path / "make-t-1-1.part") as growing:
        growing.restart('"v1"')
        growing.write(MP4)
    with Loopback(answer(b"", 416, {"Content-Range": f"bytes */{len(MP4)}"})) as server:
        assert save(world, server, tmp_path)[0].read_bytes() == MP4
        server.assert_fired()
    assert left(tmp_path) == [NAME]


def test_a_download_gives_up_after_attempts_that_bring_nothing(world: World, tmp_path: Path) -> None:
    with Loopback(*[answer(b"", 503)] * 5) as server:
        with pytest.raises(DownloadError, match=r"make: HTTP 503$"):
            save(world, server, tmp_path)
        server.assert_fired()
    assert left(tmp_path) == []


def test_what_has_arrived_is_kept_for_the_next_save(world: World, tmp_path: Path) -> None:
    with Loopback(cut(FIRST), *[close(bills=False)] * 4, rest(FIRST)) as server:
        with pytest.raises(DownloadError, match=f"{FIRST} bytes are kept"):
            save(world, server, tmp_path)
        assert left(tmp_path) == ["make-t-1-1.part", "make-t-1-1.part.json"]
        assert save(world, server, tmp_path)[0].read_bytes() == MP4
        server.assert_fired()
    assert left(tmp_path) == [NAME]


def test_a_download_that_moves_on_is_not_given_up(world: World, tmp_path: Path) -> None:
    film, step = mp4(1_000_000), 100_000
    places = range(step, len(film), step)
    steps = [
        raw(
            "cut again",
            head_of(206, [*ETAG.items(), ("Content-Range", f"bytes {place}-{len(film) - 1}/{len(film)}")])
            + film[place : place + step],
            bills=False,
        )
        for place in places
    ]
    with Loopback(cut(step, film), *steps) as server:
        assert save(world, server, tmp_path)[0].read_bytes() == film
        server.assert_fired()
        assert len(server.requests) == 10


def test_a_server_that_stalls_is_left(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world.module("download"), "STALL_SECONDS", 0.05)
    head = head_of(200, [("Content-Length", str(len(MP4))), *ETAG.items()])
    with Loopback(stall(bills=False), stall(sent=head + MP4[:FIRST], bills=False), rest(FIRST)) as server:
        assert save(world, server, tmp_path)[0].read_bytes() == MP4
        server.assert_fired()


def test_a_download_ends_at_its_deadline_however_slowly_it_drips(world: World, tmp_path: Path) -> None:
    slow = drip(head_of(200, [("Content-Length", "90000")]) + MP4[:500], interval=0.003, bills=False)
    with Loopback(*[slow] * 5) as server, pytest.raises(DownloadError):
        save(world, server, tmp_path, timeout=0.2)
    assert left(tmp_path) == []


def test_an_async_download_ends_at_its_deadline_even_in_the_head(tmp_path: Path) -> None:
    slow = drip(head_of(200, [("X-Long", "x" * 900)]), interval=0.003, bills=False)
    with World("async") as world, Loopback(slow) as server, pytest.raises(DownloadError, match="the time for it is up"):
        save(world, server, tmp_path, timeout=0.2)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_under_the_name_of_a_part_is_not_followed(world: World, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    (tmp_path / "make-t-1-1.part").symlink_to(tmp_path / "mine")
    with Loopback() as server, pytest.raises(DownloadError, match="cannot write"):
        save(world, server, tmp_path)
    assert (tmp_path / "mine").read_text() == "mine"


WRONG: list[tuple[str, bytes, str]] = [
    ("a web page", b"<!doctype html><title>Sorry</title>", "html, not a video"),
    ("an error in XML", b"<?xml version='1.0'?><Error/>", "xml, not a video"),
    ("an error in JSON", b'{"code": 403}', "json, not a video"),
    ("another kind", PNG, "png, not a video"),
    ("noise", b"\x00\x01\x02\x03" * 100, "of no known type, not a video"),
    ("nothing", b"", "of no known type, not a video"),
]


@pytest.mark.parametrize("content, words", [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_bytes_that_are_not_what_was_paid_for_get_no_name(
    world: World, tmp_path: Path, content: bytes, words: str
) -> None:
    with Loopback(file(content, {"Content-Type": "video/mp4"})) as server:
        with pytest.raises(DownloadError, match=f"make from 127.0.0.1: what came is {words}"):
            save(world, server, tmp_path)
        server.assert_fired()
    assert left(tmp_path) == []


@pytest.mark.parametrize("content, name", [(PNG, "make-t-1-1.png"), (b"\x00\x01\x02\x03", "make-t-1-1.bin")])
def test_a_file_that_the_catalog_does_not_place_may_be_of_any_type(
    world: World, tmp_path: Path, content: bytes, name: str
) -> None:
    with Loopback(file(content)) as server:
        operation = replace(FILM, assets=Assets(media="video"))
        assert save(world, server, tmp_path, operation=operation) == [tmp_path / name]


def test_gzip_that_was_not_asked_for_is_unpacked(world: World, tmp_path: Path) -> None:
    with Loopback(file(gzip.compress(MP4), {"Content-Encoding": "gzip"})) as server:
        assert save(world, server, tmp_path)[0].read_bytes() == MP4


def test_an_encoding_that_was_not_asked_for_is_refused(world: World, tmp_path: Path) -> None:
    with Loopback(file(MP4, {"Content-Encoding": "br"})) as server, pytest.raises(DownloadError, match="'br'"):
        save(world, server, tmp_path)


BIG = 1_000_000
TOO_BIG: list[tuple[str, Step]] = [
    ("declared", raw("10 GB", head_of(200, [("Content-Length", "10000000000"), *ETAG.items()]), bills=False)),
    ("chunks", raw("chunks", head_of(200, CHUNKED) + chunk(mp4(BIG)) + b"0\r\n\r\n", bills=False)),
    ("no length", raw("no length", head_of(200) + mp4(BIG), bills=False)),
    ("a gzip bomb", file(gzip.compress(b"\x00" * 50_000_000), {"Content-Encoding": "gzip"})),
]


@pytest.mark.parametrize("step", [step for _, step in TOO_BIG], ids=[name for name, _ in TOO_BIG])
def test_a_file_over_the_limit_is_refused_and_leaves_nothing(world: World, tmp_path: Path, step: Step) -> None:
    with Loopback(step) as server:
        with pytest.raises(DownloadError, match="max_bytes=500000"):
            save(world, server, tmp_path, max_bytes=500_000)
        server.assert_fired()
    assert left(tmp_path) == []


@pytest.mark.parametrize("status", [204, 300, 400, 405, 451])
def test_an_answer_that_is_no_file_is_an_error_at_once(world: World, tmp_path: Path, status: int) -> None:
    with Loopback(answer(b"", status, bills=False)) as server:
        with pytest.raises(DownloadError, match=f"HTTP {status}"):
            save(world, server, tmp_path)
        server.assert_fired()


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_an_expired_url_is_fetched_anew_from_the_task_once(world: World, tmp_path: Path, status: int) -> None:
    gone = answer(b"<Error/>", status, bills=False)
    with Loopback() as server:
        server.on("GET", "/old", gone)
        server.on("GET", "/v1/tasks/t-1", state(3, result={"url": server.url + "/new"}))
        server.on("GET", "/new", file())
        client = world.client(server.url)
        task = world.name("task", "Task")(client, FILM_TASK, world.result, "t-1")
        made = result(world, client, server.url + "/old", task=task)
        assert world.call(made.save, tmp_path)[0].read_bytes() == MP4
        server.assert_fired()
        assert server.billed == 0


def test_a_fresh_url_that_does_not_work_either_is_an_error(world: World, tmp_path: Path) -> None:
    with Loopback() as server:
        server.on("GET", "/old", *[answer(b"", 403, bills=False)] * 2)
        server.on("GET", "/v1/tasks/t-1", state(3, result={"url": server.url + "/old"}))
        client = world.client(server.url)
        task = world.name("task", "Task")(client, FILM_TASK, world.result, "t-1")
        with pytest.raises(DownloadError, match="HTTP 403"):
            world.call(result(world, client, server.url + "/old", task=task).save, tmp_path)
        server.assert_fired()


@pytest.mark.parametrize("reply", [answer({}, 404), state(3), state(3, result={"url": []}), state(4)])
def test_a_task_that_names_no_fresh_url_is_an_error(world: World, tmp_path: Path, reply: Step) -> None:
    with Loopback() as server:
        server.on("GET", "/old", answer(b"", 403, bills=False))
        server.on("GET", "/v1/tasks/t-1", reply)
        client = world.client(server.url)
        task = world.name("task", "Task")(client, FILM_TASK, world.result, "t-1")
        with pytest.raises(DownloadError, match="the URL has expired"):
            world.call(result(world, client, server.url + "/old", task=task).save, tmp_path)
        server.assert_fired()


def test_an_expired_url_without_a_task_is_an_error(world: World, tmp_path: Path) -> None:
    with Loopback(answer(b"", 403, bills=False)) as server:
        made = world.result.build({"url": server.url + "/a"}, client=world.client(server.url), operation=FILM)
        with pytest.raises(DownloadError, match="expired"):
            world.call(made.save, tmp_path)
        server.assert_fired()


def test_a_file_that_is_there_is_kept(world: World, tmp_path: Path) -> None:
    with Loopback(file(), file(), answer(b"", 403, bills=False)) as server:
        first = save(world, server, tmp_path)
        assert save(world, server, tmp_path) == save(world, server, tmp_path) == first
        server.assert_fired()


def test_a_file_that_is_there_with_another_size_is_not_overwritten_unless_asked(world: World, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"mine")
    with Loopback(file(), file()) as server:
        with pytest.raises(DownloadError, match="overwrite=True"):
            save(world, server, tmp_path)
        assert (tmp_path / NAME).read_bytes() == b"mine"
        assert save(world, server, tmp_path, overwrite=True)[0].read_bytes() == MP4
        server.assert_fired()


def full_disk(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    write = PartFile.write

    def fail(self: PartFile, content: bytes) -> None:
        write(self, content[:1000])
        raise OSError(code, "the disk says no")

    monkeypatch.setattr(PartFile, "write", fail)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_a_full_disk_is_an_error_that_leaves_nothing_in_the_way(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    full_disk(monkeypatch, code)
    with Loopback(file(), file()) as server:
        with pytest.raises(DownloadError, match=r"cannot write make-t-1-1: the disk says no"):
            save(world, server, tmp_path)
        assert left(tmp_path) == []
        monkeypatch.undo()
        assert save(world, server, tmp_path)[0].read_bytes() == MP4
        server.assert_fired()


def test_a_disk_that_fails_at_the_last_moment_leaves_no_name(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(handle: int) -> None:
        raise OSError(errno.ENOSPC, "the disk says no")

    monkeypatch.setattr(os, "fsync", fail)
    with Loopback(file()) as server, pytest.raises(DownloadError, match="cannot write"):
        save(world, server, tmp_path)
    assert NAME not in left(tmp_path)


def test_a_folder_that_cannot_be_made_is_an_error_before_anything_is_asked(world: World, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with Loopback() as server:
        with pytest.raises(DownloadError, match="cannot be made"):
            save(world, server, tmp_path / "taken")
        assert server.requests == []


def test_two_downloads_never_write_one_file(world: World, tmp_path: Path) -> None:
    with Loopback() as server, PartFile(tmp_path / "make-t-1-1.part"):
        with pytest.raises(DownloadError, match="another download is writing"):
            save(world, server, tmp_path)
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


def test_a_result_without_files_says_so(world: World, tmp_path: Path) -> None:
    with Loopback() as server:
        made = world.result.build({"text": "a cat"}, client=world.client(server.url), operation=FILM)
        with pytest.raises(DownloadError, match="names no file"):
            world.call(made.save, tmp_path)


def test_a_result_without_a_client_says_so(world: World, tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="resume"):
        world.call(world.result.model_validate({"url": "https://a.example/b"}).save, tmp_path)


@pytest.mark.parametrize("options", [{"timeout": -1}, {"max_bytes": 0}])
def test_limits_without_sense_are_refused(world: World, tmp_path: Path, options: dict[str, Any]) -> None:
    with Loopback() as server, pytest.raises(InvalidRequest):
        save(world, server, tmp_path, **options)
