"""A page taken apart with the parser of the standard library, and all that is wrong with it."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
ADDRESSES = frozenset({"src", "href", "action", "poster", "data", "formaction", "data-live", "srcset"})
INPUTS = frozenset({"input", "select", "textarea"})


@dataclass
class Element:
    """One element."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    within: tuple[str, ...] = ()


@dataclass
class Page(HTMLParser):
    """One page."""

    url: str
    source: str
    elements: list[Element] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[Element] = []
        self.feed(self.source)
        self.close()
        self.faults += [f"<{one.tag}> is never closed" for one in self._open]

    def __hash__(self) -> int:
        return id(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> has an attribute twice: {names}")
        within = tuple(one.tag for one in self._open)
        element = Element(tag, {name: value or "" for name, value in attrs}, within=within)
        self.elements.append(element)
        if tag == "img":
            self.handle_data(element.attributes.get("alt", ""))
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1].tag != tag:
            self.faults.append(f"</{tag}> closes {self._open[-1].tag if self._open else 'nothing'}: {self.getpos()}")
            return
        closed = self._open.pop()
        if self._open:
            self._open[-1].text += closed.text

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[-1].text += data

    def all(self, *tags: str, **attributes: str) -> list[Element]:
        """Return the elements with one of these tags and these attributes."""
        expected = {name.replace("_", "-"): value for name, value in attributes.items()}
        return [
            one
            for one in self.elements
            if one.tag in tags and all(one.attributes.get(k) == v for k, v in expected.items())
        ]

    def with_class(self, name: str) -> list[Element]:
        """Return the elements of a class."""
        return [one for one in self.elements if name in one.attributes.get("class", "").split()]

    def by_id(self, element_id: str) -> Element:
        """Return the element with an id."""
        return next(one for one in self.elements if one.attributes.get("id") == element_id)

    def addresses(self) -> list[str]:
        """Return every URL that the page leads to or loads, in full."""
        return [url for one in self.elements for url in self.to(one)]

    def to(self, one: Element) -> list[str]:
        """Return the URL that an element leads to or loads, in full."""
        return [urljoin(self.url, value) for name, value in one.attributes.items() if name in ADDRESSES]

    def form(self) -> dict[str, str]:
        """Return what the form of the page would send as it stands."""
        found: dict[str, str] = {}
        for one in self.all("input", "textarea"):
            if one.attributes.get("type") not in {"checkbox", "submit"}:
                text = one.text.removeprefix("\n") if one.tag == "textarea" else one.attributes.get("value", "")
                found[one.attributes["name"]] = text
        name = None
        for one in self.all("select", "option"):
            if one.tag == "select":
                name = one.attributes["name"]
                found[name] = ""
            elif name is not None and "select" in one.within and "selected" in one.attributes:
                found[name] = one.attributes["value"]
        return found


def wrong(page: Page) -> list[str]:
    """Return what no page may have."""
    ids = [one.attributes["id"] for one in page.elements if "id" in one.attributes]
    faults = [*page.faults, *(f"the id {one!r} is there twice" for one in set(ids) if ids.count(one) > 1)]
    faults += [f"the id {one!r} has a space" for one in ids if re.search(r"\s", one)]
    for one in page.elements:
        for name in ("aria-labelledby", "aria-describedby", "for", "list"):
            faults += [
                f"{name}: there is no {word!r}" for word in one.attributes.get(name, "").split() if word not in ids
            ]
        faults += [f"<{one.tag}> has a handler in the page: {name}" for name in one.attributes if name.startswith("on")]
        faults += [f"<{one.tag}> has its style in the page" for name in one.attributes if name == "style"]
        if one.tag in {"script", "style"} and (one.text.strip() or one.tag == "style"):
            faults.append(f"<{one.tag}> stands in the page")
        if one.tag == "img" and "alt" not in one.attributes:
            faults.append("an image has no alternative text")
        if one.tag in {"a", "button", "summary", "th"} and not (one.text.strip() or one.attributes.get("aria-label")):
            faults.append(f"<{one.tag}> has no text: {one.attributes}")
    labelled = {one.attributes.get("for") for one in page.all("label")}
    for one in page.all(*INPUTS):
        if one.attributes.get("id") not in labelled:
            faults.append(f"<{one.tag} name={one.attributes.get('name')}> has no label")
    here = urlsplit(page.url).netloc
    faults += [f"leads elsewhere: {url}" for url in page.addresses() if urlsplit(url).netloc != here]
    return faults + (_frame(page) if page.all("html") else [])


def _frame(page: Page) -> list[str]:
    """Check what a whole page has, and a part of one has not."""
    faults = [] if page.source.startswith("<!doctype html>") else ["there is no doctype"]
    if not page.all("html")[0].attributes.get("lang"):
        faults.append("the language is not said")
    for tag in ("title", "main", "h1"):
        if len(page.all(tag)) != 1 or not page.all(tag)[0].text.strip():
            faults.append(f"there is not one <{tag}> with a text")
    levels = [int(one.tag[1]) for one in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    steps = itertools.pairwise([0, *levels])
    return faults + [f"a heading of level {b} follows one of level {a}" for a, b in steps if b > a + 1]
