# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Keys: where they come from, which header carries them, and how they stay out of everything else."""

from __future__ import annotations

import functools
import inspect
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NoReturn, TypeAlias
from urllib.parse import quote, quote_plus

from .delivery import bare
from .errors import MissingCredentials
from .headers import value_fault
from .operation import AuthHeader, Operation, Service

Key: TypeAlias = str | Callable[[], str]
"""A key, or a plain function that gives the one that is valid now, for sync and async clients alike.

It is called once for each request, and not again after a 401: a function that keeps a token has to know when it ends.
"""
HIDDEN = "***"
NO_KEY = "not-a-key"
"""Stands in for a credential where none is needed: a call is only checked, or goes to the offline stand-in."""
SHORTEST = 4
"""Characters of a key that is taken out of what a service says: a shorter one stands in many a word."""
SHORTEST_IN_LOWER_CASE = 8
MOST_REMEMBERED = 50
"""Keys of one client that are known at a time: a function may give another one for each call."""
_IN_A_PAGE = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})
_ENCODED = re.compile("%[0-9A-F]{2}")
_PLAIN = re.compile(r"[A-Za-z0-9_.~-]*")
"""What no way of writing changes."""


class Secret:
    """A text that no repr, log or pickle shows."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the text itself: for the request to the vendor's host, nothing else."""
        return self._value

    def __repr__(self) -> str:
        return f"Secret({HIDDEN})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled: make the client anew where it is needed")


class Headers:
    """The headers of one request. No mapping, and names only in its repr: what prints local variables shows no key."""

    __slots__ = ("_encoded", "_items", "wire_headers")

    def __init__(self, *layers: Iterable[tuple[str, Secret]]) -> None:
        self._items: dict[str, tuple[str, Secret]] = {}
        for layer in layers:
            for name, value in layer:
                self._items[name.lower()] = (name, value)
        self._encoded: tuple[tuple[bytes, bytes], ...] | None = None
        self.wire_headers: dict[tuple[bytes, int | None], Any] = {}
        """What a transport has made of them, by host and length of the body."""

    def items(self) -> tuple[tuple[str, Secret], ...]:
        """Name and value, each name once: a later layer wins."""
        return tuple(self._items.values())

    def encoded(self) -> tuple[tuple[bytes, bytes], ...]:
        """Return name and value as they go on the wire: for the transport alone."""
        if self._encoded is None:
            items = self._items.values()
            self._encoded = tuple((name.encode("ascii"), value.reveal().encode("latin-1")) for name, value in items)
        return self._encoded

    def __repr__(self) -> str:
        return f"Headers({', '.join(name for name, _ in self._items.values())})"


def stand_ins(service: Service) -> dict[str, str]:
    """Return the credentials of a service for a client that needs none."""
    return {one.argument: NO_KEY for one in service.credentials}


class Credentials:
    """The keys of one client."""

    __slots__ = ("_auth", "_forms", "_functions", "_keys", "_service", "_used")

    def __init__(self, service: Service, arguments: Mapping[str, Key | None], environment: Mapping[str, str]) -> None:
        self._service = service
        self._keys, self._functions = _resolve(service, arguments, environment)
        self._used: dict[str, None] = {}
        self._forms: tuple[str, ...] = ()
        """How the keys that were used may stand in what a service says, the longest first."""
        self._auth = tuple((header, self._value(header)) for header in service.auth if self._has(header, fixed=True))

    @property
    def are_fixed(self) -> bool:
        """Whether no function gives a key: then each call of an operation has the same."""
        return not self._functions

    def _has(self, header: AuthHeader, *, fixed: bool = False) -> bool:
        arguments = self._keys.keys() if fixed else self._keys.keys() | self._functions.keys()
        return all(argument in arguments for argument in header.credentials)

    def _value(self, header: AuthHeader) -> Secret:
        keys = {argument: self._key(argument) for argument in header.credentials}
        value = _header_value(header, keys)
        new = [key for key in dict.fromkeys((*keys.values(), _last_word(value))) if key not in self._used]
        if new:
            keys_in_use = [*self._used, *new][-MOST_REMEMBERED:]
            forms = {form for key in keys_in_use for form in _written_forms(key)}
            self._used, self._forms = dict.fromkeys(keys_in_use), tuple(sorted(forms, key=len, reverse=True))
        return Secret(value)

    def _key(self, argument: str) -> str:
        if argument not in self._functions:
            return self._keys[argument].reveal()
        value = self._functions[argument]()
        problem = "is nothing" if value is None else _fault(value)
        if inspect.iscoroutine(value):
            value.close()
            problem = "has to be awaited: give a plain function that returns the key"
        if problem is not None:
            del value  # it may be most of a key, and a traceback shows local variables
            raise MissingCredentials(self._service.name, [f"the function given as {argument}= gives what {problem}"])
        return value

    def auth_of(self, operation: Operation) -> Auth:
        """Return what authenticates a call of an operation: the first alternative of which every key is there."""
        if operation.security is None:
            return tuple((header, self._current(header)) for header in self._service.auth if self._has(header))
        by_name = {header.name: header for header in self._service.auth}
        for names in sorted(operation.security, key=lambda names: not names):
            headers = [by_name[name] for name in names]
            if all(self._has(header) for header in headers):
                return tuple((header, self._current(header)) for header in headers)
        if not operation.security:
            return ()
        ways = [" and ".join(self._needed_keys(by_name[name]) for name in names) for names in operation.security]
        raise MissingCredentials(self._service.name, [f"{operation.name} needs {' or '.join(dict.fromkeys(ways))}"])

    def _needed_keys(self, header: AuthHeader) -> str:
        rows = [row for row in self._service.credentials if row.argument in header.credentials]
        return " and ".join(f"{row.argument}= ({row.variable})" for row in rows)

    def _current(self, header: AuthHeader) -> Secret:
        return next((value for other, value in self._auth if other is header), None) or self._value(header)

    def names(self) -> frozenset[str]:
        """Return the authenticating headers, in lower case."""
        return frozenset(header.header.lower() for header in self._service.auth if header.location == "header")

    def scrub(self, text: str) -> str:
        """Return the text without any key: a service may echo one."""
        for form in self._forms:
            if form in text:
                text = text.replace(form, HIDDEN)
        return text

    def __repr__(self) -> str:
        return f"Credentials({', '.join(header.header for header in self._service.auth)})"


_IN_COOKIE = "!#$%&'()*+-./:<=>?@[]^_`{|}~"
Auth: TypeAlias = tuple[tuple[AuthHeader, Secret], ...]


def key_headers(auth: Auth) -> tuple[tuple[str, Secret], ...]:
    """Return the headers that authenticate a request, the cookies apart."""
    return tuple((row.header, value) for row, value in auth if row.location == "header")


def key_query(auth: Auth) -> Secret | None:
    """Return the part of the query that authenticates a request; None where none does."""
    rows = [(row, value) for row, value in auth if row.location == "query"]
    pairs = [f"{quote(row.header, safe='')}={quote(value.reveal(), safe='')}" for row, value in rows]
    return Secret("&".join(pairs)) if pairs else None


def key_cookies(auth: Auth) -> tuple[str, ...]:
    """Return the cookies that authenticate a request. What may stand in a cookie stays: services do not decode it."""
    rows = [(row, value) for row, value in auth if row.location == "cookie"]
    return tuple(f"{row.header}={quote(value.reveal(), safe=_IN_COOKIE)}" for row, value in rows)


def _resolve(
    service: Service, arguments: Mapping[str, Key | None], environment: Mapping[str, str]
) -> tuple[dict[str, Secret], dict[str, Callable[[], str]]]:
    """Return the keys that there are, and the functions that give them. Raises MissingCredentials."""
    keys: dict[str, Secret] = {}
    functions: dict[str, Callable[[], str]] = {}
    problems: list[str] = []
    for credential in service.credentials:
        value: object = arguments.get(credential.argument)
        if callable(value):
            functions[credential.argument] = value
            continue
        source = f"{credential.argument}="
        if value is None:
            value = environment.get(credential.variable)
            source = credential.variable
        if value is None and not service.keys_required:
            continue
        is_empty = credential.may_be_empty and arguments.get(credential.argument) == ""
        fault = None if is_empty else _fault(value)
        if fault is None:
            keys[credential.argument] = Secret(str(value))
            continue
        if value is None:
            fault = f"no {credential.argument}: set {credential.variable} or pass {credential.argument}="
        else:
            fault = f"{source} {fault}: set {credential.variable} or pass {credential.argument}="
        problems.append(f"{fault} (where to get one: {credential.obtain})" if credential.obtain else fault)
    for header in service.auth:
        user = keys.get(header.credentials[0]) if header.scheme == "basic" else None
        if user is not None and ":" in user.reveal():
            problems.append(f"{header.credentials[0]} has a colon, which Basic authentication cannot carry")
    if problems:
        raise MissingCredentials(service.name, problems)
    return keys, functions


def _fault(value: object) -> str | None:
    """Return why a value cannot be a key. The message never shows the value."""
    if value is None:
        return "is missing"
    if isinstance(value, str) and not value.strip():
        return "is empty"
    return value_fault(value)


def _header_value(header: AuthHeader, keys: Mapping[str, str]) -> str:
    if header.scheme == "basic":
        import base64

        user, password = (keys[argument] for argument in header.credentials)
        return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")
    key = keys[header.credentials[0]]
    return f"Bearer {key}" if header.scheme == "bearer" else header.prefix + key


def _last_word(value: str) -> str:
    return value.rsplit(" ", 1)[-1]


def _written_forms(key: str) -> Iterator[str]:
    """Yield a key as a reply may have it: as it is, in JSON, in a URL, in a page, in the name of a host."""
    if len(key) < SHORTEST:
        return
    yield key
    yield from encoded_forms(key)
    if len(key) >= SHORTEST_IN_LOWER_CASE:
        yield key.lower()


def encoded_forms(text: str) -> Iterator[str]:
    """Yield a text as it stands in JSON, in a page and in a URL, where that changes it."""
    if not _PLAIN.fullmatch(text):
        yield from (json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1], text.translate(_IN_A_PAGE))
        for url_form in (quote(text, safe=""), quote(text), quote_plus(text)):
            yield from (url_form, _ENCODED.sub(lambda match: match[0].lower(), url_form))


def guarded(make: Callable[..., None]) -> Callable[..., None]:
    """Return a constructor whose errors leave no frame behind: its arguments are keys, and its locals hold them."""

    @functools.wraps(make)
    def __init__(self: object, *args: Any, **kwargs: Any) -> None:
        try:
            make(self, *args, **kwargs)
            return
        except Exception as error:
            problem = error
        args, kwargs = (), {}
        raise bare(problem)

    return __init__
