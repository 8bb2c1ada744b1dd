"""One parameter or field as a document describes it: type, required, default and description → facts.

`describe` reads cells and sentences; `parse` takes an entry of a list apart, in whatever order its parts stand:
`name` (string, required): words; name - string - optional, default 5; `name`（字符串，必填）：words.

What is stated and not understood comes back as problems: the reader counts the line as unread, and nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from codegen.documents import phrases
from codegen.documents.claims import MAX_LINE, TOO_LONG
from codegen.documents.phrase_rules import literal
from codegen.documents.signals import fact_in_description, signal_of
from codegen.documents.types import allows_null, is_nothing, read_type, typed
from codegen.documents.vocabulary import FORMATS, one_language, simplified

Facts = dict[str, Any]


@dataclass(frozen=True)
class ReadField:
    """The facts of one field, and the words that were not understood."""

    facts: Mapping[str, Any]
    labels: Mapping[str, str]
    """Value → what the description calls it."""
    differing: Mapping[str, Any] | None = None
    """Facts of the description that say something else than the columns beside it."""
    problems: tuple[str, ...] = ()
    """What was not understood, as signals of an unread line."""


def describe(
    description: str,
    *,
    type_word: str | None = None,
    stated: Mapping[str, Any] | None = None,
    default: str | None = None,
    known: Container[str] = (),
    name: str = "",
) -> ReadField:
    """Read one field. `stated` holds the facts of its own columns; `type_word` is None where no type is given."""
    words, problems = _in_words(description, type_word, name)
    facts: Facts = {}
    if type_word is not None:
        kind = read_type(type_word)
        facts.update(kind or {})
        facts.update(_unknown(type_word, kind, {**words.facts, **(stated or {})}))
    facts.update(stated or {})
    if default is not None and not is_nothing(default):
        facts["default"], unit = _with_unit(default, facts)
        words = replace(words, facts={**unit, **words.facts})
    differing = {key: value for key, value in words.facts.items() if key in facts and facts[key] != value}
    if facts.get("type") != "string" or "format" in facts:
        differing.pop("format", None)
    facts, unclear = _words_to_send({**words.facts, **facts}, words)
    problems.extend(unclear)
    facts, wrong = typed(_bounds_of_what(facts))
    differing = _otherwise(differing, facts)
    if "type" not in facts and "unknown_type" not in facts and type_word is not None and facts.get("enum"):
        facts["type"] = {int: "integer", float: "number"}.get(type(facts["enum"][0]), "string")
    if "unknown_type" in facts:
        problems.append(f"type {facts['unknown_type']}")
    problems.extend(f"{fact} that is not of the type {facts.get('type')}" for fact in wrong)
    if signal := signal_of(words.rest, known) or fact_in_description(words.rest):
        problems.append(signal)
    return ReadField(facts, words.labels, differing or None, tuple(problems))


def _in_words(description: str, type_word: str | None, name: str) -> tuple[phrases.Phrases, list[str]]:
    """Return what the words about a field state, and what of them and of its type is not understood."""
    if len(description) > MAX_LINE:
        return phrases.read(""), [TOO_LONG]
    chosen, words = _choices(_without_label(description, name), type_word)
    reading = phrases.read(words)
    facts: Facts = {**reading.facts, **chosen}
    problems = ["or null"] if allows_null(type_word or "") else []
    if facts.get("default") in ("null", "None", "nil") and not re.search(r"[\"'](?:null|None|nil)[\"']", description):
        del facts["default"]
    if other := _OTHER_FORMAT.search(reading.rest) if "formats" in facts else None:
        problems.append(f"format {other[1]}")
    if _NAME_OF_A_FORMAT.search(name) and "format" not in facts and "enum" not in facts and "formats" in facts:
        facts["enum"] = facts.pop("formats")  # the format that one wants is a word to send
    return replace(reading, facts=facts), problems


def _otherwise(differing: Facts, facts: Facts) -> Facts:
    """Return what the words state otherwise than the columns, in the type of the field."""
    other, _ = typed({"type": facts.get("type"), "items": facts.get("items"), **differing})
    return {key: value for key, value in other.items() if key not in ("type", "items") and facts.get(key) != value}


_NAME_OF_A_FORMAT = re.compile(r"(?:^|[._])(?:formats?|codec|container|extension|file_?type|encoding)$", re.IGNORECASE)
_OTHER_FORMAT = re.compile(
    r"(?:^|[,/、]|\bor\b|\band\b)\s*(?!URL|URI|RGB|HTTP|UTF|API)([A-Z][A-Z0-9]{2,4})\b(?!\s*[\w-])"
)
"""A word in a list of formats that no reader knows as one."""
_UNITED = re.compile(r"(-?\d+(?:\.\d+)?)\s*(ms|s|secs?|seconds?|px|pixels?|%)")


def _with_unit(default: str, facts: Facts) -> tuple[Any, Facts]:
    """Return the default in a column, and its unit where it is a number with one: 60 s."""
    match = _UNITED.fullmatch(default.strip("` ")) if facts.get("type") in ("integer", "number") else None
    if match is None:
        return literal(default), {}
    unit = {"ms": "millisecond", "%": "percent"}.get(match[2], "pixel" if match[2].startswith("p") else "second")
    return literal(match[1]), {"unit": unit}


def _without_label(description: str, name: str) -> str:
    """Return the values of `theme` without their label: "Theme: light, dark" is "One of: light, dark"."""
    match = re.match(r"\s*([A-Za-z][\w ]{0,30}?)s?:\s*(.+)", description, re.DOTALL)
    last = re.split(r"[._\[\]]+", name.lower())
    if (
        not match
        or not name
        or "`" in match[2]
        or match[1].lower().split()[-1] not in (*last, *(f"{one}s" for one in last))
    ):
        return description
    listed = re.match(
        r"(?:(?:one of|either) )?([\w.+-]+(?:, (?:or )?[\w.+-]+| or [\w.+-]+)+)"
        r"(?=\s*(?:$|[.;(]|,\s*(?:or )?(?:default|null)))",
        match[2],
    )
    if not listed or re.search(r"\d\s*(?:-|to)\s*\d", listed[1]):
        return description
    return f"One of: {listed[1]}{match[2][listed.end() :]}"


_OR = r"\s*(?:,\s*(?:or\s+)?|\s/\s|\||、|\bor\s+)\s*"
_LISTED_WORDS = re.compile(rf"[a-z][\w-]{{0,30}}(?:{_OR}[a-z][\w-]{{0,30}}){{1,20}}")


_CHINESE_LIST = re.compile(
    r"(?:[\u4e00-\u9fff]{1,8}(?:\s*[:为有是]\s*|\s+))?([\w\u4e00-\u9fff-]{1,12}(?:、[\w\u4e00-\u9fff-]{1,12}){1,30})"
)
"""风格: 写实、水彩、动漫"""


def _first(text: str) -> str:
    """Return the first sentence of what the phrases have left of a description."""
    return re.split(r"[.;](?:\s|$)", text.strip(" .;,"))[0].strip(" ,")


def _words_to_send(facts: Facts, reading: phrases.Phrases) -> tuple[Facts, list[str]]:
    """Return the facts with the values that plain words list, and "values" where they may list some and may not."""
    if facts.get("type") != "string" or "enum" in reading.facts:
        return facts, []
    if facts.get("default") in facts.get("formats", ()) and "format" not in facts:
        return {**{key: fact for key, fact in facts.items() if key != "formats"}, "enum": facts["formats"]}, []
    if chinese := _CHINESE_LIST.fullmatch(_first(reading.rest)):
        values = chinese[1].split("、")
        return ({**facts, "enum": values}, []) if facts.get("default") in values else (facts, ["values"])
    listed = _LISTED_WORDS.fullmatch(_first(reading.rest))
    words = re.split(_OR, listed[0]) if listed else []
    if not words:
        return facts, []
    if facts.get("default") in words or re.search(r"[|/]", listed[0] if listed else ""):
        return {**facts, "enum": words}, []
    return facts, ["values"]  # "swift or grand" may be values, "name or id" is none


_MARKED = r"`[\w.-]+`(?:\s*\((?:default|默认)\))?(?!\s+(?:if|when|by default)\b)"
_FORMATS = re.compile(rf"\s*({_MARKED}(?:\s*(?:,\s*(?:or|and)\b|,|/|\||、|or|and)\s*{_MARKED})+)")
_THEN_DEFAULT = re.compile(
    r"\s*(?:[,;.]\s*)?(?:defaults?(?: value)?(?: to| is)?|默认(?:值)?(?:为|是)?)\s*(?::\s*)?`([\w.-]+)`", re.I
)
_FORMAT_WORDS = re.compile(
    rf"\s*((?:{'|'.join(sorted(FORMATS))})(?:(?:,| or|, or| and) (?:{'|'.join(sorted(FORMATS))}))+)\.?", re.IGNORECASE
)
_CHOICES = re.compile(r"\s*([\w-]+(?:/[\w-]+)+)(?=\s*(?:[,;.]|$))")


_WITH_DIGITS = r"`?(?=[\w.:-]*\d)[\w.:-]{1,30}`?"
_NUMBERED = re.compile(
    rf"\s*(?:[A-Z][\w /-]{{0,24}}:\s*)?((?:either )?{_WITH_DIGITS}"
    rf"(?:(?:, ?| ?/ ?| ?\| ?|、){_WITH_DIGITS})*(?:,? or | ?或 ?| / | \| ){_WITH_DIGITS})"
    r"(?=\s*(?:[,;.]\s|\(|[,;.]?$))"
)
"""2, 3 or 4; 16:9 / 9:16; clip-1, clip-2 or clip-2-fast: values, since each has a digit."""
_NUMBERS = re.compile(r"\s*(-?\d+(?:\.\d+)?(?:(?:, ?|、| ?/ ?| ?\| ?)-?\d+(?:\.\d+)?){2,})\s*\.?\s*")
"""1024, 2048, 4096, and no other word: values."""


def _choices(description: str, type_word: str | None) -> tuple[Facts, str]:
    """Take `mp3` (default), `wav`; glb/obj as values of a text, not as formats of a file; return the rest too."""
    if match := _NUMBERS.fullmatch(description):
        return {"enum": [literal(value) for value in re.findall(r"-?\d+(?:\.\d+)?", match[1])]}, ""
    if (match := _NUMBERED.match(description)) and read_type(type_word or "") != {"type": "array"}:
        values = re.findall(r"[\w.:-]*\d[\w.:-]*", match[1])
        return {"enum": [literal(value) for value in values]}, description[match.end() :]
    is_text = (read_type(type_word or "") or {}) == {"type": "string"}
    has_default = (
        type_word is None and (first := _FORMATS.match(description)) and re.search(r"\((?:default|默认)\)", first[1])
    )
    if not (is_text or has_default) or re.search(r"\bURLs?\b|链接", description):
        return {}, description
    facts: Facts = {}
    if match := _FORMATS.match(description):
        spans = re.findall(r"`([\w.-]+)`(\s*\()?", match[1])
        facts["enum"] = [value for value, _ in spans]
        for value, mark in spans:
            if mark:
                facts["default"] = value
        if default := _THEN_DEFAULT.match(description, match.end()):
            return {**facts, "default": default[1]}, description[default.end() :]
    elif match := _FORMAT_WORDS.fullmatch(description):
        facts["enum"] = re.findall(r"\w+", match[1].replace(" or ", " ").replace(" and ", " "))
    elif (match := _CHOICES.match(description)) and not re.search(r"\b(?:and/or|n/a)\b|\d/\d", match[1]):
        facts["enum"] = match[1].split("/")
    return facts, description[match.end() :] if match and facts else description


def _bounds_of_what(facts: Facts) -> Facts:
    """Make a range of a file (MP4, 3-60 s) one of its length, and one of a list the number of its items."""
    if facts.get("type") == "integer":
        counts = {"min_items": "minimum", "max_items": "maximum"}
        facts = {counts.get(key, key): value for key, value in facts.items()}
    if facts.get("type") == "array" and "unit" not in facts:
        items = {"minimum": "min_items", "maximum": "max_items"}
        return {items.get(key, key): value for key, value in facts.items()}
    is_file = facts.get("format") == "uri" or facts.get("media") in ("video", "audio") or "formats" in facts
    if not is_file or facts.get("unit") != "second" or facts.get("type") in ("integer", "number"):
        return facts
    names = {"minimum": "min_seconds", "maximum": "max_seconds"}
    return {names.get(key, key): value for key, value in facts.items() if key != "unit"}


def _unknown(word: str, kind: Facts | None, others: Mapping[str, Any]) -> Facts:
    """Mark a type that says nothing certain: an unknown word, any value at all, or a list of one knows not what."""
    shows = "enum" in others or "format" in others
    if kind is None or (not kind and not shows) or (kind == {"type": "array"} and not shows):
        letters = re.sub(r"[^\w<>\[\](), |/.-]", "", word).strip()[:40]
        return {"unknown_type": letters or "not given"}
    return {}


def further(field: ReadField) -> ReadField:
    """Return what a line nested in a field adds to it: the type stands in the line above."""
    facts = {key: fact for key, fact in field.facts.items() if key not in ("type", "items", "unknown_type", "media")}
    problems = tuple(problem for problem in field.problems if not problem.startswith("type ") and problem != "or null")
    return replace(field, facts=facts, differing=None, problems=problems)


@dataclass(frozen=True)
class Entry:
    """The parts of an entry of a list of fields."""

    name: str
    type_word: str | None
    required: bool | None
    description: str
    location: str | None = None
    """path or query, where the entry says it."""


_NAME = re.compile(
    r"\s*(?:`(?P<code>[A-Za-z_$][\w.\[\]$-]{0,80})`|\*\*`?(?P<bold>[A-Za-z_][\w.\[\]-]{0,80})`?:?\*\*:?"
    r"|\"(?P<quoted>[A-Za-z_][\w.-]{0,80})\"|(?P<plain>[A-Za-z_][\w.]{0,60})(?=\s*(?:[(\[:=]|-\s|$)))"
)
_DOT = re.compile(r"\s+[·•‧∙・]\s+")
"""What stands between the attributes of a field: `seed` · integer · optional"""
_TITLES = frozenset(
    "body headers header method endpoint url uri path auth authentication authorization returns return response "
    "request note notes example examples errors error purpose description parameters params fields input output".split()
)
"""Words that introduce a part of a section, and name no field, unless they stand in a code span."""
_REQUIRED = frozenset("required mandatory necessary obligatory 必填 必须 必选 必需 必传 必填项".split())
_OPTIONAL = frozenset(
    "optional not-required notrequired 可选 选填 非必填 非必须 非必选 非必传 非必需 选传 可不填 可不传 可空".split()
)
_YES = frozenset("yes true y m 是 はい ○ ✓ ✔ √ ✅ 1 must always".split())
_NO = frozenset("no false n o 否 いいえ 任意 ✗ ✘ × ❌ x 0 - — – may".split())
_NO_TYPE = frozenset("new beta deprecated recommended advanced experimental legacy unique".split())
"""Single words in parentheses after a name that are not types."""
_SEPARATOR = re.compile(r"[*_\s]*(?:[:,;|=]|--?\s|->)\s*")
_EMPHASIS = re.compile(r"(?<![\w*])\*{1,2}([A-Za-z][\w<>\[\] ]{1,30})\*{1,2}(?![\w*])")
_PART = re.compile(r"[^,;|:.()\[\]-]{1,60}(?:[<\[][\w, .]{0,40}[>\]]|\(\d+\))*")


def requirement(text: str) -> bool | None:
    """Return whether a word says required or optional; None for another word."""
    word = simplified(re.sub(r"[`*\s]", "", text).lower())
    return True if word in _REQUIRED else False if word in _OPTIONAL else None


def requirement_cell(text: str) -> bool | None:
    """Return the same for a cell of a column that asks whether a field is required: yes, ✓ and 是 are answers there."""
    word = re.sub(r"[`*\s.]", "", one_language(text.strip("`* "))).lower()
    return True if word in _YES else False if word in _NO else requirement(one_language(text))


def parse(text: str) -> Entry | None:
    """Take an entry apart; None where it does not start with a name."""
    match = _NAME.match(text) or _name_before_a_comma(text)
    if not match:
        return None
    if _DOT.search(text):
        text = _DOT.sub(", ", text)
        match = _NAME.match(text) or match
    name = match["code"] or match["bold"] or match["quoted"] or match["plain"]
    rest = _EMPHASIS.sub(r"\1", text[match.end() :])
    if not match["code"] and name.lower() in _TITLES and not _is_typed(name, text, rest):
        return None
    parts: list[str] = []
    rest = _marked_attributes(text[match.end() :], parts, rest)
    while True:
        rest = rest.lstrip()
        if rest[1:2] in "([" and rest[:1] in "*_":
            rest = rest[1:]
        inside = _bracketed(rest)
        if inside is not None:
            parts.extend(_split(inside))
            rest = rest[len(inside) + 2 :].removeprefix("*")
            continue
        separator = _SEPARATOR.match(rest)
        start = separator.end() if separator else 0
        inside = _bracketed(rest[start:]) if start else None
        if inside is not None and _split(inside) and _is_attribute(_split(inside)[0]):
            parts.extend(_split(inside))
            rest = rest[start + len(inside) + 2 :]
            continue
        part = _PART.match(rest, start)
        if part is None or not _is_attribute(part[0].strip().rstrip(".")):
            rest = rest[start:]
            break
        parts.append(part[0].strip().rstrip("."))
        rest = rest[part.end() :].removeprefix(".")
    return _entry(name, parts, rest)


_MARKED_ATTRIBUTE = re.compile(r"\s*[,|·-]?\s*(`|\*{1,2}|_{1,2})([^`*]{1,60}?)\1(?![\w`])")


def _marked_attributes(text: str, parts: list[str], rest: str) -> str:
    """Take the attributes that stand each in marks behind a name: `image` *string* **required** Link to it."""
    at = 0
    words: list[str] = []
    while mark := _MARKED_ATTRIBUTE.match(text, at):
        head, _, tail = mark[2].partition(":")
        if head.strip().lower() in ("default", "默认", "默认值") and tail.strip() and parts:
            words.append(f"default: {tail.strip()}. ")
        elif _is_attribute(mark[2].strip("() ")):
            parts.append(mark[2].strip("() "))
        else:
            break
        at = mark.end()
    if not parts:
        return rest
    return "".join(words) + _EMPHASIS.sub(r"\1", text[at:])


def is_bare(entry: Entry) -> bool:
    """Return whether an entry has nothing but its attributes: its words, if any, stand elsewhere."""
    return not phrases.without_default(entry.description).strip(" .:-")


def _is_typed(name: str, text: str, rest: str) -> bool:
    """Return whether a word that is often a title is the name of a field: url (string, required)."""
    inside = _split(_bracketed(rest.lstrip("* ")) or "")
    return name.islower() and not text.rstrip().endswith(":") and any(map(_is_attribute, inside))


_BEFORE_A_COMMA = re.compile(
    r"\s*(?P<plain>[A-Za-z_][\w.\[\]]{0,60})(?P<code>)(?P<bold>)(?P<quoted>)(?=\s*,\s*([^,;.()]{1,40})(?:[,;.]|$))"
)


def _name_before_a_comma(text: str) -> re.Match[str] | None:
    """Return the name of image, string, required: words"""
    match = _BEFORE_A_COMMA.match(text)
    following = re.split(r"[,;.]", text[match.end() :].lstrip(" ,"))[0].strip() if match else ""
    return match if match and following and _is_attribute(following) else None


def _bracketed(text: str) -> str | None:
    """Return what stands between the bracket that a text starts with and the one that closes it."""
    if text[:1] not in "([" or not text:
        return None
    depth = 0
    for index, character in enumerate(text[:400]):
        depth += (character in "([") - (character in ")]")
        if depth == 0:
            return text[1:index]
    return None


def _split(text: str) -> list[str]:
    """Return the parts of a bracket, at commas that stand in no further bracket or code span."""
    parts, depth, code, start = [], 0, False, 0
    marks = ";" if re.match(r"enum\s*:[^;]*,[^;]*;", text) else ",;"  # enum: jpg, png; optional
    for index, character in enumerate(text):
        code ^= character == "`"
        depth += (character in "([<") - (character in ")]>")
        if (
            character in ",;|、"
            and depth <= 0
            and not code
            and (character in marks or (character in "|、" and _divides(text, index)))
        ):
            parts.append(text[start:index])
            start = index + 1
    return [part.strip() for part in [*parts, text[start:]] if part.strip()]


def _divides(text: str, index: int) -> bool:
    """Return whether a bar divides attributes, string | required, and not values, anime | comic."""
    before = re.split(r"[,;|、]", text[:index])[-1].strip()
    after = re.split(r"[,;|、]", text[index + 1 :])[0].strip()
    return _is_attribute(before) or _is_attribute(after) or "`" in before


def _is_attribute(part: str) -> bool:
    required, kind = _with_requirement(part)
    return required is not None or bool(read_type(kind))


def _entry(name: str, parts: list[str], rest: str) -> Entry:
    """Sort the parts: required or optional, a type, and words that belong to the description."""
    required: bool | None = None
    kind: str | None = None
    location: str | None = None
    words: list[str] = []
    for part in _headed(parts):
        if located := re.fullmatch(
            r"(?:in )?(?:the )?(?:url )?(path|query)(?: param(?:eter)?)?", part.strip(), re.IGNORECASE
        ):
            location = located[1].lower()
            continue
        required_word, typed_word = _with_requirement(part)
        required = required_word if required_word is not None else required
        if not typed_word:
            continue
        if kind is None and read_type(typed_word) is not None:
            kind = typed_word
        else:
            words.append(typed_word)
    if kind is None and not words and (led := _LEADING_TYPE.match(rest.strip())):
        kind, rest = led[1], rest.strip()[led.end() :]
    if kind is None and words and (required is not None or len(parts) == 1) and _like_a_type(words[0]):
        kind = words.pop(0)
    described = ", ".join(words) + f". {rest.strip()}" if words else rest.strip()
    return Entry(name, kind, required, described, location)


_LEADING_TYPE = re.compile(
    r"(?:an? )?(string|integer|int|number|float|boolean)s?(?=\s+(?:from|between|up to|at (?:least|most)|no (?:more"
    r"|less)|of (?:at|up)|in the range)\b|\s*[;,]\s)",
    re.IGNORECASE,
)
"""integer from 0 to 9; string, up to 80 characters"""


def _headed(parts: list[str]) -> Iterator[str]:
    """Split `string: `1:1`` into two parts: a type, and a value."""
    for part in parts:
        head, colon, tail = part.partition(":")
        if colon and tail and _is_attribute(head):
            yield from (head, tail.strip())
        else:
            yield part


def _with_requirement(part: str) -> tuple[bool | None, str]:
    """Split `required string` → (True, "string"); `string` → (None, "string"); `required` → (True, "")."""
    required_word = requirement(part)
    if required_word is not None:
        return required_word, ""
    first, _, others = part.partition(" ")
    before, _, last = part.rpartition(" ")
    if others and requirement(first) is not None and read_type(others) is not None:
        return requirement(first), others
    if before and requirement(last) is not None and read_type(before) is not None:
        return requirement(last), before
    return None, part


def _like_a_type(word: str) -> bool:
    """Return whether a word that stands where types stand is meant as one."""
    bare = word.strip("`* ")
    return bool(re.fullmatch(r"[A-Za-z]\w*(?:\s*[<\[].*)?", bare)) and bare.lower() not in _NO_TYPE


_NEXT = re.compile(r"\s*(?:,|、|;|\band\b|和|及|与|&)\s*(?:and\s+)?(?=`[A-Za-z_$][\w.\[\]$-]*`|\*\*)")


def parse_many(text: str) -> tuple[Entry, ...]:
    """Parse several entries in one line: `a` (string), `b` (integer, optional) and `c`. Empty where one is none."""
    entries: list[Entry] = []
    start = depth = 0
    code = False
    ends: list[tuple[int, int]] = []
    for index, character in enumerate(text):
        depth += (character in "([") - (character in ")]") if not code else 0
        if depth <= 0 and not code and (match := _NEXT.match(text, index)):
            ends.append((index, match.end()))
        code ^= character == "`"
    for end, following in [*ends, (len(text), len(text))]:
        if end < start:
            continue
        entry = parse(text[start:end].strip().rstrip("."))
        if entry is None:
            return ()
        entries.append(entry)
        start = following
    return tuple(entries)
