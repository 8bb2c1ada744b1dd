"""The pages in a real browser: what it draws, what it asks for, what it complains about."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from wondergen.offline import Running, Settings

from tests.chosen_operations import DIAGRAM, MASKED, SOUND, VIDEO
from tests.package.offline import chromium
from tests.package.offline.conftest import StillClock
from tests.package.offline.valid_calls import OPERATIONS

pytestmark = pytest.mark.skipif(
    chromium.found() is None,
    reason=f"there is no browser here: none of {', '.join(chromium.NAMES)} is in PATH",
)
SIZES = [(1280, False), (1280, True), (390, False), (360, True)]


@pytest.fixture(scope="module")
def settings() -> Settings:
    return Settings(file_seconds=1e6)


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[chromium.Tab]:
    """Run one browser for the module."""
    with chromium.browser(tmp_path_factory.mktemp("profile")) as tab:
        yield tab


@pytest.fixture
def tab(process: chromium.Tab, server: Running) -> Iterator[chromium.Tab]:
    """Return its tab; check after each test that no other host was contacted and nothing failed."""
    process.events.clear()
    process.look(1280, 900)
    yield process
    requested_urls = process.requested_urls()
    assert requested_urls
    assert {urlsplit(url).netloc for url in requested_urls if not url.startswith(("data:", "blob:"))} <= {
        urlsplit(server.url).netloc
    }
    assert process.complaints() == []


def fill(tab: chromium.Tab, name: str, text: str) -> None:
    """Type into an input as a person does."""
    tab.value(f"document.getElementById('input-{name}').select()")
    tab("Input.insertText", text=text)


def press(tab: chromium.Tab, key: str, code: int) -> None:
    for kind in ("rawKeyDown", "keyUp"):
        tab("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)


def send(tab: chromium.Tab) -> None:
    """Press the button of the form and wait for the next page."""
    tab.value("window.old = true")
    tab.value("document.querySelector('form.call button[type=submit]').click()")
    tab.until("!window.old && document.readyState === 'complete' && !!document.getElementById('outcome')")


def test_a_task_is_started_from_the_form_and_becomes_done_without_reload(
    tab: chromium.Tab, server: Running, clock: StillClock
) -> None:
    tab.open(f"{server.url}/operations/{MASKED.page}")
    fill(tab, "prompt", "A lighthouse in the fog")
    send(tab)
    tab.value("window.same = true")
    assert "a task was started" in tab.value("document.getElementById('outcome').innerText")
    clock.advance(1.5)
    tab.until("document.querySelector('.task .state').innerText === 'running'")
    assert tab.value("document.querySelector('.task progress').value") == 50
    clock.advance(2)
    tab.until("document.querySelector('.task .state').innerText === 'succeeded'")
    assert tab.value("document.querySelector('[data-part=summary]').innerText") == "1 succeeded"
    assert tab.value("document.querySelector('.task progress')") is None
    assert (
        tab.until("document.querySelector('.task img')?.complete && document.querySelector('.task img').naturalWidth")
        > 100
    )
    assert tab.value("window.same") is True


def test_a_new_task_appears_in_the_list_and_what_plays_goes_on(
    tab: chromium.Tab, server: Running, clock: StillClock
) -> None:
    tab.open(f"{server.url}/operations/{VIDEO.page}")
    send(tab)
    clock.advance(10)
    tab.open(f"{server.url}/tasks")
    tab.value("document.querySelector('.task video').muted = true")
    assert tab.until("document.querySelector('.task video').readyState >= 2") is True
    tab.value("window.film = document.querySelector('.task video'); film.play()")
    count = tab.value("document.querySelectorAll('.task').length")
    form = "new URLSearchParams({'argument.prompt': 'Soft rain', 'argument.duration': '10', 'argument.qty': '1'})"
    place = f"/operations/{SOUND.page}"
    started = tab.value(f"fetch('{place}', {{method: 'POST', body: {form}}}).then(reply => reply.status)")
    assert started == 200
    tab.until(f"document.querySelectorAll('.task').length === {count + 1}")
    assert tab.value("document.querySelector('.task-title').innerText") == "Soft rain"
    assert tab.value("window.film.isConnected && window.film === document.querySelector('.task video')") is True
    clock.advance(10)
    assert tab.until("document.querySelector('.task audio')?.readyState >= 1") is True


def test_every_thumbnail_is_drawn(tab: chromium.Tab, server: Running, clock: StillClock) -> None:
    tab.open(f"{server.url}/operations/{DIAGRAM.page}")
    send(tab)
    images = "[...document.querySelectorAll('#outcome .files img')]"
    assert tab.until(f"{images}.length === 2 && {images}.every(one => one.complete && one.naturalWidth > 0)") is True


def test_faults_are_shown_and_lead_to_their_inputs(tab: chromium.Tab, server: Running) -> None:
    tab.open(f"{server.url}/operations/{VIDEO.page}")
    fill(tab, "prompt", "")
    press(tab, "Delete", 46)
    tab.value("document.getElementById('unchecked').click()")
    send(tab)
    assert "The client would not have sent this" in tab.value("document.getElementById('outcome').innerText")
    tab.value("document.querySelector('#outcome a[href=\"#input-prompt\"]').click()")
    assert tab.value("document.activeElement.id") == "input-prompt"
    assert tab.value("getComputedStyle(document.getElementById('input-prompt')).borderTopWidth") == "2px"


def test_what_is_to_be_copied_has_a_button(tab: chromium.Tab, server: Running) -> None:
    tab("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"], origin=server.url)
    tab.open(server.url)
    tab.value("document.querySelector('.copy').click()")
    tab.until("document.querySelector('.copy').innerText === 'Copied'")
    assert "base_url=" in tab.value("navigator.clipboard.readText()")


def test_the_keyboard_reaches_the_content_first_and_focus_is_seen(tab: chromium.Tab, server: Running) -> None:
    tab.open(server.url)
    press(tab, "Tab", 9)
    assert tab.value("document.activeElement.className") == "skip"
    assert tab.value("document.activeElement.getBoundingClientRect().top") >= 0
    assert tab.value("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    press(tab, "Enter", 13)
    tab.until("document.activeElement.id === 'main'")


def is_missing_page(event: dict[str, Any]) -> bool:
    """Return whether the browser reports the page that is meant to be missing. A port may have these digits too."""
    entry = event.get("params", {}).get("entry", {})
    return event.get("method") == "Log.entryAdded" and "status of 404" in entry.get("text", "")


@pytest.mark.parametrize("width, dark", SIZES)
def test_every_page_fits_the_screen_and_can_be_read(width: int, dark: bool, tab: chromium.Tab, server: Running) -> None:
    places = [
        "/",
        "/tasks",
        "/disagreements",
        "/nowhere",
        *(f"/operations/{one}/{name}" for one, name in OPERATIONS[::13]),
    ]
    tab.look(width, 900, dark=dark)
    for place in places:
        tab.open(server.url + place)
        assert tab.value("document.documentElement.scrollWidth") <= width, place
        assert tab.value(CONTRAST) == [], (place, dark)
        tab.events[:] = [event for event in tab.events if not is_missing_page(event)]


def test_the_page_is_drawn(tab: chromium.Tab, server: Running, tmp_path: Path) -> None:
    tab.look(390, 844)
    tab.open(server.url)
    picture = tab.screenshot()
    assert struct.unpack(">II", picture[16:24]) == (390, 844)
    assert len(picture) > 10_000


CONTRAST = """
(() => {
  const parse = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = (node) => {
    for (; node; node = node.parentElement) {
      const colour = parse(getComputedStyle(node).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const found = new Set();
  for (const node of document.querySelectorAll('body *')) {
    const texts = [...node.childNodes].filter((one) => one.nodeType === 3 && one.textContent.trim());
    if (!texts.length || !node.checkVisibility() || node.closest('svg')) continue;
    const style = getComputedStyle(node);
    const [a, b] = [light(parse(style.color)), light(behind(node))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (isLarge ? 3 : 4.5)) found.add(`${node.tagName}.${node.className} ${ratio.toFixed(2)}`);
  }
  return [...found];
})()
"""
"""Texts whose contrast with what is behind them is below that of WCAG AA."""
