# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The command line: every operation of this package as a command, made from the methods and the catalog."""

from __future__ import annotations

import io
import os
import sys


def main() -> None:
    """Run it. The exit status says what happened: `codes` has the list."""
    try:
        _prepare()
        from .program import run

        run()
    except KeyboardInterrupt:  # while modules are read: no command has begun
        sys.exit(130)


def _prepare() -> None:
    try:
        import click  # noqa: F401
    except ImportError:
        package = (__package__ or "").rpartition(".")[0]
        sys.stderr.write(
            f"{package}: the command line needs click, which the extra brings: pip install '{package}[cli]'\n"
        )
        sys.exit(2)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by who started this process
            setattr(sys, name, open(os.devnull, mode))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Letters that the screen does not have are replaced; the reader of a pipe sees each line at once.
            stream.reconfigure(errors="backslashreplace", line_buffering=True)
