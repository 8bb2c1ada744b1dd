# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""`completion`: the script that makes a shell complete commands, options and choices."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from .. import command_names

SHELLS = ("bash", "zsh", "fish")


@click.command(
    help="Print the completion script of a shell.\n\n"
    f'bash, in ~/.bashrc: eval "$({command_names.PACKAGE} completion bash)"\n\n'
    f'zsh, in ~/.zshrc: eval "$({command_names.PACKAGE} completion zsh)"\n\n'
    f"fish: {command_names.PACKAGE} completion fish > ~/.config/fish/completions/{command_names.PACKAGE}.fish"
)
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print the script that click makes."""
    kind = get_completion_class(shell)
    assert kind is not None
    variable = f"_{command_names.VARIABLES}_COMPLETE"
    root = click.get_current_context().find_root().command
    completer = kind(root, {}, command_names.PACKAGE, variable)
    # Not `source()`: that one asks which bash is installed, and the script may be for another machine.
    click.echo(completer.source_template % completer.source_vars())
