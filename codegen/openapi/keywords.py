"""Every keyword of OpenAPI 3.0 to 3.2 and of JSON Schema, and what the client makes of it: one table, as data."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml


@cache
def table() -> dict[str, dict[str, list[Any]]]:
    """Return object → keyword → [use, words for people, why no contract test can notice it]."""
    text = files("codegen.openapi").joinpath("keywords.yaml").read_text("utf-8")
    rows: dict[str, dict[str, list[Any]]] = yaml.safe_load(text)
    return rows


@cache
def left_to_the_service() -> frozenset[str]:
    """Return the keywords of a schema that the client does not check: the service does."""
    return frozenset(name for name, row in table()["schema"].items() if row[0] == "test")


_USES = {
    "used": "used",
    "test": "checked by the contract tests only",
    "informative": "for people only",
    "unsupported": "makes the operation unsupported",
}
_HEAD = """# Keywords

Every keyword of OpenAPI 3.0 to 3.2 and of JSON Schema, and what a generated client makes of it.

- *used*: it changes the client. The contract tests of a document with the keyword fail for a client that ignores it;
  where they cannot, the table says why, and a test of the generator reads what is generated.
- *checked by the contract tests only*: the client sends what it is given, and the service checks it. The oracle of the
  contract tests knows the keyword: no generated test sends a value that breaks it.
- *for people only*: it says nothing about what is sent or answered.
- *makes the operation unsupported*: the operation is left out, and the report says so.

## How the contract tests stay independent

The contract tests are made from the model that the client is made from, and a mistake in the model would pass in
both. So what a request has to look like, and what a reply means, is read from the document a second time, by code that
the client is not made with: `codegen/contracts/general` and `codegen/contracts/oracle.py`. A JSON Schema validator over
the whole document has the last word on every value. The model only says how Python calls a thing; where model and
document disagree (an operation, a parameter, a key or a server that is missing), the test
`test_the_client_has_what_the_document_states` fails.

`make mutants` proves it. For each used keyword a small document uses it once. A client that ignores the keyword is the
client of the same document without it, and it is tried in two ways: against the contract tests of the whole document,
and against those that an equally ignorant generator makes, of which the oracle alone has the whole document. Both have
to fail. `tests/tools/mutants/test_ignored_keywords.py` runs a handful of them with every test run. A limit counts
wherever its schema stands: `python -m tools.mutants.ignored_keywords --places` tries each in items, values of maps,
properties, alternatives and parts of `allOf`, to three levels, and what is read of a reply in the same places.

## The table

Written from `codegen/openapi/keywords.yaml` by `python -m codegen.openapi.keywords`.
"""


def markdown() -> str:
    """Return the table as a page of the documentation."""
    parts = [_HEAD]
    for kind, rows in table().items():
        parts.append(f"### {kind[:1].upper()}{kind[1:]}\n\n| keyword | use | | not noticed, because |")
        parts[-1] += "\n| --- | --- | --- | --- |" + "".join(map(_line, rows, rows.values())) + "\n"
    return "\n".join(parts)


def _line(name: str, row: list[Any]) -> str:
    use, words, *reason = row
    return f"\n| `{name}` | {_USES[use]} | {words} | {''.join(reason)} |"


if __name__ == "__main__":
    Path("docs/KEYWORDS.md").write_text(markdown(), encoding="utf-8")
