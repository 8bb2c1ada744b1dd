"""The intermediate model: what is to be generated, decided in full. Templates print it and decide nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from codegen.faults import Fault
from codegen.openapi.evidence import Evidence
from codegen.python import text
from codegen.python.text import Docstring, Identifier

Location = Literal["body", "path", "query", "header", "cookie", "whole"]
"""Where a parameter goes; "whole": it is the body itself, not a field of it."""
BodyKind = Literal["json", "form", "multipart", "text", "bytes"]


@dataclass(frozen=True)
class Annotation:
    """The Python type of a natural value, without None: a union of single values, plain types and one container."""

    choices: tuple[str | int | bool, ...] = ()
    """Literal["720p", "1080p"]."""
    names: tuple[Identifier, ...] = ()
    """str, int, float, bool, object, or a named enum."""
    items: Annotation | None = None
    """list[...]."""
    values: Annotation | None = None
    """Mapping[str, ...]."""
    classes: tuple[Identifier, ...] = ()
    """inputs.Pet: an object of which the fields are known."""
    null: bool = False
    """None too: inside a list, a map or an object. A parameter says it for itself."""

    def __str__(self) -> str:
        return self._source("inputs.")

    def within(self) -> str:
        """Return the type as it stands in the module of the objects' types."""
        return self._source("")

    def _source(self, module: str) -> str:
        members = (
            [f"Literal[{', '.join(str(text.Literal(choice)) for choice in self.choices)}]"] if self.choices else []
        )
        members += self.names
        members += [f"{module}{name}" for name in self.classes]
        members += [f"list[{self.items._source(module)}]"] if self.items else []
        members += [f"Mapping[str, {self.values._source(module)}]"] if self.values else []
        members += ["None"] if self.null else []
        return " | ".join(members)


class Sentence(NamedTuple):
    """A sentence about a parameter, and what it states."""

    kind: Literal["about", "values", "limit", "default", "disputed"]
    text: str


@dataclass(frozen=True)
class Parameter:
    """One keyword of a method."""

    name: Identifier
    wire_name: str
    location: Location
    required: bool
    positional: bool
    annotation: Annotation
    schema: Mapping[str, Any]
    """JSON Schema of the wire value, references resolved, extensions removed."""
    wire: Literal["boolean-word", "seconds-text", "integer-text"] | None
    media: Mapping[str, Any] | None
    """What the file behind the URL has to be; None where it is not a URL of a file."""
    default: Any
    """What the service assumes where the parameter is left out, in wire form; None where no document says."""
    sentences: tuple[Sentence, ...]
    """What it is, unit, range, default, doubts."""
    pointer: str
    """JSON pointer of its schema in the OpenAPI document."""
    type: str = "Any"
    """Its type in the arguments model, as source."""
    nullable: bool = False
    """Whether null may be sent for it."""
    style: str = ""
    """How a list or an object is written outside a JSON body; "" where it is as usual for the place."""
    explode: bool = True
    allow_reserved: bool = False
    content: str = ""
    """The media type of a parameter, or of a part of a form, that has one of its own."""
    is_file: bool = False
    """Whether it is a file, or a list of files, in a form or as the body."""
    takes_text: bool = False
    """Whether it may be text instead of a file."""


@dataclass(frozen=True)
class RuleModel:
    """A cross-field rule, by Python names and wire values."""

    when: Mapping[str, tuple[Any, ...]]
    """Parameter → the values of which it has one; () where it is enough that it is given."""
    required: tuple[str, ...]
    allowed: Mapping[str, tuple[Any, ...]]
    pointer: str
    any_of: tuple[str, ...] = ()
    """Parameters of which at least one has to be given."""
    beside: tuple[str, ...] = ()
    """Parameters of which one at least has to be given for the rule to apply; (): no matter."""


@dataclass(frozen=True)
class ErrorModel:
    """A documented failure: an in-band code or an HTTP status."""

    code: str
    error: Identifier
    meaning: str
    retry: Literal["never", "once", "after_delay"]
    channel: Literal["in-band", "http"]
    pointer: str
    operations: tuple[str, ...] = ()
    """The operationIds that documents state it for; empty: it can come from every one."""


@dataclass(frozen=True)
class TaskModel:
    id: str
    poll: str
    """operationId of the operation that reports; "": the id is a URL that reports."""
    poll_argument: Identifier | str
    status: str
    states: Mapping[str, str]
    progress: str | None
    reason: str | None
    result: str | None
    result_is_text: bool
    pointer: str
    progress_scale: str = "percent"
    result_url: str | None = None
    content: str | None = None
    """operationId of the operation whose reply is the result."""
    content_argument: str = ""
    content_id: str | None = None
    cancel: str | None = None
    """operationId of the operation that cancels a task."""
    cancel_argument: str = ""
    cancel_url: str | None = None
    cancel_method: str = "PUT"
    error: str | None = None
    url_hosts: tuple[str, ...] = ()


@dataclass(frozen=True)
class BodyModel:
    """How the body of a request is written."""

    kind: BodyKind
    media: str
    required: bool = False
    """Where it is not, none is sent where nothing is given."""
    choices: tuple[str, ...] = ()
    """Other media types that the same values can be sent as."""


@dataclass(frozen=True)
class ReplyModel:
    """What a method returns."""

    kind: Literal["model", "value", "none", "content"]
    """A class of its own; a value of another type, held by a class; nothing; or bytes with their type and name."""
    cls: Identifier
    type: str = ""
    """The type of a value, as source."""
    forms: tuple[str, ...] = ("json",)
    """json, text, bytes, none: what a success can have as its body."""
    accept: str = "application/json"
    by_status: Mapping[str, Identifier] = field(default_factory=dict)
    """HTTP status, with a media type or without → the class of its JSON, where the successes have several."""
    headers: Identifier | None = None
    """The class of the headers that the successes have."""
    headers_method: Identifier | None = None
    """The method that gives them with the reply."""
    redirects: tuple[str, ...] = ()
    """Statuses of the redirects that are results."""


@dataclass(frozen=True)
class PagesModel:
    """How a list is read page by page."""

    name: Identifier
    """Of the method that gives the items."""
    pattern: str
    parameter: Identifier | None
    """What takes the cursor, the page or the offset."""
    is_text: bool
    """Whether that parameter takes text."""
    pointers: Mapping[str, str]
    """items, next, last_item, more, total: where each is."""
    first: int
    item: Identifier | None
    """The class of an item, or of what holds one; None where it has none."""
    type: str
    """The type of an item, as source."""
    pointer: str


@dataclass(frozen=True)
class OperationModel:
    """One method."""

    operation_id: str
    name: Identifier
    """Method name."""
    group: Identifier | None
    constant: Identifier
    """Name of its Operation value: IMAGE_TO_VIDEO_KLING_3_0."""
    method: str
    path: str
    kind: Literal["submit", "generate", "query"]
    parameters: tuple[Parameter, ...]
    """In signature order: positional, then required, then optional, each in document order."""
    body_at: str | None
    reply_at: str
    rules: tuple[RuleModel, ...]
    errors: tuple[ErrorModel, ...]
    task: TaskModel | None
    returns: Identifier
    """Class name of the result (submit, generate) or of the reply model (query)."""
    output_schema: str | None
    """Component schema of the decoded result."""
    assets_at: tuple[str, ...]
    encoded: tuple[str, ...]
    """Pointers to files in the result itself."""
    hosts: tuple[str, ...]
    sources: Mapping[str, str]
    """Pointer to a source text in the result: the suffix that a file of it has."""
    balance: str | None
    report: str | None
    """Pointer to the status whose presence makes a reply with an error code a report on a task."""
    """Pointer in its reply to the credits that are left, where it tells them."""
    media: str
    """What its files are; "" where it gives none, only its reply."""
    summary: Docstring
    description: Docstring
    traits: Docstring
    """What it is good for."""
    pointer: str
    arguments_model: Identifier | None
    body: BodyModel | None = None
    reply: ReplyModel = ReplyModel("model", Identifier("Reply"))
    error_bodies: Mapping[str, Identifier] = field(default_factory=dict)
    """HTTP status, or "default" → the class of an error's body."""
    security: tuple[tuple[str, ...], ...] | None = None
    """Alternatives, each the schemes that it takes; None: as the service."""
    server: str = ""
    """The URL of its own server; "": that of the service."""
    deprecated: bool = False
    takes_key: bool = False
    """Whether it takes `key=`: it is paid for, and the document says so with a task anywhere in it."""
    idempotency_header: str = ""
    """The header by which the service does the same request once."""
    pages: PagesModel | None = None
    vendor_id: str = ""
    """The service's own id of the model or capability."""

    @property
    def qualified(self) -> str:
        """How errors and tokens call it: image_to_video.kling_3_0."""
        return f"{self.group}.{self.name}" if self.group else str(self.name)


@dataclass(frozen=True)
class CredentialModel:
    argument: Identifier
    variable: str
    obtain: str
    may_be_empty: bool = False
    """Whether it may be given as an empty text."""


@dataclass(frozen=True)
class AuthHeaderModel:
    header: str
    scheme: Literal["plain", "basic", "bearer"]
    credentials: tuple[Identifier, ...]
    pointer: str
    name: str = ""
    """The name of the scheme."""
    location: Literal["header", "query", "cookie"] = "header"
    prefix: str = ""
    """What stands before a plain key."""


@dataclass(frozen=True)
class EnvelopeModel:
    code: str
    success: tuple[str, ...]
    message: str | None
    trace: str | None


@dataclass(frozen=True)
class NamedEnum:
    """Numbers with names: CameraMovement.PAN_LEFT is 3."""

    name: Identifier
    members: tuple[tuple[Identifier, int], ...]
    doc: Docstring


@dataclass(frozen=True)
class ServiceModel:
    """One OpenAPI document."""

    module: Identifier
    client: Identifier
    title: str
    doc: Docstring
    base_url: str
    envelope: EnvelopeModel | None
    credentials: tuple[CredentialModel, ...]
    auth: tuple[AuthHeaderModel, ...]
    client_headers: Mapping[str, Identifier]
    """Header → argument of the constructor."""
    header_docs: Mapping[str, Docstring]
    """Header → what it is for, where the document says."""
    errors: tuple[ErrorModel, ...]
    operations: tuple[OperationModel, ...]
    enums: tuple[NamedEnum, ...]
    schemas: Mapping[str, Any]
    """components.schemas."""
    models: str
    """The source of the reply models; "" where there is none."""
    arguments: str
    """The source of the arguments models."""
    inputs: str
    """The source of the types of objects in requests; "" where there is none."""
    document: Mapping[str, Any] = field(repr=False)
    """The whole OpenAPI document: the contract tests carry a copy as their oracle."""
    payloads: Mapping[str, Identifier] = field(default_factory=dict)
    """JSON pointer of what the service sends on its own → its model; without an operation, of every schema."""
    keys_required: bool = True
    """Whether no operation works without the keys."""
    left_out: frozenset[str] = frozenset()
    """The pointers of the operations that are not generated."""
    refused: tuple[Fault, ...] = ()
    """What is not generated: an operation each, and why."""
    notes: tuple[Fault, ...] = ()
    """What has another name, or is left to the service."""
    file: str = ""
    """The name of the file of the document."""
    evidence: Evidence = field(default_factory=Evidence, repr=False)
    """The claims behind its facts; nothing for a document without any."""


@dataclass(frozen=True)
class PackageModel:
    name: Identifier
    version: str
    services: tuple[ServiceModel, ...]
