"""A document of what people reported as wrong with other generators and clients, an operation a report."""

from __future__ import annotations

from typing import Any

INTEGER, TEXT, NUMBER, NULL, BYTES = (
    {"type": "integer"},
    {"type": "string"},
    {"type": "number"},
    {"type": "null"},
    {"type": "string", "format": "binary"},
)
JSON = "application/json"


def array(items: Any) -> dict[str, Any]:
    """Return the schema of a list."""
    return {"type": "array", "items": items}


def record(*required: str, **fields: Any) -> dict[str, Any]:
    """Return the schema of an object."""
    return {"type": "object", "properties": fields, **({"required": list(required)} if required else {})}


def named(name: str) -> dict[str, Any]:
    """Return a reference to a schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def tagged(*options: dict[str, Any], **mapping: str) -> dict[str, Any]:
    """Return a union that the field `kind` decides."""
    return {"oneOf": list(options), "discriminator": {"propertyName": "kind", "mapping": mapping}}


def sends(*parameters: dict[str, Any], **bodies: Any) -> dict[str, Any]:
    """Return what an operation takes: parameters, and a schema for a body of JSON, or media type → schema."""
    content = bodies.get("content") or {JSON: {"schema": bodies["body"]}} if bodies else {}
    result: dict[str, Any] = {"parameters": list(parameters)} if parameters else {}
    if content:
        result["requestBody"] = {"required": True, "content": content}
    return result


def query(name: str, schema: Any, **more: Any) -> dict[str, Any]:
    """Return a parameter of the query."""
    return {"name": name, "in": "query", "schema": schema, **more}


SCHEMAS: dict[str, Any] = {
    "Cat": record("kind", kind=TEXT, size=INTEGER),
    "Dog": record("kind", kind=TEXT, size=INTEGER),
    "Circle": record("form", form={"const": "circle"}, size=INTEGER),
    "Square": record("form", form={"type": "string", "enum": ["square", "box"]}, size=INTEGER),
    "First": record("version", version={"const": 1}, size=INTEGER),
    "Second": record("version", version={"const": 2}, size=INTEGER),
    "com.acme.User": record("kind", kind=TEXT, size=INTEGER),
    "com.acme.Dog": record("kind", kind=TEXT, size=INTEGER),
    "a/b": record(size=INTEGER),
    "OptionalFile": {"anyOf": [BYTES, NULL]},
    "Animal": {
        **record("kind", kind=TEXT),
        "discriminator": {
            "propertyName": "kind",
            "mapping": {"bee": "#/components/schemas/Bee", "ant": "Ant"},
        },
    },
    "Bee": {"allOf": [named("Animal"), record(stings={"type": "boolean"})]},
    "Ant": {"allOf": [named("Animal"), record(legs=INTEGER)]},
    "Moth": {"allOf": [named("Animal"), record(wings=INTEGER)]},
    "Named": {
        **tagged(named("Short"), named("Long"), s="#/components/schemas/Short", l="#/components/schemas/Long"),
        **record("kind", kind=TEXT),
    },
    "Short": record(size=INTEGER),
    "Long": record(size=INTEGER, more=TEXT),
    "Line": record("count", count=INTEGER, name=TEXT),
}
MAPPING = {"c": "#/components/schemas/Cat", "d": "Dog"}
REQUESTS: dict[str, dict[str, Any]] = {
    "numbers": sends(query("least", NUMBER), body=record(price=NUMBER, count=INTEGER, exact=TEXT, rows=array(NUMBER))),
    "latin": sends(content={"text/plain; charset=iso-8859-1": {"schema": TEXT}}),
    "picture": sends(content={"image/*": {"schema": BYTES}}),
    "parts": sends(
        content={
            "multipart/form-data": {
                "schema": record(photo=BYTES, plan={"type": "string", "contentMediaType": "image/svg+xml"}),
                "encoding": {"photo": {"contentType": "image/png, image/jpeg"}},
            }
        }
    ),
    "plain": sends({"name": "q", "in": "query", "content": {"text/plain": {"schema": TEXT}}}),
    "card_without_a_type": sends(
        body=record(
            source={"anyOf": [{"properties": {"number": TEXT}, "required": ["number"]}, record("iban", iban=TEXT)]}
        )
    ),
    "by_pattern": sends(body={"type": "object", "patternProperties": {"^x-": INTEGER}, "additionalProperties": False}),
    "by_pattern_inside": sends(
        body=record(o={"type": "object", "patternProperties": {"^x-": INTEGER}, "additionalProperties": False})
    ),
    "cookies": sends(
        *(
            {"name": name, "in": "cookie", "schema": schema}
            for name, schema in (("ids", array(INTEGER)), ("color", record(r=INTEGER, g=TEXT)), ("word", TEXT))
        ),
        {"name": "size", "in": "cookie", "explode": False, "schema": record(w=INTEGER, h=INTEGER)},
    ),
    "signed_in": {"security": [{"basic": []}]},
    "two_keys": {"security": [{"one": [], "two": []}, {"basic": []}]},
    "bodiless": {
        "requestBody": {"required": False, "content": {JSON: {"schema": record("size", size=INTEGER, name=TEXT)}}}
    },
    "unstated": {"requestBody": {"content": {JSON: {"schema": record("size", size=INTEGER, name=TEXT)}}}},
    "unstated_form": {
        "requestBody": {"content": {"multipart/form-data": {"schema": record("file", file=BYTES, name=TEXT)}}}
    },
    "by_pattern_beside": sends(
        body=record(
            o={**record(a=TEXT), "patternProperties": {"^x-": INTEGER, "^y-": TEXT}, "additionalProperties": False}
        )
    ),
    "optional_files": sends(
        content={
            "multipart/form-data": {
                "schema": record(
                    file={"anyOf": [BYTES, NULL]},
                    other={"type": ["string", "null"], "format": "binary"},
                    many={"anyOf": [array(BYTES), NULL]},
                    named={"$ref": "#/components/schemas/OptionalFile"},
                )
            }
        }
    ),
    "image": sends(
        content={
            "multipart/form-data": {
                "schema": record(
                    "image",
                    image={"anyOf": [BYTES, array(BYTES)]},
                    link={"oneOf": [BYTES, {"type": "string", "format": "uri"}]},
                )
            }
        }
    ),
    "pair": sends(body=record(pair={"type": "array", "prefixItems": [TEXT, INTEGER], "items": False})),
    "blank_or_null": sends(
        body=record(word={"oneOf": [{"type": "string", "enum": ["a"]}, {"enum": [""]}, {"enum": [None]}]})
    ),
    "fractional_bounds": sends(
        body=record(count={"type": "integer", "minimum": 0.5, "exclusiveMaximum": 3.5, "maximum": 1e30})
    ),
    "one_of_two": sends(body={**record(a=INTEGER, b=INTEGER), "oneOf": [{"required": ["a"]}, {"required": ["b"]}]}),
    "lines_sent": sends(content={"application/x-ndjson": {"schema": TEXT}}),
    "pet": sends(body=record(pet=tagged(named("Cat"), named("Dog"), NULL, **MAPPING))),
    "with_a_session": {"security": [{"session": []}]},
}
"""Name → what the operation takes. It answers any object."""
SECURITY: dict[str, Any] = {
    "basic": {"type": "http", "scheme": "basic"},
    "one": {"type": "apiKey", "in": "header", "name": "X-One"},
    "two": {"type": "apiKey", "in": "header", "name": "X-Two"},
    "session": {"type": "apiKey", "in": "cookie", "name": "sid"},
}
REPLIES: dict[str, Any] = {
    "union_or_null": record(pet=tagged(named("Cat"), named("Dog"), NULL, **MAPPING)),
    "union_of_constants": {"anyOf": [named("Circle"), named("Square")]},
    "union_of_numbers": {"oneOf": [named("First"), named("Second")]},
    "list_of_union": array(tagged(named("Cat"), named("Dog"), **MAPPING)),
    "lines": record(
        rows=array(named("Line")), by_name={"type": "object", "additionalProperties": named("Line")}, last=named("Line")
    ),
    "dotted_names": {
        "oneOf": [named("com.acme.User"), named("com.acme.Dog")],
        "discriminator": {"propertyName": "kind"},
    },
    "name_with_a_slash": named("a~1b"),
    "one_of_its_subtypes": named("Animal"),
    "variants_by_name": named("Named"),
    "anything": {},
    "metaclass": record(register=TEXT, mro=TEXT, model_fields=TEXT),
    "numbers_or_nothing": array(INTEGER),
    "text_or_nothing": TEXT,
    "open": {**record("name", name=TEXT), "additionalProperties": named("Line")},
}
"""Name → the schema of what the operation answers. It takes nothing."""
STREAMS = (
    "application/x-ndjson",
    "application/jsonl",
    "application/json-seq",
    "application/stream+json",
    "text/event-stream",
)
"""Media types of several values, one after the other."""


def document() -> dict[str, Any]:
    """Return the whole document."""
    paths: dict[str, Any] = {}
    for name, taken in REQUESTS.items():
        paths[f"/requests/{name}"] = {"post": {"operationId": name, **taken, "responses": _answers({"type": "object"})}}
    for name, schema in REPLIES.items():
        paths[f"/replies/{name}"] = {"get": {"operationId": name, "responses": _answers(schema)}}
    lines = {media: {"schema": record(a=INTEGER)} for media in STREAMS}
    responses = {"200": {"description": "Done.", "content": {JSON: {"schema": record(a=INTEGER)}, **lines}}}
    paths["/streams"] = {"get": {"operationId": "streams", "responses": responses}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Reports", "version": "1"},
        "servers": [{"url": "https://api.reports.example"}],
        "paths": paths,
        "components": {"schemas": SCHEMAS, "securitySchemes": SECURITY},
    }


def _answers(schema: Any) -> dict[str, Any]:
    return {"200": {"description": "Done.", "content": {JSON: {"schema": schema}}}}
