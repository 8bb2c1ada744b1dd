"""The documented examples of an operation, and a call of it written out: in Python and for the command line."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..._catalog.asked import Asked, arguments
from ..._catalog.document import Catalog, Endpoint
from ..._catalog.facts import OperationFacts, ParameterFacts
from ..._catalog.samples import sample
from ..._runtime.validate import check
from .shown import ServiceShown

KEY = "any-key"
WIDEST = 78


@dataclass(frozen=True, slots=True)
class Example:
    """One call."""

    name: str
    arguments: Mapping[str, Any]
    sources: tuple[str, ...]


def examples(catalog: Catalog, endpoint: Endpoint) -> list[Example]:
    """The calls that some document shows and that the client accepts; a made one where there are none."""
    content = endpoint.node.get("requestBody", {}).get("content", {}).get("application/json", {})
    found = [_example(endpoint, name, row) for name, row in content.get("examples", {}).items()]
    sound = [one for one in found if not check(endpoint.operation, one.arguments)[1]]
    return sound or found[:1] or [_made(catalog, endpoint)]


def _example(endpoint: Endpoint, name: str, row: Mapping[str, Any]) -> Example:
    sources = [source for rows in row.get("x-claims", {}).values() for source in rows]
    values = arguments(endpoint, Asked({}), row.get("value"))
    return Example(name, values, tuple(dict.fromkeys(sources)))


def _made(catalog: Catalog, endpoint: Endpoint) -> Example:
    body = sample(catalog, endpoint.request, whole=False) if endpoint.request else {}
    return Example("made", arguments(endpoint, Asked({}), body), ())


def client_line(service: ServiceShown, base: str) -> str:
    """A client of the service that is at `base`."""
    keys = "".join(f', {credential.argument}="{KEY}"' for credential in service.catalog.service.credentials)
    return f'client = {service.client}(base_url="{base}"{keys})'


def python_call(package: str, service: ServiceShown, facts: OperationFacts, base: str, given: Mapping[str, Any]) -> str:
    """A call of the client, as one would write it."""
    lines = [f"from {package} import {facts.client}", "", client_line(service, base)]
    pieces = [_argument(parameter, given) for parameter in _ordered(facts) if parameter.name in given]
    call = f"client.{facts.name}({', '.join(pieces)})"
    name = {"submit": "task", "generate": "result"}.get(facts.kind, "answer")
    if len(name) + 3 + len(call) > WIDEST and pieces:
        call = "\n".join([f"client.{facts.name}(", *(f"    {piece}," for piece in pieces), ")"])
    lines.append(f"{name} = {call}")
    lines += {"submit": ['paths = task.wait().save("out/")'], "generate": ['paths = result.save("out/")']}.get(
        facts.kind, ["print(answer)"]
    )
    return "\n".join(lines)


def command(package: str, facts: OperationFacts, given: Mapping[str, Any]) -> str:
    """The same call for the command line."""
    words = [part.replace("_", "-") for part in facts.name.split(".")]
    options = [_option(parameter, given[parameter.name]) for parameter in _ordered(facts) if parameter.name in given]
    pieces = [shlex.join([package, facts.service, *words]), *map(shlex.join, options)]
    line = " ".join(pieces)
    return line if len(line) <= WIDEST else " \\\n    ".join(pieces)


def _ordered(facts: OperationFacts) -> list[ParameterFacts]:
    return sorted(facts.parameters, key=lambda parameter: not parameter.is_positional)


def _argument(parameter: ParameterFacts, given: Mapping[str, Any]) -> str:
    text = literal(given[parameter.name])
    return text if parameter.is_positional else f"{parameter.name}={text}"


def _option(parameter: ParameterFacts, value: Any) -> list[str]:
    if parameter.is_positional:
        return [str(value)]
    name = parameter.name.replace("_", "-")
    if isinstance(value, bool):
        return [f"--{name}" if value else f"--no-{name}"]
    if isinstance(value, list):
        return [part for item in value for part in (f"--{name}", _text(item))]
    return [f"--{name}", _text(value)]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def literal(value: Any) -> str:
    """A value as Python, texts in double quotes."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{literal(key)}: {literal(item)}" for key, item in value.items()) + "}"
    return repr(value)
