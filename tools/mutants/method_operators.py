"""Operators on clients: a method that passes the wrong thing on, or belongs to the other side (sync or async)."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tools.mutants.mutant import SourceChange, change
from tools.mutants.source import PythonSource, changed, keyword, text_of, without

SENDERS = ("_submit", "_generate", "_query")
OPTIONS = ("timeout", "extra_body", "extra_headers", "key")


def sends(source: PythonSource) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef, ast.Call]]:
    """Yield every generated method and the one call it makes, by its name in Python, group left out."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in SENDERS:
                    yield node.name, node, call


def arguments(source: PythonSource) -> Iterator[SourceChange]:
    """Yield a parameter that is not passed on, crossed with another, or sent although it was not given."""
    for name, method, call in sends(source):
        passed = call.args[2]
        if not isinstance(passed, ast.Dict):
            continue
        for index, (key, value) in enumerate(zip(passed.keys, passed.values, strict=True)):
            if key is None:
                continue
            rest = changed(passed, keys=without(passed.keys, index), values=without(passed.values, index))
            what = f"{text_of(key)} is not passed on"
            yield SourceChange("body field", name, key.lineno, what, (source.edit(passed, rest),))
            if len(passed.values) > 1:
                other = ast.unparse(passed.values[(index + 1) % len(passed.values)])
                yield change(source, "crossed arguments", name, value, other)
            default = _first_choice(method, ast.unparse(value))
            if default is not None:
                new = f"{default!r} if {ast.unparse(value)} is None else {ast.unparse(value)}"
                yield change(source, "default sent", name, value, new, text_of(key) or "")


def _first_choice(method: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> object:
    """Return a value that an optional parameter may have: the first of its choices, a number, or a text."""
    for parameter in (*method.args.args, *method.args.kwonlyargs):
        if parameter.arg == name and parameter.annotation is not None:
            if "None" not in ast.unparse(parameter.annotation):
                return None
            for node in ast.walk(parameter.annotation):
                if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Literal":
                    first = node.slice.elts[0] if isinstance(node.slice, ast.Tuple) else node.slice
                    return first.value if isinstance(first, ast.Constant) else None
            return 5 if "int" in ast.unparse(parameter.annotation).split(" | ") else "canary"
    return None


def constants(source: PythonSource) -> Iterator[SourceChange]:
    """Yield the operation of another method, the result of another, another kind of call."""
    constants = list(sends(source))
    operations = sorted({ast.unparse(call.args[0]) for _, _, call in constants})
    results = sorted({ast.unparse(call.args[1]) for _, _, call in constants})
    for name, _, call in constants:
        for operator, node, others in (
            ("wrong operation", call.args[0], operations),
            ("result class", call.args[1], results),
        ):
            other = _next(others, ast.unparse(node))
            if other is not None:
                yield change(source, operator, name, node, other)
        if isinstance(call.func, ast.Attribute):
            for sender in SENDERS:
                if sender != call.func.attr:
                    new = f"{ast.unparse(call.func.value)}.{sender}"
                    yield change(source, "call kind", name, call.func, new)


def _next(names: list[str], known: str) -> str | None:
    return names[(names.index(known) + 1) % len(names)] if len(names) > 1 else None


def options(source: PythonSource) -> Iterator[SourceChange]:
    """Yield a timeout, an addition to the body or a header that is not passed on; seconds taken for milliseconds."""
    for name, _, call in sends(source):
        made = call.args[3]
        if not isinstance(made, ast.Call):
            continue
        for node, option in zip(made.args, OPTIONS, strict=False):
            yield change(source, "call option", name, node, "None", option)
        yield change(source, "timeout unit", name, made.args[0], "timeout and timeout / 1000")
        yield change(source, "timeout unit", name, made.args[0], "timeout and timeout * 1000")


def constructors(source: PythonSource) -> Iterator[SourceChange]:
    """Yield what the constructor takes and does not pass on, crosses, or takes in another unit."""
    for call in ast.walk(source.tree):
        if not isinstance(call, ast.Call) or ast.unparse(call.func) != "super().__init__":
            continue
        for name, other in (
            ("timeout", "timeout and timeout / 1000"),
            ("timeout", "None"),
            ("base_url", "None"),
            ("max_retries", "2"),
            ("max_retries", "max_retries + 1"),
            ("http_client", "None"),
            ("extra_headers", "None"),
            ("journal", "None"),
        ):
            node = keyword(call, name)
            operator = "timeout unit" if "1000" in other else "host" if name == "base_url" else "client option"
            if node is not None:
                yield change(source, operator, "", node, other, name)
        yield from _crossed(source, keyword(call, "credentials"), "auth")
        headers = keyword(call, "client_headers")
        if isinstance(headers, ast.Dict) and headers.keys:
            yield change(source, "client header", "", headers, "{}")


def _crossed(source: PythonSource, node: ast.expr | None, operator: str) -> Iterator[SourceChange]:
    if not isinstance(node, ast.Dict):
        return
    for index, value in enumerate(node.values):
        yield change(source, operator, "", value, "None", text_of(node.keys[index]) or "")
        if len(node.values) > 1:
            other = ast.unparse(node.values[(index + 1) % len(node.values)])
            yield change(source, operator, "", value, other, text_of(node.keys[index]) or "")


def variants(source: PythonSource) -> Iterator[SourceChange]:
    """Yield sync code in the async side or the other way round; what is not awaited."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.module is not None and node.module.startswith("_runtime."):
            yield from _other_variant(source, node)
        if isinstance(node, ast.AsyncFunctionDef):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Await):
                    yield change(source, "sync for async", node.name, inner, ast.unparse(inner.value))
        if isinstance(node, ast.FunctionDef) and node.name == "__init__":
            yield from _other_groups(source, node)


def _other_variant(source: PythonSource, node: ast.ImportFrom) -> Iterator[SourceChange]:
    """Yield the bases of a class, imported from the other side. Elsewhere such a name is an annotation."""
    bases = {ast.unparse(base) for made in source.tree.body if isinstance(made, ast.ClassDef) for base in made.bases}
    for one, two in ((".sync.", ".aio."), (".aio.", ".sync.")):
        if one not in f"{node.module}." or not bases & {name.name for name in node.names}:
            continue
        prefix = "" if two == ".sync." else "Async"
        names = [f"{prefix}{name.name.removeprefix('Async')} as {name.name}" for name in node.names]
        new = f"from ..{(node.module or '').replace(one, two)} import {', '.join(names)}"
        yield change(source, "sync for async", "", node, new)


def _other_groups(source: PythonSource, method: ast.FunctionDef) -> Iterator[SourceChange]:
    made = [item.value for item in method.body if isinstance(item, ast.Assign) and isinstance(item.value, ast.Call)]
    names = [ast.unparse(call.func) for call in made if ast.unparse(call).endswith("(self)")]
    for call in made:
        if ast.unparse(call.func) in names and len(names) > 1:
            other = names[(names.index(ast.unparse(call.func)) + 1) % len(names)]
            yield change(source, "wrong operation", "", call.func, other, "group")


def results(source: PythonSource) -> Iterator[SourceChange]:
    """Yield another class or another operation for what a token names."""
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.AnnAssign) or not isinstance(node.value, ast.Dict):
            continue
        rows = [value.elts for value in node.value.values if isinstance(value, ast.Tuple)]
        for key, row in zip(node.value.keys, rows, strict=True):
            for operator, place in (("wrong operation", 0), ("result class", 1)):
                others = sorted({ast.unparse(other[place]) for other in rows})
                other = _next(others, ast.unparse(row[place]))
                if other is not None:
                    yield change(source, operator, text_of(key) or "", row[place], other, "RESULTS")


CLIENT_OPERATORS = (arguments, constants, options, constructors, variants)
RESULT_OPERATORS = (results, variants)
