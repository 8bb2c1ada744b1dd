"""A film is an MP4 file whose index fits its samples to the byte, and whose samples are H.264 to the bit."""

from __future__ import annotations

import struct
from itertools import pairwise

import pytest
from hypothesis import given, settings

from codegen.package._media import bounds, h264, make, words
from tests.package.media import film
from tests.package.media.asked import SECONDS, SEEDS, SIZES, TEXTS

TABLE = "/moov/trak/mdia/minf/stbl"


def numbers(data: bytes, start: int = 4) -> list[int]:
    """The big-endian numbers of a box, after its version and flags."""
    return list(struct.unpack_from(f">{(len(data) - start) // 4}I", data, start))


def samples(content: bytes) -> list[bytes]:
    """The samples, where the index says that they are."""
    found = film.boxes(content)
    constant, count, *sizes = numbers(found[f"{TABLE}/stsz"])
    assert (constant, count) == (0, len(sizes))
    chunks, start = numbers(found[f"{TABLE}/stco"])
    assert chunks == 1
    assert numbers(found[f"{TABLE}/stsc"]) == [1, 1, count, 1]
    assert content[start - 4 : start] == b"mdat"
    cut = [content[start + sum(sizes[:number]) :][:size] for number, size in enumerate(sizes)]
    assert b"".join(cut) == found["/mdat"]
    return cut


def units(content: bytes) -> list[bytes]:
    found = samples(content)
    assert all(int.from_bytes(sample[:4], "big") == len(sample) - 4 for sample in found)
    return [sample[4:] for sample in found]


def sequence(content: bytes) -> film.Sequence:
    described = film.boxes(content)[f"{TABLE}/stsd"]
    width, height = struct.unpack_from(">HH", described, 8 + 8 + 24)
    record = film.boxes(described[8 + 8 + 78 :])["/avcC"]
    assert record[:6] == bytes([1, 66, 0xC0, 30, 0xFF, 0xE1])
    length = int.from_bytes(record[6:8], "big")
    assert record[8 + length] == 1
    film.check_picture(record[8 + length + 3 :])
    found = film.sequence(record[8 : 8 + length])
    assert (found.width, found.height) == (width, height)
    return found


@settings(max_examples=25, deadline=None)
@given(size=SIZES, seed=SEEDS)
def test_the_shape_is_the_one_asked_for_and_no_side_is_longer_than_320(size: tuple[int, int], seed: str) -> None:
    content = make("mp4", seed=seed, width=size[0], height=size[1], seconds=0.2)
    shown = sequence(content)
    scale = min(1, 320 / max(size))
    assert abs(shown.width - size[0] * scale) <= 1
    assert abs(shown.height - size[1] * scale) <= 1
    assert numbers(film.boxes(content)["/moov/trak/tkhd"])[-2:] == [shown.width << 16, shown.height << 16]


@settings(max_examples=40, deadline=None)
@given(seconds=SECONDS)
def test_it_is_exactly_as_long_as_asked_for(seconds: float) -> None:
    found = film.boxes(make("mp4", width=32, height=18, seconds=seconds))
    expected = round(min(30, max(0.2, seconds)) * 90_000)
    for header in ("/moov/mvhd", "/moov/trak/mdia/mdhd"):
        assert numbers(found[header])[2:4] == [90_000, expected]
    assert numbers(found["/moov/trak/tkhd"])[4] == expected
    entries, *times = numbers(found[f"{TABLE}/stts"])
    pairs = list(zip(times[::2], times[1::2], strict=True))
    assert entries == len(pairs)
    assert sum(count * ticks for count, ticks in pairs) == expected
    assert sum(count for count, _ in pairs) == numbers(found[f"{TABLE}/stsz"])[1]
    assert all(count > 0 and 0 < ticks < 2 * 5625 for count, ticks in pairs)


@settings(max_examples=15, deadline=None)
@given(size=SIZES, seed=SEEDS)
def test_every_frame_is_whole(size: tuple[int, int], seed: str) -> None:
    content = make("mp4", seed=seed, width=size[0], height=size[1], seconds=3)
    shown = sequence(content)
    keys = numbers(film.boxes(content)[f"{TABLE}/stss"])
    assert keys[1:] == list(range(1, 49, 16))
    for place, unit in enumerate(units(content)):
        if place % 16 == 0:
            number, rows = film.key_frame(unit, shown)
            assert number == place // 16 % 2  # two in a row must differ
            assert all(16 <= value <= 240 for row in rows for cell in row for value in cell)
        else:
            assert film.moved_frame(unit, shown) == place % 16


def test_a_key_frame_shows_what_the_moves_have_led_to() -> None:
    content = make("mp4", seed="fox", seconds=5)
    shown = sequence(content)
    pictures = [film.key_frame(unit, shown)[1] for unit in units(content)[::16]]
    for before, after in pairwise(pictures):
        assert [row[2:] for row in before] == [row[:-2] for row in after]
        assert before != after


def test_what_comes_into_view_lies_two_columns_beyond_the_edge() -> None:
    shown = sequence(make("mp4", width=320, height=180))
    assert (shown.columns, shown.rows) == (320 // 16 + 2, 12)
    assert (shown.width, shown.height) == (320, 180)


def test_another_seed_is_visibly_another_film() -> None:
    contents = [make("mp4", seed=seed) for seed in ("fox", "hen")]
    first, second = (film.key_frame(units(content)[0], sequence(content))[1] for content in contents)
    pairs = [pair for one, other in zip(first, second, strict=True) for pair in zip(one, other, strict=True)]
    assert sum(max(abs(a - b) for a, b in zip(one, other, strict=True)) > 20 for one, other in pairs) > len(pairs) / 2


def test_the_index_comes_first_and_half_a_minute_is_small() -> None:
    content = make("mp4", width=1920, height=1080, seconds=30)
    assert [path for path in film.boxes(content) if path.count("/") == 1] == ["/ftyp", "/moov", "/mdat"]
    assert len(content) < 150_000


@settings(max_examples=25, deadline=None)
@given(text=TEXTS)
def test_the_title_is_the_text(text: str) -> None:
    found = film.boxes(make("mp4", width=32, height=18, seconds=0.2, text=text))
    title = words.plain(text)[:200].encode()
    assert ("/moov/udta/meta" in found) == bool(title)
    if title:
        inner = film.boxes(found["/moov/udta/meta"][4:])
        data = film.boxes(film.boxes(inner["/ilst"])["/\xa9nam"])["/data"]
        assert data == struct.pack(">II", 1, 0) + title


@pytest.mark.parametrize("level", [0, 1, -1, 2, -2, 8, 9, -9, 16, 17, -17, 18, 120, -120])
def test_a_difference_of_any_size_is_coded_so_that_it_is_read_as_the_same(level: int) -> None:
    after = (128 + level, 128 - level, 128)
    unit = h264.key_frame([[after], [(128, 128, 128)], [after]], 1)
    assert film.key_frame(unit, film.Sequence(3, 1, 16, 16)) == (1, [[after, (128, 128, 128), after]])


@pytest.mark.parametrize("asked, expected", [((1920, 1080), (320, 180)), ((1, 1), (2, 2)), ((99, 33), (98, 32))])
def test_sides_of_a_film_are_even(asked: tuple[int, int], expected: tuple[int, int]) -> None:
    width, height = bounds.fit(*asked, 320, multiple=2)
    assert abs(width - expected[0]) <= 2
    assert (width % 2, height % 2) == (0, 0)
    assert abs(height - expected[1]) <= 2
