"""`check` tells every fault of every request in a file, each with its place, and sends nothing."""

from __future__ import annotations

import json

import pytest
from wondergen.cli.command_names import Code

from tests.chosen_operations import DIAGRAM, EDITED, VIDEO
from tests.package.cli.shell import Shell

GOOD = {"operation": VIDEO.full, "arguments": VIDEO.body("a", resolution=VIDEO.choice("resolution"))}
LINES = """
{"operation": "VIDEO", "arguments": {OTHERS"prompt": "a", "resolution": "9p", "durations": 5}}

{"operation": "VIDEOe"}
{"operation": "EDITED", "arguments": {"images": ["https://example.com/1.png", 3]}}
{"operation": "DIAGRAM", "arguments": {"prompt": "a"}, "prompt": "a"}
{"operation": "DIAGRAM", "arguments": {"prompt": "a"
{"operation": "DIAGRAM", "arguments": {"prompt": "a"}}
"""


def test_every_fault_of_every_line_is_told_with_its_line(shell: Shell) -> None:
    file = shell.folder / "requests.jsonl"
    file.write_text(
        LINES.replace("EDITED", EDITED.full)
        .replace("OTHERS", "".join(f'"{name}": "{value}", ' for name, value in VIDEO.others.items()))
        .replace("VIDEO", VIDEO.full)
        .replace("DIAGRAM", DIAGRAM.full),
        encoding="utf-8",
    )
    result = shell("check", str(file))
    assert result.exit_code == Code.NOT_SENT
    lines = [line.removeprefix(f"{file}:") for line in result.stdout.splitlines()]
    lines[-1] = lines[-1].rstrip("0123456789")
    assert lines == [
        f"2 /arguments/resolution: '9p' is not one of {', '.join(map(repr, VIDEO.choices('resolution')))}",
        "2 /arguments/durations: is not known here; did you mean 'duration'?",
        f"4 /operation: {VIDEO.service} has no operation '{VIDEO.name}e'; did you mean '{VIDEO.name}'?",
        "5 /arguments/prompt: is required",
        "5 /arguments/images/1: 3 is not text",
        "6 /prompt: is not known here",
        "7: is not JSON: Expecting ',' delimiter at column ",
    ]
    assert "6 requests, 7 faults" in result.stderr


def test_a_list_is_told_by_json_pointers(shell: Shell) -> None:
    requests = [GOOD, {**GOOD, "arguments": VIDEO.body(5)}, 7, {"operation": "a.b"}, {"arguments": []}]
    result = shell("check", "-", given=json.dumps(requests))
    assert result.stdout.splitlines() == [
        "standard input /1/arguments/prompt: 5 is not text",
        'standard input /2: is not an object: write {"operation": "SERVICE.NAME", "arguments": {...}}',
        "standard input /3/operation: 'a.b' begins with no service",
        "standard input /4/operation: is missing: name the operation as SERVICE.NAME",
        "standard input /4/arguments: is not an object",
    ]


@pytest.mark.parametrize(
    "text, message",
    [
        ("", "is empty"),
        ('{"operation":', "is not JSON: Expecting value: line 1 column 14"),
        ('{"operation": "x", "operation": "y"}', "the key 'operation' stands twice"),
        ("[" * 100_000, "is not JSON: it is nested too deep"),
    ],
)
def test_what_is_no_request_is_one_fault(shell: Shell, text: str, message: str) -> None:
    result = shell("check", "-", given=text)
    assert result.exit_code == Code.NOT_SENT
    assert message in result.stdout
    assert len(result.stdout.splitlines()) == 1


def test_a_right_request_needs_no_key(shell: Shell) -> None:
    kebab = {**GOOD, "operation": VIDEO.full.replace("_", "-")}
    for text in (json.dumps(GOOD), json.dumps(kebab), "\ufeff" + json.dumps(GOOD)):
        result = shell("check", "-", given=text)
        assert (result.exit_code, result.stdout) == (Code.DONE, "")
        assert result.stderr == "wondergen: standard input: 1 request, no faults\n"


def test_options_of_the_method_are_arguments_too(shell: Shell) -> None:
    options = {
        "timeout": 5,
        "extra_body": {"resolution": VIDEO.choice("resolution")},
        "extra_headers": {"X-Trace": "1"},
    }
    right = {**GOOD, "arguments": VIDEO.body("a", **options)}
    assert shell("check", "-", given=json.dumps(right)).exit_code == Code.DONE
    wrong = {**GOOD, "arguments": VIDEO.body("a", timeout=-1, extra_headers={"Authorization": "x"})}
    report = shell("check", "-", given=json.dumps(wrong)).stdout
    assert "/arguments/timeout: -1 is not a number of seconds above 0" in report
    assert "carries the key" in report


def test_scripts_get_json(shell: Shell) -> None:
    result = shell("check", "-", "--json", given=f'{{"operation": "{DIAGRAM.full}"}}\n' * 2)
    report = json.loads(result.stdout)
    assert report["requests"] == 2
    assert report["faults"][1] == {
        "line": 2,
        "pointer": "/arguments/prompt",
        "problem": "is required",
        "operation": DIAGRAM.full,
        "expected": "a value",
    }


def test_a_file_that_is_not_there_or_no_text_is_said(shell: Shell) -> None:
    assert "No such file" in shell("check", "nowhere.json").stderr
    (shell.folder / "picture").write_bytes(b"\x89PNG\xff")
    result = shell("check", str(shell.folder / "picture"))
    assert result.exit_code == Code.NOT_SENT
    assert "is not UTF-8" in result.stderr
