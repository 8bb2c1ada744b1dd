"""What the client's log tells a person who waits: that a service does not answer, and what the client warns of."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from .._runtime.log import logger
from .screen import say


class _Warnings(logging.Handler):
    """What the client warns of: a journal that cannot be written, for one."""

    def emit(self, record: logging.LogRecord) -> None:
        if sys.stderr.isatty():
            click.echo("\r\x1b[K", nl=False, err=True)
        say(record.getMessage())


class _Answers(logging.Handler):
    """Whether the service answers, by the facts that each record has as attributes."""

    def __init__(self, tell: Callable[[bool], None]) -> None:
        super().__init__(logging.DEBUG)
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        if hasattr(record, "outcome"):
            self._tell(False)
        elif hasattr(record, "http_status"):
            self._tell(True)


@contextmanager
def print_warnings() -> Iterator[None]:
    """Print warnings of the client for the person."""
    with _attach(_Warnings(logging.WARNING)):
        yield


@contextmanager
def report_answers(tell: Callable[[bool], None]) -> Iterator[None]:
    """Report to `tell` of every request whether it was answered."""
    level = logger.level
    logger.setLevel(logging.DEBUG)
    try:
        with _attach(_Answers(tell)):
            yield
    finally:
        logger.setLevel(level)


@contextmanager
def _attach(handler: logging.Handler) -> Iterator[None]:
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
