"""Rules for lists of the fields of requests and replies, whatever their layout and language.

Bullets, nested bullets, several fields in one line, fields inside a sentence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from codegen.documents import endpoints, fields, jsonlines, list_titles, nested_lines, nesting, sections, wording
from codegen.documents.claims import By
from codegen.documents.context import Context, Pending
from codegen.documents.endpoints import RequestLine
from codegen.documents.fields import Entry
from codegen.documents.jsonlines import Key
from codegen.documents.list_titles import is_about_a_header, location, side, stated_required
from codegen.documents.outcomes import listed_states, plain_states
from codegen.documents.sections import Passage
from codegen.documents.signals import signal_of
from codegen.documents.types import read_type
from codegen.documents.vocabulary import plain_characters, state_of

_STATUS_NAME = re.compile(r"(?:^|[._])(?:status|state|task_?status)$", re.IGNORECASE)


def item(passage: Passage, context: Context) -> bool:
    """Read - `data.ratio` (string): `9:16`, `16:9`, under "Optional fields:"; - `data.result`: array of objects"""
    if (
        passage.block.kind not in ("item", "text")
        or is_about_a_header(passage)
        or endpoints.request_line(passage.block)
    ):
        return False
    text = plain_characters(passage.text)
    if several := _SEVERAL_NAMES.match(text):
        words = text[several.end() :].lstrip(" ,")
        texts = [f"{name} {words}".strip() for name in re.findall(r"`[^`]+`", several[0])]
        return all(tuple(item(replace(passage, block=replace(passage.block, text=one)), context) for one in texts))
    entry = fields.parse(text)
    where = side(passage)
    if entry and (entry.type_word or text.startswith("`")) and list_titles.is_of_a_callback(passage, entry.name):
        kind = (read_type(entry.type_word or "") or {}).get("type")
        context.accounting.claim(passage.line, "callback", entry.name, {"type": kind} if kind else {})
        return True
    if entry and where != "reply" and _of_example(entry, passage, context):
        return True
    if entry is None or not _is_field(
        entry, text, where, passage.operation is not None or context.meant(passage) is not None
    ):
        return False
    if where == "reply":
        return _value_of_a_field(entry, passage, context) or reply(entry, passage, context)
    if where is None and passage.operation is None:
        return False
    if where is None and _is_of_reply(entry, passage, context):
        return reply(entry, passage, context)
    if _is_status(entry):
        return reply(entry, passage, context)
    if nested_lines.value_of_parent(entry, passage, context):
        return True
    _request(entry, passage, context)
    return True


_SEVERAL_NAMES = re.compile(r"(?:`[A-Za-z_][\w.\[\]]*`\s*(?:,|、|/|\band\b|和)\s*)+`[A-Za-z_][\w.\[\]]*`(?=\s*[:(])")
"""`data.width`, `data.height`: pixels"""


def _of_example(entry: Entry, passage: Passage, context: Context) -> bool:
    """Read - seconds: how long, optional, 4 to 12: a plain name that the example body of the operation has"""
    if passage.text.startswith(("`", "*")) or entry.type_word is not None or not passage.operation:
        return False
    _, inside = context.bodies.get(passage.operation, (None, {}))
    if entry.name not in inside or ":" not in passage.text:
        return False
    key = Key(entry.name, passage.line, json.dumps(inside[entry.name]))
    from_comment(passage, context, key, plain_characters(passage.text).partition(":")[2].strip())
    return True


_REPLY_HEADS = frozenset("data result results output outputs response".split())


def _is_of_reply(entry: Entry, passage: Passage, context: Context) -> bool:
    """Return whether `result.files`: list, under no title that says what is listed, is a field of the reply."""
    head = entry.name.partition(".")[0]
    if "." not in entry.name or head not in _REPLY_HEADS or entry.required is not None:
        return False
    wrapper, _ = context.bodies.get(passage.operation or "", (None, {}))
    return wrapper != head and not _stands_among_requests(head, passage, context)


def _stands_among_requests(head: str, passage: Passage, context: Context) -> bool:
    """Return whether another entry of the same list, in the same object, is said to be required or optional."""
    beside = (
        row
        for row in context.rows
        if (row.headings, row.label, row.sub) == (passage.headings, passage.label, passage.sub)
    )
    entries = (fields.parse(plain_characters(row.text)) for row in beside if row.block.kind in ("item", "text"))
    return any(one and one.name.startswith(f"{head}.") and one.required is not None for one in entries)


def _is_field(entry: Entry, text: str, where: list_titles.Side | None, is_placed: bool) -> bool:
    """Return whether a row is a field: in a code span alone; else beside a type or "required"."""
    if entry.type_word is not None or entry.required is not None:
        return entry.type_word is None or read_type(entry.type_word) is not None or where is not None
    dotted = "." in entry.name and entry.name.partition(".")[0] in _REPLY_HEADS
    if (dotted and (is_placed or where == "reply")) or ("." in entry.name and where == "reply" and is_placed):
        return True
    coded = text.startswith("`") or (text.startswith("**") and bool(re.fullmatch(r"[a-z][a-z0-9_.]*", entry.name)))
    return where is not None and coded and is_placed


def _request(entry: Entry, passage: Passage, context: Context) -> None:
    stated: dict[str, Any] = {}
    required = entry.required if entry.required is not None else stated_required(passage)
    if required is not None:
        stated["required"] = required
    if where := entry.location or location(passage):
        stated["in"] = where
    if context.is_of_several(passage):
        context.accounting.unread(passage.line, f"name {entry.name}")
        return
    for operation in context.subjects(passage):
        name = nesting.path_of(passage, context, operation, entry.name)
        context.pending.add(Pending(passage, operation, name, entry.description, entry.type_word, stated))


def from_comment(passage: Passage, context: Context, key: Key, comment: str) -> None:
    """Read `"seconds": 6, // optional, 4 to 12`: a field of the body in an example, and the words about it."""
    here = replace(passage, block=replace(passage.block, line=key.line, lines=(key.line,)))
    is_listed = context.pending.has(passage.operation, key.path)
    led = re.match(r"([\w-]+|必填|可选|选填)\s*:\s*(?=\S)", comment)
    if led and (required := fields.requirement(led[1])) is not None:
        kind_in_words, _, words = wording.words_of(comment[led.end() :])
        entry = Entry(key.path, kind_in_words, required, words)
    else:
        entry = fields.parse(f"`{key.path}` ({comment})") or Entry(key.path, None, None, comment)
    if entry.required is None and entry.type_word is None:
        kind_in_words, required, words = wording.words_of(comment)
        entry = Entry(key.path, kind_in_words, required, words)
    is_read = entry.required is not None or entry.type_word is not None or _states_values(entry.description)
    if is_listed or not is_read:
        if signal := signal_of(comment, context.names):
            context.accounting.unread(key.line, signal)
        return
    example_type = jsonlines.type_of(key.value)
    kind = entry.type_word or (example_type if example_type != "integer" else None)
    facts = {"required": entry.required} if entry.required is not None else {}
    if kind == "array" and (items := nesting.items_of_example(context, passage.operation, key.path)):
        kind = f"array<{items}>"
    values = fields.describe(entry.description).facts
    unclear = "" if kind or "enum" in values else "type that only an example shows"
    context.pending.add(Pending(here, passage.operation, key.path, entry.description, kind, facts, None, unclear))


def _states_values(words: str) -> bool:
    """Return whether words about a field are limits, values or a default, and nothing that is not understood."""
    field = fields.describe(words)
    return bool(field.facts.keys() - {"format", "media", "unit"}) and not field.problems


def of_schema(passage: Passage, context: Context, name: str, kind: str, words: str, *, is_reply: bool) -> None:
    """Record one line of a fence of fields and their types, of a request or of a reply."""
    entry = fields.parse(f"`{name}` ({kind}{', ' + words if words else ''})")
    if entry is None or (entry.type_word is None and entry.required is None):
        context.accounting.unread(passage.line, f"type {kind}")
    elif is_reply:
        reply(entry, passage, context)
    else:
        _request(entry, passage, context)


def value_of_comment(context: Context, passage: Passage, key: Key, comment: str) -> bool:
    """Read `"status": "ready", // pending, ready, failed`: what the values of a field of a reply mean."""
    name = key.path.rpartition(".")[2]
    if re.search(r"(?:status|state|phase)$", name):
        words = plain_states(comment)
        for word in words:
            context.accounting.status(key.line, word, state_of(word))
        if not words and len(re.findall(r"[,|/、]", comment)) > 0:
            context.accounting.unread(key.line, "states")
        return bool(words)
    if _CODE_NAME.search(name) and (zero := _MEANS_SUCCESS.search(comment)):
        success = next(group for group in zero.groups() if group is not None)
        context.accounting.claim(key.line, "response", key.path, {"success": success}, context.replies(passage)[0])
        return True
    return False


def finish(context: Context) -> None:
    """Record the fields of requests once all lists are read: only then their wrapper and all names are known."""
    for operation in context.pending.operations:
        for pending in context.pending.of(operation):
            context.accounting.understands(pending.passage.line, pending.name)
    for operation in context.pending.operations:
        rows = [nesting.without_brackets(pending) for pending in context.pending.of(operation)]
        rows = nesting.with_items(list(_without_wrapper(rows, context)))
        wrapper, is_stated = _wrapper_of(operation, rows, context)
        prefix = f"{wrapper}." if wrapper else ""
        lists = {row.name for row in rows if nesting.is_list(row)} | nesting.lists_of_examples(context, operation)
        objects = {row.name for row in rows if row.is_object}
        for row in rows:
            name = nesting.with_lists(row.name, lists).removeprefix(prefix)
            if parent := nesting.unclear_parent(row, name, objects):
                # A parameter of the call would be sent beside the object, not in it.
                about = f"{operation or ''} parameter {parent}.{name}".strip()
                context.accounting.unread(row.passage.line, "nested field", about)
                continue
            names = context.names
            context.parameter_claim(row.passage, operation, name, _described(row, name, names))
            context.accounting.names.add(prefix + name)
            if row.unclear:
                context.accounting.unread(row.passage.line, row.unclear, f"{operation or ''} parameter {name}".strip())
            for line in row.passage.block.lines:
                context.accounting.assign(line, "read")
        if wrapper and operation:
            by: By = "statement" if is_stated or any("." in row.name for row in rows) else "example"
            context.accounting.claim(rows[0].passage.line, "operation", "", {"body_wrapper": wrapper}, operation, by)
            context.accounting.names.add(wrapper)
        _without_prefix(context, operation, prefix)
    for operation, found_names in context.parameters.items():
        wrapper = None if context.pending.of(operation) else context.wrapper(operation, list(found_names))
        if wrapper and operation:
            first = context.first_lines[operation]
            context.accounting.claim(first, "operation", "", {"body_wrapper": wrapper}, operation, "example")


def _without_prefix(context: Context, operation: str | None, prefix: str) -> None:
    """Name the fields whose values are listed without the wrapper."""
    for owner, name in tuple(context.later.listed_values):
        if owner == operation and name.startswith(prefix) and prefix:
            context.later.listed_values[owner, name.removeprefix(prefix)] = context.later.listed_values.pop(
                (owner, name)
            )


def _described(row: Pending, name: str, names: Container[str]) -> fields.ReadField:
    """Read what one line says of a field."""
    field = fields.describe(
        row.description, type_word=row.type_word, stated=row.stated, default=row.default, known=names, name=name
    )
    return fields.further(field) if row.continues else field


def _wrapper_of(operation: str | None, rows: Sequence[Pending], context: Context) -> tuple[str | None, bool]:
    """Return the object that a body has around its fields, and whether titles or sentences say so."""
    body = [row for row in rows if row.stated.get("in") not in ("path", "query")]
    if wrapper := context.wrapper(operation, [row.name for row in body]):
        return wrapper, False
    around = [row for row in context.rows if row.operation in (operation, None)]
    stated = list_titles.stated_wrapper([row.passage for row in body], around) if operation and body else None
    return (None, False) if stated in {row.name for row in body} else (stated, stated is not None)


def _without_wrapper(rows: Sequence[Pending], context: Context) -> Iterator[Pending]:
    """Leave out `data` (object), where all other fields of the body are in it: it is the wrapper, and no parameter."""
    body = [row for row in rows if row.stated.get("in") not in ("path", "query")]
    heads = {row.name.partition(".")[0] for row in body if "." in row.name}
    head = next(iter(heads)) if len(heads) == 1 else ""
    plain = [row for row in body if "." not in row.name]
    is_wrapper = (
        len(plain) == 1
        and plain[0].name == head
        and (read_type(plain[0].type_word or "object") or {}).get("type") == "object"
    )
    for row in rows:
        if is_wrapper and row is plain[0]:
            context.accounting.repeats(row.passage.line, row.name)
        else:
            yield row


def _value_of_a_field(entry: Entry, passage: Passage, context: Context) -> bool:
    """Return whether `waiting` under "`data.status` holds one of:" is a value of the field above."""
    above = re.search(r"`([\w.\[\]]+)`", passage.sub)
    if not entry.type_word and "." not in entry.name and list_titles.under_status(passage):
        context.accounting.status(passage.line, entry.name, state_of(entry.name) or state_of(entry.description))
        return True
    if entry.type_word or "." in entry.name or not above or not _ONE_OF.search(passage.sub):
        return False
    if _STATUS_NAME.search(above[1]):
        context.accounting.status(passage.line, entry.name, state_of(entry.name) or state_of(entry.description))
        return True
    context.accounting.claim(
        passage.line, "label", f"{above[1]}.{entry.name}", {"label": entry.description or entry.name}
    )
    return True


_ONE_OF = re.compile(
    r"\b(?:one of|any of|values?|options|either)\b|(?:is|be|are|status|states?|状态|取值|之一|可选值?)$", re.IGNORECASE
)
_LED_BY_TYPE = re.compile(
    r"(?:is |holds )?((?:an? )?(?:array|list)(?: of [\w ]{1,30}?objects?)?"
    r"|(?:an? )?(?:string|number|integer|boolean|object))\b"
)
_OF_A_REPLY = ("minimum", "maximum", "format", "unit")


def reply(entry: Entry, passage: Passage, context: Context) -> bool:
    """Read a field of a reply, at its dotted path; the words of a status field are states."""
    name = re.sub(r"\[\w*\*?\]", "", entry.name).strip(".")
    words, kind = entry.description, entry.type_word
    if kind is None and (led := _LED_BY_TYPE.match(words)):
        kind = "array" if re.search(r"array|list", led[1]) else led[1]
    field = fields.describe(words, type_word=None, known=context.names)
    facts: dict[str, Any] = {key: fact for key, fact in field.facts.items() if key in _OF_A_REPLY}
    if kind is not None and (type_facts := read_type(kind)) is not None:
        facts |= {key: value for key, value in type_facts.items() if key in ("type", "format")}
        if facts.get("type") in ("array", "object"):
            facts.pop("format", None)
    elif kind is not None:
        context.accounting.unread(passage.line, f"type {kind}", f"response {name}")
    is_state = bool(re.search(r"(?:status|state|phase)$", name, re.IGNORECASE))
    if facts.get("type") not in ("array", "object") and not is_state and (values := _values_of_a_text(words)):
        facts["values"] = values
    for operation in context.replies(passage):
        path = context.reply_path(operation, name, passage)
        if passage.block.kind == "item":
            context.reply_lines.setdefault(passage.line, path)
        if facts.get("type") == "array":
            context.last_list[operation] = path
        context.accounting.claim(passage.line, "response", path, facts, operation)
        if "type" not in facts and path in context.example_types:
            example_facts = {"type": context.example_types[path]}
            context.accounting.claim(passage.line, "response", path, example_facts, operation, "example")
        for inner in _inner(words) if facts.get("type") in ("array", "object") else ():
            inner_facts = read_type(inner.type_word) if inner.type_word else None
            typed_ = {key: value for key, value in (inner_facts or {}).items() if key in ("type", "format")}
            context.accounting.claim(passage.line, "response", f"{path}.{inner.name}", typed_, operation)
    if _STATUS_NAME.search(name) or re.search(r"(?:status|state|phase)$", name):
        _states(words, passage, context)
    if _CODE_NAME.search(name) and (zero := _MEANS_SUCCESS.search(words)):
        success = next(group for group in zero.groups() if group is not None)
        context.accounting.claim(passage.line, "response", name, {"success": success}, context.replies(passage)[0])
    return True


def _states(words: str, passage: Passage, context: Context) -> None:
    """Claim the status words, and the numbers with their meanings, that a status field lists."""
    states = listed_states(words)
    for word, state in states:
        context.accounting.status(passage.line, word, state)
    if not states and re.search(r"\w+(?:\s*[/|]\s*\w+)+", words):
        context.accounting.unread(passage.line, "states")


def _is_status(entry: Entry) -> bool:
    """Return whether an entry is the status of a task, whatever title it stands under: it lists states."""
    is_named = re.search(r"(?:^|[._])(?:task_?)?(?:status|state|phase)$", entry.name, re.IGNORECASE)
    return (
        bool(is_named)
        and entry.required is None
        and sum(state is not None for _, state in listed_states(entry.description)) > 1
    )


_CODE_NAME = re.compile(r"(?:^|[._])(?:code|errno|err_?code|error_?code|ret|status_code)$", re.IGNORECASE)
_MEANS_SUCCESS = re.compile(
    r"`?\b(\d{1,3})`?\s*(?:(?:[:=-]|means?|indicates?|is|for|表示|为|代表)+\s*)?"
    r"(?:success|ok\b|succeeded|成功|when all (?:is|went) well)"
    r"|(?:success|成功)\w*\s*(?:(?:[:=-]|is|为)+\s*)?`?(\d{1,3})`?",
    re.IGNORECASE,
)


def _values_of_a_text(words: str) -> list[str]:
    """Return the values that the words about a field of a reply begin with, or give in brackets."""
    listed = r"`[\w.-]+`(?:\s*(?:,|/|\||、|or|and|或|和)\s*`[\w.-]+`)*"
    match = re.match(rf"\s*({listed})", words) or re.search(rf"\(({listed})", words)
    spans = re.findall(r"`([\w.-]+)`", match[1]) if match else []
    return [value for value in spans if read_type(value) is None]


def _inner(words: str) -> list[Entry]:
    """Return the fields of its objects that the words of a list name: each with `url` (string) and `seconds`."""
    if not re.search(_HAS, words) and not re.search(r"\beach\b|:\s*`|对象", words):
        return []
    entries = [fields.parse(match[0]) for match in re.finditer(r"`[A-Za-z_]\w*`(?:\s*\([^()]{1,80}\))?", words)]
    return [entry for entry in entries if entry]


_NO_FIELDS = re.compile(r"\b(?:credential|variable|env|example|status|code)|凭证|状态|错误", re.IGNORECASE)


def line(passage: Passage, context: Context) -> bool:
    """Read Required fields: `image` (string URL), `video` (string URL): several fields in one line"""
    block = passage.block
    if block.kind not in ("item", "text") or endpoints.request_line(block) or endpoints.method_line(block):
        return False
    text = plain_characters(sections.bare(passage.text))
    text = re.sub(r"^(path|query|路径|查询) ?:", r"\1 parameters:", text, flags=re.IGNORECASE)
    match = re.match(r"([^:`(]{2,60}?)(?: (?:are|is))?: *(?=`|\*\*`)(.+)$", text) or _UNMARKED.fullmatch(text)
    if not match or not (
        list_titles.FIELDS.search(match[1])
        or list_titles.SENT.search(match[1])
        or list_titles.RECEIVED.search(match[1])
    ):
        return False
    if list_titles.HEADERS.search(match[1]) or _NO_FIELDS.search(match[1]):
        return False
    entries = fields.parse_many(match[2])
    titled = _titled(passage, match[1])
    if not entries or side(titled) is None or _states_named(list(_NAMES.finditer(match[2])), match[2]):
        return False
    if side(titled) == "request" and not _known_or_typed(entries, passage):
        return False
    for entry in entries:
        if side(titled) == "reply":
            reply(entry, titled, context)
        else:
            _request(entry, titled, context)
    return True


_UNMARKED = re.compile(
    r"((?:(?:path|query|url|body|form|required|optional) )?(?:parameters?|fields?)|(?:路径|查询|表单)参数)"
    r" *(`\w+` ?\(.+)",
    re.IGNORECASE,
)
"""Path parameter `task_id` (string, required)."""


def _known_or_typed(entries: Iterable[Entry], passage: Passage) -> bool:
    return passage.operation is not None or all(entry.type_word or entry.required is not None for entry in entries)


def _titled(passage: Passage, label: str) -> Passage:
    """Return the same passage with a label of its own line above it."""
    return Passage(passage.block, passage.headings, passage.label, label.strip(), passage.operation, passage.sub_depth)


_ANSWERS = re.compile(r"\b(?:reply|response|answers?|returns?|result has)\b|返回|响应", re.IGNORECASE)
_INSIDE = re.compile(r"`([A-Za-z_][\w.]*)`\s*\(([^()]{2,120})\)")


def sentence(passage: Passage, context: Context) -> bool:
    """Read Send `prompt` (string, required) and `seed` (integer): fields inside a sentence about an operation"""
    text = plain_characters(sections.bare(passage.text))
    sends = endpoints.request_line(passage.block)
    if sends:
        passage = replace(passage, operation=context.index.urls.operation(sends))
    if (
        passage.block.kind not in ("item", "text")
        or passage.operation is None
        or (side(passage) == "reply" and not sends)
    ):
        return False
    if _ABOUT_A_REPLY.match(text):
        return False
    names = [match[1] for match in _INSIDE.finditer(text)]
    if not sends and context.is_about_reply(passage, passage.operation, names):
        return False
    answer = _ANSWERS.search(text)
    request_part = text[: answer.start()] if answer else text
    rows = [fields.parse(match[0]) for match in _INSIDE.finditer(text)]
    entries = [entry for entry in rows if entry and entry.type_word and read_type(entry.type_word) is not None]
    if not entries or len(entries) != len(rows):
        return False
    for entry in entries:
        if f"`{entry.name}`" in request_part:
            _request(entry, passage, context)
        else:
            reply(entry, passage, context)
    if sends:
        return False  # and it says where to send, which `service.request` reads
    if signal := signal_of(_INSIDE.sub(" ", text), context.names, advice=True):
        context.accounting.unread(passage.line, signal)
    return True


def statement(passage: Passage, context: Context) -> bool:
    """Read `style` is one of `pencil`, `ink` and defaults to `ink`: a sentence about fields, of a request or a reply"""
    text = plain_characters(sections.bare(passage.text))
    operation = passage.operation or context.meant(passage)
    if passage.block.kind not in ("item", "text") or operation is None or endpoints.request_line(passage.block):
        return False
    entries = wording.in_words(text)
    if not entries or is_about_a_header(passage):
        return False
    above = context.pending.at(passage.parents[-1].line) if passage.parents and passage.block.kind == "item" else ()
    if above and not above[0].is_object and nested_lines.is_a_case(entries[0], passage, context):
        return False
    is_reply = context.is_about_reply(passage, operation, [entry.name for entry in entries])
    for entry in entries:
        if is_reply or _is_status(entry):
            reply(entry, passage, context)
        else:
            _request(entry, passage, context)
    return True


def in_reply(passage: Passage, context: Context) -> bool:
    """Read "Every object has `val` (path), `preview` (public HTTPS URL)": fields of a reply inside a sentence"""
    text = plain_characters(sections.bare(passage.text))
    about = side(passage) == "reply" or bool(_ABOUT_A_REPLY.match(text)) or _asks(passage, text, context)
    if passage.block.kind not in ("item", "text") or not about or passage.text.startswith("`"):
        return False
    names = list(_NAMES.finditer(text))
    states = _states_named(names, text)
    if not names or not (states or re.search(_HAS, text) or all("." in match[1] for match in names)):
        return False
    listed = [m for m in names if m not in states and ("." in m[1] or m[2] or re.search(_HAS, text[: m.start()]))]
    for operation in context.replies(passage):
        context.settle_paths(operation, [match[1] for match in listed])
    for match in listed:
        entry = fields.parse(match[0]) or Entry(match[1], None, None, match[2] or "")
        if entry.type_word is None and (led := _LED_BY_TYPE.match(text[match.end() :].lstrip(" ,"))):
            entry = replace(entry, type_word="array" if re.search(r"array|list", led[1]) else led[1].split()[-1])
        above = context.last_list.get(context.replies(passage)[0])
        if above and "." not in entry.name and _OF_EACH.search(text[: match.start()]):
            entry = replace(entry, name=f"{above}.{entry.name}")
        reply(entry, passage, context)
    for match in states:
        context.accounting.status(passage.line, match[1], state_of(match[1]))
    return True


_NAMES = re.compile(r"`((?:[a-z_]+\.)*[a-z_]+)`(?:\s*\(([^()]{1,80})\))?")
_STATUS_SPAN = re.compile(r"`(?:[\w.]+\.)?(?:\w+_)?(?:status|state|phase)`|\b(?:status|state)(?=:)")
_LISTS = re.compile(r"(?:[\s,:=]|\b(?:which|is|are|can be|may be|has|one of|either|values?|the)\b)*")
_BETWEEN = re.compile(r"(?:[\s,/|、]|\bor\b|\band\b|或|和|\([^()]*\))*")


def _states_named(names: Sequence[re.Match[str]], text: str) -> list[re.Match[str]]:
    """Return the names in a sentence that are states: a row of them behind the status field, or known words."""
    names = [match for match in names if "." not in match[1]]
    matches = [match for match in names if state_of(match[1]) and match.start() > 0 and "status" in text]
    for field in _STATUS_SPAN.finditer(text):
        run: list[re.Match[str]] = []
        for match in names:
            gap = text[run[-1].end() : match.start()] if run else text[field.end() : match.start()]
            if match.start() > field.start() and (_BETWEEN.fullmatch(gap) if run else len(gap) < 40 and "`" not in gap):
                run.append(match)
        gap = text[field.end() : run[0].start()] if run else ""
        is_list = len(run) > 1 and _LISTS.fullmatch(gap) and re.search(r"[\w:=]", gap)
        if is_list or (len(run) > 1 and any(state_of(match[1]) for match in run)):
            matches += [match for match in run if match not in matches]
    return matches


def _asks(passage: Passage, text: str, context: Context) -> bool:
    """Return whether a sentence says what has what in the section of an operation that only asks."""
    return passage.operation in context.asking and bool(re.search(_HAS, text))


_ABOUT_A_REPLY = re.compile(
    r"(?:(?:on success|if (?:it is )?successful|when accepted),? )?(?:(?:it )?returns\b"
    r"|(?:the |a |an |each |every )?(?:successful |accepted |json )?(?:response|reply|result|answer|call)s?\b)"
    r"|(?:成功|完成|提交)?(?:时|后|则|会|将)?,? ?(?:返回|响应)",
    re.IGNORECASE,
)
_OF_EACH = re.compile(r"\b(?:each|every|all of them|whose|objects? has|items? has)\b|每个", re.IGNORECASE)
_HAS = re.compile(
    r"\b(?:has|have|holds?|contains?|includes?|with|returns?|carries|consists? of)\b|包含|含有|返回|有", re.IGNORECASE
)


_NOTHING = frozenset({"{}", "none", "empty", "empty object", "empty json", "无", "空"})


def nothing_sent(passage: Passage, context: Context) -> bool:
    """Read - Body: `{}`; Parameters: none (use `{}`); 请求体：空: no parameter in the body"""
    label, _, rest = plain_characters(sections.bare(passage.text)).partition(":")
    match = re.fullmatch(
        r"(?:request )?(?:body|payload|parameters|fields)(?: parameters)?|(?:请求)?(?:体|参数|正文)",
        label.strip(),
        re.IGNORECASE,
    )
    rest = re.sub(r"\(use `\{\}`\)$", "", rest.strip()).strip(" `.").lower()
    operation = context.operation(passage)
    if not match or operation is None or rest not in _NOTHING:
        return False
    urls = context.index.urls
    own_urls = (url for url in urls.stated if urls.operation(RequestLine(url)) == operation)
    in_path = sorted({name for url in own_urls for name in re.findall(r"\{(\w+)\}", url)})
    context.accounting.claim(passage.line, "list", "parameters", {"names": in_path}, operation)
    return True


RULES = (nothing_sent, line, nested_lines.further, statement, item, nested_lines.value, sentence)
"""Asked before all others: what other lines say about parameters is understood once their names are known."""
LATER = (in_reply,)
"""Asked in their turn."""
