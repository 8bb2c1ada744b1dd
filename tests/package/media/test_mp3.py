"""A sound is a row of whole MPEG audio frames, as many as its length asks for, with the text as its title."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from codegen.package._media import make, words
from tests.package.media.asked import SECONDS, SEEDS, TEXTS

RATES = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
"""Kilobits a second of MPEG-2 layer III."""
SAMPLING = (22050, 24000, 16000)


def tag_and_frames(content: bytes) -> tuple[bytes, list[bytes]]:
    start = 0
    if content[:3] == b"ID3":
        start = 10 + sum(byte << shift for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=True))
    frames: list[bytes] = []
    position = start
    while position < len(content):
        first, second, third, fourth = content[position : position + 4]
        assert (first, second) == (0xFF, 0xF3)  # MPEG-2, layer III, no checksum
        assert third & 2 == 0  # no padding
        assert fourth >> 6 == 3  # one channel
        length = 72 * RATES[third >> 4] * 1000 // SAMPLING[third >> 2 & 3]
        frames.append(content[position : position + length])
        assert len(frames[-1]) == length
        position += length
    return content[:start], frames


def bits(data: bytes, start: int, count: int) -> int:
    return int.from_bytes(data, "big") >> (8 * len(data) - start - count) & ((1 << count) - 1)


@settings(max_examples=40, deadline=None)
@given(seconds=SECONDS, seed=SEEDS, text=TEXTS)
def test_the_frames_are_as_long_as_the_sound_to_half_a_frame(seconds: float, seed: str, text: str) -> None:
    _, (info, *frames) = tag_and_frames(make("mp3", seed=seed, seconds=seconds, text=text))
    assert abs(len(frames) * 576 / 24000 - max(0.2, seconds)) <= 0.012 + 1e-9
    assert info[13:17] == b"Info"
    flags, count, size = (int.from_bytes(info[at : at + 4], "big") for at in (17, 21, 25))
    assert (flags, count, size) == (3, len(frames), sum(map(len, [info, *frames])))


@pytest.mark.parametrize("seconds, frames", [(1e-9, 8), (0.2, 8), (5, 208), (120, 5000), (121, 5000), (1e9, 5000)])
def test_a_sound_is_between_a_fifth_of_a_second_and_two_minutes(seconds: float, frames: int) -> None:
    assert len(tag_and_frames(make("mp3", seconds=seconds))[1]) == 1 + frames


@settings(max_examples=30, deadline=None)
@given(text=TEXTS)
def test_the_title_is_the_text(text: str) -> None:
    tag, _ = tag_and_frames(make("mp3", seconds=1, text=text))
    title = words.plain(text)[:200]
    if not title:
        assert tag == b""
        return
    assert tag[:6] == b"ID3\4\0\0"
    size = len(title.encode()) + 1
    assert tag[10:20] == b"TIT2" + bytes([0, 0, size >> 7, size & 127, 0, 0])
    assert tag[20:] == b"\3" + title.encode()


def test_every_frame_sounds_one_line_of_the_spectrum_and_notes_fade() -> None:
    _, (_, *frames) = tag_and_frames(make("mp3", seed="fox", seconds=10))
    heard: list[tuple[int, int]] = []
    for frame in frames:
        length, pairs, gain = bits(frame[4:], 9, 12), bits(frame[4:], 21, 9), bits(frame[4:], 30, 8)
        data = format(int.from_bytes(frame[13:], "big"), "0280b")[:length]
        assert bits(frame[4:], 0, 9) == 0  # nothing is kept in a reservoir
        assert data[: pairs - 1] == "1" * (pairs - 1)
        code = data[pairs - 1 : -1]
        heard.append((2 * (pairs - 1) + {"01": 0, "001": 1}[code], gain))
    notes = [heard[start : start + 14] for start in range(0, len(heard), 14)]
    assert all(len({line for line, _ in note}) == 1 for note in notes)
    assert all(gains == sorted(gains, reverse=True) for gains in [[gain for _, gain in note] for note in notes])
    assert len({note[0][0] for note in notes}) > 3


def test_another_seed_is_another_melody() -> None:
    assert make("mp3", seed="fox") != make("mp3", seed="hen")
