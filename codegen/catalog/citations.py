"""Citations of overlays: each `cites` names lines of vendor documents by hash, and becomes evidence or a fault.

An overlay writes advice in our own words and cites the lines behind it as `document#hash`. When a line changes, its
hash is gone: the citation is stale, and `reconcile` stops until somebody has read the new line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from codegen.documents.claims import Document
from codegen.faults import Fault, InputFault

KEY = "cites"
_CITATION = re.compile(r"([^#]+)#([a-z2-7]{6})")


def settle(document: dict[str, Any], documents: Sequence[Document], name: str) -> None:
    """Replace every `cites` in an extension of the document by evidence on the object that has the extension.

    Raises InputFault with every citation that no line answers. `name` is what faults call the overlays.
    """
    known = {one.document: one for one in documents}
    faults: list[Fault] = []
    for holder, pointer, extension in _extensions(document, ""):
        for place, owner in _cited(holder[extension], ""):
            lines = []
            for citation in owner.pop(KEY):
                line = _line(citation, known)
                if isinstance(line, int):
                    lines.append(f"{citation.partition('#')[0]}:{line}")
                else:
                    faults.append(Fault(name, f"{pointer}/{extension}{place}/{KEY}", *line))
            _add(holder, owner, f"{extension}{place}", lines)
    if faults:
        raise InputFault(faults)


def _extensions(node: Any, pointer: str) -> Iterator[tuple[dict[str, Any], str, str]]:
    """Every extension of every object, with the object and its pointer."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from _extensions(item, f"{pointer}/{index}")
    elif isinstance(node, dict):
        for key, value in list(node.items()):
            if str(key).startswith("x-"):
                yield node, pointer, key
            # The result of a task stands inside an extension until schemas become components.
            yield from _extensions(value, f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}")


def _cited(node: Any, place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object inside an extension that cites, with its place in the extension."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from _cited(item, f"{place}/{index}")
    elif isinstance(node, dict):
        if isinstance(node.get(KEY), list):
            yield place, node
        for key, value in list(node.items()):
            yield from _cited(value, f"{place}/{str(key).replace('~', '~0').replace('/', '~1')}")


def _line(citation: Any, known: Mapping[str, Document]) -> int | tuple[str, str]:
    """Return the line of a citation, or what is wrong with it and what to do."""
    found = _CITATION.fullmatch(citation) if isinstance(citation, str) else None
    if found is None:
        return f"{citation!r} is no citation", "write document#hash, as in the index of the claims"
    if found[1] not in known:
        return f"cites {found[1]}, which is no document of this service", "correct the name"
    line = known[found[1]].line_of(found[2])
    if line is None:
        return f"cites a line of {found[1]} that has changed", "read it again, correct the text and cite the new line"
    return line


def _add(holder: dict[str, Any], owner: dict[str, Any], place: str, lines: list[str]) -> None:
    if "error" in owner and "meaning" in owner:  # an error code holds its statements alone
        claims = owner.setdefault("x-claims", [])
    else:
        claims = holder.setdefault("x-claims", {}).setdefault(place, [])
    claims.extend(line for line in dict.fromkeys(lines) if line not in claims)
