"""Reads fenced code in Markdown: example calls and replies. What gives no claim is code."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Sequence
from dataclasses import replace

from codegen.documents import (
    endpoints,
    entries,
    field_lists,
    jsonlines,
    list_titles,
    named_hosts,
    placeholders,
    python_statements,
    script,
    service_rules,
    yaml_fences,
)
from codegen.documents.claims import MAX_LINE
from codegen.documents.context import Context
from codegen.documents.dataflow import Flow, Knowledge, call_arguments, constant, expressions, method_of
from codegen.documents.jsonlines import DuplicateKey, JsonNode
from codegen.documents.python_statements import LogicalLine
from codegen.documents.sections import Passage
from codegen.documents.signals import fact_in_comment, names_header, signal_of
from codegen.documents.types import read_type
from codegen.documents.vocabulary import plain_characters


def read(passage: Passage, context: Context) -> None:
    """Read one fence."""
    for line in passage.block.lines[1:-1]:
        context.accounting.assign(line, "code")
    _hosts(passage, context)
    language = passage.block.language.split(" ")[0]
    if language == "python":
        _python(passage, context)
    elif language in ("yaml", "yml"):
        for offset in yaml_fences.keys_of_fields(passage.text):
            context.accounting.unread(passage.block.body_line + offset, "field in code")
    elif language == "json" or passage.text.lstrip().startswith("{"):
        _json(passage, context)
    else:
        _request_line(passage, context)
    _headers_sent(passage, context)
    _remarks(passage, context)
    _header_settings(passage, context)


def _header_settings(passage: Passage, context: Context) -> None:
    """Record each setting that names the header of a credential: where keys go is never left unsaid."""
    for line, text in zip(passage.block.lines[1:], passage.text.split("\n"), strict=False):
        if names_header(text) and not context.accounting.is_read(line):
            context.accounting.unread(line, "header in code")


_REMARK = re.compile(r"(?:^|[\s,;])(?:#(?!!)|//|--|/\*)\s+(?P<remark>\S.*)$")


def _remarks(passage: Passage, context: Context) -> None:
    """Record each comment that states a fact of the service and stands on a line of which nothing is read."""
    for line, text in zip(passage.block.lines[1:], passage.text.split("\n"), strict=False):
        match = _REMARK.search(text)
        for origin in named_hosts.in_prose(match["remark"]) if match else ():
            if not context.index.names_host(origin):
                context.accounting.claim(line, "server", origin, {}, None, "example")
        if match and not context.accounting.is_read(line):
            remark = match["remark"]
            if signal := fact_in_comment(remark) or ("values" if _LISTED.fullmatch(remark.strip(" */")) else None):
                context.accounting.unread(line, signal)


_LISTED = re.compile(r"[\w-]+(?:\s*[|/]\s*[\w-]+)+")
"""pending | done | failed, in a comment"""


def _hosts(passage: Passage, context: Context) -> None:
    """Record the host of a URL that code calls, where no text names it: `reconcile` compares the hosts."""
    for offset, origin in named_hosts.in_code(passage.text, passage.block.language.split(" ")[0]):
        if not context.index.names_host(origin):
            context.accounting.claim(passage.block.body_line + offset, "server", origin, {}, None, "example")


def _python(passage: Passage, context: Context) -> None:
    rows = python_statements.split(passage.text.split("\n"), passage.block.body_line)
    index = context.index
    operation = context.operation(passage)
    knowledge = Knowledge(index.methods, index.getters, index.signatures, index.names, operation)
    Flow(knowledge, context.accounting, "example").run(rows)
    script.labels(rows, context.accounting)
    _sent(passage, context)
    for row in rows:
        _calls(row, passage, context)
        _unknown_request(row, context)
    _pauses(rows, passage, context)


def _unknown_request(row: LogicalLine, context: Context) -> None:
    """Record a request in Python whose URL no line states, in a skill of which no operation is known."""
    if not context.capability and script.REQUEST.search(row.text) and not context.accounting.is_read(row.line):
        context.accounting.unread(row.line, "request in code")


def _sent(passage: Passage, context: Context) -> None:
    """Record the one request that an example in Python sends, where no line of text states it."""
    line = endpoints.request_line(passage.block)
    operation = context.index.urls.operation(line) if line else None
    if line is None or operation is None or operation not in context.capability:
        return
    _form(passage, context, operation)
    texts = (endpoints.request_line(row.block) for row in context.rows if row.block.kind != "fence")
    if any(other and context.index.urls.operation(other) == operation for other in texts):
        return
    facts = {"url": context.index.urls.written(line.url), "method": line.method}
    context.accounting.claim(_line_of(passage, line.url), "operation", "", facts, operation, "example")


_ROUNDS = re.compile(r"^\s*for \w+ in range\((\d{1,5})\):", re.MULTILINE)
_LOOP = re.compile(r"^\s*(?:for|while)\b.*:\s*$", re.MULTILINE)


def _pauses(rows: Sequence[LogicalLine], passage: Passage, context: Context) -> None:
    """Read how long an example that asks again and again waits between two requests, and how often it asks."""
    if not _LOOP.search(passage.text):
        return
    rounds = _ROUNDS.search(passage.text)
    for row in rows:
        for node in expressions(row):
            if not (isinstance(node, ast.Call) and method_of(node) == "sleep" and len(node.args) == 1):
                continue
            seconds = constant(node.args[0])
            if type(seconds) in (int, float) and seconds > 0:
                facts = {"poll_seconds": [seconds, seconds]}
                if rounds:
                    facts["poll_for_seconds"] = int(rounds[1]) * seconds
                context.accounting.claim(row.line, "operation", "", facts, context.operation(passage), "example")


def _calls(row: LogicalLine, passage: Passage, context: Context) -> None:
    if row.node is None:
        _broken_call(row, passage, context)
    for node in expressions(row):
        if isinstance(node, ast.Call):
            _call(node, row, passage, context)


def _call(node: ast.Call, row: LogicalLine, passage: Passage, context: Context) -> None:
    method = method_of(node)
    line = node.lineno + row.line - 1
    accounting, index = context.accounting, context.index
    first = constant(node.args[0]) if node.args else None
    if method in index.methods:
        values = call_arguments(node, index.signatures.get(method or "", ()))
        accounting.claim(line, "example", method or "", {"arguments": values}, index.methods[method or ""], "example")
        _numbered_choice(node, row, context)
        _book(node, row, context)
    elif isinstance(first, str) and len(node.args) > 1 and isinstance(node.args[1], ast.Dict):
        operation = passage.operation or index.operation_named(first)
        if operation is None:
            accounting.unread(line, "name")
            return
        name_line = node.args[0].lineno + row.line - 1
        accounting.claim(name_line, "operation", "", {"name": first}, operation, "example")
        values = constant(node.args[1])
        if isinstance(values, dict):
            _template(values, operation, node.args[1], row, first, context)
        _book(node, row, context)


def _numbered_choice(node: ast.Call, row: LogicalLine, context: Context) -> None:
    """Read a call that picks one of many by number and names it in the prompt: what the number means."""
    arguments = {keyword.arg: constant(keyword.value) for keyword in node.keywords if keyword.arg}
    prompt = arguments.get("prompt")
    if not isinstance(prompt, str) or len(prompt.split()) > 3:
        return
    for name, value in arguments.items():
        if name.endswith("_index") and isinstance(value, int):
            line = node.lineno + row.line - 1
            context.accounting.claim(line, "label", f"{name}.{value}", {"label": prompt.lower()}, None, "example")


def _template(
    values: dict[str, object], operation: str, node: ast.Dict, row: LogicalLine, name: str, context: Context
) -> None:
    """Read arguments of a call; <required> and <optional> mark which have to be there."""
    marks = {"<required>": True, "<optional>": False}
    for key, value in zip(node.keys, node.values, strict=True):
        mark = constant(value)
        if isinstance(mark, str) and mark in marks and key is not None:
            at = key.lineno + row.line - 1
            context.accounting.claim(
                at, "parameter", str(constant(key)), {"required": marks[mark]}, operation, "example"
            )
    if not any(value in marks for value in values.values() if isinstance(value, str)):
        arguments = placeholders.arguments(values)
        context.accounting.claim(
            node.lineno + row.line - 1, "example", name, {"arguments": arguments}, operation, "example"
        )


def _broken_call(row: LogicalLine, passage: Passage, context: Context) -> None:
    """Read a call that is not Python, such as name=value lines in braces: its names and values are there."""
    operation = context.operation(passage)
    pairs = re.findall(r"^(\w+)\s*=\s*('[^']*'|\"[^\"]*\"|\d+)", row.text, re.MULTILINE)
    pairs = [pair for pair in pairs if not row.text.startswith(f"{pair[0]} = client")]
    if operation is None or not re.search(r"\b\w+\.\w+\(\{", row.text) or not pairs:
        return
    values = {name: placeholders.plain(constant(ast.parse(value, mode="eval").body), name) for name, value in pairs}
    context.accounting.claim(row.line, "example", operation, {"arguments": values}, operation, "example")
    for line in row.lines:
        context.accounting.assign(line, "read")
    for name in values:
        at = next(
            (n for n, text in zip(row.lines, row.text.split("\n"), strict=False) if text.startswith(f"{name}=")),
            row.line,
        )
        comment = next((text for number, text in row.comments if number == at), "")
        if re.search(r"_(?:index|type|mode)$", name) and comment and len(comment.split()) <= 4:
            script.comment_claims(name, values[name], comment, at, operation, context.accounting)


def _book(node: ast.Call, row: LogicalLine, context: Context) -> None:
    for line in range(node.lineno, (node.end_lineno or node.lineno) + 1):
        context.accounting.assign(line + row.line - 1, "read")


_COMMENT = re.compile(r"[\"\d\]}\[{el],?\s*(?://|#)\s*(?P<remark>\S.*)$")


def comments(passage: Passage, context: Context) -> None:
    """Read what stands behind `//` in an example: of a request, words about a field; of a reply, states, codes."""
    request = endpoints.request_line(passage.block)
    language = passage.block.language.split(" ")[0]
    if (language not in _WITH_REMARKS and not (request and language in ("python", "py", "typescript", "ts"))) or (
        "{" not in passage.text
    ):
        return
    where = "request" if request else list_titles.side(passage)
    if request and (operation := context.index.urls.operation(request)):
        passage = replace(passage, operation=operation)
    for key in jsonlines.keys(passage.text, passage.block.body_line):
        if len(context.source.lines[key.line - 1]) > MAX_LINE:
            continue
        match = _COMMENT.search(context.source.lines[key.line - 1])
        has_above = not match and key.line > passage.block.body_line
        above = _ABOVE.fullmatch(context.source.lines[key.line - 2]) if has_above else None
        remark = plain_characters((match or above or {"remark": ""})["remark"])
        if not remark:
            continue
        if above and where == "request":
            context.accounting.understands(key.line - 1, remark)
            context.accounting.assign(key.line - 1, "read")
        if where == "request" and passage.operation:
            field_lists.from_comment(passage, context, key, remark)
        elif where == "reply" and field_lists.value_of_comment(context, passage, key, remark):
            context.accounting.understands(key.line, remark)
        elif signal := signal_of(remark, context.names):
            context.accounting.unread(key.line, signal)


_WITH_REMARKS = frozenset(("json", "jsonc", "json5", "js", "javascript", "http", "text", ""))
_ABOVE = re.compile(r"\s*(?://|#|/\*)\s*(?P<remark>\S.*?)(?:\s*\*/)?\s*")
"""A comment that has its own line, above the key that it is about."""


_SCHEMA_LINE = re.compile(
    r"(?P<name>[A-Za-z_]\w*)\??\s*:\s*(?P<type>[^#/]{1,60}?)\s*(?:(?:#|//)\s*(?P<words>\S.*))?[,;]?"
)


def schema(passage: Passage, context: Context) -> None:
    """Read `quality: string  # optional; draft | final`: a fence in which each line is a field and its type."""
    rows = [(number, text.strip()) for number, text in enumerate(passage.text.split("\n"), passage.block.body_line)]
    matches = [(number, _SCHEMA_LINE.fullmatch(text)) for number, text in rows if text and text not in "{}"]
    if not matches or not all(match and (read_type(match["type"]) or {}).get("type") for _, match in matches):
        return
    where = list_titles.side(passage)
    for number, match in matches:
        if match and where and passage.operation:
            here = replace(passage, block=replace(passage.block, kind="item", line=number, lines=(number,)))
            words = plain_characters(match["words"] or "")
            field_lists.of_schema(here, context, match["name"], match["type"], words, is_reply=where == "reply")


def _json(passage: Passage, context: Context) -> None:
    operation = context.operation(passage)
    try:
        node = jsonlines.parse(passage.text, passage.block.body_line)
    except (json.JSONDecodeError, DuplicateKey):
        node = None
    title = passage.title
    if node is not None and node.get("request") and operation:
        entries.read_request(node, operation, context.accounting)
    elif node is not None and node.get("list") and operation:
        entries.read_response(node, operation, context.accounting)
    elif list_titles.CALLBACKS.search(f"{title} {' '.join(passage.headings[-1:])}") and "response" not in title:
        for key in jsonlines.keys(passage.text, passage.block.body_line):
            kind = jsonlines.type_of(key.value)
            context.accounting.claim(key.line, "callback", key.path, {"type": kind} if kind else {})
    elif ("request" in title or "请求" in title) and node is not None:
        wrapper, inside = placeholders.unwrapped(node.value) if isinstance(node.value, dict) else (None, node.value)
        is_wrapped = wrapper and wrapper == context.wrapper(operation, list(context.parameters[operation]))
        arguments = placeholders.arguments(inside if is_wrapped else node.value)
        context.accounting.claim(node.line, "example", operation or "", {"arguments": arguments}, operation, "example")
        for member in node.members.values():
            context.accounting.assign(member.line, "read")
    elif "response" in title or context.targets or (operation and (_REPLY.search(title) or _is_envelope(node))):
        _reply(passage, context)
    elif node is not None and operation in context.asking and isinstance(node.value, dict):
        _reply(passage, context)  # an operation that sends nothing shows what it gets
    elif operation is None and node is not None and _REPLY.search(title):
        context.accounting.unread(node.line, "reply of an operation that no title names")


_REPLY = re.compile(
    r"respon[sd]|\brepl(?:y|ies)\b|\breturns?\b|\banswers?\b|\boutput\b|\boutcome\b|^(?:on )?(?:success|failure)\b"
    r"|返回|响应|应答|输出"
)
"""A label or a heading of what a call gives back."""


def _is_envelope(node: JsonNode | None) -> bool:
    """Return whether an object is the envelope of a reply: a code beside the data."""
    return node is not None and isinstance(node.value, dict) and {"code", "data"} <= node.value.keys()


def _reply(passage: Passage, context: Context) -> None:
    for operation in context.targets or (context.operation(passage),):
        for key in jsonlines.keys(passage.text, passage.block.body_line):
            kind = jsonlines.type_of(key.value)
            context.accounting.claim(
                key.line, "response", key.path, {"type": kind} if kind else {}, operation, "example"
            )
            context.paths[(operation, key.path.split(".")[-1])] = key.path
    context.targets = ()


def _request_line(passage: Passage, context: Context) -> None:
    _raw_request(passage, context)
    match = endpoints.CALL.match(passage.text)
    line = endpoints.request_line(passage.block)
    operation = context.index.urls.operation(line) if line else None
    if operation:
        _form(passage, context, operation)
    if match and line and operation and "{" in line.url:
        whole = context.index.urls.written(line.url)
        facts = {"method": match[1], "path" if whole.startswith("/") else "url": whole}
        context.accounting.claim(passage.block.body_line, "operation", "", facts, operation)
    elif line and operation and not match:
        facts = {
            "url": context.index.urls.written(line.url),
            **({"method": line.method} if line.method else {}),
        }
        context.accounting.claim(_line_of(passage, line.url), "operation", "", facts, operation, "example")
    elif match and context.operation(passage) and not re.search(r"[{<]", match[2]):
        url = line.url if line else match[2]
        facts = {"method": match[1], "url" if url.startswith("http") else "path": url}
        for name in line.query if line else ():
            service_rules.in_query(passage, context, context.operation(passage), name)
        context.accounting.claim(passage.block.body_line, "operation", "", facts, context.operation(passage))
    elif match:
        context.accounting.claim(passage.block.body_line, "operation", "", {"method": match[1]})


_CURL_PARTS = re.compile(r"(?:^|\s)(?:-F|--form)[ =]")
_CURL_FIELDS = re.compile(r"(?:^|\s)(?:--data-urlencode[ =]|(?:-d|--data)[ =]['\"]?\w+=)")
_PYTHON_PARTS = re.compile(r"[(,]\s*files\s*=")


def _form(passage: Passage, context: Context, operation: str) -> None:
    """Record that an example sends a form: curl -F, curl --data-urlencode, requests.post(…, files=…)."""
    for offset, text in enumerate(passage.text.split("\n")):
        media = "multipart/form-data" if _CURL_PARTS.search(text) or _PYTHON_PARTS.search(text) else ""
        if not media and _CURL_FIELDS.search(text) and not endpoints.CURL_GET.search(passage.text):
            media = "application/x-www-form-urlencoded"
        if media:
            line = passage.block.body_line + offset
            context.accounting.claim(line, "operation", "", {"content_type": media}, operation, "example")
            return


_HEADERS_SENT = re.compile(r"\bheaders\s*[=:]\s*\{([^{}]{1,600})\}")
_SENT_PAIR = re.compile(r"[\"']?([A-Za-z][A-Za-z0-9-]*)[\"']?\s*:\s*(f?([\"'`])(.*?)\3|[^,\n]{1,120})")


def _headers_sent(passage: Passage, context: Context) -> None:
    """Read headers={"X-Key": os.environ["KEY"]} of a request in Python or JavaScript: what holds a key is required."""
    if endpoints.request_line(passage.block) is None:
        return
    for match in _HEADERS_SENT.finditer(passage.text):
        for pair in _SENT_PAIR.finditer(match[1]):
            name, value = pair[1], pair[4] if pair[3] else f"<{re.sub(r'[^a-z_]', '_', pair[2].lower())}>"
            value = re.sub(r"\$?\{[^{}]*\}", "<key>", value) if pair[3] else value
            if name.lower() in ("accept", "user-agent"):
                continue
            facts = service_rules.header_facts(name, value)
            is_open = "<" in str(facts.get("value", ""))
            line = passage.block.body_line + passage.text[: match.start(1) + pair.start()].count("\n")
            facts = {"required": True} if is_open and names_key(name) else {} if is_open else facts
            context.accounting.claim(line, "header", name, facts, None, "example")


def names_key(name: str) -> bool:
    """Return whether a header sends a credential, by its name."""
    return bool(re.search(r"key|token|secret|auth", name, re.IGNORECASE))


def _line_of(passage: Passage, url: str) -> int:
    """Return the line of a fence on which a URL stands."""
    head = url.partition("{")[0]
    rows = (offset for offset, text in enumerate(passage.text.split("\n")) if head in text)
    return passage.block.body_line + next(rows, 0)


_HEADER = re.compile(r"([A-Z][A-Za-z]*(?:-[A-Za-z]+)+|Authorization):\s*(\S.*)")


def _raw_request(passage: Passage, context: Context) -> None:
    """Read the headers of a request that a fence spells: lines of HTTP, or -H of a curl command."""
    is_http = re.match(rf"\s*(?:{endpoints.METHODS}) \S+", passage.text)
    for offset, text in enumerate(passage.text.split("\n")):
        matches = [_HEADER.fullmatch(text.strip())] if is_http else []
        matches += [_HEADER.fullmatch(match[2]) for match in re.finditer(r"(?:-H|--header)[ =](['\"])(.*?)\1", text)]
        for match in filter(None, matches):
            facts = service_rules.header_facts(match[1], match[2].strip())
            if is_http or "required" in facts:
                context.accounting.claim(passage.block.body_line + offset, "header", match[1], facts, None, "example")
