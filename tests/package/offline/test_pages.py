"""The pages: each is sound, leads nowhere else, and shows what the catalog knows."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from html import escape
from itertools import chain
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urldefrag

import httpx
import pytest
from wondergen._catalog import index
from wondergen._catalog.facts import operation_facts
from wondergen.cli import command_names, operation_commands
from wondergen.offline import Running, Settings, pages
from wondergen.offline.fault_kinds import FAULTS
from wondergen.offline.pages import formatting

from codegen import paths
from tests import catalog_values
from tests.chosen_operations import DIAGRAM, SOUND, VIDEO, WITH_SOUND
from tests.package.offline.conftest import StillClock
from tests.package.offline.markup import Page, wrong
from tests.package.offline.valid_calls import OPERATIONS

HEADERS = {
    "content-security-policy": "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
}


@pytest.fixture(scope="module")
def settings() -> Settings:
    return Settings(file_seconds=1e6)


@pytest.fixture(scope="module")
def browser(server: Running) -> Iterator[httpx.Client]:
    """Return what a browser without JavaScript does: requests pages and sends forms."""
    with httpx.Client(base_url=server.url, trust_env=False) as client:
        yield client


@pytest.fixture(scope="module")
def every(browser: httpx.Client, clock: StillClock) -> dict[str, Page]:
    """Return every page that links lead to from the root, tasks of each kind among them."""
    for service, name in (DIAGRAM.place, SOUND.place, VIDEO.place):
        place = f"/operations/{service}/{name}"
        assert browser.post(place, data=Page(place, browser.get(place).text).form()).status_code == 200
    clock.advance(10)
    waiting, found = ["/"], dict[str, Page]()
    while waiting:
        place = waiting.pop()
        if place in found or place.startswith(("/files/", "/static/")):
            continue
        reply = browser.get(place)
        assert reply.status_code == 200, place
        if not reply.headers["content-type"].startswith("text/html"):
            assert place.endswith("/openapi.json")
            continue
        found[place] = Page(str(reply.url), reply.text)
        links = [urldefrag(url)[0] for url in found[place].addresses()]
        waiting += [link.removeprefix(str(browser.base_url).rstrip("/")) for link in links]
    return found


def test_every_operation_is_reached_from_the_root(every: dict[str, Page]) -> None:
    operation_pages = {place for place in every if place.startswith("/operations/") and "?" not in place}
    assert operation_pages == {f"/operations/{service}/{name}" for service, name in OPERATIONS}
    assert len(operation_pages) == catalog_values.count()
    assert len([place for place in every if re.fullmatch(r"/tasks/\w+/\w+", place)]) == 3


def test_every_page_is_sound_and_leads_to_no_other_host(every: dict[str, Page]) -> None:
    faults = {place: found for place, page in every.items() if (found := wrong(page))}
    assert not faults
    assert len(every) > 90


def test_every_place_within_a_page_is_there(every: dict[str, Page]) -> None:
    known = {page.url: {one.attributes.get("id") for one in page.elements} for page in every.values()}
    links = {urldefrag(url) for page in every.values() for one in page.all("a") for url in page.to(one)}
    inside = {(url, part) for url, part in links if part}
    assert {(url, part) for url, part in inside if part not in known[url]} == set()
    assert len(inside) > 200


def test_every_file_that_a_page_asks_for_is_there(every: dict[str, Page], browser: httpx.Client) -> None:
    links = {urldefrag(url)[0] for page in every.values() for url in page.addresses()}
    files = {url for url in links if "/files/" in url or "/static/" in url}
    kinds = {browser.get(url).raise_for_status().headers["content-type"].partition(";")[0] for url in files}
    assert {"text/css", "image/svg+xml", "image/png", "video/mp4", "audio/mpeg"} <= kinds


def test_symbols_are_those_of_the_sprite(every: dict[str, Page], browser: httpx.Client) -> None:
    known = set(re.findall(r'<symbol id="(\w+)"', browser.get("/static/sprite.svg").text))
    used = {one.attributes["href"].partition("#")[2] for page in every.values() for one in page.all("use")}
    assert used <= known
    assert {"video", "image", "audio", "diagram", "query"} <= used


def test_titles_tell_pages_apart(every: dict[str, Page]) -> None:
    plain = {place: page for place, page in every.items() if "?" not in place and page.all("title")}
    titles = [page.all("title")[0].text for page in plain.values()]
    assert len(titles) == len(set(titles)) > 40


def test_style_and_script_ask_for_nothing(browser: httpx.Client) -> None:
    for name in ("pages.css", "pages.js", "icon.svg", "sprite.svg"):
        text = browser.get(f"/static/{name}").raise_for_status().text.replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?:|//[a-z0-9.]+\.[a-z]|@import|url\(", text), name


@pytest.mark.parametrize("place", ["/", "/tasks", "/tasks/live", "/disagreements", "/static/pages.css", "/nowhere"])
def test_headers_keep_every_page_to_itself(place: str, browser: httpx.Client) -> None:
    reply = browser.get(place)
    assert {name: reply.headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize(
    "place",
    [
        "/nowhere",
        f"/operations/{VIDEO.page}_of_nothing",
        f"/operations/nobody/{VIDEO.name}",
        f"/tasks/{VIDEO.service}/none",
        f"/tasks/{VIDEO.service}/none/live",
        "/disagreements?rule=whim",
        "/static/none.css",
    ],
)
def test_what_is_not_there_is_404(place: str, browser: httpx.Client) -> None:
    reply = browser.get(place)
    assert reply.status_code == 404
    assert not reply.headers["content-type"].startswith("text/html") or not wrong(Page(str(reply.url), reply.text))


def test_the_root_says_how_to_reach_each_service(every: dict[str, Page], server: Running) -> None:
    text = every["/"].all("main")[0].text
    for service in server.upstream.catalogs:
        assert f'base_url="{server.base_url(service)}"' in text
        assert f"{server.upstream.balance(service):,} credits left" in " ".join(text.split())
    assert all(f"offline:{fault.example or fault.name}" in text for fault in FAULTS.values())


@pytest.mark.parametrize("service, name", OPERATIONS)
def test_every_fact_of_an_operation_is_shown_with_its_evidence(
    service: str, name: str, every: dict[str, Page], server: Running
) -> None:
    catalog = server.upstream.catalogs[service]
    facts = operation_facts(catalog, catalog.endpoints[name])
    page = every[f"/operations/{service}/{name}"]
    text = " ".join(page.all("main")[0].text.split())
    statements = [*facts.statements, *(one for row in facts.parameters for one in row.statements)]
    cited = [*chain(*(one.sources for one in statements), *(error.sources for error in facts.errors))]
    for document in cited:
        assert document in text
    for parameter in facts.parameters:
        assert formatting.limits(parameter) == [] or all(
            limit.replace("`", "") in text for limit in formatting.limits(parameter)
        )
        rows = [one.text for one in page.all("th", scope="row") if one.text.split()[:1] == [parameter.name]]
        assert len(rows) == 1
        assert ("required" in rows[0]) is parameter.is_required
    assert all(word in text for error in facts.errors for word in (error.code, error.error, error.meaning))
    assert len(page.with_class("dispute")) == len(facts.disagreements)
    assert facts.http_method in text
    assert statements


def test_every_disagreement_is_shown_once_with_how_it_was_settled(every: dict[str, Page], server: Running) -> None:
    rows = [row for one in server.upstream.catalogs.values() for row in one.disagreements]
    found = [" ".join(one.text.split()) for one in every["/disagreements"].with_class("dispute")]
    assert len(found) == len(rows) > 0
    text = "\n".join(found)
    for row in rows:
        assert all(str(reading["value"]) in text for reading in row["readings"])
        assert row["rule"] in text


def test_links_filter_disagreements_by_service_and_rule(every: dict[str, Page]) -> None:
    page = every[f"/disagreements?service={VIDEO.service}&rule=authority"]
    cards = page.with_class("dispute")
    assert cards
    assert all("authority" in one.text for one in cards)
    counts = [one for one in every["/disagreements"].all("a") if "aria-label" in one.attributes]
    for link in counts:
        place = link.attributes["href"]
        assert len(every[place].with_class("dispute")) == int(link.text), place
    assert len(counts) > 15


def test_rules_have_the_names_of_the_catalog(server: Running) -> None:
    used = {row["rule"] for one in server.upstream.catalogs.values() for row in one.disagreements}
    assert used <= set(index.rules())
    assert used


@pytest.mark.parametrize("service, name", OPERATIONS)
def test_the_call_in_python_is_python(service: str, name: str, every: dict[str, Page]) -> None:
    page = every[f"/operations/{service}/{name}"]
    code = next(one for one in page.all("pre") if one.attributes["aria-label"] == "The call in Python").text
    called = [ast.unparse(node.func) for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    assert f"client.{name}" in called


@pytest.mark.parametrize("service, name", OPERATIONS)
def test_the_command_is_one_of_the_command_line(service: str, name: str, every: dict[str, Page]) -> None:
    page = every[f"/operations/{service}/{name}"]
    code = next(one for one in page.all("pre") if one.attributes["aria-label"] == "The call for the command line").text
    program, *words = shlex.split(code.replace("\\\n", " "))
    path = command_names.typed_path(service, name)
    assert (program, words[: len(path)]) == ("wondergen", path)
    context = operation_commands.operation(service, name, path[-1]).make_context(path[-1], words[len(path) :])
    read = {
        python: context.params[str(one.name)] for python, one in operation_commands.parameters_of(service, name).items()
    }
    given = {python: value for python, value in read.items() if value not in (None, ())}
    filled = {one.removeprefix("argument."): text for one, text in page.form().items() if text}
    assert set(given) == set(filled)


def test_the_call_in_python_runs_as_it_stands(
    every: dict[str, Page], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page = every[f"/operations/{SOUND.page}"]
    code = next(one for one in page.all("pre") if one.attributes["aria-label"] == "The call in Python").text
    names: dict[str, Any] = {}
    exec(compile(code, "page", "exec"), names)
    names["client"].close()
    assert list(tmp_path.glob("out/*.mp3"))


def test_pages_name_no_service_and_no_operation(server: Running) -> None:
    folder = paths.ROOT / "codegen/package/offline/pages"
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    names = set(server.upstream.catalogs)
    names |= {str(one.document["info"]["title"]) for one in server.upstream.catalogs.values()}
    names |= {name for _, name in OPERATIONS if "_" in name} - {VIDEO.report.name}
    assert len(names) > 30
    assert [name for name in sorted(names | {"wondergen"}) if name in text] == []
    assert Path(pages.__file__).parent.joinpath("templates/base.html").is_file()


def test_text_of_a_page_is_escaped(every: dict[str, Page]) -> None:
    text = f'client = {DIAGRAM.client_name}(base_url="'
    assert escape(text, quote=True).replace("&quot;", "&#34;") in every["/"].source


def test_a_page_says_what_a_model_is_good_for_and_how_to_ask_it(every: dict[str, Page]) -> None:
    page = every[f"/operations/{WITH_SOUND.page}"].all("main")[0].text
    best = WITH_SOUND.node["x-traits"]["best_for"]
    assert f"Best for: {best[0]}" in page
    assert "How to write prompts" in page
    service, name, text = next(
        (service, name, node["x-prompting"]["advice"][0]["text"])
        for service in catalog_values.services()
        for name, (_, node) in catalog_values.operations(service).items()
        if node.get("x-prompting", {}).get("advice")
    )
    assert text.rstrip(".") in every[f"/operations/{service}/{name}"].all("main")[0].text


def test_what_a_model_is_good_for_stands_once_on_its_page(browser: httpx.Client) -> None:
    text = browser.get(f"/operations/{WITH_SOUND.page}").text
    assert text.count("Best for:") == text.count("Strengths:") == 1


def test_the_list_of_operations_tells_models_apart(browser: httpx.Client) -> None:
    text, group = browser.get("/").text, WITH_SOUND.page.partition(".")[0]
    entries = re.findall(rf'<a class="entry" href="/operations/{group}\.\w+">.*?</a>', text, re.DOTALL)
    lines = [re.sub(r"<[^>]+>", " ", entry) for entry in entries]
    assert len(lines) > 5
    assert sum(" · " in line for line in lines) > len(lines) / 2
    assert any("up to " in line for line in lines)


@pytest.mark.parametrize(
    ("schema", "kind"),
    [({"type": "string", "format": "uri"}, "URL"), ({"type": "array", "items": {"format": "uri"}}, "list of URLs")],
)
def test_a_field_that_takes_a_url_is_called_one(schema: dict[str, Any], kind: str) -> None:
    parameter: Any = SimpleNamespace(schema=schema)
    assert formatting.kind_of(parameter) == kind
