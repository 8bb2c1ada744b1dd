"""What the calls, tasks, results and downloads of one client share: where the service is, the clock, the way to it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urljoin, urlsplit

from .. import extras, log
from ..bodies import scrub_body
from ..deadline import Deadline
from ..errors import ArgumentFault, UntrustedHost, WondergenError
from ..operation import Operation, Service
from ..reply import Answer
from ..request import CallOptions, ClientHeaders, WireRequest, build
from ..token import in_type
from .primitives import run_to_end

if TYPE_CHECKING:
    from ..call_event import Events
    from ..journal import Journal
    from ..local_files import Uploader
    from .exchange import AsyncExchange
    from .primitives import AsyncClock, AsyncSlot
    from .transport import AsyncTransport

Results: TypeAlias = Callable[[], Mapping[str, tuple[Operation, type[Any]]]]
"""Returns the operations that start tasks by name, each with the class of its result, which are loaded then."""

_NO_OPTIONS = CallOptions()


class AsyncSession:
    """One client's view of its service. It holds the keys, so it has no repr of them and is never pickled."""

    __slots__ = (
        "base_url",
        "clock",
        "events",
        "exchange",
        "headers",
        "is_closed",
        "jitter",
        "journal",
        "results",
        "service",
        "timeout",
        "transport",
        "uploader",
    )

    def __init__(
        self,
        *,
        service: Service,
        results: Results,
        base_url: str,
        timeout: float,
        headers: ClientHeaders,
        clock: AsyncClock,
        jitter: Callable[[], float],
        transport: AsyncTransport,
        exchange: AsyncExchange,
        journal: Journal | None,
        uploader: Uploader | None,
    ) -> None:
        self.service = service
        self.results = results
        self.base_url = base_url
        """Without a slash at the end."""
        self.timeout = timeout
        """Seconds for a whole call, where the call does not say."""
        self.headers = headers
        self.clock = clock
        self.jitter = jitter
        self.transport = transport
        self.exchange = exchange
        self.journal = journal
        self.uploader = uploader
        """Puts local files where the service can fetch them."""
        self.events: Events | None = None
        """Called with what each finished step took."""
        self.is_closed = False

    def build(
        self,
        operation: Operation,
        arguments: Mapping[str, object],
        options: CallOptions,
        trusted: Collection[str] = (),
    ) -> WireRequest:
        """Return the request of a call, or raise InvalidRequest with all that is wrong with it.

        `trusted` names the arguments that the service gave itself.
        """
        if self.is_closed:
            raise WondergenError(f"{operation.name}: this client is closed. Nothing was sent.")
        if options.key is not None and self.journal_of_calls() is None:
            problem = "needs a journal: make the client with journal=FILE, where the keys are remembered"
            options = options.with_faults(ArgumentFault("key", problem))
        base_url = self._base_of(operation)
        request = build(operation, arguments, options, base_url=base_url, headers=self.headers, trusted=trusted)
        if options.key is not None and extras.is_stand_in():  # which has another port in each process
            place, body = request.url.removeprefix(self.base_url), (request.body or b"").decode("utf-8", "replace")
            return request.with_identity(f"{request.method} {place}\n{body}")
        return request

    def _base_of(self, operation: Operation) -> str:
        """Return the URL of the server of an operation. A client that was given another `base_url` uses that alone."""
        is_documented = operation.server and self.base_url == self.service.base_url
        return operation.server if is_documented else self.base_url

    async def poll(
        self, operation: Operation, task_id: str, deadline: Deadline, place: AsyncSlot | None = None
    ) -> Answer:
        """Look once at a task that `operation` started. `place`: held at the gate."""
        spec = operation.task
        assert spec is not None
        has_argument = bool(spec.poll_argument)
        arguments = {spec.poll_argument: task_id} if has_argument else {}
        request = self._request(spec.poll, arguments, None if has_argument else task_id, spec.url_hosts)
        with log.context({"task": task_id}):
            return await self.exchange.run(spec.poll, request, self._limit(deadline), place=place)

    async def ask(
        self,
        operation: Operation,
        arguments: Mapping[str, object],
        deadline: Deadline,
        url: str | None = None,
        hosts: tuple[str, ...] = (),
    ) -> Answer:
        """Call an operation of a task, at a `url` that a reply gave where there is one. `hosts`: see `own_url`."""
        request = self._request(operation, arguments, url, hosts)
        return await self.exchange.run(operation, request, self._limit(deadline))

    def _request(
        self, operation: Operation, arguments: Mapping[str, object], url: str | None, hosts: tuple[str, ...]
    ) -> WireRequest:
        request = self.build(operation, in_type(operation, arguments), _NO_OPTIONS, trusted=arguments.keys())
        return request if url is None else request.at(self.own_url(operation, url, hosts))

    def _limit(self, deadline: Deadline) -> Deadline:
        """Return the deadline of one request of a wait that ends at `deadline`."""
        return Deadline(min(self.timeout, deadline.remaining), self.clock.monotonic)

    def own_url(self, operation: Operation, url: str, hosts: tuple[str, ...] = (), page: str = "") -> str:
        """Return a URL of a reply, if it is one of the service's: keys go nowhere else. Raises UntrustedHost.

        `hosts`: suffixes of other hosts of the service. `page`: the URL that a relative one starts from.
        """
        own = self._base_of(operation)
        base, target = urlsplit(own), urlsplit(urljoin(page or f"{own}/", url))
        is_own = (target.scheme, target.netloc) == (base.scheme, base.netloc) or (
            target.scheme == "https" and target.netloc == target.hostname and _is_one_of(target.netloc, hosts)
        )
        if not is_own or not target.geturl().isprintable():
            reason = "a reply names a URL of another host, where no key is sent"
            raise UntrustedHost(reason, host=self.scrub(target.hostname or ""), operation=operation.name)
        return target.geturl()

    def deadline(self, options: CallOptions) -> Deadline:
        """Return the deadline of a call that begins now."""
        return Deadline(options.timeout or self.timeout, self.clock.monotonic)

    def journal_of_calls(self) -> Journal | None:
        """Return the journal of the batch that makes the call, or else the client's."""
        extra = extras.current()
        return self.journal if extra is None else extra.journal

    def scrub(self, text: str) -> str:
        """Return foreign text without any key of the client: a service may echo one."""
        return self.headers.credentials.scrub(text)

    def without_keys(self, body: object) -> object:
        """Return what came in a reply without any key of the client: for errors and for files."""
        try:
            return scrub_body(body, self.scrub)
        except (ValueError, TypeError, RecursionError):  # it is not JSON
            return self.scrub(repr(body))

    async def aclose(self) -> None:
        """Close the connections and the journal."""
        self.is_closed = True
        await self.transport.aclose()
        if self.journal is not None:
            await run_to_end(self.journal.close)


def _is_one_of(host: str, suffixes: tuple[str, ...]) -> bool:
    """Return whether a host is one of those that a task may be asked for at."""
    from ..hosts import has_suffix  # few services have any

    return any(has_suffix(host, suffix) for suffix in suffixes)
