"""Whatever a specification says, what reaches generated code is a name, a value or a docstring and nothing else."""

from __future__ import annotations

import ast
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined

from codegen.python.text import Docstring, Identifier, Literal, finalize

ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=80) | st.sampled_from(
    ['"""', "'''", "\\", "\\N{BULLET}", "\r", "\x85", "\u2028", "\u202e", '"', 'a"', ">>> 1", "\\u12", "{{ 7 }}", "%s"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=8,
)


@given(ANY_TEXT)
def test_an_identifier_is_an_ascii_name_or_nothing(text: str) -> None:
    try:
        name = Identifier(text)
    except ValueError:
        return
    assert name.isascii()
    assert isinstance(ast.parse(str(name)).body[0].value, ast.Name)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["", "1a", "a-b", "class", "None", "__init__", "ﬁeld", "a b", "a\n", "x" * 81, "Ａ"])
def test_a_name_that_python_reads_differently_is_no_identifier(name: str) -> None:
    with pytest.raises(ValueError, match="is"):
        Identifier(name)


@given(JSON)
def test_a_literal_reads_back_as_the_value_it_was_made_of(value: object) -> None:
    source = str(Literal(value))
    assert source.isascii()
    assert source.isprintable()
    assert ast.literal_eval(source) == value


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), [object()], {"a": {1, 2}}])
def test_a_value_without_one_plain_source_is_no_literal(value: object) -> None:
    with pytest.raises(ValueError, match="no"):
        Literal(value)


def test_a_set_is_written_in_the_same_order_always() -> None:
    assert str(Literal(frozenset({"b", "a"}))) == "frozenset({'a', 'b'})"


@given(st.lists(ANY_TEXT, max_size=3))
def test_a_docstring_stays_inside_its_quotes(texts: list[str]) -> None:
    tree = ast.parse(f'def f():\n    """{Docstring.of(*texts)}"""\n    return 1\n')
    (function,) = tree.body
    assert isinstance(function, ast.FunctionDef)
    assert [type(node) for node in function.body] == [ast.Expr, ast.Return]
    docstring = ast.get_docstring(function, clean=False) or ""
    assert all(char == "\n" or unicodedata.category(char)[0] != "C" for char in docstring)
    assert ">>>" not in docstring


@given(ANY_TEXT, ANY_TEXT)
def test_a_section_of_a_docstring_stays_inside_its_quotes(name: str, text: str) -> None:
    section = Docstring.section("Args", {name: Docstring.of(text)})
    assert len(ast.parse(f'"""{section}"""').body) == 1


def test_a_docstring_that_is_put_together_by_hand_is_checked_too() -> None:
    with pytest.raises(ValueError, match="not safe"):
        Docstring('ends here """ + evil()')


def test_long_text_is_wrapped_and_long_words_are_left_whole() -> None:
    lines = Docstring.of("word " * 60 + "x" * 300).text.splitlines()
    assert max(map(len, lines[:-1])) <= 100
    assert lines[-1] == "x" * 300


@pytest.mark.parametrize("value", ["text", 1, None, True, ["a"]])
def test_a_template_refuses_to_print_anything_raw(value: object) -> None:
    environment = Environment(finalize=finalize, undefined=StrictUndefined)
    with pytest.raises(TypeError, match="may not print"):
        environment.from_string("{{ value }}").render(value=value)


def test_a_template_prints_the_three_types() -> None:
    environment = Environment(finalize=finalize, undefined=StrictUndefined)
    printed = environment.from_string("{{ a }} = {{ b }}  {{ c }}").render(
        a=Identifier("size"), b=Literal("x"), c=Docstring.of("How large.")
    )
    assert printed == "size = 'x'  How large."


def test_text_glued_to_an_identifier_is_no_identifier_any_more() -> None:
    environment = Environment(finalize=finalize, undefined=StrictUndefined)
    with pytest.raises(TypeError, match="may not print"):
        environment.from_string("{{ a ~ '; evil()' }}").render(a=Identifier("size"))
