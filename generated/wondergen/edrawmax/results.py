# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Results of EdrawMax: typed fields, the URLs of the files, and `save()`."""

from __future__ import annotations

from collections.abc import Mapping

from .._runtime.operation import Operation
from .._runtime.sync.result import Result
from . import models


class FlowchartResult(models.FlowchartResult, Result):
    """The diagram."""


class DiagramResult(models.DiagramResult, Result):
    """The diagram."""


RESULTS: Mapping[str, tuple[Operation, type[Result]]] = {}
"""Each operation that starts a task, with the class of its result: `resume()` looks them up."""
