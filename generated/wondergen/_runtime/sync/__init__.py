# Derived from ../aio by `python -m codegen.sync_codegen`. Do not edit.
"""The part of the client that waits: written async here; its sync twin is derived from these files."""
