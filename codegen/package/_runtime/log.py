"""The log of the client, under `wondergen`: what was sent when and what came of it; never a key, a prompt if asked for.

Each record has its facts as attributes too (`operation`, `attempt`, `http_status`, `seconds`, `digest`…), for log
systems that index them.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable

from .text import one_line

BODIES = "WONDERGEN_LOG_BODIES"
"""Set this environment variable to 1 to have request and reply bodies in the log. They hold prompts and links."""
LONGEST_BODY = 2000

logger = logging.getLogger("wondergen")
logger.addHandler(logging.NullHandler())


def is_on() -> bool:
    """Return whether the records of calls go anywhere: then their facts are to be collected."""
    return logger.isEnabledFor(logging.INFO)


def record(level: int, message: str, **facts: object) -> None:
    """One line, with its facts as attributes."""
    if logger.isEnabledFor(level):
        shown = " ".join(f"{name}={one_line(str(value))}" for name, value in facts.items() if value is not None)
        logger.log(level, "%s %s", message, shown, extra=facts)


def body(message: str, content: bytes | None, scrub: Callable[[str], str]) -> None:
    """A body, where the user switched that on. `scrub` takes the keys out."""
    if content and logger.isEnabledFor(logging.DEBUG) and os.environ.get(BODIES, "") not in {"", "0"}:
        logger.debug("%s: %s", message, one_line(scrub(content.decode("utf-8", "replace")), LONGEST_BODY))
