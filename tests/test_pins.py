"""requirements.txt has a version for everything that pyproject.toml asks for, and it is one that fits."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]


def requirements(project: Mapping[str, Any]) -> Iterator[Requirement]:
    """Yield the requirements of the package, its extras, the groups and the build."""
    groups = [*project["project"]["optional-dependencies"].values(), *project["dependency-groups"].values()]
    for row in (
        *project["project"]["dependencies"],
        *project["build-system"]["requires"],
        *chain.from_iterable(groups),
    ):
        if isinstance(row, str):  # the others include a group
            yield Requirement(row)


def pins(text: str) -> dict[str, str]:
    """Return the exact version of each distribution in a pinned list."""
    rows = [Requirement(line) for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    versions = {canonicalize_name(row.name): str(row.specifier) for row in rows}
    assert all(version.startswith("==") for version in versions.values())
    return {name: version.removeprefix("==") for name, version in versions.items()}


def stale(project: Mapping[str, Any], text: str) -> list[str]:
    """Return the requirements that a pinned list does not meet."""
    versions = pins(text)
    faults = [
        row
        for row in requirements(project)
        if not row.specifier.contains(versions.get(canonicalize_name(row.name), "0"))
    ]
    return [f"requirements.txt: {row} is not met: run `make pins`" for row in faults]


def test_every_requirement_is_pinned_at_a_version_that_fits() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert len(list(requirements(project))) > 30
    assert stale(project, (ROOT / "requirements.txt").read_text(encoding="utf-8")) == []


def test_a_pin_that_is_missing_or_does_not_fit_is_found() -> None:
    project = {
        "project": {"dependencies": ["one>=2,<3", "Two_2>=1"], "optional-dependencies": {"more": ["three==1.0"]}},
        "dependency-groups": {"dev": [{"include-group": "test"}], "test": ["four>=1"]},
        "build-system": {"requires": []},
    }
    assert stale(project, "one==2.1\n    # via x\ntwo-2==1\nthree==1.0\nfour==1.1 ; python_version < '4'\n") == []
    assert stale(project, "one==3.0\ntwo-2==1\nthree==1.0.1\n") == [
        f"requirements.txt: {name} is not met: run `make pins`" for name in ("one<3,>=2", "three==1.0", "four>=1")
    ]
