"""Real exchanges are recorded once without anything secret, replayed, and held against the catalog."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from wondergen import TaskFailed
from wondergen.testing import Fake, TestProblems, WrongCall, replay

from codegen import yamlio
from codegen.documents.claims import from_yaml
from tests.testkit.conftest import World

PROMPT = "A secret castle of my company"
SECRETS = {"app_key": "key-of-mine", "app_secret": "secret-of-mine"}


def recorded(world: World, path: Path, handler: Any, times: int = 1) -> None:
    """Record text_to_video through a transport that stands for the network."""
    with replay.record(path) as recorder:
        client = world.client("Tomoviee", **SECRETS, http_client=_http(world, recorder, handler))
        for _ in range(times):
            world.waited(client.text_to_video(PROMPT, resolution="1080p", callback="https://me.example/h?sig=abc"))


def _http(world: World, recorder: replay.Recorder, handler: Any) -> Any:
    inner = httpx.MockTransport(handler)
    if world.is_async:
        return httpx.AsyncClient(transport=recorder.async_transport(inner))
    return httpx.Client(transport=recorder.transport(inner))


@pytest.fixture
def cassette(world: World, tmp_path: Path) -> Path:
    """A cassette of one task, made with the fake in the place of the vendor."""
    path = tmp_path / "cassettes" / "video.jsonl"
    with Fake() as fake:
        fake.tomoviee.text_to_video.succeeds(result={"video_path": ["https://cdn.example/v.mp4?Signature=abc"]})
        recorded(world, path, fake.transport().handler)
    return path


def test_an_exchange_is_one_line(cassette: Path) -> None:
    submit, *polls = replay.read(cassette)
    assert (submit.service, submit.operation, submit.status) == ("tomoviee", "text_to_video", 200)
    assert submit.request["body"] == {"prompt": "<text>", "resolution": "1080p", "callback": "https://me.example/h"}
    assert [poll.request for poll in polls] == [{"body": {"task_id": "fake-task-1"}}] * 2
    assert json.loads(polls[-1].reply["data"]["result"]) == {"video_path": ["https://cdn.example/v.mp4"]}


def test_a_cassette_has_no_secret_no_prompt_and_no_signature(cassette: Path) -> None:
    text = cassette.read_text(encoding="utf-8")
    assert text.count("\n") == 3
    for secret in ("of-mine", "Basic", "castle", "sig=", "Signature", "a2V5"):
        assert secret not in text


def test_what_a_reply_repeats_of_a_request_is_scrubbed_too(world: World, tmp_path: Path) -> None:
    def echo(request: httpx.Request) -> httpx.Response:
        said = f"{PROMPT} with {request.headers['x-app-key']} and {request.headers['authorization']}"
        data = {"task_id": "t", "status": 3, "reason": PROMPT, "result": json.dumps({"video_path": [], "said": said})}
        return httpx.Response(200, json={"code": 0, "msg": said, "data": data})

    path = tmp_path / "echo.jsonl"
    with Fake():
        recorded(world, path, echo)
    text = path.read_text(encoding="utf-8")
    assert "<text> with *** and ***" in text
    for secret in ("of-mine", "castle", "a2V5"):
        assert secret not in text


def test_a_cassette_is_replayed_without_network_and_without_waiting(
    cassette: Path, world: World, tmp_path: Path
) -> None:
    began = time.monotonic()
    with replay.play(cassette) as player:
        client = world.client("Tomoviee")
        video = world.waited(client.text_to_video("Other words", resolution="1080p", callback="https://me.example/h"))
        assert world.run(video.save(tmp_path))[0].suffix == ".mp4"
        assert player.clock.slept > 1
    assert time.monotonic() - began < 5
    assert video.urls == player.downloads == ["https://cdn.example/v.mp4"]


def test_a_call_that_was_not_recorded_is_wrong(cassette: Path, world: World) -> None:
    with replay.play(cassette) as player:
        with pytest.raises(WrongCall, match=r"recorded: .*1080p"):
            world.run(world.client("Tomoviee").text_to_video("Other words", resolution="720p"))
        player.forget()


def test_what_was_recorded_has_to_be_sent(cassette: Path, world: World) -> None:
    player = replay.play(cassette)
    with player:
        task = world.client("Tomoviee").text_to_video("x", resolution="1080p", callback="https://me.example/h")
        world.run(task)
        with pytest.raises(TestProblems, match=r"video\.jsonl: tomoviee\.task_result was recorded and not sent"):
            player.verify()


def test_a_recording_that_fails_does_not_replace_a_cassette(cassette: Path, world: World) -> None:
    before = cassette.read_bytes()
    with Fake() as fake:
        fake.tomoviee.text_to_video.fails(reason="dark")
        with pytest.raises(TaskFailed):
            recorded(world, cassette, fake.transport().handler)
    assert cassette.read_bytes() == before
    assert sorted(path.name for path in cassette.parent.iterdir()) == ["video.jsonl", "video.jsonl.partial"]


def test_replies_as_documented_differ_in_nothing(cassette: Path) -> None:
    assert replay.differences(cassette) == []
    assert replay.main([str(cassette)]) == 0


def drifting(request: httpx.Request) -> httpx.Response:
    """A service that has moved on."""
    if request.url.path.endswith("/task"):
        result = json.dumps({"video_path": ["https://cdn.example/v.mp4"], "cover": "https://cdn.example/c.png"})
        status = 9 if drifting.polls == 0 else 3  # type: ignore[attr-defined]
        drifting.polls += 1  # type: ignore[attr-defined]
        data = {"status": status, "progress": "50%", "queue": 4, "result": result if status == 3 else ""}
        return httpx.Response(200, json={"code": 0, "msg": "", "data": data})
    return httpx.Response(200, json={"code": 0, "msg": "", "data": {"task_id": "t"}, "trace": "x"})


def test_every_difference_is_a_claim(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "drift.jsonl"
    drifting.polls = 0  # type: ignore[attr-defined]
    with Fake():
        recorded(world, path, drifting)
    lines = replay.differences(path)
    assert [line.partition("  #")[0] for line in lines] == [
        "- {line: 1, operation: tm_text2video_b, response: trace, by: example, facts: {type: string}}",
        "- {line: 2, operation: task, response: data.progress, by: example, facts: {type: string}}",
        "- {line: 2, operation: task, response: data.queue, by: example, facts: {type: integer}}",
        "- {line: 2, status: '9', by: example, facts: {state: null}}",
        "- {line: 3, operation: task, result: cover, by: example, facts: {type: string}}",
    ]
    assert replay.main([str(path)]) == 1
    assert capsys.readouterr().out.splitlines() == lines


def test_the_lines_can_be_read_as_claims(world: World, tmp_path: Path) -> None:
    path = tmp_path / "drift.jsonl"
    drifting.polls = 0  # type: ignore[attr-defined]
    with Fake():
        recorded(world, path, drifting)
    head = {"document": "drift.jsonl", "kind": "other", "skill": "recorded", "sha256": "0", "capability": []}
    text = yamlio.dumps({**head, "lines": {}, "unread": []}) + "claims:\n" + "\n".join(replay.differences(path))
    claims = from_yaml(text, "drift.yaml").claims
    assert [(claim.subject, claim.name) for claim in claims] == [
        ("response", "trace"),
        ("response", "data.progress"),
        ("response", "data.queue"),
        ("status", "9"),
        ("result", "cover"),
    ]


@pytest.mark.parametrize(
    "text, words", [("{", "bad.jsonl:1: is no recorded"), ('{"a": 1}', "bad.jsonl:1"), (None, "No such")]
)
def test_a_file_that_is_no_cassette_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str | None, words: str
) -> None:
    path = tmp_path / "bad.jsonl"
    if text is not None:
        path.write_text(text)
    assert replay.main([str(path)]) == 2
    assert words in capsys.readouterr().err
