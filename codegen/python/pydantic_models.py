"""Schemas → pydantic models, by datamodel-code-generator. It sees no name, text or key that we did not decide."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from datamodel_code_generator import InputFileType, LiteralType, PythonVersion, generate
from datamodel_code_generator.enums import DataModelType, OpenAPIScope, StrictTypes

from codegen.python import names
from codegen.python.model import OperationModel, ServiceModel
from codegen.python.requests import ENFORCED
from codegen.python.text import Identifier

URI = r"^[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$"
"""The pattern of `format: uri`. The runtime has the same, to say in words what does not fit; a test compares them."""

_STRICT = [StrictTypes.str, StrictTypes.int, StrictTypes.float, StrictTypes.bool]
_NUMERIC = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
_KEYWORDS = {
    "string": {"minLength", "maxLength", "pattern", "format"},
    "integer": _NUMERIC,
    "number": _NUMERIC,
    "boolean": set[str](),
    "array": {"items", "minItems", "maxItems"},
    "object": {"properties", "required", "additionalProperties"},
}
"""The keywords that concern a type."""
_ALLOWED_CALLS = {"Field", "ConfigDict"}
_ALLOWED_MODULES = {"__future__", "typing", "pydantic"}


def arguments(service: ServiceModel) -> str:
    """One strict, closed model for each operation that takes parameters; "" where none does."""
    parts = _Arguments()
    for operation in service.operations:
        if operation.arguments_model:
            parts.add(operation.arguments_model, operation)
    return _generated(parts.schemas, parts.aliases, strict=True)


def replies(service: ServiceModel) -> str:
    """The open models of replies; "" where there is none."""
    source = _generated(service.models, service.aliases, strict=False)
    return source + _completion(source)


class _Arguments:
    """Collects the schemas of arguments models, and of those parts of them that need a class, under names of ours."""

    def __init__(self) -> None:
        self.schemas: dict[str, Any] = {}
        self.aliases: dict[str, dict[str, Identifier]] = {}

    def add(self, name: Identifier, operation: OperationModel) -> None:
        """The model of one operation, its fields named as the method's keywords."""
        required = [str(parameter.name) for parameter in operation.parameters if parameter.required]
        self.schemas[name] = {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                str(parameter.name): self._schema(parameter.schema, f"{name}{names.pascal(parameter.name)}")
                for parameter in operation.parameters
            },
            **({"required": required} if required else {}),
        }

    def _schema(self, schema: Mapping[str, Any], hint: str, *, inside: bool = False) -> dict[str, Any]:
        """Validation keywords alone. An object, or a limited value inside another, becomes a class of its own."""
        bare = {key: value for key, value in schema.items() if key in ENFORCED or (key, value) == ("format", "uri")}
        if bare == {"type": "string", "format": "uri"}:
            self.schemas["Uri"] = {"type": "string", "pattern": URI}
            return {"$ref": "#/components/schemas/Uri"}
        if bare.pop("format", None):
            bare.setdefault("pattern", URI)
        if "const" in bare:
            bare["enum"] = [bare.pop("const")]
        if isinstance(bare.get("type"), list) and "enum" not in bare:
            bare = {"anyOf": [_of_type(kind, bare) for kind in bare["type"]]}
        for key, suffix in (("items", "Item"), ("additionalProperties", "Value")):
            if isinstance(bare.get(key), Mapping):
                bare[key] = self._schema(bare[key], hint + suffix, inside=True)
        if "anyOf" in bare:
            variants = enumerate(bare.pop("anyOf"), start=1)
            return {"anyOf": [self._schema(item, f"{hint}{index}", inside=True) for index, item in variants]}
        if "properties" in bare:
            bare["properties"] = {
                wire: self._schema(item, hint + names.pascal(wire)) for wire, item in bare["properties"].items()
            }
            self.aliases[hint] = {wire: names.field(wire, result=False) for wire in bare["properties"]}
        elif not inside or set(bare) <= {"type", "enum", "items", "additionalProperties"}:
            return bare
        self.schemas[hint] = bare
        return {"$ref": f"#/components/schemas/{hint}"}


def _of_type(kind: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": kind, **{key: value for key, value in schema.items() if key in _KEYWORDS.get(kind, ())}}


def _generated(schemas: Mapping[str, Any], aliases: Mapping[str, Mapping[str, Identifier]], *, strict: bool) -> str:
    if not schemas:
        return ""
    document = {
        "openapi": "3.1.0",
        "info": {"title": "models", "version": "1"},
        "paths": {},
        "components": {"schemas": schemas},
    }
    source = generate(
        document,
        input_filename="catalog.json",
        input_file_type=InputFileType.OpenAPI,
        openapi_scopes=[OpenAPIScope.Schemas],
        allow_remote_refs=False,
        output_model_type=DataModelType.PydanticV2BaseModel,
        target_python_version=PythonVersion.PY_311,
        enum_field_as_literal=LiteralType.All,
        strict_types=_STRICT if strict else None,
        field_constraints=True,
        use_annotated=True,
        use_union_operator=True,
        use_standard_collections=True,
        use_schema_description=True,
        use_field_description=True,
        use_single_line_docstring=True,
        keep_model_order=True,
        disable_timestamp=True,
        custom_file_header="# models",
        aliases={
            f"{model}.{wire}": str(name)
            for model, fields in aliases.items()
            for wire, name in fields.items()
            if wire != name
        }
        or None,
        formatters=[],
    )
    assert isinstance(source, str)
    _check(source, set(schemas))
    return source.removeprefix("# models\n").lstrip()


def _completion(source: str) -> str:
    """Calls that complete the classes with a field of a later class: a class made of them has their fields as they are.

    The model generator does so for classes that refer to themselves.
    """
    body = ast.parse(source).body
    classes = [node for node in body if isinstance(node, ast.ClassDef)]
    order = {node.name: index for index, node in enumerate(classes)}
    done = {ast.unparse(node) for node in body if isinstance(node, ast.Expr)}
    calls = []
    for index, node in enumerate(classes):
        used = {order.get(name.id, -1) for name in ast.walk(node) if isinstance(name, ast.Name)}
        call = f"{node.name}.model_rebuild()"
        if max(used) > index and call not in done:
            calls.append(f"\n{call}")
    return "".join(calls)


def _is_allowed(call: ast.Call, classes: set[str]) -> bool:
    if isinstance(call.func, ast.Name):
        return call.func.id in _ALLOWED_CALLS
    # A model that refers to itself is completed by a call of its own.
    rebuilt = {f"{name}.model_rebuild" for name in classes}
    return ast.unparse(call.func) in rebuilt and not call.args and not call.keywords


def _check(source: str, classes: set[str]) -> None:
    """Trust, but verify: only classes we named, only annotations, and no call but pydantic's own."""
    tree = ast.parse(source)
    found = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    if found != classes:
        raise AssertionError(f"the model generator chose names: {sorted(found ^ classes)}")
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and not _is_allowed(node, classes):
            raise AssertionError(f"the model generator wrote a call: {ast.unparse(node)[:200]}")
        if isinstance(node, ast.Import) or (isinstance(node, ast.ImportFrom) and node.module not in _ALLOWED_MODULES):
            raise AssertionError(f"the model generator wrote an import: {ast.unparse(node)[:200]}")
