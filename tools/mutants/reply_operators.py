"""Operators on what replies mean: codes, errors, advice on trying again, states of tasks, pointers, files."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tools.mutants.mutant import SourceChange, change
from tools.mutants.request_operators import operations
from tools.mutants.source import PythonSource, calls, changed, keyword, text_of, with_keyword, without

ERRORS = (
    "AuthenticationError InsufficientCredits RateLimited ContentRejected BadRequest NotFound ServerError APIError"
).split()
ADVICE = ("never", "once", "after_delay")
STATES = ("QUEUED", "RUNNING", "SUCCEEDED", "FAILED", "CANCELLED", "TIMED_OUT", "UNKNOWN")
FINAL = frozenset({"SUCCEEDED", "FAILED", "CANCELLED", "TIMED_OUT"})
MEDIA = ("video", "image", "audio", "diagram", "file")


def errors(source: PythonSource) -> Iterator[SourceChange]:
    """Yield a code that means another error, another code, a code left out."""
    for node in _error_maps(source):
        for index, (key, value) in enumerate(zip(node.keys, node.values, strict=True)):
            if not isinstance(key, ast.Constant) or not isinstance(value, ast.Call):
                continue
            known = text_of(value.args[0])
            others = [name for name in ERRORS if name != known]
            for other in (others[index % len(others)], others[(index + 3) % len(others)]):
                yield change(source, "error class", "", value.args[0], repr(other), f"code {key.value!s}")
            another = key.value + 7 if isinstance(key.value, int) else f"{key.value!s}7"
            yield change(source, "error code", "", key, repr(another))
            rest = changed(node, keys=without(node.keys, index), values=without(node.values, index))
            what = f"code {key.value!s} left out"
            yield SourceChange("error code", "", key.lineno, what, (source.edit(node, rest),))


def advice(source: PythonSource) -> Iterator[SourceChange]:
    """Yield other advice on trying again."""
    for node in _error_maps(source):
        for value in node.values:
            if not isinstance(value, ast.Call):
                continue
            known = text_of(value.args[2]) if len(value.args) > 2 else "never"
            for other in ADVICE:
                if other != known:
                    new = changed(value, args=[*value.args[:2], ast.Constant(other)])
                    yield change(source, "retry advice", "", value, ast.unparse(new))


def _error_maps(source: PythonSource) -> Iterator[ast.Dict]:
    for service in calls(source.tree, "Service"):
        for name in ("errors", "http_errors"):
            node = keyword(service, name)
            if isinstance(node, ast.Dict):
                yield node


def envelopes(source: PythonSource) -> Iterator[SourceChange]:
    """Yield the in-band code, message and trace id elsewhere or nowhere; other codes for success."""
    for call in calls(source.tree, "Envelope"):
        for name in ("code", "message", "trace"):
            node = keyword(call, name)
            if node is None:
                continue
            yield change(source, "envelope", "", node, repr(f"{text_of(node)}x"), name)
            if name != "code":
                yield change(source, "envelope", "", node, "None", name)
        success = keyword(call, "success")
        if success is not None:
            for other in ("frozenset({'1'})", "frozenset()", "frozenset({'0', '400', '40003'})"):
                yield change(source, "envelope", "", success, other, "success")


def states(source: PythonSource) -> Iterator[SourceChange]:
    """Yield each documented status taken for each other state, left out, and under another word."""
    for call in calls(source.tree, "TaskSpec"):
        node = keyword(call, "states")
        if not isinstance(node, ast.Dict):
            continue
        for index, (key, value) in enumerate(zip(node.keys, node.values, strict=True)):
            if key is None or not isinstance(value, ast.Attribute):
                continue
            is_final, of = value.attr in FINAL, f"status {text_of(key)}"
            for other in STATES:
                if other != value.attr:
                    operator = _state_operator(is_final or other in FINAL)
                    yield change(source, operator, "", value, f"TaskStatus.{other}", of)
            rest = changed(node, keys=without(node.keys, index), values=without(node.values, index))
            edit = source.edit(node, rest)
            yield SourceChange(_state_operator(is_final), "", key.lineno, f"{of} left out", (edit,))
            yield change(source, _state_operator(is_final), "", key, repr(f"{text_of(key)}x"))


def _state_operator(is_final: bool) -> str:
    return "terminal state" if is_final else "waiting state"


def pointers(source: PythonSource) -> Iterator[SourceChange]:
    """Yield a place in a reply that is another, or none."""
    for call in calls(source.tree, "TaskSpec"):
        for name in ("id", "status", "progress", "reason", "result"):
            node = keyword(call, name)
            if node is None:
                continue
            yield change(source, "pointer", "", node, repr(f"{text_of(node)}x"), name)
            yield change(source, "pointer", "", node, repr((text_of(node) or "").rpartition("/")[0]), name)
            if name in {"progress", "reason", "result"}:
                yield change(source, "pointer", "", node, "None", name)
        argument = keyword(call, "poll_argument")
        if argument is not None:
            yield change(source, "pointer", "", argument, "'id'", "poll_argument")
    for name, call in operations(source):
        node = keyword(call, "reply_at")
        if node is not None:
            yield change(source, "pointer", name, node, repr(f"{text_of(node)}x"), "reply_at")
            yield change(source, "pointer", name, node, "''", "reply_at")


def assets(source: PythonSource) -> Iterator[SourceChange]:
    """Yield files of a result elsewhere, of another kind, from other hosts."""
    for name, operation in operations(source):
        call = keyword(operation, "assets")
        if not isinstance(call, ast.Call):
            continue
        for part in ("at", "hosts"):
            node = keyword(call, part)
            if not isinstance(node, ast.Tuple):
                continue
            for index, item in enumerate(node.elts):
                yield change(source, "assets", name, item, repr(f"{text_of(item)}x"), part)
                rest = ast.unparse(changed(node, elts=without(node.elts, index)))
                what = f"{part}: {text_of(item)} left out"
                yield SourceChange("assets", name, item.lineno, what, (source.edit(node, rest),))
        if keyword(call, "at") is None:
            # No document places the files, so one of any kind is kept: `media` makes no difference to anyone.
            continue
        media = text_of(keyword(call, "media"))
        other = MEDIA[(MEDIA.index(media) + 1) % len(MEDIA)] if media in MEDIA else "file"
        edit = source.edit(call, with_keyword(call, "media", repr(other)))
        yield SourceChange("assets", name, call.lineno, f"media: {media} → {other}", (edit,))


OPERATORS = (errors, advice, envelopes, states, pointers, assets)
