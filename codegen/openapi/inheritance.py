"""Inheritance as documents write it: a base that lists its subtypes, and subtypes that take the base by `allOf`.

Read to the letter such a schema holds itself: the base is one of its subtypes, each of which is the base and more. What
is meant: a subtype has the properties of the base, without the list of the subtypes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from codegen.openapi.json_values import as_list, as_object
from codegen.openapi.pointers import exists, find, fragment, join, reference_to, target_of

_UNIONS = ("oneOf", "anyOf")
_COMBINING = frozenset({"$ref", "allOf", *_UNIONS})
_Edges = dict[str, list[str]]
ITSELF = "x-itself"
"""Marks the last alternative of a base: the base itself, whatever its discriminator is called."""
_MOST_SUBTYPES = 2_000
"""Subtypes that the bases of a document are given in all: each takes the base again."""
_MOST_LEVELS = 100
"""Bases of bases that are copied."""
_MOST_COPIES = 5_000
"""Parts of bases that are copied: where everything takes everything, copies would grow with the cube of the schemas."""


def untangle(root: dict[str, Any], schemas: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Rewrite such schemas, of all by pointer, in place, and yield (pointer, what was wrong)."""
    yield from _with_subtypes(root, schemas)
    edges = {pointer: list(_edges(pointer, node)) for pointer, node in schemas.items() if _combines(node)}
    circle = _circles(edges)
    for pointer in circle:
        node = schemas[pointer]
        if "$ref" in node and len(node) > 1:
            node["allOf"] = [{"$ref": node.pop("$ref")}, *node.get("allOf", ())]
    bases = _Bases(schemas, circle)
    for pointer in circle:
        parts = as_list(schemas[pointer].get("allOf"))
        for index, part in enumerate(parts):
            if bases.is_base(part, pointer) and (copied := bases.copy(str(target_of(part)))) is not None:
                parts[index] = copied
                yield join(pointer, "allOf", index), "is a base that lists its subtypes"


class _Bases:
    """Copies of bases without the lists of their subtypes, for the subtypes to take."""

    def __init__(self, schemas: dict[str, dict[str, Any]], circle: Mapping[str, int]) -> None:
        self._schemas = schemas
        self._circle = circle
        self._lists = _lists(schemas)
        # As they were written: a copy of a rewritten list of parts would hold itself.
        self._parts = {at: [*parts] for at in circle if isinstance(parts := schemas[at].get("allOf"), list)}
        self._left = _MOST_COPIES

    def is_base(self, part: Any, pointer: str) -> bool:
        """Return whether a part of a schema is a base that leads back to the schema."""
        target = target_of(part)
        is_bare = target in self._schemas and len(part) == 1
        return is_bare and self._circle.get(str(target)) == self._circle[pointer] and target in self._lists

    def copy(self, base: str, above: tuple[str, ...] = ()) -> dict[str, Any] | None:
        """Return a base without its subtypes, what it takes itself copied too; None where copies get too many."""
        if self._left <= 0 or len(above) > _MOST_LEVELS or base in above:
            return None
        parts = self._parts.get(base, [])
        self._left -= 1 + len(parts)
        own = {key: value for key, value in self._schemas[base].items() if key not in (*_UNIONS, "discriminator")}
        if parts:
            own["allOf"] = [
                (self.copy(str(target_of(part)), (*above, base)) if self.is_base(part, base) else None) or part
                for part in parts
            ]
        return own


def _lists(schemas: Mapping[str, Any]) -> set[str]:
    """Return the schemas that are, or that take by `allOf` a schema that is, one of several others."""
    takers: _Edges = {}
    for pointer, node in schemas.items():
        for index, part in enumerate(as_list(node.get("allOf"))):
            takers.setdefault(target_of(part) or join(pointer, "allOf", index), []).append(pointer)
    waiting = [name for name, node in schemas.items() if isinstance(node.get("oneOf") or node.get("anyOf"), list)]
    pointers: set[str] = set()
    while waiting:
        pointer = waiting.pop()
        if pointer not in pointers:
            pointers.add(pointer)
            waiting += takers.get(pointer, ())
    return pointers


def _with_subtypes(root: Mapping[str, Any], schemas: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Give a base with a discriminator the list of its subtypes: those that take it by `allOf`, at any remove.

    Its mapping may name all of them, some or none: the others go by their own names. Where it names all, a value is one
    of them; else it may be the base alone, by a word that the document does not say.
    """
    takers: dict[str, list[str]] = {}
    for name in as_object(find(root, "/components/schemas")):
        pointer = join("/components/schemas", name)
        parts = schemas.get(pointer, {}).get("allOf")
        for target in {target_of(part) for part in parts} if isinstance(parts, list) else ():
            takers.setdefault(target or "", []).append(pointer)
    left = _MOST_SUBTYPES
    for pointer, node in schemas.items():
        discriminator = node.get("discriminator")
        if not isinstance(discriminator, Mapping) or not isinstance(discriminator.get("propertyName"), str):
            continue
        if left < 0 or any(word in node for word in _UNIONS):
            continue
        subtypes = _all_takers(takers, pointer)
        left -= len(subtypes)
        if not subtypes or left < 0:
            continue
        mapping = as_object(discriminator.get("mapping"))
        targets = [_mapped(root, word) for word in mapping.values()]
        by_mapping = dict.fromkeys(target for target in targets if target in subtypes)
        places = (*by_mapping, *(at for at in subtypes if at not in by_mapping))
        alternatives: list[dict[str, Any]] = [{"$ref": reference_to(target)} for target in places]
        if len(by_mapping) < len(subtypes) or pointer in targets or not _names_all(node, discriminator, mapping):
            alternatives.append({"type": "object", ITSELF: True})
        node["anyOf"] = alternatives
        yield pointer, "is a base with a discriminator, which names its subtypes"


def _all_takers(takers: Mapping[str, list[str]], base: str) -> dict[str, None]:
    """Return the schemas that take a base, or one that takes it, in the order of the document's."""
    pointers: dict[str, None] = {}
    waiting = [base]
    while waiting:
        for pointer in takers.get(waiting.pop(0), ()):
            if pointer not in pointers and pointer != base:
                pointers[pointer] = None
                waiting.append(pointer)
    return pointers


def _names_all(node: Mapping[str, Any], discriminator: Any, mapping: Mapping[str, Any]) -> bool:
    """Return whether the base lists no word for which there is no subtype."""
    words = as_object(as_object(node.get("properties")).get(discriminator.get("propertyName"))).get("enum")
    return not isinstance(words, list) or set(map(str, words)) <= set(mapping)


def _mapped(root: Mapping[str, Any], word: Any) -> str | None:
    """Return the pointer that a mapping means, written as a reference or as the name of a schema."""
    if not isinstance(word, str):
        return None
    pointer = fragment(word) or join("/components/schemas", word)
    return pointer if exists(root, pointer) else None


def _combines(node: Mapping[str, Any]) -> bool:
    return not _COMBINING.isdisjoint(node)


def _edges(pointer: str, node: Mapping[str, Any]) -> Iterator[str]:
    """Yield the schemas that a value has to fit together with this one, or one of which it has to fit."""
    target = target_of(node)
    if target is not None:
        yield target
    for word in ("allOf", *_UNIONS):
        for index, part in enumerate(as_list(node.get(word))):
            yield target_of(part) or join(pointer, word, index)


def _circles(edges: _Edges) -> dict[str, int]:
    """Return schema → the number of its circle, for schemas that lead back to themselves (Kosaraju, without calls)."""
    order = _finished(edges)
    back: _Edges = {}
    for node, others in edges.items():
        for other in others:
            if other in edges:
                back.setdefault(other, []).append(node)
    numbers: dict[str, int] = {}
    sizes: dict[int, int] = {}
    for number, start in enumerate(reversed(order)):
        waiting = [start] if start not in numbers else []
        while waiting:
            node = waiting.pop()
            if node not in numbers:
                numbers[node] = number
                sizes[number] = sizes.get(number, 0) + 1
                waiting += back.get(node, ())
    return {node: number for node, number in numbers.items() if sizes[number] > 1}


def _finished(edges: _Edges) -> list[str]:
    """Return the schemas in the order in which a search in depth leaves them."""
    order: list[str] = []
    seen: set[str] = set()
    for start in edges:
        stack = [(start, iter(edges[start]))] if start not in seen else []
        seen.add(start)
        while stack:
            node, others = stack[-1]
            following = next((other for other in others if other in edges and other not in seen), None)
            if following is None:
                order.append(node)
                stack.pop()
            else:
                seen.add(following)
                stack.append((following, iter(edges[following])))
    return order
