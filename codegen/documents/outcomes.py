"""Rules for what comes back: states, errors, response fields, output formats."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from codegen import http_errors
from codegen.documents import jsonlines, list_titles, sections
from codegen.documents.claims import UNKNOWN_ERROR
from codegen.documents.context import Context
from codegen.documents.phrase_rules import byte_count
from codegen.documents.sections import URL, Passage
from codegen.documents.types import read_type
from codegen.documents.vocabulary import (
    about_files,
    error_group,
    error_of,
    named_error,
    plain_characters,
    retry_of,
    simplified,
    state_of,
)


def states(passage: Passage, context: Context) -> bool:
    """Read - `1` queued; - 1 = Queued; Task status `4`: failed; status: one of `a`, `b`"""
    text = plain_characters(sections.bare(passage.text))
    listed = re.match(r"^task status:\s*((?:`\w+`(?:,\s*)?)+)$", text, re.IGNORECASE)
    if listed:
        for word in re.findall(r"`(\w+)`", listed[1]):
            context.accounting.status(passage.line, word, state_of(word))
        return True
    label, colon, listing = simplified(text).partition(":")
    is_labelled = bool(colon and _STATES_LABEL.fullmatch(label))
    if passage.block.kind in ("text", "item") and (is_labelled or passage.under(r"\bstatus(?:es)?\b|\bstates?\b|状态")):
        words = _bare_states((listing.strip() if is_labelled else text).replace("`", ""))
        rows = [(word, state_of(word.replace("_", " "))) for word in words]
        for word, state in rows or (listed_states(listing) if is_labelled else ()):
            context.accounting.understands(passage.line, *re.findall(r"[\w.]+", label))
            context.accounting.status(passage.line, word, state)
        if context.accounting.is_read(passage.line):
            return True
    inline = _INLINE_STATES.search(text)
    words_of_states = _all_states(inline[1]) if inline else _state_row(passage) or _state_item(passage, text)
    group = (passage.headings, passage.label, passage.sub, passage.block.header)
    if words_of_states and passage.block.kind in ("item", "row") and not inline and not _is_task_status(text):
        if any(state for _, state in words_of_states):
            context.later.state_lists.add(group)
        else:
            context.later.unknown_states.append((group, passage.line, words_of_states[0][0]))
            return False
    for word, state in words_of_states:
        context.accounting.status(passage.line, word, state)
    if inline and words_of_states and (field := re.search(r"`((?:\w+\.)+(?:status|state))`", text)):
        context.accounting.claim(passage.line, "response", field[1], {}, passage.operation or context.meant(passage))
    return bool(words_of_states)


def listed_states(words: str) -> list[tuple[str, str | None]]:
    """Return each word or number that a status can be, with the state that it is; None for one no reader knows."""
    numbered = [(number, state_of(word)) for number, word in _NUMBERED_STATE.findall(words)]
    if len(numbered) > 1 and any(state for _, state in numbered):
        return numbered
    listed = re.findall(r"[`\"](\w+)[`\"]", words) or plain_states(words)
    states = [(word, state_of(word)) for word in listed]
    return states if len(states) > 1 and any(state for _, state in states) else [row for row in states if row[1]]


_NUMBERED_STATE = re.compile(
    r"(?:^|[\s,;、/|(.])`?(-?\d{1,3})`?\s*(?:[=:(-]|(?=[\u4e00-\u9fff])|(?<=\d) )\s*([A-Za-z\u4e00-\u9fff][\w ]*)"
)


def plain_states(words: str) -> list[str]:
    """Return the words that a status can be, where they stand without marks: one of queued / working / failed."""
    listed = re.search(
        r"(?:(?:one of|values?|can be|either|:|是|为|包括)\s*(?::\s*)?|(?<![\w-]))"
        r"([\w-]+(?:\s*(?:/|\||,|、|\bor\b)\s*[\w-]+)+)",
        words,
    )
    parts = re.split(r"(?<!\s)\s*(?:/|\||,|、|\bor\b)\s*", listed[1]) if listed else []
    return parts if 2 * sum(state_of(word) is not None for word in parts) > len(parts) else []


def _bare_states(text: str) -> list[str]:
    """Return the words of "waiting -> trimming -> complete | failed", of which most are states that one knows."""
    words = re.split(r"(?<!\s)\s*(?:/|\||,|、|→|[-=]?>|\bor\b)\s*", text.rstrip("."))
    if len(words) < 2 or not all(re.fullmatch(r"[A-Za-z_-]{2,20}", word) for word in words):
        return []
    count = sum(state_of(word.replace("_", " ")) is not None for word in words)
    return words if 2 * count > len(words) else []


def labels_states(text: str) -> bool:
    """Return whether a line says that what it lists are states: States: one > two > three"""
    label, colon, listing = simplified(plain_characters(text)).partition(":")
    return bool(colon and _STATES_LABEL.fullmatch(label.strip("*` ")) and re.search(r"\w\W+\w", listing))


_STATES_LABEL = re.compile(
    r"(?:(?:task|job|possible) )?(?:status|state|phase)(?:es|s)?(?: values?| codes?)?|状态(?:值|说明)?"
    r"|`(?:[\w.]+\.)?(?:task_)?(?:status|state)` ?(?:字段|field)",
    re.IGNORECASE,
)
_WORD_OF_A_STATE = r"`\w+`(?: ?\([^()`]{0,60}\))?[, 、|/]*(?:and |or |或|和)*"
_INLINE_STATES = re.compile(
    r"(?:\bstat(?:us|e)(?:es|s)?\b|\bphases?\b|状态)[^.]{0,40}?"
    r"(?::|one of|can be|may be|values?|includes?|\bare|\bis|包括|取值)"
    rf"[ :]*((?:{_WORD_OF_A_STATE}){{2,20}})",
    re.IGNORECASE,
)
_STATUS_COLUMN = re.compile(r"(?:task )?(?:status|state)(?: code| value)?|状态(?:码|值)?")
_STATE = re.compile(
    r"^(?:task status\s+)?(?:`(\w+)`\s{0,9}[:=-]*|\b(\d{1,3})\s{0,9}[:=-]*|([A-Za-z_]+)\s{0,9}[:=-])\s{1,9}(?!\s)(.+)$",
    re.IGNORECASE,
)
"""`1` queued; 1 = Queued; waiting: in the queue"""


def finish(context: Context) -> None:
    """Record the words of lists of states that no reader knows: the list they stand in has words that one knows."""
    for group, line, word in context.later.unknown_states:
        if group in context.later.state_lists and not context.accounting.is_read(line):
            context.accounting.status(line, word, None)


def _is_task_status(text: str) -> bool:
    return text.lower().startswith("task status ")


_Word = tuple[str, str | None]
"""A word for a state, and the state; None: no reader knows it."""


def _state_item(passage: Passage, text: str) -> list[_Word]:
    match = _STATE.match(text)
    is_titled = _is_task_status(text)
    if passage.block.kind != "item" or not match:
        return []
    if not (is_titled or passage.under(r"\bstatus(?:es)?\b|\bstates?\b|状态") or list_titles.under_status(passage)):
        return []
    if _TYPED.match(match[4]):
        return []  # a field, and its type
    return _state(match[1] or match[2] or match[3], match[4])


_TYPED = re.compile(r"`?(?:string|str|integer|int|number|boolean|bool|object|array|list)\b", re.IGNORECASE)


def _state_row(passage: Passage) -> list[_Word]:
    """Read lines such as | `waiting` | in the queue |, in a table whose first column is for the status"""
    header = passage.block.header
    titled = bool(header) and header[0] in ("value", "values", "取值", "值") and _STATES_LABEL.fullmatch(passage.title)
    if passage.block.kind != "row" or not header or not (titled or _STATUS_COLUMN.fullmatch(header[0])):
        return []
    word = plain_characters(passage.block.cells[0]).strip('`* "')
    if not re.fullmatch(r"\w+", word) or re.fullmatch(r"[1-5]\d\d", word):
        return []
    return _state(word, " ".join(plain_characters(cell) for cell in passage.block.cells[1:]))


def _state(word: str, words: str) -> list[_Word]:
    """Return a word says itself what state it is; a number is explained by the words behind it."""
    return [(word, state_of(words) if word.isdigit() else state_of(word) or state_of(words))]


def _all_states(text: str) -> list[_Word]:
    """Return the words of a line that lists the states of a task; empty where most of them are none."""
    rows = [row for match in re.findall(r"`(\w+)`(?: ?\(([^()`]{0,60})\))?", text) for row in _state(*match)]
    return rows if 2 * sum(state is not None for _, state in rows) >= len(rows) else []


def error_bullet(passage: Passage, context: Context) -> bool:
    """Read lines such as - `401`: authentication failed; 1. `code=374004`: verify the key"""
    match = re.match(r"^`(code=)?(\d{3,})`:\s*(.+)$", passage.text)
    if passage.block.kind != "item" or not match:
        return False
    error = error_of(_first_sentence(match[3])) or error_of(match[3]) or _group(passage)
    if error is None:
        return False
    channel = "http" if 400 <= int(match[2]) < 600 else "in-band"
    message = None if match[1] or channel == "http" else _message(match[3])
    _error(context, passage, match[2], error, channel, retry_of(match[3]), message, description=match[3])
    _where_to_get_a_key(passage, context)
    return True


def _group(passage: Passage) -> str | None:
    """Return what the title of a list of errors says of each: Errors of billing:"""
    titles = [title for title in (passage.sub, passage.label, *reversed(passage.headings[-1:])) if title]
    return next((error for title in titles if (error := error_group(plain_characters(title)))), None)


def _where_to_get_a_key(passage: Passage, context: Context) -> None:
    page = URL.search(passage.text)
    if page and re.search(r"\bkeys?\b|密钥", passage.text, re.IGNORECASE):
        for name in context.accounting.credentials.intersection(context.credentials):
            context.accounting.claim(passage.line, "credential", name, {"obtain": page[0].rstrip(".")})


_CODE = (
    r"(?:`(?:code ?= ?)?(?P<code>[\w-]{3,40})`|\*\*(?P<bold>[\w-]{3,40})\*\*|(?:code |error )?"
    r"(?P<plain>\d{3,10}|(?-i:[A-Z]{1,4}-?\d{3,6}|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)))"
)
_MORE = r"(?P<more>(?: ?(?:-|~|to|,|/|and|or|、) ?`?\d{3,10}`?)*)"
_ERROR_LINE = re.compile(
    rf"^(?:HTTP |code |error )?{_CODE}{_MORE}"
    r"(?: ?(?:[:=|,-]+|\() ?|(?<=\*\*) | (?=[\u4e00-\u9fff]))(?P<description>.+)$",
    re.IGNORECASE,
)
_CODE_WORD = re.compile(
    r"\d{3,10}|[A-Z]{1,4}-?\d{3,6}|[A-Z][A-Z0-9_-]+|[A-Z][a-z]+(?:[A-Z][a-z]+)+|[a-z]+(?:[_-][a-z]+)+"
)
_ERRORS = re.compile(
    r"\berrors?\b|\bcodes?\b|\bfailures?\b|\b(?:go(?:es)?|went|is) wrong\b|\bproblems?\b|\btroubleshooting\b"
    r"|错误|异常|状态码|返回码",
    re.IGNORECASE,
)


_WITH_STATUS = re.compile(r"(?:HTTP )?`?([45]\d\d)`?[ ,/-]{1,3}`([A-Za-z]\w{2,40})`\s*[:-]\s*(.{2,})")
"""401 `bad_key` - the key is wrong"""


def error_line(passage: Passage, context: Context) -> bool:
    """Read - **490000** - wrong parameters; - 490000-490009: …; - `INVALID_KEY`: …, under a title about errors"""
    text = plain_characters(passage.text)
    if passage.block.kind in ("item", "text") and (several := _CODE_STARTS.split(text))[1:]:
        parts = [replace(passage, block=replace(passage.block, text=part)) for part in several]
        are_errors = all(_ERROR_LINE.match(part) for part in several)
        return are_errors and all(tuple(error_line(part, context) for part in parts))
    if _http_when(passage, context, text):
        return True
    if with_status := _WITH_STATUS.fullmatch(text) if passage.block.kind in ("item", "text") else None:
        status, code, description = with_status.groups()
        _coded(passage, context, [code], description, False, http_errors.error_of_status(int(status)))
        return _coded(passage, context, [status], description, True)
    match = _ERROR_LINE.match(text)
    titles = (passage.sub, passage.label, *passage.headings[-2:])
    if passage.block.kind not in ("item", "text") or not match:
        return False
    if passage.block.kind == "text" and not any(
        _ERRORS.search(simplified(title)) for title in titles[:2] + titles[-1:]
    ):
        return False
    # Without a title about errors: a status of HTTP that says what is wrong.
    plain = re.fullmatch(r"[45]\d\d", match["code"] or match["plain"] or "") and error_of(match["description"])
    if not plain and not any(_ERRORS.search(simplified(title)) for title in titles):
        return False
    codes = [match["code"] or match["bold"] or match["plain"], *re.findall(r"\d+", match["more"])]
    if not all(_CODE_WORD.fullmatch(code) for code in codes):
        return False
    http = True if text.startswith("HTTP ") else None
    return _coded(passage, context, _range(codes, match["more"]), match["description"], http)


_CODE_STARTS = re.compile(r"(?<=[.;])\s+(?=`\d{3,10}`(?:\s*(?:or|,|and|/|、)\s*`\d{3,10}`)*\s*[:(=-])")
_HTTP_WHEN = re.compile(
    r"\bHTTP `?([45]\d\d)`?\b[^;]{0,80}?\b(?:when|if|for|means?|says|表示|当) ?(?:that )?([^;.]{3,100})", re.IGNORECASE
)


def _http_when(passage: Passage, context: Context, text: str) -> bool:
    """Read HTTP 422 when the body is wrong; HTTP 503 when the renderer is busy"""
    rows = _HTTP_WHEN.findall(text) if passage.block.kind in ("item", "text") else []
    for status, words in rows:
        _coded(passage, context, [status], words.strip(), True)
    return bool(rows)


def _range(codes: list[str], between: str) -> list[str]:
    """Return the codes of a range: 1001-1005 is five codes; 1001, 1005 is two."""
    if len(codes) == 2 and re.match(r" ?`?(?:-|~|to\b)", between) and all(code.isdigit() for code in codes):
        low, high = int(codes[0]), int(codes[1])
        if low < high <= low + 100:
            return [str(code) for code in range(low, high + 1)]
    return codes


def _coded(
    passage: Passage, context: Context, codes: list[str], description: str, http: bool | None = None, more: str = ""
) -> bool:
    """Record codes with one meaning, which may be one that no table knows."""
    error_of_words = (
        error_of(_first_sentence(description)) or error_of(description) or error_of(more) or _group(passage)
    )
    for code in codes:
        is_http = http if http is not None else code.isdigit() and 400 <= int(code) < 600
        error = error_of_words or (http_errors.DOCUMENTED.get(int(code)) if is_http else None)
        channel = "http" if is_http else "in-band"
        _error(
            context,
            passage,
            code,
            error,
            channel,
            retry_of(f"{description} {more}"),
            _message(description),
            description=f"{description} {more}",
        )
    _where_to_get_a_key(passage, context)
    return True


def _first_sentence(description: str) -> str:
    return re.split(r"[.;](?:\s|$)", description)[0]


def _message(description: str) -> str | None:
    """Return the first sentence of a meaning, where it is as short as messages are."""
    first = _first_sentence(description).replace("`", "").strip()
    first = first if "(" in first else first.rstrip(")")
    return first if first and len(first.split()) < 6 else None


_CODE_COLUMN = re.compile(
    r"(?:error |err|status |http |response |business |http status )?(?:code|status)s?(?: code)?"
    r"|err(?:or)?_?(?:no|code)|(?:错误|状态|返回|业务)?码|错误代码|代码"
)
_DESCRIPTION_COLUMN = re.compile(
    r"(?:error )?(?:msg|message|meaning|description|desc|error|reason|cause|name|details?|explanation|when|why)s?"
    r"|说明|描述|含义|错误信息|信息|原因|错误说明|消息"
)


_HTTP_COLUMN = re.compile(r"http(?: ?(?:status|code|状态码?))?(?: code)?|status(?: code)?|状态码")


def code_table(passage: Passage, context: Context) -> bool:
    """Read a row of a table of error codes, whatever its columns are called; the other columns are advice"""
    header = [plain_characters(title) for title in passage.block.header]
    cells = [plain_characters(cell).strip() for cell in passage.block.cells]
    columns = [index for index, title in enumerate(header) if _CODE_COLUMN.fullmatch(title)]
    code_at = next(
        (index for index in columns if not _HTTP_COLUMN.fullmatch(header[index])),
        columns[0] if columns else None,
    )
    if code_at is None and cells and re.fullmatch(r"`?\d{3,10}`?", cells[0]):
        code_at = 0  # whatever the column is called: "Error", "No.", "Value"
    if passage.block.kind != "row" or code_at is None or len(cells) < 2:
        return False
    others = [index for index in range(min(len(cells), len(header))) if index != code_at]
    worded = [index for index in others if not _HTTP_COLUMN.fullmatch(header[index])] or others
    description_at = next((index for index in worded if _DESCRIPTION_COLUMN.fullmatch(header[index])), worded[0])
    codes, description = re.findall(r"[A-Za-z_][\w-]{2,40}|\d{1,10}", cells[code_at]), cells[description_at]
    if not codes or not description:
        return False
    if re.fullmatch(r"(?:success|ok|succeeded|成功)\W*", description, re.IGNORECASE):
        context.accounting.claim(passage.line, "response", "code", {"success": codes[0]}, passage.operation)
        context.accounting.understands(
            passage.line, *(cells[at] for at in others if _HTTP_COLUMN.fullmatch(header[at]))
        )
        return True
    about_errors = any(_ERRORS.search(title) for title in (*header, passage.label, *passage.headings[-2:]))
    titled = any(
        re.search(r"\berrors?\b|错误", title, re.IGNORECASE) for title in (passage.label, *passage.headings[-1:])
    )
    if not about_errors or (not titled and any(code.isdigit() and len(code) < 3 for code in codes)):
        return False
    between = re.sub(r"^\D*\d+`?", "", cells[code_at])
    more = " ".join(_advice(header[index], cells[index]) for index in others if index != description_at)
    http = True if "http" in header[code_at] else None if "status" in header[code_at] else False
    for index in others:
        if _HTTP_COLUMN.fullmatch(header[index]):
            for status in re.findall(r"\b[45]\d\d\b", cells[index]):
                _coded(passage, context, [status], description, True, more)
    return _coded(passage, context, _range(codes, between), description, http, more)


def _advice(title: str, cell: str) -> str:
    """Return what a cell advises: yes and no in a column that asks whether to try again say so."""
    if not re.fullmatch(r"retry|retryable\??|can (?:be )?retr(?:y|ied)\??|(?:是否)?(?:可)?重试", title):
        return cell
    if re.match(r"(?:no|never|n|false|否|不)\b|[否不]", cell, re.IGNORECASE):
        return "do not retry"
    return f"retry later {cell}" if re.match(r"(?:yes|y|true)\b|是|可", cell, re.IGNORECASE) else cell


_EQUALS = r"`?\bcode\b`?\s*(?:=+|:|is|为|等于)?\s*`?(\d{1,5})`?"
_FAILS = re.compile(
    r"`?\bcode\b`?\s*(?:!=|<>|≠|(?:that )?(?:is |equals )?(?:not|other than)(?: equal to)?|不为|不等于|非)"
    r"\s*`?(\d{1,5})`?",
    re.IGNORECASE,
)
_SUCCEEDS = re.compile(
    rf"{_EQUALS}[^.]{{0,40}}?(?:success|succeed|ok\b|成功)|(?:success|succeed\w{{0,9}}|成功)[^.\d]{{0,20}}{_EQUALS}",
    re.IGNORECASE,
)


def success_code(passage: Passage, context: Context) -> bool:
    """Read lines such as - Any `code != 0` is a failure; `code: 0` means success"""
    text = plain_characters(passage.text)
    match = _FAILS.search(text) or _SUCCEEDS.search(text)
    if not match or passage.block.kind not in ("item", "text"):
        return False
    code = next(group for group in match.groups() if group is not None)
    context.accounting.claim(passage.line, "response", "code", {"success": code}, context.meant(passage))
    if _FAILS.search(text):
        context.accounting.claim(passage.line, "response", "code", {"with_data": "error"})
    several_codes(passage, context)
    if example := re.search(r"`(\{\"\w+\":.*?\})`", text):
        for key in jsonlines.keys(example[1]):
            example_facts = {"type": kind} if (kind := jsonlines.type_of(key.value)) else {}
            context.accounting.claim(
                passage.line, "response", key.path, example_facts, context.operation(passage), "example"
            )
    return True


_SEVERAL = re.compile(
    r"(?:`?\b(?P<code>\d{3,10})`?|`(?P<word>[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)`)\s*"
    r"(?:[(:=-]|(?:means?|says|indicates|is for|stands for|when|if|for|表示|为)\b(?: that)?"
    r"|that\b|表示)"
    r"\s*(?P<words>[^(),;]{2,60}?)\s*(?:\)|(?=[,;.:]|$))"
)


_NAMED_CODES = re.compile(r"`([a-z][a-z_]{2,40})` ?\((?:HTTP )?([45]\d\d)\)")
"""`invalid_key` (401), `slow_down` (429)"""


_OF_A_TASK = re.compile(r"(?:task )?failure (?:codes?|reasons?)", re.IGNORECASE)
"""Why a task failed: no code of a reply."""
_ONE_CODE = r"`[A-Z][A-Z0-9_]+`(?:\s*\([^()`]{1,80}\))?"
_LISTED_CODES = re.compile(
    rf"(?:error codes?|错误码) ?: ?({_ONE_CODE}"
    rf"(?:\s*(?:,|、|/|\bor\b|\band\b)\s*{_ONE_CODE})+)\.? ?",
    re.IGNORECASE,
)
"""Error codes: `BAD_KEY`, `BUSY` (try again after 5 s)"""


def several_codes(passage: Passage, context: Context) -> bool:
    """Read lines such as Error codes: `7001` (invalid key), `7002` (wrong parameters)"""
    text = plain_characters(sections.bare(passage.text))
    if listed := _LISTED_CODES.fullmatch(text) if passage.block.kind in ("item", "text") else None:
        for code, words in re.findall(r"`([A-Z][A-Z0-9_]+)`(?:\s*\(([^()`]{1,80})\))?", listed[1]):
            _coded(
                passage, context, [code], words or code.replace("_", " ").lower(), more=code.replace("_", " ").lower()
            )
        return True
    statuses = _NAMED_CODES.findall(text) if _NAMED_CODES.match(text) else []
    for code, status in statuses:
        _coded(passage, context, [code], f"{code.replace('_', ' ')}", False, http_errors.error_of_status(int(status)))
        _coded(passage, context, [status], code.replace("_", " "), True)
    if statuses:
        return True
    rows = [(match["code"] or match["word"], match["words"]) for match in _SEVERAL.finditer(text)]
    if (
        passage.block.kind not in ("item", "text")
        or len(rows) < 2
        or _OF_A_TASK.match(text)
        or any(state_of(code.lower()) for code, _ in rows)
    ):
        return False
    if not any(_ERRORS.search(title) for title in (text, passage.label, *passage.headings[-1:])):
        return False
    for code, description in rows:
        _coded(passage, context, [code], description)
    return True


def _error(
    context: Context,
    passage: Passage,
    code: str,
    error: str | None,
    channel: str,
    retry: str | None = None,
    message: str | None = None,
    *,
    description: str = "",
) -> None:
    facts: dict[str, Any] = {"error": error} if error else {UNKNOWN_ERROR: True}
    facts["channel"] = channel
    if message:
        facts["message"] = message
    elif error and (error_words := named_error(description)) and error_words[0] == error:
        facts["meaning"] = error_words[1].strip()
    if retry:
        facts["retry"] = retry
    if wait := re.search(
        r"retry (?:again )?(?:after|in)\s*(\d{1,5})\s*(s|sec|seconds?|min|minutes?)\b", description, re.I
    ):
        facts["retry_seconds"] = int(wait[1]) * (60 if wait[2].lower().startswith("min") else 1)
    if about_files(description):
        facts["about"] = "file"
        _size_of_files(context, passage)
    context.accounting.claim(passage.line, "error", code, facts)


_SIZE = re.compile(
    r"(?P<sign><=?|>=?|up to|under|at most|exceeds?|over|(?:larger|bigger|more) than|不超过|超过|大于|小于)"
    r"\s*(\d+(?:\.\d+)?)\s*([KMG]i?)B?\b",
    re.IGNORECASE,
)


def _size_of_files(context: Context, passage: Passage) -> None:
    """Record the limit of each image that `413`: image too large (must be < 200M) states."""
    text = plain_characters(passage.text)
    if size := _SIZE.search(text):
        facts: dict[str, Any] = {"max_bytes": byte_count(size[2], size[3])}
        if size["sign"].lower() in ("<", "under", "小于"):
            facts["exclusive_bytes"] = True
        kinds = [kind for kind in ("image", "video", "audio") if re.search(rf"\b{kind}s?\b", text, re.IGNORECASE)]
        context.limit(passage, kinds, facts)


def response_table(passage: Passage, context: Context) -> bool:
    """Read lines such as | Response Field | Type | Description |"""
    header = passage.block.header
    if passage.block.kind != "row" or header[:2] != ("response field", "type"):
        return False
    facts = read_type(passage.block.cells[1])
    name = re.sub(r"[`*]|\[\w*\*?\]", "", passage.block.cells[0]).strip()
    if facts is None:
        return False
    if re.search(r"\bURL\b", passage.block.cells[-1]):
        facts = {**facts, "format": "uri"}
    operation = context.operation(passage)
    context.accounting.claim(passage.line, "response", context.reply_path(operation, name, passage), facts, operation)
    return True


def returns(passage: Passage, context: Context) -> bool:
    """Read **Flowchart** returns: the replies that follow belong to it."""
    text = sections.bare(passage.text)
    match = re.match(r"^(.+?) returns?:$", text)
    if match and passage.block.kind == "text":
        operations = [context.index.operation_named(name.strip().lower()) for name in re.split(r"/|,| and ", match[1])]
        if all(operations):
            context.targets = tuple(operations)
            context.accounting.assign(passage.line, "read")
            return True
    return False


_OUTPUT = {"format": "format", "sample rate": "sample_rate", "bitrate": "bitrate", "channels": "channels"}


def output(passage: Passage, context: Context) -> bool:
    """Read lines such as - **Format**: MP3, under "Output Format" """
    match = re.match(r"^([A-Za-z ]+):\s*(.+)$", sections.bare(passage.text))
    heading = passage.headings[-1].lower() if passage.headings else ""
    if passage.block.kind != "item" or "output format" not in heading or not match or match[1].lower() not in _OUTPUT:
        return False
    description = re.sub(r"\s*\(.*\)$", "", match[2])
    for operation in context.operations(passage):
        context.accounting.claim(
            passage.line, "output", _OUTPUT[match[1].lower()], {"value": _amounts(description)}, operation
        )
    return True


def _amounts(description: str) -> Any:
    """Parse 44.1kHz or 48kHz → [44100, 48000]; 128-320 kbps → the two ends; a word stays a word."""
    scale = {"khz": 1000, "kbps": 1000}
    unit = next((factor for word, factor in scale.items() if word in description.lower()), None)
    numbers = re.findall(r"\d+(?:\.\d+)?", description) if unit else []
    if unit is None:
        return description.lower()
    ends = [round(float(amount) * unit) for amount in numbers]
    return {"minimum": ends[0], "maximum": ends[-1]} if "-" in description else ends


RULES = (
    states,
    error_bullet,
    error_line,
    code_table,
    success_code,
    several_codes,
    response_table,
    returns,
    output,
)
