"""The verb `drift`: recorded exchanges against the catalog, and what they show as a file of claims to start from."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from codegen import paths
from codegen.catalog.decide import read_decisions
from codegen.faults import Fault, InputFault
from codegen.openapi.document import printable
from codegen.updates.foreign_recordings import rows as rows_of_other_tools
from codegen.updates.steps import catalog_on_disk

_LONG = re.compile(r"[^/]{33,}")
"""A part of a path that may be a key."""
_NUMBER = re.compile(r"(line:? )(\d+)")
_KEYS = frozenset({"service", "operation", "request", "status"})
"""What every recorded exchange has."""


@dataclass(frozen=True)
class Recording:
    """One recording and how its replies differ from the catalog."""

    path: Path
    services: tuple[str, ...]
    """The service of each exchange, in their order."""
    numbers: tuple[int, ...]
    """The number of each exchange in the recording: HAR files also hold exchanges with others."""
    lines: tuple[str, ...]
    """Claims, one a line, as the package proposes them; comments where there is nothing to claim."""
    unknown: tuple[str, ...] = ()
    """Exchanges with the host of a service for which no operation of the catalog is, one a line."""
    elsewhere: int = 0
    """So many exchanges with other hosts were left out."""
    unanswered: tuple[int, ...] = ()
    """The exchanges with the host of a service that got no reply."""

    def of(self, service: str) -> list[str]:
        """Return the lines about one service."""
        return [self._numbered(line) for line in self.lines if self.services[_number(line) - 1] == service]

    def _numbered(self, line: str) -> str:
        return _NUMBER.sub(lambda match: f"{match[1]}{self.numbers[int(match[2]) - 1]}", line, count=1)


def _number(line: str) -> int:
    match = _NUMBER.search(line)
    return int(match[2]) if match else 1


def drift(files: Sequence[Path]) -> tuple[str, bool]:
    """Return what to print, and whether any reply differs from the catalog. Raises InputFault."""
    faults: list[Fault] = []
    recordings = []
    for path in files:
        try:
            recordings.append(_read(path))
        except InputFault as error:
            faults.extend(error.faults)
    if faults:
        raise InputFault(faults)
    names = [recording.path.name for recording in recordings]
    parts = [
        text
        for recording in recordings
        for text in _proposals(recording, is_only_one=names.count(recording.path.name) == 1)
    ]
    parts += [f"# {recording.path}: {line}" for recording in recordings for line in recording.unknown]
    unanswered = [
        f"{recording.path}: without a reply, so there is nothing to compare: "
        f"exchange {', '.join(map(str, recording.unanswered))}"
        for recording in recordings
        if recording.unanswered
    ]
    if not parts:
        count = sum(len(recording.services) for recording in recordings)
        others = sum(recording.elsewhere for recording in recordings)
        left_out = f"; {others} with other hosts were left out" if others else ""
        return "\n".join([f"{count} exchanges: every reply is as the catalog says{left_out}", *unanswered]), False
    return "\n".join([*parts, *(f"# {line}" for line in unanswered)]), True


def _read(path: Path) -> Recording:
    """Hold one recording against the catalog of the generated package, which knows how replies are read."""
    if not path.is_file():
        problem = "is a folder" if path.is_dir() else "does not exist"
        raise InputFault(
            Fault(str(path), "", problem, "name a recording of wondergen.testing.replay, a HAR file or a vcr cassette")
        )
    foreign = rows_of_other_tools(path)
    if foreign is None:
        if faults := list(_malformed(path)):
            raise InputFault(faults)
        return _compare(path, path, None)
    hosts = _hosts(catalog_on_disk())
    exchanges = [row for row in foreign if row["status"]]
    unanswered = tuple(row["number"] for row in foreign if not row["status"] and _service_of(row, hosts))
    with tempfile.TemporaryDirectory(prefix="drift-") as scratch:
        cassette = Path(scratch) / "cassette.jsonl"
        own_numbers = _run(path, ["--keep", str(cassette)], json.dumps(exchanges)).stdout.split() if exchanges else []
        numbers = tuple(map(int, own_numbers))
        others = [row for row in exchanges if row["number"] not in numbers]
        unknown = tuple(_unknown(others, hosts))
        if not own_numbers and not unknown and not unanswered:
            problem = f"none of its {len(foreign)} exchanges is for an operation of the catalog"
            raise InputFault(Fault(str(path), "", problem, "record calls of a service that the catalog has"))
        compared = _compare(path, cassette, numbers) if own_numbers else Recording(path, (), (), ())
        elsewhere = len(foreign) - len(own_numbers) - len(unknown) - len(unanswered)
        return replace(compared, unknown=unknown, elsewhere=elsewhere, unanswered=unanswered)


def _unknown(rows: Iterable[dict[str, Any]], hosts: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each exchange with the host of a service that is for none of its operations."""
    for row in rows:
        if service := _service_of(row, hosts):
            place = printable(_LONG.sub("…", urlsplit(row["url"]).path))
            problem = f"{printable(row['method'])} {place}: {service} has no operation there"
            yield f"exchange {row['number']}: {problem}; import the document that describes it"


def _service_of(row: Mapping[str, Any], hosts: Mapping[str, str]) -> str:
    """Return the service with whose host an exchange is; "" for others."""
    return hosts.get(urlsplit(row["url"]).netloc.rpartition("@")[2].lower(), "")


def _hosts(catalog: Mapping[str, Any]) -> dict[str, str]:
    """Return host → service, of each server that a document names."""
    hosts: dict[str, str] = {}
    for service, document in catalog.items():
        items = [document, *(document.get("paths") or {}).values()]
        owners = [*items, *(operation for item in items for operation in item.values() if isinstance(operation, dict))]
        for server in (one for owner in owners for one in owner.get("servers") or ()):
            hosts.setdefault(urlsplit(server["url"]).netloc.lower(), service)
    return {host: service for host, service in hosts.items() if host}


def _compare(path: Path, cassette: Path, numbers: tuple[int, ...] | None) -> Recording:
    """Compare the replies of a cassette with the catalog of the package. `path` is what was given."""
    process = _run(path, [str(cassette.resolve())])
    rows = [json.loads(line) for line in cassette.read_text(encoding="utf-8").split("\n") if line.strip()]
    services = tuple(str(row["service"]) for row in rows)
    return Recording(path, services, numbers or tuple(range(1, len(rows) + 1)), tuple(process.stdout.splitlines()))


def _run(path: Path, arguments: list[str], standard_input: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run the package of generated/ on a recording. Raises InputFault where it cannot be read."""
    environment = {**os.environ, "PYTHONPATH": str(paths.GENERATED)}
    command = [sys.executable, "-m", "wondergen.testing.replay", *arguments]
    process = subprocess.run(
        command, env=environment, input=standard_input, capture_output=True, text=True, check=False
    )
    if process.returncode not in (0, 1) or (process.returncode == 1 and not process.stdout.strip()):
        errors = process.stderr.strip().splitlines() or ["the package of generated/ cannot be run"]
        problem = errors[-1].removeprefix(f"{path.resolve()}:").strip()
        raise InputFault(Fault(str(path), "", problem.removesuffix("; record it again"), "record it again"))
    return process


def _malformed(path: Path) -> Iterator[Fault]:
    """Yield a fault for each line that is not a recorded exchange."""
    for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").split("\n"), 1):
        try:
            row = json.loads(line) if line.strip() else None
        except (ValueError, RecursionError):
            yield Fault(str(path), f"line {number}", "is not JSON", "record it again: one exchange a line")
            return
        missing = sorted(_KEYS - set(row)) if isinstance(row, dict) else sorted(_KEYS)
        if row is not None and missing:
            problem = f"is not a recorded exchange: it has no {', '.join(missing)}"
            yield Fault(str(path), f"line {number}", problem, "record it with wondergen.testing.replay")


def _proposals(recording: Recording, *, is_only_one: bool) -> Iterator[str]:
    """Yield one file of claims for each service that the recording is about; its name says which recording it is."""
    path = recording.path
    name = path.name if is_only_one else f"{path.resolve().parent.name}-{path.name}"
    for service in sorted(set(recording.services)):
        if lines := recording.of(service):
            yield from _file(path, name, service, lines)


def _file(path: Path, name: str, service: str, lines: Iterable[str]) -> Iterator[str]:
    rows = list(lines)
    remarks = [line for line in rows if line.startswith("#")]
    claims = [line for line in rows if not line.startswith("#")]
    skill, is_certain = _skill(service)
    content = path.read_bytes()
    recorded = datetime.fromtimestamp(path.stat().st_mtime, UTC).date().isoformat()
    yield f"# {path}: {len(claims)} claims about {service}. Read them, complete each null, and save them as"
    yield f"# specs/claims/{skill}/{name}.yaml; then: python -m codegen reconcile"
    if not is_certain:
        yield f"# First add {skill!r} to `skills` in specs/decisions/{service}.yaml"
    yield from remarks
    if claims:
        yield f"document: {skill}/{name}"
        yield "kind: other"
        yield f"skill: {skill}"
        yield f"published: '{recorded}'  # the day of the recording"
        yield f"sha256: {hashlib.sha256(content).hexdigest()}"
        yield "capability: []"
        yield "claims:"
        yield from (f"  {line}" for line in claims)
        yield "unread: []"


def _skill(service: str) -> tuple[str, bool]:
    """Return the skill under which claims of recordings stand, and whether the decisions of the service cover it."""
    path = paths.DECISIONS / f"{service}.yaml"
    patterns = read_decisions(path, f"specs/decisions/{path.name}").skills if path.is_file() else ()
    names = [pattern.replace("*", "recorded") for pattern in patterns if pattern.endswith("*")]
    return (names[0], True) if names else (f"{service}-recorded", False)


def main(files: Sequence[Path]) -> int:
    """Print the claims. 0: every reply is as the catalog says; 1: some are not."""
    text, differs = drift(files)
    print(text)
    return 1 if differs else 0
