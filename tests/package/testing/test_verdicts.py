"""What fails a test: wrong calls, plans without effect, and plans that the catalog does not allow."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from wondergen import InvalidRequest, RateLimited
from wondergen.testing import Fake, PlanError, TestProblems, WrongCall

from tests import catalog_values
from tests.chosen_operations import CREDITS, DIAGRAM, FROM_IMAGE, PICTURE, VIDEO
from tests.package.testing.conftest import Harness

MODEL = FROM_IMAGE.name.partition(".")[2]
KEY = catalog_values.key_header(VIDEO.service)
KEYS = {KEY: "fake", "Authorization": "Basic YTpi"}


def problems(fake: Fake) -> str:
    """Return what the kit reports at the end of the test."""
    with pytest.raises(TestProblems) as caught:
        fake.verify()
    return str(caught.value)


def test_a_wrong_call_is_told_with_all_its_faults_even_if_it_is_swallowed(fake: Fake, harness: Harness) -> None:
    with contextlib.suppress(Exception):
        harness.run(VIDEO.call(harness.client(VIDEO), "A fox", extra_body={"duration": 0, "seed": 1}))
    report = problems(fake)
    assert f"{VIDEO.full}: the call is wrong" in report
    assert f"duration: 0 is not one of {VIDEO.choices('duration')}" in report
    assert "'seed' was unexpected" in report


def test_a_call_that_the_client_refuses_is_told_even_if_it_is_swallowed(fake: Fake, harness: Harness) -> None:
    client = harness.client(PICTURE)
    with contextlib.suppress(InvalidRequest):
        harness.run(FROM_IMAGE.of(client)("A fox", image="https://a.example/b.png", duration="odd"))
    report = problems(fake)
    assert f"{FROM_IMAGE.name}: the call is wrong\n  duration: " in report
    assert f"fake.{FROM_IMAGE.full}.invalid_request()" in report


def test_a_call_that_the_client_refuses_may_be_meant(fake: Fake, harness: Harness) -> None:
    VIDEO.of(fake).invalid_request()
    with pytest.raises(InvalidRequest):
        harness.run(VIDEO.call(harness.client(VIDEO), "A fox", resolution="odd"))


def test_fields_beyond_the_documents_may_be_meant(fake: Fake, harness: Harness) -> None:
    VIDEO.of(fake).accepts("seed")
    harness.run(VIDEO.call(harness.client(VIDEO), "A fox", extra_body={"seed": 1}))
    assert fake.calls[0].body == VIDEO.body("A fox", seed=1)


RAW: list[tuple[dict[str, Any], str]] = [
    ({"url": VIDEO.url, "json": VIDEO.body("a")}, f"the header {KEY}, which carries the key, is missing"),
    ({"url": VIDEO.url, "json": VIDEO.body("a"), "headers": {**KEYS, "Authorization": "Basic !"}}, "not Basic"),
    ({"url": VIDEO.url, "headers": KEYS}, "no body was sent"),
    (
        {"url": VIDEO.url, "content": b"{", "headers": {**KEYS, "Content-Type": "application/json"}},
        "the body is not JSON",
    ),
    ({"url": VIDEO.url, "content": b"{}", "headers": KEYS}, "Content-Type is ''"),
    ({"url": VIDEO.url, "json": {}, "headers": KEYS}, "'prompt' is a required property"),
    ({"url": f"{VIDEO.url}?x=1", "json": VIDEO.body("a"), "headers": KEYS}, "query parameter x"),
    ({"url": f"{VIDEO.url}x", "json": VIDEO.body("a"), "headers": KEYS}, "the catalog has no such operation"),
    (
        {"url": VIDEO.url, "method": "PUT", "json": VIDEO.body("a"), "headers": KEYS},
        "the catalog has no such operation",
    ),
]


@pytest.mark.parametrize("request_, words", RAW)
def test_a_request_is_judged_by_the_catalog_alone(fake: Fake, request_: dict[str, Any], words: str) -> None:
    with pytest.raises(WrongCall):
        httpx.request(**{"method": "POST", **request_})
    assert words in problems(fake)


def test_another_base_url_has_to_be_named(fake: Fake, harness: Harness) -> None:
    client = harness.client(VIDEO, base_url="https://gateway.example/v1")
    with pytest.raises(WrongCall, match="no service of this package is there"):
        harness.run(VIDEO.call(client, "A fox"))
    problems(fake)
    VIDEO.plans(fake).also_at("https://gateway.example/v1")
    harness.waited(VIDEO.call(client, "A fox"))


CODE = int(DIAGRAM.codes()[0])
UNUSED: list[tuple[Callable[[Fake], Any], str]] = [
    (
        lambda fake: VIDEO.of(fake).succeeds(),
        f"fake.{VIDEO.full}.succeeds() was planned and never",
    ),
    (lambda fake: CREDITS.of(fake).returns(credits=1), f"{CREDITS.full}.returns(credits) was planned and never used"),
    (lambda fake: DIAGRAM.of(fake).refuses(CODE), f"{DIAGRAM.name}.refuses({CODE}) was planned and never used"),
    (lambda fake: VIDEO.of(fake).has_task("t-1"), "has_task('t-1') was planned and never used"),
    (lambda fake: DIAGRAM.of(fake).slow(3), f"{DIAGRAM.name}.slow(3) was planned and never used"),
    (lambda fake: DIAGRAM.of(fake).invalid_request(), f"{DIAGRAM.name}.invalid_request() was planned"),
]


@pytest.mark.parametrize("plan, words", UNUSED)
def test_whatever_is_planned_has_to_happen(fake: Fake, plan: Callable[[Fake], Any], words: str) -> None:
    plan(fake)
    assert words in problems(fake)
    fake.verify()


def test_a_refusal_has_to_happen_as_often_as_planned(fake: Fake, harness: Harness) -> None:
    DIAGRAM.of(fake).rate_limited(times=5)
    with pytest.raises(RateLimited):
        harness.run(DIAGRAM.call(harness.client(DIAGRAM), "A week"))
    assert "rate_limited() was planned and 2 of 5 times used" in problems(fake)


def test_a_failure_has_to_be_seen(fake: Fake, harness: Harness) -> None:
    VIDEO.of(fake).fails(reason="dark")
    harness.run(VIDEO.call(harness.client(VIDEO), "A fox"))
    assert "it was not asked for until it ended" in problems(fake)


DONE = VIDEO.status("succeeded")
REFUSED_PLANS: list[tuple[Callable[[Fake], Any], str]] = [
    (lambda fake: CREDITS.of(fake).returns(credits="many"), "'many' is not of type 'integer'"),
    (lambda fake: CREDITS.of(fake).returns(credit=5), "did you mean 'credits'"),
    (lambda fake: DIAGRAM.of(fake).returns(**{DIAGRAM.files: 7}), "7 is not of type 'string'"),
    (lambda fake: VIDEO.of(fake).succeeds(result={VIDEO.files: "x"}), "'x' is not of type 'array'"),
    (lambda fake: VIDEO.of(fake).succeeds(after=0), "the first poll is 1"),
    (lambda fake: VIDEO.of(fake).refuses(999), "no document has the code 999; the documented ones are "),
    (
        lambda fake: PICTURE.of(fake).fails(code=7),
        "no document has the in-band code 7; the documented ones are",
    ),
    (lambda fake: PICTURE.of(fake).refuses(500), "no document has the code 500; the documented ones are"),
    (lambda fake: PICTURE.of(fake).cancelled(), "no document has a status for 'cancelled'"),
    (lambda fake: PICTURE.of(fake).fails(reason="x"), "knows no place for a reason"),
    (lambda fake: VIDEO.of(fake).unknown_status(DONE), f"the catalog knows the status {DONE}"),
    (lambda fake: DIAGRAM.of(fake).garbled(times=0), "not a number from 1 on"),
    (lambda fake: DIAGRAM.of(fake).slow(-3), "seconds is -3, not more than 0"),
    (lambda fake: VIDEO.of(fake).unknown_status("x", polls=0), "polls is 0, not a number from 1 on"),
    (lambda fake: VIDEO.of(fake).fails(code=401), "for this service none is documented"),
    (lambda fake: VIDEO.plans(fake).also_at("gateway.example"), "begins with neither https:// nor http://"),
]


@pytest.mark.parametrize("plan, words", REFUSED_PLANS)
def test_a_plan_that_the_catalog_does_not_allow_fails_where_it_is_made(
    fake: Fake, plan: Callable[[Fake], Any], words: str
) -> None:
    with pytest.raises(PlanError) as caught:
        plan(fake)
    assert words in str(caught.value)


NAMES: list[tuple[Callable[[Any], Any], str]] = [
    (
        lambda fake: getattr(fake, f"{VIDEO.service}e"),
        f"the fake has no '{VIDEO.service}e'; did you mean '{VIDEO.service}'?",
    ),
    (
        lambda fake: getattr(VIDEO.plans(fake), f"{VIDEO.name}e"),
        f"the fake of {VIDEO.service} has no '{VIDEO.name}e'; did you mean '{VIDEO.name}'?",
    ),
    (
        lambda fake: getattr(PICTURE.plans(fake), MODEL),
        f"the fake of {PICTURE.service} has no '{MODEL}'; ",
    ),
    (lambda fake: VIDEO.of(fake).suceeds, f"fake.{VIDEO.full} has no 'suceeds'; did you mean 's"),
    (lambda fake: DIAGRAM.of(fake).fails, f"fake.{DIAGRAM.full} has no 'fails'; it has accepts, disconnects"),
]


@pytest.mark.parametrize("look, words", NAMES)
def test_a_name_that_is_not_there_is_told_with_the_nearest_one(
    fake: Fake, look: Callable[[Any], Any], words: str
) -> None:
    with pytest.raises(AttributeError) as caught:
        look(fake)
    assert words in str(caught.value)


def test_a_wrong_call_is_not_said_to_have_been_accepted(fake: Fake, harness: Harness) -> None:
    with pytest.raises(WrongCall) as caught:
        harness.run(VIDEO.call(harness.client(VIDEO), "A fox", extra_body={"seed": 1}))
    assert not hasattr(caught.value, "__notes__")
    fake.forget()


def test_a_fake_works_without_pytest_too() -> None:
    def inner() -> None:
        with Fake() as fake, VIDEO.client() as client:
            VIDEO.of(fake).succeeds()
            CREDITS.of(fake).returns(credits=1)
            VIDEO.call(client, "A fox")

    with pytest.raises(TestProblems, match="never used"):
        inner()
