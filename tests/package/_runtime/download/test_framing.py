"""A file is saved whole or not at all, however the server frames, codes or labels its bytes, over each transport."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from codegen.package._runtime.errors import DownloadError, InvalidRequest, UntrustedHost
from codegen.package._runtime.operation import Assets
from codegen.package._runtime.part import PartFile
from tests.package._runtime.download.served_files import CHUNKED, ETAG, FILM, MP4, NAME, chunk, file, left, result, save
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Loopback, Step, answer, head_of, raw

PACKED = gzip.compress(MP4)
MEMBERS = b"".join(gzip.compress(MP4[start : start + 40_000]) for start in range(0, len(MP4), 40_000))


def coded(coding: str, content: bytes) -> Step:
    return file(content, {"Content-Encoding": coding})


def sent(head: bytes, content: bytes = b"") -> Step:
    return raw("file", head + content, bills=False)


def length(size: int, *headers: tuple[str, str], status: int = 200) -> bytes:
    return head_of(status, [("Content-Length", str(size)), *headers])


WHOLE: dict[str, Step] = {
    "gzip": coded("gzip", PACKED),
    "gzip in three members": coded("gzip", MEMBERS),
    "gzip with padding": coded("x-gzip", PACKED + b"\0" * 100),
    "gzip in chunks": sent(head_of(200, [*CHUNKED, ("Content-Encoding", "gzip")]), chunk(PACKED) + b"0\r\n\r\n"),
    "deflate": coded("deflate", zlib.compress(MP4)),
    "deflate without a header": coded("deflate", zlib.compress(MP4)[2:-4]),
    **{f"a coding that is none: {name}": coded(name, MP4) for name in ("identity", "none", "UTF-8", "aws-chunked", "")},
    "chunks": sent(head_of(200, CHUNKED), chunk(MP4) + b"0\r\n\r\n"),
    "without a length": sent(head_of(200), MP4),
    "HTTP/1.0": sent(b"HTTP/1.0 200 OK\r\n\r\n", MP4),
    "more than it says": sent(length(len(MP4)), MP4 + b"more"),
    "203": file(status=203),
    "206 that is all of it": file(headers={"Content-Range": f"bytes 0-{len(MP4) - 1}/{len(MP4)}"}, status=206),
}
BROKEN: dict[str, Step] = {
    "gzip that is cut": coded("gzip", PACKED[:-20]),
    "gzip without its last member": coded("gzip", MEMBERS[: len(gzip.compress(MP4[:40_000])) + 30]),
    "gzip with a wrong sum": coded("gzip", PACKED[:-8] + b"\0" * 8),
    "gzip with bytes behind": coded("gzip", PACKED + b"garbage"),
    "gzip that is none": coded("gzip", MP4),
    "nothing in gzip": coded("gzip", b""),
    "gzip twice": coded("gzip, gzip", gzip.compress(PACKED)),
    "br": coded("br", b"abc"),
    "zstd": coded("zstd", b"abc"),
    "chunks without an end": sent(head_of(200, CHUNKED), chunk(MP4)),
    "half a chunk": sent(head_of(200, CHUNKED), chunk(MP4)[:50_000]),
    "less than it says": sent(length(len(MP4)), MP4[:50_000]),
    "half, without a length": sent(head_of(200), MP4[:50_000]),
    "two lengths": sent(head_of(200, [("Content-Length", "5"), ("Content-Length", "6")]), MP4),
    "206 of half of it": file(MP4[:50_000], {"Content-Range": f"bytes 0-49999/{len(MP4)}"}, 206),
    "206 of nobody knows what": file(MP4[:50_000], {}, 206),
    "206 without a size": file(headers={"Content-Range": f"bytes 0-{len(MP4) - 1}/*"}, status=206),
    "half as 200": file(MP4[:50_000], {"Content-Range": f"bytes 0-49999/{len(MP4)}"}),
    "nothing": file(b""),
    "nothing in chunks": sent(head_of(200, CHUNKED), b"0\r\n\r\n"),
    **{f"{status}": answer(MP4, status, bills=False) for status in (201, 202, 226, 300, 304, 305, 400, 403, 416, 418)},
}


@pytest.mark.parametrize("step", WHOLE.values(), ids=WHOLE)
def test_a_whole_file_is_saved(each_harness: Harness, tmp_path: Path, step: Step) -> None:
    with Loopback(step) as server:
        assert save(each_harness, server, tmp_path)[0].read_bytes() == MP4
    assert left(tmp_path) == [NAME]


@pytest.mark.parametrize("step", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("there", [None, b"", b"another"], ids=["new", "beside an empty file", "beside another file"])
def test_what_is_not_whole_is_an_error(harness: Harness, tmp_path: Path, step: Step, there: bytes | None) -> None:
    if there is not None:
        (tmp_path / NAME).write_bytes(there)
    any_kind = replace(FILM, assets=Assets(at=("/url",)))
    with Loopback() as server:
        server.on("GET", "/film", otherwise=step)
        made = result(
            harness, harness.client(server.url), server.url + "/film", operation=any_kind, task=_Fixed(harness)
        )
        with pytest.raises(DownloadError) as caught:
            harness.call(made.save, tmp_path)
        assert type(caught.value) in (DownloadError, UntrustedHost)
    assert left(tmp_path) == ([] if there is None else [NAME])
    assert there is None or (tmp_path / NAME).read_bytes() == there


class _Fixed:
    """A task that names the same URLs again."""

    id = "t-1"

    def __init__(self, harness: Harness) -> None:
        self.refresh = self._refresh_async if harness.is_async else self._refresh

    async def _refresh_async(self) -> None:
        raise DownloadError("no fresh URL")

    def _refresh(self) -> None:
        raise DownloadError("no fresh URL")


LATER = {
    "a smaller total": answer(b"", 416, {"Content-Range": "bytes */50000"}),
    "a smaller total of the rest": answer(
        MP4[50_000:80_000], 206, {**ETAG, "Content-Range": "bytes 50000-79999/80000"}
    ),
    "a larger total": answer(
        MP4[50_000:], 206, {**ETAG, "Content-Range": f"bytes 50000-{len(MP4) - 1}/{len(MP4) + 9}"}
    ),
    "another version": answer(
        MP4[50_000:], 206, {"ETag": '"v2"', "Content-Range": f"bytes 50000-{len(MP4) - 1}/{len(MP4)}"}
    ),
    "another place": answer(MP4[40_000:], 206, {**ETAG, "Content-Range": f"bytes 40000-{len(MP4) - 1}/{len(MP4)}"}),
    "no place": answer(MP4[50_000:], 206, ETAG),
    "gzip": answer(
        MP4[50_000:],
        206,
        {**ETAG, "Content-Encoding": "gzip", "Content-Range": f"bytes 50000-{len(MP4) - 1}/{len(MP4)}"},
    ),
    "all of it": file(),
}


@pytest.mark.parametrize("total", [len(MP4), None], ids=["total known", "total unknown"])
@pytest.mark.parametrize("step", LATER.values(), ids=LATER)
def test_a_part_is_gone_on_with_only_where_the_rest_fits(
    harness: Harness, tmp_path: Path, step: Step, total: int | None
) -> None:
    with PartFile(tmp_path / "make-t-1-1.part") as growing:
        growing.restart('"v1"', total)
        growing.write(MP4[:50_000])
    with Loopback(step) as server:
        server.on("GET", "/film", otherwise=file())
        try:
            assert save(harness, server, tmp_path)[0].read_bytes() in (MP4, MP4[:80_000])
        except DownloadError:
            assert NAME not in left(tmp_path)
    if total is not None and (tmp_path / NAME).exists():
        assert (tmp_path / NAME).read_bytes() == MP4


NOTES = [
    "\xff",
    "[]",
    "5",
    '{"validator": 5}',
    '{"validator": "a\\r\\nX: y"}',
    '{"validator": "成"}',
    '{"validator": "\\"v1\\"", "total": true}',
]


@pytest.mark.parametrize("notes", NOTES)
def test_notes_on_a_part_that_cannot_be_used_cost_a_download_and_no_more(
    harness: Harness, tmp_path: Path, notes: str
) -> None:
    (tmp_path / "make-t-1-1.part").write_bytes(MP4[:50_000])
    (tmp_path / "make-t-1-1.part.json").write_text(notes, encoding="latin-1" if notes == "\xff" else "utf-8")
    with Loopback() as server:
        server.on("GET", "/film", otherwise=file())
        assert save(harness, server, tmp_path)[0].read_bytes() == MP4
    assert left(tmp_path) == [NAME]


@pytest.mark.parametrize(
    "options",
    [
        {"folder": "a\0b"},
        {"folder": "a\ud800b"},
        {"folder": b"a"},
        {"folder": 5},
        {"max_bytes": 0},
        {"max_bytes": "5"},
        {"max_bytes": 1.5},
        {"max_bytes": None},
        {"max_bytes": True},
        {"allow_hosts": 5},
        {"allow_hosts": [5]},
        {"allow_hosts": None},
    ],
    ids=str,
)
def test_what_cannot_be_saved_so_is_refused_before_anything_is_asked(
    harness: Harness, tmp_path: Path, options: dict[str, Any]
) -> None:
    with Loopback() as server:
        made = result(harness, harness.client(server.url), server.url + "/film")
        with pytest.raises(InvalidRequest, match=f"{next(iter(options))}: "):
            harness.call(made.save, **{"folder": tmp_path, **options})
        assert server.connections == 0


def test_the_last_error_says_what_failed_before_the_time_was_up(harness: Harness, tmp_path: Path) -> None:
    with Loopback() as server:
        server.on("GET", "/film", otherwise=coded("gzip", PACKED[:-20]))
        with pytest.raises(DownloadError, match="the gzip body is cut"):
            save(harness, server, tmp_path, timeout=3)
