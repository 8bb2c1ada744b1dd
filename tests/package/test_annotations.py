"""The annotations of the package at run time: frameworks read them, although the modules import little."""

from __future__ import annotations

import importlib
import inspect
import typing
from collections.abc import Iterator
from typing import Any

import pytest
import wondergen

from tests import catalog_values
from tests.chosen_operations import VIDEO

CLIENTS = [f"{kind}{name}" for name in catalog_values.clients() for kind in ("", "Async")]
MODULES = ["wondergen.batch", "wondergen.callbacks", "wondergen.upload", "wondergen.testing"]


def methods_of(value: type) -> Iterator[tuple[str, Any]]:
    for name, method in inspect.getmembers(value, inspect.isfunction):
        if not name.startswith("_") and method.__module__.startswith("wondergen"):
            yield f"{value.__name__}.{name}", method


def classes_of(module: str, names: list[str] | None = None) -> Iterator[type]:
    found = importlib.import_module(module)
    for name in names or dir(found):
        value = getattr(found, name)
        if not name.startswith("_") and isinstance(value, type) and value.__module__.startswith("wondergen"):
            yield value


@pytest.mark.parametrize("client", CLIENTS)
def test_every_method_of_a_client_and_of_its_groups_and_results(client: str) -> None:
    own = getattr(wondergen, client)
    package = own.__module__.rpartition(".")[0]
    modules = [own.__module__, *(f"{package}.{name}" for name in ("results", "async_results"))]
    assert {"return", "journal", "uploader"} <= typing.get_type_hints(own.__init__).keys()
    methods = [one for module in modules for value in classes_of(module) for one in methods_of(value)]
    assert len(methods) > 10
    for name, method in [*methods, *methods_of(own)]:
        if not name.endswith((".build", ".model_post_init")):  # inner ones
            assert "return" in typing.get_type_hints(method), name


@pytest.mark.parametrize("module", MODULES)
def test_every_method_of_a_module(module: str) -> None:
    methods = [one for value in classes_of(module) for one in methods_of(value)]
    members = inspect.getmembers(importlib.import_module(module), inspect.isfunction)
    functions = [(name, value) for name, value in members if value.__module__.startswith("wondergen")]
    assert methods or functions
    for name, method in [*methods, *functions]:
        assert "return" in typing.get_type_hints(method), name


def test_the_class_of_a_task_and_of_its_result() -> None:
    found = typing.get_type_hints(VIDEO.of(getattr(wondergen, VIDEO.client_name)))["return"]
    assert typing.get_origin(found) is wondergen.Task
    assert [one.__name__ for one in typing.get_args(found)] == [VIDEO.result_name]


PUBLIC = ["wondergen", *(f"wondergen.{name}" for name in ("batch", "testing", *catalog_values.services()))]


def named(module: str) -> Iterator[tuple[str, Any]]:
    """Give all that a module exports, and what is public of the classes among it and of those that it builds on."""
    found = importlib.import_module(module)
    names = getattr(found, "__all__", None) or [name for name in vars(found) if not name.startswith("_")]
    for name in names:
        value = getattr(found, name)
        if not inspect.isclass(value):
            yield f"{module}.{name}", value
            continue
        yield f"{module}.{name}", value
        yield f"{module}.{name}.__init__", vars(value).get("__init__")
        for kind in value.__mro__:
            if kind.__module__.startswith("wondergen"):
                members = {one: item for one, item in vars(kind).items() if not one.startswith("_")}
                yield from ((f"{module}.{name}.{one}", item) for one, item in members.items())


def plain(value: Any) -> Any:
    """Return the function behind a descriptor; None where there is none to call."""
    for attribute in ("fget", "func", "__func__"):
        value = getattr(value, attribute, None) or value
    own = getattr(value, "__module__", None) or ""
    return value if own.startswith("wondergen") and (inspect.isfunction(value) or inspect.isclass(value)) else None


@pytest.mark.parametrize("module", [*PUBLIC, "wondergen.callbacks", "wondergen.upload"])
def test_every_annotation_of_the_public_api_can_be_evaluated(module: str) -> None:
    found = {name: function for name, value in named(module) if (function := plain(value)) is not None}
    assert found
    faults = {}
    for name, value in found.items():
        try:
            typing.get_type_hints(value)
        except NameError as error:
            faults[name] = str(error)
    assert faults == {}


@pytest.mark.parametrize("client", CLIENTS)
def test_the_properties_of_a_client_tell_their_types(client: str) -> None:
    own = getattr(wondergen, client)
    assert typing.get_type_hints(own.journal.func)["return"].__name__ == "Journal"
    assert "CallEvent" in str(typing.get_type_hints(own.events.fget)["return"])
    assert "CallEvent" in str(typing.get_type_hints(own.events.fset)["function"])


def test_the_fields_of_an_event_have_types() -> None:
    assert "submit" in typing.get_args(typing.get_type_hints(wondergen.CallEvent)["step"])
