"""Where requests and keys go is decided by people: no rule settles a host or the header of a key."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from codegen.catalog.build import build
from codegen.catalog.build_schemas import ReconciledFacts
from codegen.catalog.compare import points
from codegen.catalog.host_decisions import is_key_name, scope_headers
from codegen.catalog.settling import settle_all
from codegen.documents.claims import Claim, VendorDocument
from codegen.faults import InputFault
from codegen.yamlio import HandWritten
from tests.catalog.reconcile.shop_claims import OVERLAY, PROMPT, TASKS, claim, document, own, settled, with_task

OTHER = "https://other.example.com"
KEYED = OVERLAY.replace(
    "security: []",
    "security: [{key: []}]\n      components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key, "
    "description: The key., x-python: {plain: {argument: api_key, variable: SHOP_KEY}}}}}",
)


def server(url: str, line: int = 2, **facts: Any) -> Claim:
    return claim(line, facts, name=url, subject="server", operation=None)


def header(name: str, line: int = 9, **facts: Any) -> Claim:
    return claim(line, facts, name=name, subject="header", operation=None)


def faults(folder: Path, *documents: VendorDocument, **options: Any) -> list[str]:
    with pytest.raises(InputFault) as caught:
        settled(folder, documents, **options)
    return [str(fault) for fault in caught.value.faults]


def decided(*rows: str) -> str:
    return f"servers: [{', '.join(rows)}]"


FIRST = "{url: 'https://api.example.com', reason: The skill says so.}"
SECOND = f"{{url: '{OTHER}', reason: The newer skill says so.}}"
REFUSED = f"{{url: '{OTHER}', refused: true, reason: A mirror of somebody else.}}"


@pytest.mark.parametrize(
    "moved",
    [
        server(f"{OTHER}/v1", 20),
        claim(20, {"url": f"{OTHER}/draw"}, name="", subject="operation"),
        claim(20, {"url": f"{OTHER}/draw"}, name="", subject="operation", by="example"),
    ],
    ids=["a base URL", "the URL of an operation", "an example"],
)
def test_a_second_host_stops_whoever_names_it(tmp_path: Path, moved: Claim) -> None:
    newer = document("shop/new.md", moved, published="2027-01-01")
    (fault,) = faults(tmp_path, own(), newer)
    assert "the documents name several hosts" in fault
    assert all(place in fault for place in ("shop/SKILL.md:2", "shop/new.md:20", "specs/decisions/shop.yaml"))


def test_a_host_that_a_page_only_names_is_refused_by_the_decision_to_paste(tmp_path: Path) -> None:
    page = claim(20, {}, name=OTHER, subject="server", operation=None, by="example")
    (fault,) = faults(tmp_path, own(), document("shop/new.md", page, published="2027-01-01"))
    assert f"servers: [{{url: 'https://api.example.com', reason: …}}, {{url: '{OTHER}', refused: true, reason" in fault


def test_the_default_is_the_first_of_the_decision(tmp_path: Path) -> None:
    newer = document("shop/new.md", server(OTHER, 20), published="2027-01-01")
    root = settled(tmp_path, [own(), newer], decisions=decided(FIRST, SECOND)).openapi["shop"]
    assert [row["url"] for row in root["servers"]] == ["https://api.example.com", OTHER]
    assert "servers" not in root["paths"]["/draw"]["post"]


def test_an_operation_that_is_stated_at_another_host_calls_it(tmp_path: Path) -> None:
    tasks = with_task()
    moved = tuple(
        claim(30, {"url": f"{OTHER}/report", "method": "POST"}, name="", operation="report", subject="operation")
        if (one.operation, one.subject) == ("report", "operation")
        else one
        for one in tasks.claims
    )
    documents = [document("shop/SKILL.md", *moved, published="2026-03-01")]
    root = settled(tmp_path, documents, decisions=decided(FIRST, SECOND), overlay=TASKS).openapi["shop"]
    assert root["paths"]["/report"]["post"]["servers"] == [{"url": OTHER}]
    assert "servers" not in root["paths"]["/draw"]["post"]


def test_a_refused_host_is_never_called(tmp_path: Path) -> None:
    newer = document("shop/new.md", claim(20, {"url": f"{OTHER}/draw"}, name="", subject="operation"))
    catalog = settled(tmp_path, [own(), newer], decisions=decided(FIRST, REFUSED))
    assert OTHER not in str(catalog.openapi)


def test_a_third_host_stops_again(tmp_path: Path) -> None:
    third = document("shop/new.md", server(OTHER, 20), server("https://third.example.com", 21))
    (fault,) = faults(tmp_path, own(), third, decisions=decided(FIRST, SECOND))
    assert fault.startswith("shop/new.md: line 21: names the host https://third.example.com, which no decision names")


def test_a_decision_for_a_host_that_nobody_names_stops(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, own(), decisions=decided(FIRST, SECOND))
    assert fault.startswith(f"specs/decisions/shop.yaml: line 2: names {OTHER}, which no document states")


def test_an_alias_that_a_document_declares_is_no_second_host(tmp_path: Path) -> None:
    root = settled(tmp_path, [own(server(OTHER, 20, alias=True))]).openapi["shop"]
    assert [row["url"] for row in root["servers"]] == ["https://api.example.com", OTHER]


def test_an_overlay_that_writes_another_header_than_the_documents_stops(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, own(header("X-Client-Key", required=True)), overlay=KEYED)
    assert fault.startswith("specs/overlays/shop.yaml: line 13: ")
    assert "they state X-Client-Key (shop/SKILL.md:9); write `name: X-Client-Key`" in fault


def test_a_header_for_a_key_that_nothing_sends_stops_until_it_is_decided(tmp_path: Path) -> None:
    claims = [header("X-Key", required=True), header("X-Token", 10, required=True)]
    (fault,) = faults(tmp_path, own(*claims), overlay=KEYED)
    assert fault.startswith("shop/SKILL.md: line 10: asks for the header X-Token")
    rows = re.findall(r"`(  - \{target: .*?)`", fault)
    root = settled(tmp_path, [own(*claims)], overlay="\n".join([KEYED.rstrip(), *rows, ""])).openapi["shop"]
    assert root["security"] == [{"key": [], "token": []}]
    assert root["components"]["securitySchemes"]["token"]["x-python"] == {
        "plain": {"argument": "token", "variable": "SHOP_TOKEN"}
    }
    unused = "decisions: [{header: X-Token, fact: presence, winner: false, reason: Only the web page sends it.}]"
    assert settled(tmp_path, [own(*claims)], overlay=KEYED, decisions=unused).openapi


def test_a_header_that_most_documents_have_in_place_of_another_is_named_there(tmp_path: Path) -> None:
    newer = [document(f"shop/{name}.md", header("X-Client-Key", 20, required=True)) for name in ("a", "b")]
    (fault,) = faults(tmp_path, own(header("X-Key", required=True)), *newer, overlay=KEYED)
    assert "taken the place of X-Key, write `name: X-Client-Key` on line 13 of specs/overlays/shop.yaml" in fault
    assert fault.index("`  - {header: X-Key, fact: presence") < fault.index("if clients send it too")


@pytest.mark.parametrize(
    ("values", "is_one"),
    [
        (("<key>", "YOUR_API_KEY"), True),
        (("Bearer <token>", "Bearer YOUR_API_KEY"), True),
        (("${API_KEY}", "{api_key}"), True),
        (("Bearer <key>", "Basic <key>"), False),
        (("Bearer <key>", "<key>"), False),
    ],
)
def test_placeholders_of_one_key_are_no_disagreement(tmp_path: Path, values: tuple[str, str], is_one: bool) -> None:
    claims = [header("X-Key", 9 + at, required=True, value=value) for at, value in enumerate(values)]
    if is_one:
        assert settled(tmp_path, [own(*claims)], overlay=KEYED).settled == 0
    else:
        (fault,) = faults(tmp_path, own(*claims), overlay=KEYED)
        assert "the documents disagree on header X-Key value" in fault


def test_a_path_of_no_host_is_a_fault_at_its_line(tmp_path: Path) -> None:
    relative = claim(1, {"path": "/draw", "method": "POST"}, name="", subject="operation")
    (fault,) = faults(tmp_path, document("shop/SKILL.md", relative, PROMPT))
    assert "no document of shop names a server" in fault


def at_paths(*bases: str) -> list[VendorDocument]:
    """Return a service whose operation is known by its path alone, and its base URLs."""
    moved = tuple(
        claim(1, {"path": "/draw", "method": "POST"}, name="", subject="operation") if "url" in one.facts else one
        for one in own().claims
        if one.subject != "server"
    )
    return [document("shop/SKILL.md", *moved, *(server(url, at) for at, url in enumerate(bases, 2)))]


def test_two_base_paths_of_one_host_stop_until_one_is_decided(tmp_path: Path) -> None:
    documents = at_paths("https://api.example.com/v1", "https://api.example.com/open/v2")
    (fault,) = faults(tmp_path, *documents)
    assert "the documents name several base URLs of one host" in fault
    assert "`servers:`, once for all entries, and below it `" in fault
    assert "`  - {url: 'https://api.example.com/v1', reason: '…'}`" in fault
    row = "{url: 'https://api.example.com/v1', reason: The newer skill says so.}"
    root = settled(tmp_path, documents, decisions=decided(row)).openapi["shop"]
    assert [one["url"] for one in root["servers"]] == ["https://api.example.com/v1"]


def test_a_bare_host_that_an_example_shows_is_no_server_beside_its_base_url(tmp_path: Path) -> None:
    example = claim(9, {}, name="https://api.example.com", subject="server", operation=None, by="example")
    documents = [*at_paths("https://api.example.com/v1"), document("shop/guide.md", example)]
    root = settled(tmp_path, documents).openapi["shop"]
    assert [one["url"] for one in root["servers"]] == ["https://api.example.com/v1"]


def test_a_host_stays_where_an_operation_is_not_below_the_base_url(tmp_path: Path) -> None:
    longer = document("shop/new.md", server("https://api.example.com/v1"), published="2026-03-01")
    root = settled(tmp_path, [own(), longer]).openapi["shop"]
    assert {one["url"] for one in root["servers"]} == {"https://api.example.com", "https://api.example.com/v1"}


BASIC = KEYED.replace(
    "key: {type: apiKey, in: header, name: X-Key, description: The key., x-python: {plain: {argument: api_key, "
    "variable: SHOP_KEY}}}",
    "key: {type: http, scheme: basic, description: The key., x-python: {username: {argument: user, "
    "variable: SHOP_USER}, password: {argument: api_key, variable: SHOP_KEY}}}",
)


def test_an_authorization_scheme_that_the_documents_state_otherwise_is_a_fault(tmp_path: Path) -> None:
    stated = header("Authorization", scheme="Bearer", required=True)
    (fault,) = faults(tmp_path, own(stated), overlay=BASIC)
    assert fault.startswith("specs/overlays/shop.yaml: line 13: sends `Authorization: Basic …`")
    assert "the documents state Bearer (shop/SKILL.md:9); write `{type: http, scheme: bearer}`" in fault
    same = header("Authorization", scheme="BASIC", required=True)
    assert settled(tmp_path, [own(same)], overlay=BASIC).openapi["shop"]["components"]["securitySchemes"]


def test_a_bearer_token_in_place_of_a_key_is_no_plain_header(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, own(header("Authorization", scheme="Bearer", required=True)), overlay=KEYED)
    assert "write `type: http, scheme: bearer` in place of type, in and name" in fault
    both = [header("X-Key", required=True), header("Authorization", 10, scheme="Bearer", required=True)]
    (fault,) = faults(tmp_path, own(*both), overlay=KEYED)
    assert "securitySchemes: {token: {type: http, scheme: bearer, x-python" in fault
    both.append(claim(11, {"required": True}, name="Authorization", subject="header"))
    (fault,) = faults(tmp_path, own(*both), overlay=KEYED)
    assert "securitySchemes: {token: {type: http, scheme: bearer, x-python" in fault


def test_a_header_that_is_no_key_is_a_parameter_of_the_calls_that_need_it(tmp_path: Path) -> None:
    claims = [header("X-Key", required=True), claim(10, {"required": True}, name="X-Region", subject="header")]
    operation = settled(tmp_path, [own(*claims)], overlay=KEYED).openapi["shop"]["paths"]["/draw"]["post"]
    (row,) = operation["parameters"]
    assert (row["name"], row["in"], row["required"]) == ("X-Region", "header", True)


@pytest.mark.parametrize(
    ("second", "third", "sent_by"),
    [
        ([], [], {"draw"}),
        ([header("X-Region", required=True)], [], {"draw", "paint"}),
        ([], [header("X-Region", required=True)], {"draw", "paint"}),
    ],
    ids=["one skill states it", "every skill states it", "a document of the whole service states it"],
)
def test_a_header_belongs_to_the_operations_of_the_skills_that_state_it(
    second: list[Claim], third: list[Claim], sent_by: set[str]
) -> None:
    url = {"url": "https://api.example.com/paint", "method": "POST"}
    paint = claim(1, url, name="", operation="paint", subject="operation")
    documents = [
        own(header("X-Key", required=True), header("X-Region", required=True)),
        replace(document("shop-b/SKILL.md", paint, *second, capability=("paint",)), skill="shop-b"),
        replace(document("shop-c/SKILL.md", *third, capability=()), skill="shop-c"),
    ]
    compared = points(scope_headers(documents))
    catalog, _ = build(
        "shop", ReconciledFacts(settle_all(compared, (), {}, HandWritten(""))[0]), "1", ["https://api.example.com"]
    )
    found = {path[1:] for path, item in catalog["paths"].items() if item["post"].get("parameters")}
    assert found == sent_by
    assert {point.operation for point in compared if point.name == "X-Key"} == {""}


KEY_NAMES = (
    "X-API-Key x-api-key apikey Authorization X-Auth-Email X-Access-Token X-Sign X-App-Id x-appid X-Client-ID X-AK"
)
OTHER_NAMES = (
    "X-Request-ID X-Tenant-Id X-Project-Id X-Trace-Id X-Session-Id Idempotency-Key X-Design X-Max-Tokens X-Author "
    "X-Keyword X-User-Id X-Region"
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [(name, True) for name in KEY_NAMES.split()] + [(name, False) for name in OTHER_NAMES.split()],
)
def test_a_header_is_for_a_key_by_whole_words_of_its_name(name: str, *, expected: bool) -> None:
    assert is_key_name(name) is expected
