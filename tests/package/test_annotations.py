"""The annotations of the package at run time: frameworks read them, although the modules import little."""

from __future__ import annotations

import importlib
import inspect
import typing
from collections.abc import Iterator
from typing import Any

import pytest
import wondergen

CLIENTS = ["EdrawMax", "AsyncEdrawMax", "MediaIO", "AsyncMediaIO", "Tomoviee", "AsyncTomoviee"]
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
    functions = inspect.getmembers(importlib.import_module(module), inspect.isfunction)
    assert methods or functions
    for name, method in [*methods, *functions]:
        assert "return" in typing.get_type_hints(method), name


def test_the_class_of_a_task_and_of_its_result() -> None:
    found = typing.get_type_hints(wondergen.Tomoviee.text_to_video)["return"]
    assert typing.get_origin(found) is wondergen.Task
    assert [one.__name__ for one in typing.get_args(found)] == ["VideoResult"]
