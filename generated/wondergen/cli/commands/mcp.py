# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""`mcp`: tools for an agent, on standard input and output, until the agent ends."""

from __future__ import annotations

from contextlib import ExitStack
from importlib.util import find_spec

import click

from .. import command_names, shared_options
from ..screen import NotSent
from ..shared_options import make_folder


def _mcp(offline: bool, journal: str | None) -> None:
    if find_spec("mcp") is None:
        raise NotSent(f"the tools for agents need mcp: pip install '{command_names.PACKAGE}[mcp]'")
    from ...mcp.mcp_server import server

    path = command_names.journal_file(journal, is_offline=offline)
    make_folder(path.parent, "the journal", "--journal FILE")
    with ExitStack() as stack:
        base_urls = None
        if offline:
            from ..offline_option import upstream

            base_url = stack.enter_context(upstream())
            base_urls = {service: base_url(service) for service in command_names.services()}
        server(path, base_urls).run("stdio")


command = click.Command(
    "mcp",
    callback=_mcp,
    params=[
        shared_options.offline("Use the offline stand-in: no key, no credits."),
        shared_options.JOURNAL,
    ],
    help="Serve seven tools over MCP: models, explain, prompting, check, submit, status, credits.\n\n"
    "Keys come from the environment. No tool waits for a task; submit is the only one that costs.",
)
