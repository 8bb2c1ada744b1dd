"""Habits of vendors whose documents nobody here has seen: one rule a test, on an invented service."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.documents.claims import VendorDocument
from tests.documents.conftest import ReadFolder

START = "# Loom\n\n## Weave\n\n`POST https://api.loom.example/v1/weave`\n\n"


def read(read_folder: ReadFolder, text: str) -> VendorDocument:
    return read_folder({"SKILL.md": text})["SKILL.md"]


def facts(document: VendorDocument, subject: str = "parameter") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for claim in document.claims:
        if claim.subject == subject:
            found.setdefault(claim.name, {}).update(claim.facts)
    return found


YARN = {
    "yarn": {"type": "string", "required": True, "max_length": 2000},
    "rows": {"type": "integer", "required": False, "default": 4, "minimum": 1, "maximum": 9},
}


@pytest.mark.parametrize(
    "fields_",
    [
        "Body:\n\n- `yarn` · string · required · up to 2,000 characters\n"
        "- `rows` · integer · optional · 1 to 9 · default 4",
        "| Field | Schema | Must | Default | Notes |\n|---|---|---|---|---|\n"
        "| yarn | string | Y | | up to 2000 characters |\n"
        "| rows | integer | N | 4 | 1 to 9 |",
        "| Field | Type | Req? | Range | Default |\n|---|---|---|---|---|\n"
        "| yarn | string | yes | up to 2000 characters | |\n"
        "| rows | integer | no | 1-9 | 4 |",
        "```yaml\nbody:\n  yarn:\n    type: string\n    required: true\n    maxLength: 2000\n"
        "  rows:\n    type: integer\n"
        "    required: false\n    minimum: 1\n    maximum: 9\n    default: 4\n```",
    ],
    ids="dots schema asked yaml".split(),
)
def test_the_same_fields_are_read_in_each_layout(read_folder: ReadFolder, fields_: str) -> None:
    document = read(read_folder, f"{START}{fields_}\n")
    assert (facts(document), document.unread) == (YARN, ())


def test_a_fence_of_yaml_states_the_whole_request(read_folder: ReadFolder) -> None:
    fence = (
        "```yaml\nendpoint: https://api.loom.example/v1/weave\nmethod: POST\nheaders:\n  X-Loom-Key: <your key>\n"
        "body:\n  yarn: string\n  cloth:\n    type: object\n    properties:\n      width: {type: integer}\nresponse:\n"
        "  data.id: string\n```\n"
    )
    document = read(read_folder, f"# Loom\n\n{fence}")
    assert facts(document, "operation")[""] == {
        "name": "Loom",
        "url": "https://api.loom.example/v1/weave",
        "method": "POST",
    }
    assert facts(document)["cloth.width"] == {"type": "integer"}
    assert (list(facts(document, "header")), facts(document, "response")) == (
        ["X-Loom-Key"],
        {"data.id": {"type": "string"}},
    )


def test_fields_in_yaml_that_nobody_can_place_are_unread(read_folder: ReadFolder) -> None:
    document = read(read_folder, f"{START}```yaml\n- settings: &all\n    type: string\n```\n")
    assert [row.line for row in document.unread] == [9]


@pytest.mark.parametrize(
    "body",
    [
        "body: &all\n  yarn:\n    type: string",
        "body:\n  yarn: !yarn\n    type: string",
        "body:\n  yarn: {type: string, default: " + "[" * 40 + "]" * 40 + "}",
        "body:\n" + " " * 81 + "yarn: {type: string}",
    ],
    ids=["anchor", "tag", "nested", "indented"],
)
def test_yaml_that_says_one_thing_in_two_places_or_nests_without_end_is_no_request(
    read_folder: ReadFolder, body: str
) -> None:
    document = read(read_folder, f"{START}```yaml\n{body}\n```\n")
    assert facts(document) == {}


@pytest.mark.parametrize("between", ["", "\n", "\n\n"])
def test_a_field_in_yaml_has_its_own_lines_and_not_that_of_the_next_key(read_folder: ReadFolder, between: str) -> None:
    fence = f"```yaml\nbody:\n  yarn:\n    type: string\n{between}speed: at most 9 requests a second\n```\n"
    document = read(read_folder, START + fence)
    assert facts(document)["yarn"]["type"] == "string"
    assert [row.line for row in document.unread] == [11 + len(between)]


def test_what_holds_for_one_model_is_unread_and_no_value(read_folder: ReadFolder) -> None:
    cases = "- `rows` (integer, optional): default 5\n  - `fine`: 5 or 10\n  - `coarse`: 4 to 12\n"
    document = read(read_folder, f"{START}Body:\n\n{cases}")
    assert facts(document) == {"rows": {"type": "integer", "required": False, "default": 5}}
    assert [row.line for row in document.unread] == [10, 11]


@pytest.mark.parametrize("between", [" > ", " => ", " → ", " | "])
def test_states_in_their_order_are_states(read_folder: ReadFolder, between: str) -> None:
    document = read(read_folder, START + "- States: " + between.join(["queued", "weaving", "done", "failed"]) + "\n")
    assert list(facts(document, "status")) == ["done", "failed", "queued", "weaving"]


def test_words_after_the_label_of_states_are_never_prose(read_folder: ReadFolder) -> None:
    document = read(read_folder, START + "- States: one of several, see above\n")
    assert [row.signal for row in document.unread] == ["states"]


def test_names_beside_the_field_of_the_status_are_no_states(read_folder: ReadFolder) -> None:
    sentence = "The reply has `status`, `rows` (0-9), `cloth_url` once done and `error.message` when failed.\n"
    document = read(read_folder, START + sentence)
    assert (facts(document, "status"), len(facts(document, "response"))) == ({}, 4)


@pytest.mark.parametrize(
    "sentence",
    [
        "If `notify_url` is set, a POST goes there with the fields `id` and `state`.",
        "The body posted to `notify_url` has `id` and `state`.",
        "任务结束后，服务端向 `notify_url` 发送 POST，包含 `id`、`state`。",
    ],
)
def test_a_sentence_names_what_the_service_sends_by_itself(read_folder: ReadFolder, sentence: str) -> None:
    document = read(read_folder, f"{START}- `notify_url` (string, optional)\n\n## Callback\n\n{sentence}\n")
    assert list(facts(document, "callback")) == ["id", "state"]


def test_a_chinese_list_has_values_where_the_default_is_one_of_them(read_folder: ReadFolder) -> None:
    table = "| 参数 | 类型 | 默认值 | 说明 |\n|---|---|---|---|\n| yarn | string | {} | 材料：棉、麻、丝 |\n"
    with_default, without = (read(read_folder, START + "请求参数\n\n" + table.format(word)) for word in ("棉", ""))
    assert facts(with_default)["yarn"]["enum"] == ["棉", "麻", "丝"]
    assert [row.signal for row in without.unread] == ["values"]


def test_a_list_in_chinese_without_a_subject_is_unread(read_folder: ReadFolder) -> None:
    assert [row.signal for row in read(read_folder, START + "主题：节日、旅行\n").unread] == ["list of values"]


def test_values_with_chinese_words_behind_them(read_folder: ReadFolder) -> None:
    line = "- `loom`（string，选填）：方式，取值：`hand` 手工、`power` 机械，默认 `hand`\n"
    document = read(read_folder, f"{START}请求参数：\n\n{line}")
    assert facts(document)["loom"] == {
        "type": "string",
        "required": False,
        "enum": ["hand", "power"],
        "default": "hand",
    }
    assert facts(document, "label")["loom.hand"] == {"label": "手工"}


@pytest.mark.parametrize(
    ("sentence", "seconds"),
    [
        ("Wait 5 s before the first poll, then poll every 3 s; stop after 100 polls.", [3, 5]),
        ("Ask every 2 seconds at first, then every 10 seconds.", [2, 10]),
        ("Not ready: ask again after 3 seconds.", [3, 3]),
    ],
)
def test_all_pauses_of_a_sentence_count(read_folder: ReadFolder, sentence: str, seconds: list[int]) -> None:
    operation = facts(read(read_folder, f"{START}{sentence}\n"), "operation")[""]
    assert operation["poll_seconds"] == seconds


def test_several_codes_in_one_line_have_a_meaning_each(read_folder: ReadFolder) -> None:
    lines = "- `490000` or `490001`: wrong parameters. `490100`: no login.\n- HTTP 503 when the loom is busy\n"
    words = "\nCode `E_INPUT` means that a parameter is invalid, `E_AUTH` that the key is wrong.\n"
    errors = facts(read(read_folder, f"{START}## Errors\n\n{lines}{words}"), "error")
    assert {code: given["error"] for code, given in errors.items()} == {
        "490000": "BadRequest",
        "490001": "BadRequest",
        "490100": "AuthenticationError",
        "503": "ServerError",
        "E_AUTH": "AuthenticationError",
        "E_INPUT": "BadRequest",
    }


def test_several_names_share_the_words_behind_them(read_folder: ReadFolder) -> None:
    document = read(read_folder, f"{START}## Response\n\n- `data.width`, `data.height`: integer\n")
    assert list(facts(document, "response")) == ["data.height", "data.width"]


def test_the_version_in_a_url_is_no_amount(read_folder: ReadFolder) -> None:
    row = "| Weave | https://api.loom.example/v1/weave | POST | 1 credit |\n"
    table = f"| Tool | Endpoint | Method | Cost |\n|---|---|---|---|\n{row}"
    assert [row.signal for row in read(read_folder, f"# Loom\n\n{table}").unread] == ["number 1"]


def test_a_table_names_sections_by_its_first_column(read_folder: ReadFolder) -> None:
    table = "| Tool | Endpoint | Method |\n|---|---|---|\n| Weave | https://api.loom.example/v1/weave | POST |\n"
    document = read(read_folder, f"# Loom\n\n{table}\n## Weave\n\n- **yarn** (*required*, string) — 1 or 2\n")
    assert [claim.operation for claim in document.claims if claim.subject == "parameter"] == ["weave"]


@pytest.mark.parametrize("line", ["[Weave 2](references/weave2.md)", "Get a key at https://loom.example/keys"])
def test_pointers_state_nothing(read_folder: ReadFolder, line: str) -> None:
    assert read(read_folder, f"{START}## More\n\n- {line}\n").unread == ()


def test_words_in_italics_are_no_legend_of_stars(read_folder: ReadFolder) -> None:
    table = "| Name | Type |\n|---|---|\n| rows | integer |\n"
    document = read(read_folder, f"{START}Body:\n\n- `yarn` *(string, required)*\n\nBody:\n\n{table}")
    assert facts(document) == {"yarn": {"type": "string", "required": True}, "rows": {"type": "integer"}}


def test_an_enum_in_brackets_ends_at_the_semicolon(read_folder: ReadFolder) -> None:
    document = read(read_folder, f"{START}Body:\n\n- **loom** (enum: hand, power; optional; default: hand)\n")
    assert facts(document)["loom"] == {
        "type": "string",
        "enum": ["hand", "power"],
        "required": False,
        "default": "hand",
    }


def test_intervals_of_two_spans_are_both_ends(read_folder: ReadFolder) -> None:
    sentence = "Poll at 3s intervals for the first minute and at 10s intervals afterwards."
    assert facts(read(read_folder, f"{START}{sentence}\n"), "operation")[""]["poll_seconds"] == [3, 10]


@pytest.mark.parametrize("line", ["Arguments as above, but without `rows`, and with:", "Same body as `/weave`."])
def test_a_list_that_holds_elsewhere_is_unread(read_folder: ReadFolder, line: str) -> None:
    assert [row.line for row in read(read_folder, f"{START}{line}\n\n- `yarn` (string)\n").unread] == [7]


def test_codes_of_letters_and_digits_with_words_in_chinese(read_folder: ReadFolder) -> None:
    document = read(read_folder, f"{START}## 错误\n\n- E1001 参数缺失\n- E1002 密钥错误\n")
    assert list(facts(document, "error")) == ["E1001", "E1002"]


def test_codes_without_words_are_read_by_their_names(read_folder: ReadFolder) -> None:
    document = read(read_folder, f"{START}## Errors\n\nError codes: `BAD_KEY`, `NO_CREDITS`.\n")
    errors = {code: given["error"] for code, given in facts(document, "error").items()}
    assert errors == {"BAD_KEY": "AuthenticationError", "NO_CREDITS": "InsufficientCredits"}


def test_an_example_under_output_is_one_of_the_reply(read_folder: ReadFolder) -> None:
    document = read(read_folder, START + '### Output\n\n```json\n{"cloth": {"url": "https://loom.example/1"}}\n```\n')
    assert list(facts(document, "response")) == ["cloth", "cloth.url"]


def test_a_table_of_properties_has_two_urls(read_folder: ReadFolder) -> None:
    rows = (
        "| Endpoint | `https://api.loom.example/v1/weave` |\n| Method | `POST` |\n"
        "| Result endpoint | `https://api.loom.example/v1/weave/{job_id}` (GET) |\n"
    )
    document = read(read_folder, f"# Loom\n\n## Facts\n\n| Item | Value |\n|---|---|\n{rows}")
    methods = {claim.operation: claim.facts["method"] for claim in document.claims if "method" in claim.facts}
    assert sorted(methods.values()) == ["GET", "POST"]


def test_a_sentence_names_the_parameter_for_the_callback(read_folder: ReadFolder) -> None:
    document = read(
        read_folder, f"{START}## Webhook\n\nIf `hook_url` is sent, a POST goes there with the field `id`.\n"
    )
    assert facts(document)["hook_url"] == {"type": "string", "format": "uri", "required": False}


def test_words_in_a_column_of_voices_are_unread(read_folder: ReadFolder) -> None:
    table = "| Voice | Sounds |\n|---|---|\n| anna | warm |\n| Big words | deep |\n"
    assert [row.signal for row in read(read_folder, f"{START}## More\n\n{table}").unread] == ["values"]


def test_a_number_of_very_many_digits_is_no_traceback(read_folder: ReadFolder) -> None:
    document = read(read_folder, f"{START}Body:\n\n- `rows` (integer, optional): 1 to {'9' * 400}\n")
    assert "rows" in facts(document)


def test_a_file_that_cannot_be_read_is_a_fault_of_the_request(read_folder: ReadFolder) -> None:
    document = read(read_folder, f"{START}## Errors\n\n- 40001 — image cannot be read\n")
    assert facts(document, "error")["40001"]["error"] == "BadRequest"


def test_a_table_before_any_heading_is_no_traceback(read_folder: ReadFolder) -> None:
    table = "| Field | Type | Required |\n|---|---|---|\n| yarn | string | yes |\n\n"
    document = read(read_folder, f"{table}## Weave\n\n`POST https://api.loom.example/v1/weave`\n")
    assert facts(document)["yarn"] == {"type": "string", "required": True}
