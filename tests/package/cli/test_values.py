"""The text of an argument becomes the value that the type in the signature asks for."""

from __future__ import annotations

from typing import Any

import click
import pytest
from wondergen.cli.argument_values import Text, form_of, json_object

ENUMS = {"Move": {"PAN_LEFT": 3}}


def type_of(*names: str, choices: list[Any] | None = None) -> dict[str, Any]:
    return {key: value for key, value in {"names": list(names), "choices": choices}.items() if value}


ROWS: list[tuple[Any, str, object]] = [
    (type_of("str"), "5", "5"),
    (type_of("str"), "", ""),
    (type_of("int"), "5", 5),
    (type_of("int"), "five", "five"),
    (type_of("int"), "-1", -1),
    (type_of("float"), "0.5", 0.5),
    (type_of("int", "float"), "3", 3),
    (type_of("bool"), "true", True),
    (type_of("bool", "str"), "maybe", "maybe"),
    (type_of(choices=["5s", 5]), "5", 5),
    (type_of(choices=["5s", 5]), "5s", "5s"),
    (type_of(choices=["1", 1]), "1", "1"),
    (type_of(choices=["a", "b"]), "c", "c"),
    (type_of(choices=[True]), "true", True),
    (type_of("Move", "int"), "pan-left", 3),
    (type_of("Move", "int"), "PAN_LEFT", 3),
    (type_of("Move", "int"), "3", 3),
    (type_of("Move", "int"), "sideways", "sideways"),
    ({"values": True}, '{"width": 1}', {"width": 1}),
    ({"values": True}, "{}", {}),
    (type_of("object"), "[1]", [1]),
    (type_of("object"), "word", "word"),
    ({"names": ["str"], "values": True}, "word", "word"),
]


@pytest.mark.parametrize("kind, text, value", ROWS)
def test_a_text_is_read_by_its_type(kind: Any, text: str, value: object) -> None:
    read = Text(form_of(kind, ENUMS)).convert(text, None, None)
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    "kind, metavar",
    [
        (type_of(choices=["a", "b"]), "[a|b]"),
        (type_of(choices=["5s", "10s", 5, 10]), "[5s|10s]"),
        (type_of(choices=[5]), "[5]"),
        (type_of("int"), "INTEGER"),
        (type_of("float"), "NUMBER"),
        (type_of("Move", "int"), "NAME|NUMBER"),
        ({"values": True}, "JSON"),
        ({"items": type_of("str")}, "TEXT"),
        ({"items": type_of(choices=["a"])}, "[a]"),
    ],
)
def test_the_help_shows_the_type(kind: Any, metavar: str) -> None:
    assert form_of(kind, ENUMS).metavar == metavar


def test_lists_are_repeated_and_booleans_are_flags() -> None:
    assert form_of({"items": type_of("str")}).is_list
    assert form_of(type_of("bool")).is_flag
    assert not form_of(type_of("str")).is_list


def test_what_is_no_json_is_a_fault_of_syntax() -> None:
    with pytest.raises(click.BadParameter, match="is not JSON"):
        Text(form_of({"values": True})).convert("{width", None, None)
    with pytest.raises(ValueError, match="is not a JSON object"):
        json_object("[1]")


def test_choices_and_names_are_completed() -> None:
    kind = Text(form_of(type_of(choices=["720p", "1080p"])))
    items = kind.shell_complete(click.Context(click.Command("x")), click.Option(["--x"]), "7")
    assert [item.value for item in items] == ["720p"]
    assert form_of(type_of("Move", "int"), ENUMS).choices == ("pan-left",)
