# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""What can be made to go wrong: one table for the command line, the control path and the magic words in a prompt."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Stage = Literal["reply", "refusal", "task"]


@dataclass(frozen=True, slots=True)
class FaultKind:
    """One thing that can go wrong."""

    name: str
    text: str
    """What happens, in a sentence."""
    stage: Stage
    """reply: of the way back; refusal: the call is refused; task: the call is accepted and its task suffers."""
    value: str | None = None
    """What stands after `=`; None where nothing does."""
    example: str | None = None
    needs_value: bool = True

    @property
    def form(self) -> str:
        """How it is written: `slow=SECONDS`, and with brackets around what may be left out."""
        if self.value is None:
            return self.name
        return f"{self.name}={self.value}" if self.needs_value else f"{self.name}[={self.value}]"


FAULTS: Mapping[str, FaultKind] = {
    fault.name: fault
    for fault in (
        FaultKind(
            "rate_limited",
            "The call is refused because there are too many; with a value it has a Retry-After.",
            "refusal",
            value="SECONDS",
            example="rate_limited=2",
            needs_value=False,
        ),
        FaultKind("rejected", "The content check refuses the call.", "refusal"),
        FaultKind("no_credits", "The call is refused because the account is empty.", "refusal"),
        FaultKind("code", "The call is refused with this documented code.", "refusal", "CODE", "code=400"),
        FaultKind(
            "status", "The call is refused with this HTTP status, 400 to 599.", "refusal", "STATUS", "status=503"
        ),
        FaultKind("fails", "The task ends as failed.", "task"),
        FaultKind("reason", "The task ends as failed, for this reason.", "task", "WORDS", "reason=too_dark"),
        FaultKind("cancelled", "The task ends as cancelled.", "task"),
        FaultKind("times_out", "The service gives the task up for lack of time.", "task"),
        FaultKind("unknown_status", "The task has a status that no document knows, and keeps it.", "task"),
        FaultKind("expired_files", "The URLs of the files in the result have expired.", "task"),
        FaultKind("slow", "The reply takes so many seconds longer.", "reply", "SECONDS", "slow=2"),
        FaultKind("garbled", "The call is done and paid for, and its reply is cut in the middle.", "reply"),
        FaultKind("disconnects", "The call is done and paid for, and the connection closes without a reply.", "reply"),
    )
}
"""By name, in the order in which they are printed."""

LONGEST_DELAY = 600.0
_WORD = re.compile(r"(?<![\w/.@-])offline:(\w+)(?:=([^\s,;]*[^\s,;.!?)\"']))?")
"""No part of a URL, and what ends a sentence is not a part of the value."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A fault that is asked for, with its value."""

    fault: FaultKind
    value: str = ""

    def __str__(self) -> str:
        return f"{self.fault.name}={self.value}" if self.value else self.fault.name


def parse(text: str) -> Wish:
    """Return a fault as it is written: `slow=2`. ValueError says what is wrong and what is known."""
    name, has_value, value = text.partition("=")
    fault = FAULTS.get(name)
    if fault is None:
        close = difflib.get_close_matches(name, FAULTS, 1)
        hint = f"did you mean {close[0]!r}?" if close else f"known are {', '.join(one.form for one in FAULTS.values())}"
        raise ValueError(f"there is no fault {name!r}; {hint}")
    if fault.value is None and has_value:
        raise ValueError(f"the fault {name!r} takes no value, so {text!r} is too much: write {name!r}")
    if fault.value is not None and (has_value or fault.needs_value):
        _check(fault, value)
    return Wish(fault, value)


def _check(fault: FaultKind, value: str) -> None:
    wrong = not value
    if fault.name == "slow":
        wrong = not re.fullmatch(r"\d{1,3}(\.\d+)?", value) or float(value) > LONGEST_DELAY
    elif fault.name == "rate_limited":
        wrong = not re.fullmatch(r"\d{1,6}", value)
    elif fault.name == "status":
        wrong = not re.fullmatch(r"[45]\d\d", value)
    if wrong:
        raise ValueError(f"the fault {fault.form} cannot have the value {value!r}: write, for example, {fault.example}")


def wishes_in(texts: Iterable[str]) -> list[Wish]:
    """Return the faults that texts ask for, each as `offline:NAME` or `offline:NAME=VALUE`.

    ValueError as of `parse`.
    """
    wishes = [_WORD.finditer(text) for text in texts if "offline:" in text]
    return [parse(one[1] if one[2] is None else f"{one[1]}={one[2]}") for words in wishes for one in words]
