"""ObjectStore puts files into object stores on loopback, once for the same bytes, behind a signed URL.

S3 is moto's server. The stand-ins of Google and Azure verify each signature. Nothing goes to a public host: all that is
not plain HTTP to loopback would go to a proxy that is not there.
"""

from __future__ import annotations

import base64
import logging
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from wondergen import InvalidRequest
from wondergen._media import make
from wondergen.upload import ObjectStore, UploadFailed

from tests.package.upload.object_stores import Azure, Google

pytest.importorskip("obstore")
pytest.importorskip("moto.server")

KEYS: dict[str, Any] = {"access_key_id": "fake-key", "secret_access_key": "fake-secret-key", "region": "us-east-1"}

SCOPE = "a/20260101/us-east-1/s3/aws4_request"


@pytest.fixture(autouse=True)
def no_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every connection but those of plain HTTP to loopback fail at once."""
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server

    served = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=True)
    thread = threading.Thread(target=served.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{served.port}"
    httpx.put(f"{url}/pictures", headers={"Authorization": f"AWS4-HMAC-SHA256 Credential={SCOPE}"})
    yield url
    served.shutdown()
    served.server_close()
    thread.join()


def store(server: str, **options: Any) -> ObjectStore:
    return ObjectStore("s3://pictures/in", endpoint=server, **KEYS, **options)


def test_a_file_is_uploaded_once_and_read_by_its_signed_url(
    server: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    first, second = tmp_path / "a.png", tmp_path / "b.jpg"
    for path in (first, second):
        path.write_bytes(make("png", width=8, height=8))
    urls = [store(server)(first), store(server)(second)]
    assert len({url.partition("?")[0] for url in urls}) == 1
    assert "/pictures/in/" in urls[0]
    assert "X-Amz-Expires=86400" in urls[0]
    reply = httpx.get(urls[0])
    assert reply.content == first.read_bytes()
    assert reply.headers["Content-Type"] == "image/png"
    assert sum("uploaded" in record.getMessage() for record in caplog.records) == 1
    log = "".join(record.getMessage() for record in caplog.records if record.name.startswith("wondergen"))
    assert "fake-secret-key" not in log
    assert "Signature" not in log
    assert "fake" not in repr(store(server))


@pytest.mark.parametrize("expires", [timedelta(minutes=5), timedelta(days=8)])
def test_an_expiry_that_no_task_or_signature_allows_is_refused(server: str, expires: timedelta) -> None:
    with pytest.raises(InvalidRequest, match="expires"):
        store(server, expires=expires)


def test_a_url_of_no_store_is_refused() -> None:
    with pytest.raises(InvalidRequest, match="cannot be opened"):
        ObjectStore("gopher://bucket/prefix")


@pytest.mark.parametrize("kind", [Google, Azure])
def test_google_and_azure_get_signed_requests_and_give_what_a_signed_url_names(
    kind: type[Google] | type[Azure], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    picture = tmp_path / "a.png"
    picture.write_bytes(make("png", width=8, height=8))
    with kind() as served:
        urls = [ObjectStore(f"{served.scheme}://pictures/in", **served.options())(picture) for _ in range(2)]
        (name,) = served.puts
        assert "/pictures/in/" in name
        assert served.refused == []
        replies = [httpx.get(url, trust_env=False) for url in urls]
        assert [reply.content for reply in replies] == [picture.read_bytes()] * 2
        assert {reply.headers["Content-Type"] for reply in replies} == {"image/png"}
        served.objects[name.replace(".png", ".jpg")] = served.objects[name]
        for other in (urls[0].partition("?")[0], urls[0].replace(".png", ".jpg"), urls[0][:-4] + "0000"):
            assert httpx.get(other, trust_env=False).status_code == 403
    log = "".join(record.getMessage() for record in caplog.records if record.name.startswith("wondergen"))
    assert "uploaded" in log
    assert "sig=" not in log
    assert "Signature" not in log


LARGE = make("png", width=8, height=8) + b"x" * 12_000_000


def test_a_large_file_goes_in_parts_to_s3(server: str, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(LARGE)
    reply = httpx.get(store(server)(tmp_path / "a.png"))
    assert reply.content == LARGE
    assert reply.headers["Content-Type"] == "image/png"


@pytest.mark.parametrize("kind", [Google, Azure])
def test_a_large_file_goes_in_parts(kind: type[Google] | type[Azure], tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(LARGE)
    with kind() as served:
        url = ObjectStore(f"{served.scheme}://pictures/in", **served.options())(tmp_path / "a.png")
        reply = httpx.get(url, trust_env=False)
        assert len(served.parts) > 1
        assert len(served.puts) == 1
    assert reply.content == LARGE
    assert reply.headers["Content-Type"] == "image/png"


@pytest.mark.parametrize("kind", [Google, Azure])
def test_a_url_of_google_and_azure_is_good_for_as_long_as_asked(
    kind: type[Google] | type[Azure], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = tmp_path / "a.png"
    picture.write_bytes(make("png", width=8, height=8))
    with kind() as served:
        uploader = ObjectStore(f"{served.scheme}://pictures/in", expires=timedelta(hours=2), **served.options())
        url = uploader(picture)
        now = time.time()
        statuses = []
        for hours in (1.9, 2.1):
            monkeypatch.setattr(time, "time", lambda later=now + hours * 3600: later)
            statuses.append(httpx.get(url, trust_env=False).status_code)
    assert statuses == [200, 403]


@pytest.mark.parametrize("kind", [Google, Azure])
def test_a_key_that_is_not_the_account_s_is_an_upload_that_failed(
    kind: type[Google] | type[Azure], tmp_path: Path
) -> None:
    picture = tmp_path / "a.png"
    picture.write_bytes(b"no picture")
    with kind() as served, kind() as other:
        wrong = {**served.options(), "account_key": base64.b64encode(b"another-fake-key").decode()}
        if kind is Google:
            stated = other.options()["service_account_key"].replace(other.url, served.url)
            wrong = {**served.options(), "service_account_key": stated}
        with pytest.raises(UploadFailed) as caught:
            ObjectStore(f"{served.scheme}://pictures/in", **wrong)(picture)
        assert served.puts == []
        assert served.refused
    assert "PRIVATE KEY" not in str(caught.value)
