"""Security schemes → the credentials a client takes, where they go, and which operations ask for which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from codegen.openapi.document import Document
from codegen.openapi.pointers import join
from codegen.python import names
from codegen.python.model import AuthHeaderModel, CredentialModel
from codegen.python.parameters import HEADER_NAME
from codegen.python.text import Identifier

_OBTAIN = "Ask the provider of the service."

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
        self._unsupported: dict[str, str] = {}

    def of(self, node: Mapping[str, Any], pointer: str) -> Alternatives:
        """Return the alternatives of an operation that this client can take; a fault where there is none."""
        own = node.get("security")
        stated = own if isinstance(own, list) else self._document.root.get("security", [])
        place = f"{pointer}/security" if isinstance(own, list) else "/security"
        found: list[tuple[str, ...]] = []
        problems: list[str] = []
        for option in stated:
            if not isinstance(option, Mapping):
                continue
            reasons = [reason for name in option if (reason := self._add(name)) is not None]
            if reasons:
                problems += reasons
            else:
                found.append(tuple(option))
        if problems and not found:
            self._document.fault(place, "; ".join(dict.fromkeys(problems)), "use a key, basic, bearer, or a token")
        for reason in dict.fromkeys(problems) if found else ():
            self._document.note(place, reason, "another alternative is taken")
        return tuple(dict.fromkeys(found))

    def _add(self, name: str) -> str | None:
        """Read a scheme; return why it cannot be used."""
        if name in self.headers:
            return None
        if name in self._unsupported:
            return self._unsupported[name]
        components = self._document.root.get("components")
        schemes = components.get("securitySchemes") if isinstance(components, Mapping) else None
        if not isinstance(schemes, Mapping) or name not in schemes:
            return f"names the scheme {name!r}, which is not defined"
        scheme, pointer = self._document.follow(schemes[name], join("/components/securitySchemes", name))
        made = self._scheme(name, scheme, pointer)
        if made is None:
            reason = f"the scheme {name!r} is not supported"
            self._unsupported[name] = reason
            return reason
        self.headers[name] = made
        return None

    def _scheme(self, name: str, scheme: Mapping[str, Any], pointer: str) -> AuthHeaderModel | None:
        python = scheme.get("x-python", {})
        kind, form = scheme.get("type"), str(scheme.get("scheme", "")).lower()
        if kind == "apiKey":
            key, place = str(scheme.get("name")), scheme.get("in")
            if place not in ("header", "query", "cookie") or not HEADER_NAME.fullmatch(key):
                return None
            argument = self._credential(name, python.get("plain"), "api_key", pointer)
            return AuthHeaderModel(key, "plain", (argument,), pointer, name, place)
        if kind in ("oauth2", "openIdConnect") or (kind == "http" and form == "bearer"):
            argument = self._credential(name, python.get("plain"), "token", pointer)
            return AuthHeaderModel("Authorization", "bearer", (argument,), pointer, name)
        if kind == "http" and form == "basic":
            user = self._credential(name, python.get("username"), "username", pointer)
            password = self._credential(name, python.get("password"), "password", pointer)
            return AuthHeaderModel("Authorization", "basic", (user, password), pointer, name)
        return None

    def _credential(self, scheme: str, stated: Mapping[str, Any] | None, usual: str, pointer: str) -> Identifier:
        argument = usual if stated is None else stated["argument"]
        if stated is None and self._arguments.get(usual, scheme) != scheme:
            own = names.snake("".join(char if char.isascii() else " " for char in scheme))[:40].strip("_")
            argument = f"{own}_{usual}" if usual in ("username", "password") else own or f"second_{usual}"
            argument = f"key_{argument}" if not argument[:1].isalpha() else argument
            while self._arguments.get(argument, scheme) != scheme or argument in names.CLIENT_KEYWORDS:
                argument = f"{argument}_{usual}"
        variable = f"{self._module.upper()}_{argument.upper()}" if stated is None else stated["variable"]
        self._arguments.setdefault(argument, scheme)
        try:
            name = names.parameter(argument) if stated is None else Identifier(argument)
            if name in names.CLIENT_KEYWORDS:
                raise ValueError("is taken")
        except ValueError as error:
            self._document.fault(f"{pointer}/x-python", f"gives an argument that {error}", "choose another name")
            return Identifier("credential")
        obtain = _OBTAIN if stated is None else stated.get("obtain", _OBTAIN)
        credential = CredentialModel(name, variable, " ".join(obtain.split()), stated is None and usual == "password")
        if self.credentials.setdefault(str(name), credential) != credential:
            self._document.fault(f"{pointer}/x-python", f"defines {argument} differently", "say the same everywhere")
        return name
