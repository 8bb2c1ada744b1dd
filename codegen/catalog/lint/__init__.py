"""The lint of an OpenAPI document: what any OpenAPI 3.1 document must get right, and what our catalog asks on top."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from codegen.catalog.lint import (
    claim_rules,
    name_rules,
    operation_rules,
    reference_rules,
    schema_rules,
    task_rules,
)
from codegen.faults import Fault
from codegen.openapi import extension_rules
from codegen.openapi.document import Document
from codegen.openapi.finding import Finding, Rule

READABLE: tuple[Rule, ...] = (reference_rules.dangling_or_remote, schema_rules.malformed)
"""What everything that evaluates a schema relies on."""

OPENAPI: tuple[Rule, ...] = (
    operation_rules.duplicate_ids,
    operation_rules.path_parameters,
    operation_rules.duplicate_parameters,
    operation_rules.ambiguous_paths,
    operation_rules.security,
    operation_rules.links,
    operation_rules.callbacks,
    schema_rules.nullable,
    schema_rules.crossed_bounds,
)
"""True of every OpenAPI document, ours or not."""

VALUES: tuple[Rule, ...] = (schema_rules.defaults, schema_rules.enums, schema_rules.examples)
"""Evaluates schemas, and so runs only on readable ones."""

EXTENSIONS: tuple[Rule, ...] = (
    extension_rules.misplaced_or_misshapen,
    extension_rules.wire_forms,
    extension_rules.media,
    extension_rules.choices,
    extension_rules.envelope,
    task_rules.pointers_and_results,
    task_rules.states,
    name_rules.methods,
    name_rules.parameters,
    name_rules.members,
)
"""Our extensions, wherever they are used."""

CATALOG: tuple[Rule, ...] = (
    reference_rules.unused_components,
    extension_rules.unknown,
    operation_rules.missing_ids,
    task_rules.missing,
    task_rules.unlinked,
    name_rules.missing,
    schema_rules.unknown_keywords,
    schema_rules.unknown_properties,
    claim_rules.missing,
    claim_rules.dangling,
)
"""What only a document of the catalog has to have."""


def lint(document: dict[str, Any], name: str, *, evidence: Mapping[str, Sequence[str]] | None = None) -> list[Fault]:
    """Return every fault of a document; `name` is what they call it. With evidence it is a document of the catalog."""
    if not isinstance(document, dict) or not str(document.get("openapi", "")).startswith("3.1."):
        return [Fault(name, "", "is not an OpenAPI 3.1 document", "start with `openapi: 3.1.0`, `info` and `paths`")]
    if faults := list(reference_rules.keys_that_are_no_text(document)):
        return _faults(faults, name)
    view = Document(document, name, evidence)
    faults = [finding for rule in READABLE for finding in rule(view)]
    readable = not faults
    for rule in (*OPENAPI, *(VALUES if readable else ())):
        faults.extend(rule(view))
    if not reference_rules.leaves_the_document(document):
        faults.extend(schema_rules.specification_errors(view, sound=not faults))
    for rule in (*EXTENSIONS, *(CATALOG if evidence is not None else ())):
        faults.extend(rule(view))
    return _faults(faults, name)


def _faults(findings: Iterable[Finding], name: str) -> list[Fault]:
    return sorted({Fault(name, finding.pointer, finding.problem, finding.remedy) for finding in findings})
