# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Whether a request is right, without a key and without sending it: the client's own judgement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._runtime.errors import ArgumentFault, InvalidRequest
from .._runtime.operation import Operation
from .._runtime.request import CallOptions, ClientHeaders, build
from .._runtime.secret import Credentials

NO_KEY = "not-a-key"
"""Stands in for every key where none is needed."""


def faults(
    operation: Operation, arguments: Mapping[str, Any], options: CallOptions | None = None
) -> list[ArgumentFault]:
    """Return everything wrong with a call."""
    service = operation.service
    keys = Credentials(service, {one.argument: NO_KEY for one in service.credentials}, {})
    try:
        build(
            operation,
            arguments,
            options or CallOptions(),
            base_url=service.base_url,
            headers=ClientHeaders(keys, ()),
        )
    except InvalidRequest as error:
        return list(error.faults)
    return []
