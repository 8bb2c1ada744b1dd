"""Files are real, the same at every fetch, and served as an object store serves them."""

from __future__ import annotations

import shutil
import subprocess
from email.utils import parsedate_to_datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import httpx
import pytest
from wondergen._runtime.media import is_complete, sniff
from wondergen.offline import Running, Settings
from wondergen.offline.result_contents import size_of
from wondergen.offline.result_files import Files

from tests import catalog_values
from tests.chosen_operations import DIAGRAM, SOUND, VIDEO
from tests.package.offline.conftest import Harness, StillClock
from tests.package.offline.valid_calls import a_call, method

TALL = next(shape for shape in VIDEO.choices("aspect_ratio") if ":" in shape and Fraction(shape.replace(":", "/")) < 1)


@pytest.fixture
def video(harness: Harness) -> str:
    """Return the URL of a video."""
    (url,) = harness.run(harness.run(VIDEO.call(harness.client(VIDEO.service), "A fox", aspect_ratio=TALL)).wait()).urls
    return str(url)


def test_a_file_comes_with_all_that_a_store_says(video: str, server: Running, clock: StillClock) -> None:
    response, again = httpx.get(video), httpx.get(video)
    assert response.status_code == 200
    assert response.content == again.content
    assert response.headers["content-type"] == "video/mp4"
    assert int(response.headers["content-length"]) == len(response.content)
    assert response.headers["accept-ranges"] == "bytes"
    assert abs(parsedate_to_datetime(response.headers["last-modified"]).timestamp() - clock.now()) < 60
    head = httpx.head(video)
    assert (head.content, head.headers["content-length"]) == (b"", response.headers["content-length"])
    assert head.headers["etag"] == response.headers["etag"]


def test_a_picture_with_words_of_a_caller_can_do_nothing_as_a_page(harness: Harness) -> None:
    (*_, svg) = harness.run(DIAGRAM.call(harness.client(DIAGRAM.service), "a <script>")).urls
    response = httpx.get(svg)
    assert response.headers["content-type"] == "image/svg+xml"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["content-security-policy"].startswith("default-src 'none'")


RANGES = [
    ("bytes=0-9", 206, slice(0, 10), "bytes 0-9/{size}"),
    ("bytes=10-", 206, slice(10, None), "bytes 10-{last}/{size}"),
    ("bytes=-5", 206, slice(-5, None), "bytes {before}-{last}/{size}"),
    ("bytes=0-99999999", 206, slice(0, None), "bytes 0-{last}/{size}"),
    ("bytes=99999999-", 416, slice(0, 0), "bytes */{size}"),
    ("bytes=9-3", 416, slice(0, 0), "bytes */{size}"),
    ("bytes=-0", 416, slice(0, 0), "bytes */{size}"),
    ("bytes=0-" + "9" * 5000, 200, slice(0, None), None),
    ("bytes=0-1,4-5", 200, slice(0, None), None),
    ("bytes=-", 200, slice(0, None), None),
    ("lines=0-9", 200, slice(0, None), None),
]


@pytest.mark.parametrize("range_header, status, part, content_range", RANGES)
def test_a_part_can_be_asked_for(
    video: str, range_header: str, status: int, part: slice, content_range: str | None
) -> None:
    whole = httpx.get(video).content
    response = httpx.get(video, headers={"Range": range_header})
    assert (response.status_code, response.content) == (status, whole[part])
    size = len(whole)
    expected = content_range and content_range.format(size=size, last=size - 1, before=size - 5)
    assert response.headers.get("content-range") == expected


def test_conditions_hold(video: str) -> None:
    whole = httpx.get(video)
    etag, modified = whole.headers["etag"], whole.headers["last-modified"]
    for known in (etag, f'"other", {etag}', f"W/{etag}", "*"):
        unchanged = httpx.get(video, headers={"If-None-Match": known})
        assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert httpx.get(video, headers={"If-None-Match": '"other"'}).status_code == 200
    for headers, status in (
        ({"If-Modified-Since": modified}, 304),
        ({"If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"}, 200),
        ({"If-Modified-Since": modified, "If-None-Match": '"other"'}, 200),
    ):
        assert httpx.get(video, headers=headers).status_code == status
    for condition, status in ((etag, 206), (modified, 206), ('"other"', 200)):
        assert httpx.get(video, headers={"Range": "bytes=0-1", "If-Range": condition}).status_code == status


def test_an_address_works_for_a_while_and_as_it_is(video: str, server: Running, clock: StillClock) -> None:
    assert httpx.get(video.replace("signature=", "signature=0")).status_code == 403
    assert httpx.get(video.replace("expires=", "expires=9")).status_code == 403
    assert httpx.get(video.partition("?")[0]).status_code == 403
    assert httpx.get(video + "&signature=é").status_code == 200, "the first counts"
    assert httpx.get(video.replace("-1.mp4", "-2.mp4")).status_code == 404
    assert httpx.get(video.replace("/files/", "/files/x")).status_code == 404
    assert httpx.post(video).status_code == 405
    clock.advance(server.upstream.settings.file_seconds + 2)
    assert httpx.get(video).status_code == 403


def test_the_same_address_is_told_at_every_poll(harness: Harness) -> None:
    task = harness.run(VIDEO.call(harness.client(VIDEO.service), "A fox"))
    first = harness.run(task.wait()).urls
    harness.run(task.refresh())
    assert harness.run(harness.client(VIDEO.service).resume(task.token()).wait()).urls == first


KINDS: list[tuple[str, str, dict[str, Any], list[str]]] = [
    (*VIDEO.place, {}, ["mp4"]),
    (*SOUND.place, {"duration": SOUND.least("duration"), "qty": 2}, ["mp3"] * 2),
    (*DIAGRAM.place, {}, ["png", "svg"]),
]


@pytest.mark.parametrize("service, operation, more, kinds", KINDS)
def test_files_are_of_their_kind_and_as_many_as_were_asked_for(
    harness: Harness, tmp_path: Path, service: str, operation: str, more: dict[str, Any], kinds: list[str]
) -> None:
    made = harness.run(
        method(harness.client(service), operation)(
            **{**a_call(service, operation), "prompt": "A fox, then a lake", **more}
        )
    )
    result = harness.run(made.wait()) if hasattr(made, "wait") else made
    saved = harness.run(result.save(tmp_path))
    assert [sniff(path.read_bytes()[:1024]) for path in saved] == kinds
    assert all(is_complete(path, kind) is not False for path, kind in zip(saved, kinds, strict=True))
    assert len({path.read_bytes() for path in saved}) == len(kinds), "no two files are the same"


def test_the_number_of_images_is_read_from_the_body_wherever_it_stands(harness: Harness) -> None:
    counted = [
        (service, name, row["x-task"]["assets"]["count"].rpartition("/")[2])
        for service in catalog_values.services()
        for name, (_, row) in catalog_values.operations(service).items()
        if "count" in row.get("x-task", {}).get("assets", {})
    ]
    assert counted
    for service, name, count in counted:
        task = harness.run(method(harness.client(service), name)(**{**a_call(service, name), count: 2}))
        assert len(harness.run(task.wait()).urls) == 2, name


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="ffprobe is not installed")
def test_a_film_has_the_shape_that_was_asked_for(video: str, tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(httpx.get(video).content)
    command = ["ffprobe", "-v", "error", "-show_entries", "stream=width,height:format=duration", "-of", "csv=p=0"]
    output = subprocess.run([*command, str(tmp_path / "film.mp4")], capture_output=True, text=True, check=True).stdout
    (width, height), seconds = output.splitlines()[0].split(",")[:2], float(output.splitlines()[1])
    assert abs(int(width) / int(height) - Fraction(TALL.replace(":", "/"))) < 0.05
    assert abs(seconds - VIDEO.choices("duration")[0]) < 0.5


SIZES: list[tuple[dict[str, Any], tuple[int, int]]] = [
    ({}, (1280, 720)),
    ({"resolution": "1080p", "aspect_ratio": "9:16", "duration": 10}, (1080, 1920)),
    ({"ratio": "1:1", "resolution": "2K"}, (2048, 2048)),
    ({"size": "1024x768", "duration": "8s"}, (1024, 768)),
    ({"width": 512, "height": 2048}, (512, 2048)),
    ({"width": 1600}, (1600, 900)),
    ({"height": 900}, (1600, 900)),
    ({"aspect_ratio": "original", "duration": 0}, (1280, 720)),
    ({"aspect_ratio": "0:0", "duration": "long"}, (1280, 720)),
    ({"width": 1, "height": 99999}, (410, 8192)),
    ({"width": True, "height": None, "duration": float("inf")}, (1280, 720)),
]


@pytest.mark.parametrize("arguments, size", SIZES)
def test_the_size_is_read_by_general_names(arguments: dict[str, Any], size: tuple[int, int]) -> None:
    assert size_of(arguments) == size


def test_what_is_kept_is_bounded(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wondergen.offline.result_files.KEPT_BYTES", 1)
    client = harness.client(DIAGRAM.service)
    contents = []
    for _ in range(2):
        urls = harness.run(DIAGRAM.call(client, "Plan")).urls
        contents.append([httpx.get(url).content for url in (*urls, *urls)])
    assert all(first[:2] == first[2:] for first in contents), "what was dropped is made again, the same"
    files: Files = harness.server.upstream.files
    assert len(files._files) == 1


def test_settings_say_how_long(clock: StillClock) -> None:
    assert Settings().file_seconds == 3600.0
