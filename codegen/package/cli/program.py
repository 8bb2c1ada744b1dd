"""The root of the command line: what there is, each part imported when it is asked for."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click

from .._catalog import index
from .._runtime.spelling import base_url_variable
from . import command_names
from .command_names import MEANINGS, Code, CommandGroup
from .commands import COMMANDS

_ABOUT = """Every operation of the services below as a command.

A key comes from the environment or from a hidden prompt, never from an argument. With --offline no key is needed.
"""


class Program(CommandGroup):
    """Services first, then the commands beside them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands, for completion and help."""
        return [*self._services(), *COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import what was asked for, and nothing else."""
        if cmd_name in COMMANDS:
            module = import_module(f".commands.{cmd_name}", __package__)
            command: click.Command = module.command
            return command
        service = self._services().get(cmd_name)
        if service is None:
            return None
        from .operation_commands import Level

        return Level(service, cmd_name)

    def commands_elsewhere(self, name: str) -> list[str]:
        """Return the paths of the operations of this name, in any service."""
        return command_names.paths_ending_in(name, command_names.services())

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands in two lists, for which none is imported."""
        services = [(name, command_names.about(service)) for name, service in self._services().items()]
        for title, rows in (("Services", services), ("Commands", list(COMMANDS.items()))):
            with formatter.section(title):
                formatter.write_dl(rows)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the exit statuses and the environment variables."""
        with formatter.section("Exit status"):
            formatter.write_dl([(str(int(code)), text) for code, text in MEANINGS.items()])
        with formatter.section("Environment"):
            formatter.write_dl(_environment())

    def invoke(self, ctx: click.Context) -> Any:
        """Run it. What goes wrong is said in words, and the exit status says which kind it was."""
        if os.environ.get("NO_COLOR"):
            ctx.color = False
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise _with_hint(error) from error
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if ctx.params["debug"]:
                raise
            from .error_reports import report

            ctx.exit(report(error))

    def _services(self) -> dict[str, str]:
        return {command_names.command_of(service): service for service in command_names.services()}


def _with_hint(error: click.UsageError) -> click.UsageError:
    """Return the error with what the command takes, where it was given too much without a name."""
    if error.ctx is None or not error.message.startswith("Got unexpected extra argument"):
        return error
    arguments = [one for one in error.ctx.command.get_params(error.ctx) if isinstance(one, click.Argument)]
    names = ", ".join((one.metavar or one.human_readable_name).strip("[]") for one in arguments)
    takes = f"only {names} stands without an option" if names else "nothing stands without an option"
    how = "quote a text that has spaces, and name every other value by its option"
    return click.UsageError(f"{error.message}: {takes} here; {how}", error.ctx)


def _environment() -> list[tuple[str, str]]:
    services = index.services()
    keys = [(name, f"Key of {service}.") for service, row in services.items() for name in row["variables"]]
    return [
        *keys,
        (command_names.JOURNAL_VARIABLE, "The journal of paid calls. Default: a file in the state folder."),
        (command_names.TASK_SECONDS_VARIABLE, "How long tasks take with --offline."),
        (command_names.DEBUG_VARIABLE, "1 shows the traceback of an error."),
        (command_names.UPLOAD_VARIABLE, "Where local files are uploaded, as --upload-to says it."),
        *((base_url_variable(name), f"Another URL of {name}.") for name in services),
        ("XDG_STATE_HOME", "The state folder is below it. Default: ~/.local/state."),
        ("NO_COLOR", "No bold text."),
    ]


def program() -> click.Group:
    """Return the whole command line."""
    return Program(
        name=command_names.PACKAGE,
        help=_ABOUT,
        no_args_is_help=True,
        params=[
            click.Option(
                ["debug", "--debug"], is_flag=True, envvar=command_names.DEBUG_VARIABLE, help="Show tracebacks."
            ),
            click.Option(
                ["--version"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_version,
                help="Show the version.",
            ),
        ],
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def _version(ctx: click.Context, _: click.Parameter, is_given: bool) -> None:
    if is_given and not ctx.resilient_parsing:
        click.echo(f"{command_names.PACKAGE} {command_names.version()}")
        ctx.exit()


def run() -> None:
    """Run it with the arguments of this process."""
    try:
        sys.exit(program().main(prog_name=command_names.PACKAGE, standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:  # Ctrl-C: click has ended the line
        sys.exit(Code.STOPPED)
    except OSError as error:  # --help or --version could not be printed
        from .error_reports import report

        sys.exit(report(error))
