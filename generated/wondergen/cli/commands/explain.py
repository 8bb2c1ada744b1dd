# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""`explain`: all facts of an operation, with their sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

import click

from ..._catalog import index
from ..._catalog.facts import (
    COSTS,
    RETRIES,
    Advice,
    ErrorFacts,
    OperationFacts,
    ParameterFacts,
    StatedFact,
    fact_name,
    operation_facts,
)
from ..._catalog.service_document import load
from ..._runtime.messages import guess
from ..._runtime.spelling import kebab
from .. import command_names, shared_options
from ..command_names import typed_path
from ..operation_commands import parameters_of
from ..screen import heading, paragraph, plain, show_json, words

_ADVICE = {
    "AuthenticationError": "Look at the key.",
    "InsufficientCredits": "Top up the account.",
    "ContentRejected": "Ask for something else.",
    "BadRequest": "Change the arguments.",
}
_TRAITS = {
    "strengths": "strengths",
    "best_for": "best for",
    "speed": "speed",
    "price": "price",
    "audio": "sound",
    "shots": "shots",
    "max_resolution": "highest resolution",
    "max_seconds": "longest, in seconds",
    "max_inputs": "most inputs",
}
_HIDDEN = frozenset({"type", "description", "examples"})
"""Facts that say nothing a person asks for; their sources are in --json."""


def _explain(path: tuple[str, ...], prompting: bool, as_json: bool) -> None:
    service, name = _operation(path)
    catalog = load(service)
    facts = operation_facts(catalog, catalog.endpoints[name])
    if as_json:
        show_json(asdict(facts.prompting) if prompting and facts.prompting else asdict(facts))
        return
    sources = Sources(facts)
    if prompting:
        _prompting(facts, sources)
        return
    options = parameters_of(service, name)
    _head(facts, sources)
    if facts.parameters:
        heading("\nParameters")
        for parameter in facts.parameters:
            _parameter(parameter, options[parameter.name], sources)
    if facts.states:
        heading("\nStates of its task")
        for meaning in dict.fromkeys(facts.states.values()):
            words_of = [word for word, means in facts.states.items() if means == meaning]
            paragraph(f"{meaning}: {', '.join(words_of)}", "  ")
    if facts.errors:
        heading("\nErrors")
        for error in facts.errors:
            _error(error, sources)
    if facts.disagreements:
        heading("\nWhere the documents disagree")
        for row in facts.disagreements:
            _disagreement(row, sources)
    if sources.documents:
        heading("\nDocuments")
    for document in sources.documents:
        click.echo(f"  {plain(document)}")
    if facts.prompting:
        path_of = " ".join(typed_path(service, name))
        click.echo(f"\nHow to write the prompt: {command_names.PACKAGE} explain {path_of} --prompting")


def _operation(path: tuple[str, ...]) -> tuple[str, str]:
    """Find service and operation: typed as a command or as in Python, or by a name of the vendor."""
    whole = " ".join(path)
    words_typed = [part for word in path for part in word.split(".") if part] or [""]
    services = {command_names.command_of(service): service for service in command_names.services()}
    service = services.get(words_typed[0], words_typed[0])
    typed_names = tuple(kebab(part) for part in words_typed[1:])
    by_path: dict[tuple[str, ...], str] = {}
    if service in command_names.services():
        by_path = {tuple(typed_path(service, name)[1:]): name for name in index.operations(service)}
        if typed_names in by_path:
            return service, by_path[typed_names]
        below = [" ".join(words) for words in by_path if words[: len(typed_names)] == typed_names]
        if below:
            raise click.UsageError(f"which one? {words_typed[0]} has {', '.join(sorted(below))}")
        matches = index.find(" ".join(path[1:]), service)
    else:
        matches = index.find(whole)
    if len(matches) == 1:
        return matches[0]
    commands = [" ".join(typed_path(*one)) for one in matches]
    if commands:
        raise click.UsageError(f"which one? {whole!r} is {' and '.join(sorted(commands))}")
    if service in command_names.services():
        choices = [" ".join(words) for words in by_path]
        hint = guess(" ".join(typed_names), choices) or f"; it has {', '.join(sorted(choices))}"
        raise click.UsageError(f"{words_typed[0]} has no {' '.join(typed_names)!r}{hint}")
    names_nearby = [repr(name) for name in index.near_names(whole)]
    close = names_nearby or [" ".join(typed_path(*one)) for one in index.suggestions(whole)[:3]]
    hint = f"; for that there may be {', '.join(close)}" if close else f"; there are the services {', '.join(services)}"
    raise click.UsageError(f"there is no service and no operation {whole!r}{hint}")


def _next_words(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Return what may stand after the words that are there, for completion."""
    before = list(ctx.params.get("path") or ())
    paths = [typed_path(service, name) for service in command_names.services() for name in index.operations(service)]
    words = {path[len(before)] for path in paths if path[: len(before)] == before and len(path) > len(before)}
    return sorted(word for word in words if word.startswith(incomplete))


def _head(facts: OperationFacts, sources: Sources) -> None:
    heading(f"{' '.join(typed_path(facts.service, facts.name))}: {facts.summary}")
    if facts.description:
        paragraph(facts.description)
    click.echo(f"\n{facts.http_method} {facts.url}")
    kinds = {"submit": "starts a task", "generate": "answers at once", "query": "costs nothing"}
    costs = "" if facts.kind == "query" else f", {COSTS.get(facts.costs or '', COSTS[''])}"
    click.echo(f"{kinds[facts.kind]}{costs}{f', makes {facts.media}' if facts.media else ''}")
    click.echo(f"in Python: {facts.client}().{facts.name}(...)")
    if vendor := facts.vendor:
        state = f", state {vendor['state']}" if "state" in vendor else ""
        name = f"{vendor['name']}, " if "name" in vendor else ""
        click.echo(f"the vendor calls it: {plain(name)}{plain(vendor.get('id', ''))}{state}")
    if others := _of_the_same_name(facts):
        click.echo(f"of the same name: {', '.join(f'{command_names.PACKAGE} explain {other}' for other in others)}")
    if facts.documentation:
        click.echo(f"the vendor's documentation: {plain(facts.documentation)}")
    _statements((one for one in facts.statements if one.value is not None), sources, "  ")
    _traits(facts, sources)


def _of_the_same_name(facts: OperationFacts) -> list[str]:
    """Return the commands of the same model in other groups of its service."""
    own = typed_path(facts.service, facts.name)
    paths = (typed_path(facts.service, name) for name in index.operations(facts.service))
    return [" ".join(path) for path in paths if path != own and len(path) > 2 and path[-1] == own[-1]]


def _traits(facts: OperationFacts, sources: Sources) -> None:
    """Print what it is good for, and which documents state it."""
    traits = facts.traits
    rows = [(label, words(traits[name])) for name, label in _TRAITS.items() if name in traits]
    rows += [("note", str(note)) for note in traits.get("notes", ())]
    if not rows:
        return
    heading("\nGood for")
    for label, text in rows:
        paragraph(f"{label}: {text}", "  ")
    if facts.traits_sources:
        paragraph(f"<- {sources.text(facts.traits_sources)}", "      ")


def _prompting(facts: OperationFacts, sources: Sources) -> None:
    """Print how to write for it, each advice with its lines."""
    prompting = facts.prompting
    path = " ".join(typed_path(facts.service, facts.name))
    heading(f"{path}: how to write prompts for it")
    if prompting is None:
        click.echo("no document gives advice on it")
        return
    if prompting.formula:
        paragraph(f"Formula: {prompting.formula}.")
    if prompting.languages:
        paragraph(f"Languages: {', '.join(prompting.languages)}.")
    rows: list[tuple[tuple[Advice, ...], str, str]] = [
        (prompting.advice, "Do", "{text}"),
        (prompting.avoid, "Avoid", "{text} Why: {why}"),
        (prompting.templates, "Templates", "{why}: {text}"),
        (prompting.poor, "When the result is poor", "{why}: {text}"),
    ]
    for advice, title, form in rows:
        if advice:
            heading(f"\n{title}")
        for one in advice:
            text = form.format(text=one.text, why=one.why) if one.why else one.text
            paragraph(f"{text}{f'  <- {sources.text(one.sources)}' if one.sources else ''}", "  ")


def _parameter(parameter: ParameterFacts, option: click.Parameter, sources: Sources) -> None:
    is_argument = isinstance(option, click.Argument)
    marks = [
        "BOOL" if isinstance(option, click.Option) and option.is_flag else option.type.name,
        *(["required"] if parameter.is_required else []),
        *([f"in the {parameter.location}"] if parameter.location != "body" else []),
        *([f"{parameter.wire_name} on the wire"] if parameter.wire_name != parameter.name else []),
    ]
    paragraph(f"{option.metavar if is_argument else option.opts[0]}  ({', '.join(marks)})", "  ")
    # The type has the values, or each has a line of its own.
    without = ("values",) if option.type.name.startswith("[") else ()
    if text := index.text(parameter.sentences, *without):
        paragraph(text, "      ")
    for value, text in parameter.choices.items():
        paragraph(f"{value}: {text}", "        ")
    _statements((one for one in parameter.statements if one.fact not in _HIDDEN), sources, "      ")


def _statements(statements: Iterable[StatedFact], sources: Sources, indent: str) -> None:
    """Print facts; those with the same sources stand together."""
    together: dict[str, list[str]] = {}
    for one in statements:
        value = "" if one.value is None or isinstance(one.value, Mapping) else f" {words(one.value)}"
        together.setdefault(sources.text(one.sources), []).append(f"{fact_name(one.fact)}{value}")
    for text, facts in together.items():
        paragraph(f"{'; '.join(facts)} <- {text}", indent)


def _error(error: ErrorFacts, sources: Sources) -> None:
    code = f"HTTP {error.code}" if error.channel == "http" else error.code
    advice = _ADVICE.get(error.error, "") if error.retry == "never" else ""
    advice = advice or RETRIES.get(error.retry, error.retry)
    cause = f" Cause: {error.cause}" if error.cause else ""
    paragraph(f"{code}  {error.error}: {error.meaning}{cause} {error.advice or advice}", "  ")
    if error.sources:
        paragraph(f"<- {sources.text(error.sources)}", "      ")


def _disagreement(row: Mapping[str, Any], sources: Sources) -> None:
    name = f" {row['name']}" if row.get("name") else ""
    paragraph(
        f"{row.get('subject', '')}{name}, {fact_name(row['fact'])}: {words(row.get('holds'))} holds ({row['rule']})",
        "  ",
    )
    for reading in row.get("readings", ()):
        paragraph(f"{words(reading.get('value'))}: {sources.text(reading.get('sources', ()))}", "      ")
    if row.get("reason"):
        paragraph(str(row["reason"]), "      ")


command = click.Command(
    "explain",
    callback=_explain,
    params=[
        click.Argument(
            ["path"], nargs=-1, required=True, metavar="SERVICE [GROUP] OPERATION | NAME", shell_complete=_next_words
        ),
        click.Option(["prompting", "--prompting"], is_flag=True, help="How to write prompts for it."),
        shared_options.AS_JSON,
        shared_options.NO_SERVICE,
    ],
    help="Show all facts of an operation: endpoint, what it is good for, parameters with limits and defaults, "
    "errors with advice, and the document and line that state each fact.\n\n"
    'An operation is named as a command, as in Python, or as the vendor does: explain "Model 3.0".',
)


class Sources:
    """The documents that speak of one operation."""

    def __init__(self, facts: OperationFacts) -> None:
        self.documents = sorted(set(_all(facts)))
        self._short = {document: _shortest(document, self.documents) for document in self.documents}

    def text(self, sources: Iterable[str]) -> str:
        """Return the documents, in short: `reference.md SKILL.md`."""
        return " ".join(dict.fromkeys(self._short.get(source, source) for source in sources))


def _all(facts: OperationFacts) -> Iterator[str]:
    for statement in facts.statements:
        yield from statement.sources
    for parameter in facts.parameters:
        for statement in parameter.statements:
            yield from statement.sources
    for error in facts.errors:
        yield from error.sources
    yield from facts.traits_sources
    for advice in facts.prompting.every if facts.prompting else ():
        yield from advice.sources
    for row in facts.disagreements:
        for reading in row.get("readings", ()):
            yield from reading.get("sources", ())


def _shortest(document: str, others: Iterable[str]) -> str:
    parts = document.split("/")
    for count in range(1, len(parts)):
        end = "/".join(parts[-count:])
        if sum(one == end or one.endswith(f"/{end}") for one in others) == 1:
            return end
    return document
