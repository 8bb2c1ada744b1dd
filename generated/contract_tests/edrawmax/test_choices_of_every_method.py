# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The contract of EdrawMax: a value that another method has, or in other letters, is not taken for one's own."""

from __future__ import annotations

from typing import Any

import pytest
from wondergen import InvalidRequest

from ..rows import Choices, Value
from ..support import Stage, names
from ..tables import about, name_of, with_value
from . import test_flowchart, test_gantt, test_infographic, test_mindmap

KNOWN: dict[str, tuple[Any, ...]] = {
    "lang": ("en", "cn", "jp", "kr", "es", "fr", "de", "it", "tw", "pt", "ru", "id"),
    "platform": ("web", "win", "mac", "ios", "android", "linux"),
}
"""Every value that any method has for a parameter of that name."""
METHODS = (
    Choices(
        test_flowchart.ENDPOINT,
        test_flowchart.SMALLEST,
        {
            "lang": ("en", "cn", "jp", "kr", "es", "fr", "de", "it", "tw", "pt", "ru", "id"),
            "platform": ("web", "win", "mac", "ios", "android", "linux"),
        },
    ),
    Choices(
        test_gantt.ENDPOINT,
        test_gantt.SMALLEST,
        {
            "lang": ("en", "cn", "jp", "kr", "es", "fr", "de", "it", "tw", "pt", "ru", "id"),
            "platform": ("web", "win", "mac", "ios", "android", "linux"),
        },
    ),
    Choices(
        test_infographic.ENDPOINT,
        test_infographic.SMALLEST,
        {
            "lang": ("en", "cn", "jp", "kr", "es", "fr", "de", "it", "tw", "pt", "ru", "id"),
            "platform": ("web", "win", "mac", "ios", "android", "linux"),
        },
    ),
    Choices(
        test_mindmap.ENDPOINT,
        test_mindmap.SMALLEST,
        {
            "lang": ("en", "cn", "jp", "kr", "es", "fr", "de", "it", "tw", "pt", "ru", "id"),
            "platform": ("web", "win", "mac", "ios", "android", "linux"),
        },
    ),
)


def others(parameter: str, own: tuple[Any, ...]) -> list[Any]:
    """Values that are not a parameter's own and might be mistaken for them."""
    near = [value.swapcase() if isinstance(value, str) else value + 1 for value in own]
    return [value for value in dict.fromkeys((*KNOWN[parameter], *near)) if value not in own]


@pytest.mark.parametrize("method", METHODS, ids=name_of)
def test_a_value_that_only_others_have_is_not_sent(stage: Stage, method: Choices) -> None:
    for parameter, own in method.own.items():
        for value in others(parameter, own):
            with about((parameter, value)):
                row = Value(parameter, value, wire_name=method.wire_names.get(parameter))
                call = with_value(method.endpoint, method.call, row)
                assert stage.catalog.faults(method.endpoint.request_schema or "", call.body) != []
                error = stage.fails(method.endpoint, call.arguments)
                assert (type(error), names(error), stage.sent) == (InvalidRequest, {parameter}, [])
