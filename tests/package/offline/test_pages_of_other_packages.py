"""The pages know no package: they show any catalog, also one without a single extension."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.package.offline.markup import Page, wrong
from tests.shared import LIBRARY as PACKAGE


@pytest.fixture(scope="module")
def server(library_folder: Path) -> Iterator[Any]:
    """Serve a package of a plain document and of one with every extension."""
    with importlib.import_module(f"{PACKAGE}.offline").running() as made:
        yield made


@pytest.fixture(scope="module")
def browser(server: Any) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, trust_env=False) as client:
        yield client


def operations(server: Any) -> list[str]:
    """Return the pages of all operations."""
    catalogs = server.upstream.catalogs
    return [f"/operations/{service}/{name}" for service in catalogs for name in catalogs[service].endpoints]


def typed(field: str) -> str:
    """Return what is typed into a field that has no text: the ids, names and numbers that calls of the package need."""
    known = {"argument.style": "oil", "argument.number": "1", "argument.id": "00000000-0000-4000-8000-000000000001"}
    return known.get(field, "b1" if field.endswith(("_id", ".name")) else "")


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
    for place in set(operations(server)) - {"/operations/studio/upload_file"}:  # a form of these pages takes no file
        form = Page(place, browser.get(place).text).form()
        texts = {name: text or typed(name) for name, text in form.items()}
        reply = browser.post(place, data=texts)
        page = Page(str(reply.url), reply.text)
        assert wrong(page) == [], place
        answered[place] = " ".join(page.by_id("outcome").text.split())
    refused = {place for place, text in answered.items() if "The call was accepted" not in text}
    # A poll asks for a task that there is not, one operation has a reply without the code that its document wants.
    catalogs = server.upstream.catalogs
    for_a_task = {
        f"/operations/{service}/{name}"
        for service, catalog in catalogs.items()
        for name, endpoint in catalog.endpoints.items()
        if endpoint.pattern.groups or name == "task_result"
    }
    assert refused <= {*for_a_task, "/operations/painter/list_pictures"}
    assert refused != set(answered)
    assert [text for text in answered.values() if "HTTP " not in text] == []
    assert len(answered) > 5
