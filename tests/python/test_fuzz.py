"""Random documents: never anything but a model or a fault in a line; and text changes constants and nothing else.

WONDERGEN_FUZZ_DOCUMENTS says how many of each; `make soak` tries 100,000. A document that fails is in the message
of the failure, as JSON that can be generated again; Hypothesis keeps it in `.hypothesis`, and tries it first next time.
"""

from __future__ import annotations

import ast
import copy
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.database import DirectoryBasedExampleDatabase

from codegen import contracts
from codegen.faults import Fault, InputFault
from codegen.openapi import keywords
from codegen.openapi.walk import nodes
from codegen.python.model import PackageModel
from codegen.python.read import read_catalog
from codegen.python.render import client_files
from tests.python.random_documents import DOCUMENTS, KEYWORDS, OVERLAYS, SOUND_PATH, WILD

_IS_LONG = "WONDERGEN_FUZZ_DOCUMENTS" in os.environ
_FUZZ = settings(
    max_examples=int(os.environ.get("WONDERGEN_FUZZ_DOCUMENTS", "15")),
    derandomize=not _IS_LONG,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    database=DirectoryBasedExampleDatabase(".hypothesis/documents") if _IS_LONG else None,
    print_blob=True,
)


def test_the_random_documents_have_every_keyword_of_the_table() -> None:
    missing = {(kind, name) for kind, rows in keywords.table().items() for name in rows if name not in KEYWORDS[kind]}
    assert missing == set()


@contextmanager
def _reproducible(*roots: Any) -> Iterator[None]:
    """Add the documents to whatever is raised."""
    try:
        yield
    except Exception as error:
        for root in roots:
            error.add_note(f"the document: {json.dumps(root)}")
        raise


def _read(root: Any, overlay: Any = None) -> PackageModel | None:
    """Read a document and its overlay; None for one that is refused, in lines that can be read."""
    with TemporaryDirectory() as folder:
        specs, overlays = Path(folder, "specs"), Path(folder, "overlays")
        for place, value in ((specs, root), (overlays, overlay)):
            place.mkdir()
            if value is not None:
                name = "painter.json" if place == specs else "painter.yaml"
                place.joinpath(name).write_text(json.dumps(value), encoding="utf-8", errors="surrogatepass")
        model, faults = _read_or_refused(specs, overlays)
    assert all(str(fault).isprintable() for fault in faults)
    return model


def _read_or_refused(specs: Path, overlays: Path) -> tuple[PackageModel | None, list[Fault]]:
    try:
        model = read_catalog(specs, "painters", "1.0.0", overlays)
    except InputFault as error:
        return None, [*error.faults]
    return model, [fault for service in model.services for fault in (*service.refused, *service.notes)]


def _sources(model: PackageModel) -> dict[str, str]:
    """Return the Python files of a package."""
    files = {**client_files(model), **contracts.render(model)}
    return {path: source for path, source in files.items() if path.endswith(".py")}


def _generated(root: dict[str, Any]) -> dict[str, str]:
    """Return the Python files of a document of which nothing but operations can be wrong."""
    model = _read(root)
    assert model is not None, "the document is refused as a whole"
    assert any(operation.path == SOUND_PATH for operation in model.services[0].operations)
    return _sources(model)


def _parse(files: dict[str, str]) -> None:
    for path, source in files.items():
        _compile(source, path)


@lru_cache(256)  # many files are the same for all documents
def _compile(source: str, path: str) -> None:
    compile(source, path, "exec", dont_inherit=True)


@_FUZZ
@given(DOCUMENTS)
def test_a_random_document_gives_code_that_parses_for_its_sound_operations(root: dict[str, Any]) -> None:
    with _reproducible(root):
        _parse(_generated(root))


@_FUZZ
@given(WILD, st.one_of(st.none(), OVERLAYS))
def test_a_random_document_with_an_overlay_gives_code_that_parses_or_lines_that_can_be_read(
    root: dict[str, Any], overlay: dict[str, Any] | None
) -> None:
    with _reproducible(root, overlay):
        model = _read(root, overlay)
        _parse(_sources(model) if model else {})


class _WithoutConstants(ast.NodeTransformer):
    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return ast.Constant(value="") if isinstance(node.value, str) else node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        return ast.Constant(value="")


def _shape(source: str) -> str:
    return ast.dump(_WithoutConstants().visit(ast.parse(source)))


def _written(root: dict[str, Any], text: str) -> dict[str, Any]:
    """Return the document with every text for people replaced."""
    result = copy.deepcopy(root)
    for node, _, _ in list(nodes(result)):
        if not isinstance(node, dict):
            continue
        for key in ("title", "description", "summary"):
            if isinstance(node.get(key), str):
                node[key] = f"t{text}"
    return result


@_FUZZ
@given(DOCUMENTS, st.text(max_size=60))
def test_text_for_people_changes_constants_alone(root: dict[str, Any], text: str) -> None:
    with _reproducible(root):
        one, other = _generated(_written(root, "")), _generated(_written(root, text))
        assert one.keys() == other.keys()
        for path in (path for path in one if one[path] != other[path]):
            assert _shape(one[path]) == _shape(other[path]), path
