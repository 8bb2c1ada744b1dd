# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Saving files: its own retries, its own connection without any credential, every hop checked. It never submits.

A body grows in a part file and gets its name only when it is whole and is what it claims to be.
"""

from __future__ import annotations

import hashlib
import logging
import math
import re
from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import hosts, log, media
from ..deadline import Deadline
from ..decode import Decoder, codings
from ..delivery import TransportError, without_key
from ..errors import DownloadError, UntrustedHost, WondergenError
from ..hosts import HostPolicy, Target
from ..operation import Assets
from ..part import PartFile
from ..retry import DOWNLOAD, is_transient, parse_retry_after
from ..version import VERSION
from .primitives import run_blocking, run_to_end, within
from .transport import Body

if TYPE_CHECKING:
    from .origin import Origin

PROGRESS = 64 * 1024
"""What counts as something new."""
MAX_REDIRECTS = 5
STALL_SECONDS = 30.0
"""How long a server may send nothing."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_WHOLE = frozenset({200, 203})
_EXPIRED = frozenset({401, 403, 404, 410})
_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18})")
_UNSATISFIED = re.compile(r"bytes \*/(\d{1,18})")


class _Interrupted(Exception):
    """This attempt failed and the next one may not."""

    def __init__(self, reason: str, hint: float | None = None) -> None:
        self.reason = reason
        self.hint = hint
        super().__init__(reason)


class _Expired(DownloadError):
    """The URL leads nowhere any more; the task can name a fresh one."""


class Download:
    """One call of `save`: its limits and its clock."""

    def __init__(self, origin: Origin, deadline: Deadline, *, max_bytes: int, overwrite: bool) -> None:
        self._origin = origin
        self._session = origin.session
        self._operation = origin.operation
        self._assets = origin.operation.assets or Assets()
        self._max_bytes = max_bytes
        self._overwrite = overwrite
        self._fresh: list[str] | None = None
        """The URLs that the task names now, once it was asked again."""
        self._deadline = deadline

    def save_all(self, urls: list[str], folder: Path, allow_hosts: Collection[str], *, before: int = 0) -> list[Path]:
        """Return every file, in order. A URL that has expired is fetched anew from the task, once.

        `before`: files of the result that are saved already, for the numbers in the names.
        """
        if not urls:
            raise self._error("the result names no file; its `raw` has all that came")
        self._make(folder)
        self._policy = HostPolicy(
            self._assets.hosts,
            frozenset(map(hosts.in_ascii, [allow_hosts] if isinstance(allow_hosts, str) else allow_hosts)),
            hosts.is_loopback_url(self._session.base_url),
        )
        name = self._origin.task.id if self._origin.task is not None else _digest(urls[0])
        paths: list[Path] = []
        errors: list[DownloadError] = []
        for number, url in enumerate(urls):
            stem = media.file_stem(self._operation.name, name, before + number + 1)
            try:
                paths.append(self._save_or_refresh(url, number, len(urls), folder, stem))
            except DownloadError as error:
                errors.append(self._without_keys(error))
        if errors:
            raise self._not_all(paths, errors)
        if self._session.journal is not None and self._origin.task is not None:
            run_to_end(partial(self._session.journal.saved, self._origin.task.id))
        return paths

    def _save_or_refresh(self, url: str, number: int, count: int, folder: Path, stem: str) -> Path:
        """Return one file. Where its URL has expired, the task is asked for fresh ones, once for all files."""
        url = url if self._fresh is None else self._fresh[number]
        try:
            try:
                return self._save(url, folder, stem)
            except _Expired as error:
                if self._fresh is not None or self._origin.task is None:
                    raise
                self._fresh = self._fresh_urls(self._origin.task, count, error)
            return self._save(self._fresh[number], folder, stem)
        except _Expired as error:
            raise self._error(error.reason, error.host) from None

    def _not_all(self, paths: list[Path], errors: list[DownloadError]) -> DownloadError:
        """Return the error for the caller: it says what was saved, and why the rest was not."""
        if len(errors) == 1:
            error = self._without_keys(errors[0])  # one more: an error that holds itself is not pickled
        else:
            reasons = "; ".join(str(each) for each in errors[:3]) + ("; …" if len(errors) > 3 else "")
            reason = f"{len(errors)} of {len(paths) + len(errors)} files were not saved: {reasons}"
            are_refused = all(isinstance(each, UntrustedHost) for each in errors)
            error = (UntrustedHost if are_refused else DownloadError)(reason, operation=self._operation.name)
            error.__cause__ = errors[0]
        error.saved, error.failed = tuple(paths), tuple(errors)
        return error

    def _make(self, folder: Path) -> None:
        try:
            run_blocking(partial(folder.mkdir, parents=True, exist_ok=True))
        except OSError as error:
            raise self._error(f"the folder {str(folder)!r} cannot be made: {error.strerror}") from error

    def _fresh_urls(self, task: Any, count: int, cause: _Expired) -> list[str]:
        try:
            task.refresh()
            urls: list[str] = task.result_now().urls
        except WondergenError as error:
            raise self._error("the URL has expired, and the task could not be asked for a fresh one") from error
        if len(urls) != count:
            raise self._error("the URL has expired, and the task no longer names the same files") from cause
        return urls

    def _save(self, url: str, folder: Path, stem: str) -> Path:
        """Return one file, in as many attempts as it takes."""
        existing = None if self._overwrite else media.existing_file(folder, stem)
        if existing is not None and existing.stat().st_size == 0:
            existing = None  # left over from a crash
        failures, last = 0, ""
        try:
            with PartFile(folder / f"{stem}.part") as part:
                while True:
                    before = part.size
                    try:
                        with within(None if math.isinf(self._deadline.remaining) else self._deadline.remaining):
                            return self._attempt(url, part, folder / stem, existing, failures)
                    except _Interrupted as error:
                        fault = error
                    except TransportError as error:
                        fault = _Interrupted(f"the connection failed: {error}")
                    except TimeoutError:
                        fault = _Interrupted(f"the time for it is up{last}")
                    last = last or f"; before that, {fault.reason}"
                    failures = 1 if part.size - before >= PROGRESS else failures + 1
                    if failures >= (DOWNLOAD.in_a_row or 1) or self._deadline.passed:
                        note = f"; {part.size} bytes are kept, save() goes on from there" if part.validator else ""
                        raise self._error(f"{fault.reason}{note}") from fault
                    log.record(
                        logging.INFO, "download to be tried again", file=stem, reason=self._session.scrub(fault.reason)
                    )
                    self._session.clock.sleep(self._pause(failures, fault.hint))
        except OSError as error:
            raise self._error(f"cannot write {stem}: {error.strerror or error}") from error

    def _pause(self, failures: int, hint: float | None) -> float:
        return min(DOWNLOAD.pause(failures, self._session.jitter(), hint), self._deadline.remaining)

    def _attempt(self, url: str, part: PartFile, final: Path, existing: Path | None, number: int) -> Path:
        """Follow the redirects, each hop checked like the first, and take what is at their end."""
        headers = {"Accept": "*/*", "Accept-Encoding": "identity", "User-Agent": f"wondergen/{VERSION}"}
        if part.validator is not None and existing is None:
            headers |= {"Range": f"bytes={part.size}-", "If-Range": part.validator}
        target = self._policy.check_url(url)
        for _ in range(MAX_REDIRECTS + 1):
            address = self._address(target, number)
            with self._ask(target, address, headers) as reply:
                if reply.status not in _REDIRECTS:
                    return self._take(reply, target, part, final, existing)
                location = reply.headers.get("location")
            if location is None:
                raise self._error(f"HTTP {reply.status} without a location", target.host)
            target = self._policy.check_url(target.join(location))
        raise self._error(f"redirected more than {MAX_REDIRECTS} times", target.host)

    def _address(self, target: Target, number: int) -> str | None:
        """Return a checked IP address, another for each attempt: it is connected to, since a name may change.

        None where not this machine but a proxy looks the name up.
        """
        if not self._session.transport.resolves(target):
            if hosts.is_address(target.host):
                self._policy.check_addresses(target, (target.host,))
            return None
        try:
            ip_addresses = run_blocking(partial(hosts.resolve, target.host, target.port))
        except OSError as error:
            raise _Interrupted(f"the host {target.host} was not found") from error
        addresses = self._policy.check_addresses(target, ip_addresses)
        return addresses[number % len(addresses)]

    def _ask(self, target: Target, address: str | None, headers: Mapping[str, str]) -> AbstractContextManager[Body]:
        timeout = min(STALL_SECONDS, max(self._deadline.remaining, 0.01))
        return self._session.transport.open(target, headers, timeout, address)

    def _take(self, reply: Body, target: Target, part: PartFile, final: Path, existing: Path | None) -> Path:
        if reply.status in _EXPIRED:
            raise _Expired(f"HTTP {reply.status}: the URL has expired or is not allowed", host=target.host)
        size = self._begin(reply, target, part)
        if existing is not None and size is not None:
            part.discard()
            return self._same(existing, size)
        if reply.status != 416:
            self._receive(reply, target, part, size)
        has_length = size is not None or "transfer-encoding" in reply.headers
        return run_blocking(partial(self._finish, part, final, target, has_length, existing))

    def _begin(self, reply: Body, target: Target, part: PartFile) -> int | None:
        """Read the head of a reply: where its body goes, and how large the file will be, if it says so."""
        status = reply.status
        if is_transient(status):
            hint = parse_retry_after(
                reply.headers.get("retry-after"), self._session.clock.time(), reply.headers.get("date")
            )
            raise _Interrupted(f"HTTP {status}", hint)
        if status == 416:
            whole = _UNSATISFIED.fullmatch(reply.headers.get("content-range") or "")
            is_whole = whole is not None and int(whole[1]) == part.size and _is_all(part)
            if part.validator is not None and is_whole:
                return part.size
            part.restart(None)
            raise _Interrupted("the server has another version of the file")
        size: int | None
        if status == 206:
            size = self._resume(reply, part)
        elif status in _WHOLE:
            size = self._whole(reply, target, part)
        else:
            raise self._error(f"HTTP {status}", target.host)
        if size is not None and size > self._max_bytes:
            part.discard()
            raise self._error(f"the file has {size} bytes, more than max_bytes={self._max_bytes}", target.host)
        return size

    def _whole(self, reply: Body, target: Target, part: PartFile) -> int | None:
        coding = _encoding(reply)
        if coding not in ("", "gzip", "deflate"):
            raise self._error(f"the body is encoded as {coding[:40]!r}, which was not asked for", target.host)
        length = reply.headers.get("content-length", "")
        size = int(length) if length.isdecimal() and not coding else None
        place = _RANGE.fullmatch(reply.headers.get("content-range") or "")
        if place is not None and not coding and (int(place[1]), int(place[2]) + 1) != (0, int(place[3])):
            raise _Interrupted("the server sent a part of the file as the whole")
        part.restart(None if coding else _validator(reply), size)
        return size

    def _resume(self, reply: Body, part: PartFile) -> int:
        """Return the rest of the version we have the beginning of. Anything else means to start again."""
        place = _RANGE.fullmatch(reply.headers.get("content-range") or "")
        is_other_version = _validator(reply) not in (None, part.validator)
        is_next = place is not None and int(place[1]) == part.size and part.total in (None, int(place[3]))
        if place is None or not is_next or is_other_version or _encoding(reply):
            part.restart(None)
            raise _Interrupted("the server sent another part than asked for")
        return int(place[3])

    def _receive(self, reply: Body, target: Target, part: PartFile, size: int | None) -> None:
        coding = _encoding(reply)
        decoder = Decoder(coding) if coding else None
        try:
            for chunk in reply.chunks():
                for piece in (chunk,) if decoder is None else decoder.feed(chunk):
                    if part.size + len(piece) > self._max_bytes:
                        part.discard()
                        raise self._error(f"the file has more than max_bytes={self._max_bytes}", target.host)
                    part.write(piece)
                if self._deadline.passed:
                    raise TimeoutError
            if decoder is not None:
                decoder.end()
        except ValueError as error:
            raise _Interrupted(str(error)) from error
        if size is not None and part.size != size:
            raise _Interrupted(f"the body ended after {part.size} of {size} bytes")

    def _same(self, existing: Path, size: int) -> Path:
        """Return the file of an earlier call, if it has the size that the server states."""
        if size != existing.stat().st_size:
            raise self._error(f"{existing.name} is there with another size; overwrite=True replaces it")
        return existing

    def _finish(self, part: PartFile, final: Path, target: Target, has_length: bool, existing: Path | None) -> Path:
        """Check the bytes and give them their name."""
        extension = media.sniff(part.head())
        kind = self._assets.media if self._assets.at else "file"
        if part.size == 0 or not media.accepts(kind, extension):
            kind_found = extension or ("of no known type" if part.size else "empty")
            part.discard()
            raise self._error(f"what came is {kind_found}, not {_a(kind)}", target.host)
        if not has_length and media.is_complete(part.path, extension) is False:
            raise _Interrupted("the body was cut")
        if existing is not None:  # the server did not say its size before
            part.discard()
            return self._same(existing, part.size)
        path = part.finish(final.with_name(f"{final.name}.{extension or 'bin'}"))
        log.record(logging.INFO, "saved", file=path.name, bytes=part.size, host=self._session.scrub(target.host))
        return path

    def _without_keys(self, error: DownloadError) -> DownloadError:
        """Return an error without any key of the client: the service may have put one into the URL of a file."""
        scrub = self._session.scrub
        host = None if error.host is None else scrub(error.host)
        clean = type(error)(scrub(error.reason), host=host, operation=self._operation.name)
        clean.__cause__ = without_key(error.__cause__, scrub)
        return clean

    def _error(self, reason: str, host: str | None = None) -> DownloadError:
        return DownloadError(reason, host=host, operation=self._operation.name)


def _is_all(part: PartFile) -> bool:
    """Return whether what has arrived is the whole file: by its size, else by its structure."""
    if part.total is not None:
        return part.size == part.total
    return media.is_complete(part.path, media.sniff(part.head())) is True


def _encoding(reply: Body) -> str:
    return ", ".join(codings(reply.headers.get("content-encoding")))


def _validator(reply: Body) -> str | None:
    """Return a strong ETag, else the date: what If-Range may carry."""
    etag = (reply.headers.get("etag") or "").strip()
    return etag if etag.startswith('"') else reply.headers.get("last-modified")


def _digest(url: str) -> str:
    """Return a name for a result without a task: the same for the same file, whatever its signature."""
    return hashlib.sha256(url.partition("?")[0].encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
