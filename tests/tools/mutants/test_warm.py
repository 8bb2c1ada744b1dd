"""The functions of a tree, as a process has them that has imported its tests."""

from __future__ import annotations

import gc
import importlib.util
from pathlib import Path

from tools.mutants.warm import functions_by_file, swap


def test_functions_that_the_garbage_collector_has_frozen_get_their_new_code(tmp_path: Path) -> None:
    path = tmp_path / "sums.py"
    path.write_text("def one():\n    return 1\n")
    spec = importlib.util.spec_from_file_location("sums", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    gc.freeze()
    swap(functions_by_file(tmp_path)["sums.py"], path, "def one():\n    return 2\n")
    assert module.one() == 2
