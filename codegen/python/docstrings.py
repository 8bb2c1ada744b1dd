"""The docstrings of generated code: of a method, a client, a group, a result, a module."""

from __future__ import annotations

from collections.abc import Mapping

from codegen.python.docs import alternatives
from codegen.python.model import ErrorModel, OperationModel, PackageModel, ServiceModel
from codegen.python.text import Docstring

_NOUNS = {"video": "video", "image": "images", "audio": "audio", "diagram": "diagram", "file": "files"}


def method(operation: OperationModel, *, is_async: bool) -> Docstring:
    """What a method makes, takes, returns and raises, and which documents say so."""
    return Docstring.joined(
        operation.summary,
        operation.description,
        Docstring.section("Args", _arguments(operation)),
        Docstring.section("Returns", {"": _returns(operation, is_async=is_async)}),
        Docstring.section("Raises", _raises(operation)),
        Docstring.section("Source", {"": Docstring.of(f"{', '.join(operation.sources)}.")})
        if operation.sources
        else None,
    )


def _arguments(operation: OperationModel) -> Mapping[str, Docstring]:
    rows = {
        str(parameter.name): parameter.doc or Docstring.of("Not described by the documents.")
        for parameter in operation.parameters
    }
    return {
        **rows,
        "timeout": Docstring.of("Seconds for this call, in place of the client's."),
        "extra_body": Docstring.of("Merged into the body as it is: what this client does not know yet."),
        "extra_headers": Docstring.of("Sent with this call."),
    }


def _returns(operation: OperationModel, *, is_async: bool) -> Docstring:
    if operation.kind == "submit":
        name = f"Async{operation.returns}" if is_async else operation.returns
        return Docstring.of(f"The task. Its `wait()` gives the {name}, with the {_NOUNS[operation.media]} to save.")
    if operation.media:
        return Docstring.of(f"The {_NOUNS[operation.media]} to save.")
    return Docstring.of("The reply.")


def _raises(operation: OperationModel) -> Mapping[str, Docstring]:
    rows = {}
    if operation.parameters:
        rows["InvalidRequest"] = Docstring.of("An argument is missing or out of range. Nothing was sent.")
    for name in dict.fromkeys(str(error.error) for error in operation.errors):
        rows[name] = Docstring.of(_meanings([error for error in operation.errors if error.error == name]))
    rows["ConnectFailed"] = Docstring.of("The service could not be reached. It did nothing.")
    if operation.kind != "query":
        rows["OutcomeUnknown"] = Docstring.of("The call may have been accepted, and paid for. It is not sent again.")
    return rows


def _meanings(errors: list[ErrorModel]) -> str:
    """HTTP 400 or 413 (The request was refused), 40001 (The key is not valid)."""
    codes: dict[str, list[str]] = {}
    for error in errors:
        channel = "HTTP " if error.channel == "http" else ""
        codes.setdefault(f"{channel}@ ({error.meaning.strip().rstrip('.')})", []).append(error.code)
    return f"{', '.join(row.replace('@', alternatives(found), 1) for row, found in codes.items())}."


def client(service: ServiceModel, *, is_async: bool) -> Docstring:
    """The class of a client, its constructor included."""
    rows: dict[str, Docstring] = {}
    for credential in service.credentials:
        rows[str(credential.argument)] = Docstring.of(
            f"Default: the environment variable {credential.variable}. To obtain one: {credential.obtain}"
        )
    for header, argument in service.client_headers.items():
        note = service.header_docs.get(header)
        rows[str(argument)] = Docstring.of(f"{note.text if note else ''} Sent as the header {header}.")
    library = "httpx.AsyncClient" if is_async else "httpx.Client"
    shared = {
        "base_url": f"Where the service is. Default: {service.base_url}.",
        "timeout": "Seconds for each call. Default: 120.",
        "max_retries": "How often a call is repeated that certainly did nothing, or that costs nothing.",
        "http_client": f"An {library} of your own, for a proxy or a pool. You close it.",
        "extra_headers": "Sent with every call.",
        "journal": "A file that remembers every paid call, so that none is lost if this process dies.",
    }
    rows.update({name: Docstring.of(text) for name, text in shared.items()})
    title = service.title or str(service.client)
    return Docstring.joined(
        Docstring.of(f"{title}{', for asyncio' if is_async else ''}."), service.doc, Docstring.section("Args", rows)
    )


def group(service: ServiceModel, name: str) -> Docstring:
    """The class of a group of methods."""
    return Docstring.of(
        f"{name.replace('_', ' ').capitalize()}: one method a model of {service.title or service.client}."
    )


def result(service: ServiceModel, operation: OperationModel) -> Docstring:
    """The class of a result."""
    described = service.schemas.get(operation.output_schema or "", {}).get("description", "")
    return Docstring.of(described if isinstance(described, str) and described else f"What {operation.qualified} made.")


def client_module(service: ServiceModel, *, is_async: bool) -> Docstring:
    """The file of a client."""
    return Docstring.of(f"The {'asynchronous ' if is_async else ''}client of {service.title or service.client}.")


def group_module(service: ServiceModel, name: str, *, is_async: bool) -> Docstring:
    """The file of a group of methods."""
    client_name = f"Async{service.client}" if is_async else service.client
    return Docstring.of(f"What stands under `{name}` of {client_name}.")


def operations_module(service: ServiceModel) -> Docstring:
    """The file of the operations."""
    return Docstring.of(f"{service.title or service.client} as data: what is sent where, and what the replies mean.")


def arguments_module(service: ServiceModel) -> Docstring:
    """The file of the arguments models."""
    return Docstring.of(f"What {service.title or service.client} accepts: one model a method, checked before sending.")


def models_module(service: ServiceModel) -> Docstring:
    """The file of the reply models."""
    return Docstring.of(f"What {service.title or service.client} replies. Fields that are not listed are kept too.")


def results_module(service: ServiceModel) -> Docstring:
    """The file of the results."""
    return Docstring.of(
        f"What {service.title or service.client} makes: typed fields, the files' URLs, and saving them."
    )


def enums_module(service: ServiceModel) -> Docstring:
    """The file of the named numbers."""
    return Docstring.of(f"Names for numbers of {service.title or service.client}.")


def service_package(service: ServiceModel) -> Docstring:
    """The package of one service."""
    return Docstring.of(f"{service.title or service.client}: {service.client} and Async{service.client}.")


def package(model: PackageModel) -> Docstring:
    """The whole package."""
    names = ", ".join(str(service.client) for service in model.services)
    return Docstring.of(
        f"Typed clients: {names}, each with its asynchronous twin.",
        "Unofficial, made from the services' documents. Nothing is imported before it is used.",
    )
