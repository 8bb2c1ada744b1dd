"""Rules for how often to ask for a result, and for how long."""

from __future__ import annotations

import re
from typing import Any

from codegen.documents import endpoints, sections
from codegen.documents.context import Context
from codegen.documents.sections import Passage
from codegen.documents.signals import signal_of
from codegen.documents.vocabulary import plain_characters, simplified

_TIME = r"(s|sec|seconds?|min|minutes?|秒|分钟)"
_POLL = re.compile(
    r"(?:every|each|intervals?(?: of)?:?|wait(?: at least)?|(?:ask|poll|check|query|look) again (?:after|in)"
    r"|间隔(?:不低于|不少于|不小于|至少)?|每隔?)\s*(?::\s*)?(?:about |around |at least |~|约)?"
    rf"(\d{{1,4}})\s*{_TIME}?\s*(?:(?:-|~|to|or|至|到)\s*(\d{{1,4}}))?\s*{_TIME}(?![a-z])",
    re.IGNORECASE,
)
_ASKING = re.compile(r"\bpoll|\bquery\b|\buntil\b|\bcheck\b|\bask|(?<!HTTP )\bstatus\b|轮询|查询", re.IGNORECASE)
_AFTER_AN_ERROR = re.compile(r"\b429\b|too many|rate[ -]?limit|限流|频繁", re.IGNORECASE)
"""What says that a pause is one after an error, and not one between two questions."""


_FOR = re.compile(
    rf"(?:for (?:at most|up to|no longer than)|for (?=\d+ ?[a-z]+ (?:at most|in total|or less))"
    r"|up to|give up after|stop after|time ?out(?: after| of|:)?"
    r"|最长(?:等待?)?|最多等待?|超时时间?)"
    rf"\s*(?::\s*)?(?:about |around |约)?(\d{{1,4}})\s*{_TIME}(?![a-z])",
    re.IGNORECASE,
)


def polling(passage: Passage, context: Context, operation: str | None = None) -> bool:
    """Read Poll `…/result/{task_id}` every 3 to 5 seconds; 每隔 5 秒轮询一次; for at most 10 minutes"""
    text = simplified(plain_characters(sections.bare(passage.text)))
    if passage.block.kind == "heading" or not _ASKING.search(text):
        return False
    if _AFTER_AN_ERROR.search(text) and not re.search(r"\bpoll|轮询", text, re.IGNORECASE):
        return False
    facts: dict[str, Any] = {}
    if longest := _FOR.search(text):
        facts["poll_for_seconds"] = int(longest[1]) * (
            60 if longest[2].lower() in ("min", "minute", "minutes", "分钟") else 1
        )
        text = _FOR.sub(" ", text)
    matches = list(_POLL.finditer(text))
    if not matches:
        return _interval(passage, context, operation, text)
    ends = [end for match in matches for end in _pause(match)]
    low, high = min(ends), max(ends)
    context.accounting.understands(passage.line, *ends)
    operations = (context.index.urls.ending(path) for path in re.findall(r"`([^`]*/[^`]+)`", text))
    operation = operation or next((name for name in operations if name), passage.operation)
    facts["poll_seconds"] = [low, high]
    if times := _TIMES.search(text):
        facts["poll_for_seconds"] = int(times[1]) * high
        context.accounting.understands(passage.line, int(times[1]))
    context.accounting.claim(passage.line, "operation", "", facts, operation)
    if endpoints.request_line(passage.block):
        return True
    if signal := signal_of(_TIMES.sub(" ", _POLL.sub(" ", text)), context.names, advice=True):
        context.accounting.unread(passage.line, signal)
    return True


def _pause(match: re.Match[str]) -> tuple[int, int]:
    """Return the seconds of "every 3 to 5 seconds"."""
    factor = 60 if (match[4] or "").lower() in ("min", "minute", "minutes", "分钟") else 1
    return int(match[1]) * factor, int(match[3] or match[1]) * factor


_INTERVAL = re.compile(rf"\b(\d{{1,4}})[ -]?{_TIME} (?:interval|apart|between)", re.IGNORECASE)
_TIMES = re.compile(
    r"(?:max(?:imum)?\.?|at most|up to|no more than|(?:stop|give up|end) after|最多)"
    r" ?(\d{1,4}) ?(?:times|polls|attempts|requests|次)",
    re.I,
)


_SECONDS = r"(\d{1,4}) ?(?:s|sec|seconds?|秒)?"
_GROWING = re.compile(
    rf"(?:back ?off|指数退避|退避)[^.\d]{{0,40}}{_SECONDS}(?: ?(?:,|、|->|→|then|and) ?{_SECONDS})*"
    rf"[^\d]{{0,30}}(?:up to|at most|capped at|max(?:imum)?(?: of)?|最多|最大|不超过|上限(?:为)?) ?{_SECONDS}",
    re.IGNORECASE,
)
_FIRST_THEN = re.compile(
    rf"(?:首次|第一次|初始|first(?: after| wait)?|initially|wait)[^\d.]{{0,20}}{_SECONDS}[^\d]{{0,20}}"
    rf"(?:之后|随后|then)[^\d.]{{0,10}}(?:每隔?|every|each)?[^\d.]{{0,4}}{_SECONDS}",
    re.IGNORECASE,
)
_LEAST_AND_MOST = re.compile(
    rf"(?:at least|不少于|至少) ?{_SECONDS}\b[^.\d]{{0,60}}(?:never|not|at most|no) ?(?:(?:longer|more) than)?"
    rf" ?{_SECONDS}\b",
    re.IGNORECASE,
)


def pauses(passage: Passage, context: Context) -> bool:
    """Read Poll with backoff: 2 s, 4 s, up to 30 s; first after 5 s, then every 3 s: the ends of the pauses"""
    text = simplified(plain_characters(sections.bare(passage.text)))
    if passage.block.kind not in ("item", "text") or passage.operation is None:
        return False
    if not (
        _ASKING.search(text)
        or re.search(r"\bretry\b|\bbetween (?:two )?(?:requests|calls)\b|重试", text, re.IGNORECASE)
    ):
        return False
    for pattern in (_GROWING, _FIRST_THEN, _LEAST_AND_MOST):
        if match := pattern.search(text):
            seconds = [int(amount) for amount in re.findall(r"\d+", match[0])]
            facts = {"poll_seconds": [min(seconds), max(seconds)]}
            context.accounting.claim(passage.line, "operation", "", facts, passage.operation)
            context.accounting.understands(passage.line, *seconds)
            return True
    return False


def _interval(passage: Passage, context: Context, operation: str | None, text: str) -> bool:
    """Read Polling: 5 s interval, max 120 times"""
    minutes = ("min", "minute", "minutes", "分钟")
    pauses = [int(one[1]) * (60 if one[2].lower() in minutes else 1) for one in _INTERVAL.finditer(text)]
    if not pauses:
        return False
    facts: dict[str, Any] = {"poll_seconds": [min(pauses), max(pauses)]}
    context.accounting.understands(passage.line, *pauses)
    if times := _TIMES.search(text):
        facts["poll_for_seconds"] = int(times[1]) * max(pauses)
        context.accounting.understands(passage.line, int(times[1]))
    context.accounting.claim(passage.line, "operation", "", facts, operation or passage.operation)
    return True
