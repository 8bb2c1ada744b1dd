"""The pytest plugin: the fixture `fake`, the reckoning after each test, and the switch that tolerates no drift.

Every run of pytest imports this module, so it imports nothing else before it is used.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .fakes import Fake

PACKAGE = __name__.split(".", maxsplit=1)[0]
MARKER = f"{PACKAGE}_drift"
_STRICT = f"{PACKAGE}_strict"
_FAKE = pytest.StashKey["Fake"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The switch."""
    parser.getgroup(PACKAGE).addoption(
        f"--{PACKAGE}-strict",
        action="store_true",
        dest=_STRICT,
        help="fail a test where a reply that the client sees differs from the catalog",
    )


def pytest_configure(config: pytest.Config) -> None:
    """The marker."""
    config.addinivalue_line("markers", f"{MARKER}: replies may differ from the catalog, even with --{PACKAGE}-strict")


@pytest.fixture
def fake(request: pytest.FixtureRequest) -> Iterator[Fake]:
    """A stateful fake of every service. Clients made anywhere in the test are routed to it; no network, no waiting."""
    try:
        from .fakes import Fake
    except ImportError as error:
        pytest.fail(f"{error}. The fixture needs the extra: pip install {PACKAGE}[testing]", pytrace=False)
    with Fake() as world:
        request.node.stash[_FAKE] = world
        yield world


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """After the test itself: what it left undone, what went wrong unseen, and what drifted."""
    drifted: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        if item.config.getoption(_STRICT) and item.get_closest_marker(MARKER) is None:
            from .drift import watch_replies

            watch_replies(patch, lambda drift: drifted.append(str(drift)))
        try:
            yield
        except BaseException:
            _explain(item, drifted)
            raise
    _reckon(item, drifted)


def _explain(item: pytest.Item, drifted: list[str]) -> None:
    """The test has failed by itself: what the fake saw may be why."""
    world = item.stash.get(_FAKE, None)
    said = [*(world.forget() if world is not None else []), *dict.fromkeys(drifted)]
    if said:
        item.add_report_section("call", PACKAGE, "\n".join(said))


def _reckon(item: pytest.Item, drifted: list[str]) -> None:
    from .problems import TestProblems

    said = [f"drift: {line}" for line in dict.fromkeys(drifted)]
    world = item.stash.get(_FAKE, None)
    if world is not None:
        try:
            world.verify()
        except TestProblems as error:
            said = [*error.problems, *said]
    if said:
        pytest.fail("\n".join(said), pytrace=False)
