"""What lint finds in a catalog, each fault where it can be mended: nobody edits the catalog itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from codegen import yamlio
from codegen.catalog import lint
from codegen.catalog.compare import Points
from codegen.catalog.complete import Written
from codegen.catalog.overlay_values import writer
from codegen.faults import Fault
from codegen.openapi import overlay, pointers

_QUOTED = re.compile(r"'[^']*'|(?<= )-?\d+(?=,|\s|$)")


def linted(
    catalog: Written,
    compared: Points,
    unnamed: Sequence[str],
    file: yamlio.HandWritten,
    applied: Sequence[overlay.AppliedValue],
    names: Mapping[str, str],
) -> Iterable[Fault]:
    """Yield the faults of the document that is written, each where it can be mended: nobody edits the document itself.

    What is wrong with an operation that no overlay speaks of follows from that, and is left out.
    """
    places = {row.source: row for readings in compared.values() for reading in readings for row in reading.statements}
    pointers_of: dict[Fault, list[str]] = {}
    findings = lint.lint(catalog.document, "", evidence=catalog.evidence)
    has_no_payload = any(_PAYLOAD.search(one.place) and _DANGLING.match(one.problem) for one in findings)
    for fault in findings:
        if any(fault.place == at or fault.place.startswith(f"{at}/") for at in unnamed):
            continue
        claims = _claims_at(catalog.evidence, fault.place)
        row = next((places[claim] for claim in claims if claim in places), None)
        if _PAYLOAD.search(fault.place) and (_DANGLING.match(fault.problem) or has_no_payload):
            cause = _without_any_callback(catalog.document, file)
        elif without := _without_callback(catalog.document, fault, file):
            cause = without
        elif origin := writer(applied, fault.place):
            remedy = _without_asset(catalog.document, fault.place) or fault.remedy
            cause = Fault(origin.file, origin.place, fault.problem, remedy)
        elif row is None:
            cause = Fault(file.name, "", fault.problem, fault.remedy)
        else:
            remedy = _remedy(fault, claims[0], file, names)
            cause = Fault(row.document, f"line {row.line}", fault.problem, remedy)
        pointers_of.setdefault(cause, []).append(fault.place or "the root")
    yield from _alike(pointers_of)


def _alike(pointers_of: Mapping[Fault, Sequence[str]]) -> Iterator[Fault]:
    """Yield one fault for those that differ in names only, with its places in the catalog."""
    alike: dict[Fault, list[Fault]] = {}
    for cause in pointers_of:
        alike.setdefault(replace(cause, problem=_QUOTED.sub("…", cause.problem)), []).append(cause)
    for causes in alike.values():
        first, *others = causes
        at = pointers_of[first]
        more = f" and {len(at) - 1} more places" if len(at) > 1 else ""
        same = f"; the same of {', '.join(_QUOTED.findall(row.problem)[0] for row in others)}" if others else ""
        yield replace(first, problem=f"{first.problem} (at {at[0]}{more} of the catalog){same}")


_OF_ASSETS = re.compile(r"(/paths/[^/]+/[a-z]+)/x-task/assets/(at|encoded|sources)/(.+)")


def _without_asset(document: Mapping[str, Any], place: str) -> str:
    """Return how to take a place of files away from one operation, where its reply does not have it; "" elsewhere."""
    match = _OF_ASSETS.fullmatch(place)
    if match is None:
        return ""
    places = pointers.resolve(document, f"{match[1]}/x-task/assets/{match[2]}")
    key = pointers.steps(f"/{match[3]}")[-1]
    chosen = f"[?@ == '{places[int(key)]}']" if isinstance(places, list) else f"['{key}']"
    name = pointers.resolve(document, match[1])["operationId"]
    target = f"$.paths.*[?@.operationId == '{name}']['x-task'].assets.{match[2]}{chosen}"
    entry = yamlio.flow({"target": target, "remove": True})
    return f"correct the pointer, or take it away there by an action at the end: `- {entry}`"


_OF_CALLBACK = re.compile(r"(/paths/[^/]+/[a-z]+)/(?:callbacks|x-task/callback)/.+")


_PAYLOAD = re.compile(r"/callbacks/.+/schema/\$ref$|/x-task/callback/")
_DANGLING = re.compile(r"dangling reference ")


def _without_any_callback(document: Mapping[str, Any], file: yamlio.HandWritten) -> Fault:
    """Return the fault of an overlay that has a callback whose payload no document states any more."""
    targets = ["$.paths.*.*.callbacks", "$.paths.*.*['x-task'].callback"]
    targets += ["$.components.callbacks"] if "callbacks" in document.get("components", {}) else []
    first, *others = (yamlio.flow({"target": target, "remove": True}) for target in targets)
    below = "".join(f", and below it `{file.indent('actions')}- {action}`" for action in others)
    problem = "gives operations a callback whose payload no document states"
    return Fault(file.name, "", problem, f"take the callback away: {file.add('actions', first)}{below}")


def _without_callback(document: Mapping[str, Any], fault: Fault, file: yamlio.HandWritten) -> Fault | None:
    """Return the fault of a call that has the callback of its siblings and takes no URL to send it to, as one."""
    match = _OF_CALLBACK.fullmatch(fault.place)
    operation = pointers.resolve(document, match[1]) if match else None
    if operation is None or not re.search(r"that the request has$|in the request body$", fault.problem):
        return None
    target = f"$.paths.*[?@.operationId == '{operation['operationId']}']"
    removals = [
        yamlio.flow({"target": f"{target}{at}", "remove": True}) for at in (".callbacks", "['x-task'].callback")
    ]
    problem = f"gives {operation['operationId']} a callback, and its request does not have what the callback needs"
    remedy = f"{file.add('actions', removals[0])}, and below it `{file.indent('actions')}- {removals[1]}`"
    return Fault(file.name, "", problem, f"correct the pointers, or take the callback away there: {remedy}")


def _remedy(fault: Fault, claim: str, file: yamlio.HandWritten, names: Mapping[str, str]) -> str:
    """Return how to mend what documents state: of a default that does not fit, the action that takes it away."""
    operation = names.get(claim.partition("#")[2].partition("/")[0])
    if not fault.place.endswith("/default") or operation is None:
        return f"{fault.remedy} in {file.name}, or decide what holds in specs/decisions"
    field = pointers.steps(fault.place)[-2]
    target = f"$.paths.*[?@.operationId == '{operation}']..properties['{field}']['default']"
    action = yamlio.flow({"target": target, "remove": True})
    return f"decide what holds in specs/decisions, or take the default away: {file.add('actions', action)}"


def _claims_at(evidence: Mapping[str, Sequence[str]], pointer: str) -> Sequence[str]:
    """Return the claims behind a fact, or behind the nearest object around it that is not an operation."""
    while pointer.count("/") > 3:
        if pointer in evidence:
            return evidence[pointer]
        pointer = pointer.rpartition("/")[0]
    return evidence.get(pointer, ())
