"""The commands of a service: its groups and operations, each made from the index when it is needed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import click

from .._catalog import index
from .._runtime.spelling import kebab
from . import command_names, shared_options
from .argument_values import Form, Text, form_of, with_locales
from .command_names import CommandGroup


class Level(CommandGroup):
    """A service, or a group of one."""

    def __init__(self, service: str, name: str, prefix: str = "") -> None:
        super().__init__(name=name, help=command_names.about(service) + ".", no_args_is_help=True)
        self._service = service
        self._prefix = prefix

    @cached_property
    def _commands(self) -> Mapping[str, str]:
        """Typed name → what stands there: the name of an operation or, with a dot at its end, of a group."""
        names = index.operations(self._service)
        below = [name.removeprefix(self._prefix) for name in names if name.startswith(self._prefix)]
        heads = dict.fromkeys(name.partition(".")[0] for name in below)
        groups = {name.partition(".")[0] for name in below if "." in name}
        return {
            short: f"{self._prefix}{head}" + ("." if head in groups else "")
            for short, head in command_names.kebabs(heads).items()
        }

    def commands_elsewhere(self, name: str) -> list[str]:
        """Return the paths of the operations of this name, in any group of the service."""
        return command_names.paths_ending_in(name, (self._service,))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands in alphabetical order."""
        return sorted(self._commands)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the group or the operation of this name."""
        place = self._commands.get(cmd_name)
        if place is None:
            return None
        if place.endswith("."):
            group = Level(self._service, cmd_name, place)
            group.help = f"{kebab(place[:-1]).replace('-', ' ').capitalize()}."
            return group
        return operation(self._service, place, cmd_name)


class _Argument(click.Argument):
    """A positional parameter that stands in the help."""

    def __init__(self, decls: list[str], text: str, **attributes: Any) -> None:
        super().__init__(decls, required=False, **attributes)
        self._text = text

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """Return the name and what it is."""
        return str(self.metavar), self._text


class OperationCommand(click.Command):
    """One operation. Its help has the parameters of the operation first."""

    def __init__(self, own: list[click.Parameter], common: list[click.Option], **attributes: Any) -> None:
        super().__init__(params=[*own, *common], **attributes)
        self.own = own
        self._common = common

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options in three lists."""
        arguments = [parameter for parameter in self.own if isinstance(parameter, click.Argument)]
        options = [parameter for parameter in self.own if not isinstance(parameter, click.Argument)]
        last = [parameter for parameter in self.get_params(ctx) if parameter not in self.own]
        for title, parameters in (("Arguments", arguments), ("Options", options), ("Options of the run", last)):
            rows = [row for parameter in parameters if (row := parameter.get_help_record(ctx)) is not None]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)


def operation(service: str, name: str, command_name: str) -> click.Command:
    """Return the command of an operation, by its name in Python."""
    row = index.operations(service)[name]
    headers = client_headers(service)
    common = shared_options.of_operation(row, headers)
    reserved = {text for option in common for text in (*option.opts, *option.secondary_opts)} | {"--help", "-h"}
    own, by_destination = _parameters(service, row, reserved)

    def run(**values: Any) -> None:
        from .._catalog.service_document import load
        from . import work

        options = shared_options.take(values, tuple(headers))
        arguments = {by_destination[key]: value for key, value in values.items() if value is not None and value != ()}
        work.run(
            load(service).endpoints[name],
            {key: list(value) if isinstance(value, tuple) else value for key, value in arguments.items()},
            options,
            spellings(service, name),
        )

    path = " ".join(command_names.typed_path(service, name))
    prompting = (
        f"\nHow to write the prompt: {command_names.PACKAGE} explain {path} --prompting"
        if "has_prompting" in row
        else ""
    )
    return OperationCommand(
        own,
        common,
        name=command_name,
        callback=run,
        help=_help(row),
        short_help=row["summary"],
        epilog=f"\b\nAll facts with their sources: {command_names.PACKAGE} explain {path}{prompting}",
    )


def _help(row: Mapping[str, Any]) -> str:
    """Return summary, description and, where it is known, what the operation is good for."""
    best = "; ".join(row.get("traits", {}).get("best_for", ()))
    parts = [f"{row['summary']}.", row.get("description", ""), f"Best for: {best}." if best else ""]
    return "\n\n".join(part for part in parts if part)


def client_headers(service: str) -> dict[str, str]:
    """Return headers that are the same on every call: constructor argument → what it is."""
    return dict(index.services()[service]["headers"])


def _parameters(
    service: str, row: Mapping[str, Any], reserved: set[str]
) -> tuple[list[click.Parameter], dict[str, str]]:
    """Return the parameters of an operation for click, and where click puts each value → the name in Python."""
    enums = index.services()[service]["enums"]
    rows = {one["name"]: one for one in row.get("parameters", ())}
    parameters: list[click.Parameter] = []
    by_destination: dict[str, str] = {}
    for position, (short, name) in enumerate(command_names.kebabs(rows).items()):
        parameter, destination = rows[name], f"argument_{position}"
        by_destination[destination] = name
        form, text = form_of(parameter["type"], enums), index.text(parameter["sentences"])
        if "locales" in parameter:
            form, text = with_locales(form, parameter["locales"]), f"{text} A locale such as ja-JP is taken as well."
        if form.member_names:
            text = f"{text} Names: {', '.join(form.member_names)}."
        is_required = parameter.get("required", False)
        if parameter.get("positional") and not form.is_list and not form.is_flag:
            text = f"{text}  [{form.metavar.strip('[]')}{', required' if is_required else ''}]".strip()
            metavar = short.upper() if is_required else f"[{short.upper()}]"
            parameters.append(_Argument([destination], text, metavar=metavar, type=Text(form)))
            continue
        parameters.append(_option(destination, short, form, text + ("  [required]" if is_required else ""), reserved))
    return parameters, by_destination


def _option(destination: str, short: str, form: Form, text: str, reserved: set[str]) -> click.Option:
    """Return an option. Where one of ours has its name, it is `--param-NAME`."""
    word = f"--param-{short}" if reserved & {f"--{short}", f"--no-{short}"} else f"--{short}"
    if form.is_flag:
        decl = f"{word}/--no-{word.removeprefix('--')}"
        return click.Option([destination, decl], default=None, help=text)
    if form.is_list:
        text = f"{text}  [may be repeated]".strip()
    return click.Option([destination, word], type=Text(form), metavar=form.metavar, multiple=form.is_list, help=text)


def parameters_of(service: str, name: str) -> dict[str, click.Parameter]:
    """Return the parameters of a command by their names in Python."""
    command = operation(service, name, name)
    assert isinstance(command, OperationCommand)
    names = [one["name"] for one in index.operations(service)[name].get("parameters", ())]
    return dict(zip(command_names.kebabs(names).values(), command.own, strict=True))


def spellings(service: str, name: str) -> dict[str, str]:
    """Return how each parameter is written: name in Python → `--image`, or `PROMPT` where it has no option."""
    return {
        python: str(one.metavar).strip("[]") if isinstance(one, click.Argument) else one.opts[0]
        for python, one in parameters_of(service, name).items()
    }
