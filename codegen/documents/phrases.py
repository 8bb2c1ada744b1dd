"""The closed grammar of a parameter's description: phrases → facts. What no phrase covers is handed back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from codegen.documents import limit_phrases
from codegen.documents.limit_phrases import LEAST, MOST
from codegen.documents.phrase_rules import Facts, Handler, Rules, literal, number, registering
from codegen.documents.vocabulary import FORMATS, media_of, plain_characters, simplified


@dataclass(frozen=True)
class Phrases:
    """The facts of a description, and the words that no phrase has matched."""

    facts: Mapping[str, Any]
    labels: Mapping[str, str]
    """Value → what the description calls it: 0=edge."""
    rest: str


_RULES: Rules = []
_phrase = registering(_RULES)
_NUMBER = r"-?\d+(?:\.\d+)?"


@_phrase(
    r"(?:^|\b)(?:backend-required|required by backend|required|mandatory) (?:only )?(?:when|if) `?(\w+)`?"
    r"\s*(?:=+|is|equals)\s*[\"`]*([\w.-]*\w)[\"`]*(?=\s*(?:$|[.,;)]))"
    r"|当\s*`?(\w+)`?\s*(?:=+|为|是)\s*[\"`]*([\w.-]+)[\"`]*\s*时必[填选传]"
)
def _required_when(match: re.Match[str], facts: Facts) -> None:
    facts["required_when"] = {match[1] or match[3]: [match[2] or match[4]]}


@_phrase(
    r"\((required|optional)\)|^\s*(optional|required)\b(?!\s*(?:when|if|unless|for|only|in|with|by)\b)|,\s*(optional)(?=\))"
)
def _required(match: re.Match[str], facts: Facts) -> None:
    facts["required"] = (match[1] or match[2] or match[3]).lower() == "required"


_RULES.extend(limit_phrases.RULES)


@_phrase(r"(?:allowed values|options):\s*(.+?)(?=\.(?:\s|$)|$)")
def _options(match: re.Match[str], facts: Facts) -> None:
    values: list[str] = []
    for part in re.split(r",\s*(?![^(]*\))", match[1]):
        condition = re.fullmatch(r"(.+?)\s*\(when (\w+) is ([^)]+)\)", part.strip())
        default = re.fullmatch(r"(.+?)\s*\((?:default|默认)\)", part.strip())
        value = (condition or default or ["", part.strip()])[1].strip("`\"'")
        if default:
            facts["default"] = value
        if condition:
            facts.setdefault("allowed_when", {})[value] = {condition[2]: [condition[3]]}
        values.append(value)
    facts["enum"] = values


_GIVEN = (
    r"#[0-9A-Fa-f]{3,8}\b|`[^`]{1,200}`|\"[^\"]{1,200}\"|'[^']{1,200}'|\[[^\]]{0,200}\]|-?\d[\w.*:%-]{0,40}"
    r"|[\w*+-][\w.*:+/-]{0,80}"
)


@_phrase(r"default is\s+(.+?)(?=[.,;)](?:\s|$)|$)")
def _default_is(match: re.Match[str], facts: Facts) -> None:
    facts["default"] = match[1].strip().strip('`"')


@_phrase(
    r"\b(?:(?:the )?defaults?(?:ed)?(?: value)?(?: is| are)?\s*(?:set )?(?:to|is|=|:)+\s*"
    rf"|默认(?:值)?\s*(?:为|是|:|=)?\s*)({_GIVEN})"
)
def _default_given(match: re.Match[str], facts: Facts) -> None:
    facts["default"] = literal(match[1].rstrip("."))


@_phrase(rf"({_GIVEN}) by default|\b(on|off|enabled|disabled) by default")
def _by_default(match: re.Match[str], facts: Facts) -> None:
    facts["default"] = literal(match[1] or match[2])


@_phrase(
    r"(?:if|when) (?:(?:it|this|none) is )?"
    rf"(?:omitted|left out|not (?:given|set|specified|provided)),?\s*({_GIVEN})"
    r"(?: is (?:used|assumed|taken)|(?=\s*(?:$|[.,;])))"
)
def _when_omitted(match: re.Match[str], facts: Facts) -> None:
    facts["default"] = literal(match[1])


@_phrase(
    rf"({_GIVEN}) (?:(?:if|when) (?:absent|omitted|left out|not (?:given|set|sent|specified|provided)|missing)"
    r"|unless (?:given|set|specified|told|stated)(?: otherwise)?|otherwise given)\b"
    rf"|(?:不传|不填|缺省|省略|未传|未填|不设置|未设置)(?:值|时|则|默认|的话|,|\s)*(?:为|是|按|取|使用|用)\s*({_GIVEN})"
)
def _if_absent(match: re.Match[str], facts: Facts) -> None:
    facts["default"] = literal((match[1] or match[2]).rstrip("."))


@_phrase(r"located in the URL path(?: parameter)?")
def _in_path(match: re.Match[str], facts: Facts) -> None:
    facts["in"] = "path"


@_phrase(r"should have (?:the )?same (?:resolution|dimensions|size) as `(\w+)`")
def _same_size(match: re.Match[str], facts: Facts) -> None:
    facts["same_size_as"] = match[1]


@_phrase(r"supported values:|(?:可选值?|取值|枚举值?)(?:为|有|包括|是)?\s*:?(?=\s*`)")
def _values_title(match: re.Match[str], facts: Facts) -> None:
    """Skip the words before a list of code spans, which a later phrase reads."""


_AMOUNT = r"(-?\d{1,20}(?:\.\d{1,10})?)"
_UNIT = r"(?:\s*(?P<unit>seconds?|secs?|s|pixels?|px|milliseconds?|ms|percent|%|frames?|秒|像素)(?![\w]))?"
_END = r"(?=\s*(?:$|[.,;:)|]|and\b|or\b|inclusive\b))"
"""What may follow the number of a bound: "at least 3" is one, "at least 3 of them" is not."""
_UNITS = {
    "s": "second",
    "sec": "second",
    "秒": "second",
    "毫秒": "millisecond",
    "px": "pixel",
    "像素": "pixel",
    "ms": "millisecond",
    "%": "percent",
}


def _bound(match: re.Match[str], facts: Facts, *keys: str) -> bool:
    values = [number(match[index]) for index in range(1, len(keys) + 1)]
    if values != sorted(values) or any(facts.get(key, value) != value for key, value in zip(keys, values, strict=True)):
        return False  # no range, or another than the one that is read: it holds for some case
    facts.update(zip(keys, values, strict=True))
    if match["unit"]:
        word = match["unit"].lower()
        facts["unit"] = _UNITS.get(word) or _UNITS.get(word.rstrip("s")) or word.rstrip("s")
    return True


@_phrase(
    r"(?:\b(?:must be |in the )?(?:between|from|range(?:s|d)?(?: is| from| of)?:?)|(?:取值)?范围(?:为|是|:)?)"
    rf"\s*\[?`?{_AMOUNT}`?"
    rf"\s*(?:and|up to|to|-|~|,|\.\.\.?|…|到|至)\s*`?{_AMOUNT}`?\]?(?!\s*(?:min|minutes)\b)"
    rf"{_UNIT}(?:\s*\(inclusive\)| inclusive)?"
)
def _between(match: re.Match[str], facts: Facts) -> bool:
    return _bound(match, facts, "minimum", "maximum")


@_phrase(rf"\({_AMOUNT},\s*{_AMOUNT}\]|\[{_AMOUNT},\s*{_AMOUNT}\)")
def _half_open(match: re.Match[str], facts: Facts) -> bool:
    """Read (0, 5] and [0, 1)"""
    low, high = (number(group) for group in match.groups() if group and group not in "[](")
    keys = (
        "exclusive_minimum" if match[0][0] == "(" else "minimum",
        "exclusive_maximum" if match[0][-1] == ")" else "maximum",
    )
    if low > high:
        return False
    facts.update(zip(keys, (low, high), strict=True))
    return True


@_phrase(rf"\[{_AMOUNT},\s*{_AMOUNT}\]|(?<![\w.:]){_AMOUNT}\s*(?:~|\.\.\.?|…)\s*{_AMOUNT}(?![\w:])")
def _bracketed(match: re.Match[str], facts: Facts) -> bool:
    return _ordered_bounds(match[1] or match[3], match[2] or match[4], facts)


def _ordered_bounds(low: str, high: str, facts: Facts) -> bool:
    ends = {"minimum": number(low), "maximum": number(high)}
    if ends["minimum"] > ends["maximum"] or any(facts.get(key, end) != end for key, end in ends.items()):
        return False
    facts.update(ends)
    return True


@_phrase(
    rf"(?<![\w.-])({_NUMBER})x?(?: to |\s*[到至]\s*)({_NUMBER})x?"
    r"(?![\w.]*\d)(?!\s*(?:s|min|minutes|seconds|[KMG]i?B)\b|\s*(?:秒|分钟|[KMG]B?\b))"
)
def _spelled_range(match: re.Match[str], facts: Facts) -> bool:
    return _ordered_bounds(match[1], match[2], facts)


@_phrase(
    rf"(?<![\w.-]){_AMOUNT}\s*(?:[到至]|to\b)\s*{_AMOUNT}\s*(?P<unit>秒|毫秒|像素|seconds?|secs?|pixels?|px)(?!\w)"
)
def _chinese_range(match: re.Match[str], facts: Facts) -> bool:
    return _bound(match, facts, "minimum", "maximum")


@_phrase(rf"(?<![\w.-])({_NUMBER})\s*(<=?)\s*[A-Za-z]\w*\s*(<=?)\s*({_NUMBER})(?![\w.]*\w)")
def _between_signs(match: re.Match[str], facts: Facts) -> bool:
    """Read 1 <= copies <= 10"""
    if number(match[1]) > number(match[4]):
        return False
    facts["minimum" if match[2] == "<=" else "exclusive_minimum"] = number(match[1])
    facts["maximum" if match[3] == "<=" else "exclusive_maximum"] = number(match[4])
    return True


@_phrase(
    r"\b(?:(?:starting|starts|counting|counted|numbered) (?:at|from)|beginning (?:at|with))\s*(\d{1,9})\b"
    r"|从\s*(\d{1,9})\s*(?:开始|起)"
)
def _starting(match: re.Match[str], facts: Facts) -> bool:
    least = int(match[1] or match[2])
    return int(facts.setdefault("minimum", least)) == least


@_phrase(
    r"\b(?:(?:a |in )?multiples? of|divisible by|(?:in )?steps? of)\s*`?(\d{1,9})`?"
    r"|(?:是|为)?\s*(\d{1,9})\s*的(?:整数)?倍数?"
)
def _multiple(match: re.Match[str], facts: Facts) -> None:
    facts["multiple_of"] = int(match[1] or match[2])


@_phrase(
    r"only `(\d+)(?: seconds)?`(?: is)? supported|only (\d+) seconds (?:is|are) supported|currently `(\d+)`"
    r"|(?:(?:仅|只)(?:支持|能为|能是|接受)|\bonly (?:supports?|accepts?))\s*`([^`]{1,40})`"
    r"(?!\s*(?:[,、/|]|or\b|and\b|[或和])\s*`)"
)
def _only(match: re.Match[str], facts: Facts) -> None:
    facts["enum"] = [literal(match[1] or match[2] or match[3] or match[4])]


_DIGITS = r"-?\d{1,9}(?:\.\d{1,6})?"


@_phrase(
    r"(?:\b(?:must|can only|may only|has to) be(?: either)?|\beither"
    r"|只能(?:为|是|取|填)?|仅能?(?:为|是|取|支持)|取)\s*"
    rf"({_DIGITS}(?:(?:\s*[,、/|]\s*(?:or\s+)?|\s+or\s+|\s*或\s*){_DIGITS})+)(?=\s*(?:$|[.,;)]))"
)
def _must_be(match: re.Match[str], facts: Facts) -> None:
    facts["enum"] = [number(value) for value in re.findall(_DIGITS, match[1])]


@_phrase(
    r"(?:\bdefault:\s*|(?<!\bthe )(?<!\ban )(?<!\ba )(?<!\bits )(?<!\bby )\bdefault\s*)(`[^`]+`|\"[^\"]+\"|[\w.*:-]+)"
)
def _default(match: re.Match[str], facts: Facts) -> None:
    """Read default 5; not "the default one", which names no value."""
    facts["default"] = literal(match[1].rstrip("."))


_UNIT_WORD = r"(?:seconds?|secs?|s|pixels?|px|milliseconds?|ms|percent|%|frames?|秒|像素)"


@_phrase(
    rf"(?:\b(?:between|from)\s+)?(?<![\w.-]){_AMOUNT}\s*(?P<first>{_UNIT_WORD})\s*(?:-|~|to\b|and\b|[到至])\s*{_AMOUNT}\s*"
    rf"(?P<unit>{_UNIT_WORD})(?!\w)"
)
def _both_with_units(match: re.Match[str], facts: Facts) -> bool:
    """Read 15 s - 240 s"""
    unit = match["unit"].lower()
    if match["first"].lower() != unit or not _ordered_bounds(match[1], match[3], facts):
        return False
    facts["unit"] = _UNITS.get(unit) or _UNITS.get(unit.rstrip("s")) or unit.rstrip("s")
    return True


@_phrase(
    rf"(?:range(?: is)?:?\s*)?(?<![\w.:])(?<!ISO )(?<!RFC )`?({_NUMBER})(?:-| - )(\d+(?:\.\d+)?)(?![\w:.-]*\w)`?"
    rf"(?!\s*[KMG]i?B\b){_UNIT}"
)
def _range(match: re.Match[str], facts: Facts) -> bool:
    return _bound(match, facts, "minimum", "maximum")


_SPAN = r"(?:`[^`]+`|\"[^\"\s]{1,40}\")(?:\s*\((?:default|默认)\))?"


@_phrase(rf"{_SPAN}(?:\s*(?:[,|、]\s*(?:or\s+|and\s+)?|or|and|/|或|和)\s*{_SPAN})+")
def _code_spans(match: re.Match[str], facts: Facts) -> None:
    values = []
    for span in re.finditer(r"(`[^`]+`|\"[^\"]+\")(\s*\((?:default|默认)\))?", match[0]):
        values.append(literal(span[1]))
        if span[2]:
            facts["default"] = values[-1]
    facts["enum"] = values


@_phrase(rf"(?:\b(?:minimum|min\.?)(?: value)?(?: is| of)?\s*[:=]?|{LEAST})\s*`?{_AMOUNT}`?{_UNIT}{_END}")
def _least(match: re.Match[str], facts: Facts) -> bool:
    return _bound(match, facts, "minimum")


@_phrase(rf"(?:\b(?:maximum|max\.?)(?: value)?(?: is| of)?\s*[:=]?|{MOST})\s*`?{_AMOUNT}`?{_UNIT}{_END}")
def _most(match: re.Match[str], facts: Facts) -> bool:
    return _bound(match, facts, "maximum")


@_phrase(rf"(?:\b(?:greater|more|larger|higher) than|(?<![<=>-])>|大于)\s*`?{_AMOUNT}`?{_UNIT}{_END}")
def _above(match: re.Match[str], facts: Facts) -> bool:
    return _bound(match, facts, "exclusive_minimum")


@_phrase(rf"(?:\b(?:less|lower|smaller|fewer) than|(?<![<=>-])<(?!=)|小于)\s*`?{_AMOUNT}`?{_UNIT}{_END}")
def _below(match: re.Match[str], facts: Facts) -> bool:
    return _bound(match, facts, "exclusive_maximum")


_LISTED = (
    r"(?:one of|any of|(?:(?:possible|allowed|valid|accepted|supported) )?values(?: from)?|options|choices|enum"
    r"|allowed(?=:| are)|可选值|可选|取值|枚举值?|支持)(?: are| is|为|是)?\s*(?:[:=]\s*)?"
)
_VALUE = r"(?:\"[^\"]{1,80}\"|[\w.+*-][\w.:+*/-]{0,60})"


@_phrase(rf"\b(?:must be )?{_LISTED}({_VALUE}(?:\s*(?:,|\||、|/|\bor\b)\s*(?:or\s+|and\s+)?{_VALUE})+)")
def _listed(match: re.Match[str], facts: Facts) -> None:
    parts = re.split(r"\s{0,9}(?:,|\||、|\bor\b|\band\b|\s/\s|/(?=[A-Za-z]))\s{0,9}", match[1])
    facts["enum"] = [literal(part.rstrip(".")) for part in parts if part]


@_phrase(rf"({_GIVEN})\s*\((?:default|默认)\)")
def _marked_default(match: re.Match[str], facts: Facts) -> None:
    facts["default"] = literal(match[1])


@_phrase(r"\b(?:language|platform)s?:\s*([a-z]+(?:, [a-z]+){2,})")
def _words(match: re.Match[str], facts: Facts) -> None:
    facts["enum"] = match[1].split(", ")


@_phrase(r"\bin (?:(second|pixel|millisecond|minute|percent|frame)s?|(ms|px))\b")
def _unit(match: re.Match[str], facts: Facts) -> None:
    facts["unit"] = (match[1] or _UNITS[match[2].lower()]).lower()


@_phrase(r"\(?\bsee `?\w+\.md`?\)?")
def _see(match: re.Match[str], facts: Facts) -> None:
    """Skip a pointer to another document, which states nothing."""


@_phrase(
    r"(?:\be\.g\.|\bfor example|\bsuch as|例如|比如|如)\s*[,:]?\s*`[^`]{1,80}`(?!\s*(?:[,/|、]|or\b|and\b|[或和])\s*`)"
)
def _example(match: re.Match[str], facts: Facts) -> None:
    """Skip one value that is named as an example: it says nothing of the others."""


_URL = re.compile(r"\bURLs?\b|(?:图片|图像|音频|视频|文件)的?(?:链接|网址)", re.IGNORECASE)
_NAMED_VALUES = re.compile(r"(?:^|[\s(])((?:\w+\s*=\s*[\w/ ]+)(?:,\s*\w+\s*=\s*[\w/ ]+)+)")


_CHOSEN_BY_CHANCE = frozenset(("random", "randomly", "randomized", "随机", "随机值", "随机数", "随机生成"))
_AS_A_VALUE = re.compile(r"[`\"'](?:random\w*|随机\w*)[`\"']")
"""Such a word in a code span or in quotes, which is a value to send."""


_WITH_LABEL = (
    r"(?:`[^`]{1,60}`|\"[^\"\s]{1,40}\")\s*"
    r"(?:\([^()`]{1,80}\)|[=:-]\s*[^`\";,|()]{1,60}?|(?![或和及与])[\u4e00-\u9fff]{1,12})"
)
_ALL_WITH_LABELS = re.compile(rf"{_WITH_LABEL}(?:\s*[;,/|、]\s*(?:or |and )?{_WITH_LABEL})+(?=\s*(?:$|[.;,]))")
_ONE_WITH_LABEL = re.compile(
    r"[`\"]([^`\"]{1,60})[`\"]\s*(?:\(([^()`]{1,80})\)|(?:[=:-]\s*|(?![或和及与])(?=[\u4e00-\u9fff]))"
    r"([^`\";,|()、]{1,60}?))(?=\s*(?:$|[;,/|、.]))"
)
_NO_LABEL = re.compile(r"(?:default|默认|required|optional|必填|可选|\d+)\b.*", re.IGNORECASE)


_CHINESE_LABEL = re.compile(r"([A-Za-z0-9][\w.-]{0,30}?)\s*[:=-]?\s*([\u4e00-\u9fff]{1,12})")
_CHINESE_LABELS = re.compile(rf"{_CHINESE_LABEL.pattern}(?:\s*[;,、/]\s*{_CHINESE_LABEL.pattern}){{1,30}}")
"""upper 上装; lower 下装; dress 连衣裙"""


def _with_labels(text: str, facts: Facts, labels: dict[str, str]) -> str:
    """Take `anime` (Japanese cartoon), `ink` (black ink): values, each with its words. Return the rest."""
    match = _ALL_WITH_LABELS.search(text)
    by_value = {row[1]: (row[2] or row[3] or "").strip() for row in _ONE_WITH_LABEL.finditer(match[0])} if match else {}
    if (
        match is None
        or len(by_value) < 2
        or any(_NO_LABEL.fullmatch(words) or not words for words in by_value.values())
    ):
        return text
    facts["enum"] = list(map(literal, by_value))
    labels.update(by_value)
    return text[: match.start()] + " " + text[match.end() :]


_COMPARED = re.compile(
    r"`((?:[<>]=?|=)\s*-?\d[\d.]*|-?\d[\d.]*\s*<=?\s*[A-Za-z_]\w*\s*<=?\s*-?\d[\d.]*|-?\d[\d.]*\s*(?:~|\.\.)\s*-?\d[\d.]*)`"
    r"|`(-?\d[\d.]*)`\s?[-~]\s?`(-?\d[\d.]*)`"
)
"""`>= 0`, `0 <= x <= 1` and `1~4` in a code span are bounds, `1`-`3` a range, and no value."""
_NUMBER_WORDS: Sequence[str] = "zero one two three four five six seven eight nine ten eleven twelve".split()
_BOUND_IN_WORDS = re.compile(
    rf"\b((?:at (?:least|most)|up to|no (?:more|less|fewer) than|exactly|minimum(?: of)?|maximum(?: of)?|between)\s+)"
    rf"({'|'.join(_NUMBER_WORDS)})\b",
    re.IGNORECASE,
)


_THOUSANDS = re.compile(
    rf"(?:{MOST}|{LEAST}|\bunder|\bbelow|\bwithin|\d\s?(?:-|~|to))\s*(?::\s*)?\d{{1,3}}(?:,\d{{3}})+(?![\d,])"
    r"|(?<![\d,.])\d{1,2}(?:,\d{3})+(?=\s*(?:characters?|chars?|tokens?|words?|字))",
    re.IGNORECASE,
)


def _in_digits(text: str) -> str:
    """Write "at most four" as "at most 4", and "up to 2,000" as "up to 2000"."""
    text = _THOUSANDS.sub(lambda match: re.sub(r"(?<=\d),(?=\d)", "", match[0]), text)
    return _BOUND_IN_WORDS.sub(lambda match: f"{match[1]}{_NUMBER_WORDS.index(match[2].lower())}", text)


def read(text: str) -> Phrases:
    """Take every known phrase out of a description."""
    facts: Facts = {}
    labels: dict[str, str] = {}
    text = _in_digits(
        _COMPARED.sub(lambda match: match[1] or f"{match[2]}-{match[3]}", simplified(plain_characters(text)))
    )
    rest, some_case = _without_cases(text)
    rest = _with_labels(rest, facts, labels)
    spoken = _NAMED_VALUES.search(rest)
    if spoken and all(part.split("=")[0].strip().isdigit() for part in spoken[1].split(",")):
        labels = {value.strip(): label.strip() for value, label in (part.split("=") for part in spoken[1].split(","))}
        facts["enum"] = list(labels)
        rest = rest.replace(spoken[1], " ")
    for pattern, handler in _RULES:

        def taken(match: re.Match[str], handler: Handler = handler) -> str:
            return match[0] if handler(match, facts) is False else " "

        rest = pattern.sub(taken, rest)
    listed = re.sub(r"^[\u4e00-\u9fff]{1,8}\s*:\s*", "", rest.strip(" .;,"))
    if "enum" not in facts and (values := _CHINESE_LABELS.fullmatch(listed)):
        matches = [match for match in _CHINESE_LABEL.finditer(values[0]) if match[1].lower() not in FORMATS]
        if len(matches) > 1 and not any(match[1].lower() in ("url", "uri") for match in matches):
            facts["enum"] = [literal(match[1]) for match in matches]
            labels.update({match[1]: match[2] for match in matches})
            rest = ""
    if facts.get("default") in _CHOSEN_BY_CHANCE and not _AS_A_VALUE.search(text):
        # The service picks a value: that is not a value one could send.
        rest = f"{rest} default {facts.pop('default')}"
    if not facts.get("formats", True):
        del facts["formats"]
    if _URL.search(re.sub(r"`[^`]*`", " ", text)) and "in" not in facts:
        facts["format"] = "uri"
        if media := media_of(_URL.split(text)[0]) or media_of(text):
            facts["media"] = media
    return Phrases(dict(sorted(facts.items())), labels, f"{rest} {some_case}".rstrip())


def without_default(text: str) -> str:
    """Return a description without the default that it begins with."""
    return re.sub(r"^\s*default: [^.]+\.?", "", text)


_DATE = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
_SOME_CASE = re.compile(
    r"[;,.(]\s*(?:(?:but |and |only )?(?:for|with|on|in|when using|if using) (?:the )?(?:models?|plans?|tiers?)\b"
    r"|(?:deprecated|will be removed)\b)[^;]*"
    r"|[;,.(]\s*(?:模型|套餐)[^;]*",
    re.IGNORECASE,
)


def _without_cases(text: str) -> tuple[str, str]:
    """Return a description without what holds for some models only or from some day on, and that part."""
    cases = [match[0] for match in _SOME_CASE.finditer(text)]
    rest = _SOME_CASE.sub(" ", text)
    cases += _DATE.findall(rest)
    return _DATE.sub(" ", rest), " ".join(cases)
