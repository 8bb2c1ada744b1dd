# Written by `python -m codegen generate`. Do not edit: change the catalog or the generator.
"""Contract tests of Tomoviee."""

SECRETS: dict[str, str] = {"TOMOVIEE_APP_KEY": "canary-app-key", "TOMOVIEE_APP_SECRET": "canary-app-secret"}
"""The environment variables of the credentials, each with a value that is plainly none."""
