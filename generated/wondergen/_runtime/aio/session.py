# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What the calls, tasks, results and downloads of one client share: where the service is, the clock, the way to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from .. import extras, log
from ..deadline import Deadline
from ..delivery import Received
from ..errors import ArgumentFault, UntrustedHost, WondergenError
from ..operation import Operation, Service
from ..reply import Answer
from ..request import CallOptions, ClientHeaders, WireRequest, build
from ..telemetry import Events
from ..uploads import Uploader
from .exchange import AsyncExchange
from .primitives import AsyncClock
from .transport import AsyncTransport

if TYPE_CHECKING:
    from ..journal import Journal


@dataclass(slots=True, eq=False, repr=False)
class AsyncSession:
    """One client's view of its service. It holds the keys, so it has no repr and is never pickled."""

    service: Service
    base_url: str
    """Without a slash at the end."""
    timeout: float
    """Seconds for a whole call, where the call does not say."""
    headers: ClientHeaders
    clock: AsyncClock
    jitter: Callable[[], float]
    transport: AsyncTransport
    exchange: AsyncExchange
    journal: Journal | None
    uploader: Uploader | None = None
    """Puts local files where the service can fetch them."""
    events: Events | None = None
    """Called with what each finished step took."""
    is_closed: bool = False

    def build(self, operation: Operation, arguments: Mapping[str, object], options: CallOptions) -> WireRequest:
        """Return the request of a call, or raise InvalidRequest with all that is wrong with it."""
        if self.is_closed:
            raise WondergenError(f"{operation.name}: this client is closed. Nothing was sent.")
        if options.key is not None and self.journal_of_calls() is None:
            problem = "needs a journal: make the client with journal=FILE, where the keys are remembered"
            options = replace(options, faults=(ArgumentFault("key", problem),))
        request = build(operation, arguments, options, base_url=self._base_of(operation), headers=self.headers)
        if options.key is not None and extras.is_stand_in():  # which has another port in each process
            place, body = request.url.removeprefix(self.base_url), (request.body or b"").decode("utf-8", "replace")
            return replace(request, identity=f"{request.method} {place}\n{body}")
        return request

    def _base_of(self, operation: Operation) -> str:
        """Return the URL of the server of an operation. A client that was given another `base_url` uses that alone."""
        is_documented = operation.server and self.base_url == self.service.base_url
        return operation.server if is_documented else self.base_url

    async def run(
        self, operation: Operation, request: WireRequest, deadline: Deadline, received: Received | None = None
    ) -> Answer:
        """Send a request as often as it may be sent, and return its answer."""
        return await self.exchange.run(operation, request, deadline, self.scrub, received)

    async def poll(self, operation: Operation, task_id: str, deadline: Deadline) -> object:
        """Look once at a task that `operation` started: the decoded body of the reply."""
        spec = operation.task
        assert spec is not None
        with log.context(task=task_id):
            if spec.poll_argument:
                return await self.ask(spec.poll, {spec.poll_argument: task_id}, deadline)
            return await self.ask(spec.poll, {}, deadline, task_id)

    async def ask(
        self, operation: Operation, arguments: Mapping[str, object], deadline: Deadline, url: str | None = None
    ) -> object:
        """Call an operation of a task, at a `url` that a reply gave where there is one; return the decoded body."""
        request = self.build(operation, arguments, CallOptions())
        if url is not None:
            request = replace(request, url=self.own_url(operation, url))
        limit = Deadline(deadline.clip(self.timeout), self.clock.monotonic)
        return (await self.run(operation, request, limit)).body

    def own_url(self, operation: Operation, url: str) -> str:
        """Return a URL of a reply, if it is one of the service's: keys go nowhere else. Raises UntrustedHost."""
        own = self._base_of(operation)
        base, found = urlsplit(own), urlsplit(urljoin(f"{own}/", url))
        if (found.scheme, found.netloc) != (base.scheme, base.netloc) or not found.geturl().isprintable():
            reason = "a reply names a URL of another host, where no key is sent"
            raise UntrustedHost(reason, host=found.hostname, operation=operation.name)
        return found.geturl()

    def deadline(self, options: CallOptions) -> Deadline:
        """Return the deadline of a call that begins now."""
        return Deadline(options.timeout or self.timeout, self.clock.monotonic)

    def journal_of_calls(self) -> Journal | None:
        """Return the journal of the batch that makes the call, or else the client's."""
        given = extras.current()
        return self.journal if given is None else given.journal

    def scrub(self, text: str) -> str:
        """Return foreign text without any key of the client: a service may echo one."""
        return self.headers.credentials.scrub(text)

    async def aclose(self) -> None:
        """Close the connections and the journal."""
        self.is_closed = True
        await self.transport.aclose()
        if self.journal is not None:
            self.journal.close()
