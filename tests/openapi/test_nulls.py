"""null where only text can be written: it is refused, and never left out unsaid. JSON inside text has a null."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest

from tests.openapi.package_of_document import ImportedPackage, package_of
from tests.openapi.reports import JSON, array, document, record, sends

TEXT = {"type": ["string", "null"]}
ROW = record(a=TEXT)
FIELDS = {"text": TEXT, "many": array(TEXT), "flat": ROW, "deep": record(a=ROW), "rows": array(ROW), "coded": TEXT}
DEEP = {"deep": {"style": "deepObject", "explode": True}, "coded": {"contentType": JSON}}
NULLS: dict[str, Any] = {
    "text": None,
    "many": ["x", None],
    "flat": {"a": None},
    "deep": {"a": {"a": None}},
    "rows": [{"a": None}],
    "coded": None,
}


@pytest.fixture(scope="module")
def package() -> Iterator[ImportedPackage]:
    root = document()
    styled = {"deep": {"style": "deepObject"}}
    query = [
        {
            "name": name,
            "in": "query",
            **({"content": {JSON: {"schema": schema}}} if name == "coded" else {"schema": schema}),
        }
        | styled.get(name, {})
        for name, schema in FIELDS.items()
    ]
    rows = {
        "form": sends(content={"application/x-www-form-urlencoded": {"schema": record(**FIELDS), "encoding": DEEP}}),
        "parts": sends(
            content={"multipart/form-data": {"schema": record(**FIELDS), "encoding": {"coded": DEEP["coded"]}}}
        ),
        "query": sends(*query),
    }
    answers = {"204": {"description": "Done."}}
    root["paths"] = {
        f"/{name}": {"post": {"operationId": name, **row, "responses": answers}} for name, row in rows.items()
    }
    with package_of(root, "reports.json") as package:
        yield package


REFUSED = {
    "form": ["text", "many", "deep"],
    "parts": ["text", "many"],
    "query": ["text", "many", "flat", "deep"],
}


@pytest.mark.parametrize(("method", "name"), [(method, name) for method, fields in REFUSED.items() for name in fields])
def test_a_null_that_would_have_to_be_text_is_refused(package: ImportedPackage, method: str, name: str) -> None:
    client = package.client()
    value = package.module.NULL if NULLS[name] is None else NULLS[name]
    with pytest.raises(package.module.InvalidRequest, match=f"{name}: .*null"):
        getattr(client, method)(**{name: value})
    assert package.sent == []


@pytest.mark.parametrize(
    ("method", "name"), [(method, name) for method, fields in REFUSED.items() for name in FIELDS if name not in fields]
)
def test_a_null_in_json_is_written(package: ImportedPackage, method: str, name: str) -> None:
    value = package.module.NULL if NULLS[name] is None else NULLS[name]
    getattr(package.client(), method)(**{name: value})
    assert "null" in unquote(package.target + package.sent[-1].content.decode())


def test_a_null_in_extra_body_is_refused_in_a_form(package: ImportedPackage) -> None:
    with pytest.raises(package.module.InvalidRequest, match="text: is or has null"):
        package.client().form(extra_body={"text": None})
