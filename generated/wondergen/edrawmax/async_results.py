# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Results of EdrawMax: typed fields, the URLs of the files, and `save()`."""

from __future__ import annotations

from collections.abc import Mapping

from .._runtime.aio.result import AsyncResult
from .._runtime.operation import Operation
from . import models


class AsyncFlowchartResult(models.FlowchartResult, AsyncResult):
    """The diagram."""


class AsyncDiagramResult(models.DiagramResult, AsyncResult):
    """The diagram."""


RESULTS: Mapping[str, tuple[Operation, type[AsyncResult]]] = {}
"""Each operation that starts a task, with the class of its result: `resume()` looks them up."""
