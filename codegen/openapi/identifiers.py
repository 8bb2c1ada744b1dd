"""References by name: `$anchor` and `$id` become references by place, when a file is loaded.

Behind this module a document has `$ref` with JSON pointers alone. `$id` is taken out too: a validator would resolve the
pointers below it against it. What a `$dynamicRef` may lead to is kept for `generics`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

from codegen.openapi import pointers
from codegen.openapi.json_values import as_object
from codegen.openapi.walk import nodes

SUFFIXES = frozenset({".yaml", ".yml", ".json"})
"""Of files that may be referred to."""
_NAMES = ("$self", "$id", "$anchor", "$dynamicAnchor")


def references(node: Any) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield where a node has references: its own, and those in the mapping of its discriminator."""
    if not isinstance(node, dict):
        return
    if isinstance(node.get("$ref"), str):
        yield node, "$ref"
    mapping = as_object(node.get("discriminator")).get("mapping")
    if isinstance(mapping, dict):
        for word, target in mapping.items():
            if isinstance(target, str) and ("#" in target or PurePosixPath(target).suffix in SUFFIXES):
                yield mapping, word


@dataclass
class Names:
    """The named places of one file."""

    anchors: dict[tuple[str, str], str] = field(default_factory=dict)
    """URI of a resource and an anchor in it → pointer."""
    dynamic: dict[str, list[str]] = field(default_factory=dict)
    """Anchor that a `$dynamicRef` may lead to → the pointers of all that have it."""
    defaults: dict[str, str] = field(default_factory=dict)
    """Pointer of a schema with `$dynamicRef` → what it leads to where nothing binds its name."""
    resources: dict[str, str] = field(default_factory=lambda: {"": ""})
    """URI of an `$id` → pointer. The file itself has none."""
    bases: dict[str, str] = field(default_factory=dict)
    """Pointer of a schema with `$id` → its URI."""

    def base(self, pointer: str) -> str:
        """Return the URI against which the references at a place are resolved."""
        while pointer and pointer not in self.bases:
            pointer = pointer.rpartition("/")[0]
        return self.bases.get(pointer, "")

    def place(self, reference: str, base: str = "") -> str | None:
        """Return the pointer to what a reference names; None where nothing of the file has that name."""
        uri, name = urldefrag(urljoin(base, reference) if not reference.startswith("#") else f"{base}{reference}")
        if uri not in self.resources:
            return None
        start, name = self.resources[uri], unquote(name)
        return f"{start}{name}" if name[:1] in ("", "/") else self.anchors.get((uri, name))


def settle(root: Any) -> Names:
    """Write every reference by name in a file as one by place, and return the names that the file has."""
    names = Names()
    every = [(node, pointer) for node, pointer, _ in nodes(root) if isinstance(node, dict)]
    for node, pointer in every:
        if not node.keys().isdisjoint(_NAMES):
            _read(names, node, pointer)
    for node, pointer in every if names.anchors or names.bases else ():
        base = names.base(pointer)
        _settle_dynamic(names, node, pointer, base)
        for holder, key in references(node):
            reference = holder[key]
            if base or not reference.startswith("#/"):
                place = names.place(reference, base)
                # Many write references to the whole document below an `$id` too.
                if place is not None and pointers.exists(root, place):
                    holder[key] = pointers.reference_to(place)
    for node, _ in every:
        for name in ("$id", "$anchor"):
            if isinstance(node.get(name), str):
                del node[name]
    return names


def _read(names: Names, node: Mapping[str, Any], pointer: str) -> None:
    """Take up the names of one schema."""
    identifier = node.get("$self" if "openapi" in node and not pointer else "$id")
    uri, name = urldefrag(identifier) if isinstance(identifier, str) else ("", "")
    if uri:
        names.bases[pointer] = urljoin(names.base(pointer), uri)
        names.resources.setdefault(names.bases[pointer], pointer)
    base = names.base(pointer)
    for anchor in (name, node.get("$anchor"), node.get("$dynamicAnchor")):
        if isinstance(anchor, str) and anchor:
            names.anchors.setdefault((base, anchor), pointer)
    if isinstance(dynamic := node.get("$dynamicAnchor"), str):
        names.dynamic.setdefault(dynamic, []).append(pointer)


def _settle_dynamic(names: Names, node: dict[str, Any], pointer: str, base: str) -> None:
    """Make a `$ref` of a `$dynamicRef` to what has no `$dynamicAnchor`; note where another leads if nothing binds it.

    Without an `$id` the anchors of several schemas are rivals, and none of them is the one that is meant.
    """
    reference = node.get("$dynamicRef")
    if not isinstance(reference, str) or "$ref" in node:
        return
    place = names.place(reference, base)
    rivals = names.dynamic.get(reference.rpartition("#")[2], [])
    if place is not None and place not in rivals:
        node["$ref"] = node.pop("$dynamicRef")
    elif place is not None and (base or len(rivals) == 1):
        names.defaults[pointer] = place
