"""By which words a discriminator names an alternative."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.openapi.document import Document
from codegen.openapi.schemas import Schemas, tags

CAT: dict[str, Any] = {"$ref": "#/components/schemas/Cat"}


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ({"a": "#/components/schemas/Cat", "b": "Cat"}, ["a", "b"]),
        ({"a": "#/components/schemas/C%61t"}, ["a"]),
        ({"a": "#/components/schemas/Dog", "b": "Dog"}, ["Cat"]),
        ({"a": "animals/Cat", "b": 1, "c": None, "d": ["Cat"]}, ["Cat"]),
        (None, ["Cat"]),
    ],
)
def test_a_mapping_names_a_schema_by_reference_or_by_its_name_alone(mapping: Any, words: list[str]) -> None:
    schemas = Schemas(Document({"components": {"schemas": {"Cat": {"type": "object"}}}}))
    view = schemas.view(CAT, "/components/schemas/Pet/oneOf/0")
    assert tags(schemas, {"propertyName": "kind", "mapping": mapping}, CAT, view) == words
