"""Random OpenAPI documents: every keyword of docs/KEYWORDS.md, our own extensions, and overlays of them.

`KEYWORDS` has a strategy for each keyword of each object; a test holds it against the table. An object gets a few of
its keywords, now and then with a value of another kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from tests.python.support import document

Strategy = st.SearchStrategy[Any]
_WORDS = [
    *("a", "id", "_id", "class", "self", "kind", "size-x", "größe", "1st", "", " ", "x" * 90),
    *("$ref", "A/b", "~1", "{}"),
]
NAMES = st.one_of(st.sampled_from(_WORDS), st.text(max_size=12))
SCHEMA_NAMES = ("A", "B", "C d", "É")
_PATTERNS = ["^a+$", "^(a+)+$", "\\p{L}", "(?=a)b", "[", "a{2000}", "^CH[0-9a-f]{32}$"]
_FORMATS = ["uri", "date-time", "date", "uuid", "byte", "binary", "int64", "decimal", "nope"]
_SMALL = st.one_of(st.integers(-3, 5), st.sampled_from([10**30, -1, 0.5, 1e308]))
_ODD = st.one_of(st.none(), st.booleans(), _SMALL, st.text(max_size=5), st.just([]), st.just({}), st.just([5, {}]))
_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), _SMALL, st.text(max_size=6)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)),
    max_leaves=5,
)
_TARGETS = [f"#/components/schemas/{name}" for name in SCHEMA_NAMES]
_REFERENCES = st.sampled_from([*_TARGETS, "#/nope", "#", "x.json", "#here", "https://a.example/s"])
_TEXT = st.text(max_size=20)
_TRUTHS = st.booleans()
_URLS = st.sampled_from(
    ["https://a.example", "/v1", "http://a.example", "https://{host}/v1", "", "ftp://a", "https://a/?b#c", "é"]
)
_TYPES = ["string", "integer", "number", "boolean", "object", "array", "null", "file"]
_MEDIA = st.sampled_from(
    [
        *(
            "application/json",
            "application/merge-patch+json",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
        ),
        *("text/plain", "*/*", "image/png", "", "application/xml", "text/event-stream", "application/jsonl"),
        *("multipart/mixed", "application/json; charset=utf-16", "application/octet-stream"),
    ]
)
_STYLES = st.sampled_from(
    ["form", "simple", "matrix", "label", "deepObject", "pipeDelimited", "spaceDelimited", "cookie", "nope"]
)
_FOR_PEOPLE = ("title", "description", "summary")
"""Keywords whose values stay text: what changes with them is the law of one test."""
_OUTER = st.fixed_dictionaries({"url": st.just("https://a.example")})


def some(table: Mapping[str, Strategy], always: tuple[str, ...] = (), most: int = 4, odd: bool = True) -> Strategy:
    """Return objects with a few keywords of a table, one in three values of any kind."""

    def of(keys: list[str]) -> Strategy:
        return st.fixed_dictionaries({key: _now_and_then(table[key], key, odd) for key in (*always, *keys)})

    rest = sorted(set(table) - set(always))
    return st.lists(st.sampled_from(rest), max_size=most, unique=True).flatmap(of) if rest else of([])


def _now_and_then(usual: Strategy, key: str, odd: bool) -> Strategy:
    return usual if key in _FOR_PEOPLE or key.startswith("x-") or not odd else st.one_of(usual, usual, usual, _ODD)


def _schema_keywords(inner: Strategy) -> dict[str, Strategy]:
    several = st.lists(inner, min_size=1, max_size=3)
    named = st.dictionaries(NAMES, inner, max_size=3)
    return {
        **dict.fromkeys(("$ref", "$dynamicRef"), _REFERENCES),
        **dict.fromkeys(("$anchor", "$dynamicAnchor"), st.sampled_from(["here", "T", "1"])),
        "$id": st.sampled_from(["https://a.example/s", "s", "#x", ""]),
        **dict.fromkeys(("$schema", "$comment", "contentEncoding"), st.sampled_from(["base64", "https://a.example/d"])),
        **dict.fromkeys(("$vocabulary", "externalDocs", "xml"), _ODD),
        "type": st.one_of(st.sampled_from(_TYPES), st.lists(st.sampled_from(_TYPES), max_size=3)),
        "enum": st.lists(_VALUES, max_size=4),
        "format": st.sampled_from(_FORMATS),
        "pattern": st.sampled_from(_PATTERNS),
        "contentMediaType": _MEDIA,
        **dict.fromkeys(("readOnly", "writeOnly", "uniqueItems", "deprecated", "nullable"), _TRUTHS),
        **dict.fromkeys(("default", "example", "const"), _VALUES),
        "examples": st.lists(_VALUES, max_size=2),
        "title": st.text(max_size=8),
        "description": st.text(max_size=30),
        "required": st.lists(NAMES, max_size=3),
        **dict.fromkeys(("minimum", "maximum", "multipleOf"), _SMALL),
        **dict.fromkeys(("exclusiveMinimum", "exclusiveMaximum"), st.one_of(_SMALL, _TRUTHS)),
        **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems"), _SMALL),
        **dict.fromkeys(("minProperties", "maxProperties", "minContains", "maxContains"), _SMALL),
        **dict.fromkeys(("properties", "patternProperties", "dependentSchemas", "$defs"), named),
        "dependentRequired": st.dictionaries(NAMES, st.lists(NAMES, max_size=2), max_size=2),
        "dependencies": st.dictionaries(NAMES, st.one_of(inner, st.lists(NAMES, max_size=2)), max_size=2),
        **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), several),
        **dict.fromkeys(("items", "additionalProperties"), st.one_of(inner, _TRUTHS)),
        **dict.fromkeys(("unevaluatedItems", "unevaluatedProperties"), st.one_of(inner, _TRUTHS)),
        **dict.fromkeys(("not", "if", "then", "else", "contains", "propertyNames", "contentSchema"), inner),
        "discriminator": st.fixed_dictionaries(
            {"propertyName": NAMES},
            optional={
                "mapping": st.dictionaries(NAMES, st.one_of(_REFERENCES, st.sampled_from(SCHEMA_NAMES)), max_size=2),
                "defaultMapping": st.sampled_from([*SCHEMA_NAMES, "nope"]),
            },
        ),
    }


def _schema_extensions() -> dict[str, Strategy]:
    return {
        "x-wire": st.sampled_from(["boolean-word", "seconds-text", "integer-text"]),
        "x-python": st.sampled_from([{"name": "renamed"}, {"enum": "Kind", "names": {"1": "one"}}, {"name": "class"}]),
        "x-choices": st.just({"texts": {"a": "The first."}}),
        "x-locales": st.just({"ja": "jp"}),
        "x-media": st.just({"kind": "image", "formats": ["png"], "width": {"minimum": 3}}),
        "x-nobody": _ODD,
    }


SCHEMAS = st.recursive(
    st.one_of(_REFERENCES.map(lambda target: {"$ref": target}), _TRUTHS, st.just({"type": "string"}), st.just({})),
    lambda inner: some(_schema_keywords(inner) | _schema_extensions()),
    max_leaves=8,
)


_EXAMPLES = st.dictionaries(NAMES, st.fixed_dictionaries({"value": _VALUES}), max_size=2)
_HEADER = {
    "description": _TEXT,
    **dict.fromkeys(("required", "deprecated", "explode"), _TRUTHS),
    "style": _STYLES,
    "schema": SCHEMAS,
    "content": st.dictionaries(_MEDIA, st.fixed_dictionaries({"schema": SCHEMAS}), max_size=1),
    "example": _VALUES,
    "examples": _EXAMPLES,
}
_HEADERS = st.dictionaries(st.sampled_from(["X-Rate", "content-type", "Link", "a b", ""]), some(_HEADER), max_size=2)
_ENCODING = {
    "contentType": _MEDIA,
    "headers": _HEADERS,
    "style": _STYLES,
    **dict.fromkeys(("explode", "allowReserved"), _TRUTHS),
}
_MEDIA_TYPE = {
    **dict.fromkeys(("schema", "itemSchema"), SCHEMAS),
    "prefixEncoding": st.lists(some(_ENCODING), max_size=2),
    "itemEncoding": some(_ENCODING),
    "encoding": st.dictionaries(NAMES, some(_ENCODING), max_size=2),
    "example": _VALUES,
    "examples": _EXAMPLES,
}
_CONTENT = st.dictionaries(_MEDIA, some(_MEDIA_TYPE, ("schema",), 2), min_size=1, max_size=2)
_PARAMETER = {
    **_HEADER,
    "name": NAMES,
    "in": st.sampled_from(["query", "header", "path", "cookie", "querystring", "body"]),
    **dict.fromkeys(("allowEmptyValue", "allowReserved"), _TRUTHS),
    "x-python": st.sampled_from([{"name": "renamed"}, {"client_argument": "account"}]),
}
_EXPRESSIONS = st.sampled_from(["$response.body#/id", "$request.body#/a", "$response.header.X", "$nope", "{$url}", "5"])
_LINK = {
    "operationId": NAMES,
    "operationRef": st.sampled_from(["#/paths/~1a/get", "#/paths/~1sound/get", "https://a.example/b#/paths/~1a/get"]),
    "parameters": st.dictionaries(st.one_of(NAMES, st.just("path.id")), _EXPRESSIONS, max_size=2),
    "requestBody": _EXPRESSIONS,
    "description": _TEXT,
    "server": _OUTER,
}
_RESPONSE = {
    **dict.fromkeys(("summary", "description"), st.text(max_size=9)),
    "headers": _HEADERS,
    "content": _CONTENT,
    "links": st.dictionaries(NAMES, some(_LINK), max_size=2),
}
_REQUEST_BODY = {"description": _TEXT, "content": _CONTENT, "required": _TRUTHS}
_STATUSES = st.sampled_from(["200", "202", "204", "2XX", "302", "default", "404", "x"])
_RESPONSES = st.dictionaries(_STATUSES, some(_RESPONSE, ("description",), 2, odd=False), max_size=3)
_SECURITY = st.sampled_from([[], [{}], [{"key": []}], [{"key": [], "other": []}, {"other": []}], [{"nope": []}], 5])
_SERVER = {
    "url": _URLS,
    "description": _TEXT,
    "variables": st.dictionaries(
        st.sampled_from(["host", "port"]), st.sampled_from([{"default": "b.example"}, {}, {"enum": []}]), max_size=2
    ),
    "name": _TEXT,
}
_SERVERS = st.lists(some(_SERVER, ("url",), 2), max_size=2)
_PLACES = st.sampled_from(["/id", "/data/id", "", "/items/*/url", "$response.header.Location", "id"])
_TASK = st.fixed_dictionaries(
    {"kind": st.sampled_from(["submit", "generate", "query", "nope"])},
    optional={
        **dict.fromkeys(("id", "status_url", "result_url", "cancel_url", "balance", "report", "content_id"), _PLACES),
        **dict.fromkeys(("result", "content", "cancel"), st.one_of(st.just("sound"), NAMES)),
        "reply": st.dictionaries(
            st.sampled_from(["status", "progress", "reason", "error", "result"]), _PLACES, min_size=1, max_size=3
        ),
        "states": st.dictionaries(
            st.sampled_from(["1", "true", "done", "null"]), st.sampled_from(["running", "succeeded", "x"]), max_size=3
        ),
        "output": _REFERENCES,
        "assets": st.fixed_dictionaries({"at": st.lists(_PLACES, max_size=2)}),
        "idempotency_header": st.sampled_from(["Idempotency-Key", "a b"]),
    },
)
_PAGES = st.fixed_dictionaries(
    {"pattern": st.sampled_from(["cursor", "page", "offset", "url", "link"]), "items": _PLACES},
    optional={
        **dict.fromkeys(("parameter", "limit"), NAMES),
        **dict.fromkeys(("next", "more", "total", "last_item"), _PLACES),
    },
)
_OPERATION = {
    "operationId": NAMES,
    "summary": _TEXT,
    "description": st.text(max_size=40),
    "tags": st.lists(_TEXT, max_size=2),
    "externalDocs": _ODD,
    "parameters": st.lists(st.one_of(some(_PARAMETER, ("name", "in", "schema"), 3), _ODD), max_size=3),
    "requestBody": some(_REQUEST_BODY, ("content",), 2),
    "responses": _RESPONSES,
    "callbacks": st.dictionaries(
        NAMES,
        st.dictionaries(
            _EXPRESSIONS,
            st.fixed_dictionaries({"post": some({"requestBody": some(_REQUEST_BODY), "responses": _RESPONSES})}),
            max_size=1,
        ),
        max_size=1,
    ),
    "deprecated": _TRUTHS,
    "security": _SECURITY,
    "servers": _SERVERS,
    "x-task": _TASK,
    "x-pages": _PAGES,
    "x-python": st.sampled_from([{"method": "renamed"}, {"group": "some"}, {"body": "/a"}, {"returns": "Made"}]),
    "x-traits": st.just({"price": "low"}),
    "x-vendor": st.just({"name": "Model"}),
    "x-prompting": st.just({"formula": "Subject, light"}),
}
_OPERATIONS = some(_OPERATION, ("responses",), 4, odd=False)
_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
_PATH_ITEM = {
    "$ref": st.sampled_from(["#/components/pathItems/Item", "#/paths/~1sound", "x.json"]),
    **dict.fromkeys(("summary", "description"), _TEXT),
    "parameters": st.lists(some(_PARAMETER, ("name", "in", "schema"), 2), max_size=2),
    "servers": _SERVERS,
    **dict.fromkeys(_METHODS, _OPERATIONS),
    "additionalOperations": st.dictionaries(st.sampled_from(["COPY", "get", ""]), _OPERATIONS, max_size=1),
}
_PATH_ITEMS = some(_PATH_ITEM, most=3, odd=False)
_PATHS = st.dictionaries(
    st.sampled_from(["/a", "/a/{id}", "/b{x}", "/c?d=e", "/f#g", "nope", "/{a}/{b}"]),
    _PATH_ITEMS,
    min_size=1,
    max_size=3,
)
_SCHEME = {
    "type": st.sampled_from(["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS", "nope"]),
    "description": _TEXT,
    "name": st.sampled_from(["X-Key", "key", "a b", ""]),
    "in": st.sampled_from(["header", "query", "cookie", "path"]),
    "scheme": st.sampled_from(["basic", "Bearer", "digest"]),
    **dict.fromkeys(("bearerFormat", "openIdConnectUrl", "oauth2MetadataUrl"), _TEXT),
    "deprecated": _TRUTHS,
    "flows": st.just({"clientCredentials": {"tokenUrl": "https://a.example/t", "scopes": {}}}),
    "x-python": st.just({"plain": {"argument": "token", "variable": "A_TOKEN"}}),
}
_INFO = {
    **dict.fromkeys(("title", "summary", "description", "termsOfService", "version"), _TEXT),
    **dict.fromkeys(("contact", "license"), _ODD),
}
_ERROR_CODES = st.fixed_dictionaries(
    {"at": st.just({"code": "/code", "message": "/msg", "success": ["0"]})},
    optional={
        "codes": st.dictionaries(
            st.sampled_from(["1", "é"]),
            st.just({"error": "BadRequest", "meaning": "Wrong."}),
            max_size=2,
        )
    },
)
_DOCUMENT = {
    "openapi": st.sampled_from(["3.2.0", "3.1.0", "3.0.3"]),
    "$self": st.sampled_from(["https://a.example/openapi.json", "x", ""]),
    "info": some(_INFO, ("title", "version"), odd=False),
    "jsonSchemaDialect": _TEXT,
    "servers": _SERVERS,
    "paths": _PATHS,
    "webhooks": st.dictionaries(NAMES, _PATH_ITEMS, max_size=2),
    "components": st.fixed_dictionaries(
        {
            "schemas": st.fixed_dictionaries(dict.fromkeys(SCHEMA_NAMES, SCHEMAS)),
            "securitySchemes": st.fixed_dictionaries(
                {"key": st.just({"type": "apiKey", "in": "header", "name": "X-Key"}), "other": some(_SCHEME, ("type",))}
            ),
        },
        optional={"pathItems": st.fixed_dictionaries({"Item": _PATH_ITEMS})},
    ),
    "security": _SECURITY,
    **dict.fromkeys(("tags", "externalDocs"), _ODD),
    "x-python": st.sampled_from([{"client": "Painter"}, {"client": "class"}]),
    "x-error-codes": _ERROR_CODES,
    "x-prompting": st.just({"formula": "Subject, light"}),
}
KEYWORDS: dict[str, Mapping[str, Strategy]] = {
    "document": _DOCUMENT,
    "info": _INFO,
    "server": _SERVER,
    "path item": _PATH_ITEM,
    "operation": _OPERATION,
    "parameter": _PARAMETER,
    "header": _HEADER,
    "request body": _REQUEST_BODY,
    "media type": _MEDIA_TYPE,
    "encoding": _ENCODING,
    "response": _RESPONSE,
    "link": _LINK,
    "security scheme": _SCHEME,
    "schema": _schema_keywords(SCHEMAS) | _schema_extensions(),
}
"""Kind of object → its keywords, and what may stand there."""
SOUND_PATH = "/sound"
_SOUND = {"get": {"operationId": "sound", "responses": {"200": {"description": "Done."}}, "security": []}}
"""An operation that nothing is wrong with: whatever its neighbours are, it is generated."""


def _with_sound(root: dict[str, Any]) -> dict[str, Any]:
    return document({**root.pop("paths"), SOUND_PATH: _SOUND}, **root)


def _plain(value: Any) -> Any:
    """Return a document without our extensions: a fault of theirs is one of the document."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: _plain(item) for key, item in value.items() if not key.startswith("x-") or key == "x-nobody"}


_SOUND_HEAD = {key: _DOCUMENT[key] for key in ("openapi", "paths", "components")}
DOCUMENTS = st.fixed_dictionaries(_SOUND_HEAD, optional={"webhooks": _DOCUMENT["webhooks"]}).map(
    lambda root: _with_sound(_plain(root))
)
"""Documents of which nothing but operations can be wrong."""
_HEAD = some({key: rest for key, rest in _DOCUMENT.items() if key not in _SOUND_HEAD}, most=3)
WILD = st.tuples(st.fixed_dictionaries(_SOUND_HEAD), _HEAD).map(lambda both: _with_sound({**both[0], **both[1]}))
"""Documents of which anything can be wrong."""
_OVERLAY_TARGETS = st.sampled_from(
    [
        *("$", "$.paths.*.*", "$.paths['/a'].get", "$..schema", "$.components.schemas.A", "$.info.title", "$.nope"),
        *("$..*", "$.paths[?@.get]", "$[", "", "$.paths['/sound'].get", "$.servers[0]"),
    ]
)
_UPDATES = st.one_of(
    _ODD,
    some({key: _OPERATION[key] for key in ("x-task", "x-pages", "x-python", "summary", "servers")}, most=2),
    some(_schema_keywords(SCHEMAS) | _schema_extensions(), most=2),
)
OVERLAYS = st.fixed_dictionaries(
    {
        "overlay": st.sampled_from(["1.0.0", "1.0.0", "1.1.0"]),
        "info": st.just({"title": "Names", "version": "1"}),
        "actions": st.lists(
            st.fixed_dictionaries(
                {"target": _OVERLAY_TARGETS}, optional={"update": _UPDATES, "remove": _TRUTHS, "description": _TEXT}
            ),
            min_size=1,
            max_size=3,
        ),
    }
)
