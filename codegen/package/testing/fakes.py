"""What `fake` has for each service: nothing here; the generator writes this file anew for each package."""

from __future__ import annotations

from .fake import ServiceFakes


class Fake(ServiceFakes):
    """One stateful fake a service. See `ServiceFakes` for what all of them share."""
