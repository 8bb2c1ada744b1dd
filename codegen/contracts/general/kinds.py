"""The kinds of a value among which a discriminator decides, each in a call of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from codegen.contracts.oracle import Oracle
from codegen.contracts.oracle_pointers import join
from codegen.openapi.samples import Samples
from codegen.python.model import OperationModel, Parameter

_MOST = 4


def other_kinds(
    operation: OperationModel, oracle: Oracle, samples: Samples, call: Mapping[str, Any]
) -> Iterator[tuple[Parameter, Any, dict[str, Any]]]:
    """Yield calls like one, each with another kind of a value in its body: the parameter, its value, the call."""
    in_json = operation.body is not None and operation.body.kind == "json"
    for parameter in operation.parameters if in_json else ():
        if parameter.location not in ("body", "whole") or parameter.content == "choice":
            continue
        node, place = oracle.node(parameter.pointer)
        is_list = isinstance(node.get("items"), Mapping)
        if is_list:
            node, place = oracle.node(join(place, "items"))
        if not isinstance(node.get("discriminator"), Mapping):
            continue
        for sample in islice(samples.of(oracle.at(place), place, "fullest"), _MOST):
            value = [sample] if is_list else sample
            yield parameter, value, {**call, str(parameter.name): value}
