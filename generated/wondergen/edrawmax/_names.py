# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Names that `EdrawMax().call()` accepts for operations and arguments."""

from __future__ import annotations

from collections.abc import Mapping

OPERATIONS: Mapping[str, str] = {
    "flowchart": "flowchart",
    "generateFlowchart": "flowchart",
    "generate-flowchart": "flowchart",
    "gantt": "gantt",
    "generateGantt": "gantt",
    "generate-gantt": "gantt",
    "infographic": "infographic",
    "generateInfographic": "infographic",
    "generate-infographic": "infographic",
    "mindmap": "mindmap",
    "generateMindmap": "mindmap",
    "generate-mindmap": "mindmap",
}
"""Method, operationId, name and id of the vendor, or last part of the path → method."""
ARGUMENTS: Mapping[str, Mapping[str, tuple[str, str | None]]] = {
    "flowchart": {"prompt": ("prompt", None), "lang": ("lang", None), "platform": ("platform", None)},
    "gantt": {"prompt": ("prompt", None), "lang": ("lang", None), "platform": ("platform", None)},
    "infographic": {"prompt": ("prompt", None), "lang": ("lang", None), "platform": ("platform", None)},
    "mindmap": {"prompt": ("prompt", None), "lang": ("lang", None), "platform": ("platform", None)},
}
"""Method → name on the wire of each argument → its keyword and its `x-wire` form."""
