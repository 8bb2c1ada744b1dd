"""Same documents, same bytes: whatever the hash seed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from codegen import paths
from tests.python.support import MINI

PROGRAM = """
import hashlib, sys
from pathlib import Path
from codegen import assemble
from codegen.python.read import read_catalog
files = assemble.render(read_catalog(Path(sys.argv[1]), "painters", "1"))
assert len(files) > 50
print(hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest())
"""


def test_two_hash_seeds_give_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "painter.yaml").write_bytes(MINI.read_bytes())
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(tmp_path)],
            cwd=paths.ROOT,
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("1", "2")
    ]
    hashes = [run.communicate()[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0]
    assert hashes[0] == hashes[1] != ""
