"""A folder of OpenAPI documents → the intermediate model. Everything that could go wrong later is a fault here."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from codegen.faults import Fault, InputFault
from codegen.openapi import evidence
from codegen.openapi.evidence import Evidence
from codegen.python import extensions, names, spec
from codegen.python.credentials import read_security
from codegen.python.model import EnvelopeModel, ErrorModel, PackageModel, ServiceModel
from codegen.python.operations import OperationReader, find
from codegen.python.spec import Document, join
from codegen.python.text import Docstring, Identifier

_SUFFIXES = {".yaml", ".yml", ".json"}
_STEM = re.compile(r"[A-Za-z0-9_-]{1,60}")
_SERVER = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*)?")
_VERSION = re.compile(r"[0-9A-Za-z.+_-]{1,40}")


def read_catalog(folder: Path, package: str, version: str) -> PackageModel:
    """Every OpenAPI document of a folder as one package. Raises InputFault with every fault of every document."""
    name = _package(package, version)
    paths = sorted(path for path in folder.iterdir() if path.suffix in _SUFFIXES) if folder.is_dir() else []
    if not paths:
        raise InputFault(Fault(str(folder), "", "holds no OpenAPI document", "name a folder of .yaml or .json files"))
    services: list[ServiceModel] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            services.append(_service(spec.read(path), evidence.read(path)))
        except InputFault as error:
            faults.extend(error.faults)
    faults.extend(_clashes(folder, services))
    if faults:
        raise InputFault(faults)
    return PackageModel(name, version, tuple(services))


def _package(package: str, version: str) -> Identifier:
    try:
        name = Identifier(package)
    except ValueError as error:
        raise InputFault(Fault("--package", "", f"{spec.shown(package)!r} {error}", "choose a module name")) from None
    if package == "contract_tests" or package.startswith("_"):
        raise InputFault(Fault("--package", "", f"{package!r} is taken", "choose another module name"))
    if not _VERSION.fullmatch(version):
        raise InputFault(Fault("version", "", f"{spec.shown(version)!r} is no version", "use something like 1.2.3"))
    return name


def _service(document: Document, behind: Evidence) -> ServiceModel:
    """One document. Raises InputFault with all its faults."""
    extensions.check(document)
    if document.faults:
        raise InputFault(document.faults)
    root = document.root
    module, client = _names(document)
    errors = _errors(document)
    found = find(document)
    reader = OperationReader(document, found, errors)
    operations = reader.read()
    credentials, auth = read_security(document, str(module), [row.node for row in found])
    info = root.get("info", {})
    service = ServiceModel(
        module=module,
        client=client,
        title=str(info.get("title", "")),
        doc=Docstring.of(*str(info.get("description", "")).split("\n\n")),
        base_url=_base_url(document),
        envelope=_envelope(root.get("x-error-codes", {})),
        credentials=credentials,
        auth=auth,
        client_headers=dict(sorted(reader.shared.client_headers.items())),
        header_docs=reader.shared.header_docs,
        errors=errors,
        operations=operations,
        enums=tuple(enum for _, enum in sorted(reader.shared.enums.items())),
        schemas=root.get("components", {}).get("schemas", {}),
        models=reader.replies.models,
        aliases=reader.replies.aliases,
        document=root,
        evidence=behind,
    )
    _check_constructor(document, service)
    _check_classes(document, service)
    if document.faults:
        raise InputFault(document.faults)
    return service


_TAKEN_MODULES = {"testing", "cli", "batch", "upload", "callback", "callbacks"}
"""Modules of the package that no service may replace."""


def _names(document: Document) -> tuple[Identifier, Identifier]:
    """The module and the client class of a document. Raises InputFault."""
    stem = document.file.rpartition(".")[0]
    try:
        if not _STEM.fullmatch(stem):
            raise ValueError("is no plain name")
        module = names.method(stem)
        client = Identifier(document.root.get("x-python", {}).get("client") or names.pascal(stem))
        if module in _TAKEN_MODULES or names.class_name(client) != client:
            raise ValueError("is taken")
    except ValueError as error:
        problem = spec.shown(f"gives the package a name that {error}")
        raise InputFault(Fault(document.file, "", problem, "rename the file, or give x-python.client")) from None
    return module, client


def _base_url(document: Document) -> str:
    servers = document.root.get("servers", [])
    url = str(servers[0].get("url", "")) if servers else ""
    for name, variable in (servers[0].get("variables", {}) if servers else {}).items():
        url = url.replace("{" + name + "}", str(variable.get("default", "")))
    remedy = "give the https address of the service as servers[0].url"
    if not _SERVER.fullmatch(url):
        document.fault("/servers", f"gives the address {url!r}" if url else "is missing", remedy)
    elif url.startswith("http:") and not _is_loopback(urlsplit(url).hostname or ""):
        document.fault("/servers/0/url", f"is not encrypted: {url!r}", remedy)
    return url.rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


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
        )
        for key, channel in channels
        for code, row in table.get(key, {}).items()
    )


def _check_constructor(document: Document, service: ServiceModel) -> None:
    """Arguments of the constructor and members of the client, each once."""
    arguments = [str(credential.argument) for credential in service.credentials]
    arguments += sorted({str(name) for name in service.client_headers.values()})
    for name in sorted({name for name in arguments if arguments.count(name) > 1 or name in names.CLIENT_KEYWORDS}):
        document.fault("/components/securitySchemes", f"gives the argument {name} twice", "rename one")


def _check_classes(document: Document, service: ServiceModel) -> None:
    """Classes and modules that meet in one file or folder, each once."""
    groups = dict.fromkeys(str(operation.group) for operation in service.operations if operation.group)
    results = dict.fromkeys(operation.returns for operation in service.operations if operation.media)
    worlds = [str(service.client), *(names.class_name(group) for group in groups), *results]
    classes = [*worlds, *(f"Async{name}" for name in worlds), *(str(enum.name) for enum in service.enums)]
    modules = [*names.MODULES, *groups]
    modules += [f"async_{name}" for name in ("client", "results", *groups)]
    for kind, found in (("class", classes), ("module", modules)):
        for name in sorted({name for name in found if found.count(name) > 1}):
            document.fault("/paths", f"two things want to be the {kind} {name}", "rename one with x-python")


def _clashes(folder: Path, services: list[ServiceModel]) -> list[Fault]:
    """Two documents that want one name."""
    faults = []
    seen: dict[str, int] = {}
    for index, service in enumerate(services):
        for name in (str(service.module), str(service.client), f"Async{service.client}"):
            first = seen.setdefault(name, index)
            if first != index or name in _EXPORTS:
                other = (
                    "the package itself" if name in _EXPORTS else f"the document before it ({services[first].title})"
                )
                problem = f"{service.module} and {spec.shown(other)} both give the name {name}"
                faults.append(Fault(str(folder), "", problem, "rename a file, or give x-python.client"))
    return faults


_EXPORTS = {"Task", "AsyncTask", "TaskStatus", "testing", "callback", *names.ERRORS}
"""What the package has besides its clients: what it exports, and its test kit."""
