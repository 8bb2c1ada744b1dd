# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""`credits`: what is left, of every service that can be asked."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

import click

from ..._runtime.errors import WondergenError
from ..._runtime.operation import Operation
from ...batch import registry
from .. import command_names, error_reports, shared_options
from ..command_names import Code
from ..connect import NoKey, open_line
from ..screen import say, show_json, table, words


def _credits(service: str | None, **values: Any) -> None:
    options = shared_options.take(values)
    names = command_names.services() if service is None else (command_names.service_named(service),)
    queries = {name: balance for name in names if (balance := registry.balance_of(name)) is not None}
    if not queries:
        raise click.UsageError("no document describes how to ask for the credits there")
    if options.base_url and len(queries) > 1:
        raise click.UsageError("--base-url is of one service: name it with --service")
    credits: dict[str, Any] = {}
    codes = []
    for name, balance in queries.items():
        try:
            credits[name] = _balance(name, *balance, options)
        except NoKey as error:
            error.show()
            codes.append(Code.NO_KEY)
        except WondergenError as error:
            codes.append(error_reports.report(error))
    if options.as_json:
        show_json(credits)
    else:
        table([(command_names.command_of(name), words(value)) for name, value in credits.items()])
        if service is None and (silent := [name for name in command_names.services() if name not in queries]):
            say(f"no document describes how to ask {' or '.join(silent)}")
    if codes:
        raise click.exceptions.Exit(int(codes[0]))


def _balance(service: str, operation: Operation, pointer: str, options: shared_options.Options) -> Any:
    with open_line(service, options, is_paid=False) as line:
        reply = attrgetter(operation.name)(line.client)(timeout=options.timeout)
    return registry.balance_in(reply, operation, pointer)


command = click.Command(
    "credits",
    callback=_credits,
    params=[
        shared_options.service("Ask this service alone."),
        shared_options.AS_JSON,
        shared_options.CALL_TIMEOUT,
        *shared_options.CONNECTION,
    ],
    help="Show the credits that are left, at every service that reports them. Costs nothing.",
)
