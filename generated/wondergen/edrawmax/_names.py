# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The names by which EdrawMax().call() finds an operation, and those of its arguments."""

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
"""Name in Python, of the model, of the vendor, or last part of the path: the name in Python."""
ARGUMENTS: Mapping[str, Mapping[str, tuple[str, str | None]]] = {
    "flowchart": {"prompt": ("prompt", None), "lang": ("lang", None), "platform": ("platform", None)},
    "gantt": {"prompt": ("prompt", None), "lang": ("lang", None), "platform": ("platform", None)},
    "infographic": {"prompt": ("prompt", None), "lang": ("lang", None), "platform": ("platform", None)},
    "mindmap": {"prompt": ("prompt", None), "lang": ("lang", None), "platform": ("platform", None)},
}
"""Name in Python: name on the wire, the name in Python and the form on the wire of each argument."""
