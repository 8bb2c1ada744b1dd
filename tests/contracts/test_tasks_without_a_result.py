"""Tasks whose `x-task` says nowhere in the report where the result is: the whole report is the result.

What else the Acme document has, and the tests of a client, would be the same in each: test_other_documents.py has them.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from codegen import paths
from codegen.yamlio import load
from tools.mutants.ignored_keywords import failures, model_of


def _document(client: str, *without: str, closed: bool = False) -> dict[str, Any]:
    """Return the Acme document with keys left out of its task; `closed`: the report has no room for files."""
    root: dict[str, Any] = load(paths.ROOT / "tests/contracts/acme.yaml")
    root["x-python"]["client"] = client
    del root["x-error-codes"]["codes"], root["x-error-codes"]["http"]
    data = root["components"]["schemas"]["MakeVideo"]["properties"]["data"]
    data["properties"] = {"prompt": {"type": "string"}}
    del data["allOf"]
    make = root["paths"]["/v1/make"]["post"]
    del make["requestBody"]["content"]["application/json"]["examples"]
    task = make["x-task"]
    for key in without:
        (task["reply"] if key == "result" else task).pop(key)
    if closed:
        root["components"]["schemas"]["TaskReply"]["additionalProperties"] = False
        root["paths"]["/v1/result/{task_id}"]["post"]["responses"]["200"]["content"]["application/json"].pop("examples")
    return root


def _described_in_the_report(client: str) -> dict[str, Any]:
    """Return the Acme document without `output`: the schema of the report has the form of the result, one URL."""
    root = _document(client, "output")
    root["paths"]["/v1/result/{task_id}"]["post"]["responses"]["200"]["content"]["application/json"].pop("examples")
    place = {"video_path": {"type": "string", "format": "uri"}}
    report = root["components"]["schemas"]["TaskReply"]["properties"]["data"]["properties"]
    report["result"] = {"type": "object", "required": ["video_path"], "properties": place}
    return root


DOCUMENTS = {
    "files_at_a_place": _document("FilesAtAPlace", "result"),
    "closed": _document("Closed", "result", closed=True),
    "nothing_named": _document("NothingNamed", "result", "assets", "output"),
    "no_form_of_the_result": _document("NoFormOfTheResult", "output"),
    "described_in_the_report": _described_in_the_report("DescribedInTheReport"),
}


ABOUT_RESULTS = "status or wait or resume or kind or documented_re or breaks_its_schema or fields"
"""Words in the names of contract tests. What the others hold does not depend on where a result is."""


def test_the_contract_tests_of_tasks_without_a_place_of_the_result_pass(tmp_path: Path) -> None:
    right = model_of(DOCUMENTS, tmp_path / "right")
    assert failures(right, right, tmp_path / "1", "test_make_video.py test_task_result.py", ABOUT_RESULTS) == {}
    wrong = copy.deepcopy(DOCUMENTS)
    for document in wrong.values():
        document["paths"]["/v1/make"]["post"]["x-task"]["reply"]["result"] = "/data/reason"
    rows = failures(model_of(wrong, tmp_path / "wrong"), right, tmp_path / "2", "test_make_video.py", ABOUT_RESULTS)
    assert rows.keys() == DOCUMENTS.keys()
