"""An invented service, Lumen, as its vendor describes it and as its overlay names it: the whole pipeline in small."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

OVERLAY = """\
overlay: 1.0.0
info: {title: Lumen in our words, version: 1.0.0}
actions:
  - target: $
    update:
      info:
        title: Lumen
        description: Invented for tests.
        license: {name: Apache License 2.0, identifier: Apache-2.0}
        contact: {name: The wondergen project}
      tags: [{name: drawing, description: Draw.}]
      security: [{key: []}]
      components:
        securitySchemes:
          key:
            type: apiKey
            in: header
            name: X-LUMEN-KEY
            description: A key.
            x-python: {plain: {argument: api_key, variable: LUMEN_API_KEY, obtain: 'https://lumen.example/keys'}}
      x-python: {client: Lumen}
      x-error-codes: {at: {message: /msg}}
  - target: $.paths.*[?@.operationId]
    update: {tags: [drawing], summary: Draw, description: Draws.}
  - target: $.paths.*[?@.operationId == 'sketch']
    update:
      x-python: {method: sketch, positional: [prompt], body: /data}
      x-task:
        kind: generate
        reply: {result: /data}
        output: '#/components/schemas/Sketch'
        assets: {at: [], media: image}
      responses:
        '200': {content: {application/json: {schema: {title: SketchReply, properties: {data: {title: Sketch}}}}}}
"""


def lay_out(root: Path, styles: Sequence[str]) -> Path:
    """Write the service's decisions and overlay into specs/, and its document beside it; give back the document."""
    for folder, text in (("decisions", "skills: [c_api_doc_detail]\n"), ("overlays", OVERLAY)):
        (root / "specs" / folder).mkdir(parents=True, exist_ok=True)
        (root / "specs" / folder / "lumen.yaml").write_text(text, encoding="utf-8")
    document = root / "c_api_doc_detail.json"
    document.write_text(json.dumps([_sketch(styles)], indent=1), encoding="utf-8")
    return document


def _sketch(styles: Sequence[str]) -> dict[str, object]:
    parameters = [
        {"name": "prompt", "type": "string", "describe": "What to draw. Maximum string length: 80.", "required": True},
        {
            "name": "style",
            "type": "string",
            "describe": f"Style parameter. Options: {', '.join(styles)}. Default is {styles[0]}.",
            "keywords": list(styles),
            "required": False,
        },
    ]
    reply = [
        {"name": "code", "type": "integer", "describe": "Response status code, 0 indicates success"},
        {"name": "msg", "type": "string", "describe": "Response message"},
        {"name": "data", "type": "object", "describe": "Response data object"},
        {"name": "address", "type": "string", "describe": "Where it is, located within the data object"},
    ]
    call = 'curl --request POST --url https://api.lumen.example/draw/sketch --data \'{"data": {"prompt": "<string>"}}\''
    return {
        "id": 1,
        "name": "Sketch",
        "model_code": "sketch",
        "method": "POST",
        "endpoint": "https://api.lumen.example/draw/sketch",
        "api_header": json.dumps({"list": [{"name": "X-LUMEN-KEY", "value": "API key to authorize requests"}]}),
        "api_body": json.dumps({"category": [{"title": "Drawing", "list": parameters}]}),
        "api_request_demo": json.dumps({"request": [{"language": "cURL", "code_example": call}]}),
        "api_response": json.dumps({"list": reply}),
        "status": 1,
        "updated_at": "1/2/2026 10:00:00",
    }
