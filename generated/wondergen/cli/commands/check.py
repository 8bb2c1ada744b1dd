# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""`check`: every fault of every request in a file. Nothing is sent and no key is needed."""

from __future__ import annotations

from typing import TextIO

import click

from .. import requestfile, shared_options
from ..command_names import Code
from ..screen import NotSent, plain, say, show_json


def _check(file: TextIO, as_json: bool) -> None:
    name = "standard input" if file.name == "<stdin>" else file.name
    try:
        text = file.read().removeprefix("\ufeff")  # the mark that Windows puts in front
    except UnicodeDecodeError as error:
        raise NotSent(f"{name}: is not UTF-8: {error.reason} at byte {error.start}") from error
    count, faults = requestfile.check(text)
    if as_json:
        show_json({"requests": count, "faults": [fault.as_json() for fault in faults]})
    else:
        for fault in faults:
            click.echo(plain(f"{name}{fault}"))
        requests = f"{count} request{'' if count == 1 else 's'}"
        say(f"{name}: {requests}, {len(faults) or 'no'} fault{'' if len(faults) == 1 else 's'}")
    if faults:
        raise click.exceptions.Exit(int(Code.NOT_SENT))


command = click.Command(
    "check",
    callback=_check,
    params=[
        click.Argument(["file"], type=click.File(encoding="utf-8")),
        shared_options.as_json(),
        shared_options.offline_too(),
    ],
    help="Check the requests in FILE without sending them; - is standard input.\n\n"
    'FILE is one request {"operation": "SERVICE.NAME", "arguments": {...}}, a JSON list of requests, or JSON Lines '
    "with one request a line. The names are those of Python, group included. Each fault is printed with its line or "
    "with its place in the JSON.",
)
