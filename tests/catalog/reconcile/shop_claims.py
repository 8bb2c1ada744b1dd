"""Claims of an invented shop: documents in a line each, and a whole service with its decisions and its overlay."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from codegen.catalog.reconcile import ReconciledCatalog, reconcile
from codegen.documents.claims import By, Claim, Kind, Subject, VendorDocument

OVERLAY = """\
overlay: 1.0.0
info: {title: words, version: 1.0.0}
actions:
  - target: $
    update:
      info:
        title: Shop
        description: Draws.
        license: {name: Apache License 2.0, identifier: Apache-2.0}
        contact: {name: Somebody}
      tags: [{name: drawing, description: Draw.}]
      security: []
      x-python: {client: Shop}
  - target: $.paths.*.post
    update:
      operationId: draw
      summary: Draw
      description: Draws.
      tags: [drawing]
      x-python: {method: draw}
      x-task: {kind: generate, reply: {result: ''}, assets: {at: [], media: image}}
"""

TASKS = """\
overlay: 1.0.0
info: {title: words, version: 1.0.0}
actions:
  - target: $
    update:
      info: {title: Shop, description: Draws., license: {name: Apache License 2.0, identifier: Apache-2.0}}
      tags: [{name: drawing, description: Draw.}]
      security: []
      x-python: {client: Shop}
  - target: $.paths.*.post
    update: {tags: [drawing], summary: Does, description: Does.}
  - target: $.paths['/draw'].post
    update:
      x-python: {method: draw}
      x-task:
        kind: submit
        id: /id
        result: report
        reply: {status: /data/status, result: /data/result}
        output: {title: Drawing}
        assets: {media: image}
      responses:
        '200': {links: {report: {operationId: report, requestBody: {id: '$response.body#/id'}}}}
  - target: $.paths['/report'].post
    update: {x-python: {method: report}, x-task: {kind: query}}
"""


def claim(
    line: int, facts: dict[str, Any], *, name: str = "size", operation: str | None = "draw",
    subject: Subject = "parameter", by: By = "statement",
) -> Claim:  # fmt: skip
    """Return a claim on the parameter `size` of the operation `draw`, unless another is given."""
    return Claim(line, subject, name, facts, operation, by)


def document(
    name: str,
    *claims: Claim,
    kind: Kind = "skill",
    capability: tuple[str, ...] = ("draw",),
    published: str | None = None,
) -> VendorDocument:
    """Return a document of the skill `shop`."""
    return VendorDocument(
        document=name,
        kind=kind,
        skill="shop",
        sha256="0" * 64,
        published=published,
        capability=capability,
        claims=claims,
    )


def listing(line: int, *names: str, operation: str | None = "draw") -> Claim:
    """Return a closed list of parameters."""
    return claim(line, {"names": list(names)}, name="parameters", operation=operation, subject="list")


URL_CLAIM = claim(1, {"url": "https://api.example.com/draw", "method": "POST"}, name="", subject="operation")
SERVER = claim(2, {}, name="https://api.example.com", subject="server", operation=None)
PROMPT = claim(3, {"type": "string", "required": True}, name="prompt")
LISTED = listing(4, "prompt", "size")
SIZE = claim(5, {"type": "integer", "required": False, "maximum": 9}, name="size")


def own(*more: Claim) -> VendorDocument:
    """Return the capability's own document."""
    return document("shop/SKILL.md", URL_CLAIM, SERVER, PROMPT, LISTED, SIZE, *more, published="2026-03-01")


def with_task(*more: Claim) -> VendorDocument:
    """Return documents where `draw` starts a task and `report` reports on it, with states and the result's key."""
    url_claim = {"url": "https://api.example.com/report", "method": "POST"}
    words = [("done", "succeeded"), ("waiting", "queued"), ("broken", "failed")]
    return own(
        claim(30, url_claim, name="", operation="report", subject="operation"),
        claim(31, {"type": "string", "required": True}, name="id", operation="report"),
        *(
            claim(40 + at, {"state": state}, name=word, operation=None, subject="status")
            for at, (word, state) in enumerate(words)
        ),
        claim(50, {"type": "array"}, name="files", subject="result", by="example"),
        claim(51, {"type": "string"}, name="id", subject="response"),
        claim(52, {"type": "string"}, name="data.status", operation="report", subject="response"),
        claim(53, {"type": "string", "contains": "json"}, name="data.result", operation="report", subject="response"),
        *more,
    )


def settled(
    folder: Path, documents: Sequence[VendorDocument], *, decisions: str = "decisions: []", overlay: str = OVERLAY
) -> ReconciledCatalog:
    """Reconcile these documents as the service `shop`."""
    for name, text in (("decisions", f"skills: [shop]\n{decisions}\n"), ("overlays", overlay)):
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "shop.yaml").write_text(text, encoding="utf-8")
    return reconcile(documents, folder / "decisions", folder / "overlays")
