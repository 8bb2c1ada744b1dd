"""Docstrings of functions begin with a verb, and identifiers use the terms of docs/GLOSSARY.md."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from pathlib import Path

import pytest

from codegen.paths import ROOT

FOLDERS = ("codegen", "examples", "tests", "tools")
# A verb that is missing here may be added; a noun or an adjective may not.
VERBS = frozenset(
    """
    Accept Add Agree Allow Answer Append Apply Ask Assert Await Begin Break Bring Build Call Cancel Change Check
    Choose Claim Close Collect Compare Connect Convert Copy Count Create Cut Decode Delay Delete Derive Do
    Download Draft Draw Drop Empty Emulate End Ensure Escape Evaluate Execute Expand Extract Fail Fetch Fill Filter
    Find Finish Flatten Follow Forget Format Free GET Generate Give Go Guard Handle Hide Hold Ignore Import
    Indent Inject Insert Install Interrupt Iterate Join Keep Kill Lay Leave Let Lint List Listen Lock Log Look
    Make Mark Match Measure Mend Merge Move Name Normalize Note Observe Open Pair Parametrize Parse Pass Patch
    Pause Percent-encode Place Plan Poll Post Prefer Prepare Press Print Prove Provide Put Quote Raise Read
    Recognize Reconcile Record Redraw Refuse Register Release Remember Remove Render Replace Replay Report Reset
    Resolve Restore Resume Retry Return Rewrite Rotate Route Run Sample Save Say Schedule Script Select Send
    Serve Set Settle Show Skip Sleep Sort Split Spread Start Stop Store Stream Strip Submit Swap Take Tell Test Trim
    Try Turn Type Update Upload Use Validate Verify Visit Wait Wake Walk Warn Watch Wrap Write Yield
    """.split()
)

RIDDLES = frozenset(
    "asked bent desk judge judged judges lives said shown told trouble troubles twin twins world worlds".split()
)
"""Words that no identifier contains: each had several meanings, or was a participle in the place of a noun."""
ANY_RIDDLE = re.compile("|".join(sorted(RIDDLES)), re.IGNORECASE)
FOREIGN = frozenset({"open_world_hint"})
"""Names of other libraries."""


Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(source: str) -> list[Function]:
    """Return the functions of a module. Expressions hold none, so they are not walked."""
    found: list[Function] = []
    statements: list[ast.AST] = list(ast.parse(source).body)
    while statements:
        node = statements.pop()
        if isinstance(node, Function):
            found.append(node)
        for name in ("body", "orelse", "finalbody", "handlers", "cases"):
            statements += getattr(node, name, [])
    return sorted(found, key=lambda node: node.lineno)


def is_property(node: Function) -> bool:
    """Return whether a function is a property: it is named by what it holds."""
    return any("property" in ast.unparse(decorator) for decorator in node.decorator_list)


def files() -> list[Path]:
    """Return the modules that people write."""
    derived = ("codegen/package/_runtime/sync", "tests/documents/record")
    found = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if not path.relative_to(ROOT).as_posix().startswith(derived)]


def without_verb(functions: list[Function]) -> list[str]:
    """Return those whose docstring begins with no verb."""
    return [
        f"{node.lineno}: {node.name}: {text.splitlines()[0]}"
        for node in functions
        if (text := ast.get_docstring(node)) and re.split(r"[\s,.:;]", text)[0] not in VERBS and not is_property(node)
    ]


def wrong_verb(functions: list[Function]) -> list[str]:
    """Return those that claim to return where they return nothing, and to yield where they do not."""
    found = []
    for node in functions:
        if node.returns is not None:
            verb = (ast.get_docstring(node) or " ").split(" ")[0]
            result = ast.unparse(node.returns) if verb in {"Return", "Yield"} else ""
            if (verb == "Return" and result == "None") or (verb == "Yield" and not re.search("Iter|Gener", result)):
                found.append(f"{node.lineno}: {node.name}: {verb} is not what it does")
    return found


def test_every_docstring_of_a_function_begins_with_the_verb_for_what_it_does() -> None:
    wrong = {}
    for path in files():
        found = functions(path.read_text(encoding="utf-8"))
        wrong[path.relative_to(ROOT).as_posix()] = without_verb(found) + wrong_verb(found)
    assert len(wrong) > 300
    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.parametrize("text, count", [("Return the sum.", 0), ("The sum.", 1), ("Whether it is a sum.", 1)])
def test_a_docstring_without_a_verb_is_found(text: str, count: int) -> None:
    assert len(without_verb(functions(f'if True:\n    def add():\n        """{text}"""\n'))) == count
    assert without_verb(functions(f'class A:\n    @property\n    def sum(self):\n        """{text}"""\n')) == []


def test_a_docstring_that_promises_another_result_is_found() -> None:
    assert wrong_verb(functions('def add() -> None:\n    """Return the sum."""\n')) != []
    assert wrong_verb(functions('def add() -> int:\n    """Yield the sum."""\n')) != []
    assert wrong_verb(functions('def add() -> int:\n    """Return the sum."""\n')) == []


def riddles(source: str) -> list[str]:
    """Return the identifiers of a module that contain a word that is not used. A test's name is a sentence."""
    if not ANY_RIDDLE.search(source):  # reading the tokens takes long
        return []
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    names = {token.string for token in tokens if token.type == tokenize.NAME} - FOREIGN
    words = {name: set(re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)) for name in names if not name.startswith("test_")}
    return sorted(name for name, parts in words.items() if RIDDLES & {part.lower() for part in parts})


def test_identifiers_use_the_terms_of_the_glossary() -> None:
    wrong = {path.relative_to(ROOT).as_posix(): riddles(path.read_text(encoding="utf-8")) for path in files()}
    assert len(wrong) > 300
    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.parametrize("name", ["told", "_judge", "what_was_said", "TaskShown", "World", "WORLDS"])
def test_an_identifier_that_is_a_riddle_is_found(name: str) -> None:
    assert riddles(f"{name} = 1") == [name]
    assert riddles(f"def test_{name}(): ...") == []
