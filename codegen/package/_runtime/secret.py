"""Keys: where they come from, which header carries them, and how they stay out of everything else."""

from __future__ import annotations

import base64
import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn

from .delivery import bare
from .errors import MissingCredentials
from .headers import value_fault
from .operation import AuthHeader, Service

HIDDEN = "***"


class Secret:
    """A text that no repr, log or pickle shows."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The text itself: for the request to the vendor's host, nothing else."""
        return self._value

    def __repr__(self) -> str:
        return f"Secret({HIDDEN})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled: make the client anew where it is needed")


class Headers:
    """The headers of one request. No mapping, and names only in its repr: what prints local variables shows no key."""

    __slots__ = ("_items",)

    def __init__(self, *layers: Iterable[tuple[str, Secret]]) -> None:
        self._items: dict[str, tuple[str, Secret]] = {}
        for layer in layers:
            for name, value in layer:
                self._items[name.lower()] = (name, value)

    def items(self) -> tuple[tuple[str, Secret], ...]:
        """Name and value, each name once: a later layer wins."""
        return tuple(self._items.values())

    def __repr__(self) -> str:
        return f"Headers({', '.join(name for name, _ in self._items.values())})"


class Credentials:
    """The keys of one client."""

    __slots__ = ("_auth", "_scrubbed")

    def __init__(self, service: Service, given: Mapping[str, str | None], environment: Mapping[str, str]) -> None:
        keys = _resolve(service, given, environment)
        self._auth = tuple((header.header, Secret(_header_value(header, keys))) for header in service.auth)
        forms = {*keys.values(), *(_last_word(value) for _, value in self._auth)}
        whole = (form for form in forms if len(form) >= 4)  # what is shorter stands in many a word
        self._scrubbed = tuple(Secret(form) for form in sorted(whole, key=len, reverse=True))

    def headers(self) -> tuple[tuple[str, Secret], ...]:
        """What authenticates a request."""
        return self._auth

    def names(self) -> frozenset[str]:
        """The authenticating headers, in lower case."""
        return frozenset(name.lower() for name, _ in self._auth)

    def scrub(self, text: str) -> str:
        """The text without any key: a service may echo one."""
        for secret in self._scrubbed:
            text = text.replace(secret.reveal(), HIDDEN)
        return text

    def __repr__(self) -> str:
        return f"Credentials({', '.join(name for name, _ in self._auth)})"


def _resolve(service: Service, given: Mapping[str, str | None], environment: Mapping[str, str]) -> dict[str, str]:
    keys: dict[str, str] = {}
    problems: list[str] = []
    for credential in service.credentials:
        value: object = given.get(credential.argument)
        source = f"{credential.argument}="
        if value is None:
            value = environment.get(credential.variable)
            source = credential.variable
        fault = _fault(value)
        if fault is None:
            keys[credential.argument] = str(value)
            continue
        if value is None:
            fault = f"no {credential.argument}: set {credential.variable} or pass {credential.argument}="
        else:
            fault = f"{source} {fault}: set {credential.variable} or pass {credential.argument}="
        problems.append(f"{fault} (where to get one: {credential.obtain})" if credential.obtain else fault)
    for header in service.auth:
        user = keys.get(header.credentials[0], "") if header.scheme == "basic" else ""
        if ":" in user:
            problems.append(f"{header.credentials[0]} has a colon, which Basic authentication cannot carry")
    if problems:
        raise MissingCredentials(service.name, problems)
    return keys


def _fault(value: object) -> str | None:
    """What makes this no key. The words never show the value."""
    if value is None:
        return "is missing"
    if isinstance(value, str) and not value.strip():
        return "is empty"
    return value_fault(value)


def _header_value(header: AuthHeader, keys: Mapping[str, str]) -> str:
    if header.scheme == "basic":
        user, password = (keys[argument] for argument in header.credentials)
        return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")
    key = keys[header.credentials[0]]
    return f"Bearer {key}" if header.scheme == "bearer" else key


def _last_word(value: Secret) -> str:
    return value.reveal().rsplit(" ", 1)[-1]


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
