# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The items of a list that comes page by page: the next page is asked for when the items of the last are used up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..errors import InvalidResponse
from ..lazy_imports import load_model
from ..next_page import MOST_PAGES, NextPage, items_of, next_page, without_key
from ..operation import Operation, Pages
from ..request import CallOptions, WireRequest
from ..typed import as_model
from .session import Session


def pages(
    session: Session, operation: Operation, arguments: Mapping[str, object], options: CallOptions
) -> Iterator[Any]:
    """Return the items of every page. Raises InvalidRequest at once; nothing is sent before an item is asked for."""
    assert operation.pages is not None
    request = session.build(operation, arguments, options)
    return _items(session, operation, operation.pages, arguments, options, request)


def _items(
    session: Session,
    operation: Operation,
    spec: Pages,
    arguments: Mapping[str, object],
    options: CallOptions,
    request: WireRequest,
) -> Iterator[Any]:
    earlier: set[NextPage] = set()
    start, item_count = arguments.get(spec.parameter), 0
    for page_count in range(1, MOST_PAGES + 1):
        answer = session.exchange.run(operation, request, session.deadline(options))
        items = items_of(operation, spec, answer)
        for item in items:
            yield _item(spec, item)
        item_count += len(items)
        following = next_page(spec, answer, items, start, page_count, item_count)
        if following is None:
            return
        if following in earlier:
            problem = "the reply leads to a page that was read before"
            raw = session.without_keys(answer.body)
            raise InvalidResponse(operation.name, problem, http_status=answer.status, raw=raw)
        earlier.add(following)
        request = _request(session, operation, spec, arguments, options, following, request.url)
    raise InvalidResponse(operation.name, f"the list has more than {MOST_PAGES} pages", http_status=200)


def _item(spec: Pages, item: object) -> object:
    """Return an item as its model; one that does not even fit its kind as it came."""
    model = None if spec.item is None else as_model(load_model(spec.item), item)
    return item if model is None else getattr(model, "root", model)


def _request(
    session: Session,
    operation: Operation,
    spec: Pages,
    arguments: Mapping[str, object],
    options: CallOptions,
    following: NextPage,
    page: str,
) -> WireRequest:
    """Return the request for the next page. A key goes to the service's own host alone. `page`: URL of the last one."""
    if following.url is None:
        trusted = (spec.parameter,) if spec.pattern == "cursor" else ()  # what is counted has limits
        return session.build(operation, {**arguments, spec.parameter: following.argument}, options, trusted)
    request = session.build(operation, arguments, options)
    url = session.own_url(operation, following.url, page=page)
    return request.at(url if request.key is None else without_key(url, request.key.reveal()))
