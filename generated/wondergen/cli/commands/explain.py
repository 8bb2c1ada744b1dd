# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""`explain`: all that is known of an operation, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import click

from ..._catalog.document import load
from ..._catalog.facts import ErrorFacts, OperationFacts, ParameterFacts, Statement, operation_facts
from ..._runtime import errors
from ..._runtime.messages import guess
from .. import names, options
from ..names import typed_path
from ..operations import parameters_of
from ..screen import heading, paragraph, plain, show_json, words
from ..sources import Sources

_ADVICE = {
    "AuthenticationError": "Look at the key.",
    "InsufficientCredits": "Top up the account.",
    "ContentRejected": "Ask for something else.",
    "BadRequest": "Change the arguments.",
}
_REPEAT = {
    "never": "The same call again will not help.",
    "once": "One more attempt may help.",
    "after_delay": "It may be repeated after a pause.",
}
_HIDDEN = frozenset({"type", "description", "examples"})
"""Facts that say nothing a person asks for; their sources are in --json."""


def _explain(path: tuple[str, ...], as_json: bool) -> None:
    service, name = _operation(path)
    catalog = load(service)
    facts = operation_facts(catalog, catalog.endpoints[name])
    if as_json:
        show_json(asdict(facts))
        return
    written, sources = parameters_of(service, name), Sources(facts)
    _head(facts, sources)
    if facts.parameters:
        heading("\nParameters")
        for parameter in facts.parameters:
            _parameter(parameter, written[parameter.name], sources)
    if facts.states:
        heading("\nStates of its task")
        for meaning in dict.fromkeys(facts.states.values()):
            said = [word for word, means in facts.states.items() if means == meaning]
            paragraph(f"{meaning}: {', '.join(said)}", "  ")
    if facts.errors:
        heading("\nErrors")
        for error in facts.errors:
            _error(error, sources)
    if facts.disagreements:
        heading("\nWhere the documents disagree")
        for row in facts.disagreements:
            _disagreement(row, sources)
    heading("\nDocuments")
    for document in sources.documents:
        click.echo(f"  {plain(document)}")


def _operation(path: tuple[str, ...]) -> tuple[str, str]:
    """Service and operation, typed as a command or as in Python."""
    typed = [part for word in path for part in word.split(".") if part] or [""]
    service = names.service_named(typed[0])
    known = {tuple(typed_path(service, name)[1:]): name for name in load(service).endpoints}
    wanted = tuple(names.kebab(part) for part in typed[1:])
    if wanted in known:
        return service, known[wanted]
    below = [" ".join(words) for words in known if words[: len(wanted)] == wanted]
    if below:
        raise click.UsageError(f"which one? {typed[0]} has {', '.join(sorted(below))}")
    choices = [" ".join(words) for words in known]
    raise click.UsageError(f"{typed[0]} has no {' '.join(wanted)!r}{guess(' '.join(wanted), choices)}")


def _next_words(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """What may stand after the words that are there, for completion."""
    done = list(ctx.params.get("path") or ())
    paths = [typed_path(service, name) for service in names.services() for name in load(service).endpoints]
    found = {path[len(done)] for path in paths if path[: len(done)] == done and len(path) > len(done)}
    return sorted(word for word in found if word.startswith(incomplete))


def _head(facts: OperationFacts, sources: Sources) -> None:
    heading(f"{' '.join(typed_path(facts.service, facts.name))}: {facts.summary}")
    if facts.description:
        paragraph(facts.description)
    click.echo(f"\n{facts.http_method} {facts.url}")
    kinds = {"submit": "starts a paid task", "generate": "paid, answers at once", "query": "costs nothing"}
    click.echo(f"{kinds[facts.kind]}{f', makes {facts.media}' if facts.media else ''}")
    click.echo(f"in Python: {facts.client}().{facts.name}(...)")
    _statements((one for one in facts.statements if one.value is not None), sources, "  ")


def _parameter(parameter: ParameterFacts, written: click.Parameter, sources: Sources) -> None:
    is_argument = isinstance(written, click.Argument)
    marks = [
        "BOOL" if isinstance(written, click.Option) and written.is_flag else written.type.name,
        *(["required"] if parameter.is_required else []),
        *([f"in the {parameter.location}"] if parameter.location != "body" else []),
        *([f"{parameter.wire_name} on the wire"] if parameter.wire_name != parameter.name else []),
    ]
    paragraph(f"{written.metavar if is_argument else written.opts[0]}  ({', '.join(marks)})", "  ")
    if parameter.text:
        paragraph(parameter.text, "      ")
    _statements((one for one in parameter.statements if one.fact not in _HIDDEN), sources, "      ")


def _statements(statements: Iterable[Statement], sources: Sources, indent: str) -> None:
    """Facts with the same sources stand together."""
    together: dict[str, list[str]] = {}
    for one in statements:
        value = "" if one.value is None or isinstance(one.value, Mapping) else f" {words(one.value)}"
        together.setdefault(sources.told(one.sources), []).append(f"{one.fact}{value}")
    for told, facts in together.items():
        paragraph(f"{'; '.join(facts)} <- {told}", indent)


def _error(error: ErrorFacts, sources: Sources) -> None:
    code = f"HTTP {error.code}" if error.channel == "http" else error.code
    advice = _ADVICE.get(error.error, "") if error.retry == "never" else ""
    advice = advice or _REPEAT.get(error.retry, error.retry)
    paragraph(f"{code}  {error.error}: {error.meaning or _meaning(error.error)} {advice}", "  ")
    if error.sources:
        paragraph(f"<- {sources.told(error.sources)}", "      ")


def _meaning(error: str) -> str:
    return (getattr(errors, error).__doc__ or "").partition("\n")[0] if hasattr(errors, error) else ""


def _disagreement(row: Mapping[str, Any], sources: Sources) -> None:
    name = f" {row['name']}" if row.get("name") else ""
    paragraph(f"{row.get('subject', '')}{name}, {row['fact']}: {words(row.get('holds'))} holds ({row['rule']})", "  ")
    for reading in row.get("readings", ()):
        paragraph(f"{words(reading.get('value'))}: {sources.told(reading.get('sources', ()))}", "      ")
    if row.get("reason"):
        paragraph(str(row["reason"]), "      ")


command = click.Command(
    "explain",
    callback=_explain,
    params=[
        click.Argument(
            ["path"], nargs=-1, required=True, metavar="SERVICE [GROUP] OPERATION", shell_complete=_next_words
        ),
        options.as_json(),
        options.offline_too(),
    ],
    help="All that is known of an operation: endpoint, parameters with limits and defaults, errors with advice, and "
    "the document and line that state each fact.",
)
