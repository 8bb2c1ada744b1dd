# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The MCP server: seven tools over standard input and output."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from functools import wraps
from pathlib import Path
from typing import Any, Literal

from mcp.server import MCPServer
from mcp.types import ToolAnnotations

from .._catalog import index
from .._runtime.errors import WondergenError
from . import tools

Media = Literal["video", "image", "audio", "diagram"]
_READS = ToolAnnotations(read_only_hint=True)
_PAYS = ToolAnnotations(read_only_hint=False, destructive_hint=True, idempotent_hint=False, open_world_hint=True)


def server(journal: Path | None, base_urls: Mapping[str, str] | None = None) -> MCPServer[None]:
    """Return the server. `base_urls`: services that stand in for the real ones and need no key."""
    session = tools.Session(journal=journal, base_urls=base_urls)

    @asynccontextmanager
    async def lifespan(_: MCPServer[None]) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await session.aclose()

    server = MCPServer[None](
        str(index.load()["package"]), version=str(index.load()["version"]), lifespan=lifespan, log_level="WARNING"
    )

    _add_readers(server)
    _add_calls(server, session)
    return server


def _add_readers(server: MCPServer[None]) -> None:
    """Add the tools that read the catalog. They send nothing and need no key."""

    @_tool(server, _READS)
    async def models(task: str = "", media: Media | None = None, seconds: float | None = None) -> Any:
        """Find operations for a task: what each makes, how long, and what it is good for."""
        return tools.models(task, media, seconds)

    @_tool(server, _READS)
    async def explain(operation: str) -> Any:
        """Tell what an operation takes. The name may be the vendor's: "Model 3.0"."""
        return tools.explain(operation)

    @_tool(server, _READS)
    async def prompting(operation: str) -> Any:
        """Tell how to write the prompt of an operation: formula, what to avoid, templates."""
        return tools.prompting(operation)

    @_tool(server, _READS)
    async def check(operation: str, arguments: dict[str, Any]) -> Any:
        """List everything wrong with a call. Sends nothing, needs no key."""
        return {"faults": tools.check(operation, arguments)}


def _add_calls(server: MCPServer[None], session: tools.Session) -> None:
    """Add the tools that send something to a service."""

    @_tool(server, _PAYS)
    async def submit(operation: str, arguments: dict[str, Any], key: str | None = None) -> Any:
        """Make a PAID call, once, after the person has agreed. Gives a token for `status`, or the result.

        The same key never pays twice. After OutcomeUnknown do not repeat it.
        """
        return await session.submit(operation, arguments, key)

    @_tool(server, _READS)
    async def status(token: str) -> Any:
        """Look once how a task is doing; URLs of the files when it has succeeded. Ask again after a while."""
        return await session.status(token)

    @_tool(server, _READS)
    async def credits() -> Any:
        """Tell the credits that are left."""
        return await session.credits()


def _tool(
    server: MCPServer[None], annotations: ToolAnnotations
) -> Callable[[Callable[..., Awaitable[Any]]], Callable[..., Awaitable[Any]]]:
    """Register a tool whose errors are values: an agent reads them better than a traceback."""

    def register(function: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        @wraps(function)
        async def run(*arguments: Any, **keywords: Any) -> Any:
            try:
                return await function(*arguments, **keywords)
            except (WondergenError, tools.Unknown, ValueError, TypeError) as error:
                return tools.fault(error)

        server.add_tool(run, annotations=annotations, structured_output=False)
        return run

    return register
