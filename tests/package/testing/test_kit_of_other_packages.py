"""The kit knows no vendor: it works for any document, also for one without a single extension."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

from tests.shared import LIBRARY as PACKAGE

pytest_plugins = ["pytester"]


@pytest.fixture(scope="module")
def package(library_folder: Path) -> ModuleType:
    """Generate a package of a plain document, under several names, and of one with every extension."""
    return importlib.import_module(PACKAGE)


@pytest.fixture
def library(package: ModuleType) -> Iterator[Any]:
    """Return the fake of this package."""
    testing = importlib.import_module(f"{PACKAGE}.testing")
    with testing.Fake() as fake:
        yield fake


def test_replies_are_made_from_the_schema(library: Any, package: ModuleType) -> None:
    with package.Library() as client:
        book = client.add_book(title="Moby-Dick")
        shelf = client.list_books(page=2, tag=["new", "old"])
    assert (book.title, book.pages, book.binding, book.authors) == ("text", 10, "hard", ["text"])
    assert len(shelf.books) == 1
    assert library.library.list_books.calls[0].arguments == {"page": "2", "tag": ["new", "old"]}
    assert library.library.list_books.calls[0].headers["authorization"] == "***"


def test_fields_can_be_planned_and_are_held_against_the_schema(library: Any, package: ModuleType) -> None:
    library.library.add_book.returns(title="Emma", pages=400)
    with pytest.raises(ValueError, match="3 is less than the minimum of 10"):
        library.library.add_book.returns(pages=3)
    assert package.Library().add_book(title="x").title == "Emma"


def test_documented_statuses_can_be_planned(library: Any, package: ModuleType) -> None:
    library.library.add_book.refuses(409)
    library.library.remove_book.refuses(404)
    with pytest.raises(package.BadRequest):
        package.Library().add_book(title="x")
    with pytest.raises(package.NotFound):
        package.Library().remove_book("b/1")
    assert library.library.remove_book.calls[0].arguments == {"book_id": "b/1"}


def test_an_empty_reply_is_one(library: Any, package: ModuleType) -> None:
    package.Library().remove_book("b1")


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"method": "GET", "url": "/books?page=0"}, "query parameter page: 0 is less than the minimum"),
    ({"method": "GET", "url": "/books?tag=new&tag=lost"}, "query parameter tag: [1]: 'lost' is not one of"),
    ({"method": "DELETE", "url": "/books/123456789"}, "path parameter book-id: '123456789' is too long"),
    ({"method": "DELETE", "url": "/books/1", "json": {}}, "a body was sent where the catalog knows none"),
    ({"method": "GET", "url": "/books", "headers": {"Authorization": "Basic YTpi"}}, "no Bearer token"),
]


@pytest.mark.parametrize("request_, words", WRONG)
def test_parameters_are_judged_wherever_they_are(library: Any, request_: dict[str, Any], words: str) -> None:
    sent = {
        "headers": {"Authorization": "Bearer fake"},
        **request_,
        "url": f"https://library.example/v2{request_['url']}",
    }
    with pytest.raises(AssertionError):
        httpx.request(**sent)
    assert words in "\n".join(library.forget())


def test_the_other_package_plays_tasks_too(library: Any, package: ModuleType, tmp_path: Path) -> None:
    library.painter.text_to_film.succeeds(after=3)
    with package.Painter() as client:
        film = client.text_to_film("a", duration=10, sound=True).wait()
        (saved,) = film.save(tmp_path)
        picture = client.text_to_picture.brush_2("oil", prompt="a", width=512)
    assert saved.suffix == ".mp4"
    assert picture.urls == ["https://fake-files.painter.example/text-to-picture-brush-2-2-1.png"]
    assert library.painter.text_to_film.calls[0].arguments == {"prompt": "a", "duration": 10, "sound": True}


def test_the_switch_is_named_after_the_package(package: ModuleType) -> None:
    plugin = importlib.import_module(f"{PACKAGE}.testing.plugin")
    assert (PACKAGE, f"{PACKAGE}_drift") == (plugin.PACKAGE, plugin.MARKER)


def test_a_service_may_be_called_like_a_member_of_the_fake(
    library: Any, package: ModuleType, library_folder: Path
) -> None:
    assert "    clock: " not in (library_folder / PACKAGE / "testing/fakes.py").read_text(encoding="utf-8")
    assert library.clock.now > 0
    library.services["clock"].add_book.returns(title="Time")
    assert package.Clock().add_book(title="x").title == "Time"


def test_the_package_carries_each_document_on_one_line(library_folder: Path) -> None:
    text = (library_folder / PACKAGE / "_catalog/documents/painter.json").read_text(encoding="utf-8")
    assert '"x-task"' in text
    assert text.count("\n") == 1


TASKS = ["queue_film", "predict", "predict_by_url", "create_video", "start_job", "paint", "speak"]
"""Tasks behind a URL, with a number or a UUID as their id, with results that are a map, a list, bytes, or objects."""


@pytest.mark.parametrize("name", TASKS)
def test_a_task_of_any_shape_succeeds_and_its_files_are_saved(
    library: Any, package: ModuleType, name: str, tmp_path: Path
) -> None:
    task = getattr(package.Render(token="fake"), name)(prompt="a fox")
    result = task.wait()
    files = result.save(tmp_path)
    assert len(files) == 1
    assert files[0].stat().st_size > 100
    assert len(library.render.operations[name].calls) == 1


@pytest.mark.parametrize("name", ["queue_film", "predict"])
def test_a_task_is_cancelled_at_the_url_that_a_reply_names(library: Any, package: ModuleType, name: str) -> None:
    task = getattr(package.Render(token="fake"), name)(prompt="a fox")
    assert task.cancel().status == "cancelled"
    assert [call.operation for call in library.render.calls][1] == f"{name}.cancel"


def test_a_task_without_a_word_for_cancelled_goes_on(library: Any, package: ModuleType) -> None:
    task = package.Render(token="fake").create_video(prompt="a fox")
    task.cancel()
    assert task.wait().save is not None
    assert len(library.render.delete_video.calls) == 1


def test_a_task_of_another_process_is_known_by_its_url(library: Any, package: ModuleType) -> None:
    url = "https://render.example/v1/requests/17"
    library.render.queue_film.has_task(url, after=1)
    names = {"provider": "render", "operation": "queue_film", "id": url, "base_url": "https://render.example/v1"}
    task = package.Render(token="fake").resume(json.dumps(names))
    assert task.refresh().status == "succeeded"


def test_the_reason_of_a_failure_stands_where_the_service_has_an_object_for_it(
    library: Any, package: ModuleType
) -> None:
    library.render.paint.fails(reason="too dark")
    task = package.Render(token="fake").paint(prompt="a fox")
    with pytest.raises(package.TaskFailed, match="too dark"):
        task.wait()


LISTS = ["iter_list_clips", "iter_list_null", "iter_list_text", "iter_list_more", "iter_list_last", "iter_list_page"]
"""Lists that end by a field left out, null, empty or false, and lists that only an empty page ends."""


@pytest.mark.parametrize("name", [*LISTS, "iter_list_offset"])
def test_a_list_that_is_not_planned_ends_after_one_page(library: Any, package: ModuleType, name: str) -> None:
    assert len(list(getattr(package.Studio(), name)())) == 1


def test_a_list_has_the_pages_that_are_planned(library: Any, package: ModuleType) -> None:
    library.studio.list_clips.returns(data=[{"id": "a"}], next="2")
    library.studio.list_clips.returns(data=[{"id": "b"}])
    assert [clip.id for clip in package.Studio().iter_list_clips()] == ["a", "b"]


CONTENTS = [("get_content", "video/mp4"), ("make_sound", "audio/mpeg"), ("get_archive", "application/zip")]


@pytest.mark.parametrize("name, media_type", CONTENTS)
def test_a_reply_of_bytes_has_the_type_of_the_document(
    library: Any, package: ModuleType, name: str, media_type: str
) -> None:
    content = getattr(package.Studio(), name)("c1")
    assert content.media_type == media_type
    assert len(content) > 0


def test_beside_the_plugin_of_another_package_each_fixture_has_a_name_of_its_own(
    package: ModuleType, library_folder: Path, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(library_folder))
    pytester.makepyfile(f"""
        def test_both({PACKAGE}_fake, wondergen_fake):
            assert type({PACKAGE}_fake).__module__ == "{PACKAGE}.testing.fakes"
            assert type(wondergen_fake).__module__ == "wondergen.testing.fakes"

        def test_short(fake, request):
            assert fake in [request.getfixturevalue(name) for name in ("{PACKAGE}_fake", "wondergen_fake")]
    """)
    plugins = ["-p", f"{PACKAGE}.testing.plugin", "-p", "wondergen.testing.plugin"]
    pytester.runpytest_subprocess("-p", "no:cacheprovider", *plugins).assert_outcomes(passed=2)
