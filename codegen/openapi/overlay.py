"""The overlay engine: applies an OpenAPI Overlay 1.0 document to an OpenAPI document, strictly and purely.

Where version 1.0 of the Overlay Specification is silent, version 1.1's answer holds: arrays are concatenated, only
like is merged with like, any node may be removed. One rule is ours: an action that matches nothing is a fault, since an
overlay that quietly stopped applying is a lost fact. An action that only describes a field or an error code loses
words, no fact: where that is gone, the caller may collect the action instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import jsonschema_rs
from jsonpath import JSONPath, JSONPathEnvironment, JSONPathError
from jsonpath.function_extensions import Match, Search

from codegen import trees, yamlio
from codegen.faults import Fault, InputFault
from codegen.openapi.json_values import as_list, as_object
from codegen.openapi.walk import METHODS

_VERSION = re.compile(r"1\.0\.\d+")
_ROOT_KEYS = frozenset({"overlay", "info", "extends", "actions"})
_INFO_KEYS = frozenset({"title", "version"})
_ACTION_KEYS = frozenset({"target", "description", "update", "remove"})
MAX_TARGET = 1_000
"""Characters of a target: a JSONPath is followed step by step, each step inside the last."""
MAX_MATCHES = 100_000
"""Nodes that one action may change."""
_QUOTED = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""")


@cache
def _pattern(pattern: str) -> Any:
    """Return a matcher that cannot blow up; None for a pattern that no such engine runs."""
    try:
        return jsonschema_rs.validator_for({"pattern": pattern}, pattern_options=jsonschema_rs.RegexOptions())
    except ValueError:
        return None


class _Match(Match):
    """`match`, by an engine that does not backtrack."""

    def __call__(self, value: object, pattern: object) -> bool:
        compiled = _pattern(f"^(?:{pattern})$") if isinstance(value, str) and isinstance(pattern, str) else None
        return compiled is not None and bool(compiled.is_valid(value))


class _Search(Search):
    """`search`, by an engine that does not backtrack."""

    def __call__(self, value: object, pattern: object) -> bool:
        compiled = _pattern(pattern) if isinstance(value, str) and isinstance(pattern, str) else None
        return compiled is not None and bool(compiled.is_valid(value))


_ENVIRONMENT = JSONPathEnvironment(strict=True)
_ENVIRONMENT.function_extensions |= {"match": _Match(), "search": _Search()}

_DESCRIBED = re.compile(r"\.properties\b|\['properties'\]|x-error-codes'?\]?\.(?:codes|http)\b")
_WORDS = frozenset({"description", "examples", "meaning", "cause", "advice", "cites"})
"""Keys that explain what the documents state, and state nothing themselves."""
_INDEX = re.compile(r"\[\s*-?\d+\s*\]")

Location = tuple[str | int, ...]


@dataclass(frozen=True)
class _Action:
    """One action, checked and with its target compiled."""

    place: str
    target: str
    query: JSONPath
    remove: bool
    update: Any


class _Conflict(Exception):
    """The update does not fit the node it is merged with."""

    def __init__(self, problem: str, remedy: str = "correct the target or the update") -> None:
        super().__init__(problem)
        self.remedy = remedy


class _Unmatched(_Conflict):
    """The target matches no node."""


@dataclass(frozen=True)
class OverlaySource:
    """An overlay as it was read from a file."""

    name: str
    """What faults call it."""
    overlay: Any
    lines: tuple[int, ...]
    """The line of each action."""
    file: yamlio.HandWritten = field(default=yamlio.HandWritten(""))
    """The file that it was read from."""


def read(path: Path, name: str) -> OverlaySource:
    """Read an overlay file. Raises InputFault where it is not YAML, or no overlay."""
    text = trees.read_input(path, name, yamlio.MAX_BYTES)
    value, file = yamlio.loads(text, name), yamlio.HandWritten(name, text)
    source = OverlaySource(name, value, file.lines("actions"), file)
    _actions(source)
    return source


def apply(document: dict[str, Any], overlay: Any, name: str, idle: list[Fault] | None = None) -> dict[str, Any]:
    """Return the document with the overlay's actions applied in order; `name` is what faults call the overlay."""
    result, faults = merge(document, OverlaySource(name, overlay, ()), idle)
    if faults:
        raise InputFault(faults)
    return result


@dataclass(frozen=True)
class AppliedValue:
    """An action and one of the nodes that it has updated."""

    file: str
    place: str
    location: Location
    update: Any


def merge(
    document: dict[str, Any],
    source: OverlaySource,
    idle: list[Fault] | None = None,
    written: list[AppliedValue] | None = None,
) -> tuple[dict[str, Any], list[Fault]]:
    """Apply what can be applied of an overlay, and return what cannot. Raises InputFault for a malformed overlay.

    `idle` collects the actions that only describe what is gone; without it they are faults like the others. `written`
    collects what was written where.
    """
    name = source.name
    actions = _actions(source)
    result = deepcopy(document)
    faults: list[Fault] = []
    other_method: list[_Action] = []
    for action in actions:
        try:
            locations = _located(action, result, other_method)
            if action.remove:
                _remove(result, locations)
            else:
                for location in locations:
                    _merge_into(_node(result, location), action.update, "")
                    if written is not None:
                        written.append(AppliedValue(name, action.place, location, action.update))
        except _Unmatched as conflict:
            collected = idle if idle is not None and _only_describes(action) else faults
            collected.append(_of_nothing(source, action, conflict, document, actions))
        except _Conflict as conflict:
            faults.append(_about(name, action, str(conflict), conflict.remedy))
        except JSONPathError as error:
            faults.append(_about(name, action, f"cannot be evaluated ({_reason(error)})", "simplify the target"))
    return result, [*faults, *_of_another_method(name, other_method)]


def _of_nothing(
    source: OverlaySource, action: _Action, conflict: _Conflict, document: Any, actions: Sequence[_Action]
) -> Fault:
    """Return the fault of an action that matches nothing, with the name that it may mean."""
    others = [other.target for other in actions if other.target != action.target]
    words = "if the field or the code is gone, or name what took its place"
    remedy = f"delete {source.file.extent(action.place)} {words if _only_describes(action) else conflict.remedy}"
    return _about(source.name, action, f"{conflict}{_nearest(action.target, document, others)}", remedy)


_METHOD = re.compile(rf"(?<=[*\]])\.(?:{'|'.join(METHODS)})\b")


def _located(action: _Action, document: Any, other_method: list[_Action]) -> list[Location]:
    """Return the nodes an action is about. Where its operations have another method now, they are meant all the same.

    `other_method` collects such actions: what they would leave out is no fault of its own.
    """
    try:
        return _select(action, document)
    except _Unmatched:
        target = _METHOD.sub("[?@.operationId]", action.target, count=1)
        if target == action.target:
            raise
        try:
            locations = _select(replace(action, query=_compile(target)), document)
        except (_Conflict, JSONPathError):
            locations = []
        if not locations:
            raise
        other_method.append(action)
        return locations


def _of_another_method(name: str, actions: Sequence[_Action]) -> Iterator[Fault]:
    if actions:
        first, *others = actions
        same = f"; the same on {', '.join(action.place for action in others)}" if others else ""
        step = _METHOD.findall(first.target)[0]
        problem = f"names a method that the operations do not have any more{same}"
        remedy = f"write `[?@.operationId]` in place of `{step}`: it matches whatever the method is"
        yield _about(name, first, problem, remedy)


def _actions(source: OverlaySource) -> list[_Action]:
    """Return the actions of an overlay, each at its line where it was read from a file. Raises InputFault."""

    def line(place: str) -> str:
        index = re.fullmatch(r"/actions/(\d+)", place)
        return f"line {source.lines[int(index[1])]}" if index and int(index[1]) < len(source.lines) else place

    try:
        return [replace(action, place=line(action.place)) for action in _read(source.overlay, source.name)]
    except InputFault as error:
        raise InputFault(replace(fault, place=line(fault.place)) for fault in error.faults) from None


def by_index(source: OverlaySource) -> list[Fault]:
    """Return a fault for each action that aims at a place in a list, which moves when documents change."""
    faults = []
    for index, action in enumerate(as_list(as_object(source.overlay).get("actions"))):
        target = str(action.get("target")) if isinstance(action, dict) else ""
        if _INDEX.search(target):
            place = f"line {source.lines[index]}" if index < len(source.lines) else f"/actions/{index}"
            remedy = "name what it aims at, such as `$.servers[?@.url == 'https://…']`"
            faults.append(Fault(source.name, place, f"target {target!r} aims at an index", remedy))
    return faults


def _only_describes(action: _Action) -> bool:
    """Return whether an action has nothing but words about a field or an error code."""
    has_words = _DESCRIBED.search(action.target) is not None
    return has_words and isinstance(action.update, dict) and set(action.update) <= _WORDS


def _about(name: str, action: _Action, problem: str, remedy: str) -> Fault:
    return Fault(name, action.place, f"target {_short(action.target)} {problem}", remedy)


def _short(target: str) -> str:
    return repr(target) if len(target) <= 200 else f"{target[:200]!r}…"


def _reason(error: JSONPathError) -> str:
    # str() of the error quotes the query with a marker over several lines, and fails on an empty query.
    return str(error.args[0]) if error.args else "invalid"


# Reading: everything that can be wrong with the overlay by itself.


def _read(overlay: Any, name: str) -> list[_Action]:
    if not isinstance(overlay, dict):
        raise InputFault(Fault(name, "", "is not an overlay", "start with `overlay: 1.0.0`, `info` and `actions`"))
    faults = [*_unknown_keys(overlay, _ROOT_KEYS, "", name), *_head_faults(overlay, name)]
    actions: list[_Action] = []
    rows = overlay.get("actions")
    if not isinstance(rows, list) or not rows:
        if "actions" in overlay or not faults:  # else the unknown key is a misspelled one
            faults.append(Fault(name, "/actions", "is missing or not a list of actions", "list at least one action"))
        rows = []
    seen: dict[str, int] = {}
    for index, action in enumerate(rows):
        own = _action_faults(action, index, name)
        if (first := seen.setdefault(repr(action), index)) != index:
            own.append(Fault(name, f"/actions/{index}", f"repeats action {first}", "keep one of them"))
        faults.extend(own)
        if not own:
            compiled = _compiled(action, f"/actions/{index}", name)
            if isinstance(compiled, Fault):
                faults.append(compiled)
            else:
                actions.append(compiled)
    if faults:
        raise InputFault(faults)
    return actions


def _unknown_keys(mapping: dict[Any, Any], allowed: frozenset[str], place: str, name: str) -> list[Fault]:
    unknown = [key for key in mapping if key not in allowed and not str(key).startswith("x-")]
    remedy = f"use {', '.join(sorted(allowed))} or an x- key"
    return [Fault(name, place, f"unknown key {key!r}", remedy) for key in unknown]


def _head_faults(overlay: dict[str, Any], name: str) -> list[Fault]:
    faults: list[Fault] = []
    version = overlay.get("overlay")
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        faults.append(Fault(name, "/overlay", f"version {version!r} is not Overlay 1.0", "write `overlay: 1.0.0`"))
    info = overlay.get("info")
    if not isinstance(info, dict):
        faults.append(Fault(name, "/info", "is missing or not an object", "give `title` and `version`"))
    else:
        faults.extend(_unknown_keys(info, _INFO_KEYS, "/info", name))
        for key in sorted(_INFO_KEYS):
            if not isinstance(info.get(key), str):
                faults.append(Fault(name, f"/info/{key}", "is missing or not text", f"give the overlay a {key}"))
    if not isinstance(overlay.get("extends", ""), str):
        faults.append(Fault(name, "/extends", "is not text", "name the document this overlay is for, or leave it out"))
    return faults


def _action_faults(action: Any, index: int, name: str) -> list[Fault]:
    place = f"/actions/{index}"
    if not isinstance(action, dict):
        return [Fault(name, place, "is not an action", "write an object with `target` and `update` or `remove: true`")]
    faults = _unknown_keys(action, _ACTION_KEYS, place, name)
    target = action.get("target")
    if not isinstance(target, str):
        faults.append(Fault(name, place, f"target {target!r} is not text", "give a JSONPath"))
    if not isinstance(action.get("description", ""), str):
        faults.append(Fault(name, place, "description is not text", "write text or leave it out"))
    remove = action.get("remove", False)
    if not isinstance(remove, bool):
        faults.append(Fault(name, place, f"remove {remove!r} is not a boolean", "write true or leave it out"))
    elif not remove and "update" not in action and not faults:
        faults.append(Fault(name, place, f"target {target!r} has nothing to do", "give `update` or `remove: true`"))
    return faults


def _compiled(action: dict[str, Any], place: str, name: str) -> _Action | Fault:
    target = action["target"]
    if len(target) > MAX_TARGET:
        return Fault(name, place, f"target {_short(target)} is longer than {MAX_TARGET} characters", "shorten it")
    if re.search(r"\?.*\$", _QUOTED.sub("", target)):
        problem = f"target {_short(target)} begins again at $ in a filter, which searches all for every node"
        return Fault(name, place, problem, "use @")
    try:
        query = _compile(target)
    except JSONPathError as error:
        problem = f"target {_short(target)} is not an RFC 9535 JSONPath ({_reason(error)})"
        return Fault(name, place, problem, "correct the target")
    return _Action(place, target, query, action.get("remove", False), action.get("update"))


def _compile(target: str) -> JSONPath:
    query = _ENVIRONMENT.compile(target)
    assert isinstance(query, JSONPath), "strict JSONPath has no unions of queries"
    return query


# Applying.


_NAME = re.compile(r"""'([^'\\]+)'|"([^"\\]+)"|\.([A-Za-z_][\w-]*)""")


def _names(target: str) -> list[str]:
    return ["".join(word) for word in _NAME.findall(target)]


def _nearest(target: str, document: Any, others: Iterable[str]) -> str:
    """Return which name of a target the document does not have, with the nearest one that no other target quotes."""
    words = {str(word) for node in _nodes(document) for word in (node if isinstance(node, dict) else [node])}
    free = words.difference(word.strip("'\"") for other in others for word in _QUOTED.findall(other))
    for name in _names(target):
        if name not in words and (near := get_close_matches(name, free, 1, 0.8)):
            return f": there is no {name!r}, and {near[0]!r} is nearest"
    return ""


def _nodes(document: Any) -> Iterator[Any]:
    """Yield every node of a document, the short texts among them."""
    waiting = [document]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict | list):
            waiting.extend(node.values() if isinstance(node, dict) else node)
            yield as_object(node)
        elif isinstance(node, str) and len(node) < 100:
            yield node


def _select(action: _Action, document: Any) -> list[Location]:
    """Return the nodes an action is about, each once, in document order."""
    matches = islice(action.query.finditer(document), MAX_MATCHES + 1)
    parts = [tuple(match.parts) for match in matches]
    if len(parts) > MAX_MATCHES:
        raise _Conflict(f"matches more than {MAX_MATCHES} nodes", "name what it is about")
    locations: dict[Location, None] = dict.fromkeys(parts)
    if not locations:
        raise _Unmatched("matches nothing", "if the operation or the field is gone, or correct it")
    if action.remove:
        if () in locations:
            raise _Conflict("would remove the whole document")
    elif len({_kind(_node(document, location)) for location in locations}) > 1:
        raise _Conflict("matches nodes of different kinds")
    return list(locations)


def _node(document: Any, location: Location) -> Any:
    node = document
    for part in location:
        node = node[part]
    return node


def _remove(document: Any, locations: list[Location]) -> None:
    # Later siblings first, so that indexes stay true; parents are looked up before anything moves.
    for parent, key in [(_node(document, where[:-1]), where[-1]) for where in sorted(locations, key=_last_first)]:
        del parent[key]


def _last_first(location: Location) -> tuple[int, int]:
    last = location[-1]
    return (-len(location), -last if isinstance(last, int) else 0)


def _kind(value: Any) -> str:
    if isinstance(value, dict):
        return "an object"
    return "an array" if isinstance(value, list) else "a value"


def _merge_into(target: Any, update: Any, at: str) -> None:
    if isinstance(target, list):
        target.extend(deepcopy(update) if isinstance(update, list) else [deepcopy(update)])
        return
    if not isinstance(target, dict):
        raise _Conflict("matches a plain value, which cannot be updated in place; update the object that holds it")
    if not isinstance(update, dict):
        raise _Conflict(f"matches an object, but the update is {_kind(update)}")
    for key, value in update.items():
        if key not in target:
            target[key] = deepcopy(value)
        elif (old := _kind(target[key])) != (new := _kind(value)):
            raise _Conflict(f"has {old} at {at}/{key}, where the update has {new}; remove it in an action before")
        elif old == "a value":
            target[key] = value
        else:
            _merge_into(target[key], value, f"{at}/{key}")
