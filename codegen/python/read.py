"""A folder of OpenAPI documents → the intermediate model. Everything that could go wrong later is a fault here.

A fault of one operation leaves that operation out, and the rest is made; a fault of a document stops it.
"""

from __future__ import annotations

import keyword
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from codegen.faults import Fault, InputFault
from codegen.openapi import evidence, extension_rules, loader
from codegen.openapi.document import Document, printable
from codegen.openapi.evidence import Evidence
from codegen.openapi.identifiers import SUFFIXES
from codegen.openapi.json_values import as_object
from codegen.openapi.pointers import find, join
from codegen.python import extension_targets, names
from codegen.python.class_source import CLASS
from codegen.python.credentials import Security
from codegen.python.model import EnvelopeModel, ErrorModel, OperationModel, PackageModel, ServiceModel
from codegen.python.operations import OperationReader, SourceOperation, source_operations
from codegen.python.servers import base_url
from codegen.python.shapes import MAX_DEPTH, class_name
from codegen.python.text import Docstring, Identifier

_STEM = re.compile(r"[A-Za-z0-9_. -]{1,60}")
_VERSION = re.compile(r"[0-9A-Za-z.+_-]{1,40}")


def read_catalog(folder: Path, package: str, version: str, overlays: Path | None = None) -> PackageModel:
    """Read every OpenAPI document of a folder as one package, the overlays of another folder applied.

    Raises InputFault with every fault of every document.
    """
    name = _package(package, version)
    if folder.is_file():
        problem, remedy = "is a file, not a folder of documents", f"name the folder that it is in: {folder.parent}"
        raise InputFault(Fault(str(folder), "", problem, remedy))
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES) if folder.is_dir() else []
    except OSError:
        raise InputFault(Fault(str(folder), "", "cannot be read", "check the path and its permissions")) from None
    paths = loader.documents(folder, files)
    if not paths:
        raise InputFault(Fault(str(folder), "", "holds no OpenAPI document", "name a folder of .yaml or .json files"))
    services: list[ServiceModel] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            with deep_calls():
                document = loader.read(path, overlays)
                services.append(
                    _service(document, evidence.read(path, document.root, is_overlaid=overlays is not None))
                )
        except InputFault as error:
            faults.extend(error.faults)
        except RecursionError:
            faults.append(Fault(path.name, "", "is nested too deeply", "flatten its schemas"))
    faults.extend(_clashes(folder, services))
    if faults:
        raise InputFault(faults)
    return PackageModel(name, version, tuple(services))


@contextmanager
def deep_calls() -> Iterator[None]:
    """Allow as many calls inside each other as the deepest schemas need; `shapes.MAX_DEPTH` states the bound."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, 12 * MAX_DEPTH))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def _package(package: str, version: str) -> Identifier:
    try:
        name = Identifier(package)
    except ValueError as error:
        raise InputFault(Fault("--package", "", f"{printable(package)!r} {error}", "choose a module name")) from None
    if package in {"contract_tests", *_DEPENDENCIES} or package.startswith("_") or package in sys.stdlib_module_names:
        raise InputFault(Fault("--package", "", f"{package!r} is taken", "choose another module name"))
    if keyword.issoftkeyword(package) or not _VERSION.fullmatch(version):
        what = (
            f"{printable(version)!r} is not a version" if not _VERSION.fullmatch(version) else f"{package!r} is taken"
        )
        raise InputFault(Fault("--package", "", what, "use something like shop, and 1.2.3"))
    return name


_DEPENDENCIES = frozenset("httpx httpcore h11 pydantic pydantic_core pytest respx jsonschema referencing click".split())
"""Modules that the package and its tests import."""


def _service(document: Document, behind: Evidence) -> ServiceModel:
    """Return one document. Raises InputFault with all its faults."""
    for finding in extension_rules.misplaced_or_misshapen(document):
        document.fault(*finding)
    if document.faults:
        raise InputFault(document.faults)
    module, _ = _names(document)
    errors = _errors(document)
    with document.collecting() as apart:
        sources = source_operations(document)
    sources = _with_targets(document, sources, apart)
    security = Security(document, str(module))
    reader = OperationReader(document, sources, errors, security)
    operations = reader.read()
    refused = tuple(dict.fromkeys((*apart, *reader.refused)))
    if not operations:
        _check_anything(document, reader, refused)
    service = replace(_model(document, behind, reader, operations, security, errors), refused=refused)
    _check_constructor(document, service)
    _check_classes(document, service)
    if document.faults:
        raise InputFault(document.faults)
    return service


def _with_targets(document: Document, sources: list[SourceOperation], apart: list[Fault]) -> list[SourceOperation]:
    """Return the operations without those whose `x-task` leads nowhere: their faults are added to `apart`."""
    with document.collecting() as faults:
        extension_targets.check(document, sources)
    wrong: set[str] = set()
    for fault in faults:
        own = next((one.pointer for one in sources if fault.place.startswith(f"{one.pointer}/x-task/")), None)
        wrong |= {own} if own is not None else set()
        (document.faults if own is None else apart).append(fault)
    return [source for source in sources if source.pointer not in wrong]


def _model(
    document: Document,
    behind: Evidence,
    reader: OperationReader,
    operations: tuple[OperationModel, ...],
    security: Security,
    errors: tuple[ErrorModel, ...],
) -> ServiceModel:
    root = document.root
    module, client = _names(document)
    info = root.get("info", {})
    requirements = [set(operation.security or ()) for operation in operations]
    return ServiceModel(
        module=module,
        client=client,
        title=_text(info.get("title")),
        doc=Docstring.of(*_text(info.get("description")).split("\n\n")),
        base_url=base_url(document, [operation.server for operation in operations]),
        envelope=_envelope(root.get("x-error-codes", {})),
        credentials=tuple(security.credentials.values()),
        auth=tuple(security.headers.values()),
        client_headers=dict(sorted(reader.shared.client_headers.items())),
        header_docs=reader.shared.header_docs,
        errors=errors,
        operations=operations,
        enums=tuple(enum for _, enum in sorted(reader.shared.enums.items())),
        schemas=_schemas(root),
        models=reader.replies.shapes.source(),
        arguments=reader.shared.shapes.source(),
        inputs=reader.shared.inputs.source(),
        payloads={place: Identifier(text.removeprefix(CLASS)) for place, text in reader.payloads.items()},
        document=root,
        keys_required=bool(requirements) and all(len(ways) == 1 and ways == requirements[0] for ways in requirements),
        left_out=frozenset(reader.left_out),
        notes=tuple(dict.fromkeys(document.notes)),
        file=document.file,
        evidence=behind,
    )


def _check_anything(document: Document, reader: OperationReader, refused: tuple[Fault, ...]) -> None:
    """Refuse a document of which nothing is left. One of webhooks or schemas alone gives its models."""
    if refused:
        raise InputFault([*refused, *document.faults])
    if not _schemas(document.root) and not document.root.get("webhooks"):
        document.fault("/paths", "has no operation", "add one, or remove the document")
    reader.schemas_alone()


def _schemas(root: Mapping[str, Any]) -> Mapping[str, Any]:
    rows = as_object(find(root, "/components/schemas")).items()
    return {name: schema for name, schema in rows if isinstance(schema, Mapping)}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


_TAKEN_MODULES = {"testing", "cli", "batch", "upload", "callback", "callbacks"}
"""Modules of the package that no service may replace."""


def _names(document: Document) -> tuple[Identifier, Identifier]:
    """Return the module and the client class of a document. Raises InputFault."""
    stem = document.file.rpartition(".")[0]
    try:
        if not _STEM.fullmatch(stem):
            raise ValueError("is not a plain name")
        module = names.module(re.sub("^([0-9])", r"api_\1", stem))
        client = Identifier(document.root.get("x-python", {}).get("client") or class_name(names.pascal(str(module))))
        if module in _TAKEN_MODULES or names.class_name(client) != client:
            raise ValueError("is taken")
    except ValueError as error:
        problem = printable(f"gives the package a name that {error}")
        raise InputFault(Fault(document.file, "", problem, "rename the file, or give x-python.client")) from None
    return module, client


def _envelope(table: Mapping[str, Any]) -> EnvelopeModel | None:
    at = table.get("at")
    if at is None:
        return None
    return EnvelopeModel(at["code"], tuple(at["success"]), at.get("message"), at.get("trace"))


def _errors(document: Document) -> tuple[ErrorModel, ...]:
    table = document.root.get("x-error-codes", {})
    channels: tuple[tuple[str, Literal["in-band", "http"]], ...] = (("codes", "in-band"), ("http", "http"))
    return tuple(
        ErrorModel(
            code=code,
            error=Identifier(row["error"]),
            meaning=" ".join(row["meaning"].split()),
            retry=row.get("retry", "never"),
            channel=channel,
            pointer=join(f"/x-error-codes/{key}", code),
            operations=tuple(row.get("operations", ())),
        )
        for key, channel in channels
        for code, row in table.get(key, {}).items()
    )


def _check_constructor(document: Document, service: ServiceModel) -> None:
    """Report arguments of the constructor and members of the client that have one name."""
    arguments = [str(credential.argument) for credential in service.credentials]
    arguments += sorted({str(name) for name in service.client_headers.values()})
    for name in sorted({name for name in arguments if arguments.count(name) > 1 or name in names.CLIENT_KEYWORDS}):
        document.fault("/components/securitySchemes", f"gives the argument {name} twice", "rename one")


def _check_classes(document: Document, service: ServiceModel) -> None:
    """Report classes and modules that meet in one file or folder under one name."""
    groups = dict.fromkeys(str(operation.group) for operation in service.operations if operation.group)
    results = dict.fromkeys(operation.returns for operation in service.operations if operation.media)
    variants = [str(service.client), *(names.class_name(group) for group in groups), *results]
    classes = [*variants, *(f"Async{name}" for name in variants), *(str(enum.name) for enum in service.enums)]
    modules = [*names.MODULES, *groups]
    modules += [f"async_{name}" for name in ("client", "results", *groups)]
    for kind, every in (("class", classes), ("module", modules)):
        for name in sorted({name for name in every if every.count(name) > 1}):
            document.fault("/paths", f"two things want to be the {kind} {name}", "rename one with x-python")


def _clashes(folder: Path, services: list[ServiceModel]) -> list[Fault]:
    """Return two documents that want one name."""
    faults = []
    seen: dict[str, int] = {}
    for index, service in enumerate(services):
        for name in (str(service.module), str(service.client), f"Async{service.client}"):
            first = seen.setdefault(name, index)
            if first != index or name in _EXPORTS:
                other = (
                    "the package itself" if name in _EXPORTS else f"the document before it ({services[first].title})"
                )
                problem = f"{service.module} and {printable(other)} both give the name {name}"
                faults.append(Fault(str(folder), "", problem, "rename a file, or give x-python.client"))
    return faults


_EXPORTS = {"Task", "AsyncTask", "TaskStatus", "TaskToken", "CallEvent", "testing", "callback", *names.ERRORS}
"""What the package has besides its clients: what it exports, and its test kit."""
