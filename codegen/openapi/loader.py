"""Read an OpenAPI document from a file: harmless values only, and references that stay inside the folder.

Every bound is stated here. A document of 3.0 or 3.2 is read as 3.1; a reference to another file
of the folder leads into `x-documents`, where that file is kept whole, so that circles between files stay circles.
"""

from __future__ import annotations

import datetime
import json
import math
import os
import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote, unquote, urljoin

from codegen import trees, yamlio
from codegen.faults import Fault, InputFault
from codegen.openapi import generics, identifiers, lift, repairs, validation, walk
from codegen.openapi.document import Document, printable
from codegen.openapi.pointers import escape, join, reference_to

MAX_BYTES = trees.MAX_DOCUMENT_BYTES
MAX_TEXT = 1_000_000
MAX_NODES = 2_000_000
MAX_FILES = 5_000
"""Other files that one document may refer to. Together they are no larger than one document may be."""
MAX_NUMBER = 10**40
FILES = "x-documents"
_VERSION = re.compile(rb"""["']?\b(?:openapi|swagger)["']?[ \t]{0,9}:\s{0,99}["']?[0-9]""")
"""What a document says of itself. It may stand at the end: some tools sort the keys."""


def read(path: Path, overlays: Path | None = None) -> Document:
    """Read one file, with the overlays `STEM.yaml` and `STEM.*.yaml` of a folder applied.

    What is not an OpenAPI document of 3.0, 3.1 or 3.2, and an overlay that does not fit, raises InputFault.
    """
    impossible: list[str] = []
    root = load(path, path.name, impossible)
    for file in _overlays(path, overlays):
        from codegen.openapi import overlay  # its JSONPath takes long to import, and few documents have overlays

        root = overlay.apply(root, yamlio.load(file, file.name), file.name)
    if isinstance(root, dict) and "swagger" in root and "openapi" not in root:
        raise InputFault(
            Fault(path.name, "/swagger", "is a document of Swagger 2.0", "convert it to OpenAPI 3.1 or 3.0")
        )
    if not isinstance(root, dict) or "openapi" not in root:
        raise InputFault(Fault(path.name, "", "is not an OpenAPI document", "move it out of the folder of documents"))
    version = str(root["openapi"])
    if not re.fullmatch(r"3\.[012](\.\d+)?(-\w+)?", version):
        problem = f"is OpenAPI {version[:20]!r}"
        raise InputFault(Fault(path.name, "/openapi", printable(problem), "convert it to OpenAPI 3.2, 3.1 or 3.0"))
    nulls = repairs.without_nulls(root)
    impossible += _gather(root, path)
    if version.startswith("3.0"):
        lift.lift(root)
    losses = lift.restate(root) if version.startswith("3.2") else []
    mended = repairs.repair(root)
    document = Document(root, path.name)
    for pointer, words in (*nulls, *mended):
        document.note(pointer, words, "it is read as it is meant")
    for pointer in impossible:
        document.note(pointer, "is a number that no program can hold", "it is left out")
    for pointer, words, effect in losses:
        document.note(pointer, words, effect)
    document.check_structure()
    document.check_links()
    for pointer, words in validation.wrong_defaults(root):
        document.note(pointer, words, "correct the default")
    _check_top(document)
    return document


def _overlays(path: Path, folder: Path | None) -> Iterator[Path]:
    """Yield the overlays of a document, in the order in which they are applied."""
    if folder is None:
        return
    own = folder / f"{path.stem}.yaml"
    files = [own] if own.is_symlink() or own.exists() else []
    yield from [*files, *sorted(folder.glob(f"{path.stem}.*.yaml"))]


def is_openapi(path: Path) -> bool:
    """Return whether a file says that it is an OpenAPI document: a fragment that others refer to does not."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return True  # opening a pipe waits for ever; reading it as a document says what it is
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES)
    except OSError:
        return True
    return _VERSION.search(raw) is not None


def documents(folder: Path, files: list[Path]) -> list[Path]:
    """Return the files of a folder without those that are fragments of others: not OpenAPI, and referred to."""
    fragments = [path for path in files if not is_openapi(path)]
    targets = _used_files(_real(folder), [path for path in files if path not in fragments]) if fragments else set()
    return [path for path in files if path not in fragments or _real(path) not in targets]


def _real(path: Path) -> Path:
    """Return a path without links; `Path.resolve` raises RuntimeError where links lead in a circle."""
    return Path(os.path.realpath(path))


def _used_files(folder: Path, documents: list[Path]) -> set[Path]:
    """Return the files of a folder that documents refer to, and those that these refer to in turn."""
    files: set[Path] = set()
    waiting = [_real(path) for path in documents]
    while waiting:
        path = waiting.pop()
        base = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name
        for reference in references(path):
            name = _inside(folder, base, reference)
            if name is not None and folder / name not in files:
                files.add(folder / name)
                waiting.append(folder / name)
    return files


def references(path: Path) -> set[str]:
    """Return the files that a file refers to, without reading it as a document: as it writes them, or below `$self`."""
    try:
        state = path.stat()
        is_read = stat.S_ISREG(state.st_mode) and state.st_size <= MAX_BYTES
        text = path.read_bytes().decode("utf-8", "replace") if is_read else ""
    except OSError:
        return set()
    names = re.findall(r"""\$ref["']?\s*:\s*["']?([^"'#\s,}]+)""", text)
    home = re.search(r"""\$self["']?\s*:\s*["']?([^"'#\s,}]+)""", text)
    start = f"{home[1].rpartition('/')[0]}/" if home and ":" in home[1] else "\0"
    return {unquote(name.removeprefix(start)) for name in names}


def load(path: Path, name: str, impossible: list[str] | None = None) -> Any:
    """Return the harmless value in a YAML or JSON file. Raises InputFault.

    A number that no program can hold is left out where it only shows or limits; `impossible` collects its pointer.
    """
    return _Plain(name, [] if impossible is None else impossible).of(_parsed(path, name))


def _parsed(path: Path, name: str) -> Any:
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            raise InputFault(Fault(name, "", "is not a regular file", "name a file"))
        if state.st_size > MAX_BYTES:
            raise InputFault(Fault(name, "", f"is larger than {MAX_BYTES} bytes", "split it"))
        raw = path.read_bytes()
    except OSError:
        raise InputFault(Fault(name, "", "cannot be read", "check the path and its permissions")) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputFault(Fault(name, "", "is not UTF-8", "save it as UTF-8")) from None
    if path.suffix != ".json":
        return _json_in_yaml(text) or yamlio.loads(text, name, aliases=True)
    try:
        return json.loads(text, object_pairs_hook=_without_duplicates)
    except RecursionError:
        raise InputFault(Fault(name, "", "is nested too deeply", "flatten it")) from None
    except ValueError as error:
        if "integer string" in str(error):
            raise InputFault(Fault(name, "", "has a number of thousands of digits", "write it as text")) from None
        raise InputFault(Fault(name, "", printable(f"is not JSON ({error})"), "correct the syntax")) from None


def _json_in_yaml(text: str) -> Any:
    """Return the object of a YAML file that is plain JSON, whose escapes YAML does not all have; None where it is not.

    What is wrong with it is for the reader of YAML to say.
    """
    try:
        return json.loads(text, object_pairs_hook=_without_duplicates) if text.lstrip().startswith("{") else None
    except (ValueError, RecursionError):
        return None


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping = dict(pairs)
    if len(mapping) != len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                raise ValueError(f"duplicate key {name!r}")
            seen.add(name)
    return mapping


class _NoNumberError(InputFault):
    """A number that is infinite, none at all, or of too many digits."""


_STATED = frozenset({"default", "example", "examples"})
"""Values that are only shown."""
_LIMITS = {"maximum": 1, "exclusiveMaximum": 1, "minimum": -1, "exclusiveMinimum": -1}
"""Limits, and the sign of a number that is none."""


class _Plain:
    """Copies a value into what JSON has; YAML's dates become text, its number keys too. Raises InputFault."""

    def __init__(self, file: str, impossible: list[str]) -> None:
        self._file = file
        self._impossible = impossible
        self._count = 0

    def of(self, node: Any, trail: tuple[Any, ...] = ()) -> Any:
        """Return the copy of a node."""
        self._count += 1
        if self._count > MAX_NODES or len(trail) > yamlio.MAX_DEPTH:
            raise self._refused(trail, "is too large or nested too deeply", "split or flatten it")
        if isinstance(node, dict):
            return dict(self._members(node, trail))
        if isinstance(node, list):
            return [self.of(item, (*trail, index)) for index, item in enumerate(node)]
        if isinstance(node, str):
            return self._text(node, trail)
        if node is None or isinstance(node, bool):
            return node
        if isinstance(node, int) and abs(node) < MAX_NUMBER:
            return int(node)
        if isinstance(node, float) and math.isfinite(node):
            return float(node)
        if isinstance(node, (datetime.date, datetime.datetime)):
            return node.isoformat()
        error = self._refused(trail, "is a value that JSON does not have", "write it as text or number")
        raise _NoNumberError(error.faults) if isinstance(node, (int, float)) else error

    def _members(self, node: dict[Any, Any], trail: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
        for key, item in node.items():
            name, place = self._key(key, trail), (*trail, key)
            try:
                yield name, self.of(item, place)
            except _NoNumberError:
                is_limit = isinstance(item, (int, float)) and item * _LIMITS.get(name, 0) > 0
                if trail[-1:] == ("properties",) or not (name in _STATED or is_limit):
                    raise
                self._impossible.append(join("", *place))

    def _key(self, key: Any, trail: tuple[Any, ...]) -> str:
        if isinstance(key, bool) or not isinstance(key, (str, int)):
            raise self._refused(trail, f"has the key {key!r}", "write it in quotes")
        return self._text(str(key), trail)

    def _text(self, text: str, trail: tuple[Any, ...]) -> str:
        if len(text) > MAX_TEXT:
            raise self._refused(trail, f"is longer than {MAX_TEXT} characters", "shorten it")
        if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
            raise self._refused(trail, "has half a surrogate pair", "write the whole character")
        return text

    def _refused(self, trail: tuple[Any, ...], problem: str, remedy: str) -> InputFault:
        return InputFault(Fault(self._file, printable(join("", *trail)), printable(problem), remedy))


class _Files:
    """The files that a document refers to, as they are brought into it."""

    def __init__(self, path: Path) -> None:
        self.contents: dict[str, Any] = {}
        self.names: dict[str, identifiers.Names] = {}
        self.faults: list[Fault] = []
        self.impossible: list[str] = []
        self._path = path
        self.home = ""
        """The `$self` of the document: the URL at which it stands for others."""
        self._folder = _real(path.parent)
        self._size = 0
        self._places: dict[tuple[str, str], str | None] = {}

    def name(self, inside: str, file: str) -> str | None:
        """Return the name of a file that another one refers to; None where it leads out of the folder."""
        if (inside, file) not in self._places:
            base, local = inside, file
            if self.home and (":" in file or file.startswith("/")):
                own = self.names[inside].bases.get("", "") if inside else ""
                whole = urljoin(urljoin(self.home, own or quote(inside)), file)
                start = f"{self.home.rpartition('/')[0]}/"
                base, local = "", whole.removeprefix(start) if whole.startswith(start) else file
            self._places[inside, file] = _inside(self._folder, base, unquote(local))
        return self._places[inside, file]

    def read(self, name: str, pointer: str) -> Any:
        """Return what a file holds. Raises InputFault where there are too many, or too large ones."""
        if len(self.contents) >= MAX_FILES:
            problem = f"refers to more than {MAX_FILES} files"
            raise InputFault(Fault(self._path.name, printable(pointer), problem, "bring them into one document"))
        self._size += _size(self._folder / name)
        if self._size > MAX_BYTES:
            problem = f"refers to files of more than {MAX_BYTES} bytes"
            raise InputFault(Fault(self._path.name, printable(pointer), problem, "leave out what is not used"))
        impossible: list[str] = []
        self.contents[name] = _fragment(self._folder / name, name, self.faults, impossible)
        self.impossible += [f"{join('', FILES, name)}{pointer}" for pointer in impossible]
        self.names[name] = identifiers.settle(self.contents[name])
        return self.contents[name]


def _gather(root: dict[str, Any], path: Path) -> list[str]:
    """Bring every file of the folder that the document refers to into it, and rewrite the references.

    Return the places of what was left out of the files.
    """
    files = _Files(path)
    waiting: list[tuple[Any, str]] = [(root, "")]
    own = identifiers.settle(root)
    files.home = own.bases.get("", "")
    while waiting:
        part, inside = waiting.pop()
        for node, pointer, _ in walk.nodes(part):
            for holder, key in identifiers.references(node):
                file, _, rest = holder[key].partition("#")
                if not file and not inside:
                    continue
                name = files.name(inside, file) if file else inside
                if name == path.name:
                    holder[key] = f"#{_pointer(own, rest)}"
                elif name is not None:  # else `follow` says that it leads out of the document, where it is used
                    if name not in files.contents:
                        waiting.append((files.read(name, pointer), name))
                    holder[key] = f"#/{FILES}/{escape(name)}{_pointer(files.names[name], rest)}"
    if files.faults:
        raise InputFault(files.faults)
    if files.contents:
        root[FILES] = files.contents
    places = [("", own), *((join("", FILES, name), names) for name, names in files.names.items())]
    resources = {f"{at}{pointer}" for at, names in places for pointer in names.bases}
    defaults = {f"{at}{pointer}": f"{at}{to}" for at, names in places for pointer, to in names.defaults.items()}
    generics.instantiate(root, resources, defaults)
    return files.impossible


def _pointer(names: identifiers.Names, rest: str) -> str:
    """Return the part of a reference behind `#` as a pointer, where it is an anchor of its file."""
    place = None if rest[:1] in ("", "/") else names.place(f"#{rest}")
    return rest if place is None else reference_to(place).removeprefix("#")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # reading it says what is wrong


def _fragment(path: Path, name: str, faults: list[Fault], impossible: list[str]) -> Any:
    """Return what is in a file; nothing, and a fault, where it cannot be read."""
    try:
        return load(path, name, impossible)
    except InputFault as error:
        faults.extend(error.faults)
        return {}


def _inside(folder: Path, base: str, reference: str) -> str | None:
    """Return the path of a file in the folder, as a reference in `base` names it; None where it leads elsewhere."""
    if not reference or ":" in reference or reference.startswith(("/", "\\")) or "\0" in reference:
        return None
    target = folder / PurePosixPath(base).parent / reference
    try:
        real = _real(target)
        if not real.is_relative_to(folder) or not real.is_file() or real.suffix not in identifiers.SUFFIXES:
            return None
    except OSError:  # a name that is too long
        return None
    return real.relative_to(folder).as_posix()


def _check_top(document: Document) -> None:
    """Refuse what cannot be walked at all."""
    root = document.root
    for key in ("info", "paths", "components", "webhooks", "x-error-codes"):
        if key in root and not isinstance(root[key], Mapping):
            document.fault(f"/{key}", "is not an object", "correct it")
    if isinstance(root, dict) and not isinstance(root.get("tags", []), list):
        del root["tags"]  # for people only, and its structure has been noted
    for key in ("servers", "security"):
        if key in root and not isinstance(root[key], list):
            document.fault(f"/{key}", "is not a list", "correct it")
    if document.faults:
        raise InputFault(document.faults)
