"""The only three ways in which text of a specification reaches generated code: identifier, literal, docstring."""

from __future__ import annotations

import keyword
import math
import re
import textwrap
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MAX_IDENTIFIER = 80
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Identifier(str):
    """A name that is safe to print into Python source. Building one from anything else raises ValueError."""

    __slots__ = ()

    def __new__(cls, name: str) -> Identifier:
        if not isinstance(name, str) or not _IDENTIFIER.fullmatch(name):
            raise ValueError("is not an ASCII identifier")
        if len(name) > MAX_IDENTIFIER:
            raise ValueError(f"is longer than {MAX_IDENTIFIER} characters")
        if keyword.iskeyword(name) or (name.startswith("__") and name.endswith("__")):
            raise ValueError("is a word of Python's own")
        return super().__new__(cls, name)


@dataclass(frozen=True)
class Literal:
    """A value as Python source: same value, same source; ASCII, without anything that acts on a reader."""

    value: Any

    def __post_init__(self) -> None:
        _source(self.value)

    def __str__(self) -> str:
        return _source(self.value)


def _source(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return repr(value)
    if isinstance(value, str):
        # ascii() escapes quotes, backslashes, control and bidi characters; str() drops the subclass.
        return ascii(str(value))
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError("is not a finite number")
        return float.__repr__(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_source(key)}: {_source(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        items = ", ".join(_source(item) for item in value)
        if isinstance(value, list):
            return f"[{items}]"
        return f"({items},)" if len(value) == 1 else f"({items})"
    if isinstance(value, frozenset):
        return "frozenset({" + ", ".join(sorted(_source(item) for item in value)) + "})" if value else "frozenset()"
    raise ValueError(f"no literal for a {type(value).__name__}")


WIDTH = 100
"""Longest line of a docstring, so that it fits at any indentation used."""
INDENT = "    "
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019", "'"),
        **dict.fromkeys("\u201c\u201d", '"'),
        **dict.fromkeys("\u2013\u2014\u2212", "-"),
        "\u00d7": "x",
        "\u2026": "...",
        "\u2265": ">=",
        "\u2264": "<=",
        "\\": "/",
        **dict.fromkeys("\t\n\r\x0b\x0c\x85", " "),
    }
)
"""Typographic characters in plain ones; a backslash would start an escape."""


def plain(text: str) -> str:
    """Return one paragraph of harmless text: no control or bidi character, no backslash, nothing that ends or runs."""
    normal = unicodedata.normalize("NFC", text.translate(_PLAIN))
    visible = normal
    if not normal.isprintable():  # which most text is, and then every character of it is visible or a plain space
        visible = "".join(" " if _is_space(char) else char for char in normal if _is_space(char) or _is_visible(char))
    # A prompt would be run by doctest.
    return " ".join(visible.split()).replace(">>>", "> > >").replace('"""', "'''")


def _is_space(char: str) -> bool:
    return unicodedata.category(char) in {"Zs", "Zl", "Zp"}


def _is_visible(char: str) -> bool:
    return not unicodedata.category(char).startswith("C")


@dataclass(frozen=True)
class Docstring:
    """Text that is safe between triple quotes. `of` makes it from any text; lines are joined and wrapped anew."""

    text: str

    def __post_init__(self) -> None:
        lines = self.text.replace("\n", "")
        harmless = lines.isprintable() or all(map(_is_visible, lines))
        if not harmless or "\\" in self.text or '"""' in self.text or ">>>" in self.text or self.text.endswith('"'):
            raise ValueError("is not safe in a docstring")

    @classmethod
    def of(cls, *paragraphs: str) -> Docstring:
        """Return one paragraph for each text that has any."""
        return cls._closed("\n\n".join(_wrapped(words) for words in map(plain, paragraphs) if words))

    @classmethod
    def section(cls, title: str, rows: Mapping[str, Docstring]) -> Docstring:
        """Return a section in Google style: a title and one hanging entry for each row; "" has no name."""
        entries = [
            _wrapped(f"{plain(name)}: {plain(row.text)}", hanging=INDENT) if name else _wrapped(plain(row.text))
            for name, row in rows.items()
        ]
        entries = [textwrap.indent(entry, INDENT) for entry in entries]
        return cls._closed("\n".join([f"{plain(title)}:", *entries]))

    @classmethod
    def joined(cls, *parts: Docstring | None) -> Docstring:
        """Return the parts that have text, an empty line between them."""
        return cls._closed("\n\n".join(part.text for part in parts if part is not None and part.text))

    @classmethod
    def _closed(cls, text: str) -> Docstring:
        """Return a docstring whose last character is no quote, which would join the closing ones."""
        return cls(f"{text[:-1]}'" if text.endswith('"') else text)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        """Return the text between the quotes: the closing ones get a line of their own where there are several."""
        return f"{self.text}\n" if "\n" in self.text else self.text


def _wrapped(text: str, hanging: str = "") -> str:
    return textwrap.fill(
        text, WIDTH, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False, replace_whitespace=False
    )


def finalize(value: Any) -> Any:
    """Refuse any printed value but the three safe types: a raw string is an error in the template."""
    if type(value) in (Identifier, Literal, Docstring):
        return str(value)
    raise TypeError(f"a template may not print a {type(value).__name__}: {value!r}")
