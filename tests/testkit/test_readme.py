"""Every snippet about testing that the READMEs show is a test, and passes."""

from __future__ import annotations

import re

import pytest

from codegen import paths
from tests.testkit.test_plugin import run

pytest_plugins = ["pytester"]
__all__ = ["run"]

PAGES = [paths.ROOT / "README.md", paths.ROOT / "examples/README.md"]
BLOCKS = [
    block for page in PAGES for block in re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.S)
]
SNIPPETS = list(dict.fromkeys(block for block in BLOCKS if "def test_" in block))


def test_there_are_snippets() -> None:
    assert len(SNIPPETS) >= 3


def test_every_snippet_is_a_test_that_passes(run, pytester: pytest.Pytester) -> None:  # type: ignore[no-untyped-def]
    pytester.makepyfile(**{f"test_snippet_{number}": text for number, text in enumerate(SNIPPETS)})
    assert run("").parseoutcomes() == {"passed": sum(text.count("def test_") for text in SNIPPETS)}
