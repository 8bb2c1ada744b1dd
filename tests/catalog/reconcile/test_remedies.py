"""What is missing is asked for where it is to be written, ready to paste; all faults come in one run."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from codegen import yamlio
from codegen.catalog.reconcile import reconcile, render
from codegen.documents.claims import Claim, VendorDocument
from codegen.documents.importer import read_sources
from codegen.faults import InputFault
from tests.catalog.reconcile.shop_claims import OVERLAY, TASKS, claim, document, own, settled, with_task

NAMED = OVERLAY.replace("$.paths.*.post", "$.paths.*[?@.operationId == 'draw']").replace(
    "operationId: draw", "operationId: drawPicture"
)


def paint(*more: Claim) -> list[Claim]:
    url_claim = {"url": "https://api.example.com/paint2wall", "method": "POST"}
    return [
        claim(30, url_claim, name="", operation="paint2wall", subject="operation"),
        claim(31, {"type": "string", "required": True}, name="prompt", operation="paint2wall"),
        *more,
    ]


def faults(folder: Path, *documents: VendorDocument, **options: Any) -> list[str]:
    with pytest.raises(InputFault) as caught:
        settled(folder, documents, **options)
    return [str(fault) for fault in caught.value.faults]


def pasted(fault: str) -> str:
    """Return the YAML that a fault gives, with a word in place of each reason."""
    (found,) = re.findall(r"`(.*?)`(?:, and|$)", fault)
    return str(found).replace("…", "words")


def test_a_new_operation_gets_its_entry_and_the_place_for_it(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, own(*paint()), overlay=NAMED)
    assert fault.startswith("shop/SKILL.md: line 30: the operation 'paint2wall' has no name in Python")
    below = len(NAMED.splitlines()) + 1
    assert f"add to specs/overlays/shop.yaml as line {below}: `  - {{target: " in fault


def test_the_entry_works_as_it_is(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, own(*paint()), overlay=NAMED)
    catalog = settled(tmp_path, [own(*paint())], overlay=f"{NAMED}{pasted(fault)}\n")
    operation = catalog.openapi["shop"]["paths"]["/paint2wall"]["post"]
    assert (operation["operationId"], operation["x-python"]["method"]) == ("paintToWall", "paint_to_wall")
    assert operation["summary"] == "Run paint to wall", "a docstring begins with a verb"


def test_the_entry_names_no_result_that_no_document_states(tmp_path: Path) -> None:
    named = NAMED.replace("x-task: {", "x-task: {output: {title: Picture}, ")
    assert named != NAMED
    (fault,) = [row for row in faults(tmp_path, own(*paint()), overlay=named) if "paint2wall" in row]
    assert "Picture" not in fault


def test_a_service_without_an_overlay_gets_a_whole_one_that_works(tmp_path: Path) -> None:
    key = claim(40, {"required": True}, name="X-Key", subject="header", operation=None)
    (fault,) = _without_overlay(tmp_path, own(*paint(key)))
    assert fault.startswith("specs/overlays/shop.yaml: is not there: 2 operations of shop have no name in Python")
    catalog = settled(tmp_path, [own(*paint(key))], overlay=pasted(fault))
    assert catalog.openapi["shop"]["components"]["securitySchemes"]["apiKey"]["name"] == "X-Key"


def _without_overlay(folder: Path, *documents: VendorDocument) -> list[str]:
    (folder / "decisions").mkdir()
    (folder / "decisions" / "shop.yaml").write_text("skills: [shop]\n", encoding="utf-8")
    with pytest.raises(InputFault) as caught:
        reconcile(documents, folder / "decisions", folder / "overlays")
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("left_out", "field"),
    [
        ({"data.result"}, {"result": {"type": "string", "contentMediaType": "application/json"}}),
        ({"data.result", "files"}, {"result": {"type": "string"}}),
        ({"data.status"}, {"status": {"type": "string"}}),
    ],
)
def test_a_result_that_no_document_states_is_json_where_its_keys_are_stated(
    tmp_path: Path, left_out: set[str], field: dict[str, Any]
) -> None:
    claims = [
        replace(one, name="task_id" if one.name == "id" else one.name)
        for one in with_task().claims
        if one.name not in left_out
    ]
    (fault,) = _without_overlay(tmp_path, document("shop/SKILL.md", *claims, capability=("draw", "report")))
    actions = yamlio.loads(pasted(fault), "overlay")["actions"]
    (reply,) = [
        row for row in (action["update"].get("responses", {}).get("200", {}) for action in actions) if "content" in row
    ]
    assert reply["content"]["application/json"]["schema"]["properties"]["data"]["properties"] == field


def test_a_decision_is_given_for_each_side(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, own(claim(6, {"maximum": 12})))
    row = re.findall(r"`  - (\{.*?\})`", fault)[1]
    value = yamlio.loads(row, "row")
    assert value == {"operation": "draw", "parameter": "size", "fact": "maximum", "winner": 12, "reason": "…"}
    assert settled(tmp_path, [own(claim(6, {"maximum": 12}))], decisions=f"decisions: [{row}]").settled == 1


def test_faults_of_every_kind_come_in_one_run(tmp_path: Path) -> None:
    more = "  - {target: \"$.paths['/gone'].post\", update: {deprecated: true}}\n"
    host = claim(50, {}, name="https://other.example.com", subject="server", operation=None)
    found = faults(tmp_path, own(claim(6, {"maximum": 12}), *paint(host)), overlay=NAMED + more)
    words = ("several hosts", "the documents disagree", "'paint2wall' has no name", "matches nothing")
    assert [sum(word in fault for fault in found) for word in words] == [1, 1, 1, 1]
    assert len(found) == len(words)
    assert not any(fault.startswith(("specs/openapi", "specs/claims")) for fault in found)


def test_an_action_that_matches_nothing_gives_its_line(tmp_path: Path) -> None:
    more = "  - {target: \"$.paths['/gone'].post\", update: {deprecated: true}}\n"
    (fault,) = faults(tmp_path, own(), overlay=OVERLAY + more)
    assert fault.startswith(f"specs/overlays/shop.yaml: line {len(OVERLAY.splitlines()) + 1}: ")
    assert fault.endswith(
        f"delete line {len(OVERLAY.splitlines()) + 1} if the operation or the field is gone, or correct it"
    )


def test_an_action_names_what_it_aims_at_and_no_index(tmp_path: Path) -> None:
    more = "  - {target: '$.servers[0]', update: {description: The gateway.}}\n"
    (fault,) = faults(tmp_path, own(), overlay=OVERLAY + more)
    assert "target '$.servers[0]' aims at an index" in fault
    named = more.replace("[0]", "[?@.url == ''https://api.example.com'']")
    root = settled(tmp_path, [own()], overlay=OVERLAY + named).openapi["shop"]
    assert root["servers"] == [{"url": "https://api.example.com", "description": "The gateway."}]


def test_a_skill_of_no_service_is_one_fault_however_many_documents_it_has(tmp_path: Path) -> None:
    strange = [
        VendorDocument(f"lamp-light/{name}", "skill", "lamp-light", "0" * 64) for name in ("SKILL.md", "a.py", "b.md")
    ]
    (fault,) = faults(tmp_path, own(), *strange)
    assert "write `skills: [shop, lamp-light]` in specs/decisions/shop.yaml" in fault
    assert "specs/decisions/lamp.yaml: `skills: ['lamp-*']`" in fault


@pytest.mark.parametrize(
    ("documents", "problem"), [((), "no service is declared"), ((own(),), "belongs to no service")]
)
def test_without_a_service_the_skill_or_else_the_service_is_missing(
    tmp_path: Path, documents: tuple[VendorDocument, ...], problem: str
) -> None:
    with pytest.raises(InputFault) as caught:
        reconcile(documents, tmp_path / "decisions", tmp_path / "overlays")
    (fault,) = caught.value.faults
    assert problem in fault.problem


def test_the_faults_of_one_service_do_not_hide_those_of_another(tmp_path: Path) -> None:
    for name, text in (("shop", "skills: [shop]\n"), ("lamp", "skills: [lamp]\n")):
        (tmp_path / "decisions").mkdir(exist_ok=True)
        (tmp_path / "decisions" / f"{name}.yaml").write_text(text, encoding="utf-8")
    other = document("lamp/SKILL.md", *own().claims)
    lamp = VendorDocument(other.document, "skill", "lamp", "0" * 64, capability=("draw",), claims=other.claims)
    with pytest.raises(InputFault) as caught:
        reconcile([own(), lamp], tmp_path / "decisions", tmp_path / "overlays")
    assert {fault.file for fault in caught.value.faults} == {"specs/overlays/lamp.yaml", "specs/overlays/shop.yaml"}


def test_an_operation_with_a_new_name_is_asked_for_where_the_old_one_stands(tmp_path: Path) -> None:
    gone, found = faults(tmp_path, own(), overlay=NAMED.replace("'draw'", "'draw_v1'"))
    assert "target \"$.paths.*[?@.operationId == 'draw_v1']\" matches nothing" in gone + found
    assert "if it is draw_v1, which is gone, by a new name: write draw in the target on line 14" in gone + found


def test_a_result_of_which_no_document_states_anything_is_a_fault_of_the_overlay(tmp_path: Path) -> None:
    bare = with_task()
    claims = tuple(one for one in bare.claims if one.subject != "result")
    (fault,) = faults(tmp_path, document("shop/SKILL.md", *claims, published="2026-03-01"), overlay=TASKS)
    assert fault.startswith("specs/overlays/shop.yaml: draw: names the result Drawing of draw, and no document states")


TASK_SKILL = """\
---
name: shop-draw
description: 画图。
---
# 画图
| 项目 | 值 |
|---|---|
| 接口域名 | https://api.shop.example |
| 鉴权 | Header `X-Api-Key` |
## 1. 创建任务
`POST https://api.shop.example/v1/images/create`
| 参数 | 类型 | 必填 | 说明 |
|---|---|---|---|
| prompt | string | 是 | 图片描述，最长 800 个字符 |
返回示例
```json
{"code": 0, "message": "ok", "data": {"task_id": "abc"}}
```
## 2. 查询任务
`POST https://api.shop.example/v1/images/query`
| 参数 | 类型 | 必填 | 说明 |
|---|---|---|---|
| task_id | string | 是 | 任务编号 |
返回示例
```json
{"code": 0, "message": "ok", "data": {"status": "done", "images": ["https://cdn.shop.example/a.png"]}}
```
任务状态：
- `waiting`：排队中
- `done`：已完成
- `lost`：失败
## 错误码
| 错误码 | 说明 |
|---|---|
| 1003 | 余额不足 |
"""


def test_the_file_to_paste_makes_a_whole_catalog_of_documents_that_nobody_has_seen(tmp_path: Path) -> None:
    package = tmp_path / "packages" / "shop-draw"
    package.mkdir(parents=True)
    (package / "SKILL.md").write_text(TASK_SKILL, encoding="utf-8")
    documents = read_sources([tmp_path / "packages"])
    for folder in ("decisions", "overlays"):
        (tmp_path / folder).mkdir()
    (tmp_path / "decisions" / "shop.yaml").write_text("skills: ['shop-*']\n", encoding="utf-8")
    with pytest.raises(InputFault) as caught:
        reconcile(documents, tmp_path / "decisions", tmp_path / "overlays")
    (fault,) = caught.value.faults
    pasted = fault.remedy.partition("`")[2].rstrip("`")
    (tmp_path / "overlays" / "shop.yaml").write_text(pasted, encoding="utf-8")
    root = reconcile(documents, tmp_path / "decisions", tmp_path / "overlays").openapi["shop"]
    create = root["paths"]["/v1/images/create"]["post"]
    assert create["x-task"] | {"kind": "submit", "id": "/data/task_id", "result": "query"} == create["x-task"]
    assert create["x-task"]["reply"] == {"status": "/data/status", "result": "/data/images"}
    assert root["paths"]["/v1/images/query"]["post"]["x-task"]["kind"] == "query"
    assert root["x-error-codes"]["at"] == {"code": "/code", "message": "/message", "success": ["0"]}
    assert root["security"] == [{"apiKey": []}]


def test_a_name_that_makes_no_identifier_gives_way_to_the_words_of_the_id(tmp_path: Path) -> None:
    named = claim(7, {"name": "Draw"}, name="", subject="operation")
    chinese = claim(32, {"name": "创建任务"}, name="", operation="paint2wall", subject="operation")
    (fault,) = faults(tmp_path, own(named, *paint(chinese)), overlay=NAMED)
    assert "operationId: paintToWall" in fault
    assert "method: paint_to_wall" in fault


def test_a_default_that_does_not_fit_comes_with_the_action_that_takes_it_away(tmp_path: Path) -> None:
    documents = [own(claim(61, {"type": "string", "enum": ["ink", "chalk"], "default": "coal"}, name="style"))]
    (fault,) = faults(tmp_path, *documents)
    assert fault.startswith("shop/SKILL.md: line 61: default breaks its schema: 'coal' is not one of")
    (entry,) = re.findall(r"as line \d+: `(.*)`$", fault)
    catalog = settled(tmp_path, documents, overlay=f"{OVERLAY}{entry}\n")
    assert "default: coal" not in render(catalog)["openapi/shop.yaml"]
