# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""A paid call: it is recorded in the journal before it is sent, and its outcome afterwards, however it ends."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from .. import extras, log
from ..deadline import Deadline
from ..delivery import Received
from ..errors import ArgumentFault, InvalidRequest, OutcomeUnknown, WondergenError
from ..local_files import has_local
from ..operation import Operation
from ..reply import Answer, read, task_id_in, whole_reply
from ..request import CallOptions, WireRequest
from ..telemetry import observe
from ..token import Token
from .primitives import check_loop, run_to_end, upload_file
from .session import Session

if TYPE_CHECKING:
    from .. import uploads
    from ..journal import Journal
    from ..journal_rows import KeyLookup

KNOWN = Answer(None, 200, is_known=True)
"""Stands for the reply to a submit of which the journal knows the task."""
MOST_SECONDS = 86_400.0
"""As long as a paid call without an end is taken to last."""
_FIRST_LOOK = 0.02
"""Seconds after which a call looks again at a key that another call is sending; the double each time."""
_LONGEST_LOOK = 1.0


def pay(
    session: Session, operation: Operation, arguments: Mapping[str, object], options: CallOptions
) -> tuple[Answer, str | None]:
    """Send a paid request and record its outcome: the answer, and the id of the task."""
    check_loop(operation.name)
    with log.context(operation.facts), observe("submit", session, operation) as step:
        extra = extras.current()
        step.credits = None if extra is None else extra.credits
        if has_local(operation, arguments):
            answer, task_id = _with_files(session, operation, arguments, options)
        else:
            request = session.build(operation, arguments, options)
            answer, task_id = _send(session, operation, request, options)
        step.task, step.is_repeated = task_id, answer.is_known
        return answer, task_id


def _with_files(
    session: Session, operation: Operation, arguments: Mapping[str, object], options: CallOptions
) -> tuple[Answer, str | None]:
    """Send a request for which local files are uploaded first."""
    from .. import uploads

    reading = uploads.read_files(operation, arguments, has_uploader=session.uploader is not None)
    files = run_to_end(reading.__enter__)
    try:
        options = options.with_faults(*files.faults)
        request = session.build(operation, files.arguments, options)
        fill = partial(_with_urls, session, operation, files, options)
        return _send(session, operation, request.with_identity(request.own_identity), options, fill)
    finally:
        run_to_end(partial(reading.__exit__, None, None, None))


def _with_urls(
    session: Session, operation: Operation, files: uploads.PendingUploads, options: CallOptions
) -> WireRequest:
    """Upload the files of a call and return its request with their URLs. Nothing of the call was sent by then."""
    from .. import uploads

    urls: dict[str, str] = {}
    faults = []
    for upload in files.uploads:
        if upload.placeholder in urls:
            continue
        try:
            url = upload_file(session.uploader, upload.path)
        except Exception as error:
            faults.append(ArgumentFault(upload.parameter, f"could not be uploaded: {type(error).__name__}: {error}"))
            continue
        if problem := uploads.url_fault(url):
            faults.append(ArgumentFault(upload.parameter, problem))
        urls[upload.placeholder] = str(url)
    if faults:
        raise InvalidRequest(operation.name, faults)
    return session.build(operation, uploads.fill(files.arguments, urls), options)


def _send(
    session: Session,
    operation: Operation,
    request: WireRequest,
    options: CallOptions,
    fill: Any = None,
) -> tuple[Answer, str | None]:
    """Send a request under its key. `fill` makes it whole once it is certain that it is to be sent."""
    deadline = session.deadline(options)
    run = PaidRun(session, operation, request, options.key)
    earlier = run.begin(deadline)
    if earlier is not None:
        return earlier
    if fill is not None:
        try:
            request = (fill()).with_identity(request.identity)
        except BaseException:
            run.withdraw()
            raise
        deadline = session.deadline(options)  # a large file takes its time
    received = Received()
    try:
        answer = session.exchange.run(operation, request, deadline, received, ready=run.confirm)
        task_id = task_id_in(operation, answer.body, session.scrub, answer.headers)
        run.accepted(task_id, answer.body)
    except BaseException as error:
        run.failed(error, received)
        raise
    return answer, task_id


class PaidRun:
    """What the journal, if there is one, knows of one paid request."""

    __slots__ = ("_executor", "_id", "_journal", "_key", "_operation", "_process", "_request", "_session")

    def __init__(self, session: Session, operation: Operation, request: WireRequest, key: str | None) -> None:
        self._session = session
        self._journal = session.journal_of_calls()
        self._operation = operation
        self._request = request
        self._key = key
        self._id: str | None = None
        self._process = os.getpid()
        extra = extras.current()
        self._executor = None if extra is None else extra.executor

    def begin(self, deadline: Deadline) -> tuple[Answer, str | None] | None:
        """Note the request before it is sent. Return what its key stands for already, where it does: nothing is sent.

        While another call sends the request of the same key, this one waits for it.
        """
        if self._journal is None:
            return None
        pause = _FIRST_LOOK
        try:
            while True:
                claim = run_to_end(partial(self._write, deadline), self._executor)
                if claim is None:
                    return None
                if not claim.is_being_sent:
                    return self._earlier_outcome(claim)
                if deadline.remaining <= pause:
                    raise self._unknown(claim, "another call is sending it at this moment")
                self._session.clock.sleep(pause)
                pause = min(pause * 2, _LONGEST_LOOK)
        except BaseException:
            self.withdraw()
            raise

    def confirm(self) -> None:
        """Make sure, just before the request is sent, that it stands where a later call looks for it, as being sent."""
        if (entry := self._entry()) is None:
            self._refuse_forked()
            return
        from ..database import DATABASE_ERRORS

        journal, run_id = entry
        try:
            run_to_end(partial(journal.confirm, run_id), self._executor)
        except DATABASE_ERRORS as error:
            raise self._unwritten(error) from error
        self._refuse_forked()

    def _refuse_forked(self) -> None:
        """Raise WondergenError in a process that was forked during the call: its parent sends the request."""
        if self._process != os.getpid():
            raise WondergenError(f"{self._operation.name}: the process was forked during the call. Nothing was sent.")

    def withdraw(self) -> None:
        """Note that nothing was sent."""
        if (entry := self._entry()) is not None:
            journal, run_id = entry
            run_to_end(partial(journal.refused, run_id), self._executor)

    def _entry(self) -> tuple[Journal, str] | None:
        """Return the journal and the id of the request in it, where this process noted it and no parent of its."""
        if self._journal is None or self._id is None or self._process != os.getpid():
            return None
        return self._journal, self._id

    def accepted(self, task_id: str | None, reply: object) -> None:
        """Note the task. The reply is kept where a later call with the key is to have it."""
        if (entry := self._entry()) is not None:
            journal, run_id = entry
            reply_text = self._session.without_keys(reply) if task_id is None and self._key is not None else None
            run_to_end(partial(journal.accepted, run_id, task_id, reply_text), self._executor)

    def failed(self, error: BaseException, received: Received) -> None:
        """Note how the call ended. Only an error of ours other than OutcomeUnknown says that nothing was accepted.

        Where an interrupt came while a reply was being read, the id of the task may be in what had arrived.
        """
        task_id = getattr(error, "task_id", None)
        is_certain = isinstance(error, WondergenError) and not isinstance(error, OutcomeUnknown)
        if not isinstance(error, WondergenError):
            task_id = self._task_id_in(received)
            digest = self._request.digest[:12]
            error.add_note(f"{self._operation.name} may have been accepted (request sha256 {digest}).")
            if task_id is not None:
                token = Token(self._operation.service.name, self._operation.name, task_id, self._session.base_url)
                error.add_note(f"It has started a task: client.resume({str(token)!r}) goes on with it.")
        if (entry := self._entry()) is None:
            return
        journal, run_id = entry
        if task_id is not None and not is_certain:
            run_to_end(partial(journal.accepted, run_id, task_id), self._executor)
        else:
            note = partial(journal.refused, run_id, task_id) if is_certain else partial(journal.lost, run_id)
            run_to_end(note, self._executor)

    def _write(self, deadline: Deadline) -> KeyLookup | None:
        """Note the request; None where it is this call that sends it."""
        assert self._journal is not None
        from ..database import DATABASE_ERRORS

        try:
            if self._key is None:
                self._id = self._journal.intent(self._operation.name, self._request.digest)
                return None
            claim = self._journal.claim(
                self._key, self._operation.name, self._request.digest, min(deadline.remaining, MOST_SECONDS)
            )
        except DATABASE_ERRORS as error:
            raise self._unwritten(error) from error
        if claim.is_ours:
            self._id = claim.run.id
            return None
        return claim

    def _unwritten(self, error: Exception) -> InvalidRequest:
        problem = f"cannot be written ({error}), so nothing was sent"
        return InvalidRequest(self._operation.name, [ArgumentFault("journal", problem)])

    def _earlier_outcome(self, claim: KeyLookup) -> tuple[Answer, str | None]:
        """Return what an earlier call with the key came to."""
        if claim.run.state == "unknown":
            raise self._unknown(claim, f"an earlier call with the key {self._key!r} got no answer")
        if claim.run.task_id is not None:
            return KNOWN, claim.run.task_id
        if claim.reply is None:
            raise self._unknown(claim, f"the reply to an earlier call with the key {self._key!r} was not kept")
        return Answer(json.loads(claim.reply), 200, is_known=True), None

    def _unknown(self, claim: KeyLookup, reason: str) -> OutcomeUnknown:
        how = "client.journal.resolve(key, task_id=...) or .forget(key) records its outcome"
        run = claim.run
        return OutcomeUnknown(self._operation.name, f"{reason}; {how}", digest=run.digest, sent_at=run.sent_at)

    def _task_id_in(self, received: Received) -> str | None:
        if received.status is None or not 200 <= received.status < 400:
            return None
        scrub = self._session.scrub
        outcome = read(self._operation, whole_reply(received), scrub=scrub, now=0.0)
        if isinstance(outcome, Answer):
            return task_id_in(self._operation, outcome.body, scrub, outcome.headers)
        return outcome.task_id
