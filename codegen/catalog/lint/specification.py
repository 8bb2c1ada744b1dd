"""What openapi-spec-validator says, as findings of the lint."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openapi_spec_validator import OpenAPIV31SpecValidator

from codegen.catalog import pointers
from codegen.catalog.lint.finding import Finding, short
from codegen.catalog.lint.references import leaves_the_document
from codegen.catalog.nodes import Document

REMEDY = "see the OpenAPI 3.1 specification"


def errors(document: Document, known: Sequence[Finding]) -> Iterator[Finding]:
    """Its errors, less those that our own rules have found already and tell with a place and a remedy."""
    if any("reference" in finding.problem for finding in known) or leaves_the_document(document.root):
        return  # it would fetch what is remote, and raise on what is missing; both are reported
    for error in OpenAPIV31SpecValidator(document.root).iter_errors():
        at = pointers.join("", *error.absolute_path)
        # The errors that say no place are about parameters, operationIds and defaults, which our rules cover.
        if any(finding.pointer.startswith(at) for finding in known):
            continue
        yield Finding(at, f"not OpenAPI 3.1: {short(error.message)}", REMEDY)
