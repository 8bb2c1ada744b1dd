"""Names and models that are imported when they are first used."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest
from pydantic import BaseModel

from codegen.package._runtime.lazy_imports import Model, Module, load_model, names

PACKAGE = "sample_package"


class Film(BaseModel):
    url: str


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return a package with a module `films`, both as they are once imported."""
    package, films = ModuleType(PACKAGE), ModuleType(f"{PACKAGE}.films")
    vars(films)["Film"] = Film
    for module in (package, films):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    return package


def test_a_name_is_imported_once_and_stands_in_the_package_from_then_on(package: ModuleType) -> None:
    get = names(PACKAGE, {"Film": ".films"})
    assert "Film" not in vars(package)
    assert get("Film") is Film
    assert vars(package)["Film"] is Film
    with pytest.raises(AttributeError, match="module 'sample_package' has no attribute 'Song'"):
        get("Song")


@pytest.mark.usefixtures("package")
def test_a_model_is_taken_from_its_module_when_it_is_used() -> None:
    films = Module(PACKAGE, "films")
    model = Model(films, "Film")
    assert (repr(films), repr(model)) == ("<sample_package.films, imported when it is used>", "Model('Film')")
    assert films.Film is Film
    assert load_model(model) is load_model(Film) is Film


def test_a_module_that_is_not_there_is_an_error_only_when_it_is_used() -> None:
    gone = Module(PACKAGE, "gone")
    with pytest.raises(ModuleNotFoundError, match=PACKAGE):
        _ = gone.Film
