"""A scratch copy of the repository's specs, and a way to run one verb in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from codegen import paths, yamlio
from codegen.__main__ import main
from codegen.trees import read_tree
from tests.verbs.lumen import lay_out


@dataclass(frozen=True)
class Outcome:
    """What a verb did: exit status, what it printed, and whether any file changed."""

    status: int
    out: str
    faults: list[str]
    changed: list[str]


Run = Callable[..., Outcome]


PLACES = {
    "SPECS": "specs",
    "CLAIMS": "specs/claims",
    "DECISIONS": "specs/decisions",
    "OVERLAYS": "specs/overlays",
    "OPENAPI": "specs/openapi",
    "EVIDENCE": "specs/evidence",
    "REPORT": "specs/RECONCILIATION.md",
    "GENERATED": "generated",
    "REFERENCE": "docs/reference",
    "LLMS": "llms.txt",
}


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Use a temporary folder as specs/; `generated/` is not there yet."""
    shutil.copytree(paths.SPECS, tmp_path / "specs")
    for name, place in PLACES.items():
        monkeypatch.setattr(paths, name, tmp_path / place)
    return tmp_path


def keep(scratch: Path, service: str) -> None:
    """Leave one service in the scratch copy: the less there is to reconcile, the sooner a test is done."""
    skills = yamlio.load(scratch / "specs" / "decisions" / f"{service}.yaml")["skills"]
    for folder in (scratch / "specs" / "claims").iterdir():
        if not any(fnmatchcase(folder.name, pattern) for pattern in skills):
            shutil.rmtree(folder)
    for kind in ("decisions", "overlays", "openapi"):
        for path in (scratch / "specs" / kind).glob("*.yaml"):
            if path.stem != service:
                path.unlink()


@pytest.fixture
def run(scratch: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a verb in the scratch copy."""

    def run(*arguments: object) -> Outcome:
        before = read_tree(scratch)
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        after = read_tree(scratch)
        changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
        return Outcome(status, printed.out, printed.err.splitlines(), changed)

    return run


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Import, reconcile and generate Lumen, once for all tests."""
    root = tmp_path_factory.mktemp("lumen")
    document = lay_out(root, ["ink", "chalk"])
    with pytest.MonkeyPatch.context() as monkeypatch:
        for name, place in PLACES.items():
            monkeypatch.setattr(paths, name, root / place)
        for verb in (["import", str(document)], ["reconcile"], ["generate", "--output", str(root / "generated")]):
            assert main(verb) == 0
    return root


def copy_of(made: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a copy of what was made of Lumen in place of the repository's specs."""
    shutil.copytree(made, target, dirs_exist_ok=True)
    return in_place_of_the_repository(target, monkeypatch)


def in_place_of_the_repository(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the verbs read and write `folder`."""
    for name, place in PLACES.items():
        monkeypatch.setattr(paths, name, folder / place)
    return folder
