"""What the schemas of a document accept, by jsonschema: its keywords as the client, the service and a reply have them.

`SchemaValidators` is a part of the contract tests' oracle, which follows the references that no validator does.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any, cast
from urllib.parse import quote

from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validators
from jsonschema_rs import FancyRegexOptions, validator_for
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from codegen.contracts.oracle_pointers import pointer_of
from codegen.openapi.keywords import left_to_the_service
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


def _matches_strictly(validator: Any, pattern: Any, value: Any, schema: Any) -> Iterator[Any]:
    """Check `pattern` with look-around and back-references. What cannot be run, or not in time, matches nothing."""
    if isinstance(value, str):
        compiled = _backtracking(str(pattern))
        if compiled is None or not compiled.is_valid(value):
            yield _error(f"{pattern!r} does not match")


@cache
def _backtracking(pattern: str) -> Any:
    try:
        return validator_for({"pattern": pattern}, pattern_options=FancyRegexOptions(backtrack_limit=_BACKTRACKS))
    except ValueError:
        return None


_BACKTRACKS = 100_000
"""A pattern that needs more steps than this for a value does not match it."""


def _run_by_client(validator: Any, pattern: Any, value: Any, schema: Any) -> Iterator[Any]:
    if isinstance(pattern, str) and client_pattern(pattern) is not None:
        yield from _matches(validator, pattern, value, schema)


def _error(message: str) -> Exception:
    return ValidationError(message)


_MOST_REFERENCES = 20_000
"""References followed for one value. One that needs more proves nothing."""
_MOST_ERRORS = 2
"""Errors of a value that anybody asks for."""
_DEEPEST = 60
"""References inside each other for one value: a schema of nothing but itself has no end."""


class _TooMuch(Exception):
    """A value needs more references than are followed for one."""


class _Parts:
    """The validators of the parts of one document, each made once: jsonschema makes one anew at every step."""

    def __init__(self, chain: Callable[[Any], Iterable[Any]]) -> None:
        self._chain = chain
        self.references = 0
        """References followed for the present value."""
        self.depth = 0
        """How many of them are open."""
        self._by_part: dict[tuple[type, int, int], Any] = {}
        self._targets: dict[tuple[int, str], Any] = {}
        self._resolvers: dict[tuple[str, ...], Any] = {}
        self._errors: dict[tuple[int, int], tuple[Any, list[Any]]] = {}
        """Errors of the parts of the present value, by the validator behind a reference and the part, which is held."""

    def begin(self) -> None:
        """Forget what is known of the value before."""
        self.references = self.depth = 0
        self._errors.clear()

    def kind(self, base: Any) -> Any:
        """Return a class of validators that take their parts from here."""

        def descend(
            validator: Any, instance: Any, schema: Any, path: Any = None, schema_path: Any = None, resolver: Any = None
        ) -> Iterator[Any]:
            # The place of an error in the value is of no use here.
            return cast(Iterator[Any], self._of(validator, schema, resolver).iter_errors(instance))

        validator_class = _extended(base, {"$ref": self._referred})
        validator_class.descend, validator_class.chain = descend, staticmethod(self._chain)
        return validator_class

    def _of(self, validator: Any, schema: Any, resolver: Any) -> Any:
        """Return the validator of a schema that is a part of the document."""
        if resolver is None:
            resolver = validator._resolver
            if isinstance(schema, Mapping) and "$id" in schema:
                resolver = self._one(resolver.in_subresource(DRAFT202012.create_resource(schema)))
        key = (type(validator), id(schema), id(resolver))
        part = self._by_part.get(key)
        if part is None:  # it holds the schema and the resolver, so that no others get their ids
            part = self._by_part[key] = validator.evolve(schema=schema, _resolver=resolver)
        return part

    def _one(self, resolver: Any) -> Any:
        """Return the resolver that stands for all of the same base and the same dynamic scope."""
        return self._resolvers.setdefault((resolver._base_uri, *resolver._previous), resolver)

    def _referred(self, validator: Any, reference: Any, value: Any, schema: Any) -> Iterator[Any]:
        self.references += 1
        if self.references > _MOST_REFERENCES or self.depth >= _DEEPEST:
            raise _TooMuch
        key = (id(validator._resolver), reference)
        resolved = self._targets.get(key)
        if resolved is None:
            target = validator._resolver.lookup(reference)
            part = self._of(validator, target.contents, self._one(target.resolver))
            # The first resolver is kept as well: an id that is in the key must not go to another.
            resolved = self._targets[key] = (part.schema, part._resolver, validator._resolver)
        part = self._of(validator, resolved[0], resolved[1])
        # Each once: alternatives of alternatives would ask for a schema that they share twice as often at each level.
        if (id(part), id(value)) not in self._errors:
            self.depth += 1
            try:
                self._errors[id(part), id(value)] = value, list(islice(part.iter_errors(value), _MOST_ERRORS))
            finally:
                self.depth -= 1
        yield from self._errors[id(part), id(value)][1]


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
    chain = [part for part in validator.chain(node) if isinstance(part, Mapping)]
    parts = chain[-1].get("allOf") if chain else None
    chain += [part for part in parts if isinstance(part, Mapping)] if isinstance(parts, list) else []
    return any(part.get(hidden) is True for part in chain)


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
    last = (pointer_of(target) or target).rpartition("/")[2]
    places = [pointer_of(option.get("$ref")) if isinstance(option, Mapping) else None for option in options]
    rows = zip(options, places, strict=True)
    return next((option for option, place in rows if place is not None and place.rpartition("/")[2] == last), None)


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
_Schema = _extended(Draft202012Validator, {"pattern": _matches_strictly, "enum": _listed})
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
MODES: Mapping[str, Any] = {
    # As JSON Schema has it.
    "schema": _Schema,
    "request": _Request,
    "reply": _Reply,
    "client": _Client,
    # What the client checks of each field of a body alone.
    "fields": _extended(_Client, dict.fromkeys(_OVER_FIELDS, _nothing)),
    # What is accepted where alternatives of a `oneOf` overlap so that no value fits one of them alone.
    "loose request": _extended(_Request, {"oneOf": _any_of}),
    "loose reply": _extended(_Reply, {"oneOf": _any_of}),
}
"""How a schema is read: for a request, for a reply, or as the client checks it. "loose" takes `oneOf` as `anyOf`."""


class SchemaValidators:
    """The validators of the schemas of one document."""

    def __init__(self, document: Mapping[str, Any], chain: Callable[[Any], Iterable[Any]]) -> None:
        empty: Registry[Any] = Registry()
        self._registry: Registry[Any] = empty.with_resource(_NAME, DRAFT202012.create_resource(dict(document)))
        self._by_place: dict[tuple[str, str], Any] = {}
        self._parts = _Parts(chain)
        self._kinds: dict[str, Any] = {}

    def breaches(self, place: str, value: Any, mode: str, most: int) -> list[str]:
        """Return the first keywords that refuse a value; [""] where it cannot be said."""
        if (place, mode) not in self._by_place:
            reference = {"$ref": f"{_NAME}#{quote(place, safe='/~')}"}
            if mode not in self._kinds:
                self._kinds[mode] = self._parts.kind(MODES[mode])
            validator = self._kinds[mode](reference, registry=self._registry, format_checker=_FORMATS)
            self._by_place[place, mode] = validator
        self._parts.begin()
        try:
            errors = islice(self._by_place[place, mode].iter_errors(value), most)
            return [str(error.validator) for error in errors]
        except (_TooMuch, RecursionError, TypeError, ValueError, AttributeError, KeyError, ArithmeticError):
            return [""]
        except Exception as error:  # a reference that leads nowhere: the operation is not generated for it
            if type(error).__module__.startswith(("referencing", "jsonschema")):
                return [""]
            raise
