"""Is the new package what the old one was? The contract tests and examples of an older revision against it.

`make compat BASE=v0.1.0` runs them, and mypy over them, against the package of the working tree; griffe compares the
two Python interfaces, `codegen diff` the two catalogs; where the two disagree, the build fails and says so.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import griffe

from codegen import paths
from codegen.catalog.diff import Change, Report, diff
from codegen.faults import Fault, InputFault
from codegen.updates import revisions, service_names

PACKAGE = "wondergen"
OLD = ("generated/contract_tests", f"generated/{PACKAGE}", "examples", "pyproject.toml")
"""What of the older revision is needed; an example folder only where there is one."""
_IGNORED = frozenset({griffe.BreakageKind.ATTRIBUTE_CHANGED_VALUE})
"""Values of module constants: the operations as data. What they mean, the diff of the catalogs says."""
_IN_PYTHON = (
    "operation.removed operation.python-name. operation.group. parameter.removed request-property.removed "
    "request-property.python-name. request-property.required.added parameter.required.added service.client. "
    "service.removed"
).split()
"""Kinds of change that must show in signatures, and so in what griffe finds."""
_CALL = re.compile(r"client\.(?P<path>[\w.]+)\((?P<keyword>\w*)=?\)")
_FIELD = re.compile(r"\(\)(?:\.\w+\(\))*\.(\w+)$")
"""A field of what a call returns, or of what its task gives: `client.shop.draw().wait().picture`."""
_TAIL = 12


@dataclass(frozen=True)
class Breakage:
    """One way in which griffe finds the Python interface broken."""

    path: str
    """wondergen.tomoviee.client.Tomoviee.text_to_music."""
    kind: str
    parameter: str = ""

    def __str__(self) -> str:
        return f"{self.path}{f'({self.parameter})' if self.parameter else ''}: {self.kind}"


def breakages(old: Path, new: Path, package: str = PACKAGE) -> list[Breakage]:
    """Return what griffe finds broken in the public interface of the package, between two folders."""
    before, after = (griffe.load(package, search_paths=[folder], resolve_aliases=True) for folder in (old, new))
    public = tuple(path for one in (before, after) if isinstance(one, griffe.Module) for path in _public(one))
    breakages = {_breakage(row) for row in griffe.find_breaking_changes(before, after) if row.kind not in _IGNORED}
    objects = tuple(path for path in public if path.endswith("."))
    return sorted((row for row in breakages if row.path in public or f"{row.path}.".startswith(objects)), key=str)


def _public(module: griffe.Module) -> Iterator[str]:
    """Yield the modules that users import, and with a dot at the end what is in them: by `__all__`, or at the top."""
    if module.exports is not None or module.path.count(".") < 2:
        yield module.path
        own = [name for name, member in module.members.items() if not member.is_alias and name not in module.modules]
        for name in own if module.exports is None else map(str, module.exports):
            if not name.startswith("_") and name in module.members:
                yield f"{module.path}.{name}."
                yield from _home(module.members[name])
    for name, below in module.modules.items():
        if not name.startswith("_") and not below.is_alias:
            yield from _public(below)


def _home(member: griffe.Object | griffe.Alias) -> Iterator[str]:
    """Yield the place where something is defined that a module hands on, and those of the groups that a client has."""
    try:
        target = member.final_target if isinstance(member, griffe.Alias) else member
    except (griffe.AliasResolutionError, griffe.CyclicAliasError):
        return  # of another package
    yield f"{target.path}."
    for inner in target.members.values() if target.is_class else ():
        annotation = inner.annotation if isinstance(inner, griffe.Attribute) and "property" in inner.labels else None
        if isinstance(annotation, griffe.Expr):
            yield f"{annotation.canonical_path}."


def _breakage(row: griffe.Breakage) -> Breakage:
    parameter = next((value for value in (row.old_value, row.new_value) if isinstance(value, griffe.Parameter)), None)
    return Breakage(row.obj.path, row.kind.value, parameter.name if parameter else "")


def gone_schemas(before: Mapping[str, Any], after: Mapping[str, Any]) -> frozenset[str]:
    """Return the schemas that no service has any more: their classes go with what used them."""

    def names(catalog: Mapping[str, Any]) -> set[str]:
        return {name for one in catalog.values() for name in one.get("components", {}).get("schemas", {})}

    return frozenset(names(before) - names(after))


def disagreements(rows: Sequence[Breakage], report: Report, removed: Collection[str] = ()) -> list[str]:
    """Return where griffe and the diff of the catalogs do not say the same about the Python interface.

    `gone` are schemas that went with a change which breaks: so did their classes.
    """
    breaking = [change for change in report.changes if change.severity == "breaking"]
    named = [_names(change) for change in breaking]
    went = {*removed, *(f"Async{name}" for name in removed)} if breaking else set[str]()
    lines = [
        f"griffe only: {row}; no breaking change of the catalog explains it"
        for row in rows
        if not any(_explains(names, row) for names in named) and not went.intersection(row.path.split("."))
    ]
    for change in breaking:
        shows = change.kind.startswith(tuple(_IN_PYTHON)) or (
            change.kind.endswith("added") and "required" in change.message
        )
        if shows and change.python and not any(_explains(_names(change), row) for row in rows):
            lines.append(f"diff only: {change.about} {change.words}; griffe finds the Python interface as it was")
    return lines


def _names(change: Change) -> tuple[str, str]:
    """Return the method and the keyword that a change is about."""
    if match := _FIELD.search(change.python):
        return "", match[1]
    match = _CALL.match(change.python)
    return (match["path"].rpartition(".")[2], match["keyword"]) if match else (change.python.partition("(")[0], "")


def _explains(names: tuple[str, str], row: Breakage) -> bool:
    method, keyword = names
    parts = row.path.split(".")
    if keyword:
        return row.parameter == keyword or parts[-1] == keyword
    return bool(method) and any(part in parts for part in (method, method.upper()))


def old_tree(base: str, target: Path) -> Path:
    """Lay out the tests and examples of a revision around the package of the working tree. Raises InputFault."""
    commit = revisions.resolve(base)
    if commit is None:
        raise InputFault(
            Fault("BASE", "", f"{base!r} is not a revision", "name a tag or commit: make compat BASE=v0.1.0")
        )
    for place in OLD:
        try:
            revisions.export(commit, place, target)
        except InputFault:
            if place != "examples":
                raise
    for file in sorted((target / "examples").rglob("*.py")):
        if _needs_generator(file):
            file.unlink()
    shutil.move(target / "generated" / PACKAGE, target / "old" / PACKAGE)
    (target / "generated" / PACKAGE).symlink_to(paths.GENERATED / PACKAGE, target_is_directory=True)
    return target


def _needs_generator(file: Path) -> bool:
    """Return whether an example imports the generator or its tests: then it is none of the package."""
    return (
        re.search(r"^(?:from|import) (?:codegen|tests)\b", file.read_text(encoding="utf-8"), re.MULTILINE) is not None
    )


def run_old(tree: Path, jobs: int) -> Iterator[tuple[str, int, list[str]]]:
    """Run the old tests and mypy over them: what was run, its exit status, the end of what it printed."""
    places = [place for place in ("generated/contract_tests", "examples") if (tree / place).is_dir()]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tree / "generated"), str(tree)])}
    parallel = ["-n", str(jobs), "--dist", "loadfile"] if jobs > 1 else []
    commands = {
        "old tests": [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb", "no", *parallel, *places],
        "mypy over them": [sys.executable, "-m", "mypy", "--cache-dir", os.devnull, *places],
    }
    for title, command in commands.items():
        process = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
        yield (
            title,
            process.returncode,
            [line for line in (process.stdout + process.stderr).splitlines() if line.strip()],
        )


EXACT = frozenset(
    "test_a_value_outside_the_limits_is_not_sent test_a_value_that_only_another_parameter_has_is_not_sent "
    "test_a_required_parameter_is_required test_a_rule_over_several_parameters_is_kept "
    "test_every_fault_is_reported_at_once test_a_call_against_a_rule_is_not_sent "
    "test_a_method_has_the_parameters_of_its_operation_and_the_options_of_a_call".split()
)
"""Old tests of what is refused, and of which parameters there are: they fail where a newer package takes more."""


def accepts_more(lines: Sequence[str]) -> bool:
    """Return whether of the old tests only such failed as hold the package to what it refused."""
    failures = [match[1] for line in lines if (match := re.match(r"FAILED \S+::(\w+)", line))]
    others = [line for line in lines if line.startswith("ERROR ")]
    return bool(failures) and not others and set(failures) <= EXACT


def main(arguments: list[str] | None = None) -> int:
    """Compare, print, and fail where something breaks that the diff does not call breaking, or the two disagree."""
    parser = argparse.ArgumentParser(prog="python -m tools.compat", description=__doc__)
    parser.add_argument("base", metavar="BASE", help="the older revision: v0.1.0, HEAD~5")
    parser.add_argument("--jobs", type=int, default=2, help="processes for the tests; default: 2")
    parser.add_argument("--no-tests", action="store_true", help="only compare the interfaces and the catalogs")
    options = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory(prefix="compat-") as scratch:
            tree = old_tree(options.base, Path(scratch))
            return _compare(options.base, tree, jobs=0 if options.no_tests else options.jobs)
    except InputFault as error:
        print(error, file=sys.stderr)
        return 1


def _compare(base: str, tree: Path, jobs: int) -> int:
    before, after = revisions.catalog(f"{base}:{revisions.DEFAULT}"), revisions.catalog(str(paths.OPENAPI))
    report = service_names.with_names(diff(before, after), before, after)
    rows = breakages(tree / "old", paths.GENERATED)
    print(f"diff of the catalogs: {report.verdict} ({len(report.changes)} changes)")
    print(f"griffe: {len(rows)} breakages of the Python interface", *(f"  {row}" for row in rows), sep="\n")
    failures: list[str] = []
    for title, status, lines in run_old(tree, jobs) if jobs else ():
        print(f"{title}: {lines[-1] if lines else 'nothing printed'}")
        if status and accepts_more(lines) and report.verdict == "additive":
            print("  only tests of what was refused failed: the package takes more, as the diff says: additive")
        elif status:
            failures.append(title)
        if status:
            print(*(f"  {line}" for line in lines[-_TAIL:-1]), sep="\n")
    wrong = disagreements(rows, report, gone_schemas(before, after))
    if failures and report.verdict != "breaking":
        wrong.append(
            f"{' and '.join(failures)} failed, and the diff calls the change {report.verdict}: "
            "the package behaves in another way; mend it, or release it as breaking"
        )
    elif failures:
        print(f"{' and '.join(failures)} failed, as the diff says: breaking")
    print(*(f"DISAGREE: {line}" for line in wrong), sep="\n", end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
