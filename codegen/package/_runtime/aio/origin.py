"""Where a result came from: what saving its files needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, Self

from ..operation import Operation

if TYPE_CHECKING:
    from .session import AsyncSession


class AsyncNamer(Protocol):
    """The task that made a result: it can name its files anew, where their URLs have expired."""

    id: str

    def content_ids(self) -> list[str]:
        """Return what is asked for as the files of the result."""
        ...

    async def refresh(self) -> Any:
        """Look at the task once."""
        ...

    def result_now(self) -> Any:
        """Return the result, from the last reply."""
        ...


@dataclass(frozen=True, slots=True)
class AsyncOrigin:
    """Where a result came from: what saving its files needs. It is never copied, compared or pickled."""

    session: AsyncSession
    operation: Operation
    task: AsyncNamer | None

    @property
    def has_content(self) -> bool:
        """Whether an operation of the service has the bytes of the result."""
        return self.task is not None and self.operation.task is not None and self.operation.task.has_content

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AsyncOrigin)

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[type[None], tuple[()]]:
        return type(None), ()
