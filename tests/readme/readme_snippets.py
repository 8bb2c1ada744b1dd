"""The snippets of the READMEs: each with its page, its line, its language and the heading that it stands under."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt

from codegen import paths

PAGES = ("README.md", "examples/README.md", "CONTRIBUTING.md", "specs/README.md")


@dataclass(frozen=True, slots=True)
class Snippet:
    """One fenced block."""

    page: str
    line: int
    language: str
    heading: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


@cache
def snippets() -> tuple[Snippet, ...]:
    """Return every fenced block of every page."""
    return tuple(snippet for page in PAGES for snippet in _of(page, paths.ROOT / page))


def _of(page: str, path: Path) -> Iterator[Snippet]:
    heading = ""
    tokens = MarkdownIt().parse(path.read_text(encoding="utf-8"))
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "inline" and before is not None and before.type == "heading_open":
            heading = token.content
        elif token.type == "fence":
            assert token.map is not None
            yield Snippet(page, token.map[0] + 1, token.info.strip(), heading, token.content)
