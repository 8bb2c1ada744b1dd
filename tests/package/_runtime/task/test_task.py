"""A task by itself: its result, its token, its line in a log."""

from __future__ import annotations

import copy
import json
import pickle
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict

from codegen.package._runtime.errors import InvalidRequest, InvalidResponse, NotFound, WaitTimeout
from codegen.package._runtime.operation import TaskStatus
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Loopback, answer
from tests.package._runtime.sample_service import ACCEPTED, CANARY
from tests.package._runtime.task.sample_task import DONE, FILM, RUNNING, URL, state, task, waited


def test_a_result_inside_a_string_is_decoded(harness: Harness) -> None:
    with Loopback(state(3, result=json.dumps({"url": URL, "seed": 7}))) as server:
        result = waited(harness, server)
    assert (result.urls, result.seed, result.raw) == ([URL], 7, {"url": URL, "seed": 7})


@pytest.mark.parametrize("broken", ['{"url": "https://cdn', "not json", "[" * 100_000], ids=["cut", "text", "deep"])
def test_a_result_that_cannot_be_decoded_is_not_lost(harness: Harness, broken: str) -> None:
    with Loopback(state(3, result=broken), DONE) as server:
        job = task(harness, harness.client(server.url), resumed=True)
        with pytest.raises(InvalidResponse) as caught:
            harness.call(job.wait)
        assert caught.value.raw == broken
        assert vars(caught.value)["token"] == job.token()
        assert harness.call(job.wait).urls == [URL]


@pytest.mark.parametrize("data", [{}, {"result": None}, {"result": ""}])
def test_a_success_without_a_result_keeps_the_reply_and_can_be_asked_again(
    harness: Harness, data: dict[str, Any]
) -> None:
    with Loopback(state(3, **data), DONE) as server:
        job = task(harness, harness.client(server.url), resumed=True)
        with pytest.raises(InvalidResponse, match="succeeded, but its result is not there") as caught:
            harness.call(job.wait)
        assert caught.value.raw == {"code": 0, "data": {"status": 3, **data}}
        assert harness.call(job.wait).urls == [URL]


class Film(BaseModel):
    model_config = ConfigDict(extra="forbid")
    url: str
    seconds: int = 0


@pytest.mark.parametrize(
    "raw, url",
    [
        ({"url": URL, "seconds": 5}, URL),
        ({"url": URL, "new": {"a": [1]}}, URL),
        ({"url": URL, "seconds": "many", "cls": 1, "_fields_set": 2, "self": 3}, URL),
        ({"url": [URL]}, [URL]),
    ],
)
def test_a_result_is_typed_where_it_can_be_and_kept_where_it_cannot(harness: Harness, raw: Any, url: Any) -> None:
    film_result = type("FilmResult", (Film, harness.result), {"__module__": __name__})
    with Loopback() as server:
        result = film_result.build(raw, session=harness.client(server.url)._session, operation=FILM)  # type: ignore[attr-defined]
    assert result.url == url
    assert result.raw == raw
    assert result.urls == [URL]


@pytest.mark.parametrize("raw", [[URL], [{"u": URL}], {"a": 1, "urls": [URL], "raw": 2, "save": 3, "build": 4}])
def test_a_result_of_any_shape_has_its_urls(harness: Harness, raw: Any) -> None:
    with Loopback() as server:
        result = harness.result.build(raw, session=harness.client(server.url)._session, operation=FILM)
    assert (result.urls, result.raw) == ([URL], raw)
    assert callable(result.save)


def test_a_result_can_be_copied_compared_and_pickled_without_its_client(harness: Harness) -> None:
    with Loopback() as server:
        result = harness.result.build({"url": URL}, session=harness.client(server.url)._session, operation=FILM)
    assert copy.deepcopy(result) == result
    again = pickle.loads(pickle.dumps(result))
    assert (again.urls, again.raw, again.url) == ([URL], {"url": URL}, URL)
    assert CANARY.encode() not in pickle.dumps(result)
    assert CANARY not in repr(result)


def test_a_task_prints_as_one_readable_line(harness: Harness) -> None:
    with Loopback(state(2, progress=12.5)) as server:
        job = task(harness, harness.client(server.url))
        assert str(job) == "make t-1 queued"
        assert str(harness.call(job.refresh)) == "make t-1 running [2] 12.5%"


def test_refresh_does_not_raise_for_a_task_that_failed(harness: Harness) -> None:
    with Loopback(state(4, reason="no cats")) as server:
        job = harness.call(task(harness, harness.client(server.url)).refresh)
    assert (job.status, job.reason, job.raw_status) == (TaskStatus.FAILED, "no cats", 4)


def test_a_task_is_resumed_by_token_or_id_in_another_client(harness: Harness) -> None:
    with Loopback(answer(ACCEPTED), DONE, DONE) as server:
        token = harness.submit(harness.client(server.url)).token()
        assert CANARY not in token
        other = harness.client(server.url)
        assert harness.call(other.resume(token).wait).urls == [URL]
        assert harness.call(other.resume("t-1").wait).urls == [URL]
        assert harness.clock.sleeps == []
        server.assert_fired()
        assert server.billed == 1


def test_a_token_never_sends_the_key_elsewhere(harness: Harness) -> None:
    with Loopback() as vendor, Loopback() as other:
        token = task(harness, harness.client(other.url)).token()
        with pytest.raises(InvalidRequest, match="another base_url"):
            harness.client(vendor.url).resume(token)
        assert other.requests == []


@pytest.mark.parametrize("given, problem", [(5, "is int, not text"), (None, "is NoneType, "), (" ", "is empty")])
def test_what_is_no_text_resumes_nothing(harness: Harness, given: Any, problem: str) -> None:
    with pytest.raises(InvalidRequest, match=problem):
        harness.client("https://api.example.com").resume(given)


def test_an_id_that_leads_elsewhere_is_refused_before_it_is_sent(harness: Harness) -> None:
    with Loopback(answer({}, 404)) as server:
        client = harness.client(server.url)
        with pytest.raises(InvalidRequest):
            harness.call(client.resume("..").refresh)
        with pytest.raises(NotFound):
            harness.call(client.resume("../credits?x=1").refresh)
        assert [request.target for request in server.requests] == ["/v1/tasks/..%2Fcredits%3Fx%3D1"]


def test_a_task_is_not_pickled_but_its_timeout_is(harness: Harness) -> None:
    with Loopback(RUNNING) as server:
        job = task(harness, harness.client(server.url), resumed=True)
        with pytest.raises(WaitTimeout) as caught:
            harness.call(job.wait, timeout=0)
    with pytest.raises(TypeError, match="token"):
        pickle.dumps(job)
    again = pickle.loads(pickle.dumps(caught.value))
    assert (again.task, again.token) == (None, job.token())


def test_the_journal_follows_a_task_to_its_end(harness: Harness, tmp_path: Path) -> None:
    with Loopback(answer(ACCEPTED), RUNNING, DONE) as server:
        client = harness.client(server.url, journal=tmp_path / "runs.sqlite")
        job = harness.submit(client)
        [run] = client.journal.unfinished()
        assert run.token == job.token()
        harness.call(client.resume(run.token).wait)
        assert client.journal.unfinished() == client.journal.unknown() == []
        server.assert_fired()


def test_a_result_that_breaks_its_schema_keeps_the_models_inside_it(harness: Harness) -> None:
    class Clip(BaseModel):
        model_config = ConfigDict(extra="allow")
        seconds: int

    class ClipResult(harness.result):  # type: ignore[name-defined, misc]
        clips: list[Clip]
        best: Clip | None = None
        title: str

    raw = {"clips": [{"seconds": 5}, {"seconds": "long"}], "best": {"seconds": 6}, "title": 7}
    with Loopback(answer({})) as server:
        result: Any = ClipResult.build(raw, session=harness.client(server.url)._session, operation=FILM)
    assert [clip.seconds for clip in result.clips] == [5, "long"]
    assert (result.best, result.title, result.raw) == (Clip(seconds=6), 7, raw)
