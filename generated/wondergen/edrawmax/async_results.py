# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The results of EdrawMax: typed fields, the URLs of the files, and `save()`."""

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
"""The operations that start tasks, and what becomes of them: for tasks that another process has started."""
