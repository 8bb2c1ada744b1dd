"""What the catalog knows, and what is on this machine: models, explain, doctor, tasks, credits."""

from __future__ import annotations

import json
import re
import shlex
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from wondergen import OutcomeUnknown
from wondergen._catalog.facts import fact_name, operation_facts
from wondergen._catalog.service_document import load
from wondergen._runtime.journal import Journal
from wondergen.cli.command_names import Code, services, typed_path
from wondergen.cli.program import program
from wondergen.offline import Running

from tests import catalog_values
from tests.chosen_operations import CREDITS, DIAGRAM, DISPUTED, PICTURE, SIZED, VIDEO, WITH_SOUND, Example
from tests.package.cli.shell import Shell

OPERATIONS = [(service, name) for service in services() for name in load(service).endpoints]


def test_models_says_what_can_do_what(shell: Shell) -> None:
    rows = {line.split("  ")[0]: line for line in shell("models").stdout.splitlines()[1:]}
    makes = [name for service, name in OPERATIONS if load(service).endpoints[name].operation.assets]
    assert makes
    assert len(rows) == len(makes)
    row = rows[" ".join(WITH_SOUND.words)]
    strengths = catalog_values.operations(WITH_SOUND.service)[WITH_SOUND.name][1]["x-traits"]["strengths"]
    assert row.endswith(", ".join(strengths))
    assert " ".join(WITH_SOUND.choices("resolution")) in row
    assert " ".join(WITH_SOUND.choices("duration")) in row
    assert f"{SIZED.span('width')} x {SIZED.span('height')} px" in rows[SIZED.command]


def test_models_can_be_filtered_and_is_json_for_scripts(shell: Shell) -> None:
    models = json.loads(shell("models", "--media", "video", "--service", VIDEO.service, "--json").stdout)
    assert {one["media"] for one in models} == {"video"}
    assert VIDEO.full in {one["operation"] for one in models}
    assert models[0]["durations"]
    assert "there is audio, diagram, image, video" in shell("models", "--media", "opera").stderr
    assert "there is no service 'nobody'" in shell("models", "--service", "nobody").stderr


@pytest.mark.parametrize("columns", ["80", "60"])
def test_models_fits_the_screen(shell: Shell, columns: str) -> None:
    lines = shell("models", COLUMNS=columns).stdout.splitlines()
    assert max(map(len, lines)) <= int(columns)
    assert " ".join(WITH_SOUND.words[:2]) in lines


@pytest.mark.parametrize("service, name", OPERATIONS)
def test_explain_has_every_parameter_code_and_source(shell: Shell, service: str, name: str) -> None:
    result = shell("explain", *typed_path(service, name), COLUMNS="80")
    assert result.exit_code == Code.DONE
    endpoint = load(service).endpoints[name]
    assert endpoint.operation.path in result.stdout
    named = endpoint.node["operationId"]
    for code, row in load(service).codes.items():
        assert (f"  {code}  " in result.stdout) is (named in row.get("operations", (named,)))
    facts = json.loads(shell("explain", f"{service}.{name}", "--json").stdout)
    documents = {source.rpartition(":")[0] for one in facts["statements"] for source in one["sources"]}
    assert documents
    for document in documents:
        assert document in result.stdout


def test_explain_says_who_says_so_and_where_documents_disagree(shell: Shell) -> None:
    explained = " ".join(shell("explain", *DISPUTED.words).stdout.split())
    states = DISPUTED.node["x-task"]["states"]
    assert f"States of its task {' '.join(f'{state}: {word}' for word, state in states.items())}"[:60] in explained
    assert "existence: exists holds (" in explained
    listed = " ".join(shell("explain", *VIDEO.words).stdout.split())
    assert re.search(r"choices \S+, .+? <- \S+\.(?:md|json)", listed)
    assert re.search(r"HTTP 401 AuthenticationError: \w+", explained)


def test_no_fact_is_named_by_a_key_of_its_schema() -> None:
    facts = [operation_facts(load(service), load(service).endpoints[name]) for service, name in OPERATIONS]
    stated = {one.fact for operation in facts for parameter in operation.parameters for one in parameter.statements}
    assert {"maxLength", "x-media", "x-wire"} <= stated
    assert not [fact for fact in stated if re.search(r"[A-Z]|x-", fact_name(fact))]


def test_explain_says_each_value_once_in_its_order(shell: Shell) -> None:
    text = shell("explain", *DIAGRAM.words, COLUMNS="200").stdout
    values = text.partition("--lang")[2].partition("existence")[0].splitlines()
    named = [line.strip().partition(":")[0] for line in values if line.startswith("        ")]
    assert named == values[0].strip(" ()[]").split("|")
    assert "`" not in "".join(values)
    duration = shell("explain", WITH_SOUND.vendor["name"]).stdout.partition("--duration")[2]
    assert "One of" not in duration.partition("existence")[0]


def test_explain_names_the_same_model_in_other_groups(shell: Shell) -> None:
    names = catalog_values.operations(WITH_SOUND.service)
    last = Counter(name.rpartition(".")[2] for name in names if "." in name)
    first, second = sorted(name for name in names if name.rpartition(".")[2] == last.most_common(1)[0][0])[:2]
    found = shell("explain", *Example(WITH_SOUND.service, first).words, COLUMNS="200").stdout
    assert f"of the same name: wondergen explain {' '.join(Example(WITH_SOUND.service, second).words)}" in found
    alone = next(name for name in names if last[name.rpartition(".")[2]] == 1)
    assert "of the same name" not in shell("explain", *Example(WITH_SOUND.service, alone).words).stdout


def test_bold_is_for_terminals_that_want_it(shell: Shell) -> None:
    words = ["explain", *DIAGRAM.words]
    runner = CliRunner()
    assert "\x1b[1mParameters" in runner.invoke(program(), words, color=True).stdout.replace("\n", "")
    assert "\x1b" not in runner.invoke(program(), words, color=True, env={"NO_COLOR": "1"}).stdout
    assert "\x1b" not in shell(*words).stdout


@pytest.mark.parametrize(
    "words, message",
    [
        (
            [VIDEO.service],
            f"which one? {VIDEO.service} has {min(catalog_values.operations(VIDEO.service)).replace('_', '-')},",
        ),
        (WITH_SOUND.words[:2], f"which one? {WITH_SOUND.service} has {WITH_SOUND.words[1]} "),
        ([VIDEO.service, f"{VIDEO.words[1]}e"], f"did you mean '{VIDEO.words[1]}'?"),
        (["nobody"], "there is no service and no operation 'nobody'"),
        ([""], "there is no service and no operation ''"),
    ],
)
def test_explain_helps_to_find_the_operation(shell: Shell, words: list[str], message: str) -> None:
    result = shell("explain", *words)
    assert result.exit_code == Code.NOT_SENT
    assert message in result.stderr


def test_doctor_tells_of_keys_and_never_shows_one(paying: Shell) -> None:
    result = paying("doctor")
    assert result.exit_code == Code.DONE
    rows = {row["subject"]: row for row in json.loads(paying("doctor", "--json").stdout)}
    assert rows[f"key {VIDEO.service}"]["text"] == f"set: {', '.join(VIDEO.variables)}"
    assert rows[f"key {DIAGRAM.service}"]["text"] == "none is needed"
    assert {"wondergen", "python", "httpx", "pydantic", "extra offline", "journal"} <= set(rows)
    assert "fake" not in result.output


def test_doctor_calls_no_key_a_note_and_half_a_key_wrong(shell: Shell) -> None:
    assert shell("doctor").exit_code == Code.DONE
    first, second = VIDEO.variables
    half = shell("doctor", **{first: "fake-app-key"})
    assert half.exit_code == Code.FAILED
    assert f"wrong  key {VIDEO.service}" in half.stdout
    assert f"no {list(VIDEO.keys)[1]}: set {second}" in half.stdout


def test_doctor_says_that_a_journal_cannot_be_read(shell: Shell) -> None:
    path = shell.folder / "journal"
    path.write_text("no database, but long enough to be read as one" * 40, encoding="utf-8")
    result = shell("doctor", WONDERGEN_JOURNAL=str(path))
    assert result.exit_code == Code.FAILED
    assert "the journal cannot be read: file is not a database" in result.stdout


def test_doctor_connects_only_where_it_is_asked_to(shell: Shell, server: Running) -> None:
    assert "note  hosts          not checked: --connect checks them" in shell("doctor").stdout
    reached = shell("doctor", "--connect", "--base-url", server.url)
    assert (reached.exit_code, "reached at port" in reached.stdout) == (Code.DONE, True)
    lost = json.loads(shell("doctor", "--base-url", "http://127.0.0.1:9", "--json").stdout)
    assert lost[-1]["verdict"] == "wrong"


def test_doctor_looks_at_the_offline_stand_in(shell: Shell) -> None:
    checks = json.loads(shell("doctor", "--offline", "--json").stdout)
    assert (checks[-1]["verdict"], checks[-1]["subject"]) == ("ok", "host 127.0.0.1")
    assert "offline-journal.sqlite" in checks[-2]["text"]


def test_a_state_folder_that_cannot_be_is_said_everywhere(paying: Shell) -> None:
    (paying.folder / "file").touch()
    paying.environment["XDG_STATE_HOME"] = str(paying.folder / "file")
    for words in (["credits", "--offline"], [*DIAGRAM.words, "a", "--base-url", "http://127.0.0.1:9"]):
        result = paying(*words)
        assert result.exit_code == Code.NOT_SENT
        assert "cannot be made (Not a directory)" in result.stderr
    for words in (["doctor"], ["doctor", "--offline"]):
        result = paying(*words)
        assert result.exit_code == Code.FAILED
        assert "'{}' is not a folder".format(paying.folder / "file") in result.stdout


def test_offline_state_that_cannot_be_used_says_what_to_remove(shell: Shell) -> None:
    file = shell.folder / "state" / "wondergen" / "offline.sqlite"
    file.parent.mkdir(parents=True)
    file.write_text("no database, but long enough to be read as one" * 40, encoding="utf-8")
    result = shell("credits", "--offline")
    assert result.exit_code == Code.NOT_SENT
    assert f"{file}: cannot be used as state" in result.stderr
    assert "remove this one: it holds offline tasks alone" in result.stderr


@pytest.mark.parametrize("text", ["soon", "-1"])
def test_seconds_of_offline_tasks_that_are_none_are_told_by_their_variable(shell: Shell, text: str) -> None:
    result = shell("credits", "--offline", WONDERGEN_OFFLINE_TASK_SECONDS=text)
    assert result.exit_code == Code.NOT_SENT
    assert "Error: WONDERGEN_OFFLINE_TASK_SECONDS: " in result.stderr


def test_without_a_home_folder_it_says_what_to_set(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless(_: Path) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "expanduser", homeless)
    shell.environment["XDG_STATE_HOME"] = "not/absolute"
    for words in (["tasks"], ["doctor"]):
        assert "there is no home folder to remember paid calls in: set XDG_STATE_HOME" in shell(*words).output


def test_tasks_lists_what_is_open_with_what_to_type(paying: Shell, server: Running) -> None:
    url = server.base_url(VIDEO.service)
    assert "no paid call yet" in paying("tasks").stderr
    for prompt in ("a", "offline:disconnects", "offline:fails"):
        paying(*VIDEO.words, prompt, *VIDEO.options, "--no-wait", "--base-url", url)
    paying(*VIDEO.words, "b", *VIDEO.options, "-o", str(paying.folder), "--base-url", url)
    tasks = json.loads(paying("tasks", "--json").stdout)
    assert [one["state"] for one in tasks] == ["not finished", "unknown", "not finished"]
    table = paying("tasks").stdout
    assert f"  wondergen resume {tasks[0]['id']} --base-url {url}\n" in table
    assert "Unknown: the request may have been accepted" in paying("tasks").stderr
    assert len(json.loads(paying("tasks", "--all", "--json").stdout)) == 4
    again = paying("resume", tasks[2]["id"], "--base-url", url)
    assert again.exit_code == Code.FAILED
    assert [one["state"] for one in json.loads(paying("tasks", "--json").stdout)] == ["not finished", "unknown"]


def test_the_journal_can_be_another_file(paying: Shell, server: Running) -> None:
    words = ["--no-wait", "--base-url", server.base_url(VIDEO.service)]
    mine, other = paying.folder / "mine.sqlite", paying.folder / "other.sqlite"
    paying(*VIDEO.words, "a", *VIDEO.options, "--journal", str(mine), *words)
    paying(*VIDEO.words, "a", *VIDEO.options, *words, WONDERGEN_JOURNAL=str(other))
    for path in (mine, other):
        (run,) = json.loads(paying("tasks", "--json", "--journal", str(path)).stdout)
        assert run["operation"] == VIDEO.full
        assert f"--journal {shlex.quote(str(path))}" in run["resume"]
    assert not (paying.folder / "state").exists()
    assert "there is no journal 'mime.sqlite'" in paying("tasks", "--journal", "mime.sqlite").stderr


def test_offline_runs_have_a_journal_of_their_own(shell: Shell) -> None:
    result = shell(*DIAGRAM.words, "a", "--offline", "--journal", "mine.sqlite")
    assert result.exit_code == Code.NOT_SENT
    assert "offline runs have a journal of their own" in result.stderr
    assert "does not go with --offline" in shell("credits", "--offline", "--base-url", "http://127.0.0.1:9").stderr


def test_credits_asks_every_service_that_can_be_asked(paying: Shell, server: Running) -> None:
    result = paying("credits", "--base-url", server.base_url(CREDITS.service))
    assert result.stdout == f"{CREDITS.service}  1000\n"
    assert "no document describes how to ask " in result.stderr
    assert json.loads(paying("credits", "--offline", "--json").stdout) == {CREDITS.service: 1000}
    assert "no document describes" in paying("credits", "--service", DIAGRAM.service).stderr


def test_credits_without_a_key_and_without_a_service(shell: Shell) -> None:
    assert shell("credits").exit_code == Code.NO_KEY
    assert shell("credits", "--base-url", "http://127.0.0.1:9", **CREDITS.variables).exit_code == Code.NOT_REACHED


def test_a_journal_of_the_library_is_read_too(paying: Shell, server: Running) -> None:
    path = paying.folder / "runs.sqlite"
    client = VIDEO.client(**VIDEO.keys, base_url=server.base_url(VIDEO.service), journal=str(path), max_retries=0)
    with client, pytest.raises(OutcomeUnknown):
        VIDEO.call(client, "offline:disconnects")
    (run,) = json.loads(paying("tasks", "--json", "--journal", str(path)).stdout)
    assert (run["state"], run["id"], run["resume"]) == ("unknown", None, None)


def test_an_id_that_two_services_have_needs_the_service(paying: Shell) -> None:
    path = paying.folder / "runs.sqlite"
    for service, name in ((PICTURE.service, PICTURE.name), (VIDEO.service, VIDEO.name)):
        journal = Journal(path, service, load(service).service.base_url)
        journal.accepted(journal.intent(name, "0" * 64), "1")
        journal.close()
    result = paying("resume", "1", "--journal", str(path))
    assert result.exit_code == Code.NOT_SENT
    assert "several tasks with the id '1'" in result.stderr
    assert "no task with the id '2'" in paying("resume", "2", "--journal", str(path)).stderr


@pytest.mark.parametrize("text", ["{}", '{"provider": 1}', "{", ""])
def test_what_is_no_token_is_said(paying: Shell, text: str) -> None:
    result = paying("resume", text)
    assert result.exit_code == Code.NOT_SENT
    assert "oken" in result.stderr or "TOKEN" in result.stderr


def test_state_is_kept_from_others(paying: Shell, server: Running) -> None:
    paying(*VIDEO.words, "a", *VIDEO.options, "--no-wait", "--base-url", server.base_url(VIDEO.service))
    folder = Path(str(paying.environment["XDG_STATE_HOME"])) / "wondergen"
    assert folder.stat().st_mode & 0o077 == 0
