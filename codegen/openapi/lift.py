"""OpenAPI 3.0 and 3.2 → 3.1 in place, where they have words of their own; and small faults that are mended."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from codegen.openapi import inheritance, misspelt, path_names
from codegen.openapi.pointers import chain, join, reference_to
from codegen.openapi.walk import objects, schemas

_DELIMITED = re.compile(r"/(\^.*\$)/([dgimsuvy]*)", re.DOTALL)
"""A pattern as JavaScript writes it. Read to the letter no text would match it: a slash stands before the start."""
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})")


def lift(root: dict[str, Any]) -> None:
    """Rewrite a document of OpenAPI 3.0 as 3.1: nullable, exclusive bounds, example, siblings of references."""
    for node, _ in schemas(root):
        _schema(node)
    root["openapi"] = "3.1.0"


def restate(root: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Say in words of OpenAPI 3.1 what a document of 3.2 says in its own; return (pointer, what is lost, effect)."""
    lost = []
    for node in list(objects("document", "", root)):
        value = node.value
        if node.kind == "media type" and isinstance(value.get("$ref"), str):
            _bring(root, value)
        elif node.kind == "example" and "dataValue" in value:
            value.setdefault("value", value.pop("dataValue"))
        elif node.kind == "parameter" and value.get("in") != "query" and value.pop("allowReserved", None) is True:
            lost.append((node.pointer, "has allowReserved outside of the query", "its values are percent-encoded"))
        elif node.kind == "schema" and _has_default(value.get("discriminator")):
            other = "a reply by another word is an UnknownVariant"
            lost.append((join(node.pointer, "discriminator"), "has defaultMapping", other))
    return lost


def _has_default(discriminator: object) -> bool:
    """Tell whether a discriminator names the schema for words that it does not know."""
    return isinstance(discriminator, dict) and "defaultMapping" in discriminator


def _bring(root: dict[str, Any], media: dict[str, Any]) -> None:
    """Put a media type in the place of the reference to it. Its schema is referred to, so that it has one class."""
    *_, (target, place) = chain(root, media)
    if isinstance(target, dict) and "$ref" not in target and target is not media:
        beside = {key: {"$ref": reference_to(join(place, key))} for key in ("schema", "itemSchema") if key in target}
        media.clear()
        media.update({**target, **beside})


def repair(root: dict[str, Any]) -> list[tuple[str, str]]:
    """Mend in place what many documents get wrong and what has one meaning only; return (pointer, what was wrong)."""
    repairs = path_names.rename(root)
    every = schemas(root)
    for node, pointer in every:
        repairs += ((pointer, words) for words in (*_repaired(node), *misspelt.mend_reference(root, node)))
    repairs += inheritance.untangle(root, {pointer: node for node, pointer in every})
    repairs += _repeated_servers(root)
    return repairs


def _repeated_servers(root: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Give a server that repeats one of the document without its variables the same variables."""
    servers = root.get("servers")
    variables = {
        server["url"]: server["variables"]
        for server in (servers if isinstance(servers, list) else ())
        if isinstance(server, dict) and isinstance(server.get("url"), str) and "variables" in server
    }
    for node in objects("document", "", root) if variables else ():
        url = node.value.get("url")
        if node.kind == "server" and "variables" not in node.value and isinstance(url, str) and url in variables:
            node.value["variables"] = variables[url]
            yield node.pointer, "is a server of the document without its variables"


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


_MAY_BE_NULL = frozenset({"example", "value", "default", "const"})


def _discriminator(node: dict[str, Any]) -> Iterator[str]:
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


def _repaired(node: dict[str, Any]) -> Iterator[str]:
    kind = node.get("type")
    if "type" in node and (kind is None or (isinstance(kind, list) and None in kind)):
        node["type"] = "null" if kind is None else ["null" if word is None else word for word in kind]
        yield "has the type null without quotes"
    nulls = [key for key, value in node.items() if value is None and key not in _MAY_BE_NULL]
    for key in nulls:
        if not key.startswith("x-"):
            del node[key]
            yield f"has null as its {key}, which says nothing"
    yield from _required(node)
    if node.get("enum") == []:
        del node["enum"]
        yield "has an empty enum, which no value fits"
    if isinstance(node.get("enum"), list) and (values := _of_type(node["enum"], node.get("type"))) != node["enum"]:
        node["enum"] = values
        yield "has values in its enum that are not of its type"
    if isinstance(node.get("exclusiveMinimum"), bool) or isinstance(node.get("exclusiveMaximum"), bool):
        _bounds(node)
        yield "has a boolean bound, as in OpenAPI 3.0"
    if "$recursiveAnchor" in node:
        del node["$recursiveAnchor"]
        yield "has $recursiveAnchor, which nothing refers to"
    yield from misspelt.mend(node)
    yield from _discriminator(node)
    yield from _of_older_drafts(node)
    yield from _of_other_languages(node)
    if isinstance(node.get("examples"), dict):
        rows = node["examples"].values()
        node["examples"] = [row.get("value") if isinstance(row, dict) and "value" in row else row for row in rows]
        yield "has named examples, as a media type has"
    for word in ("title", "description"):
        if word in node and not isinstance(node[word], str):
            node[word] = str(node[word])
            yield f"has a {word} that is not text"


def _required(node: dict[str, Any]) -> Iterator[str]:
    required = node.get("required")
    if isinstance(required, list) and len(required) != len(set(map(str, required))):
        node["required"] = list(dict.fromkeys(name for name in required if isinstance(name, str)))
        yield "requires a property twice"
    elif isinstance(required, bool):
        del node["required"]
        yield "has a boolean under `required`, which is a list of properties"


def _of_other_languages(node: dict[str, Any]) -> Iterator[str]:
    """Write what Swagger 2.0 and JavaScript say in a schema as OpenAPI 3.1 says it."""
    if node.get("type") == "file":
        node |= {"type": "string", "format": "binary"}
        yield "has the type file, as in Swagger 2.0"
    if isinstance(node.get("pattern"), str) and (match := _DELIMITED.fullmatch(node["pattern"])):
        del node["pattern"]
        if "i" not in match[2]:
            node["pattern"] = match[1]
        yield "has a pattern with the slashes of JavaScript around it"


def _of_older_drafts(node: dict[str, Any]) -> Iterator[str]:
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


def _bounds(node: dict[str, Any]) -> None:
    for bound, limit in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(node.get(bound), bool) and node.pop(bound) and limit in node:
            node[bound] = node.pop(limit)


def _schema(node: dict[str, Any]) -> None:
    nullable = node.pop("nullable", False) is True
    if "$ref" in node:
        # In 3.0 what stands beside a reference has no meaning; a description is kept for people.
        for key in set(node) - {"$ref", "description", "summary"}:
            if not key.startswith("x-"):
                del node[key]
    _bounds(node)
    if "example" in node:
        example = node.pop("example")
        if "examples" not in node:
            node["examples"] = [example]
    if nullable:
        _nullable(node)


def _nullable(node: dict[str, Any]) -> None:
    """Let a schema accept null too."""
    if isinstance(node.get("enum"), list) and None not in node["enum"]:
        node["enum"] = [*node["enum"], None]
    kind = node.get("type")
    if isinstance(kind, str):
        node["type"] = [kind, "null"]
    if {"$ref", "allOf", "anyOf", "oneOf"} & node.keys():
        inner = {key: node.pop(key) for key in list(node) if key not in _BESIDE_NULL}
        if isinstance(inner.get("type"), list):
            inner["type"] = [word for word in inner["type"] if word != "null"] or "null"
        node["anyOf"] = [inner, {"type": "null"}]


_BESIDE_NULL = frozenset({"description", "title", "readOnly", "writeOnly", "deprecated", "default", "examples"})
"""What a schema says of null too."""
