# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Values as they stand outside a JSON body: in a path, a query, a header, a cookie, and in the parts of a form."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from .headers import encode, path_text, segment_fault, value_fault
from .local_files import file_media, file_parts
from .operation import Field

_USUAL = {"path": ("simple", False), "query": ("form", True), "header": ("simple", False), "cookie": ("form", True)}
_RESERVED = ":/?#[]@!$&'()*+,;="
_SEPARATORS = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}


def is_nothing(field: Field, value: object) -> bool:
    """Return whether a value is written as nothing outside a JSON body: no style writes an empty list or object."""
    if isinstance(value, list) and (field.is_file or not field.content):
        return all(item is None for item in value)
    if isinstance(value, dict) and not field.content and field.location not in ("body", "whole"):
        return all(item is None for item in value.values()) if field.location == "query" else not value
    return value is None and field.location != "header"


def fault(field: Field, value: object) -> str | None:
    """Return why a place outside the body cannot carry a value."""
    if field.content:
        return None
    if _has_null(field, value):
        return f"{_NULL} a {field.location}"
    if problem := _between_fault(field, value):
        return problem
    text = _as_text(field, value)
    if text is None:
        return "is not text, a number or a list of them"
    if field.location == "path":
        return segment_fault(value if not isinstance(value, dict | list) else text)
    return value_fault(text) if field.location == "header" else None


_NULL = "is or has null, for which there is no text in"


def _has_null(field: Field, value: object) -> bool:
    """Return whether a null would have to be written as text; what nests in text is JSON, which has one."""
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return value is None or any(
        item is None or (field.style == "deepObject" and _has_null(field, item)) for item in inner
    )


def _between_fault(field: Field, value: object) -> str | None:
    """Return why a list or an object could not be taken apart again: an item has in it what stands between items."""
    mark = _between(field)
    if mark is None or not any(mark in text for text in _texts(value)):
        return None
    word = {",": "a comma", " ": "a space", ".": "a dot"}.get(mark, repr(mark))
    place = field.location if field.location in _USUAL else "form"
    return f"has an item with {word}, which stands between the items of a {place}"


def _between(field: Field) -> str | None:
    """Return what stands between items and is no different inside one; None where percent-encoding tells them apart."""
    style, explode = _style(field)
    if field.location == "header":
        return ","
    if field.location == "path":
        return "." if style == "label" and explode else None
    if explode or field.location == "cookie":
        return None
    return {"spaceDelimited": " ", "pipeDelimited": "|"}.get(style, "," if field.allow_reserved else None)


def _texts(value: object) -> list[str]:
    """Return the names and the scalars in a list or an object as they are written."""
    items = [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for item in items if (text := path_text(item)) is not None]


def form_faults(kind: str, fields: Mapping[str, Field], body: object) -> Iterator[tuple[str, str]]:
    """Yield name and fault of what a form cannot carry: null, which only JSON has, and what cannot be taken apart."""
    if kind not in ("form", "multipart"):
        return
    if body is None:
        yield next((field.name for field in fields.values() if field.location == "whole"), "body"), f"{_NULL} a form"
    values = body if isinstance(body, dict) else {}
    for name, value in values.items():
        field = fields.get(name, Field(name, name))
        is_json = "json" in field.content
        if isinstance(value, dict):
            is_json = is_json or kind == "multipart" or not field.style
        if not is_json and _has_null(field, value):
            yield field.name, f"{_NULL} a form"
        elif kind == "form" and field.style and not is_json and (problem := _between_fault(field, value)):
            yield field.name, problem


def path(field: Field, value: object) -> str:
    """Return a value as it stands in a path, by its style."""
    if field.content:
        return encode(compact_json(value))
    style, explode = _style(field)
    start = {"label": ".", "matrix": ";"}.get(style, "")
    name = encode(field.wire_name)
    if isinstance(value, dict):
        pairs = [(encode(str(key)), _encode_value(item)) for key, item in value.items()]
        if style == "matrix" and not explode:
            return f";{name}=" + ",".join(part for pair in pairs for part in pair)
        between = {"label": ".", "matrix": ";"}.get(style, ",") if explode else ","
        return start + between.join(f"{key}={item}" if explode else f"{key},{item}" for key, item in pairs)
    items = [_encode_value(item) for item in value] if isinstance(value, list) else [_encode_value(value)]
    if style == "matrix":
        return "".join(f";{name}={item}" for item in items) if explode else f";{name}={','.join(items)}"
    return start + ("." if style == "label" and explode else ",").join(items)


def query(field: Field, value: object) -> Iterator[str]:
    """Yield the pairs of a query that a value becomes, by its style."""
    name = encode(field.wire_name)
    if field.content and field.location == "query":
        yield f"{name}={encode(compact_json(value))}"
        return
    style, explode = _style(field)
    safe = _RESERVED.replace("&", "").replace("=", "").replace("+", "").replace("#", "") if field.allow_reserved else ""
    if style == "deepObject":
        yield from _deep(name, value, is_field=False)
    elif isinstance(value, dict):
        pairs = [(encode(str(key)), item) for key, item in value.items()]
        if explode:
            for key, item in pairs:
                items = item if isinstance(item, list) else [item]
                yield from (f"{key}={_encode_value(each, safe)}" for each in items)
        elif pairs:
            between = _SEPARATORS.get(style, ",")
            yield f"{name}=" + between.join(f"{key}{between}{_encode_value(item, safe)}" for key, item in pairs)
    elif isinstance(value, list):
        items = [_encode_value(item, safe) for item in value]
        if explode:
            yield from (f"{name}={item}" for item in items)
        elif items:
            yield f"{name}=" + _SEPARATORS.get(style, ",").join(items)
    else:
        yield f"{name}={_encode_value(value, safe)}"


def _deep(name: str, value: object, *, is_field: bool = True) -> Iterator[str]:
    """Yield filter[a][b]=1, and filter[a]=1&filter[a]=2 for a list of scalars.

    Another list is numbered: filter[a][0][b]=1. So is one that is the whole value, for which there is no bracket else.
    """
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _deep(f"{name}[{encode(str(key))}]", item)
    elif isinstance(value, list):
        is_numbered = not is_field or any(isinstance(item, dict | list) for item in value)
        for index, item in enumerate(value):
            yield from _deep(f"{name}[{index}]" if is_numbered else name, item, is_field=not is_numbered)
    else:
        yield f"{name}={_encode_value(value)}"


def header(field: Field, value: object) -> str:
    """Return a value as it stands in a header."""
    if field.content not in ("", "choice"):
        return json.dumps(value, allow_nan=False, separators=(",", ":"))  # a header has no letters beyond ASCII
    return _as_text(field, value) or ""


def cookie(field: Field, value: object) -> str:
    """Return a value as it stands in the Cookie header: a list joined by commas, an object a cookie a field."""
    name = field.wire_name
    if field.content:
        return f"{name}={quote(compact_json(value), safe='')}"
    _, explode = _style(field)
    if isinstance(value, dict):
        pairs = [(encode(str(key)), _encode_value(item)) for key, item in value.items()]
        if explode:
            return "; ".join(f"{key}={item}" for key, item in pairs)
        return f"{name}={','.join(part for pair in pairs for part in pair)}"
    items = value if isinstance(value, list) else [value]
    return f"{name}={','.join(map(_encode_value, items))}"


def _as_text(field: Field, value: object) -> str | None:
    """Return a value as text, lists and objects joined by commas; None where it has none."""
    _, explode = _style(field)
    if isinstance(value, dict):
        pairs = [(str(key), _scalar(item)) for key, item in value.items()]
        if any(item is None for _, item in pairs):
            return None
        return ",".join(f"{key}={item}" if explode else f"{key},{item}" for key, item in pairs)
    if isinstance(value, list):
        items = [_scalar(item) for item in value]
        texts = [item for item in items if item is not None]
        return ",".join(texts) if len(texts) == len(items) else None
    return path_text(value)


def _scalar(value: object) -> str | None:
    """Return a scalar, or in a query a list or an object as JSON: what nests has no style."""
    return compact_json(value) if isinstance(value, dict | list) else path_text(value)


def _style(field: Field) -> tuple[str, bool]:
    style, explode = _USUAL.get(field.location, ("form", True))
    return field.style or style, explode if field.explode is None else field.explode


def _encode_value(value: object, safe: str = "") -> str:
    text = _scalar(value)
    return quote("null" if text is None else text, safe=safe)


compact_json = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
"""Returns a value as JSON without spaces."""


def form(fields: Mapping[str, Field], values: Mapping[str, Any]) -> bytes:
    """Return a body of application/x-www-form-urlencoded."""
    pairs: list[str] = []
    for name, value in values.items():
        field = fields.get(name, Field(name, name, "query"))
        if "json" in field.content or (isinstance(value, dict) and not field.style):
            pairs.append(f"{encode(name)}={encode(compact_json(value))}")
            continue
        query_field = Field(name, name, "query", style=field.style, explode=field.explode)
        pairs += query(query_field, value)
    return "&".join(pairs).encode()


def multipart(fields: Mapping[str, Field], values: Mapping[str, Any]) -> tuple[bytes, str]:
    """Return a body of multipart/form-data and its boundary: the same values give the same bytes."""
    import hashlib

    parts: list[tuple[str, bytes]] = []
    for name, value in values.items():
        field = fields.get(name, Field(name, name))
        items = value if isinstance(value, list) and (field.is_file or not field.content) else [value]
        parts += [_part(name, field, item) for item in items]
    mark = hashlib.sha256(b"\0".join(content for _, content in parts)).hexdigest()[:32]
    lines = [f"--{mark}\r\n{head}\r\n\r\n".encode() + content + b"\r\n" for head, content in parts]
    return b"".join(lines) + f"--{mark}--\r\n".encode(), mark


def _part(name: str, field: Field, value: object) -> tuple[str, bytes]:
    head = f'Content-Disposition: form-data; name="{_quote(name)}"'
    file = file_parts(value, field.name) if field.is_file else None
    if file is not None:
        filename, content = file
        media = file_media(value, field.content)
        return f'{head}; filename="{_quote(filename)}"\r\nContent-Type: {_quote(media)}', content
    if isinstance(value, dict | list) or "json" in field.content:
        media = field.content if "json" in field.content else "application/json"
        return f"{head}\r\nContent-Type: {_quote(media)}", compact_json(value).encode()
    content = (path_text(value) or "").encode(charset(field.content) or "utf-8")
    return (f"{head}\r\nContent-Type: {_quote(field.content)}" if field.content else head), content


def charset(media: str) -> str | None:
    """Return the character set that a media type states, where it is one; else None."""
    match = re.search(r"charset\s*=\s*\"?([A-Za-z0-9._-]+)", media)
    try:
        "".encode(match[1] if match else "utf-8")
    except (LookupError, UnicodeError):
        return None
    return match[1] if match else None


def _quote(text: str) -> str:
    """Return text for a quoted string of a part's head: nothing in it ends the string or the line."""
    return text.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")
