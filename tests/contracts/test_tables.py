"""The tables of the generated suite: whole, judged by the document, harmless, and all of the catalog in them."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from codegen import paths, yamlio
from codegen.contracts import render
from codegen.contracts.coverage import coverage
from codegen.contracts.exchanges import Caller
from codegen.contracts.fact_pointers import facts_by_kind
from codegen.contracts.modules import ServiceModules
from codegen.contracts.oracle import Oracle
from codegen.contracts.oracle_samples import Sampler
from codegen.contracts.rows import FILES, Anchors, Values
from codegen.contracts.service_modules import client_module, failures_module
from codegen.contracts.tables import ArgumentTables
from codegen.python.model import OperationModel, ServiceModel
from codegen.python.read import read_catalog
from codegen.python.text import Literal
from tests.chosen_operations import PICTURE

SPEC = yamlio.load(Path(__file__).parent / "acme.yaml")
PARAMETERS = "/components/schemas/MakeVideo/properties/data/properties"


def model_of(spec: Any, folder: Path) -> Any:
    (folder / "acme.yaml").write_text(yamlio.dumps(spec), encoding="utf-8")
    return read_catalog(folder, "wondergen", "1.2.3")


@pytest.fixture
def service(tmp_path: Path) -> ServiceModel:
    result: ServiceModel = model_of(SPEC, tmp_path).services[0]
    return result


def named(service: ServiceModel, name: str) -> OperationModel:
    return next(operation for operation in service.operations if operation.name == name)


def tables_of(service: ServiceModel, name: str) -> ArgumentTables:
    caller = Caller(service, named(service, name), Sampler(Oracle(service.document)))
    return ArgumentTables(caller, Anchors({"DOCUMENT": ""}))


def assigned(source: str, name: str) -> ast.expr | None:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == name:
            return node.value
    return None


def test_the_smallest_call_has_what_is_required_and_the_fullest_has_everything(service: ServiceModel) -> None:
    caller = tables_of(service, "make_video").caller
    assert caller.smallest() == {"prompt": "prompt canary"}
    assert list(caller.fullest()) == [str(parameter.name) for parameter in caller.operation.parameters]
    assert caller.request(caller.smallest()).body == {"data": {"prompt": "prompt canary"}}


def test_a_value_brings_what_a_rule_asks_for_beside_it(service: ServiceModel) -> None:
    rows = [row for row in tables_of(service, "make_video").accepted() if row.parameter.value == "control_type"]
    beside = [row.beside.value if row.beside else None for row in rows]
    assert beside == [None, {"init_image": "https://files.example.com/1.png"}]


def test_a_rule_is_broken_by_leaving_out_what_it_asks_for(service: ServiceModel) -> None:
    (row,) = tables_of(service, "make_video").broken()
    assert (row.parameter.value, row.arguments.value) == (
        "init_image",
        {"prompt": "prompt canary", "control_type": "2"},
    )


def test_natural_forms_are_sent_and_only_what_stays_wrong_on_the_wire_is_refused(service: ServiceModel) -> None:
    tables = tables_of(service, "make_video")
    sent = [row for row in tables.accepted() if row.parameter.value == "duration"]
    assert [(row.arguments.items, row.wire and row.wire.items) for row in sent] == [
        (("5s", "10s"), None),
        ((5, 10), ("5s", "10s")),
    ]
    (refused,) = (row.arguments.items for row in tables.refused() if row.parameter.value == "duration")
    assert 7 in refused
    assert 5 not in refused


def test_a_body_that_has_the_arguments_as_they_are_is_printed_as_their_place(service: ServiceModel) -> None:
    tables = tables_of(service, "make_video")
    smallest = tables.call("smallest", tables.smallest, [])
    assert (smallest.is_as_given, smallest.body) == (True, Literal({"data": tables.smallest}))
    assert not tables.call("other", {**tables.smallest, "duration": 5}, []).is_as_given  # "5s" on the wire


def test_a_required_header_is_printed_once_for_all_calls(tmp_path: Path) -> None:
    spec = copy.deepcopy(SPEC)
    (node,) = (
        item["post"] for item in spec["paths"].values() if item.get("post", {}).get("operationId") == "makeVideo"
    )
    header = {"name": "X-Region", "in": "header", "required": True, "schema": {"type": "string"}}
    node.setdefault("parameters", []).append(header)
    model = model_of(spec, tmp_path)
    (source,) = (text for path, text in render(model).items() if path.endswith("test_make_video.py"))
    assert source.count("'x-region'") == 2  # for all calls, and in the exchange that is written out
    page = ServiceModules(model, model.services[0]).operation(named(model.services[0], "make_video"), [])
    rows = [page.smallest, *page.calls, *page.examples]
    assert page.examples
    assert all(row.arguments.value["x_region"] and row.headers and row.is_as_given for row in rows)
    assert [row.id.value for row in rows if "x_region" in row.own_arguments.value] == []


def test_pointers_are_printed_from_what_they_share() -> None:
    anchors = Anchors({"DOCUMENT": "", "PARAMETERS": "/p"})
    (proof,) = anchors.proofs(["/p/size/enum/0", "/p/size/enum/1"])
    assert (proof.anchor, proof.below, proof.rests) == ("PARAMETERS", Literal("/size/enum"), (Literal("/0 /1"),))
    (proof,) = anchors.proofs(["/p/size", "/p/size/type"])
    assert (proof.below, proof.rests) == (None, (Literal("/size /size/type"),))


def test_an_operation_at_a_host_of_its_own_is_tested_there(tmp_path: Path) -> None:
    spec = copy.deepcopy(SPEC)
    (path,) = (path for path, item in spec["paths"].items() if item.get("post", {}).get("operationId") == "makeVideo")
    spec["paths"][path]["post"]["servers"] = [{"url": "https://videos.example.com/v9"}]
    model = model_of(spec, tmp_path)
    modules = ServiceModules(model, model.services[0])
    page = modules.operation(named(model.services[0], "make_video"), [])
    assert (page.endpoint.origin, text_of(page.endpoint.path)) == (Literal("https://videos.example.com"), f"/v9{path}")
    assert text_of(page.wire.start.url) == f"https://videos.example.com/v9{path}"
    assert {name.value: value.value for name, value in page.wire.start.headers}["host"] == "videos.example.com"
    assert page.wire.poll is None or "videos.example.com" not in text_of(page.wire.poll.url)
    anchors = {str(name): text_of(start) for name, start in page.anchors}
    assert page.endpoint.name.value == "make_video"
    place = f"/paths/{path.replace('/', '~1')}/post/servers/0/url"
    assert place in pointers(page.smallest, anchors) & set[str]().union(*facts_by_kind(spec).values())


def test_a_list_that_repeats_itself_is_printed_as_a_call() -> None:
    values = Values((list(FILES[:1]), [*FILES, FILES[0]], ["a", "b", "a"], ["a", "b"], "x" * 300))
    assert [(value.helper, [argument.value for argument in value.arguments]) for value in values.printed] == [
        ("file_urls", [1]),
        ("file_urls", [5]),
        ("cycle", [["a", "b"], 3]),
        (None, [["a", "b"]]),
        ("text", [300]),
    ]


def test_a_paid_call_and_a_query_differ_in_what_a_server_error_means(service: ServiceModel) -> None:
    modules = ServiceModules(package=None, service=service)  # type: ignore[arg-type]
    anchors = Anchors({"DOCUMENT": ""})
    rows = {
        paid: [
            (row.error, row.sent.value) for row in modules.failures.statuses(service.errors, paid=paid, anchors=anchors)
        ]
        for paid in (True, False)
    }
    assert rows == {
        True: [("BadRequest", 1), ("OutcomeUnknown", 1)],
        False: [("BadRequest", 1), ("ServerError", 3)],
    }


def test_an_in_band_code_is_sent_as_often_as_its_advice_says(service: ServiceModel) -> None:
    modules = ServiceModules(package=None, service=service)  # type: ignore[arg-type]
    rows = modules.failures.codes(service.errors, list(service.operations), Anchors({"DOCUMENT": ""}))
    assert [(row.code.value, row.error, row.sent.value) for row in rows if row.code] == [
        ("490505", "InsufficientCredits", 1),
        ("429001", "RateLimited", 3),
        ("500001", "ServerError", 2),
    ]
    assert all(row.documented for row in rows)


def test_every_fact_of_a_document_is_in_a_table(tmp_path: Path) -> None:
    model = model_of(SPEC, tmp_path)
    modules = ServiceModules(model, model.services[0])
    operations = model.services[0].operations
    result: list[Any] = [modules.operation(operation, ["CODES"]) for operation in operations]
    printed: list[Any] = [*result, failures_module(modules), client_module(modules, operations[0])]
    claimed = {pointer for page in printed for pointer in pointers(page, {str(n): text_of(c) for n, c in page.anchors})}
    assert set[str]().union(*facts_by_kind(SPEC).values()) - claimed == set()
    assert coverage("acme", SPEC, frozenset(claimed)).dangling == ()


def text_of(chunks: Any) -> str:
    return "".join(part.value for part in chunks.parts)


def pointers(value: Any, anchors: dict[str, str]) -> set[str]:
    if isinstance(value, tuple):
        return {pointer for item in value for pointer in pointers(item, anchors)}
    result: set[str] = set()
    for name, item in getattr(value, "__dict__", {}).items():
        if name == "proves":
            for proof in item:
                words = [word for rest in proof.rests for word in rest.value.split(" ")] or [""]
                start = anchors[proof.anchor] + (proof.below.value if proof.below is not None else "")
                result |= {start + word for word in words}
        elif name == "proves_each_at" and item is not None:
            result |= {f"{anchors[item]}/{argument}" for argument in value.arguments.value}
        elif not isinstance(item, str | dict):
            result |= pointers(item, anchors)
    return result


def test_the_suite_is_the_same_every_time_and_every_module_parses(tmp_path: Path) -> None:
    model = model_of(SPEC, tmp_path)
    files = render(model)
    assert files == render(model)
    modules = {path: ast.parse(source) for path, source in files.items() if path.endswith(".py")}
    assert {f"contract_tests/acme/test_{name}.py" for name in ("make_video", "task_result", "client")} <= modules.keys()


def test_an_operation_of_which_no_call_can_be_composed_has_no_module_and_the_others_have_theirs(tmp_path: Path) -> None:
    spec = copy.deepcopy(SPEC)
    names = sorted(render(model_of(SPEC, tmp_path)))
    place = spec["components"]["schemas"]["MakeVideo"]["properties"]["data"]["properties"]["prompt"]
    place.update({"pattern": "^canary-[0-9]{40}-y$", "maxLength": 3})
    left = sorted(render(model_of(spec, tmp_path)))
    gone = {name for name in names if "test_make_video" in name}
    assert gone
    assert set(names) - set(left) == gone


def test_no_table_is_empty_and_no_test_is_without_an_assertion(tmp_path: Path) -> None:
    files = render(model_of(SPEC, tmp_path))
    tests = 0
    for path, source in files.items():
        if not path.endswith(".py"):
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                tests += 1
                calls = (inner.func for inner in ast.walk(node) if isinstance(inner, ast.Call))
                names = {getattr(called, "attr", getattr(called, "id", "")) for called in calls}
                asserts = any(isinstance(inner, ast.Assert) for inner in ast.walk(node))
                assert asserts or names & {"assert_equal", "keeps", "fail"}, node.name
            if path.rpartition("/")[2].startswith("test_") and isinstance(node, ast.Assign):
                assert not isinstance(node.value, ast.Tuple) or node.value.elts, ast.unparse(node)
    assert tests > 50


HOSTILE = 'x"); import colorsys\n"""\nimport colorsys #\\'


def test_no_file_of_the_suite_is_longer_than_a_person_reads() -> None:
    lengths = {
        path: path.read_text(encoding="utf-8").count("\n") for path in paths.GENERATED.glob("contract_tests/**/*.py")
    }
    assert len(lengths) > 50
    assert [path.name for path, length in lengths.items() if length >= 600] == []
    modules = [length for path, length in lengths.items() if path.parent.name == PICTURE.service]
    assert sorted(modules)[len(modules) // 2] <= 300


def test_the_text_of_a_document_stays_inside_literals(tmp_path: Path) -> None:
    spec = copy.deepcopy(SPEC)
    spec["info"]["title"] = HOSTILE
    spec["paths"]["/v1/make"]["post"]["summary"] = HOSTILE
    data = spec["components"]["schemas"]["MakeVideo"]["properties"]["data"]["properties"]
    data["audio"] = {"type": "string", "enum": [HOSTILE, "b"], "description": HOSTILE}
    spec["x-error-codes"]["codes"]["490505"]["meaning"] = HOSTILE
    files = render(model_of(spec, tmp_path))
    imported = {
        name.name
        for path, source in files.items()
        if path.endswith(".py")
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import)
        for name in node.names
    }
    assert "colorsys" not in imported
    rows = assigned(files["contract_tests/acme/test_make_video.py"], "accepted")
    assert rows is not None
    assert HOSTILE in [node.value for node in ast.walk(rows) if isinstance(node, ast.Constant)]


def test_a_sentence_for_people_changes_no_generated_test(tmp_path: Path) -> None:
    spec = copy.deepcopy(SPEC)
    for node in _nodes(spec):
        if isinstance(node.get("description"), str):
            node["description"] += " Another sentence."
    assert spec != SPEC
    assert render(model_of(spec, tmp_path)) == render(model_of(SPEC, tmp_path))


def test_a_new_parameter_changes_only_the_module_of_its_operation_and_the_copy_of_the_document(tmp_path: Path) -> None:
    spec = copy.deepcopy(SPEC)
    data = spec["components"]["schemas"]["MakeVideo"]["properties"]["data"]["properties"]
    data["mood"] = {"type": "string", "enum": ["calm", "wild"]}
    before, after = render(model_of(SPEC, tmp_path)), render(model_of(spec, tmp_path))
    changed = [path for path in {**before, **after} if before.get(path) != after.get(path)]
    assert changed == ["contract_tests/acme/test_make_video.py", "contract_tests/catalog/acme.json"]


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    for item in value if isinstance(value, list) else ():
        yield from _nodes(item)


def test_a_pointer_that_leads_nowhere_is_reported() -> None:
    report = coverage("acme", SPEC, frozenset({"/components/schemas/Nothing/maximum"}))
    assert report.dangling == ("/components/schemas/Nothing/maximum",)
    assert f"{PARAMETERS}/size/maximum" in report.unproven
