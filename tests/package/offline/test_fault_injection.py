"""Everything in the table of faults happens, by each of the three ways to ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from wondergen import (
    APIError,
    BadRequest,
    ContentRejected,
    DownloadError,
    InsufficientCredits,
    OutcomeUnknown,
    RateLimited,
    ServerError,
    TaskCancelled,
    TaskFailed,
    TaskTimedOut,
    WaitTimeout,
    WondergenError,
)
from wondergen.offline import FaultRate, Running
from wondergen.offline.fault_kinds import FAULTS, wishes_in
from wondergen.offline.state import FaultInjector

from tests import catalog_values
from tests.chosen_operations import CREDITS, DIAGRAM, PICTURE, VIDEO, Example
from tests.package.offline.conftest import Harness, StillClock
from tests.package.offline.valid_calls import a_call, method

NO_DIAGRAM = DIAGRAM.code(error="ServerError")
CASES: list[tuple[str, str, str, type[WondergenError], str]] = [
    (*VIDEO.place, "fails", TaskFailed, "was asked to fail"),
    (*VIDEO.place, "reason=too_dark", TaskFailed, "too dark"),
    (*VIDEO.place, "cancelled", TaskCancelled, "cancelled"),
    (*VIDEO.place, "times_out", TaskTimedOut, "timed out at the service"),
    (*VIDEO.place, "unknown_status", WaitTimeout, "unknown"),
    (*VIDEO.place, "expired_files", DownloadError, "403"),
    (*VIDEO.place, "rate_limited", RateLimited, str(VIDEO.refusal("RateLimited", 429))),
    (*VIDEO.place, "status=503", OutcomeUnknown, "503"),
    (*VIDEO.place, "code=413", BadRequest, "too large"),
    (*VIDEO.place, "garbled", OutcomeUnknown, "not JSON"),
    (*VIDEO.place, "disconnects", OutcomeUnknown, "disconnected"),
    (*DIAGRAM.place, "rate_limited", RateLimited, str(DIAGRAM.refusal("RateLimited", 429))),
    (*DIAGRAM.place, f"code={NO_DIAGRAM}", ServerError, DIAGRAM.meaning(NO_DIAGRAM)),
    (PICTURE.service, PICTURE.name, "unknown_status", WaitTimeout, "unknown"),
    (*CREDITS.place, "status=418", APIError, "418"),
]
NEED_A_CODE: list[tuple[Example, str, type[WondergenError]]] = [
    (DIAGRAM, "rejected", ContentRejected),
    (PICTURE, "no_credits", InsufficientCredits),
]
CASES += [
    (*called.place, fault, error, called.codes(error=error.__name__)[0])
    for called, fault, error in NEED_A_CODE
    if called.codes(error=error.__name__)
]
WAYS = ["words", "order", "chance"]


def test_every_fault_is_tried() -> None:
    without_a_code = {row[1] for row in NEED_A_CODE if not row[0].codes(error=row[2].__name__)}
    assert {case[2].partition("=")[0] for case in CASES} | {"slow"} == set(FAULTS) - without_a_code


@pytest.fixture(autouse=True)
def without_faults(server: Running) -> Iterator[None]:
    """Remove the faults that a test ordered."""
    yield
    server.upstream.state.fault_injector = FaultInjector((), None)


def inject(server: Running, way: str, service: str, operation: str, fault: str, call: dict[str, Any]) -> None:
    """Ask for a fault of the next call."""
    if way == "words":
        call["prompt"] = f"A fox offline:{fault} on a lake"
    elif way == "order":
        row = {"service": service, "operation": operation, "fault": fault}
        assert httpx.put(f"{server.url}/control/faults", json=[row]).json() == [{**row, "times": 1}]
    else:
        server.upstream.state.fault_injector = FaultInjector((FaultRate(fault, 1.0),), 1)


def saved(harness: Harness, call: Any, arguments: dict[str, Any], folder: Path) -> None:
    """Run from the call to the file."""
    harness.run(harness.run(harness.run(call(**arguments)).wait()).save(folder))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("service, operation, fault, error, words", CASES)
def test_a_fault_happens(
    harness: Harness,
    tmp_path: Path,
    way: str,
    service: str,
    operation: str,
    fault: str,
    error: type[WondergenError],
    words: str,
) -> None:
    call = a_call(service, operation)
    if way == "words" and "prompt" not in call:
        pytest.skip("the operation takes no text")
    inject(harness.server, way, service, operation, fault, call)
    with pytest.raises(error, match=words):
        saved(harness, method(harness.client(service), operation), call, tmp_path)


@pytest.mark.parametrize("fault", ["garbled", "disconnects"])
def test_what_is_lost_on_the_way_back_was_done_and_paid_for(harness: Harness, fault: str) -> None:
    before = harness.server.upstream.balance(VIDEO.service)
    with pytest.raises(OutcomeUnknown):
        harness.run(VIDEO.call(harness.client(VIDEO.service), f"A fox offline:{fault}"))
    assert harness.server.upstream.balance(VIDEO.service) == before - 1
    assert fault in harness.server.upstream.tasks(1)[0].text


def test_an_order_holds_for_so_many_calls_where_it_is_possible(harness: Harness) -> None:
    order = [{"fault": "fails", "times": 2}]
    httpx.put(f"{harness.server.url}/control/faults", json=order)
    client, endings = harness.client(VIDEO.service), []
    for _ in range(3):
        try:
            harness.run(harness.run(VIDEO.call(client, "A fox")).wait())
        except TaskFailed:
            endings.append("failed")
        else:
            endings.append("succeeded")
    assert endings == ["failed", "failed", "succeeded"]
    assert httpx.get(f"{harness.server.url}/control/faults").json() == []


@pytest.mark.parametrize("service, operation", [VIDEO.place, DIAGRAM.place])
def test_too_many_calls_say_when_to_come_back_where_that_is_asked_for(
    harness: Harness, service: str, operation: str
) -> None:
    call, pauses = method(harness.client(service), operation), []
    given = a_call(service, operation)
    for fault in ("rate_limited", "rate_limited=7"):
        with pytest.raises(RateLimited) as caught:
            harness.run(call(**{**given, "prompt": f"A fox offline:{fault}"}))
        pauses.append(caught.value.retry_after)
    assert pauses == [None, 7]


ENVELOPES: list[tuple[str, str, str, dict[str, Any]]] = [
    (VIDEO.service, VIDEO.path, "rate_limited", {"code": VIDEO.refusal("RateLimited", 429)}),
    (VIDEO.service, VIDEO.path, "code=413", {"code": 413, "msg": "A file is too large."}),
    (VIDEO.service, VIDEO.path, "status=503", {"code": 503, "msg": "The offline upstream was asked to say so"}),
    (DIAGRAM.service, DIAGRAM.path, "rate_limited", {"code": DIAGRAM.refusal("RateLimited", 429)}),
]


@pytest.mark.parametrize("service, path, fault, envelope", ENVELOPES)
def test_a_refusal_that_was_asked_for_comes_in_the_envelope_of_the_service(
    server: Running, service: str, path: str, fault: str, envelope: dict[str, Any]
) -> None:
    keys, headers = httpx.BasicAuth("any", "any"), {catalog_values.key_header(VIDEO.service): "any"}
    body = {**VIDEO.others, "prompt": f"A fox offline:{fault}"}
    reply = httpx.post(server.base_url(service) + path, json=body, auth=keys, headers=headers).json()
    assert reply | envelope == reply


def test_a_client_waits_as_long_as_it_is_told(harness: Harness, clock: StillClock) -> None:
    httpx.put(f"{harness.server.url}/control/faults", json=[{"fault": "rate_limited=7"}])
    before = clock.offset
    assert harness.run(VIDEO.call(harness.client(VIDEO.service, max_retries=1), "A fox")).id
    assert clock.offset - before == 7


WORDS = [
    ("A fox, offline:fails.", ["fails"]),
    ("Wait (offline:slow=2.5), then go", ["slow=2.5"]),
    ('Say "offline:slow=2"!', ["slow=2"]),
    ("offline:fails offline:garbled", ["fails", "garbled"]),
    ("see http://offline:8080/a.png", []),
    ("https://files.example.com/offline:fails", []),
    ("an-offline:fails", []),
    ("the offline: mode", []),
]


@pytest.mark.parametrize("text, wishes", WORDS)
def test_a_magic_word_is_a_word_and_no_part_of_an_address(text: str, wishes: list[str]) -> None:
    assert [str(wish) for wish in wishes_in([text])] == wishes


def test_orders_can_be_taken_back(harness: Harness) -> None:
    url = f"{harness.server.url}/control/faults"
    assert len(httpx.put(url, json=[{"fault": "rate_limited", "times": 9}, {"fault": "slow=60"}]).json()) == 2
    assert httpx.delete(url).json() == []
    assert harness.run(DIAGRAM.call(harness.client(DIAGRAM.service), "Plan")).urls


def test_chance_is_the_same_for_the_same_seed() -> None:
    def drawn(seed: int) -> list[int]:
        injector = FaultInjector((FaultRate("fails", 0.5),), seed)
        return [len(injector.draw("any", "any", lambda _: True)) for _ in range(64)]

    assert drawn(1) == drawn(1) != drawn(2)
    assert 16 < sum(drawn(1)) < 48


def test_a_slow_reply_waits_before_it_is_sent(server: Running) -> None:
    (wish,) = wishes_in(["offline:slow=2.5 please"])
    assert str(wish) == "slow=2.5"
    server.upstream.state.fault_injector = FaultInjector((FaultRate("slow=2.5", 1.0),), 1)
    reply = server.upstream.answer(DIAGRAM.service, "POST", DIAGRAM.path, base_url=server.url)
    assert reply.delay == 2.5


def test_a_slow_reply_arrives(harness: Harness) -> None:
    assert harness.run(DIAGRAM.call(harness.client(DIAGRAM.service), "Plan offline:slow=0.01")).urls


def test_several_faults_go_together(harness: Harness) -> None:
    before = harness.server.upstream.balance(VIDEO.service)
    with pytest.raises(RateLimited):
        harness.run(VIDEO.call(harness.client(VIDEO.service), "A fox offline:slow=0.01 offline:rate_limited"))
    assert harness.server.upstream.balance(VIDEO.service) == before


IMPOSSIBLE = [
    (PICTURE.service, PICTURE.name, "cancelled", "no document has a status for 'cancelled'"),
    (PICTURE.service, PICTURE.name, "reason=dark", "no document has a place for the reason"),
    (PICTURE.service, PICTURE.name, "code=9", "no document has the code 9"),
    (VIDEO.service, VIDEO.name, "rejected", "no document has a code that means ContentRejected"),
    (*DIAGRAM.place, "fails", f"{DIAGRAM.name} starts no task"),
    (*DIAGRAM.place, "no_credits", "no document has a code that means InsufficientCredits"),
    (*DIAGRAM.place, "status=200", "cannot have the value '200'"),
    (*DIAGRAM.place, "slow", "cannot have the value ''"),
    (*DIAGRAM.place, "rate_limited=soon", "cannot have the value 'soon'"),
    (*DIAGRAM.place, "garbled=1", "takes no value"),
    (*DIAGRAM.place, "fail", "did you mean 'fails'"),
    (*DIAGRAM.place, "earthquake", "known are rate_limited"),
]


@pytest.mark.parametrize("service, operation, fault, words", IMPOSSIBLE)
def test_what_no_document_allows_is_refused_and_says_why(
    harness: Harness, service: str, operation: str, fault: str, words: str
) -> None:
    call = {**a_call(service, operation), "prompt": f"A fox offline:{fault}"}
    before = harness.server.upstream.balance(service)
    with pytest.raises(BadRequest, match=words) as caught:
        harness.run(method(harness.client(service), operation)(**call))
    assert caught.value.http_status == 400
    assert harness.server.upstream.balance(service) == before
    row = {"service": service, "operation": operation, "fault": fault}
    response = httpx.put(f"{harness.server.url}/control/faults", json=[row])
    assert (response.status_code, words in response.json()["message"]) == (400, True)


def test_a_key_is_asked_for_before_any_fault(server: Running) -> None:
    server.upstream.state.fault_injector = FaultInjector((FaultRate("rate_limited", 1.0),), 1)
    assert httpx.post(VIDEO.report.at(server.base_url(VIDEO.service)), json={"task_id": "1"}).status_code == 401
