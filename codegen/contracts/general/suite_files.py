"""The files of the suite: one module an operation, its data decided; the tests stand once, in a base class."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from codegen import http_errors
from codegen.contracts.exchanges import canary, with_success_code
from codegen.contracts.general import expected_wire
from codegen.contracts.general.cases import Case, Composer, Uncomposed, examples_of
from codegen.contracts.general.expected_replies import ReplyParts, class_of, fields_of, headers_of
from codegen.contracts.general.lists import listing
from codegen.contracts.general.polled_tasks import life
from codegen.contracts.general.statements import Statements
from codegen.contracts.oracle import Oracle
from codegen.contracts.oracle_pointers import get, join
from codegen.faults import Fault
from codegen.openapi.document import Document, printable
from codegen.openapi.json_values import as_list, as_object
from codegen.openapi.samples import Mode, Samples, Size
from codegen.openapi.schemas import ANNOTATIONS, Schemas
from codegen.python import names
from codegen.python.model import OperationModel, ServiceModel
from codegen.python.text import Docstring, Identifier, Literal

_SIZES: tuple[Size, ...] = ("fullest", "smallest")
_REMEDY = "give it an example, or correct its schema"
_LARGEST = 30_000
"""Characters of one value in a test: what is larger is not a test that anybody reads."""


@dataclass(frozen=True)
class CaseRow:
    arguments: Literal
    target: Literal
    headers: Literal
    body: Literal


@dataclass(frozen=True)
class SuccessRow:
    status: Literal
    media: Literal
    body: Literal
    """JSON, text, or None."""
    form: Literal
    cls: Literal
    """The class that a discriminator decides on."""
    fields: Literal
    """What the class has a field for."""
    hidden: Literal
    """What it has none for: it is only sent."""
    parts: Literal
    """Values inside it, each with its class."""
    hidden_inside: Literal
    """Objects inside it, each with a name that it has no field for."""


_NO_CLASS: tuple[Literal, ...] = (Literal(None), *[Literal(())] * 4)
"""What is known of a reply that is not an object."""


@dataclass(frozen=True)
class FailureCase:
    status: Literal
    error: Literal
    body: Literal
    fields: Literal


@dataclass(frozen=True)
class ListingRow:
    method: Literal
    arguments: Literal
    replies: Literal
    targets: Literal
    items: Literal


@dataclass(frozen=True)
class HeadersRow:
    """The method that gives the headers of a reply, too."""

    method: Literal
    sent: Literal
    read: Literal


@dataclass(frozen=True)
class TaskCase:
    """The life of a task that is asked for at URLs of its replies."""

    start_status: Literal
    started: Literal
    headers: Literal
    cancel_method: Literal
    reports: Literal
    states: Literal
    waiting: Literal
    done: Literal
    status_target: Literal
    result_target: Literal
    cancel_target: Literal
    result: Literal
    urls: Literal


@dataclass(frozen=True)
class Operations:
    """The test module of the document as a whole."""

    title: Docstring
    client: Literal
    methods: Literal
    undone: Literal


@dataclass(frozen=True)
class Payloads:
    """The test module of what the service sends on its own."""

    title: Docstring
    client: Literal
    module: Literal
    rows: tuple[PayloadRow, ...]
    missing: Literal
    undone: Literal

    @property
    def base(self) -> Identifier:
        """The class that has the tests."""
        return Identifier("ReadPayloads" if self.rows else "Payloads")


@dataclass(frozen=True)
class PayloadRow:
    model: Literal
    body: Literal
    fields: Literal
    hidden: Literal


@dataclass(frozen=True)
class Page:
    """One test module."""

    title: Docstring
    name: Identifier
    client: Literal
    module: Literal
    method: Literal
    verb: Literal
    origin: Literal
    kind: Literal
    secrets: Literal
    base_url: Literal
    files: Literal
    body_kind: Literal
    cases: tuple[CaseRow, ...]
    refused: tuple[Literal, ...]
    required: Literal
    not_null: Literal
    """The required parameters that may not be null."""
    successes: tuple[SuccessRow, ...]
    failures: tuple[FailureCase, ...]
    reply_at: Literal
    """Pointer in the reply to what the method returns."""
    returns: Literal
    differences: Literal
    """Between the client and the document."""
    is_deprecated: Literal
    key_header: Literal
    """The header that carries a key of each call, so that the service knows one that is sent again."""
    nullable: Literal
    omitted: Literal
    """The parameters that None leaves out."""
    refused_calls: tuple[Literal, ...]
    allowed: tuple[Literal, ...]
    listing: ListingRow | None = None
    headers: HeadersRow | None = None
    task: TaskCase | None = None

    @property
    def bases(self) -> tuple[Identifier, ...]:
        """The classes that have the tests, the plainest last."""
        bases = {"WithHeaders": self.headers, "WithTask": self.task, "ListContract": self.listing}
        return tuple(Identifier(name) for name, row in bases.items() if row is not None) or (Identifier("Contract"),)

    @property
    def imports(self) -> tuple[Identifier, ...]:
        """What the module imports, in order."""
        return tuple(map(Identifier, sorted({*map(str, self.bases), "Case", "Failure", "Success"})))


@dataclass
class ContractPages:
    """Makes the pages of one service."""

    service: ServiceModel
    untested: list[Fault] = field(default_factory=list)
    """What has no contract test, and why."""

    def __post_init__(self) -> None:
        self._oracle = Oracle(self.service.document)
        self._schemas = Schemas(Document(self.service.document, str(self.service.module)))
        self._samples: dict[Mode, Samples] = {mode: Samples(self._schemas, mode) for mode in ("request", "reply")}
        self._statements = Statements(self.service, self._oracle)
        self._covered: set[str] = set()
        """The schemas of which a test has the values at the limits: one that many operations share has them once."""

    def operations(self) -> Operations:
        """Return the module that says that no operation of the document is missing."""
        return Operations(
            title=Docstring.of(f"Every operation of the document is a method of {self.service.client}."),
            client=Literal(str(self.service.client)),
            methods=Literal(tuple(operation.qualified for operation in self.service.operations)),
            undone=Literal(self._statements.undone()),
        )

    def payloads(self) -> Payloads:
        """Return the module about what the service sends on its own: a value of each model, and what has no model."""
        rows = []
        for pointer, model in self.service.payloads.items():
            bodies = [body for body in self._bodies(self._oracle.at(pointer), pointer) if len(str(body)) < _LARGEST]
            if not bodies:
                self._say(pointer, f"has no contract test: no value was found for {self._limits(pointer)}")
            rows += [
                PayloadRow(Literal(str(model)), Literal(body), *map(Literal, fields_of(self._oracle, pointer, body)))
                for body in bodies
            ]
        return Payloads(
            title=Docstring.of("The service sends what its models read."),
            client=Literal(str(self.service.client)),
            module=Literal(str(self.service.module)),
            rows=tuple(rows),
            missing=Literal(self._statements.unread_payloads()),
            undone=Literal(self._statements.undone()),
        )

    def of(self, operation: OperationModel) -> Page | None:
        """Return the page of one operation; None where no call could be composed that the document accepts."""
        try:
            return self._page(operation)
        except RecursionError:  # a schema of thousands of parts inside each other: no value of it is composed
            self._say(operation.pointer, "is nested too deep for a contract test")
            return None

    def _say(self, pointer: str, problem: str) -> None:
        """Say of what there is no contract test."""
        self.untested.append(Fault(self.service.file, printable(pointer), printable(problem), _REMEDY))

    def _page(self, operation: OperationModel) -> Page | None:
        composer = Composer(
            self.service,
            operation,
            self._oracle,
            self._schemas,
            self._samples["request"],
            self._statements,
            self._covered,
        )
        try:
            cases = composer.cases()
        except Uncomposed as error:
            self._say(operation.pointer, f"has no contract test: no value was found for {self._limits(str(error))}")
            return None
        rows = tuple(_row(case) for case in cases if _size(case) < _LARGEST)
        if not rows:
            self._say(operation.pointer, f"has no contract test: its calls are larger than {_LARGEST} characters")
            return None
        return self._filled(operation, composer, cases, rows)

    def _limits(self, pointer: str, mode: Mode = "request") -> str:
        """Return the place of a schema, its keywords, and the one that refuses the likeliest value."""
        node = self._oracle.node(pointer)[0]
        words = sorted(key for key in node if key not in ANNOTATIONS and not key.startswith("x-"))
        value = next(self._samples[mode].of(node, pointer, "fullest"), None)
        refuses = self._oracle.breach(pointer, value, f"loose {mode}") if value is not None else None
        limits = f"{pointer}, which has {', '.join(words)}" if words else pointer
        return f"{limits}: {refuses} refuses the likeliest one" if refuses else limits

    def _filled(
        self, operation: OperationModel, composer: Composer, cases: list[Case], rows: tuple[CaseRow, ...]
    ) -> Page:
        """Return the page of an operation with the calls that were composed for it, the first of them whole."""
        name, base_url = f"{self.service.client}.{operation.qualified}", self._statements.server(operation)
        origin = "/".join(base_url.split("/")[:3])
        successes = tuple(self._compared(operation))
        limits = _limits(composer, cases)
        self._covered |= composer.probed
        return Page(
            title=Docstring.of(f"Contract tests of {name}: {operation.method} {operation.path}"),
            name=Identifier(f"Test{names.pascal(operation.constant.lower())}"[:78]),
            client=Literal(str(self.service.client)),
            module=Literal(str(self.service.module)),
            method=Literal(operation.qualified),
            verb=Literal(self._statements.verb(operation)),
            origin=Literal(origin),
            kind=Literal(operation.kind),
            secrets=Literal({str(row.argument): canary(str(row.argument)) for row in self.service.credentials}),
            base_url=Literal(None if self._statements.base_url else base_url),
            files=Literal(tuple(str(item.name) for item in operation.parameters if item.is_file)),
            body_kind=Literal(operation.body.kind if operation.body else None),
            cases=rows,
            **limits,
            required=Literal(self._statements.required(operation)),
            successes=successes,
            failures=tuple(self._failures(operation)),
            reply_at=Literal(operation.reply_at),
            returns=Literal(_returns(operation)),
            differences=Literal(self._statements.differences(operation)),
            is_deprecated=Literal(self._statements.is_deprecated(operation)),
            key_header=Literal(self._statements.key_header(operation)),
            listing=self._listing(operation, composer, cases[0], successes, origin),
            headers=self._headers(operation, successes),
            task=self._task(operation),
        )

    def _headers(self, operation: OperationModel, successes: tuple[SuccessRow, ...]) -> HeadersRow | None:
        """Return how the headers of the first success are read; None where the document describes none."""
        for row in successes[:1]:
            place = join(operation.pointer, "responses", row.status.value)
            sent, read = headers_of(self._oracle, place)
            if sent:
                method = operation.reply.headers_method or f"{operation.name}_with_headers"
                path = [*operation.qualified.split(".")[:-1], str(method)]
                return HeadersRow(Literal(".".join(path)), Literal(sent), Literal(read))
        return None

    def _task(self, operation: OperationModel) -> TaskCase | None:
        """Return the life of a task that is asked for at URLs of its replies; None where there is none."""
        responses, place = self._oracle.node(join(operation.pointer, "responses"))
        status = next((str(code) for code in sorted(map(str, responses)) if re.fullmatch("2[0-9][0-9]", code)), "200")
        response, where = self._oracle.node(join(place, status))
        media = next((name for name in as_object(response.get("content")) if expected_wire.is_json(name)), None)
        pointer = join(where, "content", media or "", "schema")
        bodies = self._bodies(self._oracle.at(pointer), pointer) if media is not None else []
        task = life(operation, self._oracle, bodies[0] if bodies else {}, self._statements.server(operation))
        if task is None:
            return None
        return TaskCase(Literal(int(status)), *(Literal(getattr(task, row.name)) for row in fields(task)))

    @staticmethod
    def _listing(
        operation: OperationModel, composer: Composer, case: Case, successes: tuple[SuccessRow, ...], origin: str
    ) -> ListingRow | None:
        """Return a list that comes page by page, made of the fullest reply."""
        for row in successes if operation.pages else ():
            if row.form.value == "json":
                pages = listing(operation, composer, case.arguments, row.body.value, origin)
                if pages is not None:
                    values = (pages.method, pages.arguments, pages.replies, pages.targets, pages.items)
                    return ListingRow(*map(Literal, values))
        return None

    def _compared(self, operation: OperationModel) -> Iterator[SuccessRow]:
        """Return the successes of which a test compares what the method returns: `reply_at` leads into JSON alone."""
        return (row for row in self._successes(operation) if not operation.reply_at or row.form.value == "json")

    def _successes(self, operation: OperationModel) -> Iterator[SuccessRow]:
        if operation.kind == "submit" or operation.media:
            return
        responses = self._oracle.node(join(operation.pointer, "responses"))[0]
        good = sorted(s for s in responses if re.fullmatch("2([0-9][0-9]|XX|xx)", str(s)))
        is_task = "x-task" in (self._oracle.at(operation.pointer) or {})
        for status in () if is_task else responses:
            if re.fullmatch("30[0-478]", str(status)):
                yield SuccessRow(Literal(int(status)), Literal(""), Literal(None), Literal("none"), *_NO_CLASS)
        leads = any(re.fullmatch("3(0[0-478]|XX|xx)", str(status)) for status in responses) and not is_task
        for status in good or [s for s in responses if s == "default" and not leads]:
            node, place = self._oracle.node(join(operation.pointer, "responses", status))
            code = int(status) if str(status).isdecimal() else 200
            content = node.get("content")
            if not isinstance(content, Mapping) or not content or operation.method == "HEAD" or code in (204, 205):
                yield SuccessRow(Literal(code), Literal(""), Literal(None), Literal("none"), *_NO_CLASS)
                continue
            for media in expected_wire.read_media(content):
                schema = join(place, "content", media, "schema")
                yield from self._success(operation, code, media, content[media], schema)

    def _success(
        self, operation: OperationModel, code: int, media: str, row: Any, pointer: str
    ) -> Iterator[SuccessRow]:
        plain = media.partition(";")[0].strip().lower()
        if not plain.isascii() or "/" not in plain:
            return
        schema = as_object(row).get("schema")
        binary = isinstance(schema, Mapping) and (schema.get("format") == "binary" or "contentMediaType" in schema)
        is_open = plain in ("*/*", "application/*") and isinstance(schema, Mapping) and not binary
        if (expected_wire.is_json(plain) and not _is_octets(schema)) or is_open:
            content_type = "application/json" if "*" in plain else plain
            bodies = self._with_codes(self._bodies(schema, pointer), schema, pointer)
            bodies = [body for body in bodies if len(str(body)) < _LARGEST]
            if operation.reply_at:
                bodies = [body for body in bodies if isinstance(get(body, operation.reply_at), dict)]
            if not bodies:
                self._say(
                    operation.pointer,
                    f"has no contract test of its reply: no value was found for {self._limits(pointer, 'reply')}",
                )
            for body in bodies[:4]:
                facts = _NO_CLASS
                if not operation.reply_at:
                    declared, hidden = fields_of(self._oracle, pointer, body)
                    inside = ReplyParts(self._oracle)
                    inside.read(pointer, body)
                    parts = tuple(inside.classes), tuple(inside.hidden)
                    facts = tuple(map(Literal, (class_of(self._oracle, pointer, body), declared, hidden, *parts)))
                yield SuccessRow(Literal(code), Literal(content_type), Literal(body), Literal("json"), *facts)
            return
        is_markup = plain.endswith(("+xml", "/xml", "/yaml", "+yaml", "/x-yaml")) or "form" in plain
        text = (plain.startswith("text/") or is_markup or plain.endswith(expected_wire.STREAMED)) and not binary
        content_type = plain.replace("*", "canary")
        form = Literal("text" if text else "bytes")
        yield SuccessRow(Literal(code), Literal(content_type), Literal("canary é"), form, *_NO_CLASS)

    def _with_codes(self, bodies: list[Any], schema: Any, pointer: str) -> list[Any]:
        """Return the bodies with the code of a success, where the replies of the service carry one."""
        envelope = self.service.envelope
        if envelope is None:
            return bodies

        def accepts(body: Any) -> bool:
            return schema is None or self._oracle.accepts(pointer, body, "reply")

        return list(filter(accepts, (with_success_code(envelope, body, accepts) for body in bodies)))

    def _bodies(self, schema: Any, pointer: str) -> list[Any]:
        if schema is None:
            return [{}]
        samples = self._samples["reply"]
        bodies = list(self._alternatives(samples, pointer))
        examples = examples_of(as_object(self._oracle.at(pointer.removesuffix("/schema"))))
        for mode in ("reply", "loose reply"):
            for size in _SIZES:
                for value in samples.of(schema, pointer, size):
                    if self._oracle.accepts(pointer, value, mode):
                        if value not in bodies:
                            bodies.append(value)
                        break
            bodies = bodies or [value for value in examples if self._oracle.accepts(pointer, value, mode)]
            if bodies:
                break
        return bodies

    def _alternatives(self, samples: Samples, pointer: str) -> Iterator[Any]:
        """Yield a value of each alternative that a discriminator tells apart by its mapping."""
        node, place = self._oracle.node(pointer)
        discriminator = as_object(node.get("discriminator"))
        for word, target in list(as_object(discriminator.get("mapping")).items())[:4]:
            for keyword in ("oneOf", "anyOf"):
                for index, option in enumerate(as_list(node.get(keyword))):
                    if not isinstance(option, Mapping) or option.get("$ref") != target:
                        continue
                    value = next(iter(samples.of(option, join(place, keyword, index), "fullest")), None)
                    whole = {**value, discriminator.get("propertyName"): word} if isinstance(value, dict) else None
                    if whole is not None and self._oracle.accepts(pointer, whole, "reply"):
                        yield whole

    def _failures(self, operation: OperationModel) -> Iterator[FailureCase]:
        responses = self._oracle.node(join(operation.pointer, "responses"))[0]
        if not any(str(status).startswith("5") for status in responses):
            # Whether a call is paid shows in what its failure means, documented or not.
            body = Literal({"canary": "canary"})
            yield FailureCase(Literal(500), Literal(_error(500, operation.kind)), body, Literal(()))
        for status in responses:
            code = _code_of(str(status), [str(other).upper() for other in responses])
            if code is not None:
                yield self._failure(operation, join(operation.pointer, "responses", status), code)

    def _failure(self, operation: OperationModel, pointer: str, code: int) -> FailureCase:
        node, place = self._oracle.node(pointer)
        body: Any = {"canary": "canary"}
        fields_in_body: tuple[str, ...] = ()
        for media, row in list(as_object(node.get("content")).items())[:1]:
            if expected_wire.is_json(media) and isinstance(row, Mapping) and isinstance(row.get("schema"), Mapping):
                schema = join(place, "content", media, "schema")
                bodies = self._bodies(row["schema"], schema)
                if bodies and len(str(bodies[0])) < _LARGEST:
                    body, fields_in_body = bodies[0], fields_of(self._oracle, schema, bodies[0])[0]
        return FailureCase(Literal(code), Literal(_error(code, operation.kind)), Literal(body), Literal(fields_in_body))


def _limits(composer: Composer, cases: list[Case]) -> dict[str, Any]:
    """Return what of an operation is refused, just allowed, left out, and null."""
    first = cases[0].arguments
    return {
        "refused": tuple(map(Literal, composer.refused())),
        "allowed": tuple(map(Literal, composer.allowed(cases))),
        "refused_calls": tuple(map(Literal, composer.refused_calls(first))),
        "not_null": Literal(tuple(composer.not_null())),
        "nullable": Literal(tuple(composer.nullable(first))),
        "omitted": Literal(tuple(composer.omitted())),
    }


def _returns(operation: OperationModel) -> str | None:
    """Return the class that a method returns, where it is the same for all replies and no result with files."""
    return str(operation.returns) if operation.reply.kind == "model" and not operation.media else None


_TEAPOT = 418
"""A status that no document says anything of, but for a range that it is in."""


def _code_of(status: str, documented: list[str]) -> int | None:
    """Return the status of a failure that a response describes: of a range, one that is in no other; None for none."""
    if re.fullmatch("[45][0-9][0-9]", status):
        return int(status) if status != "408" else None
    has_success = any(other.startswith("2") for other in documented)
    if status.upper() == "5XX":
        return 598
    is_range = status.upper() == "4XX" or (status == "default" and has_success and "4XX" not in documented)
    return _TEAPOT if is_range and str(_TEAPOT) not in documented else None


def _error(status: int, kind: str) -> str:
    """Return the class of an error by its HTTP status."""
    if status >= 500:
        return "ServerError" if kind == "query" else "OutcomeUnknown"
    return http_errors.error_of_status(status)


def _row(case: Case) -> CaseRow:
    return CaseRow(Literal(case.arguments), Literal(case.target), Literal(dict(case.headers)), Literal(case.body))


def _size(case: Case) -> int:
    return len(str(case.arguments))


def _is_octets(schema: Any) -> bool:
    """Return whether a schema is that of octets, which are no JSON whatever the media type says."""
    return isinstance(schema, Mapping) and schema.get("format") == "binary"
