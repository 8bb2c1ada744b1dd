"""How a list is read page by page: as `x-pages` says it, or as a link of an operation to itself does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from codegen.openapi.document import Document
from codegen.openapi.json_values import as_object
from codegen.openapi.pointers import join
from codegen.openapi.schemas import Schemas
from codegen.python import names
from codegen.python.class_source import CLASS
from codegen.python.model import PagesModel, Parameter
from codegen.python.reply_types import ReplyReader, Success
from codegen.python.shapes import bare, kinds_of, second_name
from codegen.python.text import Identifier

_POINTERS = ("items", "next", "last_item", "more", "total")
_IN_BODY = re.compile(r"\$response\.body#(/.{0,200})")


class PagesReader:
    """Reads the pages of the operations of one service."""

    def __init__(self, document: Document, schemas: Schemas, replies: ReplyReader) -> None:
        self._document = document
        self._schemas = schemas
        self._replies = replies

    def read(
        self,
        node: Mapping[str, Any],
        pointer: str,
        method: str,
        taken: set[str],
        parameters: tuple[Parameter, ...],
        ways: list[Success],
    ) -> PagesModel | None:
        """Return how an operation is read page by page; None where it is not. `taken`: names of methods."""
        way = next((way for way in ways if way.form == "json"), None)
        pages = node.get("x-pages")
        place = f"{pointer}/x-pages"
        if pages is None and way is not None:
            pages, place = self._linked(node, pointer, way)
        if not isinstance(pages, Mapping):
            return None
        if way is None:
            self._document.fault(place, "says how a list is read, and no success is JSON", "remove it")
            return None
        argument = self._argument(pages, place, parameters)
        item_type = self._item(pages, place, way, method)
        if item_type is None or (argument is None and "parameter" in pages):
            return None
        text, item = item_type
        name = second_name(self._document, f"iter_{method}"[:75], taken, pointer, names.method)
        taken.add(str(name))
        return PagesModel(
            name=name,
            pattern=pages["pattern"],
            parameter=argument.name if argument else None,
            is_text=argument is not None and kinds_of(argument.schema) == ["string"],
            pointers={key: pages[key] for key in _POINTERS if key in pages},
            first=pages.get("first", 1),
            item=item,
            type=text,
            pointer=place,
        )

    def _argument(self, pages: Mapping[str, Any], place: str, parameters: tuple[Parameter, ...]) -> Parameter | None:
        by_wire = {item.wire_name: item for item in parameters}
        for key in ("parameter", "limit"):
            if key in pages and pages[key] not in by_wire:
                self._document.fault(f"{place}/{key}", f"there is no parameter {pages[key]!r}", "name one")
        return by_wire.get(pages.get("parameter", ""))

    def _item(
        self, pages: Mapping[str, Any], place: str, way: Success, method: str
    ) -> tuple[str, Identifier | None] | None:
        """Return the type of an item, and its class; None after a fault."""
        schema, where = self._replies.descend(way.schema, way.pointer, pages["items"])
        view = self._schemas.view(schema if schema is not None else {}, where)
        kinds = [kind for kind in kinds_of(view.schema) if kind != "null"]
        if kinds and kinds != ["array"]:
            self._document.fault(f"{place}/items", "leads to no list", "correct the pointer")
            return None
        items = view.schema.get("items")
        if not isinstance(items, Mapping):
            return "Any", None
        hint = f"{names.pascal(method)}Item"
        text = self._replies.shapes.of(items, join(view.pointer, "items"), hint)
        if self._replies.shapes.is_model(text):
            return text, Identifier(text[1:])
        return bare(text), self._replies.holder(hint, text) if CLASS in text or bare(text) != text else None

    def _linked(self, node: Mapping[str, Any], pointer: str, way: Success) -> tuple[Mapping[str, Any] | None, str]:
        """Return the pages that a link of an operation to itself means."""
        response = as_object(node.get("responses")).get(way.status)
        row, place = self._document.follow(response, join(pointer, "responses", way.status))
        for name, link in as_object(row.get("links")).items():
            target, where = self._document.resolve(link), join(place, "links", name)
            if not self._is_own(target, node, pointer):
                continue
            pairs = [
                (str(key).rpartition(".")[2], match[1])
                for key, value in as_object(target.get("parameters")).items()
                if isinstance(value, str) and (match := _IN_BODY.fullmatch(value))
            ]
            items = self._only_list(way)
            if len(pairs) == 1 and items is not None:
                return {"pattern": "cursor", "parameter": pairs[0][0], "next": pairs[0][1], "items": items}, where
            problem = "leads from a page to the next, and it is not clear which list is read"
            self._document.note(where, problem, "say it with x-pages")
        return None, pointer

    @staticmethod
    def _is_own(target: Mapping[str, Any], node: Mapping[str, Any], pointer: str) -> bool:
        own = node.get("operationId")
        return (own is not None and target.get("operationId") == own) or target.get("operationRef") == f"#{pointer}"

    def _only_list(self, way: Success) -> str | None:
        """Return where the only list of a reply is; None where there are several, or none."""
        view = self._schemas.view(way.schema if way.schema is not None else {}, way.pointer)
        if kinds_of(view.schema) == ["array"]:
            return ""
        lists = [name for name in view.properties if "array" in kinds_of(self._schemas.property(view, name).schema)]
        return join("", lists[0]) if len(lists) == 1 else None
