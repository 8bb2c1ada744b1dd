"""One OpenAPI document as read from a file: harmless values, local references, and the faults found in it so far."""

from __future__ import annotations

import datetime
import json
import math
import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from jsonschema_specifications import REGISTRY  # type: ignore[import-untyped]
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from codegen import yamlio
from codegen.faults import Fault, InputFault

MAX_TEXT = 100_000
MAX_NODES = 200_000
"""Of one document, and of its schemas when their references are written out."""
MAX_FAULTS = 100


class Document:
    """An OpenAPI document and what is wrong with it. Pointers are JSON pointers into it."""

    def __init__(self, file: str, root: Mapping[str, Any]) -> None:
        self.file = file
        self.root = root
        self.faults: list[Fault] = []
        self._expanded = 0

    def fault(self, pointer: str, problem: str, remedy: str) -> None:
        """Note one fault and go on: a run reports them all."""
        self.faults.append(Fault(self.file, shown(pointer), shown(problem), remedy))

    def follow(self, node: Any, pointer: str) -> tuple[Mapping[str, Any], str]:
        """The node that `$ref` leads to, through any number of references, and where it is. A fault gives {}."""
        seen = {pointer}
        while isinstance(node, Mapping) and "$ref" in node:
            target = node["$ref"]
            if not isinstance(target, str) or not target.startswith("#/"):
                self.fault(pointer, f"refers to {target!r}, outside this document", "bring it into the document")
                return {}, pointer
            if target[1:] in seen:
                self.fault(pointer, "refers to itself", "break the circle")
                return {}, pointer
            seen.add(target[1:])
            try:
                node = self.at(target[1:])
            except KeyError:
                self.fault(pointer, f"refers to {target!r}, which is not there", "correct the reference")
                return {}, pointer
            pointer = target[1:]
        return (node if isinstance(node, Mapping) else {}), pointer

    def at(self, pointer: str) -> Any:
        """The value at a pointer; KeyError where there is none."""
        node: Any = self.root
        for step in steps(pointer):
            if isinstance(node, Mapping):
                node = node[step]
            elif isinstance(node, list) and step.isdigit() and int(step) < len(node):
                node = node[int(step)]
            else:
                raise KeyError(pointer)
        return node

    def expanded(self, node: Any, pointer: str, inside: frozenset[str] = frozenset()) -> Any:
        """The node with its references written out; where one leads back into itself stands {}, which allows all."""
        self._expanded += 1
        if self._expanded > MAX_NODES:
            raise InputFault(Fault(self.file, shown(pointer), "its references grow without bound", "use fewer"))
        if isinstance(node, list):
            return [self.expanded(item, f"{pointer}/{index}", inside) for index, item in enumerate(node)]
        if not isinstance(node, Mapping):
            return node
        if "$ref" in node:
            target, place = self.follow(node, pointer)
            if place in inside:
                return {}
            siblings = {key: item for key, item in node.items() if key != "$ref"}
            return {**self.expanded(target, place, inside | {place}), **self.expanded(siblings, pointer, inside)}
        return {key: self.expanded(item, join(pointer, key), inside) for key, item in node.items()}

    def check_structure(self) -> None:
        """Hold the document against the schema of OpenAPI 3.1, its schemas against that of JSON Schema."""
        for error in _OPENAPI.iter_errors(self.root):
            best = best_match([error])
            path = "".join(f"/{escape(str(step))}" for step in best.absolute_path)
            self.fault(path, f"breaks OpenAPI 3.1: {best.message[:200]}", "correct it")
            if len(self.faults) >= MAX_FAULTS:
                break

    def check_schema(self, schema: Any, pointer: str) -> bool:
        """Whether it is a JSON Schema at all; a fault where it is not."""
        error = best_match(_JSON_SCHEMA.iter_errors(schema))
        if error is not None:
            path = "".join(f"/{escape(str(step))}" for step in error.absolute_path)
            self.fault(pointer + path, f"is no JSON Schema: {error.message[:200]}", "correct it")
        return error is None


def _validator(schema: Mapping[str, Any]) -> Draft202012Validator:
    """Holds values against a schema. Its registry fetches nothing, and is searched once instead of for each value."""
    resource = DRAFT202012.create_resource(schema)
    registry: Registry[Any] = REGISTRY.with_resource(str(schema["$id"]), resource).crawl()
    return Draft202012Validator({"$ref": schema["$id"]}, registry=registry)


_OPENAPI = _validator(
    json.loads(files("openapi_spec_validator").joinpath("resources/schemas/v3.1/schema.json").read_text("utf-8"))
)
_JSON_SCHEMA = _validator(Draft202012Validator.META_SCHEMA)


def read(path: Path) -> Document:
    """Read one file. What is no OpenAPI 3.1 document raises InputFault."""
    root = _plain(_load(path), path.name, "", [0])
    if not isinstance(root, dict) or "openapi" not in root:
        raise InputFault(Fault(path.name, "", "is no OpenAPI document", "move it out of the folder of documents"))
    version = str(root["openapi"])
    if not re.fullmatch(r"3\.1\.\d+", version):
        problem = f"is OpenAPI {version[:20]!r}"
        raise InputFault(Fault(path.name, "/openapi", shown(problem), "convert it to OpenAPI 3.1"))
    document = Document(path.name, root)
    document.check_structure()
    if document.faults:
        raise InputFault(document.faults)
    return document


def _load(path: Path) -> Any:
    if path.suffix != ".json":
        return yamlio.load(path, path.name)
    try:
        raw = path.read_bytes()
        if len(raw) > yamlio.MAX_BYTES:
            raise InputFault(Fault(path.name, "", f"is larger than {yamlio.MAX_BYTES} bytes", "split it"))
        return json.loads(raw.decode("utf-8"), object_pairs_hook=_without_duplicates)
    except OSError:
        raise InputFault(Fault(path.name, "", "cannot be read", "check the path and its permissions")) from None
    except UnicodeDecodeError:
        raise InputFault(Fault(path.name, "", "is not UTF-8", "save it as UTF-8")) from None
    except RecursionError:
        raise InputFault(Fault(path.name, "", "is nested too deeply", "flatten it")) from None
    except ValueError as error:
        raise InputFault(Fault(path.name, "", shown(f"is not JSON ({error})"), "correct the syntax")) from None


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"duplicate key {next(name for name in names if names.count(name) > 1)!r}")
    return found


def _plain(node: Any, file: str, pointer: str, count: list[int]) -> Any:
    """The same value in what JSON has; YAML's dates become text, its number keys too. Anything else is a fault."""
    count[0] += 1
    if count[0] > MAX_NODES or pointer.count("/") > yamlio.MAX_DEPTH:
        raise InputFault(Fault(file, shown(pointer), "is too large or nested too deeply", "split or flatten it"))
    if isinstance(node, dict):
        for key in node:
            if not isinstance(key, (str, int)) or isinstance(key, bool):
                raise InputFault(Fault(file, shown(pointer), f"has the key {key!r}", "write it in quotes"))
        return {
            _text(str(key), file, pointer): _plain(item, file, join(pointer, str(key)), count)
            for key, item in node.items()
        }
    if isinstance(node, list):
        return [_plain(item, file, f"{pointer}/{index}", count) for index, item in enumerate(node)]
    if isinstance(node, (datetime.date, datetime.datetime)):
        return node.isoformat()
    if isinstance(node, str):
        return _text(node, file, pointer)
    if node is None or isinstance(node, bool):
        return node
    if isinstance(node, int) and abs(node) < 2**63:
        return int(node)
    if isinstance(node, float) and math.isfinite(node):
        return float(node)
    raise InputFault(Fault(file, shown(pointer), "is a value that JSON does not have", "write it as text or number"))


def _text(text: str, file: str, pointer: str) -> str:
    if len(text) > MAX_TEXT:
        raise InputFault(Fault(file, shown(pointer), f"is longer than {MAX_TEXT} characters", "shorten it"))
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise InputFault(Fault(file, shown(pointer), "has half a surrogate pair", "write the whole character"))
    return str(text)


def shown(text: str) -> str:
    """Text of a document as it may stand in a message: one line, printable, not too long."""
    safe = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)
    return safe if len(safe) <= 300 else f"{safe[:300]}…"


def escape(step: str) -> str:
    """One step of a JSON pointer."""
    return step.replace("~", "~0").replace("/", "~1")


def join(pointer: str, step: str) -> str:
    """The pointer one step further."""
    return f"{pointer}/{escape(step)}"


def steps(pointer: str) -> list[str]:
    """The steps of a JSON pointer."""
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
