"""What agents get: few small tools that answer at once, and the reference."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from wondergen._catalog import index
from wondergen.mcp import tools
from wondergen.offline import Running, Settings, running

from codegen import paths
from tests import catalog_values
from tests.chosen_operations import CREDITS, DIAGRAM, SOUND, VIDEO, WITH_SOUND

_CHARACTERS_A_TOKEN = 3
"""Fewer than any tokenizer has for JSON in English: an upper bound."""


def connected(journal: Path | None = None, urls: Mapping[str, str] | None = None) -> Any:
    """Return a client of a server. mcp takes half a second to import, which only these tests pay."""
    from mcp import Client
    from wondergen.mcp.mcp_server import server

    return Client(server(journal, urls))


def called(
    *calls: tuple[str, Mapping[str, Any]], offline: Running | None = None, journal: Path | None = None
) -> list[Any]:
    """Return the decoded answers of a server to some calls."""

    async def run() -> list[Any]:
        urls = None if offline is None else {name: offline.base_url(name) for name in index.services()}
        async with connected(journal, urls) as client:
            answers = [await client.call_tool(name, dict(arguments)) for name, arguments in calls]
            return [json.loads(answer.content[0].text) for answer in answers]

    return asyncio.run(run())


def test_the_tools_are_few_and_small() -> None:
    async def listed() -> list[dict[str, Any]]:
        async with connected() as client:
            found = (await client.list_tools()).tools
            return [tool.model_dump(mode="json", by_alias=True, exclude_none=True) for tool in found]

    rows = asyncio.run(listed())
    assert 1 <= len(rows) <= 8
    assert len(json.dumps(rows)) / _CHARACTERS_A_TOKEN < 2500
    assert [row["name"] for row in rows if not row["annotations"]["readOnlyHint"]] == ["submit"]


def test_an_agent_chooses_reads_and_checks_without_a_key() -> None:
    found, about, advice, faults = called(
        ("models", {"task": "a poster with text"}),
        ("explain", {"operation": WITH_SOUND.vendor["name"]}),
        ("prompting", {"operation": WITH_SOUND.vendor["id"]}),
        ("check", {"operation": WITH_SOUND.vendor["id"], "arguments": {"prompt": "A fox", "duration": 7}}),
    )
    service, _, name = found["operation"].partition(".")
    assert name in catalog_values.operations(service)
    assert about["operation"] == WITH_SOUND.full
    assert "image" in about["parameters"]
    assert advice["advice"]
    assert {text.partition(":")[0] for text in faults["faults"]} == {"image", "duration"}


def test_a_task_is_started_once_and_looked_at(tmp_path: Path) -> None:
    call = (
        "submit",
        {
            "operation": SOUND.name,
            "arguments": {"prompt": "Calm", "duration": SOUND.least("duration"), "qty": 1},
            "key": "a",
        },
    )
    with running(Settings(task_seconds=0.01)) as offline:
        first, again, credits = called(call, call, ("credits", {}), offline=offline, journal=tmp_path / "j.sqlite")
        assert first["token"] == again["token"]
        (task,) = offline.upstream.tasks()
        offline.upstream.advance(60)
        (report,) = called(("status", {"token": first["token"]}), offline=offline)
    assert task.id in first["token"]
    assert credits[CREDITS.service] == 1000
    assert report["status"] == "succeeded"
    assert report["urls"]


def test_a_diagram_comes_with_its_source() -> None:
    with running(Settings()) as offline:
        (made,) = called(("submit", {"operation": DIAGRAM.name, "arguments": {"prompt": "a; b"}}), offline=offline)
    assert made["sources"][DIAGRAM.text].startswith(DIAGRAM.name)
    assert len(made["urls"]) == 2


@pytest.mark.parametrize(
    "call, error",
    [
        (("explain", {"operation": "nothing like it"}), "Unknown"),
        (("submit", {"operation": CREDITS.full, "arguments": {}}), "Unknown"),
        (("status", {"token": "task-1"}), "InvalidRequest"),
        (("submit", {"operation": DIAGRAM.name, "arguments": {"colour": "red"}}), "InvalidRequest"),
    ],
)
def test_a_fault_is_an_answer(call: tuple[str, dict[str, Any]], error: str) -> None:
    (answer,) = called(call)
    assert answer["error"] == error


def test_every_operation_can_be_explained() -> None:
    operations = list(index.every())
    assert operations
    for service, name, row in operations:
        found = tools.explain(f"{service}.{name}")
        assert len(found["parameters"]) == len(row.get("parameters", ()))


def test_the_reference_of_the_repository_has_every_operation() -> None:
    table = (paths.REFERENCE / "README.md").read_text(encoding="utf-8")
    assert all(f".{name}`" in table for _, name, _ in index.every())
    assert f"docs/reference/{VIDEO.service}.md" in paths.LLMS.read_text(encoding="utf-8")
