"""Titles of lists: whether what stands below is sent or comes back, whether it is required, and where it goes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from codegen.documents.sections import Passage
from codegen.documents.vocabulary import plain_characters, simplified

Side = Literal["request", "reply"]
SENT = re.compile(
    r"\b(?:request|body|input|inputs|payload|required|optional|mandatory|path param\w*|query param\w*|url param\w*)\b"
    r"|请求|入参|(?:路径|查询|表单)参数|必填|必选|可选|选填",
    re.IGNORECASE,
)
RECEIVED = re.compile(
    r"\b(?:response|responses|reply|replies|returns?|returned|results?|outputs?|outcomes?|callback|answer)\b|响应|返回|出参|输出|结果|回调",
    re.IGNORECASE,
)
FIELDS = re.compile(
    r"\b(?:parameters?|params?|fields?|arguments?|properties|attributes)\b|参数|字段|属性", re.IGNORECASE
)
HEADERS = re.compile(r"\bheaders?\b|请求头|头部|消息头", re.IGNORECASE)


def side(passage: Passage) -> Side | None:
    """Return whether a passage lists what is sent or what comes back: the nearest title that says so decides."""
    around = (passage.sub, passage.label, *reversed(passage.headings))
    titles = [simplified(plain_characters(title)) for title in around if title]
    own = len([title for title in (passage.sub, passage.label) if title])
    for index, title in enumerate(titles):
        if side := _side_of(title):
            return side
        if FIELDS.search(title):
            above = titles[index + 1] if index + 1 < len(titles) else ""
            return _side_of(above) or "request"
        if index >= own:
            return None  # a heading of its own subject; what stands further up is about something else
    return None


def _side_of(title: str) -> Side | None:
    received = RECEIVED.search(title)
    if SENT.search(title) and not (received and not re.search(r"\b(?:request|required|optional)\b", title)):
        return "request"
    return "reply" if received else None


def stated_required(passage: Passage) -> bool | None:
    """Return what a title states of everything under it: "Required fields:", "必填参数"."""
    for title in (passage.sub, passage.label, *reversed(passage.headings[-2:])):
        text = simplified(plain_characters(title))
        if re.search(r"非必|\b(?:optional|not required)\b|可选|选填", text, re.IGNORECASE):
            return False
        if re.search(r"\b(?:required|mandatory)\b|必填|必选|必传|必须", text, re.IGNORECASE):
            return True
        if title and title == passage.sub and FIELDS.search(text):
            return None
    return None


_LEGEND = re.compile(
    r"(?:\*|asterisk|star|星号)[`'\")）]*.{0,30}\b(?:required|mandatory)\b|\b(?:required|mandatory)\b.{0,40}(?:\*|asterisk|\bstar)"
    r"|(?:\*|星号).{0,12}(?:必填|必须|必选|必传)|(?:必填|必须|必选|必传).{0,12}(?:\*|星号)",
    re.IGNORECASE,
)
_STARRED = re.compile(r"(\**)`?[A-Za-z_][\w.\[\]-]*`?(\**)`?\s?(?:\\?(\*)|(\(\*\)))?")


def is_legend(text: str) -> bool:
    """Return whether a line says that a star marks what is required."""
    bare = re.sub(r"\*\*([^*]+)\*\*", r"\1", plain_characters(text))
    bare = re.sub(r"(?<![\w*`])\*([^*\s`][^*]*?[^*\s`])\*(?![\w*`])", r"\1", bare)  # words in italics
    return bool(_LEGEND.search(bare)) and len(bare) < 160


def starred(name: str) -> bool:
    """Return whether a name has a star behind it and not a mark of bold letters: prompt*, `prompt`*, **prompt** \\*"""
    match = _STARRED.match(plain_characters(name).strip())
    return bool(match and (match[3] or match[4] or len(match[2]) > len(match[1])))


def location(passage: Passage) -> str | None:
    for title in (passage.sub, passage.label, *reversed(passage.headings[-1:])):
        if re.search(r"\bpath (?:param|var|field)|路径(?:参数| parameters)", title, re.IGNORECASE):
            return "path"
        if re.search(r"\b(?:query|url)(?: string)? param|查询(?:参数| parameters)", title, re.IGNORECASE):
            return "query"
    return None


_STATUS_FIELD = re.compile(
    r"[`*]*(?:[\w.\[\]]+[._])?(?:status|state|phase|task_?status)[`*]*\s*(?:$|[(:=-]|,)", re.IGNORECASE
)


def under_status(passage: Passage) -> bool:
    """Return whether an item is nested in the field that has the state of a task: its items are the states."""
    parent = passage.parents[-1].text if passage.block.kind == "item" and passage.parents else ""
    return bool(_STATUS_FIELD.match(plain_characters(parent))) and not re.search(r"object|array|对象|数组", parent)


CALLBACKS = re.compile(r"\bcallbacks?\b|\bwebhooks?\b|\bnotifications?\b|回调|通知", re.IGNORECASE)


def is_of_a_callback(passage: Passage, name: str) -> bool:
    """Return whether a field belongs to what the service sends by itself: no title says that it is one of a request."""
    titles = (passage.sub, passage.label, *passage.headings[-1:])
    if re.search(r"callback|webhook|notify|url", name, re.IGNORECASE) or stated_required(passage) is not None:
        return False
    return any(CALLBACKS.search(title) and not re.search(r"\bparam|参数|\brequest\b", title, re.I) for title in titles)


def is_about_a_header(passage: Passage) -> bool:
    titles = (passage.sub, passage.label, *passage.headings[-1:])
    return any(HEADERS.search(title) for title in titles)


_NO_WRAPPER = frozenset("query path header headers url body json form cookie request response".split())
_WRAPPED = re.compile(
    r"\b(?:inside|in|within|under|into|of|wrapped (?:in|by|with)|nested in)\s+(?:the |an? |one |top-level )*"
    r"(?:object |field |key |wrapper )?`(?P<inside>\w+)`"
    r"|(?:置于|放在|放入|位于|包含在|包在)\s*`?(?P<put>[A-Za-z_]\w*)`?\s*(?:对象|字段)?\s*(?:中|内|里|下)"
    r"|`(?P<chinese>\w+)`\s*(?:对象|字段|节点|参数)?\s*(?:内|中|里|下)|外层(?:对象|字段)?(?:为|是|用|:)?\s*`(?P<outer>\w+)`"
    r"|(?:body|payload|parameters|fields|请求体|参数)\s*\(`(?P<bracketed>\w+)`\)"
    r"|\b(?:one |single )object (?:called |named )?`(?P<one>\w+)`",
    re.IGNORECASE,
)
_ON_THE_BODY = re.compile(r"\b(?:body|payload|parameters?|params|fields?)\b|请求体|参数|字段", re.IGNORECASE)


def wrapper_in(text: str, *, in_sentence: bool = False) -> str | None:
    """Return the object that a title or a sentence says the fields of a request are in: Parameters (inside `data`):"""
    plain = simplified(plain_characters(text))
    match = _WRAPPED.search(plain) if _ON_THE_BODY.search(plain) else None
    if in_sentence and match and match[0].lower().startswith("of"):
        return None  # the fields of one of several objects
    name = next((group for group in match.groups() if group), "") if match else ""
    return name if name and name.lower() not in _NO_WRAPPER else None


def stated_wrapper(passages: Iterable[Passage], around: Iterable[Passage]) -> str | None:
    """Return the wrapper that the titles of fields state, or else a sentence in their section; None for none or two."""
    titles = (title for passage in passages for title in (passage.sub, passage.label, *passage.headings[-1:]))
    names = {name for title in titles if _side_of(title) != "reply" and (name := wrapper_in(title))}
    if not names:
        lines = (row.text for row in around if row.block.kind in ("text", "item"))
        sentences = (one for text in lines if "`" in text for one in re.split(r"(?<=[.;。；])\s*", text))
        names = {name for one in sentences if not RECEIVED.search(one) and (name := wrapper_in(one, in_sentence=True))}
    return names.pop() if len(names) == 1 else None
