"""What a generated package has beside its clients: hand-written once, copied into every package as it is.

The folders here become folders of the package; what is in `package` stands beside them. Only `testing/fakes.py`,
which has the names of the package, and the documents are made for each.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from codegen.extras.fakes import fakes
from codegen.python.model import PackageModel

HERE = Path(__file__).resolve().parent
FOLDERS: Mapping[str, str] = {
    "catalog": "_catalog",
    "cli": "cli",
    "media": "_media",
    "offline": "offline",
    "package": ".",
    "testing": "testing",
}
"""Folder here → folder of the package."""
KINDS = frozenset({".py", ".html", ".css", ".js", ".svg", ".txt"})


def files(model: PackageModel) -> dict[str, str]:
    """Every file by its path under the package, not formatted yet."""
    found = {
        PurePosixPath(target, name).as_posix(): text
        for folder, target in FOLDERS.items()
        for name, text in _copies(HERE / folder)
    }
    found["testing/fakes.py"] = fakes(model)
    for service in model.services:
        found[f"_catalog/documents/{service.module}.json"] = _document(service.document)
    return dict(sorted(found.items()))


def _copies(folder: Path) -> list[tuple[str, str]]:
    paths = [path for path in sorted(folder.rglob("*")) if path.suffix in KINDS and path.is_file()]
    return [(path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")) for path in paths]


def _document(document: Mapping[str, Any]) -> str:
    """The document as the package carries it, provenance included: on one line, the same bytes at every run."""
    plain = json.loads(json.dumps(document))  # every key is text after this, so that they sort
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
