"""The documented examples of an operation, and a call of it written out: in Python and for the command line."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..._catalog.facts import OperationFacts, ParameterFacts
from ..._catalog.received_request import ReceivedRequest, arguments
from ..._catalog.sample_values import sample
from ..._catalog.service_document import Catalog, Endpoint
from ..._runtime.pointer import join
from ..._runtime.spelling import kebab
from ..._runtime.validate import check
from .formatting import short
from .view_models import ServiceView

KEY = "any-key"
WIDEST = 78


@dataclass(frozen=True, slots=True)
class CodeExample:
    """One call."""

    name: str
    arguments: Mapping[str, Any]
    sources: tuple[str, ...]


def examples(catalog: Catalog, endpoint: Endpoint) -> list[CodeExample]:
    """Return the calls that some document shows and that the client accepts; a made one where there are none."""
    content = endpoint.node.get("requestBody", {}).get("content", {}).get("application/json", {})
    examples = [_example(catalog, endpoint, name, row) for name, row in content.get("examples", {}).items()]
    sound = [one for one in examples if not check(endpoint.operation, one.arguments)[1]]
    return sound or examples[:1] or [_sample_call(catalog, endpoint)]


def _example(catalog: Catalog, endpoint: Endpoint, name: str, row: Mapping[str, Any]) -> CodeExample:
    place = join(endpoint.at, "requestBody", "content", "application/json", "examples", name)
    sources = catalog.stated_by(place)
    values = arguments(endpoint, ReceivedRequest({}), row.get("value"))
    return CodeExample(name, values, tuple(sources))


def _sample_call(catalog: Catalog, endpoint: Endpoint) -> CodeExample:
    body = sample(catalog, endpoint.request, whole=False) if endpoint.request else {}
    return CodeExample("made", arguments(endpoint, ReceivedRequest({}), body), ())


def client_line(service: ServiceView, base: str) -> str:
    """Return a client of the service that is at `base`."""
    keys = "".join(f', {credential.argument}="{KEY}"' for credential in service.catalog.service.credentials)
    return f'client = {service.client}(base_url="{base}"{keys})'


def python_call(
    package: str, service: ServiceView, facts: OperationFacts, base: str, arguments: Mapping[str, Any]
) -> str:
    """Return a call of the client, as one would write it."""
    lines = [f"from {package} import {facts.client}", "", client_line(service, base)]
    pieces = _arguments(facts, arguments)
    call = f"client.{facts.name}({', '.join(pieces)})"
    name = {"submit": "task", "generate": "result"}.get(facts.kind, "answer")
    if len(name) + 3 + len(call) > WIDEST and pieces:
        call = "\n".join([f"client.{facts.name}(", *(f"    {piece}," for piece in pieces), ")"])
    lines.append(f"{name} = {call}")
    lines += {"submit": ['paths = task.wait().save("out/")'], "generate": ['paths = result.save("out/")']}.get(
        facts.kind, ["print(answer)"]
    )
    return "\n".join(lines)


def command(package: str, facts: OperationFacts, arguments: Mapping[str, Any]) -> str:
    """Return the same call for the command line."""
    words = [package, *(kebab(part) for part in (facts.service, *facts.name.split(".")))]
    options = [
        _option(parameter, arguments[parameter.name]) for parameter in _in_order(facts) if parameter.name in arguments
    ]
    pieces = [shlex.join(words), *map(shlex.join, options)]
    line = " ".join(pieces)
    return line if len(line) <= WIDEST else " \\\n    ".join(pieces)


def _in_order(facts: OperationFacts) -> list[ParameterFacts]:
    return sorted(facts.parameters, key=lambda parameter: not parameter.is_positional)


def _arguments(facts: OperationFacts, arguments: Mapping[str, Any]) -> list[str]:
    """Return the arguments as in a call: positional ones without names, up to the first that is left out."""
    pieces, is_named = [], False
    for parameter in _in_order(facts):
        is_named = is_named or not parameter.is_positional or parameter.name not in arguments
        if parameter.name in arguments:
            text = literal(arguments[parameter.name])
            pieces.append(f"{parameter.name}={text}" if is_named else text)
    return pieces


def _option(parameter: ParameterFacts, value: Any) -> list[str]:
    if parameter.is_positional and not isinstance(value, bool | list):
        return [short(value)]
    name = kebab(parameter.name)
    if isinstance(value, bool):
        return [f"--{name}" if value else f"--no-{name}"]
    if isinstance(value, list):
        return [part for item in value for part in (f"--{name}", short(item))]
    return [f"--{name}", short(value)]


def literal(value: Any) -> str:
    """Return a value as Python, texts in double quotes."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{literal(key)}: {literal(item)}" for key, item in value.items()) + "}"
    return repr(value)
