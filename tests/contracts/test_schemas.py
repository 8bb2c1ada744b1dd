"""What the contract tests make of single schemas: every value that is sent or refused, every fact there is to prove.

The values are kept as a record: WONDERGEN_RECORD=1 writes it anew; the difference is for a person to judge.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from codegen.contracts import coverage
from codegen.contracts.exchanges import natural_forms, path_text, query_pairs, wire_of
from codegen.contracts.fact_pointers import json_schemas, reply_facts, request_facts
from codegen.contracts.oracle import Oracle
from codegen.contracts.oracle_pointers import get, put
from codegen.contracts.oracle_samples import Sampler, Unsampled, bounds
from tests.python.support import parameter

AT = "/components/schemas/S"
RECORD = Path(__file__).with_name("schemas.txt")
TREE: dict[str, Any] = {
    "type": "object",
    "required": ["name"],
    "properties": {"name": {"type": "string", "maxLength": 20}, "below": {"$ref": f"#{AT}"}},
}
SCHEMAS: list[dict[str, Any]] = [
    {"const": 3},
    {"enum": [1, 5, None]},
    {"enum": ["S", "m"]},
    {"type": "null"},
    {"type": ["null", "boolean"]},
    {"type": "integer", "minimum": 0, "maximum": 2},
    {"type": "integer", "exclusiveMinimum": 0, "exclusiveMaximum": 4, "multipleOf": 2},
    {"type": "number", "exclusiveMinimum": 0, "maximum": 0.5},
    {"type": "number", "multipleOf": 0.25},
    {"minimum": 3},
    {"type": "string", "minLength": 0, "maxLength": 2},
    {"minLength": 1},
    {"type": "string", "pattern": "^[0-9]+:[0-9]+$"},
    {"type": "string", "pattern": "^ZQ[0-9]{17}$"},
    {"type": "string", "pattern": "^ZQ", "examples": [1, "ZQ1"]},
    {"type": "string", "format": "date", "maxLength": 10},
    {"type": "array", "items": {"type": "integer", "maximum": 2}, "minItems": 2, "maxItems": 3},
    {"type": "array", "items": {"type": "string", "minLength": 1}, "uniqueItems": True, "minItems": 2},
    {"type": "array", "maxItems": 1},
    {"type": "array", "items": {"type": "string", "pattern": "^ZQ[0-9]{17}$"}, "minItems": 1},
    {"type": "array", "minItems": 100},
    {"type": "object", "required": ["a", "b"], "properties": {"a": {"type": "boolean"}, "c": {"const": 1}}},
    {"type": "object", "additionalProperties": {"type": "integer"}},
    {"required": ["a"], "properties": {"a": {"type": "string", "pattern": "^ZQ[0-9]{17}$"}}},
    {"allOf": [{"properties": {"a": {"maximum": 3, "type": "integer"}}}, {"required": ["a"]}]},
    {"oneOf": [{"type": "integer", "minimum": 3}, {"type": "string", "maxLength": 3}]},
    {"anyOf": [{"enum": ["a"]}, {"type": "array", "items": {"anyOf": [{"const": 1}, {"const": 2}]}}]},
    TREE,
    {"type": "object", "required": ["below"], "properties": {"below": {"$ref": f"#{AT}"}}},
]


def oracle(schema: Any) -> Oracle:
    return Oracle({"components": {"schemas": {"S": schema}}})


def test_what_is_sent_for_a_schema_is_what_was_sent_before() -> None:
    record = "\n".join(line for schema in SCHEMAS for line in _record_lines(schema)) + "\n"
    if os.environ.get("WONDERGEN_RECORD"):
        RECORD.write_text(record, encoding="utf-8")
    assert record == RECORD.read_text(encoding="utf-8")


def _record_lines(schema: Any) -> Iterator[str]:
    sampler = Sampler(oracle(schema))
    yield f"# {json.dumps(schema)}"
    try:
        yield f"smallest {json.dumps(sampler.sample(AT, 'smallest'))}"
        yield f"fullest {json.dumps(sampler.sample(AT, 'fullest'))}"
    except Unsampled as error:
        yield f"no sample: {error}"
    for bound in bounds(sampler, AT):
        proofs = " ".join(proof.removeprefix(AT) for proof in bound.proves)
        yield f"{'sent' if bound.allowed else 'refused'} {json.dumps(bound.value)[:200]} by {proofs}"
    yield f"facts {' '.join(fact.removeprefix(AT) for fact in request_facts(sampler.oracle, AT))[:2000]}"
    yield f"told {' '.join(fact.removeprefix(AT) for fact in reply_facts(sampler.oracle, AT))[:2000]}"


def test_a_schema_that_contains_itself_has_facts_once_a_place_and_an_end() -> None:
    names = [fact for fact in request_facts(oracle(TREE), AT) if fact == f"{AT}/properties/name"]
    assert len(names) == 1


def test_only_json_bodies_have_schemas() -> None:
    content: dict[str, Any] = {
        "text/plain": {"schema": {}},
        "application/json": {"schema": {}},
        "application/a+json": {"schema": {}},
    }
    result = list(json_schemas(Oracle({"body": {"content": content}}), "/body"))
    assert result == ["/body/content/application~1json/schema", "/body/content/application~1a+json/schema"]


@pytest.mark.parametrize(
    "pointer, value", [("/a/1", 2), ("/a/2", None), ("/a/x", None), ("/a/0/x", None), ("/b~1c", 3)]
)
def test_a_pointer_beyond_what_is_there_leads_to_nothing(pointer: str, value: Any) -> None:
    document = {"a": [1, 2], "b/c": 3}
    assert (get(document, pointer), Oracle(document).at(pointer)) == (value, value)


def test_what_is_put_beyond_the_end_of_a_list_takes_its_place() -> None:
    assert put({"a": [1]}, "/a/1", 2) == {"a": {"1": 2}}
    assert put({"a": [1]}, "/a/0", 2) == {"a": [2]}


@pytest.mark.parametrize(
    "keyword, value",
    [("oneOf", True), ("enum", "a"), ("properties", []), ("minLength", "3"), ("maximum", None), ("format", ["uri"])],
)
def test_a_keyword_with_a_value_of_another_kind_is_left_out(keyword: str, value: Any) -> None:
    oracle = Oracle({"a": {"type": "string", keyword: value}})
    assert oracle.schema("/a") == ("/a", {"type": "string"})


def test_references_of_references_are_followed_and_a_circle_has_an_end() -> None:
    schemas = {"A": {"$ref": "#/s/B"}, "B": {"$ref": "#/s/C"}, "C": {"type": "null"}, "D": {"$ref": "#/s/D"}}
    oracle = Oracle({"s": schemas})
    assert (oracle.place("/s/A"), oracle.place("/s/D"), oracle.place("/s/A/type")) == ("/s/C", "/s/D", "/s/C/type")


WIRES: list[tuple[str | None, Any, Any]] = [
    ("boolean-word", True, "True"),
    ("boolean-word", False, "False"),
    ("boolean-word", 1, 1),
    ("seconds-text", 5, "5s"),
    ("seconds-text", True, True),
    ("integer-text", 5, "5"),
    ("integer-text", True, True),
    (None, 5, 5),
]


@pytest.mark.parametrize("wire, natural, sent", WIRES)
def test_a_natural_value_has_one_form_on_the_wire_and_back(wire: Any, natural: Any, sent: Any) -> None:
    result = replace(parameter({"type": "string"}), wire=wire)
    assert wire_of(result, natural) is natural if sent is natural else wire_of(result, natural) == sent
    assert list(natural_forms(result, sent)) == ([natural] if isinstance(sent, str) else [])


def test_outside_a_body_a_value_is_text_and_a_list_repeats_its_name() -> None:
    assert path_text("n", "a/b c") == "a%2Fb%20c"
    assert query_pairs("n", [True, "x", 1.5]) == ["n=true", "n=x", "n=1.5"]


DOCUMENT = {"servers": [{"url": "https://a.example"}], "paths": {"/a": {"get": {"operationId": "see"}}}}
ROWS = """\
class Row:
    proves = ("/servers/0/url", {more!r})

ROWS = (Row(), (Row(),))
"""


@pytest.mark.parametrize("more, status", [("/paths/~1a/get", 0), ("/servers/0/url", 1), ("/paths/~1b/get", 1)])
def test_a_fact_is_proven_by_a_row_in_any_table_of_a_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], more: str, status: int
) -> None:
    monkeypatch.setattr(coverage, "SUITE", "suite_of_the_tests")
    for name in [name for name in sys.modules if name.startswith("suite_of_the_tests")]:
        monkeypatch.delitem(sys.modules, name)
    suite = tmp_path / "suite_of_the_tests"
    (suite / "acme").mkdir(parents=True)
    (suite / "catalog").mkdir()
    (suite / "catalog" / "acme.json").write_text(json.dumps(DOCUMENT))
    (suite / "acme" / "test_see.py").write_text(ROWS.format(more=more))
    (suite / "acme" / "conftest.py").write_text("raise AssertionError('it holds no rows')")
    path = list(sys.path)
    assert coverage.main(["--generated", str(tmp_path), "--excused", str(tmp_path / "none.yaml")]) == status
    assert ("Unproven without a reason: none" in capsys.readouterr().out) is (more == "/paths/~1a/get")
    assert sys.path == path


_SHARING: dict[str, Any] = {
    "name": {"type": "string", "minLength": 2},
    "names": {"type": "array", "items": {"$ref": "#/s/name"}, "prefixItems": [{"$ref": "#/s/tree"}]},
    "tree": {"type": "object", "properties": {"name": {"$ref": "#/s/name"}, "below": {"items": {"$ref": "#/s/tree"}}}},
    "either": {"oneOf": [{"$ref": "#/s/name"}, {"allOf": [{"$ref": "#/s/tree"}, {"required": ["name"]}]}]},
    "closed": {"allOf": [{"$ref": "#/s/tree"}], "unevaluatedProperties": False},
    "unless": {"not": {"$ref": "#/s/name"}, "if": {"type": "array"}, "then": {"$ref": "#/s/names"}},
    "alias": {"$ref": "#/s/either"},
    "beside": {"$ref": "#/s/name", "maxLength": 3},
    "elsewhere": {"$id": "urn:other", "$defs": {"name": {"type": "integer"}}, "items": {"$ref": "#/$defs/name"}},
    "of_any": {"$id": "urn:list", "items": {"$dynamicRef": "#item"}, "$defs": {"a": {"$dynamicAnchor": "item"}}},
    "of_names": {
        "$id": "urn:names",
        "$ref": "urn:list",
        "$defs": {"a": {"$dynamicAnchor": "item", "type": "string"}},
    },
    "nowhere": {"properties": {"name": {"$ref": "#/s/missing"}}},
}
_VALUES: tuple[Any, ...] = (
    *(None, 1, "a", "abc", "abcd", [], ["abc"], [{"name": "abc"}, "abc"], [{"name": "a"}], [1, 2], ["abc", 3]),
    *({}, {"name": "abc"}, {"name": "a"}, {"other": 1}, {"below": [{"name": "abc"}]}, {"below": [{"below": [1]}]}),
)


@pytest.mark.parametrize("name", _SHARING)
def test_validators_that_share_their_parts_accept_what_jsonschema_accepts(name: str) -> None:
    oracle = Oracle({"s": _SHARING})
    registry: Registry[Any] = Registry()
    registry = registry.with_resource("urn:document", DRAFT202012.create_resource({"s": _SHARING})).crawl()
    for other in _SHARING:  # what was looked at before changes nothing
        for value in _VALUES:
            oracle.accepts(f"/s/{other}", value, "reply")
    plain = Draft202012Validator({"$ref": f"urn:document#/s/{name}"}, registry=registry)
    for value in _VALUES * 2:
        try:
            expected = plain.is_valid(value)
        except Exception:
            expected = False
        assert oracle.accepts(f"/s/{name}", value, "reply") == expected, value
