# Derived from ../aio by `python -m codegen.sync_codegen`. Do not edit. Digest: db5fc1d83dedf101
"""Where a result came from: what saving its files needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, Self

from ..operation import Operation

if TYPE_CHECKING:
    from .session import Session


class Namer(Protocol):
    """The task that made a result: it can name its files anew, where their URLs have expired."""

    id: str

    def content_ids(self) -> list[str]:
        """Return what is asked for as the files of the result."""
        ...

    def refresh(self) -> Any:
        """Look at the task once."""
        ...

    def result_now(self) -> Any:
        """Return the result, from the last reply."""
        ...


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a result came from: what saving its files needs. It is never copied, compared or pickled."""

    session: Session
    operation: Operation
    task: Namer | None

    @property
    def has_content(self) -> bool:
        """Whether an operation of the service has the bytes of the result."""
        return self.task is not None and self.operation.task is not None and self.operation.task.has_content

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Origin)

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[type[None], tuple[()]]:
        return type(None), ()
