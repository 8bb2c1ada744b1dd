"""Layouts of newer documents: one rule a test, on an invented service."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.documents import fields
from codegen.documents.claims import VendorDocument
from codegen.documents.phrases import read as phrases
from codegen.documents.types import read_type
from codegen.documents.vocabulary import simplified
from tests.documents.conftest import ReadFolder

START = "# Kiln\n\n## Fire\n\n`POST https://api.kiln.example/v1/fire`\n\n"


def read(read_folder: ReadFolder, text: str) -> VendorDocument:
    return read_folder({"SKILL.md": text})["SKILL.md"]


def facts(document: VendorDocument, subject: str = "parameter", operation: str | None = "fire") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for claim in document.claims:
        if (claim.subject, claim.operation) == (subject, operation):
            found.setdefault(claim.name, {}).update(claim.facts)
    return found


CLAY = {"clay": {"type": "string", "required": True}, "hours": {"type": "integer", "required": False, "default": 4}}


@pytest.mark.parametrize(
    "fields_",
    [
        "Body:\n\n- `clay`\n  - Type: string\n  - Required: yes\n- `hours`\n  - Type: integer\n  - Required: no\n"
        "  - Default: 4",
        "Body:\n\n**clay** `string` `required`\nWhat is burnt.\n\n"
        "**hours** `integer` `optional` `default: 4`\nHow long.",
        "Body:\n\n+ `clay` *string* **required** What is burnt\n+ `hours` *integer* _optional_ default 4",
        "【请求参数】\n\n● clay，string，必填，陶土\n● hours，int，非必填，默认 4",
        "Body:\n\n- clay, string, required: what is burnt\n- hours, integer, optional, default 4",
        "**入参**\n\n| 字段名 | 字段类型 | 是否可空 | 说明 |\n|---|---|---|---|\n| clay | string | 否 | 陶土 |\n"
        "| hours | int | 是 | 小时，缺省为 4 |",
        "| 名称 Name | 类型 Type | 必选 Required | 缺省 Default |\n|---|---|---|---|\n| clay | String | 是 Yes | |\n"
        "| hours | Integer | 否 No | 4 |",
        "| Key | Kind | Need | Meaning |\n|---|---|---|---|\n| clay | text | must | stuff |\n"
        "| hours | whole number | may | default 4 |",
        "* Required parameters\n  * clay — string; stuff\n* Optional parameters\n  * hours — integer; default: 4",
    ],
    ids="nested marked emphasised bullets commas nullable bilingual needs titles".split(),
)
def test_the_same_fields_are_read_in_each_layout(read_folder: ReadFolder, fields_: str) -> None:
    document = read(read_folder, START + fields_ + "\n")
    assert (facts(document), document.unread) == (CLAY, ())


def test_a_tree_of_fields_is_a_nested_list(read_folder: ReadFolder) -> None:
    branches = "├── clay (string, required) - stuff\n└── kiln (object)\n    └── hours (integer)\n"
    tree = f"```\ndata (object, required)\n{branches}```\n"
    found = facts(read(read_folder, START + "### Request schema\n\n" + tree))
    assert {name: given["type"] for name, given in found.items()} == {
        "clay": "string",
        "kiln": "object",
        "kiln.hours": "integer",
    }


@pytest.mark.parametrize(
    "title",
    [
        "Parameters (inside `pot`):",
        "**Body (`pot`)**",
        "参数说明（均在 `pot` 对象内）：",
        "**请求体**（外层为 `pot`）：",
    ],
)
def test_a_title_states_the_object_around_the_fields(read_folder: ReadFolder, title: str) -> None:
    document = read(read_folder, f"{START}{title}\n\n- `clay` (string, required)\n")
    assert facts(document, "operation")[""]["body_wrapper"] == "pot"


@pytest.mark.parametrize("title", ["**Returns (200)**", "**出参**", "**What comes back in the reply**"])
def test_a_table_under_a_title_of_the_reply_is_no_list_of_parameters(read_folder: ReadFolder, title: str) -> None:
    table = "| Name | Type | Description |\n|---|---|---|\n| data.pot | string | the pot |\n"
    document = read(read_folder, f"{START}- `clay` (string, required)\n\n{title}\n\n{table}")
    assert (list(facts(document)), list(facts(document, "response"))) == (["clay"], ["data.pot"])


def test_an_answer_in_a_column_that_no_reader_knows_is_unread(read_folder: ReadFolder) -> None:
    table = "| Name | Type | Glazed | Description |\n|---|---|---|---|\n| clay | string | yes | stuff |\n"
    assert [row.signal for row in read(read_folder, START + "Body:\n\n" + table).unread] == ["column glazed"]


def test_items_that_begin_with_a_request_own_what_is_nested_in_them(read_folder: ReadFolder) -> None:
    models = "".join(
        f"- **{name}** (`{name}-1`): `POST https://api.kiln.example/v1/{name}-1`\n"
        f"  - Required: `clay` (string), `{name}` (string)\n"
        for name in ("jar", "cup")
    )
    document = read(read_folder, f"# Kiln\n\n## Models\n\n{models}")
    assert [list(facts(document, operation=name)) for name in ("jar-1", "cup-1")] == [["clay", "jar"], ["clay", "cup"]]


def test_one_url_with_a_place_for_the_model_is_an_operation_for_each_heading(read_folder: ReadFolder) -> None:
    pattern = "# Kiln\n\nAll are called by `POST https://api.kiln.example/v1/{model}`.\n\n"
    text = pattern + "## `jar-1`\n\n- `clay` (string, required)\n"
    (url,) = (claim.facts["url"] for claim in read(read_folder, text).claims if "url" in claim.facts)
    assert url == "https://api.kiln.example/v1/jar-1"


@pytest.mark.parametrize(
    ("code", "method"),
    [
        ('```python\nrequests.post("https://api.kiln.example/v1/fire", json={"clay": "red"})\n```', "POST"),
        ('```javascript\nfetch("https://api.kiln.example/v1/fire", { method: "PUT" });\n```', "PUT"),
        ('```bash\ncurl -G "https://api.kiln.example/v1/fire" --data-urlencode "clay=red"\n```', "GET"),
    ],
)
def test_a_request_in_code_states_the_method(read_folder: ReadFolder, code: str, method: str) -> None:
    assert facts(read(read_folder, f"# Kiln\n\n## Fire\n\n{code}\n"), "operation")[""]["method"] == method


def test_a_link_that_shows_its_own_address_is_the_address(read_folder: ReadFolder) -> None:
    url = "https://api.kiln.example/v1/fire"
    document = read(read_folder, f"# Kiln\n\n## Fire\n\n- Method: POST\n- URL: [{url}]({url})\n")
    assert facts(document, "operation")[""]["url"] == url


def test_a_word_in_capitals_at_the_end_of_a_url_is_a_placeholder(read_folder: ReadFolder) -> None:
    document = read(read_folder, "# Kiln\n\n## Look\n\n`GET https://api.kiln.example/v1/pots/YOUR_POT_ID`\n")
    assert facts(document, "operation", "pots")[""]["url"] == "https://api.kiln.example/v1/pots/{pot_id}"


def test_the_title_of_the_document_does_not_say_whose_values_a_table_has(read_folder: ReadFolder) -> None:
    table = "## Codes\n\n| Code | Meaning | Action |\n|---|---|---|\n| 374004 | Not authenticated | Check the key |\n"
    document = read(read_folder, START.replace("# Kiln", "# Clay Kiln", 1) + "- `clay` (string, required)\n\n" + table)
    assert facts(document, "error", None)["374004"]["error"] == "AuthenticationError"


def test_codes_in_lines_of_a_paragraph_are_codes(read_folder: ReadFolder) -> None:
    document = read(read_folder, START + "## Error codes\n\n374004 – wrong key\n490505 – too few credits\n")
    assert list(facts(document, "error", None)) == ["374004", "490505"]


@pytest.mark.parametrize(
    ("text", "pauses"),
    [
        ("Poll with exponential backoff: 2 s, 4 s, 8 s, up to 30 s.", [2, 30]),
        ("轮询：首次等待 5 秒，之后每 3 秒一次。", [3, 5]),
        ("Wait at least 2 seconds between two requests, and never longer than 10 seconds.", [2, 10]),
        ("Poll at a 5-second interval.", [5, 5]),
    ],
)
def test_advice_on_polling_is_read_as_pauses(read_folder: ReadFolder, text: str, pauses: list[int]) -> None:
    found = facts(read(read_folder, f"{START}{text}\n"), "operation")[""]
    assert (found["poll_seconds"], "output_seconds" in found) == (pauses, False)


def test_headers_in_one_line_are_headers(read_folder: ReadFolder) -> None:
    document = read(read_folder, START + "- **请求头**：`X-Kiln-Key`：您的密钥；`Content-Type`：`application/json`\n")
    assert facts(document, "header", None) == {
        "X-Kiln-Key": {"required": True},
        "Content-Type": {"value": "application/json"},
    }


def test_a_base_beside_a_path_is_a_server(read_folder: ReadFolder) -> None:
    document = read(read_folder, "# Kiln\n\n## Fire\n\nRequest line: `POST /v1/fire` on `https://api.kiln.example`\n")
    assert "https://api.kiln.example" in facts(document, "server", None)


def test_no_body_denies_no_parameter_of_the_path(read_folder: ReadFolder) -> None:
    document = read(
        read_folder, "# Kiln\n\n## Look\n\n- POST https://api.kiln.example/v1/pots/{pot_id}\n- Body: `{}`\n"
    )
    assert facts(document, "list", "pots")["parameters"] == {"names": ["pot_id"]}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Allowed values: `warm`, `cold` (default)", {"enum": ["warm", "cold"], "default": "cold"}),
        ("max 15 MiB", {"max_bytes": 15 * 1024**2}),
        ("file size <204800K", {"max_bytes": 204_800_000, "exclusive_bytes": True}),
        ("仅支持 `5`", {"enum": [5]}),
        ("只能为 2、4 或 8", {"enum": [2, 4, 8]}),
        ("must be 2, 4 or 8", {"enum": [2, 4, 8]}),
        ("`>= 0` and `<= 9`", {"minimum": 0, "maximum": 9}),
        ("(0, 5]", {"exclusive_minimum": 0, "maximum": 5}),
        ("from 1 up to 9", {"minimum": 1, "maximum": 9}),
        ("0.5x to 2.0x", {"minimum": 0.5, "maximum": 2.0}),
        ("page to show, starting at 1", {"minimum": 1}),
        ("25 if absent", {"default": 25}),
        ("不传时为 `soft`", {"default": "soft"}),
        ("Min. 3, max. 400 characters", {"min_length": 3, "max_length": 400}),
        ("max items: 3", {"max_items": 3}),
        ("at least one item, at most four items", {"min_items": 1, "max_items": 4}),
        ("最短边不小于 256px", {"min_width": 256, "min_height": 256}),
        ("分辨率不超过 2048×1024", {"max_width": 2048, "max_height": 1024}),
        ("256 px or more on each side", {"min_width": 256, "min_height": 256}),
        ("主题：snow-雪，sun-太阳", {"enum": ["snow", "sun"]}),
    ],
)
def test_a_phrase_states_its_facts(text: str, found: dict[str, Any]) -> None:
    assert {key: value for key, value in phrases(text).facts.items() if key in found} == found
    assert fields.describe(text).problems == ()


def test_words_that_hold_the_sign_for_a_type_stay_as_they_are() -> None:
    assert (simplified("字段类型"), simplified("型"), read_type("整型")) == ("字段类型", "类型", {"type": "integer"})


def test_a_bar_between_values_divides_no_attributes() -> None:
    entry = fields.parse("`style` (ink | chalk, optional, default ink)")
    assert entry is not None
    found = fields.describe(entry.description, type_word=entry.type_word).facts
    assert (found["enum"], found["default"], entry.required) == (["ink", "chalk"], "ink", False)


def test_what_is_the_same_as_elsewhere_is_unread() -> None:
    assert fields.describe("same as `from`", type_word="string", known=("from",)).problems == ("same as",)


def test_items_below_a_text_are_its_values(read_folder: ReadFolder) -> None:
    items = "Body:\n\n- `glaze` (*string*): one of\n  - `matte` – dull\n  - `gloss` – shiny\n"
    document = read(read_folder, START + items)
    assert (list(facts(document)), facts(document)["glaze"]["enum"]) == (["glaze"], ["matte", "gloss"])


def test_a_sentence_before_a_request_is_not_about_it(read_folder: ReadFolder) -> None:
    text = "The call answers with `data.pot_id`. Ask `https://api.kiln.example/v1/look` with POST for the outcome.\n"
    document = read(read_folder, f"{START}- `clay` (string, required)\n\n{text}")
    assert facts(document, "response", "look") == {}


def test_a_value_that_a_list_of_options_leaves_out_is_seen(read_folder: ReadFolder) -> None:
    options = "- `matte`: for bowls\n- `gloss`: for cups\n"
    text = f"{START}- `glaze` (string, required): `matte`, `gloss`, `raw`\n\n### Glaze Options\n\n{options}"
    shorter = [claim.facts["enum"] for claim in read(read_folder, text).claims if claim.by == "example"]
    assert shorter == [["matte", "gloss"]]
    assert not [claim for claim in read(read_folder, text + "- `raw`: for tiles\n").claims if claim.by == "example"]
