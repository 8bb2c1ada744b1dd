"""A picture is a whole PNG of the shape asked for, in colours of the seed, with the text on it."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given, settings

from codegen.package._media import font, make
from tests.package._media.media_inputs import SEEDS, SIZES, TEXTS

Colour = tuple[int, int, int]


def chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    position = 8
    while position < len(content):
        (length,) = struct.unpack_from(">I", content, position)
        kind, data = content[position + 4 : position + 8], content[position + 8 : position + 8 + length]
        assert struct.unpack_from(">I", content, position + 8 + length) == (zlib.crc32(kind + data),)
        yield kind, data
        position += 12 + length
    assert position == len(content)


def pixels(content: bytes) -> list[list[Colour]]:
    """Return the colors of the picture, row by row; check everything on the way."""
    found = dict(chunks(content))
    assert list(found) == [b"IHDR", b"PLTE", b"IDAT", b"IEND"]
    width, height, *rest = struct.unpack(">IIBBBBB", found[b"IHDR"])
    assert rest == [8, 3, 0, 0, 0]
    table = [(red, green, blue) for red, green, blue in zip(*[iter(found[b"PLTE"])] * 3, strict=True)]
    data = zlib.decompress(found[b"IDAT"])
    assert len(data) == height * (width + 1)
    rows = [data[start : start + width + 1] for start in range(0, len(data), width + 1)]
    assert {row[0] for row in rows} == {0}
    return [[table[pixel] for pixel in row[1:]] for row in rows]


@settings(max_examples=25)
@given(size=SIZES, seed=SEEDS, text=TEXTS)
def test_the_shape_is_the_one_asked_for_and_no_side_is_longer_than_640(
    size: tuple[int, int], seed: str, text: str
) -> None:
    picture = pixels(make("png", seed=seed, width=size[0], height=size[1], text=text))
    scale = min(1, 640 / max(size))
    assert abs(len(picture[0]) - size[0] * scale) <= 0.5
    assert abs(len(picture) - size[1] * scale) <= 0.5


def test_a_picture_has_many_colours_and_costs_little() -> None:
    content = make("png", seed="fox", width=640, height=360)
    assert len({colour for row in pixels(content) for colour in row}) > 60
    assert len(content) < 15_000


def test_another_seed_is_visibly_another_picture() -> None:
    first, second = (pixels(make("png", seed=seed, width=64, height=36)) for seed in ("fox", "hen"))
    pairs = [pair for one, other in zip(first, second, strict=True) for pair in zip(one, other, strict=True)]
    far = [1 for one, other in pairs if sum(abs(a - b) for a, b in zip(one, other, strict=True)) > 60]
    assert len(far) > len(pairs) / 2


@pytest.mark.parametrize("width, dot", [(320, 1), (640, 3)])
def test_the_text_can_be_read_dot_by_dot(width: int, dot: int) -> None:
    plain, labelled = (pixels(make("png", width=width, height=180, text=text)) for text in ("", "Fox"))
    changed = [row for row, (one, other) in enumerate(zip(plain, labelled, strict=True)) if one != other]
    assert changed == list(range(changed[0], 180))
    panel = [row[4 * dot :: dot] for row in labelled[changed[0] :: 1]]
    dark = panel[0][0]
    inked = [row for row in panel if set(row) != {dark}][::dot]
    assert [bytes(colour != dark for colour in row)[: 3 * font.ADVANCE] for row in inked] == font.rows("FOX")


def test_a_picture_too_small_for_text_has_none() -> None:
    assert make("png", width=20, height=10, text="Fox") == make("png", width=20, height=10)


def test_the_font_has_every_ascii_character_and_a_box_for_the_rest() -> None:
    shapes = {character: tuple(font.rows(character)) for character in map(chr, range(0x20, 0x60))}
    assert len(set(shapes.values())) == 64
    assert all(len(row) == font.ADVANCE for shape in shapes.values() for row in shape)
    assert font.rows("fox {é}") == font.rows("FOX (E)")
    assert font.rows("狐") == font.rows("🦊") not in list(map(list, shapes.values()))
