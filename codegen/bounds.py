"""Every bound on what the generator reads: its name, its value, why, and what is said where it is crossed.

One table, read from the modules that keep the bounds; `python -m codegen.bounds` writes it to docs/BOUNDS.md. Work in
proportion to the size of a document needs no bound; work in proportion to a *value* in it, or to its square, has one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from codegen import paths, yamlio
from codegen.documents import claims, jsonlines, sources
from codegen.openapi import document, loader, overlay, schemas, validation
from codegen.python import requests, servers, shapes, text, unions

PAGE = paths.ROOT / "docs" / "BOUNDS.md"


class Bound(NamedTuple):
    """One bound."""

    what: str
    value: int
    why: str
    message: str
    """What the fault says where it is crossed; where `is_refused` is not set, what is done instead."""
    is_refused: bool = True
    """Whether more is refused. Else the rest is generated, and the check is left to the service."""


BOUNDS: dict[str, Bound] = {
    "document bytes": Bound(
        "bytes of an OpenAPI document",
        loader.MAX_BYTES,
        "memory: a document takes some twenty times its size",
        "is larger than",
    ),
    "files": Bound("other files that a document refers to", loader.MAX_FILES, "each is opened", "refers to more than"),
    "bytes of files": Bound(
        "bytes of these files together", loader.MAX_BYTES, "memory, as for one document", "refers to files of more than"
    ),
    "values": Bound(
        "values in a document, those of YAML aliases counted wherever they stand",
        loader.MAX_NODES,
        "nine aliases of aliases can stand for a billion values",
        "is too large or nested too deeply",
    ),
    "levels": Bound(
        "levels of lists and objects in a file", yamlio.MAX_DEPTH, "readers call themselves once a level", "nested"
    ),
    "text": Bound(
        "characters of one text", loader.MAX_TEXT, "texts for people are copied into docstrings", "is longer than"
    ),
    "number": Bound(
        "digits of a whole number",
        len(str(loader.MAX_NUMBER)) - 1,
        "turning thousands of digits into a number takes time that grows with their square; a default, an example or a "
        "limit that limits nothing is left out and named instead",
        "is a value that JSON does not have",
    ),
    "catalog bytes": Bound(
        "bytes of an overlay, or of another YAML file of the catalog", yamlio.MAX_BYTES, "memory", "is larger than"
    ),
    "target": Bound(
        "characters of the target of an overlay action",
        overlay.MAX_TARGET,
        "a JSONPath is followed step by step, each inside the last",
        "is longer than",
    ),
    "work of an action": Bound(
        "nodes that an overlay action may change",
        overlay.MAX_MATCHES,
        "an update is copied to each",
        "matches more than",
    ),
    "references": Bound(
        "references in a row",
        document.MAX_CHAIN,
        "each is followed wherever the first stands",
        "is the end of more than",
    ),
    "schemas": Bound(
        "schemas inside each other, references followed",
        shapes.MAX_DEPTH,
        "readers call themselves once a schema",
        "is nested in more than",
    ),
    "parts": Bound(
        "parts of an allOf",
        schemas.MAX_PARTS,
        "each is merged into those before it",
        "has more than",
    ),
    "union": Bound(
        "alternatives of a union",
        unions.MAX_ALTERNATIVES,
        "each has a class, and a value is tried against one after the other",
        "has more than",
    ),
    "enum": Bound(
        "values of an enum",
        shapes.MAX_VALUES,
        "each stands in the code, and each is compared",
        "has more than",
    ),
    "path": Bound(
        "characters of a path", servers.LONGEST_PATH, "URLs are cut by servers and proxies", "is longer than"
    ),
    "sent name": Bound(
        "characters of the name of a parameter or a property, as it is sent",
        requests.MAX_NAME,
        "names stand in every message about them",
        "has a name of more than",
    ),
    "name": Bound(
        "characters of a name in Python",
        text.MAX_IDENTIFIER,
        "names stand in file names and lines of code",
        "the name is shortened",
        is_refused=False,
    ),
    "pattern": Bound(
        "characters of a pattern that the client checks",
        validation.MAX_PATTERN,
        "compiling a pattern takes memory in proportion to its counted repetitions",
        "the service checks the pattern, not the client",
        is_refused=False,
    ),
    "literals": Bound(
        "values of an enum that a type checker sees",
        shapes.MAX_LITERAL,
        "type checkers are slow with large literals",
        "the type checker sees the type of the values; the client checks them all the same",
        is_refused=False,
    ),
    "alternatives": Bound(
        "alternatives of a union that are written with |",
        unions.MAX_BARS,
        "Python's parser calls itself once for each |",
        "the union is written as Union[...]",
        is_refused=False,
    ),
    "length": Bound(
        "a limit of length or number that the client checks",
        shapes.MAX_LENGTH,
        "no value is so long",
        "the limit is not checked",
        is_refused=False,
    ),
    "faults": Bound(
        "breaches of OpenAPI's grammar that are reported",
        document.MAX_FAULTS,
        "nobody reads more",
        "the others are not reported",
        is_refused=False,
    ),
    "vendor bytes": Bound(
        "bytes of a vendor's document, or of a bundle of them", sources.MAX_BYTES, "memory", "is larger than"
    ),
    "vendor files": Bound(
        "files and folders below a folder of vendor documents",
        sources.MAX_FILES,
        "each is looked at",
        "holds more than",
    ),
    "line": Bound(
        "characters of a line of a vendor's document that is read",
        claims.MAX_LINE,
        "patterns of the readers take time that grows with the square of a line",
        f"the line is listed as unread: “{claims.TOO_LONG}”",
        is_refused=False,
    ),
    "levels of JSON lines": Bound(
        "levels of JSON in a vendor's document",
        jsonlines.MAX_DEPTH,
        "the reader calls itself once a level",
        "Nested deeper than",
    ),
}
"""Name → bound."""

_HEAD = """# Bounds

What the generator reads has bounds, so that no document makes it hang or takes all memory. Where one is crossed, one
line says which, in which file and where. `tests/test_generator_limits.py` tests them at their edges.

Written from `codegen/bounds.py` by `python -m codegen.bounds`.

| bound | at most | why | what happens beyond |
| --- | --- | --- | --- |
"""


def rows() -> Iterator[str]:
    """Yield the table as lines of Markdown."""
    for bound in BOUNDS.values():
        beyond = f"refused: “{bound.message} …”" if bound.is_refused else bound.message
        cells = (bound.what, f"{bound.value:,}", bound.why, beyond)
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def markdown() -> str:
    """Return the page of the documentation."""
    return _HEAD + "\n".join(rows()) + "\n"


if __name__ == "__main__":
    PAGE.write_text(markdown(), encoding="utf-8")
