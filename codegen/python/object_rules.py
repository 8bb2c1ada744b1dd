"""What a schema asks of an object beside the types of its fields, as the source of a check of the runtime."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from codegen.openapi.document import Document
from codegen.openapi.json_values import as_object
from codegen.openapi.pointers import join
from codegen.openapi.schemas import ANNOTATIONS, Schemas, View
from codegen.openapi.validation import client_pattern
from codegen.python.class_source import CLASS
from codegen.python.text import Literal as Source

Type = Callable[[Any, str, str], str]
"""Schema, pointer and hint → its type as source."""
_OF_NAMES = {"type", "pattern", "minLength", "maxLength", "enum", "const", "format", *ANNOTATIONS}
"""What may be said of a name: anything else is left to the service."""


class ObjectRulesReader:
    """Reads the rules of the objects of one document."""

    def __init__(self, document: Document, schemas: Schemas, type_of: Type) -> None:
        self._document = document
        self._schemas = schemas
        self._type_of = type_of

    def of_fields(self, view: View) -> str:
        """Return the check of a class with named fields; "" where there is nothing to check."""
        counts = [("least", "minProperties"), ("most", "maxProperties")]
        limits = [f"{word}={view.schema[key]}" for word, key in counts if _is_count(view.schema.get(key))]
        text = ", ".join([*limits, *self._others(view)])
        return f"_rules = ObjectRules({text}).on_fields()" if text else ""

    def of_map(self, view: View) -> str:
        """Return the check of a map, whose numbers of names are limits of its type; "" where there is nothing."""
        text = ", ".join(self._others(view))
        return f"ObjectRules({text})" if text else ""

    def _others(self, view: View) -> list[str]:
        parts = [("names", self._names(view)), ("needs", self._needs(view)), ("values", self._values(view))]
        return [f"{word}={text}" for word, text in parts if text]

    def _names(self, view: View) -> str:
        schema = view.schema.get("propertyNames")
        if not isinstance(schema, Mapping):
            return ""
        place = join(view.pointer, "propertyNames")
        inner = self._schemas.view(schema, place)
        if not inner.schema.keys() - ANNOTATIONS or inner.schema.get("type", "string") != "string":
            return ""
        if inner.schema.keys() - _OF_NAMES:
            self._document.note(place, "asks of names what the client does not check", "the service checks it")
            return ""
        # Names are text, whether the schema says so or not.
        text = self._type_of({**inner.schema, "type": "string"}, f"{place}/as text", "Name")
        return "" if CLASS in text or text in ("Any", "StrictStr") else text

    def _needs(self, view: View) -> str:
        rows = view.schema.get("dependentRequired")
        needs: dict[str, tuple[str, ...]] = {}
        for name, others in as_object(rows).items():
            required = [other for other in others if isinstance(other, str) and not self._is_read_only(view, other)]
            needs |= {name: tuple(required)} if required else {}
        return str(Source(needs)) if needs else ""

    def _is_read_only(self, view: View, name: str) -> bool:
        is_schema = isinstance(view.properties.get(name), Mapping)
        return is_schema and self._schemas.property(view, name).schema.get("readOnly") is True

    def _values(self, view: View) -> str:
        rows = view.schema.get("patternProperties")
        parts = []
        for pattern, schema in as_object(rows).items():
            fits = client_pattern(pattern)
            text = self._type_of(schema, join(view.pointer, "patternProperties", pattern), "Value") if schema else "Any"
            if fits is not None and CLASS not in text and text != "Any":
                parts.append(f"({Source(fits)}, {text}), ")
        return f"({''.join(parts)})" if parts else ""


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31
