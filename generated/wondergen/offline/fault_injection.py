# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What is to go wrong with the next calls: by chance, and as the control path has ordered."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .fault_kinds import Wish, parse
from .settings import FaultRate


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
            found = [wish for wish, share in self._rates if self._random.random() < share and is_possible(wish)]
            for order in self.orders:
                is_meant = order.service in (None, service) and order.operation in (None, operation)
                if is_meant and is_possible(order.wish):
                    order.times -= 1
                    found.append(order.wish)
            self.orders = [order for order in self.orders if order.times > 0]
        return found
