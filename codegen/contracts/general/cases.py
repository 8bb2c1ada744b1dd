"""Calls of one operation, and what each has to become: composed from the document, printed as data."""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any
from urllib.parse import quote, urlsplit

from codegen.contracts.exchanges import canary
from codegen.contracts.general import expected_wire
from codegen.contracts.general.kinds import other_kinds
from codegen.contracts.general.limit_values import LimitValues, Probe
from codegen.contracts.general.statements import Statements
from codegen.contracts.oracle import Oracle
from codegen.contracts.oracle_pointers import join
from codegen.openapi.json_values import as_list, as_object, one_of
from codegen.openapi.samples import Samples, Size
from codegen.openapi.schemas import Schemas
from codegen.python.model import OperationModel, Parameter, ServiceModel

Arguments = dict[str, Any]
"""Python name → value; a file is (name, text)."""
_MOST_ROWS = 160
_MOST_OF_ONE = 60
"""Values of one parameter that are refused, and that are just allowed."""
_LARGEST = 2_000
"""Characters of one of them: what is larger nobody reads in a test."""
_MOST_TRIED = 60
"""Optional parameters that are tried one after the other."""
_KINDS = ({"canary": 1}, ["canary"], 7, "canary", True)
"""A value of each type but null."""
_MOST_KINDS = 4
"""Types beside null that a schema accepts which means null: one that accepts as many says nothing of the type."""
_RESERVED = "a/b?c:d,e f"
_SIZES: tuple[Size, ...] = ("smallest", "fullest")


class Uncomposed(Exception):
    """No call was found that the document accepts. Carries the pointer of what has no value."""


@dataclass(frozen=True)
class Case:
    """One call and its request."""

    arguments: Arguments
    target: str
    headers: Mapping[str, str]
    body: Any
    """JSON; the text of a form; the parts of a multipart body; text; None."""


def examples_of(node: Mapping[str, Any]) -> list[Any]:
    """Return the values of the examples of a media type or a parameter."""
    values = [row["value"] for row in as_object(node.get("examples")).values() if _has_value(row)]
    return [*([node["example"]] if "example" in node else []), *values]


def _has_value(row: Any) -> bool:
    return isinstance(row, Mapping) and "value" in row


def _file(parameter: Parameter) -> tuple[bool, str]:
    """Return whether a part may be several files, and the media type that its schema states."""
    return parameter.annotation.items is not None, str(parameter.schema.get("contentMediaType", ""))


def _in_charset(text: str, media: str) -> str:
    """Return a text that the character set of a media type has."""
    match = re.search(r"charset\s*=\s*\"?([\w.-]+)", media)
    try:
        text.encode(match[1] if match else "utf-8")
    except (UnicodeEncodeError, LookupError):
        return text.encode("ascii", "ignore").decode()
    return text


class Composer:
    """Composes the calls of one operation."""

    def __init__(
        self,
        service: ServiceModel,
        operation: OperationModel,
        oracle: Oracle,
        schemas: Schemas,
        samples: Samples,
        statements: Statements,
        elsewhere: Set[str] = frozenset(),
    ) -> None:
        """Keep what calls are composed of. `elsewhere`: schemas whose limits the tests of other operations have."""
        self.service = service
        self._elsewhere = elsewhere
        self.probed: set[str] = set()
        """The schemas of which this operation has them."""
        self._limits = LimitValues(schemas, samples)
        self._statements = statements
        self._mode = "request"
        self.operation = operation
        self.oracle = oracle
        self._schemas = schemas
        self._samples = samples
        self._nodes = oracle.parameters(operation.pointer)
        body, place = oracle.node(join(operation.pointer, "requestBody"))
        media = operation.body.media if operation.body else ""
        content = as_object(body.get("content"))
        media = expected_wire.stated_media(content, media) or next(iter(content), "")
        self.media: Mapping[str, Any] = as_object(content.get(media))
        self.body_schema = join(place, "content", media, "schema")

    def cases(self) -> list[Case]:
        """Return the smallest and the fullest call, and one for each kind of a value that a discriminator decides.

        Where no call fits one alternative of each `oneOf` alone, one that fits several does. Raises Uncomposed.
        """
        try:
            return self._cases()
        except Uncomposed as error:
            self._mode = "loose request"
            try:
                return self._cases()
            except Uncomposed:
                raise error from None

    def _cases(self) -> list[Case]:
        cases = [self.case(self._whole("smallest")), self.case(self._whole("fullest"))]
        for parameter, value, call in other_kinds(self.operation, self.oracle, self._samples, cases[-1].arguments):
            if self._fits(parameter, value) and self.accepts(call):
                cases.append(self.case(call))
        return [case for index, case in enumerate(cases) if case not in cases[:index]]

    def _whole(self, size: Size) -> Arguments:
        """Return a call that the document accepts. Raises Uncomposed."""
        call: Arguments = {}
        for parameter in self.operation.parameters:
            if parameter.required or size == "fullest":
                value = self.value(parameter, size)
                if value is not None:
                    call[str(parameter.name)] = value
                elif parameter.required:
                    value = self.value(parameter, "smallest")
                    is_json = self.operation.body is None or self.operation.body.kind == "json"
                    if value is None and not (parameter.nullable and is_json):
                        raise Uncomposed(parameter.pointer)
                    call[str(parameter.name)] = value
        call = self._with_rules(call)
        if self.accepts(call):
            return call
        if size == "fullest":
            return self._grown(call)
        for candidate in self._tries(call):
            candidate = self._with_rules(candidate)
            if self.accepts(candidate):
                return candidate
        raise Uncomposed(self.body_schema)

    def _tries(self, call: Arguments) -> Iterator[Arguments]:
        """Yield calls around one that the document refuses for its body as a whole."""
        names = {item.wire_name: str(item.name) for item in self._fields()}
        rest = {name: value for name, value in call.items() if name not in names.values()}
        schema = self.oracle.at(self.body_schema)
        for size in _SIZES:
            for body in self._samples.of(schema, self.body_schema, size):
                if isinstance(body, dict) and body.keys() <= names.keys():
                    yield {**rest, **{names[key]: value for key, value in body.items()}}
        for parameter in self._fields()[:_MOST_TRIED]:
            if str(parameter.name) not in call and (value := self.value(parameter, "smallest")) is not None:
                yield {**call, str(parameter.name): value}

    def _with_rules(self, call: Arguments) -> Arguments:
        by_name = {str(item.name): item for item in self.operation.parameters}
        for _ in range(4):
            for rule in self.operation.rules:
                if all(name in call and (not some or one_of(some)(call[name])) for name, some in rule.when.items()):
                    for name in rule.required:
                        call.setdefault(name, self.value(by_name[name], "smallest"))
                    if rule.any_of and not any(name in call for name in rule.any_of):
                        call[rule.any_of[0]] = self.value(by_name[rule.any_of[0]], "smallest")
                    for name, allowed in rule.allowed.items():
                        if name in call and allowed and not one_of(allowed)(call[name]):
                            call[name] = allowed[0]
        return {name: call[name] for name in by_name if name in call}

    def _grown(self, arguments: Arguments) -> Arguments:
        """Return the smallest call with one optional parameter after the other, where the call stays whole."""
        call = self._whole("smallest")
        for name, value in list(arguments.items())[:_MOST_TRIED]:
            candidate = self._with_rules({**call, name: value})
            if self.accepts(candidate):
                call = candidate
        return call

    def value(self, parameter: Parameter, size: Size) -> Any:
        """Return a value of a parameter that the document accepts; None where none was found."""
        if parameter.is_file:
            one = ("canary.bin", f"canary {parameter.wire_name}", *self._kind_of_file(parameter))
            return [one, ("second.bin", "canary two")] if parameter.annotation.items else one
        if parameter.content == "choice":
            return None
        if parameter.location == "whole" and self.operation.body and self.operation.body.kind == "text":
            return _in_charset(f"canary {size} é", self.operation.body.media)
        schema = self._schema(parameter)
        if text := self._reserved(parameter):
            return text
        for like in _SIZES if size == "smallest" else reversed(_SIZES):
            for sample in self._samples.of(schema, parameter.pointer, like, parameter.wire_name):
                value = expected_wire.apart(parameter, sample)
                if self._fits(parameter, value) and self._is_sendable(parameter, value):
                    return value
        examples = self._stated(parameter)
        return next((v for v in examples if self._fits(parameter, v) and self._is_sendable(parameter, v)), None)

    def _reserved(self, parameter: Parameter) -> str:
        """Return a text with reserved characters, which `allowReserved` leaves as they are; "" where it is no value."""
        node, _ = self._nodes.get((parameter.wire_name, parameter.location), ({}, ""))
        is_reserved = node.get("allowReserved") is True and self._fits(parameter, _RESERVED)
        return _RESERVED if is_reserved else ""

    def _kind_of_file(self, parameter: Parameter) -> tuple[str, ...]:
        """Return the media type that a call gives with a file, where the document allows those of one kind alone."""
        media = self.operation.body.media if self.operation.body and parameter.location == "whole" else ""
        is_some = media.endswith("/*") and media not in ("*/*", "application/*")
        return (media.replace("*", "canary"),) if is_some else ()

    def _stated(self, parameter: Parameter) -> list[Any]:
        """Return the examples that the document has of a parameter, or of the body that it is a part of."""
        if parameter.location == "whole":
            return examples_of(self.media)
        if parameter.location == "body":
            bodies = [body for body in examples_of(self.media) if isinstance(body, dict)]
            return [body[parameter.wire_name] for body in bodies if parameter.wire_name in body]
        node, _ = self._nodes.get((parameter.wire_name, parameter.location), ({}, ""))
        return examples_of(node)

    def _schema(self, parameter: Parameter) -> Any:
        """Return the schema of a parameter: text in the path and any value in a body where the document has none."""
        if parameter.pointer == self.operation.pointer:
            return {"type": "string"}
        node = self.oracle.at(parameter.pointer)
        return {} if node is None else node

    def _fits(self, parameter: Parameter, value: Any) -> bool:
        if parameter.pointer == self.operation.pointer:
            return isinstance(value, str)
        if self.oracle.at(parameter.pointer) is None:
            return True
        return self.oracle.accepts(parameter.pointer, value, self._mode)

    def _is_sendable(self, parameter: Parameter, value: Any) -> bool:
        if parameter.required and self._is_nothing(parameter, value):
            return False
        if parameter.location in ("body", "whole"):
            return True
        texts = list(_texts_in(value))
        between = expected_wire.between(parameter) if isinstance(value, list | dict) else ""
        if between and any(between in text for text in texts):
            return False  # nobody could take it apart again
        if parameter.location == "path":
            return value not in ("", ".", "..", [], {}) and all(texts)
        if parameter.location in ("header", "cookie"):
            plain = all(text.isascii() and text.isprintable() and text.strip() == text for text in texts)
            return plain and value not in ([], {}) and not _nests(value)
        return not _nests(value) or parameter.style == "deepObject" or bool(parameter.content)

    def _is_nothing(self, parameter: Parameter, value: Any) -> bool:
        """Return whether no style has a form for a value: an empty list or object outside JSON."""
        if parameter.location == "body":
            form = self.operation.body.kind if self.operation.body else ""
            return form in ("form", "multipart") and value == [] and (parameter.is_file or not parameter.content)
        return parameter.location in ("query", "header", "cookie") and value in ([], {}) and not parameter.content

    def accepts(self, call: Arguments) -> bool:
        """Return whether the document accepts the body of a call as a whole."""
        if self.operation.body is None or not self._has_fields():
            return True
        if any(item.is_file for item in self.operation.parameters):
            return True
        body = {item.wire_name: call[str(item.name)] for item in self._fields() if str(item.name) in call}
        return self.oracle.accepts(self.body_schema, body, self._mode)

    def _fields(self) -> list[Parameter]:
        return [item for item in self.operation.parameters if item.location == "body"]

    def _has_fields(self) -> bool:
        return not any(item.location == "whole" and item.content != "choice" for item in self.operation.parameters)

    def case(self, arguments: Arguments) -> Case:
        """Return the request that a call has to become."""
        path, query, headers, cookies = self.operation.path, [], {}, []
        for item in self.operation.parameters:
            name = str(item.name)
            if name not in arguments or item.location in ("body", "whole"):
                continue
            node = self._nodes.get(
                (item.wire_name, item.location), ({"name": item.wire_name, "in": item.location}, "")
            )[0]
            pieces = expected_wire.parameter(node, arguments[name])
            if item.location == "path":
                path = path.replace("{" + item.wire_name + "}", "".join(pieces))
            elif item.location == "query":
                query += pieces
            elif item.location == "cookie":
                cookies += pieces
            else:
                headers[item.wire_name.lower()] = "".join(pieces)
        body, media = self._body(arguments)
        if media:
            headers["content-type"] = media
        headers["accept"] = self._accept()
        keys_of_query, keys_of_cookies = self._keys(headers)
        query += keys_of_query
        if cookies or keys_of_cookies:
            headers["cookie"] = "; ".join([*cookies, *keys_of_cookies])
        base = urlsplit(self._statements.server(self.operation)).path.rstrip("/")
        path, _, fixed = path.partition("?")
        query = [fixed, *query] if fixed else query
        return Case(arguments, base + path + (f"?{'&'.join(query)}" if query else ""), headers, body)

    def _accept(self) -> str:
        """Return every media type of every success, JSON first."""
        responses = self.oracle.node(join(self.operation.pointer, "responses"))[0]
        leads = any(re.fullmatch("3(0[0-478]|XX|xx)", str(status)) for status in responses)
        others = [status for status in responses if status == "default" and not leads]
        good = sorted(status for status in responses if str(status).startswith("2")) or others
        media: list[str] = []
        for status in good:
            row = self.oracle.node(join(self.operation.pointer, "responses", status))[0].get("content")
            media += expected_wire.read_media(row) if isinstance(row, Mapping) else []
        if any(map(expected_wire.is_json, media)):
            media = [name for name in media if not name.lower().startswith("text/event-stream")]
        media = [name for name in dict.fromkeys(media) if name.isascii() and name.isprintable() and len(name) <= 100]
        types = [
            name.replace("*+json", "json") for name in sorted(media, key=lambda one: not expected_wire.is_json(one))
        ]
        return ", ".join(list(dict.fromkeys(types))[:6]) or "application/json"

    def _body(self, arguments: Arguments) -> tuple[Any, str]:
        model = self.operation.body
        if model is None:
            return None, ""
        encoding = as_object(self.media.get("encoding"))
        whole = next((i for i in self.operation.parameters if i.location == "whole" and i.content != "choice"), None)
        if whole is not None:
            if str(whole.name) not in arguments:
                return None, ""
            body = arguments[str(whole.name)]
            if whole.is_file:
                return body[1], body[2] if len(body) > 2 else expected_wire.file_media(model.media)
        else:
            body = {item.wire_name: arguments[str(item.name)] for item in self._fields() if str(item.name) in arguments}
            is_needed = self.oracle.node(join(self.operation.pointer, "requestBody"))[0].get("required") is True
            if not body and not is_needed:
                return None, ""
        if model.kind == "form":
            return expected_wire.form(as_object(body), encoding), model.media
        if model.kind == "multipart":
            files = {item.wire_name: _file(item) for item in self._fields() if item.is_file}
            return expected_wire.parts(as_object(body), encoding, files), model.media
        if model.kind == "text":
            return body, model.media if "charset" in model.media else f"{model.media}; charset=utf-8"
        return body, model.media

    def _keys(self, headers: dict[str, str]) -> tuple[list[str], list[str]]:
        """Put the keys of the alternative that is taken into the headers; return those of the query and the cookies."""
        own = as_object(self.oracle.at(self.operation.pointer)).get("security")
        options = own if isinstance(own, list) else self.oracle.document.get("security", [])
        schemes = {row.name: row for row in self.service.auth}
        usable = [option for option in options if isinstance(option, Mapping) and set(option) <= schemes.keys()]
        alternative = next((option for option in usable if option and self.oracle.can_send(option)), {})
        query, cookies = [], []
        for scheme in alternative:
            row = self.oracle.node(join("/components/securitySchemes", scheme))[0]
            secrets = [canary(str(argument)) for argument in schemes[scheme].credentials]
            plain = row.get("x-python", {}).get("plain", {})
            secrets[0] = plain.get("prefix", "") + secrets[0]
            if row.get("type") == "apiKey":
                place, name = row.get("in"), str(row.get("name"))
                if place == "query":
                    query.append(f"{quote(name, safe='')}={secrets[0]}")
                elif place == "cookie":
                    cookies.append(f"{name}={secrets[0]}")
                else:
                    headers[name.lower()] = secrets[0]
            elif str(row.get("scheme", "")).lower() == "basic":
                headers["authorization"] = "Basic " + base64.b64encode(":".join(secrets).encode()).decode()
            else:
                headers["authorization"] = f"Bearer {secrets[0]}"
        return query, cookies

    def nullable(self, smallest: Arguments) -> list[tuple[str, str]]:
        """Return the parameters of a JSON body that may be null, each with its name in the body."""
        if self.operation.body is None or self.operation.body.kind != "json" or self.operation.body_at:
            return []
        return [
            (str(item.name), item.wire_name)
            for item in self._fields()
            if self.oracle.accepts(item.pointer, None, "request")
            and sum(self.oracle.accepts(item.pointer, value, "request") for value in _KINDS) < _MOST_KINDS
            and self.accepts({**smallest, str(item.name): None})
        ]

    def not_null(self) -> Iterator[str]:
        """Yield the required parameters that may not be null."""
        return (str(item.name) for item in self.operation.parameters if item.required and not self._may_be_null(item))

    def omitted(self) -> Iterator[str]:
        """Yield the optional parameters that may not be null: None leaves them out."""
        for item in self.operation.parameters:
            if not item.required and not item.is_file and not self._may_be_null(item):
                yield str(item.name)

    def _may_be_null(self, parameter: Parameter) -> bool:
        """Return whether a call may give null: the model has to say so, and the document, where it has a schema."""
        is_json = self.operation.body is not None and self.operation.body.kind == "json"
        if is_json and parameter.location in ("body", "whole") and self.oracle.at(parameter.pointer) is not None:
            return parameter.nullable and self.oracle.accepts(parameter.pointer, None, "loose request")
        return parameter.nullable

    def refused_calls(self, smallest: Arguments) -> list[Arguments]:
        """Return calls that break a rule over several fields of a body, and nothing else."""
        if not self._has_fields() or self.operation.body is None or self.operation.body_at:
            return []
        # Each is held against the whole schema: of thousands of rules some are enough.
        candidates = islice(self._without_what_a_rule_asks(smallest), _MOST_TRIED)
        return list(islice(filter(self._breaks_a_rule, candidates), _MOST_ROWS))

    def _without_what_a_rule_asks(self, smallest: Arguments) -> Iterator[Arguments]:
        names = {item.wire_name: item for item in self._fields()}
        for condition, required in self._rules(self.body_schema, 0):
            if not {*condition, *required} <= names.keys():
                continue
            call = {**smallest}
            for name, value in condition.items():
                call[str(names[name].name)] = self.value(names[name], "smallest") if value is None else value
            for name in required:
                rest = {key: value for key, value in call.items() if key != str(names[name].name)}
                if len(rest) < len({**call, str(names[name].name): None}):
                    yield rest

    def _breaks_a_rule(self, call: Arguments) -> bool:
        body = {item.wire_name: call[str(item.name)] for item in self._fields() if str(item.name) in call}
        schema = self.body_schema
        required = self._statements.required(self.operation)
        return (
            all(name in call for name in required)
            and None not in call.values()
            and not self.oracle.accepts(schema, body, "request")
            and self.oracle.accepts(schema, body, "fields")
        )

    def _rules(self, pointer: str, depth: int) -> Iterator[tuple[dict[str, Any], list[str]]]:
        """Yield the fields that a rule speaks of with their values, None for any, and those that it then asks for."""
        node, place = self.oracle.node(pointer)
        for name, others in as_object(node.get("dependentRequired")).items():
            yield {name: None}, [*others] if isinstance(others, list) else []
        condition, outcome = node.get("if"), node.get("then")
        if isinstance(condition, Mapping) and isinstance(outcome, Mapping) and "else" not in node:
            values = {
                name: row["const"] if "const" in row else row["enum"][0]
                for name, row in as_object(condition.get("properties")).items()
                if isinstance(row, Mapping) and ("const" in row or row.get("enum"))
            }
            if values and set(condition) <= {"properties", "required"} and set(outcome) == {"required"}:
                yield values, list(outcome["required"])
        parts = node.get("allOf")
        for index in range(len(parts) if isinstance(parts, list) and depth < 4 else 0):
            yield from self._rules(join(place, "allOf", index), depth + 1)

    def refused(self) -> list[tuple[str, Any]]:
        """Return values that the client promises to refuse, each with its parameter; some of every parameter."""
        return self._some_of_each(self._refused_of)

    def allowed(self, cases: Sequence[Case]) -> list[tuple[str, Any]]:
        """Return values that the document just allows beside the first call, each with its parameter."""

        def of(parameter: Parameter) -> Iterator[tuple[Any, str | None]]:
            name, first = str(parameter.name), cases[0].arguments
            seen = [case.arguments[name] for case in cases if name in case.arguments]
            for value, schema in islice(self._allowed_of(parameter), _MOST_OF_ONE):
                call = {**first, name: value}
                is_new = not any(_is_same(value, other) for other in seen)
                if is_new and self._with_rules({**call}) == call and self.accepts(call):
                    seen.append(value)
                    yield value, schema

        return self._some_of_each(of)

    def _some_of_each(
        self, values_of: Callable[[Parameter], Iterable[tuple[Any, str | None]]]
    ) -> list[tuple[str, Any]]:
        each = ([(str(item.name), *row) for row in values_of(item)] for item in self.operation.parameters)
        # Of each parameter the first row comes first: further parameters have none among those that are kept.
        every = [row for some in islice(filter(None, each), _MOST_ROWS) for row in some]
        rows = list({f"{name} {value!r}": (name, value, schema) for name, value, schema in reversed(every)}.values())
        rows.reverse()  # of equal rows the first
        numbers: Counter[str] = Counter()
        rank = []
        for name, value, _ in rows:
            numbers[name] += 1
            rank.append((len(str(value)) >= _LARGEST, numbers[name]))
        order = sorted(range(len(rows)), key=lambda index: (rank[index], index))
        first = [index for index in order if not rank[index][0]][:_MOST_ROWS]
        left_out = {rows[index][2] for index in set(order) - set(first)}
        self.probed |= {rows[index][2] or "" for index in first} - left_out
        return [rows[index][:2] for index in sorted(first)]

    def _allowed_of(self, parameter: Parameter) -> Iterator[tuple[Any, str | None]]:
        """Yield values at the limits of one parameter that the document allows, each with the schema that has it."""
        node = self.oracle.at(parameter.pointer)
        if self._is_odd(parameter) or parameter.pointer == self.operation.pointer or not isinstance(node, Mapping):
            return
        view = self._schemas.view(node, parameter.pointer)
        for _, probes in groupby(self._limits.right(view, parameter.wire_name, self._elsewhere), lambda row: row.limit):
            for probe in probes:
                value = probe.value
                if value is not None and self._fits(parameter, value) and self._is_sendable(parameter, value):
                    yield value, probe.schema
                    break

    @staticmethod
    def _is_odd(parameter: Parameter) -> bool:
        """Return whether the client takes something else than what the schema describes, such as a body as text."""
        is_any = parameter.type in ("Any", "StrictStr") and parameter.location == "whole"
        return parameter.is_file or parameter.content == "choice" or parameter.wire is not None or is_any

    def _refused_of(self, parameter: Parameter) -> list[tuple[Any, str | None]]:
        """Return values of one parameter that the client promises to refuse, each with the schema that refuses it."""
        empty: list[Any] = (
            [([], None)]
            if parameter.required and parameter.annotation.items and self._is_nothing(parameter, [])
            else []
        )
        if parameter.is_file and self._kind_of_file(parameter):
            return [(("canary.bin", "of no known media type"), None)]
        node = self.oracle.at(parameter.pointer)
        if self._is_odd(parameter) or parameter.pointer == self.operation.pointer or node is None:
            return empty
        view = self._schemas.view(node, parameter.pointer)
        rows = groupby(self._limits.wrong(view, parameter.wire_name, self._elsewhere), lambda row: row.limit)
        values = (value for _, probes in rows for value in self._sharpest(parameter.pointer, probes))
        return [*islice(values, _MOST_OF_ONE), *empty]

    def _sharpest(self, pointer: str, probes: Iterable[Probe]) -> list[tuple[Any, str | None]]:
        """Return the value of one limit that breaks nothing else; where each does, the first that breaks anything."""
        values: list[tuple[Any, str | None]] = []
        for probe in probes:
            faults = self.oracle.faults(pointer, probe.value, "client") if probe.value is not None else 0
            if faults == 1:
                return [(probe.value, probe.schema)]
            if faults:
                values.append((probe.value, probe.schema))
        return values[:1]


def _is_same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            yield from _texts_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts_in(item)
    else:
        yield expected_wire.text_of(value)


def _nests(value: Any) -> bool:
    """Return whether a list or an object holds another: no style says how that is written."""
    inner = value.values() if isinstance(value, dict) else as_list(value)
    return any(isinstance(item, dict | list) or item is None for item in inner)
