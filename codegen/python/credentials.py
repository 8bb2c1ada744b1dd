"""Security schemes → the credentials a client takes and the headers made of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from codegen.python import names
from codegen.python.model import AuthHeaderModel, CredentialModel
from codegen.python.parameters import HEADER_NAME
from codegen.python.spec import Document, join
from codegen.python.text import Identifier

_OBTAIN = "Ask the provider of the service."


def read_security(
    document: Document, module: str, operations: list[Mapping[str, Any]]
) -> tuple[tuple[CredentialModel, ...], tuple[AuthHeaderModel, ...]]:
    """The credentials and headers of the one way to authenticate that the client uses for every operation."""
    reader = _Reader(document, module)
    for name in _required(document, operations):
        reader.add(name)
    return tuple(reader.credentials.values()), tuple(reader.headers)


def _required(document: Document, operations: list[Mapping[str, Any]]) -> list[str]:
    """The schemes of the first alternative of the document, else of the first operation that asks for any."""
    wanted = [document.root.get("security", ()), *(operation.get("security", ()) for operation in operations)]
    chosen = next((list(option) for options in wanted for option in options if option), [])
    for options in wanted:
        if options and not any(set(option) <= set(chosen) for option in options):
            others = ", ".join(sorted(set().union(*options) - set(chosen)))
            document.fault("/security", f"needs other credentials for some operations: {others}", "split the document")
    return chosen


class _Reader:
    def __init__(self, document: Document, module: str) -> None:
        self._document = document
        self._module = module
        self.credentials: dict[str, CredentialModel] = {}
        self.headers: list[AuthHeaderModel] = []

    def add(self, name: str) -> None:
        schemes = self._document.root.get("components", {}).get("securitySchemes", {})
        pointer = join("/components/securitySchemes", name)
        if name not in schemes:
            self._document.fault("/security", f"names the scheme {name!r}, which is not defined", "define it")
            return
        scheme, pointer = self._document.follow(schemes[name], pointer)
        python = scheme.get("x-python", {})
        kind = (scheme.get("type"), str(scheme.get("scheme", "")).lower())
        if kind[0] == "apiKey" and scheme.get("in") == "header" and HEADER_NAME.fullmatch(str(scheme.get("name"))):
            argument = self._credential(python.get("plain"), "api_key", pointer)
            self.headers.append(AuthHeaderModel(scheme["name"], "plain", (argument,), pointer))
        elif kind == ("http", "bearer"):
            argument = self._credential(python.get("plain"), "token", pointer)
            self.headers.append(AuthHeaderModel("Authorization", "bearer", (argument,), pointer))
        elif kind == ("http", "basic"):
            user = self._credential(python.get("username"), "username", pointer)
            password = self._credential(python.get("password"), "password", pointer)
            self.headers.append(AuthHeaderModel("Authorization", "basic", (user, password), pointer))
        else:
            problem = f"is a scheme that is not supported: {name!r}"
            self._document.fault(pointer, problem, "use an API key in a header, http basic or http bearer")

    def _credential(self, stated: Mapping[str, Any] | None, usual: str, pointer: str) -> Identifier:
        variable = f"{self._module.upper()}_{usual.upper()}"
        row = stated or {"argument": usual, "variable": variable}
        try:
            argument = Identifier(row["argument"])
            if argument in names.CLIENT_KEYWORDS:
                raise ValueError("is taken")
        except ValueError as error:
            self._document.fault(f"{pointer}/x-python", f"gives an argument that {error}", "choose another name")
            return Identifier("credential")
        credential = CredentialModel(argument, row["variable"], " ".join(row.get("obtain", _OBTAIN).split()))
        if self.credentials.setdefault(str(argument), credential) != credential:
            self._document.fault(f"{pointer}/x-python", f"defines {argument} differently", "say the same everywhere")
        return argument
