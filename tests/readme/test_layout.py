"""The layout that README.md and docs/ARCHITECTURE.md describe is the layout of the repository."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from codegen.paths import ROOT

ARCHITECTURE = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
ABOVE = frozenset({"inventory", "readme", "verbs"})
"""Folders of tests about the whole: the catalog against facts collected by hand, the documentation, the verbs."""
PACKAGE = ROOT / "codegen" / "package"
OF_THE_CLIENT = frozenset({"__main__.py"})
"""Files of the package that need no words."""


def rows(text: str, title: str) -> list[str]:
    """Return the names in the first column of the table under a heading, without a trailing slash."""
    _, _, after = text.partition(f"{title}\n")
    cells = [line.split("|")[1] for line in after.partition("\n#")[0].splitlines() if line.startswith("|")]
    return [name.rstrip("/") for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


def parts(folder: Path) -> Iterator[str]:
    """Yield the folders and modules of a package."""
    for path in folder.iterdir():
        is_folder = path.is_dir() and any(path.rglob("*.py"))
        if not path.name.startswith((".", "__pycache__", "__init__")) and (is_folder or path.suffix == ".py"):
            yield path.name


def table(*headings: str) -> list[str]:
    """Return the names in the tables of docs/ARCHITECTURE.md whose header row begins with a word."""
    names = []
    for heading in headings:
        _, _, after = ARCHITECTURE.partition(f"| {heading} |")
        lines = after.splitlines()[1:]
        end = next(index for index, line in enumerate(lines) if not line.startswith("|"))
        names += [name.rstrip("/") for line in lines[:end] for name in re.findall(r"`([^`]+)`", line.split("|")[1])]
    return names


def test_the_layout_in_the_readme_names_every_folder_and_no_other() -> None:
    ignored = {line.rstrip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()}
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith((".", "_"))}
    assert set(rows(README, "## The layout")) == folders - ignored


def test_the_architecture_names_every_module_and_no_other() -> None:
    assert sorted(table("module")) == sorted(parts(ROOT / "codegen"))


def test_the_architecture_names_every_part_of_the_package_and_no_other() -> None:
    assert sorted(table("part")) == sorted(set(parts(PACKAGE)) - OF_THE_CLIENT)


def test_every_folder_of_the_pipeline_exists() -> None:
    names = table("folder")
    assert len(names) >= 6
    assert [name for name in names if not (ROOT / name).exists()] == []


@pytest.mark.parametrize(
    "name", sorted({*re.findall(r"`((?:codegen|docs|specs|tests|generated)/[^`*]+)`", ARCHITECTURE)})
)
def test_every_path_that_the_architecture_names_exists(name: str) -> None:
    assert (ROOT / name).exists()


def test_folders_of_tests_have_the_names_of_what_they_test() -> None:
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and any(path.glob("**/test_*.py"))}
    modules = {path.name for path in (ROOT / "codegen").iterdir() if path.is_dir() and any(path.rglob("*.py"))}
    assert folders - ABOVE - {"tools"} == modules


def test_folders_of_tests_of_the_package_have_the_names_of_its_parts() -> None:
    tests = {path.name for path in (ROOT / "tests" / "package").iterdir() if any(path.glob("**/test_*.py"))}
    assert tests == {name.removesuffix(".py") for name in parts(PACKAGE)} - {"__main__"}


INVENTED = frozenset({"tests/documents/test_shop.py"})
"""Modules that a reader of the documentation is to write."""


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/ARCHITECTURE.md", "docs/UPDATING.md", "specs/README.md"])
def test_the_modules_that_a_page_names_are_there(page: str) -> None:
    names = set(re.findall(r"`([\w./-]+\.py)`", (ROOT / page).read_text(encoding="utf-8"))) - INVENTED
    assert [
        name for name in sorted(names) if not any(ROOT.glob(f"[ct]*/**/{name}")) and not (ROOT / name).is_file()
    ] == []
