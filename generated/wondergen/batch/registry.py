# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The operations and clients of this package by name: what a row of a batch calls."""

from __future__ import annotations

import hashlib
import json
import pkgutil
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .._runtime import uploads, wire
from .._runtime.aio.client import AsyncAPIClient
from .._runtime.errors import ArgumentFault, InvalidRequest
from .._runtime.local_files import Uploader
from .._runtime.messages import guess
from .._runtime.operation import Operation
from .._runtime.pointer import MISSING, get
from .._runtime.request import call_faults, key_fault, split_options

if TYPE_CHECKING:
    from pydantic import BaseModel

FILE, SHA256 = "$local-file", "$sha256"
"""The keys of the object that stands for a local file in a stored row."""
_ROOT = (__package__ or "").rpartition(".")[0]


@cache
def services() -> tuple[str, ...]:
    """Return the services of this package by the names of their modules."""
    folder = Path(__file__).resolve().parent.parent
    names = [one.name for one in pkgutil.iter_modules([str(folder)]) if one.ispkg and not one.name.startswith("_")]
    return tuple(name for name in names if (folder / name / "operations.py").is_file())


@cache
def operations(service: str) -> Mapping[str, Operation]:
    """Return the operations of a service by their names in Python."""
    module = import_module(f"{_ROOT}.{service}.operations")
    return {value.name: value for value in vars(module).values() if isinstance(value, Operation)}


def find(name: object) -> tuple[Operation | None, str | None]:
    """Return the paid operation of SERVICE.NAME, or what is wrong with the name."""
    operation, problem = find_any(name)
    if operation is not None and operation.kind == "query":
        return None, f"{name!r} costs nothing and makes nothing: a batch is of paid calls"
    return operation, problem


def find_any(name: object) -> tuple[Operation | None, str | None]:
    """Return the operation of SERVICE.NAME, or what is wrong with the name."""
    if not isinstance(name, str):
        return None, "is missing: name the operation as SERVICE.NAME" if name is None else "is not text"
    service, _, short = name.replace("-", "_").partition(".")
    if service not in services():
        return None, f"{name!r} begins with no service{guess(service, services())}"
    by_name = operations(service)
    if short not in by_name:
        return None, f"{service} has no operation {short!r}{guess(short, by_name)}"
    return by_name[short], None


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row that may be added."""

    operation: Operation
    text: str
    """The arguments as JSON; a local file as {FILE: its path, SHA256: of its bytes}."""
    digest: str
    """The same for the same request, wherever its files are."""


def check_row(
    name: object, arguments: object, key: object, *, has_uploader: bool = False, keep: Path | None = None
) -> CheckedRow:
    """Check a row. Raises InvalidRequest with everything that is wrong with it.

    `keep`: the folder for copies of open files; None: the row is only checked, and none is made.
    """
    operation, problem = find(name)
    problems = [] if problem is None else [ArgumentFault("operation", problem)]
    if problem := key_fault(key):
        problems.append(ArgumentFault("key", problem, "text of 1 to 255 characters"))
    elif not str(key).isprintable():
        problems.append(ArgumentFault("key", "has a control character"))
    if not isinstance(arguments, Mapping):
        problems.append(ArgumentFault("arguments", f"is {type(arguments).__name__}, not a mapping", "a mapping"))
    if operation is None or not isinstance(arguments, Mapping):
        raise InvalidRequest(str(name), problems)
    with uploads.read_files(operation, arguments, has_uploader=has_uploader) as files:
        problems += [*files.faults, *call_faults(operation, *split_options(files.arguments))]
        if problems:
            raise InvalidRequest(str(name), list(dict.fromkeys(problems)))
        arguments = files.arguments
        copies = {upload.placeholder: _stored_file(upload, keep) for upload in files.uploads}
    full = f"{operation.service.name}.{operation.name}"
    digest = hashlib.sha256(f"{full}\n{_json(arguments)}".encode()).hexdigest()
    return CheckedRow(operation, _json(uploads.fill(arguments, copies)), digest)


def _json(value: object) -> str:
    return json.dumps(wire.plain(value), ensure_ascii=False, sort_keys=True, allow_nan=False)


def _stored_file(upload: uploads.Upload, keep: Path | None) -> dict[str, str]:
    """Return how a row holds a local file. A copy of an open file is put where a later run finds it."""
    path = upload.path.absolute()
    if upload.is_copy and keep is not None:
        path = (keep / f"{upload.sha256}.{upload.facts.format or 'bin'}").absolute()
        keep.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            shutil.copyfile(upload.path, path.with_suffix(".part"))
            path.with_suffix(".part").replace(path)
    return {FILE: str(path), SHA256: upload.sha256}


def arguments_of(operation: str, text: str) -> dict[str, Any]:
    """Return the arguments of a row, local files as paths. Raises InvalidRequest where one is not as it was."""
    problems: list[ArgumentFault] = []
    arguments = {name: _with_path(name, value, problems) for name, value in json.loads(text).items()}
    if problems:
        raise InvalidRequest(operation, problems)
    return arguments


def _with_path(name: str, value: Any, problems: list[ArgumentFault]) -> Any:
    if isinstance(value, list):
        return [_with_path(name, item, problems) for item in value]
    if not isinstance(value, dict) or set(value) != {FILE, SHA256}:
        return value
    path = Path(value[FILE])
    try:
        with open(path, "rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != value[SHA256]:
                problems.append(ArgumentFault(name, f"{str(path)!r} has changed since the row was added"))
    except OSError as error:
        problems.append(ArgumentFault(name, f"{str(path)!r} cannot be read: {error.strerror or error}"))
    return path


@cache
def client_class(service: str) -> type[AsyncAPIClient]:
    """Return the asynchronous client of a service."""
    module = import_module(f"{_ROOT}.{service}.async_client")
    return next(
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, AsyncAPIClient) and value is not AsyncAPIClient
    )


def make_client(service: str, uploader: Uploader | None = None) -> AsyncAPIClient:
    """Return a client with the credentials of the environment. The journal of its calls is the batch's."""
    instance: Any = client_class(service)
    client: AsyncAPIClient = instance(uploader=uploader)
    return client


def balance_of(service: str) -> tuple[Operation, str] | None:
    """Return the operation that tells the credits left and where in its reply; None where the service has none."""
    return next(((one, one.balance) for one in operations(service).values() if one.balance is not None), None)


def balance_in(reply: BaseModel, operation: Operation, pointer: str) -> object:
    """Return the credits that a reply tells; the whole reply as JSON has it where they are not at their place."""
    body: object = reply.model_dump(mode="json", warnings=False)
    balance = get(body, pointer.removeprefix(operation.reply_at))
    return body if balance is MISSING else balance
