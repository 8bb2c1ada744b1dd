"""What openapi-spec-validator says, as findings of the lint."""

from __future__ import annotations

from collections.abc import Iterator

from jsonschema.validators import validator_for
from openapi_spec_validator import OpenAPIV31SpecValidator
from openapi_spec_validator.schemas import schema_v31

from codegen.catalog.lint.finding import Finding, short
from codegen.openapi import pointers
from codegen.openapi.document import Document

REMEDY = "see the OpenAPI 3.1 specification"


def errors(document: Document, *, sound: bool) -> Iterator[Finding]:
    """Report what openapi-spec-validator finds.

    `sound`: our own rules found nothing, so it can follow references without raising or repeating us.
    """
    validator = OpenAPIV31SpecValidator(document.root)
    # By its own choice it would take a faster validator where one is installed, which says the same in other words.
    shape = validator_for(schema_v31)(schema_v31)
    found = list(shape.iter_errors(document.root))
    if sound and not found:
        found = list(validator.root_validator(validator.schema_path))
    for error in found:
        at = pointers.join("", *error.absolute_path)
        yield Finding(at, f"not OpenAPI 3.1: {short(error.message)}", REMEDY)
