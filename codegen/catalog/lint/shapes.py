"""The shapes of our extensions, as JSON Schema: specs/README.md in a form that can be checked."""

from __future__ import annotations

from typing import Any

ERRORS = ("AuthenticationError InsufficientCredits RateLimited ContentRejected BadRequest NotFound ServerError").split()
STATES = "queued running succeeded failed cancelled timed_out".split()
KEYS = "missing invalid expired".split()
WIRE_FORMS = "boolean-word seconds-text integer-text".split()

_TEXT = {"type": "string", "minLength": 1}
_POINTER = {"type": "string", "pattern": "^(/.*)?$"}
_BELOW = {"type": "string", "pattern": "^/."}
_NUMBER = {"type": "number", "minimum": 0}
_RATIO = {"type": "string", "pattern": "^[1-9][0-9.]*:[1-9][0-9.]*$"}


def _object(required: str = "", /, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
        "minProperties": 1,
    }


def _map(values: dict[str, Any], names: str = "^.+$") -> dict[str, Any]:
    return {"type": "object", "additionalProperties": values, "propertyNames": {"pattern": names}, "minProperties": 1}


def _range(bound: dict[str, Any]) -> dict[str, Any]:
    return _object(minimum=bound, maximum=bound, exclusiveMinimum=bound, exclusiveMaximum=bound)


CLAIMS_OF_ONE = {"type": "array", "items": {"type": "string", "pattern": "^[^:]+:[1-9][0-9]*$"}, "minItems": 1}
CLAIMS = _map(CLAIMS_OF_ONE, "^/.")

_CODE = _object(
    "error meaning retry",
    error={"enum": ERRORS},
    meaning=_TEXT,
    retry={"enum": ["never", "once", "after_delay"]},
    key={"enum": KEYS},
    **{"x-claims": CLAIMS_OF_ONE},
)
ERROR_CODES = _object(
    at=_object(
        "code success",
        code=_BELOW,
        message=_BELOW,
        trace=_BELOW,
        success={"type": "array", "items": _TEXT, "minItems": 1, "uniqueItems": True},
    ),
    codes=_map(_CODE),
    http=_map(_CODE, "^[1-5][0-9][0-9]$"),
) | {"dependentRequired": {"codes": ["at"]}}

_ASSETS = _object(
    "at hosts media",
    at={"type": "array", "items": _POINTER, "uniqueItems": True},
    hosts={"type": "array", "items": {"type": "string", "pattern": r"^\.?[a-z0-9-]+(\.[a-z0-9-]+)+$"}},
    media={"enum": ["video", "image", "audio", "diagram", "file"]},
    count=_BELOW,
)
_CALLBACK = _object(
    "id status",
    id=_BELOW,
    status=_BELOW,
    reason=_BELOW,
    result=_BELOW,
    echoed={"type": "array", "items": _BELOW, "minItems": 1, "uniqueItems": True},
)
_OUTPUT = {"type": "string", "pattern": "^#/components/schemas/[^/]+$"}
TASK = {
    "submit": _object(
        "kind id result reply states assets",
        kind={"const": "submit"},
        vendor=_TEXT,
        id=_BELOW,
        result=_TEXT,
        reply=_object("status", status=_BELOW, progress=_BELOW, reason=_BELOW, result=_BELOW),
        states=_map({"enum": STATES}),
        output=_OUTPUT,
        assets=_ASSETS,
        callback=_CALLBACK,
    ),
    "generate": _object(
        "kind reply assets",
        kind={"const": "generate"},
        vendor=_TEXT,
        reply=_object("result", result=_POINTER),
        output=_OUTPUT,
        assets=_ASSETS,
    ),
    "query": _object("kind", kind={"const": "query"}, vendor=_TEXT, balance=_BELOW),
}
TASK_OF_UNKNOWN_KIND = {"type": "object", "properties": {"kind": {"enum": sorted(TASK)}}, "required": ["kind"]}

WIRE = {"enum": WIRE_FORMS}

MEDIA = _object(
    "kind",
    kind={"enum": ["image", "video"]},
    formats={
        "type": "array",
        "items": {"type": "string", "pattern": "^[a-z0-9]+$"},
        "minItems": 1,
        "uniqueItems": True,
    },
    bytes=_range({"type": "integer", "minimum": 0}),
    width=_range({"type": "integer", "minimum": 0}),
    height=_range({"type": "integer", "minimum": 0}),
    aspect=_range(_RATIO),
    frame_rate=_range(_NUMBER),
    seconds=_range(_NUMBER),
    same_size_as=_TEXT,
)

DISAGREEMENTS = {
    "type": "array",
    "minItems": 1,
    "items": _object(
        "subject readings holds rule",
        operation=_TEXT,
        subject=_TEXT,
        name=_TEXT,
        fact=_TEXT,
        readings={
            "type": "array",
            "minItems": 1,
            "items": _object("value sources", value=_TEXT, sources=CLAIMS_OF_ONE),
        },
        holds=_TEXT,
        rule=_TEXT,
        reason=_TEXT,
    ),
}

DISPUTED = {"type": ["array", "object", "string"], "minItems": 1, "minProperties": 1, "minLength": 1}

_IDENTIFIER = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}
_CLASS = {"type": "string", "pattern": "^[A-Z][A-Za-z0-9]*$"}
_CREDENTIAL = _object(
    "argument variable obtain",
    argument=_IDENTIFIER,
    variable={"type": "string", "pattern": "^[A-Z][A-Z0-9_]*$"},
    obtain=_TEXT,
)
PYTHON = {
    "document": _object("client", client=_CLASS),
    "operation": _object(
        "method",
        method=_IDENTIFIER,
        group=_IDENTIFIER,
        positional={"type": "array", "items": _TEXT, "uniqueItems": True},
        body=_POINTER,
        reply=_POINTER,
        returns=_CLASS,
    ),
    "parameter": _object("client_argument", client_argument=_IDENTIFIER),
    "schema": _object("enum names", enum=_CLASS, names=_map({"type": "string", "pattern": "^[A-Z][A-Z0-9_]*$"})),
    "security scheme": _object(plain=_CREDENTIAL, username=_CREDENTIAL, password=_CREDENTIAL),
}

# Extension → kind of object it may stand on → its shape there. This list is closed.
EXTENSIONS: dict[str, dict[str, dict[str, Any]]] = {
    "x-claims": dict.fromkeys(("schema", "operation", "parameter", "response", "example"), CLAIMS),
    "x-disputed": dict.fromkeys(("schema", "parameter"), DISPUTED),
    "x-disagreements": {"document": DISAGREEMENTS},
    "x-error-codes": {"document": ERROR_CODES},
    "x-task": {"operation": TASK_OF_UNKNOWN_KIND},
    "x-wire": {"schema": WIRE},
    "x-media": {"schema": MEDIA},
    "x-python": PYTHON,
}
