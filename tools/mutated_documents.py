"""Real documents with some places changed at random: each is read, or refused in clear lines, in bounded time.

`python -m tools.mutated_documents FOLDER_OR_FILE… --count 1000 --seed 1` takes some paths of a document of the folder
and what they refer to, changes a few places of it, and generates. It prints a line for each document that breaks the
law, and keeps that document in `--keep`. Documents are not part of the repository: name a folder that has some.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import signal
import sys
import traceback
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from codegen import contracts
from codegen.faults import InputFault
from codegen.openapi import identifiers, loader, pointers
from codegen.python.read import read_catalog
from codegen.python.render import client_files

MAX_SECONDS = 30
"""Of the processor, for one document of a few paths."""
_MAX_LINE = 1_500
_MAX_PATHS = 4
_MAX_CHANGES = 6
_ODD: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 2**31, 2**63, 10**30, 0.5, 1e308, -0.0, "", " ", "a", "1", "true", "null", "²", "٣"),
    *([], {}, [None], [[]], {"": {}}, {"a": 1}, "x" * 5_000, "a\nb", "\x00", "\u2028", '"""', "{{ x }}", "\\"),
    *("string", "object", "array", ["string", "null"], ["object", 5], "date-time", "2026-02-30", "^(a+)+$", "["),
    *("#", "#/", "#/nope", "#/components/schemas", "other.json#/a", "https://a.example/b", "con", "class", "__init__"),
    *("application/json", "multipart/form-data", "text/*", "*/*", "{id}", "/a/{id}/{id}", "default", "200", "2XX"),
)
"""Values that stand where none of them is expected."""
_KEYS = (
    "$ref",
    "type",
    "enum",
    "const",
    "allOf",
    "oneOf",
    "not",
    "items",
    "required",
    "default",
    "x-task",
    "in",
    "",
    "self",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Try so many documents. 0: none breaks the law; 1: one does."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutated_documents", description="Try changed documents.")
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="documents, or folders of documents")
    parser.add_argument("--count", type=int, default=100, metavar="N", help="documents to try; default: 100")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of the first; the others count on from it")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where documents that break the law are kept")
    options = parser.parse_args(arguments)
    warnings.simplefilter("error")
    roots = [root for path in _files(options.paths) if (root := _root(path)) is not None]
    if not roots:
        parser.error("no document of OpenAPI is there")
    failures = 0
    for seed in range(options.seed, options.seed + options.count):
        documents = mutated(roots, seed)
        problem = tried(documents)
        if problem:
            failures += 1
            print(f"seed {seed}: {problem}", flush=True)
            if options.keep is not None:
                options.keep.mkdir(parents=True, exist_ok=True)
                (options.keep / f"seed-{seed}.json").write_text(json.dumps(documents), encoding="utf-8")
    print(f"documents: {options.count}; of {len(roots)} files; seeds from {options.seed}; broken: {failures}")
    return 1 if failures else 0


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (file for file in files if file.suffix in identifiers.SUFFIXES and loader.is_openapi(file))


def _root(path: Path) -> Any:
    try:
        root = loader.load(path, path.name)
    except InputFault:
        return None
    return root if isinstance(root, dict) and isinstance(root.get("paths"), dict) else None


def mutated(roots: Sequence[Any], seed: int) -> Any:
    """Return a part of one of the documents, with some places changed; for one seed always the same."""
    chance = random.Random(seed)
    root = _part(chance.choice(roots), chance)
    for _ in range(chance.randint(1, _MAX_CHANGES)):
        _change(root, chance)
    return root


def _part(root: Mapping[str, Any], chance: random.Random) -> dict[str, Any]:
    """Return some paths of a document and the components that they lead to."""
    names = list(root["paths"])
    start = {name: root["paths"][name] for name in chance.sample(names, min(len(names), chance.randint(1, _MAX_PATHS)))}
    part = {key: value for key, value in root.items() if key not in ("paths", "components")}
    part["paths"] = start
    components = root.get("components")
    if isinstance(components, Mapping):
        part["components"] = _reached(components, start)
    return copy.deepcopy(part)


def _reached(components: Mapping[str, Any], start: Any) -> dict[str, dict[str, Any]]:
    references: dict[str, dict[str, Any]] = {}
    if isinstance(components.get("securitySchemes"), Mapping):
        references["securitySchemes"] = dict(components["securitySchemes"])
    waiting = [start]
    while waiting:
        for place in [place for place in _places(waiting.pop()) if place[1] == "$ref"]:
            parts = pointers.steps(pointers.target_of(place[0]) or "")
            if parts[:1] != ["components"] or len(parts) < 3:
                continue
            _, kind, name, *_ = parts
            table = components.get(kind)
            if isinstance(table, Mapping) and name in table and name not in references.setdefault(kind, {}):
                references[kind][name] = table[name]
                waiting.append(table[name])
    return references


def _places(root: Any) -> list[tuple[Any, Any]]:
    """Return every holder and key in a value."""
    places = []
    waiting = [root]
    while waiting:
        holder = waiting.pop()
        pairs = holder.items() if isinstance(holder, dict) else enumerate(holder)
        for key, value in pairs:
            places.append((holder, key))
            if isinstance(value, (dict, list)):
                waiting.append(value)
    return places


def _change(root: dict[str, Any], chance: random.Random) -> None:
    """Change one place: drop it, double it, move it, rename it, or put something else there."""
    places = _places(root)
    if not places:
        return
    holder, key = chance.choice(places)
    kind = chance.choice(("drop", "odd", "odd", "wrap", "swap", "copy", "rename", "add"))
    if kind == "drop":
        del holder[key]
    elif kind == "odd":
        holder[key] = copy.deepcopy(chance.choice(_ODD))
    elif kind == "wrap":
        holder[key] = chance.choice(([holder[key]], {chance.choice(_KEYS): holder[key]}))
    elif kind in ("swap", "copy"):
        other, name = chance.choice(places)
        here, there = copy.deepcopy(holder[key]), copy.deepcopy(other[name])
        holder[key] = there
        if kind == "swap":
            other[name] = here
    elif isinstance(holder, list):
        holder.insert(chance.randrange(len(holder) + 1), copy.deepcopy(holder[key]))
    elif kind == "rename":
        holder[chance.choice((*_KEYS, *(str(place[1]) for place in chance.sample(places, min(9, len(places))))))] = (
            holder.pop(key)
        )
    else:
        holder[chance.choice(_KEYS)] = copy.deepcopy(chance.choice((*_ODD, holder[key])))


def tried(root: Any) -> str:
    """Generate a document; return how it breaks the law, and nothing where it keeps it."""
    with TemporaryDirectory() as folder:
        Path(folder, "api.json").write_text(json.dumps(root), encoding="utf-8")
        try:
            with _bounded():
                lines = _generated(Path(folder))
        except InputFault as error:
            lines = [str(fault) for fault in error.faults]
        except TimeoutError:
            return f"takes more than {MAX_SECONDS} s of the processor"
        except Exception as error:  # whatever it is, it is found here
            frame = traceback.extract_tb(error.__traceback__)[-1]
            return f"{type(error).__name__}: {str(error)[:200]!r} in {Path(frame.filename).name}:{frame.lineno}"
    bad = [line for line in lines if len(line) > _MAX_LINE or not line.isprintable()]
    return f"says what cannot be read: {bad[0][:300]!r}" if bad else ""


@contextmanager
def _bounded() -> Iterator[None]:
    def late(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, MAX_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _generated(folder: Path) -> list[str]:
    """Generate, unformatted, and parse what is generated; return what is reported."""
    model = read_catalog(folder, "changed", "1.0.0")
    for path, source in {**client_files(model), **contracts.render(model)}.items():
        if path.endswith(".py"):
            compile(source, path, "exec", dont_inherit=True)
    return [str(fault) for service in model.services for fault in (*service.refused, *service.notes)]


if __name__ == "__main__":
    sys.exit(main())
