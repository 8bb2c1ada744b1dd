"""The text of an argument becomes the value that the type in the signature asks for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import IntEnum
from typing import Any, Literal

import click
import pytest
from pydantic import BaseModel
from wondergen.cli.values import Text, form_of, json_object


class Move(IntEnum):
    PAN_LEFT = 3


class Box(BaseModel):
    width: int


ROWS: list[tuple[Any, str, object]] = [
    (str, "5", "5"),
    (str | None, "", ""),
    (int, "5", 5),
    (int, "five", "five"),
    (int | None, "-1", -1),
    (float, "0.5", 0.5),
    (int | float, "3", 3),
    (bool | None, "true", True),
    (bool | str, "maybe", "maybe"),
    (Literal["5s", 5], "5", 5),
    (Literal["5s", 5], "5s", "5s"),
    (Literal["1", 1], "1", "1"),
    (Literal["a", "b"], "c", "c"),
    (Literal[True], "true", True),
    (Move | int, "pan-left", Move.PAN_LEFT),
    (Move | int, "PAN_LEFT", Move.PAN_LEFT),
    (Move | int, "3", 3),
    (Move | int, "sideways", "sideways"),
    (Box, '{"width": 1}', {"width": 1}),
    (Mapping[str, object], "{}", {}),
    (Any, "[1]", [1]),
    (Any, "word", "word"),
    (str | Box, "word", "word"),
    (date, "2026-01-01", "2026-01-01"),
]


@pytest.mark.parametrize("annotation, text, value", ROWS)
def test_a_text_is_read_by_its_type(annotation: Any, text: str, value: object) -> None:
    read = Text(form_of(annotation)).convert(text, None, None)
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    "annotation, metavar",
    [
        (Literal["a", "b"] | None, "[a|b]"),
        (Literal["5s", "10s", 5, 10], "[5s|10s]"),
        (Literal[5], "[5]"),
        (int, "INTEGER"),
        (float | None, "NUMBER"),
        (Move | int, "NAME|NUMBER"),
        (Box | None, "JSON"),
        (list[str], "TEXT"),
        (list[Literal["a"]], "[a]"),
    ],
)
def test_the_help_shows_the_type(annotation: Any, metavar: str) -> None:
    assert form_of(annotation).metavar == metavar


def test_lists_are_repeated_and_booleans_are_flags() -> None:
    assert form_of(list[str] | None).is_list
    assert form_of(bool | None).is_flag
    assert not form_of(str).is_list


def test_what_is_no_json_is_a_fault_of_syntax() -> None:
    with pytest.raises(click.BadParameter, match="is not JSON"):
        Text(form_of(Box)).convert("{width", None, None)
    with pytest.raises(ValueError, match="is not a JSON object"):
        json_object("[1]")


def test_choices_and_names_are_completed() -> None:
    kind = Text(form_of(Literal["720p", "1080p"]))
    items = kind.shell_complete(click.Context(click.Command("x")), click.Option(["--x"]), "7")
    assert [item.value for item in items] == ["720p"]
    assert form_of(Move | int).choices == ("pan-left",)
