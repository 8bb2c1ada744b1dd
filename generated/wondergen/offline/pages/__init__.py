# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The pages of the offline upstream: the catalog to read, a form to try each call, the tasks as they run.

Made on this machine and for this machine: no other host is asked for anything, and they work without JavaScript.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from ..upstream import Upstream


def routes(upstream: Upstream) -> list[BaseRoute]:
    """Return what stands at `/`, `/operations/…`, `/tasks`, `/disagreements` and `/static/…`."""
    from .site import Site

    return Site(upstream).routes()
