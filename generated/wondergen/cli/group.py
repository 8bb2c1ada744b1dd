# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""A group of commands that guesses what was meant."""

from __future__ import annotations

import click


class CommandGroup(click.Group):
    """Its subclasses list their commands without importing them."""

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

            text = f"there is no command {args[0]!r}{guess(args[0], self.list_commands(ctx))}"
            raise click.UsageError(text, ctx) from error
