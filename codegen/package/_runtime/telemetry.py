"""What a call, a wait or a download took: one event for `client.events`, one OpenTelemetry span. Never what was sent.

OpenTelemetry is not imported here. Spans are made where the program itself has imported its API, and go to the tracer
provider that the program has set.
"""

from __future__ import annotations

import logging
import sys
from contextlib import AbstractContextManager
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from .log import record
from .operation import Operation
from .states import Stages
from .version import VERSION

if TYPE_CHECKING:
    from .aio.session import AsyncSession
    from .call_event import CallEvent, Step
    from .sync.session import Session

_OUTPUTS = {"image": "image", "video": "video", "audio": "audio", "diagram": "image"}
"""Kind of media → `gen_ai.output.type`."""


def observe(
    step: Step,
    session: AsyncSession | Session,
    operation: Operation,
    task: str | None = None,
    *,
    is_current: bool = True,
) -> Observation | Unobserved:
    """Return a context manager for one step. It costs next to nothing where nobody looks.

    `is_current`: spans that are started within are below it. A generator must not: its caller runs in between.
    """
    trace = sys.modules.get("opentelemetry.trace")
    if trace is None and session.events is None:
        return _UNOBSERVED
    return Observation(step, session, operation, task, trace, is_current=is_current)


class Unobserved:
    """A step of which nobody wants to know: what is noted of it is dropped. One serves all steps."""

    __slots__ = ()
    if TYPE_CHECKING:
        task: str | None
        status: str | None
        stages: Stages | None
        credits: float | None
        files: int | None
        is_repeated: bool

    def __setattr__(self, name: str, value: object) -> None:
        return None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        return None


_UNOBSERVED = Unobserved()


class Observation:
    """One step: what the code within the context notes of it becomes an event and the attributes of a span."""

    def __init__(
        self,
        step: Step,
        session: AsyncSession | Session,
        operation: Operation,
        task: str | None,
        trace: Any,
        *,
        is_current: bool,
    ) -> None:
        self.task = task
        self.status: str | None = None
        self.stages: Stages | None = None
        self.credits: float | None = None
        self.files: int | None = None
        self.is_repeated = False
        self._step: Step = step
        self._session = session
        self._operation = operation
        self._trace = trace
        self._is_current = is_current
        self._start = 0.0
        self._span: Any = None
        self._scope: AbstractContextManager[Any] | None = None

    def __enter__(self) -> Self:
        self._start = self._session.clock.monotonic()
        if self._trace is not None:
            tracer = self._trace.get_tracer("wondergen", VERSION)
            name = f"{self._step} {self._operation.name}"
            self._span = tracer.start_span(name, kind=self._trace.SpanKind.CLIENT)
            if self._is_current:
                scope: AbstractContextManager[Any] = self._trace.use_span(
                    self._span, record_exception=False, set_status_on_exception=False
                )
                scope.__enter__()
                self._scope = scope
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._scope is not None:
            self._scope.__exit__(None, None, None)
        self.task = self.task or getattr(error, "task_id", None)
        event = self._event(None if kind is None or kind is GeneratorExit else kind.__name__)
        if self._span is not None:
            self._end_span(event)
        if self._session.events is not None:
            try:
                self._session.events(event)
            except Exception as fault:
                record(logging.WARNING, "client.events failed", **_facts(event), reason=type(fault).__name__)

    def _event(self, error: str | None) -> CallEvent:
        from .call_event import CallEvent

        stages = self.stages
        return CallEvent(
            step=self._step,
            service=self._operation.service.name,
            operation=self._operation.name,
            model=self._operation.model,
            task=self.task,
            seconds=round(self._session.clock.monotonic() - self._start, 3),
            error=error,
            status=self.status,
            queue_seconds=None if stages is None else stages.queue_seconds,
            run_seconds=None if stages is None else stages.run_seconds,
            credits=self.credits,
            files=self.files,
            is_repeated=self.is_repeated,
        )

    def _end_span(self, event: CallEvent) -> None:
        if self._span.is_recording():
            assets = self._operation.assets
            attributes = {
                "gen_ai.operation.name": "generate_content",
                "gen_ai.provider.name": event.service,
                "gen_ai.request.model": event.model or None,
                "gen_ai.output.type": _OUTPUTS.get(assets.media) if assets is not None else None,
                "wondergen.operation": event.operation,
                "wondergen.task.id": event.task,
                "wondergen.task.status": event.status,
                "wondergen.task.queue_seconds": event.queue_seconds,
                "wondergen.task.run_seconds": event.run_seconds,
                "wondergen.credits": event.credits,
                "wondergen.files": event.files,
                "wondergen.repeated": event.is_repeated if event.step == "submit" else None,
                "error.type": event.error,
            }
            self._span.set_attributes({name: value for name, value in attributes.items() if value is not None})
            if event.error is not None:
                self._span.set_status(self._trace.StatusCode.ERROR, event.error)
        self._span.end()


def _facts(event: CallEvent) -> dict[str, object]:
    return {"service": event.service, "operation": event.operation, "task": event.task}
