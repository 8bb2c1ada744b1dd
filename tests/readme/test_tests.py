"""Every snippet of the READMEs that is a test passes, in a run of pytest of its own."""

from __future__ import annotations

import pytest

from tests.package.testing.conftest import run_pytest
from tests.readme.readme_snippets import snippets

pytest_plugins = ["pytester"]
__all__ = ["run_pytest"]

SNIPPETS = list(dict.fromkeys(one.text for one in snippets() if one.language == "python" and "def test_" in one.text))


def test_there_are_snippets() -> None:
    assert len(SNIPPETS) >= 3


def test_every_snippet_is_a_test_that_passes(run_pytest, pytester: pytest.Pytester) -> None:  # type: ignore[no-untyped-def]
    pytester.makepyfile(**{f"test_snippet_{number}": text for number, text in enumerate(SNIPPETS)})
    assert run_pytest("").parseoutcomes() == {"passed": sum(text.count("def test_") for text in SNIPPETS)}
