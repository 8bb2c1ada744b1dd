"""The keywords of a method: from OpenAPI parameters and the properties of the request body."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from codegen.openapi.document import Document
from codegen.openapi.json_values import as_object
from codegen.openapi.pointers import escape, join
from codegen.openapi.schemas import Schemas, View
from codegen.python import docs, names
from codegen.python.class_source import Class
from codegen.python.inputs import DEEPEST, Inputs, accepts_null
from codegen.python.model import Annotation, BodyModel, Location, NamedEnum, Parameter, RuleModel, Sentence
from codegen.python.requests import JSON, RequestBody, name_problem, request_body
from codegen.python.shapes import Shapes, is_file, kinds_of, second_name
from codegen.python.text import Docstring, Identifier
from codegen.python.unions import alternatives

HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")
_STYLES: Mapping[str, tuple[str, ...]] = {
    "path": ("simple", "label", "matrix"),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "header": ("simple",),
    "cookie": ("form",),
}
"""Location → the styles that it can have, the usual one first."""
_IGNORED = frozenset({"accept", "content-type", "authorization"})
"""Headers that OpenAPI says elsewhere: a parameter of that name has no meaning."""
_FRAMING = frozenset("host content-length transfer-encoding connection te trailer upgrade expect".split())
"""Headers that frame the message: the transport alone sets them."""


@dataclass
class Shared:
    """What the operations of one service share while they are read."""

    schemas: Schemas
    shapes: Shapes
    """The classes of the arguments models."""
    inputs: Inputs
    """The types of the objects in requests."""
    enums: dict[str, NamedEnum] = field(default_factory=dict)
    client_headers: dict[str, Identifier] = field(default_factory=dict)
    header_docs: dict[str, Docstring] = field(default_factory=dict)

    def arguments_model(self, name: str, parameters: tuple[Parameter, ...]) -> Identifier:
        """Add the strict, closed model of one operation, its fields named as the method's keywords."""
        free = self.shapes.free_name(name)
        lines = ['model_config = ConfigDict(extra="forbid", defer_build=True)']
        for item in parameters:
            lines.append(f"{item.name}: {item.type}" + ("" if item.required else " = LEFT_OUT"))
        self.shapes.classes[str(free)] = Class(free, "BaseModel", None, tuple(lines))
        return free


@dataclass(frozen=True)
class Signature:
    """Everything a method takes."""

    parameters: tuple[Parameter, ...]
    rules: tuple[RuleModel, ...]
    """By Python names."""
    body_at: str | None
    body: BodyModel | None


class SignatureReader:
    """Reads the signature of one operation."""

    def __init__(
        self,
        document: Document,
        shared: Shared,
        operation: Mapping[str, Any],
        pointer: str,
        hint: str,
        media: str = "",
    ) -> None:
        self._document = document
        self._shared = shared
        self._operation = operation
        self._pointer = pointer
        self._hint = hint
        self._media = media
        self._python: Mapping[str, Any] = operation.get("x-python", {})
        self._taken: set[str] = set()

    def read(
        self,
        nodes: list[tuple[Any, str]],
        path: str,
        accepted: tuple[str, ...] = (),
        keys: Collection[tuple[str, str]] = (),
    ) -> Signature:
        """Read the parameters. `nodes`: those of the path item and of the operation, each with its pointer.

        `accepted`: the media types among which a caller chooses what the service answers. `keys`: the places, and the
        names there, of the keys that the client sends.
        """
        rows = [row for row in self._own(nodes) if not self._is_key(*row, keys)]
        parameters = [item for node, pointer in rows for item in self._listed(node, pointer)]
        parameters = self._of_path(path, parameters)
        body = self._body()
        if body is not None:
            parameters += self._of_body(body)
        if accepted:
            words = "Media type of the reply. Default: the service chooses."
            parameters.append(self._choice("Accept", "header", accepted, None, words, self._pointer))
        self._check_positional(parameters)
        rules = self._rules(body, parameters)
        notes = docs.rule_sentences(rules)
        parameters = [replace(item, sentences=(*item.sentences, *notes.get(str(item.name), ()))) for item in parameters]
        at = None
        if body is not None:
            at = self._python.get("body", "") if body.fields is not None else ""
        return Signature(self._ordered(parameters), rules, at, body.model if body else None)

    def _own(self, nodes: list[tuple[Any, str]]) -> list[tuple[Mapping[str, Any], str]]:
        """Return the parameters, those of the path item replaced by the operation's of the same name and place."""
        rows: dict[tuple[str, str], tuple[Mapping[str, Any], str]] = {}
        for item, pointer in nodes:
            if not isinstance(item, Mapping):
                self._document.fault(pointer, "is not a parameter", "correct it")
                continue
            node, place = self._document.follow(item, pointer)
            if node:
                rows[str(node.get("name", "")), str(node.get("in"))] = (node, place)
        return list(rows.values())

    def _is_key(self, node: Mapping[str, Any], place: str, keys: Collection[tuple[str, str]]) -> bool:
        """Return whether a parameter is a key that the client sends already; that is said."""
        location, name = str(node.get("in")), str(node.get("name", ""))
        if (location, name.lower() if location == "header" else name) not in keys:
            return False
        self._document.note(place, f"is the key in the {location} {name!r}", "the constructor takes it, no method does")
        return True

    def _listed(self, node: Mapping[str, Any], place: str) -> list[Parameter]:
        name, location = str(node.get("name", "")), _location(node.get("in"))
        if location is None:
            self._document.fault(place, f"is a parameter in {node.get('in')!r}", "use path, query, header or cookie")
            return []
        if location == "header" and not self._is_header(name, node, place):
            return []
        argument = as_object(node.get("x-python")).get("client_argument")
        if argument is not None:
            return self._client_header(name, argument, str(node.get("description", "")), place)
        words: dict[str, Any] = {}
        if isinstance(node.get("description"), str):
            words["description"] = node["description"]
        words |= {"deprecated": True} if node.get("deprecated") is True else {}
        outer = {**words, **{key: value for key, value in node.items() if key.startswith("x-")}}
        required = node.get("required") is True or location == "path"
        content = self._content(node, place)
        if content is None:
            return []
        media, schema, where = content
        style = str(node.get("style", _STYLES[location][0]))
        if style not in _STYLES[location]:
            self._document.fault(place, f"has the style {style!r}, which the {location} has not", "use another")
            return []
        explode = node.get("explode", style in ("form", "deepObject"))
        items = self._parameter(name, location, required, schema, where, outer)
        if not media:
            (self._note_numbered if style == "deepObject" else self._note_nested)(schema, where)
        return [
            replace(
                item,
                style=style,
                explode=explode is True,
                content=media,
                allow_reserved=node.get("allowReserved") is True,
            )
            for item in items
        ]

    def _content(self, node: Mapping[str, Any], place: str) -> tuple[str, Any, str] | None:
        """Return the media type of a parameter ("" for plain text), its schema and where that stands."""
        content = node.get("content")
        if not isinstance(content, Mapping) or not content:
            return "", node.get("schema", {}), f"{place}/schema"
        media, row = next(iter(content.items()))
        schema, where = as_object(row).get("schema", {}), f"{join(place, 'content', media)}/schema"
        if media.partition(";")[0].strip().lower() == "text/plain" and self._is_scalar(schema, where):
            return "", schema, where
        if JSON.fullmatch(media):
            return media, schema, where
        self._document.fault(
            place, f"is written as {media!r}", "only JSON can stand in a parameter, or one value as text"
        )
        return None

    def _note_nested(self, schema: Any, pointer: str) -> None:
        """Say how a list or an object inside another is written: OpenAPI has no style for it."""
        view = self._shared.schemas.view(schema, pointer)
        inner = [(view.schema["items"], join(view.pointer, "items"))] if "items" in view.schema else []
        inner += [(row, view.place(wire)) for wire, row in view.properties.items()]
        kinds = {kind for row, place in inner for kind in kinds_of(self._shared.schemas.view(row, place).schema)}
        if kinds & ({"array", "object"} if "array" in kinds_of(view.schema) else {"object"}):
            self._document.note(
                pointer, "holds lists or objects inside each other", "those inside are sent as JSON text"
            )

    def _note_numbered(self, schema: Any, pointer: str) -> None:
        """Say how a list is written in the style deepObject, where its items would run together else."""
        schemas = self._shared.schemas
        view = schemas.view(schema, pointer)
        fields = [schemas.property(view, wire) for wire in view.properties]
        lists = [row for row in fields if "array" in kinds_of(row.schema)]
        items = [schemas.view(row.schema.get("items", {}), join(row.pointer, "items")) for row in lists]
        if "array" in kinds_of(view.schema) or any({"array", "object"} & set(kinds_of(row.schema)) for row in items):
            self._document.note(pointer, "has a list in the style deepObject", "its items are numbered: name[0]")

    def _is_scalar(self, schema: Any, pointer: str) -> bool:
        kinds = kinds_of(self._shared.schemas.view(schema, pointer).schema)
        return bool(kinds) and not {"object", "array"} & set(kinds)

    def _is_header(self, name: str, node: Mapping[str, Any], place: str) -> bool:
        if not HEADER_NAME.fullmatch(name):
            self._document.fault(place, f"is called {name!r}, which is not a header", "use letters, digits and dashes")
            return False
        if name.lower() in _IGNORED:
            self._document.note(place, f"is the header {name}, which the client sets itself", "use extra_headers")
            return False
        if name.lower() in _FRAMING:
            problem = f"is the header {name}, which the transport alone sets"
            required = node.get("required") is True and name.lower() != "content-length"
            (self._document.fault if required else self._document.note)(place, problem, "remove it")
            return False
        return True

    def _client_header(self, header: str, argument: str, description: str, pointer: str) -> list[Parameter]:
        try:
            name = Identifier(argument)
            if argument in names.CLIENT_KEYWORDS:
                raise ValueError("every constructor has already")
        except ValueError as error:
            self._document.fault(pointer, f"gives the argument {argument!r}, which {error}", "choose another name")
            return []
        if self._shared.client_headers.setdefault(header, name) != name:
            self._document.fault(pointer, f"gives {header} a second argument", "use one name for it everywhere")
        self._shared.header_docs.setdefault(header, Docstring.of(docs.sentence(description.strip())))
        return []

    def _body(self) -> RequestBody | None:
        if "requestBody" not in self._operation:
            return None
        place = f"{self._pointer}/requestBody"
        at = self._python.get("body", "")
        node = self._operation["requestBody"]
        return request_body(self._document, self._shared.schemas, node, place, at, self._media)

    def _of_body(self, body: RequestBody) -> list[Parameter]:
        if body.model.kind == "multipart":
            self._check_files_of_any_name(body)
        if body.fields is None:
            items = self._parameter("body", "whole", body.model.required, body.schema, body.pointer)
            if body.model.kind == "bytes":
                files = Annotation(names=(Identifier("FileInput"),))
                items = [replace(item, is_file=True, annotation=files, type="Any") for item in items]
            elif body.model.kind == "text":
                items = [
                    replace(item, annotation=Annotation(names=(Identifier("str"),)), type="StrictStr") for item in items
                ]
        else:
            fields = body.fields
            required = fields.required if body.model.required else ()
            items = [
                item
                for name, schema in fields.properties.items()
                for item in self._field(name, schema, fields.places[name], name in required, body)
            ]
        if body.model.choices:
            choices = (body.model.media, *body.model.choices)
            words = f"Media type of the body. Default: {body.model.media}."
            items.append(self._choice("content_type", "whole", choices, body.model.media, words, body.pointer))
        return items

    def _check_files_of_any_name(self, body: RequestBody) -> None:
        """Say of files in a form that the document gives no names: there is no parameter for them."""
        view = self._shared.schemas.view(body.schema, body.pointer)
        place = join(view.pointer, "additionalProperties")
        more = view.schema.get("additionalProperties")
        if not isinstance(more, Mapping) or "else" in _forms(
            self._shared.schemas.view(more, place), self._shared.schemas
        ):
            return
        say = self._document.fault if body.fields is None else self._document.note
        say(place, "is a file of any name, which no parameter takes", "name the parts under properties")

    def _field(self, name: str, schema: Any, place: str, required: bool, body: RequestBody) -> list[Parameter]:
        if schema is False:
            return []
        view = self._shared.schemas.view(schema, place)
        if view.schema.get("readOnly") is True:
            return []
        items = self._parameter(name, "body", required, schema, place)
        if body.model.kind == "json":
            return items
        encoding = as_object(body.encoding.get(name))
        self._check_part(encoding, view, body, f"{body.pointer.removesuffix('/schema')}/encoding/{escape(name)}")
        forms = _forms(view, self._shared.schemas) if body.model.kind == "multipart" else frozenset()
        if forms & {"file", "files"}:
            media = encoding.get("contentType", view.schema.get("contentMediaType", ""))
            return [replace(_as_file(item, forms), content=str(media)) for item in items]
        media = _part_media(str(encoding.get("contentType", "")))
        style = str(encoding.get("style", "form" if "explode" in encoding else ""))
        explode = encoding.get("explode", style in ("", "form", "deepObject")) is True
        if style == "deepObject":
            self._note_numbered(schema, place)
        elif "array" in kinds_of(view.schema) and not media:
            self._note_nested(schema, place)
        return [replace(item, content=media, style=style, explode=explode) for item in items]

    def _check_part(self, encoding: Mapping[str, Any], view: View, body: RequestBody, pointer: str) -> None:
        """Say what a part of a form is not given, though the document describes it."""
        media, kinds = str(encoding.get("contentType", "")), set(kinds_of(view.schema))
        if media and "json" not in media.lower() and "object" in kinds:
            self._document.fault(join(pointer, "contentType"), f"writes an object as {media}", "write it as JSON")
        for header, row in as_object(encoding.get("headers")).items():
            if header.lower() in ("content-type", "content-disposition"):
                continue
            node, _ = self._document.follow(row, join(pointer, "headers", header))
            problem = f"names a header {header!r} of a part, and parts have none of their own"
            if node.get("required") is True:
                self._document.fault(join(pointer, "headers", header), problem, "make it optional")
            else:
                self._document.note(join(pointer, "headers", header), problem, "it is not sent")
        if body.model.kind == "multipart" and {"style", "explode"} & encoding.keys():
            self._document.note(pointer, "gives a part of multipart/form-data a style", "it is written by its type")

    def _choice(
        self, wire_name: str, location: Location, choices: tuple[str, ...], default: Any, words: str, pointer: str
    ) -> Parameter:
        """Return the parameter that says which of several media types is sent, or answered."""
        return Parameter(
            name=self._named(wire_name, pointer),
            wire_name=wire_name,
            location=location,
            required=False,
            positional=False,
            annotation=Annotation(choices),
            schema={"enum": list(choices)},
            wire=None,
            default=default,
            media=None,
            sentences=(Sentence("about", words),),
            pointer=pointer,
            type=f"Literal[{', '.join(map(ascii, choices))}]",
            content="choice",
        )

    def _named(self, wire: str, pointer: str) -> Identifier:
        name = second_name(self._document, wire, self._taken, pointer, names.parameter)
        self._taken.add(str(name))
        return name

    def _parameter(
        self, wire_name: str, location: Location, required: bool, node: Any, pointer: str, outer: Mapping[str, Any] = {}
    ) -> list[Parameter]:
        if not self._document.check_schema(node, pointer):
            return []
        if node is False:
            self._document.fault(pointer, "allows no value at all", "remove the parameter")
            return []
        view = self._shared.schemas.view(node, pointer)
        source = {**view.schema, **(as_object(node) if "$ref" not in as_object(node) else {}), **outer}
        schema = {key: value for key, value in source.items() if not key.startswith("x-")}
        python = as_object(source.get("x-python"))
        if problem := name_problem(wire_name, location):
            self._document.fault(pointer, problem, "give it a plain name")
            return []
        name = self._named(python.get("name", wire_name), pointer)
        enum = self._named_enum(python, pointer) if "enum" in python else None
        text = self._shared.shapes.of(node, pointer, f"{self._hint}{names.pascal(name)}")
        nullable = accepts_null(view.schema, self._shared.schemas)
        return [
            Parameter(
                name=name,
                wire_name=wire_name,
                location=location,
                required=required,
                positional=self._is_positional(wire_name, name, location),
                annotation=_with_files(self._annotation(view, source.get("x-wire"), enum, name), media_of(source)),
                schema=schema,
                wire=source.get("x-wire"),
                media=media_of(source),
                default=schema.get("default"),
                sentences=docs.sentences(schema, source, enum=enum),
                pointer=pointer,
                type=text,
                nullable=nullable and location in ("body", "whole"),
            )
        ]

    def _annotation(self, view: View, wire: str | None, enum: Identifier | None, name: str) -> Annotation:
        if enum:
            return Annotation(names=(enum, Identifier("int"), Identifier("str")))
        if wire == "boolean-word":
            return Annotation(names=(Identifier("bool"),))
        if wire in ("seconds-text", "integer-text"):
            choices = tuple(value for value in view.schema.get("enum", [view.schema.get("const")]) if value is not None)
            numbers = tuple(int(word.removesuffix("s")) for word in choices if re.fullmatch(r"-?[0-9]+s?", str(word)))
            if choices:
                return Annotation((*choices, *numbers))
            return Annotation(names=(Identifier("int"), Identifier("str")))
        hint = f"{self._hint.removesuffix('Arguments')}{names.pascal(name)}"
        return self._shared.inputs.of(view, hint)

    def _is_positional(self, wire_name: str, name: Identifier, location: Location) -> bool:
        positional = self._python.get("positional")
        return wire_name in positional or name in positional if positional is not None else location == "path"

    def _named_enum(self, python: Mapping[str, Any], pointer: str) -> Identifier | None:
        try:
            name = names.class_name(python["enum"])
            members = tuple((Identifier(names.constant(word)), int(value)) for value, word in python["names"].items())
        except ValueError as error:
            self._document.fault(f"{pointer}/x-python", f"has a name that {error}", "choose another name")
            return None
        words = [word for word, _ in members]
        for word in sorted({word for word in words if words.count(word) > 1}):
            self._document.fault(f"{pointer}/x-python", f"names two numbers {word}", "give each a name of its own")
        title = names.snake(name).replace("_", " ").capitalize()
        enum = NamedEnum(name, members, Docstring.of(f"{title}: number by name."))
        if self._shared.enums.setdefault(str(name), enum) != enum:
            self._document.fault(f"{pointer}/x-python", f"defines {name} differently", "use the same names everywhere")
        return name

    def _of_path(self, path: str, parameters: list[Parameter]) -> list[Parameter]:
        """Return the parameters, with one of text for each placeholder that is not declared."""
        placeholders = list(dict.fromkeys(re.findall(r"\{([^{}]*)\}", path)))
        declared = {parameter.wire_name for parameter in parameters if parameter.location == "path"}
        for name in sorted(declared - set(placeholders)):
            self._document.note(self._pointer, f"path parameter {name!r} is not in the path", "it is left out")
        items = [item for item in parameters if item.location != "path" or item.wire_name in placeholders]
        for name in placeholders:
            if name not in declared:
                self._document.note(self._pointer, f"path parameter {name!r} is not declared", "it is taken as text")
                items += [
                    replace(item, style="simple", explode=False)
                    for item in self._parameter(name, "path", True, {"type": "string"}, self._pointer)
                ]
        return items

    def _check_positional(self, parameters: list[Parameter]) -> None:
        names_in_use = {str(parameter.name) for parameter in parameters} | {
            parameter.wire_name for parameter in parameters
        }
        for name in self._python.get("positional", ()):
            if name not in names_in_use:
                self._document.fault(f"{self._pointer}/x-python/positional", f"there is no {name!r}", "correct it")

    @staticmethod
    def _ordered(parameters: list[Parameter]) -> tuple[Parameter, ...]:
        return tuple(sorted(parameters, key=lambda item: (not item.positional, not item.required)))

    def _rules(self, body: RequestBody | None, parameters: list[Parameter]) -> tuple[RuleModel, ...]:
        python = {parameter.wire_name: str(parameter.name) for parameter in parameters if parameter.location == "body"}
        beside = tuple(python.values()) if body and not body.model.required else ()
        rules = []
        for rule in body.fields.rules if body and body.fields else ():
            unknown = sorted({*rule.when, *rule.required, *rule.allowed, *rule.any_of} - set(python))
            for name in unknown:
                self._document.note(rule.pointer, f"speaks of {name!r}, which is not a parameter", "correct the rule")
            if not unknown:
                rules.append(
                    RuleModel(
                        when={python[name]: values for name, values in rule.when.items()},
                        required=tuple(python[name] for name in rule.required),
                        allowed={python[name]: values for name, values in rule.allowed.items()},
                        pointer=rule.pointer,
                        any_of=tuple(python[name] for name in rule.any_of),
                        beside=beside if not rule.when else (),
                    )
                )
        if body and body.fields and beside:
            required = tuple(python[name] for name in body.fields.required if name in python)
            rules += [RuleModel({}, required, {}, body.pointer, beside=beside)] if required else []
        return tuple(rules)


def _location(word: Any) -> Literal["path", "query", "header", "cookie"] | None:
    locations: tuple[Literal["path", "query", "header", "cookie"], ...] = ("path", "query", "header", "cookie")
    return next((name for name in locations if name == word), None)


def _with_files(annotation: Annotation, media: Mapping[str, Any] | None) -> Annotation:
    """Let a local file stand where the URL of one does."""
    if media is None:
        return annotation
    if annotation.items is not None:
        return replace(annotation, items=_with_files(annotation.items, media))
    return replace(annotation, names=(*annotation.names, Identifier("LocalFile")))


def media_of(source: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return what the file behind a URL, or behind each URL of a list, has to be."""
    media = source.get("x-media") or as_object(source.get("items")).get("x-media")
    return media if isinstance(media, Mapping) else None


def _forms(view: View, schemas: Schemas, depth: int = 0) -> frozenset[str]:
    """Return what a part of a form may be: a file, a list of files, something else. null is nothing."""
    schema = view.schema
    for keyword in ("anyOf", "oneOf"):
        if isinstance(schema.get(keyword), list) and schema[keyword] and depth < DEEPEST:
            parts = (_forms(part, schemas, depth + 1) for part, _ in alternatives(schemas, view, keyword))
            return frozenset[str]().union(*parts)
    kinds = [kind for kind in kinds_of(schema) if kind != "null"]
    if not kinds and kinds_of(schema):
        return frozenset()
    if kinds == ["array"] and depth < DEEPEST:
        inner = schemas.view(schema.get("items", {}), join(view.pointer, "items"))
        return frozenset({"files" if _forms(inner, schemas, depth + 1) == {"file"} else "else"})
    return frozenset({"file" if is_file(schema) and kinds in (["string"], []) else "else"})


def _as_file(parameter: Parameter, forms: frozenset[str]) -> Parameter:
    """Return a parameter that takes a file, a list of files, or text too."""
    one = Annotation(names=(Identifier("FileInput"),))
    names = [name for name, form in (("FileInput", "file"), ("str", "else")) if form in forms]
    annotation = Annotation((), tuple(map(Identifier, names)), one if "files" in forms else None)
    is_list = forms == {"files"}
    return replace(
        parameter,
        is_file=True,
        takes_text="else" in forms,
        annotation=annotation,
        type="list[Any]" if is_list else "Any",
        nullable=False,
    )


def _part_media(media_types: str) -> str:
    """Return the media type in which a part is written, of those that are stated: JSON, else the first without a *."""
    choices = [choice.strip().partition(";") for choice in media_types.split(",")]
    types = [f"{media.lower()}{mark}{more}" for media, mark, more in choices if media and "*" not in media]
    return next((choice for choice in types if "json" in choice), types[0] if types else "")
