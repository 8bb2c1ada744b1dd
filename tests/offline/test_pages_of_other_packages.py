"""The pages know no package: they show any catalog, also one without a single extension."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from codegen import paths
from codegen.python import generate
from codegen.python.read import read_catalog
from tests.offline.markup import Page, wrong

PACKAGE = "library_of_the_pages"
SOURCES = {"library.yaml": "tests/testkit/plain.yaml", "painter.yaml": "tests/python/mini.yaml"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A package of a plain document and of one with every extension, served."""
    catalog, folder = tmp_path_factory.mktemp("catalog"), tmp_path_factory.mktemp("generated") / "out"
    for name, source in SOURCES.items():
        (catalog / name).write_text((paths.ROOT / source).read_text(encoding="utf-8"), encoding="utf-8")
    generate.write(generate.package_files(read_catalog(catalog, PACKAGE, "1.2.3")), folder)
    sys.path.insert(0, str(folder))
    try:
        with importlib.import_module(f"{PACKAGE}.offline").running() as made:
            yield made
    finally:
        sys.path.remove(str(folder))


@pytest.fixture(scope="module")
def browser(server: Any) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, trust_env=False) as client:
        yield client


def operations(server: Any) -> list[str]:
    """The pages of all operations."""
    catalogs = server.upstream.catalogs
    return [f"/operations/{service}/{name}" for service in catalogs for name in catalogs[service].endpoints]


def test_pages_of_another_package_are_sound_and_have_its_name(server: Any, browser: httpx.Client) -> None:
    places = ["/", "/tasks", "/disagreements", *operations(server)]
    for place in places:
        reply = browser.get(place)
        assert reply.status_code == 200, place
        page = Page(str(reply.url), reply.text)
        assert wrong(page) == [], place
        assert PACKAGE in page.all("title")[0].text
    assert len(places) > 8


def test_forms_of_another_package_make_its_calls(server: Any, browser: httpx.Client) -> None:
    answered = {}
    for place in operations(server):
        form = Page(place, browser.get(place).text).form()
        texts = {
            name: text or {"argument.style": "oil", "argument.book_id": "b1"}.get(name, text)
            for name, text in form.items()
        }
        reply = browser.post(place, data=texts)
        page = Page(str(reply.url), reply.text)
        assert wrong(page) == [], place
        answered[place] = " ".join(page.by_id("outcome").text.split())
    refused = {place for place, text in answered.items() if "The call was accepted" not in text}
    # One asks for a task that there is not, and one has a reply without the code that its document wants.
    assert refused <= {"/operations/painter/task_result", "/operations/painter/list_pictures"}
    assert all("HTTP " in text for text in answered.values())
    assert len(answered) > 5
