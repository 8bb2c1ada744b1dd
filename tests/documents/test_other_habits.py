"""Habits of writers that no vendor's documents have yet: each is read, or the line is unread; no fact is made up."""

from __future__ import annotations

from typing import Any

import pytest

from tests.documents.conftest import ReadFolder
from tests.documents.test_further_layouts import START, parameters, read, states


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("(integer): 15 s – 240 s", {"type": "integer", "minimum": 15, "maximum": 240, "unit": "second"}),
        ("(number): `0.5 ≤ heat ≤ 2`", {"type": "number", "minimum": 0.5, "maximum": 2}),
        ("(integer): `1~4`", {"type": "integer", "minimum": 1, "maximum": 4}),
        ("(integer): 25 or 30 (default 25)", {"type": "integer", "enum": [25, 30], "default": 25}),
        ("(integer): 1024, 2048, 4096", {"type": "integer", "enum": [1024, 2048, 4096]}),
        ("(integer): In Hz: 16000 or 24000", {"type": "integer", "enum": [16000, 24000]}),
        ("(string): Heat: low, high", {"type": "string", "enum": ["low", "high"]}),
        ("(string): `low` or `high`, `low` if left out", {"type": "string", "enum": ["low", "high"], "default": "low"}),
        ("— optional — integer from 0 to 9", {"type": "integer", "required": False, "minimum": 0, "maximum": 9}),
    ],
)
def test_a_fact_in_further_words_is_the_same_fact(
    read_folder: ReadFolder, words: str, expected: dict[str, Any]
) -> None:
    found, unread = read(read_folder, f"{START}Fields:\n\n- `heat` {words}\n")
    assert (parameters(found)["heat"], unread) == (expected, [])


@pytest.mark.parametrize(
    ("words", "fact"),
    [
        ("(string | null): a name. Default: null", "default"),
        ("(string): light or the default one", "default"),
        ("(string): picture, JPG, PNG or XYZ", "enum"),
        ("(integer): model swift: 5 or 10; model grand: 8", "enum"),
    ],
)
def test_what_is_not_certain_is_no_fact(read_folder: ReadFolder, words: str, fact: str) -> None:
    found, unread = read(read_folder, f"{START}Fields:\n\n- `heat` {words}\n")
    assert fact not in parameters(found)["heat"]
    assert unread == [9] or "default one" in words


@pytest.mark.parametrize("name", ["a[", "a(b", "list[].x_y", "x_[z"])
def test_a_name_with_marks_of_patterns_is_a_name_or_its_line_is_unread(read_folder: ReadFolder, name: str) -> None:
    text = f"{START}Fields:\n\n- `{name}` (string, required)\n- `list[].x_y` (string)\n\nSet list[].x_y (1-9).\n"
    found, unread = read(read_folder, text)
    assert name.rpartition(".")[2] in parameters(found) or 9 in unread


def test_sides_of_pictures_have_both_ends(read_folder: ReadFolder) -> None:
    words = "(string): URL of a PNG, between 256 and 2048 px on each side"
    found, _ = read(read_folder, f"{START}Fields:\n\n- `pot` {words}\n")
    sides = {key: value for key, value in parameters(found)["pot"].items() if "width" in key or "height" in key}
    assert sides == {"min_width": 256, "min_height": 256, "max_width": 2048, "max_height": 2048}


STARS = "| Name | Type | What |\n|---|---|---|\n| clay* | string | |\n| glaze | string | |\n"


def test_a_star_means_required_where_the_document_says_so(read_folder: ReadFolder) -> None:
    found, unread = read(read_folder, f"{START}Body. Fields marked with `*` are required.\n\n{STARS}")
    required = {name: facts.get("required") for name, facts in parameters(found).items()}
    assert (required, unread) == ({"clay": True, "glaze": False}, [])
    found, unread = read(read_folder, f"{START}Body\n\n{STARS}")
    assert (parameters(found)["clay"].get("required"), unread) == (None, [11])


def test_a_blank_cell_means_optional_where_the_column_only_marks_what_is_required(read_folder: ReadFolder) -> None:
    table = "| Name | Required? | Type |\n|---|---|---|\n| clay | ✓ | string |\n| glaze | {} | string |\n"
    found, _ = read(read_folder, START + table.format(""))
    assert {name: facts.get("required") for name, facts in parameters(found).items()} == {"clay": True, "glaze": False}


def test_lines_nested_in_a_field_say_more_of_it(read_folder: ReadFolder) -> None:
    text = f"{START}Body\n\n1. `pots` (list of URLs, required)\n   - 2 to 6 pictures\n   - JPEG or PNG\n"
    found, unread = read(read_folder, f"{text}   - each no larger than 6 MB\n")
    facts = parameters(found)["pots"]
    assert (facts["min_items"], facts["max_items"], facts["formats"], facts["max_bytes"], unread) == (
        2,
        6,
        ["jpeg", "png"],
        6_000_000,
        [],
    )


def test_items_below_the_status_of_a_reply_are_its_states(read_folder: ReadFolder) -> None:
    text = f"{START}Reply\n\n- `state` (integer)\n  - 10: waiting\n  - 20: running\n  - 30: ready\n"
    found, unread = read(read_folder, text)
    assert (states(found), unread) == ({"10": "queued", "20": "running", "30": "succeeded"}, [])


def test_a_code_beside_a_status_of_http_is_the_code(read_folder: ReadFolder) -> None:
    table = "## Errors\n\n| HTTP status | Code | Meaning |\n|---|---|---|\n| 401 | 7001 | bad token |\n"
    found, unread = read(read_folder, START + table)
    errors = {name: (facts["channel"], facts["error"]) for (_, kind, name), facts in found.items() if kind == "error"}
    expected = {"401": ("http", "AuthenticationError"), "7001": ("in-band", "AuthenticationError")}
    assert (errors, unread) == (expected, [])


def test_the_pause_after_too_many_requests_is_none_between_two_questions(read_folder: ReadFolder) -> None:
    found, _ = read(read_folder, f"{START}## Errors\n\nThe HTTP status is 429 (too many requests; wait 30 seconds).\n")
    assert not any("poll_seconds" in facts for facts in found.values())


def test_fields_before_any_heading_are_of_the_request_there(read_folder: ReadFolder) -> None:
    text = (
        "Endpoint: `POST https://api.kiln.example/v1/fire` with header `X-Kiln-Key: $KILN_KEY`\n\n- `clay` (string)\n"
    )
    found, unread = read(read_folder, text)
    assert (list(parameters(found)), found[None, "header", "X-Kiln-Key"], unread) == (["clay"], {"required": True}, [])


def test_fields_of_an_object_that_a_title_names_are_inside_it(read_folder: ReadFolder) -> None:
    body = """```json\n{"pots": [{"lid": {"size": 2}}], "clay": "red"}\n```\n\n"""
    table = "| Field | Type |\n|---|---|\n| size | integer |\n"
    text = f"{START}Body\n\n{body}- `clay` (string)\n\nFields of `lid`:\n\n{table}"
    found, _ = read(read_folder, text)
    assert set(parameters(found)) == {"clay", "pots[].lid.size"}


def test_the_headers_of_a_request_in_python_are_read(read_folder: ReadFolder) -> None:
    call = 'requests.post("https://api.kiln.example/v1/fire", headers={"X-Kiln-Key": os.environ["KEY"]}, json={})'
    found, _ = read(read_folder, f"# Kiln\n\n## Fire\n\n```python\nimport requests\n{call}\n```\n")
    assert found[None, "header", "X-Kiln-Key"] == {"required": True}


def test_post_and_get_at_one_url_are_two_operations_where_methods_have_their_own_line(read_folder: ReadFolder) -> None:
    one = "### {0}\n\n- Method: {1}\n- URL: `https://api.kiln.example/v1/fire`\n\n"
    found, _ = read(read_folder, "# Kiln\n\n" + one.format("Start", "POST") + one.format("Look", "GET"))
    assert {facts["method"] for facts in found.values() if "method" in facts} == {"POST", "GET"}
    assert {key[0] for key in found if key[1] == "operation"} == {"fire", "get-fire"}


@pytest.mark.parametrize(
    ("option", "media"), [("-F", "multipart/form-data"), ("-d", "application/x-www-form-urlencoded")]
)
def test_a_form_that_curl_sends_is_a_form(read_folder: ReadFolder, option: str, media: str) -> None:
    call = f"```bash\ncurl -X POST https://api.kiln.example/v1/fire {option} 'clay=red'\n```\n"
    found, _ = read(read_folder, f"# Kiln\n\n## Fire\n\n{call}")
    assert found["fire", "operation", ""]["content_type"] == media


@pytest.mark.parametrize("label", ["Task creation endpoint", "Job submission URL", "Submit URL", "Endpoint"])
@pytest.mark.parametrize("report", ["Result endpoint", "Task result URL", "Status endpoint", "查询地址"])
def test_parameters_below_two_urls_belong_to_the_operation_that_starts(
    read_folder: ReadFolder, label: str, report: str
) -> None:
    urls = f"- {label}: `https://api.kiln.example/v1/fire`\n- {report}: `https://api.kiln.example/v1/look`\n"
    found, _ = read(read_folder, f"# Kiln\n\n{urls}\n### Parameters\n\n- `heat` (integer, required): 1-9\n")
    assert {owner for owner, subject, _ in found if subject == "parameter"} == {"fire"}
