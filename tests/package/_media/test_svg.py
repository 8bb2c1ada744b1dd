"""A diagram is well-formed XML that draws the words of the text and does nothing else."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codegen.package._media import drawing, make
from tests.package._media.media_inputs import SEEDS, SIZES, TEXTS

SVG = "{http://www.w3.org/2000/svg}"
DRAWING = {"svg", "title", "rect", "text", "tspan", "line", "polygon"}
HARMLESS = {
    *"width height viewBox role font-family text-anchor font-size font-weight".split(),
    *"x y rx x1 y1 x2 y2 points fill stroke".split(),
}


def parsed(text: str, seed: str = "", size: tuple[int, int] = (320, 180)) -> ElementTree.Element:
    return ElementTree.fromstring(make("svg", seed=seed, width=size[0], height=size[1], text=text))


def labels(root: ElementTree.Element) -> list[str]:
    return [element.text for element in root.iter(f"{SVG}text") if element.text]


@settings(max_examples=60)
@given(size=SIZES, seed=SEEDS, text=TEXTS)
def test_whatever_the_text_it_is_a_drawing_and_nothing_else(size: tuple[int, int], seed: str, text: str) -> None:
    content = make("svg", seed=seed, width=size[0], height=size[1], text=text)
    root = ElementTree.fromstring(content)
    assert {element.tag for element in root.iter()} <= {SVG + name for name in DRAWING}
    assert {name for element in root.iter() for name in element.attrib} <= HARMLESS
    assert not [value for element in root.iter() for value in element.attrib.values() if "(" in value or ":" in value]
    assert b"<!" not in content
    assert b"<?" not in content
    assert content.endswith(b"</svg>\n")


@settings(max_examples=60)
@given(text=TEXTS)
def test_its_title_is_the_text_and_it_is_an_image_to_a_screen_reader(text: str) -> None:
    root = parsed(text)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == (drawing.plain(text) or "Diagram")


@settings(max_examples=30)
@given(size=SIZES, text=TEXTS)
def test_it_has_the_size_asked_for_and_every_box_is_on_it(size: tuple[int, int], text: str) -> None:
    root = parsed(text, size=size)
    assert (root.get("width"), root.get("height")) == tuple(map(str, size))
    assert root.get("viewBox") == f"0 0 {size[0]} {size[1]}"
    for box in list(root.iter(f"{SVG}rect"))[1:]:
        x, y, width, height = (float(box.attrib[name]) for name in ("x", "y", "width", "height"))
        assert 0 <= x < x + width <= size[0]
        assert 0 <= y < y + height <= size[1]


def test_the_words_that_say_something_stand_in_boxes_with_arrows_between() -> None:
    root = parsed("The customer orders, the warehouse ships; customer pays")
    assert labels(root) == ["Customer", "Orders", "Warehouse", "Ships", "Pays"]
    assert len(list(root.iter(f"{SVG}polygon"))) == len(list(root.iter(f"{SVG}line"))) == 4


@pytest.mark.parametrize(
    "text, expected", [("", ["Start", "Step", "End"]), ("a b a", ["A", "B"]), ("...", ["Start", "Step", "End"])]
)
def test_a_text_without_such_words_still_makes_a_diagram(text: str, expected: list[str]) -> None:
    assert labels(parsed(text)) == expected


def test_an_arrow_leads_from_the_edge_of_one_box_to_the_edge_of_the_next() -> None:
    root = parsed("alpha beta gamma delta epsilon")
    boxes = [
        {name: float(box.attrib[name]) for name in ("x", "y", "width", "height")}
        for box in root.iter(f"{SVG}rect")
        if "x" in box.attrib
    ]
    tips = [tuple(map(float, head.attrib["points"].split()[0].split(","))) for head in root.iter(f"{SVG}polygon")]
    for box, (x, y) in zip(boxes[1:], tips, strict=True):
        assert box["x"] - 0.02 <= x <= box["x"] + box["width"] + 0.02
        assert box["y"] - 0.02 <= y <= box["y"] + box["height"] + 0.02


def test_fewer_letters_fit_where_they_are_wide() -> None:
    assert [len(labels(parsed(letter * 99))[0]) for letter in ("a", "狐")] == [12, 7]


def test_another_seed_has_other_colours() -> None:
    fills = [{box.get("fill") for box in parsed("x", seed).iter(f"{SVG}rect")} for seed in ("fox", "hen")]
    assert not fills[0] & fills[1]


@given(text=TEXTS, columns=st.integers(1, 30), lines=st.integers(1, 4))
def test_wrapped_text_keeps_to_its_lines_and_loses_nothing_silently(text: str, columns: int, lines: int) -> None:
    found = drawing.wrap(text, columns, lines)
    assert len(found) <= lines
    assert all(0 < len(line) <= columns for line in found)
    whole = "".join(found).replace(" ", "") == drawing.plain(text).replace(" ", "")
    assert whole or found[-1].endswith("..."[:columns])
