"""The OpenAPI document as oracle: its nodes by pointer, and what its schemas accept, by jsonschema alone.

References are resolved here once more on purpose: what the generator reads with `codegen.openapi.schemas` is held
against it, so that a mistake there is not repeated in the tests of its output.
"""

from __future__ import annotations

import hashlib
import json
import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any, cast
from urllib.parse import quote, unquote

from jsonschema import Draft202012Validator, FormatChecker, validators
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from codegen.openapi.keywords import left_to_the_service
from codegen.openapi.pointers import join, steps
from codegen.openapi.validation import client_pattern, matcher

_NAME = "urn:document"
_FORMATS = FormatChecker(["uri", "uuid"])
_CLOCK = r"([01]\d|2[0-3]):[0-5]\d"
_MOMENT = re.compile(rf"\d{{4}}-\d\d-\d\d[Tt]{_CLOCK}:([0-5]\d|60)(\.\d+)?([Zz]|[+-]{_CLOCK})", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@_FORMATS.checks("date-time")
def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or (_MOMENT.fullmatch(value) is not None and _is_in_calendar(value[:10]))


@_FORMATS.checks("date")
def _is_day(value: object) -> bool:
    return not isinstance(value, str) or (_DAY.fullmatch(value) is not None and _is_in_calendar(value))


def _is_in_calendar(day: str) -> bool:
    year, month, number = map(int, day.split("-"))
    return 1 <= month <= 12 and 1 <= number <= monthrange(max(year, 1), month)[1]


def _add_whole_numbers() -> None:
    """Add a check of each format of whole numbers."""
    for bits in (8, 16, 32, 64):
        for name, low, high in (("int", -(1 << bits - 1), (1 << bits - 1) - 1), ("uint", 0, (1 << bits) - 1)):
            _FORMATS.checks(f"{name}{bits}")(_between(low, high))


def _between(low: int, high: int) -> Callable[[object], bool]:
    return lambda value: isinstance(value, bool) or not isinstance(value, int | float) or low <= value <= high


_add_whole_numbers()


def _matches(validator: Any, pattern: Any, value: Any, schema: Any) -> Iterator[Any]:
    compiled = matcher(pattern) if isinstance(value, str) and isinstance(pattern, str) else None
    if compiled is not None and not compiled.is_valid(value):
        yield _error(f"{pattern!r} does not match")


def _run_by_client(validator: Any, pattern: Any, value: Any, schema: Any) -> Iterator[Any]:
    if isinstance(pattern, str) and client_pattern(pattern) is not None:
        yield from _matches(validator, pattern, value, schema)


def _error(message: str) -> Exception:
    from jsonschema import ValidationError

    return ValidationError(message)


_MOST_REFERENCES = 20_000
"""References followed for one value. A document can make validation exponential: such a value proves nothing."""
_DEEPEST = 60
"""References inside each other for one value: a schema of nothing but itself has no end."""
_followed = [0, 0]
"""How many references were followed for this value, and how many are open."""


class _TooMuch(Exception):
    """The oracle has no time for this value."""


class _Parts:
    """The validators of the parts of one document, each made once: jsonschema makes one anew at every step."""

    def __init__(self) -> None:
        self._made: dict[tuple[type, int, int], Any] = {}
        self._targets: dict[tuple[int, str], Any] = {}
        self._resolvers: dict[tuple[str, ...], Any] = {}

    def kind(self, base: Any) -> Any:
        """Return a class of validators that take their parts from here."""

        def descend(
            validator: Any, instance: Any, schema: Any, path: Any = None, schema_path: Any = None, resolver: Any = None
        ) -> Iterator[Any]:
            # Where in a value an error is, nobody asks here.
            return cast(Iterator[Any], self._of(validator, schema, resolver).iter_errors(instance))

        made = _extended(base, {"$ref": self._referred})
        made.descend = descend
        return made

    def _of(self, validator: Any, schema: Any, resolver: Any) -> Any:
        """Return the validator of a schema that is a part of the document."""
        if resolver is None:
            resolver = validator._resolver
            if isinstance(schema, Mapping) and "$id" in schema:
                resolver = self._one(resolver.in_subresource(DRAFT202012.create_resource(schema)))
        key = (type(validator), id(schema), id(resolver))
        made = self._made.get(key)
        if made is None:  # it holds the schema and the resolver, so that no others get their ids
            made = self._made[key] = validator.evolve(schema=schema, _resolver=resolver)
        return made

    def _one(self, resolver: Any) -> Any:
        """Return the resolver that stands for all of the same base and the same dynamic scope."""
        return self._resolvers.setdefault((resolver._base_uri, *resolver._previous), resolver)

    def _referred(self, validator: Any, reference: Any, value: Any, schema: Any) -> Iterator[Any]:
        _followed[0] += 1
        if _followed[0] > _MOST_REFERENCES or _followed[1] >= _DEEPEST:
            raise _TooMuch
        key = (id(validator._resolver), reference)
        resolved = self._targets.get(key)
        if resolved is None:
            target = validator._resolver.lookup(reference)
            made = self._of(validator, target.contents, self._one(target.resolver))
            # The first resolver is kept as well: an id that is in the key must not go to another.
            resolved = self._targets[key] = (made.schema, made._resolver, validator._resolver)
        _followed[1] += 1
        try:
            yield from self._of(validator, resolved[0], resolved[1]).iter_errors(value)
        finally:
            _followed[1] -= 1


def _required(hidden: str) -> Any:
    """Check `required` without the properties that are only for the other direction."""

    def required(validator: Any, names: Any, value: Any, schema: Any) -> Iterator[Any]:
        if not isinstance(value, Mapping) or not isinstance(names, list):
            return
        properties = schema.get("properties") if isinstance(schema, Mapping) else None
        for name in names:
            if name not in value and not _is_hidden(validator, properties, name, hidden):
                yield _error(f"{name!r} is required")

    return required


def _is_hidden(validator: Any, properties: Any, name: str, hidden: str) -> bool:
    node = properties.get(name) if isinstance(properties, Mapping) else None
    for _ in range(8):
        if not isinstance(node, Mapping) or node.get(hidden) is True:
            break
        target = node.get("$ref")
        if not isinstance(target, str) or not target.startswith("#/"):
            break
        node = validator._resolver.lookup(f"{_NAME}{target}").contents
    if isinstance(node, Mapping) and any(
        isinstance(part, Mapping) and part.get(hidden) is True for part in node.get("allOf", ())
    ):
        return True
    return isinstance(node, Mapping) and node.get(hidden) is True


def _any_of(validator: Any, options: Any, value: Any, schema: Any) -> Iterator[Any]:
    if not any(validator.evolve(schema=option).is_valid(value) for option in options):
        yield _error("fits no alternative")


def _any_named(validator: Any, options: Any, value: Any, schema: Any) -> Iterator[Any]:
    """Check a union of which one alternative has to fit: that which a discriminator names, where it names one."""
    named = named_alternative(options, value, schema.get("discriminator"))
    yield from _any_of(validator, options if named is None else [named], value, schema)


def _one_of(validator: Any, options: Any, value: Any, schema: Any) -> Iterator[Any]:
    """Check `oneOf`: the alternative that a discriminator names, where there is one; else exactly one."""
    named = named_alternative(options, value, schema.get("discriminator"))
    if named is not None:
        yield from validator.descend(value, named)
    else:
        yield from Draft202012Validator.VALIDATORS["oneOf"](validator, options, value, schema) or ()


def named_alternative(options: Any, value: Any, discriminator: Any) -> Any:
    """Return the alternative that the value's discriminator names; None where it names none."""
    if not isinstance(discriminator, Mapping) or not isinstance(value, Mapping):
        return None
    word = value.get(discriminator.get("propertyName"))
    mapping = discriminator.get("mapping")
    target = mapping.get(word, word) if isinstance(mapping, Mapping) and isinstance(word, str) else word
    if not isinstance(target, str):
        return None
    own = (option for option in options if isinstance(option, Mapping) and isinstance(option.get("$ref"), str))
    last = target.rpartition("/")[2]
    return next((option for option in own if option["$ref"].rpartition("/")[2] == last), None)


def _items_alone(validator: Any, items: Any, value: Any, schema: Any) -> Iterator[Any]:
    """Check `items` where they are all items: beside `prefixItems` the service checks them."""
    if "prefixItems" not in schema:
        yield from Draft202012Validator.VALIDATORS["items"](validator, items, value, schema) or ()


def _listed(validator: Any, values: Any, value: Any, schema: Any) -> Iterator[Any]:
    """Check `enum`: text is looked for as Python does, for there may be tens of thousands of values."""
    is_plain = isinstance(value, str | int | float) and isinstance(values, list)
    if is_plain and value not in values:
        yield _error("is not listed")
    elif not (is_plain and isinstance(value, str)):
        yield from Draft202012Validator.VALIDATORS["enum"](validator, values, value, schema) or ()


_OF_NAMES = {"type", "pattern", "minLength", "maxLength", "enum", "const", "format", "description", "title"}
_PLAIN_TYPES = ("string", "integer", "number", "boolean")


def _names(validator: Any, names: Any, value: Any, schema: Any) -> Iterator[Any]:
    """Check `propertyNames` as far as the client does: by the words of a text."""
    if isinstance(names, Mapping) and names.keys() <= _OF_NAMES and names.get("type", "string") == "string":
        yield from Draft202012Validator.VALIDATORS["propertyNames"](validator, names, value, schema) or ()


def _values_of_patterns(validator: Any, patterns: Any, value: Any, schema: Any) -> Iterator[Any]:
    """Check `patternProperties` as far as the client does: where the values are of one plain type."""
    for pattern, part in patterns.items() if isinstance(value, Mapping) else ():
        if isinstance(part, Mapping) and part.get("type") in _PLAIN_TYPES and client_pattern(pattern) is not None:
            compiled = matcher(pattern)
            for name, item in value.items():
                if compiled is not None and compiled.is_valid(name):
                    yield from validator.descend(item, part)


def _needed(validator: Any, rows: Any, value: Any, schema: Any) -> Iterator[Any]:
    """Check `dependentRequired` without the properties that are only answered."""
    properties = schema.get("properties")
    for name, others in rows.items() if isinstance(value, Mapping) else ():
        for other in others if name in value else ():
            if other not in value and not _is_hidden(validator, properties, other, "readOnly"):
                yield _error(f"{other!r} is needed")


def _nothing(*_: Any) -> Iterator[Any]:
    return iter(())


_extended: Any = validators.extend
_SHARED = {"pattern": _matches, "anyOf": _any_named, "oneOf": _one_of, "enum": _listed}
_Request = _extended(Draft202012Validator, {**_SHARED, "required": _required("readOnly")})
_Reply = _extended(Draft202012Validator, {**_SHARED, "required": _required("writeOnly")})
_Client = _extended(
    Draft202012Validator,
    {
        **dict.fromkeys(left_to_the_service(), _nothing),
        "if": _nothing,
        "propertyNames": _names,
        "patternProperties": _values_of_patterns,
        "dependentRequired": _needed,
        "enum": _listed,
        "items": _items_alone,
        "anyOf": _any_named,
        "oneOf": _any_named,
        "pattern": _run_by_client,
        "required": _required("readOnly"),
    },
)
"""What the client promises to check: keywords that the table leaves to the service are not in it."""
_OVER_FIELDS = ("dependentRequired", "minProperties", "maxProperties", "propertyNames", "patternProperties")
_MODES: Mapping[str, Any] = {
    "request": _Request,
    "reply": _Reply,
    "client": _Client,
    # What the client checks of each field of a body alone.
    "fields": _extended(_Client, dict.fromkeys(_OVER_FIELDS, _nothing)),
    # What is accepted where alternatives of a `oneOf` overlap so that no value fits one of them alone.
    "loose request": _extended(_Request, {"oneOf": _any_of}),
    "loose reply": _extended(_Reply, {"oneOf": _any_of}),
}


class DocumentOracle:
    """One document."""

    def __init__(self, root: Mapping[str, Any]) -> None:
        self.root = root
        empty: Registry[Any] = Registry()
        self._registry: Registry[Any] = empty.with_resource(_NAME, DRAFT202012.create_resource(dict(root)))
        self._validators: dict[tuple[str, str], Any] = {}
        self._parts = _Parts()
        self._kinds: dict[str, Any] = {}
        self._known: dict[tuple[str, str, bytes], bool] = {}

    def at(self, pointer: str) -> Any:
        """Return the node at a pointer; None where there is none."""
        node: Any = self.root
        for step in steps(pointer):
            if isinstance(node, Mapping):
                node = node.get(step)
            elif isinstance(node, list) and step.isdecimal() and int(step) < len(node):
                node = node[int(step)]
            else:
                return None
        return node

    def node(self, pointer: str) -> tuple[Mapping[str, Any], str]:
        """Return the node at a pointer, its references followed, and where it is."""
        for _ in range(32):
            node = self.at(pointer)
            target = node.get("$ref") if isinstance(node, Mapping) else None
            if not isinstance(target, str) or not target.startswith("#/"):
                return (node if isinstance(node, Mapping) else {}), pointer
            pointer = unquote(target[1:])
        return {}, pointer

    def can_send(self, alternative: Mapping[str, Any]) -> bool:
        """Return whether each scheme of one alternative of security writes another place of the request."""
        places = self.key_places(alternative)
        return len(places) == len(set(places))

    def key_places(self, alternative: Mapping[str, Any]) -> list[tuple[Any, str]]:
        """Return where the keys of one alternative of security stand, with their names there."""
        places = []
        for name in alternative:
            scheme = self.node(join("/components/securitySchemes", name))[0]
            if scheme.get("type") == "apiKey":
                sent = str(scheme.get("name"))
                places.append((scheme.get("in"), sent.lower() if scheme.get("in") == "header" else sent))
            else:
                places.append(("header", "authorization"))
        return places

    def accepts(self, pointer: str, value: Any, mode: str) -> bool:
        """Return whether a schema accepts a value. `mode`: request, reply, or client for what the client checks.

        fields is the same without rules over several fields. A "loose " before the first two takes `oneOf` as `anyOf`.
        """
        try:
            text = json.dumps(value, sort_keys=True).encode()
        except (TypeError, ValueError, RecursionError):  # no JSON, which no schema accepts
            return self._accepts(pointer, value, mode)
        key = (self._place(pointer), mode, hashlib.blake2b(text, digest_size=16).digest())
        if key not in self._known:
            self._known[key] = self._accepts(pointer, value, mode)
        return self._known[key]

    def _place(self, pointer: str) -> str:
        """Return where a schema is that is nothing but a reference: operations share their schemas."""
        for _ in range(32):
            node = self.at(pointer)
            target = node.get("$ref") if isinstance(node, Mapping) and len(node) == 1 else None
            if not isinstance(target, str) or not target.startswith("#/"):
                break
            pointer = unquote(target[1:])
        return pointer

    def _accepts(self, pointer: str, value: Any, mode: str) -> bool:
        return self.breach(pointer, value, mode) is None

    def breach(self, pointer: str, value: Any, mode: str) -> str | None:
        """Return the keyword that refuses a value, "" where no keyword does; None where the schema accepts it."""
        return next(iter(self._broken(pointer, value, mode, 1)), None)

    def faults(self, pointer: str, value: Any, mode: str) -> int:
        """Return how many faults a value has: none, one, or two for more than one."""
        return len(self._broken(pointer, value, mode, 2))

    def _broken(self, pointer: str, value: Any, mode: str, most: int) -> list[str]:
        """Return the first keywords that refuse a value; [""] where it cannot be said."""
        if (pointer, mode) not in self._validators:
            reference = {"$ref": f"{_NAME}#{quote(pointer, safe='/~')}"}
            if mode not in self._kinds:
                self._kinds[mode] = self._parts.kind(_MODES[mode])
            made = self._kinds[mode](reference, registry=self._registry, format_checker=_FORMATS)
            self._validators[pointer, mode] = made
        _followed[:] = [0, 0]
        try:
            errors = islice(self._validators[pointer, mode].iter_errors(value), most)
            return [str(error.validator) for error in errors]
        except (_TooMuch, RecursionError, TypeError, ValueError, AttributeError, KeyError, ArithmeticError):
            return [""]
        except Exception as error:  # a reference that leads nowhere: the operation is not generated for it
            if type(error).__module__.startswith(("referencing", "jsonschema")):
                return [""]
            raise

    def parameters(self, pointer: str) -> dict[tuple[str, str], tuple[Mapping[str, Any], str]]:
        """Return (name, place) → the parameters of an operation with their pointers, the operation's own first."""
        item = pointer.rpartition("/")[0]
        parameters: dict[tuple[str, str], tuple[Mapping[str, Any], str]] = {}
        for place in (item, pointer):
            rows = self.node(place)[0].get("parameters")
            for index in range(len(rows) if isinstance(rows, list) else 0):
                node, where = self.node(join(self.node(place)[1], "parameters", index))
                parameters[str(node.get("name")), str(node.get("in"))] = (node, where)
        return parameters
