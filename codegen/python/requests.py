"""The body of a request: its media type, the object whose properties are parameters, and its rules."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from codegen.openapi.document import Document
from codegen.openapi.json_values import as_list, as_object, same
from codegen.openapi.pointers import chain, join, steps
from codegen.openapi.schemas import ANNOTATIONS, Schemas, View, needed_one_of
from codegen.python import form_unions
from codegen.python.model import BodyKind, BodyModel, RuleModel
from codegen.python.shapes import is_object

MAX_NAME = 300
"""Characters of the name of a parameter or a property as it is sent."""
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_RANK: tuple[BodyKind, ...] = ("json", "multipart", "form", "text", "bytes")
"""Which of several media types is chosen, where their schemas differ."""
_MEDIA = re.compile(r"[A-Za-z0-9!#$&^_.+*-]+/[A-Za-z0-9!#$&^_.+*-]+(\s*;.*)?")
JSON = re.compile(r"[a-z*]+/(?:[a-z0-9.*_-]+\+)?json5?(\s*;.*)?", re.IGNORECASE)

_PLAIN = re.compile(r"application/json(\s*;.*)?", re.IGNORECASE)
"""Of several media types of JSON this one is taken first: some frameworks list every one that they can read."""
OPEN = re.compile(r"(application|[*])/[*](\s*;.*)?", re.IGNORECASE)
"""Media types that JSON is one of."""
_FORMS = frozenset({"multipart/form-data", "multipart/*"})
"""The multipart types whose parts have names; the others have an order, a root or alternatives."""
_CHARSET = re.compile(r"charset\s*=\s*\"?([A-Za-z0-9._-]+)", re.IGNORECASE)
_TEXT = re.compile(
    r"text/(?!json).*|.*[+/](?:xml|yaml)|application/(?:x-)?(?:yaml|ndjson|jsonl|jsonlines|json-lines|json-seq|stream\+json)"
)
"""Media types that are text; of JSON those that have several values one after the other."""


def name_problem(name: str, location: str) -> str | None:
    """Return why nothing can be sent under a name."""
    if name == "" and location != "body":
        return "has an empty name"
    if _CONTROLS.search(name):
        return f"has a control character in its name: {name[:80]!r}"
    return f"has a name of more than {MAX_NAME} characters: {name[:40]!r}…" if len(name) > MAX_NAME else None


@dataclass(frozen=True)
class BodyObject:
    """The object in a request body whose properties are the parameters."""

    properties: Mapping[str, Any]
    places: Mapping[str, str]
    """Property → the pointer of its schema, which may stand in a part of the object."""
    required: tuple[str, ...]
    rules: tuple[RuleModel, ...]
    """By wire names."""
    pointer: str


@dataclass(frozen=True)
class RequestBody:
    """A request body as the document has it."""

    model: BodyModel
    schema: Any
    pointer: str
    """Of the schema."""
    fields: BodyObject | None
    """None where the body is one value."""
    encoding: Mapping[str, Any] = field(default_factory=dict)


def kind_of_media(media: str) -> BodyKind:
    """Return how a body of a media type is written."""
    plain = media.partition(";")[0].strip().lower()
    if _TEXT.fullmatch(plain):
        return "text"
    if JSON.fullmatch(plain):
        return "json"
    if plain == "application/x-www-form-urlencoded":
        return "form"
    if plain.startswith("multipart/"):
        return "multipart"
    return "bytes"


def request_body(
    document: Document, schemas: Schemas, node: Any, pointer: str, at: str, preferred: str = ""
) -> RequestBody | None:
    """Read a request body; None after a fault, or where the document allows none.

    `preferred`: a media type of which the schema is another than that of the first; see `further_media`.
    """
    before = len(document.faults)
    node, place = document.follow(node, pointer)
    if len(document.faults) > before:
        return None
    groups = _groups(node)
    unwritable = _unwritable(node)
    if not groups and not node.get("content") and node.get("required") is not True:
        document.note(place, "has no media type", "no body is sent")
        return None
    if not groups:
        problem = next(iter(unwritable.values()), "has no media type")
        document.fault(place, problem, "offer JSON or a form" if unwritable else "give it content")
        return None
    for name, problem in unwritable.items():
        document.note(join(place, "content", name), problem, "it is not offered")
    group = next((rows for rows in groups if preferred in dict(rows)), groups[0])
    media, row = group[0]
    schema = row.get("schema", {})
    where = f"{join(place, 'content', media)}/schema"
    if not document.check_schema(schema, where):
        return None
    model = _model(document, schemas, node, group, place)
    has_fields = model.kind in ("json", "form", "multipart")
    encoding = row.get("encoding")
    fields = None
    if has_fields:
        fields = _fields(document, schemas, schema, where, at, is_form=model.kind == "multipart")
        if at and fields is None:
            return None
    return RequestBody(model, schema, where, fields, as_object(encoding))


def _model(
    document: Document,
    schemas: Schemas,
    node: Mapping[str, Any],
    group: list[tuple[str, Mapping[str, Any]]],
    place: str,
) -> BodyModel:
    """Return how a body is written: as the first of the media types of one schema, or as another by choice."""
    (media, row), kind = group[0], _kind(group[0])
    where = f"{join(place, 'content', media)}/schema"
    if kind == "text" and is_object(schemas.view(row.get("schema", {}), where).schema):
        document.note(where, f"is an object as {media}", "body= takes the text of it")
    choices = [name for name, _ in group[1:] if kind != "bytes"]
    files = [name for name, other in group if kind == "bytes" == _kind((name, other)) and "," not in name]
    for name, _ in group[1:]:
        if name not in (*choices, *files):
            document.note(join(place, "content", name), f"is not offered: the client sends {media}", "use extra_body")
    main = ", ".join(files) if len(files) > 1 else _sent_as(media, kind)
    choices = [_sent_as(name, kind_of_media(name)) for name in choices if "*" not in name]
    choices = [name for name in dict.fromkeys(choices) if name != main]
    return BodyModel(kind, main, node.get("required") is True, tuple(choices))


def further_media(document: Document, node: Any, pointer: str) -> list[str]:
    """Return the media types of a request body that have another schema than the one that is taken, one a schema."""
    return [rows[0][0] for rows in _groups(document.follow(node, pointer)[0])[1:]]


def media_word(media: str) -> str:
    """Return the word by which a method says that it sends a media type: form, multipart, csv."""
    kind, subtype = kind_of_media(media), media.partition(";")[0].partition("/")[2].lower()
    if kind in ("form", "multipart") or subtype in ("*", "plain", "octet-stream"):
        return {"*": "any"}.get(subtype, kind)
    return subtype


def _groups(node: Mapping[str, Any]) -> list[list[tuple[str, Mapping[str, Any]]]]:
    """Return the media types of a body, those of one schema together, the first that is taken."""
    content = node.get("content")
    unwritable = _unwritable(node)
    rows = [
        (media, row)
        for media, row in as_object(content).items()
        if isinstance(row, Mapping) and _MEDIA.fullmatch(media) and media not in unwritable
    ]
    groups: list[list[tuple[str, Mapping[str, Any]]]] = []
    for media, row in sorted(rows, key=lambda row: (_RANK.index(_kind(row)), not _PLAIN.fullmatch(row[0]))):
        like = (group for group in groups if _is_written_alike(_kind(group[0]), _kind((media, row))))
        same_schema = next((group for group in like if same(group[0][1].get("schema"), row.get("schema"))), None)
        if same_schema is None:
            groups.append([(media, row)])
        else:
            same_schema.append((media, row))
    return groups


def _is_written_alike(one: BodyKind, other: BodyKind) -> bool:
    """Return whether a method can send both kinds of a body: fields, or one text, or one file."""
    return one == other or not {one, other} & {"text", "bytes"}


def _kind(row: tuple[str, Mapping[str, Any]]) -> BodyKind:
    media, node = row
    schema = node.get("schema")
    if OPEN.fullmatch(media) and isinstance(schema, Mapping) and not _is_binary(schema):
        return "json"
    return kind_of_media(media)


def _unwritable(node: Mapping[str, Any]) -> dict[str, str]:
    """Return media type → why no body of it can be written."""
    rows = as_object(node.get("content")).items()
    problems = {media: _problem(media, _kind((media, row))) for media, row in rows if isinstance(row, Mapping)}
    return {media: problem for media, problem in problems.items() if problem}


def _problem(media: str, kind: BodyKind) -> str:
    plain = media.partition(";")[0].strip().lower()
    if kind == "multipart" and plain not in _FORMS:
        return f"is {plain}, of which OpenAPI does not say how its parts are named"
    match = _CHARSET.search(media)
    try:
        codec = codecs.lookup(match[1]).name if match else "utf-8"
    except LookupError:
        return f"is in the character set {match[1] if match else ''}, which Python does not have"
    if kind in ("json", "form", "multipart") and codec != "utf-8":
        return f"is in the character set {codec}; JSON and forms are written in UTF-8"
    return ""


def _sent_as(media: str, kind: BodyKind) -> str:
    """Return the media type that is sent. A form writes its own parameters: the boundary is made for each body."""
    if kind == "multipart":
        return "multipart/form-data"
    if "*" not in media:
        return media
    syntax = next((name for name in ("xml", "yaml") if media.partition(";")[0].strip().lower().endswith(name)), "")
    text = f"application/{syntax}" if syntax else "text/plain"
    return {"json": "application/json", "text": text}.get(kind, media)


def _is_binary(schema: Mapping[str, Any]) -> bool:
    return schema.get("format") == "binary" or "contentMediaType" in schema


def _fields(
    document: Document, schemas: Schemas, schema: Any, pointer: str, at: str, *, is_form: bool
) -> BodyObject | None:
    """Return the object at `at` (a pointer into the body: "", "/data") with its rules; None where it is none."""
    view = schemas.view(schema, pointer)
    for step in steps(at):
        if step not in view.properties:
            document.fault(pointer, f"has no property {step!r} as x-python.body says", "correct the pointer")
            return None
        for other in sorted(set(view.properties) - {step}):
            document.fault(
                join(view.pointer, "properties", other), f"stands beside {step!r}", "move it into the object"
            )
        view = schemas.property(view, step)
    is_flat = _is_flat(view)
    if is_form and not is_flat and form_unions.has_file(schemas, view):
        merged = form_unions.one_object(schemas, view)
        if merged is None:
            document.fault(pointer, "has a file in one of several forms that differ", "list the parts under properties")
            return None
        document.note(pointer, "is one of several forms", "which parts go together is left to the service")
        view, is_flat = merged, True
    if not is_flat:
        if at:
            document.fault(pointer, "is not an object", "wrap it in an object: its properties become keywords")
        return None
    properties = dict(view.properties)
    required = tuple(dict.fromkeys(view.required))
    for name in required:
        if name not in properties:
            document.note(view.pointer, f"requires {name!r}, which it does not define", "any value is taken for it")
            properties[name] = {}
    places = {name: view.place(name) for name in properties}
    rules = _all_rules(document, schema, pointer, at, frozenset(required))
    return BodyObject(properties, places, required, tuple(rules), view.pointer)


def _is_flat(view: View) -> bool:
    """Return whether the properties of a body can be the keywords of a method."""
    schema = view.schema
    if any(key in schema for key in ("enum", "const")) or (
        isinstance(schema.get("additionalProperties"), Mapping)
        and schema["additionalProperties"]
        and not view.properties
    ):
        return False
    for keyword in ("oneOf", "anyOf"):
        options = schema.get(keyword, ())
        if any(
            not isinstance(option, Mapping) or set(option) - {"required", "title", "description"} for option in options
        ):
            return False
    plain = {key: value for key, value in schema.items() if key not in {"oneOf", "anyOf"}}
    is_empty = (
        schema.get("type") == "object"
        and schema.get("additionalProperties") is False
        and not schema.get("patternProperties")
    )
    return is_object(plain) and (bool(view.properties) or is_empty)


def _all_rules(document: Document, schema: Any, pointer: str, at: str, required: frozenset[str]) -> list[RuleModel]:
    """Return the rules of the object and of every part of its allOf. `required`: the fields of the whole object."""
    node, place = document.follow(schema, pointer)
    for step in steps(at):
        schema, pointer = node.get("properties", {}).get(step), join(place, "properties", step)
        node, place = document.follow(schema, pointer)
    if not document.check_schema(node, place):
        return []
    rules = _rules(document, node, place, required)
    for referring, at in chain(document.root, schema, pointer):
        if isinstance(referring, Mapping) and "$ref" in referring:
            rules += _rules(document, referring, at, required)
    for index, part in enumerate(as_list(node.get("allOf", ()))):
        rules += _all_rules(document, part, join(place, "allOf", index), "", required)
    return rules


def _rules(document: Document, node: Mapping[str, Any], pointer: str, required: frozenset[str]) -> list[RuleModel]:
    rules = [
        RuleModel(when={name: ()}, required=tuple(others), allowed={}, pointer=join(pointer, "dependentRequired", name))
        for name, others in as_object(node.get("dependentRequired")).items()
    ]
    if names := needed_one_of(node):
        rules.append(RuleModel(when={}, required=(), allowed={}, pointer=pointer, any_of=names))
    if "if" not in node and "then" not in node:
        return rules
    condition, outcome = node.get("if"), node.get("then")
    rule = None
    if isinstance(condition, Mapping) and isinstance(outcome, Mapping) and "else" not in node:
        rule = _rule(condition, outcome, pointer, required)
    if rule is None:
        document.note(pointer, "is a rule that the client does not check", "the service does")
    return [*rules, *([rule] if rule else [])]


def _rule(
    condition: Mapping[str, Any], outcome: Mapping[str, Any], pointer: str, required: frozenset[str]
) -> RuleModel | None:
    """Return a rule of single values; None where it says more, or nothing."""
    when, allowed = _values(condition), _values(outcome)
    present = set(condition.get("required", ()))
    if when is None or allowed is None or set(when) - present - required:
        return None
    when = {**dict.fromkeys(condition.get("required", ()), ()), **when}
    names = tuple(outcome.get("required", ()))
    return (
        RuleModel(when=when, required=names, allowed=allowed, pointer=pointer) if when and (allowed or names) else None
    )


def _values(part: Mapping[str, Any]) -> dict[str, tuple[Any, ...]] | None:
    """Return property → its values, of `properties` with const or enum, the only form that is understood."""
    for key in part:
        open_object = key == "additionalProperties" and part[key] is True
        if key not in {"properties", "required"} | ANNOTATIONS and not key.startswith("x-") and not open_object:
            return None
    by_name: dict[str, tuple[Any, ...]] = {}
    for name, schema in part.get("properties", {}).items():
        if schema in (True, {}):
            continue  # names the property, as some tools ask of `required`, and limits nothing
        if not isinstance(schema, Mapping):
            return None
        values = schema.get("enum", [schema["const"]] if "const" in schema else None)
        extra = set(schema) - {"enum", "const", "type"} - ANNOTATIONS
        if values is None or any(not key.startswith("x-") for key in extra):
            return None
        by_name[name] = tuple(values)
    return by_name
