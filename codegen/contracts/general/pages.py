"""The files of the suite: one module an operation, its data decided; the tests stand once, in a base class."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from codegen.contracts.general.cases import Case, Composer, Uncomposed, canary, examples_of
from codegen.contracts.general.document import DocumentOracle
from codegen.contracts.general.lists import listing
from codegen.openapi.document import Document
from codegen.openapi.pointers import join
from codegen.openapi.samples import Samples
from codegen.openapi.schemas import Schemas
from codegen.python import names
from codegen.python.model import OperationModel, ServiceModel
from codegen.python.text import Docstring, Identifier, Literal

_LARGEST = 30_000
"""Characters of one value in a test: what is larger is no test that anybody reads."""
_JSON = re.compile(r"[a-z*]+/(?:[a-z0-9.*_-]+\+)?json5?(\s*;.*)?", re.IGNORECASE)


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


@dataclass(frozen=True)
class FailureRow:
    status: Literal
    error: Literal
    body: Literal


@dataclass(frozen=True)
class ListingRow:
    method: Literal
    arguments: Literal
    replies: Literal
    targets: Literal
    items: Literal


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
    failures: tuple[FailureRow, ...]
    returns: Literal
    listing: ListingRow | None = None


@dataclass
class Pages:
    """Makes the pages of one service."""

    service: ServiceModel

    def __post_init__(self) -> None:
        self._oracle = DocumentOracle(self.service.document)
        self._schemas = Schemas(Document(self.service.document, str(self.service.module)))

    def of(self, operation: OperationModel) -> Page | None:
        """Return the page of one operation; None where no call could be composed that the document accepts."""
        composer = Composer(self.service, operation, self._oracle, self._schemas)
        try:
            cases = composer.cases()
        except Uncomposed:
            return None
        rows = tuple(_row(case) for case in cases if _size(case) < _LARGEST)
        if not rows:
            return None
        base_url = operation.server or self.service.base_url or "https://api.example.com"
        origin = "/".join(base_url.split("/")[:3])
        required = [str(item.name) for item in operation.parameters if item.required]
        not_null = [str(item.name) for item in operation.parameters if item.required and not item.nullable]
        refused = [Literal((name, value)) for name, value in composer.refused() if len(str(value)) < 2_000]
        successes = tuple(self._successes(operation))
        credentials = {str(row.argument): canary(str(row.argument)) for row in self.service.credentials}
        return Page(
            title=Docstring.of(
                f"The contract of {self.service.client}.{operation.qualified}: {operation.method} {operation.path}"
            ),
            name=Identifier(f"Test{names.pascal(operation.constant.lower())}"[:78]),
            client=Literal(str(self.service.client)),
            module=Literal(str(self.service.module)),
            method=Literal(operation.qualified),
            verb=Literal(operation.method),
            origin=Literal(origin),
            kind=Literal(operation.kind),
            secrets=Literal(credentials),
            base_url=Literal(None if self.service.base_url else base_url),
            files=Literal(tuple(str(item.name) for item in operation.parameters if item.is_file)),
            body_kind=Literal(operation.body.kind if operation.body else None),
            cases=rows,
            refused=tuple(refused),
            required=Literal(tuple(required)),
            not_null=Literal(tuple(not_null)),
            successes=successes,
            failures=tuple(self._failures(operation)),
            returns=Literal(
                str(operation.returns) if operation.reply.kind == "model" and not operation.media else None
            ),
            listing=self._listing(operation, composer, cases[0], successes, origin),
        )

    @staticmethod
    def _listing(
        operation: OperationModel, composer: Composer, case: Case, successes: tuple[SuccessRow, ...], origin: str
    ) -> ListingRow | None:
        """Return a list that comes page by page, made of the fullest reply."""
        for row in successes if operation.pages else ():
            if row.form.value == "json":
                found = listing(operation, composer, case.arguments, row.body.value, origin)
                if found is not None:
                    values = (found.method, found.arguments, found.replies, found.targets, found.items)
                    return ListingRow(*map(Literal, values))
        return None

    def _successes(self, operation: OperationModel) -> Iterator[SuccessRow]:
        if operation.kind == "submit" or operation.media or self.service.envelope is not None:
            return
        responses = self._oracle.node(join(operation.pointer, "responses"))[0]
        good = sorted(s for s in responses if re.fullmatch("2([0-9][0-9]|XX|xx)", str(s)))
        for status in good or [s for s in responses if s == "default"]:
            node, place = self._oracle.node(join(operation.pointer, "responses", status))
            code = int(status) if str(status).isdecimal() else 200
            content = node.get("content")
            if not isinstance(content, Mapping) or not content or operation.method == "HEAD" or code in (204, 205):
                if not (isinstance(content, Mapping) and content):
                    yield SuccessRow(Literal(code), Literal(""), Literal(None), Literal("none"))
                continue
            for media, row in content.items():
                schema = join(place, "content", media, "schema")
                yield from self._success(operation, code, media, row, schema)

    def _success(
        self, operation: OperationModel, code: int, media: str, row: Any, pointer: str
    ) -> Iterator[SuccessRow]:
        plain = media.partition(";")[0].strip().lower()
        if not plain.isascii() or "/" not in plain:
            return
        schema = row.get("schema") if isinstance(row, Mapping) else None
        binary = isinstance(schema, Mapping) and (schema.get("format") == "binary" or "contentMediaType" in schema)
        if _JSON.fullmatch(plain) or ("*" in plain and isinstance(schema, Mapping) and not binary):
            sent = "application/json" if "*" in plain else plain
            bodies = self._bodies(schema, pointer, operation.reply_at)
            for body in bodies[:2]:
                if len(str(body)) < _LARGEST:
                    yield SuccessRow(Literal(code), Literal(sent), Literal(body), Literal("json"))
            return
        text = plain.startswith("text/") or plain.endswith(("+xml", "/xml", "/yaml", "+yaml")) or "form" in plain
        sent = plain.replace("*", "canary")
        yield SuccessRow(Literal(code), Literal(sent), Literal("canary é"), Literal("text" if text else "bytes"))

    def _bodies(self, schema: Any, pointer: str, at: str) -> list[Any]:
        if schema is None:
            return [{}]
        found: list[Any] = []
        samples = Samples(self._schemas, "reply")
        for size in ("fullest", "smallest"):
            for value in samples.of(schema, pointer, "fullest" if size == "fullest" else "smallest"):
                if self._oracle.accepts(pointer, value, "reply"):
                    if value not in found:
                        found.append(value)
                    break
        if not found:
            row = self._oracle.at(pointer.removesuffix("/schema"))
            stated = examples_of(row) if isinstance(row, Mapping) else []
            found = [value for value in stated if self._oracle.accepts(pointer, value, "reply")]
        return found if not at else []

    def _failures(self, operation: OperationModel) -> Iterator[FailureRow]:
        responses = self._oracle.node(join(operation.pointer, "responses"))[0]
        for status in responses:
            if not re.fullmatch("[45][0-9][0-9]", str(status)) or status == "408":
                continue
            node, place = self._oracle.node(join(operation.pointer, "responses", status))
            content = node.get("content")
            body: Any = {"canary": "canary"}
            for media, row in content.items() if isinstance(content, Mapping) else ():
                if _JSON.fullmatch(media) and isinstance(row, Mapping) and isinstance(row.get("schema"), Mapping):
                    found = self._bodies(row["schema"], join(place, "content", media, "schema"), "")
                    body = found[0] if found and len(str(found[0])) < _LARGEST else body
                break
            yield FailureRow(Literal(int(status)), Literal(_error(int(status), operation.kind)), Literal(body))


def _error(status: int, kind: str) -> str:
    """Return the class of an error by its HTTP status."""
    if status >= 500:
        return "ServerError" if kind == "query" else "OutcomeUnknown"
    known = {401: "AuthenticationError", 402: "InsufficientCredits", 403: "AuthenticationError", 404: "NotFound"}
    return "RateLimited" if status == 429 else known.get(status, "BadRequest")


def _row(case: Case) -> CaseRow:
    return CaseRow(Literal(case.arguments), Literal(case.target), Literal(dict(case.headers)), Literal(case.body))


def _size(case: Case) -> int:
    return len(str(case.arguments))
