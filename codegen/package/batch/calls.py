"""The operations and clients of this package by name: what a row of a batch calls."""

from __future__ import annotations

import hashlib
import json
import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from .._runtime import wire
from .._runtime.aio.client import AsyncAPIClient
from .._runtime.errors import ArgumentFault, InvalidRequest
from .._runtime.messages import guess
from .._runtime.operation import Operation
from .._runtime.request import CallOptions, ClientHeaders, build, key_fault
from .._runtime.secret import Credentials

NO_KEY = "not-a-key"
"""Stands in for every credential where a call is only checked."""
_ROOT = (__package__ or "").rpartition(".")[0]
OPTIONS = ("timeout", "extra_body", "extra_headers")
"""What a row may have among its arguments beside those of the operation."""


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
    """Return the operation of SERVICE.NAME, or what is wrong with the name."""
    if not isinstance(name, str):
        return None, "is missing: name the operation as SERVICE.NAME" if name is None else "is no text"
    service, _, short = name.replace("-", "_").partition(".")
    if service not in services():
        return None, f"{name!r} begins with no service{guess(service, services())}"
    known = operations(service)
    if short not in known:
        return None, f"{service} has no operation {short!r}{guess(short, known)}"
    if known[short].kind == "query":
        return None, f"{name!r} costs nothing and makes nothing: a batch is of paid calls"
    return known[short], None


def faults(operation: Operation, arguments: Mapping[str, Any]) -> list[ArgumentFault]:
    """Return everything wrong with a call, as the client would say it."""
    own = {name: value for name, value in arguments.items() if name not in OPTIONS}
    options = CallOptions(**{name: arguments[name] for name in OPTIONS if name in arguments})
    service = operation.service
    keys = Credentials(service, {one.argument: NO_KEY for one in service.credentials}, {})
    try:
        build(operation, own, options, base_url=service.base_url, headers=ClientHeaders(keys, ()))
    except InvalidRequest as error:
        return list(error.faults)
    return []


def checked(name: object, arguments: object, key: object) -> tuple[Operation, str, str]:
    """Return operation, arguments as JSON and digest of a row, or raise InvalidRequest with all that is wrong."""
    operation, problem = find(name)
    found = [] if problem is None else [ArgumentFault("operation", problem)]
    if problem := key_fault(key):
        found.append(ArgumentFault("key", problem, "text of 1 to 255 characters"))
    elif not str(key).isprintable():
        found.append(ArgumentFault("key", "has a control character"))
    if not isinstance(arguments, Mapping):
        found.append(ArgumentFault("arguments", f"is {type(arguments).__name__}, not a mapping", "a mapping"))
    elif operation is not None:
        found += faults(operation, arguments)
    if found or operation is None or not isinstance(arguments, Mapping):
        raise InvalidRequest(str(name), found)
    text = json.dumps(wire.plain(arguments), ensure_ascii=False, sort_keys=True, allow_nan=False)
    full = f"{operation.service.name}.{operation.name}"
    return operation, text, hashlib.sha256(f"{full}\n{text}".encode()).hexdigest()


@cache
def client_class(service: str) -> type[AsyncAPIClient]:
    """Return the asynchronous client of a service."""
    module = import_module(f"{_ROOT}.{service}.async_client")
    return next(
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, AsyncAPIClient) and value is not AsyncAPIClient
    )


def make_client(service: str) -> AsyncAPIClient:
    """Return a client with the credentials of the environment. The journal of its calls is the batch's."""
    made: Any = client_class(service)
    client: AsyncAPIClient = made()
    return client


def balance_of(service: str) -> tuple[Operation, str] | None:
    """Return the operation that tells the credits left and where in its reply; None where the service has none."""
    return next(((one, one.balance) for one in operations(service).values() if one.balance is not None), None)
