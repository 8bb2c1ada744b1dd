"""The intermediate model: what is to be generated, decided in full. Templates print it and decide nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from codegen.openapi.evidence import Evidence
from codegen.python import text
from codegen.python.text import Docstring, Identifier


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

    def __str__(self) -> str:
        members = (
            [f"Literal[{', '.join(str(text.Literal(choice)) for choice in self.choices)}]"] if self.choices else []
        )
        members += self.names
        members += [f"list[{self.items}]"] if self.items else []
        members += [f"Mapping[str, {self.values}]"] if self.values else []
        return " | ".join(members)


@dataclass(frozen=True)
class Parameter:
    """One keyword of a method."""

    name: Identifier
    wire_name: str
    location: Literal["body", "path", "query", "header"]
    required: bool
    positional: bool
    annotation: Annotation
    schema: Mapping[str, Any]
    """JSON Schema of the wire value, references resolved, extensions removed."""
    wire: Literal["boolean-word", "seconds-text", "integer-text"] | None
    media: Mapping[str, Any] | None
    """What the file behind the URL has to be; None where it is no URL of a file."""
    default: Any
    """What the service assumes where the parameter is left out, in wire form; None where no document says."""
    doc: Docstring
    """What it is, unit, range, default, doubts."""
    pointer: str
    """JSON pointer of its schema in the OpenAPI document."""


@dataclass(frozen=True)
class RuleModel:
    """A cross-field rule, by Python names and wire values."""

    when: Mapping[str, tuple[Any, ...]]
    """Parameter → the values of which it has one; () where it is enough that it is given."""
    required: tuple[str, ...]
    allowed: Mapping[str, tuple[Any, ...]]
    pointer: str


@dataclass(frozen=True)
class ErrorModel:
    """A documented failure: an in-band code or an HTTP status."""

    code: str
    error: Identifier
    meaning: str
    retry: Literal["never", "once", "after_delay"]
    channel: Literal["in-band", "http"]
    pointer: str


@dataclass(frozen=True)
class TaskModel:
    id: str
    poll: str
    """operationId of the operation that reports."""
    poll_argument: Identifier
    status: str
    states: Mapping[str, str]
    progress: str | None
    reason: str | None
    result: str | None
    result_is_text: bool
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
    hosts: tuple[str, ...]
    sources: Mapping[str, str]
    """Pointer to a source text in the result: the suffix that a file of it has."""
    balance: str | None
    """Pointer in its reply to the credits that are left, where it tells them."""
    media: str
    """What its files are; "" where it gives none, only its reply."""
    summary: Docstring
    description: Docstring
    pointer: str
    request_schema: Mapping[str, Any] | None
    """The whole request body schema as the OpenAPI document has it, references resolved."""
    reply_schema: Mapping[str, Any] | None
    """The schema of the 200 reply, references resolved."""
    arguments_model: Identifier | None

    @property
    def qualified(self) -> str:
        """How errors and tokens call it: image_to_video.kling_3_0."""
        return f"{self.group}.{self.name}" if self.group else str(self.name)


@dataclass(frozen=True)
class CredentialModel:
    argument: Identifier
    variable: str
    obtain: str


@dataclass(frozen=True)
class AuthHeaderModel:
    header: str
    scheme: Literal["plain", "basic", "bearer"]
    credentials: tuple[Identifier, ...]
    pointer: str


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
    models: Mapping[str, Any]
    """The reply models: class name → what is left of its schema, references by class name."""
    aliases: Mapping[str, Mapping[str, Identifier]]
    """Class name of a reply model → property → field."""
    document: Mapping[str, Any] = field(repr=False)
    """The whole OpenAPI document: the contract tests carry a copy as their oracle."""
    evidence: Evidence = field(default_factory=Evidence, repr=False)
    """The claims behind its facts; nothing for a document without any."""


@dataclass(frozen=True)
class PackageModel:
    name: Identifier
    version: str
    services: tuple[ServiceModel, ...]
