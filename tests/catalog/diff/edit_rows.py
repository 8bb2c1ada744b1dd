"""One edit of a small document a row, and what the diff has to call it."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

from codegen import yamlio
from codegen.catalog.diff import Report, diff
from codegen.openapi import pointers

OLD: dict[str, Any] = yamlio.load(Path(__file__).with_name("old.yaml"))
GONE = object()

DRAW = "/paths/~1draw/post"
RESULT = "/paths/~1result~1{task_id}/get"
REQUEST = "/components/schemas/DrawRequest"
FIELD = f"{REQUEST}/properties"
STARTED = "/components/schemas/Started"
REPORT = "/components/schemas/Report/properties/data/properties"
DATA = f"{DRAW}/requestBody/content/application~1json/schema/properties/data"
SHAPE = "/components/schemas/Shape/properties"
LIST = "/paths/~1shapes/get"
LINES = f"{LIST}/responses/200/content/application~1jsonl"
OAUTH = "/components/securitySchemes/oauth/flows/clientCredentials"
HOOK = "/webhooks/finished/post/requestBody/content/application~1json/schema"
DONE = f"{DRAW}/callbacks/done/{{$request.body#~1data~1callback}}/post/requestBody/content/application~1json/schema"

Edit = tuple[str, Any]


def edited(*edits: Edit, document: dict[str, Any] = OLD) -> dict[str, Any]:
    """Return the document with some values set or taken away."""
    changed = deepcopy(document)
    for pointer, value in edits:
        *above, last = pointers.steps(pointer)
        holder = pointers.resolve(changed, pointers.join("", *above))
        key: Any = int(last) if isinstance(holder, list) else last
        if value is GONE:
            del holder[key]
        elif isinstance(holder, list):
            holder.insert(key, deepcopy(value))
        else:
            holder[key] = deepcopy(value)
    return changed


def report_of(edit: Edit) -> Report:
    """Return what the diff says of one edit. Several rules are held against the same report."""
    if repr(edit) not in _REPORTS:
        _REPORTS[repr(edit)] = compare(OLD, edited(edit))
    return _REPORTS[repr(edit)]


_REPORTS: dict[str, Report] = {}


def compare(old: dict[str, Any], new: dict[str, Any]) -> Report:
    return diff({"shapes": old}, {"shapes": new}, evidence=True)


BREAKING: list[tuple[Edit, str]] = [
    ((f"{FIELD}/scale/description", "Length in milliseconds."), "request-property.unit.changed"),
    # words of OpenAPI 3.2
    ((f"{LINES}/itemSchema/properties/id", GONE), "reply-property.removed"),
    ((f"{LINES}/itemSchema", GONE), "reply-items.removed"),
    (("/paths/~1shapes/additionalOperations/COPY", GONE), "operation.removed"),
    # the service
    (("/servers/0/url", "https://other.example"), "service.server.changed"),
    (("/servers/1", GONE), "server.removed"),
    (("/x-python/client", "Forms"), "service.client.changed"),
    (("/security", [{"other": []}]), "operation.authentication.changed"),
    (("/servers/0/variables/zone/default", "eu"), "service.server.changed"),
    (("/servers/0/variables/zone/enum", ["api"]), "service.server-variables.changed"),
    ((f"{LIST}/security", [{"key": []}]), "operation.authentication.narrowed"),
    ((f"{LIST}/security/1/oauth", ["read", "write"]), "operation.authentication.narrowed"),
    ((f"{LIST}/security", [{"key": []}, {"other": []}]), "operation.authentication.changed"),
    ((f"{LIST}/security", [{"key": [], "oauth": []}]), "operation.authentication.narrowed"),
    ((f"{OAUTH}/scopes", {"read": "Read."}), "security-scheme.scopes.narrowed"),
    ((f"{OAUTH}/tokenUrl", "https://example.com/new"), "security-scheme.scheme.changed"),
    (("/jsonSchemaDialect", "https://example.com/dialect"), "service.dialect.added"),
    (("/x-python/module", "forms"), "service.other-python-keys.added"),
    (("/components/securitySchemes/key/name", "X-Token"), "security-scheme.scheme.changed"),
    (("/components/securitySchemes/key/x-python/plain/variable", "KEY"), "security-scheme.credential.changed"),
    (("/components/securitySchemes/key", GONE), "security-scheme.removed"),
    (("/x-error-codes/at/code", "/status"), "service.envelope.changed"),
    (("/x-error-codes/at/success", ["0", "200"]), "service.envelope.changed"),
    (("/x-error-codes/codes/7/error", "BadRequest"), "error-code.error.changed"),
    (("/x-error-codes/codes/7/retry", "once"), "error-code.retry.narrowed"),
    (("/x-error-codes/codes/8/retry", "once"), "error-code.retry.widened"),
    (("/x-error-codes/codes/7", GONE), "error-code.removed"),
    # operations
    ((DRAW, GONE), "operation.removed"),
    ((f"{DRAW}/operationId", "paint"), "operation.operation-id.changed"),
    (("/paths/~1shapes/get/operationId", "allShapes"), "operation.operation-id.changed"),
    ((f"{DRAW}/x-python/method", "paint"), "operation.python-name.changed"),
    ((f"{DRAW}/x-python/group", GONE), "operation.group.removed"),
    ((f"{DRAW}/x-python/positional", []), "operation.positional.narrowed"),
    ((f"{DRAW}/x-python/positional", ["size", "prompt"]), "operation.positional.changed"),
    ((f"{DRAW}/x-python/returns", "Form"), "operation.returns.changed"),
    ((f"{RESULT}/x-python/reply", ""), "operation.reply-at.changed"),
    ((f"{DRAW}/x-python/body", ""), "operation.body.changed"),
    # tasks
    ((f"{DRAW}/x-task/output", "#/components/schemas/Report"), "operation.output.changed"),
    ((f"{DRAW}/x-task/kind", "generate"), "operation.kind.changed"),
    ((f"{DRAW}/x-task/id", "/data/id"), "operation.task.changed"),
    ((f"{DRAW}/x-task/reply/status", "/status"), "operation.task.changed"),
    ((f"{DRAW}/x-task/result", "getReport"), "operation.result-operation.changed"),
    ((f"{DRAW}/x-task/states/4", "cancelled"), "status.state.changed"),
    ((f"{DRAW}/x-task/states/4", GONE), "status.removed"),
    ((f"{DRAW}/x-task/assets/at", []), "operation.assets.changed"),
    ((f"{DRAW}/x-task/assets/media", "video"), "operation.media.changed"),
    ((f"{DRAW}/x-task/costs", GONE), "operation.other-task-keys.removed"),
    ((f"{REPORT}/progress/contentMediaType", "application/json"), "reply-property.content.changed"),
    ((f"{DRAW}/x-task/callback/id", "/task"), "operation.callback-payload.changed"),
    ((f"{DRAW}/x-task/callback", GONE), "operation.callback-payload.removed"),
    (("/webhooks/finished", GONE), "webhook.removed"),
    ((f"{HOOK}/properties/id/type", "integer"), "reply-property.type.changed"),
    ((f"{DRAW}/x-task/assets/hosts", [".example.com"]), "operation.hosts.narrowed"),
    ((f"{DRAW}/x-vendor/id", "text2draw"), "operation.vendor-id.changed"),
    # parameters
    ((f"{RESULT}/parameters/1", GONE), "parameter.removed"),
    ((f"{RESULT}/parameters/1/required", True), "parameter.required.added"),
    ((f"{RESULT}/parameters/1/schema/maximum", 2), "parameter.upper-bound.narrowed"),
    ((f"{RESULT}/parameters/2/x-python", GONE), "parameter.client-argument.removed"),
    (
        (f"{RESULT}/parameters/0", {"name": "lang", "in": "query", "required": True, "schema": {}}),
        "parameter.added",
    ),
    (("/paths/~1shapes/get/x-sunset", "2026-12-01"), "operation.sunset.narrowed"),
    ((f"{LIST}/parameters/0/explode", False), "parameter.serialization.changed"),
    ((f"{LIST}/parameters/0/in", "header"), "parameter.removed"),
    (
        (f"{DRAW}/requestBody/content/application~1json/encoding", {"data": {"contentType": "text/plain"}}),
        "request-body.encoding.added",
    ),
    (("/x-error-codes/form", "plain"), "service.other-error-keys.added"),
    (("/x-error-codes/codes/7/key", GONE), "error-code.key-state.removed"),
    ((f"{REQUEST}/maxProperties", 9), "request-property.most-properties.narrowed"),
    # requests
    ((f"{FIELD}/prompt/readOnly", True), "request-property.read-only.added"),
    ((f"{FIELD}/nick/x-python/name", "nickname"), "request-property.python-name.changed"),
    ((f"{FIELD}/size/const", "S"), "request-property.enum.narrowed"),
    ((f"{REQUEST}/minProperties", 2), "request-property.fewest-properties.narrowed"),
    ((f"{FIELD}/images/uniqueItems", True), "request-property.unique-items.narrowed"),
    ((f"{FIELD}/images/items/contentEncoding", "base64"), "request-items.content-encoding.added"),
    ((f"{FIELD}/prompt/oneOf", [{"maxLength": 3}, {"minLength": 5}]), "request-property.exactly-one.narrowed"),
    ((f"{REQUEST}/dependentRequired", {"size": ["scale"]}), "request-property.keyword-dependentRequired.narrowed"),
    ((f"{FIELD}/image/x-media/depth", 8), "request-property.other-file-limits.narrowed"),
    ((f"{FIELD}/scale", False), "request-property.keyword-not.narrowed"),
    (
        (f"{REQUEST}/allOf", [{"if": {"required": ["pen"]}, "then": {"required": ["tint"]}}]),
        "request-property.conditions.narrowed",
    ),
    (
        (f"{REQUEST}/allOf", [{"properties": {"size": {"minLength": 1}}, "required": ["size"]}]),
        "request-property.required.added",
    ),
    ((f"{FIELD}/size", GONE), "request-property.removed"),
    ((f"{REQUEST}/required", ["prompt", "size"]), "request-property.required.added"),
    ((f"{FIELD}/prompt/type", "integer"), "request-property.type.changed"),
    ((f"{FIELD}/tint/type", "string"), "request-property.type.narrowed"),
    ((f"{FIELD}/scale/type", "integer"), "request-property.type.narrowed"),
    ((f"{FIELD}/size/enum", ["S", "M"]), "request-property.enum.narrowed"),
    ((f"{FIELD}/size/enum", ["S", "M", "XL"]), "request-property.enum.changed"),
    ((f"{FIELD}/prompt/enum", ["a"]), "request-property.enum.narrowed"),
    ((f"{FIELD}/size/default", "L"), "request-property.default.changed"),
    ((f"{FIELD}/size/default", GONE), "request-property.default.removed"),
    ((f"{FIELD}/prompt/minLength", 2), "request-property.shortest.narrowed"),
    ((f"{FIELD}/prompt/maxLength", 10), "request-property.longest.narrowed"),
    ((f"{FIELD}/prompt/pattern", "^a"), "request-property.pattern.narrowed"),
    ((f"{FIELD}/scale/maximum", 8.5), "request-property.upper-bound.narrowed"),
    ((f"{FIELD}/scale/exclusiveMaximum", 9), "request-property.upper-bound.narrowed"),
    ((f"{FIELD}/scale/exclusiveMinimum", 1), "request-property.lower-bound.narrowed"),
    ((f"{FIELD}/images/maxItems", 8), "request-property.most-items.narrowed"),
    ((f"{FIELD}/images/minItems", 1), "request-property.fewest-items.narrowed"),
    ((f"{FIELD}/images/items/maxLength", 9), "request-items.longest.narrowed"),
    ((f"{FIELD}/seconds/x-wire", GONE), "request-property.wire.removed"),
    ((f"{FIELD}/pen/x-python/enum", "Nib"), "request-property.enum-class.changed"),
    ((f"{FIELD}/pen/x-python/names/1", "OIL"), "enum-member.member.changed"),
    ((f"{FIELD}/pen/x-python/names/1", GONE), "enum-member.removed"),
    ((f"{FIELD}/image/x-media/formats", ["png"]), "request-property.file-formats.narrowed"),
    ((f"{FIELD}/image/x-media/bytes/maximum", 99), "request-property.file-bytes-upper.narrowed"),
    ((f"{FIELD}/image/x-media/aspect/minimum", "2:3"), "request-property.file-aspect-lower.narrowed"),
    ((f"{REQUEST}/additionalProperties", False), "request-property.closed.narrowed"),
    ((f"{REQUEST}/then/required", ["image", "seconds"]), "request-property.conditions.changed"),
    ((f"{FIELD}/prompt/format", "uri"), "request-property.format.narrowed"),
    ((f"{FIELD}/scale/multipleOf", 2), "request-property.multiple-of.narrowed"),
    ((f"{FIELD}/prompt/anyOf", [{"maxLength": 3}, {"minLength": 5}]), "request-property.alternatives.narrowed"),
    (
        (f"{FIELD}/prompt/not", {"enum": [{"$ref": "#/components/schemas/Started"}, "a"]}),
        "request-property.keyword-not.narrowed",
    ),
    ((f"{FIELD}/image/x-media/kind", "video"), "request-property.file-kind.changed"),
    ((f"{FIELD}/image/x-media/same_size_as", "size"), "request-property.same-size-as.narrowed"),
    ((f"{DRAW}/requestBody/content", {"text/plain": {}}), "request-body.content-types.changed"),
    # replies
    ((f"{DRAW}/responses/200", GONE), "response.removed"),
    ((f"{DRAW}/responses/200/headers/X-Trace", GONE), "header.removed"),
    ((f"{DRAW}/responses/200/headers/X-Left", GONE), "header.removed"),
    ((f"{DRAW}/responses/200/headers/X-Trace/required", False), "header.required.removed"),
    ((f"{DRAW}/responses/200/headers/X-Left/schema/type", "string"), "header.type.changed"),
    ((f"{DRAW}/responses/200/headers/X-Left/schema/type", ["integer", "null"]), "header.type.widened"),
    ((f"{DRAW}/responses/200/headers/X-Trace/schema/format", GONE), "header.format.widened"),
    ((f"{LIST}/responses/200/content/text~1csv", GONE), "response.content-types.narrowed"),
    ((f"{LIST}/responses/200/content/text~1csv/schema/type", "integer"), "content.type.changed"),
    ((f"{LIST}/responses/200/content/application~1json/schema/minItems", 0), "response.fewest-items.widened"),
    (("/components/schemas/Any/discriminator/propertyName", "kind"), "reply-items.discriminator.changed"),
    (("/components/schemas/Any/discriminator", GONE), "reply-items.discriminator.removed"),
    (
        ("/components/schemas/Any/discriminator/mapping/round", "#/components/schemas/Square"),
        "reply-items.discriminator-values.changed",
    ),
    (("/components/schemas/Any/oneOf/2", {"$ref": "#/components/schemas/Shape"}), "reply-items.alternatives.widened"),
    (("/components/schemas/Square/properties/side/writeOnly", True), "reply-property.write-only.added"),
    ((f"{STARTED}/properties/msg", GONE), "reply-property.removed"),
    ((f"{STARTED}/properties/code/type", "string"), "reply-property.type.changed"),
    ((f"{STARTED}/properties/code/type", ["integer", "null"]), "reply-property.type.widened"),
    ((f"{STARTED}/required", GONE), "reply-property.required.removed"),
    ((f"{REPORT}/result/contentMediaType", "text/plain"), "reply-property.content.changed"),
    ((f"{SHAPE}/width", GONE), "reply-property.removed"),
    ((f"{SHAPE}/urls/items/type", "integer"), "reply-items.type.changed"),
    ((f"{DRAW}/responses/200/links/result", GONE), "link.removed"),
    ((f"{DRAW}/responses/200/links/result/operationId", "draw"), "link.link.changed"),
    ((f"{DRAW}/callbacks/done", {"{$request.body#/data/size}": {}}), "callback.url.changed"),
    ((f"{DRAW}/callbacks/done", GONE), "callback.removed"),
    # what a callback sends is read by the client
    ((f"{DONE}/properties/note", GONE), "reply-property.removed"),
    ((f"{DONE}/required", []), "reply-property.required.removed"),
]

ADDITIVE: list[tuple[Edit, str]] = [
    (("/components/schemas/Any/discriminator/defaultMapping", "Round"), "reply-items.discriminator-default.added"),
    (("/components/securitySchemes/oauth/deprecated", True), "security-scheme.deprecated.added"),
    (("/paths/~1shapes/get/x-pages", {"pattern": "page", "parameter": "page", "items": ""}), "operation.pages.added"),
    ((f"{DRAW}/x-python/positional", ["prompt", "size"]), "operation.positional.widened"),
    ((f"{DRAW}/x-task/assets/count", "/data/qty"), "operation.count.added"),
    ((f"{RESULT}/x-task/balance", "/data/credits"), "operation.other-task-keys.added"),
    ((f"{REPORT}/progress/contentMediaType", "text/plain"), "reply-property.content.added"),
    ((f"{DRAW}/security", []), "operation.authentication.widened"),
    ((f"{LIST}/security/2", {"oauth": ["write"]}), "operation.authentication.widened"),
    ((f"{LIST}/security/1/oauth", []), "operation.authentication.widened"),
    (("/components/securitySchemes/other", {"type": "http", "scheme": "bearer"}), "security-scheme.added"),
    ((f"{OAUTH}/scopes/admin", "All."), "security-scheme.scopes.widened"),
    ((f"{LIST}/x-error-codes/codes/71/retry", "after_delay"), "error-code.retry.widened"),
    ((f"{DRAW}/x-sunset", "2027-01-01"), "operation.sunset.added"),
    (("/paths/~1shapes/get/x-sunset", "2027-02-01"), "operation.sunset.widened"),
    (("/webhooks/failed", {"post": {"responses": {}}}), "webhook.added"),
    ((f"{DRAW}/responses/200/headers/X-Cost", {"schema": {"type": "number"}}), "header.added"),
    ((f"{DRAW}/responses/200/headers/X-Left/required", True), "header.required.added"),
    ((f"{LIST}/responses/200/content/text~1plain", {}), "response.content-types.widened"),
    ((f"{DRAW}/responses/202", {"description": "Taken."}), "response.added"),
    ((f"{FIELD}/id/readOnly", False), "request-property.read-only.removed"),
    ((f"{FIELD}/nick/deprecated", True), "request-property.deprecated.added"),
    ((f"{FIELD}/scale/type", ["number", "null"]), "request-property.type.widened"),
    ((f"{FIELD}/scale/nullable", True), "request-property.type.widened"),
    (
        ("/components/schemas/Any/discriminator/mapping/oval", "#/components/schemas/Round"),
        "reply-items.discriminator-values.widened",
    ),
    ((f"{REPORT}/progress/maximum", 200), "reply-property.upper-bound.widened"),
    ((f"{REPORT}/progress/format", "int32"), "reply-property.format.narrowed"),
    ((f"{REPORT}/status/enum", GONE), "reply-property.enum.widened"),
    (("/servers/2", {"url": "https://api3.example.com"}), "server.added"),
    (("/x-error-codes/codes/9", {"error": "NotFound", "meaning": "Gone.", "retry": "never"}), "error-code.added"),
    (("/x-error-codes/http", {"413": {"error": "BadRequest", "retry": "never"}}), "error-code.added"),
    (("/paths/~1draw/get", {"operationId": "shapes", "responses": {}}), "operation.added"),
    ((f"{DRAW}/deprecated", True), "operation.deprecated.added"),
    ((f"{DRAW}/x-task/states/5", "failed"), "status.added"),
    ((f"{DRAW}/x-task/assets/hosts/2", ".example.org"), "operation.hosts.widened"),
    ((f"{DRAW}/x-task/assets/hosts", []), "operation.hosts.widened"),
    ((f"{DRAW}/responses/500", {"description": "Down."}), "error-response.added"),
    ((f"{RESULT}/parameters/0", {"name": "lang", "in": "query", "schema": {}}), "parameter.added"),
    ((f"{DRAW}/requestBody/content/text~1plain", {}), "request-body.content-types.widened"),
    ((f"{DRAW}/requestBody/required", False), "request-body.required.removed"),
    ((f"{FIELD}/colour", {"type": "string"}), "request-property.added"),
    ((f"{REQUEST}/required", []), "request-property.required.removed"),
    ((f"{FIELD}/prompt/type", ["string", "integer"]), "request-property.type.widened"),
    ((f"{FIELD}/pen/type", "number"), "request-property.type.widened"),
    ((f"{FIELD}/size/enum/3", "XL"), "request-property.enum.widened"),
    ((f"{FIELD}/size/enum", GONE), "request-property.enum.widened"),
    ((f"{FIELD}/prompt/maxLength", GONE), "request-property.longest.widened"),
    ((f"{FIELD}/prompt/minLength", 0), "request-property.shortest.widened"),
    ((f"{FIELD}/prompt/default", "a cat"), "request-property.default.added"),
    ((f"{FIELD}/scale/maximum", 10), "request-property.upper-bound.widened"),
    ((f"{FIELD}/images/items/maxLength", GONE), "request-items.longest.widened"),
    ((f"{FIELD}/pen/x-python/names/3", "OIL"), "enum-member.added"),
    ((f"{FIELD}/image/x-media/bytes/maximum", 200), "request-property.file-bytes-upper.widened"),
    ((f"{FIELD}/image/x-media/formats/2", "webp"), "request-property.file-formats.widened"),
    ((f"{STARTED}/properties/trace", {"type": "string"}), "reply-property.added"),
    ((f"{STARTED}/required", ["code", "msg"]), "reply-property.required.added"),
    ((f"{REPORT}/status/enum/3", 5), "reply-property.enum.widened"),
    ((f"{SHAPE}/height", {"type": "integer"}), "reply-property.added"),
    (("/components/schemas/Shape/additionalProperties", {"type": "string"}), "reply-property.added"),
    ((f"{REPORT}/result/contentSchema", {"type": "object"}), "reply-text-content.added"),
]

NEUTRAL: list[tuple[Edit, str]] = [
    ((f"{FIELD}/scale/description", "Length, in Seconds."), "request-property.description.changed"),
    ((f"{DRAW}/x-vendor/state", "beta"), "operation.vendor-details.changed"),
    (("/x-error-codes/codes/8/advice", "Read the message."), "error-code.advice.added"),
    (("/x-error-codes/codes/8/operations", ["shapes"]), "error-code.operations.added"),
    (("/components/securitySchemes/key/bearerFormat", "JWT"), "security-scheme.bearer-format.added"),
    (("/externalDocs", {"url": "https://example.com"}), "service.external-docs.added"),
    (("/x-disagreements", []), "service.disagreements.added"),
    (("/x-note", 1), "service.extensions.added"),
    (("/x-sunset", "2027-01-01"), "service.extensions.added"),  # of an operation, or of a schema, where it is ours
    ((f"{FIELD}/prompt/x-task", "drawing"), "request-property.extensions.added"),
    (("/components/securitySchemes/key/x-vendor", "b"), "security-scheme.extensions.added"),
    ((f"{DRAW}/tags", ["drawing"]), "operation.tags.added"),
    ((f"{DRAW}/x-traits", {"speed": "fast"}), "operation.extensions.added"),
    ((f"{DRAW}/responses/413", GONE), "error-response.removed"),
    ((f"{FIELD}/id/maxLength", 5), "request-property.longest.narrowed"),
    ((f"{FIELD}/id", GONE), "request-property.removed"),
    ((f"{FIELD}/prompt/writeOnly", True), "request-property.write-only.added"),
    ((f"{FIELD}/prompt/externalDocs", {"url": "https://example.com"}), "request-property.external-docs.added"),
    (("/components/schemas/Round/properties/token/readOnly", False), "reply-property.read-only.removed"),
    ((f"{REPORT}/status/enum", [1, 3]), "reply-property.enum.narrowed"),
    (("/info/title", "Forms"), "service.title.changed"),
    (("/info/version", "2"), "service.version.changed"),
    (("/info/description", GONE), "service.description.removed"),
    (("/tags", [{"name": "a"}]), "service.tags.added"),
    (("/x-error-codes/codes/7/meaning", "Slow down."), "error-code.meaning.changed"),
    (("/components/securitySchemes/key/x-python/plain/obtain", "Ask."), "security-scheme.obtain.changed"),
    ((f"{DRAW}/summary", "Paint"), "operation.summary.changed"),
    ((f"{DRAW}/description", "Paints."), "operation.description.changed"),
    ((f"{RESULT}/description", "Tells " + "how " * 14 + "far"), "operation.description.added"),
    ((f"{RESULT}/summary", "Look " + "once " * 10 + "or twi"), "operation.summary.added"),
    (("/x-claims", {"/paths": ["b.md#draw"]}), "service.claims.added"),
    ((f"{DRAW}/responses/200/description", "Begun."), "response.description.changed"),
    ((f"{FIELD}/prompt/description", "The idea."), "request-property.description.changed"),
    ((f"{FIELD}/prompt/examples", ["a cat"]), "request-property.examples.added"),
    ((f"{FIELD}/prompt/x-disputed", ["a", "b"]), "request-property.disputed.added"),
    ((f"{REPORT}/progress/maximum", 99), "reply-property.upper-bound.narrowed"),
]

ALL_EDITS = [edit for edit, _ in (*BREAKING, *ADDITIVE, *NEUTRAL)]
