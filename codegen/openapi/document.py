"""The one model of an OpenAPI document: its objects, references, operations, schemas of replies, and its faults.

It never fails on a malformed document. `follow` reports a broken reference as a fault, `resolve` does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from codegen.faults import Fault
from codegen.openapi import extensions, pointers, validation
from codegen.openapi.json_values import as_list, as_object
from codegen.openapi.walk import COMPOSITION, METHODS, Node, nodes, objects

MAX_CHAIN = 32
"""References in a row."""
MAX_FAULTS = 100


@dataclass(frozen=True)
class PathOperation:
    """One operation, with what its path and document add to it."""

    pointer: str
    method: str
    path: str
    value: dict[str, Any]
    item: Node
    outgoing: bool
    """A call that a client makes: no callback, no webhook."""


class Document:
    """An OpenAPI document and what is wrong with it. Pointers are JSON pointers into it."""

    def __init__(
        self, root: Mapping[str, Any], file: str = "", evidence: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self.root = root
        self.file = file
        self.evidence = evidence or {}
        """JSON pointer of a fact → the claims behind it."""
        self.faults: list[Fault] = []
        """What makes the document, or the operation that is being read, unusable."""
        self.notes: list[Fault] = []
        """What is wrong, or left to the service, and stops nothing."""
        self._schemas: dict[str, tuple[str, str] | None] = {}
        self._broken: dict[str, str] = {}

    def fault(self, pointer: str, problem: str, remedy: str) -> None:
        """Note one fault and go on: a run reports them all."""
        self.faults.append(Fault(self.file, printable(pointer), printable(problem), remedy))

    def note(self, pointer: str, problem: str, remedy: str) -> None:
        """Note something that stops nothing; once for each place and problem."""
        fault = Fault(self.file, printable(pointer), printable(problem), remedy)
        if fault not in self.notes[-50:]:
            self.notes.append(fault)

    @cached_property
    def references(self) -> Counter[str]:
        """How often the document refers to each place, by the text of the reference."""
        return Counter(reference for node, _, _ in nodes(self.root) if isinstance(reference := node.get("$ref"), str))

    @contextmanager
    def collecting(self) -> Iterator[list[Fault]]:
        """Collect the faults of one part apart from those of the whole document."""
        outer, self.faults = self.faults, []
        try:
            yield self.faults
        finally:
            self.faults = outer

    def follow(self, node: Any, pointer: str, *, is_schema: bool = False) -> tuple[Mapping[str, Any], str]:
        """Return the node that `$ref` leads to, through any number of references, and where it is.

        A fault gives {}. What stands beside the first reference is not in the result. A schema has more to say beside
        one that is on the way, and is the result itself.
        """
        end, at = node, pointer
        for length, (end, at) in enumerate(pointers.chain(self.root, node, pointer)):
            if length and is_schema and isinstance(end, Mapping) and len(end) > 1:
                return end, at
            if length > MAX_CHAIN and pointers.target_of(end) is not None:
                problem = f"is the end of more than {MAX_CHAIN} references, one to the next"
                self.fault(at, problem, "refer to it directly")
                return {}, at
        if not isinstance(end, Mapping):
            return {}, at
        if isinstance(reference := end.get("$ref"), str):
            self._broken_reference(reference, at)
            return {}, at
        return end, at

    def _broken_reference(self, reference: str, pointer: str) -> None:
        """Note why a reference has no end."""
        target = pointers.fragment(reference)
        if target is None:
            self.fault(pointer, f"refers to {reference!r}, outside this document", "bring it into the document")
        elif pointers.exists(self.root, target):
            self.fault(pointer, "refers to itself", "break the circle")
        else:
            self.fault(pointer, f"refers to {reference!r}, which is not there", "correct the reference")

    def check_structure(self) -> None:
        """Hold the document against the schema of its OpenAPI version, 3.1 or 3.2.

        Most of what breaks it harms nobody, and is a note. A part that cannot be read for it is found by `broken`.
        """
        for pointer, problem in validation.structure(self.root):
            words = f"breaks OpenAPI {str(self.root['openapi'])[:3]}: {problem}"
            self.note(pointer, words, "correct it")
            self._broken.setdefault(pointer, words)
            if len(self._broken) >= MAX_FAULTS:
                break

    def broken(self, pointer: str) -> str | None:
        """Return what of the structure is broken at a node or below it."""
        below = f"{pointer}/"
        return next((words for place, words in self._broken.items() if f"{place}/".startswith(below)), None)

    def check_links(self) -> None:
        """Note each link and each example that leads nowhere: no method needs them."""
        for node in (*self.of("link"), *self.of("example")):
            for reference in (node.value.get("$ref"), node.value.get("operationRef")):
                target = pointers.fragment(reference) if isinstance(reference, str) else None
                if target is not None and not pointers.exists(self.root, target):
                    self.note(node.pointer, f"refers to {reference!r}, which is not there", "correct or remove it")
            name = node.value.get("operationId")
            if node.kind == "link" and isinstance(name, str) and name not in self.by_id:
                self.note(node.pointer, f"leads to the operation {name!r}, which is not there", "correct or remove it")

    def check_schema(self, schema: Any, pointer: str) -> bool:
        """Return whether it is a JSON Schema at all; a fault where it is not."""
        if pointer not in self._schemas:
            self._schemas[pointer] = validation.schema_problem(schema)
        problem = self._schemas[pointer]
        if problem is not None:
            self.fault(pointer + problem[0], f"is not a JSON Schema: {problem[1]}", "correct it")
        return problem is None

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every object of the document."""
        return tuple(objects("document", "", self.root))

    def of(self, kind: str) -> list[Node]:
        """Return every object of one kind."""
        return [node for node in self.nodes if node.kind == kind]

    @cached_property
    def reachable(self) -> tuple[Node, ...]:
        """Every object, and those at other places that references lead to: of the kind of what refers to them."""
        reachable = list(self.nodes)
        passed = {(node.pointer, node.kind) for node in reachable}
        for node in reachable:  # which grows meanwhile
            target = pointers.target_of(node.value)
            if target is None or (target, node.kind) in passed or not pointers.exists(self.root, target):
                continue
            below = list(objects(node.kind, target, pointers.resolve(self.root, target)))
            reachable += [one for one in below if (one.pointer, one.kind) not in passed]
            passed |= {(target, node.kind), *((one.pointer, one.kind) for one in below)}
        return tuple(reachable)

    def is_in_extension(self, place: str) -> bool:
        """Return whether the place of a fault is in one of our extensions: a property may have the name of one."""
        return any(f"{place}/".startswith(f"{extension}/") for extension in self._extensions)

    @cached_property
    def _extensions(self) -> frozenset[str]:
        """Return the places of our extensions, as faults name them."""
        return frozenset(
            printable(pointers.join(node.pointer, key))
            for node in self.reachable
            for key in node.value.keys() & extensions.KINDS.keys()
        )

    @cached_property
    def operations(self) -> tuple[PathOperation, ...]:
        """Every operation, those of callbacks and webhooks included."""
        rows: list[PathOperation] = []
        for item in self.of("path item"):
            if item.pointer.startswith("/components/"):
                continue
            resolved = self.resolve(item.value)
            shared = Node(item.kind, item.pointer, resolved)
            *above, path = pointers.steps(item.pointer)
            for method in METHODS:
                if isinstance(value := resolved.get(method), dict):
                    at = pointers.join(item.pointer, method)
                    rows.append(PathOperation(at, method, path, value, shared, outgoing=above == ["paths"]))
        return tuple(rows)

    @cached_property
    def by_id(self) -> dict[str, PathOperation]:
        """Operations by operationId; of equal ones the first."""
        rows = [(operation.value.get("operationId"), operation) for operation in reversed(self.operations)]
        return {name: operation for name, operation in rows if isinstance(name, str)}

    @cached_property
    def _places(self) -> dict[int, str]:
        return {id(node.value): node.pointer for node in self.nodes}

    def place(self, value: dict[str, Any]) -> str:
        """Return where an object of the document stands; it has to be the object itself, no copy."""
        return self._places.get(id(value), "")

    def target(self, reference: str) -> Any:
        """Return what a local reference names. Raises KeyError where it names nothing."""
        pointer = pointers.fragment(reference)
        if pointer is None:
            raise KeyError(reference)
        return pointers.resolve(self.root, pointer)

    def resolve(self, value: Any) -> dict[str, Any]:
        """Return the object behind any references, its own siblings on top; {} where there is none."""
        if isinstance(value, dict) and "$ref" not in value:
            return value
        *referring, resolved = [node for node, _ in pointers.chain(self.root, value)]
        if not isinstance(resolved, dict) or isinstance(resolved.get("$ref"), str):
            return {}
        for node in reversed(referring):
            if len(node) > 1:
                resolved = {**resolved, **{key: item for key, item in node.items() if key != "$ref"}}
        return resolved

    def parameters(self, operation: PathOperation) -> list[Node]:
        """Return the parameters in force, references resolved: an operation's own come before those of its path."""
        by_name: dict[tuple[Any, Any], Node] = {}
        for at, owner in ((operation.pointer, operation.value), (operation.item.pointer, operation.item.value)):
            for index, entry in enumerate(as_list(owner.get("parameters"))):
                value = self.resolve(entry)
                node = Node("parameter", pointers.join(at, "parameters", index), value)
                by_name.setdefault((str(value.get("in")), str(value.get("name"))), node)
        return list(by_name.values())

    def request(self, operation: PathOperation) -> Node | None:
        """Return the schema of the JSON request body, as it stands (not resolved)."""
        return self._json_schema(operation.value.get("requestBody"), pointers.join(operation.pointer, "requestBody"))

    def replies(self, operation: PathOperation) -> list[Node]:
        """Return the schemas of the JSON replies of success, as they stand."""
        responses = self.resolve(operation.value.get("responses"))
        schemas = []
        for status in sorted(responses, key=str):
            if str(status).startswith("2"):
                at = pointers.join(operation.pointer, "responses", status)
                schemas.append(self._json_schema(responses[status], at))
        return [schema for schema in schemas if schema]

    def _json_schema(self, holder: Any, pointer: str) -> Node | None:
        schema = as_object(as_object(self.resolve(holder).get("content")).get("application/json")).get("schema")
        at = pointers.join(pointer, "content", "application/json", "schema")
        return Node("schema", at, schema) if isinstance(schema, dict) else None

    def find(self, schema: Any, pointer: str) -> dict[str, Any] | None:
        """Return the schema of what a pointer names in a value of this schema; None where it describes none."""
        current: dict[str, Any] = self.resolve(schema)
        for token in pointers.steps(pointer):
            below = (schema for branch in self.branches(current) for schema in described(branch, token))
            first = next((schema for schema in below if isinstance(schema, Mapping)), None)
            if first is None:
                return None
            current = self.resolve(first)
        return current

    def find_reply(self, operation: PathOperation, pointer: str) -> list[dict[str, Any]]:
        """Return the schemas of what a pointer names in the replies of success."""
        schemas = [self.find(reply.value, pointer) for reply in self.replies(operation)]
        return [schema for schema in schemas if schema is not None]

    def branches(self, schema: Any) -> Iterator[dict[str, Any]]:
        """Yield the schema, the schema of JSON text in it, and those it is composed of, references resolved."""
        waiting, passed = [schema], set[int]()
        while waiting:
            part = waiting.pop(0)
            if not isinstance(part, dict) or id(part) in passed:
                continue
            passed.add(id(part))
            resolved = self.resolve(part)
            yield resolved
            for key in COMPOSITION:
                waiting.extend(resolved[key] if isinstance(resolved.get(key), list) else ())
            waiting.append(resolved.get("contentSchema"))

    def properties(self, schema: Any) -> dict[str, Any]:
        """Return the properties of an object schema, those of its branches included."""
        by_name: dict[str, Any] = {}
        for branch in self.branches(schema):
            for name, value in as_object(branch.get("properties")).items():
                by_name.setdefault(name, value)
        return by_name


def described(schema: Mapping[str, Any], step: str) -> list[Any]:
    """Return the schemas that a schema has for a step; `*` is any item of a list and any value of an object."""
    properties = as_object(schema.get("properties"))
    if step in properties:
        return [properties[step]]
    ends: list[Any] = []
    if step == "*":
        ends += properties.values()
    if step == "*" or step.isdecimal():
        first = schema.get("prefixItems")
        ends += as_list(first)
        ends += [schema["items"]] if isinstance(schema.get("items"), Mapping) else []
    more = schema.get("additionalProperties")
    # `{}` allows anything and so describes nothing: a pointer into it would be a guess.
    ends += [more] if isinstance(more, Mapping) and more else []
    return ends + list(as_object(schema.get("patternProperties")).values())


def printable(text: str) -> str:
    """Return text of a document as it may stand in a message: one line, printable, not too long."""
    safe = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text[:400])
    return safe if len(safe) <= 300 else f"{safe[:300]}…"
