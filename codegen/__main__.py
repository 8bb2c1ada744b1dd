"""The verbs: import, reconcile, generate, update, check, diff, why, drift."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from codegen import paths
from codegen.faults import Fault, InputFault

if TYPE_CHECKING:
    from codegen.python.model import PackageModel

_MOST_FAULTS = 1_000
"""Lines about what is wrong: nobody reads more."""
_MOST_NOTES = 100
"""Lines of the report about what is as it is, and harms nobody."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb. 0: done; 1: the input is wrong, one line a fault on standard error; 2: usage."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except InputFault as error:
        for fault in error.faults[:_MOST_FAULTS]:
            print(fault, file=sys.stderr)
        if len(error.faults) > _MOST_FAULTS:
            print(f"{len(error.faults) - _MOST_FAULTS} more faults; correct these first", file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except OSError as error:  # a full disk, a folder that may not be written, a file in the place of a folder
        from codegen.openapi.document import printable

        path, reason = error.filename2 or error.filename or "a file", (error.strerror or str(error)).lower()
        print(
            printable(f"{path}: cannot be read or written ({reason}); check it, its folder and the free space"),
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print("stopped; nothing was written", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m codegen", description="Vendor documents to typed clients, step by step."
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, (run, summary, add_arguments) in _VERBS.items():
        verb = verbs.add_parser(name, help=summary)
        add_arguments(verb)
        verb.set_defaults(run=run)
    return parser


def _import_arguments(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar="PATH",
        help="a skills bundle (text with FILE: markers), a folder of skill packages, or a c_api_doc_detail.json",
    )
    verb.add_argument("--unread", action="store_true", help="list every line that is not understood, not only new ones")


def _update_arguments(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="vendor documents, as for import")
    verb.add_argument("--strict", action="store_true", help="exit 1, and write nothing, where a line is not understood")
    verb.add_argument("--format", choices=("text", "markdown", "json"), default="text")


def _generate_arguments(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--specs", type=Path, default=paths.OPENAPI, metavar="DIR", help="default: specs/openapi")
    verb.add_argument(
        "--overlays", type=Path, metavar="DIR", help="OpenAPI overlays that are applied first: STEM.yaml, STEM.*.yaml"
    )
    verb.add_argument("--output", type=Path, default=paths.GENERATED, metavar="DIR", help="default: generated")
    verb.add_argument("--package", default="wondergen", metavar="NAME", help="default: wondergen")
    verb.add_argument(
        "--with",
        dest="parts",
        metavar="PARTS",
        help="optional parts, with commas: cli, offline, testing; default: all for specs/openapi, none for others",
    )
    verb.add_argument("--strict", action="store_true", help="exit 1 where an operation cannot be generated")


def _check_arguments(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--documents", type=Path, metavar="PATH", help="also hold specs/claims against these vendor documents"
    )


def _diff_arguments(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "old", metavar="OLD", help="a folder of OpenAPI documents, one document, or a git revision: HEAD~1, v1.2:specs"
    )
    verb.add_argument("new", metavar="NEW")
    verb.add_argument("--format", choices=("text", "json", "markdown"), default="text")
    evidence = verb.add_mutually_exclusive_group()
    evidence.add_argument("--evidence", action="store_true", help="also report who stated a fact and where")
    evidence.add_argument("--no-evidence", action="store_false", dest="evidence", help="leave that out (default)")


def _why_arguments(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("subject", metavar="SUBJECT", help="tomoviee.text_to_music.duration, or the vendor's names")


def _drift_arguments(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "recordings",
        nargs="+",
        type=Path,
        metavar="RECORDING",
        help="a cassette of wondergen.testing, a HAR file, or a vcr cassette",
    )


def _no_arguments(verb: argparse.ArgumentParser) -> None:
    """Add nothing."""


# Each verb imports what it needs: `import` should work without the model generator, `diff` without Markdown.


def _import(options: argparse.Namespace) -> int:
    from codegen.updates import steps

    result = steps.import_documents(options.paths)
    print("\n".join([result.summary, "", *result.lines(every_unread=options.unread)]))
    return 0


def _reconcile(_: argparse.Namespace) -> int:
    from codegen.updates import steps

    result = steps.reconcile()
    print("\n".join([result.summary, "", *result.lines()]))
    return 0


def _update(options: argparse.Namespace) -> int:
    from codegen.updates.update import update

    return update(options.paths, strict=options.strict, shape=options.format)


def _generate(options: argparse.Namespace) -> int:
    from codegen import generate_cache

    folders = (options.package, "contract_tests")
    words = [options.package, str(options.parts), os.path.realpath(options.specs), str(options.overlays)]
    digest = generate_cache.inputs((options.specs, options.overlays), words)
    row = generate_cache.kept_report(options.output, folders, digest)
    if row is None:
        from codegen import assemble

        untested: list[Fault] = []
        model, summary = assemble.generate_all(
            options.specs, options.output, options.package, _parts(options), options.overlays, untested=untested
        )
        row = {"lines": [summary, *_notes(model), *_bounded("not tested", untested)], "refused": _refused(model)}
        generate_cache.remember(options.output, folders, digest, row)
    for line in row["lines"]:
        print(line)
    for line in row["refused"]:
        print(line, file=sys.stderr)
    return 1 if row["refused"] and options.strict else 0


def _notes(model: PackageModel) -> list[str]:
    """Say what has another name, or is left to the service."""
    return _bounded("note", [note for service in model.services for note in service.notes])


def _bounded(word: str, faults: Sequence[Fault]) -> list[str]:
    """Return the first faults as lines, and how many more there are."""
    more = [f"{word}: {len(faults) - _MOST_NOTES} more"] if len(faults) > _MOST_NOTES else []
    return [f"{word}: {fault}" for fault in faults[:_MOST_NOTES]] + more


def _refused(model: PackageModel) -> list[str]:
    """Say what is left out, and why."""
    return [f"not generated: {fault}" for service in model.services for fault in service.refused]


def _parts(options: argparse.Namespace) -> frozenset[str]:
    """Return the optional parts that the options ask for. Raises InputFault for a name that is not a part."""
    from codegen import assemble

    if options.parts is None:
        return assemble.ALL_PARTS if os.path.realpath(options.specs) == str(paths.OPENAPI) else frozenset()
    names_of_parts = {name.strip() for name in options.parts.split(",") if name.strip()}
    unknown = sorted(names_of_parts - assemble.ALL_PARTS)
    if unknown:
        parts = ", ".join(sorted(assemble.ALL_PARTS))
        raise InputFault(
            [Fault("--with", "", f"{name!r} is not a part of a package", f"use {parts}") for name in unknown]
        )
    return frozenset(names_of_parts)


def _check(options: argparse.Namespace) -> int:
    from codegen import staleness

    stale = list(staleness.stale(options.documents))
    for difference in stale:
        sys.stdout.write(difference)
    if stale:
        print(
            f"{len(stale)} files are stale; run `make regenerate` (and `make import SOURCE=…` where claims differ)",
            file=sys.stderr,
        )
        return 1
    print("nothing is stale")
    return 0


def _diff(options: argparse.Namespace) -> int:
    from codegen.catalog import diff
    from codegen.updates import revisions, service_names

    faults: list[Fault] = []
    catalogs = []
    for name in (options.old, options.new):
        try:
            catalogs.append(revisions.catalog(name, evidence=options.evidence))
        except InputFault as error:
            faults.extend(error.faults)
    if faults:
        raise InputFault(faults)
    old, new = catalogs
    report = service_names.with_names(diff.diff(old, new, evidence=options.evidence), old, new)
    print({"text": report.to_text, "json": report.to_json, "markdown": report.to_markdown}[options.format]())
    return 0


def _why(options: argparse.Namespace) -> int:
    from codegen.updates.why import why

    print(why(options.subject))
    return 0


def _drift(options: argparse.Namespace) -> int:
    from codegen.updates.drift import main as drift

    return drift(options.recordings)


_Run = Callable[[argparse.Namespace], int]
_VERBS: Mapping[str, tuple[_Run, str, Callable[[argparse.ArgumentParser], None]]] = {
    "import": (_import, "vendor documents → specs/claims", _import_arguments),
    "reconcile": (
        _reconcile,
        "claims + decisions + overlays → specs/openapi and specs/RECONCILIATION.md",
        _no_arguments,
    ),
    "update": (_update, "import, reconcile, generate, test what changed, and report what is new", _update_arguments),
    "generate": (_generate, "a folder of OpenAPI documents → a package and its contract tests", _generate_arguments),
    "check": (_check, "nothing committed is stale; a diff and exit 1 where something is", _check_arguments),
    "diff": (_diff, "what changed between two catalogs, and the version bump it calls for", _diff_arguments),
    "why": (_why, "who states a fact, where and when; what holds, why, and what proves it", _why_arguments),
    "drift": (_drift, "recorded exchanges against the catalog; what differs, as claims", _drift_arguments),
}
"""Verb → what runs it, what it does, and its arguments."""


if __name__ == "__main__":
    # Models and syntax trees are many objects in few circles: to look for circles so often finds nothing.
    gc.set_threshold(100_000, 20, 20)
    sys.exit(main())
