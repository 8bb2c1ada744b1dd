"""No text of a document becomes code: whatever stands in it, the generated source has the same shape.

A run of the suite tries every text and every place once; WONDERGEN_HOSTILE=all, every text in every place.
"""

from __future__ import annotations

import ast
import itertools
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from codegen import assemble
from codegen.faults import InputFault
from codegen.python import output, render
from codegen.python.model import PackageModel
from tests.python.hostile import NAMED_PLACES, PAYLOADS, Place, free_places, planted
from tests.python.support import read_all

PRINTABLE = {name: text for name, text in PAYLOADS.items() if name != "lone surrogate"}
TEXTS = [place for place in free_places() if not place[0].endswith("/pattern")]
ALL = os.environ.get("WONDERGEN_HOSTILE") == "all"


def _sources(model: PackageModel) -> dict[str, str]:
    """Return what the templates print; pydantic's models come from the same model, and are tested below."""
    (service,) = model.services
    return {"__init__.py": render.package_init(model), **render.service_files(service)}


def _shape(sources: dict[str, str], *, names_too: bool) -> list[str]:
    """Return the syntax trees without their constants, and without their names where those may change."""
    return sorted(ast.dump(_Masked(names_too).visit(ast.parse(source))) for source in sources.values())


class _Masked(ast.NodeTransformer):
    def __init__(self, names_too: bool) -> None:
        self._names_too = names_too

    def visit(self, node: ast.AST) -> Any:
        self.generic_visit(node)
        if isinstance(node, ast.Constant):
            return ast.Constant(value=0)
        if isinstance(node, ast.ImportFrom):
            # Imported names are sorted by ruff later; here they stand in the order of the document.
            node.names.sort(key=lambda alias: alias.name)
        if self._names_too:
            for field in ("id", "arg", "attr", "name", "module"):
                if isinstance(getattr(node, field, None), str):
                    setattr(node, field, "x")
        return node


def _check(root: dict[str, Any], *, names_too: bool) -> InputFault | None:
    """Check for the same shape as the harmless document, or a fault in one clear line."""
    model = _read(root)
    if isinstance(model, InputFault):
        assert all(str(fault).isprintable() for fault in model.faults), model.faults
        return model
    sources = _sources(model)
    assert all(re.fullmatch(r"[a-z0-9_]{1,90}\.py", name) for name in sources)
    if names_too and _shape(sources, names_too=True) != _harmless(True):
        # The name has made another operation of it, or left one out: what is there is of the same kind all the same.
        assert _calls(sources) <= _calls(_sources(read_all({"painter.json": planted([], "")}))) | {"Body"}
        return None
    assert _shape(sources, names_too=names_too) == _harmless(names_too)
    return None


def _calls(sources: dict[str, str]) -> set[str]:
    """Return what the generated code calls, by name."""
    nodes = (node for source in sources.values() for node in ast.walk(ast.parse(source)))
    result = {ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call)}
    return {name for name in result if "self._" not in name and "super()" not in name}


def _read(root: dict[str, Any]) -> PackageModel | InputFault:
    try:
        return read_all({"painter.json": root})
    except InputFault as error:
        return error


@cache
def _harmless(names_too: bool) -> list[str]:
    return _shape(_sources(read_all({"painter.json": planted([], "")})), names_too=names_too)


def test_the_corpus_is_as_large_as_it_says() -> None:
    assert len(PAYLOADS) >= 32
    assert len(free_places()) + len(NAMED_PLACES) >= 90
    assert len(_harmless(False)) == 9


@pytest.mark.parametrize("payload", PRINTABLE)
def test_free_text_changes_nothing_but_text(payload: str) -> None:
    assert _check(planted(TEXTS, PRINTABLE[payload]), names_too=False) is None


def test_half_a_surrogate_pair_is_a_fault() -> None:
    with pytest.raises(InputFault, match="surrogate"):
        read_all({"painter.json": planted(free_places(), PAYLOADS["lone surrogate"])})


def _cases() -> list[tuple[Place, str]]:
    if ALL:
        return list(itertools.product([*free_places(), *NAMED_PLACES], PAYLOADS))
    # Every place once and every text once: the rest of the table is alike.
    longest = max(len(NAMED_PLACES), len(PAYLOADS))
    return list(itertools.islice(zip(itertools.cycle(NAMED_PLACES), itertools.cycle(PAYLOADS), strict=False), longest))


@pytest.mark.parametrize("place, payload", _cases(), ids=str)
def test_a_name_is_a_name_or_a_fault(place: Place, payload: str) -> None:
    _check(planted([place], PAYLOADS[payload]), names_too=True)


def _models(root: dict[str, Any]) -> dict[str, str]:
    """Return the models generated from a document."""
    (service,) = read_all({"painter.json": root}).services
    return {"arguments.py": service.arguments, "models.py": service.models}


@pytest.mark.parametrize("payload", ["closing quotes", "backslash at the end", "line separators", "template", "empty"])
def test_the_models_have_the_same_shape_too(payload: str) -> None:
    # An empty description leaves no docstring behind.
    hostile, harmless = (
        {name: _bare(source) for name, source in _models(planted(TEXTS, text)).items()}
        for text in (PAYLOADS[payload], "text")
    )
    assert _shape(hostile, names_too=False) == _shape(harmless, names_too=False)


def test_a_package_of_hostile_text_runs_none_of_it(tmp_path: Path) -> None:
    files = assemble.package_files(read_all({"painter.json": planted(TEXTS, PAYLOADS["closing quotes"])}))
    output.replace(output.formatted(files), tmp_path / "out", assemble.MARKER)
    code = "import painters, painters.painter.async_client, painters.painter.models"
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path / "out", check=True)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["painters"]


def _bare(source: str) -> str:
    """Remove docstrings."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
            node.body = [row for row in node.body if not _is_text(row)] or [ast.Pass()]
    return ast.unparse(tree)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


@pytest.mark.parametrize("text", ["'", "\\d'\"", "a{2}", "^\\S+$", "(?P<x>a)", "\u202e"])
def test_a_pattern_is_a_pattern(text: str) -> None:
    place = next(place for place in free_places() if place[0].endswith("/pattern"))
    hostile, harmless = (_models(planted([place], pattern)) for pattern in (text, "text"))
    assert _shape(hostile, names_too=False) == _shape(harmless, names_too=False)
