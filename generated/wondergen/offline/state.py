# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The state that all services of the offline upstream share: settings, clock, store, files, faults to inject."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from .._catalog.service_document import Catalog
from .fault_kinds import Wish, parse
from .result_files import Files
from .settings import FaultRate, Settings
from .upstream_store import Clock, UpstreamStore


@dataclass(slots=True)
class Order:
    """A fault for the next calls."""

    wish: Wish
    service: str | None = None
    """None: of any."""
    operation: str | None = None
    times: int = 1


class FaultInjector:
    """Hands out the faults of each call."""

    def __init__(self, rates: Sequence[FaultRate], seed: int | None) -> None:
        self._rates = [(parse(rate.name), rate.share) for rate in rates]
        self._random = random.Random(seed)
        self._lock = threading.Lock()
        self.orders: list[Order] = []

    def draw(self, service: str, operation: str, is_possible: Callable[[Wish], bool]) -> list[Wish]:
        """Return the faults of one call, as far as they are possible there."""
        if not self._rates and not self.orders:
            return []
        with self._lock:
            wishes = [wish for wish, share in self._rates if self._random.random() < share and is_possible(wish)]
            for order in self.orders:
                is_meant = order.service in (None, service) and order.operation in (None, operation)
                if is_meant and is_possible(order.wish):
                    order.times -= 1
                    wishes.append(order.wish)
            self.orders = [order for order in self.orders if order.times > 0]
        return wishes


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
