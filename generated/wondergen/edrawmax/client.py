# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Client of EdrawMax."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from typing import TYPE_CHECKING, Literal

from .._runtime.lazy_imports import Module
from .._runtime.local_files import Uploader
from .._runtime.request import CallOptions
from .._runtime.sync.choose import HTTPClient
from .._runtime.sync.client import APIClient
from .operations import FLOWCHART, GANTT, INFOGRAPHIC, MINDMAP, SERVICE

if TYPE_CHECKING:
    from . import models
    from . import results as _results
else:
    # Imported when one of their names is first used: pydantic and the models take longer than the rest of a client.
    models = Module(__package__, "models")
    _results = Module(__package__, "results")


class EdrawMax(APIClient):
    """Client of EdrawMax.

    Diagrams from a description in natural language: flowcharts, infographics, Gantt charts and mind
    maps. An unofficial description, reconciled from the vendor's documents; not affiliated with or
    endorsed by the vendor.

    Args:
        user_id: Identifies the calling user to the service. It is the same on every call, so it is given to
            the client once. Sent as the header X-User-ID.
        base_url: URL of the service. Default: https://api.edrawmax.cn/api/ai.
        timeout: Seconds that one call may take. Default: 120, and 30 for a call that costs nothing.
        max_retries: How often a request may be sent again if that cannot charge twice. Default: 2.
        http_client: An httpx.Client of your own, for a proxy or a pool. You close it.
        extra_headers: Headers that are sent with every call.
        uploader: Function that uploads the file at a path and returns its https URL. Default: none.
        journal: SQLite file that records each paid call before it is sent. Default: none.

    Errors:
        BadRequest: 400 (A parameter is missing or has a value that is not allowed).
        ServerError: 500 (The service failed), 212200 (The model made no diagram), 212201 (The diagram could
            not be drawn or stored).
        ContentRejected: 2406 (The content check refused the description).
        RateLimited: 3001 (Too many requests of this user are being worked on).
    """

    def __init__(
        self,
        *,
        user_id: str | None = None,
        base_url: str | None = None,
        timeout: float | None = None,
        max_retries: int = 2,
        http_client: HTTPClient | None = None,
        extra_headers: Mapping[str, str] | None = None,
        journal: str | PathLike[str] | None = None,
        uploader: Uploader | None = None,
    ) -> None:
        super().__init__(
            SERVICE,
            lambda: _results.RESULTS,
            credentials={},
            client_headers={"user_id": user_id},
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            http_client=http_client,
            extra_headers=extra_headers,
            journal=journal,
            uploader=uploader,
        )

    def flowchart(
        self,
        prompt: str,
        *,
        lang: Literal["en", "cn", "jp", "kr", "es", "fr", "de", "it", "tw", "pt", "ru", "id"] | None = None,
        platform: Literal["web", "win", "mac", "ios", "android", "linux"] | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> _results.FlowchartResult:
        """Draw a flowchart from a description.

        The diagram comes as PNG, as SVG and as Mermaid source.

        Best for: Processes and workflows; Steps and decisions.

        Args:
            prompt: What the diagram shows. Not empty.
            lang: Language of the texts in the diagram. `en`: English. `cn`: Simplified Chinese. `jp`: Japanese.
                `kr`: Korean. `es`: Spanish. `fr`: French. `de`: German. `it`: Italian. `tw`: Traditional
                Chinese. `pt`: Portuguese. `ru`: Russian. `id`: Indonesian. Default: cn.
            platform: The platform that the caller runs on. One of web, win, mac, ios, android, linux.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The FlowchartResult, whose `save()` saves the diagram.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of EdrawMax lists the codes and
                their classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return self._generate(
            FLOWCHART,
            _results.FlowchartResult,
            {
                "prompt": prompt,
                "lang": lang,
                "platform": platform,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )

    def gantt(
        self,
        prompt: str,
        *,
        lang: Literal["en", "cn", "jp", "kr", "es", "fr", "de", "it", "tw", "pt", "ru", "id"] | None = None,
        platform: Literal["web", "win", "mac", "ios", "android", "linux"] | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> _results.DiagramResult:
        """Draw a Gantt chart from a description of tasks and phases.

        The diagram comes as PNG, as SVG and as source code.

        Best for: Plans and schedules of projects; Phases and deadlines.

        Args:
            prompt: What the diagram shows. Not empty.
            lang: Language of the texts in the diagram. `en`: English. `cn`: Simplified Chinese. `jp`: Japanese.
                `kr`: Korean. `es`: Spanish. `fr`: French. `de`: German. `it`: Italian. `tw`: Traditional
                Chinese. `pt`: Portuguese. `ru`: Russian. `id`: Indonesian. Default: cn.
            platform: The platform that the caller runs on. One of web, win, mac, ios, android, linux.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The DiagramResult, whose `save()` saves the diagram.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of EdrawMax lists the codes and
                their classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return self._generate(
            GANTT,
            _results.DiagramResult,
            {
                "prompt": prompt,
                "lang": lang,
                "platform": platform,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )

    def infographic(
        self,
        prompt: str,
        *,
        lang: Literal["en", "cn", "jp", "kr", "es", "fr", "de", "it", "tw", "pt", "ru", "id"] | None = None,
        platform: Literal["web", "win", "mac", "ios", "android", "linux"] | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> _results.DiagramResult:
        """Draw an infographic from a description.

        The diagram comes as PNG, as SVG and as source code.

        Best for: Figures and statistics; Comparisons.

        Args:
            prompt: What the diagram shows. Not empty.
            lang: Language of the texts in the diagram. `en`: English. `cn`: Simplified Chinese. `jp`: Japanese.
                `kr`: Korean. `es`: Spanish. `fr`: French. `de`: German. `it`: Italian. `tw`: Traditional
                Chinese. `pt`: Portuguese. `ru`: Russian. `id`: Indonesian. Default: cn.
            platform: The platform that the caller runs on. One of web, win, mac, ios, android, linux.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The DiagramResult, whose `save()` saves the diagram.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of EdrawMax lists the codes and
                their classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return self._generate(
            INFOGRAPHIC,
            _results.DiagramResult,
            {
                "prompt": prompt,
                "lang": lang,
                "platform": platform,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )

    def mindmap(
        self,
        prompt: str,
        *,
        lang: Literal["en", "cn", "jp", "kr", "es", "fr", "de", "it", "tw", "pt", "ru", "id"] | None = None,
        platform: Literal["web", "win", "mac", "ios", "android", "linux"] | None = None,
        timeout: float | None = None,
        extra_body: Mapping[str, object] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> _results.DiagramResult:
        """Draw a mind map of a topic.

        The diagram comes as PNG, as SVG and as source code.

        Best for: The structure of a topic; Collecting ideas.

        Args:
            prompt: What the diagram shows. Not empty.
            lang: Language of the texts in the diagram. `en`: English. `cn`: Simplified Chinese. `jp`: Japanese.
                `kr`: Korean. `es`: Spanish. `fr`: French. `de`: German. `it`: Italian. `tw`: Traditional
                Chinese. `pt`: Portuguese. `ru`: Russian. `id`: Indonesian. Default: cn.
            platform: The platform that the caller runs on. One of web, win, mac, ios, android, linux.
            timeout: Seconds that this call may take. Default: the client's timeout.
            extra_body: Fields that are merged into the request body, for what this client does not know yet.
            extra_headers: Headers that are sent with this call.
            key: Your name for this call, for a client with `journal=`. A second call with this key returns the
                same task or result and sends nothing.

        Returns:
            The DiagramResult, whose `save()` saves the diagram.

        Raises:
            InvalidRequest: An argument is missing or not allowed. Nothing was sent.
            APIError: The service refused the call or failed. The docstring of EdrawMax lists the codes and
                their classes.
            ConnectFailed: The service could not be reached. It has not received the request.
            OutcomeUnknown: The service may have accepted the call and charged for it. It is not sent again.
        """
        return self._generate(
            MINDMAP,
            _results.DiagramResult,
            {
                "prompt": prompt,
                "lang": lang,
                "platform": platform,
            },
            CallOptions(timeout, extra_body, extra_headers, key),
        )
