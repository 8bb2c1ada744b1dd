# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The replies of one service, made from its catalog. A reply that its schema would refuse is never made."""

from __future__ import annotations

import difflib
import json
import re
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import quote, unquote

from .. import _media
from .._runtime.next_page import is_later
from .._runtime.operation import Pages
from .._runtime.pointer import MISSING, fragment, get, parts
from .sample_values import SAMPLE_URL, holding, place_of_urls, put, put_sampled, replace_text, sample, with_texts
from .service_document import Catalog, Endpoint, PlanError

_TASK_URLS = {"status_url": "status", "result_url": "result", "cancel_url": "cancel"}
"""The URLs of a task that a reply may name, and the last step of the path of each."""
_TASK_PATH = re.compile(r"/-tasks/([^/]+)/(status|result|cancel)")
_REASONS = ("message", "reason", "detail", "error")


@dataclass(frozen=True, slots=True)
class DocumentedRefusal:
    """A documented refusal, as it is sent."""

    status: int
    body: Any


class Replies:
    """Makes the replies of one service."""

    def __init__(self, catalog: Catalog, *, trace: str = "fake-trace") -> None:
        """Make replies. `trace`: the id that every reply has, where its envelope has a place for one."""
        self._catalog = catalog
        self._trace = trace
        self._envelopes: dict[Endpoint, Any] = {}

    def unsupported(self, endpoint: Endpoint) -> str | None:
        """Return why no task of an operation can be simulated; None where one can."""
        task, spec = endpoint.task, endpoint.operation.task
        places = (task.get("id"), *map(task.get, _TASK_URLS), task.get("reply", {}).get("status"))
        is_beside = any(str(place).startswith("$") for place in places) or "content_id" in task
        is_fetched = spec is not None and spec.content is not None and not spec.has_content
        if not (is_beside or is_fetched or "encoded" in task.get("assets", {})):
            return None
        problem = "the body of a report does not have all of the task, and no such task is simulated"
        return f"{endpoint.operation.name}: {problem}: test it against a server of your own"

    def submit_reply(self, endpoint: Endpoint, task_id: str, base: str = "") -> Any:
        """Return the reply that a task was started. `base`: the URL of the service, for the URLs of the task."""
        body = self._success_reply(endpoint)
        if "id" in endpoint.task:
            body = self._put(endpoint, body, endpoint.task["id"], task_id)
        return self._check_reply(endpoint, self._with_urls(endpoint, endpoint.reply, body, task_id, base))

    def task_id(self, endpoint: Endpoint, text: str, number: int) -> str:
        """Return an id of the type that the reply has for it: this text, or of this number."""
        schema = self._catalog.schema_at(endpoint.reply, endpoint.task["id"]) if "id" in endpoint.task else None
        kinds = self._catalog.types(schema) if schema else set()
        if kinds and "string" not in kinds:
            return str(number)
        node = self._catalog.follow(schema)[1] if schema else {}
        if node.get("format") == "uuid":
            return str(uuid.UUID(int=number, version=4))
        return text.ljust(int(node.get("minLength", 0)), "0")[-int(node.get("maxLength", len(text) + 100)) :]

    def sample_reply(
        self, endpoint: Endpoint, fields: Mapping[str, Any], arguments: Mapping[str, Any] | None = None
    ) -> Any:
        """Return a call that is answered at once: a sample of its reply with these fields in place.

        A page of a list is the last one, unless the fields say that there are more. `arguments`: those of the call.
        """
        at = endpoint.operation.reply_at
        place = self._catalog.schema_at(endpoint.reply, at)
        value = sample(self._catalog, place) if place else {}
        if fields and not isinstance(value, dict):
            raise PlanError(f"{endpoint.operation.name}: the reply has no fields to set")
        if fields:
            self._check_fields(endpoint, place, fields)
            value = {**value, **fields}
        body = self._put(endpoint, self._success_reply(endpoint), at, value)
        for task in self._catalog.submits_of(endpoint)[:1]:
            place = task.task["reply"]["status"]
            if parts(place)[-1] not in fields:
                body = self._put(endpoint, body, place, self.word(task, "running", "queued"))
        if endpoint.operation.pages is not None:
            body = self._last_page(endpoint, endpoint.operation.pages, body, fields, arguments or {})
        return self._check_reply(endpoint, body)

    def _last_page(
        self, endpoint: Endpoint, pages: Pages, body: Any, fields: Mapping[str, Any], arguments: Mapping[str, Any]
    ) -> Any:
        """Return a page as the last one, as far as the schema allows and no given field says otherwise."""
        ends: list[tuple[str | None, tuple[Any, ...]]] = [
            (pages.next, (MISSING, None, "")),
            (pages.more, (False, MISSING, None)),
        ]
        if is_later(pages, arguments):
            ends.append((pages.items, ([],)))
        before = len(parts(endpoint.operation.reply_at))
        for pointer, values in ends:
            steps = parts(pointer or "")
            if pointer is None or set(steps[before : before + 1]) & set(fields):
                continue
            candidates = (put(body, steps, value) for value in values)
            body = next((one for one in candidates if not self._faults(endpoint.reply, one)), body)
        return body

    def content(self, endpoint: Endpoint) -> tuple[str, bytes] | None:
        """Return media type and bytes of a reply that is not JSON by its document; None where it is JSON or nothing."""
        forms = endpoint.operation.replies
        if endpoint.reply is not None or "json" in forms or not {"bytes", "text"} & set(forms):
            return None
        media_types = [word.partition(";")[0].strip().lower() for word in endpoint.media_types]
        for word in media_types:
            for media_type, content in _media.FILES.values():
                if fnmatchcase(media_type, word) and word != "*/*":
                    return media_type, content
        plain = next((word for word in media_types if "*" not in word), None)
        return plain or ("text/plain" if "text" in forms else "application/octet-stream"), b"text"

    def balance_reply(self, endpoint: Endpoint, credits: int) -> Any:
        """Return the reply that shows how many credits are left."""
        return self._check_reply(
            endpoint, self._put(endpoint, self.sample_reply(endpoint, {}), endpoint.task["balance"], credits)
        )

    def result(
        self,
        endpoint: Endpoint,
        *,
        number: int,
        files: int,
        values: Mapping[str, Any] | None,
        url: Callable[[str, int], str] | None = None,
    ) -> Any:
        """Return what a task or a call has made, with the URLs of so many files in it.

        `url` returns the URL of a file by its extension and its number, from 1; without it they lead nowhere.
        """
        output = self._output(endpoint)
        value = sample(self._catalog, output) if output else {}
        assets = endpoint.operation.assets
        asset_places = assets.at if assets else ()
        places: list[tuple[str, ...] | None] = [parts(place) for place in asset_places]
        for steps in places or [place_of_urls(self._catalog, output)]:
            kind = extension(endpoint, "/".join(steps or ()) if asset_places else "")
            urls = [
                url(kind, index) if url else self._url(endpoint, kind, number, index) for index in range(1, files + 1)
            ]
            candidate = with_texts(self._catalog, output, value, ("files",) if steps is None else steps, urls)
            if not asset_places and urls:  # every URL anywhere in the result is a file of it
                candidate = replace_text(candidate, SAMPLE_URL, urls[0])
            if asset_places or not self._faults(output, candidate):
                value = candidate
        if values:
            if not isinstance(value, Mapping):
                raise PlanError(f"{endpoint.operation.name}: the result has no fields to set")
            self._check_fields(endpoint, output, values)
            value = {**value, **values}
        return self._check(endpoint, output, "result", value)

    def _output(self, endpoint: Endpoint) -> str | None:
        """Return the schema of what a task or a call has made: as stated, else that of the place where it stands."""
        task = endpoint.task
        if "output" in task:
            return fragment(str(task["output"]))
        if endpoint.operation.kind == "submit":
            is_described = "result_url" not in task and "result" in task["reply"]
            whole, at = self._reply_of_poll(endpoint) if is_described else None, task["reply"].get("result", "")
        else:
            whole, at = endpoint.reply, task.get("reply", {}).get("result", endpoint.operation.reply_at)
        schema = self._catalog.schema_at(whole, at)
        node = self._catalog.follow(schema)[1] if schema else {}
        places = endpoint.operation.assets.at if endpoint.operation.assets else ()
        if schema and self._catalog.types(schema) == {"string"} and ("contentMediaType" in node or any(places)):
            return f"{schema}/contentSchema" if "contentSchema" in node else None  # JSON in a text
        return schema

    def immediate_result(self, endpoint: Endpoint, result: Any) -> Any:
        """Return what a call that answers at once has made."""
        at = endpoint.task.get("reply", {}).get("result", endpoint.operation.reply_at)
        return self._check_reply(endpoint, self._put(endpoint, self._success_reply(endpoint), at, result))

    def report(
        self,
        endpoint: Endpoint,
        word: str | int,
        *,
        progress: int | None = None,
        reason: str | None = None,
        result: Any = None,
        drifts: bool = False,
        task_id: str | None = None,
        base: str = "",
    ) -> Any:
        """Return how a task of `endpoint` stands. `drifts`: the word is meant to be none that the catalog has.

        `task_id`, `base`: id of the task and URL of the service, where the report has a place for them.
        """
        places = endpoint.task["reply"]
        whole = self._reply_of_poll(endpoint)
        body = self._envelope_of(endpoint, whole)
        is_elsewhere = "result_url" in endpoint.task or ("content" in endpoint.task and "result" not in places)
        if result is not None and not is_elsewhere:
            body = self._with_result(endpoint, whole, body, result)
        body = (
            put_sampled(self._catalog, whole, body, parts(places["status"]), word)
            if drifts
            else self._put_in(whole, body, places["status"], word)
        )
        body = self._with_reason(endpoint, whole, self._with_progress(endpoint, whole, body, progress), reason)
        if task_id is not None:
            if "id" in endpoint.task and self._catalog.schema_at(whole, endpoint.task["id"]) is not None:
                body = self._put_in(whole, body, endpoint.task["id"], task_id)
            body = self._with_urls(endpoint, whole, body, task_id, base)
        return body if drifts else self._check(endpoint, whole, "reply", body)

    def _with_progress(self, endpoint: Endpoint, whole: str | None, body: Any, progress: int | None) -> Any:
        place = endpoint.task["reply"].get("progress")
        if progress is None or place is None:
            return body
        share = progress / 100 if endpoint.task.get("progress_scale") == "fraction" else progress
        return self._put_in(whole, body, place, share)

    def _with_reason(self, endpoint: Endpoint, whole: str | None, body: Any, reason: str | None) -> Any:
        """Return a report with a reason; without one it has no error: where there is one, the task has failed."""
        place = self.reason_place(endpoint)
        if "error" in endpoint.task["reply"]:
            body = self._without(whole, body, endpoint.task["reply"]["error"])
        if reason is not None and place is None:
            raise PlanError(f"{endpoint.operation.name}: the catalog knows no place for a reason in a report")
        return body if reason is None or place is None else self._put_in(whole, body, place, reason)

    @staticmethod
    def reason_place(endpoint: Endpoint) -> str | None:
        """Return where a report says why a task has failed; None where the catalog knows no place."""
        places = endpoint.task["reply"]
        place: str | None = places.get("reason", places.get("error"))
        return place

    def _without(self, whole: str | None, body: Any, pointer: str) -> Any:
        """Return a body without what is at a place, or with null there, as its schema allows."""
        candidates = (put(body, parts(pointer), value) for value in (MISSING, None))
        return next((one for one in candidates if not self._faults(whole, one)), body)

    def result_reply(self, endpoint: Endpoint, result: Any) -> Any:
        """Return what the URL of a result gives, where the report has none."""
        return self._with_result(endpoint, None, self._envelope_of(endpoint, None), result)

    def has_own_urls(self, endpoint: Endpoint) -> bool:
        """Return whether the replies of an operation name URLs of its task, so that no two are alike."""
        return not _TASK_URLS.keys().isdisjoint(endpoint.task)

    def _with_urls(self, endpoint: Endpoint, whole: str | None, body: Any, task_id: str, base: str) -> Any:
        """Return a reply with the URLs of a task, wherever its schema has a place for them."""
        for name, last in _TASK_URLS.items():
            pointer = endpoint.task.get(name)
            if pointer is not None and (whole is None or self._catalog.schema_at(whole, pointer) is not None):
                url = f"{base}/-tasks/{quote(task_id, safe='')}/{last}"
                body = put_sampled(self._catalog, whole, body, parts(pointer), url)
        return body

    def _with_result(self, endpoint: Endpoint, whole: str | None, body: Any, result: Any) -> Any:
        place = endpoint.task["reply"].get("result", "")
        if parts(place) or not isinstance(result, Mapping):
            return self._put_in(whole, body, place, result)
        return {**body, **result}

    def _reply_of_poll(self, endpoint: Endpoint) -> str | None:
        """Return the schema of the reports on a task; None where a URL gives them that no document describes."""
        if "status_url" in endpoint.task and self._catalog.poll_of(endpoint) is None:
            return None
        return self.poll(endpoint).reply

    def callback_payload(
        self, endpoint: Endpoint, schema: str, task_id: str, word: str | int, values: Mapping[str, Any], body: Any
    ) -> Any:
        """Return what a service sends when a task has ended.

        `values`: reason and result; `body`: that of the request.
        """
        places = endpoint.task["callback"]
        payload = sample(self._catalog, schema, whole=False)
        for name, value in {"id": task_id, "status": word, **values}.items():
            if name in places and value is not None:
                payload = self._put_in(schema, payload, places[name], value)
        for place in places.get("echoed", ()):
            value = get(body, place)
            payload = payload if value is MISSING else put_sampled(self._catalog, schema, payload, parts(place), value)
        return self._check(endpoint, schema, "payload of a callback", payload)

    def poll(self, endpoint: Endpoint) -> Endpoint:
        """Return the operation that reports on the tasks of this one."""
        poll = self._catalog.poll_of(endpoint)
        if poll is None:
            raise PlanError(f"{endpoint.operation.name}: the catalog knows no operation that reports on its tasks")
        return poll

    def word(self, endpoint: Endpoint, *states: str) -> str:
        """Return the service's word for the first of these states that it has."""
        meanings: Mapping[str, str] = endpoint.task["states"]
        for state in states:
            match = next((word for word, meaning in meanings.items() if meaning == state), None)
            if match is not None:
                return match
        choices = ", ".join(sorted(set(meanings.values())))
        raise PlanError(f"{endpoint.operation.name}: no document has a status for {states[0]!r}, only for {choices}")

    def refusal(self, endpoint: Endpoint, code: str | int) -> DocumentedRefusal:
        """Return a documented refusal: an in-band code, an HTTP status, or the first of them that means an error."""
        word = self.code_of(str(code)) or str(code)
        if word in self._catalog.codes and self._catalog.envelope:
            return DocumentedRefusal(200, self.with_code(endpoint, self._success_reply(endpoint), word))
        if word.isdecimal() and int(word) >= 400 and self._catalog.knows_status(endpoint, int(word)):
            return self.http(int(word), self._catalog.statuses.get(word, {}).get("meaning", ""))
        statuses = {status for status in endpoint.node.get("responses", {}) if not status.startswith(("1", "2", "3"))}
        codes = [*self._catalog.codes, *sorted(statuses | set(self._catalog.statuses))]
        raise PlanError(f"{endpoint.operation.name}: no document has the code {word}; {_codes_hint(codes)}")

    def with_code(self, endpoint: Endpoint, body: Any, code: str | int) -> Any:
        """Return the same reply with a documented in-band code and what it means."""
        word = str(code)
        if word not in self._catalog.codes:
            hint = _codes_hint(self._catalog.codes)
            raise PlanError(f"{endpoint.operation.name}: no document has the in-band code {word}; {hint}")
        body = self._put(endpoint, body, self._at("code"), word)
        if self._at("message"):
            body = self._put(endpoint, body, self._at("message"), self._catalog.codes[word].get("meaning", ""))
        return self._check_reply(endpoint, body)

    def code_of(self, error: str) -> str | None:
        """Return the first documented code that means this error."""
        rows = [*self._catalog.codes.items(), *self._catalog.statuses.items()]
        return next((code for code, row in rows if row.get("error") == error), None)

    def too_many(self, endpoint: Endpoint) -> DocumentedRefusal:
        """Return the reply to too many calls: as the service documents it, else as HTTP does."""
        code = self.code_of("RateLimited")
        return self.refusal(endpoint, code) if code else self.http(429, "Too many requests.")

    def http(self, status: int, message: str) -> DocumentedRefusal:
        """Return an HTTP status in the envelope of the service, which has the status as its code."""
        body: Any = {}
        envelope = self._catalog.envelope or {"message": "/message"}
        for what, value in (("code", status), ("message", message), ("trace", self._trace)):
            if envelope.get(what):
                body = put(body, parts(envelope[what]), value)
        return DocumentedRefusal(status, body)

    def _at(self, what: str) -> str:
        return str((self._catalog.envelope or {}).get(what) or "")

    def _success_reply(self, endpoint: Endpoint) -> Any:
        """Return a reply with what the schema requires and the signs of success. Nobody may change it: it is kept."""
        if endpoint not in self._envelopes:
            self._envelopes[endpoint] = self._new_envelope(endpoint.reply)
        return self._envelopes[endpoint]

    def _envelope_of(self, endpoint: Endpoint, whole: str | None) -> Any:
        """Return the envelope of the report on a task of this operation."""
        return self._new_envelope(None) if whole is None else self._success_reply(self.poll(endpoint))

    def _new_envelope(self, whole: str | None) -> Any:
        body = sample(self._catalog, whole, whole=False) if whole else {}
        if self._catalog.envelope is None:
            return body
        body = self._put_in(whole, body, self._at("code"), str(self._catalog.envelope["success"][0]))
        for what, text in (("message", ""), ("trace", self._trace)):
            body = self._put_in(whole, body, self._at(what), text) if self._at(what) else body
        return body

    def _put(self, endpoint: Endpoint, body: Any, pointer: str, value: Any) -> Any:
        return self._put_in(endpoint.reply, body, pointer, value)

    def _put_in(self, whole: str | None, body: Any, pointer: str, value: Any) -> Any:
        """Return the body with a value in place, in the type that the schema has there."""
        schema = self._catalog.schema_at(whole, pointer)
        kinds = self._catalog.types(schema) if schema else set()
        if isinstance(value, str) and value.lstrip("-").isdecimal() and kinds != {"string"} and pointer:
            # A number that the document writes as text. Where it says nothing of the type, ids stay text.
            value = int(value) if kinds & {"integer", "number"} or pointer == self._at("code") else value
        if isinstance(value, dict | list) and kinds == {"string"}:
            value = json.dumps(value)
        if isinstance(value, str) and kinds and not kinds & {"string", "integer", "number"}:
            value = holding(self._catalog, schema, [value], _REASONS)
        return put_sampled(self._catalog, whole, body, parts(pointer), value)

    def _check_reply(self, endpoint: Endpoint, body: Any) -> Any:
        return self._check(endpoint, endpoint.reply, "reply", body)

    def _check(self, endpoint: Endpoint, schema: str | None, what: str, value: Any) -> Any:
        faults = self._faults(schema, value)
        if faults:
            raise PlanError(_lines(f"{endpoint.operation.name}: the catalog refuses this {what}", faults))
        return value

    def _faults(self, schema: str | None, value: Any) -> list[str]:
        return self._catalog.faults(schema, value) if schema else []

    def _check_fields(self, endpoint: Endpoint, schema: str | None, fields: Iterable[str]) -> None:
        """Refuse unknown fields: a misspelled one would be accepted as one that is new."""
        properties = self._catalog.properties(schema) if schema else {}
        for name in fields:
            if properties and name not in properties:
                close = difflib.get_close_matches(name, properties, 1)
                hint = f"did you mean {close[0]!r}?" if close else f"it knows {', '.join(properties)}"
                raise PlanError(f"{endpoint.operation.name}: the catalog does not know the field {name!r}; {hint}")

    def _url(self, endpoint: Endpoint, kind: str, number: int, index: int) -> str:
        assets = endpoint.operation.assets
        suffix = assets.hosts[0] if assets and assets.hosts else f".{endpoint.operation.service.name}.example"
        name = endpoint.operation.name.replace(".", "-").replace("_", "-")
        return f"https://fake-files.{suffix.lstrip('.').replace('_', '-')}/{name}-{number}-{index}.{kind}"


def part_of_task(path: str) -> tuple[str, str] | None:
    """Return the task id and what is asked for ("status", "result", "cancel") of the path of a task's own URL."""
    match = _TASK_PATH.fullmatch(path)
    return None if match is None else (unquote(match[1]), match[2])


def extension(endpoint: Endpoint, place: str) -> str:
    """Return the extension of a file that stands at this place of a result."""
    assets = endpoint.operation.assets
    return _media.extension(assets.media if assets else "file", place)


def _codes_hint(codes: Iterable[str]) -> str:
    """Return the documented codes, in words."""
    text = ", ".join(codes)
    return f"the documented ones are {text}" if text else "for this service none is documented"


def _lines(head: str, faults: Iterable[str]) -> str:
    return "\n".join([head, *(f"  {fault}" for fault in faults)])
