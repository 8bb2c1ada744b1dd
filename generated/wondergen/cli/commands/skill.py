# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""`skill`: an Agent Skill for this package, written into a folder."""

from __future__ import annotations

from pathlib import Path

import click

from ..._catalog import index
from .. import command_names, shared_options
from ..screen import NotSent, plain, show_json
from ..shared_options import unwritable


def _skill(output: str, overwrite: bool, as_json: bool) -> None:
    folder = Path(output) / command_names.PACKAGE.replace("_", "-")
    if problem := unwritable(folder):
        raise NotSent(problem)
    files = {folder / name: text for name, text in index.skill().items()}
    differing = [path for path, text in files.items() if path.exists() and path.read_text(encoding="utf-8") != text]
    if differing and not overwrite:
        raise NotSent(f"{differing[0]} is there and differs; --overwrite replaces it")
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    if as_json:
        show_json([str(path) for path in files])
    else:
        for path in files:
            click.echo(plain(path))


command = click.Command(
    "skill",
    callback=_skill,
    params=[
        click.Option(["output", "-o", "--output"], metavar="DIR", required=True, help="The folder of the skills."),
        click.Option(["overwrite", "--overwrite"], is_flag=True, help="Replace files that are there and differ."),
        shared_options.AS_JSON,
        shared_options.NO_SERVICE,
    ],
    help="Write an Agent Skill into DIR: SKILL.md, and a reference of each service, made from the catalog.",
)
