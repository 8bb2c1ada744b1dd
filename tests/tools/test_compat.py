"""The new package against the old one: what griffe finds, and where it and the diff of the catalogs disagree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from codegen import paths
from codegen.catalog.diff import Change, Report, Severity
from codegen.faults import InputFault
from tools.compat import EXACT, Breakage, accepts_more, breakages, disagreements, gone_schemas, old_tree

REMOVED = Breakage("pack.shop.Shop.draw", "Parameter was removed", "size")


def package(folder: Path, signature: str) -> Path:
    (folder / "pack").mkdir(parents=True)
    (folder / "pack" / "__init__.py").write_text(f"class Shop:\n    def draw({signature}) -> None: ...\n")
    return folder


def change(python: str, kind: str = "request-property.removed", severity: Severity = "breaking") -> Change:
    return Change("shop", "", "draw", kind, severity, "property body.size removed", None, None, python=python)


def test_griffe_finds_a_parameter_that_is_gone(tmp_path: Path) -> None:
    old, new = package(tmp_path / "old", "self, *, size: int = 1"), package(tmp_path / "new", "self")
    assert [(row.path, row.parameter) for row in breakages(old, new, "pack")] == [("pack.Shop.draw", "size")]
    assert breakages(old, old, "pack") == []


def test_only_what_users_import_is_the_interface(tmp_path: Path) -> None:
    def laid_out(folder: Path, name: str) -> Path:
        package(folder, "self, *, size: int")
        (folder / "pack" / "shop").mkdir()
        (folder / "pack" / "shop" / "__init__.py").write_text("from .parts import Frame\n__all__ = ['Frame']\n")
        (folder / "pack" / "shop" / "parts.py").write_text(
            f"class Base:\n    def {name}(self) -> None: ...\nclass Frame(Base): ...\ndef {name}er() -> None: ...\n"
        )
        (folder / "pack" / "shop" / f"{name}s.py").write_text("")
        (folder / "pack" / f"{name}_all.py").write_text("def run() -> None: ...\n")
        return folder

    breaking = breakages(laid_out(tmp_path / "old", "cut"), laid_out(tmp_path / "new", "saw"), "pack")
    assert {row.path for row in breaking} == {"pack.shop.parts.Frame.cut", "pack.cut_all"}


def test_what_both_say_is_no_disagreement() -> None:
    assert disagreements([REMOVED], Report.of([change("client.shop.draw(size=)")])) == []


def test_what_only_griffe_finds_is_said() -> None:
    (line,) = disagreements([REMOVED], Report.of([]))
    assert line.startswith("griffe only: pack.shop.Shop.draw(size): Parameter was removed")


def test_a_change_that_must_show_in_python_and_does_not_is_said() -> None:
    (line,) = disagreements([], Report.of([change("client.shop.draw(size=)")]))
    assert line.startswith("diff only: client.shop.draw(size=) is gone")


def test_a_limit_does_not_show_in_a_signature() -> None:
    difference = change("client.shop.draw(size=)", "request-property.upper-bound.narrowed")
    assert disagreements([], Report.of([difference])) == []


def test_a_base_that_is_no_revision_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(InputFault, match="no-such-tag"):
        old_tree("no-such-tag", tmp_path)


def test_examples_that_need_the_generator_are_left_out(tmp_path: Path) -> None:
    tree = old_tree("HEAD", tmp_path)
    examples = sorted((tree / "examples").rglob("*.py"))
    assert examples
    assert not [file for file in examples if "\nfrom codegen" in file.read_text(encoding="utf-8")]


def test_old_tests_of_what_was_refused_may_fail_where_more_is_taken() -> None:
    refused = "FAILED contract_tests/shop/test_draw.py::TestDraw::test_a_value_outside_the_limits_is_not_sent[sync]"
    assert accepts_more([refused, "1 failed, 9 passed in 1.00s"])
    assert not accepts_more(
        [refused, "FAILED contract_tests/shop/test_draw.py::TestDraw::test_waiting_gives_the_result"]
    )
    assert not accepts_more([refused, "ERROR contract_tests/shop/test_draw.py"])
    assert not accepts_more(["9 passed in 1.00s"])


def test_each_of_these_tests_is_one_that_is_generated() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in (paths.ROOT / "codegen/contracts").rglob("*.jinja"))
    assert [name for name in sorted(EXACT) if f"def {name}(" not in texts] == []


def test_the_groups_of_a_client_are_its_interface(tmp_path: Path) -> None:
    def laid_out(folder: Path, parameter: str) -> Path:
        shop = folder / "pack" / "shop"
        shop.mkdir(parents=True)
        (folder / "pack" / "__init__.py").write_text("")
        (shop / "__init__.py").write_text("from .client import Shop\n__all__ = ['Shop']\n")
        (shop / "client.py").write_text(
            "from .paint import Paint\nclass Shop:\n    @property\n    def paint(self) -> Paint: ...\n"
        )
        (shop / "paint.py").write_text(f"class Paint:\n    def wall(self, *, {parameter}: int = 1) -> None: ...\n")
        return folder

    (breaking,) = breakages(laid_out(tmp_path / "old", "size"), laid_out(tmp_path / "new", "width"), "pack")
    assert (breaking.path, breaking.parameter) == ("pack.shop.paint.Paint.wall", "size")
    assert disagreements([breaking], Report.of([change("client.shop.paint.wall(size=)")])) == []


def test_a_field_of_a_result_and_a_class_that_went_with_its_operation_are_explained() -> None:
    rows = [Breakage("pack.shop.results.Picture.path", "removed"), Breakage("pack.shop.AsyncMask", "removed")]
    changes = [change("client.shop.draw().wait().path", "result.removed"), change("client.shop.cut()", "operation.x")]
    removed = gone_schemas({"shop": schemas("Mask", "Picture")}, {"shop": schemas("Picture")})
    assert disagreements(rows, Report.of(changes), removed) == []
    assert len(disagreements(rows, Report.of([]), removed)) == 2


def schemas(*names: str) -> dict[str, Any]:
    return {"components": {"schemas": {name: {} for name in names}}}
