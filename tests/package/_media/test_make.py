"""One function makes every kind of file: the same for the same arguments, and nothing absurd."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from codegen.package import _media
from codegen.package._media import KINDS, extension, make
from tests.package._media.media_inputs import SEEDS, SIZES, TEXTS

BEGINNINGS = {"png": b"\x89PNG\r\n\x1a\n", "svg": b"<svg ", "mp4": b"\0\0\0 ftyp", "mp3": b"\xff\xf3"}


def test_every_kind_has_its_media_type() -> None:
    assert dict(KINDS) == {"png": "image/png", "svg": "image/svg+xml", "mp4": "video/mp4", "mp3": "audio/mpeg"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_begins_as_its_kind_does_and_is_small(kind: str) -> None:
    content = make(kind)
    assert content.startswith(BEGINNINGS[kind])
    assert len(content) < 20_000


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=15)
@given(size=SIZES, seed=SEEDS, text=TEXTS)
def test_the_same_arguments_make_the_same_bytes(kind: str, size: tuple[int, int], seed: str, text: str) -> None:
    width, height = size
    first, second = (make(kind, seed=seed, width=width, height=height, text=text) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("kind", KINDS)
def test_every_seed_makes_a_file_of_its_own(kind: str) -> None:
    assert len({make(kind, seed=str(number)) for number in range(50)}) == 50


@pytest.mark.parametrize("kind", ["jpg", "PNG", "", ".png"])
def test_an_unknown_extension_is_refused_with_the_known_ones(kind: str) -> None:
    with pytest.raises(ValueError, match="png, svg, mp4, mp3"):
        make(kind)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "width, height, message",
    [
        (0, 10, "width is 0"),
        (10, -1, "height is -1"),
        (16385, 16385, "width is 16385"),
        (16384, 16385, "height is 16385"),
        (21, 1, "21x1 is too oblong"),
        (2, 41, "2x41 is too oblong"),
    ],
)
def test_an_absurd_size_is_refused_whatever_the_kind(kind: str, width: int, height: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make(kind, width=width, height=height)


@pytest.mark.parametrize(
    "size, shape", [((1920, 1080), b"landscape"), ((9, 16), b"portrait"), ((1024, 1024), b"square")]
)
def test_a_film_has_the_nearest_of_three_shapes(size: tuple[int, int], shape: bytes) -> None:
    sample = (Path(_media.__file__).parent / f"{shape.decode()}.mp4").read_bytes()
    assert make("mp4", width=size[0], height=size[1]).startswith(sample)


def test_a_sound_carries_its_title() -> None:
    tag = make("mp3", text="Töne\nim Wald")[-128:]
    assert tag[:33].rstrip(b"\0") == b"TAG" + "Töne im Wald".encode("latin-1")


@pytest.mark.parametrize(
    "media, place, expected",
    [
        ("video", "/result/url", "mp4"),
        ("image", "/result/url", "png"),
        ("audio", "/result/url", "mp3"),
        ("diagram", "/result/url", "png"),
        ("diagram", "/result/svg_url", "svg"),
        ("image", "/result/MP4", "mp4"),
        ("something new", "", "png"),
    ],
)
def test_a_place_that_names_a_type_has_it_and_any_other_goes_by_its_kind(media: str, place: str, expected: str) -> None:
    assert extension(media, place) == expected
