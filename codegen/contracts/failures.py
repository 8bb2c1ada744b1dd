"""The tables about replies that are no success: documented codes and statuses, and the states of a task."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from codegen.contracts.oracle import get, join
from codegen.contracts.replies import MESSAGE, TRACE, Answerer, spellings
from codegen.contracts.rows import Anchors, Chunks, FailureRow, StateRow
from codegen.contracts.samples import Unsampled
from codegen.python.model import ErrorModel, OperationModel, ServiceModel
from codegen.python.text import Identifier, Literal

MAX_RETRIES = 2
"""What the generated suite makes its clients with."""
_SENT = {"never": 1, "once": 2, "after_delay": MAX_RETRIES + 1}
_STRANGE = ("1", "-1", "200", "400", "987654")
"""Codes that may look like success to a careless client."""
_ENDS = {"failed": "TaskFailed", "cancelled": "TaskCancelled", "timed_out": "TaskTimedOut"}


@dataclass
class FailureTables:
    """Builds the tables of one service."""

    service: ServiceModel
    answerer: Answerer

    def codes(
        self, errors: Iterable[ErrorModel], operations: list[OperationModel], anchors: Anchors
    ) -> list[FailureRow]:
        """In-band codes: HTTP says 200, the body says otherwise."""
        if self.service.envelope is None or not operations:
            return []
        return [
            replace(
                self._code(error.code, error.error, _SENT[error.retry], [error.pointer], operations, anchors),
                meaning=Chunks.of(error.meaning),
            )
            for error in errors
            if error.channel == "in-band"
        ]

    def strange_codes(self, operations: list[OperationModel], anchors: Anchors) -> list[FailureRow]:
        """In-band codes that no document explains: the service refused, nobody knows why, and it is not asked again."""
        envelope = self.service.envelope
        if envelope is None:
            return []
        errors = [*self.service.errors, *(error for operation in operations for error in operation.errors)]
        known = {error.code for error in errors if error.channel == "in-band"} | set(envelope.success)
        proves = [join("/x-error-codes/at", key) for key in self.answerer.oracle.at("/x-error-codes/at") or ()]
        return [
            self._code(code, Identifier("APIError"), 1, proves, operations, anchors)
            for code in _STRANGE
            if code not in known
        ]

    def _code(
        self,
        code: str,
        error: Identifier,
        sent: int,
        proves: list[str],
        operations: list[OperationModel],
        anchors: Anchors,
    ) -> FailureRow:
        envelope = self.service.envelope
        answer = self.answerer.refusal(operations[0], code)
        schemas = [schema for operation in operations if (schema := self.answerer.place(operation)[1]) is not None]
        documented = answer.schema is not None and all(
            self.answerer.oracle.accepts(schema, answer.body) for schema in schemas
        )
        return FailureRow(
            Literal(code),
            Literal(answer.status),
            Literal(answer.body),
            documented,
            error,
            Literal(sent),
            Literal(code),
            Literal(MESSAGE) if envelope and envelope.message else None,
            Literal(TRACE) if envelope and envelope.trace else None,
            anchors.proofs(proves),
        )

    def statuses(self, errors: Iterable[ErrorModel], *, paid: bool, anchors: Anchors) -> list[FailureRow]:
        """HTTP statuses. What a paid call became is unknown after any 5xx; a query is asked again."""
        rows = []
        for error in errors:
            if error.channel != "http":
                continue
            status, kind, sent = int(error.code), error.error, _SENT[error.retry]
            meaning: Chunks | None = Chunks.of(error.meaning)
            if status >= 500 and paid:
                kind, sent, meaning = Identifier("OutcomeUnknown"), 1, None
            elif status >= 500:
                sent = MAX_RETRIES + 1
            json: dict[str, Any] = {"canary": "canary"}
            proofs = anchors.proofs([error.pointer])
            rows.append(
                FailureRow(
                    Literal(error.code),
                    Literal(status),
                    Literal(json),
                    False,
                    kind,
                    Literal(sent),
                    None,
                    None,
                    None,
                    proofs,
                    meaning,
                )
            )
        return rows

    def states(self, starter: OperationModel, poll: OperationModel, result: Any, anchors: Anchors) -> list[StateRow]:
        """Each documented status of a task. Raises Unsampled where the polling operation could not say it."""
        task = starter.task
        if task is None:
            return []
        rows = []
        for word, state in task.states.items():
            answer = self.answerer.report(starter, poll, word, result)
            raw = next(raw for raw in spellings(word) if get(answer.body, task.status) == raw)
            ends = Identifier(_ENDS[state]) if state in _ENDS else None
            rows.append(
                StateRow(Literal(raw), Literal(state), ends, anchors.proofs([join(task.pointer, "states", word)]))
            )
        return rows


def polling(service: ServiceModel, starter: OperationModel) -> OperationModel:
    """The operation that reports on the tasks of another. Raises Unsampled."""
    for operation in service.operations:
        if starter.task is not None and operation.operation_id == starter.task.poll:
            return operation
    raise Unsampled(starter.pointer)
