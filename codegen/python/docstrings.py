"""The docstrings of generated code: of a method, a client, a group, a result, a module."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from codegen.python.docs import alternatives, sentence
from codegen.python.model import ErrorModel, OperationModel, PackageModel, Parameter, Sentence, ServiceModel
from codegen.python.text import Docstring, plain

_NOUNS = {"video": "video", "image": "images", "audio": "audio", "diagram": "diagram", "file": "files"}
_OPTIONS = {
    "timeout": "Seconds that this call may take. Default: the client's timeout.",
    "extra_body": "Fields that are merged into the request body, for what this client does not know yet.",
    "extra_headers": "Headers that are sent with this call.",
}
_KEY = (
    "Your name for this call, for a client with `journal=`. A second call with this key returns the same task or "
    "result and sends nothing."
)


def method(service: ServiceModel, operation: OperationModel, *, is_async: bool) -> Docstring:
    """Return the docstring of a method."""
    summary, description = operation.summary.text, " ".join(operation.description.text.split())
    return Docstring.joined(
        operation.summary,
        None if description == " ".join(summary.split()) else operation.description,
        operation.traits,
        Docstring.section("Args", _arguments(operation)),
        _returns(operation, is_async=is_async),
        Docstring.section("Raises", _raises(service, operation, is_async=is_async)),
    )


def pages(service: ServiceModel, operation: OperationModel, *, is_async: bool) -> Docstring:
    """Return the docstring of a method that iterates over pages."""
    rows = {name: row for name, row in _arguments(operation).items() if name != "key"}
    rows["timeout"] = Docstring.of("Seconds that the call for one page may take. Default: the client's timeout.")
    return Docstring.joined(
        operation.summary,
        Docstring.of(
            "Iterates over the items of every page. A page is requested when the items before it are used up."
        ),
        Docstring.section("Args", rows),
        Docstring.section("Returns", {"": Docstring.of("An iterator over the items.")}),
        Docstring.section("Raises", _raises(service, operation, is_async=is_async)),
    )


def with_headers(service: ServiceModel, operation: OperationModel, *, is_async: bool) -> Docstring:
    """Return the docstring of a method that also returns the headers of the reply."""
    return Docstring.joined(
        operation.summary,
        Docstring.section("Args", _arguments(operation)),
        Docstring.section("Returns", {"": Docstring.of("The reply, and the headers that the document describes.")}),
        Docstring.section("Raises", _raises(service, operation, is_async=is_async)),
    )


def parameter(item: Parameter) -> Docstring:
    """Return the text of a parameter, with unit, range and default."""
    return Docstring.of(" ".join(text for _, text in sentences(item)))


def sentences(item: Parameter) -> tuple[Sentence, ...]:
    """Return what there is to say about a parameter; where it goes, if there is nothing else."""
    own = tuple(one for one in item.sentences if plain(one.text))
    if own:
        return own
    if item.location == "whole":
        return (Sentence("about", "The body of the request."),)
    start = "In" if item.name == item.wire_name else f"Sent as {item.wire_name} in"
    return (Sentence("about", f"{start} the {item.location}."),)


def _arguments(operation: OperationModel) -> Mapping[str, Docstring]:
    rows = {str(item.name): parameter(item) for item in operation.parameters}
    options = {**_OPTIONS, "key": _KEY} if operation.takes_key else dict(_OPTIONS)
    if operation.body_at is None:
        options["extra_body"] = "Not accepted: this operation sends no body."
    return {**rows, **{name: Docstring.of(words) for name, words in options.items()}}


def _returns(operation: OperationModel, *, is_async: bool) -> Docstring | None:
    """Return what a docstring says of the value that a method returns; None where it returns nothing."""
    text = {"none": "", "content": "The body of the reply, with its media type and its file name."}.get(
        operation.reply.kind, "The reply."
    )
    if operation.media:
        name, noun = f"Async{operation.returns}" if is_async else operation.returns, _NOUNS[operation.media]
        text = f"The {name}, whose `save()` saves the {noun}."
        if operation.kind == "submit":
            text = f"The task that was started. Its `wait()` returns the {name}, whose `save()` saves the {noun}."
    return Docstring.section("Returns", {"": Docstring.of(text)}) if text else None


def _raises(service: ServiceModel, operation: OperationModel, *, is_async: bool) -> Mapping[str, Docstring]:
    """Return the errors of a method. The codes of the whole service are listed once, in the client's docstring."""
    rows = {}
    if operation.parameters:
        rows["InvalidRequest"] = Docstring.of("An argument is missing or not allowed. Nothing was sent.")
    rows |= _by_class([error for error in operation.errors if error not in service.errors])
    if service.errors:
        client_name = f"Async{service.client}" if is_async else service.client
        rows["APIError"] = Docstring.of(
            f"The service refused the call or failed. The docstring of {client_name} lists the codes and their classes."
        )
    if operation.kind == "query":
        rows["ConnectFailed"] = Docstring.of("The service could not be reached, or its reply did not arrive whole.")
    else:
        rows["ConnectFailed"] = Docstring.of("The service could not be reached. It has not received the request.")
        rows["OutcomeUnknown"] = Docstring.of(
            "The service may have accepted the call and charged for it. It is not sent again."
        )
    return rows


def _by_class(errors: Sequence[ErrorModel]) -> dict[str, Docstring]:
    """Return one row an error class, with the codes that it stands for."""
    names = dict.fromkeys(str(error.error) for error in errors)
    return {name: Docstring.of(_meanings([error for error in errors if error.error == name])) for name in names}


def _meanings(errors: list[ErrorModel]) -> str:
    """Return codes with their meaning: HTTP 400 or 413 (The request was refused), 40001 (The key is not valid)."""
    codes: dict[str, list[str]] = {}
    for error in errors:
        channel = "HTTP " if error.channel == "http" else ""
        codes.setdefault(f"{channel}@ ({error.meaning.strip().rstrip('.')})", []).append(error.code)
    return f"{', '.join(row.replace('@', alternatives(names), 1) for row, names in codes.items())}."


def _where_from(obtain: str) -> str:
    """Return the sentence that says where a key is obtained: at a URL, or as the text itself says."""
    if not obtain:
        return ""
    return f"Get one at {obtain}" if obtain.startswith(("https://", "http://")) else sentence(obtain)


def client(service: ServiceModel, *, is_async: bool) -> Docstring:
    """Return the docstring of a client class and its constructor."""
    rows: dict[str, Docstring] = {}
    for credential in service.credentials:
        text = f"Credential. Default: the environment variable {credential.variable}."
        rows[str(credential.argument)] = Docstring.of(f"{text} {_where_from(credential.obtain)}".strip())
    for header, argument in service.client_headers.items():
        note = service.header_docs.get(header)
        rows[str(argument)] = Docstring.of(f"{note.text if note else ''} Sent as the header {header}.")
    library = "httpx.AsyncClient" if is_async else "httpx.Client"
    options = {
        "base_url": f"URL of the service. Default: {service.base_url}."
        if service.base_url
        else "URL of the service. It has to be given: the document names none over https.",
        "timeout": "Seconds that one call may take. Default: 120, and 30 for a call that costs nothing.",
        "max_retries": "How often a request may be sent again if that cannot charge twice. Default: 2.",
        "http_client": f"An {library} of your own, for a proxy or a pool. You close it.",
        "extra_headers": "Headers that are sent with every call.",
        "uploader": "Function that uploads the file at a path and returns its https URL. Default: none.",
        "journal": "SQLite file that records each paid call before it is sent. Default: none.",
    }
    rows.update({name: Docstring.of(text) for name, text in options.items()})
    title = service.title or str(service.client)
    return Docstring.joined(
        Docstring.of(f"{'Asynchronous client' if is_async else 'Client'} of {title}."),
        service.doc,
        Docstring.section("Args", rows),
        Docstring.section("Errors", _by_class(service.errors)) if service.errors else None,
    )


def group(service: ServiceModel, name: str) -> Docstring:
    """Return the docstring of the class of a group of methods."""
    return Docstring.of(f"Methods for {name.replace('_', ' ')}, one per model of {service.title or service.client}.")


def result(service: ServiceModel, operation: OperationModel) -> Docstring:
    """Return the docstring of the class of a result."""
    description = service.schemas.get(operation.output_schema or "", {}).get("description", "")
    if isinstance(description, str) and description:
        return Docstring.of(description)
    source = "the call" if operation.task is None else "the task"
    return Docstring.of(f"The {_NOUNS.get(operation.media, 'result')} that {source} made.")


def client_module(service: ServiceModel, *, is_async: bool) -> Docstring:
    """Return the docstring of the module of a client."""
    return Docstring.of(f"{'Asynchronous client' if is_async else 'Client'} of {service.title or service.client}.")


def group_module(service: ServiceModel, name: str, *, is_async: bool) -> Docstring:
    """Return the docstring of the module of a group of methods."""
    client_name = f"Async{service.client}" if is_async else service.client
    return Docstring.of(f"The methods of `{client_name}.{name}`.")


def operations_module(service: ServiceModel) -> Docstring:
    """Return the docstring of `operations.py`."""
    return Docstring.of(f"The operations of {service.title or service.client} as data: requests, replies and tasks.")


def inputs_module(service: ServiceModel) -> Docstring:
    """Return the docstring of the module with the types of objects in requests."""
    return Docstring.of(f"Types of the objects in requests of {service.title or service.client}, for type checkers.")


def arguments_module(service: ServiceModel) -> Docstring:
    """Return the docstring of `arguments.py`."""
    return Docstring.of(
        f"Models of the arguments of {service.title or service.client}, one per method, checked before sending."
    )


def models_module(service: ServiceModel) -> Docstring:
    """Return the docstring of `models.py`."""
    return Docstring.of(f"Models of the replies of {service.title or service.client}. Unlisted fields are kept too.")


def results_module(service: ServiceModel) -> Docstring:
    """Return the docstring of `results.py`."""
    return Docstring.of(
        f"Results of {service.title or service.client}: typed fields, the URLs of the files, and `save()`."
    )


def enums_module(service: ServiceModel) -> Docstring:
    """Return the docstring of `enums.py`."""
    return Docstring.of(f"Enums of {service.title or service.client}: numbers by name.")


def service_package(service: ServiceModel) -> Docstring:
    """Return the docstring of the package of a service."""
    return Docstring.of(f"{service.title or service.client}: {service.client} and Async{service.client}.")


def package(model: PackageModel) -> Docstring:
    """Return the docstring of the whole package."""
    names = ", ".join(str(service.client) for service in model.services)
    return Docstring.of(
        f"Typed clients: {names}; for asyncio Async{names.replace(', ', ', Async')}.",
        "Unofficial, generated from the documents of the services. Modules are imported when they are first used.",
    )
