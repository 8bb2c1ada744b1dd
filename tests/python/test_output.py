"""Files are written all or not at all, inside the output, and never over what the generator did not make."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen.faults import InputFault
from codegen.python import output
from codegen.trees import read_tree

MARKER = ".generated"
FILES = {"pkg/a.py": "x = 1\n", f"pkg/{MARKER}": "", "proof/b.py": "y = 2\n", f"proof/{MARKER}": ""}


def test_what_is_no_longer_generated_disappears(tmp_path: Path) -> None:
    output.replace({**FILES, "pkg/old.py": "z = 3\n"}, tmp_path / "out", MARKER)
    output.replace(FILES, tmp_path / "out", MARKER)
    assert read_tree(tmp_path / "out") == FILES
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_other_folders_of_the_output_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/notes.txt").write_text("keep")
    output.replace(FILES, tmp_path, MARKER)
    assert (tmp_path / "mine/notes.txt").read_text() == "keep"


def test_a_folder_of_someone_else_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "proof").mkdir()
    (tmp_path / "proof/thesis.txt").write_text("years of work")
    with pytest.raises(InputFault, match="was not made by the generator"):
        output.replace(FILES, tmp_path, MARKER)
    assert read_tree(tmp_path) == {"proof/thesis.txt": "years of work"}


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "pkg").mkdir()
    output.replace(FILES, tmp_path, MARKER)
    assert read_tree(tmp_path) == FILES


@pytest.mark.parametrize("linked", ["out", "out/pkg"])
def test_a_symbolic_link_is_not_followed(tmp_path: Path, linked: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / linked).parent.mkdir(exist_ok=True)
    (tmp_path / linked).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InputFault, match="symbolic link"):
        output.replace(FILES, tmp_path / "out", MARKER)
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_file_in_the_place_of_a_folder_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "pkg").write_text("a file")
    with pytest.raises(InputFault, match="is a file"):
        output.replace(FILES, tmp_path, MARKER)


def test_a_failure_in_the_middle_puts_everything_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output.replace(FILES, tmp_path, MARKER)
    rename = Path.rename

    def fail_at_the_last(self: Path, target: Path) -> Path:
        if self.parts[-2:] == ("new", "proof"):
            raise OSError("disk full")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_at_the_last)
    with pytest.raises(OSError, match="disk full"):
        output.replace({**FILES, "pkg/a.py": "x = 2\n"}, tmp_path, MARKER)
    assert read_tree(tmp_path) == FILES


@pytest.mark.parametrize("path", ["../a.py", "/etc/a.py", "pkg/../a.py", "a.py", "pkg//a.py", "pkg/a b.py", "pkg/.."])
def test_a_path_that_leaves_the_output_is_refused(path: str) -> None:
    with pytest.raises(output.Malformed):
        output.formatted({path: "x = 1\n"})


@pytest.mark.parametrize(
    "source", ["x = 1 +\n", "print('hello')\n", "import os\nos.system('true')\n", "for x in []:\n    pass\n"]
)
def test_source_that_no_template_gives_is_refused(source: str) -> None:
    with pytest.raises(output.Malformed):
        output.formatted({"pkg/a.py": source})


def test_the_working_directory_has_no_say_in_the_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = {"pkg/a.py": "import zlib\nimport pkg\nimport httpx\nx = [zlib, pkg, httpx, 'a']\n", "pkg/__init__.py": ""}
    first = output.formatted(source)
    (tmp_path / "httpx").mkdir()
    (tmp_path / "ruff.toml").write_text("line-length = 10\n[format]\nquote-style = 'single'\n")
    monkeypatch.chdir(tmp_path)
    assert output.formatted(source) == first
    assert '"a"' in first["pkg/a.py"]
