# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Contract tests of MediaIO."""

SECRETS: dict[str, str] = {"MEDIAIO_API_KEY": "canary-api-key"}
"""The environment variables of the credentials, each with a value that is plainly none."""
