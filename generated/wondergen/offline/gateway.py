# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""One service of the offline upstream: refuses as its gateway would, and answers from the catalog what is left."""

from __future__ import annotations

import copy
import re
import secrets
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from .._catalog.received_request import ReceivedRequest, arguments
from .._catalog.replies import Replies, part_of_task
from .._catalog.request_validation import argument_faults
from .._catalog.service_document import Catalog, Endpoint, PlanError
from .._runtime.operation import TaskStatus
from .._runtime.pointer import fragment, parts
from . import fault_kinds
from .callback_posts import obstacle
from .fault_kinds import Wish
from .refusals import Refusals
from .result_contents import count_of, mermaid, outline, words_of
from .result_files import name_of, names_of
from .state import State
from .upstream_reply import Reply, reply
from .upstream_store import Stand, Task, stand

_STATUSES_OF_OURS: Mapping[str, str] = {
    "400": "The arguments are wrong, or the words in a prompt ask for a fault that no document allows.",
    "401": "The key is missing, is not valid, or has expired.",
    "404": "There is nothing with this id.",
    "413": "The body is too large.",
    "429": "There are too many calls: a fault that was asked for.",
    "5XX": "A fault that was asked for.",
}


def served_document(catalog: Catalog, base_url: str) -> dict[str, Any]:
    """Return the document as served: a response that no document of the service lists is marked as ours."""
    document: dict[str, Any] = copy.deepcopy(dict(catalog.document))
    document["servers"] = [{"url": base_url, "description": "The offline upstream."}]
    for item in document.get("paths", {}).values():
        # A path or an operation may name a host of its own: here everything is answered by this server.
        for node in (item, *item.values()):
            if isinstance(node, dict):
                node.pop("servers", None)
    for endpoint in catalog.endpoints.values():
        node = document
        for step in parts(endpoint.at):
            node = node[step]
        responses = dict(node.get("responses", {}))
        statuses = set(responses)
        for status, text in _STATUSES_OF_OURS.items():
            if not statuses & {status, f"{status[0]}XX", "default"}:
                responses[status] = {"description": f"{text} Of the offline upstream alone."}
        node["responses"] = responses
    return document


_ENDINGS: Mapping[str, TaskStatus] = {
    "fails": TaskStatus.FAILED,
    "reason": TaskStatus.FAILED,
    "cancelled": TaskStatus.CANCELLED,
    "times_out": TaskStatus.TIMED_OUT,
    "unknown_status": TaskStatus.UNKNOWN,
}
Pairs = Iterable[tuple[str, str]]
DOCUMENT = "/openapi.json"
"""Below the service, where its own paths leave room: the document that it answers by."""
KEPT_REPORTS = 4096
"""Reports are the same for all tasks that stand the same, and for one that has succeeded."""
_REASON = "The offline upstream was asked to fail"
_STRANGE = ("strange", "99")
"""Statuses that no document has: as a word, and where it has to be a number."""
_HEX = re.compile(r"[0-9a-f]{24}")


class Gateway:
    """Answers the requests for one service."""

    def __init__(self, state: State, catalog: Catalog) -> None:
        self._state = state
        self._catalog = catalog
        self._trace_mark = secrets.token_hex(12)
        """Stands in all replies, which are made once and kept, where each is to have an id of its own."""
        self._replies = Replies(catalog, trace=self._trace_mark)
        self._refusals = Refusals(catalog, self._replies)
        self._templates: dict[Endpoint, tuple[Reply, bytes, bytes]] = {}
        self._reports: OrderedDict[tuple[object, ...], Reply] = OrderedDict()

    def answer(self, method: str, path: str, query: Pairs, headers: Pairs, content: bytes, base_url: str) -> Reply:
        """Answer one request."""
        wishes: list[Wish] = []
        try:
            response, wishes = self._reply_to(method, path, query, headers, content, base_url)
        except PlanError as error:  # a document whose own reply cannot be made from its schema
            response = self._own_fault(error)
        return _spoilt(self._with_trace(response), wishes)

    def too_large(self) -> Reply:
        """Answer one request whose body is more than anybody needs."""
        return self._with_trace(self._refusals.http(413, "The body is too large"))

    def _with_trace(self, response: Reply) -> Reply:
        """Return the reply with an id that no other has."""
        if not (self._catalog.envelope or {}).get("trace"):
            return response
        return replace(
            response, body=response.body.replace(self._trace_mark.encode(), self._state.new_trace().encode())
        )

    def _reply_to(
        self, method: str, path: str, query: Pairs, headers: Pairs, content: bytes, base_url: str
    ) -> tuple[Reply, list[Wish]]:
        """Return the reply before faults change it, and the faults to inject."""
        query = tuple(query)
        match = self._catalog.match(method, path, query)
        if match is None and (part := part_of_task(path)) is not None:
            return self._reply_by_url(method, *part, headers, base_url), []
        if match is None and path == DOCUMENT and method in ("GET", "HEAD"):
            return reply(200, served_document(self._catalog, f"{base_url}/{self._catalog.service.name}")), []
        if match is None:
            return self._nowhere(path), []
        endpoint, in_path = match
        received = ReceivedRequest(
            {name: unquote(value) for name, value in in_path.items()}, query, tuple(headers), content
        )
        refusal = self._refusals.key(endpoint, received)
        if refusal is not None:
            return refusal, []
        try:
            return self._answer_call(endpoint, received, base_url)
        except RecursionError:
            return self._refusals.bad_request(endpoint, ["the body is nested too deeply"]), []

    def _answer_call(self, endpoint: Endpoint, received: ReceivedRequest, base_url: str) -> tuple[Reply, list[Wish]]:
        """Answer a request with a key that is accepted."""
        body, arguments = self._body_of(endpoint, received)
        try:
            wishes = self._wishes(endpoint, arguments)
        except ValueError as error:
            return self._refusals.http(400, f"The offline upstream cannot do so: {error}"), []
        return self._run(endpoint, received, body, arguments, wishes, base_url), wishes

    def _own_fault(self, error: object) -> Reply:
        """Return that this server, and not the service, cannot answer. 501 ends the waiting of a client."""
        return self._refusals.http(501, f"This is a fault of the offline upstream, not of the service: {error}")

    def _nowhere(self, path: str) -> Reply:
        methods = self._catalog.methods(path)
        if methods:
            refusal = self._refusals.http(405, "The path has no such method")
            return replace(refusal, headers={**refusal.headers, "allow": ", ".join(methods)})
        return self._refusals.http(404, "The service has no such path")

    def _body_of(self, endpoint: Endpoint, received: ReceivedRequest) -> tuple[Any, dict[str, Any]]:
        try:
            body = received.body()
        except ValueError:
            body = None  # which is found to be a fault
        return body, arguments(endpoint, received, body)

    def _wishes(self, endpoint: Endpoint, arguments: Mapping[str, Any]) -> list[Wish]:
        """Return the faults to inject into this call: by chance, by order or by magic words."""
        wishes = self._state.fault_injector.draw(
            self._catalog.service.name, endpoint.operation.name, lambda wish: self.obstacle(endpoint, wish) is None
        )
        for wish in fault_kinds.wishes_in(words_of(arguments)):
            problem = self.obstacle(endpoint, wish)
            if problem:
                raise PlanError(problem)
            wishes.append(wish)
        return wishes

    def obstacle(self, endpoint: Endpoint, wish: Wish) -> str | None:
        """Return why the documents do not allow a fault of this operation."""
        name = endpoint.operation.name
        try:
            if wish.fault.stage == "refusal":
                self._refusals.requested_refusal(endpoint, wish)
            elif wish.fault.name == "expired_files":
                return None if endpoint.operation.assets else f"{name} makes no files"
            elif wish.fault.stage == "task":
                if endpoint.operation.kind != "submit":
                    return f"{name} starts no task, so {wish.fault.name} is not possible"
                ending = _ENDINGS[wish.fault.name]
                if ending is not TaskStatus.UNKNOWN:
                    self._replies.word(endpoint, ending.value)
                if wish.fault.name == "reason" and self._replies.reason_place(endpoint) is None:
                    return f"{name}: no document has a place for the reason of a failure"
        except PlanError as error:
            return str(error)
        return None

    def _run(
        self,
        endpoint: Endpoint,
        received: ReceivedRequest,
        body: Any,
        arguments: dict[str, Any],
        wishes: list[Wish],
        base_url: str,
    ) -> Reply:
        for wish in wishes:
            if wish.fault.stage == "refusal":
                return self._refusals.requested_refusal(endpoint, wish)
        wrong = argument_faults(self._catalog, endpoint, received, formats=True)
        if wrong:
            return self._refusals.bad_request(endpoint, wrong)
        if owners := self._catalog.serving(endpoint, "cancel"):
            return self._cancel_reply(endpoint, owners, arguments)
        if endpoint.operation.kind == "query":
            return self._query_reply(endpoint, arguments, base_url)
        if problem := self._replies.unsupported(endpoint):
            return self._own_fault(problem)
        task = self._task(endpoint, body, arguments, wishes, base_url)
        may_overdraw = self._replies.code_of("InsufficientCredits") is None
        if not self._state.store.accept(task, self._state.settings.cost, may_overdraw=may_overdraw):
            return self._refusals.meaning(endpoint, "InsufficientCredits", [])
        if task.callback:
            self._state.changed()
        if endpoint.operation.kind == "submit":
            return self._submit_reply(endpoint, task)
        return self._immediate_reply(endpoint, task)

    def _submit_reply(self, endpoint: Endpoint, task: Task) -> Reply:
        """Return the reply to a submit. Where all ids have the same form, it is made and checked once."""
        if not _HEX.fullmatch(task.id) or self._replies.has_own_urls(endpoint):
            return reply(endpoint.status, self._replies.submit_reply(endpoint, task.id, self._base(task.base)))
        if endpoint not in self._templates:
            mark = "0" * len(task.id)
            template = reply(endpoint.status, self._replies.submit_reply(endpoint, mark))
            before, _, after = template.body.partition(mark.encode())
            self._templates[endpoint] = template, before, after
        template, before, after = self._templates[endpoint]
        return replace(template, body=before + task.id.encode() + after)

    def _base(self, base_url: str) -> str:
        return f"{base_url}/{self._catalog.service.name}"

    def _task(
        self, endpoint: Endpoint, body: Any, arguments: dict[str, Any], wishes: list[Wish], base_url: str
    ) -> Task:
        now = self._state.clock.now()
        is_task = endpoint.operation.kind == "submit"
        endings = [wish for wish in wishes if wish.fault.name in _ENDINGS]
        ending = _ENDINGS[endings[-1].fault.name] if endings else TaskStatus.SUCCEEDED
        url = self._catalog.callback_url(endpoint, body)
        note = obstacle(url, self._state.settings.callback_hosts) if url else None
        reasons = [wish.value.replace("_", " ") for wish in endings if wish.fault.name == "reason"]
        return Task(
            number=0,
            id=self._replies.task_id(endpoint, secrets.token_hex(12), secrets.randbelow(2**53) + 1),
            service=self._catalog.service.name,
            operation=endpoint.operation.name,
            created=now,
            ends=now + (self._state.settings.task_seconds if is_task else 0.0),
            ending=ending.value,
            reason=reasons[-1] if reasons else _REASON if ending is TaskStatus.FAILED else None,
            files=count_of(endpoint, body),
            expired=any(wish.fault.name == "expired_files" for wish in wishes),
            text=_answer_text(endpoint, arguments),
            arguments=arguments,
            base=base_url,
            callback=url if note is None and ending is not TaskStatus.UNKNOWN else None,
            note=note or "",
            echo=body if url else None,
        )

    def _immediate_reply(self, endpoint: Endpoint, task: Task) -> Reply:
        """Return what a call that answers at once has made."""
        if endpoint.operation.assets is None:
            return self._plain_reply(endpoint, task.arguments)
        result = self.result(endpoint, task, task.base)
        return reply(endpoint.status, self._replies.immediate_result(endpoint, result))

    def _plain_reply(self, endpoint: Endpoint, arguments: Mapping[str, Any]) -> Reply:
        if (content := self._replies.content(endpoint)) is not None:
            return Reply(endpoint.status, {"content-type": content[0]}, content[1])
        if endpoint.reply is None:
            return Reply(endpoint.status) if endpoint.status == 204 else reply(endpoint.status, {})
        return reply(endpoint.status, self._replies.sample_reply(endpoint, {}, arguments))

    def _query_reply(self, endpoint: Endpoint, arguments: Mapping[str, Any], base_url: str) -> Reply:
        if "balance" in endpoint.task:
            credits = self._state.store.balance(self._catalog.service.name)
            return reply(endpoint.status, self._replies.balance_reply(endpoint, credits))
        if owners := self._catalog.serving(endpoint, "content"):
            return self._content(endpoint, owners, arguments)
        owners_of_report = self._catalog.submits_of(endpoint)
        if not owners_of_report:
            return self._plain_reply(endpoint, arguments)
        task = self._task_of(owners_of_report, arguments, "poll_argument")
        if task is None:
            return self._no_such_task(endpoint)
        now = stand(task, self._state.clock.now())
        is_own = now.status is TaskStatus.SUCCEEDED or self._replies.has_own_urls(
            self._catalog.endpoints[task.operation]
        )
        key = (task.operation, now, task.reason, *((task.id, base_url) if is_own else ()))
        response = self._reports.get(key)
        if response is None:
            response = self._reports[key] = reply(endpoint.status, self._report(task, now, base_url))
            if len(self._reports) > KEPT_REPORTS:
                self._reports.popitem(last=False)
        return response

    def _task_of(self, owners: Iterable[Endpoint], arguments: Mapping[str, Any], argument: str) -> Task | None:
        """Return the task that a call names. `argument`: the field of the task's data that has the parameter's name."""
        for owner in owners:
            if owner.operation.task is not None:
                task = self._state.store.task(str(arguments.get(getattr(owner.operation.task, argument))))
                if task is not None and self._is_of(task, owner):
                    return task
        return None

    def _is_of(self, task: Task, endpoint: Endpoint) -> bool:
        return task.service == self._catalog.service.name and task.operation == endpoint.operation.name

    def _no_such_task(self, endpoint: Endpoint) -> Reply:
        return self._refusals.meaning(endpoint, "NotFound", ["There is no task with this id"])

    def _content(self, endpoint: Endpoint, owners: Iterable[Endpoint], arguments: Mapping[str, Any]) -> Reply:
        """Return the bytes that a task has made."""
        task = self._task_of(owners, arguments, "content_argument")
        if task is None or stand(task, self._state.clock.now()).status is not TaskStatus.SUCCEEDED:
            return self._no_such_task(endpoint)
        owner = self._catalog.endpoints[task.operation]
        file = self._state.files.file(task, owner, names_of(owner, task.files)[0])
        return Reply(endpoint.status, {"content-type": file.media_type}, file.content)

    def _cancel_reply(self, endpoint: Endpoint, owners: Iterable[Endpoint], arguments: Mapping[str, Any]) -> Reply:
        task = self._task_of(owners, arguments, "cancel_argument")
        if task is None:
            return self._no_such_task(endpoint)
        self._cancel(task)
        return self._plain_reply(endpoint, arguments)

    def _cancel(self, task: Task) -> None:
        """End a task that has not ended, where the documents have a status for that."""
        if TaskStatus.CANCELLED.value in self._catalog.endpoints[task.operation].task["states"].values():
            self._state.store.cancel(task.id, self._state.clock.now())
            self._state.changed()

    def _reply_by_url(self, method: str, task_id: str, part: str, headers: Pairs, base_url: str) -> Reply:
        """Answer at a URL that the reply to a submit has named: the status of a task, its result, or its end."""
        task = self._state.store.task(task_id)
        endpoint = None if task is None else self._catalog.endpoints.get(task.operation)
        if task is None or endpoint is None or not self._is_of(task, endpoint):
            return self._refusals.http(404, "There is no task with this id")
        refusal = self._refusals.key(endpoint, ReceivedRequest({}, (), tuple(headers)))
        if refusal is not None:
            return refusal
        if method not in ("PUT", "POST", "DELETE") if part == "cancel" else method != "GET":
            return self._refusals.http(405, "The path has no such method")
        now = stand(task, self._state.clock.now())
        if part == "cancel":
            self._cancel(task)
            return Reply(202)
        if part == "status":
            return reply(200, self._report(task, now, base_url))
        if now.status is not TaskStatus.SUCCEEDED:
            return self._refusals.http(404, "The task has no result")
        return reply(200, self._replies.result_reply(endpoint, self.result(endpoint, task, base_url)))

    def _report(self, task: Task, now: Stand, base_url: str) -> Any:
        """Return how a task stands, as its poll says it."""
        endpoint = self._catalog.endpoints[task.operation]
        if now.status is TaskStatus.UNKNOWN:
            return self._replies.report(endpoint, self.word(endpoint, now.status), drifts=True)
        is_done = now.status is TaskStatus.SUCCEEDED
        has_reason = now.status is TaskStatus.FAILED and self._replies.reason_place(endpoint) is not None
        return self._replies.report(
            endpoint,
            self.word(endpoint, now.status),
            progress=now.progress,
            reason=task.reason if has_reason else None,
            result=self.result(endpoint, task, base_url) if is_done else None,
            task_id=task.id if is_done or self._replies.has_own_urls(endpoint) else None,
            base=self._base(base_url),
        )

    def callback(self, task: Task) -> tuple[str, Any]:
        """Return method and payload of the callback of a task that has ended."""
        endpoint = self._catalog.endpoints[task.operation]
        spec = self._catalog.callbacks(endpoint)[0]
        status = TaskStatus(task.ending)
        facts = {"reason": task.reason}
        if status is TaskStatus.SUCCEEDED:
            facts["result"] = self.result(endpoint, task, task.base)
        word = self.word(endpoint, status)
        return spec.method, self._replies.callback_payload(endpoint, spec.schema, task.id, word, facts, task.echo)

    def word(self, endpoint: Endpoint, status: TaskStatus) -> str | int:
        """Return the service's word for a state."""
        if status is TaskStatus.UNKNOWN:
            states = endpoint.task["states"]
            is_number = all(word.lstrip("-").isdecimal() for word in states)
            return int(_STRANGE[1]) if is_number else _STRANGE[0]
        other = {TaskStatus.QUEUED: "running", TaskStatus.RUNNING: "queued"}.get(status, status.value)
        return self._replies.word(endpoint, status.value, other)

    def result(self, endpoint: Endpoint, task: Task, base_url: str) -> Any:
        """Return what a task or a call has made."""
        files = self._state.files

        def url(kind: str, index: int) -> str:
            return base_url + files.url(task, name_of(endpoint, index, kind))

        texts = self._texts(endpoint, task.text)
        return self._replies.result(endpoint, number=task.number, files=task.files, values=texts, url=url)

    def _texts(self, endpoint: Endpoint, text: str) -> dict[str, str]:
        """Return the fields of a result that are source text."""
        output = fragment(str(endpoint.task.get("output", "")))
        assets = endpoint.operation.assets
        places = {parts(place)[0] for place in (assets.at if assets else ()) if parts(place)}
        texts = {}
        for name, at in (self._catalog.properties(output) if output else {}).items():
            node = self._catalog.follow(at)[1]
            if name in places or node.get("type") != "string" or {"format", "enum", "const"} & set(node):
                continue
            media_type = node.get("contentMediaType", "text/plain")
            if media_type == "text/vnd.mermaid":
                texts[name] = mermaid(text)
            elif media_type.startswith("text/"):
                texts[name] = outline(text)
        return texts


def _answer_text(endpoint: Endpoint, arguments: Mapping[str, Any]) -> str:
    """Return what the caller wrote: the first text in the order of the parameters that is prose and no URL."""
    texts = [arguments[row.name] for row in endpoint.operation.fields if isinstance(arguments.get(row.name), str)]
    prose = [text for text in texts if "://" not in text]
    return next((text for text in prose if " " in text.strip()), next(iter(prose), ""))


def _spoilt(response: Reply, wishes: list[Wish]) -> Reply:
    """Return the reply as it arrives."""
    for wish in wishes:
        if wish.fault.name == "slow":
            response = replace(response, delay=response.delay + float(wish.value))
        elif wish.fault.name == "garbled":
            response = replace(response, body=response.body[: len(response.body) // 2])
        elif wish.fault.name == "disconnects":
            response = replace(response, is_lost=True)
    return response
