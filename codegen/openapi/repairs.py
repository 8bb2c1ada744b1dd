"""Small faults of documents that are mended in place: what many get wrong, and what has one meaning only."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from codegen.openapi import inheritance, path_names
from codegen.openapi.json_values import as_list
from codegen.openapi.lift import exclusive_bounds
from codegen.openapi.pointers import exists, fragment, join, reference_to
from codegen.openapi.walk import objects, schemas

_DELIMITED = re.compile(r"/(\^.*\$)/([dgimsuvy]*)", re.DOTALL)
"""A pattern as JavaScript writes it. Read to the letter no text would match it: a slash stands before the start."""
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_MAY_BE_NULL = frozenset({"example", "value", "default", "const"})
_TYPES = ("string", "integer", "number", "boolean", "array", "object", "null")
_OTHER_TYPES: Mapping[str, tuple[str, str]] = {
    "int": ("integer", ""),
    "int32": ("integer", "int32"),
    "int64": ("integer", "int64"),
    "long": ("integer", "int64"),
    "float": ("number", ""),
    "double": ("number", ""),
    "bool": ("boolean", ""),
    "str": ("string", ""),
    "text": ("string", ""),
    "list": ("array", ""),
    "dict": ("object", ""),
    "date": ("string", "date"),
    "datetime": ("string", "date-time"),
    "date-time": ("string", "date-time"),
    "uuid": ("string", "uuid"),
}
"""A type of another language, in lower case: the type, and the format that it tells where none is stated."""
_ANY = "any"
_LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_COUNTS = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,17})?")
_BARE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_STARTS = ("#components/schemas/", "components/schemas/", "/components/schemas/", "#/definitions/", "#/schemas/", "#/")


def repair(root: dict[str, Any]) -> list[tuple[str, str]]:
    """Mend in place what many documents get wrong and what has one meaning only; return (pointer, what was wrong)."""
    repairs = path_names.rename(root)
    every = schemas(root)
    for node, pointer in every:
        repairs += ((pointer, words) for words in (*_repair_schema(node), *_repair_reference(root, node)))
    repairs += inheritance.untangle(root, {pointer: node for node, pointer in every})
    repairs += _repair_servers(root)
    return repairs


def without_nulls(root: dict[str, Any]) -> list[tuple[str, str]]:
    """Take out in place what is null and says nothing, as YAML has it of a key without a value; return the same."""
    repairs = []
    for node in list(objects("document", "", root)):
        if node.kind in ("schema", "responses") or None not in node.value.values():
            continue
        for key in [key for key, value in node.value.items() if value is None and key not in _MAY_BE_NULL]:
            if not key.startswith("x-"):
                del node.value[key]
                repairs.append((join(node.pointer, key), "is null, which says nothing"))
    return repairs


def _repair_servers(root: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Give a server that repeats one of the document without its variables the same variables."""
    variables = {
        server["url"]: server["variables"]
        for server in as_list(root.get("servers"))
        if isinstance(server, dict) and isinstance(server.get("url"), str) and "variables" in server
    }
    for node in objects("document", "", root) if variables else ():
        url = node.value.get("url")
        if node.kind == "server" and "variables" not in node.value and isinstance(url, str) and url in variables:
            node.value["variables"] = variables[url]
            yield node.pointer, "is a server of the document without its variables"


def _repair_schema(node: dict[str, Any]) -> Iterator[str]:
    kind = node.get("type")
    if "type" in node and (kind is None or (isinstance(kind, list) and None in kind)):
        node["type"] = "null" if kind is None else ["null" if word is None else word for word in kind]
        yield "has the type null without quotes"
    nulls = [key for key, value in node.items() if value is None and key not in _MAY_BE_NULL]
    for key in nulls:
        if not key.startswith("x-"):
            del node[key]
            yield f"has null as its {key}, which says nothing"
    yield from _repair_required(node)
    if node.get("enum") == []:
        del node["enum"]
        yield "has an empty enum, which no value fits"
    if isinstance(node.get("enum"), list) and (values := _of_type(node["enum"], node.get("type"))) != node["enum"]:
        node["enum"] = values
        yield "has values in its enum that are not of its type"
    if isinstance(node.get("exclusiveMinimum"), bool) or isinstance(node.get("exclusiveMaximum"), bool):
        exclusive_bounds(node)
        yield "has a boolean bound, as in OpenAPI 3.0"
    if "$recursiveAnchor" in node:
        del node["$recursiveAnchor"]
        yield "has $recursiveAnchor, which nothing refers to"
    yield from _repair_words(node)
    yield from _repair_discriminator(node)
    yield from _repair_older_drafts(node)
    yield from _repair_other_languages(node)
    if isinstance(node.get("examples"), dict):
        rows = node["examples"].values()
        node["examples"] = [row.get("value") if isinstance(row, dict) and "value" in row else row for row in rows]
        yield "has named examples, as a media type has"
    for word in ("title", "description"):
        if word in node and not isinstance(node[word], str):
            node[word] = str(node[word])
            yield f"has a {word} that is not text"


def _repair_required(node: dict[str, Any]) -> Iterator[str]:
    required = node.get("required")
    if isinstance(required, list) and len(required) != len(set(map(str, required))):
        node["required"] = list(dict.fromkeys(name for name in required if isinstance(name, str)))
        yield "requires a property twice"
    elif isinstance(required, bool):
        del node["required"]
        yield "has a boolean under `required`, which is a list of properties"


def _repair_discriminator(node: dict[str, Any]) -> Iterator[str]:
    """Give a discriminator its shape where it has another one, and take out what has no meaning."""
    if isinstance(node.get("discriminator"), str):
        node["discriminator"] = {"propertyName": node["discriminator"]}
        yield "has text as its discriminator, as in Swagger 2.0"
    elif "discriminator" in node:
        discriminator = node["discriminator"]
        if not isinstance(discriminator, dict) or not isinstance(discriminator.get("propertyName"), str):
            del node["discriminator"]
            yield "has a discriminator that does not name a property"
        elif not isinstance(discriminator.get("mapping", {}), dict):
            del discriminator["mapping"]
            yield "has a discriminator whose mapping is not an object"


def _repair_other_languages(node: dict[str, Any]) -> Iterator[str]:
    """Write what Swagger 2.0 and JavaScript say in a schema as OpenAPI 3.1 says it."""
    if node.get("type") == "file":
        node |= {"type": "string", "format": "binary"}
        yield "has the type file, as in Swagger 2.0"
    if isinstance(node.get("pattern"), str) and (match := _DELIMITED.fullmatch(node["pattern"])):
        del node["pattern"]
        if "i" not in match[2]:
            node["pattern"] = match[1]
        yield "has a pattern with the slashes of JavaScript around it"


def _repair_older_drafts(node: dict[str, Any]) -> Iterator[str]:
    """Write what older drafts of JSON Schema say in words of their own as that of OpenAPI 3.1 says it."""
    # A validator would read a schema as the draft that it states, and not know what OpenAPI adds.
    if "2020-12" not in str(node.pop("$schema", "2020-12")):
        yield "states an older draft of JSON Schema"
    dependencies = node.get("dependencies")
    if isinstance(dependencies, dict):
        del node["dependencies"]
        for keyword, kind in (("dependentRequired", list), ("dependentSchemas", (dict, bool))):
            rows = {name: row for name, row in dependencies.items() if isinstance(row, kind)}
            if rows and keyword not in node:
                node[keyword] = rows
        yield "has dependencies, a keyword of an older draft"
    if isinstance(node.get("items"), list) and "prefixItems" not in node:
        node["prefixItems"] = node.pop("items")
        if "additionalItems" in node:
            node["items"] = node.pop("additionalItems")
        yield "has a list under items, as in an older draft"
    elif "additionalItems" in node:
        del node["additionalItems"]
        yield "has additionalItems, which says nothing without a list under items"


def _of_type(values: list[Any], kind: Any) -> list[Any]:
    """Return the values of an enum as its type has them: YAML reads 1 and true where the words were meant."""
    words = kind if isinstance(kind, list) else [kind]
    kinds = {word for word in words if isinstance(word, str)} - {"null"}
    if kinds == {"string"}:
        return [json.dumps(value) if isinstance(value, (bool, int)) else value for value in values]
    if kinds in ({"integer"}, {"number"}):
        return [int(value) if isinstance(value, str) and _WHOLE.fullmatch(value) else value for value in values]
    return values


def _repair_words(node: dict[str, Any]) -> Iterator[str]:
    """Write the words of one schema as JSON Schema has them, in place; yield what was wrong."""
    kind = node.get("type")
    if isinstance(kind, str) and kind not in _TYPES and (words := _repair_type(node, kind)):
        yield words
    for key in (*_LIMITS, *_COUNTS):
        value = node.get(key)
        if isinstance(value, str) and _NUMBER.fullmatch(value) and (key in _LIMITS or value.isdigit()):
            node[key] = float(value) if "." in value else int(value)
            yield f"has its {key} as text"
    required = node.get("required")
    if isinstance(required, str) and isinstance(node.get("properties"), dict) and required in node["properties"]:
        node["required"] = [required]
        yield "requires a property without a list"


def _repair_type(node: dict[str, Any], kind: str) -> str:
    """Give a schema the type that is meant; return what was wrong, or nothing where no type is."""
    plain = kind.lower()
    if plain == _ANY:
        del node["type"]
    elif plain in _TYPES:
        node["type"] = plain
    elif plain in _OTHER_TYPES:
        node["type"], form = _OTHER_TYPES[plain]
        if form:
            node.setdefault("format", form)
    else:
        return ""
    return f"has the type {kind}, which is one of another language"


def _repair_reference(root: Any, node: dict[str, Any]) -> Iterator[str]:
    """Let a reference to a schema that is not there lead to the one that is meant; yield what was wrong."""
    reference = node.get("$ref")
    if not isinstance(reference, str):
        return
    name = next((reference.removeprefix(start) for start in _STARTS if reference.startswith(start)), reference)
    target = join("/components/schemas", name)
    local = fragment(reference)
    if (
        local == target
        or not _BARE.fullmatch(name)
        or (local is not None and exists(root, local))
        or not exists(root, target)
    ):
        return
    node["$ref"] = reference_to(target)
    yield f"refers to {reference}, which is not there, and a schema has that name"
