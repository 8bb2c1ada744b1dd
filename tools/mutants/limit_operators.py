"""Operators on what a service accepts: values, bounds, lengths, what is required, types, and names of numbers."""

from __future__ import annotations

import ast
import itertools
from collections import defaultdict
from collections.abc import Iterator

from tools.mutants.mutant import SourceChange, change
from tools.mutants.source import PythonSource, changed, without

BOUNDS = {"ge": "gt", "gt": "ge", "le": "lt", "lt": "le"}
LENGTHS = ("max_length", "min_length")
STEP = 0.01
TYPES = {
    "StrictStr": ("StrictInt", "StrictBool"),
    "StrictInt": ("StrictStr", "StrictFloat"),
    "StrictFloat": ("StrictInt", "StrictStr"),
    "StrictBool": ("StrictStr", "StrictInt"),
    "Uri": ("StrictStr", "StrictInt"),
}


def parameters(source: PythonSource) -> Iterator[tuple[str, ast.AnnAssign]]:
    """Yield every parameter of every model, by the name of the model."""
    for model in source.tree.body:
        if isinstance(model, ast.ClassDef):
            for item in model.body:
                if isinstance(item, ast.AnnAssign):
                    yield model.name, item


def values(source: PythonSource) -> Iterator[SourceChange]:
    """Yield an allowed value left out, another one, one more, and no choice at all."""
    choices = _known_choices(source)
    for model, parameter in parameters(source):
        of = ast.unparse(parameter.target)
        for node in _choices(parameter):
            items = _items(node)
            for index, item in enumerate(items):
                yield change(source, "enum value", model, item, repr(_another(item.value)), of)
                if len(items) > 1:
                    shorter = _literal(node, without(items, index))
                    what = f"{of}: {item.value!r} is not allowed any more"
                    yield SourceChange("enum value", model, item.lineno, what, (source.edit(node, shorter),))
            for more in _plausible(items, choices[of]):
                longer = _literal(node, [*items, ast.Constant(more)])
                what = f"{of}: {more!r} is allowed too"
                yield SourceChange("enum value", model, node.lineno, what, (source.edit(node, longer),))
            yield SourceChange("enum value", model, node.lineno, f"{of}: any text", (source.edit(node, "StrictStr"),))


def _known_choices(source: PythonSource) -> dict[str, list[str | int]]:
    """Return every value that any method has for a parameter of a name."""
    choices: dict[str, list[str | int]] = defaultdict(list)
    for _, parameter in parameters(source):
        for node in _choices(parameter):
            choices[ast.unparse(parameter.target)] += [_value(item) for item in _items(node)]
    return choices


def _plausible(items: list[ast.Constant], choices: list[str | int]) -> list[str | int]:
    """Return values that a wrong catalog might allow: of other methods, next to a number, in the other case."""
    own = [_value(item) for item in items]
    last = own[-1]
    near = last + 1 if isinstance(last, int) else last.swapcase()
    return [value for value in dict.fromkeys([*choices, near]) if value not in own]


def _choices(parameter: ast.AnnAssign) -> Iterator[ast.Subscript]:
    for node in ast.walk(parameter.annotation):
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Literal":
            yield node


def _items(node: ast.Subscript) -> list[ast.Constant]:
    nodes = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    return [item for item in nodes if isinstance(item, ast.Constant)]


def _value(item: ast.Constant) -> str | int:
    assert isinstance(item.value, str | int)
    return item.value


def _another(value: object) -> object:
    return value + 1 if isinstance(value, int) else f"{value}x"


def _literal(node: ast.Subscript, items: list[ast.Constant]) -> str:
    return f"{ast.unparse(node.value)}[{', '.join(ast.unparse(item) for item in items)}]"


def bounds(source: PythonSource) -> Iterator[SourceChange]:
    """Yield a bound or a length moved by one, left out, or exclusive instead of inclusive."""
    for model, parameter in parameters(source):
        of = ast.unparse(parameter.target)
        for call in ast.walk(parameter.annotation):
            if not isinstance(call, ast.Call):
                continue
            for index, limit in enumerate(call.keywords):
                node = limit.value
                operator = "length" if limit.arg in LENGTHS else "bound"
                if not isinstance(node, ast.Constant) or not isinstance(node.value, int | float):
                    continue
                step = STEP if isinstance(node.value, float) else 1
                for other in (node.value - step, node.value + step):
                    yield change(source, operator, model, node, repr(other), f"{of} {limit.arg}")
                rest = ast.unparse(changed(call, keywords=without(call.keywords, index)))
                what = f"{of}: {limit.arg}={node.value} left out"
                yield SourceChange(operator, model, node.lineno, what, (source.edit(call, rest),))
                if limit.arg in BOUNDS:
                    new = f"{BOUNDS[limit.arg]}={node.value!r}"
                    yield change(source, "bound", model, limit, new, of)


def required(source: PythonSource) -> Iterator[SourceChange]:
    """Yield what is required made optional, and what is optional made required."""
    for model, parameter in parameters(source):
        name, annotation = ast.unparse(parameter.target), source.segment(parameter.annotation)
        if parameter.value is None:
            yield change(source, "required", model, parameter, f"{name}: {annotation} | None = None")
        else:
            yield change(source, "required", model, parameter, f"{name}: {annotation}")


def types(source: PythonSource) -> Iterator[SourceChange]:
    """Yield another type."""
    for model, parameter in parameters(source):
        for node in ast.walk(parameter.annotation):
            if isinstance(node, ast.Name):
                for other in TYPES.get(node.id, ()):
                    yield change(source, "type", model, node, other, ast.unparse(parameter.target))


def names_of_numbers(source: PythonSource) -> Iterator[SourceChange]:
    """Yield enumerations with two neighbours exchanged."""
    for enumeration in source.tree.body:
        if not isinstance(enumeration, ast.ClassDef):
            continue
        members = [item for item in enumeration.body if isinstance(item, ast.Assign)]
        for one, two in itertools.pairwise(members):
            first, second = source.segment(one.value), source.segment(two.value)
            edits = (source.edit(one.value, second), source.edit(two.value, first))
            what = f"{ast.unparse(one.targets[0])} and {ast.unparse(two.targets[0])} change places"
            yield SourceChange("enum name", "", one.lineno, what, edits)


OPERATORS = (values, bounds, required, types)
