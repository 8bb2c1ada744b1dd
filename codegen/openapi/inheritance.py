"""Inheritance as documents write it: a base that lists its subtypes, and subtypes that take the base by `allOf`.

Read to the letter such a schema holds itself: the base is one of its subtypes, each of which is the base and more. What
is meant: a subtype has the properties of the base, without the list of the subtypes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from codegen.openapi.pointers import fragment, join, resolve

_UNIONS = ("oneOf", "anyOf")
_COMBINING = frozenset({"$ref", "allOf", *_UNIONS})
_Edges = dict[str, list[str]]
_MOST_COPIES = 5_000
"""Parts of bases that are copied: where everything takes everything, copies would grow with the cube of the schemas."""


def untangle(root: dict[str, Any], schemas: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Rewrite such schemas, of all by pointer, in place, and yield (pointer, what was wrong)."""
    yield from _with_subtypes(root, schemas)
    edges = {pointer: list(_edges(pointer, node)) for pointer, node in schemas.items() if _combines(node)}
    circle = _circles(edges)
    # As they were written: a copy of a rewritten list of parts would hold itself, or grow with every copy.
    lists = _lists(schemas)
    written = {pointer: [*parts] for pointer in circle if isinstance(parts := schemas[pointer].get("allOf"), list)}
    copies_left = _MOST_COPIES
    for pointer, node in schemas.items():
        if pointer not in circle:
            continue
        if "$ref" in node and len(node) > 1:
            node["allOf"] = [{"$ref": node.pop("$ref")}, *node.get("allOf", ())]
        parts = node.get("allOf")
        parts = parts if isinstance(parts, list) else []
        for index, part in enumerate(parts):
            target = _target(part)
            if target is None or circle.get(target) != circle[pointer] or not isinstance(part, Mapping):
                continue
            base = schemas.get(target)
            if base is not None and len(part) == 1 and target in lists and copies_left > 0:
                copies_left -= 1 + len(written.get(target, ()))
                own = {key: value for key, value in base.items() if key not in (*_UNIONS, "discriminator")}
                parts[index] = {**own, "allOf": written[target]} if target in written else own
                yield join(pointer, "allOf", index), "is a base that lists its subtypes"


def _lists(schemas: Mapping[str, Any]) -> set[str]:
    """Return the schemas that are, or that take by `allOf` a schema that is, one of several others."""
    takers: _Edges = {}
    for pointer, node in schemas.items():
        parts = node.get("allOf")
        for index, part in enumerate(parts if isinstance(parts, list) else ()):
            takers.setdefault(_target(part) or join(pointer, "allOf", index), []).append(pointer)
    waiting = [name for name, node in schemas.items() if isinstance(node.get("oneOf") or node.get("anyOf"), list)]
    found: set[str] = set()
    while waiting:
        pointer = waiting.pop()
        if pointer not in found:
            found.add(pointer)
            waiting += takers.get(pointer, ())
    return found


def _with_subtypes(root: Mapping[str, Any], schemas: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Give a base whose discriminator names every subtype the list of them."""
    subtypes: dict[str, list[str]] = {}
    for pointer, node in schemas.items():
        parts = node.get("allOf") if pointer.rpartition("/")[0] == "/components/schemas" else None
        for target in {_target(part) for part in parts} if isinstance(parts, list) else ():
            subtypes.setdefault(target or "", []).append(pointer)
    for pointer, node in schemas.items():
        discriminator = node.get("discriminator")
        mapping = discriminator.get("mapping") if isinstance(discriminator, Mapping) else None
        if not isinstance(mapping, Mapping) or len(mapping) < 2 or any(word in node for word in _UNIONS):
            continue
        targets = dict.fromkeys(_mapped(root, word) for word in mapping.values())
        found = [target for target in targets if target is not None]
        if len(found) != len(targets) or len(found) < 2 or not _names_all(node, discriminator, mapping):
            continue
        if all(target != pointer and _extends(schemas.get(target), pointer) for target in found):
            # A subtype that the mapping does not name goes by its own name.
            found += [at for at in subtypes.get(pointer, ()) if at not in targets]
            node["anyOf"] = [{"$ref": f"#{target}"} for target in found]
            yield pointer, "is a base whose discriminator names its subtypes"


def _names_all(node: Mapping[str, Any], discriminator: Any, mapping: Mapping[str, Any]) -> bool:
    """Return whether the base lists no word for which there is no subtype."""
    properties = node.get("properties")
    field = properties.get(discriminator.get("propertyName")) if isinstance(properties, Mapping) else None
    words = field.get("enum") if isinstance(field, Mapping) else None
    return not isinstance(words, list) or set(map(str, words)) <= set(mapping)


def _mapped(root: Mapping[str, Any], word: Any) -> str | None:
    """Return the pointer that a mapping means, written as a reference or as the name of a schema."""
    if not isinstance(word, str):
        return None
    pointer = fragment(word) or join("/components/schemas", word)
    try:
        resolve(root, pointer)
    except KeyError:
        return None
    return pointer


def _extends(node: Any, base: str) -> bool:
    parts = node.get("allOf") if isinstance(node, Mapping) else None
    return isinstance(parts, list) and any(_target(part) == base for part in parts)


def _target(node: Any) -> str | None:
    reference = node.get("$ref") if isinstance(node, Mapping) else None
    return fragment(reference) if isinstance(reference, str) else None


def _combines(node: Mapping[str, Any]) -> bool:
    return not _COMBINING.isdisjoint(node)


def _edges(pointer: str, node: Mapping[str, Any]) -> Iterator[str]:
    """Yield the schemas that a value has to fit together with this one, or one of which it has to fit."""
    target = _target(node)
    if target is not None:
        yield target
    for word in ("allOf", *_UNIONS):
        parts = node.get(word)
        for index, part in enumerate(parts if isinstance(parts, list) else ()):
            yield _target(part) or join(pointer, word, index)


def _circles(edges: _Edges) -> dict[str, int]:
    """Return schema → the number of its circle, for schemas that lead back to themselves (Kosaraju, without calls)."""
    order = _finished(edges)
    back: _Edges = {}
    for node, others in edges.items():
        for other in others:
            if other in edges:
                back.setdefault(other, []).append(node)
    found: dict[str, int] = {}
    sizes: dict[int, int] = {}
    for number, start in enumerate(reversed(order)):
        waiting = [start] if start not in found else []
        while waiting:
            node = waiting.pop()
            if node not in found:
                found[node] = number
                sizes[number] = sizes.get(number, 0) + 1
                waiting += back.get(node, ())
    return {node: number for node, number in found.items() if sizes[number] > 1}


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
