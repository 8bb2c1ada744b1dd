"""What is left of a line when the claims on it are taken out: a number, a name or a URL that no claim holds.

A rule that takes one fact of a line assigns the line to the read ones; a second fact would go with it.
So each line that is read is held against its claims once more: what they do not account for is unread.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

from codegen.documents import endpoints
from codegen.documents.signals import QUOTED, SPAN, is_no_fact
from codegen.documents.types import read_type
from codegen.documents.vocabulary import plain_characters

_URL = re.compile(r"https?://(?:<[\w -]+>|\{[\w -]+\}|[^\s`'\"|)<>,;])+")
_NUMBER = re.compile(r"(?<![A-Za-z0-9_.])[-+]?\d+(?:\.\d+)?")
_PLACEHOLDER = re.compile(r"\$\{?\w+\}?|<[^<>]{1,60}>|\{\{?[\w .-]{1,40}\}?\}|(?<=/):\w+")
_WORD = re.compile(r"(?<![\w-])[A-Za-z_][\w-]*")
_NOTHING = re.compile(
    r"s|secs?|seconds?|mins?|minutes?|ms|px|pixels?|[kmg]b?|bytes|null|none|x{2,}|your[-_]\w+|my[-_]\w+", re.IGNORECASE
)
"""Words in a code span that state nothing: units, and what stands for a value."""
_SCALES = (1, 60, 3600, 1_000, 1_000_000, 1_000_000_000, 1024, 1024**2, 1024**3, 0.001, 1 / 60)


class Claimed:
    """The names, words, numbers and URLs that the claims on one line hold."""

    def __init__(self, values: Iterable[Any]) -> None:
        self.words: set[str] = set()
        self.urls: set[str] = set()
        self.numbers: set[float] = set()
        for value in _leaves(values):
            self._take(value)
        if "required" in self.words:
            self.words |= {"mandatory", "not", "optional"}  # other words for the same fact

    def _take(self, value: Any) -> None:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            self.numbers.add(float(str(value)))  # a number of 400 digits is infinite, and no fault
            return
        text = str(value)
        self.urls.add(_located(text))
        self.words.add(_bare(text))
        self.words.update(_bare(part) for part in re.split(r"[.\s/,|]+", text))
        self.words.update(_bare(part) for part in _WORD.findall(text))
        if "://" not in text and not text.startswith("/"):  # the version in a URL is not an amount
            self.numbers.update(float(number) for number in re.findall(r"\d+(?:\.\d+)?", text))

    def has_number(self, text: str) -> bool:
        """Return whether a claim holds a number, in this unit or another: 5 minutes are 300 seconds."""
        number = abs(float(text))
        return any(abs(abs(own) - number * scale) < 1e-6 for own in self.numbers for scale in _SCALES)

    def has_word(self, text: str) -> bool:
        return _bare(text) in self.words


def _leaves(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, Mapping):
            yield from _leaves([*value.keys(), *value.values()])
        elif isinstance(value, (list, tuple)):
            yield from _leaves(value)
        else:
            yield value


def _bare(text: str) -> str:
    return text.strip().strip("`\"'<>.").lower()


def remaining(text: str, values: Iterable[Any], known: Container[str] = ()) -> str | None:
    """Return the sign of a fact in a line that none of the values on it account for, or None."""
    claimed = Claimed(values)
    bare = re.sub(r"\*\*|__", "", plain_characters(text))
    for url in _URL.findall(bare):
        if _located(url) not in claimed.urls and url.rstrip(".") not in known and not _with_query(url, claimed):
            return f"URL {url}"
    bare = _URL.sub(" ", bare)
    for span in SPAN.findall(bare):
        if not _is_claimed(span, claimed, known):
            return f"code span {span}"
    rest = QUOTED.sub(" ", SPAN.sub(" ", bare))
    rest = re.sub(r"^\s*(?:[-*+]\s+)?\d+[.)]\s", "", rest)
    rest = _THOUSANDS.sub(lambda match: _joined(match[0], claimed), rest)
    for number in _NUMBER.findall(rest):
        if not claimed.has_number(number):
            return f"number {number}"
    return None


_THOUSANDS = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?![\d,])")


def _joined(number: str, claimed: Claimed) -> str:
    """Return 2,000 as 2000 where a claim holds that; 100,200 may be two numbers."""
    joined = number.replace(",", "")
    return joined if claimed.has_number(joined) else number


def _with_query(url: str, claimed: Claimed) -> bool:
    """Return whether the claims hold a URL and the names in its query; the values there are examples."""
    whole, mark, query = url.rstrip(".").partition("?")
    names = re.findall(r"(?:^|&)([\w.[\]-]+)=", query)
    return bool(mark and names) and _located(whole) in claimed.urls and all(map(claimed.has_word, names))


def _located(url: str) -> str:
    """Return a URL whatever its placeholders are called."""
    return re.sub(r"\{\w*\}", "{}", endpoints.canonical(url))


def _is_claimed(span: str, claimed: Claimed, known: Container[str]) -> bool:
    if span in known or claimed.has_word(span) or is_no_fact(span) or read_type(span) is not None:
        return True
    if keys := re.findall(r"\"(\w+)\"\s*:", span):
        return all(claimed.has_word(key) or key in known for key in keys)  # an example: its values are nobody's
    span = _PLACEHOLDER.sub(" ", span)
    words = [
        word
        for word in _WORD.findall(span)
        if not claimed.has_word(word) and word not in known and not _NOTHING.fullmatch(word)
    ]
    numbers = [number for number in re.findall(r"\d+(?:\.\d+)?", span) if not claimed.has_number(number)]
    return not words and not numbers


_REQUIREMENT = frozenset({"required", "required_when", "allowed_when", "names"})
_BOUNDS = frozenset(
    "minimum maximum multiple_of min_length max_length "
    "min_items max_items exclusive_minimum exclusive_maximum max_bytes min_bytes "
    "min_width max_width min_height max_height min_seconds max_seconds min_aspect max_aspect max_tokens times "
    "min_frame_rate max_frame_rate recommended_resolution exact_resolution poll_seconds typical_seconds unit".split()
)
_STATED_BY: tuple[tuple[str, frozenset[str], bool], ...] = (
    (r"\bdefaults?\b(?! (?:settings?|behaviou?r))|默认|缺省", frozenset({"default", "value"}), True),
    (r"\b(?:maximum|at most|no more than)\b|最多|最大|不超过", _BOUNDS, True),
    (r"\b(?:minimum|at least|no less than)\b|最少|最小|至少|不少于", _BOUNDS, True),
    (r"\boptional\b|可选|选填", _REQUIREMENT, True),
    (r"\b(?:required|mandatory)\b|必填|必选|必须", _REQUIREMENT, False),
    (r"\b(?:must|cannot|can ?not|may not)\b|不能|不可|只能", _REQUIREMENT | _BOUNDS | {"enum", "formats"}, False),
    (r"\b(?:supports?|formats?)\b|支持|格式", frozenset({"enum", "formats", "format", *_BOUNDS}), False),
    (r"\bexactly\b|固定|\balways\b", _BOUNDS | {"enum", "output_seconds"}, False),
)
"""Words that state a fact; the facts that hold it; and whether they do so in the first sentence of a line too, which
may be the words of a label or of an error."""


def unstated(text: str, facts: Container[str]) -> str | None:
    """Return a word by which a sentence states a fact that no claim on its line holds, or None."""
    bare = QUOTED.sub(" ", SPAN.sub(" ", plain_characters(text)))
    first, *others = re.split(r"(?<=[.;!?])\s+", bare.strip())
    for words, holders, in_first in _STATED_BY:
        if any(holder in facts for holder in holders):
            continue
        for sentence in (first, *others) if in_first else others:
            if (match := re.search(words, sentence, re.IGNORECASE)) and not sentence.rstrip().endswith("?"):
                return match[0].lower()
    return None
