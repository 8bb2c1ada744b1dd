"""The rule for sentences about what the service sends by itself: the body posted to `callback` has `id` and `state`."""

from __future__ import annotations

import re

from codegen.documents import endpoints, fields
from codegen.documents.context import Context, Pending
from codegen.documents.list_titles import CALLBACKS
from codegen.documents.sections import Passage
from codegen.documents.types import read_type
from codegen.documents.vocabulary import plain_characters

_POSTED = re.compile(
    r"\b(?:post(?:s|ed)?|sen[dt]s?|calls?|called|receives?|delivers?|delivered|notif(?:y|ies|ied))\b"
    r"|发送|推送|回调|通知|POST|请求",
    re.IGNORECASE,
)
_ABOUT_ONE = re.compile(r"`[^`]*(?:callback|webhook|notify|hook)[^`]*`", re.IGNORECASE)
_HOLDS = re.compile(
    r"\b(?:with|has|have|holds?|contains?|containing|includes?|including|carries|carrying|fields?|keys?)\b|包含|包括|携带|含有|字段|内容(?:为|是)",
    re.IGNORECASE,
)
_IF_SENT = re.compile(
    r"\b(?:if|when|once|set|pass|send|give) (?:an? |the |your |https )*`(\w*(?:callback|webhook|notify|hook)\w*)`"
    r"|(?:若|如果|当)[^`]{0,6}`(\w*(?:callback|webhook|notify|hook)\w*)`",
    re.IGNORECASE,
)
_NAMED = re.compile(r"`([A-Za-z_][\w.]*)`(?:\s*\(([^()]{1,60})\))?")


def callback(passage: Passage, context: Context) -> bool:
    """Read If `webhook_url` is sent, a POST goes there with the fields `id`, `status` and `video_url`."""
    text = plain_characters(passage.text)
    if passage.block.kind not in ("item", "text") or endpoints.request_line(passage.block):
        return False
    titles = (passage.sub, passage.label, *passage.headings[-1:])
    if not _POSTED.search(text) or not (any(map(CALLBACKS.search, titles)) or _ABOUT_ONE.search(text)):
        return False
    holds = next((match for match in _HOLDS.finditer(text) if _NAMED.search(text, match.end())), None)
    if holds is None or fields.requirement(text.partition("(")[2].partition(")")[0].split(",")[0]) is not None:
        return False
    entries = [match for match in _NAMED.finditer(text, holds.end()) if not _ABOUT_ONE.fullmatch(f"`{match[1]}`")]
    if entries:
        _named_before(text[: holds.start()], passage, context)
    for match in entries:
        kind = (read_type(match[2] or "") or {}).get("type")
        context.accounting.claim(passage.line, "callback", match[1], {"type": kind} if kind else {})
    return bool(entries)


def _named_before(text: str, passage: Passage, context: Context) -> None:
    """Record the optional parameter of the only call with a body: If `webhook_url` is sent, …"""
    match = _IF_SENT.search(text)
    name = (match[1] or match[2]) if match else ""
    operation = passage.operation or (context.sent[0] if len(context.sent) == 1 else None)
    if name and operation and not context.pending.has(operation, name):
        context.pending.add(Pending(passage, operation, name, "URL", "string", {"required": False}))
