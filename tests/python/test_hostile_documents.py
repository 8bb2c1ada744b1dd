"""Documents that would make a reader hang, crash or say nothing: each gives a model, or one line a fault.

The law: nothing but InputFault leaves the generator; a fault is one printable line; and no document costs more than
its size is worth, whatever numbers, patterns and circles stand in it.
"""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from codegen import contracts
from codegen.faults import Fault, InputFault
from codegen.python.read import read_catalog
from codegen.python.render import client_files
from tests.python.hostile_documents import BYTES, DOCUMENTS, YAML

_MOST_SECONDS = 20
"""Of the processor, for one document: what needs more would go on for hours."""


@contextmanager
def _bounded() -> Iterator[None]:
    """Fail where a document takes the processor for longer than any should; in the main thread alone."""

    def late(*_: object) -> None:
        raise AssertionError(f"takes more than {_MOST_SECONDS} s")

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, _MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _generate(folder: Path) -> list[Fault]:
    """Generate, unformatted; return what is refused. What is generated parses."""
    with _bounded():
        try:
            model = read_catalog(folder, "odds", "1.0.0")
        except InputFault as error:
            return list(error.faults)
        for path, source in {**client_files(model), **contracts.render(model)}.items():
            if path.endswith(".py"):
                compile(source, path, "exec", dont_inherit=True)
        return [fault for service in model.services for fault in (*service.refused, *service.notes)]


def _check(result: list[Fault]) -> None:
    assert all(len(str(fault)) < 1_200 and str(fault).isprintable() for fault in result)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_read_or_refused_in_a_line(tmp_path: Path, name: str) -> None:
    root = DOCUMENTS[name]
    text = root if isinstance(root, str) else json.dumps(root)
    (tmp_path / "shop.json").write_text(text, encoding="utf-8", errors="surrogatepass")
    _check(_generate(tmp_path))


@pytest.mark.parametrize("name", YAML)
def test_yaml_is_read_or_refused_in_a_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "shop.yaml").write_text(YAML[name], encoding="utf-8", newline="")
    _check(_generate(tmp_path))


@pytest.mark.parametrize("name", BYTES)
def test_bytes_are_read_or_refused_in_a_line(tmp_path: Path, name: str) -> None:
    suffix, content = BYTES[name]
    (tmp_path / f"shop.{suffix}").write_bytes(content)
    _check(_generate(tmp_path))
