"""After the overlays: what needs the facts and our words is filled in, named schemas become components."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from codegen.catalog import emit_notes
from codegen.catalog.emit import JSON
from codegen.catalog.emit_schema import Facts
from codegen.faults import Fault, InputFault

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

_ORDER = (
    "openapi overlay info title summary version contact license servers url security tags name in operationId type "
    "const enum required default format contentMediaType contentSchema minimum maximum exclusiveMinimum "
    "exclusiveMaximum minLength maxLength maxItems description additionalProperties properties items allOf if then "
    "parameters schema requestBody responses content examples links callbacks value paths components"
).split()
"""How keys are ordered for a reader: what it is, then its limits, then its words, then what it contains; x- last."""

_LIFE = "queued running succeeded failed cancelled timed_out".split()

_PLACE = {key: index for index, key in enumerate(_ORDER)}
_KEEP_ORDER = frozenset({"properties", "parameters", "codes", "http", "states", "names"})
"""Mappings whose keys are names, not keywords, and stand in the order that the documents give."""


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation, with its path and method."""
    for path, item in document.get("paths", {}).items():
        for method in _METHODS:
            if method in item:
                yield path, method, item[method]


def finish(document: dict[str, Any], facts: Facts, vendor_names: Mapping[tuple[str, str], str], name: str) -> None:
    """Complete the document in place."""
    for path, method, operation in operations(document):
        _complete_task(vendor_names[path, method], path, operation, facts)
        _name_request(operation)
        _describe_statuses(operation, document.get("x-error-codes", {}).get("http", {}))
    emit_notes.append(document, name)
    _lift(document, name)
    _tie_results(document)
    _claim_states(document, facts)
    document["tags"] = _used_tags(document)


def _complete_task(vendor: str, path: str, operation: dict[str, Any], facts: Facts) -> None:
    """The states that the documents list, and every result key that any of them names."""
    task = operation.get("x-task")
    if not task:
        return
    if [vendor] != [step for step in path.split("/") if step and "{" not in step][-1:]:
        task["vendor"] = vendor
    if task.get("kind") == "submit":
        task["states"] = _states(facts)[0]
    assets, hosts = task.get("assets"), facts.names("", "host")
    if assets is not None:
        assets.setdefault("at", [f"/{key}" for key in facts.result_keys(vendor)])
        assets.setdefault("hosts", hosts)


def _describe_statuses(operation: dict[str, Any], meanings: Mapping[str, Any]) -> None:
    for status, response in operation["responses"].items():
        if status in meanings:
            response["description"] = meanings[status]["meaning"]


def _states(facts: Facts) -> tuple[dict[str, str], list[str]]:
    """Every documented status word of the service, wherever it stands, in the order in which a task lives."""
    states: dict[str, str] = {}
    sources: set[str] = set()
    faults = []
    for owner in ["", *facts.operations()]:
        for word in facts.names(owner, "status"):
            if state := facts.of(owner, "status", word).get("state"):
                states.setdefault(word, str(state.value))
                sources.update(state.sources)
                if state.value not in _LIFE:
                    document, _, line = state.sources[0].rpartition(":")
                    problem = f"the status {word!r} has the state {state.value!r}, none of {', '.join(_LIFE)}"
                    faults.append(Fault(document, f"line {line}", problem, "say in its claim what becomes of the task"))
    if faults:
        raise InputFault(faults)
    return dict(sorted(states.items(), key=lambda item: (_LIFE.index(item[1]), item[0]))), sorted(sources)


def _name_request(operation: dict[str, Any]) -> None:
    """Request schemas are called after their operation unless an overlay called them something else."""
    schema = operation.get("requestBody", {}).get("content", {}).get(JSON, {}).get("schema")
    if not schema:
        return
    stem = operation["operationId"][:1].upper() + operation["operationId"][1:]
    schema.setdefault("title", f"{stem}Request")
    for inner in schema.get("properties", {}).values():
        if inner.get("type") == "object" and inner.get("additionalProperties") is False:
            inner.setdefault("title", f"{stem}Parameters")


def _lift(document: dict[str, Any], name: str) -> None:
    """A schema with a title is a component of that name. Equal ones are one; unequal ones of one title are a fault."""
    schemas: dict[str, Any] = document.setdefault("components", {}).setdefault("schemas", {})
    faults: list[Fault] = []
    for title, component in list(schemas.items()):
        component.setdefault("title", title)
        _lift_within(component, schemas, faults, name)
    for key in ("paths", "components"):
        for child, value in document[key].items():
            if (key, child) != ("components", "schemas"):
                _lift_within(value, schemas, faults, name)
    if faults:
        raise InputFault(faults)
    document["components"]["schemas"] = {title: schemas[title] for title in sorted(schemas)}


def _tie_results(document: dict[str, Any]) -> None:
    """Where a result is JSON inside a string, its schema says which results it can be."""
    by_id = {operation["operationId"]: operation for _, _, operation in operations(document)}
    outputs: dict[tuple[str, str], set[str]] = {}
    for operation in by_id.values():
        task = operation.get("x-task", {})
        pointer = task.get("reply", {}).get("result")
        if task.get("kind") == "submit" and task.get("result") in by_id and pointer and "output" in task:
            outputs.setdefault((task["result"], pointer), set()).add(task["output"])
    for (result, pointer), references in outputs.items():
        field = _field(document, by_id[result], pointer)
        if field is not None and field.get("contentMediaType") == JSON:
            field["contentSchema"] = {"anyOf": [{"$ref": reference} for reference in sorted(references)]}


def _claim_states(document: dict[str, Any], facts: Facts) -> None:
    """The field that carries the status names the statements on what its words mean."""
    by_id = {operation["operationId"]: operation for _, _, operation in operations(document)}
    places = {
        (task["result"], task["reply"]["status"])
        for operation in by_id.values()
        if (task := operation.get("x-task", {})).get("kind") == "submit" and task.get("result") in by_id
    }
    for result, pointer in places:
        if (field := _field(document, by_id[result], pointer)) and (sources := _states(facts)[1]):
            field.setdefault("x-claims", {})["states"] = sources


def _field(document: dict[str, Any], operation: dict[str, Any], pointer: str) -> dict[str, Any] | None:
    """The schema at a pointer into an operation's reply."""
    node: Any = operation["responses"]["200"]["content"][JSON]["schema"]
    for step in [*pointer.split("/")[1:], ""]:
        while isinstance(node, dict) and "$ref" in node:
            node = document["components"]["schemas"].get(node["$ref"].rpartition("/")[2])
        if step:
            node = node.get("properties", {}).get(step) if isinstance(node, dict) else None
    return node if isinstance(node, dict) else None


def _lift_within(node: Any, schemas: dict[str, Any], faults: list[Fault], name: str) -> None:
    if isinstance(node, list):
        for item in node:
            _lift_within(item, schemas, faults, name)
    elif isinstance(node, dict):
        for key, item in node.items():
            _lift_within(item, schemas, faults, name)
            if _is_named_schema(key, item):
                reference = _component(item, schemas, faults, name)
                node[key] = reference if key == "output" else {"$ref": reference}


def _is_named_schema(key: str, value: Any) -> bool:
    if not isinstance(value, dict) or key == "value":
        return False
    return isinstance(value.get("title"), str) and isinstance(value.get("type"), str)


def _component(schema: dict[str, Any], schemas: dict[str, Any], faults: list[Fault], name: str) -> str:
    title = str(schema["title"])
    known = schemas.setdefault(title, schema)
    if known != schema and not _merge_claims(known, schema):
        faults.append(
            Fault(name, f"/components/schemas/{title}", "two different schemas have this title", "rename one")
        )
    return f"#/components/schemas/{title}"


def _merge_claims(known: dict[str, Any], other: dict[str, Any]) -> bool:
    """Make the claims of the first those of both; False where they differ in more than their claims."""
    if _without_claims(known) != _without_claims(other):
        return False
    _add_claims(known, other)
    return True


def _without_claims(node: Any) -> Any:
    if isinstance(node, list):
        return [_without_claims(item) for item in node]
    if isinstance(node, dict):
        return {key: _without_claims(item) for key, item in node.items() if key != "x-claims"}
    return node


def _add_claims(known: Any, other: Any) -> None:
    if isinstance(known, list):
        for one, two in zip(known, other, strict=True):
            _add_claims(one, two)
    elif isinstance(known, dict):
        for key in [key for key in other if key != "x-claims"]:
            _add_claims(known[key], other[key])
        for keyword, sources in other.get("x-claims", {}).items():
            mine = known.setdefault("x-claims", {}).setdefault(keyword, [])
            mine.extend(source for source in sources if source not in mine)


def _used_tags(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    used = {tag for _, _, operation in operations(document) for tag in operation.get("tags", ())}
    known = {tag["name"]: tag for tag in document.get("tags", ())}
    merged: dict[str, dict[str, Any]] = {}
    for tag in document.get("tags", ()):
        merged.setdefault(tag["name"], {}).update(tag)
    return [merged.get(tag, known.get(tag, {"name": tag})) for tag in sorted(used | set(merged)) if tag in used]


def ordered(node: Any, *, names: bool = False) -> Any:
    """The same document with keys in the order a reader expects, and every claim under its fact with a slash in front.

    The slash keeps tools from taking the claims on `type` and `enum` for a schema.
    """
    if isinstance(node, list):
        return [ordered(item) for item in node]
    if not isinstance(node, dict):
        return node
    keys = (
        list(node)
        if names
        else sorted(node, key=lambda key: (str(key).startswith("x-"), _PLACE.get(key, 99), str(key)))
    )
    return {key: _claims(node[key]) if key == "x-claims" else _child(key, node[key], names) for key in keys}


def _child(key: str, value: Any, names: bool) -> Any:
    return ordered(value, names=not names and key in _KEEP_ORDER)


def _claims(value: Any) -> Any:
    return {f"/{fact}": sources for fact, sources in value.items()} if isinstance(value, dict) else value
