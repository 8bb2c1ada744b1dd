# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What a cassette must not hold: keys, prompts, and the signed parts of URLs."""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import httpx

from .._catalog.request_validation import secret_headers
from .._catalog.service_document import Catalog, Endpoint
from .._runtime.secret import HIDDEN, encoded_forms

TEXT = "<text>"
"""Stands in replies where a prompt came back; in requests a prompt is known by its digest: `digest`."""
_SHORTEST_KEY = 4
_SHORTEST_PROSE = 12
"""A shorter prompt without a space may be a part of any id or URL: it goes where it stands alone."""
_URL = re.compile(r"https?://[^\s\"'<>\\]+")
_SHORTEST_IN_BASE_64 = 8
_SECRET_FIELDS = ("token", "secret", "password", "authorization", "cookie", "api_key", "apikey")
_CREDENTIALS = ("authorization", "cookie", "key", "token", "secret")


class Scrubber:
    """Remembers what was secret in the requests of one cassette, so that no reply can bring it back."""

    def __init__(self) -> None:
        self._hidden: dict[str, str] = {}
        """Every form of what was secret, in small letters → what stands in its place."""
        self._prompts: set[str] = set()
        self._any_hidden: re.Pattern[str] | None = None

    def request(
        self, catalog: Catalog, endpoint: Endpoint, request: httpx.Request, in_path: Mapping[str, str], body: Any
    ) -> dict[str, Any]:
        """Return what a cassette keeps of a request, and by which a later one is recognised.

        Of its headers: nothing.
        """
        self._learn(catalog, request)
        row: dict[str, Any] = {
            "path": {name: self._text(value) for name, value in in_path.items()},
            "query": self._query(catalog, endpoint, request),
            "body": self._body(catalog, endpoint, body),
        }
        if body is None and request.content:
            row["content"] = digest(_without_boundary(request))
        return {name: value for name, value in row.items() if value not in ({}, None)}

    def reply(self, value: Any) -> Any:
        """Return a reply without what was secret in any request, and without the queries of URLs."""
        if isinstance(value, Mapping):
            return {
                name: HIDDEN if isinstance(item, str) and name.lower().endswith(_SECRET_FIELDS) else self.reply(item)
                for name, item in value.items()
            }
        if isinstance(value, list):
            return [self.reply(item) for item in value]
        if not isinstance(value, str):
            return value
        inner = _json_in(value)
        return self._text(value) if inner is None else json.dumps(self.reply(inner), ensure_ascii=False)

    def _learn(self, catalog: Catalog, request: httpx.Request) -> None:
        secret = {name.lower() for name in secret_headers(catalog)}
        for name, value in request.headers.items():
            if name.lower() in secret or any(word in name.lower() for word in _CREDENTIALS):
                for inside in _inside(value):
                    if len(inside) >= _SHORTEST_KEY:
                        self._hide(inside, HIDDEN)

    def _hide(self, secret: str, instead: str) -> None:
        """Hide a text from now on, in whatever form a service may send it back."""
        if secret.lower() not in self._hidden:
            for form in (secret, *_encoded_forms(secret)):
                self._hidden.setdefault(form.lower(), instead)
            longest_first = sorted(self._hidden, key=len, reverse=True)
            self._any_hidden = re.compile("|".join(re.escape(form) for form in longest_first), re.IGNORECASE)

    def _query(self, catalog: Catalog, endpoint: Endpoint, request: httpx.Request) -> dict[str, Any]:
        rows = {row["name"]: row for row in endpoint.parameters if row["in"] == "query"}
        ids = _ids(catalog, endpoint)
        pairs: dict[str, list[Any]] = {}
        for name, value in request.url.params.multi_items():
            row = rows.get(name, {})
            schema = f"{row['at']}/schema" if "schema" in row else None
            is_text = schema is None or catalog.types(schema) <= {"string", "array"}
            clean_value = self._value(catalog, schema, value, ids) if is_text and name not in ids else self._text(value)
            pairs.setdefault(name, []).append(clean_value)
        return {name: values[0] if len(values) == 1 else values for name, values in pairs.items()}

    def _body(self, catalog: Catalog, endpoint: Endpoint, body: Any) -> Any:
        ids = {row.wire_name for row in endpoint.operation.fields if row.name in _ids(catalog, endpoint)}
        return self._value(catalog, endpoint.request, body, ids)

    def _value(self, catalog: Catalog, schema: str | None, value: Any, ids: set[str]) -> Any:
        """Free text becomes its digest; numbers, words of a list and ids of tasks stay; of a URL its query goes."""
        if isinstance(value, Mapping):
            properties = catalog.properties(schema) if schema else {}
            return {
                name: self.reply(item) if name in ids else self._value(catalog, properties.get(name), item, ids)
                for name, item in value.items()
            }
        if isinstance(value, list):
            items = [f"{at}/items" for at, node in catalog.variants(schema) if "items" in node] if schema else []
            return [self._value(catalog, items[0] if items else None, item, ids) for item in value]
        if not isinstance(value, str) or (schema and _is_word(catalog, schema)):
            return value
        if _URL.fullmatch(value):
            return self._text(value)
        self._prompts.add(value)
        if " " in value or len(value) >= _SHORTEST_PROSE:
            self._hide(value, TEXT)
        return digest(value.encode("utf-8", "surrogatepass"))

    def _text(self, text: str) -> str:
        if text in self._prompts:
            return TEXT
        # URLs first: what is put in the place of a secret may end one.
        text = _URL.sub(lambda match: _bare(match[0]), text)
        return text if self._any_hidden is None else self._any_hidden.sub(self._instead, text)

    def _instead(self, match: re.Match[str]) -> str:
        return self._hidden.get(match[0].lower(), HIDDEN)


def digest(content: bytes) -> str:
    """Return what stands for a text in a request: another text has another, and nobody can read it there."""
    return f"<text {hashlib.sha256(content).hexdigest()[:16]}>"


def without_digests(value: Any) -> str:
    """Return a request as JSON in which all texts are alike."""
    return re.sub(r"<text [0-9a-f]{16}>", TEXT, json.dumps(value, sort_keys=True))


def _without_boundary(request: httpx.Request) -> bytes:
    """Return the body of a request; of a form its boundary, which is another each time, goes."""
    boundary = re.search(r'boundary="?([^";]+)', request.headers.get("content-type", ""))
    return request.content.replace(boundary[1].encode(), b"boundary") if boundary else request.content


def _is_word(catalog: Catalog, schema: str) -> bool:
    return any({"enum", "const", "x-wire"} & set(node) for _, node in catalog.variants(schema))


def _ids(catalog: Catalog, endpoint: Endpoint) -> set[str]:
    """Return the arguments by which a poll names its task."""
    tasks = [one.operation.task for one in catalog.submits_of(endpoint)]
    return {str(task.poll_argument) for task in tasks if task}


def _bare(url: str) -> str:
    """Return a URL without user, query and fragment."""
    head = re.split(r"[?#]", url, maxsplit=1)[0]
    scheme, _, rest = head.partition("://")
    authority, slash, path = rest.partition("/")
    return f"{scheme}://{authority.rpartition('@')[2]}{slash}{path}"


def _json_in(text: str) -> Any:
    """Return the object or list inside a text, if it is one."""
    if text[:1] not in ("{", "["):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def _encoded_forms(secret: str) -> Iterator[str]:
    """Yield how it may stand in a URL, in JSON inside text, in a page, or inside something in base 64."""
    yield from encoded_forms(secret)
    content = secret.encode("utf-8", "surrogatepass")
    for before in range(3) if len(content) >= _SHORTEST_IN_BASE_64 else ():
        # Where it begins within three bytes decides how it looks; what it shares with its neighbours is left out.
        text = base64.b64encode(b"\0" * before + content).decode()
        whole = text[-(-before * 4 // 3) : (before + len(content)) * 4 // 3]
        yield whole
        yield whole.replace("+", "-").replace("/", "_")


def _inside(value: str) -> list[str]:
    """Return a key as it stands in a header, and what is inside."""
    word = value.rpartition(" ")[2]
    texts = [value, word]
    with contextlib.suppress(binascii.Error, UnicodeDecodeError):
        texts += base64.b64decode(word, validate=True).decode("utf-8").split(":", 1)
    return texts
