"""Request schemas: what of JSON Schema the generated validation enforces, and a fault for whatever it would not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, TypeAdapter
from pydantic_core import SchemaError

from codegen.python import names
from codegen.python.model import RuleModel
from codegen.python.spec import Document, join

ENFORCED = frozenset(
    "type enum const minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength pattern "
    "items minItems maxItems properties required additionalProperties anyOf".split()
)
ANNOTATIONS = frozenset(
    "title description default example examples format deprecated readOnly writeOnly contentMediaType "
    "contentEncoding contentSchema externalDocs xml $comment".split()
)
WIRE_NAME = re.compile(r"[A-Za-z0-9_.$@\[\]-]{1,100}")
_REMEDY = "say it with keywords that the client enforces, or leave it to the description"


def parameter_schema(document: Document, schema: Any, pointer: str) -> dict[str, Any]:
    """The schema of one value, references written out, extensions gone, allOf merged. Faults are noted."""
    if not document.check_schema(schema, pointer):
        return {}
    return _enforceable(document, document.expanded(schema, pointer), pointer)


def _enforceable(document: Document, schema: Any, pointer: str) -> dict[str, Any]:
    if schema is True:
        return {}
    if not isinstance(schema, Mapping):
        document.fault(pointer, "allows no value at all", "remove the parameter")
        return {}
    merged = _merged(document, schema, pointer)
    for key in merged:
        if key not in ENFORCED and key not in ANNOTATIONS and not key.startswith("x-"):
            document.fault(
                join(pointer, key), f"uses {key!r} in a request, which the client would not enforce", _REMEDY
            )
    kept = {key: value for key, value in merged.items() if key in ENFORCED or key in ANNOTATIONS}
    _check_values(document, kept, pointer)
    if "items" in kept:
        kept["items"] = _enforceable(document, kept["items"], f"{pointer}/items")
    if isinstance(kept.get("additionalProperties"), Mapping):
        if "properties" in kept:
            document.fault(f"{pointer}/additionalProperties", "stands beside properties", "name every property")
        kept["additionalProperties"] = _enforceable(
            document, kept["additionalProperties"], f"{pointer}/additionalProperties"
        )
    if "properties" in kept:
        _check_properties(document, kept, pointer)
        kept["properties"] = {
            name: _enforceable(document, item, join(f"{pointer}/properties", name))
            for name, item in kept["properties"].items()
        }
    if "anyOf" in kept:
        kept["anyOf"] = [
            _enforceable(document, item, f"{pointer}/anyOf/{index}") for index, item in enumerate(kept["anyOf"])
        ]
        _check_alternatives(document, kept, pointer)
    return kept


def _merged(document: Document, schema: Mapping[str, Any], pointer: str) -> dict[str, Any]:
    """allOf whose parts do not speak of the same keyword is one schema."""
    merged = {key: value for key, value in schema.items() if key != "allOf"}
    for index, part in enumerate(schema.get("allOf", ())):
        place = f"{pointer}/allOf/{index}"
        for key, value in _merged(document, part, place).items() if isinstance(part, Mapping) else ():
            if key in ENFORCED and key in merged and merged[key] != value:
                document.fault(join(place, key), f"restricts {key!r} twice", "write one schema")
            merged.setdefault(key, value)
    return merged


def _check_properties(document: Document, schema: Mapping[str, Any], pointer: str) -> None:
    for name in sorted(set(schema.get("required", ())) - set(schema["properties"])):
        document.fault(f"{pointer}/required", f"names {name!r}, which is not defined", "define it")
    seen: dict[str, str] = {}
    for name in schema["properties"]:
        try:
            if not WIRE_NAME.fullmatch(name):
                raise ValueError("is no plain name")
            field = names.field(name, result=False)
            if seen.setdefault(field, name) != name:
                raise ValueError(f"reads like {seen[field]!r}")
        except ValueError as error:
            document.fault(join(f"{pointer}/properties", name), f"is called {name!r}, which {error}", "rename it")


def _check_alternatives(document: Document, schema: Mapping[str, Any], pointer: str) -> None:
    beside = [key for key in schema if key in ENFORCED and key not in {"anyOf", "type"}]
    for key in beside:
        document.fault(join(pointer, key), f"stands beside anyOf: {key!r}", "move it into each alternative")


def _check_values(document: Document, schema: Mapping[str, Any], pointer: str) -> None:
    for value in schema.get("enum", [schema["const"]] if "const" in schema else []):
        if isinstance(value, (float, dict, list)):
            document.fault(pointer, f"lists the value {value!r}", "list texts, integers or booleans only")
    if "enum" in schema and not schema["enum"]:
        document.fault(join(pointer, "enum"), "is empty", "list the values")
    if schema.get("multipleOf") and not float(schema["multipleOf"]).is_integer():
        document.fault(join(pointer, "multipleOf"), "is no whole number", "leave it to the description")
    if "pattern" in schema:
        try:
            TypeAdapter(Annotated[str, Field(pattern=schema["pattern"])])
        except SchemaError as error:
            reason = (str(error).splitlines() or [""])[0]
            document.fault(join(pointer, "pattern"), f"is no pattern the client can run ({reason})", "simplify it")


@dataclass(frozen=True)
class Body:
    """The object in a request body whose properties are the parameters."""

    properties: Mapping[str, Any]
    places: Mapping[str, str]
    """Property → the pointer of its schema, which may stand in a part of the object."""
    required: tuple[str, ...]
    rules: tuple[RuleModel, ...]
    """By wire names."""
    pointer: str


def body_object(document: Document, schema: Any, pointer: str, at: str) -> Body | None:
    """The object at `at` (a pointer into the body: "", "/data") with its rules; None after a fault."""
    node, place = document.follow(schema, pointer)
    for step in at.split("/")[1:]:
        properties = node.get("properties", {})
        if step not in properties:
            document.fault(pointer, f"has no property {step!r} as x-python.body says", "correct the pointer")
            return None
        for other in sorted(set(properties) - {step}):
            document.fault(join(f"{place}/properties", other), f"stands beside {step!r}", "move it into the object")
        node, place = document.follow(properties[step], join(f"{place}/properties", step))
    if node.get("type", "object") != "object":
        document.fault(place, "is no object", "wrap it in an object: its properties become keywords")
        return None
    return _object(document, node, place)


_OBJECT = {"type", "properties", "required", "additionalProperties", "allOf", "if", "then", "dependentRequired"}


def _object(document: Document, node: Mapping[str, Any], pointer: str) -> Body:
    for key in node:
        if key not in _OBJECT and key not in ANNOTATIONS and not key.startswith(("x-", "$ref")):
            document.fault(
                join(pointer, key), f"uses {key!r} over the parameters, which the client would not enforce", _REMEDY
            )
    if isinstance(node.get("additionalProperties"), Mapping):
        document.fault(f"{pointer}/additionalProperties", "allows keywords without a name", "name the properties")
    properties = dict(node.get("properties", {}))
    places = {name: join(f"{pointer}/properties", name) for name in properties}
    required = list(node.get("required", ()))
    rules = [*_rules(document, node, pointer)]
    for index, part in enumerate(node.get("allOf", ())):
        inner, place = document.follow(part, f"{pointer}/allOf/{index}")
        body = _object(document, inner, place)
        for name in sorted(set(properties) & set(body.properties)):
            document.fault(place, f"defines {name!r} again", "define it once")
        properties.update(body.properties)
        places.update(body.places)
        required.extend(body.required)
        rules.extend(body.rules)
    return Body(properties, places, tuple(dict.fromkeys(required)), tuple(rules), pointer)


def _rules(document: Document, node: Mapping[str, Any], pointer: str) -> list[RuleModel]:
    rules = [
        RuleModel(
            when={given: ()}, required=tuple(needed), allowed={}, pointer=join(f"{pointer}/dependentRequired", given)
        )
        for given, needed in node.get("dependentRequired", {}).items()
    ]
    if "if" not in node and "then" not in node:
        return rules
    condition, outcome = node.get("if"), node.get("then")
    if not isinstance(condition, Mapping) or not isinstance(outcome, Mapping):
        document.fault(pointer, "has `if` without `then`, or the other way", "complete the rule")
        return rules
    when = _values(document, condition, f"{pointer}/if")
    present = set(condition.get("required", ()))
    for name in sorted(set(when) - present):
        document.fault(f"{pointer}/if", f"holds too where {name!r} is left out", "list it under `required`")
    when = {**dict.fromkeys(condition.get("required", ()), ()), **when}
    allowed = _values(document, outcome, f"{pointer}/then")
    needed = tuple(outcome.get("required", ()))
    if when and (allowed or needed):
        rules.append(RuleModel(when=when, required=needed, allowed=allowed, pointer=pointer))
    else:
        document.fault(pointer, "is a rule that says nothing", "complete it or remove it")
    return rules


def _values(document: Document, part: Mapping[str, Any], pointer: str) -> dict[str, tuple[Any, ...]]:
    """Property → its values, of `properties` with const or enum, the only form that is understood."""
    for key in part:
        open_object = key == "additionalProperties" and part[key] is True
        if (
            key not in {"properties", "required"}
            and key not in ANNOTATIONS
            and not key.startswith("x-")
            and not open_object
        ):
            document.fault(
                join(pointer, key), f"uses {key!r} in a rule", "use properties with const or enum, and required"
            )
    found: dict[str, tuple[Any, ...]] = {}
    for name, schema in part.get("properties", {}).items():
        if schema in (True, {}):
            continue  # names the property, as some tools ask of `required`, and limits nothing
        place = join(f"{pointer}/properties", name)
        values = (
            schema.get("enum", [schema["const"]] if "const" in schema else None)
            if isinstance(schema, Mapping)
            else None
        )
        extra = set(schema) - {"enum", "const", "type"} - ANNOTATIONS if isinstance(schema, Mapping) else set()
        if values is None or any(not key.startswith("x-") for key in extra):
            document.fault(place, "is no const or enum", "a rule speaks of single values only")
        else:
            found[name] = tuple(values)
    return found
