# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The behaviour of the offline upstream without HTTP: every service, and what they share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .._catalog.document import Catalog, load, names_of_services
from .._runtime.operation import TaskStatus
from .clock import Clock
from .files import Files, names_of
from .gateway import Gateway
from .lives import stand
from .reply import Reply, reply
from .settings import Settings
from .store import Store, Task
from .troubles import Troubles


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task as it stands, to be shown."""

    service: str
    operation: str
    """As in Python, group included."""
    id: str
    state: TaskStatus
    raw_status: str | int
    """The service's word; empty for a call that answered at once."""
    progress: int
    """In percent."""
    created: float
    """Seconds since 1970."""
    text: str
    """What the caller wrote."""
    files: tuple[str, ...]
    """Addresses below the server, of a task that has succeeded."""
    arguments: Mapping[str, Any]
    note: str = ""
    """What became of the callback."""


class Upstream:
    """Stands in for every service."""

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        catalogs: Mapping[str, Catalog] | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.settings = settings or Settings()
        self.catalogs = catalogs if catalogs is not None else {name: load(name) for name in names_of_services()}
        self.clock = clock or Clock()
        self.store = Store(self.settings.state, self.settings.credits)
        self.clock.offset += self.store.offset()
        self.troubles = Troubles(self.settings.faults, self.settings.seed)
        self.files = Files(self.store, self.clock, self.settings.file_seconds, self.catalogs)
        self._gateways = {name: Gateway(self, catalog) for name, catalog in self.catalogs.items()}

    def close(self) -> None:
        """The state is safe in its file, if it has one."""
        self.store.close()

    def answer(
        self,
        service: str,
        method: str,
        path: str,
        *,
        query: Iterable[tuple[str, str]] = (),
        headers: Iterable[tuple[str, str]] = (),
        content: bytes = b"",
        base_url: str,
    ) -> Reply:
        """What a service says. `path` is below its base URL and as it came, `base_url` that of this server."""
        gateway = self._gateways.get(service)
        if gateway is None:
            return reply(404, {"message": f"There is no service {service!r}; there are {', '.join(self._gateways)}"})
        return gateway.answer(method, path, query, headers, content, base_url)

    def balance(self, service: str) -> int:
        """The credits of an account."""
        return self.store.balance(service)

    def tasks(self, limit: int = 50) -> list[TaskRow]:
        """The newest first, calls that answered at once among them."""
        known = [task for task in self.store.tasks(limit) if task.service in self.catalogs]
        return [self._row(task) for task in known if task.operation in self.catalogs[task.service].endpoints]

    def _row(self, task: Task) -> TaskRow:
        endpoint = self.catalogs[task.service].endpoints[task.operation]
        now = stand(task, self.clock.now())
        is_task, is_done = endpoint.operation.kind == "submit", now.status is TaskStatus.SUCCEEDED
        files = [self.files.address(task, name) for name in names_of(endpoint, task.files)] if is_done else []
        return TaskRow(
            service=task.service,
            operation=task.operation,
            id=task.id,
            state=now.status,
            raw_status=self._gateways[task.service].word(endpoint, now.status) if is_task else "",
            progress=now.progress,
            created=task.created,
            text=task.text,
            files=tuple(files),
            arguments=task.arguments,
            note=task.note,
        )
