"""A tour without a key: a diagram, images, a video and a sound, made by the offline upstream and saved in a folder."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from wondergen import EdrawMax, MediaIO, Task, Tomoviee, WondergenError
from wondergen.offline import Running, Settings, running

KEY = "not-a-real-key"


def tour(upstream: Running, folder: Path) -> Iterator[Path]:
    """Make one thing of each kind with the real clients, over real HTTP; every file as it is saved."""
    with EdrawMax(base_url=upstream.base_url("edrawmax")) as edraw:
        _head("EdrawMax().flowchart", "sign-up and sign-in")
        yield from edraw.flowchart("sign-up and sign-in").save(folder, overwrite=True)
    with MediaIO(api_key=KEY, base_url=upstream.base_url("mediaio")) as media:
        _head("MediaIO().text_to_image.imagen_4", "a lighthouse at dusk")
        images = media.text_to_image.imagen_4("a lighthouse at dusk", counts="2")
        yield from images.wait(first_interval=0.1, on_update=_progress).save(folder, overwrite=True)
        print(f"  {media.credits().credits:,} credits are left")
    with Tomoviee(app_key=KEY, app_secret=KEY, base_url=upstream.base_url("tomoviee")) as studio:
        _head("Tomoviee().text_to_video", "a golden retriever in a sunlit meadow")
        video = studio.text_to_video("a golden retriever in a sunlit meadow")
        film = video.wait(first_interval=0.1, max_interval=0.3, on_update=_progress)
        yield from film.save(folder, overwrite=True)
        _head("Tomoviee().video_soundtrack", "calm piano, to fit that video")
        music = studio.video_soundtrack(film.urls[0], prompt="calm piano", duration=5)
        yield from music.wait(first_interval=0.1, on_update=_progress).save(folder, overwrite=True)


def _head(call: str, about: str) -> None:
    print(f'\n{call}("{about}")', flush=True)


def _progress(task: Task) -> None:  # type: ignore[type-arg]
    """Print one line that grows on a terminal, a line a change elsewhere."""
    length = 20 if task.status == "succeeded" else int((task.progress or 0) / 5)
    bar, rest = "#" * length, "-" * (20 - length)
    if not sys.stdout.isatty():
        print(f"  [{bar}{rest}]  {task.status}", flush=True)
    else:
        end = "\n" if task.status.is_final else ""
        print(f"\r  [\x1b[36m{bar}\x1b[0m{rest}]  {task.status:<12}", end=end, flush=True)


def main(folder: Path) -> int:
    """Run `python examples/tour.py demo_output`."""
    try:
        with running(Settings(task_seconds=1.2)) as upstream:
            print(f"The offline upstream listens at {upstream.url}")
            for path in tour(upstream, folder):
                print(f"  saved {path}  {path.stat().st_size:,} bytes", flush=True)
    except WondergenError as error:
        print(f"tour: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "demo_output")))
