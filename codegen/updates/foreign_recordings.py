"""Recordings of other tools: HAR, as browsers and proxies export it, and cassettes of vcr in YAML or JSON."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from codegen.faults import Fault, InputFault

_INTERACTIONS = ("interactions", "http_interactions")
_DECODED = frozenset({"content-encoding", "content-length", "transfer-encoding"})
"""Headers that are wrong where a recording holds the decoded body."""


def rows(path: Path) -> list[dict[str, Any]] | None:
    """Return the exchanges of a HAR file or a vcr cassette; None where the file is neither. Raises InputFault."""
    document = _document(path)
    if isinstance(document, dict) and "log" in document:
        log = document["log"]
        return _all(path, "log.entries", log.get("entries") if isinstance(log, dict) else None, _of_har)
    key = next((key for key in _INTERACTIONS if isinstance(document, dict) and key in document), None)
    if key is not None:
        return _all(path, key, document[key], _of_vcr)
    if path.suffix.lower() == ".har":
        raise InputFault(Fault(str(path), "log", "is missing", "export the HAR file again"))
    if path.suffix.lower() in {".yaml", ".yml"}:
        raise InputFault(Fault(str(path), "interactions", "is missing", "name a cassette of vcr"))
    return None


def _document(path: Path) -> Any:
    """Return the file as JSON or YAML; None where it is JSON by line or something else."""
    suffix = path.suffix.lower()
    text = path.read_bytes().decode("utf-8-sig", "replace")
    try:
        if suffix in {".yaml", ".yml"}:
            return yaml.load(text, Loader=yaml.CSafeLoader)
        return json.loads(text)
    except yaml.MarkedYAMLError as error:
        where = f"line {error.problem_mark.line + 1}" if error.problem_mark else ""
        problem = f"is not YAML that can be read: {error.problem}"
        raise InputFault(Fault(str(path), where, problem, "record it again")) from None
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        if suffix not in {".har", ".json", ".yaml", ".yml"}:
            return None
        where = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        kind = "YAML" if suffix in {".yaml", ".yml"} else "JSON"
        problem = f"is not {kind}, or cut off"
        raise InputFault(Fault(str(path), where, problem, "export it again")) from None


def _all(path: Path, place: str, entries: Any, read_one: Any) -> list[dict[str, Any]]:
    if not isinstance(entries, list) or not entries:
        raise InputFault(Fault(str(path), place, "holds no exchange", "record it again"))
    exchanges, faults = [], []
    for number, entry in enumerate(entries, 1):
        try:
            row = read_one(entry)
        except (LookupError, TypeError, ValueError, AttributeError):
            problem = "is not an exchange: request with method and URL, response with status and body"
            faults.append(Fault(str(path), f"{place}[{number - 1}]", problem, "delete it, or record it again"))
        else:
            exchanges.append({**row, "number": number})
    if faults:
        raise InputFault(faults)
    return exchanges


def _of_har(entry: Any) -> dict[str, Any]:
    """Return one entry of a HAR file. Where no response came its status is 0, and there is nothing to compare."""
    request, response = entry["request"], entry["response"]
    if int(response["status"]) == 0:
        return {"method": str(request["method"]), "url": str(request["url"]), "status": 0}
    content = response.get("content", {})
    request_body = request.get("postData") or {}
    text = request_body.get("text") or "&".join(
        f"{one['name']}={one.get('value', '')}" for one in request_body.get("params") or ()
    )
    reply_text = content.get("text") or ""
    is_base_64 = content.get("encoding") == "base64"
    return _row(
        (request["method"], request["url"]),
        [(one["name"], one["value"]) for one in request.get("headers", ())],
        text.encode(),
        int(response["status"]),
        [(one["name"], one["value"]) for one in response.get("headers", ())],
        _from_base_64(reply_text) if is_base_64 else reply_text.encode(),
        is_decoded=True,
    )


def _of_vcr(entry: Any) -> dict[str, Any]:
    """Return one interaction of a vcr cassette."""
    request, response = entry["request"], entry["response"]
    status = response["status"]
    content, is_decoded = _body(response.get("body"))
    return _row(
        (request["method"], request["uri"]),
        list(_headers(request.get("headers"))),
        _body(request.get("body"))[0],
        int(status["code"] if isinstance(status, dict) else status),
        list(_headers(response.get("headers"))),
        content,
        is_decoded=is_decoded,
    )


def _headers(headers: Any) -> Iterator[tuple[str, str]]:
    for name, values in (headers or {}).items():
        yield from ((name, str(value)) for value in (values if isinstance(values, list) else [values]))


def _body(body: Any) -> tuple[bytes, bool]:
    """Return a body of vcr, and whether it is text, which is always decoded."""
    if isinstance(body, dict):
        body = _from_base_64(body["base64_string"]) if "base64_string" in body else body.get("string")
    if body is None or isinstance(body, bytes):
        return body or b"", False
    if not isinstance(body, str):
        raise TypeError("a body is text or bytes")
    return body.encode("utf-8", "surrogatepass"), True


def _from_base_64(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error as error:
        raise ValueError("no base 64") from error


def _row(
    target: tuple[str, str],
    headers: Iterable[tuple[str, str]],
    body: bytes,
    status: int,
    reply_headers: Iterable[tuple[str, str]],
    content: bytes,
    *,
    is_decoded: bool,
) -> dict[str, Any]:
    """Return an exchange as the package reads it. The pseudo headers of HTTP/2 (`:path`) are left out."""
    method, url = target
    if not (isinstance(method, str) and isinstance(url, str) and 100 <= status <= 599):
        raise ValueError("no method, URL or status")
    own_headers = [row for row in reply_headers if not (is_decoded and row[0].lower() in _DECODED)]
    return {
        "method": method,
        "url": url,
        "headers": [[name, value] for name, value in headers if not name.startswith(":")],
        "body": base64.b64encode(body).decode(),
        "status": status,
        "reply_headers": [[name, value] for name, value in own_headers if not name.startswith(":")],
        "content": base64.b64encode(content).decode(),
    }
