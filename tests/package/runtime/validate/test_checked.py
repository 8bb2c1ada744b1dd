"""A call that does not fit its signature: InvalidRequest with every fault, and Python's own TypeError left alone."""

from __future__ import annotations

import asyncio
import inspect
from typing import Any

import pytest

from codegen.package._runtime.errors import InvalidRequest
from codegen.package._runtime.validate import checked


class _Group:
    @checked
    def make(self, prompt: str, *, resolution: str, duration: int | None = None) -> str:
        """Make it."""
        return f"{prompt} {resolution} {duration}"

    @checked
    async def later(self, prompt: str, *, resolution: str) -> str:
        return f"{prompt} {resolution}"

    @checked
    def broken(self, value: Any) -> Any:
        return len(value)


@pytest.mark.parametrize(
    "args, kwargs, faults",
    [
        ((), {}, ["prompt: is required", "resolution: is required"]),
        (("a cat",), {"resolutoin": "720p"}, [
            "resolutoin: is not known here; did you mean 'resolution'?",
            "resolution: is required",
        ]),
        (("a cat", "720p"), {"resolution": "720p"}, [
            "call: has 1 values too many by position; only prompt may go without a name"
        ]),
        (("a cat", "720p", 5, 6, 7), {"resolution": "720p"}, [
            "call: has 4 values too many by position; only prompt may go without a name"
        ]),
        (("a cat",), {"prompt": "a dog", "resolution": "720p"}, [
            "prompt: is given twice, by position and by name"
        ]),
    ],
)  # fmt: skip
def test_a_call_that_does_not_fit_names_every_fault(args: Any, kwargs: Any, faults: list[str]) -> None:
    for method in (_Group().make, lambda *a, **k: asyncio.run(_run(_Group().later, a, k))):
        with pytest.raises(InvalidRequest) as caught:
            method(*args, **kwargs)
        assert [str(fault) for fault in caught.value.faults] == faults
        assert caught.value.__context__ is None


async def _run(method: Any, args: Any, kwargs: Any) -> Any:
    return await method(*args, **kwargs)


def test_a_call_that_fits_goes_through() -> None:
    assert _Group().make("a cat", resolution="720p") == "a cat 720p None"
    assert asyncio.run(_run(_Group().later, ("a cat",), {"resolution": "720p"})) == "a cat 720p"


def test_a_type_error_from_inside_stays_what_it_is() -> None:
    with pytest.raises(TypeError, match="has no len"):
        _Group().broken(5)


def test_name_signature_and_docstring_are_kept() -> None:
    assert _Group.make.__doc__ == "Make it."
    assert list(inspect.signature(_Group.make).parameters) == ["self", "prompt", "resolution", "duration"]
    assert inspect.iscoroutinefunction(_Group.later)
