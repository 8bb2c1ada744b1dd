"""Object stores of Google and Azure on loopback, so far as an uploader uses them: they verify what is signed.

A request is taken where its signature is right by the public rules of the provider: version 4 of signed URLs and
self-signed tokens of Google, shared keys and service SAS of Azure. Everything else is refused.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

ACCOUNT = "fakeaccount"
AZURE_KEY = base64.b64encode(b"fake-key-of-an-account").decode()
EMAIL = "fake@project.example"
GOOGLE_HOST = "storage.googleapis.com"
"""The host that a URL is signed for, whatever URL the server has."""


class ObjectServer:
    """Takes objects whose requests are signed, and gives them to who has a signed URL. `puts` has what was put."""

    def __init__(self) -> None:
        self.objects: dict[str, tuple[bytes, str]] = {}
        self.puts: list[str] = []
        self.parts: dict[tuple[str, str], bytes] = {}
        self.kinds: dict[str, str] = {}
        self.refused: list[str] = []
        handler = type("Handler", (_Handler,), {"store": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    def options(self) -> dict[str, Any]:
        """Return what an ObjectStore is opened with."""
        raise NotImplementedError

    def is_signed(self, method: str, target: str, headers: Mapping[str, str]) -> bool:
        """Return whether a request comes from who has the key."""
        raise NotImplementedError

    def is_signed_url(self, target: str) -> bool:
        """Return whether a URL for reading is signed and good now."""
        raise NotImplementedError


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    store: ObjectServer

    def do_HEAD(self) -> None:
        self._answer_signed(lambda path: 200 if path in self.store.objects else 404)

    def do_PUT(self) -> None:
        """Take an object, a part of one, or the list of the parts that Azure makes an object of."""
        content = self._content()
        kind = str(self.headers.get("x-ms-blob-content-type", self.headers.get("Content-Type", "")))
        query = dict(parse_qsl(urlsplit(self.path).query))

        def put(path: str) -> int:
            if query.get("comp") == "blocklist":
                self._join(path, re.findall(r"<Uncommitted>(.+?)</Uncommitted>", content.decode()), kind)
            elif part := query.get("blockid") or query.get("partNumber"):
                self.store.parts[path, part] = content
            else:
                self.store.objects[path] = (content, kind)
                self.store.puts.append(path)
            return 200 if "partNumber" in query else 201

        self._answer_signed(put)

    def do_POST(self) -> None:
        """Begin or end an object in parts, as Google has it."""
        content = self._content().decode()

        def post(path: str) -> tuple[int, bytes]:
            if "uploadId" not in self.path:
                self.store.kinds[path] = self.headers["Content-Type"]
                return 200, b"<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>"
            self._join(path, re.findall(r"<PartNumber>(\d+)</PartNumber>", content), self.store.kinds[path])
            return 200, b'<CompleteMultipartUploadResult><ETag>"1"</ETag></CompleteMultipartUploadResult>'

        self._answer_signed(post)

    def _content(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _join(self, path: str, parts: list[str], kind: str) -> None:
        self.store.objects[path] = (b"".join(self.store.parts[path, part] for part in parts), kind)
        self.store.puts.append(path)

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if not self.store.is_signed_url(self.path) or path not in self.store.objects:
            self._answer(403)
            return
        self._answer(200, *self.store.objects[path])

    def _answer_signed(self, act: Any) -> None:
        if not self.store.is_signed(self.command, self.path, {k.lower(): v for k, v in self.headers.items()}):
            self.store.refused.append(self.path)
            self._answer(403)
            return
        done = act(unquote(urlsplit(self.path).path))
        self._answer(*(done if isinstance(done, tuple) else (done,)))

    def _answer(self, status: int, content: bytes = b"", kind: str = "text/plain") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Type", kind)
        self.send_header("ETag", '"1"')
        self.send_header("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""


class Google(ObjectServer):
    """Google Cloud Storage, with a service account whose key is made here."""

    scheme = "gs"

    def __init__(self) -> None:
        super().__init__()
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def options(self) -> dict[str, Any]:
        """Return a service account that signs by itself, at the URL of this server."""
        pem = self._key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ).decode()
        account = {"private_key": pem, "private_key_id": "fake", "client_email": EMAIL, "gcs_base_url": self.url}
        return {"service_account_key": json.dumps(account), "client_options": {"allow_http": True}}

    def is_signed(self, method: str, target: str, headers: Mapping[str, str]) -> bool:
        """Check the token, which the account has signed itself."""
        head, _, signature = headers.get("authorization", "").removeprefix("Bearer ").rpartition(".")
        if not head or not self._is_ours(head.encode(), _decoded(signature)):
            return False
        claims = json.loads(_decoded(head.partition(".")[2]))
        return bool(claims["iss"] == EMAIL and claims["iat"] <= time.time() + 60 < claims["exp"])

    def is_signed_url(self, target: str) -> bool:
        """Check a signature of version 4 over method, path, query and host."""
        parts = urlsplit(target)
        query = dict(parse_qsl(parts.query))
        signature = bytes.fromhex(query.pop("X-Goog-Signature", ""))
        if not signature or query["X-Goog-SignedHeaders"] != "host":
            return False
        pairs = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in sorted(query.items()))
        canonical = f"GET\n{parts.path}\n{pairs}\nhost:{GOOGLE_HOST}\n\nhost\nUNSIGNED-PAYLOAD"
        scope = query["X-Goog-Credential"].partition("/")[2]
        signed = (
            query["X-Goog-Algorithm"],
            query["X-Goog-Date"],
            scope,
            hashlib.sha256(canonical.encode()).hexdigest(),
        )
        made = datetime.strptime(query["X-Goog-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).timestamp()
        is_good = made - 60 <= time.time() <= made + int(query["X-Goog-Expires"])
        return is_good and self._is_ours("\n".join(signed).encode(), signature)

    def _is_ours(self, content: bytes, signature: bytes) -> bool:
        try:
            self._key.public_key().verify(signature, content, padding.PKCS1v15(), hashes.SHA256())
        except InvalidSignature:
            return False
        return True


class Azure(ObjectServer):
    """Azure Blob Storage, with the shared key of an account."""

    scheme = "az"

    def options(self) -> dict[str, Any]:
        """Return the account and its key. Without a host of its own, the account is the first part of each path."""
        return {"account_name": ACCOUNT, "account_key": AZURE_KEY, "endpoint": f"{self.url}/{ACCOUNT}"}

    def is_signed(self, method: str, target: str, headers: Mapping[str, str]) -> bool:
        """Check the shared key over method, headers and path."""
        names = "content-encoding content-language content-length content-md5 content-type date if-modified-since "
        names += "if-match if-none-match if-unmodified-since range"
        plain = [headers.get(name, "") for name in names.split()]
        plain[2] = "" if plain[2] == "0" else plain[2]
        own = [f"{name}:{value}" for name, value in sorted(headers.items()) if name.startswith("x-ms-")]
        parts = urlsplit(target)
        query = [f"{name}:{value}" for name, value in sorted(parse_qsl(parts.query))]
        text = "\n".join([method, *plain, *own, f"/{ACCOUNT}{parts.path}", *query])
        return hmac.compare_digest(headers.get("authorization", ""), f"SharedKey {ACCOUNT}:{_mac(text)}")

    def is_signed_url(self, target: str) -> bool:
        """Check a service SAS for one blob."""
        parts = urlsplit(target)
        query = dict(parse_qsl(parts.query))
        fields = ["sp", "st", "se", "", "si", "sip", "spr", "sv", "sr", "snapshot", "ses"]
        fields += ["rscc", "rscd", "rsce", "rscl", "rsct"]
        resource = f"/blob{unquote(parts.path)}"
        text = "\n".join(query.get(name, "") if name else resource for name in fields)
        if "sig" not in query or not hmac.compare_digest(query["sig"], _mac(text)):
            return False
        start, end = (datetime.fromisoformat(query[name]).timestamp() for name in ("st", "se"))
        return query["sp"] == "r" and query["sr"] == "b" and start - 60 <= time.time() <= end


def _mac(text: str) -> str:
    return base64.b64encode(hmac.digest(base64.b64decode(AZURE_KEY), text.encode(), "sha256")).decode()


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
