"""Where documents come from: a skills bundle, a folder of skill packages, or one JSON API description."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath

from codegen.faults import Fault, InputFault

MAX_BYTES = 20 * 1024 * 1024
MAX_FILES = 20_000
"""Files and folders below a folder of packages: the folder of a whole disk is not one."""
LONE = ""
"""The skill of a document that came alone: which skill it belongs to is not in the input."""

_MARKER = re.compile(r"FILE:(\S.*)")
_SKILL_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_PATH_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._ -]*")
_MEDIA = frozenset(
    ".png .jpg .jpeg .webp .gif .heic .bmp .svg .ico .mp4 .mov .webm .mp3 .wav .pdf .zip .gz .pyc".split()
)
"""Files of a package that are not documents."""


@dataclass(frozen=True)
class Source:
    """One document as it was found: whose it is, where it stood, its lines."""

    skill: str
    path: str
    lines: tuple[str, ...]
    origin: str
    """What faults call it."""
    first_line: int = 1
    """The line of `origin` on which the document starts, so that a fault in a bundle names the bundle's line."""

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def read(path: Path) -> tuple[Source, ...]:
    """Return the documents at a path, whatever form it has. Raises InputFault with every fault found."""
    if path.is_dir():
        return _folder(path)
    lines = _lines(path)
    if any(_MARKER.fullmatch(line) for line in lines):
        return _bundle(lines, path.as_posix())
    first = next((line.strip() for line in lines if line.strip()), "")
    if path.suffix == ".json" or first.startswith("["):
        return (Source(LONE, path.name, lines, path.as_posix()),)
    raise InputFault(
        Fault(
            path.as_posix(),
            "",
            "holds no FILE: markers and is not a JSON API description",
            "give a skills bundle, a folder of skill packages, or a JSON API description",
        )
    )


def front_matter(lines: Sequence[str]) -> dict[str, str]:
    """Return the keys between the two --- lines a skill starts with. Indentation says nothing: a bundle has lost it."""
    if not lines or lines[0].strip() != "---":
        return {}
    fields: dict[str, str] = {}
    for line in lines[1:]:
        if line.strip() == "---":
            return fields
        match = re.match(r"\s*([A-Za-z][\w-]*):\s*(.*)$", line)
        if match:
            fields.setdefault(match[1], match[2].strip().strip("\"'"))
    return {}


def front_matter_length(lines: Sequence[str]) -> int:
    """Return how many lines the front matter takes, its two --- included; 0 where there is none."""
    if not front_matter(lines):
        return 0
    return next(index for index, line in enumerate(lines[1:], 2) if line.strip() == "---")


def _lines(path: Path) -> tuple[str, ...]:
    name = path.as_posix()
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise InputFault(Fault(name, "", "is not a regular file", "give a file or a folder"))
        if status.st_size > MAX_BYTES:
            raise InputFault(Fault(name, "", f"is larger than {MAX_BYTES} bytes", "split it"))
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or "unreadable").lower()
        raise InputFault(Fault(name, "", f"cannot be read ({reason})", "check the path and its permissions")) from None
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputFault(Fault(name, "line 1", "is UTF-16, not UTF-8", "save it as UTF-8"))
    if b"\0" in raw:
        line = raw.count(b"\n", 0, raw.index(b"\0")) + 1
        raise InputFault(Fault(name, f"line {line}", "holds a NUL byte, so it is not text", "give text in UTF-8"))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputFault(Fault(name, f"line {line}", "is not UTF-8", "save it as UTF-8")) from None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return tuple(lines[:-1] if lines and lines[-1] == "" else lines)


@dataclass(frozen=True)
class _Start:
    """A line of a bundle on which a document starts."""

    index: int
    """Of the first line of the document."""
    end_before: int
    """Where the document before it ends."""
    path: str
    skill: str | None
    glued: str = ""
    """What stands on the listing line and still belongs to the document before: a closing fence."""


def _bundle(lines: tuple[str, ...], name: str) -> tuple[Source, ...]:
    starts = _starts(lines)
    faults: list[Fault] = []
    if not starts or starts[0].skill is None:
        place = f"line {starts[0].index}" if starts else ""
        faults.append(
            Fault(name, place, "has a document before its first skill", "start each skill with --- and its name")
        )
    sources: list[Source] = []
    skill = ""
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        skill = start.skill if start.skill is not None else skill
        end = following.end_before if following else len(lines)
        body = lines[start.index : end] + ((following.glued,) if following and following.glued else ())
        sources.append(Source(skill, start.path, body, name, start.index + 1))
    faults.extend(_name_faults(sources))
    if faults:
        raise InputFault(faults)
    return tuple(sources)


def _starts(lines: Sequence[str]) -> list[_Start]:
    starts: list[_Start] = []
    for index, line in enumerate(lines):
        marker = _MARKER.fullmatch(line)
        if marker and marker[1].strip() != "SKILL.md":
            starts.append(_Start(index + 1, index, marker[1].strip(), None))
        elif line.strip() == "---":
            matter = front_matter(lines[index : index + 60])
            if "name" in matter and "description" in matter and re.match(r"\s*name:", lines[index + 1]):
                starts.append(_skill_start(lines, index, matter))
    return starts


def _skill_start(lines: Sequence[str], index: int, matter: dict[str, str]) -> _Start:
    """Return where a skill starts. A bundle may have a line with the start of its description before it."""
    before = lines[index - 1] if index else ""
    if _MARKER.fullmatch(before):
        return _Start(index, index - 1, "SKILL.md", matter["name"])
    listing = re.match(r"(`{3,}|~{3,})?(.*)", before)
    fence, description_start = (listing[1] or "", listing[2]) if listing else ("", before)
    if description_start and matter["description"].startswith(description_start.removesuffix("...").strip()[:30]):
        return _Start(index, index - 1, "SKILL.md", matter["name"], fence)
    return _Start(index, index, "SKILL.md", matter["name"])


def _folder(root: Path) -> tuple[Source, ...]:
    below = list(islice(root.rglob("*"), MAX_FILES + 1))
    if len(below) > MAX_FILES:
        problem = f"holds more than {MAX_FILES} files and folders"
        raise InputFault(Fault(root.as_posix(), "", problem, "give the folder that holds the skill packages alone"))
    packages = sorted(path.parent for path in below if path.name == "SKILL.md" and path.is_file())
    if not packages:
        raise InputFault(
            Fault(root.as_posix(), "", "holds no SKILL.md", "give the folder that holds the skill packages")
        )
    faults: list[Fault] = []
    sources: list[Source] = []
    for package in packages:
        try:
            matter = front_matter(_lines(package / "SKILL.md"))
            skill = matter.get("name") or package.name
        except InputFault as fault:
            faults.extend(fault.faults)
            continue
        for path in _documents(package, frozenset(packages)):
            try:
                sources.append(Source(skill, path.relative_to(package).as_posix(), _lines(path), path.as_posix()))
            except InputFault as fault:
                faults.extend(fault.faults)
    faults.extend(_name_faults(sources))
    if faults:
        raise InputFault(faults)
    return tuple(sources)


def _documents(package: Path, packages: frozenset[Path]) -> Iterable[Path]:
    for path in sorted(package.rglob("*")):
        inside = path.relative_to(package).parts
        hidden = any(part.startswith(".") or part == "__pycache__" for part in inside)
        foreign = next(parent for parent in path.parents if parent in packages) != package
        if path.is_file() and not hidden and not foreign and path.suffix.lower() not in _MEDIA:
            yield path


def _name_faults(sources: Iterable[Source]) -> Iterable[Fault]:
    seen: set[tuple[str, str]] = set()
    for source in sources:
        place = f"line {source.first_line}" if source.first_line > 1 else ""
        if not _SKILL_NAME.fullmatch(source.skill):
            yield Fault(
                source.origin,
                place,
                f"skill name {source.skill[:60]!r} is not a plain name",
                "use letters, digits, - and _",
            )
        parts = PurePosixPath(source.path).parts
        if not parts or not all(_PATH_PART.fullmatch(part) for part in parts):
            yield Fault(
                source.origin, place, f"path {source.path[:80]!r} leaves its skill", "give a plain relative path"
            )
        if (source.skill, source.path) in seen:
            yield Fault(source.origin, place, f"{source.skill}/{source.path} appears twice", "keep one of them")
        seen.add((source.skill, source.path))
