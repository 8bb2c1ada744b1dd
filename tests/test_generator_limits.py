"""The limits of the generator, at their edges. Those of the runtime are in tests/package/_runtime."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from codegen import bounds, yamlio
from codegen.documents import claims, jsonlines, sources
from codegen.documents.importer import read_sources
from codegen.faults import InputFault
from codegen.openapi import loader
from codegen.python.read import read_catalog
from tests.python.support import document, only, operation, read

VALUES = {
    "document bytes": 20_000_000,
    "files": 5_000,
    "bytes of files": 20_000_000,
    "values": 2_000_000,
    "levels": 100,
    "text": 1_000_000,
    "number": 40,
    "catalog bytes": 5_242_880,
    "target": 1_000,
    "work of an action": 100_000,
    "references": 32,
    "schemas": 1_000,
    "union": 2_000,
    "parts": 1_000,
    "enum": 50_000,
    "path": 1_000,
    "sent name": 300,
    "name": 80,
    "pattern": 1_000,
    "literals": 200,
    "alternatives": 100,
    "length": 2**31,
    "faults": 100,
    "vendor bytes": 20_971_520,
    "vendor files": 20_000,
    "line": 4_000,
    "levels of JSON lines": 60,
}


def test_the_bounds_are_these() -> None:
    assert {name: bound.value for name, bound in bounds.BOUNDS.items()} == VALUES


def test_the_documentation_has_the_table() -> None:
    assert bounds.PAGE.read_text("utf-8") == bounds.markdown(), "run python -m codegen.bounds"


def _faults(folder: Path, root: Any, overlay: Any = None, **files: str) -> list[str]:
    """Return what is said of a document in a folder of its own."""
    specs, overlays = folder / "specs", folder / "overlays"
    for path in (specs, overlays):
        path.mkdir()
    (specs / "doc.json").write_bytes(root if isinstance(root, bytes) else json.dumps(root).encode())
    for name, text in files.items():
        (specs / f"{name}.json").write_text(text, encoding="utf-8")
    if overlay is not None:
        (overlays / "doc.yaml").write_bytes(overlay if isinstance(overlay, bytes) else json.dumps(overlay).encode())
    try:
        model = read_catalog(specs, "odds", "1.0.0", overlays)
    except InputFault as error:
        return [str(fault) for fault in error.faults]
    return [str(fault) for service in model.services for fault in service.refused]


def _value(schema: Any, **schemas: Any) -> dict[str, Any]:
    return document({"/paint": {"post": operation({"value": schema})}}, components={"schemas": schemas})


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _chain(links: int, more: Callable[[dict[str, str]], Any]) -> dict[str, Any]:
    chain = {f"S{index}": more(_ref(f"S{index + 1}")) for index in range(links)}
    return _value(_ref("S0"), **chain, **{f"S{links}": {"type": "string"}})


def _padded(size: int) -> bytes:
    text = json.dumps(_value({"type": "string"})).encode()
    return text + b" " * (size - len(text))


def _nested(levels: int) -> dict[str, Any]:
    example: Any = 1
    for _ in range(levels):
        example = [example]
    return {**_value({"type": "string"}), "x-example": example}


def _number(digits: int) -> bytes:
    return json.dumps(_value({"type": "integer", "minimum": 12345})).replace("12345", "9" * digits).encode()


def _paths(characters: int) -> dict[str, Any]:
    return document({"/" + "a" * (characters - 1): {"post": operation()}, "/other": {"get": {"responses": {}}}})


def _targets(characters: int) -> dict[str, Any]:
    target = "$['x-" + "a" * (characters - 7) + "']"
    assert len(target) == characters
    return {"overlay": "1.0.0", "info": {"title": "o", "version": "1"}, "actions": [{"target": target, "update": {}}]}


EDGES: dict[str, Callable[[int], tuple[Any, ...]]] = {
    "document bytes": lambda size: (_padded(size),),
    "levels": lambda levels: (_nested(levels - 1),),
    "text": lambda size: (_value({"type": "string", "description": "x" * size}),),
    "number": lambda digits: (_number(digits),),
    "references": lambda links: (_chain(links, dict),),
    "schemas": lambda depth: (_chain(depth - 1, lambda inner: {"type": "array", "items": inner}),),
    "union": lambda size: (_value({"oneOf": [{"type": "string", "const": f"v{index}"} for index in range(size)]}),),
    "parts": lambda size: (_value({"allOf": [{"maxLength": 5}] * size}),),
    "enum": lambda size: (_value({"enum": list(range(size))}),),
    "path": lambda size: (_paths(size),),
    "sent name": lambda size: (document({"/paint": {"post": operation({"x" * size: {"type": "string"}})}}),),
}
"""Bound → a document of that size."""


@pytest.mark.parametrize("name", EDGES)
def test_one_under_a_bound_is_read_and_one_over_is_one_clear_line(name: str, tmp_path: Path) -> None:
    bound = bounds.BOUNDS[name]
    (tmp_path / "under").mkdir()
    (tmp_path / "over").mkdir()
    assert [line for line in _faults(tmp_path / "under", *EDGES[name](bound.value)) if bound.message in line] == []
    lines = [line for line in _faults(tmp_path / "over", *EDGES[name](bound.value + 2)) if bound.message in line]
    assert len(lines) in (1, 2), "each of the two places that hold the last schema, at most"
    assert all(line.isprintable() and len(line) < 3_000 for line in lines)


def _arguments(schema: Any) -> str:
    """Return the source of the class of the arguments of an operation with one value."""
    return read(_value(schema)).arguments


def _is_kept(name: str) -> bool:
    """Return whether a property has its own name in Python."""
    (parameter,) = only(document({"/paint": {"post": operation({name: {}})}})).parameters
    return parameter.name == name


def _bars(count: int) -> str:
    """Return the union of so many lists, each of another length."""
    return _arguments({"oneOf": [{"type": "array", "maxItems": index + 1} for index in range(count)]})


def _reported(count: int) -> int:
    """Return how many of so many breaches are reported."""
    root = {**_value({"type": "string"}), "tags": [{"name": index} for index in range(count)]}
    return sum("breaks OpenAPI" in str(note) for note in read(root).notes)


def _is_read(line: str) -> bool:
    """Return whether a line of a vendor's document is read, and not listed as too long."""
    head = "---\nname: long\ndescription: Long.\n---\n# Long\n## Parameters\n"
    with TemporaryDirectory() as folder:
        Path(folder, "SKILL.md").write_text(f"{head}{line}\n", encoding="utf-8")
        (source,) = read_sources([Path(folder)])
    return all(row.signal != claims.TOO_LONG for row in source.unread)


def _is_json(text: str) -> bool:
    try:
        jsonlines.parse(text)
    except json.JSONDecodeError as error:
        return bounds.BOUNDS["levels of JSON lines"].message not in str(error)
    return True


WITHIN: dict[str, Callable[[int], bool]] = {
    "name": lambda size: _is_kept("x" * size),
    "pattern": lambda size: "pattern=" in _arguments({"type": "string", "pattern": "a" * size}),
    "literals": lambda size: "Literal[" in _arguments({"enum": [f"v{index}" for index in range(size)]}),
    "alternatives": lambda size: "Union[" not in _bars(size).partition("class ")[2],
    "length": lambda size: "max_length=" in _arguments({"type": "string", "maxLength": size}),
    "faults": lambda size: _reported(size) == size,
    "line": lambda size: _is_read("- `size` (required): ".ljust(size, "x")),
    "levels of JSON lines": lambda levels: _is_json("[" * levels + "]" * levels),
}
"""Bound beyond which the rest is read all the same → whether a value of that size is within it."""
ELSEWHERE = {
    *(
        "target",
        "work of an action",
        "catalog bytes",
        "files",
        "bytes of files",
        "values",
        "vendor bytes",
        "vendor files",
    ),
}
"""Bounds that have tests of their own below."""


@pytest.mark.parametrize("name", WITHIN)
def test_a_value_at_the_bound_is_within_and_one_more_is_not(name: str) -> None:
    value = bounds.BOUNDS[name].value
    assert (WITHIN[name](value), WITHIN[name](value + 1)) == (True, False)


def test_every_bound_is_tested_at_its_edge() -> None:
    assert EDGES.keys() | WITHIN.keys() | ELSEWHERE == bounds.BOUNDS.keys()


@pytest.mark.parametrize("size, is_refused", [(999, False), (1_000, False), (1_001, True)])
def test_a_target_has_at_most_a_thousand_characters(size: int, is_refused: bool, tmp_path: Path) -> None:
    (line,) = _faults(tmp_path, _value({"type": "string"}), _targets(size))
    assert (bounds.BOUNDS["target"].message in line) is is_refused
    assert "matches nothing" in line or is_refused


@pytest.mark.parametrize("over", [0, 1])
def test_an_action_changes_a_bounded_number_of_nodes(
    over: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("codegen.openapi.overlay.MAX_MATCHES", 50)
    head = {"overlay": "1.0.0", "info": {"title": "o", "version": "1"}}
    root = {**_value({"type": "string"}), "x-many": [{} for _ in range(50 + over)]}
    faults = _faults(tmp_path, root, {**head, "actions": [{"target": "$['x-many'][*]", "update": {"x-a": 1}}]})
    assert len(faults) == over
    assert all("matches more than 50 nodes" in line for line in faults)


@pytest.mark.parametrize("over", [0, 1])
def test_an_overlay_has_at_most_so_many_bytes(over: int, tmp_path: Path) -> None:

    faults = _faults(tmp_path, _value({"type": "string"}), b"#" * (yamlio.MAX_BYTES + over))
    assert len(faults) == 1
    assert (bounds.BOUNDS["catalog bytes"].message in faults[0]) is bool(over)


@pytest.mark.parametrize("over", [0, 1])
def test_a_document_refers_to_a_bounded_number_of_files(
    over: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loader, "MAX_FILES", 5)
    names = [f"f{index}" for index in range(5 + over)]
    root = _value({"type": "object", "properties": {name: {"$ref": f"{name}.json#/A"} for name in names}})
    faults = _faults(tmp_path, root, **dict.fromkeys(names, '{"A": {"type": "string"}}'))
    assert len(faults) == over
    assert all("refers to more than 5 files" in line for line in faults)


@pytest.mark.parametrize("over", [0, 1])
def test_the_files_of_a_document_have_a_bounded_size_together(
    over: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = '{"A": {"type": "string"}}'
    root = _value({"type": "object", "properties": {name: {"$ref": f"{name}.json#/A"} for name in ("one", "two")}})
    monkeypatch.setattr(loader, "MAX_BYTES", len(json.dumps(root)) + 100)
    fill = " " * ((loader.MAX_BYTES + over - 2 * len(text)) // 2)
    rest = " " * (loader.MAX_BYTES + over - 2 * len(text) - 2 * len(fill))
    faults = _faults(tmp_path, root, one=text + fill, two=text + fill + rest)
    assert len(faults) == over
    assert all("refers to files of more than" in line for line in faults)


@pytest.mark.parametrize("over", [0, 1])
def test_a_document_has_a_bounded_number_of_values(over: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(loader, "MAX_NODES", 1_000)
    path = tmp_path / "doc.json"
    path.write_text(json.dumps([1] * (999 + over)), encoding="utf-8")
    if not over:
        assert len(loader.load(path, "doc.json")) == 999
        return
    with pytest.raises(InputFault, match=bounds.BOUNDS["values"].message):
        loader.load(path, "doc.json")


@pytest.mark.parametrize("kind", ["folder", "pipe", "link to itself", "link to nothing", "device"])
@pytest.mark.parametrize("place", ["document", "overlay", "reference"])
def test_what_is_no_file_is_refused_and_not_waited_for(kind: str, place: str, tmp_path: Path) -> None:
    specs, overlays = tmp_path / "specs", tmp_path / "overlays"
    specs.mkdir()
    overlays.mkdir()
    root = _value({"$ref": "other.json#/A"} if place == "reference" else {"type": "string"})
    (specs / "doc.json").write_text(json.dumps(root), encoding="utf-8")
    path = {"document": specs / "more.json", "overlay": overlays / "doc.yaml", "reference": specs / "other.json"}[place]
    values: dict[str, Callable[[], Any]] = {
        "folder": path.mkdir,
        "pipe": lambda: os.mkfifo(path),
        "link to itself": lambda: path.symlink_to(path.name),
        "link to nothing": lambda: path.symlink_to("nothing"),
        "device": lambda: path.symlink_to("/dev/zero"),
    }
    values[kind]()
    with pytest.raises(InputFault) as caught:
        read_catalog(specs, "odds", "1.0.0", overlays)
    assert all(str(fault).isprintable() for fault in caught.value.faults)
    assert len(caught.value.faults) == (2 if place == "reference" else 1)


@pytest.mark.parametrize("over", [0, 1])
def test_a_vendors_document_has_at_most_so_many_bytes(over: int, tmp_path: Path) -> None:
    path = tmp_path / "bundle.txt"
    with path.open("wb") as file:
        file.truncate(bounds.BOUNDS["vendor bytes"].value + over)
    with pytest.raises(InputFault) as caught:
        read_sources([path])
    (fault,) = caught.value.faults
    assert (bounds.BOUNDS["vendor bytes"].message in str(fault)) is bool(over)


@pytest.mark.parametrize("over", [0, 1])
def test_a_folder_of_vendor_documents_holds_at_most_so_many_files(
    over: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "MAX_FILES", 5)
    for index in range(5 + over):
        (tmp_path / f"f{index}").mkdir()
    with pytest.raises(InputFault) as caught:
        read_sources([tmp_path])
    (fault,) = caught.value.faults
    assert ("holds more than 5 files" in str(fault)) is bool(over)
    assert ("holds no SKILL.md" in str(fault)) is not bool(over)
