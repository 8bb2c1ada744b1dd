"""A command from its words to its files, against the offline stand-in; every exit status once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from wondergen import UntrustedHost
from wondergen._runtime.hosts import HostPolicy, parse
from wondergen.cli import error_reports
from wondergen.cli.command_names import Code
from wondergen.cli.shared_options import unwritable
from wondergen.offline import Running

from tests.chosen_operations import CREDITS, DIAGRAM, EDITED, MOVED, PICTURE, SIZED, VIDEO, WITH_SOUND
from tests.package.cli.shell import Shell

SHARP = VIDEO.choice("resolution")


def test_files_are_saved_and_their_paths_printed(paying: Shell, server: Running, tmp_path: Path) -> None:
    url = server.base_url(VIDEO.service)
    result = paying(
        *VIDEO.words, "a puppy", *VIDEO.options, "--resolution", SHARP, "-o", str(tmp_path / "out"), "--base-url", url
    )
    assert result.exit_code == Code.DONE
    (saved,) = result.stdout.splitlines()
    assert Path(saved).read_bytes()[4:8] == b"ftyp"
    assert server.upstream.tasks()[0].arguments == VIDEO.body("a puppy", resolution=SHARP)


def test_progress_is_plain_lines_where_there_is_no_terminal(paying: Shell, server: Running, tmp_path: Path) -> None:
    result = paying(
        *VIDEO.words, "a", *VIDEO.options, "-o", str(tmp_path), "--base-url", server.base_url(VIDEO.service)
    )
    lines = result.stderr.splitlines()
    assert lines[0] == f"{VIDEO.command}  sending  0:00"
    assert lines[-1].split("  ")[1] == "saved 1 file"
    assert "\r" not in result.stderr


def test_every_kind_of_argument_arrives_as_its_type(paying: Shell, server: Running) -> None:
    url = server.base_url(SIZED.service)
    words = ["--width", "512", "--height", "1024", "--batch-size", "2", "--control-intensity", "0.5"]
    words += [*SIZED.options, "--no-wait", "--base-url", url]
    assert paying(*SIZED.words, "a", *words).exit_code == Code.DONE
    arguments = server.upstream.tasks()[0].arguments
    expected = {"width": 512, "batch_size": 2, "control_intensity": 0.5}
    assert arguments.items() >= expected.items()


def test_flags_lists_and_names_arrive_too(paying: Shell, server: Running) -> None:
    media, film = server.base_url(EDITED.service), server.base_url(MOVED.service)
    images = ["--images", "https://example.com/1.png", "--images", "https://example.com/2.png"]
    paying(*EDITED.words, "a", *images, "--no-wait", "--base-url", media)
    assert server.upstream.tasks()[0].arguments["images"] == ["https://example.com/1.png", "https://example.com/2.png"]
    seconds = WITH_SOUND.seconds("duration")
    still = ["--image", "https://example.com/1.png", "--no-generate-audio", "--duration", str(seconds)]
    paying(*WITH_SOUND.words, "a", *still, "--no-wait", "--base-url", media)
    arguments = server.upstream.tasks()[0].arguments
    assert (arguments["generate_audio"], arguments["duration"]) == (False, seconds)
    paying(*MOVED.words, "a", *MOVED.options, "--camera-move-index", "pan-left", "--no-wait", "--base-url", film)
    assert server.upstream.tasks()[0].arguments["camera_move_index"] == 3


def test_json_is_one_object(paying: Shell, server: Running, tmp_path: Path) -> None:
    result = paying(
        *VIDEO.words, "a", *VIDEO.options, "--json", "-o", str(tmp_path), "--base-url", server.base_url(VIDEO.service)
    )
    output = json.loads(result.stdout)
    assert (output["operation"], output["status"], output["error"]) == (VIDEO.full, "succeeded", None)
    assert [Path(path).exists() for path in output["files"]] == [True]
    assert output["result"][VIDEO.files] == output["urls"]
    assert json.loads(output["token"])["id"] == output["id"]


def test_no_save_prints_the_addresses(paying: Shell, server: Running, tmp_path: Path) -> None:
    result = paying(
        *VIDEO.words,
        "a",
        *VIDEO.options,
        "--no-save",
        "-o",
        str(tmp_path / "out"),
        "--base-url",
        server.base_url(VIDEO.service),
    )
    assert result.stdout.startswith(server.url)
    assert not (tmp_path / "out").exists()


def test_no_wait_prints_the_token_and_resume_goes_on(paying: Shell, server: Running, tmp_path: Path) -> None:
    url = server.base_url(VIDEO.service)
    token = paying(*VIDEO.words, "a", *VIDEO.options, "--no-wait", "--base-url", url).stdout.strip()
    assert json.loads(token)["operation"] == VIDEO.name
    for words, given in (([token], None), (["-"], token), ([json.loads(token)["id"]], None)):
        result = paying("resume", *words, "-o", str(tmp_path), "--base-url", url, given=given)
        assert result.stdout.startswith(str(tmp_path / f"{VIDEO.name}-"))
    bare = paying("resume", json.loads(token)["id"], "--service", VIDEO.service, "--base-url", url, "--no-save")
    assert bare.stdout.startswith(server.url)


def test_a_query_prints_its_reply(paying: Shell, server: Running) -> None:
    url = server.base_url(CREDITS.service)
    assert paying(*CREDITS.words, "--base-url", url).stdout == "credits  1000\n"
    output = json.loads(paying(*CREDITS.words, "--base-url", url, "--json").stdout)
    assert output["result"] == {"credits": 1000}


def test_what_comes_at_once_needs_no_key_and_is_saved(shell: Shell, server: Running, tmp_path: Path) -> None:
    words = ["--user-id", "someone", "-o", str(tmp_path), "--base-url", server.base_url(DIAGRAM.service)]
    result = shell(*DIAGRAM.words, "sign-up", *words)
    assert result.exit_code == Code.DONE
    assert [Path(line).suffix for line in result.stdout.splitlines()] == [".png", ".svg", ".mmd"]


def test_extra_body_is_merged_and_must_be_an_object(paying: Shell, server: Running) -> None:
    words = ["--no-wait", "--base-url", server.base_url(VIDEO.service)]
    assert (
        paying(*VIDEO.words, "a", *VIDEO.options, "--extra-body", json.dumps({"resolution": SHARP}), *words).exit_code
        == Code.DONE
    )
    assert server.upstream.tasks()[0].arguments["resolution"] == SHARP
    assert "is not a JSON object" in paying(*VIDEO.words, "a", *VIDEO.options, "--extra-body", "[]", *words).stderr


def test_all_faults_are_told_at_once_by_the_names_of_the_command_line(shell: Shell) -> None:
    result = shell(*WITH_SOUND.words, "--duration", "7s", "--resolution", "9P", "--timeout", "0")
    assert result.exit_code == Code.NOT_SENT
    sizes, lengths = (WITH_SOUND.choices(name) for name in ("resolution", "duration"))
    assert result.stderr.splitlines() == [
        "wondergen: nothing was sent: 5 faults",
        "  PROMPT: is required",
        "  --image: is required",
        f"  --resolution: '9P' is not one of {', '.join(map(repr, sizes))}",
        f"  --duration: '7s' is not one of {', '.join(map(repr, lengths))}",
        "  --timeout: 0.0 is not a number of seconds above 0",
    ]


def test_scripts_get_the_faults_as_json(shell: Shell) -> None:
    output = json.loads(shell(*VIDEO.words, *VIDEO.options, "--json").stdout)
    assert output["error"]["faults"] == [{"parameter": "prompt", "problem": "is required", "expected": "a value"}]


CODES: list[tuple[Code, tuple[str, ...], str]] = [
    (Code.DONE, ("a",), "saved 1 file"),
    (Code.FAILED, ("offline:reason=too_dark",), "failed: too dark"),
    (Code.FAILED, ("offline:code=401",), "key"),
    (Code.NOT_SENT, ("a", "--resolution", "9p"), "nothing was sent"),
    (Code.NOT_SENT, ("a", "--quality", "9p"), "No such option"),
    (Code.UNKNOWN, ("offline:disconnects",), "wondergen tasks"),
]


@pytest.mark.parametrize("code, words, message", CODES)
def test_the_exit_status_says_what_happened(
    paying: Shell, server: Running, tmp_path: Path, code: Code, words: tuple[str, ...], message: str
) -> None:
    result = paying(
        *VIDEO.words, *VIDEO.options, *words, "-o", str(tmp_path / "out"), "--base-url", server.base_url(VIDEO.service)
    )
    assert result.exit_code == code
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_exit_3_without_a_key_and_nothing_of_it_is_an_argument(shell: Shell) -> None:
    first, second = VIDEO.variables
    result = shell(*VIDEO.words, "a", *VIDEO.options, **{first: "fake-app-key"})
    assert result.exit_code == Code.NO_KEY
    assert f"no {list(VIDEO.keys)[1]}: set {second} (where to get one:" in result.stderr
    assert "or pass" not in result.stderr
    output = json.loads(shell(*VIDEO.words, "a", *VIDEO.options, "--json").stdout)
    assert output["error"]["kind"] == "NoKey"


def test_exit_5_where_nobody_listens(paying: Shell) -> None:
    result = paying(*VIDEO.words, "a", *VIDEO.options, "--base-url", "http://127.0.0.1:9")
    assert result.exit_code == Code.NOT_REACHED
    assert "Nothing was accepted" in result.stderr


def test_exit_6_where_the_wait_ends_first(paying: Shell, slow_server: Running) -> None:
    url = slow_server.base_url(VIDEO.service)
    result = paying(*VIDEO.words, "a", *VIDEO.options, "--timeout", "0.01", "--base-url", url, "-o", "my files")
    assert result.exit_code == Code.STILL_RUNNING
    last = result.stderr.splitlines()[-1]
    assert last.startswith('  wondergen resume \'{"provider":"' + VIDEO.service)
    assert last.endswith(f" --base-url {url} -o 'my files'")
    output = json.loads(
        paying(*VIDEO.words, "a", *VIDEO.options, "--timeout", "0.01", "--base-url", url, "--json").stdout
    )
    assert (output["error"]["kind"], json.loads(output["token"])["id"]) == ("WaitTimeout", output["id"])


def test_a_server_that_is_lost_during_the_wait_loses_no_task(paying: Shell, slow_server: Running) -> None:
    url = slow_server.base_url(VIDEO.service)
    token = paying(*VIDEO.words, "a", *VIDEO.options, "--no-wait", "--base-url", url).stdout.strip()
    gone = token.replace(url, f"http://127.0.0.1:9/{VIDEO.service}")
    result = paying("resume", gone, "--base-url", f"http://127.0.0.1:9/{VIDEO.service}")
    assert result.exit_code == Code.NOT_REACHED
    assert "querying, no answer" in result.stderr
    assert "the task goes on at the service; to go on with it:" in result.stderr
    assert "wondergen resume" in result.stderr


@pytest.mark.parametrize("below", ["", "sub/folder"])
def test_where_no_file_can_be_saved_nothing_is_paid_for(
    paying: Shell, server: Running, tmp_path: Path, below: str
) -> None:
    (tmp_path / "file").touch()
    words = ["-o", str(tmp_path / "file" / below), "--base-url", server.base_url(VIDEO.service)]
    for command in ([*VIDEO.words, "a", *VIDEO.options], ["resume", "1", "--service", VIDEO.service]):
        result = paying(*command, *words)
        assert result.exit_code == Code.NOT_SENT
        assert (
            f"nothing was sent: '{tmp_path / 'file'}' is not a folder; -o FOLDER names another place" in result.stderr
        )
    assert server.upstream.tasks() == []
    for option in ("--no-save", "--no-wait"):
        assert paying(*VIDEO.words, "a", *VIDEO.options, option, *words).exit_code == Code.DONE


def test_a_folder_without_the_right_to_write_is_found_out_before_it_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert unwritable(tmp_path / "a" / "b") is None
    monkeypatch.setattr("os.access", lambda path, mode: False)  # root may write everywhere
    assert unwritable(tmp_path / "a" / "b") == f"'{tmp_path}' cannot be written in"


def test_files_that_are_not_saved_cost_no_result(paying: Shell, server: Running, tmp_path: Path) -> None:
    words = ["-o", str(tmp_path), "--base-url", server.base_url(VIDEO.service)]
    result = paying(*VIDEO.words, *VIDEO.options, "offline:expired_files", *words)
    assert result.exit_code == Code.FAILED
    assert "to save the files, at no cost:" in result.stderr


def test_what_has_no_task_is_told_by_its_addresses(shell: Shell, server: Running, tmp_path: Path) -> None:
    words = ["-o", str(tmp_path), "--base-url", server.base_url(DIAGRAM.service)]
    result = shell(*DIAGRAM.words, "offline:expired_files", *words)
    assert result.exit_code == Code.FAILED
    assert len([line for line in result.stderr.splitlines() if line.startswith(f"  {server.url}/files/")]) == 2


def test_a_task_that_is_not_there_is_not_to_be_resumed(paying: Shell, server: Running) -> None:
    result = paying("resume", "nowhere", "--service", PICTURE.service, "--base-url", server.base_url(PICTURE.service))
    assert result.exit_code == Code.FAILED
    assert "There is no task with this id" in result.stderr
    assert "wondergen resume" not in result.stderr


def test_a_file_that_is_there_and_differs_is_kept_until_overwrite(
    paying: Shell, server: Running, tmp_path: Path
) -> None:
    words = ["-o", str(tmp_path), "--base-url", server.base_url(VIDEO.service)]
    token = paying(*VIDEO.words, "a", *VIDEO.options, "--no-wait", *words).stdout.strip()
    (saved,) = paying("resume", token, *words).stdout.splitlines()
    Path(saved).write_bytes(b"mine")
    refused = paying("resume", token, *words)
    assert refused.exit_code == Code.FAILED
    assert "--overwrite replaces it" in refused.stderr
    assert paying("resume", token, *words, "--overwrite").exit_code == Code.DONE


def test_what_a_service_says_does_not_steer_the_terminal(paying: Shell, server: Running) -> None:
    result = paying(
        *VIDEO.words, *VIDEO.options, "offline:reason=\x1b[31mred", "--base-url", server.base_url(VIDEO.service)
    )
    assert "red" in result.stderr
    assert "\x1b" not in result.stderr


def test_a_key_is_asked_for_where_someone_can_type_it(
    shell: Shell, server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    import click
    from wondergen.cli import connect

    prompts: list[tuple[str, object]] = []

    def prompt(text: str, **options: object) -> str:
        prompts.append((text, options["hide_input"]))
        return "fake-typed"

    monkeypatch.setattr(connect, "_is_interactive", lambda: True)
    monkeypatch.setattr(click, "prompt", prompt)
    result = shell("credits", "--service", CREDITS.service, "--base-url", server.base_url(CREDITS.service))
    assert result.stdout == f"{CREDITS.service}  1000\n"
    assert prompts == [(f"{next(iter(CREDITS.variables))} is not set. Its value (not shown)", True)]
    assert "fake-typed" not in result.output
    monkeypatch.setattr(click, "prompt", lambda *_, **__: " ")
    refused = shell("credits", "--service", CREDITS.service)
    assert (
        refused.exit_code,
        f"{CREDITS.service}: {next(iter(CREDITS.variables))} is empty: set" in refused.stderr,
    ) == (Code.NO_KEY, True)


def test_advice_of_the_client_is_given_in_options(paying: Shell) -> None:
    with pytest.raises(UntrustedHost) as caught:
        HostPolicy().check_addresses(parse("https://nas.internal/film"), ["10.0.0.1"])
    assert error_reports.message(caught.value).endswith("not a public address; --allow-host nas.internal allows it")


@pytest.mark.parametrize("text", ["abc", "-1", "nan", "inf"])
def test_what_is_no_length_of_time_is_refused_by_every_command(shell: Shell, text: str) -> None:
    for words in ([*VIDEO.words, "a", *VIDEO.options], ["resume", "1"], ["credits"]):
        result = shell(*words, "--timeout", text)
        assert (result.exit_code, f"'--timeout': '{text}' is not a number of seconds" in result.stderr) == (2, True)


def test_a_journal_that_cannot_be_written_stops_before_anything_is_paid(paying: Shell, server: Running) -> None:
    words = ["--base-url", server.base_url(VIDEO.service), "--journal"]
    (paying.folder / "file").write_text("no database, but long enough to be read as one" * 40, encoding="utf-8")
    for journal in (paying.folder / "file", paying.folder / "file" / "journal.sqlite"):
        result = paying(*VIDEO.words, "a", *VIDEO.options, *words, str(journal))
        assert result.exit_code == Code.NOT_SENT
        assert "journal" in result.stderr
    assert server.upstream.tasks() == []


def test_an_error_that_is_ours_shows_its_traceback_only_when_asked(
    paying: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wondergen.cli import work

    def broken(*_: object) -> None:
        raise LookupError("a bug")

    monkeypatch.setattr(work, "call_faults", broken)
    result = paying(*VIDEO.words, "a", *VIDEO.options)
    assert result.stderr == "wondergen: LookupError: a bug (WONDERGEN_DEBUG=1 shows where)\n"
    assert result.exit_code == Code.FAILED
    assert isinstance(paying("--debug", *VIDEO.words, "a", *VIDEO.options).exception, LookupError)
    assert isinstance(paying(*VIDEO.words, "a", *VIDEO.options, WONDERGEN_DEBUG="1").exception, LookupError)
