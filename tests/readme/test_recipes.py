"""Every Python snippet of the READMEs runs, against the fake of the test kit, and leaves what it promises."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
import wondergen
from wondergen.offline import Settings, running
from wondergen.testing import Fake

from tests.chosen_operations import SOUND, VIDEO
from tests.readme.readme_snippets import Snippet, snippets

PROGRAMS = [one for one in snippets() if one.language == "python" and "def test_" not in one.text]
RECIPES = [one for one in PROGRAMS if "FastAPI" not in one.text]


def run(snippet: Snippet) -> dict[str, Any]:
    """Execute a snippet as a module of its own; its names."""
    names: dict[str, Any] = {"__name__": f"snippet_{snippet.line}"}
    exec(compile(snippet.text, str(snippet), "exec"), names)
    return names


def crash(fake: Fake) -> None:
    """Prepare the recipe: a process has started a task and is gone, and another got no reply."""
    with VIDEO.client(journal="runs.sqlite") as client:
        VIDEO.call(client, "A paper boat")
        SOUND.of(fake).disconnects()
        with pytest.raises(Exception, match="may have been accepted"):
            SOUND.call(client, "Calm piano", duration=SOUND.least("duration"), qty=1)


def table(fake: Fake) -> None:
    """Prepare the recipe: make a table."""
    rows = "\n".join(f"scene-{number},a fox at dawn" for number in range(3))
    Path("prompts.csv").write_text(f"key,prompt\n{rows}\n", encoding="utf-8")


TABLE = "A table of prompts, a folder of files"
BEFORE: dict[str, Callable[[Fake], None]] = {"Continue after a crash": crash, TABLE: table}
FILES = {
    "A first call": [".mp4"],
    "One picture": [".png"],
    TABLE: [".png"] * 3,
    "One call, once": [".mp4"],
    "Recognise, then redraw": [".png"],
    "A longer video, by continuation": [".mp4"],
    "A video with its music": [".mp3", ".mp4"],
    "Continue after a crash": [".mp4"],
}


def test_every_recipe_is_known_here() -> None:
    assert {one.heading for one in RECIPES} == set(FILES)


@pytest.mark.parametrize("snippet", RECIPES, ids=str)
def test_a_recipe_runs_and_leaves_its_files(
    snippet: Snippet, fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    if snippet.heading in BEFORE:
        BEFORE[snippet.heading](fake)
    run(snippet)
    if ".save(" in snippet.text or "save=" in snippet.text:
        assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == FILES[snippet.heading]
    assert capsys.readouterr().out


def test_after_a_crash_what_may_have_been_paid_for_is_named(
    fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    crash(fake)
    run(next(one for one in RECIPES if one.heading == "Continue after a crash"))
    assert f"{SOUND.name} may have been accepted at " in capsys.readouterr().out
    with VIDEO.client(journal="runs.sqlite") as client:
        assert client.journal is not None
        assert client.journal.unfinished() == client.journal.unsaved() == []


@pytest.fixture
def application() -> Any:
    """Return the application of the recipe."""
    (snippet,) = (one for one in PROGRAMS if "FastAPI" in one.text)
    return run(snippet)["app"]


def test_the_application_of_the_recipe_starts_videos_and_believes_no_callback(
    fake: Fake, application: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    async def visit() -> dict[str, Any]:
        transport = httpx.ASGITransport(application)
        async with (
            application.router.lifespan_context(application),
            httpx.AsyncClient(transport=transport, base_url="http://localhost") as browser,
        ):
            task = (await browser.post("/videos", params={"prompt": "A fox"})).json()["id"]
            assert (await browser.get(f"/videos/{task}")).json()["status"] in ("queued", "running")
            lie = {"task_id": task, "status": 3, "result": "https://evil.example/"}
            for body in (lie, lie):
                assert (await browser.post("/finished", json=body)).json() == {}
            seen: dict[str, Any] = (await browser.get(f"/videos/{task}")).json()
            return seen

    seen = asyncio.run(visit())
    assert seen["status"] == "succeeded"
    assert seen["files"]
    assert "evil" not in str(seen)
    assert fake.calls[0].arguments["callback"] == "http://localhost/finished"


async def _until_finished(application: Any, port: int, listener: socket.socket) -> dict[str, Any]:
    """Serve the application, start a video, and look until the callback has told of its files."""
    server = uvicorn.Server(uvicorn.Config(application, log_config=None, lifespan="on"))
    serving = asyncio.create_task(server.serve([listener]))
    seen: dict[str, Any] = {}
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as browser:
        task = (await browser.post("/videos", params={"prompt": "A fox"})).json()["id"]
        async with asyncio.timeout(30):
            while not seen.get("files"):
                seen = (await browser.get(f"/videos/{task}")).json()
    server.should_exit = True
    await serving
    return seen


def test_the_application_of_the_recipe_is_called_back_when_a_video_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (snippet,) = (one for one in PROGRAMS if "FastAPI" in one.text)
    with running(Settings(task_seconds=0.2)) as upstream, socket.create_server(("127.0.0.1", 0)) as listener:
        name = f"Async{VIDEO.client_name}"
        client = partial(getattr(wondergen, name), **VIDEO.keys, base_url=upstream.base_url(VIDEO.service))
        monkeypatch.setattr(wondergen, name, client)
        seen = asyncio.run(_until_finished(run(snippet)["app"], listener.getsockname()[1], listener))
    assert seen["status"] == "succeeded"
    assert seen["files"][0].startswith(f"{upstream.url}/files/")
