"""A call by name: which operation a name means, and what is wrong with the arguments, all at once."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import pytest

from codegen.package._runtime.call_by_name import resolve
from codegen.package._runtime.errors import InvalidRequest
from tests.package._runtime.harness import Harness
from tests.package._runtime.sample_service import MAKE_FIELDS, SERVICE

PACKAGE = f"codegen.package.{SERVICE.name}"


@pytest.fixture(autouse=True)
def names_of_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the sample service the module of names that a generated package has."""
    package, names = ModuleType(PACKAGE), ModuleType(f"{PACKAGE}._names")
    package.__path__ = []
    fields = {field.wire_name: (field.name, field.wire) for field in MAKE_FIELDS}
    tables = {"OPERATIONS": {"make": "make", "Make 3.0": "make", "Make-30": "draw"}, "ARGUMENTS": {"make": fields}}
    vars(names).update(tables)
    monkeypatch.setitem(sys.modules, PACKAGE, package)
    monkeypatch.setitem(sys.modules, names.__name__, names)


@pytest.mark.parametrize("name", ["make", "MAKE", "Make 3.0"])
def test_a_name_means_the_operation_that_is_called_exactly_so_or_alone_like_it(name: str) -> None:
    assert resolve(SERVICE, name, {"with-audio": "True", "prompt": "a cat"}) == (
        "make",
        {"audio": True, "prompt": "a cat"},
    )


@pytest.mark.parametrize(
    "name, problem",
    [
        ("make 30", "did you mean 'Make.3"),  # it may be either of two
        ("mak", r"did you mean 'make'\?"),
        ("zzz", "explain lists the operations"),
        ("?", "explain lists the operations"),
    ],
)
def test_a_name_of_no_operation_or_of_two_is_refused(name: str, problem: str) -> None:
    with pytest.raises(InvalidRequest, match=f"no operation of sample is called so; {problem}"):
        resolve(SERVICE, name, {})


def test_all_faults_of_the_arguments_are_named_at_once() -> None:
    arguments: dict[Any, Any] = {"audio": True, "with-audio": False, "size": 1, 2: 3}
    with pytest.raises(InvalidRequest) as error:
        resolve(SERVICE, "make", arguments)
    names = "prompt, duration, resolution, seconds, audio, strength, images, mode, mask"
    assert [(fault.parameter, fault.problem) for fault in error.value.faults] == [
        ("with-audio", "audio is given twice"),
        ("size", f"make has no such argument; it has {names}"),
        ("2", f"make has no such argument; it has {names}"),
    ]


@pytest.mark.parametrize("options", [{}, {"key": "scene-17"}, {"timeout": 3.0, "extra_body": {"a": 1}}])
def test_a_call_by_name_is_the_method_with_its_options(harness: Harness, options: dict[str, Any]) -> None:
    passed: list[dict[str, Any]] = []

    def make(**keywords: Any) -> None:
        passed.append({name: value for name, value in keywords.items() if value is not None})

    async def make_async(**keywords: Any) -> None:
        make(**keywords)

    client = harness.client()
    vars(client)["make"] = make_async if harness.is_async else make
    harness.call(client.call, "Make 3.0", {"with-audio": "True"}, **options)
    assert passed == [{"audio": True, **options}]
