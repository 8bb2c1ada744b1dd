"""How values look on the wire by OpenAPI: styles of parameters, forms, parts. Written again, apart from the runtime."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from codegen.openapi.json_values import as_object
from codegen.python.model import Parameter

_DEFAULTS = {"path": "simple", "header": "simple", "query": "form", "cookie": "form"}
_KEPT = ":/?[]@!$'()*,;"
"""Reserved characters that stay as they are with allowReserved; & = + # would end the value."""
_JSON = re.compile(r"[a-z*]+/(?:[a-z0-9.*_-]+\+)?json5?")
STREAMED = ("ndjson", "jsonl", "jsonlines", "json-lines", "json-seq", "stream+json")
"""Endings of media types that have one JSON value after the other: they are text."""


def is_json(media: str) -> bool:
    """Return whether a media type is one JSON value."""
    plain = media.partition(";")[0].strip().lower()
    return _JSON.fullmatch(plain) is not None and not plain.endswith(STREAMED)


def stated_media(content: Mapping[str, Any], sent: str) -> str | None:
    """Return the media type of a document under which a body is sent: itself, without parameters, or with a star."""
    sent = sent.partition(",")[0]  # of a file that may be of several types: the first
    plain = _plain(sent)
    return next(
        (
            media
            for fits in (lambda media: media == sent, lambda media: _plain(media) == plain, lambda media: "*" in media)
            for media in content
            if fits(media)
        ),
        None,
    )


def _plain(media: str) -> str:
    return media.partition(";")[0].strip().lower()


def read_media(content: Mapping[str, Any]) -> list[str]:
    """Return the media types of a reply that are read. Beside JSON, XML is not: it says the same."""
    has_json = any(map(is_json, content))
    return [
        media
        for media in content
        if not (has_json and media.partition(";")[0].strip().lower().endswith(("/xml", "+xml")))
    ]


def text_of(value: Any) -> str:
    """Return a value as text."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict | list):
        return _json(value)
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    return f"{Decimal(str(value)):f}" if "e" in str(value) else str(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def parameter(node: Mapping[str, Any], value: Any) -> list[str]:
    """Return a parameter as the pieces that its place joins: pairs of a query, one text elsewhere."""
    name, place = str(node["name"]), str(node["in"])
    coded = place in ("path", "query", "cookie")
    content = node.get("content")
    media = str(next(iter(content), "")) if isinstance(content, Mapping) else ""
    plain = media.partition(";")[0].strip().lower() == "text/plain"
    if node.get("content") and not plain:
        text = quote(_json(value), safe="") if coded else json.dumps(value, separators=(",", ":"))
        return [f"{_coded(name)}={text}"] if place == "query" else [f"{name}={text}"] if place == "cookie" else [text]
    style = str(node.get("style", _DEFAULTS[place]))
    explode = node.get("explode", style in ("form", "deepObject")) is True
    safe = _KEPT if node.get("allowReserved") is True and place == "query" else ""

    def code(item: Any) -> str:
        return quote(text_of(item), safe=safe) if place in ("path", "query") else text_of(item)

    if place in ("query", "cookie"):
        return _query(name, style, explode, value, code, place)
    return [_simple(name, style, explode, value, code)]


def _simple(name: str, style: str, explode: bool, value: Any, code: Any) -> str:
    prefix = {"simple": "", "label": ".", "matrix": ";"}[style]
    between = {"simple": ",", "label": ".", "matrix": ";"}[style] if explode else ","
    if isinstance(value, dict):
        if explode:
            return prefix + between.join(f"{code(key)}={code(item)}" for key, item in value.items())
        flat = ",".join(f"{code(key)},{code(item)}" for key, item in value.items())
        return f";{_coded(name)}={flat}" if style == "matrix" else prefix + flat
    items = [code(item) for item in value] if isinstance(value, list) else [code(value)]
    if style == "matrix":
        key = _coded(name)
        return "".join(f";{key}={item}" for item in items) if explode else f";{key}={','.join(items)}"
    return prefix + between.join(items)


def _query(name: str, style: str, explode: bool, value: Any, code: Any, place: str) -> list[str]:
    key = _coded(name) if place == "query" else name
    between = {"form": ",", "spaceDelimited": "%20", "pipeDelimited": "%7C"}.get(style, ",")
    if place == "cookie":
        if isinstance(value, dict):
            rows = [(_coded(str(k)), _coded(text_of(v))) for k, v in value.items()]
            flat = ",".join(f"{k},{v}" for k, v in rows)
            return [f"{k}={v}" for k, v in rows] if explode else [f"{key}={flat}"]
        items = value if isinstance(value, list) else [value]
        return [f"{key}={','.join(_coded(text_of(item)) for item in items)}"]
    if style == "deepObject":
        return _deep(key, value, numbered=isinstance(value, list))
    if isinstance(value, dict):
        rows = [(_coded(str(k)), v) for k, v in value.items() if v is not None]
        if explode:
            return [f"{k}={code(item)}" for k, v in rows for item in (v if isinstance(v, list) else [v])]
        return [f"{key}={between.join(f'{k}{between}{code(v)}' for k, v in rows)}"] if rows else []
    if isinstance(value, list):
        items = [code(item) for item in value if item is not None]
        if explode:
            return [f"{key}={item}" for item in items]
        return [f"{key}={between.join(items)}"] if items else []
    return [f"{key}={code(value)}"]


def _deep(key: str, value: Any, numbered: bool = False) -> list[str]:
    if isinstance(value, dict):
        return [row for k, v in value.items() for row in _deep(f"{key}[{_coded(str(k))}]", v)]
    if isinstance(value, list):
        numbered = numbered or any(isinstance(item, dict | list) for item in value)
        places = [f"{key}[{index}]" if numbered else key for index in range(len(value))]
        return [row for place, item in zip(places, value, strict=True) for row in _deep(place, item, numbered)]
    return [] if value is None else [f"{key}={quote(text_of(value), safe='')}"]


def _coded(text: str) -> str:
    return quote(text, safe="")


def form(values: Mapping[str, Any], encoding: Mapping[str, Any]) -> str:
    """Return a body of application/x-www-form-urlencoded."""
    pairs: list[str] = []
    for name, value in values.items():
        row = as_object(encoding.get(name))
        if value is None:
            continue
        if "json" in text_media(str(row.get("contentType", ""))) or (
            isinstance(value, dict) and not {"style", "explode"} & row.keys()
        ):
            pairs.append(f"{_coded(name)}={quote(_json(value), safe='')}")
            continue
        style = str(row.get("style", "form"))
        explode = row.get("explode", style in ("form", "deepObject")) is True
        node = {"name": name, "in": "query", "style": style, "explode": explode}
        pairs += parameter(node, value)
    return "&".join(pairs)


def file_media(media: str) -> str:
    """Return the media type of a file of which only the bytes are known: the first that is stated in full."""
    choices = [choice.strip() for choice in media.split(",")]
    return next((choice for choice in choices if choice and "*" not in choice), "application/octet-stream")


def text_media(media: str) -> str:
    """Return the media type of a part that is no file: JSON where it is stated, else the first that is whole; or ""."""
    whole = [choice.strip() for choice in media.split(",") if choice.strip() and "*" not in choice]
    whole.sort(key=lambda choice: "json" not in choice.lower())
    kind, mark, more = whole[0].partition(";") if whole else ("", "", "")
    return kind.lower() + mark + more


def parts(
    values: Mapping[str, Any], encoding: Mapping[str, Any], files: Mapping[str, tuple[bool, str]]
) -> list[list[Any]]:
    """Return the parts of multipart/form-data: name, file name, media type, text.

    `files`: name → whether there may be several, and the media type that the schema states.
    """
    parts: list[list[Any]] = []
    for name, value in values.items():
        row = encoding.get(name)
        content_type = str(row.get("contentType", "")) if isinstance(row, Mapping) else ""
        media = text_media(content_type)
        if name in files:
            is_many, of_schema = files[name]
            for item in value if is_many else [value]:
                parts.append([name, item[0], file_media(content_type or of_schema), item[1]])
            continue
        for item in value if isinstance(value, list) and not media else [value]:
            if item is None:
                continue
            if isinstance(item, dict | list) or "json" in media:
                parts.append([name, None, media if "json" in media else "application/json", _json(item)])
            else:
                parts.append([name, None, media or "text/plain", text_of(item)])
    return parts


def between(parameter: Parameter) -> str:
    """Return what stands between items and looks the same inside an item; "" where nothing does."""
    if parameter.location in ("header", "cookie"):
        return ","
    if parameter.location == "path":
        return "." if parameter.style == "label" and parameter.explode else ""
    if parameter.explode:
        return ""
    usual = "," if parameter.allow_reserved else ""
    return {"spaceDelimited": " ", "pipeDelimited": "|"}.get(parameter.style, usual)


def apart(parameter: Parameter, value: Any) -> Any:
    """Return a list with nothing in its items that stands between them: for a dot, its numbers are whole."""
    mark = between(parameter)
    if not mark or not isinstance(value, list):
        return value
    items = [int(item) if mark == "." and isinstance(item, float) else item for item in value]
    return [item.replace(mark, "-") if isinstance(item, str) else item for item in items]
