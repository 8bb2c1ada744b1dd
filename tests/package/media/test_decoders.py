"""Decoders that others wrote play the files without a complaint. Where ffmpeg is not installed, this is not tested."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from codegen.package._media import h264, make
from codegen.package._media.mp4 import _Scene

pytestmark = pytest.mark.skipif(
    not (shutil.which("ffmpeg") and shutil.which("ffprobe")), reason="ffmpeg and ffprobe are not installed"
)


def told(path: Path) -> dict[str, Any]:
    """What ffprobe says of the file, having decoded all of it without a warning."""
    decoded = subprocess.run(
        ["ffmpeg", "-v", "warning", "-i", path, "-f", "null", "-"], capture_output=True, text=True, check=True
    )
    assert decoded.stderr == ""
    probed = subprocess.run(
        ["ffprobe", "-v", "warning", "-show_format", "-show_streams", "-of", "json", path],
        capture_output=True,
        text=True,
        check=True,
    )
    assert probed.stderr == ""
    answer: dict[str, Any] = json.loads(probed.stdout)
    return answer


@pytest.mark.parametrize("width, height", [(320, 180), (180, 320), (16, 16), (2, 2), (320, 16), (98, 34)])
@pytest.mark.parametrize("seconds", [0.2, 3.33])
def test_a_film_plays(width: int, height: int, seconds: float, tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(make("mp4", seed=str(seconds), width=width, height=height, seconds=seconds, text="A <film> é"))
    answer = told(path)
    (stream,) = answer["streams"]
    assert (stream["codec_name"], stream["profile"]) == ("h264", "Constrained Baseline")
    assert (stream["width"], stream["height"]) == (width, height)
    assert float(answer["format"]["duration"]) == pytest.approx(seconds, abs=1e-4)
    assert answer["format"]["tags"]["title"] == "A <film> é"


def test_every_macroblock_has_exactly_its_colour(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(make("mp4", seed="fox", width=320, height=176, seconds=3))
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-pix_fmt", "yuv420p", "-f", "rawvideo", "-"]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    size = 320 * 176
    scene = _Scene("fox", 11)
    assert len(raw) == 48 * size * 3 // 2
    for frame in range(48):
        picture = raw[frame * size * 3 // 2 :][: size * 3 // 2]
        moved = frame * h264.STEP
        for column in range(moved // 16 + 1, moved // 16 + 19):
            x = 16 * column + 8 - moved
            shown = [
                (
                    picture[y * 320 + x],
                    picture[size + y // 2 * 160 + x // 2],
                    picture[size * 5 // 4 + y // 2 * 160 + x // 2],
                )
                for y in range(8, 176, 16)
            ]
            assert shown == scene.column(column)


@pytest.mark.parametrize("seconds", [0.2, 5, 61.7])
def test_a_sound_plays(seconds: float, tmp_path: Path) -> None:
    path = tmp_path / "sound.mp3"
    path.write_bytes(make("mp3", seed="fox", seconds=seconds, text="Töne"))
    answer = told(path)
    (stream,) = answer["streams"]
    assert (stream["codec_name"], stream["sample_rate"], stream["channels"]) == ("mp3", "24000", 1)
    assert float(answer["format"]["duration"]) == pytest.approx(seconds, abs=0.013)
    assert answer["format"]["tags"]["title"] == "Töne"


@pytest.mark.parametrize("width, height", [(320, 180), (1, 1), (640, 640), (7, 99)])
def test_a_picture_is_shown(width: int, height: int, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(make("png", seed="fox", width=width, height=height, text="A fox"))
    (stream,) = told(path)["streams"]
    assert (stream["codec_name"], stream["width"], stream["height"]) == ("png", width, height)
