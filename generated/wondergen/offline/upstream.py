# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The behaviour of the offline upstream without HTTP: every service, and what they share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .._catalog.service_document import Catalog, load, names_of_services
from .._runtime.operation import TaskStatus
from .fault_kinds import Wish, parse
from .gateway import Gateway
from .result_files import names_of
from .settings import Settings
from .state import State
from .upstream_reply import Reply, reply
from .upstream_store import Clock, Task, stand


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
    """URLs below the server, of a task that has succeeded."""
    arguments: Mapping[str, Any]
    note: str = ""
    """The outcome of the callback."""


class Upstream:
    """Stands in for every service."""

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        catalogs: Mapping[str, Catalog] | None = None,
        clock: Clock | None = None,
    ) -> None:
        by_name = catalogs if catalogs is not None else {name: load(name) for name in names_of_services()}
        self.state = State(settings or Settings(), by_name, clock or Clock())
        self.settings, self.catalogs, self.clock = self.state.settings, self.state.catalogs, self.state.clock
        self.store, self.files = self.state.store, self.state.files
        self._gateways = {name: Gateway(self.state, catalog) for name, catalog in self.catalogs.items()}
        for rate in self.settings.faults:
            obstacle = self.obstacles(parse(rate.name), None, None)
            if obstacle:
                self.close()
                raise ValueError(f"the fault {rate.name!r} can happen nowhere: {obstacle}")

    def close(self) -> None:
        """Close the store; the state is safe in its file, if it has one."""
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
        """Return what a service says. `path` is below its base URL and as it came, `base_url` that of this server."""
        gateway = self._gateways.get(service)
        if gateway is None:
            return reply(404, {"message": f"There is no service {service!r}; there are {', '.join(self._gateways)}"})
        lower_headers = [(key.lower(), value) for key, value in headers]
        return gateway.answer(method, path, query, lower_headers, content, base_url)

    def too_large(self, service: str) -> Reply:
        """Return what a service says to a body that was not read to its end."""
        return self._gateways[service].too_large()

    def balance(self, service: str) -> int:
        """Return the credits of an account."""
        return self.store.balance(service)

    def tasks(self, limit: int = 50) -> list[TaskRow]:
        """Return the newest first, calls that answered at once among them."""
        rows = [task for task in self.store.tasks(limit) if task.service in self.catalogs]
        return [self._row(task) for task in rows if task.operation in self.catalogs[task.service].endpoints]

    def task(self, service: str, task_id: str) -> TaskRow | None:
        """Return one task as it stands."""
        task = self.store.task(task_id)
        if task is None or task.service != service or service not in self.catalogs:
            return None
        return self._row(task) if task.operation in self.catalogs[service].endpoints else None

    def reset(self) -> None:
        """Go back to the start: no tasks, full accounts, the true time."""
        self.store.forget()
        self.clock.offset = 0.0
        self.state.changed()

    def advance(self, seconds: float) -> None:
        """Let time pass at once."""
        self.clock.advance(seconds)
        self.store.keep_offset(self.clock.offset)
        self.state.changed()

    def callback(self, task: Task) -> tuple[str, Any]:
        """Return method and payload of the callback of a task that has ended."""
        return self._gateways[task.service].callback(task)

    def obstacles(self, wish: Wish, service: str | None, operation: str | None) -> str | None:
        """Return why a fault is possible nowhere, or not at this operation."""
        if service is not None and service not in self.catalogs:
            return f"there is no service {service!r}; there are {', '.join(self.catalogs)}"
        reasons, names = [], []
        for name, catalog in self.catalogs.items():
            for endpoint in catalog.endpoints.values() if service in (None, name) else ():
                names.append(endpoint.operation.name)
                if operation in (None, endpoint.operation.name):
                    reasons.append(self._gateways[name].obstacle(endpoint, wish))
        if not reasons:
            return f"there is no operation {operation!r}; there are {', '.join(names)}"
        return None if None in reasons else reasons[0]

    def _row(self, task: Task) -> TaskRow:
        endpoint = self.catalogs[task.service].endpoints[task.operation]
        now = stand(task, self.clock.now())
        is_task, is_done = endpoint.operation.kind == "submit", now.status is TaskStatus.SUCCEEDED
        files = [self.files.url(task, name) for name in names_of(endpoint, task.files)] if is_done else []
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
