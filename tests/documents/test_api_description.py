"""The JSON API description: JSON inside JSON strings, limits inside prose, malformed examples, a line a claim."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen.documents.claims import VendorDocument
from codegen.documents.importer import read_sources
from tests.documents.invented_service import described, entry, found, line_of

OPERATION = "t2s-choir-2"


@pytest.fixture
def text() -> str:
    return described(entry())


@pytest.fixture
def document(tmp_path: Path, text: str) -> VendorDocument:
    path = tmp_path / "c_api_doc_detail.json"
    path.write_text(text, encoding="utf-8")
    (only,) = read_sources([path])
    return only


def test_an_entry_is_an_operation(document: VendorDocument) -> None:
    facts = found(document, "operation", "", OPERATION)
    assert facts["name"] == "Choir 2"
    assert facts["url"] == "https://api.choir.example/song/t2s-choir-2"
    assert (facts["method"], facts["group"], facts["state"], facts["id"]) == ("POST", "Text To Song", 1, 7)
    assert document.kind == "api-description"
    assert document.capability == (OPERATION,)


def test_without_a_code_of_its_own_the_last_segment_of_the_address_names_it(tmp_path: Path) -> None:
    path = tmp_path / "api.json"
    path.write_text(
        described(entry(code=None, endpoint="https://api.choir.example/job/result/{task_id}")), encoding="utf-8"
    )
    assert read_sources([path])[0].capability == ("result",)


def test_every_claim_carries_the_line_of_its_key(document: VendorDocument, text: str) -> None:
    lines = {claim.line for claim in document.claims if claim.subject == "parameter"}
    assert lines == {line_of(text, '"api_body"')}
    (named,) = [claim.line for claim in document.claims if "url" in claim.facts]
    assert named == line_of(text, '"endpoint"')


def test_parameters_have_types_limits_and_defaults(document: VendorDocument) -> None:
    assert found(document, "parameter", "words", OPERATION) == {"type": "string", "required": True, "max_length": 90}
    covers = found(document, "parameter", "covers", OPERATION)
    assert (covers["type"], covers["items"], covers["max_items"], covers["format"]) == ("array", "string", 4, "uri")
    assert (covers["formats"], covers["min_bytes"], covers["max_bytes"]) == (["png", "jpg"], 0, 2_500_000)
    assert (covers["min_width"], covers["min_height"], covers["max_width"], covers["max_height"]) == (30, 40, 500, 600)
    assert (covers["min_aspect"], covers["max_aspect"]) == ("2:5", "3.5:1")


def test_a_value_may_be_allowed_only_beside_another(document: VendorDocument) -> None:
    mood = found(document, "parameter", "mood", OPERATION)
    assert (mood["enum"], mood["default"]) == (["calm", "wild"], "calm")
    assert mood["allowed_when"] == {"wild": {"pace": ["2x"]}}


def test_the_list_of_parameters_is_closed(document: VendorDocument) -> None:
    assert found(document, "list", "parameters", OPERATION) == {"names": ["words", "mood", "covers"]}


def test_the_example_call_shows_wrapper_and_arguments(document: VendorDocument) -> None:
    assert found(document, "operation", "", OPERATION, "example")["body_wrapper"] == "data"
    assert found(document, "example", OPERATION, OPERATION, "example") == {
        "arguments": {"words": "<text>", "mood": "calm"}
    }


def test_a_malformed_example_reply_still_shows_its_keys(document: VendorDocument) -> None:
    assert found(document, "response", "data.task_id", OPERATION, "example") == {"type": "string"}
    assert found(document, "response", "trace", OPERATION, "example") == {"type": "string"}


def test_reply_fields_know_their_parent_and_the_code_of_success(document: VendorDocument) -> None:
    assert found(document, "response", "data.task_id", OPERATION)["type"] == "string"
    assert found(document, "response", "code", OPERATION)["success"] == "0"


def test_states_and_codes_are_read(document: VendorDocument) -> None:
    assert found(document, "status", "pending", OPERATION) == {"state": "queued"}
    assert found(document, "status", "succeeded", OPERATION) == {"state": "succeeded"}
    assert found(document, "error", "70001", OPERATION)["error"] == "AuthenticationError"


def test_a_code_table_that_repeats_the_example_is_read_as_the_example(tmp_path: Path) -> None:
    path = tmp_path / "api.json"
    path.write_text(described(entry(api_code_demo=entry()["api_request_demo"])), encoding="utf-8")
    (document,) = read_sources([path])
    assert not [claim for claim in document.claims if claim.subject == "error"]
    assert not document.unread


def test_the_newest_date_of_the_entries_dates_the_document(document: VendorDocument) -> None:
    assert document.published == "2026-03-14"


def test_secrets_of_a_header_are_not_claims(document: VendorDocument) -> None:
    assert found(document, "header", "X-API-KEY", OPERATION) == {"required": True}
    assert found(document, "header", "Content-Type", OPERATION) == {"value": "a/json"}


def test_a_limit_that_no_phrase_covers_is_unread(tmp_path: Path) -> None:
    body = (
        '{"category": [{"title": "T", "list": [{"name": "a", "type": "string", "describe": "Use 3 or 4 of them."}]}]}'
    )
    path = tmp_path / "api.json"
    text = described(entry(api_body=body))
    path.write_text(text, encoding="utf-8")
    (document,) = read_sources([path])
    assert [(row.line, row.signal) for row in document.unread] == [(line_of(text, '"api_body"'), "number")]


def test_a_key_nobody_knows_is_unread(tmp_path: Path) -> None:
    path = tmp_path / "api.json"
    text = described({**entry(), "quota": "5 a day"})
    path.write_text(text, encoding="utf-8")
    (document,) = read_sources([path])
    assert [row.line for row in document.unread] == [line_of(text, '"quota"')]
