"""The command line in processes of its own: a terminal, Ctrl-C, pipes that close, and the next process that goes on."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shlex
import signal
import sys
import time
from pathlib import Path

import pytest
from wondergen.cli.command_names import Code
from wondergen.offline import Running

from tests import catalog_values
from tests.chosen_operations import DIAGRAM, PICTURE, VIDEO, WITH_SOUND
from tests.package.cli.shell import Shell

CALL = (*VIDEO.words, "a puppy", *VIDEO.options)


def test_the_help_imports_no_client(shell: Shell) -> None:
    code = (
        "import sys\nfrom wondergen.cli.program import program\n"
        "program().main(['--help'], prog_name='wondergen', standalone_mode=False)\n"
        "print([name for name in ('pydantic', 'httpx', 'jsonschema', 'wondergen._runtime.aio') if name in sys.modules])"
    )
    done = shell.python(code)
    assert done.stdout.splitlines()[-1] == "[]"


def test_offline_needs_no_key_and_the_next_process_goes_on(shell: Shell) -> None:
    submitted = shell.finished(*CALL, "--offline", "--no-wait")
    assert submitted.returncode == Code.DONE, submitted.stderr
    assert submitted.stderr.startswith(f"offline: {VIDEO.command}")
    listed = shell("tasks", "--offline")
    task = json.loads(submitted.stdout)["id"]
    assert f"wondergen resume {task} --offline" in listed.stdout
    resumed = shell.finished("resume", "-", "--offline", "-o", "out", given=submitted.stdout)
    assert resumed.returncode == Code.DONE, resumed.stderr
    assert (shell.folder / resumed.stdout.strip()).read_bytes()[4:8] == b"ftyp"
    assert "none of them open" in shell("tasks", "--offline").stderr
    assert "no paid call yet" in shell("tasks").stderr


def test_an_offline_token_is_not_taken_for_a_real_one(paying: Shell) -> None:
    token = paying(*PICTURE.words, "a", "--offline", "--no-wait").stdout.strip()
    refused = paying("resume", token)
    assert refused.exit_code == Code.NOT_SENT
    assert "add --offline if that was an offline run" in refused.stderr
    real = token.replace(json.loads(token)["base_url"], catalog_values.origin(PICTURE.service))
    assert "leave out --offline" in paying("resume", real, "--offline").stderr


def test_a_token_never_says_where_a_key_goes(paying: Shell) -> None:
    token = json.dumps({"provider": PICTURE.service, "operation": "x", "id": "1", "base_url": "https://evil.example"})
    refused = paying("resume", token)
    assert refused.exit_code == Code.NOT_SENT
    assert "the task is at https://evil.example" in refused.stderr


def test_ctrl_c_during_the_wait_says_how_to_go_on(paying: Shell, slow_server: Running) -> None:
    url = slow_server.base_url(VIDEO.service)
    process = paying.process(*CALL, "--base-url", url)
    assert process.stderr is not None
    progress = [process.stderr.readline()]
    while " queued " not in progress[-1]:
        progress.append(process.stderr.readline())
        assert progress[-1]
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (Code.STOPPED, "")
    assert "Traceback" not in err
    command = next(line for line in err.splitlines() if line.startswith("  wondergen resume "))
    assert slow_server.upstream.tasks()[0].id in command
    assert slow_server.upstream.tasks()[0].id in paying.finished("tasks").stdout


def test_ctrl_c_while_sending_says_that_it_may_have_been_accepted(paying: Shell, server: Running) -> None:
    url = server.base_url(VIDEO.service)
    process = paying.process(*VIDEO.words, "offline:slow=60", *VIDEO.options, "--base-url", url, "--json")
    while not server.upstream.tasks():
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == Code.STOPPED
    assert json.loads(out)["error"] == {"kind": "KeyboardInterrupt", "text": "stopped"}
    assert "the request may have been accepted; it is in the journal:\n  wondergen tasks\n" in err
    (run,) = json.loads(paying.finished("tasks", "--json").stdout)
    assert run["state"] == "unknown"


def test_a_terminal_gets_one_line_that_is_redrawn(paying: Shell, slow_server: Running) -> None:
    ours, theirs = os.openpty()
    environment = {**paying.environment, "TERM": "xterm"}
    process = Shell(paying.folder, environment).process(
        *CALL, "--base-url", slow_server.base_url(VIDEO.service), stderr=theirs
    )
    os.close(theirs)
    seen = b""
    while seen.count(b"queued") < 3:  # drawn at the change, and again with the time
        seen += os.read(ours, 1000)
    process.send_signal(signal.SIGINT)
    process.wait(timeout=60)
    seen += os.read(ours, 10000)
    assert process.stdout is not None
    process.stdout.close()
    os.close(ours)
    assert f"\r\x1b[K{VIDEO.command}".encode() in seen
    assert b"\n" not in seen.split(b"queued")[1]
    assert b"wondergen: stopped\r\n" in seen


def test_a_batch_on_a_terminal_draws_one_line_that_fits_and_ctrl_c_ends_it_in_order(
    paying: Shell, slow_server: Running
) -> None:
    """Run on a real terminal: type Ctrl-C, after the window became narrower."""
    import termios

    rows = [{"key": f"row-{n}", "operation": VIDEO.full, "arguments": VIDEO.body(f"{n}")} for n in (1, 2)]
    file = paying.folder / "rows.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    ours, theirs = os.openpty()
    termios.tcsetwinsize(ours, (24, 90))
    environment = {
        "TERM": "xterm",
        "NO_COLOR": "1",
        f"{VIDEO.service.upper()}_BASE_URL": slow_server.base_url(VIDEO.service),
    }
    process = Shell(paying.folder, {**paying.environment, **environment}).process(
        "batch", "rows.jsonl", "-o", "out", stdout=theirs, stderr=theirs, stdin=theirs,
        preexec_fn=lambda: os.login_tty(os.dup(0)),
    )  # fmt: skip
    os.close(theirs)
    seen = ""

    def read_until(pattern: str) -> None:
        nonlocal seen
        start = len(seen)
        with contextlib.suppress(OSError):  # the terminal is gone with its last process
            while not re.search(pattern, seen[start:]):
                seen += os.read(ours, 1000).decode()
            return
        assert pattern == "(?!)", seen

    read_until("2 running.*2 running")
    termios.tcsetwinsize(ours, (24, 15))
    read_until(r"\r\x1b\[K0/2 done, 2 ru\r")
    os.write(ours, b"\x03")
    read_until("(?!)")
    os.close(ours)
    assert process.wait(timeout=60) == Code.STOPPED
    assert set(re.findall(r"\x1b\[[^A-Za-z]*[A-Za-z]", seen)) == {"\x1b[K"}
    assert "Traceback" not in seen
    assert "2 rows are left, 2 of them paid for and to be collected at no cost; to go on:" in seen
    assert len(slow_server.upstream.tasks()) == 2


def test_a_pipe_that_closes_is_silent(shell: Shell) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    process = shell.process("explain", *WITH_SOUND.words, stdout=writing)
    os.close(writing)
    _, err = process.communicate(timeout=60)
    assert err == ""


def test_words_that_the_screen_has_no_letters_for_are_no_crash(shell: Shell) -> None:
    shell.environment["PYTHONIOENCODING"] = "latin-1"
    (shell.folder / "\u7b80.jsonl").write_text("{}\n", encoding="utf-8")
    done = shell.finished("check", "\u7b80.jsonl")
    assert done.returncode == 2
    assert "\\u7b80.jsonl" in done.stdout


@pytest.mark.parametrize("signals", [[signal.SIGINT], [signal.SIGTERM], [signal.SIGINT, signal.SIGTERM]])
def test_serve_says_where_it_is_and_stops_in_order(shell: Shell, signals: list[signal.Signals]) -> None:
    process = shell.process("serve", "--offline", "--port", "0", "--fault", "rate_limited:0.1")
    assert process.stdout is not None
    assert "http://127.0.0.1:" in process.stdout.readline()
    for number in (signal.SIGSTOP, *signals, signal.SIGCONT):  # stopped, so that all of them arrive at once
        process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (Code.DONE, "")


@pytest.mark.parametrize(
    "words, message",
    [
        ([], "serve --offline is all there is"),
        (["--offline", "--fault", "rate_limit:0.1"], "there is no fault 'rate_limit'"),
        (["--offline", "--task-seconds", "-1"], "task_seconds is -1.0"),
        (["--offline", "--fault", "code=99:0.1"], "the fault 'code=99' can happen nowhere"),
        (["--offline", "--callback-host", "http://a"], "'http://a' in callback_hosts is not a host"),
        (["--offline", "--state", "/"], "cannot be used"),
    ],
)
def test_serve_says_what_is_wrong(shell: Shell, words: list[str], message: str) -> None:
    result = shell("serve", "--port", "0", *words)
    assert result.exit_code == Code.NOT_SENT
    assert message in result.stderr


def test_serve_explains_its_faults(shell: Shell) -> None:
    from wondergen.offline.fault_kinds import FAULTS

    help_text = shell("serve", "--help").stdout
    assert FAULTS
    assert all(fault.form in help_text for fault in FAULTS.values())
    assert "offline:fails" in help_text
    assert "PUT /control/faults" in help_text


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(shell: Shell, name: str) -> None:
    assert "_WONDERGEN_COMPLETE=" in shell("completion", name).stdout


@pytest.mark.parametrize(
    "words, found",
    [
        (f"wondergen {VIDEO.service[:-2]}", VIDEO.service),
        (f"wondergen {VIDEO.service} {VIDEO.words[1][:-3]}", VIDEO.words[1]),
        (f"wondergen {' '.join(WITH_SOUND.words)[:-1]}", WITH_SOUND.words[-1]),
        (f"wondergen {VIDEO.command} --resol", "--resolution"),
        (f"wondergen {VIDEO.command} --resolution {VIDEO.choice('resolution')[:-1]}", VIDEO.choice("resolution")),
        ("wondergen comp", "completion"),
        (f"wondergen explain {VIDEO.service[:-2]}", VIDEO.service),
        (f"wondergen explain {' '.join(WITH_SOUND.words)[:-1]}", WITH_SOUND.words[-1]),
        ("wondergen models --media vi", "video"),
        (f"wondergen credits --service {PICTURE.service[:-2]}", PICTURE.service),
    ],
)
def test_the_shell_completes_commands_options_and_choices(shell: Shell, words: str, found: str) -> None:
    variables = {"_WONDERGEN_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    assert f"plain,{found}" in shell(**variables).stdout.splitlines()


@pytest.mark.parametrize(
    "start",
    [
        "from wondergen.cli import main\nmain()",
        "import runpy\nrunpy.run_module('wondergen', run_name='__main__')",
    ],
)
def test_without_click_it_says_which_extra_to_install(shell: Shell, start: str) -> None:
    done = shell.python(
        f"import sys; sys.modules['click'] = None; import wondergen; wondergen.{VIDEO.client_name}\n{start}"
    )
    assert (done.returncode, done.stderr) == (
        2,
        "wondergen: the command line needs click, which the extra brings: pip install 'wondergen[cli]'\n",
    )


@pytest.mark.parametrize("place", ["builtins.__import__", "wondergen.cli.program.Program.make_context"])
def test_ctrl_c_before_there_is_a_command_ends_in_order(shell: Shell, place: str) -> None:
    done = shell.python(
        "from pkgutil import resolve_name\nfrom unittest.mock import patch\nfrom wondergen.cli import main\n"
        f"if {place.startswith('wondergen')}: resolve_name({place!r})\n"
        f"with patch({place!r}, side_effect=KeyboardInterrupt): main()"
    )
    assert (done.returncode, done.stdout, done.stderr.strip()) == (Code.STOPPED, "", "")


@pytest.mark.parametrize(
    "stream, words, code",
    [
        ("stdin", ["check", "-"], Code.NOT_SENT),
        ("stderr", [*DIAGRAM.words, "a", "--offline"], Code.DONE),
    ],
)
def test_a_stream_that_was_closed_at_the_start_is_no_crash(
    shell: Shell, stream: str, words: list[str], code: Code
) -> None:
    done = shell.python(
        f"import sys; sys.{stream} = None; sys.argv[1:] = {words!r}\nfrom wondergen.cli import main\nmain()"
    )
    assert done.returncode == code, done.stderr
    assert "Error" not in done.stderr


@pytest.mark.parametrize("words", [["models"], ["--version"], [*VIDEO.words, "--help"], ["completion", "bash"]])
def test_what_cannot_be_printed_is_a_failure_said_once(shell: Shell, words: list[str]) -> None:
    command = shlex.join([sys.executable, "-m", "wondergen", *words])
    for target, reason in ((">&-", "Bad file descriptor"), (">/dev/full", "No space left on device")):
        process = shell.process(
            code=f"import os, sys; os.execv('/bin/sh', ['sh', '-c', {f'exec {command} {target}'!r}])"
        )
        _, printed = process.communicate(timeout=60)
        expected = f"wondergen: the output cannot be written: {reason}\n"
        assert (process.returncode, printed) == (Code.FAILED, expected)


def test_the_extra_of_the_command_line_alone_is_enough(shell: Shell) -> None:
    others = ["jsonschema", "referencing", "uvicorn", "starlette", "jinja2", "pytest", "rich", "yaml"]
    expected = {
        "models": Code.DONE,
        f"explain {VIDEO.command}": Code.DONE,
        "check -": Code.NOT_SENT,
        "doctor": Code.DONE,
        "tasks": Code.DONE,
        f"{VIDEO.command} --help": Code.DONE,
        f"{DIAGRAM.command} a --base-url http://127.0.0.1:9": Code.NOT_REACHED,
    }
    code = f"""
import sys
sys.modules.update(dict.fromkeys({others!r}))
from wondergen.cli import main
for words in {list(expected)!r}:
    sys.argv = ["wondergen", *words.split()]
    try:
        main()
    except SystemExit as done:
        print("ended with", done.code or 0)
"""
    done = shell.python(code)
    exit_codes = [int(line.split()[-1]) for line in done.stdout.splitlines() if line.startswith("ended with")]
    assert exit_codes == list(expected.values()), done.stderr
    assert "ModuleNotFoundError" not in done.stderr


def test_without_the_offline_extra_it_says_which_to_install(shell: Shell) -> None:
    code = (
        "import sys; sys.modules['uvicorn'] = None\nsys.argv = ['wondergen', 'credits', '--offline']\n"
        "from wondergen.cli import main\nmain()"
    )
    done = shell.python(code)
    assert done.returncode == Code.NOT_SENT
    assert "pip install 'wondergen[offline]'" in done.stderr


def test_the_script_is_installed() -> None:
    assert (Path(sys.executable).parent / "wondergen").exists()
