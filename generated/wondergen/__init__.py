# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Typed clients: EdrawMax, MediaIO, Tomoviee; for asyncio AsyncEdrawMax, AsyncMediaIO, AsyncTomoviee.

Unofficial, generated from the documents of the services. Modules are imported when they are first
used.
"""

from importlib import import_module as _import_module

# False when it runs; type checkers treat the name as true. Importing it from typing would take longer than the rest of
# this module. It is not written as False, because Jedi would then skip the block and complete nothing.
TYPE_CHECKING = not __name__
if TYPE_CHECKING:
    from ._runtime.aio.task import AsyncTask
    from ._runtime.call_event import CallEvent
    from ._runtime.callback import callback
    from ._runtime.errors import (
        APIError,
        ArgumentFault,
        AuthenticationError,
        BadRequest,
        ConnectFailed,
        ContentRejected,
        DownloadError,
        InsufficientCredits,
        InvalidRequest,
        InvalidResponse,
        MissingCredentials,
        NotFound,
        OutcomeUnknown,
        RateLimited,
        ServerError,
        TaskCancelled,
        TaskFailed,
        TaskTimedOut,
        UntrustedHost,
        WaitTimeout,
        WondergenError,
    )
    from ._runtime.null_values import NULL
    from ._runtime.operation import TaskStatus
    from ._runtime.sync.task import Task
    from ._runtime.token import TaskToken
    from .edrawmax import AsyncEdrawMax, EdrawMax
    from .mediaio import AsyncMediaIO, MediaIO
    from .tomoviee import AsyncTomoviee, Tomoviee

__version__ = "0.1.0"
__all__ = [
    "EdrawMax",
    "AsyncEdrawMax",
    "MediaIO",
    "AsyncMediaIO",
    "Tomoviee",
    "AsyncTomoviee",
    "Task",
    "AsyncTask",
    "TaskStatus",
    "TaskToken",
    "callback",
    "CallEvent",
    "NULL",
    "WondergenError",
    "InvalidRequest",
    "ArgumentFault",
    "MissingCredentials",
    "ConnectFailed",
    "OutcomeUnknown",
    "APIError",
    "AuthenticationError",
    "InsufficientCredits",
    "RateLimited",
    "ContentRejected",
    "BadRequest",
    "NotFound",
    "ServerError",
    "InvalidResponse",
    "TaskFailed",
    "TaskCancelled",
    "TaskTimedOut",
    "WaitTimeout",
    "DownloadError",
    "UntrustedHost",
    "__version__",
]

_MODULES = {
    "EdrawMax": ".edrawmax",
    "AsyncEdrawMax": ".edrawmax",
    "MediaIO": ".mediaio",
    "AsyncMediaIO": ".mediaio",
    "Tomoviee": ".tomoviee",
    "AsyncTomoviee": ".tomoviee",
    "Task": "._runtime.sync.task",
    "AsyncTask": "._runtime.aio.task",
    "TaskStatus": "._runtime.operation",
    "TaskToken": "._runtime.token",
    "callback": "._runtime.callback",
    "CallEvent": "._runtime.call_event",
    "NULL": "._runtime.null_values",
    "WondergenError": "._runtime.errors",
    "InvalidRequest": "._runtime.errors",
    "ArgumentFault": "._runtime.errors",
    "MissingCredentials": "._runtime.errors",
    "ConnectFailed": "._runtime.errors",
    "OutcomeUnknown": "._runtime.errors",
    "APIError": "._runtime.errors",
    "AuthenticationError": "._runtime.errors",
    "InsufficientCredits": "._runtime.errors",
    "RateLimited": "._runtime.errors",
    "ContentRejected": "._runtime.errors",
    "BadRequest": "._runtime.errors",
    "NotFound": "._runtime.errors",
    "ServerError": "._runtime.errors",
    "InvalidResponse": "._runtime.errors",
    "TaskFailed": "._runtime.errors",
    "TaskCancelled": "._runtime.errors",
    "TaskTimedOut": "._runtime.errors",
    "WaitTimeout": "._runtime.errors",
    "DownloadError": "._runtime.errors",
    "UntrustedHost": "._runtime.errors",
}


_SUBMODULES = ("batch", "callbacks", "testing", "upload")


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name in _SUBMODULES:
            try:
                return _import_module(f".{name}", __name__)
            except ModuleNotFoundError as error:
                if error.name != f"{__name__}.{name}":
                    raise
                raise AttributeError(f"module {__name__!r} was made without {name!r}") from None
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(_import_module(_MODULES[name], __name__), name)
        return value


def __dir__() -> list[str]:
    return __all__
