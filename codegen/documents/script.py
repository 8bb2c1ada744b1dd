"""Reads client scripts: signatures, enforced ranges, what goes into a request and what is taken from a reply."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from codegen.documents import checks, named_hosts, python_statements
from codegen.documents.api_description import operation_of
from codegen.documents.dataflow import Flow, Knowledge, Value, constant, expressions, method_of, sends
from codegen.documents.endpoints import BASE
from codegen.documents.line_accounting import LineAccounting
from codegen.documents.phrase_rules import literal
from codegen.documents.python_statements import LogicalLine
from codegen.documents.signals import fact_in_comment, names_header
from codegen.documents.sources import Source
from codegen.documents.types import read_type
from codegen.documents.vocabulary import state_of


@dataclass(frozen=True)
class Function:
    """A definition and the statements up to the next one."""

    definition: ast.FunctionDef
    line: int
    body: tuple[LogicalLine, ...]

    @property
    def name(self) -> str:
        return self.definition.name

    def parameters(self) -> Iterator[tuple[ast.arg, ast.expr | None]]:
        """Yield each parameter but self, with its default."""
        arguments = self.definition.args
        plain = [*arguments.posonlyargs, *arguments.args]
        defaults: list[ast.expr | None] = [*[None] * (len(plain) - len(arguments.defaults)), *arguments.defaults]
        for argument, default in [
            *zip(plain, defaults, strict=True),
            *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
        ]:
            if argument.arg not in ("self", "cls"):
                yield argument, default


@dataclass(frozen=True)
class Script:
    """The parts of a script."""

    statements: tuple[LogicalLine, ...]
    constants: Mapping[str, tuple[Any, int]]
    """Name → value and line."""
    functions: tuple[Function, ...]

    @property
    def operation(self) -> str | None:
        """The operation this client is for: its ENDPOINT."""
        value = self.constants.get("ENDPOINT", (None, 0))[0]
        return value if isinstance(value, str) else None


def take_apart(source: Source) -> Script:
    """Split a script into constants and functions."""
    rows = python_statements.split(source.lines)
    constants: dict[str, tuple[Any, int]] = {}
    functions: list[Function] = []
    current: tuple[ast.FunctionDef, int] | None = None
    body: list[LogicalLine] = []
    for row in [*rows, None]:
        starts = (
            row is None or isinstance(row.node, (ast.FunctionDef, ast.ClassDef)) or row.text.startswith("if __name__")
        )
        if starts and current is not None:
            functions.append(Function(current[0], current[1], tuple(body)))
            current = None
        if row is None:
            break
        if isinstance(row.node, ast.FunctionDef):
            current, body = (row.node, row.line), []
        elif current is not None:
            body.append(row)
        elif isinstance(row.node, ast.Assign) and isinstance(row.node.targets[0], ast.Name):
            value = constant(row.node.value)
            if value is not None:
                constants[row.node.targets[0].id] = (value, row.line)
    return Script(rows, constants, tuple(functions))


def knowledge(script: Script) -> Knowledge:
    """Return what this client's methods call and return."""
    methods: dict[str, str] = {}
    getters: dict[str, Value] = {}
    signatures: dict[str, tuple[str, ...]] = {}
    silent = LineAccounting(())
    for function in script.functions:
        posted = _posted(function, script)
        if script.operation and _payload(function) and posted in (None, script.operation):
            methods[function.name] = script.operation
            signatures[function.name] = tuple(argument.arg for argument, _ in function.parameters())
        flow = Flow(Knowledge(methods, getters, posted=posted), silent, "statement")
        for row in function.body:
            flow.step(row)
            if isinstance(row.node, ast.Return) and row.node.value is not None:
                value = flow.resolve(row.node.value)
                if value is not None and value.path and "." not in value.path and function.name not in methods:
                    getters[function.name] = value
    return Knowledge(methods, getters, signatures)


REQUEST = re.compile(
    r"\b(?:requests|httpx|session|http|client|urllib\.request)\.(?:get|post|put|patch|delete|request|urlopen)\("
)


def read(source: Source, script: Script, known: Knowledge, accounting: LineAccounting, *, is_alone: bool) -> None:
    """Record every claim of a script. What gives none is code.

    Where it `is_alone`, no document of the skill states an operation: each request is one that nobody has read.
    """
    for number, line in enumerate(source.lines, 1):
        accounting.assign(number, "code" if line.strip() else "structure")
    _constants(script, accounting)
    for function in script.functions:
        posted = _posted(function, script)
        _post(function, posted, accounting)
        _credentials(function, accounting)
        payload = _payload(function)
        if script.operation and payload and posted in (None, script.operation):
            _create(function, script, payload, accounting)
        _polling(function, script.operation, accounting)
        flow = Flow(replace(known, posted=posted), accounting, "statement")
        flow.run(function.body)
    outside = {row.line for function in script.functions for row in function.body}
    Flow(known, accounting, "statement").run(tuple(row for row in script.statements if row.line not in outside))
    constants = {value for value, _ in script.constants.values() if isinstance(value, str)}
    for offset, origin in named_hosts.in_code(source.text, "python"):
        if not any(origin in named_hosts.names_a_base(value) for value in constants):
            accounting.claim(offset + 1, "server", origin, {}, None, "example")
    for row in script.statements:
        if is_alone and script.operation is None and REQUEST.search(row.text):
            accounting.unread(row.line, "request in code")
        _headers(row, accounting)
        _environment(row, accounting)
        if names_header(row.text) and not accounting.is_read(row.line):
            accounting.unread(row.line, "header in code")
        for number, comment in row.comments:
            _comment(number, comment, accounting)


def _constants(script: Script, accounting: LineAccounting) -> None:
    base, _ = script.constants.get("BASE_URL", ("", 0))
    for name, (value, line) in script.constants.items():
        if isinstance(value, str) and re.match(r"https?://", value):
            if name == "BASE_URL":
                accounting.claim(line, "server", "/".join(value.split("/")[:3]), {})
            elif BASE.fullmatch(value):
                accounting.claim(line, "server", value.rstrip("/"), {})
            else:
                accounting.claim(line, "operation", "", {"url": value}, operation_of(value))
        elif name == "ENDPOINT" and isinstance(value, str) and base:
            accounting.claim(line, "operation", "", {"url": f"{base}/{value}"}, value)
        elif "HOST" in name and isinstance(value, (tuple, list, set)):
            rows = next((row for row in script.statements if row.line == line), None)
            for host in sorted(str(item) for item in value):
                at = next((n for n in (rows.lines if rows else ()) if host in _line(script, n)), line)
                accounting.claim(at, "host", host, {"trusted": True})


def _line(script: Script, number: int) -> str:
    row = next(row for row in script.statements if number in row.lines)
    return row.text.split("\n")[number - row.line]


def _posted(function: Function, script: Script) -> str | None:
    """Return the operation a function sends to."""
    for row in function.body:
        for node in expressions(row):
            if isinstance(node, ast.Call) and sends(node) and node.args:
                target = node.args[0]
                if isinstance(target, ast.Attribute) and target.attr in script.constants:
                    return operation_of(str(script.constants[target.attr][0]))
                return script.operation
    return None


def _post(function: Function, posted: str | None, accounting: LineAccounting) -> None:
    types = {
        argument.arg: ast.unparse(argument.annotation) if argument.annotation else ""
        for argument, _ in function.parameters()
    }
    for row in function.body:
        for node in expressions(row):
            if not (isinstance(node, ast.Call) and (sends(node) or method_of(node) == "request")):
                continue
            line = node.lineno + row.line - 1
            if posted and sends(node):
                accounting.claim(line, "operation", "", {"method": str(method_of(node)).upper()}, posted)
            body = next((keyword.value for keyword in node.keywords if keyword.arg == "json"), None)
            body = body.body if isinstance(body, ast.IfExp) else body
            if not isinstance(body, ast.Dict):
                continue
            keys = [key.value for key in body.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]
            at = body.lineno + row.line - 1
            if method_of(node) == "request" and len(keys) == 1:
                accounting.claim(at, "operation", "", {"body_wrapper": keys[0]})
            elif posted:
                for key in keys:
                    accounting.claim(at, "parameter", key, {**_annotated(types.get(key, "")), "required": True}, posted)
                accounting.claim(at, "list", "parameters", {"names": keys}, posted)


_INTERVAL = re.compile(r"(?:poll(?:ing)?_)?(?:interval|every|delay)(?:_s|_sec|_secs|_seconds)?|poll(?:ing)?_seconds")
_PATIENCE = re.compile(r"(?:max_)?(?:timeout|wait|wait_time|deadline)(?:_s|_sec|_secs|_seconds)?")


def _polling(function: Function, operation: str | None, accounting: LineAccounting) -> None:
    """Read how often a function asks for a result, and for how long: the defaults of its arguments."""
    rows = [(one, constant(default)) for one, default in function.parameters() if default is not None]
    numbers = {one.arg: (one.lineno, value) for one, value in rows if type(value) in (int, float) and value > 0}
    if not any(_INTERVAL.fullmatch(name) for name in numbers):
        return
    for name, (line, value) in numbers.items():
        at = line + function.line - 1
        if _INTERVAL.fullmatch(name):
            accounting.claim(at, "operation", "", {"poll_seconds": [value, value]}, operation, "signature")
        elif _PATIENCE.fullmatch(name):
            accounting.claim(at, "operation", "", {"poll_for_seconds": value}, operation, "signature")


def _payload(function: Function) -> str | None:
    """Return the name of the request body: a dictionary that the function fills and hands on to be sent."""
    handed = {name for row in function.body for node in expressions(row) for name in _handed(node)}
    for row in function.body:
        match row.node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Dict()) if name in handed:
                return name
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.Dict()) if name in handed:
                return name
    return None


def _handed(node: ast.AST) -> Iterator[str]:
    """Yield names that go to another method of the client, or as the JSON of a request."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        own = isinstance(node.func.value, ast.Name) and node.func.value.id == "self"
        bodies = [*(node.args if own else ()), *(keyword.value for keyword in node.keywords if keyword.arg == "json")]
        yield from (argument.id for argument in bodies if isinstance(argument, ast.Name))


def _create(function: Function, script: Script, payload: str, accounting: LineAccounting) -> None:
    """Read the method that starts a task: its signature and what it enforces, under the names on the wire."""
    operation = script.operation
    wire = checks.wire_names(function.body, payload, {argument.arg for argument, _ in function.parameters()})
    constants = {name: value for name, (value, _) in script.constants.items()}
    enforced = list(checks.enforced(function.body, wire, constants))
    needed = {check.parameter for check in enforced if check.facts.get("required")}
    names: list[str] = []
    for argument, default in function.parameters():
        name = wire.get(argument.arg)
        if name is None:
            continue
        names.append(name)
        facts: dict[str, Any] = _annotated(ast.unparse(argument.annotation)) if argument.annotation else {}
        value = constant(default)
        if name not in needed:
            facts["required"] = default is None
        if value is not None:
            facts["default"] = value
        accounting.claim(argument.lineno + function.line - 1, "parameter", name, facts, operation, "signature")
    accounting.claim(function.line, "list", "parameters", {"names": names}, operation, "signature")
    for check in enforced:
        accounting.claim(check.line, "parameter", check.parameter, check.facts, operation, "check")
    for row in function.body:
        if re.match(rf"{payload}\b", row.text):
            for line in row.lines:
                accounting.assign(line, "read")


def _annotated(annotation: str) -> dict[str, Any]:
    """Return the type that an annotation states. A type that JSON does not have is marked."""
    kind = read_type(annotation) if annotation else {}
    return {"unknown_type": annotation[:40]} if kind is None else kind


def is_credential(name: str) -> bool:
    """Return whether a constructor's argument is a key or a secret."""
    return bool(re.search(r"key|secret|token", name))


def _credentials(function: Function, accounting: LineAccounting) -> None:
    """Read a constructor that takes a key or a secret."""
    if function.name != "__init__":
        return
    for argument, _ in function.parameters():
        if is_credential(argument.arg):
            accounting.claim(argument.lineno + function.line - 1, "credential", argument.arg, {})


_PAIR = re.compile(r"f\"\{(\w+)\}:\{(\w+)\}\"")


def _headers(row: LogicalLine, accounting: LineAccounting) -> None:
    for node in expressions(row):
        if not isinstance(node, ast.Dict):
            continue
        names = [key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]
        if not any(re.fullmatch(r"Content-Type|Authorization|X-[\w-]+", name) for name in names):
            continue
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                accounting.claim(key.lineno + row.line - 1, "header", key.value, _header_facts(value))


def _header_facts(value: ast.expr) -> dict[str, Any]:
    fixed = constant(value)
    if isinstance(fixed, str):
        return {"value": fixed}
    if isinstance(value, ast.JoinedStr) and value.values and isinstance(value.values[0], ast.Constant):
        return {"scheme": str(value.values[0].value).strip(), "required": True}
    return {"required": True}


def _environment(row: LogicalLine, accounting: LineAccounting) -> None:
    pair = _PAIR.search(row.text)
    if pair:
        accounting.claim(row.line, "header", "Authorization", {"value": f"Basic <base64({pair[1]}:{pair[2]})>"})
    for node in expressions(row):
        if isinstance(node, ast.Call) and method_of(node) in ("getenv",) and node.args:
            name = constant(node.args[0])
            if isinstance(name, str):
                accounting.claim(node.lineno + row.line - 1, "credential", name, {"variable": name})


def _comment(line: int, comment: str, accounting: LineAccounting) -> None:
    """Read a comment that spells out the numbers of the states; another that states a fact is unread."""
    if re.match(r"status", comment, re.IGNORECASE) and (rows := re.findall(r"\b(\d+)\s*=\s*([a-z ]+)", comment)):
        for number, word in rows:
            accounting.status(line, number, state_of(word))
    elif not accounting.is_read(line) and (signal := fact_in_comment(comment)):
        accounting.unread(line, signal)


def labels(rows: tuple[LogicalLine, ...], accounting: LineAccounting) -> None:
    """Read a comment behind an argument that picks one of many by number: what the number means."""
    for row in rows:
        for node in expressions(row):
            if (
                not isinstance(node, ast.keyword)
                or node.arg is None
                or not re.search(r"_(?:index|type|mode)$", node.arg)
            ):
                continue
            line = node.value.lineno + row.line - 1
            comment = next((text for at, text in row.comments if at == line), "")
            value = literal(str(constant(node.value)))
            if comment and len(comment.split()) <= 4:
                comment_claims(node.arg, value, comment, line, None, accounting)


def comment_claims(
    name: str, value: Any, comment: str, line: int, operation: str | None, accounting: LineAccounting
) -> None:
    """Read index=3 # pan left; type="2" # subject/default"""
    words = [word.strip() for word in comment.lower().split("/")]
    if "default" in words:
        accounting.claim(line, "parameter", name, {"default": value}, operation, "example")
    label = "/".join(word for word in words if word != "default")
    if label:
        accounting.claim(line, "label", f"{name}.{value}", {"label": label}, operation, "example")
