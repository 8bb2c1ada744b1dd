"""A small service for the tests of the runtime: every kind of operation, every kind of field, every retry advice."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Constraint

from codegen.package._runtime.operation import (
    Assets,
    AuthHeader,
    Credential,
    Envelope,
    ErrorCode,
    Field,
    Operation,
    Rule,
    Service,
    TaskSpec,
    TaskStatus,
)

CANARY = "canary-5f3759df-not-a-key"
"""The key in all tests of the runtime. It must be found nowhere but in the header that carries it."""

SERVICE = Service(
    name="sample",
    base_url="https://api.sample.invalid",
    envelope=Envelope(code="/code", success=frozenset({"0"}), message="/msg", trace="/trace_id"),
    credentials=(Credential("api_key", "SAMPLE_API_KEY", "https://sample.invalid/keys"),),
    auth=(AuthHeader("X-API-KEY", "plain", ("api_key",)),),
    client_headers={"X-User": "user_id"},
    errors={
        "100": ErrorCode("BadRequest", "A value is not allowed."),
        "200": ErrorCode("InsufficientCredits", "The account has no credits left."),
        "300": ErrorCode("ServerError", "The drawing failed.", retry="once"),
        "400": ErrorCode("RateLimited", "Too many tasks at a time.", retry="after_delay"),
        "500": ErrorCode("ContentRejected", "The content is not allowed."),
    },
    http_errors={413: ErrorCode("BadRequest", "The file is too large.")},
)


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class MakeArguments(Strict):
    prompt: Annotated[str, Constraint(min_length=1, max_length=20)]
    duration: Annotated[int, Constraint(ge=5, le=95)] | None = None
    resolution: Literal["720p", "1080p"] | None = None
    seconds: Literal["5s", "10s"] | None = None
    audio: Literal["True", "False"] | None = None
    strength: Annotated[float, Constraint(ge=0, le=1)] | None = None
    images: Annotated[list[str], Constraint(min_length=1, max_length=2)] | None = None
    mode: Literal[1, 2] | None = None
    mask: str | None = None


MAKE_FIELDS = (
    Field("prompt", "prompt"),
    Field("duration", "duration"),
    Field("resolution", "resolution"),
    Field("seconds", "seconds", wire="seconds-text"),
    Field("audio", "with-audio", wire="boolean-word"),
    Field("strength", "strength"),
    Field("images", "images"),
    Field("mode", "mode"),
    Field("mask", "mask_url"),
)


class TaskArguments(Strict):
    task_id: str


class SearchArguments(Strict):
    query: str
    limit: int | None = None
    tags: list[str] | None = None
    language: str | None = None


class Credits(BaseModel):
    model_config = ConfigDict(extra="allow")
    left: int


class Drawing(BaseModel):
    model_config = ConfigDict(extra="allow")
    url: str


POLL = Operation(
    service=SERVICE,
    name="task_result",
    method="GET",
    path="/v1/tasks/{task_id}",
    kind="query",
    fields=(Field("task_id", "task_id", "path"),),
    arguments=TaskArguments,
    body_at=None,
    reply_at="/data",
)
MAKE = Operation(
    service=SERVICE,
    name="make",
    method="POST",
    path="/v1/make",
    kind="submit",
    fields=MAKE_FIELDS,
    arguments=MakeArguments,
    rules=(Rule(when={"mode": (2,)}, required=("mask",), allowed={"resolution": ("720p",)}),),
    body_at="/data",
    task=TaskSpec(
        id="/data/task_id",
        poll=POLL,
        poll_argument="task_id",
        status="/data/status",
        states={"1": TaskStatus.QUEUED, "2": TaskStatus.RUNNING, "3": TaskStatus.SUCCEEDED, "4": TaskStatus.FAILED},
        result="/data/result",
    ),
    assets=Assets(at=("/url",)),
)
DRAW = Operation(
    service=SERVICE,
    name="draw",
    method="POST",
    path="/v1/draw",
    kind="generate",
    fields=MAKE_FIELDS,
    arguments=MakeArguments,
    body_at="",
    reply_at="/data",
)
CREDITS = Operation(
    service=SERVICE, name="credits", method="GET", path="/v1/credits", kind="query", body_at=None, reply_at="/data"
)
SEARCH = Operation(
    service=SERVICE,
    name="search",
    method="GET",
    path="/v1/search",
    kind="query",
    fields=(
        Field("query", "q", "query"),
        Field("limit", "limit", "query"),
        Field("tags", "tag", "query"),
        Field("language", "X-Language", "header"),
    ),
    arguments=SearchArguments,
    body_at=None,
    reply_at="/data",
)

ACCEPTED = {"code": 0, "msg": "", "data": {"task_id": "t-1"}, "trace_id": "tr-1"}
"""A reply to MAKE."""
DRAWN = {"code": 0, "msg": "", "data": {"url": "https://cdn.sample.invalid/1.png"}, "trace_id": "tr-1"}
"""A reply to DRAW."""
CREDITS_LEFT = {"code": 0, "msg": "", "data": {"left": 7}, "trace_id": "tr-1"}
"""A reply to CREDITS."""
