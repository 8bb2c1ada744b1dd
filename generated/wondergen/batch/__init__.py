# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Many paid calls: a table of rows, each sent once, run within a rate and a budget, on one machine or on many."""

from .done import Done, RowError
from .store import State
from .table import Batch

__all__ = ["Batch", "Done", "RowError", "State"]
