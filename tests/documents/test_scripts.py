"""Client scripts are evidence: signatures, enforced ranges, request and reply; with or without their indentation."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen.documents.claims import Claim, VendorDocument
from codegen.documents.importer import read_sources
from tests.documents.conftest import ReadFolder
from tests.documents.invented_service import FILES, SCRIPT, bundled, found, line_of

SONG = "cw_song"
JOB = "job"


@pytest.fixture
def script(read_folder: ReadFolder) -> VendorDocument:
    return read_folder(FILES)["scripts/song_client.py"]


def without_lines(claims: tuple[Claim, ...]) -> list[tuple[object, ...]]:
    return sorted(
        (claim.subject, claim.name, claim.operation or "", claim.by, repr(dict(claim.facts))) for claim in claims
    )


def test_a_script_without_indentation_gives_the_same_claims(tmp_path: Path, script: VendorDocument) -> None:
    path = tmp_path / "bundle.txt"
    path.write_text(bundled(FILES), encoding="utf-8")
    flat = next(document for document in read_sources([path]) if document.kind == "script")
    assert without_lines(flat.claims) == without_lines(script.claims)
    assert len(flat.claims) > 30


def test_a_signature_gives_type_presence_and_default(script: VendorDocument) -> None:
    assert found(script, "parameter", "lyrics", SONG, "signature") == {"type": "string", "required": True}
    assert found(script, "parameter", "voices", SONG, "signature") == {
        "type": "integer",
        "required": False,
        "default": 2,
    }
    assert found(script, "parameter", "loud", SONG, "signature") == {"type": "boolean", "required": False}


def test_an_argument_that_only_stands_in_for_another_is_no_parameter(script: VendorDocument) -> None:
    names = ["lyrics", "length", "voices", "key", "loud", "picture"]
    assert found(script, "list", "parameters", SONG, "signature") == {"names": names}


def test_what_leads_to_a_raise_is_enforced(script: VendorDocument) -> None:
    assert found(script, "parameter", "length", SONG, "check") == {"minimum": 3, "maximum": 60}
    assert found(script, "parameter", "voices", SONG, "check") == {"minimum": 1, "maximum": 8}
    assert found(script, "parameter", "key", SONG, "check") == {"enum": ["major", "minor"]}


def test_a_value_that_is_enforced_is_required_whatever_its_default_says(script: VendorDocument) -> None:
    assert found(script, "parameter", "picture", SONG, "check") == {"required": True}
    assert "required" not in found(script, "parameter", "picture", SONG, "signature")


def test_claims_stand_on_the_line_of_the_argument(script: VendorDocument) -> None:
    (line,) = [claim.line for claim in script.claims if (claim.name, claim.by) == ("voices", "signature")]
    assert line == line_of(SCRIPT, "voices: int = 2")


def test_addresses_and_methods_come_from_constants_and_calls(script: VendorDocument) -> None:
    assert found(script, "operation", "", SONG) == {
        "url": "https://api.choir.example/v1/make/cw_song",
        "method": "POST",
    }
    assert found(script, "operation", "", JOB) == {"url": "https://api.choir.example/v1/job", "method": "POST"}
    assert found(script, "server", "https://api.choir.example") == {}


@pytest.mark.parametrize("method", ["put", "patch"])
def test_another_method_that_sends_a_body_changes_the_method_alone(
    read_folder: ReadFolder, script: VendorDocument, method: str
) -> None:
    text = SCRIPT.replace("requests.post(", f"requests.{method}(")
    there = without_lines(read_folder(FILES | {"scripts/song_client.py": text})["scripts/song_client.py"].claims)
    here = without_lines(script.claims)
    assert there == sorted(tuple(str(part).replace("'POST'", f"'{method.upper()}'") for part in row) for row in here)
    assert there != here


def test_the_body_of_the_result_call_is_its_parameters(script: VendorDocument) -> None:
    assert found(script, "parameter", "task_id", JOB) == {"type": "string", "required": True}
    assert found(script, "list", "parameters", JOB) == {"names": ["task_id"]}


def test_reply_fields_are_followed_through_variables_and_methods(script: VendorDocument) -> None:
    assert found(script, "response", "code", SONG) == {"success": "0"}
    assert found(script, "response", "data.task_id", SONG) == {}
    for field in ("data.status", "data.reason", "data.progress"):
        assert found(script, "response", field, JOB) == {}
    assert found(script, "response", "data.result", JOB) == {"type": "string", "contains": "json"}


def test_compared_states_are_claims(script: VendorDocument) -> None:
    assert found(script, "status", "3", by="check") == {"state": "succeeded"}
    assert found(script, "status", "5", by="check") == {"terminal": True}


def test_headers_and_credentials_hold_no_secret(script: VendorDocument) -> None:
    assert found(script, "header", "Authorization") == {
        "value": "Basic <base64(app_key:app_secret)>",
        "scheme": "Basic",
        "required": True,
    }
    assert found(script, "header", "X-Choir-Key") == {"required": True}
    assert found(script, "credential", "app_secret") == {}


def test_download_hosts_and_environment_variables_are_read(read_folder: ReadFolder) -> None:
    hosts = 'TRUSTED_HOSTS = (\n    ".choir.example",\n    ".cdn.example",\n)\n'
    script = f'import os\n{hosts}key = os.getenv("CHOIR_KEY", "")\n'
    document = read_folder({**FILES, "scripts/get.py": script})["scripts/get.py"]
    assert [(claim.line, claim.name) for claim in document.claims if claim.subject == "host"] == [
        (3, ".choir.example"),
        (4, ".cdn.example"),
    ]
    assert found(document, "credential", "CHOIR_KEY") == {"variable": "CHOIR_KEY"}


def test_a_comment_that_spells_out_the_states_is_read(read_folder: ReadFolder) -> None:
    document = read_folder({**FILES, "scripts/s.py": "# Status: 3=success, 4=failed\nx = 1\n"})["scripts/s.py"]
    assert found(document, "status", "4") == {"state": "failed", "meaning": "failed"}


def test_a_dispatching_helper_shows_the_wrapper(read_folder: ReadFolder) -> None:
    call = "requests.request(method, url, json={'data': body} if body else {})"
    text = f"import requests\n\ndef go(method, url, body):\n    {call}\n"
    document = read_folder({**FILES, "scripts/r.py": text})["scripts/r.py"]
    assert found(document, "operation", "") == {"body_wrapper": "data"}


@pytest.mark.parametrize("text", ["def broken(:\n  x = (\n", "'''open\n", "if x:\n\treturn 1\n  oops\n", "]"])
def test_a_script_that_is_no_python_does_not_stop_the_import(read_folder: ReadFolder, text: str) -> None:
    document = read_folder({**FILES, "scripts/bad.py": text})["scripts/bad.py"]
    assert sum(document.lines.values()) == text.count("\n") + (not text.endswith("\n"))


def test_how_often_and_how_long_a_client_asks_are_facts(read_folder: ReadFolder) -> None:
    asking = SCRIPT.replace("wait_for(self, task_id: str)", "wait_for(self, task_id: str, poll_interval=4, timeout=90)")
    script = read_folder({**FILES, "scripts/song_client.py": asking})["scripts/song_client.py"]
    (interval,) = (claim for claim in script.claims if "poll_seconds" in claim.facts)
    assert (interval.operation, interval.by, interval.facts["poll_seconds"]) == (SONG, "signature", [4, 4])
    assert [claim.facts["poll_for_seconds"] for claim in script.claims if "poll_for_seconds" in claim.facts] == [90]


def test_a_loop_that_sleeps_tells_how_often_it_asks(read_folder: ReadFolder) -> None:
    loop = "\n```python\nfor _ in range(20):\n    part = client.fetch(task_id)\n    time.sleep(3)\n```\n"
    skill = read_folder({**FILES, "SKILL.md": FILES["SKILL.md"] + loop})["SKILL.md"]
    (claim,) = (claim for claim in skill.claims if "poll_seconds" in claim.facts)
    assert (dict(claim.facts), claim.by) == ({"poll_seconds": [3, 3], "poll_for_seconds": 60}, "example")
    once = loop.replace("for _ in range(20):\n    ", "").replace("    time", "time")
    assert not any(
        "poll_seconds" in claim.facts
        for claim in read_folder({**FILES, "SKILL.md": FILES["SKILL.md"] + once})["SKILL.md"].claims
    )
