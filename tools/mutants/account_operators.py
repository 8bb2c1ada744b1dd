"""Operators on who pays: authenticating headers, schemes, credentials, headers that a client sends with every call."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tools.mutants.mutant import SourceChange, change
from tools.mutants.source import PythonSource, calls, changed, keyword, text_of, without


def auth_headers(source: PythonSource) -> Iterator[SourceChange]:
    """Yield an authenticating header left out, under another name, by another scheme, with other credentials."""
    for service in calls(source.tree, "Service"):
        node = keyword(service, "auth")
        if not isinstance(node, ast.Tuple):
            continue
        for index, header in enumerate(node.elts):
            if not isinstance(header, ast.Call):
                continue
            rest = ast.unparse(changed(node, elts=without(node.elts, index)))
            what = f"auth header {text_of(header.args[0])} left out"
            yield SourceChange("auth", "", header.lineno, what, (source.edit(node, rest),))
            yield change(source, "auth", "", header.args[0], repr(f"{text_of(header.args[0])}-X"))
            yield from _schemes(source, header)
        yield from _swapped(source, node)


def _schemes(source: PythonSource, header: ast.Call) -> Iterator[SourceChange]:
    names = header.args[2]
    for scheme in ("plain", "bearer", "basic"):
        is_basic_alone = scheme == "basic" and isinstance(names, ast.Tuple) and len(names.elts) < 2
        if text_of(header.args[1]) != scheme and not is_basic_alone:
            yield change(source, "auth", "", header.args[1], repr(scheme))


def _swapped(source: PythonSource, headers: ast.Tuple) -> Iterator[SourceChange]:
    """Yield the credentials of a header turned round, or one replaced by another."""
    arguments = [header.args[2] for header in headers.elts if isinstance(header, ast.Call)]
    tuples = [names for names in arguments if isinstance(names, ast.Tuple)]
    names_in_use = sorted({text_of(name) or "" for names in tuples for name in names.elts})
    for names in tuples:
        if len(names.elts) > 1:
            turned = ast.unparse(changed(names, elts=names.elts[::-1]))
            yield change(source, "auth", "", names, turned)
        for name in names.elts:
            for other in names_in_use:
                if text_of(name) != other:
                    yield change(source, "auth", "", name, repr(other))


def credentials(source: PythonSource) -> Iterator[SourceChange]:
    """Yield a credential under another environment variable, or left out."""
    for service in calls(source.tree, "Service"):
        node = keyword(service, "credentials")
        if not isinstance(node, ast.Tuple):
            continue
        for index, credential in enumerate(node.elts):
            if not isinstance(credential, ast.Call):
                continue
            yield change(source, "auth", "", credential.args[1], repr(f"{text_of(credential.args[1])}_X"))
            yield change(source, "auth", "", credential.args[0], repr(f"{text_of(credential.args[0])}_x"))
            rest = ast.unparse(changed(node, elts=without(node.elts, index)))
            what = f"credential {text_of(credential.args[0])} left out"
            yield SourceChange("auth", "", credential.lineno, what, (source.edit(node, rest),))


def client_headers(source: PythonSource) -> Iterator[SourceChange]:
    """Yield a header of every call left out, or under another name."""
    for service in calls(source.tree, "Service"):
        node = keyword(service, "client_headers")
        if not isinstance(node, ast.Dict):
            continue
        for key in node.keys:
            if key is not None:
                yield change(source, "client header", "", key, repr(f"{text_of(key)}-X"))
        yield change(source, "client header", "", node, "{}")


OPERATORS = (auth_headers, credentials, client_headers)
