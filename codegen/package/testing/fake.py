"""All fake services of one test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from .._catalog.service_document import load, names_of_services, path_under
from .._runtime.errors import InvalidRequest
from .base import TestEnvironment
from .fake_operations import FakeOperation, FakeService
from .problems import no_such


class ServiceFakes(TestEnvironment):
    """Stateful fakes: active within `with`, whose end checks the plans, as the end of a test with the fixture does."""

    def __init__(self) -> None:
        super().__init__()
        self.services = {name: FakeService(self, load(name)) for name in names_of_services()}
        """By name: also those whose name something else has here."""
        for name, service in self.services.items():
            if not hasattr(type(self), name):
                vars(self).setdefault(name, service)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            raise no_such("the fake", name, vars(self).get("services", ()))

    def _serve(self, request: httpx.Request) -> httpx.Response | None:
        for service in self.services.values():
            path = path_under(service._bases, request.url)
            if path is not None:
                return service._serve(request, path)
        return None

    def _left_over(self) -> list[str]:
        return [text for operation in self._operations() for text in operation._take_unused()]

    def _forgiven(self, error: InvalidRequest) -> bool:
        return any(operation._forgive() for operation in self._meant_by(error))

    def _hint(self, error: InvalidRequest) -> list[str]:
        return [f"if the test means it: {operation!r}.invalid_request()" for operation in self._meant_by(error)[:1]]

    def _operations(self) -> list[FakeOperation]:
        return [operation for service in self.services.values() for operation in service.operations.values()]

    def _meant_by(self, error: InvalidRequest) -> list[FakeOperation]:
        """Return the operations that an error means: it may name the method alone."""
        operations = [(operation._endpoint.operation.name, operation) for operation in self._operations()]
        return [one for name, one in operations if error.operation in (name, name.rpartition(".")[2])]
