"""Whole exchanges of one operation: calls, the requests that have to come of them, and the replies to them.

How a request looks is worked out here from the OpenAPI document, on purpose without the help of the client generator.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import Any
from urllib.parse import quote, urlsplit

from codegen.contracts.fact_pointers import parameters
from codegen.contracts.oracle import Oracle
from codegen.contracts.oracle_pointers import concrete, get, join, put
from codegen.contracts.oracle_samples import Sampler, Unsampled
from codegen.openapi.json_values import as_object
from codegen.openapi.samples import Size
from codegen.python.model import AuthHeaderModel, EnvelopeModel, OperationModel, Parameter, RuleModel, ServiceModel

_ROUNDS = 8
"""A call that is not whole after this many repairs will not become so."""
_SECONDS = re.compile(r"(\d+)s")


def wire_of(parameter: Parameter, value: Any) -> Any:
    """Return what an argument becomes. A value that is not a natural form of the parameter stays as it is."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    if parameter.wire == "boolean-word" and isinstance(value, bool):
        return "True" if value else "False"
    if parameter.wire == "seconds-text" and whole:
        return f"{value}s"
    if parameter.wire == "integer-text" and whole:
        return str(value)
    return value


def natural_forms(parameter: Parameter, wire: Any) -> Iterator[Any]:
    """Yield the other ways to write a wire value in Python."""
    if not isinstance(wire, str):
        return
    if parameter.wire == "boolean-word" and wire in ("True", "False"):
        yield wire == "True"
    if parameter.wire == "seconds-text" and (match := _SECONDS.fullmatch(wire)):
        yield int(match.group(1))
    if parameter.wire == "integer-text" and wire.isascii() and wire.isdigit():
        yield int(wire)


_RESERVED = ":/?#[]@!$&'()*+,;="
"""The characters that a query leaves as they are where the parameter allows reserved ones."""


def path_text(name: str, value: Any, style: str = "simple", explode: bool = False) -> str:
    """Return a path parameter in the place of its name: nothing in a value may be read as a separator."""
    start, joint = {"simple": ("", ","), "label": (".", "." if explode else ","), "matrix": (";", ";")}[style]
    pairs = [(None, value)] if not isinstance(value, Mapping | list) else []
    if isinstance(value, list):
        pairs = [(None, item) for item in value]
    if isinstance(value, Mapping):
        pairs = [(key, item) for key, item in value.items()]
    texts = [
        _encoded(item) if key is None else f"{_encoded(key)}{'=' if explode else ','}{_encoded(item)}"
        for key, item in pairs
    ]
    if style != "matrix":
        return start + joint.join(texts)
    if explode:
        return "".join(
            f";{text}" if key is not None else f";{_encoded(name)}={text}"
            for (key, _), text in zip(pairs, texts, strict=True)
        )
    return f";{_encoded(name)}={','.join(texts)}"


def query_pairs(name: str, value: Any, style: str = "form", explode: bool = True, reserved: bool = False) -> list[str]:
    """Return a query parameter as the parts between the ampersands."""

    def encoded(item: Any) -> str:
        return _encoded(item, _RESERVED if reserved else "")

    key = _encoded(name)
    if style == "deepObject" and isinstance(value, Mapping):
        return [f"{_encoded(f'{name}[{inner}]')}={encoded(item)}" for inner, item in value.items()]
    if isinstance(value, Mapping):
        if explode:
            return [f"{_encoded(inner)}={encoded(item)}" for inner, item in value.items()]
        return [f"{key}={','.join(encoded(part) for pair in value.items() for part in pair)}"]
    if isinstance(value, list):
        if explode:
            return [f"{key}={encoded(item)}" for item in value]
        joint = {"form": ",", "spaceDelimited": "%20", "pipeDelimited": "%7C"}[style]
        return [f"{key}={joint.join(encoded(item) for item in value)}"] if value else []
    return [f"{key}={encoded(value)}"]


def header_text(value: Any, explode: bool = False) -> str:
    """Return a header parameter."""
    if isinstance(value, Mapping):
        return ",".join(f"{key}{'=' if explode else ','}{text_of(item)}" for key, item in value.items())
    return ",".join(text_of(item) for item in value) if isinstance(value, list) else text_of(value)


def _encoded(value: Any, safe: str = "") -> str:
    return quote(text_of(value), safe=safe)


def text_of(value: Any) -> str:
    """Return a value outside a body, where everything is text."""
    return value if isinstance(value, str) else json.dumps(value)


_MARKS_OF_A_URL = "/../?#%2F"
"""What a segment of a path has to encode, or the request goes to another operation."""
Arguments = dict[str, Any]
"""Python name → wire value."""


@dataclass(frozen=True)
class Request:
    """The request that the service has to receive."""

    raw_path: str
    query: str
    headers: Mapping[str, str]
    body: Any
    has_body: bool


@dataclass
class Caller:
    """Composes calls of one operation and the requests that they send."""

    service: ServiceModel
    operation: OperationModel
    sampler: Sampler
    parameters: dict[str, Parameter] = field(init=False)

    def __post_init__(self) -> None:
        self.parameters = {str(parameter.name): parameter for parameter in self.operation.parameters}

    @property
    def oracle(self) -> Oracle:
        return self.sampler.oracle

    @cached_property
    def body_schema(self) -> str | None:
        """Pointer of the schema of the whole request body."""
        place = self.oracle.place(join(self.operation.pointer, "requestBody"))
        content = self.oracle.at(join(place, "content"))
        if self.operation.body_at is None or not isinstance(content, Mapping) or not content:
            return None
        media = next((name for name in content if "json" in name), next(iter(content)))
        return join(place, "content", media, "schema")

    def client_headers(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield the header parameters that the constructor takes, each with its place."""
        names = {str(name) for name in self.service.client_headers}
        for place, node in parameters(self.oracle, self.operation.pointer):
            if node.get("in") == "header" and node.get("name") in names:
                yield place, node

    def smallest(self) -> Arguments:
        """Return the required parameters and what the rules add; one of the body at least. Raises Unsampled."""
        values = {
            name: self.value(name, "smallest") for name, parameter in self.parameters.items() if parameter.required
        }
        of_body = [name for name, parameter in self.parameters.items() if parameter.location == "body"]
        if self.operation.body is not None and not self.operation.body.required and not values.keys() & set(of_body):
            values |= {name: self.value(name, "smallest") for name in of_body[:1]}  # without one no body is sent
        return self.whole(values)

    def fullest(self) -> Arguments:
        """Return every parameter that may be given together with the others. Raises Unsampled."""
        values: Arguments = {}
        for name in self.parameters:
            try:
                values[name] = self.value(name, "fullest")
            except Unsampled:
                continue
        try:
            return self.whole(values)
        except Unsampled:
            return self._grown(values)

    def _grown(self, arguments: Arguments) -> Arguments:
        """Return the smallest call with one optional parameter after the other, where the call stays whole."""
        call = self.smallest()
        for name, value in arguments.items():
            try:
                call = self.whole({**call, name: value})
            except Unsampled:
                continue
        return call

    def value(self, name: str, size: Size) -> Any:
        """Return a value for one parameter. Raises Unsampled."""
        parameter = self.parameters[name]
        value = self.sampler.sample(parameter.pointer, size)
        if parameter.location == "header" and not (isinstance(value, str) and value.isascii() and value.isprintable()):
            value = self.sampler.sample(parameter.pointer, "smallest")
        if parameter.location == "path" and isinstance(value, str) and size != "smallest":
            longer = f"{value}{_MARKS_OF_A_URL}"
            value = longer if self.oracle.accepts(parameter.pointer, longer) else value
        return value

    def whole(self, arguments: Arguments) -> Arguments:
        """Return the needed arguments and as few others as make a call that the schema accepts. Raises Unsampled."""
        call = dict(arguments)
        for _ in range(_ROUNDS):
            before = dict(call)
            for rule in self.operation.rules:
                if self._applies(rule, call):
                    self._obey(rule, call)
            if call == before:
                break
        ordered = {name: call[name] for name in self.parameters if name in call}
        if not self.accepts(ordered):
            raise Unsampled(self.operation.pointer)
        return ordered

    def _applies(self, rule: RuleModel, call: Arguments) -> bool:
        return all(name in call and (not values or call[name] in values) for name, values in rule.when.items())

    def _obey(self, rule: RuleModel, call: Arguments) -> None:
        for name in rule.required:
            if name not in call:
                call[name] = self.value(name, "smallest")
        if rule.any_of and not any(name in call for name in rule.any_of):
            call[rule.any_of[0]] = self.value(rule.any_of[0], "smallest")
        for name, values in rule.allowed.items():
            if name in call and call[name] not in values and values:
                call[name] = values[0]

    def accepts(self, call: Arguments) -> bool:
        """Return whether the document accepts a call: every parameter by its schema, the body by that of the body."""
        if any(parameter.required and name not in call for name, parameter in self.parameters.items()):
            return False
        singly = all(self.oracle.accepts(self.parameters[name].pointer, value) for name, value in call.items())
        if not singly or self.body_schema is None:
            return singly
        return self.oracle.accepts(self.body_schema, self.request(call).body)

    def request(self, call: Mapping[str, Any]) -> Request:
        """Return what a call sends. Values may stand in natural form."""
        path, query, headers = self.operation.path, [], {}
        body: Any = {}
        for name, argument in call.items():
            parameter = self.parameters[name]
            value, node = wire_of(parameter, argument), self._described(parameter)
            style = {key: node[key] for key in ("style", "explode") if key in node}
            if parameter.location == "path":
                path = path.replace("{" + parameter.wire_name + "}", path_text(parameter.wire_name, value, **style))
            elif parameter.location == "query":
                query += query_pairs(parameter.wire_name, value, **style, reserved=bool(node.get("allowReserved")))
            elif parameter.location == "header":
                headers[parameter.wire_name.lower()] = header_text(value, bool(node.get("explode")))
            else:
                body = put(body, join(self.operation.body_at or "", parameter.wire_name), value)
        path, _, fixed = path.partition("?")
        query = [*([fixed] if fixed else []), *query]
        has_body = self.operation.body_at is not None
        return Request(self._base_path() + path, "&".join(query), headers, body if has_body else None, has_body)

    def _described(self, parameter: Parameter) -> Mapping[str, Any]:
        """Return the parameter object of the document; empty for a parameter of the body."""
        if parameter.location == "body":
            return {}
        return as_object(self.oracle.at(self.oracle.place(parameter.pointer.removesuffix("/schema"))))

    @property
    def plain_path(self) -> str:
        """The path of the operation as the document has it, below that of the service."""
        return self._base_path() + self.operation.path

    @property
    def base_url(self) -> str:
        """The URL of the operation's server: its own, or that of the service."""
        return self.operation.server or self.service.base_url

    def _base_path(self) -> str:
        return urlsplit(self.base_url).path.rstrip("/")


def canary(argument: str) -> str:
    """Return a credential that is plainly none."""
    return f"canary-{argument.replace('_', '-')}"


def auth_value(header: AuthHeaderModel, others: Mapping[str, str] = {}) -> str:
    """Return what an authentication header carries where the credentials are the canaries, or others in their place."""
    secrets = [others.get(str(argument), canary(str(argument))) for argument in header.credentials]
    if header.scheme == "basic":
        return "Basic " + base64.b64encode(":".join(secrets).encode()).decode()
    return f"Bearer {secrets[0]}" if header.scheme == "bearer" else header.prefix + secrets[0]


MESSAGE = "canary message"
TRACE = "canary-trace"
TASK_ID = "canary-task-1"
TASK_NUMBER = 4_200_001
"""The id of a task where the document has numbers."""
_BARE: tuple[dict[str, Any], ...] = ({}, {"data": {}}, {"data": None})
"""What may stand beside the code of a refusal, where a schema asks for more than the code."""
_ENDINGS = {"image": "png", "video": "mp4", "audio": "mp3", "diagram": "svg", "file": "bin"}


@dataclass(frozen=True)
class ExpectedReply:
    """One reply of an operation."""

    status: int
    body: Any
    schema: str | None
    """Pointer of the schema it obeys; None where the document describes none."""


@dataclass
class Answerer:
    """Composes the replies of one service."""

    service: ServiceModel
    sampler: Sampler

    @property
    def oracle(self) -> Oracle:
        return self.sampler.oracle

    def place(self, operation: OperationModel) -> tuple[int, str | None]:
        """Return the first documented success of an operation and its schema."""
        responses = self.oracle.at(join(operation.pointer, "responses")) or {}
        for status in sorted(str(status) for status in responses):
            if not status.startswith("2"):
                continue
            response = self.oracle.place(join(operation.pointer, "responses", status))
            content = self.oracle.at(join(response, "content")) or {}
            media = next((name for name in content if "json" in name), None)
            code = int(status) if status.isdecimal() else 200
            return code, join(response, "content", media, "schema") if media else None
        return 200, None

    def success(self, operation: OperationModel) -> ExpectedReply:
        """Return a full reply: the envelope says success, the id and the result are known values. Raises Unsampled."""
        status, schema = self.place(operation)
        if schema is None:
            return ExpectedReply(status, self._enveloped({}, None), None)
        is_submit = operation.kind == "submit" and operation.task is not None
        for task_id in (TASK_ID, TASK_NUMBER) if is_submit else (TASK_ID,):
            for size in ("fullest", "smallest"):
                body = self.sampler.sample(schema, "fullest" if size == "fullest" else "smallest")
                whole = self._filled(operation, body, schema, task_id)
                if self.oracle.accepts(schema, whole):
                    return ExpectedReply(status, whole, schema)
        raise Unsampled(schema)

    def task_id(self, operation: OperationModel) -> str | int:
        """Return the id of a task as the reply to a submit states it. Raises Unsampled."""
        if operation.task is None:
            raise Unsampled(operation.pointer)
        value = get(self.success(operation).body, operation.task.id)
        return TASK_NUMBER if value == TASK_NUMBER else TASK_ID

    def _filled(self, operation: OperationModel, body: Any, schema: str, task_id: str | int) -> Any:
        body = self._enveloped(body, schema)
        if operation.kind == "submit" and operation.task is not None:
            body = put(body, operation.task.id, task_id)
        if operation.kind == "generate" and operation.output_schema is not None:
            body = put(body, operation.reply_at, self.result(operation))
        return body

    def _enveloped(self, body: Any, schema: str | None) -> Any:
        envelope = self.service.envelope
        if envelope is None:
            return body
        return with_success_code(
            envelope, body, lambda candidate: schema is None or self.oracle.accepts(schema, candidate)
        )

    def result(self, operation: OperationModel) -> Any:
        """Return a decoded result with every asset at a known URL. Raises Unsampled."""
        schema = None if operation.output_schema is None else join("/components/schemas", operation.output_schema)
        urls = (self._url(operation, number) for number in count(1))
        result: Any = {} if schema is None else self.sampler.sample(schema, "fullest")
        if not result:
            # The document says nothing of the result: its files are where `x-task` says, else anywhere in it.
            for pointer in operation.assets_at or ("/canary",):
                for place in concrete(result, pointer):
                    result = put(result, place, [next(urls), next(urls)])
        for pointer in operation.assets_at:
            for place in concrete(result, pointer):
                result = _with_urls(result, place, urls)
        if schema is not None and not self.oracle.accepts(schema, result):
            raise Unsampled(schema)
        return self._distracting(operation, result, schema)

    def results(self, operation: OperationModel, poll: OperationModel) -> Iterator[Any]:
        """Yield results to try in a report: without `output`, also the one that the schema of the report describes."""
        yield self.result(operation)
        task = operation.task
        if operation.output_schema is None and task is not None and task.result is not None:
            result = get(self.success(poll).body, task.result)
            urls = (self._url(operation, number) for number in count(1))
            for place in _places(operation, result):
                result = _with_urls(result, place, urls)
            yield result

    def _distracting(self, operation: OperationModel, result: Any, schema: str | None) -> Any:
        """Add one URL at a place that the document does not name: it is not a file of the result."""
        more = put(result, "/canary_page", "https://www.example.com/canary")
        allowed = operation.assets_at and (schema is None or self.oracle.accepts(schema, more))
        return more if allowed else result

    def _url(self, operation: OperationModel, number: int) -> str:
        suffix = operation.hosts[0] if operation.hosts else ".example.com"
        return f"https://files.{suffix.lstrip('.')}/canary-{number}.{_ENDINGS.get(operation.media, 'bin')}"

    def report(self, starter: OperationModel, poll: OperationModel, word: str, result: Any) -> ExpectedReply:
        """Return what the polling operation says of a task of `starter` in one documented status. Raises Unsampled."""
        task = starter.task
        if task is None:
            raise Unsampled(starter.pointer)
        status, schema = self.place(poll)
        base = self.success(poll).body
        if task.result is None:
            base = self._with_files(starter, base, schema)
        for raw in spellings(word):
            body = put(base, task.status, raw)
            if task.progress is not None and get(body, task.progress) is None:
                body = put(body, task.progress, 50)
            if task.result is not None:
                body = put(body, task.result, json.dumps(result) if task.result_is_text else result)
            if schema is None or self.oracle.accepts(schema, body):
                return ExpectedReply(status, body, schema)
        raise Unsampled(schema or poll.pointer)

    def _with_files(self, starter: OperationModel, body: Any, schema: str | None) -> Any:
        """Return a report that is the result itself, with files at the named places where its schema allows them."""
        urls = (self._url(starter, number) for number in count(1))
        for pointer in _places(starter, body):
            tries = (_with_urls(body, pointer, urls), put(body, pointer, next(urls)), put(body, pointer, [next(urls)]))
            fitting = (candidate for candidate in tries if schema is None or self.oracle.accepts(schema, candidate))
            body = next((candidate for candidate in fitting if any(urls_in(get(candidate, pointer)))), body)
        return body

    def refusal(self, operation: OperationModel, code: str) -> ExpectedReply:
        """Return a reply whose in-band code says that nothing was done."""
        envelope = self.service.envelope
        if envelope is None:
            raise Unsampled(operation.pointer)
        status, schema = self.place(operation)
        body: Any = None
        for raw in spellings(code):
            for whole in _BARE:
                body = put(whole, envelope.code, raw)
                body = put(body, envelope.message, MESSAGE) if envelope.message else body
                body = put(body, envelope.trace, TRACE) if envelope.trace else body
                if schema is not None and self.oracle.accepts(schema, body):
                    return ExpectedReply(status, body, schema)
        return ExpectedReply(status, body, None)


def _places(operation: OperationModel, result: Any) -> list[str]:
    return [place for pointer in operation.assets_at for place in concrete(result, pointer)]


def _with_urls(result: Any, pointer: str, urls: Iterator[str]) -> Any:
    value = get(result, pointer)
    if isinstance(value, list):
        return put(result, pointer, [next(urls) for _ in value])
    return put(result, pointer, next(urls)) if isinstance(value, str) else result


def with_success_code(envelope: EnvelopeModel, body: Any, accepts: Callable[[Any], bool]) -> Any:
    """Return a body with the code of a success, as number or text, whichever is accepted; as text where neither is."""
    candidates = (put(body, envelope.code, code) for code in spellings(envelope.success[0]))
    return next(filter(accepts, candidates), put(body, envelope.code, envelope.success[0]))


def spellings(word: str) -> Iterator[Any]:
    """Yield a code or status as number and as text: the document says which it is."""
    if word.lstrip("-").isdecimal():
        yield int(word)
    yield word


def urls_of(operation: OperationModel, result: Any) -> list[str]:
    """Return the URLs of the files of a result, in document order: those at the named places, else all."""
    return placed_urls(operation, result) or list(dict.fromkeys(urls_in(result)))


def placed_urls(operation: OperationModel, result: Any) -> list[str]:
    """Return the URLs at the places that `x-task` names."""
    return list(dict.fromkeys(url for at in _places(operation, result) for url in urls_in(get(result, at))))


def urls_in(value: Any) -> Iterator[str]:
    """Yield every URL anywhere in a JSON value, as it stands."""
    if isinstance(value, str) and value.startswith("https://"):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from urls_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from urls_in(item)
