"""Texts that a pattern of a schema probably accepts: built from the pattern itself, a bounded number of them.

Python's own parser of regular expressions reads the pattern; nothing here matches a text with it, so none can blow up.
It is private (`re._parser`), since there is no public one; a pattern that it does not read has no texts.
The caller validates each text: it may not fit.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from typing import Any

codes: Any = import_module("re._constants")  # typeshed has no stub of it,
parser: Any = import_module("re._parser")  # nor of it

MAX_PATTERN = 1_000
"""Characters. For a longer pattern no text is built."""
MAX_TEXT = 2_000
"""Characters of a text."""
_MAX_STEPS = 20_000
"""Parts of a pattern that are written for one text: repetitions of nothing would be free otherwise."""
_LETTERS = "a1A0-_ .,/:"
"""Tried in this order where a class of characters says which it has not."""
_PROPERTIES = {"L": "a-zA-Z", "Lu": "A-Z", "Ll": "a-z", "N": "0-9", "Nd": "0-9", "P": ".,!?-", "Z": " ", "S": "+$"}
_PROPERTY = re.compile(r"\\p\{(?:[A-Za-z_]{1,30}=)?([A-Za-z_]{1,30})\}")
_CATEGORIES = {
    codes.CATEGORY_DIGIT: "0",
    codes.CATEGORY_WORD: "a",
    codes.CATEGORY_SPACE: " ",
    codes.CATEGORY_NOT_DIGIT: "a",
    codes.CATEGORY_NOT_WORD: "-",
    codes.CATEGORY_NOT_SPACE: "a",
}


class _NoText(Exception):
    """The pattern says something of which no text is built here, or asks for too much."""


@lru_cache(1_000)
def texts(pattern: str, least: int = 0) -> tuple[str, ...]:
    """Return texts for an ECMA pattern, the shortest first; `least`: characters that one should have."""
    return tuple(dict.fromkeys(_texts(pattern, least))) if len(pattern) <= MAX_PATTERN else ()


def _texts(pattern: str, least: int) -> Iterator[str]:
    tree = _parsed(pattern)
    if tree is None:
        return
    for more in dict.fromkeys((0, 1, 2, max(0, least - 1), least)):
        for option in (0, 1, 2):
            try:
                text = _Writer(min(more, MAX_TEXT), option).sequence(tree)
            except _NoText:
                continue
            yield text
            if len(text) < least:
                yield text + "a" * (least - len(text))


def _parsed(pattern: str) -> Any:
    """Return the tree of a pattern; None where Python's parser does not read it."""
    plain = _PROPERTY.sub(lambda match: f"[{_PROPERTIES.get(match[1], 'a-z')}]", pattern)
    plain = re.sub(r"\\u\{([0-9A-Fa-f]{1,4})\}", lambda match: f"\\u{match[1]:0>4}", plain)
    plain = plain.replace("(?<", "(?P<").replace("(?P<=", "(?<=").replace("(?P<!", "(?<!")
    plain = re.sub(r"\\k<([^<>]{1,60})>", r"(?P=\1)", plain)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return parser.parse(plain)
        except (re.error, RecursionError, OverflowError, ValueError):
            return None


class _Writer:
    """Writes one text: every repetition `more` times beyond its least, every choice its option of that number."""

    def __init__(self, more: int, option: int) -> None:
        self._more = more
        self._option = option
        self._left = MAX_TEXT
        self._steps = _MAX_STEPS
        self._groups: dict[int, str] = {}

    def sequence(self, items: Any) -> str:
        """Return a text for a sequence of parts. Raises _NoText."""
        return "".join(self._item(operator, argument) for operator, argument in items)

    def _item(self, operator: Any, argument: Any) -> str:
        self._steps -= 1
        if self._steps < 0:
            raise _NoText
        if operator is codes.LITERAL:
            return self._spent(chr(argument))
        if operator is codes.NOT_LITERAL:
            return self._spent(next(char for char in _LETTERS if ord(char) != argument))
        if operator is codes.ANY:
            return self._spent("a")
        if operator is codes.IN:
            return self._spent(self._one_of(argument))
        if operator is codes.AT:
            return ""
        if operator in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            least, most, inner = argument
            count = min(least + self._more, most) if self._more else least
            if count > self._left:
                raise _NoText
            return "".join(self.sequence(inner) for _ in range(count))
        if operator is codes.SUBPATTERN:
            text = self.sequence(argument[-1])
            if argument[0] is not None:
                self._groups[argument[0]] = text
            return text
        if operator is codes.ATOMIC_GROUP:
            return self.sequence(argument)
        if operator is codes.BRANCH:
            options = argument[1]
            return self.sequence(options[min(self._option, len(options) - 1)])
        if operator is codes.GROUPREF:
            return self._spent(self._groups.get(argument, ""))
        if operator in (codes.ASSERT, codes.ASSERT_NOT):
            return ""  # the validator says whether what follows fits it
        raise _NoText

    def _spent(self, text: str) -> str:
        self._left -= len(text)
        if self._left < 0:
            raise _NoText
        return text

    def _one_of(self, members: Any) -> str:
        negated = members[0][0] is codes.NEGATE
        if negated:
            return next((char for char in _LETTERS if not _has(members[1:], char)), "~")
        operator, argument = members[min(self._option, len(members) - 1)]
        if operator is codes.RANGE:
            return chr(argument[0])
        if operator is codes.CATEGORY:
            return _CATEGORIES.get(argument, "a")
        return chr(argument)


def _has(members: Any, char: str) -> bool:
    return any(
        (operator is codes.LITERAL and ord(char) == argument)
        or (operator is codes.RANGE and argument[0] <= ord(char) <= argument[1])
        or (operator is codes.CATEGORY and _is_in(argument, char))
        for operator, argument in members
    )


def _is_in(category: Any, char: str) -> bool:
    return {
        codes.CATEGORY_DIGIT: char.isdigit(),
        codes.CATEGORY_WORD: char.isalnum() or char == "_",
        codes.CATEGORY_SPACE: char.isspace(),
        codes.CATEGORY_NOT_DIGIT: not char.isdigit(),
        codes.CATEGORY_NOT_WORD: not (char.isalnum() or char == "_"),
        codes.CATEGORY_NOT_SPACE: not char.isspace(),
    }[category]
