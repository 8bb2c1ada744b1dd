"""The operations of a fake service: what a test may plan for each, and what each answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import unquote

import httpx

from .._catalog.received_request import ReceivedRequest
from .._catalog.replies import Replies, part_of_task
from .._catalog.request_validation import credential_faults, request_faults, secret_headers
from .._catalog.service_document import Catalog, Endpoint, PlanError
from .._media import FILES, extension
from .._runtime.delivery import StandInError
from .._runtime.pointer import get
from . import httpx_replies
from .base import TestEnvironment
from .callback_delivery import ASGIApp, Delivered, deliver
from .calls import Call, record
from .plans import BrokenReply, Delay, ImmediateReply, Plan, PlannedRefusal, Queue, TaskPlan
from .problems import no_such


class Namespace:
    """A group of operations: `fake.SERVICE.image_to_video` has one a model."""

    def __init__(self, name: str) -> None:
        self._name = name

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            inside = {word: one for word, one in vars(self).items() if isinstance(one, Namespace | FakeOperation)}
            groups = [word for word, one in inside.items() if isinstance(one, Namespace) and name in vars(one)]
            raise no_such(f"the fake of {self._name}", name, [f"{word}.{name}" for word in groups] or inside)


class FakeOperation:
    """One operation. Each plan is for one call; plans are served in their order, and none may be left over."""

    def __init__(self, service: FakeService, endpoint: Endpoint) -> None:
        self._service = service
        self._endpoint = endpoint
        self._replies = service._replies
        self._queue = Queue()
        self._beyond: set[str] = set()
        self._invalid = 0
        self.calls: list[Call] = []
        """Every request that the tested code sent to it, in order."""

    def __repr__(self) -> str:
        return f"fake.{self._service._name}.{self._endpoint.operation.name}"

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            raise no_such(repr(self) if "_endpoint" in vars(self) else type(self).__name__, name, dir(type(self)))

    def refuses(self, code: str | int, *, times: int | None = None) -> Self:
        """Refuse the next call with a documented code, in-band or of HTTP, however often the client repeats it.

        The name of an error, such as `"InsufficientCredits"`, is the first code that means it.
        With `times` so many requests are refused, and what comes after them is answered.
        """
        refusal = self._replies.refusal(self._endpoint, code)
        return self._plan(PlannedRefusal(self._label("refuses", repr(code)), refusal.status, refusal.body, times=times))

    def rate_limited(self, times: int | None = 1, *, retry_after: int | None = None) -> Self:
        """Refuse so many requests as too many: as documented, else by HTTP 429. None: the whole next call."""
        refusal = self._replies.too_many(self._endpoint)
        headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
        plan = PlannedRefusal(self._label("rate_limited"), refusal.status, refusal.body, headers, times=times)
        return self._plan(plan)

    def slow(self, seconds: float, *, times: int = 1) -> Self:
        """Delay the next reply, in virtual time. What it says is what is planned next."""
        if seconds <= 0:
            raise PlanError(f"{self!r}.slow: seconds is {seconds}, not more than 0")
        return self._plan(Delay(self._label("slow", f"{seconds:g}"), seconds, times=times))

    def garbled(self, *, times: int | None = None) -> Self:
        """Cut the reply to the next call in its middle: HTTP 200, and no JSON."""
        return self._plan(BrokenReply(self._label("garbled"), "garbled", times=times))

    def disconnects(self, *, times: int | None = None) -> Self:
        """Break the connection of the next call after it is sent: its outcome is unknown."""
        return self._plan(BrokenReply(self._label("disconnects"), "disconnects", times=times))

    def unreachable(self, *, times: int | None = None) -> Self:
        """Refuse the connection of the next call: it is certainly not accepted."""
        return self._plan(BrokenReply(self._label("unreachable"), "unreachable", times=times))

    def invalid_request(self, times: int = 1) -> Self:
        """Allow so many calls that the client refuses to send: the test means them, and each has to be made."""
        self._invalid += times
        return self

    def accepts(self, *names: str) -> Self:
        """Accept these fields, sent by `extra_body`, although no document has them."""
        self._beyond |= set(names)
        return self

    def _plan(self, plan: Plan) -> Self:
        if plan.times is not None and plan.times < 1:
            raise PlanError(f"{plan.label}: times is {plan.times}, not a number from 1 on")
        self._queue.add(plan)
        return self

    def _label(self, verb: str, *arguments: str) -> str:
        return f"{self!r}.{verb}({', '.join(arguments)})"

    def _forgive(self) -> bool:
        """Return whether the test has planned a call that the client refuses."""
        if self._invalid == 0:
            return False
        self._invalid -= 1
        return True

    def _take_unused(self) -> list[str]:
        """Return what of the plans never happened. It is forgotten with that: it is told once."""
        left_over = [f"{self!r}.invalid_request() was planned, and the client refused no such call"] * (
            self._invalid > 0
        )
        left_over += self._queue.unused
        self._queue, self._invalid = Queue(), 0
        return left_over

    def _serve(self, request: httpx.Request, in_path: Mapping[str, str]) -> httpx.Response:
        """Check and record one request, and answer it."""
        service, environment = self._service, self._service._environment
        faults = request_faults(service._catalog, self._endpoint, ReceivedRequest.of(request, in_path), self._beyond)
        call = record(self._endpoint, request, in_path, service._secret, faults)
        for calls in (self.calls, service.calls, environment.calls):
            calls.append(call)
        if faults:
            raise environment.wrong(call.name, faults)
        delay, plan = self._queue.take(httpx_replies.current_call())
        late = httpx_replies.delayed(request, delay, environment.clock)
        if isinstance(plan, PlannedRefusal):
            response = httpx_replies.reply(plan.body, plan.status, plan.headers)
        elif isinstance(plan, BrokenReply):
            response = httpx_replies.broken(plan.how, request)
        else:
            answer = self._answer(plan, call)
            response = answer if isinstance(answer, httpx.Response) else httpx_replies.reply(answer)
        if late is not None:
            raise late
        return response

    def _answer(self, plan: Plan | None, call: Call) -> Any:
        """Return the reply, or its JSON: of the plan, else of what happens where nothing is planned."""
        raise NotImplementedError

    def _sample_reply(self, call: Call) -> Any:
        """Return the reply to a call for which nothing is planned: bytes, or a sample of its JSON."""
        content = self._replies.content(self._endpoint)
        if content is not None:
            return httpx_replies.response(self._endpoint.status, *content)
        return self._replies.sample_reply(self._endpoint, {}, call.arguments)

    def _cancel_reply(self, call: Call) -> Any:
        """Cancel the task that a call names, where this operation cancels tasks; None where it does not."""
        owners = self._service._catalog.serving(self._endpoint, "cancel")
        if not owners:
            return None
        task_id = _named_task(owners, call, "cancel_argument")
        if task_id not in self._service._tasks:
            return self._service._no_such_task(self._endpoint, task_id)
        self._service._cancel(task_id)
        return self._replies.sample_reply(self._endpoint, {})


class FakeTask(FakeOperation):
    """An operation that starts a task. Where nothing is planned, the task succeeds at the second poll."""

    def succeeds(self, *, after: int = 2, files: int = 1, result: Mapping[str, Any] | None = None) -> Self:
        """Let the task of the next call succeed at the poll `after`. `result`: fields of it, where they matter."""
        self._replies.result(self._endpoint, number=1, files=files, values=result)
        return self._life("succeeds", TaskPlan("", after, "succeeded", files=files, result=result))

    def fails(self, *, reason: str | None = None, code: str | int | None = None, after: int = 2) -> Self:
        """Fail the task at the poll `after`, for a reason; with `code`, its report has that documented code too."""
        arguments = [f"reason={reason!r}"] * (reason is not None) + [f"code={code!r}"] * (code is not None)
        return self._life("fails", self._ending("failed", after, reason, code), *arguments)

    def cancelled(self, *, after: int = 2) -> Self:
        """Cancel the task at the poll `after`."""
        return self._life("cancelled", self._ending("cancelled", after))

    def times_out(self, *, after: int = 2) -> Self:
        """Let the service give the task up for lack of time, at the poll `after`."""
        return self._life("times_out", self._ending("timed_out", after))

    def unknown_status(self, word: str | int, *, polls: int | None = None) -> Self:
        """Give the task a status that no document knows: for so many polls, and then it succeeds, or for ever."""
        if str(word) in self._endpoint.task["states"]:
            raise PlanError(f"{self!r}: the catalog knows the status {word!r}")
        if polls is not None and polls < 1:
            raise PlanError(f"{self!r}.unknown_status: polls is {polls}, not a number from 1 on")
        life = TaskPlan(
            "", (polls or 1) + 1, "unknown" if polls is None else "succeeded", word=word, forever=polls is None
        )
        return self._life("unknown_status", life, repr(word))

    def has_task(self, task_id: str, *, after: int = 2, files: int = 1) -> Self:
        """Add a task that another process has started, for code that goes on with `client.resume`."""
        life = TaskPlan(self._label("has_task", repr(task_id)), after, files=files)
        self._queue.planned.append(life)  # no call starts it: it is used when it is asked for
        self._service._start(self._endpoint, life, task_id)
        return self

    def calls_back(self, app: ASGIApp | None = None, *, times: int = 1) -> list[Delivered]:
        """End each of its tasks whose call named a callback URL, deliver the callbacks, and return what was answered.

        `app`: the ASGI application under test; None: the URL that the call named, which is on this machine. `times`:
        how often each is delivered, since services repeat them. A task is called back once for each use of this.
        """
        if times < 1:
            raise PlanError(f"{self!r}.calls_back: times is {times}, not a number from 1 on")
        with self._service._environment._lock:
            callbacks = [one for one in self._service._callbacks if one.operation is self]
            self._service._callbacks = [one for one in self._service._callbacks if one.operation is not self]
        if not callbacks:
            raise PlanError(f"{self!r}.calls_back: no call that started a task has named a callback URL since")
        return [
            deliver(one.task, one.url, one.method, body, app)
            for one in callbacks
            for body in [self._callback_body(one)] * times
        ]

    def _callback_body(self, callback: PendingCallback) -> Any:
        """Return what the service sends, and let the next poll see the end of the task."""
        endpoint, life, number = self._service._tasks[callback.task]
        life.polls = max(life.polls, life.after - 1)
        spec = endpoint.operation.task
        facts: dict[str, Any] = {}
        if life.end is None:
            facts["result"] = self._replies.result(endpoint, number=number, files=life.files, values=life.result)
        elif spec is not None and spec.reason is not None and isinstance(reason := get(life.end, spec.reason), str):
            facts["reason"] = reason
        word = life.word if life.word is not None else self._replies.word(endpoint, life.state)
        definition = self._service._catalog.callbacks(endpoint)[0]
        return self._replies.callback_payload(endpoint, definition.schema, callback.task, word, facts, callback.request)

    def _life(self, verb: str, life: TaskPlan, *arguments: str) -> Self:
        if life.after < 1:
            raise PlanError(f"{self!r}.{verb}: after is {life.after}; the first poll is 1")
        life.label = self._label(verb, *arguments)
        return self._plan(life)

    def _ending(self, state: str, after: int, reason: str | None = None, code: str | int | None = None) -> TaskPlan:
        word = self._replies.word(self._endpoint, state)
        end = self._replies.report(self._endpoint, word, reason=reason)
        if code is not None:
            end = self._replies.with_code(self._replies.poll(self._endpoint), end, code)
        return TaskPlan("", after, state, end)

    def _answer(self, plan: Plan | None, call: Call) -> Any:
        if problem := self._replies.unsupported(self._endpoint):
            raise StandInError(problem)
        life = plan if isinstance(plan, TaskPlan) else TaskPlan(self._label("succeeds"))
        task_id = self._service._start(self._endpoint, life)
        if url := self._service._catalog.callback_url(self._endpoint, call.body):
            method = self._service._catalog.callbacks(self._endpoint)[0].method
            self._service._callbacks.append(PendingCallback(self, task_id, url, method, call.body))
        return self._replies.submit_reply(self._endpoint, task_id, self._service._base_of(call.url))


@dataclass(frozen=True, slots=True)
class PendingCallback:
    """A callback that a call asked for and that was not delivered yet."""

    operation: FakeTask
    task: str
    url: str
    method: str
    request: Any
    """The body of the call."""


class FakeGeneration(FakeOperation):
    """An operation that answers at once with what it made."""

    def succeeds(self, *, files: int = 1, result: Mapping[str, Any] | None = None) -> Self:
        """Give the next call a result. `result`: fields of it, where they matter."""
        return self._plan(ImmediateReply(self._label("succeeds"), self._output(files, result)))

    def returns(self, **fields: Any) -> Self:
        """Give the next call a result with these fields."""
        return self._plan(ImmediateReply(self._label("returns", *fields), self._output(1, fields)))

    def _output(self, files: int = 1, fields: Mapping[str, Any] | None = None) -> Any:
        if self._endpoint.operation.assets is None:
            return self._replies.sample_reply(self._endpoint, fields or {})
        number = self._service._next_number()
        result = self._replies.result(self._endpoint, number=number, files=files, values=fields)
        self._service._environment.publish(result, self._endpoint.operation.assets.media)
        return self._replies.immediate_result(self._endpoint, result)

    def _answer(self, plan: Plan | None, call: Call) -> Any:
        if isinstance(plan, ImmediateReply):
            return plan.body
        make_result = self._output if self._endpoint.operation.assets is not None else partial(self._sample_reply, call)
        return self._cancel_reply(call) or make_result()


class FakeQuery(FakeOperation):
    """An operation that costs nothing. What reports on tasks answers for the tasks of this fake."""

    def returns(self, **fields: Any) -> Self:
        """Answer the next call with these fields."""
        return self._plan(
            ImmediateReply(self._label("returns", *fields), self._replies.sample_reply(self._endpoint, fields))
        )

    def _answer(self, plan: Plan | None, call: Call) -> Any:
        if isinstance(plan, ImmediateReply):
            return plan.body
        if (end := self._cancel_reply(call)) is not None:
            return end
        if owners := self._service._catalog.serving(self._endpoint, "content"):
            return self._service._content(self._endpoint, _named_task(owners, call, "content_argument"))
        owners_of_report = self._service._catalog.submits_of(self._endpoint)
        if not owners_of_report:
            return self._sample_reply(call)
        return self._service._report(self._endpoint, owners_of_report, call)


class FakeService(Namespace):
    """One service: its operations, its tasks, and everything that was sent to it."""

    def __init__(self, environment: TestEnvironment, catalog: Catalog) -> None:
        super().__init__(catalog.service.name)
        self.calls: list[Call] = []
        self._environment = environment
        self._catalog = catalog
        self._replies = Replies(catalog)
        self._secret = secret_headers(catalog)
        self._bases = list(catalog.bases)
        self._tasks: dict[str, tuple[Endpoint, TaskPlan, int]] = {}
        self._callbacks: list[PendingCallback] = []
        self._number = 0
        self.operations = {name: _fake(self, endpoint) for name, endpoint in catalog.endpoints.items()}
        """By name, group included: also those whose name something else has here."""
        for name, operation in self.operations.items():
            group, _, method = name.rpartition(".")
            place: Any = self
            if group:
                place = vars(self).setdefault(group, Namespace(f"{self._name}.{group}"))
            if not hasattr(type(place), method):
                vars(place).setdefault(method, operation)

    def __repr__(self) -> str:
        return f"fake.{self._name}"

    def also_at(self, base_url: str) -> Self:
        """Serve at this URL too: for code that gives its clients another `base_url`."""
        if not base_url.startswith(("https://", "http://")):
            raise PlanError(f"{self!r}.also_at: {base_url!r} begins with neither https:// nor http://")
        self._bases.append(base_url.rstrip("/"))
        return self

    def _serve(self, request: httpx.Request, path: str) -> httpx.Response:
        match = self._catalog.match(request.method, path, request.url.params.multi_items())
        if match is None:
            response = self._reply_by_url(request, path)
            if response is not None:
                return response
            raise self._environment.wrong(
                f"{self._name}: {request.method} {path}", ["the catalog has no such operation"]
            )
        endpoint, in_path = match
        operation = self.operations[endpoint.operation.name]
        return operation._serve(request, {name: unquote(value) for name, value in in_path.items()})

    def _next_number(self) -> int:
        self._number += 1
        return self._number

    def _start(self, endpoint: Endpoint, life: TaskPlan, task_id: str | None = None) -> str:
        number = self._next_number()
        task_id = task_id or self._replies.task_id(endpoint, f"fake-task-{number}", number)
        self._tasks[task_id] = (endpoint, life, number)
        return task_id

    def _base_of(self, url: str) -> str:
        """Return the base URL that a request went to."""
        bases: list[str] = self._bases
        return next((base for base in bases if url.startswith(f"{base}/")), bases[0])

    def _cancel(self, task_id: str) -> None:
        """End a task at its next poll, where the documents have a status for that."""
        endpoint, life, _ = self._tasks[task_id]
        if life.polls < life.after and "cancelled" in endpoint.task["states"].values():
            life.end = self._replies.report(endpoint, self._replies.word(endpoint, "cancelled"))
            life.state, life.word, life.after = "cancelled", None, life.polls + 1

    def _content(self, poll: Endpoint, task_id: str) -> Any:
        """Return the bytes that a task has made."""
        if task_id not in self._tasks:
            return self._no_such_task(poll, task_id)
        endpoint, _, _ = self._tasks[task_id]
        assets = endpoint.operation.assets
        return httpx_replies.response(poll.status, *FILES[extension(assets.media if assets else "file", "")])

    def _reply_by_url(self, request: httpx.Request, path: str) -> httpx.Response | None:
        """Answer at a URL of a task that the reply to its submit has named; None for another URL."""
        url = str(request.url)
        task_id, part = (url, "status") if url in self._tasks else part_of_task(path) or ("", "")
        if task_id not in self._tasks:
            return None
        endpoint, life, number = self._tasks[task_id]
        faults = credential_faults(self._catalog, endpoint, ReceivedRequest.of(request, {}))
        call = record(endpoint, request, {}, self._secret, faults)
        call = replace(call, operation=f"{call.operation}.{part}", arguments={})
        for calls in (self.calls, self._environment.calls):
            calls.append(call)
        if faults:
            raise self._environment.wrong(call.name, faults)
        if part == "cancel":
            self._cancel(task_id)
            return httpx_replies.reply({}, 202)
        base = self._base_of(url)
        if part == "result":
            return httpx_replies.reply(self._replies.result_reply(endpoint, self._result(endpoint, life, number)))
        return httpx_replies.reply(self._report_on(task_id, base))

    def _report(self, poll: Endpoint, submits: Sequence[Endpoint], call: Call) -> Any:
        """Return how the task stands that a poll asks for."""
        task_id = _named_task(submits, call, "poll_argument")
        if task_id not in self._tasks:
            return self._no_such_task(poll, task_id)
        return self._report_on(task_id, self._base_of(call.url))

    def _report_on(self, task_id: str, base: str) -> Any:
        endpoint, life, number = self._tasks[task_id]
        life.polls += 1
        life.served = 1
        report = partial(self._replies.report, endpoint, task_id=task_id, base=base)
        if life.word is not None and (life.forever or life.polls < life.after):
            return report(life.word, drifts=True)
        if life.polls < life.after:
            states = ("queued", "running") if life.polls == 1 else ("running", "queued")
            progress = 100 * (life.polls - 1) // life.after
            return report(self._replies.word(endpoint, *states), progress=progress)
        if life.end is not None:
            return life.end
        result = self._result(endpoint, life, number)
        return report(self._replies.word(endpoint, "succeeded"), progress=100, result=result)

    def _result(self, endpoint: Endpoint, life: TaskPlan, number: int) -> Any:
        """Return what a task has made, its files to be fetched from now on."""
        result = self._replies.result(endpoint, number=number, files=life.files, values=life.result)
        self._environment.publish(result, endpoint.operation.assets.media if endpoint.operation.assets else "file")
        return result

    def _no_such_task(self, poll: Endpoint, task_id: str) -> Any:
        code = self._replies.code_of("NotFound")
        if code is not None and code in self._catalog.codes:
            return self._replies.refusal(poll, code).body
        hint = f"plan it: fake.{self._name}.<operation>.has_task({task_id!r})"
        raise self._environment.wrong(
            f"{self._name}.{poll.operation.name}", [f"no task {task_id!r} was started here; {hint}"]
        )


def _named_task(owners: Sequence[Endpoint], call: Call, argument: str) -> str:
    """Return the task id of a call. `argument`: the field of the task's data that has the name of the parameter."""
    names = [getattr(one.operation.task, argument) for one in owners if one.operation.task is not None]
    return next((str(call.arguments[name]) for name in names if name in call.arguments), "")


def _fake(service: FakeService, endpoint: Endpoint) -> FakeOperation:
    kinds: dict[str, type[FakeOperation]] = {"submit": FakeTask, "generate": FakeGeneration, "query": FakeQuery}
    return kinds[endpoint.operation.kind](service, endpoint)
