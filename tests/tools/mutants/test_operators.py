"""Each operator changes what it says, and nothing else: on the smallest module that has its subject."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

import pytest

from tools.mutants import (
    account_operators,
    limit_operators,
    line_operators,
    method_operators,
    reply_operators,
    request_operators,
    safety_operators,
)
from tools.mutants.mutant import SourceChange
from tools.mutants.source import PythonSource

Operator = Callable[[PythonSource], Iterator[SourceChange]]

OPERATION = """
DRAW = Operation(name="draw", method="POST", path="/v1/draw", kind="submit", fields=(Field("size", "size"),))
"""
WRAPPED = 'DRAW = Operation(name="draw", kind="submit", body_at="/data", reply_at="/data")'
SERVICE = """
SERVICE = Service(base_url="https://api.acme.example", credentials=(Credential("key", "ACME_KEY", ""),),
    auth=(AuthHeader("X-Key", "plain", ("key",)), AuthHeader("Authorization", "basic", ("key", "secret"))),
    client_headers={"X-User": "user_id"}, errors={"7": ErrorCode("NotFound", "Gone.")},
    envelope=Envelope(code="/code", success=frozenset({"0"})))
"""
TASK = 'TASK = TaskSpec(id="/id", status="/status", states={"3": TaskStatus.SUCCEEDED, "1": TaskStatus.QUEUED})'
MODEL = """
class DrawArguments(BaseModel):
    prompt: Annotated[StrictStr, Field(max_length=9)]
    size: Annotated[StrictInt | None, Field(ge=1, le=4)] = None
    mode: Literal["fine", "fast"] | None = None
class PaintArguments(BaseModel):
    mode: Literal["slow"] | None = None
"""
METHOD = """
class AsyncAcme(AsyncAPIClient):
    def __init__(self, *, key: str | None = None, timeout: float | None = None) -> None:
        super().__init__(SERVICE, RESULTS, credentials={"key": key}, timeout=timeout)

    async def draw(self, prompt: str, *, mode: Literal["fine", "fast"] | None = None) -> Task:
        return await self._submit(DRAW, Drawing, {"prompt": prompt, "mode": mode}, CallOptions(timeout, body, heads))

    async def sing(self, prompt: str) -> Task:
        return await self._submit(SING, Song, {"prompt": prompt}, CallOptions(timeout, body, heads))
"""
LINE = """
LIMIT = 3

def is_small(size: int) -> bool:
    count = size + 1
    return not (count < LIMIT and size)
"""
OTHER_VARIANT = "from .._runtime.aio.client import AsyncAPIClient\n\nclass AsyncAcme(AsyncAPIClient): ..."
RULE = 'DRAW = Operation(name="draw", rules=(Rule(when={"mode": ("fine",)}, allowed={"size": (1,)}),))'
WIRE = 'DRAW = Operation(name="draw", fields=(Field("seconds", "seconds", wire="seconds-text"),))'
ASSETS = 'DRAW = Operation(name="draw", assets=Assets(at=("/url",), media="image"))'
ENUM = "class Mode(IntEnum):\n    FINE = 1\n    FAST = 2\n"
TABLE = """
AGAIN: Mapping[Left, tuple[bool, int]] = {Left.NOTHING: (True, 1)}
State = Literal["sending", "unknown"]

def note(left: Left) -> None:
    \"\"\"Note that it is 'sending'.\"\"\"
    run(f"{left} 'saved'", "UPDATE runs SET state = 'sending' WHERE state = 'unknown'", "accepted")
"""


def safety_changes(source: PythonSource) -> Iterator[SourceChange]:
    """Yield the changes to a journal that uses the evidence of delivery."""
    yield from safety_operators.changes(source, {"Left": ("NOTHING", "SOME")}, is_journal=True)


ROWS: tuple[tuple[Operator, str, str, str], ...] = (
    (request_operators.methods, OPERATION, "method", "method='PUT'"),
    (request_operators.paths, OPERATION, "path", "path='/v1/drawx'"),
    (request_operators.paths, OPERATION, "path", "path='/draw'"),
    (request_operators.hosts, SERVICE, "host", "'https://api.acme.examplex'"),
    (request_operators.fields, OPERATION, "body field", "fields=()"),
    (request_operators.fields, OPERATION, "parameter name", "Field('size', 'size_x')"),
    (request_operators.fields, OPERATION, "parameter place", "Field('size', 'size', 'query')"),
    (request_operators.wrappers, WRAPPED, "wrapper key", "body_at='/date'"),
    (request_operators.wrappers, OPERATION, "wrapper key", "body_at='/data'"),
    (request_operators.wire_forms, WIRE, "wire form", "Field('seconds', 'seconds')"),
    (request_operators.rules, RULE, "rule", "rules=()"),
    (request_operators.rules, RULE, "rule", "allowed={'size': ('canary',)}"),
    (request_operators.kinds, OPERATION, "paid retry", "kind='query'"),
    (request_operators.kinds, OPERATION, "call kind", "kind='generate'"),
    (account_operators.auth_headers, SERVICE, "auth", "auth=(AuthHeader('X-Key', 'plain', ('key',)),)"),
    (account_operators.auth_headers, SERVICE, "auth", "AuthHeader('Authorization', 'bearer', ('key', 'secret'))"),
    (account_operators.auth_headers, SERVICE, "auth", "AuthHeader('Authorization', 'basic', ('secret', 'key'))"),
    (account_operators.credentials, SERVICE, "auth", "Credential('key', 'ACME_KEY_X', '')"),
    (account_operators.client_headers, SERVICE, "client header", "client_headers={}"),
    (reply_operators.errors, SERVICE, "error class", "'7': ErrorCode('AuthenticationError', 'Gone.')"),
    (reply_operators.errors, SERVICE, "error code", "errors={}"),
    (reply_operators.advice, SERVICE, "retry advice", "ErrorCode('NotFound', 'Gone.', 'once')"),
    (reply_operators.envelopes, SERVICE, "envelope", "code='/codex'"),
    (reply_operators.states, TASK, "terminal state", "'3': TaskStatus.RUNNING"),
    (reply_operators.states, TASK, "terminal state", "states={'1': TaskStatus.QUEUED}"),
    (reply_operators.states, TASK, "waiting state", "'1': TaskStatus.RUNNING"),
    (reply_operators.pointers, TASK, "pointer", "id='/idx'"),
    (reply_operators.pointers, WRAPPED, "pointer", "reply_at=''"),
    (reply_operators.assets, ASSETS, "assets", "at=('/urlx',)"),
    (reply_operators.assets, ASSETS, "assets", "media='audio'"),
    (limit_operators.values, MODEL, "enum value", "mode: Literal['fine'] | None"),
    (limit_operators.values, MODEL, "enum value", "mode: Literal['fine', 'fastx'] | None"),
    (limit_operators.values, MODEL, "enum value", "mode: Literal['fine', 'fast', 'slow'] | None"),
    (limit_operators.bounds, MODEL, "bound", "Field(ge=2, le=4)"),
    (limit_operators.bounds, MODEL, "bound", "Field(gt=1, le=4)"),
    (limit_operators.bounds, MODEL, "bound", "Field(le=4)"),
    (limit_operators.bounds, MODEL, "length", "Field(max_length=10)"),
    (limit_operators.required, MODEL, "required", "prompt: Annotated[StrictStr, Field(max_length=9)] | None = None"),
    (limit_operators.required, MODEL, "required", "mode: Literal['fine', 'fast'] | None\n"),
    (limit_operators.types, MODEL, "type", "size: Annotated[StrictStr | None"),
    (limit_operators.names_of_numbers, ENUM, "enum name", "FINE = 2\n    FAST = 1"),
    (method_operators.arguments, METHOD, "body field", "{'prompt': prompt}"),
    (method_operators.arguments, METHOD, "crossed arguments", "'prompt': mode"),
    (method_operators.arguments, METHOD, "default sent", "'mode': 'fine' if mode is None else mode"),
    (method_operators.constants, METHOD, "wrong operation", "self._submit(SING, Drawing"),
    (method_operators.constants, METHOD, "result class", "self._submit(DRAW, Song"),
    (method_operators.constants, METHOD, "call kind", "self._query(DRAW, Drawing"),
    (method_operators.options, METHOD, "call option", "CallOptions(timeout, None, heads)"),
    (method_operators.options, METHOD, "timeout unit", "CallOptions(timeout and timeout / 1000, body, heads)"),
    (method_operators.constructors, METHOD, "client option", "timeout=None)"),
    (method_operators.constructors, METHOD, "auth", "credentials={'key': None}"),
    (method_operators.variants, METHOD, "sync for async", "return self._submit(SING"),
    (
        method_operators.variants,
        OTHER_VARIANT,
        "sync for async",
        "from .._runtime.sync.client import APIClient as AsyncAPIClient",
    ),
    (line_operators.changes, LINE, "line: comparison", "count <= LIMIT"),
    (line_operators.changes, LINE, "line: condition", "count < LIMIT or size"),
    (line_operators.changes, LINE, "line: condition", "return count < LIMIT and size"),
    (line_operators.changes, LINE, "line: constant", "LIMIT = 4"),
    (line_operators.changes, LINE, "line: arithmetic", "size - 1"),
    (line_operators.changes, LINE, "line: return", "return None"),
    (line_operators.changes, LINE, "line: statement", "    pass"),
    (safety_changes, TABLE, "runtime: member", "{Left.SOME: (True, 1)}"),
    (safety_changes, TABLE, "runtime: flag", "(False, 1)"),
    (safety_changes, TABLE, "runtime: state", "SET state = 'unknown' WHERE state = 'unknown'"),
    (safety_changes, TABLE, "runtime: state", "SET state = 'sending' WHERE state = 'refused'"),
    (safety_changes, TABLE, "runtime: state", "'finished')"),
    (safety_changes, LINE, "runtime: return", "return None"),
)


@pytest.mark.parametrize("operator, text, name, expected", ROWS, ids=lambda value: getattr(value, "__name__", ""))
def test_an_operator_changes_what_it_says(operator: Operator, text: str, name: str, expected: str) -> None:
    source = PythonSource(text)
    made = [PythonSource(source.apply(found.edits)) for found in operator(source) if found.operator == name]
    assert [other for other in made if expected in unparsed(other)]
    assert all(unparsed(other) != unparsed(source) for other in made)


def unparsed(source: PythonSource) -> str:
    """Return the text in one style."""
    return ast.unparse(source.tree) + "\n"


def test_every_operator_has_a_row() -> None:
    tables = (
        request_operators.OPERATORS,
        account_operators.OPERATORS,
        reply_operators.OPERATORS,
        limit_operators.OPERATORS,
        method_operators.CLIENT_OPERATORS,
    )
    assert {operator for table in tables for operator in table} <= {row[0] for row in ROWS}


def test_a_change_names_its_line_and_what_it_was() -> None:
    found = next(iter(request_operators.methods(PythonSource(OPERATION))))
    assert (found.line, found.what, found.subject) == (2, "\"POST\" → 'PUT'", "draw")


def test_an_edit_that_changes_nothing_is_refused() -> None:
    source = PythonSource("LIMIT = 3\n")
    with pytest.raises(ValueError, match="changes nothing"):
        source.apply([])


def test_positions_count_bytes_not_characters() -> None:
    source = PythonSource('NAME = Operation(name="écru", method="POST")\n')
    assert "method='PUT'" in source.apply(next(iter(request_operators.methods(source))).edits).replace(
        'method="', "method='"
    )


def test_types_docstrings_and_formatted_texts_are_left_alone() -> None:
    found = [change.what for change in safety_changes(PythonSource(TABLE)) if change.operator == "runtime: state"]
    assert len(found) == 3
    assert found[2] == "accepted → finished"
    assert found[0].startswith("sending → unknown in ")
