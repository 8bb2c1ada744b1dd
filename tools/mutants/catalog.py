"""Wrong facts in the catalog and in the claims below it: `codegen check` should notice each."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tools.mutants.mutant import Mutant, Outdated

ERRORS = ("BadRequest", "NotFound")
STATES = ("queued", "running", "succeeded", "failed", "cancelled", "timed_out")

Change = Callable[[re.Match[str]], str]


def _more(match: re.Match[str]) -> str:
    return str(int(match[0]) + 1)


def _longer(match: re.Match[str]) -> str:
    return match[0] + "x"


def _other_state(match: re.Match[str]) -> str:
    return STATES[(STATES.index(match[0]) + 1) % len(STATES)]


def _other_error(match: re.Match[str]) -> str:
    return ERRORS[match[0] == ERRORS[0]]


def _turned(match: re.Match[str]) -> str:
    return "false" if match[0] == "true" else "true"


_STATE = "|".join(STATES)
_ADVICE = {"never": "once", "once": "never", "after_delay": "never"}
CATALOG: tuple[tuple[str, str, Change], ...] = (
    ("enum", r"(?<=  enum: \[)'?[\w:.]+'?(?=,)", lambda match: "canary"),
    ("minimum", r"(?<=  minimum: )\d+$", _more),
    ("maximum", r"(?<=  maximum: )\d+$", _more),
    ("maxLength", r"(?<=  maxLength: )\d+$", _more),
    ("required", r"(?<=^      required: \[)\w+", lambda match: "canary"),
    ("default", r"(?<=  default: )\d+$", _more),
    ("path", r"(?<=^  /)[\w/-]+(?=:$)", _longer),
    ("method", r"(?<=^    )post(?=:$)", lambda match: "put"),
    ("code", r"(?<=^    ')\d+(?=':$)", lambda match: match[0] + "7"),
    ("error", r"(?<=      error: )\w+$", _other_error),
    ("retry", r"(?<=      retry: )\w+$", lambda match: _ADVICE[match[0]]),
    ("state", rf"(?<=: )(?:{_STATE})(?=[,}}]|$)", _other_state),
    ("server", r"(?<=^- url: 'https://)[\w.]+", _longer),
    ("wire", r"(?<=x-wire: )[\w-]+$", lambda match: "integer-text" if "sec" in match[0] else "seconds-text"),
    ("pointer", r"(?<=        id: )/\S+$", _longer),
)
"""A fact, where it stands in a line of specs/openapi, and what it becomes."""
CLAIMS: tuple[tuple[str, str, Change], ...] = (
    ("enum", r"(?<=enum: \[)'?[\w:.]+'?(?=,)", lambda match: "canary"),
    ("minimum", r"(?<=minimum: )\d+", _more),
    ("maximum", r"(?<=maximum: )\d+", _more),
    ("max_length", r"(?<=max_length: )\d+", _more),
    ("required", r"(?<=required: )(?:true|false)", _turned),
    ("default", r"(?<=default: ')[\w:]+(?=')", _longer),
    ("url", r"(?<=url: 'https://)[\w./-]+", _longer),
    ("method", r"(?<=method: )POST", lambda match: "PUT"),
    ("code", r"(?<=error: ')\d+(?=')", lambda match: match[0] + "7"),
    ("error", r"(?<=, error: )[A-Z]\w+", _other_error),
    ("state", rf"(?<=state: )(?:{_STATE})", _other_state),
    ("status", r"(?<=status: )(?:'\d'|[a-z]+)(?=, facts)", lambda match: "canary"),
    ("parameter", r"(?<=parameter: )\w+(?=, facts)", _longer),
    ("max_items", r"(?<=max_items: )\d+", _more),
    ("type", r"(?<=type: )(?:string|integer)(?=[,}])", lambda match: "integer" if match[0] == "string" else "string"),
)
"""A fact, where it stands in a line of specs/claims, and what it becomes."""


def catalog_mutants(root: Path, seed: int) -> Iterator[tuple[str, Mutant]]:
    """Yield wrong facts of every kind, each place chosen by the seed, with the stem of their ids."""
    openapi = sorted((root / "specs/openapi").glob("*.yaml"))
    claims = sorted((root / "specs/claims").rglob("*.yaml"))
    yield from _mutants(root, openapi, "wrong catalog", CATALOG, seed)
    yield from _mutants(root, claims, "wrong claim", CLAIMS, seed)


def _mutants(
    root: Path, files: list[Path], operator: str, table: tuple[tuple[str, str, Change], ...], seed: int
) -> Iterator[tuple[str, Mutant]]:
    texts = {path: path.read_text(encoding="utf-8").splitlines() for path in files}
    for fact, pattern, new in table:
        expression = re.compile(pattern)
        places = [
            (path, number, match)
            for path, lines in texts.items()
            for number, line in enumerate(lines)
            if "x-claims" not in line
            and "example" not in line.replace(".example", "")
            and (match := expression.search(line))
        ]
        if not places:
            raise Outdated(f"no line of {operator} has a {fact}: bring mutants/catalog.py up to date")
        path, number, match = random.Random(f"{seed} {operator} {fact}").choice(places)
        lines, old = list(texts[path]), texts[path][number]
        lines[number] = old[: match.start()] + new(match) + old[match.end() :]
        name = path.relative_to(root).as_posix()
        what = f"{fact}: {match[0]} → {new(match)}"
        text = "\n".join(lines) + "\n"
        yield (
            f"{operator.replace(' ', '-')}/{fact}",
            Mutant("", operator, name, number + 1, what, partial(dict, {name: text}), is_checked=True),
        )
