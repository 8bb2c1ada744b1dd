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
    finally:
        _drop_unwritten()


def _prepare() -> None:
    try:
        import click  # noqa: F401
    except ImportError:
        package = (__package__ or "").rpartition(".")[0]
        sys.stderr.write(
            f"{package}: the command line needs click, which the extra brings: pip install '{package}[cli]'\n"
        )
        sys.exit(2)
    for name, mode, flags in (("stdin", "r", os.O_RDONLY), ("stdout", "w", os.O_RDONLY), ("stderr", "w", os.O_WRONLY)):
        if getattr(sys, name) is None:  # closed by who started this process
            # What is printed to a closed standard output is lost: writing to it fails, as it does on a full disk.
            setattr(sys, name, open(os.open(os.devnull, flags), mode))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Letters that the screen does not have are replaced; the reader of a pipe sees each line at once.
            stream.reconfigure(errors="backslashreplace", line_buffering=True)


def _drop_unwritten() -> None:
    """Drop what could not be printed, which has been reported: Python would report it once more at its end."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
