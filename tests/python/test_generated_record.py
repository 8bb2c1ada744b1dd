"""What is generated from odd.yaml, kept as a record: what changes in it was meant to, or is a fault.

WONDERGEN_RECORD=1 writes it anew; the difference is for a person to judge.
"""

from __future__ import annotations

import os
from pathlib import Path

from codegen import assemble
from codegen.python.read import read_catalog
from tests.python.support import ODD

FOLDER = Path(__file__).with_name("record")
ASYNC_PREFIX = "async_"
"""Modules that say the same as their neighbours, in the other colour."""


def test_what_is_generated_is_what_was_generated_before(tmp_path: Path) -> None:
    (tmp_path / "odd.yaml").write_bytes(ODD.read_bytes())
    files = assemble.render(read_catalog(tmp_path, "odds", "1.2.3"))
    own = {
        path: text for path, text in files.items() if "/odd/" in path and not Path(path).name.startswith(ASYNC_PREFIX)
    }
    written = {f"{path}.txt": text for path, text in assemble.formatted(own).items()}
    if os.environ.get("WONDERGEN_RECORD"):
        for path, text in written.items():
            (FOLDER / path).parent.mkdir(parents=True, exist_ok=True)
            (FOLDER / path).write_text(text, encoding="utf-8")
    recorded = (path for path in FOLDER.rglob("*") if path.is_file())
    assert written == {path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8") for path in recorded}
