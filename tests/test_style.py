"""The style of the code that people write: docstrings, names and the length of functions."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from codegen.paths import GENERATED, ROOT

FOLDERS = ("codegen", "examples", "tests", "tools")
DERIVED = ("codegen/package/_runtime/sync", "tests/documents/record")
# A verb that is missing here may be added; a noun or an adjective may not.
VERBS = frozenset(
    """
    Accept Add Advance Agree Allow Animate Answer Append Apply Ask Assert Assign Await Begin Break Bring Build Call
    Cancel Change Check Choose Claim Close Collect Compare Connect Continue Convert Copy Count Create Cut Decode Delay
    Delete Derive Do Download Draft Draw Drop Empty Emulate End Ensure Escape Evaluate Execute Expand Extract Fail
    Fetch Fill Filter Find Finish Flatten Follow Forget Format Free Generate GET Give Go Guard Handle Hide Hold Ignore
    Import Indent Inject Insert Install Interrupt Iterate Join Keep Kill Lay Lead Leave Let Lint List Listen Lock Log
    Look Make Mark Match Measure Mend Merge Move Name Normalize Note Observe Open Pair Parametrize Parse Pass Patch
    Pause Percent-encode Place Plan Poll Post Prefer Prepare Press Print Prove Provide Put Quote Raise Read Recognize
    Reconcile Record Redraw Refuse Register Release Remember Remove Render Replace Replay Report Reset Resolve Restore
    Resume Retry Return Rewrite Rotate Route Run Sample Save Say Schedule Script Select Send Serve Set Settle Show
    Shuffle Skip Sleep Sort Split Spread Start Stop Store Stream Strip Stub Submit Swap Take Tell Test Trim Try Turn
    Type Update Upload Use Validate Verify Visit Wait Wake Walk Warn Watch Wrap Write Yield
    """.split()
)

RIDDLES = frozenset(
    "asked bent desk judge judged judges lives said shown told trouble troubles twin twins wanted world worlds".split()
)
"""Words that no identifier contains: each had several meanings, or was a participle in the place of a noun."""
ANY_RIDDLE = re.compile("|".join(sorted(RIDDLES)), re.IGNORECASE)
FOREIGN = frozenset({"open_world_hint"})
"""Names of other libraries."""


LONGEST = 40
FLAT: Mapping[str, str] = {
    "codegen/package/_runtime/aio/client.py:__init__": "a signature of fifteen options, each passed on once",
    "codegen/package/batch/table.py:__init__": "a signature of twelve options and what each of them means",
    "codegen/package/_runtime/validate.py:check": "one pass over the arguments, which every call pays for",
}
"""Function → why its lines are simpler to read in one place."""


@dataclass(frozen=True)
class Function:
    """What the checks read of a function: the tree of a module is too large to keep."""

    name: str
    line: int
    lines: int
    docstring: str
    result: str
    """Its annotation; "" for none."""
    is_property: bool


@dataclass(frozen=True)
class Module:
    functions: tuple[Function, ...]
    classes: frozenset[str]
    riddles: tuple[str, ...]

    @classmethod
    def of(cls, source: str) -> Module:
        """Read a module. Expressions hold neither functions nor classes, so they are not walked."""
        functions: list[Function] = []
        classes: set[str] = set()
        for node in _statements(ast.parse(source)):
            if isinstance(node, ast.ClassDef):
                classes.add(node.name)
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                functions.append(_function(node))
        return cls(tuple(functions), frozenset(classes), tuple(riddles(source)))


def _statements(tree: ast.Module) -> Iterator[ast.AST]:
    rest: list[ast.AST] = list(tree.body)
    while rest:
        node = rest.pop()
        yield node
        for name in ("body", "orelse", "finalbody", "handlers", "cases"):
            rest += getattr(node, name, [])


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Function:
    return Function(
        name=node.name,
        line=node.lineno,
        lines=(node.end_lineno or 0) - node.lineno + 1,
        docstring=ast.get_docstring(node) or "",
        result="" if node.returns is None else ast.unparse(node.returns),
        is_property=any("property" in ast.unparse(decorator) for decorator in node.decorator_list),
    )


def riddles(source: str) -> list[str]:
    """Return the identifiers of a module that contain a word that is not used. A test's name is a sentence."""
    if not ANY_RIDDLE.search(source):  # reading the tokens takes long
        return []
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    names = {token.string for token in tokens if token.type == tokenize.NAME} - FOREIGN
    words = {name: set(re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)) for name in names if not name.startswith("test_")}
    return sorted(name for name, parts in words.items() if RIDDLES & {part.lower() for part in parts})


@cache
def modules() -> Mapping[str, Module]:
    """Return path → every module that people write. Each is read once for all checks."""
    paths = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    paths_by_name = {path.relative_to(ROOT).as_posix(): path for path in paths}
    modules_by_name = {name: _module(path) for name, path in paths_by_name.items() if not name.startswith(DERIVED)}
    assert len(modules_by_name) > 600
    return modules_by_name


def _module(path: Path) -> Module:
    return Module.of(path.read_text(encoding="utf-8"))


def generated() -> dict[str, Module]:
    """Return path → every module that is generated; the copies of codegen/package are checked where they are edited."""
    folders = [GENERATED / "contract_tests", *(path.parent for path in GENERATED.glob("wondergen/*/operations.py"))]
    paths = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    assert len(paths) > 30
    return {path.relative_to(ROOT).as_posix(): _module(path) for path in paths}


def without_verb(module: Module) -> list[str]:
    """Return the functions whose docstring begins with no verb. A property is named by what it holds."""
    return [
        f"{one.line}: {one.name}: {one.docstring.splitlines()[0]}"
        for one in module.functions
        if one.docstring and re.split(r"[\s,.:;]", one.docstring)[0] not in VERBS and not one.is_property
    ]


def wrong_verb(module: Module) -> list[str]:
    """Return the functions that claim to return where they return nothing, and to yield where they do not."""
    faults = []
    for one in module.functions:
        verb = one.docstring.split(" ")[0]
        returns_none = verb == "Return" and one.result == "None"
        if returns_none or (verb == "Yield" and one.result and not re.search("Iter|Gener", one.result)):
            faults.append(f"{one.line}: {one.name}: {verb} is not what it does")
    return faults


def test_every_docstring_of_a_function_begins_with_the_verb_for_what_it_does() -> None:
    both = {**modules(), **generated()}
    wrong = {name: without_verb(module) + wrong_verb(module) for name, module in both.items()}
    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.parametrize("text, count", [("Return the sum.", 0), ("The sum.", 1), ("Whether it is a sum.", 1)])
def test_a_docstring_without_a_verb_is_found(text: str, count: int) -> None:
    assert len(without_verb(Module.of(f'if True:\n    def add():\n        """{text}"""\n'))) == count
    assert without_verb(Module.of(f'class A:\n    @property\n    def sum(self):\n        """{text}"""\n')) == []


def test_a_docstring_that_promises_another_result_is_found() -> None:
    assert wrong_verb(Module.of('def add() -> None:\n    """Return the sum."""\n')) != []
    assert wrong_verb(Module.of('def add() -> int:\n    """Yield the sum."""\n')) != []
    assert wrong_verb(Module.of('def add() -> int:\n    """Return the sum."""\n')) == []


def test_identifiers_use_the_terms_of_the_glossary() -> None:
    assert {name: module.riddles for name, module in modules().items() if module.riddles} == {}


@pytest.mark.parametrize("name", ["told", "_judge", "what_was_said", "TaskShown", "World", "WORLDS"])
def test_an_identifier_that_is_a_riddle_is_found(name: str) -> None:
    assert riddles(f"{name} = 1") == [name]
    assert riddles(f"def test_{name}(): ...") == []


def long_functions(name: str, module: Module) -> list[str]:
    """Return the functions of a module that have more lines than allowed, from `def` to the last."""
    return [f"{name}:{one.name}" for one in module.functions if one.lines > LONGEST]


def test_functions_have_forty_lines_at_most_but_for_flat_ones() -> None:
    names = [long for name, module in modules().items() for long in long_functions(name, module)]
    assert sorted(long for long in names if not long.startswith("tests/")) == sorted(FLAT)


def test_a_function_of_more_lines_is_found() -> None:
    source = "def of(value):\n" + "    value += 1\n" * LONGEST
    assert long_functions("a.py", Module.of(source)) == ["a.py:of"]
    assert long_functions("a.py", Module.of(source.removesuffix("    value += 1\n"))) == []


def test_one_class_name_has_one_meaning() -> None:
    # An example and a test stand by themselves.
    places: dict[str, list[str]] = {}
    for path, module in modules().items():
        for name in module.classes if path.startswith(("codegen/", "tools/")) else ():
            if not name.startswith("_"):
                places.setdefault(name, []).append(path)
    assert len(places) > 300
    assert {name: paths for name, paths in places.items() if len(paths) > 1} == {}


EXPECTED_NAMES = frozenset({"__init__.py", "__main__.py", "conftest.py"})
"""Files whose names Python and pytest give them. The sync side of the runtime has the names of the async one."""


def names_more_than_once(paths: Iterable[str]) -> dict[str, list[str]]:
    """Return the base names that stand more than once, with the paths."""
    places: dict[str, list[str]] = {}
    for path in paths:
        places.setdefault(path.rpartition("/")[2], []).append(path)
    return {name: among for name, among in places.items() if len(among) > 1 and name not in EXPECTED_NAMES}


def test_one_file_name_has_one_meaning() -> None:
    assert names_more_than_once(modules()) == {}


def test_a_file_name_that_stands_twice_is_found() -> None:
    paths = ["codegen/a.py", "tests/b/a.py", "tools/c.py", "tests/conftest.py", "tests/b/conftest.py"]
    assert names_more_than_once(paths) == {"a.py": ["codegen/a.py", "tests/b/a.py"]}
