"""Editors complete the package: its names, the calls of a client, and the arguments of a call."""

from __future__ import annotations

import inspect

import jedi  # type: ignore[import-untyped]
import pytest
import wondergen

from codegen.paths import GENERATED

CLIENTS = [name for name in wondergen.__all__ if hasattr(getattr(wondergen, name), "_submit")]


def completed(source: str) -> set[str]:
    """Return the public names that are offered at the end of a source."""
    script = jedi.Script(source, project=jedi.Project(GENERATED, added_sys_path=[str(GENERATED)]))
    return {row.name_with_symbols for row in script.complete() if not row.name.startswith("_")}


def test_what_the_package_exports_is_offered() -> None:
    offered = completed("from wondergen import ")
    assert set(wondergen.__all__) - {"__version__"} <= offered
    assert not {"import_module", "annotations"} & offered


@pytest.mark.parametrize("name", CLIENTS)
def test_a_client_offers_its_calls_and_nothing_private(name: str) -> None:
    public = {member for member in dir(getattr(wondergen, name)) if not member.startswith("_")}
    assert len(public) > 5
    assert public <= completed(f"from wondergen import {name}\n{name}().")


@pytest.mark.parametrize("name", CLIENTS)
def test_a_call_offers_its_arguments(name: str) -> None:
    client = getattr(wondergen, name)
    call = next(
        call for call in vars(client).values() if inspect.isfunction(call) and not call.__name__.startswith("_")
    )
    arguments = {f"{argument}=" for argument in inspect.signature(call).parameters} - {"self="}
    assert arguments
    assert arguments <= completed(f"from wondergen import {name}\n{name}().{call.__name__}(")
