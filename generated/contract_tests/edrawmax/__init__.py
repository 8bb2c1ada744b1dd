# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Contract tests of EdrawMax."""

SECRETS: dict[str, str] = {}
"""The environment variables of the credentials, each with a value that is plainly none."""
