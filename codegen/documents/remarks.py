"""Rules for single remarks: what comes out, how long it takes, codes, workflow steps, lists of API names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from codegen.documents import jsonlines, outcomes, sections
from codegen.documents.context import Context
from codegen.documents.phrase_rules import number
from codegen.documents.sections import URL, Passage
from codegen.documents.vocabulary import plain_characters, state_of

_UNITS = {"s": 1, "second": 1, "seconds": 1, "min": 60, "minute": 60, "minutes": 60}
_SPAN = re.compile(
    r"(?<!\d)(\d{1,9})\s{0,9}(s|min|seconds?|minutes?)?\s{0,9}(?:-|to)\s{0,9}(\d{1,9})\s{0,9}(s|min|seconds?|minutes?)\b"
)
_OUTPUTS = r"(?:videos?|clips?|animations?|tracks?|songs?|sounds?|audios?|outputs?|results?|durations?)"
_FIXED = (
    rf"\b(\d+)-second (?:\w+ ){{0,2}}{_OUTPUTS}\b",
    r"\boutput duration is fixed to (\d+) seconds",
    r"^output is always (\d+) seconds",
    rf"^to (?:create|make|get) (?:an? )?{_OUTPUTS} longer than (\d+) seconds",
)


def timing(passage: Passage, context: Context) -> bool:
    """Read - Generation time: typically 30 seconds to 2 minutes; - Text-to-Song: 10s - 1min"""
    text = sections.bare(passage.text)
    row = re.match(r"^([\w -]+?):\s*(.+)$", text) if "generation times" in passage.title else None
    if not row and not re.search(r"generation time\b|generation typically takes", text, re.IGNORECASE):
        return False
    span = _SPAN.search(text)
    if not span:
        return False
    low, high = (int(span[1]) * _UNITS[span[2] or span[4]], int(span[3]) * _UNITS[span[4]])
    section = context.section_like(row[1]) or context.section_like(row[1].split("-")[-1]) if row else None
    for operation in (section,) if section else context.operations(passage):
        context.accounting.claim(passage.line, "operation", "", {"typical_seconds": [low, high]}, operation)
    fixed_output(passage, context)
    return True


def fixed_output(passage: Passage, context: Context) -> bool:
    """Read Generate a 5-second video; output is always 5 seconds"""
    for pattern in _FIXED:
        match = re.search(pattern, sections.bare(passage.text), re.IGNORECASE)
        if match:
            for operation in context.operations(passage):
                context.accounting.claim(passage.line, "operation", "", {"output_seconds": int(match[1])}, operation)
            return True
    return False


def reply_line(passage: Passage, context: Context) -> bool:
    """Read lines such as Success response: `{"code": 0, …}`; obtain `data.task_id`; code field (0 = success)"""
    text = sections.bare(passage.text)
    example = re.search(r"`(\{\"\w+\":.*\})`", text)
    has_facts = False
    if example and re.search(
        r"success response|^(?:it )?(?:gives?|yields?|returns?|responds?|response|reply|answers?)\b|^返回",
        text,
        re.IGNORECASE,
    ):
        for key in jsonlines.keys(example[1]):
            kind = jsonlines.type_of(key.value)
            facts = {"type": kind} if kind else {}
            if key.path == "code" and kind == "integer" and re.search(r"success response", text, re.IGNORECASE):
                facts["success"] = key.value
            context.accounting.claim(passage.line, "response", key.path, facts, context.operation(passage), "example")
        outcomes.success_code(passage, context)
        return True
    if re.search(r"`code` field \((\d+) = success\)|non-zero `code`", text):
        context.accounting.claim(passage.line, "response", "code", {"success": "0"}, context.operation(passage))
        context.accounting.claim(passage.line, "response", "code", {"with_data": "error"})
        return True
    states = re.search(r"when status (?:is|becomes)\s+((?:`[\w/]+`(?:\s*or\s*)?)+)", text, re.IGNORECASE)
    for word in re.findall(r"\w+", states[1]) if states else ():
        if state := state_of(word) if word != "or" else None:
            context.accounting.claim(passage.line, "status", word, {"state": state})
            has_facts = True
    for path in re.findall(r"\b(?:obtain|return:?|from) `(data\.\w+)`", text):
        context.accounting.claim(passage.line, "response", path, {}, context.operation(passage))
        has_facts = True
    return has_facts


def status_line(passage: Passage, context: Context) -> bool:
    """Read lines such as When status=3, extract the result; terminal statuses (`4`, `5`)"""
    text = sections.bare(passage.text)
    reached = re.search(r"\bwhen status=(\d+), extract\b", text, re.IGNORECASE)
    if reached:
        context.accounting.claim(passage.line, "status", reached[1], {"state": "succeeded"})
        return True
    ended = re.search(r"\bterminal (?:task )?statuses \(((?:`\d+`(?:,\s*)?)+)\)", text)
    for code in re.findall(r"\d+", ended[1]) if ended else ():
        context.accounting.claim(passage.line, "status", code, {"terminal": True})
    return ended is not None


def api_names(passage: Passage, context: Context) -> bool:
    """Read lines such as - `Choir 2` / `Choir 3`, under an item that names their group; - `Credits` (what for)"""
    text = passage.text
    group = next((title for title, _ in context.index.grouped if title and text.lower().startswith(title)), None)
    if passage.block.kind == "item" and group and not re.search(r"[`:]", text):
        context.group = group
        count = len({operation for (title, _), operation in context.index.grouped.items() if title == group})
        # A character that is damaged may have taken digits with it.
        context.accounting.repeats(passage.line, count, *(re.findall(r"\d+", text) if "\ufffd" in text else ()))
        return True
    if passage.block.kind != "item" or not re.fullmatch(r"(?:`[^`]+`(?:\s*/\s*)?)+(?:\s*\([^)]*\))?", text):
        return False
    names = re.findall(
        r"`([^`]+)`", re.sub(r"\s*\([^)`]*(?:`[^`]*`[^)`]*)*\)$", "", text) if not text.endswith("`") else text
    )
    by_name = {name: context.index.operation_named(name, context.group) for name in names}
    if not all(by_name.values()):
        return False
    for name, operation in by_name.items():
        context.accounting.claim(passage.line, "operation", "", {"name": name}, operation)
    return True


def sends_only(passage: Passage, context: Context) -> bool:
    """Read lines such as Requests go only to `api.example.com`: repeats the host of a known URL"""
    match = re.search(r"\bonly to `([\w.-]+)`", passage.text)
    if not match:
        return False
    hosts = {url.split("/")[2] for row in context.rows for url in URL.findall(row.text) if url.count("/") > 1}
    if match[1] not in hosts:
        return False
    context.accounting.repeats(passage.line, match[1])
    return True


def names_parameter(passage: Passage, context: Context) -> bool:
    """Read "All movements for the `camera_index` parameter": names what the table below is about"""
    match = re.fullmatch(r"[^`\d]*`(\w+)` param(?:eter)?[.:]?", passage.text)
    if not match:
        return False
    context.accounting.repeats(passage.line, match[1])
    return True


def counted(passage: Passage, context: Context) -> bool:
    """Read - Total APIs: 24; has three APIs: the number of operations the document names; else it is unread"""
    match = _TOTAL.search(passage.text)
    if not match:
        return False
    word = match[1] or match[2]
    count = int(word) if word.isdigit() else _COUNTS.index(word.lower()) + 2
    if count not in (len(context.capability), len(context.sections)):
        return False
    context.accounting.repeats(passage.line, count)
    return True


_COUNTS: Sequence[str] = "two three four five six seven eight nine ten eleven twelve".split()
_TOTAL = re.compile(
    r"^(?:total APIs:\s*|the current API definition includes )(\d+)\b"
    rf"|\b(?:provides|offers|has|includes) (\d+|{'|'.join(_COUNTS)}) (?:[a-z-]+ ){{0,3}}"
    r"(?:APIs|operations|endpoints)\b",
    re.IGNORECASE,
)


_FREE = re.compile(
    r"\b(?:(?:is|are|currently|for now,?) free(?: of charge)?|free of charge|no (?:cost|charge))\b|免费", re.IGNORECASE
)
_PAID = re.compile(
    r"(?:costs?|consumes?|charges?|deducts?|消耗|扣除|花费)\s*`?(\d{1,6}(?:\.\d{1,4})?)`?"
    r"\s*(?:credits?|points?|积分|点)",
    re.IGNORECASE,
)
_FOR_NOW = re.compile(
    r"\b(?:for now|currently|limited[- ]time|for a limited time|(?:during|in) (?:the )?beta)\b|限时|目前|暂时",
    re.IGNORECASE,
)
_ONE_CALL = re.compile(
    r"(?:\b(?:an?|each|every|one|single|per|the|this|all|it|its|api|calls?|calling|requests?|generations?|tasks?|operation"
    r"|use|using|usage|invocations?|service|model|endpoint|skill|time|of|to|with|and|is|are|you|in|there|completely|answer"
    r"|[qa]:)(?![\w-])"
    r"|每次|一次|每个|单次|目前|当前|现在|本|该|此|服务|接口|功能|技能|工具|产品|模型|任务|请求|调用|使用|生成|操作|暂时|限时"
    r"|均|都|将|会|为|是|完全|全部|用户|可以?|的|所有|[\s,:'`()-])*",
    re.IGNORECASE,
)
"""What may stand around a cost that holds for each call: with other words, a condition, it holds for some only."""
_ONE_RESULT = re.compile(
    r"(?:an?|each|every|one|per) (?!seconds?\b|minutes?\b|hours?\b|days?\b)[a-z]+\b|每[首个段张][\u4e00-\u9fff]{1,3}",
    re.IGNORECASE,
)


def cost(passage: Passage, context: Context) -> bool:
    """Read "The service is free for now"; "a call of Choir 2 costs 20 credits": of the operations that are named"""
    if passage.block.kind not in ("item", "text"):
        return False
    for sentence in re.split(r"(?<=[;!?。])\s*|(?<=\.)\s+", plain_characters(sections.bare(passage.text))):
        paid = _PAID.search(sentence)
        if sentence.endswith("?") or not (paid or _FREE.search(sentence)):
            continue
        operations = context.operations_in(sentence)
        groups = (group for group, _ in context.index.grouped if group)
        if not _holds_for_each_call(sentence, (*operations, *groups), is_of_one=context.operation(passage) is not None):
            return False
        facts: dict[str, object] = {"cost": number(paid[1]) if paid else "free"}
        if _FOR_NOW.search(sentence):
            facts["for_now"] = True
        for operation in sorted({name for names in operations.values() for name in names}) or (passage.operation,):
            context.accounting.claim(passage.line, "operation", "", facts, operation)
        context.accounting.understands(passage.line, *operations)
        return True
    return False


def _holds_for_each_call(sentence: str, names: Iterable[str], *, is_of_one: bool) -> bool:
    """Return whether a cost holds without a condition; where one operation is meant, its result may have any name."""
    rest = sentence.strip().rstrip(".!").lower()
    for name in names:
        rest = rest.replace(name, " ")
    for phrase in (_PAID, _FREE, _FOR_NOW):
        rest = phrase.sub(" ", rest)
    rest = rest.strip()
    if is_of_one:
        rest = _ONE_RESULT.sub(" ", rest, count=1) if _ONE_RESULT.match(rest) else rest
    return _ONE_CALL.fullmatch(rest) is not None


def question(passage: Passage, context: Context) -> bool:
    """Set aside **Q: …?**, a question of a list of them; the answer below it is read by itself."""
    text = plain_characters(sections.bare(passage.text))
    if not re.match(r"^Q\d*[:.]", text) or not text.endswith("?"):
        return False
    context.accounting.assign(passage.line, "structure")
    return True


RULES = (
    cost,
    question,
    timing,
    fixed_output,
    reply_line,
    status_line,
    api_names,
    sends_only,
    names_parameter,
    counted,
)
