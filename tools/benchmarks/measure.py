"""Ratios that are measured side by side, round by round, and how they are written down."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

ROUNDS = int(os.environ.get("WONDERGEN_BENCH_ROUNDS", "5"))


@dataclass(frozen=True)
class Figure:
    """One measured figure, round by round; without values, the reason why it was not measured."""

    name: str
    goal: float
    values: tuple[float, ...]
    unit: str = ""
    """"": a ratio."""
    is_least: bool = False
    """Whether the goal is the least that is wanted, not the most."""
    reason: str = ""

    @property
    def median(self) -> float:
        """The middle of the rounds."""
        return statistics.median(self.values)

    @property
    def is_met(self) -> bool:
        """Whether the median reaches the goal."""
        return self.median >= self.goal if self.is_least else self.median <= self.goal

    def cells(self) -> list[str]:
        """Return the cells of the table."""
        goal = f"{'≥' if self.is_least else '≤'} {self.goal:g}{self.unit}"
        if not self.values:
            return [self.name, "not measured", self.reason, goal, ""]
        low, high = min(self.values), max(self.values)
        spread = f"{low:.2f} – {high:.2f}" if len(self.values) > 1 else "one round"
        return [self.name, f"{self.median:.2f}{self.unit}", spread, goal, "yes" if self.is_met else "no"]


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that something takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def interleaved(name: str, goal: float, ours: Callable[[], object], yardstick: Callable[[], object]) -> Figure:
    """Measure two things in turn, once beforehand each, and return ours divided by the yardstick."""
    ours()
    yardstick()
    values = []
    for _ in range(ROUNDS):
        before, mine, after = timed(yardstick), timed(ours), timed(yardstick)
        values.append(mine / statistics.mean((before, after)))
    return Figure(name, goal, tuple(values))


def of_processes(sides: Mapping[str, list[str]]) -> list[dict[str, float]]:
    """Return the seconds of processor that each command takes, round by round, less those of an empty Python.

    Those are "nothing". Seconds of the wall would hold those of whoever else works on the machine.
    """
    rounds = []
    commands = {"nothing": [sys.executable, "-c", "pass"], **sides}
    for number in range(ROUNDS + 1):
        costs = {name: _spent(command) for name, command in commands.items()}
        if number:  # the first one fills the caches
            own = {name: costs[name] - costs["nothing"] for name in sides}
            rounds.append({**own, "nothing": costs["nothing"]})
    return rounds


def _spent(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}  # an installed package is compiled, so ours has to be
    process = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: {process.stderr.decode()[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def table(title: str, rows: list[Figure], remarks: list[str]) -> str:
    """Return the figures as Markdown."""
    head = ["what", "median", "spread", "goal", "reached"]
    lines = [head, ["---"] * len(head), *(row.cells() for row in rows)]
    text = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    notes = "".join(f"- {remark}\n" for remark in remarks)
    return f"# {title}\n\nWritten by `make bench`: one run, both sides in turn, {ROUNDS} rounds.\n\n{text}\n\n{notes}"


def plot(rows: list[Figure]) -> str:
    """Return each figure divided by its goal as a bar with its spread, in SVG: up to the line the goal is reached."""
    rows = [row for row in rows if row.values]
    height, scale, zero = 32 * len(rows) + 40, 220, 470
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="860" height="{height}" font-family="sans-serif">']
    parts.append(f'<text x="{zero + scale}" y="14" font-size="12" text-anchor="middle">goal</text>')
    for index, row in enumerate(rows):
        y = 32 * index + 24
        shares = [row.goal / value if row.is_least else value / row.goal for value in row.values]
        middle, low, high = (min(share, 1.7) * scale for share in (statistics.median(shares), min(shares), max(shares)))
        color = "#4c78a8" if row.is_met else "#e45756"
        figure = f"{row.median:.2f}{row.unit}"
        parts += [
            f'<text x="{zero - 8}" y="{y + 15}" font-size="12" text-anchor="end">{escape(row.name)}</text>',
            f'<rect x="{zero}" y="{y}" width="{middle:.1f}" height="20" fill="{color}"/>',
            f'<line x1="{zero + low:.1f}" x2="{zero + high:.1f}" y1="{y + 10}" y2="{y + 10}" stroke="black"/>',
            f'<text x="{zero + max(high, middle) + 6:.1f}" y="{y + 15}" font-size="12">{figure}</text>',
        ]
    parts.append(f'<line x1="{zero + scale}" x2="{zero + scale}" y1="18" y2="{height - 12}" stroke="#888"/>')
    return "\n".join([*parts, "</svg>", ""])


def write(folder: Path, name: str, title: str, rows: list[Figure], remarks: list[str]) -> None:
    """Write the table and the plot, and print the table."""
    folder.mkdir(parents=True, exist_ok=True)
    text = table(title, rows, remarks)
    (folder / f"{name}.md").write_text(text, encoding="utf-8")
    (folder / f"{name}.svg").write_text(plot(rows), encoding="utf-8")
    print(text)
