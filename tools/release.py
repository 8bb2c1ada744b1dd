"""A release, up to publishing: `make release VERSION=1.2.3`.

It refuses a version smaller than what the changes since the last release call for, writes version and CHANGELOG, builds
sdist and wheel twice with the same bytes, tries the wheel in an empty environment, and writes the notes. It tags and
publishes nothing: a person does, after reading.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from codegen import paths
from codegen.catalog.diff import Report
from codegen.catalog.diff.report import escaped
from codegen.faults import Fault, InputFault
from codegen.updates import revisions, versions
from codegen.updates.backup import backup
from codegen.updates.versions import Release, Version
from tools.compat import PACKAGE, Breakage, breakages

CHANGELOG = paths.ROOT / "CHANGELOG.md"
DIST = paths.ROOT / "dist"
_VERSION_LINE = re.compile(r'^VERSION = "[^"]*"', re.MULTILINE)
_TRIAL = f"import {PACKAGE}; print({PACKAGE}.__version__, len({PACKAGE}.__all__))"


def version_file() -> Path:
    """Return the file that holds the version: the one that the build reads."""
    project = tomllib.loads((paths.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return paths.ROOT / str(project["tool"]["hatch"]["version"]["path"])


def with_version(source: str, version: Version) -> str:
    """Return the source with another version. Raises InputFault where it has none."""
    text, count = _VERSION_LINE.subn(f'VERSION = "{version}"', source)
    if count != 1:
        raise InputFault(Fault(str(version_file()), "", f"has {count} lines with VERSION", "keep one"))
    return text


def smallest_version(
    release: Release | None, report: Report | None, breakages: Sequence[Breakage]
) -> tuple[Version | None, str]:
    """Return the smallest version that the changes since the last release allow, and why; None before the first."""
    if release is None or report is None:
        return None, "the first release"
    if breakages and report.verdict != "breaking":
        why = f"griffe finds the Python interface broken ({breakages[0]}{', …' if len(breakages) > 1 else ''})"
        return release.version.after("major"), why
    return release.version.after(report.bump), f"the changes since {release.tag} are {report.verdict}"


def refusals(
    version: Version, release: Release | None, smallest: Version | None, why: str, changelog: str = ""
) -> Iterator[Fault]:
    """Yield why a version may not be released."""
    headings = re.findall(r"^## (\d+\.\d+\.\d+)\b", changelog, re.MULTILINE)
    top = max((Version.parse(text) for text in headings), default=None)
    if top is not None and version < top:
        yield Fault("VERSION", "", f"{version} is older than {top}, which CHANGELOG.md has", f"use {top} or newer")
        return
    if smallest is None or release is None:
        return
    if version <= release.version:
        yield Fault("VERSION", "", f"{version} is not newer than {release.tag}", f"use {smallest} or newer")
    elif version < smallest:
        yield Fault("VERSION", "", f"{version} is smaller than {smallest}: {why}", f"use {smallest} or newer")


def entry(version: Version, day: str, report: Report | None) -> str:
    """Draft the entry of the changelog: breaking first, in the words of who uses the client."""
    lines = [f"## {version} ({day})", ""]
    if report is None or not report.changes:
        return "\n".join([*lines, "- No change for code that uses the client.", ""])
    for title, groups in report.sections():
        lines += [f"### {title}", ""]
        for heading, entries in groups:
            lines += [f"- {escaped(heading)}", *(f"  - {escaped(one)}" for one in entries)]
        lines.append("")
    return "\n".join(lines)


def with_entry(changelog: str, version: Version, day: str, report: Report | None) -> str:
    """Return the changelog with an entry for the version: one that a person has written stays, and gets its date."""
    heading = re.compile(rf"^## {re.escape(str(version))}(?: \(unreleased\))?$", re.MULTILINE)
    if heading.search(changelog):
        return heading.sub(f"## {version} ({day})", changelog, count=1)
    if re.search(rf"^## {re.escape(str(version))} ", changelog, re.MULTILINE):
        return changelog
    head, mark, rest = changelog.partition("\n## ")
    return f"{head.rstrip()}\n\n{entry(version, day, report)}{mark}{rest}"


def build(into: Path, epoch: str) -> dict[str, bytes]:
    """Build the sdist, and the wheel from it: file name → bytes."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": epoch, "PYTHONHASHSEED": "0"}
    _run([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(into), str(paths.ROOT)], environment)
    return {path.name: path.read_bytes() for path in sorted(into.iterdir())}


def build_twice(epoch: str) -> dict[str, bytes]:
    """Build everything twice. Raises InputFault where the bytes differ."""
    with tempfile.TemporaryDirectory(prefix="release-") as one, tempfile.TemporaryDirectory(prefix="release-") as two:
        first, second = build(Path(one), epoch), build(Path(two), epoch)
    differing = sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))
    if differing:
        remedy = "look for a time, a path or an order in what is built"
        raise InputFault(Fault(name, "", "has other bytes when it is built again", remedy) for name in differing)
    return first


def try_wheel(wheel: Path) -> str:
    """Install the wheel in an empty environment and import it: version and number of public names."""
    with tempfile.TemporaryDirectory(prefix="release-") as scratch:
        venv.create(scratch, with_pip=True)
        python = str(Path(scratch) / "bin" / "python")
        quiet = ["--quiet", "--disable-pip-version-check"]
        _run([python, "-m", "pip", "install", *quiet, str(wheel)], dict(os.environ))
        clean = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        return _run([python, "-I", "-c", _TRIAL], clean, cwd=Path(scratch)).strip()


def _run(command: list[str], environment: dict[str, str], cwd: Path = paths.ROOT) -> str:
    process = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    if process.returncode != 0:
        lines = [line for line in (process.stdout + process.stderr).splitlines() if line.strip()]
        what = " ".join(command[1:4])
        raise InputFault(Fault(what, "", f"failed: {lines[-1] if lines else 'no output'}", "mend it and release again"))
    return process.stdout


def notes(version: Version, why: str, report: Report | None, files: dict[str, bytes], trial: str) -> str:
    """Return what goes with the release: what changed, and what was built."""
    lines = [f"# {PACKAGE} {version}", "", f"Version: {why}.", ""]
    lines += [report.to_markdown() if report else "The first release.", "", "## Files", ""]
    lines += [f"- `{name}`: sha256 `{hashlib.sha256(content).hexdigest()}`" for name, content in files.items()]
    lines += ["", f"Built twice with the same bytes. The wheel alone, in an empty environment: {trial}.", ""]
    return "\n".join(lines)


@contextmanager
def _restored(*files: Path) -> Iterator[None]:
    """Put the files back where the block raises."""
    before = {path: path.read_text(encoding="utf-8") for path in files}
    try:
        yield
    except BaseException:
        for path, text in before.items():
            path.write_text(text, encoding="utf-8")
        raise


def _epoch() -> str:
    """Return the time of the release: SOURCE_DATE_EPOCH, else that of the last commit."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return epoch if epoch.isdecimal() else _run(["git", "log", "-1", "--format=%ct"], dict(os.environ)).strip()


def _since_last() -> tuple[Release | None, Report | None, list[Breakage]]:
    release = versions.last_release()
    if release is None:
        return None, None, []
    report = versions.since(release, revisions.catalog(str(paths.OPENAPI)))
    with tempfile.TemporaryDirectory(prefix="release-") as scratch:
        old = revisions.export(release.tag, f"generated/{PACKAGE}", Path(scratch)).parent
        return release, report, breakages(old, paths.GENERATED)


def release(text: str) -> None:
    """Check the version, write it and the changelog, build, try, write the notes. Raises InputFault."""
    version = Version.parse(text)
    last, report, breakages = _since_last()
    smallest, why = smallest_version(last, report, breakages)
    changelog = CHANGELOG.read_text(encoding="utf-8") if CHANGELOG.is_file() else ""
    if faults := list(refusals(version, last, smallest, why, changelog)):
        raise InputFault(faults)
    epoch = _epoch()
    day = datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    target = version_file()
    with backup(), _restored(target, CHANGELOG):
        target.write_text(with_version(target.read_text(encoding="utf-8"), version), encoding="utf-8")
        changelog = CHANGELOG.read_text(encoding="utf-8")
        CHANGELOG.write_text(with_entry(changelog, version, day, report), encoding="utf-8")
        _run([sys.executable, "-m", "codegen", "generate"], dict(os.environ))
        files = build_twice(epoch)
        DIST.mkdir(exist_ok=True)
        for name, content in files.items():
            (DIST / name).write_bytes(content)
        trial = try_wheel(DIST / next(name for name in files if name.endswith(".whl")))
    path = DIST / f"NOTES-{version}.md"
    path.write_text(notes(version, why, report, files, trial), encoding="utf-8")
    print(f"{version}: {why}", *(f"  dist/{name}" for name in files), f"  dist/{path.name}", sep="\n")
    print(f"read CHANGELOG.md and the notes; then: git commit -am 'Release {version}' && git tag v{version}")


def main(arguments: list[str] | None = None) -> int:
    """Make a release up to publishing; 1 and one line a fault where it is refused or fails."""
    parser = argparse.ArgumentParser(prog="python -m tools.release", description=__doc__)
    parser.add_argument("version", metavar="VERSION")
    try:
        release(parser.parse_args(arguments).version)
    except InputFault as error:
        for fault in error.faults:
            print(fault, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
