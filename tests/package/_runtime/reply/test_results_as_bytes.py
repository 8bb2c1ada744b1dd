"""A result that no URL leads to: the bytes of a reply behind the key, requested once for each file, are saved."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import RootModel

from codegen.package._runtime.errors import ContentRejected, DownloadError, InvalidRequest, InvalidResponse
from codegen.package._runtime.journal_rows import all_runs
from codegen.package._runtime.operation import Assets, Field, Operation
from codegen.package._runtime.request import CallOptions
from tests.package._runtime.download.served_files import MP4
from tests.package._runtime.harness import Harness
from tests.package._runtime.loopback import Loopback, Step, answer
from tests.package._runtime.sample_service import ACCEPTED, CANARY, MAKE, SERVICE, TaskArguments

CONTENT = Operation(
    service=SERVICE,
    name="content",
    method="GET",
    path="/v1/files/{task_id}",
    kind="query",
    fields=(Field("task_id", "task_id", "path"),),
    arguments=TaskArguments,
    body_at=None,
    replies=("bytes",),
)
assert MAKE.task is not None
TASK = replace(MAKE.task, content=CONTENT, content_argument="task_id")
FILM = replace(MAKE, task=TASK, assets=Assets(media="video"))
FILMS = replace(FILM, task=replace(TASK, content_id="/data/files/*"))
DONE = answer({"code": 0, "data": {"status": 3, "result": {}, "files": ["f-1", "f-2"]}})


class Reply(RootModel[Any]):
    """A reply as it came."""


def a_file(content: bytes = MP4) -> Step:
    return answer(content, headers={"Content-Type": "video/mp4"})


def a_result(harness: Harness, server: Loopback, film: Operation, **options: Any) -> Any:
    """Return the result of a task that has ended."""
    client = harness.client(server.url, results={film.name: (film, harness.result)}, **options)
    task = harness.call(client._submit, film, harness.result, {"prompt": "a cat"}, CallOptions())
    return harness.call(task.wait, timeout=5)


@pytest.mark.parametrize(
    "film, ids, names",
    [(FILM, ["t-1"], ["make-t-1-1.mp4"]), (FILMS, ["f-1", "f-2"], ["make-t-1-1.mp4", "make-t-1-2.mp4"])],
    ids=["the id of the task", "an id for each file"],
)
def test_each_file_is_asked_for_once_with_the_key_and_named_by_task_and_type(
    harness: Harness, tmp_path: Path, film: Operation, ids: list[str], names: list[str]
) -> None:
    with Loopback(answer(ACCEPTED), DONE, *(a_file() for _ in ids)) as server:
        result = a_result(harness, server, film)
        paths = harness.call(result.save, tmp_path)
        assert harness.call(result.save, tmp_path) == paths  # what is there is not asked for again
        server.assert_fired()
        downloads = server.requests[2:]
    assert [path.relative_to(tmp_path).name for path in paths] == names
    assert all(path.read_bytes() == MP4 for path in paths)
    assert [request.target for request in downloads] == [f"/v1/files/{name}" for name in ids]
    assert {request.header("X-API-KEY") for request in downloads} == {CANARY}


def test_a_file_is_asked_for_again_where_it_is_empty_or_overwritten(harness: Harness, tmp_path: Path) -> None:
    (tmp_path / "make-t-1-1.mp4").touch()
    with Loopback(answer(ACCEPTED), DONE, a_file(), a_file(MP4 + b"more")) as server:
        result = a_result(harness, server, FILM)
        (path,) = harness.call(result.save, tmp_path)
        assert path.read_bytes() == MP4
        assert harness.call(result.save, tmp_path, overwrite=True) == [path]
        assert path.read_bytes() == MP4 + b"more"


@pytest.mark.parametrize(
    "content, options, problem",
    [
        (b"", {}, "the service sent no bytes"),
        (b"<html>busy</html>", {}, "not a file of the kind video"),
        (MP4, {"max_bytes": len(MP4) - 1}, f"more than max_bytes={len(MP4) - 1}"),
    ],
    ids=["empty", "a web page", "too large"],
)
def test_bytes_that_are_not_the_file_are_not_saved(
    harness: Harness, tmp_path: Path, content: bytes, options: dict[str, Any], problem: str
) -> None:
    with Loopback(answer(ACCEPTED), DONE, a_file(content)) as server:
        result = a_result(harness, server, FILM)
        with pytest.raises(DownloadError, match=problem):
            harness.call(result.save, tmp_path, **options)
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_exactly_max_bytes_is_saved(harness: Harness, tmp_path: Path) -> None:
    with Loopback(answer(ACCEPTED), DONE, a_file()) as server:
        assert len(harness.call(a_result(harness, server, FILM).save, tmp_path, max_bytes=len(MP4))) == 1


def test_a_timeout_that_is_none_asks_for_nothing(harness: Harness, tmp_path: Path) -> None:
    with Loopback(answer(ACCEPTED), DONE) as server:
        result = a_result(harness, server, FILM)
        with pytest.raises(InvalidRequest, match="timeout"):
            harness.call(result.save, tmp_path, timeout=-1)
        assert len(server.requests) == 2


def test_the_journal_notes_that_the_files_are_saved(harness: Harness, tmp_path: Path) -> None:
    journal = tmp_path / "journal.sqlite"
    with Loopback(answer(ACCEPTED), DONE, a_file()) as server:
        result = a_result(harness, server, FILM, journal=journal)
        (before,) = all_runs(journal)
        harness.call(result.save, tmp_path / "out")
        (after,) = all_runs(journal)
    assert (before.state, after.state) == ("finished", "saved")


@pytest.mark.parametrize("replies", ["bytes", "text", "none"])
@pytest.mark.parametrize(
    "body, error, problem",
    [
        ({"code": 500, "msg": "no"}, ContentRejected, "no"),
        ({"code": 0, "msg": ""}, InvalidResponse, "the reply is JSON"),
        ({"other": 1}, InvalidResponse, "the reply has no code at /code"),
    ],
    ids=["an error code", "a code of a success", "no code"],
)
def test_json_where_another_reply_is_documented_is_no_answer(
    harness: Harness, replies: str, body: object, error: type[Exception], problem: str
) -> None:
    operation = replace(CONTENT, replies=(replies,))
    with Loopback(answer(body, headers={"Content-Type": "application/json"})) as server:
        client = harness.client(server.url, max_retries=0)
        with pytest.raises(error, match=problem):
            harness.call(client._query, operation, Reply, {"task_id": "t-1"}, CallOptions())


@pytest.mark.parametrize(
    "replies, content, root",
    [(("text",), b"WEBVTT", "WEBVTT"), (("none",), b"", {}), (("none", "json"), b"", None)],
    ids=["text", "nothing", "nothing or JSON"],
)
def test_a_reply_that_is_no_json_needs_no_code(
    harness: Harness, replies: tuple[str, ...], content: bytes, root: object
) -> None:
    operation = replace(CONTENT, replies=replies)
    with Loopback(answer(content, headers={"Content-Type": "text/plain"} if content else {})) as server:
        client = harness.client(server.url, max_retries=0)
        reply = harness.call(client._query, operation, Reply, {"task_id": "t-1"}, CallOptions())
    assert reply.root == root


ENCODED = replace(MAKE, assets=Assets(encoded=("/files",), media="video"))


def encoded(harness: Harness, server: Loopback, raw: object, film: Operation = ENCODED, **options: Any) -> Any:
    """Return the result of a task that has its files in itself."""
    client = harness.client(server.url, **options)
    task = harness.name("task", "Task")(client._session, film, harness.result, "t-1")
    return harness.result.build(raw, session=client._session, operation=film, task=task)


@pytest.mark.parametrize("prefix", ["", "data:video/mp4;base64,"], ids=["Base64", "a data: URL"])
def test_files_that_stand_in_a_result_are_decoded_and_saved_in_order(
    harness: Harness, tmp_path: Path, prefix: str
) -> None:
    texts = [prefix + base64.b64encode(content).decode() for content in (MP4, MP4 + b"more")]
    with Loopback() as server:
        result = encoded(harness, server, {"files": texts})
        paths = harness.call(result.save, tmp_path)
        assert harness.call(result.save, tmp_path) == paths
        assert server.connections == 0
    assert [path.name for path in paths] == ["make-t-1-1.mp4", "make-t-1-2.mp4"]
    assert [path.read_bytes() for path in paths] == [MP4, MP4 + b"more"]


def test_a_file_in_a_result_that_is_not_base64_is_named(harness: Harness, tmp_path: Path) -> None:
    with Loopback() as server, pytest.raises(DownloadError, match="not Base64"):
        harness.call(encoded(harness, server, {"files": ["?"]}).save, tmp_path)


@pytest.mark.parametrize("has_urls", [False, True], ids=["all stand in the result", "one is downloaded as well"])
def test_files_are_noted_as_saved_once_all_of_them_are(harness: Harness, tmp_path: Path, has_urls: bool) -> None:
    journal, film = tmp_path / "journal.sqlite", replace(ENCODED, assets=Assets(at=("/url",), encoded=("/files",)))
    with Loopback(answer(ACCEPTED), answer(b"", 404, bills=False)) as server:
        raw = {"files": [base64.b64encode(MP4).decode()], "url": f"{server.url}/film"}
        result = encoded(harness, server, raw if has_urls else raw | {"url": None}, film, journal=journal)
        harness.submit(harness.client(server.url, journal=journal))
        if has_urls:
            with pytest.raises(DownloadError):
                harness.call(result.save, tmp_path / "out")
        else:
            harness.call(result.save, tmp_path / "out")
        (run,) = all_runs(journal)
    assert run.state == ("accepted" if has_urls else "saved")
