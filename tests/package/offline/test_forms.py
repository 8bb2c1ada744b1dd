"""The forms: a call of every operation, what is wrong with it in words, and who may send them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from wondergen._catalog.facts import ParameterFacts
from wondergen.offline import Running
from wondergen.offline.pages import form_fields
from wondergen.offline.pages.code_examples import KEY

from tests.chosen_operations import CREDITS, PICTURE, SIZED, VIDEO, WITH_SOUND
from tests.package.offline.conftest import StillClock
from tests.package.offline.markup import Page, wrong
from tests.package.offline.valid_calls import OPERATIONS

REPORTS = (VIDEO.report.name, PICTURE.report.name)
FORM = f"/operations/{VIDEO.page}"
REDRAWN = f"/operations/{SIZED.page}"


@pytest.fixture(scope="module")
def browser(server: Running) -> Iterator[httpx.Client]:
    """Return what a browser without JavaScript does."""
    with httpx.Client(base_url=server.url, trust_env=False) as client:
        yield client


def opened(browser: httpx.Client, place: str) -> Page:
    """Return a page, checked."""
    reply = browser.get(place)
    assert reply.status_code == 200
    return Page(str(reply.url), reply.text)


def sent(browser: httpx.Client, place: str, status: int = 200, **values: str) -> Page:
    """Return the page that comes when the form is sent as it was filled in, with these other values."""
    form = opened(browser, place).form() | {
        f"argument.{name}": value for name, value in values.items() if value != "yes"
    }
    if values.get("unchecked"):
        form["unchecked"] = "yes"
    reply = browser.post(place, data=form)
    assert reply.status_code == status
    page = Page(str(reply.url), reply.text)
    assert wrong(page) == []
    return page


def outcome(page: Page) -> str:
    """Return the outcome on the page."""
    return " ".join(page.by_id("outcome").text.split())


@pytest.mark.parametrize("service, name", OPERATIONS)
def test_every_documented_example_of_every_operation_succeeds(
    service: str, name: str, browser: httpx.Client, server: Running
) -> None:
    if name in REPORTS:
        task = next(one for known, one in OPERATIONS if known == service and one not in (*REPORTS, CREDITS.name))
        sent(browser, f"/operations/{service}/{task}")
    place = f"/operations/{service}/{name}"
    others = [one.attributes["href"].partition("#")[0] for one in opened(browser, place).all("a")]
    places = [place, *(other for other in others if other.startswith(f"{place}?example="))]
    kind = server.upstream.catalogs[service].endpoints[name].operation.kind
    for example in places:
        before = server.upstream.balance(service)
        page = sent(browser, example)
        assert "The call was accepted" in outcome(page), example
        assert server.upstream.balance(service) == before - (kind != "query")
        assert bool(page.with_class("task")) is (kind == "submit")
        assert bool(page.with_class("files")) is (kind == "generate")


def test_request_and_reply_are_shown_as_they_went_over_the_wire(browser: httpx.Client, server: Running) -> None:
    seconds = WITH_SOUND.seconds("duration")
    page = sent(browser, f"/operations/{WITH_SOUND.page}", prompt="A calm sea", duration=str(seconds))
    bodies = {one.attributes["aria-label"]: one.text for one in page.all("pre")}
    body = json.loads(bodies["Body of the request"])
    assert body["data"] | {"image": ""} == {"image": "", "prompt": "A calm sea", "duration": f"{seconds}s"}
    assert json.loads(bodies["Body of the reply"])["data"]["task_id"] == server.upstream.tasks(1)[0].id
    assert f"POST {server.base_url(WITH_SOUND.service)}{WITH_SOUND.path}" in outcome(page)


def test_no_key_is_shown_in_a_request(browser: httpx.Client) -> None:
    page = sent(browser, FORM)
    assert [one.text for one in page.all("dd")].count("*** (a made-up key)") == 2
    assert KEY not in outcome(page)


def test_what_is_wrong_stands_beside_its_input_and_nothing_is_sent(browser: httpx.Client, server: Running) -> None:
    before = server.upstream.balance(VIDEO.service)
    page = sent(browser, REDRAWN, 422, prompt="", width="12", control_intensity="strong")
    assert "Nothing was sent. 3 things are wrong" in outcome(page)
    for name, fault in {
        "prompt": "is required",
        "width": "below the minimum 512",
        "control_intensity": "number",
    }.items():
        field = page.by_id(f"input-{name}")
        assert field.attributes["aria-invalid"] == "true"
        assert f"input-{name}-fault" in field.attributes["aria-describedby"].split()
        assert fault in page.by_id(f"input-{name}-fault").text
    assert page.form()["argument.width"] == "12"
    assert "aria-invalid" not in page.by_id("input-height").attributes
    assert server.upstream.balance(VIDEO.service) == before


def test_a_rule_over_two_inputs_is_told(browser: httpx.Client) -> None:
    page = sent(browser, REDRAWN, 422, control_type="2", init_image="")
    assert "is required where control_type is '2'" in page.by_id("input-init_image-fault").text


def test_a_wrong_call_is_sent_all_the_same_when_asked_and_refused_by_the_service(
    browser: httpx.Client, server: Running
) -> None:
    before = server.upstream.balance(VIDEO.service)
    page = sent(browser, REDRAWN, width="12", unchecked="yes")
    text = outcome(page)
    assert "The client would not have sent this. 1 thing is wrong" in text
    assert "The client would raise BadRequest" in text
    assert "HTTP 400" in text
    assert '"width": 12' in text
    assert "checked" in page.by_id("unchecked").attributes
    assert server.upstream.balance(VIDEO.service) == before


def test_a_choice_that_there_is_not_stays_in_the_form_and_is_told(browser: httpx.Client) -> None:
    page = sent(browser, FORM, 422, resolution="8k")
    assert page.form()["argument.resolution"] == "8k"
    choices = ", ".join(map(repr, VIDEO.choices("resolution")))
    assert f"'8k' is not one of {choices}" in page.by_id("input-resolution-fault").text


def test_magic_words_show_how_a_refusal_is_raised(browser: httpx.Client) -> None:
    place = f"/operations/{PICTURE.page}"
    assert "The client would raise InsufficientCredits" in outcome(
        sent(browser, place, prompt="A cat offline:no_credits")
    )


def test_a_connection_that_breaks_is_told(browser: httpx.Client, server: Running) -> None:
    page = sent(browser, FORM, prompt="A lake offline:disconnects")
    assert "The connection was closed without a reply" in outcome(page)
    assert server.upstream.tasks(1)[0].text == "A lake offline:disconnects"


def test_a_reply_that_is_cut_is_shown_as_it_came(browser: httpx.Client) -> None:
    text = outcome(sent(browser, FORM, prompt="A lake offline:garbled"))
    assert "The client would raise InvalidResponse" in text


def test_a_task_is_followed_from_its_start_to_its_files(
    browser: httpx.Client, server: Running, clock: StillClock
) -> None:
    sent(browser, FORM, prompt="A red balloon")
    live, found = opened(browser, "/tasks/live?limit=1"), []
    for _ in range(3):
        live = opened(browser, "/tasks/live?limit=1")
        found.append(live.with_class("state")[0].text)
        assert bool(live.all("progress")) is (found[-1] != "succeeded")
        clock.advance(2)
    assert found == ["queued", "running", "succeeded"]
    assert live.all("video")[0].attributes["src"].startswith("/files/")
    assert live.all("p", role="status")[0].text == "1 succeeded"
    task = opened(browser, f"/tasks/{VIDEO.service}/{server.upstream.tasks(1)[0].id}")
    text = task.all("main")[0].text
    assert '"prompt": "A red balloon"' in text
    assert VIDEO.files in text


def test_a_task_that_failed_says_so(browser: httpx.Client, server: Running, clock: StillClock) -> None:
    sent(browser, FORM, prompt="A lake offline:reason=too_dark")
    clock.advance(10)
    task = opened(browser, f"/tasks/{VIDEO.service}/{server.upstream.tasks(1)[0].id}")
    assert task.with_class("state-failed")
    assert "too dark" in task.all("main")[0].text


def test_what_became_of_a_callback_is_told(browser: httpx.Client, server: Running) -> None:
    sent(browser, FORM, callback="https://elsewhere.example/told")
    row = server.upstream.tasks(1)[0]
    assert row.note
    for place in (f"/tasks/{VIDEO.service}/{row.id}", "/tasks"):
        assert f"Callback: {row.note}" in opened(browser, place).all("main")[0].text
    live = opened(browser, f"/tasks/{VIDEO.service}/{row.id}/live")
    assert f"Callback: {row.note}" in live.with_class("task-state")[0].text, "it is kept current"


def test_a_long_prompt_is_no_long_title(browser: httpx.Client, server: Running) -> None:
    sent(browser, FORM, prompt="A fox " * 5000)
    assert len(server.upstream.tasks(1)[0].text) == 30_000
    title = opened(browser, "/tasks").with_class("task-title")[0].text
    assert title.startswith("A fox A fox")
    assert title.endswith("…")
    assert len(title) <= 201


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_from_elsewhere_is_refused(headers: dict[str, str], browser: httpx.Client, server: Running) -> None:
    before = server.upstream.balance(VIDEO.service)
    reply = browser.post(FORM, data=opened(browser, FORM).form(), headers=headers)
    assert reply.status_code in {403, 421}
    assert "Nothing was done" in reply.text or "may not call this server" in reply.text
    assert server.upstream.balance(VIDEO.service) == before


def test_a_form_from_these_pages_is_taken(browser: httpx.Client, server: Running) -> None:
    headers = {"Origin": server.url, "Sec-Fetch-Site": "same-origin"}
    assert browser.post(FORM, data=opened(browser, FORM).form(), headers=headers).status_code == 200


def test_a_form_that_is_too_large_is_refused(browser: httpx.Client) -> None:
    assert browser.post(FORM, content=b"x" * 1_000_001).status_code == 413


@pytest.mark.parametrize("content", [b"", b"\xff\xfe=%ff&argument.prompt=%ED%A0%80", b"argument.nobody=1", b"a" * 5000])
def test_no_form_makes_a_page_fail(content: bytes, browser: httpx.Client) -> None:
    reply = browser.post(FORM, content=content)
    assert reply.status_code in {200, 422}
    assert wrong(Page(str(reply.url), reply.text)) == []


def parameter(name: str = "some", **schema: Any) -> ParameterFacts:
    """Return a parameter of this schema."""
    return ParameterFacts(name, name, "body", False, False, "", (), schema, ())


@pytest.mark.parametrize(
    "schema, control, text, value",
    [
        ({"type": "string"}, "text", "a\r\nb", "a\nb"),
        ({"type": "string", "maxLength": 2000}, "textarea", "words", "words"),
        ({"type": "string", "format": "uri"}, "url", "https://a.example/1.png", "https://a.example/1.png"),
        ({"type": "integer", "minimum": 1}, "number", "7", 7),
        ({"type": "number"}, "number", "0.5", 0.5),
        ({"type": "integer"}, "number", "seven", "seven"),
        ({"type": "boolean"}, "select", "false", False),
        ({"type": "string", "enum": ["True", "False"], "x-wire": "boolean-word"}, "select", "true", True),
        ({"type": "string", "enum": ["5s", "10s"], "x-wire": "seconds-text"}, "select", "10", 10),
        ({"type": "integer", "x-python": {"names": {"2": "PAN", "1": "TILT"}}}, "select", "2", 2),
        ({"enum": ["a", 1, None]}, "select", "null", None),
        ({"type": "array", "items": {"type": "string"}}, "lines", " a \r\n\r\nb\n", ["a", "b"]),
        ({"type": "array", "items": {"type": "integer"}}, "json", "[1, 2]", [1, 2]),
        ({"type": "object"}, "json", '{"a": {"b": 1}}', {"a": {"b": 1}}),
        ({"type": ["string", "null"]}, "json", "null", None),
        ({}, "json", "1", 1),
    ],
)
def test_each_schema_has_its_input(schema: dict[str, Any], control: str, text: str, value: Any) -> None:
    one = parameter(**schema)
    assert form_fields.control(one) == control
    assert form_fields.read([one], {"some": text}) == ({"some": value}, {})


def test_an_empty_input_is_an_argument_left_out() -> None:
    assert form_fields.read(
        [parameter(type="string"), parameter("other", type="object")], {"some": " ", "other": ""}
    ) == (
        {},
        {},
    )


@pytest.mark.parametrize(
    "text, fault",
    [("{a}", "is not JSON"), ("[" * 70 + "]" * 70, "levels deep"), ("[" * 9999, "is not JSON"), ("NaN", "finite")],
)
def test_what_json_cannot_carry_is_told(text: str, fault: str) -> None:
    arguments, faults = form_fields.read([parameter(type="object")], {"some": text})
    assert arguments == {"some": text}
    assert fault in faults["some"][0]


def test_an_address_that_cannot_be_is_told(browser: httpx.Client) -> None:
    page = sent(browser, f"/operations/{PICTURE.report.page}", task_id="x" * 70_000)
    assert "There is no such URL" in outcome(page)


def test_arguments_fill_the_form_so_that_it_reads_them_back() -> None:
    rows = [
        parameter("flag", type="boolean"),
        parameter("seconds", type="string", enum=["5s"], **{"x-wire": "seconds-text"}),
        parameter("links", type="array", items={"type": "string"}),
        parameter("extra", type="object"),
    ]
    given = {"flag": False, "seconds": 5, "links": ["a", "b"], "extra": {"ü": [1.5, None]}}
    assert form_fields.read(rows, form_fields.texts_of(rows, given)) == (given, {})
