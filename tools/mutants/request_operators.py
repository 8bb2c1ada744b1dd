"""Operators on what is sent: method, path, host, parameters, their places and forms, rules over several of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tools.mutants.mutant import SourceChange, change
from tools.mutants.source import PythonSource, calls, changed, keyword, text_of, with_keyword, without

FORMS = ("boolean-word", "seconds-text", "integer-text")


def operations(source: PythonSource) -> Iterator[tuple[str, ast.Call]]:
    """Yield every operation of an operations.py, by its Python name."""
    for call in calls(source.tree, "Operation"):
        name = text_of(keyword(call, "name"))
        if name is not None:
            yield name, call


def methods(source: PythonSource) -> Iterator[SourceChange]:
    """Yield another HTTP method."""
    for name, call in operations(source):
        node = keyword(call, "method")
        for other in ("PUT", "GET", "POST"):
            if node is not None and text_of(node) != other:
                yield change(source, "method", name, node, repr(other))


def paths(source: PythonSource) -> Iterator[SourceChange]:
    """Yield each segment of each path changed, and left out."""
    for name, call in operations(source):
        node = keyword(call, "path")
        segments = (text_of(node) or "").split("/")[1:]
        for index, segment in enumerate(segments):
            others = [without(segments, index)]
            if not segment.startswith("{"):
                others.append([*segments[:index], segment + "x", *segments[index + 1 :]])
            for other in others:
                if node is not None:
                    yield change(source, "path", name, node, repr("/" + "/".join(other)))


def hosts(source: PythonSource) -> Iterator[SourceChange]:
    """Yield another host, and another path in front of all paths."""
    for call in calls(source.tree, "Service"):
        node = keyword(call, "base_url")
        url = text_of(node)
        if node is None or url is None:
            continue
        scheme, _, rest = url.partition("://")
        host, slash, path = rest.partition("/")
        others = [f"{scheme}://{host}x{slash}{path}", f"{scheme}://www.{host}{slash}{path}", url + "/v9"]
        others += [f"{scheme}://{host}"] if path else []
        others.append(f"{scheme}://{host.split('.', 1)[1]}{slash}{path}")
        for other in others:
            yield change(source, "host", "", node, repr(other))


def fields(source: PythonSource) -> Iterator[SourceChange]:
    """Yield a parameter left out, under another name, or in another place."""
    for name, call in operations(source):
        node = keyword(call, "fields")
        if not isinstance(node, ast.Tuple):
            continue
        for index, field in enumerate(node.elts):
            if not isinstance(field, ast.Call):
                continue
            rest = ast.unparse(changed(node, elts=without(node.elts, index)))
            of = f"field {text_of(field.args[0])}"
            yield SourceChange("body field", name, field.lineno, f"{of} left out", (source.edit(node, rest),))
            yield change(source, "parameter name", name, field.args[1], repr(f"{text_of(field.args[1])}_x"), of)
            for place in _other_places(field):
                moved = changed(field, args=[*field.args[:2], ast.Constant(place)])
                yield change(source, "parameter place", name, field, ast.unparse(moved), of)


def _other_places(field: ast.Call) -> list[str]:
    known = text_of(field.args[2]) if len(field.args) > 2 else "body"
    return [place for place in ("body", "query", "header") if place != known]


def wrappers(source: PythonSource) -> Iterator[SourceChange]:
    """Yield the object in the body that holds the parameters: another key, none, or one where none is."""
    for name, call in operations(source):
        node = keyword(call, "body_at")
        if node is None:
            added = ast.unparse(with_keyword(call, "body_at", "'/data'"))
            what = "body_at: none → '/data'"
            yield SourceChange("wrapper key", name, call.lineno, what, (source.edit(call, added),))
            continue
        for other in ("'/date'", "''"):
            yield change(source, "wrapper key", name, node, other)


def wire_forms(source: PythonSource) -> Iterator[SourceChange]:
    """Yield another wire form, or none."""
    for name, call in operations(source):
        for field in calls(call, "Field"):
            known = text_of(keyword(field, "wire"))
            if known is None:
                continue
            others = [repr(form) for form in FORMS if form != known]
            for other in (*others, None):
                new = ast.unparse(with_keyword(field, "wire", other))
                yield change(source, "wire form", name, field, new)


def rules(source: PythonSource) -> Iterator[SourceChange]:
    """Yield a rule over several parameters left out, or with other values."""
    for name, call in operations(source):
        node = keyword(call, "rules")
        if not isinstance(node, ast.Tuple):
            continue
        for index, rule in enumerate(node.elts):
            rest = ast.unparse(changed(node, elts=without(node.elts, index)))
            what = f"rule left out: {ast.unparse(rule)}"
            yield SourceChange("rule", name, rule.lineno, what, (source.edit(node, rest),))
            for values in ast.walk(rule):
                if isinstance(values, ast.Tuple) and values.elts:
                    shorter = ast.unparse(changed(values, elts=[*values.elts[:-1], ast.Constant("canary")]))
                    yield change(source, "rule", name, values, shorter, "rule")


def kinds(source: PythonSource) -> Iterator[SourceChange]:
    """Yield a paid call taken for a query, which may be repeated; a submit for a call that answers at once."""
    for name, call in operations(source):
        node = keyword(call, "kind")
        known = text_of(node)
        for other in ("query", "submit", "generate"):
            if node is not None and known != other:
                operator = "paid retry" if other == "query" else "call kind"
                yield change(source, operator, name, node, repr(other))


OPERATORS = (methods, paths, hosts, fields, wrappers, wire_forms, rules, kinds)
