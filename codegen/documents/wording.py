"""Sentences about fields: `style` is one of `ink`, `chalk` and defaults to `ink`; `n` 为 1 到 4 的整数。"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from codegen.documents import endpoints, fields, phrases
from codegen.documents.blocks import Block
from codegen.documents.fields import Entry
from codegen.documents.types import read_type

_END = re.compile(
    r"(?:(?<=[a-z0-9`)\]\"*])|(?<=[A-Z]{2}))\. (?=[A-Z`*\"])|(?<=。)(?=.)"
    r"|; (?=`[A-Za-z_]\w*` (?:is|are|takes|holds|must)\b)"
)


def sentences(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks, a line of a paragraph as its sentences where several name something of the interface.

    An entry of a list of fields stays whole.
    """
    for block in _defined(blocks):
        entry = fields.parse(block.text) if block.kind == "text" else None
        sentences = [] if entry and (entry.type_word or entry.required is not None) else list(_split(block.text))
        if block.kind == "text" and _states_several(sentences):
            yield from (replace(block, text=text) for text in sentences)
        else:
            yield block


def _states_several(sentences: Sequence[str]) -> bool:
    """Return whether two of the sentences have a code span, or two a number."""
    return sum("`" in text for text in sentences) > 1 or sum(bool(re.search(r"\d", text)) for text in sentences) > 1


def _defined(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks, a term and the ": words" below it as one line, "term: words"."""
    term: Block | None = None
    for row in blocks:
        block = endpoints.led_by_method(term, row) if term else row
        if term is not None and block.kind == "text" and block.text.startswith(": ") and block.line == term.line + 1:
            name = f"`{term.text}`" if re.fullmatch(r"[a-z_]\w*", term.text) else term.text
            yield replace(term, text=f"{name}{block.text}", lines=(*term.lines, *block.lines))
            term = None
            continue
        if term is not None:
            yield term
        term = block if block.kind == "text" else None
        if term is None:
            yield block
    if term is not None:
        yield term


def _split(text: str) -> Iterator[str]:
    start = 0
    for match in _END.finditer(text):
        before = text[start : match.start()]
        if before.count("`") % 2 == 0 and before.count("(") == before.count(")"):
            yield text[start : match.end()].strip()
            start = match.end()
    yield text[start:].strip()


_BOLD = re.compile(r"\*\*([^*:`]{2,60})\*\*")


def headed(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks, lines in bold as headings where several of a section are each followed by a request."""
    ends: set[int] = set()
    section: list[int] = []
    for index, block in enumerate([*blocks, Block("heading", 0, "", ())]):
        if block.kind == "heading":
            ends.update(section if len(section) > 1 else ())
            section = []
        elif block.kind == "text" and _BOLD.fullmatch(block.text):
            following = takewhile(_is_inside, blocks[index + 1 : index + 4])
            section += [index] if any(endpoints.request_line(one) for one in following) else []
    for index, block in enumerate(blocks):
        yield replace(block, kind="heading", text=block.text.strip("*"), level=7) if index in ends else block


def _is_inside(block: Block) -> bool:
    return block.kind != "heading" and not _BOLD.fullmatch(block.text)


_VERB = (
    r"(?:is|are|was|must be|has to be|have to be|should be|can be|may be|will be|takes?|expects?|accepts?|holds?|means?"
    r"|为|是|表示|应为|必须为)"
)
_SUBJECTS = re.compile(
    r"(?:(?:the|a|an|its?|each|every|both|all|optional|required|also|and|field|fields|parameter|parameters|part|parts"
    r"|property|key|value|argument|option|with|of|optionally|here|set|pass|send|give|use|supply|provide|include|in|body"
    r"|参数|字段|其中|传入)[ ,]*){0,6}"
    r"(?P<names>`[A-Za-z_][\w.\[\]-]*`(?:(?: ?, ?| ?、| and | or |和|及|与)(?:and )?`[A-Za-z_][\w.\[\]-]*`)*) ?"
    r"(?:[,(] ?)?(?P<words>.*)",
    re.IGNORECASE | re.DOTALL,
)
_SAYS = re.compile(
    rf"{_VERB}\b|{_VERB}|(?:which|that|an?|to|defaults?|optional\w*|required|必填|可选|默认)\b|必填|可选|选填|默认|[(:]",
    re.IGNORECASE,
)
_TYPED_WORDS = re.compile(
    r"(?:(?<![\w`])(?:(?:an?|one|another|the)\s{1,9})?(?:(?P<need>optional|required|mandatory)\s+)?"
    r"(?:(?:single|plain|short|whole|positive|non-negative|signed)\s+)?"
    r"(?P<kind>(?:arrays?|lists?) of (?:strings?|texts?|integers?|numbers?|objects?|urls?|uris?)"
    r"|strings?|texts?|integers?|ints?|whole numbers?|numbers?|floats?|decimals?|booleans?|bools?|objects?|arrays?"
    r"|lists?"
    r"|urls?|uris?|flags?)\b)"
    r"|(?P<chinese>字符串数组|整数数组|对象数组|数组|字符串|整数|整型|浮点数|数字|布尔值?|布尔型|对象)",
    re.IGNORECASE,
)
_ATTRIBUTES = re.compile(r"[^():]{1,40}\)\s*:")
"""What stands in brackets behind a name, before words about it: `n` (required): number of pictures."""
_NEEDED = re.compile(
    r"\b(?:(?:is|are|both|also)\s{1,9})?(?:(?P<no>optional(?:ly)?|not (?:required|needed|mandatory)"
    r"|(?:may|can) be (?:left out|omitted|missing|skipped))"
    r"|(?P<yes>(?:required|mandatory)(?!\s(?:when|if|unless|for|only)\b)|always (?:needed|required)"
    r"|(?:must|has to|have to) be (?:given|sent|set|present|there)))\b"
    r"|(?P<not>可选|选填|非必填|可不填|可省略)|(?P<must>必填|必传|必须填写|必选)",
    re.IGNORECASE,
)


def in_words(text: str) -> tuple[Entry, ...]:
    """Take a sentence about fields apart: `a` and `b` are optional strings; `n` is an integer from 1 to 4.

    Empty for a sentence that says neither a type nor a requirement nor a value of the names that it begins with.
    """
    match = _SUBJECTS.match(text)
    if not match or not _SAYS.match(match["words"]):
        return ()
    names = re.findall(r"`([^`]+)`", match["names"])
    kind, required, words = words_of(match["words"])
    if (attributes := _ATTRIBUTES.match(match["words"])) and not _TYPED_WORDS.search(attributes[0]):
        kind, required, _ = words_of(attributes[0])
        words = match["words"][attributes.end() :]  # what it is, such as "number of pictures": no type
    facts = phrases.read(words).facts
    if kind is None and required is None and not facts.keys() - {"format", "media", "unit"}:
        return ()
    return tuple(Entry(name, kind, required, words) for name in names)


def words_of(text: str) -> tuple[str | None, bool | None, str]:
    """Return the type and the requirement that words about a field state, and the words that are left."""
    words = re.sub(rf"^{_VERB}\b|^{_VERB}", " ", text.strip(), count=1, flags=re.IGNORECASE).strip()
    kind: str | None = None
    required: bool | None = None
    if typed_words := _TYPED_WORDS.search(words):
        kind_word: str = (typed_words["kind"] or typed_words["chinese"]).lower()
        kind = _SINGULAR.get(kind_word, kind_word)
        if typed_words["need"]:
            required = typed_words["need"].lower() != "optional"
        if read_type(kind) is None:
            kind = None
        else:
            words = f"{words[: typed_words.start()]} {words[typed_words.end() :]}"
            if kind in ("url", "uri"):
                words = f"URL {words}"
    if need := _NEEDED.search(words):
        required = bool(need["yes"] or need["must"])
        words = f"{words[: need.start()]} {words[need.end() :]}"
    return kind, required, words.strip(" ,.;:")


_SINGULAR = {
    **{
        f"{word}s": word for word in ("string", "integer", "int", "number", "float", "boolean", "bool", "object", "url")
    },
    "text": "string",
    "texts": "string",
    "whole number": "integer",
    "whole numbers": "integer",
    "decimal": "number",
    "decimals": "number",
    "flag": "boolean",
    "flags": "boolean",
    "字符串数组": "array<string>",
    "整数数组": "array<integer>",
    "对象数组": "array<object>",
}
