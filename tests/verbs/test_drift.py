"""The verb `drift`: what recorded replies show and the catalog does not have, as claims."""

from __future__ import annotations

import base64
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from codegen.documents import claims
from tests.verbs.conftest import Run, copy_of


@pytest.fixture
def scratch(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put what was made of Lumen in place of the repository's specs."""
    return copy_of(made, tmp_path, monkeypatch)


def recording(folder: Path, data: dict[str, Any]) -> Path:
    """Write a cassette of one call of Lumen."""
    row = {"service": "lumen", "operation": "sketch", "request": {}, "status": 200, "reply": {"code": 0, "data": data}}
    (folder / "calls.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    return folder / "calls.jsonl"


def test_replies_as_documented_propose_nothing(run: Run, scratch: Path) -> None:
    done = run("drift", recording(scratch, {"address": "https://lumen.example/1"}))
    assert (done.status, done.out) == (0, "1 exchanges: every reply is as the catalog says\n")


def test_a_field_that_no_document_has_becomes_a_claim_of_a_file_that_can_be_read(run: Run, scratch: Path) -> None:
    done = run("drift", recording(scratch, {"address": "https://lumen.example/1", "inks": 3}))
    assert done.status == 1
    assert "add 'lumen-recorded' to `skills` in specs/decisions/lumen.yaml" in done.out
    document = claims.from_yaml(done.out, "calls.jsonl.yaml")
    assert (document.skill, document.document) == ("lumen-recorded", "lumen-recorded/calls.jsonl")
    assert {(claim.operation, claim.by, claim.facts["type"]) for claim in document.claims} == {
        ("sketch", "example", "integer")
    }


def test_what_is_no_recording_is_a_fault(run: Run, scratch: Path) -> None:
    (scratch / "no.jsonl").write_text("text\n", encoding="utf-8")
    done = run("drift", scratch / "no.jsonl", scratch / "missing.jsonl")
    assert (done.status, done.out) == (1, "")
    assert [line.partition(": ")[0].rpartition("/")[2] for line in done.faults] == ["missing.jsonl", "no.jsonl"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{}", "line 1: is not a recorded exchange: it has no operation, request, service, status"),
        ("\n[1]\n7", "line 2: is not a recorded exchange"),
        ('{"log": {"entries": []}}', "log.entries: holds no exchange"),
        ('{"log": {"entries": [7]}}', "log.entries[0]: is not an exchange"),
        ('{"interactions": [{"request": {}}]}', "interactions[0]: is not an exchange"),
        ("[" * 5000, "line 1: is not JSON"),
        ("", "holds no exchange"),
    ],
)
def test_each_line_that_is_no_exchange_is_named(run: Run, scratch: Path, text: str, problem: str) -> None:
    (scratch / "odd.jsonl").write_text(text, encoding="utf-8")
    done = run("drift", scratch / "odd.jsonl", scratch)
    assert (done.status, done.out) == (1, "")
    assert any(problem in line for line in done.faults)
    assert any("is a folder" in line for line in done.faults)


def test_several_recordings_give_a_file_each(run: Run, scratch: Path) -> None:
    paths = []
    for name in ("monday", "tuesday"):
        (scratch / name).mkdir()
        paths.append(recording(scratch / name, {"address": "https://lumen.example/1", "inks": 3}))
    done = run("drift", *paths)
    assert done.status == 1
    assert [line for line in done.out.splitlines() if line.startswith("document: ")] == [
        "document: lumen-recorded/monday-calls.jsonl",
        "document: lumen-recorded/tuesday-calls.jsonl",
    ]


KEY = "fake-key-0123456789"
URL = "https://api.lumen.example/draw/sketch"
SENT = json.dumps({"data": {"prompt": "a boat in the fog"}})


def har(*replies: bytes) -> dict[str, Any]:
    """Return a HAR file as a browser exports it: a request to someone else, one without a response, then calls."""
    named = [{"name": name, "value": KEY} for name in ("X-LUMEN-KEY", "Cookie", ":path")]
    query = [{"name": "api_key", "value": KEY}]
    request: dict[str, Any] = {"method": "POST", "url": f"{URL}?api_key={KEY}", "headers": named, "queryString": query}
    request["postData"] = {"mimeType": "application/json", "text": SENT}
    encoded = [{"name": "content-encoding", "value": "br"}, {"name": "set-cookie", "value": KEY}]
    other = {"method": "GET", "url": f"https://other.example/?key={KEY}", "headers": []}
    bodies = [{"text": base64.b64encode(reply).decode(), "encoding": "base64"} for reply in replies]
    entries = [
        {"request": other, "response": {"status": 200, "headers": [], "content": {"text": KEY}}},
        {"request": request, "response": {"status": 0, "headers": [], "content": {}}},
        *({"request": request, "response": {"status": 200, "headers": encoded, "content": one}} for one in bodies),
    ]
    return {"log": {"version": "1.2", "entries": entries}}


def only_others() -> dict[str, Any]:
    """Return a HAR file with a request to someone else alone."""
    return {"log": {"version": "1.2", "entries": har()["log"]["entries"][:1]}}


def test_a_call_without_a_reply_is_said(run: Run, scratch: Path) -> None:
    (scratch / "cut.har").write_text(json.dumps(har()), encoding="utf-8")
    done = run("drift", scratch / "cut.har")
    assert (done.status, done.faults) == (0, [])
    assert done.out.endswith("cut.har: without a reply, so there is nothing to compare: exchange 2\n")
    assert KEY not in done.out


def vcr(content: bytes) -> dict[str, Any]:
    """Return a cassette of vcr with one call, whose reply is compressed."""
    request = {"method": "POST", "uri": URL, "body": SENT, "headers": {"X-LUMEN-KEY": [KEY]}}
    headers = {"Content-Encoding": ["gzip"]}
    response = {"status": {"code": 200, "message": "OK"}, "headers": headers, "body": {"string": content}}
    return {"version": 1, "interactions": [{"request": request, "response": response}]}


def test_a_har_file_is_read_by_entry_and_no_key_comes_out(run: Run, scratch: Path) -> None:
    inks = json.dumps({"code": 0, "data": {"address": "https://lumen.example/1", "inks": 3}}).encode()
    path = scratch / "browser.har"
    path.write_text(json.dumps(har(inks, json.dumps({"code": 77, "msg": KEY}).encode())), encoding="utf-8")
    done = run("drift", path)
    assert done.status == 1
    document = claims.from_yaml(done.out, "browser.har.yaml")
    assert {claim.line for claim in document.claims} == {3, 4}
    assert KEY not in done.out + "".join(done.faults)


def test_a_call_that_no_operation_has_is_listed_and_other_hosts_are_counted(run: Run, scratch: Path) -> None:
    fine = har(json.dumps({"code": 0, "data": {"address": "https://lumen.example/1"}}).encode())
    (scratch / "fine.har").write_text(json.dumps(fine), encoding="utf-8")
    assert "as the catalog says; 1 with other hosts were left out\n" in run("drift", scratch / "fine.har").out
    fine["log"]["entries"][2]["request"]["url"] = f"https://api.lumen.example/draw/mural/{'k' * 40}?key={KEY}"
    (scratch / "new.har").write_text(json.dumps(fine), encoding="utf-8")
    done = run("drift", scratch / "new.har")
    assert done.status == 1
    assert "exchange 3: POST /draw/mural/…: lumen has no operation there; import the document" in done.out
    assert KEY not in done.out


def test_a_cassette_of_vcr_is_read_and_its_reply_is_unpacked(run: Run, scratch: Path) -> None:
    content = gzip.compress(json.dumps({"code": 0, "data": {"address": "x", "inks": 3}}).encode())
    path = scratch / "calls.yaml"
    path.write_text(yaml.safe_dump(vcr(content)), encoding="utf-8")
    done = run("drift", path)
    assert (done.status, "data.inks" in done.out) == (1, True)
    assert KEY not in done.out


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("cut.har", '{"log": {"entries": [\n{', "line 2: is not JSON, or cut off"),
        ("cut.yaml", "interactions:\n- request: [\n", "is not YAML that can be read"),
        ("other.yaml", "steps: []", "interactions: is missing"),
        ("other.har", "{}", "log: is missing"),
        ("others.har", json.dumps(only_others()), "none of its 1 exchanges is for an operation of the catalog"),
    ],
)
def test_a_broken_recording_of_another_tool_is_a_fault(
    run: Run, scratch: Path, name: str, text: str, problem: str
) -> None:
    (scratch / name).write_text(text, encoding="utf-8")
    done = run("drift", scratch / name)
    assert (done.status, done.out) == (1, "")
    assert problem in done.faults[0]
