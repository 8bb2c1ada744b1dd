"""The Python types of what a method takes: natural values, and objects as `TypedDict`s by the names on the wire.

A type checker then knows the fields of every object of a request, to any depth, and the variants of a union. What is
sent is checked by the arguments models all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from codegen.openapi.document import Document
from codegen.openapi.json_values import distinct, type_of
from codegen.openapi.pointers import join
from codegen.openapi.schemas import Schemas, View
from codegen.python.class_source import reachable
from codegen.python.model import Annotation
from codegen.python.shapes import (
    MAX_LITERAL,
    class_name,
    kinds_of,
    names_pascal,
)
from codegen.python.text import Docstring, Identifier, Literal
from codegen.python.unions import MAX_BARS, alternatives, hints_of, is_null, tags_of, word_of

_TYPES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}
_FORMATS = {
    "date-time": "datetime",
    "date": "date",
    "duration": "timedelta",
    "uuid": "UUID",
    "decimal": "Decimal",
}
DEEPEST = 4
"""Levels of lists, maps and unions in one type; an object begins anew."""
_OBJECT = Annotation(names=(Identifier("object"),))
_ANY_OBJECT = Annotation(values=_OBJECT)
_IMPORTS = """from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal, NotRequired, Required, TypedDict
from uuid import UUID"""


@dataclass
class Inputs:
    """Collects the `TypedDict`s of one service."""

    document: Document
    schemas: Schemas
    classes: dict[str, str] = field(default_factory=dict)
    """Name → source; empty while it is being made."""
    _names: dict[str, Identifier] = field(default_factory=dict)
    _unions: dict[tuple[str, int], Annotation] = field(default_factory=dict)
    """Key of a schema and depth → its type: in a circle of unions each leads to all others again."""
    _numbers: dict[str, int] = field(default_factory=dict)
    """Name → the last number that was given to another of that name."""

    def of(self, view: View, hint: str, depth: int = 0, tag: tuple[str, tuple[str, ...]] | None = None) -> Annotation:
        """Return the type of a natural value, without None. `tag`: a field and the words it has in this variant."""
        schema = view.schema
        if isinstance(schema.get("enum"), list) or "const" in schema:
            return _choices([value for value in schema.get("enum", [schema.get("const")]) if value is not None])
        for keyword in ("oneOf", "anyOf"):
            if isinstance(schema.get(keyword), list) and schema[keyword]:
                key = (view.key, depth)
                if key not in self._unions:
                    self._unions[key] = self._union(view, keyword, hint, depth) if depth < DEEPEST else _OBJECT
                return self._unions[key]
        return _joined([self._of_kind(kind, view, hint, depth, tag) for kind in kinds_of(schema) if kind != "null"])

    def _union(self, view: View, keyword: str, hint: str, depth: int) -> Annotation:
        options = list(alternatives(self.schemas, view, keyword))
        tags = tags_of(self.schemas, view.schema.get("discriminator"), options)
        hints = hints_of(self.schemas, word_of(view.identity) if view.identity else hint, options, self.classes)
        members = [
            self.of(part, own, depth + 1, tags.get(index))
            for index, ((part, _), own) in enumerate(zip(options, hints, strict=True))
            if not is_null(part.schema)
        ]
        return _joined(members)

    def _of_kind(
        self, kind: str, view: View, hint: str, depth: int, tag: tuple[str, tuple[str, ...]] | None
    ) -> Annotation:
        schema = view.schema
        if kind == "array":
            items = schema.get("items")
            if depth >= DEEPEST or not isinstance(items, Mapping) or "prefixItems" in schema:
                return Annotation(items=_OBJECT)
            inner = self.schemas.view(items, join(view.pointer, "items"))
            return Annotation(items=self._with_null(inner, f"{hint}Item", depth + 1))
        if kind == "object":
            return self._object(view, hint, depth, tag)
        words = [Identifier(_TYPES[kind])]
        form = schema.get("format")
        if (kind == "string" and form in _FORMATS) or (kind == "number" and form == "decimal"):
            words.append(Identifier(_FORMATS[form]))
        return Annotation(names=tuple(words))

    def _with_null(self, view: View, hint: str, depth: int) -> Annotation:
        annotation = self.of(view, hint, depth)
        return (
            replace(annotation, null=True)
            if accepts_null(view.schema, self.schemas) and annotation != _OBJECT
            else annotation
        )

    def _object(self, view: View, hint: str, depth: int, tag: tuple[str, tuple[str, ...]] | None) -> Annotation:
        more = view.schema.get("additionalProperties")
        if view.properties:
            annotation = Annotation(classes=(self._class(view, hint, tag),))
            is_open = more is True or (isinstance(more, Mapping) and more)
            return replace(annotation, values=_OBJECT) if is_open else annotation
        if not isinstance(more, Mapping) or not more or depth >= DEEPEST:
            return _ANY_OBJECT
        inner = self.schemas.view(more, join(view.pointer, "additionalProperties"))
        return Annotation(values=self._with_null(inner, f"{hint}Value", depth + 1))

    def _class(self, view: View, hint: str, tag: tuple[str, tuple[str, ...]] | None) -> Identifier:
        field_of_tag, words = tag or ("", ())
        key = " ".join([view.key, field_of_tag, *words])
        if key in self._names:
            return self._names[key]
        preferred = word_of(view.identity) if view.identity else hint
        name = first = class_name(preferred)
        while str(name) in self.classes:
            number = self._numbers[first] = self._numbers.get(first, 1) + 1
            name = Identifier(f"{first[:70]}{number}")
        self._names[key] = name
        self.classes[str(name)] = ""
        fields = dict(self._fields(view, str(name)))
        if words and self._is_text(view, field_of_tag):
            fields[field_of_tag] = f"Required[{Annotation(words)}]"
        description = view.schema.get("description")
        self.classes[str(name)] = _source(name, fields, description if isinstance(description, str) else "")
        return name

    def _fields(self, view: View, hint: str) -> list[tuple[str, str]]:
        fields = []
        for wire, schema in view.properties.items():
            inner = self.schemas.property(view, wire)
            if schema is False or inner.schema.get("readOnly") is True:
                continue
            text = self._with_null(inner, f"{hint}{names_pascal(wire)}", 0).within()
            fields.append((wire, f"{'Required' if wire in view.required else 'NotRequired'}[{text}]"))
        return fields

    def _is_text(self, view: View, name: str) -> bool:
        """Return whether a field is text, or is not described at all."""
        return kinds_of(self.schemas.property(view, name).schema) in (["string"], [])

    def keep(self, used: Iterable[str]) -> None:
        """Drop every class that is not among these, nor used by one of them."""
        self.classes = reachable(self.classes, used, words)

    def source(self) -> str:
        """Return the module, without its docstring."""
        return "\n\n\n".join([_IMPORTS, *self.classes.values()]) + "\n" if self.classes else ""


def words(text: str) -> list[str]:
    """Return the names in a piece of source, those of classes among them."""
    return re.findall("[A-Za-z_][A-Za-z0-9_]*", text)


def _source(name: Identifier, fields: Mapping[str, str], description: str) -> str:
    """Return one class; as a call where a name on the wire is not a name of Python."""
    doc = str(Docstring.of(description))
    if all(_is_name(wire) for wire in fields):
        lines = [f'    """{doc}"""\n'] if doc else []
        lines += [f"    {wire}: {text}" for wire, text in fields.items()]
        return "\n".join([f"class {name}(TypedDict):", *(lines or ["    pass"])])
    rows = "".join(f"    {Literal(wire)}: {Literal(text)},\n" for wire, text in fields.items())
    text = f"{name} = TypedDict({Literal(str(name))}, {{\n{rows}}})"
    return f'{text}\n"""{doc}"""' if doc else text


def _is_name(wire: str) -> bool:
    try:
        Identifier(wire)
    except ValueError:
        return False
    return not wire.startswith("__")


def _choices(values: list[Any]) -> Annotation:
    if values and len(values) <= MAX_LITERAL and all(isinstance(value, (str, int)) for value in values):
        return Annotation(tuple(distinct(values)))
    kinds = dict.fromkeys(_TYPES.get(type_of(value), "object") for value in values)
    if "object" in kinds:
        return _OBJECT
    return Annotation(names=tuple(map(Identifier, kinds)) or (Identifier("object"),))


def _joined(members: list[Annotation]) -> Annotation:
    if not members or any("object" in member.names for member in members):
        return _OBJECT
    if len({name for member in members for name in member.classes}) > MAX_BARS:
        return _OBJECT
    lists = [member.items for member in members if member.items]
    maps = [member.values for member in members if member.values]
    return Annotation(
        choices=tuple(distinct(choice for member in members for choice in member.choices)),
        names=tuple(dict.fromkeys(name for member in members for name in member.names)),
        classes=tuple(dict.fromkeys(name for member in members for name in member.classes)),
        items=_joined(lists) if len(set(map(str, lists))) > 1 else next(iter(lists), None),
        values=_joined(maps) if len(set(map(str, maps))) > 1 else next(iter(maps), None),
        null=any(member.null for member in members),
    )


def accepts_null(schema: Mapping[str, Any], schemas: Schemas, depth: int = 0) -> bool:
    """Return whether a schema says in so many words that a value may be null."""
    if "null" in kinds_of(schema) and not ("enum" in schema and None not in schema["enum"]):
        return True
    if None in (schema.get("enum") or ()) or ("const" in schema and schema["const"] is None):
        return "type" not in schema or "null" in kinds_of(schema)
    if "type" in schema and "null" not in kinds_of(schema):
        return False  # whatever an alternative says: the type holds for all of them
    options = [*(schema.get("anyOf") or ()), *(schema.get("oneOf") or ())]
    for option in options if depth < DEEPEST else ():
        if not isinstance(option, Mapping) or "allOf" in option or ("$ref" in option and len(option) > 1):
            continue
        # Of a schema that is referred to the alternatives are not looked at: there may be any number.
        below = DEEPEST if "$ref" in option else depth + 1
        if accepts_null(schemas.view(option, str(option.get("$ref", ""))).schema, schemas, below):
            return True
    return False
