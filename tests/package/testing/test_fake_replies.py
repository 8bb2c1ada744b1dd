"""No reply of the fake differs from the catalog, whatever the operation; its files are what their names say."""

from __future__ import annotations

import json
import struct
import zlib
from typing import Any

import pytest
from wondergen._catalog.replies import Replies
from wondergen._catalog.service_document import Endpoint, load, names_of_services
from wondergen._media import FILES
from wondergen._runtime import media
from wondergen._runtime.operation import Operation
from wondergen.testing import Fake
from wondergen.testing.reply_drift import drifts

STATES = ("queued", "running", "succeeded", "failed", "cancelled", "timed_out")
OPERATIONS = [(service, name) for service in names_of_services() for name in load(service).endpoints]


def problems_of(service: str, endpoint: Endpoint, body: Any, status: int = 200) -> list[str]:
    """Return how a reply differs."""
    return [str(drift) for drift in drifts(load(service), endpoint.operation.name, status, json.dumps(body).encode())]


def test_every_operation_of_the_package_is_there() -> None:
    assert len(OPERATIONS) == sum(len(service.operations) for service in Fake().services.values()) > 0
    assert all(isinstance(load(service).endpoints[name].operation, Operation) for service, name in OPERATIONS)


@pytest.mark.parametrize("service, name", OPERATIONS)
def test_every_reply_is_as_the_catalog_has_it(service: str, name: str) -> None:
    catalog = load(service)
    endpoint, replies = catalog.endpoints[name], Replies(catalog)
    for code in [*catalog.codes, *catalog.statuses]:
        refusal = replies.refusal(endpoint, code)
        assert problems_of(service, endpoint, refusal.body, refusal.status) == []
    if endpoint.operation.kind == "query":
        assert problems_of(service, endpoint, replies.sample_reply(endpoint, {})) == []
        return
    result = replies.result(endpoint, number=1, files=2, values=None)
    if endpoint.operation.kind == "generate":
        assert problems_of(service, endpoint, replies.immediate_result(endpoint, result)) == []
        return
    assert problems_of(service, endpoint, replies.submit_reply(endpoint, "t-1")) == []
    known = set(endpoint.task["states"].values())
    for state in sorted(known.intersection(STATES)):
        made = result if state == "succeeded" else None
        body = replies.report(endpoint, replies.word(endpoint, state), progress=50, result=made)
        assert problems_of(service, replies.poll(endpoint), body) == []


@pytest.mark.parametrize("extension", FILES)
def test_a_file_is_what_its_name_says(extension: str, tmp_path: Any) -> None:
    _, content = FILES[extension]
    path = tmp_path / f"file.{extension}"
    path.write_bytes(content)
    assert media.sniff(content) == extension
    assert media.is_complete(path, extension) is not False


def test_the_picture_can_be_decoded() -> None:
    content = FILES["png"][1]
    assert struct.unpack(">II", content[16:24]) == (64, 36)
    start = content.index(b"IDAT")
    (length,) = struct.unpack(">I", content[start - 4 : start])
    assert len(zlib.decompress(content[start + 4 : start + 4 + length])) == (64 + 1) * 36
