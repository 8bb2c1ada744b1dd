# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""`models`: what can do what, as a table that can be filtered, to choose a model by."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import click

from ..._catalog import index
from .. import command_names, shared_options
from ..screen import say, show_json, table, width

Model = dict[str, Any]


def _models(service: str | None, as_json: bool, **filters: Any) -> None:
    services = [command_names.service_named(service)] if service else list(command_names.services())
    every = [model for name in services for model in _of(name)]
    tests = _tests(every, filters)
    matching = [model for model in every if all(test(model) for test in tests.values())]
    if as_json:
        show_json(matching)
        return
    if not matching:
        say(_none(every, tests))
        raise click.exceptions.Exit(0)
    table(list(_rows(matching)), ("COMMAND", "MAKES", "DURATION", "RATIO", "RESOLUTION", "GOOD FOR"))
    say(f"{len(matching)} of {len(every)}; more on each: {command_names.PACKAGE} explain COMMAND")


def _tests(models: list[Model], filters: Mapping[str, Any]) -> dict[str, Callable[[Model], bool]]:
    """Return the filters that were given: option → whether a model passes. UsageError for a word that nothing has."""
    tests: dict[str, Callable[[Model], bool]] = {}
    if media := filters["media"]:
        kinds = {one["media"] for one in models}
        if media not in kinds:
            raise click.UsageError(f"nothing makes {media!r}; there is {', '.join(sorted(kinds))}")
        tests["--media"] = lambda one: one["media"] == media
    if filters["audio"]:
        tests["--audio"] = lambda one: one["media"] == "audio" or one["traits"].get("audio") in ("optional", "always")
    if (seconds := filters["duration"]) is not None:
        tests["--duration"] = lambda one: index.lasts(one, seconds)
    if resolution := filters["resolution"]:
        tests["--resolution"] = lambda one: _resolves(one, resolution)
    if best := filters["best_for"]:
        if not any(_is_good_for(one, best) for one in models):
            strengths = sorted({strength for one in models for strength in one["traits"].get("strengths", ())})
            there_is = f"; strengths are {', '.join(strengths)}" if strengths else ""
            raise click.UsageError(f"nothing is known to be good for {best!r}{there_is}")
        tests["--best-for"] = lambda one: _is_good_for(one, best)
    if speed := filters["speed"]:
        tests["--speed"] = lambda one: one["traits"].get("speed") == speed
    if price := filters["price"]:
        tests["--price"] = lambda one: one["traits"].get("price") == price
    return tests


def _resolves(model: Model, resolution: str) -> bool:
    """Return whether a model makes this resolution: by a choice of its own, else by the highest that is known of it."""
    word = resolution.lower()
    choices = [text.lower() for text in model["resolutions"]]
    if word in choices:
        return True
    highest = str(model["traits"].get("max_resolution", "")).lower()
    return word == highest if highest not in choices else False


def _is_good_for(model: Model, use: str) -> bool:
    """Return whether a model has a strength of this name, or these words in what it is best for."""
    traits = model["traits"]
    strengths = {strength for one in traits.get("strengths", ()) for strength in (one, one.replace("-", " "))}
    words = set(re.findall(r"\w+", use.lower()))
    if use.lower() in strengths:
        return True
    every = {strength for one in index.every() for strength in one[2].get("traits", {}).get("strengths", ())}
    if use.lower() in every:
        return False  # a word of the vocabulary means that strength, and not a word in some sentence
    text = " ".join([*traits.get("best_for", ()), *traits.get("triggers", ()), *strengths]).lower()
    return words <= set(re.findall(r"\w+", text))


def _none(models: list[Model], tests: Mapping[str, Callable[[Model], bool]]) -> str:
    """Return that nothing fits, and how many fit each filter by itself."""
    each = ", ".join(f"{sum(map(test, models))} with {name} alone" for name, test in tests.items())
    return f"nothing fits: {each}"


def _rows(matching: list[Model]) -> Iterator[tuple[str, ...]]:
    """Yield one row each. On a screen the words that commands share stand above them, in a row of their own."""
    above = ""
    for one in matching:
        lists = (" ".join(one[key]) for key in ("durations", "ratios", "resolutions"))
        facts = (one["media"], *lists, _good_for(one))
        group, _, last = one["command"].rpartition(" ")
        if width() is None:
            yield (one["command"], *facts)
            continue
        if group != above:
            above = group
            yield (group,)
        yield (f"  {last}", *facts)


def _good_for(model: Model) -> str:
    traits = model["traits"]
    words = ", ".join(traits.get("strengths", ())) or "; ".join(traits.get("best_for", ()))
    free = {"free": "free", "free_for_now": "free for now"}.get(model["costs"] or "")
    return ", ".join(filter(None, (free, words)))


def _of(service: str) -> Iterator[Model]:
    """Yield what a service makes, in the order of the alphabet."""
    for name, row in sorted(index.operations(service).items()):
        if "media" in row:
            yield {
                "operation": f"{service}.{name}",
                "command": " ".join(command_names.typed_path(service, name)),
                "name": row.get("vendor", {}).get("name"),
                "id": row.get("vendor", {}).get("id"),
                "media": row["media"],
                "costs": row.get("costs"),
                "summary": row["summary"],
                "durations": row.get("durations", []),
                "ratios": row.get("ratios", []),
                "resolutions": row.get("resolutions", []),
                "traits": row.get("traits", {}),
            }


def _kinds(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    kinds = {row["media"] for _, _, row in index.every() if "media" in row}
    return sorted(kind for kind in kinds if kind.startswith(incomplete))


def _strengths(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    words = {word for _, _, row in index.every() for word in row.get("traits", {}).get("strengths", ())}
    return sorted(word for word in words if word.startswith(incomplete))


command = click.Command(
    "models",
    callback=_models,
    params=[
        click.Option(
            ["--media"],
            metavar="KIND",
            shell_complete=_kinds,
            help="Only operations that make this: video, image, audio, diagram.",
        ),
        click.Option(["audio", "--audio"], is_flag=True, help="Only operations whose result has sound."),
        click.Option(
            ["duration", "--duration"],
            type=float,
            metavar="SECONDS",
            help="Only operations that can make a result of this length.",
        ),
        click.Option(
            ["resolution", "--resolution"],
            metavar="NAME",
            help="Only operations that can have this resolution: 1080p, 4K.",
        ),
        click.Option(
            ["best_for", "--best-for"],
            metavar="WORDS",
            shell_complete=_strengths,
            help="Only operations that are good at this: text, realism, physics, consistency, or words of a use.",
        ),
        click.Option(
            ["speed", "--speed"],
            type=click.Choice(["fast", "medium", "slow"]),
            help="Compared with others of its kind.",
        ),
        click.Option(
            ["price", "--price"], type=click.Choice(["low", "medium", "high"]), help="Compared with others of its kind."
        ),
        shared_options.service("This service alone."),
        shared_options.AS_JSON,
        shared_options.NO_SERVICE,
    ],
    help="Compare operations: media, durations, ratios, resolutions, and what each is good for.\n\n"
    "Filters go together: models --media video --audio --duration 10 --resolution 1080p.",
)
