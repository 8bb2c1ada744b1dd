"""Rules for the service as a whole: servers, endpoints, credentials, headers, download hosts, pointers elsewhere."""

from __future__ import annotations

import re

from codegen.documents import places, survey
from codegen.documents.api_description import operation_of
from codegen.documents.context import Context
from codegen.documents.places import ADDRESS, Place


def heading(place: Place, context: Context) -> None:
    """A heading with an identifier names an operation; one with a range gives the range."""
    named = places.heading_name(place.text)
    if place.operation and named and named[1] == place.operation:
        match = re.match(r"(.+?)-\d+\s+(.+)$", named[0])
        facts = {"name": match[2], "group": match[1]} if match else {"name": named[0]}
        context.ledger.claim(place.line, "operation", "", facts, place.operation)
        return
    span = re.search(r"\((\d+)-(\d+)\)$", place.text)
    parameter = context.named_above(place) if span else None
    if span and parameter:
        facts_ = {"minimum": int(span[1]), "maximum": int(span[2])}
        context.ledger.claim(place.line, "parameter", parameter, facts_)


def endpoint(place: Place, context: Context) -> bool:
    """Result endpoint: `https://…`; an address that stands alone; a row of a table with an endpoint column"""
    given = places.stated_endpoint(place)
    if given:
        context.ledger.claim(place.line, "operation", "", {"url": given.address}, given.operation)
        return True
    header = place.block.header
    if place.block.kind == "row" and "endpoint" in header:
        address = place.block.cells[header.index("endpoint")].strip("`")
        name = next((cell.strip("* ") for cell in place.block.cells if re.fullmatch(r"\*\*.+\*\*", cell)), "")
        if not name or not operation_of(address):
            return False
        context.ledger.claim(place.line, "operation", "", {"name": name, "path": address}, operation_of(address))
        return True
    listed = re.fullmatch(r"(.+?) \| model_code=([\w.-]+) \| ([A-Z]+) (\S+)", place.text)
    if listed:
        group = re.sub(r"\s*\(\d+\)$", "", place.headings[-1]) if place.headings else ""
        facts = {"name": listed[1], "group": group, "method": listed[3], "url": listed[4]}
        context.ledger.claim(place.line, "operation", "", facts, listed[2])
        return True
    return False


def pattern(place: Place, context: Context) -> bool:
    """Create endpoint pattern: `https://…/<id>`: where the operations are, whatever their name"""
    match = re.fullmatch(
        r"[\w\s-]*endpoint pattern:\s*`(https?://[^/`]+)[^`]*/[<{]\w+[>}]`", places.bare(place.text), re.IGNORECASE
    )
    if not match:
        return False
    context.ledger.claim(place.line, "server", match[1], {})
    return True


def facts_of_section(place: Place, context: Context) -> bool:
    """- API ID: 7; - Method: POST; - Endpoint: https://… in the section of an operation"""
    match = re.match(r"^(API ID|Method|Endpoint):\s*(\S+)$", place.text)
    if not match or not place.operation:
        return False
    key = {"API ID": "id", "Method": "method", "Endpoint": "url"}[match[1]]
    facts = {key: int(match[2]) if match[2].isdigit() else match[2]}
    context.ledger.claim(place.line, "operation", "", facts, place.operation)
    return True


_SERVER = re.compile(r"\b(?:gateway|host|domain|base url|server)\b", re.IGNORECASE)


def server(place: Place, context: Context) -> bool:
    """Base URL: `https://…`; Compatible gateway alias: `https://…`"""
    match = re.fullmatch(r"([^:`]+):\s*`(https?://[^`]+)`\.?", places.bare(place.text))
    if not match or not _SERVER.search(match[1]):
        return False
    facts = {"alias": True} if "alias" in match[1].lower() else {}
    context.ledger.claim(place.line, "server", match[2], facts)
    return True


def capability(place: Place, context: Context) -> bool:
    """API capability: `x_y`"""
    name = survey.capability_line(place.text)
    only = re.search(r"\bonly covers `([\w-]+)`", place.text)
    name = only[1] if only else name
    if name is None or name not in context.survey.identifiers:
        return False
    context.ledger.book(place.line, "read")
    return True


def pointer(place: Place, context: Context) -> bool:
    """A list entry that only points at a file or a page."""
    text = places.bare(place.text)
    file = re.match(r"^`?(?:[\w-]+/)*[\w-]+\.(?:py|md|json|txt)`?\s*(?:-|:|$)", text)
    page = re.fullmatch(
        r"[^:`]*\b(?:docs|documentation|portals?|overview|purchase|homepage)\b[^:`]*:\s*(.+)", text, re.IGNORECASE
    )
    if file and place.block.kind == "item":
        context.ledger.book(place.line, "structure")
        return True
    if page and ADDRESS.search(page[1]):
        if re.match(r"developer portal", text, re.IGNORECASE):
            for name in credentials(context):
                address = ADDRESS.search(page[1])
                context.ledger.claim(place.line, "credential", name, {"obtain": address[0] if address else ""})
        else:
            context.ledger.book(place.line, "structure")
        return True
    return False


def credentials(context: Context) -> list[str]:
    """The credentials of the skill that the document names; all of them where it names none."""
    said = {name for place in context.rows for name in re.findall(r"`(\w+_(?:key|secret|KEY))`", place.text)}
    own = context.survey.credentials(context.source.skill)
    return sorted(said & own or own)


def header(place: Place, context: Context) -> bool:
    """`Authorization: Basic <base64(a:b)>`, `X-Key: <key>`, Content-Type, and what the server reads from a header"""
    text = places.bare(place.text)
    given = re.findall(r"`([A-Z][\w-]+):\s*([^`]+)`", text)
    kind = re.match(r"^(Content-Type):\s*`([^`]+)`$", text)
    encoded = re.search(r"base64-encoding `(\w+:\w+)`", text, re.IGNORECASE)
    taken = re.search(r"`(\w+)` is [\w -]*extracted[\w -]* from `?(X-[\w-]+)`?", text)
    for name, value in [*given, *([(kind[1], kind[2])] if kind else [])]:
        context.ledger.claim(place.line, "header", name, {"value": value})
    if encoded:
        context.ledger.claim(place.line, "header", "Authorization", {"value": f"Basic <base64({encoded[1]})>"})
    if taken:
        facts = {"value": f"<{taken[1]}>"}
        default = re.search(r"defaults to (\w+)", text)
        if default:
            facts["default"] = default[1]
        context.ledger.claim(place.line, "header", taken[2], facts)
    return bool(given or kind or taken or encoded)


def credential(place: Place, context: Context) -> bool:
    """Credentials: `app_key`, `app_secret`; a table of environment variables; Auth: none"""
    text = places.bare(place.text)
    if re.match(r"^auth:\s*none\b", text, re.IGNORECASE):
        context.ledger.claim(place.line, "credential", "none", {"required": False})
        return True
    cells = dict(zip(place.block.header, place.block.cells, strict=False))
    if "variable" in cells:
        name = cells["variable"].strip("`")
        facts = {"variable": name, "required": "yes" in cells.get("required", "").lower()}
        page = ADDRESS.search(place.text)
        if page:
            facts["obtain"] = page[0]
        context.ledger.claim(place.line, "credential", name, facts)
        sent = re.search(r"as `(X-[\w-]+)` header", place.text)
        if sent:
            context.ledger.claim(place.line, "header", sent[1], {"value": f"<{name}>"})
        return True
    listed = re.match(r"^(?:sensitive |required )?credentials?(?: required)?:\s*(.+)$", text, re.IGNORECASE)
    names = re.findall(r"`(\w+)`", listed[1]) if listed else []
    for name in names:
        context.ledger.claim(place.line, "credential", name, {"required": True})
    for sent_as in re.findall(r"used as `(X-[\w-]+)`", text) if names else ():
        context.ledger.claim(place.line, "header", sent_as, {"value": f"<{names[0]}>"})
    return bool(names)


def hosts(place: Place, context: Context) -> bool:
    """The host suffixes downloads may come from."""
    found = re.findall(r"`(\.[\w-]+(?:\.[\w-]+)+)`", place.text)
    if not found or not re.search(r"host|domain", place.text):
        return False
    for host in found:
        context.ledger.claim(place.line, "host", host, {"trusted": True})
    return True


RULES = (endpoint, pattern, facts_of_section, server, capability, header, credential, hosts, pointer)
