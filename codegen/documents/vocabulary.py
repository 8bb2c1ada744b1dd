"""The closed word lists of the readers: what vendors write, and which of our words it is."""

from __future__ import annotations

import re

STATES: tuple[tuple[str, str], ...] = (
    (r"time(?:d)?[ -]?out", "timed_out"),
    (r"cancel+ed", "cancelled"),
    (r"(?:generation )?fail(?:ed|ure)?", "failed"),
    (r"success(?:ful)?|succeeded|completed|complete|done", "succeeded"),
    (r"processing|running|in progress", "running"),
    (r"queued|waiting|pending", "queued"),
)
"""Words for the state of a task. The order matters only where a text holds several of them."""

ERRORS: tuple[tuple[str, str], ...] = (
    (r"authenticat|api key|`?api_key`? is configured|unauthorized|forbidden", "AuthenticationError"),
    (r"insufficient credit|out of credit", "InsufficientCredits"),
    (r"risk control|content reject|sensitive|violat", "ContentRejected"),
    (r"concurren|too many|rate limit", "RateLimited"),
    (r"not found", "NotFound"),
    (r"invalid|required|too large|malformed|not in allowed|不合法", "BadRequest"),
    (r"internal|panic|failed|失败|unavailable", "ServerError"),
)
"""What a documented error is about, and the class of the client it becomes. The first match counts."""

RETRIES: tuple[tuple[str, str], ...] = (
    (r"wait\b.*\bretry", "after_delay"),
    (r"retry once|retry up to (?:1|one) time", "once"),
)

IMAGE_FORMATS = frozenset("png jpg jpeg webp gif heic bmp svg tiff".split())
VIDEO_FORMATS = frozenset("mp4 mov webm avi mkv".split())
AUDIO_FORMATS = frozenset("mp3 wav flac aac ogg".split())
FORMATS = IMAGE_FORMATS | VIDEO_FORMATS | AUDIO_FORMATS

BYTES = {"k": 1_000, "m": 1_000_000, "g": 1_000_000_000}
"""1 MB is 1,000,000 bytes: the stricter reading, so that what we accept no reading refuses."""


def state_of(text: str) -> str | None:
    """The state a short text names, or None. The earliest word counts, so that "completed successfully" is one."""
    found = [
        (match.start(), state) for words, state in STATES if (match := re.search(rf"\b(?:{words})\b", text.lower()))
    ]
    return min(found)[1] if found else None


def error_of(text: str) -> str | None:
    """The error class a text speaks of, or None."""
    return next((error for words, error in ERRORS if re.search(words, text.lower())), None)


def retry_of(text: str) -> str | None:
    """When a text says to try again, or None where it does not say."""
    return next((retry for words, retry in RETRIES if re.search(words, text.lower())), None)


_PLAIN = str.maketrans(
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | {ord("。"): ". ", ord("、"): "、", ord("，"): ", ", ord("："): ": ", ord("；"): "; "}
    | {ord(dash): "-" for dash in "‐‑‒–—−"}
    | {ord(space): " " for space in "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000"}
    | dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
    | {ord("“"): '"', ord("”"): '"', ord("‘"): "'", ord("’"): "'", ord("≤"): "<=", ord("≥"): ">=", ord("～"): "~"}
)


def plain_characters(text: str) -> str:
    """Replace full-width punctuation and digits, dashes and spaces of other kinds by the plain ones."""
    return text if text.isascii() else text.translate(_PLAIN)


def media_of(text: str) -> str | None:
    """image or video, where a text about a URL says which."""
    match = re.search(r"\b(image|video|audio)s?\b", text.lower())
    return match[1] if match else None
