"""The offline upstream knows no vendor: it works for any document, also for one without a single extension."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

from tests.shared import LIBRARY as PACKAGE

KEYS = {"app_key": "fake-app-key", "app_secret": "fake-app-secret"}


@pytest.fixture(scope="module")
def package(library_folder: Path) -> ModuleType:
    """Generate a package of a plain document and of one with every extension."""
    return importlib.import_module(PACKAGE)


@pytest.fixture(scope="module")
def server(package: ModuleType) -> Iterator[Any]:
    offline = importlib.import_module(f"{PACKAGE}.offline")
    with offline.running(offline.Settings(task_seconds=0)) as made:
        yield made


def client(package: ModuleType, server: Any, name: str, **keys: str) -> Any:
    return getattr(package, name)(base_url=server.base_url(name.lower()), max_retries=0, **keys)


def test_a_plain_document_is_answered_by(package: ModuleType, server: Any) -> None:
    with client(package, server, "Library", token="fake") as library:
        assert library.add_book(title="Moby-Dick").title == "text"
        assert len(library.list_books(page=2, tag=["new", "old"]).books) == 1
        library.remove_book("b/1")


PLAIN = [
    ("GET", "/books", {}, {}, 200, None),
    ("POST", "/books", {"json": {"title": "x"}}, {}, 201, None),
    ("DELETE", "/books/1", {}, {}, 204, None),
    ("GET", "/books?page=0", {}, {}, 400, "0 is less than the minimum"),
    ("POST", "/books", {"json": {}}, {}, 400, "'title' is a required"),
    ("GET", "/books", {}, {"Authorization": "Bearer wrong"}, 401, "not valid"),
    ("GET", "/books", {}, {"Authorization": "Basic YTpi"}, 401, "no Bearer token"),
    ("PATCH", "/books", {}, {}, 405, "no such method"),
    ("GET", "/shelves", {}, {}, 404, "no such path"),
]


@pytest.mark.parametrize("verb, path, sent, headers, status, words", PLAIN)
def test_a_plain_document_is_refused_by(
    server: Any, verb: str, path: str, sent: Any, headers: Any, status: int, words: str | None
) -> None:
    key = {"Authorization": "Bearer fake", **headers}
    response = httpx.request(verb, server.base_url("library") + path, headers=key, **sent)
    assert response.status_code == status
    assert response.content == b"" if status == 204 else response.json() is not None
    if words:
        assert words in response.json()["message"]


def test_another_package_plays_tasks_too(package: ModuleType, server: Any, tmp_path: Path) -> None:
    with client(package, server, "Painter", **KEYS) as painter:
        film = painter.text_to_film("A fox", duration=10, sound=True).wait()
        (saved,) = film.save(tmp_path)
        picture = painter.text_to_picture.brush_2("oil", prompt="a", width=512)
        assert picture.save(tmp_path)[0].suffix == ".png"
    assert saved.suffix == ".mp4"
    assert server.url in film.urls[0]


def test_another_package_refuses_by_its_own_codes(package: ModuleType, server: Any) -> None:
    with client(package, server, "Painter", **KEYS) as painter:
        with pytest.raises(package.RateLimited, match="1002"):
            painter.text_to_film("offline:rate_limited")
        with pytest.raises(package.InsufficientCredits, match="1001"):
            painter.text_to_film("offline:no_credits")
        with pytest.raises(package.TaskFailed, match="too dark"):
            painter.text_to_film("offline:reason=too_dark").wait()


def test_the_document_of_another_package_is_served(server: Any) -> None:
    document = httpx.get(f"{server.base_url('library')}/openapi.json").json()
    assert set(document["paths"]["/books"]["post"]["responses"]) == {
        "201",
        "400",
        "401",
        "404",
        "408",
        "409",
        "413",
        "425",
        "429",
        "503",
        "5XX",
    }


TASKS = ["queue_film", "predict", "predict_by_url", "create_video", "start_job", "paint", "speak"]
"""Tasks behind a URL, with a number or a UUID as their id, with results that are a map, a list, bytes, or objects."""


@pytest.mark.parametrize("name", TASKS)
def test_a_task_of_any_shape_succeeds_and_its_files_are_saved(
    package: ModuleType, server: Any, name: str, tmp_path: Path
) -> None:
    with client(package, server, "Render", token="fake") as render:
        result = getattr(render, name)(prompt="a fox").wait(first_interval=0.001)
        (file,) = result.save(tmp_path)
    assert file.stat().st_size > 100


@pytest.fixture
def slow_server(package: ModuleType) -> Iterator[Any]:
    offline = importlib.import_module(f"{PACKAGE}.offline")
    with offline.running(offline.Settings(task_seconds=3600)) as made:
        yield made


def test_a_task_that_runs_is_cancelled_where_there_is_a_word_for_it(package: ModuleType, slow_server: Any) -> None:
    with client(package, slow_server, "Render", token="fake") as render:
        assert render.queue_film(prompt="a fox").cancel().status == "cancelled"
        assert render.predict(prompt="a fox").cancel().status == "cancelled"
        assert render.create_video(prompt="a fox").cancel().status == "queued"


def test_the_url_of_a_task_needs_the_key_and_the_right_method(package: ModuleType, slow_server: Any) -> None:
    with client(package, slow_server, "Render", token="fake") as render:
        url = render.queue_film(prompt="a fox").id
    key = {"Authorization": "Bearer fake"}
    assert httpx.get(url, headers=key).json()["status"] == "IN_QUEUE"
    assert httpx.get(url).status_code == 401
    assert httpx.post(url, headers=key).status_code == 405
    assert httpx.get(url.replace("/status", "/result"), headers=key).status_code == 404
    assert httpx.get(url.replace("-tasks/", "-tasks/0"), headers=key).status_code == 404


CONTENTS = [("get_content", "video/mp4"), ("make_sound", "audio/mpeg"), ("get_archive", "application/zip")]


@pytest.mark.parametrize("name, media_type", CONTENTS)
def test_a_reply_of_bytes_has_the_type_of_the_document(
    package: ModuleType, server: Any, name: str, media_type: str
) -> None:
    with client(package, server, "Studio", token="fake") as studio:
        assert getattr(studio, name)("c1").media_type == media_type


@pytest.mark.parametrize("name", ["iter_list_clips", "iter_list_last", "iter_list_page"])
def test_a_list_ends_after_one_page(package: ModuleType, server: Any, name: str) -> None:
    with client(package, server, "Studio", token="fake") as studio:
        assert len(list(getattr(studio, name)())) == 1
