"""`check`: every fault of every request in a file. Nothing is sent and no key is needed."""

from __future__ import annotations

from typing import TextIO

import click

from ..._runtime.errors import plural
from .. import requestfile, shared_options
from ..command_names import Code
from ..screen import plain, say, show_json


def _check(file: TextIO, as_json: bool) -> None:
    name, text = requestfile.read_text(file)
    requests, faults = requestfile.check(text)
    if as_json:
        show_json({"requests": len(requests), "faults": [fault.as_json() for fault in faults]})
    else:
        for fault in faults:
            click.echo(plain(f"{name}{fault}"))
        say(f"{name}: {plural(len(requests), 'request')}, {plural(len(faults), 'fault') if faults else 'no faults'}")
    if faults:
        raise click.exceptions.Exit(int(Code.NOT_SENT))


command = click.Command(
    "check",
    callback=_check,
    params=[
        click.Argument(["file"], type=click.File(encoding="utf-8")),
        shared_options.AS_JSON,
        shared_options.NO_SERVICE,
    ],
    help="Check the requests in FILE without sending them; - is standard input.\n\n"
    'FILE is one request {"operation": "SERVICE.NAME", "arguments": {...}}, a JSON list of requests, or JSON Lines '
    "with one request a line. The names are those of Python, group included. Each fault is printed with its line or "
    "with its place in the JSON.",
)
