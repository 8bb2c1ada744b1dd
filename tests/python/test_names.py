"""Python names: in the style of the language, never one that is taken."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from codegen.package._runtime import messages
from codegen.python import names, shapes


@pytest.mark.parametrize(
    "given, expected",
    [
        ("textToVideo", "text_to_video"),
        ("text-to-video", "text_to_video"),
        ("a_text2song", "a_text2song"),
        ("brush_3_0", "brush_3_0"),
        ("HTTPStatus", "http_status"),
        ("X-User-ID", "x_user_id"),
    ],
)
def test_snake_case(given: str, expected: str) -> None:
    assert names.snake(given) == expected


@pytest.mark.parametrize("given, expected", [("video_result", "VideoResult"), ("textToVideo", "TextToVideo")])
def test_pascal_case(given: str, expected: str) -> None:
    assert names.class_name(given) == expected


@pytest.mark.parametrize("name", ["class", "timeout", "extra_body", "self", "list", "schema", "copy", "models"])
def test_a_keyword_that_is_taken_gets_an_underscore(name: str) -> None:
    assert names.parameter(name) == f"{name}_"


@pytest.mark.parametrize("name", ["list", "import", "resume", "close", "journal", "checked"])
def test_a_method_that_is_taken_gets_an_underscore(name: str) -> None:
    assert names.method(name) == f"{name}_"


@pytest.mark.parametrize("name", ["con", "AUX", "nul", "prn", "com1", "lpt9"])
def test_a_file_that_windows_cannot_have_gets_an_underscore(name: str) -> None:
    assert names.module(name) == f"{name.lower()}_"
    assert names.module(f"{name.lower()}s") == f"{name.lower()}s"


def test_fields_of_a_result_leave_its_own_members_alone() -> None:
    assert names.field("urls", result=True) == "urls_"
    assert names.field("urls", result=False) == "urls"


def test_no_field_hides_a_member_of_a_model() -> None:
    members = [name for name in dir(BaseModel) if not name.startswith("_")]
    assert members
    assert not [name for name in members if names.field(name, result=False) == name]


@pytest.mark.parametrize("name", ["3d", "", "__", "日本"])
def test_what_gives_no_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="identifier"):
        names.parameter(name)


def test_the_runtime_explains_each_format_that_the_client_checks() -> None:
    assert {getattr(messages, name.removeprefix("_")) for name in shapes.FORMATS.values()} == set(messages.FORMATS)


def test_a_thousandth_equal_name_is_found_without_a_walk() -> None:
    taken, looks = {"a"}, 0

    def is_taken(name: str) -> bool:
        nonlocal looks
        looks += 1
        return name in taken

    for expected in range(2, 3_000):
        looks = 0
        name = names.numbered(lambda number: f"a_{number}", is_taken)
        assert name == f"a_{expected}"
        assert looks < 60
        taken.add(name)
