"""Rules for lists and tables of the fields of requests and replies, whatever their layout and language.

Bullets, nested bullets, tables with any titles, several fields in one line, fields inside a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from codegen.documents import endpoints, fields, jsonlines, nesting, sections, sides, wording
from codegen.documents.claims import By
from codegen.documents.context import Context, Pending
from codegen.documents.fields import Entry
from codegen.documents.jsonlines import Key
from codegen.documents.sections import Place
from codegen.documents.sides import is_about_a_header, location, side, stated_required
from codegen.documents.signals import signal_of
from codegen.documents.types import read_type
from codegen.documents.vocabulary import plain_characters, state_of

_COLUMNS: Mapping[str, str] = {
    "name": "field|fields|parameter|parameters|param|name|key|argument|property|attribute|input|field name"
    "|parameter name|response field|request field|参数|参数名|参数名称|字段|字段名|字段名称|名称|变量|变量名|属性",
    "type": "type|data type|datatype|format|类型|数据类型|参数类型|字段类型|格式",
    "required": "required|required?|mandatory|is required|req|optional|optional?|presence"
    "|必填|是否必填|必选|是否必选|必须|是否必须|必传|是否必传|可选",
    "default": "default|default value|defaults|默认|默认值|缺省|缺省值",
    "values": "values|allowed values|possible values|valid values|accepted values|options|enum|choices"
    "|可选值|取值|枚举|枚举值",
    "range": "range|limits|limit|constraints|constraint|bounds|min/max|范围|取值范围|限制|约束|长度",
    "example": "example|examples|sample|示例|例子|样例|示例值",
    "description": "description|desc|details|meaning|notes|note|remarks|comment|explanation|what it does"
    "|描述|说明|备注|含义|参数说明",
    "unit": "unit|units|单位",
    "place": "in|location|position|where|位置|参数位置",
}
_COLUMN_OF = {title: column for column, titles in _COLUMNS.items() for title in titles.split("|")}
_STATUS_NAME = re.compile(r"(?:^|[._])(?:status|state|task_?status)$", re.IGNORECASE)


def item(place: Place, context: Context) -> bool:
    """Read - `data.ratio` (string): `9:16`, `16:9`, under "Optional fields:"; - `data.result`: array of objects"""
    if place.block.kind not in ("item", "text") or is_about_a_header(place) or endpoints.request_line(place.block):
        return False
    text = plain_characters(place.text)
    entry = fields.parse(text)
    where = side(place)
    if entry is None or not _is_field(
        entry, text, where, place.operation is not None or context.meant(place) is not None
    ):
        return False
    if where == "reply":
        return _value_of_a_field(entry, place, context) or _reply(entry, place, context)
    if where is None and place.operation is None:
        return False
    if where is None and _is_of_reply(entry, place, context):
        return _reply(entry, place, context)
    if _value_of_parent(entry, place, context):
        return True
    _request(entry, place, context)
    return True


_REPLY_HEADS = frozenset("data result results output outputs response".split())


def _is_of_reply(entry: Entry, place: Place, context: Context) -> bool:
    """Return whether `result.files`: list, under no title that says what is listed, is a field of the reply."""
    head = entry.name.partition(".")[0]
    if "." not in entry.name or head not in _REPLY_HEADS or entry.required is not None:
        return False
    wrapper, _ = context.bodies.get(place.operation or "", (None, {}))
    return wrapper != head


def _is_field(entry: Entry, text: str, where: sides.Side | None, is_placed: bool) -> bool:
    """Return whether a row is a field: in a code span alone; else beside a type or "required"."""
    if entry.type_word is not None or entry.required is not None:
        return entry.type_word is None or read_type(entry.type_word) is not None or where is not None
    dotted = "." in entry.name and entry.name.partition(".")[0] in _REPLY_HEADS
    if dotted and is_placed:
        return True
    coded = text.startswith("`") or (text.startswith("**") and bool(re.fullmatch(r"[a-z][a-z0-9_.]*", entry.name)))
    return where is not None and coded and is_placed


def _value_of_parent(entry: Entry, place: Place, context: Context) -> bool:
    """Read a nested bullet that names a value of the parameter above it."""
    parent = fields.parse(plain_characters(place.sub)) if place.sub else None
    if parent is None or entry.type_word is not None or entry.required is not None:
        return False
    for operation in context.subjects(place):
        if any((row.operation, row.name) == (operation, parent.name) for row in context.pending):
            listed = context.listed_values.setdefault((operation, parent.name), [])
            listed.append((place.line, entry.name, entry.description))
            context.accounting.book(place.line, "read")
            return True
    return False


def value(place: Place, context: Context) -> bool:
    """Read - `9:16`: portrait, nested under `ratio` (string): a value that is not a name"""
    match = re.match(r"`([^`]{1,60})`\s*(?:[:=-]\s*(.*))?$", plain_characters(place.text))
    if place.block.kind != "item" or not match or not place.sub:
        return False
    return _value_of_parent(Entry(match[1], None, None, match[2] or ""), place, context)


def _request(entry: Entry, place: Place, context: Context) -> None:
    stated: dict[str, Any] = {}
    required = entry.required if entry.required is not None else stated_required(place)
    if required is not None:
        stated["required"] = required
    if where := entry.location or location(place):
        stated["in"] = where
    for operation in context.subjects(place):
        name = nesting.path_of(place, context, operation, entry.name)
        context.pending.append(Pending(place, operation, name, entry.description, entry.type_word, stated))


def from_comment(place: Place, context: Context, key: Key, comment: str) -> None:
    """Read `"seconds": 6, // optional, 4 to 12`: a field of the body in an example, and the words about it."""
    here = replace(place, block=replace(place.block, line=key.line, lines=(key.line,)))
    listed = [row for row in context.pending if row.operation == place.operation and row.name == key.path]
    entry = fields.parse(f"`{key.path}` ({comment})") or Entry(key.path, None, None, comment)
    if entry.required is None and entry.type_word is None:
        kind_in_words, required, words = wording.words_of(comment)
        entry = Entry(key.path, kind_in_words, required, words)
    is_read = entry.required is not None or entry.type_word is not None
    if listed or not is_read:
        if signal := signal_of(comment, context.names):
            context.accounting.unread(key.line, signal)
        return
    example_type = jsonlines.type_of(key.value)
    kind = entry.type_word or (example_type if example_type != "integer" else None)
    stated = {"required": entry.required} if entry.required is not None else {}
    if kind == "array" and (items := nesting.items_of_example(context, place.operation, key.path)):
        kind = f"array<{items}>"
    values = fields.describe(entry.description).facts
    unclear = "" if kind or "enum" in values else "type that only an example shows"
    context.pending.append(Pending(here, place.operation, key.path, entry.description, kind, stated, None, unclear))


def value_of_comment(context: Context, place: Place, key: Key, comment: str) -> bool:
    """Read `"status": "ready", // pending, ready, failed`: what the values of a field of a reply mean."""
    name = key.path.rpartition(".")[2]
    if re.search(r"(?:status|state|phase)$", name):
        words = _plain_states(comment)
        for word in words:
            context.accounting.status(key.line, word, state_of(word))
        if not words and len(re.findall(r"[,|/、]", comment)) > 0:
            context.accounting.unread(key.line, "states")
        return bool(words)
    if _CODE_NAME.search(name) and (zero := _MEANS_SUCCESS.search(comment)):
        success = next(group for group in zero.groups() if group is not None)
        context.accounting.claim(key.line, "response", key.path, {"success": success}, context.replies(place)[0])
        return True
    return False


def finish(context: Context) -> None:
    """Record the fields of requests once all lists are read: only then their wrapper and all names are known."""
    for pending in context.pending:
        context.accounting.understands(pending.place.line, pending.name)
    for operation in dict.fromkeys(pending.operation for pending in context.pending):
        rows = [nesting.without_brackets(pending) for pending in context.pending if pending.operation == operation]
        rows = nesting.with_items(list(_without_wrapper(rows, context)))
        wrapper = context.wrapper(operation, [row.name for row in rows if row.stated.get("in") != "path"])
        prefix = f"{wrapper}." if wrapper else ""
        lists = {row.name for row in rows if nesting.is_list(row)} | nesting.lists_of_examples(context, operation)
        for row in rows:
            name = nesting.with_lists(row.name, lists).removeprefix(prefix)
            if parent := nesting.unclear_parent(row, name, rows):
                # A parameter of the call would be sent beside the object, not in it.
                about = f"{operation or ''} parameter {parent}.{name}".strip()
                context.accounting.unread(row.place.line, "nested field", about)
                continue
            known = context.names
            found = fields.describe(
                row.description, type_word=row.type_word, stated=row.stated, default=row.default, known=known
            )
            context.parameter_claim(row.place, operation, name, found)
            context.accounting.names.add(prefix + name)
            if row.unclear:
                context.accounting.unread(row.place.line, row.unclear, f"{operation or ''} parameter {name}".strip())
            for line in row.place.block.lines:
                context.accounting.book(line, "read")
        if wrapper and operation:
            by: By = "statement" if any("." in row.name for row in rows) else "example"
            context.accounting.claim(rows[0].place.line, "operation", "", {"body_wrapper": wrapper}, operation, by)
            context.accounting.names.add(wrapper)
        for owner, name in tuple(context.listed_values):
            if owner == operation and name.startswith(prefix) and prefix:
                context.listed_values[owner, name.removeprefix(prefix)] = context.listed_values.pop((owner, name))
    listed = {pending.operation for pending in context.pending}
    for operation, found_names in context.parameters.items():
        wrapper = context.wrapper(operation, list(found_names)) if operation not in listed else None
        if wrapper and operation:
            first = context.first_lines[operation]
            context.accounting.claim(first, "operation", "", {"body_wrapper": wrapper}, operation, "example")


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
            context.accounting.repeats(row.place.line, row.name)
        else:
            yield row


def _value_of_a_field(entry: Entry, place: Place, context: Context) -> bool:
    """Return whether `waiting` under "`data.status` holds one of:" is a value of the field above."""
    above = re.search(r"`([\w.\[\]]+)`", place.sub)
    if entry.type_word or "." in entry.name or not above or not _ONE_OF.search(place.sub):
        return False
    if _STATUS_NAME.search(above[1]):
        context.accounting.status(place.line, entry.name, state_of(entry.name) or state_of(entry.description))
        return True
    context.accounting.claim(
        place.line, "label", f"{above[1]}.{entry.name}", {"label": entry.description or entry.name}
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


def _reply(entry: Entry, place: Place, context: Context) -> bool:
    """Read a field of a reply, at its dotted path; the words of a status field are states."""
    name = re.sub(r"\[\w*\*?\]", "", entry.name).strip(".")
    words, kind = entry.description, entry.type_word
    if kind is None and (led := _LED_BY_TYPE.match(words)):
        kind = "array" if re.search(r"array|list", led[1]) else led[1]
    found = fields.describe(words, type_word=None, known=context.names)
    facts: dict[str, Any] = {key: fact for key, fact in found.facts.items() if key in _OF_A_REPLY}
    if kind is not None and (read := read_type(kind)) is not None:
        facts |= {key: value for key, value in read.items() if key in ("type", "format")}
        if facts.get("type") in ("array", "object"):
            facts.pop("format", None)
    elif kind is not None:
        context.accounting.unread(place.line, f"type {kind}", f"response {name}")
    is_state = bool(re.search(r"(?:status|state|phase)$", name, re.IGNORECASE))
    if facts.get("type") not in ("array", "object") and not is_state and (values := _values_of_a_text(words)):
        facts["values"] = values
    for operation in context.replies(place):
        path = context.reply_path(operation, name, place)
        if facts.get("type") == "array":
            context.last_list[operation] = path
        context.accounting.claim(place.line, "response", path, facts, operation)
        if "type" not in facts and path in context.example_types:
            example_facts = {"type": context.example_types[path]}
            context.accounting.claim(place.line, "response", path, example_facts, operation, "example")
        for inner in _inner(words) if facts.get("type") in ("array", "object") else ():
            kept = read_type(inner.type_word) if inner.type_word else None
            typed_ = {key: value for key, value in (kept or {}).items() if key in ("type", "format")}
            context.accounting.claim(place.line, "response", f"{path}.{inner.name}", typed_, operation)
    if _STATUS_NAME.search(name) or re.search(r"(?:status|state|phase)$", name):
        _states(words, place, context)
    if _CODE_NAME.search(name) and (zero := _MEANS_SUCCESS.search(words)):
        success = next(group for group in zero.groups() if group is not None)
        context.accounting.claim(place.line, "response", name, {"success": success}, context.replies(place)[0])
    return True


def _states(words: str, place: Place, context: Context) -> None:
    """Claim the status words, and the numbers with their meanings, that a status field lists."""
    listed = re.findall(r"`(\w+)`", words) or _plain_states(words)
    are_states = len(listed) > 1 and any(state_of(word) for word in listed)
    for word in listed:
        if are_states or state_of(word):
            context.accounting.status(place.line, word, state_of(word))
    for number, word in re.findall(r"`?\b(\d{1,3})`?\s*[=:(-]\s*([\w -]+)", words):
        if state := state_of(word):
            context.accounting.claim(place.line, "status", number, {"state": state})


_CODE_NAME = re.compile(r"(?:^|[._])(?:code|errno|err_?code|error_?code|ret|status_code)$", re.IGNORECASE)
_MEANS_SUCCESS = re.compile(
    r"`?\b(\d{1,3})`?\s*(?:(?:[:=-]|means?|indicates?|is|for|表示|为|代表)+\s*)?(?:success|ok\b|succeeded|成功)"
    r"|(?:success|成功)\w*\s*(?:(?:[:=-]|is|为)+\s*)?`?(\d{1,3})`?",
    re.IGNORECASE,
)


def _values_of_a_text(words: str) -> list[str]:
    """Return the values that the words about a field of a reply begin with, or give in brackets."""
    listed = r"`[\w.-]+`(?:\s*(?:,|/|\||、|or|and|或|和)\s*`[\w.-]+`)*"
    match = re.match(rf"\s*({listed})", words) or re.search(rf"\(({listed})", words)
    found = re.findall(r"`([\w.-]+)`", match[1]) if match else []
    return [value for value in found if read_type(value) is None]


def _inner(words: str) -> list[Entry]:
    """Return the fields of its objects that the words of a list name: each with `url` (string) and `seconds`."""
    if not re.search(_HAS, words) and not re.search(r"\beach\b|:\s*`|对象", words):
        return []
    found = [fields.parse(match[0]) for match in re.finditer(r"`[A-Za-z_]\w*`(?:\s*\([^()]{1,80}\))?", words)]
    return [entry for entry in found if entry]


def _plain_states(words: str) -> list[str]:
    """Return the words that a status can be, where they stand without marks: one of queued / working / failed."""
    listed = re.search(
        r"(?:(?:one of|values?|can be|either|:|是|为|包括)\s*(?::\s*)?|(?<![\w-]))"
        r"([\w-]+(?:\s*(?:/|\||,|、|\bor\b)\s*[\w-]+)+)",
        words,
    )
    found = re.split(r"(?<!\s)\s*(?:/|\||,|、|\bor\b)\s*", listed[1]) if listed else []
    return found if 2 * sum(state_of(word) is not None for word in found) > len(found) else []


def row(place: Place, context: Context) -> bool:
    """Read a row of a table with a column for names and one for types, requirement, default, values or words."""
    header = place.block.header
    columns = {_COLUMN_OF[title]: index for index, title in enumerate(header) if title in _COLUMN_OF}
    if header[:2] == ("response field", "type"):
        return False  # `outcomes.response_table` reads it
    if place.block.kind != "row" or "name" not in columns or not {"type", "required"} & columns.keys():
        return False
    texts = [plain_characters(cell).strip() for cell in place.block.cells]
    cells = {column: texts[index] for column, index in columns.items() if index < len(texts)}
    indent, name = nesting.indented(cells["name"])
    if not re.fullmatch(r"[A-Za-z_][\w.\[\]*-]*", name) or is_about_a_header(place):
        return False
    asks = "required" in columns and not (place.sub or place.label) and sections.heading_name(place.headings[-1])
    if (side(place) == "reply" and not asks) or "response" in header[0]:
        described = ". ".join(filter(None, (cells.get("description"), cells.get("values"))))
        return _reply(Entry(name, cells.get("type"), None, described), place, context)
    if place.operation is None and not context.capability:
        return False
    stated, unclear = _row_facts(cells, header[columns["required"]] if "required" in columns else "")
    for operation in context.subjects(place):
        name = context.below_row(place, operation, indent, name)
        kind, default = cells.get("type"), cells.get("default")
        if unclear and read_type(cells["required"]):
            kind = f"{kind} | {cells['required']}"  # a type with a bar in it, which has shifted the columns
        context.pending.append(Pending(place, operation, name, _row_words(cells), kind, stated, default, unclear))
    return True


def _row_facts(cells: Mapping[str, str], title: str) -> tuple[dict[str, Any], str]:
    """Return the facts that have a column of their own, and what is not understood of them."""
    stated: dict[str, Any] = {}
    unclear = ""
    if "required" in cells:
        required = fields.requirement_cell(cells["required"])
        asks_if_optional = re.search(r"^optional|^可选", title) and fields.requirement(cells["required"]) is None
        if required is not None and asks_if_optional:
            required = not required
        if required is None and cells["required"]:
            unclear = "required"
        elif required is not None:
            stated["required"] = required
    place = re.sub(r"[`*\s]", "", cells.get("place", "")).lower()
    if place in ("path", "query"):
        stated["in"] = place
    if cells.get("unit") and re.fullmatch(r"\w+", cells["unit"]):
        stated["unit"] = cells["unit"].rstrip("s").lower()
    return stated, unclear


def _row_words(cells: Mapping[str, str]) -> str:
    """Return the description, with the columns of values and ranges said as a sentence would say them."""
    words = [cells.get("description", "")]
    nothing = ("", "-", "--", "n/a", "none")
    if (values := cells.get("values", "")).lower() not in nothing:
        words.append(values if values.count("`") >= 4 else f"One of: {values}")
    if (limits := cells.get("range", "")).lower() not in nothing:
        words.append(limits)
    return ". ".join(word for word in words if word)


_NO_FIELDS = re.compile(r"\b(?:credential|variable|env|example|status|code)|凭证|状态|错误", re.IGNORECASE)


def line(place: Place, context: Context) -> bool:
    """Read Required fields: `image` (string URL), `video` (string URL): several fields in one line"""
    block = place.block
    if block.kind not in ("item", "text") or endpoints.request_line(block) or endpoints.method_line(block):
        return False
    match = re.match(r"([^:`(]{2,60}?)(?: (?:are|is))?: *(?=`|\*\*`)(.+)$", plain_characters(sections.bare(place.text)))
    if not match or not (
        sides.FIELDS.search(match[1]) or sides.SENT.search(match[1]) or sides.RECEIVED.search(match[1])
    ):
        return False
    if sides.HEADERS.search(match[1]) or _NO_FIELDS.search(match[1]):
        return False
    found = fields.parse_many(match[2])
    titled = _titled(place, match[1])
    if not found or side(titled) is None:
        return False
    if side(titled) == "request" and not _known_or_typed(found, place, context):
        return False
    for entry in found:
        if side(titled) == "reply":
            _reply(entry, titled, context)
        else:
            _request(entry, titled, context)
    return True


def _known_or_typed(found: Iterable[Entry], place: Place, context: Context) -> bool:
    return place.operation is not None or all(entry.type_word or entry.required is not None for entry in found)


def _titled(place: Place, label: str) -> Place:
    """Return the same place with a label of its own line above it."""
    return Place(place.block, place.headings, place.label, label.strip(), place.operation, place.sub_depth)


_ANSWERS = re.compile(r"\b(?:reply|response|answers?|returns?|result has)\b|返回|响应", re.IGNORECASE)
_INSIDE = re.compile(r"`([A-Za-z_][\w.]*)`\s*\(([^()]{2,120})\)")


def sentence(place: Place, context: Context) -> bool:
    """Read Send `prompt` (string, required) and `seed` (integer): fields inside a sentence about an operation"""
    text = plain_characters(sections.bare(place.text))
    sends = endpoints.request_line(place.block)
    if sends:
        place = replace(place, operation=context.index.urls.operation(sends))
    if place.block.kind not in ("item", "text") or place.operation is None or (side(place) == "reply" and not sends):
        return False
    if _ABOUT_A_REPLY.match(text):
        return False
    names = [match[1] for match in _INSIDE.finditer(text)]
    if not sends and context.is_about_reply(place, place.operation, names):
        return False
    answer = _ANSWERS.search(text)
    sent = text[: answer.start()] if answer else text
    found = [fields.parse(match[0]) for match in _INSIDE.finditer(text)]
    entries = [entry for entry in found if entry and entry.type_word and read_type(entry.type_word) is not None]
    if not entries or len(entries) != len(found):
        return False
    for entry in entries:
        if f"`{entry.name}`" in sent:
            _request(entry, place, context)
        else:
            _reply(entry, place, context)
    if sends:
        return False  # and it says where to send, which `service.request` reads
    if signal := signal_of(_INSIDE.sub(" ", text), context.names, advice=True):
        context.accounting.unread(place.line, signal)
    return True


def statement(place: Place, context: Context) -> bool:
    """Read `style` is one of `pencil`, `ink` and defaults to `ink`: a sentence about fields, of a request or a reply"""
    text = plain_characters(sections.bare(place.text))
    operation = place.operation or context.meant(place)
    if place.block.kind not in ("item", "text") or operation is None or endpoints.request_line(place.block):
        return False
    entries = wording.in_words(text)
    if not entries or is_about_a_header(place):
        return False
    is_reply = context.is_about_reply(place, operation, [entry.name for entry in entries])
    for entry in entries:
        if is_reply:
            _reply(entry, place, context)
        else:
            _request(entry, place, context)
    return True


_EMPTY = ("{}", "none", "empty", "empty object", "empty json", "empty json object", "无", "空", "空对象")


def in_reply(place: Place, context: Context) -> bool:
    """Read "Every object has `val` (path), `preview` (public HTTPS URL)": fields of a reply inside a sentence"""
    text = plain_characters(sections.bare(place.text))
    about = side(place) == "reply" or bool(_ABOUT_A_REPLY.match(text)) or _asks(place, text, context)
    if place.block.kind not in ("item", "text") or not about or place.text.startswith("`"):
        return False
    names = list(re.finditer(r"`((?:[a-z_]+\.)*[a-z_]+)`(?:\s*\(([^()]{1,80})\))?", text))
    if not names or not (re.search(_HAS, text) or all("." in match[1] for match in names)):
        return False
    states = [match for match in names if state_of(match[1]) and match.start() > 0 and "status" in text]
    listed = [m for m in names if m not in states and ("." in m[1] or m[2] or re.search(_HAS, text[: m.start()]))]
    for operation in context.replies(place):
        context.settle_paths(operation, [match[1] for match in listed])
    for match in listed:
        entry = fields.parse(match[0]) or Entry(match[1], None, None, match[2] or "")
        if entry.type_word is None and (led := _LED_BY_TYPE.match(text[match.end() :].lstrip(" ,"))):
            entry = replace(entry, type_word="array" if re.search(r"array|list", led[1]) else led[1].split()[-1])
        above = context.last_list.get(context.replies(place)[0])
        if above and "." not in entry.name and _OF_EACH.search(text[: match.start()]):
            entry = replace(entry, name=f"{above}.{entry.name}")
        _reply(entry, place, context)
    for match in states:
        context.accounting.claim(place.line, "status", match[1], {"state": state_of(match[1])})
    return True


def _asks(place: Place, text: str, context: Context) -> bool:
    """Return whether a sentence says what has what in the section of an operation that only asks."""
    return place.operation in context.asking and bool(re.search(_HAS, text))


_ABOUT_A_REPLY = re.compile(
    r"(?:(?:on success|if (?:it is )?successful|when accepted),? )?(?:it returns\b"
    r"|(?:the |a |an |each |every )?(?:successful |accepted |json )?(?:response|reply|result|answer|call)s?\b)"
    r"|(?:成功|完成|提交)?(?:时|后|则|会|将)?,? ?(?:返回|响应)",
    re.IGNORECASE,
)
_OF_EACH = re.compile(r"\b(?:each|every|all of them|whose|objects? has|items? has)\b|每个", re.IGNORECASE)
_HAS = re.compile(
    r"\b(?:has|have|holds?|contains?|includes?|with|returns?|carries|consists? of)\b|包含|含有|返回|有", re.IGNORECASE
)


def nothing_sent(place: Place, context: Context) -> bool:
    """Read - Body: `{}`; 请求体：空: no parameter in the body"""
    match = re.fullmatch(
        r"(?:request )?(?:body|payload|parameters|fields)(?: parameters)?|(?:请求)?(?:体|参数|正文)",
        plain_characters(sections.bare(place.text)).split(":")[0].strip(),
        re.IGNORECASE,
    )
    rest = plain_characters(sections.bare(place.text)).partition(":")[2].strip().strip("`.").lower()
    if (
        not match
        or place.operation is None
        or rest not in ("{}", "none", "empty", "empty object", "empty json", "无", "空")
    ):
        return False
    context.accounting.claim(place.line, "list", "parameters", {"names": []}, place.operation)
    return True


RULES = (nothing_sent, line, statement, item, value, row, sentence)
"""Asked before all others: what other lines say about parameters is understood once their names are known."""
LATER = (in_reply,)
"""Asked in their turn."""
