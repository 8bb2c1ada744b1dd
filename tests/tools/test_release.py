"""A release up to publishing: which version is refused, and what goes into the changelog."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from codegen import paths
from codegen.catalog.diff import Change, Report, Severity
from codegen.faults import InputFault
from codegen.updates import versions
from codegen.updates.versions import Release, Version
from tools import release
from tools.compat import Breakage

LAST = Release("v1.2.3", Version(1, 2, 3))
BROKEN = Breakage("wondergen.Acme.draw", "Parameter was removed", "size")


def report(severity: Severity) -> Report:
    message = "property body.a_size: now at most 60, was 95"
    fact = Change("shop", "", "draw", "x.y", severity, message, 95, 60, "property", "body.a_size", "upper bound")
    return Report.of([fact])


@pytest.mark.parametrize(
    ("severity", "smallest"),
    [("breaking", Version(2, 0, 0)), ("additive", Version(1, 3, 0)), ("neutral", Version(1, 2, 4))],
)
def test_the_verdict_sets_the_smallest_version(severity: Severity, smallest: Version) -> None:
    assert release.smallest_version(LAST, report(severity), [])[0] == smallest


def test_what_griffe_finds_broken_calls_for_a_major_version() -> None:
    smallest, why = release.smallest_version(LAST, report("neutral"), [BROKEN])
    assert smallest == Version(2, 0, 0)
    assert "wondergen.Acme.draw(size)" in why


@pytest.mark.parametrize(("text", "refused"), [("1.2.3", True), ("1.3.0", True), ("2.0.0", False), ("2.1.0", False)])
def test_a_smaller_version_than_the_verdict_is_refused(text: str, refused: bool) -> None:
    smallest, why = release.smallest_version(LAST, report("breaking"), [])
    assert bool(list(release.refusals(Version.parse(text), LAST, smallest, why))) is refused


@pytest.mark.parametrize(("text", "refused"), [("0.9.0", True), ("1.0.0", False), ("1.0.1", False)])
def test_a_version_below_the_top_one_of_the_changelog_is_refused(text: str, refused: bool) -> None:
    written = "# Changelog\n\n## 1.0.0 (unreleased)\n\n- New.\n\n## 0.8.0 (2026-01-01)\n"
    assert bool(list(release.refusals(Version.parse(text), None, None, "", written))) is refused


def test_the_first_release_may_have_any_version() -> None:
    assert list(release.refusals(Version.parse("0.1.0"), None, *release.smallest_version(None, None, []))) == []


@pytest.mark.parametrize("text", ["1.2", "v1.2.3", "1.2.3rc1", "01.2.3", ""])
def test_what_is_no_version_is_a_fault(text: str) -> None:
    with pytest.raises(InputFault, match="is not a version"):
        Version.parse(text)


def test_the_changelog_gets_a_draft_in_the_words_of_users() -> None:
    changelog = release.with_entry(
        "# Changelog\n\n## 1.2.3 (2026-01-01)\n\n- Old.\n", Version(2, 0, 0), "2026-02-03", report("breaking")
    )
    assert changelog.startswith("# Changelog\n\n## 2.0.0 (2026-02-03)\n\n### Breaking")
    assert "property body.a_size now at most 60, was 95" in changelog
    assert changelog.endswith("\n## 1.2.3 (2026-01-01)\n\n- Old.\n")


def test_an_entry_that_a_person_wrote_stays_and_gets_its_date() -> None:
    text = "# Changelog\n\n## 2.0.0 (unreleased)\n\n- By hand.\n"
    changelog = release.with_entry(text, Version(2, 0, 0), "2026-02-03", report("breaking"))
    assert changelog == "# Changelog\n\n## 2.0.0 (2026-02-03)\n\n- By hand.\n"
    assert release.with_entry(changelog, Version(2, 0, 0), "2026-03-04", report("breaking")) == changelog


def test_the_version_is_written_where_the_build_reads_it() -> None:
    source = release.version_file().read_text(encoding="utf-8")
    assert 'VERSION = "7.8.9"' in release.with_version(source, Version(7, 8, 9))
    with pytest.raises(InputFault, match="0 lines with VERSION"):
        release.with_version("", Version(7, 8, 9))


def test_the_last_release_is_the_highest_version_that_is_tagged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=x", "-c", "user.email=x@example.com"]
        subprocess.run(["git", "-C", str(tmp_path), *identity, *arguments], check=True, capture_output=True)

    monkeypatch.setattr(paths, "ROOT", tmp_path)
    git("init", "--quiet")
    git("commit", "--allow-empty", "--message", "one")
    assert versions.last_release() is None
    for tag in ("v1.9.0", "v1.10.0", "v2", "vnext"):
        git("tag", tag)
    assert versions.last_release() == Release("v1.10.0", Version(1, 10, 0))
