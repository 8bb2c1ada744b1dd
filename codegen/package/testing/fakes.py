"""What `fake` has for each service: nothing here; the generator writes this file anew for each package."""

from __future__ import annotations

from .world import World


class Fake(World):
    """One stateful fake a service. See `World` for what all of them share."""
