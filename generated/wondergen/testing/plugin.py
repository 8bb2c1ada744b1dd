# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The pytest plugin: the fixtures, the check of plans after each test, and the option that makes drift a failure.

Every run of pytest imports this module, so it imports nothing else before it is used.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .fakes import Fake

PACKAGE = __name__.split(".", maxsplit=1)[0]
MARKER = f"{PACKAGE}_drift"
_STRICT = f"{PACKAGE}_strict"
_FAKE = pytest.StashKey["Fake"]()
_DRIFTED = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option for strict runs."""
    parser.getgroup(PACKAGE).addoption(
        f"--{PACKAGE}-strict",
        action="store_true",
        dest=_STRICT,
        help="fail a test where a reply that the client sees differs from the catalog",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker."""
    config.addinivalue_line("markers", f"{MARKER}: replies may differ from the catalog, even with --{PACKAGE}-strict")


@pytest.fixture
def fake(request: pytest.FixtureRequest) -> Fake:
    """Provide the fake of this package under a short name, which several loaded plugins would share."""
    fake_of_test: Fake = request.getfixturevalue(f"{PACKAGE}_fake")
    return fake_of_test


@pytest.fixture(name=f"{PACKAGE}_fake")
def fake_of_this_package(request: pytest.FixtureRequest) -> Iterator[Fake]:
    """Provide a stateful fake of every service. Clients made anywhere in the test use it; no network, no waiting."""
    try:
        from .fakes import Fake

        fakes = Fake()
    except ImportError as error:
        pytest.fail(str(error), pytrace=False)
    with fakes as environment:
        request.node.stash[_FAKE] = environment
        yield environment


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, object, object]:
    """Watch fixtures too: the drift that they see is reported with the test."""
    with _watching(item):
        try:
            return (yield)
        except BaseException:
            _explain(item)
            raise


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a passed test for plans that it left, faults that nobody saw, and drift."""
    with _watching(item):
        try:
            result = yield
        except BaseException:
            _explain(item)
            raise
    if getattr(item, "_excinfo", None):  # a unittest.TestCase keeps its failure to itself
        _explain(item)
    else:
        _check_plans(item)
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    """Watch the end of fixtures too: what they see may drift."""
    with _watching(item):
        result = yield
    _check_plans(item)
    return result


@contextmanager
def _watching(item: pytest.Item) -> Iterator[None]:
    """Remember all drift where the run is strict and the test does not mean it."""
    lines = item.stash.setdefault(_DRIFTED, [])
    with pytest.MonkeyPatch.context() as patch:
        if item.config.getoption(_STRICT) and item.get_closest_marker(MARKER) is None:
            from .reply_drift import watch_replies

            watch_replies(patch, lambda drift: lines.append(str(drift)))
        yield


def _take_drift(item: pytest.Item) -> list[str]:
    """Return all drift since the last call, each once."""
    drifts, item.stash[_DRIFTED] = item.stash[_DRIFTED], []
    return list(dict.fromkeys(drifts))


def _explain(item: pytest.Item) -> None:
    """Add what the fake saw to a test that failed or was skipped; its plans need not happen."""
    environment = item.stash.get(_FAKE, None)
    messages = [*(environment.forget() if environment is not None else []), *_take_drift(item)]
    if messages:
        item.add_report_section("call", PACKAGE, "\n".join(messages))


def _check_plans(item: pytest.Item) -> None:
    messages = [f"drift: {line}" for line in _take_drift(item)]
    environment = item.stash.get(_FAKE, None)
    if environment is not None:
        from .problems import TestProblems

        try:
            environment.verify()
        except TestProblems as error:
            messages = [*error.problems, *messages]
    if messages:
        pytest.fail("\n".join(messages), pytrace=False)
