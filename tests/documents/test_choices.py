"""Tables and lists of the values of one parameter: the values arrive, or the lists are a disagreement."""

from __future__ import annotations

import pytest

from codegen.catalog.compare import Point, points
from codegen.documents.claims import VendorDocument
from tests.documents.conftest import ReadFolder

HEAD = """---
name: kiln-pots
---
# Kiln

## 1. Glaze

- Method: `POST`
- Endpoint: `https://api.kiln.example/pots/glaze`
- Optional fields:
    - `glaze` (string): {words}
    - `heat` (integer): 1-3

"""
THREE = ("matte", "gloss", "raw")
LAYOUTS = {
    "value and meaning": """## Values of `glaze`

| Value | Meaning |
|---|---|
| matte | dull |
| `gloss` | shiny |
| raw | bare |
""",
    "the parameter is the column": """## Surfaces

| Glaze | Look |
|---|---|
| matte | dull |
| gloss | shiny |
| raw | bare |
""",
    "a heading in words": """## Glaze values

| Code | Look |
|---|---|
| matte | dull |
| gloss | shiny |
| raw | bare |
""",
    "pairs of columns": """## Glazes

| Code | Look | Code | Look |
|---|---|---|---|
| matte | dull | gloss | shiny |
| raw | bare | | |
""",
    "a sentence above": """## Look

The `glaze` parameter takes:

| Option | Look | Price |
|---|---|---|
| matte | dull | low |
| gloss | shiny | high |
| raw | bare | none |
""",
    "bullets": "## Look\n\nSupported values of `glaze`:\n\n- `matte`: dull\n- `gloss` - shiny\n- `raw`\n",
    "bullets under a heading": "## Possible values of `glaze`\n\n- `matte`: dull\n- `gloss`: shiny\n- `raw`: bare\n",
    "arrows": "## Look\n\nMap the look to `glaze` param:\n\n- dull → `matte`, shiny → `gloss`\n- bare → `raw`\n",
    "chinese table": """## 釉

`glaze` 取值：

| 值 | 含义 |
|---|---|
| matte | 哑光 |
| gloss | 亮光 |
| raw | 无 |
""",
    "chinese bullets": "## 釉\n\n`glaze` 可选值：\n\n- `matte`：哑光\n- `gloss`：亮光\n- `raw`：无\n",
}


def enum_of(documents: list[VendorDocument]) -> list[list[str]]:
    """Return the readings of the values of `glaze`, each sorted."""
    compared = points(documents)
    return sorted(sorted(reading.value) for reading in compared.get(Point("glaze", "parameter", "glaze", "enum"), ()))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_list_of_values_alone_states_which_there_are(read_folder: ReadFolder, layout: str) -> None:
    document = read_folder({"SKILL.md": HEAD.format(words="how it looks") + LAYOUTS[layout]})["SKILL.md"]
    assert (enum_of([document]), document.unread) == ([sorted(THREE)], ())


@pytest.mark.parametrize("values", ["`matte`, `gloss`", "`matte`, `gloss`, `raw`, `salt`", "`matte`, `gloss`, `bare`"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_list_that_differs_from_the_field_is_a_disagreement(
    read_folder: ReadFolder, layout: str, values: str
) -> None:
    document = read_folder({"SKILL.md": HEAD.format(words=values) + LAYOUTS[layout]})["SKILL.md"]
    stated = sorted(word.strip("` ") for word in values.split(","))
    assert enum_of([document]) == sorted([sorted(THREE), stated])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_values_in_another_order_agree(read_folder: ReadFolder, layout: str) -> None:
    document = read_folder({"SKILL.md": HEAD.format(words="`raw`, `gloss`, `matte`") + LAYOUTS[layout]})["SKILL.md"]
    assert enum_of([document]) == [sorted(THREE)]


def test_lists_of_two_documents_differ(read_folder: ReadFolder) -> None:
    table = LAYOUTS["value and meaning"]
    texts = {
        "SKILL.md": HEAD.format(words="how it looks") + table,
        "references/more.md": f"# More\n\n{table}| salt | rough |\n",
    }
    assert enum_of(list(read_folder(texts).values())) == [sorted(THREE), sorted([*THREE, "salt"])]


def test_two_lists_of_one_document_differ(read_folder: ReadFolder) -> None:
    texts = HEAD.format(words="how it looks") + LAYOUTS["value and meaning"] + "\n\n" + LAYOUTS["chinese table"]
    document = read_folder({"SKILL.md": texts.replace("| raw | bare |\n", "")})["SKILL.md"]
    assert enum_of([document]) == [sorted(THREE[:2]), sorted(THREE)]


def test_a_list_of_common_values_is_not_all_of_them(read_folder: ReadFolder) -> None:
    table = LAYOUTS["value and meaning"].replace("Values of", "Common values of")
    document = read_folder({"SKILL.md": HEAD.format(words="`matte`, `salt`") + table})["SKILL.md"]
    assert enum_of([document]) == [["matte", "salt"]]


def test_a_table_of_values_of_nothing_known_is_unread(read_folder: ReadFolder) -> None:
    table = "## Colours\n\n| Value | Meaning |\n|---|---|\n| red | warm |\n"
    document = read_folder({"SKILL.md": HEAD.format(words="how it looks") + table})["SKILL.md"]
    assert [row.signal for row in document.unread] == ["value red"]


@pytest.mark.parametrize("last, maximum", [("| 3 | hot |", [3]), ("| 3 | hot |\n| 4 | white |", [3, 4]), ("", [3])])
def test_numbers_that_are_listed_are_held_against_the_bounds(
    read_folder: ReadFolder, last: str, maximum: list[int]
) -> None:
    table = f"## Heat\n\n| Heat | Look |\n|---|---|\n| 1 | dark |\n| 2 | red |\n{last}\n"
    document = read_folder({"SKILL.md": HEAD.format(words="how it looks") + table})["SKILL.md"]
    found = points([document])[Point("glaze", "parameter", "heat", "maximum")]
    assert [reading.value for reading in found] == maximum


@pytest.mark.parametrize("name", ["speed", "voice.speed"])
def test_a_value_may_have_a_point(read_folder: ReadFolder, name: str) -> None:
    text = HEAD.format(words="how it looks").replace("heat` (integer): 1-3", f"{name}` (number): how fast")
    table = f"## Values of `{name}`\n\n| Value | Meaning |\n|---|---|\n| 0.5 | slow |\n| 1.5 | fast |\n"
    document = read_folder({"SKILL.md": text + table})["SKILL.md"]
    found = {point: readings for point, readings in points([document]).items() if point.fact == "enum"}
    assert [(point.name, readings[0].value) for point, readings in found.items()] == [(name, [0.5, 1.5])]


def test_a_value_that_a_list_has_twice_is_one_value(read_folder: ReadFolder) -> None:
    document = read_folder({"SKILL.md": HEAD.format(words="one of matte, gloss, matte")})["SKILL.md"]
    (glaze,) = (claim for claim in document.claims if claim.name == "glaze")
    assert glaze.facts["enum"] == ["matte", "gloss"]
