"""A host that a document names is a claim wherever it stands: where requests and keys go is never left unsaid."""

from __future__ import annotations

import pytest

from tests.documents.conftest import Read, ReadFolder
from tests.documents.invented_service import SCRIPT, SKILL

BASES = [
    "Base URL: https://api2.choir.example",
    "**Base URL**: https://api2.choir.example",
    "- **Base URL:** `https://api2.choir.example`",
    "| Item | Value |\n|---|---|\n| Base URL | https://api2.choir.example |",
    "- 接口域名：https://api2.choir.example",
    "| 名称 | 值 |\n|---|---|\n| 接口地址 | https://api2.choir.example |",
    "https://api2.choir.example",
    "All endpoints are below **https://api2.choir.example**.",
]


@pytest.mark.parametrize("text", BASES)
def test_a_base_url_is_a_server_in_each_layout(own: Read, text: str) -> None:
    document = own(f"# Song\n\n{text}\n")
    assert [claim.name for claim in document.claims if claim.subject == "server"] == ["https://api2.choir.example"]
    assert not document.unread


REGIONS = [
    "Base URL: `https://api2.choir.example`, or `https://eu.choir.example` in Europe",
    "Regions: use `https://eu.choir.example` in Europe and `https://api2.choir.example` elsewhere.",
]


@pytest.mark.parametrize("text", REGIONS)
def test_hosts_of_regions_are_servers_of_which_somebody_has_to_choose(own: Read, text: str) -> None:
    found = {claim.name for claim in own(f"# Song\n\n{text}\n").claims if claim.subject == "server"}
    assert found == {"https://api2.choir.example", "https://eu.choir.example"}


CODE = [
    "```bash\ncurl -X POST https://api2.choir.example/v1/sing -d '{}'\n```",
    '```python\nrequests.post("https://api2.choir.example/v1/sing", json={})\n```',
    '```js\nawait fetch("https://api2.choir.example/v1/sing")\n```',
    '```python\nBASE_URL = "https://api2.choir.example"\n```',
    "```bash\nexport CHOIR_BASE_URL=https://api2.choir.example/v1\n```",
    "```\nCHOIR_HOST=api2.choir.example\n```",
    '```json\n{"base_url": "https://api2.choir.example/v1", "timeout": 30}\n```',
    "```yaml\nendpoint: https://api2.choir.example\n```",
    "```\nhttps://api2.choir.example/v1\n```",
    "```http\nPOST /v1/sing HTTP/1.1\nHost: api2.choir.example\n```",
]


@pytest.mark.parametrize("text", CODE)
def test_a_host_that_only_code_names_is_a_server(own: Read, text: str) -> None:
    document = own(f"# Song\n\n{text}\n")
    assert "https://api2.choir.example" in [claim.name for claim in document.claims if claim.subject == "server"]


def test_the_url_of_a_file_is_no_host_of_the_service(own: Read) -> None:
    document = own('# Song\n\n```json\n{"cover_url": "https://files.choir.example/a.png"}\n```\n')
    assert not [claim for claim in document.claims if claim.subject == "server"]


PROSE = [
    "Customers elsewhere use api2.choir.example instead.",
    "Since May the calls of teams leave through https://api2.choir.example/v1, not the old host.",
    "海外用户请使用 api2.choir.example。",
    "Before writing, know that `api2.choir.example` answers faster.",
]


@pytest.mark.parametrize("text", PROSE)
def test_a_host_that_only_prose_names_is_a_server(own: Read, text: str) -> None:
    document = own(f"# Song\n\n{text}\n")
    assert "https://api2.choir.example" in [claim.name for claim in document.claims if claim.subject == "server"]


@pytest.mark.parametrize(
    "text",
    [
        "See https://www.choir.example/terms for the terms.",
        "API documentation: https://docs.choir.example/api",
        "Ask at https://www.choir.example/help.html",
        "A picture such as https://cdn.choir.example/a.png will do.",
    ],
)
def test_a_page_for_people_is_no_host_of_the_service(own: Read, text: str) -> None:
    assert not [claim for claim in own(f"# Song\n\n{text}\n").claims if claim.subject == "server"]


def test_a_host_in_a_file_of_another_kind_is_a_server(read_folder: ReadFolder) -> None:
    files = {"SKILL.md": SKILL, "scripts/call.js": 'await fetch("https://api2.choir.example/v1/sing")\n'}
    found = read_folder(files)["scripts/call.js"]
    assert [claim.name for claim in found.claims] == ["https://api2.choir.example"]


def test_a_call_in_a_script_to_a_host_of_its_own_is_a_server(read_folder: ReadFolder) -> None:
    call = '        requests.post("https://api2.choir.example/v1/log", json={})\n'
    found = read_folder({"SKILL.md": SKILL, "scripts/song.py": SCRIPT + "\n    def log(self):\n" + call})
    names = [claim.name for claim in found["scripts/song.py"].claims if claim.subject == "server"]
    assert "https://api2.choir.example" in names


def test_a_label_about_replies_holds_for_the_next_example_alone(own: Read) -> None:
    text = """# Song

**`cw_song`** returns:
```json
{"code": 0}
```
Settings of the tool:
```json
{"base_url": "https://api2.choir.example", "tempo": 3}
```
"""
    assert not [claim for claim in own(text).claims if claim.subject == "response" and claim.name == "tempo"]


def test_a_request_that_only_code_composes_is_unread(read_folder: ReadFolder) -> None:
    code = 'BASE = "https://api2.choir.example/v1"\nrequests.post(f"{BASE}/verses", json={"tone": "low"})'
    document = read_folder({"SKILL.md": f"---\nname: choir-verse\n---\n# Verse\n\n```python\n{code}\n```\n"})[
        "SKILL.md"
    ]
    assert [(row.line, row.signal) for row in document.unread] == [(8, "request in code")]


SETTINGS = [
    "```bash\nCHOIR_AUTH_HEADER=X-Other-Key\n```",
    "```\nexport CHOIR_HEADER_NAME='X-Other-Key'\n```",
    "```yaml\nauth_header: Authorization\n```",
    '```json\n{"auth_header": "X-Other-Key", "tempo": 3}\n```',
    '```python\nAUTH_HEADER = "X-Other-Key"\n```',
    "```\nCHOIR_AUTH_SCHEME=Bearer\n```",
]


@pytest.mark.parametrize("text", SETTINGS)
def test_a_setting_that_names_the_header_of_a_key_is_unread(own: Read, text: str) -> None:
    assert [(row.line, row.signal) for row in own(f"# Song\n\n{text}\n").unread] == [(4, "header in code")]


def test_a_setting_in_a_file_of_another_kind_is_unread(read_folder: ReadFolder) -> None:
    document = read_folder({"SKILL.md": SKILL, "call.js": 'const AUTH_HEADER = "X-Other-Key";\n'})["call.js"]
    assert [(row.line, row.signal) for row in document.unread] == [(1, "header in code")]


def test_a_setting_of_a_key_itself_names_no_header(own: Read) -> None:
    assert not own("# Song\n\n```bash\nCHOIR_TOKEN=your-token\nCHOIR_MAX_HEADERS=20\n```\n").unread
