"""Random documents: never anything but a model or a fault in a line; and text changes constants and nothing else.

WONDERGEN_FUZZ_DOCUMENTS says how many of each; `make soak` tries 100,000. A document that fails is in the message
of the failure, as JSON that can be generated again.
"""

from __future__ import annotations

import ast
import copy
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codegen import contracts
from codegen.openapi.walk import nodes
from codegen.python.render import client_files
from tests.python.support import document, read_all

_MANY = int(os.environ.get("WONDERGEN_FUZZ_DOCUMENTS", "25"))
_FUZZ = settings(
    max_examples=_MANY,
    derandomize="WONDERGEN_FUZZ_DOCUMENTS" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    database=None,
    print_blob=True,
)
_WORDS = [
    "a",
    "id",
    "_id",
    "class",
    "self",
    "kind",
    "size-x",
    "größe",
    "1st",
    "",
    " ",
    "x" * 90,
    "$ref",
    "A/b",
    "~1",
    "{}",
]
_NAMES = st.one_of(st.sampled_from(_WORDS), st.text(max_size=12))
_SCHEMA_NAMES = ("A", "B", "C d", "É")
_PATTERNS = ["^a+$", "^(a+)+$", "\\p{L}", "(?=a)b", "[", "a{2000}", "^CH[0-9a-f]{32}$"]
_FORMATS = ["uri", "date-time", "date", "uuid", "byte", "binary", "int64", "decimal", "nope"]
_SMALL = st.one_of(st.integers(-3, 5), st.sampled_from([10**30, -1, 0.5, 1e308]))
_ODD = st.one_of(st.none(), st.booleans(), _SMALL, st.text(max_size=5), st.just([]), st.just({}), st.just([5, {}]))
_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), _SMALL, st.text(max_size=6)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)),
    max_leaves=5,
)
_REFERENCES = st.sampled_from([*(f"#/components/schemas/{name}" for name in _SCHEMA_NAMES), "#/nope", "#", "x.json"])
_KEYWORDS: dict[str, st.SearchStrategy[Any]] = {
    "type": st.sampled_from(["string", "integer", "number", "boolean", "object", "array", "null", ["string", "null"]]),
    "enum": st.lists(_VALUES, max_size=4),
    "const": _VALUES,
    "format": st.sampled_from(_FORMATS),
    "pattern": st.sampled_from(_PATTERNS),
    "readOnly": st.booleans(),
    "writeOnly": st.booleans(),
    "uniqueItems": st.booleans(),
    "deprecated": st.booleans(),
    "default": _VALUES,
    "examples": st.lists(_VALUES, max_size=2),
    "title": st.text(max_size=8),
    "description": st.text(max_size=30),
    "required": st.lists(_NAMES, max_size=3),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"), _SMALL),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"), _SMALL),
}


def _deeper(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(inner, min_size=1, max_size=3)
    optional: dict[str, st.SearchStrategy[Any]] = {
        **_KEYWORDS,
        "properties": st.dictionaries(_NAMES, inner, max_size=4),
        "items": inner,
        "additionalProperties": st.one_of(st.booleans(), inner),
        **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), several),
        "not": inner,
        "discriminator": st.fixed_dictionaries({"propertyName": _NAMES}),
    }
    return st.lists(st.sampled_from(sorted(optional)), max_size=4, unique=True).flatmap(
        lambda keys: st.fixed_dictionaries({key: st.one_of(optional[key], optional[key], _odd(key)) for key in keys})
    )


def _odd(key: str) -> st.SearchStrategy[Any]:
    """Return a value of the wrong kind, now and then; titles and descriptions stay text."""
    return _KEYWORDS[key] if key in ("title", "description") else _ODD


_SCHEMA = st.recursive(
    st.one_of(
        _REFERENCES.map(lambda target: {"$ref": target}), st.booleans(), st.just({"type": "string"}), st.just({})
    ),
    _deeper,
    max_leaves=8,
)
_MEDIA = st.sampled_from(
    [
        "application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "text/plain",
        "*/*",
        "image/png",
        "",
    ]
)
_CONTENT = st.dictionaries(_MEDIA, st.fixed_dictionaries({"schema": _SCHEMA}), min_size=1, max_size=2)
_PARAMETER = st.fixed_dictionaries(
    {"name": _NAMES, "in": st.sampled_from(["query", "header", "path", "cookie", "body"]), "schema": _SCHEMA},
    optional={
        "required": st.booleans(),
        "style": st.sampled_from(["form", "simple", "matrix", "label", "deepObject", "pipeDelimited", "nope"]),
        "explode": st.booleans(),
        "allowReserved": st.booleans(),
        "description": st.text(max_size=20),
    },
)
_OPERATION = st.fixed_dictionaries(
    {
        "responses": st.dictionaries(
            st.sampled_from(["200", "204", "2XX", "default", "404", "x"]),
            st.fixed_dictionaries({"description": st.text(max_size=9)}, optional={"content": _CONTENT}),
            max_size=3,
        )
    },
    optional={
        "operationId": _NAMES,
        "summary": st.text(max_size=20),
        "description": st.text(max_size=40),
        "parameters": st.lists(st.one_of(_PARAMETER, _PARAMETER, _ODD), max_size=3),
        "requestBody": st.fixed_dictionaries({"content": _CONTENT}, optional={"required": st.booleans()}),
        "deprecated": st.booleans(),
        "security": st.sampled_from([[], [{}], [{"key": []}], [{"nope": []}], 5]),
    },
)
_PATHS = st.dictionaries(
    st.sampled_from(["/a", "/a/{id}", "/b{x}", "/c?d=e", "/f#g", "nope", "/{a}/{b}"]),
    st.dictionaries(
        st.sampled_from(["get", "put", "post", "delete", "head", "patch"]), _OPERATION, min_size=1, max_size=2
    ),
    min_size=1,
    max_size=3,
)
_SOUND_PATH = "/sound"
_SOUND = {"get": {"operationId": "sound", "responses": {"200": {"description": "Done."}}}}
"""An operation that nothing is wrong with: whatever its neighbours are, it is generated."""
_DOCUMENTS = st.builds(
    lambda paths, schemas, old: document(
        {**paths, _SOUND_PATH: _SOUND},
        components={
            "schemas": schemas,
            "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
        },
        openapi="3.0.3" if old else "3.1.0",
    ),
    _PATHS,
    st.fixed_dictionaries(dict.fromkeys(_SCHEMA_NAMES, _SCHEMA)),
    st.booleans(),
)


@contextmanager
def _reproducible(root: dict[str, Any]) -> Iterator[None]:
    """Add the document to whatever is raised."""
    try:
        yield
    except Exception as error:
        error.add_note(f"the document: {json.dumps(root)}")
        raise


def _generated(root: dict[str, Any]) -> dict[str, str]:
    """Return the Python files of a document. What is refused of it is said in lines that can be read."""
    model = read_all({"painter.json": root})
    (service,) = model.services
    assert all(str(fault).isprintable() for fault in (*service.refused, *service.notes))
    assert any(operation.path == _SOUND_PATH for operation in service.operations)
    files = {**client_files(model), **contracts.render(model)}
    return {path: source for path, source in files.items() if path.endswith(".py")}


@_FUZZ
@given(_DOCUMENTS)
def test_a_random_document_gives_code_that_parses_for_its_sound_operations(root: dict[str, Any]) -> None:
    with _reproducible(root):
        for path, source in _generated(root).items():
            compile(source, path, "exec", dont_inherit=True)


class _WithoutConstants(ast.NodeTransformer):
    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return ast.Constant(value="") if isinstance(node.value, str) else node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        return ast.Constant(value="")


def _shape(source: str) -> str:
    return ast.dump(_WithoutConstants().visit(ast.parse(source)))


def _written(root: dict[str, Any], text: str) -> dict[str, Any]:
    """Return the document with every text for people replaced."""
    found = copy.deepcopy(root)
    for node, _, _ in list(nodes(found)):
        if not isinstance(node, dict):
            continue
        for key in ("title", "description", "summary"):
            if isinstance(node.get(key), str):
                node[key] = f"t{text}"
    return found


@_FUZZ
@given(_DOCUMENTS, st.text(max_size=60))
def test_text_for_people_changes_constants_alone(root: dict[str, Any], text: str) -> None:
    with _reproducible(root):
        one, other = _generated(_written(root, "")), _generated(_written(root, text))
        assert one.keys() == other.keys()
        assert {path: _shape(source) for path, source in one.items()} == {
            path: _shape(source) for path, source in other.items()
        }
