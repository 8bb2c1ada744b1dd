# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""A group of commands that guesses what was meant."""

from __future__ import annotations

import click


class CommandGroup(click.Group):
    """Its subclasses list their commands without importing them."""

    def commands_elsewhere(self, name: str) -> list[str]:
        """Return the paths of the commands below this group that have the name."""
        return []

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is named first. UsageError says what may have been meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            if args[0].startswith("-"):
                raise
            from .._runtime.messages import guess

            elsewhere = self.commands_elsewhere(args[0])
            hint = (
                f"; did you mean {elsewhere[0]!r}?" if len(elsewhere) == 1 else guess(args[0], self.list_commands(ctx))
            )
            text = f"there is no command {args[0]!r}{hint}"
            raise click.UsageError(text, ctx) from error
