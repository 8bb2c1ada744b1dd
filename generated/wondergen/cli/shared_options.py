# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
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
    by_name = {name: values.pop(name) for name in names if name in values}
    header_values = {name: values.pop(f"header_{name}") for name in headers}
    options = Options(
        **{name: value for name, value in by_name.items() if value is not None},
        headers={name: value for name, value in header_values.items() if value is not None},
    )
    if options.offline and options.journal:
        raise click.UsageError("--journal does not go with --offline: offline runs have a journal of their own")
    if options.offline and options.base_url:
        raise click.UsageError("--base-url does not go with --offline: the offline service is in this process")
    return options


def _services(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    return [name for name in map(command_of, services()) if name.startswith(incomplete)]


def _folders(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="dir")]


def _timeout(text: str) -> click.Option:
    return click.Option(["timeout", "--timeout"], type=Seconds(), metavar="SECONDS", help=text)


def offline(text: str) -> click.Option:
    """Return the option --offline. `text`: what it means for a command."""
    return click.Option(["offline", "--offline"], is_flag=True, help=text)


def service(text: str) -> click.Option:
    """Return the option --service: one service, by its name."""
    return click.Option(["service", "--service"], metavar="NAME", shell_complete=_services, help=text)


OUTPUT = click.Option(
    ["output", "-o", "--output"],
    metavar="FOLDER",
    default=".",
    shell_complete=_folders,
    help="Where the files go. Default: here.",
)
OVERWRITE = click.Option(["overwrite", "--overwrite"], is_flag=True, help="Replace files that exist and differ.")
NO_WAIT = click.Option(["no_wait", "--no-wait"], is_flag=True, help="Print the token of the task and end at once.")
ALLOW_HOST = click.Option(
    ["allow_host", "--allow-host"], multiple=True, metavar="HOST", help="Fetch files from this host too."
)
SAVING = (
    OUTPUT,
    click.Option(["no_save", "--no-save"], is_flag=True, help="Print the URLs of the files instead."),
    OVERWRITE,
    ALLOW_HOST,
)
"""The options about files."""
AS_JSON = click.Option(["as_json", "--json"], is_flag=True, help="Print one JSON value, for scripts.")
TASK_TIMEOUT = _timeout(f"Seconds to wait for the task. Default: {DEFAULT_WAIT:g}.")
CALL_TIMEOUT = _timeout("Seconds for the call.")
CONNECTION = (
    click.Option(["base_url", "--base-url"], metavar="URL", help="URL of the service, if it is another one."),
    offline("Use the offline stand-in, in this process: no key, no credits."),
)
"""The options about the service."""
NO_SERVICE = click.Option(
    ["--offline"], is_flag=True, expose_value=False, help="Has no effect: this command contacts no service."
)
"""--offline, of a command that calls no service: it goes with every command."""
UPLOAD_TO = click.Option(
    ["upload_to", "--upload-to"],
    metavar="URL",
    help=f"Upload local files there: s3://bucket/prefix, gs:// or az://. Default: {UPLOAD_VARIABLE}.",
)
KEY = click.Option(
    ["key", "--key"],
    metavar="TEXT",
    help="Name of this call in the journal. A second call with this key gives the same result and sends nothing.",
)
JOURNAL = click.Option(
    ["journal", "--journal"],
    type=click.Path(),
    metavar="FILE",
    help=f"The journal of paid calls. Default: {JOURNAL_VARIABLE}, else a file in the state folder.",
)
EXTRA_BODY = click.Option(
    ["extra_body", "--extra-body"],
    type=Text(Form("JSON", json_object)),
    metavar="JSON",
    help="An object that is merged into the request body, for fields that the catalog does not know yet.",
)
_BY_KIND: Mapping[str, tuple[click.Option, ...]] = {
    "submit": (*SAVING, AS_JSON, NO_WAIT, TASK_TIMEOUT),
    "generate": (*SAVING, AS_JSON, CALL_TIMEOUT),
    "query": (AS_JSON, CALL_TIMEOUT),
}


def of_operation(row: Mapping[str, Any], headers: Mapping[str, str]) -> list[click.Option]:
    """Return the options of an operation's command, by its row in the index.

    `headers`: constructor argument → what it is.
    """
    options = [*((OUTPUT, OVERWRITE) if "gives_content" in row and row["kind"] == "query" else ())]
    options += _BY_KIND[row["kind"]]
    options += [EXTRA_BODY] if row["has_body"] else []
    for argument, text in headers.items():
        options.append(click.Option([f"header_{argument}", f"--{kebab(argument)}"], metavar="TEXT", help=text))
    options += CONNECTION
    if row["kind"] != "query":
        options += [UPLOAD_TO, *([KEY] if "takes_key" in row else []), JOURNAL]
    return options


def unwritable(folder: Path) -> str | None:
    """Return why no file can be written in a folder, which may not exist yet; None where one can."""
    nearest = next(one for one in (folder, *folder.parents, Path()) if os.path.lexists(one))
    if not nearest.is_dir():
        return f"{str(nearest)!r} is not a folder"
    return None if os.access(nearest, os.W_OK | os.X_OK) else f"{str(nearest)!r} cannot be written in"


def check_writable(folder: Path) -> None:
    """Raise NotSent where no file of a result can be written in a folder."""
    if problem := unwritable(folder):
        raise NotSent(f"no file can be saved, so nothing was sent: {problem}; -o FOLDER names another place")


def make_folder(folder: Path, what: str, advice: str) -> None:
    """Make a folder of ours. Raises NotSent with the reason and the remedy."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        text = f"the folder of {what}, {str(folder)!r}, cannot be made ({error.strerror}); {advice}"
        raise NotSent(f"{text} names another place. Nothing was sent.") from error
