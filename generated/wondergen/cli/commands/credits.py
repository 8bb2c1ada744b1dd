# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""`credits`: what is left, of every service that can be asked."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

import click

from ..._catalog.service_document import Endpoint, load
from ..._runtime.pointer import MISSING, get
from .. import command_names, error_reports, shared_options
from ..command_names import Code
from ..connect import NoKey, connected
from ..screen import say, show_json, table, words


def _credits(service: str | None, **values: Any) -> None:
    options = shared_options.take(values)
    queries = [(name, endpoint) for name in _named_services(service) if (endpoint := _endpoint(name)) is not None]
    if not queries:
        raise click.UsageError("no document describes how to ask for the credits there")
    if options.base_url and len(queries) > 1:
        raise click.UsageError("--base-url is of one service: name it with --service")
    credits: dict[str, Any] = {}
    codes = []
    for name, endpoint in queries:
        try:
            credits[name] = _balance(name, endpoint, options)
        except NoKey as error:
            error.show()
            codes.append(Code.NO_KEY)
        except error_reports.OURS as error:
            codes.append(error_reports.report(error))
    if options.as_json:
        show_json(credits)
    else:
        table([(command_names.command_of(name), words(value)) for name, value in credits.items()])
        if service is None and (silent := [name for name in command_names.services() if name not in dict(queries)]):
            say(f"no document describes how to ask {' or '.join(silent)}")
    if codes:
        raise click.exceptions.Exit(int(codes[0]))


def _named_services(service: str | None) -> list[str]:
    return list(command_names.services()) if service is None else [command_names.service_named(service)]


def _endpoint(service: str) -> Endpoint | None:
    """Return the operation that tells the balance: the catalog marks it."""
    return next((one for one in load(service).endpoints.values() if "balance" in one.task), None)


def _balance(service: str, endpoint: Endpoint, options: shared_options.Options) -> Any:
    with connected(service, options, is_paid=False) as line:
        reply = attrgetter(endpoint.operation.name)(line.client)(timeout=options.timeout)
    value = reply.model_dump(mode="json", warnings=False) if hasattr(reply, "model_dump") else reply
    place = str(endpoint.task["balance"]).removeprefix(endpoint.operation.reply_at)
    balance = get(value, place)
    return value if balance is MISSING else balance


command = click.Command(
    "credits",
    callback=_credits,
    params=[
        shared_options.service("Ask this service alone."),
        shared_options.as_json(),
        shared_options.call_timeout(),
        *shared_options.connection(),
    ],
    help="Show the credits that are left, at every service that reports them. Costs nothing.",
)
