"""What a method returns: from every documented success of an operation, and the bodies of its errors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from codegen.openapi.document import Document
from codegen.openapi.json_values import as_object
from codegen.openapi.pointers import join, steps
from codegen.openapi.schemas import Schemas, View
from codegen.python.class_source import CLASS, Class, is_class
from codegen.python.model import ReplyModel
from codegen.python.parameters import HEADER_NAME
from codegen.python.requests import OPEN, kind_of_media
from codegen.python.shapes import Shapes, bare, beside, class_name, is_object, kinds_of, type_in_reply
from codegen.python.text import Docstring, Identifier
from codegen.python.text import Literal as Source
from codegen.python.unions import alternatives, word_of

Form = Literal["json", "text", "bytes", "none"]
UNQUOTED = "unquoted"
"""Beside json: the value is text, which many frameworks write without its quotes."""
_XML = re.compile(r"(?:application|text)/(?:.*\+)?xml", re.IGNORECASE)
_SUCCESS = re.compile(r"2([0-9][0-9]|XX|xx)")
_REDIRECT = re.compile(r"3(0[0-478]|XX|xx)")
_BODILESS = ("204", "205")
_LONGEST_INDEX = 6
_MAPPING = "dict[str, Any]"
NOTHING = Identifier("Empty")
CONTENT = Identifier("Content")


@dataclass(frozen=True)
class Success:
    """One way in which an operation succeeds."""

    status: str
    form: Form
    media: str = ""
    schema: Any = None
    pointer: str = ""
    """Of the schema."""


def successes(document: Document, node: Mapping[str, Any], pointer: str, method: str = "") -> Iterator[Success]:
    """Yield every documented success: each media type of each status, in the document's order.

    A redirect that is documented is one: it is not followed, and its headers say where it leads.
    """
    responses = as_object(node.get("responses"))
    statuses = [status for status in responses if _SUCCESS.fullmatch(str(status))] + redirects(document, node)
    for status in sorted(statuses) or [status for status in responses if status == "default"]:
        row, place = document.follow(responses[status], join(f"{pointer}/responses", status))
        rows = list(as_object(row.get("content")).items())
        if status.startswith("3"):  # what else a redirect has is a page for people
            rows = [(media, inner) for media, inner in rows if kind_of_media(media) == "json"]
        if status in _BODILESS or method.lower() == "head":
            rows = []  # whatever is described: HTTP has no body there
        if not rows or status.startswith("3"):
            yield Success(status, "none")
        for media, inner in _without_second_xml(rows):
            schema = as_object(inner).get("schema")
            where = f"{join(f'{place}/content', media)}/schema"
            yield Success(status, form_of(media, schema), media, schema, where)


def redirects(document: Document, node: Mapping[str, Any]) -> list[str]:
    """Return the statuses of the redirects that an operation documents, 304 among them; none of a task's."""
    responses = node.get("responses")
    if "x-task" in node or "x-error-codes" in document.root or not isinstance(responses, Mapping):
        return []
    return [status for status in responses if _REDIRECT.fullmatch(str(status))]


def _without_second_xml(rows: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Return the media types of a reply; XML is left out beside JSON, which has the same to say."""
    has_json = any(kind_of_media(media) == "json" for media, _ in rows)
    return [(media, row) for media, row in rows if not (has_json and _XML.fullmatch(media.partition(";")[0].strip()))]


def form_of(media: str, schema: Any) -> Form:
    """Return how a body of a media type is read."""
    is_file = isinstance(schema, Mapping) and (schema.get("format") == "binary" or "contentMediaType" in schema)
    kind = kind_of_media(media)
    if kind == "json" and is_file and "contentMediaType" not in schema:
        return "bytes"  # JSON has none: frameworks say so of a file that comes as whatever it is
    if kind == "json" or (OPEN.fullmatch(media) and isinstance(schema, Mapping) and not is_file):
        return "json"
    return "text" if kind in ("text", "form") and not is_file else "bytes"


class ReplyReader:
    """Reads what the operations of one service return.

    A reply says more, or something else, than its schema knows. So only names and types are kept: an enum is text, a
    bound is gone, every object is open.
    """

    def __init__(self, document: Document, schemas: Schemas) -> None:
        self._document = document
        self._schemas = schemas
        self.shapes = Shapes(document, schemas, "reply")
        self._values: dict[tuple[str, str], Identifier] = {}

    def component(self, name: str, pointer: str) -> None:
        """Give the decoded result of a task its class first: its members leave the names of a result free.

        What a result is beside an object (null, a list, a URL) has no fields: it is in the `raw` and `urls` of all.
        """
        schema: Any = {"$ref": f"#/components/schemas/{name}"}
        view = self._schemas.view(schema, pointer)
        if not is_object(view.schema):
            schema = self._only_object(view)
        self.shapes.named(class_name(name), schema, pointer, result=True)

    def _only_object(self, view: View) -> Mapping[str, Any]:
        """Return the schema of the objects among what a schema accepts; of any object where it accepts none."""
        keyword = next((word for word in ("oneOf", "anyOf") if word in view.schema), None)
        if keyword is not None:
            parts = [part.schema for part, _ in alternatives(self._schemas, view, keyword)]
            objects = [part for part in parts if is_object(part)]
            return objects[0] if len(objects) == 1 else {"type": "object"}
        return {**view.schema, "type": "object"} if "object" in kinds_of(view.schema) else {"type": "object"}

    def read(self, ways: list[Success], name: str, preferred: str | None, at: str, place: str) -> ReplyModel:
        """Return what a method gives. `preferred`: the name that x-python gives it."""
        forms: tuple[str, ...] = tuple(dict.fromkeys(item.form for item in ways)) or ("json",)
        accept = _accept(ways)
        if not ways and preferred is None and "x-error-codes" not in self._document.root:
            # A success of which nothing is said: whatever comes, or nothing.
            return ReplyModel("value", self.holder(name, "Any"), "Any", ("json", "bytes", "none"), accept)
        if forms == ("none",):
            return ReplyModel("none", NOTHING, "None", forms, accept)
        if forms == ("bytes",):
            return ReplyModel("content", CONTENT, "Content", forms, accept)
        json = [item for item in ways if item.form == "json"]
        for item in () if json else ways:
            if item.form == "text" and is_object(self._schemas.view(item.schema, item.pointer).schema):
                self._document.note(item.pointer, f"is an object as {item.media}", "its text is returned")
        if forms == ("json",) and len({item.pointer for item in json}) <= 1:
            one = self._object(json[0] if json else None, name, preferred, at, place)
            if one is not None:
                return ReplyModel("model", one, "", forms, accept)
        parts, by_status = self._json_types(json, name, at)
        parts += ["str"] if "text" in forms else []
        parts += ["Content"] if "bytes" in forms else []
        text = "Any" if "Any" in parts else " | ".join(dict.fromkeys(parts)) or "Any"
        if text == "Any" and "bytes" not in forms and "x-error-codes" not in self._document.root:
            forms = (*forms, "bytes")  # a file, for one: many frameworks describe it as JSON without a schema
        if parts in (["str"], ["str | None"]) and forms == ("json",) and "x-error-codes" not in self._document.root:
            forms = ("json", UNQUOTED)
        if "none" in forms and text != "Any" and not text.endswith("None"):
            text += " | None"
        if is_class(text) and self.shapes.classes[text[1:]].base == "BaseModel":
            return ReplyModel("model", Identifier(text[1:]), "", forms, accept)
        classes = {status: Identifier(part[1:]) for status, part in by_status.items() if self.shapes.is_model(part)}
        differ = len(set(classes.values())) > 1 and len(classes) == len(by_status)
        holder = self.holder(name, text)
        return ReplyModel("value", holder, bare(text), forms, accept, classes if differ else {})

    def sent(self, content: Any, pointer: str, hint: str) -> Iterator[tuple[str, str]]:
        """Yield the places and types of what a service sends on its own, as JSON. What has no class is noted."""
        for media, inner in as_object(content).items():
            schema = as_object(inner).get("schema")
            where = f"{join(pointer, media)}/schema"
            if not isinstance(schema, Mapping):
                continue
            if form_of(media, schema) != "json":
                self._document.note(where, f"is sent as {media}: it has no class", "read it as its schema says")
            elif self._document.check_schema(schema, where):
                text = self.shapes.of(schema, where, hint)
                if not is_class(text):
                    problem = f"has no class of its own: it is {text.replace(CLASS, 'models.')}"
                    self._document.note(where, problem, "read it with pydantic.TypeAdapter")
                yield where, text

    def _json_types(self, ways: list[Success], name: str, at: str) -> tuple[list[str], dict[str, str]]:
        """Return the types of JSON replies, and the same by status, with the media type where one has several."""
        rows: list[tuple[Success, Any, str, str, str]] = []
        for index, item in enumerate(ways):
            if not self._document.check_schema(item.schema if item.schema is not None else {}, item.pointer):
                continue
            schema, where = self.descend(item.schema, item.pointer, at)
            hint = f"{name}Reply" if index == 0 else f"{name}Reply{index + 1}"
            rows.append((item, schema, where, hint, self.shapes.of(schema if schema is not None else {}, where, hint)))
        has_class = any(is_class(part) for *_, part in rows)
        by_status: dict[str, str] = {}
        parts: list[str] = []
        for item, schema, where, hint, part in rows:
            # Beside a class a mapping would be what every object is read as: it gets a class of its own.
            parts.append(f"{CLASS}{self._class(schema, where, hint)}" if has_class and part == _MAPPING else part)
            status = item.status.upper()
            media = "; ".join(part.strip() for part in item.media.lower().split(";"))
            by_status.setdefault(f"{status} {media}" if status in by_status else status, parts[-1])
        return parts, by_status

    def _object(self, item: Success | None, name: str, preferred: str | None, at: str, place: str) -> Identifier | None:
        """Return the class of an object; None where the reply is another value."""
        if item is not None and item.schema is None:
            return None  # any JSON value
        if item is None:
            return self.shapes.named(class_name(preferred or f"{name}Reply"), {"type": "object"}, f"{place}/responses")
        if not self._document.check_schema(item.schema, item.pointer):
            return None
        schema, where = self.descend(item.schema, item.pointer, at)
        view = self._schemas.view(schema, where)
        if not is_object(view.schema) or (
            not view.schema.get("properties") and isinstance(view.schema.get("additionalProperties"), Mapping)
        ):
            return None
        if preferred is not None:
            return self.shapes.named(class_name(preferred), schema, where)
        text = self.shapes.of(schema, where, f"{name}Reply")
        if text.startswith(CLASS):
            return Identifier(text[1:])
        return self._class(schema, where, f"{name}Reply")

    def _class(self, schema: Any, where: str, name: str) -> Identifier:
        """Return the class of an object that has no properties: the name of its schema, or this one."""
        identity = self._schemas.view(schema, where).identity or ""
        is_named = identity.startswith("/components/schemas/")
        return self.shapes.named(
            class_name(word_of(identity)) if is_named else self.shapes.free_name(name), schema, where
        )

    def holder(self, name: str, text: str) -> Identifier:
        """Return the class that holds a value which is not an object."""
        key = (name, text)
        if key not in self._values:
            cls = self.shapes.free_name(f"{name}Reply")
            self.shapes.classes[str(cls)] = Class(cls, "RootModel[Any]", None, (f"root: {text}",))
            self.shapes.reserve(cls)
            self._values[key] = cls
        return self._values[key]

    def descend(self, schema: Any, pointer: str, at: str) -> tuple[Any, str]:
        """Return the schema of what a pointer into a reply leads to; {} where the schema does not say."""
        for step in steps(at):
            view = self._schemas.view(schema, pointer)
            if step in view.properties:
                schema, pointer = view.properties[step], view.place(step)
                continue
            if view.schema.get("additionalProperties") is False:
                problem = f"has no property {step!r}, to which a pointer leads"
                self._document.fault(view.pointer, problem, "correct the pointer")
            schema, pointer = _held(view, step)
        return schema, pointer

    def headers(self, node: Mapping[str, Any], pointer: str, name: str) -> Identifier | None:
        """Return the class of the headers that the successes of an operation have; None where they have none."""
        rows: dict[str, tuple[Any, str]] = {}
        responses = node.get("responses")
        leading = redirects(self._document, node)
        for status, response in as_object(responses).items():
            if not _SUCCESS.fullmatch(str(status)) and status not in ("default", *leading):
                continue
            row, place = self._document.follow(response, join(f"{pointer}/responses", status))
            for header, inner in as_object(row.get("headers")).items():
                if HEADER_NAME.fullmatch(header) and header.lower() not in ("content-type", "content-length"):
                    rows.setdefault(header.lower(), self._document.follow(inner, f"{join(place, 'headers', header)}"))
        if set(leading) - {"304"}:
            rows.setdefault("location", ({"description": "Where the redirect leads."}, pointer))
        if not rows:
            return None
        cls, fields, taken = self.shapes.free_name(f"{name}Headers"), dict[str, Identifier](), set[str]()
        lines: list[str] = []
        for header, (inner, place) in rows.items():
            fields[header] = self.shapes.field_name(header, taken, place)
            taken.add(str(fields[header]))
            # Each cookie has a header of its own.
            text = f"{'list[str]' if header == 'set-cookie' else self._header_type(inner, place)} | None"
            if fields[header] != header:
                text = f"Annotated[{text}, Field(alias={Source(header)})]"
            lines.append(f"{fields[header]}: {text} = None")
            description = inner.get("description")
            if isinstance(description, str) and (words := Docstring.of(description)):
                lines.append(beside(words))
        self.shapes.classes[str(cls)] = Class(cls, "BaseModel", None, tuple(lines))
        self.shapes.reserve(cls)
        return cls

    def _header_type(self, header: Mapping[str, Any], pointer: str) -> str:
        """Return the type of a header: text where its schema does not say, or has no form in a header."""
        view = self._schemas.view(header.get("schema", {}), f"{pointer}/schema")
        kinds = [kind for kind in kinds_of(view.schema) if kind != "null"]
        if kinds == ["array"]:
            items = self._schemas.view(view.schema.get("items", {}), f"{view.pointer}/items")
            inner = [kind for kind in kinds_of(items.schema) if kind not in ("object", "array")]
            return f"list[{type_in_reply(inner[0], items.schema) if len(inner) == 1 else 'str'}]"
        return type_in_reply(kinds[0], view.schema) if len(kinds) == 1 and kinds[0] != "object" else "str"

    def errors(self, node: Mapping[str, Any], pointer: str, name: str) -> dict[str, Identifier]:
        """Return HTTP status, or "default" → the class of the body of an error."""
        classes: dict[str, Identifier] = {}
        responses = node.get("responses")
        leading = redirects(self._document, node)
        for status, response in as_object(responses).items():
            if not re.fullmatch(r"[345]([0-9][0-9]|XX|xx)|default", status) or status in leading:
                continue
            row, place = self._document.follow(response, join(f"{pointer}/responses", status))
            for media, inner in as_object(row.get("content")).items():
                schema = as_object(inner).get("schema")
                where = f"{join(f'{place}/content', media)}/schema"
                if form_of(media, schema) != "json" or not isinstance(schema, Mapping):
                    continue
                if not self._document.check_schema(schema, where):
                    continue
                above, _, last = place.rpartition("/")
                is_component = above == "/components/responses"
                text = self.shapes.of(
                    schema, where, f"{last}Body" if is_component else f"{name}Error{status.capitalize()}"
                )
                if self.shapes.is_model(text):
                    classes[status.replace("xx", "XX")] = Identifier(text[1:])
                elif CLASS in text or bare(text) != text:
                    classes[status.replace("xx", "XX")] = self.holder(f"{name}{status.capitalize()}Error", text)
                break
        return classes


def _accept(ways: list[Success]) -> str:
    media = [item.media for item in ways if item.media and not item.status.startswith("3")]
    if any(kind_of_media(name) == "json" for name in media):  # a stream is for those who ask for it by accept=
        media = [name for name in media if not name.lower().startswith("text/event-stream")]
    json = [name for name in media if kind_of_media(name) == "json"]
    # What a client asks for has no * within a name: a service of JSON knows application/json.
    types = list(dict.fromkeys(name.replace("*+json", "json") for name in [*json, *media]))
    types = [name for name in types if is_header_text(name)]
    return ", ".join(types[:6]) if types else "application/json"


def is_header_text(media: str) -> bool:
    """Return whether a media type can stand in a header."""
    return re.fullmatch(r"[\x21-\x7e ]{1,100}", media) is not None


def _held(view: View, step: str) -> tuple[Any, str]:
    """Return the schema of an item of a list, or of a value of a map; {} where the schema does not say."""
    is_index = step.isdecimal() and len(step) <= _LONGEST_INDEX
    first = view.schema.get("prefixItems")
    if is_index and isinstance(first, list) and int(step) < len(first):
        return first[int(step)], join(view.pointer, "prefixItems", int(step))
    keyword = "items" if is_index and "items" in view.schema else "additionalProperties"
    return as_object(view.schema.get(keyword)), join(view.pointer, keyword)
