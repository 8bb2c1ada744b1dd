"""Single changes to documents in three layouts: each is in the claims, or its line is not understood. None is lost."""

from __future__ import annotations

import pytest

from codegen.documents.claims import VendorDocument
from tests.documents.conftest import ReadFolder

NUMBERED = """---
name: fable-voices
---
# Fable

## Supported Endpoints

### 1) Create Voice Task
- Method: `POST`
- Endpoint: `https://api.fable.example/generation/voices/fable-tts-1`
- Header: `X-FABLE-KEY: $FABLE_KEY`
- Required fields:
    - `data.text` (string, max 500 characters)
- Optional fields:
    - `data.speed` (number): 0.5-2, default `1.0`
    - `data.speaker` (string): `ann`, `bob`
    - `data.pause` (integer): between 1 and 9 seconds
    - `data.sample` (string URL): mp3 or wav, <50 MB

### 2) Query Task Result
- Method: `POST`
- Endpoint: `https://api.fable.example/generation/result/{task_id}`
- Path parameter:
    - `task_id` (string, required)

Poll every 3 to 5 seconds.

## Task states

- `1`: waiting
- `3`: completed
- `4`: failed

## Error codes

- `374004`: no valid login
- `490505`: too few credits
"""
TABLE = """# Fable

## Create a voice

`POST https://api.fable.example/generation/voices/fable-tts-1`

| Header | Required |
|---|---|
| X-FABLE-KEY | yes |

| Field | Type | Required | Default | Description |
|---|---|---|---|---|
| text | string | yes | | At most 500 characters |
| speed | number | no | 1.0 | 0.5-2 |
| speaker | string | no | | One of `ann`, `bob` |
| pause | integer | no | | Between 1 and 9 seconds |
| sample | string | no | | URL of an mp3 or wav file, <50 MB |

## Ask for the result

`POST https://api.fable.example/generation/result/{task_id}`

Poll every 3 to 5 seconds.

| Status | Meaning |
|---|---|
| 1 | waiting |
| 3 | completed |
| 4 | failed |

| Error code | Message |
|---|---|
| 374004 | no valid login |
| 490505 | too few credits |
"""
CHINESE = """# Fable

## 创建语音

- 请求方法：`POST`
- 接口地址：`https://api.fable.example/generation/voices/fable-tts-1`

请求参数：

| 参数 | 类型 | 必填 | 默认值 | 说明 |
|---|---|---|---|---|
| text | string | 是 | | 不超过 500 个字符 |
| speed | number | 否 | 1.0 | 取值范围 0.5-2 |
| speaker | string | 否 | | 可选值：`ann`、`bob` |
| pause | integer | 否 | | 1 到 9 秒 |
| sample | string | 否 | | 音频链接，支持 mp3 或 wav，<50 MB |

## 查询结果

- 请求方法：`POST`
- 接口地址：`https://api.fable.example/generation/result/{task_id}`

| 状态 | 含义 |
|---|---|
| 1 | 排队中 |
| 3 | 成功 |
| 4 | 失败 |

| 错误码 | 说明 |
|---|---|
| 374004 | 未登录 |
| 490505 | 积分不足 |
"""
CHANGES = {
    "numbered": (
        NUMBERED,
        [
            ("max 500", "max 400"),
            ("`data.text` (string", "`data.text` (integer"),
            ("0.5-2,", "0.5-3,"),
            ("default `1.0`", "default `1.5`"),
            ("`ann`, `bob`", "`ann`, `bob`, `cid`"),
            ("`ann`, `bob`", "`ann`"),
            ("`ann`, `bob`", "`ann`, `rob`"),
            ("1 and 9 seconds", "1 and 8 seconds"),
            ("1 and 9 seconds", "1 and 9 frames"),
            ("mp3 or wav", "mp3 or flac"),
            ("<50 MB", "<=50 MB"),
            ("<50 MB", "<200M"),
            ("- Optional fields:\n    - `data.speed`", "    - `data.speed`"),
            ("api.fable.example/generation/voices", "eu.fable.example/generation/voices"),
            ("generation/voices/", "v2/voices/"),
            (
                "- Method: `POST`\n- Endpoint: `https://api.fable.example/generation/v",
                "- Method: `PUT`\n- Endpoint: `https://api.fable.example/generation/v",
            ),
            ("X-FABLE-KEY", "X-FABLE-TOKEN"),
            ("`374004`", "`374005`"),
            ("no valid login", "access denied"),
            ("`4`: failed", "`4`: rejected"),
            ("`4`: failed", "`7`: failed"),
            ("`4`: failed", "`4`: completed"),
            ("too few credits", "too many requests"),
            ("every 3 to 5", "every 2 to 5"),
            ("`task_id` (string", "`task_id` (integer"),
        ],
    ),
    "table": (
        TABLE,
        [
            ("At most 500", "At most 400"),
            ("| text | string | yes", "| text | string | no"),
            ("| text | string", "| text | array<string>"),
            ("| 1.0 |", "| 1.5 |"),
            ("0.5-2 |", "0.5-3 |"),
            ("`ann`, `bob`", "`ann`, `bob`, `cid`"),
            ("`ann`, `bob`", "`ann`, `rob`"),
            ("9 seconds", "9 milliseconds"),
            ("mp3 or wav", "mp3"),
            ("<50 MB", "<20 MB"),
            ("| pause |", "| rest |"),
            ("X-FABLE-KEY", "X-FABLE-TOKEN"),
            ("| 4 | failed", "| 4 | cancelled"),
            ("| 374004 | no valid login", "| 374004 | too many requests"),
            ("| 490505 |", "| 490506 |"),
            ("voices/fable-tts-1", "voices/fable-tts-2"),
        ],
    ),
    "chinese": (
        CHINESE,
        [
            ("不超过 500", "不超过 400"),
            ("| text | string | 是", "| text | string | 否"),
            ("| 1.0 |", "| 1.5 |"),
            ("0.5-2", "0.5-3"),
            ("`ann`、`bob`", "`ann`、`bob`、`cid`"),
            ("1 到 9 秒", "1 到 8 秒"),
            ("mp3 或 wav", "mp3"),
            ("<50 MB", "<20 MB"),
            ("| 4 | 失败", "| 4 | 取消"),
            ("| 374004 | 未登录", "| 374004 | 请求过于频繁"),
            ("| 490505 |", "| 490506 |"),
        ],
    ),
}
CASES = [(name, old, new) for name, (_, changes) in CHANGES.items() for old, new in changes]


def reading(document: VendorDocument) -> tuple[list[tuple[str, ...]], list[tuple[int, str]]]:
    return sorted(claim.key for claim in document.claims), [(row.line, row.hash) for row in document.unread]


@pytest.mark.parametrize("name", CHANGES)
def test_the_document_itself_is_read_whole(read_folder: ReadFolder, name: str) -> None:
    assert read_folder({"SKILL.md": CHANGES[name][0]})["SKILL.md"].unread == ()


@pytest.mark.parametrize("name, old, new", CASES)
def test_a_change_is_claimed_or_not_understood(read_folder: ReadFolder, name: str, old: str, new: str) -> None:
    text = CHANGES[name][0]
    assert old in text
    before = read_folder({"SKILL.md": text})["SKILL.md"]
    assert reading(read_folder({"SKILL.md": text.replace(old, new)})["SKILL.md"]) != reading(before)
