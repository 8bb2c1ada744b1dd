"""Request lines: method and URL of an operation, however a document lays them out, and what operations are called.

`POST https://…`, "Endpoint: …" with "Method: …", a table of them, a curl command, a sentence that says where to send.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import takewhile
from urllib.parse import urlsplit

from codegen.documents.blocks import Block
from codegen.documents.vocabulary import is_general, one_language, plain_characters, simplified

METHODS = "GET|POST|PUT|PATCH|DELETE"
CALL = re.compile(rf"^\s*({METHODS})\s+(\S+)")
"""A method and what stands behind it, at the beginning of a line."""
_SLOT = r"(?:\$?\{\{?[ \w-]{1,40}\}?\}|<[\w -]{1,40}>|\$[A-Za-z_]\w{0,40})"
_URL = rf"https?://(?:[^\s`'\"|<>(){{}}\[\],;$\\]|{_SLOT}){{1,400}}"
_PATH = rf"/(?:[\w.~:@%-]|/|{_SLOT}){{1,200}}(?:\?(?:[\w.~%=&[\]-]|{_SLOT}){{1,200}})?"
_URL_OR_PATH = rf"(?:{_URL}|{_PATH})"
_URL_LABEL = (
    r"(?:(?:api|request|http|rest|full|target|post|get|status|query|poll(?:ing)?|task|create|submit|"
    r"(?:(?:task|job) )?(?:creation|submission|result)) )?"
    r"(?:endpoint|url|uri|address|route|path|api)"
    r"(?: url| uri| path| address)?|(?:请求|接口|调用|api|API)? ?(?:地址|路径|url|URL|接口|端点)"
)
_METHOD_LABEL = r"(?:http |request )?(?:method|verb)|(?:请求|HTTP|http|调用)? ?(?:方式|方法|类型)"
_LABELLED = re.compile(
    rf"(?P<label>{_URL_LABEL}) ?[:=-]? ?`?(?:(?P<method>{METHODS})`? `?)?(?P<url>{_URL_OR_PATH})`?\.?",
    re.IGNORECASE,
)
_LED_BY_METHOD = re.compile(
    rf"(?:[\w /()-]{{0,40}}(?:\(`[\w.-]+`\))?: ?)?`?(?P<method>{METHODS})`? `?(?P<url>{_URL_OR_PATH})`?(?: - .*|\.)?"
)
_SENTENCES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?P<method>{METHODS})\b`?(?: requests?)?(?: is sent)?(?: to| at| 到| 请求到?)? ?:? ?`?(?P<url>{_URL})",
        rf"`?(?P<url>{_URL})`? ?(?:\(`?|[·•|,;-] ?`?)(?P<method>(?-i:{METHODS}))\b`?\)?",
        rf"`?(?P<url>{_URL})`? ?(?:发送|发起|使用|以|采用|,? (?:using|via|with|by)) ?(?:an? )?(?:HTTP )?`?"
        rf"(?P<method>{METHODS})\b",
    )
)
_TO_A_PATH = re.compile(
    rf"\b(?P<method>{METHODS})\b`?(?: requests?)?(?: is sent)?(?: to| at| on)? ?:? ?`(?P<url>{_PATH})`"
)
"""To upscale, POST to `/upscale`"""
_CODED = re.compile(rf"`(?P<method>{METHODS}) (?P<url>{_URL_OR_PATH})`")
"""Start with `POST /upscale`, which takes a form"""
_METHOD_LINE = re.compile(rf"(?:{_METHOD_LABEL}) ?[:=-]? ?`?(?P<method>{METHODS})`?\.?", re.IGNORECASE)
_URL_COLUMN = re.compile(_URL_LABEL, re.IGNORECASE)
_METHOD_COLUMN = re.compile(_METHOD_LABEL, re.IGNORECASE)
_CURL_METHOD = re.compile(r"(?:--request|-X)[ =]?['\"]?([A-Z]+)")
CURL_GET = re.compile(r"(?:^|\s)(?:-G|--get|-sG|-Gs)\b")
_CURL_DATA = re.compile(r"(?:--data(?:-raw|-binary|-urlencode)?|-d|--json)[ =]")
_PLAIN_HEADING = re.compile(
    r"(?:\d+(?:\.\d+)*[.)]? )?(?:http )?(?:endpoint|url|request(?: line| url| method)?|method(?: and url| & url)?|api|"
    r"(?:请求|接口)?(?:地址|方式|接口|说明|信息)|请求)s?",
    re.IGNORECASE,
)
"""Headings that name a part of an operation's section, so that what stands under them is about the heading above."""


_ID = re.compile(r"(?:^|_)(?:uu)?id(?:_|$)|^task$|^job$|编号")
_OF_SEVERAL = re.compile(r"(?:^|_)(?:endpoint|operation|action|api|path|model|type|kind|feature|effect)s?(?:_|$)")
"""What a placeholder at the end of a URL is called that stands for one of several operations."""
BASE = re.compile(r"https?://[^/{}]+(?:/(?:v\d+(?:\.\d+)?|api|openapi|open-api|open|rest|public))*/?")
"""A URL that ends where those of operations begin."""


@dataclass(frozen=True)
class RequestLine:
    """The method and URL of an operation in one block."""

    url: str
    """A URL, or a path below the base URL; placeholders as {name}."""
    method: str | None = None
    query: tuple[str, ...] = ()
    """The names in its query."""


@lru_cache(maxsize=20_000)
def request_line(block: Block) -> RequestLine | None:
    """Return the request that a block states, or None."""
    if block.kind == "fence":
        return _of_fence(block.text)
    if block.kind == "row":
        return _of_row(block)
    if block.kind == "heading":
        match = re.search(rf"`?(?P<method>{METHODS})`? `?(?P<url>{_URL_OR_PATH})", _plain(block.text))
        return _line(match) if match else None
    text = _plain(block.text)
    match = _LABELLED.fullmatch(text) or _LED_BY_METHOD.fullmatch(text)
    if match:
        return _line(match)
    if text.count("://") == 1:
        for pattern in _SENTENCES:
            if match := pattern.search(text):
                return _line(match)
    for pattern in (_CODED, _TO_A_PATH):
        matches = list(pattern.finditer(text))
        if len(matches) == 1:
            return _line(matches[0])
    return None


def method_line(block: Block) -> str | None:
    """Return the method that a block states by itself: Method: POST; a row of a table of properties."""
    if block.kind == "row":
        cells = [one_language(_plain(cell).strip("`")) for cell in block.cells]
        rows = (tuple(cells[:2]), tuple(one_language(_plain(title)) for title in block.titles[:2]))
        methods = (row[1].upper() for row in rows if len(row) == 2 and _METHOD_COLUMN.fullmatch(row[0]))
        return next((method for method in methods if re.fullmatch(METHODS, method)), None)
    match = _METHOD_LINE.fullmatch(_plain(block.text)) if block.kind in ("item", "text") else None
    return match["method"].upper() if match else None


_METHOD_ABOVE = re.compile(
    rf"[\w ,]{{0,40}}\b`?(?P<method>(?-i:{METHODS}))`? request[\w ,]{{0,30}}\b(?:to|at|on):", re.IGNORECASE
)


def led_by_method(above: Block, fence: Block) -> Block:
    """Return a fence that holds a URL alone with the method of the line above it: Send a POST request to:"""
    match = _METHOD_ABOVE.fullmatch(_plain(above.text)) if above.kind == "text" and fence.kind == "fence" else None
    if not match or not re.fullmatch(rf"\s*{_URL}\s*", fence.text):
        return fence
    return replace(fence, text=f"{match['method']} {fence.text.strip()}")


def _plain(text: str) -> str:
    bare = re.sub(r"\*\*|__|\s+", lambda match: " " if match[0].isspace() else "", plain_characters(text)).strip()
    return simplified(bare)


def _line(match: re.Match[str]) -> RequestLine | None:
    whole, _, query = match["url"].partition("?")
    url = canonical(whole)
    if not match["method"] and BASE.fullmatch(url):
        return None  # the base of the URLs of operations
    if re.search(r"\.(?:html?|md|pdf|png|jpe?g|mp4)$", url) or not _segments(url):
        return None
    last = re.search(r"\{(\w+)\}$", url)
    if last and not _ID.search(last[1]) and (_OF_SEVERAL.search(last[1]) or not match["method"]):
        return None  # a pattern for several operations: …/<endpoint>
    names = tuple(name for name in re.findall(r"(?:^|&)([\w.[\]-]+)=", query))
    return RequestLine(url, match["method"].upper() if match["method"] else None, names)


def _of_row(block: Block) -> RequestLine | None:
    """Return a row of a table of operations, or the row of a table of properties that names the URL."""
    cells = [one_language(_plain(cell).strip("`")) for cell in block.cells]
    url = next((cells[i] for i, title in _columns(block, len(cells)) if _URL_COLUMN.fullmatch(title)), "")
    method = next((cells[i] for i, title in _columns(block, len(cells)) if _METHOD_COLUMN.fullmatch(title)), "")
    titles = [one_language(_plain(title).strip("`")) for title in block.titles[:2]]
    if len(cells) == 2 and _URL_COLUMN.fullmatch(titles[0]) and "/" in titles[1]:
        url = titles[1]  # a table of properties has no titles: its first row stands there
    if len(cells) == 2 and _URL_COLUMN.fullmatch(cells[0]):
        url = cells[1]
    led = rf"(?P<method>{METHODS})`? `?(?P<url>{_URL_OR_PATH})"
    behind = re.fullmatch(rf"(?P<url>{_URL_OR_PATH})`? ?\(?`?(?P<method>{METHODS})`?\)?", url)
    both = behind or re.fullmatch(led, url) or next(filter(None, (re.fullmatch(led, cell) for cell in cells)), None)
    if both:
        return _line(both)
    match = re.fullmatch(rf"(?P<url>{_URL_OR_PATH})(?P<method>)", url)
    line = _line(match) if match else None
    if line is None:
        return None
    return replace(line, method=method.upper() if re.fullmatch(METHODS, method.upper()) else None)


def _columns(block: Block, width: int) -> list[tuple[int, str]]:
    return [(index, title.strip("`")) for index, title in enumerate(block.header[:width])]


def _of_fence(text: str) -> RequestLine | None:
    """Return the first line of a raw request, or a curl command."""
    raw = re.match(rf"\s*(?P<method>{METHODS}) (?P<url>{_URL_OR_PATH})", text)
    if raw:
        return _line(raw)
    if code := _of_code(text):
        return code
    if not re.search(r"(?:^|[\s$])curl\s", text[:2000]):
        return None
    match = re.search(rf"(?P<url>{_URL})(?P<method>)", text)
    line = _line(match) if match else None
    if line is None:
        return None
    option = _CURL_METHOD.search(text)
    sends = _CURL_DATA.search(text) and not CURL_GET.search(text)
    method = option[1] if option else "POST" if sends else "GET"
    return replace(line, method=method)


_CALL_OF = re.compile(
    rf"\b(?:requests|httpx|axios|session|client|http)\.(?P<method>get|post|put|patch|delete)\(\s*(?:url\s*=\s*)?"
    rf"f?[\"'`](?P<url>{_URL})[\"'`]"
    rf"|\b(?:requests|httpx)\.request\(\s*[\"'](?P<named>{METHODS})[\"'],\s*f?[\"'](?P<at>{_URL})[\"']"
)
_FETCH = re.compile(rf"\bfetch\(\s*[\"'`](?P<url>{_URL})[\"'`]")
_FETCH_METHOD = re.compile(rf"\bmethod\s*:\s*[\"'](?P<method>{METHODS})[\"']")


def _of_code(text: str) -> RequestLine | None:
    """Return the one request that Python or JavaScript sends: requests.post("https://…"), fetch("https://…", {…})."""
    calls, fetches = list(_CALL_OF.finditer(text)), list(_FETCH.finditer(text))
    if len(calls) + len(fetches) != 1:
        return None
    call = (calls or fetches)[0]
    option = _FETCH_METHOD.search(text, call.end()) if fetches else None
    method = (calls[0]["method"] or calls[0]["named"]).upper() if calls else option["method"] if option else "GET"
    url = call["url"] or call["at"]
    match = re.fullmatch(rf"(?P<url>{_URL})(?P<method>)", url)
    line = _line(match) if match else None
    return replace(line, method=method) if line else None


def canonical(url: str) -> str:
    """Return a URL with its placeholders as {snake_case}, however the document writes them."""
    text = re.sub(r"(?:\$?\{\{?|<)\s{0,9}([\w -]{1,40}?)\s{0,9}(?:\}\}?|>)", lambda slot: f"{{{_snake(slot[1])}}}", url)
    text = re.sub(r"(?<=/)\$([A-Za-z_]\w*)", lambda slot: f"{{{_snake(slot[1])}}}", text)
    text = re.sub(r"(?<=/)((?:[A-Z]+_)+(?:ID|UUID|KEY|NAME))(?=/|$)", lambda slot: f"{{{_snake(slot[1])}}}", text)
    text = re.sub(r"(?<=/):([A-Za-z_]\w*)", lambda slot: f"{{{_snake(slot[1])}}}", text)
    return text.rstrip(".`").rstrip("/")


def _snake(name: str) -> str:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip()).lower()
    return re.sub(r"[ -]+", "_", re.sub(r"^(?:your|my|the)[_ -]", "", words))


def shape(url: str) -> str:
    """Return the path of a URL, whatever its host and placeholders: URLs of one shape are one operation's."""
    return re.sub(r"\{\w*\}", "{}", urlsplit(canonical(url)).path)


def _segments(url: str) -> list[str]:
    return [part for part in urlsplit(url).path.split("/") if part and "{" not in part]


@dataclass(frozen=True)
class OperationUrls:
    """Which operation is at which URL, over all documents of an import."""

    operations: Mapping[str, str] = field(default_factory=dict)
    """Shape of a URL, and "METHOD shape" where several methods share one → operation."""
    described: Mapping[str, str] = field(default_factory=dict)
    """Shape → URL as the API description writes it."""
    stated: frozenset[str] = frozenset()
    """Every URL as a document writes it."""

    @cached_property
    def spellings(self) -> frozenset[str]:
        """Every end of every known URL: a code span that repeats one states nothing new."""
        paths: set[str] = set()
        for at in (*self.operations, *self.described.values(), *self.stated):
            path = re.sub(r"^[A-Z]+ ", "", at)
            segments = [part for part in urlsplit(path).path.split("/") if part]
            paths.update("/".join(segments[index:]) for index in range(len(segments)))
            paths.update("/" + "/".join(segments[index:]) for index in range(len(segments)))
        return frozenset(paths)

    def operation(self, line: RequestLine) -> str | None:
        """Return the operation that a request line is about."""
        at = shape(line.url)
        name = self.operations.get(f"{line.method} {at}") or self.operations.get(at)
        return name or (self.operations.get(f"POST {at}") if line.method == "PUT" else None)

    def at(self, url: str) -> frozenset[str]:
        """Return the operations at a URL, whatever their methods."""
        return frozenset(name for where, name in self.operations.items() if where.rpartition(" ")[2] == shape(url))

    def ending(self, path: str) -> str | None:
        """Return the operation whose URL ends with a path: generation/result/{task_id}."""
        end = "/" + shape("/" + path.lstrip("/")).lstrip("/")
        names = {operation for at, operation in self.operations.items() if at.endswith(end)}
        return names.pop() if len(names) == 1 else None

    def written(self, url: str) -> str:
        """Return a URL with the placeholders that the API description has for it."""
        described = self.described.get(shape(url), url)
        own, other = urlsplit(url).netloc.lower(), urlsplit(described).netloc.lower()
        return url if own and other and own != other else described


def of_one_method(texts: Iterable[Sequence[Block]]) -> frozenset[str]:
    """Return the shapes of URLs that documents give to POST here and to PUT there: one operation, with two readings.

    A document that states both under a title each has two operations.
    """
    titles: dict[str, dict[str, set[tuple[int, str]]]] = defaultdict(lambda: defaultdict(set))
    for number, blocks in enumerate(texts):
        title = ""
        for block in blocks:
            title = block.text if block.kind == "heading" else title
            if (line := request_line(block)) and line.method in ("POST", "PUT"):
                name = next(iter(_names_of(block)), title) if block.kind in ("row", "item") else title
                titles[shape(line.url)][line.method].add((number, name))
    return frozenset(
        at for at, by_method in titles.items() if len(by_method) == 2 and not _are_two(*by_method.values())
    )


def _are_two(post_titles: set[tuple[int, str]], put_titles: set[tuple[int, str]]) -> bool:
    return any(one == other and title != name for one, title in post_titles for other, name in put_titles)


def identify(
    lines: Iterable[RequestLine], described: Mapping[str, str], alike: Container[str] = frozenset()
) -> OperationUrls:
    """Name the operation of each URL: as the API description does (`described`: URL → operation), or by its
    last segments, as many as no other URL has. `alike` has the shapes whose POST and PUT are one operation."""
    operations = {shape(url): operation for url, operation in described.items()}
    methods: dict[str, set[str]] = defaultdict(set)
    partial: set[str] = set()
    lines = tuple(lines)
    for line in lines:
        at = shape(line.url)
        if at not in operations:
            method = "POST" if line.method == "PUT" and at in alike else line.method
            methods[at].update([method] if method else [])
            partial.update([at] if line.url.startswith("/") else [])
    wholes = _wholes(methods, partial, operations)
    for at, whole in wholes.items():
        methods[whole] |= methods[at]
    names = _names(sorted(set(wholes.values()) - operations.keys()), frozenset(operations.values()))
    for at, whole in wholes.items():
        if whole in operations:
            operations[at] = operations[whole]
        elif len(methods[whole]) > 1:
            operations |= {
                f"{method} {at}": names[whole] if method == "POST" else f"{method.lower()}-{names[whole]}"
                for method in sorted(methods[whole])
            }
    operations |= {at: names[whole] for at, whole in wholes.items() if whole in names and len(methods[whole]) <= 1}
    lines_urls = frozenset(line.url for line in lines)
    return OperationUrls(operations, {shape(url): url for url in described}, lines_urls)


def with_placeholder(line: RequestLine, shapes: Container[str], ids: Mapping[str, str]) -> RequestLine:
    """Return a request for /songs/s1 as one for /songs/{song}, where example replies have `"song": "s1"`."""
    above, _, last = line.url.rpartition("/")
    name = ids.get(last)
    if name is None or line.method not in ("GET", "DELETE") or shape(above) not in shapes:
        return line
    return replace(line, url=f"{above}/{{{_snake(name)}}}")


def _wholes(methods: Mapping[str, set[str]], partial: set[str], described: Mapping[str, str]) -> dict[str, str]:
    """Return each path → the longer one that it is the end of, where one document writes a path below its base URL."""
    by_part: dict[str, str] = {}
    for at in methods:
        longer = {other for other in (*methods, *described) if other != at and other.endswith(at)}
        by_part[at] = longer.pop() if at in partial and len(longer) == 1 else at
    return by_part


def _names(urls: Sequence[str], reserved: frozenset[str]) -> dict[str, str]:
    """Return URL → its last segment; where several end alike, as many segments as distinguish them."""
    names: dict[str, str] = {}
    alike = Counter(tuple(_segments(at)) for at in urls)
    for count in range(1, 12):
        tried: dict[str, str] = {}
        for at in urls:
            if at not in names:
                segments = _segments(at)
                item = ["item"] if alike[tuple(segments)] > 1 and at.endswith("}") else []
                tried[at] = "-".join([*segments[-count:], *item])
        often = Counter(tried.values())
        for at, name in tried.items():
            if often[name] == 1 and name not in reserved and name not in names.values():
                names[at] = name
    return {at: names.get(at, "-".join(_segments(at))) for at in urls}


def of_sections(blocks: Sequence[Block]) -> dict[int, RequestLine]:
    """Return line of a heading → the one request that its section states; a section ends at the next heading."""
    by_line: dict[int, RequestLine] = {}
    for chain, inside in _sections(blocks):
        if not chain:
            continue
        stating = [block for block in inside if block.kind != "fence" or not is_general(chain[-1].text)]
        requests = [(line, _is_report(block)) for block in stating if (line := request_line(block))]
        lines = [line for line, _ in requests]
        if not any(_REPORTS.search(block.text) for block in chain):
            started = [line for line, is_report in requests if not is_report]
            lines = started if len(chain) == 1 or not started else lines
        methods = [method for block in inside if (method := method_line(block))]
        own = request_line(chain[-1])
        lines = [own] if own else lines
        if len({shape(line.url) for line in lines}) != 1:
            continue
        own_method = next((line.method for line in lines if line.method), None) or next(iter(methods), None)
        if own_method is None and not any(_LABELLED.fullmatch(_plain(block.text)) for block in inside):
            continue
        heading = chain[-1]
        title = _plain(heading.text).rstrip(":")
        owner = chain[-2] if len(chain) > 1 and _PLAIN_HEADING.fullmatch(title) else heading
        by_line.setdefault(owner.line, RequestLine(lines[0].url, own_method))
    return by_line


_REPORTS = re.compile(r"\b(?:status|result|query|poll(?:ing)?)|查询|结果|状态", re.IGNORECASE)


def _is_report(block: Block) -> bool:
    """Return whether a line names the URL that reports on tasks by its label: Result endpoint: https://…"""
    match = _LABELLED.fullmatch(_plain(block.text)) if block.kind in ("item", "text") else None
    return match is not None and _REPORTS.search(match["label"]) is not None


_NAME_COLUMN = re.compile(
    r"(?:(?:operation|endpoint|api|interface|call|step)(?: name)?|name|purpose|function|action|description"
    r"|名称|接口(?:名称)?|功能|操作|用途|说明)"
)


_WORDS = re.compile(r"[^/]*[^\W\d_]{2}[^/]*")
"""A cell that names an operation, and holds no URL."""


def titled(blocks: Sequence[Block]) -> dict[int, RequestLine]:
    """Return line of a heading → the request that a table or a list names by its words: | Create task | POST | … |"""
    requests: dict[str, set[RequestLine]] = defaultdict(set)
    for block in blocks:
        line = request_line(block) if block.kind in ("row", "item") else None
        for name in _names_of(block) if line else ():
            requests[_title(name)].update([line] if line else [])
    by_line: dict[int, RequestLine] = {}
    for block in blocks:
        lines = requests.get(_title(block.text), set()) if block.kind == "heading" else set()
        if len(lines) == 1:
            by_line[block.line] = next(iter(lines))
    return by_line


def _names_of(block: Block) -> list[str]:
    """Return the words by which a row or an item names the request that it states."""
    if block.kind == "row":
        titled_cells = zip(block.header, block.cells, strict=False)
        names = [cell for title, cell in titled_cells if _NAME_COLUMN.fullmatch(title) and _WORDS.fullmatch(cell)]
        is_named = block.cells and _WORDS.fullmatch(block.cells[0]) and block.cells[0] not in METHODS.split("|")
        return names or ([block.cells[0]] if is_named else [])
    match = re.match(rf"\*\*([^*`]{{2,60}})\*\*|([A-Z][\w ]{{1,60}}?) ?(?=[:(-] ?`?(?:{METHODS}|/|http))", block.text)
    return [group for group in match.groups() if group] if match else []


def _title(text: str) -> str:
    """Return the words of a title without its number, marks and case."""
    bare = re.sub(r"^\W*(?:\d+(?:\.\d+)*[.)、]?\s+)?", "", _plain(text).lower())
    return " ".join(re.findall(r"\w+", bare))


def of_paragraphs(blocks: Sequence[Block]) -> dict[int, RequestLine]:
    """Return line of a paragraph of several sentences → the one request that they state."""
    texts: dict[int, list[Block]] = defaultdict(list)
    for block in blocks:
        if block.kind == "text":
            texts[block.line].append(block)
    by_line = {line: [one for row in rows if (one := request_line(row))] for line, rows in texts.items() if rows[1:]}
    return {
        line: lines[0]
        for line, lines in by_line.items()
        if len(lines) == 1 and lines[0].method and _begins_with_a_request(texts[line])
    }


def _begins_with_a_request(sentences: Sequence[Block]) -> bool:
    """Return whether no sentence before the request names anything: it would be about another operation."""
    before = takewhile(lambda row: request_line(row) is None, sentences)
    return not any("`" in row.text for row in before)


_LEAD = re.compile(r"(?:[^`]{1,60}(?:\(?`[\w.-]+`\)?)?[:.-] ?)?`?$")
"""What may stand before a request that begins a part of a section: a few words, as a title."""


_PATTERN = re.compile(
    rf"(?:`?(?P<method>{METHODS})`? ?(?:to |at )?)?`?(?P<base>{_URL}/|{_PATH}/)[{{<](?P<slot>[\w -]{{1,40}})[}}>]`?"
)
_HEADED_BY_CODE = re.compile(
    r"(?:\d+(?:\.\d+)*[.)]? )?(?:[^`]{0,60}[ (（])?`(?P<name>[A-Za-z][\w.]*(?:-[\w.]+)+)`[)）]?"
)


def patterned(blocks: Sequence[Block]) -> dict[int, RequestLine]:
    """Return line of a heading → its request, where one URL has a place for the model that each heading names."""
    matches = [match for block in blocks if block.kind != "fence" for match in _PATTERN.finditer(_plain(block.text))]
    parts = {(match["method"], match["base"], match["slot"]) for match in matches if _OF_SEVERAL.search(match["slot"])}
    if len({base for _, base, _ in parts}) != 1:
        return {}
    base = next(iter(parts))[1]
    method = next((method.upper() for method, _, _ in parts if method), None)
    headings = [
        (block.line, _HEADED_BY_CODE.fullmatch(_plain(block.text))) for block in blocks if block.kind == "heading"
    ]
    return {line: RequestLine(f"{base}{match['name']}", method) for line, match in headings if match}


def starts(blocks: Sequence[Block]) -> dict[int, RequestLine]:
    """Return line → the request there, in sections that state several one after the other, each with what follows.

    A list of requests without anything between them starts nothing. Before any heading one request is enough.
    """
    by_line: dict[int, RequestLine] = {}
    for chain, inside in _sections(blocks):
        if chain and request_line(chain[-1]):
            continue
        rows = [(index, line) for index, block in enumerate(inside) if (line := _starting(block))]
        least = 2 if chain else 1  # before any heading one request has no title of its own
        if len({(line.method, shape(line.url)) for _, line in rows}) < least or not (chain or rows[0][1].method):
            continue
        first = [_with_method(inside, index) for index, _ in rows]
        ends = [*first[1:], len(inside)]
        follows = [
            any(one.kind in ("item", "row", "fence") for one in inside[index + 1 : end] if not request_line(one))
            for (index, _), end in zip(rows, ends, strict=True)
        ]
        if all(follows[:-1]) and (chain or any(follows)):
            by_line |= {inside[at].line: line for at, (_, line) in zip(first, rows, strict=True)}
    return by_line


def _starting(block: Block) -> RequestLine | None:
    """Return the request that a block begins with, after a few words at most."""
    line = request_line(block) if block.kind in ("text", "item", "fence") else None
    if line is None or block.kind == "fence":
        return line
    text = _plain(block.text)
    at = re.search(rf"(?:\b(?:{METHODS})\b`? ?`?)?{_URL_OR_PATH}", text)
    return line if at and _LEAD.fullmatch(text[: at.start()]) else None


def _with_method(inside: Sequence[Block], index: int) -> int:
    """Return the index of the line "Method: POST" right before a URL, unless it belongs to a URL before it."""
    before = inside[index - 1] if index else None
    if before is None or not method_line(before):
        return index
    return index if index > 1 and request_line(inside[index - 2]) else index - 1


def _sections(blocks: Sequence[Block]) -> Iterable[tuple[tuple[Block, ...], list[Block]]]:
    """Yield the headings above each section, outermost first, and the blocks that stand directly in it."""
    chain: list[Block] = []
    inside: list[Block] = []
    for block in blocks:
        if block.kind != "heading":
            inside.append(block)
            continue
        yield tuple(chain), inside
        while chain and chain[-1].level >= block.level:
            chain.pop()
        chain.append(block)
        inside = []
    yield tuple(chain), inside
