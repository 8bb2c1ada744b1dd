# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The commands of a service: its groups and operations, each made from its method when it is asked for."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import click

from . import names, options
from .group import Group
from .values import Form, Text, form_of

_OPTIONS = frozenset({"self", "timeout", "extra_body", "extra_headers", "key"})
"""Parameters of every method: they have options of their own. A header may carry a key, so none is an argument."""


class Level(Group):
    """A service, or a group of one."""

    def __init__(self, service: str, name: str, prefix: str = "") -> None:
        super().__init__(name=name, help=names.about(service) + ".", no_args_is_help=True)
        self._service = service
        self._prefix = prefix

    @cached_property
    def _known(self) -> Mapping[str, str]:
        """Typed name → what stands there: the name of an operation or, with a dot at its end, of a group."""
        from .._catalog.document import load

        below = [name.removeprefix(self._prefix) for name in load(self._service).endpoints if self._is_below(name)]
        heads = dict.fromkeys(name.partition(".")[0] for name in below)
        groups = {name.partition(".")[0] for name in below if "." in name}
        return {
            short: f"{self._prefix}{head}" + ("." if head in groups else "")
            for short, head in names.kebabs(heads).items()
        }

    def _is_below(self, name: str) -> bool:
        return name.startswith(self._prefix)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the alphabet."""
        return sorted(self._known)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The group or the operation of this name."""
        place = self._known.get(cmd_name)
        if place is None:
            return None
        if place.endswith("."):
            group = Level(self._service, cmd_name, place)
            group.help = f"{names.kebab(place[:-1]).replace('-', ' ').capitalize()}."
            return group
        return operation(self._service, place, cmd_name)


class _Argument(click.Argument):
    """A positional parameter that stands in the help."""

    def __init__(self, decls: list[str], text: str, **attributes: Any) -> None:
        super().__init__(decls, required=False, **attributes)
        self._text = text

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """Name and what it is."""
        return str(self.metavar), self._text


class OperationCommand(click.Command):
    """One operation. Its help has the parameters of the operation first."""

    def __init__(self, own: list[click.Parameter], common: list[click.Option], **attributes: Any) -> None:
        super().__init__(params=[*own, *common], **attributes)
        self.own = own
        self._common = common

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Three lists."""
        arguments = [parameter for parameter in self.own if isinstance(parameter, click.Argument)]
        named = [parameter for parameter in self.own if not isinstance(parameter, click.Argument)]
        last = [parameter for parameter in self.get_params(ctx) if parameter not in self.own]
        for title, parameters in (("Arguments", arguments), ("Options", named), ("Running it", last)):
            rows = [row for parameter in parameters if (row := parameter.get_help_record(ctx)) is not None]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)


def operation(service: str, name: str, typed: str) -> click.Command:
    """The command of an operation, by its name in Python."""
    from .._catalog import docs
    from .._catalog.document import load

    endpoint = load(service).endpoints[name]
    method = docs.method(service, name)
    doc = docs.read(inspect.getdoc(method))
    headers = client_headers(service)
    common = options.of_operation(
        endpoint.operation.kind, has_body=endpoint.operation.body_at is not None, headers=headers
    )
    taken = {text for option in common for text in (*option.opts, *option.secondary_opts)} | {"--help", "-h"}
    own, by_destination = _parameters(method, doc.args, taken)

    def run(**values: Any) -> None:
        from . import work

        stated = options.take(values, tuple(headers))
        given = {by_destination[key]: value for key, value in values.items() if value is not None and value != ()}
        work.run(
            endpoint,
            {key: list(value) if isinstance(value, tuple) else value for key, value in given.items()},
            stated,
            spelled(service, name),
        )

    return OperationCommand(
        own,
        common,
        name=typed,
        callback=run,
        help=f"{doc.summary}.\n\n{doc.description}",
        short_help=doc.summary,
        epilog=f"More, with the evidence: {names.PACKAGE} explain {' '.join(names.typed_path(service, name))}",
    )


def client_headers(service: str) -> dict[str, str]:
    """Headers that are the same on every call: constructor argument → what it is."""
    from .._catalog import docs
    from .._catalog.document import load

    stated = load(service).service.client_headers
    texts = docs.read(inspect.getdoc(docs.client_class(service))).args
    return {argument: texts.get(argument, f"Sent as the header {header}.") for header, argument in stated.items()}


def _parameters(method: Any, texts: Mapping[str, str], taken: set[str]) -> tuple[list[click.Parameter], dict[str, str]]:
    """The parameters of a method for click, and where click puts each value → the name in Python."""
    hints = typing.get_type_hints(method)
    signature = inspect.signature(method)
    stated = [one for one in signature.parameters.values() if one.name not in _OPTIONS]
    found: list[click.Parameter] = []
    by_destination: dict[str, str] = {}
    for index, (short, name) in enumerate(names.kebabs(one.name for one in stated).items()):
        parameter, destination = signature.parameters[name], f"argument_{index}"
        by_destination[destination] = name
        form, text = form_of(hints[name]), texts.get(name, "")
        if form.named:
            text = f"{text} Names: {', '.join(form.named)}."
        is_required = parameter.default is parameter.empty
        if parameter.kind is parameter.POSITIONAL_OR_KEYWORD and not form.is_list and not form.is_flag:
            text = f"{text}  [{form.metavar.strip('[]')}{', required' if is_required else ''}]".strip()
            metavar = short.upper() if is_required else f"[{short.upper()}]"
            found.append(_Argument([destination], text, metavar=metavar, type=Text(form)))
            continue
        found.append(_option(destination, short, form, text + ("  [required]" if is_required else ""), taken))
    return found, by_destination


def _option(destination: str, short: str, form: Form, text: str, taken: set[str]) -> click.Option:
    """An option; one of ours that has the same name leaves it `--param-NAME`."""
    word = f"--param-{short}" if taken & {f"--{short}", f"--no-{short}"} else f"--{short}"
    if form.is_flag:
        decl = f"{word}/--no-{word.removeprefix('--')}"
        return click.Option([destination, decl], default=None, help=text)
    if form.is_list:
        text = f"{text}  [may be repeated]".strip()
    return click.Option([destination, word], type=Text(form), metavar=form.metavar, multiple=form.is_list, help=text)


def parameters_of(service: str, name: str) -> dict[str, click.Parameter]:
    """Name in Python → the parameter of the command."""
    from .._catalog import docs

    command = operation(service, name, name)
    assert isinstance(command, OperationCommand)
    stated = [one for one in inspect.signature(docs.method(service, name)).parameters if one not in _OPTIONS]
    return dict(zip(names.kebabs(stated).values(), command.own, strict=True))


def spelled(service: str, name: str) -> dict[str, str]:
    """How each parameter is written: name in Python → `--image`, or `PROMPT` where it has no option."""
    return {
        python: str(one.metavar).strip("[]") if isinstance(one, click.Argument) else one.opts[0]
        for python, one in parameters_of(service, name).items()
    }
