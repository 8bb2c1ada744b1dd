# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""A call by name: the operation that a name means, and its arguments as the method takes them."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from .errors import ArgumentFault, InvalidRequest
from .operation import Service
from .spelling import plain
from .wire import natural

OPTIONS = frozenset({"timeout", "extra_body", "extra_headers", "key"})
"""What every method takes beside the arguments of its operation."""


def resolve(service: Service, name: str, arguments: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the method that a name means, group included, and its keywords. Raises InvalidRequest with every fault.

    The name is that in Python, of the model, of the vendor, or the operationId. Arguments have their names in Python or
    on the wire, and values in either form: 10 or "10s".
    """
    names = import_module(f"..{service.name}._names", __package__)
    method = target_of(name, names.OPERATIONS)
    if method is None:
        close = difflib.get_close_matches(name, names.OPERATIONS)
        hint = f"did you mean {close[0]!r}?" if close else "explain lists the operations"
        raise InvalidRequest(name, [ArgumentFault("name", f"no operation of {service.name} is called so; {hint}")])
    parameters: Mapping[str, tuple[str, Any]] = names.ARGUMENTS[method]
    by_python = {python: (python, form) for python, form in parameters.values()}
    keywords: dict[str, Any] = {}
    faults = []
    for key, value in arguments.items():
        python, form = parameters.get(key) or by_python.get(key) or (None, None)
        if python is None:
            faults.append(ArgumentFault(str(key), f"{method} has no such argument; it has {', '.join(by_python)}"))
        elif python in keywords:
            faults.append(ArgumentFault(str(key), f"{python} is given twice"))
        else:
            keywords[python] = natural(value, form)
    if faults:
        raise InvalidRequest(method, faults)
    return method, keywords


def target_of(name: str, names: Mapping[str, str]) -> str | None:
    """Return what a name stands for: written exactly so, or the only one that differs in case and punctuation alone."""
    if name in names:
        return names[name]
    plain_name = plain(name)
    similar = {target for key, target in names.items() if plain_name and plain(key) == plain_name}
    return similar.pop() if len(similar) == 1 else None
