"""A document without operations gives a model of each schema and webhook, and contract tests of them."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from codegen import contracts
from codegen.contracts import PAYLOADS
from tests.openapi.package_of_document import package_of
from tests.python.support import document, faults, read, read_all


def _event(schema: dict[str, Any], media: str = "application/json") -> dict[str, Any]:
    return {"post": {"requestBody": {"content": {media: {"schema": schema}}}}}


def _thing(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": sorted(properties), "properties": properties}


def _alone(webhooks: dict[str, Any], **schemas: Any) -> dict[str, Any]:
    root = document({}, webhooks=webhooks, components={"schemas": schemas})
    del root["servers"]
    return root


_PEN = _thing(ink={"type": "string"})
WHOLE = _alone(
    {"made": _event(_thing(id={"type": "integer"}, at={"type": "string", "format": "date"}))},
    Pen=_PEN,
    Size=_thing(width={"type": "integer"}),
    Word={"type": "string"},
)


def test_each_schema_has_its_own_model() -> None:
    with package_of(WHOLE) as package:
        models = package.part("models")
        assert (models.Pen(ink="a").ink, models.Size(width=2).width) == ("a", 2)


def test_no_server_is_missing_where_nothing_is_called() -> None:
    assert read(WHOLE).notes == ()


WITHOUT_A_MODEL = {
    "a form": (_event(_PEN, "application/x-www-form-urlencoded"), "is sent as application/x-www-form-urlencoded"),
    "a list": (_event({"type": "array", "items": _PEN}), "has no class of its own: it is list"),
    "another document": ({"$ref": "x.json"}, "outside this document"),
    "nothing there": (_event(_thing(a={"$ref": "#/nope"})), "which is not there"),
}


@pytest.mark.parametrize("case", WITHOUT_A_MODEL)
def test_a_webhook_without_a_model_is_said(case: str) -> None:
    item, words = WITHOUT_A_MODEL[case]
    service = read(_alone({"odd": item, "made": _event(_PEN)}))
    assert [words in str(note) for note in service.notes] == [True]
    assert list(map(str, service.payloads.values())) == ["MadeWebhook"]


def test_a_schema_that_is_none_leaves_the_others() -> None:
    service = read(_alone({}, Pen=_PEN, Odd={"type": 5}))
    assert list(map(str, service.payloads.values())) == ["Pen"]
    assert [note.place for note in service.notes] == ["/components/schemas/Odd/type"]
    assert faults(_alone({}))[0].problem == "has no operation"


@contextmanager
def _suite(root: dict[str, Any]) -> Iterator[Any]:
    """Yield the tests of payloads of a document, over the package of another."""
    with package_of(WHOLE) as package:
        name = str(package.model.name)
        for path, source in contracts.render(read_all({"shop.json": root}, name)).items():
            place = package.folder / name / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(source, encoding="utf-8")
        module = PAYLOADS.removesuffix(".py")
        yield importlib.import_module(f"{name}.contract_tests.shop.{module}").TestPayloads()


def test_the_contract_tests_read_a_value_of_each_model() -> None:
    with _suite(WHOLE) as suite:
        suite.test_a_documented_object_is_read()
        suite.test_every_documented_object_has_a_model()
        assert {row[0] for row in suite.rows} == {"MadeWebhook", "Pen", "Size"}


def test_the_contract_tests_notice_a_model_that_reads_less() -> None:
    day = {"type": "string", "format": "date"}
    more = {**WHOLE, "webhooks": {"made": _event(_thing(id={"type": "integer"}, at=day, new={"type": "string"}))}}
    with _suite(more) as suite, pytest.raises(AssertionError):
        suite.test_a_documented_object_is_read()
