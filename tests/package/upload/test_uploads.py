"""A local file is checked, uploaded, and never reaches the wire itself."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import respx
from wondergen import InvalidRequest
from wondergen._media import make
from wondergen._runtime import probe

from tests.chosen_operations import FROM_FILE, FROM_IMAGE, MASKED

URL = FROM_FILE.url
ACCEPTED = {"code": 0, "data": {"task_id": "t1"}}


@pytest.fixture
def service() -> Iterator[respx.Route]:
    with respx.mock(assert_all_called=False) as mock:
        yield mock.post(URL).mock(return_value=httpx.Response(200, json=ACCEPTED))


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "cat.png"
    path.write_bytes(make("png", width=640, height=480))
    return path


class Uploader:
    def __init__(self) -> None:
        self.paths: list[Path] = []

    def __call__(self, path: Path) -> str:
        self.paths.append(path)
        return f"https://files.example.com/{len(self.paths)}?signature=secret"


def client(**options: Any) -> Any:
    return FROM_FILE.client(**FROM_FILE.keys, **options)


@pytest.mark.parametrize("form", ["path", "text", "open file", "bytes in memory"])
def test_the_url_of_the_uploader_goes_on_the_wire(service: respx.Route, picture: Path, form: str) -> None:
    uploader = Uploader()
    with client(uploader=uploader) as made, open(picture, "rb") as file:
        image: Any = {
            "path": picture,
            "text": picture.as_uri(),
            "open file": file,
            "bytes in memory": io.BytesIO(picture.read_bytes()),
        }[form]
        FROM_FILE.call(made, prompt="a cat", image=image)
    assert json.loads(service.calls[0].request.content)["image"] == "https://files.example.com/1?signature=secret"
    assert len(uploader.paths) == 1


def test_without_an_uploader_the_fault_says_how_to_give_one(service: respx.Route, picture: Path) -> None:
    with client() as made, pytest.raises(InvalidRequest, match="no uploader: make the client with uploader="):
        FROM_FILE.call(made, prompt="a cat", image=picture)
    assert not service.called


def test_a_file_where_no_file_goes_is_a_fault(service: respx.Route, picture: Path) -> None:
    with client(uploader=Uploader()) as made, pytest.raises(InvalidRequest, match="is not the URL of a file"):
        FROM_FILE.call(made, prompt=picture, image="https://example.com/cat.png")
    assert not service.called


def test_every_fault_of_file_and_call_is_told_before_upload_and_payment(service: respx.Route, tmp_path: Path) -> None:
    small = tmp_path / "small.gif"
    small.write_bytes(b"GIF89a" + (10).to_bytes(2, "little") + (200).to_bytes(2, "little"))
    uploader = Uploader()
    with FROM_IMAGE.client(**FROM_IMAGE.keys, uploader=uploader) as made, pytest.raises(InvalidRequest) as caught:
        FROM_IMAGE.of(made)(image=small, prompt="a", duration="7s")
    problems = [str(fault) for fault in caught.value.faults]
    assert any("image: has 10 pixels of width, below the minimum" in problem for problem in problems)
    assert any("image: has a ratio of width to height of 10:200" in problem for problem in problems)
    assert any("duration" in problem for problem in problems)
    assert uploader.paths == []


def test_a_missing_file_is_a_fault(service: respx.Route, tmp_path: Path) -> None:
    with client(uploader=Uploader()) as made, pytest.raises(InvalidRequest, match="there is no file"):
        FROM_FILE.call(made, prompt="a", image=tmp_path / "absent.png")


@pytest.mark.parametrize("given", ["http://files.example.com/1", "cat.png", None])
def test_an_uploader_must_give_an_https_url(service: respx.Route, picture: Path, given: Any) -> None:
    with client(uploader=lambda path: given) as made, pytest.raises(InvalidRequest, match="the uploader gave"):
        FROM_FILE.call(made, prompt="a", image=picture)
    assert not service.called


def test_an_upload_that_fails_sends_nothing_and_frees_the_key(
    service: respx.Route, picture: Path, tmp_path: Path
) -> None:
    def broken(path: Path) -> str:
        raise OSError("the disk is full")

    journal = tmp_path / "runs.sqlite"
    with (
        client(uploader=broken, journal=journal) as made,
        pytest.raises(InvalidRequest, match="could not be uploaded"),
    ):
        FROM_FILE.call(made, prompt="a", image=picture, key="k")
    with client(uploader=Uploader(), journal=journal) as made:
        assert FROM_FILE.call(made, prompt="a", image=picture, key="k").id == "t1"


def test_a_key_stands_for_the_bytes_and_not_for_the_signed_url(
    service: respx.Route, picture: Path, tmp_path: Path
) -> None:
    uploader = Uploader()
    with client(uploader=uploader, journal=tmp_path / "runs.sqlite") as made:
        for _ in range(2):
            assert FROM_FILE.call(made, prompt="a", image=picture, key="k").id == "t1"
        assert (service.call_count, len(uploader.paths)) == (1, 1)
        picture.write_bytes(make("png", width=641, height=480))
        with pytest.raises(InvalidRequest, match="stands for another request"):
            FROM_FILE.call(made, prompt="a", image=picture, key="k")


@pytest.mark.parametrize("kind", ["png", "svg", "mp4", "mp3"])
def test_what_a_file_is_comes_from_its_bytes(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "file.bin"
    path.write_bytes(make(kind, width=64, height=36))
    facts = probe.read(path)
    assert facts.format == kind
    assert facts.bytes == path.stat().st_size
    if kind == "png":
        assert facts.size == (64, 36)
    if kind == "mp4":
        assert facts.size is not None
        assert facts.seconds is not None
        assert facts.seconds > 0
        assert facts.frame_rate is not None
        assert 1 <= facts.frame_rate <= 60


def test_a_jpeg_a_webp_and_a_wav_are_read(tmp_path: Path) -> None:
    path = tmp_path / "file"
    frame = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08\x01\x2c\x02\x80\x01\x11\x00"
    path.write_bytes(frame)
    assert probe.read(path).size == (640, 300)
    body = b"\0\0\0\0" + (639).to_bytes(3, "little") + (299).to_bytes(3, "little")
    path.write_bytes(b"RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0" + body)
    assert probe.read(path).size == (640, 300)
    header = (
        b"fmt \x10\0\0\0\x01\0\x01\0" + (8000).to_bytes(4, "little") + (16000).to_bytes(4, "little") + b"\x02\0\x10\0"
    )
    sound = b"data" + (32000).to_bytes(4, "little") + bytes(32000)
    path.write_bytes(b"RIFF" + (36 + 32000).to_bytes(4, "little") + b"WAVE" + header + sound)
    assert probe.read(path).seconds == 2.0


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBPVP8X", b"\0\0\0\x08ftyp"]
)
def test_a_file_that_is_cut_short_tells_what_it_can(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert probe.read(path).size is None


LIMITS = {
    "kind": "image",
    "formats": ["png", "jpeg"],
    "bytes": {"maximum": 1000},
    "width": {"minimum": 300, "exclusiveMaximum": 900},
    "aspect": {"minimum": "1:2", "maximum": "2:1"},
    "seconds": {"maximum": 10},
}


@pytest.mark.parametrize(
    "facts, problems",
    [
        (probe.FileFacts(1000, "jpg", (300, 600)), []),
        (probe.FileFacts(1001, "png", (899, 600)), ["has 1,001 bytes, above the maximum 1,000"]),
        (
            probe.FileFacts(9, "gif", (299, 300)),
            ["is gif, and must be one of png, jpg", "has 299 pixels of width, below the minimum 300"],
        ),
        (
            probe.FileFacts(9, "png", (900, 449)),
            [
                "has 900 pixels of width, and must have fewer than 900",
                "has a ratio of width to height of 900:449, above the maximum 2:1",
            ],
        ),
        (
            probe.FileFacts(9, None, None, 11.0),
            ["is of no known format, and must be one of png, jpg", "has 11 seconds, above the maximum 10"],
        ),
    ],
)
def test_every_limit_is_held(facts: probe.FileFacts, problems: list[str]) -> None:
    assert list(probe.faults(LIMITS, facts)) == problems


def box(kind: bytes, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return (len(content) + 8).to_bytes(4, "big") + kind + content


def picture_container(brands: bytes, *, turned: bool) -> bytes:
    """Return a file of two images: a small one, and a primary one that may be shown on its side."""

    def size(width: int, height: int) -> bytes:
        return box(b"ispe", bytes(4), width.to_bytes(4, "big"), height.to_bytes(4, "big"))

    properties = box(b"ipco", size(64, 48), size(4000, 3000), box(b"irot", bytes([1 if turned else 0])))
    links = box(b"ipma", bytes(4), (2).to_bytes(4, "big"), b"\x00\x01\x01\x01", b"\x00\x02\x02\x82\x03")
    meta = box(b"meta", bytes(4), box(b"pitm", bytes(4), b"\x00\x02"), box(b"iprp", properties, links))
    return box(b"ftyp", brands) + meta


@pytest.mark.parametrize(
    "brands, expected",
    [
        (b"heic\0\0\0\0mif1heic", "heic"),
        (b"mif1\0\0\0\0mif1heic", "heic"),
        (b"avif\0\0\0\0avif", "avif"),
        (b"mif1\0\0\0\0mif1avif", "avif"),
    ],
)
def test_the_size_of_the_primary_image_is_read(tmp_path: Path, brands: bytes, expected: str) -> None:
    path = tmp_path / "cat"
    for turned, size in ((False, (4000, 3000)), (True, (3000, 4000))):
        path.write_bytes(picture_container(brands, turned=turned))
        facts = probe.read(path)
        assert (facts.format, facts.size) == (expected, size)


FRAME = b"\xff\xfb\x90\x00" + bytes(413)
"""128 kbit/s, 44.1 kHz: 417 bytes, 1152 samples."""


@pytest.mark.parametrize(
    "content, frames",
    [
        (FRAME * 100, 100),
        (b"ID3\x04\0\0\0\0\x01\x00" + bytes(128) + FRAME * 100 + b"TAG" + bytes(125), 100),
        (FRAME[:36] + b"Xing\0\0\0\x01" + (250).to_bytes(4, "big") + FRAME[48:] + FRAME * 3, 250),
        (FRAME * 100 + b"noise that is not a frame", None),
        (b"ID3\x04\0\0\0\0\x01\x00" + bytes(20), None),
    ],
)
def test_the_seconds_of_a_sound_are_read_from_its_frames(tmp_path: Path, content: bytes, frames: int | None) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(content)
    expected = None if frames is None else pytest.approx(frames * 1152 / 44100)
    assert probe.read(path).seconds == expected


def test_a_mask_that_is_not_of_the_size_of_its_image_is_refused_before_anything_is_uploaded(tmp_path: Path) -> None:
    uploader = Uploader()
    image, mask = tmp_path / "image.png", tmp_path / "mask.png"
    image.write_bytes(make("png", width=640, height=640))
    mask.write_bytes(make("png", width=900, height=640))
    with respx.mock() as mock, MASKED.client(**MASKED.keys, uploader=uploader) as made:
        mock.post(MASKED.url).mock(return_value=httpx.Response(200, json=ACCEPTED))
        with pytest.raises(
            InvalidRequest, match=r"mask_url: .* pixels, and must be of the size of init_image, 640x640"
        ):
            MASKED.call(made, "a hat", init_image=image, mask_url=mask)
        assert uploader.paths == []
        mask.write_bytes(make("png", seed="mask", width=640, height=640))
        MASKED.call(made, "a hat", init_image=image, mask_url=mask)
    assert uploader.paths == [image, mask]


@pytest.mark.parametrize("order", ["little", "big"])
@pytest.mark.parametrize("orientation", range(9))
def test_a_photograph_has_the_size_in_which_it_is_shown(tmp_path: Path, orientation: int, order: Any) -> None:
    def number(value: int, width: int = 2) -> bytes:
        return value.to_bytes(width, order)

    start = b"II*\0" if order == "little" else b"MM\0*"
    entries = number(0x010F) + number(2) + number(1, 4) + bytes(4)
    entries += number(0x0112) + number(3) + number(1, 4) + number(orientation) + bytes(2)
    exif = b"Exif\0\0" + start + number(8, 4) + number(2) + entries + bytes(4)
    segment = b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"\xff\xd8" + segment + b"\xff\xc0\x00\x0b\x08\x01\x2c\x02\x80\x01\x11\x00")
    assert probe.read(path).size == ((300, 640) if orientation in (5, 6, 7, 8) else (640, 300))


def test_a_photograph_with_broken_exif_has_the_size_of_its_pixels(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    for exif in (b"Exif\0\0", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff", b"http://ns.adobe"):
        segment = b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif
        path.write_bytes(b"\xff\xd8" + segment + b"\xff\xc0\x00\x0b\x08\x01\x2c\x02\x80\x01\x11\x00")
        assert probe.read(path).size == (640, 300)


@pytest.mark.parametrize(
    "matrix, is_turned",
    [((1, 0, 0, 1), False), ((0, 1, -1, 0), True), ((-1, 0, 0, -1), False), ((0, -1, 1, 0), True)],
)
def test_a_film_has_the_size_in_which_it_is_shown(
    tmp_path: Path, matrix: tuple[int, int, int, int], is_turned: bool
) -> None:
    film = bytearray(make("mp4", width=64, height=36))
    plain = probe.read(_written(tmp_path / "plain.mp4", film)).size
    assert plain is not None
    at = film.index(b"tkhd") + 4 + 40
    a, b, c, d = ((value << 16).to_bytes(4, "big", signed=True) for value in matrix)
    film[at : at + 36] = a + b + bytes(4) + c + d + bytes(12) + (1 << 30).to_bytes(4, "big")
    found = probe.read(_written(tmp_path / "turned.mp4", film)).size
    assert found == (plain[::-1] if is_turned else plain)


def _written(path: Path, content: bytes | bytearray) -> Path:
    path.write_bytes(content)
    return path
