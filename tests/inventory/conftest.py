"""What to do where the catalog differs from what a person read: every failure of this folder ends with it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

REMEDY = (
    "the catalog differs from what a person read: read the document again; if the vendor changed it, correct "
    "tests/inventory, else what read it"
)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    """Add the remedy to whatever a test raises: an operation that is gone is a KeyError to most of them."""
    try:
        yield
    except Exception as error:
        if REMEDY not in str(error):
            error.add_note(REMEDY)
        raise
