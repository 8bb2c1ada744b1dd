"""A small application: one sentence becomes a picture, the picture a film, and the film gets its music.

Three paid tasks at two services. What has been paid for is never lost: where something goes wrong on the way, the
storyboard says how far it came, and how to go on.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from wondergen import (
    ContentRejected,
    InsufficientCredits,
    MediaIO,
    MissingCredentials,
    OutcomeUnknown,
    TaskFailed,
    Tomoviee,
    WaitTimeout,
    WondergenError,
)

CREDITS_NEEDED = 10
"""What one storyboard costs at most at Media.io. Tomoviee cannot be asked for its credits."""


@dataclass
class Storyboard:
    """How far it came."""

    prompt: str
    files: dict[str, Path] = field(default_factory=dict)
    """Step → file: picture, film, music."""
    problem: str | None = None
    """Why it ended early, for the person who asked for it."""
    resume_token: str | None = None
    """Where a task still runs: `client.resume(token)` goes on with it, and nothing is paid twice."""

    @property
    def is_complete(self) -> bool:
        """Whether there is nothing left to do."""
        return self.problem is None


def make_storyboard(prompt: str, folder: Path, *, patience: float = 900) -> Storyboard:
    """Make picture, film and music for a sentence, saved in a folder. Each task may take so many seconds."""
    board = Storyboard(prompt)
    try:
        with MediaIO() as media, Tomoviee() as studio:
            _make(board, media, studio, folder, patience)
    except WaitTimeout as error:
        board.problem, board.resume_token = f"{error.operation} still runs", error.token
    except TaskFailed as error:
        board.problem = f"{error.operation} failed: {error.reason or 'the service gives no reason'}"
    except ContentRejected:
        board.problem = "the service does not make this; choose other words"
    except InsufficientCredits:
        board.problem = "the account has too few credits"
    except OutcomeUnknown as error:
        board.problem = (
            f"it is not known whether {error.operation} was accepted; look at the account before trying again"
        )
    except MissingCredentials as error:
        board.problem = str(error)
    except WondergenError as error:
        board.problem = f"something went wrong: {error}"
    return board


def _make(board: Storyboard, media: MediaIO, studio: Tomoviee, folder: Path, patience: float) -> None:
    credits = media.credits().credits
    if credits is not None and credits < CREDITS_NEEDED:
        board.problem = f"{credits} credits are left, and {CREDITS_NEEDED} are needed"
        return
    picture = media.text_to_image.imagen_4(board.prompt).wait(patience)
    board.files["picture"] = picture.save(folder)[0]
    film = studio.image_to_video(board.prompt, image=picture.urls[0]).wait(patience)
    board.files["film"] = film.save(folder)[0]
    music = studio.video_soundtrack(film.urls[0], duration=5, prompt=f"Music for: {board.prompt}").wait(patience)
    board.files["music"] = music.save(folder)[0]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `python examples/storyboard.py "A fox crosses a frozen lake" out/`."""
    parser = argparse.ArgumentParser(description="A picture, a film and music for one sentence.")
    parser.add_argument("prompt")
    parser.add_argument("folder", type=Path)
    options = parser.parse_args(arguments)
    board = make_storyboard(options.prompt, options.folder)
    for step, path in board.files.items():
        print(f"{step}: {path}")
    if board.problem is not None:
        print(board.problem, file=sys.stderr)
    if board.resume_token is not None:
        print(f"to go on: {board.resume_token}", file=sys.stderr)
    return 0 if board.is_complete else 1


if __name__ == "__main__":
    sys.exit(main())
