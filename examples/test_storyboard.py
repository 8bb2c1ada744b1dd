"""The storyboard, tested without a key, a network or a minute of waiting: the fixture `fake` plays both services."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from wondergen import Tomoviee
from wondergen.testing import Fake

from examples.storyboard import main, make_storyboard

PROMPT = "A fox crosses a frozen lake"


@pytest.fixture(autouse=True)
def credits(fake: Fake) -> None:
    """Set enough credits, unless a test needs another number."""
    fake.mediaio.credits.returns(credits=100)


def test_a_sentence_becomes_a_picture_a_film_and_music(fake: Fake, tmp_path: Path) -> None:
    board = make_storyboard(PROMPT, tmp_path)
    assert board.is_complete
    assert {step: path.suffix for step, path in board.files.items()} == {
        "picture": ".png",
        "film": ".mp4",
        "music": ".mp3",
    }
    assert all(path.is_file() for path in board.files.values())


def test_each_step_starts_from_the_one_before(fake: Fake, tmp_path: Path) -> None:
    make_storyboard(PROMPT, tmp_path)
    picture, film, music = fake.downloads
    assert fake.tomoviee.image_to_video.calls[0].arguments["image"] == picture
    assert fake.tomoviee.video_soundtrack.calls[0].arguments["video"] == film
    assert music.endswith(".mp3")


def test_everything_is_paid_for_once(fake: Fake, tmp_path: Path) -> None:
    fake.tomoviee.image_to_video.rate_limited(times=2)
    fake.tomoviee.task_result.garbled(times=1)
    assert make_storyboard(PROMPT, tmp_path).is_complete
    assert len(fake.mediaio.text_to_image.imagen_4.calls) == 1
    assert len(fake.tomoviee.image_to_video.calls) == 3, "two of them were refused"
    assert len(fake.tomoviee.video_soundtrack.calls) == 1


PROBLEMS: list[tuple[Callable[[Fake], object], str, int]] = [
    (lambda fake: fake.tomoviee.image_to_video.fails(reason="too dark"), "image_to_video failed: too dark", 1),
    (lambda fake: fake.mediaio.text_to_image.imagen_4.times_out(), "imagen_4 failed: the service gives no", 0),
    (
        lambda fake: fake.mediaio.text_to_image.imagen_4.refuses("InsufficientCredits"),
        "the account has too few credits",
        0,
    ),
    (lambda fake: fake.tomoviee.video_soundtrack.disconnects(), "not known whether video_soundtrack", 2),
    (lambda fake: fake.tomoviee.image_to_video.unreachable(), "something went wrong", 1),
    (lambda fake: fake.tomoviee.image_to_video.slow(500), "not known whether image_to_video", 1),
]


@pytest.mark.parametrize("plan, words, files", PROBLEMS)
def test_what_goes_wrong_is_told_and_what_is_done_is_kept(
    fake: Fake, tmp_path: Path, plan: Callable[[Fake], object], words: str, files: int
) -> None:
    plan(fake)
    board = make_storyboard(PROMPT, tmp_path)
    assert words in (board.problem or "")
    assert len(board.files) == files


def test_a_task_that_takes_too_long_can_be_resumed(fake: Fake, tmp_path: Path) -> None:
    fake.tomoviee.image_to_video.succeeds(after=100)
    board = make_storyboard(PROMPT, tmp_path, patience=300)
    assert board.problem == "image_to_video still runs"
    assert 300 <= fake.clock.elapsed < 400, "in virtual time"
    assert board.resume_token
    with Tomoviee() as client:
        assert client.resume(board.resume_token).wait(timeout=None).urls


class TestTheAccount:
    @pytest.fixture(autouse=True)
    def credits(self, fake: Fake) -> None:
        fake.mediaio.credits.returns(credits=3)

    def test_nothing_is_started_without_enough_credits(self, fake: Fake, tmp_path: Path) -> None:
        assert make_storyboard(PROMPT, tmp_path).problem == "3 credits are left, and 10 are needed"
        assert [call.name for call in fake.calls] == ["mediaio.credits"]


def test_the_command_says_where_the_files_are(fake: Fake, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([PROMPT, str(tmp_path)]) == 0
    assert f"film: {tmp_path}" in capsys.readouterr().out
