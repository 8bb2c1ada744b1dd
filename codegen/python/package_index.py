"""Write the data that a package has about itself: the index of its operations, and the names to call them by.

The command line, the offline pages and the MCP tools read it; they parse no docstring and no signature.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from codegen.openapi.json_values import as_object
from codegen.openapi.pointers import find
from codegen.python import docstrings
from codegen.python.model import Annotation, OperationModel, PackageModel, Parameter, ServiceModel
from codegen.python.text import Literal, plain

_RATIO = re.compile(r"\d+:\d+|original")
_RESOLUTION = re.compile(r"\d+[pPkK]")
_SECONDS = re.compile(r"\d+s")


def index(model: PackageModel) -> str:
    """Return the index as JSON: everything that help texts, tables and filters need, and no schema."""
    services = {str(service.module): _service(service) for service in model.services}
    package = {"package": str(model.name), "version": model.version, "services": services}
    return json.dumps(package, ensure_ascii=False, separators=(",", ":")) + "\n"


def call_names(service: ServiceModel) -> str:
    """Return the module with the names by which operations are called: in Python, in the document, by the vendor."""
    spelled = {key: operation.qualified for key, operation in _spellings(service)}
    arguments = {
        operation.qualified: {str(item.wire_name): (str(item.name), item.wire) for item in operation.parameters}
        for operation in service.operations
    }
    return (
        f'"""Names that `{service.client}().call()` accepts for operations and arguments."""\n\n'
        f"from __future__ import annotations\n\nfrom collections.abc import Mapping\n\n"
        f"OPERATIONS: Mapping[str, str] = {Literal(spelled)}\n"
        f'"""Method, operationId, name and id of the vendor, or last part of the path → method."""\n'
        f"ARGUMENTS: Mapping[str, Mapping[str, tuple[str, str | None]]] = {Literal(arguments)}\n"
        f'"""Method → name on the wire of each argument → its keyword and its `x-wire` form."""\n'
    )


def _spellings(service: ServiceModel) -> Iterator[tuple[str, OperationModel]]:
    """Yield every name of every operation; a name of two operations goes to the one whose own name it is, or nobody."""
    rows: dict[str, list[OperationModel]] = {}
    for operation in service.operations:
        vendor = node(service, operation).get("x-vendor", {})
        last = [step for step in operation.path.split("/") if step and "{" not in step][-1:]
        spellings = [operation.qualified, operation.operation_id, vendor.get("name"), vendor.get("id"), *last]
        for name in dict.fromkeys(str(name) for name in spellings if name):
            rows.setdefault(name, []).append(operation)
    for name, operations in rows.items():
        own = [one for one in operations if name == one.qualified]
        if len(operations) == 1 or own:
            yield name, (own or operations)[0]


def _service(service: ServiceModel) -> dict[str, Any]:
    info = as_object(service.document.get("info"))
    description = str(info.get("description") or info.get("title") or service.client)
    texts = {
        str(argument): f"{note.text if note else ''} Sent as the header {header}.".strip()
        for header, argument in service.client_headers.items()
        for note in [service.header_docs.get(header)]
    }
    return {
        "client": str(service.client),
        "title": service.title or str(service.client),
        "about": description.partition(". ")[0].rstrip("."),
        "headers": texts,
        "variables": [str(credential.variable) for credential in service.credentials],
        "enums": {str(enum.name): {str(name): number for name, number in enum.members} for enum in service.enums},
        "documentation": as_object(service.document.get("externalDocs")).get("url"),
        "operations": {one.qualified: _operation(service, one) for one in service.operations},
    }


def _operation(service: ServiceModel, operation: OperationModel) -> dict[str, Any]:
    own = node(service, operation)
    rows = {
        "id": operation.operation_id,
        "kind": operation.kind,
        "media": operation.media or None,
        "summary": operation.summary.text.strip().rstrip("."),
        "description": " ".join(operation.description.text.split()),
        "has_body": operation.body_at is not None,
        "takes_key": operation.takes_key or None,
        "gives_content": "bytes" in operation.reply.forms or None,
        "vendor": own.get("x-vendor", {}),
        "costs": as_object(own.get("x-task")).get("costs"),
        "traits": own.get("x-traits", {}),
        "has_prompting": bool(operation.media and ("x-prompting" in own or "x-prompting" in service.document)) or None,
        "parameters": [_parameter(service, item) for item in operation.parameters],
        "durations": _durations(operation),
        "ratios": _matching(operation, _RATIO),
        "resolutions": _matching(operation, _RESOLUTION) or _sizes(operation),
    }
    return {key: value for key, value in rows.items() if value not in (None, {}, [], "")}


def _parameter(service: ServiceModel, item: Parameter) -> dict[str, Any]:
    row = {
        "name": str(item.name),
        "required": item.required,
        "positional": item.positional,
        "sentences": [[kind, plain(text)] for kind, text in docstrings.sentences(item)],
        "annotation": str(item.annotation) + ("" if item.required else " | None"),
        "type": _type(item.annotation),
        "locales": _at(service, item.pointer).get("x-locales") or False,
    }
    return {key: value for key, value in row.items() if value is not False}


def _type(annotation: Annotation) -> dict[str, Any]:
    row = {
        "choices": list(annotation.choices),
        "names": [str(name) for name in annotation.names],
        "items": _type(annotation.items) if annotation.items else None,
        "values": True if annotation.values or annotation.classes else None,
    }
    return {key: value for key, value in row.items() if value}


def _durations(operation: OperationModel) -> list[str]:
    """Return durations in seconds: what is called so, or has such values."""
    parameters = [item for item in operation.parameters if "duration" in item.name or _are(item, _SECONDS)]
    return [text for item in parameters for text in _allowed(item, "s")]


def _matching(operation: OperationModel, pattern: re.Pattern[str]) -> list[str]:
    """Return the choices of the parameters whose values all look so, whatever they are called."""
    return [text for item in operation.parameters if _are(item, pattern) for text in _allowed(item, "")]


def _are(item: Parameter, pattern: re.Pattern[str]) -> bool:
    values = item.schema.get("enum", ())
    return bool(values) and all(pattern.fullmatch(str(value)) for value in values)


def _sizes(operation: OperationModel) -> list[str]:
    sides = {str(item.name): _allowed(item, "") for item in operation.parameters if item.name in {"width", "height"}}
    return [" x ".join(part[0] for part in sides.values()) + " px"] if len(sides) == 2 and all(sides.values()) else []


def _allowed(item: Parameter, unit: str) -> list[str]:
    schema = item.schema
    values = schema.get("enum") or ([schema["const"]] if "const" in schema else [])
    if values:
        texts = [value if isinstance(value, str) else json.dumps(value) for value in values]
        return [text if text.endswith(unit) else f"{text}{unit}" for text in texts]
    low, high = schema.get("minimum"), schema.get("maximum")
    return [] if high is None else [f"{low if low is not None else ''}..{high}{unit}"]


def node(service: ServiceModel, operation: OperationModel) -> Mapping[str, Any]:
    """Return the operation as its document has it."""
    return _at(service, operation.pointer)


def _at(service: ServiceModel, pointer: str) -> Mapping[str, Any]:
    """Return the object at a pointer of the document; {} where there is none."""
    return as_object(find(service.document, pointer))
