"""Rules for the service as a whole: servers, endpoints, credentials, headers, download hosts, pointers elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from codegen.documents import document_index, endpoints, poll_pauses, sections
from codegen.documents.api_description import operation_of
from codegen.documents.context import Context
from codegen.documents.named_hosts import OTHER_PAGE, SERVER
from codegen.documents.sections import URL, Passage
from codegen.documents.vocabulary import plain_characters, simplified

_NO_NAME = re.compile(
    r"(?:errors?|status|statuses|examples?|usage|notes?|overview|parameters?|requests?|responses?|endpoints?|api)",
    re.IGNORECASE,
)


def heading(passage: Passage, context: Context) -> None:
    """Read a heading: its identifier names an operation, its request states one, its range gives one."""
    if endpoints.request_line(passage.block):
        request(passage, context)
    if (line := context.index.patterned[context.source].get(passage.line)) and passage.operation:
        facts = {
            "path" if line.url.startswith("/") else "url": line.url,
            **({"method": line.method} if line.method else {}),
        }
        context.accounting.claim(passage.line, "operation", "", facts, passage.operation)
        context.accounting.names.update(
            re.findall(r"`([^`]+[{<][\w -]+[}>])`", " ".join(row.text for row in context.rows))
        )
    name = sections.heading_name(passage.text)
    if passage.operation and name and name[1] == passage.operation:
        match = re.match(r"(.+?)-\d+\s+(.+)$", name[0])
        facts = {"name": match[2], "group": match[1]} if match else {"name": name[0]}
        context.accounting.claim(passage.line, "operation", "", facts, passage.operation)
        return
    if passage.operation in context.capability and passage.line in context.index.sections[context.source]:
        _name_of_section(passage, context)
    span = re.search(r"\((\d+)-(\d+)\)$", passage.text)
    parameter = context.named_above(passage) if span else None
    if span and parameter:
        facts_ = {"minimum": int(span[1]), "maximum": int(span[2])}
        context.accounting.claim(passage.line, "parameter", parameter, facts_)


def _name_of_section(passage: Passage, context: Context) -> None:
    """Record "Create Character Task" of "2) Create Character Task", the heading of a section with a request."""
    title = re.sub(
        r"^\W*(?:(?:\d+(?:\.\d+)*|[一二三四五六七八九十]{1,3})(?:[.)]?\s+|[、．]\s*))?", "", sections.bare(passage.text)
    )
    lead = r"^(?:(?:operation|endpoint|api|interface|接口|操作)\s*\d{0,2}|step\s+[\dA-Z]|步骤\s*\S)\s*[:：—–.-]\s*"
    title = re.sub(lead, "", title, flags=re.IGNORECASE)
    title = title.replace("`", "").strip()
    operation = passage.operation
    if not title or _NO_NAME.fullmatch(title) or endpoints.request_line(passage.block) or operation is None:
        return
    if operation not in context.named and operation not in context.index.names.values():
        context.named.add(operation)
        context.accounting.claim(passage.line, "operation", "", {"name": title}, operation)


def endpoint(passage: Passage, context: Context) -> bool:
    """Read Result endpoint: `https://…`; a URL that stands alone; a row of a table with an endpoint column"""
    request = sections.stated_endpoint(passage)
    if request:
        context.accounting.claim(passage.line, "operation", "", {"url": request.url}, request.operation)
        return True
    header = passage.block.header
    if passage.block.kind == "row" and "endpoint" in header:
        url = passage.block.cells[header.index("endpoint")].strip("`")
        name = next((cell.strip("* ") for cell in passage.block.cells if re.fullmatch(r"\*\*.+\*\*", cell)), "")
        if not name or not operation_of(url):
            return False
        context.accounting.claim(passage.line, "operation", "", {"name": name, "path": url}, operation_of(url))
        return True
    listed = re.fullmatch(r"(.+?) \| model_code=([\w.-]+) \| ([A-Z]+) (\S+)", passage.text)
    if listed:
        group = re.sub(r"\s*\(\d+\)$", "", passage.headings[-1]) if passage.headings else ""
        facts = {"name": listed[1], "group": group, "method": listed[3], "url": listed[4]}
        context.accounting.claim(passage.line, "operation", "", facts, listed[2])
        return True
    return False


def facts_of_section(passage: Passage, context: Context) -> bool:
    """Read - API ID: 7; - Method: POST; - Endpoint: https://… in the section of an operation"""
    match = re.match(r"^(API ID|Method|Endpoint):\s*([^\s`]+)$", passage.text)
    if not match or not passage.operation:
        return False
    key = {"API ID": "id", "Method": "method", "Endpoint": "url"}[match[1]]
    facts = {key: int(match[2]) if match[2].isdigit() else match[2]}
    context.accounting.claim(passage.line, "operation", "", facts, passage.operation)
    return True


def request(passage: Passage, context: Context) -> bool:
    """Read `POST https://…`, - Method: `POST`, a row of a table of operations, a sentence that names the URL"""
    line = endpoints.request_line(passage.block)
    if line is not None:
        operation = context.index.urls.operation(line)
        if line.method is None and passage.operation in context.index.urls.at(line.url):
            operation = passage.operation  # of several at the URL the one of the section
        if operation is None:
            return False
        url = context.index.urls.written(line.url)
        facts = {"path" if url.startswith("/") else "url": url}
        for base in re.findall(r"https?://[^\s`'\"|<>(),;]+", passage.text) if url.startswith("/") else ():
            if endpoints.BASE.fullmatch(base.rstrip("./")):  # `POST /draw` on `https://api.example.com`
                context.accounting.claim(passage.line, "server", base.rstrip("./"), {})
        if method := line.method or endpoints.method_line(passage.block):
            facts["method"] = method
        context.accounting.claim(passage.line, "operation", "", facts, operation)
        for name in line.query:
            in_query(passage, context, operation, name)
        poll_pauses.polling(passage, context, operation)
        _form(passage, context, operation)
        _headers_beside(passage, context)
        return True
    method = endpoints.method_line(passage.block)
    if method is None:
        return False
    operation = passage.operation or _right_above(passage, context)
    if operation is None:
        context.accounting.unread(passage.line, "method")
        return True
    context.accounting.claim(passage.line, "operation", "", {"method": method}, operation)
    return True


def _right_above(passage: Passage, context: Context) -> str | None:
    """Return the operation whose URL stands without a method in the row or item right before a method."""
    above = next((row for row in reversed(context.rows) if row.line < passage.line), None)
    line = endpoints.request_line(above.block) if above and above.block.kind == passage.block.kind else None
    return context.index.urls.operation(line) if line and line.method is None else None


def _headers_beside(passage: Passage, context: Context) -> None:
    """Read the headers that a line names beside a URL: `POST https://…` with header `Authorization: Bearer $KEY`"""
    needed = re.search(
        r"\b(?:needs?|requires?|carr(?:y|ies)|sends?|with|takes?) `(X-[\w-]+)`", sections.bare(passage.text)
    )
    if needed:
        context.accounting.claim(passage.line, "header", needed[1], {"required": True})
    if passage.block.kind in ("item", "text") and _IS_HEADER.search(passage.text + " header" * (": " in passage.text)):
        for name, value in re.findall(
            r"`([A-Za-z][\w-]*-[\w-]+|Authorization):\s*([^`]+)`", sections.bare(passage.text)
        ):
            context.accounting.claim(passage.line, "header", name, header_facts(name, value))


_FORM = re.compile(
    r"(?P<parts>\bmultipart(?:/form-data)?\b(?:[ -]form(?:[ -]data)?)?)"
    r"|(?P<fields>\bapplication/x-www-form-urlencoded\b|\b(?:url[ -]?encoded form|form[ -](?:url)?encoded))",
    re.IGNORECASE,
)


def _form(passage: Passage, context: Context, operation: str | None) -> bool:
    """Record that the body of an operation is a form, of parts or of fields."""
    match = _FORM.search(passage.text)
    if not match or operation is None:
        return False
    media = "multipart/form-data" if match["parts"] else "application/x-www-form-urlencoded"
    context.accounting.claim(passage.line, "operation", "", {"content_type": media}, operation)
    return True


def form(passage: Passage, context: Context) -> bool:
    """Read The form (`multipart/form-data`) has these fields:; Send it as multipart form data"""
    return passage.block.kind in ("item", "text") and _form(passage, context, (context.subjects(passage) or (None,))[0])


_KEY_NAME = re.compile(r"(?:api|app|access|auth|secret)?[_-]?(?:key|token|secret|auth)", re.IGNORECASE)


def in_query(passage: Passage, context: Context, operation: str | None, name: str) -> None:
    """Record a name in the query of a URL: the key, or a parameter of the operation."""
    if _KEY_NAME.fullmatch(name):
        context.accounting.claim(passage.line, "credential", name, {"in": "query", "required": True})
    else:
        context.accounting.claim(passage.line, "parameter", name, {"in": "query"}, operation)


def server(passage: Passage, context: Context) -> bool:
    """Read Base URL: `https://…`; | 接口域名 | https://… |; All paths are below https://…; a URL without a path"""
    line = " | ".join(passage.block.cells) if passage.block.kind == "row" else passage.text
    text = simplified(plain_characters(sections.bare(line)))
    urls = re.findall(r"https?://[^\s`'\"|<>(),;]+", text)
    if len(urls) > 1 and _REGIONS.search(text) and all(endpoints.BASE.fullmatch(url.rstrip("./")) for url in urls):
        for url in urls:
            context.accounting.claim(passage.line, "server", url.rstrip("./"), {})
        return True
    if len(urls) != 1 or passage.block.kind not in ("item", "text", "row"):
        return False
    url = urls[0].rstrip("./")
    before, after = (re.sub(r"[`*|]", " ", part) for part in text.split(urls[0], 1))
    alone = not re.search(r"\w", before + after)
    stands = bool(SERVER.search(before)) or bool(SERVER.search(after) and "alias" in after.lower())
    if not (stands or (alone and endpoints.BASE.fullmatch(url))) or OTHER_PAGE.search(before):
        return False
    if context.index.urls.operation(endpoints.RequestLine(url)) and not endpoints.BASE.fullmatch(url):
        return False
    context.accounting.claim(passage.line, "server", url, {"alias": True} if "alias" in text.lower() else {})
    _headers_beside(passage, context)
    return True


_REGIONS = re.compile(
    r"\b(?:regions?|hosts?|domains?|servers?|base urls?|environments?)\b|区域|域名|环境", re.IGNORECASE
)


def capability(passage: Passage, context: Context) -> bool:
    """Read lines such as API capability: `x_y`"""
    name = document_index.capability_line(passage.text)
    only = re.search(r"\bonly covers `([\w-]+)`", passage.text)
    name = only[1] if only else name
    if name is None or name not in context.index.identifiers:
        return False
    context.accounting.assign(passage.line, "read")
    return True


_PAGE = re.compile(
    r"[^:`]*\b(?:docs|documentation|portal|overview|purchase|homepage|platform|reference|console|support|website"
    r"|文档|官网|平台)s?\b[^:`]*:\s*(.+)",
    re.IGNORECASE,
)


_LINK = re.compile(r"\[[^\[\]]{1,80}\]\((?!https?:)[^()\s]{1,120}\)")
"""[Model 3](references/model_3.md)"""
_KEY_PAGE = re.compile(
    r"(?:you )?(?:get|obtain|create|make|request|apply for|find|申请|获取|创建)[^`.:]{0,40}"
    r"(?:keys?|tokens?|密钥|accounts?)"
    r"[^`.:\d]{0,30}https?://[^\s`]+",
    re.IGNORECASE,
)
"""Get a key at https://…"""


def pointer(passage: Passage, context: Context) -> bool:
    """Read a list entry that only points at a file or a page."""
    text = sections.bare(passage.text)
    if _LINK.fullmatch(text) or _KEY_PAGE.fullmatch(text):
        context.accounting.assign(passage.line, "structure")
        return True
    file = re.match(r"^`?(?:[\w-]+/)*[\w-]+\.(?:py|md|json|txt)`?\s*(?:-|:|$)", text)
    page = _PAGE.fullmatch(text)
    if file and passage.block.kind == "item":
        context.accounting.assign(passage.line, "structure")
        return True
    if page and URL.search(page[1]):
        if re.match(r"developer portal", text, re.IGNORECASE):
            for name in context.credentials:
                url = URL.search(page[1])
                context.accounting.claim(passage.line, "credential", name, {"obtain": url[0] if url else ""})
        else:
            context.accounting.assign(passage.line, "structure")
        return True
    return False


def header(passage: Passage, context: Context) -> bool:
    """Read `Authorization: Basic <base64(a:b)>`, `X-Key: <key>`, and what the server reads from a header"""
    text = sections.bare(passage.text)
    headers = re.findall(r"`([A-Z][\w-]+):\s*([^`]+)`", text)
    headers += re.findall(r"`([a-z][\w-]+): ([^`]+)`", text) if _IS_HEADER.search(text) else []
    kind = re.match(r"^(Content-Type):\s*`([^`]+)`$", text) or _CONTENT_TYPE.search(text)
    encoded = re.search(r"base64-encoding `(\w+:\w+)`", text, re.IGNORECASE)
    extracted_from = re.search(r"`(\w+)` is [\w -]*extracted[\w -]* from `?(X-[\w-]+)`?", text)
    row = _header_row(passage) or _named_headers(passage)
    for name, value in [*headers, *([("Content-Type", kind[2])] if kind and not row else [])]:
        context.accounting.claim(passage.line, "header", name, header_facts(name, value))
    for name, facts in row:
        context.accounting.claim(passage.line, "header", name, facts)
    if headers or kind:
        for url in re.findall(r"`(https?://[^`\s]+)`", text):
            if endpoints.BASE.fullmatch(url):  # a sentence on every call names where they go, too
                context.accounting.claim(passage.line, "server", url.rstrip("/"), {})
    if encoded:
        context.accounting.claim(passage.line, "header", "Authorization", {"value": f"Basic <base64({encoded[1]})>"})
    if extracted_from:
        facts = {"value": f"<{extracted_from[1]}>"}
        default = re.search(r"defaults to (\w+)", text)
        if default:
            facts["default"] = default[1]
        context.accounting.claim(passage.line, "header", extracted_from[2], facts)
    return bool(headers or row or kind or extracted_from or encoded)


_CONTENT_TYPE = re.compile(r"^(content[- ]type)(?: is| must be| =)? `([\w.+-]+/[\w.+-]+)`", re.IGNORECASE)
_KEY_WORDS = re.compile(
    r"\b(?:api[ -]?key|key|token|secret|auth\w*|credentials?)\b|密钥|鉴权|认证|令牌|秘钥", re.IGNORECASE
)
_IS_HEADER = re.compile(r"\bheaders?\b|请求头|消息头|头部", re.IGNORECASE)
_HEADER_SPAN = re.compile(r"`([A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)+|Authorization)`")


_BEARER = re.compile(
    r"^(?:(?:auth\w*|security)\s*:|(?:[\w' ]{0,40} )?(?:use|uses|with|send|pass|needs?|requires?|authenticate|by)\b)"
    r"[^.`]{0,40}\bbearer[ -](?:token|auth\w*|key)s?\b[^.`\d]{0,60}\.?$"
    r"|^(?:使用|采用)[^。`]{0,20}bearer[^。`\d]{0,20}$",
    re.IGNORECASE,
)
_KEY_IN_QUERY = re.compile(
    r"`(\w+)`[^.`]{0,30}\bquery(?: string| param\w*)?\b|\bquery(?: string| param\w*)?[^.`]{0,20}`(\w+)`", re.I
)


def key_in_words(passage: Passage, context: Context) -> bool:
    """Read "Use a bearer token."; "Auth: pass `api_key` in the query string." """
    text = plain_characters(sections.bare(passage.text))
    if passage.block.kind not in ("item", "text"):
        return False
    if _BEARER.match(text):
        context.accounting.claim(passage.line, "header", "Authorization", {"scheme": "Bearer", "required": True})
        return True
    match = _KEY_IN_QUERY.search(text)
    name = (match[1] or match[2]) if match else ""
    if not name or not _KEY_NAME.fullmatch(name):
        return False
    context.accounting.claim(passage.line, "credential", name, {"in": "query", "required": True})
    return True


def key_header(passage: Passage, context: Context) -> bool:
    """Read Send the key in the header `X-Key`; Auth: `x-api-key` header; | 鉴权 | Header `X-Token` |"""
    text = " | ".join(passage.block.cells) if passage.block.kind == "row" else sections.bare(passage.text)
    surroundings = f"{passage.label} {passage.headings[-1] if passage.headings else ''} {text}"
    names = list(dict.fromkeys(_HEADER_SPAN.findall(text)))
    if len(names) != 1 or not _IS_HEADER.search(text) or not _KEY_WORDS.search(surroundings):
        return False
    scheme = re.search(r"\b(Bearer|Basic)\b", re.sub(r"`[^`]*`", " ", text)) if names == ["Authorization"] else None
    facts = {"scheme": scheme[1], "required": True} if scheme else {"required": True}
    context.accounting.claim(passage.line, "header", names[0], facts)
    return True


_HEADER_COLUMN = re.compile(r"(?:http )?header(?: name)?s?|请求头|头部?")
_HEADER_LINE = re.compile(
    r"`?([A-Z]\w*(?:-\w+)+|Authorization)`?\s*:\s*`([^`]+)`\s*(?:\((?:required|mandatory|必填)\))?\.?", re.IGNORECASE
)


_NAMED_IN_A_LIST = re.compile(r"`([A-Za-z][\w-]*)`\s*(?:[:=(-]|是|为)\s*([^;]+?)\s*\)?\s*(?=;|$)")


def _named_headers(passage: Passage) -> list[tuple[str, dict[str, Any]]]:
    """Read Headers: `X-Key`: your key; `Content-Type`: `application/json`; or one of them under such a title."""
    text = plain_characters(sections.bare(passage.text))
    label, _, listed = text.partition(":") if not text.startswith("`") else ("", "", text)
    titles = (label,) if label else (passage.sub, passage.label, *passage.headings[-1:])
    if passage.block.kind not in ("item", "text") or not any(
        _HEADERS_TITLE.fullmatch(title.strip("*: ")) for title in titles
    ):
        return []
    rows = [(match[1], match[2].strip()) for match in _NAMED_IN_A_LIST.finditer(listed.strip(" ."))]
    if not rows or re.sub(r"[\s;.)]", "", _NAMED_IN_A_LIST.sub("", listed)):
        return []
    return [(name, _named_facts(name, words)) for name, words in rows]


_HEADERS_TITLE = re.compile(
    r"(?:(?:http|request|base|common|required) )?headers?|(?:公共|请求)?(?:请求头|消息头|头部)(?:参数)?", re.IGNORECASE
)


def _named_facts(name: str, words: str) -> dict[str, Any]:
    """Return what the words about a header state: its value in a code span, or whether it must be sent."""
    value = re.fullmatch(r"`([^`]+)`.{0,20}", words)
    if value:
        return header_facts(name, value[1])
    optional = re.search(r"\boptional\b|可选|选填", words, re.IGNORECASE)
    required = re.search(r"\b(?:required|mandatory|must)\b|必[填选传需]", words, re.IGNORECASE)
    is_key = re.search(r"key|token|secret|auth", name, re.IGNORECASE)
    return {"required": not optional} if optional or required or is_key else {}


def _header_row(passage: Passage) -> list[tuple[str, dict[str, Any]]]:
    """Read | `X-Key` | `<key>` |, in a table of headers; - X-Key: `<key>`, in a list of them"""
    cells = [plain_characters(cell).strip("`* ") for cell in passage.block.cells]
    if passage.block.kind == "row":
        if len(cells) < 2 or not _HEADER_COLUMN.fullmatch("".join(passage.block.header[:1])):
            return []
        name, facts = cells[0], _row_facts(passage.block.header, cells)
    else:
        match = _HEADER_LINE.fullmatch(plain_characters(sections.bare(passage.text)))
        name, value = (part.strip("`* ") for part in match.groups()) if match else ("", "")
        facts = header_facts(name, value) if value else {}
    return [(name, facts)] if re.fullmatch(r"[A-Za-z][\w-]*", name) and facts else []


_REQUIRED_COLUMN = re.compile(r"required\??|mandatory|必填|必需|是否必[填需]")
_NO_VALUE_COLUMN = re.compile(r"type|description|meaning|notes?|类型|说明|描述")
_YES = re.compile(r"(?:yes|true|required|mandatory|y)\b|是|必|[✓✔]", re.IGNORECASE)


def _row_facts(titles: Sequence[str], cells: Sequence[str]) -> dict[str, Any]:
    """Return what a row of a table of headers states: the value, and whether it is required where a column says so."""
    rest = list(zip(titles[1:], cells[1:], strict=False))
    required = [bool(_YES.match(cell)) for title, cell in rest if _REQUIRED_COLUMN.fullmatch(title)]
    if not required:
        return header_facts(cells[0], cells[1]) if cells[1] else {}
    values = [
        cell
        for title, cell in rest
        if cell and not _REQUIRED_COLUMN.fullmatch(title) and not _NO_VALUE_COLUMN.fullmatch(title)
    ]
    return {"required": required[0], **(header_facts(cells[0], values[0]) if values else {})}


_PLACEHOLDER = re.compile(
    r"\$\{?\w+\}?|<[^<>]+>|\{\{?[\w .-]+\}?\}|%\w+%|\[[\w .-]+\]|(?:your|my|the)[-_ ][\w-]+"
    r"|(?:[a-z]{1,6}-)?(?:x{3,}|\*{3,}|\.{3,})",
    re.IGNORECASE,
)


_NECESSITY = re.compile(r"(?:(required|mandatory|必填|必需)|optional|not required|可选|选填)(?![\w-])", re.IGNORECASE)
"""In the place of a value: whether the header must be sent."""


def header_facts(name: str, value: str) -> dict[str, Any]:
    """Return what a header line states.

    The place for a key is a place whatever the key is called there: it is required.
    """
    scheme = re.fullmatch(r"(Bearer|Basic|Token|Key)\s+(.+)", value.strip())
    if scheme and _PLACEHOLDER.fullmatch(scheme[2]) and "base64" not in scheme[2]:
        return {"scheme": scheme[1], "required": True}
    if necessity := _NECESSITY.match(value.strip()):
        return {"required": necessity[1] is not None}
    if _PLACEHOLDER.fullmatch(value.strip()) and re.search(r"key|token|secret|auth", name, re.IGNORECASE):
        return {"required": True}
    return {"value": value}


def credential(passage: Passage, context: Context) -> bool:
    """Read lines such as Credentials: `app_key`, `app_secret`; a table of environment variables; Auth: none"""
    text = sections.bare(passage.text)
    if re.match(r"^auth:\s*none\b", text, re.IGNORECASE):
        context.accounting.claim(passage.line, "credential", "none", {"required": False})
        return True
    cells = dict(zip(passage.block.header, passage.block.cells, strict=False))
    if "variable" in cells:
        name = cells["variable"].strip("`")
        facts = {"variable": name, "required": "yes" in cells.get("required", "").lower()}
        page = URL.search(passage.text)
        if page:
            facts["obtain"] = page[0]
        context.accounting.claim(passage.line, "credential", name, facts)
        header = re.search(r"as `(X-[\w-]+)` header", passage.text)
        if header:
            context.accounting.claim(passage.line, "header", header[1], {"value": f"<{name}>"})
        return True
    listed = re.match(r"^(?:sensitive |required )?credentials?(?: required)?:\s*(.+)$", text, re.IGNORECASE)
    names = re.findall(r"`(\w+)`", listed[1]) if listed else []
    for name in names:
        context.accounting.claim(passage.line, "credential", name, {"required": True})
    for sent_as in re.findall(r"used as `(X-[\w-]+)`", text) if names else ():
        context.accounting.claim(passage.line, "header", sent_as, {"value": f"<{names[0]}>"})
    return bool(names)


RULES = (
    endpoint,
    facts_of_section,
    request,
    form,
    poll_pauses.pauses,
    poll_pauses.polling,
    server,
    capability,
    header,
    credential,
    key_header,
    key_in_words,
    pointer,
)
