# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The asynchronous client of EdrawMax."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from typing import Literal

from .._runtime.aio.choose import AsyncHTTPClient
from .._runtime.aio.client import AsyncAPIClient
from .._runtime.request import CallOptions
from .._runtime.validate import checked
from .async_results import RESULTS, AsyncDiagramResult, AsyncFlowchartResult
from .operations import FLOWCHART, GANTT, INFOGRAPHIC, MINDMAP, SERVICE


class AsyncEdrawMax(AsyncAPIClient):
    """EdrawMax, for asyncio.

    Diagrams from a description in natural language: flowcharts, infographics, Gantt charts and mind
    maps. An unofficial description, reconciled from the vendor's documents; not affiliated with or
    endorsed by the vendor.

    Args:
        user_id: Identifies the calling user to the service. It is the same on every call, so it is given to
            the client once. Sent as the header X-User-ID.
        base_url: Where the service is. Default: https://api.edrawmax.cn/api/ai.
        timeout: Seconds for each call. Default: 120.
        max_retries: How often a call is repeated that certainly did nothing, or that costs nothing.
        http_client: An httpx.AsyncClient of your own, for a proxy or a pool. You close it.
        extra_headers: Sent with every call.
        journal: A file that remembers every paid call, so that none is lost if this process dies.
    """

    def __init__(
        self,
        *,
        user_id: str | None = None,
        base_url: str | None = None,
        timeout: float | None = None,
        max_retries: int = 2,
        http_client: AsyncHTTPClient | None = None,
        extra_headers: Mapping[str, str] | None = None,
        journal: str | PathLike[str] | None = None,
    ) -> None:
        super().__init__(
            SERVICE,
            RESULTS,
            credentials={},
            client_headers={"user_id": user_id},
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            http_client=http_client,
            extra_headers=extra_headers,
            journal=journal,
        )

    @checked
    async def flowchart(
        self,
        prompt: str,
        *,
        lang: Literal["en", "cn", "jp", "kr", "es", "fr", "de", "it", "tw", "pt", "ru", "id"] | None = None,
        platform: Literal["web", "win", "mac", "ios", "android", "linux"] | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
    ) -> AsyncFlowchartResult:
        """Draw a flowchart.

        Draws a flowchart from a description and returns it as PNG, as SVG and as Mermaid source.

        Args:
            prompt: What the diagram shows.
            lang: Language of the texts in the diagram. `cn`: 简体中文; `en`: English; `jp`: 日本語; `kr`: 한국어; `de`:
                Deutsch; `es`: Español; `fr`: Français; `it`: Italiano; `id`: Bahasa Indonesia; `pt`: Português;
                `ru`: Русский; `tw`: 繁體中文. One of en, cn, jp, kr, es, fr, de, it, tw, pt, ru, id. Default: cn.
            platform: The platform that the caller runs on. One of web, win, mac, ios, android, linux.
            timeout: Seconds for this call, in place of the client's.
            extra_body: Merged into the body as it is: what this client does not know yet.
            extra_headers: Sent with this call.

        Returns:
            The diagram to save.

        Raises:
            InvalidRequest: An argument is missing or out of range. Nothing was sent.
            BadRequest: 400 (A parameter is missing or has a value that is not allowed).
            ServerError: 500 (The service failed), 212200 (The model made no diagram), 212201 (The diagram could
                not be drawn or stored).
            ContentRejected: 2406 (The content check refused the description).
            RateLimited: 3001 (Too many requests of this user are being worked on).
            ConnectFailed: The service could not be reached. It did nothing.
            OutcomeUnknown: The call may have been accepted, and paid for. It is not sent again.

        Source:
            edrawmax-diagram/SKILL.md, edrawmax-diagram/references/api-reference.md.
        """
        return await self._generate(
            FLOWCHART,
            AsyncFlowchartResult,
            {"prompt": prompt, "lang": lang, "platform": platform},
            CallOptions(timeout, extra_body, extra_headers),
        )

    @checked
    async def gantt(
        self,
        prompt: str,
        *,
        lang: Literal["en", "cn", "jp", "kr", "es", "fr", "de", "it", "tw", "pt", "ru", "id"] | None = None,
        platform: Literal["web", "win", "mac", "ios", "android", "linux"] | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
    ) -> AsyncDiagramResult:
        """Draw a Gantt chart.

        Draws a Gantt chart from a description of tasks and phases and returns it as PNG, as SVG and as
        source code.

        Args:
            prompt: What the diagram shows.
            lang: Language of the texts in the diagram. `cn`: 简体中文; `en`: English; `jp`: 日本語; `kr`: 한국어; `de`:
                Deutsch; `es`: Español; `fr`: Français; `it`: Italiano; `id`: Bahasa Indonesia; `pt`: Português;
                `ru`: Русский; `tw`: 繁體中文. One of en, cn, jp, kr, es, fr, de, it, tw, pt, ru, id. Default: cn.
            platform: The platform that the caller runs on. One of web, win, mac, ios, android, linux.
            timeout: Seconds for this call, in place of the client's.
            extra_body: Merged into the body as it is: what this client does not know yet.
            extra_headers: Sent with this call.

        Returns:
            The diagram to save.

        Raises:
            InvalidRequest: An argument is missing or out of range. Nothing was sent.
            BadRequest: 400 (A parameter is missing or has a value that is not allowed).
            ServerError: 500 (The service failed), 212200 (The model made no diagram), 212201 (The diagram could
                not be drawn or stored).
            ContentRejected: 2406 (The content check refused the description).
            RateLimited: 3001 (Too many requests of this user are being worked on).
            ConnectFailed: The service could not be reached. It did nothing.
            OutcomeUnknown: The call may have been accepted, and paid for. It is not sent again.

        Source:
            edrawmax-diagram/SKILL.md, edrawmax-diagram/references/api-reference.md.
        """
        return await self._generate(
            GANTT,
            AsyncDiagramResult,
            {"prompt": prompt, "lang": lang, "platform": platform},
            CallOptions(timeout, extra_body, extra_headers),
        )

    @checked
    async def infographic(
        self,
        prompt: str,
        *,
        lang: Literal["en", "cn", "jp", "kr", "es", "fr", "de", "it", "tw", "pt", "ru", "id"] | None = None,
        platform: Literal["web", "win", "mac", "ios", "android", "linux"] | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
    ) -> AsyncDiagramResult:
        """Draw an infographic.

        Draws an infographic from a description and returns it as PNG, as SVG and as source code.

        Args:
            prompt: What the diagram shows.
            lang: Language of the texts in the diagram. `cn`: 简体中文; `en`: English; `jp`: 日本語; `kr`: 한국어; `de`:
                Deutsch; `es`: Español; `fr`: Français; `it`: Italiano; `id`: Bahasa Indonesia; `pt`: Português;
                `ru`: Русский; `tw`: 繁體中文. One of en, cn, jp, kr, es, fr, de, it, tw, pt, ru, id. Default: cn.
            platform: The platform that the caller runs on. One of web, win, mac, ios, android, linux.
            timeout: Seconds for this call, in place of the client's.
            extra_body: Merged into the body as it is: what this client does not know yet.
            extra_headers: Sent with this call.

        Returns:
            The diagram to save.

        Raises:
            InvalidRequest: An argument is missing or out of range. Nothing was sent.
            BadRequest: 400 (A parameter is missing or has a value that is not allowed).
            ServerError: 500 (The service failed), 212200 (The model made no diagram), 212201 (The diagram could
                not be drawn or stored).
            ContentRejected: 2406 (The content check refused the description).
            RateLimited: 3001 (Too many requests of this user are being worked on).
            ConnectFailed: The service could not be reached. It did nothing.
            OutcomeUnknown: The call may have been accepted, and paid for. It is not sent again.

        Source:
            edrawmax-diagram/SKILL.md, edrawmax-diagram/references/api-reference.md.
        """
        return await self._generate(
            INFOGRAPHIC,
            AsyncDiagramResult,
            {"prompt": prompt, "lang": lang, "platform": platform},
            CallOptions(timeout, extra_body, extra_headers),
        )

    @checked
    async def mindmap(
        self,
        prompt: str,
        *,
        lang: Literal["en", "cn", "jp", "kr", "es", "fr", "de", "it", "tw", "pt", "ru", "id"] | None = None,
        platform: Literal["web", "win", "mac", "ios", "android", "linux"] | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
    ) -> AsyncDiagramResult:
        """Draw a mind map.

        Draws a mind map of a topic and returns it as PNG, as SVG and as source code.

        Args:
            prompt: What the diagram shows.
            lang: Language of the texts in the diagram. `cn`: 简体中文; `en`: English; `jp`: 日本語; `kr`: 한국어; `de`:
                Deutsch; `es`: Español; `fr`: Français; `it`: Italiano; `id`: Bahasa Indonesia; `pt`: Português;
                `ru`: Русский; `tw`: 繁體中文. One of en, cn, jp, kr, es, fr, de, it, tw, pt, ru, id. Default: cn.
            platform: The platform that the caller runs on. One of web, win, mac, ios, android, linux.
            timeout: Seconds for this call, in place of the client's.
            extra_body: Merged into the body as it is: what this client does not know yet.
            extra_headers: Sent with this call.

        Returns:
            The diagram to save.

        Raises:
            InvalidRequest: An argument is missing or out of range. Nothing was sent.
            BadRequest: 400 (A parameter is missing or has a value that is not allowed).
            ServerError: 500 (The service failed), 212200 (The model made no diagram), 212201 (The diagram could
                not be drawn or stored).
            ContentRejected: 2406 (The content check refused the description).
            RateLimited: 3001 (Too many requests of this user are being worked on).
            ConnectFailed: The service could not be reached. It did nothing.
            OutcomeUnknown: The call may have been accepted, and paid for. It is not sent again.

        Source:
            edrawmax-diagram/SKILL.md, edrawmax-diagram/references/api-reference.md.
        """
        return await self._generate(
            MINDMAP,
            AsyncDiagramResult,
            {"prompt": prompt, "lang": lang, "platform": platform},
            CallOptions(timeout, extra_body, extra_headers),
        )
