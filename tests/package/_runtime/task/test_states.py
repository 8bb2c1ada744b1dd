"""Replies are read leniently: what is strange is kept, and nothing of it crashes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codegen.package._runtime.byte_replies import encoded_files
from codegen.package._runtime.operation import Assets, Operation, Service, TaskSpec, TaskStatus
from codegen.package._runtime.pointer import MISSING
from codegen.package._runtime.states import decode_result, find_urls, read_snapshot

POLL = Operation(Service("acme", "https://api.acme.example"), "task_result", "GET", "/t", "query")
STATES = {"1": TaskStatus.QUEUED, "2": TaskStatus.RUNNING, "3": TaskStatus.SUCCEEDED, "failed": TaskStatus.FAILED}
SPEC = TaskSpec("/id", POLL, "id", "/data/status", STATES, "/data/progress", "/data/reason", "/data/result")

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    "raw, status, kept",
    [
        (1, TaskStatus.QUEUED, 1),
        ("2", TaskStatus.RUNNING, "2"),
        (3.0, TaskStatus.SUCCEEDED, 3),
        ("FAILED", TaskStatus.FAILED, "FAILED"),
        (" failed ", TaskStatus.FAILED, " failed "),
        (99, TaskStatus.UNKNOWN, 99),
        ("paused", TaskStatus.UNKNOWN, "paused"),
        (None, TaskStatus.UNKNOWN, None),
        (True, TaskStatus.UNKNOWN, "true"),
        ({"a": 1}, TaskStatus.UNKNOWN, '{"a": 1}'),
    ],
)
def test_a_status_is_read_by_its_text_and_kept_raw(raw: object, status: TaskStatus, kept: object) -> None:
    seen = read_snapshot(SPEC, {"data": {"status": raw}})
    assert (seen.status, seen.raw_status) == (status, kept)


@pytest.mark.parametrize(
    "raw, progress",
    [(45, 45.0), ("45", 45.0), ("45%", 45.0), (0.5, 0.5), ("soon", None), (True, None), (None, None), ("nan", None)],
)
def test_progress_is_a_number_or_none(raw: object, progress: float | None) -> None:
    assert read_snapshot(SPEC, {"data": {"progress": raw}}).progress == progress


@pytest.mark.parametrize("raw, reason", [("bad", "bad"), ("", None), (None, None), ({"a": "é"}, '{"a": "é"}')])
def test_a_reason_is_text_or_none(raw: object, reason: str | None) -> None:
    assert read_snapshot(SPEC, {"data": {"reason": raw}}).reason == reason


@pytest.mark.parametrize(
    "report, status",
    [
        ({}, TaskStatus.RUNNING),
        ({"done": None}, TaskStatus.RUNNING),
        ({"done": False, "error": "of an attempt before"}, TaskStatus.RUNNING),
        ({"done": True}, TaskStatus.SUCCEEDED),
        ({"done": True, "error": None}, TaskStatus.SUCCEEDED),
        ({"done": True, "error": {"code": 3}}, TaskStatus.FAILED),
        ({"error": "no credits"}, TaskStatus.FAILED),
    ],
)
def test_an_error_ends_a_task_that_is_done_or_has_no_status(report: object, status: TaskStatus) -> None:
    states = {"null": TaskStatus.RUNNING, "false": TaskStatus.RUNNING, "true": TaskStatus.SUCCEEDED}
    spec = SPEC.replace(status="/done", states=states, error="/error")
    assert read_snapshot(spec, report).status is status


def test_the_http_status_may_be_the_status() -> None:
    spec = SPEC.replace(status="$statusCode", states={"202": TaskStatus.RUNNING})
    seen = read_snapshot(spec, {"data": {"status": 3}}, http_status=202)
    assert (seen.status, seen.raw_status) == (TaskStatus.RUNNING, 202)


@given(anything)
def test_any_reply_is_read(body: object) -> None:
    assert read_snapshot(SPEC, {"data": {"status": body, "progress": body, "reason": body}}).status in TaskStatus
    read_snapshot(SPEC, body)


def test_a_result_inside_a_string_is_decoded() -> None:
    assert decode_result('{"a": [1]}') == {"a": [1]}
    assert decode_result({"a": 1}) == {"a": 1}


@pytest.mark.parametrize("text", ["{", "", "not json", "[" * 200_000])
def test_a_result_that_is_broken_json_is_none(text: str) -> None:
    assert decode_result(text) is MISSING


def test_urls_are_found_in_document_order_each_once() -> None:
    result = {"z": "https://a.example/1", "a": [{"u": "https://a.example/2"}, "https://a.example/1", "no url", 5]}
    assert find_urls(result, Assets()) == ["https://a.example/1", "https://a.example/2"]


def test_a_url_is_what_is_left_without_the_space_around_it() -> None:
    assert find_urls(["  https://a.example/1\n", "HTTPS://a.example/2"], None) == [
        "https://a.example/1",
        "HTTPS://a.example/2",
    ]


@pytest.mark.parametrize("length, is_one", [(8192, True), (8193, False)])
def test_a_text_that_is_too_long_is_no_url(length: int, is_one: bool) -> None:
    url = "https://a.example/".ljust(length, "x")
    assert find_urls([url], None) == [url] * is_one


def test_urls_are_taken_from_where_the_catalog_says() -> None:
    result = {"video_path": "https://a.example/v", "images": ["https://a.example/1"], "help": "https://a.example/h"}
    assert find_urls(result, Assets(at=("/images", "/video_path"))) == ["https://a.example/1", "https://a.example/v"]


def test_a_star_stands_for_every_item() -> None:
    item = {"url": "https://a.example/1", "page": "https://a.example/p"}
    assert find_urls({"a": [item, {"url": "https://a.example/2"}, 3]}, Assets(at=("/a/*/url",))) == [
        "https://a.example/1",
        "https://a.example/2",
    ]
    assert find_urls({"a": {"x": item, "y": [item]}}, Assets(at=("/a/*/url",))) == ["https://a.example/1"]


@pytest.mark.parametrize(
    "text", ["aGk_-w==", "aGk/+w", "aGk/\n+w==", "data:image/png;base64,aGk/+w==", "data:text/plain,hi%3F%FB"]
)
def test_a_file_in_a_result_is_decoded(text: str) -> None:
    assert encoded_files({"data": [{"b64": text}]}, ("/data/*/b64",)) == [b"hi?\xfb"]


def test_a_url_where_a_file_may_stand_is_no_file_in_the_result() -> None:
    result = {"output": ["https://a.example/1", "data:text/plain,hi"]}
    assert encoded_files(result, ("/output",)) == [b"hi"]
    assert find_urls(result, Assets(at=("/output",), encoded=("/output",))) == ["https://a.example/1"]


def test_a_file_in_a_result_that_is_no_base64_is_an_error() -> None:
    with pytest.raises(ValueError, match="base64"):
        encoded_files({"b64": "no, it is not"}, ("/b64",))


def test_a_place_the_catalog_names_may_hold_plain_http_which_is_shown() -> None:
    result = {"url": "http://a.example/v", "help": "http://a.example/h"}
    assert find_urls(result, Assets(at=("/url",))) == ["http://a.example/v"]
    assert find_urls(result, Assets()) == []


def test_a_reply_nested_deeper_than_python_recurses_is_read() -> None:
    nested: object = "https://a.example/v"
    for _ in range(20_000):
        nested = [nested, {"a": 1}]
    assert find_urls(nested, Assets()) == ["https://a.example/v"]
    seen = read_snapshot(SPEC, {"data": {"status": nested, "progress": nested, "reason": nested}})
    assert (seen.status, seen.raw_status) == (TaskStatus.UNKNOWN, "a list nested too deeply")
    while isinstance(nested, list):  # taken apart by hand: to free it recursively could overflow the stack
        nested = nested.pop(0)


def test_urls_that_moved_are_found_all_the_same() -> None:
    assert find_urls({"new": "https://a.example/v"}, Assets(at=("/video_path",))) == ["https://a.example/v"]


@given(anything, st.text(max_size=5))
def test_any_result_can_be_searched(result: object, name: str) -> None:
    assert all(url.startswith("https://") for url in find_urls(result, Assets(at=(f"/{name}",))))
    if isinstance(result, dict | list):
        text = json.dumps(result)
        assert find_urls(json.loads(text), None) == find_urls(result, None)
