# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What an API is, as data. The generator writes these values; the runtime interprets them and knows no vendor."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from .data import Data
from .exports import exported
from .lazy_imports import Model, load_model

if TYPE_CHECKING:
    from pydantic import BaseModel

_NONE: Mapping[Any, Any] = {}


@exported
class TaskStatus(StrEnum):
    """Where a task stands, in one vocabulary for every vendor."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    TIMED_OUT = "timed_out"
    UNKNOWN = "unknown"
    """A status that the catalog does not know. The task is still waited for; `raw_status` has the vendor's word."""

    @property
    def is_final(self) -> bool:
        """Whether the task will not change any more."""
        return self in _FINAL


_FINAL = frozenset({TaskStatus.SUCCEEDED, TaskStatus.FAILED, TaskStatus.CANCELLED, TaskStatus.TIMED_OUT})


class ErrorCode(Data):
    """What one documented code in a reply means."""

    error: str
    """Name of a class in `errors`: AuthenticationError, RateLimited…"""
    meaning: str
    retry: Literal["never", "once", "after_delay"] = "never"


class Envelope(Data):
    """Where a reply carries its in-band code: JSON pointers into the reply body."""

    code: str
    success: frozenset[str]
    """The codes, as text, that mean success."""
    message: str | None = None
    trace: str | None = None


class Credential(Data):
    """One secret a client is given, by argument or environment variable."""

    argument: str
    variable: str
    obtain: str
    """Where a key is had: said when it is missing."""
    may_be_empty: bool = False
    """Whether an empty text is one, if it is given as the argument: services take a key as user with no password."""


class AuthHeader(Data):
    """One request header made from credentials."""

    header: str
    scheme: Literal["plain", "basic", "bearer"]
    credentials: tuple[str, ...]
    """Argument names: one for plain and bearer, two (user, password) for basic."""
    name: str = ""
    """By which an operation asks for it, where not every operation does."""
    location: Literal["header", "query", "cookie"] = "header"
    prefix: str = ""
    """What stands before a plain key: "Key "."""


class Service(Data):
    """One vendor's API."""

    name: str
    base_url: str
    envelope: Envelope | None = None
    credentials: tuple[Credential, ...] = ()
    auth: tuple[AuthHeader, ...] = ()
    client_headers: Mapping[str, str] = _NONE
    """Header name → optional constructor argument, for headers that are the same on every call and no secret."""
    errors: Mapping[str, ErrorCode] = _NONE
    """In-band code, as text → what it means."""
    http_errors: Mapping[int, ErrorCode] = _NONE
    """Documented HTTP status → what it means. Others fall to the rules of HTTP."""
    keys_required: bool = True
    """Whether no operation works without the keys; else each operation says which it asks for."""
    exact_numbers: bool = False
    """Whether a reply has decimal numbers, of which every digit counts."""


WireForm = Literal["boolean-word", "seconds-text", "integer-text"]
"""True ↔ "True"; 5 ↔ "5s"; 2 ↔ "2". A value already in wire form passes through."""


class Field(Data):
    """How one method parameter goes on the wire."""

    name: str
    wire_name: str
    location: Literal["body", "path", "query", "header", "cookie", "whole"] = "body"
    """"whole": it is the body itself."""
    wire: WireForm | None = None
    media: Mapping[str, Any] | None = None
    """What the file behind the URL has to be, as `x-media` has it; None where it is not a URL of a file."""
    nullable: bool = False
    """Whether None sends null, where it would send nothing otherwise."""
    style: str = ""
    """How a list or an object is written outside a JSON body; "": as is usual for the place."""
    explode: bool | None = None
    allow_reserved: bool = False
    content: str = ""
    """The media type of a parameter, or of a part of a form, of its own; "choice": its value is a media type."""
    is_file: bool = False
    takes_text: bool = False
    """Whether text may stand in place of the file."""
    names: type[IntEnum] | None = None
    """The names that stand for the numbers of this parameter."""


class Body(Data):
    """How the body of a request is written."""

    kind: Literal["json", "form", "multipart", "text", "bytes"]
    media: str
    may_be_missing: bool = False
    """Whether none is sent where nothing is given for it."""


JSON = Body("json", "application/json")


class Rule(Data):
    """A rule over several parameters, in wire form: where all of `when` holds, `required` and `allowed` apply."""

    when: Mapping[str, tuple[object, ...]]
    """Parameter → the values of which it has one; () where it is enough that it is given."""
    required: tuple[str, ...] = ()
    allowed: Mapping[str, tuple[object, ...]] = _NONE
    """Parameter → the only values it may have, if given."""
    any_of: tuple[str, ...] = ()
    """Parameters of which at least one has to be given."""
    beside: tuple[str, ...] = ()
    """Parameters of which one has to be given for the rule to apply; (): no matter."""


class Assets(Data):
    """Where a decoded result has its files."""

    at: tuple[str, ...] = ()
    """JSON pointers to a URL or a list of URLs; empty: every https URL anywhere in the result, in document order."""
    encoded: tuple[str, ...] = ()
    """JSON pointers to files in the result itself, each as Base64 or as a data: URL."""
    hosts: tuple[str, ...] = ()
    """Host suffixes (".aliyuncs.com") the vendor names for downloads; empty: any public host."""
    media: Literal["video", "image", "audio", "diagram", "file"] = "file"
    sources: Mapping[str, str] = _NONE
    """Pointer to a text that the files were made of, such as Mermaid: the suffix that a file of it has."""


class Pages(Data):
    """How a list is read page by page. Pointers lead into the whole reply."""

    pattern: Literal["cursor", "page", "offset", "url", "link"]
    items: str
    parameter: str = ""
    """The parameter, by its name in Python, that takes the cursor, the page or the offset."""
    is_text: bool = False
    """Whether that parameter takes text."""
    first: int = 1
    next: str | None = None
    last_item: str | None = None
    """Pointer, in an item, to what the next request takes as its cursor."""
    more: str | None = None
    total: str | None = None
    item: Model | type[BaseModel] | None = None
    """The model of an item; None where it is not an object."""


class TaskSpec(Data):
    """The life of an asynchronous operation, as data."""

    id: str
    """Place of the task id in the reply to the submit, a name or the URL that reports on the task: a pointer into the
    body, or `$response.header.NAME`. So are the other URLs."""
    poll: Operation
    """The operation that reports on a task."""
    poll_argument: str
    """The parameter of `poll` that takes the id; "": the id is the URL to ask."""
    status: str
    """Pointers into the reply of `poll`; here, `$statusCode` is the HTTP status of that reply."""
    states: Mapping[str, TaskStatus]
    """Documented status, as text → state; "null": where the report has none."""
    progress: str | None = None
    reason: str | None = None
    result: str | None = None
    """The result; where it is text it is JSON inside a string and is decoded."""
    error: str | None = None
    """An error: where there is one, a task that has ended, or has no status, has failed."""
    progress_scale: Literal["percent", "fraction"] = "percent"
    result_url: str | None = None
    """Pointer, in the report or the reply to the submit, to the URL of the result; `result` points into its reply."""
    url_hosts: tuple[str, ...] = ()
    """Host suffixes (".example.com") at which a task may be asked for, with the key, beside the service's own host."""
    content: Operation | None = None
    """The operation whose reply is the result: its bytes, or JSON, into which `result` points."""
    content_argument: str = ""
    content_id: str | None = None
    """Pointer, in the report, to what `content` takes: one id, or one for each file. None: the id of the task."""
    cancel: Operation | None = None
    """The operation that cancels a task."""
    cancel_argument: str = ""
    cancel_url: str | None = None
    """Pointer, in the report or the reply to the submit, to the URL at which `cancel` is called."""

    @property
    def has_content(self) -> bool:
        """Whether the files are the replies of `content`, and no URLs in a result."""
        return self.content is not None and not {"json", "none"}.issuperset(self.content.replies)


class Operation(Data):
    """One call of the API."""

    service: Service
    name: str
    """As in Python, group included: "text_to_video", "image_to_video.model_3_0". Tokens and errors carry it."""
    method: str
    path: str
    """Relative to the base URL, with {placeholders}; a query that is the same in every call may follow."""
    kind: Literal["submit", "generate", "query"]
    """submit: starts a paid task; generate: paid, answers at once; query: costs nothing and may be repeated."""
    fields: tuple[Field, ...] = ()
    arguments: Model | type[BaseModel] | None = None
    """Validates the arguments, by Python name, values in wire form. None: the operation takes none."""
    rules: tuple[Rule, ...] = ()
    body_at: str | None = ""
    """Pointer in the request body to the object that holds the body fields; None: no body is sent."""
    reply_at: str = ""
    """Pointer in the reply to what the method returns."""
    balance: str | None = None
    """Pointer in the reply to the credits that are left, where the operation tells them."""
    report: str | None = None
    """Pointer in the reply to the status of a task: a reply with an error code that has one is a report, no error."""
    task: TaskSpec | None = None
    assets: Assets | None = None
    pages: Pages | None = None
    http_errors: Mapping[int, ErrorCode] = _NONE
    """HTTP statuses that this call alone documents."""
    body: Body = JSON
    replies: tuple[str, ...] = ("json",)
    """What a success can have as its body: json, text, bytes, none."""
    redirects: tuple[str, ...] = ()
    """Redirects that are documented as results: 302, 304, 3XX. They are not followed."""
    accept: str = "application/json"
    reply_models: Mapping[str, Model | type[BaseModel]] = _NONE
    """HTTP status or "2XX", with a media type ("200 application/json") or without → the model of its JSON."""
    error_bodies: Mapping[str, Model | type[BaseModel]] = _NONE
    """HTTP status, "4XX" or "default" → the model of an error's body."""
    security: tuple[tuple[str, ...], ...] | None = None
    """Alternatives, each the schemes that it takes together; None: every one of the service."""
    server: str = ""
    """The URL of its own server, for clients that are given no `base_url`."""
    idempotency_header: str = ""
    """The header that makes the service do the same request once, however often it is sent."""
    model: str = ""
    """The service's own id of the model or capability; "" where its document gives none."""

    # What follows from the fields, once for all calls.

    @cached_property
    def arguments_model(self) -> type[BaseModel] | None:
        """The class that validates the arguments."""
        return None if self.arguments is None else load_model(self.arguments)

    @cached_property
    def required(self) -> frozenset[str]:
        """The parameters that have to be given."""
        fields = {} if self.arguments_model is None else self.arguments_model.model_fields
        return frozenset(name for name, field in fields.items() if field.is_required())

    @cached_property
    def facts(self) -> dict[str, object]:
        """What a log record says of a call."""
        return {"service": self.service.name, "operation": self.name}

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The fields by their name in Python."""
        return {field.name: field for field in self.fields}

    @cached_property
    def by_wire_name(self) -> dict[str, Field]:
        """The fields of the body by their name on the wire."""
        return {field.wire_name: field for field in self.fields if field.location == "body"}

    @cached_property
    def media_fields(self) -> tuple[str, ...]:
        """The parameters that are URLs of files, by name."""
        return tuple(field.name for field in self.fields if field.media is not None and not field.is_file)

    @cached_property
    def outside_json(self) -> tuple[Field, ...]:
        """The fields outside a JSON body, where fewer values can be written than the schema allows."""
        return tuple(field for field in self.fields if field.is_file or field.location not in ("body", "whole"))

    @cached_property
    def has_only_a_json_body(self) -> bool:
        """Whether all fields are parts of a JSON object, which is most often so."""
        plain = self.body.kind == "json" and not self.body.may_be_missing
        return plain and all(f.location == "body" and not f.is_file for f in self.fields)

    def is_success(self, status: int) -> bool:
        """Return whether an HTTP status is that of a success: any 2XX, and a redirect that is documented."""
        keys = (str(status), f"{status // 100}XX")
        return 200 <= status < 300 or any(word in self.redirects for word in keys)

    def at(self, location: str) -> tuple[Field, ...]:
        """Return the fields of a place: "path", "query", "header", "cookie" or "whole"."""
        return self._by_place.get(location, ())

    @cached_property
    def _by_place(self) -> dict[str, tuple[Field, ...]]:
        places = dict.fromkeys(field.location for field in self.fields)
        return {place: tuple(field for field in self.fields if field.location == place) for place in places}
