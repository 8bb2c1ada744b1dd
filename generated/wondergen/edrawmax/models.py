# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Models of the replies of EdrawMax. Unlisted fields are kept too."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class FlowchartResult(BaseModel):
    """The diagram."""

    model_config = ConfigDict(extra="allow", defer_build=True)
    mermaid_code: str | None = None
    """Mermaid source of the flowchart."""
    png_url: str | None = None
    """URL of the diagram as a PNG image."""
    svg_url: str | None = None
    """URL of the diagram as an SVG image."""


class DiagramResult(BaseModel):
    """The diagram."""

    model_config = ConfigDict(extra="allow", defer_build=True)
    source_code: str | None = None
    """Source code of the diagram."""
    png_url: str | None = None
    """URL of the diagram as a PNG image."""
    svg_url: str | None = None
    """URL of the diagram as an SVG image."""
