"""A file is saved whole and under its name; what broke off is gone on with; nothing is submitted again."""

from __future__ import annotations

import gzip
import hashlib
import os
from pathlib import Path

import pytest

from codegen.package._runtime.errors import DownloadError
from codegen.package._runtime.operation import Assets, Operation
from codegen.package._runtime.part import PartFile
from tests.package._runtime.download.served_files import (
    CHUNKED,
    ETAG,
    FILM,
    MP4,
    NAME,
    chunk,
    cut,
    file,
    left,
    mp4,
    rest,
    result,
    save,
)
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Loopback, Step, answer, close, drip, head_of, raw, reset, stall
from tests.package._runtime.sample_service import CANARY

DATE = {"Last-Modified": "Sun, 22 Nov 2026 10:00:00 GMT"}
FIRST = 40_000


def test_a_file_is_saved_under_a_name_from_task_and_type(harness: Harness, tmp_path: Path) -> None:
    with Loopback(file()) as server:
        paths = save(harness, server, tmp_path / "new" / "folder", path="/../%2e%2e/evil.exe?x=1")
        server.assert_fired()
    assert paths == [tmp_path / "new" / "folder" / NAME]
    assert paths[0].read_bytes() == MP4
    assert left(paths[0].parent) == [NAME]


@pytest.mark.skipif(os.name == "nt", reason="a folder cannot be synced there")
def test_file_and_name_are_on_the_disk_when_a_save_returns(
    harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    sync = os.fsync

    def noted(handle: int) -> None:
        synced.append(os.fstat(handle).st_ino)
        sync(handle)

    monkeypatch.setattr(os, "fsync", noted)
    with Loopback(file()) as server:
        (path,) = save(harness, server, tmp_path)
    assert synced == [path.stat().st_ino, tmp_path.stat().st_ino]


def test_no_credential_goes_with_a_download(harness: Harness, tmp_path: Path) -> None:
    cookie = {"Set-Cookie": "session=1; Path=/", "Location": "/film"}
    with Loopback(answer(b"", 302, cookie), file()) as server:
        client = harness.client(server.url, extra_headers={"X-Mine": "1"})
        harness.call(result(harness, client, server.url + "/film").save, tmp_path)
        server.assert_fired()
        for request in server.requests:
            assert CANARY not in str(request)
            names = {name.lower() for name, _ in request.headers}
            assert names <= {"host", "accept", "accept-encoding", "user-agent"}
            assert request.header("Accept-Encoding") == "identity"


def test_every_file_of_a_result_is_saved_in_order(harness: Harness, tmp_path: Path) -> None:
    with Loopback(file(mp4(2560)), file(mp4(5120))) as server:
        made = result(harness, harness.client(server.url), server.url + "/a", server.url + "/b")
        paths = harness.call(made.save, tmp_path)
    assert [path.name for path in paths] == ["make-t-1-1.mp4", "make-t-1-2.mp4"]
    assert [path.read_bytes() for path in paths] == [mp4(2560), mp4(5120)]


def test_a_result_without_a_task_is_named_by_its_file_whatever_the_signature(harness: Harness, tmp_path: Path) -> None:
    with Loopback(file(), file()) as server:
        for signature in "ab":
            made = harness.result.build(
                {"url": f"{server.url}/film?sign={signature}"},
                session=harness.client(server.url)._session,
                operation=FILM,
            )
            harness.call(made.save, tmp_path)
        server.assert_fired()
        digest = hashlib.sha256(f"{server.url}/film".encode()).hexdigest()[:12]
    assert left(tmp_path) == [f"make-{digest}-1.mp4"]


def test_a_whole_file_may_come_with_its_range(harness: Harness, tmp_path: Path) -> None:
    span = {"Content-Range": f"bytes 0-{len(MP4) - 1}/{len(MP4)}"}
    with Loopback(file(headers=ETAG | span)) as server:
        assert save(harness, server, tmp_path)[0].read_bytes() == MP4
        assert len(server.requests) == 1


@pytest.mark.parametrize("span", [f"bytes 1-{len(MP4) - 1}/{len(MP4)}", f"bytes 0-{len(MP4) - 2}/{len(MP4)}"])
def test_a_part_that_comes_as_the_whole_is_asked_for_again(harness: Harness, tmp_path: Path, span: str) -> None:
    with Loopback(file(headers=ETAG | {"Content-Range": span}), file()) as server:
        assert save(harness, server, tmp_path)[0].read_bytes() == MP4
        server.assert_fired()


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
    harness: Harness, tmp_path: Path, fault: Step, headers: dict[str, str]
) -> None:
    with Loopback(fault, rest(FIRST, headers={})) as server:
        assert save(harness, server, tmp_path)[0].read_bytes() == MP4
        server.assert_fired()
        assert {name: server.requests[1].header(name) for name in headers} == headers


@pytest.mark.parametrize("headers", [{}, {"ETag": 'W/"v1"'}, {"ETag": "v1"}, {"ETag": 'W/"v1"', **DATE}])
def test_only_a_version_that_is_exact_is_gone_on_with(
    harness: Harness, tmp_path: Path, headers: dict[str, str]
) -> None:
    with Loopback(cut(FIRST, headers=headers), file()) as server:
        assert save(harness, server, tmp_path)[0].read_bytes() == MP4
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
def test_a_download_that_fails_is_made_again(harness: Harness, tmp_path: Path, fault: Step) -> None:
    with Loopback(fault, file()) as server:
        assert save(harness, server, tmp_path)[0].read_bytes() == MP4
        server.assert_fired()
        assert server.billed == 0
    assert left(tmp_path) == [NAME]
    assert len(harness.clock.sleeps) == 1


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
def test_a_file_that_changed_meanwhile_is_downloaded_whole(harness: Harness, tmp_path: Path, fault: Step) -> None:
    with Loopback(cut(FIRST), fault, file()) as server:
        assert save(harness, server, tmp_path)[0].read_bytes() == MP4
        server.assert_fired()
        assert server.requests[2].header("Range") is None


def test_a_file_that_was_whole_but_not_yet_named_is_only_named(harness: Harness, tmp_path: Path) -> None:
    with PartFile(tmp_path / "make-t-1-1.part") as growing:
        growing.restart('"v1"')
        growing.write(MP4)
    with Loopback(answer(b"", 416, {"Content-Range": f"bytes */{len(MP4)}"})) as server:
        assert save(harness, server, tmp_path)[0].read_bytes() == MP4
        server.assert_fired()
    assert left(tmp_path) == [NAME]


def test_a_download_gives_up_after_attempts_that_bring_nothing(harness: Harness, tmp_path: Path) -> None:
    with Loopback(*[answer(b"", 503)] * 5) as server:
        with pytest.raises(DownloadError, match=r"make: HTTP 503$"):
            save(harness, server, tmp_path)
        server.assert_fired()
    assert left(tmp_path) == []


def test_what_has_arrived_is_kept_for_the_next_save(harness: Harness, tmp_path: Path) -> None:
    with Loopback(cut(FIRST), *[close(bills=False)] * 4, rest(FIRST)) as server:
        with pytest.raises(DownloadError, match=f"{FIRST} bytes are kept"):
            save(harness, server, tmp_path)
        assert left(tmp_path) == ["make-t-1-1.part", "make-t-1-1.part.json"]
        assert save(harness, server, tmp_path)[0].read_bytes() == MP4
        server.assert_fired()
    assert left(tmp_path) == [NAME]


def test_a_download_that_moves_on_is_not_given_up(harness: Harness, tmp_path: Path) -> None:
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
        assert save(harness, server, tmp_path)[0].read_bytes() == film
        server.assert_fired()
        assert len(server.requests) == 10


def test_what_brought_something_is_the_first_of_five_attempts(harness: Harness, tmp_path: Path) -> None:
    film, half = mp4(200_000), 100_000
    with Loopback(cut(half, film), *[close(bills=False)] * 3, rest(half, film)) as server:
        assert save(harness, server, tmp_path)[0].read_bytes() == film
        server.assert_fired()
    with Loopback(cut(half, film), *[close(bills=False)] * 4) as server:
        with pytest.raises(DownloadError, match=f"{half} bytes are kept"):
            save(harness, server, tmp_path / "other")
        server.assert_fired()


def test_the_end_of_a_file_that_is_gone_on_with_is_known_by_its_place(harness: Harness, tmp_path: Path) -> None:
    song, middle = b"ID3\x04" + bytes(100_000), 2 * FIRST
    span = ("Content-Range", f"bytes {FIRST}-{len(song) - 1}/{len(song)}")
    again = raw("cut again", head_of(206, [*ETAG.items(), span]) + song[FIRST:middle], bills=False)
    operation: Operation = FILM.replace(assets=Assets(at=("/url",), media="audio"))
    with Loopback(cut(FIRST, song), again, rest(middle, song)) as server:
        assert save(harness, server, tmp_path, operation=operation)[0].read_bytes() == song
        server.assert_fired()


def test_a_server_that_stalls_is_left(harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harness.module("download"), "STALL_SECONDS", 0.3)
    head = head_of(200, [("Content-Length", str(len(MP4))), *ETAG.items()])
    with Loopback(stall(bills=False), stall(sent=head + MP4[:FIRST], bills=False), rest(FIRST)) as server:
        assert save(harness, server, tmp_path)[0].read_bytes() == MP4
        server.assert_fired()


def test_a_download_ends_at_its_deadline_however_slowly_it_drips(harness: Harness, tmp_path: Path) -> None:
    slow = drip(head_of(200, [("Content-Length", "90000")]) + MP4[:500], interval=0.003, bills=False)
    with Loopback(*[slow] * 5) as server, pytest.raises(DownloadError):
        save(harness, server, tmp_path, timeout=0.2)
    assert left(tmp_path) == []


def test_an_async_download_ends_at_its_deadline_even_in_the_head(tmp_path: Path) -> None:
    slow = drip(head_of(200, [("X-Long", "x" * 900)]), interval=0.003, bills=False)
    with (
        Harness("async") as harness,
        Loopback(slow) as server,
        pytest.raises(DownloadError, match="the time for it is up"),
    ):
        save(harness, server, tmp_path, timeout=0.2)
