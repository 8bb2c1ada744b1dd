"""What a client does not import before it needs it: the libraries take longer than all the rest of it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.chosen_operations import DIAGRAM, PICTURE, VIDEO

KEYS = {f"{kind}{one.client_name}": one.keys for one in (DIAGRAM, PICTURE, VIDEO) for kind in ("", "Async")}
CALL = """
import http.server, threading
class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        body = b'{"code": 0, "data": {"task_id": "t-1"}}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *arguments): pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
before = set(sys.modules)
from wondergen import CLIENT
client = CLIENT(**KEYS, base_url=f"http://127.0.0.1:{server.server_port}")
assert client.NAME(**ARGUMENTS).id == "t-1"
client.close()
"""


def _imported(code: str) -> set[str]:
    script = f"import sys\nbefore = set(sys.modules)\n{code}\nprint(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("client", KEYS)
def test_a_client_that_is_ready_has_imported_no_library(client: str) -> None:
    found = _imported(f"from wondergen import {client}\n{client}(**{KEYS[client]})")
    assert "wondergen._runtime.request" in found
    libraries = {"pydantic", "pydantic_core", "httpx", "httpcore", "h11", "anyio", "sqlite3", "dataclasses"}
    assert found & (libraries - ({"dataclasses"} if client.startswith("Async") else set())) == set()


def test_a_first_call_imports_neither_httpx_nor_the_journal_nor_tls() -> None:
    call = CALL.replace("CLIENT", VIDEO.client_name).replace("NAME", VIDEO.name)
    found = _imported(call.replace("KEYS", str(VIDEO.keys)).replace("ARGUMENTS", str(VIDEO.body("A fox"))))
    assert {"pydantic", "h11", "wondergen._runtime.sync.connections"} <= found
    assert found & {"httpx", "httpcore", "anyio", "sqlite3", "wondergen._runtime.journal", "certifi"} == set()
