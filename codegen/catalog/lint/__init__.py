"""The lint of an OpenAPI document: what any OpenAPI 3.1 document must get right, and what our catalog asks on top."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from codegen.catalog.lint import (
    claims,
    extensions,
    names,
    operations,
    references,
    schemas,
    specification,
    tasks,
)
from codegen.catalog.lint.finding import Finding, Rule
from codegen.faults import Fault
from codegen.openapi.document import Document

READABLE: tuple[Rule, ...] = (references.dangling_or_remote, schemas.malformed)
"""What everything that evaluates a schema relies on."""

OPENAPI: tuple[Rule, ...] = (
    operations.duplicate_ids,
    operations.path_parameters,
    operations.duplicate_parameters,
    operations.ambiguous_paths,
    operations.security,
    operations.links,
    operations.callbacks,
    schemas.nullable,
    schemas.crossed_bounds,
)
"""True of every OpenAPI document, ours or not."""

VALUES: tuple[Rule, ...] = (schemas.defaults, schemas.enums, schemas.examples)
"""Evaluates schemas, and so runs only on readable ones."""

EXTENSIONS: tuple[Rule, ...] = (
    extensions.misplaced_or_misshapen,
    extensions.wire_forms,
    extensions.media,
    extensions.choices,
    extensions.envelope,
    tasks.pointers_and_results,
    tasks.states,
    names.methods,
    names.parameters,
    names.members,
)
"""Our extensions, wherever they are used."""

CATALOG: tuple[Rule, ...] = (
    references.unused_components,
    extensions.unknown,
    operations.missing_ids,
    tasks.missing,
    tasks.unlinked,
    names.missing,
    schemas.unknown_keywords,
    schemas.unknown_properties,
    claims.missing,
    claims.dangling,
)
"""What only a document of the catalog has to have."""


def lint(document: dict[str, Any], name: str, *, evidence: Mapping[str, Sequence[str]] | None = None) -> list[Fault]:
    """Return every fault of a document; `name` is what they call it. With evidence it is a document of the catalog."""
    if not isinstance(document, dict) or not str(document.get("openapi", "")).startswith("3.1."):
        return [Fault(name, "", "is not an OpenAPI 3.1 document", "start with `openapi: 3.1.0`, `info` and `paths`")]
    if found := list(references.keys_that_are_no_text(document)):
        return _faults(found, name)
    view = Document(document, name, evidence)
    found = [finding for rule in READABLE for finding in rule(view)]
    readable = not found
    for rule in (*OPENAPI, *(VALUES if readable else ())):
        found.extend(rule(view))
    if not references.leaves_the_document(document):
        found.extend(specification.errors(view, sound=not found))
    for rule in (*EXTENSIONS, *(CATALOG if evidence is not None else ())):
        found.extend(rule(view))
    return _faults(found, name)


def _faults(found: Iterable[Finding], name: str) -> list[Fault]:
    return sorted({Fault(name, finding.pointer, finding.problem, finding.remedy) for finding in found})
