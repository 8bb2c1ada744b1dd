# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The body of a reply by what the operation documents: JSON, text, bytes, or none; and the typed body of an error."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from .lazy_imports import load_model
from .operation import Operation
from .pointer import MISSING, find

_TEXT = re.compile(
    r"text/(?!json).*|.*[+/](?:xml|yaml)|application/(?:x-)?(?:yaml|ndjson|jsonl|jsonlines|json-lines|json-seq|stream\+json)"
)
"""Media types that are text; of JSON those that have several values one after the other."""
LONGEST_TEXT = 64 * 1024
"""Bytes of an error's text that are kept."""
_MESSAGES = (
    "/message",
    "/error/message",
    "/error_description",
    "/error",
    "/errors/*/message",
    "/errors/*/detail",
    "/detail",
    "/detail/message",
    "/detail/*/msg",
    "/error/detail",
    "/error_message",
    "/errorMessage",
    "/msg",
    "/reason",
    "/errors/*",
    "/errors/*/*",
    "/title",
)
"""Where services say what is wrong with a call, likeliest first."""


def success_body(operation: Operation, status: int, headers: Mapping[str, str], content: bytes) -> object:
    """Return the body of a reply; MISSING where it is not what the operation documents."""
    content_type = headers.get("content-type", "")
    if not operation.is_success(status):
        return from_json(content, content_type, operation.service.exact_numbers)
    body = _documented_body(operation, status, headers, content)
    is_odd = "unquoted" in operation.replies and (body is MISSING or isinstance(body, int | float))
    return _bare_text(content, content_type) if is_odd and status < 300 else body


def _bare_text(content: bytes, content_type: str) -> object:
    """Return the text of a reply that is documented as text in JSON, and has no quotes; MISSING where it is a page."""
    from .byte_replies import decode_text

    media = media_of(content_type)
    is_plain = media in ("", "text/plain") or (media.endswith("json") and not _is_text(media))
    return decode_text(content, content_type) if is_plain and content.lstrip()[:1] not in _BEGINNINGS else MISSING


_BEGINNINGS = (b"", b'"', b"{", b"[", b"<")
"""How nothing, JSON that is cut, and a page begin."""


def _documented_body(operation: Operation, status: int, headers: Mapping[str, str], content: bytes) -> object:
    content_type = headers.get("content-type", "")
    exact = operation.service.exact_numbers
    forms = operation.replies
    if status >= 300:  # a page for people most often
        is_json = "json" in forms and content and "json" in content_type
        return from_json(content, content_type, exact) if is_json else {} if forms == ("none",) else None
    if not content and "none" in forms:
        return {} if forms == ("none",) else None
    if not content and operation.service.envelope is None and (status in {204, 205} or operation.method == "HEAD"):
        return {} if forms == ("json",) else None
    media = media_of(content_type)
    is_json = media.endswith("json") and not _is_text(media)
    if is_json and "json" not in forms and operation.service.envelope is not None:
        return from_json(content, content_type, exact)  # most often an error code
    if forms == ("none",):
        return {}
    if "json" in forms and (forms == ("json",) or not media or is_json):
        return from_json(content, content_type, exact)
    from .byte_replies import content_of, decode_text

    if "text" in forms and (_is_text(media) or "bytes" not in forms):
        return decode_text(content, content_type)
    if "bytes" in forms and not ("json" in forms and _is_text(media) and media not in _media_types(operation)):
        return content_of(content, headers)
    return from_json(content, content_type, exact)


def _media_types(operation: Operation) -> list[str]:
    """Return the media types that an operation documents for its successes."""
    return [media_of(name) for name in operation.accept.split(",")]


def media_of(content_type: str) -> str:
    """Return the media type of a Content-Type, without its parameters."""
    return content_type.partition(";")[0].strip().lower()


def _is_text(media: str) -> bool:
    return _TEXT.fullmatch(media) is not None


def error_body(
    operation: Operation,
    status: int,
    headers: Mapping[str, str],
    content: bytes,
    body: object,
    scrub: Callable[[str], str],
) -> object:
    """Return the body of an error as the model that is documented for its status, else as it came. It has no key."""
    if body is MISSING:
        content_type = headers.get("content-type", "")
        is_text = _is_text(media_of(content_type))
        return scrub(error_text(content, content_type)) or None if is_text else None
    body = scrub_body(body, scrub)
    models = operation.error_bodies
    model = models.get(str(status)) or models.get(f"{status // 100}XX") or models.get("default")
    from .typed import as_model

    instance = None if model is None else as_model(load_model(model), body)
    return body if instance is None else getattr(instance, "root", instance)


def scrub_body(body: object, scrub: Callable[[str], str]) -> object:
    """Return a decoded body without any key. ValueError, TypeError, RecursionError: it is not JSON."""
    text = json.dumps(body, ensure_ascii=False)
    clean = scrub(text)
    return body if clean == text else json.loads(clean)


def usual_message(body: object, headers: Mapping[str, str], content: bytes) -> str:
    """Return the text of an error that no document places: where services usually have it, else a body of plain text.

    It is as long as the service made it, and may have anything in it.
    """
    if body is MISSING:
        content_type = headers.get("content-type", "")
        is_plain = media_of(content_type) == "text/plain"
        return error_text(content, content_type).strip() if is_plain else ""
    texts = (text for place in _MESSAGES for text in find(body, place) if isinstance(text, str) and text.strip())
    return next(texts, body if isinstance(body, str) else "")


def error_text(content: bytes, media_type: str) -> str:
    """Return the beginning of an error's body as text."""
    from .byte_replies import decode_text

    return decode_text(content[:LONGEST_TEXT], media_type)


class NumberText(float):
    """A number of JSON with the text that it came as: a float keeps some seventeen digits of it."""

    def __new__(cls, text: str) -> NumberText:
        """Read the text."""
        number = super().__new__(cls, text)
        number.text = text
        return number

    text: str


def from_json(content: bytes, media_type: str = "", exact: bool = False) -> object:
    """Return the JSON value of a body; MISSING where it is none.

    One byte of another encoding, or bytes behind the JSON, do not make it unreadable. What is not UTF-8 is read by the
    character set that the media type states. `exact`: numbers keep their text.
    """
    number_type = NumberText if exact else None
    try:
        return json.loads(content, parse_float=number_type)
    except RecursionError:
        return MISSING
    except ValueError:
        text = content.decode("utf-8-sig", "replace").lstrip(" \t\r\n")
        if "\ufffd" in text and "charset" in media_type:
            from .byte_replies import decode_text

            text = decode_text(content, media_type).lstrip(" \t\r\n")
    try:
        body: object = json.JSONDecoder(parse_float=number_type).raw_decode(text)[0]
    except (ValueError, RecursionError):
        return MISSING
    return body if isinstance(body, dict | list) else MISSING
