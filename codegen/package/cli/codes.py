"""The exit status of every command, in one place."""

from __future__ import annotations

from enum import IntEnum


class Code(IntEnum):
    """What a script can tell from the exit status."""

    DONE = 0
    FAILED = 1
    NOT_SENT = 2
    NO_KEY = 3
    UNKNOWN = 4
    NOT_REACHED = 5
    STILL_RUNNING = 6
    STOPPED = 130


MEANINGS = {
    Code.DONE: "Done.",
    Code.FAILED: "The service refused, the task did not succeed, or a file could not be saved.",
    Code.NOT_SENT: "Wrong usage or an invalid request. Nothing was sent.",
    Code.NO_KEY: "A key is missing or unusable. Nothing was sent.",
    Code.UNKNOWN: "A paid request may have been accepted. It was not sent again.",
    Code.NOT_REACHED: "The service was not reached.",
    Code.STILL_RUNNING: "The wait ended before the task did. Its token is printed.",
    Code.STOPPED: "Stopped by Ctrl-C.",
}
