# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The name of a task outside its process: short JSON without a secret, and the way back from it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Generic, TypeVar, get_args

from .data import Data
from .errors import ArgumentFault, InvalidRequest
from .exports import exported
from .operation import Assets, Operation, TaskSpec

T = TypeVar("T")
R = TypeVar("R", covariant=True)

LONGEST_ID = 2000
_LONGEST = 6 * LONGEST_ID + 4000
"""Characters of a token: each of an id may be escaped."""


if TYPE_CHECKING:

    class TaskToken(str, Generic[R]):
        """The token of a task, with the class of its result for type checkers."""

else:

    @exported
    class TaskToken:
        """The token of a task, with the class of its result for type checkers. At run time it is a plain `str`.

        A token that was stored as text gets its type back: `client.resume(TaskToken[VideoResult](text))`.
        """

        def __class_getitem__(cls, result: object) -> type[str]:
            return str

        def __new__(cls, text: str = "") -> str:
            return str(text)


class Token(Data):
    """What another process needs to continue a task."""

    provider: str
    operation: str
    id: str
    base_url: str

    def __str__(self) -> str:
        return json.dumps(vars(self), ensure_ascii=False, separators=(",", ":"))


def parse(text: str) -> Token:
    """Read a token: these four texts and nothing else."""
    if len(text) > _LONGEST:
        raise _fault(f"is longer than {_LONGEST} characters")
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _fault("is not JSON: give all of what task.token() gave") from error
    names = Token._names
    if not isinstance(content, dict) or sorted(content) != sorted(names):
        raise _fault(f"is not a token: task.token() gives a JSON object of exactly {', '.join(names)}")
    for name in names:
        if not isinstance(content[name], str):
            raise _fault(f"{name} must be text")
    return Token(**content)


def locate(
    text: str, provider: str, base_url: str, results: Mapping[str, tuple[Operation, T]], otherwise: T
) -> tuple[str, Operation, T]:
    """Return the task id, operation and result type that a token or a bare id stands for.

    The token must be of this provider and this base URL: a key never goes to a host that a token names.
    A bare id says nothing of its operation, so its result is of the type `otherwise`.
    """
    if not isinstance(text, str):
        raise _fault(f"is {type(text).__name__}, not text")
    if not text.strip():
        raise _fault("is empty")
    text = text.strip()
    if not text.startswith("{"):
        return checked_id(text), _any_task(results), otherwise
    token = parse(text)
    if token.provider != provider:
        raise _fault(f"belongs to {token.provider!r}, and this client is for {provider!r}")
    if token.base_url.rstrip("/") != base_url.rstrip("/"):
        raise _fault("was made with another base_url than this client's; make a client with the same base_url")
    entry = results.get(token.operation)
    if entry is not None and entry[0].task is not None:
        return checked_id(token.id), *entry
    any_task = _any_task(results)
    if token.operation != any_task.name:
        raise _fault(f"names the operation {token.operation!r}, which starts no task of {provider!r}")
    return checked_id(token.id), any_task, otherwise


def _any_task(results: Mapping[str, tuple[Operation, T]]) -> Operation:
    """Return the operation of a task of which only the id is known: it is the one that reports on all of them."""
    operations_by_lifecycle: dict[tuple[object, ...], Operation] = {}
    for operation, _ in results.values():
        if operation.task is not None:
            operations_by_lifecycle.setdefault(_life(operation.task), operation)
    if not operations_by_lifecycle:
        raise _fault("names a task, and this service has none")
    if len(operations_by_lifecycle) > 1:
        raise _fault("is a bare id, and this service reports on tasks in several ways: give the task's token")
    operation = next(iter(operations_by_lifecycle.values()))
    assert operation.task is not None
    return operation.replace(name=operation.task.poll.name, assets=Assets())


def _life(spec: TaskSpec) -> tuple[object, ...]:
    """Return what must be the same for tasks to be asked about, and understood, in the same way."""
    states = tuple(sorted(spec.states.items()))
    return spec.poll.name, spec.poll_argument, spec.status, states, spec.progress, spec.reason, spec.result


def is_usable_id(text: str) -> bool:
    """Return whether an id can be sent and stored: it has characters, all of them can be encoded, and none was lost."""
    if not 0 < len(text.strip()) <= LONGEST_ID or "\ufffd" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def in_type(operation: Operation, arguments: Mapping[str, object]) -> dict[str, object]:
    """Return arguments that are ids of tasks as the parameters take them: as a number, where they take no text."""
    return {name: _number(operation, name, value) for name, value in arguments.items()}


def _number(operation: Operation, name: str, value: object) -> object:
    if not isinstance(value, str) or not (value.isascii() and value.isdecimal()) or operation.arguments_model is None:
        return value
    field = operation.arguments_model.model_fields.get(name)
    kinds = [] if field is None else _kinds(field.annotation)
    return int(value) if int in kinds and str not in kinds else value


def _kinds(annotation: object) -> list[object]:
    """Return the classes that an annotation speaks of."""
    inner = get_args(annotation)
    return [annotation] if not inner else [kind for one in inner for kind in _kinds(one)]


def checked_id(task_id: str) -> str:
    """Return an id that can be sent, or raise InvalidRequest. A service may name its tasks as oddly as it likes."""
    if not is_usable_id(task_id):
        raise _fault("has no usable task id")
    return task_id


def _fault(problem: str) -> InvalidRequest:
    return InvalidRequest("resume", [ArgumentFault("token_or_id", problem)])
