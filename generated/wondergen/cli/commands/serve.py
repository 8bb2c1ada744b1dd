# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""`serve`: the offline stand-in for every service, until it is stopped."""

from __future__ import annotations

import sqlite3
import warnings
from contextlib import suppress
from importlib import import_module
from typing import Any

import click

from .. import command_names
from ..offline_option import import_upstream
from ..screen import NotSent, say


class _Serve(click.Command):
    """Its help has the table of faults, where the module that knows them is there."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write which faults can be injected."""
        faults = import_module("...offline.fault_kinds", __package__).FAULTS
        with formatter.section("Faults, for --fault NAME:SHARE (0.1 is every tenth call)"):
            formatter.write_dl([(fault.form, fault.text) for fault in faults.values()])
        with formatter.section("The same for one call, or for the next ones"):
            formatter.write_text('Write offline:NAME in a prompt: "A fox offline:fails".')
            formatter.write_text(
                'PUT /control/faults with [{"fault": "rate_limited", "times": 2}]; DELETE takes it back.'
            )
            formatter.write_text("A key that begins with wrong is refused, and one with expired has expired.")


def _serve(
    offline: bool, host: str, port: int, fault: tuple[str, ...], callback_host: tuple[str, ...], **values: Any
) -> None:
    if not offline:
        raise click.UsageError(f"say what to serve: {command_names.PACKAGE} serve --offline is all there is")
    _, settings = import_upstream()
    from ...offline import parse_fault, serve

    try:
        options = {name: value for name, value in values.items() if value is not None}
        faults = tuple(parse_fault(text) for text in fault)
        upstream_settings = settings(faults=faults, callback_hosts=frozenset(callback_host), **options)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    with warnings.catch_warnings(), suppress(KeyboardInterrupt):
        warnings.showwarning = lambda message, *_, **__: say(str(message))
        try:
            serve(upstream_settings, host=host, port=port)
        except OSError as error:
            raise NotSent(error.strerror or str(error)) from error
        except (ValueError, sqlite3.Error) as error:
            raise NotSent(str(error)) from error


command = _Serve(
    "serve",
    callback=_serve,
    params=[
        click.Option(["--offline"], is_flag=True, help="Required: there is nothing else to serve."),
        click.Option(["--host"], default="127.0.0.1", metavar="HOST", help="Default: 127.0.0.1, this machine alone."),
        click.Option(
            ["--port"], type=click.IntRange(0, 65535), default=8765, metavar="PORT", help="Default: 8765. 0: any."
        ),
        click.Option(["--fault"], multiple=True, metavar="NAME:SHARE", help="What goes wrong by chance. Repeatable."),
        click.Option(["--seed"], type=int, metavar="NUMBER", help="Makes faults and trace ids the same at every run."),
        click.Option(["--state"], metavar="FILE", help="Keep tasks and credits in this file. Default: in memory."),
        click.Option(["--task-seconds"], type=float, metavar="SECONDS", help="How long a task takes. Default: 3."),
        click.Option(
            ["--callback-host"],
            multiple=True,
            metavar="HOST",
            help="Callbacks go to this host, too. Default: to this machine alone. Repeatable.",
        ),
        click.Option(["--credits"], type=int, metavar="NUMBER", help="Credits of each account. Default: 1000."),
    ],
    help="Run a local stand-in for every service: same paths, same checks, same errors, real small files.\n\n"
    "Clients reach it with base_url=http://127.0.0.1:PORT/SERVICE and any key. Its page at / shows what it has.",
)
