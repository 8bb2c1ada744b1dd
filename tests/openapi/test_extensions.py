"""The grammar of our extensions: one file, which documentation, catalog and readers hold to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from codegen import paths, yamlio
from codegen.faults import InputFault
from codegen.openapi import extensions

README = (paths.SPECS / "README.md").read_text(encoding="utf-8")
TASK = {"kind": "submit", "reply": {"status": "/status"}, "states": {"ok": "succeeded"}}


def test_the_grammar_is_a_json_schema() -> None:
    Draft202012Validator.check_schema(dict(extensions.SCHEMA))


@pytest.mark.parametrize(
    "before, after, fault",
    [
        ('"$defs": {', '"$defs": {{', "line "),
        ('"type": "object"', '"type": "objekt"', "/"),
        ('"$defs"', '"$defz"', "/$defs: is not there, and the generator reads it"),
    ],
    ids=["no JSON", "no JSON Schema", "a part is missing"],
)
def test_a_grammar_that_cannot_be_read_is_one_fault(tmp_path: Path, before: str, after: str, fault: str) -> None:
    text = paths.EXTENSIONS.read_text(encoding="utf-8")
    (tmp_path / "grammar.json").write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(InputFault) as caught:
        extensions.read_schema(tmp_path / "grammar.json")
    (only,) = map(str, caught.value.faults)
    assert only.startswith(f"specs/extensions.schema.json: {fault}")


def test_the_table_of_the_documentation_is_that_of_the_grammar() -> None:
    assert extensions.table() in README


def _blocks() -> list[tuple[str, Any]]:
    """Return the examples of specs/README.md: extension and value."""
    found = []
    for block in re.findall(r"```yaml\n(x-.*?)```", README, re.DOTALL):
        for part in re.split(r"\n(?=x-)", block):
            found += list(yamlio.loads(part.replace("…", "words").replace("[words]", "[a]"), "README.md").items())
    return found


BLOCKS = _blocks()


def test_the_documentation_shows_every_extension_but_those_in_its_tables() -> None:
    assert {name for name, _ in BLOCKS} | {"x-wire", "x-python"} == set(extensions.KINDS)


def _keys(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from node.get("properties", {})
        yield from (key for value in node.values() for key in _keys(value))
    elif isinstance(node, list):
        yield from (key for value in node for key in _keys(value))


def test_the_documentation_names_every_key_of_the_grammar() -> None:
    keys = set(_keys(dict(extensions.SCHEMA)))
    assert keys
    assert [key for key in sorted(keys) if not re.search(rf"\b{re.escape(key)}\b", README)] == []


@pytest.mark.parametrize(("name", "value"), BLOCKS)
def test_what_the_documentation_shows_is_what_the_grammar_accepts(name: str, value: Any) -> None:
    assert extensions.problems(name, value) == []


@pytest.mark.parametrize(
    ("beside", "is_accepted"),
    [
        ({"id": "/id", "result": "getTask"}, True),
        ({"status_url": "/urls/status", "cancel_url": "/urls/cancel"}, True),
        ({"id": "/id"}, False),
        ({"result": "getTask"}, False),
        ({"id": "/id", "result": "getTask", "progress_scale": "fraction", "content": "getFile"}, True),
        ({"id": "/id", "result": "getTask", "progress_scale": "permille"}, False),
    ],
)
def test_a_task_is_asked_for_by_its_id_or_at_a_url(beside: dict[str, Any], is_accepted: bool) -> None:
    assert (extensions.problems("x-task", {**TASK, **beside}, "operation") == []) is is_accepted


@pytest.mark.parametrize(
    ("pages", "is_accepted"),
    [
        ({"pattern": "cursor", "items": "/data", "parameter": "after", "last_item": "/id"}, True),
        ({"pattern": "cursor", "items": "/data", "parameter": "after"}, False),
        ({"pattern": "page", "items": "/data"}, False),
        ({"pattern": "link", "items": ""}, True),
        ({"pattern": "url", "items": "/data"}, False),
    ],
)
def test_pages_say_what_leads_to_the_next_one(pages: dict[str, Any], is_accepted: bool) -> None:
    assert (extensions.problems("x-pages", pages, "operation") == []) is is_accepted


def test_a_field_may_have_a_name_of_its_own_on_every_kind_that_is_one() -> None:
    for kind in ("parameter", "schema"):
        assert extensions.problems("x-python", {"name": "seconds"}, kind) == []


def test_a_problem_says_where_it_is() -> None:
    (problem,) = extensions.problems("x-media", {"kind": "image", "width": {"minimum": -1}})
    assert problem.path == ("width", "minimum")
