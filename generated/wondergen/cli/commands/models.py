# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""`models`: what can do what, as a table from the catalog."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import click

from ..._catalog.document import load
from ..._catalog.facts import OperationFacts, ParameterFacts, operation_facts
from ..._runtime.wire import natural
from .. import names, options
from ..names import typed_path
from ..screen import say, show_json, table, width

_RATIO = re.compile(r"\d+:\d+|original")
_RESOLUTION = re.compile(r"\d+[pPkK]")
_SECONDS = re.compile(r"\d+s")


@dataclass(frozen=True, slots=True)
class Model:
    """One operation, in a line."""

    operation: str
    command: str
    media: str
    summary: str
    durations: list[str]
    ratios: list[str]
    resolutions: list[str]


def _models(media: str | None, service: str | None, as_json: bool) -> None:
    wanted = [names.service_named(service)] if service else list(names.services())
    known = [model for name in wanted for model in _of(name)]
    shown = [model for model in known if media in {None, model.media}]
    if not shown:
        raise click.UsageError(f"nothing makes {media!r}; there is {', '.join(sorted({one.media for one in known}))}")
    if as_json:
        show_json([asdict(model) for model in shown])
        return
    table(list(_rows(shown)), ("COMMAND", "MAKES", "DURATION", "RATIO", "RESOLUTION"))
    say(f"{len(shown)} of {len(known)}; more on each: {names.PACKAGE} explain COMMAND")


def _rows(shown: list[Model]) -> Iterator[tuple[str, ...]]:
    """A row each. On a screen the words that commands share stand above them, in a row of their own."""
    above = ""
    for one in shown:
        facts = (one.media, " ".join(one.durations), " ".join(one.ratios), " ".join(one.resolutions))
        shared, _, last = one.command.rpartition(" ")
        if width() is None:
            yield (one.command, *facts)
            continue
        if shared != above:
            above = shared
            yield (shared,)
        yield (f"  {last}", *facts)


def _of(service: str) -> Iterator[Model]:
    """What a service makes, in the order of the alphabet."""
    catalog = load(service)
    for name in sorted(catalog.endpoints):
        facts = operation_facts(catalog, catalog.endpoints[name])
        if facts.media is None:
            continue
        yield Model(
            operation=f"{service}.{name}",
            command=" ".join(typed_path(service, name)),
            media=facts.media,
            summary=facts.summary,
            durations=_durations(facts),
            ratios=_matching(facts, _RATIO),
            resolutions=_matching(facts, _RESOLUTION) or _sizes(facts),
        )


def _kinds(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    kinds = {one.media for name in names.services() for one in _of(name)}
    return sorted(kind for kind in kinds if kind.startswith(incomplete))


def _durations(facts: OperationFacts) -> list[str]:
    """In seconds: what is called so, or has such values."""
    return [
        text
        for parameter in facts.parameters
        if "duration" in parameter.name or _are(parameter, _SECONDS)
        for text in _allowed(parameter, "s")
    ]


def _matching(facts: OperationFacts, pattern: re.Pattern[str]) -> list[str]:
    """The choices of the parameters whose values all look so, whatever they are called."""
    return [text for one in facts.parameters if _are(one, pattern) for text in _allowed(one, "")]


def _are(parameter: ParameterFacts, pattern: re.Pattern[str]) -> bool:
    values = parameter.schema.get("enum", ())
    return bool(values) and all(pattern.fullmatch(str(value)) for value in values)


def _sizes(facts: OperationFacts) -> list[str]:
    sides = {one.name: _allowed(one, "") for one in facts.parameters if one.name in {"width", "height"}}
    return [" x ".join(part[0] for part in sides.values()) + " px"] if len(sides) == 2 and all(sides.values()) else []


def _allowed(parameter: ParameterFacts, unit: str) -> list[str]:
    schema = parameter.schema
    if schema.get("enum"):
        return [_with(value, unit) for value in schema["enum"]]
    if "const" in schema:
        return [_with(schema["const"], unit)]
    low, high = schema.get("minimum"), schema.get("maximum")
    return [] if high is None else [f"{low if low is not None else ''}..{high}{unit}"]


def _with(value: Any, unit: str) -> str:
    text = str(natural(value, None))
    return text if text.endswith(unit) else f"{text}{unit}"


command = click.Command(
    "models",
    callback=_models,
    params=[
        click.Option(
            ["--media"], metavar="KIND", shell_complete=_kinds, help="What makes this: video, image, audio, diagram."
        ),
        options.service("This service alone."),
        options.as_json(),
        options.offline_too(),
    ],
    help="What can do what: media, durations, ratios and resolutions.",
)
