"""Every operation has a command, made from its method, with all its parameters in the help. None takes a secret."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path
from typing import Any

import click
import pytest
from wondergen._catalog import index
from wondergen._catalog.service_document import load
from wondergen._runtime.spelling import base_url_variable
from wondergen._runtime.sync.task import Task
from wondergen.cli import command_names
from wondergen.cli.command_names import Code, typed_path
from wondergen.cli.commands import COMMANDS as OURS
from wondergen.cli.operation_commands import OperationCommand, parameters_of
from wondergen.cli.program import program
from wondergen.cli.shared_options import DEFAULT_WAIT

from tests import catalog_values
from tests.chosen_operations import DIAGRAM, VIDEO
from tests.package.cli.shell import Shell

OPERATIONS = [(service, name) for service in command_names.services() for name in load(service).endpoints]
_SECRET = re.compile(r"key|secret|password|passwd|credential|auth|bearer")


def _walk(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from _walk(below, (*path, name))


COMMANDS = dict(_walk(program()))


def test_every_operation_has_a_command() -> None:
    made = {path for path, command in COMMANDS.items() if isinstance(command, OperationCommand)}
    assert made == {tuple(typed_path(service, name)) for service, name in OPERATIONS}
    assert len(made) == catalog_values.count()


@pytest.mark.parametrize("service, name", OPERATIONS)
def test_the_help_has_every_parameter_with_type_and_default(shell: Shell, service: str, name: str) -> None:
    help_text = " ".join(shell(*typed_path(service, name), "--help").stdout.split())
    texts = {row["name"]: index.text(row["sentences"]) for row in index.operations(service)[name].get("parameters", ())}
    parameters = parameters_of(service, name)
    signature = inspect.signature(attrgetter(name)(client_of(service))).parameters
    unseen = {"timeout", "extra_body", "extra_headers", "key"}
    assert set(parameters) == set(signature) - unseen
    for python, parameter in parameters.items():
        word = str(parameter.metavar) if isinstance(parameter, click.Argument) else parameter.opts[0]
        assert word in help_text
        if not (isinstance(parameter, click.Option) and parameter.is_flag):
            assert parameter.type.name.strip("[]") in help_text
        for sentence in texts[python].split(". "):
            assert sentence.rstrip(".").replace("- ", "-") in help_text.replace("- ", "-")
        assert (signature[python].default is inspect.Parameter.empty) == ("required]" in _help_of(parameter))
    assert "--timeout" in help_text


def client_of(service: str) -> Any:
    """Return a client that is made without keys: for its signatures."""
    kind = index.client_class(service)
    keys = {one.argument: "fake-key" for one in load(service).service.credentials}
    return kind(**keys)


def _help_of(parameter: click.Parameter) -> str:
    record = parameter.get_help_record(click.Context(click.Command("x")))
    assert record is not None
    return record[1]


def test_no_command_takes_a_secret() -> None:
    options = {text for command in COMMANDS.values() for one in command.params for text in (*one.opts, str(one.name))}
    assert len(options) > 60
    names_of_calls = {"key", "--key"}
    assert not {text for text in options - names_of_calls if _SECRET.search(text)}
    secrets = {one.argument for service in command_names.services() for one in load(service).service.credentials}
    assert secrets
    assert not secrets & {text.lstrip("-").replace("-", "_") for text in options}


def test_no_command_takes_headers_in_which_a_key_could_be() -> None:
    assert not [path for path, command in COMMANDS.items() for one in command.params if "extra-header" in str(one.opts)]


@pytest.mark.parametrize(
    "path", [path for path, command in COMMANDS.items() if not isinstance(command, OperationCommand)]
)
def test_every_command_explains_itself_in_80_columns(shell: Shell, path: tuple[str, ...]) -> None:
    result = shell(*path, "--help", COLUMNS="80")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: {' '.join(['wondergen', *path])}")
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_the_help_has_services_commands_and_exit_codes(shell: Shell) -> None:
    help_text = shell("--help").stdout
    for word in (*command_names.services(), *OURS, "Exit status:", "130", "WONDERGEN_JOURNAL"):
        assert word in help_text


def test_headers_of_the_client_are_options_where_the_service_has_them(shell: Shell) -> None:
    assert "--user-id TEXT" in shell(*DIAGRAM.words, "--help").stdout
    assert "--user-id" not in shell(*VIDEO.words, "--help", *VIDEO.options).stdout


def test_a_mistyped_command_is_guessed(shell: Shell) -> None:
    result = shell(VIDEO.service, f"{VIDEO.words[1]}e")
    assert result.exit_code == 2
    assert f"there is no command '{VIDEO.words[1]}e'; did you mean '{VIDEO.words[1]}'?" in result.stderr
    assert "did you mean 'models'?" in shell("model").stderr
    assert "No such option '--modle'" in shell("--modle").stderr


def test_a_value_too_many_is_answered_with_what_the_command_takes(shell: Shell) -> None:
    result = shell(*VIDEO.words, "A paper", "boat", "--offline")
    assert result.exit_code == Code.NOT_SENT
    assert "unexpected extra argument (boat): only PROMPT stands without an option here; quote a text" in result.stderr
    assert "(x): nothing stands without an option here; quote" in shell("tasks", "x").stderr


def test_every_command_that_is_not_about_the_shell_takes_offline() -> None:
    without = {
        path for path, command in COMMANDS.items() if not isinstance(command, click.Group) and not _offline(command)
    }
    assert without == {("completion",)}


def _offline(command: click.Command) -> bool:
    return any("--offline" in one.opts for one in command.params)


def test_the_help_names_every_variable_that_a_client_reads(shell: Shell) -> None:
    words = set(shell("--help").stdout.split())
    services = [load(name).service for name in command_names.services()]
    assert {base_url_variable(service.name) for service in services} <= words
    assert {credential.variable for service in services for credential in service.credentials} <= words


def test_a_command_waits_as_long_as_a_task_does() -> None:
    assert inspect.signature(Task.wait).parameters["timeout"].default == DEFAULT_WAIT


def test_skill_writes_a_skill(shell: Shell, tmp_path: Path) -> None:
    assert shell("skill", "-o", str(tmp_path)).exit_code == 0
    head = (tmp_path / "wondergen" / "SKILL.md").read_text(encoding="utf-8")
    assert head.startswith("---\nname: wondergen\ndescription: ")
    for service in index.services():
        assert f"references/{service}.md" in head
        page = (tmp_path / "wondergen" / "references" / f"{service}.md").read_text(encoding="utf-8")
        assert all(f"## {name}\n" in page for name in index.operations(service))
    assert shell("skill", "-o", str(tmp_path)).exit_code == 0
    (tmp_path / "wondergen" / "SKILL.md").write_text("mine", encoding="utf-8")
    assert "--overwrite replaces it" in shell("skill", "-o", str(tmp_path)).stderr
