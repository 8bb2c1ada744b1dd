"""The evidence beside a document: which claims stand behind each of its facts, and where the sources disagree.

It stands in a folder `evidence` beside the folder of the documents, in a file of the same name. A document without
one is a document like any other. In the file a pointer into an operation begins with its operationId in place of path
and method: `drawImage/requestBody/…`. A new path for an operation changes no line there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from codegen import yamlio
from codegen.faults import Fault, InputFault
from codegen.openapi import pointers
from codegen.openapi.json_values import as_object
from codegen.openapi.walk import METHODS

T = TypeVar("T")
FOLDER = "evidence"
NOT_THERE = "evidence for what is not there", "remove it from the evidence"
"""Problem and remedy of evidence whose pointer names nothing."""
_KEYS = frozenset({"facts", "disagreements", "cites"})


@dataclass(frozen=True)
class Evidence:
    """The evidence of one document."""

    facts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """JSON pointer of a fact → the claims behind it: `document#operation/subject/name`."""
    disagreements: Sequence[Mapping[str, Any]] = ()
    cites: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """JSON pointer of a text of ours → the lines that it cites: `document#hash`."""

    def below(self, pointer: str) -> Iterator[tuple[str, Sequence[str]]]:
        """Yield the facts of the object at a pointer and of everything below it."""
        for at, claims in self.facts.items():
            if at == pointer or at.startswith(f"{pointer}/"):
                yield at, claims


def document_of(claim: str) -> str:
    """Return the document of a claim or of a cited line."""
    return claim.partition("#")[0]


def documents_of(claims: Sequence[str]) -> list[str]:
    """Return the documents of these claims, each once."""
    return list(dict.fromkeys(map(document_of, claims)))


def beside(document: Path) -> Path:
    """Return where the evidence of the document at a path would be."""
    return document.parent.parent / FOLDER / f"{document.stem}.yaml"


def by_operation(root: Mapping[str, Any], rows: Mapping[str, T]) -> dict[str, T]:
    """Return rows by pointer as they are written: an operationId in place of the path and the method."""
    names = {pointer: name for name, pointer in _operations(root)}
    by_name = {}
    for pointer, row in rows.items():
        operation = "/".join(pointer.split("/", 4)[:4])
        by_name[names.get(operation, operation) + pointer.removeprefix(operation)] = row
    return by_name


def by_pointer(root: Mapping[str, Any], rows: Mapping[str, T]) -> dict[str, T]:
    """Return rows as they are written by pointer. An operation that the document does not have keeps its name."""
    places = dict(_operations(root))
    read_rows = {}
    for at, row in rows.items():
        name, slash, below = at.partition("/")
        read_rows[f"{places.get(name, name)}{slash}{below}"] = row
    return read_rows


def dangling(root: Mapping[str, Any], rows: Iterable[str]) -> Iterator[str]:
    """Return the pointers of the evidence that name nothing in the document."""
    return (pointer for pointer in rows if not pointers.exists(root, pointer))


def read(document: Path, root: Mapping[str, Any], *, is_overlaid: bool = False) -> Evidence:
    """Read the evidence beside a document; without any, nothing. Raises InputFault where it is malformed.

    Its pointers have to name something, unless overlays have changed the document.
    """
    path = beside(document)
    if not path.is_file():
        return Evidence()
    name = f"{FOLDER}/{path.name}"
    value = yamlio.load(path, name)
    if not isinstance(value, dict) or not value.keys() <= _KEYS or not _are_lists_of_text(value):
        remedy = "run `python -m codegen reconcile`, or remove the file"
        raise InputFault(Fault(name, "", f"is not evidence: has keys beside {', '.join(sorted(_KEYS))}", remedy))
    facts, cites = (by_pointer(root, value.get(key) or {}) for key in ("facts", "cites"))
    if not is_overlaid and (faults := [Fault(name, at, *NOT_THERE) for at in dangling(root, [*facts, *cites])]):
        raise InputFault(faults)
    return Evidence(facts, tuple(value.get("disagreements") or ()), cites)


def _operations(root: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each operationId, escaped as a step of a pointer, and the pointer of its operation."""
    for path, item in as_object(root.get("paths")).items():
        for method in METHODS:
            operation = as_object(item).get(method)
            if isinstance(operation, dict) and isinstance(name := operation.get("operationId"), str):
                yield pointers.escape(name), pointers.join("/paths", path, method)


def _are_lists_of_text(value: Mapping[str, Any]) -> bool:
    rows = [row for key in ("facts", "cites") for row in (value.get(key) or {}).values()]
    disagreements = value.get("disagreements") or []
    return (
        all(isinstance(row, list) and all(isinstance(one, str) for one in row) for row in rows)
        and isinstance(disagreements, list)
        and all(isinstance(row, dict) for row in disagreements)
    )
