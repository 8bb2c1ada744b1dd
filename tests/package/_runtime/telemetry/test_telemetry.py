"""What each submit, wait and save took, as events and as OpenTelemetry spans; and nothing of what was asked for."""

from __future__ import annotations

import logging
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from codegen.package._media import make
from codegen.package._runtime.call_event import CallEvent
from codegen.package._runtime.errors import InvalidRequest, OutcomeUnknown, TaskFailed, WaitTimeout
from codegen.package._runtime.operation import TaskStatus
from codegen.package._runtime.request import CallOptions
from codegen.package._runtime.states import Stages
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Loopback, answer, reset
from tests.package._runtime.task.sample_task import FILM, QUEUED, RUNNING, state

PROMPT = "a secret cat"
PICTURE = make("png", width=8, height=8)
SUBMITTED = answer({"code": 0, "data": {"task_id": "t-1"}})
MODEL = replace(FILM, model="sample-film-2")


@pytest.fixture(scope="module")
def every_span() -> InMemorySpanExporter:
    """Return what keeps all spans of this process: OpenTelemetry takes one provider for each."""
    found = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(found))
    trace.set_tracer_provider(provider)
    return found


@pytest.fixture
def exporter(every_span: InMemorySpanExporter) -> InMemorySpanExporter:
    every_span.clear()
    return every_span


def life(harness: Harness, server: Loopback, folder: Path, **options: Any) -> Any:
    """Submit, wait and save, with three looks at the task; return the client."""
    client = harness.client(server.url, results={MODEL.name: (MODEL, harness.result)}, **options)
    task = submit(harness, client)
    result = harness.call(task.wait, first_interval=2.0)
    harness.call(result.save, folder)
    return client


def submit(harness: Harness, client: Any, key: str | None = None) -> Any:
    return harness.call(client._submit, MODEL, harness.result, {"prompt": PROMPT}, CallOptions(key=key))


def script(server: Loopback) -> None:
    done = state(3, result={"url": f"{server.url}/1.png"})
    server.then(SUBMITTED, QUEUED, RUNNING, done, answer(PICTURE, bills=False))


def test_each_step_is_one_event_with_what_it_took(harness: Harness, tmp_path: Path) -> None:
    events: list[CallEvent] = []
    with Loopback() as server:
        script(server)
        client = harness.client(server.url)
        client.events = events.append
        task = submit(harness, client)
        result = harness.call(task.wait, first_interval=2.0)
        harness.call(result.save, tmp_path)
    assert [(event.step, event.error) for event in events] == [("submit", None), ("wait", None), ("save", None)]
    assert {(event.service, event.operation, event.model, event.task) for event in events} == {
        ("sample", "make", "sample-film-2", "t-1")
    }
    waited, saved = events[1:]
    assert waited.status == TaskStatus.SUCCEEDED
    assert waited.queue_seconds == pytest.approx(sum(harness.clock.sleeps[:2]), abs=1)
    assert waited.run_seconds == pytest.approx(harness.clock.sleeps[2], abs=1)
    assert saved.files == 1
    assert PROMPT not in repr(events)


def test_each_step_is_one_span_and_no_span_tells_what_was_asked_for(
    harness: Harness, tmp_path: Path, exporter: InMemorySpanExporter
) -> None:
    with Loopback() as server:
        script(server)
        life(harness, server, tmp_path)
    spans = exporter.get_finished_spans()
    assert [span.name for span in spans] == ["submit make", "wait make", "save make"]
    common = {"gen_ai.provider.name": "sample", "gen_ai.request.model": "sample-film-2", "wondergen.task.id": "t-1"}
    for span in spans:
        assert common.items() <= attributes(span).items()
        assert span.kind is trace.SpanKind.CLIENT
    waited = attributes(spans[1])
    assert waited["wondergen.task.status"] == "succeeded"
    assert waited["wondergen.task.queue_seconds"] > 0
    assert waited["wondergen.task.run_seconds"] > 0
    assert attributes(spans[2])["wondergen.files"] == 1
    assert PROMPT not in "".join(span.to_json() for span in spans)


def test_a_step_that_fails_names_the_class_of_its_error_alone(harness: Harness, exporter: InMemorySpanExporter) -> None:
    events: list[CallEvent] = []
    with Loopback() as server:
        server.then(reset("body", bills=True), SUBMITTED, state(4, reason=f"no {PROMPT}"))
        client = harness.client(server.url, max_retries=0)
        client.events = events.append
        with pytest.raises(OutcomeUnknown):
            submit(harness, client)
        with pytest.raises(InvalidRequest):
            harness.call(client._submit, MODEL, harness.result, {"prompt": 7, "mode": PROMPT}, CallOptions())
        with pytest.raises(TaskFailed):
            harness.call(submit(harness, client).wait)
    expected = ["OutcomeUnknown", "InvalidRequest", None, "TaskFailed"]
    assert [event.error for event in events] == expected
    spans = exporter.get_finished_spans()
    assert [attributes(span).get("error.type") for span in spans] == expected
    assert [span.status.is_ok for span in spans] == [False, False, True, False]
    assert [span.events for span in spans] == [()] * 4
    assert PROMPT not in repr(events) + "".join(span.to_json() for span in spans)


def test_a_wait_that_ends_early_says_how_the_task_stood(harness: Harness) -> None:
    events: list[CallEvent] = []
    with Loopback() as server:
        server.then(SUBMITTED, RUNNING)
        client = harness.client(server.url, max_retries=0)
        task = submit(harness, client)
        client.events = events.append
        with pytest.raises(WaitTimeout):
            harness.call(task.wait, 0)
    [event] = events
    assert (event.error, event.status, event.task) == ("WaitTimeout", "running", "t-1")
    assert event.queue_seconds is not None
    assert event.run_seconds is None


def test_a_key_that_was_known_is_said_to_have_sent_nothing(harness: Harness, tmp_path: Path) -> None:
    events: list[CallEvent] = []
    with Loopback() as server:
        server.then(SUBMITTED)
        client = harness.client(server.url, journal=tmp_path / "jobs.sqlite")
        client.events = events.append
        for _ in range(2):
            submit(harness, client, key="scene-1")
    assert [(event.task, event.is_repeated) for event in events] == [("t-1", False), ("t-1", True)]


def test_a_callable_that_fails_costs_nothing_but_a_line_in_the_log(
    harness: Harness, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(event: CallEvent) -> None:
        raise ZeroDivisionError(PROMPT)

    with Loopback() as server:
        server.then(SUBMITTED)
        client = harness.client(server.url)
        client.events = fail
        assert submit(harness, client).id == "t-1"
    [line] = [record.getMessage() for record in caplog.records if "client.events" in record.getMessage()]
    assert "ZeroDivisionError" in line
    assert PROMPT not in line


def test_updates_are_one_wait_and_its_span_is_not_that_of_what_the_caller_does_meanwhile(
    harness: Harness, exporter: InMemorySpanExporter
) -> None:
    current = []

    async def look() -> None:
        async for _ in task.updates():
            current.append(trace.get_current_span().get_span_context().is_valid)

    with Loopback() as server:
        server.then(SUBMITTED, QUEUED, RUNNING, state(3, result={"url": "https://cdn.sample.invalid/1.mp4"}))
        task = submit(harness, harness.client(server.url))
        if harness.is_async:
            harness.call(look)
        else:
            for _ in task.updates():
                current.append(trace.get_current_span().get_span_context().is_valid)
    assert current == [False] * 3
    assert [span.name for span in exporter.get_finished_spans()] == ["submit make", "wait make"]


def test_spans_within_a_step_are_below_it(harness: Harness, tmp_path: Path, exporter: InMemorySpanExporter) -> None:
    def upload(path: Path) -> str:
        with trace.get_tracer("tests").start_as_current_span("upload"):
            return "https://files.sample.invalid/1.png"

    field = next(one for one in MODEL.fields if one.name == "mask")
    fields = tuple(replace(one, media={"kind": "image"}) if one is field else one for one in MODEL.fields)
    (tmp_path / "mask.png").write_bytes(PICTURE)
    with Loopback() as server:
        server.then(SUBMITTED)
        client = harness.client(server.url, uploader=upload)
        arguments = {"prompt": PROMPT, "mask": tmp_path / "mask.png"}
        harness.call(client._submit, replace(MODEL, fields=fields), harness.result, arguments, CallOptions())
    inner, outer = exporter.get_finished_spans()
    assert (inner.name, outer.name) == ("upload", "submit make")
    assert inner.parent is not None
    assert outer.context is not None
    assert inner.parent.span_id == outer.context.span_id


def test_where_opentelemetry_is_not_imported_nothing_is_measured_and_nothing_imported(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, exporter: InMemorySpanExporter
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "opentelemetry"]:
        monkeypatch.delitem(sys.modules, name)
    with Loopback() as server:
        server.then(SUBMITTED)
        submit(harness, harness.client(server.url))
    assert not [name for name in sys.modules if name.startswith("opentelemetry")]
    assert exporter.get_finished_spans() == ()


def test_every_record_has_service_operation_and_task(
    harness: Harness, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "wondergen")
    with Loopback() as server:
        done = state(3, result={"url": f"{server.url}/1.png"})
        broken = answer({}, 503, bills=False)
        server.then(SUBMITTED, broken, QUEUED, RUNNING, done, broken, answer(PICTURE, bills=False))
        life(harness, server, tmp_path, journal=tmp_path / "jobs.sqlite")
    records = [asdict_of(record) for record in caplog.records if record.name.startswith("wondergen")]
    of_the_submit = [row for row in records if row["operation"] == "make" and row["attempt"] is not None]
    assert [row["task"] for row in of_the_submit] == [None, None]
    rest = [row for row in records if row not in of_the_submit]
    assert {row["service"] for row in records} == {"sample"}
    assert {row["task"] for row in rest} == {"t-1"}
    assert {row["operation"] for row in rest} == {"make", "task_result"}
    words = {str(row["message"]).split(" ")[0] for row in rest}
    assert {"sending", "replied", "task", "to", "download", "saved"} <= words


@pytest.mark.parametrize(
    "submitted, looks, queued, ran",
    [
        (0.0, [(2, "running"), (9, "succeeded")], 2.0, 7.0),
        (0.0, [(2, "queued"), (4, "running"), (5, "running"), (9, "failed")], 4.0, 5.0),
        (0.0, [(9, "succeeded")], None, None),
        (None, [(2, "running"), (9, "succeeded")], None, None),
        (None, [(2, "queued"), (4, "running"), (9, "succeeded")], None, 5.0),
    ],
)
def test_seconds_are_known_only_where_looks_saw_both_ends(
    submitted: float | None, looks: list[tuple[float, str]], queued: float | None, ran: float | None
) -> None:
    stages = Stages(submitted)
    for now, status in looks:
        stages.note(TaskStatus(status), now)
    assert (stages.queue_seconds, stages.run_seconds) == (queued, ran)


def attributes(span: ReadableSpan) -> dict[str, Any]:
    return dict(span.attributes or {})


def asdict_of(record: logging.LogRecord) -> dict[str, object]:
    """Return the facts that a formatter would use: all three are in every record."""
    known = vars(record)
    return {
        "message": record.getMessage(),
        "attempt": known.get("attempt"),
        **{name: known[name] for name in ("service", "operation", "task")},
    }


def test_an_event_holds_no_argument_of_the_call() -> None:
    event = CallEvent("submit", "sample", "make", "", None, 0.1)
    assert set(asdict(event)) == {
        "step",
        "service",
        "operation",
        "model",
        "task",
        "seconds",
        "error",
        "status",
        "queue_seconds",
        "run_seconds",
        "credits",
        "files",
        "is_repeated",
    }
