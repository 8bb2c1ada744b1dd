"""A host that a document names is a claim wherever it stands: where requests and keys go is never left unsaid."""

from __future__ import annotations

import pytest

from tests.documents.conftest import Read

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


CODE = [
    "```bash\ncurl -X POST https://api2.choir.example/v1/sing -d '{}'\n```",
    '```python\nrequests.post("https://api2.choir.example/v1/sing", json={})\n```',
    '```js\nawait fetch("https://api2.choir.example/v1/sing")\n```',
    '```python\nBASE_URL = "https://api2.choir.example"\n```',
]


@pytest.mark.parametrize("text", CODE)
def test_a_host_that_only_code_names_is_a_server(own: Read, text: str) -> None:
    document = own(f"# Song\n\n{text}\n")
    assert "https://api2.choir.example" in [claim.name for claim in document.claims if claim.subject == "server"]


def test_the_url_of_a_file_is_no_host_of_the_service(own: Read) -> None:
    document = own('# Song\n\n```json\n{"cover_url": "https://files.choir.example/a.png"}\n```\n')
    assert not [claim for claim in document.claims if claim.subject == "server"]
