"""The documents of every service: they validate requests, give replies, and hold the facts.

The test kit, the offline upstream and the command line are built on it. It needs jsonschema and referencing, which
their extras bring.
"""

from __future__ import annotations

from .._runtime.delivery import StandInError


class PlanError(StandInError, ValueError):
    """A plan asks for what the catalog does not allow. Raised at the line that plans it.

    Where a reply cannot be made while a call is answered, it goes through the client to the test.
    """
