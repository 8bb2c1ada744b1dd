"""Whole calls of one operation: arguments that belong together, and the request that has to come of them."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from codegen.contracts.facts import parameters
from codegen.contracts.oracle import Oracle, join, put
from codegen.contracts.samples import Sampler, Size, Unsampled
from codegen.contracts.wire import pairs, segment, text_of, wire_of
from codegen.python.model import AuthHeaderModel, OperationModel, Parameter, RuleModel, ServiceModel

_ROUNDS = 8
"""A call that is not whole after this many repairs will not become so."""

Arguments = dict[str, Any]
"""Python name → wire value."""


@dataclass(frozen=True)
class Request:
    """What has to arrive at the service."""

    raw_path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    body: Any
    has_body: bool


@dataclass
class Caller:
    """Composes calls of one operation and says what they send."""

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
        """The header parameters that the constructor takes, each with its place."""
        names = {str(name) for name in self.service.client_headers}
        for place, node in parameters(self.oracle, self.operation.pointer):
            if node.get("in") == "header" and node.get("name") in names:
                yield place, node

    def smallest(self) -> Arguments:
        """The required parameters and what the rules add. Raises Unsampled."""
        wanted = {name: self.value(name, "smallest") for name, found in self.parameters.items() if found.required}
        return self.whole(wanted)

    def fullest(self) -> Arguments:
        """Every parameter that may be given together with the others. Raises Unsampled."""
        wanted: Arguments = {}
        for name in self.parameters:
            try:
                wanted[name] = self.value(name, "fullest")
            except Unsampled:
                continue
        try:
            return self.whole(wanted)
        except Unsampled:
            return self._grown(wanted)

    def _grown(self, wanted: Arguments) -> Arguments:
        """The smallest call with one optional parameter after the other, where the call stays whole."""
        grown = self.smallest()
        for name, value in wanted.items():
            try:
                grown = self.whole({**grown, name: value})
            except Unsampled:
                continue
        return grown

    def value(self, name: str, size: Size) -> Any:
        """A value for one parameter. Raises Unsampled."""
        parameter = self.parameters[name]
        value = self.sampler.sample(parameter.pointer, size)
        if parameter.location == "header" and not (isinstance(value, str) and value.isascii() and value.isprintable()):
            value = self.sampler.sample(parameter.pointer, "smallest")
        return value

    def whole(self, wanted: Arguments) -> Arguments:
        """The wanted arguments and as few others as make a call that the schema accepts. Raises Unsampled."""
        call = dict(wanted)
        for _ in range(_ROUNDS):
            before = dict(call)
            for rule in self.operation.rules:
                if self._applies(rule, call):
                    self._obey(rule, call, wanted)
            if call == before:
                break
        ordered = {name: call[name] for name in self.parameters if name in call}
        if not self.accepts(ordered):
            raise Unsampled(self.operation.pointer)
        return ordered

    def _applies(self, rule: RuleModel, call: Arguments) -> bool:
        return all(name in call and (not values or call[name] in values) for name, values in rule.when.items())

    def _obey(self, rule: RuleModel, call: Arguments, wanted: Arguments) -> None:
        for name in rule.required:
            if name not in call:
                call[name] = self.value(name, "smallest")
        for name, values in rule.allowed.items():
            if name in call and call[name] not in values and values:
                call[name] = values[0]

    def accepts(self, call: Arguments) -> bool:
        """Whether the document accepts a call: every parameter by its schema, the body by that of the whole body."""
        if any(found.required and name not in call for name, found in self.parameters.items()):
            return False
        singly = all(self.oracle.accepts(self.parameters[name].pointer, value) for name, value in call.items())
        if not singly or self.body_schema is None:
            return singly
        return self.oracle.accepts(self.body_schema, self.request(call).body)

    def request(self, call: Mapping[str, Any]) -> Request:
        """What a call sends. Values may stand in natural form."""
        path, query, headers = self.operation.path, [], {}
        body: Any = {}
        for name, argument in call.items():
            parameter = self.parameters[name]
            value = wire_of(parameter, argument)
            if parameter.location == "path":
                path = path.replace("{" + parameter.wire_name + "}", segment(value))
            elif parameter.location == "query":
                query += pairs(parameter.wire_name, value)
            elif parameter.location == "header":
                headers[parameter.wire_name.lower()] = text_of(value)
            else:
                body = put(body, join(self.operation.body_at or "", parameter.wire_name), value)
        return Request(self._base_path() + path, tuple(query), headers, body, self.operation.body_at is not None)

    def _base_path(self) -> str:
        return urlsplit(self.service.base_url).path.rstrip("/")


def canary(argument: str) -> str:
    """A credential that is plainly none."""
    return f"canary-{argument.replace('_', '-')}"


def auth_value(header: AuthHeaderModel, others: Mapping[str, str] = {}) -> str:
    """What an authentication header carries where the credentials are the canaries, or others in their place."""
    secrets = [others.get(str(argument), canary(str(argument))) for argument in header.credentials]
    if header.scheme == "basic":
        return "Basic " + base64.b64encode(":".join(secrets).encode()).decode()
    return f"Bearer {secrets[0]}" if header.scheme == "bearer" else secrets[0]
