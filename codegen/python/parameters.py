"""The keywords of a method: from OpenAPI parameters and the properties of the request body."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from codegen.python import docs, names
from codegen.python.model import Annotation, NamedEnum, Parameter, RuleModel
from codegen.python.requests import WIRE_NAME, Body, body_object, parameter_schema
from codegen.python.spec import Document, join
from codegen.python.text import Docstring, Identifier

Location = Literal["body", "path", "query", "header"]

HEADER_NAME = re.compile(r"[A-Za-z0-9-]{1,100}")
_TYPES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}
_STYLES = {"path": "simple", "query": "form", "header": "simple"}


@dataclass
class Shared:
    """What the operations of one service have in common and find out together."""

    enums: dict[str, NamedEnum] = field(default_factory=dict)
    client_headers: dict[str, Identifier] = field(default_factory=dict)
    header_docs: dict[str, Docstring] = field(default_factory=dict)


@dataclass(frozen=True)
class Signature:
    """Everything a method takes."""

    parameters: tuple[Parameter, ...]
    rules: tuple[RuleModel, ...]
    """By Python names."""
    body_at: str | None


class SignatureReader:
    """Reads the signature of one operation."""

    def __init__(self, document: Document, shared: Shared, operation: Mapping[str, Any], pointer: str) -> None:
        self._document = document
        self._shared = shared
        self._operation = operation
        self._pointer = pointer
        self._python: Mapping[str, Any] = operation.get("x-python", {})

    def read(self, listed: list[tuple[Any, str]], path: str) -> Signature:
        """`listed`: the parameters of the path item and of the operation, each with its pointer."""
        found = [parameter for item, pointer in listed for parameter in self._listed(item, pointer)]
        self._check_path(path, found)
        body, body_at = self._body()
        if body:
            found += [
                parameter
                for name, schema in body.properties.items()
                for parameter in self._parameter(name, "body", name in body.required, schema, body.places[name])
            ]
            for name in sorted(set(body.required) - set(body.properties)):
                self._document.fault(body.pointer, f"requires {name!r}, which it does not define", "define it")
        self._check_unique(found)
        rules = self._rules(body, found)
        notes = docs.rule_docs(rules)
        found = [replace(item, doc=Docstring.of(item.doc.text, *notes.get(str(item.name), ()))) for item in found]
        return Signature(self._ordered(found), rules, body_at)

    def _listed(self, item: Any, pointer: str) -> list[Parameter]:
        node, place = self._document.follow(item, pointer)
        name, location = str(node.get("name", "")), node.get("in")
        if location not in _STYLES:
            self._document.fault(place, f"is a parameter in {location!r}", "use path, query or header")
            return []
        if "schema" not in node or node.get("style", _STYLES[location]) != _STYLES[location]:
            self._document.fault(
                place, f"has a style or content of its own: {name!r}", "use a schema and the default style"
            )
            return []
        if location == "header" and not HEADER_NAME.fullmatch(name):
            self._document.fault(place, f"is called {name!r}, which is no header", "use letters, digits and dashes")
            return []
        argument = node.get("x-python", {}).get("client_argument")
        if argument is not None:
            return self._client_header(name, argument, str(node.get("description", "")), place)
        described = {"description": node["description"]} if "description" in node else {}
        outer = {**described, **{key: value for key, value in node.items() if key.startswith("x-")}}
        required = bool(node.get("required")) or location == "path"
        return self._parameter(name, location, required, node["schema"], f"{place}/schema", outer)

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

    def _body(self) -> tuple[Body | None, str | None]:
        if "requestBody" not in self._operation:
            return None, None
        node, place = self._document.follow(self._operation["requestBody"], f"{self._pointer}/requestBody")
        media = json_media(node.get("content", {}))
        if media is None:
            kinds = ", ".join(sorted(node.get("content", {}))) or "nothing"
            self._document.fault(place, f"is sent as {kinds}", "only JSON bodies are supported")
            return None, None
        schema = node["content"][media].get("schema", {})
        place = f"{join(f'{place}/content', media)}/schema"
        if not self._document.check_schema(schema, place):
            return None, None
        at = self._python.get("body", "")
        return body_object(self._document, schema, place, at), at

    def _parameter(
        self, wire_name: str, location: Location, required: bool, node: Any, pointer: str, outer: Mapping[str, Any] = {}
    ) -> list[Parameter]:
        schema = {
            **parameter_schema(self._document, node, pointer),
            **{k: outer[k] for k in outer if k == "description"},
        }
        source = self._document.expanded(node, pointer)
        source = {**(source if isinstance(source, Mapping) else {}), **outer}
        python = source.get("x-python", {})
        try:
            if not WIRE_NAME.fullmatch(wire_name):
                raise ValueError("is no plain name")
            name = names.parameter(python.get("name", wire_name))
        except ValueError as error:
            self._document.fault(pointer, f"is called {wire_name!r}, which {error}", "give it x-python.name")
            return []
        if location != "body" and schema.get("type") == "object":
            self._document.fault(pointer, f"sends an object in the {location}: {wire_name!r}", "use a JSON body")
        enum = self._named_enum(python, pointer) if "enum" in python else None
        return [
            Parameter(
                name=name,
                wire_name=wire_name,
                location=location,
                required=required,
                positional=self._is_positional(wire_name, name, location),
                annotation=annotation(schema, source.get("x-wire"), enum),
                schema=schema,
                wire=source.get("x-wire"),
                media=media_of(source),
                default=schema.get("default"),
                doc=docs.parameter_doc(schema, source, enum=enum),
                pointer=pointer,
            )
        ]

    def _is_positional(self, wire_name: str, name: Identifier, location: Location) -> bool:
        listed = self._python.get("positional")
        return wire_name in listed or name in listed if listed is not None else location == "path"

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
        enum = NamedEnum(name, members, Docstring.of(f"{title}: the numbers by name."))
        if self._shared.enums.setdefault(str(name), enum) != enum:
            self._document.fault(f"{pointer}/x-python", f"defines {name} differently", "use the same names everywhere")
        return name

    def _check_path(self, path: str, found: list[Parameter]) -> None:
        placeholders = re.findall(r"\{([^{}]*)\}", path)
        declared = [parameter.wire_name for parameter in found if parameter.location == "path"]
        for name in sorted(set(placeholders) ^ set(declared)):
            problem = "is not declared" if name in placeholders else "is not in the path"
            self._document.fault(self._pointer, f"path parameter {name!r} {problem}", "make the two agree")

    def _check_unique(self, found: list[Parameter]) -> None:
        seen: dict[str, Parameter] = {}
        for parameter in found:
            first = seen.setdefault(str(parameter.name), parameter)
            if first is not parameter:
                problem = f"{first.wire_name!r} and {parameter.wire_name!r} both give the keyword {parameter.name}"
                self._document.fault(parameter.pointer, problem, "give one of them x-python.name")
        known = {str(parameter.name) for parameter in found} | {parameter.wire_name for parameter in found}
        for name in self._python.get("positional", ()):
            if name not in known:
                self._document.fault(f"{self._pointer}/x-python/positional", f"there is no {name!r}", "correct it")

    @staticmethod
    def _ordered(found: list[Parameter]) -> tuple[Parameter, ...]:
        return tuple(sorted(found, key=lambda item: (not item.positional, not item.required)))

    def _rules(self, body: Body | None, found: list[Parameter]) -> tuple[RuleModel, ...]:
        python = {parameter.wire_name: str(parameter.name) for parameter in found if parameter.location == "body"}
        rules = []
        for rule in body.rules if body else ():
            unknown = sorted({*rule.when, *rule.required, *rule.allowed} - set(python))
            for name in unknown:
                self._document.fault(rule.pointer, f"speaks of {name!r}, which is no parameter", "correct the rule")
            if not unknown:
                rules.append(
                    RuleModel(
                        when={python[name]: values for name, values in rule.when.items()},
                        required=tuple(python[name] for name in rule.required),
                        allowed={python[name]: values for name, values in rule.allowed.items()},
                        pointer=rule.pointer,
                    )
                )
        return tuple(rules)


def media_of(source: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What the file behind a URL, or behind each URL of a list, has to be."""
    items = source.get("items")
    stated = source.get("x-media") or (items.get("x-media") if isinstance(items, Mapping) else None)
    return stated if isinstance(stated, Mapping) else None


def json_media(content: Mapping[str, Any]) -> str | None:
    """The JSON media type of a content map."""
    for media in content:
        if re.fullmatch(r"application/([a-z0-9.-]+\+)?json(\s*;.*)?", media):
            return media
    return None


def annotation(schema: Mapping[str, Any], wire: str | None = None, enum: Identifier | None = None) -> Annotation:
    """The Python type of a parameter's natural value."""
    if enum:
        return Annotation(names=(enum, Identifier("int")))
    if wire == "boolean-word":
        return Annotation(names=(Identifier("bool"),))
    choices = tuple(value for value in schema.get("enum", [schema.get("const")]) if value is not None)
    if wire in ("seconds-text", "integer-text"):
        numbers = tuple(int(word.removesuffix("s")) for word in choices if re.fullmatch(r"-?[0-9]+s?", str(word)))
        return Annotation((*choices, *numbers)) if choices else Annotation(names=(Identifier("int"), Identifier("str")))
    if choices:
        return Annotation(choices)
    if "anyOf" in schema:
        return _union([annotation(item) for item in schema["anyOf"]])
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    return _union([_of_kind(kind, schema) for kind in kinds if kind != "null"])


def _of_kind(kind: str, schema: Mapping[str, Any]) -> Annotation:
    if kind == "array":
        return Annotation(items=annotation(schema.get("items", {})))
    if kind == "object":
        inner = schema.get("additionalProperties")
        plain = "properties" not in schema and isinstance(inner, Mapping)
        return Annotation(values=annotation(inner) if plain and inner else Annotation(names=(Identifier("object"),)))
    return Annotation(names=(Identifier(_TYPES[kind]),))


def _union(members: list[Annotation]) -> Annotation:
    if not members:
        return Annotation(names=(Identifier("object"),))
    return Annotation(
        choices=tuple(dict.fromkeys(choice for member in members for choice in member.choices)),
        names=tuple(dict.fromkeys(name for member in members for name in member.names)),
        items=next((member.items for member in members if member.items), None),
        values=next((member.values for member in members if member.values), None),
    )
