"""Decoders that others wrote play the files without a complaint. Where ffmpeg is not installed, this is not tested."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from codegen.package._media import make

pytestmark = pytest.mark.skipif(
    not (shutil.which("ffmpeg") and shutil.which("ffprobe")), reason="ffmpeg and ffprobe are not installed"
)


def probe(path: Path) -> dict[str, Any]:
    """Return what ffprobe prints of the file, having decoded all of it without a warning."""
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


@pytest.mark.parametrize("width, height", [(320, 180), (180, 320), (240, 240)])
def test_a_film_plays(width: int, height: int, tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(make("mp4", seed="fox", width=width, height=height, text="A <film> é"))
    answer = probe(path)
    (stream,) = answer["streams"]
    assert (stream["codec_name"], stream["width"], stream["height"]) == ("h264", width, height)
    assert float(answer["format"]["duration"]) == pytest.approx(5, abs=1e-4)


def test_a_sound_plays(tmp_path: Path) -> None:
    path = tmp_path / "sound.mp3"
    path.write_bytes(make("mp3", seed="fox", text="A fox"))
    answer = probe(path)
    (stream,) = answer["streams"]
    assert (stream["codec_name"], stream["sample_rate"], stream["channels"]) == ("mp3", "24000", 1)
    assert float(answer["format"]["duration"]) == pytest.approx(5, abs=0.1)
    assert answer["format"]["tags"]["title"] == "A fox"


@pytest.mark.parametrize("width, height", [(320, 180), (1, 1), (640, 640), (7, 99)])
def test_a_picture_is_shown(width: int, height: int, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(make("png", seed="fox", width=width, height=height, text="A fox"))
    (stream,) = probe(path)["streams"]
    assert (stream["codec_name"], stream["width"], stream["height"]) == ("png", width, height)
