"""A service that does not exist, described in the forms vendors use."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from codegen.documents.claims import Claim, VendorDocument

SKILL = """\
---
name: choir-song
description: Sing a song with the Choir Song API (`cw_song`).
---

# Choir Song

- API capability: `cw_song`

## Endpoints

- Gateway host: `https://api.choir.example`
- Create endpoint: `https://api.choir.example/v1/make/cw_song`
- Result endpoint: `https://api.choir.example/v1/job`

## Example

```python
task_id = client.sing_song(
    lyrics="la la la, and again la",
    length=30,
    picture="https://example.com/cover.png",
)
result = client.wait_for(task_id)
import json
print(json.loads(result["result"])["song_path"][0])
```

### Parameters

- `lyrics` (required): Words to sing, up to 40 tokens
- `length` (required): Length in seconds, range `3-60`
- `voices` (optional): Number of voices, range `1-8`
- `key`: `major` (default), `minor`
- `picture` (optional): cover image URL
  - aspect ratio: `<3`
  - supported format: `jpg/png`
  - width and height: `>64` and `<512`
- `stencil` (optional): stencil image URL
  - should have same resolution as `picture`

Status of a job:

- `1` waiting
- `2` running
- `3` done
- `4` failed
- `5` canceled
- `6` timed out
"""

SCRIPT = '''\
"""Sings."""
import base64, json
import requests

class SongClient:
    BASE_URL = "https://api.choir.example/v1/make"
    RESULT_ENDPOINT = "https://api.choir.example/v1/job"
    ENDPOINT = "cw_song"
    ALLOWED_KEYS = {"minor", "major"}

    def __init__(self, app_key: str, app_secret: str):
        self.key = app_key
        self.encoded = self.encode(app_key, app_secret)

    def encode(self, app_key, app_secret):
        pair = f"{app_key}:{app_secret}"
        return base64.b64encode(pair.encode()).decode()

    def heads(self):
        return {
            "Content-Type": "application/json",
            "X-Choir-Key": self.key,
            "Authorization": f"Basic {self.encoded}",
        }

    def send(self, song):
        answer = requests.post(self.BASE_URL + "/" + self.ENDPOINT, json=song, headers=self.heads())
        reply = answer.json()
        if reply.get("code") != 0:
            raise RuntimeError(reply.get("msg"))
        return reply.get("data", {}).get("task_id")

    def sing_song(
        self,
        lyrics: str,
        length: int,
        voices: int = 2,
        key: str = "major",
        loud: Optional[bool] = None,
        picture: Optional[str] = None,
        image: Optional[str] = None,
    ):
        """Start singing."""
        if length < 3 or length > 60:
            raise ValueError("too short or too long")
        if voices is not None and (voices < 1 or voices > 8):
            raise ValueError("too few or too many")
        if key not in self.ALLOWED_KEYS:
            raise ValueError("no such key")
        cover = picture or image
        if not cover:
            raise ValueError("nothing to look at")
        song = {
            "lyrics": lyrics,
            "length": length,
            "voices": voices,
            "key": key,
            "picture": cover,
        }
        if loud is not None:
            song["loud"] = loud
        return self.send(song)

    def fetch(self, task_id: str):
        answer = requests.post(self.RESULT_ENDPOINT, json={"task_id": task_id}, headers=self.heads())
        reply = answer.json()
        part = reply.get("data")
        return part

    def wait_for(self, task_id: str):
        while True:
            part = self.fetch(task_id)
            state = part.get("status")
            if state == 3:
                return part
            if state in [4, 5, 6]:
                raise RuntimeError(part.get("reason"))


if __name__ == "__main__":
    singer = SongClient("a", "b")
    part = singer.wait_for("1")
    print(part.get("progress"))
    print(json.loads(part["result"]))
'''

META = '{\n  "slug": "sing-a-song",\n  "version": "1.4.2",\n  "publishedAt": 1772933838173\n}\n'

FILES = {"SKILL.md": SKILL, "_meta.json": META, "scripts/song_client.py": SCRIPT}
"""The smallest whole skill."""

OVERVIEW = """\
# Choir APIs
## API Endpoints
### 1. Sing-a-Song (cw_song)
**Endpoint**: `https://api.choir.example/v1/make/cw_song`
**Parameters**:
- `lyrics` (required): Words (max 900 characters)
- `length`: Length in seconds - 5 to 90 (default: 9)
- `callback`: Optional callback URL
### 2. Video Choir (cw_video)
**Endpoint**: `https://api.choir.example/v1/make/cw_video`
**Parameters**:
- `video` (required): Video URL (MP4, <200M)
- `tone_index`: Tone (1-7, see tones.md)
- `ratio`: Ratio - `16:9`, `1:1`
- `voice_id`: Voice (default: `anna-1`)
"""
"""A reference on two operations."""


def entry(name: str = "Choir 2", code: str | None = "t2s-choir-2", **changes: Any) -> dict[str, Any]:
    """Return one entry of a JSON API description, with JSON inside its strings."""
    body = {
        "title": "Request Body",
        "category": [
            {
                "title": "Text To Song",
                "list": [
                    {
                        "name": "words",
                        "type": "string",
                        "describe": "The text. Maximum string length: 90.",
                        "required": True,
                    },
                    {
                        "name": "mood",
                        "type": "string",
                        "describe": "Mood. Options: calm, wild (when pace is 2x). Default is calm.",
                        "keywords": ["calm", "wild"],
                        "required": False,
                    },
                    {
                        "name": "covers",
                        "type": "array<string>",
                        "describe": (
                            "URLs of covers. Supported formats include PNG, and JPG. Maximum 4 file(s). "
                            "Image resolution must be between 30x40 and 500x600. "
                            "File size must be between 0 MB and 2.5 MB. "
                            "Aspect ratio must be between 2:5 and 3.5:1."
                        ),
                        "required": False,
                    },
                ],
            }
        ],
    }
    curl = (
        "curl --request POST \\\n --url https://api.choir.example/song/t2s-choir-2 \\\n --data '\n"
        '{\n "data": {\n "words": "<string>",\n "mood": "calm"\n }\n}\'\n'
    )
    demo = {
        "request": [{"language": "cURL", "code_example": curl}],
        "response": [
            {
                "type": "200",
                "code_example": '{\n "code": 0,\n "data": {\n "task_id": <string>"\n },\n "trace": <string>"\n}',
            }
        ],
    }
    reply = {
        "list": [
            {"name": "code", "type": "integer", "describe": "Status code, 0 indicates success"},
            {"name": "task_id", "type": "string", "describe": "Identifier, located within the data object"},
            {"name": "status", "type": "string", "describe": "Task status: pending, succeeded"},
        ]
    }
    codes = {"list": [{"code": "0", "describe": "Success"}, {"code": "70001", "describe": "Invalid API key"}]}
    value = {
        "id": 7,
        "name": name,
        "model_code": code,
        "method": "POST",
        "endpoint": "https://api.choir.example/song/t2s-choir-2",
        "api_header": json.dumps(
            {"list": [{"name": "X-API-KEY", "value": "the key"}, {"name": "Content-Type", "value": "a/json"}]}
        ),
        "api_body": json.dumps(body),
        "api_request_demo": json.dumps(demo),
        "api_response": json.dumps(reply),
        "api_code_demo": json.dumps(codes),
        "content": None,
        "status": 1,
        "created_at": "5/2/2026 08:00:00",
        "updated_at": "14/3/2026 21:30:23",
    }
    return {key: item for key, item in {**value, **changes}.items() if item is not None or key == "content"}


def described(*entries: Mapping[str, Any]) -> str:
    """Return a JSON API description, one key a line."""
    return json.dumps(list(entries), indent=2) + "\n"


def flattened(files: Mapping[str, str]) -> list[str]:
    """Return the files of one skill as a bundle has them: one listing line, no blank lines, no leading spaces."""
    skill = [line.strip() for line in files["SKILL.md"].splitlines() if line.strip()]
    listing = next(line.removeprefix("description:").strip() for line in skill if line.startswith("description:"))
    lines = [f"{listing[:40]}...", *skill]
    for path, text in files.items():
        if path != "SKILL.md":
            lines += [f"FILE:{path}", *(line.strip() for line in text.splitlines() if line.strip())]
    return lines


def bundled(*skills: Mapping[str, str]) -> str:
    """Return several skills in one bundle."""
    return "\n".join(["@owner-of-the-bundle", *(line for files in skills for line in flattened(files))]) + "\n"


def statements(document: VendorDocument) -> list[Claim]:
    """Return the claims of a document."""
    return list(document.claims)


def found(
    document: VendorDocument, subject: str, name: str, operation: str | None = None, by: str = "statement"
) -> dict[str, Any]:
    """Return all facts a document states about one subject, together."""
    facts: dict[str, Any] = {}
    rows = [
        row
        for row in document.claims
        if (row.subject, row.name, row.operation, row.by) == (subject, name, operation, by)
    ]
    assert rows, f"nothing about {subject} {name!r} of {operation} by {by}"
    for row in rows:
        facts.update(row.facts)
    return facts


def line_of(text: str, fragment: str) -> int:
    """Return the line a fragment stands on."""
    return next(number for number, line in enumerate(text.splitlines(), 1) if fragment in line)
