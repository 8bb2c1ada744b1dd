"""Rules for what comes back: states, errors, response fields, output formats."""

from __future__ import annotations

import re
from typing import Any

from codegen.documents import places
from codegen.documents.context import Context
from codegen.documents.places import Place
from codegen.documents.types import read_type
from codegen.documents.vocabulary import error_of, retry_of, state_of


def states(place: Place, context: Context) -> bool:
    """- `1` queued; - 1 = Queued; - `waiting`: queued; Task status `4`: failed"""
    text = places.bare(place.text)
    listed = re.match(r"^task status:\s*((?:`\w+`(?:,\s*)?)+)$", text, re.IGNORECASE)
    if listed:
        for word in re.findall(r"`(\w+)`", listed[1]):
            if state := state_of(word):
                context.ledger.claim(place.line, "status", word, {"state": state})
        return True
    match = re.match(r"^(?:task status\s+)?`?(\w+)`?\s*(?:=|:)?\s+(.+)$", text, re.IGNORECASE)
    named = text.lower().startswith("task status ")
    if place.block.kind != "item" or not match or not (named or place.under(r"\bstatus\b")):
        return False
    state = state_of(match[2])
    if state is None:
        return False
    context.ledger.claim(place.line, "status", match[1], {"state": state})
    return True


def error_table(place: Place, context: Context) -> bool:
    """| code | msg | Action |"""
    header = place.block.header
    if place.block.kind != "row" or "code" not in header or "msg" not in header:
        return False
    cells = dict(zip(header, place.block.cells, strict=False))
    said = " ".join(value for key, value in cells.items() if key != "code")
    error = error_of(cells["msg"]) or error_of(said)
    if error is None:
        return False
    _error(context, place, cells["code"].strip("`"), error, "in-band", retry_of(said), cells["msg"])
    return True


def error_bullet(place: Place, context: Context) -> bool:
    """- `401`: authentication failed; 1. `code=374004`: verify the key"""
    match = re.match(r"^`(?:code=)?(\d{3,})`:\s*(.+)$", place.text)
    if place.block.kind != "item" or not match:
        return False
    error = error_of(match[2])
    if error is None:
        return False
    channel = "http" if 400 <= int(match[1]) < 600 else "in-band"
    _error(context, place, match[1], error, channel, retry_of(match[2]))
    return True


def _error(
    context: Context,
    place: Place,
    code: str,
    error: str,
    channel: str,
    retry: str | None = None,
    message: str | None = None,
) -> None:
    facts: dict[str, Any] = {"error": error, "channel": channel}
    if message:
        facts["message"] = message
    if retry:
        facts["retry"] = retry
    context.ledger.claim(place.line, "error", code, facts)


def retries(place: Place, context: Context) -> bool:
    """For retryable errors (1, 2, 3), retry up to 1 time"""
    match = re.match(r"^for retryable errors \(([\d, ]+)\), retry up to (\d+) times?", place.text, re.IGNORECASE)
    if not match:
        return False
    for code in re.findall(r"\d+", match[1]):
        context.ledger.claim(place.line, "retry", code, {"times": int(match[2])})
    return True


def response_table(place: Place, context: Context) -> bool:
    """| Response Field | Type | Description |"""
    header = place.block.header
    if place.block.kind != "row" or header[:2] != ("response field", "type"):
        return False
    facts = read_type(place.block.cells[1])
    name = place.block.cells[0].strip("`")
    if facts is None:
        return False
    if re.search(r"\bURL\b", place.block.cells[-1]):
        facts = {**facts, "format": "uri"}
    operation = context.operation(place)
    path = context.paths.get((operation, name), name)
    context.ledger.claim(place.line, "response", path, facts, operation)
    return True


def uses(place: Place, context: Context) -> bool:
    """Note: one uses `a`, the other three use `b`"""
    text = places.bare(place.text)
    first = re.search(r"(\w+) uses `(\w+)`", text)
    others = re.search(r"the others?(?: \w+)? use `(\w+)`", text)
    if not first or not others:
        return False
    one = context.survey.operation_named(first[1])
    if one is None:
        return False
    for operation in context.capability:
        key = first[2] if operation == one else others[1]
        context.ledger.claim(place.line, "response", context.paths.get((operation, key), key), {}, operation)
    return True


def returns(place: Place, context: Context) -> bool:
    """**Flowchart** returns: the replies that follow belong to it. Each API returns PNG/SVG image URLs."""
    text = places.bare(place.text)
    named = re.match(r"^(.+?) returns?:$", text)
    if named and place.block.kind == "text":
        found = [context.survey.operation_named(name.strip().lower()) for name in re.split(r"/|,| and ", named[1])]
        if all(found):
            context.targets = tuple(found)
            context.ledger.book(place.line, "read")
            return True
    kinds = re.search(r"returns ([A-Z]{3,4}(?:/[A-Z]{3,4})*) image URLs", text)
    if kinds:
        context.ledger.claim(place.line, "output", "format", {"value": kinds[1].lower().split("/")})
        return True
    return False


_OUTPUT = {"format": "format", "sample rate": "sample_rate", "bitrate": "bitrate", "channels": "channels"}


def output(place: Place, context: Context) -> bool:
    """- **Format**: MP3, under "Output Format" """
    match = re.match(r"^([A-Za-z ]+):\s*(.+)$", places.bare(place.text))
    heading = place.headings[-1].lower() if place.headings else ""
    if place.block.kind != "item" or "output format" not in heading or not match or match[1].lower() not in _OUTPUT:
        return False
    said = re.sub(r"\s*\(.*\)$", "", match[2])
    for operation in context.operations(place):
        context.ledger.claim(place.line, "output", _OUTPUT[match[1].lower()], {"value": _amounts(said)}, operation)
    return True


def _amounts(said: str) -> Any:
    """44.1kHz or 48kHz → [44100, 48000]; 128-320 kbps → the two ends; a word stays a word."""
    scale = {"khz": 1000, "kbps": 1000}
    unit = next((factor for word, factor in scale.items() if word in said.lower()), None)
    numbers = re.findall(r"\d+(?:\.\d+)?", said) if unit else []
    if unit is None:
        return said.lower()
    ends = [round(float(amount) * unit) for amount in numbers]
    return {"minimum": ends[0], "maximum": ends[-1]} if "-" in said else ends


RULES = (states, error_table, error_bullet, retries, response_table, uses, returns, output)
