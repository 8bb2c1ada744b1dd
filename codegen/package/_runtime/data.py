"""Values that are written once and read often: cheap to define, since a client is imported before it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self, dataclass_transform


class _Fields:
    """The fields of a class as the functions of `dataclasses` ask for them: fields, asdict, replace, is_dataclass."""

    def __get__(self, instance: object, owner: type[Data]) -> dict[str, Any]:
        import dataclasses
        from functools import partial

        rows = [
            (name, Any, dataclasses.field(default_factory=partial(getattr, owner, name)))
            if hasattr(owner, name)
            else (name, Any)
            for name in owner._names
        ]
        fields: dict[str, Any] = dataclasses.make_dataclass(owner.__name__, rows).__dict__["__dataclass_fields__"]
        return fields


@dataclass_transform(frozen_default=True)
class Data:
    """A frozen value with the fields that its class annotates: a dataclass, but for the time that it takes to define.

    `dataclasses.dataclass` writes and compiles the source of the methods of each class, which is most of the time that
    importing this package would take. Type checkers see the same constructor.
    """

    _names: ClassVar[tuple[str, ...]] = ()
    if not TYPE_CHECKING:  # type checkers have it from the decorator
        __dataclass_fields__ = _Fields()

    def __init_subclass__(cls) -> None:
        cls._names = (*cls._names, *vars(cls).get("__annotations__", ()))

    def __init__(self, *args: Any, **fields: Any) -> None:
        if args:
            fields.update(zip(self._names, args, strict=False))
        self.__dict__.update(fields)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot be deleted")

    def _values(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self._names)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._values() == other._values()

    def __hash__(self) -> int:
        return hash(self._values())

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._names)
        return f"{type(self).__name__}({fields})"

    def replace(self, **changes: Any) -> Self:
        """Return the value with other fields."""
        return type(self)(**{name: value for name, value in vars(self).items() if name in self._names} | changes)
