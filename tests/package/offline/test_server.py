"""Who may speak to the server and where it is, the control path, and what is served beside the services."""

from __future__ import annotations

import html
import json
import re
import signal
import socket
import subprocess
import sys
from contextlib import closing
from typing import Any

import httpx
import pytest
from wondergen._catalog.service_document import Catalog, load
from wondergen.offline import Running, Settings, Upstream, app, running
from wondergen.offline.control import ACTS, Act
from wondergen.offline.gateway import served_document
from wondergen.offline.host_guard import Guard
from wondergen.offline.result_contents import mermaid, outline

from codegen import paths
from tests import catalog_values
from tests.chosen_operations import CREDITS, DIAGRAM, OUTLINE, PICTURE, VIDEO
from tests.package.offline.conftest import Harness, StillClock
from tests.package.offline.valid_calls import a_call, method

HOSTS = [
    ("127.0.0.1:{port}", 200),
    ("localhost", 200),
    ("LOCALHOST:{port}", 200),
    ("[::1]:{port}", 200),
    ("evil.example", 421),
    ("localhost.evil.example:{port}", 421),
    ("10.0.0.1", 421),
    ("[::1", 421),
    ("", 421),
]


@pytest.mark.parametrize("host, status", HOSTS)
def test_a_name_that_was_bound_anew_does_not_reach_it(server: Running, host: str, status: int) -> None:
    port = server.url.rpartition(":")[2]
    for path in ("/control/tasks", f"/{PICTURE.service}/openapi.json"):
        assert httpx.get(server.url + path, headers={"Host": host.format(port=port)}).status_code == status


@pytest.mark.parametrize(
    "origin, status", [("http://127.0.0.1:1", 200), ("https://evil.example", 421), ("null", 421), ("http://[", 421)]
)
def test_a_page_of_another_place_does_not_reach_it(server: Running, origin: str, status: int) -> None:
    assert httpx.get(f"{server.url}/control/tasks", headers={"Origin": origin}).status_code == status


def test_where_it_is_bound_it_is_reached(server: Running) -> None:
    def fault(hosts: list[str], host: bytes) -> str | None:
        return Guard(app(server.upstream), hosts)._fault({"headers": [(b"host", host)]})

    assert fault(["box.example"], b"BOX.example:80") is None
    assert fault(["0.0.0.0"], b"192.0.2.7:80") is None
    assert fault(["0.0.0.0"], b"box.example") is not None
    assert fault([], b"box.example") is not None


def test_a_service_may_not_have_a_path_of_the_server() -> None:
    own = pytest.raises(ValueError, match="the path /files is the server's own")
    with closing(Upstream(catalogs={"files": load(PICTURE.service)})) as upstream, own:
        app(upstream)


def test_a_wide_open_door_is_warned_of() -> None:
    with pytest.warns(UserWarning, match=r"open to whoever reaches '0\.0\.0\.0'"), running(host="0.0.0.0") as server:
        assert server.url.startswith("http://0.0.0.0:")


def test_a_port_that_is_taken_is_said() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with (
            pytest.raises(OSError, match=rf"cannot listen at 127.0.0.1:{port}: .*; choose another port"),
            running(port=port),
        ):
            pass


def test_a_host_that_is_none_is_said() -> None:
    with pytest.raises(OSError, match="choose another host"), pytest.warns(match="is open"), running(host="no host"):
        pass


def test_an_unknown_service_is_said(server: Running) -> None:
    with pytest.raises(
        ValueError, match=f"there is no service 'acme'; there are {', '.join(catalog_values.services())}"
    ):
        server.base_url("acme")
    assert server.upstream.answer("acme", "GET", "/", base_url="").status == 404


def test_it_serves_until_it_is_stopped() -> None:
    code = "from wondergen.offline import Settings, serve; serve(Settings(), host='127.0.0.1', port=0)"
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=paths.ROOT / "generated",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        words = process.stdout.readline().split()
        credits = httpx.get(f"{words[3]}control/credits").json()
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=20)
    assert credits == dict.fromkeys(catalog_values.services(), 1000)
    assert (words[:3], rest, errors) == (["offline", "upstream", "at"], "", "")
    assert process.returncode == 0


def test_nothing_is_logged_of_a_call(
    harness: Harness, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    caplog.clear()
    harness.run(CREDITS.of(harness.client(CREDITS.service, **dict.fromkeys(CREDITS.keys, "fake-key-for-the-log")))())
    assert "fake-key-for-the-log" not in caplog.text + "".join(capfd.readouterr())
    assert [record for record in caplog.records if record.name.startswith("uvicorn.access")] == []


def test_the_control_path_shows_and_changes_the_accounts(server: Running) -> None:
    url = f"{server.url}/control/credits"
    assert httpx.post(url, json={"service": PICTURE.service, "credits": 7}).json()[PICTURE.service] == 7
    assert httpx.post(url, json={"credits": 9}).json() == dict.fromkeys(server.upstream.catalogs, 9)
    assert httpx.get(url).json()[DIAGRAM.service] == 9


def test_the_control_path_shows_tasks_and_forgets_them(harness: Harness) -> None:
    task = harness.run(VIDEO.call(harness.client(VIDEO.service), "A fox", duration=VIDEO.choices("duration")[0]))
    url = f"{harness.server.url}/control"
    row = httpx.get(f"{url}/tasks", params={"limit": 1}).json()[0]
    assert (row["id"], row["state"], row["raw_status"], row["text"]) == (
        task.id,
        "queued",
        str(VIDEO.status("queued")),
        "A fox",
    )
    assert row["arguments"] == VIDEO.body("A fox", duration=VIDEO.choices("duration")[0])
    assert row["files"] == []
    httpx.post(f"{url}/clock", json={"advance": 100})
    row = httpx.get(f"{url}/tasks", params={"limit": 1}).json()[0]
    assert (row["state"], row["progress"]) == ("succeeded", 100)
    assert httpx.get(harness.server.url + row["files"][0]).status_code == 200
    assert httpx.post(f"{url}/reset").json() == []
    assert httpx.get(f"{url}/tasks").json() == []


BAD: list[tuple[str, str, Any, str]] = [
    ("PUT", "faults", {}, "give a list such as"),
    ("PUT", "faults", [{"times": 2}], "entry 1: give an object with `fault`"),
    ("PUT", "faults", [{"fault": "fails", "when": 1}], "entry 1: give an object"),
    ("PUT", "faults", [{"fault": "fails", "times": 0}], "entry 1: times is 0"),
    ("PUT", "faults", [{"fault": "fails"}, {"fault": "fail"}], "did you mean 'fails'"),
    ("PUT", "faults", [{"fault": "fails", "service": "acme"}], "there is no service 'acme'"),
    ("PUT", "faults", [{"fault": "fails", "operation": "sing"}], "there is no operation 'sing'"),
    ("PUT", "faults", [{"fault": "fails", "service": ["acme"]}], "service is ['acme']: give a name"),
    ("PUT", "faults", [{"fault": "fails", "operation": {"a": 1}}], "operation is {'a': 1}: give a name"),
    ("POST", "credits", {"credits": 1, "service": {}}, "service is {}: give a name"),
    ("POST", "clock", {"advance": -1}, 'give {"advance": SECONDS}'),
    ("POST", "clock", [], 'give {"advance": SECONDS}'),
    ("POST", "credits", {"credits": "many"}, 'give {"credits": NUMBER}'),
    ("POST", "credits", {"credits": 1, "service": "acme"}, "there is no service 'acme'"),
    ("GET", "tasks?limit=0", None, "limit is '0'"),
]


@pytest.mark.parametrize("verb, path, body, words", BAD)
def test_the_control_path_says_what_is_wrong(server: Running, verb: str, path: str, body: Any, words: str) -> None:
    response = httpx.request(verb, f"{server.url}/control/{path}", content=json.dumps(body))
    assert (response.status_code, words in response.json()["message"]) == (400, True)
    assert server.upstream.state.fault_injector.orders == []


def test_the_control_path_tells_of_half_a_surrogate_pair(server: Running) -> None:
    response = httpx.put(f"{server.url}/control/faults", content=b'[{"fault": "code=\\ud800"}]')
    assert (response.status_code, "no document has the code \ud800" in response.json()["message"]) == (400, True)
    plan = b'{"prompt": "\\ud800"}'
    json_type = {"Content-Type": "application/json"}
    httpx.post(f"{server.base_url(DIAGRAM.service)}{DIAGRAM.path}", content=plan, headers=json_type)
    assert httpx.get(f"{server.url}/control/tasks").json()[0]["arguments"] == {"prompt": "\ud800"}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_everything_on_the_control_path_does_what_its_example_says(clock: StillClock, act: Act) -> None:
    with running(upstream=Upstream(clock=clock)) as server:
        response = httpx.request(act.method, f"{server.url}/control{act.path}", content=act.body)
        assert response.status_code == 200
        page = httpx.get(server.url).text
    assert f"{act.method} /control{act.path}" in page
    assert html.escape(act.body, quote=True).replace("&quot;", "&#34;") in page


def test_every_reply_has_a_trace_id_of_its_own(server: Running) -> None:
    base, known = server.base_url(PICTURE.service), {catalog_values.key_header(PICTURE.service): "any"}
    paths = [CREDITS.path, CREDITS.path, PICTURE.report.path.replace("{task_id}", "none"), "/none"]
    replies = [httpx.post(base + path, json={}, headers=headers).json() for path in paths for headers in (known, {})]
    found = [reply["trace_id"] for reply in replies]
    assert len(set(found)) == len(found) == 8
    assert all(re.fullmatch("[0-9a-f]{24}", trace) for trace in found)


def test_a_kept_report_has_a_new_trace_id_at_every_poll(server: Running) -> None:
    known, body = {catalog_values.key_header(PICTURE.service): "any"}, {"data": {"prompt": "A fox"}}
    base = server.base_url(PICTURE.service)
    started = httpx.post(base + PICTURE.path, json=body, headers=known).json()
    place = base + PICTURE.report.path.replace("{task_id}", started["data"]["task_id"])
    polls = [httpx.post(place, json={}, headers=known).json() for _ in range(2)]
    assert len({started["trace_id"], *(poll.pop("trace_id") for poll in polls)}) == 3
    assert polls[0] == polls[1]


def test_trace_ids_are_the_same_for_the_same_seed() -> None:
    def traces(seed: int | None) -> list[str]:
        upstream = Upstream(Settings(seed=seed))
        replies = [upstream.answer(PICTURE.service, "POST", "/none", base_url="") for _ in range(3)]
        upstream.close()
        return [json.loads(one.body)["trace_id"] for one in replies]

    assert traces(1) == traces(1) != traces(2)
    assert traces(None) != traces(None)


def test_a_reply_that_has_no_place_for_a_trace_id_has_none(server: Running) -> None:
    assert set(httpx.post(f"{server.base_url(DIAGRAM.service)}/none").json()) == {"code", "msg"}


def test_the_control_path_refuses_what_is_no_json(server: Running) -> None:
    response = httpx.post(f"{server.url}/control/clock", content=b"{")
    assert (response.status_code, response.json()) == (400, {"message": "the body is not JSON"})


def test_progress_grows(harness: Harness, clock: StillClock) -> None:
    task = harness.run(VIDEO.call(harness.client(VIDEO.service), "A fox"))
    seen = []
    for _ in range(7):
        harness.run(task.refresh())
        seen.append((str(task.status), task.progress))
        clock.advance(0.5)
    assert [status for status, _ in seen] == ["queued", *["running"] * 5, "succeeded"]
    progress = [share for _, share in seen]
    assert progress == sorted(set(progress))
    assert (progress[0], progress[-1]) == (0, 100)


def test_the_served_document_says_where_it_is_and_what_is_ours(server: Running) -> None:
    document = httpx.get(f"{server.base_url(VIDEO.service)}/openapi.json").json()
    assert document["servers"] == [{"url": server.base_url(VIDEO.service), "description": "The offline upstream."}]
    responses = document["paths"][VIDEO.report.path]["post"]["responses"]
    assert responses["404"]["description"].endswith("Of the offline upstream alone.")
    assert "servers" in server.upstream.catalogs[VIDEO.service].document
    assert (
        "404" not in server.upstream.catalogs[VIDEO.service].document["paths"][VIDEO.report.path]["post"]["responses"]
    )


def test_a_flowchart_has_source_that_shows_its_steps(harness: Harness) -> None:
    chart = harness.run(
        DIAGRAM.call(harness.client(DIAGRAM.service), 'Sign up, then check the "phone" [number] -> done')
    )
    assert getattr(chart, DIAGRAM.text) == (
        "flowchart TD\n"
        '    s1["Sign up"]\n'
        '    s2["check the #34;phone#34; #91;number#93;"]\n'
        '    s3["done"]\n'
        "    s1 --> s2\n"
        "    s2 --> s3\n"
    )
    plan = harness.run(OUTLINE.call(harness.client(OUTLINE.service), "Plan: design, build"))
    assert getattr(plan, OUTLINE.text) == "# Plan\n- design\n- build\n"


def test_source_is_made_of_anything() -> None:
    for text in ("", "word", 'a "quoted" <b>word</b> \n\x00 & more;', "x" * 1000, "a b c d e f g"):
        lines = mermaid(text).splitlines()
        assert lines[0] == "flowchart TD"
        assert all(line.count('"') == 2 for line in lines if "[" in line)
        assert outline(text).startswith("# ")


def test_a_call_that_answers_at_once_is_listed_too(harness: Harness) -> None:
    harness.run(method(harness.client(DIAGRAM.service), OUTLINE.name)(**a_call(DIAGRAM.service, OUTLINE.name)))
    row = harness.server.upstream.tasks(1)[0]
    assert (row.operation, str(row.state), row.raw_status, len(row.files)) == (OUTLINE.name, "succeeded", "", 2)


def test_settings_are_the_whole_story_of_a_server() -> None:
    with running(Settings(credits=3, task_seconds=0)) as server:
        assert server.upstream.balance(PICTURE.service) == 3
        harness = Harness(server, None)
        assert VIDEO.call(harness.client(VIDEO.service), "A fox").wait().urls
        harness.close()


def test_the_document_that_is_served_names_no_other_host() -> None:
    catalog = load(VIDEO.service)
    document = json.loads(json.dumps(dict(catalog.document)))
    path, item = next(iter(document["paths"].items()))
    verb = next(iter(item))
    document["paths"][path]["servers"] = item[verb]["servers"] = [{"url": "https://elsewhere.example"}]
    operations = [endpoint.operation for endpoint in catalog.endpoints.values()]
    assert "elsewhere.example" not in json.dumps(
        served_document(Catalog(catalog.service, operations, document), "http://here")
    )
