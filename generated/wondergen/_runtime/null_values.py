# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What stands for a value that is null, and for one that is left out."""

from __future__ import annotations

from typing import Any, Final

from .exports import exported


@exported
class _Null:
    """The type of NULL."""

    def __repr__(self) -> str:
        return "NULL"

    def __reduce__(self) -> str:
        return "NULL"


NULL: Final[Any] = _Null()
"""Sends null, where a parameter left out, or given as None, sends nothing."""


class Unset:
    """The type of UNSET."""

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> str:
        return "UNSET"


UNSET: Final[Unset] = Unset()
"""The default of a parameter that may be null: nothing is sent, where None sends null."""


LEFT_OUT: Final[Any] = None
"""The default of what may be left out of a model and may not be null. Given as None it is checked, and refused."""
