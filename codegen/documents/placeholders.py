"""Example values without their prose: numbers and words of the interface stay, text becomes a placeholder."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from codegen.documents import jsonlines
from codegen.documents.blocks import Block
from codegen.documents.claims import MAX_LINE

TEXT = "<text>"
URL = "<url>"
_KEPT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:*+-]{0,39}")
_FREE_TEXT = frozenset("prompt negative_prompt text title description".split())
_SHELL_DATA = re.compile(r"--data(?:-raw)?\s+'(.*?)'", re.DOTALL)
_SHELL_BODY = re.compile(
    r"(?:--data(?:-raw|-binary)?|--json|-d)[ =]\s*(?:\$?'([^']*)'|\"(\{[^\"]*\})\""
    r"|(?:@- *)?<<-?\s*['\"]?\w+['\"]?\n([\s\S]*?)\n\w+\s*$)"
)
_PATH_PLACEHOLDER = re.compile(r"https?://\S*?<(\w+)>")


def arguments(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of an example call, in our words."""
    return {name: plain(value, name) for name, value in values.items()}


def plain(value: Any, name: str = "") -> Any:
    """Return one example value. Prose is somebody's text and stays where it is."""
    if isinstance(value, str):
        if re.match(r"https?://", value) or re.search(r"url>$", value) or re.search(r"\.(?:jpe?g|png|mp4)$", value):
            return URL
        return value if _KEPT.fullmatch(value) and name not in _FREE_TEXT else TEXT
    if isinstance(value, (list, tuple)):
        return [plain(item, name) for item in value]
    if isinstance(value, dict):
        return arguments(value)
    return value


def shell_body(command: str) -> dict[str, Any] | None:
    """Return the JSON body of a curl command, with a path placeholder as one more argument; None without one."""
    match = _SHELL_DATA.search(command)
    if not match:
        return None
    try:
        body = json.loads(match[1], strict=False)
    except ValueError:
        body = {key.path: key.value.strip('"') for key in jsonlines.keys(match[1])}
    return body if isinstance(body, dict) else None


def body_of(block: Block) -> dict[str, Any] | None:
    """Return the JSON object that a fence shows as a request body: the data of a curl command, or the whole fence."""
    text = block.text
    match = _SHELL_BODY.search(text)
    if not match and re.search(r"(?:^|\s)curl\s", text):
        return None
    if not match and (example := _SENT.search(text)):
        return _literal(text[example.end() - 1 :])
    if re.match(r"\s*[A-Z]{3,6} \S+", text) and "\n\n" in text:
        text = text.split("\n\n", 1)[1]  # below the headers of a raw request
    raw = next(group for group in match.groups() if group is not None) if match else text[max(text.find("{"), 0) :]
    try:
        body = json.loads(_COMMENT.sub("", raw), strict=False)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


_SENT = re.compile(r"\bjson\s*=\s*\{|\bJSON\.stringify\(\s*\{")
_REMARK = re.compile(r"(?<=[\s,{}\[\]\"'\d])(?:#|//)[^\n]*")
_CONSTANTS = {"true": "True", "false": "False", "null": "None"}


def _literal(text: str) -> dict[str, Any] | None:
    """Return the dictionary that a text begins with, in Python or JavaScript; None where it holds more than values."""
    depth = 0
    text = _REMARK.sub("", text[:MAX_LINE])
    end = next((at for at, one in enumerate(text) if (depth := depth + (one == "{") - (one == "}")) == 0), None)
    keyed = re.sub(r"([{,]\s*)([A-Za-z_]\w*)(?=\s*:)", r'\1"\2"', text[: end + 1]) if end is not None else ""
    try:
        body = ast.literal_eval(re.sub(r"\b(true|false|null)\b", lambda word: _CONSTANTS[word[0]], keyed))
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return None
    return body if isinstance(body, dict) else None


_COMMENT = re.compile(r"(?<=[\s,{}\[\]\"\d])//[^\n]*")
"""A remark behind a value; not the slashes of a URL, which stand behind a colon."""


def paths(value: Any, above: str = "") -> Iterator[str]:
    """Yield the path of each field of a body: `voice.id`, `images[].url`."""
    if isinstance(value, Mapping):
        for name, inside in value.items():
            path = f"{above}.{name}" if above else str(name)
            yield path
            yield from paths(inside, path)
    elif isinstance(value, list) and value:
        yield from paths(value[0], f"{above}[]")


def path_names(command: str) -> Iterator[str]:
    """Yield the placeholders in the URL of a curl command."""
    for match in _PATH_PLACEHOLDER.finditer(command):
        yield match[1]


def unwrapped(body: Mapping[str, Any]) -> tuple[str | None, Mapping[str, Any]]:
    """Return a body that holds nothing but one object is that object in a wrapper: its name and what is inside."""
    if len(body) == 1:
        name, inside = next(iter(body.items()))
        if isinstance(inside, dict):
            return name, inside
    return None, body
