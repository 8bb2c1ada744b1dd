"""Generic schemas: a template with `$dynamicRef`, and schemas that take it and bind its `$dynamicAnchor`.

Each schema that binds a name gets a copy of what it takes, in which the name leads to what it binds. Of several schemas
that bind one name the outermost counts, as JSON Schema has it. Behind this module there are plain references alone.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from codegen.openapi.pointers import find, join, reference_to, resolve, steps, target_of
from codegen.openapi.walk import nodes

_Bound = dict[str, str]
"""Name of a `$dynamicAnchor` → the pointer of the schema that it leads to."""
_MOST_COPIED = 100_000
"""Nodes that are copied. What needs more keeps its `$dynamicRef`: the operations that use it are left out."""
_MOST_NAMES = 100
_BESIDE = frozenset({"$ref", "$defs", "$dynamicAnchor", "title", "description"})


def instantiate(root: dict[str, Any], resources: set[str], defaults: Mapping[str, str]) -> None:
    """Write the generic schemas of a document as plain ones, in place.

    `resources`: the pointers of schemas that have an `$id`. `defaults`: pointer of a schema with `$dynamicRef` → what
    it leads to where nothing binds its name.
    """
    every = list(_schemas(root, ""))
    if any("$dynamicRef" in node for node, _ in every):
        _Generics(root, every, resources, defaults).settle()
    for node, _ in _schemas(root, ""):
        if isinstance(node.get("$dynamicAnchor"), str):
            del node["$dynamicAnchor"]


def _schemas(root: Any, pointer: str) -> Iterator[tuple[dict[str, Any], str]]:
    return ((node, place) for node, place, _ in nodes(root, pointer) if isinstance(node, dict))


def _dynamic(node: Mapping[str, Any]) -> str:
    """Return the name that a `$dynamicRef` looks for; "" where there is none."""
    reference = node.get("$dynamicRef")
    return reference.rpartition("#")[2] if isinstance(reference, str) and "$ref" not in node else ""


class _Generics:
    def __init__(
        self,
        root: dict[str, Any],
        every: list[tuple[dict[str, Any], str]],
        resources: set[str],
        defaults: Mapping[str, str],
    ) -> None:
        self._root = root
        self._original = copy.deepcopy(root)
        self._defaults = defaults
        self._bindings: dict[str, _Bound] = {}
        for node, pointer in every:
            if isinstance(name := node.get("$dynamicAnchor"), str) and name:
                to = target_of(node) if node.keys() <= {"$dynamicAnchor", "$ref"} else ""
                self._bindings.setdefault(_owner(pointer, resources), {}).setdefault(name, to or pointer)
        self._uses = self._names_used(every)
        self._instances: dict[tuple[str, tuple[tuple[str, str], ...]], str] = {}
        self._left = _MOST_COPIED

    def settle(self) -> None:
        for pointer, bound in self._bindings.items():
            node = resolve(self._root, pointer)
            target = target_of(node) or ""
            bindings = self._bound_in(target, bound)
            if bindings and node.keys() <= _BESIDE and self._take(target, bindings, node, pointer):
                continue
            self._write(node, pointer, pointer, bound)
        for node, pointer in _schemas(self._root, ""):
            self._write_default(node, pointer)

    def _take(self, target: str, bindings: _Bound, node: dict[str, Any], pointer: str) -> bool:
        """Make of a schema that is nothing but a template with its bindings a copy of the template."""
        template = self._copy(target)
        if template is None:
            return False
        self._instances[_key(target, bindings)] = pointer
        own = {key: value for key, value in node.items() if key not in ("$ref", "$defs")}
        self._write(template, target, pointer, bindings)
        definitions = {**template.get("$defs", {}), **node.get("$defs", {})}  # with the copies that were made meanwhile
        node.clear()
        node |= {**template, **own, "$defs": definitions}
        return True

    def _copy(self, pointer: str) -> dict[str, Any] | None:
        original = find(self._original, pointer)
        self._left -= sum(1 for _ in nodes(original)) if isinstance(original, dict) else 0
        return copy.deepcopy(original) if isinstance(original, dict) and self._left >= 0 else None

    def _write(self, node: dict[str, Any], written_at: str, holder: str, bound: _Bound) -> None:
        """Write the references below a node. `written_at`: where it stood; `holder`: what keeps further copies."""
        for part, pointer in list(_schemas(node, written_at)):
            name, target = _dynamic(part), target_of(part) or ""
            if name in bound:
                del part["$dynamicRef"]
                part["$ref"] = reference_to(bound[name])
            elif name:
                self._write_default(part, pointer)
            elif bindings := self._bound_in(target, bound):
                part["$ref"] = reference_to(self._instance(target, bindings, holder))

    def _write_default(self, node: dict[str, Any], pointer: str) -> None:
        if _dynamic(node) and pointer in self._defaults:
            del node["$dynamicRef"]
            node["$ref"] = reference_to(self._defaults[pointer])

    def _bound_in(self, target: str, bound: _Bound) -> _Bound:
        """Return what is bound for a schema, of the names that it uses: what it binds itself counts last."""
        names = self._uses.get(target, set())
        if bound.keys().isdisjoint(names):
            return {}
        every = {**self._bindings.get(target, {}), **bound}
        return {name: every[name] for name in sorted(names) if name in every}

    def _instance(self, target: str, bound: _Bound, holder: str) -> str:
        """Return the pointer of a copy of a schema in which these names are bound; of itself, where it is too large."""
        key = _key(target, bound)
        if key in self._instances:
            return self._instances[key]
        copied = self._copy(target)
        if copied is None:
            return target
        copies = resolve(self._root, holder).setdefault("$defs", {})
        word = first = "".join([(steps(target) or ["schema"])[-1], *self._words(bound)])
        number = 1
        while word in copies:
            number += 1
            word = f"{first}{number}"
        copies[word] = copied
        self._instances[key] = join(holder, "$defs", word)
        self._write(copied, target, holder, bound)
        return self._instances[key]

    @staticmethod
    def _words(bound: _Bound) -> Iterator[str]:
        """Yield what a copy is called after its template: Of and the schemas that are bound, where they have names."""
        for pointer in bound.values():
            if pointer.rpartition("/")[0] == "/components/schemas":
                yield f"Of{steps(pointer)[-1]}"

    def _names_used(self, every: list[tuple[dict[str, Any], str]]) -> dict[str, set[str]]:
        """Return target of a reference → the names that a `$dynamicRef` in it, or in what it refers to, looks for."""
        targets = {target for node, _ in every if (target := target_of(node))}
        users: dict[str, set[str]] = {}
        direct: dict[str, set[str]] = {}
        for node, pointer in every:
            target, name = target_of(node) or "", _dynamic(node)
            for above in _above(pointer) if target or name else ():
                if above in targets:
                    users.setdefault(target, set()).add(above)
                    if name:
                        direct.setdefault(name, set()).add(above)
        by_place: dict[str, set[str]] = {}
        for name in list(direct)[:_MOST_NAMES]:
            waiting = list(direct[name])
            while waiting:
                place = waiting.pop()
                if name not in by_place.setdefault(place, set()):
                    by_place[place].add(name)
                    waiting += users.get(place, ())
        return by_place


def _key(target: str, bound: _Bound) -> tuple[str, tuple[tuple[str, str], ...]]:
    return target, tuple(sorted(bound.items()))


def _above(pointer: str) -> Iterator[str]:
    """Yield a pointer and those above it."""
    while pointer:
        yield pointer
        pointer = pointer.rpartition("/")[0]


def _owner(pointer: str, resources: set[str]) -> str:
    """Return the schema that binds an anchor: the one with an `$id`, else the one that has it among its `$defs`."""
    resource = next((above for above in _above(pointer) if above in resources), None)
    parent, _, keyword = pointer.rpartition("/")[0].rpartition("/")
    return resource if resource is not None else parent if keyword == "$defs" else pointer
