"""A list that comes page by page: what a service answers, what has to be asked next, and the items in the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from codegen.contracts.general.cases import Arguments, Composer
from codegen.contracts.oracle_pointers import get, put
from codegen.openapi.json_values import as_list
from codegen.python.model import OperationModel, PagesModel

Reply = tuple[Any, Mapping[str, str]]
"""A body and its headers."""


@dataclass(frozen=True)
class Listing:
    """One list, read from its first page to its last."""

    method: str
    arguments: Arguments
    replies: tuple[Reply, ...]
    targets: tuple[str, ...]
    """What each request asks for."""
    items: tuple[Any, ...]


def listing(
    operation: OperationModel, composer: Composer, arguments: Arguments, body: Any, origin: str
) -> Listing | None:
    """Return a list of two pages; None where no item could be composed. `body`: a reply that the document accepts."""
    pages = operation.pages
    if pages is None:
        return None
    item = _item(pages, body)
    if item is None:
        return None
    qualified = f"{operation.group}.{pages.name}" if operation.group else str(pages.name)
    call = {name: value for name, value in arguments.items() if name != pages.parameter}
    first = composer.case(call).target
    cursor: Any = "canary-2" if pages.is_text else 2
    if pages.pattern == "cursor" and "last_item" in pages.pointers and "next" not in pages.pointers:
        item = put(item, pages.pointers["last_item"], cursor)
    number: Any = {"page": pages.first + 1, "offset": 1}.get(pages.pattern, cursor)
    if pages.pattern in ("url", "link"):
        second = f"{first}{'&' if '?' in first else '?'}canary=2"
    else:
        argument = str(number) if pages.is_text else number
        second = composer.case({**call, str(pages.parameter): argument}).target
    replies: list[Reply] = []
    targets = [first, second]
    for is_last in (False, True):
        replies.append(_reply(pages, body, item, None if is_last else cursor, f"{origin}{second}"))
    if pages.pattern in ("page", "offset") and not {"total", "more"} & pages.pointers.keys():
        argument = str(number + 1) if pages.is_text else number + 1
        targets.append(composer.case({**call, str(pages.parameter): argument}).target)
        replies.append((put(body, pages.pointers["items"], []), {}))
    return Listing(qualified, call, tuple(replies), tuple(targets), (item, item))


def _reply(pages: PagesModel, body: Any, item: Any, cursor: Any, url: str) -> Reply:
    """Return one page; the last where there is no cursor."""
    at, is_last = pages.pointers, cursor is None
    page = put(body, at["items"], [item])
    if "more" in at:
        page = put(page, at["more"], not is_last)
    if "total" in at:
        page = put(page, at["total"], 2)
    if "next" in at:
        page = put(page, at["next"], None if is_last else url if pages.pattern == "url" else cursor)
    elif "last_item" in at and is_last and "more" not in at:
        page = put(page, at["items"], [put(item, at["last_item"], None)])
    links = {"link": f'<{url}>; rel="next"'} if pages.pattern == "link" and not is_last else {}
    return page, links


def _item(pages: PagesModel, body: Any) -> Any:
    """Return an item of a reply that the document accepts."""
    return next(iter(as_list(get(body, pages.pointers["items"]))), None)
