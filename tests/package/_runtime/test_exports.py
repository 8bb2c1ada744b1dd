"""What the package exports has the package's own name, so that messages and help() show what can be imported."""

from __future__ import annotations

import pytest
import wondergen
from wondergen._runtime.exports import exported

from codegen.package._runtime import exports


@pytest.mark.parametrize("name", ["Task", "AsyncTask", "InvalidRequest", "callback"])
def test_an_exported_class_or_function_is_of_the_package(name: str) -> None:
    value = getattr(wondergen, name)
    assert value.__module__ == "wondergen"
    assert exported(value) is value


def test_where_the_package_exports_nothing_names_stay() -> None:
    class Own:
        pass

    assert exports.exported(Own) is Own
    assert Own.__module__ == __name__
