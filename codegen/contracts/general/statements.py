"""What a document states of its operations, read apart from the model: a mistake of the generator is not repeated.

The model says how the client calls a thing; what has to be there, and where it goes, is read here again. Where the two
disagree, the contract tests fail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from codegen.contracts.general.expected_wire import is_json, stated_media
from codegen.contracts.oracle import Oracle
from codegen.contracts.oracle_pointers import join
from codegen.openapi.json_values import as_list, as_object, texts
from codegen.python.model import OperationModel, ServiceModel

VERBS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
USUAL_ORIGIN = "https://api.example.com"
"""Where a client is sent that the document gives no URL."""
_SET_ELSEWHERE = frozenset(
    "accept content-type authorization host content-length transfer-encoding connection te trailer upgrade "
    "expect".split()
)
"""Headers that are not parameters."""
_PLAIN_NAME = re.compile(r"[a-z][a-z0-9_]{2,39}")
_NEXT = re.compile(r"\$response\.body#/.+")
_LONGEST_NAME = 300
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")


class Statements:
    """One document, beside the model that was made of it."""

    def __init__(self, service: ServiceModel, oracle: Oracle) -> None:
        self._service = service
        self._oracle = oracle
        self._paths: dict[str, list[str]] = {}
        """Pointer of an operation → the paths that it stands under."""
        self._items: dict[str, Mapping[str, Any]] = {}
        for path, pointer, item in self._walk():
            self._paths.setdefault(pointer, []).append(path)
            self._items[pointer] = item
        self.base_url = self._base_url()
        ids = [node.get("operationId") for node in map(oracle.at, self._paths) if isinstance(node, Mapping)]
        self._own_ids = {name for name in ids if isinstance(name, str) and ids.count(name) == 1}

    def _walk(self) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
        for path, item in as_object(self._oracle.document.get("paths")).items():
            if not isinstance(item, Mapping) or path.startswith("x-"):
                continue
            place = join("/paths", path)
            target, where = self._oracle.node(place)
            whole = {**target, **{key: value for key, value in item.items() if key != "$ref"}}
            for verb in VERBS:
                if isinstance(whole.get(verb), Mapping):
                    yield path, f"{place if verb in item else where}/{verb}", whole

    def _base_url(self) -> str:
        return next((url for url in map(_url, _rows(self._oracle.document)) if _can_carry_keys(url)), "").rstrip("/")

    def undone(self) -> tuple[str, ...]:
        """Return the operations that the model has not, and of which nobody said that they are left out."""
        pointers = {operation.pointer for operation in self._service.operations} | self._service.left_out
        return tuple(
            f"{pointer.rpartition('/')[2].upper()} {paths[0]}"
            for pointer, paths in self._paths.items()
            if pointer not in pointers
        )

    def unread_payloads(self) -> tuple[str, ...]:
        """Return the objects of webhooks that have no model, and of which nothing was said."""
        noted = {note.place for note in self._service.notes}
        unread = []
        for name in as_object(self._oracle.document.get("webhooks")):
            item, place = self._oracle.node(join("/webhooks", name))
            for verb in VERBS:
                body, where = self._oracle.node(f"{place}/{verb}/requestBody") if verb in item else ({}, "")
                content = body.get("content")
                for media in filter(is_json, content) if isinstance(content, Mapping) else ():
                    pointer = f"{join(where, 'content', media)}/schema"
                    is_read = pointer in self._service.payloads or any(place.startswith(pointer) for place in noted)
                    if self._oracle.node(pointer)[0].get("type") == "object" and not is_read:
                        unread.append(pointer)
        return tuple(unread)

    def server(self, operation: OperationModel) -> str:
        """Return the URL under which an operation is called, without the port that is the usual one."""
        url = _split(self._server(operation))
        usual = ":443" if url.scheme == "https" else ":80"
        return url._replace(netloc=url.netloc.removesuffix(usual)).geturl()

    def _server(self, operation: OperationModel) -> str:
        own = _rows(self._node(operation)) or _rows(self._items.get(operation.pointer, {}))
        if not own or _url(own[0]) in map(_url, _rows(self._oracle.document)[: 1 if self.base_url else None]):
            return self.base_url or USUAL_ORIGIN
        for row in own:
            url = urljoin(self.base_url, _url(row)) if _url(row).startswith("/") else _url(row)
            if _can_carry_keys(url):
                return url.rstrip("/")
        return ""

    def verb(self, operation: OperationModel) -> str:
        """Return the HTTP method of an operation."""
        return operation.pointer.rpartition("/")[2].upper()

    def is_deprecated(self, operation: OperationModel) -> bool:
        """Return whether an operation is deprecated."""
        return self._node(operation).get("deprecated") is True

    def key_header(self, operation: OperationModel) -> str:
        """Return the header that carries a key of each call; "" where the document asks for none."""
        task = self._node(operation).get("x-task")
        return str(task.get("idempotency_header", "")).lower() if isinstance(task, Mapping) else ""

    def _node(self, operation: OperationModel) -> Mapping[str, Any]:
        return as_object(self._oracle.at(operation.pointer))

    def required(self, operation: OperationModel) -> tuple[str, ...]:
        """Return the arguments without which an operation cannot be called."""
        rows = self._oracle.parameters(operation.pointer)
        body, place = self._oracle.node(join(operation.pointer, "requestBody"))
        fields: set[str] = set()
        # A body that the document does not require can be left out whole, its required fields with it.
        is_needed = body.get("required") is True
        if operation.body is not None and isinstance(body.get("content"), Mapping) and is_needed:
            media = stated_media(body["content"], operation.body.media) or ""
            fields = self._required_fields(join(place, "content", media, "schema"), set())
        names = []
        for item in operation.parameters:
            node = rows.get((item.wire_name, item.location), ({}, ""))[0]
            is_required = node.get("required") is True
            if item.location == "body":
                is_required = item.wire_name in fields
            elif item.location == "whole" and item.content != "choice":
                is_required = is_needed
            if is_required or item.required:
                names.append(str(item.name))
        return tuple(names)

    def _required_fields(self, pointer: str, visited: set[str]) -> set[str]:
        """Return what a schema and its parts require. Parts may lead back to the schema: each is visited once."""
        node, place = self._oracle.node(pointer)
        if place in visited:
            return set()
        visited.add(place)
        fields = set(texts(node.get("required")))
        parts = node.get("allOf")
        for index in range(len(parts) if isinstance(parts, list) else 0):
            fields |= self._required_fields(join(place, "allOf", index), visited)
        return fields

    def differences(self, operation: OperationModel) -> tuple[str, ...]:
        """Return what an operation of the model lacks, or has without the document."""
        return tuple(
            difference
            for compare in (self._naming, self._parameters, self._body, self._security, self._reading)
            for difference in compare(operation)
        )

    def _naming(self, operation: OperationModel) -> Iterator[str]:
        node = self._node(operation)
        paths = self._paths.get(operation.pointer, [])
        if not any(_plain(path) == _plain(operation.path) for path in paths):
            yield f"the path {operation.path}, where the document has {', '.join(paths)}"
        operation_id = node.get("operationId")
        if not isinstance(operation_id, str) or operation_id not in self._own_ids or "x-python" in node:
            return
        if _PLAIN_NAME.fullmatch(operation_id) and not str(operation.name).replace("_", "").startswith(
            operation_id.replace("_", "")
        ):
            yield f"the method {operation.name}, where the document has {operation_id}"

    def _parameters(self, operation: OperationModel) -> Iterator[str]:
        own = {(item.wire_name, item.location) for item in operation.parameters}
        paths = "".join(self._paths.get(operation.pointer, []))
        documented = self._oracle.parameters(operation.pointer)
        alternatives = (dict.fromkeys(option) for option in operation.security or ())
        keys = {place for option in alternatives for place in self._oracle.key_places(option)}
        for (name, place), (node, _) in documented.items():
            if (place, name.lower() if place == "header" else name) in keys:
                continue  # the client sends it
            is_elsewhere = place == "header" and (
                name.lower() in _SET_ELSEWHERE or name in self._service.client_headers
            )
            is_sent = place in ("query", "header", "cookie") or (place == "path" and "{" + name + "}" in paths)
            if is_sent and not is_elsewhere and (name, place) not in own and "x-python" not in node:
                yield f"no parameter {name} in {place}"
        for item in operation.parameters:
            is_listed = item.location in ("query", "header", "cookie") and item.content != "choice"
            if is_listed and (item.wire_name, item.location) not in documented:
                yield f"a parameter {item.wire_name} in {item.location}"

    def _body(self, operation: OperationModel) -> Iterator[str]:
        content = self._oracle.node(join(operation.pointer, "requestBody"))[0].get("content")
        if not isinstance(content, Mapping) or not content:
            return
        if operation.body is None:
            yield "no body"
            return
        if stated_media(content, operation.body.media) is None:
            yield f"a body as {operation.body.media}, where the document has {', '.join(content)}"
        for item in operation.parameters if operation.body.kind == "multipart" else ():
            if item.location == "body" and item.is_file is not self._is_file(item.pointer, 0):
                yield f"the part {item.wire_name} as {'a file' if item.is_file else 'text'}"
        for item in operation.parameters:
            if item.location == "body" and self._oracle.node(item.pointer)[0].get("readOnly") is True:
                yield f"a parameter {item.wire_name}, which is only for replies"

    def _is_file(self, pointer: str, depth: int) -> bool:
        node, place = self._oracle.node(pointer)
        for word in ("anyOf", "oneOf"):
            if isinstance(node.get(word), list) and depth < 3:
                places = (join(place, word, index) for index in range(len(node[word])))
                return any(self._is_file(each, depth + 1) for each in places)
        if "items" in node and depth < 3:
            return self._is_file(join(place, "items"), depth + 1)
        if isinstance(node.get("allOf"), list) and len(node["allOf"]) == 1 and depth < 3:
            return self._is_file(join(place, "allOf", 0), depth + 1)
        return node.get("format") == "binary" or ("contentMediaType" in node and "contentEncoding" not in node)

    def _security(self, operation: OperationModel) -> Iterator[str]:
        names = {row.name for row in self._service.auth}
        own = self._node(operation).get("security")
        for option in as_list(own if isinstance(own, list) else self._oracle.document.get("security")):
            is_usable = isinstance(option, Mapping) and all(map(self._is_supported, option))
            if is_usable and self._oracle.can_send(option):
                yield from (f"no key for {name}" for name in option if name not in names)

    def _is_supported(self, name: str) -> bool:
        scheme = self._oracle.node(join("/components/securitySchemes", name))[0]
        kind = scheme.get("type")
        if kind == "apiKey":
            key = scheme.get("name")
            if not isinstance(key, str) or scheme.get("in") == "query":
                return isinstance(key, str) and 0 < len(key) <= _LONGEST_NAME and key.isprintable()
            return scheme.get("in") in ("header", "cookie") and bool(_TOKEN.fullmatch(key))
        return kind in ("oauth2", "openIdConnect") or (
            kind == "http" and str(scheme.get("scheme")).lower() in ("basic", "bearer")
        )

    def _reading(self, operation: OperationModel) -> Iterator[str]:
        """Yield what is wrong about how a list is read: by `x-pages`, or by a link from a page to the next."""
        if operation.pages is not None or operation.kind != "query" or " as " in operation.operation_id:
            return
        if isinstance(self._node(operation).get("x-pages"), Mapping):
            yield "no iterator, which x-pages asks for"
        node = self._node(operation)
        responses, place = self._oracle.node(join(operation.pointer, "responses"))
        for status in sorted(map(str, responses))[:1]:
            response, where = self._oracle.node(join(place, status))
            links = response.get("links")
            if not status.startswith("2") or not isinstance(links, Mapping) or not self._has_one_list(where, response):
                continue
            for name in links:
                link = self._oracle.node(join(where, "links", name))[0]
                parameters = link.get("parameters")
                own = link.get("operationId") is not None and link["operationId"] == node.get("operationId")
                if not own and link.get("operationRef") != f"#{operation.pointer}":
                    continue
                values = list(as_object(parameters).values())
                if len(values) == 1 and isinstance(values[0], str) and _NEXT.fullmatch(values[0]):
                    yield f"no iterator for the link {name}"

    def _has_one_list(self, place: str, response: Mapping[str, Any]) -> bool:
        content = response.get("content")
        if not isinstance(content, Mapping) or list(content) != ["application/json"]:
            return False
        schema, where = self._oracle.node(join(place, "content", "application/json", "schema"))
        properties = schema.get("properties")
        if schema.get("type") != "object" or not isinstance(properties, Mapping):
            return False
        rows = [self._oracle.node(join(where, "properties", name))[0].get("type") for name in properties]
        return rows.count("array") == 1 and all(isinstance(kind, str) for kind in rows)


def _split(url: str) -> SplitResult:
    """Return the parts of a URL; nothing of what is none."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _rows(node: Mapping[str, Any]) -> list[Any]:
    """Return the servers that a document, a path item or an operation has."""
    return as_list(node.get("servers"))


def _url(server: Any) -> str:
    """Return the URL of a server with the defaults of its variables."""
    url = str(server.get("url", "")).strip() if isinstance(server, Mapping) else ""
    variables = as_object(server).get("variables")
    pieces = re.split(r"(\{[^{}]*\})", url)
    for name, row in as_object(variables).items():
        if isinstance(row, Mapping) and isinstance(row.get("default"), (str, int, float)):
            pieces = [str(row["default"]) if piece == "{" + name + "}" else piece for piece in pieces]
    split = _split("".join(pieces))
    return split._replace(netloc=split.netloc.lower()).geturl()


def _can_carry_keys(url: str) -> bool:
    """Return whether a URL is whole and encrypted, or leads to this machine."""
    split = _split(url)
    host = str(split.hostname)
    is_local = host in ("localhost", "::1") or host.startswith("127.")
    is_safe = split.scheme == "https" or (split.scheme == "http" and is_local)
    return bool(split.hostname) and is_safe and not set("{?#@") & set(url)


def _plain(path: str) -> str:
    """Return a path without query and fragment, percent-decoded."""
    return unquote(path.partition("#")[0].partition("?")[0])
