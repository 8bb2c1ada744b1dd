"""The grammar of OpenAPI as data, and what other modules have to have in common with it."""

from __future__ import annotations

from codegen.contracts import without_text
from codegen.openapi import walk
from codegen.package._catalog import validators


def test_the_package_and_the_generator_have_the_same_keywords_of_data() -> None:
    # The package imports nothing of the generator. The names of required properties are no objects to walk through.
    beyond_schemas = {"value", "mapping", "scopes"}
    assert walk.DATA - beyond_schemas == validators._DATA - {"required", "dependentRequired"}


def test_text_for_people_is_told_from_names_and_data_that_look_like_it() -> None:
    header = {"schema": {"type": "string", "default": {"description": "kept"}, "description": "dropped"}}
    copied = without_text({"headers": {"description": header}, "examples": {"summary": {"summary": "dropped"}}})
    schema = {"type": "string", "default": {"description": "kept"}}
    assert copied == {"headers": {"description": {"schema": schema}}, "examples": {"summary": {}}}
