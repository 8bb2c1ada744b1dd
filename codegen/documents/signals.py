"""What makes a line look as if it states a fact: the closed list by which a line is prose or unread."""

from __future__ import annotations

import re
from collections.abc import Container

WORDS = (
    "required|optional|mandatory|default|defaults|maximum|minimum|max|min|only|must|cannot|supported|supports|range|ranges|"
    "format|formats|limit|limits|limited|returns|exactly|fixed|at least|at most|up to|between"
)
_CHINESE = re.compile(
    "必填|必须|可选|默认|最大|最小|最多|最少|至少|不超过|仅|只能|支持|格式|范围|限制|返回|固定|不能|不可|免费|收费|付费|积分"
)
"""The same in Chinese, which is written without spaces between words."""
_NUMBER = re.compile(r"(?<![A-Za-z0-9_])\d")
_URL = re.compile(r"https?://")
_WORD = re.compile(rf"\b(?:{WORDS})\b", re.IGNORECASE)
_SPAN = re.compile(r"`([^`]+)`")
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”")

_NO_FACT = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:[\w.-]+/)*[\w.-]+\.(?:py|md|json|txt|html)",  # a file of the package
        r"(?:pip|python|python3|bash|curl|npm)\s.*",  # a shell command
        r"https?://|\.{3}|…",  # a scheme alone, and what is left out
        r"[\w-]+(?:[<>=!~]=?[\d.]+,?)+",  # a version of a library
        r"[\w.]+\(.*\)",  # a call of the package's own helper
        r"\[.*\].*",  # a template with blanks to fill in
        r"[A-Za-z][\w'-]*(?:[ ,+/]+[A-Za-z][\w'-]*){2,}",  # words in a row: an example prompt, not a name
    )
)
"""Code spans that hold something else than a name or a value of the interface."""


def is_no_fact(span: str) -> bool:
    """Return whether a code span holds something else than a name or a value of the interface."""
    return any(pattern.fullmatch(span) for pattern in _NO_FACT)


def signal_of(text: str, known: Container[str] = (), *, advice: bool = False) -> str | None:
    """Return the strongest sign that a text states a fact, or None: then it is prose.

    What speaks to a model or about the package is no sign: a quoted example prompt, a file name, a shell command,
    a call of a helper. Nor is a code span that repeats one of the `known` names. In `advice` on how to write a prompt
    a word alone is none.
    """
    bare = _QUOTED.sub(" ", text)
    for span in _SPAN.finditer(bare):
        if span[1] not in known and not is_no_fact(span[1]):
            return "code span"
    rest = _SPAN.sub(" ", bare)
    if _URL.search(rest):
        return "URL"
    if _NUMBER.search(rest):
        return "number"
    word = _WORD.search(rest) or _CHINESE.search(rest)
    return word[0].lower() if word and not advice else None
