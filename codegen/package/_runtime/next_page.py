"""A list that comes page by page: what leads from one page to the next."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from .errors import InvalidResponse
from .operation import Operation, Pages
from .pointer import MISSING, get
from .reply import Answer

MOST_PAGES = 10_000
"""Pages of one list. A service that names ever new pages is not followed without end."""
_LINK = re.compile(r"<([^<>]{0,8000})>([^<>]{0,2000})")
_RELATION = re.compile(r";\s*rel\s*=\s*\"?([^\";,]{0,200})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NextPage:
    """Where the next page is: at the same operation with another argument, or at a URL."""

    argument: object = None
    url: str | None = None


def items_of(operation: Operation, pages: Pages, answer: Answer) -> Sequence[object]:
    """Return the items of one page. Raises InvalidResponse where the reply has no list."""
    items = get(answer.body, pages.items)
    if items is None:
        return ()
    if not isinstance(items, list):
        problem = f"the reply has no list at {pages.items or 'its top'}"
        raise InvalidResponse(operation.name, problem, http_status=answer.status, raw=answer.body)
    return items


def next_page(
    pages: Pages, answer: Answer, items: Sequence[object], start: object, page_count: int, item_count: int
) -> NextPage | None:
    """Return where the next page is; None after the last.

    `start`: the argument of the first page, None where it has none; `page_count`, `item_count`: pages and items so far.
    """
    if pages.more is not None and get(answer.body, pages.more) in (False, None, MISSING):
        return None
    if pages.pattern == "link":
        url = next_link(answer.headers)
        return NextPage(url=url) if url else None
    if pages.pattern == "url":
        cursor = _cursor(get(answer.body, pages.next or ""))
        return NextPage(url=str(cursor)) if cursor is not None else None
    if pages.pattern == "cursor":
        cursor = _cursor(get(answer.body, pages.next)) if pages.next is not None else None
        if cursor is None and pages.last_item is not None and items:
            cursor = _cursor(get(items[-1], pages.last_item))
        return NextPage(_argument(pages, cursor)) if cursor is not None else None
    return _by_number(pages, answer, items, start, page_count, item_count)


def _by_number(
    pages: Pages, answer: Answer, items: Sequence[object], start: object, page_count: int, item_count: int
) -> NextPage | None:
    """Return the next page or offset: there is none after an empty page, or after as many items as there are in all."""
    first = _number(start)
    total = _number(get(answer.body, pages.total)) if pages.total is not None else None
    before = (first or 0) if pages.pattern == "offset" else 0
    is_counted = total is not None and (pages.pattern == "offset" or first in (None, pages.first))
    if not items or (is_counted and total is not None and before + item_count >= total):
        return None
    if pages.pattern == "offset":
        return NextPage(_argument(pages, before + item_count))
    return NextPage(_argument(pages, (pages.first if first is None else first) + page_count))


def is_later(pages: Pages, arguments: Mapping[str, object]) -> bool:
    """Return whether a call asks for a page behind the first, where only an empty page ends the list."""
    value = arguments.get(pages.parameter)
    if pages.pattern == "cursor":
        return pages.last_item is not None and value not in (None, "")
    number = _number(value)
    first = pages.first if pages.pattern == "page" else 0
    return pages.pattern in ("page", "offset") and number is not None and number > first


def next_link(headers: Mapping[str, str]) -> str | None:
    """Return the URL that a Link header calls the next."""
    for url, rest in _LINK.findall(headers.get("link", "")):
        relation = _RELATION.search(rest)
        if relation is not None and "next" in relation[1].lower().split():
            return str(url)
    return None


def without_key(url: str, key: str) -> str:
    """Return a URL of a reply without the pairs of its query that a key in the query is sent as."""
    parts = urlsplit(url)
    names = {pair.partition("=")[0] for pair in key.split("&")}
    pairs = [pair for pair in parts.query.split("&") if pair and pair.partition("=")[0] not in names]
    return parts._replace(query="&".join(pairs), fragment="").geturl()


def _cursor(value: object) -> str | int | float | None:
    """Return a cursor, if it is one: nothing and an empty text lead nowhere."""
    if isinstance(value, bool) or value == "":
        return None
    return value if isinstance(value, str | int | float) else None


def _argument(pages: Pages, value: str | int | float) -> object:
    return str(value) if pages.is_text else value


def _number(value: object) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 16:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
