"""Where the facts of one operation stand in the OpenAPI document, and which facts a document has at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from codegen.contracts.oracle import METHODS, Oracle
from codegen.contracts.oracle_pointers import join, steps
from codegen.openapi.json_values import as_object
from codegen.openapi.schemas import needed_one_of

_LIMITS = (
    *("type", "const", "default", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    *("minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems", "x-wire"),
)


OPERATIONS, REQUESTS, REPLIES = "operations", "parameters and limits", "replies"
TASKS, ERRORS, ACCESS, EXAMPLES = "tasks", "errors", "servers and credentials", "documented examples"


def facts_by_kind(document: Mapping[str, Any]) -> dict[str, set[str]]:
    """Return the pointer of every fact that a client can get wrong, by what they are about.

    What is only for people is none of them; a schema that is both sent and answered counts as sent.
    """
    oracle = Oracle(document)
    pointers = operations(oracle)
    sent = {fact for pointer in pointers for fact in _of_request(oracle, pointer)}
    errors = {join("/x-error-codes", channel, code) for channel, code in _codes(oracle)}
    access = {join("/components/securitySchemes", name) for name in oracle.at("/components/securitySchemes") or {}}
    access |= {place for one in pointers if oracle.at(place := join(one, "servers", 0, "url")) is not None}
    return {
        OPERATIONS: set(pointers),
        REQUESTS: sent,
        REPLIES: {fact for pointer in pointers for fact in _of_replies(oracle, pointer)} - sent,
        TASKS: {fact for pointer in pointers for fact in task_facts(oracle, pointer)},
        ERRORS: errors | {join("/x-error-codes/at", key) for key in oracle.at("/x-error-codes/at") or ()},
        ACCESS: access | ({"/servers/0/url"} if oracle.at("/servers/0/url") is not None else set()),
        EXAMPLES: {fact for pointer in pointers for fact in _of_examples(oracle, pointer)},
    }


def _of_examples(oracle: Oracle, pointer: str) -> Iterator[str]:
    """Yield every documented example, and where it is a report on a task, what the starter of the task makes of it."""
    starters = {oracle.at(join(starter, "operationId")) for starter in operations(oracle)}
    yield from (example.pointer for example in example_requests(oracle, pointer))
    for example in example_replies(oracle, pointer):
        yield example.pointer
        if example.starter in starters:
            yield example.report


@dataclass(frozen=True)
class Example:
    """A body that the document shows beside its schema, and that the schema accepts."""

    name: str
    pointer: str
    value: Any

    @property
    def starter(self) -> str:
        """The operation that started the task, where this is a report on one."""
        return self.name.partition("-")[0]

    @property
    def report(self) -> str:
        """The fact that the report says to the starter of the task what it says."""
        return join(self.pointer, "value")


def example_requests(oracle: Oracle, pointer: str) -> list[Example]:
    """Return the documented bodies of an operation's requests."""
    schemas = json_schemas(oracle, join(pointer, "requestBody"))
    return [example for schema in schemas for example in _examples_beside(oracle, schema)]


def example_replies(oracle: Oracle, pointer: str) -> list[Example]:
    """Return the documented replies that say that an operation did its work."""
    statuses = [str(status) for status in oracle.at(join(pointer, "responses")) or {}]
    places = [join(pointer, "responses", status) for status in statuses if status.startswith("2")]
    schemas = [schema for place in places for schema in json_schemas(oracle, place)]
    return [example for schema in schemas for example in _examples_beside(oracle, schema)]


def _examples_beside(oracle: Oracle, schema: str) -> Iterator[Example]:
    """Yield the examples beside a schema, without those that it refuses: they prove nothing."""
    place = join(schema.rpartition("/")[0], "examples")
    for name in as_object(oracle.at(place)):
        pointer = oracle.place(join(place, name))
        example = oracle.at(pointer)
        if isinstance(example, Mapping) and "value" in example and oracle.accepts(schema, example["value"]):
            yield Example(str(name), pointer, example["value"])


def operations(oracle: Oracle) -> list[str]:
    """Return the pointer of every operation."""
    paths: Mapping[str, Any] = oracle.at("/paths") or {}
    return [
        join("/paths", path, method)
        for path, item in paths.items()
        for method in METHODS
        if isinstance(item, Mapping) and method in item
    ]


def _codes(oracle: Oracle) -> Iterator[tuple[str, str]]:
    for channel in ("codes", "http"):
        yield from ((channel, code) for code in oracle.at(f"/x-error-codes/{channel}") or {})


def _of_request(oracle: Oracle, pointer: str) -> Iterator[str]:
    for place, parameter in parameters(oracle, pointer):
        yield place
        if parameter.get("required"):
            yield join(place, "required")
        yield from request_facts(oracle, join(place, "schema"))
    for schema in json_schemas(oracle, join(pointer, "requestBody")):
        yield from request_facts(oracle, schema)


def _of_replies(oracle: Oracle, pointer: str) -> Iterator[str]:
    for status in oracle.at(join(pointer, "responses")) or {}:
        if str(status).startswith("2"):
            for schema in json_schemas(oracle, join(pointer, "responses", status)):
                yield from reply_facts(oracle, schema)


def parameters(oracle: Oracle, pointer: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the parameters of an operation and of its path, each with its place."""
    for owner in (pointer, pointer.rpartition("/")[0]):
        for index in range(len(oracle.at(join(owner, "parameters")) or ())):
            place = oracle.place(join(owner, "parameters", index))
            node = oracle.at(place)
            if isinstance(node, Mapping):
                yield place, node


def json_schemas(oracle: Oracle, pointer: str) -> Iterator[str]:
    """Yield the schemas of the JSON media types of a body."""
    place = oracle.place(pointer)
    for media in oracle.at(join(place, "content")) or {}:
        if "json" in media:
            yield join(place, "content", media, "schema")


def request_facts(oracle: Oracle, pointer: str, seen: set[str] | None = None) -> Iterator[str]:
    """Yield every limit that a schema sets to what is sent."""
    place, schema = oracle.schema(pointer)
    seen = set() if seen is None else seen
    if place in seen:
        return
    seen.add(place)
    yield from (join(place, keyword) for keyword in _LIMITS if keyword in schema)
    if schema.get("format") == "uri":
        yield join(place, "format")
    yield from (join(place, "enum", index) for index, value in enumerate(schema.get("enum", ())) if value is not None)
    yield from (join(place, "required", index) for index in range(len(schema.get("required", ()))))
    for name in schema.get("properties", {}):
        yield join(place, "properties", name)
        yield from request_facts(oracle, join(place, "properties", name), seen)
    for index, part in enumerate(schema.get("allOf", ())):
        if isinstance(part, Mapping) and ("if" in part or needed_one_of(part)):
            yield join(place, "allOf", index)
        else:
            yield from request_facts(oracle, join(place, "allOf", index), seen)
    for keyword in ("oneOf", "anyOf"):
        for index in range(len(schema.get(keyword, ()))):
            yield from request_facts(oracle, join(place, keyword, index), seen)
    if isinstance(schema.get("items"), Mapping):
        yield from request_facts(oracle, join(place, "items"), seen)


def reply_facts(oracle: Oracle, pointer: str, seen: set[str] | None = None) -> Iterator[str]:
    """Yield every field of a reply."""
    place, schema = oracle.schema(pointer)
    seen = set() if seen is None else seen
    if place in seen:
        return
    seen.add(place)
    for name in schema.get("properties", {}):
        yield join(place, "properties", name)
        yield from reply_facts(oracle, join(place, "properties", name), seen)
    for keyword in ("allOf", "oneOf", "anyOf"):
        for index in range(len(schema.get(keyword, ()))):
            yield from reply_facts(oracle, join(place, keyword, index), seen)
    if isinstance(schema.get("items"), Mapping):
        yield from reply_facts(oracle, join(place, "items"), seen)


def task_facts(oracle: Oracle, pointer: str) -> Iterator[str]:
    """Yield what an operation says of the life of its task."""
    task = oracle.at(join(pointer, "x-task"))
    if not isinstance(task, Mapping):
        return
    yield from (join(pointer, "x-task", key) for key in ("kind", "id", "result", "output", "assets") if key in task)
    yield from (join(pointer, "x-task", "reply", key) for key in task.get("reply", {}))
    yield from (join(pointer, "x-task", "states", word) for word in task.get("states", {}))


def object_at(oracle: Oracle, body: str, at: str) -> str:
    """Return the place of the object in a request body that a JSON pointer into the body leads to."""
    place = oracle.place(body)
    for step in steps(at):
        place = oracle.place(property_fact(oracle, place, step))
    return place


def property_fact(oracle: Oracle, place: str, name: str) -> str:
    """Return the pointer of a property of the object schema at a place."""
    _, schema = oracle.schema(place)
    if name in schema.get("properties", {}):
        return join(place, "properties", name)
    for index in range(len(schema.get("allOf", ()))):
        part = oracle.place(join(place, "allOf", index))
        if name in oracle.schema(part)[1].get("properties", {}):
            return join(part, "properties", name)
    return join(place, "properties", name)


def required_fact(oracle: Oracle, place: str, name: str, outer: tuple[str, ...] = ()) -> str | None:
    """Return the pointer of the statement that a property is required."""
    _, schema = oracle.schema(place)
    if place in outer:
        return None
    required = list(schema.get("required", ()))
    if name in required:
        return join(place, "required", required.index(name))
    parts = (oracle.place(join(place, "allOf", index)) for index in range(len(schema.get("allOf", ()))))
    return next(
        (fact for part in parts if (fact := required_fact(oracle, part, name, (*outer, place))) is not None), None
    )


def frame_facts(oracle: Oracle, body: str, at: str) -> Iterator[str]:
    """Yield what is stated of the objects around the parameters: that they are objects, named so, and required."""
    place = oracle.place(body)
    for step in (*steps(at), None):
        _, schema = oracle.schema(place)
        if "type" in schema:
            yield join(place, "type")
        if step is None:
            return
        yield property_fact(oracle, place, step)
        required = required_fact(oracle, place, step)
        if required is not None:
            yield required
        place = oracle.place(property_fact(oracle, place, step))
