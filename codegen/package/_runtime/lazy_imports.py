"""Modules and models that are imported when they are first used: pydantic and the models are most of a client."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel


def names(package: str, modules: Mapping[str, str]) -> Callable[[str], object]:
    """Return the `__getattr__` of a package whose names are imported when they are first used: name → its module."""

    def get(name: str) -> object:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(modules[name], package), name)
        setattr(sys.modules[package], name, value)
        return value

    return get


class Module:
    """Stands for a module of a package until one of its names is used."""

    __slots__ = ("_loaded", "_name")

    def __init__(self, package: str | None, name: str) -> None:
        self._name = f"{package}.{name}"
        self._loaded: Any = None

    def __getattr__(self, name: str) -> Any:
        module = self._loaded
        if module is None:
            module = self._loaded = import_module(self._name)
        return getattr(module, name)

    def __repr__(self) -> str:
        return f"<{self._name}, imported when it is used>"


class Model:
    """Names a model of a module that is imported when the model is used."""

    __slots__ = ("_module", "name")

    def __init__(self, module: Module, name: str) -> None:
        self._module = module
        self.name = name

    def load(self) -> type[BaseModel]:
        """Return the model."""
        model: type[BaseModel] = getattr(self._module, self.name)
        return model

    def __repr__(self) -> str:
        return f"Model({self.name!r})"


def load_model(model: Model | type[BaseModel]) -> type[BaseModel]:
    """Return a model itself."""
    return model.load() if isinstance(model, Model) else model
