"""Lint rules about schemas: keywords, bounds, values that claim to fit them, and what others' validator finds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.validators import validator_for
from openapi_spec_validator import OpenAPIV31SpecValidator
from openapi_spec_validator.schemas import schema_v31
from referencing import Registry
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from codegen.openapi import pointers
from codegen.openapi.document import Document
from codegen.openapi.finding import Finding, short
from codegen.openapi.json_values import texts
from codegen.openapi.validation import has_structure
from codegen.openapi.walk import COMPOSITION, GRAMMAR, Node

_METASCHEMA = "https://json-schema.org/draft/2020-12/schema"
_BASE = "urn:document"
_FORMATS = FormatChecker()
_FORMATS.checkers = {**Draft202012Validator.FORMAT_CHECKER.checkers}
_KEYWORDS = frozenset(GRAMMAR["schema"]) | frozenset(
    "$ref $anchor $comment type enum const multipleOf minimum maximum exclusiveMinimum exclusiveMaximum minLength "
    "maxLength pattern minItems maxItems uniqueItems minContains maxContains minProperties maxProperties required "
    "dependentRequired format contentEncoding contentMediaType title description default deprecated readOnly writeOnly "
    "examples example discriminator xml".split()
)
_PLAIN = frozenset(
    "type const multipleOf minimum maximum exclusiveMinimum exclusiveMaximum minLength maxLength pattern format".split()
)
_BOUNDS = (
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
    ("minContains", "maxContains"),
)


@_FORMATS.checks("uri", ValueError)
def _is_uri(value: object) -> bool:
    # jsonschema checks this format only where a package is installed that nothing else here needs.
    return not isinstance(value, str) or (bool(urlsplit(value).scheme) and not set(value) & set(' <>"{}|^`\\'))


def malformed(document: Document) -> Iterator[Finding]:
    """Report schemas whose keywords have values that JSON Schema does not allow."""
    # By reference, the metaschema comes from a registry that knows its anchors; by value they are searched every time.
    metaschema = Draft202012Validator({"$ref": _METASCHEMA}, format_checker=_FORMATS)
    for node in _outermost(document):
        for error in metaschema.iter_errors(node.value):
            at = pointers.join(node.pointer, *error.absolute_path)
            yield Finding(at, f"not a JSON Schema: {short(error.message)}", "see JSON Schema 2020-12")


def _outermost(document: Document) -> Iterator[Node]:
    last = None
    for node in document.of("schema"):
        if last is None or not node.pointer.startswith(last + "/"):
            last = node.pointer
            yield node


def nullable(document: Document) -> Iterator[Finding]:
    """Report `nullable`: OpenAPI 3.1 has no such keyword, and every reader would skip it in silence."""
    for node in document.of("schema"):
        if "nullable" in node.value:
            at = pointers.join(node.pointer, "nullable")
            yield Finding(at, "`nullable` means nothing in OpenAPI 3.1", 'add "null" to the types instead')


def unknown_keywords(document: Document) -> Iterator[Finding]:
    """Report keys that are not keywords: a misspelt one would be ignored silently."""
    for node in document.of("schema"):
        for key in node.value:
            if key not in _KEYWORDS and key != "nullable" and not key.startswith("x-"):
                yield Finding(pointers.join(node.pointer, key), f"unknown keyword {key!r}", "correct or remove it")


def crossed_bounds(document: Document) -> Iterator[Finding]:
    """Report a lower bound above its upper bound."""
    for node in document.of("schema"):
        for low, high in _BOUNDS:
            least, most = node.value.get(low), node.value.get(high)
            if isinstance(least, (int, float)) and isinstance(most, (int, float)) and least > most:
                yield Finding(node.pointer, f"{low} {least} is above {high} {most}", "correct one of them")


class _Values:
    """Holds values against schemas of the document. Nothing is fetched."""

    def __init__(self, document: Document) -> None:
        resource = DRAFT202012.create_resource(document.root)
        self._registry: Registry[Any] = Registry().with_resource(_BASE, resource)

    def problem(self, pointer: str, value: Any) -> str | None:
        """Return why the value does not fit the schema at the pointer."""
        schema = {"$ref": f"{_BASE}#{quote(pointer)}"}
        validator = Draft202012Validator(schema, registry=self._registry, format_checker=_FORMATS)
        try:
            return _worst(list(validator.iter_errors(value)))
        except Unresolvable:
            return None  # reported as a dangling reference
        except RecursionError:
            return "it refers to itself without end"


def _worst(errors: list[ValidationError]) -> str | None:
    if not errors:
        return None
    error = min(errors, key=lambda each: (list(map(str, each.absolute_path)), each.message))
    at = pointers.join("", *error.absolute_path)
    return short(f"{at}: {error.message}" if at else error.message)


def defaults(document: Document) -> Iterator[Finding]:
    """Yield a default fits its schema."""
    values = _Values(document)
    for node in document.of("schema"):
        if "default" in node.value and (why := values.problem(node.pointer, node.value["default"])):
            at = pointers.join(node.pointer, "default")
            yield Finding(at, f"default breaks its schema: {why}", "correct the default or the schema")


def enums(document: Document) -> Iterator[Finding]:
    """Report words of an enum that do not fit what stands beside it, or stand twice."""
    for node in document.of("schema"):
        if isinstance(words := node.value.get("enum"), list):
            yield from _enum(node, words)


def _enum(node: Node, words: list[Any]) -> Iterator[Finding]:
    beside = {key: value for key, value in node.value.items() if key in _PLAIN}
    validator = Draft202012Validator(beside, format_checker=_FORMATS)
    seen: list[tuple[type, Any]] = []
    for index, word in enumerate(words):
        at = pointers.join(node.pointer, "enum", index)
        if (type(word), word) in seen:
            yield Finding(at, f"enum has {word!r} twice", "keep one of them")
        seen.append((type(word), word))
        if why := _worst(list(validator.iter_errors(word))):
            yield Finding(at, f"enum value breaks its schema: {why}", "correct the value or the schema")


def examples(document: Document) -> Iterator[Finding]:
    """Report examples that do not fit their schema."""
    values = _Values(document)
    for node in document.nodes:
        for at, value in _examples(document, node):
            schema = node.pointer if node.kind == "schema" else pointers.join(node.pointer, "schema")
            if why := values.problem(schema, value):
                yield Finding(at, f"example breaks its schema: {why}", "correct the example or the schema")


def _examples(document: Document, node: Node) -> Iterator[tuple[str, Any]]:
    examples_of_schema = node.value.get("examples")
    if node.kind == "schema":
        for index, value in enumerate(examples_of_schema if isinstance(examples_of_schema, list) else []):
            yield pointers.join(node.pointer, "examples", index), value
    elif node.kind not in {"parameter", "header", "media type"} or not isinstance(node.value.get("schema"), dict):
        return
    elif isinstance(examples_of_schema, dict):
        for name, entry in examples_of_schema.items():
            if "value" in (example := document.resolve(entry)):
                yield pointers.join(node.pointer, "examples", name), example["value"]
    if "example" in node.value:
        yield pointers.join(node.pointer, "example"), node.value["example"]


def unknown_properties(document: Document) -> Iterator[Finding]:
    """Report `required`, `if` and `then` that name properties which the object does not have."""
    for node in _outermost(document):
        yield from _unknown(document, node.value, node.pointer, frozenset())


def _unknown(document: Document, schema: Any, pointer: str, around: frozenset[str]) -> Iterator[Finding]:
    if not isinstance(schema, dict):
        return
    conditional = pointer.rsplit("/", 1)[-1] in {"if", "then", "else", "not"}
    declared = around if conditional else around | document.properties(schema).keys()
    if declared:
        for word, names in (("required", schema.get("required")), ("properties", schema.get("properties"))):
            for name in texts(list(names) if isinstance(names, dict) else names):
                if name not in declared:
                    at = pointers.join(pointer, word)
                    yield Finding(at, f"{word} names {name!r}, which is not a property here", "correct the name")
    for key, below in schema.items():
        at = pointers.join(pointer, key)
        if key in {"if", "then", "else", "not"}:
            yield from _unknown(document, below, at, declared)
        elif key in COMPOSITION and isinstance(below, list):
            for index, part in enumerate(below):
                yield from _unknown(document, part, pointers.join(at, index), declared)
        elif key in {"properties", "$defs"} and isinstance(below, dict) and not conditional:
            for name, part in below.items():
                # A schema of its own: what is around it are not properties of it.
                yield from _unknown(document, part, pointers.join(at, name), frozenset())
        elif key in {"items", "additionalProperties", "contentSchema"}:
            yield from _unknown(document, below, at, frozenset())


_SPECIFICATION = "see the OpenAPI 3.1 specification"


def specification_errors(document: Document, *, sound: bool) -> Iterator[Finding]:
    """Report what openapi-spec-validator finds.

    `sound`: our own rules found nothing, so it can follow references without raising or repeating us.
    """
    validator = OpenAPIV31SpecValidator(document.root)
    # jsonschema takes far longer, and says in better words what is wrong.
    shape = validator_for(schema_v31)(schema_v31)
    errors = [] if has_structure(document.root) else list(shape.iter_errors(document.root))
    if sound and not errors:
        errors = list(validator.root_validator(validator.schema_path))
    for error in errors:
        at = pointers.join("", *error.absolute_path)
        yield Finding(at, f"not OpenAPI 3.1: {short(error.message)}", _SPECIFICATION)
