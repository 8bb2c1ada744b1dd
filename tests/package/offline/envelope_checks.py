"""Checks for schemathesis that understand an envelope: a refusal in-band, with HTTP 200, is a refusal.

Where a vendor refuses in-band, the checks of schemathesis that look at the HTTP status alone cannot hold. Here are the
same checks on the status that the in-band code means. Loaded by schemathesis, through SCHEMATHESIS_HOOKS.
"""

from __future__ import annotations

import copy
from typing import Any

import requests
import schemathesis
from schemathesis.specs.openapi import checks

from tests import catalog_values
from tests.chosen_operations import PICTURE, VIDEO
from tests.package.offline.envelopes import meant

_checked: set[str] = set()


def _translated(response: Any, case: Any) -> Any:
    found = copy.copy(response)
    found.status_code = meant(case.operation.schema.raw_schema, response.status_code, response.content)
    return found


@schemathesis.check
def wrong_data_is_refused(ctx: Any, response: Any, case: Any) -> bool | None:
    return checks.negative_data_rejection(ctx, _translated(response, case), case)


@schemathesis.check
def right_data_is_accepted(ctx: Any, response: Any, case: Any) -> bool | None:
    return checks.positive_data_acceptance(ctx, _translated(response, case), case)


@schemathesis.check
def a_required_header_is_missed(ctx: Any, response: Any, case: Any) -> bool | None:
    return checks.missing_required_header(ctx, _translated(response, case), case)


@schemathesis.check
def a_key_is_needed(ctx: Any, response: Any, case: Any) -> bool | None:
    """Check that no key and a wrong key are refused. The offline upstream takes any other."""
    document, node = case.operation.schema.raw_schema, case.operation.definition.raw
    if not node.get("security", document.get("security")) or case.operation.label in _checked:
        return None
    if not 200 <= _translated(response, case).status_code < 300:
        return None
    _checked.add(case.operation.label)
    secret = {"authorization", *(catalog_values.key_header(name).lower() for name in (PICTURE.service, VIDEO.service))}
    for key in (None, "wrong-key"):
        again = response.request.copy()
        for name in [name for name in again.headers if name.lower() in secret]:
            del again.headers[name]
            if key and name.lower() != "authorization":
                again.headers[name] = key
        if key and "authorization" in {name.lower() for name in response.request.headers}:
            again.prepare_auth((key, "fake"))
        with requests.Session() as session:
            answer = session.send(again)
        status = meant(document, answer.status_code, answer.content)
        assert status == 401, f"a call with the key {key} was answered with {answer.status_code}: {answer.text}"
    return None
