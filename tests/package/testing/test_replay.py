"""Real exchanges are recorded once without anything secret, replayed, and held against the catalog."""

from __future__ import annotations

import json
import time
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus, urlsplit

import httpx
import pytest
from wondergen import TaskFailed
from wondergen.testing import Fake, TestProblems, WrongCall, replay, scrub

from codegen import paths, yamlio
from codegen.catalog.reconcile import reconcile
from codegen.documents.claims import from_yaml
from codegen.documents.importer import load_claims
from tests import catalog_values
from tests.chosen_operations import CREDITS, VIDEO
from tests.package.testing.conftest import Harness

PROMPT = "A secret castle of my company"
SHARP, DONE = VIDEO.choice("resolution"), VIDEO.status("succeeded")
SECRETS = {"app_key": "key-of-mine", "app_secret": "secret-of-mine"}


def recorded(harness: Harness, path: Path, handler: Any, times: int = 1) -> None:
    """Record a video through a transport that stands for the network."""
    with replay.record(path) as recorder:
        client = harness.client(VIDEO, **SECRETS, http_client=_http(harness, recorder, handler))
        for _ in range(times):
            harness.waited(VIDEO.call(client, PROMPT, resolution=SHARP, callback="https://me.example/h?sig=abc"))


def _http(harness: Harness, recorder: replay.Recorder, handler: Any) -> Any:
    inner = httpx.MockTransport(handler)
    if harness.is_async:
        return httpx.AsyncClient(transport=recorder.async_transport(inner))
    return httpx.Client(transport=recorder.transport(inner))


@pytest.fixture
def cassette(harness: Harness, tmp_path: Path) -> Path:
    """Return a cassette of one task, made with the fake in place of the vendor."""
    path = tmp_path / "cassettes" / "video.jsonl"
    with Fake() as fake:
        VIDEO.of(fake).succeeds(result={VIDEO.files: ["https://cdn.example/v.mp4?Signature=abc"]})
        recorded(harness, path, fake.transport().handler)
    return path


def test_an_exchange_is_one_line(cassette: Path) -> None:
    submit, *polls = replay.read(cassette)
    assert (submit.service, submit.operation, submit.status) == (VIDEO.service, VIDEO.name, 200)
    prompt = scrub.digest(PROMPT.encode())
    assert submit.request["body"] == VIDEO.body(prompt, resolution=SHARP, callback="https://me.example/h")
    assert [poll.request for poll in polls] == [{"body": {"task_id": "fake-task-1"}}] * 2
    assert json.loads(polls[-1].reply["data"]["result"]) == {VIDEO.files: ["https://cdn.example/v.mp4"]}


def test_a_cassette_has_no_secret_no_prompt_and_no_signature(cassette: Path) -> None:
    text = cassette.read_text(encoding="utf-8")
    assert text.count("\n") == 3
    for secret in ("of-mine", "Basic", "castle", "sig=", "Signature", "a2V5"):
        assert secret not in text


def test_what_a_reply_repeats_of_a_request_is_scrubbed_too(harness: Harness, tmp_path: Path) -> None:
    def echo(request: httpx.Request) -> httpx.Response:
        key = request.headers[catalog_values.key_header(VIDEO.service)]
        message = f"{PROMPT} with {key} and {request.headers['authorization']}"
        data = {
            "task_id": "t",
            "status": DONE,
            "reason": PROMPT,
            "result": json.dumps({VIDEO.files: [], "said": message}),
        }
        return httpx.Response(200, json={"code": 0, "msg": message, "data": data})

    path = tmp_path / "echo.jsonl"
    with Fake():
        recorded(harness, path, echo)
    text = path.read_text(encoding="utf-8")
    assert "<text> with *** and ***" in text
    for secret in ("of-mine", "castle", "a2V5"):
        assert secret not in text


def test_a_cassette_is_replayed_without_network_and_without_waiting(
    cassette: Path, harness: Harness, tmp_path: Path
) -> None:
    began = time.monotonic()
    with replay.play(cassette) as player:
        client = harness.client(VIDEO)
        video = harness.waited(VIDEO.call(client, PROMPT, resolution=SHARP, callback="https://me.example/h"))
        assert harness.run(video.save(tmp_path))[0].suffix == ".mp4"
        assert player.clock.slept > 1
    assert time.monotonic() - began < 5
    assert video.urls == player.downloads == ["https://cdn.example/v.mp4"]


def test_a_call_that_was_not_recorded_is_wrong(cassette: Path, harness: Harness) -> None:
    with replay.play(cassette) as player:
        with pytest.raises(WrongCall, match=f"recorded: .*{SHARP}"):
            harness.run(VIDEO.call(harness.client(VIDEO), "Other words", resolution=VIDEO.choices("resolution")[0]))
        player.forget()


@pytest.mark.parametrize("prompt", ["Other words", f"{PROMPT}.", "", "https://files.example/1.png and a castle"])
def test_another_prompt_is_not_in_the_cassette(cassette: Path, harness: Harness, prompt: str) -> None:
    with replay.play(cassette) as player:
        with pytest.raises(WrongCall, match="the texts differ") as caught:
            harness.run(
                VIDEO.call(harness.client(VIDEO), prompt or "-", resolution=SHARP, callback="https://me.example/h")
            )
        assert "castle" not in str(caught.value)
        player.forget()


def test_each_prompt_gets_its_own_reply_in_any_order(harness: Harness, tmp_path: Path) -> None:
    prompts = ["A fox crosses the snow", "The moon over a quiet sea", "https://a.example/1 is a URL", "fox"]
    path = tmp_path / "many.jsonl"

    def ids(client: Any, texts: list[str]) -> dict[str, str]:
        return {text: harness.run(VIDEO.call(client, text)).id for text in texts}

    with Fake() as fake, replay.record(path) as recorder:
        http = _http(harness, recorder, fake.transport().handler)
        recorded_ids = ids(harness.client(VIDEO, **SECRETS, http_client=http), prompts)
    with replay.play(path):
        assert ids(harness.client(VIDEO), prompts[::-1]) == recorded_ids
    assert not any(prompt in path.read_text(encoding="utf-8") for prompt in prompts)


def test_a_cassette_without_digests_is_recorded_again(cassette: Path) -> None:
    old = cassette.read_text(encoding="utf-8").replace(scrub.digest(PROMPT.encode()), "<text>")
    cassette.write_text(old, encoding="utf-8")
    with pytest.raises(ValueError, match=r"video\.jsonl:1: .*prompts have no digest.*record it again"):
        replay.play(cassette)


def test_what_was_recorded_has_to_be_sent(cassette: Path, harness: Harness) -> None:
    player = replay.play(cassette)
    with player:
        task = VIDEO.call(harness.client(VIDEO), PROMPT, resolution=SHARP, callback="https://me.example/h")
        harness.run(task)
        with pytest.raises(TestProblems, match=rf"video\.jsonl: {VIDEO.report.full} was recorded and not sent"):
            player.verify()


def test_a_recording_that_fails_does_not_replace_a_cassette(cassette: Path, harness: Harness) -> None:
    before = cassette.read_bytes()
    with Fake() as fake:
        VIDEO.of(fake).fails(reason="dark")
        with pytest.raises(TaskFailed):
            recorded(harness, cassette, fake.transport().handler)
    assert cassette.read_bytes() == before
    assert sorted(path.name for path in cassette.parent.iterdir()) == ["video.jsonl", "video.jsonl.partial"]


def test_replies_as_documented_differ_in_nothing(cassette: Path) -> None:
    assert replay.differences(cassette) == []
    assert replay.main([str(cassette)]) == 0


def drifting(request: httpx.Request) -> httpx.Response:
    """Return a service whose replies have changed."""
    if request.url.path == urlsplit(VIDEO.report.url).path:
        result = json.dumps({VIDEO.files: ["https://cdn.example/v.mp4"], "cover": "https://cdn.example/c.png"})
        status = 999 if drifting.polls == 0 else DONE  # type: ignore[attr-defined]
        drifting.polls += 1  # type: ignore[attr-defined]
        data = {"status": status, "progress": "50%", "queue": 4, "result": result if status == DONE else ""}
        return httpx.Response(200, json={"code": 0, "msg": "", "data": data})
    return httpx.Response(200, json={"code": 0, "msg": "", "data": {"task_id": "t"}, "trace": "x"})


def test_every_difference_is_a_claim(harness: Harness, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "drift.jsonl"
    drifting.polls = 0  # type: ignore[attr-defined]
    with Fake():
        recorded(harness, path, drifting)
    lines = replay.differences(path)
    assert [line.partition("  #")[0] for line in lines] == [
        f"- {{line: 1, operation: {VIDEO.vendor['id']}, response: trace, by: example, facts: {{type: string}}}}",
        "- {line: 2, operation: task, response: data.progress, by: example, facts: {type: string}}",
        "- {line: 2, operation: task, response: data.queue, by: example, facts: {type: integer}}",
        "- {line: 2, status: '999', by: example, facts: {state: null}}",
        f"- {{line: 3, operation: {VIDEO.vendor['id']}, result: cover, by: example, facts: {{type: string}}}}",
    ]
    assert replay.main([str(path)]) == 1
    assert capsys.readouterr().out.splitlines() == lines


def test_the_lines_make_a_new_catalog_once_a_person_has_said_what_a_status_means(tmp_path: Path) -> None:
    path = tmp_path / "drift.jsonl"
    drifting.polls = 0  # type: ignore[attr-defined]
    with Fake(), replay.record(path) as recorder:
        transport = recorder.transport(httpx.MockTransport(drifting))
        VIDEO.call(VIDEO.client(http_client=httpx.Client(transport=transport)), PROMPT).wait()
    # What only one of several operations shows that share a schema needs a name of its own: left out here.
    lines = [line for line in replay.differences(path) if VIDEO.vendor["id"] not in line]
    lines = [line.replace("state: null", "state: running") for line in lines]
    head = {
        "document": f"{VIDEO.service}-recorded/drift.jsonl",
        "kind": "other",
        "skill": f"{VIDEO.service}-recorded",
        "sha256": "0",
    }
    text = yamlio.dumps({**head, "capability": [], "lines": {}, "unread": []}) + "claims:\n" + "\n".join(lines)
    vendors = [one for one in load_claims(paths.CLAIMS) if one.skill.startswith(f"{VIDEO.service}-")]
    documents = [*vendors, from_yaml(text, "drift.yaml")]
    made = reconcile(documents, _alone(tmp_path, paths.DECISIONS), _alone(tmp_path, paths.OVERLAYS))
    openapi = made.openapi[VIDEO.service]
    operation = openapi["paths"][VIDEO.path]["post"]
    assert operation["x-task"]["states"]["999"] == "running"
    assert "queue" in openapi["components"]["schemas"]["TaskReport"]["properties"]


def _alone(folder: Path, source: Path) -> Path:
    """Return the decisions or overlays of one service."""
    alone = folder / source.name
    alone.mkdir(exist_ok=True)
    name = f"{VIDEO.service}.yaml"
    (alone / name).write_bytes((source / name).read_bytes())
    return alone


def test_a_query_is_claimed_under_the_name_that_the_documents_have_for_it(fake: Fake, tmp_path: Path) -> None:
    reply = {"code": 0, "msg": "", "trace_id": "t", "data": {"credits": 5, "plan": "gold"}}
    with replay.record(tmp_path / "credits.jsonl") as recorder:
        transport = recorder.transport(httpx.MockTransport(lambda request: httpx.Response(200, json=reply)))
        CREDITS.of(CREDITS.client(http_client=httpx.Client(transport=transport)))()
    (line,) = replay.differences(tmp_path / "credits.jsonl")
    assert line.startswith(f"- {{line: 1, operation: {CREDITS.vendor['id']}, response: data.plan, by: example,")


def test_of_a_result_whose_task_was_started_elsewhere_no_claim_is_made(fake: Fake, tmp_path: Path) -> None:
    VIDEO.of(fake).has_task("t-1", after=1)
    path = tmp_path / "resumed.jsonl"
    with replay.record(path):
        VIDEO.client().resume("t-1").wait()
    path.write_text(path.read_text().replace(VIDEO.files, "film_path"))
    (line,) = replay.differences(path)
    assert line.startswith("# line 1, task_result: ")


GOOD = {
    "service": CREDITS.service,
    "operation": CREDITS.name,
    "request": {"body": {}},
    "status": 200,
    "reply": {"code": 0},
}
DAMAGED: dict[str, tuple[str | bytes | None, str]] = {
    "cut": ('{"service": "med', "bad.jsonl:1: is not a recorded exchange"),
    "no exchange": ('{"a": 1}', "bad.jsonl:1: is not a recorded exchange"),
    "another service": (json.dumps({**GOOD, "service": "nobody"}), f"this package has no nobody.{CREDITS.name}"),
    "another operation": (json.dumps({**GOOD, "operation": "debits"}), f"this package has no {CREDITS.service}.debits"),
    "a status in words": (json.dumps({**GOOD, "status": "200"}), "status is of another type"),
    "no status": (json.dumps({**GOOD, "status": 99999}), "99999 is not an HTTP status"),
    "headers that are none": (json.dumps({**GOOD, "headers": 5}), "headers or status is of another type"),
    "the second line": (f"{json.dumps(GOOD)}\n{{", "bad.jsonl:2: is not a recorded exchange"),
    "no text": (b"\xff\xfe\x00", "bad.jsonl:1: is not a recorded exchange"),
    "empty": ("\n", "bad.jsonl: holds no exchange; record it again"),
    "missing": (None, "bad.jsonl is not there; record it first"),
}


@pytest.mark.parametrize("what", DAMAGED)
def test_a_file_that_is_no_cassette_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str) -> None:
    content, words = DAMAGED[what]
    path = tmp_path / "bad.jsonl"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert replay.main([str(path)]) == 2
    assert words in capsys.readouterr().err
    with pytest.raises((ValueError, FileNotFoundError), match=words.partition(":")[0]):
        replay.play(path)


def test_a_reply_may_hold_any_character(fake: Fake, tmp_path: Path) -> None:
    VIDEO.of(fake).fails(reason="one\u2028two\x85three\x0cfour", after=1)
    with replay.record(tmp_path / "odd.jsonl"), pytest.raises(TaskFailed, match="three"):
        VIDEO.call(VIDEO.client(), PROMPT).wait()
    with replay.play(tmp_path / "odd.jsonl"), pytest.raises(TaskFailed, match="one two three four"):
        VIDEO.call(VIDEO.client(), PROMPT).wait()


def test_a_client_that_is_made_anywhere_is_recorded(fake: Fake, harness: Harness, tmp_path: Path) -> None:
    with replay.record(tmp_path / "video.jsonl") as recorder:
        video = harness.waited(VIDEO.call(harness.client(VIDEO), PROMPT))
        harness.run(video.save(tmp_path))
    assert [one.operation for one in recorder.exchanges] == [VIDEO.name, VIDEO.report.name, VIDEO.report.name]
    harness.waited(VIDEO.call(harness.client(VIDEO), PROMPT))
    assert len(recorder.exchanges) == 3, "recording is over"


def test_what_goes_through_two_transports_is_recorded_once(fake: Fake, tmp_path: Path) -> None:
    with replay.record(tmp_path / "credits.jsonl") as recorder, httpx.Client(transport=recorder.transport()) as client:
        CREDITS.of(CREDITS.client(http_client=client))()
    assert len(recorder.exchanges) == 1


def test_a_recording_of_nothing_is_told_and_does_not_replace_a_cassette(tmp_path: Path) -> None:
    path = tmp_path / "video.jsonl"
    path.write_text("good")
    with pytest.raises(ValueError, match="nothing was recorded"), replay.record(path):
        pass
    assert path.read_text() == "good"


def test_what_is_sent_more_often_than_recorded_is_told(fake: Fake, tmp_path: Path) -> None:
    with replay.record(tmp_path / "credits.jsonl"):
        CREDITS.of(CREDITS.client())()
    with replay.play(tmp_path / "credits.jsonl") as player:
        CREDITS.of(CREDITS.client())()
        with pytest.raises(WrongCall, match=r"credits\.jsonl has this once, and it is sent once more"):
            CREDITS.of(CREDITS.client())()
        player.forget()


FORMS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "in small letters": str.lower,
    "in an address": quote,
    "in a form": quote_plus,
    "in JSON": json.dumps,
    "in base 64": lambda secret: b64encode(secret.encode()).decode(),
    "in base 64, one byte on": lambda secret: b64encode(f"x{secret}".encode()).decode(),
    "in base 64, two bytes on": lambda secret: b64encode(f"xy{secret}".encode()).decode(),
    "in base 64 of addresses": lambda secret: urlsafe_b64encode(secret.encode()).decode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_secret_is_scrubbed_in_whatever_form_it_comes_back(fake: Fake, tmp_path: Path, form: str) -> None:
    secrets = [PROMPT, "key-of-mine+1/x", "secret?of~mine"]
    forms = [FORMS[form](secret) for secret in secrets]
    reply = {"code": 0, "msg": "; ".join(forms), "data": {"task_id": "t", "access_token": "never-seen-before"}}
    with replay.record(tmp_path / "echo.jsonl") as recorder:
        transport = recorder.transport(httpx.MockTransport(lambda request: httpx.Response(200, json=reply)))
        client = VIDEO.client(app_key=secrets[1], app_secret=secrets[2], http_client=httpx.Client(transport=transport))
        VIDEO.call(client, secrets[0])
    (exchange,) = replay.read(tmp_path / "echo.jsonl")
    for word in forms:
        assert word[4:-4] not in exchange.reply["msg"], "but for what it shares with its neighbours"
    assert exchange.reply["data"] == {"task_id": "t", "access_token": "***"}


def test_a_prompt_in_an_address_does_not_save_the_signature_behind_it(fake: Fake, tmp_path: Path) -> None:
    VIDEO.of(fake).succeeds(result={VIDEO.files: ["https://cdn.example/castle-of-my-company/v.mp4?Signature=abc"]})
    with replay.record(tmp_path / "video.jsonl"):
        VIDEO.call(VIDEO.client(), "castle-of-my-company").wait()
    text = (tmp_path / "video.jsonl").read_text()
    assert "castle" not in text
    assert "Signature" not in text
    with replay.play(tmp_path / "video.jsonl"):
        assert VIDEO.call(VIDEO.client(), "castle-of-my-company").wait().save(tmp_path)[0].suffix == ".mp4"
