# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The operations of EdrawMax as data: requests, replies and tasks."""

from __future__ import annotations

from .._runtime.lazy_imports import Model, Module
from .._runtime.operation import (
    Assets,
    Envelope,
    ErrorCode,
    Field,
    Operation,
    Service,
)

_ARGUMENTS = Module(__package__, "arguments")

SERVICE = Service(
    name="edrawmax",
    base_url="https://api.edrawmax.cn/api/ai",
    envelope=Envelope(
        code="/code",
        success=frozenset({"0"}),
        message="/msg",
    ),
    client_headers={"X-User-ID": "user_id"},
    errors={
        "400": ErrorCode("BadRequest", "A parameter is missing or has a value that is not allowed."),
        "500": ErrorCode("ServerError", "The service failed."),
        "2406": ErrorCode("ContentRejected", "The content check refused the description."),
        "3001": ErrorCode("RateLimited", "Too many requests of this user are being worked on.", "once"),
        "212200": ErrorCode("ServerError", "The model made no diagram.", "once"),
        "212201": ErrorCode("ServerError", "The diagram could not be drawn or stored.", "once"),
    },
)

FLOWCHART = Operation(
    service=SERVICE,
    name="flowchart",
    method="POST",
    path="/skills/generate-flowchart",
    kind="generate",
    fields=(
        Field("prompt", "prompt"),
        Field("lang", "lang"),
        Field("platform", "platform"),
    ),
    arguments=Model(_ARGUMENTS, "FlowchartArguments"),
    reply_at="/data",
    model="generate-flowchart",
    assets=Assets(
        at=("/png_url", "/svg_url"),
        hosts=(".aliyuncs.com", ".edrawmax.com", ".edrawsoft.com", ".wondershare.com"),
        sources={"/mermaid_code": "mmd"},
        media="diagram",
    ),
)

GANTT = Operation(
    service=SERVICE,
    name="gantt",
    method="POST",
    path="/skills/generate-gantt",
    kind="generate",
    fields=(
        Field("prompt", "prompt"),
        Field("lang", "lang"),
        Field("platform", "platform"),
    ),
    arguments=Model(_ARGUMENTS, "GanttArguments"),
    reply_at="/data",
    model="generate-gantt",
    assets=Assets(
        at=("/png_url", "/svg_url"),
        hosts=(".aliyuncs.com", ".edrawmax.com", ".edrawsoft.com", ".wondershare.com"),
        sources={"/source_code": "txt"},
        media="diagram",
    ),
)

INFOGRAPHIC = Operation(
    service=SERVICE,
    name="infographic",
    method="POST",
    path="/skills/generate-infographic",
    kind="generate",
    fields=(
        Field("prompt", "prompt"),
        Field("lang", "lang"),
        Field("platform", "platform"),
    ),
    arguments=Model(_ARGUMENTS, "InfographicArguments"),
    reply_at="/data",
    model="generate-infographic",
    assets=Assets(
        at=("/png_url", "/svg_url"),
        hosts=(".aliyuncs.com", ".edrawmax.com", ".edrawsoft.com", ".wondershare.com"),
        sources={"/source_code": "txt"},
        media="diagram",
    ),
)

MINDMAP = Operation(
    service=SERVICE,
    name="mindmap",
    method="POST",
    path="/skills/generate-mindmap",
    kind="generate",
    fields=(
        Field("prompt", "prompt"),
        Field("lang", "lang"),
        Field("platform", "platform"),
    ),
    arguments=Model(_ARGUMENTS, "MindmapArguments"),
    reply_at="/data",
    model="generate-mindmap",
    assets=Assets(
        at=("/png_url", "/svg_url"),
        hosts=(".aliyuncs.com", ".edrawmax.com", ".edrawsoft.com", ".wondershare.com"),
        sources={"/source_code": "txt"},
        media="diagram",
    ),
)
