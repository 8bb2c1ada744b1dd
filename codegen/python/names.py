"""Python names from the names of a specification: snake_case, PascalCase, and what is taken already."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Callable, Container

from pydantic import BaseModel

from codegen.python.text import Identifier

_BUILTINS = {"str", "int", "float", "bool", "list", "dict", "bytes", "tuple", "set", "object", "type"}
"""Types that annotations of the same class body or signature speak of."""

METHOD_KEYWORDS = {"self", "timeout", "extra_body", "extra_headers", "key", "models"}
"""What every method takes besides its parameters, and the module that its body speaks of."""
CLIENT_KEYWORDS = {"self", "base_url", "timeout", "max_retries", "http_client", "extra_headers", "journal", "uploader"}
"""What every constructor takes besides its credentials."""
CLIENT_MEMBERS = {
    "call",
    "resume",
    "resume_callback",
    "close",
    "aclose",
    "journal",
    "events",
    "base_url",
    "self",
    "checked",
    "cached_property",
    "inputs",
    "models",
}
"""What every client has besides its methods and groups, and what its class body speaks of."""
_TYPES = {"date", "datetime", "timedelta", "UUID", "Decimal", "FileInput", "Content", "Unset", "UNSET", "NULL"}
"""Types that signatures of the same class body speak of."""
RESULT_MEMBERS = {"urls", "raw", "sources", "save", "build"}
"""What every result has besides the fields of its schema."""
MODULES = {"client", "operations", "results", "arguments", "inputs", "models", "enums"}
"""Files of a service that a group may not replace."""
CONSTANTS = {"SERVICE", "RESULTS"}
"""Constants of a service besides its operations."""
_CLASSES = set(
    "Any Annotated Literal Union Mapping PathLike IntEnum CallOptions BaseModel ConfigDict Field RootModel StrictBool "
    "StrictFloat StrictInt StrictStr APIClient AsyncAPIClient HTTPClient AsyncHTTPClient Task AsyncTask Result "
    "AsyncResult Assets AuthHeader Credential Envelope ErrorCode Operation Rule Service TaskSpec TaskStatus Content "
    "Empty FileInput Unset UnionTag OTHERS UnknownVariant TypeAliasType OneOf Unique MultipleOf Matches Uri Decimal "
    "UUID Iterator AsyncIterator Pages TypedDict Required NotRequired IsoDateTime IsoDate CanonicalUUID ExactDecimal "
    "ExactNumber".split()
)
"""What generated modules import."""
ERRORS = (
    "WondergenError InvalidRequest ArgumentFault MissingCredentials ConnectFailed OutcomeUnknown APIError "
    "AuthenticationError InsufficientCredits RateLimited ContentRejected BadRequest NotFound ServerError "
    "InvalidResponse TaskFailed TaskCancelled TaskTimedOut WaitTimeout DownloadError UntrustedHost"
).split()
"""What the package exports of its runtime's errors."""
_PYDANTIC = {name for name in [*dir(BaseModel), *dir(type(BaseModel))] if not name.startswith("_")} | {"model_config"}
"""Attributes of every model, those of its metaclass included: a field of the same name would hide one."""


_DEVICE = re.compile("con|prn|aux|nul|com[0-9]|lpt[0-9]")
"""Names that no file and no folder has on Windows, whatever its suffix."""
_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def snake(name: str) -> str:
    """Return text_to_video. A name that has it already keeps its digits where they are: text2video."""
    return re.sub(r"[^a-z0-9]+", "_", _WORD_START.sub("_", _ascii(name)).lower()).strip("_")


def pascal(name: str) -> str:
    """Return TextToVideo. Capitals inside a word stay."""
    parts = [part for part in re.split(r"[^A-Za-z0-9]+", _ascii(name)) if part]
    return "".join(part[0].upper() + part[1:] for part in parts)


def plain(name: str) -> str:
    """Return the ASCII letters and digits of a name, accents left out, with a space for everything else."""
    apart = unicodedata.normalize("NFKD", name)
    letters = (char for char in apart if not unicodedata.combining(char))
    return "".join(char if char.isascii() and char.isalnum() else " " for char in letters)


def _ascii(name: str) -> str:
    # A letter that is left out, or that only looks like one of these, would make another name of it.
    if not name.isascii():
        raise ValueError("is not an ASCII identifier")
    return name


def constant(name: str) -> str:
    """Return TEXT_TO_VIDEO."""
    return snake(name).upper()


def _free(name: str, taken: Container[str]) -> Identifier:
    return Identifier(f"{name}_" if name in taken or keyword.iskeyword(name) else name)


def numbered(spelled: Callable[[int], str], is_taken: Callable[[str], bool]) -> str:
    """Return a name that is free, with a number from 2 on: the first one, or close to it after thousands.

    Thousands of things may want one name, and each looks here: a row of numbers that are taken is not walked.
    """
    for number in range(2, _WALKED):
        if not is_taken(spelled(number)):
            return spelled(number)
    low, high = _WALKED - 1, _WALKED
    while is_taken(spelled(high)):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if is_taken(spelled(middle)) else (low, middle)
    return spelled(high)


_WALKED = 20
"""Numbers that are tried one after the other."""


def method(name: str) -> Identifier:
    """Return a method or group: textToVideo → text_to_video, import → import_, list → list_."""
    return _free(snake(name), CLIENT_MEMBERS | _BUILTINS | _TYPES)


def module(name: str) -> Identifier:
    """Return a module or a group, which is a file: one that Windows has for a device gets another name."""
    name_in_python = method(name)
    return Identifier(f"{name_in_python}_") if _DEVICE.fullmatch(name_in_python) else name_in_python


def _unprotected(name: str) -> str:
    """Return a name that begins with none of the prefixes that pydantic keeps for itself."""
    return f"field_{name}" if name.startswith(("model_dump", "model_validate")) else name


def parameter(name: str) -> Identifier:
    """Return a keyword of a method, which is a field of its arguments model too."""
    return _free(_unprotected(snake(name)), METHOD_KEYWORDS | _BUILTINS | _PYDANTIC)


def field(name: str, *, result: bool) -> Identifier:
    """Return a field of a reply model; of a result, where `result`."""
    return _free(_unprotected(snake(name)), _BUILTINS | _PYDANTIC | (RESULT_MEMBERS if result else set()))


def class_name(name: str) -> Identifier:
    """Return a class: video_result → VideoResult."""
    return _free(pascal(name), _CLASSES)


def operation_constant(name: str) -> Identifier:
    """Return the constant of an operation: text_to_video → TEXT_TO_VIDEO."""
    return _free(constant(name), CONSTANTS)
