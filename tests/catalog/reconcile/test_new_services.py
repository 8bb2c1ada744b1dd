"""From the documents of a new service to its catalog: the overlay that the fault gives, pasted as it is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from codegen.catalog.reconcile import reconcile
from codegen.documents.importer import read_sources
from codegen.faults import InputFault
from tests.catalog.reconcile.shop_claims import claim, own, settled

HEAD = "---\nname: loom-weave\n---\n# Loom\n\nBase URL: `https://api.loom.example`\n\n"


def catalog_of(folder: Path, text: str) -> dict[str, Any]:
    """Return the catalog of one skill of a service that has no overlay, once the one given by the fault is pasted."""
    for name in ("loom-weave", "decisions", "overlays"):
        (folder / name).mkdir()
    (folder / "loom-weave" / "SKILL.md").write_text(HEAD + text, encoding="utf-8")
    (folder / "decisions" / "loom.yaml").write_text("skills: ['loom-*']\n", encoding="utf-8")
    documents = read_sources([folder / "loom-weave"])
    with pytest.raises(InputFault) as caught:
        reconcile(documents, folder / "decisions", folder / "overlays")
    (fault,) = [str(one) for one in caught.value.faults]
    (overlay,) = re.findall(r"write the file, and correct the words: `(.*)`", fault)
    (folder / "overlays" / "loom.yaml").write_text(overlay, encoding="utf-8")
    return reconcile(documents, folder / "decisions", folder / "overlays").openapi["loom"]


NESTED = """## Weave: `POST /v1/cloths`

| Field | Type | Required | Description |
|---|---|---|---|
| name | string | yes | Name of the cloth |
| thread.color | string | yes | `red` or `blue` |
| thread.count | integer | no | 10 to 20 |
| parts | array | no | Parts of the pattern |
| parts[].url | string (URL) | yes | URL of a picture |
"""


def test_nested_fields_are_objects_in_the_body(tmp_path: Path) -> None:
    catalog = catalog_of(tmp_path, NESTED)
    body = catalog["paths"]["/v1/cloths"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    request = catalog["components"]["schemas"][body["$ref"].rpartition("/")[2]]
    thread = catalog["components"]["schemas"][request["properties"]["thread"]["$ref"].rpartition("/")[2]]
    assert (request["required"], thread["required"]) == (["name", "thread"], ["color"])
    assert thread["properties"]["count"] == {"type": "integer", "minimum": 10, "maximum": 20}
    assert request["properties"]["parts"]["items"]["properties"]["url"]["format"] == "uri"


TASK = """## Weave

`POST /v1/cloths` takes a JSON body. `name` is a required string.

The reply holds `id` (string) and `status`.

## Ask

`GET /v1/cloths/{id}` returns the cloth. `status` is one of `queued`, `running`, `done` and `failed`. Poll every 2 s.

## List

`GET /v1/cloths?page={page}` lists them.
"""


def test_a_get_below_the_path_reports_on_the_task_that_is_started(tmp_path: Path) -> None:
    paths = catalog_of(tmp_path, TASK)["paths"]
    task = paths["/v1/cloths"]["post"]["x-task"]
    assert (task["kind"], task["id"], task["reply"]["status"]) == ("submit", "/id", "/status")
    listed = [paths[at]["get"]["parameters"] for at in ("/v1/cloths/{id}", "/v1/cloths")]
    assert [(row["name"], row["in"], row["required"]) for rows in listed for row in rows] == [
        ("id", "path", True),
        ("page", "query", False),
    ]


FORMS = [
    ("Send a multipart form: `POST /v1/scans`.", "multipart/form-data"),
    ("Send an `application/x-www-form-urlencoded` body: `POST /v1/scans`.", "application/x-www-form-urlencoded"),
    ("`POST /v1/scans`\n\n- `picture` (file, required)", "multipart/form-data"),
    ("`POST /v1/scans`", "application/json"),
]


@pytest.mark.parametrize("words, media", FORMS)
def test_a_body_is_sent_as_the_documents_say(tmp_path: Path, words: str, media: str) -> None:
    catalog = catalog_of(tmp_path, f"## Scan\n\n{words}\n\nRequest fields:\n\n- `name` (string, required)\n")
    assert list(catalog["paths"]["/v1/scans"]["post"]["requestBody"]["content"]) == [media]


def test_a_field_falls_with_the_type_of_what_it_stands_in(tmp_path: Path) -> None:
    kept = claim(20, {"type": "object"}, name="out", subject="response", by="statement")
    lost = claim(21, {"type": "array"}, name="out", subject="response", by="example")
    inner = claim(22, {"type": "string"}, name="out.url", subject="response", by="example")
    other = own(lost, inner)
    documents = [own(kept), type(other)(**{**other.__dict__, "document": "shop/guide.md", "kind": "guide"})]
    reply = settled(tmp_path, documents).openapi["shop"]["paths"]["/draw"]["post"]["responses"]["200"]
    assert "properties" not in reply["content"]["application/json"]["schema"]["properties"]["out"]


LISTS = """## Weave

`POST /v1/cloths`

- `photos` (array of strings, required, 2-4 items)
- `width` (integer, required): 10 to 90, multiple of 8
- `label` (string, required, 20 to 30 characters)

Reply: `cloth_id` (string)

## Look

`GET /v1/cloths/{cloth_id}`

Reply fields:

- `status` (string): queued / running / done / failed
- `rolls` (array of objects)
- `outputs` (array of objects)
  - `url` (string)

## Drop

`DELETE /v1/cloths/{cloth_id}`
"""


def test_the_overlay_given_for_results_in_a_list_works_as_it_is(tmp_path: Path) -> None:
    catalog = catalog_of(tmp_path, LISTS)
    post = catalog["paths"]["/v1/cloths"]["post"]
    assert post["x-task"]["reply"] == {"status": "/status", "result": "/outputs"}
    assert catalog["paths"]["/v1/cloths/{cloth_id}"]["delete"]["x-task"]["kind"] == "query"
    (example,) = post["requestBody"]["content"]["application/json"]["examples"].values()
    assert (len(example["value"]["photos"]), example["value"]["width"]) == (2, 16)
    assert 20 <= len(example["value"]["label"]) <= 30


def test_a_service_with_requests_in_code_only_says_what_to_write_where(tmp_path: Path) -> None:
    call = 'requests.post("https://api.loom.example/v1/cloths", json={"name": name})'
    script = f"import requests\n\n\ndef weave(name):\n    return {call}\n"
    for name in ("loom-weave/scripts", "decisions", "overlays"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "loom-weave" / "SKILL.md").write_text("# Loom\n\nRun the script.\n", encoding="utf-8")
    (tmp_path / "loom-weave" / "scripts" / "weave.py").write_text(script, encoding="utf-8")
    (tmp_path / "decisions" / "loom.yaml").write_text("skills: ['loom-*']\n", encoding="utf-8")
    with pytest.raises(InputFault) as caught:
        reconcile(read_sources([tmp_path / "loom-weave"]), tmp_path / "decisions", tmp_path / "overlays")
    faults = [str(one) for one in caught.value.faults]
    (fault,) = [one for one in faults if "states a request" in one]
    assert "loom-weave/scripts/weave.py line 5" in fault
    assert "loom-weave/references/interface.md" in fault


def test_two_methods_of_one_url_stop_until_a_decision_names_one(tmp_path: Path) -> None:
    endpoint = "- Method: `POST`\n- Endpoint: `https://api.loom.example/v1/cloths`"
    text = f"## Weave\n\n{endpoint}\n- Method: `PUT`\n\n- `name` (string)\n"
    for name in ("loom-weave", "decisions", "overlays"):
        (tmp_path / name).mkdir()
    (tmp_path / "loom-weave" / "SKILL.md").write_text(HEAD + text, encoding="utf-8")
    (tmp_path / "decisions" / "loom.yaml").write_text("skills: ['loom-*']\n", encoding="utf-8")
    with pytest.raises(InputFault) as caught:
        reconcile(read_sources([tmp_path / "loom-weave"]), tmp_path / "decisions", tmp_path / "overlays")
    (fault,) = [str(one) for one in caught.value.faults if "disagree on cloths operation method" in str(one)]
    assert "{operation: cloths, fact: method, winner: PUT, reason: " in fault


WRAPPED = """## 1. Create Cloth Task

- Method: `POST`
- Endpoint: `https://api.loom.example/v1/cloths`
- Required fields:
    - `data.name` (string)
- Optional fields:
    - `data.callback_url` (string URL)

## Callback

```json
{"cloth_id": "c-1", "done": true}
```
"""


def test_a_wrapped_body_and_a_callback_have_their_places_and_the_name_is_without_task(tmp_path: Path) -> None:
    catalog = catalog_of(tmp_path, WRAPPED)
    post = catalog["paths"]["/v1/cloths"]["post"]
    assert (post["x-python"]["method"], post["x-python"]["body"]) == ("create_cloth", "/data")
    assert list(post["callbacks"]["finished"]) == ["{$request.body#/data/callback_url}"]
    assert set(catalog["components"]["schemas"]["CallbackPayload"]["properties"]) == {"cloth_id", "done"}


def test_operations_of_one_name_are_called_after_the_words_of_the_vendor(tmp_path: Path) -> None:
    second = WRAPPED.partition("## Callback")[0].replace("## 1.", "## 2.").replace("cloths", "threads")
    paths = catalog_of(tmp_path, WRAPPED.partition("## Callback")[0] + second)["paths"]
    assert {row["post"]["x-python"]["method"] for row in paths.values()} == {"cloths", "threads"}
