"""Name changes of the catalog as users of the client write them: `client.tomoviee.text_to_music(duration=)`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from codegen.catalog.diff import Change, Report
from codegen.catalog.diff.subject import mapping
from codegen.openapi import pointers
from codegen.openapi.document import Document, PathOperation
from codegen.python import names

_FIRST = re.compile(r"[^.\[ ]+")
_RENAMES = frozenset({"python name", "group", "client", "operation id"})
"""Facts that change how code names the thing: the name that code has today is the old one."""


class ServiceNames:
    """The names that code has for the parts of one document."""

    def __init__(self, name: str, root: dict[str, Any]) -> None:
        self._name = name
        self._document = Document(root)

    @property
    def client(self) -> str:
        """The class of the client: Tomoviee."""
        client_name = mapping(self._document.root.get("x-python")).get("client")
        return str(client_name or _safe(names.pascal, self._name))

    def call(self, operation: str) -> str:
        """Return the method of an operation without brackets: client.tomoviee.text_to_music; "" where there is none."""
        row = self._operations.get(operation)
        if row is None or not row.outgoing:
            return ""
        python = mapping(row.value.get("x-python"))
        parts = [_safe(names.method, self._name)]
        if group := python.get("group"):
            parts.append(_safe(names.method, str(group)))
        parts.append(_safe(names.method, str(python.get("method") or operation)))
        return ".".join(["client", *parts])

    def body(self, operation: str) -> list[str]:
        """Return the keys of the request body that lead to the parameters."""
        row = self._operations.get(operation)
        at = mapping(row.value.get("x-python")).get("body") if row else ""
        return list(pointers.steps(str(at or "")))

    def keyword(self, operation: str, wire: str) -> str:
        """Return the keyword of a parameter: of a property of the body by its wire path, of another by its name."""
        row = self._operations.get(operation)
        if row is None:
            return ""
        place = wire.partition("body")[2]
        for token in self.body(operation):
            if not place.startswith(f".{token}"):
                return ""
            place = place[len(token) + 1 :]
        match = _FIRST.match(place.removeprefix("."))
        return self._keywords(row).get(match[0], _safe(names.parameter, match[0])) if match else ""

    def parameter(self, operation: str, keyword: str) -> str:
        """Return a parameter beside the body: a keyword of the method, or of the client."""
        row, (name, _, place) = self._operations.get(operation), keyword.rpartition(" (in ")[0:3]
        if row is None:
            return ""
        for node in self._document.parameters(row):
            if node.value.get("name") == name and f"{node.value.get('in')})" == place:
                python = mapping(node.value.get("x-python"))
                if argument := python.get("client_argument"):
                    return f"{self.client}({argument}=)"
                return f"{self.call(operation)}({python.get('name') or _safe(names.parameter, str(name))}=)"
        return ""

    def result(self, operation: str, place: str) -> str:
        """Return a field of what a call gives in the end: client.tomoviee.text_to_video().wait().video_path."""
        row = self._operations.get(operation)
        if row is None or not self.call(operation):
            return ""
        waits = ".wait()" if mapping(row.value.get("x-task")).get("kind") == "submit" else ""
        return f"{self.call(operation)}(){waits}{place}"

    def credentials(self, scheme: str) -> str:
        """Return the keywords of the client for a key: Tomoviee(app_key=, app_secret=)."""
        schema = self._document.resolve(
            mapping(mapping(self._document.root.get("components")).get("securitySchemes")).get(scheme)
        )
        roles = mapping(schema.get("x-python")).values()
        arguments = [str(mapping(role).get("argument")) for role in roles if mapping(role).get("argument")]
        return f"{self.client}({', '.join(f'{argument}=' for argument in arguments)})" if arguments else ""

    @cached_property
    def _operations(self) -> Mapping[str, PathOperation]:
        return {
            str(row.value.get("operationId") or f"{row.method.upper()} {row.path}"): row
            for row in reversed(self._document.operations)
        }

    def _keywords(self, row: PathOperation) -> dict[str, str]:
        """Return wire name → keyword, of the properties of the body that the overlay names."""
        request = self._document.request(row)
        at = str(mapping(row.value.get("x-python")).get("body") or "")
        schema = self._document.find(request.value, at) if request else None
        names = {
            wire: mapping(self._document.resolve(value).get("x-python")).get("name")
            for wire, value in self._document.properties(schema or {}).items()
        }
        return {wire: str(name) for wire, name in names.items() if name}


def _safe(rule: Any, name: str) -> str:
    """Return a name by the rule of the generator; as it stands where the generator would refuse it."""
    try:
        return str(rule(name))
    except ValueError:
        return name


def with_names(report: Report, old: Mapping[str, Any], new: Mapping[str, Any]) -> Report:
    """Return the report with the Python name of everything that has one."""
    services = {
        side: {name: ServiceNames(name, document) for name, document in catalog.items()}
        for side, catalog in (("old", _aligned(old, new)), ("new", new))
    }

    def with_python(change: Change) -> Change:
        was_named = (change.kind.endswith(".removed") and not change.fact) or change.fact in _RENAMES
        service = services["old" if was_named else "new"].get(change.service)
        if service is None:
            return change
        other = services["new"].get(change.service)
        before = replace(change, operation=str(change.before)) if change.fact == "operation id" else change
        row = replace(change, python=_python(service, before))
        if change.fact in {"python name", "group"} and change.subject == "operation" and other is not None:
            return replace(row, hint=f"now {other.call(change.operation)}()")
        return row

    return Report.of(with_python(change) for change in report.changes)


def _aligned(old: Mapping[str, Any], new: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return two lone documents under one name, that of the new one: they are compared whatever they are called."""
    return {next(iter(new)): next(iter(old.values()))} if len(old) == len(new) == 1 else old


def _python(service: ServiceNames, change: Change) -> str:
    call = service.call(change.operation)
    if change.subject == "operation":
        return f"{call}()" if call else ""
    if change.subject == "parameter":
        return service.parameter(change.operation, change.name)
    if change.subject == "service":
        return service.client
    if change.subject == "security scheme":
        return service.credentials(change.name)
    if change.name.startswith("body") and call:
        keyword = service.keyword(change.operation, change.name)
        return f"{call}({keyword}=)" if keyword else f"{call}()"
    if change.name.startswith("result") and call:
        return service.result(change.operation, change.name.removeprefix("result"))
    return ""
