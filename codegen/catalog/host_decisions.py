"""Where requests and keys go: base URLs, hosts and the headers of keys are a matter of authority.

No rule settles which host is right, since the wrong one gets the key. Documents that name one host agree; where they
name several, `servers` in specs/decisions says which are called, the first by default. A host that is not named there
is never called.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from codegen import yamlio
from codegen.catalog.build_schemas import ReconciledFacts
from codegen.catalog.compare import PRESENCE, Point, Points, Reading, StatedValue
from codegen.catalog.decide import DECISION, HostDecision, Settlement
from codegen.documents.claims import Claim, VendorDocument
from codegen.faults import Fault
from codegen.yamlio import HandWritten

_KEY_NAME = re.compile(
    r"(?:.*-)?(?:"
    r"(?<!idempotency-)(?<!idempotent-)(?<!cache-)(?<!partition-)(?<!sort-)(?<!dedup-)(?<!deduplication-)(?<!routing-)"
    r"[a-z]*key|[a-z]*token|[a-z]*secret|[a-z]*signature|sign|credentials?|passw(?:or)?d|ak|sk"
    r"|(?:app|application|client|access|key|account|consumer|developer)-?id"
    r"|(?:proxy-)?auth(?:entication|orization)?(?:-.+)?)"
)
"""The name of a header for what belongs to a caller's account and is issued with its key: words between hyphens.

An id of a request, a session, a tenant or a project is none: one account sends several of them.
"""


def is_key_name(name: str) -> bool:
    """Return whether a header is for a key, a token or an account, by its name."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|_", "-", name).lower()
    return _KEY_NAME.fullmatch(words) is not None


@dataclass(frozen=True)
class Hosts:
    """The hosts of one service and the faults of its decisions on them."""

    settled: Mapping[Point, Settlement]
    """The URLs of operations that documents place at several hosts, as the decided servers settle them."""
    faults: tuple[Fault, ...]


def settle_hosts(compared: Points, servers: Sequence[HostDecision], decisions: HandWritten) -> Hosts:
    """Hold every host that a document names against the decided servers. `decisions` names their file."""
    aliases = {_origin(point.name) for point in compared if _is_alias(point, compared)}
    origins = _stated(compared, aliases)
    bases = list(_several_bases(compared, aliases, servers, decisions))
    if not servers:
        return Hosts({}, (*bases, *(_undecided(origins, compared, decisions) if len(origins) > 1 else ())))
    servers_by_origin = {_origin(server.url): server for server in servers}
    faults = [
        *bases,
        *[_unknown(origin, rows, decisions) for origin, rows in origins.items() if origin not in servers_by_origin],
    ]
    faults += [
        Fault(
            server.file,
            server.place,
            f"names {server.url}, which no document states",
            f"delete {decisions.extent(server.place)}, or correct the URL",
        )
        for server in servers
        if _origin(server.url) not in origins
    ]
    allowed = [_origin(server.url) for server in servers if not server.refused]
    settled = {}
    for point, readings in compared.items():
        if _is_url(point) and len({_origin(reading.value) for reading in readings} - aliases) > 1:
            settled[point] = _choose(point, readings, allowed, servers_by_origin)
    return Hosts(settled, tuple(faults))


def _is_alias(point: Point, compared: Points) -> bool:
    return (point.subject, point.fact) == ("server", "alias") and any(reading.value for reading in compared[point])


def _is_url(point: Point) -> bool:
    return point.subject == "operation" and point.fact == "url"


def _stated(compared: Points, aliases: set[str]) -> dict[str, list[StatedValue]]:
    """Return origin → the documents that name it, as a base URL or as a part of the URL of an operation."""
    by_origin: dict[str, list[StatedValue]] = {}
    for point, readings in compared.items():
        is_server = (point.subject, point.fact) == ("server", PRESENCE)
        for reading in readings if is_server or _is_url(point) else ():
            origin = _origin(point.name if is_server else reading.value)
            if origin and origin not in aliases:
                by_origin.setdefault(origin, []).extend(reading.statements)
    return {origin: sorted(rows, key=lambda row: row.order) for origin, rows in sorted(by_origin.items())}


def _several_bases(
    compared: Points, aliases: set[str], servers: Sequence[HostDecision], decisions: HandWritten
) -> Iterator[Fault]:
    """Yield a fault for each host of which documents state several base paths, and no decision one of them."""
    bases: dict[str, dict[str, list[StatedValue]]] = {}
    for point, readings in compared.items():
        if (point.subject, point.fact) == ("server", PRESENCE) and _origin(point.name) not in aliases:
            url = point.name.rstrip("/")
            if urlsplit(url).path:
                rows = bases.setdefault(_origin(url), {}).setdefault(url, [])
                rows.extend(statement for reading in readings for statement in reading.statements)
    decided = {server.url.rstrip("/") for server in servers}
    for rows_by_url in bases.values():
        if len(rows_by_url) < 2 or decided.intersection(rows_by_url):
            continue
        first = min((rows[0] for rows in rows_by_url.values()), key=lambda row: row.order)
        listed = "; ".join(f"{url} ({_places(rows)})" for url, rows in sorted(rows_by_url.items()))
        choices = [yamlio.flow({"url": url, "reason": "…"}) for url in sorted(rows_by_url)]
        yield Fault(
            first.document,
            f"line {first.line}",
            f"the documents name several base URLs of one host, and no rule says below which the paths are: {listed}",
            decisions.add("servers", *choices),
        )


def _origin(url: Any) -> str:
    """Return scheme and host of a URL; "" for a path."""
    parts = urlsplit(str(url))
    return f"{parts.scheme}://{parts.netloc}".lower() if parts.netloc else ""


def _undecided(
    rows_by_origin: Mapping[str, list[StatedValue]], compared: Points, decisions: HandWritten
) -> Iterator[Fault]:
    """Yield the fault of several hosts, with a decision to paste that refuses those that are only named."""
    support = {origin: (len({row.document for row in rows}), len(rows)) for origin, rows in rows_by_origin.items()}
    by_support = sorted(rows_by_origin, key=lambda origin: (*(-count for count in support[origin]), origin))
    called = {_origin(one.value) for point, readings in compared.items() if _is_url(point) for one in readings}
    stated = {origin for origin, rows in rows_by_origin.items() if any(row.by != "example" for row in rows)}
    first, *others = sorted(by_support, key=lambda origin: origin not in called | stated)
    refusals = dict.fromkeys({*others} - called - stated, "refused: true, ")
    entries = ", ".join(f"{{url: '{origin}', {refusals.get(origin, '')}reason: …}}" for origin in (first, *others))
    origins = "; ".join(f"{origin} ({_places(rows_by_origin[origin])})" for origin in by_support)
    rarest = rows_by_origin[by_support[-1]][0]
    yield Fault(
        rarest.document,
        f"line {rarest.line}",
        f"the documents name several hosts, and no rule says where requests and keys go: {origins}",
        f"write in {decisions.name}: `servers: [{entries}]`; the first is the default, another is called by the "
        "operations that are stated there, and one with `refused: true` is never called",
    )


def _places(rows: Sequence[StatedValue]) -> str:
    places = list(dict.fromkeys(row.place for row in rows))
    more = f" and {len(places) - 3} more" if len(places) > 3 else ""
    return ", ".join(places[:3]) + more


def _unknown(origin: str, rows: Sequence[StatedValue], decisions: HandWritten) -> Fault:
    entry = yamlio.flow({"url": origin, "reason": "…"})
    return Fault(
        rows[0].document,
        f"line {rows[0].line}",
        f"names the host {origin}, which no decision names ({_places(rows)})",
        f"{decisions.add('servers', entry)}, with `refused: true` where it must not be called",
    )


def _choose(
    point: Point, readings: tuple[Reading, ...], allowed: Sequence[str], servers: Mapping[str, HostDecision]
) -> Settlement:
    """Return the best placed among the allowed hosts; between equals the first of the decision."""
    ranked = sorted(
        (min(row.rank for row in reading.statements), allowed.index(_origin(reading.value)), reading.value, reading)
        for reading in readings
        if _origin(reading.value) in allowed
    )
    winner = ranked[0][3] if ranked else readings[0]
    server = servers.get(_origin(winner.value))
    return Settlement(point, readings, winner.value, winner.sources, DECISION, server.reason if server else "")


def base_urls(facts: ReconciledFacts, servers: Sequence[HostDecision]) -> list[str]:
    """Return the base URLs, the default first: the decided ones, or what the documents agree on; aliases last."""
    urls = [str(settled.value) for name in facts.operations() if (settled := facts.url(name))]
    aliases_by_url = {
        url.rstrip("/"): bool(facts.value("", "server", url, "alias")) for url in facts.names("", "server")
    }
    examples = {url.rstrip("/") for url in facts.names("", "server") if _is_only_an_example(facts, url)}
    aliases_by_url = _chosen_bases(aliases_by_url, servers, examples)
    if not aliases_by_url:
        aliases_by_url = {origin: False for url in urls if (origin := _origin(url))}
    refused = {_origin(server.url) for server in servers if server.refused}
    decided = [_origin(server.url) for server in servers]

    def order(url: str) -> tuple[bool, int, int, int, str]:
        place = decided.index(_origin(url)) if _origin(url) in decided else len(decided)
        uses = sum(each.startswith(f"{url}/") for each in urls)
        return (aliases_by_url.get(url, False), place, -uses, -len(url), url)

    beside = {_origin(url) for url in urls if not any(f"{url}/".startswith(f"{base}/") for base in aliases_by_url)} - {
        ""
    }
    return sorted((url for url in {*aliases_by_url, *beside} if _origin(url) not in refused), key=order)


def _is_only_an_example(facts: ReconciledFacts, url: str) -> bool:
    """Return whether only examples name a server."""
    present = facts.of("", "server", url).get(PRESENCE)
    readings = present.readings if present else ()
    return all(row.by == "example" for reading in readings for row in reading.statements)


def _chosen_bases(urls: Mapping[str, bool], servers: Sequence[HostDecision], examples: set[str]) -> dict[str, bool]:
    """Return the base URLs that count: of a host with a decided one only that; no bare host that an example shows of a
    base URL."""
    decided = {_origin(server.url): server.url for server in servers if urlsplit(server.url).path}
    aliases = {url: alias for url, alias in urls.items() if decided.get(_origin(url), url) == url}
    origins = {_origin(url) for url in aliases if url not in examples}
    return {url: alias for url, alias in aliases.items() if url not in examples or _origin(url) not in origins}


def check_keys(
    document: Mapping[str, Any], facts: ReconciledFacts, files: Sequence[HandWritten], decisions: HandWritten
) -> list[Fault]:
    """Hold the security schemes, which the overlays write, against the headers that the documents ask keys in."""
    if not files:
        return []
    schemes = document.get("components", {}).get("securitySchemes", {})
    scheme_names = {_header(scheme).lower(): name for name, scheme in schemes.items() if _header(scheme)}
    headers = {name: facts.of("", "header", name) for name in facts.names("", "header")}
    for operation in facts.operations():
        for name in facts.names(operation, "header"):
            about = facts.of(operation, "header", name)
            if name not in headers or "scheme" in about:  # what the service states of the scheme holds for its calls
                headers[name] = about
    secret = {name.lower(): (name, about) for name, about in headers.items() if is_secret(name, about)}
    unstated = {header: name for header, name in scheme_names.items() if header not in {one.lower() for one in headers}}
    unsent = {header: sources for header, sources in secret.items() if header not in scheme_names}
    faults = [_unstated(schemes[name], name, unsent, files) for name in unstated.values()]
    # One header in place of another is one fault.
    if not faults or len(unsent) > len(faults):
        faults += [_unsent(*row, document, headers, files, decisions) for row in unsent.values()]
    return [*faults, *_other_scheme(schemes, headers, files)]


def _other_scheme(
    schemes: Mapping[str, Any], headers: Mapping[str, Mapping[str, Settlement]], files: Sequence[HandWritten]
) -> Iterator[Fault]:
    """Yield a security scheme that sends the Authorization header in another form than the documents state."""
    for name, about in headers.items():
        if name.lower() != "authorization" or "scheme" not in about:
            continue
        word = str(about["scheme"].value)
        for key, scheme in schemes.items():
            if scheme.get("type") == "http" and str(scheme.get("scheme")).lower() != word.lower():
                first = about["scheme"].readings[0].statements[0].place
                problem = (
                    f"sends `Authorization: {str(scheme.get('scheme')).title()} …`, and the documents state {word}"
                )
                remedy = f"write `{{type: http, scheme: {word.lower()}}}` with its x-python, or decide the scheme"
                yield Fault(*_scheme_place(key, "scheme", files), f"{problem} ({first})", remedy)


def _unstated(
    scheme: Mapping[str, Any],
    name: str,
    unsent: Mapping[str, tuple[str, Mapping[str, Settlement]]],
    files: Sequence[HandWritten],
) -> Fault:
    """Return a security scheme with a header that no document states (any more)."""
    rows = [(header, about, about[PRESENCE].readings[0].statements[0].place) for header, about in unsent.values()]
    listed = ", ".join(f"{header} ({place})" for header, _, place in rows)
    remedy = "write the header that the documents state"
    if len(rows) == 1 and "scheme" in rows[0][1]:
        form = f"type: http, scheme: {str(rows[0][1]['scheme'].value).lower()}"
        remedy = f"write `{form}` in place of type, in and name"
    elif rows and len(rows) == 1:
        remedy = f"write `name: {rows[0][0]}` there"
    problem = f"sends the key in the header {_header(scheme)}, which no document states"
    where = _scheme_place(name, "name" if scheme.get("type") == "apiKey" else "scheme", files)
    return Fault(*where, f"{problem}; they state {listed}" if listed else problem, remedy)


def _scheme_place(name: str, key: str, files: Sequence[HandWritten]) -> tuple[str, str]:
    """Return the overlay that writes a key of a security scheme, and the line of the key or of the scheme."""
    for keys in ((name, key), (name,)):
        for file in files:
            if line := file.line_of("securitySchemes", *keys):
                return file.name, f"line {line}"
    return files[0].name, f"/components/securitySchemes/{name}"


def _unsent(
    name: str,
    about: Mapping[str, Settlement],
    document: Mapping[str, Any],
    headers: Mapping[str, Mapping[str, Settlement]],
    files: Sequence[HandWritten],
    decisions: HandWritten,
) -> Fault:
    """Return a header for a key that documents ask for and no security scheme sends."""
    statements = about[PRESENCE].readings[0].statements
    problem = f"asks for the header {name}, which carries a key or a token and which no security scheme sends"
    choices = [f"if clients send it too, {_one_more(name, about, document, files[0])}"]
    for key, scheme in document.get("components", {}).get("securitySchemes", {}).items():
        old = next((one for one in headers if one.lower() == _header(scheme).lower()), None)
        rivals = headers[old][PRESENCE].readings[0].statements if old else ()
        if scheme.get("type") == "apiKey" and 0 < len(rivals) < len(statements):
            file, place = _scheme_place(key, "name", files)
            drop = decisions.add("decisions", yamlio.flow(_not_sent(str(old))))
            choices.insert(
                0, f"if it has taken the place of {old}, write `name: {name}` on {place} of {file}, and {drop}"
            )
    choices.append(f"if they do not send it, {decisions.add('decisions', yamlio.flow(_not_sent(name)))}")
    return Fault(statements[0].document, f"line {statements[0].line}", problem, "; or ".join(choices))


def _not_sent(header: str) -> dict[str, Any]:
    return {"header": header, "fact": PRESENCE, "winner": False, "reason": "…"}


def _one_more(name: str, about: Mapping[str, Settlement], document: Mapping[str, Any], overlay: HandWritten) -> str:
    """Return what to paste into an overlay for a key more that every call sends."""
    words = [word for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+", name) if word.lower() != "x"]
    argument = "token" if name.lower() == "authorization" else "_".join(words).lower()
    schemes = document.get("components", {}).get("securitySchemes", {})
    key = argument if argument not in schemes else f"{argument}_2"
    stem = overlay.name.rpartition("/")[2].partition(".")[0].upper().replace("-", "_")
    form = {"type": "apiKey", "in": "header", "name": name}
    if "scheme" in about:
        form = {"type": "http", "scheme": str(about["scheme"].value).lower()}
    scheme = {**form, "x-python": {"plain": {"argument": argument, "variable": f"{stem}_{argument.upper()}"}}}
    rows = [{"target": "$", "update": {"components": {"securitySchemes": {key: scheme}}}}]
    rows += (
        [{"target": "$.security[*]", "update": {key: []}}]
        if document.get("security")
        else [{"target": "$", "update": {"security": [{key: []}]}}]
    )
    more = f"`{overlay.indent('actions')}- {yamlio.flow(rows[1])}`"
    return f"{overlay.add('actions', yamlio.flow(rows[0]))}, and below it {more}"


def _header(scheme: Mapping[str, Any]) -> str:
    """Return the header in which a security scheme sends its key; "" where it sends it elsewhere."""
    if scheme.get("type") == "apiKey":
        return str(scheme.get("name")) if scheme.get("in") == "header" else ""
    return "Authorization" if scheme.get("type") in {"http", "oauth2", "openIdConnect"} else ""


def scope_headers(documents: Sequence[VendorDocument]) -> tuple[VendorDocument, ...]:
    """Return the documents with the headers that only some skills of a service state at the operations of these.

    A header for a key holds for the whole service, and so does one that every skill, or a document without operations
    of its own, states.
    """
    own: dict[str, set[str]] = defaultdict(set)
    stating: dict[str, set[str]] = defaultdict(set)
    shared: set[str] = set()
    for document in documents:
        own[document.skill].update(document.capability)
        for claim in document.claims:
            if claim.subject == "header" and claim.operation is None:
                stating[claim.name.lower()].add(document.skill)
                if "scheme" in claim.facts or not document.capability:
                    shared.add(claim.name.lower())
    skills = {skill for skill, operations in own.items() if operations}
    shared.update(name for name in stating if is_key_name(name))
    narrow = {name for name, some in stating.items() if skills - some and name not in shared}
    return tuple(
        replace(document, claims=tuple(_of_the_skill(document.claims, narrow, sorted(own[document.skill]))))
        for document in documents
    )


def _of_the_skill(claims: Iterable[Claim], narrow: Container[str], operations: Sequence[str]) -> Iterator[Claim]:
    """Yield the claims, one about a header in `narrow` once for each operation."""
    for claim in claims:
        if claim.subject == "header" and claim.operation is None and claim.name.lower() in narrow:
            yield from (replace(claim, operation=operation) for operation in operations)
        else:
            yield claim


def is_secret(name: str, about: Mapping[str, Settlement]) -> bool:
    """Return whether a header has an authentication scheme, or is for a key that every call needs."""
    if PRESENCE in about and about[PRESENCE].value is False:
        return False
    has_value = "default" in about and about["default"].value is not None
    required = "required" in about and about["required"].value is True
    is_placeholder = "value" in about and re.fullmatch(r"<\w+>", str(about["value"].value)) is not None
    return "scheme" in about or (is_key_name(name) and not has_value and (required or is_placeholder))
