"""One service, described in thirteen layouts: each is read whole, and says the same.

The texts are in `layouts/`. Each is tried as it is, as a bundle leaves it (without indentation and blank lines), and
with other line ends, a byte order mark, tabs and spaces that do not break.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from codegen.documents.claims import VendorDocument
from tests.documents.conftest import ReadFolder

FOLDER = Path(__file__).with_name("layouts")
LAYOUTS = sorted(path.stem for path in FOLDER.glob("*.md"))
BAKE, REPORT = "glaze-pot-2", "report"
EXPECTED: dict[tuple[str | None, str, str], dict[str, Any]] = {
    (BAKE, "operation", ""): {"method": "POST", "body_wrapper": "pot"},
    (BAKE, "parameter", "image"): {"type": "string", "format": "uri", "required": True},
    (BAKE, "parameter", "glaze"): {
        "type": "string",
        "required": False,
        "enum": ["matte", "gloss", "raw"],
        "default": "matte",
    },
    (BAKE, "parameter", "seed"): {"type": "integer", "required": False, "minimum": 0, "maximum": 100},
    (BAKE, "response", "data.job_id"): {},
    (REPORT, "operation", ""): {"method": "POST", "poll_seconds": [3, 5]},
    (REPORT, "parameter", "job_id"): {"type": "string", "required": True},
    (REPORT, "response", "data.status"): {},
    (REPORT, "response", "data.pots"): {"type": "array"},
    (REPORT, "response", "data.pots.url"): {},
    (None, "status", "queued"): {"state": "queued"},
    (None, "status", "running"): {"state": "running"},
    (None, "status", "done"): {"state": "succeeded"},
    (None, "status", "failed"): {"state": "failed"},
    (None, "error", "7001"): {"error": "AuthenticationError"},
    (None, "error", "7002"): {"error": "BadRequest"},
    (None, "error", "7003"): {"error": "InsufficientCredits"},
    (None, "header", "X-Kiln-Key"): {"required": True},
    (None, "header", "Content-Type"): {"value": "application/json"},
    (None, "response", "code"): {"success": "0"},
}


def text_of(layout: str) -> str:
    return (FOLDER / f"{layout}.md").read_text(encoding="utf-8")


def facts(document: VendorDocument) -> dict[tuple[str | None, str, str], dict[str, Any]]:
    found: dict[tuple[str | None, str, str], dict[str, Any]] = defaultdict(dict)
    for claim in document.claims:
        found[claim.operation, claim.subject, claim.name].update(claim.facts)
    return found


def assert_read_whole(document: VendorDocument) -> None:
    found = facts(document)
    assert {key: {fact: found[key].get(fact) for fact in expected} for key, expected in EXPECTED.items()} == EXPECTED
    closed = {key for key in found if key[1] in ("parameter", "status", "error")}
    assert closed == {key for key in EXPECTED if key[1] in ("parameter", "status", "error")}
    assert {operation for operation, _, _ in found} == {BAKE, REPORT, None}
    assert document.unread == ()


def test_there_are_thirteen_layouts() -> None:
    assert len(LAYOUTS) == 13


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_is_read_whole(read_folder: ReadFolder, layout: str) -> None:
    assert_read_whole(read_folder({"SKILL.md": text_of(layout)})["SKILL.md"])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_it_is_read_as_a_bundle_leaves_it(read_folder: ReadFolder, layout: str) -> None:
    flat = "\n".join(line.strip() for line in text_of(layout).splitlines() if line.strip())
    assert_read_whole(read_folder({"SKILL.md": flat})["SKILL.md"])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_it_is_read_with_other_line_ends_and_spaces(read_folder: ReadFolder, layout: str) -> None:
    text = text_of(layout).replace("    ", "\t").replace("  ", "\t").replace("- `", "-\u00a0`").replace("\n", "\r\n")
    assert_read_whole(read_folder({"SKILL.md": "\ufeff" + text})["SKILL.md"])


REPLY = '\n```json\n{"code": 0, "data": {"ticket": "t1"}}\n```\n'


@pytest.mark.parametrize("label", ["Reply:", "It returns", "返回示例：", "**Answer**:", "Then you see this:"])
def test_a_reply_is_known_by_its_label_or_as_an_envelope(read_folder: ReadFolder, label: str) -> None:
    address = "**POST** `https://api.shop.example/v1/draw`"
    text = f"---\nname: shop-draw\n---\n# Draw\n\n## 1. Start\n\n{address}\n\n{label}\n{REPLY}"
    claims = read_folder({"SKILL.md": text})["SKILL.md"].claims
    assert [claim.name for claim in claims if claim.subject == "response"] == ["code", "data", "data.ticket"]


NESTED = {
    "bullets": """
- `prompt` (string, required)
- `options` (object, optional):
  - `glow` (boolean, optional)
  - `parts` (array of objects, optional)
    - `url` (string, required)
""",
    "dots": """
- `prompt` (string, required)
- `options` (object, optional)
- `options.glow` (boolean, optional)
- `options.parts` (array, optional)
- `options.parts[].url` (string, required)
""",
    "table": """
| Name | Type | Required |
|---|---|---|
| prompt | string | yes |
| options | object | no |
| options.glow | boolean | no |
| options.parts | array | no |
| options.parts[0].url | string | yes |
""",
    "indented table": """
| Name | Type | Required |
|---|---|---|
| prompt | string | yes |
| options | object | no |
| └ glow | boolean | no |
| └ parts | array of objects | no |
| └─└ url | string | yes |
""",
}


@pytest.mark.parametrize("fields", NESTED.values(), ids=NESTED)
def test_a_field_has_the_path_at_which_it_is_sent(read_folder: ReadFolder, fields: str) -> None:
    head = "---\nname: shop-draw\n---\n# Draw\n\n## 1. Start\n\n**POST** `https://api.shop.example/v1/draw`\n\n"
    document = read_folder({"SKILL.md": f"{head}Request fields:\n\n{fields}"})["SKILL.md"]
    found = {claim.name: claim.facts.get("required") for claim in document.claims if claim.subject == "parameter"}
    assert found == {
        "prompt": True,
        "options": False,
        "options.glow": False,
        "options.parts": False,
        "options.parts[].url": True,
    }
    assert document.unread == ()


def test_an_object_whose_nesting_is_lost_is_not_guessed(read_folder: ReadFolder) -> None:
    head = "---\nname: shop-draw\n---\n# Draw\n\n## 1. Start\n\n**POST** `https://api.shop.example/v1/draw`\n\n"
    text = f"{head}Request fields:\n\n- `options` (object, optional):\n- `glow` (boolean, optional)\n"
    assert [row.about for row in read_folder({"SKILL.md": text})["SKILL.md"].unread] == ["draw parameter options.glow"]
