"""Put the output together: client source, the hand-written part of the package, and the contract tests.

The only module that sees both the generated and the hand-written side. The hand-written part stands in
`codegen/package`, laid out as in the wheel, and is copied as it is.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from codegen import VERSION, contracts, paths, reference, sync_codegen
from codegen.catalog.decide import RULES
from codegen.faults import Fault
from codegen.openapi.evidence import Evidence, documents_of
from codegen.python import output, package_index
from codegen.python.fakes_source import fakes
from codegen.python.model import PackageModel
from codegen.python.read import read_catalog
from codegen.python.render import client_files
from codegen.trees import read_text

PACKAGE = Path(__file__).resolve().parent / "package"
"""The hand-written part of the package."""
KINDS = frozenset({".py", ".html", ".css", ".js", ".svg", ".txt", ".mp4", ".mp3"})
"""The suffixes of the files that belong to the package."""
MARKER = ".generated"
"""The file by which the generator recognises a folder that it wrote."""
HEADER = "# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.\n"

PARTS: Mapping[str, tuple[str, ...]] = {
    "cli": ("cli", "__main__.py", "mcp", "batch", "upload.py", "offline", "_catalog", "_media"),
    "offline": ("offline", "_catalog", "_media"),
    "batch": ("batch",),
    "callbacks": ("callbacks.py",),
    "upload": ("upload.py",),
    "testing": ("testing", "_catalog", "_media"),
}
"""Optional part of a package → the folders and files it consists of. The command line brings the offline upstream."""
ALL_PARTS = frozenset(PARTS)
_MADE = frozenset({"__init__.py", "testing/fakes.py"})
"""Files that stand in `codegen/package` for imports in place; the generator writes its own for each package."""


def generate_all(
    specs: Path,
    output_folder: Path,
    package: str,
    parts: frozenset[str],
    overlays: Path | None = None,
    *,
    untested: list[Fault] | None = None,
) -> tuple[PackageModel, str]:
    """Write the package and its contract tests. Return what was read, and one line on what was written.

    What has no contract test is added to `untested`. Raises InputFault.
    """
    model = read_catalog(specs, package, VERSION, overlays)
    if output_folder == paths.GENERATED:
        sync_codegen.write()
    files = render(model, parts, untested)
    write(files, output_folder)
    if output_folder == paths.GENERATED:
        reference.write(model)
    operations = sum(len(service.operations) for service in model.services)
    return model, f"{output_folder}: {len(files)} files for {operations} operations of {len(model.services)} services"


def render(
    model: PackageModel, parts: Collection[str] = ALL_PARTS, untested: list[Fault] | None = None
) -> dict[str, str]:
    """Return every file of the output by its path, not formatted yet: the package and its contract tests."""
    return package_files(model, parts) | _marked(contracts.render(model, untested))


def package_files(model: PackageModel, parts: Collection[str] = ALL_PARTS) -> dict[str, str]:
    """Return every file of the package by its path, not formatted yet: client source and the hand-written part."""
    files = client_files(model) | _hand_written(model, parts)
    return _marked({f"{model.name}/{name}": source for name, source in files.items()})


def formatted(files: Mapping[str, str]) -> dict[str, str]:
    """Return the files as they are written: formatted, parsed again, each held against what it may consist of."""
    return output.formatted(files)


def write(files: Mapping[str, str], output_folder: Path) -> None:
    """Replace the generated folders under `output_folder`, all or nothing."""
    output.replace(formatted(files), output_folder, MARKER)


def _hand_written(model: PackageModel, parts: Collection[str]) -> dict[str, str]:
    folders = {"_runtime", "py.typed"}.union(*(PARTS[part] for part in parts))
    files = {name: text for name, text in _copies(PACKAGE) if name.partition("/")[0] in folders and name not in _MADE}
    files |= {f"_runtime/sync/{name}": text for name, text in sync_codegen.derived().items()}
    files["py.typed"] = ""
    if "testing" in folders:
        files["testing/fakes.py"] = fakes(model)
    if "_catalog" in folders:
        files["_catalog/index.json"] = package_index.index(model)
        files["_catalog/rules.json"] = _document({rule.name: rule.sentence for rule in RULES})
        files |= {f"_catalog/skill/{name}": text for name, text in reference.skill_files(model).items()}
        for service in model.services:
            files[f"_catalog/documents/{service.module}.json"] = _document(service.document)
            files[f"_catalog/evidence/{service.module}.json"] = _document(_evidence(service.evidence))
    return files


def _copies(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in KINDS and path.is_file():
            yield PurePosixPath(path.relative_to(folder)).as_posix(), read_text(path)


def _document(document: Mapping[str, Any]) -> str:
    """Return the document as the package carries it: on one line, the same bytes at every run."""
    plain = json.loads(json.dumps(document))  # every key is text after this, so that they sort
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def _evidence(evidence: Evidence) -> Mapping[str, Any]:
    """Return the evidence as the package carries it: documents in place of claims and of lines that we cite."""
    rows = [
        {**row, "readings": [{**one, "sources": documents_of(one["sources"])} for one in row.get("readings", ())]}
        for row in evidence.disagreements
    ]
    behind = {
        at: [*evidence.facts.get(at, ()), *evidence.cites.get(at, ())] for at in [*evidence.facts, *evidence.cites]
    }
    return {"facts": {at: documents_of(claims) for at, claims in behind.items()}, "disagreements": rows}


def _marked(files: Mapping[str, str]) -> dict[str, str]:
    """Return the files, each Python file with its header, each top folder with its marker."""
    texts = {path: _with_header(path, source) for path, source in files.items()}
    return texts | {f"{folder}/{MARKER}": HEADER for folder in sorted({path.partition("/")[0] for path in files})}


def _with_header(path: str, source: str) -> str:
    return HEADER + source if path.endswith(".py") and not source.startswith(HEADER) else source
