"""Whatever goes wrong in whatever order: a file is whole and of one version, or it has no name."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codegen.package._runtime.errors import DownloadError
from tests.package._runtime.download.served_files import MP4, NAME, cut, file, left, mp4, rest, save
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Loopback, Step, answer, close, head_of, raw, reset

OTHER = mp4(90_000)[:-1] + b"!"
V1, V2 = {"ETag": '"v1"'}, {"ETag": '"v2"'}
places = st.sampled_from([1, 700, 40_000, 70_000, 89_000])

good = st.builds(file, st.just(MP4), st.just(V1)) | st.builds(file, st.just(OTHER), st.just(V2))
cuts = st.builds(cut, places, st.just(MP4), st.sampled_from([V1, {}])) | st.builds(
    cut, places, st.just(OTHER), st.just(V2)
)
parts = st.builds(rest, places, st.just(MP4), st.just(V1)) | st.builds(rest, places, st.just(OTHER), st.just(V2))
broken = st.sampled_from(
    [
        close(bills=False),
        reset(bills=False),
        raw("cut without a length", head_of(200) + MP4[:50_000], bills=False),
        answer(b"", 503),
        answer(b"", 429, {"Retry-After": "1"}),
        answer(b"", 416, {"Content-Range": f"bytes */{len(OTHER)}"}),
        answer(b"<html>Sorry</html>", 200, V1),
        answer(b"", 403),
        answer(b"", 302, {"Location": "/film"}),
    ]
)


@pytest.mark.parametrize("kind", ["async", "sync"])
@given(schedule=st.lists(cuts | parts | broken | good, max_size=9), saves=st.integers(1, 3))
@settings(max_examples=15)
def test_a_file_is_whole_or_has_no_name(kind: str, schedule: list[Step], saves: int) -> None:
    with tempfile.TemporaryDirectory() as name, Harness(kind) as harness, Loopback(*schedule) as server:
        folder = Path(name)
        for _ in range(saves):
            try:
                save(harness, server, folder, overwrite=True)
            except DownloadError:
                continue
            assert (folder / NAME).read_bytes() in (MP4, OTHER)
        assert {file for file in left(folder) if not file.startswith("make-t-1-1.part")} <= {NAME}
        if NAME in left(folder):
            assert (folder / NAME).read_bytes() in (MP4, OTHER)
        server._script.clear()
        server.on("GET", "/film", otherwise=file())
        save(harness, server, folder, overwrite=True)
        assert (folder / NAME).read_bytes() == MP4
        assert left(folder) == [NAME]
        assert server.billed == 0
