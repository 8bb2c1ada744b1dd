"""Lint rules about our extensions: where they may stand, their shape, and whether the schema bears them out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from codegen.openapi import extensions, pointers
from codegen.openapi.document import Document
from codegen.openapi.finding import Finding, short
from codegen.openapi.json_values import as_object, texts

README = "see specs/README.md"
_WIRE_EXAMPLES = {"boolean-word": ("True", "true"), "seconds-text": ("5s", "5"), "integer-text": ("2", "2s")}
_WIRE_WORD = {"boolean-word": r"True|False", "seconds-text": r"\d+s", "integer-text": r"-?\d+"}


def unknown(document: Document) -> Iterator[Finding]:
    """Report extensions that are not on the closed list."""
    for node in document.nodes:
        for key in node.value:
            if key.startswith("x-") and key not in extensions.KINDS:
                yield Finding(pointers.join(node.pointer, key), f"unknown extension {key!r}", README)


def misplaced_or_misshapen(document: Document) -> Iterator[Finding]:
    """Report extensions that stand on the wrong kind of object or have the wrong shape."""
    for node in document.reachable:
        for key in sorted(node.value.keys() & extensions.KINDS.keys()):
            at = pointers.join(node.pointer, key)
            if node.kind not in extensions.KINDS[key]:
                kinds = ", ".join(extensions.KINDS[key])
                problem = f"{key} does not belong on the {node.kind} object"
                yield Finding(at, problem, f"remove it; it stands on: {kinds}")
                continue
            for path, message in extensions.problems(key, node.value[key], node.kind):
                yield Finding(pointers.join(at, *path), f"{key}: {short(message)}", README)


def extension(node: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Return an extension that is an object; {} where it is missing or something else, which is reported elsewhere."""
    return as_object(node.get(key))


def wire_forms(document: Document) -> Iterator[Finding]:
    """Report schemas that do not describe the wire value ("True", "5s", "2") by enum or by pattern."""
    for node in document.of("schema"):
        form = node.value.get("x-wire")
        if form not in extensions.WIRE_FORMS:
            continue
        schema = document.resolve(node.value)
        words, at = schema.get("enum"), pointers.join(node.pointer, "x-wire")
        if isinstance(words, list):
            for word in words:
                if isinstance(word, str) and not re.fullmatch(_WIRE_WORD[form], word):
                    yield Finding(at, f"enum value {word!r} is not of the form {form}", "correct the enum or x-wire")
            if not any(isinstance(word, str) for word in words):
                yield Finding(at, f"the enum of a {form} has no text in it", "write the wire values")
        elif form == "boolean-word" or not _pattern_tells(schema.get("pattern"), *_WIRE_EXAMPLES[form]):
            yield Finding(at, f"the schema does not say what a {form} looks like", "add an enum or a pattern")


def _pattern_tells(pattern: Any, good: str, bad: str) -> bool:
    try:
        return isinstance(pattern, str) and bool(re.search(pattern, good)) and not re.search(pattern, bad)
    except re.error:
        return False


def media(document: Document) -> Iterator[Finding]:
    """Report crossed ranges of a file, and a `same_size_as` that names no field beside this one."""
    for node in document.of("schema"):
        limits_by_name = extension(node.value, "x-media")
        at = pointers.join(node.pointer, "x-media")
        for name, limits in limits_by_name.items():
            if isinstance(limits, dict) and _crossed(limits):
                yield Finding(
                    pointers.join(at, name), "the lower bound is above the upper bound", "correct one of them"
                )
        if isinstance(other := limits_by_name.get("same_size_as"), str) and other not in _siblings(
            document, node.pointer
        ):
            yield Finding(
                pointers.join(at, "same_size_as"), f"{other!r} is not a field beside this one", "correct the name"
            )


def _siblings(document: Document, pointer: str) -> dict[str, Any]:
    properties, _, _ = pointer.rpartition("/")
    return as_object(pointers.resolve(document.root, properties) if properties.endswith("/properties") else {})


def _crossed(limits: dict[str, Any]) -> bool:
    try:
        low = [_size(limits[key]) for key in ("minimum", "exclusiveMinimum") if key in limits]
        high = [_size(limits[key]) for key in ("maximum", "exclusiveMaximum") if key in limits]
    except (ValueError, TypeError, ZeroDivisionError):
        return False  # of the wrong shape, which is reported
    return bool(low and high) and max(low) > min(high)


def _size(bound: Any) -> Fraction:
    if isinstance(bound, str):
        width, _, height = bound.partition(":")
        return Fraction(width) / Fraction(height)
    return Fraction(bound)


def choices(document: Document) -> Iterator[Finding]:
    """Report what `x-choices` explains or `x-locales` gives and the field does not take."""
    for node in document.of("schema"):
        texts = extension(extension(node.value, "x-choices"), "texts")
        values_by_key = {"x-choices": list(texts), "x-locales": list(extension(node.value, "x-locales").values())}
        # A chain of references is followed only where there is something to look for.
        schema = document.resolve(node.value) if any(values_by_key.values()) else {}
        for key, values in values_by_key.items():
            for value in values:
                if not _takes(schema, str(value)):
                    at = pointers.join(node.pointer, key)
                    yield Finding(at, f"{value!r} is not a value of the field", "correct it, or remove it")


def _takes(schema: dict[str, Any], text: str) -> bool:
    """Return whether a value, written as text, is one of a field with a list of values or with limits."""
    if isinstance(words := schema.get("enum"), list):
        return text in {str(word) for word in words}
    low, high = schema.get("minimum"), schema.get("maximum")
    if not (isinstance(low, int) and isinstance(high, int)):
        return True
    return text.lstrip("-").isdecimal() and low <= int(text) <= high


def envelope(document: Document) -> Iterator[Finding]:
    """Report pointers of x-error-codes that a reply does not have, and codes of success that are listed as errors."""
    stated_codes = extension(document.root, "x-error-codes")
    at = extension(stated_codes, "at")
    for name in ("code", "message", "trace"):
        pointer = at.get(name)
        if not isinstance(pointer, str) or not pointer.startswith("/"):
            continue
        outgoing = (operation for operation in document.operations if operation.outgoing)
        replies = [reply for operation in outgoing for reply in document.replies(operation)]
        without = [reply for reply in replies if document.find(reply.value, pointer) is None]
        if without and len(without) == len(replies):
            yield Finding(f"/x-error-codes/at/{name}", f"{pointer!r} is in no reply", "correct the pointer")
            continue
        for reply in without:
            problem = f"has no {pointer!r}, where x-error-codes says that the {name} is"
            yield Finding(reply.pointer, problem, "correct the schema, or the pointer in x-error-codes")
    yield from _keys(stated_codes)
    codes = extension(stated_codes, "codes")
    for code in texts(at.get("success")):
        if code in codes:
            where = pointers.join("/x-error-codes/codes", code)
            yield Finding(where, f"code {code!r} means success", "remove it from one of the two lists")


def _keys(errors: dict[str, Any]) -> Iterator[Finding]:
    """Report codes about keys that are not an AuthenticationError."""
    for channel in ("codes", "http"):
        for code, row in extension(errors, channel).items():
            if isinstance(row, dict) and "key" in row and row.get("error") != "AuthenticationError":
                where = pointers.join("/x-error-codes", channel, code, "key")
                yield Finding(where, f"code {code!r} is not an AuthenticationError", "remove it")
