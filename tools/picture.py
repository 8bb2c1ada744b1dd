"""`make picture`: run a command in a real terminal and draw what stood there, as docs/demo.svg.

The picture leads to no other host: it names fonts that machines have, and embeds none.
"""

from __future__ import annotations

import argparse
import fcntl
import io
import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from codegen import paths

COLUMNS, LINES = 112, 60
THEME = TerminalTheme(
    (252, 252, 250),
    (40, 44, 52),
    [
        (40, 44, 52),
        (190, 60, 60),
        (60, 130, 70),
        (160, 110, 20),
        (50, 90, 170),
        (140, 70, 150),
        (40, 130, 140),
        (120, 124, 130),
    ],
)
TEMPLATE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">
<style>
.{unique_id}-matrix {{
  font: {char_height}px/{line_height}px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
}}
.{unique_id}-title {{ font: bold 18px system-ui, sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the picture where the command exits with 0, and only then."""
    parser = argparse.ArgumentParser(prog="python -m tools.picture", description=__doc__)
    parser.add_argument("target", type=Path, metavar="SVG")
    parser.add_argument("title")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args(arguments)
    status, output = recorded(options.command)
    if status == 0:
        options.target.parent.mkdir(parents=True, exist_ok=True)
        options.target.write_text(as_svg(output, options.title), encoding="utf-8")
    else:
        sys.stderr.write(output)
    return status


def recorded(command: Sequence[str]) -> tuple[int, str]:
    """Run a command in a terminal of its own: its exit status, and everything it printed there."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": str(COLUMNS)}
    child = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=paths.ROOT, env=environment, close_fds=True
    )
    os.close(theirs)
    chunks = []
    while True:
        try:
            chunk = os.read(ours, 65536)
        except OSError:  # the terminal is gone with its last process
            break
        if not chunk:
            break
        chunks.append(chunk)
    os.close(ours)
    return child.wait(), b"".join(chunks).decode("utf-8", "replace").replace("\r\n", "\n")


def as_svg(output: str, title: str) -> str:
    """Return the last state of every line of a terminal, as SVG."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi(output.strip("\n") + "\n "), soft_wrap=False)
    svg = console.export_svg(title=title, theme=THEME, code_format=TEMPLATE, unique_id="terminal")
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


if __name__ == "__main__":
    sys.exit(main())
