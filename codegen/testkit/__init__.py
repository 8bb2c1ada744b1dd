"""The test kit: the hand-written modules of `<package>/testing`, and what of them differs from package to package."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from codegen.python.model import OperationModel, PackageModel, ServiceModel

KIT = Path(__file__).resolve().parent / "kit"
_PROVENANCE = "x-claims"
_TAKEN = frozenset(
    "also_at async_transport calls clock downloads forget operations publish services start stop transport verify "
    "wrong".split()
)
"""What fakes have besides services and operations. One of these names is found in `services` or `operations` only."""
_CLASSES = {"submit": "FakeTask", "generate": "FakeGeneration", "query": "FakeQuery"}


def files(model: PackageModel) -> dict[str, str]:
    """Every file of `testing/`, by its path under the package, not formatted yet."""
    found = {path.name: path.read_text(encoding="utf-8") for path in sorted(KIT.glob("*.py"))}
    found["fakes.py"] = _fakes(model)
    for service in model.services:
        found[f"catalog/{service.module}.json"] = _catalog(service.document)
    return {f"testing/{name}": text for name, text in sorted(found.items())}


def _catalog(document: Mapping[str, Any]) -> str:
    """The document as the kit carries it: without provenance, on one line, the same bytes at every run."""
    plain = json.loads(json.dumps(document))  # every key is text after this, so that they sort
    return json.dumps(_stripped(plain), ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def _stripped(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _stripped(item) for key, item in value.items() if key != _PROVENANCE}
    return [_stripped(item) for item in value] if isinstance(value, list) else value


def _fakes(model: PackageModel) -> str:
    """The names of this package, for editors and type checkers: attributes only, the behaviour is elsewhere."""
    return "\n".join(_lines(model)) + "\n"


def _lines(model: PackageModel) -> Iterator[str]:
    yield '"""What `fake` has for each service of this package, by the names of its clients."""'
    yield "from __future__ import annotations"
    yield "from .faked import FakeGeneration, FakeQuery, FakeService, FakeTask, Namespace"
    yield "from .world import World"
    for service in model.services:
        yield from _service(service)
    yield "class Fake(World):"
    yield '    """One stateful fake a service. See `World` for what all of them share."""'
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
    """A class name that no other service or group can have."""
    return f"Fake_{service.module}_{group}" if group else f"Fake_{service.module}"
