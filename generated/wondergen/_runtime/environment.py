# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""The name of an environment variable; nothing is imported here but `re`, so that --help comes at once."""

from __future__ import annotations

import re


def base_url_variable(service: str) -> str:
    """Return the environment variable that says where a service is: TOMOVIEE_BASE_URL."""
    return re.sub(r"[^A-Z0-9]", "_", service.upper()) + "_BASE_URL"
