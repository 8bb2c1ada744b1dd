"""Reads the parts of an API description's entry: headers, parameters, example call, reply, code table.

The same parts stand in reference Markdown as fenced JSON; there each value has a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from codegen.documents import fields, jsonlines, placeholders
from codegen.documents.claims import MAX_LINE, TOO_LONG, UNKNOWN_ERROR
from codegen.documents.jsonlines import JsonNode
from codegen.documents.line_accounting import LineAccounting
from codegen.documents.types import read_type
from codegen.documents.vocabulary import error_of, retry_of, state_of


def group(body: JsonNode | None) -> str:
    """Return the title of the category an operation stands under."""
    categories = _items(body, "category")
    return categories[0].text("title") if categories else ""


def read_header(node: JsonNode, operation: str, accounting: LineAccounting, line: int | None = None) -> None:
    """Read header names, and their value where it is a fixed one."""
    for row in _items(node, "list"):
        at = line or row.line
        name, value = row.text("name"), row.text("value")
        fixed = re.fullmatch(r"[\w.+-]+/[\w.+-]+", value)
        accounting.claim(at, "header", name, {"value": value} if fixed else {"required": True}, operation)


def read_body(node: JsonNode, operation: str, accounting: LineAccounting, line: int | None = None) -> None:
    """Read the parameters of an operation, and the closed list of them."""
    names: list[str] = []
    for category in _items(node, "category"):
        at = line or category.line
        if category.text("title"):
            accounting.claim(at, "operation", "", {"group": category.text("title")}, operation)
        for row in _items(category, "list"):
            names.append(row.text("name"))
            _parameter(row, operation, accounting, line or row.line)
    accounting.claim(line or node.line, "list", "parameters", {"names": names}, operation)


def _parameter(row: JsonNode, operation: str, accounting: LineAccounting, line: int) -> None:
    name = row.text("name")
    facts: dict[str, Any] = {}
    if isinstance(row.value.get("required"), bool):
        facts["required"] = row.value["required"]
    keywords = row.value.get("keywords")
    if isinstance(keywords, list) and keywords:
        facts["enum"] = keywords
    field = fields.describe(row.text("describe"), type_word=row.text("type"), stated=facts)
    accounting.claim(line, "parameter", name, field.facts, operation)
    if field.differing:
        accounting.claim(line, "parameter", name, field.differing, operation)
    for problem in field.problems:
        accounting.unread(line, problem, f"{operation} parameter {name}")


def read_request(node: JsonNode, operation: str, accounting: LineAccounting, line: int | None = None) -> None:
    """Read the example call (wrapper, arguments) and the keys of the example replies."""
    for row in _items(node, "request"):
        at = line or (row.get("code_example") or row).line
        command = row.text("code_example")
        body = placeholders.shell_body(command)
        if body is None:
            accounting.unread(at, "code")
            continue
        wrapper, inside = placeholders.unwrapped(body)
        if wrapper:
            accounting.claim(at, "operation", "", {"body_wrapper": wrapper}, operation, "example")
        values = {
            **dict.fromkeys(placeholders.path_names(command), placeholders.TEXT),
            **placeholders.arguments(inside),
        }
        accounting.claim(at, "example", operation, {"arguments": values}, operation, "example")
    for row in _items(node, "response"):
        at = line or (row.get("code_example") or row).line
        for key in jsonlines.keys(row.text("code_example")):
            kind = jsonlines.type_of(key.value)
            accounting.claim(at, "response", key.path, {"type": kind} if kind else {}, operation, "example")


def read_response(node: JsonNode, operation: str, accounting: LineAccounting, line: int | None = None) -> None:
    """Read the fields of a reply, and what their descriptions state about codes and states."""
    for row in _items(node, "list"):
        name, description = row.text("name"), row.text("describe")
        if len(description) > MAX_LINE:
            accounting.unread(line or row.line, TOO_LONG, f"{operation} response {name}")
            continue
        at = line or (row.get("name") or row).line
        parent = re.search(r"located within the (\w+) object", description)
        path = f"{parent[1]}.{name}" if parent else name
        kind = read_type(row.text("type"))
        if kind is None:
            accounting.unread(at, f"type {row.text('type')[:40]}", f"{operation} response {path}")
        facts: dict[str, Any] = {**(kind or {})}
        success = re.search(r"\b(\d+) indicates success", description)
        if success:
            facts["success"] = success[1]
        accounting.claim(at, "response", path, facts, operation)
        for key in ("type", "describe"):
            if (part := row.get(key)) and not line:
                accounting.assign(part.line, "read")
        states = re.search(r"status:\s*(\w+(?:, \w+)+)", re.sub(r",? located within .*", "", description))
        words = states[1].split(", ") if states else []
        for word in words if any(map(state_of, words)) else ():
            accounting.status(line or (row.get("describe") or row).line, word, state_of(word), operation)


def read_codes(node: JsonNode, operation: str, accounting: LineAccounting, line: int | None = None) -> None:
    """Read a table of in-band codes; or, as some entries have it, the example call once more."""
    if node.get("request"):
        read_request(node, operation, accounting, line)
        return
    for row in _items(node, "list"):
        at = line or row.line
        code, description = row.text("code"), row.text("describe")[:MAX_LINE]
        if re.fullmatch(r"success", description.strip(), re.IGNORECASE):
            accounting.claim(at, "response", "code", {"success": code}, operation)
        elif code:
            error = error_of(description)
            facts: dict[str, Any] = {"error": error} if error else {UNKNOWN_ERROR: True}
            facts |= {"message": description, "channel": "in-band"}
            if retry := retry_of(description):
                facts["retry"] = retry
            accounting.claim(at, "error", code, facts, operation)
        else:
            accounting.unread(at, "code")


Reader = Callable[[JsonNode, str, LineAccounting, int | None], None]
READERS: dict[str, Reader] = {
    "api_header": read_header,
    "api_body": read_body,
    "api_request_demo": read_request,
    "api_response": read_response,
    "api_code_demo": read_codes,
}


def _items(node: JsonNode | None, key: str) -> list[JsonNode]:
    inner = node.get(key) if node else None
    return [item for item in inner.items if isinstance(item.value, dict)] if inner else []
