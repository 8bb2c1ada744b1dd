"""The command line: every operation of this package as a command, made from the methods and the catalog."""

from __future__ import annotations

import io
import sys


def main() -> None:
    """Run it. The exit status says what happened: `codes` has the list."""
    try:
        import click  # noqa: F401
    except ImportError:
        package = (__package__ or "").rpartition(".")[0]
        sys.stderr.write(
            f"{package}: the command line needs click, which the extra brings: pip install '{package}[cli]'\n"
        )
        sys.exit(2)
    from .program import run

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # What the screen has no letters for is no crash; whoever reads along through a pipe sees each line at once.
            stream.reconfigure(errors="backslashreplace", line_buffering=True)
    try:
        run()
    except KeyboardInterrupt:  # before there was a command
        sys.exit(130)
