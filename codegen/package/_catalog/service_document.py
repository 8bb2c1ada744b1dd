"""The OpenAPI document of one service: it validates requests and replies."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property, wraps
from importlib import import_module, resources
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar, cast
from urllib.parse import unquote

import httpx

from .._runtime.delivery import StandInError
from .._runtime.operation import Operation, Service
from .._runtime.pointer import MISSING, escape, fragment, get, parts
from .validators import Validators

_PACKAGE = __package__ or ""
_IN_BODY = re.compile(r"\{\$request\.body#(/[^}]*)\}")
_SENDING = ("post", "put", "patch")
_COMBINED = ("allOf", "anyOf", "oneOf")


P = ParamSpec("P")
T = TypeVar("T")


def _memoize(ask: Callable[Concatenate[Catalog, P], T]) -> Callable[Concatenate[Catalog, P], T]:
    """Answer a question about the document once: it does not change. What is given away is not to be changed."""
    name = ask.__name__

    @wraps(ask)
    def answer(self: Catalog, /, *arguments: P.args, **keywords: P.kwargs) -> T:
        key = (name, *arguments)
        if key not in self._memo:
            self._memo[key] = ask(self, *arguments, **keywords)
        value: T = self._memo[key]
        return value

    return cast("Callable[Concatenate[Catalog, P], T]", answer)


@dataclass(frozen=True, slots=True, eq=False)
class Endpoint:
    """One operation of the document, with the name the client has for it."""

    operation: Operation
    """Names and places of its parameters, as the client has them. What is allowed is the document's word alone."""
    at: str
    """Pointer of the operation in the document."""
    node: Mapping[str, Any]
    parameters: tuple[Mapping[str, Any], ...]
    """Path, query and header parameters, those of the path included."""
    request: str | None
    """Pointer of the schema of the request body; None where the document knows no body."""
    reply: str | None
    """Pointer of the schema of the reply that means success."""
    status: int
    """The HTTP status of that reply."""
    media_types: tuple[str, ...]
    """The media types of that reply."""
    pattern: re.Pattern[str]
    """Its path under the base URL."""
    query: frozenset[tuple[str, str]]
    """What always stands in its query."""

    @property
    def task(self) -> Mapping[str, Any]:
        """Its `x-task`; empty in documents without our extensions."""
        task: Mapping[str, Any] = self.node.get("x-task", {})
        return task


class PlanError(StandInError, ValueError):
    """A plan asks for what the catalog does not allow. Raised at the line that plans it.

    Where a reply cannot be made while a call is answered, it goes through the client to the test.
    """


@dataclass(frozen=True, slots=True)
class DocumentedCallback:
    """What a service sends to a URL that a request named."""

    url_at: str
    """Pointer into the request body to the URL."""
    method: str
    schema: str
    """Pointer of the schema of what is sent."""


class Catalog:
    """One document. References are resolved within it and nowhere else."""

    def __init__(
        self,
        service: Service,
        operations: list[Operation],
        document: Mapping[str, Any],
        evidence: Mapping[str, Any] | None = None,
    ) -> None:
        self.service = service
        self.document = document
        self.evidence: Mapping[str, Sequence[str]] = (evidence or {}).get("facts", {})
        """JSON pointer of a fact → the documents that state it."""
        self.disagreements: Sequence[Mapping[str, Any]] = (evidence or {}).get("disagreements", ())
        """The points on which the documents differ."""
        self._validators = Validators(document)
        self._memo: dict[tuple[object, ...], Any] = {}
        self.endpoints = {operation.name: self._endpoint(operation) for operation in operations}
        errors = document.get("x-error-codes", {})
        self.envelope: Mapping[str, Any] | None = errors.get("at")
        self.codes: Mapping[str, Mapping[str, Any]] = errors.get("codes", {})
        self.statuses: Mapping[str, Mapping[str, Any]] = errors.get("http", {})
        urls = [row["url"] for row in document.get("servers", [])]
        own = [operation.server for operation in operations if operation.server]
        self.bases = list(dict.fromkeys(url.rstrip("/") for url in (*urls, service.base_url, *own)))
        """Where the service is."""

    @_memoize
    def follow(self, pointer: str) -> tuple[str, Any]:
        """Return where a pointer leads when every reference is followed: the plain pointer, and what is there."""
        at, place = "", self.document
        for step in parts(pointer):
            at, place = self._dereferenced(at, place)
            place = place[int(step)] if isinstance(place, list) else place[step]
            at = f"{at}/{escape(step)}"
        return self._dereferenced(at, place)

    def faults(self, schema: str, value: object, *, formats: bool = False, is_request: bool = False) -> list[str]:
        """Return everything that the schema at a pointer has against a value; with `formats`, URLs and dates too.

        `is_request`: what is read only is not asked for, else what is write only.
        """
        errors = self.errors(schema, value, formats=formats, is_request=is_request)
        return [f"{_path(error.json_path)}{error.message}" for error in errors]

    def errors(self, schema: str, value: Any, *, formats: bool = False, is_request: bool = False) -> list[Any]:
        """Return the same, as jsonschema says it."""
        errors = self._validators.at(schema, formats=formats, is_request=is_request).iter_errors(value)
        return sorted(errors, key=lambda error: error.json_path)

    @_memoize
    def variants(self, schema: str) -> Sequence[tuple[str, Mapping[str, Any]]]:
        """Return the schema at a pointer and all that it is combined of, references followed."""
        waiting, nodes = [schema], dict[str, Mapping[str, Any]]()
        while waiting:
            at, node = self.follow(waiting.pop(0))
            if at in nodes or not isinstance(node, Mapping):
                continue
            nodes[at] = node
            waiting += [f"{at}/{word}/{index}" for word in _COMBINED for index in range(len(node.get(word, ())))]
        return tuple(nodes.items())

    @_memoize
    def properties(self, schema: str) -> Mapping[str, str]:
        """Return the properties a value of this schema may have: name → pointer of its schema."""
        properties: dict[str, str] = {}
        for at, node in self.variants(schema):
            for name in node.get("properties", {}):
                properties.setdefault(name, f"{at}/properties/{escape(name)}")
        return properties

    @_memoize
    def types(self, schema: str) -> Set[str]:
        """Return the types that the schema names."""
        types: set[str] = set()
        for _, node in self.variants(schema):
            kind = node.get("type", [])
            types |= {kind} if isinstance(kind, str) else set(kind)
        return types

    @_memoize
    def schema_at(self, schema: str | None, pointer: str) -> str | None:
        """Return the schema of what a pointer into a value leads to."""
        for step in parts(pointer):
            if schema is None:
                return None
            schema = self.below(schema, step)
        return schema

    @_memoize
    def below(self, schema: str, step: str) -> str | None:
        """Return the schema of a property, of an item of a list, or of a value of a map; `*` stands for any of them."""
        if (place := self.properties(schema).get(step)) is not None:
            return place
        for at, node in self.variants(schema):
            if (step == "*" or step.isdecimal()) and isinstance(node.get("items"), Mapping):
                return f"{at}/items"
            if isinstance(node.get("additionalProperties"), Mapping):
                return f"{at}/additionalProperties"
        return None

    def stated_by(self, pointer: str) -> list[str]:
        """Return the documents behind the object at a pointer and everything below it."""
        below = f"{pointer}/"
        claims = [one for at, rows in self.evidence.items() if at == pointer or at.startswith(below) for one in rows]
        return list(dict.fromkeys(claims))

    def match(
        self, method: str, path: str, query: Iterable[tuple[str, str]] = ()
    ) -> tuple[Endpoint, dict[str, str]] | None:
        """Return the operation that a request is meant for, and the values in its path, as they stand there.

        Of operations that differ only in the query of their path, the one whose query the request has.
        """
        pairs = frozenset(query)
        for endpoint in self._exact.get((method, path), ()):
            if endpoint.query <= pairs:
                return endpoint, {}
        for endpoint, names in self._with_places:
            match = endpoint.pattern.fullmatch(path)
            if match and endpoint.operation.method.upper() == method and endpoint.query <= pairs:
                return endpoint, dict(zip(names, match.groups(), strict=True))
        return None

    def methods(self, path: str) -> list[str]:
        """Return the methods that some operation has at a path."""
        fitting = [one.operation for one in self.endpoints.values() if one.pattern.fullmatch(path)]
        return sorted({operation.method.upper() for operation in fitting})

    @cached_property
    def _exact(self) -> dict[tuple[str, str], list[Endpoint]]:
        """Paths without a placeholder, by method and path. What asks for more of the query comes first."""
        endpoints: dict[tuple[str, str], list[Endpoint]] = {}
        for one in sorted(self.endpoints.values(), key=lambda one: -len(one.query)):
            if "{" not in _plain(one.operation):
                endpoints.setdefault((one.operation.method.upper(), _plain(one.operation)), []).append(one)
        return endpoints

    @cached_property
    def _with_places(self) -> list[tuple[Endpoint, list[str]]]:
        """Paths with placeholders and their names; the fewer, the sooner."""
        places = [one for one in self.endpoints.values() if "{" in _plain(one.operation)]
        places.sort(key=lambda one: (_plain(one.operation).count("{"), -len(one.query)))
        return [(one, re.findall(r"\{([^}]+)\}", _plain(one.operation))) for one in places]

    def knows_status(self, endpoint: Endpoint, status: int) -> bool:
        """Return whether an HTTP status is documented, by itself or in a range such as 4XX."""
        statuses = set(endpoint.node.get("responses", {})) | set(self.statuses)
        return bool(statuses & {str(status), f"{status // 100}XX", f"{status // 100}xx", "default"})

    @_memoize
    def callbacks(self, endpoint: Endpoint) -> Sequence[DocumentedCallback]:
        """Return the callbacks of an operation whose URL stands in the body of the request."""
        callbacks = []
        for name in endpoint.node.get("callbacks", {}):
            at, urls = self.follow(f"{endpoint.at}/callbacks/{escape(name)}")
            for expression in urls:
                place = _IN_BODY.fullmatch(expression)
                item, methods = self.follow(f"{at}/{escape(expression)}")
                for method in methods if place else ():
                    schema = self._json_schema(f"{item}/{method}/requestBody") if method in _SENDING else None
                    callbacks += [DocumentedCallback(place[1], method.upper(), schema)] if place and schema else []
        return callbacks

    def callback_url(self, endpoint: Endpoint, body: Any) -> str | None:
        """Return where a request wants to hear of the end of its task."""
        if "callback" not in endpoint.task:
            return None  # nothing says what is where in the payload
        urls = (get(body, callback.url_at) for callback in self.callbacks(endpoint))
        return next((url for url in urls if isinstance(url, str) and url), None)

    def poll_of(self, endpoint: Endpoint) -> Endpoint | None:
        """Return the operation that reports on the tasks of another."""
        name = endpoint.task.get("result")
        return next((one for one in self.endpoints.values() if one.node.get("operationId") == name and name), None)

    @_memoize
    def submits_of(self, endpoint: Endpoint) -> Sequence[Endpoint]:
        """Return the operations whose tasks this one reports on."""
        name = endpoint.node.get("operationId")
        return tuple(one for one in self.endpoints.values() if name and one.task.get("result") == name)

    @_memoize
    def serving(self, endpoint: Endpoint, part: Literal["content", "cancel"]) -> Sequence[Endpoint]:
        """Return the operations for whose tasks this one gives the content, or cancels them."""
        name = endpoint.node.get("operationId")
        return tuple(one for one in self.endpoints.values() if name and one.task.get(part) == name)

    def _endpoint(self, operation: Operation) -> Endpoint:
        place = escape(self._path_in_document(operation))
        at, node = self.follow(f"/paths/{place}/{operation.method.lower()}")
        _, path_item = self.follow(f"/paths/{place}")
        parameters = {}
        for owner, rows in ((f"/paths/{place}", path_item), (at, node)):
            for index in range(len(rows.get("parameters", ()))):
                _, row = self.follow(f"{owner}/parameters/{index}")
                parameters[row["in"], row["name"]] = {**row, "at": self.follow(f"{owner}/parameters/{index}")[0]}
        status = next((word for word in sorted(node.get("responses", {})) if word.startswith("2")), None)
        return Endpoint(
            operation=operation,
            at=at,
            node=node,
            parameters=tuple(parameters.values()),
            request=self._json_schema(f"{at}/requestBody") if "requestBody" in node else None,
            reply=self._json_schema(f"{at}/responses/{status}") if status else None,
            status=int(status) if status and status.isdecimal() else 200,
            media_types=self._media_types(f"{at}/responses/{status}") if status else (),
            pattern=_pattern(_plain(operation)),
            query=_fixed_query(operation),
        )

    def _path_in_document(self, operation: Operation) -> str:
        """Return the path of an operation as the document has it: what is sent may be encoded."""
        paths = self.document["paths"]
        if operation.path in paths:
            return operation.path
        plain, method, fixed = unquote(_plain(operation)), operation.method.lower(), _fixed_query(operation)
        endpoints = [
            path
            for path in paths
            if unquote(path.partition("#")[0].partition("?")[0]) == plain
            and method in self.follow(f"/paths/{escape(path)}")[1]
        ]
        same = (
            path for path in endpoints if fixed <= frozenset(httpx.QueryParams(path.partition("?")[2]).multi_items())
        )
        return next(same, endpoints[0] if endpoints else operation.path)

    def _media_types(self, at: str) -> tuple[str, ...]:
        return tuple(self.follow(at)[1].get("content", ()))

    def _json_schema(self, at: str) -> str | None:
        pointer = f"{at}/content/application~1json/schema"
        try:
            return self.follow(pointer)[0]
        except KeyError:
            return None

    def _dereferenced(self, at: str, place: Any) -> tuple[str, Any]:
        for _ in range(64):
            if not (isinstance(place, Mapping) and isinstance(place.get("$ref"), str)):
                return at, place
            at = fragment(place["$ref"])
            place = get(self.document, at)
            if place is MISSING:
                raise KeyError(at)
        raise ValueError(f"{at} refers to itself")


def _plain(operation: Operation) -> str:
    """Return the path of an operation without the query that it always has."""
    return operation.path.partition("?")[0]


def _fixed_query(operation: Operation) -> frozenset[tuple[str, str]]:
    pairs = httpx.QueryParams(operation.path.partition("?")[2]).multi_items()
    return frozenset(pair for pair in pairs if "{" not in "".join(pair))


def _pattern(path: str) -> re.Pattern[str]:
    """Return a path with its placeholders as groups, in order: their names need not be names of Python."""
    pieces = re.split(r"\{[^}]+\}", path)
    return re.compile("([^/]+)".join(re.escape(piece) for piece in pieces))


def _path(json_path: str) -> str:
    """Return where in the body, as Python would write it: `$.data.prompt` is `data.prompt`."""
    path = json_path.removeprefix("$").removeprefix(".")
    return f"{path}: " if path else ""


def path_under(bases: Iterable[str], url: httpx.URL) -> str | None:
    """Return the path of a request under one of these base URLs; None where it is under none of them."""
    text = f"{url.scheme}://{url.netloc.decode('ascii')}{url.raw_path.decode('ascii').partition('?')[0]}"
    return next((text.removeprefix(base) for base in bases if text.startswith(f"{base}/")), None)


@cache
def names_of_services() -> tuple[str, ...]:
    """Return the services of this package."""
    folder = resources.files(_PACKAGE).joinpath("documents")
    return tuple(sorted(entry.name.removesuffix(".json") for entry in folder.iterdir()))


@cache
def load(service: str) -> Catalog:
    """Return the catalog of one service of this package, by the name of its module."""
    document, evidence = (
        json.loads(resources.files(_PACKAGE).joinpath(folder, f"{service}.json").read_text(encoding="utf-8"))
        for folder in ("documents", "evidence")
    )
    module = import_module(f"..{service}.operations", _PACKAGE)
    operations = [value for value in vars(module).values() if isinstance(value, Operation)]
    return Catalog(module.SERVICE, operations, document, evidence)
