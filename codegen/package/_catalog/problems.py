"""What is raised where a reply is asked for that no document allows."""

from __future__ import annotations


class PlanError(ValueError):
    """A plan asks for what the catalog does not allow. Raised at the line that plans it."""
