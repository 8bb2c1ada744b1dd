"""Tasks of other services, by an overlay alone: submitted, waited for, cancelled and saved against a stand-in."""

from __future__ import annotations

import base64
import importlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from codegen import assemble
from codegen.package._media import make
from codegen.python.read import read_catalog
from tests.shared import importable, made_once

HERE = Path(__file__).parent
PACKAGE = "services_of_the_examples"
KEY = "fake-key"


class Standin:
    """A stand-in that answers from a table and keeps what came."""

    def __init__(self) -> None:
        self.replies: dict[tuple[str, str], list[tuple[int, Any]]] = {}
        self.headers: dict[str, str] = {}
        """Of every reply."""
        self.requests: list[tuple[str, str, dict[str, str], Any]] = []
        standin = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                length = int(self.headers.get("content-length") or 0)
                content = self.rfile.read(length)
                body = json.loads(content or b"null") if "json" in self.headers.get("content-type", "json") else content
                headers = {name.lower(): value for name, value in self.headers.items()}
                standin.requests.append((self.command, self.path, headers, body))
                rows = standin.replies.get((self.command, self.path), [(404, {})])
                status, reply = rows.pop(0) if len(rows) > 1 else rows[0]
                content = reply if isinstance(reply, bytes) else json.dumps(reply).encode()
                self.send_response(status)
                self.send_header("content-type", "video/mp4" if isinstance(reply, bytes) else "application/json")
                self.send_header("content-length", str(0 if status == 204 else len(content)))
                for name, value in standin.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                if status != 204:
                    self.wfile.write(content)

            do_GET = do_POST = do_PUT = do_DELETE = answer

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def says(self, method: str, path: str, *replies: Any, status: int = 200) -> None:
        """Answer these in turn, the last one for ever."""
        self.replies[method, path] = [(status, reply) for reply in replies]

    def close(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def standin() -> Iterator[Standin]:
    """Return a stand-in without replies."""
    service = Standin()
    yield service
    service.close()


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Generate the package of all documents here, with their overlays."""

    def generate(folder: Path) -> None:
        model = read_catalog(HERE / "documents", PACKAGE, "1.0.0", HERE / "overlays")
        assert [service.refused for service in model.services if service.refused] == []
        assemble.write(assemble.render(model, ("testing",)), folder)

    folder = made_once(tmp_path_factory, "services", generate)
    with importable(folder):
        yield importlib.import_module(PACKAGE)


FAST = {"first_interval": 0.001, "max_interval": 0.001}


def test_a_task_is_polled_by_its_id_in_the_path_and_its_output_is_a_text(
    package: Any, standin: Standin, tmp_path: Path
) -> None:
    standin.says("POST", "/predictions", {"id": "p1", "status": "starting"}, status=201)
    reply = {"id": "p1", "status": "succeeded", "output": f"{standin.url}/files/1.mp4"}
    standin.says("GET", "/predictions/p1", {"id": "p1", "status": "processing"}, reply)
    standin.says("GET", "/files/1.mp4", make("mp4"))
    with package.Replicate(api_token=KEY, base_url=standin.url) as client:
        task = client.predictions_create(version="v1", input={"prompt": "a fox"})
        result = task.wait(**FAST)
        (path,) = result.save(tmp_path)
    assert (result.urls, path.suffix) == ([f"{standin.url}/files/1.mp4"], ".mp4")
    assert standin.requests[0][2]["authorization"] == f"Bearer {KEY}"
    assert "authorization" not in standin.requests[-1][2], "a file is fetched without the key"


def test_a_task_is_cancelled_by_an_operation(package: Any, standin: Standin) -> None:
    standin.says("POST", "/predictions", {"id": "p1", "status": "starting"}, status=201)
    standin.says("POST", "/predictions/p1/cancel", {"id": "p1", "status": "canceled"})
    standin.says("GET", "/predictions/p1", {"id": "p1", "status": "canceled"})
    with package.Replicate(api_token=KEY, base_url=standin.url) as client:
        task = client.predictions_create(version="v1", input={}).cancel()
    assert task.status == "cancelled"


def test_a_task_that_is_forgotten_once_it_is_cancelled_is_cancelled(
    package: Any, standin: Standin, tmp_path: Path
) -> None:
    standin.says("POST", "/enhance/async", {})
    standin.headers = {"x-process-id": "p1"}
    standin.says("DELETE", "/cancel/p1", None, status=204)
    standin.says("GET", "/status/p1", {"message": "no such job"}, status=404)
    with package.Topaz(api_key=KEY, base_url=standin.url, journal=tmp_path / "runs.sqlite") as client:
        task = client.post_enhance(source_url="https://example.com/cat.png").cancel()
        assert task.status == "cancelled"
        assert list(client.journal.unfinished()) == []
        with pytest.raises(package.NotFound, match="no such job"):
            task.refresh()


def test_progress_from_0_to_1_is_told_in_percent_and_the_output_may_be_a_list(package: Any, standin: Standin) -> None:
    standin.says("POST", "/v1/image_to_video", {"id": "t1"})
    running = {"status": "RUNNING", "progress": 0.25}
    reply = {"status": "SUCCEEDED", "output": ["https://cdn.example.com/a.mp4", "https://cdn.example.com/b.mp4"]}
    standin.says("GET", "/v1/tasks/t1", running, reply)
    seen: list[float | None] = []
    with package.Runway(api_key=KEY, api_version="2024-11-06", base_url=standin.url) as client:
        task = client.image_to_video(model="gen4", prompt_image="https://example.com/cat.png")
        result = task.wait(on_update=lambda task: seen.append(task.progress), **FAST)
    assert seen == [25.0, None]
    assert result.urls == reply["output"]
    assert {headers["x-runway-version"] for _, _, headers, _ in standin.requests} == {"2024-11-06"}


def test_the_bytes_of_a_result_are_the_reply_of_another_call(package: Any, standin: Standin, tmp_path: Path) -> None:
    standin.says("POST", "/videos", {"id": "v1", "status": "queued"})
    standin.says("GET", "/videos/v1", {"id": "v1", "status": "completed", "progress": 100})
    standin.says("GET", "/videos/v1/content", make("mp4"))
    with package.OpenAI(api_key=KEY, base_url=standin.url) as client:
        (path,) = client.create_video(prompt="a fox", seconds="8").wait(**FAST).save(tmp_path)
    assert path.read_bytes() == make("mp4")
    assert standin.requests[-1][2]["authorization"] == f"Bearer {KEY}"


def test_a_task_is_asked_at_the_url_that_the_reply_names_and_its_result_stands_at_another(
    package: Any, standin: Standin
) -> None:
    urls = {name: f"{standin.url}/requests/r1/{name}" for name in ("status_url", "response_url", "cancel_url")}
    standin.says("POST", "/models/flux", urls)
    standin.says("GET", "/requests/r1/status_url", {"status": "IN_QUEUE"}, {"status": "COMPLETED"})
    standin.says("GET", "/requests/r1/response_url", {"images": ["https://cdn.example.com/1.png"]})
    with package.Queue(api_key=KEY, base_url=standin.url) as client:
        task = client.run("flux", prompt="a fox")
        assert task.wait(**FAST).urls == ["https://cdn.example.com/1.png"]
        assert {headers["x-key"] for _, _, headers, _ in standin.requests} == {KEY}
        standin.says("GET", "/requests/r1/status_url", {"status": "CANCELLED"})
        standin.says("PUT", "/requests/r1/cancel_url", {})
        assert client.run("flux", prompt="a fox").cancel().status == "cancelled"


def test_a_key_goes_to_no_other_host_that_a_reply_names(package: Any, standin: Standin) -> None:
    standin.says("POST", "/models/flux", {"status_url": "https://evil.example.com/status"})
    with package.Queue(api_key=KEY, base_url=standin.url) as client:
        task = client.run("flux", prompt="a fox")
        with pytest.raises(package.UntrustedHost, match="another host"):
            task.refresh()
    assert len(standin.requests) == 1


def test_with_an_idempotency_header_a_paid_request_is_sent_again(package: Any, standin: Standin) -> None:
    status_url = f"{standin.url}/requests/r1/status_url"
    standin.replies["POST", "/models/flux"] = [(503, {}), (200, {"status_url": status_url})]
    with package.Queue(api_key=KEY, base_url=standin.url, max_retries=1) as client:
        assert client.run("flux", prompt="a fox").id == status_url
    sent = [headers["idempotency-key"] for _, _, headers, _ in standin.requests]
    assert len(sent) == 2
    assert len(set(sent)) == 1


def test_an_id_may_stand_in_a_header_and_the_result_in_the_reply_of_another_operation(
    package: Any, standin: Standin, tmp_path: Path
) -> None:
    standin.headers = {"x-process-id": "p1"}
    standin.says("POST", "/enhance/async", {})
    standin.says("GET", "/status/p1", {"status": "Processing", "progress": 40}, {"status": "Completed"})
    reply = {"download_url": f"{standin.url}/files/1.png", "head_url": f"{standin.url}/files/head"}
    standin.says("GET", "/download/p1", reply)
    standin.says("GET", "/files/1.png", make("png"))
    standin.says("DELETE", "/cancel/p1", None, status=204)
    with package.Topaz(api_key=KEY, base_url=standin.url) as client:
        task = client.post_enhance(source_url="https://example.com/cat.png")
        (path,) = task.wait(**FAST).save(tmp_path)
        assert (task.id, path.read_bytes()) == ("p1", make("png"))
        standin.says("GET", "/status/p1", {"status": "Cancelled"})
        assert task.cancel().status == "cancelled"
    assert standin.requests[-2][:2] == ("DELETE", "/cancel/p1")


def test_the_http_status_may_be_the_status_and_the_report_the_file(
    package: Any, standin: Standin, tmp_path: Path
) -> None:
    standin.says("POST", "/v2beta/stable-image/upscale/creative", {"id": "s1"}, status=202)
    standin.replies["GET", "/v2beta/results/s1"] = [(202, {"status": "in-progress"}), (200, make("png"))]
    with package.Stability(api_key=KEY, base_url=standin.url) as client:
        task = client.upscale(prompt="a fox")
        (path,) = task.wait(**FAST).save(tmp_path)
    assert (task.raw_status, path.read_bytes()) == (200, make("png"))
    assert {headers["authorization"] for _, _, headers, _ in standin.requests} == {f"Bearer {KEY}"}


def test_each_file_may_be_the_reply_of_an_operation_that_takes_an_id_of_the_report(
    package: Any, standin: Standin, tmp_path: Path
) -> None:
    standin.says("POST", "/video/generations/jobs", {"id": "j1", "status": "queued"}, status=201)
    reply = {"id": "j1", "status": "succeeded", "generations": [{"id": "g1"}, {"id": "g2"}]}
    standin.says("GET", "/video/generations/jobs/j1", {"id": "j1", "status": "preprocessing"}, reply)
    for name in ("g1", "g2"):
        standin.says("GET", f"/video/generations/{name}/content/video", make("mp4"))
    with package.Azure(api_key=KEY, base_url=standin.url) as client:
        task = client.create_job(prompt="a fox", n_variants=2)
        paths = client.resume(task.token()).wait(**FAST).save(tmp_path)
    assert [path.name for path in paths] == ["create_job-j1-1.mp4", "create_job-j1-2.mp4"]


def _drawn(package: Any, standin: Standin, *reports: Any) -> Any:
    standin.headers = {"operation-location": f"{standin.url}/operations/o1"}
    standin.says("POST", "/images", None, status=202)
    standin.says("GET", "/operations/o1", *reports)
    return package.LongRunning(api_key=KEY, base_url=standin.url)


def test_an_operation_may_be_done_with_files_in_its_response(package: Any, standin: Standin, tmp_path: Path) -> None:
    text = base64.b64encode(make("png")).decode()
    images = [{"bytesBase64Encoded": text}, {"bytesBase64Encoded": f"data:image/png;base64,{text}"}]
    with _drawn(package, standin, {}, {"done": True, "response": {"predictions": images}}) as client:
        task = client.draw(prompt="a fox")
        paths = task.wait(**FAST).save(tmp_path)
        assert [path.read_bytes() for path in paths] == [make("png")] * 2
        standin.says("DELETE", "/operations/o1", None, status=204)
        task.cancel()
    assert standin.requests[-2][:2] == ("DELETE", "/operations/o1")
    assert {headers["authorization"] for _, _, headers, _ in standin.requests} == {f"Key {KEY}"}


@pytest.mark.parametrize(
    "error", [{"done": True, "error": {"message": "too dark"}}, {"error": {"message": "too dark"}}]
)
def test_an_operation_may_be_done_with_an_error(package: Any, standin: Standin, error: Any) -> None:
    with (
        _drawn(package, standin, error) as client,
        pytest.raises(package.TaskFailed, match="too dark"),
    ):
        client.draw(prompt="a fox").wait(**FAST)


def test_the_key_goes_to_the_named_hosts_of_a_service_and_to_no_other(package: Any, standin: Standin) -> None:
    with _drawn(package, standin, {}) as client:
        own = client._session.own_url
        operation, hosts = client.draw(prompt="a fox")._operation, (".images.example",)
        assert own(operation, "https://eu.images.example/1", hosts) == "https://eu.images.example/1"
        for other in ("http://eu.images.example/1", "https://images.example.org/1", "https://eu.images.example:8443/1",
                      "https://key@eu.images.example/1", "https://myimages.example/1"):  # fmt: skip
            with pytest.raises(package.UntrustedHost):
                own(operation, other, hosts)


def test_a_service_is_asked_again_after_the_pause_that_it_asks_for(package: Any, standin: Standin) -> None:
    pauses: list[float] = []
    with _drawn(package, standin, {}, {"done": True, "response": {"predictions": []}}) as client:
        standin.headers["retry-after"] = "7"
        client._session.clock.sleep = pauses.append
        client.draw(prompt="a fox").wait(**FAST)
    assert pauses == [7.0, 7.0]


def test_a_task_with_a_number_is_asked_for_by_post_and_may_appear_late(package: Any, standin: Standin) -> None:
    standin.says("POST", "/tickets", {"number": 7}, status=201)
    missing, going = (404, {"error": "no such ticket"}), (200, {"stage": 1})
    reply = (200, {"stage": 2, "prints": [{"href": "https://cdn.example.com/1.png"}]})
    standin.replies["POST", "/tickets/look"] = [missing, going, reply]
    with package.Tickets(api_key=KEY, base_url=standin.url) as client:
        task = client.print_pictures(prompt="a fox")
        assert task.wait(**FAST).urls == ["https://cdn.example.com/1.png"]
        assert client.resume(task.token()).refresh().raw_status == 2
    assert [body for method, path, _, body in standin.requests if path == "/tickets/look"] == [{"number": 7}] * 4


def test_a_task_that_fails_says_the_error_of_its_report(package: Any, standin: Standin) -> None:
    standin.says("POST", "/tickets", {"number": 7}, status=201)
    standin.says("POST", "/tickets/look", {"stage": 3, "error": "too dark"})
    with (
        package.Tickets(api_key=KEY, base_url=standin.url) as client,
        pytest.raises(package.TaskFailed, match="too dark"),
    ):
        client.print_pictures(prompt="a fox").wait(**FAST)


def test_a_task_with_a_number_can_be_faked(package: Any) -> None:
    kit = importlib.import_module(f"{PACKAGE}.testing")
    with kit.Fake() as fake, package.Tickets(api_key=KEY) as client:
        fake.tickets.print_pictures.succeeds(files=3)
        assert len(client.print_pictures(prompt="a fox").wait().urls) == 3
        fake.tickets.print_pictures.fails(reason="too dark")
        with pytest.raises(package.TaskFailed, match="too dark"):
            client.print_pictures(prompt="a fox").wait()


@pytest.mark.parametrize(
    "client, method, arguments",
    [
        ("Topaz", "post_enhance", {"source_url": "https://example.com/cat.png"}),
        ("Stability", "upscale", {"prompt": "a fox"}),
        ("Azure", "create_job", {"prompt": "a fox"}),
        ("LongRunning", "draw", {"prompt": "a fox"}),
    ],
)
def test_the_fake_says_which_tasks_it_does_not_simulate(
    package: Any, client: str, method: str, arguments: dict[str, str]
) -> None:
    kit = importlib.import_module(f"{PACKAGE}.testing")
    with kit.Fake(), pytest.raises(Exception, match=f"{method}: the body of a report does not have all of the task"):
        getattr(getattr(package, client)(api_key=KEY), method)(**arguments)
