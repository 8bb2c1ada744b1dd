"""Walk a document: every node that is OpenAPI or JSON Schema, and none that is a service's data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from codegen.openapi.pointers import join

DATA = frozenset({"example", "examples", "default", "enum", "const", "value", "mapping", "scopes"})
"""Below these keywords stands data of the service: what looks like a keyword there is none."""
NAMED = frozenset(
    "properties patternProperties $defs definitions dependentSchemas schemas responses parameters requestBodies "
    "headers securitySchemes links callbacks pathItems paths webhooks content variables encoding".split()
)
"""Below these keywords stand names of the document's choice, and a node under each."""
SCHEMAS = frozenset({"schema", "items", "not", "if", "then", "else", "contains", "propertyNames"})
SCHEMA_LISTS = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
SCHEMA_MAPS = frozenset({"properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "schemas"})
MORE_SCHEMAS = frozenset({"additionalProperties", "unevaluatedProperties", "unevaluatedItems", "contentSchema"})


def nodes(root: Any) -> Iterator[tuple[Mapping[str, Any], str, bool]]:
    """Yield every mapping that is a node, its pointer, and whether it is a schema. Parents come first."""
    waiting: list[tuple[Any, str, bool]] = [(root, "", False)]
    while waiting:
        node, pointer, is_schema = waiting.pop()
        if isinstance(node, list):
            waiting.extend((item, join(pointer, index), is_schema) for index, item in enumerate(node))
        if not isinstance(node, Mapping):
            continue
        yield node, pointer, is_schema
        for key, value in node.items():
            if not isinstance(key, str) or (key in DATA and not (key == "examples" and not is_schema)):
                continue
            place = join(pointer, key)
            if key in NAMED and isinstance(value, Mapping):
                below = key in SCHEMA_MAPS
                waiting.extend((item, join(place, name), below) for name, item in value.items())
            elif key in SCHEMAS or key in SCHEMA_LISTS or key in MORE_SCHEMAS:
                waiting.append((value, place, True))
            elif isinstance(value, (Mapping, list)):
                waiting.append((value, place, False))
