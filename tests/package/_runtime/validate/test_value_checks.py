"""What a schema asks of a value and pydantic has no word for: choices, lists without doubles, steps, names, forms."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from pydantic import BaseModel, ConfigDict, Field, StrictInt, Tag, TypeAdapter, ValidationError

from codegen.package._runtime.values import (
    OTHERS,
    Matches,
    MultipleOf,
    ObjectRules,
    OneOf,
    Unique,
    UnknownVariant,
    decided_by,
    names_fit,
)

CHOICES = OneOf((1, "two", None, [1, {"a": [2, False]}], 3.5))


def problem(check: Any, value: object) -> str | None:
    """Return what a check finds wrong with a value."""
    found = check.problem(value)
    return None if found is None else found[0]


@pytest.mark.parametrize("value", [1, 1.0, "two", None, [1, {"a": [2, False]}], (1.0, {"a": [2, False]}), 3.5])
def test_a_value_that_is_one_of_the_choices_in_json_is_taken(value: object) -> None:
    assert problem(CHOICES, value) is None


@pytest.mark.parametrize("value", [True, "1", 2, [1, {"a": [2, 0]}], [1, {"a": [2]}], [1, {"b": [2, False]}], [1], {}])
def test_a_value_that_is_none_of_the_choices_in_json_is_refused(value: object) -> None:
    assert problem(CHOICES, value) == "is not one of 1, 'two', None, [1, {'a': [2, False]}], 3.5"


def test_a_check_is_a_part_of_the_type() -> None:
    kind = TypeAdapter[Any](Annotated[Any, CHOICES])
    assert kind.validate_python("two") == "two"
    with pytest.raises(ValidationError, match="is not one of 1, 'two'") as caught:
        kind.validate_python("three")
    assert caught.value.errors()[0].get("ctx", {})["expected"] == "one of 1, 'two', None, [1, {'a': [2, False]}], 3.5"


def test_the_only_choice_and_the_first_of_very_many_are_named() -> None:
    assert problem(OneOf((True,)), 1) == "is not True, the only value there is"
    assert problem(OneOf(tuple(range(20))), 20) == f"is not one of {', '.join(map(str, range(20)))}"
    assert problem(OneOf(tuple(range(21))), 21) == f"is not one of {', '.join(map(str, range(20)))}… (21 in all)"


@pytest.mark.parametrize("items", [[1, "1", True, [1], {"a": 1}], [[1], [2], [1, 2], [True]], [], [None, 0, False]])
def test_a_list_of_different_items_is_unique(items: list[object]) -> None:
    assert problem(Unique(), items) is None


@pytest.mark.parametrize(
    "items", [[1, 1.0], ["a", "b", "a"], [[1, 2], [1.0, 2]], [{"a": None}, {"a": None}], [True] * 2]
)
def test_an_item_that_is_there_twice_in_json_is_a_fault(items: list[object]) -> None:
    assert problem(Unique(), items) == "has an item twice"


@pytest.mark.parametrize("value, is_multiple", [(0.3, True), (0.35, False), (3, True), (-0.1, True), (0, True)])
def test_a_step_with_decimals_is_exact(value: float, is_multiple: bool) -> None:
    assert problem(MultipleOf("0.1"), value) == (None if is_multiple else "is not a multiple of 0.1")


class Named(BaseModel):
    model_config = ConfigDict(extra="allow")
    known: int = 0
    _names = names_fit("^x-")


def test_the_names_of_other_fields_fit_the_pattern() -> None:
    assert Named.model_validate({"known": 1, "x-a": 2}).model_extra == {"x-a": 2}
    with pytest.raises(ValidationError, match="has 'y', which is not known here"):
        Named.model_validate({"x-a": 2, "y": 3})


def test_a_text_may_have_to_fit_a_second_pattern() -> None:
    kind = TypeAdapter[Any](Annotated[str, Field(pattern="^a"), Matches("b$")])
    assert kind.validate_python("a-b") == "a-b"
    for text in ("a-c", "c-b"):
        with pytest.raises(ValidationError):
            kind.validate_python(text)


@pytest.mark.parametrize("check", [ObjectRules(least=1), Unique(), MultipleOf("2")])
def test_a_check_has_nothing_to_say_of_a_value_of_another_type(check: Any) -> None:
    assert check.problem("") is None


def test_a_form_of_a_union_may_be_named_inside_the_object_of_another_field() -> None:
    class Inner(BaseModel):
        kind: str

    class Outer(BaseModel):
        at: Inner

    class Other(BaseModel):
        at: Any

    union = Annotated[
        Annotated[Outer, Tag("cat")] | Annotated[Other, Tag(OTHERS)], decided_by("kind", ("cat",), outer="at")
    ]
    kinds = [type(TypeAdapter[Any](union).validate_python({"at": {"kind": kind}})) for kind in ("cat", "dog")]
    assert kinds == [Outer, Other]


class Cat(BaseModel):
    kind: str


class Wild(BaseModel):
    kind: bool


EITHER = Annotated[
    Annotated[Cat, Tag("cat")] | Annotated[Wild, Tag("true")] | Annotated[UnknownVariant, Tag(OTHERS)],
    decided_by("kind", ("cat", "true")),
]


@pytest.mark.parametrize(
    "value, kind",
    [
        ({"kind": "cat"}, Cat),
        (Cat(kind="cat"), Cat),
        ({"kind": True}, Wild),
        ({"kind": "dog", "name": "Rex"}, UnknownVariant),
        ({}, UnknownVariant),
    ],
)
def test_a_field_says_which_form_of_a_union_a_value_has(value: object, kind: type) -> None:
    assert type(TypeAdapter[Any](EITHER).validate_python(value)) is kind


@pytest.mark.parametrize("value", ["dog", 7, None, ["cat"]])
def test_what_is_no_object_has_no_form_of_a_union(value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter[Any](EITHER).validate_python(value)


@pytest.mark.parametrize(
    "rules, value, words",
    [
        ({"least": 2}, {"a": 1}, "has 1 names, and may have at least 2"),
        ({"most": 1}, {"a": 1, "b": 2}, "has 2 names, and may have at most 1"),
        ({"names": Annotated[str, Field(max_length=3)]}, {"long": 1}, "has 'long', which is not a name for it"),
        ({"needs": {"a": ("b",)}}, {"a": 1}, "has 'a' without 'b'"),
        ({"values": (("^x-", StrictInt),)}, {"x-a": "1"}, "has '1' at 'x-a'"),
    ],
)
def test_the_names_of_an_object_keep_its_rules(rules: dict[str, Any], value: Any, words: str) -> None:
    assert problem(ObjectRules(**rules), value) == words
    assert problem(ObjectRules(), value) is None
    kept = {"least": {"a": 1, "b": 1}, "needs": {"a": 1, "b": 1}, "values": {"x-a": 1, "y": "1"}}
    assert problem(ObjectRules(**rules), kept.get(next(iter(rules)), {"abc": 1})) is None


def test_a_model_counts_the_names_of_its_object_as_they_are_sent() -> None:
    class Counted(BaseModel):
        a: int | None = None
        _rules = ObjectRules(least=2).on_fields()

    assert Counted.model_validate({"a": 1, "more": 2}).a == 1
    with pytest.raises(ValidationError, match="has 1 names, and may have at least 2") as caught:
        Counted.model_validate({"a": 1})
    assert caught.value.errors()[0].get("ctx", {})["expected"] == "at least 2 names"
