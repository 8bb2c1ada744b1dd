"""Hosts that a document names in code, in JSON or in prose: where requests and keys go is never left unsaid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codegen.documents.vocabulary import plain_characters

SERVER = re.compile(
    r"^\W*(?:base|root)\W*$"
    r"|\b(?:gateway|host|hostname|domain|base(?: api)? ur[li]|base address|base path|root url|server|api root"
    r"|service url"
    r"|production|prod(?: url)?|(?:everything|all|all of (?:it|them)) goes? to|called (?:at|on|under)"
    r"|(?:lives?|hosted|served|available|reachable|located|exposed|runs?) (?:at|from|under|on)"
    r"|(?:endpoints?|paths?|urls?|routes?|requests?|calls?) (?:\w+ ){0,4}"
    r"(?:relative to|below|under|start with|begin with|go to|sent to))\b"
    r"|域名|基础地址|基地址|根地址|服务地址|接口地址|请求地址|接入地址|网关|服务器|基础 ?(?:url|网址)",
    re.IGNORECASE,
)
"""Words before a URL that say that requests go there."""
OTHER_PAGE = re.compile(
    r"\b(?:docs?|documentation|portal|console|purchase|pricing|homepage|support|website|get (?:a|your|an)|sign up"
    r"|keys? (?:is|are) (?:made|created|issued|managed)"
    r"|obtain|download|image|video|example)s?\b|文档|官网|控制台|申请",
    re.IGNORECASE,
)
"""Words before a URL that say that it is a page for people, or a file."""
_MORE_PAGES = re.compile(
    r"\b(?:see|visit|read|learn|details|terms|policy|privacy|guide|blog|github|register|apply|contact|changelog|faq"
    r"|help|source|repository|overview|platform|reference)\b|参见|详见|查看|注册|联系",
    re.IGNORECASE,
)
_PAGE_PATH = re.compile(
    r"/(?:docs?|documentation|terms|privacy|pricing|help|blog|faq|legal|support)\b|\.html?\b", re.IGNORECASE
)
_CALLED = re.compile(
    r"(?:curl|wget|https?ie|\bhttp|fetch|axios|request|requests|httpx|session|client|post|get|put|open|connect)\b[^\n]{0,400}?"
    r"(?P<url>https?://[^\s'\"`<>),;\\]+)",
    re.IGNORECASE,
)
_HOST = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){2,6}[a-z]{2,12}(?::\d{2,5})?"
_KEY = re.compile(
    rf"(?<![\w.-])(?P<key>[\w.-]{{0,60}})[\"']?\s{{0,4}}(?::|=|=>)\s{{0,4}}[\"']?(?P<url>https?://[^\s'\"`<>),;]+|{_HOST}(?![\w/.-]))",
    re.IGNORECASE,
)
_OF_A_BASE = re.compile(r"base|host|endpoint|server|domain|gateway|origin|api_?ur[li]|api_?root", re.IGNORECASE)
_OF_ANY_URL = re.compile(r"ur[li]|api", re.IGNORECASE)
_OF_SOMETHING_ELSE = re.compile(
    r"callback|webhook|notify|image|video|audio|file|cover|picture|mask|download|upload|doc|site|home|proxy|result"
    r"|output|png|svg|cdn|redirect|referer",
    re.IGNORECASE,
)
_ALONE = re.compile(r"\s*(https?://[^\s'\"`<>),;|]+)\s*")
_HOST_HEADER = re.compile(rf"\s*Host:\s*({_HOST})\s*", re.IGNORECASE)
_FILE = re.compile(r"\.(?:png|jpe?g|webp|gif|mp4|mov|webm|mp3|wav|m4a|pdf|zip|svg)(?:\?|$)", re.IGNORECASE)
_TEXT = frozenset({"", "text", "txt", "http", "url", "plaintext", "none"})
_URL = re.compile(r"https?://[^\s`'\"|<>(),;，。；）\\]+")
_JSON_SPAN = re.compile(r"`[\[{][^`]*[\]}]`")
_BARE = re.compile(
    rf"(?<![\w@./:-])({_HOST})(?![\w-]|\.\w)",
)
_TOP = frozenset(
    "com cn net org io ai cc dev app co cloud tech site top xyz eu us uk de fr jp kr sg hk tw ru br "
    "example test".split()
)
_NOBODY = re.compile(r"(?:^|\.)example\.(?:com|org|net)$|^xxx|^your[-.]|^my[-.]|^localhost$|^127\.|^0\.0\.0\.0$")


def in_code(text: str, language: str) -> Iterator[tuple[int, str]]:
    """Yield the offset of a line and the origin of a URL that code calls, or that it names as the base of its calls."""
    is_json = language.startswith("json")
    for offset, line in enumerate(text.split("\n")):
        urls = [match["url"] for match in _CALLED.finditer(line)]
        urls += [match["url"] for match in _KEY.finditer(line) if _is_a_base(match["key"], match["url"], is_json)]
        if language in _TEXT:
            urls += [match[1] for match in (_ALONE.fullmatch(line), _HOST_HEADER.fullmatch(line)) if match]
        for url in urls:
            if origin := _origin(url):
                yield offset, origin


def _is_a_base(key: str, url: str, is_json: bool) -> bool:
    """Return whether a key with a URL says where requests go. In JSON a plain `url` may be that of anything."""
    if _OF_SOMETHING_ELSE.search(key):
        return False
    if not url.lower().startswith("http") and not _is_a_host(url):
        return False
    return bool(_OF_A_BASE.search(key) or (not is_json and url.lower().startswith("http") and _OF_ANY_URL.search(key)))


def in_prose(text: str) -> Iterator[str]:
    """Yield the origins of the URLs and hosts in a line that are neither pages for people nor files."""
    plain = _JSON_SPAN.sub(" ", plain_characters(text))
    urls = [(match.start(), match[0].rstrip("./:")) for match in _URL.finditer(plain)]
    bare = re.sub(_URL, lambda match: " " * len(match[0]), plain)
    urls += [(match.start(), match[1]) for match in _BARE.finditer(bare) if _is_a_host(match[1])]
    for start, url in urls:
        before = plain[:start]
        is_page = OTHER_PAGE.search(before) or _MORE_PAGES.search(before) or _PAGE_PATH.search(url)
        if not is_page and (origin := _origin(url)):
            yield origin


def names_a_base(text: str) -> Iterator[str]:
    """Yield the origins that a line of text states as a place where requests go, or that stand in the open."""
    for match in _URL.finditer(text):
        if not OTHER_PAGE.search(text[: match.start()]) and (origin := _origin(match[0])):
            yield origin


def _is_a_host(text: str) -> bool:
    return text.split(":")[0].rpartition(".")[2].lower() in _TOP


def _origin(url: str) -> str | None:
    """Return scheme and host; None where the URL is one of a file, of nobody, or has a placeholder for a host."""
    if _FILE.search(url):
        return None
    whole = url if url.lower().startswith("http") else f"https://{url}"
    match = re.match(r"(https?://)([^/{}$?#\s]+)", whole, re.IGNORECASE)
    if match is None or _NOBODY.search(match[2].lower()) or "." not in match[2]:
        return None
    return f"{match[1]}{match[2]}".lower().rstrip(".:")
