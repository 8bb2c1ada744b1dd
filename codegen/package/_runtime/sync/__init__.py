# Derived from ../aio by `python -m codegen.sync_codegen`. Do not edit. Digest: 76b152c95e04e355
"""The part of the client that waits: written async here; its sync twin is derived from these files."""
