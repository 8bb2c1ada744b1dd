# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""`doctor`: what works here and what does not. No key is shown, and the network is left alone unless asked for."""

from __future__ import annotations

import os
import platform
import socket
import ssl
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Literal
from urllib.parse import urlsplit

import click

from ..._catalog.service_document import load
from ..._runtime.errors import MissingCredentials
from ..._runtime.secret import Credentials
from .. import command_names, connect, shared_options
from ..command_names import Code
from ..connect import missing_text
from ..offline_option import upstream
from ..screen import show_json, table
from ..shared_options import unwritable

_SECONDS = 10.0
"""For one connection."""
_LIBRARIES = ("httpx", "pydantic", "click")
_EXTRAS = {
    "cli": ("click",),
    "offline": ("starlette", "uvicorn", "httptools", "jinja2", "jsonschema", "referencing"),
    "testing": ("pytest", "jsonschema", "referencing"),
}


@dataclass(frozen=True, slots=True)
class SetupCheck:
    """One thing that was looked at."""

    verdict: Literal["ok", "note", "wrong"]
    subject: str
    text: str


def _doctor(connect: bool, offline: bool, base_url: tuple[str, ...], as_json: bool) -> None:
    checks = [*_versions(), *_keys(), *_journal(offline), *_connections(connect, offline, base_url)]
    if as_json:
        show_json([asdict(finding) for finding in checks])
    else:
        table([(finding.verdict, finding.subject, finding.text) for finding in checks])
    if any(finding.verdict == "wrong" for finding in checks):
        raise click.exceptions.Exit(int(Code.FAILED))


def _versions() -> Iterator[SetupCheck]:
    yield SetupCheck("ok", command_names.PACKAGE, command_names.version())
    yield SetupCheck("ok", "python", f"{platform.python_version()} on {platform.system()}")
    for library in _LIBRARIES:
        try:
            yield SetupCheck("ok", library, version(library))
        except PackageNotFoundError:
            yield SetupCheck("wrong", library, "is not installed")
    for extra, modules in _EXTRAS.items():
        missing = [module for module in modules if find_spec(module) is None]
        text = f"not installed ({', '.join(missing)} missing): pip install '{command_names.PACKAGE}[{extra}]'"
        yield SetupCheck("note", f"extra {extra}", text) if missing else SetupCheck("ok", f"extra {extra}", "installed")


def _keys() -> Iterator[SetupCheck]:
    """Yield whether each service has its keys. A service of which no key is set is one that is not used."""
    for name in command_names.services():
        service = load(name).service
        variables = [one.variable for one in service.credentials]
        if not variables:
            yield SetupCheck("ok", f"key {name}", "none is needed")
            continue
        if not any(variable in os.environ for variable in variables):
            where = "; ".join(dict.fromkeys(one.obtain for one in service.credentials if one.obtain))
            text = f"not set: {', '.join(variables)}" + (f" (where to get one: {where})" if where else "")
            yield SetupCheck("note", f"key {name}", text)
            continue
        try:
            Credentials(service, {}, os.environ)
            yield SetupCheck("ok", f"key {name}", f"set: {', '.join(variables)}")
        except MissingCredentials as error:
            yield SetupCheck("wrong", f"key {name}", missing_text(error))


def _journal(is_offline: bool) -> Iterator[SetupCheck]:
    try:
        path = command_names.journal_file(None, is_offline=is_offline)
        problem = None if path.exists() else unwritable(path.parent)
        if problem or not path.exists():
            yield SetupCheck("wrong" if problem else "ok", "journal", f"{path}: {problem or 'none yet'}")
            return
        runs = connect.read_runs(path)
    except (click.ClickException, OSError) as error:
        yield SetupCheck("wrong", "journal", str(error))
        return
    open_runs = sum(connect.is_open_run(run) for run in runs)
    text = f"{path}: {len(runs)} paid calls, {open_runs} open"
    command = f": {command_names.PACKAGE} tasks{' --offline' if is_offline else ''}"
    yield SetupCheck("note" if open_runs else "ok", "journal", f"{text}{command if open_runs else ''}")


def _servers() -> Iterator[str]:
    """Yield the URLs of every service, and of the operations that have a host of their own."""
    for catalog in map(load, command_names.services()):
        own = [endpoint.operation.server for endpoint in catalog.endpoints.values() if endpoint.operation.server]
        yield from dict.fromkeys([catalog.service.base_url, *own])


def _connections(connect: bool, is_offline: bool, base_urls: tuple[str, ...]) -> Iterator[SetupCheck]:
    if is_offline:
        try:
            with upstream() as base_url:
                yield _connection(base_url(command_names.services()[0]))
        except click.ClickException as error:
            yield SetupCheck("wrong", "offline", error.message)
    elif connect or base_urls:
        yield from map(_connection, base_urls or list(_servers()))
    else:
        yield SetupCheck("note", "hosts", "not checked: --connect checks them, and sends nothing")


def _connection(url: str) -> SetupCheck:
    """Return a connection, with TLS where the URL has it. Nothing is sent over it."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        with socket.create_connection((host, port), timeout=_SECONDS) as plain:
            if parts.scheme == "https":
                with ssl.create_default_context().wrap_socket(plain, server_hostname=host):
                    pass
    except (OSError, ValueError) as error:
        return SetupCheck("wrong", f"host {url}", f"not reached: {error}")
    return SetupCheck("ok", f"host {host}", f"reached at port {port}")


command = click.Command(
    "doctor",
    callback=_doctor,
    params=[
        click.Option(["--connect"], is_flag=True, help="Also connect to each service. Nothing is sent."),
        click.Option(
            ["base_url", "--base-url"],
            multiple=True,
            metavar="URL",
            help="Connect to this URL instead. Repeatable.",
        ),
        shared_options.offline("Look at the offline stand-in instead."),
        shared_options.AS_JSON,
    ],
    help="Look at versions, extras, keys (never their values), the journal and, with --connect, the network.\n\n"
    "The exit status is 1 where something is wrong. A key that is not set is a note: not everyone uses every service.",
)
