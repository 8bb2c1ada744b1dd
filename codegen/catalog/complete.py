"""Facts and overlay, merged → the document as it is written, and the evidence for each of its facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from codegen import yamlio
from codegen.catalog.build import JSON
from codegen.catalog.build_schemas import ReconciledFacts
from codegen.catalog.collected_evidence import Collector, Stated, in_order
from codegen.faults import Fault, InputFault
from codegen.openapi import pointers
from codegen.openapi.document import Document
from codegen.openapi.extensions import STATES
from codegen.openapi.walk import METHODS
from codegen.yamlio import HandWritten

_ORDER = (
    "openapi overlay info title summary version contact license servers url security tags name in operationId "
    "deprecated type const enum required default format contentMediaType contentSchema minimum maximum "
    "exclusiveMinimum exclusiveMaximum minLength maxLength minItems maxItems description additionalProperties "
    "properties items allOf if then parameters schema requestBody responses content examples links callbacks value "
    "paths components"
).split()
"""How keys are ordered for a reader: what it is, then its limits, then its words, then what it contains; x- last."""

_ADVICE = frozenset({"x-traits", "x-prompting", "x-choices", "x-error-codes"})
"""Extensions that texts of ours stand in, with the lines that they cite."""
_PLACE = {key: index for index, key in enumerate(_ORDER)}
_KEEP_ORDER = frozenset({"properties", "parameters", "codes", "http", "states", "names", "paths"})
"""Mappings whose keys are names, not keywords, and stand in the order that the documents give."""


class PartlyStated(NamedTuple):
    """A field of a schema that several operations share, of which the documents of some say nothing."""

    title: str
    field: str
    stated: tuple[str, ...]
    """The operations whose documents state it."""
    silent: tuple[str, ...]


class Written(NamedTuple):
    """A document as it is written."""

    document: dict[str, Any]
    evidence: dict[str, list[str]]
    """JSON pointer → claims."""
    cites: dict[str, list[str]]
    """JSON pointer of a text of ours → the lines that it cites."""
    partial: tuple[PartlyStated, ...] = ()


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield every operation, with its path and method."""
    for path, item in document.get("paths", {}).items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def vendor_of(operation: Mapping[str, Any]) -> str:
    """Return the vendor's name of an operation; "" for one that no document states."""
    return operation.vendor if isinstance(operation, Stated) else ""


def complete(merged: dict[str, Any], facts: ReconciledFacts, file: HandWritten) -> Written:
    """Return the document with what needs facts and overlay together; `file` is the overlay that faults name."""
    states, state_claims = task_states(facts)
    meanings = merged.get("x-error-codes", {}).get("http", {})
    _name_operations_of_errors(merged)
    _check_results(merged, file.name)
    for path, _, operation in operations(merged):
        _complete_task(path, operation, facts, states)
        _name_request(operation)
        for status, response in operation["responses"].items():
            if status in meanings:
                response["description"] = meanings[status]["meaning"]
    _complete_reports(merged, facts)
    _complete_results(merged, state_claims)
    return _Writer(merged, file).written()


def _name_operations_of_errors(merged: Mapping[str, Any]) -> None:
    """Name the operations of an error as the overlay does; an error of all names none."""
    ids = {vendor_of(operation): operation["operationId"] for _, _, operation in operations(merged)}
    for channel in ("codes", "http"):
        for row in merged.get("x-error-codes", {}).get(channel, {}).values():
            errors = sorted({ids.get(one, one) for one in row.pop("operations", ())} & {*ids.values()})
            if errors and len(errors) < len(ids):
                row["operations"] = errors


def _complete_task(path: str, operation: dict[str, Any], facts: ReconciledFacts, states: Mapping[str, str]) -> None:
    """Add the states that the documents list, and every result key that any of them names."""
    task = operation.get("x-task")
    if not task:
        return
    vendor = vendor_of(operation)
    if [vendor] != [step for step in path.split("/") if step and "{" not in step][-1:]:
        task["vendor"] = vendor
    if task.get("kind") == "submit":
        task["states"] = dict(states)
    if task.get("kind") == "query":
        task.pop("output", None)  # the documents show what the task makes; the call that starts it says so
    cost = facts.of(vendor, "operation").get("cost") or facts.of("", "operation").get("cost")
    if cost is not None and task.get("kind") in {"submit", "generate"}:
        now = facts.of(vendor, "operation").get("for_now") or facts.of("", "operation").get("for_now")
        task["costs"] = _costs(cost.value, is_for_now=bool(now and now.value))
        if isinstance(operation, Stated):
            operation.claims["x-task/costs"] = list(cost.sources)
    assets = task.get("assets")
    if assets is not None:
        assets.setdefault("at", [f"/{key}" for key in facts.result_keys(vendor)])
        assets.setdefault("hosts", facts.names("", "host"))


def _costs(cost: object, *, is_for_now: bool) -> object:
    """Return what a call is paid with: a number of a document is one of credits."""
    if isinstance(cost, int | float):
        return "credits" if cost else "free"
    return "free_for_now" if cost == "free" and is_for_now else cost


def _complete_reports(merged: dict[str, Any], facts: ReconciledFacts) -> None:
    """Take a reply with an error code and a status for a report on the task, where the documents come to that."""
    settled = facts.of("", "response", "code").get("with_data")
    if settled is None or settled.value != "report":
        return
    by_id = {operation["operationId"]: operation for _, _, operation in operations(merged)}
    for operation in tuple(by_id.values()):
        task = operation.get("x-task", {})
        reports, status = by_id.get(str(task.get("result"))), task.get("reply", {}).get("status")
        if reports is not None and status and "x-task" in reports:
            reports["x-task"].setdefault("report", status)
            if isinstance(reports, Stated):
                reports.claims["x-task/report"] = list(settled.sources)


def task_states(facts: ReconciledFacts) -> tuple[dict[str, str], list[str]]:
    """Return every documented status word of the service in the order in which a task lives, and the claims."""
    states: dict[str, str] = {}
    sources: set[str] = set()
    faults = []
    for owner in ["", *facts.operations()]:
        for word in facts.names(owner, "status"):
            if state := facts.of(owner, "status", word).get("state"):
                states.setdefault(word, str(state.value))
                sources.update(state.sources)
                if state.value not in STATES:
                    first = state.readings[0].statements[0]
                    problem = f"the status {word!r} has the state {state.value!r}, none of {', '.join(STATES)}"
                    remedy = "state in its claim which state of the task it is"
                    faults.append(Fault(first.document, f"line {first.line}", problem, remedy))
    if faults:
        raise InputFault(faults)
    return dict(sorted(states.items(), key=lambda item: (STATES.index(item[1]), item[0]))), sorted(sources)


def _check_results(merged: Mapping[str, Any], name: str) -> None:
    """Raise InputFault where an overlay names the result of a task of which no document states anything."""
    faults = []
    for _, _, operation in operations(merged):
        output = operation.get("x-task", {}).get("output")
        if isinstance(output, Mapping) and not output.keys() & {"type", "properties"}:
            vendor = vendor_of(operation)
            problem = f"names the result {output.get('title')} of {vendor}, and no document states what it has"
            remedy = "delete `output` there; or, if the operation has a new name, write that in the target"
            faults.append(Fault(name, operation["operationId"], problem, remedy))
    if faults:
        raise InputFault(faults)


def _name_request(operation: dict[str, Any]) -> None:
    """Name the schema of a request after its operation, unless an overlay has named it."""
    schema = operation.get("requestBody", {}).get("content", {}).get(JSON, {}).get("schema")
    if not schema:
        return
    stem = operation["operationId"][:1].upper() + operation["operationId"][1:]
    schema.setdefault("title", f"{stem}Request")
    for name, inner in schema.get("properties", {}).items():
        if inner.get("type") == "object" and inner.get("additionalProperties") is False:
            is_whole = len(schema["properties"]) == 1
            part = "Parameters" if is_whole else "".join(word[:1].upper() + word[1:] for word in name.split("_"))
            inner.setdefault("title", f"{stem}{part}")


def _complete_results(merged: dict[str, Any], state_claims: list[str]) -> None:
    """Give a result that is JSON inside a string its schemas, and the status field the claims on its words."""
    by_id = {operation["operationId"]: operation for _, _, operation in operations(merged)}
    outputs: dict[tuple[str, str], set[str]] = {}
    for operation in by_id.values():
        task = operation.get("x-task", {})
        reports = by_id.get(str(task.get("result")))
        if task.get("kind") != "submit" or reports is None:
            continue
        reply = task.get("reply", {})
        if isinstance(status := _field(merged, reports, reply.get("status")), Stated):
            status.claims["states"] = state_claims
        if reference := _reference(task.get("output")):
            outputs.setdefault((str(task["result"]), str(reply.get("result"))), set()).add(reference)
    for (result, pointer), references in outputs.items():
        field = _field(merged, by_id[result], pointer)
        if field is not None and field.get("contentMediaType") == JSON:
            field["contentSchema"] = {"anyOf": [{"$ref": reference} for reference in sorted(references)]}


def _reference(output: Any) -> str:
    """Return the reference that `x-task.output` becomes; "" where it has no name yet, which the lint reports."""
    title = output.get("title") if isinstance(output, Mapping) else None
    return f"#/components/schemas/{title}" if title else output if isinstance(output, str) else ""


def _field(merged: dict[str, Any], operation: dict[str, Any], pointer: Any) -> dict[str, Any] | None:
    """Return the schema at a pointer into an operation's reply, as far as it is described."""
    schema = operation["responses"]["200"]["content"][JSON].get("schema")
    return Document(merged).find(schema, pointer if pointers.is_pointer(pointer) else "")


class _Writer:
    """Writes a document in one walk: schemas with a title to the components, notes behind descriptions, evidence."""

    def __init__(self, merged: dict[str, Any], file: HandWritten) -> None:
        self._merged = merged
        self._file = file
        self._schemas: dict[str, Any] = {}
        self._used_at: dict[str, str] = {}
        """Pointer of a component → where the schema that is being moved there stands."""
        self._fields: dict[str, dict[str, set[str]]] = {}
        """Title → operation that has a schema of this title → the fields that it states."""
        self._collector = Collector()
        self._cites: dict[str, list[str]] = {}
        self._faults: list[Fault] = []

    def written(self) -> Written:
        """Return the whole document."""
        merged = {key: value for key, value in self._merged.items() if key != "components"}
        components = dict(self._merged.get("components", {}))
        for title, schema in components.pop("schemas", {}).items():
            schema.setdefault("title", title)
            self._component(schema, title)
        document = self._object(merged, "")
        partial = tuple(self._partly_stated())
        document["components"] = self._object(components, "/components")
        document["components"]["schemas"] = {title: self._schemas[title] for title in sorted(self._schemas)}
        document["tags"] = _used_tags(document)
        if self._faults:
            raise InputFault(self._faults)
        document = ordered(document)
        return Written(document, self._collector.facts(document), in_order(document, self._cites), partial)

    def _partly_stated(self) -> Iterator[PartlyStated]:
        """Yield each field that only some of the operations with its schema state, and say so in its description."""
        for title, by_variant in sorted(self._fields.items()):
            for field, schema in self._schemas[title].get("properties", {}).items():
                having = tuple(sorted(name for name, fields in by_variant.items() if field in fields))
                silent = tuple(sorted(by_variant.keys() - having))
                if having and silent:
                    only = f"Only the documents of {', '.join(having)} state it."
                    schema["description"] = f"{schema.get('description', '')} {only}".lstrip()
                    yield PartlyStated(title, field, having, silent)

    def _object(self, node: Mapping[str, Any], pointer: str, *, advice: bool = False) -> dict[str, Any]:
        if isinstance(node, Stated):
            is_component = pointer.count("/") == 3 and pointer.startswith("/components/schemas/")
            hidden = {"required"} if is_component else set()
            self._collector.add(pointer, {fact: node.claims[fact] for fact in node.claims if fact not in hidden})
        part = {
            key: self._value(value, pointers.join(pointer, key), key, advice=advice or key in _ADVICE)
            for key, value in node.items()
        }
        if advice and isinstance(part.get("cites"), list):
            # Texts of ours are written without the lines that they cite: those are evidence.
            self._cites[pointer] = part.pop("cites")
        if isinstance(node, Stated) and (sentences := [*node.notes, *self._explained(node, pointer)]):
            part["description"] = " ".join([*([node["description"]] if "description" in node else []), *sentences])
        return part

    def _value(self, value: Any, pointer: str, key: str, *, advice: bool = False) -> Any:
        if isinstance(value, list):
            return [self._value(item, f"{pointer}/{index}", "", advice=advice) for index, item in enumerate(value)]
        if not isinstance(value, dict):
            return value
        if key != "value" and isinstance(value.get("title"), str) and isinstance(value.get("type"), str):
            if isinstance(value, Stated) and (required := value.claims.get("required")):
                # Whether it is required is said where it is used.
                self._collector.add(pointer, {"required": required})
            reference = self._component(value, str(value["title"]), pointer)
            return reference if pointer.endswith("/x-task/output") else {"$ref": reference}
        return self._object(value, pointer, advice=advice)

    def _component(self, schema: Mapping[str, Any], title: str, place: str = "") -> str:
        """Move a schema with a title to the components, return the reference. Equal ones are one, with all claims.

        `place` is where it stands.
        """
        pointer = pointers.join("/components/schemas", title)
        self._used_at[pointer] = place
        if operation := self._operation_at(place)[1]:
            self._fields.setdefault(title, {}).setdefault(operation, set()).update(schema.get("properties", ()))
        component = self._object(schema, pointer)
        earlier = self._schemas.setdefault(title, component)
        if earlier != component and (both := _both(earlier, component)):
            self._schemas[title] = both
        elif earlier != component:
            self._faults.append(self._ambiguous(title, place))
        return f"#{pointer}"

    def _ambiguous(self, title: str, place: str) -> Fault:
        """Return the fault of a title that two schemas have, with the action that gives one of them another."""
        problem = f"two operations have different schemas of the title {title!r}"
        within, name = self._operation_at(place)
        if not name:
            return Fault(self._file.name, "", problem, "give one of them another title in the overlay")
        steps = "".join(f"['{step}']" for step in pointers.steps(within))
        target = f"$.paths.*[?@.operationId == '{name}']{steps}"
        own = f"{name[:1].upper()}{name[1:]}{title.removeprefix(name[:1].upper() + name[1:])}"
        action = yamlio.flow({"target": target, "update": {"title": own}})
        return Fault(self._file.name, "", f"{problem}, one in {name}", self._file.add("actions", action))

    def _operation_at(self, place: str) -> tuple[str, str]:
        """Return where in which operation a schema stands that may be inside others with a title; "" in none."""
        while (component := "/".join(place.split("/")[:4])) in self._used_at:
            place = self._used_at[component] + place.removeprefix(component)
        for path, method, operation in operations(self._merged):
            at = pointers.join("/paths", path, method)
            if place.startswith(f"{at}/"):
                return place.removeprefix(at), str(operation["operationId"])
        return place, ""

    def _explained(self, node: Stated, pointer: str) -> Iterable[str]:
        """Yield the sentence that explains values without a name of their own, for the description."""
        names = node.get("x-python", {}).get("names")
        if node.labels.keys() <= node.get("x-choices", {}).get("texts", {}).keys():
            return []
        if names is None:
            return ["; ".join(f"`{value}`: {label}" for value, label in node.labels.items()) + "."]
        if missing := [value for value in node.labels if value not in names]:
            self._faults.append(self._unnamed(pointer, names, {value: node.labels[value] for value in missing}))
        return []

    def _unnamed(self, pointer: str, names: Mapping[str, Any], missing: Mapping[str, str]) -> Fault:
        """Return the fault of values without a name; one for all fields that have their names from the same place."""
        last = list(names)[-1:]
        line = self._file.line_of("names", *last) if last else None
        entries = ", ".join(f"'{value}': {_constant(label)}" for value, label in missing.items())
        field = pointers.steps(pointer)[-1]
        problem = f"names the values of {field}, and not {', '.join(missing)}"
        return Fault(
            self._file.name,
            f"line {line}" if line else pointer,
            f"{problem} ({'; '.join(missing.values())})",
            f"add to the names `{entries}`",
        )


def _constant(label: str) -> str:
    return re.sub(r"\W+", "_", label).strip("_").upper()


def _both(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the open object that says what two say, where neither says of a field what the other denies."""
    fields, more = one.get("properties", {}), other.get("properties", {})
    rest = [{key: value for key, value in part.items() if key != "properties"} for part in (one, other)]
    shared = {name: {**fields[name], **more[name]} for name in fields.keys() & more.keys()}
    differ = any({**both, **part[name]} != both for name, both in shared.items() for part in (fields, more))
    if differ or rest[0] != rest[1] or one.get("additionalProperties") is not True:
        return None
    return {**one, "properties": {**fields, **more, **shared}}


def _used_tags(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    tags = {tag for _, _, operation in operations(document) for tag in operation.get("tags", ())}
    merged: dict[str, dict[str, Any]] = {}
    for tag in document.get("tags", ()):
        merged.setdefault(tag["name"], {}).update(tag)
    return [merged.get(tag, {"name": tag}) for tag in sorted(tags | set(merged)) if tag in tags]


def ordered(node: Any, *, names: bool = False) -> Any:
    """Return the same document with keys in the order a reader expects."""
    if isinstance(node, list):
        return [ordered(item) for item in node]
    if not isinstance(node, dict):
        return node
    keys = (
        list(node)
        if names
        else sorted(node, key=lambda key: (str(key).startswith("x-"), _PLACE.get(key, 99), str(key)))
    )
    return {
        key: ordered(_by_operation(node[key]) if key == "paths" else node[key], names=not names and key in _KEEP_ORDER)
        for key in keys
    }


def _by_operation(paths: Mapping[str, Any]) -> Any:
    """Return the paths in the order of their operations' names: a vendor's new path for a call moves nothing."""
    names = {
        path: min((str(item[one]["operationId"]) for one in METHODS if one in item), default="")
        for path, item in paths.items()
    }
    return {path: paths[path] for path in sorted(paths, key=lambda path: (names[path], path))}
