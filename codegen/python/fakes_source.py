"""`testing/fakes.py`: what of the test kit differs from package to package, its names."""

from __future__ import annotations

from collections.abc import Iterator

from codegen.python.model import OperationModel, PackageModel, ServiceModel

_TAKEN = frozenset(
    "also_at async_transport calls clock downloads forget operations publish services start stop transport verify "
    "wrong".split()
)
"""What fakes have besides services and operations. One of these names is found in `services` or `operations` only."""
_CLASSES = {"submit": "FakeTask", "generate": "FakeGeneration", "query": "FakeQuery"}


def fakes(model: PackageModel) -> str:
    """Return the names of this package, for editors and type checkers: attributes only, the behaviour is elsewhere."""
    return "\n".join(_lines(model)) + "\n"


def _lines(model: PackageModel) -> Iterator[str]:
    yield '"""What `fake` has for each service of this package, by the names of its clients."""'
    yield "from __future__ import annotations"
    yield "from .fake_operations import FakeGeneration, FakeQuery, FakeService, FakeTask, Namespace"
    yield "from .fake import ServiceFakes"
    for service in model.services:
        yield from _service(service)
    yield "class Fake(ServiceFakes):"
    yield '    """One stateful fake a service. See `ServiceFakes` for what all of them share."""'
    for service in model.services:
        if service.module not in _TAKEN:
            yield f"    {service.module}: {_class(service)}"


def _service(service: ServiceModel) -> Iterator[str]:
    groups: dict[str | None, list[OperationModel]] = {}
    for operation in service.operations:
        groups.setdefault(operation.group and str(operation.group), []).append(operation)
    for group, operations in groups.items():
        if group is not None:
            yield f"class {_class(service, group)}(Namespace):"
            yield f'    """The operations `{group}` of `{service.module}`."""'
            yield from _members(operations)
    yield f"class {_class(service)}(FakeService):"
    yield f'    """The fake of `{service.module}`."""'
    yield from (
        f"    {group}: {_class(service, group)}" for group in groups if group is not None and group not in _TAKEN
    )
    yield from _members(groups.get(None, []))


def _members(operations: list[OperationModel]) -> Iterator[str]:
    for operation in operations:
        if operation.name not in _TAKEN:
            yield f"    {operation.name}: {_CLASSES[operation.kind]}"


def _class(service: ServiceModel, group: str = "") -> str:
    """Return a class name that no other service or group can have."""
    return f"Fake_{service.module}_{group}" if group else f"Fake_{service.module}"
