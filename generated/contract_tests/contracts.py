# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The tests of an operation, by kind. A generated module subclasses one of these and gives it the data of its operation.

A test that takes a row runs once for each row of the table (see TABLES). A test whose table is empty does not exist in
that class, so that no test passes on nothing.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import pytest
from wondergen import DownloadError, InvalidRequest, OutcomeUnknown, UntrustedHost, WaitTimeout

from .files import KINDS, OTHERS, SAMPLES, handed_out
from .oracle import Alteration, as_text, exact, get, put, with_nulls, with_unknown_fields
from .rows import (
    Accepted,
    Broken,
    Call,
    DocumentedReply,
    Endpoint,
    Failure,
    Files,
    Missing,
    Refused,
    Reply,
    State,
    Task,
)
from .support import Stage, about, differences, dumped, expected, fits_no_signature, names, outcome, request_of

TABLES = {
    "call": "calls",
    "accepted_row": "accepted",
    "refused_row": "refused",
    "missing_row": "missing",
    "broken_row": "broken",
    "example": "examples",
    "documented_row": "documented",
    "report": "reports",
    "failure_rows": "failures",
    "undocumented_rows": "undocumented",
}
"""Argument of a test → the attribute of the class that holds its rows."""
OPTIONS = {"key", "timeout", "extra_body", "extra_headers"}
"""Keywords of every method beside the parameters of its operation."""
PAID_SECONDS = 120.0
QUERY_SECONDS = 30.0
"""Default timeouts of the client, repeated here so that a change of either fails a test."""
Test = TypeVar("Test", bound=Callable[..., None])


def needs(*tables: str) -> Callable[[Test], Test]:
    """Mark a test that exists only if none of these attributes is empty."""

    def mark(test: Test) -> Test:
        test.__dict__["needs"] = tables
        return test

    return mark


class Contract:
    """Tests of every operation."""

    endpoint: ClassVar[Endpoint]
    smallest: ClassVar[Call]
    """The call with the required parameters only."""
    parameters: ClassVar[tuple[str, ...]]
    """Parameters of the method that come from the document, in order."""
    calls: ClassVar[tuple[Call, ...]] = ()
    accepted: ClassVar[tuple[Accepted, ...]] = ()
    refused: ClassVar[tuple[Refused, ...]] = ()
    missing: ClassVar[tuple[Missing, ...]] = ()
    broken: ClassVar[tuple[Broken, ...]] = ()
    every_fault: ClassVar[Mapping[str, Any]] = {}
    """A call in which every parameter is wrong; empty if only one can be."""
    choices: ClassVar[Mapping[str, tuple[Any, ...]]] = {}
    """Name on the wire → allowed values, of each parameter that has a list of them."""
    examples: ClassVar[tuple[Call, ...]] = ()
    """Requests that the document shows."""
    documented: ClassVar[tuple[DocumentedReply, ...]] = ()
    """Replies that the document shows."""
    failures: ClassVar[Mapping[str, tuple[Failure, ...]]] = {}
    undocumented: ClassVar[Mapping[str, tuple[Failure, ...]]] = {}
    statuses: ClassVar[tuple[int, ...]] = ()
    """HTTP statuses that the document describes."""
    seconds: ClassVar[float]
    """Default timeout of one attempt."""
    journal: ClassVar[str | None]
    """The state of the finished call in the journal; None where it costs nothing and is not recorded."""

    def __init_subclass__(cls) -> None:
        """Remove the tests for which the class has no data."""
        if "smallest" not in vars(cls):
            return
        cls.calls = (cls.smallest, *cls.calls)
        wrong = {row.parameter: row.arguments[0] for row in cls.refused} | {row.parameter: None for row in cls.missing}
        cls.every_fault = wrong if len(wrong) > 1 else {}
        for name, test in inspect.getmembers(cls, inspect.isfunction):
            tables = {TABLES[argument] for argument in inspect.signature(test).parameters if argument in TABLES}
            if not all(cls.has(table) for table in tables.union(test.__dict__.get("needs", ()))):
                setattr(cls, name, None)

    @classmethod
    def has(cls, table: str) -> bool:
        """Return whether an attribute, or a dotted path of attributes, has data."""
        value: Any = cls
        for name in table.split("."):
            value = getattr(value, name, None)
        return not (value is None or value is False or (isinstance(value, (Mapping, list, tuple)) and not value))

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Run a test once for each row of its table."""
        for argument, table in TABLES.items():
            if argument in metafunc.fixturenames:
                rows = getattr(self, table)
                if isinstance(rows, Mapping):
                    assert all(rows.values()), f"a table of {table} is empty"
                    metafunc.parametrize(argument, list(rows.values()), ids=list(rows))
                else:
                    metafunc.parametrize(argument, rows, ids=[row.id for row in rows])

    # Requests

    def test_a_call_becomes_the_documented_request(self, stage: Stage, call: Call) -> None:
        stage.send(self.endpoint, call)
        assert stage.differences(request_of(self.endpoint, call)) == []
        assert stage.request_faults(self.endpoint) == []

    def test_an_allowed_value_arrives_in_wire_form(self, stage: Stage, accepted_row: Accepted) -> None:
        for argument, call in accepted_row.calls(self.endpoint, self.smallest):
            with about(argument):
                stage.send(self.endpoint, call)
                assert stage.request_faults(self.endpoint) == []
                assert stage.differences(request_of(self.endpoint, call)) == []
                stage.clear()

    def test_a_value_outside_the_limits_is_not_sent(self, stage: Stage, refused_row: Refused) -> None:
        for argument in refused_row.arguments:
            with about(argument):
                call = {**self.smallest.arguments, **refused_row.beside, refused_row.parameter: argument}
                error = stage.fails(self.endpoint, call)
                assert (type(error), names(error), stage.sent) == (InvalidRequest, {refused_row.parameter}, [])

    @pytest.mark.parametrize("as_none", [False, True], ids=["left-out", "none"])
    def test_a_required_parameter_is_required(self, stage: Stage, missing_row: Missing, as_none: bool) -> None:
        arguments = {**self.smallest.arguments, missing_row.parameter: None}
        if not as_none:
            del arguments[missing_row.parameter]
        error = stage.fails(self.endpoint, arguments)
        refused = (type(error), names(error)) == (InvalidRequest, {missing_row.parameter})
        assert refused or (not as_none and fits_no_signature(error, missing_row.parameter)), repr(error)
        assert stage.sent == []

    def test_a_rule_over_several_parameters_is_kept(self, stage: Stage, broken_row: Broken) -> None:
        error = stage.fails(self.endpoint, broken_row.arguments)
        assert (type(error), names(error), stage.sent) == (InvalidRequest, {broken_row.parameter}, [])

    @needs("every_fault")
    def test_every_fault_is_reported_at_once(self, stage: Stage) -> None:
        error = stage.fails(self.endpoint, self.every_fault)
        assert (type(error), names(error), stage.sent) == (InvalidRequest, set(self.every_fault), [])

    def test_an_unknown_keyword_is_refused(self, stage: Stage) -> None:
        error = stage.fails(self.endpoint, {**self.smallest.arguments, "canary_keyword": 1})
        refused = (type(error), names(error)) == (InvalidRequest, {"canary_keyword"})
        assert refused or fits_no_signature(error, "canary_keyword"), repr(error)
        assert stage.sent == []

    @needs("endpoint.body_at")
    def test_extra_body_goes_where_the_parameters_are(self, stage: Stage) -> None:
        extra = Accepted("extra_body", [{"canary_key": ["canary"]}], wire=[["canary"]], wire_name="canary_key")
        ((_, call),) = extra.calls(self.endpoint, self.smallest)
        stage.send(self.endpoint, call)
        assert stage.differences(request_of(self.endpoint, call)) == []

    @needs("choices")
    def test_a_value_that_only_another_parameter_has_is_not_sent(self, stage: Stage) -> None:
        wire_names = {row.wire_name: row.parameter for row in self.accepted if row.wire_name is not None}
        for wire_name, own in self.choices.items():
            near = [value.swapcase() if isinstance(value, str) else value + 1 for value in own]
            for value in dict.fromkeys((*stage.catalog.choices(wire_name), *near)):
                if value not in own:
                    parameter = wire_names.get(wire_name, wire_name)
                    with about((parameter, value)):
                        body = put(self.smallest.body, self.endpoint.member(wire_name), value)
                        assert stage.catalog.faults(self.endpoint.request_schema or "", body) != []
                        error = stage.fails(self.endpoint, {**self.smallest.arguments, parameter: value})
                        assert (type(error), names(error), stage.sent) == (InvalidRequest, {parameter}, [])

    def test_a_documented_example_is_sent_as_it_stands(self, stage: Stage, example: Call) -> None:
        stage.send(self.endpoint, example)
        assert stage.differences(request_of(self.endpoint, example)) == []
        assert stage.request_faults(self.endpoint) == []

    # Options of one call

    def test_a_method_has_the_parameters_of_its_operation_and_the_options_of_a_call(self, stage: Stage) -> None:
        parameters = list(inspect.signature(stage.method(self.endpoint)).parameters)
        options = set(parameters[len(self.parameters) :])
        assert parameters[: len(self.parameters)] == list(self.parameters)
        assert options == (OPTIONS - {"key"} if self.journal is None else OPTIONS)

    def test_an_attempt_ends_in_time(self, stage: Stage) -> None:
        stage.send(self.endpoint, self.smallest)
        stage.call(self.endpoint, {**self.smallest.arguments, "timeout": 7})
        assert stage.seconds == [self.seconds, 7.0]

    def test_a_header_of_one_call_is_sent(self, stage: Stage) -> None:
        stage.answers(self.endpoint, self.smallest)
        stage.call(self.endpoint, {**self.smallest.arguments, "extra_headers": {"X-Canary": "call"}})
        plain = request_of(self.endpoint, self.smallest)
        assert stage.differences(dataclasses.replace(plain, headers={**plain.headers, "x-canary": "call"})) == []

    def test_a_paid_call_is_recorded_in_the_journal(self, make: Callable[..., Stage], tmp_path: Path) -> None:
        path = tmp_path / "journal.db"
        make(journal=path).send(self.endpoint, self.smallest)
        if self.journal is None:
            assert not path.exists()
            return
        with closing(sqlite3.connect(path)) as journal:
            recorded = journal.execute("SELECT operation, state FROM runs").fetchall()
        assert recorded == [(self.endpoint.name, self.journal)]

    @needs("journal")
    def test_a_call_with_a_key_is_sent_once(self, make: Callable[..., Stage], tmp_path: Path) -> None:
        stage = make(journal=tmp_path / "journal.db")
        stage.answers(self.endpoint, self.smallest)
        for _ in range(2):
            stage.call(self.endpoint, {**self.smallest.arguments, "key": "canary-key"})
        assert stage.differences(request_of(self.endpoint, self.smallest)) == []
        for key in ("", "k" * 256, "canary\nkey", 5):
            error = stage.fails(self.endpoint, {**self.smallest.arguments, "key": key})
            assert (type(error), len(stage.sent)) == (InvalidRequest, 1)

    # Failures

    def test_a_documented_failure_has_its_own_error(self, stage: Stage, failure_rows: tuple[Failure, ...]) -> None:
        self.fail(stage, failure_rows)

    def test_an_undocumented_reply_has_its_declared_error(
        self, stage: Stage, undocumented_rows: tuple[Failure, ...]
    ) -> None:
        rows = [
            row for row in undocumented_rows if row.reply.raises is not None or row.reply.status not in self.statuses
        ]
        assert rows
        self.fail(stage, rows)

    def fail(self, stage: Stage, rows: tuple[Failure, ...] | list[Failure]) -> None:
        """Answer the smallest call with each of these replies, and compare error, requests and pauses."""
        for row in rows:
            with about(row.id):
                error = stage.send_failing(self.endpoint, self.smallest, row.reply)
                request = stage.harness.router.calls[-1].request
                assert differences(outcome(error), expected(self.endpoint, row, request, stage.clock.now)) == []
                assert stage.has_paused_for(row), stage.clock.slept
                assert stage.differences(*[request_of(self.endpoint, self.smallest)] * row.sent) == []
                stage.clear()


class ResultContract(Contract):
    """Tests of an operation whose result has files."""

    result: ClassVar[Any] = None
    """The decoded result."""
    urls: ClassVar[list[str]] = []
    returns: ClassVar[str]
    """Name of the class of the result."""
    files: ClassVar[Files | None] = None
    poll: ClassVar[Any] = None
    """Endpoint that reports on the task; None if the reply is the result."""
    poll_call: ClassVar[Any] = None

    def finished(self, stage: Stage, host: str) -> Any:
        """Return the result of the smallest call, with its files at this host."""
        assert self.files is not None
        answering = self.poll or self.endpoint
        reply = Reply(answering.status, json.loads(json.dumps(answering.reply).replace(self.files.host, host)))
        if self.poll is None:
            return stage.send(self.endpoint, self.smallest, reply)
        task = stage.send(self.endpoint, self.smallest)
        stage.answers(self.poll, self.poll_call, reply)
        return stage.finish(task.wait())

    @needs("files")
    def test_a_file_of_the_promised_kind_is_saved(self, stage: Stage, tmp_path: Path) -> None:
        assert self.files is not None
        result = self.finished(stage, self.files.host)
        for kind in KINDS[self.files.media]:
            with handed_out(stage, SAMPLES[kind]) as requests:
                paths = stage.finish(result.save(tmp_path / kind))
            assert [headers["host"] for headers in requests] == [self.files.host] * len(result.urls)
            files = [(path.suffix, path.read_bytes()) for path in paths]
            assert files == [(f".{kind}", SAMPLES[kind])] * len(result.urls)
            # Credentials are for the service alone.
            assert [name for headers in requests for name in headers if name in self.endpoint.headers] == []

    @needs("files.placed")
    def test_a_file_of_another_kind_is_not_kept(self, stage: Stage, tmp_path: Path) -> None:
        assert self.files is not None
        result = self.finished(stage, self.files.host)
        with handed_out(stage, SAMPLES[OTHERS[self.files.media]]), pytest.raises(DownloadError) as caught:
            stage.finish(result.save(tmp_path))
        assert list(tmp_path.iterdir()) == []
        error = caught.value
        assert (error.operation, error.saved) == (self.endpoint.name, ())
        assert len(error.failed) == len(result.urls)

    @needs("files.hosts")
    def test_files_come_from_the_named_domains_only(self, stage: Stage, tmp_path: Path) -> None:
        assert self.files is not None
        for number, domain in enumerate(self.files.hosts):
            with about(domain):
                result = self.finished(stage, f"canary{domain}")
                with handed_out(stage, SAMPLES[KINDS[self.files.media][0]]) as requests:
                    saved = stage.finish(result.save(tmp_path / str(number)))
                assert len(saved) == len(requests) == len(result.urls)
                stage.clear()
                result = self.finished(stage, f"canary-{domain.lstrip('.')}")
                with handed_out(stage, SAMPLES[KINDS[self.files.media][0]]) as requests:
                    with pytest.raises(UntrustedHost) as caught:
                        stage.finish(result.save(tmp_path))
                    failures = {(each.operation, each.host) for each in caught.value.failed}
                    assert failures == {(self.endpoint.name, f"canary-{domain.lstrip('.')}")}
                    assert requests == []
                stage.clear()


class GenerateContract(ResultContract):
    """Tests of an operation whose reply is the result."""

    seconds = PAID_SECONDS
    journal = "finished"
    reply_at: ClassVar[str] = ""
    """Where the result is in the reply."""
    altered_at: ClassVar[str | None] = None
    """A field of the reply that may become anything without losing the reply."""

    def test_the_result_has_its_files(self, stage: Stage) -> None:
        result = stage.send(self.endpoint, self.smallest)
        assert type(result).__name__ == stage.harness.name_of(self.returns)
        assert (result.urls, exact(result.raw)) == (self.urls, exact(self.result))

    def test_an_unknown_field_of_the_reply_is_kept(self, stage: Stage) -> None:
        self.keeps(stage, put(self.endpoint.reply, f"{self.reply_at}/canary_field", "canary"))

    @needs("altered_at")
    @pytest.mark.parametrize("value", [None, {"canary": []}, "canary"], ids=["null", "object", "text"])
    def test_a_reply_that_breaks_its_schema_is_kept(self, stage: Stage, value: object) -> None:
        self.keeps(stage, put(self.endpoint.reply, self.altered_at or "", value))

    def keeps(self, stage: Stage, body: Any) -> None:
        """Answer with this body, and compare the fields of the result with it."""
        result = stage.send(self.endpoint, self.smallest, Reply(self.endpoint.status, body))
        assert differences(result.raw, get(body, self.reply_at)) == []

    def test_a_documented_reply_is_understood(self, stage: Stage, documented_row: DocumentedReply) -> None:
        result = stage.send(self.endpoint, self.smallest, documented_row.answer)
        assert differences(result.raw, documented_row.gives) == []
        assert sorted(result.urls) == list(documented_row.urls)


class ReplyContract(Contract):
    """Tests of an operation whose reply is returned as it is."""

    returns: ClassVar[str]
    reply_at: ClassVar[str] = ""
    typed: ClassVar[bool] = False
    """Whether the reply is an object with a documented schema."""
    altered_at: ClassVar[str | None] = None

    @needs("typed")
    def test_the_reply_comes_back_typed(self, stage: Stage) -> None:
        reply = stage.send(self.endpoint, self.smallest)
        assert type(reply).__name__ == self.returns
        assert differences(dumped(reply), get(self.endpoint.reply, self.reply_at)) == []

    @needs("typed")
    def test_an_unknown_field_of_the_reply_is_kept(self, stage: Stage) -> None:
        self.keeps(stage, put(self.endpoint.reply, f"{self.reply_at}/canary_field", "canary"))

    @needs("typed", "altered_at")
    @pytest.mark.parametrize("value", [None, {"canary": []}, "canary"], ids=["null", "object", "text"])
    def test_a_reply_that_breaks_its_schema_is_kept(self, stage: Stage, value: object) -> None:
        self.keeps(stage, put(self.endpoint.reply, self.altered_at or "", value))

    def keeps(self, stage: Stage, body: Any) -> None:
        """Answer with this body, and compare the typed reply with it."""
        reply = stage.send(self.endpoint, self.smallest, Reply(self.endpoint.status, body))
        assert differences(dumped(reply), get(body, self.reply_at)) == []

    def test_a_documented_reply_is_understood(self, stage: Stage, documented_row: DocumentedReply) -> None:
        reply = stage.send(self.endpoint, self.smallest, documented_row.answer)
        assert differences(dumped(reply), documented_row.gives) == []


class QueryContract(ReplyContract):
    """Tests of an operation that costs nothing: it may be sent again."""

    seconds = QUERY_SECONDS
    journal = None


class PaidReplyContract(ReplyContract):
    """Tests of an operation that may cost something and whose reply is returned as it is."""

    seconds = PAID_SECONDS
    journal = "finished"


class SubmitContract(ResultContract):
    """Tests of an operation that starts a task."""

    seconds = PAID_SECONDS
    journal = "accepted"
    poll: ClassVar[Endpoint]
    poll_call: ClassVar[Call]
    task: ClassVar[Task]
    states: ClassVar[tuple[State, ...]]
    reports: ClassVar[tuple[DocumentedReply, ...]] = ()
    """Reports on tasks of this operation that the document shows."""

    def statuses_of(self, *words: Any) -> list[Reply]:
        """Return the documented report with each of these statuses."""
        return [
            Reply(self.poll.status, put(self.poll.reply, self.task.status, word), documented=True) for word in words
        ]

    def test_a_submit_gives_a_task(self, stage: Stage) -> None:
        task = stage.send(self.endpoint, self.smallest)
        assert (task.id, task.operation, type(task).__name__) == (
            self.task.text,
            self.endpoint.name,
            stage.harness.name_of("Task"),
        )

    def test_a_submit_without_a_task_id_is_not_sent_again(self, stage: Stage) -> None:
        reply = Reply(self.endpoint.status, put(self.endpoint.reply, self.task.id, None))
        error = stage.send_failing(self.endpoint, self.smallest, reply)
        assert (type(error), len(stage.sent)) == (OutcomeUnknown, 1)

    def test_a_failure_keeps_the_task_that_it_names(self, stage: Stage) -> None:
        rows = [
            row.reply for failures in self.failures.values() for row in failures if isinstance(row.reply.json, Mapping)
        ]
        for reply in (Reply(500, self.endpoint.reply), *rows):
            with about(reply):
                body = put(reply.json, self.task.id, self.task.value)
                error = stage.send_failing(self.endpoint, self.smallest, dataclasses.replace(reply, json=body))
                assert (error.operation, error.task_id, len(stage.sent)) == (self.endpoint.name, self.task.text, 1)
                assert differences(error.raw, body) == []
                task = stage.client.resume(error.token)
                assert (task.id, task.operation) == (self.task.text, self.endpoint.name)
                stage.clear()

    def test_a_reply_that_was_cut_keeps_the_task_that_it_names(self, stage: Stage) -> None:
        cut = json.dumps(self.endpoint.reply).encode()[:-1]
        for status in (self.endpoint.status, 502):
            error = stage.send_failing(self.endpoint, self.smallest, Reply(status, content=cut))
            assert (type(error), error.task_id, error.raw, len(stage.sent)) == (OutcomeUnknown, self.task.text, cut, 1)
            assert stage.client.resume(error.token).id == self.task.text
            stage.clear()

    def test_a_poll_that_fails_is_sent_again(self, stage: Stage) -> None:
        task = stage.send(self.endpoint, self.smallest)
        failing = [Reply(503, content=b""), Reply(429, content=b"", headers={"retry-after": "3"})]
        stage.answers(self.poll, self.poll_call, *failing, *self.statuses_of(self.task.done))
        assert stage.finish(task.wait()).urls == self.urls
        assert len(stage.sent) == 4

    def test_a_wait_takes_seconds_above_0(self, stage: Stage) -> None:
        task = stage.send(self.endpoint, self.smallest)
        for wrong in ({"timeout": -1}, {"first_interval": 0}, {"max_interval": float("nan")}):
            with about(wrong), pytest.raises((InvalidRequest, ValueError)):
                stage.finish(task.wait(**wrong))
        assert len(stage.sent) == 1

    def test_waiting_gives_the_result(self, stage: Stage) -> None:
        task = stage.send(self.endpoint, self.smallest)
        stage.answers(self.poll, self.poll_call)
        result = stage.finish(task.wait())
        assert type(result).__name__ == stage.harness.name_of(self.returns)
        assert (result.urls, task.status.value) == (self.urls, "succeeded")
        assert differences(result.raw, self.result) == []
        assert stage.differences(request_of(self.endpoint, self.smallest), request_of(self.poll, self.poll_call)) == []
        assert stage.request_faults(self.poll, since=1) == []

    def test_a_documented_status_is_understood(self, stage: Stage) -> None:
        for state in self.states:
            with about(state.word):
                task = stage.send(self.endpoint, self.smallest)
                later = state.word if state.ends else self.task.done
                stage.answers(self.poll, self.poll_call, *self.statuses_of(state.word, later))
                stage.finish(task.refresh())
                assert (task.status.value, task.raw_status) == (state.status, state.word)
                assert (task.progress, task.reason) == (self.task.progress, self.task.reason)
                assert stage.ending(task) == state.ending(self.endpoint.name, self.task)
                assert len(stage.sent) == (2 if state.status == "succeeded" else 3)
                stage.clear()

    @needs("task.waiting")
    def test_a_documented_status_is_understood_after_another(self, stage: Stage) -> None:
        for state in self.states:
            with about(state.word):
                task = stage.send(self.endpoint, self.smallest)
                replies = self.statuses_of(self.task.waiting, state.word, self.task.done)
                stage.answers(self.poll, self.poll_call, *replies)
                assert stage.ending(task) == state.ending(self.endpoint.name, self.task)
                assert len(stage.sent) == (3 if state.is_final else 4)
                stage.clear()

    def test_an_unknown_status_is_waited_for(self, stage: Stage) -> None:
        task = stage.send(self.endpoint, self.smallest)
        unknown = Reply(self.poll.status, put(self.poll.reply, self.task.status, "canary-status"))
        stage.answers(self.poll, self.poll_call, unknown, *self.statuses_of(self.task.done))
        stage.finish(task.refresh())
        assert (task.status.value, task.raw_status) == ("unknown", "canary-status")
        assert stage.finish(task.wait()).urls == self.urls

    @needs("task.waiting")
    def test_a_wait_that_ends_early_leaves_the_task_to_its_token(self, stage: Stage) -> None:
        task = stage.send(self.endpoint, self.smallest)
        stage.answers(self.poll, self.poll_call, *self.statuses_of(self.task.waiting))
        start = stage.clock.now
        with pytest.raises(WaitTimeout) as caught:
            stage.finish(task.wait(timeout=7))
        error = caught.value
        assert (error.operation, error.task_id, error.task) == (self.endpoint.name, self.task.text, task)
        assert (error.waited, error.status) == (stage.clock.now - start, task.status.value)
        assert 0 < error.waited <= 7
        resumed = stage.client.resume(error.token)
        assert (resumed.id, resumed.operation, error.token) == (self.task.text, self.endpoint.name, task.token())

    def test_a_task_is_resumed_by_its_token(self, stage: Stage) -> None:
        task = stage.client.resume(stage.send(self.endpoint, self.smallest).token())
        stage.answers(self.poll, self.poll_call)
        result = stage.finish(task.wait())
        assert (type(result).__name__, result.urls) == (stage.harness.name_of(self.returns), self.urls)
        assert (task.id, task.operation) == (self.task.text, self.endpoint.name)
        assert stage.differences(request_of(self.endpoint, self.smallest), request_of(self.poll, self.poll_call)) == []

    @needs("task.result")
    @pytest.mark.parametrize("altered", [with_unknown_fields, with_nulls])
    def test_replies_with_more_or_fewer_fields_than_documented_will_do(self, stage: Stage, altered: Alteration) -> None:
        started = Reply(self.endpoint.status, altered(self.endpoint.reply, self.task.needed))
        task = stage.send(self.endpoint, self.smallest, started)
        stage.answers(self.poll, self.poll_call, Reply(self.poll.status, altered(self.poll.reply, self.task.needed)))
        result = stage.finish(task.wait())
        assert (task.id, task.status.value, result.urls) == (self.task.text, "succeeded", self.urls)

    @needs("task.result")
    def test_a_status_of_null_is_waited_for(self, stage: Stage) -> None:
        task = stage.send(self.endpoint, self.smallest)
        silent = Reply(self.poll.status, put(self.poll.reply, self.task.status, None))
        stage.answers(self.poll, self.poll_call, silent, Reply(self.poll.status, self.poll.reply))
        stage.finish(task.refresh())
        assert (task.status.value, task.raw_status) == ("unknown", None)
        assert stage.finish(task.wait()).urls == self.urls

    @needs("task.result")
    def test_a_result_that_breaks_its_schema_is_kept_with_its_files(self, stage: Stage) -> None:
        broken = self.result
        for place in self.task.alterable(self.result):
            broken = put(broken, place, {"canary": get(broken, place)})
        written = as_text(broken) if self.task.as_text else broken
        task = stage.send(self.endpoint, self.smallest)
        reply = Reply(self.poll.status, put(self.poll.reply, self.task.result or "", written))
        stage.answers(self.poll, self.poll_call, reply)
        result = stage.finish(task.wait())
        assert (result.urls, exact(result.raw)) == (self.urls, exact(broken))

    def test_a_documented_reply_is_understood(self, stage: Stage, documented_row: DocumentedReply) -> None:
        task = stage.send(self.endpoint, self.smallest, documented_row.answer)
        assert (task.id, task.operation) == (documented_row.gives, self.endpoint.name)

    def test_a_documented_report_ends_the_task(self, stage: Stage, report: DocumentedReply) -> None:
        task = stage.send(self.endpoint, self.smallest)
        stage.answers(self.poll, self.poll_call, report.answer)
        result = stage.finish(task.wait())
        assert (task.status.value, sorted(result.urls)) == ("succeeded", list(report.urls))
        assert differences(result.raw, report.gives) == []
