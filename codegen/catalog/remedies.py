"""What to write where something is missing: overlay entries and files, ready to paste."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from typing import Any

from codegen import yamlio
from codegen.catalog.build import JSON
from codegen.catalog.build_schemas import ReconciledFacts
from codegen.catalog.complete import operations, vendor_of
from codegen.catalog.host_decisions import is_secret
from codegen.faults import Fault
from codegen.openapi import pointers
from codegen.openapi.overlay import OverlaySource

_TARGET = re.compile(r"\$\.paths\.\*\[\?@\.operationId == '([^']+)'\]")
_COPIED = ("operationId", "tags", "summary", "description", "x-python", "x-task")


@dataclass(frozen=True)
class _Sibling:
    """An operation that an overlay knows."""

    vendor: str
    update: Mapping[str, Any]
    file: yamlio.HandWritten
    index: int
    """Which of the actions it is."""

    @property
    def line(self) -> int:
        """The line of its target."""
        return self.file.lines("actions")[self.index]

    def add(self, entry: Mapping[str, Any]) -> str:
        """Return how to put an entry below this one."""
        line, indent = self.file.after("actions", self.index), self.file.indent("actions")
        return f"add to {self.file.name} as line {line}: `{indent}- {yamlio.flow(entry)}`"


def missing_entries(
    document: Mapping[str, Any], facts: ReconciledFacts, sources: Sequence[OverlaySource], overlay: str
) -> tuple[list[Fault], list[str]]:
    """Return a fault with the entry for each operation that no overlay speaks of, and the paths of these operations."""
    siblings = list(_siblings(sources))
    by_vendor = {vendor_of(operation): operation for _, _, operation in operations(document)}
    faults: list[Fault] = []
    places: list[str] = []
    for path, method, operation in operations(document):
        if "method" in operation.get("x-python", {}) and "kind" in operation.get("x-task", {}):
            continue
        places.append(pointers.join("/paths", path, method))
        vendor = vendor_of(operation)
        if not sources:
            continue
        like = [one for one in siblings if _is_query(one.update) == (not _sends(method, operation))]
        near = max(like, key=lambda one: _likeness(one.vendor, vendor, by_vendor, facts), default=None)
        entry = _entry(vendor, method, operation, near, by_vendor)
        _without_foreign_sources(entry["update"], set(facts.names(vendor, "response") or facts.names("", "response")))
        if not facts.result_keys(vendor):
            entry["update"].get("x-task", {}).pop("output", None)  # no document says what it has
        problem = f"the operation {vendor!r} has no name in Python and no kind of call: no overlay speaks of it"
        url = facts.url(vendor)
        first = url.readings[0].statements[0] if url else None
        file, place = (first.document, f"line {first.line}") if first else (overlay, "")
        former = _moved(vendor, [one for one in siblings if one.vendor not in by_vendor])
        add = near.add(entry) if near else sources[0].file.add("actions", yamlio.flow(entry))
        remedy = f"{add}, and correct the words{former}"
        faults.append(Fault(file, place, problem, remedy))
    if places and not sources:
        faults.append(_whole(document, facts, overlay))
    return faults, places


def _is_query(update: Mapping[str, Any]) -> bool:
    return bool(update.get("x-task", {}).get("kind") == "query")


def _sends(method: str, operation: Mapping[str, Any]) -> bool:
    """Return whether an operation takes a body with fields: it may cost something, whatever it is called."""
    return method not in ("get", "delete") and bool(_body(operation))


def _body(operation: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the fields of the body of an operation."""
    content = operation.get("requestBody", {}).get("content", {})
    return next((one["schema"].get("properties", {}) for one in content.values() if "schema" in one), {})


def _moved(vendor: str, candidates: Sequence[_Sibling]) -> str:
    """Return what to do where an operation has only another name; "" where none like it is gone."""
    close = get_close_matches(vendor, [one.vendor for one in candidates], n=1, cutoff=0.7)
    near = next((one for one in candidates if one.vendor in close), None)
    if near is None:
        return ""
    return f"; if it is {near.vendor}, which is gone, by a new name: write {vendor} in the target on line {near.line}"


def _siblings(sources: Iterable[OverlaySource]) -> Iterator[_Sibling]:
    for source in sources:
        for index, action in enumerate(source.overlay.get("actions") or ()):
            match = _TARGET.fullmatch(str(action.get("target"))) if isinstance(action, dict) else None
            update = action.get("update") if match else None
            if match and isinstance(update, dict) and "method" in (update.get("x-python") or {}):
                yield _Sibling(match[1], update, source.file, index)


def _without_foreign_sources(update: dict[str, Any], fields: set[str]) -> None:
    """Take the files out of an entry that the reply of its operation does not have: they were those of its sibling."""
    assets = update.get("x-task", {}).get("assets", {})
    names = {name.rpartition(".")[2] for name in fields}
    if names and (sources := {at: kind for at, kind in assets.get("sources", {}).items() if at.strip("/") in names}):
        assets["sources"] = sources
    elif names and assets.pop("sources", None) and not assets:
        del update["x-task"]["assets"]


def _likeness(
    sibling: str, vendor: str, by_vendor: Mapping[str, Mapping[str, Any]], facts: ReconciledFacts
) -> tuple[float, ...]:
    """Return how alike two operations are: in what they take, in what they answer, in their names."""
    shared = _shared(_parameters(by_vendor.get(vendor, {})), _parameters(by_vendor.get(sibling, {})))
    replies = _shared(set(facts.names(vendor, "response")), set(facts.names(sibling, "response")))
    prefix = _words(sibling)[:1] == _words(vendor)[:1]
    return (float(sibling in by_vendor), float(prefix), shared, replies, SequenceMatcher(None, sibling, vendor).ratio())


def _shared(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def _parameters(operation: Mapping[str, Any]) -> set[str]:
    schema = operation.get("requestBody", {}).get("content", {}).get(JSON, {}).get("schema", {})
    properties = schema.get("properties", {})
    inner = next(iter(properties.values())) if len(properties) == 1 else {}
    return set(inner.get("properties", properties))


def _entry(
    vendor: str,
    method: str,
    operation: Mapping[str, Any],
    near: _Sibling | None,
    by_vendor: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    target = f"$.paths.*[?@.operationId == '{vendor}']"
    words = _plain_words(vendor, by_vendor)
    if near is None:
        own = [word.lower() for word in _words(_name(operation, by_vendor))]
        return {"target": target, "update": _fresh(own if own and own[0].isalpha() else words, method)}
    update = {key: deepcopy(near.update[key]) for key in _COPIED if key in near.update}
    old, new = _name(by_vendor.get(near.vendor, {}), by_vendor), _name(operation, by_vendor)
    # A name in Chinese makes no identifier: the words of the vendor's id do.
    by_name = old and _snake(new)[:1].isalpha() and _snake(old) == update["x-python"]["method"]
    update["x-python"]["method"] = _snake(new) if by_name else "_".join(words)
    if by_name and _pascal(old) in str(update.get("operationId")):
        update["operationId"] = str(update["operationId"]).replace(_pascal(old), _pascal(new))
    else:
        update["operationId"] = words[0] + "".join(word.title() for word in words[1:])
    update["summary"] = (
        str(update["summary"]).replace(old, new) if by_name and old in str(update.get("summary")) else _summary(words)
    )
    if "description" in update:
        update["description"] = f"{_summary(words)}."
    positional = [name for name in update["x-python"].get("positional", ()) if name in _parameters(operation)]
    if "positional" in update["x-python"]:
        update["x-python"]["positional"] = positional
        if not positional:
            del update["x-python"]["positional"]
    return {"target": target, "update": update}


def _fresh(words: Sequence[str], method: str) -> dict[str, Any]:
    """Return an entry without a sibling: a person who has read the documents has to correct the kind of call."""
    kind: dict[str, Any] = {"kind": "query"}
    if method not in ("get", "delete"):
        kind = {"kind": "generate", "reply": {"result": ""}, "assets": {"at": [], "media": "file"}}
    return {
        "operationId": words[0] + "".join(word.title() for word in words[1:]),
        "tags": ["calls"],
        "summary": _summary(words),
        "description": f"{_summary(words)}.",
        "x-python": {"method": "_".join(words)},
        "x-task": kind,
    }


def _whole(document: Mapping[str, Any], facts: ReconciledFacts, overlay: str) -> Fault:
    """Return a service without any overlay: the whole file."""
    stem = overlay.rpartition("/")[2].removesuffix(".yaml")
    by_vendor = {vendor_of(operation): operation for _, _, operation in operations(document)}
    schemes = _schemes(stem, facts)
    root: dict[str, Any] = {
        "info": {
            "title": stem.title(),
            "description": f"What {stem.title()} offers. An unofficial description.",
            "license": {"name": "Apache License 2.0", "identifier": "Apache-2.0"},
            "contact": {"name": "The wondergen project"},
        },
        "tags": [{"name": "calls", "description": "The calls of the service."}],
        "security": [{"apiKey": []}] if schemes else [],
        "x-python": {"client": "".join(word.title() for word in re.split(r"[^A-Za-z0-9]+", stem) if word)},
        **({"components": {"securitySchemes": schemes}} if schemes else {}),
        **_in_band(facts),
    }
    actions: list[dict[str, Any]] = [{"target": "$", "update": root}]
    actions += [
        _entry(vendor_of(operation), method, operation, None, by_vendor)
        for _, method, operation in operations(document)
    ]
    for vendor, action in zip(by_vendor, actions[1:], strict=True):
        _place_body(action["update"], vendor, by_vendor[vendor], facts)
    _make_tasks(actions[1:], by_vendor, facts)
    actions += _envelope_of_all(root, facts, by_vendor)
    value = {"overlay": "1.0.0", "info": {"title": f"{stem} in our words", "version": "1.0.0"}, "actions": actions}
    problem = f"is not there: {len(by_vendor)} operations of {stem} have no name in Python and no kind of call"
    return Fault(overlay, "", problem, f"write the file, and correct the words: `{yamlio.flow(value)}`")


def _schemes(stem: str, facts: ReconciledFacts) -> dict[str, dict[str, Any]]:
    """Return the security schemes that the documents of a service state."""
    schemes: dict[str, dict[str, Any]] = {}
    for name in facts.names("", "header"):
        if is_secret(name, facts.of("", "header", name)):
            key = {"argument": "api_key", "variable": f"{stem.upper().replace('-', '_')}_API_KEY"}
            bearer = name.lower() == "authorization"
            scheme = (
                {"type": "http", "scheme": "bearer"} if bearer else {"type": "apiKey", "in": "header", "name": name}
            )
            schemes["apiKey"] = {**scheme, "x-python": {"plain": key}}
    for name in facts.names("", "credential"):
        if facts.value("", "credential", name, "in") == "query":
            key = {"argument": "api_key", "variable": f"{stem.upper().replace('-', '_')}_API_KEY"}
            schemes["apiKey"] = {"type": "apiKey", "in": "query", "name": name, "x-python": {"plain": key}}
    return schemes


def _place_body(update: dict[str, Any], vendor: str, operation: Mapping[str, Any], facts: ReconciledFacts) -> None:
    """Add to an entry where in the body the parameters stand, and what the service sends to the URL that one gives."""
    parameters = _parameters(operation)
    wrapper = facts.of(vendor, "operation").get("body_wrapper") or facts.of("", "operation").get("body_wrapper")
    inside = f"/{wrapper.value}" if wrapper and wrapper.value and parameters else ""
    if inside:
        update["x-python"]["body"] = inside
    callbacks = sorted(name for name in parameters if re.search(r"callback|webhook|notify", name, re.IGNORECASE))
    if callbacks and facts.names("", "callback"):
        payload = {"schema": {"$ref": "#/components/schemas/CallbackPayload"}}
        headers = {
            "operationId": f"{update['operationId']}Finished",
            "tags": update["tags"],
            "summary": "A task is over",
            "description": f"The service sends this to the URL given as `{callbacks[0]}`.",
            "security": [],
            "requestBody": {"required": True, "content": {JSON: payload}},
            "responses": {"200": {"description": "Received."}, "4XX": {"description": "Not received."}},
        }
        update["callbacks"] = {"finished": {f"{{$request.body#{inside}/{callbacks[0]}}}": {"post": headers}}}


def _in_band(facts: ReconciledFacts) -> dict[str, Any]:
    """Return where replies carry a code, for documents that list codes and do not say which of them means success."""
    every = ["", *facts.operations()]
    names = {name for operation in every for name in facts.names(operation, "response")}
    has_success = any(facts.value(one, "response", name, "success") is not None for one in every for name in names)
    codes = any(
        facts.value(one, "error", code, "channel") == "in-band" for one in every for code in facts.names(one, "error")
    )
    if has_success or not codes:
        return {}
    code = next((name for name in ("code", "errno", "status_code", "error_code") if name in names), "code")
    message = next((name for name in ("msg", "message", "errmsg", "error", "error_msg") if name in names), "msg")
    return {"x-error-codes": {"at": {"code": f"/{code}", "message": f"/{message}", "success": ["0"]}}}


def _envelope_of_all(
    root: Mapping[str, Any], facts: ReconciledFacts, by_vendor: Mapping[str, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return an action that gives every reply the code and the message that only some documented replies have."""
    at = root.get("x-error-codes", {}).get("at", {})
    names = {pointer.strip("/") for key in ("code", "message") if (pointer := at.get(key))}
    every = {"", *facts.operations()}
    for name in {name for one in every for name in facts.names(one, "response") if "." not in name}:
        if any(facts.value(one, "response", name, "success") is not None for one in every):
            names.add(name)
    shared = set(facts.names("", "response"))
    if all(shared.union(facts.names(vendor, "response")) >= names for vendor in by_vendor):
        return []
    target = f"$.paths.*.*.responses['200'].content['{JSON}'].schema"
    kinds = {
        name: next(filter(None, (facts.value(one, "response", name, "type") for one in sorted(every))), None)
        for name in names
    }
    shared_fields = {name: {"type": kinds[name]} if kinds[name] else {} for name in sorted(names)}
    return [{"target": target, "update": {"properties": shared_fields}}]


_TASK_ID = re.compile(r"(?:^|\.)((?:task|job|request|generation)_?id)$", re.IGNORECASE)


def _make_tasks(
    actions: Sequence[dict[str, Any]], by_vendor: Mapping[str, Mapping[str, Any]], facts: ReconciledFacts
) -> None:
    """Make operations that answer with the id of a task submit, and the one that asks for this id a query."""
    updates = dict(zip(by_vendor, (action["update"] for action in actions), strict=True))
    for vendor, update in updates.items():
        task, query = _task(vendor, by_vendor, facts)
        if query is None:
            if any(name.startswith("data") for name in facts.names(vendor, "response")) and "reply" in update["x-task"]:
                update["x-task"]["reply"] = {"result": "/data"}
            continue
        lists = [
            name for name in facts.names(query, "response") if facts.value(query, "response", name, "type") == "array"
        ]
        place, unstated = _report_pointers(facts.names(query, "response"), lists)
        updates[query]["x-task"] = {"kind": "query"}
        if unstated:
            inner: dict[str, Any] = {at.rpartition("/")[2]: {"type": "string"} for at in unstated.values()}
            if "result" in unstated and facts.result_keys(vendor):
                inner["result"]["contentMediaType"] = "application/json"
            schema = {"properties": {"data": {"type": "object", "properties": inner}}}
            updates[query]["responses"] = {"200": {"content": {JSON: {"schema": schema}}}}
        name = _task_parameter(query, task, by_vendor, facts)
        pointer = f"/{task.replace('.', '/')}"
        update["x-task"] = {
            "kind": "submit",
            "id": pointer,
            "result": updates[query]["operationId"],
            "reply": place,
            **({"output": {"title": "TaskOutput"}} if facts.result_keys(vendor) else {}),
            "assets": {"media": "file"} if facts.result_keys(vendor) else {"at": [""], "media": "file"},
        }
        part = "parameters" if by_vendor[query].get("parameters") else "requestBody"
        link = {"operationId": updates[query]["operationId"], part: {name: f"$response.body#{pointer}"}}
        update["responses"] = {"200": {"links": {"taskResult": link}}}


def _task(vendor: str, by_vendor: Mapping[str, Mapping[str, Any]], facts: ReconciledFacts) -> tuple[str, str | None]:
    """Return the field of a reply that has the id of a task, and the operation that reports on it; None without one.

    It asks for a name that ends like the field, or it is a GET below the path of the operation that starts the task.
    Of a field and one inside another the inner one is the reply's.
    """
    url = facts.url(vendor)
    below = re.compile(rf"{re.escape(str(url.value) if url else '')}/\{{\w+\}}")
    if facts.value(vendor, "operation", "", "method") == "GET" or not _has_states(facts):
        return "", None
    for name in sorted(facts.names(vendor, "response"), key=lambda name: -name.count(".")):
        last = name.rpartition(".")[2]
        for query in by_vendor:
            place = facts.url(query)
            is_item = str(place.value if place else "").endswith(f"{{{last}}}") and re.search(r"(?:^|_)id$", last)
            is_item = is_item and facts.value(query, "operation", "", "method") == "GET"
            asks = (_TASK_ID.search(name) and last in _id_parameters(query, by_vendor, facts)) or is_item
            is_below = re.search(r"(?:^|_)id$", last) and place and below.fullmatch(str(place.value))
            if query != vendor and (asks or (is_below and facts.value(query, "operation", "", "method") == "GET")):
                return name, query
    return "", None


def _has_states(facts: ReconciledFacts) -> bool:
    """Return whether a document says when a task has succeeded: without, nobody can wait for one."""
    every = ("", *facts.operations())
    return any(
        facts.value(one, "status", word, "state") == "succeeded" for one in every for word in facts.names(one, "status")
    )


def _id_parameters(query: str, by_vendor: Mapping[str, Mapping[str, Any]], facts: ReconciledFacts) -> list[str]:
    """Return what an operation asks for, in its body, its query or its path."""
    elsewhere = [row["name"] for row in by_vendor[query].get("parameters", ()) if row["in"] in ("path", "query")]
    return [*facts.parameters(query), *(name for name in elsewhere if name not in facts.parameters(query))]


def _task_parameter(query: str, task: str, by_vendor: Mapping[str, Mapping[str, Any]], facts: ReconciledFacts) -> str:
    """Return the name by which an operation asks for the id of a task."""
    names, last = _id_parameters(query, by_vendor, facts), task.rpartition(".")[2]
    return last if last in names else names[-1]


def _report_pointers(fields: Sequence[str], lists: Sequence[str] = ()) -> tuple[dict[str, str], dict[str, str]]:
    """Return the pointers to status and result in the report on a task, and those that no document states.

    What is inside a list has no pointer of its own: the list is the result.
    """
    pointers: dict[str, str] = {}
    unstated: dict[str, str] = {}
    for kind, pattern in (
        ("status", r"(?:status|state)$"),
        ("result", r"(?:results?|outputs?|images|pictures|photos|videos|clips|files|tracks|songs|urls?)$"),
    ):
        name = next((name for name in fields if re.search(pattern, name)), None)
        name = next((outer for outer in lists if name and name.startswith(f"{outer}.")), name)
        pointers[kind] = f"/data/{kind}" if name is None else f"/{name.replace('.', '/')}"
        if pointers[kind].strip("/").replace("/", ".") not in fields:
            unstated[kind] = pointers[kind]
    return pointers, unstated


def _name(operation: Mapping[str, Any], by_vendor: Mapping[str, Mapping[str, Any]]) -> str:
    """Return what the vendor calls an operation, without "task" at its end; "" where two have one name."""
    name = _called(operation)
    return name if sum(_snake(_called(other)) == _snake(name) for other in by_vendor.values()) < 2 else ""


def _called(operation: Mapping[str, Any]) -> str:
    name = str((operation.get("x-vendor") or {}).get("name") or "")
    plain = re.sub(r"\s+(?:task|job|request|api|endpoint)$", "", name, flags=re.IGNORECASE)
    return plain if len(_words(plain)) > 1 else name


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[^A-Za-z0-9]+", text) if word]


def _snake(text: str) -> str:
    return "_".join(_words(text)).lower()


def _pascal(text: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in _words(text))


def _plain_words(vendor: str, by_vendor: Mapping[str, Any]) -> list[str]:
    """Return the words of a vendor's name, without what every name begins with: tm_text2music is text, to, music."""
    words = _words(vendor)
    others = [_words(other) for other in by_vendor if other != vendor]
    first = sum(other[:1] == words[:1] for other in others)
    if len(words) > 1 and first > len(others) / 2 and len(words[0]) <= 3:
        words = words[1:]
    spread = [part.lower() for word in words for part in re.sub(r"(?<=[a-z])2(?=[a-z])", " to ", word).split()]
    return [f"call_{spread[0]}", *spread[1:]] if spread and spread[0][:1].isdigit() else spread or ["call"]


_VERBS = frozenset(
    "call cancel continue convert create delete draw extract fetch find generate list make read redraw remove replace "
    "resume start stop submit update upload write".split()
)


def _summary(words: Sequence[str]) -> str:
    """Return the words of a name as a sentence that begins with a verb, as the docstring of a method does."""
    return " ".join(words if words[0] in _VERBS else ["run", *words]).capitalize()
