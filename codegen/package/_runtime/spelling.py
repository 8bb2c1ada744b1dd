"""Names as people and shells write them; nothing is imported here but `re`, so that --help comes at once."""

from __future__ import annotations

import re


def base_url_variable(service: str) -> str:
    """Return the environment variable that says where a service is: SERVICE_BASE_URL."""
    return re.sub(r"[^A-Z0-9]", "_", service.upper()) + "_BASE_URL"


def plain(name: str) -> str:
    """Return a name without case and punctuation: "Model 3.0" and `model_3_0` are the same."""
    return re.sub(r"[\W_]+", "", name).casefold()


def kebab(name: str) -> str:
    """Return a name of Python as one types it: model_3_0 is model-3-0."""
    return name.strip("_").replace("_", "-") or name
