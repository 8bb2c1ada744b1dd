"""Options that commands share, beside the parameters of an operation, and folders that they name."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from .._runtime.spelling import kebab
from .argument_values import Form, Seconds, Text, json_object
from .command_names import JOURNAL_VARIABLE, UPLOAD_VARIABLE, command_of, services
from .screen import NotSent

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

DEFAULT_WAIT = 600.0
"""Seconds. The default of `wait()`."""


class Options(NamedTuple):
    """The options that commands share."""

    output: str = "."
    as_json: bool = False
    no_wait: bool = False
    timeout: float | None = None
    no_save: bool = False
    overwrite: bool = False
    allow_host: tuple[str, ...] = ()
    extra_body: Mapping[str, Any] | None = None
    base_url: str | None = None
    offline: bool = False
    journal: str | None = None
    upload_to: str | None = None
    """Where local files are uploaded."""
    key: str | None = None
    """Name of a paid call in the journal. A second call with this name is not sent."""
    headers: Mapping[str, str] = {}
    """Constructor argument → value, for headers that are the same on every call."""

    @property
    def wait(self) -> float:
        """Seconds to wait for a task."""
        return DEFAULT_WAIT if self.timeout is None else self.timeout


def take(values: dict[str, Any], headers: tuple[str, ...] = ()) -> Options:
    """Take the shared options out of the values that click has read. Parameters of the operation stay in `values`."""
    names = [name for name in Options._fields if name != "headers"]
    shared = {name: values.pop(name) for name in names if name in values}
    named = {name: values.pop(f"header_{name}") for name in headers}
    options = Options(
        **{name: value for name, value in shared.items() if value is not None},
        headers={name: value for name, value in named.items() if value is not None},
    )
    if options.offline and options.journal:
        raise click.UsageError("--journal does not go with --offline: offline runs have a journal of their own")
    if options.offline and options.base_url:
        raise click.UsageError("--base-url does not go with --offline: the offline service is in this process")
    return options


def of_operation(row: Mapping[str, Any], headers: Mapping[str, str]) -> list[click.Option]:
    """Return the options of an operation's command, by its row in the index.

    `headers`: constructor argument → what it is.
    """
    kind = row["kind"]
    querying = [*((output(), overwrite()) if "gives_content" in row else ()), as_json(), call_timeout()]
    options = querying if kind == "query" else list(_making(kind))
    if row["has_body"]:
        form = Form("JSON", json_object)
        options.append(
            click.Option(
                ["extra_body", "--extra-body"],
                type=Text(form),
                metavar="JSON",
                help="An object that is merged into the request body, for fields that the catalog does not know yet.",
            )
        )
    for argument, text in headers.items():
        options.append(click.Option([f"header_{argument}", f"--{kebab(argument)}"], metavar="TEXT", help=text))
    options += connection()
    if kind != "query":
        options += [upload_to(), *([key()] if "takes_key" in row else []), journal()]
    return options


def _making(kind: str) -> list[click.Option]:
    if kind == "generate":
        return [*saving(), as_json(), call_timeout()]
    no_wait = click.Option(["no_wait", "--no-wait"], is_flag=True, help="Print the token of the task and end at once.")
    return [*saving(), as_json(), no_wait, waiting()]


def saving() -> list[click.Option]:
    """Return the options about files."""
    return [
        output(),
        click.Option(["no_save", "--no-save"], is_flag=True, help="Print the URLs of the files instead."),
        overwrite(),
        click.Option(
            ["allow_host", "--allow-host"], multiple=True, metavar="HOST", help="Fetch files from this host too."
        ),
    ]


def output() -> click.Option:
    """Return the option --output: the folder of the files."""
    return click.Option(
        ["output", "-o", "--output"],
        metavar="FOLDER",
        default=".",
        shell_complete=_folders,
        help="Where the files go. Default: here.",
    )


def overwrite() -> click.Option:
    """Return the option --overwrite."""
    return click.Option(["overwrite", "--overwrite"], is_flag=True, help="Replace files that exist and differ.")


def waiting() -> click.Option:
    """Return the option --timeout: how long to wait for a task."""
    return _timeout(f"Seconds to wait for the task. Default: {DEFAULT_WAIT:g}.")


def connection() -> list[click.Option]:
    """Return the options about the service."""
    return [
        click.Option(["base_url", "--base-url"], metavar="URL", help="URL of the service, if it is another one."),
        click.Option(
            ["offline", "--offline"],
            is_flag=True,
            help="Use the offline stand-in, in this process: no key, no credits.",
        ),
    ]


def offline_too() -> click.Option:
    """Return an --offline without effect, for commands that call no service: it goes with every command."""
    text = "Has no effect: this command contacts no service."
    return click.Option(["--offline"], is_flag=True, expose_value=False, help=text)


def upload_to() -> click.Option:
    """Return the option --upload-to: where local files go."""
    text = f"Upload local files there: s3://bucket/prefix, gs:// or az://. Default: {UPLOAD_VARIABLE}."
    return click.Option(["upload_to", "--upload-to"], metavar="URL", help=text)


def key() -> click.Option:
    """Return the option --key: the name of a call in the journal."""
    text = "Name of this call in the journal. A second call with this key gives the same result and sends nothing."
    return click.Option(["key", "--key"], metavar="TEXT", help=text)


def journal() -> click.Option:
    """Return the option --journal: the file that records paid calls."""
    return click.Option(
        ["journal", "--journal"],
        type=click.Path(),
        metavar="FILE",
        help=f"The journal of paid calls. Default: {JOURNAL_VARIABLE}, else a file in the state folder.",
    )


def service(text: str) -> click.Option:
    """Return the option --service: one service, by its name."""
    return click.Option(["service", "--service"], metavar="NAME", shell_complete=_services, help=text)


def call_timeout() -> click.Option:
    """Return the option --timeout: how long one call may take."""
    return _timeout("Seconds for the call.")


def as_json() -> click.Option:
    """Return the option --json."""
    return click.Option(["as_json", "--json"], is_flag=True, help="Print one JSON value, for scripts.")


def _timeout(text: str) -> click.Option:
    return click.Option(["timeout", "--timeout"], type=Seconds(), metavar="SECONDS", help=text)


def _folders(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="dir")]


def _services(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    return [name for name in map(command_of, services()) if name.startswith(incomplete)]


def unwritable(folder: Path) -> str | None:
    """Return why no file can be written in a folder, which may not exist yet; None where one can."""
    nearest = next(one for one in (folder, *folder.parents, Path()) if os.path.lexists(one))
    if not nearest.is_dir():
        return f"{str(nearest)!r} is not a folder"
    return None if os.access(nearest, os.W_OK | os.X_OK) else f"{str(nearest)!r} cannot be written in"


def make_folder(folder: Path, what: str, advice: str) -> None:
    """Make a folder of ours. Raises NotSent with the reason and the remedy."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        text = f"the folder of {what}, {str(folder)!r}, cannot be made ({error.strerror}); {advice}"
        raise NotSent(f"{text} names another place. Nothing was sent.") from error
