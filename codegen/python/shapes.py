"""Schemas → pydantic models as source: strict, closed ones for what is sent, open, forgiving ones for replies.

Every name is ours. Text of the document reaches the source only as an identifier, a literal or a docstring. A schema
that a reference names becomes one class, however often it is used, so that circles stay circles and the work is in
proportion to the document.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from codegen.openapi.document import Document
from codegen.openapi.json_values import is_number, type_of
from codegen.openapi.pointers import join
from codegen.openapi.schemas import Schemas, View
from codegen.openapi.validation import client_pattern
from codegen.python import names
from codegen.python.class_source import ALIAS, CLASS, Class, is_class, module_source, reachable, used_classes
from codegen.python.object_rules import ObjectRulesReader
from codegen.python.text import Docstring, Identifier
from codegen.python.text import Literal as Source
from codegen.python.unions import (
    NUMBER,
    Tags,
    alternatives,
    base_alone,
    hints_of,
    is_base,
    joined,
    nested_tags,
    stated_tags,
    tagged_union,
    tags_of,
    word_of,
)

Mode = Literal["request", "reply"]

UNKNOWN_VARIANT = f"{CLASS}UnknownVariant"
"""The class of the runtime for an object of a union that none of the union's words names."""
MAX_LITERAL = 200
"""Values that a type lists one by one; more are checked by a validator."""
MAX_VALUES = 50_000
"""Values of an enum: each stands in the generated code, and each is compared."""
MAX_DEPTH = 1_000
"""Schemas inside each other, references followed: a circle through all schemas of a large document is as deep."""
MAX_LENGTH = 2**31
"""Items or characters: there is no longer value, so a bound above it says nothing."""
MAX_TEXT = 600
"""Characters of a type. A longer one gets a class of its own."""
FORMATS: Mapping[str, str] = {"uri": "_URI", "date-time": "_DATE_TIME", "date": "_DATE", "uuid": "_UUID"}
"""Format that the client checks → the name in `arguments.py` of its pattern, which the runtime has."""
WHOLE_NUMBERS: Mapping[str, tuple[int, int]] = {
    **{f"int{bits}": (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for bits in (8, 16, 32, 64)},
    **{f"uint{bits}": (0, 2**bits - 1) for bits in (8, 16, 32, 64)},
}
"""Format of a whole number → its limits, each for a schema that states none of its own on that side."""
TYPED_TEXT: Mapping[str, tuple[str, str]] = {
    "date-time": ("IsoDateTime", "datetime"),
    "date": ("IsoDate", "date"),
    "uuid": ("CanonicalUUID", "UUID"),
    "decimal": ("ExactDecimal", "Decimal"),
}
"""Format of a text in a reply → the type of a field, and that of a signature."""
_STRICT = {"string": "StrictStr", "integer": "StrictInt", "number": "StrictFloat", "boolean": "StrictBool"}
_PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
_BOUNDS = (("minimum", "ge"), ("exclusiveMinimum", "gt"), ("maximum", "le"), ("exclusiveMaximum", "lt"))
KINDS = ("object", "array", "string", "integer", "number", "boolean", "null")
_SPEAKS: Mapping[str, frozenset[str]] = {
    "object": frozenset({"properties", "required", "additionalProperties", "minProperties", "maxProperties"}),
    "array": frozenset({"items", "minItems", "maxItems", "uniqueItems", "prefixItems"}),
}
"""Keywords from which the type is read where none is stated."""
_OF_ONE_TYPE = frozenset(
    "minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength pattern".split()
)
"""Limits of text or of numbers, of which JSON Schema allows any other value too."""


def limits_of_format(schema: Mapping[str, Any]) -> dict[str, int]:
    """Return the limits that the format of a whole number has where the schema itself states none."""
    low, high = WHOLE_NUMBERS.get(str(schema.get("format")), (None, None))
    sides = (("minimum", "exclusiveMinimum", low), ("maximum", "exclusiveMaximum", high))
    return {
        keyword: limit
        for keyword, other, limit in sides
        if limit is not None and keyword not in schema and other not in schema
    }


@dataclass
class Shapes:
    """Collects the classes of one module."""

    document: Document
    schemas: Schemas
    mode: Mode
    classes: dict[str, Class] = field(default_factory=dict)
    aliases: dict[str, dict[str, Identifier]] = field(default_factory=dict)
    """Class → property → field."""
    _names: dict[str, Identifier] = field(default_factory=dict)
    _names_in_use: set[str] = field(default_factory=set)
    """The names in `_names`."""
    _types: dict[str, str] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)
    """Name → the last number that was given to another of that name."""
    _open: set[str] = field(default_factory=set)
    _circular: set[str] = field(default_factory=set)
    _unions: set[str] = field(default_factory=set)
    """Unions of classes of which a field says which: one may be a member of another."""

    def __post_init__(self) -> None:
        self._rules = ObjectRulesReader(self.document, self.schemas, self.of)

    def of(self, schema: Any, pointer: str, hint: str) -> str:
        """Return the type of a schema as source."""
        return self._of_view(self.schemas.view(schema, pointer), hint)

    def _of_view(self, view: View, hint: str) -> str:
        key = view.key
        if key in self._types:
            return self._types[key]
        if key in self._open:
            self._circular.add(key)
            return CLASS + self._name(key, self._preferred(view, hint, is_alias=True))
        if len(self._open) >= MAX_DEPTH:
            self.document.fault(view.pointer, f"is nested in more than {MAX_DEPTH} schemas", "flatten it")
            return "Any"
        if view.identity is not None and not self.document.check_schema(view.schema, view.identity):
            return "Any"
        self._open.add(key)
        try:
            text = self._type(view, self._preferred(view, hint), key)
        finally:
            self._open.discard(key)
        # Where a circle came back here, the name has been given out already.
        if key in self._circular or (len(text) > MAX_TEXT and not is_class(text)):
            name = self._name(key, self._preferred(view, hint, is_alias=True))
            if str(name) not in self.classes:
                is_sent = self.mode == "request"
                row = ("RootModel[Any]", None, (f"root: {text}",)) if is_sent else (ALIAS, None, (text,))
                self.classes[str(name)] = Class(name, *row)
            text = CLASS + name
        self._types[key] = text
        return text

    def named(self, name: Identifier, schema: Any, pointer: str, *, result: bool = False) -> Identifier:
        """Give a schema a class under this name, an object's or that of another value, and return the name."""
        view = self.schemas.view(schema, pointer)
        key = view.key
        if key in self._types and self._types[key] == CLASS + name:
            return name
        self._give(key, name)
        self._open.add(key)
        try:
            if is_object(view.schema):
                self._object(view, str(name), name, result=result)
            else:
                text = self._type(view, str(name), key)
                if text != CLASS + name:
                    self.classes.setdefault(str(name), Class(name, "RootModel[Any]", None, (f"root: {text}",)))
        finally:
            self._open.discard(key)
        if not is_object(view.schema) or view.properties:
            self._types[key] = CLASS + name
        return name

    def is_model(self, text: str) -> bool:
        """Return whether a type is one class of the module, and not a name for another type."""
        return is_class(text) and self.classes[text[1:]].base != ALIAS

    def _preferred(self, view: View, hint: str, *, is_alias: bool = False) -> str:
        word = word_of(view.identity) if view.identity else hint
        # A base and its subtypes: the base alone has the name.
        return f"Any {word}" if is_alias and any(map(is_base, view.schema.get("anyOf") or ())) else word

    def _name(self, key: str, preferred: str) -> Identifier:
        if key not in self._names:
            name = first = class_name(preferred)
            while str(name) in self._names_in_use or str(name) in self.classes:
                # Thousands of schemas may want one name: the numbers that are taken are not tried again.
                number = self._numbers[first] = self._numbers.get(first, 1) + 1
                name = Identifier(f"{first[:70]}{number}")
            self._give(key, name)
        return self._names[key]

    def free_name(self, preferred: str) -> Identifier:
        """Return the name of a class that there is not yet."""
        name = class_name(preferred)
        if str(name) not in self.classes:
            return name
        return Identifier(names.numbered(lambda number: f"{name[:70]}{number}", self.classes.__contains__))

    def _give(self, key: str, name: Identifier) -> None:
        self._names[key] = name
        self._names_in_use.add(str(name))

    def reserve(self, name: Identifier) -> None:
        """Keep a name for something else."""
        self._give(f"reserved {name}", name)

    def _type(self, view: View, hint: str, key: str) -> str:
        schema = view.schema
        if "$dynamicRef" in schema:
            self.document.fault(view.pointer, "has a '$dynamicRef' that leads to no one place", "use $ref")
            return "Any"
        if "const" in schema or isinstance(schema.get("enum"), list):
            return self._choice(view)
        for keyword in ("oneOf", "anyOf"):
            if isinstance(schema.get(keyword), list) and schema[keyword]:
                return self._union(view, keyword, hint)
        options = [self._of_kind(kind, view, hint, key) for kind in kinds_of(schema)]
        if not options and self.mode == "request" and _OF_ONE_TYPE & schema.keys():
            self.document.note(view.pointer, "has limits of a type, and no type", "the service checks them")
        return joined(options) if options else "Any"

    def _choice(self, view: View) -> str:
        schema = view.schema
        values = list(schema.get("enum", [schema.get("const")]))
        if len(values) > MAX_VALUES:
            place = join(view.pointer, "enum")
            self.document.fault(place, f"has more than {MAX_VALUES} values", "say the type, and let the service check")
            return "Any"
        if self.mode == "reply":
            kinds = [type_of(value) for value in values] or ["any"]
            return joined([_PLAIN.get(kind, "Any") for kind in kinds])
        null = "None" if None in values else ""
        values = [value for value in values if value is not None]
        if not values:
            return null or "Any"
        # A literal of pydantic holds true for 1, as Python does.
        if len(values) <= MAX_LITERAL and all(isinstance(value, str) for value in values):
            text = f"Literal[{', '.join(str(Source(value)) for value in values)}]"
        else:
            text = f"Annotated[Any, OneOf({Source(tuple(values))})]"
        return f"{text} | None" if null else text

    def _union(self, view: View, keyword: str, hint: str) -> str:
        options = list(alternatives(self.schemas, view, keyword))
        hints = hints_of(self.schemas, hint, options, self._names_in_use)
        texts = [self._of_view(part, own) for (part, _), own in zip(options, hints, strict=True)]
        texts = _of_one_text(texts)
        # null and other values stand beside the classes among which a field decides.
        classes = [index for index, text in enumerate(texts) if is_class(text) or text in self._unions]
        members, own = [options[index] for index in classes], [texts[index] for index in classes]
        tags = tags_of(self.schemas, view.schema.get("discriminator"), members)
        if not tags and self.mode == "reply":
            tags = stated_tags(self.schemas, members, required=True)
        outer = ""
        if not tags and self.mode == "reply":
            tags, outer = nested_tags(self.schemas, members)
        others = self._others(view, hint, tags) if self.mode == "reply" else ""
        if not tags and self.mode == "reply":
            tags, others = stated_tags(self.schemas, members, required=False), joined(own)
        tagged = tagged_union(tags, own, others, outer)
        if tagged is None:
            return joined(texts) or "Any"
        self._unions.add(tagged)
        return joined([tagged, *(text for index, text in enumerate(texts) if index not in classes)])

    def _others(self, view: View, hint: str, tags: Tags) -> str:
        """Return the class of what a service sends by a word that the document does not say; "" where one is listed."""
        if not tags or any(not words for _, words in tags.values()):
            return ""
        base = base_alone(view)
        text = self._of_view(base, hint) if base.properties else ""
        return text if is_class(text) else UNKNOWN_VARIANT

    def _of_kind(self, kind: str, view: View, hint: str, key: str) -> str:
        if kind == "array":
            return self._array(view, hint)
        if kind == "object":
            return self._object_type(view, hint, key)
        if kind == "null":
            return "None"
        if self.mode == "request":
            return self._scalar(kind, view)
        return type_in_reply(kind, view.schema)

    def _scalar(self, kind: str, view: View) -> str:
        schema = view.schema
        limits: list[str] = []
        extra: list[str] = []
        if kind == "string":
            limits += [f"min_length={schema['minLength']}"] if _whole(schema.get("minLength")) else []
            limits += [f"max_length={schema['maxLength']}"] if _whole(schema.get("maxLength"), least=0) else []
            pattern, *others = [*self._patterns(view), None]
            limits += [f"pattern={pattern}"] if pattern else []
            extra += [f"Matches({other})" for other in others if other]
            if not extra and limits == [f"pattern={FORMATS['uri']}"]:
                self.classes.setdefault(
                    "Uri",
                    Class(
                        Identifier("Uri"), "RootModel[Any]", None, (f"root: Annotated[StrictStr, Field({limits[0]})]",)
                    ),
                )
                return f"{CLASS}Uri"
        if kind in ("integer", "number"):
            bounds = {**(limits_of_format(schema) if kind == "integer" else {}), **schema}
            for keyword, word in _BOUNDS:
                if is_number(bounds.get(keyword)):
                    limits.append(f"{word}={Source(_bound(bounds[keyword], word, kind))}")
            step = schema.get("multipleOf")
            if is_number(step) and step > 0:
                if float(step).is_integer():
                    limits.append(f"multiple_of={Source(int(step) if kind == 'integer' else float(step))}")
                else:
                    extra.append(f"MultipleOf({Source(str(step))})")
        if not limits and not extra:
            return _STRICT[kind]
        return (
            f"Annotated[{', '.join([_STRICT[kind], *([f'Field({chr(44).join(limits)})'] if limits else []), *extra])}]"
        )

    def _patterns(self, view: View) -> Iterator[str]:
        """Yield the patterns that a text has to fit, as source: its own, and that of its format."""
        pattern, form = view.schema.get("pattern"), FORMATS.get(str(view.schema.get("format")))
        if isinstance(pattern, str):
            python_pattern = client_pattern(pattern)
            if python_pattern is None:
                place = join(view.pointer, "pattern")
                self.document.note(place, "is a pattern that the client cannot run", "the service checks it")
            else:
                yield str(Source(python_pattern))
        if form is not None:
            yield form

    def _array(self, view: View, hint: str) -> str:
        schema = view.schema
        items = schema.get("items")
        inner = "Any"
        if isinstance(items, Mapping) and "prefixItems" not in schema:  # which are of other types
            inner = self.of(
                items, join(view.pointer, "items"), f"{hint}{'Item' if self.mode == 'request' else '_item'}"
            )
        text = f"list[{inner}]"
        if self.mode == "reply":
            return text
        limits = [f"min_length={schema['minItems']}"] if _whole(schema.get("minItems")) else []
        limits += [f"max_length={schema['maxItems']}"] if _whole(schema.get("maxItems"), least=0) else []
        extra = ["Unique()"] if schema.get("uniqueItems") is True else []
        if not limits and not extra:
            return text
        return f"Annotated[{', '.join([text, *([f'Field({chr(44).join(limits)})'] if limits else []), *extra])}]"

    def _object_type(self, view: View, hint: str, key: str) -> str:
        if view.properties or (self.mode == "request" and view.schema.get("required")):
            name = self._name(key, self._preferred(view, hint))
            self._object(view, str(name), name, result=False)
            return CLASS + name
        values = view.schema.get("additionalProperties")
        inner = "Any"
        if isinstance(values, Mapping) and values:
            more = f"{hint}Value" if self.mode == "request" else f"{hint}_value"
            inner = self.of(values, join(view.pointer, "additionalProperties"), more)
        limits = []
        if self.mode == "request":
            schema = view.schema
            if values is False and not schema.get("patternProperties"):
                limits.append("max_length=0")
            limits += [f"min_length={schema['minProperties']}"] if _whole(schema.get("minProperties")) else []
            limits += [f"max_length={schema['maxProperties']}"] if _whole(schema.get("maxProperties")) else []
        names = self._pattern_of_names(view) if self.mode == "request" and values is False else None
        text = f"dict[{f'Annotated[str, Field(pattern={Source(names)})]' if names else 'str'}, {inner}]"
        rules = self._rules.of_map(view) if self.mode == "request" else ""
        extra = [*([f"Field({', '.join(limits[:2])})"] if limits else []), *([rules] if rules else [])]
        return f"Annotated[{', '.join([text, *extra])}]" if extra else text

    def _pattern_of_names(self, view: View) -> str | None:
        """Return one pattern for the names that a closed object may have beside its own; None where none is known."""
        patterns = view.schema.get("patternProperties")
        translated = [client_pattern(pattern) for pattern in patterns] if isinstance(patterns, Mapping) else []
        if None in translated:
            place = join(view.pointer, "patternProperties")
            self.document.note(place, "has a pattern that the client cannot run", "the service checks it")
            return None
        return "|".join(f"(?:{pattern})" for pattern in translated) or None

    def _object(self, view: View, hint: str, name: Identifier, *, result: bool) -> None:
        if str(name) in self.classes:
            return
        self.classes[str(name)] = Class(name, "BaseModel", None, ())  # holds the place: a circle comes back here
        required = set(view.required)
        fields: dict[str, Identifier] = {}
        taken: set[str] = set()
        lines = [self._config(view, hint)]
        properties = dict(view.properties)
        unknown = [name for name in sorted(required) if name not in properties]
        properties |= {name: {} for name in unknown}
        if self.mode == "reply":
            # What is asked for under a name that nothing defines is often misspelt: a reply may do without.
            required -= set(unknown)
        for wire, schema in properties.items():
            place = view.place(wire)
            if schema is False:
                continue
            inner = self.schemas.view(schema, place)
            if inner.schema.get("readOnly" if self.mode == "request" else "writeOnly") is True:
                continue
            fields[wire] = self.field_name(wire, taken, place, result=result)
            taken.add(str(fields[wire]))
            more = f"{hint}{names_pascal(wire)}" if self.mode == "request" else f"{hint}_{wire}"
            text = self.of(schema, place, more)
            lines += self._field(fields[wire], wire, text, inner, wire in required)
        lines += [self._rules.of_fields(view)] if self.mode == "request" else []
        self.aliases[str(name)] = fields
        doc = Docstring.of(view.schema["description"]) if isinstance(view.schema.get("description"), str) else None
        del self.classes[str(name)]  # what it is made of comes first: then most classes are complete at once
        self.classes[str(name)] = Class(
            name, "BaseModel", doc if self.mode == "reply" else None, tuple(x for x in lines if x)
        )

    def _config(self, view: View, hint: str) -> str:
        values = view.schema.get("additionalProperties")
        if self.mode == "reply":
            config = 'model_config = ConfigDict(extra="allow", defer_build=True)'
            if not isinstance(values, Mapping) or not values:
                return config
            inner = self.of(values, join(view.pointer, "additionalProperties"), f"{hint}_value")
            return config if inner == "Any" else f"{config}\n    __pydantic_extra__: dict[str, {inner}]"
        if values is False and view.schema.get("patternProperties"):
            pattern = self._pattern_of_names(view)
            check = f"\n    _names = names_fit({Source(pattern)})" if pattern else ""
            return f'model_config = ConfigDict(extra="allow", defer_build=True){check}'
        if values is False:
            return 'model_config = ConfigDict(extra="forbid", defer_build=True)'
        if isinstance(values, Mapping) and values:
            inner = self.of(values, join(view.pointer, "additionalProperties"), f"{hint}Value")
            extra = f"    __pydantic_extra__: dict[str, {inner}]"
            return f'model_config = ConfigDict(extra="allow", defer_build=True)\n{extra}'
        return ""

    def _field(self, name: Identifier, wire: str, text: str, view: View, required: bool) -> list[str]:
        alias = f"alias={Source(wire)}" if name != wire else ""
        if self.mode == "request":
            if alias:
                text = f"Annotated[{text}, Field({alias})]"
            return [f"{name}: {text}" if required else f"{name}: {text} = LEFT_OUT"]
        if not required and text != "Any" and "None" not in text.split(" | "):
            text = f"{text} | None"
        if alias:
            text = f"Annotated[{text}, Field({alias})]"
        lines = [f"{name}: {text}" + ("" if required else " = None")]
        description = view.schema.get("description")
        if isinstance(description, str) and (words := Docstring.of(description)):
            lines.append(beside(words))
        return lines

    def source(self) -> str:
        """Return the module, without its docstring."""
        return module_source(self.classes, is_reply=self.mode == "reply")

    def field_name(self, wire: str, taken: set[str], pointer: str, *, result: bool = False) -> Identifier:
        """Return a name for a property; a second one, always the same, where it is taken."""
        return second_name(self.document, wire, taken, pointer, lambda word: names.field(word, result=result))

    def keep(self, used: Iterable[str]) -> None:
        """Drop every class that is not among these, nor used by one of them."""
        before = self.classes.keys()
        self.classes = reachable(self.classes, used, lambda row: used_classes("\n".join((row.base, *row.lines))))
        dropped = before - self.classes.keys()
        self._types = {key: text for key, text in self._types.items() if dropped.isdisjoint(used_classes(text))}


def kinds_of(schema: Mapping[str, Any]) -> list[str]:
    """Return the types of a schema, as stated or as its keywords speak of them; [] where any value fits."""
    kinds = schema.get("type")
    if isinstance(kinds, str):
        return [kinds] if kinds in KINDS else []
    if isinstance(kinds, list):
        return [kind for kind in kinds if kind in KINDS]
    return next(([kind] for kind, keywords in _SPEAKS.items() if keywords & schema.keys()), [])


def type_in_reply(kind: str, schema: Mapping[str, Any]) -> str:
    """Return the type of a scalar in a reply."""
    form = str(schema.get("format"))
    if kind == "string":
        return TYPED_TEXT.get(form, ("str",))[0]
    if kind == "number":  # a float would change a whole number of more than fifteen digits
        return "ExactNumber" if form == "decimal" else NUMBER
    return _PLAIN[kind]


def beside(words: Docstring) -> str:
    """Return the docstring of a field as a line of its class; its own lines are indented as the field is."""
    return '"""' + str(words).replace("\n", "\n    ").replace("\n    \n", "\n\n") + '"""'


def bare(text: str) -> str:
    """Return the type of a reply as a signature has it: without what only validation needs to know."""
    tree = ast.parse(text.replace(CLASS, _MARK), mode="eval")
    return ast.unparse(_Bare().visit(tree)).replace(_MARK, CLASS)


class _Bare(ast.NodeTransformer):
    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Name({**dict(TYPED_TEXT.values()), "ExactNumber": "Decimal"}.get(node.id, node.id))

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.value, ast.Name) and node.value.id == "Annotated" and isinstance(node.slice, ast.Tuple):
            return node.slice.elts[0]
        return node


_MARK = "models__"
"""Stands for CLASS while a type is parsed; no name of ours starts with it."""


def is_object(schema: Mapping[str, Any]) -> bool:
    """Return whether a schema is that of an object and of nothing else."""
    if {"oneOf", "anyOf", "enum", "const"} & schema.keys():
        return False
    return kinds_of(schema) == ["object"]


def is_file(schema: Mapping[str, Any]) -> bool:
    """Return whether a part of a form is a file: of bytes, or of a media type that no text encodes."""
    return schema.get("format") == "binary" or ("contentMediaType" in schema and "contentEncoding" not in schema)


def class_name(preferred: str) -> Identifier:
    """Return a class name, however odd the name of the schema is."""
    try:
        return names.class_name(preferred)
    except ValueError:
        plain = names.pascal(names.plain(preferred))
        return names.class_name((plain if plain[:1].isalpha() else f"Model{plain}")[:75])


def names_pascal(wire: str) -> str:
    """Return a word in PascalCase, however odd it is."""
    return names.pascal(names.plain(wire))[:40]


def second_name(document: Document, wire: str, taken: set[str], pointer: str, make: Any) -> Identifier:
    """Return a name; where it cannot be had or is taken, another that is always the same, and a note of it."""
    try:
        name: Identifier = make(wire)
    except ValueError:
        plain = names.snake(names.plain(wire))[:60]
        name = make(plain if plain and not plain[0].isdigit() else f"field_{plain}".rstrip("_"))
        document.note(pointer, f"is called {wire!r}", f"it is {name} in Python")
    if str(name) in taken:
        first = str(name)[:70].rstrip("_")
        name = Identifier(names.numbered(lambda number: f"{first}_{number}", taken.__contains__))
        document.note(pointer, f"{wire!r} reads like another name", f"it is {name} in Python")
    return name


_TEXTS = {"str", *(name for name, _ in TYPED_TEXT.values())}


def _of_one_text(options: list[str]) -> list[str]:
    """Return the options of a union, text that may have several formats as text."""
    if len({option.removesuffix(" | None") for option in options} & _TEXTS) < 2:
        return options
    pairs = [(option.removesuffix(" | None"), option.endswith(" | None")) for option in options]
    return [f"{'str' if text in _TEXTS else text}{' | None' if null else ''}" for text, null in pairs]


def _whole(value: Any, least: int = 1) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= MAX_LENGTH


def _bound(value: int | float, word: str, kind: str) -> int | float:
    """Return a bound as pydantic takes it: a whole number for whole numbers."""
    if kind == "integer":
        return math.ceil(value) if word in ("ge", "lt") else math.floor(value)
    return float(value) if abs(value) < 2**53 else value
