"""Hostile text, from a catalog or from a caller, is text on every page and nothing else."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from markupsafe import escape
from wondergen._catalog.service_document import Catalog, load, names_of_services
from wondergen.offline import running
from wondergen.offline.upstream import Upstream

from tests.chosen_operations import SIZED
from tests.package.offline.markup import Page, wrong
from tests.package.offline.valid_calls import OPERATIONS

EVIL = """</title></textarea>"'><img src=x onerror=alert(1)><script>alert(1)</script>{{ 7 * 7 }}&lt;"""
TEXTS = frozenset({"description", "title", "meaning", "summary", "reading", "holds", "reason", "rule", "fact"})


def poisoned(value: Any, key: str = "") -> Any:
    """Return the same, with hostile text wherever a document has text for people."""
    if isinstance(value, dict):
        return {name: poisoned(item, name) for name, item in value.items()}
    if isinstance(value, list):
        more = [EVIL] if key == "enum" and all(isinstance(item, str) for item in value) else []
        is_text = key in {"sources", "examples"} or key.startswith("/")
        return [poisoned(item, "description" if is_text and isinstance(item, str) else "") for item in value] + more
    return value + EVIL if key in TEXTS and isinstance(value, str) else value


@pytest.fixture(scope="module")
def browser() -> Iterator[httpx.Client]:
    """Run a server whose every catalog is hostile."""
    catalogs = {}
    for name in names_of_services():
        known = load(name)
        document = copy.deepcopy(dict(known.document))
        # The schemas of replies stay: they are what the replies of the server are made from.
        requests = {
            key: poisoned(row) if key.endswith("Request") else row
            for key, row in document["components"]["schemas"].items()
        }
        texts = {key: poisoned(row, key) for key, row in document.items() if key not in {"components", "paths"}}
        paths = {
            path: {
                word: {
                    **node,
                    **{key: poisoned(node[key], key) for key in ("summary", "description") if key in node},
                }
                for word, node in row.items()
            }
            for path, row in document["paths"].items()
        }
        document |= {**texts, "paths": paths, "components": {**document["components"], "schemas": requests}}
        operations = [endpoint.operation for endpoint in known.endpoints.values()]
        evidence = {
            "facts": {at: poisoned(list(rows)) for at, rows in known.evidence.items()},
            "disagreements": poisoned([dict(row) for row in known.disagreements]),
        }
        catalogs[name] = Catalog(known.service, operations, document, evidence)
    with (
        running(upstream=Upstream(catalogs=catalogs)) as server,
        httpx.Client(base_url=server.url, trust_env=False) as client,
    ):
        yield client


def harmless(reply: httpx.Response) -> Page:
    """Return the page, checked to have the hostile text in it as text."""
    page = Page(str(reply.url), reply.text)
    assert wrong(page) == []
    assert EVIL not in reply.text
    assert "<img src=x" not in reply.text
    assert [one.attributes for one in page.all("script")] in ([], [{"src": "/static/pages.js", "defer": ""}])
    assert str(escape(EVIL)) in reply.text
    return page


@pytest.mark.parametrize(
    "place", ["/", "/disagreements", *(f"/operations/{service}/{name}" for service, name in OPERATIONS)]
)
def test_hostile_text_of_a_catalog_is_only_text(place: str, browser: httpx.Client) -> None:
    reply = browser.get(place)
    assert reply.status_code == 200
    harmless(reply)


@pytest.mark.parametrize("extra", [{}, {"argument.width": EVIL, "unchecked": "yes"}])
def test_hostile_text_of_a_caller_is_only_text(extra: dict[str, str], browser: httpx.Client) -> None:
    place = f"/operations/{SIZED.page}"
    form = Page(place, browser.get(place).text).form() | {"argument.prompt": EVIL, **extra}
    page = harmless(browser.post(place, data=form))
    assert page.form()["argument.prompt"] == EVIL
    for task in {one.attributes["href"] for one in page.all("a") if one.attributes["href"].startswith("/tasks/")}:
        harmless(browser.get(task))
    if not extra:
        assert any(EVIL in one.text for one in harmless(browser.get("/tasks")).with_class("task-title"))


def test_hostile_names_of_a_place_are_only_text(browser: httpx.Client) -> None:
    for place in (f"/operations/{EVIL}/x", f"/tasks/x/{EVIL}", "/disagreements"):
        reply = browser.get(place, params={"rule": EVIL})
        assert reply.status_code == 404
        assert wrong(Page(str(reply.url), reply.text)) == []
        assert "<img" not in reply.text.replace('<img src="/static/icon.svg"', "")
