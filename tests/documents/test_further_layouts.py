"""Invented documents in further layouts: what is read of each, what is unread, and nothing that is not there."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.documents.claims import VendorDocument
from tests.documents.conftest import ReadFolder

Facts = dict[tuple[str | None, str, str], dict[str, Any]]
START = "# Kiln\n\n## Fire\n\n`POST https://api.kiln.example/v1/fire`\n\n"


def facts(document: VendorDocument) -> Facts:
    found: Facts = {}
    for claim in document.claims:
        found.setdefault((claim.operation, claim.subject, claim.name), {}).update(claim.facts)
    return found


def read(read_folder: ReadFolder, text: str) -> tuple[Facts, list[int]]:
    document = read_folder({"SKILL.md": text})["SKILL.md"]
    return facts(document), sorted({row.line for row in document.unread})


def parameters(found: Facts, operation: str | None = "fire") -> dict[str, dict[str, Any]]:
    return {
        name: given for (owner, subject, name), given in found.items() if (owner, subject) == (operation, "parameter")
    }


def states(found: Facts) -> dict[str, Any]:
    return {name: given.get("state") for (_, subject, name), given in found.items() if subject == "status"}


WITHOUT_HEADINGS = """# Kiln

**Start:** `POST https://api.kiln.example/v1/fire`

**Body**
- `clay` (string, required)

**Returns**
- `fire_id` (string)

**Look:** `GET https://api.kiln.example/v1/fire/{fire_id}`

**Returns**
- `pots` (array of objects)
  - `glaze` (string)
"""


def test_requests_without_headings_scope_what_follows_them(read_folder: ReadFolder) -> None:
    found, unread = read(read_folder, WITHOUT_HEADINGS)
    assert (list(parameters(found)), parameters(found, None), unread) == (["clay"], {}, [])
    assert [key for key in found if key[1] == "response"] == [
        ("fire", "response", "fire_id"),
        ("fire-item", "response", "pots"),
        ("fire-item", "response", "pots.glaze"),
    ]


def test_a_list_of_requests_scopes_nothing(read_folder: ReadFolder) -> None:
    text = (
        "# Kiln\n\n- `POST https://api.kiln.example/fire`\n- `POST https://api.kiln.example/cool`\n\n- `a` (string)\n"
    )
    found, unread = read(read_folder, text)
    assert (parameters(found, "cool"), parameters(found, None), unread) == ({}, {}, [6])


def test_headings_of_a_part_on_the_same_level_are_of_the_operation_before(read_folder: ReadFolder) -> None:
    one = "## {0}\n\n| URL | https://api.kiln.example/{0} |\n|---|---|\n| Method | POST |\n\n"
    one += "## Body\n\n- `{1}` (string, required)\n\n"
    found, unread = read(read_folder, "# Kiln\n\n" + one.format("fire", "clay") + one.format("cool", "pot"))
    assert (list(parameters(found)), list(parameters(found, "cool")), unread) == (["clay"], ["pot"], [])


@pytest.mark.parametrize("second", ["- Method: `PUT`", "Use PUT https://api.kiln.example/v1/fire for it."])
def test_two_methods_of_one_url_are_two_readings_of_one_operation(read_folder: ReadFolder, second: str) -> None:
    document = read_folder({"SKILL.md": f"{START}{second}\n"})["SKILL.md"]
    methods = [claim.facts["method"] for claim in document.claims if "method" in claim.facts]
    assert (sorted(methods), {claim.operation for claim in document.claims} - {None}) == (["POST", "PUT"], {"fire"})


def test_post_in_one_document_and_put_in_another_are_one_operation(read_folder: ReadFolder) -> None:
    other = "# More\n\n## Fire it\n\n`PUT https://api.kiln.example/v1/fire`\n"
    documents = read_folder({"SKILL.md": START, "references/more.md": other}).values()
    assert {claim.operation for one in documents for claim in one.claims if "method" in claim.facts} == {"fire"}


def test_post_and_put_under_a_title_each_are_two_operations(read_folder: ReadFolder) -> None:
    found, _ = read(read_folder, f"{START}## Replace\n\n`PUT https://api.kiln.example/v1/fire`\n")
    assert {key[0] for key in found if key[1] == "operation"} == {"fire", "put-fire"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("(integer): 0 到 100", {"type": "integer", "minimum": 0, "maximum": 100}),
        ("(integer): 1 ≤ heat ≤ 9", {"type": "integer", "minimum": 1, "maximum": 9}),
        ("(number): 0.0 - 1.5", {"type": "number", "minimum": 0.0, "maximum": 1.5}),
        (
            "(integer): 256 – 512, multiple of 64",
            {"type": "integer", "minimum": 256, "maximum": 512, "multiple_of": 64},
        ),
        ("(integer): 1 到 4 张", {"type": "integer", "minimum": 1, "maximum": 4}),
        ("(string): 10..300 chars", {"type": "string", "min_length": 10, "max_length": 300}),
        ("(string, 80 characters at most)", {"type": "string", "max_length": 80}),
        ('(string): "low" | "high"; default "low"', {"type": "string", "enum": ["low", "high"], "default": "low"}),
        ("(string): Allowed: low / high.", {"type": "string", "enum": ["low", "high"]}),
        (
            "(string): low, mid or high, default mid",
            {"type": "string", "enum": ["low", "mid", "high"], "default": "mid"},
        ),
        ("(string): wax, 支持 mp3、wav, 默认 mp3", {"type": "string", "enum": ["mp3", "wav"], "default": "mp3"}),
        ("(string): `#fff` 默认 #00FF00", {"type": "string", "default": "#00FF00"}),
        ("(true/false, default false)", {"type": "boolean", "default": False}),
        ("(string, required when `mode` is `hot`)", {"type": "string", "required_when": {"mode": ["hot"]}}),
        ("(string, 选填): upper 上装; lower 下装", {"type": "string", "required": False, "enum": ["upper", "lower"]}),
    ],
)
def test_a_fact_in_other_words_is_the_same_fact(read_folder: ReadFolder, words: str, expected: dict[str, Any]) -> None:
    found, _ = read(read_folder, f"{START}Fields:\n\n- `heat` {words}\n")
    assert parameters(found)["heat"] == expected


@pytest.mark.parametrize(
    "words",
    [
        "(string): ISO 639-1 code",
        "(string): swift or grand",
        "(string, required unless `clay` is set)",
        "(string, deprecated since 2025-01)",
        "(integer): 9 to 1",
    ],
)
def test_what_is_not_certain_is_unread_and_no_fact(read_folder: ReadFolder, words: str) -> None:
    found, unread = read(read_folder, f"{START}Fields:\n\n- `heat` {words}\n")
    assert (parameters(found)["heat"].keys() - {"type"}, unread) == (set(), [9])


def test_values_with_their_words_are_values_with_labels(read_folder: ReadFolder) -> None:
    found, unread = read(
        read_folder, f"{START}Fields:\n\n- `mode` (string): `hot` (much fire), `warm` (less), `raw` (none)\n"
    )
    assert (parameters(found)["mode"]["enum"], unread) == (["hot", "warm", "raw"], [])
    assert found["fire", "label", "mode.warm"] == {"label": "less"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "The reply has `data.state`, which is one of `firing`, `done`, `failed`.",
            {"firing": None, "done": "succeeded", "failed": "failed"},
        ),
        (
            "Reply: `data.status` is `queued`, `done` or `error`.",
            {"queued": "queued", "done": "succeeded", "error": "failed"},
        ),
        (
            "Status values: waiting → firing → done | failed",
            {"waiting": "queued", "firing": None, "done": "succeeded", "failed": "failed"},
        ),
        (
            "- `status`（int）：0-排队，1-处理中，2-完成，-1-失败",
            {"0": "queued", "1": "running", "2": "succeeded", "-1": "failed"},
        ),
        ("`status` 字段：1 等待中，2 生成中，3 已完成", {"1": "queued", "2": "running", "3": "succeeded"}),
        ('- `state`: string ("queued" | "done")', {"queued": "queued", "done": "succeeded"}),
        (
            "- `phase` string - One of: submitted, firing, success.",
            {"submitted": "queued", "firing": None, "success": "succeeded"},
        ),
    ],
)
def test_states_are_states_however_they_are_listed(
    read_folder: ReadFolder, line: str, expected: dict[str, Any]
) -> None:
    look = "## Look\n\n`GET https://api.kiln.example/v1/fire/{fire_id}`\n\n"
    found, unread = read(read_folder, f"{START}{look}{line}\n")
    assert (states(found), unread) == (expected, [])
    names = {key[2].rpartition(".")[2] for key in found if key[1] in ("response", "parameter")}
    assert names <= {"status", "state", "phase", "fire_id"}


HTML = """<table>
<tr><th>Field</th><th>Type</th><th>Required</th><th>Description</th></tr>
<tr><td><code>clay</code></td><td>string</td><td>yes</td><td>up to 20 characters<br>the clay</td></tr>

<tr>
  <td>heat</td><td>integer</td>
  <td>no</td><td>1 to 9, default 3</td>
</tr>
</table>
"""


def test_a_table_in_html_is_a_table(read_folder: ReadFolder) -> None:
    found, unread = read(read_folder, START + HTML)
    assert (parameters(found), unread) == (
        {
            "clay": {"type": "string", "required": True, "max_length": 20},
            "heat": {"type": "integer", "required": False, "minimum": 1, "maximum": 9, "default": 3},
        },
        [],
    )


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            "| パラメータ | 型 | 必須 | 説明 |\n|---|---|---|---|\n| clay | string | はい | `a`、`b` |",
            {"type": "string", "required": True, "enum": ["a", "b"]},
        ),
        (
            "| 欄位 | 型別 | 必填 | 說明 |\n|---|---|---|---|\n| clay | 字串 | 否 | 預設 `a` |",
            {"type": "string", "required": False, "default": "a"},
        ),
        (
            "| Param | Type / Required | Notes |\n|---|---|---|\n| clay | string / required | ≤ 8 chars |",
            {"type": "string", "required": True, "max_length": 8},
        ),
        (
            "| Name | Type | Length | Required |\n|---|---|---|---|\n| clay | String | 32 | M |",
            {"type": "string", "required": True, "max_length": 32},
        ),
    ],
)
def test_a_table_is_read_by_its_titles(read_folder: ReadFolder, table: str, expected: dict[str, Any]) -> None:
    found, unread = read(read_folder, f"{START}{table}\n")
    assert (parameters(found)["clay"], unread) == (expected, [])


@pytest.mark.parametrize(
    "table",
    [
        "| xyz | abc | mno |\n|---|---|---|\n| clay | string | the clay |",
        "| Name | In | Type | Required |\n|---|---|---|---|\n| clay | header | string | yes |",
        "| Field | small | large |\n|---|---|---|\n| clay | required | max 9 |",
    ],
)
def test_a_row_of_a_table_that_no_reader_knows_is_unread(read_folder: ReadFolder, table: str) -> None:
    found, unread = read(read_folder, f"{START}{table}\n")
    assert (parameters(found), unread) == ({}, [9])


def test_terms_and_definitions_are_fields(read_folder: ReadFolder) -> None:
    found, unread = read(read_folder, f"{START}heat\n: integer, optional. Between 1 and 9. Default: 3.\n")
    assert (parameters(found), unread) == (
        {"heat": {"type": "integer", "required": False, "minimum": 1, "maximum": 9, "default": 3}},
        [],
    )


def test_comments_above_keys_are_about_the_keys(read_folder: ReadFolder) -> None:
    inside = '  // which clay (required)\n  "clay": "red",\n  /* optional; 1.5 to 9.5 */\n  "heat": 2.5'
    body = f"```jsonc\n{{\n{inside}\n}}\n```\n"
    found, unread = read(read_folder, f"{START}with this body:\n\n{body}")
    assert (parameters(found), unread) == (
        {
            "clay": {"type": "string", "required": True},
            "heat": {"type": "number", "required": False, "minimum": 1.5, "maximum": 9.5},
        },
        [],
    )


def test_a_fence_of_fields_and_types_is_a_list(read_folder: ReadFolder) -> None:
    inside = "clay: string   # required\nmode: string   # optional; hot | raw; default raw"
    request = f"Request body:\n\n```yaml\n{inside}\n```\n\n"
    reply = "Response:\n\n```yaml\nstatus: string # queued | done | failed\n```\n"
    found, unread = read(read_folder, START + request + reply)
    assert parameters(found) == {
        "clay": {"type": "string", "required": True},
        "mode": {"type": "string", "required": False, "enum": ["hot", "raw"], "default": "raw"},
    }
    assert (states(found), unread) == ({"queued": "queued", "done": "succeeded", "failed": "failed"}, [])


def test_a_url_alone_in_a_fence_has_the_method_of_the_line_above(read_folder: ReadFolder) -> None:
    found, unread = read(
        read_folder, "# Kiln\n\n## Fire\n\nSend a **POST** request to:\n\n```\nhttps://api.kiln.example/fire\n```\n"
    )
    assert (found["fire", "operation", ""]["method"], unread) == ("POST", [])


def test_an_id_at_the_end_of_a_url_is_a_placeholder_where_a_reply_shows_it(read_folder: ReadFolder) -> None:
    look = "## Look\n\n```bash\ncurl https://api.kiln.example/v1/fire/f1\n```\n"
    found, _ = read(read_folder, f'{START}Returns `{{"job": "f1"}}`.\n\n{look}')
    assert found["fire-item", "operation", ""]["url"] == "https://api.kiln.example/v1/fire/{job}"


def test_plain_names_of_the_example_body_are_fields(read_folder: ReadFolder) -> None:
    curl = '```bash\ncurl -X POST https://api.kiln.example/v1/fire -d \'{"clay": "red", "wet": true}\'\n```\n\n'
    found, unread = read(
        read_folder, f"{START}{curl}- clay: which one, required, at most 9 characters\n- wet: optional, default true\n"
    )
    assert (parameters(found), unread) == (
        {
            "clay": {"type": "string", "required": True, "max_length": 9},
            "wet": {"type": "boolean", "required": False, "default": True},
        },
        [],
    )


@pytest.mark.parametrize(
    ("line", "claim"),
    [
        ("Use a bearer token.", (None, "header", "Authorization")),
        ("Auth: pass `api_key` in the query string.", (None, "credential", "api_key")),
        ("Base: https://eu.kiln.example/v1", (None, "server", "https://eu.kiln.example/v1")),
    ],
)
def test_keys_and_hosts_in_a_few_words_are_read(read_folder: ReadFolder, line: str, claim: tuple[Any, ...]) -> None:
    found, unread = read(read_folder, f"{line}\n\n{START}")
    assert (claim in found, unread) == (True, [])


@pytest.mark.parametrize(
    "line",
    [
        "We send a POST to `webhook_url` with the header `X-Kiln-Signature`.",
        "On 429 wait 2 seconds, then double the wait up to 60 seconds.",
        "Retry with exponential backoff (1s, 2s, 4s, max 5 attempts).",
        "Answer the webhook within ten seconds, else it is sent again.",
    ],
)
def test_webhooks_and_backoff_are_reported(read_folder: ReadFolder, line: str) -> None:
    found, unread = read(read_folder, f"{START}## More\n\n{line}\n")
    assert (unread, [key for key in found if key[1] in ("parameter", "status")]) == ([9], [])


def test_each_request_of_a_script_that_stands_alone_is_unread(read_folder: ReadFolder) -> None:
    lines = (
        'BASE = "https://api.kiln.example/v1"',
        "",
        "def fire(clay):",
        '    return requests.post(f"{BASE}/fire", json={"clay": clay})',
    )
    document = read_folder({"SKILL.md": "# Kiln\n", "scripts/fire.py": "\n".join(["import requests", *lines, ""])})[
        "scripts/fire.py"
    ]
    assert [(row.line, row.signal) for row in document.unread] == [(5, "request in code")]
    assert [(claim.subject, claim.name) for claim in document.claims] == [("server", "https://api.kiln.example/v1")]


def test_bullets_below_a_parameter_and_its_values_are_the_values(read_folder: ReadFolder) -> None:
    lines = "Parameter `mode` (required): how. Possible values:\n- `hot` – much fire\n- `raw` – none\n\n"
    found, unread = read(read_folder, f"{START}{lines}Parameter `clay` (optional): the clay.\n")
    assert (parameters(found), unread) == (
        {"mode": {"required": True, "enum": ["hot", "raw"]}, "clay": {"required": False}},
        [],
    )


def test_a_column_of_an_unknown_title_is_read_alone_and_reported_beside_others(read_folder: ReadFolder) -> None:
    head = "| Field | Type | {} |\n|---|---|---|{}\n| heat | integer | {} |\n"
    found, unread = read(read_folder, START + head.format("Rules", "", "1..4 (default: 1)"))
    assert (parameters(found)["heat"], unread) == ({"type": "integer", "minimum": 1, "maximum": 4, "default": 1}, [])
    found, unread = read(read_folder, START + head.format("small | large", "---|", "max 4 | max 9"))
    assert (parameters(found)["heat"], unread) == ({"type": "integer"}, [9])


def test_states_in_words_that_no_reader_knows_are_unread(read_folder: ReadFolder) -> None:
    look = "## Look\n\n`GET https://api.kiln.example/v1/fire/{fire_id}`\n\n"
    found, unread = read(read_folder, f"{START}{look}出参：`progress`（0-100）、`state`（WAIT/RUN/OK）\n")
    assert (states(found), unread) == ({}, [11])


@pytest.mark.parametrize(("cell", "retry"), [("no", "never"), ("yes", "after_delay")])
def test_a_column_of_an_error_table_says_whether_to_try_again(read_folder: ReadFolder, cell: str, retry: str) -> None:
    table = f"| Code | Message | Retryable |\n|---|---|---|\n| 7009 | wrong clay | {cell} |\n"
    found, _ = read(read_folder, f"{START}## Errors\n\n{table}")
    assert found[None, "error", "7009"]["retry"] == retry


def test_a_key_in_the_query_of_a_raw_request_is_no_part_of_the_url(read_folder: ReadFolder) -> None:
    found, _ = read(read_folder, "# Kiln\n\nCall:\n\n    POST https://api.kiln.example/fire?key=YOUR_KEY\n")
    assert found["fire", "operation", ""]["url"] == "https://api.kiln.example/fire"
    assert found[None, "credential", "key"] == {"in": "query", "required": True}


def test_emphasis_around_types_is_none_of_the_words(read_folder: ReadFolder) -> None:
    found, unread = read(read_folder, f"{START}Fields:\n\n- `clay` *string* **required** — 1–12 chars\n")
    assert (parameters(found)["clay"], unread) == (
        {"type": "string", "required": True, "min_length": 1, "max_length": 12},
        [],
    )


@pytest.mark.parametrize("colon", [":", "：", "  : ", "： "])
@pytest.mark.parametrize("title", ["Parameters", "Request body"])
def test_the_words_behind_what_is_required_are_no_type(read_folder: ReadFolder, title: str, colon: str) -> None:
    text = (
        f"### {title}\n\n- `pots` (required){colon}number of pots, 1 to 4\n- `glaze` (optional){colon}text on a pot\n"
    )
    found, unread = read(read_folder, START + text)
    assert parameters(found) == {"pots": {"required": True, "minimum": 1, "maximum": 4}, "glaze": {"required": False}}
    assert unread == []
