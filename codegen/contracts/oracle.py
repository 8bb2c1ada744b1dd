"""The oracle of the contract tests: an OpenAPI document, its nodes by pointer, and what its schemas accept.

There is this one, for both kinds of contract tests, and it is one of its own on purpose. The client generator reads
documents with `codegen.openapi`; here pointers are read and references followed once more, and jsonschema has the word
on every value, so that a mistake there is not repeated in the tests of its output. What is shared: the list of the
keywords that the client promises to check, and the engine that runs a pattern.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from codegen.contracts.oracle_pointers import get, join, pointer_of
from codegen.contracts.oracle_validators import SchemaValidators

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
"""Independent of `codegen.openapi` on purpose, as all of this module."""
_SIZES = ("minItems", "maxItems", "minLength", "maxLength")
_NUMBERS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_KINDS: Mapping[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("oneOf", "anyOf", "allOf", "enum", "required", "examples"), list),
    **dict.fromkeys(_SIZES, int),
    **dict.fromkeys(_NUMBERS, (int, float)),
    **dict.fromkeys(("format", "pattern"), str),
    "properties": dict,
}
"""The kinds of the values of the keywords that are read here and by those who propose values."""


class Oracle:
    """One OpenAPI document; every schema in it is addressed by its JSON pointer."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self._validators = SchemaValidators(document, self._chain)
        self._places: dict[str, str] = {}
        self._verdicts: dict[tuple[str, str, bytes], bool] = {}

    def at(self, pointer: str) -> Any:
        """Return the node at a pointer, references not followed; None where there is none."""
        return get(self.document, pointer)

    def _behind(self, node: Any) -> Iterator[str]:
        """Yield the places that the reference of a node leads to, one after the other; a circle ends."""
        passed: set[str] = set()
        while isinstance(node, Mapping):
            target = pointer_of(node.get("$ref"))
            if target is None or target in passed:
                return
            passed.add(target)
            yield target
            node = self.at(target)

    def _chain(self, node: Any) -> Iterator[Any]:
        """Yield a node and those that its reference leads to."""
        yield node
        yield from map(self.at, self._behind(node))

    def place(self, pointer: str) -> str:
        """Return the pointer of the same node with every reference on the way followed: one fact, one pointer.

        A step that stands beside a reference is not looked for behind it.
        """
        place = self._places.get(pointer)
        if place is None:
            place, node = "", self.at("")
            for step in pointer.split("/")[1:]:
                if get(node, f"/{step}") is None:
                    place = self._end(place, node)
                    node = self.at(place)
                place = f"{place}/{step}"
                node = get(node, f"/{step}")
            place = self._places[pointer] = self._end(place, node)
        return place

    def _end(self, place: str, node: Any) -> str:
        return [place, *self._behind(node)][-1]

    def node(self, pointer: str) -> tuple[Mapping[str, Any], str]:
        """Return the object at a pointer, references followed, and where it is; {} where there is none."""
        place = self.place(pointer)
        node = self.at(place)
        is_object = isinstance(node, Mapping) and pointer_of(node.get("$ref")) is None  # else a circle
        return (node if is_object else {}), place

    def schema(self, pointer: str) -> tuple[str, Mapping[str, Any]]:
        """Return the schema at a pointer, references followed, with the place it stands at.

        `true` is the empty schema. A keyword with a value of another kind than its own is left out.
        """
        node, place = self.node(pointer)
        wrong = {name for name, kind in _KINDS.items() if name in node and not isinstance(node[name], kind)}
        return place, {name: value for name, value in node.items() if name not in wrong} if wrong else node

    def accepts(self, pointer: str, value: Any, mode: str = "schema") -> bool:
        """Return whether a schema accepts a value. `mode`: one of `oracle_validators.MODES`."""
        try:
            text = json.dumps(value, sort_keys=True).encode()
        except (TypeError, ValueError, RecursionError):  # no JSON, which no schema accepts
            return self.breach(pointer, value, mode) is None
        key = (self._alone(pointer), mode, hashlib.blake2b(text, digest_size=16).digest())
        if key not in self._verdicts:
            self._verdicts[key] = self.breach(pointer, value, mode) is None
        return self._verdicts[key]

    def breach(self, pointer: str, value: Any, mode: str) -> str | None:
        """Return the keyword that refuses a value, "" where no keyword does; None where the schema accepts it."""
        return next(iter(self._validators.breaches(self._alone(pointer), value, mode, 1)), None)

    def faults(self, pointer: str, value: Any, mode: str) -> int:
        """Return how many faults a value has: none, one, or two for more than one."""
        return len(self._validators.breaches(self._alone(pointer), value, mode, 2))

    def _alone(self, pointer: str) -> str:
        """Return where a schema is that is nothing but a reference: operations share their schemas."""
        node = self.at(pointer)
        if node is None:
            return self.place(pointer)
        for target in self._behind(node):
            if len(node) > 1:
                break
            pointer, node = target, self.at(target)
        return pointer

    def can_send(self, alternative: Mapping[str, Any]) -> bool:
        """Return whether each scheme of one alternative of security writes another place of the request."""
        places = self.key_places(alternative)
        return len(places) == len(set(places))

    def key_places(self, alternative: Mapping[str, Any]) -> list[tuple[Any, str]]:
        """Return where the keys of one alternative of security stand, with their names there."""
        places = []
        for name in alternative:
            scheme = self.node(join("/components/securitySchemes", name))[0]
            if scheme.get("type") == "apiKey":
                key = str(scheme.get("name"))
                places.append((scheme.get("in"), key.lower() if scheme.get("in") == "header" else key))
            else:
                places.append(("header", "authorization"))
        return places

    def parameters(self, pointer: str) -> dict[tuple[str, str], tuple[Mapping[str, Any], str]]:
        """Return (name, place) → the parameters of an operation with their pointers, the operation's own first."""
        parameters: dict[tuple[str, str], tuple[Mapping[str, Any], str]] = {}
        for owner in (pointer.rpartition("/")[0], pointer):
            node, place = self.node(owner)
            rows = node.get("parameters")
            for index in range(len(rows) if isinstance(rows, list) else 0):
                parameter, where = self.node(join(place, "parameters", index))
                parameters[str(parameter.get("name")), str(parameter.get("in"))] = (parameter, where)
        return parameters
