"""A second document of reports: names, unions, formats and media types that broke generators, an operation each."""

from __future__ import annotations

from typing import Any

from tests.openapi.reports import BYTES, INTEGER, JSON, NULL, NUMBER, TEXT, array, named, query, record, sends

MOMENT = {"type": "string", "format": "date-time"}
BOOLEAN = {"type": "boolean"}
ODD_NAMES = (
    *("id", "Id", "ID", "_id", "1st", "from", "self", "additional_properties", "model_config", "json", "@type"),
    *("a.b", "a-b", "", "naïve", "None", "Any", "dict"),
)
CLASS_NAMES = (
    *("List", "Any", "Union", "datetime", "None", "Exception", "BaseModel", "Literal", "Result", "foo", "Foo"),
    *("Page[User]", "User.Read", "123", "Field", "inputs", "models"),
)
KIND = {"type": "string", "enum": ["A", "a", "b c", "", 'q"uote', "new\nline", "\\", "None", "1"]}
PET_TAGS = {"cat": "Cat", "kitten": "#/components/schemas/Cat", "dog": "Dog"}
SCHEMAS: dict[str, Any] = {
    "Pet": record("name", name=TEXT, age=INTEGER),
    "Keywords": {
        "type": "object",
        "properties": {
            "$ref": TEXT,
            "type": TEXT,
            "properties": record(a=INTEGER),
            "required": BOOLEAN,
            "items": array(TEXT),
            "enum": TEXT,
            "default": TEXT,
            "allOf": TEXT,
            "example": TEXT,
            "const": INTEGER,
        },
    },
    "Odd": record(**dict.fromkeys(ODD_NAMES, TEXT)),
    **{name: record(size=INTEGER) for name in CLASS_NAMES},
    "Base": record(id=TEXT, kind=TEXT),
    "Needs": {"allOf": [named("Base"), {"required": ["id"]}]},
    "Left": record("a", a=TEXT),
    "Right": record("b", b=INTEGER),
    "Loose": record(a=TEXT),
    "Node": record(
        kids=array(named("Node")),
        by={"type": "object", "additionalProperties": named("Node")},
        up={"anyOf": [named("Node"), NULL]},
    ),
    "Wrapped": {"allOf": [record("id", id=TEXT), {"oneOf": [named("Left"), named("Right")]}]},
    "Beside": {**record("id", id=TEXT), "oneOf": [named("Left"), named("Right")]},
    "Made": record("id", "name", id={**TEXT, "readOnly": True}, name=TEXT, secret={**TEXT, "writeOnly": True}),
    "MadeHolder": record("one", one=named("Made"), many=array(named("Made"))),
    "First": {"title": "Same", **record(a=INTEGER)},
    "Second": {"title": "Same", **record(b=INTEGER)},
    "Cat": record("petType", petType=TEXT, legs=INTEGER),
    "Dog": record("petType", petType=TEXT, bark=BOOLEAN),
    "Pets": {
        "oneOf": [named("Cat"), named("Dog")],
        "discriminator": {"propertyName": "petType", "mapping": PET_TAGS},
    },
    "Outer": {"oneOf": [named("Pets"), named("Right")]},
}
REPLIES: dict[str, Any] = {
    "list_or_null": {"oneOf": [array(named("Pet")), NULL]},
    "keywords": named("Keywords"),
    "odd_names": named("Odd"),
    "class_names": record(**{f"f{index}": named(name) for index, name in enumerate(CLASS_NAMES)}),
    "moments": record(at={"anyOf": [MOMENT, NULL]}, on={"type": ["string", "null"], "format": "date"}),
    "loose_or_right": {"anyOf": [named("Loose"), named("Right")]},
    "left_or_right": {"anyOf": [named("Left"), named("Right")]},
    "number_or_text": array({"anyOf": [INTEGER, TEXT]}),
    "three_scalars": array({"anyOf": [BOOLEAN, TEXT, NUMBER]}),
    "moment_or_text": record(v={"anyOf": [MOMENT, TEXT]}, w={"anyOf": [MOMENT, INTEGER]}),
    "node": named("Node"),
    "wrapped": named("Wrapped"),
    "beside": named("Beside"),
    "made": named("MadeHolder"),
    "kind": record(kind=KIND, size={"type": "integer", "enum": [-1, 0, 1]}),
    "titles": record(a=named("First"), b=named("Second")),
    "pets": named("Pets"),
    "outer": named("Outer"),
    "map_of_lists": {"type": "object", "additionalProperties": array(named("Pet"))},
    "map_of_unions": {"type": "object", "additionalProperties": {"oneOf": [named("Left"), named("Right")]}},
    "map_or_list": {"oneOf": [{"type": "object", "additionalProperties": INTEGER}, array(INTEGER)]},
    "one_of_two_lists": {"oneOf": [array(TEXT), array(named("Pet"))]},
    "pair_of_types": record(p={"type": "array", "prefixItems": [NUMBER, TEXT], "minItems": 2, "maxItems": 2}),
    "untyped_parts": record(a={"type": "array"}, b={"type": "array", "items": {}}, c={"type": "object"}, d={}, e=NULL),
    "closed": {**record(a=INTEGER), "additionalProperties": False},
    "without_a_type": {"properties": {"a": INTEGER}},
    "times": record(t={"type": "string", "format": "time"}, d={"type": "string", "format": "duration"}),
    "lists_of_lists": array(array(named("Pet"))),
    "odd_enums": record(f={"type": "number", "enum": [0.5, 1]}, b={"enum": [True]}, n={"const": None}),
    "escaped_reference": {"$ref": "#/components/schemas/Page%5BUser%5D"},
    "large": record(n=INTEGER, f=NUMBER),
    "titled": {"title": "Response 200 Get Item", **record(a=INTEGER)},
}
"""Name → the schema of what the operation answers. It takes nothing."""
REQUESTS: dict[str, dict[str, Any]] = {
    "text_as_json": sends(body=TEXT),
    "number_or_text_as_json": sends(body={"oneOf": [TEXT, INTEGER]}),
    "pet_or_null": sends(body={"anyOf": [named("Pet"), NULL]}),
    "odd_queries": sends(
        query("when", array({"type": "string", "format": "date"})),
        query("flags", array(BOOLEAN)),
        query("ids[]", array(INTEGER)),
        query("filter[name]", TEXT),
        query("$top", INTEGER),
        query("a.b", TEXT),
        query("page size", INTEGER),
    ),
    "union_in_a_query": sends(
        query("v", {"anyOf": [TEXT, array(TEXT)]}), query("u", {"anyOf": [{"type": "string", "format": "uuid"}, NULL]})
    ),
    "deep": sends(query("f", record(a=array(INTEGER), b=record(c=TEXT)), style="deepObject", explode=True)),
    "typed_headers": sends(
        *(
            {"name": name, "in": "header", "schema": schema}
            for name, schema in (("X-Ids", array(INTEGER)), ("X-On", BOOLEAN), ("X-At", MOMENT))
        )
    ),
    "form_of_parts": sends(
        content={
            "application/x-www-form-urlencoded": {
                "schema": {"allOf": [named("Pet"), record(on=BOOLEAN, tags=array(TEXT), o=record(x=INTEGER))]}
            }
        }
    ),
    "files_of_swagger": sends(content={"multipart/form-data": {"schema": record("f", f={"type": "file"})}}),
    "made_again": sends(body=named("MadeHolder")),
    "needed": sends(body=named("Needs")),
    "wrapped_sent": sends(body=named("Wrapped")),
    "kinds_sent": sends(body=record(kind=KIND, f={"type": "number", "enum": [0.5, 1]}, b={"enum": [True]})),
    "titled_constants": sends(body=record(c={"oneOf": [{"const": "a", "title": "A"}, {"const": "b"}]})),
    "price": sends(body=record(price={"anyOf": [NUMBER, {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}]})),
    "keywords_sent": sends(body=named("Keywords")),
    "odd_names_sent": sends(body=named("Odd")),
    "wrong_defaults": sends(body=record(a={"type": "array", "default": []}, e={**KIND, "default": "zzz"})),
    "hundredths": sends(
        body=record(m={"type": "number", "multipleOf": 0.01}, big={"type": "integer", "maximum": 1e20})
    ),
    "pets_sent": sends(body=named("Pets")),
    "outer_sent": sends(body=named("Outer")),
    "vendor_json": sends(content={"application/vnd.api+json; version=1": {"schema": named("Pet")}}),
    "intersection": sends(body=record(v={"allOf": [{"type": "string", "enum": ["a", "b"]}, {"enum": ["b", "c"]}]})),
    "delimited": sends(
        body=record(a={"type": "string", "pattern": "/^[a-z]+$/"}, b={"type": "string", "pattern": "/^[a-z]+$/i"})
    ),
}
"""Name → what the operation takes. It answers nothing."""
MEDIA = {
    "any_type": ("*/*", named("Pet")),
    "any_application": ("application/*", named("Pet")),
    "json_with_a_charset": ("application/json; charset=utf-8", named("Pet")),
    "hal": ("application/hal+json", named("Pet")),
    "table_of_text": ("text/csv", TEXT),
    "file_of_swagger": ("application/pdf", {"type": "file"}),
    "picture_of_a_kind": ("image/*", BYTES),
}
"""Name → the media type and the schema of what the operation answers."""
METHODS = {
    "class": "class_",
    "__init__": "init",
    "get.users-list": "get_users_list",
    "Ünï": "uni",
    "list": "list_",
    "GET /x": "get_x",
    " ": "get_methods_6",
    "close": "close_",
    "models": "models_",
}
"""operationId → the method that it gives."""


def document() -> dict[str, Any]:
    """Return the whole document."""
    done = {"204": {"description": "Done."}}
    paths: dict[str, Any] = {}
    for name, schema in REPLIES.items():
        paths[f"/replies/{name}"] = {"get": {"operationId": name, "responses": _answers(JSON, schema)}}
    for name, taken in REQUESTS.items():
        paths[f"/requests/{name}"] = {"post": {"operationId": name, **taken, "responses": done}}
    for name, (media, schema) in MEDIA.items():
        paths[f"/media/{name}"] = {"get": {"operationId": name, "responses": _answers(media, schema)}}
    for index, name in enumerate(METHODS):
        paths[f"/methods/{index}"] = {"get": {"operationId": name, "responses": done}}
    paths["/path/{user-id}/{id}.json"] = {
        "get": {
            "operationId": "by_path",
            "parameters": [
                {"name": name, "in": "path", "required": True, "schema": schema}
                for name, schema in (("user-id", TEXT), ("id", INTEGER))
            ],
            "responses": {
                **_answers(JSON, named("Pet")),
                **done,
                **{status: _answers(JSON, named("Left"))["200"] for status in ("400", "401")},
            },
        }
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Reports", "version": "1"},
        "servers": [{"url": "https://reports.example/v1/"}],
        "paths": paths,
        "components": {"schemas": SCHEMAS},
    }


def _answers(media: str, schema: Any) -> dict[str, Any]:
    return {"200": {"description": "Done.", "content": {media: {"schema": schema}}}}
