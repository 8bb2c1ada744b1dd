"""ObjectStore puts files into a real S3 server on loopback, once for the same bytes, behind a signed URL."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from wondergen import InvalidRequest
from wondergen._media import make
from wondergen.upload import ObjectStore

pytest.importorskip("obstore")
pytest.importorskip("moto.server")

KEYS: dict[str, Any] = {"access_key_id": "fake-key", "secret_access_key": "fake-secret-key", "region": "us-east-1"}

SCOPE = "a/20260101/us-east-1/s3/aws4_request"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server

    served = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=True)
    thread = threading.Thread(target=served.serve_forever, daemon=True)
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
