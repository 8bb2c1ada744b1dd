"""Versions: the last release, what has changed since, and the version that it calls for."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from typing import Any

from codegen import VERSION, paths
from codegen.catalog.diff import Bump, Report, diff
from codegen.faults import Fault, InputFault
from codegen.updates import revisions, service_names

_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
_PART = {"major": 0, "minor": 1, "patch": 2}


@dataclass(frozen=True, order=True)
class Version:
    """MAJOR.MINOR.PATCH."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    @classmethod
    def parse(cls, text: str) -> Version:
        """Read a version. Raises InputFault."""
        if not (match := _VERSION.fullmatch(text)):
            raise InputFault(Fault("VERSION", "", f"{text!r} is not a version", "write MAJOR.MINOR.PATCH: 1.2.3"))
        return cls(*map(int, match.groups()))

    def after(self, bump: Bump) -> Version:
        """Return the next version by semantic versioning."""
        numbers = [self.major, self.minor, self.patch]
        part = _PART[bump]
        return Version(*[*numbers[:part], numbers[part] + 1, *(0 for _ in numbers[part + 1 :])])


@dataclass(frozen=True)
class Release:
    """The newest release: its tag and its version."""

    tag: str
    version: Version


def last_release() -> Release | None:
    """Return the highest version that a tag vX.Y.Z in the history of HEAD names; None before the first release."""
    try:
        command = ["git", "-C", str(paths.ROOT), "tag", "--list", "v*", "--merged", "HEAD"]
        names = subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()
    except OSError:
        return None
    tags = [(Version.parse(tag[1:]), tag) for tag in names if _VERSION.fullmatch(tag[1:])]
    return Release(max(tags)[1], max(tags)[0]) if tags else None


def since(release: Release, catalog: dict[str, dict[str, Any]]) -> Report:
    """Compare the catalog of a release with another one."""
    old = revisions.catalog(f"{release.tag}:{revisions.DEFAULT}")
    return service_names.with_names(diff(old, catalog), old, catalog)


def called_for(catalog: dict[str, dict[str, Any]]) -> tuple[str, str]:
    """Return the version that the catalog calls for, and why in a sentence."""
    release = last_release()
    if release is None:
        return VERSION, f"nothing is released yet: this goes into {VERSION}, the first release"
    report = since(release, catalog)
    version = release.version.after(report.bump)
    if not report.changes:
        return str(release.version), f"nothing has changed for callers since {release.tag}"
    return str(version), f"{report.verdict} since {release.tag}, which calls for a {report.bump} version"
