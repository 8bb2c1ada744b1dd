"""Phrases about how much of a thing there may be: characters, items, and the bytes, pixels and seconds of a file."""

from __future__ import annotations

import re

from codegen.documents.phrase_rules import Facts, Rules, byte_count, number, registering
from codegen.documents.vocabulary import FORMATS, OTHER_FORMATS

RULES: Rules = []
_phrase = registering(RULES)
_FORMAT = "|".join(sorted(FORMATS, key=lambda word: (-len(word), word)))
_ANY_FORMAT = "|".join(sorted(FORMATS | OTHER_FORMATS, key=lambda word: (-len(word), word)))
_NEXT_FORMAT = r"`?(?:\s*/\s*|[,、]\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+|\s*[或和]\s*)`?"
_FORMAT_LIST = (
    rf"(?:(?:{'|'.join(sorted(OTHER_FORMATS))}){_NEXT_FORMAT})*(?:{_FORMAT})(?:{_NEXT_FORMAT}(?:{_ANY_FORMAT})\b)*"
)


@_phrase(r"maximum string length:\s*(\d+)|max(?:imum)?\s+(\d+)\s+characters|under (\d+) characters")
def _max_length(match: re.Match[str], facts: Facts) -> None:
    facts["max_length"] = int(match[1] or match[2] or match[3])


@_phrase(r"(?:supports )?up to (\d+) tokens(?:;[^.]*)?")
def _max_tokens(match: re.Match[str], facts: Facts) -> None:
    facts["max_tokens"] = int(match[1])


@_phrase(r"maximum (\d+) file(?:\(s\)|s)?")
def _max_items(match: re.Match[str], facts: Facts) -> None:
    facts["max_items"] = int(match[1])


MOST = (
    r"(?:up to|at most|not? (?:more|longer|larger|greater) than|(?:must |may |can)?not exceed|maximum(?: of)?|max\.?|<="
    r"|不超过|不大于|最多|最大|最长)"
)
LEAST = r"(?:at least|not? (?:less|fewer|smaller|shorter) than|minimum(?: of)?|min\.?|>=|不少于|不小于|至少|最少|最小)"
_ITEM = r"files?|images?|pictures?|photos?|videos?|urls?|items?|elements?|entries|strings"
_ITEMS = rf"(?:\w+ ){{0,2}}?(?:{_ITEM})\b|(?:张|个(?!字))"
_CHARACTERS = r"(?:characters?|chars?|letters?)\b|个?(?:字符|汉字|字)"


TO = r"(?:-|~|to|\.\.\.?|…|到|至)"


@_phrase(rf"\b(\d{{1,6}})\s*{TO}\s*(\d{{1,6}})\s*(?:{_ITEMS})")
def _items_between(match: re.Match[str], facts: Facts) -> None:
    facts["min_items"], facts["max_items"] = int(match[1]), int(match[2])


@_phrase(rf"{MOST}\s*(?::\s*)?(\d{{1,6}})\s*(?:{_ITEMS})")
def _most_items(match: re.Match[str], facts: Facts) -> None:
    facts["max_items"] = int(match[1])


@_phrase(
    r"\b(max(?:imum)?|min(?:imum)?)\.?\s?_?(?:number of )?(?:items?|entries|elements|count)"
    r"\s*(?:is|of|[:=])?\s*(\d{1,6})"
)
def _items_named(match: re.Match[str], facts: Facts) -> None:
    facts[f"{match[1][:3].lower()}_items"] = int(match[2])


@_phrase(rf"{LEAST}\s*(?::\s*)?(\d{{1,6}})\s*(?:{_ITEMS})")
def _least_items(match: re.Match[str], facts: Facts) -> None:
    facts["min_items"] = int(match[1])


@_phrase(rf"{LEAST}\s*(\d{{1,7}})\s*(?:,|and|/)?\s*{MOST}\s*(\d{{1,7}})\s*(?:{_CHARACTERS})")
def _length_from_to(match: re.Match[str], facts: Facts) -> None:
    facts["min_length"], facts["max_length"] = int(match[1]), int(match[2])


@_phrase(rf"(?:between )?\b(\d{{1,7}})\s*(?:{TO}|and)\s*(\d{{1,7}})\s*(?:{_CHARACTERS})(?: long)?")
def _length_between(match: re.Match[str], facts: Facts) -> None:
    facts["min_length"], facts["max_length"] = int(match[1]), int(match[2])


@_phrase(
    rf"(?:(?:maximum |max\.? )?length:?\s*)?(?:{MOST}|under|within|长度不超过|限)\s*(?::\s*)?"
    rf"(\d{{1,7}})\s*(?:{_CHARACTERS})(?: long)?"
    r"|\b(?:maximum|max\.?) length(?: is| of)?:?\s*(\d{1,7})\b(?:\s*(?:characters?|chars?)\b)?"
    rf"|\b(\d{{1,7}})\s*(?:(?:{_CHARACTERS})\s*(?:at most|or (?:less|fewer)|max(?:imum)?\b|以内|以下))"
)
def _most_characters(match: re.Match[str], facts: Facts) -> None:
    facts["max_length"] = int(match[1] or match[2] or match[3])


@_phrase(
    rf"{LEAST}\s*(?::\s*)?(\d{{1,7}})\s*(?:{_CHARACTERS})(?: long)?"
    r"|\b(?:minimum|min\.?) length(?: is| of)?:?\s*(\d{1,7})\b"
)
def _least_characters(match: re.Match[str], facts: Facts) -> None:
    facts["min_length"] = int(match[1] or match[2])


@_phrase(
    r"(?:(?:maximum )?(?:file )?size(?: limits?)?:?\s*(?!\d)|each image\s+)*(?:must be\s+)?`?"
    rf"(?:{MOST}|max(?:imum|\.)?\s+(?:file\s+)?size(?:\s+is|\s+of)?|(?:file\s+)?size\s+limits?(?:\s+is)?"
    r"|(?P<below>smaller than|less than|under|below|小于|<(?!=)))\s*(?::\s*)?"
    r"(?:(?P<size>\d{1,9}(?:\.\d{1,3})?)\s*(?:(?P<unit>[KMG]i?)B\b|(?P<mega>兆))`?(?: each| in size| per \w+)?"
    r"|(?P<bare>\d{1,9}(?:\.\d{1,3})?)\s*(?P<letter>[KMG])(?![\w/])`?(?: per \w+)?)"
)
def _most_bytes(match: re.Match[str], facts: Facts) -> None:
    facts["max_bytes"] = byte_count(match["size"] or match["bare"], match["unit"] or match["letter"] or "M")
    if match["below"]:
        facts["exclusive_bytes"] = True


@_phrase(
    r"(?<![\d.])(\d{1,9}(?:\.\d{1,3})?)\s*([KMG]i?)B?(?![A-Za-z])"
    r"\s*(?:or (?:less|smaller)|at most|max(?:imum)?\b|以内|以下)"
)
def _bytes_at_most(match: re.Match[str], facts: Facts) -> None:
    facts["max_bytes"] = byte_count(match[1], match[2])


@_phrase(r"file size must be between ([\d.]+)\s*([KMG]i?)B and ([\d.]+)\s*([KMG]i?)B")
def _bytes_between(match: re.Match[str], facts: Facts) -> None:
    facts["min_bytes"] = byte_count(match[1], match[2])
    facts["max_bytes"] = byte_count(match[3], match[4])


@_phrase(r"(?:image|video) resolution must be between (\d+)x(\d+) and (\d+)x(\d+)")
def _pixels_between(match: re.Match[str], facts: Facts) -> None:
    for key, group in (("min_width", 1), ("min_height", 2), ("max_width", 3), ("max_height", 4)):
        facts[key] = int(match[group])


@_phrase(r"width and height:\s*`?>\s*(\d+)`?\s*and\s*`?<\s*(\d+)`?")
def _pixels_inside(match: re.Match[str], facts: Facts) -> None:
    facts.update(min_width=int(match[1]), min_height=int(match[1]), max_width=int(match[2]), max_height=int(match[2]))
    facts["exclusive_pixels"] = True


_SIDES = (
    r"(?:(?:both |each )?(?:width and height|sides?|edges?|dimensions?)|宽高|宽和高|宽、高|边长|宽度和高度)"
    r"(?: of the \w+)?"
)
_PX = r"\s*(?:px|pixels?|像素)?"
_EACH_SIDE = (
    r"(?:(?:on|per|for|along) (?:each|every|either|both|all|any) (?:sides?|edges?)|per (?:side|edge)"
    r"|(?:in )?(?:both )?width and height"
    r"|wide and (?:high|tall)|in each (?:direction|dimension))"
)


@_phrase(
    rf"(?:between|from)?\s*(?<![\w.-])(\d{{2,5}}){_PX}\s*(?:and|to|-|~)\s*(\d{{2,5}})\s*(?:px|pixels?)\s*{_EACH_SIDE}"
)
def _each_side_between(match: re.Match[str], facts: Facts) -> None:
    facts["min_width"] = facts["min_height"] = int(match[1])
    facts["max_width"] = facts["max_height"] = int(match[2])


@_phrase(rf"(?:at most|up to|no (?:more|larger) than|maximum(?: of)?|<=)\s*(\d{{2,5}})\s*(?:px|pixels?)\s*{_EACH_SIDE}")
def _each_side_at_most(match: re.Match[str], facts: Facts) -> None:
    facts["max_width"] = facts["max_height"] = int(match[1])


@_phrase(
    rf"{_SIDES}(?:都|均)?\s*(?:must be |should be |is |are |need to be |需|应|须)*(?:between|from|在|为|:)?\s*"
    rf"(\d{{2,5}}){_PX}\s*(?:and|to|-|~|到|至)\s*(\d{{2,5}})\s*(?:px|pixels?|像素)(?:之间)?"
)
def _sides_between(match: re.Match[str], facts: Facts) -> None:
    facts["min_width"] = facts["min_height"] = int(match[1])
    facts["max_width"] = facts["max_height"] = int(match[2])


@_phrase(
    rf"(?:short(?:est|er) (?:side|edge)|最?短边|{_SIDES})(?:都|均)?\s*(?:must be |should be |is |:|需|应|须)*\s*"
    r"(?:at least|no (?:less|smaller|shorter) than|>=|不小于|不低于|不少于|至少)"
    r"\s*(\d{2,5})\s*(?:px|pixels?|像素)?(?![\w×])"
    rf"|(?:at least|minimum(?: of)?|>=)\s*(\d{{2,5}})\s*(?:px|pixels?)\s*{_EACH_SIDE}"
    rf"|(\d{{2,5}})\s*(?:px|pixels?) or (?:more|larger)\s*{_EACH_SIDE}"
)
def _sides_at_least(match: re.Match[str], facts: Facts) -> None:
    facts["min_width"] = facts["min_height"] = int(match[1] or match[2] or match[3])


@_phrase(
    rf"(?:long(?:est|er) (?:side|edge)|最?长边|{_SIDES})(?:都|均)?\s*(?:must be |should be |must |is |:|需|应|须)*\s*"
    r"(?:at most|up to|no (?:more|larger|longer|greater) than|not exceed|<=|不超过|不大于|不高于|最大)\s*"
    r"(\d{2,5})\s*(?:px|pixels?|像素)?(?![\w×])"
)
def _sides_at_most(match: re.Match[str], facts: Facts) -> None:
    facts["max_width"] = facts["max_height"] = int(match[1])


@_phrase(
    r"(?:resolution|dimensions|image size|分辨率|尺寸)\s*(?:must be |should be |must |is |:|需|应|须)*\s*(?:"
    r"(?P<most>at most|up to|no (?:more|larger|greater) than|not exceed|<=|不超过|不大于|不高于|最大(?:为)?)"
    r"|(?P<least>at least|no (?:less|smaller) than|>=|不小于|不低于|至少|最小(?:为)?))\s*"
    rf"(?P<width>\d{{2,5}})\s*[x×*]\s*(?P<height>\d{{2,5}}){_PX}"
)
def _resolution(match: re.Match[str], facts: Facts) -> None:
    end = "max" if match["most"] else "min"
    facts[f"{end}_width"], facts[f"{end}_height"] = int(match["width"]), int(match["height"])


@_phrase(r"aspect ratio must be between ([\d.]+:[\d.]+) and ([\d.]+:[\d.]+)")
def _aspect_between(match: re.Match[str], facts: Facts) -> None:
    facts["min_aspect"], facts["max_aspect"] = match[1].rstrip("."), match[2].rstrip(".")


@_phrase(r"aspect ratio:\s*`?<\s*([\d.]+)`?")
def _aspect_below(match: re.Match[str], facts: Facts) -> None:
    facts["max_aspect"] = f"{match[1]}:1"
    facts["exclusive_aspect"] = True


@_phrase(r"frame rate must be between ([\d.]+) and ([\d.]+) FPS")
def _frame_rate(match: re.Match[str], facts: Facts) -> None:
    facts["min_frame_rate"], facts["max_frame_rate"] = number(match[1]), number(match[2])


@_phrase(r"duration must be between ([\d.]+) and ([\d.]+) seconds")
def _seconds_between(match: re.Match[str], facts: Facts) -> None:
    facts["min_seconds"], facts["max_seconds"] = number(match[1]), number(match[2])


@_phrase(r"\b(\d+)s duration\b|must be (?:exactly )?(\d+)(?:s|\s*seconds)\b")
def _seconds_exactly(match: re.Match[str], facts: Facts) -> None:
    facts["min_seconds"] = facts["max_seconds"] = int(match[1] or match[2])


@_phrase(r"\b(\d{3,4}p)(?: resolution\b|(?= for \w+ API))")
def _exact_resolution(match: re.Match[str], facts: Facts) -> None:
    facts["exact_resolution"] = match[1]


_NO_DEFAULT = "".join(
    f"(?<!{before})"
    for word in ("默认", "默认为", "default", "default is", "default:", "defaults to")
    for before in (word, f"{word} ", f"{word} `")
)
"""What a word that is sent by default stands behind: it is not a further format."""


@_phrase(
    rf"(?:\b(?:supported )?formats? include\s+|支持(?:的?格式)?(?:为|有|包括|:)?\s*)({_FORMAT_LIST})\b(?:\s*格式)?"
    rf"|{_NO_DEFAULT}`?(?<![\w:])\b({_FORMAT_LIST})\b(?![:=-]\w)`?(?:\s*(?:formats?\b|格式))?"
)
def _formats(match: re.Match[str], facts: Facts) -> None:
    words = re.findall(rf"(?<!\w)(?:{_ANY_FORMAT})\b", (match[1] or match[2]).lower())
    facts["formats"] = [*facts.get("formats", ()), *words]


@_phrase(r"\bsupported formats?:?|\bformats?:")
def _formats_title(match: re.Match[str], facts: Facts) -> None:
    facts.setdefault("formats", [])
