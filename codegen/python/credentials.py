"""Security schemes → the credentials a client takes, where they go, and which operations ask for which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from codegen.openapi.document import Document
from codegen.openapi.json_values import as_object
from codegen.openapi.pointers import find, join
from codegen.python import names
from codegen.python.model import AuthHeaderModel, CredentialModel
from codegen.python.parameters import HEADER_NAME
from codegen.python.requests import name_problem
from codegen.python.text import Identifier

_TLS = "mutualTLS"
_MUTUAL = "a certificate of the connection, which no request carries"
_REMEDY = "use a key, basic, bearer, or a token, each in a place of its own"

Location = Literal["header", "query", "cookie"]
_LOCATIONS: Mapping[object, Location] = {"header": "header", "query": "query", "cookie": "cookie"}

Alternatives = tuple[tuple[str, ...], ...]
"""Ways to authenticate, each with the schemes that it takes together; () where none is asked for."""


class Security:
    """The security schemes of one service, read as far as its operations use them."""

    def __init__(self, document: Document, module: str) -> None:
        self._document = document
        self._module = module
        self._arguments: dict[str, str] = {}
        """Argument → the scheme that gave it."""
        self.credentials: dict[str, CredentialModel] = {}
        self.headers: dict[str, AuthHeaderModel] = {}
        self._reasons: dict[str, str | None] = {}

    def of(self, node: Mapping[str, Any], pointer: str) -> Alternatives:
        """Return the alternatives of an operation that this client can take; a fault where there is none."""
        own = node.get("security")
        requirements = self._document.root.get("security") if own is None else own
        place = "/security" if own is None else f"{pointer}/security"
        options = [] if requirements is None else requirements if isinstance(requirements, list) else [requirements]
        if isinstance(requirements, Mapping) or not all(isinstance(option, Mapping) for option in options):
            self._document.fault(place, "is not a list of objects", "write each alternative as {name: []}")
            return ()
        alternatives: list[tuple[str, ...]] = []
        problems: list[str] = []
        for option in options:
            reasons = [reason for name in option if (reason := self._reason(name)) is not None]
            reasons = reasons or self._clashes(option)
            if reasons:
                problems += reasons
                continue
            for name in option:
                self._add(name)
            alternatives.append(tuple(option))
        if problems and not alternatives:
            self._document.fault(place, "; ".join(dict.fromkeys(problems)), _remedy(problems))
        for reason in dict.fromkeys(problems) if alternatives else ():
            self._document.note(place, reason, "another alternative is taken")
        return tuple(dict.fromkeys(alternatives))

    def places(self, alternatives: Alternatives) -> frozenset[tuple[str, str]]:
        """Return where the keys of an operation stand, with the names there: those of headers in lower case."""
        headers = [self.headers[name] for option in alternatives for name in option]
        return frozenset(
            (row.location, row.header.lower() if row.location == "header" else row.header) for row in headers
        )

    def _clashes(self, option: Iterable[str]) -> list[str]:
        """Return why the schemes of one alternative cannot be sent together: a place takes one value."""
        places = {name: _place(self._scheme(name)[0]) or ("", name) for name in option}
        writers: dict[tuple[str, str], list[str]] = {}
        for name, (location, key) in places.items():
            writers.setdefault((location, key.lower() if location == "header" else key), []).append(name)
        return [
            f"the schemes {' and '.join(map(repr, schemes))} write the same {location}, {places[schemes[0]][1]!r}"
            for (location, _), schemes in writers.items()
            if len(schemes) > 1
        ]

    def _reason(self, name: str) -> str | None:
        """Return why a scheme cannot be used."""
        if name not in self._reasons:
            if name not in as_object(find(self._document.root, "/components/securitySchemes")):
                self._reasons[name] = f"names the scheme {name!r}, which is not defined"
            else:
                scheme = self._scheme(name)[0]
                reason = f"the scheme {name!r} is {_MUTUAL}" if scheme.get("type") == _TLS else None
                has_place = _place(scheme) is not None
                self._reasons[name] = reason or (None if has_place else f"the scheme {name!r} is not supported")
        return self._reasons[name]

    def _scheme(self, name: str) -> tuple[Mapping[str, Any], str]:
        schemes = self._document.root["components"]["securitySchemes"]
        return self._document.follow(schemes[name], join("/components/securitySchemes", name))

    def _add(self, name: str) -> None:
        """Give a scheme its arguments of the constructor."""
        if name in self.headers:
            return
        scheme, pointer = self._scheme(name)
        place = _place(scheme)
        if place is None:
            return
        location, key = place
        python = scheme.get("x-python", {})
        if scheme.get("type") == "apiKey":
            argument = self._credential(name, python.get("plain"), "api_key", pointer)
            prefix = python.get("plain", {}).get("prefix", "")
            header = AuthHeaderModel(key, "plain", (argument,), pointer, name, location, prefix)
        elif scheme.get("type") == "http" and _form(scheme) == "basic":
            user = self._credential(name, python.get("username"), "username", pointer)
            password = self._credential(name, python.get("password"), "password", pointer)
            header = AuthHeaderModel(key, "basic", (user, password), pointer, name)
        else:
            argument = self._credential(name, python.get("plain"), "token", pointer)
            header = AuthHeaderModel(key, "bearer", (argument,), pointer, name)
        self.headers[name] = header

    def _credential(self, scheme: str, keywords: Mapping[str, Any] | None, usual: str, pointer: str) -> Identifier:
        argument = usual if keywords is None else keywords["argument"]
        if keywords is None and self._arguments.get(usual, scheme) != scheme:
            own = names.snake("".join(char if char.isascii() else " " for char in scheme))[:40].strip("_")
            argument = f"{own}_{usual}" if usual in ("username", "password") else own or f"second_{usual}"
            argument = f"key_{argument}" if not argument[:1].isalpha() else argument
            while self._arguments.get(argument, scheme) != scheme or argument in names.CLIENT_KEYWORDS:
                argument = f"{argument}_{usual}"
        variable = f"{self._module.upper()}_{argument.upper()}" if keywords is None else keywords["variable"]
        self._arguments.setdefault(argument, scheme)
        try:
            name = names.parameter(argument) if keywords is None else Identifier(argument)
            if name in names.CLIENT_KEYWORDS:
                raise ValueError("is taken")
        except ValueError as error:
            self._document.fault(f"{pointer}/x-python", f"gives an argument that {error}", "choose another name")
            return Identifier("credential")
        obtain = "" if keywords is None else keywords.get("obtain", "")
        credential = CredentialModel(name, variable, " ".join(obtain.split()), keywords is None and usual == "password")
        if self.credentials.setdefault(str(name), credential) != credential:
            self._document.fault(f"{pointer}/x-python", f"defines {argument} differently", "say the same everywhere")
        return name


def _remedy(problems: list[str]) -> str:
    """Return what to do where no alternative can be used."""
    if any(problem.endswith(_MUTUAL) for problem in problems):
        return "give the operation security: [] with an overlay, and the client an http_client= with the certificate"
    if any(problem.endswith("is not defined") for problem in problems):
        return "define it in /components/securitySchemes"
    return _REMEDY


def _place(scheme: Mapping[str, Any]) -> tuple[Location, str] | None:
    """Return where a scheme writes its key: the location and the name there. None where it is not supported."""
    if scheme.get("type") == "apiKey":
        location, key = _LOCATIONS.get(str(scheme.get("in"))), scheme.get("name")
        if location is None or not isinstance(key, str):
            return None
        # A name in the query is percent-encoded: it may have any letters.
        is_right = name_problem(key, location) is None if location == "query" else HEADER_NAME.fullmatch(key)
        return (location, key) if is_right else None
    is_http = scheme.get("type") == "http" and _form(scheme) in ("basic", "bearer")
    return ("header", "Authorization") if is_http or scheme.get("type") in ("oauth2", "openIdConnect") else None


def _form(scheme: Mapping[str, Any]) -> str:
    return str(scheme.get("scheme", "")).lower()
