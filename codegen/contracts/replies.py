"""What the service answers in a test: replies the document allows, told from those it does not know."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from codegen.contracts.oracle import Oracle, get, join, put
from codegen.contracts.samples import Sampler, Unsampled
from codegen.python.model import OperationModel, ServiceModel

MESSAGE = "canary message"
TRACE = "canary-trace"
TASK_ID = "canary-task-1"
_BARE: tuple[dict[str, Any], ...] = ({}, {"data": {}}, {"data": None})
"""What may stand beside the code of a refusal, where a schema asks for more than the code."""
_ENDINGS = {"image": "png", "video": "mp4", "audio": "mp3", "diagram": "svg", "file": "bin"}


@dataclass(frozen=True)
class Answer:
    """One reply of an operation."""

    status: int
    body: Any
    schema: str | None
    """Pointer of the schema it obeys; None where the document describes none."""


@dataclass
class Answerer:
    """Composes the replies of one service."""

    service: ServiceModel
    sampler: Sampler

    @property
    def oracle(self) -> Oracle:
        return self.sampler.oracle

    def place(self, operation: OperationModel) -> tuple[int, str | None]:
        """The first documented success of an operation and its schema."""
        responses = self.oracle.at(join(operation.pointer, "responses")) or {}
        for status in sorted(str(status) for status in responses):
            if not status.startswith("2"):
                continue
            response = self.oracle.place(join(operation.pointer, "responses", status))
            content = self.oracle.at(join(response, "content")) or {}
            media = next((name for name in content if "json" in name), None)
            code = int(status) if status.isdecimal() else 200
            return code, join(response, "content", media, "schema") if media else None
        return 200, None

    def success(self, operation: OperationModel) -> Answer:
        """A full reply: the envelope says success, the id and the result are known values. Raises Unsampled."""
        status, schema = self.place(operation)
        if schema is None:
            return Answer(status, self._enveloped(operation, {}, None), None)
        for size in ("fullest", "smallest"):
            body = self.sampler.sample(schema, "fullest" if size == "fullest" else "smallest")
            filled = self._filled(operation, body, schema)
            if self.oracle.accepts(schema, filled):
                return Answer(status, filled, schema)
        raise Unsampled(schema)

    def _filled(self, operation: OperationModel, body: Any, schema: str) -> Any:
        body = self._enveloped(operation, body, schema)
        if operation.kind == "submit" and operation.task is not None:
            body = put(body, operation.task.id, TASK_ID)
        if operation.kind == "generate" and operation.output_schema is not None:
            body = put(body, operation.reply_at, self.result(operation))
        return body

    def _enveloped(self, operation: OperationModel, body: Any, schema: str | None) -> Any:
        envelope = self.service.envelope
        if envelope is None:
            return body
        for code in spellings(envelope.success[0]):
            tried = put(body, envelope.code, code)
            if schema is None or self.oracle.accepts(schema, tried):
                return tried
        return put(body, envelope.code, envelope.success[0])

    def result(self, operation: OperationModel) -> Any:
        """A decoded result with every asset at a known address. Raises Unsampled."""
        schema = None if operation.output_schema is None else join("/components/schemas", operation.output_schema)
        addresses = (self._address(operation, number) for number in count(1))
        result: Any = {} if schema is None else self.sampler.sample(schema, "fullest")
        if not result:
            # The document says nothing of the result, so its files may be anywhere in it.
            result = {"canary": [next(addresses), next(addresses)]}
        for pointer in operation.assets_at:
            result = _withaddresses(result, pointer, addresses)
        if schema is not None and not self.oracle.accepts(schema, result):
            raise Unsampled(schema)
        return self._distracting(operation, result, schema)

    def _distracting(self, operation: OperationModel, result: Any, schema: str | None) -> Any:
        """With one address more, at a place that the document does not name: it is no file of the result."""
        more = put(result, "/canary_page", "https://www.example.com/canary")
        allowed = operation.assets_at and (schema is None or self.oracle.accepts(schema, more))
        return more if allowed else result

    def _address(self, operation: OperationModel, number: int) -> str:
        suffix = operation.hosts[0] if operation.hosts else ".example.com"
        return f"https://files.{suffix.lstrip('.')}/canary-{number}.{_ENDINGS.get(operation.media, 'bin')}"

    def urls(self, operation: OperationModel, result: Any) -> list[str]:
        """The addresses a result has, in document order."""
        if not operation.assets_at:
            return list(dict.fromkeys(addresses(result)))
        return list(dict.fromkeys(url for at in operation.assets_at for url in addresses(get(result, at))))

    def report(self, starter: OperationModel, poll: OperationModel, word: str, result: Any) -> Answer:
        """What the polling operation says of a task of `starter` in one documented status. Raises Unsampled."""
        task = starter.task
        if task is None:
            raise Unsampled(starter.pointer)
        status, schema = self.place(poll)
        base = self.success(poll).body
        for raw in spellings(word):
            body = put(base, task.status, raw)
            if task.progress is not None and get(body, task.progress) is None:
                body = put(body, task.progress, 50)
            if task.result is not None:
                body = put(body, task.result, json.dumps(result) if task.result_is_text else result)
            if schema is None or self.oracle.accepts(schema, body):
                return Answer(status, body, schema)
        raise Unsampled(schema or poll.pointer)

    def refusal(self, operation: OperationModel, code: str) -> Answer:
        """A reply whose in-band code says that nothing was done."""
        envelope = self.service.envelope
        if envelope is None:
            raise Unsampled(operation.pointer)
        status, schema = self.place(operation)
        for raw in spellings(code):
            for whole in _BARE:
                body = put(whole, envelope.code, raw)
                body = put(body, envelope.message, MESSAGE) if envelope.message else body
                body = put(body, envelope.trace, TRACE) if envelope.trace else body
                if schema is not None and self.oracle.accepts(schema, body):
                    return Answer(status, body, schema)
        return Answer(status, body, None)


def _withaddresses(result: Any, pointer: str, addresses: Iterator[str]) -> Any:
    found = get(result, pointer)
    if isinstance(found, list):
        return put(result, pointer, [next(addresses) for _ in found])
    return put(result, pointer, next(addresses)) if isinstance(found, str) else result


def spellings(word: str) -> Iterator[Any]:
    """A code or status as number and as text: the document says which it is."""
    if word.lstrip("-").isdecimal():
        yield int(word)
    yield word


def addresses(value: Any) -> Iterator[str]:
    """Every address anywhere in a JSON value, as it stands."""
    if isinstance(value, str) and value.startswith("https://"):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from addresses(item)
    elif isinstance(value, list):
        for item in value:
            yield from addresses(item)
