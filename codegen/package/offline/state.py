"""The state that all services of the offline upstream share: settings, clock, store, files, faults to inject."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from .._catalog.service_document import Catalog
from .clock import Clock
from .fault_injection import FaultInjector
from .result_files import Files
from .settings import Settings
from .upstream_store import UpstreamStore


class State:
    """Shared by the gateways of all services. Imports none of them."""

    def __init__(self, settings: Settings, catalogs: Mapping[str, Catalog], clock: Clock) -> None:
        self.settings = settings
        self.catalogs = catalogs
        self.clock = clock
        self.store = UpstreamStore(settings.state, settings.credits)
        self.clock.offset += self.store.offset()
        self.fault_injector = FaultInjector(settings.faults, settings.seed)
        self.files = Files(self.store, clock, settings.file_seconds, catalogs)
        self.watchers: list[Callable[[], None]] = []
        """Called whenever there is one more task, or another time."""
        self._traces = random.Random(settings.seed)

    def new_trace(self) -> str:
        """Return an id for one reply, so that logs can tell calls apart; with a seed the same ones at every run."""
        return f"{self._traces.getrandbits(96):024x}"

    def changed(self) -> None:
        """Tell whoever waits for tasks to end that there is one more, or another time."""
        for tell in self.watchers:
            tell()
