"""A local file on the command line is served to the offline stand-in, and needs a place to go otherwise."""

from __future__ import annotations

from wondergen._media import make
from wondergen.cli.command_names import Code

from tests.chosen_operations import FROM_FILE
from tests.package.cli.shell import Shell


def test_a_local_file_is_served_to_the_offline_stand_in(shell: Shell) -> None:
    picture = shell.folder / "cat.png"
    picture.write_bytes(make("png", width=640, height=480))
    call = (*FROM_FILE.words, "a cat", "--image", str(picture))
    result = shell(*call, "--offline", "--no-save", "--json")
    assert result.exit_code == Code.DONE, result.stderr


def test_a_local_file_without_a_place_to_go_is_told_and_nothing_is_sent(paying: Shell) -> None:
    picture = paying.folder / "cat.png"
    picture.write_bytes(make("png", width=640, height=480))
    result = paying(*FROM_FILE.words, "a cat", "--image", str(picture), "--base-url", "http://127.0.0.1:9")
    assert result.exit_code == Code.NOT_SENT
    assert "has no uploader" in result.stderr
