"""The replies that documents show or read, as examples of the catalog."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from codegen.catalog.reconcile import ReconciledCatalog
from tests.catalog.reconcile.shop_claims import TASKS, claim, document, listing, own, settled, with_task


def replies(catalog: ReconciledCatalog, path: str = "/draw") -> Any:
    content = catalog.openapi["shop"]["paths"][path]["post"]["responses"]["200"]["content"]["application/json"]
    return content.get("examples")


def claims(catalog: ReconciledCatalog, path: str, name: str) -> dict[str, list[str]]:
    """Return path below an example of a reply → the claims behind it."""
    below = f"/paths/~1{path}/post/responses/200/content/application~1json/examples/{name}"
    return {at.removeprefix(below): rows for at, rows in catalog.evidence["shop"]["facts"].items() if below in at}


def test_a_reply_has_the_fields_that_documents_name_with_their_lines(tmp_path: Path) -> None:
    fields = [
        claim(20, {"type": "integer", "success": "0"}, name="code", subject="response", by="example"),
        claim(21, {"type": "object"}, name="data", subject="response", by="example"),
        claim(22, {"type": "string", "format": "uri"}, name="data.url", subject="response"),
    ]
    catalog = settled(tmp_path, [own(*fields)])
    (example,) = replies(catalog).values()
    assert example["value"] == {"code": 0, "data": {"url": "https://files.example.org/1.png"}}
    assert claims(catalog, "draw", "documented-1") == {
        "/value/code": ["shop/SKILL.md#draw/response/code@example"],
        "/value/data/url": ["shop/SKILL.md#draw/response/data.url"],
    }


def test_a_reply_that_no_document_speaks_of_has_no_example(tmp_path: Path) -> None:
    assert replies(settled(tmp_path, [own()])) is None


def test_a_report_has_the_result_of_each_operation_that_starts_tasks(tmp_path: Path) -> None:
    catalog = settled(tmp_path, [with_task()], overlay=TASKS)
    examples = replies(catalog, "/report")
    assert {name: example["value"] for name, example in examples.items()} == {
        "draw": {"data": {"result": '{"files": ["https://files.example.org/1.png"]}', "status": "done"}}
    }
    assert claims(catalog, "report", "draw") == {
        "/value/data/result": ["shop/SKILL.md#draw/result/files@example", "shop/SKILL.md#report/response/data.result"],
        "/value/data/status": ["shop/SKILL.md#report/response/data.status", "shop/SKILL.md#*/status/done"],
    }


def test_documents_that_show_other_keys_show_another_report(tmp_path: Path) -> None:
    other = document("shop/other.md", claim(1, {"type": "array"}, name="pictures", subject="result", by="example"))
    both = "decisions: [{operation: draw, result: '', fact: keys, winner: [files], reason: It is older.}]"
    examples = replies(settled(tmp_path, [with_task(), other], overlay=TASKS, decisions=both), "/report")
    assert [example["value"]["data"]["result"] for example in examples.values()] == [
        '{"files": ["https://files.example.org/1.png"]}',
        '{"pictures": ["https://files.example.org/1.png"]}',
    ]


def test_a_list_of_parameters_that_are_all_required_is_a_whole_call(tmp_path: Path) -> None:
    tasks = with_task(listing(60, "id", operation="report"))
    catalog = settled(tmp_path, [tasks], overlay=TASKS)
    body = catalog.openapi["shop"]["paths"]["/report"]["post"]["requestBody"]
    (example,) = body["content"]["application/json"]["examples"].values()
    assert example == {"value": {"id": "A short text"}}
    below = "/paths/~1report/post/requestBody/content/application~1json/examples/documented-1/value"
    assert catalog.evidence["shop"]["facts"][below] == ["shop/SKILL.md#report/list/parameters"]
